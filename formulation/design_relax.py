"""Nothing survives: which one rule to ease, by how much, so that there is an answer.

Only candidates that break a single rule count. Of several rules the one that has to give least, as
a share of its limit, is named; where no number can be eased, what would lift the date or the stop.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from formulation.design_candidates import laid_route
from formulation.design_direct import BY_CODE, Direct
from formulation.design_field import Cell
from formulation.designed import Relaxation
from formulation.kernel_judging import alone
from formulation.kernel_layouts import EACH, MARK, YIELD
from formulation.layouts import MOST_DRAWS, Laid
from formulation.prescription import Prescription
from formulation.printing import show, show_share
from formulation.trace import Finding
from formulation.units import Quantity

NEVER = Fraction(10**9)
STRENGTH, DATE, KEEPS = 0, 2, 3
Eased = tuple[Fraction, Relaxation]
Tried = tuple[Fraction, Relaxation, Cell | None]
# Stops that the rules of a layout stand for: a candidate that breaks one rule alone meets the rest.
COVERED = {*BY_CODE, "doses-short"}


def nothing_left(
    every: tuple[Cell, ...], ways: Direct, prescription: Prescription
) -> tuple[Relaxation | None, tuple[Finding, ...]]:
    """Return the one relaxation that gives an answer, and the stop that says that there is none."""
    found = [one for cell in every if not cell.forbidden for one in _cell(cell, prescription)]
    found += [(*eased, None) for eased in _ways(ways)]
    best = _first(found)
    what = f"Nothing on this bench gives {show(prescription.active.dose)} within every rule"
    if best is None:
        fix = "no single rule stands alone against it: see to which rules the candidates fell"
        if every and not any(cell.seen.size for cell in every):
            fix = f"no syringe draws such a dose {MOST_DRAWS} times or less: put a larger one here"
        return None, (Finding("nothing-survives", "stop", what, fix),)
    eased = best
    stop = Finding("nothing-survives", "stop", f"{what}. {eased.text}", eased.fix,
                   eased.limit, eased.needed)  # fmt: skip
    return eased, (stop,)


def _words(cell: Cell, laid: Laid) -> str:
    """Return a layout in words."""
    units = show(Quantity(Fraction(laid.units), cell.family.product.unit))
    times = f"{laid.times} x " if laid.times > 1 else ""
    often = f", {cell.making.count} makings" if cell.making.count > 1 else ""
    return (
        f"{cell.family.id}: {units} to {_ml(laid.volume.volume)}, "
        f"{times}{_ml(laid.drawn.volume)} a dose{often}"
    )


def _ml(volume: Fraction) -> str:
    return show(Quantity(volume, "mL"))


def _first(found: list[Tried]) -> Relaxation | None:
    """Return what has to give least and then leaves no other stop, such as one on the source."""
    stopped: dict[str, bool] = {}
    for _, eased, cell in sorted(found, key=lambda one: one[0]):
        if cell is None:
            return eased
        name = cell.family.id
        if name not in stopped:
            stopped[name] = _stopped(cell)
        if not stopped[name]:
            return eased
    return None


def _stopped(cell: Cell) -> bool:
    """Say whether a stop that no rule on its layout stands for is against a liquid."""
    terms = cell.terms
    laid = Laid(cell.block.units[0], terms.finals[-1], terms.draws[-1], 1, Fraction(0))
    route = laid_route(cell.family, cell.making, laid)
    stops = {one.code for one in route.findings if one.level == "stop"}
    return bool(stops - COVERED)


def _cell(cell: Cell, prescription: Prescription) -> Iterator[Tried]:
    for eased in (*_on_the_draw(cell), *_on_the_liquid(cell, prescription)):
        yield (*eased, cell)


def _on_the_draw(cell: Cell) -> Iterator[Eased]:
    terms = cell.terms
    if laid := cell.closest(MARK):
        most = max(-terms.low, terms.high)
        off = abs(laid.error)
        text = f"With marks up to {show_share(off)} off instead of {show_share(most)}: "
        yield off / most if most else NEVER, Relaxation(
            "mark", text + _words(cell, laid), Quantity(most), Quantity(off),
            "put a syringe or graduate with a finer graduation on the bench, or permit mark_error",
        )  # fmt: skip
    if terms.most is not None and (laid := cell.closest(EACH)):
        limit, needed = Quantity(terms.most, "mL"), Quantity(laid.dose_volume, "mL")
        text = f"With {show(needed)} a dose instead of at most {show(limit)}: {_words(cell, laid)}"
        yield (
            laid.dose_volume / terms.most,
            Relaxation(
                "recipient", text, limit, needed, "ask whether so much can be taken at one time"
            ),
        )
    if laid := cell.closest(YIELD):
        reach = laid.volume.volume / laid.dose_volume / terms.portions * cell.making.doses
        asked, made = cell.making.doses, floor(reach)
        text = f"For {made} doses instead of {asked}: {_words(cell, laid)}"
        yield Fraction(asked, made) if made else NEVER, Relaxation(
            "yield", text, Quantity(Fraction(asked), "dose"), Quantity(Fraction(made), "dose"),
            "put a larger graduate on the bench, give a frequency so that it may be made more than "
            "once, or prescribe fewer doses",
        )  # fmt: skip


def _weakest(cell: Cell, rule: int) -> tuple[int, Fraction] | None:
    """Return units and volume of the weakest liquid that breaks this one rule alone."""
    found = alone(cell.block, cell.seen, cell.ground, rule)
    if found is None:
        return None
    return cell.block.units[found[0]], cell.terms.finals[found[1]].volume


def _on_the_liquid(cell: Cell, prescription: Prescription) -> Iterator[Eased]:
    terms, name = cell.terms, cell.family.id
    if found := _weakest(cell, STRENGTH):
        made = Quantity(terms.concentration(*found), "mg/mL")
        limit = None if terms.limit is None else Quantity(terms.limit, "mg/mL")
        if limit:
            text = f"With {show(made)} instead of at most {show(limit)}: {name}"
            yield (
                (made / limit).number(),
                Relaxation(
                    "strength", text, limit, made, "permit `strongest`, or use a larger graduate"
                ),
            )
        else:
            text = f"How much dissolves in {name} is not known; {show(made)} would be needed"
            yield NEVER - 1, Relaxation("strength", text, None, made, "use a vehicle that suspends")
    last = cell.family.case.prescription.prepared
    span = max(1, _span(cell, prescription))
    needed = Quantity(Fraction(span), "day")
    if _weakest(cell, KEEPS):
        kept = max(_kept(cell), 1)
        limit = Quantity(Fraction(kept), "day")
        text = f"If {name} could be kept {show(needed)} instead of {show(limit)} from {last}"
        yield (
            Fraction(span, kept),
            Relaxation("keeps", text, limit, needed, "prescribe fewer doses at a time"),
        )
    if _weakest(cell, DATE):
        text = f"With a date: no study supports any for {name}; its doses last {show(needed)}"
        fix = f'a pharmacist may assign one to this preparation: [beyond_use], route = "{name}"'
        yield NEVER, Relaxation("date", text, None, needed, fix)


def _span(cell: Cell, prescription: Prescription) -> int:
    return cell.days.span(cell.making.doses, prescription.prepared)


def _kept(cell: Cell) -> int:
    """Return for how many days the longest-kept class of concentrations keeps."""
    made = cell.family.case.prescription.prepared
    groups = range(len(cell.family.classes) + 1)
    dates = [cell.days.until(cell.family, group, made) for group in groups]
    return max((until - made).days for until in dates if until is not None)


def _ways(ways: Direct) -> Iterator[Eased]:
    """Yield what would lift the one stop against a way without a layout."""
    for one in ways.tried:
        stops = [f for f in one.route.findings if f.level == "stop"] if one.route else []
        if one.route is not None and [stop.code for stop in stops] == [one.code]:
            stop = stops[0]
            text = f"Without what stands against {one.route.id}: {stop.what}"
            yield NEVER + 1, Relaxation(one.rule, text, stop.limit, stop.actual, stop.fix)
