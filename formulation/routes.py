"""Every way of preparing a prescription on a bench, in the order in which they are considered."""

from __future__ import annotations

from formulation import capsule_routes, liquid_routes
from formulation.assembly import Case
from formulation.bench import Bench
from formulation.prescription import Prescription
from formulation.records import Product
from formulation.result import Absent, Route

NOT_HERE = "not on this bench"


def _source(prescription: Prescription, bench: Bench) -> Product | None:
    name = prescription.active.substance.name
    return next((p for p in bench.products if p.substance == name), None)


def all_routes(prescription: Prescription, bench: Bench) -> tuple[Route | Absent, ...]:
    """Return each route worked out, or the line that says why it cannot be.

    Order: as supplied, capsules from source, capsules from bulk, single-use dispersion, then the
    liquids kept for days, one for each vehicle of the bench.
    """
    product = _source(prescription, bench)
    case = Case(prescription, bench, product)
    found: list[Route | Absent] = []
    if product is None:
        for kind, title in _FROM_SOURCE:
            found.append(Absent(kind, kind, title, f"{NOT_HERE}: no source product"))
    else:
        found.append(capsule_routes.as_supplied(case, product))
        found.append(capsule_routes.from_source(case, product))
    found.append(_bulk(case))
    if product is not None:
        water = next((v for v in bench.vehicles if v.key == "water"), None)
        found.append(liquid_routes.dispersion(case, product, water))
        found += [liquid_routes.kept_liquid(case, product, v) for v in bench.vehicles]
    return tuple(found)


_FROM_SOURCE = (
    ("as-supplied", "as supplied"),
    ("capsules", "capsules from source units"),
    ("dispersion", "single-use dispersion"),
    ("liquid", "oral liquids for several days"),
)


def _bulk(case: Case) -> Route | Absent:
    for lot in case.bench.bulk:
        if lot.substance == case.substance.name:
            return capsule_routes.from_bulk(case, lot)
    title = "capsules from bulk powder"
    return Absent("capsules-bulk", "capsules-bulk", title, NOT_HERE)
