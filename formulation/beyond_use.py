"""Until when may it be used: the earliest of rule set, evidence and component expiries.

A category limit is a ceiling, not a finding. Where the drug is known to break down in water and no
study supports the preparation, no date stands: a stop, lifted per prescription only.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from formulation.cited import Cited, Unknown, known
from formulation.errors import FormulationError
from formulation.prescription import AssignedDate, Prescription
from formulation.records import Limit, RuleSet, Stability, Substance, Vehicle
from formulation.result import BeyondUse, Candidate
from formulation.trace import Finding
from formulation.units import Quantity

SOLID = "solid"


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


def category(vehicle: Vehicle | None) -> str:
    """Return the class of preparation; unknown water counts as water, unknown preservation as none.

    >>> category(None)
    'solid'
    """
    if vehicle is None:
        return SOLID
    if known(vehicle.aqueous) is False:
        return "non-aqueous-oral-liquid"
    return "preserved-aqueous" if known(vehicle.preserved) else "non-preserved-aqueous"


def limit_of(rules: RuleSet, name: str) -> Limit:
    """Return a rule set's limit for a class; refuse a rule set that has none."""
    for limit in rules.limits:
        if limit.category == name:
            return limit
    raise FormulationError(
        "rules-no-limit", f"{rules.name} gives no limit for {name}", f"rules/{rules.key}",
        "name another rule set on the bench",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the date is asked for: the drug, the vehicle (None: a solid), the words for it."""

    substance: Substance
    vehicle: Vehicle | None
    title: str
    assigned: AssignedDate | None
    lots: tuple[tuple[str, date], ...] = ()


def _instability(asked: Asked) -> list[Stability]:
    kind = "solid" if asked.vehicle is None else "aqueous-liquid"
    return [s for s in asked.substance.stability
            if s.role == "instability" and kind in s.applies_to]  # fmt: skip


def _studies(asked: Asked) -> list[Stability]:
    kind = "solid" if asked.vehicle is None else "aqueous-liquid"
    return [s for s in asked.substance.stability if s.role == "study" and kind in s.applies_to]


def _said(fact: Stability) -> tuple[str, str]:
    statement = fact.statement
    return ("", "") if isinstance(statement, Unknown) else (statement.value, statement.source)


def _candidates(asked: Asked, rules: RuleSet, start: date, gated: bool) -> list[Candidate]:
    limit = limit_of(rules, category(asked.vehicle))
    found: list[Candidate] = []
    if isinstance(limit.limit, Cited):
        note = ": a ceiling for the class, not a date for this preparation" if gated else ""
        found.append(
            Candidate(
                f"{rules.key}, {limit.label}", f"{limit.limit.value}s{note}",
                after(start, limit.limit.value), not gated, (limit.limit.source,),
            )
        )  # fmt: skip
    for study in _studies(asked):
        words, source = _said(study)
        found.append(
            Candidate(
                f"study: {study.name}", f"{study.transferable}: {words}", None, False, (source,)
            )
        )
    for name, day in asked.lots:
        found.append(Candidate(f"expiry of {name}", str(day), day, True))
    return found


def _ph_text(asked: Asked) -> str:
    vehicle, drug = asked.vehicle, asked.substance
    assert vehicle is not None  # noqa: S101  only liquids come here
    if isinstance(vehicle.ph, Cited):
        return f"this vehicle is about pH {vehicle.ph.text}"
    if known(vehicle.aqueous) is False:
        return "this vehicle is not water-based, and nothing is known of the drug in it"
    own = drug.solution_ph
    if vehicle.key == "water" and isinstance(own, Cited):
        return f"in water the drug makes about pH {own.text} (100 mg/mL)"
    return "the pH of this vehicle is unknown"


def _worst_text(facts: list[Stability]) -> tuple[str, tuple[str, ...]]:
    for fact in facts:
        if isinstance(fact.worst_ph, Cited):
            warm = known(fact.worst_ph_temperature)
            at = f" ({warm.replace('degC', '°C')})" if warm else ""
            return f"It breaks down fastest near pH {fact.worst_ph.text}{at}; ", (
                fact.worst_ph.source,
            )
    return "", ()


def _cold_text(facts: list[Stability]) -> str:
    for fact in facts:
        if isinstance(fact.refrigeration, Cited):
            return f"Refrigerated: {fact.refrigeration.value}."
    return "Refrigeration is untested."


def _gate(asked: Asked, facts: list[Stability]) -> Finding:
    worst, sources = _worst_text(facts)
    said = [_said(fact)[1] for fact in facts]
    vehicle = asked.vehicle
    named = vehicle.name if vehicle else asked.title
    what = (
        f"No study supports any date for {asked.substance.printed} in {named}. {worst}"
        f"{_ph_text(asked)}. {_cold_text(facts)}"
    )
    fix = (
        "make capsules, or disperse one dose at a time. Only a study of this formula lifts this, "
        "or [beyond_use] in this one prescription: days, reason, evidence, assigned_by, date"
    )
    return Finding("no-date-supported", "stop", what, fix,
                   sources=tuple(dict.fromkeys((*sources, *said))))  # fmt: skip


def _assigned(
    asked: Asked, assigned: AssignedDate, rules: RuleSet, start: date
) -> tuple[Candidate | None, Finding]:
    limit = limit_of(rules, category(asked.vehicle)).limit
    ends = after(start, f"{assigned.days} day")
    most = after(start, limit.value) if isinstance(limit, Cited) else None
    actual = Quantity(Fraction(assigned.days), "day")
    if most is None or ends > most:
        allowed = Quantity(Fraction((most - start).days if most else 0), "day")
        what = (
            f"A beyond-use period of {assigned.days} days was assigned; {rules.key} allows "
            f"at most {allowed.magnitude} days for this class"
        )
        fix = f"assign at most {allowed.magnitude} days"
        return None, Finding("assigned-beyond-limit", "stop", what, fix, allowed, actual)
    what = (
        f"A beyond-use period of {assigned.days} days was assigned for this one prescription. "
        f"By {assigned.assigned_by} on {assigned.date}: {assigned.reason}; "
        f"evidence: {assigned.evidence}"
    )
    fix = "check that the evidence is for this drug, strength, vehicle and container"
    name = f"assigned by {assigned.assigned_by}"
    candidate = Candidate(name, f"{assigned.days} days", ends, True)
    return candidate, Finding("date-assigned", "caution", what, fix, actual=actual)


def beyond_use(asked: Asked, rules: RuleSet, start: date) -> BeyondUse:
    """Return every candidate date, the binding one and what stands against it.

    >>> from formulation.benches import read_bench
    >>> from formulation.drugs import read_substance
    >>> drug = read_substance("cycloserine")[0]
    >>> found = beyond_use(Asked(drug, None, "capsules", None), read_bench().rules,
    ...                    date(2026, 1, 5))
    >>> found.expires, found.binding
    (datetime.date(2026, 7, 4), 'usp795-2023, capsules, tablets, granules, powders')
    """
    facts = _instability(asked)
    gated = bool(facts)
    candidates = _candidates(asked, rules, start, gated)
    findings: list[Finding] = []
    if asked.assigned is not None:
        extra, finding = _assigned(asked, asked.assigned, rules, start)
        findings.append(finding)
        if extra is not None:
            candidates.append(extra)
            gated = False
    if gated:
        findings.append(_gate(asked, facts))
    elif not facts and not _studies(asked):
        what = f"No stability data on record for {asked.substance.printed} in this form"
        fix = "the date shown is the ceiling of its class, not a finding about it"
        findings.append(Finding("no-stability-data", "caution", what, fix))
    counting = [c for c in candidates if c.counts and c.expires is not None]
    binding = min(counting, key=lambda c: c.expires or date.max, default=None)
    limit = limit_of(rules, category(asked.vehicle))
    stored = limit.storage.value if isinstance(limit.storage, Cited) else limit.storage
    return BeyondUse(
        candidates=tuple(candidates),
        binding="" if gated or binding is None else binding.name,
        expires=None if gated or binding is None else binding.expires,
        storage=stored,
        why_none="no study supports any date" if gated else "",
        findings=tuple(findings),
    )


def in_force(rules: RuleSet, day: date) -> tuple[Finding, ...]:
    """Return the caution that a rule set was replaced by, or not yet in force on, a day."""
    fix = "name the rule set in force where and when this is made: rules on the bench"
    until, since = rules.superseded, rules.adopted
    if isinstance(until, Cited) and day >= until.value:
        what = f"{rules.name}: superseded in {rules.jurisdiction} on {until.value}"
        return (Finding("rules-superseded", "caution", what, fix, sources=(until.source,)),)
    if isinstance(since, Cited) and day < since.value:
        what = f"{rules.name}: not in force in {rules.jurisdiction} before {since.value}"
        return (Finding("rules-not-yet", "caution", what, fix, sources=(since.source,)),)
    return ()


def expired(found: tuple[tuple[str, date], ...], day: date) -> tuple[Finding, ...]:
    """Return a stop for each component whose expiry lies before the day of preparation."""
    return tuple(
        Finding(
            "component-expired",
            "stop",
            f"{name} expired on {until}, before the day of preparation, {day}",
            "use a lot that is in date, and give its expiry under [expires]",
        )
        for name, until in found
        if until < day
    )


def lots(prescription: Prescription, keys: tuple[str, ...]) -> tuple[tuple[str, date], ...]:
    """Return the expiries given for the components used."""
    return tuple((key, day) for key, day in prescription.expiries if key in keys)


def no_date(why: str, storage: str | Unknown) -> BeyondUse:
    """Return the answer for what is not kept: no beyond-use date, and why."""
    return BeyondUse(candidates=(), binding="", expires=None, storage=storage, why_none=why)


def maker_expiry(lot: tuple[str, date], storage: str | Unknown) -> BeyondUse:
    """Return the answer for an unopened package: the maker's own expiry, as it was given."""
    name, day = lot
    candidate = Candidate(f"expiry of {name}", str(day), day, True)
    return BeyondUse(candidates=(candidate,), binding=candidate.name, expires=day, storage=storage)
