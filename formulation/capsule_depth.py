"""Capsules in depth: every size, every way to fill, the mixing, the machine, what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.capsule_fill import Chosen, items_of, packed
from formulation.capsule_machine import machine_loads, mixed, poured
from formulation.capsule_methods import Way, glidant, in_use, weighable
from formulation.capsule_mix import Mix
from formulation.capsule_routes import Made
from formulation.cited import Cited, Unknown
from formulation.mixing import Stage, geometric
from formulation.printing import show, show_exact, show_share
from formulation.remedy import Batch, Remedy, left, short
from formulation.source_powder import Spread, disagreement, spread_of
from formulation.source_units import drug_of
from formulation.trace import Finding, Working
from formulation.units import Quantity
from formulation.weighing import too_little


@dataclass(frozen=True, slots=True)
class Size:
    """One shell size: how full the powder makes it, whether it fits, the fill, the drug in it.

    `drug_share` is the share of the fill that the first drug is, where there is a fill.
    """

    size: str
    volume: Quantity | Unknown
    taken: Fraction
    fits: bool
    over: Quantity | Unknown
    filler: Quantity | Unknown
    fill: Quantity | Unknown
    drug_share: Fraction | Unknown
    chosen: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A number that is still open: its formula with what is known put in, and what is missing."""

    name: str
    formula: str
    missing: Unknown


def sizes(mix: Mix, chosen: Chosen) -> tuple[Size, ...]:
    """Return every shell size whose packing is known, the smallest first."""
    drug, none = mix.portions[0].drug, Unknown("fill", "it does not fit", "take a larger size")
    found = []
    for fill in chosen.every:
        share = fill.share(drug)
        volume = fill.shell.volume or Unknown("shell volume", "the vendor prints none")
        found.append(
            Size(fill.size, volume, fill.fraction, fill.fits,
                 fill.over if fill.over is not None else Unknown("volume over"),
                 fill.filler or none, fill.total or none, share if share is not None else none,
                 fill == chosen.fill)
        )  # fmt: skip
    return tuple(found)


def why_smallest(mix: Mix, chosen: Chosen) -> str:
    """Return why the smallest shell that fits was taken: the share of drug in what is filled."""
    fill = chosen.made
    if fill is None or fill.total is None:
        return ""
    drug = mix.portions[0].drug
    own = fill.share(drug) or Fraction(0)
    larger = [other for other in chosen.every if other.fits and other.fraction < fill.fraction]
    text = f"size {fill.size}: {show_share(own)} of the fill is drug"
    if not larger:
        return text
    other = larger[0]
    weaker = other.share(drug) or Fraction(0)
    return (
        f"{text}, in size {other.size} it would be {show_share(weaker)}; the more filler, the more "
        "an error of mixing counts"
    )


def stages(made: Made, way: Way, filler: str) -> tuple[Stage, ...]:
    """Return the order of mixing where every mass is known, else nothing.

    Filler that is topped up, or too little to weigh, goes in afterwards.
    """
    mix, chosen = made.mix, made.chosen
    whole = mixed(mix, chosen, way)
    if isinstance(whole, Unknown) or isinstance(way.first, Unknown):
        return ()
    parts = [(p.name, p.whole) for p in mix.portions if isinstance(p.whole, Quantity)]
    flow = glidant(mix, chosen)
    if flow is not None:
        parts.append(("glidant", flow))
    if weighable(made.case, way.first):
        parts.append((filler, way.first))
    return geometric(tuple(parts))


def still_open(made: Made) -> tuple[Open, ...]:
    """Return the formulas of what needs the pool's weight, with everything else put in."""
    mix, product = made.mix, made.product
    first = mix.portions[0]
    if not isinstance(first.whole, Unknown) or mix.opened is None or product is None:
        return ()
    share = (mix.wanted / mix.opened.drug).number()
    count = show_exact(mix.count)
    taken = "net powder" if share == 1 else f"net powder × {show_exact(share)}"
    rows = []
    if share != 1:
        rows.append(Open("powder to weigh", taken, first.whole))
    rows.append(Open("powder in one capsule", f"{taken} / {count}", first.whole))
    rows += [Open("filler in all", text, first.whole) for text in _tops(made)]
    return tuple(rows)


def _tops(made: Made) -> tuple[str, ...]:
    """Return the filler as a formula of the powder in one capsule, where the packing is known."""
    bench, making = made.case.bench, made.case.prescription.making
    top, own = bench.filler(making.filler), bench.packing_of(made.mix.portions[0].key)
    light = bench.packing_of(top.key) if top else None
    if own is None or light is None or own.state != light.state or making.glidant:
        return ()
    dense, thin = own.density, light.density
    if isinstance(dense, Unknown) or isinstance(thin, Unknown) or len(made.mix.portions) > 1:
        return ()
    volume = f"{show(made.chosen.volume.value)}" if made.chosen.volume else "shell volume"
    ground = " (packing assumed)" if dense.assumed or thin.assumed else ""
    return (
        f"{show_exact(made.mix.count)} × ({volume} - powder in one capsule / "
        f"({show(dense.value)})) × {show(thin.value)}{ground}",
    )


def pool_spread(made: Made) -> tuple[Spread | None, tuple[Finding, ...]]:
    """Return what the single weighings say, and whether they add up to the pool."""
    pool = made.case.pool
    if pool is None or not pool.weighings:
        return None, ()
    found = spread_of(pool.weighings, made.mix.whole_units)
    step = made.case.bench.setting.balance_step
    if len(pool.weighings) < pool.opened or isinstance(step, Unknown):
        return found, found.findings
    return found, (*found.findings, *disagreement(pool.weighings, pool.net, step.value))


def remedies(made: Made) -> tuple[Remedy, ...]:
    """Return what to do about each thing that happened at the machine, in its order.

    Each is what happened after the advice before it was followed: powder that was left is back in.
    """
    case, way = made.case, in_use(made.ways)
    whole = poured(made.mix, made.chosen, way)
    happened = case.prescription.making.actual
    if not happened or isinstance(whole, Unknown) or isinstance(way.filler, Unknown):
        return ()
    limits, count = case.bench.rules.strength_tolerance, made.mix.made.made.expected.magnitude
    batch = Batch(
        mix=whole, filler=way.filler * (count / made.mix.count), capsules=int(count),
        drug=(made.mix.made.content * Quantity(Fraction(1), "cap")).to("mg"),
        spread=case.prescription.making.mode == "spread", label=made.mix.portions[0].drug,
        limits=limits.value if isinstance(limits, Cited) else None,
        source=limits.source if isinstance(limits, Cited) else "",
        loads=tuple(load.capsules for load in machine_loads(case, made.mix, made.chosen, way)),
        room=_room(made, int(count)),
    )  # fmt: skip
    found = []
    for event in happened:
        if not batch.capsules:
            break
        found.append(short(batch, event.mass) if event.kind == "short" else left(batch, event.mass))
        batch = found[-1].after if event.kind == "short" else batch
    return tuple(found)


def _room(made: Made, count: int) -> Quantity | None:
    """Return the filler that fills all bodies alone, by its packing, or None where it is open."""
    case, fill = made.case, made.chosen.made
    top = case.bench.filler(case.prescription.making.filler)
    if fill is None or top is None:
        return None
    held = packed(case, items_of(case, made.mix.portions))
    alone = None if isinstance(held, Unknown) else held.packs[top.key].full(fill.shell, Working())
    return alone * count if alone is not None else None


def unanswered(made: Made) -> tuple[Finding, ...]:
    """Return the caution that what happened cannot be worked out before the mix is known."""
    happened = made.case.prescription.making.actual
    if not happened or remedies(made):
        return ()
    what = f"{happened[0].text!r}: the mass of the mix is open, and with it the drug in the fill"
    fix = 'give the weighed pool: [pool] net = "1.62 g", opened = 5'
    if made.chosen.made is None and not isinstance(made.mix.powder, Unknown):
        what, fix = (
            f"{happened[0].text!r}: there is no fill to mend",
            "choose a shell that holds it",
        )
    elif happened[0].kind == "short" and made.case.prescription.making.mode == "spread":
        fix = (
            f"empty all bodies, add {show(happened[0].mass)} of filler to the mix, mix, refill "
            f"all; never single capsules. For the rest {fix}"
        )
    return (Finding("actual-needs-mix", "caution", what, fix),)


def scant(made: Made) -> tuple[Finding, ...]:
    """Return the cautions that the filler to add to a short batch is too little to weigh."""
    making, balance = made.case.prescription.making, made.case.bench.balance
    instead = "top all bodies up with filler, empty them all, mix, and refill all"
    short_by = (event.mass for event in making.actual if event.kind == "short")
    masses = short_by if making.mode == "spread" else ()
    return tuple(
        found
        for mass in masses
        for found in too_little("filler to add", mass, balance, Working(), instead)
    )


def claim_line(made: Made) -> str:
    """Return how drug mass became powder mass, in one line."""
    product, pool = made.product, made.case.pool
    if product is None or pool is None:
        return ""
    one, ground = (
        (pool.net / pool.opened).to("mg"),
        "certificate" if product.held else "label claim",
    )
    return (
        f"{show(one)} of powder from one unit, the mean of {pool.opened}, holds "
        f"{show(drug_of(product))} of drug by {ground}"
    )
