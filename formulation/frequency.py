"""How often is a dose taken: read from the keys of a prescription, or left unknown.

Without a key, days' supply and amount per day are unknown; once daily is never assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from formulation.errors import FormulationError
from formulation.grammar import Wanted, read_quantity
from formulation.prescription import Frequency
from formulation.units import Quantity

_DAY = Quantity(Fraction(1), "day")
_WEEK = Quantity(Fraction(7), "day")
_TIME = Wanted("day", "12 hours")
_MOST = 24


def _counted(table: Mapping[str, Any], key: str, where: str) -> int:
    value = int(table[key])
    most = _MOST if key != "per_week" else 7 * _MOST
    if not 1 <= value <= most:
        what = f"{key} is {value:,}"
        fix = f"give a whole number from 1 to {most}"
        raise FormulationError("number-out-of-range", what, f"{where}, key {key}", fix)
    return value


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def read(table: Mapping[str, Any], where: str) -> Frequency | None:
    """Return the frequency that a prescription's keys describe, or None where there is none.

    >>> read({"per_week": 1}, "a file").text
    'once a week'
    >>> read({"prn": True, "max_per_day": 1}, "a file").text
    'as needed, at most 1 dose a day'
    """
    given = [key for key in ("per_day", "per_week", "every") if key in table]
    if table.get("prn"):
        given.append("prn")
    if len(given) > 1:
        what = f"the frequency is given {len(given)} times: {', '.join(given)}"
        raise FormulationError("frequency-twice", what, where, "keep one of them")
    if "max_per_day" in table and given != ["prn"]:
        what = "max_per_day belongs to a dose taken as needed"
        fix = "add prn = true, or leave max_per_day out"
        raise FormulationError("frequency-twice", what, f"{where}, key max_per_day", fix)
    if not given:
        return None
    return _READ[given[0]](table, where)


def _per_day(table: Mapping[str, Any], where: str) -> Frequency:
    count = _counted(table, "per_day", where)
    return Frequency(f"{_times(count)} a day", count, _DAY, count)


def _per_week(table: Mapping[str, Any], where: str) -> Frequency:
    count = _counted(table, "per_week", where)
    return Frequency(f"{_times(count)} a week", count, _WEEK, -(-count // 7))


def _as_needed(table: Mapping[str, Any], where: str) -> Frequency:
    if "max_per_day" not in table:
        what = "a dose taken as needed without the most in a day"
        raise FormulationError("frequency-no-maximum", what, where, "add max_per_day = 1")
    count = _counted(table, "max_per_day", where)
    text = f"as needed, at most {count} dose{'s' if count > 1 else ''} a day"
    return Frequency(text, count, _DAY, count, as_needed=True)


def _every(table: Mapping[str, Any], where: str) -> Frequency:
    text = table["every"].strip()
    if text in ("weekday", "weekdays"):
        return Frequency("on weekdays, Monday to Friday", 5, _WEEK, 1, weekdays=True)
    try:
        period = read_quantity(text, _TIME)
    except FormulationError as error:
        raise error.at(f"{where}, key every") from None
    if period < Quantity(Fraction(1), "hour"):
        what = f"every {text}: less than an hour apart"
        fix = 'type it as in "12 hours", "3 days" or "weekday"'
        raise FormulationError("number-out-of-range", what, f"{where}, key every", fix)
    daily = -(-_DAY.magnitude // period.number("day"))
    return Frequency(f"every {text}", 1, period.to("day"), int(daily))


_READ = {"per_day": _per_day, "per_week": _per_week, "prn": _as_needed, "every": _every}
