"""`calc`: one calculator by name, its values as they are typed, and the solved problem back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from formulation.alligation import ALLIGATE
from formulation.amount_reading import (
    measure_unit,
    read_amount,
    read_count,
    read_measure,
    read_money,
    read_pair,
    read_percent,
    read_plain_number,
    read_strength,
)
from formulation.amounts import Amount, plain
from formulation.body_size import WEIGHT
from formulation.conversion import CONVERT, link
from formulation.density import DENSITY
from formulation.dilution import DILUTE
from formulation.displacement import DISPLACE, MOULD
from formulation.dosing import DOSE
from formulation.equivalents import IU, MEQ
from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import Wanted, read_quantity, unit_in
from formulation.isotonicity import ISOTONIC
from formulation.pricing import PRICE
from formulation.problem_reading import (
    read_anything,
    read_component,
    read_drug_with_e,
    read_ingredient,
    read_per,
    read_per_surface,
    read_per_weight,
    read_ratio,
    read_strength_or_none,
    read_surface,
    read_temperature,
    read_time,
    read_weight,
)
from formulation.reducing import REDUCE
from formulation.relations import PLAIN, WAYS, Ask, Calculator, Variable
from formulation.salts import SALT
from formulation.serial_dilution import SERIAL
from formulation.sigs import SIG_CALCULATOR
from formulation.solved import Solved
from formulation.strengths import STRENGTH
from formulation.teaching import solved
from formulation.temperature import Q10, TEMPERATURE
from formulation.units import Quantity
from formulation.weighing_error import ALIQUOT, ERROR

CALCULATORS: tuple[Calculator, ...] = (
    CONVERT, STRENGTH, DILUTE, SERIAL, ALLIGATE, DOSE, SIG_CALCULATOR, DISPLACE, MOULD, ERROR,
    ALIQUOT, WEIGHT, MEQ, IU, DENSITY, REDUCE, SALT, PRICE, ISOTONIC, TEMPERATURE, Q10,
)  # fmt: skip
Value = str | Quantity | Amount | Sequence[Any] | None


def calculator(name: str) -> Calculator:
    """Return a calculator by name; refuse another, with the nearest.

    >>> calculator("dilute").title
    'Dilution: how much stock, made up to how much'
    """
    for one in CALCULATORS:
        if one.name == name:
            return one
    names = [one.name for one in CALCULATORS]
    near = nearest(name, names)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(names)}"
    raise FormulationError("calc-no-such", f"no calculator is called {quote(name)}", fix=fix)


_READ: dict[str, Callable[[str, Variable], Any]] = {
    "amount": lambda text, one: read_amount(text, one.unit, "50 mL or 30 g"),
    "per": lambda text, one: read_amount(text, one.unit, f"2 {one.unit.replace('_bw', '')}"),
    "drug": lambda text, _: read_anything(text),
    "anything": lambda text, _: read_anything(text),
    "amount or count": lambda text, _: read_anything(text),
    "each": lambda text, _: read_per(text, "dose"),
    "per each": lambda text, _: read_per(text, "each"),
    "ratio": lambda text, one: read_ratio(text, one.unit),
    "strength": lambda text, _: read_strength(text),
    "strength or none": lambda text, _: read_strength_or_none(text),
    "component": lambda text, _: read_component(text),
    "ingredient": lambda text, _: read_ingredient(text),
    "drug with e": lambda text, _: read_drug_with_e(text),
    "per weight": lambda text, _: read_per_weight(text),
    "per surface": lambda text, _: read_per_surface(text),
    "weight": lambda text, _: read_weight(text),
    "surface": lambda text, _: read_surface(text),
    "temperature": lambda text, one: read_temperature(text, one.unit),
    "time": lambda text, _: read_time(text),
    "share": lambda text, _: read_percent(text),
    "number": lambda text, _: read_plain_number(text),
    "count": lambda text, one: read_count(text, one.unit),
    "money": lambda text, _: read_money(text),
    "measure": lambda text, _: read_measure(text),
    "unit": lambda text, _: measure_unit(text),
    "link": lambda text, _: link(*(one.value for one in read_pair(text))),
    "text": lambda text, _: text,
}


def _typed(one: Variable, value: Value) -> Any:
    """Return a value as an amount: read where it was typed; its own errors name the option."""
    if isinstance(value, Quantity):
        return plain(value)
    if value is None or isinstance(value, Amount):
        return value
    try:
        if isinstance(value, str):
            return _READ[one.kind.removeprefix("many ")](value, one)
        return tuple(part if isinstance(part, tuple) else _typed(one, part) for part in value)
    except FormulationError as error:
        raise error.at(f"option {one.option}") from None


def calc(name: str, values: Mapping[str, Value], ask: Ask = PLAIN) -> Solved:
    """Return a problem solved for what is not given, with everything that explains it.

    `name` is a calculator, `values` are its quantities by name, typed as text or as quantities.

    >>> found = calc("dilute", {"stock_strength": "2 % w/v", "final_strength": "0.5 % w/v",
    ...                         "final_volume": "200 mL"})
    >>> found.answer.magnitude, found.wanted.words
    (Fraction(50, 1), 'stock to take')

    Raises `FormulationError` where something is missing, does not belong, or cannot be.
    """
    which = calculator(name)
    known = {one.name: one for one in which.variables if not one.inner}
    asked = [ask.wanted] if ask.wanted and not which.run else []
    for key in (*values, *asked):
        if key not in known:
            near = nearest(key, known)
            fix = f"did you mean {near}?" if near else f"use one of: {', '.join(known)}"
            what = f"{which.name} has no {quote(key)}"
            raise FormulationError("calc-no-such-quantity", what, f"formulate calc {name}", fix)
    given = {key: _typed(known[key], value) for key, value in values.items() if value}
    return which.run(given, ask) if which.run else solved(which, given, ask)


def read_ask(find: str = "", to: str = "", way: str = "", form: str = "") -> Ask:
    """Return what is wanted and the rounding asked for, as they were typed.

    >>> read_ask("", "0.1 mL", "up").step.magnitude
    Fraction(1, 10)
    """
    way = way or "nearest"
    if way not in WAYS:
        what = f"{quote(way)} is no way of rounding"
        raise FormulationError("calc-way", what, "option --way", f"use one of: {', '.join(WAYS)}")
    step = read_quantity(to, Wanted(unit_in(to), "0.1 mL")) if to else None
    return Ask(find.replace("-", "_"), step, way, form)
