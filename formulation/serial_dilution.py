"""A dilution in steps: each step takes the same part of the one before.

strength after a step = strength before it / fold; made in one step = taken × fold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from formulation.amounts import Amount, plain, say
from formulation.errors import FormulationError
from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import Named, Solved
from formulation.teaching import solved
from formulation.units import Quantity

MOST_STEPS = 20


def _steps(values: Mapping[str, Any]) -> int:
    """Return how many steps: as given, else as many as lead exactly to the last strength."""
    if "steps" in values:
        count = values["steps"].value.magnitude
        if count.denominator != 1 or not 1 <= count <= MOST_STEPS:
            what = f"{values['steps'].text} steps"
            fix = f"give a whole number from 1 to {MOST_STEPS}"
            raise FormulationError("calc-steps", what, "option --steps", fix)
        return int(count)
    if not {"start", "final", "fold"} <= set(values):
        what, fix = "the number of steps: more has to be known", "add --steps, or start and final"
        raise FormulationError("calc-missing", what, "formulate calc serial", fix)
    start, final, fold = (values[name].value for name in ("start", "final", "fold"))
    strengths = [start / fold.magnitude**n for n in range(MOST_STEPS + 1)]
    for count, strength in enumerate(strengths):
        if count and strength == final:
            return count
    above = [one for one in strengths if one > final]
    told = _told(strengths, len(above), values["start"])
    what = f"no whole number of steps leads to {values['final'].text}: {told}"
    fix = "give --steps, or another fold for the last step by formulate calc dilute"
    raise FormulationError("calc-steps", what, "option --final", fix)


def _told(strengths: list[Any], count: int, like: Amount) -> str:
    row = [(n, strengths[n]) for n in (count - 1, count) if 0 < n < len(strengths)]
    return ", ".join(f"{n} give {say(one, replace(like, source='')).text}" for n, one in row)


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given = dict(values)
    count = _steps(given)
    found_here = "steps" not in given
    given.pop("steps", None)
    if found_here:
        given.pop("final")
    names = ["start", *(f"after_{n}" for n in range(1, count)), "final"]
    words = {"start": "strength at the start", "final": f"strength after {count} steps"}
    variables = [
        Variable("final", words["final"] if count > 1 else "strength after 1 step", "strength"),
        *(Variable(f"after_{n}", f"strength after step {n}", "strength") for n in range(1, count)),
        *(one for one in SERIAL.variables if one.name not in ("final", "steps")),
    ]
    why = "the same drug in so many times as much"
    equations = [
        *(Equation(f"{after} * fold = {before}", why)
          for before, after in pairwise(names)),
        Equation("make = take * fold", "one part in so many"),
        Equation("make = take + diluent", "volumes taken as adding up"),
    ]  # fmt: skip
    which = Calculator(SERIAL.name, SERIAL.title, tuple(variables), tuple(equations), ())
    found = solved(which, given, ask)
    if not found_here:
        return found
    number = Named("steps", "steps", plain(Quantity(Fraction(count)), str(count)), "")
    return replace(found, others=(number, *found.others))


SERIAL = Calculator(
    "serial", "Serial dilution: the same part taken, again and again",
    (
        Variable("start", "strength at the start", "strength", "", 'As in "5 mg/mL".'),
        Variable("final", "strength at the end", "strength", "", 'As in "0.005 mg/mL".'),
        Variable("fold", "fold of each step", "number", "", "10 for 1 part in 10."),
        Variable("steps", "steps", "number", "", "How many, as in 3; else found."),
        Variable("take", "taken for each step", "amount", "mL", 'As in "1 mL".', beside=True),
        Variable("make", "made in each step", "amount", "mL", "", beside=True),
        Variable("diluent", "diluent for each step", "amount", "mL", "", beside=True),
    ),
    (),
    ('--start "5 mg/mL" --fold 10 --steps 3 --take "1 mL"',
     '--start "10 mg/mL" --final "1 mcg/mL" --fold 10'),
    run=_run,
)  # fmt: skip
