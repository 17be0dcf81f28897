"""What judged evidence does to a date: which candidates it gives, and what it lacks.

A monograph comes before the class limit; a supporting study shorter than the limit binds; a longer
one extends it only with what the edition asks for, never past the edition's cap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from formulation.cited import Cited, Unknown, known
from formulation.dating import after
from formulation.evidence import LEAST, SHORT, SOURCE_UNSAID, Judged
from formulation.evidence_records import Evidence
from formulation.kept import Candidate
from formulation.printing import show, show_share
from formulation.records import RuleSet
from formulation.trace import Finding
from formulation.units import Quantity

ASSAY, MICROBES, CONTAINER = (
    "stability-indicating assay", "antimicrobial effectiveness test", "same container",
)  # fmt: skip


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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Studied:
    """The candidates and cautions of all evidence.

    `lifts`: a monograph or an extension stands in place of the class limit; `supported`: the very
    preparation was studied; `failed`: it was, and was under 90 % within the limit.
    """

    candidates: tuple[Candidate, ...]
    findings: tuple[Finding, ...]
    lifts: bool
    supported: bool
    stored: tuple[tuple[str, str], ...]
    failed: tuple[str, ...] = ()


def _sources(evidence: Evidence) -> tuple[str, ...]:
    facts = (evidence.statement, evidence.date, evidence.concentration, evidence.strength)
    return tuple(dict.fromkeys(f.source for f in facts if isinstance(f, Cited)))[:1]


def _why_not(judged: Judged) -> str:
    differs = "; ".join(judged.differences)
    gone = f"supporting, not transferable; unknown: {', '.join(judged.unknowns)}"
    return f"not transferable: {differs}" if differs else gone


def _candidate(name: str, limit: str, until: date | None, judged: Judged) -> Candidate:
    return Candidate(
        name, limit, until, until is not None, _sources(judged.evidence), judged.verdict,
        judged.differences, (*judged.unknowns, *judged.unsaid),
    )  # fmt: skip


def _monograph(judged: Judged, ceiling: Ceiling) -> Candidate:
    """Return what a compendial monograph says: its date only for what is made exactly to it."""
    evidence, rules = judged.evidence, ceiling.rules
    name = f"monograph: {evidence.name}"
    days = known(evidence.date)
    told = "date not read" if days is None else f"{show(days)} for its own formula"
    if judged.verdict != "supports":
        made = "made otherwise here" if judged.differences else "whether made to it is not known"
        text = f"a monograph exists, {told}; {made}, so the class limit caps it"
        return _candidate(name, f"{text}; {_why_not(judged)}", None, judged)
    if days is None:
        text = "a monograph exists, date not read: the class limit caps it"
        return _candidate(name, text, None, judged)
    if isinstance(rules.monograph_first, Unknown):
        text = f"{told}; whether {rules.key} puts it before its own limits is not on record"
        return _candidate(name, text, None, judged)
    until = after(ceiling.start, f"{_whole(days)} day")
    return _candidate(name, f"{show(days)}, made exactly to it: before the class limit", until,
                      judged)  # fmt: skip


def _whole(days: Quantity) -> int:
    """Return whole days: a part of a day is never counted."""
    return int(days.number("day"))


def _needs(rules: RuleSet, aqueous: bool) -> tuple[str, ...] | Unknown:
    """Return what an edition asks of a study that is to extend its limit for this class."""
    needs = rules.extension_needs
    if isinstance(needs, Unknown):
        return needs
    return tuple(need for need in needs.value if aqueous or need != MICROBES)


def lacking(judged: Judged, rules: RuleSet, aqueous: bool) -> tuple[str, ...]:
    """Return what a supporting study lacks to extend the limit of a class, as the edition asks."""
    needs = _needs(rules, aqueous)
    if isinstance(needs, Unknown):
        return (f"what {rules.key} asks of a longer date is not on record",)
    evidence = judged.evidence
    held = {
        ASSAY: known(evidence.stability_indicating) is True,
        MICROBES: known(evidence.antimicrobial) is True,
        CONTAINER: not any(one.startswith("container") for one in judged.unsaid),
    }
    return tuple(need for need in needs if not held.get(need, False))


def _study(judged: Judged, ceiling: Ceiling) -> Candidate:
    """Return what a study says: shorter than the class limit it binds, longer it may extend."""
    evidence, rules = judged.evidence, ceiling.rules
    name = f"study: {evidence.name}"
    if judged.verdict != "supports":
        return _capping(judged, ceiling) or _candidate(name, _why_not(judged), None, judged)
    days = known(judged.condition.days) if judged.condition is not None else None
    assert days is not None  # noqa: S101  a study without a time point supports nothing
    told = f"{show(days)} ({judged.stored}), of exactly this preparation"
    until = after(ceiling.start, f"{_whole(days)} day")
    if ceiling.end is not None and until <= ceiling.end:
        return _candidate(name, told, until, judged)
    missing = lacking(judged, rules, ceiling.aqueous)
    if missing:
        text = f"{told}; extends no date, lacking: {', '.join(missing)}"
        return _candidate(name, text, None, judged)
    most = known(rules.cap)
    if most is None:
        return _candidate(name, f"{told}; no cap is on record for {rules.key}", until, judged)
    capped = min(until, after(ceiling.start, f"{_whole(most)} day"))
    within = "capped at" if capped < until else "within"
    return _candidate(name, f"{told}, {within} {show(most)}", capped, judged)


def _capping(judged: Judged, ceiling: Ceiling) -> Candidate | None:
    """Return the date of a study from which nothing known differs, where it ends before the class.

    What it leaves unsaid keeps it from supporting a date, not from shortening one.
    """
    longest = _longest(judged)
    days = known(judged.condition.days) if judged.condition is not None else None
    if days is None and longest is not None:
        days = Quantity(longest[0], "day")
    if judged.differences or days is None or ceiling.end is None:
        return None
    until = after(ceiling.start, f"{_whole(days)} day")
    if until > ceiling.end:
        return None
    name = f"study: {judged.evidence.name}"
    kept = f" ({judged.stored})" if judged.stored else ""
    text = f"{show(days)}{kept}: nothing known differs, so it caps the date"
    return _candidate(name, f"{text}; unknown: {', '.join(judged.unknowns)}", until, judged)


def _capped(found: list[tuple[Judged, Candidate]]) -> tuple[Finding, ...]:
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


def _lost(judged: Judged) -> tuple[Fraction, str] | None:
    """Return the first day under 90 %, in words; None where none is on record."""
    found = [
        (days.number("day"), f"{show_share(left)} was left at {show(days)} ({one.storage})")
        for one in judged.evidence.conditions
        if (left := known(one.remaining)) is not None and left < LEAST
        and (days := known(one.days)) is not None
    ]  # fmt: skip
    return min(found, default=None)


def _differs(judged: Judged) -> bool:
    return any(not one.endswith(SHORT) for one in judged.differences)


def _failed(every: list[Judged], ceiling: Ceiling) -> tuple[str, ...]:
    """Return in words each study from which nothing differs but that too little was left."""
    return tuple(
        f"in {judged.evidence.name}, which differs in nothing known, {lost[1]}"
        for judged in every
        if judged.differences and not _differs(judged) and (lost := _lost(judged)) is not None
        and ceiling.days is not None and lost[0] <= ceiling.days
    )  # fmt: skip


def _longest(judged: Judged) -> tuple[Fraction, str] | None:
    """Return the longest time point on record that does not lie under 90 %, in words."""
    found = [
        (days.number("day"), f"the last time point on record is {show(days)} ({one.storage})")
        for one in judged.evidence.conditions
        if (days := known(one.days)) is not None
        and ((left := known(one.remaining)) is None or left >= LEAST)
    ]
    return max(found, default=None)


def _fell_short(judged: Judged, limit: int) -> tuple[Fraction, str] | None:
    """Return the time by which a study of another formula ends before the class does, in words."""
    longest, lost = _longest(judged), _lost(judged)
    if longest is not None and longest[0] >= limit:
        return None
    return lost if lost is not None and lost[0] < limit else longest


def _elsewhere(studies: list[Judged], ceiling: Ceiling) -> tuple[Finding, ...]:
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
    sources = tuple(dict.fromkeys(s for _, one in short for s in _sources(one.evidence)))
    return (Finding("short-elsewhere", "caution", what, fix, Quantity(Fraction(limit), "day"),
                    Quantity(short[0][0][0], "day"), sources),)  # fmt: skip


def _unsupported(every: tuple[Judged, ...]) -> tuple[Finding, ...]:
    """Return the caution that no study is of this preparation, with the nearest one."""
    nearest = min(every, key=lambda one: (len(one.differences), len(one.unknowns)))
    what = (
        "No study on record is of exactly this preparation; the nearest, "
        f"{nearest.evidence.name}, is {_why_not(nearest)}"
    )
    fix = "the date shown is the ceiling of its class, not a finding about this preparation"
    return (Finding("evidence-not-transferable", "caution", what, fix,
                    sources=_sources(nearest.evidence)),)  # fmt: skip


def from_evidence(every: tuple[Judged, ...], ceiling: Ceiling) -> Studied:
    """Return what all judged evidence says of the date.

    >>> from formulation.catalog import load
    >>> rules = load(RuleSet, "rules", "usp795-2023")[0]
    >>> from_evidence((), Ceiling(rules, date(2026, 1, 5), date(2026, 2, 9), True)).supported
    False
    """
    papers = [judged for judged in every if judged.evidence.role == "monograph"]
    studies = [judged for judged in every if judged.evidence.role != "monograph"]
    books = [_monograph(judged, ceiling) for judged in papers]
    dated = [book.expires for book in books if book.expires is not None]
    top = replace(ceiling, end=min(dated)) if dated else ceiling
    found = [_study(judged, top) for judged in studies]
    if dated:
        found = [_under(one, min(dated)) for one in found]
    longer = any(c.expires and (not ceiling.end or c.expires > ceiling.end) for c in found)
    pairs = list(zip(studies, found, strict=True))
    supported = bool(dated) or any(_bears(judged, one) for judged, one in pairs)
    cautions = _capped(pairs)
    failed = _failed(studies, ceiling)
    if every and not supported:
        cautions += () if failed else _unsupported(every)
        cautions += _elsewhere(studies, ceiling)
    stored = [(f"study: {j.evidence.name}", j.stored) for j in studies if j.stored]
    stored += [(f"monograph: {j.evidence.name}", j.stored) for j in papers if j.stored]
    lifts = bool(dated) or longer
    return Studied((*books, *found), cautions, lifts, supported, tuple(stored), failed)


def _bears(judged: Judged, found: Candidate) -> bool:
    """Say whether a study bears a date of this preparation.

    One that caps the date and leaves unsaid only from which form of source it was made does too.
    """
    capping = found.counts and set(judged.unknowns) <= {SOURCE_UNSAID}
    return judged.verdict == "supports" or capping


def _under(found: Candidate, end: date) -> Candidate:
    """Return a study's candidate, which never outlasts the monograph's own date."""
    if found.expires is None or found.expires <= end:
        return found
    return replace(found, expires=None, counts=False, limit=f"{found.limit}; the monograph stands")
