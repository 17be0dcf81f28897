"""GIFT read as Moodle reads it: blocks between empty lines, escapes put aside first, then split.

Written from the format's rules and its published examples; knows nothing of the writer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPED = {"\\\\": 1, "\\~": 2, "\\=": 3, "\\#": 4, "\\{": 5, "\\}": 6, "\\:": 7, "\\n": 8}
_BACK = {chr(0xE000 + n): ("\n" if two == "\\n" else two[1]) for two, n in _ESCAPED.items()}
WEIGHT = re.compile(r"^%(-?\d{1,2}(?:\.\d+)?)%")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Answer:
    weight: float
    text: str
    feedback: str
    value: float = 0.0
    tolerance: float = 0.0


@dataclass
class Question:
    name: str
    form: str
    stem: str
    kind: str
    feedback: str
    category: str
    id: str
    tags: list[str]
    answers: list[Answer] = field(default_factory=list)


def _aside(text: str) -> str:
    """Put every escaped character aside, from left to right, so that splitting cannot see it."""
    return re.sub(r"\\[\\~=#{}:n]", lambda found: chr(0xE000 + _ESCAPED[found[0]]), text)


def _back(text: str) -> str:
    return "".join(_BACK.get(c, c) for c in text).strip()


def _blocks(text: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            found[-1].append(line)
        else:
            found.append([])
    return [block for block in found if block]


def read(text: str) -> list[Question]:
    category, found = "", []
    for block in _blocks(text):
        notes = [line for line in block if line.strip().startswith("//")]
        lines = [line for line in block if not line.strip().startswith("//")]
        if lines and lines[0].startswith("$CATEGORY:"):
            category = lines.pop(0).removeprefix("$CATEGORY:").strip()
        if lines:
            found.append(_question("\n".join(lines), "\n".join(notes), category))
    return found


def _question(text: str, notes: str, category: str) -> Question:
    text = _aside(text)
    assert text.count("{") == text.count("}") == 1, text
    name = re.match(r"::(.+?)::", text)
    assert name
    head, _, rest = text[name.end() :].partition("{")
    body, _, after = rest.partition("}")
    assert not after.strip()
    form = re.match(r"\[(html|moodle|plain|markdown)\]", head)
    assert form
    body, _, general = body.partition("####")
    numerical = body.strip().startswith("#")
    one = Question(
        _back(name[1]), form[1], _back(head[form.end() :]), "numerical" if numerical else "choice",
        _back(general), category, "".join(re.findall(r"\[id:([^\]]*)\]", notes)),
        re.findall(r"\[tag:([^\]]*)\]", notes),
    )  # fmt: skip
    parts = (
        [f"={part}" for part in body.strip()[1:].split("=")[1:]] if numerical
        else re.findall(r"[=~][^=~]*", body)
    )  # fmt: skip
    for part in parts:
        one.answers.append(_answer(part, numerical))
    return one


def _answer(part: str, numerical: bool) -> Answer:
    right, said = part[0] == "=", part[1:].strip()
    weight = WEIGHT.match(said)
    if weight:
        said = said[weight.end() :]
    text, _, feedback = said.partition("#")
    share = float(weight[1]) / 100 if weight else float(right)
    one = Answer(share, _back(text), _back(feedback))
    if numerical:
        value, _, tolerance = one.text.partition(":")
        assert NUMBER.fullmatch(value), value
        assert NUMBER.fullmatch(tolerance or "0"), tolerance
        one.value, one.tolerance = float(value), float(tolerance or 0)
    return one
