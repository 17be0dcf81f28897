"""Every layout of one making at once: which rules it breaks, how far off, what dominates it.

The second room with numpy, in int64. Volumes are whole numbers of a common step. For U units made
up to V, a dose drawn `times` over would be exactly V x under / (U x over x times) each time; each
rule on the draw is a whole number that it must not pass, worked out exactly. The draws stand in
order, so that a rule is a place among them: what breaks it is counted, not looked at one by one.
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
ROOM = 61  # bits: of 63, one is kept for a sum and one for a difference
FEWEST_BITS = 24
NONE = -1
YIELD_BITS = 20
NOTHING = int(np.iinfo(np.int64).max)
Place = tuple[int, int, int]  # of the units, the final volume, the draw


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One making: the units, volumes and draws to combine, and what a draw has to satisfy.

    `draws` ascend. `capacities` are those of the syringes: each asks for as few draws for a dose as
    it allows, of which none is more than `most_draws`. `ratio` is the drug in a unit over the drug
    in a dose; `low` and `high` are the permitted errors, `portions` how many doses a volume must
    reach for, `most` the largest dose.
    """

    units: range
    volumes: tuple[int, ...]
    draws: tuple[int, ...]
    capacities: tuple[int, ...]
    most_draws: int
    ratio: Fraction
    low: Fraction
    high: Fraction
    portions: Fraction
    most: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What was found for so many draws of a dose, by units (down) and final volume (across).

    `able` is where a syringe asks for so many draws, `fewest` where none asks for fewer. `low` to
    `high` are the places of the draws within the permitted error, and before `most` and `reach`
    lie those that are not too large a dose and give enough doses; `left` counts the draws that
    break none. `above` and `below` are the places next to the exact draw that break none, or -1;
    their errors are in units of 2 to the power of -bits. `exact` marks an error that is zero.
    """

    times: int
    able: Mask
    fewest: Mask
    low: Array
    high: Array
    most: Array
    reach: Array
    middle: Array
    rate: Array
    left: Array
    above: Array
    below: Array
    above_error: Array
    below_error: Array
    exact: Mask


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one making: a layer for each number of draws, and all of them together.

    `size` is how many candidates there are, `fell` how many fall first to the largest dose, the
    mark, the yield; `left` counts, by units and volume, those that break none. Errors are in units
    of 2 to the power of -`bits`, off by less than `slack` of them.
    """

    layers: tuple[Layer, ...]
    size: int
    fell: tuple[int, int, int]
    left: Array
    bits: int
    slack: int

    @property
    def bound(self) -> Fraction:
        """Return the most by which a candidate is worse in truth than what discards it seems."""
        return Fraction(2 * self.slack, 2**self.bits)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The exact draw as asked / (drug x times), whole numbers of any size, one for each cell."""

    block: Block
    draws: Array
    volumes: Objects
    drug: Objects
    asked: Objects
    parts: tuple[Array, ...]

    def place(self, values: Objects, side: str) -> Array:
        """Return how many draws lie below whole numbers of any size, or do not lie above them."""
        top = self.block.draws[-1] + 1
        clipped = np.minimum(np.maximum(values, 0), top).astype(np.int64)
        return np.searchsorted(self.draws, clipped, "left" if side == "below" else "right")


def _over(above: Objects, below: Objects) -> Objects:
    """Return above / below rounded up."""
    found: Objects = -((-above) // below)
    return found


def _grid(block: Block) -> _Grid:
    """Lay out units and volumes, and how many draws each syringe would ask for, largest first."""
    units = np.array(list(block.units), dtype=object)[:, None]
    volumes = np.array(block.volumes, dtype=object)[None, :]
    drug, asked = units * block.ratio.numerator, volumes * block.ratio.denominator
    beyond = block.most_draws + 1
    parts = tuple(
        np.minimum(np.maximum(1, _over(asked, drug * one)), beyond).astype(np.int64)
        for one in reversed(block.capacities)
    )
    return _Grid(block, np.array(block.draws, dtype=np.int64), volumes, drug, asked, parts)


def _bits(grid: _Grid, able: list[tuple[int, Mask]]) -> int:
    """Return how many bits behind the point the largest error leaves room for."""
    top, most = grid.block.draws[-1], 1
    for times, where in able:
        drawn = np.broadcast_to(grid.drug * (times * top), where.shape)[where]
        most = max(most, int(np.max(_over(drawn, np.broadcast_to(grid.asked, where.shape)[where]))))
    bits = ROOM - most.bit_length()
    if bits < FEWEST_BITS:
        raise OverflowError("an error on these marks does not fit into 64 bits")
    return bits


def _layer(grid: _Grid, times: int, able: Mask, bits: int) -> Layer:
    """Return what is found for so many draws of a dose."""
    block, draws, one, asked = grid.block, grid.draws, grid.drug * times, grid.asked
    low, high, portions = 1 + block.low, 1 + block.high, block.portions
    start = grid.place(_over(asked * low.numerator, one * low.denominator), "below")
    stop = grid.place((asked * high.numerator) // (one * high.denominator), "up to")
    stop = np.maximum(start, stop)
    reach = (grid.volumes * portions.denominator) // (times * portions.numerator)
    reach = np.broadcast_to(grid.place(reach, "up to"), able.shape)
    most = np.full(able.shape, len(draws), dtype=np.int64)
    if block.most is not None:
        room = block.most.numerator // (block.most.denominator * times)
        most[:] = np.searchsorted(draws, min(room, block.draws[-1]), "right")
    whole_draw = _over(asked, one)
    middle = grid.place(whole_draw, "below")
    end = np.minimum(np.minimum(stop, most), reach)
    first, last = np.maximum(start, middle), np.minimum(end, middle) - 1
    above = np.where(able & (first < end), first, NONE)
    below = np.where(able & (last >= start), last, NONE)
    rate = np.where(able, (one << bits) // asked, 0).astype(np.int64)
    whole = 1 << bits
    exact = (whole_draw * one == asked).astype(bool) & (above >= 0)
    return Layer(
        times=times, able=able, fewest=grid.parts[0] == times, low=start, high=stop, most=most,
        reach=reach, middle=middle, rate=rate,
        left=np.where(able, np.maximum(end - start, 0), 0), above=above, below=below,
        above_error=rate * draws[above] - whole, below_error=whole - rate * draws[below],
        exact=exact & (draws[above] == np.minimum(whole_draw, block.draws[-1] + 1)),
    )  # fmt: skip


def _fell(layer: Layer, count: int) -> tuple[int, int, int]:
    """Return how many draws fall first to the largest dose, the mark, the yield."""
    within = np.maximum(np.minimum(layer.high, layer.most) - layer.low, 0)
    found = (count - layer.most, layer.most - within, within - layer.left)
    each, mark, reach = (int(one[layer.able].sum()) for one in found)
    return each, mark, reach


def examine(block: Block) -> Seen:
    """Examine every candidate of one making.

    Of the draws that break no rule only the next above and the next below the exact one can count:
    every other is further off on the same side, with the same units, volume and number of draws.

    Raises `OverflowError` where the error cannot be held in 64 bits to 24 bits behind the point.
    """
    grid, count = _grid(block), len(block.draws)
    masks = [(times, np.any([part == times for part in grid.parts], axis=0))
             for times in range(1, block.most_draws + 1)]  # fmt: skip
    able = [(times, mask) for times, mask in masks if mask.any()]
    bits = _bits(grid, able)
    layers = tuple(_layer(grid, times, mask, bits) for times, mask in able)
    left = np.zeros((len(block.units), len(block.volumes)), dtype=np.int64)
    for layer in layers:
        left = left + layer.left
    fell = [_fell(layer, count) for layer in layers]
    each, mark, reach = (sum(one[rule] for one in fell) for rule in range(3))
    size = sum(int(np.count_nonzero(mask)) for _, mask in able) * count
    return Seen(layers, size, (each, mark, reach), left, bits, block.draws[-1])


def _spans(layer: Layer, rule: int) -> tuple[tuple[Array, Array], ...]:
    """Return where, by place, the draws begin and end that break this one rule alone."""
    low, high, most, reach = layer.low, layer.high, layer.most, layer.reach
    if rule == EACH:
        return ((np.maximum(most, low), np.minimum(high, reach)),)
    if rule == YIELD:
        return ((np.maximum(reach, low), np.minimum(high, most)),)
    end = np.minimum(most, reach)
    return (np.zeros_like(low), np.minimum(low, end)), (high, end)


def closest(block: Block, seen: Seen, allowed: Mask, rule: int) -> tuple[Layer, Place] | None:
    """Return the candidate that breaks this one rule on the draw alone and comes nearest to it.

    The least error for the mark, the smallest dose for the largest dose, and for the yield the one
    that makes the most of what it should.
    """
    draws = np.array(block.draws, dtype=np.int64)
    volumes = np.array(block.volumes, dtype=np.int64)[None, :]
    best, found = NOTHING, None
    for layer in seen.layers:
        for start, stop in _spans(layer, rule):
            for at in (layer.middle - 1, layer.middle) if rule == MARK else (start,):
                place = np.clip(at, start, np.maximum(stop - 1, start))
                drawn = draws[np.minimum(place, len(draws) - 1)]
                measure = layer.times * drawn
                if rule == MARK:
                    measure = np.abs(layer.rate * drawn - (1 << seen.bits))
                if rule == YIELD:
                    measure = (measure << YIELD_BITS) // volumes
                measure = np.where(layer.able & allowed & (start < stop), measure, NOTHING)
                least = int(measure.argmin())
                if int(measure.flat[least]) < best:
                    best = int(measure.flat[least])
                    row, column = (int(i) for i in np.unravel_index(least, measure.shape))
                    found = layer, (row, column, int(place[row, column]))
    return found
