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


FEW = settings(max_examples=25, deadline=None)
shares = st.fractions(min_value=0, max_value=Fraction(3, 10), max_denominator=200)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    flow = Packs("glidant", Quantity(draw(densities), "g/mL")) if draw(st.booleans()) else None
    return Recipe(draw(powders()), filler_of(draw(densities)), flow, draw(shares), draw(shares))


@FEW
@given(volumes, recipes(), st.integers(1, 400))
def test_the_mix_weighs_exactly_what_goes_into_it_and_no_filler_is_negative(vol, recipe, count):
    fill = fill_shell(Shell("x", Quantity(vol, "mL")), recipe)
    assert fill is not None
    if not fill.fits:
        assert (fill.filler, fill.total, fill.glidant) == (None, None, None)
        assert fill.over.magnitude > 0
        return
    assert fill.filler.magnitude >= 0
    assert fill.glidant.magnitude >= 0
    whole = (recipe.mass + fill.filler + fill.glidant) * count
    assert whole == fill.total * count
    assert fill.glidant == fill.total * recipe.glidant_share
    assert fill.filler >= fill.total * recipe.least_filler


@FEW
@given(volumes, recipes())
def test_the_volumes_of_a_capsule_that_fits_sum_to_the_shell(vol, recipe):
    fill = fill_shell(Shell("x", Quantity(vol, "mL")), recipe)
    if not fill.fits:
        return
    held = [(p.mass, p.packs) for p in recipe.powders] + [(fill.filler, recipe.filler)]
    if recipe.glidant:
        held.append((fill.glidant, recipe.glidant))
    taken = sum(mass.number("g") / packs.density.number("g/mL") for mass, packs in held)
    assert taken == vol


@FEW
@given(volumes, recipes())
def test_it_fits_exactly_when_the_least_filler_and_the_glidant_go_in(vol, recipe):
    """Worked out a second time: the least fill that keeps both shares, and its volume."""
    fill = fill_shell(Shell("x", Quantity(vol, "mL")), recipe)
    least = recipe.mass.number("g") / (1 - recipe.glidant_share - recipe.least_filler)
    need = sum(p.mass.number("g") / p.packs.density.number("g/mL") for p in recipe.powders)
    need += least * recipe.least_filler / recipe.filler.density.number("g/mL")
    if recipe.glidant:
        need += least * recipe.glidant_share / recipe.glidant.density.number("g/mL")
    assert fill.fits == (need <= vol)
    assert fill.fraction == need / vol


@FEW
@given(volumes, recipes())
def test_every_step_with_a_glidant_gives_its_result_again(vol, recipe):
    for step in fill_shell(Shell("x", Quantity(vol, "mL")), recipe).steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@FEW
@given(volumes, volumes, recipes())
def test_a_larger_shell_never_takes_less_filler(one, other, recipe):
    small, large = (
        fill_shell(Shell("x", Quantity(vol, "mL")), recipe) for vol in sorted((one, other))
    )
    if small.fits:
        assert large.fits
        assert large.filler >= small.filler
        assert large.total >= small.total


@FEW
@given(volumes, powders(), densities)
def test_the_unit_of_mass_and_density_changes_nothing(vol, held, dens):
    other = tuple(
        Powder(p.name, p.mass.to("g"), Packs(p.name, p.packs.density.to("mg/mL"))) for p in held
    )
    one, two = filled(vol, held, dens), filled(vol, other, dens)
    assert (one.fraction, one.filler, one.total, one.over) == (
        two.fraction, two.filler, two.total, two.over,
    )  # fmt: skip


@FEW
@given(volumes, powders(), densities, st.sampled_from(["3", "x"]))
def test_a_statistic_of_the_shells_size_goes_before_the_density(vol, held, dens, size):
    """What was weighed is density x volume for the one size, so that both ways agree."""
    weighed = tuple(
        Powder(
            p.name, p.mass, Packs(p.name, None, ((size, p.packs.density * Quantity(vol, "mL")),))
        )
        for p in held
    )
    shell = Shell("3", Quantity(vol, "mL"))
    found = fill_shell(shell, Recipe(weighed, filler_of(dens)))
    if size == "x":
        assert found is None
    else:
        assert found.filler == filled(vol, held, dens).filler


def test_a_statistic_needs_no_volume_and_then_says_how_much_only_as_a_share():
    drug = Powder("drug", Quantity(200, "mg"), Packs("drug", None, (("3", Quantity(160, "mg")),)))
    filler = Packs("filler", None, (("3", Quantity(80, "mg")),))
    fill = fill_shell(Shell("3", None), Recipe((drug,), filler))
    assert fill.fraction == Fraction(5, 4)
    assert fill.over is None
    half = Powder("drug", Quantity(40, "mg"), drug.packs)
    assert fill_shell(Shell("3", None), Recipe((half,), filler)).filler == Quantity(60, "mg")


def test_without_volumes_the_smallest_shell_is_the_one_that_is_fullest():
    """A table may list its largest shell first, and one may have no volume."""
    packs = Packs("d", None, (("000", Quantity(600, "mg")), ("3", Quantity(160, "mg"))))
    recipe = Recipe((Powder("d", Quantity(100, "mg"), packs),), packs)
    for volume in (None, Quantity(Fraction("0.27"), "mL")):
        every = fills((Shell("000", None), Shell("3", volume)), recipe)
        assert [fill.size for fill in every] == ["3", "000"]
        assert smallest(every).size == "3"


def test_a_glidant_without_packing_takes_no_volume_and_counts_by_its_mass():
    """50 mg in 0.30 mL with 67.17 mg of filler: 0.5 % of glidant comes on top, not instead."""
    drug = powder("drug", Fraction(50), DENSE)
    light = filler_of(Fraction("0.31"))
    shell = Shell("3", Quantity(Fraction("0.30"), "mL"))
    plain = fill_shell(shell, Recipe((drug,), light))
    flow = fill_shell(shell, Recipe((drug,), light, None, Fraction(1, 200)))
    assert flow.filler == plain.filler
    assert flow.total == plain.total / Fraction(199, 200)
    assert flow.glidant == flow.total * Fraction(1, 200)


def test_the_share_of_drug_is_that_of_the_whole_fill_and_not_of_its_filler():
    """50 mg at 0.60 g/mL in 0.30 mL leave 403/6 mg of filler: 50 of 703/6 mg is drug."""
    shell = Shell("3", Quantity(Fraction("0.30"), "mL"))
    drug = powder("drug", Fraction(50), Fraction("0.60"))
    fill = fill_shell(shell, Recipe((drug,), filler_of(Fraction("0.31"))))
    assert fill.share(Quantity(50, "mg")) == Fraction(300, 703)
    heavy = powder("drug", Fraction(500), Fraction("0.60"))
    over = fill_shell(shell, Recipe((heavy,), filler_of(Fraction("0.31"))))
    assert over.share(Quantity(500, "mg")) is None
