"""Which shell, how much filler, and what to do with it: the fill of a capsule route."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.batch import Made
from formulation.bench import Packing
from formulation.cited import Cited, Unknown
from formulation.cost import Need
from formulation.fills import Fill, Powder, fill_shell, smallest_fit
from formulation.printing import show, show_exact
from formulation.result import Action
from formulation.trace import Finding, Step
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Chosen:
    """The fill of the smallest shell that holds the powder, or what is missing for it."""

    fill: Fill | Unknown
    assumed: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the working of the fill, where there is one."""
        return () if isinstance(self.fill, Unknown) else self.fill.steps


def _packing(case: Case, key: str) -> Packing | None:
    return next((p for p in case.bench.packing if p.item == key), None)


def _missing(case: Case, name: str, key: str) -> Unknown | tuple[Cited[Quantity], Cited[Quantity]]:
    """Return the two packing densities, or the fact that is missing for them."""
    bench, own = case.bench, _packing(case, key)
    if not bench.fillers:
        return Unknown("filler", "no filler on this bench", "name a filler")
    top = _packing(case, bench.fillers[0].key)
    if own is None or isinstance(own.density, Unknown):
        return Unknown("packing density", f"no packing density of {name}", "pack and weigh it")
    if top is None or isinstance(top.density, Unknown):
        return Unknown("packing density", "no packing density of the filler", "pack and weigh it")
    if own.state != top.state:
        why = f"{name} is {own.state}, the filler {top.state}: never mixed"
        return Unknown("packing density", why, "measure both the same way")
    return own.density, top.density


def choose(case: Case, name: str, key: str, mass: Quantity | Unknown) -> Chosen:
    """Return the smallest shell of the bench that holds `mass` of powder, topped up with filler.

    A powder that no shell holds is a stop that says how many capsules a dose would take.
    """
    if isinstance(mass, Unknown):
        return Chosen(mass)
    shells = case.bench.shells
    if shells is None:
        return Chosen(Unknown("shell", "no capsule shells on this bench", "name a shell table"))
    densities = _missing(case, name, key)
    if isinstance(densities, Unknown):
        return Chosen(densities)
    own, top = densities
    powder = Powder(name, mass, own.value)
    fill = smallest_fit(shells, (powder,), top.value)
    assumed = own.assumed or top.assumed
    if fill is not None:
        return Chosen(fill, assumed)
    largest = max(
        (size for size in shells.sizes if isinstance(size.volume, Cited)),
        key=lambda size: size.volume.value.number("mL") if isinstance(size.volume, Cited) else 0,
        default=None,
    )
    if largest is None or not isinstance(largest.volume, Cited):
        return Chosen(Unknown("shell volume", "no volume is known for any shell", "measure one"))
    fill = fill_shell(largest.size, largest.volume.value, (powder,), top.value)
    return Chosen(fill, assumed, (_too_full(case, fill, assumed),))


def _too_full(case: Case, fill: Fill, assumed: bool) -> Finding:
    ground = " (packing assumed)" if assumed else ""
    count = -((-fill.fraction) // 1) * case.prescription.units_per_dose
    what = (
        f"The powder of one capsule does not fit the largest shell, size {fill.size} of "
        f"{show(fill.volume)}: {show(fill.over)} too much{ground}"
    )
    fix = f"units_per_dose = {count}"
    return Finding("capsule-too-full", "stop", what, fix, fill.volume, fill.volume + fill.over)


def portion(made: Made) -> str:
    """Return how much of the mix is spread: all of it, or the share that fills whole capsules."""
    used = made.balance.dispensed + made.balance.overage + made.balance.extra
    share = (used / (used + made.balance.discarded)).number()
    if share == 1:
        return "all powder"
    part = show_exact(Quantity(share))
    about = "" if "/" not in part else f" (about {show(Quantity(share))})"
    return f"{part}{about} of the mix"


def action(case: Case, chosen: Chosen, made: Made) -> Action:
    """Return what to do with the powder: how many bodies, which shell, how much filler."""
    count, fill = show(made.made.expected), chosen.fill
    top = case.bench.fillers[0].name if case.bench.fillers else "a filler (none on this bench)"
    if isinstance(fill, Unknown):
        return Action("fill", f"{count}, {portion(made)} spread evenly; top up with {top}")
    if fill.filler is None or fill.total is None:
        return Action("fill", f"not possible: {show(fill.over)} too much in size {fill.size}")
    ground = " (packing assumed)" if chosen.assumed else ""
    head = f"{count} of size {fill.size}, {portion(made)} spread evenly"
    if not fill.filler:
        return Action("fill", f"{head}; it fills the shell, no filler{ground}")
    text = f"about {show(fill.filler)} filler each, {show(fill.total)} in all{ground}"
    return Action("fill", f"{head}, topped up with {top}: {text}")


def needs(case: Case, chosen: Chosen, bodies: Quantity) -> tuple[Need, ...]:
    """Return the shells, filler and container that are used up."""
    key = case.bench.fillers[0].key if case.bench.fillers else "filler"
    words = f"filler ({case.bench.fillers[0].name})" if case.bench.fillers else "filler"
    fill = chosen.fill
    if isinstance(fill, Unknown) or fill.filler is None:
        filler = Need(key, f"{words}, amount unknown", None)
    else:
        filler = Need(key, words, (fill.filler * bodies.magnitude).to("g"))
    return (
        Need("shell", "capsule shells", Quantity(bodies.magnitude, "each")),
        filler,
        Need("bottle", "container", Quantity(Fraction(1), "each")),
    )
