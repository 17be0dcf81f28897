"""The rounding decision: by which rule, to what, with what error."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import Amount
from formulation.bounding import said_number, scaled
from formulation.errors import FormulationError
from formulation.printing import half_away, show_exact, significant
from formulation.relations import Ask
from formulation.solved import Rounding
from formulation.units import Quantity, same_kind


def rounded(value: Quantity, ask: Ask) -> tuple[Quantity, str]:
    """Return a value as it is printed, and by which rule.

    >>> tenth = Quantity(Fraction(1, 10), "mL")
    >>> show_exact(rounded(Quantity(Fraction(25, 14), "mL"), Ask("", tenth))[0])
    '1.8 mL'
    """
    if ask.step is None:
        rule = "four significant digits, halves away from zero, whole numbers whole"
        return Quantity(significant(value.magnitude), value.unit), rule
    step = ask.step
    tail = value.unit.partition("/")[2]
    if tail and "/" not in step.unit:
        step = Quantity(step.magnitude, f"{step.unit}/{tail}")
    if not same_kind(step.unit, value.unit):
        what = f"{show_exact(value)} cannot be rounded to {show_exact(ask.step)}"
        fix = "give a step of the same kind, or --find what is to be rounded"
        raise FormulationError("calc-round", what, "option --round", fix)
    steps = (value / step).number()
    count = {"nearest": half_away(steps), "up": -(-steps // 1), "down": steps // 1}[ask.way]
    word = {"nearest": "to the nearest", "up": "up to the next", "down": "down to the last"}
    return (step * Fraction(count)).to(value.unit), f"{word[ask.way]} {show_exact(ask.step)}"


def said_rounding(amount: Amount) -> Rounding:
    """Return the rounding of a strength as its words print it: 0.7143 % w/w."""
    number = said_number(amount)
    printed = significant(number)
    rule = "four significant digits, halves away from zero, whole numbers whole"
    value = scaled(amount, printed)
    error = (value / amount.value).number() - 1 if amount.value else Fraction(0)
    return Rounding(rule, amount.value, value, amount.text, error)
