"""The bill of one route: its lines, what they come to, and whose the leftovers are.

Every line is rounded once to the cent; a total is the sum of the printed lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from formulation.cited import Unknown
from formulation.trace import Worked
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CostLine:
    """One line of the bill: quantity, unit price, and the amount rounded once to the cent.

    `part` is material, labour, fee, markup or tax; of the last two the quantity is a share.
    """

    item: str
    quantity: Quantity
    unit_price: Quantity
    amount: Quantity
    priced: date | None
    source: str
    assumed: bool
    part: str = "material"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bill:
    """What is charged, part by part: one making, the first fill, each refill, the whole course.

    `total` and the parts are the making shown; `first_fill` and `per_dose` count every batch where
    the doses outlast the date. A part that is not on the bench is unknown.
    """

    materials: Quantity | Unknown
    labour: Quantity | Unknown
    fees: Quantity | Unknown
    markup: Quantity | Unknown
    tax: Quantity | Unknown
    total: Quantity | Unknown
    per_dose: Quantity | Unknown
    first_fill: Quantity | Unknown
    refill: Quantity | Unknown
    course: Quantity | Unknown


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is left of a pack or of opened powder, and whose it is: patient, stock, or unknown."""

    item: str
    quantity: Quantity
    owner: Literal["patient", "stock", "unknown"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Cost(Worked):
    """What it costs, as used and by whole packs bought; `missing` makes a total "at least".

    `billing` says which of the two is charged: units, packs, or empty where the bench does not
    say. With the source not priced the totals are unknown, never zero.
    """

    lines: tuple[CostLine, ...]
    pack_lines: tuple[CostLine, ...]
    used: Bill
    packs: Bill
    billing: str
    leftovers: tuple[Leftover, ...]
    makings: int
    missing: tuple[str, ...]
    wasted: Quantity | Unknown
    minutes: Quantity | Unknown

    @property
    def at_least(self) -> bool:
        """Say whether a price is missing, so that the total is a lower bound."""
        return bool(self.missing)

    @property
    def assumed(self) -> bool:
        """Say whether any price or charge on it is an assumption."""
        return any(line.assumed for line in self.lines)

    @property
    def billed(self) -> Bill:
        """Return what is charged: whole packs where those are billed, else what is used."""
        return self.packs if self.billing == "packs" else self.used

    @property
    def total(self) -> Quantity | Unknown:
        """Return what one making costs as used."""
        return self.used.total

    @property
    def pack_total(self) -> Quantity | Unknown:
        """Return what one making costs in whole packs."""
        return self.packs.total

    @property
    def per_dose(self) -> Quantity | Unknown:
        """Return what one dose of the first fill costs as used, every batch counted."""
        return self.used.per_dose

    @property
    def course(self) -> Quantity | Unknown:
        """Return what the first fill and all refills cost as used."""
        return self.used.course
