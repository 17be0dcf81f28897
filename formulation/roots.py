"""Roots to 30 significant digits, as exact fractions: a step with a root re-evaluates the same.

root = floor(sqrt(value) x 10^k) / 10^k, with k chosen for 30 significant digits; a perfect square
gives its exact root. Pass or fail is never decided on a root: squares are compared exactly.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

DIGITS = 30


def sqrt(value: Fraction) -> Fraction:
    """Return the square root of a number that is not negative, cut after 30 significant digits.

    >>> sqrt(Fraction(9, 4)), float(sqrt(Fraction(2)))
    (Fraction(3, 2), 1.4142135623730951)

    Raises `ValueError` below zero.
    """
    if value < 0:
        raise ValueError("a square root is taken of nothing below zero")
    top, under = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and under * under == value.denominator:
        return Fraction(top, under)
    power = DIGITS - (len(str(value.numerator)) - len(str(value.denominator))) // 2
    scale = Fraction(10) ** power
    return Fraction(isqrt(int(value * scale * scale))) / scale
