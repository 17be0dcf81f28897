"""Does a published study support this preparation: only the formula it studied.

Every part that both sides state is compared; what one side leaves unsaid is named. Essential are
concentration or strength, vehicles or filler, source form and storage.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from formulation.cited import Cited, Unknown, known
from formulation.evidence_records import Condition, Evidence
from formulation.printing import show, show_share
from formulation.storage import class_of, kept_at
from formulation.units import Quantity

Verdict = Literal["supports", "supporting, not transferable", "not transferable"]
LEAST = Fraction(9, 10)
SOURCE_UNSAID, SHORT = "source form studied", "below 90 %"
_FORMS = ("tablet", "capsule", "injection", "powder")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Preparation:
    """What is to be held against a study; empty words and None are not known.

    `form` is "liquid" or "capsules"; `amount` the concentration or the strength; `vehicles` and
    `filler` hold the words under which each may be named; `storage` "refrigerated", "room" or "",
    where it may be kept as the study kept it.
    """

    form: str
    amount: Quantity | None
    source_form: str
    brand: str = ""
    vehicles: tuple[tuple[str, ...], ...] = ()
    proportions: str = ""
    others: tuple[str, ...] = ()
    filler: tuple[str, ...] = ()
    container: str = ""
    storage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Judged:
    """What one piece of evidence says of one preparation, and why no more.

    `unsaid` is what is not known on one side and does not decide; `condition` the storage
    condition and time point that count, where one does; `stored` how it was kept.
    """

    evidence: Evidence
    verdict: Verdict
    differences: tuple[str, ...]
    unknowns: tuple[str, ...]
    unsaid: tuple[str, ...]
    condition: Condition | None
    stored: str


@dataclass(slots=True)
class _Against:
    """What is found while a preparation is held against one piece of evidence."""

    differences: list[str]
    unknowns: list[str]
    unsaid: list[str]


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", " ", text).strip().casefold()


def _form_of(text: str) -> str:
    return next((form for form in _FORMS if form in text.casefold()), _plain(text))


def _amount(evidence: Evidence, own: Preparation, found: _Against) -> None:
    liquid = own.form == "liquid"
    what, fact = (
        ("concentration", evidence.concentration) if liquid else ("strength", evidence.strength)
    )
    if isinstance(fact, Unknown):
        found.unknowns.append(f"{what} studied")
    elif own.amount is None:
        found.unknowns.append(f"{what} here")
    elif own.amount != fact.value:
        found.differences.append(f"{what} {show(own.amount)}, studied {show(fact.value)}")


def _same(words: tuple[str, ...], other: str) -> bool:
    return _plain(other) in {_plain(word) for word in words if word}


def _vehicles(evidence: Evidence, own: Preparation, found: _Against) -> None:
    studied = evidence.vehicles
    if isinstance(studied, Unknown):
        found.unknowns.append("vehicle studied")
        return
    if not own.vehicles:
        found.unknowns.append("vehicle here")
        return
    missing = [v for v in studied.value if not any(_same(words, v) for words in own.vehicles)]
    more = [words for words in own.vehicles if not any(_same(words, one) for one in studied.value)]
    if missing or more:
        here = " and ".join(words[-1] for words in own.vehicles)
        found.differences.append(f"vehicle {here}, studied {' and '.join(studied.value)}")
    elif len(studied.value) > 1:
        _proportions(evidence, own, found)


def _proportions(evidence: Evidence, own: Preparation, found: _Against) -> None:
    fact = evidence.proportions
    if isinstance(fact, Unknown):
        found.unknowns.append("proportions of the vehicles studied")
    elif not own.proportions:
        found.unknowns.append("proportions of the vehicles here")
    elif not _same_parts(evidence, own, fact.value):
        names = known(evidence.vehicles) or ()
        here, there = " to ".join(words[-1] for words in own.vehicles), " to ".join(names)
        text = f"proportions {own.proportions} ({here}), studied {fact.value} ({there})"
        found.differences.append(text)


def _same_parts(evidence: Evidence, own: Preparation, studied: str) -> bool:
    """Say whether each vehicle has the same share on both sides, in whatever order they stand."""
    here, there = shares(own.proportions), shares(studied)
    names = known(evidence.vehicles) or ()
    if len(here) != len(own.vehicles) or len(there) != len(names):
        return _plain(studied) == _plain(own.proportions)
    parts = dict(zip(map(_plain, names), there, strict=True))
    pairs = zip(own.vehicles, here, strict=True)
    return all(share in {parts.get(_plain(word)) for word in words} for words, share in pairs)


def shares(parts: str) -> tuple[Fraction, ...]:
    """Return the share of each vehicle by its parts, or nothing where they are not in parts.

    >>> shares("1:3"), shares("not stated")
    ((Fraction(1, 4), Fraction(3, 4)), ())
    """
    plain = re.fullmatch(r"[1-9][0-9]*(:[1-9][0-9]*)*", parts.replace(" ", ""))
    counts = [Fraction(part) for part in parts.split(":")] if plain else []
    return tuple(count / sum(counts) for count in counts)


def _filler(evidence: Evidence, own: Preparation, found: _Against) -> None:
    fact = evidence.filler
    if isinstance(fact, Unknown):
        found.unknowns.append("filler studied")
    elif not own.filler:
        found.unknowns.append("filler here")
    elif not _same(own.filler, fact.value):
        found.differences.append(f"filler {own.filler[-1]}, studied {fact.value}")


def same_source(evidence: Evidence, source_form: str) -> bool | None:
    """Say whether a study was made from this form of source; None where one is not known."""
    fact = evidence.source_form
    if isinstance(fact, Unknown) or not source_form:
        return None
    allowed = {_form_of(text) for text in re.split(r"\bor\b|\band\b|/|,", fact.value)}
    return _form_of(source_form) in allowed


def _source(evidence: Evidence, own: Preparation, found: _Against) -> None:
    same = same_source(evidence, own.source_form)
    if same is None:
        here = isinstance(evidence.source_form, Cited)
        found.unknowns.append("source form here" if here else SOURCE_UNSAID)
    elif not same:
        studied = known(evidence.source_form)
        found.differences.append(f"made from {own.source_form}, studied from {studied}")


def _stated(what: str, fact: Cited[str] | Unknown, own: str, found: _Against) -> None:
    """Compare a part that does not decide where one side leaves it unsaid."""
    if isinstance(fact, Unknown) or not own:
        gone = (("studied", isinstance(fact, Unknown)), ("here", not own))
        sides = [side for side, missing in gone if missing]
        found.unsaid.append(f"{what} {' and '.join(sides)}")
        return
    studied, here = _plain(fact.value), _plain(own)
    if studied not in here and here not in studied:
        found.differences.append(f"{what} {own}, studied {fact.value}")


def _others(evidence: Evidence, own: Preparation, found: _Against) -> None:
    studied = known(evidence.other_ingredients)
    for other in studied or ():
        if not _same(own.others, other):
            found.differences.append(f"no {other} here, studied with it")
    for other in own.others:
        if studied is None:
            found.unknowns.append(f"whether it was studied with {other}")
        elif not _same(studied, other):
            found.differences.append(f"{other} in it, studied without")


def _failed(conditions: list[Condition]) -> dict[str, Fraction]:
    """Return for each storage class the first day on which less than 90 % was left."""
    found: dict[str, Fraction] = {}
    for one in conditions:
        left, days = known(one.remaining), known(one.days)
        if left is not None and days is not None and left < LEAST:
            name, day = class_of(one), days.number("day")
            found[name] = min(day, found.get(name, day))
    return found


def _conditions(
    evidence: Evidence, own: Preparation, found: _Against
) -> tuple[Condition | None, str]:
    """Return the condition whose last time point counts, and how it was stored."""
    here = [c for c in evidence.conditions if not own.storage or class_of(c) == own.storage]
    if evidence.conditions and not here:
        if any(not class_of(one) for one in evidence.conditions):
            found.unknowns.append("storage condition studied")
            return None, ""
        studied = " and ".join(dict.fromkeys(kept_at(c) for c in evidence.conditions))
        found.differences.append(f"stored {own.storage}, studied {studied}")
        return None, ""
    failed, able = _failed(here), []
    for one in here:
        left, days = known(one.remaining), known(one.days)
        if left is None or days is None or not class_of(one) or left < LEAST:
            continue
        if days.number("day") < failed.get(class_of(one), days.number("day") + 1):
            able.append((days.number("day"), one))
    if able:
        most = max(day for day, _ in able)
        best = [one for day, one in able if day == most]
        return best[0], " or ".join(dict.fromkeys(kept_at(one) for one in best))
    _why_none(here, failed, found)
    return None, ""


def _left(condition: Condition) -> Fraction:
    left = known(condition.remaining)
    return Fraction(1) if left is None else left


def _why_none(here: list[Condition], failed: dict[str, Fraction], found: _Against) -> None:
    low = [c for c in here if _left(c) < LEAST and isinstance(c.days, Cited)]
    if failed and low:
        first = low[0]
        assert isinstance(first.remaining, Cited)  # noqa: S101  it was compared above
        assert isinstance(first.days, Cited)  # noqa: S101  it was compared above
        found.differences.append(
            f"{show_share(first.remaining.value)} left at {show(first.days.value)}, {SHORT}"
        )
    elif not here or not any(class_of(one) for one in here):
        found.unknowns.append("storage condition studied")
    elif all(isinstance(one.days, Unknown) for one in here):
        found.unknowns.append("last time point")
    else:
        found.unknowns.append("share left at the last time point")


def hold(evidence: Evidence, own: Preparation) -> Judged:
    """Return whether one piece of evidence supports a preparation, each difference named.

    >>> from formulation.cited import Cited
    >>> study = Evidence(key="x", substance="x", name="x", role="study", form="liquid",
    ...                  concentration=Cited(Quantity(Fraction(1), "mg/mL"), "s"))
    >>> thin = Preparation(form="liquid", amount=Quantity(Fraction("0.0067"), "mg/mL"),
    ...                    source_form="tablets")
    >>> hold(study, thin).differences
    ('concentration 0.0067 mg/mL, studied 1 mg/mL',)

    A monograph says itself how it is stored and needs no time point.
    """
    found = _Against([], [], [])
    _amount(evidence, own, found)
    (_vehicles if own.form == "liquid" else _filler)(evidence, own, found)
    _source(evidence, own, found)
    _others(evidence, own, found)
    _stated("brand", evidence.brand, own.brand, found)
    _stated("container", evidence.container, own.container, found)
    condition, stored = None, known(evidence.storage) or ""
    if evidence.role != "monograph":
        condition, stored = _conditions(evidence, own, found)
    verdict: Verdict = "supports"
    if found.differences:
        verdict = "not transferable"
    elif found.unknowns:
        verdict = "supporting, not transferable"
    return Judged(
        evidence=evidence, verdict=verdict, differences=tuple(found.differences),
        unknowns=tuple(found.unknowns), unsaid=tuple(found.unsaid), condition=condition,
        stored=stored,
    )  # fmt: skip


def held_against(every: tuple[Evidence, ...], own: Preparation) -> tuple[Judged, ...]:
    """Return each piece of evidence on the same form of preparation, judged."""
    return tuple(hold(one, own) for one in every if one.form == own.form)
