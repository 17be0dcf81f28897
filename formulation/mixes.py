"""Which whole numbers of balance steps multiply back to a needed mass exactly.

One mix: need = drug x aliquot / total. In series each aliquot is the drug of the next mix:
need = drug x aliquot 1 x ... x aliquot k / (total 1 x ... x total k). With need = p/q in lowest
terms, p divides the product above the line; its divisors are shared out among drug and aliquots,
and what is left are small whole numbers (docs/method/weighing.md has the proof).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod

MOST_FACTORED = 10**12


@dataclass(frozen=True, slots=True)
class Mix:
    """One mix in whole steps: what is weighed in, the total, the aliquot taken."""

    drug: int
    total: int
    aliquot: int

    @property
    def diluent(self) -> int:
        """Return what is added."""
        return self.total - self.drug


Mixes = tuple[Mix, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """In steps of the balance: the least it may weigh, the most that is mixed; how wide a step is.

    `unit` is the step as a number, so that the roundest figures are those the balance shows.
    """

    least: int
    most: int
    unit: Fraction = Fraction(1)

    def digits(self, steps: int) -> int:
        """Return how many digits a weighed figure has, without the zeros at its end.

        >>> Limits(1, 10, Fraction(1, 5)).digits(5), Limits(1, 10).digits(7080)
        (1, 3)
        """
        value, under = steps * self.unit.numerator, self.unit.denominator
        while under % 10 and under > 1:  # one fifth is two tenths: 5 and 2 go into 10
            spare = 5 if under % 2 == 0 else 2
            if under % 2 and under % 5:
                break
            value, under = value * spare, under * spare
        return len(str(value).rstrip("0"))


@dataclass(frozen=True, slots=True)
class Found:
    """The mixes with the least diluent; `proven` says that the search has shown them to be."""

    mixes: Mixes
    proven: bool


def held(mixes: Mixes) -> Fraction:
    """Return the drug in the last aliquot, in steps."""
    above = mixes[0].drug * prod(mix.aliquot for mix in mixes)
    return Fraction(above, prod(mix.total for mix in mixes))


def diluent(mixes: Mixes) -> int:
    """Return all that is added, in steps."""
    return sum(mix.diluent for mix in mixes)


def _roundness(mixes: Mixes, limits: Limits) -> int:
    figures = [n for mix in mixes for n in (mix.drug, mix.diluent, mix.total, mix.aliquot)]
    return sum(limits.digits(n) for n in figures)


def best_of(found: list[Mixes], limits: Limits) -> Mixes:
    """Return the least diluent, then the roundest figures, then the least drug."""
    flat = {tuple((m.drug, m.total, m.aliquot) for m in mixes): mixes for mixes in found}
    return min(flat.items(), key=lambda one: (diluent(one[1]), _roundness(one[1], limits), one[0]))[
        1
    ]


def up(above: int, under: int) -> int:
    """Return a quotient rounded up."""
    return -(-above // under)


def _primes(number: int) -> dict[int, int]:
    found: dict[int, int] = {}
    prime = 2
    while prime * prime <= number:
        while number % prime == 0:
            found[prime] = found.get(prime, 0) + 1
            number //= prime
        prime += 1 if prime == 2 else 2
    if number > 1:
        found[number] = found.get(number, 0) + 1
    return found


def shared_out(number: int, among: int) -> list[tuple[int, ...]]:
    """Return every way to write a number as a product of `among` factors, in order.

    >>> shared_out(6, 2)
    [(1, 6), (2, 3), (3, 2), (6, 1)]
    """
    ways = [(1,) * among]
    for prime, power in _primes(number).items():
        spread = list(_spread(power, among))
        ways = [
            tuple(f * prime**e for f, e in zip(way, each, strict=True))
            for way in ways
            for each in spread
        ]
    return sorted(ways)


def _spread(power: int, among: int) -> Iterator[tuple[int, ...]]:
    if among == 1:
        yield (power,)
        return
    for first in range(power + 1):
        for rest in _spread(power - first, among - 1):
            yield (first, *rest)


def single(need: Fraction, limits: Limits) -> Found | None:
    """Return the one mix with the least diluent that holds `need` steps of drug exactly.

    Proven: every mix is one of those looked at or has more diluent. `need` is below the least.

    >>> single(Fraction(2), Limits(120, 100_000)).mixes
    (Mix(drug=120, total=7200, aliquot=120),)
    """
    p, q, least = need.numerator, need.denominator, limits.least
    if q > limits.most or p > MOST_FACTORED:
        return None
    found: list[Mixes] = []
    for g, other in shared_out(p, 2):
        first, j_least = up(least, g), up(least, other)
        over = j_least * q - g
        for i in range(first, max(first, up(least, over)) + 1):
            j = max(j_least, up(up(least, i) + g, q))
            if i * j * q <= limits.most:
                found.append((Mix(g * i, i * j * q, other * j),))
    return Found(best_of(found, limits), True) if found else None


def root_up(value: int, power: int) -> int:
    """Return the smallest whole number whose power reaches `value`.

    >>> root_up(9, 2), root_up(10, 2), root_up(27, 3), root_up(28, 3)
    (3, 4, 3, 4)
    """
    low, high = 0, 1 << (value.bit_length() // power + 1)
    while low < high:
        middle = (low + high) // 2
        if middle**power >= value:
            high = middle
        else:
            low = middle + 1
    return low


def least_reached(steps: int, limits: Limits) -> Fraction:
    """Return the smallest need that so many mixes reach: the least weighed, the most mixed.

    >>> least_reached(1, Limits(120, 100_000))
    Fraction(18, 125)
    """
    return Fraction(limits.least ** (steps + 1), limits.most**steps)


def closest(need: Fraction, steps: int, limits: Limits) -> Mixes | None:
    """Return mixes on whole steps that come closest to `need`, where none holds it exactly.

    All drugs and aliquots up to a tenth above the least (at most 150 steps) are looked at in the
    last mix; the mixes before it dilute alike.
    """
    if steps > 1:
        alike = root_up(int(limits.least ** (steps + 1) / need), steps)
        total = min(limits.most, max(alike, 2 * limits.least))
        rest = closest(need * total / limits.least, steps - 1, limits)
        if rest is None or rest[0].drug >= total:
            return None
        return (Mix(limits.least, total, rest[0].drug), *rest)
    width = min(max(limits.least // 10, 1), 150)
    found: list[tuple[Fraction, int, Mix]] = []
    for drug in range(limits.least, limits.least + width + 1):
        needed = need * (drug + limits.least) / drug
        first = max(limits.least, up(needed.numerator, needed.denominator))
        for aliquot in range(first, first + width + 1):
            for total in {int(drug * aliquot / need), -int(-drug * aliquot // need)}:
                if max(drug + limits.least, aliquot + 1) <= total <= limits.most:
                    mix = Mix(drug, total, aliquot)
                    found.append((abs(held((mix,)) - need), mix.diluent, mix))
    best = min(found, key=lambda one: (one[0], one[1], one[2].drug), default=None)
    return (best[2],) if best else None
