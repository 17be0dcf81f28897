"""Every way of preparing a prescription on a bench, in the order in which they are considered."""

from __future__ import annotations

from collections.abc import Mapping

from formulation import capsule_routes
from formulation.asked_liquids import all_bottles
from formulation.assembly import Case
from formulation.bench import Bench, BulkLot
from formulation.dispersion_route import dispersion
from formulation.prescription import Prescription
from formulation.records import Product
from formulation.result import Absent, Route

NOT_HERE = "not on this bench"
LIQUID = "liquid"
_FROM_UNITS = (
    ("as-supplied", capsule_routes.as_supplied), ("capsules", capsule_routes.from_source),
)  # fmt: skip


def all_routes(
    prescription: Prescription, bench: Bench, only: frozenset[str] = frozenset()
) -> tuple[Route | Absent, ...]:
    """Return each route worked out, or the line that says why it cannot be.

    Order: as supplied, capsules from source, capsules from bulk, single-use dispersion, then the
    liquids kept for days: each published formula that the bench can follow, and the bench's own
    in each vehicle; each for every source product, the second and further ones with their own id
    behind the route's. `only` names the kinds that are wanted, all where it is empty.
    """
    name = prescription.active.substance.name
    pairs = cases_of(prescription, bench)
    cases = [case for case, _ in pairs]
    if prescription.making.also:
        return (*_capsules_only(cases, pairs, prescription, bench),)
    found: list[Route | Absent] = []
    for kind, make in _FROM_UNITS:
        if not only or kind in only:
            found += [make(case, product) for case, product in pairs]
    if not cases:
        found += [Absent(id_, id_, title, f"{NOT_HERE}: {name}") for id_, title in _FROM_SOURCE[:2]]
    if not only or "capsules-bulk" in only:
        found += _bulk(prescription, bench)
    if not only or "dispersion" in only:
        water = next((v for v in bench.vehicles if v.key == "water"), None)
        found += [dispersion(case, product, water) for case, product in pairs]
    if not only or LIQUID in only:
        found += _liquids(pairs, prescription, bench)
    if not cases:
        found += [Absent(id_, id_, title, f"{NOT_HERE}: {name}") for id_, title in _FROM_SOURCE[2:]]
    return tuple(found)


def _liquids(
    pairs: list[tuple[Case, Product]], prescription: Prescription, bench: Bench, only: str = ""
) -> list[Route | Absent]:
    """Return the liquids kept for days: what is published, the bench's own, from bulk powder."""
    found = all_bottles(pairs, lots_of(prescription, bench), only)
    return [one if isinstance(one, Absent) else one.route for one in found]


def named_routes(
    prescription: Prescription, bench: Bench, wanted: Mapping[str, str]
) -> dict[str, Route]:
    """Return the routes of these ids (each with its kind); no other liquid is worked out.

    One that cannot be worked out for this prescription is left out.
    """
    ids = [one for one, kind in wanted.items() if kind == LIQUID]
    kinds = frozenset(kind for kind in wanted.values() if kind != LIQUID)
    if prescription.making.also:
        ids, kinds = [], frozenset(wanted.values())
    found: list[Route | Absent] = list(all_routes(prescription, bench, kinds)) if kinds else []
    pairs = cases_of(prescription, bench) if ids else []
    for one in ids:
        found += _liquids(pairs, prescription, bench, one)
    return {one.id: one for one in found if isinstance(one, Route) and one.id in wanted}


def lots_of(prescription: Prescription, bench: Bench) -> list[tuple[Case, BulkLot]]:
    """Return the bulk lots of the drug, each with its case."""
    lots = [lot for lot in bench.bulk if lot.substance == prescription.active.substance.name]
    return [
        (Case(prescription, bench, None, f":{lot.name}" if place else ""), lot)
        for place, lot in enumerate(lots)
    ]


def cases_of(prescription: Prescription, bench: Bench) -> list[tuple[Case, Product]]:
    """Return the source products of the drug, each with its case."""
    name = prescription.active.substance.name
    products = [p for p in bench.products if p.substance == name]
    return [
        (Case(prescription, bench, product, f":{product.key}" if place else ""), product)
        for place, product in enumerate(products)
    ]


def _capsules_only(
    cases: list[Case], pairs: list[tuple[Case, Product]], prescription: Prescription, bench: Bench
) -> list[Route | Absent]:
    """Return the capsules of several actives, and the line that no other way carries them here."""
    why = "several actives are made as capsules only here"
    found: list[Route | Absent] = [Absent("as-supplied", "as-supplied", "as supplied", why)]
    found += [capsule_routes.from_source(case, product) for case, product in pairs]
    if not cases:
        here = f"{NOT_HERE}: {prescription.active.substance.name}"
        found.append(Absent("capsules", "capsules", "capsules from source units", here))
    found += _bulk(prescription, bench)
    return [*found, *(Absent(id_, id_, title, why) for id_, title in _FROM_SOURCE[2:])]


_FROM_SOURCE = (
    ("as-supplied", "as supplied"),
    ("capsules", "capsules from source units"),
    ("dispersion", "single-use dispersion"),
    ("liquid", "oral liquids for several days"),
)


def _bulk(prescription: Prescription, bench: Bench) -> list[Route | Absent]:
    """Return the capsules of each lot of bulk powder, or the line that there is none."""
    lots = lots_of(prescription, bench)
    if not lots:
        return [Absent("capsules-bulk", "capsules-bulk", "capsules from bulk powder", NOT_HERE)]
    return [capsule_routes.from_bulk(case, lot) for case, lot in lots]
