"""What does it cost here: units opened and packs bought, as two figures.

Each line is rounded once to the cent, half away from zero; the total is the sum of the printed
lines. A missing price makes the total "at least", never zero.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from formulation.bench import Bench, StockPrice
from formulation.cited import Unknown
from formulation.printing import show, show_money
from formulation.result import Cost, CostLine, Need
from formulation.trace import Finding, Working
from formulation.units import Quantity, same_kind, total

OLD_DAYS = 365
CENT = Quantity(Fraction(1, 100), "USD")
NO_PRICE = Unknown("price", "no price of the source here", "add it with its day and source")


def _line(
    need: Need, price: StockPrice, quantity: Quantity, unit: Quantity, working: Working
) -> CostLine:
    amount = working.work(
        f"cost of {need.words}", "floor(quantity * price / cent + 1 / 2) * cent",
        {"quantity": quantity, "price": unit, "cent": CENT},
        "rounded once to the cent, half up", (price.price.source,),
    )  # fmt: skip
    return CostLine(
        need.words, quantity, unit, amount, price.start, price.price.source, price.price.assumed
    )


def _by_unit(need: Need, price: StockPrice, quantity: Quantity, working: Working) -> CostLine:
    return _line(need, price, quantity, price.price.value / price.per.value, working)


def _by_pack(need: Need, price: StockPrice, quantity: Quantity, working: Working) -> CostLine:
    if price.breakable:
        return _by_unit(need, price, quantity, working)
    packs = -((-quantity / price.per.value).number() // 1)
    return _by_unit(need, price, price.per.value * Fraction(packs), working)


def _old(price: StockPrice, words: str, prepared: date) -> Finding | None:
    if price.start is None or (prepared - price.start).days <= OLD_DAYS:
        return None
    what = (
        f"Old price: {words}, {show_money(price.price.value.magnitude)} for "
        f"{show(price.per.value)} on {price.start}. It is an example, not today's price"
    )
    fix = "put today's price with its date on the bench"
    return Finding("old-price", "caution", what, fix, sources=(price.price.source,))


def cost(needs: tuple[Need, ...], bench: Bench, doses: Quantity, prepared: date) -> Cost:
    """Return the cost of what is used: lines, both totals, what is missing, and cautions.

    The first need is the source: without its price the totals are unknown. `doses` is the number
    dispensed; the route adds refills and the money wasted.

    >>> from formulation.benches import read_bench
    >>> need = Need("cycloserine-250-capsule", "cycloserine 250 mg capsules", Quantity(6, "cap"))
    >>> found = cost((need,), read_bench(), Quantity(30, "dose"), date(2015, 10, 1))
    >>> show_money(found.total.magnitude), show_money(found.pack_total.magnitude)
    ('$210.00', '$1,050.00')
    """
    lines, packs, findings, working = [], [], [], Working()
    missing = ["labour and fees"]
    for need in needs:
        price = bench.price_of(need.item, prepared)
        amount = need.quantity
        if price is None or amount is None or not same_kind(price.per.value.unit, amount.unit):
            missing.append(need.words)
            continue
        lines.append(_by_unit(need, price, amount, working))
        packs.append(_by_pack(need, price, amount, Working()))
        if old := _old(price, need.words, prepared):
            findings.append(old)
    priced = bool(needs) and needs[0].words not in missing
    whole = _total(lines) if priced else NO_PRICE
    return Cost(
        lines=tuple(lines),
        pack_lines=tuple(packs),
        total=whole,
        pack_total=_total(packs) if priced else NO_PRICE,
        per_dose=_each(whole, doses),
        course=whole,
        missing=tuple(missing),
        wasted=NO_PRICE,
        findings=tuple(findings),
        steps=tuple(working.steps),
    )


def _each(whole: Quantity | Unknown, doses: Quantity) -> Quantity | Unknown:
    if isinstance(whole, Unknown):
        return whole
    none = Unknown("cost of a dose", "no whole dose is made", "lower the loss, or add excess")
    return whole / doses.magnitude if doses else none


def _total(lines: list[CostLine]) -> Quantity:
    return total((line.amount for line in lines), "USD")
