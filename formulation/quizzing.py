"""Which questions a sheet or a quiz holds: from what was asked for and a seed, always the same.

Families are taken in a drawn order, each once before any comes again; the first question has the
sheet's own seed, the next one more, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formulation.draws import Draw
from formulation.errors import FormulationError, nearest, quote
from formulation.families import FAMILIES
from formulation.family import Family
from formulation.posing import pose
from formulation.questions import KINDS, LEVELS, TOPICS, Question
from formulation.syllabus import Course

MOST = 100
LARGEST_SEED = 999_999_999
_NOT_HERE = ("learn-no-such-question", "learn-no-fair-numbers")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for; "" and 0 leave it open."""

    topic: str = ""
    family: str = ""
    level: int = 0
    kind: str = ""
    count: int = 5


def check(chosen: Chosen, seed: int, families: Sequence[Family] = FAMILIES) -> tuple[Family, ...]:
    """Return the families that fit; refuse what there is not, with the nearest.

    >>> [one.name for one in check(Chosen(family="stock-to-take"), 1)]
    ['stock-to-take']
    """
    if chosen.topic:
        _one_of("topic", chosen.topic, TOPICS)
    if chosen.kind:
        _one_of("kind", chosen.kind, KINDS)
    if chosen.family:
        _one_of("family", chosen.family, [one.name for one in families])
    if chosen.level and chosen.level not in LEVELS:
        what = f"there is no level {chosen.level}"
        raise FormulationError("learn-no-such-level", what, "option --level", "give 1, 2, 3 or 4")
    _within("--count", chosen.count, (1, MOST))
    _within("--seed", seed, (0, LARGEST_SEED))
    fit = tuple(
        one for one in families
        if chosen.topic in ("", one.topic) and chosen.family in ("", one.name)
        and (not chosen.kind or chosen.kind in kinds_of(one))
    )  # fmt: skip
    if not fit:
        raise _nothing(chosen, families)
    return fit


def kinds_of(family: Family) -> tuple[str, ...]:
    """Return the kinds of question that a family has at one level or another."""
    if family.draw is None:
        return ("refuse",)
    return tuple(kind for kind in KINDS if kind != "refuse")


def _one_of(option: str, typed: str, known: Iterable[str]) -> None:
    names = list(known)
    if typed in names:
        return
    near = nearest(typed, names)
    fix = f"did you mean {near}? " if near else ""
    fix += f"There {'are' if len(names) > 1 else 'is'}: {', '.join(names)}"
    what = f"no {option} is called {quote(typed)}"
    raise FormulationError("learn-no-such", what, f"option --{option}", fix)


def _within(option: str, number: int, limits: tuple[int, int]) -> None:
    if not limits[0] <= number <= limits[1]:
        what = f"{option} is {number:,}"
        fix = f"give a whole number from {limits[0]:,} to {limits[1]:,}"
        raise FormulationError("number-out-of-range", what, f"option {option}", fix)


def _nothing(chosen: Chosen, families: Sequence[Family]) -> FormulationError:
    told = ", ".join(
        f"{name} {value}" for name, value in
        (("topic", chosen.topic), ("family", chosen.family), ("kind", chosen.kind)) if value
    )  # fmt: skip
    near = [one for one in families if chosen.family == one.name] or [
        one for one in families if chosen.topic == one.topic
    ]
    fix = "leave one of them out"
    if near:
        kinds = dict.fromkeys(kind for one in near for kind in kinds_of(one))
        topics = dict.fromkeys(one.topic for one in near)
        fix += f": topic {', '.join(topics)} has the kinds {', '.join(kinds)}"
    what = f"no family fits {told}"
    return FormulationError("learn-nothing-fits", what, "the options", fix)


def sheet(
    chosen: Chosen, seed: int, course: Course, families: Sequence[Family] = FAMILIES
) -> tuple[Question, ...]:
    """Return the questions of a sheet, always the same for a seed.

    >>> from formulation.syllabus import TEACHING
    >>> chosen = Chosen(family="stock-to-take", level=2, kind="calculate", count=2)
    >>> [one.name for one in sheet(chosen, 7, TEACHING)]
    ['stock-to-take-2-calculate-7', 'stock-to-take-2-calculate-8']
    """
    fit = check(chosen, seed, families)
    draw, queue = Draw(seed, "sheet"), list[Family]()
    found = []
    for place in range(chosen.count):
        if not queue:
            queue = list(draw.mixed(fit))
        first = queue.pop(0)
        level = chosen.level or draw.pick(LEVELS)
        kind = chosen.kind or _kind(draw, first)
        rest = draw.mixed([one for one in fit if one is not first])
        found.append(_posed((first, *rest), seed + place, (level, kind, chosen.kind), course))
    return tuple(found)


def _kind(draw: Draw, family: Family) -> str:
    """Return a kind: every second question is one to calculate, where the family has it."""
    kinds = kinds_of(family)
    return kinds[0] if draw.below(2) else draw.pick(kinds)


def _posed(
    families: Sequence[Family], seed: int, wanted: tuple[int, str, str], course: Course
) -> Question:
    """Return the question of the first family that has one; a kind that was asked for is kept."""
    level, kind, asked = wanted
    last: FormulationError | None = None
    for family in families:
        for one in (asked,) if asked else (kind, ""):
            try:
                return pose(family, seed, level, one, course)
            except FormulationError as error:
                if error.code not in _NOT_HERE:
                    raise
                last = error
    assert last is not None  # noqa: S101  there is a family, so something was tried
    raise last
