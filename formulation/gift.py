"""A paper as a GIFT text file: the plain format that Moodle and others import.

GIFT knows no units: the stem says in which unit the number is wanted. `~ = # { } : \\` are escaped
in all text, and a line's end is written as \\n.
"""

from __future__ import annotations

from formulation.errors import safe
from formulation.export import (
    GRADES,
    category,
    explained,
    licence,
    lines,
    number,
    tags,
    taken,
    title,
    told,
    units,
)
from formulation.papers import Item, Paper
from formulation.questions import Question

# An equals sign in a feedback has to be escaped, and not every reader of GIFT undoes it there.
ARROW = " \N{RIGHTWARDS ARROW} "
_SPECIAL = "\\~=#{}:"


def gift(paper: Paper) -> str:
    """Return a paper as GIFT; the same paper always gives the same file."""
    found = [f"// {_comment(title(paper))}", f"// {_comment(licence(paper))}", ""]
    last = ""
    for item in paper.items:
        where = category(paper, item)
        if where != last:
            found += [f"$CATEGORY: {_comment(where)}", ""]
            last = where
        found += [_question(paper, item), ""]
    return "\n".join(found)


def escaped(text: str) -> str:
    r"""Return text in which nothing is read as GIFT.

    >>> escaped("1:4,000 {a} = b\nc")
    '1\\:4,000 \\{a\\} \\= b\\nc'
    """
    kept = "".join(f"\\{c}" if c in _SPECIAL else c for c in safe(text))
    return kept.replace("\n", "\\n")


def _said(text: str) -> str:
    """Return a feedback, in which an arrow stands for an equals sign."""
    return escaped(text.replace(" = ", ARROW))


def _comment(text: str) -> str:
    return safe(text).replace("\n", " ")


def _question(paper: Paper, item: Item) -> str:
    one = item.question
    named = " ".join(f"[tag:{tag}]" for tag in tags(one))
    body = _numerical(paper, one) if one.kind == "calculate" else _choices(one)
    after = escaped("\n".join(explained(paper, item, ARROW)))
    return "\n".join([
        f"// [id:{one.name}] {_comment(named)}",
        f"::{escaped(one.name)}::[plain]{_stem(paper, one)}{{{body}", f"####{after}", "}",
    ])  # fmt: skip


def _stem(paper: Paper, one: Question) -> str:
    parts = [one.story, *lines(one.shown, letters=True), f"{one.asked} {one.rounding}".strip()]
    if one.kind == "calculate" and one.key is not None:
        every = units(one.key, paper.course.units)
        parts.append(
            f"Give the number alone, in {every[0].name}." if every else "Give the number alone."
        )
    return escaped("\n".join(parts))


def _numerical(paper: Paper, one: Question) -> str:
    rows = ["#"]
    for answer in taken(one, paper.course.marks):
        weight = "" if answer.grade == GRADES[0] else f"%{answer.grade}%"
        value = f"{number(answer.value)}:{number(answer.tolerance)}"
        rows.append(f"={weight}{value}#{_said(answer.feedback)}")
    return "\n".join(rows)


def _choices(one: Question) -> str:
    right = one.right.text
    return "\n".join([
        "", *(f"{'=' if text == right else '~'}{escaped(text)}#{_said(said)}"
              for text, said in told(one)),
    ])  # fmt: skip
