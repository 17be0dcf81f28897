"""`formulate estimate`: the patient's page of what it will cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Markdown, about_a_prescription, app, print_report, write_json
from .leaving import Force, Html, Out, PaperName, Pdf, leave

Example = Annotated[bool, typer.Option("--example", help="An example from assumed prices.")]


@app.command()
@about_a_prescription
def estimate(
    file: str | None,
    typed: dict[str, Any],
    pdf: Pdf = None,
    html: Html = None,
    paper: PaperName = "letter",
    example: Example = False,
    force: Force = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Print what the patient pays, what is in it and what is not known yet.

    formulate estimate docs/examples/cycloserine-tms.toml --example

    formulate estimate docs/examples/cycloserine-tms.toml --example --pdf estimate.pdf
    """
    import formulation
    from formulation.estimate_page import estimate_page, no_estimate
    from formulation.pages import paper as named

    sheet_of = named(paper)
    prescription, bench, _ = formulation.load(file, typed, date.today())
    found = formulation.estimate(prescription, bench, example)
    out = Out(pdf, html, force, markdown)
    if found.may_be_made and (out.to_file or not as_json):
        leave(estimate_page(found, prescription, sheet_of), out)
    elif not as_json:
        print_report(no_estimate(found), markdown)
    if as_json:
        from formulation.jsonable import page_json

        write_json(page_json("estimate", found, prescription, bench))
    return 0 if found.may_be_made else 1
