"""The first screen of a plan: verdict, what to do, ways side by side, stops, cautions.

What a tired pharmacist reads first stands first; intervals, sources and the rest are in `details`.
"""

from __future__ import annotations

import re

from formulation.bench import Bench
from formulation.blocks import Block, Facts, Heading, Notice, Paragraph, Report
from formulation.cited import Unknown
from formulation.comparison import billed_text, chart, money, one_below_another, side_by_side
from formulation.prescription import Prescription
from formulation.printing import show, show_dose, show_error, show_range
from formulation.result import Absent, Offer, Plan, Route
from formulation.trace import Finding
from formulation.units import Quantity

IN_FULL = 3
ALWAYS = {"contraindications", "copy-of-commercial"}
_END = re.compile(r"(?<=[a-z0-9)]\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bInc\.)(?<!\bLtd\.) (?=[A-Z])")


def first_sentence(text: str) -> str:
    """Return a text up to its first full stop that ends a sentence.

    >>> first_sentence("No study supports 0.5 mg. It breaks down.")
    'No study supports 0.5 mg.'
    >>> first_sentence("Brand Dr. Reddy's, studied Torrent. It differs.")
    "Brand Dr. Reddy's, studied Torrent."
    """
    return _END.split(text, maxsplit=1)[0]


def title(prescription: Prescription) -> str:
    """Return what was prescribed in one line."""
    active = prescription.active
    text = f"{active.substance.printed} {show_dose(active.dose)}, {show(prescription.doses)}"
    if prescription.every is not None:
        text += f", {prescription.every.text}"
    return text


def kept_text(route: Route) -> str:
    """Return the date until which it may be used, or why there is none."""
    found = route.beyond_use
    if found.expires is None:
        return f"no date: {found.why_none}"
    if found.expires < route.batches[0].made:
        return f"no date: {found.binding} is past"
    if found.unstudied:
        return f"{found.expires} at most ({found.binding}; {found.unstudied})"
    return f"{found.expires} ({found.binding})"


def _waste_text(route: Route) -> str:
    found = route.balances[0]
    if not found.wasted:
        return f"none of {show(found.taken)} opened"
    parts = [(word, amount) for word, amount in found.parts[2:] if amount]
    words = ", ".join(f"{show(amount)} {word}" for word, amount in parts)
    return f"{words}, of {show(found.taken)} opened"


def stored(route: Route) -> tuple[tuple[str, str], ...]:
    """Return the line that says how it is kept, where that is on record and a date stands."""
    found = route.beyond_use
    if found.expires is None or isinstance(found.storage, Unknown):
        return ()
    return (("keep", found.storage.replace("degC", "°C")),)


def _supply_text(route: Route) -> str:
    days = route.supply.days
    if isinstance(days, Unknown):
        return str(days)
    return f"{'at least ' if route.supply.at_least else ''}{show(days)}"


def _yield_text(route: Route) -> str:
    made = route.made
    if made.theoretical == made.expected:
        return f"{show(made.expected)} on paper and expected; actual ______"
    return f"{show(made.theoretical)} on paper, {show(made.expected)} expected; actual ______"


def route_facts(route: Route, asked: Quantity) -> Facts:
    """Return what to do, until when it may be used, what a dose holds, waste and cost."""
    rows = [(action.verb, action.text) for action in route.actions]
    rows += [
        ("yield", _yield_text(route)),
        ("use by", kept_text(route)),
        *stored(route),
        ("lasts", _supply_text(route)),
        ("dose", f"{_delivered(route, asked)}; {_limits(route)}"),
        ("waste", _waste_text(route)),
        ("cost", _cost_text(route)),
    ]
    return Facts(tuple(rows))


def _delivered(route: Route, asked: Quantity) -> str:
    """Return the asked dose and, where it is not met exactly, what is delivered for it."""
    got = route.dose.nominal
    if got == asked:
        return show_dose(asked)
    error = show_error((got / asked).number() - 1)
    return f"{show_dose(asked)} asked, {show(got)} delivered ({error})"


def _limits(route: Route) -> str:
    """Return between what limits a dose lies, and that a limit is no measurement."""
    if route.dose.low == route.dose.high:
        return route.dose_basis
    between = show_range(route.dose.low, route.dose.high)
    return f"{between} by {route.dose_basis}, not measured"


def _cost_text(route: Route) -> str:
    bill = route.cost
    if isinstance(bill.total, Unknown):
        return str(bill.total)
    least, batches = bill.at_least, f"in {bill.makings} batches " if bill.makings > 1 else ""
    text = f"{batches}{money(bill.used.first_fill, least)} as used, "
    text += f"{money(bill.packs.first_fill, least)} if cartons are not broken"
    if bill.billing:
        text += f"; billed: {billed_text(bill)}"
    charged, on = bill.billed, "in whole packs" if bill.billing == "packs" else "as used"
    if charged.course != charged.first_fill:
        text += f"; with all refills {money(charged.course, least)} {on}"
    return text


def _stops(route: Route) -> list[Finding]:
    return [finding for finding in route.findings if finding.level == "stop"]


def _verdict(plan: Plan, asked: Quantity) -> list[Block]:
    chosen = plan.chosen_route
    if chosen is not None:
        return [Heading(f"MAKE {chosen.title}"), route_facts(chosen, asked)]
    if plan.asked:
        route = next(r for r in plan.routes if r.id == plan.asked)
        notices = [Notice("stop", f.what, f.fix) for f in _stops(route)]
        return [Heading(f"DO NOT MAKE {route.title}"), *notices, route_facts(route, asked)]
    shared = [Notice("stop", f.what, f.fix) for f in _shared(plan).values()]
    return [Heading("NOTHING HERE MAY BE MADE AS IT STANDS"), *shared]


def _shared(plan: Plan) -> dict[str, Finding]:
    """Return the stops that stand against every route."""
    every = [{f.code: f for f in _stops(route)} for route in plan.routes]
    return (
        {code: f for code, f in every[0].items() if all(code in e for e in every)} if every else {}
    )


def _stop_lines(plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    fixes: list[str] = []
    shared = _shared(plan) if plan.chosen is None and not plan.asked else {}
    for route in plan.routes:
        found = [f for f in _stops(route) if f.code not in shared]
        if not found or route.id == plan.asked:
            continue
        more = f" (+{len(found) - 1} more)" if len(found) > 1 else ""
        text = first_sentence(found[0].what) + more
        blocks.append(Notice("stop", text, where=route.id))
        fixes += [first_sentence(f.fix) for f in found if _helps(f, plan)]
    word = "Instead" if plan.chosen is not None else "Would help"
    return blocks + [Paragraph(f"{word}: {fix}") for fix in dict.fromkeys(fixes)]


def _why(item: Absent) -> str:
    """Return why something is not here; a long list stands under --all."""
    return f"{item.why} (--all names them)" if item.each else item.why


def _helps(finding: Finding, plan: Plan) -> bool:
    """Say whether a stop's remedy is one here: not "make capsules" where they are stopped too."""
    made = any(r.may_be_made and r.kind != "as-supplied" for r in plan.routes)
    return bool(finding.fix) and (made or finding.code != "no-date-supported")


def _cautions(plan: Plan) -> list[Block]:
    shown = plan.chosen_route or next((r for r in plan.routes if r.id == plan.asked), None)
    found = [*plan.findings, *(shown.findings if shown else ())]
    notices = [_caution(f) for f in found if f.level == "caution" or f.code in ALWAYS]
    unique = list(dict.fromkeys((n.level, n.text, n.fix) for n in notices))
    if not unique:
        return []
    return [Heading("Cautions", 3), *(Notice(level, text, fix) for level, text, fix in unique)]


def _caution(finding: Finding) -> Notice:
    """Return a caution in its first sentence; one with a blank to fill in keeps its blank."""
    blank = finding.fix if "____" in finding.fix else ""
    whole = finding.code in ALWAYS and finding.level == "note"
    return Notice(finding.level, finding.what if whole else first_sentence(finding.what), blank)


def _offers(offers: tuple[Offer, ...]) -> list[Block]:
    return [Paragraph(f"Or: {offer.text}") for offer in offers]


def plan_report(plan: Plan, prescription: Prescription, bench: Bench) -> Report:
    """Return the first screen for one plan."""
    blocks: list[Block] = [Heading(title(prescription), 1)]
    if prescription.sig:
        blocks.append(Paragraph(f"Prescriber's directions, as written: {prescription.sig}"))
    if prescription.note:
        blocks.append(Paragraph(f"Note: {prescription.note}"))
    blocks += _verdict(plan, prescription.active.dose)
    chosen = plan.chosen_route
    if chosen is not None:
        blocks += _offers(chosen.offers)
    usable = tuple(route for route in plan.routes if route.may_be_made)
    if len(usable) > 1:
        ways = side_by_side if len(usable) <= IN_FULL else one_below_another
        blocks += [
            Heading("Ways that may be made", 3),
            ways(usable, prescription.units_per_dose),
        ]
    if plan.routes:
        blocks.append(chart(plan.routes))
    blocks += [Heading("Not to be made, or not here", 3), *_stop_lines(plan)]
    if plan.absent:
        blocks.append(Facts(tuple((item.id, _why(item)) for item in plan.absent)))
    blocks += _cautions(plan)
    blocks.append(Paragraph(_closing(plan, prescription, bench)))
    return Report(tuple(blocks))


def _closing(plan: Plan, prescription: Prescription, bench: Bench) -> str:
    assumed = "; its prices, densities and graduations are assumptions" if bench.teaching else ""
    shown = plan.chosen_route or next((r for r in plan.routes if r.id == plan.asked), None)
    missing = (
        f"Not priced: {'; '.join(shown.cost.missing)}. " if shown and shown.cost.missing else ""
    )
    own = [stamp.key for stamp in bench.stamps if stamp.own]
    records = f" Your own records: {', '.join(own)}." if own else ""
    return (
        f"{missing}Prepared {prescription.prepared}. Bench: {bench.name}{assumed}.{records} "
        "--all shows everything, --explain each step."
    )
