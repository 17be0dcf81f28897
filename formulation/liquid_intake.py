"""What is asked of a liquid and who takes it: the tables [liquid] and [recipient], and the doses.

Where the doses are left out they follow from the final volume, or the units, and the dose's volume.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from formulation.bench import Bench
from formulation.devices import measure
from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import VOLUME, Wanted, in_parts, read_quantity
from formulation.keys import at_key, check_keys, need, whole
from formulation.liquid_solving import Sums, solve
from formulation.prescription import Allowance, LiquidAsk, Recipient
from formulation.source_units import drug_of
from formulation.trace import Working
from formulation.units import Quantity

KEYS: dict[str, tuple[type, str]] = {
    "liquid": (dict, "a table: [liquid]"),
    "recipient": (dict, "a table: [recipient]"),
}
STRENGTH = Wanted("mg/mL", "25 mg/mL")
MOST_UNITS = 10_000
MODES: tuple[str, ...] = ("whole-unit", "weighed")
_LIQUID: dict[str, tuple[type, str]] = {
    "concentration": (str, 'drug in each mL, in quotes: "25 mg/mL"'),
    "dose_volume": (str, 'a volume in quotes: "4 mL"'),
    "final_volume": (str, 'a volume in quotes: "50 mL"'),
    "units": (int, "a whole number of source units: 1"),
    "vehicles": (list, 'ids of vehicles on the bench: ["ora-plus", "ora-sweet"]'),
    "parts": (str, 'their parts in quotes: "1:1"'),
    "device": (str, "the name of a syringe on the bench, in quotes"),
    "mode": (str, '"whole-unit" or "weighed"'),
    "stock": (bool, "true or false: a stock, and a part of it diluted further"),
    "last": (str, 'the concentration of the last fill, in quotes: "25 mg/mL"'),
}
_RECIPIENT: dict[str, tuple[type, str]] = {
    "most_volume": (str, 'the most for one dose, in quotes: "5 mL"'),
    "tube": (bool, "true or false"),
    "no_sugar": (bool, "true or false"),
    "no_alcohol": (bool, "true or false"),
}


def _amount(raw: Mapping[str, Any], key: str, wanted: Wanted, at: str) -> Quantity | None:
    if key not in raw:
        return None
    found: Quantity = at_key(at, key, read_quantity, raw[key], wanted)
    return found


def _one_of(word: str, known: tuple[str, ...], key: str, at: str) -> str:
    if word in known:
        return word
    near = nearest(word, known)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(known) or 'none here'}"
    raise FormulationError("making-not-here", f"{key} says {quote(word)}, which is not here",
                           f"{at}, key {key}", fix)  # fmt: skip


def _vehicles(raw: Mapping[str, Any], bench: Bench, at: str) -> tuple[tuple[str, ...], str]:
    """Return the vehicles asked for and their parts; equal parts where none are said."""
    named = raw.get("vehicles", [])
    if not all(isinstance(one, str) for one in named):
        fix = f"write vehicles = {_LIQUID['vehicles'][1].rpartition(': ')[2]}"
        what = "vehicles are a list of ids in quotes"
        raise FormulationError("file-wrong-type", what, f"{at}, key vehicles", fix)
    shelf = tuple(one.key for one in (*bench.vehicles, *bench.formula_vehicles))
    found = tuple(_one_of(one, shelf, "vehicles", at) for one in named)
    parts = str(raw.get("parts", ":".join("1" for _ in found) if len(found) > 1 else ""))
    if len(set(found)) != len(found) or (parts and not in_parts(parts, len(found))):
        what = f"parts {quote(parts)} for {', '.join(found) or 'no vehicle'}"
        fix = 'name each vehicle once, and a whole part for each: parts = "1:1"'
        raise FormulationError("mixture-parts", what, f"{at}, key parts", fix)
    return found, parts


def read_liquid(table: Mapping[str, Any], bench: Bench, where: str) -> LiquidAsk:
    """Return what is asked of a liquid; each refusal names its key."""
    at, raw = f"{where}, table [liquid]", table.get("liquid", {})
    check_keys(raw, _LIQUID, at)
    vehicles, parts = _vehicles(raw, bench, at)
    kinds = ("oral syringe", "enteral syringe")
    syringes = tuple(one.name for one in bench.devices if one.kind in kinds)
    mode = _one_of(str(raw.get("mode", MODES[0])), MODES, "mode", at)
    return LiquidAsk(
        concentration=_amount(raw, "concentration", STRENGTH, at),
        dose_volume=_amount(raw, "dose_volume", VOLUME, at),
        final_volume=_amount(raw, "final_volume", VOLUME, at),
        units=whole(raw, "units", 1, MOST_UNITS, at) if "units" in raw else None,
        vehicles=vehicles,
        parts=parts,
        device=_one_of(str(raw["device"]), syringes, "device", at) if "device" in raw else "",
        mode="weighed" if mode == "weighed" else "whole-unit",
        stock=bool(raw.get("stock", False)),
        last=_amount(raw, "last", STRENGTH, at),
    )


def read_recipient(table: Mapping[str, Any], where: str) -> Recipient:
    """Return what the one it is for can take; each refusal names its key."""
    at, raw = f"{where}, table [recipient]", table.get("recipient", {})
    check_keys(raw, _RECIPIENT, at)
    return Recipient(
        most_volume=_amount(raw, "most_volume", VOLUME, at),
        tube=bool(raw.get("tube", False)),
        no_sugar=bool(raw.get("no_sugar", False)),
        no_alcohol=bool(raw.get("no_alcohol", False)),
    )


def _enough_said(ask: LiquidAsk, where: str) -> None:
    """Refuse doses that are left out where the liquid does not give them."""
    strong = ask.concentration or ask.dose_volume
    if (ask.final_volume and (strong or ask.units)) or (ask.units and strong):
        return
    words = "a whole number: 10; or what gives it: [liquid] final_volume with units, a "
    words += "concentration or a dose_volume"
    need({}, "doses", words, where)


def doses_held(
    ask: LiquidAsk, dose: Quantity, drug: str, bench: Bench,
    extra: tuple[Allowance, Mapping[str, Any], str],
) -> int:  # fmt: skip
    """Return how many doses the liquid that is asked for holds, as it is drawn.

    A mark below the exact volume makes no further dose of the drug. `extra` are the allowances, the
    table of the prescription and where it stands.
    """
    allowance, table, where = extra
    _enough_said(ask, where)
    product = next((one for one in bench.products if one.substance == drug), None)
    richer = 1 + allowance.overage + allowance.surcharge
    sums = Sums(
        dose=dose, doses=Fraction(0), claim=drug_of(product) if product else None, richer=richer,
        concentration=ask.concentration, dose_volume=ask.dose_volume,
        final_volume=ask.final_volume, units=None if ask.units is None else Fraction(ask.units),
        whole=ask.mode == "whole-unit",
    )  # fmt: skip
    found = solve(sums, None, Working())
    tube = read_recipient(table, where).tube
    kind = "enteral syringe" if tube else "oral syringe"
    able = tuple(one for one in bench.devices if ask.device in ("", one.name))
    drawn = measure("dose", found.dose_volume, able, kind)
    each = found.dose_volume
    if drawn is not None:
        each = max(each, drawn.snapped.chosen * drawn.times)
    if found.final_volume is None:
        return 1
    held = (found.final_volume / each).number() * (1 - allowance.loss) / (1 + allowance.excess)
    count = int(held // 1) - allowance.extra_units
    if count < 1:
        what = "the liquid that is asked for holds not one dose"
        fix = "make more of it, or give the number of doses"
        raise FormulationError("liquid-too-little", what, f"{where}, table [liquid]", fix)
    return count
