"""How amounts print: so that a tired reader at the bench reads what was meant."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.printing import (
    decimal,
    half_away,
    readable,
    show,
    show_error,
    show_exact,
    show_money,
    show_number,
    show_range,
    show_share,
    significant,
    terminates,
    to_places,
)
from formulation.units import Quantity

SOME = settings(max_examples=80, deadline=None)
MASSES = ("ng", "mcg", "mg", "g", "kg")
UNITS = (*MASSES, "mL", "L", "cap", "tab", "dose", "mg/mL", "mg/cap", "day", "IU", "")
values = st.fractions(min_value=Fraction(-(10**9)), max_value=10**9, max_denominator=10**6)
tiny = st.builds(Fraction, st.integers(1, 10**6), st.integers(1, 10**12))
nonzero = st.one_of(values, tiny).filter(bool)
units = st.sampled_from(UNITS)
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})*)(?:\.[0-9]*[1-9])?")


def number_in(text: str) -> Fraction:
    return Fraction(text.split(" ", maxsplit=1)[0].replace(",", ""))


CASES = [
    (Quantity(Fraction("0.0025"), "g"), "2.5 mg"),  # a published calculator printed 0 g
    (Quantity(Fraction("2.6682"), "g"), "2.668 g"),
    (Quantity(Fraction("0.5"), "mg"), "500 mcg"),
    (Quantity(Fraction("0.05"), "mL"), "0.05 mL"),
    (Quantity(1250, "mg"), "1,250 mg"),
    (Quantity(9999, "mg"), "9,999 mg"),
    (Quantity(10_000, "mg"), "10 g"),
    (Quantity(12_345, "mg"), "12.35 g"),
    (Quantity(1_234_567, "each"), "1,234,567 pieces"),
    (Quantity(Fraction("0.9"), "ng"), "0.9 ng"),
    (Quantity(10_000, "kg"), "10,000 kg"),
    (Quantity(Fraction("0.00000012345"), "mL"), "0.0000001235 mL"),
    (Quantity(5, "mcg"), "5 mcg"),
    (Quantity(Fraction(10, 3), "mg"), "3.333 mg"),
    (Quantity(Fraction(20, 3), "mg"), "6.667 mg"),
    (Quantity(Fraction(-5, 2), "mg"), "-2.5 mg"),
    (Quantity(0, "mg"), "0 mg"),
    (Quantity(1, "cap"), "1 capsule"),
    (Quantity(Fraction(14, 5), "cap"), "2.8 capsules"),
    (Quantity(Fraction(1, 2), "tab"), "0.5 tablet"),
    (Quantity(100, "mg/cap"), "100 mg per capsule"),
    (Quantity(25, "mg/mL"), "25 mg/mL"),
    (Quantity(5, "mg/kg_bw"), "5 mg/kg"),
    (Quantity(100, "IU"), "100 units"),
    (Quantity(1050, "USD"), "$1,050.00"),
    (Quantity(35, "USD/cap"), "$35.00 per capsule"),
    (Quantity(Fraction("0.14"), "USD/mg"), "$0.14/mg"),
    (Quantity(Fraction("0.048"), "USD/g"), "$0.048/g"),
    (Quantity(Fraction(1, 10), ""), "0.1"),
    (Fraction(1, 3), "0.3333"),
    (30, "30"),
]


@pytest.mark.parametrize(("amount", "text"), CASES, ids=[text for _, text in CASES])
def test_amounts_print_as_the_policy_says(amount, text):
    assert show(amount) == text


@SOME
@given(nonzero, units)
def test_what_is_not_zero_never_prints_as_zero(magnitude, unit):
    assert number_in(show(Quantity(magnitude, unit))) != 0


@SOME
@given(st.one_of(values, tiny), units)
def test_a_number_has_a_leading_zero_no_trailing_zero_and_commas_by_threes(magnitude, unit):
    text = show(Quantity(magnitude, unit))
    head = text.split(" ")[0]
    assert NUMBER.fullmatch(head), text
    if unit:
        assert " " in text


@SOME
@given(nonzero, units)
def test_printing_moves_an_amount_by_less_than_a_twentieth_of_a_percent(magnitude, unit):
    amount = Quantity(magnitude, unit)
    held = readable(amount)
    assert held == amount
    shown = number_in(show(amount))
    assert abs(shown - held.magnitude) < abs(held.magnitude) * Fraction(5, 10_000)


@SOME
@given(st.integers(1, 9999), st.integers(-8, 5), units)
def test_up_to_four_significant_digits_print_exactly(digits, power, unit):
    magnitude = digits * Fraction(10) ** power
    amount = Quantity(magnitude, unit)
    assert number_in(show(amount)) == readable(amount).magnitude


@SOME
@given(nonzero, st.sampled_from(MASSES))
def test_a_mass_prints_from_one_up_to_ten_thousand_of_its_unit(magnitude, unit):
    """Below 1 the next smaller unit is taken, from 10,000 the next larger, and otherwise none."""
    held = readable(Quantity(magnitude, unit))
    assert abs(held.magnitude) >= 1 or held.unit == "ng"
    assert abs(held.magnitude) < 10_000 or held.unit == "kg"
    if 1 <= abs(magnitude) < 10_000:
        assert held.unit == unit


@SOME
@given(nonzero, units)
def test_a_negative_amount_prints_as_the_positive_one_with_a_sign(magnitude, unit):
    size = Quantity(abs(magnitude), unit)
    negative = show(-size)
    assert negative.startswith("-")
    assert number_in(negative) == -number_in(show(size))


@SOME
@given(values)
def test_halves_are_rounded_away_from_zero(value):
    whole = half_away(value)
    assert abs(whole - value) <= Fraction(1, 2)
    if abs(whole - value) == Fraction(1, 2):
        assert abs(whole) > abs(value)
    assert half_away(-value) == -whole


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [("8.645", 2, "8.65"), ("-8.645", 2, "-8.65"), ("2.5", 0, "3"), ("0.125", 2, "0.13"),
     ("1.005", 2, "1.01"), ("2.675", 2, "2.68")],
)  # fmt: skip
def test_rounding_is_exact_where_a_float_goes_wrong(value, places, rounded):
    assert to_places(Fraction(value), places) == Fraction(rounded)


@SOME
@given(values)
def test_money_has_two_decimals_and_is_rounded_once(value):
    text = show_money(value)
    if text == "less than $0.01":
        assert 0 < abs(value) < Fraction(1, 200)
        return
    assert re.fullmatch(r"-?\$(?:0|[1-9]\d{0,2}(?:,\d{3})*)\.\d\d", text)
    assert abs(Fraction(re.sub("[$,]", "", text)) - value) <= Fraction(1, 200)


@SOME
@given(values, st.sampled_from(["USD/cap", "USD/mg", "USD/dose"]))
def test_a_unit_price_has_at_least_two_decimals_and_its_sign_first(value, unit):
    text = show(Quantity(value, unit)).split("/")[0].split(" per ")[0]
    assert text == "less than $0.01" or re.fullmatch(r"-?\$[0-9,]+\.\d{2,5}", text), text


def test_a_sum_below_half_a_cent_says_so_and_a_debt_keeps_its_sign():
    assert show_money(Fraction(1, 1000)) == "less than $0.01"
    assert show_money(Fraction(0)) == "$0.00"
    assert show_money(Fraction(-5)) == "-$5.00"


@SOME
@given(values)
def test_an_exact_text_is_the_amount_itself(value):
    text = show_exact(value).replace(",", "")
    assert Fraction(text) == value
    assert ("/" in text) == (not terminates(value))


@SOME
@given(st.integers(-(10**9), 10**9), st.integers(0, 9))
def test_a_decimal_is_written_without_rounding(digits, power):
    value = Fraction(digits, 10**power)
    assert terminates(value)
    assert Fraction(decimal(value).replace(",", "")) == value


@SOME
@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_stays_whole(value):
    assert show_number(value).replace(",", "") == str(value)
    assert significant(Fraction(value)) == value


def test_shares_errors_and_ranges_say_what_they_are():
    assert show_share(Fraction(1, 20)) == "5 %"
    assert show_share(Fraction(1, 19)) == "5.263 %"
    assert show_error(Fraction(1, 74)) == "+1.351 %"
    assert show_error(Fraction(-3, 200)) == "-1.5 %"
    assert show_error(Fraction(0)) == "exact"
    assert show_range(Quantity(45, "mg"), Quantity(60, "mg")) == "45 to 60 mg"
    assert show_range(Quantity(45, "mg"), Quantity(45, "mg")) == "45 mg"
    assert show_range(Quantity(900, "mcg"), Quantity(1200, "mcg")) == "900 to 1,200 mcg"
    assert show_range(Quantity(Fraction("0.9"), "mg"), Quantity(2, "mg")) == "900 mcg to 2 mg"


@SOME
@given(values.filter(bool))
def test_a_deviation_carries_its_sign_and_is_exact_only_at_zero(value):
    assert show_error(value).startswith("+" if value > 0 else "-")
    assert show_error(value) != "exact"
