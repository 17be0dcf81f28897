"""What studies say beside a date: why they give none, what failed, what ended sooner elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from formulation.cited import Cited, known
from formulation.evidence import LEAST, SHORT, Judged
from formulation.evidence_records import Condition, Evidence
from formulation.kept import Candidate
from formulation.printing import show, show_share
from formulation.records import RuleSet
from formulation.storage import class_of, kept_at
from formulation.trace import Finding
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The class limit on the calendar: rule set, day of preparation, its end, water or not."""

    rules: RuleSet
    start: date
    end: date | None
    aqueous: bool

    @property
    def days(self) -> int | None:
        """Return the class limit in days, where there is one."""
        return None if self.end is None else (self.end - self.start).days


def sources_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the source that a piece of evidence is cited by."""
    facts = (evidence.statement, evidence.date, evidence.concentration, evidence.strength)
    return tuple(dict.fromkeys(f.source for f in facts if isinstance(f, Cited)))[:1]


def why_not(judged: Judged) -> str:
    """Return why a piece of evidence supports nothing: what differs, else what is unknown."""
    differs = "; ".join(judged.differences)
    gone = f"supporting, not transferable; unknown: {', '.join(judged.unknowns)}"
    return f"not transferable: {differs}" if differs else gone


def _lost(judged: Judged) -> tuple[Fraction, str] | None:
    """Return the first day under 90 %, in words; None where none is on record."""
    found = [
        (days.number("day"), f"{show_share(left)} was left at {show(days)} ({kept_at(one)})")
        for one in judged.evidence.conditions
        if (left := known(one.remaining)) is not None and left < LEAST
        and (days := known(one.days)) is not None
    ]  # fmt: skip
    return min(found, default=None)


def _kept(judged: Judged) -> list[tuple[Fraction, Condition]]:
    """Return the time points on record that do not lie under 90 %, with their condition."""
    return [
        (days.number("day"), one)
        for one in judged.evidence.conditions
        if (days := known(one.days)) is not None
        and ((left := known(one.remaining)) is None or left >= LEAST)
    ]


def _longest(judged: Judged) -> tuple[Fraction, str] | None:
    """Return the longest time point on record that does not lie under 90 %, in words."""
    day, one = max(_kept(judged), key=lambda pair: pair[0], default=(None, None))
    if day is None or one is None:
        return None
    days = show(Quantity(day, "day"))
    return day, f"the last time point on record is {days} ({kept_at(one)})"


def surest(judged: Judged) -> tuple[Fraction, str] | None:
    """Return the time that holds however it is stored: the shortest of each storage's longest."""
    each: dict[str, tuple[Fraction, str]] = {}
    for day, one in _kept(judged):
        name = class_of(one)
        each[name] = max(each.get(name, (day, kept_at(one))), (day, kept_at(one)))
    return min(each.values(), default=None)


def _differs(judged: Judged) -> bool:
    return any(not one.endswith(SHORT) for one in judged.differences)


def failed_here(every: list[Judged], ceiling: Ceiling) -> tuple[str, ...]:
    """Return in words each study from which nothing differs but that too little was left."""
    return tuple(
        f"in {judged.evidence.name}, which differs in nothing known, {lost[1]}"
        for judged in every
        if judged.differences and not _differs(judged) and (lost := _lost(judged)) is not None
        and ceiling.days is not None and lost[0] <= ceiling.days
    )  # fmt: skip


def _fell_short(judged: Judged, limit: int) -> tuple[Fraction, str] | None:
    """Return the time by which a study of another formula ends before the class does, in words."""
    last, lost = _longest(judged), _lost(judged)
    if last is not None and last[0] >= limit:
        return None
    return lost if lost is not None and lost[0] < limit else last


def elsewhere(studies: list[Judged], ceiling: Ceiling) -> tuple[Finding, ...]:
    """Return the caution that other formulas end before the class limit, the shortest first."""
    limit = ceiling.days
    if limit is None:
        return ()
    every = [(_fell_short(one, limit), one) for one in studies if _differs(one)]
    short = [(found, one) for found, one in every if found is not None]
    if not short:
        return ()
    short.sort(key=lambda pair: pair[0][0])
    named = "; ".join(f"{one.evidence.name}, {found[1]}" for found, one in short)
    what = f"Other formulas are on record for less than the class limit of {limit:,} days: {named}"
    fix = "make what was studied, or assign an earlier date under [beyond_use]"
    sources = tuple(dict.fromkeys(s for _, one in short for s in sources_of(one.evidence)))
    return (Finding("short-elsewhere", "caution", what, fix, Quantity(Fraction(limit), "day"),
                    Quantity(short[0][0][0], "day"), sources),)  # fmt: skip


def unsupported(every: tuple[Judged, ...]) -> tuple[Finding, ...]:
    """Return the caution that no study is of this preparation, with the nearest one."""
    nearest = min(every, key=lambda one: (len(one.differences), len(one.unknowns)))
    what = (
        "No study on record is of exactly this preparation; the nearest, "
        f"{nearest.evidence.name}, is {why_not(nearest)}"
    )
    fix = "the date shown is the ceiling of its class, not a finding about this preparation"
    return (Finding("evidence-not-transferable", "caution", what, fix,
                    sources=sources_of(nearest.evidence)),)  # fmt: skip


def capped(found: list[tuple[Judged, Candidate]]) -> tuple[Finding, ...]:
    """Return the caution for each study that caps the date though it leaves something unsaid."""
    return tuple(
        Finding(
            "supporting-study-caps", "caution",
            f"{judged.evidence.name}: {one.limit}",
            "read the full study, or make nothing that is kept for longer",
            sources=one.sources,
        )
        for judged, one in found
        if judged.verdict != "supports" and one.counts
    )  # fmt: skip
