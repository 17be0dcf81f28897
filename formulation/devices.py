"""Which device measures this volume, on which mark, and how far off.

The smallest device that holds the volume and of which it is at least the least share (a dose
exactly at the least share is allowed); a volume above the largest is drawn in equal parts.
Sources: the least share and graduations are the bench's own (teaching: assumptions).
"""

from __future__ import annotations

from formulation.bench import Device
from formulation.printing import show, show_share
from formulation.result import Measure
from formulation.trace import Finding
from formulation.units import Quantity


def by_capacity(devices: tuple[Device, ...], kind: str) -> list[Device]:
    """Return the bench's devices of a kind, the smallest first."""
    found = [device for device in devices if device.kind == kind]
    return sorted(found, key=lambda device: device.capacity.value.number("mL"))


def measure(what: str, volume: Quantity, devices: tuple[Device, ...], kind: str) -> Measure | None:
    """Return how `volume` is measured, or None where no device of the bench reaches it.

    >>> from fractions import Fraction
    >>> from formulation.benches import read_bench
    >>> devices = read_bench().devices
    >>> found = measure("dose", Quantity(4, "mL"), devices, "oral syringe")
    >>> found.device, str(found.snapped), found.times
    ('5 mL oral syringe', '4 mL', 1)
    >>> measure("dose", Quantity(Fraction("0.1"), "mL"), devices, "oral syringe") is None
    True
    """
    able = by_capacity(devices, kind)
    if not able:
        return None
    largest = able[-1].capacity.value
    times = max(1, -int((-volume / largest).number() // 1))
    part = volume / times
    for device in able:
        if device.grid.reaches(part):
            snapped = device.grid.snap(part)
            if snapped.chosen and device.grid.reaches(snapped.chosen):
                return Measure(what, device.name, times, snapped, device.assumed)
    return None


def unmeasurable(what: str, volume: Quantity, devices: tuple[Device, ...], kind: str) -> Finding:
    """Return the stop for a volume that no device reaches, with the least it could be."""
    able = by_capacity(devices, kind)
    if not able:
        return Finding(
            "no-device",
            "stop",
            f"{what}: this bench has no {kind}",
            f"put one on the bench: {kind}",
        )
    least = able[0].grid.least
    below = [d for d in able if volume < d.grid.least]
    share = show_share(able[0].least_share.value)
    times = (least / volume).number()
    factor = -((-times) // 1)
    text = f"{what}: {show(volume)} is below the least that the bench's smallest {kind} measures"
    fix = (
        f"dilute at least {factor} times further, so that it is {show(least)} or more "
        f"({share} of {able[0].name})"
    )
    if not below or volume >= least:
        text = f"{what}: {show(volume)} lies between what the bench's devices measure"
        fix = f"put one that holds it on the bench: {kind}"
    return Finding("dose-not-measurable", "stop", text, fix, least, volume)


def rounding(found: Measure) -> list[Finding]:
    """Return the note on a volume that was put on a mark."""
    if not found.snapped.error:
        return []
    text = f"{found.what}: {found.snapped} on the {found.device}"
    return [Finding("rounded-to-mark", "note", text, "", found.snapped.asked, found.snapped.chosen)]
