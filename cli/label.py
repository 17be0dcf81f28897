"""`formulate label`: the label of one preparation, on a label printer's size."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Markdown, about_a_prescription, app, print_report, write_json
from .leaving import Force, Html, Out, Pdf, leave

Size = Annotated[str, typer.Option(help="Width and height of the label.")]
Dpi = Annotated[int, typer.Option(help="Dots to the inch of the label printer: 203 or 300.")]


@app.command()
@about_a_prescription
def label(
    file: str | None,
    typed: dict[str, Any],
    pdf: Pdf = None,
    html: Html = None,
    size: Size = "100 x 60 mm",
    dpi: Dpi = 203,
    force: Force = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Print the label of one preparation; what it lacks stands on it.

    formulate label docs/examples/naltrexone-label.toml

    formulate label docs/examples/naltrexone-label.toml --pdf label.pdf --size "100 x 60 mm"
    """
    import formulation
    from formulation.barcode import can_draw, check_dpi
    from formulation.label_page import label_page, no_label
    from formulation.pages import label_size

    check_dpi(dpi)
    paper = label_size(size)
    prescription, bench, _ = formulation.load(file, typed, date.today())
    found = formulation.label(prescription, bench)
    out = Out(pdf, html, force, markdown)
    if found.may_be_made and (out.to_file or not as_json):
        drawn = pdf is not None or (html is not None and can_draw())
        leave(label_page(found, prescription, paper, dpi, drawn), out)
    elif not as_json:
        print_report(no_label(found), markdown)
    if as_json:
        from formulation.jsonable import page_json

        write_json(page_json("label", found, prescription, bench))
    return 0 if found.may_be_made else 1
