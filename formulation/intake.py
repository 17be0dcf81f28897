"""From a prescription file, or from what was typed, to the prescription and its bench.

Every key is read or refused by name; every default that is used is stated as an assumption.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from formulation import catalog, frequency, label_intake, liquid_intake, making
from formulation.bench import Bench
from formulation.benches import TEACHING, read_bench
from formulation.cited import known
from formulation.drugs import read_substance
from formulation.errors import FormulationError, quote
from formulation.grammar import DOSE, read_quantity
from formulation.keys import at_key, check_keys, count, need, share, whole
from formulation.potency import content
from formulation.prescription import (
    Active,
    Allowance,
    AssignedDate,
    LiquidAsk,
    Phase,
    Prescription,
    Review,
)  # fmt: skip
from formulation.records import Stamp
from formulation.trace import Working
from formulation.units import Quantity

MOST_DOSES = 10_000
MOST_EXCESS = 10
_KEYS: dict[str, tuple[type, str]] = {
    "substance": (str, 'a name in quotes: "cycloserine"'),
    "dose": (str, 'an amount in quotes: "100 mg"'),
    "doses": (int, "a whole number: 10"),
    "prepared": (date, "a date without quotes: 2026-01-05"),
    "per_day": (int, "a whole number: 1"),
    "per_week": (int, "a whole number: 1"),
    "every": (str, 'a time in quotes: "12 hours", "3 days" or "weekday"'),
    "prn": (bool, "true or false"),
    "max_per_day": (int, "a whole number: 1"),
    "sig": (str, "the prescriber's words in quotes"),
    "refills": (int, "a whole number: 0"),
    "units_per_dose": (int, "a whole number: 1"),
    "amount_is": (str, '"per dose" or "total"'),
    "route": (str, 'a route in quotes: "capsules"'),
    "excess": (str, 'a share in quotes: "5 %"'),
    "overage": (str, 'a share in quotes: "5 %"'),
    "overage_reason": (str, "the reason in quotes"),
    "surcharge": (str, 'a share in quotes: "5 %"'),
    "loss": (str, 'a share in quotes: "5 %"'),
    "extra_units": (int, "a whole number: 0"),
    "bench": (str, 'a bench in quotes: "teaching"'),
    "note": (str, "a sentence in quotes"),
    "difference": (str, "the prescriber's stated difference in quotes"),
    "beyond_use": (dict, "a table: [beyond_use]"),
    "dur": (dict, "a table: [dur]"),
    "expires": (dict, "a table: [expires]"),
    **label_intake.KEYS,
    **making.KEYS,
    **liquid_intake.KEYS,
}


def _allowance(table: Mapping[str, Any], where: str) -> Allowance:
    overage = share(table, "overage", where)
    reason = str(table.get("overage_reason", ""))
    if overage and not reason.strip():
        what = "a drug overage without a reason"
        fix = 'add overage_reason = "..."; for extra units use excess instead'
        raise FormulationError("overage-no-reason", what, f"{where}, key overage", fix)
    return Allowance(
        excess=share(table, "excess", where, MOST_EXCESS),
        overage=overage,
        overage_reason=reason,
        surcharge=share(table, "surcharge", where),
        loss=share(table, "loss", where),
        extra_units=count(table, "extra_units", 0, (0, MOST_DOSES), where),
    )


def _dose(table: Mapping[str, Any], doses: int, where: str) -> Quantity:
    text = need(table, "dose", _KEYS["dose"][1], where)
    dose: Quantity = at_key(where, "dose", read_quantity, text, DOSE)
    amount_is = table.get("amount_is", "per dose")
    if amount_is not in ("per dose", "total"):
        what = f"amount_is says {quote(amount_is)}"
        fix = 'write "per dose" or "total"'
        raise FormulationError("amount-is-what", what, f"{where}, key amount_is", fix)
    return dose / doses if amount_is == "total" else dose


def _doses(
    table: Mapping[str, Any], bench: Bench, where: str, asked: tuple[Allowance, LiquidAsk, str]
) -> int:
    """Return the doses: as given, or as many as the liquid that is asked for holds."""
    ask, drug, extra = asked[1], asked[2], (asked[0], table, where)
    if "doses" in table or "liquid" not in table or table.get("amount_is") == "total":
        need(table, "doses", _KEYS["doses"][1], where)
        return whole(table, "doses", 1, MOST_DOSES, where)
    return liquid_intake.doses_held(ask, _dose(table, 1, where), drug, bench, extra)


def _assigned(table: Mapping[str, Any], where: str) -> AssignedDate | None:
    if "beyond_use" not in table:
        return None
    at, raw = f"{where}, table [beyond_use]", table["beyond_use"]
    keys: dict[str, tuple[type, str]] = {
        "days": (int, "a whole number: 7"),
        "reason": (str, "why this date, in quotes"),
        "evidence": (str, "on what evidence, in quotes"),
        "assigned_by": (str, "who assigns it, in quotes"),
        "date": (date, "the day it was assigned: 2026-01-05"),
    }
    check_keys(raw, keys, at)
    for key, (_, words) in keys.items():
        if not str(need(raw, key, words, at)).strip():
            raise FormulationError("file-missing-key", f"{key} is empty", at, f"write {words}")
    days = whole(raw, "days", 1, 3650, at)
    said = (raw["reason"], raw["evidence"], raw["assigned_by"], raw["date"])
    return AssignedDate(days, *said, route=table.get("route", ""))


def _reviews(table: Mapping[str, Any], where: str) -> tuple[Review, ...]:
    if "dur" not in table:
        return ()
    at, raw = f"{where}, table [dur]", table["dur"]
    keys: dict[str, tuple[type, str]] = {
        "who": (str, "who was called, in quotes"),
        "when": (date, "on which day: 2026-01-05"),
        "outcome": (str, "how it ended, in quotes"),
    }
    check_keys(raw, keys, at)
    for key, (_, words) in keys.items():
        if not str(need(raw, key, words, at)).strip():
            raise FormulationError("file-missing-key", f"{key} is empty", at, f"write {words}")
    return (Review(raw["who"], raw["when"], raw["outcome"]),)


def _not_later(prepared: date, given: date, what: str, where: str) -> None:
    if given > prepared:
        text = f"{what} is of {given}, after the day of preparation, {prepared}"
        fix = "give the day on which it was, or correct prepared"
        raise FormulationError("date-in-the-future", text, where, fix)


def _check_days(prescription: Prescription, where: str) -> None:
    """Refuse a review or an assigned date that lies after the preparation it is for."""
    for review in prescription.reviews:
        _not_later(prescription.prepared, review.when, "the review", f"{where}, table [dur]")
    if prescription.assigned is not None:
        at = f"{where}, table [beyond_use]"
        _not_later(prescription.prepared, prescription.assigned.date, "the assigned date", at)


def _expiries(table: Mapping[str, Any], bench: Bench, where: str) -> tuple[tuple[str, date], ...]:
    raw = table.get("expires", {})
    known = [product.key for product in bench.products]
    known += [vehicle.key for vehicle in (*bench.vehicles, *bench.formula_vehicles)]
    known += bench.ingredients
    known += [filler.key for filler in bench.fillers] + [lot.name for lot in bench.bulk]
    for key, value in raw.items():
        if key not in known:
            what = f"[expires] names {quote(key)}, which is not on the bench"
            fix = f"use the bench's own names: {', '.join(known)}"
            raise FormulationError("expires-unknown", what, f"{where}, table [expires]", fix)
        if not isinstance(value, date) or isinstance(value, datetime):
            what = f"the expiry of {quote(key)} is not a date"
            fix = f"write {key} = 2027-01-31"
            at = f"{where}, table [expires]"
            raise FormulationError("file-wrong-type", what, at, fix)
    return tuple(raw.items())


def _assumptions(table: Mapping[str, Any], bench: Bench) -> tuple[str, ...]:
    said = [] if "bench" in table else [f"bench: {bench.name}"]
    said.append(f"beyond-use rules: {bench.rules.key}")
    if "amount_is" not in table:
        said.append("the dose is the amount per intake")
    if "units_per_dose" not in table:
        said.append("one capsule per dose")
    for key in ("excess", "loss"):
        if key not in table:
            said.append(f"no {key}" if key == "excess" else "no process loss")
    if "expires" not in table:
        said.append("component expiries not given: none was checked")
    return tuple(said)


def read_prescription(
    table: Mapping[str, Any], bench: Bench, where: str, today: date
) -> tuple[Prescription, tuple[Stamp, ...]]:
    """Return the prescription that a table of keys describes; each refusal names its key."""
    check_keys(table, _KEYS, where)
    name = need(table, "substance", _KEYS["substance"][1], where)
    substance, stamps = at_key(where, "substance", read_substance, name)
    need(table, "dose", _KEYS["dose"][1], where)
    allowance, ask = _allowance(table, where), liquid_intake.read_liquid(table, bench, where)
    doses = _doses(table, bench, where, (allowance, ask, substance.name))
    prepared, pool = table.get("prepared", today), making.read_pool(table, bench, where)
    prescription = Prescription(
        actives=(Active(substance, _dose(table, doses, where)),),
        phases=(Phase(doses, frequency.read(table, where), prepared),),
        prepared=prepared,
        allowance=allowance,
        units_per_dose=count(table, "units_per_dose", 1, (1, 20), where),
        refills=count(table, "refills", 0, (0, 99), where),
        route=table.get("route", ""),
        sig=table.get("sig", ""),
        note=table.get("note", ""),
        difference=table.get("difference", ""),
        reviews=_reviews(table, where),
        assigned=_assigned(table, where),
        expiries=_expiries(table, bench, where),
        pool=pool,
        making=making.read_making(table, bench, pool, where),
        assumptions=_assumptions(table, bench),
        liquid=replace(ask, doses_follow="doses" not in table),
        recipient=liquid_intake.read_recipient(table, where),
        words=label_intake.read_words(table, bench, prepared, where),
    )
    _check_days(prescription, where)
    return prescription, stamps


def read_case(
    file: str | None, typed: Mapping[str, Any], today: date
) -> tuple[Prescription, Bench, dict[str, Any]]:
    """Return prescription, bench and the table they came from: a file, what was typed, or both.

    What is typed beside a file adds to it; a key given in both is refused, naming both, except
    `route`, where the typed one asks for another answer to the same prescription.
    """
    table: dict[str, Any] = {}
    where = "the command line"
    if file is not None:
        table, _ = catalog.read_toml(Path(file), "the prescription file")
        where = quote(file, 200)
    own = table.get("route", "")
    for key, value in typed.items():
        if key in table and key != "route":
            what = f"{key} is given twice: {quote(str(table[key]))} and {quote(str(value))}"
            code = "two-benches" if key == "bench" else "given-twice"
            fix = "keep it in one place: the file, or the command line"
            raise FormulationError(code, what, f"{where} and the command line", fix)
        table[key] = value
    check_keys(table, _KEYS, where)
    drug = str(table.get("substance", "")).strip().casefold()
    name = _beside(file, table.get("bench", TEACHING), typed)
    bench = at_key(where, "bench", read_bench, name, drug)
    prescription, stamps = read_prescription(table, bench, where, today)
    if prescription.assigned is not None and own:
        prescription = replace(prescription, assigned=replace(prescription.assigned, route=own))
    bench = _needed(bench, prescription)
    every = {stamp.key: stamp for stamp in (*bench.stamps, *stamps)}
    bench = replace(bench, stamps=tuple(every.values()))
    return prescription, _certified(bench, prescription), table


def _needed(bench: Bench, prescription: Prescription) -> Bench:
    """Return the bench without vehicles kept for the published formulas of other drugs."""
    named = {
        key for one in prescription.active.substance.evidence for key in known(one.vehicles) or ()
    }
    named |= {vehicle.key for vehicle in bench.vehicles}
    gone = {f"vehicles/{v.key}" for v in bench.formula_vehicles if v.key not in named}
    return replace(
        bench,
        formula_vehicles=tuple(v for v in bench.formula_vehicles if v.key in named),
        stamps=tuple(stamp for stamp in bench.stamps if stamp.key not in gone),
    )


def _certified(bench: Bench, prescription: Prescription) -> Bench:
    """Return the bench with the drug that a certificate finds in the prescription's own source."""
    certificate, pool = prescription.making.certificate, prescription.pool
    name = prescription.active.substance.name
    own = [p.key for p in bench.products if p.substance == name]
    if certificate is None or not own:
        return bench
    key = pool.product if pool is not None and pool.product else own[0]
    products = tuple(
        replace(p, held=content(p, certificate, pool, Working())) if p.key == key else p
        for p in bench.products
    )
    return replace(bench, products=products)


def _beside(file: str | None, name: str, typed: Mapping[str, Any]) -> str:
    """Return a bench file's path as seen from the prescription file that names it."""
    is_file = name.endswith(".toml") or "/" in name
    if file is None or "bench" in typed or not is_file or Path(name).is_absolute():
        return name
    return str(Path(file).parent / name)
