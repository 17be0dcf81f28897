"""Every way next to the others: units, doses, dates and what they stand on, waste and cost."""

from __future__ import annotations

from fractions import Fraction

from formulation.bill import Cost
from formulation.blocks import Bar, Chart, Facts, Table
from formulation.cited import Unknown
from formulation.printing import show, show_money, show_share
from formulation.result import Route
from formulation.units import Quantity


def money(amount: Quantity | Unknown, at_least: bool) -> str:
    """Return an amount of money: "at least" where a price is missing, unknown where all are."""
    if isinstance(amount, Unknown):
        return "unknown"
    return ("at least " if at_least else "") + show_money(amount.magnitude)


def both(used: Quantity | Unknown, packs: Quantity | Unknown, at_least: bool) -> str:
    """Return an amount as used and in whole packs, once where they are the same."""
    if isinstance(used, Unknown) or isinstance(packs, Unknown):
        return "unknown"
    if used == packs:
        return money(used, at_least)
    return f"{money(used, at_least)} as used, {money(packs, at_least)} in packs"


def billed_text(cost: Cost) -> str:
    """Return which of the two totals is charged on this bench."""
    if cost.billing == "packs":
        return "whole packs"
    return "what is used" if cost.billing == "units" else "not said by the bench: both stand"


def waste_share(route: Route) -> Fraction:
    """Return the share of the drug opened that reaches nobody, of every batch."""
    found, opened = route.balances[0], route.sources[0].whole
    if not found.taken:
        return Fraction(0)
    taken = found.taken * (route.opened / opened).number()
    return (route.wasted / taken).number()


def side_by_side(routes: tuple[Route, ...], units: int) -> Table:
    """Return the ways that may be made next to each other; no money where nothing is priced.

    Units, waste and money are of every batch that the date forces.
    """
    several = _several(routes)
    rows = [
        ("source units", *(show(r.opened) for r in routes)),
        ("one dose", *(_one_dose(r, units) for r in routes)),
        ("use by", *(str(r.beyond_use.expires or "no date kept") for r in routes)),
        ("date from", *(r.beyond_use.ground or "-" for r in routes)),
        ("waste", *(show(r.wasted) for r in routes)),
    ]
    if not _priced(routes):
        rows.append(("cost", *("unknown" for _ in routes)))
        return Table(("", *(route.id for route in routes)), tuple(rows), compares=True)
    if several:
        rows.append(("batches", *(str(r.cost.makings) for r in routes)))
    rows += [
        ("cost", *(money(r.cost.used.first_fill, r.cost.at_least) for r in routes)),
        ("a dose", *(money(r.cost.per_dose, r.cost.at_least) for r in routes)),
        ("unbroken", *(money(r.cost.packs.first_fill, r.cost.at_least) for r in routes)),
    ]
    return Table(("", *(route.id for route in routes)), tuple(rows), compares=True)


def one_below_another(routes: tuple[Route, ...], units: int) -> Facts:
    """Return the ways that may be made, each by itself, where there are too many for columns."""
    return Facts(tuple((route.id, _in_a_line(route, units)) for route in routes), names=True)


def _in_a_line(route: Route, units: int) -> str:
    return f"{show(route.opened)}, {_one_dose(route, units)} a dose, {_until(route)}"


def _until(route: Route) -> str:
    found = route.beyond_use
    return f"{found.expires} ({found.ground})" if found.expires else "no date kept"


def _priced(routes: tuple[Route, ...]) -> bool:
    return any(isinstance(route.cost.total, Quantity) for route in routes)


def _several(routes: tuple[Route, ...]) -> bool:
    return any(route.cost.makings > 1 for route in routes)


def _one_dose(route: Route, units: int) -> str:
    for found in route.measures:
        if found.what == "dose":
            times = f"{found.times} x " if found.times > 1 else ""
            return f"{times}{show(found.snapped.chosen)}"
    if route.kind == "as-supplied":
        return route.actions[0].text.partition(" for ")[0]
    return show(Quantity(Fraction(units), "cap"))


def chart(routes: tuple[Route, ...]) -> Chart:
    """Return the cost of the first fill, where anything is priced, and the drug wasted, as bars.

    "At least" stands over them where it holds for all, else beside each for which it holds.
    """
    priced, lower = _priced(routes), all(route.cost.at_least for route in routes)
    rows = tuple(
        (
            route.id,
            (*((_cost_bar(route, not lower),) if priced else ()),
             Bar(waste_share(route), show_share(waste_share(route)))),
            not route.may_be_made,
        )
        for route in routes
    )  # fmt: skip
    heads = (f"cost as used{', at least' if lower else ''}", "drug wasted")
    return Chart(heads if priced else heads[1:], rows)


def _cost_bar(route: Route, said: bool) -> Bar:
    cost = route.cost.used.first_fill
    if isinstance(cost, Unknown):
        return Bar(Fraction(0), "unknown")
    return Bar(cost.magnitude, money(cost, said and route.cost.at_least))
