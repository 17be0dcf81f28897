"""`formulate compare`: what every way costs, against the product as it is sold."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Explain, Markdown, about_a_prescription, app, print_report, write_json

UpTo = Annotated[int, typer.Option("--up-to", help="Most doses tried for a break-even.")]
By = Annotated[str, typer.Option("--by", help="By how much each input is changed.")]
AsClaim = Annotated[bool, typer.Option("--claim", help="Only the lines to key into a claim.")]


@app.command()
@about_a_prescription
def compare(
    file: str | None,
    typed: dict[str, Any],
    up_to: UpTo = 100,
    by: By = "20 %",
    as_claim: AsClaim = False,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Compare what every way costs, against the product as it is sold.

    formulate compare docs/examples/cycloserine-200.toml

    formulate compare cycloserine "100 mg" --doses 10 --claim
    """
    import formulation
    from formulation.cost_report import report_of
    from formulation.grammar import read_share
    from formulation.keys import at_key

    prescription, bench, _ = formulation.load(file, typed, date.today())
    share = at_key("option --by", "by", read_share, by)
    found = formulation.compare(prescription, bench, up_to, share)
    if as_json:
        from formulation.jsonable import compare_json

        write_json(compare_json(found, prescription, bench))
    else:
        print_report(report_of(found, prescription, bench, as_claim, explain), markdown)
    return 0 if found.may_be_made else 1
