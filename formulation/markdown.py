"""Blocks as Markdown text; whatever a person typed stays text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from formulation import blocks as b
from formulation.drawing import drawn, plotted
from formulation.errors import safe

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&])")
WIDTH = 78
_MARKS = {"note": "Note", "caution": "CAUTION", "stop": "STOP"}


def escaped(text: str) -> str:
    """Return text that Markdown prints as it stands.

    >>> escaped("*bold* <script>")
    '\\\\*bold\\\\* \\\\<script\\\\>'
    """
    return _SPECIAL.sub(r"\\\1", safe(text).replace("\n", " "))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def _table(block: b.Table) -> str:
    head = [_row(block.columns), "|" + " --- |" * len(block.columns)]
    return "\n".join(head + [_row(row) for row in block.rows])


def _facts(block: b.Facts) -> str:
    return "\n".join(f"- **{escaped(label)}**: {_lines(text)}" for label, text in block.rows)


def _items(block: b.Items) -> str:
    dots = "." if block.numbered else ""
    return "\n".join(f"{mark}{dots} {escaped(text)}" for mark, text in block.marked)


def _lines(text: str) -> str:
    """Return a text whose own line breaks stay, inside the item of a list."""
    return "  \n  ".join(escaped(part) for part in text.split("\n"))


def _chart(block: b.Chart) -> str:
    rows = tuple(
        (f"{label} STOP" if stopped else label, *(bar.text for bar in bars))
        for label, bars, stopped in block.rows
    )
    return _table(b.Table(("", *block.columns), rows))


def _curve(block: b.Curve) -> str:
    """Return the drawing in a fence, which nothing typed gets into, and its words below."""
    drawing = "\n".join(drawn(block, WIDTH))
    lines = "\n".join(f"- **{escaped(line.mark)}** {escaped(line.text)}" for line in block.lines)
    return f"```text\n{drawing}\n```\n\n{lines}"


def _plot(block: b.Plot) -> str:
    drawing = "\n".join(plotted(block, WIDTH))
    return f"```text\n{drawing}\n```"


def _notice(block: b.Notice) -> str:
    where = f"{escaped(block.where)}: " if block.where else ""
    fix = f" *{escaped(block.fix)}*" if block.fix else ""
    return f"- **{_MARKS[block.level]}** {where}{escaped(block.text)}{fix}"


def _working(block: b.Working) -> str:
    rows = [
        ("formula", block.formula), ("numbers", block.substituted), ("result", block.result),
        ("why", block.why), ("source", ", ".join(block.sources)),
    ]  # fmt: skip
    return f"**{escaped(block.name)}**\n\n" + _facts(b.Facts(tuple(r for r in rows if r[1])))


def _pieces(row: tuple[b.Piece, ...]) -> str:
    return " ".join(f"~~{escaped(text)}~~" if out else escaped(text) for text, out in row)


def _struck(block: b.Struck) -> str:
    row = [
        f"({_pieces(over)} / {_pieces(under)})" if under else _pieces(over)
        for over, under in block.factors
    ]
    return " × ".join(row) + f" = **{escaped(block.result)}**"


def _references(block: b.References) -> str:
    return "\n".join(
        f"- **{escaped(key)}** {escaped(title)}. {escaped(publisher)}. {escaped(address)} ({grade})"
        for key, title, publisher, address, grade in block.rows
    )


_WRITE: dict[type, Callable[[Any], str]] = {
    b.Heading: lambda block: "#" * block.level + " " + escaped(block.text),
    b.Paragraph: lambda block: escaped(block.text),
    b.Items: _items,
    b.Facts: _facts,
    b.Table: _table,
    b.Chart: _chart,
    b.Curve: _curve,
    b.Plot: _plot,
    b.Notice: _notice,
    b.Working: _working,
    b.Struck: _struck,
    b.References: _references,
}


def markdown(report: b.Report) -> str:
    """Return a report as Markdown.

    >>> print(markdown(b.Report((b.Heading("A plan", 1), b.Paragraph("1 * 2")))))
    # A plan
    <BLANKLINE>
    1 \\* 2
    <BLANKLINE>
    """
    return "\n\n".join(_WRITE[type(block)](block) for block in report.blocks) + "\n"
