"""What every way costs, side by side or one by one, and as bars."""

from __future__ import annotations

from formulation.bill import Bill
from formulation.blocks import Bar, Block, Chart, Paragraph, Table
from formulation.cited import Unknown
from formulation.comparison import money
from formulation.cost_comparison import Comparison
from formulation.cost_ways import Way
from formulation.printing import show_money
from formulation.units import Quantity

IN_COLUMNS = 3
NOT_PRICED = "not priced"


def every_way(found: Comparison) -> list[Block]:
    """Return the costs side by side, or way by way where there are many, and as bars."""
    priced = [way for way in found.ways if isinstance(way.route.cost.total, Quantity)]
    blocks: list[Block] = []
    if 0 < len(priced) <= IN_COLUMNS:
        batches = any(way.route.cost.makings > 1 for way in priced)
        rows = tuple(zip(*(_column(way, batches) for way in priced), strict=True))
        table = tuple(
            (cells[0][0], *(text for _, text in cells))
            for cells in rows
            if any(text != NOT_PRICED for _, text in cells)
        )
        blocks.append(Table(("", *(way.id for way in priced)), table, compares=True))
    elif priced:
        columns = ("", "a dose", "course", "course in whole packs")
        blocks.append(Table(columns, tuple(_row(way) for way in priced)))
    lacking = ", ".join(way.id for way in found.ways if way not in priced)
    if lacking:
        text = f"Unknown, for want of a price of the drug under [[prices]]: {lacking}."
        blocks.append(Paragraph(text))
    return [*blocks, *_bars(found)]


def _row(way: Way) -> tuple[str, ...]:
    used, packs = way.bill("as used"), way.bill("whole packs")
    return (way.id, _dose(way, "as used"), _money(way, used.course, "as used", "course"),
            _money(way, packs.course, "whole packs", "course"))  # fmt: skip


def _money(way: Way, amount: Quantity | Unknown, basis: str, part: str) -> str:
    """Return an amount, with its upper end where prices are ranges."""
    high = way.high_bill(basis)
    upper = getattr(high, part) if high else amount
    if isinstance(amount, Unknown) or isinstance(upper, Unknown):
        return "unknown"
    cost = way.route.cost if high is None else way.highest
    least = cost is not None and cost.at_least
    if upper == amount:
        return money(amount, least)
    return f"{money(amount, least)} to {show_money(upper.magnitude)}"


def _dose(way: Way, basis: str) -> str:
    each, high = way.each(way.bill(basis)), way.high_bill(basis)
    upper = way.each(high) if high else each
    cost = way.route.cost if high is None else way.highest
    least = cost is not None and cost.at_least
    if isinstance(each, Unknown) or isinstance(upper, Unknown):
        return "unknown"
    shown = money(each, least)
    return shown if each == upper else f"{shown} to {show_money(upper.magnitude)}"


def _part(amount: Quantity | Unknown) -> str:
    return NOT_PRICED if isinstance(amount, Unknown) else show_money(amount.magnitude)


def _drug(way: Way, basis: str) -> str:
    line = way.source_line(basis)
    return "no price" if line is None else show_money(line.amount.magnitude)


def _others(way: Way, basis: str) -> str:
    line, bill = way.source_line(basis), way.bill(basis)
    if line is None or isinstance(bill.materials, Unknown):
        return "-"
    return show_money((bill.materials - line.amount).magnitude)


def _column(way: Way, batches: bool) -> list[tuple[str, str]]:
    used, packs = way.bill("as used"), way.bill("whole packs")
    first = [
        ("drug, as used", _drug(way, "as used")),
        ("drug, whole packs", _drug(way, "whole packs")),
        ("other materials", _apart(_others(way, "as used"), _others(way, "whole packs"))),
        ("labour", _part(used.labour)),
        ("fees", _part(used.fees)),
        ("markup", _two(used, packs, "markup")),
        ("tax", _two(used, packs, "tax")),
        *(_one_making(way) if batches else ()),
        ("all, as used", _money(way, used.first_fill, "as used", "first_fill")),
        ("all, whole packs", _money(way, packs.first_fill, "whole packs", "first_fill")),
    ]
    course = [
        ("refill, as used", _money(way, used.refill, "as used", "refill")),
        ("refill, packs", _money(way, packs.refill, "whole packs", "refill")),
        ("course, as used", _money(way, used.course, "as used", "course")),
        ("course, packs", _money(way, packs.course, "whole packs", "course")),
    ]
    waste = "wasted drug" if way.fills < 2 else "wasted in a fill"
    last = [
        ("a dose, as used", _dose(way, "as used")),
        ("a dose, packs", _dose(way, "whole packs")),
        (waste, money(way.route.cost.wasted, False)),
    ]
    return [*first, *(course if way.fills > 1 else ()), *last]


def _two(used: Bill, packs: Bill, part: str) -> str:
    first, second = _part(getattr(used, part)), _part(getattr(packs, part))
    return _apart(first, second)


def _apart(first: str, second: str) -> str:
    return first if first == second else f"{first}; {second} in packs"


def _one_making(way: Way) -> list[tuple[str, str]]:
    """Return what the lines above come to, where the date forces more batches than one."""
    used, packs = way.bill("as used"), way.bill("whole packs")
    return [
        ("one making, used", _money(way, used.total, "as used", "total")),
        ("one making, packs", _money(way, packs.total, "whole packs", "total")),
        ("makings to pay", str(way.route.cost.makings)),
    ]


def _bars(found: Comparison) -> list[Block]:
    rows = []
    for way in found.ways:
        used, packs = way.bill("as used").course, way.bill("whole packs").course
        if isinstance(used, Unknown) or isinstance(packs, Unknown):
            continue
        least = way.route.cost.at_least
        bars = tuple(Bar(x.magnitude, money(x, least)) for x in (used, packs))
        rows.append((way.id, bars, False))
    return [Chart(("course, as used", "in whole packs"), tuple(rows))] if rows else []
