"""The command line: forgiving to the hand, strict to the dose, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ran

import formulation

Run = Callable[..., Ran]
TMS = "docs/examples/cycloserine-tms.toml"
GOOD = {"substance": '"cycloserine"', "dose": '"100 mg"', "doses": "10", "prepared": "2026-01-05"}


def written(folder: Path, text: str = "", **keys: str) -> str:
    path = folder / "rx.toml"
    lines = {**GOOD, **keys}
    path.write_text("".join(f"{k} = {v}\n" for k, v in lines.items() if v) + text, "utf-8")
    return str(path)


def refused(ran: Ran, code: str) -> None:
    lines = ran.err.splitlines()
    assert ran.code == 2
    assert ran.out == ""
    assert [line.split()[0] for line in lines] == ["what", "at", "try", "see"]
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)
    assert lines[3].endswith(f"#{code}")
    assert "Traceback" not in ran.err


def test_one_line_without_any_file_is_enough(formulate: Run) -> None:
    quoted = formulate("plan", "cycloserine", "100 mg", "--doses", "10", "--date", "2026-01-05")
    apart = formulate("plan", "cycloserine", "100", "mg", "--doses", "10", "--date", "2026-01-05")
    joined = formulate("plan", "cycloserine", "100mg", "--doses", "10", "--date", "2026-01-05")
    tall = formulate("plan", "cycloSERINE", "100 mg", "--doses", "10", "--date", "2026-01-05")
    assert quoted.code == 0
    assert "MAKE capsules of 100 mg" in quoted.out
    assert quoted.out == apart.out == joined.out == tall.out


@pytest.mark.parametrize(
    "dose", [".5 mg", "1.0 mg", "1,5 mg", "0,25 mg", "1 250 mg", "1–2 mg", "5 MG", "5 Mg", "5 U",
             "1e-3 mg", "2 mg*mL", "10 mg 5 mg", "", "0 mg", "nan mg", "5", "mg", "٥ mg",
             "5\x07 mg", "9" * 10_000],
)  # fmt: skip
def test_a_bad_dose_exits_2_in_four_lines(dose: str, formulate: Run) -> None:
    ran = formulate("plan", "cycloserine", dose, "--doses", "10")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 4
    assert "\x07" not in ran.err
    assert len(ran.err) < 600


def test_a_dose_with_a_sign_is_refused_too(formulate: Run, tmp_path: Path) -> None:
    refused(formulate("plan", written(tmp_path, dose='"-5 mg"')), "quantity-sign")
    assert formulate("plan", "cycloserine", "-5 mg", "--doses", "10").code == 2


@pytest.mark.parametrize("name", ["cyclosporine", "cycloserin", "cyclophosphamide", "../water", ""])
def test_an_unknown_drug_gets_no_near_match(name: str, formulate: Run) -> None:
    ran = formulate("plan", name, "100 mg", "--doses", "10")
    if "/" not in name:
        refused(ran, "unknown-substance")
    assert ran.code == 2
    assert "cycloserine" not in ran.err.lower()


@pytest.mark.parametrize(
    ("keys", "text", "code"),
    [
        ({"dose": ""}, "", "file-missing-key"),
        ({"substance": ""}, "", "file-missing-key"),
        ({"doses": ""}, "", "file-missing-key"),
        ({"strength": '"100 mg"'}, "", "file-unknown-key"),
        ({"doses": '"10"'}, "", "file-wrong-type"),
        ({"doses": "10.5"}, "", "file-wrong-type"),
        ({"doses": "true"}, "", "file-wrong-type"),
        ({"dose": "100"}, "", "file-wrong-type"),
        ({"dose": "[1]"}, "", "file-wrong-type"),
        ({"prepared": '"2026-01-05"'}, "", "file-wrong-type"),
        ({"prepared": "2026-01-05T10:00:00"}, "", "file-wrong-type"),
        ({"dose": '"100 mL"'}, "", "quantity-wrong-kind"),
        ({"excess": '"5"'}, "", "share-no-sign"),
        ({"excess": "5"}, "", "file-wrong-type"),
        ({"excess": "0.05"}, "", "file-wrong-type"),
        ({"doses": "0"}, "", "number-out-of-range"),
        ({"doses": "-3"}, "", "number-out-of-range"),
        ({"doses": "100000"}, "", "number-out-of-range"),
        ({"substance": '"cyclosporine"'}, "", "unknown-substance"),
        ({}, '[pool]\nnet = "1 g"\n', "file-missing-key"),
        ({}, '[pool]\nnet = "1 mL"\nopened = 4\n', "quantity-wrong-kind"),
        ({}, "[expires]\nwater = 'soon'\n", "file-wrong-type"),
        ({}, "[dur]\nwho = ' '\nwhen = 2026-01-05\noutcome = 'ok'\n", "file-missing-key"),
        ({}, "[beyond_use]\ndays = 7\n", "file-missing-key"),
        ({"bench": '"nowhere.toml"'}, "", "file-not-readable"),
        ({"per_day": "1", "every": '"12 hours"'}, "", "frequency-twice"),
    ],
)
def test_a_bad_file_is_refused_by_key(
    keys: dict[str, str], text: str, code: str, formulate: Run, tmp_path: Path
) -> None:
    path = written(tmp_path, text, **keys)
    before = sorted(tmp_path.rglob("*"))
    ran = formulate("plan", path)
    refused(ran, code)
    assert sorted(tmp_path.rglob("*")) == before
    data = json.loads(formulate("plan", path, "--json").out)
    assert data["error"]["code"] == code
    assert set(data["error"]) == {"code", "what", "where", "fix"}


def test_two_benches_are_an_error_that_names_both(formulate: Run, tmp_path: Path) -> None:
    ran = formulate("plan", written(tmp_path, bench='"teaching"'), "--bench", "other.toml")
    refused(ran, "two-benches")
    assert "teaching" in ran.err
    assert "other.toml" in ran.err


def test_files_that_are_no_files(formulate: Run, tmp_path: Path) -> None:
    refused(formulate("plan", str(tmp_path) + "/"), "file-is-a-folder")
    refused(formulate("plan", str(tmp_path / "none.toml")), "file-not-readable")
    (tmp_path / "a.toml").write_bytes(b"dose = '\xff'\n")
    refused(formulate("plan", str(tmp_path / "a.toml")), "file-not-utf8")
    (tmp_path / "b.toml").write_text("this is not toml")
    refused(formulate("plan", str(tmp_path / "b.toml")), "file-not-toml")
    (tmp_path / "c.toml").write_text("# " + "x" * 1_000_001)
    refused(formulate("plan", str(tmp_path / "c.toml")), "file-too-large")
    (tmp_path / "d.toml").write_text("x = " + "[" * 50_000)
    refused(formulate("plan", str(tmp_path / "d.toml")), "file-not-toml")
    (tmp_path / "e.toml").write_text("")
    refused(formulate("plan", str(tmp_path / "e.toml")), "file-missing-key")


def test_a_stopped_route_that_is_asked_for_exits_1_and_says_why(formulate: Run) -> None:
    ran = formulate("plan", TMS, "--route", "liquid-ora-plus")
    assert ran.code == 1
    assert "DO NOT MAKE" in ran.out
    assert "pH 4.7 (37 °C)" in ran.out
    data = json.loads(formulate("plan", TMS, "--route", "liquid-ora-plus", "--json").out)
    assert data["chosen"] is None
    assert not next(r for r in data["routes"] if r["id"] == "liquid-ora-plus")["may_be_made"]


def test_a_route_that_may_be_made_is_taken_when_asked_for(formulate: Run) -> None:
    ran = formulate("plan", TMS, "--route", "dispersion")
    assert ran.code == 0
    assert "MAKE single-use dispersion" in ran.out


def test_no_markup_or_control_character_of_a_file_reaches_the_terminal(
    formulate: Run, tmp_path: Path
) -> None:
    evil = r'"[bold red]x[/bold red] \u001b[31m \u202e <script>alert(1)</script> *b* #let"'
    path = written(tmp_path, sig=evil, note=evil, difference=evil, dose='"240 mg"')
    for options in ([], ["--all"], ["--explain"]):
        out = formulate("plan", path, *options).out
        assert "[bold red]x[/bold red]" in out
        assert not [c for c in out if c != "\n" and not c.isprintable()]
    marked = formulate("plan", path, "--markdown").out
    assert "<script>" not in marked
    assert r"\*b\*" in marked
    assert not [c for c in marked if c != "\n" and not c.isprintable()]
    data = json.loads(formulate("plan", path, "--json").out)
    assert data["inputs"]["sig"].startswith("[bold red]")


def test_the_prescribers_words_are_attributed(formulate: Run, tmp_path: Path) -> None:
    out = formulate("plan", written(tmp_path, sig='"Take one 1 hour before the exercise."')).out
    assert "Prescriber's directions, as written: Take one 1 hour before the exercise." in out


def test_our_own_text_claims_no_effect_and_no_time_of_taking(formulate: Run) -> None:
    out = formulate("plan", TMS, "--all", "--explain").out.lower()
    for word in ("exposure", "neuroplastic", "response", "improve", "before treatment", "tms"):
        assert word not in out.replace("cycloserine-tms", "")


def test_usage_errors_have_the_same_four_lines(formulate: Run) -> None:
    refused(formulate("plan", TMS, "--exces", "5 %"), "usage")
    refused(formulate("plan"), "usage")
    refused(formulate("plna", TMS), "usage")
    refused(formulate("plan", "cycloserine", "100 mg", "--doses", "ten"), "usage")
    refused(formulate("plan", "cycloserine", "100 mg", "--date", "5.1.26"), "date-not-a-date")


def test_help_lists_what_is_built_and_nothing_else(formulate: Run) -> None:
    from formulation_cli.commands import every

    app = every()

    built = {command.name or command.callback.__name__ for command in app.registered_commands}  # type: ignore[union-attr]
    verbs = {name for name in formulation.__all__ if not name.startswith("_")} - {"load"}
    looked_up = {group.name for group in app.registered_groups} - {"calc", "learn"}
    assert built | {"calc"} == verbs
    assert looked_up == {"catalog", "prices"}
    assert not looked_up & verbs
    text = formulate("--help").out
    assert "  learn" in text


def test_the_version_is_the_packages(formulate: Run) -> None:
    assert formulate("--version").out == f"formulate {formulation.__version__}\n"


def test_a_pipe_that_closes_early_is_no_error() -> None:
    program = Path(sys.executable).with_name("formulate")
    first = subprocess.Popen(
        [program, "plan", TMS, "--all"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.readline()
    first.stdout.close()
    assert first.stderr.read() == b""
    first.stderr.close()
    assert first.wait(timeout=60) == 0


def test_the_program_runs_from_elsewhere_and_says_the_same(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("formulate")
    ran = subprocess.run(
        [program, "plan", str(ROOT / TMS), "--json"], cwd=tmp_path, capture_output=True, check=True
    )
    assert json.loads(ran.stdout)["chosen"] == "capsules"
    assert ran.stderr == b""
