"""`formulate note`: half a page to the prescriber of something that must not be made."""

from __future__ import annotations

from datetime import date
from typing import Any

from .frame import AsJson, Markdown, about_a_prescription, app, write_json
from .leaving import Force, Html, Out, PaperName, Pdf, leave


@app.command()
@about_a_prescription
def note(
    file: str | None,
    typed: dict[str, Any],
    pdf: Pdf = None,
    html: Html = None,
    paper: PaperName = "letter",
    force: Force = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Tell the prescriber why one way must not be made, and what to make instead.

    formulate note docs/examples/cycloserine-tms.toml --route liquid-ora-plus
    """
    import formulation
    from formulation.catalog import bibliography
    from formulation.note_page import note_page
    from formulation.pages import paper as named

    sheet_of = named(paper)
    prescription, bench, _ = formulation.load(file, typed, date.today())
    found = formulation.note(prescription, bench)
    out = Out(pdf, html, force, markdown)
    if out.to_file or not as_json:
        leave(note_page(found, prescription, bibliography(), sheet_of), out)
    if as_json:
        from formulation.jsonable import page_json

        write_json(page_json("note", found, prescription, bench))
    return 0
