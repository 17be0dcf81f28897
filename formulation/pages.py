"""What is printed on paper: blocks in order, on a page of a size in millimetres.

A page is neutral, as a report is: `page_typst` makes it a PDF, `page_html` a web page, `page_text`
a report for the terminal. Lines to write on and boxes to tick are `blocks.line` and `blocks.BOX`:
underscores that somebody typed are text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from formulation import blocks as b
from formulation.errors import BOX_MARK, LINE_MARK, FormulationError, nearest, quote

INCH = Fraction(254, 10)
BLANK = Fraction(2)  # millimetres of line for each mark
TIED = 20  # marks: a blank up to this long stays beside the word before it
LEAST = Fraction(16)  # millimetres in which initials or a number can be written
_SIZE = re.compile(r"(\d{1,3}(?:\.\d{1,2})?) ?x ?(\d{1,3}(?:\.\d{1,2})?) ?mm")
# An option and its value, and a number and its unit, stay on one line.
_KEPT = (
    r'--[a-z][a-z-]*(?: (?:"[^"\n]{1,20}"|[^\s"-]\S{0,15}))?'
    r"|(?<![\w.,])\d[\d.,]* (?:mcg|mg|kg|g|mL|L|%|IU|mEq|mm)(?:/[A-Za-z]{1,8})?(?![\w/])"
)
_WHOLE = re.compile(_KEPT)
_SPANS = re.compile(rf"({LINE_MARK}+|{BOX_MARK}|\n|{_KEPT})")


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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Together:
    """Blocks that stand on one page: a question with the room for its answer."""

    blocks: tuple[PageBlock, ...]


PageBlock = b.Block | Banner | Big | Small | Barcode | Box | Side | Together


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
    """A piece of a line: text, a blank of so many millimetres, a box to tick, or a line's end.

    Text of the kind `keep` never breaks, and no line ends at a `tie`.
    """

    kind: str
    text: str = ""
    width: Fraction = Fraction(0)


def _tied(found: list[Span]) -> None:
    """Tie a blank to the word before it: a line alone does not say what is written on it."""
    if found and found[-1].kind == "text" and re.search(r"\S $", found[-1].text):
        found[-1:] = [Span("text", found[-1].text[:-1]), Span("tie")]


def spans(text: str) -> tuple[Span, ...]:
    """Return a text in pieces: what is printed, what is written on, what is ticked.

    >>> [(span.kind, str(span.width)) for span in spans("made by " + b.line(12))]
    [('text', '0'), ('tie', '0'), ('blank', '24')]
    >>> [(span.kind, span.text) for span in spans("____ of 1 mg/mL")]
    [('text', '____ of '), ('keep', '1 mg/mL')]
    """
    found: list[Span] = []
    for piece in _SPANS.split(text):
        if piece.startswith(LINE_MARK):
            if len(piece) <= TIED:
                _tied(found)
            found.append(Span("blank", width=max(LEAST, BLANK * len(piece))))
        elif piece == BOX_MARK:
            found.append(Span("tick"))
        elif piece == "\n":
            found.append(Span("break"))
        elif piece:
            found.append(Span("keep" if _WHOLE.fullmatch(piece) else "text", piece))
    return tuple(found)
