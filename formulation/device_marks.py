"""What volumes can the devices of a bench show: every mark of a kind, each once, on the finest."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from formulation.bench import Device


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """A mark of a device in mL, and half of its graduation: what a reading may be off.

    Marks of the same devices are the same objects, so that many of them compare and hash at once.
    """

    volume: Fraction
    device: str
    half: Fraction


@lru_cache(maxsize=32)
def marks(devices: tuple[Device, ...], kind: str) -> tuple[Mark, ...]:
    """Return every volume that the bench's devices of a kind show, the smallest first.

    Where several show the same volume it is the finest, then the smallest of them.

    >>> from formulation.benches import read_bench
    >>> found = marks(read_bench().devices, "oral syringe")
    >>> len(found), found[0].device, [m.device for m in found if m.volume == 2]
    (146, '1 mL oral syringe', ['3 mL oral syringe'])
    """
    found: dict[Fraction, Mark] = {}
    own = [device for device in devices if device.kind == kind]
    own.sort(key=lambda d: (d.graduation.value.number("mL"), d.capacity.value.number("mL")))
    for device in own:
        grid, step = device.grid, device.graduation.value.number("mL")
        first = max(1, ceil(grid.least.number("mL") / step))
        for place in range(first, floor(grid.most.number("mL") / step) + 1):
            found.setdefault(step * place, Mark(step * place, device.name, step / 2))
    return tuple(found[volume] for volume in sorted(found))


def capacities(devices: tuple[Device, ...], kind: str) -> tuple[Fraction, ...]:
    """Return the capacities of the devices of a kind in mL, each once, the smallest first.

    >>> from formulation.benches import read_bench
    >>> [str(one) for one in capacities(read_bench().devices, "oral syringe")]
    ['1', '3', '5', '10', '20']
    """
    return tuple(sorted({d.capacity.value.number("mL") for d in devices if d.kind == kind}))
