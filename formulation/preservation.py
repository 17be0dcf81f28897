"""Is there water in it, and is it preserved: the class of one vehicle or of several mixed.

What is unknown counts as the worse: unknown water as water, unknown preservation as none. A
preserved vehicle diluted with one that is not counts as not preserved: no limit was read up to
which a preservative may be diluted.
"""

from __future__ import annotations

from formulation.cited import known
from formulation.records import Vehicle
from formulation.trace import Finding

SOLID = "solid"


def aqueous(vehicles: tuple[Vehicle, ...]) -> bool:
    """Say whether a mixture of vehicles counts as holding water: unless each is known to be dry."""
    return any(known(vehicle.aqueous) is not False for vehicle in vehicles)


def preserved(vehicles: tuple[Vehicle, ...]) -> bool:
    """Say whether a mixture of vehicles counts as preserved: only where each is known to be.

    >>> from formulation.catalog import load
    >>> plus, water = (load(Vehicle, "vehicles", key)[0] for key in ("ora-plus", "water"))
    >>> preserved((plus,)), preserved((plus, water)), preserved(())
    (True, False, False)
    """
    return bool(vehicles) and all(known(vehicle.preserved) is True for vehicle in vehicles)


def category(vehicles: tuple[Vehicle, ...]) -> str:
    """Return the class of preparation that a rule set limits; no vehicle is a solid.

    >>> category(())
    'solid'
    """
    if not vehicles:
        return SOLID
    if not aqueous(vehicles):
        return "non-aqueous-oral-liquid"
    return "preserved-aqueous" if preserved(vehicles) else "non-preserved-aqueous"


def diluted(vehicles: tuple[Vehicle, ...]) -> tuple[Finding, ...]:
    """Return the caution that a preservative is diluted and the mixture counts as not preserved."""
    with_it = [v.name for v in vehicles if known(v.preserved)]
    without = [v.name for v in vehicles if not known(v.preserved)]
    if not with_it or not without or not aqueous(vehicles):
        return ()
    what = (
        f"{' and '.join(with_it)} diluted with {' and '.join(without)} counts as not preserved: "
        "no limit is on record up to which the preservative may be diluted"
    )
    fix = "use preserved vehicles only, or a study with antimicrobial testing of this mixture"
    return (Finding("preservative-diluted", "caution", what, fix),)
