"""What the plan answers: routes with their sources, batches, balances, dates, costs and doses.

The tree is data: every amount exact, nothing rounded, nothing rendered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from formulation.bill import Cost
from formulation.cited import Unknown
from formulation.kept import BeyondUse
from formulation.loss import Keeping
from formulation.measurable import Snapped
from formulation.spread import Range
from formulation.trace import Worked, worst
from formulation.units import Quantity

Mode = Literal["spread", "fixed", "each", "none"]
Method = Literal["whole-unit", "packing", "top-up"]
SPLIT, IN_ALL, WASTED = "split-batches", "all batches", "wasted in all batches"


@dataclass(frozen=True, slots=True)
class SourceUse:
    """What is taken from stock: exact need, whole units opened, drug in them, drug left over.

    A bulk powder has no whole units: `exact` and `whole` are both the powder weighed.
    """

    key: str
    name: str
    exact: Quantity
    whole: Quantity
    drug: Quantity
    leftover: Quantity


@dataclass(frozen=True, slots=True)
class MassBalance:
    """Where every milligram of one active went; the parts sum to `taken` exactly.

    `taken` is the drug opened or weighed; `dispensed` leaves out the overage and surcharge in it.
    """

    substance: str
    taken: Quantity
    dispensed: Quantity
    overage: Quantity
    extra: Quantity
    loss: Quantity
    discarded: Quantity
    leftover: Quantity

    @property
    def parts(self) -> tuple[tuple[str, Quantity], ...]:
        """Return the parts with the words they print under."""
        return (
            ("dispensed", self.dispensed),
            ("overage and surcharge in it", self.overage),
            ("extra units made", self.extra),
            ("loss", self.loss),
            ("discarded", self.discarded),
            ("left over", self.leftover),
        )

    @property
    def wasted(self) -> Quantity:
        """Return the drug taken that reaches nobody: lost, discarded, left over, extra units."""
        return self.extra + self.loss + self.discarded + self.leftover


@dataclass(frozen=True, slots=True)
class Batch:
    """One making: when, good until when (None: no date stands), for how many doses."""

    made: date
    expires: date | None
    doses: Quantity


@dataclass(frozen=True, slots=True)
class Need:
    """Something that is used up: the item's id, its words, how much of it (None: unknown)."""

    item: str
    words: str
    quantity: Quantity | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ErrorTerm:
    """One cause by which the dose may differ: shares of the nominal dose below and above it."""

    name: str
    low: Fraction
    high: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One amount put on a device: how often it is drawn for a dose, and how it was rounded."""

    what: str
    device: str
    times: int
    snapped: Snapped
    assumed: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Action:
    """One thing to do at the bench, under the word it stands beside: open, weigh, fill, keep."""

    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Yield:
    """Units that the batch makes on paper, units expected after loss; the actual is a blank."""

    theoretical: Quantity
    expected: Quantity
    mode: Mode


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Supply:
    """How long the doses last and how much is taken on one day, where a frequency was given."""

    days: Quantity | Unknown
    at_least: bool
    daily: Quantity | Unknown


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Offer:
    """Something that could be done instead or besides, with its numbers."""

    name: str
    text: str
    batches: tuple[Batch, ...] = ()
    amounts: tuple[tuple[str, Quantity], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Route(Worked):
    """One way of preparing the prescription, whole.

    `form` is what a liquid is called on its label: a solution or a suspension where that is known.
    """

    id: str
    kind: str
    title: str
    sources: tuple[SourceUse, ...]
    batches: tuple[Batch, ...]
    balances: tuple[MassBalance, ...]
    beyond_use: BeyondUse
    cost: Cost
    dose: Range
    dose_basis: str
    terms: tuple[ErrorTerm, ...]
    supply: Supply
    made: Yield
    measures: tuple[Measure, ...] = ()
    amounts: tuple[tuple[str, Quantity | Unknown], ...] = ()
    actions: tuple[Action, ...] = ()
    offers: tuple[Offer, ...] = ()
    needs: tuple[Need, ...] = ()
    keeping: tuple[Keeping, ...] = ()
    form: str = ""

    @property
    def may_be_made(self) -> bool:
        """Say whether no stop stands against it."""
        return worst(self.findings) != "stop"

    @property
    def opened(self) -> Quantity:
        """Return the source units of every batch that the date forces, together."""
        return self._together(IN_ALL, self.sources[0].whole)

    @property
    def wasted(self) -> Quantity:
        """Return the drug of every batch that reaches nobody, together."""
        return self._together(WASTED, self.balances[0].wasted)

    def _together(self, name: str, one: Quantity) -> Quantity:
        every = (offer.amounts for offer in self.offers if offer.name == SPLIT)
        return next((value for rows in every for key, value in rows if key == name), one)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Absent:
    """A route that cannot be worked out here, in one line: not on this bench, or not this dose.

    `each` names the published formulas that one line stands for, and what each of them lacks.
    """

    id: str
    kind: str
    title: str
    why: str
    each: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Plan(Worked):
    """Every route for one prescription, in order; `chosen` is the one to make, or None."""

    routes: tuple[Route, ...]
    absent: tuple[Absent, ...]
    chosen: str | None
    asked: str = ""

    @property
    def chosen_route(self) -> Route | None:
        """Return the chosen route where there is one."""
        return next((route for route in self.routes if route.id == self.chosen), None)

    @property
    def may_be_made(self) -> bool:
        """Say whether what was asked for may be made: the asked route, else any."""
        if self.asked:
            return any(route.may_be_made for route in self.routes if route.id == self.asked)
        return any(route.may_be_made for route in self.routes)
