"""Between what limits does an amount lie: an interval in is an interval out.

A label claim of 90.0 to 120.0 % bounds the mean of many pooled units, so a "50 mg" capsule made
from an unassayed pool is 45 to 60 mg (source: usp32-cycloserine-capsules).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.units import Number, Quantity


@dataclass(frozen=True, slots=True)
class Bounds:
    """The two ends of a published range."""

    low: Quantity
    high: Quantity


@dataclass(frozen=True, slots=True)
class Range:
    """An amount with its limits: low, nominal, high."""

    low: Quantity
    nominal: Quantity
    high: Quantity

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("a range runs from low to high")

    def scaled(self, by: Number) -> Range:
        """Return the range multiplied by an exact number.

        >>> around(Quantity(50, "mg"), Fraction(9, 10), Fraction(6, 5)).scaled(2).high.magnitude
        Fraction(120, 1)
        """
        return Range(self.low * by, self.nominal * by, self.high * by)


def around(nominal: Quantity, low: Fraction, high: Fraction) -> Range:
    """Return `nominal` between two shares of itself.

    >>> r = around(Quantity(50, "mg"), Fraction(9, 10), Fraction(6, 5))
    >>> r.low.magnitude, r.high.magnitude
    (Fraction(45, 1), Fraction(60, 1))
    """
    return Range(nominal * low, nominal, nominal * high)
