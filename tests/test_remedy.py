"""Short of powder, or powder left: the drug is in all of them, or it is said where it is not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.remedy import Batch, left, short
from formulation.spread import Bounds
from formulation.trace import evaluate
from formulation.units import Quantity

SOME = settings(max_examples=40, deadline=None)
grams = st.fractions(min_value=Fraction(1, 10), max_value=100, max_denominator=100)
parts = st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100)
counts = st.integers(1, 300)
doses = st.fractions(min_value=Fraction(1, 10), max_value=500, max_denominator=10)
TEN = Bounds(Quantity(Fraction(-1, 10)), Quantity(Fraction(1, 10)))


def batch(mix: Fraction, count: int, dose: Fraction, *, spread: bool = True) -> Batch:
    drug = Quantity(dose, "mg")
    whole = Quantity(mix, "g")
    return Batch(whole, whole * Fraction(1, 4), count, drug, spread, drug, TEN, "rule")


@SOME
@given(grams, parts, counts, doses)
def test_short_adds_filler_only_and_each_still_holds_its_drug(mix, part, count, dose):
    before = batch(mix, count, dose)
    by = before.mix * part
    found = short(before, by)
    assert found.after.mix == before.mix + by
    assert found.after.filler == before.filler + by
    assert found.after.drug == before.drug
    assert found.after.capsules == before.capsules
    assert found.after.each * count == found.after.mix
    assert found.after.drug * count == before.drug * count
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(grams, parts, counts, doses)
def test_a_short_batch_is_the_same_whether_it_was_short_once_or_twice(mix, part, count, dose):
    before = batch(mix, count, dose)
    by = before.mix * part
    twice = short(short(before, by / 3).after, by * Fraction(2, 3)).after
    assert twice == short(before, by).after


@SOME
@given(grams, parts, counts, doses)
def test_left_never_gains_drug_and_all_of_the_mix_restores_it(mix, part, count, dose):
    before = batch(mix, count, dose)
    found = left(before, before.mix * part)
    assert found.after.drug == before.drug * (1 - part)
    assert found.after.drug < before.drug
    # what is in the capsules and what is left is the drug of the batch
    assert found.after.drug * count + before.drug * count * part == before.drug * count
    (said,) = found.findings
    assert said.level == ("caution" if part <= Fraction(1, 10) else "stop")
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(grams, parts, counts, doses)
def test_fixed_and_short_makes_fewer_capsules_and_none_weaker(mix, part, count, dose):
    before = batch(mix, count, dose, spread=False)
    found = short(before, before.mix * part)
    assert found.after.capsules == int(count * (1 - part))
    assert found.after.drug == before.drug
    assert found.after.each == before.each or not found.after.capsules
    (said,) = found.findings
    assert said.code == "capsules-missing"


def test_no_complete_capsule_is_a_batch_of_nothing():
    found = short(batch(Fraction(2), 10, Fraction(100), spread=False), Quantity(5, "g"))
    assert found.after.capsules == 0
    assert found.after.each == Quantity(0, "mg")


def test_the_batch_of_the_issue():
    """Twelve capsules, a mix of 1,756 mg, short by 0.4 g."""
    before = Batch(Quantity(1756, "mg"), Quantity(201, "mg"), 12, Quantity(100, "mg"), True,
                   Quantity(100, "mg"))  # fmt: skip
    found = short(before, Quantity(Fraction(2, 5), "g"))
    assert found.after.mix == Quantity(2156, "mg")
    assert found.after.each == Quantity(Fraction(539, 3), "mg")
    assert "never top up single capsules" in found.actions[0]
    assert [f.code for f in found.findings] == ["short-by-much"]


def test_a_tenth_of_the_mix_is_not_much_and_a_little_more_is():
    before = batch(Fraction(2), 10, Fraction(100))
    assert short(before, Quantity(200, "mg")).findings == ()
    assert short(before, Quantity(201, "mg")).findings[0].limit == Quantity(200, "mg")


def test_no_limits_on_record_is_a_caution_and_says_so():
    before = replace(batch(Fraction(2), 10, Fraction(100)), limits=None, source="")
    (said,) = left(before, Quantity(1, "g")).findings
    assert said.level == "caution"
    assert "no limit" in said.what


@pytest.mark.parametrize("over", [3, 200])
def test_more_left_than_there_was_is_a_stop_with_both_masses(over):
    before = batch(Fraction(2), 10, Fraction(100))
    found = left(before, Quantity(over, "g"))
    (said,) = found.findings
    assert (said.code, said.level) == ("left-more-than-mix", "stop")
    assert (said.limit, said.actual) == (Quantity(2, "g"), Quantity(over, "g"))
    assert found.after == before


def test_all_of_it_left_is_nothing_in_the_capsules():
    found = left(batch(Fraction(2), 10, Fraction(100)), Quantity(2, "g"))
    assert found.after.drug == Quantity(0, "mg")
    assert found.findings[0].level == "stop"


def test_a_tenth_left_is_inside_the_limits_and_a_hair_more_is_outside():
    before = batch(Fraction(2), 10, Fraction(100))
    (inside,) = left(before, Quantity(200, "mg")).findings
    assert (inside.level, inside.limit) == ("caution", Quantity(90, "mg"))
    (outside,) = left(before, Quantity(200 + Fraction(1, 10**9), "mg")).findings
    assert (outside.level, outside.limit) == ("stop", Quantity(90, "mg"))
    assert outside.sources == ("rule",)


def test_what_is_left_is_held_against_the_label_and_not_against_the_content():
    """115 mg in capsules of 100 mg: 2 % left leaves 112.7 mg, over the 110 mg allowed."""
    before = replace(batch(Fraction(2), 10, Fraction(115)), label=Quantity(100, "mg"))
    (said,) = left(before, Quantity(40, "mg")).findings
    assert (said.level, said.limit) == ("stop", Quantity(110, "mg"))
    assert said.actual == Quantity(Fraction("112.7"), "mg")
    assert "+12.7 %" in said.what


def loaded(mix: int = 8606, loads: tuple[int, ...] = (60, 60)) -> Batch:
    found = batch(Fraction(mix, 1000), sum(loads), Fraction(50))
    return replace(found, loads=loads, room=Quantity(5000, "mg"))


@pytest.mark.parametrize(("mg", "level"), [(400, "caution"), (430, "caution"), (431, "stop")])
def test_powder_left_of_one_load_alone_is_held_against_the_limits(mg, level):
    """Of 8,606 mg in two loads 4,303 mg is each; left of one, that one lacks twice the share."""
    found = left(loaded(), Quantity(mg, "mg"))
    (said,) = found.findings
    alone = Quantity(50 * (1 - Fraction(mg, 4303)), "mg")
    assert (said.level, said.actual) == (level, alone)
    assert "left of one load alone" in found.actions[0]
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


def test_more_left_than_one_load_holds_leaves_that_load_without_drug():
    (said,) = left(loaded(), Quantity(5000, "mg")).findings
    assert (said.level, said.actual) == ("stop", Quantity(0, "mg"))


def test_short_says_what_it_is_where_one_load_alone_lacks_it():
    assert 'load of 60: "short by 400 mg"' in short(loaded(), Quantity(200, "mg")).actions[0]
    uneven = short(loaded(loads=(84, 83, 83)), Quantity(83, "mg")).actions[0]
    assert 'load of 83: "short by 250 mg"' in uneven
    assert (
        not short(batch(Fraction(2), 12, Fraction(100)), Quantity(9, "mg"))
        .actions[0]
        .startswith("Read")
    )


def test_more_filler_than_the_empty_bodies_take_is_a_stop_and_changes_nothing():
    before = loaded()
    found = short(before, Quantity(5001, "mg"))
    assert [(f.code, f.level) for f in found.findings] == [("short-more-than-shells", "stop")]
    assert found.after == before
    assert short(before, Quantity(5000, "mg")).findings[0].level == "caution"
