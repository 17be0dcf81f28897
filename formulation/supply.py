"""How long do the doses last, and how much is taken on one day.

days = doses / (doses in a period) x period, rounded up to whole days. Doses are not days: 30 doses
once a week last 210 days. Doses on weekdays are counted on the calendar from the preparation on.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from formulation.cited import Unknown
from formulation.prescription import Frequency, Phase
from formulation.result import Supply
from formulation.trace import Working
from formulation.units import Quantity

UNKNOWN = Unknown("frequency", "no frequency given", "add per_day, per_week, every or max_per_day")


def supply(phase: Phase, dose: Quantity, start: date, working: Working) -> Supply:
    """Return days' supply and the most taken in a day; unknown without a frequency.

    >>> weekly = Phase(30, Frequency("once a week", 1, Quantity(7, "day"), 1))
    >>> supply(weekly, Quantity(100, "mg"), date(2026, 1, 5), Working()).days.magnitude
    Fraction(210, 1)
    """
    every = phase.every
    if every is None:
        return Supply(UNKNOWN, False, UNKNOWN)
    days = lasting(phase.count, every, start, working)
    daily = working.work(
        "most in one day", "dose * times", {"dose": dose, "times": Fraction(every.daily)},
        f"taken {every.text}",
    )  # fmt: skip
    return Supply(days, every.as_needed, daily)


def lasting(doses: int, every: Frequency, start: date, working: Working) -> Quantity:
    """Return how many days some doses last from `start` on.

    >>> friday = date(2026, 1, 9)
    >>> weekdays = Frequency("on weekdays", 5, Quantity(7, "day"), 1, weekdays=True)
    >>> lasting(2, weekdays, friday, Working()).magnitude
    Fraction(4, 1)
    """
    if every.weekdays:
        wait = (7 - start.weekday()) % 7 if start.weekday() > 4 else 0
        first = 0 if wait else start.weekday()
        day = Quantity(Fraction(1), "day")
        return working.work(
            "days' supply", "day * (wait + doses + 2 * floor((first + doses - 1) / 5))",
            {"day": day, "wait": wait, "first": first, "doses": doses},
            f"from {start} to the last dose; a weekend after every fifth weekday",
        )  # fmt: skip
    return working.work(
        "days' supply", "ceil(doses / each * period)",
        {"doses": Quantity(Fraction(doses), "dose"), "period": every.period,
         "each": Quantity(Fraction(every.count), "dose")},
        f"taken {every.text}" + ("; taken less often, it lasts longer" if every.as_needed else ""),
    )  # fmt: skip
