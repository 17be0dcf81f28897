"""One prescription, every route, ranked: which can be made, and which to make."""

from __future__ import annotations

import difflib
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from formulation.bench import Bench
from formulation.beyond_use import superseded
from formulation.cited import Unknown
from formulation.clinical import contraindications
from formulation.errors import FormulationError, quote
from formulation.prescription import Prescription
from formulation.printing import show
from formulation.result import Absent, Batch, Offer, Plan, Route
from formulation.routes import all_routes
from formulation.trace import Finding
from formulation.units import Quantity


def plan(prescription: Prescription, bench: Bench) -> Plan:
    """Return every route for one prescription on one bench, and the one to make.

    The chosen route is the first without a stop; `prescription.route` asks for another, and then
    that one is chosen or none. Pure: no file, clock, colour or chance.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10},
    ...                     date(2026, 1, 5))
    >>> found = plan(p, b)
    >>> found.chosen, show(found.chosen_route.sources[0].whole)
    ('capsules', '4 capsules')

    Raises `FormulationError` for a route that does not exist or cannot be worked out here.
    """
    if len(prescription.actives) != 1 or len(prescription.phases) != 1:
        raise FormulationError(
            "plan-one-active", "the plan takes one active at one dose",
            fix="plan each active and each dose by itself",
        )  # fmt: skip
    found = all_routes(prescription, bench)
    routes = tuple(
        _outlasted(route, prescription, bench) for route in found if isinstance(route, Route)
    )
    absent = tuple(item for item in found if isinstance(item, Absent))
    asked = _asked(prescription, routes, absent)
    able = [route for route in routes if route.may_be_made and asked in ("", route.id)]
    return Plan(
        routes=routes,
        absent=absent,
        chosen=able[0].id if able else None,
        asked=asked,
        findings=(
            *contraindications(prescription),
            *superseded(bench.rules, prescription.prepared),
        ),
    )


def _asked(
    prescription: Prescription, routes: tuple[Route, ...], absent: tuple[Absent, ...]
) -> str:
    asked = prescription.route
    if not asked or asked in {route.id for route in routes}:
        return asked
    for item in absent:
        if item.id == asked:
            what = f"the route {asked} cannot be worked out: {item.why}"
            fix = f"ask for one of: {', '.join(route.id for route in routes)}"
            raise FormulationError("route-not-available", what, "route", fix)
    names = [route.id for route in routes]
    near = difflib.get_close_matches(asked, names, n=1)
    fix = f"did you mean {near[0]}?" if near else f"use one of: {', '.join(names)}"
    raise FormulationError("unknown-route", f"no route named {quote(asked)}", "route", fix)


def _outlasted(route: Route, prescription: Prescription, bench: Bench) -> Route:
    """Return the route with a caution and split batches where the doses outlast the date."""
    expires, days = route.beyond_use.expires, route.supply.days
    every = prescription.every
    late = expires is not None and expires < prescription.prepared
    if expires is None or late or every is None or isinstance(days, Unknown):
        return route
    limit = (expires - prescription.prepared).days
    if days.magnitude <= limit:
        return route
    doses = _shares(prescription, limit)
    what = f"The doses last {show(days)}, the preparation {limit:,} days (use by {expires})"
    if not doses:
        finding = Finding("supply-outlasts-date", "caution", what, "no dose fits before that date")
        return replace(route, findings=(finding, *route.findings))
    offer = _split(route, prescription, bench, doses)
    fix = offer.text
    finding = Finding("supply-outlasts-date", "caution", what, fix,
                      Quantity(Fraction(limit), "day"), days)  # fmt: skip
    return replace(route, findings=(finding, *route.findings), offers=(*route.offers, offer))


def _shares(prescription: Prescription, limit: int) -> list[int]:
    """Return the doses of each batch: as few batches as the limit allows, as even as they come."""
    every, doses = prescription.every, int(prescription.doses.magnitude)
    assert every is not None  # noqa: S101  asked only where the supply is known
    most = int(Fraction(limit) / every.period.number("day") * every.count // 1)
    if most < 1:
        return []
    count = -(-doses // most)
    share, over = divmod(doses, count)
    return [share + 1] * over + [share] * (count - over)


def _split(route: Route, prescription: Prescription, bench: Bench, shares: list[int]) -> Offer:
    every = prescription.every
    assert every is not None  # noqa: S101  asked only where the supply is known
    batches, amounts, words, begin = [], [], [], Fraction(0)
    for place, doses in enumerate(shares, 1):
        made = prescription.prepared + timedelta(days=int(begin))
        part = replace(
            prescription, prepared=made, phases=(replace(prescription.phases[0], count=doses),)
        )
        again = next(
            r for r in all_routes(part, bench) if isinstance(r, Route) and r.id == route.id
        )
        batches.append(Batch(made, again.beyond_use.expires, Quantity(Fraction(doses), "dose")))
        units = again.sources[0].whole
        amounts.append((f"batch {place}", units))
        words.append(f"{show(batches[-1].doses)} on {made} ({show(units)})")
        begin += Fraction(doses) / every.count * every.period.number("day")
    text = f"make {len(shares)} batches: {', '.join(words)}"
    return Offer("split-batches", text, tuple(batches), tuple(amounts))
