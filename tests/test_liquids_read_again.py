"""A liquid's screen read again by a sceptic: what it says is so, what it advises can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran

import formulation
from formulation.benches import read_bench
from formulation.errors import FormulationError
from formulation.liquid_chain import Chain, Wanted, chain
from formulation.liquid_making import Liquid
from formulation.liquid_solving import Solved, Sums, solve
from formulation.printing import show
from formulation.solubility import suspends
from formulation.trace import Working
from formulation.units import Quantity

Run = Callable[..., Ran]
DAY = date(2026, 1, 5)
BENCH = read_bench()
ORAL = tuple(one for one in BENCH.devices if one.kind == "oral syringe")
OPTIONS = ("--date", "2026-01-05")


def q(value: object, unit: str) -> Quantity:
    return Quantity(Fraction(str(value)), unit)


def liquid(drug: str, dose: str, asked: dict[str, Any], **more: Any) -> Liquid:
    typed = {"substance": drug, "dose": dose, **more} | ({"liquid": asked} if asked else {})
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.liquid(prescription, bench)


def codes(found: Liquid) -> list[str]:
    return [finding.code for finding in found.findings]


def said(found: Ran) -> str:
    return " ".join(found.out.split())


# A stock and its parts.


def stock(dose: str, claim: str, doses: int) -> Chain:
    found = chain(Wanted(q(dose, "mg"), q(claim, "mg"), Fraction(doses)), BENCH, ORAL)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("dose", "claim", "doses"),
    [("0.3", "10", 30), ("5", "10", 30), ("5", "1", 30), ("0.07", "0.5", 30), ("20", "250", 30),
     ("0.000002", "250", 3), ("0.05", "50", 30)],
)  # fmt: skip
def test_a_part_is_less_than_what_it_is_made_up_to_and_no_stock_is_too_strong(
    dose: str, claim: str, doses: int
) -> None:
    """It said: take 9 mL of the stock, make up to 6 mL."""
    found = stock(dose, claim, doses)
    into = [*(stage.made for stage in found.stages[1:]), found.volume]
    for stage, volume in zip(found.stages, into, strict=True):
        assert stage.taken < stage.made
        assert stage.taken < volume
    strong = (q(claim, "mg") * found.units / found.stages[0].made).to("mg/mL")
    assert strong <= q(50, "mg/mL")
    held = q(claim, "mg") * found.units * found.share * (found.drawn / found.volume).number()
    assert held == q(dose, "mg")


def test_two_dilutions_each_dilute_and_multiply_back() -> None:
    found = stock("0.000002", "250", 3)
    assert len(found.stages) == 2
    assert found.stages[0].taken < found.stages[1].made


def test_a_stock_is_read_at_every_volume_and_widens_what_a_dose_may_hold() -> None:
    """(0.3 - 0.005) / (10 + 0.1) x (0.2 - 0.005) / (6 + 0.1) against 0.3 / 10 x 0.2 / 6."""
    found = stock("0.05", "50", 30)
    volumes = [(stage.made, stage.taken) for stage in found.stages]
    assert volumes == [(q(10, "mL"), q("0.3", "mL"))]
    assert (found.volume, found.drawn) == (q(6, "mL"), q("0.2", "mL"))
    part, one = Fraction("0.3") / 10, Fraction("0.2") / 6
    low = Fraction("0.295") / Fraction("10.1") * Fraction("0.195") / Fraction("6.1")
    high = Fraction("0.305") / Fraction("9.9") * Fraction("0.205") / Fraction("5.9")
    assert found.low == low / (part * one) - 1
    assert found.high == high / (part * one) - 1
    made = liquid("naltrexone", "50 mcg", {"stock": True, "vehicles": ["ora-plus"]}, doses=30)
    dose = made.route.dose
    assert (dose.low / dose.nominal).number() == Fraction("0.73875") * (1 + found.low)
    assert (dose.high / dose.nominal).number() == Fraction("1.26875") * (1 + found.high)


@pytest.mark.parametrize(
    ("asked", "route"),
    [({"stock": True, "concentration": "0.5 mg/mL"}, ""),
     ({"stock": True}, "formula-naltrexone-1-liquid-ascorbic")],
)  # fmt: skip
def test_a_stock_that_was_asked_for_and_is_not_made_is_a_caution(
    asked: dict[str, Any], route: str
) -> None:
    more = {"route": route} if route else {}
    found = liquid("naltrexone", "4.5 mg", asked, doses=10, **more)
    assert found.chain is None
    assert "stock-not-made" in codes(found)


def test_a_stock_goes_before_a_published_formula_where_it_is_asked_for() -> None:
    found = liquid("naltrexone", "4.5 mg", {"stock": True}, doses=10)
    assert found.chain is not None
    assert "stock-not-made" not in codes(found)
    plain = liquid("naltrexone", "4.5 mg", {}, doses=10)
    assert plain.route.id.startswith("formula-")
    assert "stock-not-made" not in codes(plain)


# The device.


def test_a_syringe_of_the_wrong_kind_is_named_and_those_that_would_do() -> None:
    found = liquid("baclofen", "5 mg", {"device": "10 mL oral syringe", "dose_volume": "4 mL"},
                   doses=10, recipient={"tube": True})  # fmt: skip
    stop = next(one for one in found.findings if one.code == "no-device")
    assert "the 10 mL oral syringe that was asked for is no enteral syringe" in stop.what
    assert "5 mL ENFit syringe" in stop.fix
    assert "oral syringe" not in stop.fix


def test_a_dose_below_the_syringe_that_was_asked_names_those_that_draw_it() -> None:
    asked = {"device": "10 mL oral syringe", "concentration": "5 mg/mL", "vehicles": ["ora-plus"]}
    found = liquid("baclofen", "5 mg", asked, doses=10)
    stop = next(one for one in found.findings if one.code == "dose-not-measurable")
    assert "1 mL is below the least that the 10 mL oral syringe measures, 2 mL" in stop.what
    assert stop.fix.endswith("1 mL oral syringe, 3 mL oral syringe, 5 mL oral syringe")


@pytest.mark.parametrize(("volume", "cautioned"), [("80 mL", False), ("100 mL", True)])
def test_a_dose_in_many_draws_is_cautioned_with_the_strength_of_one(
    volume: str, cautioned: bool
) -> None:
    found = liquid("baclofen", "5 mg", {"dose_volume": volume, "vehicles": ["ora-plus"]}, doses=2)
    assert ("drawn-many-times" in codes(found)) is cautioned
    if cautioned:
        caution = next(one for one in found.findings if one.code == "drawn-many-times")
        assert "at 0.25 mg/mL it is drawn once" in caution.fix


def test_the_graduate_of_a_layout_is_the_vessel_that_is_named() -> None:
    """A smaller graduate with coarser marks holds it too; the design named the finer."""
    coarse = next(one for one in BENCH.devices if one.name == "100 mL graduate")
    capacity, graduation = (replace(fact, value=q(ml, "mL")) for fact, ml in (
        (coarse.capacity, 60), (coarse.graduation, 10)))  # fmt: skip
    wide = replace(coarse, name="60 mL graduate", capacity=capacity, graduation=graduation)
    prescription, _, _ = formulation.load(
        None, {"substance": "naltrexone", "dose": "5 mg", "doses": 10}, DAY)  # fmt: skip
    small = [one for one in BENCH.devices if one.name != "50 mL graduate"]
    bench = replace(BENCH, devices=(*small, wide))
    made = formulation.design(prescription, bench)
    laid = [one for one in made.shown if one.layout is not None]
    assert any(one.layout.volume == q(50, "mL") for one in laid if one.layout)
    for one in laid:
        vessel = [m.device for m in one.route.measures if m.what == "final volume"]
        assert one.layout is not None
        assert vessel == [one.layout.graduate]


# Numbers that follow.


def test_the_way_out_of_too_few_doses_can_be_followed() -> None:
    asked = {"concentration": "0.5 mg/mL", "vehicles": ["ora-plus"]}
    found = liquid("baclofen", "25 mg", asked, doses=30)
    stop = next(one for one in found.findings if one.code == "doses-short")
    assert stop.fix == "open at least 77 tablets at this concentration: 1,540 mL"
    again = liquid("baclofen", "25 mg", {**asked, "units": 77}, doses=30)
    assert "doses-short" not in codes(again)
    less = liquid("baclofen", "25 mg", {**asked, "units": 76}, doses=30)
    assert "doses-short" in codes(less)


def test_doses_that_follow_never_contradict_what_they_follow_from() -> None:
    """On a mark below its exact volume a dose left room for one more than there is drug for."""
    asked = {"concentration": "3 mg/mL", "units": 5, "mode": "weighed"}
    assert liquid("lamotrigine", "7 mg", asked).numbers[-1].amount == q(71, "dose")
    asked = {"concentration": "3 mg/mL", "units": 5}
    assert liquid("lamotrigine", "7 mg", asked).numbers[-1].amount == q(71, "dose")


def test_doses_that_follow_are_those_of_the_syringe_that_draws_them() -> None:
    """31 mL in one enteral syringe of 60 mL; the oral ones draw it in two parts of 16 mL."""
    asked = {"dose_volume": "31 mL", "units": 3, "vehicles": ["ora-plus"]}
    oral = liquid("baclofen", "1 mg", asked)
    tube = liquid("baclofen", "1 mg", asked, recipient={"tube": True})
    assert (oral.numbers[-1].amount, tube.numbers[-1].amount) == (q(29, "dose"), q(30, "dose"))


@pytest.mark.parametrize(
    ("more", "volume"),
    [({}, "140 mL"), ({"excess": "10 %"}, "155 mL"), ({"extra_units": 2}, "155 mL"),
     ({"excess": "10 %", "extra_units": 2}, "170 mL")],
)  # fmt: skip
def test_a_weighed_liquid_is_the_least_mark_that_holds_its_doses_with_excess(
    more: dict[str, Any], volume: str
) -> None:
    """7 mL x (20 + extra) x (1 + excess): 154 and 169.4 mL, on marks of 5 mL."""
    asked = {"mode": "weighed", "concentration": "1 mg/mL", "vehicles": ["ora-plus"]}
    found = liquid("lamotrigine", "7 mg", asked, doses=20, **more)
    numbers = {one.name: one.amount for one in found.numbers}
    assert show(numbers["final volume"]) == volume
    claim = q(100, "mg")
    drug = numbers["final volume"] * q(1, "mg/mL")
    assert numbers["source units"].magnitude == ceil((drug / claim).number())


def test_an_overage_opens_the_units_that_hold_it() -> None:
    asked = {"mode": "weighed", "concentration": "1 mg/mL", "final_volume": "200 mL",
             "vehicles": ["ora-plus"]}  # fmt: skip
    for more, units in (({}, 2), ({"overage": "3 %", "overage_reason": "a test"}, 3)):
        found = liquid("lamotrigine", "7 mg", asked, doses=20, **more)
        assert {one.name: one.amount for one in found.numbers}["source units"] == q(units, "tab")


@pytest.mark.parametrize(
    ("more", "count"),
    [({}, 14), ({"loss": "10 %"}, 12), ({"excess": "12 %"}, 12), ({"extra_units": 2}, 12),
     ({"surcharge": "5 %"}, 13), ({"overage": "5 %", "overage_reason": "a test"}, 13)],
)  # fmt: skip
def test_doses_that_follow_leave_room_for_what_is_allowed(more: dict[str, Any], count: int) -> None:
    """100 mg at 1 mg/mL in doses of 7 mL: 14.28; x 0.9, / 1.12, - 2, / 1.05."""
    found = liquid("lamotrigine", "7 mg", {"units": 1, "concentration": "1 mg/mL"}, **more)
    assert found.numbers[-1].amount == q(count, "dose")


def test_a_weighed_dose_in_two_draws_has_room_and_holds_what_is_drawn() -> None:
    asked = {"mode": "weighed", "concentration": "1 mg/mL", "vehicles": ["ora-plus"]}
    found = liquid("lamotrigine", "30 mg", asked, doses=3)
    assert found.measured is not None
    assert (found.measured.times, found.measured.snapped.chosen) == (2, q(15, "mL"))
    assert {one.name: one.amount for one in found.numbers}["final volume"] == q(90, "mL")
    off = liquid("lamotrigine", "7 mg", asked | {"concentration": "1.5 mg/mL"}, doses=20)
    assert off.route.dose.nominal == q("6.9", "mg")


def test_a_laid_out_dose_in_two_draws_is_exact_where_its_marks_are() -> None:
    found = liquid("baclofen", "30 mg", {"concentration": "1 mg/mL"}, doses=4)
    assert found.measured is not None
    assert (found.measured.times, found.measured.snapped.error) == (2, 0)
    assert found.route.dose.nominal == q(30, "mg")


@pytest.mark.parametrize(("most", "stopped"), [("5 mL", False), ("4.9 mL", True)])
def test_the_most_that_is_taken_may_be_taken(most: str, stopped: bool) -> None:
    found = liquid("baclofen", "5 mg", {"concentration": "1 mg/mL", "vehicles": ["ora-plus"]},
                   doses=4, recipient={"most_volume": most})  # fmt: skip
    assert ("recipient-volume" in codes(found)) is stopped
    if stopped:
        stop = next(one for one in found.findings if one.code == "recipient-volume")
        assert stop.fix == "make it 1.02 mg/mL or stronger: at 1.02 mg/mL the dose is 4.9 mL"


def test_a_vehicle_of_which_nothing_is_known_is_never_offered_as_free() -> None:
    known = formulation.load(
        None, {"substance": "baclofen", "dose": "5 mg", "doses": 4,
               "recipient": {"no_alcohol": True}, "route": "liquid-ora-sweet"}, DAY)  # fmt: skip
    found = formulation.liquid(known[0], known[1])
    stop = next(one for one in found.findings if one.code == "recipient-vehicle")
    assert "unknown" in stop.what
    assert stop.fix == "on this bench without alcohol: water, Ora-Plus"


@pytest.mark.parametrize(
    ("more", "held"),
    [({}, 30), ({"excess": "10 %"}, 33), ({"extra_units": 6}, 36), ({"excess": "10 %",
                                                                     "extra_units": 6}, 40)],
)  # fmt: skip
def test_a_stock_holds_excess_and_extra_doses_and_balances(more: dict[str, Any], held: int) -> None:
    found = liquid("naltrexone", "50 mcg", {"stock": True, "vehicles": ["ora-plus"]}, doses=30,
                   **more)  # fmt: skip
    assert found.chain is not None
    room = (found.chain.volume / found.chain.drawn).number()
    assert room >= held
    (balance,) = found.route.balances
    assert sum(amount.number("mg") for _, amount in balance.parts) == balance.taken.number("mg")


def test_an_overage_of_a_stock_is_in_the_dose_and_not_on_the_label() -> None:
    found = liquid("naltrexone", "50 mcg", {"stock": True, "vehicles": ["ora-plus"]}, doses=30,
                   overage="20 %", overage_reason="a test")  # fmt: skip
    assert found.chain is not None
    assert found.route.dose.nominal == q("0.06", "mg")
    assert (found.strength * found.chain.drawn).to("mg") == q("0.05", "mg")


@pytest.mark.parametrize(
    ("strength", "state"),
    [("100", "solution"), ("100.01", "unknown")],
)
def test_what_just_dissolves_is_a_solution(strength: str, state: str) -> None:
    found = liquid("cycloserine", "100 mg", {"concentration": f"{strength} mg/mL",
                                             "vehicles": ["water"]}, doses=10)  # fmt: skip
    assert found.state.state == state


@pytest.mark.parametrize(
    ("strength", "state"), [("0.1", "suspension"), ("0.099", "unknown"), ("1", "suspension")]
)
def test_above_what_dissolves_it_is_a_suspension_that_water_does_not_keep(
    strength: str, state: str
) -> None:
    found = liquid("clonazepam", "0.5 mg", {"concentration": f"{strength} mg/mL", "mode": "weighed",
                                            "vehicles": ["water"]}, doses=10)  # fmt: skip
    assert found.state.state == state
    assert found.state.shake
    assert "may-settle" in codes(found)


def sums(**asked: Any) -> Solved:
    """Ten doses of 100 mg from units of 250 mg, with an overage of 10 %."""
    given = {"claim": q(250, "mg"), "richer": Fraction("1.1"), **asked}
    return solve(Sums(q(100, "mg"), Fraction(10), **given), None, Working())


def test_an_overage_is_in_the_units_and_not_in_the_concentration() -> None:
    """10 x 100 mg x 1.1 = 1,100 mg: five units of 250 mg; 1,250 mg / 1.1 in 100 mL."""
    found = sums(final_volume=q(100, "mL"))
    assert found.units == 5
    assert found.concentration == q(Fraction(1250) / Fraction("1.1") / 100, "mg/mL")
    with pytest.raises(FormulationError) as refused:
        sums(units=Fraction(4), concentration=q(25, "mg/mL"))
    assert "take 1,100 mg" in refused.value.what
    assert refused.value.fix == "open at least 5, or ask for at most 9 doses"


def test_two_numbers_that_contradict_are_told_with_the_overage_in_them() -> None:
    """6 x 250 mg / (25 mg/mL x 1.1) = 54.55 mL; 1,500 mg / 1.1 in 50 mL = 27.27 mg/mL."""
    with pytest.raises(FormulationError) as refused:
        sums(units=Fraction(6), concentration=q(25, "mg/mL"), final_volume=q(50, "mL"))
    assert refused.value.what == "50 mL of 25 mg/mL take 5.5 source units, not 6"
    assert refused.value.fix == "with 6 make it 54.55 mL, or 27.27 mg/mL in 50 mL"


def test_of_a_weighed_liquid_never_fewer_units_than_hold_its_drug() -> None:
    """100 mL of 25 mg/mL x 1.1 = 2,750 mg: eleven units, though five were asked."""
    found = sums(units=Fraction(5), concentration=q(25, "mg/mL"), final_volume=q(100, "mL"),
                 whole=False)  # fmt: skip
    assert found.units == 11
    more = sums(units=Fraction(12), concentration=q(25, "mg/mL"), final_volume=q(100, "mL"),
                whole=False)  # fmt: skip
    assert more.units == 12


def test_a_vehicle_suspends_down_to_the_very_share_that_is_cited() -> None:
    plus, sweet = (next(one for one in BENCH.vehicles if one.key == key)
                   for key in ("ora-plus", "ora-sweet"))  # fmt: skip
    half = Fraction(1, 2)
    assert suspends((plus, sweet), (half, half))
    assert not suspends((plus, sweet), (half - Fraction(1, 100), half + Fraction(1, 100)))
    assert not suspends((sweet,), (Fraction(1),))


# What is printed.


def test_what_belongs_together_is_said_as_it_is(formulate: Run) -> None:
    lamotrigine = ("liquid", "lamotrigine", "7 mg", "--doses", "20", "--vehicle", "ora-plus",
                   *OPTIONS)  # fmt: skip
    equal = "units x claim = concentration x final volume"
    assert f"{equal}." in said(formulate(*lamotrigine))
    overage = ("--overage", "5 %", "--overage-reason", "a test")
    assert f"{equal} x 1.05 (overage" in said(formulate(*lamotrigine, *overage))
    weighed = said(formulate(*lamotrigine, "--mode", "weighed"))
    assert equal not in weighed
    assert "of the opened powder what this concentration takes goes in" in weighed
    diluted = said(formulate("liquid", "docs/examples/naltrexone-stock.toml"))
    assert equal not in diluted
    assert "the units are those of the stock" in diluted


def test_no_filler_is_spoken_of_in_a_liquid(formulate: Run) -> None:
    ran = formulate("liquid", "lamotrigine", "7 mg", "--doses", "3", "--mode", "weighed",
                    "--units", "5", *OPTIONS)  # fmt: skip
    assert "all of the powder: nothing is weighed" in said(ran)
    assert "filler" not in ran.out


@pytest.mark.parametrize(
    ("drug", "rinsed"), [("cycloserine", "mortar and shells"), ("baclofen", "the mortar")]
)
def test_what_is_rinsed_is_what_the_powder_was_in(drug: str, rinsed: str, formulate: Run) -> None:
    asked = ("liquid", drug, "5 mg", "--doses", "10", "--vehicle", "water")
    assert f"rinse {rinsed} into the vessel" in said(formulate(*asked, *OPTIONS))


def test_of_two_vehicles_the_one_that_suspends_is_made() -> None:
    found = liquid("baclofen", "5 mg", {}, doses=30, recipient={"no_sugar": True,
                                                                "no_alcohol": True})  # fmt: skip
    assert found.route.id == "liquid-ora-plus"
    assert "may-settle" not in codes(found)


def test_many_draws_are_written_with_their_comma(formulate: Run) -> None:
    ran = formulate("liquid", "baclofen", "5 mg", "--doses", "2", "--dose-volume", "40000 mL",
                    *OPTIONS)  # fmt: skip
    assert "2,000 x 20 mL" in ran.out


OVERAGE = """substance = "lamotrigine"
dose = "7 mg"
doses = 20
prepared = 2026-01-05
route = "liquid-ora-plus"
overage = "3 %"
overage_reason = "a test"
"""
WEIGHED = """[liquid]
mode = "weighed"
concentration = "1.5 mg/mL"
vehicles = ["ora-plus"]
[pool]
net = "0.512 g"
opened = 2
"""


@pytest.mark.parametrize(
    ("more", "words"),
    [("", "7 mL is one dose, 7 mg."), (WEIGHED, "4.6 mL is one dose, 6.9 mg (7 mg prescribed).")],
)
def test_one_dose_on_a_label_is_its_volume_at_the_strength_on_it(
    more: str, words: str, formulate: Run, tmp_path: Path
) -> None:
    """It said 1 mg per mL, and 7.21 mg in 7 mL: an overage is never on a label."""
    asked = tmp_path / "asked.toml"
    asked.write_text(OVERAGE + more, "utf-8")
    assert words in said(formulate("label", str(asked)))


def test_a_worksheet_says_that_the_vehicle_is_for_stock_and_final_volume(formulate: Run) -> None:
    ran = formulate("worksheet", "docs/examples/naltrexone-stock.toml")
    assert "for stock and final volume together" in said(ran)
    plain = formulate("worksheet", "lamotrigine", "7 mg", "--doses", "10", "--route",
                      "liquid-ora-plus", *OPTIONS)  # fmt: skip
    assert "together" not in said(plain)


@pytest.mark.parametrize(("doses", "tablets"), [(100, 200), (120, 240), (200, 400)])
def test_a_large_batch_is_not_made_weak(doses, tablets):
    """20 mg from 10 mg tablets comes out even; counting from 5 % fewer it never got there."""
    prescription, bench, _ = formulation.load(
        None, {"substance": "baclofen", "dose": "20 mg", "doses": doses, "per_day": 3},
        date(2026, 1, 5),
    )  # fmt: skip
    found = formulation.plan(prescription, bench)
    (route,) = [r for r in found.routes if r.id == "liquid-ora-plus"]
    assert route.sources[0].whole.magnitude == tablets
    (measure,) = [one for one in route.measures if one.what == "dose"]
    assert measure.snapped.error == 0
