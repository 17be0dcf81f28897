"""`formulate plan`: every way of preparing one prescription, side by side."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Explain, Markdown, about_a_prescription, app, print_report, write_json

Everything = Annotated[bool, typer.Option("--all", help="Everything, with sources.")]


@app.command()
@about_a_prescription
def plan(
    file: str | None,
    typed: dict[str, Any],
    everything: Everything = False,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Work out every way of preparing one prescription, side by side.

    formulate plan docs/examples/cycloserine-tms.toml

    formulate plan cycloserine "100 mg" --doses 10
    """
    import formulation
    from formulation.report import plan_report

    prescription, bench, _ = formulation.load(file, typed, date.today())
    found = formulation.plan(prescription, bench)
    if as_json:
        from formulation.jsonable import plan_json

        write_json(plan_json(found, prescription, bench))
    else:
        report = plan_report(found, prescription, bench)
        if everything or explain:
            from formulation.catalog import bibliography
            from formulation.details import Told, with_more

            told = Told(found, prescription, bench, bibliography())
            report = with_more(report, told, everything, explain)
        print_report(report, markdown)
    return 0 if found.may_be_made else 1
