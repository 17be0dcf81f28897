"""`formulate uniformity`: what is typed, refused and printed, and the page about it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from fractions import Fraction

import pytest
from conftest import ROOT, Ran

import formulation
from formulation import catalog
from formulation.check_intake import read_finished
from formulation.errors import FormulationError
from formulation.finished import Finished
from formulation.lists import read_masses, read_percents
from formulation.trace import evaluate
from formulation.units import Quantity

Run = Callable[..., Ran]
TEN = "277, 281, 279, 280, 272, 275, 278, 277, 290, 270 mg"
PAGE = (ROOT / "docs" / "method" / "uniformity.md").read_text("utf-8")


def refused(ran: Ran, code: str) -> None:
    lines = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert [line.split()[0] for line in lines] == ["what", "at", "try", "see"]
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)
    assert lines[3].endswith(f"#{code}")


@pytest.mark.parametrize(
    ("mean", "sd", "n", "value", "code"),
    [
        ("100.3", "1.4", "10", "84/25", 0), ("98", "2", "10", "53/10", 0),
        ("97", "5", "10", "27/2", 0), ("103", "5", "10", "27/2", 0),
        ("95", "4.8", "10", "751/50", 1), ("95", "4.8", "30", "131/10", 0),
        ("92", "5", "30", "33/2", 1),
    ],
)  # fmt: skip
def test_the_exit_code_is_the_verdict(mean, sd, n, value, code, formulate: Run) -> None:
    ran = formulate("uniformity", "--mean", mean, "--sd", sd, "--n", n, "--json")
    data = json.loads(ran.out)
    assert (ran.code, ran.err) == (code, "")
    assert data["results"]["acceptance"]["value"]["exact"] == value
    assert data["command"] == "uniformity"
    assert set(data["data"]["records"]) == {"uniformity/usp905"}


def test_stage_2_with_mean_and_deviation_only_asks_for_the_values(formulate: Run) -> None:
    ran = formulate("uniformity", "--mean", "95", "--sd", "4.8", "--n", "30")
    assert ran.code == 0
    assert "meets L1, individual values needed" in ran.out
    assert "CAUTION" in ran.out
    assert "concerns only the units tested" in ran.out


@pytest.mark.parametrize("sign", ["", "%", " %"])
def test_a_percent_sign_may_be_typed_or_left_out(sign, formulate: Run) -> None:
    ran = formulate(
        "uniformity", "--mean", f"100.3{sign}", "--sd", f"1.4{sign}", "--n", "10",
        "--target", f"100{sign}",
    )  # fmt: skip
    assert "3.36" in ran.out
    assert "target-assumed" not in ran.out


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_everything_fits_the_width_without_colour(
    width: str, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate(
        "uniformity", "--gross", TEN, "--theory", "229 mg", "--shell-size", "3", "--values",
        ",".join(["99"] * 10), "--drug", "100 mg", "--fill", "229 mg", "--weighed-in", "6.5 g",
        "--weighed-out", "6.4 g", "--explain",
    )  # fmt: skip
    assert ran.code == 0
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    assert "\x1b" not in ran.out


def test_both_references_stand_side_by_side(formulate: Run) -> None:
    ran = formulate("uniformity", "--gross", TEN, "--theory", "229 mg", "--shell-size", "3")
    text = " ".join(ran.out.split())
    assert ran.code == 0
    assert "by theory 229 mg" in text
    assert "by mean 229.9 mg" in text
    assert "judge against different references" in text
    assert "older <795>, house rule today; not confirmed against the chapter" in text


def test_the_markdown_holds_the_same_verdicts(formulate: Run) -> None:
    ran = formulate("uniformity", "--gross", TEN, "--shell", "48 mg", "--markdown")
    assert ran.code == 0
    assert ran.out.startswith("# Checks on the finished batch")
    assert "| no. |" in ran.out


def test_the_chart_in_the_terminal_and_in_json(formulate: Run) -> None:
    ran = formulate("uniformity", "--chart")
    assert ran.code == 0
    assert "█" in ran.out
    data = json.loads(formulate("uniformity", "--chart", "--json").out)
    found = data["results"]["characteristic"]
    assert found["tolerance"]["text"] == "0.000001"
    six = next(p for p in found["points"] if (p["mean"]["value"], p["sd"]["value"]) == (100, 6))
    assert abs(six["first"]["value"] - 0.577179) < 1e-5
    assert abs(six["second"]["value"] - 0.394765) < 1e-5
    assert six["lost_error"]["value"] < 0.001


def test_every_step_of_the_json_evaluates_again_exactly(formulate: Run) -> None:
    ran = formulate(
        "uniformity", "--gross", TEN, "--theory", "229 mg", "--shells", "47, 48, 50 mg",
        "--values", "99.8, 101.2, 98, 97, 103, 100, 99, 102, 96, 101", "--json",
    )  # fmt: skip
    steps = json.loads(ran.out)["steps"]
    assert len(steps) > 15
    for step in steps:
        inputs = {name: _read(value) for name, value in step["inputs"].items()}
        result = _read(step["result"])
        again = evaluate(step["formula"], inputs)
        assert (again if isinstance(again, Quantity) else Quantity(again)) == result


def _read(value):
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    return Quantity(Fraction(value["exact"]), value["unit"])


def test_the_library_answers_as_the_program_does() -> None:
    finished, rules = read_finished({"mean": "98", "sd": "2", "n": 10})
    found = formulation.uniformity(finished, rules)
    assert found.acceptance is not None
    assert found.acceptance.value == Fraction("5.3")
    assert found.passes
    # the chart takes seconds: only where it is asked for
    bare = formulation.uniformity(Finished(contents=finished.contents), rules)
    assert bare.characteristic is found.characteristic is None
    with pytest.raises(FormulationError):
        read_finished({"maen": "98"})


# A list: typed, or a file of the same.


@pytest.mark.parametrize(
    "text",
    ["99.8, 101.2, 100", "99.8,101.2,100", "99.8;101.2;100", "99.8\n101.2\n100\n",
     "99.8 %, 101.2 %, 100 %", "\ufeff99.8\r\n101.2\r\n100\r\n"],
)  # fmt: skip
def test_a_list_of_contents_in_every_form(text, tmp_path) -> None:
    expected = (Fraction("99.8"), Fraction("101.2"), Fraction(100))
    path = tmp_path / "contents.csv"
    path.write_bytes(text.encode())
    assert read_percents(str(path), "--values") == expected
    if "\ufeff" not in text:
        assert read_percents(text, "--values") == expected


@pytest.mark.parametrize(
    "text", ["0.277 g, 281 mg, 1,250 mg", "277 mg,281 mg,1,250 mg", "277 mg; 281 mg; 1,250 mg",
             "277, 281, 1,250 mg", "277 mg\n281 mg\n1,250 mg"],
)  # fmt: skip
def test_a_list_of_masses_in_every_form(text) -> None:
    found = read_masses(text, "--gross")
    assert [mass.number("mg") for mass in found] == [277, 281, 1250]


@pytest.mark.parametrize("text", ["99,8, 101,2", "99,8; 101,2", "99,8\n101,2", "99,825, 101,250"])
def test_a_decimal_comma_in_a_list_is_refused(text, formulate: Run) -> None:
    refused(formulate("uniformity", "--values", text), "list-decimal-comma")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--mean", "95", "--sd", "4.8", "--n", "20"], "sample-size"),
        (["--mean", "95", "--sd", "4.8", "--n", "0"], "sample-size"),
        (["--mean", "95", "--sd", "4.8"], "option-missing"),
        (["--sd", "4.8", "--n", "10"], "option-missing"),
        (["--mean", "nan", "--sd", "1", "--n", "10"], "quantity-not-a-number"),
        (["--mean", "100", "--sd", "inf", "--n", "10"], "quantity-not-a-number"),
        (["--mean", "100", "--sd=-1", "--n", "10"], "quantity-sign"),
        (["--mean", "100", "--sd", "-1", "--n", "10"], "quantity-sign"),
        (["--mean", "good", "--sd", "1", "--n", "10"], "number-not-a-number"),
        (["--mean", "1e2", "--sd", "1", "--n", "10"], "quantity-exponent"),
        (["--mean", "", "--sd", "1", "--n", "10"], "quantity-empty"),
        (["--mean", "5000", "--sd", "1", "--n", "10"], "number-out-of-range"),
        (["--mean", "100 mg", "--sd", "1", "--n", "10"], "number-not-a-number"),
        (["--mean", "100", "--sd", "1", "--n", "ten"], "usage"),
        (["--mean", "100", "--sd", "1", "--n", "10", "--target", "0"], "number-out-of-range"),
        (["--mean", "100", "--sd", "1", "--n", "10", "--target", "1.03"], "number-out-of-range"),
        (["--values", "99.8, nan, 100"], "quantity-not-a-number"),
        (["--values", "99.8, 101.2", "--n", "10"], "count-differs"),
        (["--values", "99.8, 101.2"], "sample-size"),
        (["--values", ""], "list-empty"),
        (["--values", " , "], "list-empty"),
        (["--values", "99.8, -3"], "quantity-sign"),
        (["--values", "99.8", "--mean", "99"], "given-twice"),
        (["--values", "nowhere.csv"], "file-not-readable"),
        (["--values", "docs/examples/"], "file-is-a-folder"),
        (["--target", "103"], "nothing-to-check"),
        ([], "nothing-to-check"),
        (["--gross", "277 mg/cap", "--shell", "48 mg"], "quantity-wrong-kind"),
        (["--gross", "277", "--shell", "48 mg"], "quantity-no-unit"),
        (["--gross", "0.277 kg", "--shell", "48 mg"], "number-out-of-range"),
        (["--gross", "277 mg", "--shell", "48 mL"], "quantity-wrong-kind"),
        (["--gross", "277 mg", "--shell", "48 mg", "--theory", "0 mg"], "quantity-zero"),
        (["--gross", "277 mg, nan mg", "--shell", "48 mg"], "quantity-not-a-number"),
        (["--gross", "40 mg", "--shell", "48 mg"], "shell-too-heavy"),
        (["--gross", "277 mg"], "option-missing"),
        (["--gross", TEN, "--shell", "48 mg", "--shells", "48 mg"], "given-twice"),
        (["--gross", TEN, "--shell-size", "9"], "shell-size-unknown"),
        (["--gross", TEN, "--shell", "48 mg", "--set", "ours"], "record-not-found"),
        (["--gross", TEN, "--shell", "48 mg", "--bench", "teaching"], "option-missing"),
        (["--shell", "48 mg"], "option-missing"),
        (["--drug", "100 mg"], "option-missing"),
        (["--drug", "100 mg", "--fill", "229"], "quantity-no-unit"),
        (["--drug", "229 mg", "--fill", "100 mg"], "drug-above-fill"),
        (["--weighed-in", "6.5 g"], "option-missing"),
        (["--weighed-in", "0 g", "--weighed-out", "6 g"], "quantity-zero"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_four_lines(arguments, code, formulate: Run) -> None:
    refused(formulate("uniformity", *arguments), code)


def test_a_refusal_names_the_number_in_the_list(formulate: Run) -> None:
    ran = formulate("uniformity", "--values", "99.8, 101.2, x")
    assert "option --values, number 3" in ran.err


def test_a_refusal_as_json(formulate: Run) -> None:
    ran = formulate("uniformity", "--mean", "95", "--sd", "4.8", "--n", "20", "--json")
    assert ran.code == 2
    assert json.loads(ran.out)["error"]["code"] == "sample-size"


def test_a_file_over_1_mb_is_refused(tmp_path, formulate: Run) -> None:
    path = tmp_path / "large.csv"
    path.write_text("99.8\n" * (catalog.LARGEST // 5 + 1), "utf-8")
    refused(formulate("uniformity", "--values", str(path)), "file-too-large")


def test_a_file_that_is_no_text_is_refused(tmp_path, formulate: Run) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"99.8\n\xff\xfe")
    refused(formulate("uniformity", "--values", str(path)), "file-not-utf8")


def test_a_set_may_be_named_and_is_the_only_one_then(formulate: Run) -> None:
    ran = formulate("uniformity", "--gross", TEN, "--shell", "48 mg", "--set", "nrf", "--json")
    data = json.loads(ran.out)
    assert [one["key"] for one in data["results"]["weight_check"]["sets"]] == ["nrf"]
    assert set(data["data"]["records"]) == {"uniformity/usp905", "checks/nrf"}


def test_the_shells_of_a_bench_bring_its_stamps(formulate: Run) -> None:
    ran = formulate("uniformity", "--gross", TEN, "--shell-size", "3", "--json")
    assert "benches/teaching" in json.loads(ran.out)["data"]["records"]


# The page about it is what the program prints.

EXAMPLES = re.findall(r"^```\n\$ (formulate uniformity [^\n]*)\n(.*?)\n```$", PAGE, re.M | re.S)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize(("line", "printed"), EXAMPLES, ids=[line for line, _ in EXAMPLES])
def test_the_page_shows_what_the_program_prints(line, printed, formulate: Run) -> None:
    ran = formulate(*shlex.split(line)[1:])
    shown = (ran.out or ran.err).rstrip("\n")
    assert printed == shown or (printed.endswith("\n...") and shown.startswith(printed[:-4]))
