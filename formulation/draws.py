"""Numbers for questions, drawn from a seed: the same seed gives the same numbers everywhere.

A digest of seed, labels and a counter is drawn from, so that no version of Python changes a paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Draw:
    """A source of choices for one question, named by its seed and what it is for."""

    seed: int
    label: str
    count: int = field(default=0)

    def below(self, top: int) -> int:
        """Return a whole number from 0 to `top` - 1, each as likely.

        >>> Draw(1, "a").below(10) == Draw(1, "a").below(10)
        True
        """
        text = f"{self.seed}/{self.label}/{self.count}"
        self.count += 1
        drawn = int.from_bytes(hashlib.sha256(text.encode()).digest())
        return drawn % top

    def pick(self, row: Sequence[T]) -> T:
        """Return one of a row."""
        return row[self.below(len(row))]

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """Return a whole number from `low` to `high`, both in, in steps."""
        return low + step * self.below((high - low) // step + 1)

    def among(self, low: str, high: str, step: str) -> Fraction:
        """Return a decimal from `low` to `high`, both in, in steps.

        >>> found = Draw(7, "b").among("0.5", "2", "0.25")
        >>> (found - Fraction(1, 2)) % Fraction(1, 4)
        Fraction(0, 1)
        """
        first, last, each = Fraction(low), Fraction(high), Fraction(step)
        return first + each * self.below(int((last - first) / each) + 1)

    def mixed(self, row: Sequence[T]) -> tuple[T, ...]:
        """Return a row in a drawn order."""
        rest = list(row)
        return tuple(rest.pop(self.below(len(rest))) for _ in range(len(rest)))
