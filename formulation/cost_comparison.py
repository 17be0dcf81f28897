"""Does compounding save money: every way held against the product, as used and in whole packs.

difference = cost of the compounded way - cost of the product's. What is not priced, assumed or old
is said with it; without all of it nothing is called a saving.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from formulation.bench import Bench
from formulation.bill import Cost
from formulation.break_even import BreakEven, break_evens, costs_at
from formulation.charge_lines import Job
from formulation.charges import form_of
from formulation.cited import Unknown
from formulation.claims import Claim, claim
from formulation.cost_ways import BASES, Way, ways
from formulation.errors import FormulationError
from formulation.prescription import Prescription
from formulation.price_cautions import OLD_DAYS
from formulation.result import Plan, Route
from formulation.swings import Swing, swings
from formulation.trace import Finding, Worked, Working
from formulation.units import Quantity

LIMIT, MOST_LIMIT = 100, 1000
SHARE = Fraction(1, 5)
Verdict = Literal["saves", "would save", "saves nothing", "not shown"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Saving:
    """One compounded way against one product, on one basis, for one fill.

    `drug` is the source's line alone; `but` is what the figures stand on: old or assumed prices;
    `missing` and `missing_against` are what is not priced of either side.
    """

    way: str
    against: str
    basis: str
    drug: Quantity
    drug_against: Quantity
    cost: Quantity
    cost_against: Quantity
    difference: Quantity
    verdict: Verdict
    but: tuple[str, ...]
    missing: tuple[str, ...]
    missing_against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Comparison(Worked):
    """Every way next to the product: costs, savings, break-evens, and what the cost hangs on.

    `chosen` is the plan's way to make, or None; the swings and the claim are of it.
    """

    ways: tuple[Way, ...]
    chosen: str | None
    savings: tuple[Saving, ...]
    break_evens: tuple[BreakEven, ...]
    limit: int
    swings: tuple[Swing, ...]
    share: Fraction
    claim: Claim | None

    @property
    def may_be_made(self) -> bool:
        """Say whether there is a way to make."""
        return self.chosen is not None

    @property
    def chosen_way(self) -> Way | None:
        """Return the way to make, where there is one."""
        return next((way for way in self.ways if way.id == self.chosen), None)


def compare(
    prescription: Prescription, bench: Bench, limit: int = LIMIT, share: Fraction = SHARE
) -> Comparison:
    """Return the costs of every way that may be made, against the product as it is sold.

    `limit` is the greatest number of doses tried for a break-even, `share` the change of each
    input. Pure: no file, clock or chance.

    >>> from formulation.intake import read_case
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10},
    ...                     date(2026, 1, 5))
    >>> found = compare(p, b, limit=12)
    >>> from formulation.printing import show
    >>> [(s.basis, show(s.drug), show(s.drug_against)) for s in found.savings]
    [('as used', '$140.00', '$350.00'), ('whole packs', '$1,050.00', '$1,050.00')]

    Raises `FormulationError` for a limit or a share that cannot be.
    """
    _checked(limit, share)
    every, found = ways(prescription, bench)
    chosen = next((way for way in every if way.id == found.chosen), None)
    working = Working()
    priced = [way for way in every if isinstance(way.route.cost.total, Quantity)]
    kinds = {way.id: way.route.kind for way in priced}
    at = costs_at(prescription, bench, kinds, limit) if len(kinds) > 1 else ()
    return Comparison(
        ways=every,
        chosen=found.chosen,
        savings=tuple(_savings(every, prescription.prepared, working)),
        break_evens=break_evens(tuple(kinds), at),
        limit=limit,
        swings=_swings(chosen, prescription, bench, share),
        share=share,
        claim=claim(chosen.route, prescription, bench) if chosen else None,
        steps=tuple(working.steps),
        findings=(*found.findings, *_cost_findings(every), *_stopped(found, chosen)),
    )


def _checked(limit: int, share: Fraction) -> None:
    if not 1 <= limit <= MOST_LIMIT:
        what = f"{limit:,} doses as the limit of the search"
        fix = f"give a whole number from 1 to {MOST_LIMIT:,}"
        raise FormulationError("search-limit", what, "option --up-to", fix)
    if not 0 < share < 1:
        what = "a change of nothing, or of all"
        raise FormulationError("change-share", what, "option --by", 'type it as in "20 %"')


def _stopped(found: Plan, chosen: Way | None) -> tuple[Finding, ...]:
    """Return the stops of the asked route, or of every route, where there is none to make."""
    if chosen is not None:
        return ()
    routes = (route for route in found.routes if found.asked in ("", route.id))
    every = (f for route in routes for f in route.findings if f.level == "stop")
    return tuple({(f.code, f.what): f for f in every}.values())


def _cost_findings(every: tuple[Way, ...]) -> tuple[Finding, ...]:
    found = (f for way in every for f in way.route.cost.findings)
    return tuple({(f.code, f.what): f for f in found}.values())


def job_of(route: Route, prescription: Prescription) -> Job:
    """Return what one making of a route is charged for."""
    return Job(form_of(route.kind), route.batches[0].doses, route.made.theoretical,
               prescription.prepared, prescription.refills)  # fmt: skip


def _swings(
    chosen: Way | None, prescription: Prescription, bench: Bench, share: Fraction
) -> tuple[Swing, ...]:
    if chosen is None:
        return ()
    return swings(chosen.route, bench, job_of(chosen.route, prescription), share)


# Does it save.


def _savings(every: tuple[Way, ...], day: date, working: Working) -> list[Saving]:
    found = []
    for way in (w for w in every if w.compounded):
        for product in (w for w in every if not w.compounded):
            for basis in BASES:
                one = _saving(way, product, basis, day, working)
                found += [one] if one else []
    return found


def _saving(way: Way, product: Way, basis: str, day: date, working: Working) -> Saving | None:
    own, other = way.bill(basis).first_fill, product.bill(basis).first_fill
    drug, drug_other = way.source_line(basis), product.source_line(basis)
    if isinstance(own, Unknown) or isinstance(other, Unknown) or not drug or not drug_other:
        return None
    difference = working.work(
        f"{way.id} against {product.id}, {basis}", "cost - against",
        {"cost": own, "against": other}, "more where it is above zero, less where it is below",
    )  # fmt: skip
    costs = (way.route.cost, product.route.cost)
    but = (*_old(costs, day), *_undated(costs), *_assumed(costs))
    verdict = _verdict(difference, costs, but)
    return Saving(way.id, product.id, basis, drug.amount, drug_other.amount, own, other,
                  difference, verdict, but, costs[0].missing, costs[1].missing)  # fmt: skip


def _verdict(difference: Quantity, costs: tuple[Cost, Cost], but: tuple[str, ...]) -> Verdict:
    """Return what is certain: what is not priced only ever adds, to its own side alone."""
    own, other = costs
    if difference.magnitude >= 0 and not other.at_least:
        return "saves nothing"
    if difference.magnitude >= 0 or own.at_least:
        return "not shown"
    return "would save" if but else "saves"


def _old(costs: tuple[Cost, Cost], day: date) -> tuple[str, ...]:
    days = {line.priced for cost in costs for line in cost.lines
            if line.priced and (day - line.priced).days > OLD_DAYS}  # fmt: skip
    return tuple(f"a price of {one}" for one in sorted(days))


def _undated(costs: tuple[Cost, Cost]) -> tuple[str, ...]:
    """Return that a price has no day, so that it may be of any year; assumed ones are told so."""
    some = any(line.part == "material" and line.priced is None and not line.assumed
               for cost in costs for line in cost.lines)  # fmt: skip
    return ("prices without a day",) if some else ()


def _assumed(costs: tuple[Cost, Cost]) -> tuple[str, ...]:
    some = any(cost.assumed for cost in costs)
    return ("assumed prices or charges",) if some else ()
