"""Filling by volume: the estimate of the filler, the premix, and what leaves it open."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.cited import Cited, Unknown
from formulation.fills import Packs, Powder, Recipe, Shell, fill_shell
from formulation.topup import TopUp, top_up
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=40, deadline=None)
volumes = st.fractions(min_value=Fraction(1, 10), max_value=Fraction(3, 2), max_denominator=100)
densities = st.fractions(min_value=Fraction(1, 10), max_value=2, max_denominator=100)
counts = st.integers(1, 500)
shares = st.fractions(min_value=0, max_value=1, max_denominator=100)
parts = st.fractions(min_value=0, max_value=1, max_denominator=50)
PREMIX = Cited(Fraction(4, 5), "dac", "method B")


def case(volume: Fraction, count: int, part: Fraction, dense: Fraction) -> tuple:
    """A powder that takes `part` of all the bodies."""
    mass = Quantity(volume * count * part * dense, "g")
    return Cited(Quantity(volume, "mL"), "chart", "row"), Fraction(count), mass, dense


@SOME
@given(volumes, counts, parts, densities, densities, shares)
def test_powder_and_filler_fill_the_bodies_and_the_premix_is_part_of_the_filler(
    volume, count, part, dense, light, premix
):
    body, capsules, mass, density = case(volume, count, part, dense)
    found = top_up(body, capsules, ((mass, Quantity(density, "g/mL")),), Quantity(light, "g/mL"),
                   Cited(premix, "dac", "B"))  # fmt: skip
    assert isinstance(found, TopUp)
    assert isinstance(found.filler, Quantity)
    assert found.volume == Quantity(volume * count, "mL")
    assert found.filler.number("g") / light + volume * count * part == volume * count
    assert found.filler.magnitude >= 0
    assert 0 <= found.premix.magnitude <= found.filler.magnitude
    if premix >= part:  # the premix and the powder together take its share of the volume
        assert found.premix.number("g") / light + volume * count * part == volume * count * premix
    else:
        assert found.premix.magnitude == 0
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(volumes, counts, parts, densities, densities)
def test_by_densities_the_top_up_and_the_packing_come_to_the_same_filler(
    volume, count, part, dense, light
):
    body, capsules, mass, density = case(volume, count, part, dense)
    found = top_up(body, capsules, ((mass, Quantity(density, "g/mL")),), Quantity(light, "g/mL"),
                   PREMIX)  # fmt: skip
    powder = Powder("d", (mass / capsules).to("mg"), Packs("d", Quantity(density, "g/mL")))
    fill = fill_shell(
        Shell("x", body.value), Recipe((powder,), Packs("f", Quantity(light, "g/mL")))
    )
    assert isinstance(found, TopUp)
    assert fill is not None
    assert fill.filler * capsules == found.filler


def test_the_unit_typed_changes_nothing():
    def run(mass: Quantity, density: Quantity) -> TopUp | Unknown:
        body = Cited(Quantity(Fraction("0.27"), "mL"), "chart", "row 3")
        return top_up(body, Fraction(12), ((mass, density),), Quantity(Fraction("0.31"), "g/mL"),
                      PREMIX)  # fmt: skip

    one = run(Quantity(777, "mg"), Quantity(Fraction("0.60"), "g/mL"))
    other = run(Quantity(Fraction("0.777"), "g"), Quantity(600, "mg/mL"))
    assert (one.filler, one.premix) == (other.filler, other.premix)


def test_a_powder_that_is_not_weighed_leaves_the_filler_open_and_the_volume_known():
    pool = Unknown("net powder", "not weighed", "weigh it")
    found = top_up(Cited(Quantity(Fraction("0.27"), "mL"), "chart", "row 3"), Fraction(12),
                   ((pool, Quantity(Fraction("0.6"), "g/mL")),),
                   Quantity(Fraction("0.31"), "g/mL"), PREMIX)  # fmt: skip
    assert isinstance(found, TopUp)
    assert found.volume == Quantity(Fraction("3.24"), "mL")
    assert found.filler is found.premix is pool


def test_powder_that_the_bodies_do_not_hold_is_no_negative_filler():
    found = top_up(Cited(Quantity(Fraction("0.27"), "mL"), "chart", "row 3"), Fraction(12),
                   ((Quantity(2, "g"), Quantity(Fraction("0.6"), "g/mL")),),
                   Quantity(Fraction("0.31"), "g/mL"), PREMIX)  # fmt: skip
    assert isinstance(found, Unknown)
    assert "larger shell" in found.fill


def test_several_powders_by_their_own_densities():
    """0.6 g at 0.6 and 0.4 g at 0.4 g/mL take 2 of 3.24 mL; 1.24 mL of filler at 0.31 g/mL."""
    found = top_up(Cited(Quantity(Fraction("0.27"), "mL"), "chart", "row 3"), Fraction(12),
                   ((Quantity(600, "mg"), Quantity(Fraction("0.6"), "g/mL")),
                    (Quantity(400, "mg"), Quantity(Fraction("0.4"), "g/mL"))),
                   Quantity(Fraction("0.31"), "g/mL"), PREMIX)  # fmt: skip
    assert found.filler == Quantity(Fraction("384.4"), "mg")
    assert found.premix == Quantity(Fraction("0.592") * 310, "mg")


def test_each_figure_taken_from_elsewhere_names_its_source():
    body = Cited(Quantity(Fraction("0.27"), "mL"), "chart", "row 3")
    found = top_up(body, Fraction(12), ((Quantity(777, "mg"), Quantity(Fraction("0.6"), "g/mL")),),
                   Quantity(Fraction("0.31"), "g/mL"), Cited(Fraction(4, 5), "method"))  # fmt: skip
    sources = {step.name: step.sources for step in found.steps}
    assert sources["volume of all bodies"] == ("chart",)
    assert sources["filler of the premix"] == ("method",)
