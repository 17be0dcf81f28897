"""A paper as blocks: the student's without any answer, the teacher's with all of them."""

from __future__ import annotations

from fractions import Fraction

from formulation import blocks as b
from formulation.amounts import in_unit
from formulation.papers import Item, Paper, answer
from formulation.printing import show_exact, show_number
from formulation.questions import KINDS, LEVEL_WORDS, Question, Written
from formulation.slips import SLIPS, SlipKind
from formulation.syllabus import Marks

LETTERS = "ABCDEFGHIJKL"
INVENTED = "Every patient on this paper is invented."
WRITE = "Write each answer with its number and its unit, rounded as the question asks."
ANSWER = b.line(14)


def many(count: int, word: str) -> str:
    """Return a count with its word.

    >>> many(1, "point"), many(3, "point")
    ('1 point', '3 points')
    """
    return f"{count} {word}" + ("" if count == 1 else "s")


def sums(paper: Paper) -> str:
    """Return how many questions, points and minutes a paper has."""
    return (
        f"{many(len(paper.items), 'question')}, {many(paper.points, 'point')}, "
        f"about {many(paper.minutes, 'minute')}"
    )


def licence(paper: Paper) -> str:
    """Return the line about the licence that stands on every paper and every export."""
    return f"Problem text: {paper.licence}, free to share and adapt with attribution. {INVENTED}"


def title(paper: Paper) -> str:
    """Return the title with its form."""
    return f"{paper.title}, form {paper.form}"


def student_report(paper: Paper) -> b.Report:
    """Return the paper for a student: questions, room for the answer, nothing that tells it."""
    found: list[b.Block] = list(student_head(paper))
    for item in paper.items:
        found += asked(item)
    return b.Report((*found, b.Paragraph(licence(paper))))


def student_head(paper: Paper) -> tuple[b.Block, ...]:
    """Return the head of a student's paper."""
    own = (b.Paragraph(paper.instructions),) if paper.instructions else ()
    return (
        b.Heading(title(paper), 1),
        b.Facts((("name", b.line(20)), ("date", b.line(10)), ("paper", sums(paper)))),
        *own, b.Paragraph(WRITE),
    )  # fmt: skip


def asked(item: Item, space: int = 0) -> tuple[b.Block, ...]:
    """Return one question as a student reads it, with `space` lines to work on."""
    points = many(item.points, "point")
    head = b.Heading(f"Question {item.number} ({points})")
    return (head, *question_blocks(item.question, space))


def question_blocks(one: Question, space: int = 0) -> tuple[b.Block, ...]:
    """Return what a question says and where it is answered, with `space` lines to work on."""
    found = stem(one)
    if one.kind == "calculate":
        rows = [("working", "\n".join([b.line(58)] * space))] if space else []
        return (*found, b.Facts((*rows, ("answer", ANSWER))))
    if one.kind == "error":
        return (*found, b.Facts((("line", ANSWER), ("why", b.line(40)))))
    rows = [(letter, f"{b.BOX} {text}") for letter, text in choices(one)]
    return (*found, b.Facts(tuple(rows)))


def stem(one: Question) -> tuple[b.Block, ...]:
    """Return the story of a question, the worksheet that it shows, and what is asked."""
    shows = (shown(one.shown),) if one.shown else ()
    return (b.Paragraph(one.story), *shows, b.Paragraph(f"{one.asked} {one.rounding}".strip()))


def answer_blocks(one: Question) -> tuple[b.Block, ...]:
    """Return the key of a question with its worksheet."""
    key = b.Facts((("key", answer(one)), *_key(one)))
    return (key, *((worksheet(one.worksheet),) if one.worksheet else ()))


def choices(one: Question) -> tuple[tuple[str, str], ...]:
    """Return the choices of a question, lettered."""
    return tuple(zip(LETTERS, (option.text for option in one.options), strict=False))


def shown(page: tuple[Written, ...]) -> b.Table:
    """Return a worksheet as a question shows it: no reasons, which would give it away."""
    rows = tuple(
        (LETTERS[place], line.words, line.shown, line.text) for place, line in enumerate(page)
    )
    return b.Table(("line", "what", "working", "comes to"), rows)


def teacher_report(paper: Paper) -> b.Report:
    """Return the paper for a teacher: the key first, then each question with how it is marked."""
    rows = tuple((f"{number}", text) for number, text in paper.key)
    made = f"seed {paper.seed}, course {paper.course.name}"
    found: list[b.Block] = [
        b.Heading(f"{title(paper)}: answers", 1), b.Paragraph(f"{sums(paper)}; {made}"),
        b.Heading("Key"), b.Facts(rows),
    ]  # fmt: skip
    for item in paper.items:
        found += explained(item, paper.course.marks)
    return b.Report((*found, b.Paragraph(licence(paper))))


def explained(item: Item, marks: Marks) -> tuple[b.Block, ...]:
    """Return one question with its key, its worksheet, its marks and its likely mistakes."""
    one = item.question
    points = many(item.points, "point")
    minutes = many(one.minutes, "minute")
    level = f"level {one.level}: {LEVEL_WORDS[one.level]}"
    found: list[b.Block] = [
        b.Heading(f"Question {item.number} ({points})"),
        b.Facts((("question", f"{one.name}; {KINDS[one.kind]}; {minutes}; {level}"),)),
        *stem(one),
    ]  # fmt: skip
    found.append(b.Facts((("key", answer(one)), *_key(one), *_marks(item, marks))))
    if one.worksheet:
        found += [b.Heading("Worksheet", 3), worksheet(one.worksheet)]
    found += _wrong(one)
    rows = tuple((what, whence) for what, whence in one.facts)
    return (*found, *((b.Facts(rows),) if rows else ()))


def worksheet(page: tuple[Written, ...]) -> b.Facts:
    """Return the right worksheet, each line with its reason."""
    return b.Facts(
        tuple((line.words, f"{line.shown} = {line.text}; {line.why}") for line in page)
    )  # fmt: skip


def _key(one: Question) -> tuple[tuple[str, str], ...]:
    key = one.key
    if one.kind != "calculate" or key is None:
        return (("because", one.right.why),)
    rows = []
    if key.printed != key.exact:
        rows.append(("exactly", show_exact(key.exact)))
    if key.tolerance:
        low, high = key.exact.magnitude - key.tolerance, key.exact.magnitude + key.tolerance
        top = show_number(high) + in_unit(key.printed).text.lstrip("0123456789.,")
        more = ", and the key as it is rounded" if key.printed != key.exact else ""
        rows.append(("accepted", f"{show_number(low)} to {top}{more}"))
    return tuple(rows)


def _marks(item: Item, marks: Marks) -> tuple[tuple[str, str], ...]:
    """Return how the points are shared; one choice is all or nothing."""
    if item.question.kind != "calculate":
        return (("marks", f"{item.points} for the right choice"),)
    parts = (("number", marks.number), ("unit", marks.unit), ("rounding", marks.rounding))
    text = ", ".join(f"{name} {_points(share, item)}" for name, share in parts)
    working = _points(marks.number * marks.working, item)
    more = f"a wrong number with right lines of working: up to {working}"
    return (("marks", f"{text}; {more}"),)


def _points(share: Fraction, item: Item) -> str:
    return show_number(share * item.points)


def _wrong(one: Question) -> list[b.Block]:
    """Return the wrong answers with the mistake behind each and the habit that catches it."""
    if one.kind == "refuse":
        told = tuple((option.text, option.why) for option in one.options if not option.right)
        return [b.Heading("Why not the others", 3), b.Facts(told)]
    rows = [(wrong.text, wrong.slip) for wrong in one.wrong]
    if one.kind != "calculate":
        rows = [(option.text, option.slip) for option in one.options if not option.right]
    told = tuple((text, mistake(SLIPS[name])) for text, name in rows if name in SLIPS)
    return [b.Heading("Likely mistakes", 3), b.Facts(told)] if told else []


def mistake(slip: SlipKind) -> str:
    """Return a mistake in a sentence, with the habit that catches it."""
    end = "" if slip.habit.endswith("?") else "."
    return f"{slip.words}: {slip.done}. What catches it: {slip.habit}{end}"
