"""Which mixes in series multiply back to a needed mass exactly, with the least diluent in all.

The most promising weighings are looked at first; for each, the totals are the factors of one whole
number that lie closest together (docs/method/weighing.md has the proof).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod

from formulation.mixes import (
    MOST_FACTORED,
    Found,
    Limits,
    Mix,
    Mixes,
    best_of,
    closest,
    root_up,
    shared_out,
    single,
    up,
)

MOST_NODES = 5_000
MOST_TIES = 200


def least_possible(drugs: tuple[int, ...], ratio: Fraction, least: int) -> int:
    """Return a diluent below which no totals can lie: drugs diluted `ratio` times in all.

    Every total is at least its drug and the least diluent; the product of those that are more is
    never reached with less than their root each. More drug or more ratio never lowers it.

    >>> least_possible((120, 120), Fraction(60), 120)
    1620
    """
    lows = sorted(drug + least for drug in drugs)
    product, pinned, free = ratio * prod(drugs), 0, len(drugs)
    if prod(lows) >= product:
        return least * free
    while lows[free - 1] ** free > product:
        free -= 1
        product, pinned = product / lows[free], pinned + lows[free]
    return root_up(-(-(product * free**free) // 1), free) + pinned - sum(drugs)


@dataclass(frozen=True, slots=True)
class _Stages:
    """Drugs that are given, and for each the least its total may be."""

    drugs: tuple[int, ...]
    lows: tuple[int, ...]
    limits: Limits

    def high(self, place: int, budget: int) -> int:
        """Return the largest total where the mixes from `place` on share a budget of diluent."""
        others = len(self.drugs) - place - 1
        return min(self.limits.most, self.drugs[place] + budget - others * self.limits.least)

    def totals(self, product: int, budget: int, place: int = 0) -> Iterator[tuple[int, ...]]:
        """Yield every way to make the product from totals, with no more diluent than the budget."""
        last = len(self.drugs) - 1
        low, high = self.lows[place], self.high(place, budget)
        if place == last:
            if low <= product <= high:
                yield (product,)
            return
        above = prod(self.high(later, budget) for later in range(place + 1, last + 1))
        low = max(low, up(product, above)) if above > 0 else high + 1
        high = min(high, product // prod(self.lows[place + 1 :]))
        if place == last - 1:  # two totals whose sum is within: between the roots of a square
            whole = budget + self.drugs[place] + self.drugs[last]
            within = whole * whole - 4 * product
            if within < 0:
                return
            root = isqrt(within)
            low, high = max(low, (whole - root) // 2), min(high, (whole + root) // 2 + 1)
        for total in range(low, high + 1):
            if product % total == 0:
                left = budget - (total - self.drugs[place])
                for rest in self.totals(product // total, left, place + 1):
                    yield (total, *rest)


@dataclass(slots=True)
class _Search:
    """The best found so far, and what it is measured against."""

    need: Fraction
    steps: int
    limits: Limits
    best: int
    found: list[Mixes]

    def bound(self, amounts: tuple[int, ...]) -> int:
        """Return a diluent below which no totals for these weighings can lie."""
        ratio = Fraction(amounts[-1]) / self.need
        return least_possible(amounts[:-1], ratio, self.limits.least)

    def possible(self, amounts: tuple[int, ...]) -> bool:
        """Say whether the totals can be small enough to be mixed."""
        product = Fraction(prod(amounts)) / self.need
        return bool(product <= self.limits.most**self.steps)

    def look(self, amounts: tuple[int, ...], bound: int) -> None:
        """Find the totals with the least diluent for these weighings, from the bound upwards."""
        drugs, product = amounts[:-1], Fraction(prod(amounts)) / self.need
        lows = tuple(
            max(drug + self.limits.least, aliquot + 1)
            for drug, aliquot in zip(drugs, amounts[1:], strict=True)
        )
        if product < prod(lows):
            return
        stages, budget = _Stages(drugs, lows, self.limits), bound + bound // 64
        found: list[tuple[int, ...]] = []
        while not found:
            budget = min(budget, self.best)
            found = list(stages.totals(int(product), budget))
            if budget == self.best:
                break
            budget = bound + (budget - bound + 1) * 4
        for totals in found:
            added = sum(totals) - sum(drugs)
            if added < self.best:
                self.best, self.found = added, []
            if added == self.best:
                mixes = zip(drugs, totals, amounts[1:], strict=True)
                self.found.append(tuple(Mix(*mix) for mix in mixes))


def serial(need: Fraction, steps: int, limits: Limits) -> Found | None:
    """Return mixes in series with the least diluent in all that hold `need` exactly.

    The most promising weighings are looked at first; the search ends when no others can do with
    less diluent, which proves the best, or after a set number of them, which does not.

    >>> found = serial(Fraction(2), 2, Limits(120, 100_000))
    >>> found.mixes, found.proven
    ((Mix(drug=120, total=900, aliquot=120), Mix(drug=120, total=960, aliquot=120)), True)
    """
    p, q, least = need.numerator, need.denominator, limits.least
    if q > limits.most**steps or p > MOST_FACTORED:
        return None
    search = _Search(need, steps, limits, steps * limits.most, [])
    heap: list[tuple[int, tuple[int, ...], tuple[int, ...], int]] = []

    def put(amounts: tuple[int, ...], shares: tuple[int, ...], place: int) -> None:
        if search.possible(amounts):
            heapq.heappush(heap, (search.bound(amounts), amounts, shares, place))

    for shares in shared_out(p, steps + 1):
        put(tuple(share * up(least, share) for share in shares), shares, 0)
    nodes = ties = 0
    while heap and heap[0][0] <= search.best and nodes < MOST_NODES and ties < MOST_TIES:
        bound, amounts, shares, start = heapq.heappop(heap)
        search.look(amounts, bound)
        nodes, ties = nodes + 1, ties + (bound == search.best)
        for place in range(start, steps + 1):
            more = list(amounts)
            more[place] += shares[place]
            put(tuple(more), shares, place)
    if not search.found:
        return None
    return Found(best_of(search.found, limits), not heap or heap[0][0] >= search.best)


def mixes_for(need: Fraction, steps: int, limits: Limits) -> Found | None:
    """Return the mixes for a need below the least: exact where any are, else the closest."""
    found = single(need, limits) if steps == 1 else serial(need, steps, limits)
    if found is not None:
        return found
    near = closest(need, steps, limits)
    return Found(near, False) if near else None
