"""What a student reads after an answer, and at the end of a quiz."""

from __future__ import annotations

from fractions import Fraction

from formulation.blocks import Block, Facts, Heading, Paragraph, Report, Table
from formulation.likely import Likely
from formulation.marked import Marked, Part
from formulation.printing import show_number, show_share
from formulation.question_report import key_blocks, worked_blocks
from formulation.questions import Question
from formulation.reworking import LineMark
from formulation.scores import Row, Tally
from formulation.slips import SLIPS
from formulation.workings import notices

_VERDICTS = {
    "right": "right", "follows": "right from your line", "wrong": "not right",
    "not found": "no line of it", "not read": "not read",
}  # fmt: skip


def points(value: Fraction) -> str:
    """Return points as they are told.

    >>> points(Fraction(4, 5)), points(Fraction(1))
    ('0.8', '1')
    """
    return show_number(value)


def marked_report(question: Question, marked: Marked, explain: bool = False) -> Report:
    """Return what an answer was worth, what probably went wrong, and the worked answer."""
    blocks: list[Block] = [Heading(_headline(marked), 3)]
    rows = [(part.name, _part(part)) for part in marked.parts if part.name != "choice"]
    if rows and marked.read:
        blocks.append(Facts(tuple(rows)))
    blocks += [Paragraph(f"Note: {note}.") for note in marked.notes]
    if marked.lines:
        blocks += [Heading("Your working", 3), Facts(tuple(_line(one) for one in marked.lines))]
    if marked.points != 1 and marked.read and marked.typed.strip():
        blocks += _likely(marked.likely, marked)
    if explain:
        return Report((*blocks, *key_blocks(question, 0)[1:]))
    return Report((*blocks, Heading("Worked", 3), *worked_blocks(question)))


def _headline(marked: Marked) -> str:
    if not marked.read:
        return f"Not read, {points(marked.points)} of 1 point. The answer is {marked.key}"
    if marked.points == 1:
        return "Right: 1 point"
    if not marked.typed.strip():
        return f"No answer: {points(marked.points)} of 1 point. The answer is {marked.key}"
    number = next((part for part in marked.parts if part.name == "number"), None)
    word = "Nearly right" if number is not None and number.points else "Not right"
    return f"{word}: {points(marked.points)} of 1 point. The answer is {marked.key}"


def _part(part: Part) -> str:
    if not part.most:
        return part.note
    text = f"{points(part.points)} of {points(part.most)}"
    return f"{text}: {part.note}" if part.note and part.points != part.most else text


def _line(one: LineMark) -> tuple[str, str]:
    told = _VERDICTS[one.verdict]
    told += f": {one.words}" if one.words else ""
    return one.typed, f"{told}; {one.note}" if one.note else told


def _likely(found: Likely | None, marked: Marked) -> list[Block]:
    if found is None:
        wrong = any(part.name in ("number", "choice") and not part.points for part in marked.parts)
        told = "No known slip leads to this answer: go through the lines below one by one."
        return [Paragraph(told)] if wrong and not marked.notes else []
    head = Heading("What probably happened", 3)
    rows = [("slip", f"{found.words}: {found.done}")]
    if found.where:
        rows.append(("where", found.where))
    if found.habit:
        rows.append(("next time", found.habit))
    return [head, Facts(tuple(rows))]


def summary_report(tally: Tally, title: str, asked: int = 0, took: str = "") -> Report:
    """Return the end of a quiz, or of all quizzes kept: points, topics, slips, what to practise."""
    whole = tally.whole
    said = list(notices(tally.findings))
    if not whole.answered:
        return Report((Heading(title, 1), *said, Paragraph("No question was answered yet.")))
    of = f" of {asked}" if asked > whole.answered else ""
    rows = [("answered", f"{whole.answered}{of}"), ("points", _share(whole))]
    if took:
        rows.append(("time", took))
    blocks: list[Block] = [Heading(title, 1), *said, Facts(tuple(rows))]
    blocks += [Heading("By topic"), Table(("topic", "answered", "points"), tuple(
        (row.words, str(row.answered), _share(row)) for row in tally.topics
    ))]  # fmt: skip
    if tally.slips:
        blocks += [Heading("Likely slips"), Table(("slip", "times", "what was done"), tuple(
            (SLIPS[name].words, str(count), SLIPS[name].done) for name, count in tally.slips
        ))]  # fmt: skip
    if tally.practise:
        blocks += [Heading("Next"), Facts(tally.practise)]
    return Report(tuple(blocks))


def _share(row: Row) -> str:
    return f"{points(row.points)} of {row.answered}, {show_share(row.share)}"


def took(seconds: int, planned: int) -> str:
    """Return how long a quiz took beside what its questions are meant to take.

    >>> took(150, 5)
    '2.5 minutes; the questions answered are meant to take 5'
    """
    spent = show_number(Fraction(round(Fraction(seconds, 6)), 10))
    word = "minute" if spent == "1" else "minutes"
    return f"{spent} {word}; the questions answered are meant to take {planned}"
