"""The pages say what the program does: tables recomputed, links, keys and codes that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT, Ran
from reproducers import codes_in_source

import formulation
from formulation import intake
from formulation.liquids import lay_table
from formulation.printing import decimal, show, show_share, to_places
from formulation.units import Quantity

DAY = date(2026, 1, 5)
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_the_five_rows_of_the_lay_method_are_recomputed() -> None:
    page = (ROOT / "docs" / "method" / "lay-method.md").read_text("utf-8")
    body = page.split("<!-- table: lay method -->")[1].split("<!-- end -->")[0]
    printed = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in body.strip().splitlines()[2:]
    ]
    paste = tuple(Quantity(Fraction(n), "mL") for n in (0, 5, 10, 15, 20))
    rows = lay_table(
        Quantity(Fraction(1), "mg"), Quantity(Fraction(135), "mL"),
        Quantity(Fraction(15), "mL"), paste,
    )  # fmt: skip
    expected = []
    for wet, final, got, error, doses in rows:
        percent = to_places(error * 100, 1)
        sign = "+" if percent > 0 else ""
        expected.append([
            show(wet), show(final), decimal(to_places(got.number("mg"), 4), 4),
            f"{sign}{decimal(percent, 1)} %" if percent else "0 %",
            decimal(to_places(doses.number(), 2), 2),
        ])  # fmt: skip
    assert len(printed) == 5
    assert printed == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def anchors(page: Path) -> set[str]:
    """Return what a link to a heading of a page may name, as GitHub forms it."""
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_heading_names_one(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text("utf-8")):
        there = page.parent / target if target else page
        assert anchor in anchors(there), f"{target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_code_that_a_page_names_exists(page: Path) -> None:
    prefixes = "quantity|share|file|record|bench|frequency|route|date|assigned|daily|loss|rules"
    prefixes += "|packing|whole-unit|pool|certificate|also|short|left|capsule|machine|assay"
    prefixes += "|price|ndc|course|scores|answer"
    named = re.findall(rf"`((?:{prefixes})-[a-z0-9-]+)`", page.read_text("utf-8"))
    assert set(named) <= codes_in_source()


def test_every_key_of_a_prescription_is_explained() -> None:
    page = (ROOT / "docs" / "prescription.md").read_text("utf-8")
    for key in intake._KEYS:
        assert f"`{key}`" in page or f"[{key}]" in page, key


def test_every_method_page_is_reached_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for page in (ROOT / "docs").glob("method/*.md"):
        assert f"docs/method/{page.name}" in readme


def blocks(page: str) -> list[tuple[str, list[str]]]:
    """Return each command that a page runs, and the lines that it says the program prints."""
    found = []
    for block in re.findall(r"```\n\$ formulate (.*?)```", page, re.S):
        line, *printed = block.strip("\n").split("\n")
        found.append((line, printed))
    return found


def test_the_filling_page_prints_what_the_program_prints(formulate: Callable[..., Ran]) -> None:
    page = (ROOT / "docs" / "method" / "filling.md").read_text("utf-8")
    found = blocks(page)
    assert len(found) == 2
    for line, printed in found:
        ran = formulate(*shlex.split(line))
        assert ran.code == 0
        assert len(printed) > 3
        for text in printed:
            assert text in ran.out.splitlines(), text


def test_the_filling_pages_table_is_recomputed() -> None:
    page = (ROOT / "docs" / "method" / "filling.md").read_text("utf-8")
    body = page.split("## Worked example")[1].split("```")[0]
    rows = {
        cells[0].strip(): cells[-1].strip()
        for line in body.splitlines() if line.startswith("| ")
        for cells in [line.strip().strip("|").split("|")]
    }  # fmt: skip
    prescription, bench, _ = formulation.load("docs/examples/cycloserine-pool.toml", {}, DAY)
    found = formulation.capsules(prescription, bench)
    step = {one.name: one.result for one in found.steps}
    amounts, packing = dict(found.route.amounts), found.ways[0]
    size = next(one for one in found.sizes if one.chosen)
    powder = next(value for name, value in step.items() if name.startswith("share of the shell"))
    alone = [show(value) for name, value in step.items() if name.endswith("fills size 3 alone")]
    assert rows["drug needed"] == show(step["drug for the units"])
    assert rows["powder to weigh"].endswith(f"on the balance {show(amounts['powder to weigh'])}")
    assert rows["in one capsule"] == show(amounts["powder in one capsule"])
    assert [rows["fills a size 3 alone"], rows["filler that fills it alone"]] == alone
    assert rows["share taken"] == show_share(powder) == show_share(size.taken)
    assert rows["filler in one capsule"] == show(size.filler)
    assert rows["filler in all"] == show(packing.filler)
    assert rows["fill of one capsule"] == show(packing.each)


def test_the_page_on_prices_prints_what_the_program_prints(
    formulate: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMULATE_HOME", "docs/examples/errors/a-book")
    page = (ROOT / "docs" / "method" / "prices.md").read_text("utf-8")
    ((line, printed),) = blocks(page)
    assert formulate(*shlex.split(line)).out.splitlines() == printed


def test_the_page_on_liquids_prints_what_the_program_prints(formulate: Callable[..., Ran]) -> None:
    page = (ROOT / "docs" / "method" / "liquids.md").read_text("utf-8")
    ((line, printed),) = blocks(page)
    ran = formulate(*shlex.split(line))
    assert ran.code == 1  # no study supports a date
    for text in printed:
        assert text in ran.out.splitlines(), text


def test_the_page_on_the_design_prints_what_the_program_prints(
    formulate: Callable[..., Ran],
) -> None:
    page = (ROOT / "docs" / "method" / "design.md").read_text("utf-8")
    ((line, printed),) = blocks(page)
    lines = formulate(*shlex.split(line)).out.splitlines()
    assert len(printed) > 30
    assert all(text in lines for text in printed)
