"""`formulate calc`: laws of every calculator, its explanation, its command, bad input."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Ran
from hypothesis import given, settings
from hypothesis import strategies as st

import formulation
from formulation.amounts import Amount, percent, plain, ratio
from formulation.calc_report import calc_report
from formulation.calculating import CALCULATORS, calc, calculator, read_ask
from formulation.chains import chain
from formulation.errors import FormulationError
from formulation.latex import document
from formulation.markdown import markdown
from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import BackCheck, Bound, Solved
from formulation.teaching import failed, solved
from formulation.trace import evaluate
from formulation.units import Quantity, total

Run = Callable[..., Ran]
EXAMPLES = [(one.name, line) for one in CALCULATORS for line in one.examples]
IDS = [f"{name}-{place}" for place, (name, _) in enumerate(EXAMPLES)]
ASKED = {"--find": "find", "--round": "to", "--way": "way", "--as": "form"}
numbers = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)


def values_of(name: str, line: str) -> tuple[dict[str, Any], Ask]:
    words = shlex.split(line)
    values: dict[str, Any] = {}
    asked: dict[str, str] = {}
    for option, text in zip(words[::2], words[1::2], strict=True):
        if option in ASKED:
            asked[ASKED[option]] = text
            continue
        variable = next(v for v in calculator(name).variables if v.option == option)
        if variable.kind.startswith("many "):
            values.setdefault(variable.name, []).append(text)
        else:
            values[variable.name] = text
    return values, read_ask(**asked)


def worked(name: str, line: str) -> Solved:
    values, ask = values_of(name, line)
    return calc(name, values, ask)


# Every example of every calculator.


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=IDS)
def test_every_part_of_an_explanation_comes_from_the_answer(name: str, line: str) -> None:
    found = worked(name, line)
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result
    for one in (*found.lines, *found.beside):
        if one.chain is not None:
            assert one.chain.again() == one.chain.result == one.result.value
            floats = 1.0
            for part in one.chain.factors:
                floats *= float(part.over) / float(part.under)
            assert floats == pytest.approx(float(one.result.value.magnitude), rel=1e-12)
    assert found.lines[-1].result.value == found.answer
    assert isinstance(found.bound, Bound)
    assert found.bound.low <= found.answer <= found.bound.high
    assert found.bound.low < found.bound.high
    assert found.check
    assert all(one.holds for one in found.check)
    exact, printed = found.rounding.exact, found.rounding.printed
    assert printed == exact * (1 + found.rounding.error) or not exact


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=IDS)
def test_what_is_struck_out_stands_as_often_over_a_line_as_under_it(name: str, line: str) -> None:
    for one in worked(name, line).lines:
        factors = one.chain.factors if one.chain else ()
        over = sorted(u.name for f in factors for u in f.over_units if u.struck)
        under = sorted(u.name for f in factors for u in f.under_units if u.struck)
        assert over == under


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=IDS)
def test_the_answer_put_back_gives_each_given_value_again(name: str, line: str) -> None:
    """Round trip: drop one given value, give the answer instead, and look for the one dropped."""
    which = calculator(name)
    if which.run and name not in ("weight", "mould", "isotonic", "alligate", "q10", "salt"):
        return
    values, ask = values_of(name, line)
    if name in ("alligate", "isotonic") and not {"stronger", "weaker"} <= set(values):
        return
    found = calc(name, values, Ask(ask.wanted))
    typed = {one.name: one.amount for one in found.given if one.name in values}
    for dropped, amount in typed.items():
        rest = {key: one for key, one in values.items() if key != dropped}
        answer = replace(found.wanted.amount, value=found.answer)
        again = _looked_for(name, {**rest, found.wanted.name: answer}, dropped)
        if again is None:
            continue
        off = abs(again.answer.number(amount.value.unit) - amount.value.magnitude)
        assert off <= amount.value.magnitude / 10**20, dropped


def _looked_for(name: str, values: dict[str, Any], wanted: str) -> Solved | None:
    """Return the problem solved for another quantity, None where it does not hang on the rest."""
    try:
        return calc(name, values, Ask(wanted))
    except FormulationError as error:
        if error.code != "calc-missing":
            raise
        return None


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=IDS)
def test_more_of_one_thing_moves_the_answer_one_way(name: str, line: str) -> None:
    """Monotonicity: as one value grows a little and a little more, the answer turns nowhere."""
    if "--final " in line and name == "serial":
        return  # a number of steps is not found for every strength
    values, ask = values_of(name, line)
    found = calc(name, values, replace(ask, step=None))
    for one in found.given:
        if one.name not in values or not isinstance(values[one.name], str):
            continue
        answers = []
        again = replace(ask, wanted=found.wanted.name, step=None)
        for times in (Fraction(1), Fraction(101, 100), Fraction(102, 100)):
            grown = _grown(one.amount, times)
            answers.append(calc(name, {**values, one.name: grown}, again).answer)
        first, second, third = answers
        assert (first <= second <= third) or (first >= second >= third), one.name


def _grown(amount: Amount, times: Fraction) -> Amount:
    if amount.form == "ratio" and amount.under is not None:
        return ratio(amount.under.magnitude / times, amount.basis)
    over = Quantity(amount.over.magnitude * times, amount.over.unit)
    return replace(amount, value=amount.value * times, over=over)


# Laws with any numbers.


@settings(max_examples=25, deadline=None)
@given(strong=numbers, share=st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
       volume=numbers)  # fmt: skip
def test_a_dilution_holds_the_drug_that_was_taken(
    strong: Fraction, share: Fraction, volume: Fraction
) -> None:
    values = {"stock_strength": percent(strong, "w/v"),
              "final_strength": percent(strong * share, "w/v"),
              "final_volume": plain(Quantity(volume, "L"))}  # fmt: skip
    found = calc("dilute", values)
    assert found.answer == Quantity(volume * share, "L")
    named = {one.name: one.amount.value for one in found.others}
    assert found.answer + named["diluent"] == Quantity(volume, "L")
    in_mg = {**values, "final_volume": plain(Quantity(volume * 1000, "mL"))}
    assert calc("dilute", in_mg).answer == found.answer
    assert isinstance(found.bound, Bound)
    assert found.bound.holds(found.answer)


@settings(max_examples=25, deadline=None)
@given(strengths=st.lists(numbers, min_size=2, max_size=5, unique=True),
       at=st.fractions(Fraction(1, 20), Fraction(19, 20), max_denominator=20),
       whole=numbers)  # fmt: skip
def test_an_alligation_recombines_exactly(
    strengths: list[Fraction], at: Fraction, whole: Fraction
) -> None:
    wanted = min(strengths) + (max(strengths) - min(strengths)) * at
    if wanted in strengths:
        return
    found = calc("alligate", {
        "mix": [(None, percent(one, "w/w")) for one in strengths],
        "wanted": percent(wanted, "w/w"), "total": plain(Quantity(whole, "g")),
    })  # fmt: skip
    named = {one.name: one.amount.value for one in found.others}
    named[found.wanted.name] = found.answer
    two = [named.get("stronger_amount"), named.get("weaker_amount")]
    amounts = [named.get(f"amount_{n}") for n in range(1, len(strengths) + 1)]
    row = sorted(strengths, reverse=True) if len(strengths) == 2 else strengths
    used = [one for one in (two if len(strengths) == 2 else amounts) if one is not None]
    assert len(used) == len(strengths)
    assert all(one.magnitude > 0 for one in used)
    assert total(used, "g") == Quantity(whole, "g")
    drug = [one * (s / 100) for one, s in zip(used, row, strict=True)]
    assert total(drug, "g") == Quantity(whole * wanted / 100, "g")
    assert all(one.holds for one in found.check)


@settings(max_examples=20, deadline=None)
@given(amounts=st.lists(st.tuples(numbers, numbers), min_size=2, max_size=5))
def test_a_mixture_lies_between_its_strengths(amounts: list[tuple[Fraction, Fraction]]) -> None:
    mix = [(plain(Quantity(m, "g")), percent(s, "w/w")) for m, s in amounts]
    found = calc("alligate", {"mix": mix})
    drug = sum(m * s for m, s in amounts) / sum(m for m, _ in amounts)
    assert found.answer.number() * 100 == drug
    assert min(s for _, s in amounts) <= drug <= max(s for _, s in amounts)


@settings(max_examples=25, deadline=None)
@given(parts=st.lists(numbers, min_size=2, max_size=5), wanted=numbers)
def test_a_formula_keeps_its_proportions(parts: list[Fraction], wanted: Fraction) -> None:
    rows = [(f"part {n}", plain(Quantity(one, "part"))) for n, one in enumerate(parts)]
    found = calc("reduce", {"ingredient": rows, "wanted": plain(Quantity(wanted, "g"))})
    made = [one.amount.value for one in found.others if one.name.startswith("new")]
    assert total(made, "g") == Quantity(wanted, "g")
    for one, part in zip(made, parts, strict=True):
        assert one == Quantity(wanted * part / sum(parts), "g")


@settings(max_examples=40, deadline=None)
@given(numbers, numbers, st.sampled_from(["mg", "g", "mcg"]), st.sampled_from(["mg", "g", "kg"]))
def test_a_chain_multiplies_to_its_answer_in_any_units(
    a: Fraction, b: Fraction, unit: str, wanted: str
) -> None:
    strength = plain(Quantity(a, f"{unit}/mL"))
    row = chain([(strength, 1), (plain(Quantity(b, "L")), 1)], wanted)
    assert row.again() == row.result == Quantity(a, f"{unit}/mL") * Quantity(b, "L")
    assert row.result.unit == wanted


@settings(max_examples=30, deadline=None)
@given(degrees=numbers)
def test_celsius_and_fahrenheit_turn_back_into_one_another(degrees: Fraction) -> None:
    warm = calc("temperature", {"celsius": plain(Quantity(degrees, "degC"))}).answer
    assert warm == Quantity(degrees * 9 / 5 + 32, "degF")
    assert calc("temperature", {"fahrenheit": plain(warm)}).answer == Quantity(degrees, "degC")


# Checks that can fail.


def test_a_back_check_that_does_not_come_out_is_a_stop() -> None:
    right, wrong = Quantity(Fraction(5), "mL"), Quantity(Fraction(6), "mL")
    (found,) = failed((BackCheck("volume", "", right, wrong),))
    assert (found.code, found.level, found.limit, found.actual) == (
        "calc-check-failed", "stop", right, wrong,
    )  # fmt: skip
    assert not failed((BackCheck("volume", "", right, right),))


def test_a_wrongly_solved_equation_is_found_out_by_its_own_back_check() -> None:
    forms = (("a", "b * c"), ("b", "a * c"), ("c", "a / b"))
    which = Calculator("wrong", "", tuple(Variable(n, n, "number") for n in "abc"),
                       (Equation("a = b * c", "", forms),), ())  # fmt: skip
    found = solved(which, {"b": plain(Quantity(Fraction(5))), "c": plain(Quantity(Fraction(2)))})
    assert [one.code for one in found.findings] == ["calc-check-failed"]
    assert not found.may_be_made


def test_too_much_says_which_value_is_off_and_what_it_would_have_to_be() -> None:
    values = {"stock_strength": "5 % w/v", "final_strength": "2 % w/v", "final_volume": "250 mL"}
    found = calc("dilute", {**values, "stock_volume": "50 mL"})
    (stop,) = found.findings
    assert stop.code == "calc-values-disagree"
    for text in ("100 mL, not 50 mL", "125 mL, not 250 mL", "1 % w/v, not 2 %", "10 % w/v, not 5"):
        assert text in stop.what
    agreed = calc("dilute", {**values, "stock_volume": "100 mL"})
    assert [one.code for one in agreed.findings] == ["calc-values-agree"]
    assert agreed.may_be_made


def test_a_value_right_within_its_decimals_is_not_called_wrong() -> None:
    values = {"stock_strength": "3 mmol/mL", "final_strength": "0.1 mmol/mL",
              "final_volume": "500 mL"}  # fmt: skip
    found = calc("dilute", {**values, "stock_volume": "16.67 mL"})
    assert [one.code for one in found.findings] == ["calc-agrees-rounded"]
    found = calc("dilute", {**values, "stock_volume": "16.76 mL"})
    assert [one.code for one in found.findings] == ["calc-values-disagree"]


def test_rounding_is_as_asked_and_says_what_it_brings() -> None:
    values = {"stock_strength": "14 % w/v", "final_strength": "1:4000 w/v", "final_volume": "1 L"}
    tenth = read_ask("", "0.1 mL")
    found = calc("dilute", values, tenth).rounding
    assert (found.text, found.error) == ("1.8 mL", Fraction(1, 125))
    assert "final volume is 1.008 L instead of 1 L" in found.brings
    assert calc("dilute", values, read_ask("", "0.5 mL", "down")).rounding.text == "1.5 mL"
    assert calc("dilute", values, read_ask("", "0.5 mL", "up")).rounding.text == "2 mL"


def test_the_maximum_and_the_least_are_stops() -> None:
    over = calc("weight", {"per_kg": "15 mg/kg", "weight": "80 kg", "maximum": "1000 mg"})
    assert [one.code for one in over.findings] == ["calc-over-maximum"]
    assert not calc(
        "weight", {"per_kg": "5 mg/kg", "weight": "80 kg", "maximum": "400 mg"}
    ).findings
    values = {"needed": "2 mg", "aliquot": "125 mg", "least": "120 mg"}
    assert not calc("aliquot", {**values, "weighed": "120 mg"}).findings
    assert calc("aliquot", {**values, "weighed": "119 mg"}).findings


def test_both_definitions_of_a_displacement_factor_and_neither_by_default() -> None:
    values = {"count": "10", "mould": "1 g", "drug_each": "500 mg", "factor": "5"}
    with pytest.raises(FormulationError, match="not said"):
        calc("mould", values)
    drug = calc("mould", {**values, "factor_is": "drug per base"}).answer
    base = calc("mould", {**values, "factor": "0.2", "factor_is": "base per drug"}).answer
    assert drug == base == Quantity(Fraction(9), "g")


def test_a_q10_estimate_says_each_time_that_it_supports_no_date() -> None:
    values = {"time": "90 days", "q10": "3", "old_temperature": "5", "new_temperature": "30"}
    found = calc("q10", values)
    assert [one.code for one in found.findings] == ["q10-supports-no-date"]
    assert float(found.answer.magnitude) == pytest.approx(90 / 3**2.5, rel=1e-12)
    longer = calc("q10", {**values, "new_temperature": "-5"})
    assert longer.answer == Quantity(Fraction(270), "day")


def test_surface_by_both_formulas_against_floats() -> None:
    size = {"weight": "70 kg", "height": "175 cm"}
    mosteller = calc("weight", size).answer
    assert float(mosteller.magnitude) == pytest.approx((70 * 175 / 3600) ** 0.5, rel=1e-12)
    du_bois = calc("weight", {**size, "formula": "dubois"}).answer
    expected = 0.007184 * 175**0.725 * 70**0.425
    assert float(du_bois.magnitude) == pytest.approx(expected, rel=1e-12)


# What cannot be.

BAD: list[tuple[str, dict[str, Any], str]] = [
    ("dilute", {"stock_strength": "2 % w/v"}, "calc-missing"),
    ("dilute", {"stock_strength": "2 %"}, "strength-no-basis"),
    ("dilute", {"stock_strength": "2 % w/v", "final_strength": "1 % w/w", "final_volume": "1 L"},
     "calc-kinds-differ"),
    ("dilute", {"stock_strength": "2 % w/w", "final_strength": "1 % w/w", "final_volume": "1 L"},
     "calc-kinds-differ"),
    ("dilute", {"stock_strength": "1 % w/v", "final_strength": "2 % w/v", "final_volume": "1 L"},
     "calc-below-nothing"),
    ("dilute", {"stok": "1 % w/v"}, "calc-no-such-quantity"),
    ("strength", {"strength": "0 % w/v", "whole": "1 L"}, "quantity-zero"),
    ("strength", {"strength": ".5 % w/v", "whole": "1 L"}, "quantity-leading-point"),
    ("strength", {"strength": "1,5 % w/v", "whole": "1 L"}, "quantity-decimal-comma"),
    ("alligate", {"stronger": "5 % w/w", "weaker": "2 % w/w", "wanted": "6 % w/w",
                  "total": "10 g"}, "calc-below-nothing"),
    ("alligate", {"mix": ["5 % w/w", "4 % w/w", "3 % w/w"], "wanted": "6 % w/w", "total": "9 g"},
     "calc-below-nothing"),
    ("alligate", {"mix": ["30 mL of 2 % w/w", "10 g of 1 % w/w"]}, "calc-kinds-differ"),
    ("convert", {"amount": "5 tsp", "to": "mL"}, "calc-constant-needed"),
    ("convert", {"amount": "5 mg", "to": "mL"}, "calc-constant-needed"),
    ("weight", {"per_kg": "5 mg", "weight": "70 kg"}, "calc-not-by-size"),
    ("density", {"mass": "5 g", "specific_gravity": "1.2"}, "calc-missing"),
    ("salt", {"salt": "5 g", "assay": "99 %"}, "calc-basis"),
    ("isotonic", {"drug": ["3 g, E 0.9"], "volume": "30 mL", "isotonic": "0.9 % w/v"},
     "calc-below-nothing"),
    ("reduce", {"ingredient": ["a = 5 g", "b = 5 mL"], "wanted": "10 g"}, "calc-missing"),
    ("sig", {"sig": "take 1 tablet as needed"}, "sig-not-read"),
    ("sig", {"sig": "take 1 tablet every 5 hours for 3 days"}, "sig-not-read"),
    ("sig", {"sig": "take 1 or 2 tablets daily for 3 days"}, "sig-not-read"),
    ("dose", {"quantity": "30 tablets"}, "calc-missing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "code"), BAD, ids=[f"{b[0]}-{b[2]}" for b in BAD])
def test_what_cannot_be_is_refused_with_what_to_type(
    name: str, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(FormulationError) as told:
        calc(name, values)
    assert told.value.code == code
    assert told.value.fix


@pytest.mark.parametrize(
    ("sig", "per_day"),
    [("take 5 mL by mouth twice a day for 10 days", 2), ("Take one tablet daily for 3 days.", 1),
     ("give 2 capsules every 8 hours for 7 days", 3), ("use 1 drop at bedtime for 5 days", 1),
     ("take half tablet three times a day for 2 days", 3)],
)  # fmt: skip
def test_the_directions_that_are_read(sig: str, per_day: int) -> None:
    found = calc("sig", {"sig": sig})
    daily = next(one for one in found.given if one.name == "doses_per_day")
    assert daily.amount.value == Quantity(Fraction(per_day), "dose/day")


# The command.


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=IDS)
def test_every_example_runs_as_it_is_printed(name: str, line: str, formulate: Run) -> None:
    ran = formulate("calc", name, *shlex.split(line))
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(formulate("calc", name, *shlex.split(line), "--json").out)
    assert answer["schema"] == "formulate/1"
    assert answer["command"] == f"calc {name}"
    results = answer["results"]
    exact = worked(name, line).answer
    assert Fraction(results["answer"]["exact"]) == exact.magnitude
    assert all(one["holds"] for one in results["check"])


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("name", [one.name for one in CALCULATORS])
def test_the_explanation_fits_the_screen(
    name: str, width: int, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for line in calculator(name).examples:
        out = formulate("calc", name, *shlex.split(line), "--explain").out
        assert max(len(row) for row in out.splitlines()) <= width
        for part in range(1, 8):
            assert f"\n{part} " in out
        assert "U+" not in out
        assert "the the" not in out


@pytest.mark.parametrize("name", ["dilute", "alligate", "reduce", "weight"])
def test_an_explanation_as_a_student_reads_it(name: str, formulate: Run, golden: Any) -> None:
    line = shlex.split(calculator(name).examples[0])
    out = formulate("calc", name, *line, "--explain").out
    out += formulate("calc", name, *line, "--explain", "--markdown").out
    out += formulate("calc", name, *line, "--explain", "--latex").out
    golden(f"calc-{name}.txt", out)


def test_the_exit_code_and_the_error_form(formulate: Run) -> None:
    wrong = ["calc", "dilute", "--stock-strength", "5 % w/v", "--final-strength", "2 % w/v",
             "--final-volume", "250 mL", "--stock-volume", "50 mL"]  # fmt: skip
    assert formulate(*wrong).code == 1
    ran = formulate("calc", "dilute", "--stock-strength", "5 %")
    assert (ran.code, len(ran.err.splitlines())) == (2, 4)
    assert "option --stock-strength" in ran.err
    ran = formulate("calc", "dilut", "--json")
    assert json.loads(ran.out)["error"]["code"] == "calc-no-such"


def test_the_group_lists_every_calculator(formulate: Run) -> None:
    out = formulate("calc", "--help").out
    for one in CALCULATORS:
        assert f"  {one.name} " in out


def test_markdown_strikes_units_and_latex_cancels_them() -> None:
    report = calc_report(worked("dilute", calculator("dilute").examples[0]), explain=True)
    assert "~~mL~~" in markdown(report)
    text = document(report)
    assert r"\cancel{\text{mL}}" in text
    assert text.count("{") == text.count("}")
    assert text.count(r"\begin{") == text.count(r"\end{")


@pytest.mark.parametrize("name", [one.name for one in CALCULATORS])
def test_every_calculator_has_a_page_that_says_what_the_program_says(name: str) -> None:
    from calc_pages import body

    page = (ROOT / "docs" / "method" / "calc" / f"{name}.md").read_text("utf-8")
    assert body(name) in page
    assert f"calc/{name}.md" in (ROOT / "docs" / "method" / "calc.md").read_text("utf-8")
    for one in calculator(name).variables:
        assert one.inner or one.help or one.beside or one.words


def test_the_verb_of_the_library_is_the_one_of_the_program() -> None:
    assert formulation.calc is calc


def test_a_series_finds_its_steps_or_names_the_two_nearest() -> None:
    values = {"start": "10 mg/mL", "final": "1 mcg/mL", "fold": "10"}
    found = calc("serial", values)
    assert found.answer == Quantity(Fraction(1), "mcg/mL")
    assert found.others[0].amount.value == Quantity(Fraction(4))
    with pytest.raises(FormulationError) as told:
        calc("serial", {**values, "final": "3 mcg/mL"})
    assert told.value.code == "calc-steps"
    assert "3 give 0.01 mg/mL, 4 give 0.001 mg/mL" in told.value.what


@pytest.mark.parametrize("name", [one.name for one in CALCULATORS])
def test_the_way_back_begins_with_the_answer(name: str) -> None:
    """A student has to see the answer in the check, not only a line that it once led to."""
    for line in calculator(name).examples:
        found = worked(name, line)
        assert not found.check or found.wanted.words in found.check[0].way


def test_the_check_stands_in_numbers_that_a_pencil_can_follow() -> None:
    words = '--mass "1 g" --molar-mass "246.47 g/mol" --valence 2'
    (check,) = worked("meq", words).check
    assert check.way == "millimoles = milliequivalents ÷ valence; then millimoles × molar mass"
    first, _, second = check.numbers.partition("; then ")
    assert first == "200000/24647 mEq ÷ 2 mEq/mmol = 100000/24647 mmol"
    assert second == "100000/24647 mmol × 246.47 g/mol = 1 g"
    assert Fraction(200000, 24647) / 2 == Fraction(100000, 24647)
    for one in CALCULATORS:
        for line in one.examples:
            for told in worked(one.name, line).check[:1]:
                assert told.numbers.count(" = ") == told.way.count("; then ") + 1


def test_a_strength_says_what_its_percent_means_in_the_line_that_makes_it() -> None:
    text = markdown(calc_report(worked("strength", '--drug "1.8 g" --whole "200 mL"'), True))
    assert "0.009 g/mL = 0.9 g/100 mL = 0.9 % w/v" in text
    assert "What is struck out" not in text  # nothing cancels in g over mL


def test_a_percent_may_be_a_common_fraction(formulate: Run) -> None:
    found = calc("strength", {"strength": "1/8 % w/v", "whole": "240 mL"})
    assert found.answer == Quantity(Fraction(300), "mg")
    assert found.given[0].amount.text == "1/8 % w/v"
    third = calc("strength", {"strength": "1/3 % w/w"}, read_ask(form="ratio"))
    assert third.wanted.amount.text == "1:300 w/w"
    for wrong in ("1/8 %", "1/0 % w/v", "0/8 % w/v", "1.5/8 % w/v"):
        assert formulate("calc", "strength", "--strength", wrong).code == 2


def test_a_temperature_below_zero_is_typed_as_it_is(formulate: Run) -> None:
    assert formulate("calc", "temperature", "--celsius", "-40").out.startswith("Fahrenheit: -40 °F")
    assert formulate("calc", "temperature", "--celsius=-40").out.startswith("Fahrenheit: -40 °F")
    told = formulate("calc", "dilute", "--diluent", "-5 mL")
    assert (told.code, "an amount has no sign" in told.err) == (2, True)
    assert "option --diluent" in told.err
    assert "no sign" in formulate("plan", "cycloserine", "-5 mg", "--doses", "10").err


def test_a_problem_may_stand_in_a_file_and_what_is_typed_goes_before_it(
    formulate: Run, tmp_path: Path
) -> None:
    file = "docs/examples/problems/calamine.toml"
    assert "calamine   19.2 g" in formulate("calc", "reduce", "--file", file).out
    typed = formulate("calc", "reduce", "--file", file, "--wanted", "120 mL", "--json").out
    assert json.loads(typed)["results"]["wanted"]["amount"]["text"] == "0.12"
    own = tmp_path / "own.toml"
    for text, code in (
        ("q10 = 3", "file-wrong-type"), ("q10 = 3.5", "file-wrong-type"),
        ("q1 = '3'", "file-unknown-key"), ("tenth", "file-not-toml"),
    ):  # fmt: skip
        own.write_text(text, "utf-8")
        ran = formulate("calc", "q10", "--file", str(own), "--json")
        assert (ran.code, json.loads(ran.out)["error"]["code"]) == (2, code)
    own.write_text('ingredient = ["talc = 5 g", 3]', "utf-8")
    assert formulate("calc", "reduce", "--file", str(own)).code == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX here")
def test_every_example_is_set_by_latex(tmp_path: Path) -> None:
    for one in CALCULATORS:
        for place, line in enumerate(one.examples):
            file = tmp_path / f"{one.name}-{place}.tex"
            file.write_text(document(calc_report(worked(one.name, line), explain=True)), "utf-8")
            ran = subprocess.run(
                ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", file.name],
                cwd=tmp_path, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert ran.returncode == 0, ran.stdout[-800:]
