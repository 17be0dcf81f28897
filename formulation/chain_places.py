"""Where a stock and its parts are looked for: the glass of the bench, its marks, the pairs of both.

A part is taken of a stock: both stand on marks, on two devices, and are read closely enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from formulation.bench import Device
from formulation.dilutions import Glass, Mark

PLAIN = 2
Pair = tuple[Mark, Mark]


def digits(mark: Mark) -> int:
    """Return how many digits a mark has without the zeros at its end: the fewer, the plainer."""
    return len(str(mark.parts).rstrip("0"))


def reading(mark: Mark, per_ml: int) -> Fraction:
    """Return by what share a mark may be misread: half a graduation."""
    return mark.device.graduation.value.number("mL") * per_ml / 2 / mark.parts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chain is looked for: the glass, the marks for a dose, the pairs by their share.

    A pair is a stock and a smaller part of it, by how many times that dilutes; the plainest first.
    """

    within: Glass
    vessels: tuple[Mark, ...]
    drawn: tuple[Mark, ...]
    pairs: dict[tuple[int, int], tuple[Pair, ...]]

    def able(self, key: tuple[int, int], least: Fraction, most: int) -> Iterator[Pair]:
        """Yield the pairs of a share: a stock of at least so much, a part of less than so much."""
        for stock, part in self.pairs.get(key, ()):
            if stock.parts >= least and part.parts < most:
                yield stock, part

    def down(
        self, key: tuple[int, int], second: int, least: Fraction, most: int
    ) -> Iterator[tuple[Pair, ...]]:
        """Yield the plainest pair of a share; with a second dilution each that it may follow."""
        largest = most if second == 1 else self.within.vessels[-1].parts
        for one in self.able(key, least, largest):
            if second == 1:
                yield (one,)
                return
            more = next(self.able((second, 1), Fraction(one[1].parts + 1), most), None)
            if more is not None:
                yield one, more


def place_of(within: Glass, drawn: tuple[Mark, ...], limits: tuple[Fraction, Fraction]) -> Place:
    """Return what may be used where final volume, and stock with part, are read this closely.

    Whole numbers only: a share misread is half a graduation, g / (2 x parts), in parts.
    """
    of_vessel, of_pair = limits
    per_ml, over, under = within.per_ml, 2 * of_pair.numerator, of_pair.denominator
    stocks = [_Known(mark, per_ml) for mark in within.vessels]
    takes = {one.parts: one for one in stocks}
    takes |= {mark.parts: _Known(mark, per_ml) for mark in within.measures}
    found: dict[tuple[int, int], list[tuple[int, int, Pair]]] = {}
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
            found.setdefault(key, []).append((*rank, (stock.mark, part.mark)))
    plain = (mark for mark in within.vessels if digits(mark) <= PLAIN)
    able = tuple(mark for mark in plain if reading(mark, per_ml) <= of_vessel)
    pairs = {key: tuple(pair for _, _, pair in sorted(of, key=lambda one: one[:2]))
             for key, of in found.items()}  # fmt: skip
    return Place(within, able, drawn, pairs)


class _Known:
    """A mark with its graduation and digits, worked out once."""

    __slots__ = ("digits", "mark", "parts", "step")

    def __init__(self, mark: Mark, per_ml: int) -> None:
        self.mark, self.parts, self.digits = mark, mark.parts, digits(mark)
        self.step = int(mark.device.graduation.value.number("mL") * per_ml)


def dose_marks(within: Glass, syringes: tuple[Device, ...]) -> Iterator[Mark]:
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
