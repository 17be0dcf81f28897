"""<905> and weighing against published figures; where one is wrong, the right one beside it."""

from fractions import Fraction

import pytest

from formulation import catalog
from formulation.acceptance import acceptance
from formulation.check_records import Uniformity, WeightChecks
from formulation.finished import Contents, EmptyShell, Summary, Weighings
from formulation.printing import show_number, to_places
from formulation.units import Quantity
from formulation.weight_check import weight_check

RULE = catalog.load(Uniformity, "uniformity", "usp905")[0]
THEORY = catalog.load(WeightChecks, "checks", "usp795-older")[0]


def found(mean: str, sd: str, units: int):
    return acceptance(Summary(Fraction(mean), Fraction(sd), units), RULE)


def g(number: str) -> Quantity:
    return Quantity(Fraction(number), "g")


# The formula, k and the cases: https://www.scribd.com/document/571683219. The first row is the
# published recovery of 50 mg capsules made of 250 mg ones, https://ddtjournal.com/article/472.
@pytest.mark.parametrize(
    ("mean", "sd", "units", "value", "verdict"),
    [
        ("100.3", "1.4", 10, "3.36", "meets <905> at stage 1"),
        ("98", "2", 10, "5.3", "meets <905> at stage 1"),
        ("97", "5", 10, "13.5", "meets <905> at stage 1"),
        ("103", "5", 10, "13.5", "meets <905> at stage 1"),
        ("95", "4.8", 10, "15.02", "does not meet stage 1: test 20 more"),
        ("95", "4.8", 30, "13.1", "meets L1, individual values needed"),
    ],
)
def test_the_acceptance_value(mean, sd, units, value, verdict):
    judged = found(mean, sd, units)
    assert judged.value == Fraction(value)
    assert show_number(judged.value) == value
    assert judged.verdict == verdict


# https://calculatorshub.net/statistics-calculators/acceptance-value-calculator (lay) takes M for
# the sample mean, has k = 2.33, 2.05, 1.96 for n = 10, 20, 30, and prints 5.66, 3.575 and 1.96;
# by its own formula the first is 6.66.
@pytest.mark.parametrize(
    ("mean", "sd", "units", "printed", "right"),
    [("98", "2", 10, "5.66", "5.3"), ("100", "1", 30, "1.96", "2")],
)
def test_a_public_calculator_is_wrong(mean, sd, units, printed, right):
    assert found(mean, sd, units).value == Fraction(right) != Fraction(printed)


def test_its_own_formula_does_not_give_what_it_prints():
    assert abs(Fraction(98) - 100) + Fraction("2.33") * 2 == Fraction("6.66") != Fraction("5.66")


# Example data of https://rdrr.io/github/bobsaw/contentU (no value is printed there). Its stage 2
# uses k = 2.4 for 30 units and holds single units against 100 - 0.25 and 100 + 0.25.
TEN = [Fraction(n) for n in range(95, 105)]
TWENTY = [Fraction(95) + Fraction(n, 2) for n in range(20)]


def test_ten_individual_values():
    judged = acceptance(Contents(tuple(TEN)), RULE)
    assert (judged.mean, judged.reference) == (Fraction("99.5"), Fraction("99.5"))
    assert to_places(judged.sd, 6) == Fraction("3.027650")
    assert to_places(judged.value, 6) == Fraction("7.266361")


def test_thirty_individual_values_where_that_package_takes_the_wrong_k():
    judged = acceptance(Contents((*TEN, *TWENTY)), RULE)
    assert to_places(judged.value, 6) == Fraction("5.862407")
    assert to_places(Fraction("2.4") * judged.sd, 4) == Fraction("7.0349")
    assert judged.verdict == "meets <905> at stage 2"
    assert judged.outside == ()
    assert sum(abs(x - 100) > Fraction(1, 4) for x in (*TEN, *TWENTY)) > 20


# https://www.usp.org/frequently-asked-questions/uniformity-dosage-units: the limit is 15.0 at both
# stages, and with a mean above 101.5 the range of single units is taken from M = 101.5.
def test_the_range_of_single_units_above_the_upper_end():
    judged = found("103", "5", 30)
    assert (judged.unit_low, judged.unit_high) == (Fraction("76.125"), Fraction("126.875"))
    assert judged.limit == 15


# https://staging.scite.ai/authors/a-igleasias-lambarri-zZDym6: dexamethasone 40 mg, 13.8 g of
# mixture for 100 capsules, shell 0.0493 g, accepted between 0.169 and 0.206 g. That is 10 % of the
# filled capsule, shell and all, which leaves the powder 13.6 % either way.
def test_ten_percent_of_the_filled_capsule_is_more_than_ten_of_the_powder():
    shell, powder = Fraction("0.0493"), Fraction("13.8") / 100
    gross = shell + powder
    assert to_places(gross * Fraction(9, 10), 3) == Fraction("0.169")
    assert to_places(gross * Fraction(11, 10), 3) == Fraction("0.206")
    assert to_places(gross / 10 / powder * 100, 1) == Fraction("13.6")
    exact = Quantity(Fraction(0), "g")
    weighed = Weighings((g("0.17"),) * 10, EmptyShell(g("0.0493"), exact, "weighed"), g("0.138"))
    (judged,) = weight_check(weighed, (THEORY,)).sets
    assert judged.verdict == "does not meet"
    assert Fraction("0.169") < Fraction("0.17") < Fraction("0.206")
