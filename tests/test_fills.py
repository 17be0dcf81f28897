"""What goes into one capsule, and whether it fits."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import catalog
from formulation.cited import Cited
from formulation.fills import Fill, Powder, fill_shell, smallest_fit
from formulation.records import Shells
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
SHELLS = {key: catalog.load(Shells, "shells", key)[0] for key in ("unc", "capsuline")}
DENSE, LIGHT = Quantity(Fraction("0.60"), "g/mL"), Quantity(Fraction("0.31"), "g/mL")
masses = st.fractions(min_value=Fraction(1, 10), max_value=1000, max_denominator=100)
densities = st.fractions(min_value=Fraction(1, 10), max_value=2, max_denominator=100)
volumes = st.fractions(min_value=Fraction(1, 10), max_value=Fraction(3, 2), max_denominator=100)


@st.composite
def powders(draw: st.DrawFn) -> tuple[Powder, ...]:
    return tuple(
        Powder(f"p{i}", Quantity(draw(masses), "mg"), Quantity(draw(densities), "g/mL"))
        for i in range(draw(st.integers(1, 3)))
    )


def filled(volume: Fraction, held: tuple[Powder, ...], filler: Fraction) -> Fill:
    return fill_shell("x", Quantity(volume, "mL"), held, Quantity(filler, "g/mL"))


@SOME
@given(volumes, powders(), densities)
def test_a_capsule_is_filled_to_its_volume_or_does_not_fit_and_says_by_how_much(vol, held, dens):
    fill = filled(vol, held, dens)
    taken = sum(p.mass.number("g") / p.density.number("g/mL") for p in held)
    assert fill.fraction == taken / vol
    assert fill.fits == (taken <= vol)
    if fill.fits:
        assert fill.filler is not None
        assert fill.total is not None
        assert fill.over.magnitude == 0
        assert taken + fill.filler.number("g") / dens == vol
        assert fill.filler.magnitude >= 0
        assert fill.total == fill.filler + Quantity(sum(p.mass.number("mg") for p in held), "mg")
    else:
        assert fill.filler is None
        assert fill.total is None
        assert fill.over == Quantity(taken - vol, "mL")


@SOME
@given(volumes, powders(), densities)
def test_every_step_of_a_fill_gives_its_result_again(vol, held, dens):
    for step in filled(vol, held, dens).steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(volumes, powders(), densities)
def test_the_order_of_the_powders_does_not_matter(vol, held, dens):
    one, other = filled(vol, held, dens), filled(vol, held[::-1], dens)
    assert (one.fraction, one.filler, one.total) == (other.fraction, other.filler, other.total)


@SOME
@given(st.sampled_from(sorted(SHELLS)), powders())
def test_the_smallest_shell_that_holds_the_powders_is_chosen(vendor, held):
    shells = SHELLS[vendor]
    known = {s.size: s.volume.value for s in shells.sizes if isinstance(s.volume, Cited)}
    chosen = smallest_fit(shells, held, LIGHT)
    fitting = [size for size, vol in known.items() if fill_shell(size, vol, held, LIGHT).fits]
    if chosen is None:
        assert not fitting
    else:
        assert chosen.fits
        assert all(known[size] >= known[chosen.size] for size in fitting)


def test_a_capsule_that_is_exactly_full_fits_with_no_filler():
    fill = filled(Fraction(1, 2), (Powder("drug", Quantity(300, "mg"), DENSE),), Fraction(31, 100))
    assert fill.fits
    assert fill.fraction == 1
    assert fill.filler == Quantity(0, "mg")
    assert fill.total == Quantity(300, "mg")


def test_masses_are_not_taken_from_volumes():
    """A shell for 93 mg of filler, with 50 mg of drug in it, takes 67 mg of filler, not 43."""
    fill = filled(Fraction("0.30"), (Powder("drug", Quantity(50, "mg"), DENSE),), Fraction("0.31"))
    assert fill.filler == Quantity(Fraction(403, 6), "mg")
    assert fill.filler != Quantity(93 - 50, "mg")


@pytest.mark.parametrize("vendor", sorted(SHELLS))
def test_a_mass_that_no_shell_holds_fits_none(vendor):
    assert smallest_fit(SHELLS[vendor], (Powder("d", Quantity(2, "g"), DENSE),), LIGHT) is None
