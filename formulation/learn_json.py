"""Papers and lessons as plain data: the contract that `--json` prints (docs/json.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formulation.jsonable import SCHEMA, data_of, plain
from formulation.lesson_reading import Heading, Lesson, Points, Prose
from formulation.lessons import Tried, command_line, filled, found, tried
from formulation.papers import Item, Paper, answer
from formulation.questions import LICENCE, Question
from formulation.slips import SLIPS
from formulation.solved import Solved


def paper_json(paper: Paper, asked: Mapping[str, Any], answers: bool) -> dict[str, Any]:
    """Return a paper by the contract; what tells an answer is in it only with `answers`."""
    results = {
        "title": paper.title, "form": paper.form, "course": paper.course.name,
        "instructions": paper.instructions, "minutes": paper.minutes, "points": paper.points,
        "licence": paper.licence, "questions": [_question(one, answers) for one in paper.items],
    }  # fmt: skip
    return _answer("learn paper", asked, results)


def _question(item: Item, answers: bool) -> dict[str, Any]:
    place = {"number": item.number, "points": item.points}
    return {**place, **question_json(item.question, answers)}


def question_json(one: Question, answers: bool) -> dict[str, Any]:
    """Return a question; what tells its answer is in it only with `answers`."""
    found: dict[str, Any] = {
        "topic": one.topic, "level": one.level, "minutes": one.minutes, "kind": one.kind,
        "story": one.story, "asked": one.asked, "rounding": one.rounding,
        "given": [{"words": given.words, "amount": plain(given.amount), "text": given.text}
                  for given in one.given],
        "shown": _lines(one.shown),
        "choices": [] if one.kind == "calculate" else [option.text for option in one.options],
    }  # fmt: skip
    return {**found, **_answers(one)} if answers else found


def _answers(one: Question) -> dict[str, Any]:
    return {
        "name": one.name, "family": one.family, "seed": one.seed, "answer": answer(one),
        "key": plain(one.key), "worksheet": _lines(one.worksheet),
        "options": plain(one.options),
        "wrong": [{"slip": wrong.slip, "words": wrong.words, "value": plain(wrong.value),
                   "text": wrong.text, "row": wrong.row} for wrong in one.wrong],
    }  # fmt: skip


def _lines(page: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return a worksheet: a worksheet to be judged keeps its formula but no reason."""
    return [
        {"name": line.name, "words": line.words, "shown": line.shown, "text": line.text,
         "result": plain(line.result)}
        for line in page
    ]  # fmt: skip


def lessons_json(every: tuple[Lesson, ...]) -> dict[str, Any]:
    """Return the list of lessons by the contract."""
    rows = [_head(one) for one in every]
    return _answer("learn lesson", {"lesson": None}, {"lessons": rows, "licence": LICENCE})


def lesson_json(one: Lesson, answers: bool) -> dict[str, Any]:
    """Return one lesson by the contract: its prose, its examples worked out, its questions."""
    questions = [tried(asked) for asked in one.tries]
    results = {
        **_head(one), "aims": list(one.aims), "licence": LICENCE,
        "pieces": [_piece(piece) for piece in one.pieces],
        "mistakes": plain((*one.mistakes, *(SLIPS[name] for name in one.slips))),
        "tries": [_tried(asked, answers) for asked in questions],
        "facts": [{"text": text, "source": source} for text, source in one.facts],
    }  # fmt: skip
    return _answer("learn lesson", {"lesson": one.name}, results)


def _answer(command: str, asked: Mapping[str, Any], results: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "command": command, "inputs": plain(dict(asked)), "results": results,
        "steps": [], "findings": [], "data": data_of(()),
    }  # fmt: skip


def _head(one: Lesson) -> dict[str, Any]:
    return {"number": one.number, "name": one.name, "title": one.title, "topic": one.topic,
            "minutes": one.minutes}  # fmt: skip


def _piece(piece: Any) -> dict[str, Any]:
    match piece:
        case Heading(text=text):
            return {"heading": text}
        case Prose(text=text):
            return {"text": text}
        case Points(rows=rows, numbered=numbered):
            return {"list": list(rows), "numbered": numbered}
    result = found(piece)
    told = {
        "example": piece.title, "story": filled(piece.story, piece, result),
        "after": filled(piece.after, piece, result), "command": command_line(piece),
    }  # fmt: skip
    if isinstance(result, Solved):
        return {**told, "answer": plain(result.answer), "text": result.rounding.text}
    if result is None:
        return {**told, "answer": None, "text": None}
    last = result[-1]
    return {**told, "answer": plain(last.result), "text": last.text, "worksheet": _lines(result)}


def _tried(one: Tried, answers: bool) -> dict[str, Any]:
    asked = {name: getattr(one.asked, name) for name in ("topic", "family", "level", "kind")}
    if one.question is None:
        return {**asked, "question": None}
    return {**asked, "question": question_json(one.question, answers)}
