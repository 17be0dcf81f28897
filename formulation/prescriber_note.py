"""Do not make this; here is what to make instead: the verb `note`, for the prescriber.

It answers a prescription whose route carries a stop; nothing is offered that carries one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from formulation.bench import Bench
from formulation.cited import Unknown
from formulation.errors import FormulationError
from formulation.offered import form, one_dose, shown, until
from formulation.planning import plan
from formulation.prescription import Prescription
from formulation.result import Plan, Route
from formulation.trace import Finding, Worked
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Instead:
    """What may be made in its place: the route's id and title, its form, one dose, its date."""

    id: str
    title: str
    form: str
    one_dose: Quantity
    use_by: date | Unknown


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Note(Worked):
    """Why one route may not be made, on whose word, and what to make instead (None: nothing)."""

    route: Route
    stops: tuple[Finding, ...]
    instead: Instead | None
    sources: tuple[str, ...]

    @property
    def chosen(self) -> str | None:
        """Return the id of what may be made instead."""
        return None if self.instead is None else self.instead.id


def _instead(prescription: Prescription, bench: Bench) -> Instead | None:
    free = replace(prescription, route="")
    route = plan(free, bench).chosen_route
    if route is None:
        return None
    return Instead(route.id, route.title, form(route), one_dose(route, free), until(route))


def _stopped(every: Plan) -> str:
    """Return what to type for a note: a route that carries a stop, where one does."""
    names = [route.id for route in every.routes if not route.may_be_made]
    if not names:
        return "no way of making it is stopped here: there is nothing to answer"
    return f"name the route that was asked for, as --route {names[0]}"


def note(prescription: Prescription, bench: Bench) -> Note:
    """Return why the route asked for may not be made, and what may be made instead.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10,
    ...                            "route": "liquid-water"}, date(2026, 1, 5))
    >>> found = note(p, b)
    >>> found.stops[0].code, found.instead.id
    ('no-date-supported', 'capsules')

    Raises `FormulationError` where nothing that was asked for is stopped.
    """
    every = plan(prescription, bench)
    route = shown(every)
    if route.may_be_made:
        what = f"{route.title}: no stop stands against it"
        raise FormulationError("note-nothing-stopped", what, "route", _stopped(every))
    stops = {f.what: f for f in route.findings if f.level == "stop"}
    sources = {key for found in stops.values() for key in found.sources}
    return Note(
        route=route,
        stops=tuple(stops.values()),
        instead=_instead(prescription, bench),
        sources=tuple(sorted(sources)),
        findings=(*every.findings, *route.findings),
        steps=route.steps,
    )
