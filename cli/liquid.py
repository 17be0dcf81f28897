"""`formulate liquid`: one oral liquid in depth, from any one or two of its numbers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from .frame import AsJson, Explain, Markdown, about_a_prescription, app, print_report, write_json

Concentration = Annotated[str | None, typer.Option(help='Drug in each mL: "25 mg/mL".')]
DoseVolume = Annotated[str | None, typer.Option(help='Volume of one dose: "4 mL".')]
FinalVolume = Annotated[str | None, typer.Option(help='Made up to: "50 mL".')]
Units = Annotated[int | None, typer.Option(help="How many source units.")]
Vehicles = Annotated[list[str] | None, typer.Option("--vehicle", help="A vehicle of the bench.")]
Parts = Annotated[str | None, typer.Option(help='Parts of the vehicles: "1:1".')]
DeviceName = Annotated[str | None, typer.Option("--device", help="Which syringe of the bench.")]
Mode = Annotated[str | None, typer.Option(help='"whole-unit" or "weighed".')]
Stock = Annotated[bool | None, typer.Option("--stock", help="Dilute a part of a stock.")]
Last = Annotated[str | None, typer.Option(help="Concentration of the last fill.")]
MostVolume = Annotated[str | None, typer.Option(help='Most for one dose: "5 mL".')]
Tube = Annotated[bool | None, typer.Option("--tube", help="Given through a tube.")]
NoSugar = Annotated[bool | None, typer.Option("--no-sugar", help="The recipient takes none.")]
NoAlcohol = Annotated[bool | None, typer.Option("--no-alcohol", help="The recipient takes none.")]


def _said(options: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None}


def _whom(most: str | None, *flags: bool | None) -> dict[str, Any]:
    names = ("tube", "no_sugar", "no_alcohol")
    return _said({"most_volume": most, **dict(zip(names, flags, strict=True))})


def _tables(asked: dict[str, Any], whom: dict[str, Any]) -> dict[str, Any]:
    return _said({"liquid": asked or None, "recipient": whom or None})


@app.command()
@about_a_prescription
def liquid(
    file: str | None,
    typed: dict[str, Any],
    concentration: Concentration = None,
    dose_volume: DoseVolume = None,
    final_volume: FinalVolume = None,
    units: Units = None,
    vehicle: Vehicles = None,
    parts: Parts = None,
    device: DeviceName = None,
    mode: Mode = None,
    stock: Stock = None,
    last: Last = None,
    most_volume: MostVolume = None,
    tube: Tube = None,
    no_sugar: NoSugar = None,
    no_alcohol: NoAlcohol = None,
    explain: Explain = False,
    markdown: Markdown = False,
    as_json: AsJson = False,
) -> int:
    """Work out one oral liquid: what follows from what is asked, how it is made up and drawn.

    formulate liquid cycloserine "100 mg" --doses 10 --concentration "25 mg/mL"

    formulate liquid cycloserine "37 mg" --final-volume "50 mL" --units 1 --vehicle water
    """
    import formulation

    asked = _said({
        "concentration": concentration, "dose_volume": dose_volume, "final_volume": final_volume,
        "units": units, "vehicles": vehicle or None, "parts": parts, "device": device,
        "mode": mode, "stock": stock, "last": last,
    })  # fmt: skip
    own = _tables(asked, _whom(most_volume, tube, no_sugar, no_alcohol))
    prescription, bench, _ = formulation.load(file, typed | own, date.today())
    found = formulation.liquid(prescription, bench)
    if as_json:
        from formulation.jsonable import liquid_json

        write_json(liquid_json(found, prescription, bench))
    else:
        from formulation.liquid_report import liquid_report

        print_report(liquid_report(found, prescription, explain), markdown)
    return 0 if found.may_be_made else 1
