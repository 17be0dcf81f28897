"""Degrees Celsius and Fahrenheit, and the Q10 estimate of a shelf life.

5 F = 9 C + 160 (source: US Army MD0802, page 33). time at a warmer place = time / Q10 ^ (degrees /
10). A Q10 estimate supports no beyond-use date, and says so each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from formulation.amounts import plain
from formulation.relations import Ask, Calculator, Equation, Given, Variable
from formulation.solved import Solved
from formulation.teaching import solved
from formulation.trace import Finding
from formulation.units import Quantity

SOURCE = "US Army MD0802, page 33: 5 F = 9 C + 160"
NO_DATE = (
    Finding("q10-supports-no-date", "caution",
            "A Q10 estimate supports no beyond-use date: Q10 is assumed, and the loss may not "
            "follow it", "a date comes from a study of this preparation, or from the rules"),
)  # fmt: skip


def _scales(given: Given) -> Given:
    return {
        **given,
        "ratio": replace(plain(Quantity(Fraction(9, 5), "degF/degC")), source=SOURCE),
        "offset": replace(plain(Quantity(Fraction(32), "degF")), source=SOURCE),
    }


TEMPERATURE = Calculator(
    "temperature", "Temperature: Celsius and Fahrenheit",
    (
        Variable("fahrenheit", "Fahrenheit", "temperature", "degF",
                 'As in "98.6" or "-30".', signed=True),
        Variable("celsius", "Celsius", "temperature", "degC", 'As in "37" or "-40".', signed=True),
        Variable("ratio", "degrees F in one degree C", "fixed", inner=True),
        Variable("offset", "Fahrenheit at 0 °C", "fixed", inner=True),
        Variable("degrees", "degrees F above freezing", "fixed", "degF", signed=True, inner=True),
    ),
    (
        Equation("degrees = celsius * ratio", "9 degrees F are 5 degrees C", (), SOURCE),
        Equation("fahrenheit = degrees + offset", "the F scale begins 32 degrees lower", (),
                 SOURCE),
    ),
    ('--fahrenheit 98.6', '--celsius 6'),
    fill=_scales,
)  # fmt: skip


def _ten(given: Given) -> Given:
    return {**given, "ten": replace(plain(Quantity(Fraction(10), "degC")), source="of Q10")}


def _q10(values: Mapping[str, Any], ask: Ask) -> Solved:
    """Return the estimate; over whole tens of degrees Q10 is multiplied as it stands."""
    plainly = replace(Q10, run=None)
    if {"q10", "old_temperature", "new_temperature"} <= set(values):
        degrees = values["new_temperature"].value - values["old_temperature"].value
        tens = degrees.magnitude / 10
        if tens.denominator == 1 and 0 < abs(tens) <= MOST_TENS:
            way = "warmer" if tens > 0 else "colder"
            sign = " * " if tens > 0 else " / "
            times = sign.join(["q10"] * abs(int(tens)))
            row = Equation(
                f"faster = {times if tens > 0 else '1 / ' + times}",
                f"{abs(degrees.magnitude)} degrees {way}: {_ONCE}",
            )
            plainly = replace(plainly, equations=tuple(
                row if one.text.startswith("faster") else one for one in plainly.equations
            ))  # fmt: skip
    return solved(plainly, values, ask)


MOST_TENS = 10
_ONCE = "Q10 once for each 10 degrees"
Q10 = Calculator(
    "q10", "Q10: how much shorter at another temperature (an estimate that supports no date)",
    (
        Variable("new_time", "time at the new temperature", "time", "day", 'As in "30 days".'),
        Variable("time", "time at the old temperature", "time", "day", 'As in "90 days".'),
        Variable("q10", "Q10", "number", "", 'How much faster 10 degrees warmer, as in "3".'),
        Variable("old_temperature", "old temperature", "temperature", "degC", 'As in "5".',
                 signed=True),
        Variable("new_temperature", "new temperature", "temperature", "degC", 'As in "25".',
                 signed=True),
        Variable("faster", "times as fast", "number", beside=True),
        Variable("warmer", "degrees warmer", "fixed", "degC", signed=True, inner=True),
        Variable("ten", "10 °C", "fixed", inner=True),
    ),
    (
        Equation("new_temperature = old_temperature + warmer", "how much warmer"),
        Equation("faster = q10 * warmer * ten", _ONCE,
                 (("faster", "exp(log(q10) * warmer / ten)"),
                  ("q10", "exp(log(faster) * ten / warmer)"),
                  ("warmer", "log(faster) / log(q10) * ten"))),
        Equation("new_time * faster = time", "so many times as fast, so much shorter"),
    ),
    ('--time "90 days" --q10 3 --old-temperature 5 --new-temperature 25',),
    remark=lambda _: NO_DATE, fill=_ten, run=_q10,
)  # fmt: skip
