"""The acceptance value of <905>: every case, both stages, exact at the limit."""

from __future__ import annotations

from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import catalog
from formulation.acceptance import acceptance
from formulation.check_records import Uniformity
from formulation.cited import Unknown
from formulation.eligibility import weight_variation
from formulation.errors import FormulationError
from formulation.finished import Contents, Fill, Summary
from formulation.printing import told_apart
from formulation.trace import evaluate
from formulation.units import Quantity

RULE = catalog.load(Uniformity, "uniformity", "usp905")[0]
SOME = settings(max_examples=30, deadline=None)
shares = st.integers(600, 1400).map(lambda n: Fraction(n, 10))
spreads = st.integers(0, 200).map(lambda n: Fraction(n, 10))
tens = st.lists(shares, min_size=10, max_size=10)
thirties = st.lists(shares, min_size=30, max_size=30)
getcontext().prec = 60


def summary(mean: str, sd: str, units: int) -> Summary:
    return Summary(Fraction(mean), Fraction(sd), units)


def mg(number: str | int) -> Quantity:
    return Quantity(Fraction(number), "mg")


@pytest.mark.parametrize(
    ("mean", "target", "case", "reference"),
    [
        ("98.4", "100", 1, "98.5"), ("98.5", "100", 1, "98.5"), ("100", "100", 1, "100"),
        ("101.5", "101.5", 1, "101.5"), ("101.6", "101.5", 1, "101.5"),
        ("101.6", "103", 2, "101.6"), ("103", "103", 2, "103"), ("103.1", "103", 2, "103"),
        ("98", "103", 2, "98.5"), ("101.6", "95", 1, "101.5"),
    ],
)  # fmt: skip
def test_the_reference_value_in_both_cases(mean, target, case, reference):
    found = acceptance(summary(mean, "1", 10), RULE, Fraction(target))
    assert (found.case, found.reference) == (case, Fraction(reference))
    assert found.value == abs(Fraction(reference) - Fraction(mean)) + Fraction("2.4")


def test_t_is_100_where_it_is_not_given():
    assert acceptance(summary("100", "1", 10), RULE).target == 100


@given(st.integers(2, 60).filter(lambda n: n not in (10, 30)))
@SOME
def test_no_other_number_of_units_has_a_constant(units):
    with pytest.raises(FormulationError) as refused:
        acceptance(Summary(Fraction(100), Fraction(1), units), RULE)
    assert refused.value.code == "sample-size"
    assert f"and {units} were tested" in refused.value.what
    with pytest.raises(FormulationError):
        acceptance(Contents((Fraction(100),) * units), RULE)


@given(shares, spreads, spreads, st.sampled_from([10, 30]))
@SOME
def test_a_larger_spread_never_lowers_the_value_nor_turns_a_failure_into_a_pass(mean, a, b, n):
    small, large = (acceptance(Summary(mean, sd, n), RULE) for sd in sorted((a, b)))
    assert small.value <= large.value
    assert small.meets_limit >= large.meets_limit


@given(tens, st.randoms(use_true_random=False))
@SOME
def test_the_order_of_the_units_does_not_matter(values, shuffle):
    turned = list(values)
    shuffle.shuffle(turned)
    first, second = (acceptance(Contents(tuple(v)), RULE) for v in (values, turned))
    assert (first.value, first.verdict) == (second.value, second.verdict)


@given(st.one_of(tens, thirties), st.sampled_from(["100", "103"]))
@SOME
def test_values_give_what_their_mean_and_deviation_give(values, target):
    found = acceptance(Contents(tuple(values)), RULE, Fraction(target))
    again = acceptance(Summary(found.mean, found.sd, len(values)), RULE, Fraction(target))
    assert found.value == again.value
    assert found.mean == sum(values) / len(values)


@given(st.one_of(tens, thirties))
@SOME
def test_the_verdict_is_that_of_sixty_digit_arithmetic(values):
    found = acceptance(Contents(tuple(values)), RULE)
    numbers = [Decimal(v.numerator) / Decimal(v.denominator) for v in values]
    mean = sum(numbers) / len(numbers)
    sd = (sum((x - mean) ** 2 for x in numbers) / (len(numbers) - 1)).sqrt()
    reference = min(max(mean, Decimal("98.5")), Decimal("101.5"))
    k = Decimal("2.4") if len(values) == 10 else Decimal(2)
    value = abs(reference - mean) + k * sd
    assert abs(value - Decimal(15)) < Decimal("1e-50") or found.meets_limit == (value <= 15)
    assert abs(float(found.value) - float(value)) < 1e-12


@given(tens)
@SOME
def test_every_step_evaluates_again_exactly(values):
    for step in acceptance(Contents(tuple(values)), RULE).steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


BALANCED = ["100.9375"] * 4 + ["99.0625"] * 4 + ["113.125", "86.875"]
EXACT = [Fraction(x) for x in BALANCED]


def test_a_value_of_exactly_15_meets_and_a_hair_more_does_not():
    found = acceptance(Contents(tuple(EXACT)), RULE)
    assert (found.sd, found.value, found.meets_limit) == (Fraction("6.25"), 15, True)
    more = [*EXACT[:-2], EXACT[-2] + Fraction(1, 10**40), EXACT[-1] - Fraction(1, 10**40)]
    above = acceptance(Contents(tuple(more)), RULE)
    assert not above.meets_limit
    assert above.findings[0].code == "test-twenty-more"
    assert "the acceptance value is a hair over 15, above L1" in above.findings[0].what


def test_the_largest_deviation_at_a_mean_is_the_one_that_just_meets():
    found = acceptance(summary("95", "4.8", 10), RULE)
    assert found.largest_sd == Fraction("11.5") / Fraction("2.4")
    assert acceptance(Summary(found.mean, found.largest_sd, 10), RULE).meets_limit
    none = acceptance(summary("80", "0", 30), RULE)
    assert isinstance(none.largest_sd, Unknown)
    assert "no SD meets it" in none.findings[0].fix


def test_stage_2_names_each_unit_outside_with_its_number():
    values = [Fraction(100)] * 28 + [Fraction(74), Fraction(126)]
    found = acceptance(Contents(tuple(values)), RULE)
    assert found.meets_limit
    assert [(u.number, u.content) for u in found.outside] == [(29, 74), (30, 126)]
    (stop,) = found.findings
    assert (stop.code, stop.level) == ("unit-outside-limits", "stop")
    assert "unit 29 holds 74 %; unit 30 holds 126 %" in stop.what
    assert found.verdict == "does not meet <905>"


@pytest.mark.parametrize(("content", "out"), [("75", False), ("74.999", True), ("125", False),
                                              ("125.001", True)])  # fmt: skip
def test_a_unit_at_its_limit_is_inside(content, out):
    low, high = Fraction("75"), Fraction("125")
    other = 200 - Fraction(content)
    values = [Fraction(100)] * 28 + [Fraction(content), other]
    found = acceptance(Contents(tuple(values)), RULE)
    assert (found.unit_low, found.unit_high) == (low, high)
    assert bool(found.outside) == out


def test_stage_1_judges_no_single_unit():
    values = [Fraction(100)] * 8 + [Fraction(87), Fraction(113)]
    found = acceptance(Contents(tuple(values)), RULE)
    assert (found.stage, found.outside, found.verdict) == (1, (), "meets <905> at stage 1")


def test_every_verdict_says_whom_it_concerns():
    for contents in (summary("100", "1", 10), summary("95", "4.8", 10), summary("95", "4.8", 30),
                     summary("80", "9", 30)):  # fmt: skip
        found = acceptance(contents, RULE)
        assert found.scope == "concerns only the units tested; it is not lot release"
        assert found.scope_sources == ("astm-e2810-23",)


@pytest.mark.parametrize(("value", "shown"), [("15.00004", "15.00004"), ("15.02", "15.02"),
                                              ("14.99999", "14.99999")])  # fmt: skip
def test_a_value_never_prints_as_the_limit_it_is_not(value, shown):
    assert told_apart(Fraction(value), Fraction(15)) == shown


@pytest.mark.parametrize(
    ("drug", "powder", "eligible"),
    [("25", "100", True), ("24.9", "30", False), ("25", "100.1", False), ("50", "117", True),
     ("50", "458", False), ("250", "250", True)],
)  # fmt: skip
def test_weight_variation_needs_both_limits_and_takes_them_when_equal(drug, powder, eligible):
    found = weight_variation(Fill(mg(drug), mg(powder)), RULE)
    assert found.eligible == eligible
    assert found.share == Fraction(drug) / Fraction(powder)
    (finding,) = found.findings
    assert "weight never proves content" in finding.what.lower()
    code = "weight-variation-allowed" if eligible else "content-uniformity-needed"
    assert finding.code == code


def test_the_unit_of_the_masses_does_not_matter():
    in_grams = Fill(Quantity(Fraction("0.05"), "g"), Quantity(Fraction("0.117"), "g"))
    assert weight_variation(in_grams, RULE).share == weight_variation(
        Fill(mg("50"), mg("117")), RULE).share  # fmt: skip


def test_what_would_qualify_is_said():
    (finding,) = weight_variation(Fill(mg("50"), mg("458")), RULE).findings
    assert "contents of at most 200 mg qualify" in finding.fix
    assert weight_variation(Fill(mg("50"), mg("200")), RULE).eligible


@pytest.mark.parametrize(("content", "limit"), [("74", "75"), ("126", "125"), ("60", "75")])
def test_a_unit_outside_is_held_against_the_end_it_passed(content, limit):
    other = 200 - Fraction(content)
    values = [Fraction(100)] * 26 + [Fraction(content)] + [100 + (other - 100) / 3] * 3
    found = acceptance(Contents(tuple(values)), RULE)
    stop = next(f for f in found.findings if f.code == "unit-outside-limits")
    assert (stop.limit, stop.actual) == (
        Quantity(Fraction(limit)), Quantity(Fraction(content)),
    )  # fmt: skip


def test_what_thirty_units_alike_would_give_is_worked_out_with_their_own_constant():
    """Mean 100, SD 7: 2.4 x 7 = 16.8 of ten, 2.0 x 7 = 14 of thirty."""
    found = acceptance(summary("100", "7", 10), RULE)
    assert found.value == Fraction("16.8")
    assert found.findings[0].fix.endswith("there k is 2.0, and with the same mean and SD the "
                                          "value would be 14")  # fmt: skip


def test_what_is_at_one_limit_is_told_of_the_other_only():
    """25 mg in 100.1 mg: the drug is enough, the contents are 0.1 mg too many."""
    (finding,) = weight_variation(Fill(mg("25"), mg("100.1")), RULE).findings
    assert "contents of at most 100 mg qualify" in finding.fix
    assert (finding.limit, finding.actual) == (
        Quantity(Fraction(1, 4)), Quantity(Fraction(250, 1001)),
    )  # fmt: skip
    (finding,) = weight_variation(Fill(mg("24"), mg("30")), RULE).findings
    assert (finding.limit, finding.actual) == (mg("25"), mg("24"))
