"""Does it dissolve at this concentration, and what keeps it in suspension where it does not.

Below a cited solubility: a solution; above the most that dissolves: a suspension; between, or in
another liquid than water: unknown, and unknown is treated as a suspension.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from formulation.cited import Cited
from formulation.printing import show, show_share
from formulation.records import Substance, Vehicle
from formulation.trace import Finding
from formulation.units import Quantity

State = Literal["solution", "suspension", "unknown"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Dissolved:
    """Whether the drug dissolves, in words for the bench, and on whose word; `form` for a label.

    `shake` says that the label has to say so.
    """

    state: State
    text: str
    form: str
    shake: bool
    sources: tuple[str, ...] = ()


def dissolved(
    drug: Substance, vehicles: tuple[Vehicle, ...], concentration: Quantity, powder: bool
) -> Dissolved:
    """Return whether a liquid is a solution or a suspension at its concentration.

    `powder` says that there is other powder in it, that of tablets or capsules.

    >>> from formulation.catalog import load
    >>> from formulation.drugs import read_substance
    >>> water = (load(Vehicle, "vehicles", "water")[0],)
    >>> drug = read_substance("cycloserine")[0]
    >>> dissolved(drug, water, Quantity(Fraction(25), "mg/mL"), True).state
    'solution'
    >>> dissolved(drug, water, Quantity(Fraction(150), "mg/mL"), True).state
    'unknown'
    """
    named = " and ".join(vehicle.name for vehicle in vehicles)
    least, most = drug.soluble_at_least, drug.soluble_at_most
    if [vehicle.key for vehicle in vehicles] == ["water"]:
        if isinstance(least, Cited) and concentration <= least.value:
            text = f"{drug.printed} dissolves"
            if not powder:
                return Dissolved("solution", f"{text}: a solution", "oral solution", False,
                                 (least.source,))  # fmt: skip
            text += "; the other powder may not: shake well"
            return Dissolved("solution", text, "oral liquid", True, (least.source,))
        if isinstance(most, Cited) and concentration >= most.value:
            text = f"suspension: at most {show(most.value)} dissolves in water: shake well"
            return Dissolved("suspension", text, "oral suspension", True, (most.source,))
    return Dissolved("unknown", f"whether it dissolves in {named} is unknown: shake well",
                     "oral liquid", True)  # fmt: skip


def as_published(found: Dissolved, name: str) -> Dissolved:
    """Return a state with the word under which a formula was published, where it has one.

    What is not known to dissolve, and is published as a suspension, is one.
    """
    for word in ("suspension", "solution"):
        if word in name.casefold():
            text = found.text if found.state == "solution" else f"{word}, as published: shake well"
            state: State = "suspension" if word == "suspension" else found.state
            return Dissolved(state, text, f"oral {word}", found.shake, found.sources)
    return found


def suspends(vehicles: tuple[Vehicle, ...], shares: tuple[Fraction, ...]) -> bool:
    """Say whether a vehicle, or one of several in its share, is known to keep powder suspended."""
    for vehicle, share in zip(vehicles, shares, strict=True):
        kept = vehicle.suspends
        if not isinstance(kept, Cited) or not kept.value:
            continue
        down_to = vehicle.suspends_from
        if share == 1 or (isinstance(down_to, Cited) and share >= down_to.value):
            return True
    return False


def may_settle(
    found: Dissolved, vehicles: tuple[Vehicle, ...], shares: tuple[Fraction, ...]
) -> tuple[Finding, ...]:
    """Return the caution for a drug not known to dissolve in what is not known to suspend."""
    if found.state == "solution" or suspends(vehicles, shares):
        return ()
    named = " and ".join(
        vehicle.name if len(vehicles) == 1 else f"{show_share(share)} {vehicle.name}"
        for vehicle, share in zip(vehicles, shares, strict=True)
    )
    what = f"It is not known to dissolve, and {named} is not known to keep it suspended"
    fix = "use a suspending vehicle, or a concentration at which it is known to dissolve"
    return (Finding("may-settle", "caution", what, fix, sources=found.sources),)
