"""What is each way called, in words that a patient can tell apart, and what does each cost?

A patient tells apart what is swallowed and how much of it. Ways alike in that stand as one, from
the cheapest to the dearest.
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation.cited import Unknown
from formulation.offered import form, one_dose
from formulation.prescription import Prescription
from formulation.printing import show
from formulation.result import Route
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Way:
    """One way that is offered: its route's id, its name in plain words, what it costs."""

    id: str
    name: str
    amount: Quantity | Unknown
    at_least: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """Ways of one name: what they cost from the cheapest to the dearest (None: none is priced).

    `open` says that some of them have no price; `at_least` that something in one has none.
    """

    name: str
    low: Quantity | None
    high: Quantity | None
    at_least: bool
    open: bool


def plain_name(route: Route, prescription: Prescription) -> str:
    """Return a way in plain words: no vehicle, no recipe, no id."""
    what = form(route)
    if what == "capsules":
        return "Capsules, made by the pharmacy"
    if route.kind == "liquid":
        return f"Liquid made by the pharmacy, {show(one_dose(route, prescription))} a dose"
    return "As sold; you mix each dose fresh" if route.kind == "dispersion" else "As sold"


def _alike(name: str, ways: list[Way]) -> Alike:
    priced = [way.amount for way in ways if isinstance(way.amount, Quantity)]
    priced.sort(key=lambda amount: amount.magnitude)
    low, high = (priced[0], priced[-1]) if priced else (None, None)
    return Alike(name, low, high, any(w.at_least for w in ways), len(priced) < len(ways))


def alike(ways: tuple[Way, ...], here: str) -> tuple[Alike, ...]:
    """Return ways of one name as one; the one with id `here` only with what costs the same.

    >>> one, other = (Way(i, "Liquid", Unknown("price"), True) for i in "ab")
    >>> [found.name for found in alike((one, other), "a")]
    ['Liquid (this page)']
    """
    groups: dict[str, list[Way]] = {}
    for way in ways:
        groups.setdefault(way.name, []).append(way)
    found = []
    for name, every in groups.items():
        mine = next(((w.amount, w.at_least) for w in every if w.id == here), None)
        same = [w for w in every if mine is not None and _same(w, mine)]
        rest = [w for w in every if w not in same]
        if same:
            found.append(_alike(f"{name} (this page)", same))
        if rest:
            found.append(_alike(f"{name} (made another way)" if same else name, rest))
    return tuple(found)


def _same(way: Way, mine: tuple[Quantity | Unknown, bool]) -> bool:
    """Say whether a way costs what another does: the same amount, or neither is known."""
    if isinstance(way.amount, Unknown) or isinstance(mine[0], Unknown):
        return isinstance(way.amount, Unknown) and isinstance(mine[0], Unknown)
    return (way.amount, way.at_least) == mine
