"""What exact amounts obey, whatever unit they were typed in."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.errors import FormulationError
from formulation.units import Quantity, factor, per, same_kind, total

MASSES = ("kg", "g", "mg", "mcg", "ng")
VOLUMES = ("L", "mL")
TIMES = ("second", "minute", "hour", "day", "week")
KINDS = (MASSES, VOLUMES, TIMES, ("cap",), ("dose",), ("mol", "mmol"), ("mg/cap", "g/cap"))
ALL = tuple(unit for kind in KINDS for unit in kind)
SOME = settings(max_examples=40, deadline=None)

numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=10_000)
nonzero = numbers.filter(bool)
units = st.sampled_from(ALL)
quantities = st.builds(Quantity, numbers, units)
some_quantities = st.builds(Quantity, nonzero, units)


@st.composite
def alike(draw: st.DrawFn, count: int = 2) -> tuple[Quantity, ...]:
    kind = draw(st.sampled_from(KINDS))
    return tuple(Quantity(draw(numbers), draw(st.sampled_from(kind))) for _ in range(count))


@SOME
@given(alike())
def test_adding_does_not_depend_on_the_order(pair):
    a, b = pair
    assert a + b == b + a


@SOME
@given(alike(3))
def test_adding_does_not_depend_on_the_grouping(three):
    a, b, c = three
    assert (a + b) + c == a + (b + c)


@SOME
@given(alike())
def test_taking_away_undoes_adding(pair):
    a, b = pair
    assert (a + b) - b == a
    assert a - b == a + (-b)


@SOME
@given(quantities, quantities)
def test_multiplying_does_not_depend_on_the_order(a, b):
    assert a * b == b * a
    assert hash(a * b) == hash(b * a)


@SOME
@given(quantities, quantities, quantities)
def test_multiplying_does_not_depend_on_the_grouping(a, b, c):
    assert (a * b) * c == a * (b * c)


@SOME
@given(alike(), quantities)
def test_multiplying_a_sum_multiplies_its_parts(pair, by):
    a, b = pair
    assert (a + b) * by == a * by + b * by


@SOME
@given(quantities, some_quantities)
def test_dividing_undoes_multiplying(a, b):
    assert (a * b) / b == a
    assert (a / b) * b == a


@SOME
@given(some_quantities, some_quantities)
def test_turning_a_ratio_round_gives_its_inverse(a, b):
    assert (a / b) * (b / a) == Quantity(1)


@SOME
@given(st.data())
def test_a_result_is_the_same_whatever_unit_was_typed(data):
    """3 g and 3,000 mg are one amount: every result made from them is one amount too."""
    kind = data.draw(st.sampled_from(KINDS))
    a = Quantity(data.draw(numbers), data.draw(st.sampled_from(kind)))
    same = a.to(data.draw(st.sampled_from(kind)))
    b = Quantity(data.draw(nonzero), data.draw(st.sampled_from(kind)))
    other = data.draw(some_quantities)
    assert same == a
    assert hash(same) == hash(a)
    assert same + b == a + b
    assert same * other == a * other
    assert same / other == a / other
    assert other * same == other * a
    assert (same < b) == (a < b)
    assert (same / b).number() == (a / b).number()


@SOME
@given(st.data())
def test_converting_there_and_back_loses_nothing(data):
    kind = data.draw(st.sampled_from(KINDS))
    unit, other = (data.draw(st.sampled_from(kind)) for _ in range(2))
    a = Quantity(data.draw(numbers), unit)
    assert a.to(other).to(unit).magnitude == a.magnitude
    assert factor(unit, other) * factor(other, unit) == 1


@SOME
@given(st.lists(quantities, max_size=8), quantities)
def test_equal_amounts_hash_alike_and_different_ones_are_kept_apart(many, one):
    """A set of amounts holds each amount once, whatever unit it was typed in."""
    for a in [*many, one]:
        for b in many:
            if a == b:
                assert hash(a) == hash(b)
    distinct: list[Quantity] = []
    for a in many:
        if all(a != b for b in distinct):
            distinct.append(a)
    assert len(set(many)) == len(distinct)


def test_the_hash_tells_kinds_and_sizes_apart():
    amounts = [Quantity(1, unit) for unit in ("mg", "mL", "cap", "tab", "kg_bw", "kg", "", "day")]
    assert len({hash(a) for a in amounts}) == len(amounts)
    assert hash(Quantity(1, "g")) == hash(Quantity(1000, "mg"))
    assert hash(Quantity(1, "g/mg")) == hash(Quantity(1000))
    assert Quantity(1, "g/mg") == Quantity(1000)


@SOME
@given(alike())
def test_comparing_agrees_with_the_sign_of_the_difference(pair):
    a, b = pair
    difference = (a - b).magnitude
    assert (a < b) == (difference < 0)
    assert (a <= b) == (difference <= 0)
    assert (a > b) == (difference > 0)
    assert (a >= b) == (difference >= 0)
    assert (a == b) == (difference == 0)
    assert bool(a) == (a.magnitude != 0)


UNLIKE = [("mg", "mL"), ("cap", "tab"), ("kg", "kg_bw"), ("mg", ""), ("dose", "cap"),
          ("day", "dose"), ("mg/mL", "mg"), ("IU", "mg"), ("mEq", "mmol")]  # fmt: skip


@pytest.mark.parametrize(("unit", "other"), UNLIKE)
def test_different_kinds_are_neither_added_nor_compared_nor_converted(unit, other):
    a, b = Quantity(1, unit), Quantity(1, other)
    for act in (
        lambda: a + b,
        lambda: a - b,
        lambda: a < b,
        lambda: a <= b,
        lambda: a > b,
        lambda: a >= b,
        lambda: a.to(other),
        lambda: a.number(other),
    ):
        with pytest.raises(FormulationError) as refused:
            act()
        assert refused.value.code == "units-do-not-match"
        assert refused.value.fix
    assert a != b
    assert not same_kind(unit, other)


@pytest.mark.parametrize("number", [0.1, 1.0, float("nan"), float("inf")])
def test_a_float_makes_no_amount(number):
    with pytest.raises(TypeError):
        Quantity(number, "mg")
    with pytest.raises(TypeError):
        Quantity(1, "mg") * number
    with pytest.raises(TypeError):
        number * Quantity(1, "mg")


@pytest.mark.parametrize("number", [0.1, 2.0])
def test_an_amount_is_not_divided_by_a_float(number):
    with pytest.raises(TypeError):
        Quantity(1, "mg") / number


def test_whole_numbers_text_and_decimals_are_exact():
    assert Quantity(Fraction("0.1"), "mg") * 3 == Quantity(Fraction("0.3"), "mg")
    assert Quantity(Decimal("0.1"), "mg").magnitude == Fraction(1, 10)  # type: ignore[arg-type]
    assert isinstance(Quantity(5, "mg").magnitude, Fraction)


def test_an_amount_is_never_equal_to_a_bare_number():
    assert Quantity(5, "mg") != 5
    assert Quantity(5) != 5


def test_an_amount_cannot_be_changed():
    with pytest.raises(AttributeError):
        Quantity(5, "mg").magnitude = Fraction(6)  # type: ignore[misc]


@pytest.mark.parametrize("unit", ["grain", "dram", "lb", "oz", "tsp", "floz", "minim", "pint"])
def test_a_household_measure_turns_into_nothing_metric_by_itself(unit):
    for metric in ("mg", "mL", "g", "L"):
        assert not same_kind(unit, metric)
        with pytest.raises(FormulationError, match="measure different things"):
            Quantity(5, unit).to(metric)


@pytest.mark.parametrize(
    "unit",
    ["MG", "Mg", "mG", "ML", "Ml", "U", "u", "KG", "G", "gr", "pound", "M",
     "percent", "%", "cc", "teaspoon", "Mmg", "kmg", "dL", "uL", "pg", "meter", "month"],
)  # fmt: skip
def test_symbols_that_mean_something_else_elsewhere_are_no_units_here(unit):
    with pytest.raises(Exception, match=r"(?i)not defined|invalid|syntax|unexpected|could not"):
        Quantity(1, unit).to("mg")


def test_per_divides_by_one_of_what_is_counted():
    assert per(Quantity(100, "mg"), "cap") == Quantity(100, "mg/cap")
    assert per(Quantity(250, "mg"), "mL").unit == "mg/mL"


@SOME
@given(st.lists(st.builds(Quantity, numbers, st.sampled_from(MASSES)), max_size=6))
def test_a_total_does_not_depend_on_the_order_and_nothing_sums_to_nothing(masses):
    assert total(masses, "mg") == total(reversed(masses), "mg")
    assert total(masses, "mg").unit == "mg"
    assert total([], "mL") == Quantity(0, "mL")


def test_dividing_by_a_zero_amount_is_no_amount():
    with pytest.raises(ZeroDivisionError):
        Quantity(1, "mg") / Quantity(0, "mL")
