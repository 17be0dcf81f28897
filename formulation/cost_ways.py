"""Which ways are compared: every route that may be made, and each product that is sold at the dose.

A product as supplied, and the dispersion that opens one whole product a dose, are what compounding
is held against.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.assembly import Case
from formulation.bench import Bench
from formulation.bill import Bill, Cost, CostLine
from formulation.capsule_routes import as_supplied
from formulation.cited import Cited, Unknown
from formulation.planning import plan
from formulation.prescription import Prescription
from formulation.result import Plan, Route
from formulation.units import Quantity

BASES = ("as used", "whole packs")
AT_ITS_END = Unknown("at_most", "the price is at its upper end")
UNCOMPOUNDED = ("as-supplied", "dispersion")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Way:
    """One way with its cost; `highest` is its cost where prices are ranges, at their upper ends.

    `sold` says that it is a product of the catalog that does not lie on the bench.
    """

    route: Route
    sold: bool
    fills: int
    highest: Cost | None

    @property
    def id(self) -> str:
        """Return the route's id."""
        return self.route.id

    @property
    def compounded(self) -> bool:
        """Say whether anything is compounded ahead, and not one whole product opened a dose."""
        return self.route.kind not in UNCOMPOUNDED

    def bill(self, basis: str) -> Bill:
        """Return what it comes to as used or in whole packs."""
        cost = self.route.cost
        return cost.used if basis == "as used" else cost.packs

    def high_bill(self, basis: str) -> Bill | None:
        """Return what it comes to at the upper ends of its prices, where they are ranges."""
        if self.highest is None:
            return None
        return self.highest.used if basis == "as used" else self.highest.packs

    def source_line(self, basis: str) -> CostLine | None:
        """Return the line of the drug, or None where it has no price."""
        cost = self.route.cost
        if isinstance(cost.total, Unknown):
            return None
        return (cost.lines if basis == "as used" else cost.pack_lines)[0]

    def each(self, bill: Bill) -> Quantity | Unknown:
        """Return what a dose costs over the whole course, every batch and refill counted."""
        doses = self.route.batches[0].doses.magnitude * self.fills
        if isinstance(bill.course, Unknown) or not doses:
            return bill.per_dose
        return bill.course / doses


def at_upper_ends(bench: Bench) -> Bench:
    """Return the bench with every price that is a range at its upper end."""
    prices = tuple(
        replace(price, price=price.at_most, at_most=AT_ITS_END)
        if isinstance(price.at_most, Cited)
        else price
        for price in bench.prices
    )
    return replace(bench, prices=prices)


def sold_at(prescription: Prescription, bench: Bench) -> tuple[Route, ...]:
    """Return each product of the catalog that is not on the bench and gives the dose whole."""
    here = {product.key for product in bench.products}
    found = (
        as_supplied(Case(prescription, bench, product, f":{product.key}"), product)
        for product in prescription.active.substance.marketed
        if product.key not in here
    )
    return tuple(route for route in found if isinstance(route, Route))


def ways(prescription: Prescription, bench: Bench) -> tuple[tuple[Way, ...], Plan]:
    """Return every way that may be made, and the plan that they come from."""
    found = plan(prescription, bench)
    upper = _highest(prescription, bench)
    sold = sold_at(prescription, bench)
    fills = prescription.refills + 1
    own = {route.id for route in sold}
    return tuple(
        Way(route, route.id in own, fills, upper.get(route.id))
        for route in (*found.routes, *sold)
        if route.may_be_made
    ), found


def _highest(prescription: Prescription, bench: Bench) -> dict[str, Cost]:
    """Return the cost of each way at the upper ends of prices, where it differs by them."""
    if not any(isinstance(price.at_most, Cited) for price in bench.prices):
        return {}
    upper = at_upper_ends(bench)
    routes = (*plan(prescription, upper).routes, *sold_at(prescription, upper))
    return {route.id: route.cost for route in routes}


def with_doses(prescription: Prescription, doses: int) -> Prescription:
    """Return one fill of the same prescription for another number of doses, nothing weighed yet."""
    phase = replace(prescription.phases[0], count=doses)
    return replace(prescription, phases=(phase,), refills=0, pool=None, route="")


def scaled(quantity: Quantity, share: Fraction) -> Quantity:
    """Return an amount changed by a share of itself."""
    return quantity * (1 + share)
