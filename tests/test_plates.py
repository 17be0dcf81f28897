"""Loads of a machine: even, portioned by weight, and which holes are weighed back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.cited import Unknown
from formulation.plates import Plate, filled, hole, loads, positions, split
from formulation.units import Quantity, total

SOME = settings(max_examples=40, deadline=None)
plates = st.builds(Plate, st.integers(1, 26), st.integers(1, 30))
counts = st.integers(1, 2000)


@SOME
@given(plates, counts)
def test_loads_differ_by_at_most_one_and_none_is_more_than_the_plate(plate, count):
    found = split(count, plate.holes)
    assert sum(found) == count
    assert max(found) - min(found) <= 1
    assert max(found) <= plate.holes
    assert len(found) == -(-count // plate.holes)


@SOME
@given(plates, counts, st.fractions(min_value=Fraction(1, 10), max_value=900, max_denominator=10))
def test_powder_is_portioned_by_weight_and_blocked_and_filled_holes_are_all_holes(
    plate, count, grams
):
    mix = Quantity(grams, "g")
    found = loads(plate, count, mix)
    assert total((load.powder for load in found), "g") == mix
    assert sum(load.share for load in found) == 1
    for load in found:
        assert load.capsules + load.blocked == plate.holes
        assert load.powder == mix * Fraction(load.capsules, count)
        assert (load.block == "no hole is blocked") == (load.blocked == 0)


@SOME
@given(plates, counts)
def test_the_holes_to_weigh_are_distinct_filled_and_at_most_ten(plate, count):
    count = min(count, plate.holes)
    found = positions(plate, count)
    assert len(set(found)) == len(found) == min(10, count)
    assert set(found) <= {hole(*place) for place in filled(plate, count)}
    assert hole(*filled(plate, count)[-1]) in found


@pytest.mark.parametrize(
    ("count", "holes", "each"),
    [(120, 100, (60, 60)), (360, 100, (90,) * 4), (100, 100, (100,)), (101, 100, (51, 50)),
     (1, 100, (1,)), (250, 100, (84, 83, 83))],
)  # fmt: skip
def test_loads_as_technicians_split_them(count, holes, each):
    """120 as two of 60 and 360 as four of 90: https://doyletatum.com/2021/09/07/making-capsules/"""
    assert split(count, holes) == each


def test_the_full_plate_of_ten_by_ten_is_weighed_at_corners_edges_and_middle():
    found = set(positions(Plate(10, 10), 100))
    assert {"A1", "A10", "J1", "J10"} < found
    assert {"E5", "F6"} < found
    assert len(found) == 10


def test_a_load_of_twelve_names_the_holes_to_block_and_weighs_its_last_hole():
    (load,) = loads(Plate(10, 10), 12, Unknown("mix", "not weighed"))
    assert load.block == "block 88 holes: B3 to J10, row by row"
    assert isinstance(load.powder, Unknown)
    assert {"A1", "A10", "B1", "B2"} < set(load.weigh)


def test_a_plate_with_more_columns_than_rows_is_counted_by_its_columns():
    """13 capsules in 4 rows of 6 fill A1 to C1; a row of 25 has its middle at 13."""
    (load,) = loads(Plate(4, 6), 13, Quantity(13, "g"))
    assert load.block == "block 11 holes: C2 to D6, row by row"
    assert filled(Plate(4, 6), 13)[-1] == (2, 0)
    assert {"A1", "A6", "C1"} < set(load.weigh)
    assert {"A1", "A13", "A25"} < set(positions(Plate(5, 30), 25))
