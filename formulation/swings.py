"""What does the cost hang on: each price and charge changed alone by a share, the largest first.

The cost is worked out anew each time from what is needed, so whole packs and cents stay as they
are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.bench import Bench
from formulation.bill import Cost
from formulation.charge_lines import Job
from formulation.charges import Charges, FormTime, Labour
from formulation.cited import Cited, Fact, Unknown
from formulation.cost import cost
from formulation.cost_ways import scaled
from formulation.result import Route
from formulation.units import Quantity

Changed = tuple[str, Bench]


@dataclass(frozen=True, slots=True)
class Swing:
    """One input, and the cost of one making with it lowered and raised by the share."""

    name: str
    low: Quantity
    high: Quantity

    @property
    def width(self) -> Quantity:
        """Return how far apart the two are."""
        return self.high - self.low


def swings(route: Route, bench: Bench, job: Job, share: Fraction) -> tuple[Swing, ...]:
    """Return what each price and charge on a route's bill does to it, the largest first.

    Nothing where the source has no price. Minutes, rate, fees, markup and tax count where they
    are on the bench.
    """
    found: list[Swing] = []
    both = zip(_every(route, bench, job, -share), _every(route, bench, job, share), strict=True)
    for (name, bench_down), (_, bench_up) in both:
        low = _billed(cost(route.needs, bench_down, job))
        high = _billed(cost(route.needs, bench_up, job))
        if isinstance(low, Quantity) and isinstance(high, Quantity):
            found.append(Swing(name, low, high))
    return tuple(sorted(found, key=lambda one: (-one.width.magnitude, one.name)))


def _billed(found: Cost) -> Quantity | Unknown:
    return found.billed.total


def _every(route: Route, bench: Bench, job: Job, share: Fraction) -> Iterator[Changed]:
    """Yield each input's name with the bench on which it alone is changed."""
    for need in route.needs:
        price = bench.price_of(need.item, job.prepared)
        if price is not None and need.quantity is not None:
            dearer = replace(price, price=_moved(price.price, share))
            prices = tuple(dearer if one is price else one for one in bench.prices)
            yield f"price: {need.words}", replace(bench, prices=prices)
    own = bench.charges
    if isinstance(route.cost.minutes, Unknown):
        own = replace(own, labour=None)
    for name, charges in _charges(own, job.form, share):
        yield name, replace(bench, charges=charges)


def _moved(fact: Cited[Quantity], share: Fraction) -> Cited[Quantity]:
    return replace(fact, value=scaled(fact.value, share))


def _if_known(fact: Fact[Quantity], share: Fraction) -> Fact[Quantity]:
    return _moved(fact, share) if isinstance(fact, Cited) else fact


def _charges(charges: Charges, form: str, share: Fraction) -> Iterator[tuple[str, Charges]]:
    labour = charges.labour
    times = labour.of(form) if labour else None
    if labour is not None and times is not None and isinstance(labour.rate, Cited):
        rate = _moved(labour.rate, share)
        yield "labour: rate", replace(charges, labour=replace(labour, rate=rate))
        yield from _minutes(charges, labour, times, share)
    for fee in charges.fees:
        if not fee.forms or form in fee.forms:
            moved = replace(fee, charge=_moved(fee.charge, share))
            fees = tuple(moved if one is fee else one for one in charges.fees)
            yield f"fee: {fee.name}", replace(charges, fees=fees)
    if isinstance(charges.markup, Cited):
        markup = replace(charges.markup, value=charges.markup.value * (1 + share))
        yield "markup", replace(charges, markup=markup)
    if charges.tax is not None:
        rate_of = replace(charges.tax.share, value=charges.tax.share.value * (1 + share))
        yield "tax", replace(charges, tax=replace(charges.tax, share=rate_of))


def _minutes(
    charges: Charges, labour: Labour, times: FormTime, share: Fraction
) -> Iterator[tuple[str, Charges]]:
    changed = (
        ("labour: set-up", times.set_up, replace(times, set_up=_if_known(times.set_up, share))),
        ("labour: each unit", times.each, replace(times, each=_if_known(times.each, share))),
    )
    for name, fact, moved in changed:
        if isinstance(fact, Cited):
            forms = tuple(moved if one is times else one for one in labour.forms)
            yield name, replace(charges, labour=replace(labour, forms=forms))
