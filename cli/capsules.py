"""`formulate capsules`: one batch of capsules in depth, and what to do when it goes wrong."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Explain, Markdown, about_a_prescription, app, print_report, write_json

Net = Annotated[str | None, typer.Option(help='Net powder of what was opened: "1.62 g".')]
Opened = Annotated[int | None, typer.Option(help="How many units it came from.")]
Size = Annotated[str | None, typer.Option(help="Shell size, else the smallest that fits.")]
Shell = Annotated[str | None, typer.Option(help="Shell material or table.")]
Filler = Annotated[str | None, typer.Option(help="Which filler of the bench.")]
Machine = Annotated[str | None, typer.Option(help="Which machine of the bench.")]
Mode = Annotated[str | None, typer.Option(help='"spread" or "fixed".')]
Method = Annotated[str | None, typer.Option(help='"whole-unit", "packing" or "top-up".')]
LeastFiller = Annotated[str | None, typer.Option(help='Least share of filler: "10 %".')]
Actual = Annotated[
    list[str] | None, typer.Option(help='What happened: "short by 0.4 g" or "left 0.1 g".')
]


@app.command()
@about_a_prescription
def capsules(
    file: str | None,
    typed: dict[str, Any],
    net: Net = None,
    opened: Opened = None,
    size: Size = None,
    shell: Shell = None,
    filler: Filler = None,
    machine: Machine = None,
    mode: Mode = None,
    method: Method = None,
    least_filler: LeastFiller = None,
    actual: Actual = None,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Work out one batch of capsules: shell, filler, mixing, machine; or what to do if it is short.

    formulate capsules docs/examples/cycloserine-pool.toml

    formulate capsules docs/examples/cycloserine-pool.toml --actual "short by 0.4 g"
    """
    import formulation

    options: dict[str, Any] = {
        "size": size, "shell": shell, "filler": filler, "machine": machine, "mode": mode,
        "method": method, "least_filler": least_filler, "actual": actual or None,
    }  # fmt: skip
    pool = {"net": net, "opened": opened}
    given = {key: value for key, value in pool.items() if value is not None}
    options["pool"] = given or None
    own = {key: value for key, value in options.items() if value is not None}
    prescription, bench, _ = formulation.load(file, {**typed, **own}, date.today())
    found = formulation.capsules(prescription, bench)
    if as_json:
        from formulation.jsonable import capsules_json

        write_json(capsules_json(found, prescription, bench))
    else:
        from formulation.capsule_report import capsules_report

        print_report(capsules_report(found, prescription, explain), markdown)
    return 0 if found.may_be_made else 1
