"""What is printed on paper: blocks in order, on a page of a size in millimetres.

A page is neutral, as a report is: `page_typst` makes it a PDF, `page_html` a web page, `page_text`
a report for the terminal. A run of underscores is a line to write on, `[ ]` a box to tick.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from formulation import blocks as b
from formulation.errors import FormulationError, nearest, quote

INCH = Fraction(254, 10)
BLANK = Fraction(2)  # millimetres of line for each underscore
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?) ?x ?(\d{1,3}(?:\.\d{1,2})?) ?mm")
_SPANS = re.compile(r"(_{4,}|\[ \]|\n)")


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper or a label: width, height and margin in millimetres."""

    name: str
    width: Fraction
    height: Fraction
    margin: Fraction


LETTER = Paper("letter", Fraction(2159, 10), Fraction(2794, 10), Fraction(18))
A4 = Paper("a4", Fraction(210), Fraction(297), Fraction(18))
PAPERS = {"letter": LETTER, "a4": A4}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Banner:
    """A line that nobody may overlook."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Big:
    """Labelled amounts in large letters: what the reader came for."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Small:
    """Running text in small letters."""

    text: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Barcode:
    """A number as bars: `modules` are 1 for a bar and 0 for a gap, each `dots` of 1/`dpi` inch."""

    text: str
    modules: str
    dots: int
    dpi: int
    height: Fraction

    @property
    def module(self) -> Fraction:
        """Return the width of one module in millimetres."""
        return self.dots * INCH / self.dpi


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Box:
    """Blocks in a frame: a reply to be filled in."""

    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Side:
    """Two columns beside each other; the share of the width that the left one takes."""

    left: tuple[PageBlock, ...]
    right: tuple[PageBlock, ...]
    share: Fraction = Fraction(1, 2)


PageBlock = b.Block | Banner | Big | Small | Barcode | Box | Side


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sheet:
    """A document: its title, its paper, its blocks, and the sizes of letters it may be set in.

    With several `sizes`, in points, it stands on one page in the largest that fits, at most on the
    share `part` of its height; with one it runs over as many pages as it needs. `mark` is printed
    across each page; a line to write on is `line` letters high.
    """

    title: str
    paper: Paper
    blocks: tuple[PageBlock, ...]
    sizes: tuple[Fraction, ...] = (Fraction(10),)
    part: Fraction = Fraction(1)
    line: Fraction = Fraction(1)
    mark: str = ""

    @property
    def one_page(self) -> bool:
        """Say whether it has to stand on one page."""
        return len(self.sizes) > 1


def paper(name: str) -> Paper:
    """Return US Letter or A4; refuse another.

    >>> paper("a4").width
    Fraction(210, 1)
    """
    if name in PAPERS:
        return PAPERS[name]
    near = nearest(name, PAPERS)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(PAPERS)}"
    raise FormulationError("paper-unknown", f"no paper named {quote(name)}", "option --paper", fix)


def label_size(text: str) -> Paper:
    """Return a label of a size in millimetres, 40 to 300 wide and 20 to 300 high.

    >>> found = label_size("100 x 50 mm")
    >>> str(found.width), str(found.height)
    ('100', '50')
    """
    found = _SIZE.fullmatch(text.strip())
    where, fix = "option --size", 'type width and height: "100 x 50 mm"'
    if found is None:
        raise FormulationError("label-size", f"{quote(text)} is not a size", where, fix)
    width, height = Fraction(found[1]), Fraction(found[2])
    if not (40 <= width <= 300 and 20 <= height <= 300):
        what = f"a label of {quote(text)}: 40 to 300 mm by 20 to 300 mm can be printed"
        raise FormulationError("label-size", what, where, fix)
    return Paper("label", width, height, Fraction(3))


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: text, a blank of so many millimetres, a box to tick, or a line's end."""

    kind: str
    text: str = ""
    width: Fraction = Fraction(0)


def spans(text: str) -> tuple[Span, ...]:
    """Return a text in pieces: what is printed, what is written on, what is ticked.

    >>> [(span.kind, span.text, str(span.width)) for span in spans("made by ______")]
    [('text', 'made by ', '0'), ('blank', '', '12')]
    """
    found = []
    for piece in _SPANS.split(text):
        if piece.startswith("____"):
            found.append(Span("blank", width=BLANK * len(piece)))
        elif piece == "[ ]":
            found.append(Span("tick"))
        elif piece == "\n":
            found.append(Span("break"))
        elif piece:
            found.append(Span("text", piece))
    return tuple(found)
