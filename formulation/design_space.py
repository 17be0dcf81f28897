"""What the design search combines: liquids by recipe, makings by the doses in each, and dates.

A date depends on the concentration only through the evidence: each concentration on record is a
class of its own, all others are one. A making is opened when the one before runs out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from formulation.asked_liquids import in_vehicles
from formulation.assembly import Case
from formulation.bench import Bench
from formulation.beyond_use import Asked, beyond_use
from formulation.layout_terms import MG_ML, published, terms_of
from formulation.layouts import Terms
from formulation.prescription import Prescription
from formulation.recipes import Recipe, own_recipe
from formulation.recipes import published as formulas
from formulation.records import Product, Vehicle
from formulation.result import Absent
from formulation.route_dates import liquid_asked
from formulation.routes import cases_of
from formulation.split import next_day
from formulation.supply import lasting
from formulation.trace import Working
from formulation.units import Quantity

MOST_MAKINGS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """One liquid by its recipe from one source product; only its layout is open."""

    case: Case
    product: Product
    recipe: Recipe
    terms: Terms
    classes: tuple[Fraction, ...]

    @property
    def id(self) -> str:
        """Return the id of its route."""
        return self.recipe.id

    def group(self, concentration: Fraction) -> int:
        """Return the class of a concentration: 0 for all without evidence of their own."""
        return self.classes.index(concentration) + 1 if concentration in self.classes else 0


@dataclass(frozen=True, slots=True, order=True)
class Making:
    """How often it is made, and for how many doses each time."""

    count: int
    doses: int

    def shares(self, doses: int) -> list[int]:
        """Return the doses that are taken from each making: the last may be left with more."""
        return [min(self.doses, doses - at * self.doses) for at in range(self.count)]


def _own(case: Case, product: Product, vehicles: tuple[Vehicle, ...], parts: str) -> Recipe:
    """Return the bench's own liquid; its volume is what is looked for, so none has to be given."""
    found = own_recipe(case, product, vehicles, parts)
    if isinstance(found, Recipe):
        return found
    one = Quantity(Fraction(1), f"mL/{product.unit}")
    return Recipe(id=found.id, title=found.title, each=one, vehicles=vehicles, parts=parts)


def families(
    prescription: Prescription, bench: Bench
) -> tuple[tuple[Family, ...], tuple[Absent, ...]]:
    """Return every liquid that the bench can make, published formulas first, and what it lacks."""
    recipes: list[tuple[Case, Product, Recipe]] = []
    absent: list[Absent] = []
    pairs = cases_of(prescription, bench)
    for case, product in pairs:
        made, lacking = formulas(case, product)
        recipes += [(case, product, recipe) for recipe in made]
        absent += lacking
    for vehicles, parts in in_vehicles(pairs[0][0]) if pairs else ():
        recipes += [
            (case, product, _own(case, product, vehicles, parts)) for case, product in pairs
        ]
    return tuple(_family(*one) for one in recipes), tuple(absent)


def _family(case: Case, product: Product, recipe: Recipe) -> Family:
    classes = tuple(sorted(published(case)))
    return Family(case, product, recipe, terms_of(case, product, recipe), classes)


@dataclass(slots=True)
class Days:
    """Dates and durations, each looked up once."""

    prescription: Prescription
    dates: dict[tuple[str, int, date], date | None] = field(default_factory=dict)
    asked: dict[tuple[str, int], Asked] = field(default_factory=dict)
    spans: dict[tuple[int, date], int] = field(default_factory=dict)

    def until(self, family: Family, group: int, made: date) -> date | None:
        """Return until when a liquid of a class of concentrations may be used; None: no date."""
        key = (family.id, group, made)
        if key not in self.dates:
            found = beyond_use(self._asked(family, group), family.case.bench.rules, made)
            self.dates[key] = found.expires
        return self.dates[key]

    def _asked(self, family: Family, group: int) -> Asked:
        """Return what the date of a class depends on, held against the evidence once."""
        key, every = (family.id, group), family.classes
        if key not in self.asked:
            amount = every[group - 1] if group else max(every, default=Fraction(0)) + 1
            self.asked[key] = liquid_asked(
                family.case, family.product, family.recipe, Quantity(amount, MG_ML)
            )
        return self.asked[key]

    def span(self, doses: int, made: date) -> int:
        """Return for how many days some doses last from a day on; 0 without a frequency."""
        every = self.prescription.every
        if every is None:
            return 0
        key = (doses, made)
        if key not in self.spans:
            self.spans[key] = int(lasting(doses, every, made, Working()).magnitude)
        return self.spans[key]

    def keeps(self, family: Family, group: int, making: Making) -> bool:
        """Say whether the doses of each making are taken before it may no longer be used."""
        made, every = self.prescription.prepared, self.prescription.every
        for doses in making.shares(int(self.prescription.doses.magnitude)):
            until = self.until(family, group, made)
            if until is None or (until - made).days < self.span(doses, made):
                return False
            if every is not None:
                made = next_day(made, self.span(doses, made), every)
        return True

    def fewest(self, limit: int) -> int:
        """Return the fewest makings of which each is used up within `limit` days; 0: none is."""
        doses, made = int(self.prescription.doses.magnitude), self.prescription.prepared
        low, high = 0, doses
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.span(middle, made) <= limit else (low, middle - 1)
        return -(-doses // low) if low else 0


def making(doses: int, count: int) -> Making:
    """Return so many makings, fewer where these would do for as many doses each.

    >>> making(30, 4), making(6, 5)
    (Making(count=4, doses=8), Making(count=3, doses=2))
    """
    each = -(-doses // count)
    return Making(-(-doses // each), each)


def makings(days: Days, limits: set[int]) -> tuple[Making, ...]:
    """Return the makings that are tried: one to twelve, and as few as each date allows.

    Without a frequency nothing says that one making does not do.
    """
    doses = int(days.prescription.doses.magnitude)
    if days.prescription.every is None:
        return (Making(1, doses),)
    counts = set(range(1, min(MOST_MAKINGS, doses) + 1))
    forced = {days.fewest(limit) for limit in limits} - {0}
    if days.prescription.every.weekdays:
        forced |= {count + 1 for count in forced}
    return tuple(sorted({making(doses, count) for count in counts | forced if count <= doses}))
