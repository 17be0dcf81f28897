"""What a marked answer looks like: its points, the parts they come from, the likely mistake."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.likely import Likely
from formulation.reworking import LineMark

ALL, NONE = Fraction(1), Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is marked apart: what it earned, of how much, and why."""

    name: str
    points: Fraction
    most: Fraction
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked answer: points of 1, the parts they come from, the likely mistake, the working.

    `read` is no where the answer could not be read; `notes` then say why and what to type.
    """

    question: str
    typed: str
    points: Fraction
    parts: tuple[Part, ...]
    key: str
    read: bool = True
    likely: Likely | None = None
    notes: tuple[str, ...] = ()
    lines: tuple[LineMark, ...] = ()

    @property
    def slip(self) -> str:
        """Return the name of the slip, "" where none is known."""
        return self.likely.slip if self.likely else ""
