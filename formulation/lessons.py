"""The lessons: which there are, and their worked examples, worked out when they are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formulation import catalog
from formulation.blueprint import poses
from formulation.calculating import calc, calculator, read_ask
from formulation.errors import FormulationError, nearest, quote
from formulation.families import FAMILIES, family
from formulation.family import Family, given, write
from formulation.grammar import Wanted, read_quantity, unit_in
from formulation.lesson_reading import Example, Lesson, Try, read_lesson
from formulation.posing import pose
from formulation.questions import Given, Question, Written
from formulation.solved import Solved
from formulation.syllabus import TEACHING, Course

FOLDER = "lessons"
_HOLE = re.compile(r"\{(\w+)\}")


def lessons() -> tuple[Lesson, ...]:
    """Return every lesson in order: the shipped ones."""
    files = sorted(catalog.shipped(FOLDER).glob("*.md"))
    return tuple(_read(path) for path in files)


def lesson(named: str) -> Lesson:
    """Return a lesson by its number or its name, or from a file; refuse another.

    >>> lesson("5").name
    'made-up-to'
    """
    if "/" in named or "\\" in named or named.endswith(".md"):
        return _read(Path(named))
    every = lessons()
    for one in every:
        if named in (one.name, str(one.number)):
            return one
    names = [one.name for one in every]
    near = nearest(named, names)
    what = f"no lesson is called {quote(named)}"
    fix = f"did you mean {near}?" if near else f"use 1 to {len(names)}; see formulate learn lesson"
    raise FormulationError("learn-no-such-lesson", what, "formulate learn lesson", fix)


def _read(path: Path) -> Lesson:
    raw = catalog.read_file(path, "the lesson")
    where = quote(path.name, 200)
    try:
        return read_lesson(raw.decode("utf-8-sig").replace("\r\n", "\n"), path.stem, where)
    except UnicodeDecodeError as error:
        what = f"the lesson is not UTF-8 text (byte {error.start + 1})"
        raise FormulationError("file-not-utf8", what, where, "save it as UTF-8") from None


def worked(example: Example) -> Solved:
    """Return the worked example of a calculator."""
    asked = example.asked
    ask = read_ask(
        asked.get("find", ""), asked.get("round", ""), asked.get("way", ""), asked.get("as", "")
    )
    return calc(example.calculator, example.values, ask)


def stated(example: Example) -> tuple[Given, ...]:
    """Return what is given to a worksheet, each with its words."""
    return tuple(
        given(
            name,
            example.words.get(name, name),
            read_quantity(text, Wanted(unit_in(text), "100 mg/dose")),
        )
        for name, text in example.values.items()
    )


def page(example: Example) -> tuple[Written, ...]:
    """Return the worksheet of an example worked out."""
    return write(stated(example), example.rows)


Found = Solved | tuple[Written, ...] | None


def found(example: Example) -> Found:
    """Return what an example comes to; nothing where it runs a command, whose report says it."""
    if example.calculator:
        return worked(example)
    return page(example) if example.rows else None


def filled(text: str, example: Example, found: Found) -> str:
    """Return words with what is given and found put in where a name stands in braces.

    `{answer}` is the answer as it is written down, `{exact}` before it is rounded, `{bound}` what
    was said before; any other name is a value that was given, or one found on the way.
    """
    known = {name: _said(value) for name, value in example.values.items()}
    if isinstance(found, Solved):
        known = {one.name: one.amount.text for one in found.others} | known
        known |= {"exact": found.wanted.amount.text, "answer": found.rounding.text}
        known["bound"] = getattr(found.bound, "text", "")
    elif found:
        known |= {one.name: one.text for one in stated(example)}
        known |= {one.name: one.text for one in found}
        known["answer"] = found[-1].text
    for name in _HOLE.findall(text):
        if not known.get(name):
            what = f"{{{name}}} stands for nothing in the example {quote(example.title)}"
            fix = f"use one of: {', '.join(known)}"
            raise FormulationError("lesson-unknown-hole", what, fix=fix)
    return _HOLE.sub(lambda hole: known[hole[1]], text)


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def command_line(example: Example) -> str:
    """Return what to type for an example; nothing for a worksheet of its own."""
    if example.rows:
        return ""
    if example.calculator:
        which = calculator(example.calculator)
        values = {which.variable(name).option: value for name, value in example.values.items()}
        asked = {f"--{key.replace('_', '-')}": value for key, value in example.asked.items()}
        return _typed(f"formulate calc {which.name}", {**values, **asked})
    own = dict(example.values)
    words = [str(own.pop(key)) for key in ("mass", "substance", "dose") if key in own]
    own = {key: value for key, value in own.items() if not isinstance(value, Mapping)} | {
        key: value for table in own.values() if isinstance(table, Mapping)
        for key, value in table.items()
    }  # fmt: skip
    named = {"prepared": "--date"}
    options = {named.get(k, f"--{k.replace('_', '-')}"): value for k, value in own.items()}
    start = " ".join(["formulate", example.command, *map(_quoted, words)])
    return _typed(start, options)


def _typed(start: str, options: Mapping[str, Any]) -> str:
    parts = [start]
    for option, value in options.items():
        for one in value if isinstance(value, list) else [value]:
            parts.append(option if one is True else f"{option} {_quoted(str(one))}")
    return " ".join(parts)


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w.:/-]+", word) else f'"{word}"'


@dataclass(frozen=True, slots=True)
class Tried:
    """A question to try, or only where to look: a topic may have no family of that kind yet."""

    asked: Try
    question: Question | None


def tried(one: Try, course: Course = TEACHING, every: tuple[Family, ...] = FAMILIES) -> Tried:
    """Return the question that a lesson offers: of its family, else of the topic's families.

    A topic beside a family stands in for it where this program has no such family.
    """
    if one.family and (not one.topic or one.family in {other.name for other in every}):
        return Tried(one, pose(family(one.family), one.seed, one.level, one.kind, course))
    able = [
        other for other in every if other.topic == one.topic and poses(other, one.level, one.kind)
    ]
    if not able:
        return Tried(one, None)
    chosen = able[one.seed % len(able)]
    return Tried(one, pose(chosen, one.seed, one.level, one.kind, course))
