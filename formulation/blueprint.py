"""A blueprint: how many questions of which topic or family, level and kind, and their points.

A TOML file with a table `[[part]]` for each row of the plan; docs/method/papers.md has the keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formulation import catalog
from formulation.errors import FormulationError, nearest, quote
from formulation.families import FAMILIES, family
from formulation.family import Family
from formulation.keys import check_keys, count, need
from formulation.posing import pose
from formulation.questions import KINDS, TOPICS

FOLDER = "blueprints"
MOST = 60
_KEYS = {
    "title": (str, 'title = "Dilution, a short test"'), "part": (list, "[[part]] for each row"),
    "instructions": (str, 'instructions = "No calculator."'), "minutes": (int, "minutes = 40"),
    "points": (int, "points = 20"), "mixed": (bool, "mixed = true"),
}  # fmt: skip
_PART = {
    "topic": (str, 'topic = "dilution"'), "family": (str, 'family = "stock-to-take"'),
    "level": (int, "level = 2"), "kind": (str, 'kind = "calculate"'),
    "questions": (int, "questions = 3"), "points": (int, "points = 4"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One row of a blueprint: `count` questions of a level and a kind, each worth `points`.

    They come from `families`, one after the other: one named family, or all of a topic that have
    questions of that kind.
    """

    topic: str
    families: tuple[Family, ...]
    level: int
    kind: str
    count: int
    points: int

    @property
    def words(self) -> str:
        """Return the row in a few words."""
        names = self.families[0].name if len(self.families) == 1 else f"topic {self.topic}"
        return f"{self.count} of {names}, level {self.level}, {KINDS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The plan of a paper; `minutes` and `points` are what it may last and has to add up to.

    0 leaves either open. With `mixed` each form has its own order.
    """

    title: str
    parts: tuple[Part, ...]
    instructions: str = ""
    minutes: int = 0
    points: int = 0
    mixed: bool = False


def find_blueprint(named: str) -> Blueprint:
    """Return a blueprint by the name of a shipped one (or one of your own), or from a file.

    >>> find_blueprint("dilution").title
    'Dilution, a short test'
    """
    if "/" in named or "\\" in named or named.endswith(".toml"):
        path = Path(named)
    else:
        found = catalog.find(FOLDER, named)
        if found is None:
            names = catalog.keys(FOLDER)
            near = nearest(named, names)
            what = f"no blueprint is called {quote(named)}"
            fix = f"did you mean {near}?" if near else f"use a file, or one of: {', '.join(names)}"
            raise FormulationError("paper-no-such-blueprint", what, "formulate learn paper", fix)
        path = found
    table, _ = catalog.read_toml(path, "the blueprint")
    return read_blueprint(table, quote(str(path), 200))


def read_blueprint(table: Mapping[str, Any], where: str, every: tuple[Family, ...] = FAMILIES) -> (
    Blueprint
):  # fmt: skip
    """Return a blueprint from its table; refuse what is not known, and what cannot be had."""
    check_keys(table, _KEYS, where)
    title = need(table, "title", 'title = "Dilution, a short test"', where)
    rows = need(table, "part", "a table [[part]] for each row", where)
    parts = []
    for place, row in enumerate(rows, 1):
        at = f"{where}, part {place}"
        if not isinstance(row, Mapping):
            fix = "write each row under [[part]]"
            raise FormulationError("file-wrong-type", "part is of the wrong type", at, fix)
        parts.append(_part(row, at, every))
    asked = sum(one.count for one in parts)
    if not 1 <= asked <= MOST:
        what = f"the blueprint asks for {asked} questions"
        fix = f"a paper has 1 to {MOST} questions"
        raise FormulationError("paper-too-many", what, where, fix)
    return Blueprint(
        title, tuple(parts), table.get("instructions", ""),
        count(table, "minutes", 0, (1, 600), where), count(table, "points", 0, (1, 1000), where),
        table.get("mixed", False),
    )  # fmt: skip


def _part(row: Mapping[str, Any], at: str, every: tuple[Family, ...]) -> Part:
    check_keys(row, _PART, at)
    if ("topic" in row) == ("family" in row):
        what = "a part names a topic or a family, one of the two"
        raise FormulationError("paper-topic-or-family", what, at, 'write topic = "dilution"')
    kind = row.get("kind", "calculate")
    _known(kind, KINDS, ("kind of question", at))
    level = count(row, "level", 1, (1, 4), at)
    if "family" in row:
        found: tuple[Family, ...] = (_family(row["family"], every, at),)
        topic = found[0].topic
    else:
        topic = row["topic"]
        _known(topic, TOPICS, ("topic", at))
        found = tuple(one for one in every if one.topic == topic)
    able = tuple(one for one in found if poses(one, level, kind))
    if not able:
        who = row.get("family") or f"the topic {topic}"
        raise _not_had(f"{who} at level {level}", (level, kind), at, every)
    return Part(topic, able, level, kind, count(row, "questions", 1, (1, MOST), at),
                count(row, "points", 1, (1, 100), at))  # fmt: skip


def _family(name: str, every: tuple[Family, ...], at: str) -> Family:
    for one in every:
        if one.name == name:
            return one
    try:
        return family(name)
    except FormulationError as error:
        raise error.at(at) from None


def _known(word: str, known: Mapping[str, str], told: tuple[str, str]) -> None:
    if word in known:
        return
    what, at = told
    near = nearest(word, known)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(known)}"
    raise FormulationError("paper-no-such-word", f"no {what} is called {quote(word)}", at, fix)


def poses(one: Family, level: int, kind: str) -> bool:
    """Say whether a family has questions of a kind at a level."""
    try:
        pose(one, 0, level, kind)
    except FormulationError as error:
        return error.code != "learn-no-such-question"
    return True


def _not_had(
    who: str, asked: tuple[int, str], at: str, every: tuple[Family, ...]
) -> FormulationError:
    """Return the refusal of a kind that a topic or a family has no questions of."""
    others = ", ".join(dict.fromkeys(one.topic for one in every if poses(one, *asked)))
    fix = f"topics that have it: {others}" if others else "ask for another kind or level"
    what = f"{who} has no question of the kind {asked[1]}"
    return FormulationError("paper-not-had", what, at, fix)
