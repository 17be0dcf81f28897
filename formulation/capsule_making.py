"""One batch of capsules in depth: the verb `capsules`."""

from __future__ import annotations

from dataclasses import dataclass

from formulation.assembly import Case
from formulation.bench import Bench
from formulation.capsule_depth import (
    Open,
    Size,
    claim_line,
    pool_spread,
    remedies,
    scant,
    sizes,
    stages,
    still_open,
    unanswered,
    why_smallest,
)
from formulation.capsule_machine import all_in, machine_for, machine_loads, mixed
from formulation.capsule_methods import Way, in_use, topped
from formulation.capsule_routes import Made, bulk_capsules, opened_capsules
from formulation.cited import Unknown
from formulation.clinical import contraindications
from formulation.dating import in_force
from formulation.eligibility import weight_variation
from formulation.errors import FormulationError, quote
from formulation.finished import Fill as Contents
from formulation.mixing import Stage
from formulation.plates import Load
from formulation.pooling import POOL
from formulation.prescription import Prescription
from formulation.remedy import Remedy
from formulation.result import Absent, Route
from formulation.source_powder import Spread
from formulation.split import outlasted
from formulation.trace import Finding, Worked
from formulation.units import Quantity
from formulation.weighing import can_be_weighed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Capsules(Worked):
    """One batch of capsules, whole: the route, and what stands behind it.

    `sizes` are all shell sizes, `ways` the ways to fill, `pool` the powder opened, `mix` all that
    is filled, `loads` those of `machine`, `estimated` that their portions are an estimate and all
    of the mix goes in, `stages` the order of mixing, `open` what cannot be given yet, `remedies`
    what to do about what happened.
    """

    route: Route
    powder: str
    spread: Spread | None
    sizes: tuple[Size, ...]
    why: str
    ways: tuple[Way, ...]
    stages: tuple[Stage, ...]
    pool: Quantity | Unknown
    mix: Quantity | Unknown
    glidant: Quantity | None
    machine: str
    loads: tuple[Load, ...]
    estimated: bool
    weighs_filler: bool
    open: tuple[Open, ...]
    remedies: tuple[Remedy, ...]

    @property
    def may_be_made(self) -> bool:
        """Say whether no stop stands against it, nor against what has happened to it."""
        return not any(finding.level == "stop" for finding in self.findings)


def makers(prescription: Prescription, bench: Bench) -> dict[str, Made | Absent]:
    """Return every way to make capsules here by its id: from source units, then from bulk."""
    name = prescription.active.substance.name
    products = [p for p in bench.products if p.substance == name]
    lots = [lot for lot in bench.bulk if lot.substance == name]
    found: list[tuple[str, Made | Absent]] = []
    for place, product in enumerate(products):
        suffix = f":{product.key}" if place else ""
        made = opened_capsules(Case(prescription, bench, product, suffix), product)
        found.append((f"capsules{suffix}", made))
    for place, lot in enumerate(lots):
        suffix = f":{lot.name}" if place else ""
        made = bulk_capsules(Case(prescription, bench, None, suffix), lot)
        found.append((f"capsules-bulk{suffix}", made))
    return dict(found)


def one_making(prescription: Prescription, bench: Bench) -> Made:
    """Return the capsules asked for by `route`, else the first that can be worked out here.

    Raises `FormulationError` where there are none, or none of that name.
    """
    every = makers(prescription, bench)
    able = {key: made for key, made in every.items() if isinstance(made, Made)}
    asked = prescription.route
    if asked and asked not in able:
        absent = every.get(asked)
        why = absent.why if isinstance(absent, Absent) else "it makes no capsules"
        what = f"the route {quote(asked)} cannot be worked out here: {why}"
        fix = f"ask for one of: {', '.join(able)}" if able else "see formulate plan"
        raise FormulationError("no-such-capsules", what, "route", fix)
    if not able:
        why = "; ".join(f"{key}: {absent.why}" for key, absent in every.items()
                        if isinstance(absent, Absent))  # fmt: skip
        what = f"no capsules can be made on this bench: {why or 'no source of the drug'}"
        fix = "put the source, shells and a filler on the bench"
        raise FormulationError("no-capsules-here", what, "bench", fix)
    return able[asked] if asked else next(iter(able.values()))


def capsules(prescription: Prescription, bench: Bench) -> Capsules:
    """Return one batch of capsules in depth: powder, sizes, filling, mixing, machine, remedies.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> from formulation.printing import show
    >>> typed = {"substance": "cycloserine", "dose": "100 mg", "doses": 12,
    ...          "pool": {"net": "1.62 g", "opened": 5}}
    >>> p, b, _ = read_case(None, typed, date(2026, 1, 5))
    >>> found = capsules(p, b)
    >>> next(size.size for size in found.sizes if size.chosen), show(found.ways[0].filler)
    ('3', '201 mg')

    Raises `FormulationError` where no capsules can be worked out on this bench.
    """
    made = one_making(prescription, bench)
    way, mix, chosen = in_use(made.ways), made.mix, made.chosen
    route = outlasted(made.route, prescription, bench)
    spread, doubts = pool_spread(made)
    done = remedies(made)
    top = bench.filler(prescription.making.filler)
    fill, about = chosen.made, topped(made.case, mix, chosen)
    estimate = () if isinstance(about, Unknown) else about.steps
    machine = machine_for(made.case, fill.size if fill else prescription.making.size)
    return Capsules(
        route=route,
        powder=claim_line(made),
        spread=spread,
        sizes=sizes(mix, chosen),
        why=why_smallest(mix, chosen),
        ways=made.ways,
        stages=stages(made, way, top.name if top else "filler"),
        pool=made.case.pool.net if made.case.pool is not None else POOL,
        mix=mixed(mix, chosen, way),
        glidant=fill.glidant * mix.count if fill and fill.glidant else None,
        machine=machine.name if machine else "",
        loads=machine_loads(made.case, mix, chosen, way),
        estimated=all_in(made.case, way),
        weighs_filler=way.method != "top-up" and can_be_weighed(bench.balance, way.filler),
        open=still_open(made),
        remedies=done,
        steps=(*route.steps, *(spread.steps if spread else ()),
               *estimate, *(step for remedy in done for step in remedy.steps)),
        findings=(
            *contraindications(prescription),
            *in_force(bench.rules, prescription.prepared),
            *route.findings,
            *doubts,
            *(finding for remedy in done for finding in remedy.findings),
            *unanswered(made),
            *scant(made),
            *_by_weight(made, bench),
        ),
    )  # fmt: skip


def _by_weight(made: Made, bench: Bench) -> tuple[Finding, ...]:
    """Return whether weighing may stand in for an assay of each, where the fill is known."""
    fill = made.chosen.made
    stopped = any(finding.level == "stop" for finding in made.route.findings)
    if fill is None or fill.total is None or stopped:
        return ()
    contents = Contents(made.mix.portions[0].drug, fill.total)
    return weight_variation(contents, bench.uniformity).findings
