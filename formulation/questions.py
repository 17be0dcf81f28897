"""A question for a class: what it says, its key, the worksheet behind it, the slips that mislead.

Only shapes stand here. Everything in a question comes from one exact worksheet: the key is its last
line, a wrong answer is the same worksheet with one line spoiled by a named slip.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import TYPED
from formulation.printing import show_exact
from formulation.solved import Solved
from formulation.units import Quantity

LICENCE = "CC BY 4.0"
LEVELS = (1, 2, 3, 4)
LEVEL_WORDS = {
    1: "one step", 2: "a conversion or a second step", 3: "several steps, a rounding decision",
    4: "as at the bench: several steps, numbers that are not needed, a decision",
}  # fmt: skip
KINDS = {
    "calculate": "calculate",
    "estimate": "estimate first",
    "reasonable": "is this reasonable?",
    "error": "find the error in this worksheet",
    "refuse": "make it, or do not make this?",
}
TOPICS = {
    "units": "units and conversion",
    "strength": "strengths and concentrations",
    "dilution": "dilution and alligation",
    "doses": "doses, supply and body size",
    "capsules": "capsules",
    "liquids": "oral liquids",
    "weighing": "weighing and measuring",
    "potency": "salts, assay, units of activity",
    "dates": "dates and keeping",
    "costs": "costs",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One quantity that the story states: its words, the exact amount, and how it is printed."""

    name: str
    words: str
    amount: Quantity
    text: str
    source: str = TYPED

    @property
    def each(self) -> str:
        """Return it without its "per", for a story whose own words say of what it is.

        Raises `ValueError` for a quantity that is not so much in one of something counted.

        >>> Given("dose", "dose", Quantity(Fraction(25), "mg/cap"), "25 mg per capsule").each
        '25 mg'
        """
        plain = show_exact(Quantity(self.amount.magnitude, self.amount.unit.partition("/")[0]))
        if not self.text.startswith(f"{plain} per "):
            raise ValueError(self.text)
        return plain


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a worksheet: what it gives, by which formula over earlier names, and why.

    `unit` is the unit in which the line is written down, "%" for a share in percent; "" leaves it
    as it comes out.
    """

    name: str
    words: str
    formula: str
    why: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A named mistake in one line: `formula` stands there instead of the right one.

    `name` is one of `formulation.slips.SLIPS`.
    """

    name: str
    row: str
    formula: str


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was worked out: its formula in words, its numbers, and what it comes to."""

    name: str
    words: str
    formula: str
    shown: str
    result: Quantity
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that a slip leads to, as it would be written down."""

    slip: str
    words: str
    value: Quantity
    text: str
    row: str
    worksheet: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """The right answer: exact, as it is to be written, the rounding asked for, what still counts.

    `tolerance` is how far a number may lie from `exact` and count as right, as an absolute amount
    in the unit of `printed`; the printed key itself always counts.
    """

    exact: Quantity
    printed: Quantity
    text: str
    rule: str
    step: Quantity | None
    way: str
    tolerance: Fraction
    error: Fraction


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its text, whether it is right, and what it tells of who chooses it."""

    text: str
    right: bool
    why: str
    slip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with all that is needed to print it, mark it and explain it.

    `key` is there for every kind but "refuse"; it is what is to be typed only for "calculate". For
    the other kinds `options` are the choices, exactly one of them right. A "calculate" question
    carries options too, for papers and systems that want choices. `name` is family-level-kind-seed.
    """

    name: str
    family: str
    title: str
    topic: str
    level: int
    minutes: int
    kind: str
    seed: int
    course: str
    story: str
    asked: str
    rounding: str = ""
    given: tuple[Given, ...] = ()
    key: Key | None = None
    options: tuple[Option, ...] = ()
    shown: tuple[Written, ...] = ()
    worksheet: tuple[Written, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    solved: Solved | None = None
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def right(self) -> Option:
        """Return the choice that is right."""
        return next(one for one in self.options if one.right)
