"""Which prices on a bill want a second look: an old one, and one that a dated price sets aside."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from formulation.bench import Bench, StockPrice
from formulation.printing import show, show_money
from formulation.trace import Finding
from formulation.units import Quantity

OLD_DAYS = 365


def price_cautions(item: str, words: str, bench: Bench, day: date) -> tuple[Finding, ...]:
    """Return the cautions on the price of one item that is in force on a day.

    >>> from formulation.benches import read_bench
    >>> day = date(2026, 1, 5)
    >>> [f.code for f in price_cautions("cycloserine-250-capsule", "", read_bench(), day)]
    ['old-price']
    """
    price = bench.price_of(item, day)
    if price is None:
        return ()
    found = (_old(price, words, day), _set_aside(bench.set_aside(item, day), price, words))
    return tuple(one for one in found if one is not None)


def _for(price: StockPrice) -> str:
    return f"{show_money(price.price.value.magnitude)} for {show(price.per.value)}"


def _old(price: StockPrice, words: str, day: date) -> Finding | None:
    if price.start is None or (day - price.start).days <= OLD_DAYS:
        return None
    what = f"Old price: {words}, {_for(price)}"
    if price.price.assumed:
        what += f" on {price.start}. It is assumed: nobody paid it"
    elif price.shipped:
        what += f" on {price.start}. It is an example, not today's price"
    else:
        age = show(Quantity(Fraction((day - price.start).days), "day"))
        what += f", is your own price of {price.start}, {age} old: check it"
    fix = "put today's price with its date on the bench"
    return Finding("old-price", "caution", what, fix, sources=(price.price.source,))


def _set_aside(aside: StockPrice | None, used: StockPrice, words: str) -> Finding | None:
    """Return the caution on a price without its day: nobody can tell which of the two is later."""
    if aside is None:
        return None
    what = (
        f"Two prices of {words}: {_for(aside)} without a start [{aside.price.source}] is not used, "
        f"{_for(used)} from {used.start} [{used.price.source}] is"
    )
    fix = "give the price its start, the day from which it holds, or take one of the two away"
    sources = tuple(dict.fromkeys((aside.price.source, used.price.source)))
    return Finding("price-set-aside", "caution", what, fix, sources=sources)
