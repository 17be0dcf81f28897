"""A dose too small to draw: a stock from whole units, and a measured part of it diluted further.

units x claim x (taken / stock) ... / made up to = concentration, so that the dose lands on a mark.
An exact landing first, then the fewest source units, the fewest dilutions, the plainest volumes,
the least liquid; of those that are read closely enough. A part is always less than what it is made
up to, and no stock is stronger than the bench's `strongest`. A volume is read to half a graduation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd

from formulation.bench import Bench, Device
from formulation.chain_places import Pair, Place, digits, dose_marks, place_of
from formulation.cited import ASSUMPTION, known
from formulation.dilutions import Glass, Mark, glass
from formulation.trace import Step, Working
from formulation.units import Quantity

SECOND = (2, 4, 5, 10, 20, 25, 50, 100)
MOST_UNITS = 3
LIKELY = Fraction(1, 20)
NEAR = 8  # shares looked at on either side, where the nearest may not be used


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
    a dose may be at worst by reading: stocks, parts, final volume and the dose itself.
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
        return sum(digits(mark) for mark in marks), liquid


def _lands(place: Place, doses: Fraction) -> Iterator[Pair]:
    """Yield each final volume with each mark of which it holds all doses."""
    over, under = doses.numerator, doses.denominator
    for vessel in place.vessels:
        for mark in place.drawn:
            if mark.parts * over <= vessel.parts * under:
                yield vessel, mark


def _exact(
    want: Wanted, ratio: Fraction, place: Place, second: int, least: Fraction
) -> _Found | None:
    """Return the plainest chain that lands exactly, with a second dilution of `second` times.

    `least` is the least volume of the stock, so that it is not too strong.
    """
    above, below = ratio.numerator, ratio.denominator * second
    able: list[_Found] = []
    if second > 1 and (second, 1) not in place.pairs:
        return None
    for vessel, mark in _lands(place, want.doses):
        over, under = above * mark.parts, below * vessel.parts
        common = gcd(over, under)
        for pairs in place.down((over // common, under // common), second, least, vessel.parts):
            able.append(_Found(pairs, vessel, mark))
    return min(able, key=lambda one: one.plain, default=None)


def _near(
    want: Wanted, ratio: Fraction, place: Place, enough: Fraction, least: Fraction
) -> _Found | None:
    """Return the chain that lands closest, where none lands exactly."""
    keys = {Fraction(*key): key for key in place.pairs}
    shares = sorted(keys)
    best: tuple[Fraction, tuple[int, int], _Found] | None = None
    for vessel, mark in _lands(place, want.doses):
        if digits(vessel) > 1:
            continue
        over = ratio * Fraction(mark.parts, vessel.parts)
        at = bisect_left(shares, over)
        for share in shares[max(at - NEAR, 0) : at + NEAR]:
            pair = next(place.able(keys[share], least, vessel.parts), None)
            if pair is None:
                continue
            off, found = abs(over / share - 1), _Found((pair,), vessel, mark)
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
    enough = known(bench.setting.mark_error) or LIKELY
    strongest = known(bench.setting.strongest)
    least = Fraction(0) if strongest is None else (want.claim / strongest).number("mL")
    close = (enough * 2 / 5, enough * 3 / 5)
    for limits in (close, (Fraction(1), Fraction(1))):
        place = _places(bench, syringes, limits)
        if not place.within.vessels or not place.drawn:
            return None
        found = _found(want, place, enough, least * place.within.per_ml)
        if found is not None:
            return _worked(want, *found, place.within)
    return None


@lru_cache(maxsize=8)
def _places(
    bench: Bench, syringes: tuple[Device, ...], limits: tuple[Fraction, Fraction]
) -> Place:  # fmt: skip
    """Return where chains are looked for on a bench, worked out once."""
    able = tuple(d for d in bench.devices if d.kind in ("graduate", "pipette"))
    within = glass((*able, *syringes))
    return place_of(within, tuple(dose_marks(within, syringes)), limits)


def _found(
    want: Wanted, place: Place, enough: Fraction, room: Fraction
) -> tuple[int, _Found] | None:
    """Return the units and the chain: exact from few units, else the closest.

    `room` is the least stock for each unit, in parts.
    """
    each = (want.claim / want.dose).number()
    least = max(1, -int(-(want.doses / each) // 1))
    for units in range(least, least + MOST_UNITS):
        for second in (1, *SECOND):
            exact = _exact(want, each * units, place, second, room * units)
            if exact is not None:
                return units, exact
    near = _near(want, each * least, place, enough, room * least)
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
        held = _taken((stock, part), held, (f"drug in part {number}", f"part {number}"),
                      within, working)  # fmt: skip
        stages.append(Dip(within.volume(stock), stock.device.name,
                          within.volume(part), part.device.name))  # fmt: skip
    dose = _taken((found.vessel, found.drawn), held, ("drug in one dose", "one dose"),
                  within, working)  # fmt: skip
    return Chain(
        units=units, stages=tuple(stages), volume=within.volume(found.vessel),
        vessel=found.vessel.device.name, drawn=within.volume(found.drawn),
        device=found.drawn.device.name, share=(held[0] / drug).number(),
        low=(dose[1] / dose[0]).number() - 1, high=(dose[2] / dose[0]).number() - 1,
        steps=tuple(working.steps),
    )  # fmt: skip


def _taken(
    pair: Pair, held: tuple[Quantity, ...], named: tuple[str, str], within: Glass, working: Working
) -> tuple[Quantity, Quantity, Quantity]:
    """Return the drug in what is taken: as made, at worst low, at worst high."""
    stock, part = pair
    marks = {"taken": within.volume(part), "made": within.volume(stock)}
    nominal = working.work(
        named[0], "held * taken / made", {"held": held[0], **marks},
        "the same share of the drug as of the liquid",
    )  # fmt: skip
    half = {"read": part.device.graduation.value / 2, "filled": stock.device.graduation.value / 2}
    low = working.work(
        f"{named[1]} at worst, low", "held * (taken - read) / (made + filled)",
        {"held": held[1], **marks, **half},
        "too little taken of too much; half a graduation each, assumed", (ASSUMPTION,),
    )  # fmt: skip
    high = working.work(
        f"{named[1]} at worst, high", "held * (taken + read) / (made - filled)",
        {"held": held[2], **marks, **half},
        "too much taken of too little; half a graduation each, assumed", (ASSUMPTION,),
    )  # fmt: skip
    return nominal.to("mg"), low.to("mg"), high.to("mg")
