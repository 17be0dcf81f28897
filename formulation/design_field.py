"""The layouts of every liquid in every making: examined together, judged one by one.

The geometry (units, volume, draw) is examined once for a source product and a making, and shared by
all liquids of that product; what depends on the liquid is held against it afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm

from formulation.design_space import Days, Family, Making
from formulation.designed import RULES
from formulation.kernel_judging import Ground, Judged, judge, nearest, undominated
from formulation.kernel_layouts import Block, Layer, Place, Seen, closest, examine
from formulation.layout_terms import portions
from formulation.layouts import MOST_DRAWS, Laid, Terms, preference


@dataclass(slots=True, eq=False)
class Cell:
    """One liquid in one making: its candidates, and what is left of them.

    `place` is that of the liquid in the plan's order; `forbidden`: the recipient cannot take it,
    whatever its layout.
    """

    family: Family
    making: Making
    terms: Terms
    block: Block
    seen: Seen
    ground: Ground
    place: int
    days: Days
    forbidden: bool = False
    codes: dict[str, int] = field(default_factory=dict)

    @property
    def judged(self) -> Judged:
        """Return which units and volumes are left as things stand."""
        return judge(self.seen, self.ground)

    def fell(self) -> dict[str, int]:
        """Return how many candidates fall to each rule first."""
        if self.forbidden:
            return dict.fromkeys(RULES, 0) | {"recipient": self.seen.size}
        return dict(zip(RULES, (*self.seen.fell, *self.judged.fell), strict=True))

    def left(self) -> int:
        """Return how many candidates break no rule."""
        return 0 if self.forbidden else self.judged.left

    def front(self) -> list[Laid]:
        """Return the layouts that no other of this liquid and making dominates, exactly.

        No more units and no more volume never cost more: every line of a bill only grows. Nor is
        one drawn less often for a dose more work.
        """
        if self.forbidden:
            return []
        allowed, seen = self.judged.allowed, self.seen
        every = [
            self.laid(layer, place)
            for layer in seen.layers
            for place in undominated(seen, layer, allowed)
        ]
        every.sort(key=_weights)
        kept: list[Laid] = []
        for one in every:
            mine = _weights(one)
            if not any(all(a <= b for a, b in zip(_weights(o), mine, strict=True)) for o in kept):
                kept.append(one)
        return kept

    def preferred(self) -> list[Laid]:
        """Return the preferred layout of this liquid in this making, where there is one.

        First of those drawn in as few parts as any syringe allows, then of those in 2, 3, 4.
        """
        if self.forbidden:
            return []
        allowed, layers = self.judged.allowed, self.seen.layers
        tried = (tuple((one, allowed & one.fewest) for one in layers),
                 *(((one, allowed & ~one.fewest),) for one in layers))  # fmt: skip
        for masks in tried:
            every = [self.laid(layer, place) for layer, place in nearest(self.seen, masks)]
            if every:
                return [min(every, key=lambda laid: preference(self.terms, laid))]
        return []

    def closest(self, rule: int) -> Laid | None:
        """Return what breaks one rule on the draw alone and comes nearest to it."""
        found = closest(self.block, self.seen, self.judged.allowed, rule)
        return None if found is None else self.laid(*found)

    def laid(self, layer: Layer, place: Place) -> Laid:
        """Return one candidate exactly."""
        row, column, draw = place
        terms, units = self.terms, self.block.units[row]
        volume, drawn = terms.finals[column], terms.draws[draw]
        given = terms.concentration(units, volume.volume) * drawn.volume * layer.times
        return Laid(units, volume, drawn, layer.times, given / terms.asked - 1)

    def stop(self, laid: Laid, codes: tuple[str, ...], by_volume: bool) -> None:
        """Take away what one stop stands against: the volume, or the class of concentration."""
        ground, before = self.ground, self.left()
        if by_volume:
            gone = self.terms.finals.index(laid.volume)
            self.ground = replace(ground, gone=ground.gone | {gone})
        else:
            made = self.terms.concentration(laid.units, laid.volume.volume)
            group = self.family.group(made)
            self.ground = replace(ground, stopped=ground.stopped | {group})
        for code in codes:
            self.codes[code] = self.codes.get(code, 0) + before - self.left()


def _weights(laid: Laid) -> tuple[Fraction, ...]:
    """Return what a layout is held against another of its making by: less of each is as good."""
    return (
        Fraction(laid.units),
        laid.volume.volume,
        abs(laid.error),
        max(-laid.error, Fraction(0)),
        Fraction(laid.times),
    )


def in_making(terms: Terms, family: Family, making: Making) -> Terms:
    """Return the terms of one making of some of the doses."""
    return replace(terms, portions=portions(family.case.allowance, making.doses))


def block_of(terms: Terms) -> Block:
    """Return the candidates of one making, with every mark a whole number of one step."""
    every = [mark.volume for mark in (*terms.finals, *terms.draws)]
    step = lcm(*(volume.denominator for volume in (*every, *terms.capacities)))
    return Block(
        units=terms.units,
        volumes=tuple(int(mark.volume * step) for mark in terms.finals),
        draws=tuple(int(mark.volume * step) for mark in terms.draws),
        capacities=tuple(int(capacity * step) for capacity in terms.capacities),
        most_draws=MOST_DRAWS,
        ratio=terms.claim / terms.asked,
        low=terms.low,
        high=terms.high,
        portions=terms.portions,
        most=None if terms.most is None else terms.most * step,
    )


def ground_of(terms: Terms, family: Family, days: Days, making: Making) -> Ground:
    """Return what holds of units and volume alone for one liquid in one making."""
    volumes = [mark.volume for mark in terms.finals]
    at = {volume: place for place, volume in enumerate(volumes)}
    drug = [units * terms.claim for units in terms.units]
    start = tuple(0 for _ in drug)
    if terms.limit is not None:
        none = len(volumes)
        start = tuple(
            bisect_left(volumes, one / terms.limit) if terms.limit else none for one in drug
        )
    fixed = terms.fixed
    made = family.case.prescription.prepared
    groups = range(len(family.classes) + 1)
    dated = [days.until(family, group, made) is not None for group in groups]
    return Ground(
        start=start,
        formula=None if fixed is None else tuple(at.get(one / fixed, -1) for one in drug),
        classes=tuple(tuple(at.get(one / c, -1) for one in drug) for c in family.classes),
        dated=tuple(dated),
        keeps=tuple(not d or days.keeps(family, g, making) for g, d in enumerate(dated)),
    )


def cells(every: tuple[Family, ...], tried: tuple[Making, ...], days: Days) -> tuple[Cell, ...]:
    """Return every liquid in every making, examined."""
    found: list[Cell] = []
    known: dict[tuple[str, Making], tuple[Block, Seen]] = {}
    for place, family in enumerate(every):
        if not family.terms.finals or not family.terms.draws:
            continue
        for making in tried:
            terms = in_making(family.terms, family, making)
            key = (family.product.key, making)
            if key not in known:
                block = block_of(terms)
                known[key] = block, examine(block)
            block, seen = known[key]
            found.append(Cell(family, making, terms, block, seen,
                              ground_of(terms, family, days, making), place, days))  # fmt: skip
    return tuple(found)
