"""What goes into one capsule, and whether it fits."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import catalog
from formulation.cited import Cited
from formulation.cited import known as cited
from formulation.fills import Fill, Packs, Powder, Recipe, Shell, fill_shell, fills, smallest
from formulation.records import Shells
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
SHELLS = {key: catalog.load(Shells, "shells", key)[0] for key in ("unc", "capsuline")}
DENSE = Fraction("0.60")
masses = st.fractions(min_value=Fraction(1, 10), max_value=1000, max_denominator=100)
densities = st.fractions(min_value=Fraction(1, 10), max_value=2, max_denominator=100)
volumes = st.fractions(min_value=Fraction(1, 10), max_value=Fraction(3, 2), max_denominator=100)


def powder(name: str, mass: Fraction, density: Fraction) -> Powder:
    return Powder(name, Quantity(mass, "mg"), Packs(name, Quantity(density, "g/mL")))


def filler_of(density: Fraction) -> Packs:
    return Packs("filler", Quantity(density, "g/mL"))


@st.composite
def powders(draw: st.DrawFn) -> tuple[Powder, ...]:
    return tuple(
        powder(f"p{i}", draw(masses), draw(densities)) for i in range(draw(st.integers(1, 3)))
    )


def filled(volume: Fraction, held: tuple[Powder, ...], filler: Fraction) -> Fill:
    fill = fill_shell(Shell("x", Quantity(volume, "mL")), Recipe(held, filler_of(filler)))
    assert fill is not None
    return fill


@SOME
@given(volumes, powders(), densities)
def test_a_capsule_is_filled_to_its_volume_or_does_not_fit_and_says_by_how_much(vol, held, dens):
    fill = filled(vol, held, dens)
    taken = sum(
        p.mass.number("g") / p.packs.density.number("g/mL") for p in held if p.packs.density
    )
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
    known = {s.size: s.volume.value for s in SHELLS[vendor].sizes if isinstance(s.volume, Cited)}
    recipe = Recipe(held, filler_of(Fraction("0.31")))
    every = fills(tuple(Shell(size, volume) for size, volume in known.items()), recipe)
    chosen, fitting = smallest(every), [fill.size for fill in every if fill.fits]
    assert len(every) == len(known)
    if chosen is None:
        assert not fitting
    else:
        assert chosen.fits
        assert all(known[size] >= known[chosen.size] for size in fitting)


def test_a_capsule_that_is_exactly_full_fits_with_no_filler():
    fill = filled(Fraction(1, 2), (powder("drug", Fraction(300), DENSE),), Fraction(31, 100))
    assert fill.fits
    assert fill.fraction == 1
    assert fill.filler == Quantity(0, "mg")
    assert fill.total == Quantity(300, "mg")


def test_masses_are_not_taken_from_volumes():
    """A shell for 93 mg of filler, with 50 mg of drug in it, takes 67 mg of filler, not 43."""
    fill = filled(Fraction("0.30"), (powder("drug", Fraction(50), DENSE),), Fraction("0.31"))
    assert fill.filler == Quantity(Fraction(403, 6), "mg")
    assert fill.filler != Quantity(93 - 50, "mg")


@pytest.mark.parametrize("vendor", sorted(SHELLS))
def test_a_mass_that_no_shell_holds_fits_none(vendor):
    sizes = tuple(Shell(s.size, cited(s.volume)) for s in SHELLS[vendor].sizes)
    recipe = Recipe((powder("d", Fraction(2000), DENSE),), filler_of(Fraction("0.31")))
    assert smallest(fills(sizes, recipe)) is None
