"""Directions in words to days' supply: a small grammar that refuses what it cannot read.

[take | give | use | instill | apply] N unit [by mouth ...] how often [for N days]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from formulation.amounts import Amount, plain
from formulation.dosing import DOSE
from formulation.errors import FormulationError, quote
from formulation.relations import Ask, Calculator, Variable
from formulation.solved import Solved
from formulation.teaching import solved
from formulation.units import Quantity

_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "half": "1/2"}
_UNITS = {"ml": "mL", "tablet": "tab", "tablets": "tab", "capsule": "cap", "capsules": "cap",
          "drop": "drop", "drops": "drop"}  # fmt: skip
_TIMES = {"once": 1, "twice": 2, "three times": 3, "four times": 4, "five times": 5, "six times": 6}
_NUMBER = r"(?P<count>\d+(?:\.\d+)?|one|two|three|four|half)"
_WAY = r"(?: (?:by mouth|orally|in (?:the|each|both|one) eyes?|in the (?:left|right) eye))?"
_OFTEN = (
    r"(?:(?P<times>once|twice|(?:three|four|five|six) times)(?: (?:a|per|each) day| daily)"
    r"|(?P<plain>daily|every day|each day|at bedtime|each morning|every morning)"
    r"|every (?P<hours>\d+) hours)"
)
_LONG = r"(?: for (?P<days>\d+) days?)?"
SIG = re.compile(
    rf"(?:take|give|use|instil|instill|apply) {_NUMBER} "
    rf"(?P<unit>ml|tablets?|capsules?|drops?)(?P<way>{_WAY}) {_OFTEN}{_LONG}"
)
EXAMPLE = "take 5 mL by mouth twice a day for 10 days"


def read_sig(text: str) -> dict[str, Amount]:
    """Return the amount per dose, the doses per day and the days that a direction names.

    >>> found = read_sig("take 5 mL by mouth twice a day for 10 days")
    >>> [one.text for one in found.values()]
    ['5 mL', '2 doses a day', '10 days']

    Raises `FormulationError` for what the grammar does not hold; "as needed" is not counted.
    """
    words = " ".join(text.lower().replace(",", " ").split()).rstrip(".")
    found = SIG.fullmatch(words)
    if found is None:
        what = f"{quote(text)} is not read: it is not of the few forms that are"
        fix = f'type it as in "{EXAMPLE}"; or give the numbers to formulate calc dose'
        raise FormulationError("sig-not-read", what, "option --sig", fix)
    count = Fraction(_WORDS.get(found["count"], found["count"]))
    both = 2 if found["way"] and re.search(r"each eye|both eyes", found["way"]) else 1
    amount = Quantity(count * both, f"{_UNITS[found['unit']]}/dose")
    values = {"amount_per_dose": _each(amount)}
    values["doses_per_day"] = _daily(found)
    if found["days"]:
        days = Quantity(Fraction(found["days"]), "day")
        values["days"] = replace(plain(days), source="the direction")
    return values


def _each(amount: Quantity) -> Amount:
    head = amount.unit.partition("/")[0]
    return replace(plain(amount, plain(Quantity(amount.magnitude, head)).text),
                   source="the direction")  # fmt: skip


def _daily(found: re.Match[str]) -> Amount:
    if found["hours"]:
        hours = int(found["hours"])
        if not 1 <= hours <= 24 or 24 % hours:
            what = f"every {hours} hours is not a whole number of doses a day"
            fix = "give the doses to formulate calc dose"
            raise FormulationError("sig-not-read", what, "option --sig", fix)
        times = 24 // hours
    else:
        times = _TIMES[found["times"]] if found["times"] else 1
    words = f"{times} dose{'s' if times > 1 else ''} a day"
    return replace(plain(Quantity(Fraction(times), "dose/day"), words), source="the direction")


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    if "sig" not in values:
        what, fix = "sig: more has to be known", f'add --sig "{EXAMPLE}"'
        raise FormulationError("calc-missing", what, "formulate calc sig", fix)
    given = {name: one for name, one in values.items() if name != "sig"}
    given |= read_sig(values["sig"])
    if not ask.wanted:
        ask = replace(ask, wanted="quantity" if "days" in given else "days")
    return replace(solved(DOSE, given, ask), calculator=SIG_CALCULATOR.name,
                   title=SIG_CALCULATOR.title)  # fmt: skip


SIG_CALCULATOR = Calculator(
    "sig", "Directions to days' supply or to the quantity",
    (
        Variable("sig", "directions", "text", "", f'As in "{EXAMPLE}".'),
        *(one for one in DOSE.variables
          if one.name in ("quantity", "bottle", "drops_per_ml", "concentration", "fills")),
    ),
    (),
    ('--sig "take 5 mL by mouth twice a day for 10 days"',
     '--sig "instill 1 drop in each eye three times a day" --bottle "5 mL" '
     '--drops-per-ml "15 drops/mL" --round "1 day" --way down'),
    run=_run,
)  # fmt: skip
