"""`formulate learn lesson`: the lessons, their examples worked out as they are printed."""

from __future__ import annotations

from typing import Annotated

import typer

from .frame import AsJson, Markdown, print_report, write_json
from .learn import learn

Named = Annotated[str | None, typer.Argument(metavar="LESSON", help="Its number or its name.")]
Answers = Annotated[bool, typer.Option("--answers", help="With the answers of its questions.")]


@learn.command("lesson")
def lesson(
    named: Named = None,
    answers: Answers = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """List the lessons, or print one.

    formulate learn lesson

    formulate learn lesson 5
    """
    from formulation.lessons import lesson as found
    from formulation.lessons import lessons

    every = lessons() if named is None else ()
    one = None if named is None else found(named)
    from formulation.catalog import bibliography
    from formulation.lesson_report import contents, lesson_report

    report = contents(every) if one is None else lesson_report(one, bibliography(), answers)
    if as_json:
        from formulation.learn_json import lesson_json, lessons_json

        write_json(lessons_json(every) if one is None else lesson_json(one, answers))
    else:
        print_report(report, markdown)
    return 0
