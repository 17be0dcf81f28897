"""Blocks on a terminal: legible at 60 columns, without colour, in a pipe."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from formulation import blocks as b
from formulation.drawing import drawn, plotted
from formulation.errors import safe

LABEL = 24
_MARKS = {"note": ("note", "dim"), "caution": ("CAUTION", "yellow"), "stop": ("STOP", "bold red")}


def _text(value: str, style: str = "") -> Text:
    """Return somebody's words as plain text: never as markup, never as control characters."""
    return Text(safe(value), style=style)


def _heading(block: b.Heading, _: int) -> RenderableType:
    style = "bold reverse" if block.level == 1 else "bold"
    text = _text(block.text, style)
    return text if block.level == 1 else Group(Text(""), text)


def _paragraph(block: b.Paragraph, _: int) -> RenderableType:
    return Group(Text(""), _text(block.text)) if block.spaced else _text(block.text)


def _items(block: b.Items, _: int) -> RenderableType:
    grid = _grid((None, None))
    for mark, text in block.marked:
        grid.add_row(_text(mark), _text(text))
    return Padding(grid, (0, 0, 0, 2))


def _grid(widths: tuple[int | None, ...]) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    return grid


def _facts(block: b.Facts, width: int) -> RenderableType:
    longest = max(len(label) for label, _ in block.rows)
    if block.names and longest > width - LABEL // 2:
        return _below(block)
    grid = _grid((longest if block.names else min(LABEL, longest), None))
    for label, text in block.rows:
        grid.add_row(_text(label, "bold"), _text(text))
    return Padding(grid, (0, 0, 0, 2))


def _below(block: b.Facts) -> RenderableType:
    """Return each text under its name, where the names leave no room beside them."""
    parts = [
        part
        for label, text in block.rows
        for part in (
            Padding(_text(label, "bold"), (0, 0, 0, 2)), Padding(_text(text), (0, 0, 0, 4)),
        )
    ]  # fmt: skip
    return Group(*parts)


def _table(block: b.Table, width: int) -> RenderableType:
    if len(block.columns) > 2 and _needs(block) > width:
        return _columns_down(block) if block.compares else _rows_down(block)
    table = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False)
    for name in block.columns:
        table.add_column(_text(name, "bold"), overflow="fold")
    for label, *cells in block.rows:
        table.add_row(_text(label), *(_text(cell) for cell in cells))
    return Padding(table, (0, 0, 0, 2))


def _needs(block: b.Table) -> int:
    """Return the width at which no cell has to wrap."""
    every = [block.columns, *block.rows]
    return 2 + sum(max(len(row[place]) for row in every) + 2 for place in range(len(every[0])))


def _columns_down(block: b.Table) -> RenderableType:
    parts: list[RenderableType] = []
    for place, name in enumerate(block.columns[1:], 1):
        rows = tuple((row[0], row[place]) for row in block.rows)
        parts += [_text(name, "bold"), _facts(b.Facts(rows), 0)]
    return Group(*parts)


def _rows_down(block: b.Table) -> RenderableType:
    parts: list[RenderableType] = []
    for label, *cells in block.rows:
        rows = tuple(zip(block.columns[1:], cells, strict=True))
        parts += [Padding(_text(label, "bold"), (0, 0, 0, 2)), _facts(b.Facts(rows), 0)]
    return Group(*parts)


def _bar(value: Fraction, most: Fraction, room: int) -> str:
    if not most or not value:
        return ""
    return "█" * max(1, int(value / most * room))


def _chart(block: b.Chart, width: int) -> RenderableType:
    labels = max(len(row[0]) + 5 * row[2] for row in block.rows)
    texts = max(len(bar.text) for row in block.rows for bar in row[1])
    count = len(block.columns)
    room = max(4, (width - labels - 4) // count - texts - 3)
    grid = Table(box=None, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False)
    grid.add_column("", no_wrap=True)
    for name in block.columns:
        grid.add_column(_text(name, "bold"), overflow="fold")
    most = [max(row[1][place].value for row in block.rows) for place in range(count)]
    for label, bars, stopped in block.rows:
        cells = [
            _text(f"{_bar(bar.value, most[place], room)} {bar.text}".strip())
            for place, bar in enumerate(bars)
        ]
        grid.add_row(_text(f"{label} STOP" if stopped else label, "dim" if stopped else ""), *cells)
    return Group(Text(""), Padding(grid, (0, 0, 0, 2)))


def _curve(block: b.Curve, width: int) -> RenderableType:
    grid = _grid((1, None))
    for line in block.lines:
        grid.add_row(_text(line.mark, "bold"), _text(line.text))
    drawing = _text("\n".join(drawn(block, width)))
    drawing.no_wrap = True
    return Group(Text(""), drawing, Padding(grid, (0, 0, 0, 2)))


def _plot(block: b.Plot, width: int) -> RenderableType:
    drawing = _text("\n".join(plotted(block, width)))
    drawing.no_wrap = True
    return Group(Text(""), drawing)


def _notice(block: b.Notice, _: int) -> RenderableType:
    word, style = _MARKS[block.level]
    grid = _grid((7, None))
    body = _text(f"{block.where}: {block.text}" if block.where else block.text)
    if block.fix:
        body.append_text(_text(f"\n> {block.fix}".replace("\n", "\n"), "italic"))
    grid.add_row(Text(word, style), body)
    return grid


def _working(block: b.Working, _: int) -> RenderableType:
    rows = [
        ("formula", block.formula),
        ("numbers", block.substituted),
        ("result", block.result),
        ("why", block.why),
    ]
    if block.sources:
        rows.append(("source", ", ".join(block.sources)))
    return Group(_text(block.name, "bold"), _facts(b.Facts(tuple(rows)), 0))


def _struck(block: b.Struck, width: int, colour: bool) -> RenderableType:
    """Return factors in rows that never break inside one; what cancels is struck or bracketed."""
    factors = [
        _join("(", over, " / ", under, ")", colour=colour) if under else _join(over, colour=colour)
        for over, under in block.factors
    ]
    words = [Text("× ").append_text(one) if place else one for place, one in enumerate(factors)]
    lines, line = [], Text("")
    for word in [*words, Text(f"= {block.result}", style="bold")]:
        if line and len(line) + 1 + len(word) > width - 4:
            lines.append(line)
            line = Text("")
        line = line.append(" " if line else "").append_text(word)
    body = Text("\n").join([*lines, line])
    body.no_wrap = True
    return Padding(body, (0, 0, 0, 4))


def _join(*parts: str | tuple[b.Piece, ...], colour: bool) -> Text:
    text = Text("")
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        for place, (word, out) in enumerate(part):
            text.append(" " if place else "")
            if out and colour:
                text.append(safe(word), style="strike")
            else:
                text.append(f"[{safe(word)}]" if out else safe(word))
    return text


def _references(block: b.References, _: int) -> RenderableType:
    rows = tuple(
        (f"[{key}]", f"{title}. {publisher}. {address} ({grade})".replace(" . ", " "))
        for key, title, publisher, address, grade in block.rows
    )
    parts = [Group(_text(key, "bold"), Padding(_text(words), (0, 0, 0, 2))) for key, words in rows]
    return Group(*parts)


_DRAW: dict[type, Callable[[Any, int], RenderableType]] = {
    b.Heading: _heading,
    b.Paragraph: _paragraph,
    b.Items: _items,
    b.Facts: _facts,
    b.Table: _table,
    b.Chart: _chart,
    b.Curve: _curve,
    b.Plot: _plot,
    b.Notice: _notice,
    b.Working: _working,
    b.References: _references,
}


def render(report: b.Report, console: Console) -> None:
    """Print a report on a console, block by block."""
    colour = console.is_terminal and bool(console.color_system) and not console.no_color
    with console.capture() as capture:
        for block in report.blocks:
            if isinstance(block, b.Struck):
                console.print(_struck(block, console.width, colour))
                continue
            console.print(_DRAW[type(block)](block, console.width))
    lines = (line.rstrip() for line in capture.get().split("\n"))
    console.file.write("\n".join(lines))
