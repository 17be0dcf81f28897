"""What was done, shown as it was done: steps that re-evaluate, findings that carry their numbers.

A `Step` is made by evaluating its own formula on its own inputs, so that the step shown is the
step done; `evaluate` on a stored step gives the identical exact result again.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from formulation.roots import exp, log, sqrt
from formulation.units import Number, Quantity, total

Value = Quantity | Fraction
Series = tuple[Quantity, ...]
Input = Value | Series
Level = Literal["note", "caution", "stop"]
LEVELS: tuple[Level, ...] = ("note", "caution", "stop")
_TO_DIGITS = {"sqrt": sqrt, "exp": exp, "log": log}
_CALLS = {"ceil", "floor", "min", "max", "abs", *_TO_DIGITS}
_LISTS = {"sum", "count", "mean", "median", "sd"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of working: name, formula, the numbers in it, the result, why, and on whose word."""

    name: str
    formula: str
    inputs: tuple[tuple[str, Input], ...]
    result: Value
    why: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the pharmacist has to know: a note, a caution, or a stop, with its numbers.

    A stop means: not as it stands. `limit` and `actual` are the numbers behind it, `fix` is the
    nearest way that works.
    """

    code: str
    level: Level
    what: str
    fix: str = ""
    limit: Quantity | None = None
    actual: Quantity | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What every result carries: how it was worked out and what was found on the way."""

    steps: tuple[Step, ...] = ()
    findings: tuple[Finding, ...] = ()


def _whole(rounding: str, value: Value) -> Value:
    step = math.ceil if rounding == "ceil" else math.floor
    if isinstance(value, Quantity):
        return Quantity(Fraction(step(value.magnitude)), value.unit)
    return Fraction(step(value))


def _plain(value: Value | Number) -> Value:
    if isinstance(value, Quantity):
        return value if value.unit else value.magnitude
    return Fraction(value)


def _pair(operator: ast.operator, left: Value, right: Value) -> Value:
    if isinstance(operator, ast.Mult):
        return _plain(left * right)
    if not isinstance(operator, (ast.Add, ast.Sub, ast.Div)):
        raise ValueError(f"a formula has only + - * /: {type(operator).__name__}")
    if isinstance(operator, ast.Div):
        over = left if isinstance(left, Quantity) else Quantity(left)
        return _plain(over / right)
    if not isinstance(left, Quantity) and not isinstance(right, Quantity):
        return left + right if isinstance(operator, ast.Add) else left - right
    first = left if isinstance(left, Quantity) else Quantity(left)
    second = right if isinstance(right, Quantity) else Quantity(right)
    return _plain(first + second if isinstance(operator, ast.Add) else first - second)


def _call(name: str, values: list[Value]) -> Value:
    if name in ("ceil", "floor"):
        (value,) = values
        return _whole(name, value)
    if name in _TO_DIGITS:
        (value,) = values
        return _TO_DIGITS[name](value.number() if isinstance(value, Quantity) else value)
    quantities = [v if isinstance(v, Quantity) else Quantity(v) for v in values]
    if name == "abs":
        (quantity,) = quantities
        return _plain(Quantity(abs(quantity.magnitude), quantity.unit))
    return _plain(min(quantities) if name == "min" else max(quantities))


def _variance(series: Series) -> Fraction:
    """Return the sample variance in the first one's unit, squared."""
    unit = series[0].unit
    numbers = [one.number(unit) for one in series]
    mean = sum(numbers) / len(numbers)
    return Fraction(sum((n - mean) ** 2 for n in numbers)) / (len(numbers) - 1)


def _of_series(name: str, series: Series) -> Value:
    """Return what a list comes to: its sum, count, mean, median, sample standard deviation."""
    if name == "count":
        return Fraction(len(series))
    unit = series[0].unit
    if name == "sd":
        return _plain(Quantity(sqrt(_variance(series)), unit))
    if name == "median":
        middle = sorted(series)[(len(series) - 1) // 2 : len(series) // 2 + 1]
        return _plain(total(middle, unit) / len(middle))
    whole = total(series, unit)
    return _plain(whole if name == "sum" else whole / len(series))


@lru_cache(maxsize=512)
def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def _series(node: ast.expr, inputs: Mapping[str, Input]) -> Series:
    found = inputs[node.id] if isinstance(node, ast.Name) else ()
    if not isinstance(found, tuple) or not found:
        raise ValueError("sum, count, mean, median and sd take one list by its name")
    return found


def _walk(node: ast.expr, inputs: Mapping[str, Input]) -> Value:
    match node:
        case ast.Name(id=name):
            found = inputs[name]
            if isinstance(found, tuple):
                raise ValueError(f"{name} is a list: sum, count, mean, median or sd of it")
            return found
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return Fraction(number)
        case ast.BinOp(left=left, op=operator, right=right):
            return _pair(operator, _walk(left, inputs), _walk(right, inputs))
        case ast.Call(func=ast.Name(id=name), args=args) if name in _CALLS:
            return _call(name, [_walk(argument, inputs) for argument in args])
        case ast.Call(func=ast.Name(id=name), args=[argument]) if name in _LISTS:
            return _of_series(name, _series(argument, inputs))
        case _:
            raise ValueError(f"a formula has only names, + - * / and {_CALLS | _LISTS}: {node}")


def evaluate(formula: str, inputs: Mapping[str, Input | Number]) -> Value:
    """Work out a formula exactly, units and all.

    >>> evaluate("ceil(needed / claim)", {"needed": Quantity(700, "mg"),
    ...                                   "claim": Quantity(250, "mg/cap")})
    Quantity(magnitude=Fraction(3, 1), unit='cap')
    """
    return _walk(_parsed(formula), {name: _input(value) for name, value in inputs.items()})


def _input(value: Input | Number) -> Input:
    return value if isinstance(value, tuple) else _plain(value)


@dataclass(slots=True)
class Working:
    """A calculator's sheet of paper: each line is worked out as it is written down."""

    steps: list[Step] = field(default_factory=list)

    def work(
        self,
        name: str,
        formula: str,
        inputs: Mapping[str, Input | Number],
        why: str,
        sources: tuple[str, ...] = (),
    ) -> Quantity:
        """Write down one step and return its result (a pure number has the unit ``""``).

        >>> Working().work("drug", "dose * doses", {"dose": Quantity(100, "mg/dose"),
        ...     "doses": Quantity(10, "dose")}, "each dose holds the same").magnitude
        Fraction(1000, 1)
        """
        values = {key: _input(value) for key, value in inputs.items()}
        result = evaluate(formula, values)
        self.steps.append(Step(name, formula, tuple(values.items()), result, why, sources))
        return result if isinstance(result, Quantity) else Quantity(result)


def worst(findings: tuple[Finding, ...]) -> Level | None:
    """Return the gravest level among findings, or None where there are none.

    >>> worst((Finding("a", "note", ""), Finding("b", "stop", "")))
    'stop'
    """
    return max((f.level for f in findings), key=LEVELS.index, default=None)
