"""A curve in plain characters: every value is worked out before, here it is only put into cells.

The same drawing stands on a screen, in a pipe and in Markdown, without colour and in ASCII.
"""

from __future__ import annotations

from fractions import Fraction
from textwrap import wrap

from formulation.blocks import Curve, Line, Plot
from formulation.errors import safe
from formulation.printing import half_away, show, show_share
from formulation.units import Quantity

ROWS = 10
WIDTHS = (96, 64, 48, 32, 24, 16)
QUARTERS = 4
NICE = (1, 2, 4, 6, 8, 10)
COMPUTED = "days by calculation: not a beyond-use date"
MEASURED = "days as measured: not a beyond-use date"


def axis_end(days: Fraction) -> Fraction:
    """Return the end of an axis that holds so many days and has four readable parts.

    >>> axis_end(Fraction(713)), axis_end(Fraction("0.47"))
    (Fraction(800, 1), Fraction(3, 5))
    """
    power = Fraction(1)
    while days > 10 * power:
        power *= 10
    while days <= power:
        power /= 10
    return next(step * power for step in NICE if days <= step * power)


def drawn(curve: Curve, width: int) -> tuple[str, ...]:
    """Return the lines of the drawing, no wider than `width` (at least 28 characters)."""
    label = f"{show_share(curve.limit)} line"
    margin = len(label)
    columns = next((w for w in WIDTHS if margin + 3 + w <= width), WIDTHS[-1])
    cells = [[" "] * (columns + 1) for _ in range(ROWS + 1)]
    level = _row(curve, curve.limit)
    cells[level] = ["-"] * (columns + 1)
    for line in curve.lines:
        for row, column in _cells(curve, line, columns):
            cells[row][column] = safe(line.mark)[:1]
    lines = []
    for row, found in enumerate(cells):
        share = show_share(1 - (1 - curve.floor) * row / ROWS)
        side = label if row == level else share
        lines.append(f"{side:>{margin}} |{''.join(found)}".rstrip())
    lines += _axis(curve, margin, columns)
    return tuple(lines)


def _row(curve: Curve, share: Fraction) -> int:
    return half_away((1 - share) / (1 - curve.floor) * ROWS)


def _cells(curve: Curve, line: Line, columns: int) -> list[tuple[int, int]]:
    """Return the cells of one line: one a column where it is joined, else one a point."""
    found = []
    for day, left in line.points:
        place = day / curve.days * columns
        row = _row(curve, left)
        if line.joined and place.denominator != 1:
            continue
        if 0 <= row <= ROWS and place <= columns:
            found.append((row, half_away(place)))
    return found


def _axis(curve: Curve, margin: int, columns: int) -> list[str]:
    """Return the axis, the days at its quarters, and what they are not."""
    part = columns // QUARTERS
    ruler = " " * margin + " +" + ("-" * (part - 1) + "+") * QUARTERS
    days = [" "] * (margin + 3 + columns)
    for quarter in range(QUARTERS + 1):
        text = show(Quantity(curve.days * quarter / QUARTERS, "day")).partition(" ")[0]
        start = min(margin + 2 + quarter * part - len(text) // 2, len(days) - len(text))
        days[start : start + len(text)] = text
    joined = any(line.joined for line in curve.lines)
    room, said = margin + 2 + columns, COMPUTED if joined else MEASURED
    words = [text.rjust(room) for text in wrap(said, room, break_on_hyphens=False)]
    return [ruler, "".join(days).rstrip(), *words]


def plotted(plot: Plot, width: int) -> tuple[str, ...]:
    """Return the lines of a plot, no wider than `width`; letters that meet are named below it.

    Both axes run from the least to the most that is shown.
    """
    across, up = tuple(x for _, x, _ in plot.points), tuple(y for _, _, y in plot.points)
    highest, lowest = _ends(up, plot.up[1])
    margin = max(len(highest), len(lowest))
    columns = next((w for w in WIDTHS if margin + 3 + w <= width), WIDTHS[-1])
    cells: dict[tuple[int, int], list[str]] = {}
    for mark, x, y in plot.points:
        place = _at(y, up, ROWS), _at(x, across, columns)
        cells.setdefault(place, []).append(mark)
    lines = [plot.up[0]]
    for row in range(ROWS, -1, -1):
        found = "".join(cells.get((row, column), " ")[0] for column in range(columns + 1))
        side = highest if row == ROWS else lowest if row == 0 else ""
        lines.append(f"{side:>{margin}} |{found}".rstrip())
    lines.append(" " * margin + " +" + "-" * columns)
    right, left = _ends(across, plot.across[1])
    gap = max(1, columns - len(left) - len(right))
    lines.append(" " * (margin + 2) + left + " " * gap + (right if right != left else ""))
    lines.append(" " * (margin + 2) + plot.across[0])
    lines += [f"at {marks[0]} also {', '.join(marks[1:])}" for marks in cells.values() if marks[1:]]
    return tuple(line.rstrip() for line in lines)


def _ends(values: tuple[Fraction, ...], unit: str) -> tuple[str, str]:
    return show(Quantity(max(values), unit)), show(Quantity(min(values), unit))


def _at(value: Fraction, every: tuple[Fraction, ...], cells: int) -> int:
    low, high = min(every), max(every)
    return half_away((value - low) / (high - low) * cells) if high > low else 0
