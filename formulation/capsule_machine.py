"""Which machine fills the capsules, in how many loads, and what is said of each."""

from __future__ import annotations

from formulation.assembly import Case
from formulation.bench import Machine
from formulation.capsule_fill import Chosen
from formulation.capsule_methods import Way, glidant
from formulation.capsule_mix import Mix
from formulation.cited import Unknown
from formulation.plates import Load, Plate, loads
from formulation.printing import show
from formulation.result import Action
from formulation.trace import Finding
from formulation.units import Quantity


def machine_for(case: Case, size: str) -> Machine | None:
    """Return the machine asked for, else the one with that plate that needs the fewest loads."""
    asked = case.prescription.making.machine
    able = [m for m in case.bench.machines if asked == m.name or (not asked and size in m.sizes)]
    count = int(case.per_unit().units.magnitude)
    return min(able, key=lambda m: (-(-count // m.holes), m.holes), default=None)


def plate_of(machine: Machine) -> Plate:
    """Return the plate of a machine."""
    return Plate(int(machine.rows.value), int(machine.columns.value))


def mixed(mix: Mix, chosen: Chosen, way: Way) -> Quantity | Unknown:
    """Return the whole mix that is portioned: powders, glidant and filler."""
    powder, flow = mix.powder, glidant(mix, chosen)
    if isinstance(powder, Unknown):
        return powder
    if isinstance(way.filler, Unknown):
        return way.filler
    return powder + way.filler + flow if flow else powder + way.filler


def poured(mix: Mix, chosen: Chosen, way: Way) -> Quantity | Unknown:
    """Return what of the mix ends in the capsules: without the loss and what is discarded."""
    whole = mixed(mix, chosen, way)
    if isinstance(whole, Unknown):
        return whole
    return whole * (mix.made.made.expected.magnitude / mix.count)


def all_in(case: Case, way: Way) -> bool:
    """Say whether all of the mix goes in, whatever it weighs, its mass being an estimate.

    So after topping up, and where an expected loss is not covered by an excess: powder that is not
    lost after all then makes no capsule stronger than it should be.
    """
    spread, allowance = case.prescription.making.mode == "spread", case.allowance
    lost = bool(allowance.loss) and not allowance.excess
    return way.method == "top-up" or (spread and lost)


def machine_loads(case: Case, mix: Mix, chosen: Chosen, way: Way) -> tuple[Load, ...]:
    """Return the loads, or none where no machine here has the plate."""
    fill = chosen.made
    if fill is None and not isinstance(chosen.fill, Unknown):
        return ()
    size = fill.size if fill is not None else case.prescription.making.size
    machine = machine_for(case, size)
    count = int(mix.made.made.expected.magnitude)
    if machine is None or not count or (size and size not in machine.sizes):
        return ()
    return loads(plate_of(machine), count, poured(mix, chosen, way))


def no_plate(case: Case, chosen: Chosen) -> tuple[Finding, ...]:
    """Return the caution that the machine asked for, or every one here, lacks the size's plate."""
    fill = chosen.made
    if fill is None or not case.bench.machines:
        return ()
    machine = machine_for(case, fill.size)
    if machine is not None and fill.size in machine.sizes:
        return ()
    named = machine.name if machine is not None else "No machine here"
    verb = "has no" if machine is not None else "has a"
    what = f"{named} {verb} plate for size {fill.size}"
    sizes = machine.sizes if machine else tuple(s for m in case.bench.machines for s in m.sizes)
    fix = f"fill by hand, or take a size that has one: {', '.join(dict.fromkeys(sizes))}"
    return (Finding("no-plate", "caution", what, fix),)


def actions(case: Case, mix: Mix, chosen: Chosen, way: Way) -> tuple[Action, ...]:
    """Return the one line on the machine."""
    every = machine_loads(case, mix, chosen, way)
    if not every:
        return ()
    counts = " + ".join(str(load.capsules) for load in every)
    word = "1 load" if len(every) == 1 else f"{len(every)} loads"
    holes = every[0].capsules + every[0].blocked
    if case.prescription.making.mode == "fixed":
        each = show(way.each) if isinstance(way.each, Quantity) else "the fill"
        text = f"{word} of {counts} in {holes} holes, to hold the bodies; {each} weighed into each"
        return (Action("machine", text),)
    own, about = "", "about " if all_in(case, way) else ""
    parts = {show(p) for p in (load.powder for load in every) if isinstance(p, Quantity)}
    if len(every) > 1 and parts:
        own = f", {about}{' and '.join(sorted(parts))} of mix each by weight"
    elif not about and parts and poured(mix, chosen, way) != mixed(mix, chosen, way):
        own = f", {parts.pop()} of the mix by weight"
    till = "all of it" if own else "all powder"
    text = f"{word} of {counts} in {holes} holes{own}; fill, tamp, refill till {till} is in"
    return (Action("machine", text),)
