"""The lines of a student's working, held against the worksheet: right, following, or wrong.

A line that follows from the student's own wrong line is right work: the rows are worked out again
from what was typed, exactly and with units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from formulation.answering import read_answer
from formulation.errors import FormulationError
from formulation.likely import near
from formulation.printing import to_places
from formulation.questions import Key, Question, Written
from formulation.slips import SLIPS
from formulation.trace import evaluate
from formulation.units import Quantity, same_kind

CREDITED = ("right", "follows")
_SAID = (
    (r"the smaller of (.+?) and (.+)", r"min(\1, \2)"),
    (r"the larger of (.+?) and (.+)", r"max(\1, \2)"),
    (r"(.+), rounded up", r"ceil(\1)"),
    (r"(.+), rounded down", r"floor(\1)"),
    (r"√\((.+)\)", r"sqrt(\1)"),
)


@dataclass(frozen=True, slots=True)
class LineMark:
    """One line as it was typed: which line of the worksheet it is, and what it is worth.

    `verdict` is "right", "follows" (right from an earlier wrong line), "wrong", "not found" (it is
    no line of the worksheet) or "not read".
    """

    typed: str
    verdict: str
    row: str = ""
    words: str = ""
    note: str = ""
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Reworked:
    """All lines, and what the answer would be from the student's own; None where it is the key."""

    lines: tuple[LineMark, ...]
    own: Quantity | None = None

    @property
    def credited(self) -> set[str]:
        """Return the names of the rows that count."""
        return {one.row for one in self.lines if one.verdict in CREDITED}


def formulas(question: Question) -> tuple[tuple[Written, str], ...]:
    """Return the formula of each line over the names of what goes in, read back from its words.

    Each is worked out again and has to come to its line; where one does not, none is returned, and
    nothing is carried forward.
    """
    names = {one.words: one.name for one in question.given}
    values: dict[str, Quantity] = {one.name: one.amount for one in question.given}
    found = []
    for line in question.worksheet:
        formula = _read_back(line.formula, names)
        if _come_to(formula, values, line.result.unit) != line.result:
            return ()
        found.append((line, formula))
        values[line.name] = line.result
        names[line.words] = line.name
    return tuple(found)


def _read_back(words: str, names: Mapping[str, str]) -> str:
    longest = sorted(names, key=len, reverse=True)
    pattern = "|".join(re.escape(one) for one in longest)
    text = re.sub(rf"(?<!\w)({pattern})(?!\w)", lambda hit: names[hit[1]], words)
    for sign, typed in (("×", "*"), ("÷", "/"), ("−", "-")):
        text = text.replace(f" {sign} ", f" {typed} ")
    for said, call in _SAID:
        text = re.sub(said, call, text)
    return text


def _come_to(formula: str, values: Mapping[str, Quantity], unit: str) -> Quantity | None:
    """Return what a formula comes to, None where it does not work out."""
    try:
        found = evaluate(formula, values)
        quantity = found if isinstance(found, Quantity) else Quantity(found)
        return quantity.to(unit)
    except (FormulationError, SyntaxError, ValueError, KeyError, ZeroDivisionError):
        return None


def rework(question: Question, typed: tuple[str, ...], tolerance: Fraction) -> Reworked:
    """Return what each typed line is worth, and the answer that the student's own lines lead to."""
    page = question.worksheet
    own: dict[str, Quantity] = {}
    marks: list[LineMark] = []
    rows = formulas(question)
    for text in typed:
        mark, value = _line(question, text, (own, rows), tolerance)
        if mark.row and value is not None and mark.verdict != "right":
            own[mark.row] = value
        elif mark.row:
            own[mark.row] = next(line.result for line in page if line.name == mark.row)
        marks.append(mark)
    wrong = any(one.verdict == "wrong" for one in marks)
    last = _from_own(question, own, rows).get(page[-1].name) if wrong and rows else None
    return Reworked(tuple(marks), last)


def _from_own(
    question: Question, own: Mapping[str, Quantity], rows: tuple[tuple[Written, str], ...]
) -> dict[str, Quantity]:
    """Return every row worked out from the student's own lines above it."""
    values = {one.name: one.amount for one in question.given}
    found: dict[str, Quantity] = {}
    for line, formula in rows:
        come = _come_to(formula, values, line.result.unit)
        if come is not None:
            found[line.name] = come
        value = own.get(line.name, come)
        if value is None:
            return found
        values[line.name] = value
    return found


State = tuple[Mapping[str, Quantity], tuple[tuple[Written, str], ...]]


def _line(
    question: Question, text: str, state: State, tolerance: Fraction
) -> tuple[LineMark, Quantity | None]:
    """Return what one line is, and its amount in the unit of its row."""
    own, rows = state
    left = [line for line in question.worksheet if line.name not in own]
    carried = _from_own(question, own, rows)
    read = list(_amounts(text, left))
    if not read:
        return _unread(text, question), None
    for line, value in read:
        if _same(value, line.result, text, tolerance):
            note = "" if value.magnitude == line.result.magnitude else _kept(line)
            return LineMark(text, "right", line.name, line.words, note), value
    for line, value in read:
        came = carried.get(line.name)
        if came is not None and _same(value, came, text, tolerance):
            note = "right from your own line above; an error before it is not counted again"
            return LineMark(text, "follows", line.name, line.words, note), value
    return _wrong(question, text, read, tuple(own))


def _kept(line: Written) -> str:
    return f"exactly {line.result.magnitude}: keep it to the end, round once"


def _amounts(text: str, left: list[Written]) -> Iterator[tuple[Written, Quantity]]:
    """Yield each open row that a typed line can be, with its amount in that row's unit."""
    each = [(line, line.text) for line in left]
    each += [(line, "") for line in left if line.text.endswith("%") and "%" not in text]
    for line, said in each:
        key = Key(line.result, line.result, said, "", None, "nearest", Fraction(0),
                  Fraction(0))  # fmt: skip
        try:
            typed = read_answer(text, key)
        except FormulationError:
            continue
        if typed.unknown or not same_kind(typed.amount.unit, line.result.unit):
            continue
        if typed.amount.magnitude:
            yield line, typed.amount.to(line.result.unit)


def _same(value: Quantity, right: Quantity, text: str, tolerance: Fraction) -> bool:
    """Say whether a line is an amount, within the tolerance or rounded to two digits or more."""
    if near(value.magnitude, right.magnitude, tolerance):
        return True
    found = re.search(r"(\d[\d,]*)(?:\.(\d+))?", text)
    if found is None or "/" in text.split(" ", maxsplit=1)[0]:
        return False
    digits = ((found[1] + (found[2] or "")).replace(",", "")).lstrip("0")
    places = len(found[2] or "")
    return len(digits) >= 2 and value.magnitude == to_places(right.magnitude, places)


def _unread(text: str, question: Question) -> LineMark:
    key = question.key
    try:
        typed = read_answer(text, key) if key else None
    except FormulationError as error:
        return LineMark(text, "not read", note=f"{error.what}; {error.fix}")
    if typed is not None and typed.unknown:
        return LineMark(text, "not read", note=typed.unknown)
    return LineMark(text, "not found", note="no line of the worksheet is measured so")


def _wrong(
    question: Question, text: str, read: list[tuple[Written, Quantity]], taken: tuple[str, ...]
) -> tuple[LineMark, Quantity]:
    """Return a wrong line as the row that it most likely is: by its slip, else by its place."""
    for line, value in read:
        for one in question.wrong:
            mine = next((w for w in one.worksheet if w.name == line.name == one.row), None)
            if mine is not None and near(value.number(mine.result.unit), mine.result.magnitude):
                kind = SLIPS[one.slip]
                note = f"{kind.words}; it should be {line.shown} = {line.text}"
                return LineMark(text, "wrong", line.name, line.words, note, one.slip), value
    order = [line.name for line in question.worksheet]
    last = max((order.index(name) for name in taken), default=-1)
    after = [(line, value) for line, value in read if order.index(line.name) > last]
    line, value = (after or read)[0]
    note = f"it should be {line.shown} = {line.text}"
    return LineMark(text, "wrong", line.name, line.words, note), value


def without_sign(text: str) -> str:
    """Return a line of working without the sign that marks it as one, and what stands before it.

    >>> without_sign("= 5 g"), without_sign("2 % × 250 mL = 5 g")
    ('5 g', '5 g')
    """
    return text.rpartition("=")[2].strip()
