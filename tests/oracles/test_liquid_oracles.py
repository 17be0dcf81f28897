"""Liquids against worked examples: dose volumes, the lay recipe done right, displacement."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import formulation
from formulation.liquid_making import Liquid
from formulation.liquids import displaced
from formulation.trace import Working
from formulation.units import Quantity

DAY = date(2026, 1, 5)


def ml(value: object) -> Quantity:
    return Quantity(Fraction(str(value)), "mL")


def liquid(substance: str, dose: str, doses: int | None = None, **asked: Any) -> Liquid:
    typed: dict[str, Any] = {"substance": substance, "dose": dose, "liquid": asked}
    if doses is not None:
        typed["doses"] = doses
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.liquid(prescription, bench)


@pytest.mark.parametrize(
    ("concentration", "dose", "volume"),
    [("25 mg/mL", "50 mg", 2), ("25 mg/mL", "100 mg", 4), ("25 mg/mL", "150 mg", 6),
     ("25 mg/mL", "200 mg", 8), ("12.5 mg/mL", "25 mg", 2), ("12.5 mg/mL", "50 mg", 4)],
)  # fmt: skip
def test_doses_from_a_concentration_stand_on_the_marks_of_a_10_ml_syringe(
    concentration: str, dose: str, volume: int
) -> None:
    """Strengths of capsules and mL by hand: 50 mg from 25 mg/mL is 2 mL, and so on."""
    found = liquid(
        "cycloserine", dose, 10, concentration=concentration, device="10 mL oral syringe"
    )
    assert found.measured is not None
    assert found.measured.snapped.chosen == ml(volume)
    assert found.measured.snapped.error == 0
    assert found.measured.device == "10 mL oral syringe"


def test_37_mg_from_one_capsule_of_250_mg_is_exact() -> None:
    found = liquid("cycloserine", "37 mg", final_volume="50 mL", units=1, vehicles=["water"])
    assert found.strength == Quantity(Fraction(5), "mg/mL")
    assert found.measured is not None
    assert (found.measured.snapped.chosen, found.measured.snapped.error) == (ml("7.4"), 0)
    assert found.numbers[-1].amount == Quantity(Fraction(6), "dose")


def test_the_lay_alprazolam_recipe_made_up_to_the_mark() -> None:
    """1 mg of alprazolam in 150 mL, 15 mL a day (docs/method/lay-method.md): ten doses of 0.1 mg.

    With 5 mL of paste the lay recipe's 135 mL added give 0.1071 mg in 15 mL, +7.1 %.
    """
    found = liquid("alprazolam", "0.1 mg", final_volume="150 mL", units=1, vehicles=["ora-plus"])
    assert found.measured is not None
    assert (found.measured.snapped.chosen, found.measured.snapped.error) == (ml(15), 0)
    assert found.numbers[-1].amount == Quantity(Fraction(10), "dose")
    assert found.route.dose.nominal == Quantity(Fraction("0.1"), "mg")
    assert found.state.shake
    lay = formulation_lay()
    assert round(float(lay), 4) == 0.0714


def formulation_lay() -> Fraction:
    from formulation.liquids import lay_table

    mg = Quantity(Fraction(1), "mg")
    (row,) = lay_table(mg, ml(135), ml(15), (ml(5),))
    return row[3]


@pytest.mark.parametrize(
    ("drug", "dose", "concentration", "volume"),
    [("naltrexone", "5 mg", "1 mg/mL", 5), ("lamotrigine", "10 mg", "1 mg/mL", 10),
     ("clonazepam", "0.25 mg", "0.1 mg/mL", "2.5")],
)  # fmt: skip
def test_published_concentrations_are_made_by_their_published_formulas(
    drug: str, dose: str, concentration: str, volume: object
) -> None:
    """The strengths of published formulas: naltrexone and lamotrigine 1, clonazepam 0.1 mg/mL.

    Sources: medicinesinformation.co.nz (naltrexone oral liquid), uspharmacist.com (lamotrigine
    1 mg/mL, clonazepam 0.1 mg/mL); the records in data/evidence name them.
    """
    found = liquid(drug, dose, 30, concentration=concentration)
    assert found.route.id.startswith(f"formula-{drug}")
    assert found.measured is not None
    assert found.measured.snapped.chosen * found.measured.times == ml(volume)


def test_add_74_to_make_75_is_a_powder_that_takes_up_one_ml() -> None:
    """Add 74 mL of water to make 75 mL: 1 mL is powder; 75 mL of water would make 76 mL."""
    working = Working()
    found = displaced(ml(75), ml(74), working)
    assert found.powder == ml(1)
    assert found.instead == ml(76)
    assert found.error == Fraction(75, 76) - 1
    assert [step.name for step in working.steps] == [
        "room of the powder", "volume when the final volume is added",
    ]  # fmt: skip
