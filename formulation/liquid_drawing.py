"""How a liquid is made up and drawn: the vessel, the mark of a dose, and what is found on both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation import recipients
from formulation.assembly import Case
from formulation.bench import Device
from formulation.devices import by_capacity, connection, measure, rounding, unmeasurable
from formulation.liquids import Mixture
from formulation.measurable import Direction, Layout, Snapped
from formulation.printing import show, show_number
from formulation.records import Vehicle
from formulation.result import Measure
from formulation.trace import Finding
from formulation.units import Quantity

SYRINGE, ENTERAL = "oral syringe", "enteral syringe"
GRADUATE = "graduate"
MOST_DRAWS = 4  # from more on it is cautioned: a choice of this program


def syringe(case: Case) -> str:
    """Return the kind of syringe that a dose is drawn with: through a tube an enteral one."""
    return ENTERAL if case.prescription.recipient.tube else SYRINGE


def syringes(case: Case) -> tuple[Device, ...]:
    """Return the syringes that a dose may be drawn with: all of the kind, or the one asked for."""
    asked = case.prescription.liquid.device
    every = (one for one in case.bench.devices if one.kind == syringe(case))
    return tuple(one for one in every if asked in ("", one.name))


@dataclass(frozen=True, slots=True)
class Drawn:
    """How one dose is drawn (None: no device shows it), the error of the mark, what is found."""

    found: Measure | None
    error: Fraction
    findings: tuple[Finding, ...]


def drawn(case: Case, volume: Quantity, layout: Layout | None = None) -> Drawn:
    """Return how one dose is drawn: on a layout's mark, else on the nearest that reaches it."""
    kind, able = syringe(case), syringes(case)
    if layout is not None and layout.device:
        found: Measure | None = _laid_out(case, volume, layout)
    else:
        found = measure("dose", volume, able, kind)
    if found is None:
        return Drawn(None, Fraction(0), (_not_drawn(case, volume),))
    return Drawn(
        found, found.snapped.error,
        (*rounding(found), *connection(found, case.bench.devices), *_often(case, found)),
    )  # fmt: skip


def _not_drawn(case: Case, volume: Quantity) -> Finding:
    """Return the stop for a dose that no syringe draws, or not the one that was asked for."""
    kind, able, asked = syringe(case), syringes(case), case.prescription.liquid.device
    stop = unmeasurable("dose", volume, able, kind, case.prescription.active.dose)
    every = by_capacity(case.bench.devices, kind)
    if not asked or not every:
        return stop
    others = [one.name for one in every if measure("dose", volume, (one,), kind)]
    here = stop.fix if able else f"put one that draws {show(volume)} on the bench"
    if others:
        here = f"leave the device open, or ask for one of: {', '.join(others)}"
    if not able:
        return replace(stop, what=f"dose: the {asked} that was asked for is no {kind}", fix=here)
    least = able[0].grid.least
    what = f"dose: {show(volume)} is not within what the {asked} measures, and it was asked for"
    if volume < least:
        what = f"dose: {show(volume)} is below the least that the {asked} measures, {show(least)}"
    return replace(stop, what=what, fix=here)


def _often(case: Case, found: Measure) -> tuple[Finding, ...]:
    """Return the caution for a dose that is drawn many times, with what would be drawn at once."""
    if found.times <= MOST_DRAWS:
        return ()
    volume = found.snapped.chosen
    at_once = (case.prescription.active.dose / volume).to("mg/mL")
    what = (
        f"One dose is drawn {show_number(found.times)} times with the {found.device}: a draw "
        "miscounted is a wrong dose"
    )
    fix = f"a larger syringe, or a stronger liquid: at {show(at_once)} it is drawn once"
    limit, times = Quantity(Fraction(MOST_DRAWS)), Quantity(Fraction(found.times))
    return (Finding("drawn-many-times", "caution", what, fix, limit, times),)


def _laid_out(case: Case, volume: Quantity, layout: Layout) -> Measure:
    """Return the mark that a layout names, with its error against the volume of one dose."""
    device = next(one for one in case.bench.devices if one.name == layout.device)
    part = volume / layout.times
    error = (layout.drawn / part).number() - 1
    direction: Direction = "up" if error > 0 else "down" if error < 0 else "exact"
    snapped = Snapped(part, layout.drawn, error, direction)
    return Measure("dose", device.name, layout.times, snapped, device.assumed)


def vessel(
    case: Case, volume: Quantity, layout: Layout | None = None
) -> tuple[tuple[Measure, ...], list[Finding]]:
    """Return the graduate in which a volume is made up, or the caution that none shows it.

    A layout's own graduate goes before the smallest that holds the volume.
    """
    named = layout.graduate if layout is not None else ""
    own = tuple(one for one in case.bench.devices if one.name == named)
    found = measure("final volume", volume, own or case.bench.devices, GRADUATE)
    if found is not None and found.times == 1 and not found.snapped.error:
        return (found,), []
    what = f"final volume {show(volume)}: no graduate on this bench shows it"
    fix = "make it up in a bottle calibrated to that volume with water beforehand"
    return (), [Finding("no-graduate", "caution", what, fix)]


def draw_text(found: Measure | None, volume: Quantity) -> str:
    """Return how one dose is drawn, or that no device here shows it."""
    if found is None:
        return f"{show(volume)} (not measurable here)"
    times = f"{show_number(found.times)} x " if found.times > 1 else ""
    return f"{times}{show(found.snapped.chosen)} with the {found.device}"


def dose_ml(mixture: Mixture) -> Quantity:
    """Return the volume of one dose."""
    return (mixture.dose_volume * Quantity(Fraction(1), "dose")).to("mL")


def taken_as(found: Measure | None, volume: Quantity) -> Quantity:
    """Return what is taken for one dose: as drawn, or as worked out where nothing draws it."""
    return volume if found is None else found.snapped.chosen * found.times


def for_whom(
    case: Case, volume: Quantity, vehicles: tuple[Vehicle, ...], others: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """Return what the one it is for cannot take of a liquid: volume, sugar, alcohol, a tube."""
    who, bench = case.prescription.recipient, case.bench
    offered = recipients.Offered(
        case.prescription.active.dose, volume, vehicles, others, bench.vehicles
    )  # fmt: skip
    kinds = frozenset(device.kind for device in bench.devices)
    return (*recipients.limits(who, offered), *recipients.through_a_tube(who, kinds, ENTERAL))
