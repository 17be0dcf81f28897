"""A design's screen read again by a sceptic: signs, overages, and advice that gives an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from conftest import Ran

import formulation
from formulation.designed import Design

Run = Callable[..., Ran]
DAY = date(2026, 1, 5)


def design(**typed: object) -> Design:
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.design(prescription, bench)


def test_a_dose_too_small_has_a_minus(formulate: Run) -> None:
    """Capsules that share a loss: 333 mcg of 370 mcg stood as +10 %."""
    found = design(substance="clonazepam", dose="0.37 mg", doses=45, per_day=3, loss="10 %")
    capsules = next(one for one in found.shown if one.route.kind == "capsules")
    assert capsules.off == Fraction(-1, 10)
    assert capsules.objectives.error == Fraction(1, 10)
    for one in found.shown:
        assert abs(one.off) == one.objectives.error
    ran = formulate("design", "clonazepam", "0.37 mg", "--doses", "45", "--per-day", "3",
                    "--loss", "10 %", "--date", "2026-01-05")  # fmt: skip
    assert "333 mcg given (-10 %)" in " ".join(ran.out.split())
    assert "+10 %" not in ran.out


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
