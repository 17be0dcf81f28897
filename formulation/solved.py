"""The answer of a calculator, and every part of its explanation, in one object.

Nothing in it is written for show: the chain multiplies to the answer, the bound was worked out
before the answer and holds it, the back-check was worked out after it and can fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.amounts import Amount
from formulation.chains import Chain
from formulation.cited import TYPED, Unknown
from formulation.trace import Worked
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with its name, its words, and where it comes from."""

    name: str
    words: str
    amount: Amount
    source: str = TYPED


@dataclass(frozen=True, slots=True)
class Bound:
    """Between what the answer must lie, found from rougher numbers: `rough` are they, in words."""

    low: Quantity
    high: Quantity
    rough: tuple[tuple[str, str], ...]
    text: str = ""

    def holds(self, answer: Quantity) -> bool:
        """Say whether an answer lies within."""
        return self.low <= answer <= self.high


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working: what it gives, why, and the chain or the sum that gives it.

    A line without a chain is a sum or a formula: `shown` is it with its numbers.
    """

    words: str
    why: str
    formula: str
    result: Amount
    chain: Chain | None = None
    shown: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rounding:
    """What was decided: the rule, the exact and the printed amount, the error, what it brings."""

    rule: str
    exact: Quantity
    printed: Quantity
    text: str
    error: Fraction
    brings: str = ""


@dataclass(frozen=True, slots=True)
class BackCheck:
    """Something given, worked out again from the answer by another path; it may differ."""

    words: str
    way: str
    expected: Quantity
    found: Quantity
    expected_text: str = ""
    found_text: str = ""
    roots: bool = False
    numbers: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the two are exactly the same; through a cut root, to twenty digits."""
        if not self.roots:
            return self.expected == self.found
        off = abs(self.found.to(self.expected.unit).magnitude - self.expected.magnitude)
        return off <= abs(self.expected.magnitude) / 10**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved(Worked):
    """A solved problem: what was given and wanted, the answer, and how a student follows it.

    `wanted` is the quantity found, by `lines`; `others` are those beside it, found by `beside`.
    """

    calculator: str
    title: str
    given: tuple[Named, ...]
    wanted: Named
    answer: Quantity
    others: tuple[Named, ...] = ()
    bound: Bound | Unknown
    lines: tuple[Line, ...]
    beside: tuple[Line, ...] = ()
    rounding: Rounding
    check: tuple[BackCheck, ...]
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def may_be_made(self) -> bool:
        """Say whether nothing found is a stop."""
        return not any(one.level == "stop" for one in self.findings)
