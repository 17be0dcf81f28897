"""A family of questions: a story with drawn numbers, the worksheet that answers it, its slips.

The worksheet is a row of formulas. It is worked out exactly, once as it should be and once for each
slip with that slip's formula in its line, so that a wrong answer is wrong for a reason that can be
told, all the way down the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from formulation.amounts import in_unit
from formulation.draws import Draw
from formulation.printing import show, show_exact, terminates
from formulation.questions import Given, Option, Row, Slip, Written
from formulation.solving import formula_names
from formulation.syllabus import Course
from formulation.teaching import put_in
from formulation.trace import Finding, evaluate
from formulation.units import Quantity

SLIPS_OF_THE_PEN = ("tenfold", "thousandfold", "rounded early")


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
    is judged has `judge` instead, and is of the kind "refuse" alone.
    """

    name: str
    title: str
    topic: str
    minutes: tuple[int, int, int, int]
    draw: Callable[[Draw, int, Course], Drawn] | None = None
    judge: Callable[[Draw, int, Course], Judged] | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of question it has."""
        return ("calculate", "estimate", "reasonable", "error") if self.draw else ("refuse",)


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
        formula = slip.formula if slip is not None and slip.row == row.name else row.formula
        found = evaluate(formula, amounts)
        result = found if isinstance(found, Quantity) else Quantity(found)
        if row.unit:
            result = result.to(row.unit)
        if slip is not None and slip.name in SLIPS_OF_THE_PEN:
            formula = row.formula
        names = formula_names(formula)
        amounts[row.name], texts[row.name] = result, line_text(result)
        page.append(Written(
            row.name, row.words, put_in(formula, {one: words[one] for one in names}),
            put_in(formula, {one: texts[one] for one in names}), result, texts[row.name], row.why,
        ))  # fmt: skip
    return tuple(page)


def line_text(value: Quantity) -> str:
    """Return an amount as a line of a worksheet shows it: in its own unit, four digits at most.

    >>> from fractions import Fraction
    >>> line_text(Quantity(Fraction(25, 14), "mL")), line_text(Quantity(2500, "mg"))
    ('1.786 mL', '2,500 mg')
    """
    if not terminates(value.magnitude) and "/" in value.unit:
        return show(value)
    return in_unit(value).text
