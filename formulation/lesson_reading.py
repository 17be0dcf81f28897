"""A lesson as it is written: prose, and examples that name a calculator and values, no result.

A Markdown file: a head in TOML between two lines of `+++`, then headings (`##`), paragraphs, lists
(`- ` or `1. `), and examples in TOML between ```` ```example ```` and ```` ``` ````. Nothing else
is markup. docs/method/lessons.md has the keys.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import BareNumber
from formulation.keys import check_keys, need, whole
from formulation.questions import KINDS, TOPICS, Row
from formulation.slips import SLIPS, SlipKind

FENCE, HEAD = "```", "+++"
_HEAD = {
    "title": (str, 'title = "Strengths"'), "topic": (str, 'topic = "strength"'),
    "minutes": (int, "minutes = 20"), "aims": (list, 'aims = ["..."]'),
    "slips": (list, 'slips = ["inverted"]'), "try": (list, "[[try]] for each"),
    "fact": (list, "[[fact]] for each"), "mistake": (list, "[[mistake]] for each"),
}  # fmt: skip
_TRY = {
    "topic": (str, 'topic = "dilution"'), "family": (str, 'family = "stock-to-take"'),
    "level": (int, "level = 2"), "kind": (str, 'kind = "calculate"'), "seed": (int, "seed = 1"),
}  # fmt: skip
_FACT = {"text": (str, 'text = "..."'), "source": (str, 'source = "a-source"')}
_EXAMPLE = {
    "title": (str, 'title = "..."'), "story": (str, 'story = "..."'), "after": (str, "..."),
    "calculator": (str, 'calculator = "dilute"'), "command": (str, 'command = "plan"'),
    "values": (dict, "[values]"), "find": (str, 'find = "stock_volume"'),
    "round": (str, 'round = "0.1 mL"'), "way": (str, 'way = "up"'), "as": (str, 'as = "mg/mL"'),
    "show": (list, 'show = ["open"]'), "short": (bool, "short = true"),
    "words": (dict, "[words]"), "rows": (list, "[[rows]] for each line"),
}  # fmt: skip
_ROW = {
    "name": (str, 'name = "drug"'), "words": (str, 'words = "drug in all"'),
    "formula": (str, 'formula = "dose * doses"'), "why": (str, 'why = "..."'),
    "unit": (str, 'unit = "mg"'),
}  # fmt: skip
_MISTAKE = {"words": (str, "..."), "done": (str, "..."), "habit": (str, "...")}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list, numbered or not."""

    rows: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: what to compute, and words around it that hold no result.

    `calculator` is one of `formulate calc`. `command` is one of plan, capsules, liquid, weigh, and
    `show` are the lines of its report that are wanted. Else `rows` are the lines of a worksheet,
    and `words` what its values are called. In `story` and `after`, names in braces stand for what
    is given and found.
    """

    title: str
    story: str
    after: str
    calculator: str
    command: str
    values: Mapping[str, Any]
    asked: Mapping[str, str] = field(default_factory=dict)
    show: tuple[str, ...] = ()
    short: bool = False
    rows: tuple[Row, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


Piece = Heading | Prose | Points | Example


@dataclass(frozen=True, slots=True)
class Try:
    """A question to try: of one family, else of whatever family a topic has; level, kind, seed."""

    topic: str
    family: str
    level: int
    kind: str
    seed: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: its place in the course, what it is for, and what stands in it."""

    number: int
    name: str
    title: str
    topic: str
    minutes: int
    aims: tuple[str, ...]
    pieces: tuple[Piece, ...]
    slips: tuple[str, ...]
    tries: tuple[Try, ...]
    facts: tuple[tuple[str, str], ...]
    mistakes: tuple[SlipKind, ...] = ()

    @property
    def examples(self) -> tuple[Example, ...]:
        """Return its worked examples."""
        return tuple(one for one in self.pieces if isinstance(one, Example))


def read_lesson(text: str, stem: str, where: str) -> Lesson:
    """Return a lesson from its text; its file is called 05-made-up-to.md, by place and name."""
    place, _, name = stem.partition("-")
    if not place.isdigit() or not name:
        raise _wrong("the file is not called by its place and its name", where)
    parts = text.split(f"{HEAD}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise _wrong(f"it does not begin with a head between two lines of {HEAD}", where)
    head = _toml(parts[1], f"{where}, head")
    check_keys(head, _HEAD, f"{where}, head")
    first = parts[0].count("\n") + parts[1].count("\n") + 3
    return Lesson(
        int(place), name, need(head, "title", 'title = "..."', where), _topic(head, where),
        whole(head, "minutes", 5, 120, where) if "minutes" in head else 20,
        _texts(head, "aims", where), tuple(_pieces(parts[2], where, first)),
        tuple(_known(one, SLIPS, ("slip", where)) for one in _texts(head, "slips", where)),
        tuple(_try(row, where) for row in head.get("try", ())),
        tuple(_fact(row, where) for row in head.get("fact", ())),
        tuple(_mistake(row, where) for row in head.get("mistake", ())),
    )  # fmt: skip


def _wrong(what: str, where: str) -> FormulationError:
    fix = "see data/lessons/ for whole lessons, and docs/method/lessons.md"
    return FormulationError("lesson-not-readable", what, where, fix)


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=BareNumber)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"it is not TOML: {quote(str(error), 120)}", where) from None


def _known(word: Any, known: Mapping[str, Any], told: tuple[str, str]) -> str:
    what, where = told
    if isinstance(word, str) and word in known:
        return word
    near = nearest(str(word), known)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(known)}"
    said = f"no {what} is called {quote(str(word))}"
    raise FormulationError("lesson-unknown-name", said, where, fix)


def _topic(table: Mapping[str, Any], where: str) -> str:
    return _known(need(table, "topic", 'topic = "dilution"', where), TOPICS, ("topic", where))


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    rows = table.get(key, [])
    if not all(isinstance(one, str) for one in rows):
        raise _wrong(f"{key} holds something that is no text", where)
    return tuple(rows)


def _try(row: Any, where: str) -> Try:
    at = f"{where}, try"
    check_keys(row, _TRY, at)
    topic = row.get("topic", "")
    if topic:
        _known(topic, TOPICS, ("topic", at))
    kind = _known(row.get("kind", "calculate"), KINDS, ("kind of question", at))
    level = whole(row, "level", 1, 4, at) if "level" in row else 1
    return Try(topic, row.get("family", ""), level, kind, row.get("seed", 1))


def _fact(row: Any, where: str) -> tuple[str, str]:
    at = f"{where}, fact"
    check_keys(row, _FACT, at)
    return need(row, "text", 'text = "..."', at), need(row, "source", 'source = "..."', at)


def _mistake(row: Any, where: str) -> SlipKind:
    at = f"{where}, mistake"
    check_keys(row, _MISTAKE, at)
    return SlipKind(*(need(row, key, f'{key} = "..."', at) for key in _MISTAKE))


def _row(row: Any, where: str) -> Row:
    check_keys(row, _ROW, where)
    name, words, formula, why = (
        need(row, key, f'{key} = "..."', where) for key in ("name", "words", "formula", "why")
    )
    return Row(name, words, formula, why, row.get("unit", ""))


def _pieces(text: str, where: str, first: int) -> list[Piece]:
    """Return the prose piece by piece; a fence of examples is read as TOML."""
    found: list[Piece] = []
    block: list[str] = []
    fence: list[str] | None = None
    for number, line in enumerate(text.split("\n"), first):
        if fence is not None:
            if line.strip() == FENCE:
                found.append(_example("\n".join(fence), f"{where}, example above line {number}"))
                fence = None
            else:
                fence.append(line)
        elif line.startswith(FENCE):
            if line.strip() != f"{FENCE}example":
                raise _wrong(f"line {number} opens a fence that is no example", where)
            found += _block(block)
            block, fence = [], []
        elif line.strip():
            block.append(line.rstrip())
        else:
            found += _block(block)
            block = []
    if fence is not None:
        raise _wrong("an example is not closed", where)
    return found + _block(block)


def _block(lines: list[str]) -> list[Piece]:
    """Return what stands between two empty lines: a heading, a list, or a paragraph."""
    if not lines:
        return []
    if lines[0].startswith("## "):
        return [Heading(lines[0][3:].strip()), *_block(lines[1:])]
    mark = next((m for m in (r"- ", r"\d+\. ") if re.match(m, lines[0])), "")
    if not mark:
        return [Prose(" ".join(line.strip() for line in lines))]
    rows: list[str] = []
    for line in lines:
        start = re.match(mark, line)
        if start:
            rows.append(line[start.end() :].strip())
        else:
            rows[-1] += f" {line.strip()}"
    return [Points(tuple(rows), mark != "- ")]


def _example(text: str, where: str) -> Example:
    table = _toml(text, where)
    check_keys(table, _EXAMPLE, where)
    if sum(key in table for key in ("calculator", "command", "rows")) != 1:
        raise _wrong("an example has a calculator, a command or rows, one of the three", where)
    asked: dict[str, str] = {
        key: table[key] for key in ("find", "round", "way", "as") if key in table
    }
    return Example(
        need(table, "title", 'title = "..."', where), table.get("story", ""),
        table.get("after", ""), table.get("calculator", ""), table.get("command", ""),
        need(table, "values", "a table [values]", where), asked, _texts(table, "show", where),
        table.get("short", False), tuple(_row(row, where) for row in table.get("rows", ())),
        table.get("words", {}),
    )  # fmt: skip
