"""The worksheet as it lies on the bench: what to do, with a blank for everything that is found.

A line of underscores is to be written on; nothing here is filled in that was not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formulation.bench import Bench
from formulation.blocks import BOX, Block, Facts, Heading, Notice, Paragraph, Report, Table, line
from formulation.cited import Cited, Unknown
from formulation.compounding_record import Component, Weighing, Worksheet, permitted_text
from formulation.prescription import Prescription
from formulation.printing import show, show_dose, show_range
from formulation.record_lists import Checklist, Lists
from formulation.records import Source, Stamp
from formulation.report import kept_text, title
from formulation.result import Route
from formulation.units import Quantity
from formulation.workings import notices, references, working_block
from formulation.worksheet_lines import (
    LINE,
    SHORT,
    WHO,
    amount_text,
    capital,
    checks,
    counted,
    numbered,
    steps,
    to_work_out,
)
from formulation.worksheet_liquid import label_text, liquid_checks, volumes


def _head(found: Worksheet, prescription: Prescription) -> list[Block]:
    made = found.route.made
    rows = (
        ("preparation", found.route.title),
        ("to make", f"{show(made.theoretical)} on paper, {show(made.expected)} expected"),
        ("made on", f"{prescription.prepared}   started {SHORT}   finished {SHORT}"),
        ("batch no.", f"{LINE}   prescription no. {LINE}"),
        ("master formula", f"no. {found.formula or LINE}   version {found.version or SHORT}"),
        ("use by", kept_text(found.route)),
        ("stored", _stored(found.route)),
        ("container", f"{LINE}   closure {LINE}"),
    )
    return [Heading(f"Compounding record: {title(prescription)}", 1), Facts(rows)]


def _before(found: Worksheet, lists: Lists, prescription: Prescription) -> list[Block]:
    """Return what is done before anything is opened: containment, clean place, the right drug."""
    substance, rows = prescription.active.substance, []
    alike = substance.look_alikes
    if isinstance(alike, Cited):
        names = ", ".join(alike.value)
        rows.append(f"Read the drug aloud from the container: {substance.printed}, not {names}.")
    opening = lists.opening.items
    if isinstance(opening, Cited) and found.route.kind != "as-supplied":
        rows += [f"{capital(line)}." for line in opening.value]
    cleaning = lists.opening.cleaning
    if isinstance(cleaning, Cited):
        rows.append(
            f"{cleaning.value[0].upper()}{cleaning.value[1:]}: before {SHORT}, after {SHORT}."
        )
    rows += [
        f"Whether {substance.printed} is on a list of hazardous drugs is not recorded here: {LINE}",
        f"A second person has checked every calculation: {LINE}",
        f"Balance on its mark, checked today: {LINE}",
    ]
    return [Heading("Before anything is opened", 3), Facts(numbered(rows))]


def _component(one: Component) -> str:
    lots = one.lots or ("",)
    lines = [f"maker {LINE}  lot {lot or LINE}\nexpires {one.expires or LINE}" for lot in lots]
    return "\n".join([f"{amount_text(one.amount)}", *lines])


def _components(found: Worksheet) -> list[Block]:
    rows = tuple((one.name, _component(one)) for one in found.components)
    more = "A further lot of any component: name, lot and expiry on a line of its own below."
    return [Heading("Components", 3), Facts(rows), Paragraph(f"{more} {LINE}{LINE}")]


def _weighing(one: Weighing) -> str:
    if one.found:
        said = f"found {amount_text(one.target)}; another figure: a new worksheet"
        if isinstance(one.target, Unknown):
            said = "weigh it first; then a new worksheet with it, or the lines below by hand"
        return f"{said}\ntare {SHORT}  actual {LINE}  {WHO}"
    between = LINE
    if isinstance(one.low, Quantity) and isinstance(one.high, Quantity):
        between = show_range(one.low, one.high)
    head = f"target {amount_text(one.target)}   permitted {between}"
    return f"{head}\ntare {SHORT}  actual {LINE}  {WHO}"


def _weighings(found: Worksheet) -> list[Block]:
    if not found.weighings:
        return []
    rows = tuple((one.what, _weighing(one)) for one in found.weighings)
    return [
        Heading("Weighings", 3),
        Paragraph(f"{permitted_text(found)}."),
        Facts(rows, whole=True),
    ]


def _yield(found: Worksheet) -> list[Block]:
    made, limits = found.route.made, found.yield_range
    inside = f"{limits.text} ({limits.source})" if isinstance(limits, Cited) else (
        f"{LINE} ({limits.why})")  # fmt: skip
    others = [
        f"{one.edition}: {one.yield_range.text}"
        for one in found.lists
        if isinstance(one.yield_range, Cited) and one.yield_range is not limits
    ]
    rows = [
        ("theoretical", show(made.theoretical)),
        ("expected", show(made.expected)),
        ("actual", f"{LINE} = {SHORT} % of theoretical"),
        ("accepted", inside),
    ]
    rows += [("to compare", "; ".join(others))] if others else []
    rows += [("outside: why", LINE * 4), ("left over", f"{LINE} to {LINE}")]
    return [Heading("Yield", 3), Facts(tuple(rows), whole=True)]


def _checks(found: Worksheet) -> list[Block]:
    return liquid_checks(found) if found.route.kind == "liquid" else checks(found)


def _short(found: Worksheet) -> list[Block]:
    if found.batch is None:
        return []
    text = (
        f"Bodies short by {LINE} or powder left {LINE}: empty nothing singly; "
        'formulate capsules FILE --actual "short by ..." says what to do. Done: '
    )
    return [Heading("If it does not come out", 3), Paragraph(text + LINE)]


def _signatures() -> list[Block]:
    rows = (
        ("made by", f"{LINE}{LINE}  date {LINE}\nI weighed and made this as written above."),
        ("released by", f"{LINE}{LINE}  date {LINE}\nI checked calculations, weighings, checks, "
                        "label and date; this record is complete."),
    )  # fmt: skip
    return [Heading("Signatures", 3), Facts(rows, whole=True)]


def _list(one: Checklist) -> list[Block]:
    items = one.items
    if isinstance(items, Unknown):
        return []
    doubt = "" if one.confirmed else "; not confirmed against the chapter"
    head = f"{one.name}: {one.edition} [{items.source}]{doubt}"
    return [Paragraph(head), Facts(numbered([f"{BOX} {item}" for item in items.value]))]


def _editions(stamps: tuple[Stamp, ...]) -> Table:
    rows = tuple((s.key + (" (your own)" if s.own else ""), s.checked or "no fact", s.sha256[:12])
                 for s in stamps)  # fmt: skip
    return Table(("record", "last checked", "digest"), rows)


def _cited(found: Worksheet, lists: tuple[Checklist, ...]) -> set[str]:
    facts = [fact for one in lists for fact in (one.items, one.yield_range, one.cleaning)]
    keys = {fact.source for fact in facts if isinstance(fact, Cited)}
    for step in found.steps:
        keys.update(step.sources)
    for finding in found.findings:
        keys.update(finding.sources)
    return keys


@dataclass(frozen=True, slots=True)
class Held:
    """What a record is held against: bench, lists, bibliography; whether the working is in full."""

    bench: Bench
    lists: Lists
    sources: Mapping[str, Source]
    in_full: bool = False


def _working(found: Worksheet, held: Held) -> list[Block]:
    """Return the working: each step in a line, or in full with its reason and source."""
    priced = set(found.route.cost.steps)
    blocks = [working_block(step) for step in found.steps if step not in priced]
    if held.in_full:
        return [*blocks]
    return [Facts(tuple((one.name, f"{one.substituted} = {one.result}") for one in blocks))]


def _behind(found: Worksheet, held: Held, lists: tuple[Checklist, ...]) -> list[Block]:
    """Return the appendices: working, records, sources."""
    return [
        Heading("Appendix: working", 3), *_working(found, held),
        Heading("Appendix: records used", 3),
        _editions((*held.bench.stamps, *held.lists.stamps)),
        Heading("Appendix: sources", 3), references(_cited(found, lists), held.sources),
    ]  # fmt: skip


def _cautions(found: Worksheet) -> list[Notice]:
    """Return the cautions that concern the making: none of prices."""
    money = set(found.route.cost.findings)
    every = (f for f in found.findings if f.level == "caution" and f not in money)
    return notices(
        replace(f, fix=f.fix.replace("_", line(1))) if f.code == "copy-of-commercial" else f
        for f in every
    )


def stopped(found: Worksheet, prescription: Prescription) -> Report:
    """Return what is printed instead of a worksheet where a stop stands: nothing to follow."""
    stops = [f for f in found.findings if f.level == "stop"]
    head = Heading(f"NO WORKSHEET: do not make {found.route.title}")
    return Report((Heading(title(prescription), 1), head, *notices(stops)))


def worksheet_report(found: Worksheet, prescription: Prescription, held: Held) -> Report:
    """Return the worksheet: record, blanks, checks, signatures, and the working behind it."""
    every = (*found.lists, held.lists.opening)
    listed = [block for one in found.lists for block in _list(one)]
    return Report((
        *_head(found, prescription), *_cautions(found), *_before(found, held.lists, prescription),
        *_components(found), *_weighings(found), *volumes(found, held.bench),
        *to_work_out(found.batch),
        *steps(found), *_checks(found), *_short(found), *_yield(found),
        *(label_text(found, prescription) if found.route.kind == "liquid" else ()),
        *counted(found, prescription.active.substance), *_signatures(),
        Heading("What this record is held against", 3), *listed, *_behind(found, held, every),
    ))  # fmt: skip


def master_report(found: Worksheet, prescription: Prescription, held: Held) -> Report:
    """Return a draft master formula: everything for repeating it, marked not approved."""
    route, lists = found.route, held.lists
    rows = (
        ("master formula", f"no. {found.formula or LINE}   version {found.version or SHORT}"),
        ("preparation", route.title),
        ("basis", f"{show(route.made.theoretical)}; for another number work it out anew"),
        ("container", f"{LINE}   closure {LINE}"),
        ("looks like", LINE * 3),
        ("use by", f"{_days(route, prescription)} from the day it is made"),
        ("on whose word", _ground(route)),
        ("stored", _stored(route)),
        ("label", f"{_label(found, prescription)}; use by; {LINE}"),
        ("approved by", f"{LINE}{LINE}  date {LINE}"),
    )
    parts = tuple((one.name, f"{amount_text(one.amount)}; grade, salt form {LINE}")
                  for one in found.components)  # fmt: skip
    return Report((
        Heading(f"DRAFT master formula, NOT APPROVED: {title(prescription)}", 1), Facts(rows),
        *_cautions(found), Heading("Ingredients", 3), Facts(parts),
        *_before(found, lists, prescription), *steps(found), *_checks(found),
        Heading("What a master formula has to hold", 3), *_list(lists.master),
        *_behind(found, held, (lists.master, lists.opening)),
    ))  # fmt: skip


def _stored(route: Route) -> str:
    return str(route.beyond_use.storage).replace("degC", "°C")


def _days(route: Route, prescription: Prescription) -> str:
    until = route.beyond_use.expires
    return LINE if until is None else f"{(until - prescription.prepared).days} days"


def _ground(route: Route) -> str:
    """Return what the date stands on: every candidate with its source."""
    every = "; ".join(
        f"{c.name}: {c.limit}" + (f" [{', '.join(c.sources)}]" if c.sources else "")
        for c in route.beyond_use.candidates
    )
    return every or route.beyond_use.binding


def _label(found: Worksheet, prescription: Prescription) -> str:
    """Return each drug and its strength for the label: in full, never rounded."""
    active, count = prescription.active, prescription.units_per_dose
    named = [f"{active.substance.printed} {show_dose(active.dose / count)}"]
    drugs = [balance.substance for balance in found.route.balances[1:]]
    further = zip(drugs, prescription.making.also, strict=False)
    named += [f"{drug} {show_dose(also.dose / count)}" for drug, also in further]
    return ", ".join(named)
