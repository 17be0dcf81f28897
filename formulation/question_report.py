"""A question as it is printed for students, and its key with the explanation for teachers."""

from __future__ import annotations

from formulation.blocks import Block, Facts, Heading, Paragraph, Report
from formulation.choosing import LETTERS, choice_text
from formulation.cited import TYPED, Unknown
from formulation.printing import show_error, show_exact, show_share
from formulation.questions import LEVEL_WORDS, LICENCE, TOPICS, Key, Question, Written
from formulation.slips import SLIPS
from formulation.solved import Solved
from formulation.syllabus import Course
from formulation.units import Quantity

INVENTED = "Every patient and prescription here is invented."


def question_blocks(question: Question, number: int) -> list[Block]:
    """Return a question as a student gets it: the story, what is asked, the rounding, the choices.

    It holds neither the key nor the wrong answers of a question that is to be calculated.
    """
    blocks: list[Block] = [
        Heading(f"{number}. {question.title}"),
        Paragraph(question.story),
        *_shown(question.shown),
        Paragraph(" ".join(part for part in (question.asked, question.rounding) if part)),
    ]
    if question.kind not in ("calculate", "error"):
        rows = tuple((LETTERS[place], one.text) for place, one in enumerate(question.options))
        blocks.append(Facts(rows))
    blocks.append(Paragraph(f"({_about(question)})"))
    return blocks


def _about(question: Question) -> str:
    words = LEVEL_WORDS[question.level].partition(",")[0]
    return (f"{TOPICS[question.topic]}; level {question.level}, {words}; "
            f"{minutes(question.minutes)}; {question.name}")  # fmt: skip


def minutes(number: int) -> str:
    """Return minutes in words.

    >>> minutes(1), minutes(5)
    ('about 1 minute', 'about 5 minutes')
    """
    return f"about {number} minute{'' if number == 1 else 's'}"


def _shown(page: tuple[Written, ...]) -> list[Block]:
    """Return a worksheet with a letter for each line."""
    rows = tuple(
        (f"Line {LETTERS[place]}", f"{line.words} = {line.shown} = {line.text}")
        for place, line in enumerate(page)
    )
    return [Facts(rows)] if rows else []


def key_text(question: Question) -> str:
    """Return the right answer as it is to be written.

    >>> from formulation.families import family
    >>> from formulation.posing import pose
    >>> one = pose(family("stock-to-take"), 3)
    >>> key_text(one) == one.key.text
    True
    """
    if question.kind == "calculate" and question.key is not None:
        return question.key.text
    return choice_text(question.options, question.right)


def worked_blocks(question: Question) -> list[Block]:
    """Return the worked answer in a few lines: the worksheet, and the rounding decision."""
    blocks: list[Block] = []
    if question.worksheet:
        rows = tuple((line.words, f"{line.shown} = {line.text}") for line in question.worksheet)
        blocks.append(Facts(rows))
    if question.kind == "calculate" and question.key is not None:
        blocks.append(Paragraph(rounding_text(question.key)))
    else:
        blocks.append(Paragraph(why_text(question)))
    return blocks


def rounding_text(key: Key) -> str:
    """Return the rounding decision: what was asked, the exact answer, the error it brings."""
    if not key.error:
        return f"Answer: {key.text}, exact; nothing is lost by rounding."
    rule = key.rule.rstrip(".")
    return (f"Answer: {key.text}. {rule}: exactly {exactly(key)}, "
            f"off by {show_error(key.error)}.")  # fmt: skip


def exactly(key: Key) -> str:
    """Return the answer before rounding, as a fraction where its decimal does not end."""
    if key.exact.unit.startswith("USD"):
        return f"{key.exact.magnitude} dollars"
    return show_exact(key.exact)


def key_blocks(question: Question, number: int) -> list[Block]:
    """Return the key of a question with everything that a teacher tells of it."""
    head = Heading(f"{number}. {key_text(question)} ({question.title})")
    blocks: list[Block] = [head, *_bound(question.solved)]
    blocks += _working(question.worksheet)
    if question.kind == "calculate" and question.key is not None:
        blocks += [Heading("Rounding", 3), Paragraph(rounding_text(question.key))]
    else:
        blocks += [Heading("Why", 3), Paragraph(why_text(question))]
    return [*blocks, *_back(question.solved), *_wrong(question), *_facts(question)]


def _bound(solved: Solved | None) -> list[Block]:
    if solved is None or isinstance(solved.bound, Unknown):
        return []
    words = {one.name: one.words for one in solved.given}
    rows = [(words.get(name, name), text) for name, text in solved.bound.rough]
    rows.append(("so it lies", solved.bound.text))
    return [Heading("Before working it out", 3), Facts(tuple(rows))]


def _working(page: tuple[Written, ...]) -> list[Block]:
    if not page:
        return []
    blocks: list[Block] = [Heading("Working, line by line", 3)]
    for place, line in enumerate(page):
        blocks.append(Paragraph(f"{LETTERS[place]} {line.words} = {line.formula}"))
        rows = [("numbers", line.shown), ("comes to", line.text)]
        if show_exact(line.result) != line.text and not line.text.endswith("%"):
            rows[-1] = ("comes to", f"{line.text}, exactly {_fraction(line.result)}")
        blocks.append(Facts((*rows, ("why", line.why))))
    return blocks


def _fraction(value: Quantity) -> str:
    return show_exact(value) if not value.unit.startswith("USD") else f"{value.magnitude} dollars"


def _back(solved: Solved | None) -> list[Block]:
    if solved is None or not solved.check:
        return []
    one = solved.check[0]
    verdict = "the same: it stands" if one.holds else f"NOT {one.expected_text}: do not use it"
    return [Heading("Put the answer back", 3), Facts((
        (f"{one.words} again", one.way), ("comes to", f"{one.found_text}; {verdict}"),
    ))]  # fmt: skip


def _wrong(question: Question) -> list[Block]:
    """Return what each wrong answer means, and the habit that catches it."""
    if question.kind == "calculate":
        told = [(one.text, f"{one.words}: {SLIPS[one.slip].done}", one.slip)
                for one in question.wrong]  # fmt: skip
    else:
        told = [(choice_text(question.options, one), one.why, one.slip)
                for one in question.options if not one.right]  # fmt: skip
    rows = tuple(
        (answer, f"{what}. Next time: {SLIPS[slip].habit}" if slip in SLIPS else what)
        for answer, what, slip in told
    )
    return [Heading("What a wrong answer means", 3), Facts(rows)] if rows else []


def _facts(question: Question) -> list[Block]:
    """Return where numbers and rules come from that are not of the story."""
    given = [(f"{one.words} {one.text}", one.source) for one in question.given
             if one.source not in ("", TYPED)]  # fmt: skip
    own = [(what, whence) for what, whence in (question.solved.facts if question.solved else ())
           if whence != "as given" and what != "the other lines"]  # fmt: skip
    told = tuple(dict.fromkeys((*given, *question.facts, *own)))
    return [Heading("Where it comes from", 3), Facts(told)] if told else []


def why_text(question: Question) -> str:
    """Return the right choice and why it is right."""
    one = question.right
    head = choice_text(question.options, one).rstrip(".")
    return f"{head}. {one.why[:1].upper()}{one.why[1:].rstrip('.')}." if one.why else f"{head}."


def sheet_report(
    questions: tuple[Question, ...], course: Course, again: str, keys: str = ""
) -> Report:
    """Return a sheet of questions; `keys` is "answers" or "explain" for the key after them.

    `again` is the command that makes the same sheet once more.
    """
    total = sum(one.minutes for one in questions)
    count = f"{len(questions)} question{'' if len(questions) == 1 else 's'}"
    blocks: list[Block] = [
        Heading(f"Practice: {count}, {minutes(total)}", 1),
        Paragraph(f"Course: {course.name}. {INVENTED}"),
    ]
    for number, one in enumerate(questions, 1):
        blocks += question_blocks(one, number)
    if keys:
        rows = tuple((f"{number}.", key_text(one)) for number, one in enumerate(questions, 1))
        blocks += [Heading("Answers"), Facts(rows)]
    for number, one in enumerate(questions if keys == "explain" else (), 1):
        blocks += key_blocks(one, number)
    more = "" if keys else "; add --answers for the key, --explain for the working"
    blocks += [Heading("This sheet"), Facts((
        ("once more", again),
        ("text", f"{LICENCE}; the program works out every number{more}"),
    ))]  # fmt: skip
    return Report(tuple(blocks))


def course_rows(course: Course) -> tuple[tuple[str, str], ...]:
    """Return what a course fixes, line by line: its own choice, and no fact."""
    marks = course.marks
    shares = ", ".join(f"{name} {show_share(share)}" for name, share in (
        ("number", marks.number), ("unit", marks.unit), ("rounding", marks.rounding)))  # fmt: skip
    rounding = f"{course.digits} significant digits" if course.digits else "as measurable"
    return (
        ("course", course.name),
        ("constants", ", ".join(course.constant(unit) for unit in course.constants)),
        ("pounds per kg", show_exact(course.per_lb)), ("rounding", rounding),
        ("marks", f"{shares}; right working under a wrong number {show_share(marks.working)} of "
                  "the number's points"),
        ("tolerance", show_share(marks.tolerance)),
        ("units", ", ".join(course.units) or "every unit that measures the same"),
        ("rules for dates", course.edition),
    )  # fmt: skip
