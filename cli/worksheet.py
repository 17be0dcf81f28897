"""`formulate worksheet`: the compounding record with its blanks, or a draft master formula."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .frame import AsJson, Explain, Markdown, about_a_prescription, app, print_report, write_json
from .leaving import Force, Html, Out, PaperName, Pdf, leave

if TYPE_CHECKING:
    from formulation.blocks import Report
    from formulation.pages import Paper

Master = Annotated[bool, typer.Option("--master", help="A draft master formula instead.")]
Formula = Annotated[str | None, typer.Option(help="Number of the master formula.")]
Version = Annotated[str | None, typer.Option("--formula-version", help="Its version.")]


def _print(report: Report, paper: Paper, out: Out) -> None:
    """Print a worksheet on the terminal, or on paper where a file is named."""
    if not out.to_file:
        print_report(report, out.markdown)
        return
    from formulation.worksheet_page import worksheet_page

    leave(worksheet_page(report, paper), out)


@app.command()
@about_a_prescription
def worksheet(
    file: str | None,
    typed: dict[str, Any],
    master: Master = False,
    formula: Formula = None,
    formula_version: Version = None,
    pdf: Pdf = None,
    html: Html = None,
    paper: PaperName = "letter",
    force: Force = False,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Print the compounding record of one preparation, with blanks to write on.

    formulate worksheet docs/examples/cycloserine-pool.toml

    formulate worksheet docs/examples/cycloserine-pool.toml --master --markdown
    """
    import formulation
    from formulation.catalog import bibliography
    from formulation.pages import paper as named
    from formulation.record_lists import read_lists
    from formulation.worksheet_report import Held, master_report, stopped, worksheet_report

    sheet_of = named(paper)
    own = {"formula": formula, "formula_version": formula_version}
    given = {key: value for key, value in own.items() if value is not None}
    prescription, bench, _ = formulation.load(file, {**typed, **given}, date.today())
    lists = read_lists()
    found = formulation.worksheet(prescription, bench, lists)
    out = Out(pdf, html, force, markdown)
    if found.may_be_made and (out.to_file or not as_json):
        held = Held(bench, lists, bibliography(), explain)
        write = master_report if master else worksheet_report
        _print(write(found, prescription, held), sheet_of, out)
    elif not as_json:
        print_report(stopped(found, prescription), markdown)
    if as_json:
        from formulation.jsonable import worksheet_json

        write_json(worksheet_json(found, prescription, bench, lists.stamps))
    return 0 if found.may_be_made else 1
