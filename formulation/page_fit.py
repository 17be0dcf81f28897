"""How large may the letters of a web page be, so that it prints on one page?

Only a browser can measure, so this errs on the safe side: a letter is taken as 0.54 of its size
wide, a line as 1.35 high; the lines and gaps of a label are smaller. Heights and
widths here are in letters.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from formulation import blocks as b
from formulation import pages as p

LETTER, LINE, GAP = Fraction(27, 50), Fraction(27, 20), Fraction(3, 5)
NARROW, TIGHT, CLOSE = 40, Fraction(7, 10), Fraction(24, 27)  # 1.2 / 1.35
_HEADINGS = {1: Fraction(8, 5), 2: Fraction(6, 5), 3: Fraction(11, 10)}


def _lines(text: str, width: Fraction, size: Fraction = Fraction(1)) -> Fraction:
    """Return the height of a text set in a width."""
    room = max(1, int(width / (LETTER * size)))
    count = sum(max(1, -(-len(part) // room)) for part in text.split("\n"))
    return count * LINE * size


def _paragraph(block: Any, width: Fraction) -> Fraction:
    return _lines(block.text, width) + GAP


def _heading(block: b.Heading, width: Fraction) -> Fraction:
    size = _HEADINGS.get(block.level, Fraction(1))
    return _lines(block.text, width, size) + size * Fraction(5, 4)


def _facts(block: b.Facts, width: Fraction) -> Fraction:
    share = Fraction(1, 2) if width < NARROW else Fraction(27, 100)
    label, text = width * share, width * (1 - share) - 1
    rows = (max(_lines(name, label), _lines(said, text)) for name, said in block.rows)
    return sum(rows, Fraction(0)) + GAP * len(block.rows) / 3 + GAP


def _big(block: p.Big, width: Fraction) -> Fraction:
    size = Fraction(3, 2)
    rows = (_lines(name + said, width, size) for name, said in block.rows)
    return sum(rows, Fraction(0)) + Fraction(1, 5) * len(block.rows) + 2


def _chart(block: b.Chart, width: Fraction) -> Fraction:
    part = width * Fraction(36, 100)
    rows = (_lines(label, part) for label, _, _ in block.rows)
    return sum(rows, Fraction(0)) + Fraction(2, 5) * len(block.rows) + GAP


def _notice(block: b.Notice, width: Fraction) -> Fraction:
    return _lines(f"CAUTION {block.where} {block.text}\n{block.fix}", width) + GAP


def _side(block: p.Side, width: Fraction) -> Fraction:
    left, right = block.share * (width - 2), (1 - block.share) * (width - 2)
    return max(needed(block.left, left), needed(block.right, right))


_NEED: dict[type, Callable[[Any, Fraction], Fraction]] = {
    b.Heading: _heading, b.Paragraph: _paragraph, b.Facts: _facts, b.Chart: _chart,
    b.Notice: _notice, p.Banner: lambda x, w: _lines(x.text, w) + 1, p.Big: _big,
    p.Small: _paragraph, p.Side: _side, p.Together: lambda x, w: needed(x.blocks, w),
    p.Box: lambda x, w: needed(x.blocks, w - 2) + 2,
}  # fmt: skip


def needed(blocks: tuple[p.PageBlock, ...], width: Fraction) -> Fraction:
    """Return how high blocks are in a width, both in letters; bars of a barcode not counted."""
    found = Fraction(0)
    for block in blocks:
        high = _NEED.get(type(block))
        found += LINE if high is None else high(block, width)
    return found


def letters(sheet: p.Sheet) -> Fraction:
    """Return the largest size in points in which a sheet is sure to stand on its page.

    >>> short = p.Sheet("x", p.A4, (b.Paragraph("x"),), (Fraction(12), Fraction(8)))
    >>> str(letters(short))
    '12'
    """
    paper = sheet.paper
    width, height = paper.width - 2 * paper.margin, paper.height * sheet.part - 2 * paper.margin
    height -= sum(block.height for block in sheet.blocks if isinstance(block, p.Barcode))
    tight, close = (TIGHT, CLOSE) if paper.name == "label" else (0, 1)
    for size in sheet.sizes:
        letter = size * p.INCH / 72
        high = (needed(sheet.blocks, width / letter) - tight * len(sheet.blocks)) * close
        if high * letter <= height:
            return size
    return sheet.sizes[-1]
