"""A dose too small to draw: a stock from whole units, and a measured part of it diluted further.

units x claim x (taken / stock) ... / made up to = concentration, so that the dose lands on a mark.
An exact landing first, then the fewest source units, the fewest dilutions, the plainest volumes,
the least liquid; of those that are read closely enough. A volume is read to half a graduation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd

from formulation.bench import Bench, Device
from formulation.cited import ASSUMPTION, known
from formulation.dilutions import Glass, Mark, glass
from formulation.trace import Step, Working
from formulation.units import Quantity

SECOND = (2, 4, 5, 10, 20, 25, 50, 100)
MOST_UNITS, PLAIN = 3, 2
LIKELY = Fraction(1, 20)
Pair = tuple[Mark, Mark]


@dataclass(frozen=True, slots=True)
class Dip:
    """Made up to a volume, and how much of it is taken, each on its device."""

    made: Quantity
    vessel: str
    taken: Quantity
    measure: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A stock, what is taken of it, and the final volume from which a dose is drawn.

    `share` is the part of the drug that is in the final volume; `low` and `high` are how far off
    it may be at worst by reading.
    """

    units: int
    stages: tuple[Dip, ...]
    volume: Quantity
    vessel: str
    drawn: Quantity
    device: str
    share: Fraction
    low: Fraction
    high: Fraction
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: drug in one dose, in one unit, and how many doses are to be held."""

    dose: Quantity
    claim: Quantity
    doses: Fraction


@dataclass(frozen=True, slots=True)
class _Found:
    """One chain in marks: the pairs of stock and part, then the vessel, the mark drawn."""

    pairs: tuple[Pair, ...]
    vessel: Mark
    drawn: Mark

    @property
    def plain(self) -> tuple[int, int]:
        """Return how plain its volumes are to read, by their digits, then all the liquid in it."""
        marks = [self.vessel, self.drawn, *(mark for pair in self.pairs for mark in pair)]
        liquid = self.vessel.parts + sum(stock.parts for stock, _ in self.pairs)
        return sum(_digits(mark) for mark in marks), liquid


def _digits(mark: Mark) -> int:
    return len(str(mark.parts).rstrip("0"))


def _reading(mark: Mark, per_ml: int) -> Fraction:
    """Return by what share a mark may be misread: half a graduation."""
    return mark.device.graduation.value.number("mL") * per_ml / 2 / mark.parts


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a chain is looked for: the glass, the marks for a dose, the plainest pair by its share.

    A pair is a stock and a smaller part of it, by how many times that dilutes.
    """

    within: Glass
    vessels: tuple[Mark, ...]
    drawn: tuple[Mark, ...]
    pairs: dict[tuple[int, int], Pair]


def _place(within: Glass, drawn: tuple[Mark, ...], limits: tuple[Fraction, Fraction]) -> _Place:
    """Return what may be used where final volume, and stock with part, are read this closely.

    Whole numbers only: a share misread is half a graduation, g / (2 x parts), in parts.
    """
    of_vessel, of_pair = limits
    per_ml, over, under = within.per_ml, 2 * of_pair.numerator, of_pair.denominator
    stocks = [_Known(mark, per_ml) for mark in within.vessels]
    takes = {one.parts: one for one in stocks}
    takes |= {mark.parts: _Known(mark, per_ml) for mark in within.measures}
    found: dict[tuple[int, int], tuple[int, int, Pair]] = {}
    for stock in stocks:
        for part in takes.values():
            if part.parts >= stock.parts or part.mark.device is stock.mark.device:
                continue
            read = stock.step * part.parts + part.step * stock.parts
            if read * under > over * stock.parts * part.parts:
                continue
            common = gcd(stock.parts, part.parts)
            key = (stock.parts // common, part.parts // common)
            rank = (stock.digits + part.digits, stock.parts)
            if key not in found or rank < found[key][:2]:
                found[key] = (*rank, (stock.mark, part.mark))
    plain = (mark for mark in within.vessels if _digits(mark) <= PLAIN)
    able = tuple(mark for mark in plain if _reading(mark, per_ml) <= of_vessel)
    return _Place(within, able, drawn, {key: pair for key, (_, _, pair) in found.items()})


class _Known:
    """A mark with its graduation and digits, worked out once."""

    __slots__ = ("digits", "mark", "parts", "step")

    def __init__(self, mark: Mark, per_ml: int) -> None:
        self.mark, self.parts, self.digits = mark, mark.parts, _digits(mark)
        self.step = int(mark.device.graduation.value.number("mL") * per_ml)


def _dose_marks(within: Glass, syringes: tuple[Device, ...]) -> Iterator[Mark]:
    """Yield each mark on which a dose can be drawn, on the device that is read most closely."""
    seen: set[int] = set()
    for device in sorted(syringes, key=lambda d: (d.graduation.value, d.capacity.value)):
        grid = device.grid
        step = int(grid.step.number("mL") * within.per_ml)
        first = -int(-(grid.least / grid.step).number() // 1)
        for count in range(max(first, 1), int((grid.most / grid.step).number() // 1) + 1):
            if count * step not in seen:
                seen.add(count * step)
                yield Mark(count * step, device)


def _lands(place: _Place, doses: Fraction) -> Iterator[Pair]:
    """Yield each final volume with each mark of which it holds all doses."""
    over, under = doses.numerator, doses.denominator
    for vessel in place.vessels:
        for mark in place.drawn:
            if mark.parts * over <= vessel.parts * under:
                yield vessel, mark


def _exact(want: Wanted, ratio: Fraction, place: _Place, second: int) -> _Found | None:
    """Return the plainest chain that lands exactly, with a second dilution of `second` times."""
    more: tuple[Pair, ...] = ()
    if second > 1:
        if (second, 1) not in place.pairs:
            return None
        more = (place.pairs[second, 1],)
    above, below = ratio.numerator, ratio.denominator * second
    able: list[_Found] = []
    for vessel, mark in _lands(place, want.doses):
        over, under = above * mark.parts, below * vessel.parts
        common = gcd(over, under)
        pair = place.pairs.get((over // common, under // common))
        if pair is not None:
            able.append(_Found((pair, *more), vessel, mark))
    return min(able, key=lambda one: one.plain, default=None)


def _near(want: Wanted, ratio: Fraction, place: _Place, enough: Fraction) -> _Found | None:
    """Return the chain that lands closest, where none lands exactly."""
    able = {Fraction(*key): pair for key, pair in place.pairs.items()}
    shares = sorted(able)
    best: tuple[Fraction, tuple[int, int], _Found] | None = None
    for vessel, mark in _lands(place, want.doses):
        if _digits(vessel) > 1:
            continue
        over = ratio * Fraction(mark.parts, vessel.parts)
        at = bisect_left(shares, over)
        for share in shares[max(at - 1, 0) : at + 1]:
            off, found = abs(over / share - 1), _Found((able[share],), vessel, mark)
            if off <= enough and (best is None or (off, found.plain) < best[:2]):
                best = (off, found.plain, found)
    return best[2] if best is not None else None


@lru_cache(maxsize=16)
def chain(want: Wanted, bench: Bench, syringes: tuple[Device, ...]) -> Chain | None:
    """Return how a dose too small to draw is brought onto a mark, or None where nothing does it.

    >>> from formulation.benches import read_bench
    >>> from formulation.printing import show
    >>> bench = read_bench()
    >>> found = chain(Wanted(Quantity(Fraction("0.05"), "mg"), Quantity(Fraction(50), "mg"),
    ...                      Fraction(30)), bench,
    ...               tuple(d for d in bench.devices if d.kind == "oral syringe"))
    >>> found.units, found.share * 50 / found.volume.magnitude * found.drawn.magnitude
    (1, Fraction(1, 20))
    """
    able = tuple(d for d in bench.devices if d.kind in ("graduate", "pipette"))
    within = glass((*able, *syringes))
    drawn = tuple(_dose_marks(within, syringes))
    if not within.vessels or not drawn:
        return None
    enough = known(bench.setting.mark_error) or LIKELY
    close = (enough * 2 / 5, enough * 3 / 5)
    for limits in (close, (Fraction(1), Fraction(1))):
        found = _found(want, _place(within, drawn, limits), enough)
        if found is not None:
            return _worked(want, *found, within)
    return None


def _found(want: Wanted, place: _Place, enough: Fraction) -> tuple[int, _Found] | None:
    """Return the units and the chain: exact from few units, else the closest."""
    each = (want.claim / want.dose).number()
    least = max(1, -int(-(want.doses / each) // 1))
    for units in range(least, least + MOST_UNITS):
        for second in (1, *SECOND):
            exact = _exact(want, each * units, place, second)
            if exact is not None:
                return units, exact
    near = _near(want, each * least, place, enough)
    return (least, near) if near is not None else None


def _worked(want: Wanted, units: int, found: _Found, within: Glass) -> Chain:
    """Return the chain with its volumes, the drug in the last of them, and its limits at worst."""
    working = Working()
    drug = working.work(
        "drug in the stock", "units * claim", {"units": Fraction(units), "claim": want.claim},
        "all of each unit goes in",
    )  # fmt: skip
    held, stages = (drug, drug, drug), []
    for number, (stock, part) in enumerate(found.pairs, 1):
        held = _taken((stock, part), held, number, within, working)
        stages.append(Dip(within.volume(stock), stock.device.name,
                          within.volume(part), part.device.name))  # fmt: skip
    return Chain(
        units=units, stages=tuple(stages), volume=within.volume(found.vessel),
        vessel=found.vessel.device.name, drawn=within.volume(found.drawn),
        device=found.drawn.device.name, share=(held[0] / drug).number(),
        low=(held[1] / held[0]).number() - 1, high=(held[2] / held[0]).number() - 1,
        steps=tuple(working.steps),
    )  # fmt: skip


def _taken(
    pair: Pair, held: tuple[Quantity, ...], number: int, within: Glass, working: Working
) -> tuple[Quantity, Quantity, Quantity]:
    """Return the drug in what is taken: as made, at worst low, at worst high."""
    stock, part = pair
    marks = {"taken": within.volume(part), "made": within.volume(stock)}
    nominal = working.work(
        f"drug in part {number}", "held * taken / made", {"held": held[0], **marks},
        "the same share of the drug as of the liquid",
    )  # fmt: skip
    half = {"read": part.device.graduation.value / 2, "filled": stock.device.graduation.value / 2}
    low = working.work(
        f"part {number} at worst, low", "held * (taken - read) / (made + filled)",
        {"held": held[1], **marks, **half},
        "too little taken of too much; half a graduation each, assumed", (ASSUMPTION,),
    )  # fmt: skip
    high = working.work(
        f"part {number} at worst, high", "held * (taken + read) / (made - filled)",
        {"held": held[2], **marks, **half},
        "too much taken of too little; half a graduation each, assumed", (ASSUMPTION,),
    )  # fmt: skip
    return nominal.to("mg"), low.to("mg"), high.to("mg")
