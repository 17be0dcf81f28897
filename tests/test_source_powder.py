"""What single weighings of opened units say, held against the `statistics` module."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.cited import Unknown
from formulation.source_powder import disagreement, spread_of
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=40, deadline=None)
numbers = st.lists(
    st.fractions(min_value=1, max_value=1000, max_denominator=20), min_size=1, max_size=12
)


def mg(values: list[Fraction] | tuple[int, ...]) -> tuple[Quantity, ...]:
    return tuple(Quantity(Fraction(value), "mg") for value in values)


@SOME
@given(numbers)
def test_mean_median_and_deviation_are_those_of_the_statistics_module(values):
    found = spread_of(mg(values), False)
    assert found.count == len(values)
    assert found.mean == Quantity(statistics.mean(values), "mg")
    assert found.median == Quantity(statistics.median(values), "mg")
    if len(values) == 1:
        assert isinstance(found.sd, Unknown)
        assert isinstance(found.rsd, Unknown)
        return
    assert isinstance(found.sd, Quantity)
    squared = statistics.variance(values)
    assert abs(found.sd.number("mg") ** 2 - squared) <= max(squared, 1) / 10**12
    assert found.rsd == (found.sd / found.mean).number()
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(numbers)
def test_the_unit_of_the_weighings_changes_nothing(values):
    one = spread_of(mg(values), False)
    other = spread_of(tuple(mass.to("g") for mass in mg(values)), False)
    assert (one.mean, one.median) == (other.mean, other.median)
    assert [apart.number for apart in one.apart] == [apart.number for apart in other.apart]


@SOME
@given(numbers)
def test_a_unit_stands_apart_exactly_outside_90_to_110_percent_of_the_median(values):
    middle = statistics.median(values)
    wanted = [
        n for n, v in enumerate(values, 1) if not Fraction(9, 10) <= v / middle <= Fraction(11, 10)
    ]
    found = spread_of(mg(values), False)
    assert [apart.number for apart in found.apart] == wanted
    assert len([f for f in found.findings if f.code == "unit-apart"]) == len(wanted)


@pytest.mark.parametrize(("mass", "apart"), [(90, 0), (110, 0), (89, 1), (111, 1)])
def test_exactly_ninety_percent_of_the_median_is_not_apart(mass, apart):
    assert len(spread_of(mg((100, mass, 100)), False).apart) == apart


@pytest.mark.parametrize(("count", "said"), [(9, True), (10, False), (2, True)])
def test_below_ten_weighings_a_caution(count, said):
    found = spread_of(mg(tuple([324] * count)), False)
    assert any(f.code == "few-weighings" for f in found.findings) == said


def test_nothing_is_a_fault_where_the_whole_pool_goes_in():
    found = spread_of(mg((324, 200, 330)), True)
    assert {f.level for f in found.findings} == {"note"}
    assert {f.level for f in spread_of(mg((324, 200, 330)), False).findings} == {"caution"}


@pytest.mark.parametrize(("net", "apart"), [(1620, 0), (1617, 0), (1623, 0), (1616, 1), (1624, 1)])
def test_five_weighings_and_their_pool_agree_within_half_a_step_each(net, apart):
    """Five weighings and one of the pool on a 1 mg balance: 6 x 0.5 mg = 3 mg."""
    weighings = mg((322, 326, 319, 325, 328))
    found = disagreement(weighings, Quantity(net, "mg"), Quantity(1, "mg"))
    assert len(found) == apart
    assert all(f.limit == Quantity(3, "mg") for f in found)
