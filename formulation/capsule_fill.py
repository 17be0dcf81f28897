"""Which shell the powder goes into and how much filler: its packing on this bench, size by size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.bench import Packing
from formulation.capsule_mix import Mix, Portion
from formulation.cited import Cited, Unknown, known
from formulation.fills import Fill, Packs, Powder, Recipe, Shell, fills, smallest
from formulation.printing import show, show_share
from formulation.records import Shells
from formulation.result import Need
from formulation.trace import Finding, Step
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Chosen:
    """The fill chosen, that of every size, and what they stand on.

    `fill` is unknown where the powder was not weighed or a packing is missing; `state` says how the
    powders pack: bulk, tapped or tamped.
    """

    fill: Fill | Unknown
    every: tuple[Fill, ...] = ()
    shells: Shells | None = None
    state: str = ""
    assumed: bool = False
    findings: tuple[Finding, ...] = ()
    asked: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the working of the fill, where there is one."""
        return () if isinstance(self.fill, Unknown) else self.fill.steps

    @property
    def made(self) -> Fill | None:
        """Return the fill that can be made, or None."""
        return self.fill if isinstance(self.fill, Fill) and self.fill.fits else None

    @property
    def volume(self) -> Cited[Quantity] | None:
        """Return the volume of the size in use, chosen or asked for, where the vendor prints it."""
        size = self.fill.size if isinstance(self.fill, Fill) else self.asked
        table = self.shells.sizes if self.shells is not None else ()
        found = next((s.volume for s in table if s.size == size), None)
        return found if isinstance(found, Cited) else None

    @property
    def ground(self) -> str:
        """Return the words that a fill stands on an assumed packing, where it does."""
        return " (packing assumed)" if self.assumed else ""


@dataclass(frozen=True, slots=True)
class Packed:
    """How the powders of one capsule pack, all in one state, and whether that is assumed."""

    packs: dict[str, Packs]
    state: str
    assumed: bool
    statistics: tuple[tuple[str, Packing], ...] = ()


def shells_of(case: Case) -> Shells | None:
    """Return the table of shells in use: of the material or name asked for, else the first."""
    asked = case.prescription.making.shell
    return next((s for s in case.bench.shells if asked in ("", s.key, known(s.material))), None)


def _weighed(case: Case, item: str, state: str) -> tuple[Packing, ...]:
    """Return the statistics of a powder in one state, one a size: of the lot in use first."""
    lots = dict(case.prescription.making.lots).get(item, ())
    own = [p for p in case.bench.statistics_of(item) if p.state == state]
    own.sort(key=lambda p: p.lot not in lots)
    sizes = dict.fromkeys(p.size for p in own)
    return tuple(next(p for p in own if p.size == size) for size in sizes)


def _of_lot(case: Case, held: Packed, size: str) -> tuple[Finding, ...]:
    """Return what is to be said of the statistics of a size: another lot, too few capsules."""
    found, least = [], case.bench.practice.packed_least
    for item, one in held.statistics:
        if one.size != size:
            continue
        lots, count = dict(case.prescription.making.lots).get(item, ()), known(one.count)
        if any(lot != one.lot for lot in lots) or (one.lot and not lots):
            now = " and ".join(lots) or "not given"
            what = (
                f"{item}, size {one.size}: the packing was weighed on lot {one.lot or 'not given'}"
                f"{f' on {one.made}' if one.made else ''}; the lot in use is {now}"
            )
            fix = f"pack {show(least.value)} or more of the new lot, or name the lot in [lots]"
            found.append(Finding("packing-other-lot", "caution", what, fix))
        if count is not None and count < least.value:
            what = f"{item}, size {one.size}: the packing was weighed on {count} capsules"
            fix = f"pack {show(least.value)} or more"
            limit = Quantity(least.value, "cap")
            found.append(Finding("packing-few", "caution", what, fix, limit, Quantity(count, "cap"),
                                 (least.source,)))  # fmt: skip
    return tuple(found)


def _in_state(case: Case, items: dict[str, str], state: str) -> Packed | None:
    """Return how all the items pack in one state, or None where one of them has no such packing."""
    packs: dict[str, Packs] = {}
    assumed, statistics = False, list[tuple[str, Packing]]()
    for item, name in items.items():
        loose = [p for p in case.bench.packing if p.item == item and p.state == state]
        density = next((p.density for p in loose if isinstance(p.density, Cited)), None)
        packed = _weighed(case, item, state)
        if density is None and not packed:
            return None
        weighed = tuple((p.size, p.mass.value) for p in packed if isinstance(p.mass, Cited))
        packs[item] = Packs(name, density.value if density else None, weighed)
        used = [p.mass for p in packed] or [p.density for p in loose]
        assumed |= any(isinstance(fact, Cited) and fact.assumed for fact in used)
        statistics += [(item, one) for one in packed]
    return Packed(packs, state, assumed, tuple(statistics))


def packed(case: Case, items: dict[str, str]) -> Packed | Unknown:
    """Return how all powders pack in one state; weighed statistics go before densities.

    `items` are ids and names. Powders in different states are never mixed.
    """
    own = [p for p in case.bench.packing if p.item in items]
    own.sort(key=lambda p: isinstance(p.mass, Unknown))
    for state in dict.fromkeys(p.state for p in own):
        found = _in_state(case, items, state)
        if found is not None:
            return found
    fill = "pack 5 to 10 capsules with each powder and weigh them; give it as [[packing]]"
    for item, name in items.items():
        if item not in {p.item for p in own}:
            return Unknown("packing density", f"no packing density of {name}", fill)
    states = "; ".join(f"{items[p.item]} is {p.state}" for p in own)
    return Unknown("packing density", f"{states}: never mixed", "measure all the same way")


def _recipe(case: Case, mix: Mix, held: Packed) -> tuple[Recipe, Unknown | None]:
    """Return the recipe of one capsule, and what of it is not weighed: there the drug alone."""
    missing, powders = None, []
    for portion in mix.portions:
        mass = portion.each(mix.count)
        if isinstance(mass, Unknown):
            missing, mass = mass, portion.drug
        powders.append(Powder(portion.name, mass, held.packs[portion.key]))
    making = case.prescription.making
    top = case.bench.filler(making.filler)
    assert top is not None  # noqa: S101  the routes ask for a filler first
    flow = making.glidant
    recipe = Recipe(
        tuple(powders), held.packs[top.key],
        held.packs.get(flow.item) if flow else None,
        flow.share if flow else Fraction(0), making.least_filler,
    )  # fmt: skip
    return recipe, missing


def items_of(case: Case, portions: tuple[Portion, ...]) -> dict[str, str]:
    """Return the ids and names of all that has to pack; a glidant only where its packing is known.

    Without one its mass counts and its volume does not: it lies on and between the other grains.
    """
    making = case.prescription.making
    top = case.bench.filler(making.filler)
    items = {portion.key: portion.name for portion in portions}
    if top is not None:
        items[top.key] = top.name
    if making.glidant and any(p.item == making.glidant.item for p in case.bench.packing):
        flow = case.bench.filler(making.glidant.item)
        items[making.glidant.item] = flow.name if flow else making.glidant.item
    return items


def choose(case: Case, mix: Mix) -> Chosen:
    """Return the shell asked for, else the smallest that holds the powder, topped up with filler.

    Where the powder was not weighed, powder that could not even hold its drug is still a stop, and
    so is powder that no shell holds; both say how many capsules a dose would take.
    """
    table = shells_of(case)
    assert table is not None  # noqa: S101  the routes ask for shells first
    held = packed(case, items_of(case, mix.portions))
    unweighed = next((p.whole for p in mix.portions if isinstance(p.whole, Unknown)), None)
    if isinstance(held, Unknown):
        return Chosen(unweighed or held, shells=table)
    recipe, missing = _recipe(case, mix, held)
    vendor = table.vendor or table.name
    sizes = tuple(Shell(s.size, known(s.volume), vendor) for s in table.sizes)
    every = fills(sizes, recipe)
    if not every:
        none = Unknown("shell volume", "no volume is known for any shell", "measure one")
        return Chosen(unweighed or none, shells=table)
    asked = case.prescription.making.size
    if asked and asked not in {fill.size for fill in every}:
        none = Unknown("shell size", f"no size {asked} among {table.name}", "ask for another")
        return Chosen(none, every, table, held.state, held.assumed)
    one = next(f for f in every if f.size == asked) if asked else smallest(every)
    fill = one or every[-1]
    findings = _of_lot(case, held, fill.size)
    if not fill.fits:
        findings = (*findings, too_full(case, fill, every, missing))
    return Chosen(missing or fill, () if missing else every, table, held.state, held.assumed,
                  findings, asked)  # fmt: skip


def too_full(case: Case, fill: Fill, every: tuple[Fill, ...], missing: Unknown | None) -> Finding:
    """Return the stop for a shell that is too small: by how much, and what holds it instead."""
    what = "The drug alone" if missing is not None else "The powder of one capsule"
    which = "" if case.prescription.making.size else "the largest shell, "
    by = f"{show(fill.over)} too much" if fill.over else f"{show_share(fill.fraction - 1)} too much"
    volume = f" of {show(fill.shell.volume)} ({fill.shell.vendor})" if fill.shell.volume else ""
    what = f"{what} does not fit {which}size {fill.size}{volume}: {by}"
    fitting = [other.size for other in every if other.fits]
    count = -((-fill.fraction) // 1) * case.prescription.units_per_dose
    fix = f'size = "{fitting[0]}" holds it' if fitting else f"units_per_dose = {count}"
    over = fill.shell.volume + fill.over if fill.shell.volume and fill.over else None
    return Finding("capsule-too-full", "stop", what, fix, fill.shell.volume, over)


def needs(case: Case, chosen: Chosen, mix: Mix) -> tuple[Need, ...]:
    """Return the shells, filler, glidant and container that are used up."""
    making, fill = case.prescription.making, chosen.made
    top = case.bench.filler(making.filler)
    assert top is not None  # noqa: S101  the routes ask for a filler first
    filler = Need(top.key, f"filler ({top.name}), amount unknown", None)
    if fill is not None and fill.filler is not None:
        filler = Need(top.key, f"filler ({top.name})", (fill.filler * mix.count).to("g"))
    flow: tuple[Need, ...] = ()
    if making.glidant is not None:
        amount = (fill.glidant * mix.count).to("g") if fill and fill.glidant else None
        flow = (Need(making.glidant.item, f"glidant ({making.glidant.item})", amount),)
    shells = Quantity(mix.made.made.expected.magnitude, "each")
    return (
        Need("shell", "capsule shells", shells), filler, *flow,
        Need("bottle", "container", Quantity(Fraction(1), "each")),
    )  # fmt: skip
