"""`formulate prices`: import price files into the user's own book, and ask it for a day's price."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from .frame import AsJson, Markdown, app, print_report, read_day, write_json

prices = typer.Typer(
    help="Import NADAC price files; ask for the price in force on a day.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(prices, name="prices")

File = Annotated[str, typer.Argument(metavar="FILE.csv", help="A NADAC file, as downloaded.")]
Code = Annotated[str, typer.Argument(metavar="NDC", help="11 digits, or with its hyphens.")]
Day = Annotated[str, typer.Argument(metavar="DATE", help="As in 2025-01-15.")]


@prices.callback()
def _group(context: typer.Context) -> None:
    """Import NADAC price files; ask for the price in force on a day."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Yield what is told how many bytes are done; a bar where a person is looking."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    columns = (BarColumn(bar_width=None), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda done, size: bar.update(task, completed=done, total=size or None)


@prices.command("import")
def import_(file: File, markdown: Markdown = False, as_json: AsJson = False) -> int:
    """Import a NADAC price file into your price book.

    Every row is used, or counted as skipped with its reason. All of a file or nothing; safe to
    run again; the files of several years add up.

    formulate prices import nadac-2025.csv
    """
    from formulation.price_import import import_prices

    with _progress() as progress:
        found = import_prices(Path(file), date.today(), progress)
    if as_json:
        from formulation.jsonable import answer_json
        from formulation.price_book import stamp

        write_json(answer_json("prices import", {"file": file}, found, (stamp(),)))
    else:
        from formulation.price_report import import_report

        print_report(import_report(found), markdown)
    return 0


@prices.command()
def at(ndc: Code, day: Day, markdown: Markdown = False, as_json: AsJson = False) -> int:
    """Look up the price in force on a day, by NDC.

    NADAC is a survey of what pharmacies paid, never a patient's price.

    formulate prices at 24385-0054-52 2025-01-15
    """
    from formulation.price_book import price_at, stamp

    found = price_at(ndc, read_day(day, "DATE"))
    if as_json:
        from formulation.jsonable import answer_json

        inputs = {"ndc": ndc, "day": day}
        write_json(answer_json("prices at", inputs, found, (stamp(),)))
    else:
        from formulation.price_report import price_report

        print_report(price_report(found), markdown)
    return 0


@prices.command("list")
def list_(markdown: Markdown = False, as_json: AsJson = False) -> int:
    """List what the price book holds, and its files.

    formulate prices list
    """
    from formulation.price_import import listed

    found = listed()
    if as_json:
        from formulation.jsonable import answer_json
        from formulation.price_book import stamp

        write_json(answer_json("prices list", {}, found, (stamp(),)))
    else:
        from formulation.price_report import list_report

        print_report(list_report(found), markdown)
    return 0
