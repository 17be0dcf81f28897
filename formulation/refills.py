"""One batch for all fills, or one for each: source units saved, and which fills it outlasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from formulation.assembly import KEPT
from formulation.bench import Bench
from formulation.cited import Unknown
from formulation.prescription import Prescription
from formulation.printing import show
from formulation.result import Absent, Batch, Offer, Route
from formulation.routes import all_routes
from formulation.supply import lasting
from formulation.trace import Working
from formulation.units import Quantity


def refilled(
    routes: tuple[Route, ...], prescription: Prescription, bench: Bench
) -> tuple[Route, ...]:
    """Return the routes, each that is kept with the offer of one batch for all its fills."""
    if not prescription.refills:
        return routes
    fills = prescription.refills + 1
    phase = replace(prescription.phases[0], count=int(prescription.doses.magnitude) * fills)
    whole = replace(prescription, phases=(phase,), refills=0, pool=None)
    larger = {r.id: r for r in all_routes(whole, bench) if isinstance(r, Route)}
    alone = {
        r.id: r for r in all_routes(replace(prescription, pool=None), bench)
        if not isinstance(r, Absent)
    }  # fmt: skip
    return tuple(_offered(r, alone.get(r.id), larger.get(r.id), prescription) for r in routes)


def _offered(
    route: Route, one: Route | None, every: Route | None, prescription: Prescription
) -> Route:
    fills = prescription.refills + 1
    if route.kind not in KEPT or one is None or every is None:
        return route
    until = every.beyond_use.expires
    if not (one.may_be_made and every.may_be_made) or until is None:
        return route
    each, whole = one.sources[0].whole, every.sources[0].whole
    apart = each * fills
    saved = apart - whole
    made = every.batches[0].made
    ends = _ends(one, prescription, made)
    text = (
        f"one batch for all {fills} fills: {show(whole)}; one batch per fill: {show(apart)}, "
        f"{_saving(saved)}. {_inside(one, until, ends)}"
    )
    offer = Offer(
        "one-batch-or-per-fill", text,
        (Batch(made, until, every.batches[0].doses),),
        (("one batch", whole), ("one batch per fill", apart), ("saved", saved)),
    )  # fmt: skip
    return replace(route, offers=(*route.offers, offer))


def _saving(saved: Quantity) -> str:
    if not saved:
        return "nothing saved"
    if saved.magnitude > 0:
        return f"{show(saved)} saved by one batch"
    return f"{show(Quantity(-saved.magnitude, saved.unit))} more by one batch"


def _ends(one: Route, prescription: Prescription, made: date) -> list[date]:
    """Return the day on which each fill of one batch is used up, one taken after the other."""
    doses, every = int(one.batches[0].doses.magnitude), prescription.every
    if every is None:
        return []
    return [
        made + timedelta(days=int(lasting(doses * place, every, made, Working()).magnitude))
        for place in range(1, prescription.refills + 2)
    ]


def _inside(one: Route, until: date, ends: list[date]) -> str:
    """Return which fills of one batch are used up by its date; unknown without a frequency."""
    if isinstance(one.supply.days, Unknown):
        return f"Whether each fill of one batch ends by {until} is unknown: no frequency"
    if one.supply.at_least:
        return f"Use by {until}; how long a fill lasts is only known from below"
    beyond = [str(place) for place, end in enumerate(ends, 1) if end > until]
    if not beyond:
        return f"Each fill of one batch is used up by {until}"
    names = ", ".join(beyond)
    which = f"fill {names} ends" if len(beyond) == 1 else f"fills {names} end"
    return f"Of one batch, {which} after {until}: make a batch anew for what ends later"
