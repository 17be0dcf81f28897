"""`formulate learn`: lessons, practice and quizzes; every number in them is worked out here."""

from __future__ import annotations

import typer

from .frame import app

learn = typer.Typer(
    help="Lessons, practice questions and quizzes, with keys that the program works out.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(learn, name="learn")


@learn.callback()
def _group(context: typer.Context) -> None:
    """Read a lesson, print practice questions, or take a quiz."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
