"""The screen of `formulate capsules`: what to do, which shells fit, how to fill, mix and load."""

from __future__ import annotations

from fractions import Fraction

from formulation.blocks import Block, Facts, Heading, Notice, Paragraph, Report, Table
from formulation.capsule_depth import Size
from formulation.capsule_making import Capsules
from formulation.capsule_methods import Way, in_use
from formulation.cited import Unknown
from formulation.mixing import Stage
from formulation.plates import Load
from formulation.prescription import Prescription
from formulation.printing import show, show_error, show_share
from formulation.report import kept_text, title
from formulation.result import Route
from formulation.units import Quantity
from formulation.workings import explained, notices

LARGER = 2


def _amount(value: Quantity | Unknown, none: str = "open") -> str:
    return none if isinstance(value, Unknown) else show(value)


def _size_row(size: Size) -> tuple[str, ...]:
    mark = "> " if size.chosen else ""
    share = "" if isinstance(size.drug_share, Unknown) else show_share(size.drug_share)
    return (
        f"{mark}{size.size}", _amount(size.volume, "unknown"), show_share(size.taken),
        _amount(size.filler), _amount(size.fill), share,
    )  # fmt: skip


def _nearest(found: Capsules) -> tuple[Size, ...]:
    """Return the sizes that are worth a line: those that hold it, up to two above the chosen."""
    fitting = [size for size in found.sizes if size.fits]
    place = next((n for n, size in enumerate(fitting) if size.chosen), 0)
    return tuple(fitting[: place + 1 + LARGER])


def _sizes(found: Capsules) -> list[Block]:
    if not found.sizes:
        return []
    columns = ("size", "volume", "powder", "filler", "fill", "drug share")
    rows = tuple(_size_row(size) for size in _nearest(found))
    blocks: list[Block] = [Heading("Shells that hold it, for one capsule", 3)]
    if rows:
        blocks.append(Table(columns, rows))
    small = ", ".join(
        f"{size.size} by {_amount(size.over, show_share(size.taken - 1))}"
        for size in found.sizes if not size.fits
    )  # fmt: skip
    if small:
        blocks.append(Paragraph(f"Too small: size {small}."))
    return [*blocks, Paragraph(f"Why {found.why}.")] if found.why else blocks


def _marked(way: Way) -> str:
    return f"> {way.method}" if way.chosen else way.method


def _way_row(way: Way) -> tuple[str, ...]:
    apart = (
        "" if way.apart is None or way.chosen else show_error(way.apart) if way.apart else "same"
    )
    about = "about " if way.method == "top-up" and isinstance(way.filler, Quantity) else ""
    return (
        _marked(way), f"{about}{_amount(way.filler)}", apart,
        _amount(way.each), way.weighed,
    )  # fmt: skip


def _ways(found: Capsules) -> list[Block]:
    if all(isinstance(way.filler, Unknown) for way in found.ways):
        open_ways = tuple(
            (_marked(way), f"{way.how}; to weigh: {way.weighed}") for way in found.ways
        )
        return [Heading("Ways to fill", 3), Facts(open_ways)]
    columns = ("way", "filler in all", "differs", "fill each", "to weigh")
    rows = tuple(_way_row(way) for way in found.ways)
    hows = tuple((way.method, way.how) for way in found.ways)
    blocks: list[Block] = [Heading("Ways to fill", 3), Table(columns, rows), Facts(hows)]
    premix = next((way.first for way in found.ways if way.method == "top-up"), None)
    if isinstance(premix, Quantity):
        first = f"about {show(premix)} of filler goes into the premix, the rest tops up"
        if premix < Quantity(Fraction(1), "mg"):
            first = "the powders alone nearly fill the bodies: premix without filler, then top up"
        blocks.append(Paragraph(f"Topping up: {first}."))
    return blocks


def _stage_text(stage: Stage, first: bool) -> str:
    much = "" if not stage.last else ", all of it" if first else ", the last of it"
    then = "" if first else f": makes {show(stage.mixed)}"
    return f"{'' if first else 'add '}{show(stage.added)} of {stage.name}{much}{then}"


def _mixing(found: Capsules) -> list[Block]:
    if not found.stages:
        return []
    rows = tuple((f"mix {n}", _stage_text(s, n == 1)) for n, s in enumerate(found.stages, 1))
    tip = (
        "Geometric dilution: never more than lies in the mortar. A pinch of dye in the smallest "
        "powder shows streaks; an even colour alone does not prove an even mix."
    )
    return [Heading("Mixing", 3), Facts(rows), Paragraph(tip)]


def _machine(found: Capsules) -> list[Block]:
    if not found.loads:
        return []
    rows = []
    for alike in _alike(found.loads):
        load, many = alike[0], len(alike)
        each = " each" if many > 1 else ""
        open_part = "all of the mix" if load.share == 1 else f"{load.share} of the mix"
        by_weight = "" if load.share == 1 else f"{each} by weight"
        amount = _amount(load.powder, open_part)
        if found.estimated and isinstance(load.powder, Quantity):
            amount = f"{open_part}, about {amount}"
        how = f"{amount}{by_weight}: spread, tamp, refill, until all of it is in"
        if found.route.made.mode == "fixed":
            how = f"{_amount(in_use(found.ways).each, 'the fill')} weighed into each body"
        name = f"loads {load.number} to {alike[-1].number}" if many > 1 else f"load {load.number}"
        rows += [
            (name, f"{load.capsules} capsules{each}; {load.block}"),
            ("powder", how),
            ("weigh", f"singly, from holes {', '.join(load.weigh)}{each and ', of each load'}"),
        ]  # fmt: skip
    lay = (
        "Rows are letters, columns numbers, from one corner; corners, edges and middle are weighed."
    )
    return [Heading(found.machine, 3), Facts(tuple(rows)), Paragraph(lay)]


def _alike(loads: tuple[Load, ...]) -> list[list[Load]]:
    """Return the loads in groups of the same number of capsules."""
    groups: dict[int, list[Load]] = {}
    for load in loads:
        groups.setdefault(load.capsules, []).append(load)
    return list(groups.values())


def _remedies(found: Capsules) -> list[Block]:
    blocks: list[Block] = []
    for remedy in found.remedies:
        rows = tuple((f"{n}", text) for n, text in enumerate(remedy.actions, 1))
        blocks += [Heading(f"WHAT TO DO: {remedy.heading}"), *notices(remedy.findings), Facts(rows)]
    return [*blocks, Heading("As planned before that", 3)] if blocks else []


def _open(found: Capsules) -> list[Block]:
    if not found.open:
        return []
    rows = tuple((item.name, f"= {item.formula}") for item in found.open)
    missing = found.open[0].missing
    head = Paragraph(f"Missing: {missing.which} ({missing.fill}).")
    return [Heading("Open until the pool is weighed", 3), head, Facts(rows)]


def _pool(found: Capsules) -> list[Block]:
    rows = [("powder", found.powder)] if found.powder else []
    spread = found.spread
    if spread is not None:
        sd = "" if isinstance(spread.sd, Unknown) else f", SD {show(spread.sd)}"
        rsd = "" if isinstance(spread.rsd, Unknown) else f" (RSD {show_share(spread.rsd)})"
        text = f"{spread.count} weighed singly: mean {show(spread.mean)}{sd}{rsd}"
        rows.append(("singly", f"{text}, median {show(spread.median)}"))
    return [Heading("Source powder", 3), Facts(tuple(rows))] if rows else []


def _verdict(found: Capsules) -> list[Block]:
    route = found.route
    after = {f for remedy in found.remedies for f in remedy.findings}
    stops = [f for f in found.findings if f.level == "stop" and f not in after]
    if stops:
        return [Heading(f"DO NOT MAKE {route.title}"), *notices(stops)]
    if not found.may_be_made:
        return [Heading(f"DO NOT DISPENSE AS THEY ARE: {route.title}")]
    return [Heading(f"MAKE {route.title}")]


def _facts(route: Route) -> Facts:
    rows = [(action.verb, action.text) for action in route.actions]
    made = route.made
    rows += [
        ("yield", f"{show(made.theoretical)} on paper, {show(made.expected)} expected; "
                  "actual ______"),
        ("use by", kept_text(route)),
    ]  # fmt: skip
    return Facts(tuple(rows))


def _rest(found: Capsules) -> list[Notice]:
    """Return what is not shown above: no stop, nothing of a remedy, nothing of prices."""
    above = {*found.route.cost.findings, *(f for r in found.remedies for f in r.findings)}
    return notices(f for f in found.findings if f.level != "stop" and f not in above)


def capsules_report(found: Capsules, prescription: Prescription, explain: bool) -> Report:
    """Return the screen for one batch of capsules, and the working where it is asked for."""
    blocks: list[Block] = [Heading(title(prescription), 1), *_verdict(found)]
    blocks += [
        *_remedies(found),
        _facts(found.route),
        *_open(found),
        *_pool(found),
        *_sizes(found),
        *_ways(found),
    ]
    blocks += [*_mixing(found), *_machine(found)]
    rest = _rest(found)
    if rest:
        blocks += [Heading("Cautions and notes", 3), *rest]
    if explain:
        blocks += explained(found.route.title, found.steps)
    return Report(tuple(blocks))
