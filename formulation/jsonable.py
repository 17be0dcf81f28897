"""The result tree as plain data: the stable contract that `--json` prints (docs/json.md).

A quantity is {"exact", "value", "unit", "text"}: exact in lowest terms, value its nearest double,
text what `show` prints. What is missing is {"unknown": which fact}.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from formulation import __version__
from formulation.bench import Bench
from formulation.bill import Cost, CostLine
from formulation.capsule_making import Capsules
from formulation.cited import Unknown
from formulation.compounding_record import Worksheet
from formulation.cost_comparison import Comparison
from formulation.designed import Design
from formulation.errors import FormulationError
from formulation.liquid_making import Liquid
from formulation.prescription import Prescription
from formulation.printing import show
from formulation.records import Stamp
from formulation.relations import Ask
from formulation.result import Plan, Route
from formulation.solved import Solved
from formulation.spread import Range
from formulation.supply import UNKNOWN
from formulation.trace import Worked
from formulation.units import Quantity

SCHEMA = "formulate/1"
_PAIRS = {"amounts", "inputs"}
_TOTALS = ("total", "pack_total", "per_dose", "course")


def quantity(value: Quantity | Fraction) -> dict[str, Any]:
    """Return an exact amount as data.

    >>> quantity(Quantity(Fraction(13341, 5000), "g"))
    {'exact': '13341/5000', 'value': 2.6682, 'unit': 'g', 'text': '2.668 g'}
    """
    magnitude = value.magnitude if isinstance(value, Quantity) else value
    unit = value.unit if isinstance(value, Quantity) else ""
    return {
        "exact": str(magnitude), "value": float(magnitude), "unit": unit, "text": show(value),
    }  # fmt: skip


def plain(value: Any) -> Any:  # noqa: PLR0911  one line a kind of value
    """Return any part of a result as JSON values, exactly."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, (Quantity, Fraction)):
        return quantity(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Unknown):
        return {"unknown": value.which, "why": value.why, "fill": value.fill}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Range) and value.low == value.high:
        limit = plain(Unknown("limit", "no limits are given"))
        return {"low": limit, "nominal": plain(value.nominal), "high": limit}
    if isinstance(value, CostLine):
        priced = value.priced or Unknown("day of the price", "assumed" if value.assumed else "")
        return {**_fields(value), "priced": plain(priced)}
    if isinstance(value, Cost):
        return _fields(value) | {name: plain(getattr(value, name)) for name in _TOTALS}
    if isinstance(value, Route):
        return {**_fields(value), "may_be_made": value.may_be_made}
    if dataclasses.is_dataclass(value):
        return _fields(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _fields(value: Any) -> dict[str, Any]:
    found = {}
    for item in dataclasses.fields(value):
        inner = getattr(value, item.name)
        if item.name == "expires" and inner is None:
            inner = Unknown("beyond-use date", getattr(value, "why_none", "") or "no date stands")
        found[item.name] = plain(dict(inner) if item.name in _PAIRS else inner)
    return found


def _inputs(prescription: Prescription, bench: Bench) -> dict[str, Any]:
    active = prescription.active
    found: dict[str, Any] = {
        "substance": active.substance.name,
        "dose": plain(active.dose),
        "doses": int(prescription.doses.magnitude),
        "bench": bench.key,
        "frequency": plain(prescription.every or UNKNOWN),
    }
    for name in ("prepared", "allowance", "units_per_dose", "refills", "route", "sig", "note"):
        found[name] = plain(getattr(prescription, name))
    for name in ("difference", "reviews", "assigned", "pool", "making", "liquid", "recipient"):
        found[name] = plain(getattr(prescription, name))
    found["assumptions"] = plain(prescription.assumptions)
    found["expiries"] = plain(dict(prescription.expiries))
    return found


def plan_json(plan: Plan, prescription: Prescription, bench: Bench) -> dict[str, Any]:
    """Return one plan by the contract."""
    return {
        "schema": SCHEMA,
        "command": "plan",
        "inputs": _inputs(prescription, bench),
        "results": {"may_be_made": plan.may_be_made, "absent": plain(plan.absent)},
        "routes": plain(plan.routes),
        "chosen": plan.chosen,
        "steps": plain(plan.steps),
        "findings": plain(plan.findings),
        "data": data_of(bench.stamps),
    }  # fmt: skip


def data_of(stamps: tuple[Stamp, ...]) -> dict[str, Any]:
    """Return which records were used, each with its edition and digest, and the version."""
    records = {
        stamp.key: {
            "edition": stamp.edition or plain(Unknown("edition", "none on record")),
            "checked": stamp.checked or plain(Unknown("checked", "holds no fact")),
            "sha256": stamp.sha256,
            "own": stamp.own,
        }
        for stamp in stamps
    }
    return {"records": records, "version": __version__}


def answer_json(
    command: str, inputs: Mapping[str, Any], found: Worked, stamps: tuple[Stamp, ...]
) -> dict[str, Any]:
    """Return the answer of a command that compares no routes, by the contract."""
    results = _fields(found)
    for name in ("steps", "findings"):
        results.pop(name)
    return {
        "schema": SCHEMA,
        "command": command,
        "inputs": dict(inputs),
        "results": results,
        "steps": plain(found.steps),
        "findings": plain(found.findings),
        "data": data_of(stamps),
    }


def capsules_json(found: Capsules, prescription: Prescription, bench: Bench) -> dict[str, Any]:
    """Return one batch of capsules by the contract: its route, and what was worked out for it."""
    answer = answer_json("capsules", _inputs(prescription, bench), found, bench.stamps)
    route = answer["results"].pop("route")
    return {**answer, "routes": [route], "chosen": found.route.id if found.may_be_made else None}


def liquid_json(found: Liquid, prescription: Prescription, bench: Bench) -> dict[str, Any]:
    """Return one liquid by the contract: its route, and what was worked out for it."""
    answer = answer_json("liquid", _inputs(prescription, bench), found, bench.stamps)
    route = answer["results"].pop("route")
    if answer["results"]["chain"] is not None:
        answer["results"]["chain"].pop("steps")
    return {**answer, "routes": [route], "chosen": found.route.id if found.may_be_made else None}


def worksheet_json(
    found: Worksheet, prescription: Prescription, bench: Bench, more: tuple[Stamp, ...]
) -> dict[str, Any]:
    """Return the compounding record by the contract: its route, and what is printed on it."""
    stamps = (*bench.stamps, *more)
    answer = answer_json("worksheet", _inputs(prescription, bench), found, stamps)
    route, batch = answer["results"].pop("route"), answer["results"]["batch"]
    for name in ("route", "steps", "findings") if batch is not None else ():
        batch.pop(name)
    return {**answer, "routes": [route], "chosen": found.route.id if found.may_be_made else None}


def compare_json(found: Comparison, prescription: Prescription, bench: Bench) -> dict[str, Any]:
    """Return a comparison by the contract: every way whole under `routes`."""
    answer = answer_json("compare", _inputs(prescription, bench), found, bench.stamps)
    answer["results"].pop("chosen")
    for way in answer["results"]["ways"]:
        way["id"] = way.pop("route")["id"]
    for one, shown in zip(found.break_evens, answer["results"]["break_evens"], strict=True):
        shown["flips"] = one.flips
    routes = plain([way.route for way in found.ways])
    return {**answer, "routes": routes, "chosen": found.chosen}


def page_json(command: str, found: Any, prescription: Prescription, bench: Bench) -> dict[str, Any]:
    """Return what a label, a note or an estimate says by the contract: its route beside it.

    The words of [label], and with them every name, are left out.
    """
    answer = answer_json(command, _inputs(prescription, bench), found, bench.stamps)
    route = answer["results"].pop("route")
    return {**answer, "routes": [route], "chosen": found.chosen}


def design_json(found: Design, prescription: Prescription, bench: Bench) -> dict[str, Any]:
    """Return a design by the contract: its front, and under `routes` each suggestion whole.

    A route's id is its candidate's; the recipe that it lays out stands under `recipe`.
    """
    answer = answer_json("design", _inputs(prescription, bench), found, bench.stamps)
    results = answer["results"]
    lines = [*zip(found.front, results["front"], strict=True)]
    lines += zip(found.leading, results["leading"], strict=True)
    for one, shown in lines:
        shown["route"] = one.route.id
        shown["expires"] = plain(one.route.beyond_use.expires or Unknown("beyond-use date"))
    suggested = [found.candidate(one.candidate) for one in found.suggestions]
    routes = [{**plain(o.route), "id": o.id, "recipe": o.route.id} for o in suggested]
    results |= {"may_be_made": found.may_be_made, "preferred": found.preferred}
    return {**answer, "routes": routes, "chosen": found.chosen}


def calc_json(found: Solved, typed: Mapping[str, Any], ask: Ask) -> dict[str, Any]:
    """Return a solved problem by the contract: every part of its explanation under `results`."""
    asked = {"values": plain(typed), "find": ask.wanted, "round": plain(ask.step), "way": ask.way}
    answer = answer_json(f"calc {found.calculator}", asked, found, ())
    results = answer["results"]
    results["check"] = [
        {**shown, "holds": one.holds}
        for one, shown in zip(found.check, results["check"], strict=True)
    ]
    return answer


def error_json(error: FormulationError) -> dict[str, Any]:
    """Return an error by the contract."""
    return {
        "schema": SCHEMA,
        "error": {
            "code": error.code, "what": error.what, "where": error.where, "fix": error.fix,
        },
    }  # fmt: skip
