"""Can the one it is for take this liquid: volume of a dose, sugar, alcohol, a tube.

What a vehicle holds is a cited fact of its record; what is unknown never passes.
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation.cited import Cited, Fact, Unknown
from formulation.prescription import Recipient
from formulation.printing import show
from formulation.records import Vehicle
from formulation.trace import Finding
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered: one dose and its volume, the vehicles, what else goes in by name.

    `shelf` are all vehicles of the bench, among which another may be found.
    """

    dose: Quantity
    volume: Quantity
    vehicles: tuple[Vehicle, ...]
    others: tuple[str, ...] = ()
    shelf: tuple[Vehicle, ...] = ()


def limits(who: Recipient, offered: Offered) -> tuple[Finding, ...]:
    """Return the stops for a liquid that the recipient cannot take, each with the nearest way."""
    return (
        *_volume(who, offered),
        *(_free_of("sugar", offered) if who.no_sugar else ()),
        *(_free_of("alcohol", offered) if who.no_alcohol else ()),
    )


def _volume(who: Recipient, offered: Offered) -> tuple[Finding, ...]:
    most = who.most_volume
    if most is None or offered.volume <= most:
        return ()
    what = f"One dose is {show(offered.volume)}; the recipient takes at most {show(most)}"
    least = show((offered.dose / most).to("mg/mL"))
    fix = f"make it {least} or stronger: at {least} the dose is {show(most)}"
    return (Finding("recipient-volume", "stop", what, fix, most, offered.volume),)


def _fact(what: str, vehicle: Vehicle) -> Fact[bool]:
    return vehicle.sugar if what == "sugar" else vehicle.alcohol


def _free_of(what: str, offered: Offered) -> tuple[Finding, ...]:
    """Return the stop for a vehicle that holds sugar or alcohol, or of which that is not known."""
    found = []
    for vehicle in offered.vehicles:
        fact = _fact(what, vehicle)
        if isinstance(fact, Cited) and not fact.value:
            continue
        text = f"{vehicle.name} holds {what}; the recipient takes none"
        if isinstance(fact, Unknown):
            text = f"Whether {vehicle.name} holds {what} is unknown: {fact.why or fact.which}"
        found.append((text, fact.source if isinstance(fact, Cited) else ""))
    if offered.others:
        text = f"Whether {' or '.join(offered.others)} holds {what} is not on record"
        found.append((text, ""))
    free = [one.name for one in offered.shelf if _known_free(what, one)]
    fix = f"on this bench without {what}: {', '.join(free)}" if free else (
        f"put a vehicle without {what} on the bench")  # fmt: skip
    return tuple(
        Finding("recipient-vehicle", "stop", text, fix, sources=(source,) if source else ())
        for text, source in found
    )


def _known_free(what: str, vehicle: Vehicle) -> bool:
    fact = _fact(what, vehicle)
    return not isinstance(fact, Unknown) and not fact.value


def through_a_tube(who: Recipient, kinds: frozenset[str], kind: str) -> tuple[Finding, ...]:
    """Return what is known of giving it through a tube: a stop where nothing here connects."""
    if not who.tube:
        return ()
    if kind not in kinds:
        what = f"It is given through a tube, and this bench has no {kind}"
        return (Finding("tube-no-syringe", "stop", what, f"put one on the bench: {kind}"),)
    what = "Through a tube: whether the powder passes it is not on record, nor what stays behind"
    fix = "flush before and after with water; ask for the tube's bore; never by an oral syringe"
    return (Finding("tube-powder", "caution", what, fix),)


def changed(last: Quantity | None, concentration: Quantity, dose: Quantity) -> tuple[Finding, ...]:
    """Return the caution that the strength differs from the last fill's: the mL change.

    >>> from fractions import Fraction
    >>> mg_ml = lambda n: Quantity(Fraction(n), "mg/mL")
    >>> changed(mg_ml(25), mg_ml("12.5"), Quantity(100, "mg"))[0].what
    'The last fill was 25 mg/mL, this is 12.5 mg/mL: 100 mg was 4 mL, is now 8 mL'
    """
    if last is None or last == concentration:
        return ()
    was, now = ((dose / one).to("mL") for one in (last, concentration))
    what = (
        f"The last fill was {show(last)}, this is {show(concentration)}: {show(dose)} was "
        f"{show(was)}, is now {show(now)}"
    )
    fix = "say it when it is handed over, take the old bottle back, or make the last strength"
    return (Finding("concentration-changed", "caution", what, fix, last, concentration),)
