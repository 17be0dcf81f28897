"""Published liquids followed on a bench: what they are made of, which cannot be, how they keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import catalog, load, plan
from formulation.assembly import Case
from formulation.bench import Bench
from formulation.benches import read_bench
from formulation.cited import Cited, Unknown
from formulation.drugs import read_substance
from formulation.evidence import Preparation, hold
from formulation.evidence_records import Ingredient
from formulation.liquid_routes import kept_liquid, vessel
from formulation.printing import show
from formulation.recipes import Recipe, own_recipe, published
from formulation.records import RuleSet
from formulation.result import Absent, Plan, Route
from formulation.trace import evaluate
from formulation.units import Quantity

DAY = date(2026, 1, 5)
BENCH = read_bench()
OLD = replace(BENCH, rules=catalog.load(RuleSet, "rules", "usp795-2014")[0])
TEXT = (ROOT / "data" / "benches" / "teaching.toml").read_text("utf-8")
CYCLOSERINE = "cycloserine"


def planned(drug: str, dose: str, doses: int, bench: Bench = BENCH, **keys: Any) -> Plan:
    given = {"substance": drug, "dose": dose, "doses": doses, **keys}
    return plan(load(None, given, DAY)[0], bench)


def route(found: Plan, name: str) -> Route:
    return next(r for r in found.routes if r.id == name)


def made_of(found: Route) -> dict[str, str]:
    return {need.item: show(need.quantity) for need in found.needs if need.quantity is not None}


def amounts(found: Route) -> dict[str, str]:
    return {name: show(value) for name, value in found.amounts if isinstance(value, Quantity)}


def codes(found: Route) -> set[str]:
    return {finding.code for finding in found.findings}


# One line plans every drug, and what it sells as a liquid is said.


@pytest.mark.parametrize("drug", catalog.keys("substances"))
def test_one_line_plans_every_drug_of_the_catalog(formulate: Callable[..., Any], drug: str) -> None:
    dose = "100 mg" if drug == CYCLOSERINE else "1.3 mg"
    ran = formulate("plan", drug, dose, "--doses", "10", "--date", "2026-01-05")
    made = "NOTHING HERE MAY BE MADE" if drug == "omeprazole" else "MAKE capsules of "
    assert ran.code == (1 if drug == "omeprazole" else 0)
    assert made in ran.out
    assert "Traceback" not in ran.out + ran.err


@pytest.mark.parametrize("drug", catalog.keys("substances"))
def test_each_marketed_liquid_is_a_caution_on_every_way_that_compounds(drug: str) -> None:
    sold = read_substance(drug)[0].liquids
    for found in planned(drug, "1 mg", 10).routes:
        told = [f for f in found.findings if f.code == "marketed-liquid"]
        assert bool(told) == bool(sold and found.kind != "as-supplied"), found.id
        for finding in told:
            assert finding.level == "caution"
            assert all(one.name in finding.what for one in sold)


def test_escitalopram_and_lithium_are_sold_as_liquids() -> None:
    for drug, words in (("escitalopram", "1 mg/mL"), ("lithium", "another salt, the citrate")):
        found = planned(drug, "1 mg", 10).chosen_route
        assert found is not None
        assert any(words in f.what for f in found.findings if f.code == "marketed-liquid")


# Unknown stability is called so, and never a finding.


@pytest.mark.parametrize("drug", [d for d in catalog.keys("substances") if d != CYCLOSERINE])
def test_the_ceiling_of_a_class_is_never_printed_bare(drug: str) -> None:
    """Where the class limit binds and no record is of this preparation, the words say so."""
    for found in planned(drug, "1 mg", 10).routes:
        kept = found.beyond_use
        if kept.ground != "class limit":
            continue
        own = [c for c in kept.candidates if c.verdict == "supports"]
        assert bool(own) != bool(kept.unstudied), (found.id, kept.unstudied)


def test_a_drug_of_which_nothing_is_on_record_reads_unknown(
    formulate: Callable[..., Any],
) -> None:
    ran = formulate("plan", "lithium", "75 mg", "--doses", "14", "--date", "2026-01-05")
    assert "use by 2026-07-04 at most (usp795-2023," in ran.out
    assert "how it keeps is unknown)" in ran.out
    assert "No stability data on record for lithium in this form" in ran.out


def test_what_a_way_is_stands_under_its_name_where_there_is_no_room_beside_it(
    formulate: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "46")
    ran = formulate("plan", "alprazolam", "0.5 mg", "--doses", "30", "--date", "2026-01-05")
    assert "formula-alprazolam-1-1998-ora-sweet-sf" in ran.out
    assert "15 tablets, 0.5 mL a dose" in ran.out


# The dates of the issue's own cases.


def test_hydralazine_in_ora_plus_and_ora_sweet_lasts_one_day() -> None:
    found = route(
        planned("hydralazine", "10 mg", 14), "formula-hydralazine-allen-erickson-1998-ora"
    )
    assert amounts(found)["concentration"] == "4 mg/mL"
    assert found.beyond_use.expires == date(2026, 1, 6)
    assert found.beyond_use.ground == "study"
    assert found.beyond_use.storage == "refrigerated"


def test_hydralazine_in_one_vehicle_of_the_bench_is_stopped() -> None:
    for vehicle in ("water", "ora-plus", "ora-sweet"):
        found = route(planned("hydralazine", "10 mg", 14), f"liquid-{vehicle}")
        assert "no-date-supported" in codes(found)
        assert found.beyond_use.expires is None


@pytest.mark.parametrize(
    ("bench", "name", "until", "ground"),
    [
        (BENCH, "formula-alprazolam-1-1998-ora-sweet", date(2026, 2, 9), "class limit"),
        (OLD, "formula-alprazolam-1-1998-ora-sweet", date(2026, 3, 6), "study"),
        (BENCH, "formula-alprazolam-1-usp", date(2026, 3, 6), "monograph"),
    ],
)
def test_alprazolam_by_the_study_and_by_the_monograph(
    bench: Bench, name: str, until: date, ground: str
) -> None:
    """35 days by the chapter in force, 60 by the old one; 60 made exactly to the monograph."""
    found = route(planned("alprazolam", "0.25 mg", 14, bench), name)
    assert amounts(found)["concentration"] == "1 mg/mL"
    assert (found.beyond_use.expires, found.beyond_use.ground) == (until, ground)


def test_the_study_of_alprazolam_is_shown_beside_the_limit_that_caps_it() -> None:
    found = route(planned("alprazolam", "0.25 mg", 14), "formula-alprazolam-1-1998-ora-sweet")
    (study,) = [
        c for c in found.beyond_use.candidates
        if c.name == "study: alprazolam 1 mg/mL in Ora-Sweet and Ora-Plus, 1998"
    ]  # fmt: skip
    assert study.verdict == "supports"
    assert "extends no date, lacking: stability-indicating assay, antimicrobial" in study.limit
    assert any("made otherwise here" in c.limit for c in found.beyond_use.candidates)


def test_alprazolam_150_times_thinner_is_no_study_of_it(tmp_path: Path) -> None:
    path = tmp_path / "thin.toml"
    path.write_text(
        re.sub(r'(tablet_dispersion = \{ value = )"10 mL/tab"', r'\1"150 mL/tab"', TEXT), "utf-8"
    )
    found = route(planned("alprazolam", "0.1 mg", 10, read_bench(str(path))), "liquid-ora-plus")
    assert amounts(found)["concentration"] == "0.006667 mg/mL"
    told = next(f for f in found.findings if f.code == "evidence-not-transferable")
    assert "concentration 0.006667 mg/mL, studied 1 mg/mL" in told.what
    assert not any(c.verdict == "supports" for c in found.beyond_use.candidates)


def test_a_component_that_expires_sooner_wins_over_monograph_and_study() -> None:
    early = {"vehicle-for-oral-solution-nf": date(2026, 1, 9)}
    found = route(planned("alprazolam", "0.25 mg", 14, expires=early), "formula-alprazolam-1-usp")
    assert found.beyond_use.expires == date(2026, 1, 9)
    assert found.beyond_use.ground == "component expiry"


def test_omeprazole_is_stopped_in_acid_and_as_a_source() -> None:
    found = planned("omeprazole", "5 mg", 14)
    acid = route(found, "liquid-ora-plus")
    stop = next(f for f in acid.findings if f.code == "no-date-supported")
    assert "below pH 7.8 the decomposition was very fast" in stop.what
    assert "this vehicle is about pH 4.0 to 4.5" in stop.what
    assert found.chosen is None
    assert all("modified-release" in codes(r) for r in found.routes)


def test_an_extended_release_tablet_is_given_whole_with_a_caution_and_never_opened(
    tmp_path: Path,
) -> None:
    path = tmp_path / "er.toml"
    path.write_text(TEXT.replace('"lithium-300-tablet"', '"lithium-300-er-tablet"'), "utf-8")
    found = planned("lithium", "300 mg", 14, read_bench(str(path)))
    assert found.chosen == "as-supplied"
    whole = route(found, "as-supplied")
    assert "modified-release-whole" in codes(whole)
    for one in found.routes:
        if one.kind != "as-supplied":
            assert not one.may_be_made, one.id


def test_an_immediate_release_source_is_given_whole_without_it() -> None:
    assert "modified-release-whole" not in codes(
        route(planned("lithium", "300 mg", 14), "as-supplied")
    )


# Which formulas can be followed.


def recipes(bench: Bench, drug: str) -> tuple[set[str], dict[str, str]]:
    product = next(p for p in bench.products if p.substance == drug)
    prescription = load(None, {"substance": drug, "dose": "1 mg", "doses": 10}, DAY)[0]
    made, lacking = published(Case(prescription, bench, product), product)
    return {one.id for one in made}, dict(pair for one in lacking for pair in one.each)


def test_what_a_formula_lacks_is_named() -> None:
    made, lacking = recipes(BENCH, "naltrexone")
    assert "formula-naltrexone-1-liquid-ascorbic" in made
    assert lacking["naltrexone-1-liquid-1997"] == "its vehicle is unknown"
    assert lacking["naltrexone-1-syrspend"] == "made from powder"
    bare = replace(BENCH, ingredients=())
    assert "ascorbic acid" in recipes(bare, "naltrexone")[1]["naltrexone-1-liquid-ascorbic"]
    dry = replace(BENCH, formula_vehicles=())
    assert recipes(dry, "lamotrigine")[1]["lamotrigine-1-usp"] == "not on this bench: ora-blend"


def test_a_formula_whose_parts_or_amounts_are_unknown_is_not_followed() -> None:
    product = next(p for p in BENCH.products if p.substance == "alprazolam")
    prescription = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0]
    gone = Unknown("x", "not recorded")
    whole = next(
        e for e in prescription.active.substance.evidence if e.key == "alprazolam-1-1998-ora-sweet"
    )
    acid = Cited(("ascorbic acid",), "s")
    for changed, why in (
        (replace(whole, proportions=gone), "its proportions are not known in parts"),
        (replace(whole, proportions=Cited("Ora-Plus first", "s")), "its proportions are not known"),
        (replace(whole, proportions=Cited("1:1:1", "s")), "its proportions are not known in parts"),
        (replace(whole, concentration=gone), "its concentration is unknown"),
        (replace(whole, other_ingredients=acid), "how much is unknown: ascorbic acid"),
        (replace(whole, source_form=Cited("powder", "s")), "made from powder"),
    ):
        active = prescription.active
        one = replace(active, substance=replace(active.substance, evidence=(changed,)))
        made, lacking = published(
            Case(replace(prescription, actives=(one,)), BENCH, product), product
        )
        assert made == ()
        assert why in lacking[0].each[0][1]


def test_two_that_are_made_alike_are_one_way_and_the_monograph_stands_first() -> None:
    product = next(p for p in BENCH.products if p.substance == "alprazolam")
    prescription = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0]
    active = prescription.active
    study = next(e for e in active.substance.evidence if e.key == "alprazolam-1-1998-ora-sweet")
    book = replace(study, key="book", name="a book", role="monograph")
    drug = replace(active.substance, evidence=(study, book))
    case = Case(replace(prescription, actives=(replace(active, substance=drug),)), BENCH, product)
    (only,) = published(case, product)[0]
    assert only.id == "formula-book"


@pytest.mark.parametrize(
    ("vehicles", "parts", "verdict"),
    [
        (("ora-plus", "ora-sweet"), "1:2", "supports"),
        (("ora-sweet", "ora-plus"), "2:1", "supports"),
        (("ora-plus", "ora-sweet"), "2:4", "supports"),
        (("ora-sweet", "ora-plus"), "1:2", "not transferable"),
        (("ora-plus", "ora-sweet"), "1:1", "not transferable"),
    ],
)
def test_parts_go_with_their_vehicle_in_whatever_order_they_stand(
    vehicles: tuple[str, ...], parts: str, verdict: str
) -> None:
    active = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0].active
    study = next(e for e in active.substance.evidence if e.key == "alprazolam-1-1998-ora-sweet")
    study = replace(study, vehicles=Cited(vehicles, "s"), proportions=Cited(parts, "s"))
    own = Preparation(
        form="liquid", amount=Quantity(1, "mg/mL"), source_form="tablets",
        vehicles=(("ora-plus", "Ora-Plus"), ("ora-sweet", "Ora-Sweet")), proportions="1:2",
    )  # fmt: skip
    assert hold(study, own).verdict == verdict


def test_two_formulas_with_their_parts_the_other_way_round_are_two() -> None:
    product = next(p for p in BENCH.products if p.substance == "alprazolam")
    prescription = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0]
    active = prescription.active
    study = next(e for e in active.substance.evidence if e.key == "alprazolam-1-1998-ora-sweet")
    one = replace(study, key="one", proportions=Cited("1:2", "s"))
    other = replace(study, key="other", proportions=Cited("2:1", "s"))
    turned = replace(
        one, key="turned", vehicles=Cited(("ora-plus", "ora-sweet"), "s"),
        proportions=Cited("2:1", "s"),
    )  # fmt: skip
    drug = replace(active.substance, evidence=(one, other, turned))
    case = Case(replace(prescription, actives=(replace(active, substance=drug),)), BENCH, product)
    assert [r.id for r in published(case, product)[0]] == ["formula-one", "formula-other"]


NONE = Unknown("x", "not recorded")
STUDIED = "alprazolam-1-1998-ora-sweet"


def followed(*changes: dict[str, Any], held: Quantity | None = None) -> tuple[Recipe, ...]:
    """Follow the study of alprazolam, changed in some ways, from tablets as they are held."""
    product = next(p for p in BENCH.products if p.substance == "alprazolam")
    prescription = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0]
    active = prescription.active
    study = next(e for e in active.substance.evidence if e.key == STUDIED)
    every = tuple(replace(study, key=f"no-{n}", **one) for n, one in enumerate(changes))
    drug = replace(active.substance, evidence=every)
    case = Case(replace(prescription, actives=(replace(active, substance=drug),)), BENCH, product)
    return published(case, replace(product, held=held))[0]


def test_each_vehicle_has_its_own_part_in_the_order_of_the_formula() -> None:
    for order in (("ora-plus", "ora-sweet"), ("ora-sweet", "ora-plus")):
        parts = {"vehicles": Cited(order, "s"), "proportions": Cited("1:3", "s")}
        (one,) = followed(parts)
        assert tuple(vehicle.key for vehicle in one.vehicles) == order
        assert one.shares == (Fraction(1, 4), Fraction(3, 4))


def test_a_certificate_changes_the_volume_and_not_the_concentration() -> None:
    (one,) = followed({}, held=Quantity(Fraction("1.05"), "mg/tab"))
    assert one.each == Quantity(Fraction("1.05"), "mL/tab")


def with_acid(milligrams: int) -> dict[str, Any]:
    row = Ingredient(name="ascorbic acid", amount=Cited(Quantity(milligrams, "mg"), "s"))
    named = {"other_ingredients": Cited(("ascorbic acid",), "s"), "ingredients": (row,)}
    return {**named, "makes": Cited(Quantity(100, "mL"), "s")}


def test_what_differs_in_its_parts_or_further_ingredients_is_another_way() -> None:
    assert len(followed({}, {})) == 1
    assert len(followed({}, {"proportions": Cited("1:3", "s")})) == 2
    assert len(followed({}, with_acid(500), with_acid(400), with_acid(500))) == 3
    assert followed({**with_acid(500), "makes": Unknown("volume", "not recorded")}) == ()


def test_a_further_ingredient_that_has_expired_stops_the_formula() -> None:
    early = {"ascorbic acid": date(2026, 1, 6)}
    name = "formula-naltrexone-1-liquid-ascorbic"
    found = route(planned("naltrexone", "1 mg", 10, expires=early), name)
    assert found.beyond_use.expires == date(2026, 1, 6)
    elsewhere = route(planned("naltrexone", "1 mg", 10, expires=early), "capsules")
    assert elsewhere.beyond_use.expires != date(2026, 1, 6)


def test_the_container_of_the_formula_is_named_and_held_against_the_study() -> None:
    found = route(planned("alprazolam", "0.25 mg", 14), f"formula-{STUDIED}")
    study = next(e for e in read_substance("alprazolam")[0].evidence if e.key == STUDIED)
    own = next(c for c in found.beyond_use.candidates if c.name == f"study: {study.name}")
    packed = [a.text for a in found.actions if a.verb == "pack"]
    assert packed == [f"{study.container.value}, as published"]
    assert not any(word.startswith("container") for word in own.unknowns)


def test_the_maker_of_the_source_and_a_glidant_are_held_against_the_evidence() -> None:
    liquid = route(planned("lamotrigine", "5 mg", 20), "formula-lamotrigine-1-usp")
    told = [one for c in liquid.beyond_use.candidates for one in c.differences]
    assert "brand Dr. Reddy's, studied Torrent 100 mg tablet" in told
    glidant = {"item": "mcc-ph112", "share": "0.5 %"}
    for more, said in (({}, False), ({"glidant": glidant}, True)):
        solid = route(planned("naltrexone", "4.5 mg", 100, **more), "capsules")
        unknown = [one for c in solid.beyond_use.candidates for one in c.unknowns]
        assert ("whether it was studied with mcc-ph112" in unknown) is said


def test_a_study_at_room_temperature_is_none_where_the_class_asks_for_the_cold() -> None:
    prescription = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0]
    active = prescription.active
    study = next(e for e in active.substance.evidence if e.key == STUDIED)
    warm = tuple(replace(one, storage="room", celsius=NONE) for one in study.conditions)
    drug = replace(active.substance, evidence=(replace(study, conditions=warm),))
    changed = replace(prescription, actives=(replace(active, substance=drug),))
    found = route(plan(changed, OLD), f"formula-{STUDIED}").beyond_use
    own = next(c for c in found.candidates if c.verdict)
    assert own.differences == ("stored refrigerated, studied room temperature",)


@pytest.mark.parametrize(
    ("volume", "dissolves"), [("10", True), ("2.5", True), ("2.4", False)]
)  # 250 mg in 2.5 mL is the 100 mg/mL that is known to dissolve
def test_only_what_is_known_to_dissolve_is_said_to(
    volume: str, dissolves: bool, tmp_path: Path
) -> None:
    path = tmp_path / "thick.toml"
    path.write_text(TEXT.replace('"10 mL/cap"', f'"{volume} mL/cap"'), "utf-8")
    bench = read_bench(str(path))
    given = {"substance": CYCLOSERINE, "dose": "100 mg", "doses": 10}
    case = Case(load(None, given, DAY)[0], bench, bench.products[0])
    for vehicle, said in (("water", dissolves), ("ora-plus", False)):
        used = next(v for v in bench.vehicles if v.key == vehicle)
        own = own_recipe(case, bench.products[0], (used,))
        assert isinstance(own, Recipe)
        found = kept_liquid(case, bench.products[0], own)
        label = next(a.text for a in found.actions if a.verb == "label")
        assert ("cycloSERINE dissolves" in label) is said
        assert ("is unknown" in label) is not said


def test_a_surcharge_is_never_on_the_label_of_a_liquid() -> None:
    found = route(planned(CYCLOSERINE, "100 mg", 10, surcharge="10 %"), "liquid-water")
    assert amounts(found)["concentration"] == "27.5 mg/mL"
    assert "25 mg/mL" in " ".join(a.text for a in found.actions)


def test_a_volume_that_no_one_graduate_shows_is_a_caution() -> None:
    product = next(p for p in BENCH.products if p.substance == "alprazolam")
    prescription = load(None, {"substance": "alprazolam", "dose": "1 mg", "doses": 10}, DAY)[0]
    case = Case(prescription, BENCH, product)
    assert vessel(case, Quantity(1, "L"))[1] == []
    for litres in (2, Fraction("0.1003")):
        shown, told = vessel(case, Quantity(litres, "L"))
        assert (shown, [f.code for f in told]) == ((), ["no-graduate"])


def test_the_long_list_of_what_cannot_be_followed_stands_under_all(
    formulate: Callable[..., Any],
) -> None:
    asked = ("plan", "hydralazine", "10 mg", "--doses", "14", "--date", "2026-01-05")
    short, whole = formulate(*asked).out, formulate(*asked, "--all").out
    assert "published formulas cannot be followed here (--all names them)" in short
    assert "hydralazine-usp-solution-10" not in short
    assert "hydralazine-usp-solution-10" in whole


def test_a_published_formula_can_be_written_down_as_a_worksheet(
    formulate: Callable[..., Any],
) -> None:
    ran = formulate(
        "worksheet", "naltrexone", "1 mg", "--doses", "100", "--date", "2026-01-05",
        "--route", "formula-naltrexone-1-liquid-ascorbic",
    )  # fmt: skip
    assert ran.code == 0
    for words in ("Add: ascorbic acid 500 mg", "glycerol 20 mL", "up to 100 mL with water"):
        assert words in " ".join(ran.out.split())


def test_the_worksheet_of_a_controlled_drug_has_its_lines_for_the_inventory(
    formulate: Callable[..., Any],
) -> None:
    asked = ("--doses", "14", "--date", "2026-01-05", "--excess", "5 %", "--loss", "5 %")
    text = " ".join(formulate("worksheet", "alprazolam", "0.25 mg", *asked).out.split())
    assert "For the inventory: ALPRAZolam, schedule C-IV" in text
    lines = (
        "1 excess units: 0 mg", "2 loss: 0.18375 mg", "3 retained: none planned", "4 left over: ",
        "5 discarded: ", "6 taken from stock: 4 mg planned; actual ____",
    )  # fmt: skip
    for line in lines:
        assert line in text, line
    free = formulate("worksheet", "lithium", "75 mg", *asked).out
    assert "For the inventory" not in free


def test_too_little_of_a_further_ingredient_to_weigh_is_a_stop() -> None:
    found = route(
        planned("naltrexone", "1 mg", 5), "formula-naltrexone-1-liquid-ascorbic"
    )  # one tablet: 50 mL, 250 mg of ascorbic acid
    assert "below-least-weighable" not in codes(found)
    coarse = replace(
        BENCH, balance=replace(BENCH.balance, sensitivity=Cited(Quantity(20, "mg"), "s"))
    )
    stopped = route(
        planned("naltrexone", "1 mg", 5, coarse), "formula-naltrexone-1-liquid-ascorbic"
    )
    assert any(
        f.code == "below-least-weighable" and f.what.startswith("ascorbic acid: 250 mg")
        for f in stopped.findings
    )
    for bench, offered in ((BENCH, True), (coarse, False)):
        asked = planned("naltrexone", "1 mg", 50, bench, refills=2)  # 750 mg would be enough
        found = route(asked, "formula-naltrexone-1-liquid-ascorbic")
        assert ("one-batch-or-per-fill" in {offer.name for offer in found.offers}) is offered


# Laws.


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 200), st.integers(1, 60), st.sampled_from(["alprazolam", "baclofen"]))
def test_a_formula_keeps_its_concentration_and_its_balance(
    tenths: int, doses: int, drug: str
) -> None:
    for found in planned(drug, show(Quantity(Fraction(tenths, 10), "mg")), doses).routes:
        if not found.id.startswith("formula-"):
            continue
        concentration = dict(found.amounts)["concentration"]
        volume = dict(found.amounts)["final volume"]
        assert isinstance(concentration, Quantity)
        assert isinstance(volume, Quantity)
        studied = next(
            e.concentration.value for e in read_substance(drug)[0].evidence
            if f"formula-{e.key}" == found.id and isinstance(e.concentration, Cited)
        )  # fmt: skip
        assert concentration == studied
        balance = found.balances[0]
        assert sum((part.to("mg").magnitude for _, part in balance.parts), Fraction(0)) == (
            balance.taken.to("mg").magnitude
        )
        assert (concentration * volume).to("mg") == balance.taken.to("mg")
        poured = [n.quantity for n in found.needs if n.item.startswith(("ora-", "vehicle-"))]
        assert sum((q.magnitude for q in poured if q is not None), Fraction(0)) == volume.magnitude
        for step in found.steps:
            assert evaluate(step.formula, dict(step.inputs)) == step.result


def test_a_route_that_is_absent_names_what_it_stands_for() -> None:
    found = planned("hydralazine", "10 mg", 14)
    (line,) = [a for a in found.absent if isinstance(a, Absent) and a.id == "formulas"]
    assert len(line.each) == int(line.why.split()[0])


def test_a_stop_says_that_the_liquid_was_studied_at_another_concentration():
    """4 mg/mL in Ora-Plus and Ora-Sweet is on record, with a day; the bench's own is stronger."""
    prescription, bench, _ = load(
        None, {"substance": "hydralazine", "dose": "10 mg", "doses": 10, "per_day": 1},
        date(2026, 1, 5),
    )  # fmt: skip
    whats = {
        route.id: finding.what
        for route in plan(prescription, bench).routes
        for finding in getattr(route, "findings", ())
        if finding.code == "no-date-supported"
    }
    mixed = whats["liquid-ora-plus-ora-sweet"]
    assert mixed.startswith(
        "No study supports any date for hydrALAZINE in Ora-Plus and Ora-Sweet at this concentration"
    )
    assert "at this concentration" not in whats["liquid-water"].partition(".")[0]
