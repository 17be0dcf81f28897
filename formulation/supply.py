"""How long do the doses last, and how much is taken on one day.

days = doses / (doses in a period) x period, rounded up to whole days. Doses are not days: 30 doses
once a week last 210 days.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.cited import Unknown
from formulation.prescription import Frequency
from formulation.result import Supply
from formulation.trace import Working
from formulation.units import Quantity

UNKNOWN = Unknown("frequency", "no frequency given", "add per_day, per_week, every or max_per_day")


def supply(doses: Quantity, dose: Quantity, every: Frequency | None, working: Working) -> Supply:
    """Return days' supply and the most taken in a day; unknown without a frequency.

    >>> weekly = Frequency("once a week", 1, Quantity(7, "day"), 1)
    >>> supply(Quantity(30, "dose"), Quantity(100, "mg"), weekly, Working()).days.magnitude
    Fraction(210, 1)
    """
    if every is None:
        return Supply(UNKNOWN, False, UNKNOWN)
    days = working.work(
        "days' supply", "ceil(doses / each * period)",
        {"doses": doses, "each": Quantity(Fraction(every.count), "dose"), "period": every.period},
        f"taken {every.text}" + ("; taken less often, it lasts longer" if every.as_needed else ""),
    )  # fmt: skip
    daily = working.work(
        "most in one day", "dose * times", {"dose": dose, "times": Fraction(every.daily)},
        f"taken {every.text}",
    )  # fmt: skip
    return Supply(days, every.as_needed, daily)
