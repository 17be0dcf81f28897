"""What docs/method/learn.md shows of marking: a table and two quizzes of the program."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import sys
from fractions import Fraction

from formulation.families import family
from formulation.marking import mark
from formulation.posing import pose
from formulation.printing import decimal, show_number
from formulation.questions import Question
from formulation.slips import SLIPS
from formulation.syllabus import TEACHING

ASKED = "--family stock-to-take --kind calculate --level 2 --seed 3 --no-score --count"


def question(level: int = 2) -> Question:
    """Return the question that the page is about."""
    return pose(family("stock-to-take"), 3, level, "calculate")


def typed() -> list[tuple[str, str]]:
    """Return what is typed, and why it earns what it earns."""
    found = question()
    value = found.key.printed.number("mL")
    number = decimal(value)
    near = value * (1 + TEACHING.marks.tolerance / 2)
    rows = [
        (f"{number} mL", ""), (f"{number} ml", "with a note: write mL"),
        (f"{decimal(value / 1000)} L", "the same amount"), (number, "no unit"),
        (f"{number} g", "mL is asked for"), (f"{number} cc", "not how it is written"),
        (f"{decimal(near)} mL", "within the tolerance, not as asked"),
        (f"{number} L", "a thousand times too much"),
        (f"{decimal(value * 10)} mL", "tenfold slip"),
    ]  # fmt: skip
    rows += [(one.text, SLIPS[one.slip].words) for one in found.wrong if one.slip != "tenfold"][:3]
    return [*rows, (found.worksheet[-2].text, "the line before the answer")]


def table() -> str:
    """Return the table of marks."""
    found = question()
    lines = ["| typed | number | unit | rounding | why |", "|---|---|---|---|---|"]
    for text, why in typed():
        cells = [show_number(part.points) for part in mark(found, text, TEACHING).parts]
        lines.append(f"| `{text}` | {' | '.join(cells)} | {why} |")
    return "\n".join(lines)


def carried() -> tuple[str, ...]:
    """Return the lines of a student who made a slip before the last line, and went on from it."""
    found = question()
    last = found.worksheet[-1].name
    wrong = next(one for one in found.wrong if one.row != last)
    return (*(f"= {line.text}" for line in wrong.worksheet[:-1]), wrong.text)


def quiz(count: int, *lines: str) -> str:
    """Return a quiz with its command, what was typed, and everything that it prints."""
    from formulation_cli.commands import run

    arguments = ["learn", "quiz", *shlex.split(ASKED), str(count)]
    out, kept, columns = io.StringIO(), sys.stdin, os.environ.get("COLUMNS")
    sys.stdin = io.StringIO("".join(f"{line}\n" for line in lines))
    os.environ["COLUMNS"] = "80"
    try:
        with contextlib.redirect_stdout(out):
            run(arguments)
    finally:
        sys.stdin = kept
        os.environ.pop("COLUMNS")
        if columns is not None:
            os.environ["COLUMNS"] = columns
    given = " ".join(shlex.quote(line) for line in lines)
    command = f"printf '%s\\n' {given} | formulate {shlex.join(arguments)}"
    return f"```\n$ {command}\n{out.getvalue().strip()}\n```"


def parts() -> dict[str, str]:
    """Return each generated part of the page by its name."""
    found = question()
    right = found.key.text.replace("mL", "ml")
    other = decimal(found.key.printed.number("mL") * Fraction(17, 10))
    story = f"*{found.story} {found.asked} {found.rounding}* The key is {found.key.text}."
    return {
        "marks": f"{story}\n\n{table()}", "working": quiz(1, *carried()),
        "quiz": quiz(2, right, f"{other} mL"),
    }  # fmt: skip
