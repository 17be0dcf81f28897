"""What a batch needs and what comes of it: the mass balance is exact, whatever the allowances."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.batch import Made, Order, distribute, drug_needed, restoring_excess
from formulation.benches import read_bench
from formulation.grammar import read_share
from formulation.prescription import Allowance
from formulation.stock import open_units
from formulation.trace import Working, evaluate
from formulation.units import Quantity, total

SOME = settings(max_examples=50, deadline=None)
MODES = ("spread", "fixed")
CLAIM = Quantity(250, "mg/cap")
shares = st.fractions(min_value=0, max_value=Fraction(99, 100), max_denominator=400)
some_shares = st.one_of(st.just(Fraction(0)), shares)
amounts = st.fractions(min_value=Fraction(1, 100), max_value=1000, max_denominator=100)
modes = st.sampled_from(MODES)


@st.composite
def orders(draw: st.DrawFn, loss: st.SearchStrategy[Fraction] = some_shares) -> Order:
    counted = draw(st.sampled_from(["cap", "dose"]))
    return Order(
        "drug",
        Quantity(draw(amounts), f"mg/{counted}"),
        Quantity(draw(st.integers(1, 300)), counted),
        Allowance(
            excess=draw(some_shares),
            overage=draw(some_shares),
            overage_reason="a reason",
            surcharge=draw(some_shares),
            loss=draw(loss),
            extra_units=draw(st.integers(0, 5)),
        ),
    )


def with_allowance(order: Order, **changes: Fraction) -> Order:
    held = order.allowance
    kept = {
        name: getattr(held, name)
        for name in ("excess", "overage", "overage_reason", "surcharge", "loss", "extra_units")
    }
    return Order(order.substance, order.amount, order.units, Allowance(**{**kept, **changes}))


def make(order: Order, mode: str, whole: bool) -> tuple[Made, Quantity, Quantity]:
    """Make the order from exactly the drug needed, or from all the drug in whole source units."""
    needed = drug_needed(order, Working())
    opened = Quantity(-(-needed.number("mg") // 250) * 250, "mg")
    taken, mixture = (opened, opened) if whole else (opened, needed)
    return distribute(order, taken, mixture, mode), taken, mixture  # type: ignore[arg-type]


@SOME
@given(orders(), modes, st.booleans())
def test_every_milligram_taken_is_accounted_for(order, mode, whole):
    made, taken, _ = make(order, mode, whole)
    parts = [part for _, part in made.balance.parts]
    assert total(parts, "mg") == taken
    assert made.balance.taken == taken
    assert all(part.magnitude >= 0 for part in parts), made.balance.parts


@SOME
@given(orders(), modes)
def test_what_is_weighed_exactly_leaves_nothing_unnamed(order, mode):
    needed = drug_needed(order, Working())
    made = distribute(order, needed, needed, mode)
    parts = [part for _, part in made.balance.parts]
    assert total(parts, "mg") == needed
    assert all(part.magnitude >= 0 for part in parts)


@SOME
@given(orders(), modes, st.booleans())
def test_no_unit_holds_more_than_its_target_and_no_more_units_than_planned_are_made(
    order, mode, whole
):
    made, _, mixture = make(order, mode, whole)
    assert made.content <= order.target
    assert made.made.expected.magnitude.denominator == 1
    assert made.made.expected <= order.planned * (1 + order.allowance.excess)
    assert made.made.expected <= made.made.theoretical
    assert made.content * made.made.expected <= mixture * (1 - order.allowance.loss)


@SOME
@given(orders(), modes, st.booleans())
def test_a_fixed_fill_keeps_its_content_and_a_spread_one_its_number(order, mode, whole):
    made, _, _ = make(order, mode, whole)
    if mode == "fixed":
        assert made.content == order.target
    else:
        assert made.made.expected >= order.planned


@SOME
@given(orders(), modes, st.booleans(), shares)
def test_a_greater_loss_never_gives_more_units_nor_fuller_ones(order, mode, whole, more):
    worse = with_allowance(order, loss=max(order.allowance.loss, more))
    less, _, _ = make(order, mode, whole)
    greater, _, _ = make(worse, mode, whole)
    assert greater.made.expected <= less.made.expected
    assert greater.content * greater.made.expected <= less.content * less.made.expected
    assert greater.balance.dispensed <= less.balance.dispensed


@SOME
@given(orders(), modes, st.booleans(), shares)
def test_a_greater_excess_never_gives_fewer_units(order, mode, whole, more):
    larger = with_allowance(order, excess=max(order.allowance.excess, more))
    first, _, _ = make(order, mode, whole)
    second, _, _ = make(larger, mode, whole)
    assert second.made.expected >= first.made.expected
    assert second.balance.dispensed >= first.balance.dispensed


@SOME
@given(orders(), st.booleans(), shares)
def test_a_loss_never_changes_what_is_weighed(order, whole, loss):
    assert drug_needed(order, Working()) == drug_needed(with_allowance(order, loss=loss), Working())


@SOME
@given(orders())
def test_the_drug_needed_is_the_product_of_its_factors(order):
    held = order.allowance
    wanted = (
        order.amount.magnitude
        * (order.units.magnitude + held.extra_units)
        * (1 + held.excess)
        * (1 + held.overage + held.surcharge)
    )
    assert drug_needed(order, Working()) == Quantity(wanted, "mg")


@SOME
@given(orders(), modes)
def test_the_excess_that_restores_the_prescription_does(order, mode):
    loss = order.allowance.loss
    restored = with_allowance(order, excess=restoring_excess(loss))
    made, _, _ = make(restored, mode, whole=False)
    assert (1 + restoring_excess(loss)) * (1 - loss) == 1
    assert made.made.expected == restored.planned
    assert made.content == restored.target
    assert not made.findings


@SOME
@given(orders(), modes, st.booleans())
def test_an_uncovered_loss_is_said_and_a_covered_one_is_not(order, mode, whole):
    made, _, _ = make(order, mode, whole)
    short = made.made.expected < order.planned or made.content < order.target
    assert [f.code for f in made.findings] == (["loss-not-covered"] if short else [])
    for finding in made.findings:
        assert finding.limit == order.planned
        assert finding.actual == made.made.expected


below_half = st.fractions(min_value=0, max_value=Fraction(49, 100), max_denominator=400)


def follow(order: Order, mode: str) -> None:
    made, _, _ = make(order, mode, whole=False)
    for finding in made.findings:
        typed = finding.fix.removeprefix('excess = "').removesuffix('"')
        restored = with_allowance(order, excess=read_share(typed))
        again, _, _ = make(restored, mode, whole=False)
        assert again.made.expected >= order.planned
        assert again.content == order.target
        assert not again.findings


@SOME
@given(orders(below_half), modes)
def test_typing_the_offered_excess_restores_the_prescription(order, mode):
    follow(order, mode)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("loss", ["0.52", "0.55", "0.925"])
def test_the_offered_excess_also_restores_after_a_loss_of_more_than_half(mode, loss):
    allowance = Allowance(loss=Fraction(loss))
    follow(Order("drug", Quantity(100, "mg/cap"), Quantity(3000, "cap"), allowance), mode)


@SOME
@given(orders(), modes, st.booleans())
def test_every_step_of_a_batch_gives_its_result_again(order, mode, whole):
    working = Working()
    drug_needed(order, working)
    made, _, _ = make(order, mode, whole)
    for step in [*working.steps, *made.steps]:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


def test_overage_and_surcharge_are_extra_drug_and_never_extra_units():
    order = Order("drug", Quantity(100, "mg/cap"), Quantity(10, "cap"),
                  Allowance(overage=Fraction(1, 20), surcharge=Fraction(1, 10)))  # fmt: skip
    made, taken, _ = make(order, "fixed", whole=False)
    assert drug_needed(order, Working()) == Quantity(1150, "mg")
    assert made.made.expected == Quantity(10, "cap")
    assert made.content == Quantity(115, "mg/cap")
    assert made.balance.dispensed == Quantity(1000, "mg")
    assert made.balance.overage == Quantity(150, "mg")
    assert made.balance.leftover == taken - Quantity(1150, "mg")


@pytest.mark.parametrize(
    ("mode", "units", "content"),
    [("spread", 30, 95), ("fixed", 28, 100)],
)
def test_an_uncovered_loss_takes_from_each_unit_or_from_their_number(mode, units, content):
    order = Order("drug", Quantity(100, "mg/cap"), Quantity(30, "cap"),
                  Allowance(loss=Fraction(1, 20)))  # fmt: skip
    made = distribute(order, Quantity(3000, "mg"), Quantity(3000, "mg"), mode)
    assert made.made.expected == Quantity(units, "cap")
    assert made.content == Quantity(content, "mg/cap")


def test_a_loss_of_nearly_everything_makes_no_unit_and_still_balances():
    order = Order("drug", Quantity(100, "mg/dose"), Quantity(1, "dose"),
                  Allowance(loss=Fraction(99, 100)))  # fmt: skip
    made, taken, _ = make(order, "fixed", whole=False)
    assert made.made.expected == Quantity(0, "dose")
    assert total([part for _, part in made.balance.parts], "mg") == taken


# Whole source units, worked out a second time in whole numbers only.


def whole_units(amount: int, units: int, claim: int, percent: int) -> int:
    """Count opened units in integers: amounts in micrograms, the excess in whole percent."""
    return -(-(amount * units * (100 + percent)) // (claim * 100))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 1000), st.integers(0, 99))
def test_opened_units_are_those_counted_in_whole_numbers(amount, units, percent):
    order = Order("drug", Quantity(amount, "mcg/cap"), Quantity(units, "cap"),
                  Allowance(excess=Fraction(percent, 100)))  # fmt: skip
    capsule = read_product()
    opened = open_units(drug_needed(order, Working()), capsule, Working())
    wanted = whole_units(amount, units, 250_000, percent)
    assert opened.whole == Quantity(wanted, "cap")
    assert opened.drug == Quantity(wanted * 250, "mg")
    assert opened.exact <= opened.whole
    assert opened.whole - opened.exact < Quantity(1, "cap")


_BENCH = read_bench()


def read_product():
    return _BENCH.products[0]


def test_a_float_would_open_one_unit_too_many():
    """2.7 divided by 0.3 is nine; in floating point the next whole number is ten."""
    assert math.ceil(2.7 / 0.3) == 10
    inputs = {"drug": Quantity(Fraction("2.7"), "g"), "claim": Quantity(Fraction("0.3"), "g/cap")}
    assert evaluate("ceil(drug / claim)", inputs) == Quantity(9, "cap")
    assert -(-27 // 3) == 9


@pytest.mark.parametrize(
    ("dose", "doses", "exact", "whole"),
    [(50, 30, 6, 6), (100, 30, 12, 12), (150, 30, 18, 18), (200, 30, 24, 24),
     (100, 7, Fraction(14, 5), 3)],
)  # fmt: skip
def test_source_capsules_of_250_mg_for_usual_prescriptions(dose, doses, exact, whole):
    order = Order("cycloserine", Quantity(dose, "mg/cap"), Quantity(doses, "cap"), Allowance())
    opened = open_units(drug_needed(order, Working()), read_product(), Working())
    assert opened.exact == Quantity(exact, "cap")
    assert opened.whole == Quantity(whole, "cap")
