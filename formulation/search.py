"""The best preparation on a bench: every layout examined, the best ranked exactly, all counted.

What may be best is looked for among whole units x final volume x mark x makings x liquids, and
beside them capsules in each shell, the dispersion and the product as supplied. No other candidate
of the space is better in every objective than one of the front (docs/method/design.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from formulation.asked_liquids import asks_numbers
from formulation.bench import Bench
from formulation.clinical import contraindications
from formulation.dating import in_force
from formulation.design_candidates import laid_route, liquid
from formulation.design_direct import Direct, direct
from formulation.design_field import Cell, cells
from formulation.design_front import Rank, front, led, rank
from formulation.design_relax import nothing_left
from formulation.design_space import Days, Family, families, makings
from formulation.design_why import fallen, suggestions, without
from formulation.designed import Candidate, Design
from formulation.errors import FormulationError, nearest, quote
from formulation.layouts import Laid, preference
from formulation.prescription import Prescription
from formulation.result import Absent, Route
from formulation.trace import Finding

BY_VOLUME = {"below-least-weighable", "dose-outside-limits"}
FOR_NOBODY = {"recipient-vehicle", "tube-no-syringe"}


@dataclass(slots=True, eq=False)
class Found:
    """All that was examined: the liquids by cells, the other ways, and what survives of both."""

    every: tuple[Cell, ...]
    ways: Direct
    days: Days
    ranked: list[tuple[Rank, Candidate]] = field(default_factory=list)

    @property
    def examined(self) -> int:
        """Return how many candidates there are."""
        return sum(cell.seen.size for cell in self.every) + len(self.ways.tried)

    @property
    def survivors(self) -> int:
        """Return how many break no rule."""
        return sum(c.left() for c in self.every) + sum(not one.rule for one in self.ways.tried)

    @property
    def bound(self) -> Fraction:
        """Return by how much at most the kernel may misjudge an error."""
        return max((cell.seen.bound for cell in self.every), default=Fraction(0))


def design(prescription: Prescription, bench: Bench) -> Design:
    """Return the best preparations on a bench, the front, and what every other candidate fell to.

    >>> from datetime import date
    >>> from formulation.intake import read_case
    >>> p, b, _ = read_case(None, {"substance": "cycloserine", "dose": "37 mg", "doses": 6},
    ...                     date(2026, 1, 5))
    >>> found = design(p, b)
    >>> found.chosen, [one.rule for one in found.fallen if one.count and one.rule == "date"]
    ('capsules', ['date'])

    Raises `FormulationError` for more than one active or phase, and for a route that is not here.
    """
    if len(prescription.actives) != 1 or len(prescription.phases) != 1:
        what, fix = "the search takes one active at one dose", "design each active and dose alone"
        raise FormulationError("design-one-active", what, fix=fix)
    found, absent = examine(prescription, bench)
    survive(found)
    leading = led(found.ranked)
    chosen = leading[0] if leading else None
    best = front(found.ranked)
    eased, stop = (None, ()) if chosen else nothing_left(found.every, found.ways, prescription)
    return Design(
        suggestions=suggestions(leading, best) if leading else (),
        leading=leading,
        front=tuple(best),
        examined=found.examined,
        survivors=found.survivors,
        fallen=fallen(found.every, found.ways),
        no_liquid=without(found.every),
        relaxation=eased,
        absent=(*absent, *found.ways.absent),
        ranked=len(found.ranked),
        bound=found.bound,
        steps=chosen.route.steps if chosen else (),
        findings=(*contraindications(prescription), *in_force(bench.rules, prescription.prepared),
                  *_not_held(prescription), *stop, *(_notes(chosen.route) if chosen else ())),
    )  # fmt: skip


def _notes(route: Route) -> tuple[Finding, ...]:
    return tuple(finding for finding in route.findings if finding.level != "note")


def examine(prescription: Prescription, bench: Bench) -> tuple[Found, tuple[Absent, ...]]:
    """Return every candidate examined, none ranked yet, and what is not on the bench."""
    days = Days(prescription)
    ways = direct(prescription, bench, days)
    every, absent = families(prescription, bench)
    if prescription.making.also:
        every, absent = (), ()
    asked = prescription.route
    if asked:
        ways, every, absent = _asked(asked, ways), _named(asked, every), ()
        if not ways.tried and not every:
            raise _not_here(asked, prescription, bench)
    laid = cells(every, makings(days, _limits(every, days)), days)
    for family in every:
        own = [cell for cell in laid if cell.family is family]
        forbidden = bool(own) and _for_nobody(own[0])
        for cell in own:
            cell.forbidden = forbidden
    return Found(laid, ways, days), (*absent, *_unmeasured(every))


def _unmeasured(every: tuple[Family, ...]) -> tuple[Absent, ...]:
    """Return the line for each liquid that this bench cannot measure at all."""
    return tuple(
        Absent(family.id, "liquid", family.recipe.title, "no graduate or no syringe for it here")
        for family in every
        if not family.terms.finals or not family.terms.draws
    )


def _not_held(prescription: Prescription) -> tuple[Finding, ...]:
    """Return the caution that numbers asked of the liquid are left aside by a search."""
    if not asks_numbers(prescription.liquid):
        return ()
    what = "The numbers asked of the liquid are not held to: a search looks for better ones"
    fix = "formulate liquid works out the liquid that was asked for"
    return (Finding("liquid-numbers-not-held", "caution", what, fix),)


def _limits(every: tuple[Family, ...], days: Days) -> set[int]:
    """Return for how many days the liquids keep, class by class."""
    made = days.prescription.prepared
    dates = (days.until(f, g, made) for f in every for g in range(len(f.classes) + 1))
    return {(until - made).days for until in dates if until is not None}


def _asked(asked: str, ways: Direct) -> Direct:
    """Return the ways that were asked for by their route or kind."""
    tried = (t for t in ways.tried if t.route and asked in (t.route.id, t.route.kind))
    return Direct(tuple(tried), ())


def _named(asked: str, every: tuple[Family, ...]) -> tuple[Family, ...]:
    return tuple(family for family in every if asked in (family.id, "liquid"))


def _not_here(asked: str, prescription: Prescription, bench: Bench) -> FormulationError:
    everything, _ = families(prescription, bench)
    ways = direct(prescription, bench, Days(prescription))
    names = [f.id for f in everything] + [t.route.id for t in ways.tried if t.route is not None]
    near = nearest(asked, names)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(dict.fromkeys(names))}"
    return FormulationError("unknown-route", f"no route named {quote(asked)}", "route", fix)


def _for_nobody(cell: Cell) -> bool:
    """Say whether the recipient cannot take this liquid, whatever its layout."""
    terms = cell.terms
    laid = Laid(cell.block.units[0], terms.finals[-1], terms.draws[-1], 1, Fraction(0))
    route = laid_route(cell.family, cell.making, laid)
    return any(f.code in FOR_NOBODY for f in route.findings if f.level == "stop")


def survive(found: Found) -> None:
    """Rank what may be best exactly; what a stop stands against falls, and what it hid comes back.

    The preferred layout of each liquid is among them in the fewest makings that keep.
    """
    fewest: set[str] = set()
    for cell in sorted(found.every, key=lambda c: c.making.count):
        first = cell.family.id not in fewest and cell.left() > 0
        ranked = _stable(cell, found.every, first)
        if ranked:
            fewest.add(cell.family.id)
        found.ranked += ranked
    for place, one in enumerate(found.ways.tried):
        if not one.rule and one.candidate is not None:
            found.ranked.append((rank(one.candidate, (place,), one.parts), one.candidate))


def _stable(cell: Cell, every: tuple[Cell, ...], first: bool) -> list[tuple[Rank, Candidate]]:
    """Return the candidates of one cell that no stop stands against."""
    routes: dict[Laid, Route] = {}
    while True:
        wanted = dict.fromkeys((*(cell.preferred() if first else ()), *cell.front()))
        stopped = False
        for laid in wanted:
            if laid not in routes:
                routes[laid] = laid_route(cell.family, cell.making, laid)
            codes = tuple(f.code for f in routes[laid].findings if f.level == "stop")
            if codes:
                _fall(cell, every, laid, codes)
                stopped = True
                break
        if not stopped:
            return [_ranked(cell, laid, routes[laid], place) for place, laid in enumerate(wanted)]


def _fall(cell: Cell, every: tuple[Cell, ...], laid: Laid, codes: tuple[str, ...]) -> None:
    """Let fall what the same stop stands against: one volume, or a class in every making."""
    if set(codes) <= BY_VOLUME:
        cell.stop(laid, codes, True)
        return
    for other in every:
        if other.family is cell.family:
            other.stop(laid, codes, False)


def _ranked(cell: Cell, laid: Laid, route: Route, place: int) -> tuple[Rank, Candidate]:
    found = liquid(cell.family, cell.making, laid, route)
    parts, _, _, _, *rest = preference(cell.terms, laid)
    return rank(found, (*rest, cell.place, place), parts), found
