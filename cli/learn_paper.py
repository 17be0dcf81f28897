"""`formulate learn paper`: a paper from a blueprint, in two forms, for paper and for Moodle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .frame import AsJson, Markdown, print_report, write_json
from .learn import CourseName, learn, read_course
from .leaving import Force, PaperName, Pdf, leave_files

if TYPE_CHECKING:
    from formulation.pages import Paper as Size
    from formulation.papers import Paper

Named = Annotated[str, typer.Argument(metavar="BLUEPRINT", help="Its name, or a file .toml.")]
Form = Annotated[str, typer.Option(help="A or B.")]
Seed = Annotated[int, typer.Option(help="Another number gives another paper.")]
Answers = Annotated[bool, typer.Option("--answers", help="The teacher's paper, with the key.")]
Moodle = Annotated[str | None, typer.Option("--moodle", metavar="OUT", help="Write Moodle XML.")]
Gift = Annotated[str | None, typer.Option("--gift", metavar="OUT", help="Write GIFT.")]


@learn.command("paper")
def paper(
    blueprint: Named,
    form: Form = "A",
    seed: Seed = 1,
    course: CourseName = "",
    answers: Answers = False,
    pdf: Pdf = None,
    moodle: Moodle = None,
    gift: Gift = None,
    size: PaperName = "letter",
    force: Force = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Print a paper from a blueprint: form A or B, for students, or with its answers.

    Files for Moodle always hold the answers.

    formulate learn paper dilution --form B --seed 7 --pdf test-b.pdf

    formulate learn paper dilution --answers
    """
    from formulation.blueprint import find_blueprint
    from formulation.pages import paper as named
    from formulation.papers import paper as drawn

    sheet_of = named(size)
    found = drawn(find_blueprint(blueprint), form, seed, read_course(course)[0])
    files: list[tuple[str, Callable[[], bytes], str]] = [
        (name, make, option)
        for name, make, option in (
            (pdf, lambda: _pdf(found, answers, sheet_of), "--pdf"),
            (moodle, lambda: _moodle(found), "--moodle"), (gift, lambda: _gift(found), "--gift"),
        )
        if name is not None
    ]  # fmt: skip
    leave_files(files, force)
    if as_json:
        from formulation.learn_json import paper_json

        asked = {"blueprint": Path(blueprint).name, "form": form, "seed": seed, "course": course}
        write_json(paper_json(found, asked, answers))
    elif not files:
        from formulation.paper_report import student_report, teacher_report

        print_report(teacher_report(found) if answers else student_report(found), markdown)
    return 0


def _pdf(found: Paper, answers: bool, size: Size) -> bytes:
    from formulation.page_typst import pdf
    from formulation.paper_page import student_page, teacher_page

    return pdf((teacher_page if answers else student_page)(found, size))


def _moodle(found: Paper) -> bytes:
    from formulation.moodle import moodle

    return moodle(found).encode("utf-8")


def _gift(found: Paper) -> bytes:
    from formulation.gift import gift

    return gift(found).encode("utf-8")
