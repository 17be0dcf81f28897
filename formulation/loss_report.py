"""Loss over time on paper: the curve of a rate, measured points alone, or that nothing is known.

None of it is a beyond-use date, and every piece of it says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from formulation import catalog
from formulation.bench import Bench
from formulation.blocks import Block, Curve, Facts, Heading, Line, Paragraph, Table
from formulation.cited import Cited, Unknown
from formulation.drawing import axis_end
from formulation.kinds import KINDS
from formulation.kinetics import course, of_record, span
from formulation.loss import Keeping, Pace
from formulation.printing import show, show_number, show_share
from formulation.records import Vehicle
from formulation.result import Route
from formulation.shelf import Shown
from formulation.units import Quantity
from formulation.workings import explained

LIMIT = Fraction(9, 10)
FLOORS = (Fraction(8, 10), Fraction(1, 2), Fraction(0))
MARKS = "ox#"
POINT = "*"
FEW_DAYS = 3
LEAST, MOST = Fraction(1, 100), Fraction(9999, 10000)
OF_RATE = (
    "NOT A BEYOND-USE DATE: a rate belongs to its own pH and vehicle, so that it supports no date "
    "of another preparation."
)
OF_POINTS = (
    "NOT A BEYOND-USE DATE: these are points at one condition only, no line is drawn through them, "
    "and they support no date."
)


def loss_blocks(every: Iterable[Keeping]) -> list[Block]:
    """Return each record's loss over time: drawn, as points, or the sentence that it is unknown."""
    blocks: list[Block] = []
    for found in every:
        if found.basis == "rate":
            blocks += _rate(found)
        elif found.basis == "points":
            blocks += _points(found)
        else:
            blocks.append(Paragraph(_plain(f"{found.name}: loss over time unknown ({found.why}).")))
    return blocks


def _plain(text: str) -> str:
    return text.replace("degC", "°C")


def _rate(found: Keeping) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(_plain(f"Computed from the rate on record ({found.at}). {OF_RATE}"))
    ]
    days = axis_end(span(found))
    lines = tuple(
        Line(mark, _reaches(pace, days), course(pace, days))
        for mark, pace in zip(MARKS, found.paces, strict=False)
    )
    blocks.append(Curve(lines, days, FLOORS[0], LIMIT))
    blocks += [Paragraph("Share left by calculation:"), _shares(found)]
    if found.why:
        blocks.append(Paragraph(f"At other temperatures: unknown ({found.why})."))
    return blocks


def _reaches(pace: Pace, days: Fraction) -> str:
    ninety = pace.ninety
    few = f" ({show(ninety.to('hour'))})" if ninety.number("day") < FEW_DAYS else ""
    beyond = ", beyond the drawing" if ninety.number("day") > days else ""
    return (
        f"{show_number(pace.celsius)} °C: down to 90 % after {show(ninety)}{few} by calculation"
        f"{beyond}; {pace.ground}"
    )


def _shares(found: Keeping) -> Table:
    """Return the share left at the usual times, one column a temperature."""
    times = list(dict.fromkeys(row.time.number("day") for row in found.rows))
    at = {(row.celsius, row.time.number("day")): row.left for row in found.rows}
    heads = tuple(f"{show_number(pace.celsius)} °C" for pace in found.paces)
    rows = tuple(
        (show(Quantity(day, "day")), *(_left(at[pace.celsius, day]) for pace in found.paces))
        for day in times
    )
    return Table(("after", *(f"left at {head}" for head in heads)), rows)


def _left(share: Fraction) -> str:
    if share < LEAST:
        return f"under {show_share(LEAST)}"
    return f"over {show_share(MOST)}" if MOST < share < 1 else show_share(share)


def _points(found: Keeping) -> list[Block]:
    head = Paragraph(_plain(f"Measured ({found.at}). {OF_POINTS}"))
    least = min(row.left for row in found.rows)
    floor = next((floor for floor in FLOORS if least >= floor), FLOORS[-1])
    points = tuple((row.time.number("day"), row.left) for row in found.rows)
    text = ", ".join(f"{show_share(row.left)} left after {show(row.time)}" for row in found.rows)
    line = Line(POINT, f"as measured: {text}", points, joined=False)
    return [head, Curve((line,), axis_end(span(found)), floor, LIMIT)]


def kept_blocks(name: str, routes: Iterable[Route], bench: Bench) -> list[Block]:
    """Return the loss over time of what these routes keep, once for each form."""
    blocks: list[Block] = []
    for form, group in _forms(routes):
        blocks.append(Heading(f"Loss over time: {name}, {form}"))
        for found in group[0].keeping:
            if found.basis != "unknown":
                blocks.append(Heading(_plain(found.name), 3))
            blocks += loss_blocks((found,))
            if found.basis == "rate":
                blocks.append(_against(found, group, bench))
    return blocks


def kept_working(routes: Iterable[Route]) -> list[Block]:
    """Return the working of those rates, step by step, once for each form."""
    blocks: list[Block] = []
    for _, group in _forms(routes):
        for found in group[0].keeping:
            if found.steps:
                blocks += explained(_plain(f"loss over time, {found.name}"), found.steps)
    return blocks


def kept_sources(routes: Iterable[Route]) -> set[str]:
    """Return the sources of what is told here."""
    return {source for route in routes for found in route.keeping for source in found.sources}


def _forms(routes: Iterable[Route]) -> list[tuple[str, list[Route]]]:
    kept = [route for route in routes if route.keeping]
    liquids = [route for route in kept if route.kind == "liquid"]
    solids = [route for route in kept if route.kind != "liquid"]
    return [pair for pair in (("capsules", solids), ("kept liquids", liquids)) if pair[1]]


def _against(found: Keeping, routes: list[Route], bench: Bench) -> Facts:
    """Return what each liquid here is made with, against the pH and vehicle of the rate."""
    rows: dict[str, str] = {}
    for route in routes:
        used = {need.item for need in route.needs}
        shelf = (*bench.vehicles, *bench.formula_vehicles)
        vehicles = [vehicle for vehicle in shelf if vehicle.key in used]
        rows.setdefault(" and ".join(v.name for v in vehicles) or route.title,
                        _differs(found, vehicles))  # fmt: skip
    return Facts(tuple((f"not for {name}", words) for name, words in rows.items()))


def _differs(found: Keeping, vehicles: list[Vehicle]) -> str:
    same = [v.name.casefold() for v in vehicles] == [str(found.vehicle).casefold()]
    words = "a vehicle of the same name, nothing else compared" if same else "another vehicle"
    if isinstance(found.vehicle, Unknown):
        words = "the vehicle of the rate is not on record"
    return f"{words}; {_acidity(found, vehicles)}"


def _acidity(found: Keeping, vehicles: list[Vehicle]) -> str:
    if isinstance(found.ph, Unknown):
        return "the pH of the rate is not on record"
    rate = f"the rate is of pH {show_number(found.ph)}"
    if len(vehicles) != 1 or not isinstance(vehicles[0].ph, Cited):
        return f"{rate}, the pH here is unknown"
    ph = vehicles[0].ph
    within = ph.value.low.number() <= found.ph <= ph.value.high.number()
    other = "" if within else ": another pH"
    return f"{rate}, this vehicle of about pH {ph.text}{other}"


def with_loss(found: Shown) -> Shown:
    """Return a record from the shelf with the loss over time that it tells of, if any."""
    if found.folder not in ("kinetics", "stability"):
        return found
    record: object
    record, _ = catalog.load(KINDS[found.folder], found.folder, found.id)
    return replace(found, loss=of_record(record))
