"""Published liquids and capsules made from tablets: the amounts that their sources print.

Numbers and citations only; each is recomputed by hand in the comment beside it.
"""

from datetime import date

import pytest

from formulation import load, plan
from formulation.benches import read_bench
from formulation.printing import show
from formulation.units import Quantity

DAY = date(2026, 1, 5)
BENCH = read_bench()


def made(drug, dose, doses, name):
    prescription = load(None, {"substance": drug, "dose": dose, "doses": doses}, DAY)[0]
    return next(r for r in plan(prescription, BENCH).routes if r.id == name)


@pytest.mark.parametrize(
    ("drug", "dose", "doses", "name", "units", "volume", "strength"),
    [
        # usp38-lamotrigine-suspension: tablets equal to 100 mg, Ora-Blend to 100 mL.
        ("lamotrigine", "5 mg", 20, "lamotrigine-1-usp", "1 tablet", "100 mL", "1 mg/mL"),
        # nahata-1999-lamotrigine: 1 mg/mL in Ora-Plus and Ora-Sweet 1:1; 100 mg in 100 mL.
        ("lamotrigine", "5 mg", 20, "lamotrigine-1-1999-ora-sweet", "1 tablet", "100 mL",
         "1 mg/mL"),
        # friciu-2015: prednisone 5 mg/mL in Oral Mix; 100 tablets of 5 mg in 100 mL.
        ("prednisone", "5 mg", 100, "prednisone-5-oral-mix", "100 tablets", "100 mL", "5 mg/mL"),
        # usp-alprazolam-suspension: 100 mg to 100 mL; 100 tablets of 1 mg.
        ("alprazolam", "1 mg", 100, "alprazolam-1-usp", "100 tablets", "100 mL", "1 mg/mL"),
        # usp-clonazepam-suspension: 10 mg to 100 mL; 20 tablets of 0.5 mg.
        ("clonazepam", "0.1 mg", 100, "clonazepam-0.1-usp", "20 tablets", "100 mL", "0.1 mg/mL"),
        # usp32-baclofen-oral-suspension: 500 mg to 100 mL; 50 tablets of 10 mg.
        ("baclofen", "5 mg", 100, "baclofen-usp-suspension", "50 tablets", "100 mL", "5 mg/mL"),
        # pharminfotech-baclofen: 120 tablets of 10 mg in 120 mL.
        ("baclofen", "10 mg", 120, "baclofen-allen-erickson-ora", "120 tablets", "120 mL",
         "10 mg/mL"),
        # usp32-quinidine-suspension: 1 g to 100 mL; 5 tablets of 200 mg.
        ("quinidine", "50 mg", 20, "quinidine-usp-suspension", "5 tablets", "100 mL", "10 mg/mL"),
    ],
)  # fmt: skip
def test_a_published_liquid_is_made_as_it_is_published(
    drug, dose, doses, name, units, volume, strength
):
    found = made(drug, dose, doses, f"formula-{name}")
    amounts = dict(found.amounts)
    assert show(found.sources[0].whole) == units
    assert show(amounts["final volume"]) == volume
    assert show(amounts["concentration"]) == strength


def test_naltrexone_one_mg_per_ml_as_new_zealand_publishes_it():
    """nz-naltrexone-liquid: 2 x 50 mg, ascorbic acid 500 mg, glycerol 20 mL, water to 100 mL.

    Its preservative, 0.1 %, is given for example as 1 mL of a 10 % solution.
    """
    found = made("naltrexone", "4 mg", 25, "formula-naltrexone-1-liquid-ascorbic")
    needs = {n.item: show(n.quantity) for n in found.needs}
    assert needs["naltrexone-50-tablet"] == "2 tablets"
    assert needs["ascorbic acid"] == "500 mg"
    assert needs["glycerol"] == "20 mL"
    assert needs["methyl hydroxybenzoate 10 % solution"] == "1 mL"
    assert show(dict(found.amounts)["final volume"]) == "100 mL"
    assert show(dict(found.amounts)["concentration"]) == "1 mg/mL"


def test_naltrexone_capsules_of_four_and_a_half_mg_from_fifty_mg_tablets():
    """100 x 4.5 mg = 450 mg = 9 tablets of 50 mg, nothing left over; 30 need 2.7."""
    whole = made("naltrexone", "4.5 mg", 100, "capsules")
    assert show(whole.sources[0].exact) == show(whole.sources[0].whole) == "9 tablets"
    assert whole.sources[0].leftover == Quantity(0, "mg")
    part = made("naltrexone", "4.5 mg", 30, "capsules")
    assert show(part.sources[0].exact) == "2.7 tablets"
    assert show(part.sources[0].whole) == "3 tablets"
    assert show(part.sources[0].leftover) == "15 mg"
