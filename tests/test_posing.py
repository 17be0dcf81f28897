"""A question is the same for its seed, its key is the worksheet's, its wrong answers are wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from formulation.draws import Draw
from formulation.errors import FormulationError
from formulation.families import family
from formulation.family import Drawn, Family, given, of, write
from formulation.posing import _wrong, around, pose
from formulation.questions import Row, Slip
from formulation.syllabus import TEACHING, key_of
from formulation.units import Quantity

EACH = [
    (one, level, kind)
    for one in (family("stock-to-take"), family("metric"), family("give-this-dose"))
    for level in (1, 2, 3, 4)
    for kind in one.kinds_at(level)
]
IDS = [f"{one.name}-{level}-{kind}" for one, level, kind in EACH]


@pytest.mark.parametrize(
    ("one", "level", "kind"), EACH, ids=[f"{a.name}-{b}-{c}" for a, b, c in EACH]
)
def test_the_same_seed_gives_the_same_question(one, level, kind):
    assert pose(one, 3, level, kind) == pose(one, 3, level, kind)


@pytest.mark.parametrize(
    ("one", "level", "kind"), EACH, ids=[f"{a.name}-{b}-{c}" for a, b, c in EACH]
)
def test_one_choice_is_right_and_no_two_are_alike(one, level, kind):
    for seed in range(5):
        found = pose(one, seed, level, kind)
        assert sum(option.right for option in found.options) == 1
        assert len({option.text for option in found.options}) == len(found.options) >= 2


@pytest.mark.parametrize("seed", [31, 34, 43])
def test_a_slip_that_ends_in_a_number_over_nothing_is_no_wrong_answer(seed):
    one = family("batches")
    for draw in range(60):
        drawn = one.draw(Draw(seed, f"batches/4/{draw}"), 4, TEACHING)
        key = key_of(write(drawn.given, drawn.rows)[-1].result, drawn.step, drawn.way, TEACHING)
        assert all(wrong.worksheet for wrong in _wrong(drawn, key, TEACHING))
    over = replace(drawn, slips=(*drawn.slips, Slip("step left out", "caps", "share / (1 - 1)")))
    assert _wrong(over, key, TEACHING) == _wrong(drawn, key, TEACHING)


@pytest.mark.parametrize(
    ("name", "level", "seed"),
    [("final-strength", 4, 7), ("mixture-strength", 1, 3), ("batches", 1, 2),
     ("capsules-to-open", 3, 8), ("low-dose-cycloserine", 2, 7), ("batches", 1, 12)],
)  # fmt: skip
def test_what_is_called_too_large_or_small_lies_outside_the_estimate(name, level, seed):
    for more in range(6):
        found = pose(family(name), seed + 10 * more, level, "reasonable")
        told = found.asked.partition(" worked out ")[2].partition(" (")[0]
        low, high = around(found.key.exact)
        shown = {one.text: one.value.magnitude for one in found.wrong}.get(told)
        if told == found.key.text:
            assert found.right.text.startswith("Yes")
        else:
            assert not low <= shown <= high
            assert ("large" in found.right.text) == (shown > high)


@pytest.mark.parametrize(
    ("name", "level"), [("ppm-and-mg-percent", 3), ("serial-dilution", 4), ("dose-by-weight", 4)]
)
def test_what_can_be_measured_is_fine_enough_for_the_answer(name, level):
    for seed in range(1, 12):
        assert abs(pose(family(name), seed, level).key.error) <= Fraction(1, 20)
    coarse = replace(TEACHING, digits=1)
    assert any(abs(pose(family(name), seed, level, "", coarse).key.error) > Fraction(1, 20)
               for seed in range(1, 30))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "level", "formula", "told"),
    [("vehicle-to-add", 1, "volume", "displacement forgotten"),
     ("vehicle-to-add", 3, "volume", "displacement forgotten"),
     ("filler-by-packing", 1, "filled - powder", "masses for volumes"),
     ("percent-ointment", 1, "whole + drug", "wrong direction"),
     ("whole-packs", 3, "packs", "not made whole")],
)  # fmt: skip
def test_the_slip_that_is_told_is_the_likeliest_of_those_that_come_to_the_same(
    name, level, formula, told
):
    seen = 0
    for seed in range(1, 6):
        drawn = family(name).draw(Draw(seed, f"{name}/{level}/0"), level, TEACHING)
        slip = next(one for one in drawn.slips if one.formula == formula)
        value = write(drawn.given, drawn.rows, slip)[-1].result
        key = key_of(write(drawn.given, drawn.rows)[-1].result, drawn.step, drawn.way, TEACHING)
        text = key_of(value, drawn.step, drawn.way, TEACHING).text
        found = [one.slip for one in _wrong(drawn, key, TEACHING) if one.text == text]
        assert found in ([told], [])
        seen += len(found)
    assert seen


@pytest.mark.parametrize("seed", range(1, 20))
def test_a_batch_at_the_bench_is_whole_doses_and_lasts_its_days(seed):
    found = pose(family("batches"), seed, 4)
    stated = {one.name: one.amount.magnitude for one in found.given}
    use = stated["limit"] - stated["wait"]
    share = found.key.printed.magnitude / stated["each"]
    assert use % 7 == 0
    assert share % 1 == 0
    assert share <= use / 7 * stated["weekly"]


@pytest.mark.parametrize("seed", range(1, 20))
def test_what_is_assayed_never_costs_a_session_its_capsule(seed):
    found = pose(family("low-dose-cycloserine"), seed, 4)
    stated = {one.name: one.amount.magnitude for one in found.given}
    assert found.key.printed.magnitude >= stated["weekly"] * stated["weeks"]


@pytest.mark.parametrize(("unit", "text"), [("mg/cap", "25 mg"), ("mL/cap", "25 mL")])
def test_a_story_may_leave_out_the_per_that_its_words_say(unit, text):
    assert given("dose", "dose", Quantity(Fraction(25), unit)).each == text


@pytest.mark.parametrize("unit", ["mg", "mg/mL"])
def test_a_per_that_no_words_say_is_never_left_out(unit):
    with pytest.raises(ValueError, match="25 mg"):
        _ = given("dose", "dose", Quantity(Fraction(25), unit)).each


def test_ranges_ten_times_off_say_which_way():
    seen = set()
    for seed in range(12):
        found = pose(family("percent-ointment"), seed, 2, "estimate")
        low, _ = around(found.key.exact)
        for one in found.options:
            if one.why.startswith("ten times"):
                start = Fraction(one.text.split()[1].replace(",", ""))
                assert one.why == f"ten times too {'much' if start > low else 'little'}"
                seen.add(one.why)
    assert seen


def test_a_colleague_is_sometimes_right_and_never_nearly():
    found = [pose(family("percent-ointment"), seed, 1, "reasonable") for seed in range(30)]
    assert {one.right.text.partition(":")[0] for one in found} == {"Yes", "No"}
    near = pose(family("density"), 4, 1, "reasonable")
    for one in (*found, near):
        told = one.asked.partition(" worked out ")[2].partition(" (")[0]
        shown = {w.text: w.value.magnitude for w in one.wrong}.get(told)
        if shown is not None and told != one.key.text:
            assert not Fraction(1, 2) < shown / one.key.exact.magnitude < 2


def test_an_answer_of_nothing_is_no_question():
    def nothing(draw, level, course):
        stated = (given("a", "first", of(5, "mg")), given("b", "second", of(5, "mg")))
        return Drawn(story="5 mg", asked="?", given=stated, slips=(),
                     rows=(Row("left", "left", "a - b", "what is left"),))  # fmt: skip

    with pytest.raises(FormulationError, match="no fair numbers"):
        pose(Family("nothing", "Nothing", "units", (1, 1, 1, 1), nothing), 1)


def test_what_is_counted_is_never_asked_for_in_digits():
    three = replace(TEACHING, digits=3)
    key = key_of(of("1234.2", "cap"), of(1, "cap"), "up", three)
    assert (key.text, key.rule) == ("1,235 capsules", "Round up to the next whole capsule.")


def test_a_level_that_there_is_not_is_refused():
    with pytest.raises(FormulationError, match="no calculate question at level 5"):
        pose(family("stock-to-take"), 1, 5)


def test_a_family_that_there_is_not_is_refused_with_the_nearest():
    with pytest.raises(FormulationError) as refused:
        family("stock-to-tke")
    assert refused.value.fix == "did you mean stock-to-take?"


def test_an_answer_is_named_by_what_it_is_and_not_by_its_unit():
    """`that in mcg/mL` says nothing without the line above it."""
    for seed in range(40):
        found = pose(family("final-strength"), seed, 3, "reasonable")
        assert "(that in" not in found.asked
        assert any(f"({line.words})" in found.asked for line in found.worksheet)
