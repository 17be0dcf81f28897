"""Which mistake a wrong answer comes from, as far as a number can tell it.

First the slips of the question itself, worked out with its own numbers; then a decimal point or a
prefix out of place, a line of the working or a number of the story given as the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from formulation.amounts import in_unit
from formulation.printing import decimal, half_away, terminates
from formulation.questions import Question, Written, Wrong
from formulation.slips import SLIPS
from formulation.units import Quantity, same_kind

NEAR = Fraction(1, 200)
_POWERS = {1: "ten times", 2: "a hundred times", 3: "a thousand times", 6: "a million times"}


@dataclass(frozen=True, slots=True)
class Likely:
    """What probably happened: the slip, its words, what was done, where, the habit against it."""

    slip: str
    words: str
    done: str
    where: str = ""
    habit: str = ""


def likely(question: Question, value: Quantity, typed: Quantity) -> Likely | None:
    """Return the mistake that leads to a wrong answer; None where none that is known does.

    `value` is the number as an amount of the key's kind, `typed` what was typed, unit and all.
    """
    return next(_candidates(question, value, typed), None)


def _candidates(question: Question, value: Quantity, typed: Quantity) -> Iterator[Likely]:
    if not same_kind(value.unit, typed.unit):
        yield from _unfinished(question, typed)
        yield from _stated(question, typed)
    one = slip_of(question, value)
    if one is not None:
        yield _named(question, one)
    yield from _power(question, value)
    yield from _inverse(question, value)
    yield from _unfinished(question, value)
    yield from _stated(question, value)
    yield from _coarse(question, value)


def near(value: Fraction, other: Fraction, share: Fraction = NEAR) -> bool:
    """Say whether two numbers are the same within a share of the second.

    >>> near(Fraction("1.786"), Fraction(25, 14)), near(Fraction(2), Fraction(25, 14))
    (True, False)
    """
    return abs(value - other) <= abs(other) * share


def slip_of(question: Question, value: Quantity) -> Wrong | None:
    """Return the wrong answer of a question that was given: as it is printed, else before that."""
    number = value.to(question.wrong[0].value.unit).magnitude if question.wrong else Fraction(0)
    for one in question.wrong:
        if number == one.value.magnitude:
            return one
    close = [
        (abs(number / exact - 1), place)
        for place, one in enumerate(question.wrong) if one.worksheet
        for exact in [one.worksheet[-1].result.number(one.value.unit)]
        if exact and near(number, exact)
    ]  # fmt: skip
    return question.wrong[min(close)[1]] if close else None


def _named(question: Question, one: Wrong) -> Likely:
    kind = SLIPS[one.slip]
    return Likely(one.slip, kind.words, kind.done, _where(question.worksheet, one), kind.habit)


def _where(right: tuple[Written, ...], one: Wrong) -> str:
    """Return the line that went wrong, as it probably was and as it should be."""
    mine = next((line for line in one.worksheet if line.name == one.row), None)
    best = next((line for line in right if line.name == one.row), None)
    if mine is None or best is None:
        return ""
    worked = f"{mine.shown} = {mine.text}" if mine.shown != best.shown else mine.text
    return f"{best.words}: probably {worked}; it is {best.shown} = {best.text}"


def _of(slip: str, done: str = "", where: str = "") -> Likely:
    kind = SLIPS[slip]
    return Likely(slip, kind.words, done or kind.done, where, kind.habit)


def _power(question: Question, value: Quantity) -> Iterator[Likely]:
    """Yield a decimal point or a prefix that is out of place."""
    places = power_off(question, value)
    if not places:
        return
    way = "too much" if places > 0 else "too little"
    far = _POWERS.get(abs(places), f"10 to the power {abs(places)} times")
    if not places % 3:
        yield _of("thousandfold", f"the answer is {far} {way}: the number or its unit is off")
    else:
        yield _of("tenfold", f"the answer is {far} {way}: the decimal point is out of place")


def power_off(question: Question, value: Quantity) -> int:
    """Return by how many places of the decimal point an answer is off, 0 where it is not that."""
    key = question.key
    if key is None or not value.magnitude:
        return 0
    number = value.number(key.exact.unit)
    for places in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6):
        back = number / Fraction(10) ** places
        if back == key.printed.magnitude or near(back, key.exact.magnitude):
            return places
    return 0


def _inverse(question: Question, value: Quantity) -> Iterator[Likely]:
    """Yield a result that is one over the right one."""
    key = question.key
    if key is not None and value.magnitude:
        number = 1 / value.number(key.exact.unit)
        if near(number, key.exact.magnitude) and not near(1 / number, key.exact.magnitude):
            yield _of("inverted", "the answer is one over the right one")


def _unfinished(question: Question, value: Quantity) -> Iterator[Likely]:
    """Yield a line of the working that was given as the answer."""
    for line in question.worksheet[:-1]:
        if same_kind(line.result.unit, value.unit) and near(
            value.number(line.result.unit), line.result.magnitude
        ):
            rest = question.worksheet[question.worksheet.index(line) + 1]
            done = f"this is the {line.words}; the working goes on from there"
            yield _of("step left out", done, f"next comes {rest.words}: {rest.shown}")


def _stated(question: Question, value: Quantity) -> Iterator[Likely]:
    """Yield a number of the story that was given as the answer."""
    for one in question.given:
        if same_kind(one.amount.unit, value.unit) and one.amount == value:
            yield _of("step left out", f"this is the {one.words} of the story, not worked with")


def _coarse(question: Question, value: Quantity) -> Iterator[Likely]:
    """Yield the right answer with too many digits rounded off."""
    key = question.key
    if key is None or key.way != "nearest":
        return
    number, exact = value.number(key.exact.unit), key.exact.magnitude
    place = Fraction(1, 1000)
    while place <= exact * 10:
        if number == half_away(exact / place) * place:
            done = f"the answer before rounding is {_exactly(key.exact)}"
            yield Likely("", "rounded too far", done, key.rule, "round once, to what is asked")
            return
        place *= 10


def _exactly(value: Quantity) -> str:
    number = value.magnitude
    if terminates(number) and len(decimal(number)) <= 9:
        return in_unit(value).text
    return f"{in_unit(value).text} ({number} exactly)"
