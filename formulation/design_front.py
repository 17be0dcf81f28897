"""Which candidates nothing dominates, and which is preferred: in exact fractions.

One dominates another where it is as good in every objective and better in one. Money counts only
between candidates that lack the same prices: "at least" sums of different things compare nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from formulation.cited import Unknown
from formulation.designed import Candidate

KINDS = ("as-supplied", "capsules", "capsules-bulk", "dispersion", "liquid")
Rank = tuple[Any, ...]


def comparable(one: Candidate, other: Candidate) -> bool:
    """Say whether two candidates may be held against each other, money included."""
    unknown = isinstance(one.objectives.cost, Unknown), isinstance(other.objectives.cost, Unknown)
    return one.missing == other.missing and unknown[0] == unknown[1]


def vector(one: Candidate) -> tuple[Fraction, ...]:
    """Return the objectives as numbers; without the cost where it is unknown."""
    cost = one.objectives.cost
    money = () if isinstance(cost, Unknown) else (cost.number("USD"),)
    return (*one.objectives.others, *money)


def dominates(one: Candidate, other: Candidate) -> bool:
    """Say whether one is as good as another in all, and better in some."""
    if not comparable(one, other):
        return False
    mine, its = vector(one), vector(other)
    return mine != its and all(a <= b for a, b in zip(mine, its, strict=True))


def front(every: Iterable[tuple[Rank, Candidate]]) -> list[Candidate]:
    """Return the candidates that nothing dominates; of equal ones the preferred, in that order."""
    groups: dict[Any, list[tuple[tuple[Fraction, ...], Rank, Candidate]]] = {}
    for rank, one in every:
        key = one.missing, isinstance(one.objectives.cost, Unknown)
        groups.setdefault(key, []).append((vector(one), rank, one))
    kept: list[tuple[Rank, Candidate]] = []
    for group in groups.values():
        group.sort(key=lambda found: found[:2])
        best: list[tuple[Fraction, ...]] = []
        for mine, rank, one in group:
            if not any(all(a <= b for a, b in zip(its, mine, strict=True)) for its in best):
                best.append(mine)
                kept.append((rank, one))
    kept.sort(key=lambda pair: pair[0])
    return [one for _, one in kept]


def led(every: Iterable[tuple[Rank, Candidate]]) -> tuple[Candidate, ...]:
    """Return the preferred candidate of each kind, the preferred of all first."""
    found: dict[str, Candidate] = {}
    for _, one in sorted(every, key=lambda pair: pair[0]):
        found.setdefault(one.route.kind, one)
    return tuple(found.values())


def rank(one: Candidate, rest: tuple[Any, ...], parts: int = 0) -> Rank:
    """Return by what a candidate is preferred: the smaller, the more.

    Fewest makings, a dose drawn in no more `parts` than it need be, the error, the kind in the
    plan's order, source units, waste; then `rest`.
    """
    found = one.objectives
    return (one.makings, parts, found.error, KINDS.index(one.route.kind), found.units,
            found.waste.number("mg"), *rest)  # fmt: skip
