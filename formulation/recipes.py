"""What a kept liquid is made to: each vehicle of the bench by itself, or a published formula.

A published formula is followed in its concentration, vehicles, parts, further ingredients and
container, so that the evidence on it can be held against what is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case, volume_each
from formulation.cited import Cited, Unknown, known
from formulation.evidence import same_source, shares
from formulation.evidence_records import Evidence
from formulation.grammar import in_parts
from formulation.measurable import Layout
from formulation.records import Product, Vehicle
from formulation.result import Absent
from formulation.source_units import FORMS, drug_of
from formulation.trace import Working
from formulation.units import Quantity

FORMULAS = "published formulas"
ORDER = ("monograph", "study", "formula")


@dataclass(frozen=True, slots=True)
class Further:
    """One more ingredient of a formula, and how much of it goes into what the formula makes."""

    name: str
    amount: Quantity
    makes: Quantity

    def for_batch(self, volume: Quantity) -> Quantity:
        """Return how much of it a batch of this volume takes."""
        return self.amount * (volume / self.makes).number()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A liquid to make: the volume for one source unit, its vehicles and their parts, what else.

    `published` is the evidence that it follows; none is the bench's own choice. `layout` fixes
    the source units, the final volume and the mark; without one they follow from the doses. A
    layout without a device draws on whatever mark is nearest. With a `strength` the powder for it
    is weighed; without one all of each unit goes in.
    """

    id: str
    title: str
    each: Quantity
    vehicles: tuple[Vehicle, ...]
    parts: str = ""
    others: tuple[Further, ...] = ()
    container: str = ""
    published: Evidence | None = None
    layout: Layout | None = None
    strength: Quantity | None = None

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """Return the share of each vehicle, by its parts."""
        return shares(self.parts or "1")

    @property
    def named(self) -> str:
        """Return the vehicles in words, with their parts."""
        names = " and ".join(vehicle.name for vehicle in self.vehicles)
        return f"{names} mixed {self.parts}" if self.parts else names


def keyed(vehicles: tuple[Vehicle, ...], parts: str) -> str:
    """Return vehicles in one id; parts stand in it where they are not equal."""
    unequal = len(set(parts.split(":"))) > 1
    told = f"-{parts.replace(':', '-')}" if unequal else ""
    return "-".join(vehicle.key for vehicle in vehicles) + told


def own_recipe(
    case: Case, product: Product, vehicles: tuple[Vehicle, ...], parts: str = ""
) -> Recipe | Absent:
    """Return the bench's own liquid, where it says the volume for a source unit.

    Several vehicles are mixed in `parts`, as in "1:1".
    """
    name = f"liquid-{keyed(vehicles, parts)}{case.suffix}"
    named = " and ".join(vehicle.name for vehicle in vehicles)
    title = f"oral liquid for several days in {named}{f' {parts}' if parts else ''}"
    each = volume_each(case, product)
    if isinstance(each, Unknown):
        return Absent(name, "liquid", title, f"volume for each source unit {each}")
    return Recipe(id=name, title=title, each=each, vehicles=vehicles, parts=parts)


def published(case: Case, product: Product) -> tuple[tuple[Recipe, ...], tuple[Absent, ...]]:
    """Return the published liquids that this bench can make, and one line on all the others.

    Of two that are the same in all that is made, the first stands for both: a monograph before a
    study, a study before a recommended formula.
    """
    every = [one for one in case.substance.evidence if one.form == "liquid"]
    every.sort(key=lambda one: ORDER.index(one.role) if one.role in ORDER else len(ORDER))
    made: dict[tuple[object, ...], Recipe] = {}
    lacking: list[tuple[str, str]] = []
    for evidence in every:
        why = _lack(case, product, evidence)
        if why:
            lacking.append((evidence.key, why))
            continue
        recipe = _recipe(case, product, evidence)
        made.setdefault(_same(recipe), recipe)
    if not lacking:
        return tuple(made.values()), ()
    id_ = f"formulas{case.suffix}"
    count = len(lacking)
    why = f"{count} published formula{'s' if count > 1 else ''} cannot be followed here"
    return tuple(made.values()), (Absent(id_, "liquid", FORMULAS, why, tuple(lacking)),)


def _same(recipe: Recipe) -> tuple[object, ...]:
    mixed = frozenset(zip((one.key for one in recipe.vehicles), recipe.shares, strict=True))
    return recipe.each.magnitude, recipe.each.unit, mixed, recipe.others


def _lack(case: Case, product: Product, evidence: Evidence) -> str:
    """Return what stands against following a published formula here, or nothing."""
    if isinstance(evidence.concentration, Unknown):
        return "its concentration is unknown"
    if isinstance(evidence.vehicles, Unknown):
        return "its vehicle is unknown"
    shelf = {vehicle.key for vehicle in _shelf(case)}
    missing = [one for one in evidence.vehicles.value if one not in shelf]
    if missing:
        return f"not on this bench: {', '.join(missing)}"
    count = len(evidence.vehicles.value)
    if count > 1 and not in_parts(known(evidence.proportions) or "", count):
        return "its proportions are not known in parts"
    if same_source(evidence, FORMS[product.unit]) is False:
        told = evidence.source_form
        return f"made from {told.value}" if isinstance(told, Cited) else ""
    return _lack_further(case, evidence)


def _lack_further(case: Case, evidence: Evidence) -> str:
    named = known(evidence.other_ingredients) or ()
    amounts = {row.name: row.amount for row in evidence.ingredients}
    missing = [name for name in named if name not in case.bench.ingredients]
    if missing:
        return f"not on this bench: {', '.join(missing)}"
    unsaid = [name for name in named if not isinstance(amounts.get(name), Cited)]
    if unsaid or (named and isinstance(evidence.makes, Unknown)):
        return f"how much is unknown: {', '.join(unsaid or named)}"
    return ""


def _shelf(case: Case) -> tuple[Vehicle, ...]:
    return (*case.bench.vehicles, *case.bench.formula_vehicles)


def _recipe(case: Case, product: Product, evidence: Evidence) -> Recipe:
    concentration, keys = known(evidence.concentration), known(evidence.vehicles)
    assert concentration is not None  # noqa: S101  what lacks it was turned away
    assert keys is not None  # noqa: S101  what lacks it was turned away
    shelf = {vehicle.key: vehicle for vehicle in _shelf(case)}
    each = Working().work(
        "volume for each source unit", "drug / concentration",
        {"drug": drug_of(product), "concentration": concentration}, "as published",
    ).to("mL")  # fmt: skip
    return Recipe(
        id=f"formula-{evidence.key}{case.suffix}",
        title=f"published formula: {evidence.name}",
        each=Quantity(each.magnitude, f"mL/{product.unit}"),
        vehicles=tuple(shelf[key] for key in keys),
        parts=(known(evidence.proportions) or "") if len(keys) > 1 else "",
        others=_further(evidence),
        container=known(evidence.container) or "",
        published=evidence,
    )


def _further(evidence: Evidence) -> tuple[Further, ...]:
    makes = known(evidence.makes)
    if makes is None:
        return ()
    return tuple(
        Further(row.name, row.amount.value, makes)
        for row in evidence.ingredients
        if isinstance(row.amount, Cited)
    )
