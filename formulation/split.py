"""Do the doses outlast the preparation, and into which batches would they go instead.

As few batches as the date allows, as even as they come, each made when the one before runs out. An
offer is made only where every batch is free of stops and lasts until its own doses are taken.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from formulation.bench import Bench
from formulation.bill import Cost
from formulation.cited import Unknown
from formulation.course import in_batches
from formulation.prescription import Frequency, Prescription
from formulation.printing import show
from formulation.result import IN_ALL, SPLIT, WASTED, Batch, Offer, Route
from formulation.routes import named_routes
from formulation.supply import lasting
from formulation.trace import Finding, Working
from formulation.units import Quantity, total

SHOWN, FRIDAY = 4, 4
LATER = "use stock that expires later, or dispense less"


def outlasted(route: Route, prescription: Prescription, bench: Bench) -> Route:
    """Return the route with a caution and split batches where the doses outlast the date."""
    expires, days = route.beyond_use.expires, route.supply.days
    every, start = prescription.every, prescription.prepared
    if expires is None or expires < start or every is None or isinstance(days, Unknown):
        return route
    limit = (expires - start).days
    if days.magnitude <= limit:
        return route
    kept = show(Quantity(Fraction(limit), "day"))
    what = f"The doses last {show(days)}, the preparation {kept} (use by {expires})"
    offer, made = None, None
    if route.kind != "as-supplied":
        for shares in _shares(prescription, every, limit):
            made = made or _split(route, prescription, bench, shares)
    if made is not None:
        offer, costs = made
        route = replace(route, cost=in_batches(route.cost, costs, prescription.refills))
    fix = offer.text if offer else LATER
    finding = Finding("supply-outlasts-date", "caution", what, fix,
                      Quantity(Fraction(limit), "day"), days)  # fmt: skip
    offers = (*route.offers, offer) if offer else route.offers
    return replace(route, findings=(finding, *route.findings), offers=offers)


def shares_of(route: Route, prescription: Prescription) -> tuple[int, ...]:
    """Return the doses of each batch where they outlast the date, else nothing."""
    expires, days = route.beyond_use.expires, route.supply.days
    every, start = prescription.every, prescription.prepared
    if expires is None or expires < start or every is None or isinstance(days, Unknown):
        return ()
    limit = (expires - start).days
    offered = _shares(prescription, every, limit) if days.magnitude > limit else []
    return next((tuple(s) for s in offered if _last(s, every, start, limit)), ())


def _last(shares: list[int], every: Frequency, start: date, limit: int) -> bool:
    """Say whether each batch is taken within `limit` days of its own making."""
    for doses in shares:
        days = int(lasting(doses, every, start, Working()).magnitude)
        if days > limit:
            return False
        start = next_day(start, days, every)
    return True


def next_day(made: date, days: int, every: Frequency) -> date:
    """Return the day on which the next batch is made: never on a weekend for weekday doses."""
    made += timedelta(days=days)
    if every.weekdays and made.weekday() > FRIDAY:
        made += timedelta(days=7 - made.weekday())
    return made


def _fit(every: Frequency, start: date, limit: int, doses: int) -> int:
    """Return how many doses, at most `doses`, are taken within `limit` days of `start`."""
    most = min(doses, int(Fraction(limit) / every.period.number("day") * every.count // 1) + 2)
    while most and lasting(most, every, start, Working()).magnitude > limit:
        most -= 1
    return most


def _shares(prescription: Prescription, every: Frequency, limit: int) -> list[list[int]]:
    """Return the doses of each batch: as few batches as the limit allows, as even as they come.

    Doses on weekdays last longer from a Friday on than from a Monday: one batch more comes second.
    """
    doses = int(prescription.doses.magnitude)
    most = _fit(every, prescription.prepared, limit, doses)
    if most < 1:
        return []
    fewest = -(-doses // most)
    return [_even(doses, count) for count in range(fewest, fewest + 1 + every.weekdays)]


def _even(doses: int, count: int) -> list[int]:
    share, over = divmod(doses, count)
    return [share + 1] * over + [share] * (count - over)


def _split(
    route: Route, prescription: Prescription, bench: Bench, shares: list[int]
) -> tuple[Offer, tuple[Cost, ...]] | None:
    """Return the batches and what each costs; None where one cannot be made or would not last."""
    every, made = prescription.every, prescription.prepared
    assert every is not None  # noqa: S101  asked only where the supply is known
    batches, units, costs, wasted = [], [], [], []
    for doses in shares:
        again = _batch(route, prescription, bench, (doses, made))
        until, days = again.beyond_use.expires, again.supply.days
        if not again.may_be_made or until is None or isinstance(days, Unknown):
            return None
        if (until - made).days < days.magnitude:
            return None
        batches.append(Batch(made, until, Quantity(Fraction(doses), "dose")))
        units.append(again.sources[0].whole)
        wasted.append(again.balances[0].wasted)
        costs.append(again.cost)
        made = next_day(made, int(days.magnitude), every)
    if not batches:
        return None
    amounts = (
        *((f"batch {place}", whole) for place, whole in enumerate(units, 1)),
        (IN_ALL, total(units, units[0].unit)), (WASTED, total(wasted, wasted[0].unit)),
    )  # fmt: skip
    offer = Offer(SPLIT, _words(batches, units), tuple(batches), amounts)
    return offer, tuple(costs)


def _batch(route: Route, prescription: Prescription, bench: Bench, part: tuple[int, date]) -> Route:
    """Return the same route for some of the doses on a later day, from units not yet opened."""
    doses, made = part
    phase = replace(prescription.phases[0], count=doses)
    one = replace(prescription, prepared=made, phases=(phase,), pool=None)
    day = prescription.prepared
    known = tuple(price for price in bench.prices if price.start is None or price.start <= day)
    return named_routes(one, replace(bench, prices=known), {route.id: route.kind})[route.id]


def _words(batches: list[Batch], units: list[Quantity]) -> str:
    each = [
        f"{show(batch.doses)} on {batch.made} ({show(whole)})"
        for batch, whole in zip(batches, units, strict=True)
    ]
    if len(each) > SHOWN:
        each = [*each[:2], "...", each[-1]]
    return f"make {len(batches)} batches: {', '.join(each)}"
