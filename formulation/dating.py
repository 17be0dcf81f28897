"""Days, weeks and months on the calendar, and which limit of a rule set a class has."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from formulation.errors import FormulationError
from formulation.records import Limit, RuleSet


def after(start: date, limit: str) -> date:
    """Return the date a limit of days, weeks or months after `start` (docs/method/dates.md).

    Months: the same day of that month, else its last.

    >>> after(date(2026, 1, 5), "180 day"), after(date(2026, 8, 31), "6 month")
    (datetime.date(2026, 7, 4), datetime.date(2027, 2, 28))
    """
    count, unit = limit.split()
    if unit.startswith("month"):
        months = start.month - 1 + int(count)
        year, month = start.year + months // 12, months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(start.day, last))
    days = int(count) * (7 if unit.startswith("week") else 1)
    return start + timedelta(days=days)


def limit_of(rules: RuleSet, name: str) -> Limit:
    """Return a rule set's limit for a class; refuse a rule set that has none."""
    for limit in rules.limits:
        if limit.category == name:
            return limit
    raise FormulationError(
        "rules-no-limit", f"{rules.name} gives no limit for {name}", f"rules/{rules.key}",
        "name another rule set on the bench",
    )  # fmt: skip
