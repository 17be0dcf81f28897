"""What is keyed into a claim for a compound: a line for each ingredient, and the minutes of work.

Quantities are counted in EA, GM or ML. A code that is not on record is a blank, never invented
(docs/method/costs.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation.bench import Bench
from formulation.cited import Fact, Unknown, known
from formulation.prescription import Prescription
from formulation.printing import decimal, to_places
from formulation.result import Need, Route
from formulation.units import Quantity, same_kind

PLACES = 3
NOT_PRICED = Unknown("cost", "no price of it here", "add it to the bench")
NOT_INGREDIENTS = ("bottle", "oral-syringe")
_UNITS = (("cap", "EA"), ("tab", "EA"), ("each", "EA"), ("g", "GM"), ("mL", "ML"))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ClaimLine:
    """One ingredient: its 11-digit NDC (empty: not on record), quantity, billing unit and cost."""

    ingredient: str
    ndc: str
    quantity: Quantity | Unknown
    unit: str
    cost: Quantity | Unknown

    @property
    def keyed(self) -> str:
        """Return the quantity as it is keyed: to three decimals, without commas."""
        if isinstance(self.quantity, Unknown):
            return ""
        return decimal(to_places(self.quantity.magnitude, PLACES)).replace(",", "")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Claim:
    """The lines of one compound, and its minutes of work."""

    route: str
    lines: tuple[ClaimLine, ...]
    minutes: Quantity | Unknown
    at_least: bool


def claim(route: Route, prescription: Prescription, bench: Bench) -> Claim:
    """Return what is keyed for one way: as billed on this bench, containers and devices left out.

    Costs are the ingredients' own; labour, fees, markup and tax are no ingredient.
    """
    cost = route.cost
    lines = cost.pack_lines if cost.billing == "packs" else cost.lines
    priced = {line.item: line for line in lines if line.part == "material"}
    codes = _codes(prescription, bench)
    found = []
    for need in route.needs:
        if need.item in NOT_INGREDIENTS:
            continue
        line = priced.get(need.words)
        amount = line.quantity if line else need.quantity
        paid = (
            line.amount if line else Unknown("cost", "no price of it here", "add it to the bench")
        )
        quantity, unit = _counted(amount)
        found.append(ClaimLine(_name(need), codes.get(need.item, ""), quantity, unit, paid))
    return Claim(route.id, tuple(found), cost.minutes, cost.at_least)


def _name(need: Need) -> str:
    return need.words.removesuffix(", amount unknown")


def _counted(amount: Quantity | None) -> tuple[Quantity | Unknown, str]:
    for unit, billed in _UNITS:
        if amount is not None and same_kind(amount.unit, unit):
            return amount.to(unit), billed
    return Unknown("quantity", "how much goes in is not known yet", "weigh it"), ""


def _codes(prescription: Prescription, bench: Bench) -> dict[str, str]:
    """Return the 11-digit codes on record, by the id of the product."""
    every = (*prescription.active.substance.marketed, *bench.products)
    found: dict[str, str] = {}
    for product in every:
        code: Fact[str] = product.ndc11
        found[product.key] = known(code) or ""
    return found
