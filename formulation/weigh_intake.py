"""From what was typed to a mass, the bench it is weighed on, and how it is to be done.

Every option overrides one number of the bench for this question; its source is then the option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formulation.bench import Bench
from formulation.benches import TEACHING, checked_rule, read_bench
from formulation.cited import TYPED, Cited
from formulation.drugs import read_substance
from formulation.errors import FormulationError
from formulation.grammar import DOSE, Wanted, read_quantity, read_share
from formulation.keys import LONGEST_TEXT, whole
from formulation.records import Stamp
from formulation.schemes import Wish
from formulation.units import Quantity

LINE = "the command line"
MOST_STEPS = {False: 3, True: 2}
_AMOUNTS = {
    "sensitivity": Wanted("mg", "6 mg"),
    "repeatability": Wanted("mg", "0.3 mg"),
    "step": Wanted("mg", "0.1 mg"),
    "largest_mix": Wanted("g", "100 g"),
}


def _option(key: str) -> str:
    return f"{LINE}, option --{key.replace('_', '-')}"


def _typed(key: str, options: Mapping[str, Any]) -> Cited[Quantity] | None:
    if options.get(key) is None:
        return None
    try:
        value = read_quantity(options[key], _AMOUNTS[key])
    except FormulationError as error:
        raise error.at(_option(key)) from None
    return Cited(value, TYPED, _option(key), text=options[key])


def _bench(options: Mapping[str, Any]) -> Bench:
    """Return the bench, with what was typed in the place of its own numbers."""
    bench = read_bench(options.get("bench") or TEACHING)
    balance, setting = bench.balance, bench.setting
    if options.get("rule") is not None:
        balance = replace(balance, rule=checked_rule(options["rule"], _option("rule")))
    if (found := _typed("sensitivity", options)) is not None:
        balance = replace(balance, sensitivity=found)
    if (found := _typed("repeatability", options)) is not None:
        balance = replace(balance, repeatability=found)
    if (found := _typed("step", options)) is not None:
        balance = replace(balance, readability=found)
        setting = replace(setting, balance_step=found)
    if (found := _typed("largest_mix", options)) is not None:
        setting = replace(setting, largest_mix=found)
    if (text := options.get("permitted")) is not None:
        try:
            share = Cited(read_share(text), TYPED, _option("permitted"), text=text)
        except FormulationError as error:
            raise error.at(_option("permitted")) from None
        balance = replace(balance, permitted_error=share)
    return replace(bench, balance=balance, setting=setting)


def read_weighing(
    mass: str, options: Mapping[str, Any]
) -> tuple[Quantity, Bench, Wish, tuple[Stamp, ...]]:
    """Return the mass, the bench, how it is to be done, and the stamps of every record read.

    >>> mass, bench, wish, _ = read_weighing("2 mg", {"sensitivity": "10 mg", "steps": 2})
    >>> wish.steps, bench.balance.sensitivity.text
    (2, '10 mg')
    """
    needed = read_quantity(mass, DOSE)
    bench = _bench(options)
    liquid = bool(options.get("liquid"))
    steps = options.get("steps")
    if steps is not None:
        steps = whole({"steps": steps}, "steps", 1, MOST_STEPS[liquid], LINE)
    diluent = str(options.get("diluent") or "").strip()
    if len(diluent) > LONGEST_TEXT:
        what, fix = f"diluent is longer than {LONGEST_TEXT} characters", "name it in a word or two"
        raise FormulationError("file-text-too-long", what, _option("diluent"), fix)
    substance, stamps = None, bench.stamps
    if options.get("substance") is not None:
        substance, own = read_substance(options["substance"])
        stamps = (*stamps, *own)
    return needed, bench, Wish(steps, liquid, diluent, substance), stamps
