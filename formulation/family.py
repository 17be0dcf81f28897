"""A family of questions: a story with drawn numbers, the worksheet that answers it, its slips.

The worksheet is a row of formulas. It is worked out exactly, once as it should be and once for each
slip with that slip's formula in its line, so that a wrong answer is wrong for a reason that can be
told, all the way down the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from formulation.amounts import Amount, in_unit, share
from formulation.draws import Draw
from formulation.printing import decimal, show, show_exact, terminates, to_places
from formulation.questions import LEVELS, Given, Option, Row, Slip, Written
from formulation.relations import put_in
from formulation.solving import formula_names
from formulation.syllabus import Course
from formulation.trace import Finding, evaluate
from formulation.units import Quantity, same_kind

SLIPS_OF_THE_PEN = ("tenfold", "thousandfold", "rounded early", "not made whole", "not converted")
NUMBER_KEPT = ("not converted",)
PERCENT = "%"
HUNDREDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One story with its numbers: the last of `rows` is the answer.

    `step` and `way` are the rounding that the bench asks for (0.1 mL to the nearest, whole capsules
    up); no step means that the answer is exact in few digits. `calculator`, `values` and `wanted`
    are the same problem for `formulation.calc`, which has to come to the same answer.
    """

    story: str
    asked: str
    given: tuple[Given, ...]
    rows: tuple[Row, ...]
    slips: tuple[Slip, ...]
    step: Quantity | None = None
    way: str = "nearest"
    calculator: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    wanted: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A preparation to be judged: what may be done with it, and the finding that decides."""

    story: str
    asked: str
    options: tuple[Option, ...]
    findings: tuple[Finding, ...]
    given: tuple[Given, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of question: its name, topic, the minutes it takes at each level, how it is drawn.

    `draw` returns a `Drawn`, and the family then has every kind of question but "refuse"; one that
    is judged has `judge` instead, and is of the kind "refuse" alone. At the levels in `single` the
    worksheet has one line, so that there is no line to look for the error in.
    """

    name: str
    title: str
    topic: str
    minutes: tuple[int, int, int, int]
    draw: Callable[[Draw, int, Course], Drawn] | None = None
    judge: Callable[[Draw, int, Course], Judged] | None = None
    single: tuple[int, ...] = ()

    def kinds_at(self, level: int) -> tuple[str, ...]:
        """Return the kinds of question it has at a level."""
        if self.draw is None:
            return ("refuse",)
        plain = ("calculate", "estimate", "reasonable")
        return plain if level in self.single else (*plain, "error")

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of question that it has at every level."""
        return min((self.kinds_at(level) for level in LEVELS), key=len)


def of(number: Fraction | int | str, unit: str = "") -> Quantity:
    """Return so much of a unit.

    >>> of("0.1", "mL").magnitude
    Fraction(1, 10)
    """
    return Quantity(Fraction(number), unit)


def said(name: str, words: str, amount: Amount) -> Given:
    """Return a quantity of a story that is printed as it is said: 2 % w/v, 1:4,000, 125 mg/5 mL.

    >>> from formulation.amounts import percent
    >>> said("stock", "stock", percent(Fraction(2), "w/v")).text
    '2 % w/v'
    """
    return Given(name, words, amount.value, amount.text)


def given(name: str, words: str, amount: Quantity, text: str = "") -> Given:
    """Return a quantity of a story, printed with all its digits.

    >>> given("dose", "dose", Quantity(25, "mg/dose")).text
    '25 mg per dose'
    """
    return Given(name, words, amount, text or show_exact(amount))


def write(
    stated: tuple[Given, ...], rows: tuple[Row, ...], slip: Slip | None = None
) -> tuple[Written, ...]:
    """Return a worksheet worked out, with one line spoiled where a slip is given.

    A slip of the pen leaves the formula as it should be: only what the line comes to is wrong.

    >>> rows = (Row("drug", "drug in all", "dose * doses", "each dose the same"),)
    >>> found = write((given("dose", "dose", Quantity(25, "mg/dose")),
    ...                given("doses", "doses", Quantity(10, "dose"))), rows)
    >>> found[0].text, found[0].shown
    ('250 mg', '25 mg per dose × 10 doses')
    """
    amounts = {one.name: one.amount for one in stated}
    words = {one.name: one.words for one in stated} | {one.name: one.words for one in rows}
    texts = {one.name: one.text for one in stated}
    page: list[Written] = []
    for row in rows:
        own = slip if slip is not None and slip.row == row.name else None
        result = _come_to(row, own, amounts)
        text = line_text(result, row.unit)
        formula = own.formula if own and own.name not in SLIPS_OF_THE_PEN else row.formula
        names = formula_names(formula)
        amounts[row.name], texts[row.name] = result, text
        page.append(Written(
            row.name, row.words, in_words(put_in(formula, {one: words[one] for one in names})),
            in_words(put_in(formula, {one: texts[one] for one in names})), result, text, row.why,
        ))  # fmt: skip
    return tuple(page)


def _come_to(row: Row, slip: Slip | None, amounts: Mapping[str, Quantity]) -> Quantity:
    """Return what a line comes to, in its unit.

    A conversion left out, or a fraction upside down, gives a number that is written down with the
    unit that is wanted, as it happens on paper.
    """
    unit = "" if row.unit == PERCENT else row.unit
    right = _quantity(row.formula, amounts)
    right = right.to(unit) if unit else right
    if slip is None:
        return right
    found = _quantity(slip.formula, amounts)
    if slip.name in NUMBER_KEPT or not same_kind(found.unit, right.unit):
        return Quantity(found.magnitude, right.unit)
    return found.to(right.unit)


def _quantity(formula: str, amounts: Mapping[str, Quantity]) -> Quantity:
    found = evaluate(formula, amounts)
    return found if isinstance(found, Quantity) else Quantity(found)


_CALLS = {
    r"min\(([^(),]+), ([^(),]+)\)": r"the smaller of \1 and \2",
    r"max\(([^(),]+), ([^(),]+)\)": r"the larger of \1 and \2",
    r"ceil\((.+)\)": r"\1, rounded up", r"floor\((.+)\)": r"\1, rounded down",
    r"sqrt\(([^()]+)\)": r"√(\1)",
}  # fmt: skip


def in_words(text: str) -> str:
    """Return a formula with the names of its functions as they are said.

    >>> in_words("min(60 mg, 50 mg)"), in_words("ceil(7 ÷ 2)")
    ('the smaller of 60 mg and 50 mg', '7 ÷ 2, rounded up')
    """
    told = re.sub(r"(?<![\d.,])\d{4,}", lambda number: f"{int(number[0]):,}", text)
    masked = re.sub(r"(?<=\d),(?=\d{3})", "\0", told)
    for call, words in _CALLS.items():
        masked = re.sub(call, words, masked)
    return masked.replace("\0", ",")


def line_text(value: Quantity, unit: str = "") -> str:
    """Return an amount as a line of a worksheet shows it: its own unit, four digits, two decimals.

    >>> line_text(Quantity(Fraction(25, 14), "mL")), line_text(Quantity(2500, "mg"))
    ('1.786 mL', '2,500 mg')
    >>> line_text(Quantity(Fraction(3, 20)), "%"), line_text(Quantity(Fraction("2.475"), "USD"))
    ('15 %', '$2.475')
    """
    if unit == PERCENT:
        return share(value.number()).text
    if value.unit == "USD":
        exact = to_places(value.magnitude, 4)
        places = max(2, len(decimal(exact).partition(".")[2]))
        return f"${decimal(exact, places)}"
    if value.unit.startswith("USD"):
        return show(value)
    if terminates(value.magnitude) or abs(value.magnitude) < HUNDREDS:
        return in_unit(value).text
    return in_unit(Quantity(to_places(value.magnitude, 2), value.unit)).text
