"""From what a route costs here to what the patient is told: today, a refill, what is in it.

The one place that reads a `Cost` for the patient's page: lines become plain words, never prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formulation.bench import Bench
from formulation.bill import Bill, Cost, CostLine
from formulation.cited import Unknown
from formulation.result import Route
from formulation.units import Quantity

WORK, LABEL, TAX = "the pharmacy's work and fees", "the label", "tax"
TOOL, DRUG, OTHER = "a measuring tool (oral syringe)", "the medicine", "other ingredients"
PACK = "whether you pay for a whole package"
_ROLES = {"shell": "the empty capsules", "bottle": "the bottle", "oral-syringe": TOOL}
_WORDS = (("labour", WORK), ("fee", WORK), ("tax", TAX), ("label", LABEL),
          ("filler", "the powder that fills the capsules"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Charge:
    """What is paid today and for a refill; what is in it and what is not yet, in plain words.

    `at_least` says that something is not priced; `assumed` that a price is nobody's.
    """

    today: Quantity | Unknown
    refill: Quantity | Unknown
    at_least: bool
    includes: tuple[str, ...]
    not_yet: tuple[str, ...]
    assumed: bool
    oldest: date | None


def _role(text: str, route: Route, bench: Bench) -> str:
    """Return what an item of the bill is, in a patient's words."""
    items = {need.words: need.item for need in route.needs}
    item = items.get(text, "")
    if item in _ROLES:
        return _ROLES[item]
    if item in {product.key for product in bench.products} | {lot.name for lot in bench.bulk}:
        return DRUG
    if item in {v.key for v in (*bench.vehicles, *bench.formula_vehicles)}:
        return "the liquid it is mixed in"
    low = text.casefold()
    return next((words for sign, words in _WORDS if sign in low), OTHER)


def _old(cost: Cost) -> date | None:
    """Return the day of the oldest price that is older than a year, where one is."""
    if not any(finding.code == "old-price" for finding in cost.findings):
        return None
    return min((line.priced for line in cost.lines if line.priced is not None), default=None)


def _lines(cost: Cost) -> tuple[CostLine, ...]:
    """Return the lines of what is billed: what is used, or whole packs."""
    return cost.pack_lines if cost.billing == "packs" else cost.lines


def _in_words(line: CostLine, route: Route, bench: Bench) -> str:
    """Return what a line of the bill is, in a patient's words; how much is earned on it is not."""
    if line.part == "tax":
        return TAX
    return WORK if line.part in ("labour", "fee", "markup") else _role(line.item, route, bench)


def charge(route: Route, bench: Bench) -> Charge:
    """Return what a patient pays for one fill by this route, as far as it is priced."""
    cost = route.cost
    bill: Bill = cost.billed
    inside = dict.fromkeys(_in_words(line, route, bench) for line in _lines(cost))
    open_yet = dict.fromkeys(_role(text, route, bench) for text in cost.missing)
    expected = [DRUG, WORK, LABEL, TAX]
    if any(need.item == "oral-syringe" for need in route.needs):
        expected.insert(2, TOOL)
    open_yet.update(dict.fromkeys(one for one in expected if one not in inside))
    if not cost.billing and cost.packs.first_fill != cost.used.first_fill:
        open_yet[PACK] = None
    return Charge(
        today=bill.first_fill,
        refill=bill.refill,
        at_least=bool(open_yet),
        includes=tuple(one for one in inside if one not in open_yet),
        not_yet=tuple(open_yet),
        assumed=cost.assumed,
        oldest=_old(cost),
    )
