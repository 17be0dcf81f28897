"""`formulate learn quiz`: one question at a time, marked at once, and a summary at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from formulation.errors import FormulationError

from .frame import AsJson, print_report, write_json
from .learn import (
    Count,
    CourseName,
    FamilyName,
    Kind,
    Level,
    Seed,
    Topic,
    again,
    as_inputs,
    learn,
    read_chosen,
    read_course,
    seed_or_new,
)

if TYPE_CHECKING:
    from formulation.marked import Marked
    from formulation.questions import Question
    from formulation.scores import Tally
    from formulation.syllabus import Course

TRIES = 3
HOW = (
    "Type the answer with its unit. Lines of working may come before it, each with = and its unit, "
    "as in = 5 g. An empty line skips a question, quit ends the quiz."
)
LEAVE = ("q", "quit", "exit")
_WORKING, _ANSWER, _CHOICE = "working (=) or answer: ", "answer: ", "letter: "


@dataclass
class _Quiz:
    """One sitting: where answers come from, what was answered, whether scores are kept."""

    course: Course
    explain: bool
    quiet: bool
    keep: bool
    done: list[tuple[Question, Marked]] = field(default_factory=list)
    asked: bool = False

    def line(self, prompt: str) -> str | None:
        """Return the next line that was typed; None where there is no more."""
        if not self.quiet:
            typer.echo(prompt, nl=False)
        typed = sys.stdin.readline()
        if not typed:
            self.say("")
            return None
        typed = typed.strip()
        if not self.asked:
            self.say(_safe(typed))
        return None if typed.casefold() in LEAVE else typed

    def say(self, text: str) -> None:
        """Print a line, unless only the JSON is wanted."""
        if not self.quiet:
            typer.echo(text)


def _safe(text: str) -> str:
    from formulation.errors import quote

    return quote(text, 80)


@learn.command("quiz")
def quiz(
    topic: Topic = "", family: FamilyName = "", level: Level = None, kind: Kind = "",
    count: Count = 5, seed: Seed = None, course: CourseName = "",
    explain: Annotated[bool, typer.Option("--explain", help="All the working.")] = False,
    scores: Annotated[bool, typer.Option("--scores", help="Show the scores kept.")] = False,
    no_score: Annotated[bool, typer.Option("--no-score", help="Keep no score.")] = False,
    as_json: AsJson = False,
) -> int:  # fmt: skip
    """Take a quiz: number, unit and rounding are marked apart, and the likely slip is named.

    Lines of working begin with "=", as in "= 5 g", and come before the answer; right ones count
    where the answer is wrong. An empty line skips a question, "quit" ends the quiz.

    formulate learn quiz --topic dilution --level 2

    formulate learn quiz --scores
    """
    if scores:
        return _scores(as_json)
    from formulation.quizzing import sheet
    from formulation.scores import score_of, tally

    chosen, taught = read_chosen(topic, family, level, kind, count), read_course(course)
    seed = seed_or_new(seed)
    questions = sheet(chosen, seed, taught[0])
    sitting = _Quiz(taught[0], explain, as_json, not no_score, asked=sys.stdin.isatty())
    began = time.monotonic()
    if not as_json:
        _open(questions, taught[0])
    try:
        for number, question in enumerate(questions, 1):
            if not _one(sitting, question, number):
                break
    except KeyboardInterrupt:
        sitting.say("")
    found = tally(score_of(one, marked, date.today()) for one, marked in sitting.done)
    if as_json:
        from formulation.question_json import quiz_json

        asked = as_inputs(chosen, seed, course)
        write_json(quiz_json(tuple(sitting.done), found, asked, taught))
        return 0
    seconds = int(time.monotonic() - began) if sitting.asked else 0
    _close(sitting, found, (len(questions), seconds, again("quiz", chosen, seed, course)))
    return 0


def _open(questions: tuple[Question, ...], course: Course) -> None:
    from formulation.blocks import Heading, Paragraph, Report
    from formulation.question_report import INVENTED, minutes

    total = minutes(sum(one.minutes for one in questions))
    count = f"{len(questions)} question{'' if len(questions) == 1 else 's'}"
    print_report(Report((
        Heading(f"Quiz: {count}, {total}", 1), Paragraph(f"Course: {course.name}. {INVENTED}"),
        Paragraph(HOW),
    )), False)  # fmt: skip


def _one(sitting: _Quiz, question: Question, number: int) -> bool:
    """Ask one question and mark it; say whether the quiz goes on."""
    from formulation.blocks import Report
    from formulation.question_report import question_blocks
    from formulation.quiz_report import marked_report

    if not sitting.quiet:
        print_report(Report(tuple(question_blocks(question, number))), False)
    marked = _answer(sitting, question)
    if marked is None:
        return False
    sitting.done.append((question, marked))
    if not sitting.quiet:
        print_report(marked_report(question, marked, sitting.explain), False)
    _keep(sitting, question, marked)
    return True


def _answer(sitting: _Quiz, question: Question) -> Marked | None:
    """Return the marked answer; a person may type again what could not be read."""
    from formulation.marking import mark

    working: list[str] = []
    marked = None
    for _ in range(TRIES):
        typed = _typed(sitting, question, working)
        if typed is None:
            return marked
        marked = mark(question, typed, sitting.course, tuple(working))
        if marked.read or not sitting.asked:
            return marked
        for note in marked.notes:
            sitting.say(f"not read: {note}")
    return marked


def _typed(sitting: _Quiz, question: Question, working: list[str]) -> str | None:
    """Return the answer; lines that begin with = before it are working, which no choice needs."""
    prompt = _CHOICE if question.kind != "calculate" else _WORKING
    for typed in _lines(sitting, prompt):
        if typed is None or not typed.startswith("="):
            return typed
        working.append(typed)
    return None


def _lines(sitting: _Quiz, prompt: str) -> Iterator[str | None]:
    while True:
        yield sitting.line(prompt)


def _keep(sitting: _Quiz, question: Question, marked: Marked) -> None:
    """Keep the score; where that fails, say so once and go on without."""
    from formulation.scores import append, place, score_of

    if not sitting.keep:
        return
    try:
        append(score_of(question, marked, date.today()), place())
    except FormulationError as error:
        sitting.keep = False
        if not sitting.quiet:
            _caution(error)


def _caution(error: FormulationError) -> None:
    from formulation.blocks import Notice, Report

    where = f"{error.where}: {error.fix}"
    print_report(Report((Notice("caution", error.what, where),)), False)


def _close(sitting: _Quiz, found: Tally, end: tuple[int, int, str]) -> None:
    from formulation.quiz_report import summary_report, took

    asked, seconds, line = end
    planned = sum(one.minutes for one, _ in sitting.done)
    spent = took(seconds, planned) if seconds else ""
    typer.echo()
    print_report(summary_report(found, "Summary", asked, spent), False)
    typer.echo(f"\nThe same questions:\n  {line}")
    if sitting.keep and sitting.done:
        typer.echo("All scores so far:\n  formulate learn quiz --scores")


def _scores(as_json: bool) -> int:
    """Show the scores kept."""
    from formulation.quiz_report import summary_report
    from formulation.scores import place, read, tally

    kept, findings = read(place())
    found = tally(kept, findings)
    if as_json:
        from formulation.question_json import scores_json

        write_json(scores_json(kept, found))
        return 0
    print_report(summary_report(found, _since(kept)), False)
    return 0


def _since(kept: tuple[Any, ...]) -> str:
    if not kept:
        return "Scores"
    first, last = min(one.day for one in kept), max(one.day for one in kept)
    return f"Scores of {first}" if first == last else f"Scores of {first} to {last}"
