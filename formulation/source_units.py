"""One source unit: its claim, the drug in it, how it is opened, and whether it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from formulation.cited import Unknown
from formulation.records import Product
from formulation.trace import Finding
from formulation.units import Quantity

FORMS = {"cap": "capsules", "tab": "tablets"}


def claim_of(product: Product) -> Quantity:
    """Return the label claim of one source unit as a mass."""
    return (product.strength.value * Quantity(Fraction(1), product.unit)).to("mg")


def drug_of(product: Product) -> Quantity:
    """Return the drug in one source unit as a mass: its certificate's, else its claim."""
    return (product.drug * Quantity(Fraction(1), product.unit)).to("mg")


def opening(product: Product) -> str:
    """Return what is done to a source unit: a capsule is opened, a tablet crushed."""
    return "crush" if product.unit == "tab" else "open"


def given_whole(product: Product) -> list[Finding]:
    """Return the caution for a unit that is given whole and is not immediate-release."""
    if isinstance(product.release, Unknown) or product.release.value.startswith("immediate"):
        return []
    what = (
        f"{product.name} is {product.release.value}: it stands in for no immediate-release form "
        "and is swallowed whole"
    )
    fix = "give it only where the prescriber means this form"
    sources = (product.release.source,)
    return [Finding("modified-release-whole", "caution", what, fix, sources=sources)]


def release(product: Product) -> list[Finding]:
    """Return the stop against opening a unit that is not immediate-release; unknown is a note."""
    if isinstance(product.release, Unknown):
        what = f"Whether {product.name} is immediate-release is not on record"
        return [Finding("release-unknown", "note", what, "read the label before it is opened")]
    if product.release.value.startswith("immediate"):
        return []
    freed = "undoes what delays it" if "delay" in product.release.value else "frees a whole dose"
    what = f"{product.name} is {product.release.value}: opening or crushing it {freed}"
    fix = "use an immediate-release source"
    return [Finding("modified-release", "stop", what, fix, sources=(product.release.source,))]


def without_opening(dated: Iterable[Finding], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is said of the date; where the source may not be opened, offering no other way.

    Capsules and the dispersion open the same source, so of a date that nothing supports only what
    would support it is left.
    """
    if all(one.code != "modified-release" for one in findings):
        return tuple(dated)
    return tuple(
        replace(one, fix=one.fix.partition(". ")[2]) if one.code == "no-date-supported" else one
        for one in dated
    )
