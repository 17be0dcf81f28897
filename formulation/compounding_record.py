"""The compounding record with its blanks: the verb `worksheet`.

Permitted range of a weighing = target x (1 -/+ tolerance), put inward on the balance's step: the
tolerance is the bench's own, else the permitted error of its balance rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.bench import Bench
from formulation.capsule_making import Capsules, capsules
from formulation.capsule_methods import in_use
from formulation.check_records import WeightChecks
from formulation.cited import Cited, Fact, Unknown, known
from formulation.planning import plan
from formulation.pooling import POOL
from formulation.prescription import Prescription
from formulation.printing import show_share
from formulation.record_lists import Checklist, Lists
from formulation.result import Route
from formulation.rule_sets import band_of
from formulation.spread import Bounds
from formulation.trace import Worked, Working
from formulation.units import Quantity, same_kind
from formulation.weighing import can_be_weighed, on_the_balance, permitted

CAPSULES = ("capsules", "capsules-bulk")
TO_WEIGH, OF_POOL = "powder to weigh", "powder of the pool"


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weighing of the record: what, its target, and between what it may lie.

    What is `found` was weighed as it came: there is nothing to aim at.
    """

    what: str
    target: Quantity | Unknown
    low: Quantity | Unknown
    high: Quantity | Unknown
    found: bool = False


@dataclass(frozen=True, slots=True)
class NetLimits:
    """The net fill by theory and between what every capsule may lie, on whose word.

    Unknown where the fill is.
    """

    theory: Quantity | Unknown
    low: Quantity | Unknown
    high: Quantity | Unknown
    ground: str
    source: str


@dataclass(frozen=True, slots=True)
class Component:
    """Something that goes in: its id, its words, how much, the lots and the expiry known of it."""

    key: str
    name: str
    amount: Quantity | Unknown
    lots: tuple[str, ...]
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Worksheet(Worked):
    """The compounding record: what is printed, what is left blank, which lists it is held against.

    `batch` is the capsules in depth where capsules are made; `yield_range` is the rule's own.
    """

    route: Route
    batch: Capsules | None
    formula: str
    version: str
    components: tuple[Component, ...]
    weighings: tuple[Weighing, ...]
    tolerance: Fraction | Unknown
    tolerance_of: str
    yield_range: Fact[Bounds]
    net: NetLimits | None
    lists: tuple[Checklist, ...]

    @property
    def may_be_made(self) -> bool:
        """Say whether no stop stands against it."""
        return not any(finding.level == "stop" for finding in self.findings)


def _tolerance(bench: Bench) -> tuple[Fraction | Unknown, str]:
    """Return how far a weighing may lie from its target, and whose word that is."""
    own = bench.setting.weighing_tolerance
    if isinstance(own, Cited):
        return own.value, "the bench's tolerance"
    share = permitted(bench.balance)
    if isinstance(share, Unknown):
        return share, "no tolerance on the bench"
    return share, f"the permitted error of the {bench.balance.name}"


def weighing(what: str, target: Quantity | Unknown, bench: Bench, working: Working) -> Weighing:
    """Return one weighing with its permitted range on the balance's step."""
    tolerance, _ = _tolerance(bench)
    if isinstance(target, Unknown):
        return Weighing(what, target, target, target)
    if isinstance(tolerance, Unknown):
        return Weighing(what, target, tolerance, tolerance)
    low, high = inward(what, target, tolerance, bench, working)
    return Weighing(what, target, low, high)


def stepped(mass: Quantity | Unknown, bench: Bench) -> Quantity | Unknown:
    """Return a mass as the balance can show it, where its step is known."""
    step = known(bench.setting.balance_step)
    if isinstance(mass, Unknown) or step is None:
        return mass
    return on_the_balance(mass, step, Working()).chosen


def inward(
    what: str, target: Quantity, away: Fraction, bench: Bench, working: Working
) -> tuple[Quantity, Quantity]:
    """Return target x (1 -/+ away), put inward on the balance's step where that is known."""
    step = known(bench.setting.balance_step)
    inputs: dict[str, Quantity | Fraction] = {"target": target, "away": away}
    low, high = "target * (1 - away)", "target * (1 + away)"
    if step is not None:
        inputs["step"] = step
        low, high = f"ceil({low} / step) * step", f"floor({high} / step) * step"
    why = "put inward on the balance's step, so that what it shows is inside"
    return (
        working.work(f"{what}: at least", low, inputs, why).to(target.unit),
        working.work(f"{what}: at most", high, inputs, why).to(target.unit),
    )


def _components(prescription: Prescription, route: Route, bench: Bench) -> tuple[Component, ...]:
    """Return everything that goes in, from the bill: with the lots and expiries that are known."""
    lots, until = dict(prescription.making.lots), dict(prescription.expiries)
    own = {lot.name: lot for lot in bench.bulk}
    found = []
    for need in route.needs:
        bulk = own.get(need.item)
        lot = lots.get(need.item) or ((bulk.lot,) if bulk is not None and bulk.lot else ())
        expires = until.get(need.item) or (bulk.expires if bulk is not None else None)
        amount = need.quantity or Unknown("amount", "open")
        found.append(Component(need.item, need.words, amount, lot, str(expires or "")))
    return tuple(found)


def _of_the_pool(one: Weighing, batch: Capsules | None) -> Weighing:
    """Return a weighing that permits no more of the pool than there is of it."""
    pool = batch.pool if batch is not None else None
    if one.what != OF_POOL or not isinstance(pool, Quantity) or not isinstance(one.high, Quantity):
        return one
    return replace(one, high=min(one.high, pool))


def _weighings(route: Route, batch: Capsules | None, bench: Bench) -> tuple[Weighing, ...]:
    """Return what is put on the balance: the pool, its share or the bulk powder, the filler."""
    working, found = Working(), []
    if batch is not None and batch.route.sources[0].whole.unit in ("cap", "tab"):
        none = Unknown("permitted range", "it is what it weighs")
        what = "net powder of all that was opened"
        found.append(Weighing(what, batch.pool, none, none, found=True))
    if batch is not None and any(one.name == TO_WEIGH for one in batch.open):
        open_yet = Unknown("powder to weigh", "the pool has not been weighed")
        found.append(weighing(OF_POOL, open_yet, bench, working))
    found += _of_a_liquid(route, bench, working)
    for measure in route.measures:
        if same_kind(measure.snapped.chosen.unit, "mg"):
            one = weighing(measure.what, measure.snapped.chosen, bench, working)
            found.append(_of_the_pool(one, batch))
    if batch is not None:
        way = in_use(batch.ways)
        if batch.weighs_filler:
            found.append(weighing("filler", stepped(way.filler, bench), bench, working))
        elif can_be_weighed(bench.balance, way.first):
            first = stepped(way.first, bench)
            found.append(weighing("filler of the premix", first, bench, working))
        if batch.glidant is not None:
            found.append(weighing("glidant", stepped(batch.glidant, bench), bench, working))
    return tuple(found)


def _of_a_liquid(route: Route, bench: Bench, working: Working) -> list[Weighing]:
    """Return what is weighed for a liquid: the pool and what is used of it, further ingredients."""
    if route.kind != "liquid":
        return []
    none = Unknown("permitted range", "it is what it weighs")
    found = []
    pooled = any(measure.what == OF_POOL for measure in route.measures)
    if pooled or any(action.verb == "use" for action in route.actions):
        found.append(Weighing("net powder of all that was opened", POOL, none, none, found=True))
    if found and not pooled:
        found.append(weighing(OF_POOL, POOL, bench, working))
    shelf = {one.key for one in (*bench.vehicles, *bench.formula_vehicles)}
    sources = {source.key for source in route.sources}
    for need in route.needs:
        own = need.item not in shelf | sources
        if own and need.quantity is not None and same_kind(need.quantity.unit, "mg"):
            found.append(weighing(need.words, stepped(need.quantity, bench), bench, working))
    return found


def net_limits(
    theory: Quantity | Unknown, weights: WeightChecks, bench: Bench, working: Working
) -> NetLimits:
    """Return between what the net fill of every capsule may lie, by the set that judges by theory.

    >>> from formulation.benches import read_bench
    >>> from formulation.printing import show
    >>> from formulation.record_lists import read_lists
    >>> found = net_limits(Quantity(Fraction(201), "mg"), read_lists().weights, read_bench(),
    ...                    Working())
    >>> show(found.low), show(found.high)
    ('181 mg', '221 mg')
    """
    ground = f"{weights.name}: {weights.standing}; {weights.confirmed}"
    if isinstance(theory, Unknown):
        first = weights.bands[0].deviation
        source = first.source if isinstance(first, Cited) else ""
        return NetLimits(theory, theory, theory, ground, source)
    away = band_of(weights, theory).deviation
    if isinstance(away, Unknown):
        return NetLimits(theory, away, away, ground, "")
    low, high = inward("net fill", theory, away.value, bench, working)
    return NetLimits(theory, low, high, ground, away.source)


def worksheet(prescription: Prescription, bench: Bench, lists: Lists) -> Worksheet:
    """Return the compounding record of one preparation, with its blanks, as data.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> from formulation.printing import show
    >>> from formulation.record_lists import read_lists
    >>> typed = {"substance": "cycloserine", "dose": "100 mg", "doses": 12,
    ...          "pool": {"net": "1.62 g", "opened": 5}}
    >>> p, b, _ = read_case(None, typed, date(2026, 1, 5))
    >>> for one in worksheet(p, b, read_lists()).weighings[1:]:
    ...     print(one.what, show(one.target), show(one.low), show(one.high))
    powder of the pool 1.555 g 1.478 g 1.62 g
    filler 201 mg 191 mg 211 mg

    Raises `FormulationError` where the route asked for cannot be worked out here.
    """
    every = plan(prescription, bench)
    name = prescription.route or every.chosen or (every.routes[0].id if every.routes else "")
    route = next(route for route in every.routes if route.id == name)
    batch = None
    if route.kind in CAPSULES:
        batch = capsules(_asking(prescription, route.id), bench)
        route = batch.route
    tolerance, whose = _tolerance(bench)
    net, working = None, Working()
    if batch is not None:
        net = net_limits(_theory(batch), lists.weights, bench, working)
    return Worksheet(
        route=route,
        batch=batch,
        formula=prescription.making.formula,
        version=prescription.making.formula_version,
        components=_components(prescription, route, bench),
        weighings=_weighings(route, batch, bench),
        tolerance=tolerance,
        tolerance_of=whose,
        yield_range=lists.record.yield_range,
        net=net,
        lists=(lists.record, *lists.others),
        steps=(*(batch.steps if batch is not None else route.steps), *working.steps),
        findings=batch.findings if batch is not None else (*every.findings, *route.findings),
    )


def _theory(batch: Capsules) -> Quantity | Unknown:
    """Return the fill by theory; open where the bodies are topped up: the estimate is no theory."""
    way = in_use(batch.ways)
    if way.method != "top-up":
        return way.each
    return Unknown("net fill", "the filler is found by topping up", "weigh the mix after it")


def _asking(prescription: Prescription, route: str) -> Prescription:
    return replace(prescription, route=route)


def permitted_text(found: Worksheet) -> str:
    """Return on whose word the permitted ranges stand."""
    if isinstance(found.tolerance, Unknown):
        return f"permitted range {found.tolerance}"
    return f"permitted: ± {show_share(found.tolerance)}, {found.tolerance_of}"
