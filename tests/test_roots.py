"""Square roots to thirty digits, exact where they can be."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.roots import sqrt
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=200, deadline=None)
positive = st.fractions(min_value=Fraction(1, 10**9), max_value=10**9, max_denominator=10**9)


@SOME
@given(positive)
def test_a_perfect_square_gives_its_root_exactly(value):
    assert sqrt(value * value) == value


@SOME
@given(positive)
def test_a_root_is_right_to_thirty_digits_and_never_above(value):
    root = sqrt(value)
    assert root**2 <= value
    assert (root * (1 + Fraction(1, 10**28))) ** 2 > value


def test_against_the_decimal_module():
    with localcontext() as context:
        context.prec = 60
        for number in ("2", "3", "0.02", "123456.789", "1e-6"):
            true = Fraction(Decimal(number).sqrt())
            assert abs(sqrt(Fraction(number)) / true - 1) < Fraction(1, 10**29)


def test_nothing_below_zero_has_one():
    assert sqrt(Fraction(0)) == 0
    with pytest.raises(ValueError, match="below zero"):
        sqrt(Fraction(-1))


def test_a_list_in_a_step_gives_mean_median_and_standard_deviation():
    """Hand-worked: 2, 4, 4, 4, 5, 5, 7, 9 has mean 5 and a sum of squared deviations of 32."""
    masses = tuple(Quantity(Fraction(n), "mg") for n in (2, 4, 4, 4, 5, 5, 7, 9))
    found = {
        name: evaluate(f"{name}(x)", {"x": masses})
        for name in ("sum", "count", "mean", "median", "sd")
    }
    assert found["sum"] == Quantity(40, "mg")
    assert found["count"] == 8
    assert found["mean"] == Quantity(5, "mg")
    assert found["median"] == Quantity(Fraction(9, 2), "mg")
    assert found["sd"] == Quantity(sqrt(Fraction(32, 7)), "mg")
