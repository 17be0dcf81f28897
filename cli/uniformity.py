"""`formulate uniformity`: the checks on a finished batch, by assay and by weighing."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from .frame import AsJson, BenchName, Explain, Markdown, app, print_report, write_json

Text = str | None
Mean = Annotated[Text, typer.Option(help="Mean content, % of claim.")]
Sd = Annotated[Text, typer.Option(help="Sample standard deviation, % of claim.")]
Units = Annotated[int | None, typer.Option("--n", help="Units assayed: 10 or 30.")]
Values = Annotated[Text, typer.Option(help="Each content, % of claim: a list or a file.")]
Target = Annotated[Text, typer.Option(help="T of <905>, % of claim; else 100.0.")]
Drug = Annotated[Text, typer.Option(help="Drug in one capsule, with --fill.")]
Powder = Annotated[Text, typer.Option("--fill", help="All powder in one capsule.")]
Gross = Annotated[Text, typer.Option(help="Filled capsules, weighed one by one.")]
Theory = Annotated[Text, typer.Option(help="Powder that one should hold.")]
Shell = Annotated[Text, typer.Option(help="One empty shell.")]
Tolerance = Annotated[Text, typer.Option(help="How far a shell may differ from it.")]
Shells = Annotated[Text, typer.Option(help="Empty shells of the same lot, weighed.")]
Size = Annotated[Text, typer.Option(help="Or the bench's shell of this size.")]
Taken = Annotated[Text, typer.Option(help="Powder of the batch before filling.")]
Filled = Annotated[Text, typer.Option(help="Powder in the capsules, shells off.")]
Sets = Annotated[
    list[str] | None, typer.Option("--set", help="By usp795-older, nrf or ph-eur-mass.")
]
Chances = Annotated[bool, typer.Option("--chart", help="Chance to pass <905> by true SD.")]


@app.command()
def uniformity(
    mean: Mean = None,
    sd: Sd = None,
    n: Units = None,
    values: Values = None,
    target: Target = None,
    drug: Drug = None,
    fill: Powder = None,
    gross: Gross = None,
    theory: Theory = None,
    shell: Shell = None,
    shell_tolerance: Tolerance = None,
    shells: Shells = None,
    shell_size: Size = None,
    weighed_in: Taken = None,
    weighed_out: Filled = None,
    rule_sets: Sets = None,
    bench: BenchName = None,
    chart: Chances = False,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Check a finished batch: acceptance value of <905>, weighing without opening, mass loss.

    formulate uniformity --mean 100.3 --sd 1.4 --n 10

    formulate uniformity --gross "277, 281, 279 mg" --theory "229 mg" --shell-size 3
    """
    given = dict(locals())
    typed = {k: v for k, v in given.items() if v is not None and v is not False and v != []}
    shown = {key: bool(typed.pop(key, False)) for key in ("explain", "markdown", "as_json")}
    return _answer(typed, **shown)


def _answer(typed: dict[str, Any], explain: bool, markdown: bool, as_json: bool) -> int:
    import formulation
    from formulation.check_intake import read_finished

    finished, rules = read_finished(typed)
    checked = formulation.uniformity(finished, rules)
    if as_json:
        from formulation.jsonable import answer_json

        write_json(answer_json("uniformity", typed, checked, rules.stamps))
    else:
        from formulation.catalog import bibliography
        from formulation.check_report import uniformity_report

        print_report(uniformity_report(checked, bibliography(), explain), markdown)
    return 0 if checked.passes else 1
