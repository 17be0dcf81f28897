"""`formulate learn`: lessons, practice and quizzes; every number in them is worked out here."""

from __future__ import annotations

import secrets
import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .frame import AsJson, Markdown, app, print_report, write_json

if TYPE_CHECKING:
    from formulation.blocks import Report
    from formulation.quizzing import Chosen
    from formulation.records import Stamp
    from formulation.syllabus import Course

learn = typer.Typer(
    help="Lessons, practice questions and quizzes, with keys that the program works out.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(learn, name="learn")

Topic = Annotated[str, typer.Option(help="A topic, as dilution; a wrong one lists all.")]
FamilyName = Annotated[str, typer.Option("--family", help="One family of questions.")]
Level = Annotated[int | None, typer.Option(help="1 (one step) to 4 (as at the bench).")]
Kind = Annotated[str, typer.Option(help="calculate, estimate, reasonable, error or refuse.")]
Count = Annotated[int, typer.Option(help="How many questions.")]
Seed = Annotated[int | None, typer.Option(help="The same seed gives the same questions.")]
CourseName = Annotated[str, typer.Option("--course", metavar="FILE", help="A course file or id.")]


@learn.callback()
def _group(context: typer.Context) -> None:
    """Read a lesson, print practice questions, or take a quiz."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def read_chosen(
    topic: str, family: str, level: int | None, kind: str, count: int
) -> Chosen:  # fmt: skip
    """Return what was asked for; a level of 0 is refused like any other that there is not."""
    from formulation.errors import FormulationError
    from formulation.quizzing import Chosen

    if level == 0:
        fix = "give 1, 2, 3 or 4"
        raise FormulationError("learn-no-such-level", "there is no level 0", "option --level", fix)
    return Chosen(topic, family, level or 0, kind, count)


def read_course(named: str) -> tuple[Course, Stamp]:
    """Return the course that was named, else the one that comes with the program."""
    from formulation.course_file import course

    return course(named)


def seed_or_new(seed: int | None) -> int:
    """Return the seed that was typed, else a new one."""
    return secrets.randbelow(1_000_000) if seed is None else seed


def again(command: str, chosen: Chosen, seed: int, course: str) -> str:
    """Return the command line that makes the same questions once more."""
    words = ["formulate", "learn", command]
    for name in ("topic", "family", "level", "kind", "count"):
        value = getattr(chosen, name)
        words += [f"--{name}", str(value)] if value else []
    words += ["--seed", str(seed), *(["--course", course] if course else [])]
    return shlex.join(words)


def as_inputs(chosen: Chosen, seed: int, course: str) -> dict[str, Any]:
    """Return what was asked for, as the JSON holds it."""
    return {
        "topic": chosen.topic, "family": chosen.family, "level": chosen.level or None,
        "kind": chosen.kind, "count": chosen.count, "seed": seed, "course": course,
    }  # fmt: skip


@learn.command("practice")
def practice(
    topic: Topic = "", family: FamilyName = "", level: Level = None, kind: Kind = "",
    count: Count = 5, seed: Seed = None, course: CourseName = "",
    answers: Annotated[bool, typer.Option("--answers", help="The answers, after it all.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Answers with all working.")] = False,
    markdown: Markdown = False,
    latex: Annotated[bool, typer.Option("--latex", help="Print LaTeX.")] = False,
    as_json: AsJson = False,
) -> int:  # fmt: skip
    """Print practice questions, with their answers where they are asked for.

    formulate learn practice --topic dilution --level 2 --count 3 --seed 7

    formulate learn practice --count 3 --seed 7 --explain
    """
    from formulation.question_report import sheet_report
    from formulation.quizzing import sheet

    chosen, taught = read_chosen(topic, family, level, kind, count), read_course(course)
    seed = seed_or_new(seed)
    questions = sheet(chosen, seed, taught[0])
    keys = "explain" if explain else "answers" if answers else ""
    if as_json:
        from formulation.question_json import practice_json

        write_json(practice_json(questions, as_inputs(chosen, seed, course), taught, keys))
        return 0
    line = again("practice", chosen, seed, course)
    _print(sheet_report(questions, taught[0], line, keys), markdown, latex)
    return 0


def _print(report: Report, markdown: bool, latex: bool) -> None:
    if latex:
        from formulation.latex import latex as written

        typer.echo(written(report), nl=False)
        return
    print_report(report, markdown)
