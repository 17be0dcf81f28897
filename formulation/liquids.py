"""How is a dose measured from a liquid: concentration = drug / final volume, made up TO the mark.

dose volume = dose / concentration. Adding a volume is not making up to it: the powder takes up
room (docs/method/made-up-to.md). A loss of mixed liquid changes the number of doses, never the
concentration.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.cited import Cited, Fact, Unknown
from formulation.records import Product
from formulation.trace import Working
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Mixture:
    """A liquid made from whole source units: how many, to what volume, at what strength."""

    units: Quantity
    drug: Quantity
    volume: Quantity
    concentration: Quantity
    dose_volume: Quantity


def single_use(dose: Quantity, product: Product, each: Quantity, working: Working) -> Mixture:
    """Return one dose's dispersion: whole source units made up to `each` volume apiece.

    >>> from formulation.benches import read_bench
    >>> bench = read_bench()
    >>> one = single_use(Quantity(100, "mg/dose"), bench.products[0], Quantity(10, "mL/cap"),
    ...                  Working())
    >>> one.units.magnitude, one.dose_volume.to("mL/dose").magnitude
    (Fraction(1, 1), Fraction(4, 1))
    """
    claim, counted = _held(product), f"{product.unit}/dose"
    units = working.work(
        "source units for one dose", "ceil(dose / claim)",
        {"dose": dose, "claim": claim.value}, "each dose is made from units of its own",
        (claim.source,),
    ).to(counted)  # fmt: skip
    return _mixture(dose, units, claim, each, working)


def multi_dose(
    dose: Quantity, units: Quantity, product: Product, each: Quantity, working: Working
) -> Mixture:
    """Return a batch from `units` whole source units, each made up to `each` volume."""
    return _mixture(dose, units, _held(product), each, working)


def _held(product: Product) -> Cited[Quantity]:
    """Return the drug in one unit and on what ground: its claim, or the lot's certificate."""
    ground = "by the lot's certificate" if product.held else "by label claim, not by assay"
    return replace(product.strength, value=product.drug, note=ground)


def _mixture(
    dose: Quantity, units: Quantity, claim: Cited[Quantity], each: Quantity, working: Working
) -> Mixture:
    drug = working.work(
        "drug in the liquid", "units * claim", {"units": units, "claim": claim.value},
        claim.note, (claim.source,),
    )  # fmt: skip
    volume = working.work(
        "final volume", "units * each", {"units": units, "each": each},
        "made up to this volume in a calibrated vessel, not added",
    )  # fmt: skip
    concentration = working.work(
        "concentration", "drug / volume", {"drug": drug, "volume": volume},
        "drug over final volume",
    ).to("mg/mL")  # fmt: skip
    measured = working.work(
        "dose volume", "dose / concentration", {"dose": dose, "concentration": concentration},
        "what holds one dose",
    )  # fmt: skip
    return Mixture(units, drug, volume, concentration, measured)


@dataclass(frozen=True, slots=True)
class Added:
    """What comes of adding the volume instead of making up to it, as at home."""

    volume: Quantity
    concentration: Quantity
    error: Fraction


def added_instead(mixture: Mixture, partial: Fact[Quantity], working: Working) -> Added | Unknown:
    """Return volume, concentration and error when the final volume is added to the powder.

    Only the drug's own volume is counted; the other powder in the unit would add to it.

    >>> one = Mixture(Quantity(1, "cap"), Quantity(250, "mg"), Quantity(10, "mL"),
    ...               Quantity(25, "mg/mL"), Quantity(4, "mL"))
    >>> from datetime import date
    >>> partial = Cited(Quantity(Fraction(3, 5), "mL/g"), "teaching-assumption")
    >>> added = added_instead(one, partial, Working())
    >>> added.volume.magnitude, float(round(added.error * 100, 2))
    (Fraction(203, 20), -1.48)
    """
    if isinstance(partial, Unknown):
        return partial
    volume = working.work(
        "volume when it is added", "added + drug * partial",
        {"added": mixture.volume, "drug": mixture.drug, "partial": partial.value},
        "the dissolved drug takes up room; the rest of the powder would add to it",
        (partial.source,),
    )  # fmt: skip
    concentration = working.work(
        "concentration when it is added", "drug / volume",
        {"drug": mixture.drug, "volume": volume}, "the same drug in more liquid",
    ).to("mg/mL")  # fmt: skip
    error = (concentration / mixture.concentration).number() - 1
    return Added(volume, concentration, error)


@dataclass(frozen=True, slots=True)
class Displaced:
    """What a powder for reconstitution takes up, and what comes of adding the final volume."""

    powder: Quantity
    instead: Quantity
    error: Fraction


def displaced(final: Quantity, added: Quantity, working: Working) -> Displaced:
    """Return the room of a powder from "add so much to make so much", and what adding all would do.

    >>> ml = lambda n: Quantity(Fraction(n), "mL")
    >>> found = displaced(ml(75), ml(74), Working())
    >>> found.powder.magnitude, found.instead.magnitude, float(round(found.error * 100, 2))
    (Fraction(1, 1), Fraction(76, 1), -1.32)
    """
    powder = working.work(
        "room of the powder", "final - added", {"final": final, "added": added},
        "what the label lets be added is less than what it makes: the rest is powder",
    )  # fmt: skip
    instead = working.work(
        "volume when the final volume is added", "final + powder",
        {"final": final, "powder": powder}, "the powder takes up its room in any case",
    )  # fmt: skip
    return Displaced(powder, instead, (final / instead).number() - 1)


def lay_table(
    drug: Quantity, added: Quantity, taken: Quantity, paste: tuple[Quantity, ...]
) -> tuple[tuple[Quantity, Quantity, Quantity, Fraction, Quantity], ...]:
    """Return what the published "10 % less vehicle" method gives for each volume of paste.

    Each row: paste, final volume, drug in the volume taken, its error, and doses in the bottle,
    against `drug` in `added` / 0.9 (source: docs/method/lay-method.md).

    >>> rows = lay_table(Quantity(1, "mg"), Quantity(135, "mL"), Quantity(15, "mL"),
    ...                  (Quantity(5, "mL"),))
    >>> float(round(rows[0][3] * 100, 1))
    7.1
    """
    meant = drug * taken / (added / Fraction(9, 10))
    rows = []
    for wet in paste:
        final = added + wet
        got = (drug * taken / final).to(drug.unit)
        rows.append((wet, final, got, (got / meant).number() - 1, final / taken))
    return tuple(rows)
