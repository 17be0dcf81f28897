"""Which shell, how much filler, and what to do with it: the fill of a capsule route."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.batch import Made
from formulation.cited import Cited, Unknown
from formulation.cost import Need
from formulation.fills import Fill, Powder, fill_largest, smallest_fit
from formulation.printing import show, show_part
from formulation.result import Action
from formulation.trace import Finding, Step, Working
from formulation.units import Quantity
from formulation.weighing import too_little


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


def _densities(
    case: Case, name: str, key: str
) -> Unknown | tuple[Cited[Quantity], Cited[Quantity]]:
    """Return the two packing densities, or the fact that is missing for them."""
    bench = case.bench
    own, top = bench.packing_of(key), bench.packing_of(bench.fillers[0].key)
    if own is None or isinstance(own.density, Unknown):
        return Unknown("packing density", f"no packing density of {name}", "pack and weigh it")
    if top is None or isinstance(top.density, Unknown):
        return Unknown("packing density", "no packing density of the filler", "pack and weigh it")
    if own.state != top.state:
        why = f"{name} is {own.state}, the filler {top.state}: never mixed"
        return Unknown("packing density", why, "measure both the same way")
    return own.density, top.density


def choose(case: Case, source: tuple[str, str], mass: Quantity | Unknown, drug: Quantity) -> Chosen:
    """Return the smallest shell of the bench that holds the powder, topped up with filler.

    `source` is the powder's name and id, `mass` its powder in one capsule, `drug` the drug in one:
    where the mass is unknown, powder that could not even hold its drug is still a stop, and so is
    powder that no shell holds; both say how many capsules a dose would take.
    """
    shells = case.bench.shells
    assert shells is not None  # noqa: S101  the routes ask for shells first
    densities = _densities(case, *source)
    if isinstance(densities, Unknown):
        return Chosen(mass if isinstance(mass, Unknown) else densities)
    own, top = densities
    assumed = own.assumed or top.assumed
    powder = Powder(source[0], drug if isinstance(mass, Unknown) else mass, own.value)
    fill = smallest_fit(shells, (powder,), top.value)
    if fill is not None:
        return Chosen(mass if isinstance(mass, Unknown) else fill, assumed)
    largest = fill_largest(shells, (powder,), top.value)
    if largest is None:
        return Chosen(Unknown("shell volume", "no volume is known for any shell", "measure one"))
    what = "The drug alone" if isinstance(mass, Unknown) else "The powder of one capsule"
    findings = (_too_full(case, largest, what, assumed),)
    return Chosen(mass if isinstance(mass, Unknown) else largest, assumed, findings)


def _too_full(case: Case, fill: Fill, what: str, assumed: bool) -> Finding:
    ground = " (packing assumed)" if assumed else ""
    count = -((-fill.fraction) // 1) * case.prescription.units_per_dose
    what = (
        f"{what} does not fit the largest shell, size {fill.size} of "
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
    return f"{show_part(share)} of the mix"


def actions(case: Case, chosen: Chosen, made: Made, share: Fraction | None) -> tuple[Action, ...]:
    """Return what to do with the powder: how many bodies, which shell, how much filler.

    `share` is the part of one source unit in one capsule: at most one fits the source's own shell.
    """
    count, fill = show(made.made.expected), chosen.fill
    top = case.bench.fillers[0].name
    head = f"{count}, {made.made.mode}: {portion(made)} evenly over all bodies"
    if isinstance(fill, Unknown):
        own = " The source's own size holds it" if share is not None and share <= 1 else ""
        shell = f"{fill}.{own}"
        return (Action("fill", f"{head}; top up with {top}"), Action("shell", shell))
    if fill.filler is None or fill.total is None:
        return (Action("fill", f"not possible: {show(fill.over)} too much in size {fill.size}"),)
    ground = " (packing assumed)" if chosen.assumed else ""
    shell = f"size {fill.size}, {show(fill.total)} in each{ground}"
    if not fill.filler:
        return (Action("fill", f"{head}; no filler, the shell is full"), Action("shell", shell))
    whole = fill.filler * made.portions
    text = f"{top}: about {show(fill.filler)} in each, {show(whole)} in all{ground}"
    return (Action("fill", head), Action("filler", text), Action("shell", shell))


def filler_weighed(case: Case, chosen: Chosen, made: Made) -> tuple[Finding, ...]:
    """Return the caution that the filler for all is too little to weigh: then top up by volume."""
    if isinstance(chosen.fill, Unknown) or not chosen.fill.filler:
        return ()
    whole = chosen.fill.filler * made.portions
    instead = "top the bodies up by volume, without weighing"
    return too_little("filler for all", whole, case.bench.balance, Working(), instead)


def needs(case: Case, chosen: Chosen, made: Made) -> tuple[Need, ...]:
    """Return the shells, filler and container that are used up."""
    first, fill = case.bench.fillers[0], chosen.fill
    filler = Need(first.key, f"filler ({first.name}), amount unknown", None)
    if not isinstance(fill, Unknown) and fill.filler is not None:
        amount = (fill.filler * made.portions).to("g")
        filler = Need(first.key, f"filler ({first.name})", amount)
    return (
        Need("shell", "capsule shells", Quantity(made.made.expected.magnitude, "each")),
        filler,
        Need("bottle", "container", Quantity(Fraction(1), "each")),
    )
