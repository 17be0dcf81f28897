"""Which device measures this volume, on which mark, and how far off.

The smallest device that holds the volume and of which it is at least the least share (a dose
exactly at the least share is allowed); a volume above the largest is drawn in equal parts.
Sources: the least share and graduations are the bench's own (teaching: assumptions); an ENFit pair
displaces 0.148 mL (safe-enteral-low-dose); low-dose tips: ismp-low-dose-tip.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.bench import Device
from formulation.cited import Unknown
from formulation.printing import show, show_number, show_share
from formulation.result import Measure
from formulation.trace import Finding
from formulation.units import Quantity

ENFIT, LOW_DOSE = "enfit", "enfit-low-dose"
SMALL = Quantity(Fraction(2), "mL")


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


def unmeasurable(
    what: str,
    volume: Quantity,
    devices: tuple[Device, ...],
    kind: str,
    dose: Quantity | None = None,
) -> Finding:
    """Return the stop for a volume that no device reaches, with the least it could be.

    With the drug in it, the way out names the concentration at which it stands on that mark.
    """
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
    text = f"{what}: {show(volume)} is below the least that the bench's smallest {kind} measures"
    fix = (
        f"dilute at least {show_number(further(volume, least))} times further, so that it is "
        f"{show(least)} or more ({share} of {able[0].name})"
    )
    if dose is not None:
        at = _first_mark(able[0])
        fix += f": at {show((dose / at).to('mg/mL'))} the dose is {show(at)} on the {able[0].name}"
    if not below or volume >= least:
        text = f"{what}: {show(volume)} lies between what the bench's devices measure"
        fix = f"put one that holds it on the bench: {kind}"
    return Finding("dose-not-measurable", "stop", text, fix, least, volume)


def further(volume: Quantity, least: Quantity) -> int:
    """Return how many times a volume has to be diluted to reach the least, in whole times."""
    return -int(-((least / volume).number()) // 1)


def _first_mark(device: Device) -> Quantity:
    """Return the lowest mark that is not below the device's least."""
    grid = device.grid
    return grid.step * -int(-((grid.least / grid.step).number()) // 1)


def connection(found: Measure, devices: tuple[Device, ...]) -> list[Finding]:
    """Return the caution for a small dose through an ENFit connector that is not low-dose."""
    device = next((one for one in devices if one.name == found.device), None)
    drawn = found.snapped.chosen
    if device is None or device.tip != ENFIT or drawn >= SMALL:
        return []
    fix, space = _low_dose(drawn, devices), device.dead_space
    if isinstance(space, Unknown):
        what = f"{found.what}: {show(drawn)} through an ENFit tip; what it displaces is not known"
        return [Finding("enfit-dead-space", "caution", what, fix, SMALL, drawn)]
    share = show_share((space.value / drawn).number())
    what = (
        f"{found.what}: {show(drawn)} through an ENFit connector that is not low-dose: the pair "
        f"displaces {show(space.value)} on average, {share} of the dose"
    )
    sources = (space.source,)
    return [Finding("enfit-dead-space", "caution", what, fix, space.value, drawn, sources)]


def _low_dose(volume: Quantity, devices: tuple[Device, ...]) -> str:
    """Return the nearest way: a low-dose tip of the bench that measures it, or any."""
    for device in sorted(devices, key=lambda one: one.capacity.value):
        grid = device.grid
        if device.tip == LOW_DOSE and grid.reaches(volume) and not grid.snap(volume).error:
            return f"draw it with the {device.name}"
    return "use a syringe with a low-dose tip; they are made for 0.5 to 6 mL"


def rounding(found: Measure) -> list[Finding]:
    """Return the note on a volume that was put on a mark."""
    if not found.snapped.error:
        return []
    text = f"{found.what}: {found.snapped} on the {found.device}"
    return [Finding("rounded-to-mark", "note", text, "", found.snapped.asked, found.snapped.chosen)]
