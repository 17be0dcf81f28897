"""What was studied and what is sold: evidence on how a preparation keeps, marketed liquids.

A study supports only the formula it studied: each part of that formula is a fact of its own, or
plainly unknown, so that a preparation can be held against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Fact
from formulation.fields import amount, bare, bounds, flag, number, rows, text, texts
from formulation.spread import Bounds
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Condition:
    """One storage condition of a study: temperature, the last time point, what was left then.

    `storage` is "refrigerated", "room" or another word of the source; `celsius` the temperature in
    degrees; `remaining` the least share left at `days`, the last time point that still counts.
    """

    storage: str = bare()
    celsius: Fact[Bounds] = bounds()
    days: Fact[Quantity] = amount("day")
    remaining: Fact[Fraction] = number()
    statement: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Ingredient:
    """One more ingredient of a published liquid, with its amount in the volume that it `makes`."""

    name: str = bare()
    amount: Fact[Quantity] = amount("mg|mL")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Evidence:
    """One published formula and how it kept: a study, or a compendial monograph.

    `role` is "study", "monograph" (compendial) or "formula" (a recipe with a period that somebody
    recommends); `vehicles` are ids of vehicle records where there are such, else the source's own
    words; `form` is "liquid" or "capsules". `date` is the beyond-use period that a monograph
    assigns. `other_ingredients` names what else is in it, `ingredients` how much in what it
    `makes`.
    """

    key: str
    substance: str = bare()
    name: str = bare()
    role: str = bare()
    form: str = bare()
    statement: Fact[str] = text()
    source_form: Fact[str] = text()
    brand: Fact[str] = text()
    concentration: Fact[Quantity] = amount("mg/mL")
    strength: Fact[Quantity] = amount("mg/cap")
    vehicles: Fact[tuple[str, ...]] = texts()
    proportions: Fact[str] = text()
    other_ingredients: Fact[tuple[str, ...]] = texts()
    makes: Fact[Quantity] = amount("mL")
    ingredients: tuple[Ingredient, ...] = rows(Ingredient)
    filler: Fact[str] = text()
    container: Fact[str] = text()
    ph: Fact[Bounds] = bounds()
    conditions: tuple[Condition, ...] = rows(Condition)
    method: Fact[str] = text()
    stability_indicating: Fact[bool] = flag()
    antimicrobial: Fact[bool] = flag()
    date: Fact[Quantity] = amount("day")
    storage: Fact[str] = text()
    assay_limits: Fact[Bounds] = bounds()
    wording: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Kinetics:
    """A cited rate of loss: constant and order at one temperature, pH and vehicle, and its shift.

    `per_day` is the constant, `celsius` its temperature, `activation_kj_per_mol` its energy,
    `studied_celsius` the lowest and highest temperature at which samples were kept.
    """

    key: str
    substance: str = bare()
    name: str = bare()
    order: Fact[str] = text()
    per_day: Fact[Fraction] = number()
    celsius: Fact[Fraction] = number()
    ph: Fact[Fraction] = number()
    vehicle: Fact[str] = text()
    activation_kj_per_mol: Fact[Fraction] = number()
    studied_celsius: Fact[Bounds] = bounds()
    shelf_life: Fact[Quantity] = amount("day")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Liquid:
    """A marketed oral liquid of a substance: why compounding one may be a copy."""

    name: str = bare()
    concentration: Fact[Quantity] = amount("mg/mL")
    pack: Fact[Quantity] = amount("mL")
    ndc: Fact[str] = text()
    note: str = bare(needed=False)
