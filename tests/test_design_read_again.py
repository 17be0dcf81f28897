"""A design's screen read again by a sceptic: signs, overages, and advice that gives an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from conftest import Ran

import formulation
from formulation.cited import Cited
from formulation.design_front import comparable, dominates
from formulation.designed import Design
from formulation.printing import show_error
from formulation.units import Quantity

Run = Callable[..., Ran]
DAY = date(2026, 1, 5)


def design(**typed: object) -> Design:
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.design(prescription, bench)


def test_a_dose_too_small_has_a_minus(formulate: Run) -> None:
    """Capsules that share a loss: 333 mcg of 370 mcg stood as +10 %."""
    asked = ("clonazepam", "0.37 mg", "--doses", "4", "--per-day", "1", "--loss", "10 %")
    found = design(substance="clonazepam", dose="0.37 mg", doses=4, per_day=1, loss="10 %",
                   route="capsules")  # fmt: skip
    capsules = next(one for one in found.shown if one.route.kind == "capsules")
    assert capsules.off == -capsules.objectives.error
    assert capsules.off < 0
    ran = formulate("design", *asked, "--route", "capsules", "--date", "2026-01-05")
    given = capsules.route.dose.nominal.to("mcg").magnitude
    assert f"given ({show_error(capsules.off)})" in " ".join(ran.out.split())
    assert given / 370 - 1 == capsules.off


def test_every_error_shown_has_its_sign() -> None:
    found = design(substance="clonazepam", dose="0.37 mg", doses=4, per_day=1)
    assert {one.off < 0 for one in found.shown} == {True, False}
    for one in found.shown:
        assert abs(one.off) == one.objectives.error
        if one.layout is not None:
            given = one.route.dose.nominal.to("mcg").magnitude
            assert given / 370 - 1 == one.off


def test_an_overage_is_no_error_of_what_is_compounded(formulate: Run) -> None:
    asked = {"substance": "cycloserine", "dose": "50 mg", "doses": 30, "per_day": 1,
             "overage": "10 %", "overage_reason": "a test"}  # fmt: skip
    found = design(**asked)
    assert found.best is not None
    assert found.best.route.kind == "capsules"
    assert found.best.objectives.error == 0
    ran = formulate("design", "cycloserine", "50 mg", "--doses", "30", "--per-day", "1",
                    "--overage", "10 %", "--overage-reason", "a test", "--date",
                    "2026-01-05")  # fmt: skip
    assert "50 mg, exact; 55 mg in it with overage or surcharge" in " ".join(ran.out.split())


@pytest.mark.parametrize("tube", [True, False])
def test_what_would_give_an_answer_is_never_undone_by_another_stop(tube: bool) -> None:
    """A date for a liquid from a delayed-release capsule gives none: it may not be opened."""
    found = design(substance="omeprazole", dose="6 mg", doses=28, per_day=2,
                   recipient={"tube": tube})  # fmt: skip
    assert found.relaxation is not None
    assert found.relaxation.rule == "stop"
    assert "delayed-release" in found.relaxation.text
    assert found.relaxation.fix == "use an immediate-release source"


def test_money_is_held_only_against_what_lacks_the_same_prices() -> None:
    """The capsules lack the price of their filler; the dearer of two like them is dominated."""
    prescription, bench, _ = formulation.load("docs/examples/naltrexone-design.toml", {}, DAY)
    found = formulation.design(prescription, bench)
    capsules = next(one for one in found.shown if one.route.kind == "capsules")
    bottle = next(one for one in found.shown if one.route.kind == "liquid")
    assert capsules.missing != bottle.missing
    assert not comparable(capsules, bottle)
    assert not comparable(bottle, capsules)
    assert comparable(bottle, bottle)
    assert not dominates(bottle, bottle)
    cost = bottle.objectives.cost
    assert isinstance(cost, Quantity)
    dearer = replace(bottle, objectives=replace(bottle.objectives, cost=cost * 2))
    assert dominates(bottle, dearer)
    assert not dominates(dearer, bottle)
    elsewhere = replace(dearer, missing=("labour",))
    assert not dominates(bottle, elsewhere)
    for one in found.suggestions:
        assert "$73.01" not in one.why


def test_capsules_are_made_as_often_as_their_date_asks_and_no_more() -> None:
    """60 doses, one every 3 days, last 180 days: just as long as capsules keep."""
    asked = {"substance": "cycloserine", "dose": "50 mg", "every": "3 days", "route": "capsules"}
    for doses, makings in ((60, 1), (61, 2), (120, 2), (121, 3)):
        found = design(doses=doses, **asked)
        assert found.best is not None
        assert found.best.makings == makings
        assert found.best.doses.magnitude == -(-doses // makings)


def test_each_making_is_held_against_its_date_from_its_own_day() -> None:
    """The tablets expire on 25 January: a second making on the 19th would not last 14 days."""
    asked = {"substance": "baclofen", "dose": "5 mg", "doses": 28, "per_day": 1,
             "route": "liquid-ora-plus"}  # fmt: skip
    whole = {one.makings for one in design(**asked).shown}
    assert 1 in whole
    late = design(**asked, expires={"baclofen-10-tablet": date(2026, 1, 25)})
    assert late.best is None
    held = design(**asked, expires={"baclofen-10-tablet": date(2026, 2, 2)})
    assert held.best is not None


def test_a_dispersion_of_just_the_most_that_is_taken_may_be_taken() -> None:
    """100 mg of 25 mg/mL are 4 mL."""
    asked = {"substance": "cycloserine", "dose": "100 mg", "doses": 5, "route": "dispersion"}
    for most, able in (("4 mL", True), ("3.9 mL", False)):
        found = design(**asked, recipient={"most_volume": most})
        assert (found.best is not None) is able


def test_of_several_liquids_the_one_nearest_to_its_limit_is_named() -> None:
    """Permit what it names and there is an answer; a hair less gives none."""
    typed = {"substance": "lamotrigine", "dose": "7.77 mg", "doses": 6, "per_day": 1,
             "route": "liquid"}  # fmt: skip
    prescription, bench, _ = formulation.load(None, typed, DAY)

    def within(share: Fraction) -> Design:
        setting = replace(bench.setting, mark_error=Cited(share, "typed"))
        return formulation.design(prescription, replace(bench, setting=setting))

    eased = within(Fraction(1, 10**6)).relaxation
    assert eased is not None
    assert eased.rule == "mark"
    assert eased.needed is not None
    assert within(eased.needed.magnitude).best is not None
    assert within(eased.needed.magnitude * Fraction(999, 1000)).best is None
