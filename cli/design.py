"""`formulate design`: the best preparation on this bench, out of every one that could be made."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Explain, Markdown, about_a_prescription, app, print_report, write_json

Everything = Annotated[bool, typer.Option("--all", help="The front, as a table and a plot.")]


@app.command()
@about_a_prescription
def design(
    file: str | None,
    typed: dict[str, Any],
    everything: Everything = False,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Find the best preparation on this bench: concentration, device, shell, makings.

    formulate design naltrexone "4.5 mg" --doses 30 --per-day 1

    formulate design docs/examples/cycloserine-assigned.toml --all
    """
    import formulation
    from formulation.design_report import design_report

    prescription, bench, _ = formulation.load(file, typed, date.today())
    found = formulation.design(prescription, bench)
    if as_json:
        from formulation.jsonable import design_json

        write_json(design_json(found, prescription, bench))
    else:
        print_report(design_report(found, (prescription, bench), everything, explain), markdown)
    return 0 if found.may_be_made else 1
