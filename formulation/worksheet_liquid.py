"""What a liquid's worksheet has beside the steps: volumes with their devices, checks, the label."""

from __future__ import annotations

from fractions import Fraction

from formulation.bench import Bench
from formulation.blocks import Block, Facts, Heading, Paragraph
from formulation.compounding_record import Worksheet
from formulation.devices import measure
from formulation.prescription import Prescription
from formulation.printing import show, show_number
from formulation.result import Measure, Route
from formulation.units import Quantity, same_kind
from formulation.worksheet_lines import LINE, SHORT, WHO, numbered

DOSE, FINAL = "dose", "final volume"


def _line(one: Measure) -> tuple[str, str]:
    times = f"{show_number(one.times)} x " if one.times > 1 else ""
    how = f"{times}{show(one.snapped.chosen)} with the {one.device}"
    return one.what, f"{how}\nactual {LINE}  {WHO}"


def _in_order(route: Route) -> list[Measure]:
    """Return what is measured in the order in which it is done: stocks, the whole, then a dose."""
    volumes = [m for m in route.measures if not same_kind(m.snapped.chosen.unit, "mg")]
    place = {FINAL: 1, DOSE: 2}
    return sorted(volumes, key=lambda one: place.get(one.what, 0))


def volumes(found: Worksheet, bench: Bench) -> list[Block]:
    """Return each volume with its device and a line to write on; vehicles at most, to the mark."""
    route = found.route
    rows = [_line(one) for one in _in_order(route)]
    if route.kind != "liquid":
        return [Heading("Volumes", 3), Facts(tuple(rows), whole=True)] if rows else []
    if not any(one.what == FINAL for one in route.measures):
        amount = dict(route.amounts).get(FINAL)
        text = show(amount) if isinstance(amount, Quantity) else LINE
        rows.insert(-1 if rows else 0, (FINAL, f"{text} in a bottle calibrated to it with water\n"
                                        f"vessel {LINE}  {WHO}"))  # fmt: skip
    shelf = {one.key for one in (*bench.vehicles, *bench.formula_vehicles)}
    used = [need for need in route.needs if need.item in shelf and need.quantity is not None]
    rows = [*(_vehicle(need.words, need.quantity, bench) for need in used if need.quantity),
            *_further(route, shelf, bench), *rows]  # fmt: skip
    text = "Vehicles: no more than this; the last of them only to the mark, rinses in it."
    if any(action.verb == "stock" for action in route.actions):
        text = (
            "Vehicles: no more than this for stock and final volume together, as the steps say; "
            "the last of them only to the mark, rinses in it."
        )
    return [Heading("Volumes", 3), Paragraph(text), Facts(tuple(rows), whole=True)]


def _further(route: Route, shelf: set[str], bench: Bench) -> list[tuple[str, str]]:
    """Return the lines of further liquid ingredients, each measured as it is written."""
    found = []
    for need in route.needs:
        if need.item in shelf or need.quantity is None or not same_kind(need.quantity.unit, "mL"):
            continue
        one = measure(need.words, need.quantity, bench.devices, "graduate")
        device = f"the {one.device}" if one is not None and not one.snapped.error else LINE
        text = f"{show(need.quantity)} with {device}\nactual {LINE}  {WHO}"
        found.append((need.words, text))
    return found


def _vehicle(name: str, amount: Quantity, bench: Bench) -> tuple[str, str]:
    """Return the line of one vehicle: at most how much, measured with what."""
    found = measure(name, amount, bench.devices, "graduate")
    device = f"the {found.device}" if found is not None else LINE
    return name, f"at most {show(amount)}, with {device}\nused {LINE}  {WHO}"


def liquid_checks(found: Worksheet) -> list[Block]:
    """Return the checks of a finished liquid, each with its blank and who asks for it."""
    record = "asked by the NAPRA list"
    rows = [
        f"Looks as described (colour, even, no lumps): {LINE} ({record})",
        f"Volume in the bottle: {LINE} ({record})",
        f"pH, where it can be measured: {SHORT} ({record}; no limit is on record here)",
    ]
    if found.route.form != "oral solution":
        rows.append(f"Even again after a minute of shaking, no cake: {LINE} (house practice)")
    return [Heading("Checks", 3), Facts(numbered(rows))]


def label_text(found: Worksheet, prescription: Prescription) -> list[Block]:
    """Return what the label of a liquid says: strength, form, shaking, one dose in mL."""
    route = found.route
    strength = dict(route.amounts).get("strength on the label")
    strong = show(strength) if isinstance(strength, Quantity) else LINE
    drug = prescription.active.substance.printed
    shake = any(one.verb == "label" and "shake" in one.text for one in route.actions)
    rows = [
        ("drug", f"{drug} {strong.replace('/', ' per ')}"),
        ("form", f"{route.form}{'; SHAKE WELL before each dose' if shake else ''}"),
        ("one dose", _dose(route)),
        ("use by", str(route.beyond_use.expires or LINE)),
        ("stuck on", f"label checked against this record {SHORT}"),
    ]
    return [Heading("Label", 3), Facts(tuple(rows), whole=True)]


def _dose(route: Route) -> str:
    drawn = [one for one in route.measures if one.what == DOSE]
    if not drawn:
        return LINE
    one = drawn[0]
    volume = show(one.snapped.chosen * Fraction(one.times))
    times = ""
    if one.times > 1:
        times = f"{show_number(one.times)} x {show(one.snapped.chosen)}, "
    return f"{volume}: {times}mark of the {one.device}; a syringe is handed over {SHORT}"
