"""Roots, logarithms and powers of e to 30 digits, as exact fractions that re-evaluate the same.

root = floor(sqrt(value) x 10^k) / 10^k, with k chosen for 30 significant digits; a perfect square
gives its exact root. Pass or fail is never decided on a root: squares are compared exactly.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

DIGITS = 30
WORKING = 50
LARGEST_POWER = 5_000


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


def _cut(value: Fraction) -> Fraction:
    """Return a positive number cut after 30 significant digits."""
    power = DIGITS - (len(str(value.numerator)) - len(str(value.denominator)))
    scale = Fraction(10) ** power
    return Fraction(int(value * scale)) / scale


def _log1p_series(ratio: Fraction, places: int) -> Fraction:
    """Return 2 artanh(ratio), ratio at most 1/5, to a number of decimal places."""
    one = 10**places
    term = ratio.numerator * one // ratio.denominator
    square = ratio * ratio
    found, power, part = 0, 1, term
    while part:
        found += part // power
        part = part * square.numerator // square.denominator
        power += 2
    return Fraction(2 * found, one)


def log(value: Fraction) -> Fraction:
    """Return the natural logarithm of a positive number to 30 significant digits.

    >>> log(Fraction(1)), float(log(Fraction(2)))
    (Fraction(0, 1), 0.6931471805599453)

    Raises `ValueError` at zero and below.
    """
    if value <= 0:
        raise ValueError("a logarithm is taken of nothing at or below zero")
    if value == 1:
        return Fraction(0)
    twos = value.numerator.bit_length() - value.denominator.bit_length()
    left = value / Fraction(2) ** twos
    if left > Fraction(4, 3):
        left, twos = left / 2, twos + 1
    if left < Fraction(2, 3):
        left, twos = left * 2, twos - 1
    near = len(str(int(1 / abs(left - 1)))) if left != 1 else 0
    places = WORKING + near + len(str(abs(twos)))
    ratio = (abs(left - 1)) / (left + 1)
    found = _log1p_series(ratio, places) * (1 if left > 1 else -1)
    found += twos * _log1p_series(Fraction(1, 3), places)
    return _cut(found) if found > 0 else -_cut(-found)


def exp(value: Fraction) -> Fraction:
    """Return e to a power, to 30 significant digits.

    >>> exp(Fraction(0)), float(exp(Fraction(1)))
    (Fraction(1, 1), 2.718281828459045)

    Raises `ValueError` beyond +/- 5,000.
    """
    if value == 0:
        return Fraction(1)
    if abs(value) > LARGEST_POWER:
        raise ValueError(f"e is raised to at most {LARGEST_POWER:,} here")
    two = _log1p_series(Fraction(1, 3), WORKING + 10)
    twos = round(value / two)
    rest = value - twos * two
    one = 10 ** (WORKING + 5)
    scaled = rest.numerator * one // rest.denominator
    found, term, count = one, one, 0
    while term not in (0, -1):
        count += 1
        term = term * scaled // (one * count)
        found += term
    return _cut(Fraction(found, one) * Fraction(2) ** twos)
