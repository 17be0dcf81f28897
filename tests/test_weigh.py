"""`formulate weigh` and its verb: which rule, which scheme, what is said, how it ends."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

import pytest
from conftest import ROOT, Ran
from hypothesis import given, settings
from hypothesis import strategies as st

import formulation
from formulation.aliquots import aliquot, nearly
from formulation.bench import Bench
from formulation.benches import read_bench
from formulation.cited import Cited, Unknown
from formulation.schemes import Scale, Weighed, Wish
from formulation.small_masses import _smaller, other_rule
from formulation.spread import Bounds
from formulation.trace import Working, evaluate
from formulation.units import Quantity
from formulation.weighing import (
    floor_weight,
    least_weighable,
    show_least,
    too_little,
    uncertainty,
    up_to_step,
)

Run = Callable[..., Ran]
SOME = settings(max_examples=30, deadline=None)
DAY = date(2026, 1, 5)


def mg(number: Fraction | int | str) -> Quantity:
    return Quantity(Fraction(number), "mg")


def cited(value: Quantity) -> Cited[Quantity]:
    return Cited(value, "sheet", "p. 1", DAY)


@cache
def teaching() -> Bench:
    """The teaching bench, read once: it is frozen."""
    return read_bench()


def bench(**balance: object) -> Bench:
    found = teaching()
    return replace(found, balance=replace(found.balance, **balance))


def codes(found: Weighed) -> list[tuple[str, str]]:
    return [(finding.code, finding.level) for finding in found.findings]


# The rules, one at a time.


def test_the_bench_names_one_rule_and_the_other_is_only_printed():
    own = teaching()
    assert own.balance.rule == "sensitivity"
    assert least_weighable(own.balance, Working()) == mg(120)
    other = other_rule(own)
    assert (other.rule, other.least, other.at_least) == ("usp41", mg(820), True)
    strict = bench(rule="usp41", repeatability=cited(mg("0.3")))
    assert least_weighable(strict.balance, Working()) == mg(820)
    assert other_rule(strict).least == mg(120)


@SOME
@given(st.fractions(Fraction(1, 100), 10, max_denominator=100))
def test_by_41_the_least_is_twice_the_larger_of_scatter_and_floor(scatter):
    balance = bench(rule="usp41", repeatability=cited(mg(scatter))).balance
    least, off = least_weighable(balance, Working()), uncertainty(balance, Working())
    assert least == mg(2000 * max(scatter, Fraction("0.41")))
    assert isinstance(least, Quantity)
    assert isinstance(off, Quantity)
    assert off / least == Quantity(Fraction(1, 1000))
    floor = floor_weight(balance, Working())
    assert isinstance(floor, Quantity)
    assert least >= floor == mg(820)


def test_the_worked_minimum_of_41_and_the_floors_that_balance_makers_print():
    """s = 0.00015 g: 300.00 mg (text of <41>); d = 0.01, 0.1, 1, 10 mg: 8.2 mg to 8.2 g."""
    tiny = bench(rule="usp41", repeatability=cited(mg("0.15")), readability=cited(mg("0.01")))
    assert least_weighable(tiny.balance, Working()) == mg(300)
    for step, least in (("0.01", "8.2"), ("0.1", "82"), ("1", "820"), ("10", "8200")):
        shown = bench(readability=cited(mg(step))).balance
        assert floor_weight(shown, Working()) == mg(least)


def test_readability_never_stands_in_for_sensitivity_or_for_repeatability():
    unknown = Unknown("sensitivity", "not read", "its sheet")
    found = formulation.weigh(mg(500), bench(sensitivity=unknown))
    assert found.scheme is None
    assert codes(found) == [("least-weighable-unknown", "stop")]
    found = formulation.weigh(mg(5000), bench(rule="usp41"))
    assert found.scheme is None
    assert codes(found) == [("least-weighable-unknown", "stop")]


@pytest.mark.parametrize(("step", "printed"), [("0.1", "83.4 mg"), ("1", "84 mg"), ("2", "84 mg")])
def test_a_minimum_prints_rounded_up(step, printed):
    balance = bench(
        sensitivity=cited(mg("2.5")),
        permitted_error=Cited(Fraction(3, 100), "sheet", "p. 1", DAY),
        readability=cited(mg(step)),
    ).balance
    least = least_weighable(balance, Working())
    assert least == mg(Fraction(250, 3))
    assert show_least(least, balance) == printed
    (found,) = too_little("powder", mg("83.3"), balance, Working())
    assert printed in found.what


@SOME
@given(st.fractions(Fraction(1, 10), 500, max_denominator=30), st.sampled_from(["0.1", "1", "2"]))
def test_rounding_up_never_rounds_down_and_never_by_a_whole_step(least, step):
    found = up_to_step(mg(least), mg(step), Working())
    assert mg(0) <= found - mg(least) < mg(step)
    assert up_to_step(found, mg(step), Working()) == found


def test_a_plan_that_does_not_know_the_least_says_so():
    balance = bench(sensitivity=Unknown("sensitivity", "not read", "its sheet")).balance
    (found,) = too_little("powder", mg(5), balance, Working())
    assert (found.code, found.level) == ("least-weighable-unknown", "caution")
    strict = bench(rule="usp41").balance
    (found,) = too_little("powder", mg(819), strict, Working())
    assert (found.code, found.level) == ("below-least-weighable", "stop")
    (found,) = too_little("powder", mg(820), strict, Working())
    assert (found.code, found.level) == ("least-weighable-unknown", "caution")


def test_the_stop_of_a_plan_names_the_command_with_the_mass_filled_in(formulate: Run) -> None:
    (found,) = too_little("powder", mg("12.5"), teaching().balance, Working())
    command = found.fix.partition("formulate ")[2].split('"')
    assert command[:2] == ["weigh ", "12.5 mg"]
    assert formulate("weigh", command[1]).code == 0


# The verb.


@SOME
@given(st.integers(1, 30_000), st.sampled_from([None, 1, 2]))
def test_a_scheme_multiplies_back_or_says_by_how_much_it_is_off(hundredths, steps):
    need = mg(Fraction(hundredths, 100))
    found = formulation.weigh(need, teaching(), Wish(steps=steps))
    assert found.can_be_weighed == (need >= mg(120))
    stops = [finding for finding in found.findings if finding.level == "stop"]
    assert (found.scheme is None) == bool(stops)
    if found.scheme is not None:
        told = {code for code, _ in codes(found)} & {"scheme-not-exact", "rounded-to-mark"}
        assert (found.scheme.delivered != need) == bool(told)
        assert found.scheme.low < found.scheme.delivered < found.scheme.high
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@pytest.mark.parametrize("need", ["2", "12", "0.5"])
@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_is_said_to_mend_the_worst_case_mends_it(need, steps):
    found = formulation.weigh(mg(need), teaching(), Wish(steps=steps))
    cautions = [f for f in found.findings if f.code == "scheme-worst-case"]
    if not cautions:
        assert found.scheme is not None
        assert found.scheme.high <= mg(need) * Fraction(11, 10)
        return
    share = Fraction(cautions[0].fix.split('"')[1].removesuffix(" %")) / 100
    better = bench(permitted_error=Cited(share, "typed", "", DAY))
    again = formulation.weigh(mg(need), better, Wish(steps=steps))
    assert again.scheme is not None
    assert "scheme-worst-case" not in {code for code, _ in codes(again)}


def test_what_is_said_to_be_reached_is_reached():
    tight = teaching()
    setting = replace(tight.setting, largest_mix=cited(Quantity(5, "g")))
    tight = replace(tight, setting=setting)
    stopped = formulation.weigh(mg(2), tight, Wish(steps=1))
    assert stopped.scheme is None
    (stop,) = stopped.findings
    assert (stop.code, stop.limit) == ("no-weighing-scheme", mg("2.88"))
    assert stop.limit is not None
    found = formulation.weigh(stop.limit, tight, Wish(steps=1))
    assert found.scheme is not None
    assert found.scheme.delivered == stop.limit
    assert formulation.weigh(mg(2), tight, Wish(steps=2)).scheme is not None


def test_a_liquid_asks_for_a_solubility_and_keeps_to_it():
    from formulation.drugs import read_substance

    drug, _ = read_substance("cycloserine")
    found = formulation.weigh(mg(2), teaching(), Wish(liquid=True, substance=drug))
    assert "solubility-unchecked" not in {code for code, _ in codes(found)}
    for wish in (Wish(liquid=True), Wish(liquid=True, substance=drug, diluent="ethanol")):
        found = formulation.weigh(mg(2), teaching(), wish)
        assert ("solubility-unchecked", "caution") in codes(found)
        assert found.scheme is not None


def test_without_a_known_step_nothing_is_put_on_one():
    unknown = Unknown("balance step", "not read", "its sheet")
    own = teaching()
    blind = replace(
        own,
        balance=replace(own.balance, readability=unknown),
        setting=replace(own.setting, balance_step=unknown),
    )
    assert codes(formulation.weigh(mg(150), blind)) == [("balance-step-unknown", "note")]
    found = formulation.weigh(mg(2), blind)
    assert found.scheme is None
    assert codes(found) == [("balance-step-unknown", "stop")]


@pytest.mark.parametrize(("need", "may"), [("120", True), ("119.999", False)])
def test_the_least_itself_is_weighed_and_not_diluted(need, may):
    found = formulation.weigh(mg(need), teaching())
    assert found.can_be_weighed == may
    assert found.scheme is not None
    assert found.scheme.way == ("direct" if may else "solid")


def test_a_step_as_coarse_as_the_sensitivity_may_be_used_and_a_coarser_one_not():
    for step, may in (("6", True), ("6.001", False)):
        own = teaching()
        coarse = replace(own, setting=replace(own.setting, balance_step=cited(mg(step))))
        found = formulation.weigh(mg(150), coarse)
        assert (found.scheme is not None) == may
        assert (("step-too-coarse", "stop") in codes(found)) != may


def test_the_largest_mix_itself_is_mixed_without_a_word():
    at, above = (formulation.weigh(Quantity(Fraction(n), "g"), teaching()) for n in (100, 101))
    assert "above-largest-mix" not in {code for code, _ in codes(at)}
    assert ("above-largest-mix", "caution") in codes(above)


@pytest.mark.parametrize(
    ("low", "high", "said"), [("5", "10", False), ("3", "10", True), ("10", "3", True)]
)
def test_the_nearer_end_of_what_the_rules_allow_is_the_limit(low, high, said):
    """150 mg on a balance good to 6 mg may be 4 % off, to either side."""
    ends = Bounds(Quantity(-Fraction(low) / 100), Quantity(Fraction(high) / 100))
    own = teaching()
    rules = replace(own.rules, strength_tolerance=Cited(ends, "rule", "", DAY))
    found = formulation.weigh(mg(150), replace(own, rules=rules))
    assert (("scheme-worst-case", "caution") in codes(found)) == said


def test_drug_and_diluent_of_the_least_each_are_a_mix():
    """The largest mix is 240 mg: 120 mg in 240 mg holds 60 mg in 120 mg, and no less."""
    own = teaching()
    tight = replace(own, setting=replace(own.setting, largest_mix=cited(mg(240))))
    found = formulation.weigh(mg(60), tight)
    assert found.scheme is not None
    assert found.scheme.delivered == mg(60)
    (stop,) = formulation.weigh(mg(40), tight, Wish(steps=1)).findings
    assert stop.limit == mg(60)
    assert "from 60 mg on it can be done: make at least 2 times as much" in stop.fix
    less = replace(own, setting=replace(own.setting, largest_mix=cited(mg(239))))
    (stop,) = formulation.weigh(mg(60), less, Wish(steps=1)).findings
    assert "drug and diluent need that each" in stop.what


@pytest.mark.parametrize(("scatter", "least", "off"), [("0.3", "820", "0.82"),
                                                       ("0.5", "1000", "1")])  # fmt: skip
def test_the_other_rule_and_the_uncertainty_take_the_larger_of_scatter_and_floor(
    scatter, least, off
):
    """2 x 0.41 mg or 2 x 0.5 mg; a thousand times that is the least."""
    found = bench(repeatability=cited(mg(scatter)))
    assert other_rule(found).least == mg(least)
    strict = bench(rule="usp41", repeatability=cited(mg(scatter))).balance
    assert uncertainty(strict, Working()) == mg(off)


def test_a_mix_of_half_the_size_that_is_all_but_exact_is_named_and_a_larger_one_not():
    """Of an exact mix twice as large as the closest, the smaller is named; of a lesser one not."""
    need, scale = mg(2), Scale(mg(1), mg(120), mg(6))
    exact, near = aliquot(need, scale, None, 1), nearly(need, scale, None)
    assert exact is not None
    assert near is not None
    assert near.diluent is not None
    for diluent, said in ((near.diluent * 2, 1), (near.diluent * 2 - mg(1), 0)):
        found = _smaller(replace(exact, diluent=diluent), scale, None)
        assert [finding.code for finding in found] == ["smaller-mix"] * said


# The command.


def test_the_first_line_says_whether_and_the_numbered_lines_say_how(formulate: Run) -> None:
    ran = formulate("weigh", "2 mg", "--diluent", "lactose")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0].startswith("2 mg cannot be weighed on the Class III")
    for line in ("1 weigh 120 mg of drug", "2 add   7,080 mg of lactose, weighed",
                 "4 total 7,200 mg, the mix", "5 take  120 mg of the mix, weighed: it holds 2 mg",
                 "multiplied back 120 mg × 120 mg / 7,200 mg = 2 mg", "by geometric dilution",
                 "1.805 to 2.205 mg, -9.75 % to +10.25 %"):  # fmt: skip
        assert line in ran.out
    assert len(lines) <= 30


@pytest.mark.parametrize("width", ["60", "140"])
def test_no_line_is_wider_than_the_terminal(
    width: str, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for options in (["2 mg", "--steps", "2"], ["2 mg", "--liquid"], ["2 mg", "--explain"], ["1 g"]):
        ran = formulate("weigh", *options)
        assert ran.code == 0
        texts = [line for line in ran.out.splitlines() if "http" not in line]
        assert all(len(line) <= int(width) for line in texts)
        assert "\x1b" not in ran.out


def test_the_words_may_stand_apart_and_units_do_not_matter(formulate: Run) -> None:
    one = formulate("weigh", "2 mg").out
    assert formulate("weigh", "2", "mg").out == one
    assert formulate("weigh", "0.002 g").out == one
    assert formulate("weigh", "2,000 mcg").out.splitlines()[2:6] == one.splitlines()[2:6]


def test_the_json_is_the_result(formulate: Run) -> None:
    ran = formulate("weigh", "2 mg", "--steps", "2", "--json")
    data = json.loads(ran.out)
    assert ran.code == 0
    assert data["command"] == "weigh"
    assert data["inputs"]["steps"] == 2
    scheme = data["results"]["scheme"]
    assert scheme["delivered"]["exact"] == "2"
    assert [stage["total"]["exact"] for stage in scheme["stages"]] == ["900", "960"]
    assert scheme["proven"] is True
    assert {"weighing/usp41", "practices/capsules", "benches/teaching"} <= set(
        data["data"]["records"]
    )
    for step in data["steps"]:
        inputs = {name: value(found) for name, found in step["inputs"].items()}
        result = value(step["result"])
        assert isinstance(result, Quantity)
        again = evaluate(step["formula"], inputs)
        assert again == (result if result.unit else result.magnitude)


def value(found: object) -> Quantity | tuple[Quantity, ...]:
    if isinstance(found, list):
        return tuple(v for one in found if isinstance(v := value(one), Quantity))
    assert isinstance(found, dict)
    return Quantity(Fraction(found["exact"]), found["unit"])


def test_a_rule_is_asked_for_by_name_and_the_other_stays_information(formulate: Run) -> None:
    ran = formulate("weigh", "500 mg", "--rule", "usp41", "--repeatability", "0.3 mg")
    assert ran.code == 0
    assert "500 mg cannot be weighed" in ran.out
    assert "from 120 mg" in ran.out
    assert "for information only" in " ".join(ran.out.split())
    assert formulate("weigh", "500 mg").out.startswith("500 mg can be weighed")
    assert formulate("weigh", "2 mg", "--rule", "usp41").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["0 mg"], "quantity-zero"),
        (["-5 mg"], "quantity-sign"),
        (["2 mg/cap"], "quantity-wrong-kind"),
        (["2 mL"], "quantity-wrong-kind"),
        (["2"], "quantity-no-unit"),
        (["nan mg"], "quantity-not-a-number"),
        (["2 mg", "--permitted", "0 %"], "permitted-error-out-of-range"),
        (["2 mg", "--permitted", "100 %"], "permitted-error-out-of-range"),
        (["2 mg", "--permitted", "400 %"], "permitted-error-out-of-range"),
        (["2 mg", "--permitted", "5"], "share-no-sign"),
        (["2 mg", "--sensitivity", "0 mg"], "quantity-zero"),
        (["2 mg", "--sensitivity", "6 mL"], "quantity-wrong-kind"),
        (["2 mg", "--step", "0 mg"], "quantity-zero"),
        (["2 mg", "--largest-mix", "0 g"], "quantity-zero"),
        (["2 mg", "--steps", "0"], "number-out-of-range"),
        (["2 mg", "--steps", "9"], "number-out-of-range"),
        (["2 mg", "--steps", "3", "--liquid"], "number-out-of-range"),
        (["2 mg", "--steps", "two"], "usage"),
        (["2 mg", "--bench", "nowhere"], "bench-not-found"),
        (["2 mg", "--rule", "usp"], "balance-rule-unknown"),
        (["2 mg", "--substance", "cycloserin"], "unknown-substance"),
        (["2 mg", "--diluent", "x" * 501], "file-text-too-long"),
        ([], "usage"),
    ],
)
def test_bad_input_is_refused_in_four_lines(
    arguments: list[str], code: str, formulate: Run
) -> None:
    ran = formulate("weigh", *arguments)
    lines = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert [line.split()[0] for line in lines] == ["what", "at", "try", "see"]
    assert lines[3].endswith(f"#{code}")


@pytest.mark.parametrize(
    ("arguments", "stop"),
    [
        (["0.1 ng"], "no-weighing-scheme"),
        (["119 mg", "--steps", "2"], "no-weighing-scheme"),
        (["2 mg", "--permitted", "0.001 %"], "no-weighing-scheme"),
        (["2 mg", "--step", "10 mg"], "step-too-coarse"),
        (["0.1 ng", "--liquid"], "no-liquid-scheme"),
        (["5 mg", "--rule", "usp41"], "least-weighable-unknown"),
    ],
)
def test_what_cannot_be_done_is_a_stop_with_its_numbers(
    arguments: list[str], stop: str, formulate: Run
) -> None:
    ran = formulate("weigh", *arguments, "--json")
    data = json.loads(ran.out)
    assert ran.code == 1
    assert data["results"]["scheme"] is None
    (found,) = [f for f in data["findings"] if f["level"] == "stop"]
    assert found["code"] == stop
    assert found["fix"]


@pytest.mark.parametrize("mass", ["0.3 mg", "1 mcg", "5 ng", "119.99 mg", "0.0001 mg", "5 kg"])
def test_masses_below_the_step_and_far_above_it_get_an_answer(mass: str, formulate: Run) -> None:
    ran = formulate("weigh", mass)
    assert ran.code == 0
    assert "holds" in ran.out or "can be weighed" in ran.out


def test_a_diluent_is_words_and_stays_words(formulate: Run) -> None:
    ran = formulate("weigh", "2 mg", "--diluent", "[red]x[/red] \x1b[31m")
    assert "[red]x[/red] [U+001B][31m" in " ".join(ran.out.split())
    assert "\x1b" not in ran.out


def test_the_page_shows_what_the_program_prints_today(formulate: Run) -> None:
    page = (ROOT / "docs" / "method" / "weighing.md").read_text("utf-8")
    shown = re.findall(r"```\n\$ formulate (.*)\n([^`]*)```", page)
    assert len(shown) == 2
    for line, text in shown:
        assert formulate(*shlex.split(line)).out == text


def test_a_worksheet_permits_what_the_rule_of_the_bench_permits() -> None:
    from formulation.compounding_record import weighing

    found = bench(rule="usp41", repeatability=cited(mg("0.3")))
    found = replace(found, setting=replace(found.setting, weighing_tolerance=Unknown("tolerance")))
    line = weighing("drug", mg(5000), found, Working())
    assert (line.low, line.high) == (mg(4995), mg(5005))
