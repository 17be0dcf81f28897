"""Until when may it be used: the earliest of rule set, evidence and component expiries.

A category limit is a ceiling, not a finding. Where the drug is known to break down in water and no
study supports the preparation, no date stands: a stop, lifted per prescription only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from formulation.cited import Cited, Unknown, known
from formulation.dating import after, limit_of
from formulation.evidence import Judged
from formulation.kept import BeyondUse, Candidate
from formulation.prescription import AssignedDate, Prescription
from formulation.preservation import aqueous, category, diluted
from formulation.records import RuleSet, Stability, Substance, Vehicle
from formulation.studied import Studied, from_evidence
from formulation.study_cautions import Ceiling
from formulation.trace import Finding
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Asked:
    """What the date is asked for: the drug, its vehicles (none: a solid), the words for it.

    `judged` is the evidence on the drug in this form, held against this preparation.
    """

    substance: Substance
    vehicles: tuple[Vehicle, ...]
    title: str
    assigned: AssignedDate | None
    lots: tuple[tuple[str, date], ...] = ()
    judged: tuple[Judged, ...] = ()


def _instability(asked: Asked) -> list[Stability]:
    kind = "aqueous-liquid" if asked.vehicles else "solid"
    return [s for s in asked.substance.stability
            if s.role == "instability" and kind in s.applies_to]  # fmt: skip


def _studies(asked: Asked) -> list[Stability]:
    kind = "aqueous-liquid" if asked.vehicles else "solid"
    return [s for s in asked.substance.stability if s.role == "study" and kind in s.applies_to]


def _said(fact: Stability) -> tuple[str, str]:
    statement = fact.statement
    return ("", "") if isinstance(statement, Unknown) else (statement.value, statement.source)


def _candidates(
    asked: Asked, rules: RuleSet, start: date, gated: bool, studied: Studied
) -> list[Candidate]:
    limit = limit_of(rules, category(asked.vehicles))
    found: list[Candidate] = []
    if isinstance(limit.limit, Cited):
        note = ": a ceiling for the class, not a date for this preparation" if gated else ""
        if studied.lifts:
            note = ": what is on record of this very preparation stands in its place"
        found.append(
            Candidate(
                f"{rules.key}, {limit.label}", f"{limit.limit.value}s{note}",
                after(start, limit.limit.value), not gated and not studied.lifts,
                (limit.limit.source,),
            )
        )  # fmt: skip
    found += studied.candidates
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
    drug = asked.substance
    if len(asked.vehicles) != 1:
        return "the pH of these vehicles mixed is unknown"
    (vehicle,) = asked.vehicles
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
    for fact in facts:
        words, source = _said(fact)
        if words:
            return f"Known: {words.replace('degC', '°C')}; ", (source,)
    return "", ()


def _cold_text(facts: list[Stability]) -> str:
    for fact in facts:
        if isinstance(fact.refrigeration, Cited):
            return f"Refrigerated: {fact.refrigeration.value}."
    return "Refrigeration is untested."


def _studied_at_another(asked: Asked) -> bool:
    """Say whether this very liquid was studied, but for its concentration."""
    rows = [one.differences for one in asked.judged if one.differences]
    return any(all(text.startswith("concentration") for text in row) for row in rows)


def _gate(asked: Asked, facts: list[Stability], studied: Studied) -> Finding:
    worst, sources = _worst_text(facts)
    said = [_said(fact)[1] for fact in facts]
    named = " and ".join(vehicle.name for vehicle in asked.vehicles) or asked.title
    about = [*studied.failed]
    if facts and not studied.supported:
        about += [f"{worst}{_ph_text(asked)}" if asked.vehicles else worst.removesuffix("; ")]
        about += [_cold_text(facts).removesuffix(".")]
    strength = " at this concentration" if _studied_at_another(asked) else ""
    what = f"No study supports any date for {asked.substance.printed} in {named}{strength}. "
    if studied.supported:
        what = f"What is on record of {asked.substance.printed} in {named} disagrees: no date. "
    what += " ".join(f"{one[0].upper()}{one[1:]}." for one in about if one)
    fix = "make capsules, or disperse" if asked.vehicles else "disperse"
    fix += (
        " one dose at a time. Only a study of this formula lifts this, "
        "or [beyond_use] in this one prescription: days, reason, evidence, assigned_by, date"
    )
    return Finding("no-date-supported", "stop", what, fix,
                   sources=tuple(dict.fromkeys((*sources, *said))))  # fmt: skip


def _assigned(
    assigned: AssignedDate, ceiling: Ceiling, studied: Studied
) -> tuple[Candidate | None, Finding]:
    start, most, ground = ceiling.start, ceiling.end, "for this class"
    if studied.lifts:
        lifted = (c.expires for c in studied.candidates if c.counts and c.expires is not None)
        most, ground = min(lifted), "by what is on record of this very preparation"
    ends = after(start, f"{assigned.days} day")
    actual = Quantity(Fraction(assigned.days), "day")
    if most is None or ends > most:
        allowed = Quantity(Fraction((most - start).days if most else 0), "day")
        what = (
            f"A beyond-use period of {assigned.days} days was assigned; {ceiling.rules.key} allows "
            f"at most {allowed.magnitude} days {ground}"
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


def _ceiling(asked: Asked, rules: RuleSet, start: date) -> Ceiling:
    limit = limit_of(rules, category(asked.vehicles)).limit
    end = after(start, limit.value) if isinstance(limit, Cited) else None
    return Ceiling(rules, start, end, aqueous(asked.vehicles))


def _silent(asked: Asked) -> list[Finding]:
    """Return the caution that nothing is on record of the drug in this form."""
    if _instability(asked) or _studies(asked) or asked.judged:
        return []
    what = f"No stability data on record for {asked.substance.printed} in this form"
    fix = "the date shown is the ceiling of its class, not a finding about it"
    return [Finding("no-stability-data", "caution", what, fix)]


def beyond_use(asked: Asked, rules: RuleSet, start: date) -> BeyondUse:
    """Return every candidate date, the binding one and what stands against it.

    >>> from formulation.benches import read_bench
    >>> from formulation.drugs import read_substance
    >>> drug = read_substance("cycloserine")[0]
    >>> found = beyond_use(Asked(drug, (), "capsules", None), read_bench().rules,
    ...                    date(2026, 1, 5))
    >>> found.expires, found.binding
    (datetime.date(2026, 7, 4), 'usp795-2023, capsules, tablets, granules, powders')
    """
    ceiling = _ceiling(asked, rules, start)
    studied = from_evidence(asked.judged, ceiling)
    facts = _instability(asked)
    gated = bool(studied.failed) or (bool(facts) and not studied.supported)
    candidates = _candidates(asked, rules, start, gated, studied)
    findings = [*diluted(asked.vehicles), *studied.findings]
    if asked.assigned is not None:
        extra, finding = _assigned(asked.assigned, ceiling, studied)
        findings.append(finding)
        if extra is not None:
            candidates.append(extra)
            gated = False
    if gated:
        findings.append(_gate(asked, facts, studied))
    findings += _silent(asked)
    counting = [c for c in candidates if c.counts and c.expires is not None]
    binding = min(counting, key=lambda c: c.expires or date.max, default=None)
    stands = None if gated else binding
    return BeyondUse(
        candidates=tuple(candidates),
        unstudied=_unstudied(asked, rules, studied, stands),
        binding=stands.name if stands else "",
        expires=stands.expires if stands else None,
        storage=_storage(asked, rules, studied, stands),
        why_none=_why_none(studied) if gated else "",
        findings=tuple(findings),
    )


def _why_none(studied: Studied) -> str:
    return "studies disagree" if studied.supported else "no study supports any date"


def _unstudied(asked: Asked, rules: RuleSet, studied: Studied, binding: Candidate | None) -> str:
    """Return why a date is the ceiling of a class and no more, or nothing where it is more."""
    if binding is None or not binding.name.startswith(f"{rules.key}, ") or studied.supported:
        return ""
    if asked.judged:
        return "no study is of exactly this"
    return "" if _studies(asked) else "how it keeps is unknown"


def _storage(
    asked: Asked, rules: RuleSet, studied: Studied, binding: Candidate | None
) -> str | Unknown:
    """Return how it is kept: as the study or monograph that gives the date kept it, else by class.

    Where an extension is cut short by something else, it is still the study that allows it.
    """
    stored = dict(studied.stored)
    if binding is not None and binding.name in stored:
        return stored[binding.name]
    limit = limit_of(rules, category(asked.vehicles))
    if studied.lifts:
        kept = [stored[c.name] for c in studied.candidates if c.counts and c.name in stored]
        return kept[0] if kept else Unknown("storage", "not stated by what gives the date")
    return limit.storage.value if isinstance(limit.storage, Cited) else limit.storage


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
