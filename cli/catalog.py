"""`formulate catalog`: look records up, show them with their sources, check one's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Markdown, app, print_report, write_json

catalog = typer.Typer(
    help="Look up the records, show their sources, check your own.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(catalog, name="catalog")

Folder = Annotated[str | None, typer.Argument(help='A kind of record, as in "products".')]
Record = Annotated[str, typer.Argument(metavar="ID", help='As in "substances/cycloserine".')]
Own = Annotated[str | None, typer.Argument(metavar="FILE | FOLDER", help="Else your own folder.")]
Kind = Annotated[str, typer.Argument(metavar="KIND", help='As in "products", or "sources".')]


@catalog.callback()
def _group(context: typer.Context) -> None:
    """Look up the records, show their sources, check your own."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _answer(command: str, inputs: dict[str, Any], found: Any, stamps: Any) -> None:
    from formulation.jsonable import answer_json

    write_json(answer_json(f"catalog {command}", inputs, found, stamps))


@catalog.command("list")
def list_(folder: Folder = None, markdown: Markdown = False, as_json: AsJson = False) -> int:
    """List every record: its id, its name, whose it is, when it was last checked.

    formulate catalog list vehicles
    """
    from formulation.shelf import listed

    found, stamps = listed(folder)
    if as_json:
        _answer("list", {"folder": folder}, found, stamps)
    else:
        from formulation.catalog_report import list_report

        print_report(list_report(found), markdown)
    return 0


@catalog.command()
def show(record: Record, markdown: Markdown = False, as_json: AsJson = False) -> int:
    """Show one record fact by fact: value, source, place in it, grade, day checked.

    A rate of loss, or measured points of it, is drawn below; it supports no date.

    formulate catalog show cycloserine
    """
    from formulation.loss_report import with_loss
    from formulation.shelf import shown

    found, stamp = shown(record)
    found = with_loss(found)
    if as_json:
        _answer("show", {"id": record}, found, (stamp,))
    else:
        from formulation.catalog_report import show_report

        print_report(show_report(found), markdown)
    return 0


@catalog.command()
def check(own: Own = None, markdown: Markdown = False, as_json: AsJson = False) -> int:
    """Find every mistake in your own records at once, each with its file and key.

    formulate catalog check my-records/products
    """
    from formulation.record_check import check as checked

    found = checked(own, date.today())
    if as_json:
        _answer("check", {"path": own}, found, ())
    else:
        from formulation.catalog_report import check_report

        print_report(check_report(found), markdown)
    return 1 if any(finding.level == "stop" for finding in found.findings) else 0


@catalog.command()
def schema(kind: Kind, as_json: AsJson = False) -> int:
    """Print the JSON Schema of a kind of record, for an editor.

    formulate catalog schema products
    """
    from formulation.record_schema import schema as schema_of

    found = schema_of(kind)
    if as_json:
        from formulation.jsonable import SCHEMA

        write_json({"schema": SCHEMA, "command": "catalog schema", "results": {"schema": found}})
    else:
        write_json(found)
    return 0
