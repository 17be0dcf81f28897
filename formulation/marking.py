"""What an answer is worth: number, unit and rounding apart, the working, and the likely mistake.

Exact throughout. points = number + unit + rounding, each its share of one where it is right; where
the number is wrong, right lines of working earn a share of the number's points
(docs/method/learn.md).
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from formulation.answering import Typed, read_answer
from formulation.choosing import mark_choice
from formulation.errors import FormulationError, quote
from formulation.likely import Likely, likely, power_off
from formulation.marked import NONE, Marked, Part
from formulation.printing import noun, show_number
from formulation.questions import Key, Question
from formulation.reworking import Reworked, rework, without_sign
from formulation.slips import SLIPS
from formulation.syllabus import Course, last_place
from formulation.units import Quantity, same_kind

COUNTED = ("cap", "tab", "dose", "drop", "each", "day", "week", "part")


def mark(question: Question, typed: str, course: Course, working: tuple[str, ...] = ()) -> Marked:
    """Return what an answer is worth, with the lines of working typed before it.

    >>> from formulation.families import family
    >>> from formulation.posing import pose
    >>> from formulation.syllabus import TEACHING
    >>> question = pose(family("stock-to-take"), 3)
    >>> mark(question, question.key.text, TEACHING).points
    Fraction(1, 1)
    """
    if question.kind != "calculate" or question.key is None:
        return mark_choice(question, typed)
    lines = tuple(without_sign(line) for line in working)
    worked = rework(question, lines, course.marks.tolerance)
    blank = Marked(
        question=question.name, typed=typed, points=NONE, parts=_nothing(course),
        key=question.key.text, read=False, lines=worked.lines,
    )  # fmt: skip
    if not typed.strip():
        found = replace(blank, read=True, notes=("no answer was given",))
        return _with_working(found, question, worked, course)
    try:
        answer = read_answer(typed, question.key)
    except FormulationError as error:
        found = replace(blank, notes=(error.what, error.fix))
        return _with_working(found, question, worked, course)
    found = _marked(question, _for_one(question, answer), course, blank)
    return _with_working(found, question, worked, course)


def _nothing(course: Course) -> tuple[Part, ...]:
    marks = course.marks
    return (Part("number", NONE, marks.number), Part("unit", NONE, marks.unit),
            Part("rounding", NONE, marks.rounding))  # fmt: skip


def _for_one(question: Question, answer: Typed) -> Typed:
    """Return an answer with its "per": asked how many mg are in one capsule, mg says it."""
    asked = question.key.exact.unit if question.key else ""
    head, _, tail = asked.partition("/")
    if tail not in COUNTED or answer.unknown or not answer.symbol:
        return answer
    if not same_kind(answer.amount.unit, head) or not re.search(r"\bone\b", question.asked):
        return answer
    unit = f"{answer.amount.unit}/{tail}"
    return replace(answer, amount=Quantity(answer.amount.magnitude, unit))


def _value(answer: Typed, key: Key) -> Fraction:
    """Return the typed amount in the unit of the key; the bare number where the kinds differ."""
    if answer.unknown or not same_kind(answer.amount.unit, key.exact.unit):
        return answer.plain
    return answer.amount.number(key.exact.unit)


def _marked(question: Question, answer: Typed, course: Course, blank: Marked) -> Marked:
    key = question.key
    assert key is not None  # noqa: S101  a question to calculate has one
    value = _value(answer, key)
    number, rounding = _number_and_rounding(question, value, course)
    if answer.unknown and not number.points:
        return replace(blank, notes=(answer.unknown,))
    amount = Quantity(value, key.exact.unit)
    found = None if number.points else likely(question, amount, answer.amount)
    unit = _unit(question, answer, course)
    if not number.points and unit.points:
        places = power_off(question, amount)
        if places and not places % 3:
            note = "the number and its unit do not go together"
            unit = Part("unit", NONE, unit.most, note)
    parts = (number, unit, rounding)
    points = sum((one.points for one in parts), NONE)
    return replace(blank, read=True, points=points, parts=parts, likely=found, notes=answer.notes)


def _number_and_rounding(question: Question, value: Fraction, course: Course) -> tuple[Part, Part]:
    """Mark the number against the exact answer, and the rounding against what was asked."""
    key, marks = question.key, course.marks
    assert key is not None  # noqa: S101
    right = Part("number", marks.number, marks.number)
    if value == key.printed.magnitude:
        return right, Part("rounding", marks.rounding, marks.rounding, key.rule)
    wrong = any(value == one.value.magnitude for one in question.wrong)
    off = abs(value - key.exact.magnitude)
    other = value == _other_way(key, course)
    if wrong or not (off <= key.tolerance or (other and key.way == "nearest")):
        lost = "not marked: the number has to be right first"
        return Part("number", NONE, marks.number), Part("rounding", NONE, marks.rounding, lost)
    note = _why_not_rounded(key, value, other)
    return right, Part("rounding", NONE, marks.rounding, note)


def _other_way(key: Key, course: Course) -> Fraction | None:
    """Return what the exact answer would be rounded the other way; None where it needs none."""
    step, exact = last_place(key, course), key.exact.magnitude
    if step is None or exact == key.printed.magnitude:
        return None
    low = exact // step * step
    return low + step if key.printed.magnitude == low else low


def _why_not_rounded(key: Key, value: Fraction, other: bool) -> str:
    rule = key.rule[:1].lower() + key.rule[1:].rstrip(".")
    if other:
        way = "down" if value < key.exact.magnitude else "up"
        return f"rounded {way}; {_exact(key)} lies nearer to {key.text}"
    if key.printed == key.exact:
        return f"near, but the exact answer is {key.text}"
    if value == key.exact.magnitude:
        return f"not rounded; {rule}: {key.text}"
    return f"right, but not as asked; {rule}: {key.text}"


def _exact(key: Key) -> str:
    return f"{show_number(key.exact.magnitude)} {key.text.partition(' ')[2]}".strip()


def _unit(question: Question, answer: Typed, course: Course) -> Part:
    """Mark the unit: the one asked for, or one that the course accepts."""
    key = question.key
    assert key is not None  # noqa: S101
    most, asked = course.marks.unit, key.exact.unit
    wanted = key.text.partition(" ")[2] or ("$" if asked.startswith("USD") else "")
    lost = _unit_lost(question, answer, course, wanted)
    return Part("unit", NONE, most, lost) if lost else Part("unit", most, most)


def _unit_lost(question: Question, answer: Typed, course: Course, wanted: str) -> str:
    """Return why the unit is not right, "" where it is."""
    key = question.key
    assert key is not None  # noqa: S101
    asked = key.exact.unit
    bare = answer.unknown and not asked and _said(question, answer.symbol)
    if not bare and (answer.unknown or answer.spelling):
        return answer.unknown or answer.spelling
    money = asked.startswith("USD")
    if not answer.symbol or bare or (money and not re.search(r"\$|USD|dollar", answer.text)):
        there = not wanted or _said_in(question, asked)
        return "" if there else f"the unit is missing: {'$' if money else wanted}"
    unit = answer.amount.unit
    symbol = quote(answer.symbol)
    if not same_kind(unit, asked):
        told = f"{wanted} is asked for" if wanted else "a number without a unit is asked for"
        return f"{symbol} measures something else: {told}"
    plain = unit if unit else answer.symbol
    if asked != unit and not course.accepts(plain, asked):
        names = ", ".join(dict.fromkeys((wanted, *course.units)))
        return f"this course does not take {symbol} here; it takes {names}"
    return ""


def _said(question: Question, word: str) -> bool:
    """Say whether what is counted is what the question asks for: how many bottles? 3 bottles."""
    return len(word) > 2 and bool(re.search(rf"\b{re.escape(word)}", question.asked, re.I))


def _said_in(question: Question, unit: str) -> bool:
    """Say whether a counted unit stands in the question: how many capsules? 12."""
    return unit in COUNTED and noun(unit, Fraction(2)) in question.asked.lower()


def _with_working(found: Marked, question: Question, worked: Reworked, course: Course) -> Marked:
    """Add what right lines earn where the number is wrong."""
    if not worked.lines:
        return found
    marks, key = course.marks, question.key
    assert key is not None  # noqa: S101
    most = marks.number * marks.working
    if found.parts[0].points:
        return replace(found, parts=(*found.parts, Part(
            "working", NONE, NONE, "not needed: the number is right"
        )))  # fmt: skip
    rows = {line.name for line in question.worksheet}
    counted = set(worked.credited)
    notes, guess = found.notes, found.likely or _in_a_line(worked)
    if (
        worked.own is not None
        and found.typed.strip()
        and _follows(question, found, worked.own, course)
    ):
        counted.add(question.worksheet[-1].name)
        notes = (*notes, "the answer follows from your own line: the mistake is counted once")
    earned = most * Fraction(len(counted & rows), len(rows))
    note = f"{len(counted & rows)} of {len(rows)} lines right"
    parts = (*found.parts, Part("working", earned, most, note))
    points = found.points + earned
    return replace(found, points=points, parts=parts, notes=notes, likely=guess)


def _in_a_line(worked: Reworked) -> Likely | None:
    """Return the first line that is wrong as the likely mistake."""
    first = next((one for one in worked.lines if one.verdict == "wrong"), None)
    if first is None:
        return None
    if first.slip:
        kind = SLIPS[first.slip]
        return Likely(first.slip, kind.words, kind.done, f"in the line: {first.words}", kind.habit)
    where = f"{first.words}: {first.note}"
    return Likely("", "one line is off", f"{first.typed} is not the {first.words}", where)


def _follows(question: Question, found: Marked, own: Quantity, course: Course) -> bool:
    """Say whether the answer is what the student's own lines lead to, rounded or not."""
    key = question.key
    assert key is not None  # noqa: S101
    try:
        answer = _for_one(question, read_answer(found.typed, key))
    except FormulationError:
        return False
    value, exact = _value(answer, key), own.number(key.exact.unit)
    step = last_place(key, course) or NONE
    near = max(abs(exact) * course.marks.tolerance, step / 2 if key.way == "nearest" else step)
    return abs(value - exact) <= near
