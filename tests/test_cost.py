"""What it costs: each line rounded once to the cent, half away from zero; the total their sum."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.bench import StockPrice
from formulation.benches import read_bench
from formulation.charge_lines import Job
from formulation.cited import Cited, Unknown
from formulation.cost import cost
from formulation.result import Need
from formulation.units import Quantity

DAY = date(2026, 1, 5)
BENCH = read_bench()
JOB = Job("capsules", Quantity(1, "dose"), Quantity(1, "cap"), DAY)


def priced(**prices: str):
    from dataclasses import replace

    entries = tuple(
        StockPrice(
            item=item,
            price=Cited(Quantity(Fraction(text), "USD"), "s"),
            per=Cited(Quantity(1, "each"), "s"),
            breakable=True,
        )
        for item, text in prices.items()
    )
    return replace(BENCH, prices=entries)


def needs(*items: str, count: Fraction = Fraction(1)) -> tuple[Need, ...]:
    return tuple(Need(item, item, Quantity(count, "each")) for item in items)


@pytest.mark.parametrize(
    ("price", "cents"), [("8.645", "8.65"), ("8.6449", "8.64"), ("0.005", "0.01"), ("35", "35")]
)
def test_a_line_is_rounded_once_to_the_cent_half_up(price: str, cents: str) -> None:
    found = cost(needs("a"), priced(a=price), JOB)
    assert found.total == Quantity(Fraction(cents), "USD")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=6),
    st.fractions(min_value=Fraction(1, 1000), max_value=1000),
)
def test_the_total_is_the_sum_of_the_printed_lines(mills: list[int], count: Fraction) -> None:
    bench = priced(**{f"i{n}": str(Fraction(m, 1000)) for n, m in enumerate(mills)})
    wanted = needs(*(f"i{n}" for n in range(len(mills))), count=count)
    found = cost(wanted, bench, JOB)
    cents = [int(count * Fraction(m, 1000) * 100 + Fraction(1, 2)) for m in mills]
    assert isinstance(found.total, Quantity)
    assert found.total.magnitude * 100 == sum(cents)
    assert [line.amount.magnitude * 100 for line in found.lines] == cents


def test_a_missing_price_makes_at_least_and_a_missing_source_unknown() -> None:
    some = cost(needs("a", "b"), priced(a="1"), JOB)
    assert some.at_least
    assert "b" in some.missing
    assert some.total == Quantity(1, "USD")
    none = cost(needs("b", "a"), priced(a="1"), JOB)
    assert isinstance(none.total, Unknown)
    assert isinstance(none.per_dose, Unknown)
