"""What is left of the examined layouts once concentration, date and stops are held against them.

The third room with numpy, beside `kernel_layouts`: masks over units and final volume, and of what
they leave only what nothing dominates for certain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formulation.kernel_layouts import YIELD_BITS, Array, Block, Layer, Mask, Place, Seen

_NEVER = int(np.iinfo(np.int64).max // 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What holds of units and final volume alone, worked out exactly elsewhere.

    `start` is for each number of units the first volume that is not too strong, `formula` the only
    one of a published formula (-1: none). `classes` are the volumes of each concentration with
    evidence of its own; `dated` and `keeps` say for the rest, then for each class, whether a date
    stands and the doses are taken by then; `stopped` classes and `gone` volumes fall to a stop.
    """

    start: tuple[int, ...]
    formula: tuple[int, ...] | None
    classes: tuple[tuple[int, ...], ...]
    dated: tuple[bool, ...]
    keeps: tuple[bool, ...]
    stopped: frozenset[int] = frozenset()
    gone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """Which units and volumes are left, and how many fell to each rule from the strength on."""

    allowed: Mask
    fell: tuple[int, ...]
    left: int


def _against(seen: Seen, ground: Ground) -> tuple[Mask, ...]:
    """Return which units and volumes break strength, formula, date, keeps, stop."""
    count, width = seen.left.shape
    column = np.arange(width)[None, :]
    group = np.zeros((count, width), dtype=np.int64)
    for place, columns in enumerate(ground.classes, 1):
        group[column == np.array(columns)[:, None]] = place
    never, formula = np.zeros((count, width), dtype=bool), ground.formula
    return (
        column < np.array(ground.start)[:, None],
        never if formula is None else column != np.array(formula)[:, None],
        ~np.array(ground.dated)[group],
        ~np.array(ground.keeps)[group],
        np.isin(group, list(ground.stopped)) | np.isin(column, list(ground.gone)),
    )


def judge(seen: Seen, ground: Ground) -> Judged:
    """Hold what the draws left against the rules on concentration, date and stops, in order.

    The counts are of strength, formula, date, keeps, stop.
    """
    allowed, fell = np.ones(seen.left.shape, dtype=bool), []
    for broken in _against(seen, ground):
        fell.append(int(seen.left[allowed & broken].sum()))
        allowed &= ~broken
    return Judged(allowed, tuple(fell), int(seen.left[allowed].sum()))


def _before(found: Array, nothing: int) -> Array:
    """Return for each cell the least among those with no more units and no more volume, not it."""
    least = np.minimum.accumulate(np.minimum.accumulate(found, axis=0), axis=1)
    up, left = np.full_like(found, nothing), np.full_like(found, nothing)
    up[1:], left[:, 1:] = least[:-1], least[:, :-1]
    return np.minimum(up, left)


def undominated(seen: Seen, layer: Layer, allowed: Mask) -> list[Place]:
    """Return (units, volume, draw) by place of what nothing drawn as often dominates for certain.

    One dominates another with no more units, no more volume and no larger error, and where the
    other gives too much it must too. Discarded is only what is worse by more than the bound.
    """
    up, down, zero = _sides(layer, allowed)
    up[zero] = -4 * seen.slack
    margin = 2 * seen.slack
    ahead, either = _before(up, _NEVER), _before(np.minimum(up, down), _NEVER)
    none_before = ~(zero & (ahead == -4 * seen.slack))
    keep_up = (up < _NEVER) & (up < ahead + margin) & none_before
    keep_down = (down < _NEVER) & (down < either + margin) & (down < up + margin)
    return [
        (int(row), int(column), int(place[row, column]))
        for keep, place in ((keep_up, layer.above), (keep_down, layer.below))
        for row, column in zip(*np.nonzero(keep), strict=True)
    ]


def _sides(layer: Layer, allowed: Mask) -> tuple[Array, Array, Mask]:
    """Return the errors above and below the exact draw, and where it is exact."""
    up = np.where(allowed & (layer.above >= 0), layer.above_error, _NEVER)
    down = np.where(allowed & (layer.below >= 0), layer.below_error, _NEVER)
    return up, down, allowed & layer.exact


def nearest(seen: Seen, layers: tuple[tuple[Layer, Mask], ...]) -> list[tuple[Layer, Place]]:
    """Return the candidates among which the most accurate is, exact ones of the fewest units.

    Of each layer only what its mask allows. Without an exact one, all whose error may be the least.
    """
    sides = [(layer, *_sides(layer, mask)) for layer, mask in layers]
    rows = [int(np.nonzero(zero)[0].min()) for _, _, _, zero in sides if zero.any()]
    if rows:
        row = min(rows)
        return [
            (layer, (row, int(c), int(layer.above[row, c])))
            for layer, _, _, zero in sides
            for c in np.nonzero(zero[row])[0]
        ]
    least = min((int(min(up.min(), down.min())) for _, up, down, _ in sides), default=_NEVER)
    if least == _NEVER:
        return []
    return [
        (layer, (int(r), int(c), int(place[r, c])))
        for layer, up, down, _ in sides
        for error, place in ((up, layer.above), (down, layer.below))
        for r, c in zip(*np.nonzero(error <= least + 2 * seen.slack), strict=True)
    ]


def alone(block: Block, seen: Seen, ground: Ground, place: int) -> tuple[int, int] | None:
    """Return units and volume, by place, that break one rule on them alone; the weakest of them.

    `place` counts strength, formula, date, keeps, stop from 0.
    """
    broken = _against(seen, ground)
    found = broken[place] & (seen.left > 0)
    for other, mask in enumerate(broken):
        if other != place:
            found &= ~mask
    if not found.any():
        return None
    units = np.array(list(block.units), dtype=np.int64)[:, None]
    strength = (units << YIELD_BITS) // np.array(block.volumes, dtype=np.int64)[None, :]
    strength = np.where(found, strength, np.iinfo(np.int64).max)
    row, column = np.unravel_index(int(strength.argmin()), strength.shape)
    return int(row), int(column)
