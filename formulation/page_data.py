"""A sheet as plain data, for the writer of PDFs: finished text in pieces, lengths in millimetres.

Every text passes through `printable`: what the shipped fonts lack stands as its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import groupby
from typing import Any

from formulation import blocks as b
from formulation import pages as p
from formulation.page_fonts import FAMILIES, lacking, printable

WORDS = {"note": "Note", "caution": "CAUTION", "stop": "STOP"}
LONG = 1000  # characters: a labelled text as long as this may run on over the end of a page


def pieces(text: str) -> list[dict[str, Any]]:
    """Return a text as spans; blanks carry their width in millimetres."""
    found: list[dict[str, Any]] = []
    for one in p.spans(text):
        piece: dict[str, Any] = {"kind": one.kind}
        if one.kind in ("text", "keep"):
            piece["text"] = printable(one.text)
        if one.kind == "blank":
            piece["width"] = float(one.width)
        found.append(piece)
    return found


def _pairs(rows: tuple[tuple[str, str], ...]) -> list[list[Any]]:
    """Return label and text; beside a line to write on both begin as low as that line."""
    found: list[list[Any]] = []
    for label, text in rows:
        strut = [{"kind": "strut"}] if b.line(1) in text.split("\n")[0] else []
        found.append([[*strut, *pieces(label)], [*strut, *pieces(text)]])
    return found


def _facts(block: b.Facts) -> dict[str, Any]:
    narrow = all(len(label) <= 3 for label, _ in block.rows)
    return {**_facts_of(block.rows), "narrow": narrow, "whole": block.whole}


def _facts_of(rows: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Return labelled lines; each stays on one page unless it could be longer than one."""
    together = all(len(text) < LONG for _, text in rows)
    return {
        "kind": "facts", "rows": _pairs(rows), "narrow": False, "whole": False,
        "together": together,
    }  # fmt: skip


def _column(blocks: tuple[p.PageBlock, ...]) -> list[dict[str, Any]]:
    """Return the blocks of a column: labels there take no more room than they need."""
    found = [written(one) for one in blocks]
    for one in found:
        one.update({"narrow": True} if one["kind"] == "facts" else {})
    return found


def _table(block: b.Table) -> dict[str, Any]:
    return {
        "kind": "table", "columns": [pieces(c) for c in block.columns],
        "rows": [[pieces(cell) for cell in row] for row in block.rows],
    }  # fmt: skip


def shares(block: b.Chart) -> Iterator[tuple[str, Fraction | None, str]]:
    """Yield each bar of a chart of one column: label, share of the longest, text.

    A bar without a length, where the value is not known, is None.
    """
    most = max((bars[0].value for _, bars, _ in block.rows), default=Fraction(0))
    for label, bars, _ in block.rows:
        value = bars[0].value
        yield label, (value / most if value > 0 and most else None), bars[0].text


def _chart(block: b.Chart) -> dict[str, Any]:
    rows = [
        {"label": pieces(label), "share": None if part is None else float(part),
         "text": pieces(text)}
        for label, part, text in shares(block)
    ]  # fmt: skip
    return {"kind": "bars", "rows": rows}


def _notice(block: b.Notice) -> dict[str, Any]:
    where = f"{block.where}: " if block.where else ""
    return {
        "kind": "notice", "level": block.level, "word": WORDS[block.level],
        "spans": pieces(where + block.text), "fix": pieces(block.fix),
    }  # fmt: skip


def runs(modules: str) -> list[tuple[int, int]]:
    """Return the bars of a barcode: where each begins, how many modules wide it is.

    >>> runs("1101")
    [(0, 2), (3, 1)]
    """
    found, at = [], 0
    for bar, group in groupby(modules):
        width = len(list(group))
        if bar == "1":
            found.append((at, width))
        at += width
    return found


def _barcode(block: p.Barcode) -> dict[str, Any]:
    return {
        "kind": "barcode", "text": printable(block.text), "module": float(block.module),
        "bars": runs(block.modules), "bars-whole": len(block.modules),
        "height": float(block.height),
    }  # fmt: skip


def _working(block: b.Working) -> dict[str, Any]:
    text = f"{block.substituted} = {block.result}"
    return _facts_of(((block.name, text),))


def _references(block: b.References) -> dict[str, Any]:
    rows = tuple(
        (key, f"{title}. {publisher}. {address} ({grade})".replace(".. ", ". "))
        for key, title, publisher, address, grade in block.rows
    )
    return _facts_of(rows)


_WRITE: dict[type, Callable[[Any], dict[str, Any]]] = {
    b.Heading: lambda x: {
        "kind": "heading", "level": x.level, "look": x.level, "spans": pieces(x.text),
    },
    b.Paragraph: lambda x: {"kind": "paragraph", "spans": pieces(x.text)},
    b.Items: lambda x: _facts(b.Facts(x.marked)),
    b.Facts: _facts,
    b.Table: _table,
    b.Chart: _chart,
    b.Notice: _notice,
    b.Working: _working,
    b.References: _references,
    p.Banner: lambda x: {"kind": "banner", "spans": pieces(x.text)},
    p.Big: lambda x: {"kind": "big", "rows": _pairs(x.rows)},
    p.Small: lambda x: {"kind": "small", "spans": pieces(x.text)},
    p.Barcode: _barcode,
    p.Box: lambda x: {"kind": "box", "blocks": [written(one) for one in x.blocks]},
    p.Together: lambda x: {"kind": "together", "blocks": [written(one) for one in x.blocks]},
    p.Side: lambda x: {
        "kind": "side", "share": float(x.share), "left": _column(x.left),
        "right": _column(x.right),
    },
}  # fmt: skip


def written(block: p.PageBlock) -> dict[str, Any]:
    """Return one block as data."""
    return _WRITE[type(block)](block)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)


def missing(sheet: p.Sheet) -> str:
    """Return the characters on a sheet that the shipped fonts lack, each once."""
    return lacking("".join(_texts(sheet)))


def _levelled(blocks: list[dict[str, Any]], last: int = 0) -> int:
    """Make headings go down one level at a time, as a tagged page has to; their look stays."""
    for block in blocks:
        if block["kind"] == "heading":
            last = block["level"] = min(block["level"], last + 1)
        for inner in ("blocks", "left", "right"):
            last = _levelled(block.get(inner, []), last)
    return last


def page_data(sheet: p.Sheet) -> dict[str, Any]:
    """Return a sheet as data: size in millimetres, sizes of letters in points, blocks."""
    blocks = [written(block) for block in sheet.blocks]
    gone = missing(sheet)
    if gone:
        said = ", ".join(f"U+{ord(c):04X}" for c in gone)
        text = f"Not in the fonts of this page, printed by number: {said}"
        blocks.append({"kind": "small", "spans": pieces(text)})
    _levelled(blocks)
    size = sheet.paper
    return {
        "title": printable(sheet.title), "fonts": list(FAMILIES), "mark": printable(sheet.mark),
        "width": float(size.width), "height": float(size.height), "margin": float(size.margin),
        "sizes": [float(one) for one in sheet.sizes], "part": float(sheet.part),
        "line": float(sheet.line), "tight": size.name == "label", "blocks": blocks,
    }  # fmt: skip
