"""Solid aliquots: exact, on the step, never below the least, never more diluent than there must be.

The oracle for the least diluent tries everything, one and two mixes, on small balances.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.aliquots import aliquot, limits, weighed_directly
from formulation.mixes import (
    Limits,
    Mix,
    closest,
    diluent,
    held,
    least_reached,
    root_up,
    shared_out,
    single,
)
from formulation.schemes import Scale, Scheme
from formulation.series import least_possible, mixes_for, serial
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=40, deadline=None)
FEW = settings(max_examples=12, deadline=None)
F = Fraction


def mg(number: Fraction | int | str) -> Quantity:
    return Quantity(Fraction(number), "mg")


CLASS_III = Scale(mg(1), mg(120), mg(6))
BENCH = mg(100_000)


def brute_single(need: Fraction, least: int, most: int) -> int | None:
    """Try every drug and every total; the aliquot follows."""
    best = None
    for drug in range(least, most + 1):
        for total in range(drug + least, most + 1):
            taken = need * total / drug
            if taken.denominator == 1 and least <= taken < total:
                added = total - drug
                best = added if best is None else min(best, added)
    return best


def brute_double(need: Fraction, least: int, most: int) -> int | None:
    """Try every pair of drugs and totals; the last aliquot follows."""
    pairs = [(d, t) for d in range(least, most + 1) for t in range(d + least, most + 1)]
    best = None
    for (drug, total), (moved, second) in product(pairs, pairs):
        added = total - drug + second - moved
        if moved >= total or (best is not None and added >= best):
            continue
        taken = need * total * second / (drug * moved)
        if taken.denominator == 1 and least <= taken < second:
            best = added
    return best


def kept(found: tuple[Mix, ...], within: Limits) -> bool:
    """Say whether every weighing reaches the least, and every mix stays within the most."""
    moved = pairwise(found)
    return all(
        min(mix.drug, mix.diluent, mix.aliquot) >= within.least
        and mix.aliquot < mix.total <= within.most
        for mix in found
    ) and all(one.aliquot == two.drug for one, two in moved)


@SOME
@given(st.integers(2, 6), st.integers(8, 60), st.fractions(F(1, 6), 6, max_denominator=6))
def test_one_mix_never_has_more_diluent_than_everything_tried(least, most, need):
    if need >= least:
        return
    within, best = Limits(least, most), brute_single(need, least, most)
    found = single(need, within)
    assert (found is None) == (best is None)
    if found is not None:
        assert kept(found.mixes, within)
        assert held(found.mixes) == need
        assert diluent(found.mixes) == best


@pytest.mark.parametrize(
    ("need", "least", "most"),
    [
        (F(119), 120, 500),
        (F(19, 10), 2, 90),
        (F(29, 10), 3, 90),
        (F(17, 5), 4, 90),
        (F(5, 3), 2, 90),
    ],
)
def test_a_need_just_below_the_least_takes_no_more_diluent_than_everything_tried(need, least, most):
    """More drug may need less diluent here: the diluent itself is at its least."""
    found = single(need, Limits(least, most))
    assert found is not None
    assert diluent(found.mixes) == brute_single(need, least, most)


@FEW
@given(st.integers(2, 4), st.integers(8, 18), st.fractions(F(1, 6), 4, max_denominator=6))
def test_two_mixes_never_have_more_diluent_than_everything_tried(least, most, need):
    if need >= least:
        return
    within, best = Limits(least, most), brute_double(need, least, most)
    found = serial(need, 2, within)
    assert (found is None) == (best is None)
    if found is not None:
        assert kept(found.mixes, within)
        assert held(found.mixes) == need
        assert found.proven
        assert diluent(found.mixes) == best


@pytest.mark.parametrize(
    ("need", "least", "most", "best"),
    [(F(1), 3, 20, 6), (F(5, 3), 3, 24, 6), (F(1, 4), 2, 16, 8), (F(2, 7), 2, 28, 7)],
)
def test_two_mixes_on_cases_worked_out_by_trying_everything(need, least, most, best):
    assert brute_double(need, least, most) == best
    found = serial(need, 2, Limits(least, most))
    assert found is not None
    assert diluent(found.mixes) == best


@SOME
@given(st.integers(1, 3), st.integers(1, 11_999), st.sampled_from([1, 10, 100, 1000]))
def test_every_scheme_is_on_the_step_above_the_least_and_multiplies_back(count, above, under):
    need = Fraction(above, under * 100)
    within = Limits(120, 100_000)
    found = mixes_for(need, count, within)
    if found is None:
        assert need < least_reached(count, within) or count > 1
        return
    assert kept(found.mixes, within)
    exact = single(need, within) if count == 1 else serial(need, count, within)
    assert (held(found.mixes) == need) or exact is None
    assert abs(held(found.mixes) / need - 1) < Fraction(1, 1000)


@SOME
@given(st.integers(1, 3), st.integers(2, 400), st.integers(5, 2000))
def test_the_smallest_need_that_is_named_is_reached_exactly_and_no_smaller_one(count, least, times):
    within = Limits(least, least * times)
    smallest = least_reached(count, within)
    found = mixes_for(smallest, count, within)
    assert found is not None
    assert held(found.mixes) == smallest
    assert mixes_for(smallest / 2, count, within) is None


@SOME
@given(st.lists(st.integers(2, 40), min_size=1, max_size=3), st.integers(1, 12), st.data())
def test_no_totals_lie_below_what_is_called_possible(drugs, least, data):
    totals = [data.draw(st.integers(drug + least, drug + 90)) for drug in drugs]
    ratio = Fraction(1)
    for drug, total in zip(drugs, totals, strict=True):
        ratio = ratio * total / drug
    added = sum(totals) - sum(drugs)
    assert least_possible(tuple(drugs), ratio, least) <= added


@SOME
@given(st.lists(st.integers(2, 400), min_size=1, max_size=3), st.fractions(1, 60), st.data())
def test_more_drug_or_more_dilution_never_lowers_what_is_called_possible(drugs, ratio, data):
    """What ends the search: all that has not been looked at lies at or above the bound."""
    place = data.draw(st.integers(0, len(drugs) - 1))
    more = [d + data.draw(st.integers(1, 50)) * (n == place) for n, d in enumerate(drugs)]
    least = data.draw(st.integers(1, 200))
    bound = least_possible(tuple(drugs), ratio, least)
    assert bound <= least_possible(tuple(more), ratio, least)
    assert bound <= least_possible(tuple(drugs), ratio * F(11, 10), least)


@SOME
@given(st.integers(1, 10**12), st.integers(1, 4))
def test_a_root_is_rounded_up(value, power):
    root = root_up(value, power)
    assert root**power >= value > (root - 1) ** power


def test_a_number_is_shared_out_in_every_way():
    for number in (1, 12, 97, 360):
        every = {p for p in product(range(1, number + 1), repeat=2) if p[0] * p[1] == number}
        assert set(shared_out(number, 2)) == every


def test_the_figures_of_the_issue():
    """2 mg at 120 mg: 120 mg in 7,200 mg, take 120 mg; two mixes when they are asked for."""
    found = aliquot(mg(2), CLASS_III, BENCH, None)
    assert found is not None
    (stage,) = found.stages
    assert (stage.put_in, stage.diluent, stage.total, stage.aliquot) == (
        mg(120), mg(7080), mg(7200), mg(120),
    )  # fmt: skip
    assert found.delivered == mg(2)
    assert (found.low, found.high) == (mg("1.805"), mg("2.205"))
    two = aliquot(mg(2), CLASS_III, BENCH, 2)
    assert two is not None
    assert [s.total for s in two.stages] == [mg(900), mg(960)]
    assert two.delivered == mg(2)
    assert two.diluent == mg(1620)
    assert two.proven


def test_of_equal_diluent_the_roundest_figures_are_taken():
    """Every mix with as little diluent has figures with at least as many digits."""
    within = Limits(120, 100_000)

    def digits(mix: Mix) -> int:
        return sum(within.digits(n) for n in (mix.drug, mix.diluent, mix.total, mix.aliquot))

    for need in (F(2), F(7), F(12), F(25, 2), F(45), F(60), F(100)):
        found = single(need, within)
        assert found is not None
        (mix,) = found.mixes
        for drug in range(120, 1500):
            taken = need * (drug + mix.diluent) / drug
            if taken.denominator == 1 and 120 <= taken < drug + mix.diluent:
                other = Mix(drug, drug + mix.diluent, int(taken))
                assert digits(other) >= digits(mix)


def test_a_need_that_one_mix_cannot_hold_goes_into_two():
    found = aliquot(mg("0.002"), CLASS_III, BENCH, None)
    assert found is not None
    assert len(found.stages) == 2
    assert all(stage.total <= BENCH for stage in found.stages)
    assert aliquot(mg("0.002"), CLASS_III, BENCH, 1) is None
    unlimited = aliquot(mg("0.002"), CLASS_III, None, None)
    assert unlimited is not None
    assert len(unlimited.stages) == 1


def test_where_nothing_is_exact_the_closest_says_by_how_much_it_is_off():
    found = aliquot(mg("1.237"), CLASS_III, BENCH, None)
    assert found is not None
    assert found.error != 0
    assert found.delivered == mg("1.237") * (1 + found.error)
    assert abs(found.error) < Fraction(1, 10**6)
    assert not found.proven
    assert single(F("1.237"), limits(CLASS_III, BENCH)) is None


def test_the_closest_keeps_every_limit():
    within = Limits(120, 20_000)
    for need in (F("1.237"), F("0.9871"), F("119.999"), F("33.333")):
        found = closest(need, 1, within)
        assert found is not None
        assert kept(found, within)


needs = st.integers(1, 11_990).map(lambda n: Fraction(n, 100))
counts = st.integers(1, 2)


@FEW
@given(needs, counts, st.data())
def test_any_corner_of_the_errors_lies_between_the_bounds(need, count, data):
    found = aliquot(mg(need), CLASS_III, BENCH, count)
    if found is None:
        return
    off = st.fractions(-6, 6, max_denominator=8)
    put_in = data.draw(off)
    amount = found.stages[0].put_in + mg(put_in)
    solid = amount  # what is on the pan, and the drug in it
    for stage in found.stages:
        assert stage.diluent is not None
        added = stage.diluent + mg(data.draw(off))
        taken = stage.aliquot + mg(data.draw(off))
        amount = amount * (taken / (solid + added)).number()
        solid = taken
    assert found.low <= amount <= found.high


@FEW
@given(needs, counts)
def test_the_bounds_are_themselves_reached(need, count):
    """Both ends are corners: drug and aliquot too little, diluent too much, and the reverse."""
    found = aliquot(mg(need), CLASS_III, BENCH, count)
    if found is None:
        return
    for sign, end in ((-1, found.low), (1, found.high)):
        off = mg(6 * sign)
        amount = solid = found.stages[0].put_in + off
        for stage in found.stages:
            assert stage.diluent is not None
            amount = amount * ((stage.aliquot + off) / (solid + stage.diluent - off)).number()
            solid = stage.aliquot + off
        assert amount == end


@SOME
@given(needs, st.sampled_from([("g", 1000), ("mcg", F(1, 1000)), ("kg", 10**6)]))
def test_the_unit_of_the_need_does_not_change_the_scheme(need, unit):
    name, times = unit
    one = aliquot(mg(need), CLASS_III, BENCH, None)
    other = aliquot(Quantity(need / times, name), CLASS_III, BENCH, None)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert figures(one) == figures(other)
        assert other.delivered.unit == name


def figures(found: Scheme) -> list[Quantity | None]:
    return [n for s in found.stages for n in (s.put_in, s.diluent, s.total, s.aliquot)]


@SOME
@given(needs, st.integers(1, 8))
def test_a_coarser_balance_never_needs_less_diluent(need, factor):
    """A scheme on steps of 2 mg is one on steps of 1 mg, too."""
    fine = aliquot(mg(need), CLASS_III, BENCH, 1)
    coarse = aliquot(mg(need), Scale(mg(factor), mg(-(-120 // factor) * factor), mg(6)), BENCH, 1)
    if fine is None or coarse is None or fine.error or coarse.error:
        return
    assert fine.diluent is not None
    assert coarse.diluent is not None
    assert fine.diluent <= coarse.diluent


@FEW
@given(needs, counts)
def test_every_step_evaluates_again_exactly(need, count):
    found = aliquot(mg(need), CLASS_III, BENCH, count)
    for step in found.steps if found else ():
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(st.fractions(121, 5000, max_denominator=50))
def test_a_mass_that_can_be_weighed_goes_to_the_nearest_step(mass):
    found = weighed_directly(mg(mass), CLASS_III, mg(6))
    assert (found.delivered / mg(1)).number().denominator == 1
    assert abs(found.delivered.number("mg") - mass) <= Fraction(1, 2)
    assert found.low == found.delivered - mg(6)
    assert found.high == found.delivered + mg(6)


def test_a_mass_is_never_rounded_below_the_least():
    """250/3 mg on steps of 1 mg: 83.4 mg is not weighed as 83 mg."""
    found = weighed_directly(mg("83.4"), Scale(mg(1), mg(84), mg("2.5")), mg("2.5"))
    assert found.delivered == mg(84)
    assert found.error > 0


@pytest.mark.parametrize(("largest", "most"), [("240", 240), ("240.9", 240), ("100000.5", 100_000)])
def test_the_largest_mix_is_put_on_the_step_downwards(largest, most):
    assert limits(CLASS_III, mg(largest)).most == most


@pytest.mark.parametrize("need", [F(1), F(3, 2), F(2, 3), F(4, 3), F(5, 3), F(9, 5)])
def test_no_mix_of_a_series_goes_whole_into_the_next(need):
    """An aliquot of everything is no aliquot: one mix more would have been for nothing."""
    within = Limits(2, 8)
    found = serial(need, 2, within)
    assert found is not None
    assert held(found.mixes) == need
    assert kept(found.mixes, within)


def test_a_search_that_was_cut_short_does_not_call_its_mixes_proven():
    """29.57 mg in two mixes: too many weighings tie to look at all of them."""
    found = serial(F("29.57"), 2, Limits(120, 100_000))
    assert found is not None
    assert held(found.mixes) == F("29.57")
    assert not found.proven
