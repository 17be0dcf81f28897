"""The score file: one line an answered question, in the user's own folder, never rewritten.

Each line is a JSON object. A line that was torn off is skipped with a caution; the rest stands. No
name of a person is in it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from formulation.catalog import home
from formulation.errors import FormulationError, quote
from formulation.marked import Marked
from formulation.questions import TOPICS, Question
from formulation.slips import SLIPS
from formulation.trace import Finding, Worked

FILE = "scores.jsonl"
LONGEST = 200
ENOUGH = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Score:
    """One answered question: its name, topic and course, what was typed, points, slip, day."""

    question: str
    topic: str
    course: str
    typed: str
    points: Fraction
    slip: str
    day: date


@dataclass(frozen=True, slots=True)
class Row:
    """So many questions and the points they earned: of a topic, or in all."""

    name: str
    words: str
    answered: int
    points: Fraction

    @property
    def share(self) -> Fraction:
        """Return the points as a share of what could be earned."""
        return self.points / self.answered if self.answered else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Worked):
    """A summary: all, by topic, the slips with how often, and what to practise next.

    `practise` are pairs of what and why: a topic, or the habit against a slip.
    """

    whole: Row
    topics: tuple[Row, ...]
    slips: tuple[tuple[str, int], ...]
    practise: tuple[tuple[str, str], ...]


def place() -> Path:
    """Return where the scores are kept: in the folder of the user's own records."""
    return home() / FILE


def score_of(question: Question, marked: Marked, day: date) -> Score:
    """Return the score of one marked answer."""
    return Score(question.name, question.topic, question.course, marked.typed[:LONGEST],
                 marked.points, marked.slip, day)  # fmt: skip


def append(score: Score, path: Path) -> None:
    """Add one line to the file, whole; after a torn line a new one is begun.

    Raises `FormulationError` where the file cannot be written.
    """
    line = json.dumps({
        "question": score.question, "topic": score.topic, "course": score.course,
        "typed": score.typed, "points": str(score.points), "slip": score.slip,
        "day": score.day.isoformat(),
    })  # fmt: skip
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            start = "" if _whole(path) else "\n"
            file.write(f"{start}{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = quote(error.strerror or str(error), 120)
        what = f"the score cannot be kept: {reason}"
        fix = "see that the folder can be written, or add --no-score"
        raise FormulationError("scores-not-written", what, quote(str(path), 200), fix) from None


def _whole(path: Path) -> bool:
    """Say whether the file ends with a line's end, or is empty."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def read(path: Path) -> tuple[tuple[Score, ...], tuple[Finding, ...]]:
    """Return every score of the file; none where there is no file; a caution for lines skipped."""
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        what = f"the scores cannot be read: {quote(error.strerror or str(error), 120)}"
        fix = "see who may read the file; the quiz works without it"
        raise FormulationError("scores-not-read", what, quote(str(path), 200), fix) from None
    found, torn = [], []
    for number, line in enumerate(lines, 1):
        score = _score(line) if line.strip() else None
        if score is not None:
            found.append(score)
        elif line.strip():
            torn.append(number)
    return tuple(found), _torn(torn, path)


def _torn(torn: list[int], path: Path) -> tuple[Finding, ...]:
    if not torn:
        return ()
    shown = ", ".join(map(str, torn[:5])) + (", ..." if len(torn) > 5 else "")
    count = f"{len(torn)} line{'s' if len(torn) > 1 else ''}"
    what = (
        f"{count} of the score file cannot be read and {'are' if len(torn) > 1 else 'is'} left out"
    )
    fix = f"line {shown} of {quote(str(path), 200)}: the rest counts; nothing was changed"
    return (Finding("scores-line-torn", "caution", what, fix),)


def _score(line: bytes) -> Score | None:
    """Return one line as a score, None where it is torn or is none."""
    try:
        table = json.loads(line)
        points = Fraction(_text(table, "points"))
        if not 0 <= points <= 1:
            return None
        return Score(
            _text(table, "question"), _text(table, "topic"), _text(table, "course"),
            _text(table, "typed"), points, _text(table, "slip"),
            date.fromisoformat(_text(table, "day")),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, ZeroDivisionError, RecursionError):
        return None


def _text(table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def tally(scores: Iterable[Score], findings: tuple[Finding, ...] = ()) -> Tally:
    """Return the summary of some scores.

    >>> day = date(2026, 11, 23)
    >>> tally([Score("a-1-calculate-1", "dilution", "A", "8 mL", Fraction(1), "", day),
    ...        Score("a-1-calculate-2", "dilution", "A", "80 mL", Fraction(1, 5), "tenfold", day)]
    ...       ).whole.share
    Fraction(3, 5)
    """
    every = list(scores)
    topics = [_row(name, words, [one for one in every if one.topic == name])
              for name, words in TOPICS.items()]  # fmt: skip
    seen = tuple(row for row in topics if row.answered)
    counted = Counter(one.slip for one in every if one.slip in SLIPS)
    slips = tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
    return Tally(
        whole=_row("", "all", every), topics=seen, slips=slips,
        practise=_practise(seen, slips), findings=findings,
    )  # fmt: skip


def _row(name: str, words: str, scores: list[Score]) -> Row:
    return Row(name, words, len(scores), sum((one.points for one in scores), Fraction(0)))


def _practise(
    topics: tuple[Row, ...], slips: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, str], ...]:
    """Return the weakest topic below four fifths, and the habit against the commonest slip."""
    found = []
    weak = min(topics, key=lambda row: row.share, default=None)
    if weak is not None and weak.share < ENOUGH:
        found.append((weak.words, f"formulate learn quiz --topic {weak.name} --count 5"))
    if slips:
        kind = SLIPS[slips[0][0]]
        found.append((f"against: {kind.words}", kind.habit))
    return tuple(found)
