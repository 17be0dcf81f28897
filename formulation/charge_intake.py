"""What a bench file says of labour, fees, markup and tax, checked: no half of a charge stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from formulation.bench import BenchFile, StockPrice
from formulation.charges import (
    BILLINGS,
    FORMS,
    NOT_GIVEN,
    OCCASIONS,
    PARTS,
    Charges,
    FormTime,
)
from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import read_share
from formulation.printing import show


def checked_charges(file: BenchFile, where: str) -> Charges:
    """Return what the bench charges beside materials; refuse what says only half of it.

    Raises `FormulationError` with the table and key.
    """
    _labour(file, where)
    for fee in file.fees:
        at = f"{where}, [[fees]] {quote(fee.name)}"
        _one_of(fee.per, OCCASIONS, f"{at}, key per", "a fee is charged per")
        _forms(fee.forms, f"{at}, key forms")
    _share(file.markup, f"{where}, key markup")
    if file.tax is not None:
        _tax(file, where)
    if file.billing:
        _one_of(file.billing, BILLINGS, f"{where}, key billing", "billing is by")
    for price in file.prices:
        _range(price, where)
    checked_prices(file.prices, where)
    return Charges(file.labour, file.fees, file.markup, file.tax, file.billing)


def _labour(file: BenchFile, where: str) -> None:
    labour, at = file.labour, f"{where}, table labour"
    if labour is None:
        return
    _forms((row.form for row in labour.forms), f"{at}, [[forms]], key form")
    if not labour.forms or any(not _timed(row) for row in labour.forms):
        what = "a rate for labour without minutes" if not labour.forms else "a form without minutes"
        fix = 'add [[labour.forms]] with form and set_up = { value = "15 minutes", ... }'
        raise FormulationError("labour-no-minutes", what, at, fix)
    if isinstance(labour.rate, Unknown) and labour.rate.why == NOT_GIVEN:
        what, fix = "minutes of labour without a rate", 'add rate = { value = "60 USD/hour", ... }'
        raise FormulationError("labour-no-rate", what, at, fix)


def _timed(row: FormTime) -> bool:
    """Say whether a form has any minutes, or says that they are unknown."""
    return any(isinstance(t, Cited) or t.why != NOT_GIVEN for t in (row.set_up, row.each))


def _forms(forms: Iterable[str], at: str) -> None:
    seen: set[str] = set()
    for form in forms:
        if form not in FORMS:
            near = nearest(form, FORMS)
            fix = f"did you mean {near}?" if near else f"use one of: {', '.join(FORMS)}"
            raise FormulationError("form-unknown", f"no form is called {quote(form)}", at, fix)
        if form in seen:
            what = f"{form} stands there twice"
            raise FormulationError("form-twice", what, at, "keep one of the two")
        seen.add(form)


def _one_of(value: str, allowed: tuple[str, ...], at: str, words: str) -> None:
    if value not in allowed:
        what = f"{words} {quote(value)}"
        fix = f"use one of: {', '.join(allowed)}"
        raise FormulationError("charge-is-what", what, at, fix)


def _share(fact: object, at: str) -> None:
    """Refuse a share without its sign: 20 could be 20 % or twenty times."""
    if isinstance(fact, Cited):
        try:
            read_share(fact.text)
        except FormulationError as error:
            raise error.at(at) from None


def _tax(file: BenchFile, where: str) -> None:
    tax, at = file.tax, f"{where}, table tax"
    assert tax is not None  # noqa: S101  asked only where there is one
    _share(tax.share, f"{at}, key share")
    if tax.share.value >= 1:
        what = f"a tax of {tax.share.text}: a share below 100 % is wanted"
        raise FormulationError("tax-too-large", what, f"{at}, key share", 'type it as in "8 %"')
    for part in tax.on or ("",):
        _one_of(part, PARTS, f"{at}, key on", "tax is taken on")
    twice = next((part for part in tax.on if tax.on.count(part) > 1), "")
    if twice:
        what, fix = f"tax is taken on {twice} twice", f"keep {quote(twice)} once"
        raise FormulationError("tax-part-twice", what, f"{at}, key on", fix)


def _range(price: StockPrice, where: str) -> None:
    if isinstance(price.at_most, Cited) and price.at_most.value < price.price.value:
        what = (
            f"{price.item}: at most {show(price.at_most.value)}, below its price of "
            f"{show(price.price.value)}"
        )
        at, fix = f"{where}, [[prices]], key at_most", "price is the lower end, at_most the upper"
        raise FormulationError("price-range-backwards", what, at, fix)


def checked_prices(prices: tuple[StockPrice, ...], where: str) -> tuple[StockPrice, ...]:
    """Return the prices; refuse two of one item from the same day: neither is the later one."""
    seen: set[tuple[str, date | None]] = set()
    for price in prices:
        if (price.item, price.start) in seen:
            since = f"from {price.start}" if price.start else "without a start"
            what = f"two prices of {price.item} {since}"
            fix = "keep one of the two, or give the later one its own start"
            raise FormulationError("price-twice", what, f"{where}, [[prices]]", fix)
        seen.add((price.item, price.start))
    return prices
