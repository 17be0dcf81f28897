"""Amounts put on the marks of a device."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.errors import FormulationError
from formulation.measurable import Grid
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
steps = st.fractions(min_value=Fraction(1, 1000), max_value=10, max_denominator=1000)
asked_volumes = st.fractions(min_value=Fraction(1, 1000), max_value=100, max_denominator=1000)


def grid(step: Fraction, least: Fraction = Fraction(0), most: Fraction = Fraction(1000)) -> Grid:
    return Grid(Quantity(step, "mL"), Quantity(least, "mL"), Quantity(most, "mL"))


@SOME
@given(steps, asked_volumes)
def test_the_chosen_mark_is_a_whole_number_of_steps_and_the_nearest(step, volume):
    snapped = grid(step).snap(Quantity(volume, "mL"))
    marks = (snapped.chosen / Quantity(step, "mL")).number()
    assert marks.denominator == 1
    assert abs(snapped.chosen.number("mL") - volume) * 2 <= step
    assert snapped.asked == Quantity(volume, "mL")


@SOME
@given(steps, asked_volumes)
def test_what_is_on_a_mark_stays_there(step, volume):
    marks = grid(step)
    chosen = marks.snap(Quantity(volume, "mL")).chosen
    again = marks.snap(chosen)
    assert again.chosen == chosen
    assert again.error == 0
    assert again.direction == "exact"


@SOME
@given(steps, asked_volumes)
def test_the_error_its_sign_and_the_direction_agree(step, volume):
    snapped = grid(step).snap(Quantity(volume, "mL"))
    assert snapped.chosen == snapped.asked * (1 + snapped.error)
    up, down = snapped.chosen > snapped.asked, snapped.chosen < snapped.asked
    assert (snapped.direction == "up") == up == (snapped.error > 0)
    assert (snapped.direction == "down") == down == (snapped.error < 0)
    assert ("against" in str(snapped)) == (snapped.error != 0)


@SOME
@given(steps, asked_volumes, st.integers(2, 20))
def test_a_finer_graduation_is_never_further_off(step, volume, times):
    asked = Quantity(volume, "mL")
    assert abs(grid(step / times).snap(asked).error) <= abs(grid(step).snap(asked).error)


@SOME
@given(st.integers(1, 50), st.integers(0, 20), st.integers(1, 100), st.data())
def test_a_volume_within_reach_stays_within_reach_on_its_mark(step, least, span, data):
    """Where both ends of the device are marks, rounding never leaves it."""
    size = Fraction(step, 100)
    marks = grid(size, size * least, size * (least + span))
    volume = data.draw(st.fractions(marks.least.magnitude, marks.most.magnitude))
    asked = Quantity(volume, "mL")
    assert marks.reaches(asked)
    assert marks.reaches(marks.snap(asked).chosen)


@SOME
@given(steps, asked_volumes)
def test_the_answer_does_not_depend_on_the_unit_typed(step, volume):
    marks = grid(step)
    millilitres, litres = Quantity(volume, "mL"), Quantity(volume, "mL").to("L")
    assert marks.snap(litres).chosen == marks.snap(millilitres).chosen
    assert marks.snap(litres).error == marks.snap(millilitres).error
    assert marks.snap(litres).chosen.unit == "L"


@pytest.mark.parametrize(
    ("volume", "chosen", "direction"),
    [("1.48", "1.5", "up"), ("1.44", "1.4", "down"), ("1.45", "1.5", "up"), ("1.5", "1.5", "exact"),
     ("0.3", "0.3", "exact"), ("2.7", "2.7", "exact")],
)  # fmt: skip
def test_tenths_of_a_millilitre(volume, chosen, direction):
    snapped = grid(Fraction(1, 10)).snap(Quantity(Fraction(volume), "mL"))
    assert snapped.chosen == Quantity(Fraction(chosen), "mL")
    assert snapped.direction == direction


def test_both_ends_of_a_device_are_within_its_reach():
    marks = grid(Fraction(1, 5), Fraction(2), Fraction(10))
    for volume, reached in (("2", True), ("10", True), ("1.999", False), ("10.001", False)):
        assert marks.reaches(Quantity(Fraction(volume), "mL")) is reached


def test_a_mass_is_not_put_on_a_syringe():
    with pytest.raises(FormulationError):
        grid(Fraction(1, 10)).snap(Quantity(5, "mg"))
    with pytest.raises(FormulationError):
        grid(Fraction(1, 10)).reaches(Quantity(5, "mg"))
