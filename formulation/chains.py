"""Dimensional analysis: factors in a row, units cancelling one against one.

A chain is built from exact amounts. Where a unit stands over and a different unit of the same kind
under, the conversion between them is put in; what is left at the end is the unit of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.amounts import Amount
from formulation.units import Quantity, factor, same_kind


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit in a chain, and whether another has cancelled it."""

    name: str
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """One fraction of a chain: so much over so much; `conversion` where it is worth exactly one."""

    over: Fraction
    over_units: tuple[Unit, ...]
    under: Fraction = Fraction(1)
    under_units: tuple[Unit, ...] = ()
    conversion: bool = False

    @property
    def value(self) -> Fraction:
        """Return its number."""
        return self.over / self.under


@dataclass(frozen=True, slots=True)
class Chain:
    """A product of factors and what it comes to, in the unit that is left."""

    factors: tuple[Factor, ...]
    result: Quantity

    def again(self) -> Quantity:
        """Multiply the factors as they are printed, and take the units that are not struck."""
        number = Fraction(1)
        over: list[str] = []
        under: list[str] = []
        for one in self.factors:
            number *= one.value
            over += [unit.name for unit in one.over_units if not unit.struck]
            under += [unit.name for unit in one.under_units if not unit.struck]
        unit = "/".join(["·".join(over) or "1", *under]) if under else "·".join(over)
        return Quantity(number, unit)


def _units(quantity: Quantity) -> tuple[list[str], list[str]]:
    if not quantity.unit:
        return [], []
    head, *under = quantity.unit.split("/")
    return [part for part in head.split("·") if part != "1"], under


def as_factor(amount: Amount, power: int = 1) -> Factor:
    """Return an amount as a factor, turned over where it divides."""
    over, below = _units(amount.over)
    top, bottom = amount.over.magnitude, Fraction(1)
    if amount.under is not None:
        more, less = _units(amount.under)
        below, over = below + more, over + less
        bottom = amount.under.magnitude
    first = tuple(Unit(name) for name in over)
    second = tuple(Unit(name) for name in below)
    return Factor(top, first, bottom, second) if power > 0 else Factor(bottom, second, top, first)


def chain(parts: list[tuple[Amount, int]], wanted: str) -> Chain:
    """Return the chain of some amounts, each with +1 or -1 as its power, in the unit wanted.

    >>> from formulation.amounts import percent, plain
    >>> found = chain([(percent(Fraction(2), "w/v"), 1), (plain(Quantity(5, "mL")), 1)], "mg")
    >>> found.result.magnitude, len(found.factors)
    (Fraction(100, 1), 3)
    """
    factors = _ordered([as_factor(amount, power) for amount, power in parts])
    factors = _converted(factors)
    factors = _to(factors, wanted)
    number = Fraction(1)
    for one in factors:
        number *= one.value
    return Chain(tuple(factors), Quantity(number, wanted))


def _ordered(factors: list[Factor]) -> list[Factor]:
    """Put a plain amount first, then what cancels something already there, pure numbers last."""
    left = sorted(factors, key=lambda one: (
        not one.over_units and not one.under_units, bool(one.under_units), not one.over_units
    ))  # fmt: skip
    if not left:
        return []
    row = [left.pop(0)]
    while left:
        have = {unit.name for one in row for unit in one.over_units}
        place = next(
            (n for n, one in enumerate(left)
             if any(same_kind(unit.name, name) for unit in one.under_units for name in have)),
            0,
        )  # fmt: skip
        row.append(left.pop(place))
    return row


def _open(factors: list[Factor], name: str, not_in: int, exact: bool) -> tuple[int, int] | None:
    """Return where a unit that is still open stands over a line, outside one factor."""
    for place, one in enumerate(factors):
        for which, unit in enumerate(one.over_units):
            fits = unit.name == name if exact else same_kind(unit.name, name)
            if place != not_in and fits and not unit.struck:
                return place, which
    return None


def _struck(one: Factor, which: int, over: bool) -> Factor:
    units = list(one.over_units if over else one.under_units)
    units[which] = replace(units[which], struck=True)
    return replace(one, over_units=tuple(units)) if over else replace(one, under_units=tuple(units))


def _converted(factors: list[Factor]) -> list[Factor]:
    """Cancel unit against unit, first the same, then the same kind with its conversion put in."""
    for exact in (True, False):
        place = 0
        while place < len(factors):
            for which, unit in enumerate(factors[place].under_units):
                if unit.struck:
                    continue
                found = _open(factors, unit.name, place, exact)
                if found is None:
                    continue
                factors, shift = _cancel(factors, (place, which), found)
                place += shift
            place += 1
    return factors


def _cancel(
    factors: list[Factor], under: tuple[int, int], over: tuple[int, int]
) -> tuple[list[Factor], int]:
    """Strike one unit under against one over, with a conversion between them where they differ."""
    have = factors[over[0]].over_units[over[1]].name
    need = factors[under[0]].under_units[under[1]].name
    row = list(factors)
    row[over[0]] = _struck(row[over[0]], over[1], True)
    row[under[0]] = _struck(row[under[0]], under[1], False)
    if have == need:
        return row, 0
    between = conversion(have, need)
    between = _struck(_struck(between, 0, True), 0, False)
    row.insert(over[0] + 1, between)
    return row, 1 if over[0] < under[0] else 0


def conversion(have: str, need: str) -> Factor:
    """Return the factor that turns one unit into another of its kind, the larger one as 1.

    >>> found = conversion("mg", "g")
    >>> found.over, found.under
    (Fraction(1, 1), Fraction(1000, 1))
    """
    times = factor(have, need)
    over, under = (times, Fraction(1)) if times >= 1 else (Fraction(1), 1 / times)
    return Factor(over, (Unit(need),), under, (Unit(have),), conversion=True)


def _to(factors: list[Factor], wanted: str) -> list[Factor]:
    """Append what turns the units left over into those wanted."""
    over, under = _units(Quantity(Fraction(1), wanted))
    for place, one in reversed(list(enumerate(factors))):
        for which, unit in enumerate(one.over_units):
            if unit.struck or unit.name in over:
                continue
            need = next((name for name in over if same_kind(name, unit.name)), None)
            if need is not None:
                factors[place] = _struck(factors[place], which, True)
                factors.append(_struck(conversion(unit.name, need), 0, False))
        for which, unit in enumerate(one.under_units):
            if unit.struck or unit.name in under:
                continue
            need = next((name for name in under if same_kind(name, unit.name)), None)
            if need is not None:
                factors[place] = _struck(factors[place], which, False)
                factors.append(_struck(conversion(need, unit.name), 0, True))
    return factors
