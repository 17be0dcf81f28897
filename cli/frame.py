"""What every command shares: the program itself, the prescription's options, how a report leaves.

No arithmetic and no rule lives here.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from formulation.errors import FormulationError

if TYPE_CHECKING:
    from formulation.blocks import Report

app = typer.Typer(
    name="formulate",
    help="The compounding pharmacist's calculator: exact, unit-checked, every fact cited.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Words = Annotated[
    list[str],
    typer.Argument(metavar="FILE.toml | SUBSTANCE DOSE", help="A file, or a drug and a dose."),
]
BenchName = Annotated[str | None, typer.Option(help="A bench: its name or its file.")]
Explain = Annotated[bool, typer.Option("--explain", help="Each step of the working.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    """Exact formulation for compounded capsules and oral liquids at low doses."""
    if version:
        from formulation import __version__

        typer.echo(f"formulate {__version__}")
        raise typer.Exit


def read_day(text: str, where: str) -> date:
    """Return a day that was typed as 2026-01-05; refuse anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        what, fix = f"{text[:40]!r} is not a date", "type it as 2026-01-05"
        raise FormulationError("date-not-a-date", what, where, fix) from None


def _split(words: list[str]) -> tuple[str | None, dict[str, str]]:
    """Tell a file from a substance and its dose, which may stand in one word or in several."""
    first, *rest = words
    if "/" in first or "\\" in first or first.endswith(".toml"):
        if rest:
            what = f"more than a file was given: {' '.join(rest)[:60]}"
            fix = "give the file alone; options may add to it"
            raise FormulationError("too-many-arguments", what, "the command line", fix)
        return first, {}
    typed = {"substance": first}
    if rest:
        typed["dose"] = " ".join(rest)
    return None, typed


def _prescribed(
    doses: Annotated[int | None, typer.Option(help="How many doses.")] = None,
    per_day: Annotated[int | None, typer.Option(help="Doses in a day.")] = None,
    per_week: Annotated[int | None, typer.Option(help="Doses in a week.")] = None,
    every: Annotated[str | None, typer.Option(help='"12 hours", "3 days" or "weekday".')] = None,
    prn: Annotated[bool | None, typer.Option("--prn", help="As needed.")] = None,
    max_per_day: Annotated[int | None, typer.Option(help="With --prn: most in a day.")] = None,
    units_per_dose: Annotated[int | None, typer.Option(help="Capsules in one dose.")] = None,
    amount_is: Annotated[str | None, typer.Option(help='"per dose" or "total".')] = None,
    refills: Annotated[int | None, typer.Option(help="How many refills.")] = None,
    excess: Annotated[str | None, typer.Option(help='Extra batch, as in "5 %".')] = None,
    overage: Annotated[str | None, typer.Option(help="Extra drug only; needs a reason.")] = None,
    overage_reason: Annotated[str | None, typer.Option(help="Why the overage.")] = None,
    surcharge: Annotated[str | None, typer.Option(help="A rule set's extra drug.")] = None,
    loss: Annotated[str | None, typer.Option(help="Expected process loss.")] = None,
    extra_units: Annotated[int | None, typer.Option(help="Units that are truly lost.")] = None,
    route: Annotated[str | None, typer.Option(help="Ask for one way of preparing.")] = None,
    bench: BenchName = None,
    date: Annotated[str | None, typer.Option(help="Day of preparation, else today.")] = None,
) -> None:
    """Hold the options that every command about a prescription takes."""


def _typed(words: list[str], options: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    """Return the file, and what was typed beside or instead of it, under the file's own keys."""
    day = options.pop("date")
    options["prepared"] = None if day is None else read_day(day, "option --date")
    file, typed = _split(words)
    return file, {**typed, **{key: value for key, value in options.items() if value is not None}}


def about_a_prescription(command: Callable[..., int]) -> Callable[..., int]:
    """Return a command that takes a prescription: a file or its options, and then its own options.

    The command is called with the file, the table of what was typed, and its own options by name.
    """
    hints = {**get_type_hints(_prescribed, include_extras=True),
             **get_type_hints(command, include_extras=True)}  # fmt: skip
    shared = list(inspect.signature(_prescribed).parameters.values())
    own = list(inspect.signature(command).parameters.values())[2:]
    names = [parameter.name for parameter in shared]

    def whole(**given: Any) -> int:
        words = given.pop("words")
        options = {name: given.pop(name) for name in names}
        return command(*_typed(words, options), **given)

    first = inspect.Parameter("words", inspect.Parameter.KEYWORD_ONLY)
    every = [first, *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (*shared, *own))]
    whole.__annotations__ = {
        "words": Words, **{p.name: hints[p.name] for p in every[1:]}, "return": int,
    }  # fmt: skip
    vars(whole)["__signature__"] = inspect.Signature(
        [p.replace(annotation=whole.__annotations__[p.name]) for p in every], return_annotation=int
    )
    whole.__name__, whole.__doc__ = command.__name__, command.__doc__
    return whole


def print_report(report: Report, markdown: bool) -> None:
    """Print a report on the terminal, or as Markdown."""
    if markdown:
        from formulation.markdown import markdown as written

        sys.stdout.write(written(report))
        return
    from rich.console import Console

    from .terminal import render

    render(report, Console(highlight=False, markup=False, emoji=False))


def write_json(found: Any) -> None:
    """Print one JSON object."""
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
