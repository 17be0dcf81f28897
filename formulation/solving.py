"""Solve a calculator's equations for what is wanted; say what is missing, or what does not agree.

Each equation with one unknown left gives it; that is repeated. What is given too much is held
against what the rest gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from formulation.amounts import Amount, default_words, in_unit, plain, say, share
from formulation.errors import FormulationError
from formulation.printing import show
from formulation.relations import Calculator, Equation, Given, terms_of
from formulation.trace import Working
from formulation.units import Quantity, same_kind


@dataclass(frozen=True, slots=True)
class Found:
    """One equation used: for what, by which formula, with what result."""

    equation: Equation
    name: str
    formula: str
    value: Quantity


@dataclass(frozen=True, slots=True)
class Odd:
    """A given value that does not agree with the others, and what it would have to be."""

    name: str
    given: Quantity
    needed: Quantity


def _next(calculator: Calculator, known: set[str], barred: set[str]) -> tuple[Equation, str] | None:
    """Return the first equation in which one quantity is open, and that quantity."""
    for equation in calculator.equations:
        if equation.text in barred:
            continue
        left = [name for name in equation.names if name not in known]
        if len(left) == 1 and equation.solved_for(left[0]):
            return equation, left[0]
    return None


def reachable(calculator: Calculator, known: set[str]) -> set[str]:
    """Return every quantity that follows from those known."""
    have = set(known)
    while (found := _next(calculator, have, set())) is not None:
        have.add(found[1])
    return have


def solve(
    calculator: Calculator, given: Mapping[str, Quantity], working: Working
) -> tuple[dict[str, Quantity], tuple[Found, ...]]:
    """Return every quantity that follows from those given, and the equations used, in order.

    Raises `FormulationError` where a quantity would have to be divided by nothing, or would fall
    below nothing.
    """
    values = dict(given)
    used: list[Found] = []
    barred: set[str] = set()
    while (found := _next(calculator, set(values), barred)) is not None:
        equation, name = found
        formula = equation.solved_for(name)
        variable = calculator.variable(name)
        inputs = {key: values[key] for key in equation.names if key in formula_names(formula)}
        if not _adds_up(formula, inputs):
            barred.add(equation.text)
            continue
        try:
            value = working.work(variable.words, formula, inputs, equation.why,
                                 (equation.source,) if equation.source else ())  # fmt: skip
        except ZeroDivisionError:
            what = f"{variable.words} cannot be found: it would be divided by nothing"
            fix = "look at the values: two of them are the same, or one is zero"
            raise FormulationError("calc-divides-by-nothing", what, variable.option, fix) from None
        value = value.to(variable.unit) if variable.unit else value
        _above_nothing(calculator, name, value)
        values[name] = value
        used.append(Found(equation, name, formula, value))
    return values, tuple(used)


def _adds_up(formula: str, inputs: Mapping[str, Quantity]) -> bool:
    """Say whether a sum is of one kind of thing; grams and millilitres have no sum to speak of."""
    if terms_of(formula) is None:
        return True
    units = [one.unit for one in inputs.values()]
    return all(same_kind(unit, units[0]) for unit in units)


def formula_names(formula: str) -> tuple[str, ...]:
    """Return the quantities that a formula uses.

    >>> formula_names("a * b / c")
    ('a', 'b', 'c')
    """
    return Equation(f"{formula} = 0", "").names


def _above_nothing(calculator: Calculator, name: str, value: Quantity) -> None:
    variable = calculator.variable(name)
    if variable.signed or value.magnitude > 0 or (not value and not variable.below):
        return
    what = f"{variable.words} would be {show(value)}"
    fix = variable.below or "check the values: one of them cannot be right"
    raise FormulationError("calc-below-nothing", what, variable.option, fix)


def needed_for(used: tuple[Found, ...], name: str) -> tuple[Found, ...]:
    """Return only those lines on which a quantity rests, in order."""
    needed, kept = {name}, []
    for one in reversed(used):
        if one.name in needed:
            kept.append(one)
            needed |= set(formula_names(one.formula))
    return tuple(reversed(kept))


def missing(calculator: Calculator, known: set[str], wanted: str) -> FormulationError:
    """Return the refusal that names what is still needed, one way or in pairs."""
    open_ones = [v for v in calculator.variables if v.name not in known and v.name != wanted]
    mains = [v.name for v in open_ones if not v.beside and not v.inner]
    every = [v.name for v in open_ones if not v.inner]
    ways: list[tuple[str, ...]] = []
    for others, size in ((mains, 1), (mains, 2), (mains, 3), (every, 1), (every, 2)):
        ways = [
            more for more in combinations(others, size)
            if wanted in reachable(calculator, known | set(more))
        ]  # fmt: skip
        if ways:
            break
    words = calculator.variable(wanted).words
    told = [" and ".join(calculator.variable(name).option for name in way) for way in ways]
    fix = "add " + ", or ".join(told) if told else f"see formulate calc {calculator.name} --help"
    what = f"{words}: more has to be known"
    return FormulationError("calc-missing", what, f"formulate calc {calculator.name}", fix)


def odd_ones(calculator: Calculator, given: Given) -> tuple[Odd, ...]:
    """Return each given value that would have to be another, if all the others are right.

    Empty where they agree, or where one of them agrees within half of its last typed digit.
    """
    odd: list[Odd] = []
    for name, amount in given.items():
        rest = {key: one.value for key, one in given.items() if key != name}
        if name not in reachable(calculator, set(rest)):
            continue
        try:
            values, _ = solve(calculator, rest, Working())
        except FormulationError:
            continue
        needed = values[name].to(amount.value.unit)
        if abs(needed.magnitude - amount.value.magnitude) <= amount.half:
            return ()
        if _agrees(calculator, values):
            odd.append(Odd(name, amount.value, needed))
    return tuple(odd)


def _agrees(calculator: Calculator, values: Mapping[str, Quantity]) -> bool:
    """Say whether every equation of which all is known holds exactly."""
    for equation in calculator.equations:
        names = equation.names
        if not all(name in values for name in names):
            continue
        formula = next((f for f in map(equation.solved_for, names) if f), "")
        name = next(n for n in names if equation.solved_for(n))
        inputs = {key: values[key] for key in formula_names(formula)}
        if not _adds_up(formula, inputs):
            continue
        if Working().work("", formula, inputs, "") != values[name]:
            return False
    return True


def disagree(calculator: Calculator, values: Mapping[str, Quantity]) -> bool:
    """Say whether some equation does not hold."""
    return not _agrees(calculator, values)


def said(name: str, value: Quantity, calculator: Calculator, given: Given) -> Amount:
    """Return a value said the way its like was given: percent beside percent, grams by grams."""
    variable = calculator.variable(name)
    if name in given:
        return given[name]
    if variable.kind == "result":
        return replace(in_unit(value.to(variable.unit)), source="")
    if variable.kind == "strength":
        like = next((one for key, one in given.items()
                     if calculator.variable(key).kind == "strength"), None)  # fmt: skip
        if like is not None:
            return replace(say(value, like), source="")
        by_volume = not any(same_kind(one.value.unit, "g") for one in given.values())
        return replace(default_words(value, by_volume), source="")
    if variable.kind == "share":
        return replace(share(value.number()), source="")
    units = [one.value.unit for key, one in given.items()
             if calculator.variable(key).kind == variable.kind]  # fmt: skip
    return replace(plain(tidy(value, [*units, variable.unit])), source="")


SCALES = (("ng", "mcg", "mg", "g", "kg"), ("mL", "L"))


def tidy(value: Quantity, units: list[str]) -> Quantity:
    """Return an amount in a unit of the problem in which its number is easy to read.

    >>> show(tidy(Quantity(1000, "mL"), ["L"])), show(tidy(Quantity(2, "mL"), ["L"]))
    ('1 L', '2 mL')
    """
    for scale in SCALES:
        if value.unit in scale:
            seen = next((unit for unit in units if unit in scale), value.unit)
            value = value.to(seen)
            place = scale.index(seen)
            while value and abs(value.magnitude) < 1 and place > 0:
                place -= 1
                value = value.to(scale[place])
            while abs(value.magnitude) >= 10_000 and place < len(scale) - 1:
                place += 1
                value = value.to(scale[place])
    return value
