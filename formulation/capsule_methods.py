"""Three ways to fill: all that was opened with filler on top, by packing, by topping up.

*Whole-unit*: the count comes out, nothing but filler is weighed. *Packing*: filler by the packing
of each powder. *Top-up*: filler until the bodies are full, then empty, remix, refill. Where they
differ, all are shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.capsule_fill import Chosen, items_of
from formulation.capsule_mix import ZERO, Mix
from formulation.cited import Unknown, known
from formulation.fills import Fill
from formulation.printing import show, show_part, show_share
from formulation.records import Product
from formulation.result import Action, Method
from formulation.source_units import claim_of
from formulation.topup import TopUp, top_up
from formulation.trace import Finding, Working
from formulation.units import Quantity
from formulation.weighing import can_be_weighed, too_little

POWDERS = "all powders"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fill: its filler in all, how much of it goes in first, the fill, what is weighed.

    `apart` is by how much its filler differs from the way that was chosen.
    """

    method: Method
    filler: Quantity | Unknown
    first: Quantity | Unknown
    each: Quantity | Unknown
    weighed: str
    how: str
    chosen: bool = False
    apart: Fraction | None = None


def _densities(
    case: Case, items: dict[str, str], first: str
) -> tuple[dict[str, Quantity], Unknown | None]:
    """Return the densities of all items in one state, `first` before others, or what is missing."""
    own = [(p.item, p.state, density) for p in case.bench.packing
           if p.item in items and (density := known(p.density)) is not None]  # fmt: skip
    for state in dict.fromkeys((first, *(state for _, state, _ in own))):
        found = {item: density for item, held, density in reversed(own) if held == state}
        if len(found) == len(items):
            return found, None
    lacking = [items[item] for item in items if item not in {one for one, _, _ in own}]
    why = f"no density of {lacking[0]}" if lacking else "densities in different states: never mixed"
    return {}, Unknown("density", why, "measure all the same way")


def topped(case: Case, mix: Mix, chosen: Chosen) -> TopUp | Unknown:
    """Return the top-up estimate for the size in use, from the powders' densities."""
    volume, flow = chosen.volume, glidant(mix, chosen)
    top = case.bench.filler(case.prescription.making.filler)
    if volume is None or top is None:
        return Unknown("shell size", "no size is chosen", 'give size = "3"')
    found, missing = _densities(case, items_of(case, mix.portions), chosen.state)
    if missing is not None:
        return missing
    powders = [(portion.whole, found[portion.key]) for portion in mix.portions]
    item = case.prescription.making.glidant.item if case.prescription.making.glidant else ""
    if flow is not None and item in found:
        powders.append((flow, found[item]))
    return top_up(volume, mix.count, tuple(powders), found[top.key], case.bench.practice.premix)


def glidant(mix: Mix, chosen: Chosen) -> Quantity | None:
    """Return the glidant in the whole mix, or None where there is none or it is not known."""
    fill = chosen.made
    return fill.glidant * mix.count if fill is not None and fill.glidant else None


def _weighed(case: Case, mix: Mix, filler: bool) -> str:
    """Return what has to be weighed, in words."""
    tipped_in = mix.opened is not None and mix.opened.drug == mix.wanted
    rows = [portion.name for portion in mix.portions[1:]] if tipped_in else [POWDERS]
    rows += ["glidant"] if case.prescription.making.glidant else []
    return ", ".join([*rows, *(["filler"] if filler else [])]) or "nothing"


def _by_packing(case: Case, mix: Mix, chosen: Chosen) -> Way:
    fill, unknown = chosen.made, _why_not(chosen)
    filler = fill.filler * mix.count if fill and fill.filler is not None else unknown
    each = fill.total if fill and fill.total is not None else unknown
    rest = _weighed(case, mix, True)
    how = "filler by the packing of each powder in this size"
    return Way("packing", filler, filler, each, rest, how)


def _why_not(chosen: Chosen) -> Unknown:
    if isinstance(chosen.fill, Unknown):
        return chosen.fill
    return Unknown("filler", "the powder does not fit", "take a larger shell")


def _by_top_up(case: Case, mix: Mix, chosen: Chosen) -> Way:
    found = topped(case, mix, chosen)
    how = "premix into the bodies, top up with filler till full, empty, remix, refill"
    rest = _weighed(case, mix, False)
    if isinstance(found, Unknown):
        return Way("top-up", found, found, found, rest, how)
    powder = mix.powder
    each: Quantity | Unknown = powder if isinstance(powder, Unknown) else _why_not(chosen)
    if isinstance(powder, Quantity) and isinstance(found.filler, Quantity):
        flow = glidant(mix, chosen) or ZERO
        each = ((powder + found.filler + flow) / mix.count).to("mg")
    return Way("top-up", found.filler, found.premix, each, rest, how)


def _whole(packing: Way) -> Way:
    how, each = "tip in all that was opened, top up with filler", packing.each
    rest = "nothing but filler" if packing.weighed == "filler" else packing.weighed
    return Way("whole-unit", packing.filler, packing.first, each, rest, how)


def ways(case: Case, mix: Mix, chosen: Chosen) -> tuple[Way, ...]:
    """Return the ways to fill that there are here, the chosen one marked.

    Whole-unit is chosen where the count comes out, else packing where the filler is known and can
    be weighed, else topping up; `method` asks for another.
    """
    packing = _by_packing(case, mix, chosen)
    every = [packing, _by_top_up(case, mix, chosen)]
    if mix.whole_units:
        every.insert(0, _whole(packing))
    default = "packing" if weighable(case, packing.filler) else "top-up"
    asked = case.prescription.making.method or ("whole-unit" if mix.whole_units else default)
    one = next((way for way in every if way.method == asked), packing)
    return tuple(_against(way, one) for way in every)


def weighable(case: Case, mass: Quantity | Unknown) -> bool:
    """Say whether a mass is known and may be weighed here; nothing needs no weighing."""
    return isinstance(mass, Quantity) and (not mass or can_be_weighed(case.bench.balance, mass))


def _against(way: Way, one: Way) -> Way:
    """Return a way with its difference from the chosen one."""
    apart = None
    if isinstance(way.filler, Quantity) and isinstance(one.filler, Quantity) and one.filler:
        apart = (way.filler / one.filler).number() - 1
    return Way(way.method, way.filler, way.first, way.each, way.weighed, way.how,
               way.method == one.method, apart)  # fmt: skip


def in_use(every: tuple[Way, ...]) -> Way:
    """Return the chosen way."""
    return next(way for way in every if way.chosen)


def remainder(case: Case, product: Product | None, mix: Mix) -> tuple[Finding, ...]:
    """Return the stop for a whole-unit filling whose count does not come out, with what would."""
    if case.prescription.making.method != "whole-unit" or mix.whole_units:
        return ()
    if mix.opened is None or product is None or len(mix.portions) > 1:
        what = "Whole-unit weighs nothing but filler; bulk powder has to be weighed"
        return (Finding("whole-unit-bulk", "stop", what, 'method = "packing", or another route'),)
    amount, held = mix.portions[0].drug, (product.drug * Quantity(Fraction(1), product.unit))
    target = case.per_unit().target * Quantity(Fraction(1), "cap")
    one = (target / held).number()
    step = math.lcm(one.denominator, case.prescription.units_per_dose)
    asked = mix.made.made.theoretical.magnitude
    low, high = int(asked // step * step), int(-(-asked // step) * step)
    nearest = [
        f"{count} capsules from {show(Quantity(one * count, product.unit))} opened"
        for count in dict.fromkeys((low, high))
        if count
    ]
    most, wanted = (
        Quantity(drug.number("mg") / target.number("mg"), "cap")
        for drug in (mix.opened.drug, mix.wanted)
    )
    what = (
        f"Whole-unit: {show(mix.opened.whole)} of {show(claim_of(product))} are "
        f"{show(most)} of {show(amount)}, not {show(wanted)}: "
        "the count does not come out"
    )
    plain = ", without excess" if case.allowance.excess or case.allowance.extra_units else ""
    fix = f'make {" or ".join(nearest)}{plain}; or weigh a share: method = "packing"'
    return (Finding("whole-unit-remainder", "stop", what, fix, mix.opened.drug, mix.wanted),)


def actions(case: Case, mix: Mix, chosen: Chosen, way: Way) -> tuple[Action, ...]:
    """Return what to do with the powder: how many bodies, the filler, which shell."""
    made, making = mix.made, case.prescription.making
    top = case.bench.filler(making.filler)
    assert top is not None  # noqa: S101  the routes ask for a filler first
    count = show(made.made.expected)
    if making.mode == "fixed":
        head = f"{count}, fixed: each filled by weight to the same mass"
    else:
        head = f"{count}, spread: {portion(mix)} evenly over all bodies"
    fill = chosen.fill
    if isinstance(fill, Fill) and not fill.fits:
        by = show(fill.over) if fill.over else show_share(fill.fraction - 1)
        return (Action("fill", f"not possible: {by} too much in size {fill.size}"),)
    return (
        Action("fill", head), *_filler(top.name, mix, way, chosen), *_flow(case, mix, chosen),
        *_shell(mix, chosen, way),
    )  # fmt: skip


def _filler(name: str, mix: Mix, way: Way, chosen: Chosen) -> tuple[Action, ...]:
    ground = chosen.ground
    if way.method == "top-up":
        text = f"{name}: premix, top up till the bodies are full, empty, remix, refill"
        if isinstance(way.filler, Quantity):
            text += f"; about {show(way.filler)} in all{ground}"
        return (Action("filler", text),)
    if isinstance(way.filler, Unknown):
        text = f"{name}: top up till the bodies are full, empty, remix, refill; amount open"
        return (Action("filler", text),)
    if not way.filler:
        return (Action("filler", "none: the shell is full"),)
    each = show((way.filler / mix.count).to("mg"))
    return (Action("filler", f"{name}: about {each} in each, {show(way.filler)} in all{ground}"),)


def flow_name(case: Case) -> str:
    """Return the name of the glidant, empty where there is none."""
    asked = case.prescription.making.glidant
    record = case.bench.filler(asked.item) if asked else None
    return record.name if record is not None else ""


def _flow(case: Case, mix: Mix, chosen: Chosen) -> tuple[Action, ...]:
    making, much = case.prescription.making, glidant(mix, chosen)
    if making.glidant is None:
        return ()
    text = f"{flow_name(case)}: {show_share(making.glidant.share)} of the fill"
    if much is not None:
        text += f", {show(much)} in all"
    return (Action("glidant", text),)


def _shell(mix: Mix, chosen: Chosen, way: Way) -> tuple[Action, ...]:
    fill = chosen.made
    if fill is None:
        own = ". The source's own size holds it" if mix.own_size else ""
        asked = f"size {chosen.asked} as asked, fit " if chosen.asked else ""
        return (Action("shell", f"{asked}{_why_not(chosen)}{own}"),)
    vendor = f", {fill.shell.vendor}" if fill.shell.vendor else ""
    volume = f" {show(fill.shell.volume)}" if fill.shell.volume else ""
    each = f": {show(way.each)} in each{chosen.ground}" if isinstance(way.each, Quantity) else ""
    return (Action("shell", f"size {fill.size}{vendor}{volume}{each}"),)


def unweighable(case: Case, mix: Mix, chosen: Chosen, way: Way) -> tuple[Finding, ...]:
    """Return the cautions that filler or glidant for all is too little for the balance."""
    balance, much = case.bench.balance, glidant(mix, chosen)
    found: tuple[Finding, ...] = ()
    if isinstance(way.filler, Quantity) and way.filler and way.method != "top-up":
        instead = "top the bodies up by volume, without weighing"
        found = too_little("filler for all", way.filler, balance, Working(), instead)
    if much is None:
        return found
    instead = "mix a larger stock of filler with its share of glidant, and weigh from that"
    return (*found, *too_little("glidant for all", much, balance, Working(), instead))


def portion(mix: Mix) -> str:
    """Return how much of the mix is spread: all of it, or the share that fills whole capsules."""
    used = mix.made.balance.dispensed + mix.made.balance.overage + mix.made.balance.extra
    share = (used / (used + mix.made.balance.discarded)).number()
    return "all powder" if share == 1 else f"{show_part(share)} of the mix"
