"""Every layout of one making at once: which rules it breaks, how far off, what dominates it.

The second room with numpy, in int64. Volumes are whole numbers of a common step. For U units made
up to V, a dose would be drawn `times` over to exactly V x under / (U x over x times); each rule
on the draw v is a whole number that v must not pass, worked out exactly, so that a mask is exact.
The error is a fixed point number that is off by less than `bound`; what is discarded is worse by
more than that, and the rest is ranked in exact fractions elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]
Objects = np.ndarray[Any, np.dtype[np.object_]]
EACH, MARK, YIELD = 1, 2, 4
CELLS = 2_000_000
ROOM = 61  # bits: of 63, one is kept for a sum and one for a difference
FEWEST_BITS = 24
NONE = -1
YIELD_BITS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One making: the units, volumes and draws to combine, and what a draw has to satisfy.

    `draws` ascend. `ratio` is the drug in a unit over the drug in a dose; `low` and `high` are the
    permitted errors, `portions` how many doses a volume must reach for, `most` the largest dose.
    """

    units: range
    volumes: tuple[int, ...]
    draws: tuple[int, ...]
    largest: int
    ratio: Fraction
    low: Fraction
    high: Fraction
    portions: Fraction
    most: Fraction | None = None

    @property
    def size(self) -> int:
        """Return how many candidates there are."""
        return len(self.units) * len(self.volumes) * len(self.draws)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found, one cell for each number of units (down) and final volume (across).

    `fell` counts the draws that fall first to `most`, to the mark and to the yield; `left` those
    that break none. `above` and `below` are the places of the draws next to the exact one that
    break none, or -1; their errors are in units of 2 to the power of -`bits`, off by less than
    `slack` of them. `exact` marks an error that is zero, by whole numbers.
    """

    fell: Array
    left: Array
    above: Array
    below: Array
    above_error: Array
    below_error: Array
    exact: Mask
    times: Array
    bits: int
    slack: int

    @property
    def bound(self) -> Fraction:
        """Return the most by which a candidate is worse in truth than what discards it seems."""
        return Fraction(2 * self.slack, 2**self.bits)


@dataclass(frozen=True, slots=True)
class _Limits:
    """The whole numbers that a draw is held against, one for each cell."""

    times: Array
    low: Array
    middle: Array
    high: Array
    reach: Array
    most: Array
    rate: Array
    exact: Mask
    bits: int


def _over(above: Objects, below: Objects) -> Objects:
    """Return above / below rounded up."""
    found: Objects = -((-above) // below)
    return found


def _clipped(values: Objects, top: int) -> Array:
    """Return whole numbers of any size as int64: what lies beyond any draw is just beyond it."""
    return np.minimum(np.maximum(values, 0), top + 1).astype(np.int64)


def _limits(block: Block) -> _Limits:
    """Work out each limit in whole numbers of any size, so that none can overflow."""
    units = np.array(list(block.units), dtype=object)[:, None]
    volumes = np.array(block.volumes, dtype=object)[None, :]
    drug, asked = units * block.ratio.numerator, volumes * block.ratio.denominator
    times = np.maximum(1, _over(asked, drug * block.largest))
    one, top = drug * times, block.draws[-1]
    low, high, portions = 1 + block.low, 1 + block.high, block.portions
    reach = (volumes * portions.denominator) // (times * portions.numerator)
    most = np.full_like(times, top)
    if block.most is not None:
        most = block.most.numerator // (block.most.denominator * times)
    middle = _over(asked, one)
    bits = ROOM - int(np.max(-((-one * top) // asked))).bit_length()
    if bits < FEWEST_BITS:
        raise OverflowError("an error on these marks does not fit into 64 bits")
    return _Limits(
        times.astype(np.int64),
        _clipped(_over(asked * low.numerator, one * low.denominator), top),
        _clipped(middle, top),
        _clipped((asked * high.numerator) // (one * high.denominator), top),
        _clipped(reach, top), _clipped(most, top),
        ((one << bits) // asked).astype(np.int64), (middle * one == asked).astype(bool), bits,
    )  # fmt: skip


def _broken(limits: _Limits, draws: Array, rows: slice) -> tuple[Mask, Mask, Mask]:
    """Return for each candidate whether it breaks the largest dose, the mark, the yield."""
    v = draws[None, None, :]
    each = v > limits.most[rows, :, None]
    mark = (v < limits.low[rows, :, None]) | (v > limits.high[rows, :, None])
    return each, mark, v > limits.reach[rows, :, None]


def _rows(block: Block) -> list[slice]:
    """Return the rows in chunks that fit into the processor's cache and memory."""
    each = max(1, CELLS // (len(block.volumes) * len(block.draws)))
    return [slice(at, at + each) for at in range(0, len(block.units), each)]


def _first(found: Mask) -> Array:
    """Return the first place that holds, or -1."""
    return np.where(found.any(axis=2), found.argmax(axis=2), NONE)


def _last(found: Mask) -> Array:
    """Return the last place that holds, or -1."""
    return np.where(found.any(axis=2), found.shape[2] - 1 - found[:, :, ::-1].argmax(axis=2), NONE)


def examine(block: Block) -> Seen:
    """Examine every candidate of one making.

    Of the draws that break no rule only the next above and the next below the exact one can count:
    every other is further off on the same side, with the same units and volume.

    Raises `OverflowError` where the error cannot be held in 64 bits to 24 bits behind the point.
    """
    limits, draws = _limits(block), np.array(block.draws, dtype=np.int64)
    fell, left, above, below = [], [], [], []
    for rows in _rows(block):
        each, mark, reach = _broken(limits, draws, rows)
        broken = each | mark
        fine = ~(broken | reach)
        fell.append(np.stack([
            np.count_nonzero(each, axis=2), np.count_nonzero(mark & ~each, axis=2),
            np.count_nonzero(reach & ~broken, axis=2),
        ]))  # fmt: skip
        left.append(np.count_nonzero(fine, axis=2))
        over = draws[None, None, :] >= limits.middle[rows, :, None]
        above.append(_first(fine & over))
        below.append(_last(fine & ~over))
    up, down = np.concatenate(above), np.concatenate(below)
    whole = 1 << limits.bits
    exact = limits.exact & (up >= 0) & (draws[up] == limits.middle)
    return Seen(
        np.concatenate(fell, axis=1), np.concatenate(left), up, down,
        limits.rate * draws[up] - whole, whole - limits.rate * draws[down],
        exact, limits.times, limits.bits, block.draws[-1],
    )  # fmt: skip


def closest(block: Block, allowed: Mask, rule: int) -> tuple[int, int, int] | None:
    """Return the candidate that breaks this one rule on the draw alone and comes nearest to it.

    The least error for the mark, the smallest dose for the largest dose, and for the yield the one
    that makes the most of what it should.
    """
    limits, draws = _limits(block), np.array(block.draws, dtype=np.int64)
    volumes = np.array(block.volumes, dtype=np.int64)[None, :, None]
    nothing, best, found = int(np.iinfo(np.int64).max), int(np.iinfo(np.int64).max), None
    for rows in _rows(block):
        every = _broken(limits, draws, rows)
        alone = every[(EACH, MARK, YIELD).index(rule)] & allowed[rows, :, None]
        for other, broken in zip((EACH, MARK, YIELD), every, strict=True):
            if other != rule:
                alone = alone & ~broken
        measure = limits.times[rows, :, None] * draws[None, None, :]
        if rule == MARK:
            measure = np.abs(limits.rate[rows, :, None] * draws - (1 << limits.bits))
        if rule == YIELD:
            measure = (measure << YIELD_BITS) // volumes
        measure = np.where(alone, measure, nothing)
        place = int(measure.argmin())
        if int(measure.flat[place]) < best:
            best = int(measure.flat[place])
            row, column, draw = (int(i) for i in np.unravel_index(place, measure.shape))
            found = row + (rows.start or 0), column, draw
    return found
