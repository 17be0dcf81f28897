"""Published worked problems through the calculators: right ones agree, wrong ones do not.

`calc.toml` holds the numbers with their source and place, none of their wording. Each exact answer
was worked out apart from the program.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from formulation import calc
from formulation.calculating import read_ask
from formulation.solved import Solved
from formulation.units import Quantity

DATA = tomllib.loads((Path(__file__).parent / "calc.toml").read_text("utf-8"))
PROBLEMS: list[dict[str, Any]] = DATA["problem"]
SOURCES = {one["id"]: one for one in DATA["source"]}
WRONG = [one for one in PROBLEMS if "why" in one]


def found_for(problem: dict[str, Any]) -> tuple[Solved, Quantity]:
    ask = read_ask(problem.get("find", ""), "", "", problem.get("as", ""))
    found = calc(problem["calc"], problem["values"], ask)
    named = {one.name: one.amount.value for one in found.others} | {found.wanted.name: found.answer}
    return found, named[problem["name"]]


def in_unit(value: Quantity, unit: str) -> Fraction:
    if unit.startswith("1in"):
        return 1 / value.number(unit.removeprefix("1in").strip())
    if unit.startswith("%"):
        return value.number(unit.removeprefix("%")) * 100
    return value.number(unit)


@pytest.mark.parametrize("problem", PROBLEMS, ids=[one["id"] for one in PROBLEMS])
def test_a_published_problem_is_worked_out_exactly(problem: dict[str, Any]) -> None:
    found, value = found_for(problem)
    number = in_unit(value, problem["unit"])
    if problem["exact"].startswith("~"):
        exact = Fraction(problem["exact"][1:])
        assert abs(number - exact) < Fraction(1, 10**12)
    else:
        assert number == Fraction(problem["exact"])
    printed, tolerance = Fraction(problem["printed"]), Fraction(problem["tolerance"])
    if "why" in problem:
        assert abs(number - printed) > tolerance, problem["why"]
    else:
        assert abs(number - printed) <= tolerance
    assert found.bound.holds(found.answer)  # type: ignore[union-attr]
    assert found.check
    assert all(one.holds for one in found.check)


def test_there_are_enough_of_them_and_each_says_where_it_stands() -> None:
    assert len({one["id"] for one in PROBLEMS}) == len(PROBLEMS) >= 60
    assert len(WRONG) >= 12
    for one in PROBLEMS:
        assert one["locator"]
        assert SOURCES[one["source"]]["address"]
    assert {one["source"] for one in PROBLEMS} == set(SOURCES)
    grades = Counter(SOURCES[one["source"]]["grade"] for one in PROBLEMS)
    assert grades["A"] + grades["B"] >= 40


def test_a_published_mistake_is_refused_when_it_is_given_as_known() -> None:
    """A wrong printed answer put beside the numbers it came from is told to be off."""
    for problem in WRONG:
        if problem["id"] not in ("dil5", "den8", "iso7", "all14"):
            continue
        printed = problem["printed"] + (f" {problem['unit']}" if problem["unit"] else "")
        values = {**problem["values"], problem["name"]: printed}
        found = calc(problem["calc"], values)
        assert [one.code for one in found.findings] == ["calc-values-disagree"]
        assert not found.may_be_made
