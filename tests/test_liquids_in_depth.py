"""One liquid in depth: its laws, what contradicts, the recipient, dilution in between, weighing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

import formulation
from formulation.benches import read_bench
from formulation.devices import connection, measure
from formulation.errors import FormulationError
from formulation.liquid_chain import Wanted, chain
from formulation.liquid_making import Liquid
from formulation.liquid_solving import Sums, solve
from formulation.measurable import Grid
from formulation.result import MassBalance
from formulation.trace import Working, evaluate
from formulation.units import Quantity, total

Run = Callable[..., Ran]
SOME = settings(max_examples=40, deadline=None)
FEW = settings(max_examples=12, deadline=None)
DAY = date(2026, 1, 5)
BENCH = read_bench()
ORAL = tuple(one for one in BENCH.devices if one.kind == "oral syringe")


def q(value: object, unit: str) -> Quantity:
    return Quantity(Fraction(str(value)), unit)


def liquid(substance: str = "cycloserine", dose: str = "100 mg", **more: Any) -> Liquid:
    """Return a liquid; keys of [liquid] stand beside those of the prescription."""
    asked = {key: more.pop(key) for key in list(more) if key in ASKED}
    who = {key: more.pop(key) for key in list(more) if key in WHO}
    typed = {"substance": substance, "dose": dose, **more}
    typed |= {"liquid": asked} if asked else {}
    typed |= {"recipient": who} if who else {}
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.liquid(prescription, bench)


ASKED = {"concentration", "dose_volume", "final_volume", "units", "vehicles", "parts", "device",
         "mode", "last"}  # fmt: skip
WHO = {"most_volume", "tube", "no_sugar", "no_alcohol"}


def codes(found: Liquid) -> dict[str, str]:
    return {finding.code: finding.level for finding in found.findings}


# Laws.

doses = st.integers(min_value=1, max_value=60)
amounts = st.fractions(min_value=Fraction(1, 10), max_value=400, max_denominator=20)
volumes = st.fractions(min_value=Fraction(1, 2), max_value=30, max_denominator=10)


@SOME
@given(amounts, volumes, doses, st.sampled_from(["0", "0.05"]))
def test_concentration_times_volume_is_the_dose_and_the_drug(
    dose: Fraction, volume: Fraction, count: int, overage: str
) -> None:
    richer = 1 + Fraction(overage)
    asked = Sums(q(dose, "mg"), Fraction(count), q(250, "mg"), richer, dose_volume=q(volume, "mL"))
    working = Working()
    found = solve(asked, None, working)
    assert found.final_volume is not None
    assert found.units is not None
    assert found.concentration * found.dose_volume == q(dose, "mg")
    assert q(250, "mg") * found.units == found.concentration * found.final_volume * richer
    assert found.final_volume >= found.dose_volume * count
    for step in working.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(amounts, volumes, doses)
def test_the_numbers_do_not_depend_on_the_unit_in_which_they_are_given(
    dose: Fraction, volume: Fraction, count: int
) -> None:
    plain = Sums(q(dose, "mg"), Fraction(count), q(250, "mg"), dose_volume=q(volume, "mL"))
    other = Sums(q(dose / 1000, "g"), Fraction(count), q(250_000, "mcg"),
                 dose_volume=q(volume / 1000, "L"))  # fmt: skip
    assert solve(plain, None, Working()) == solve(other, None, Working())


@SOME
@given(amounts, volumes, doses)
def test_what_is_solved_agrees_when_all_of_it_is_asked_again(
    dose: Fraction, volume: Fraction, count: int
) -> None:
    asked = Sums(q(dose, "mg"), Fraction(count), q(250, "mg"), dose_volume=q(volume, "mL"))
    once = solve(asked, None, Working())
    again = Sums(q(dose, "mg"), Fraction(count), q(250, "mg"), concentration=once.concentration,
                 dose_volume=once.dose_volume, final_volume=once.final_volume,
                 units=once.units)  # fmt: skip
    assert solve(again, None, Working()) == once


def whole(balance: MassBalance) -> Quantity:
    return total([amount for _, amount in balance.parts], "mg")


@FEW
@given(
    st.integers(1, 12), st.sampled_from(["25 mg", "37 mg", "99.9 mg"]),
    st.sampled_from(["5 mg/mL", "12.5 mg/mL", "7 mg/mL"]), st.sampled_from(["0 %", "5 %"]),
)  # fmt: skip
def test_the_mass_balance_of_a_liquid_is_exact_and_every_step_evaluates_again(
    count: int, dose: str, concentration: str, excess: str
) -> None:
    found = liquid(dose=dose, doses=count, concentration=concentration, excess=excess)
    (balance,) = found.route.balances
    assert whole(balance) == balance.taken
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@pytest.mark.parametrize("mode", ["whole-unit", "weighed"])
def test_the_mass_balance_holds_where_powder_is_left_over_or_stock_discarded(mode: str) -> None:
    found = liquid("naltrexone", "2 mg", doses=10, mode=mode, concentration="1 mg/mL",
                   vehicles=["ora-plus"])  # fmt: skip
    (balance,) = found.route.balances
    assert whole(balance) == balance.taken == q(50, "mg")
    left = balance.leftover if mode == "weighed" else balance.discarded
    assert left == q(30, "mg")


@SOME
@given(
    st.integers(1, 40), st.integers(1, 8), st.fractions(Fraction(1, 100), 50, max_denominator=997)
)
def test_a_finer_graduation_that_divides_the_coarser_never_errs_more(
    coarse: int, parts: int, volume: Fraction
) -> None:
    """Only nested graduations: 0.3 mL marks miss the 0.2 mL that 0.2 mL marks show exactly."""
    step, asked = Fraction(coarse, 20), q(volume, "mL")
    wide, fine = (Grid(q(one, "mL"), q(0, "mL"), q(100, "mL")) for one in (step, step / parts))
    assert abs(fine.snap(asked).error) <= abs(wide.snap(asked).error)
    chosen = fine.snap(asked).chosen
    assert fine.snap(chosen).chosen == chosen


def test_a_finer_graduation_that_does_not_divide_the_coarser_can_err_more() -> None:
    asked = q("0.6", "mL")
    coarse, finer = (Grid(q(one, "mL"), q(0, "mL"), q(9, "mL")) for one in ("0.3", "0.25"))
    assert not coarse.snap(asked).error
    assert finer.snap(asked).error


# What contradicts.


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"doses": 5, "concentration": "25 mg/mL", "dose_volume": "5 mL"}, ("125 mg", "20 mg/mL")),
        ({"doses": 4, "concentration": "12 mg/mL", "final_volume": "50 mL"}, ("2.4", "41.67 mL")),
        ({"doses": 4, "final_volume": "50 mL", "units": 3, "concentration": "10 mg/mL"},
         ("take 2 source", "15 mg/mL")),
        ({"doses": 9, "final_volume": "20 mL", "concentration": "25 mg/mL"}, ("5 doses", "36 mL")),
        ({"doses": 9, "units": 1, "concentration": "25 mg/mL"}, ("250 mg", "at least 4")),
    ],
)  # fmt: skip
def test_a_pair_that_contradicts_is_named_with_what_each_would_have_to_be(
    asked: dict[str, Any], said: tuple[str, str]
) -> None:
    with pytest.raises(FormulationError) as refused:
        liquid(**asked)
    assert refused.value.code == "liquid-contradiction"
    assert said[0] in refused.value.what
    assert said[1] in refused.value.fix


def test_doses_may_be_left_out_only_where_the_liquid_gives_them() -> None:
    assert liquid(final_volume="50 mL", units=2).numbers[-1].amount == q(5, "dose")
    with pytest.raises(FormulationError) as refused:
        liquid(concentration="25 mg/mL")
    assert refused.value.code == "file-missing-key"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [("concentration", "25 mg", "quantity-wrong-kind"), ("units", 0, "number-out-of-range"),
     ("vehicles", ["milk"], "making-not-here"), ("device", "spoon", "making-not-here"),
     ("parts", "1:1", "mixture-parts"), ("vehicles", [1], "file-wrong-type"),
     ("final_volume", "1 cup", "quantity-household"), ("mode", "grind", "making-not-here")],
)  # fmt: skip
def test_a_wrong_word_in_the_table_is_refused_by_its_key(key: str, value: Any, code: str) -> None:
    with pytest.raises(FormulationError) as refused:
        liquid(doses=5, **{key: value})
    assert refused.value.code == code


# The state, the recipient, the last fill.


def test_a_solution_by_cited_solubility_and_a_suspension_above_it() -> None:
    water = liquid(doses=5, concentration="25 mg/mL", vehicles=["water"])
    assert (water.state.state, "may-settle" in codes(water)) == ("solution", False)
    above = liquid("clonazepam", "0.5 mg", doses=5, concentration="0.1 mg/mL", vehicles=["water"])
    assert (above.state.state, above.route.form) == ("suspension", "oral suspension")
    assert codes(above)["may-settle"] == "caution"
    mixed = liquid("clonazepam", "0.5 mg", doses=5, concentration="0.1 mg/mL",
                   vehicles=["ora-plus", "ora-sweet"])  # fmt: skip
    assert (mixed.state.state, mixed.state.shake) == ("unknown", True)
    assert "may-settle" not in codes(mixed)
    thin = liquid("clonazepam", "0.5 mg", doses=5, concentration="0.1 mg/mL",
                  vehicles=["ora-plus", "ora-sweet"], parts="1:2")  # fmt: skip
    assert codes(thin)["may-settle"] == "caution"


def test_vehicles_in_parts_are_each_given_at_most() -> None:
    found = liquid(doses=4, concentration="10 mg/mL", final_volume="75 mL", units=3,
                   vehicles=["ora-plus", "ora-sweet"], parts="2:1")  # fmt: skip
    needs = {need.item: need.quantity for need in found.route.needs}
    assert (needs["ora-plus"], needs["ora-sweet"]) == (q(50, "mL"), q(25, "mL"))


def test_what_the_recipient_cannot_take_stops_every_liquid_of_the_plan_too() -> None:
    typed = {"substance": "naltrexone", "dose": "50 mg", "doses": 10,
             "recipient": {"most_volume": "5 mL", "no_sugar": True}}  # fmt: skip
    prescription, bench, _ = formulation.load(None, typed, DAY)
    plan = formulation.plan(prescription, bench)
    wet = [route for route in plan.routes if route.kind in ("liquid", "dispersion")]
    assert wet
    for route in wet:
        stops = {finding.code: finding for finding in route.findings if finding.level == "stop"}
        if route.kind == "liquid" and "formula" not in route.id:  # laid out for the recipient
            assert dict(route.amounts)["dose volume"] <= q(5, "mL")
            assert "recipient-volume" not in stops
        else:
            assert stops["recipient-volume"].limit == q(5, "mL")
        sweet = "ora-sweet" in route.id
        assert ("recipient-vehicle" in stops) == (sweet or "formula" in route.id)


def test_unknown_never_passes_and_a_tube_needs_an_enteral_syringe() -> None:
    found = liquid("naltrexone", "5 mg", doses=4, concentration="1 mg/mL", no_alcohol=True,
                   vehicles=["ora-sweet"])  # fmt: skip
    assert "unknown" in next(f.what for f in found.findings if f.code == "recipient-vehicle")
    tube = liquid("naltrexone", "5 mg", doses=4, concentration="1 mg/mL", tube=True)
    assert tube.measured is not None
    assert "ENFit" in tube.measured.device
    assert codes(tube)["tube-powder"] == "caution"


def test_another_strength_than_the_last_says_how_the_ml_change() -> None:
    found = liquid(doses=5, concentration="12.5 mg/mL", last="25 mg/mL")
    said = next(f for f in found.findings if f.code == "concentration-changed")
    assert said.what.endswith("100 mg was 4 mL, is now 8 mL")
    same = liquid(doses=5, concentration="25 mg/mL", last="25 mg/mL")
    assert "concentration-changed" not in codes(same)


@pytest.mark.parametrize(("volume", "warned"), [("1.6", True), ("2", False)])
def test_a_small_dose_through_enfit_names_what_the_pair_displaces(
    volume: str, warned: bool
) -> None:
    enfit = tuple(d for d in BENCH.devices if d.tip == "enfit")
    found = measure("dose", q(volume, "mL"), enfit, "enteral syringe")
    assert found is not None
    said = connection(found, BENCH.devices)
    assert bool(said) == warned
    if said:
        assert "9.25 %" in said[0].what
        assert (
            said[0].fix == "draw it with the 3 mL ENFit low-dose syringe"
            or "low-dose" in said[0].fix
        )


def test_an_overage_goes_into_the_bottle_and_never_on_the_label() -> None:
    typed = {"substance": "naltrexone", "dose": "5 mg", "doses": 10, "route": "liquid-ora-plus",
             "overage": "4 %", "overage_reason": "as tested",
             "liquid": {"concentration": "1 mg/mL", "vehicles": ["ora-plus"]}}  # fmt: skip
    prescription, bench, _ = formulation.load(None, typed, DAY)
    (strength,) = formulation.label(prescription, bench).actives
    assert (strength.amount / strength.per).to("mg/mL") == q(1, "mg/mL")
    found = formulation.liquid(prescription, bench)
    assert found.strength == q(1, "mg/mL")
    assert dict(found.route.amounts)["concentration"] == q("1.04", "mg/mL")
    assert found.route.balances[0].overage == q(2, "mg")


# Weighed powder and the dilution in between.


def test_weighed_powder_of_the_pool_goes_on_the_balances_step() -> None:
    found = liquid(doses=6, mode="weighed", concentration="20 mg/mL", vehicles=["water"],
                   pool={"net": "0.98 g", "opened": 3})  # fmt: skip
    measures = {one.what: one for one in found.route.measures}
    powder = measures["powder of the pool"].snapped
    # 30 mL of 20 mg/mL: 600 mg of 750 mg in 0.98 g
    assert powder.asked == q("0.784", "g")
    assert found.route.sources[0].leftover == q(150, "mg")


def test_less_powder_than_the_balance_may_weigh_is_stopped() -> None:
    found = liquid(dose="10 mg", doses=4, mode="weighed", concentration="5 mg/mL",
                   vehicles=["water"], pool={"net": "0.32 g", "opened": 1})  # fmt: skip
    assert codes(found)["below-least-weighable"] == "stop"


@FEW
@given(st.sampled_from(["0.05", "0.011", "0.002", "0.0004"]), st.sampled_from([1, 10, 30]))
def test_a_dilution_in_between_lands_on_a_mark_and_holds_all_doses(dose: str, count: int) -> None:
    want = Wanted(q(dose, "mg"), q(50, "mg"), Fraction(count))
    found = chain(want, BENCH, ORAL)
    assert found is not None
    device = next(one for one in ORAL if one.name == found.device)
    assert device.grid.reaches(found.drawn)
    assert device.grid.snap(found.drawn).error == 0
    assert found.volume >= found.drawn * count
    held = q(50, "mg") * found.units * found.share * (found.drawn / found.volume).number()
    assert held == want.dose
    assert found.low <= 0 <= found.high
    share = Fraction(1)
    for stage in found.stages:
        share *= (stage.taken / stage.made).number()
    assert share == found.share


def test_a_dose_that_is_asked_at_a_strength_too_strong_to_draw_is_stopped_with_the_way_out() -> (
    None
):
    found = liquid("naltrexone", "0.05 mg", doses=10, concentration="1 mg/mL", vehicles=["water"])
    assert found.chain is None
    stop = next(f for f in found.findings if f.code == "dose-not-measurable")
    assert "at 0.25 mg/mL the dose is 0.2 mL on the 1 mL oral syringe" in stop.fix


# Through the program.


def test_plan_liquid_worksheet_and_label_agree(formulate: Run) -> None:
    path = "docs/examples/naltrexone-stock.toml"
    every = [json.loads(formulate(verb, path, "--json").out) for verb in
             ("plan", "liquid", "worksheet", "label")]  # fmt: skip
    name = every[1]["chosen"]
    routes = [next(r for r in one["routes"] if r["id"] == name) for one in every]
    assert all(route["amounts"] == routes[0]["amounts"] for route in routes)


def test_a_bulk_lot_makes_a_weighed_liquid(formulate: Run) -> None:
    ran = formulate(
        "liquid", "docs/examples/cycloserine-bulk.toml", "--mode", "weighed", "--concentration",
        "20 mg/mL", "--vehicle", "water", "--route", "liquid-bulk-water", "--json",
    )  # fmt: skip
    route = json.loads(ran.out)["routes"][0]
    assert ran.code == 1  # no date in water
    assert route["id"] == "liquid-bulk-water"
    assert route["form"] == "oral solution"
    assert any(action["verb"] == "weigh" for action in route["actions"])


@pytest.mark.parametrize(
    ("words", "code"),
    [(["naltrexone", "5 mg", "--doses", "10", "--concentration", "1 mg/mL"], 0),
     (["cycloserine", "100 mg", "--doses", "10", "--concentration", "25 mg/mL"], 1),
     (["cycloserine", "100 mg", "--doses", "10", "--concentration", "25"], 2),
     (["cycloserine", "100 mg", "--doses", "10", "--route", "capsules"], 2)],
)  # fmt: skip
def test_exit_codes(words: list[str], code: int, formulate: Run) -> None:
    assert formulate("liquid", *words, "--date", "2026-01-05").code == code


def test_the_screen_says_first_what_to_do_and_explains_on_asking(formulate: Run) -> None:
    words = ["liquid", "cycloserine", "37 mg", "--final-volume", "50 mL", "--units", "1",
             "--vehicle", "water", "--date", "2026-01-05"]  # fmt: skip
    ran = formulate(*words)
    assert "draw   7.4 mL with the 10 mL oral syringe for one dose; on its mark, error 0" in ran.out
    assert "Never add 50 mL to the powder" in ran.out
    assert "asked: dose volume" in formulate(*words, "--explain").out
    assert formulate(*words, "--markdown").out.startswith("# ")
