"""The worksheet as pages to be written on: the same blocks, its underscores as lines."""

from __future__ import annotations

from fractions import Fraction

from formulation.blocks import Heading, Report
from formulation.pages import Paper, Sheet

LETTERS, LINE = Fraction(19, 2), Fraction(8, 5)


def worksheet_page(report: Report, paper: Paper) -> Sheet:
    """Return a worksheet or a draft master formula on its paper, over as many pages as it needs."""
    first = report.blocks[0]
    title = first.text if isinstance(first, Heading) else "Compounding record"
    return Sheet(title, paper, report.blocks, (LETTERS,), line=LINE)
