"""A paper on paper: each question on one page, with lines to work on."""

from __future__ import annotations

from fractions import Fraction

from formulation import blocks as b
from formulation import pages as p
from formulation.paper_report import asked, explained, licence, student_head, teacher_report, title
from formulation.papers import Item, Paper

LINE = Fraction(17, 10)
FEWEST, MOST = 3, 8


def student_page(paper: Paper, size: p.Paper) -> p.Sheet:
    """Return the student's paper: more lines to work on where a question takes longer."""
    body = tuple(p.Together(asked(item, _space(item))) for item in paper.items)
    blocks = (*student_head(paper), *body, p.Small(licence(paper)))
    return p.Sheet(title(paper), size, blocks, line=LINE)


def _space(item: Item) -> int:
    return max(FEWEST, min(MOST, item.question.minutes + 1))


def teacher_page(paper: Paper, size: p.Paper) -> p.Sheet:
    """Return the teacher's paper: key, worksheets, marks, likely mistakes."""
    report = teacher_report(paper)
    first = next(
        place for place, block in enumerate(report.blocks)
        if isinstance(block, b.Heading) and block.text.startswith("Question ")
    )  # fmt: skip
    body = tuple(p.Together(explained(item, paper.course.marks)) for item in paper.items)
    blocks = (*report.blocks[:first], *body, p.Small(licence(paper)))
    return p.Sheet(f"{title(paper)}: answers", size, blocks)
