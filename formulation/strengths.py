"""What a strength means: so much drug in so much of the preparation, however it is said.

strength = drug / whole; w/v = w/w × density of the preparation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formulation.amounts import Amount
from formulation.errors import FormulationError
from formulation.relations import Ask, Calculator, Equation, Given, Variable
from formulation.solved import Solved
from formulation.teaching import solved
from formulation.units import same_kind


def _kinds(given: Given) -> None:
    """Refuse a drug or a whole that the basis of the strength does not speak of."""
    strength, whole, drug = (given.get(name) for name in ("strength", "whole", "drug"))
    if strength is None:
        return
    under = {"w/w": "g", "w/v": "mL", "v/v": "mL"}.get(strength.basis, "")
    over = {"w/w": "g", "w/v": "g", "v/v": "mL"}.get(strength.basis, "")
    for one, unit, name in ((whole, under, "whole"), (drug, over, "drug")):
        if one is not None and unit and not same_kind(one.value.unit, unit):
            what = f"{one.text} does not go with {strength.text}"
            fix = f"{strength.basis} is in {over} and {under}: give it so, or another basis"
            raise FormulationError("calc-kinds-differ", what, f"option --{name}", fix)


_DENSITY = Variable("density", "density of the preparation", "per", "g/mL", 'As in "1.11 g/mL".')


def _in_other_words(strength: Amount, density: bool) -> Calculator:
    """Return the calculator that says one strength in other words."""
    if density and strength.basis not in ("w/w", "w/v"):
        what = f"a density does not turn {strength.text} into another basis here"
        fix = "leave it out, or give the strength as w/w or w/v"
        raise FormulationError("calc-kinds-differ", what, "option --density", fix)
    text, why = "converted = strength", "the same strength in other words"
    if density:
        text = f"converted = strength {'*' if strength.basis == 'w/w' else '/'} density"
        why = "1 mL of the preparation weighs what its density says"
    return Calculator(
        STRENGTH.name, STRENGTH.title,
        (Variable("converted", "the strength in other words", "strength"),
         Variable("strength", "strength", "strength"), _DENSITY),
        (Equation(text, why),), (),
    )  # fmt: skip


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given = dict(values)
    if set(given) <= {"strength", "density"} and "strength" in given:
        if "density" in given and not ask.form:
            ask = replace(ask, form="%")
        if ask.form:
            return solved(_in_other_words(given["strength"], "density" in given), given, ask)
    given.pop("density", None)
    return solved(_PLAIN, given, ask)


_PLAIN = Calculator(
    "strength", "Strength: drug, whole and percent, ratio, ppm or mg/mL",
    (
        Variable("strength", "strength", "strength", "",
                 'As in "2 % w/v", "1:4000 w/v", "40 ppm w/v", "25 mg/mL".'),
        Variable("drug", "drug", "drug", "", 'How much drug, as in "1.8 g".'),
        Variable("whole", "whole preparation", "amount", "", 'How much in all, as in "200 mL".'),
        Variable("base", "the rest of it", "amount", "", "The whole less the drug.",
                 "the drug is more than the whole", beside=True),
    ),
    (
        Equation("strength * whole = drug", "a strength is how much drug one part of it holds"),
        Equation("whole = drug + base", "the whole is the drug and the rest"),
    ),
    (
        '--drug "1.8 g" --whole "200 mL"',
        '--strength "0.25 % w/v" --whole "20 mL"',
        '--strength "1:2000 w/v" --as "mg/mL"',
    ),
    guard=_kinds,
)  # fmt: skip
STRENGTH = replace(_PLAIN, variables=(*_PLAIN.variables, _DENSITY), run=_run)
