"""The bound stated before the answer: every number rougher, outwards, through the same lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from formulation.amounts import Amount, in_unit, say
from formulation.cited import Unknown
from formulation.intervals import Span, few_digits, round_numbers, span
from formulation.printing import show_exact
from formulation.relations import Given
from formulation.solved import Bound
from formulation.solving import Found, formula_names
from formulation.units import Quantity


def bound(given: Given, lines: tuple[Found, ...], wanted: str, like: Amount) -> Bound | Unknown:
    """Return between what the answer must lie, from rougher numbers than those given.

    One digit is enough for most; where a difference of such numbers may be nothing, two or more,
    and of round numbers the first a tenth or less on either side.
    """
    used = {name for one in lines for name in formula_names(one.formula)} & set(given)
    taken = {name: one for name, one in given.items() if name in used}
    for digits in (1, 2, 3, 4):
        rough = _rough(taken, digits)
        try:
            found = _worked(rough, lines)[wanted]
        except ZeroDivisionError:
            continue
        low, high = found.low.to(like.value.unit), found.high.to(like.value.unit)
        row = tuple((name, _between(given[name], pair)) for name, pair in rough.items())
        return Bound(low, high, row, bound_text(low, high, like))
    why = "a difference of rounded numbers may be nothing"
    return Unknown("bound", why, "the numbers lie too close together")


def _worked(
    rough: Mapping[str, tuple[Quantity, Quantity]], lines: tuple[Found, ...]
) -> dict[str, Span]:
    """Put the spans of the given numbers through every line; what must be positive stays so."""
    spans = {name: Span(min(pair), max(pair)) for name, pair in rough.items()}
    for one in lines:
        found = span(one.formula, spans)
        spans[one.name] = found if one.value.magnitude <= 0 else found.at_least_nothing()
    return spans


def bound_text(low: Quantity, high: Quantity, like: Amount) -> str:
    """Return a bound in words, rounded outwards to two digits so that it stays one."""
    first, last = _outwards(low, like, False), _outwards(high, like, True)
    unit = first.rpartition(" ")[2]
    if unit == last.rpartition(" ")[2] and like.form in ("", "share"):
        first = first.removesuffix(f" {unit}")
    return f"between {first} and {last}"


def _outwards(value: Quantity, like: Amount, up: bool) -> str:
    if not value:
        return show_exact(value)
    if like.form and like.under is not None:
        return say(value, replace(like, source="")).text
    if value.unit == "USD":
        return show_exact(value)
    number = abs(value.magnitude)
    step = Fraction(1)
    while step * 10 > number:
        step /= 10
    while step * 100 <= number:
        step *= 10
    count = value.magnitude / step
    return in_unit(Quantity((-(-count // 1) if up else count // 1) * step, value.unit)).text


def _rough(given: Given, digits: int) -> dict[str, tuple[Quantity, Quantity]]:
    """Return every given number between two rounder ones."""
    found: dict[str, tuple[Quantity, Quantity]] = {}
    for name, one in given.items():
        low, high = few_digits(said_number(one), digits)
        found[name] = (scaled(one, low), scaled(one, high))
    if all(low == high for low, high in found.values()):
        for name, one in given.items():
            if one.value.magnitude > 0:
                number = said_number(one)
                low, high = round_numbers(number, strictly=True)
                if digits > 1:
                    near = Fraction(1, 10 ** (digits - 1))
                    low, high = number * (1 - near), number * (1 + near)
                found[name] = (scaled(one, low), scaled(one, high))
                break
    return found


def said_number(one: Amount) -> Fraction:
    """Return the number that a person says: the 4,000 of 1:4,000, the 2 of 2 %."""
    if one.form == "ratio" and one.under is not None:
        return one.under.magnitude
    return one.over.magnitude


def scaled(one: Amount, number: Fraction) -> Quantity:
    """Return the value that an amount would have if another number had been said."""
    now = said_number(one)
    if not now:
        return one.value
    return one.value * (now / number if one.form == "ratio" else number / now)


def _between(one: Amount, pair: tuple[Quantity, Quantity]) -> str:
    low, high = (say(value, replace(one, source="")).text for value in pair)
    return low if low == high else f"{low} to {high}"
