"""Questions, marked answers and scores as plain data (docs/json.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formulation.jsonable import answer_json, plain
from formulation.marked import Marked
from formulation.question_report import key_text
from formulation.questions import LICENCE, Question
from formulation.records import Stamp
from formulation.scores import Score, Tally
from formulation.syllabus import Course
from formulation.trace import Worked

_OPEN = ("name", "family", "title", "topic", "level", "minutes", "kind", "seed", "story", "asked",
         "rounding", "given", "shown")  # fmt: skip
_KEY = ("key", "worksheet", "wrong", "facts")


def question_data(question: Question, keys: str = "") -> dict[str, Any]:
    """Return a question as data: what a student gets; with `keys` "answers" or "explain" the rest.

    >>> from formulation.families import family
    >>> from formulation.posing import pose
    >>> found = question_data(pose(family("stock-to-take"), 3))
    >>> "key" in found, "options" in found
    (False, False)
    """
    found = {name: plain(getattr(question, name)) for name in _OPEN}
    if question.kind != "calculate":
        found["choices"] = [one.text for one in question.options]
    if keys:
        found["answer"] = key_text(question)
        found["options"] = plain(question.options)
        found |= {name: plain(getattr(question, name)) for name in _KEY}
    if keys == "explain":
        found["solved"] = plain(question.solved)
    return found


def course_data(course: Course) -> dict[str, Any]:
    """Return a course as data: the teacher's choices."""
    found: dict[str, Any] = plain(course)
    return found


def practice_json(
    questions: tuple[Question, ...], asked: Mapping[str, Any], course: tuple[Course, Stamp],
    keys: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return a sheet by the contract; the key is in it only where it was asked for."""
    answer = answer_json("learn practice", asked, Worked(), (course[1],))
    answer["results"] = {
        "licence": LICENCE, "course": course_data(course[0]),
        "questions": [question_data(one, keys) for one in questions],
    }  # fmt: skip
    return answer


def quiz_json(
    done: tuple[tuple[Question, Marked], ...], tally: Tally, asked: Mapping[str, Any],
    course: tuple[Course, Stamp],
) -> dict[str, Any]:  # fmt: skip
    """Return a quiz by the contract: each question with its key, each answer with its marks."""
    answer = answer_json("learn quiz", asked, tally, (course[1],))
    answer["results"] = {
        "licence": LICENCE, "course": course_data(course[0]), "summary": tally_data(tally),
        "questions": [
            {**question_data(one, "answers"), "marked": {**plain(marked), "slip": marked.slip}}
            for one, marked in done
        ],
    }  # fmt: skip
    return answer


def scores_json(scores: tuple[Score, ...], tally: Tally) -> dict[str, Any]:
    """Return the scores kept, and their summary, by the contract."""
    answer = answer_json("learn quiz", {"scores": True}, tally, ())
    answer["results"] = {"summary": tally_data(tally), "scores": plain(scores)}
    return answer


def tally_data(tally: Tally) -> dict[str, Any]:
    """Return a summary as data; each share of points beside its row."""
    return {
        "whole": {**plain(tally.whole), "share": plain(tally.whole.share)},
        "topics": [{**plain(row), "share": plain(row.share)} for row in tally.topics],
        "slips": [{"slip": name, "times": count} for name, count in tally.slips],
        "practise": plain(tally.practise),
    }
