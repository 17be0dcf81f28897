"""Steps that re-evaluate to what they show, and findings ranked by how grave they are."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.errors import FormulationError
from formulation.trace import LEVELS, Finding, Working, evaluate, worst
from formulation.units import Quantity

SOME = settings(max_examples=100, deadline=None)
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


def formulas(depth: int = 3) -> st.SearchStrategy[tuple[str, Fraction | None]]:
    """Build a formula beside its value worked out here; None where something divides by zero."""
    leaf = st.sampled_from([("a", Fraction(7, 3)), ("b", Fraction(-2)), ("4", Fraction(4))])

    def join(pair_of):
        (left, x), op, (right, y) = pair_of
        if x is None or y is None or (op == "/" and y == 0):
            return f"({left} {op} {right})", None
        value = {"+": x + y, "-": x - y, "*": x * y, "/": x / y if op == "/" else None}[op]
        return f"({left} {op} {right})", value

    return st.recursive(
        leaf,
        lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(join),
        max_leaves=2**depth,
    )


@SOME
@given(formulas())
def test_a_formula_is_worked_out_exactly(case):
    formula, value = case
    inputs = {"a": Fraction(7, 3), "b": -2}
    if value is None:
        with pytest.raises(ZeroDivisionError):
            evaluate(formula, inputs)
    else:
        assert evaluate(formula, inputs) == value


@SOME
@given(numbers)
def test_ceil_and_floor_are_whole_and_on_their_side(value):
    up, down = evaluate("ceil(x)", {"x": value}), evaluate("floor(x)", {"x": value})
    assert isinstance(up, Fraction)
    assert up.denominator == down.denominator == 1
    assert down <= value <= up
    assert up - down == (0 if value.denominator == 1 else 1)


@SOME
@given(numbers, numbers)
def test_min_and_max_choose_one_of_their_two_whatever_the_unit(a, b):
    inputs = {"a": Quantity(a, "g"), "b": Quantity(b, "mg")}
    low, high = evaluate("min(a, b)", inputs), evaluate("max(a, b)", inputs)
    assert {low, high} == {inputs["a"], inputs["b"]}
    assert low <= high


def test_units_cancel_in_a_formula_and_a_number_without_a_unit_is_a_plain_one():
    inputs = {"needed": Quantity(700, "mg"), "claim": Quantity(250, "mg/cap")}
    assert evaluate("needed / claim", inputs) == Quantity(Fraction(14, 5), "cap")
    assert evaluate("ceil(needed / claim)", inputs) == Quantity(3, "cap")
    ratio = evaluate("a / b", {"a": Quantity(1, "g"), "b": Quantity(250, "mg")})
    assert ratio == Fraction(4)
    assert isinstance(ratio, Fraction)


def test_a_number_is_not_added_to_a_mass_nor_a_mass_to_a_volume():
    for right in (Fraction(1), Quantity(1, "mL")):
        for formula in ("a + b", "a - b", "min(a, b)"):
            with pytest.raises(FormulationError) as refused:
                evaluate(formula, {"a": Quantity(1, "mg"), "b": right})
            assert refused.value.code == "units-do-not-match"


@pytest.mark.parametrize(
    "formula",
    ["a ** b", "a % b", "a // b", "a | b", "a << b", "a ^ b", "a & b", "a @ b", "-a", "not a",
     "a < b", "a if b else a", "2.5 * a", "a.b", "a[0]", "pow(a)", "round(a)",
     "sd(a)", "sum(a, b)", "'a'", "a and b",
     "lambda: a", "[a]", "__import__('os')", "ceil(a, b)", "True * a"],
)  # fmt: skip
def test_a_formula_holds_only_names_whole_numbers_and_the_four_operations(formula):
    """Anything else is refused: a remainder or a power must never pass for a difference."""
    with pytest.raises(ValueError, match=r".*"):
        evaluate(formula, {"a": Fraction(7), "b": Fraction(2)})


def test_a_name_that_is_not_given_is_an_error():
    with pytest.raises(KeyError):
        evaluate("a * b", {"a": 1})


@SOME
@given(numbers, st.fractions(min_value=1, max_value=1000, max_denominator=1000))
def test_the_step_shown_is_the_step_done(drug, claim):
    working = Working()
    inputs = {"drug": Quantity(drug, "mg"), "claim": Quantity(claim, "mg/cap")}
    whole = working.work("opened", "ceil(drug / claim)", inputs, "opened whole", ("label",))
    working.work("held", "opened * claim", {"opened": whole, "claim": inputs["claim"]}, "by claim")
    assert [step.name for step in working.steps] == ["opened", "held"]
    for step in working.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result
    assert working.steps[0].sources == ("label",)
    assert whole == Quantity(-(-drug // claim), "cap")


def test_the_gravest_finding_counts():
    made = {level: Finding(level, level, "") for level in LEVELS}
    assert worst(()) is None
    assert worst((made["note"],)) == "note"
    assert worst((made["caution"], made["note"])) == "caution"
    assert worst((made["note"], made["stop"], made["caution"])) == "stop"
