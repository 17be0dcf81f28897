"""From how many doses on does one way cost less than another: every number tried, none reckoned.

Whole units, whole packs and one set-up for each making make a cost no straight line, so each number
of doses up to a limit is worked out as it would be made, and every change is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from formulation.bench import Bench
from formulation.bill import Bill, Cost
from formulation.cited import Unknown
from formulation.cost_ways import BASES, sold_at, with_doses
from formulation.course import in_batches
from formulation.prescription import Prescription
from formulation.result import Route
from formulation.routes import named_routes
from formulation.split import shares_of
from formulation.units import Quantity

Cheaper = Literal["first", "second", "same", "unknown"]
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """From how many doses to how many one way costs less; `unknown` where one has no cost."""

    start: int
    end: int
    cheaper: Cheaper


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Which of two ways costs less at each number of doses up to the limit, on one basis.

    `flips` is how often that changes. `at_least` says that something of one of them is not priced,
    so that it may in truth lie elsewhere.
    """

    first: str
    second: str
    basis: str
    limit: int
    stretches: tuple[Stretch, ...]
    at_least: bool = False

    @property
    def flips(self) -> int:
        """Return how often the cheaper way changes, numbers at which both cost the same aside."""
        apart = [s.cheaper for s in self.stretches if s.cheaper in ("first", "second")]
        return sum(a != b for a, b in pairwise(apart))


Costs = Mapping[str, Cost]


def costs_at(
    prescription: Prescription, bench: Bench, wanted: Mapping[str, str], limit: int
) -> tuple[Costs, ...]:
    """Return the cost of each wanted way (id and kind) for 1, 2, ... `limit` doses, one fill.

    Where the doses outlast the date, the batches that would be made are each paid for.
    """
    found: list[dict[str, Cost]] = []
    for doses in range(1, limit + 1):
        one = with_doses(prescription, doses)
        routes = named_routes(one, bench, wanted).values()
        sold = [r for r in sold_at(one, bench) if r.id in wanted]
        every = [r for r in (*routes, *sold) if r.may_be_made]
        found.append({r.id: r.cost for r in every})
        for route in every:
            found[-1][route.id] = _whole(route, one, found)
    return tuple(found)


def _whole(route: Route, prescription: Prescription, smaller: list[dict[str, Cost]]) -> Cost:
    """Return the cost with every batch in it that the date forces; one batch where none does."""
    shares = () if route.kind == "as-supplied" else shares_of(route, prescription)
    batches = [smaller[share - 1].get(route.id) for share in shares]
    paid = tuple(batch for batch in batches if batch is not None)
    if len(paid) < 2 or len(paid) < len(batches):
        return route.cost
    return in_batches(route.cost, paid, 0)


def break_evens(ids: tuple[str, ...], costs: tuple[Costs, ...]) -> tuple[BreakEven, ...]:
    """Return for each pair of ways, as used and in whole packs, which costs less and where.

    >>> break_evens(("a", "b"), ())
    ()
    """
    if not costs:
        return ()
    return tuple(
        BreakEven(first, second, basis, len(costs), _stretches(first, second, basis, costs),
                  _at_least(first, second, costs))
        for first, second in combinations(ids, 2)
        for basis in BASES
    )  # fmt: skip


def _at_least(first: str, second: str, costs: tuple[Costs, ...]) -> bool:
    """Say whether a price or charge is missing at any number of doses at which both are priced."""
    pairs = ((at.get(first), at.get(second)) for at in costs)
    return any(a.at_least or b.at_least for a, b in pairs if a is not None and b is not None)


def _bill(cost: Cost | None, basis: str) -> Quantity | Unknown:
    if cost is None:
        return Unknown("cost", "may not be made so")
    bill: Bill = cost.used if basis == "as used" else cost.packs
    return bill.first_fill


def _cheaper(first: Quantity | Unknown, second: Quantity | Unknown) -> Cheaper:
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return "unknown"
    if first == second:
        return "same"
    return "first" if first < second else "second"


def _stretches(
    first: str, second: str, basis: str, costs: tuple[Costs, ...]
) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for doses, at in enumerate(costs, 1):
        cheaper = _cheaper(_bill(at.get(first), basis), _bill(at.get(second), basis))
        if found and found[-1].cheaper == cheaper:
            found[-1] = Stretch(found[-1].start, doses, cheaper)
        else:
            found.append(Stretch(doses, doses, cheaper))
    return tuple(found)
