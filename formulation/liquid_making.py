"""One oral liquid in depth: the verb `liquid`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from formulation.asked_liquids import all_bottles, asks_numbers, solved
from formulation.bench import Bench
from formulation.cited import Unknown, known
from formulation.clinical import contraindications
from formulation.dating import in_force
from formulation.errors import FormulationError, quote
from formulation.liquid_chain import Chain
from formulation.liquid_routes import Bottle
from formulation.liquids import Added, added_instead
from formulation.prescription import LiquidAsk, Prescription
from formulation.result import Absent, Measure, Route
from formulation.routes import cases_of, lots_of
from formulation.solubility import Dissolved
from formulation.source_units import drug_of
from formulation.split import outlasted
from formulation.trace import Step, Worked, Working
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Number:
    """One number of the liquid, and whether it was asked or follows from the others."""

    name: str
    amount: Quantity
    asked: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OtherLiquid:
    """Another liquid that could be made here as asked: its route's id and what stands against it.

    `why` is empty where nothing does.
    """

    id: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Liquid(Worked):
    """One oral liquid, whole: its route, and what stands behind it.

    `numbers` are those that belong together, `strength` the concentration on the label, `measured`
    how a dose is drawn (None: nothing here draws it), `chain` the dilution in between, `added` what
    comes of adding the volume instead of making up to it (None: nothing is made up from powder).
    """

    route: Route
    numbers: tuple[Number, ...]
    strength: Quantity
    state: Dissolved
    measured: Measure | None
    mode: str
    chain: Chain | None
    added: Added | Unknown | None
    others: tuple[OtherLiquid, ...]

    @property
    def may_be_made(self) -> bool:
        """Say whether no stop stands against it."""
        return not any(finding.level == "stop" for finding in self.findings)


def bottles(prescription: Prescription, bench: Bench) -> dict[str, Bottle | Absent]:
    """Return every liquid of this bench by its route's id, each laid out as asked."""
    found = all_bottles(cases_of(prescription, bench), lots_of(prescription, bench))
    return {one.id if isinstance(one, Absent) else one.route.id: one for one in found}


def _preference(one: Bottle, ask: LiquidAsk) -> tuple[int, int, bool]:
    """Return how a liquid is ranked where none is asked for by name: stops, then what it follows.

    What is published goes before a mixture, a mixture before one vehicle; with the vehicles asked
    for by name, or a stock, their own liquid goes first. Of two alike the one that does not settle.
    """
    stops = sum(finding.level == "stop" for finding in one.route.findings)
    kind = 2 - (len(one.recipe.vehicles) > 1) - 2 * (one.recipe.published is not None)
    if (ask.vehicles or ask.stock) and one.recipe.published is not None:
        kind = 3
    settles = any(finding.code == "may-settle" for finding in one.route.findings)
    return stops, kind, settles


def _chosen(every: dict[str, Bottle | Absent], prescription: Prescription) -> Bottle:
    asked, ask = prescription.route, prescription.liquid
    able = {id_: one for id_, one in every.items() if isinstance(one, Bottle)}
    if asked and asked not in able:
        absent = every.get(asked)
        why = absent.why if isinstance(absent, Absent) else "no kept liquid of what is asked has it"
        what = f"the route {quote(asked)} cannot be worked out here: {why}"
        fix = f"ask for one of: {', '.join(able)}" if able else "see formulate plan"
        raise FormulationError("no-such-liquid", what, "route", fix)
    if not able:
        why = "; ".join(f"{id_}: {one.why}" for id_, one in every.items()
                        if isinstance(one, Absent))  # fmt: skip
        what = f"no liquid can be made on this bench: {why or 'no source of the drug'}"
        fix = "put the source and a vehicle on the bench, and say how strong it is to be"
        raise FormulationError("no-liquid-here", what, "bench", fix)
    if asked:
        return able[asked]
    return min(able.values(), key=lambda one: _preference(one, ask))


def liquid(prescription: Prescription, bench: Bench) -> Liquid:
    """Return one oral liquid in depth: its numbers, how it is made up, drawn and labelled.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> from formulation.printing import show
    >>> typed = {"substance": "cycloserine", "dose": "37 mg",
    ...          "liquid": {"final_volume": "50 mL", "units": 1, "vehicles": ["water"]}}
    >>> p, b, _ = read_case(None, typed, date(2026, 1, 5))
    >>> found = liquid(p, b)
    >>> show(found.strength), str(found.measured.snapped), found.measured.device, show(p.doses)
    ('5 mg/mL', '7.4 mL', '10 mL oral syringe', '6 doses')

    Raises `FormulationError` where what was asked contradicts itself, or no liquid can be made.
    """
    every = bottles(prescription, bench)
    one = _chosen(every, prescription)
    route = outlasted(one.route, prescription, bench)
    added, adding = _added(one, bench)
    return Liquid(
        route=route,
        numbers=_numbers(one, prescription),
        strength=_strength(one),
        state=one.state,
        measured=one.drawn.found,
        mode=prescription.liquid.mode if one.chain is None else "whole-unit",
        chain=one.chain,
        added=added,
        others=tuple(_other(id_, found) for id_, found in every.items() if id_ != route.id),
        steps=(*_solving(one), *route.steps, *adding),
        findings=(
            *contraindications(prescription),
            *in_force(bench.rules, prescription.prepared),
            *route.findings,
        ),
    )  # fmt: skip


def _strength(one: Bottle) -> Quantity:
    """Return the concentration on the label."""
    found = dict(one.route.amounts)["strength on the label"]
    assert isinstance(found, Quantity)  # noqa: S101  a bottle's route always has one
    return found


def _other(id_: str, found: Bottle | Absent) -> OtherLiquid:
    if isinstance(found, Absent):
        return OtherLiquid(id_, found.why)
    stops = [one.what for one in found.route.findings if one.level == "stop"]
    return OtherLiquid(id_, stops[0] if stops else "")


def _added(one: Bottle, bench: Bench) -> tuple[Added | Unknown | None, tuple[Step, ...]]:
    """Return what comes of adding the final volume to the powder, with its working."""
    if one.chain is not None:
        return None, ()
    working = Working()
    return added_instead(one.mixture, bench.setting.partial_volume, working), tuple(working.steps)


def _solving(one: Bottle) -> tuple[Step, ...]:
    """Return how the numbers that were not asked follow from those that were."""
    if one.recipe.layout is None or not asks_numbers(one.case.prescription.liquid):
        return ()
    working = Working()
    formula, product = one.recipe.published, one.product
    fixed = known(formula.concentration) if formula is not None else None
    default = _strength(one)
    solved(one.case, drug_of(product) if product else None, fixed, default, working)
    return tuple(replace(step, name=f"asked: {step.name}") for step in working.steps)


def _numbers(one: Bottle, prescription: Prescription) -> tuple[Number, ...]:
    """Return the numbers that belong together; a chain's units are those of the stock."""
    ask, mixture = prescription.liquid, one.mixture
    volume = dict(one.route.amounts)["dose volume"]
    assert isinstance(volume, Quantity)  # noqa: S101  a bottle's route always has one
    found = [
        Number("concentration", _strength(one), ask.concentration is not None),
        Number("dose volume", volume, ask.dose_volume is not None),
        Number("final volume", mixture.volume, ask.final_volume is not None),
    ]
    if one.product is not None:
        units = Quantity(mixture.units.magnitude, one.product.unit)
        found.append(Number("source units", units, ask.units is not None))
    return (*found, Number("doses", prescription.doses, not ask.doses_follow))
