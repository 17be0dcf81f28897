"""What a calculator is: named quantities, and the equations that tie them together.

An equation is one line, "stock_strength * stock_volume = final_strength * final_volume" or
"final_volume = stock_volume + diluent". It is rearranged here for whichever quantity is wanted;
nobody writes the rearranged forms by hand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from formulation.amounts import Amount
from formulation.solved import Solved
from formulation.trace import Finding
from formulation.units import Quantity

Given = Mapping[str, Amount]
WAYS = ("nearest", "up", "down")


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted, how it is to be rounded (which step, which way), how a strength is said."""

    wanted: str = ""
    step: Quantity | None = None
    way: str = "nearest"
    form: str = ""


PLAIN = Ask()


@dataclass(frozen=True, slots=True)
class Variable:
    """A named quantity: its words, the kind of thing it is, how it is typed.

    `kind` names how it is read (docs/method/calc.md lists them); `unit` is the unit in which it is
    worked out; `below` says what is wrong when the answer would fall to nothing or less. One that
    stands `beside` is told with the answer, and is the answer itself only where it is asked for;
    an `inner` one is a line of the working and is neither typed nor told.
    """

    name: str
    words: str
    kind: str
    unit: str = ""
    help: str = ""
    below: str = ""
    signed: bool = False
    beside: bool = False
    inner: bool = False

    @property
    def option(self) -> str:
        """Return the option by which it is typed."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sides that are equal, and why; `forms` are given where a power or a root is in it."""

    text: str
    why: str
    forms: tuple[tuple[str, str], ...] = ()
    source: str = ""

    @property
    def sides(self) -> tuple[str, str]:
        """Return its left and its right side."""
        left, _, right = self.text.partition("=")
        return left.strip(), right.strip()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the quantities in it, in order."""
        return _names(self.text)

    def solved_for(self, name: str) -> str:
        """Return the formula for one of its quantities, "" where there is none.

        >>> Equation("a * b = c * d", "").solved_for("b")
        'c * d / a'
        >>> Equation("whole = part + rest", "").solved_for("rest")
        'whole - part'
        """
        if self.forms:
            return dict(self.forms).get(name, "")
        return _rearranged(self.text, name)


@dataclass(frozen=True, slots=True)
class Calculator:
    """One kind of problem: its quantities in the order in which they are looked for, its equations.

    `guard` refuses what does not belong together before anything is worked out; `remark` returns
    what has to be said of an answer; `fill` adds what follows from how something was typed. One
    with lists of its own has `run` instead of equations. `examples` follow "formulate calc NAME".
    """

    name: str
    title: str
    variables: tuple[Variable, ...]
    equations: tuple[Equation, ...]
    examples: tuple[str, ...]
    guard: Callable[[Given], None] | None = None
    remark: Callable[[Given], tuple[Finding, ...]] | None = None
    fill: Callable[[Given], Given] | None = None
    run: Callable[[Mapping[str, Any], Ask], Solved] | None = None

    def variable(self, name: str) -> Variable:
        """Return one of its quantities by name."""
        return next(one for one in self.variables if one.name == name)


@lru_cache(maxsize=512)
def _names(text: str) -> tuple[str, ...]:
    calls = {"sqrt", "exp", "log", "ceil", "floor", "min", "max", "abs"}
    found = re.findall(r"[A-Za-z_]\w*", text)
    return tuple(dict.fromkeys(name for name in found if name not in calls))


def factors_of(formula: str) -> list[tuple[str, int]] | None:
    """Return the factors of a product, each with 1 or -1; None for what is no product.

    >>> factors_of("a * b / c"), factors_of("a - b")
    ([('a', 1), ('b', 1), ('c', -1)], None)
    """
    found = _factors(ast.parse(formula, mode="eval").body)
    return found if all(re.fullmatch(r"\w+", part) for part, _ in found) else None


def terms_of(formula: str) -> list[tuple[str, int]] | None:
    """Return the terms of a sum, each with its sign; None for what is no sum.

    >>> terms_of("a - b")
    [('a', 1), ('b', -1)]
    """
    found = _terms(ast.parse(formula, mode="eval").body)
    return found if all(re.fullmatch(r"\w+", part) for part, _ in found) else None


def _factors(node: ast.expr, power: int = 1) -> list[tuple[str, int]]:
    """Return the factors of a product with the sign of their power."""
    match node:
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return _factors(left, power) + _factors(right, power)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return _factors(left, power) + _factors(right, -power)
    return [(ast.unparse(node), power)]


def _terms(node: ast.expr, sign: int = 1) -> list[tuple[str, int]]:
    """Return the terms of a sum with their signs."""
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _terms(left, sign) + _terms(right, sign)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _terms(left, sign) + _terms(right, -sign)
    return [(ast.unparse(node), sign)]


@lru_cache(maxsize=512)
def _rearranged(text: str, name: str) -> str:
    left, right = (ast.parse(side.strip(), mode="eval").body for side in text.split("="))
    split = _terms if "+" in text or "-" in text else _factors
    moved = split(left) + [(part, -sign) for part, sign in split(right)]
    if sum(part == name for part, _ in moved) > 1:
        return ""
    own = next(sign for part, sign in moved if part == name)
    rest = [(part, -sign * own) for part, sign in moved if part != name]
    return _summed(rest) if split is _terms else _multiplied(rest)


def _summed(parts: list[tuple[str, int]]) -> str:
    plus = [part for part, sign in parts if sign > 0]
    minus = [part for part, sign in parts if sign < 0]
    return " - ".join([" + ".join(plus) or "0", *minus])


def _multiplied(parts: list[tuple[str, int]]) -> str:
    plus = [part for part, sign in parts if sign > 0 and part != "1"]
    minus = [part for part, sign in parts if sign < 0 and part != "1"]
    return " / ".join([" * ".join(plus) or "1", *minus])


def put_in(formula: str, texts: Mapping[str, str]) -> str:
    """Return a formula with texts for its names, all at once, and with the signs of arithmetic.

    >>> put_in("a * b - c", {"a": "2 mL", "b": "3", "c": "1 mL"})
    '2 mL × 3 − 1 mL'
    """
    names = "|".join(sorted(texts, key=len, reverse=True))
    row = re.split(rf"\b({names})\b", formula)
    signs = {" * ": " × ", " / ": " ÷ ", " - ": " − "}
    for place in range(0, len(row), 2):
        for plain_sign, sign in signs.items():
            row[place] = row[place].replace(plain_sign, sign)
    return "".join(texts.get(part, part) if place % 2 else part for place, part in enumerate(row))
