"""The least a balance may weigh."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.apparatus import Balance
from formulation.cited import Cited, Unknown
from formulation.trace import Working
from formulation.units import Quantity
from formulation.weighing import least_weighable, on_the_balance, too_little

SOME = settings(max_examples=60, deadline=None)
sensitivities = st.fractions(min_value=Fraction(1, 100), max_value=100, max_denominator=100)
errors = st.fractions(min_value=Fraction(1, 1000), max_value=Fraction(1, 2), max_denominator=1000)
masses = st.fractions(min_value=Fraction(1, 100), max_value=5000, max_denominator=100)


def balance(sensitivity: Fraction | None, permitted: Fraction | None) -> Balance:
    day = date(2026, 1, 5)
    unknown = Unknown("sensitivity", "not read", "the sheet of the balance")
    return Balance(
        key="b",
        name="my balance",
        sensitivity=unknown if sensitivity is None
        else Cited(Quantity(sensitivity, "mg"), "sheet", "p. 1", day),
        permitted_error=unknown if permitted is None else Cited(permitted, "sheet", "p. 1", day),
        readability=Cited(Quantity(1, "mg"), "sheet", "p. 1", day),
    )  # fmt: skip


@SOME
@given(sensitivities, errors)
def test_at_the_least_quantity_the_uncertainty_is_exactly_the_permitted_error(sens, permitted):
    least = least_weighable(balance(sens, permitted), Working())
    assert isinstance(least, Quantity)
    assert (Quantity(sens, "mg") / least).number() == permitted


@SOME
@given(sensitivities, errors, masses)
def test_a_mass_below_the_least_is_a_stop_and_one_at_it_is_not(sens, permitted, mass):
    scale = balance(sens, permitted)
    least = sens / permitted
    found = too_little("powder", Quantity(mass, "mg"), scale, Working())
    assert bool(found) == (mass < least)
    for finding in found:
        assert (finding.code, finding.level) == ("below-least-weighable", "stop")
        assert finding.limit == Quantity(least, "mg")
        assert finding.actual == Quantity(mass, "mg")
        assert finding.fix
        assert "my balance" in finding.what
    assert too_little("powder", Quantity(least, "mg"), scale, Working()) == ()


@pytest.mark.parametrize(("sens", "permitted"), [(None, Fraction(1, 20)), (Fraction(6), None)])
def test_an_unknown_rule_is_handed_on_and_readability_never_stands_in_for_it(sens, permitted):
    least = least_weighable(balance(sens, permitted), Working())
    assert isinstance(least, Unknown)
    assert least.fill


def test_the_unit_typed_does_not_change_the_verdict():
    scale = balance(Fraction(6), Fraction(1, 20))
    assert too_little("powder", Quantity(Fraction("0.12"), "g"), scale, Working()) == ()
    assert too_little("powder", Quantity(Fraction("0.1199"), "g"), scale, Working())


def test_the_working_names_the_source_of_the_rule():
    working = Working()
    least_weighable(balance(Fraction(6), Fraction(1, 20)), working)
    (step,) = working.steps
    assert step.sources == ("sheet",)
    assert step.result == Quantity(120, "mg")


@pytest.mark.parametrize(
    ("asked", "chosen"), [("10.4", "10"), ("10.5", "11"), ("10.6", "11"), ("11", "11")]
)
def test_a_mass_goes_to_the_nearest_step_halves_up(asked, chosen):
    found = on_the_balance(Quantity(Fraction(asked), "mg"), Quantity(1, "mg"), Working())
    assert found.chosen == Quantity(Fraction(chosen), "mg")


def test_no_more_is_weighed_than_there_is():
    asked, most = Quantity(Fraction("10.6"), "mg"), Quantity(Fraction("10.7"), "mg")
    assert on_the_balance(asked, Quantity(1, "mg"), Working(), most).chosen == Quantity(10, "mg")


@pytest.mark.parametrize("most", [11, 12])
def test_what_there_is_exactly_is_weighed_whole(most):
    asked = Quantity(Fraction("10.6"), "mg")
    found = on_the_balance(asked, Quantity(1, "mg"), Working(), Quantity(most, "mg"))
    assert found.chosen == Quantity(11, "mg")
