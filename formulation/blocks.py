"""The neutral pieces of a report: what is said, in order, before it is known where it prints.

Terminal, Markdown and pages render the same blocks. A block holds finished text; the exact values
stay in the result tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.errors import BOX_MARK, LINE_MARK
from formulation.trace import Level

BOX = BOX_MARK  # to be ticked; typed `[ ]` and `____` are text like any other


def line(count: int) -> str:
    """Return a line to write on, as long as so many underscores: what is typed never is one.

    >>> line(3) == "___", len(line(3))
    (False, 3)
    """
    return LINE_MARK * count


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Heading:
    """A title; `level` 1 is the page's own."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Paragraph:
    """Running text; where there is much of it, `spaced` sets it off from what stands above."""

    text: str
    spaced: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Items:
    """A list of sentences, numbered or not."""

    rows: tuple[str, ...]
    numbered: bool = False

    @property
    def marked(self) -> tuple[tuple[str, str], ...]:
        """Return each with its mark."""
        marks = range(1, len(self.rows) + 1) if self.numbered else ["-"] * len(self.rows)
        return tuple((str(mark), text) for mark, text in zip(marks, self.rows, strict=True))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Facts:
    """Labelled lines: what to open, weigh, fill; labels that are typed (`names`) never break.

    On paper each line stands on one page; with `whole` all of them stand on the same one.
    """

    rows: tuple[tuple[str, str], ...]
    names: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table:
    """Rows under column heads; the first column labels the row.

    `compares` says that the columns are the things compared: where there is no room they stand one
    below the other, else each row does.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    compares: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bar:
    """One measured length: its value, the text beside it."""

    value: Fraction
    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chart:
    """Bars side by side: one row a label, one bar a column; `stopped` rows are marked."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Bar, ...], bool], ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Line:
    """One course of a drawing: its mark, its words, and points of (day, share left).

    The points of a joined line lie so close that each column has its own; others stand alone.
    """

    mark: str
    text: str
    points: tuple[tuple[Fraction, Fraction], ...]
    joined: bool = True


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Curve:
    """Shares left against days from 0 to `days`, from all of it down to `floor`.

    `limit` is the share at which a line is drawn across.
    """

    lines: tuple[Line, ...]
    days: Fraction
    floor: Fraction
    limit: Fraction


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Plot:
    """Lettered points: their marks, and how far across and up each stands, in two units."""

    points: tuple[tuple[str, Fraction, Fraction], ...]
    across: tuple[str, str]
    up: tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Notice:
    """A finding: its level, what it says, what to do, and where it applies."""

    level: Level
    text: str
    fix: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Working:
    """One step of working: formula, the same with its numbers, the result, why, on whose word."""

    name: str
    formula: str
    substituted: str
    result: str
    why: str
    sources: tuple[str, ...] = ()


Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Struck:
    """Factors in a row, each pieces over pieces; a piece is a text and whether it is struck out."""

    factors: tuple[tuple[tuple[Piece, ...], tuple[Piece, ...]], ...]
    result: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class References:
    """The sources used: id, title, publisher and year, address, grade."""

    rows: tuple[tuple[str, str, str, str, str], ...]


Block = (
    Heading
    | Paragraph
    | Items
    | Facts
    | Table
    | Chart
    | Curve
    | Plot
    | Notice
    | Working
    | Struck
    | References
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Report:
    """Blocks in the order in which they are read."""

    blocks: tuple[Block, ...]
