"""What judged evidence does to a date: which candidates it gives, and what it lacks.

A monograph comes before the class limit; a supporting study shorter than the limit binds; a longer
one extends it only with what the edition asks for, never past the edition's cap.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from formulation.cited import Unknown, known
from formulation.dating import after
from formulation.evidence import SOURCE_UNSAID, Judged
from formulation.evidence_records import Evidence
from formulation.kept import Candidate
from formulation.printing import show
from formulation.records import RuleSet
from formulation.study_cautions import (
    Ceiling,
    capped,
    elsewhere,
    failed_here,
    sources_of,
    surest,
    unsupported,
    why_not,
)
from formulation.trace import Finding
from formulation.units import Quantity

ASSAY, MICROBES, CONTAINER = (
    "stability-indicating assay", "antimicrobial effectiveness test", "same container",
)  # fmt: skip


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


def _candidate(name: str, limit: str, until: date | None, judged: Judged) -> Candidate:
    return Candidate(
        name, limit, until, until is not None, sources_of(judged.evidence), judged.verdict,
        judged.differences, (*judged.unknowns, *judged.unsaid),
    )  # fmt: skip


def named(evidence: Evidence) -> str:
    """Return the name under which evidence stands among the candidates: a recipe is no study."""
    return f"{'recipe' if evidence.role == 'formula' else 'study'}: {evidence.name}"


def _monograph(judged: Judged, ceiling: Ceiling) -> Candidate:
    """Return what a compendial monograph says: its date only for what is made exactly to it."""
    evidence, rules = judged.evidence, ceiling.rules
    name = f"monograph: {evidence.name}"
    days = known(evidence.date)
    told = "date not read" if days is None else f"{show(days)} for its own formula"
    if judged.verdict != "supports":
        made = "made otherwise here" if judged.differences else "whether made to it is not known"
        text = f"a monograph exists, {told}; {made}, so the class limit caps it"
        return _candidate(name, f"{text}; {why_not(judged)}", None, judged)
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
    name = named(evidence)
    if judged.verdict != "supports":
        return _capping(judged, ceiling) or _candidate(name, why_not(judged), None, judged)
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
    days = known(judged.condition.days) if judged.condition is not None else None
    stored, sure = judged.stored, surest(judged)
    if days is None and sure is not None:
        days, stored = Quantity(sure[0], "day"), sure[1]
    if judged.differences or days is None or ceiling.end is None:
        return None
    until = after(ceiling.start, f"{_whole(days)} day")
    if until > ceiling.end:
        return None
    name = named(judged.evidence)
    kept = f" ({stored})" if stored else ""
    text = f"{show(days)}{kept}: nothing known differs, so it caps the date"
    return _candidate(name, f"{text}; unknown: {', '.join(judged.unknowns)}", until, judged)


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
    cautions = capped(pairs)
    failed = failed_here(studies, ceiling)
    if every and not supported:
        cautions += () if failed else unsupported(every)
        cautions += elsewhere(studies, ceiling)
    stored = [(named(j.evidence), j.stored) for j in studies if j.stored]
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
