"""What leaves for a learning system: each answer as a number with its tolerance and its grade.

Learning systems take an absolute tolerance, and grades from a list of their own. What counts as
right here has to count there: the tolerance reaches from the rounded key over everything that the
course accepts. A wrong answer gets one small enough to touch neither the key nor another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from formulation.papers import Item, Paper
from formulation.printing import decimal, show_exact, significant, terminates
from formulation.questions import TOPICS, Key, Question, Written
from formulation.slips import SLIPS
from formulation.syllabus import Marks
from formulation.units import Quantity, factor, same_kind

# The grades that Moodle takes, in percent; any other stops the import of a whole file.
GRADES = ("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30",
          "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0")  # fmt: skip
METRIC = (("kg", "g", "mg", "mcg"), ("L", "mL"))
LETTERS = "ABCDEFGHIJKLMNOP"
INVENTED = "Every patient in it is invented."


@dataclass(frozen=True, slots=True)
class Taken:
    """One number that is looked for: with its tolerance, its grade in percent, what is said."""

    value: Fraction
    tolerance: Fraction
    grade: str
    feedback: str
    slip: str = ""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit that may be written, and by what the key is multiplied to be in it."""

    name: str
    multiplier: Fraction


def number(value: Fraction) -> str:
    """Return a number as learning systems read it: a decimal point, no commas, no exponent.

    >>> number(Fraction(5001, 4)), number(Fraction(1, 3))
    ('1250.25', '0.3333333333')
    """
    ends = value if terminates(value) else significant(value, 10)
    return decimal(ends).replace(",", "")


def grade(share: Fraction) -> str:
    """Return the largest grade on the list that is no more than a share.

    >>> grade(Fraction(8, 10)), grade(Fraction(85, 100))
    ('80', '83.33333')
    """
    return next(one for one in GRADES if Fraction(one) <= share * 100)


def shortened(value: Fraction, up: bool) -> Fraction:
    """Return a tolerance in three digits, made wider or narrower.

    >>> shortened(Fraction(1, 3), True), shortened(Fraction(1, 3), False)
    (Fraction(167, 500), Fraction(333, 1000))
    """
    if value <= 0:
        return Fraction(0)
    place = Fraction(1)
    while value >= place * 1000:
        place *= 10
    while value < place * 100:
        place /= 10
    whole = (value / place).__ceil__() if up else (value / place).__floor__()
    return whole * place


def written(key: Key) -> tuple[Fraction, str]:
    """Return the number of the key as it is written down, and its unit: 15 and % of 15 %.

    The number is never read from a rounded text: it is the key itself, on the scale of the text.
    """
    found = re.fullmatch(r"(\$?)([\d,]*\.?\d+) ?(.*)", key.text)
    if found is None:
        return key.printed.magnitude, ""
    number = Fraction(found[2].replace(",", ""))
    return number, found[1] or found[3]


def scale(key: Key) -> Fraction:
    """Return by what an amount is multiplied to be written as the key is: 100 for a share in %."""
    return written(key)[0] / key.printed.magnitude


def reach(key: Key) -> Fraction:
    """Return how far from the rounded key a number may lie and count as right.

    What is rounded up or down to whole things is right or wrong: nothing beside it counts.
    """
    if key.way != "nearest":
        return Fraction(0)
    off = abs(key.printed.magnitude - key.exact.magnitude)
    return shortened((key.tolerance + off) * scale(key), True)


def taken(question: Question, marks: Marks) -> tuple[Taken, ...]:
    """Return every number that is looked for, the right one first; for "calculate" alone."""
    key = question.key
    if key is None or question.kind != "calculate":
        return ()
    times = scale(key)
    right = Taken(written(key)[0], reach(key), GRADES[0], _right(question))
    wrong = [(one.slip, one.value.magnitude * times) for one in question.wrong]
    values = [right.value, *(value for _, value in wrong)]
    found = [right]
    exact = key.exact.magnitude * times
    if key.way != "nearest" and exact not in values:
        said = f"This is the number before it is rounded. {key.rule}"
        found.append(Taken(exact, _narrow(exact, values), grade(1 - marks.rounding), said))
        values.append(exact)
    for name, value in wrong:
        slip = SLIPS[name]
        end = "" if slip.habit.endswith("?") else "."
        said = _capital(f"{slip.words}: {slip.done}. What catches it: {slip.habit}{end}")
        others = [one for one in values if one != value]
        found.append(Taken(value, _narrow(value, others), "0", said, name))
    return tuple(found)


def _narrow(value: Fraction, others: list[Fraction]) -> Fraction:
    """Return a tolerance of half a percent, or of a quarter of the way to the next number."""
    least = min(abs(value - one) for one in others)
    return shortened(min(abs(value) / 200, least / 4), False)


def _right(question: Question) -> str:
    return f"{question.worksheet[-1].words}: {question.key.text}." if question.key else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def told(question: Question) -> Iterator[tuple[str, str]]:
    """Yield each choice that is not a number with what is said to who chooses it."""
    for option in question.options:
        habit = SLIPS[option.slip].habit if option.slip in SLIPS else ""
        more = f". What catches it: {habit}" if habit else ""
        text = f"{_capital(option.why)}{more}"
        yield option.text, text if text.endswith("?") else f"{text}."


def units(key: Key, allowed: tuple[str, ...] = ()) -> tuple[UnitName, ...]:
    """Return the units that may be written, the one asked for first; none for a bare number.

    "mg per capsule" may be written with a stroke. Metric units of the same kind count too, each
    with what it multiplies the key by, unless the course names its own; "ml" is taken for mL.
    """
    unit, said = key.printed.unit, written(key)[1]
    if not said:
        return ()
    names = [show_exact(Quantity(Fraction(count), unit)).partition(" ")[2] for count in (2, 1)]
    others = [*names, *(name.replace(" per ", "/") for name in names)] if said in names else []
    found = [UnitName(name, Fraction(1)) for name in dict.fromkeys([said, *others])]
    family = next((row for row in METRIC if unit in row), ())
    for other in family:
        if other != unit and same_kind(unit, other) and (not allowed or other in allowed):
            found.append(UnitName(other, factor(unit, other)))
    if unit == "mL":
        found.append(UnitName("ml", Fraction(1)))
    return tuple(found)


def category(paper: Paper, item: Item) -> str:
    """Return where a question is put: the paper, then its topic. A slash divides, two are one."""
    names = ("top", title(paper), TOPICS.get(item.question.topic, item.question.topic))
    return "$course$/" + "/".join(one.replace("/", "//") for one in names)


def title(paper: Paper) -> str:
    """Return the title with its form."""
    return f"{paper.title}, form {paper.form}"


def tags(question: Question) -> tuple[str, ...]:
    """Return what a question is found by."""
    return (question.family, f"topic {question.topic}", f"level {question.level}", question.kind,
            f"{question.minutes} min")  # fmt: skip


def lines(page: tuple[Written, ...], letters: bool = False, equals: str = " = ") -> tuple[str, ...]:
    """Return a worksheet line by line, as text."""
    heads = [f"Line {one}, " for one in LETTERS] if letters else [""] * len(LETTERS)
    return tuple(
        f"{heads[place]}{one.words}: {one.shown}{equals}{one.text}"
        for place, one in enumerate(page)
    )


def licence(paper: Paper) -> str:
    """Return the line about the licence."""
    return f"Problem text: {paper.licence}. {INVENTED}"


def explained(paper: Paper, item: Item, equals: str = " = ") -> tuple[str, ...]:
    """Return what is shown after the answer: the worksheet, the key, the licence."""
    one = item.question
    page = lines(one.worksheet, equals=equals)
    because = () if one.worksheet else (_capital(one.right.why) + ".",)
    key = (f"To be written: {one.key.text}.",) if one.kind == "calculate" and one.key else ()
    return (*page, *because, *key, licence(paper))
