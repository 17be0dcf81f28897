"""The plan: the figures a pharmacist can check by hand, and the laws that hold for any input."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import load, plan
from formulation.cited import Unknown
from formulation.comparison import chart, side_by_side, waste_share
from formulation.dating import after
from formulation.errors import FormulationError
from formulation.printing import show, show_range
from formulation.result import Plan, Route
from formulation.trace import evaluate
from formulation.units import Quantity

DAY = date(2026, 1, 5)


def planned(**keys: Any) -> Plan:
    prescription, bench, _ = load(None, {"substance": "cycloserine", **keys}, DAY)
    return plan(prescription, bench)


def route(found: Plan, name: str) -> Route:
    return next(r for r in found.routes if r.id == name)


def parts(found: Route) -> dict[str, str]:
    return {word: show(amount) for word, amount in found.balances[0].parts if amount}


@pytest.mark.parametrize(
    ("dose", "doses", "exact", "whole", "left"),
    [
        ("100 mg", 10, "4 capsules", 4, "0 mg"),
        ("100 mg", 7, "2.8 capsules", 3, "50 mg"),
        ("50 mg", 30, "6 capsules", 6, "0 mg"),
        ("100 mg", 30, "12 capsules", 12, "0 mg"),
        ("150 mg", 30, "18 capsules", 18, "0 mg"),
        ("200 mg", 30, "24 capsules", 24, "0 mg"),
    ],
)
def test_source_capsules_of_the_published_strengths(
    dose: str, doses: int, exact: str, whole: int, left: str
) -> None:
    source = route(planned(dose=dose, doses=doses), "capsules").sources[0]
    assert (show(source.exact), source.whole.magnitude) == (exact, whole)
    assert show(source.leftover) == left


def test_five_percent_excess_opens_a_fifth_capsule_and_offers_what_it_would_make() -> None:
    capsules = route(planned(dose="100 mg", doses=10, excess="5 %"), "capsules")
    assert show(capsules.sources[0].exact) == "4.2 capsules"
    assert capsules.sources[0].whole.magnitude == 5
    assert parts(capsules) == {
        "dispensed": "1,000 mg", "discarded": "50 mg", "left over": "200 mg",
    }  # fmt: skip
    (offer,) = capsules.offers
    assert offer.text == (
        "5 opened capsules make 12 capsules, 2 more than prescribed: 50 mg left over"
    )


def test_a_dispersion_uses_a_capsule_a_dose_and_says_what_is_discarded() -> None:
    found = route(planned(dose="100 mg", doses=10), "dispersion")
    assert found.sources[0].whole.magnitude == 10
    assert parts(found) == {"dispensed": "1,000 mg", "discarded": "1,500 mg"}
    amounts = dict(found.amounts)
    assert (show(amounts["dose volume"]), show(amounts["made up to"])) == ("4 mL", "10 mL")
    assert found.beyond_use.expires is None
    text = " ".join(action.text for action in found.actions)
    assert "cloudiness is talc" in text
    assert "keep capsules in their blister" in text
    assert (
        "add 10 mL of water with the syringe (about 10.15 mL in all, 24.63 mg/mL), mix, draw 4 mL: "
        "98.52 mg, -1.478 % by adding"
    ) in text
    assert "10 mL oral syringe" in text
    assert "wasted" in text


@pytest.mark.parametrize(
    ("dose", "volume"), [("50 mg", 2), ("100 mg", 4), ("150 mg", 6), ("200 mg", 8)]
)
def test_dose_volumes_from_25_mg_per_ml(dose: str, volume: int) -> None:
    found = route(planned(dose=dose, doses=30), "dispersion")
    assert dict(found.amounts)["dose volume"] == Quantity(Fraction(volume), "mL")
    assert found.measures[0].snapped.error == 0


def test_a_loss_without_excess_lowers_the_doses_of_a_liquid_and_names_the_excess() -> None:
    found = route(planned(dose="100 mg", doses=30, loss="5 %"), "liquid-water")
    assert found.made.expected == Quantity(Fraction(28), "dose")
    (finding,) = [f for f in found.findings if f.code == "loss-not-covered"]
    assert "28 doses instead of 30 doses" in finding.what
    assert finding.fix == 'excess = "5.27 %"'
    again = planned(dose="100 mg", doses=30, loss="5 %", excess="5.27 %")
    assert route(again, "liquid-water").made.expected == Quantity(Fraction(30), "dose")


def test_a_loss_without_excess_lowers_the_content_of_spread_capsules() -> None:
    found = route(planned(dose="100 mg", doses=30, loss="5 %"), "capsules")
    assert found.made.expected == Quantity(Fraction(30), "cap")
    assert found.made.mode == "spread"
    assert found.dose.nominal == Quantity(Fraction(95), "mg")
    (finding,) = [f for f in found.findings if f.code == "loss-not-covered"]
    assert (
        "30 capsules of 95 mg each if all powder is spread, or 28 of 100 mg if each is filled by "
        "mass, instead of 30 capsules of 100 mg"
    ) in finding.what
    again = planned(dose="100 mg", doses=30, loss="5 %", excess="5.27 %")
    restored = route(again, "capsules")
    assert restored.dose.nominal == Quantity(Fraction(100), "mg")
    assert restored.made.expected >= Quantity(Fraction(30), "cap")


def test_kept_liquids_are_computed_whole_and_stopped_without_a_date() -> None:
    found = planned(dose="100 mg", doses=10, per_day=1)
    for name in ("liquid-water", "liquid-ora-plus", "liquid-ora-sweet"):
        liquid = route(found, name)
        (stop,) = [f for f in liquid.findings if f.level == "stop"]
        assert stop.code == "no-date-supported"
        assert "No study supports any date" in stop.what
        assert "pH 4.7 (37 °C)" in stop.what
        assert "Refrigeration is untested" in stop.what
        assert "make capsules" in stop.fix
        assert liquid.beyond_use.expires is None
        assert liquid.sources[0].whole.magnitude == 4
        assert not any(c.counts for c in liquid.beyond_use.candidates)
    gates = {r.id: [f.what for f in r.findings if f.level == "stop"] for r in found.routes}
    assert "pH 4.0 to 4.5" in gates["liquid-ora-plus"][0]
    assert "pH 4.0 to 4.5" in gates["liquid-ora-sweet"][0]
    assert found.chosen == "capsules"


ASSIGNED = {"reason": "r", "evidence": "e", "assigned_by": "p", "date": DAY}


def test_an_assigned_date_lifts_the_stop_for_the_asked_liquid_only() -> None:
    keys = {"dose": "100 mg", "doses": 10, "route": "liquid-water"}
    found = planned(**keys, beyond_use={"days": 7, **ASSIGNED})
    water = route(found, "liquid-water")
    assert found.chosen == "liquid-water"
    assert water.beyond_use.expires == date(2026, 1, 12)
    assert [f.level for f in water.findings if f.code == "date-assigned"] == ["caution"]
    assert not route(found, "liquid-ora-plus").may_be_made


def test_an_assigned_date_beyond_the_class_limit_is_a_stop_with_both_numbers() -> None:
    found = planned(
        dose="100 mg", doses=10, route="liquid-water", beyond_use={"days": 15, **ASSIGNED}
    )
    (stop,) = [f for f in route(found, "liquid-water").findings if f.code.startswith("assigned")]
    assert (stop.limit, stop.actual) == (Quantity(14, "day"), Quantity(15, "day"))
    assert route(found, "liquid-water").beyond_use.expires is None
    assert found.chosen is None
    assert "no-date-supported" in codes(route(found, "liquid-water"))


def test_a_component_that_expires_sooner_wins_over_the_assigned_date() -> None:
    found = planned(
        dose="100 mg", doses=10, route="liquid-water", beyond_use={"days": 7, **ASSIGNED},
        expires={"water": date(2026, 1, 8)},
    )  # fmt: skip
    assert route(found, "liquid-water").beyond_use.expires == date(2026, 1, 8)


def test_capsules_take_the_category_limit_and_the_study_only_supports() -> None:
    dates = route(planned(dose="50 mg", doses=30), "capsules").beyond_use
    assert dates.expires == after(DAY, "180 day") == date(2026, 7, 4)
    study = [c for c in dates.candidates if c.name.startswith("study")]
    assert study
    assert not any(c.counts for c in study)
    sooner = planned(dose="50 mg", doses=30, expires={"cycloserine-250-capsule": date(2026, 3, 31)})
    bound = route(sooner, "capsules").beyond_use
    assert (bound.expires, bound.binding) == (
        date(2026, 3, 31), "expiry of cycloserine-250-capsule",
    )  # fmt: skip


def test_thirty_weekly_doses_outlast_the_date_and_two_batches_are_offered() -> None:
    found = route(planned(dose="100 mg", doses=30, per_week=1), "capsules")
    assert found.supply.days == Quantity(Fraction(210), "day")
    (finding,) = [f for f in found.findings if f.code == "supply-outlasts-date"]
    assert (finding.limit, finding.actual) == (Quantity(180, "day"), Quantity(210, "day"))
    (offer,) = [o for o in found.offers if o.name == "split-batches"]
    assert [b.doses.magnitude for b in offer.batches] == [15, 15]
    assert [b.made for b in offer.batches] == [DAY, date(2026, 4, 20)]
    for batch in offer.batches:
        assert batch.expires is not None
        assert (batch.expires - batch.made).days == 180


def test_without_a_frequency_days_and_daily_amount_are_unknown() -> None:
    supply = route(planned(dose="100 mg", doses=10), "capsules").supply
    assert isinstance(supply.days, Unknown)
    assert isinstance(supply.daily, Unknown)
    assert "per_day" in supply.days.fill


def test_as_needed_lasts_at_least_its_days() -> None:
    supply = route(planned(dose="50 mg", doses=30, prn=True, max_per_day=1), "capsules").supply
    assert supply.at_least
    assert supply.days == Quantity(Fraction(30), "day")


def test_a_whole_number_of_source_units_is_given_as_supplied() -> None:
    found = planned(dose="500 mg", doses=10)
    assert found.chosen == "as-supplied"
    assert route(found, "as-supplied").sources[0].whole.magnitude == 20
    assert "as-supplied" in {a.id for a in planned(dose="100 mg", doses=10).absent}


@pytest.mark.parametrize(
    ("keys", "code", "level"),
    [
        ({"dose": "200 mg", "per_day": 2}, None, None),
        ({"dose": "250 mg", "per_day": 2}, None, None),
        ({"dose": "200 mg", "per_day": 3}, "daily-over-caution", "caution"),
        ({"dose": "250 mg", "per_day": 4}, "daily-over-caution", "caution"),
        ({"dose": "300 mg", "per_day": 4}, "daily-over-maximum", "stop"),
    ],
)
def test_daily_amounts_caution_above_500_and_stop_above_1000(
    keys: dict[str, Any], code: str | None, level: str | None
) -> None:
    found = planned(doses=10, **keys)
    levels = {f.code: f.level for f in route(found, "capsules").findings}
    assert levels.get(code or "daily-over-caution") == level
    assert found.may_be_made is (level != "stop")


def test_a_review_on_record_turns_cautions_to_notes_and_lifts_the_daily_stop() -> None:
    dur = {"who": "the prescriber", "when": DAY, "outcome": "confirmed"}
    found = planned(dose="300 mg", doses=10, per_day=4, dur=dur)
    levels = {f.code: f.level for f in route(found, "capsules").findings}
    assert levels["daily-over-maximum"] == "caution"
    assert found.may_be_made
    assert [f.level for f in found.findings if f.code == "contraindications"] == ["note"]
    before = planned(dose="300 mg", doses=10, per_day=4)
    assert [f.level for f in before.findings if f.code == "contraindications"] == ["caution"]


@pytest.mark.parametrize(
    ("dose", "copies"),
    [("225 mg", True), ("224 mg", False), ("275 mg", True), ("276 mg", False), ("750 mg", True),
     ("100 mg", False), ("125 mg", False)],
)  # fmt: skip
def test_a_strength_near_or_a_multiple_of_a_marketed_one_needs_a_stated_difference(
    dose: str, copies: bool
) -> None:
    found = route(planned(dose=dose, doses=10), "capsules")
    codes = [f for f in found.findings if f.code == "copy-of-commercial"]
    assert bool(codes) is copies
    for finding in codes:
        assert finding.level == "caution"
        assert "____" in finding.fix
        assert "cost" not in finding.fix + finding.what


def test_bulk_powder_is_corrected_for_assay_and_water_once() -> None:
    prescription, bench, _ = load("docs/examples/cycloserine-bulk.toml", {}, DAY)
    found = route(plan(prescription, bench), "capsules-bulk")
    asked = Fraction(1000) / (Fraction("0.987") * (1 - Fraction("0.008")))
    measure = found.measures[0].snapped
    assert measure.asked == Quantity(asked, "mg")
    assert measure.chosen == Quantity(Fraction(1021), "mg")
    assert found.balances[0].taken == Quantity(1000 * Fraction(1021) / asked, "mg")
    assert found.beyond_use.expires == date(2026, 5, 31)


def test_a_powder_that_fits_no_shell_is_a_stop_that_says_how_many_capsules() -> None:
    pool = {"net": "30 g", "opened": 40}
    found = planned(dose="1000 mg", doses=10, units_per_dose=1, pool=pool)
    (stop,) = [f for f in route(found, "capsules").findings if f.code == "capsule-too-full"]
    again = planned(dose="1000 mg", doses=10, units_per_dose=int(stop.fix.split()[-1]), pool=pool)
    assert "capsule-too-full" not in {f.code for f in route(again, "capsules").findings}


def test_a_tiny_dose_that_no_syringe_shows_is_a_stop_with_the_least() -> None:
    found = route(planned(dose="2 mg", doses=10), "dispersion")
    (stop,) = [f for f in found.findings if f.code == "dose-not-measurable"]
    assert (stop.limit, stop.actual) == (
        Quantity(Fraction("0.2"), "mL"), Quantity(Fraction("0.08"), "mL"),
    )  # fmt: skip


def test_two_actives_are_refused_rather_than_half_planned() -> None:
    from dataclasses import replace

    prescription, bench, _ = load(
        None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10}, DAY
    )
    double = replace(prescription, actives=prescription.actives * 2)
    with pytest.raises(FormulationError, match="one active"):
        plan(double, bench)


def codes(found: Route) -> set[str]:
    return {f.code for f in found.findings}


def test_an_assigned_date_without_a_route_lifts_nothing_and_says_so() -> None:
    found = planned(dose="100 mg", doses=10, beyond_use={"days": 3, **ASSIGNED})
    assert not [r for r in found.routes if r.kind == "liquid" and r.may_be_made]
    assert "assigned-to-no-route" in {f.code for f in found.findings}


def test_a_vehicle_without_water_is_stopped_too(tmp_path: Path, monkeypatch: Any) -> None:
    fact = '{ value = false, source = "s", locator = "l", checked = 2026-01-05, read = "r" }'
    (tmp_path / "vehicles").mkdir()
    (tmp_path / "vehicles" / "oil.toml").write_text(
        f'kind = "vehicle"\nname = "oil"\naqueous = {fact}\n', "utf-8"
    )
    bench = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
    (tmp_path / "b.toml").write_text(bench.replace('"ora-plus"', '"oil"'), "utf-8")
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    found = route(planned(dose="100 mg", doses=10, bench=str(tmp_path / "b.toml")), "liquid-oil")
    assert "no-date-supported" in codes(found)
    assert found.beyond_use.expires is None
    assert "dissolves in oil is unknown" in " ".join(a.text for a in found.actions)


@pytest.mark.parametrize(
    ("net", "opened", "code"),
    [("0.162 g", 5, "pool-implausible"), ("16.2 g", 5, "pool-implausible"), ("1.62 g", 5, ""),
     ("1.125 g", 5, ""), ("1.124 g", 5, "pool-implausible")],
)  # fmt: skip
def test_a_pool_that_cannot_weigh_what_was_typed_is_a_stop(
    net: str, opened: int, code: str
) -> None:
    found = route(planned(dose="100 mg", doses=12, pool={"net": net, "opened": opened}), "capsules")
    assert ("pool-implausible" in codes(found)) is bool(code)


@pytest.mark.parametrize(
    ("dose", "code"), [("500 mg", ""), ("501 mg", "daily-over-caution"),
                       ("1,001 mg", "daily-over-maximum")],
)  # fmt: skip
def test_one_dose_is_the_least_of_a_day_whatever_the_frequency(dose: str, code: str) -> None:
    found = route(planned(dose=dose, doses=10), "dispersion")
    assert {c for c in codes(found) if c.startswith("daily")} == ({code} if code else set())


def test_batches_are_not_offered_from_stock_that_will_have_expired() -> None:
    expires = {"cycloserine-250-capsule": date(2026, 3, 1)}
    found = route(planned(dose="100 mg", doses=30, per_week=1, expires=expires), "capsules")
    assert not [o for o in found.offers if o.name == "split-batches"]
    (finding,) = [f for f in found.findings if f.code == "supply-outlasts-date"]
    assert "expires later" in finding.fix
    dispersed = route(planned(dose="100 mg", doses=30, per_week=1, expires=expires), "dispersion")
    assert "component-expires-early" in codes(dispersed)


def test_batches_of_a_weighed_pool_are_counted_from_new_units() -> None:
    pool = {"net": "3.9 g", "opened": 12}
    found = route(planned(dose="100 mg", doses=30, per_week=1, pool=pool), "capsules")
    (offer,) = [o for o in found.offers if o.name == "split-batches"]
    assert [units.magnitude for _, units in offer.amounts[:2]] == [6, 6]
    assert dict(offer.amounts)["all batches"] == Quantity(12, "cap")


@pytest.mark.parametrize(
    ("keys", "stopped"),
    [({"loss": "10 %"}, False), ({"loss": "10.1 %"}, True),
     ({"overage": "10 %", "overage_reason": "r"}, False),
     ({"overage": "10.1 %", "overage_reason": "r"}, True)],
)  # fmt: skip
def test_a_dose_further_off_than_the_rules_allow_is_a_stop(
    keys: dict[str, str], stopped: bool
) -> None:
    found = route(planned(dose="100 mg", doses=30, **keys), "capsules")
    assert ("dose-outside-limits" in codes(found)) is stopped


def test_capsules_that_not_even_the_drug_fits_are_stopped_without_a_pool() -> None:
    found = route(planned(dose="990 mg", doses=10), "capsules")
    (stop,) = [f for f in found.findings if f.code == "capsule-too-full"]
    assert stop.what.startswith("The drug alone")
    assert "capsule-too-full" not in codes(route(planned(dose="800 mg", doses=10), "capsules"))


def test_a_share_that_no_balance_here_can_weigh_is_stopped_without_a_pool() -> None:
    found = route(planned(dose="0.1 mg", doses=10), "capsules")
    assert "below-least-weighable" in codes(found)
    assert not found.offers


def test_an_overage_in_a_liquid_changes_neither_the_label_nor_the_volume_of_a_dose() -> None:
    plainly = route(planned(dose="100 mg", doses=10), "liquid-water")
    more = route(
        planned(dose="100 mg", doses=10, overage="10 %", overage_reason="r"), "liquid-water"
    )
    assert dict(more.amounts)["dose volume"] == dict(plainly.amounts)["dose volume"]
    assert "25 mg/mL" in " ".join(a.text for a in more.actions)
    stronger = dict(more.amounts)["concentration"]
    assert stronger == Quantity(Fraction("27.5"), "mg/mL")
    assert more.dose.nominal == Quantity(Fraction(110), "mg")


def test_the_rest_of_a_liquid_is_discarded_and_not_put_back() -> None:
    found = route(planned(dose="100 mg", doses=7), "liquid-water")
    assert parts(found) == {"dispensed": "700 mg", "discarded": "50 mg"}
    assert waste_share(found) == Fraction(1, 15)


def test_the_chart_marks_what_may_not_be_made_and_says_where_a_price_is_missing() -> None:
    routes = planned(dose="100 mg", doses=10).routes
    marked = {name for name, _, stopped in chart(routes).rows if stopped}
    assert marked == {r.id for r in routes if not r.may_be_made} != set()
    priced = [replace(r, cost=replace(r.cost, missing=())) for r in routes]
    assert not any(r.cost.at_least for r in priced)
    for every, said in ((priced, False), ([routes[0], *priced[1:]], True)):
        found = chart(tuple(every))
        assert "at least" not in found.columns[0]
        assert ["at least" in bars[0].text for _, bars, _ in found.rows] == [
            said, *(False for _ in routes[1:])
        ]  # fmt: skip
    found = chart(routes)
    assert found.columns[0] == "cost as used, at least"
    assert not any("at least" in bars[0].text for _, bars, _ in found.rows)


def test_the_ways_side_by_side_cost_what_all_their_batches_cost() -> None:
    """Once a week, 30 doses: capsules in 2 batches of 15, each with a bottle of its own."""
    found = planned(dose="100 mg", doses=30, per_week=1)
    usable = tuple(r for r in found.routes if r.may_be_made)
    rows = {row[0]: row[1:] for row in side_by_side(usable, 1).rows}
    capsules = route(found, "capsules").cost
    assert rows["batches"] == ("2", "1")
    assert rows["source units"] == ("12 capsules", "30 capsules")
    assert rows["cost"][0] == "at least $422.70"
    assert rows["unbroken"][0] == "at least $2,102.70"
    assert rows["a dose"][0] == "at least $14.09"
    assert capsules.used.first_fill > capsules.total
    bars = {name: bars[0].text for name, bars, _ in chart(usable).rows}
    assert bars["capsules"] == "$422.70"
    single = side_by_side(tuple(planned(dose="100 mg", doses=10).routes), 1)
    assert "batches" not in [row[0] for row in single.rows]


@pytest.mark.parametrize("name", ["formula-naltrexone-1-liquid-ascorbic", "liquid-water"])
def test_the_limits_of_a_dose_are_those_of_the_dose_as_it_is_drawn(name: str) -> None:
    """4.5 mg of 1 mg/mL is drawn at the mark of 4.6 mL: 4.6 mg, and its limits with it."""
    typed = {"substance": "naltrexone", "dose": "4.5 mg", "doses": 14, "per_day": 1}
    prescription, bench, _ = load(None, typed, DAY)
    found = route(plan(prescription, bench), name)
    told = {step.name: step.result for step in found.steps}
    (wide,) = [f for f in found.findings if f.code == "source-wider-than-preparation"]
    assert told["least that a dose may hold"] == found.dose.low
    assert told["most that a dose may hold"] == found.dose.high == wide.actual
    assert show_range(found.dose.low, found.dose.high) in wide.what
    if name.startswith("formula"):
        assert show(found.dose.nominal) == "4.6 mg"
        assert "3.398 to 5.836 mg" in wide.what


def test_an_offer_counts_what_a_loss_leaves() -> None:
    found = route(planned(dose="100 mg", doses=10, excess="5 %", loss="10 %"), "capsules")
    (offer,) = found.offers
    assert offer.text.startswith("5 opened capsules make 11 capsules, 1 more")


@pytest.mark.parametrize(
    ("prepared", "doses", "days"),
    [(date(2026, 1, 5), 10, 12), (date(2026, 1, 9), 2, 4), (date(2026, 1, 10), 1, 3),
     (date(2026, 1, 11), 5, 6), (date(2026, 1, 5), 1, 1), (date(2026, 1, 5), 30, 40)],
)  # fmt: skip
def test_weekdays_are_counted_on_the_calendar(prepared: date, doses: int, days: int) -> None:
    """Independent count: walk the calendar until the last dose is taken."""
    found = planned(dose="100 mg", doses=doses, every="weekday", prepared=prepared)
    assert route(found, "capsules").supply.days == Quantity(Fraction(days), "day")
    day, taken, walked = prepared, 0, 0
    while taken < doses:
        walked += 1
        taken += day.weekday() < 5
        day += timedelta(days=1)
    assert walked == days


def test_a_price_of_tomorrow_is_not_used_today() -> None:
    prescription, bench, _ = load(
        None, {"substance": "cycloserine", "dose": "100 mg", "doses": 10}, date(2015, 1, 1)
    )
    found = route(plan(prescription, bench), "capsules")
    assert isinstance(found.cost.total, Unknown)
    assert isinstance(found.cost.wasted, Unknown)


def two_products(folder: Path) -> str:
    fact = 'source = "s", locator = "l", checked = 2026-01-05, read = "r"'
    (folder / "products").mkdir()
    (folder / "products" / "cycloserine-100-capsule.toml").write_text(
        'kind = "product"\nname = "cycloserine 100 mg capsule"\nsubstance = "cycloserine"\n'
        f'form = "capsule"\nstrength = {{ value = "100 mg/cap", {fact} }}\n', "utf-8",
    )  # fmt: skip
    bench = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
    first = '    "cycloserine-250-capsule",\n'
    names = f'{first}    "cycloserine-100-capsule",\n'
    path = folder / "two.toml"
    path.write_text(bench.replace(first, names, 1), "utf-8")
    return str(path)


def test_every_source_product_of_the_bench_is_considered(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    found = planned(dose="100 mg", doses=10, bench=two_products(tmp_path))
    assert found.chosen == "as-supplied:cycloserine-100-capsule"
    assert "capsules:cycloserine-100-capsule" in {r.id for r in found.routes}


def test_a_named_route_of_a_second_product_is_lifted_and_no_other(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    second = "liquid-water:cycloserine-100-capsule"
    keys = {"dose": "100 mg", "doses": 10, "bench": two_products(tmp_path)}
    for name, other in ((second, "liquid-water"), ("liquid-water", second)):
        found = planned(**keys, route=name, beyond_use={"days": 3, **ASSIGNED})
        assert route(found, name).may_be_made
        assert not route(found, other).may_be_made


def test_a_weighed_pool_belongs_to_one_product(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    keys = {"dose": "100 mg", "doses": 12, "bench": two_products(tmp_path)}
    first, second = "capsules", "capsules:cycloserine-100-capsule"
    for product, own, other in (
        ("", first, second), ("cycloserine-250-capsule", first, second),
        ("cycloserine-100-capsule", second, first),
    ):  # fmt: skip
        pool = {"net": "1.62 g", "opened": 12 if own == second else 5}
        found = planned(**keys, pool={**pool, "product": product} if product else pool)
        assert isinstance(dict(route(found, own).amounts)["powder in one capsule"], Quantity)
        assert isinstance(dict(route(found, other).amounts)["powder in one capsule"], Unknown)


def test_an_expiry_given_for_a_bulk_lot_limits_its_date() -> None:
    typed = {"expires": {"cycloserine-powder": date(2026, 2, 1)}}
    prescription, bench, _ = load("docs/examples/cycloserine-bulk.toml", typed, DAY)
    found = route(plan(prescription, bench), "capsules-bulk")
    assert found.beyond_use.expires == date(2026, 2, 1)


def test_a_rule_set_without_limits_gives_a_caution_and_not_silence(tmp_path: Path) -> None:
    text = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
    (tmp_path / "b.toml").write_text(text.replace("usp795-2023", "usp795-2014"), "utf-8")
    found = planned(dose="100 mg", doses=30, loss="15 %", bench=str(tmp_path / "b.toml"))
    assert "dose-limits-unknown" in codes(route(found, "capsules"))
    assert "rules-superseded" in {f.code for f in found.findings}


@pytest.mark.parametrize(
    "keys", [{"excess": "100 %"}, {"extra_units": 10}, {"units_per_dose": 3, "excess": "40 %"}]
)
def test_one_dose_is_what_was_prescribed_whatever_else_is_made(
    keys: dict[str, Any], formulate: Any
) -> None:
    words = [w for key, value in keys.items() for w in (f"--{key.replace('_', '-')}", str(value))]
    out = formulate("plan", "cycloserine", "100 mg", "--doses", "10", *words).out
    count = keys.get("units_per_dose", 1)
    assert re.search(rf"one dose +{count} capsules? ", out)


@pytest.mark.parametrize(
    ("keys", "offered"), [({"excess": "100 %"}, []), ({"extra_units": 10}, []),
                          ({"units_per_dose": 3, "excess": "40 %"}, [45])],
)  # fmt: skip
def test_what_is_made_anyhow_is_not_offered_again(keys: dict[str, Any], offered: list[int]) -> None:
    found = route(planned(dose="100 mg", doses=10, **keys), "capsules")
    offers = [dict(o.amounts)["units"] for o in found.offers if o.name == "use-what-is-opened"]
    assert offers == [Quantity(Fraction(n), "cap") for n in offered]


def test_asking_for_another_route_moves_no_evidence(tmp_path: Path) -> None:
    path = tmp_path / "rx.toml"
    path.write_text(
        'substance = "cycloserine"\ndose = "100 mg"\ndoses = 10\nprepared = 2026-01-05\n'
        'route = "capsules"\n[beyond_use]\ndays = 14\nreason = "r"\nevidence = "capsules"\n'
        'assigned_by = "p"\ndate = 2026-01-05\n', "utf-8",
    )  # fmt: skip
    prescription, bench, _ = load(str(path), {"route": "liquid-water"}, DAY)
    found = plan(prescription, bench)
    assert not found.may_be_made
    assert "no-date-supported" in codes(route(found, "liquid-water"))
    assert route(found, "capsules").beyond_use.expires == date(2026, 1, 19)


def test_an_assigned_date_for_what_is_not_kept_is_said_to_lift_nothing() -> None:
    found = planned(dose="100 mg", doses=10, route="dispersion", beyond_use={"days": 3, **ASSIGNED})
    assert "assigned-to-no-route" in {f.code for f in found.findings}


def test_an_assigned_date_exactly_at_the_limit_is_allowed() -> None:
    found = planned(
        dose="100 mg", doses=10, route="liquid-water", beyond_use={"days": 14, **ASSIGNED}
    )
    assert route(found, "liquid-water").beyond_use.expires == date(2026, 1, 19)


def test_filler_is_counted_for_the_whole_mix_of_which_a_part_is_spread() -> None:
    """Independent: (powder + filler) x 20/21 over ten bodies is the fill of one."""
    found = route(
        planned(dose="100 mg", doses=10, excess="5 %", pool={"net": "1.62 g", "opened": 5}),
        "capsules",
    )
    texts = {action.verb: action.text for action in found.actions}
    each, whole = re.findall(r"([\d.]+) mg", texts["filler"])[-2:]
    fill = float(re.findall(r"([\d.]+) mg in each", texts["shell"])[0])
    powder = float(found.measures[0].snapped.chosen.number("mg"))
    assert (powder + float(whole)) * 20 / 21 / 10 == pytest.approx(fill, abs=0.1)
    assert float(whole) == pytest.approx(float(each) * 10.5, abs=0.1)


def test_an_uncovered_loss_shortens_the_supply_and_raises_the_cost_of_a_dose() -> None:
    found = route(planned(dose="100 mg", doses=30, per_day=1, loss="5 %"), "liquid-water")
    assert found.batches[0].doses == Quantity(Fraction(28), "dose")
    assert found.supply.days == Quantity(Fraction(28), "day")
    assert isinstance(found.cost.total, Quantity)
    assert found.cost.per_dose == found.cost.total / 28


def test_the_gate_stands_before_any_other_stop(tmp_path: Path) -> None:
    text = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
    bare = re.sub(r"\n\[\[devices\]\]\n(?:.+\n)+", "\n", text)
    (tmp_path / "b.toml").write_text(bare, "utf-8")
    found = planned(dose="120 mg", doses=7, bench=str(tmp_path / "b.toml"))
    stops = [f.code for f in route(found, "liquid-water").findings if f.level == "stop"]
    assert stops == ["no-date-supported", "no-device"]
    assert "no-graduate" in codes(route(found, "dispersion"))


def test_densities_of_two_kinds_are_never_mixed(tmp_path: Path) -> None:
    text = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
    (tmp_path / "b.toml").write_text(text.replace('state = "bulk"', 'state = "tapped"', 1), "utf-8")
    pool = {"net": "1.62 g", "opened": 5}
    found = planned(dose="100 mg", doses=12, pool=pool, bench=str(tmp_path / "b.toml"))
    texts = {action.verb: action.text for action in route(found, "capsules").actions}
    assert "never mixed" in texts["shell"]
    assert texts["filler"].endswith("top up till the bodies are full, empty, remix, refill")


def test_the_course_counts_every_refill() -> None:
    once = route(planned(dose="100 mg", doses=10), "capsules").cost
    thrice = route(planned(dose="100 mg", doses=10, refills=2), "capsules").cost
    assert isinstance(once.total, Quantity)
    assert (once.course, thrice.course) == (once.total, once.total * 3)


@pytest.mark.parametrize(("day", "dollars"), [(4, None), (5, 2), (6, 2), (7, 3), (9, 3)])
def test_the_latest_price_in_force_on_the_day_is_used(
    day: int, dollars: int | None, tmp_path: Path
) -> None:
    text = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
    text = text.replace('price_records = ["cycloserine-250-capsule"]\n', "")
    fact = 'source = "s", locator = "l", checked = 2026-01-01, read = "r"'
    for start, price in ((7, 3), (5, 2)):
        text += (
            f'[[prices]]\nitem = "cycloserine-250-capsule"\nstart = 2026-01-0{start}\n'
            f'price = {{ value = "{price} USD", {fact} }}\nper = {{ value = "1 cap", {fact} }}\n'
        )
    (tmp_path / "b.toml").write_text(text, "utf-8")
    found = planned(
        dose="100 mg", doses=10, bench=str(tmp_path / "b.toml"), prepared=date(2026, 1, day)
    )
    lines = [line.unit_price for line in route(found, "capsules").cost.lines if line.priced]
    assert lines == ([] if dollars is None else [Quantity(Fraction(dollars), "USD/cap")])


@pytest.mark.parametrize(("days", "late"), [(180, False), (181, True)])
def test_doses_that_last_exactly_to_the_date_need_no_second_batch(days: int, late: bool) -> None:
    found = route(planned(dose="100 mg", doses=days, per_day=1), "capsules")
    assert ("supply-outlasts-date" in codes(found)) is late


def test_a_batch_never_holds_more_doses_than_last_to_its_date() -> None:
    found = route(planned(dose="100 mg", doses=362, per_day=1), "capsules")
    (offer,) = [o for o in found.offers if o.name == "split-batches"]
    assert [batch.doses.magnitude for batch in offer.batches] == [121, 121, 120]


@pytest.mark.parametrize(
    ("doses", "made"),
    [
        (150, ["2026-01-05", "2026-04-20"]),  # 75 end on a Friday: the next are made on Monday
        (158, ["2026-01-05", "2026-04-24"]),  # 79 end on a Thursday: the next are made on Friday
    ],
)
def test_the_next_batch_of_weekday_doses_is_made_on_the_next_weekday(
    doses: int, made: list[str]
) -> None:
    found = route(planned(dose="100 mg", doses=doses, every="weekday"), "capsules")
    (offer,) = [o for o in found.offers if o.name == "split-batches"]
    assert [str(batch.made) for batch in offer.batches] == made


def test_a_batch_that_would_begin_on_a_friday_and_not_last_makes_one_batch_more() -> None:
    """129 weekday doses last 179 days from a Monday, and 181 from the Friday when they end."""
    found = route(planned(dose="100 mg", doses=258, every="weekday"), "capsules")
    (offer,) = [o for o in found.offers if o.name == "split-batches"]
    assert [batch.doses.magnitude for batch in offer.batches] == [86, 86, 86]


@pytest.mark.parametrize(
    ("doses", "batches", "named"), [(360, 2, 2), (540, 3, 3), (720, 4, 4), (900, 5, 3)]
)
def test_as_few_batches_as_the_date_allows_and_a_long_row_is_cut(
    doses: int, batches: int, named: int
) -> None:
    found = route(planned(dose="100 mg", doses=doses, per_day=1), "capsules")
    (offer,) = [o for o in found.offers if o.name == "split-batches"]
    assert len(offer.batches) == batches
    assert offer.text.count("180 doses on") == named
    assert ("..." in offer.text) is (named < batches)


def test_the_working_holds_the_limits_of_a_dose_and_each_cost() -> None:
    found = route(planned(dose="100 mg", doses=10), "capsules")
    names = [step.name for step in found.steps]
    assert {"least that a dose may hold", "most that a dose may hold"} <= set(names)
    assert [n for n in names if n.startswith("cost of")] == [
        f"cost of {line.item}" for line in found.cost.lines
    ]


def test_a_modified_release_source_is_a_stop_and_as_supplied_it_may_be_given(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("FORMULATE_HOME", str(ROOT / "docs" / "examples" / "errors" / "home"))
    found = planned(dose="250 mg", doses=10)
    assert found.chosen == "as-supplied"
    opened = [r for r in found.routes if r.kind != "as-supplied"]
    assert all("modified-release" in codes(r) for r in opened)


def test_a_tablet_on_a_bench_for_capsules_keeps_its_solid_routes(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    bench = two_products(tmp_path)
    path = tmp_path / "products" / "cycloserine-100-capsule.toml"
    path.write_text(path.read_text("utf-8").replace("mg/cap", "mg/tab"), "utf-8")
    own = Path(bench).read_text("utf-8").replace("tablet_dispersion = ", "# ", 1)
    Path(bench).write_text(own, "utf-8")
    found = planned(dose="50 mg", doses=10, bench=bench)
    tablet = route(found, "capsules:cycloserine-100-capsule")
    assert tablet.actions[0].verb == "crush"
    gone = {a.id: a.why for a in found.absent}
    assert "for each cap" in gone["dispersion:cycloserine-100-capsule"]


MG = st.integers(1, 20_000).map(lambda n: Fraction(n, 10))


def shares() -> st.SearchStrategy[str]:
    return st.integers(0, 300).map(lambda n: f"{n // 10}.{n % 10} %")


def typed(value: Fraction, unit: str) -> str:
    scaled = value if unit == "mg" else value / 1000 if unit == "g" else value * 1000
    digits = f"{float(scaled):.6f}".rstrip("0").rstrip(".")
    assert Fraction(digits) == scaled
    return f"{digits} {unit}"


@settings(max_examples=25, deadline=None)
@given(MG, st.integers(1, 200), shares(), shares(), shares(), st.integers(0, 3), st.integers(1, 3))
def test_every_route_balances_exactly_and_every_step_evaluates_again(
    dose: Fraction, doses: int, excess: str, loss: str, overage: str, extra: int, units: int
) -> None:
    found = planned(
        dose=typed(dose, "mg"), doses=doses, excess=excess, loss=loss, overage=overage,
        overage_reason="a reason", extra_units=extra, units_per_dose=units,
    )  # fmt: skip
    assert found.routes
    for one in found.routes:
        for balance in one.balances:
            amounts = [amount for _, amount in balance.parts]
            assert sum((a.number("mg") for a in amounts), Fraction(0)) == balance.taken.number("mg")
            assert all(amount.magnitude >= 0 for amount in amounts)
        for step in one.steps:
            assert evaluate(step.formula, dict(step.inputs)) == step.result


@settings(max_examples=15, deadline=None)
@given(MG, st.integers(1, 200), shares(), shares())
def test_the_unit_typed_changes_nothing(dose: Fraction, doses: int, excess: str, loss: str) -> None:
    results = []
    for unit in ("mg", "mcg", "g"):
        found = planned(dose=typed(dose, unit), doses=doses, excess=excess, loss=loss)
        results.append(
            [(r.id, r.sources, r.balances, r.made, r.dose, r.cost.total) for r in found.routes]
        )
    assert results[0] == results[1] == results[2]


@settings(max_examples=15, deadline=None)
@given(MG, st.integers(1, 200), st.integers(0, 200), st.integers(0, 100))
def test_more_excess_never_opens_fewer_units(
    dose: Fraction, doses: int, less: int, more: int
) -> None:
    few = planned(dose=typed(dose, "mg"), doses=doses, excess=f"{less / 10:.1f} %")
    many = planned(dose=typed(dose, "mg"), doses=doses, excess=f"{(less + more) / 10:.1f} %")
    for one, two in zip(few.routes, many.routes, strict=True):
        assert one.sources[0].whole <= two.sources[0].whole


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 20_000), st.integers(1, 500), st.integers(0, 500))
def test_whole_units_agree_with_an_oracle_in_integers(tenths: int, doses: int, excess: int) -> None:
    """Integers only: need = tenths x doses x (1000 + excess) in 1/10,000 mg; claim likewise."""
    found = planned(
        dose=typed(Fraction(tenths, 10), "mg"),
        doses=doses,
        excess=f"{excess // 10}.{excess % 10} %",
    )
    need, claim = tenths * doses * (1000 + excess), 250 * 10 * 1000
    assert route(found, "capsules").sources[0].whole.magnitude == -(-need // claim)


@settings(max_examples=20, deadline=None)
@given(MG, st.integers(1, 100), shares())
def test_an_interval_in_is_an_interval_out(dose: Fraction, doses: int, loss: str) -> None:
    for one in planned(dose=typed(dose, "mg"), doses=doses, loss=loss).routes:
        assert one.dose.low <= one.dose.nominal <= one.dose.high
        assert one.dose.low < one.dose.high


def test_the_waste_of_split_batches_is_that_of_all_of_them() -> None:
    """30 doses of 90 mg once a week: 2 batches of 15 open 6 capsules each, 150 mg left of each."""
    found = route(planned(dose="90 mg", doses=30, per_week=1), "capsules")
    assert (show(found.opened), show(found.wasted)) == ("12 capsules", "300 mg")
    assert waste_share(found) == Fraction(1, 10)
    assert show(found.sources[0].whole) == "11 capsules"


@pytest.mark.parametrize(
    ("drug", "begins"),
    [("omeprazole", "Only a study of this formula lifts this, or [beyond_use]"),
     ("cycloserine", "make capsules, or disperse one dose at a time. Only a study")],
)  # fmt: skip
def test_no_stop_offers_to_open_a_source_that_may_not_be_opened(drug: str, begins: str) -> None:
    found = planned(substance=drug, dose="10 mg", doses=14)
    fixes = [f.fix for r in found.routes for f in r.findings if f.code == "no-date-supported"]
    assert fixes
    assert all(fix.startswith(begins) for fix in fixes)
