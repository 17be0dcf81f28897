"""Doses by body weight or body surface, with a maximum.

Mosteller: BSA = sqrt(cm × kg / 3600) (N Engl J Med 1987;317:1098). Du Bois: 0.007184 × cm^0.725 ×
kg^0.425 (Arch Intern Med 1916;17:863-71). Kilograms of body weight are not kilograms of drug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from formulation.amounts import Amount, plain
from formulation.errors import FormulationError, quote
from formulation.printing import show
from formulation.relations import Ask, Calculator, Equation, Given, Variable
from formulation.solved import Solved
from formulation.teaching import solved
from formulation.trace import Finding
from formulation.units import Quantity

MOSTELLER = "Mosteller, N Engl J Med 1987;317:1098"
DU_BOIS = "Du Bois, Arch Intern Med 1916;17:863-71"
_BSA = {
    "mosteller": Equation(
        "surface = sqrt(height * weight / mosteller) * square_metre", "Mosteller's formula",
        (("surface", "sqrt(height * weight / mosteller) * square_metre"),
         ("height", "surface * surface * mosteller / weight / square_metre / square_metre"),
         ("weight", "surface * surface * mosteller / height / square_metre / square_metre")),
        MOSTELLER,
    ),
    "dubois": Equation(
        "surface = height * weight * du_bois * one_cm * one_kg", "Du Bois and Du Bois's formula",
        (("surface", "exp(29 * log(height / one_cm) / 40) * exp(17 * log(weight / one_kg) / 40)"
                     " * du_bois"),
         ("height", "exp(40 * log(surface / du_bois) / 29 - 17 * log(weight / one_kg) / 29)"
                    " * one_cm"),
         ("weight", "exp(40 * log(surface / du_bois) / 17 - 29 * log(height / one_cm) / 17)"
                    " * one_kg")),
        DU_BOIS,
    ),
}  # fmt: skip
_UNIT = "unit of the formula"
_CONSTANT = "constant of the formula"
_FIXED = {
    "mosteller": (("mosteller", _CONSTANT,
                   Quantity(Fraction(3600), "cm·kg_bw"), MOSTELLER),
                  ("square_metre", "unit of surface", Quantity(Fraction(1), "m2"), _UNIT)),
    "dubois": (("du_bois", _CONSTANT, Quantity(Fraction("0.007184"), "m2"), DU_BOIS),
               ("one_cm", "unit of height", Quantity(Fraction(1), "cm"), _UNIT),
               ("one_kg", "unit of weight", Quantity(Fraction(1), "kg_bw"), _UNIT)),
}  # fmt: skip
_VARIABLES = (
    Variable("dose", "dose", "drug", "", 'As in "400 mg".'),
    Variable("per_kg", "dose per kg", "per weight", "", 'Of body weight, as in "5 mg/kg".'),
    Variable("weight", "body weight", "weight", "kg_bw", 'As in "80 kg".'),
    Variable("per_m2", "dose per m2", "per surface", "", 'Of body surface, as in "100 mg/m2".'),
    Variable("surface", "body surface", "surface", "m2", 'As in "1.85 m2".'),
    Variable("height", "height", "amount", "cm", 'As in "175 cm".'),
    Variable("doses_per_day", "doses per day", "number", "", "Where the dose is that of a day.",
             beside=True),
    Variable("each_dose", "each dose", "drug", "", "", beside=True),
    Variable("concentration", "concentration", "strength", "", 'As in "250 mg/5 mL".', beside=True),
    Variable("volume", "volume of the dose", "amount", "", "", beside=True),
    Variable("maximum", "maximum dose", "drug", "", 'Held against the dose, as in "500 mg".',
             beside=True),
)  # fmt: skip


def _over(values: Given) -> tuple[Finding, ...]:
    """Return the stop for a dose above the maximum that was given."""
    if "maximum" not in values or "dose" not in values:
        return ()
    dose, most = values["dose"].value, values["maximum"].value
    if dose <= most:
        return ()
    what = f"The dose, {show(dose)}, is above the maximum given, {show(most)}"
    fix = f"give at most {show(most)}, or ask the prescriber"
    return (Finding("calc-over-maximum", "stop", what, fix, most, dose),)


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given = dict(values)
    told = given.pop("formula", "mosteller").replace(" ", "").lower()
    if told not in _BSA:
        what = f"{quote(told)} is no formula for body surface here"
        raise FormulationError("calc-bsa-formula", what, "option --formula",
                               'use "mosteller" (the default) or "dubois"')  # fmt: skip
    fixed: dict[str, Amount] = {}
    if "height" in given or ask.wanted == "height":
        fixed = {name: replace(plain(value), source=source)
                 for name, _, value, source in _FIXED[told]}  # fmt: skip
    inner = tuple(Variable(name, text, "fixed", inner=True) for name, text, _, _ in _FIXED[told])
    equations: tuple[Equation, ...] = (
        Equation("dose = per_kg * weight", "what mg/kg means"),
        Equation("dose = per_m2 * surface", "what mg/m2 means"), _BSA[told],
        Equation("dose = each_dose * doses_per_day", "shared out over the day"),
        Equation("dose = concentration * volume", "what the concentration means"),
    )  # fmt: skip
    if not ask.wanted and not {"dose", "per_kg", "per_m2"} & set(given):
        ask = replace(ask, wanted="surface")
    if "per_m2" in given and "per_kg" not in given:
        equations = equations[1:]
    if "per_kg" in given and "per_m2" not in given:
        equations = (equations[0], *equations[2:])
    which = replace(WEIGHT, variables=(*_VARIABLES, *inner), equations=equations, run=None)
    return solved(which, {**given, **fixed}, ask)


WEIGHT = Calculator(
    "weight", "Doses by body weight and body surface",
    (*_VARIABLES, Variable("formula", "formula for body surface", "text", "",
                           '"mosteller" (default) or "dubois".')),
    (),
    ('--per-kg "5 mg/kg" --weight "80 kg" --maximum "500 mg"',
     '--per-m2 "100 mg/m2" --weight "70 kg" --height "175 cm"'),
    remark=_over, run=_run,
)  # fmt: skip
