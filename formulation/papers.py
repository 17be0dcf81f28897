"""A paper from a blueprint and a seed, in two matched forms.

Both forms have the same families, levels, kinds, minutes and points, row by row of the blueprint,
and other numbers. No two questions of the two forms tell the same story, and no two of one family
and kind have the same key.
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation.blueprint import Blueprint, Part
from formulation.draws import Draw
from formulation.errors import FormulationError, quote
from formulation.family import Family
from formulation.posing import pose
from formulation.questions import LICENCE, Question
from formulation.syllabus import TEACHING, Course

FORMS = ("A", "B")
TRIES = 200
SEEDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a paper: its number on the page, its place in the blueprint, its points."""

    number: int
    place: int
    points: int
    question: Question


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what stands on it, for whom, what it adds up to."""

    title: str
    form: str
    seed: int
    course: Course
    instructions: str
    items: tuple[Item, ...]
    licence: str = LICENCE

    @property
    def minutes(self) -> int:
        """Return how long the questions take together."""
        return sum(one.question.minutes for one in self.items)

    @property
    def points(self) -> int:
        """Return what the questions are worth together."""
        return sum(one.points for one in self.items)

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        """Return the number of each question and its answer."""
        return tuple((one.number, answer(one.question)) for one in self.items)


def answer(question: Question) -> str:
    """Return what is to be written down or chosen."""
    if question.kind == "calculate" and question.key is not None:
        return question.key.text
    return question.right.text


def papers(plan: Blueprint, seed: int = 1, course: Course = TEACHING) -> tuple[Paper, Paper]:
    """Return forms A and B of a blueprint, matched.

    Refuses what lasts longer or is worth other than the blueprint allows, and what the families
    cannot give often enough.
    """
    rows = _rows(plan, seed)
    _sums(plan, rows)
    drawn = _drawn(rows, (seed, course))
    return _form(plan, "A", drawn[0], (seed, course)), _form(plan, "B", drawn[1], (seed, course))


def paper(plan: Blueprint, form: str = "A", seed: int = 1, course: Course = TEACHING) -> Paper:
    """Return one form of a blueprint; refuse a form that there is not."""
    if form not in FORMS:
        what = f"there is no form {quote(form)}"
        raise FormulationError("paper-no-such-form", what, "option --form", "use A or B")
    return papers(plan, seed, course)[FORMS.index(form)]


Row = tuple[Part, Family]


def _rows(plan: Blueprint, seed: int) -> list[Row]:
    """Return the family of each question: those of a topic in turn, from a drawn one on."""
    found: list[Row] = []
    for place, part in enumerate(plan.parts):
        first = Draw(seed, f"paper/{place}").below(len(part.families))
        for turn in range(part.count):
            found.append((part, part.families[(first + turn) % len(part.families)]))
    return found


def _sums(plan: Blueprint, rows: list[Row]) -> None:
    minutes = sum(one.minutes[part.level - 1] for part, one in rows)
    points = sum(part.points for part, _ in rows)
    if plan.minutes and minutes > plan.minutes:
        what = f"the questions take {minutes} minutes, the blueprint allows {plan.minutes}"
        fix = f"allow {minutes}, or ask for fewer questions or a lower level"
        raise FormulationError("paper-too-long", what, "key minutes", fix)
    if plan.points and points != plan.points:
        what = f"the questions are worth {points} points, the blueprint says {plan.points}"
        raise FormulationError("paper-points", what, "key points", f"write points = {points}")


Chosen = list[tuple[Part, Question]]


def _drawn(rows: list[Row], told: tuple[int, Course]) -> tuple[Chosen, Chosen]:
    """Return the questions of both forms, in the order of the blueprint, no two alike."""
    seed, course = told
    used: set[tuple[str, str, str]] = set()
    found: tuple[Chosen, Chosen] = ([], [])
    for place, (part, one) in enumerate(rows):
        for form, chosen in zip(FORMS, found, strict=True):
            draw = Draw(seed, f"paper/{form}/{place}")
            question = _another(one, part, (draw, course), used)
            chosen.append((part, question))
    return found


def _another(
    one: Family, part: Part, told: tuple[Draw, Course], used: set[tuple[str, str, str]]
) -> Question:
    """Return a question whose story, choices and key no other one on the two forms has."""
    draw, course = told
    for _ in range(TRIES):
        question = pose(one, draw.below(SEEDS), part.level, part.kind, course)
        marks = {(one.name, "", question.story)}
        if question.key is not None:
            marks.add((one.name, part.kind, question.key.text))
        if not marks & used:
            used |= marks
            return question
    have = sum(name == one.name and not kind for name, kind, _ in used)
    what = f"{one.name} has too few different questions at level {part.level}: about {have}"
    fix = "ask for fewer of them, or name the topic instead of the family"
    raise FormulationError("paper-not-enough", what, part.words, fix)


def _form(plan: Blueprint, form: str, chosen: Chosen, told: tuple[int, Course]) -> Paper:
    seed, course = told
    order: tuple[int, ...] = tuple(range(len(chosen)))
    if plan.mixed:
        order = Draw(seed, f"paper/order/{form}").mixed(order)
    items = tuple(
        Item(number, place + 1, chosen[place][0].points, chosen[place][1])
        for number, place in enumerate(order, 1)
    )
    return Paper(plan.title, form, seed, course, plan.instructions, items)
