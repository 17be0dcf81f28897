"""Money against a published price: $1,050 for 30 capsules of 250 mg cycloserine (ats-2015).

https://news.thoracic.org/washington-letter/2015/tb-drug-price-reduced-after-pressure-from-tb-community.php
The other figures follow from it by hand.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import formulation
from formulation.cost_report import saving_text
from formulation.printing import show
from formulation.units import Quantity

DAY = date(2015, 10, 1)


def usd(text: str) -> Quantity:
    return Quantity(Fraction(text), "USD")


def compared(dose: str, doses: int, bench: str = "teaching"):
    typed = {"substance": "cycloserine", "dose": dose, "doses": doses, "bench": bench}
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.compare(prescription, bench, limit=1)


def drug(found, basis: str) -> tuple[Quantity, Quantity]:
    (one,) = [s for s in found.savings if (s.way, s.basis) == ("capsules", basis)]
    return one.drug, one.drug_against


def test_a_carton_of_30_is_35_dollars_a_capsule_and_14_cents_a_milligram() -> None:
    prescription, bench, _ = formulation.load(
        None, {"substance": "cycloserine", "dose": "250 mg", "doses": 1}, DAY
    )
    price = bench.price_of("cycloserine-250-capsule", prescription.prepared)
    each = price.price.value / price.per.value
    assert show(each) == "$35.00 per capsule"
    assert show(each / bench.products[0].strength.value) == "$0.14/mg"


@pytest.mark.parametrize(
    ("dose", "doses", "used", "packs"),
    [
        ("50 mg", 30, ("210", "1050"), ("1050", "1050")),
        ("200 mg", 30, ("840", "1050"), ("1050", "1050")),
        ("100 mg", 10, ("140", "350"), ("1050", "1050")),
    ],
)
def test_the_drug_by_capsules_and_by_dispersion(dose, doses, used, packs) -> None:
    found = compared(dose, doses)
    assert drug(found, "as used") == tuple(map(usd, used))
    assert drug(found, "whole packs") == tuple(map(usd, packs))


def test_unbroken_200_mg_saves_nothing_and_adds_what_else_it_takes() -> None:
    """With labour and fees on the bench the dispersion is priced in full: it is certain."""
    found = compared("200 mg", 30, "docs/examples/benches/priced.toml")
    (packs,) = [s for s in found.savings if (s.way, s.basis) == ("capsules", "whole packs")]
    assert packs.verdict == "saves nothing"
    assert packs.difference > usd("0")
    (used,) = [s for s in found.savings if (s.way, s.basis) == ("capsules", "as used")]
    assert used.difference < usd("0")
    assert used.verdict == "not shown"


def test_without_labour_and_fees_unbroken_200_mg_saves_nothing_on_the_drug() -> None:
    found = compared("200 mg", 30)
    (packs,) = [s for s in found.savings if (s.way, s.basis) == ("capsules", "whole packs")]
    assert packs.drug == packs.drug_against == usd("1050")
    assert packs.verdict == "not shown"
    assert all(any("labour" in text for text in side)
               for side in (packs.missing, packs.missing_against))  # fmt: skip
    assert saving_text(packs).endswith("not known, but nothing is saved on the drug")


def test_6_capsules_used_leave_24_of_the_carton() -> None:
    found = compared("50 mg", 30)
    way = next(way for way in found.ways if way.id == "capsules")
    (left,) = way.route.cost.leftovers
    assert left.quantity == Quantity(24, "cap")
