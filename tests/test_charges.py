"""Labour, fees, markup, tax: the total is the sum of the printed lines, and nothing is ever zero
for want of knowing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import formulation
from formulation.bench import StockPrice
from formulation.benches import read_bench
from formulation.charge_lines import Job
from formulation.charges import Charges, Fee, FormTime, Labour, Tax
from formulation.cited import Cited, Unknown
from formulation.cost import cost
from formulation.result import Need
from formulation.trace import evaluate
from formulation.units import Quantity

DAY = date(2026, 1, 5)
JOB = Job("capsules", Quantity(10, "dose"), Quantity(10, "cap"), DAY, 2)
PRICED = "docs/examples/benches/priced.toml"
CENTS = st.integers(1, 10**6)
COUNTS = st.fractions(Fraction(1, 100), 500, max_denominator=100)


def usd(value: Fraction | int | str) -> Quantity:
    return Quantity(Fraction(value), "USD")


def fact(value, assumed: bool = False):
    return Cited(value, "teaching-assumption" if assumed else "s")


def price(item: str, mills: int, per: int = 1, breakable: bool = True) -> StockPrice:
    return StockPrice(item=item, price=fact(usd(Fraction(mills, 1000))),
                      per=fact(Quantity(per, "each")), breakable=breakable)  # fmt: skip


def charges(rate: int = 60, fee: int = 12, markup=Fraction(1, 5), tax=Fraction(3, 50)) -> Charges:
    times = FormTime(form="capsules", set_up=fact(Quantity(15, "minute")),
                     each=fact(Quantity(Fraction(1, 2), "minute/cap")))  # fmt: skip
    return Charges(
        Labour(rate=fact(Quantity(rate, "USD/hour")), forms=(times,)),
        (Fee(name="dispensing", charge=fact(usd(fee))),
         Fee(name="once", charge=fact(usd(5)), per="prescription")),
        fact(markup), Tax(share=fact(tax), on=("materials", "markup")),
    )  # fmt: skip


def bench(*prices: StockPrice, own: Charges | None = None):
    return replace(BENCH, prices=prices, charges=own or charges())


BENCH = read_bench()


def need(item: str, count: Fraction | int = 1) -> Need:
    return Need(item, item, Quantity(Fraction(count), "each"))


def cents(found: Quantity) -> Fraction:
    return found.magnitude * 100


# By hand.


def test_one_bill_by_hand() -> None:
    """10 of 1.23: 12.30; 20 min: 20.00; 12 + 5; 20 % of 12.30: 2.46; 6 % of 14.76: 0.8856."""
    found = cost((need("a", 10),), bench(price("a", 1230)), JOB)
    assert [(line.part, line.amount) for line in found.lines] == [
        ("material", usd("12.30")), ("labour", usd(20)), ("fee", usd(12)), ("fee", usd(5)),
        ("markup", usd("2.46")), ("tax", usd("0.89")),
    ]  # fmt: skip
    assert found.total == usd("52.65")
    assert not found.missing
    assert found.minutes == Quantity(20, "minute")
    assert found.used.refill == usd("47.65")
    assert found.used.course == usd("147.95")
    assert found.per_dose == usd("5.265")


def test_half_a_cent_goes_up() -> None:
    found = cost((need("a"),), bench(price("a", 8645)), JOB)
    assert found.lines[0].amount == usd("8.65")


@pytest.mark.parametrize(("unit", "count"), [("cap", 12), ("dose", 6), ("each", 1)])
def test_minutes_are_for_what_their_unit_counts(unit: str, count: int) -> None:
    times = FormTime(form="liquid", each=fact(Quantity(2, f"minute/{unit}")))
    own = Charges(Labour(rate=fact(Quantity(60, "USD/hour")), forms=(times,)))
    needs = (Need("a", "a", Quantity(12, "cap")), Need("bottle", "container", Quantity(1, "each")))
    job = Job("liquid", Quantity(6, "dose"), Quantity(6, "dose"), DAY)
    found = cost(needs, bench(own=own), job)
    assert found.minutes == Quantity(2 * count, "minute")


def test_a_form_without_minutes_is_not_priced_and_never_zero() -> None:
    found = cost((need("a"),), bench(price("a", 1000)), replace(JOB, form="liquid"))
    assert isinstance(found.used.labour, Unknown)
    assert found.at_least
    assert found.missing == ("labour",)
    bare = cost((need("a"),), bench(price("a", 1000), own=Charges()), JOB)
    assert bare.missing == ("labour, fees, markup and tax",)


@pytest.mark.parametrize(
    ("billing", "owner"), [("units", "stock"), ("packs", "patient"), ("", "unknown")]
)
def test_the_rest_of_a_pack_belongs_to_one_only(billing: str, owner: str) -> None:
    own = replace(charges(), billing=billing)
    found = cost((need("a", 6),), bench(price("a", 1000, 30, False), own=own), JOB)
    (left,) = found.leftovers
    assert (left.quantity, left.owner) == (Quantity(24, "each"), owner)
    assert "24 pieces" in left.text
    assert found.billed is (found.packs if billing == "packs" else found.used)
    broken = cost((need("a", 6),), bench(price("a", 1000, 30), own=own), JOB)
    assert broken.leftovers == ()


def test_a_price_that_is_a_range_makes_its_lower_end_at_least() -> None:
    one = replace(price("a", 1000), at_most=fact(usd(2)))
    found = cost((need("a"),), bench(one), JOB)
    assert found.missing == ("a above its lowest price",)


# Laws.


def test_a_total_is_the_sum_of_its_printed_lines_1000_times() -> None:
    dice = Random(20261123)
    for _ in range(1000):
        items = range(dice.randint(1, 3))
        prices = [price(f"i{n}", dice.randint(1, 10**6), 7, dice.random() < 0.5) for n in items]
        needs = tuple(need(f"i{n}", Fraction(dice.randint(1, 10**5), 100)) for n in items)
        markup, tax = (Fraction(dice.randint(0, 999), 1000) for _ in range(2))
        own = charges(dice.randint(1, 200), dice.randint(1, 100), markup, tax)
        found = cost(needs, bench(*prices, own=own), JOB)
        for lines, bill in ((found.lines, found.used), (found.pack_lines, found.packs)):
            parts = (bill.materials, bill.labour, bill.fees, bill.markup, bill.tax)
            printed = [cents(line.amount) for line in lines]
            assert all(one.denominator == 1 for one in printed)
            assert sum(printed) == sum(cents(part) for part in parts) == cents(bill.total)


@settings(max_examples=50, deadline=None)
@given(CENTS, COUNTS, st.integers(1, 50))
def test_steps_evaluate_again(mills: int, count: Fraction, per: int) -> None:
    found = cost((need("a", count),), bench(price("a", mills, per, False)), JOB)
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@settings(max_examples=50, deadline=None)
@given(CENTS, COUNTS)
def test_no_markup_and_no_tax_change_nothing(mills: int, count: Fraction) -> None:
    none = charges(markup=Fraction(0), tax=Fraction(0))
    bare = replace(none, markup=Unknown("markup"), tax=None)
    with_, without = (
        cost((need("a", count),), bench(price("a", mills), own=own), JOB) for own in (none, bare)
    )
    assert [line.amount for line in with_.lines] == [line.amount for line in without.lines]
    assert with_.total == without.total
    assert not with_.at_least
    assert without.at_least


@settings(max_examples=50, deadline=None)
@given(st.lists(CENTS, min_size=2, max_size=4), st.integers(1, 3))
def test_a_price_taken_away_never_raises_the_total_and_says_at_least(mills, gone: int) -> None:
    prices = [price(f"i{n}", m) for n, m in enumerate(mills)]
    needs = tuple(need(f"i{n}") for n in range(len(mills)))
    whole = cost(needs, bench(*prices), JOB)
    fewer = [p for n, p in enumerate(prices) if n != min(gone, len(mills) - 1)]
    less = cost(needs, bench(*fewer), JOB)
    assert less.total <= whole.total
    assert less.at_least
    assert not whole.at_least


@settings(max_examples=50, deadline=None)
@given(CENTS, st.integers(1, 400), st.integers(1, 10**4))
def test_the_units_of_a_price_do_not_matter(mills: int, grams: int, milligrams: int) -> None:
    def at(per: Quantity, amount: Quantity):
        one = StockPrice(item="a", price=fact(usd(Fraction(mills, 1000))), per=fact(per))
        return cost((Need("a", "a", amount),), bench(one), JOB)

    by_g = at(Quantity(grams, "g"), Quantity(Fraction(milligrams, 1000), "g"))
    by_mg = at(Quantity(grams * 1000, "mg"), Quantity(milligrams, "mg"))
    assert (by_g.total, by_g.pack_total) == (by_mg.total, by_mg.pack_total)


def planned(doses: int, **more):
    typed = {"substance": "cycloserine", "dose": "100 mg", "doses": doses, "bench": PRICED, **more}
    prescription, own, _ = formulation.load(None, typed, DAY)
    return formulation.plan(prescription, own)


def test_more_doses_never_cost_less_in_whole_packs() -> None:
    last = usd(0)
    for doses in range(1, 100, 7):
        found = planned(doses).routes
        total = next(r for r in found if r.id == "capsules").cost.pack_total
        assert total >= last
        last = total


def test_every_batch_that_the_date_forces_is_paid_for() -> None:
    """362 doses once a day in batches of 121, 121 and 120: each with its labour and fees."""
    whole = next(r for r in planned(362, per_day=1, refills=1).routes if r.id == "capsules").cost
    parts = [next(r for r in planned(n).routes if r.id == "capsules").cost for n in (121, 121, 120)]
    assert whole.makings == 3
    first = parts[0].used.total + parts[1].used.refill + parts[2].used.refill
    again = parts[0].used.refill + parts[1].used.refill + parts[2].used.refill
    assert whole.used.first_fill == first > whole.total
    assert whole.used.refill == again
    assert whole.used.course == first + again


# What a bench may not say.


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('price = {{ value = "-5 USD", {f} }}', "quantity-sign"),
        ('price = {{ value = "5 mg", {f} }}', "quantity-wrong-kind"),
    ],
)
def test_a_price_below_nothing_or_of_another_kind_is_refused(
    line: str, code: str, tmp_path, formulate
) -> None:
    text = (ROOT / "docs/examples/errors/bench-bench-assigns-date.toml").read_text("utf-8")
    said = 'source = "s", locator = "l", checked = 2026-01-01'
    rows = f'\n[[prices]]\nitem = "shell"\nper = {{ value = "1 each", {said} }}\n'
    file = tmp_path / "b.toml"
    file.write_text(text.split("\n[beyond_use]")[0] + rows + line.format(f=said), "utf-8")
    ran = formulate("plan", "cycloserine", "100 mg", "--doses", "10", "--bench", str(file))
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 4
    assert f"#{code}" in ran.err


@pytest.mark.parametrize(
    "code",
    ["labour-no-rate", "labour-no-minutes", "form-unknown", "form-twice", "charge-is-what",
     "tax-too-large", "tax-part-twice", "price-range-backwards", "price-twice"],
)  # fmt: skip
def test_half_a_charge_is_refused_in_four_lines_by_the_plan_and_by_the_check(
    code: str, formulate
) -> None:
    file = f"docs/examples/errors/bench-{code}.toml"
    ran = formulate("plan", "cycloserine", "100 mg", "--doses", "10", "--bench", file)
    assert (ran.code, ran.out) == (2, "")
    assert [line[:4] for line in ran.err.splitlines()] == ["what", "at  ", "try ", "see "]
    assert f"#{code}" in ran.err
    told = formulate("catalog", "check", file)
    assert told.code == 1


@pytest.mark.parametrize("share", ["20", "0.2"])
def test_a_markup_needs_its_sign(share: str, tmp_path, formulate) -> None:
    text = (ROOT / PRICED).read_text("utf-8").replace('markup = { value = "20 %"',
                                                      f'markup = {{ value = "{share}"')  # fmt: skip
    (tmp_path / "b.toml").write_text(text, "utf-8")
    ran = formulate("plan", "cycloserine", "100 mg", "--doses", "10", "--bench",
                    str(tmp_path / "b.toml"))  # fmt: skip
    assert ran.code == 2
    assert "share-no-sign" in ran.err


def test_a_carton_that_may_be_broken_is_charged_by_the_unit_on_both_figures() -> None:
    whole = cost((need("a", 6),), bench(price("a", 1000, 30, False)), JOB)
    broken = cost((need("a", 6),), bench(price("a", 1000, 30)), JOB)
    # 1.00 for 30: 0.20 for 6, 1.00 for the carton.
    assert (whole.used.materials, whole.packs.materials) == (usd("0.20"), usd(1))
    assert (broken.used.materials, broken.packs.materials) == (usd("0.20"), usd("0.20"))


def test_opened_powder_left_over_is_billed_with_its_unit() -> None:
    """10 doses of 45 mg need 1.8 capsules: 2 are opened and charged, 50 mg is left over."""
    prescription, own, _ = formulation.load(
        None, {"substance": "cycloserine", "dose": "45 mg", "doses": 10, "bench": PRICED}, DAY
    )
    found = next(r for r in formulation.plan(prescription, own).routes if r.id == "capsules")
    pack, powder = found.cost.leftovers
    assert (pack.quantity, pack.owner) == (Quantity(28, "cap"), "stock")
    assert (powder.quantity, powder.owner) == (Quantity(50, "mg"), "patient")
    assert found.balances[0].leftover == powder.quantity


def test_the_rest_of_the_packs_of_several_batches_is_told_together() -> None:
    found = next(r for r in planned(362, per_day=1).routes if r.id == "capsules").cost
    (left,) = [one for one in found.leftovers if one.quantity.unit == "cap"]
    parts = [next(r for r in planned(n).routes if r.id == "capsules").cost for n in (121, 121, 120)]
    each = [one.quantity.magnitude for part in parts for one in part.leftovers
            if one.quantity.unit == "cap"]  # fmt: skip
    assert left.quantity.magnitude == sum(each)
    assert "3 batches" in left.text


@pytest.mark.parametrize("alone", [False, True])
def test_minutes_said_to_be_unknown_leave_labour_not_priced(alone: bool) -> None:
    each = {} if alone else {"each": fact(Quantity(1, "minute/cap"))}
    times = FormTime(form="capsules", set_up=Unknown("set-up", "not timed"), **each)
    own = replace(charges(), labour=Labour(rate=fact(Quantity(60, "USD/hour")), forms=(times,)))
    found = cost((need("a"),), bench(price("a", 1000), own=own), JOB)
    assert found.missing == ("labour",)
    assert isinstance(found.minutes, Unknown)


def test_two_fees_of_one_name_are_two_fees() -> None:
    fees = (Fee(name="fee", charge=fact(usd(12))),
            Fee(name="fee", charge=fact(usd(5)), per="prescription"))  # fmt: skip
    own = replace(charges(), fees=fees)
    found = cost((need("a"),), bench(price("a", 1000), own=own), JOB)
    assert found.used.first_fill - found.used.refill == usd(5)


def test_later_batches_are_counted_at_the_prices_of_the_day_of_the_plan(tmp_path) -> None:
    text = (ROOT / PRICED).read_text("utf-8")
    shell = text[text.index('item = "shell"') :].partition("[[prices]]")[0]
    dearer = shell.replace("15.00", "300.00").strip() + "\nstart = 2026-03-01\n"
    (tmp_path / "b.toml").write_text(f"{text}\n[[prices]]\n{dearer}", "utf-8")
    typed = {"substance": "cycloserine", "dose": "250 mg", "doses": 300, "per_day": 1}
    courses = []
    for name in (PRICED, str(tmp_path / "b.toml")):
        prescription, own, _ = formulation.load(None, {**typed, "bench": name}, DAY)
        routes = formulation.plan(prescription, own).routes
        courses.append(next(r.cost.course for r in routes if r.id == "capsules"))
    assert courses[0] == courses[1]
