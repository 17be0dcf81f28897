"""Arguments in, one library call, a report out. No arithmetic and no rule lives here."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

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


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", "-V", help="Print the version.")] = False,
) -> None:
    """Exact formulation for compounded capsules and oral liquids at low doses."""
    if version:
        from formulation import __version__

        typer.echo(f"formulate {__version__}")
        raise typer.Exit


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        what, fix = f"{text[:40]!r} is not a date", "type it as 2026-01-05"
        raise FormulationError("date-not-a-date", what, "option --date", fix) from None


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


def _print(report: Report, markdown: bool) -> None:
    if markdown:
        from formulation.markdown import markdown as written

        sys.stdout.write(written(report))
        return
    from rich.console import Console

    from .terminal import render

    render(report, Console(highlight=False, markup=False, emoji=False))


def _write_json(found: Any) -> None:
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


@app.command()
def plan(  # noqa: PLR0917
    words: Annotated[
        list[str],
        typer.Argument(metavar="FILE.toml | SUBSTANCE DOSE", help="A file, or a drug and a dose."),
    ],
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
    bench: Annotated[str | None, typer.Option(help="A bench: its name or its file.")] = None,
    date: Annotated[str | None, typer.Option(help="Day of preparation, else today.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything, with sources.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Each step of the working.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Work out every way of preparing one prescription, side by side.

    formulate plan docs/examples/cycloserine-tms.toml

    formulate plan cycloserine "100 mg" --doses 10
    """
    options = {
        "doses": doses, "per_day": per_day, "per_week": per_week, "every": every, "prn": prn,
        "max_per_day": max_per_day, "units_per_dose": units_per_dose, "amount_is": amount_is,
        "refills": refills, "excess": excess, "overage": overage, "route": route,
        "overage_reason": overage_reason, "surcharge": surcharge, "loss": loss,
        "extra_units": extra_units, "bench": bench, "prepared": _day(date),
    }  # fmt: skip
    file, typed = _split(words)
    given = {**typed, **{key: value for key, value in options.items() if value is not None}}
    return _plan(file, given, {"all": everything, "explain": explain, "markdown": markdown,
                               "json": as_json})  # fmt: skip


def _plan(file: str | None, given: dict[str, Any], shown: dict[str, bool]) -> int:
    import formulation
    from formulation.report import plan_report

    prescription, bench, _ = formulation.load(file, given, date.today())
    found = formulation.plan(prescription, bench)
    if shown["json"]:
        from formulation.jsonable import plan_json

        _write_json(plan_json(found, prescription, bench))
    else:
        report = plan_report(found, prescription, bench)
        if shown["all"] or shown["explain"]:
            from formulation.catalog import bibliography
            from formulation.details import Told, with_more

            told = Told(found, prescription, bench, bibliography())
            report = with_more(report, told, shown["all"], shown["explain"])
        _print(report, shown["markdown"])
    return 0 if found.may_be_made else 1


def _no_signed_dose(arguments: list[str]) -> None:
    """Refuse "-5 mg" as the dose it is, before it is taken for an option."""
    from formulation.grammar import read_quantity

    for word in arguments:
        if word.startswith("-") and word[1:2] in set("0123456789."):
            read_quantity(word)


def _usage(error: Exception) -> FormulationError:
    text = getattr(error, "format_message", lambda: str(error))()
    fix = "formulate --help, or formulate plan --help, lists what may be typed"
    return FormulationError("usage", " ".join(text.split()), "the command line", fix)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; every refusal prints in four lines or as JSON."""
    try:
        _no_signed_dose(arguments)
        code = app(args=arguments or ["--help"], standalone_mode=False)
    except FormulationError as error:
        return _refused(error, "--json" in arguments)
    except typer.Exit as done:
        return done.exit_code
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return _refused(_usage(error), "--json" in arguments)
    return code if isinstance(code, int) else 0


def _refused(error: FormulationError, as_json: bool) -> int:
    if as_json:
        from formulation.jsonable import error_json

        _write_json(error_json(error))
    else:
        sys.stderr.write("\n".join(error.lines()) + "\n")
    return 2
