"""The order of mixing: never more than lies in the mortar, and nothing is lost."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.mixing import geometric
from formulation.units import Quantity, total

SOME = settings(max_examples=40, deadline=None)
masses = st.fractions(min_value=Fraction(1, 100), max_value=5000, max_denominator=100)
units = st.sampled_from(["mg", "g"])


@st.composite
def powders(draw: st.DrawFn) -> tuple[tuple[str, Quantity], ...]:
    return tuple(
        (f"p{i}", Quantity(draw(masses), "mg").to(draw(units)))
        for i in range(draw(st.integers(1, 5)))
    )


@SOME
@given(powders())
def test_no_stage_adds_more_than_lies_in_the_mortar_and_the_stages_sum_to_the_parts(parts):
    stages = geometric(parts)
    lying = Quantity(Fraction(0), "mg")
    for stage in stages:
        assert not lying or stage.added <= lying
        assert stage.added.magnitude > 0
        lying = lying + stage.added
        assert stage.mixed == lying
    for name, mass in parts:
        own = [stage for stage in stages if stage.name == name]
        assert total((stage.added for stage in own), "mg") == mass
        assert [stage.last for stage in own] == [False] * (len(own) - 1) + [True]


@SOME
@given(powders())
def test_the_smallest_powder_goes_first_and_the_order_given_does_not_matter(parts):
    first = geometric(parts)[0]
    assert first.added == min(mass for _, mass in parts)
    if len({mass for _, mass in parts}) == len(parts):
        assert geometric(parts) == geometric(parts[::-1]) or {
            (s.name, s.added, s.mixed) for s in geometric(parts)
        } == {(s.name, s.added, s.mixed) for s in geometric(parts[::-1])}


def test_a_powder_of_nothing_makes_no_stage():
    stages = geometric((("drug", Quantity(100, "mg")), ("filler", Quantity(0, "mg"))))
    assert [stage.name for stage in stages] == ["drug"]
    assert geometric(()) == ()


def test_equal_powders_go_in_at_once():
    stages = geometric((("a", Quantity(100, "mg")), ("b", Quantity(100, "mg"))))
    assert [stage.added.magnitude for stage in stages] == [100, 100]
