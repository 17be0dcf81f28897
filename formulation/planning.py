"""One prescription, every route, ranked: which can be made, and which to make."""

from __future__ import annotations

from formulation.bench import Bench
from formulation.clinical import contraindications
from formulation.dating import in_force
from formulation.errors import FormulationError, nearest, quote
from formulation.prescription import Prescription
from formulation.refills import refilled
from formulation.result import Absent, Plan, Route
from formulation.routes import all_routes
from formulation.split import outlasted
from formulation.trace import Finding


def plan(prescription: Prescription, bench: Bench) -> Plan:
    """Return every route for one prescription on one bench, and the one to make.

    The chosen route is the first without a stop; `prescription.route` asks for another, and then
    that one is chosen or none. Pure: no file, clock, colour or chance.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10},
    ...                     date(2026, 1, 5))
    >>> found = plan(p, b)
    >>> from formulation.printing import show
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
        outlasted(route, prescription, bench) for route in found if isinstance(route, Route)
    )
    routes = refilled(routes, prescription, bench)
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
            *in_force(bench.rules, prescription.prepared),
            *_unassigned(prescription, routes),
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
    near = nearest(asked, names)
    fix = f"use one of: {', '.join(names)}" if names else "no route can be worked out on this bench"
    fix = f"did you mean {near}?" if near else fix
    raise FormulationError("unknown-route", f"no route named {quote(asked)}", "route", fix)


def _unassigned(prescription: Prescription, routes: tuple[Route, ...]) -> tuple[Finding, ...]:
    """Return the caution that an assigned date stands for no route that is kept."""
    assigned = prescription.assigned
    kept = {r.id for r in routes if r.kind in ("liquid", "capsules", "capsules-bulk")}
    if assigned is None or assigned.route in kept:
        return ()
    named = f"{quote(assigned.route)} is not kept" if assigned.route else "no route is named"
    what = f"A beyond-use period is assigned, but {named}: it lifts no stop"
    fix = 'name the one preparation that the evidence is for: route = "liquid-water"'
    return (Finding("assigned-to-no-route", "caution", what, fix),)
