"""Our units against pint's own default registry, and against a table written by hand.

pint's default registry is built from the published definitions of the SI; ours is a small file
of our own. Whatever both know must agree exactly. What pint lacks, or means otherwise, is checked
against the factors below.
"""

from fractions import Fraction
from functools import lru_cache
from itertools import permutations

import pint
import pytest

from formulation.errors import FormulationError
from formulation.units import Quantity, factor, same_kind

OURS_AS_PINT = {
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "mcg": "microgram",
    "ng": "nanogram",
    "L": "liter",
    "mL": "milliliter",
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "mol": "mole",
    "mmol": "millimole",
    "mm": "millimeter",
    "cP": "centipoise",
}
KINDS = (
    ("kg", "g", "mg", "mcg", "ng"),
    ("L", "mL"),
    ("second", "minute", "hour", "day", "week"),
    ("mol", "mmol"),
)
PAIRS = [pair for kind in KINDS for pair in permutations(kind, 2)]
# Written out by hand from the prefixes milli, micro, nano, kilo and from 7 d, 24 h, 60 min, 60 s.
BY_HAND = {
    ("kg", "g"): 1000,
    ("g", "mg"): 1000,
    ("mg", "mcg"): 1000,
    ("mcg", "ng"): 1000,
    ("kg", "ng"): 10**12,
    ("L", "mL"): 1000,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
    ("week", "second"): 604_800,
    ("mol", "mmol"): 1000,
}
OWN_DIMENSION = (
    "cap",
    "tab",
    "dose",
    "drop",
    "each",
    "IU",
    "mEq",
    "mOsm",
    "USD",
    "kg_bw",
    "mm",
    "cP",
)
OTHERS = (*OWN_DIMENSION, "mg", "mL", "day", "mmol", "")


@lru_cache(maxsize=1)
def default_registry() -> pint.UnitRegistry:
    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)


@pytest.mark.parametrize(("unit", "other"), PAIRS)
def test_every_pair_of_units_converts_exactly_as_in_pints_default_registry(unit, other):
    ureg = default_registry()
    theirs = ureg.Quantity(Fraction(1), OURS_AS_PINT[unit]).to(OURS_AS_PINT[other]).magnitude
    assert factor(unit, other) == Fraction(theirs)
    assert isinstance(factor(unit, other), Fraction)


@pytest.mark.parametrize(("unit", "other"), list(permutations(OURS_AS_PINT, 2)))
def test_two_units_are_of_one_kind_where_pint_says_so(unit, other):
    """Apart from volume, which here is no cubed length, kinds are those of the default registry."""
    ureg = default_registry()
    theirs = ureg.Unit(OURS_AS_PINT[unit]).dimensionality
    others = ureg.Unit(OURS_AS_PINT[other]).dimensionality
    assert same_kind(unit, other) == (theirs == others)


@pytest.mark.parametrize(("pair", "times"), BY_HAND.items())
def test_the_factors_are_those_written_by_hand_in_both_directions(pair, times):
    unit, other = pair
    assert factor(unit, other) == times
    assert factor(other, unit) == Fraction(1, times)


@pytest.mark.parametrize("unit", OWN_DIMENSION)
def test_counted_things_and_the_patient_are_each_a_kind_of_their_own(unit):
    for other in OTHERS:
        assert same_kind(unit, other) == (unit == other)
        if unit != other:
            with pytest.raises(FormulationError) as refused:
                factor(unit, other)
            assert refused.value.code == "units-do-not-match"


def test_thirty_capsules_of_a_hundred_milligrams_are_three_grams():
    assert Quantity(30, "cap") * Quantity(100, "mg/cap") == Quantity(3, "g")


def test_capsules_do_not_cancel_tablets():
    product = Quantity(30, "tab") * Quantity(100, "mg/cap")
    assert not same_kind(product.unit, "mg")


def test_milligrams_per_kilogram_of_body_weight_do_not_cancel_to_a_number():
    per_weight = Quantity(5, "mg/kg_bw")
    assert not same_kind(per_weight.unit, "")
    assert not same_kind(per_weight.unit, "mg/kg")
    with pytest.raises(FormulationError):
        per_weight.number()
    assert per_weight * Quantity(70, "kg_bw") == Quantity(350, "mg")
    assert not same_kind((per_weight * Quantity(70, "kg")).unit, "mg")


def test_milligrams_per_kilogram_of_powder_do_cancel():
    assert Quantity(5, "mg/kg").number() == Fraction(5, 1_000_000)


def test_volume_is_not_a_length_cubed():
    cubed = Quantity(10, "mm") * Quantity(10, "mm") * Quantity(10, "mm")
    assert not same_kind(cubed.unit, "mL")


@pytest.mark.parametrize("unit", ["month", "year", "fortnight"])
def test_a_month_is_no_number_of_days(unit):
    with pytest.raises(Exception, match="not defined"):
        factor(unit, "day")
