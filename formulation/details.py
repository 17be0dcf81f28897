"""Behind the first screen: each route whole, its balance, dates, cost, and the working."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formulation.bench import Bench
from formulation.bill import Cost, CostLine
from formulation.blocks import (
    Block,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Report,
    Table,
)
from formulation.cited import Unknown
from formulation.comparison import billed_text, both, money
from formulation.loss_report import kept_blocks, kept_sources, kept_working
from formulation.prescription import Prescription
from formulation.printing import show, show_error, show_exact, show_range, show_share
from formulation.records import Source
from formulation.result import Plan, Route
from formulation.units import Quantity
from formulation.workings import references, working_block


def _amount(name: str, value: Quantity | Unknown) -> tuple[str, str]:
    if isinstance(value, Unknown):
        return name, str(value)
    return name, show_error(value.magnitude) if name.startswith("error") else show(value)


def _dose(route: Route) -> Facts:
    dose = route.dose
    rows = [
        ("dose", show(dose.nominal)),
        ("limits", f"{show_range(dose.low, dose.high)}: {route.dose_basis}"),
    ]
    for term in route.terms:
        source = f" [{term.source}]" if term.source else ""
        between = f"{show_error(term.low)} to {show_error(term.high)}"
        rows.append((term.name, f"{between}{source}"))
    return Facts(tuple(rows))


def _balance(route: Route) -> list[Block]:
    blocks: list[Block] = []
    for found in route.balances:
        rows = tuple((word, show_exact(amount)) for word, amount in found.parts)
        taken = ("opened or weighed", show_exact(found.taken))
        blocks.append(Table((f"Where the {found.substance} goes", "drug"), (*rows, taken)))
    return blocks


def _dates(route: Route) -> Facts:
    found = route.beyond_use
    rows = [
        ("use by", str(found.expires or f"no date: {found.why_none}")),
        ("storage", str(found.storage).replace("degC", "°C")),
    ]
    for candidate in found.candidates:
        until = f", until {candidate.expires}" if candidate.counts else ""
        binds = ", binds" if candidate.counts and candidate.name == found.binding else ""
        silent = "" if candidate.counts else " (no date by itself)"
        rows.append((candidate.name, f"{candidate.limit}{until}{binds}{silent}"))
    return Facts(tuple(rows))


def _line(line: CostLine, packed: CostLine) -> tuple[str, ...]:
    dated = f" {line.priced}" if line.priced else ""
    where = "assumed" if line.assumed else f"[{line.source}]{dated}"
    quantity, price = show(line.quantity), show(line.unit_price)
    if not line.quantity.unit:
        quantity = show_share(line.quantity.magnitude) if line.part in ("markup", "tax") else "1"
    return (line.item, quantity, price, show(line.amount), show(packed.amount), where)


def cost_blocks(cost: Cost) -> list[Block]:
    """Return the bill line by line, what it comes to, what is left of packs, what has no price."""
    least = cost.at_least
    columns = ("used", "quantity", "price", "as used", "whole packs", "price from")
    pairs = zip(cost.lines, cost.pack_lines, strict=True)
    rows = [
        ("total" if cost.makings < 2 else "one making",
         f"{money(cost.total, least)} as used, {money(cost.pack_total, least)} in packs"),
        ("billed", billed_text(cost)),
        ("a dose", money(cost.per_dose, least)),
        ("first fill", both(cost.used.first_fill, cost.packs.first_fill, least)
                       + (f", made in {cost.makings} batches" if cost.makings > 1 else "")),
        ("each refill", both(cost.used.refill, cost.packs.refill, least)),
        ("course", f"{money(cost.course, least)} with all refills"),
        ("wasted drug", money(cost.wasted, False)),
        *(("left over", left.text) for left in cost.leftovers),
        ("not priced", "; ".join(cost.missing) or "nothing"),
    ]  # fmt: skip
    return [Table(columns, tuple(_line(*pair) for pair in pairs)), Facts(tuple(rows))]


def _measures(route: Route) -> list[Block]:
    if not route.measures:
        return []
    rows = tuple(
        (
            found.what,
            found.device + (" (assumed)" if found.assumed else ""),
            f"{found.times} x {found.snapped}",
        )
        for found in route.measures
    )
    return [Table(("measured", "device", "on the mark"), rows)]


def route_blocks(route: Route) -> list[Block]:
    """Return one route whole."""
    verdict = "may be made" if route.may_be_made else "STOP"
    blocks: list[Block] = [Heading(f"{route.id}: {route.title} ({verdict})")]
    blocks += [Notice(f.level, f.what, f.fix) for f in route.findings if f.level == "stop"]
    source = route.sources[0]
    rows = [(action.verb, action.text) for action in route.actions]
    rows += [
        ("source", f"{show_exact(source.exact)} exact, {show(source.whole)} opened"),
        ("yield", f"{show(route.made.theoretical)} theoretical, {show(route.made.expected)} "
                  f"expected ({route.made.mode}), actual ______"),
        ("lasts", _lasts(route)),
    ]  # fmt: skip
    rows += [_amount(name, value) for name, value in route.amounts]
    blocks += [Facts(tuple(rows)), _dose(route), *_balance(route), _dates(route)]
    blocks += [*_measures(route), *cost_blocks(route.cost)]
    blocks += [Paragraph(f"Or: {offer.text}") for offer in route.offers]
    blocks += [Notice(f.level, f.what, f.fix) for f in route.findings if f.level != "stop"]
    return blocks


def _lasts(route: Route) -> str:
    supply = route.supply
    if isinstance(supply.days, Unknown) or isinstance(supply.daily, Unknown):
        return str(supply.days)
    least = "at least " if supply.at_least else ""
    return f"{least}{show(supply.days)}; at most {show(supply.daily)} in one day"


def explain_blocks(routes: Iterable[Route]) -> list[Block]:
    """Return the working of the given routes, step by step."""
    blocks: list[Block] = []
    for route in routes:
        blocks.append(Heading(f"Working: {route.title}"))
        blocks += [working_block(step) for step in route.steps]
    return blocks


def _cited(plan: Plan) -> set[str]:
    found = kept_sources(plan.routes)
    for route in plan.routes:
        for step in route.steps:
            found.update(step.sources)
        for finding in (*route.findings, *plan.findings):
            found.update(finding.sources)
        for candidate in route.beyond_use.candidates:
            found.update(candidate.sources)
        found.update(line.source for line in route.cost.lines)
        found.update(term.source for term in route.terms)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What the longer forms are written from: the plan, what it was asked, and the bibliography."""

    plan: Plan
    prescription: Prescription
    bench: Bench
    sources: Mapping[str, Source]


def _loss(told: Told, routes: Iterable[Route]) -> list[Block]:
    name = told.prescription.active.substance.printed
    return kept_blocks(name, routes, told.bench)


def all_blocks(told: Told) -> list[Block]:
    """Return everything behind the first screen: assumptions, findings, every route, records."""
    plan, assumptions = told.plan, "; ".join(told.prescription.assumptions)
    blocks: list[Block] = [Heading("Assumptions"), Paragraph(f"Taken as given: {assumptions}.")]
    blocks += [Notice(f.level, f.what, f.fix) for f in plan.findings]
    for route in plan.routes:
        blocks += route_blocks(route)
    for item in plan.absent:
        if item.each:
            blocks += [Heading(f"{item.id}: {item.why}"), Facts(item.each)]
    blocks += _loss(told, plan.routes)
    stamps = told.bench.stamps
    records = tuple(
        (s.key + (" (your own)" if s.own else ""), s.checked or "nothing to check", s.sha256[:12])
        for s in stamps
    )
    return [
        *blocks,
        Heading("Records used"),
        Table(("record", "last checked", "digest"), records),
        Heading("Sources"),
        references(_cited(plan), told.sources),
    ]


def with_more(report: Report, told: Told, everything: bool, explain: bool) -> Report:
    """Return the first screen followed by everything, by the working, or by both."""
    plan, blocks = told.plan, list(report.blocks)
    if everything:
        blocks += all_blocks(told)
    if explain:
        shown = plan.chosen_route or next((r for r in plan.routes if r.id == plan.asked), None)
        routes = plan.routes if everything or shown is None else (shown,)
        blocks += [] if everything else _loss(told, routes)
        blocks += [*explain_blocks(routes), *kept_working(routes)]
    return Report(tuple(blocks))
