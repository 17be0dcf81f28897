"""Days, weeks and months on the calendar; which limit of a rule set a class has, and since when."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from formulation.cited import Cited
from formulation.errors import FormulationError
from formulation.records import Limit, RuleSet
from formulation.trace import Finding


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


def _where(rules: RuleSet) -> str:
    return "the US" if rules.jurisdiction == "US" else rules.jurisdiction


def in_force(rules: RuleSet, day: date) -> tuple[Finding, ...]:
    """Return the caution that a rule set was replaced by, or not yet in force on, a day."""
    fix = "name the rule set in force where and when this is made: rules on the bench"
    until, since = rules.superseded, rules.adopted
    if isinstance(until, Cited) and day >= until.value:
        what = f"{rules.name}: superseded in {_where(rules)} on {until.value}"
        return (Finding("rules-superseded", "caution", what, fix, sources=(until.source,)),)
    if isinstance(since, Cited) and day < since.value:
        what = f"{rules.name}: not in force in {_where(rules)} before {since.value}"
        return (Finding("rules-not-yet", "caution", what, fix, sources=(since.source,)),)
    return ()
