"""Every example: its screen, its JSON, its Markdown, compared with what was looked at and kept."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ran

from formulation.trace import evaluate
from formulation.units import Quantity

EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))
DAILY = ("cycloserine-tms", "cycloserine-exposure", "cycloserine-200", "cycloserine-weekly")
Run = Callable[..., Ran]
Check = Callable[[str, str], None]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_screen_is_the_one_that_was_looked_at(
    path: Path, formulate: Run, golden: Check
) -> None:
    ran = formulate("plan", relative(path))
    assert (ran.code, ran.err) == (0, "")
    golden(f"{path.stem}.txt", ran.out)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_json_is_the_contract(path: Path, formulate: Run, golden: Check) -> None:
    ran = formulate("plan", relative(path), "--json")
    assert (ran.code, ran.err) == (0, "")
    golden(f"{path.stem}.json", ran.out)


@pytest.mark.parametrize("options", [["--all"], ["--explain"], ["--markdown", "--all"]])
def test_the_longer_forms_are_the_ones_that_were_looked_at(
    options: list[str], formulate: Run, golden: Check
) -> None:
    ran = formulate("plan", "docs/examples/cycloserine-excess.toml", *options)
    assert ran.code == 0
    golden(f"cycloserine-excess{''.join(options).replace('--', '-')}.txt", ran.out)


@pytest.mark.parametrize("width", ["60", "140"])
def test_other_widths(
    width: str, formulate: Run, golden: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate("plan", "docs/examples/cycloserine-tms.toml")
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    golden(f"cycloserine-tms-{width}.txt", ran.out)


@pytest.mark.parametrize("name", DAILY)
def test_the_daily_examples_exit_0_and_show_the_stopped_liquids(name: str, formulate: Run) -> None:
    ran = formulate("plan", f"docs/examples/{name}.toml")
    assert ran.code == 0
    assert ran.out.count("No study supports any date") == 4
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_shown_step_of_the_json_evaluates_again_exactly(path: Path, formulate: Run) -> None:
    data = json.loads(formulate("plan", relative(path), "--json").out)
    steps = [step for route in data["routes"] for step in route["steps"]]
    assert steps
    for step in steps:
        inputs = {
            name: tuple(map(quantity, value)) if isinstance(value, list) else quantity(value)
            for name, value in step["inputs"].items()
        }
        assert evaluate(step["formula"], inputs) == plain(quantity(step["result"]))


def quantity(value: dict[str, str]) -> Quantity:
    from fractions import Fraction

    return Quantity(Fraction(value["exact"]), value["unit"])


def plain(value: Quantity) -> object:
    return value if value.unit else value.magnitude


CYCLOSERINE = [path for path in EXAMPLES if path.stem.startswith("cycloserine")]


@pytest.mark.parametrize("path", CYCLOSERINE, ids=lambda p: p.stem)
def test_a_kept_cycloserine_liquid_never_prints_a_bare_date(path: Path, formulate: Run) -> None:
    data = json.loads(formulate("plan", relative(path), "--json").out)
    for route in data["routes"]:
        expires = route["beyond_use"]["expires"]
        if route["kind"] != "liquid":
            continue
        if isinstance(expires, dict):
            assert expires["unknown"] == "beyond-use date"
        else:
            assert any(f["code"] == "date-assigned" for f in route["findings"])


def test_every_example_fixes_its_day() -> None:
    for path in EXAMPLES:
        assert re.search(r"^prepared = \d{4}-\d\d-\d\d$", path.read_text("utf-8"), re.M), path


def test_no_golden_file_is_left_over() -> None:
    kept = {path.name for path in (ROOT / "tests" / "golden").iterdir()}
    stems = {"prices", "calc", "learn", *(path.stem for path in EXAMPLES)}
    assert all(any(name.startswith(stem) for stem in stems) for name in kept)
    assert os.sep not in "".join(kept)
