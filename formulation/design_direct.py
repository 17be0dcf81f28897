"""The ways without a layout to look for: as supplied, capsules in each shell, a dispersion.

They are few, so each is worked out whole. A capsule that would be kept too short is made as often
as its date asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from formulation import capsule_routes
from formulation.assembly import Case
from formulation.bench import Bench, BulkLot
from formulation.capsule_routes import Made
from formulation.design_candidates import part, plain
from formulation.design_space import Days, Making
from formulation.designed import Candidate
from formulation.dispersion_route import dispersion
from formulation.liquid_drawing import syringes
from formulation.prescription import Prescription
from formulation.records import Product, Vehicle
from formulation.result import Absent, Route
from formulation.routes import NOT_HERE, cases_of

Make = Callable[[Case], Made | Absent]
SOLID = ("as-supplied", "capsules", "capsules-bulk")
BY_CODE = {
    "recipient-volume": "recipient", "recipient-vehicle": "recipient",
    "tube-no-syringe": "recipient", "dose-not-measurable": "mark", "no-device": "mark",
    "dose-outside-limits": "mark", "loss-not-covered": "yield", "no-date-supported": "date",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """One candidate worked out, the rule it falls to (empty: none), and the stop behind it.

    `parts`: how often a dose is drawn, where that is more than it need be; else 0.
    """

    candidate: Candidate | None
    rule: str
    code: str = ""
    route: Route | None = None
    parts: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Direct:
    """What was tried without a layout, and what is not here."""

    tried: tuple[Tried, ...]
    absent: tuple[Absent, ...]


def fallen_to(route: Route, case: Case, days: Days) -> tuple[str, str]:
    """Return the first rule that a route breaks and the code of its stop, or nothing."""
    if case.prescription.recipient.tube and route.kind in SOLID:
        return "recipient", "solid through a tube"
    most = case.prescription.recipient.most_volume
    volumes = (m.snapped.chosen * m.times for m in route.measures if m.what == "dose")
    if most is not None and any(volume > most for volume in volumes):
        return "recipient", "recipient-volume"
    codes = [f.code for f in route.findings if f.level == "stop"]
    rules = [(BY_CODE.get(code, "stop"), code) for code in codes]
    order = ("recipient", "mark", "yield", "date", "keeps", "stop")
    if _outlasted(route, days):
        rules.append(("keeps", "supply-outlasts-date"))
    return min(rules, key=lambda pair: order.index(pair[0]), default=("", ""))


def _outlasted(route: Route, days: Days) -> bool:
    until, made = route.beyond_use.expires, route.batches[0].made
    if until is None or route.kind == "as-supplied":
        return False
    return (until - made).days < days.span(int(route.batches[0].doses.magnitude), made)


def _sizes(case: Case, made: Made) -> Iterator[tuple[str, Case | None]]:
    """Yield the id and the case of each shell that could be used; no case where it is too small."""
    making, fills = case.prescription.making, made.chosen.every
    if making.size or not fills:
        yield made.route.id, case
        return
    for fill in fills:
        name = f"{made.route.id}/size-{fill.size}"
        if not fill.fits:
            yield name, None
            continue
        asked = replace(case.prescription, making=replace(making, size=fill.size))
        yield name, replace(case, prescription=asked)


def _tables(case: Case) -> list[Case]:
    """Return the case for each table of shells on the bench: vendor and material."""
    making = case.prescription.making
    if making.shell or len(case.bench.shells) < 2:
        return [case]
    return [
        replace(case, prescription=replace(
            case.prescription, making=replace(making, shell=table.key)))
        for table in case.bench.shells
    ]  # fmt: skip


def _capsules(case: Case, make: Make, days: Days) -> Iterator[Tried | Absent]:
    """Yield the capsules in each shell, in as many makings as their date asks for."""
    several = len(case.bench.shells) > 1
    for table in _tables(case):
        made = make(table)
        if isinstance(made, Absent):
            yield made
            return
        for name, sized in _sizes(table, made):
            if sized is None:
                yield Tried(None, "stop", "capsule-too-full")
                continue
            key = sized.prescription.making.shell
            word = f"{name}-{key}" if several and key else name
            yield _in_time(word, sized, make, days)


def _in_time(name: str, case: Case, make: Make, days: Days) -> Tried | Absent:
    """Return the capsules, made as often as their date asks for."""
    doses, found = int(case.prescription.doses.magnitude), make(case)
    if isinstance(found, Absent):
        return found
    route, making = found.route, Making(1, doses)
    until = route.beyond_use.expires
    if _outlasted(route, days) and until is not None:
        count = days.fewest((until - route.batches[0].made).days)
        if count > 1:
            making = Making(count, -(-doses // count))
            again = make(replace(case, prescription=part(case.prescription, making)))
            route = again.route if isinstance(again, Made) else route
    rule, code = fallen_to(route, case, days)
    return Tried(plain(name, route, case, making), rule, code, route)


def direct(prescription: Prescription, bench: Bench, days: Days) -> Direct:
    """Return every way without a layout to look for, each held against the rules."""
    found = list(_every(prescription, bench, days))
    return Direct(
        tuple(one for one in found if isinstance(one, Tried)),
        tuple(one for one in found if isinstance(one, Absent)),
    )


def _opened(product: Product, case: Case) -> Made | Absent:
    return capsule_routes.opened_capsules(case, product)


def _weighed(lot: BulkLot, case: Case) -> Made | Absent:
    return capsule_routes.bulk_capsules(case, lot)


def _every(prescription: Prescription, bench: Bench, days: Days) -> Iterator[Tried | Absent]:
    pairs, several = cases_of(prescription, bench), bool(prescription.making.also)
    whole = Making(1, int(prescription.doses.magnitude))
    water = next((v for v in bench.vehicles if v.key == "water"), None)
    for case, product in pairs:
        if not several:
            yield _one(capsule_routes.as_supplied(case, product), case, whole, days)
        yield from _capsules(case, partial(_opened, product), days)
    own = [lot for lot in bench.bulk if lot.substance == prescription.active.substance.name]
    for place, lot in enumerate(own):
        case = Case(prescription, bench, None, f":{lot.name}" if place else "")
        yield from _capsules(case, partial(_weighed, lot), days)
    for case, product in pairs if not several else ():
        yield from _dispersions(case, partial(_dispersed, product, water), whole, days)
    if not pairs:
        name = prescription.active.substance.name
        yield Absent("from-source", "capsules", "from source units", f"{NOT_HERE}: {name}")


def _dispersed(product: Product, water: Vehicle | None, case: Case) -> Route | Absent:
    return dispersion(case, product, water)


def _dispersions(
    case: Case, make: Callable[[Case], Route | Absent], whole: Making, days: Days
) -> Iterator[Tried | Absent]:
    """Yield the dispersion as planned, then with each other syringe: a further one may be finer."""
    first = make(case)
    yield _one(first, case, whole, days)
    if isinstance(first, Absent):
        return
    devices, least = _drawn(first)
    for device in syringes(case):
        if device.name not in devices:
            liquid = replace(case.prescription.liquid, device=device.name)
            other = replace(case, prescription=replace(case.prescription, liquid=liquid))
            found = make(other)
            if isinstance(found, Route):
                rule, code = fallen_to(found, other, days)
                name = f"{found.id}/{device.name.replace(' ', '-')}"
                times = _drawn(found)[1]
                parts = times if times > least else 0
                yield Tried(plain(name, found, other, whole), rule, code, found, parts)


def _drawn(route: Route) -> tuple[tuple[str, ...], int]:
    """Return with what a dose is drawn, and how often."""
    every = [one for one in route.measures if one.what == "dose"]
    return tuple(one.device for one in every), max((one.times for one in every), default=1)


def _one(found: Route | Absent, case: Case, making: Making, days: Days) -> Tried | Absent:
    if isinstance(found, Absent):
        return found
    rule, code = fallen_to(found, case, days)
    return Tried(plain(found.id, found, case, making), rule, code, found)
