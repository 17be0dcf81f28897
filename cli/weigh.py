"""`formulate weigh`: can this mass be weighed; if not, the aliquot or dilution that can."""

from __future__ import annotations

from typing import Annotated

import typer

from .frame import AsJson, BenchName, Explain, Markdown, app, print_report, write_json

Mass = Annotated[list[str], typer.Argument(metavar="MASS", help='The mass needed, as in "2 mg".')]
Text = str | None


@app.command()
def weigh(
    mass: Mass,
    steps: Annotated[int | None, typer.Option(help="How many mixes in series, 1 to 3.")] = None,
    liquid: Annotated[bool, typer.Option("--liquid", help="Dilute in a liquid.")] = False,
    diluent: Annotated[Text, typer.Option(help="What it is diluted with, in words.")] = None,
    substance: Annotated[Text, typer.Option(help="The drug, for its solubility.")] = None,
    bench: BenchName = None,
    rule: Annotated[Text, typer.Option(help='"sensitivity" or "usp41".')] = None,
    sensitivity: Annotated[Text, typer.Option(help='Of the balance, as in "6 mg".')] = None,
    permitted: Annotated[Text, typer.Option(help='Error of one weighing, as in "5 %".')] = None,
    repeatability: Annotated[Text, typer.Option(help='SD of the balance, as in "0.3 mg".')] = None,
    step: Annotated[Text, typer.Option(help='What the balance shows, as in "0.1 mg".')] = None,
    largest_mix: Annotated[Text, typer.Option(help='Most powder at once, "100 g".')] = None,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Say whether a mass can be weighed; if not, which aliquot or dilution holds it.

    formulate weigh "2 mg"

    formulate weigh "2 mg" --liquid --substance cycloserine
    """
    import formulation
    from formulation.weigh_intake import read_weighing

    options = {
        "steps": steps, "liquid": liquid, "diluent": diluent, "substance": substance,
        "bench": bench, "rule": rule, "sensitivity": sensitivity, "permitted": permitted,
        "repeatability": repeatability, "step": step, "largest_mix": largest_mix,
    }  # fmt: skip
    needed, table, wish, stamps = read_weighing(" ".join(mass), options)
    found = formulation.weigh(needed, table, wish)
    if as_json:
        from formulation.jsonable import answer_json, plain

        asked = {"mass": needed, **{key: value for key, value in options.items() if value}}
        asked["bench"] = table.key
        write_json(answer_json("weigh", plain(asked), found, stamps))
    else:
        from formulation.catalog import bibliography
        from formulation.weigh_report import weigh_report

        sources = bibliography() if explain else None
        print_report(weigh_report(found, table, wish, sources), markdown)
    return 0 if found.scheme is not None else 1
