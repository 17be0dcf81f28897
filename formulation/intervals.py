"""Between what an answer must lie: every number made rougher, outwards, and put through again.

A number becomes the two round numbers (1, 2 or 5 times a power of ten) on either side; if it is
such a number itself it stays, and only the first plain amount is widened.
Sums and products of intervals hold every sum and product of what lies inside, so that the bound
cannot be passed by a right answer. The bound never looks at the answer.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from formulation.roots import exp, log, sqrt
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that a quantity may be."""

    low: Quantity
    high: Quantity

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Span) -> Span:
        every = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(every), max(every))

    def __truediv__(self, other: Span) -> Span:
        if other.low.magnitude <= 0 <= other.high.magnitude:
            raise ZeroDivisionError
        every = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(every), max(every))

    def at_least_nothing(self) -> Span:
        """Return the span without what lies below zero."""
        nothing = Quantity(Fraction(0), self.low.unit)
        return Span(max(self.low, nothing), max(self.high, nothing))


def round_numbers(value: Fraction, strictly: bool = False) -> tuple[Fraction, Fraction]:
    """Return the round numbers on either side; of a round number itself, unless strictly.

    >>> round_numbers(Fraction(14)), round_numbers(Fraction(2), strictly=True)
    ((Fraction(10, 1), Fraction(20, 1)), (Fraction(1, 1), Fraction(5, 1)))
    """
    if value <= 0:
        return value, value
    power = _power_of_ten(value)
    row = [power / 2, power, power * 2, power * 5, power * 10]
    if value in row and not strictly:
        return value, value
    return max(n for n in row if n < value), min(n for n in row if n > value)


def _power_of_ten(value: Fraction) -> Fraction:
    power = Fraction(1)
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return power


def few_digits(value: Fraction, digits: int = 1) -> tuple[Fraction, Fraction]:
    """Return a number rounded down and up to one digit, or to a few.

    >>> few_digits(Fraction(38)), few_digits(Fraction(30))
    ((Fraction(30, 1), Fraction(40, 1)), (Fraction(30, 1), Fraction(30, 1)))
    """
    if value <= 0:
        return value, value
    power = _power_of_ten(value) / 10 ** (digits - 1)
    low = value // power * power
    return low, low if low == value else low + power


def span(formula: str, inputs: Mapping[str, Span]) -> Span:
    """Return what a formula comes to over intervals.

    >>> two = Span(Quantity(2, "g"), Quantity(3, "g"))
    >>> found = span("a / b", {"a": two, "b": Span(Quantity(1, "mL"), Quantity(2, "mL"))})
    >>> found.low.magnitude, found.high.magnitude
    (Fraction(1, 1), Fraction(3, 1))
    """
    return _walk(ast.parse(formula, mode="eval").body, inputs)


_UP = {"sqrt": sqrt, "exp": exp, "log": log}


def _walk(node: ast.expr, inputs: Mapping[str, Span]) -> Span:  # noqa: PLR0911  one a kind
    match node:
        case ast.Name(id=name):
            return inputs[name]
        case ast.Constant(value=int(number)):
            return Span(Quantity(Fraction(number)), Quantity(Fraction(number)))
        case ast.Call(func=ast.Name(id=name), args=[one]) if name in _UP:
            inner, rising = _walk(one, inputs), _UP[name]
            return Span(Quantity(rising(inner.low.number())), Quantity(rising(inner.high.number())))
        case ast.BinOp(left=left, op=op, right=right):
            first, second = _walk(left, inputs), _walk(right, inputs)
            match op:
                case ast.Add():
                    return first + second
                case ast.Sub():
                    return first - second
                case ast.Mult():
                    return first * second
                case ast.Div():
                    return first / second
    raise ValueError(f"no bound for {ast.unparse(node)}")
