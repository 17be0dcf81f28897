"""Liquid dilutions: on marks, within the devices, exact, with as little liquid as can be."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.benches import read_bench
from formulation.dilutions import MEASURES, VESSELS, dilute, glass
from formulation.schemes import Scale, Scheme
from formulation.trace import evaluate
from formulation.units import Quantity

FEW = settings(max_examples=8, deadline=None)
DEVICES = read_bench().devices
BY_NAME = {device.name: device for device in DEVICES}


def mg(number: Fraction | int | str) -> Quantity:
    return Quantity(Fraction(number), "mg")


CLASS_III = Scale(mg(1), mg(120), mg(6))
needs = st.integers(1, 11_990).map(lambda n: Fraction(n, 100))


def marks(kinds: tuple[str, ...]) -> set[Fraction]:
    """Return every volume that a device of these kinds shows, counted another way."""
    found = set()
    for device in DEVICES:
        if device.kind in kinds:
            full = device.capacity.value.number("mL")
            step = device.graduation.value.number("mL")
            count = 1
            while count * step <= full:
                if count * step >= full * device.least_share.value:
                    found.add(count * step)
                count += 1
    return found


def test_the_marks_are_those_of_the_devices():
    within = glass(DEVICES)
    for got, kinds in ((within.vessels, VESSELS), (within.measures, MEASURES)):
        assert {Fraction(m.parts, within.per_ml) for m in got} == marks(kinds)


def check(found: Scheme, need: Fraction) -> None:
    amount, put_in = found.weighed, None
    assert found.weighed >= mg(120)
    assert found.weighed.number("mg").denominator == 1
    for stage in found.stages:
        vessel, measure = BY_NAME[stage.vessel], BY_NAME[stage.measure]
        assert vessel.kind in VESSELS
        assert measure.kind in MEASURES
        for volume, device in ((stage.total, vessel), (stage.aliquot, measure)):
            assert device.grid.reaches(volume)
            assert (volume / device.graduation.value).number().denominator == 1
        assert put_in is None or stage.put_in == put_in
        assert stage.aliquot < stage.total
        amount, put_in = amount * (stage.aliquot / stage.total).number(), stage.aliquot
    assert amount == found.delivered
    assert found.error == (amount / mg(need)).number() - 1


@FEW
@given(needs, st.sampled_from([None, 1, 2]))
def test_every_volume_stands_on_a_mark_and_the_scheme_multiplies_back(need, steps):
    found = dilute(mg(need), CLASS_III, DEVICES, steps)
    if found is not None:
        check(found, need)
        assert abs(found.error) < Fraction(1, 100)


@pytest.mark.parametrize("need", ["2", "7.5", "0.03"])
def test_one_dilution_has_the_least_liquid_of_everything_tried(need):
    best = None
    for total, taken in product(marks(VESSELS), marks(MEASURES)):
        drug = Fraction(need) * total / taken
        if taken < total and drug.denominator == 1 and drug >= 120:
            best = total if best is None else min(best, total)
    found = dilute(mg(need), CLASS_III, DEVICES, 1)
    assert (best is None) == (found is None or bool(found.error))
    if best is not None and found is not None:
        assert found.diluent == Quantity(best, "mL")
        assert found.delivered == mg(need)


def test_two_milligrams_from_a_solution():
    found = dilute(mg(2), CLASS_III, DEVICES, None)
    assert found is not None
    (stage,) = found.stages
    assert (found.weighed, stage.total, stage.aliquot) == (
        mg(120), Quantity(12, "mL"), Quantity(Fraction("0.2"), "mL"),
    )  # fmt: skip
    # 114 mg x 0.195 mL / 12.5 mL and 126 mg x 0.205 mL / 11.5 mL
    assert found.low == mg(Fraction(114) * Fraction("0.195") / Fraction("12.5"))
    assert found.high == mg(Fraction(126) * Fraction("0.205") / Fraction("11.5"))


@pytest.mark.parametrize("soluble", [1, 5, 9, 20, 100])
def test_no_more_is_dissolved_than_is_known_to_dissolve(soluble):
    limit = Quantity(soluble, "mg/mL")
    found = dilute(mg(2), CLASS_III, DEVICES, None, limit)
    assert found is not None
    assert found.weighed / found.stages[0].total <= limit
    assert found.delivered == mg(2)


def test_what_one_dilution_does_not_reach_takes_two_and_what_two_do_not_is_none():
    found = dilute(mg("0.002"), CLASS_III, DEVICES, None)
    assert found is not None
    assert len(found.stages) == 2
    check(found, Fraction("0.002"))
    assert dilute(mg("0.002"), CLASS_III, DEVICES, 1) is None
    assert dilute(mg("0.0000001"), CLASS_III, DEVICES, None) is None


def test_without_a_vessel_or_a_measure_there_is_no_dilution():
    for kinds in (VESSELS, MEASURES):
        left = tuple(device for device in DEVICES if device.kind not in kinds)
        assert dilute(mg(2), CLASS_III, left, None) is None


@FEW
@given(needs, st.sampled_from([1, 2]), st.data())
def test_any_reading_within_half_a_graduation_lies_between_the_bounds(need, steps, data):
    found = dilute(mg(need), CLASS_III, DEVICES, steps)
    if found is None:
        return
    share = st.fractions(-1, 1, max_denominator=8)
    amount = found.weighed + mg(6) * data.draw(share)
    for stage in found.stages:
        half = BY_NAME[stage.measure].graduation.value / 2
        taken = stage.aliquot + half * data.draw(share)
        filled = BY_NAME[stage.vessel].graduation.value / 2
        total = stage.total + filled * data.draw(share)
        amount = amount * (taken / total).number()
    assert found.low <= amount <= found.high


@FEW
@given(needs, st.sampled_from([1, 2]))
def test_every_step_evaluates_again_exactly(need, steps):
    found = dilute(mg(need), CLASS_III, DEVICES, steps)
    for step in found.steps if found else ():
        assert evaluate(step.formula, dict(step.inputs)) == step.result


def test_where_no_volume_is_exact_the_closest_says_so():
    found = dilute(mg("1.23457"), CLASS_III, DEVICES, 1)
    assert found is not None
    assert found.error
    assert not found.proven
    check(found, Fraction("1.23457"))


def test_what_just_dissolves_may_be_taken():
    """120 mg in 12 mL are 10 mg/mL: allowed where 10 mg/mL dissolve, and not where 9.99 do."""
    found = dilute(mg(2), CLASS_III, DEVICES, None, Quantity(10, "mg/mL"))
    assert found is not None
    assert found.stages[0].total == Quantity(12, "mL")
    less = dilute(mg(2), CLASS_III, DEVICES, None, Quantity(Fraction("9.99"), "mg/mL"))
    assert less is not None
    assert less.stages[0].total > Quantity(12, "mL")


@pytest.mark.parametrize("need", ["1.23457", "3.141593"])
def test_the_closest_dilution_is_the_closest_of_all_with_up_to_twice_the_least_liquid(need):
    tried = []
    for total, taken in product(marks(VESSELS), marks(MEASURES)):
        drug = Fraction(need) * total / taken
        if taken < total and drug >= 120:
            whole = max(120, int(drug + Fraction(1, 2)))
            tried.append((total, abs(whole / drug - 1)))
    least = min(total for total, _ in tried)
    best = min(error for total, error in tried if total <= 2 * least)
    found = dilute(mg(need), CLASS_III, DEVICES, 1)
    assert found is not None
    assert abs(found.error) == best
    assert found.diluent <= Quantity(2 * least, "mL")
