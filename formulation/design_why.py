"""Which three to look at first, and why: one sentence each, with the numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from formulation.cited import Unknown
from formulation.design_direct import Direct
from formulation.design_field import Cell
from formulation.design_front import comparable
from formulation.designed import OBJECTIVES, RULES, Candidate, Fallen, Suggestion
from formulation.printing import show, show_error, show_number, show_share
from formulation.units import Quantity

MOST = 3
_WORDS = {
    "recipient": "the recipient cannot take it: vehicle, tube, or volume of a dose",
    "mark": "no mark within {within} of the dose",
    "yield": "makes fewer doses than asked for, with excess and loss",
    "strength": "too strong, or not known to dissolve where nothing suspends it",
    "formula": "a published formula at another concentration than its own",
    "date": "no date is supported",
    "keeps": "its doses outlast its date",
    "stop": "another stop",
}


_KINDS = {
    "as-supplied": "As supplied", "capsules": "The best capsules",
    "capsules-bulk": "The best capsules from bulk powder",
    "liquid": "The best liquid kept for several days",
}  # fmt: skip


def without(every: tuple[Cell, ...]) -> str:
    """Return to which rule the liquids kept for days fall at last, where none of them survives."""
    if not every or any(cell.left() for cell in every):
        return ""
    return max((rule for cell in every for rule, count in cell.fell().items() if count),
               key=RULES.index, default="")  # fmt: skip


def fallen(every: tuple[Cell, ...], ways: Direct) -> tuple[Fallen, ...]:
    """Return how many candidates fell to each rule first, in the order of the rules."""
    counts, codes = dict.fromkeys(RULES, 0), dict[str, None]()
    for cell in every:
        for rule, count in cell.fell().items():
            counts[rule] += count
        codes |= dict.fromkeys(code for code, count in cell.codes.items() if count)
    for one in ways.tried:
        if one.rule:
            counts[one.rule] += 1
        if one.rule == "stop":
            codes[one.code] = None
    ends = {max(-cell.terms.low, cell.terms.high) for cell in every}
    within = show_share(max(ends)) if ends else "what is permitted"
    return tuple(
        Fallen(rule, _WORDS[rule].format(within=within), counts[rule],
               tuple(codes) if rule == "stop" else ())
        for rule in RULES
    )  # fmt: skip


def value(one: Candidate, objective: str) -> Fraction | None:
    """Return one objective as a number; None for a cost that is unknown."""
    found = getattr(one.objectives, objective)
    if isinstance(found, Unknown):
        return None
    return found.magnitude if isinstance(found, Quantity) else Fraction(found)


def best_in(one: Candidate, front: list[Candidate]) -> tuple[str, ...]:
    """Return the objectives in which no other of the front is better, money only where it may be.

    Being alone with its missing prices is no merit.
    """
    found = []
    for objective in OBJECTIVES:
        mine = value(one, objective)
        others = [o for o in (one, *front) if objective != "cost" or comparable(o, one)]
        if mine is None or (objective == "cost" and len(set(others)) == 1):
            continue
        if all(mine <= (value(other, objective) or Fraction(0)) for other in others):
            found.append(objective)
    return tuple(found)


def suggestions(leading: tuple[Candidate, ...], front: list[Candidate]) -> tuple[Suggestion, ...]:
    """Return at most three: the preferred, the cheapest, the least wasteful or most accurate.

    Where these are one and the same, the best of another kind stands in the room that is left.
    """
    first = leading[0]
    chosen: list[tuple[Candidate, str]] = [(first, "preferred")]
    slots: tuple[tuple[str, ...], ...] = (("cost",), ("waste", "error"))
    for slot in slots:
        for objective in slot:
            found = _best(front, first, objective)
            if found is not None and found not in [one for one, _ in chosen]:
                chosen.append((found, objective))
                break
    for other in leading:
        if other.route.kind not in [one.route.kind for one, _ in chosen]:
            chosen.append((other, "other"))
    return tuple(
        Suggestion(one.id, one.route.title, best_in(one, front), _why(one, first, role))
        for one, role in chosen[:MOST]
    )


def _best(front: list[Candidate], first: Candidate, objective: str) -> Candidate | None:
    """Return the candidate that is best in an objective, where it is better than the first."""
    able = [one for one in front if objective != "cost" or comparable(one, first)]
    mine = value(first, objective)
    better = [one for one in able if _less(value(one, objective), mine)]
    return min(better, key=lambda one: value(one, objective) or Fraction(0), default=None)


def _less(one: Fraction | None, other: Fraction | None) -> bool:
    return one is not None and other is not None and one < other


def often(makings: int) -> str:
    """Return how often it is made, in words."""
    return "made once" if makings == 1 else f"made {makings} times" if makings else "not compounded"


def off(one: Candidate) -> str:
    """Return the error of a dose in words, with its sign where it has a layout."""
    if not one.objectives.error:
        return "every dose exact"
    return f"every dose {show_error(one.off)} off"


def units(one: Candidate) -> str:
    """Return the source units opened in all makings, in words."""
    source = one.route.sources[0].whole
    if source.unit not in ("cap", "tab"):
        return show(source)
    return show(Quantity(Fraction(one.objectives.units), source.unit))


def _why(one: Candidate, first: Candidate, role: str) -> str:
    if role == "preferred":
        opened = "given" if one.route.kind == "as-supplied" else "opened"
        if one.objectives.units == 0:
            opened = "weighed"
        return (
            f"Preferred: {often(one.makings)}, {off(one)}, {units(one)} {opened}{_known(one)}; "
            f"nothing else needs fewer makings, or as few with a smaller error{_parted(one)}"
        )
    worse = _worse(one, first)
    price = f"; for it {', '.join(worse)}" if worse else ""
    if role == "other":
        if one.route.kind == "dispersion":
            return f"Each dose from units of its own: {off(one)}, {units(one)} opened{price}"
        kind = _KINDS[one.route.kind]
        return f"{kind}: {often(one.makings)}, {off(one)}, {units(one)} opened{_known(one)}{price}"
    return f"{_HEADS[role](one, first)}{price}"


def _draws(one: Candidate) -> int:
    """Return how often a dose is drawn; 0 for what is not drawn."""
    return max((m.times for m in one.route.measures if m.what == "dose"), default=0)


def _parted(one: Candidate) -> str:
    """Return that more draws of a dose could be more accurate, where one is not exact."""
    if not _draws(one) or not one.objectives.error:
        return ""
    return " without drawing a dose in more parts"


def _known(one: Candidate) -> str:
    return ", at a concentration on record of this drug" if one.standard else ""


def _apart(one: Candidate, first: Candidate, objective: str) -> str:
    mine, its = getattr(one.objectives, objective), getattr(first.objectives, objective)
    return f"{show(mine)} instead of {show(its)}"


_HEADS: dict[str, Callable[[Candidate, Candidate], str]] = {
    "cost": lambda one, first: f"Cheapest: {_apart(one, first, 'cost')}",
    "waste": lambda one, first: f"Least waste: {_apart(one, first, 'waste')}",
    "error": lambda one, first: f"Most accurate: {off(one)}, instead of {off(first)}",
}


def _worse(one: Candidate, first: Candidate) -> list[str]:
    """Return in what a candidate is worse than the first, with the numbers."""
    found = []
    mine, its = one.objectives, first.objectives
    if one.makings > first.makings and one.route.kind != "dispersion":
        found.append(often(one.makings))
    if comparable(one, first) and _less(value(first, "cost"), value(one, "cost")):
        found.append(f"it costs {_apart(one, first, 'cost')}")
    if (parts := _draws(one)) > max(1, _draws(first)):
        found.append(f"each dose drawn in {parts} parts")
    if mine.error > its.error:
        found.append(f"{off(one)} instead of {'exact' if not its.error else off(first)}")
    if mine.units > its.units:
        found.append(f"{units(one)} instead of {units(first)}")
    if mine.waste > its.waste:
        found.append(f"{_apart(one, first, 'waste')} wasted")
    if mine.steps > its.steps:
        found.append(f"{show_number(mine.steps)} steps instead of {show_number(its.steps)}")
    return found
