"""The chances to pass <905>: the step halved, drawn batches, and what must hold of any chance."""

from __future__ import annotations

import math
import statistics
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from formulation import catalog, kernels
from formulation.characteristic import characteristic
from formulation.check_records import Uniformity

RULE = catalog.load(Uniformity, "uniformity", "usp905")[0]
LIMITS = kernels.Limits(98.5, 101.5, 15.0, 2.4, 2.0, 0.25)
GRID = [(mean, sd) for mean in (100.0, 97.0, 94.0, 110.0) for sd in (0.5, 3.0, 5.0, 6.0, 8.0, 10.0)]


@pytest.fixture(scope="module")
def chart():
    return characteristic(RULE)


@pytest.mark.parametrize(("mean", "sd"), GRID)
def test_halving_the_step_moves_no_chance_by_the_stated_tolerance(mean, sd):
    coarse, fine = (kernels.chances(mean, sd, LIMITS, panels) for panels in (1, 2))
    for one, other in zip(coarse, fine, strict=True):
        assert abs(one - other) < float(kernels.TOLERANCE) / 10


@pytest.mark.parametrize(("mean", "sd"), [(100.0, 5.0), (100.0, 6.0), (97.0, 6.0), (94.0, 4.0),
                                          (103.0, 7.0), (110.0, 3.0)])  # fmt: skip
def test_drawn_batches_pass_as_often_as_the_quadrature_says(mean, sd):
    samples = 60_000
    counted = kernels.trial(mean, sd, LIMITS, samples, 1)
    for chance, share in zip(kernels.chances(mean, sd, LIMITS), counted, strict=True):
        error = math.sqrt(chance * (1 - chance) / samples)
        assert abs(chance - share) < 4 * error + 1e-9


def test_the_chance_of_stage_1_is_that_of_a_plain_sum():
    """With the mean inside 98.5 to 101.5 for certain, stage 1 asks only that 2.4 s <= 15."""
    wide = kernels.Limits(0.0, 200.0, 15.0, 2.4, 2.0, 0.25)
    first, _ = kernels.chances(100.0, 6.0, wide)
    assert abs(first - kernels.chi_square(9 * (15 / 2.4 / 6) ** 2, 9)) < 1e-6


@pytest.mark.parametrize("sd", [6.0, 7.0, 9.0])
def test_where_stage_1_is_never_met_stage_2_is_that_of_a_plain_sum_of_thirty(sd):
    """M is the mean for certain and ten units never pass: stage 2 asks only that 2.0 s <= 15."""
    never = kernels.Limits(0.0, 200.0, 15.0, 1000.0, 2.0, 0.25)
    first, second = kernels.chances(100.0, sd, never)
    assert first < 1e-9
    assert abs(second - kernels.chi_square(29 * (15 / 2 / sd) ** 2, 29)) < 1e-6


@pytest.mark.parametrize(("degrees", "x"), [(1, 3.841459), (9, 16.918978), (19, 30.143527)])
def test_the_tabled_95_percent_points_of_chi_square(degrees, x):
    assert abs(kernels.chi_square(x, degrees) - 0.95) < 1e-6
    assert kernels.chi_square(0, degrees) == kernels.chi_square(-1, degrees) == 0


def test_a_wider_spread_or_a_mean_further_off_never_passes_more_often(chart):
    for mean in chart.means:
        for near, far in pairwise(chart.spreads):
            assert chart.at(mean, near).passes >= chart.at(mean, far).passes
    for sd in chart.spreads:
        for near, far in pairwise(chart.means):
            assert chart.at(near, sd).passes >= chart.at(far, sd).passes


def test_the_parts_add_up_and_are_chances(chart):
    for point in chart.points:
        assert point.passes == point.first + point.second - point.lost
        for chance in (point.first, point.second, point.lost, point.passes):
            assert 0 <= chance <= 1
        assert point.lost <= point.second + 4 * point.lost_error
        expected = math.sqrt(float(point.lost) * (1 - float(point.lost)) / chart.samples)
        assert abs(float(point.lost_error) - expected) < 2e-6


def test_the_same_seed_draws_the_same_batches(chart):
    assert characteristic(RULE).points == chart.points


def test_means_as_far_above_as_below_pass_alike():
    below, above = (kernels.chances(mean, 5.0, LIMITS) for mean in (96.0, 104.0))
    assert all(abs(a - b) < 1e-9 for a, b in zip(below, above, strict=True))


def test_a_higher_target_lets_a_higher_mean_pass():
    usual, higher = characteristic(RULE), characteristic(RULE, Fraction(106))
    assert higher.target == 106
    limits = kernels.Limits(98.5, 106.0, 15.0, 2.4, 2.0, 0.25)
    assert kernels.chances(106.0, 5.0, limits)[0] > kernels.chances(106.0, 5.0, LIMITS)[0]
    assert usual.target == 100


def test_the_chart_takes_each_constant_where_it_belongs(chart):
    """k is 2.4 for ten units and 2.0 for thirty; M ends at 98.5 and at T where T is higher."""
    first, second = kernels.chances(97.0, 6.0, LIMITS)
    point = chart.at(Fraction(97), Fraction(6))
    assert abs(float(point.first) - first) < 1e-6
    assert abs(float(point.second) - second) < 1e-6
    higher = characteristic(RULE, Fraction(106)).at(Fraction(100), Fraction(8))
    wide = kernels.Limits(98.5, 106.0, 15.0, 2.4, 2.0, 0.25)
    assert abs(float(higher.first) - kernels.chances(100.0, 8.0, wide)[0]) < 1e-6
    assert higher.first > chart.at(Fraction(100), Fraction(8)).first


@pytest.mark.parametrize(("mean", "sd"), [(98.0, 6.5), (102.0, 6.5)])
def test_what_single_units_cost_is_what_a_plain_count_of_the_same_batches_finds(mean, sd):
    """Units low or high: here beyond 15 % of M, so that a few thousand batches show some."""
    tight = kernels.Limits(98.5, 101.5, 15.0, 2.4, 2.0, 0.15)

    def value(units: list[float], k: float) -> float:
        middle = statistics.fmean(units)
        return abs(min(max(middle, 98.5), 101.5) - middle) + k * statistics.stdev(units)

    lost = 0
    for batch in np.random.default_rng(7).normal(mean, sd, (2000, 30)).tolist():
        reference = min(max(statistics.fmean(batch), 98.5), 101.5)
        outside = min(batch) < 0.85 * reference or max(batch) > 1.15 * reference
        lost += value(batch[:10], 2.4) > 15 >= value(batch, 2.0) and outside
    assert lost > 100
    assert kernels.lost_to_single_units(mean, sd, tight, 2000, 7)[0] == lost / 2000


@pytest.mark.parametrize(("option", "loaded"), [("--chart", True), ("--explain", False)])
def test_only_the_chart_brings_what_computes_in_floats(option, loaded):
    program = (
        "import sys; from formulation_cli.commands import run; "
        f"run(['uniformity', '--mean', '100', '--sd', '1', '--n', '10', '{option}']); "
        "print('formulation.kernels' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.splitlines()[-1] == str(loaded)
