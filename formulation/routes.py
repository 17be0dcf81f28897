"""Every way of preparing a prescription on a bench, in the order in which they are considered."""

from __future__ import annotations

from dataclasses import replace

from formulation import capsule_routes
from formulation.assembly import Case
from formulation.bench import Bench
from formulation.dispersion_route import dispersion
from formulation.liquid_routes import kept_liquid
from formulation.prescription import Prescription
from formulation.records import Product
from formulation.result import Absent, Route

NOT_HERE = "not on this bench"


def all_routes(prescription: Prescription, bench: Bench) -> tuple[Route | Absent, ...]:
    """Return each route worked out, or the line that says why it cannot be.

    Order: as supplied, capsules from source, capsules from bulk, single-use dispersion, then the
    liquids kept for days, one for each vehicle of the bench; each for every source product, the
    second and further ones with their own id behind the route's.
    """
    name = prescription.active.substance.name
    cases = [Case(prescription, bench, p) for p in bench.products if p.substance == name]
    found: list[Route | Absent] = []
    for make in (capsule_routes.as_supplied, capsule_routes.from_source):
        found += [_named(make(case, _of(case)), case, cases) for case in cases]
    if not cases:
        found += [Absent(id_, id_, title, f"{NOT_HERE}: {name}") for id_, title in _FROM_SOURCE[:2]]
    found += _bulk(Case(prescription, bench, None))
    water = next((v for v in bench.vehicles if v.key == "water"), None)
    for case in cases:
        found.append(_named(dispersion(case, _of(case), water), case, cases))
    for vehicle in bench.vehicles:
        for case in cases:
            found.append(_named(kept_liquid(case, _of(case), vehicle), case, cases))
    if not cases:
        found += [Absent(id_, id_, title, f"{NOT_HERE}: {name}") for id_, title in _FROM_SOURCE[2:]]
    return tuple(found)


_FROM_SOURCE = (
    ("as-supplied", "as supplied"),
    ("capsules", "capsules from source units"),
    ("dispersion", "single-use dispersion"),
    ("liquid", "oral liquids for several days"),
)


def _of(case: Case) -> Product:
    assert case.product is not None  # noqa: S101  made from a product above
    return case.product


def _named(item: Route | Absent, case: Case, cases: list[Case]) -> Route | Absent:
    """Return the route under its own id: the plain one for the bench's first product."""
    if case is cases[0]:
        return item
    return replace(item, id=f"{item.id}:{_of(case).key}")


def _bulk(case: Case) -> list[Route | Absent]:
    """Return the capsules of each lot of bulk powder, or the line that there is none."""
    lots = [lot for lot in case.bench.bulk if lot.substance == case.substance.name]
    if not lots:
        return [Absent("capsules-bulk", "capsules-bulk", "capsules from bulk powder", NOT_HERE)]
    found = [capsule_routes.from_bulk(case, lot) for lot in lots]
    further = zip(found[1:], lots[1:], strict=True)
    return [found[0], *(replace(item, id=f"{item.id}:{lot.name}") for item, lot in further)]
