"""The rounding decision: by which rule, to what, with what error."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import Amount
from formulation.bounding import said_number, scaled
from formulation.printing import half_away, show_exact, significant
from formulation.relations import Ask
from formulation.solved import Rounding
from formulation.units import Quantity


def rounded(value: Quantity, ask: Ask) -> tuple[Quantity, str]:
    """Return a value as it is printed, and by which rule.

    >>> tenth = Quantity(Fraction(1, 10), "mL")
    >>> show_exact(rounded(Quantity(Fraction(25, 14), "mL"), Ask("", tenth))[0])
    '1.8 mL'
    """
    if ask.step is None:
        rule = "four significant digits, halves away from zero; a whole number stays whole"
        return Quantity(significant(value.magnitude), value.unit), rule
    steps = (value / ask.step).number()
    count = {"nearest": half_away(steps), "up": -(-steps // 1), "down": steps // 1}[ask.way]
    word = {"nearest": "to the nearest", "up": "up to the next", "down": "down to the last"}
    return (ask.step * Fraction(count)).to(value.unit), f"{word[ask.way]} {show_exact(ask.step)}"


def said_rounding(amount: Amount) -> Rounding:
    """Return the rounding of a strength as its words print it: 0.7143 % w/w."""
    number = said_number(amount)
    printed = significant(number)
    rule = "four significant digits, halves away from zero; a whole number stays whole"
    value = scaled(amount, printed)
    error = (value / amount.value).number() - 1 if amount.value else Fraction(0)
    return Rounding(rule, amount.value, value, amount.text, error)
