"""A question being written: what the story says, what is given, the lines, the slips, in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from formulation.amounts import Amount
from formulation.family import Drawn, given, of, said
from formulation.questions import Given, Row, Slip
from formulation.units import Quantity


@dataclass(slots=True)
class Sheet:
    """A sheet on which a family writes one question, line by line."""

    told: list[str] = field(default_factory=list)
    stated: list[Given] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)

    def __getitem__(self, name: str) -> Given:
        """Return what has been stated under a name."""
        return next(one for one in self.stated if one.name == name)

    def give(self, name: str, words: str, amount: Quantity | Amount) -> Given:
        """State a quantity and return it, for the story."""
        one = (
            said(name, words, amount) if isinstance(amount, Amount) else given(name, words, amount)
        )
        self.stated.append(one)
        return one

    def count(self, name: str, words: str, number: Fraction | int | str, unit: str = "") -> Given:
        """State so many of a unit and return it, for the story."""
        return self.give(name, words, of(number, unit))

    def tell(self, sentence: str) -> None:
        """Add a sentence to the story."""
        self.told.append(sentence)

    def row(self, name: str, words: str, formula: str, why: str, unit: str = "") -> None:
        """Write the next line of the worksheet."""
        self.rows.append(Row(name, words, formula, why, unit))

    def slip(self, row: str, *made: tuple[str, str]) -> None:
        """Name mistakes in a line: each its kind, and the formula that then stands there."""
        self.slips += [Slip(kind, row, formula) for kind, formula in made]

    def asks(self, asked: str, step: Quantity | None = None, way: str = "nearest") -> Asked:
        """Return the question, with the rounding it asks for; `worked` closes it."""
        return Asked(self, asked, step, way)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sheet with its question."""

    sheet: Sheet
    asked: str
    step: Quantity | None
    way: str

    def worked(self, calculator: str = "", wanted: str = "", /, **values: Any) -> Drawn:
        """Return it all, with the same problem for a calculator to confirm."""
        one = self.sheet
        return Drawn(
            story=" ".join(one.told), asked=self.asked, given=tuple(one.stated),
            rows=tuple(one.rows), slips=tuple(one.slips), step=self.step, way=self.way,
            calculator=calculator, values=values, wanted=wanted, facts=tuple(one.facts),
        )  # fmt: skip
