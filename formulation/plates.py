"""How a capsule machine is used: even loads, holes to block, powder by weight, what to weigh back.

loads = ceil(capsules / holes), the capsules split evenly; powder of a load = mix x share of the
capsules. The middle of a plate fills heavier than its rim (source: unc-capsule-machine), so that
both are weighed back; which ten holes is a house rule (ejhp-19-2-145: corners and centre).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Unknown
from formulation.units import Quantity

MOST_ROWS = 26
MOST_COLUMNS = 100
MOST_WEIGHED = 10


@dataclass(frozen=True, slots=True)
class Plate:
    """A machine's plate: its rows and columns of holes."""

    rows: int
    columns: int

    @property
    def holes(self) -> int:
        """Return how many capsules it holds."""
        return self.rows * self.columns


@dataclass(frozen=True, slots=True)
class Load:
    """One load of the machine: capsules in it, holes to block, its powder, the holes to weigh."""

    number: int
    capsules: int
    blocked: int
    powder: Quantity | Unknown
    share: Fraction
    block: str
    weigh: tuple[str, ...]


def split(capsules: int, holes: int) -> tuple[int, ...]:
    """Return the capsules of each load, as even as whole numbers are.

    >>> split(120, 100), split(121, 100), split(12, 100)
    ((60, 60), (61, 60), (12,))
    """
    count = -(-capsules // holes)
    low, more = divmod(capsules, count)
    return tuple(low + (place < more) for place in range(count))


def hole(row: int, column: int) -> str:
    """Return the name of a hole: row letter and column number, counted from one corner.

    >>> hole(0, 0), hole(9, 9)
    ('A1', 'J10')
    """
    return f"{chr(ord('A') + row)}{column + 1}"


def filled(plate: Plate, capsules: int) -> tuple[tuple[int, int], ...]:
    """Return the holes that a load fills: row by row from the first corner."""
    return tuple(divmod(place, plate.columns) for place in range(capsules))


def positions(plate: Plate, capsules: int) -> tuple[str, ...]:
    """Return up to ten holes to weigh: corners and edges of what is filled, and its middle.

    >>> positions(Plate(10, 10), 100)
    ('A1', 'A5', 'A10', 'E1', 'E5', 'E10', 'F6', 'J1', 'J5', 'J10')
    """
    used = filled(plate, capsules)
    last, right = used[-1][0], min(capsules, plate.columns) - 1
    across, down = right // 2, last // 2
    wanted = [
        (0, 0), (0, right), (last, 0), (last, right),
        (0, across), (down, 0), (down, right), (last, across),
        (down, across), (down + 1, across + 1), used[-1],
    ]  # fmt: skip
    held = set(used)
    first = [place for place in dict.fromkeys(wanted) if place in held]
    spare = [place for place in used if place not in first]
    return tuple(hole(*place) for place in sorted((first + spare)[:MOST_WEIGHED]))


def _block(plate: Plate, capsules: int) -> str:
    """Return which holes are blocked, in words."""
    if capsules == plate.holes:
        return "no hole is blocked"
    row, column = divmod(capsules, plate.columns)
    first, last = hole(row, column), hole(plate.rows - 1, plate.columns - 1)
    return f"block {plate.holes - capsules} holes: {first} to {last}, row by row"


def loads(plate: Plate, capsules: int, powder: Quantity | Unknown) -> tuple[Load, ...]:
    """Return the loads of a batch; `powder` is the whole mix, portioned by weight.

    >>> found = loads(Plate(10, 10), 120, Quantity(24, "g"))
    >>> [(load.capsules, load.blocked, int(load.powder.magnitude)) for load in found]
    [(60, 40, 12), (60, 40, 12)]
    """
    found = []
    for number, count in enumerate(split(capsules, plate.holes), 1):
        share = Fraction(count, capsules)
        own = powder if isinstance(powder, Unknown) else powder * share
        found.append(
            Load(number, count, plate.holes - count, own, share, _block(plate, count),
                 positions(plate, count))
        )  # fmt: skip
    return tuple(found)
