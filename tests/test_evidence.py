"""Evidence held against a preparation, the dates that come of it, and loss over time."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import load as read_prescription
from formulation import plan
from formulation.beyond_use import Asked, beyond_use, expired
from formulation.catalog import load
from formulation.cited import Cited, Unknown
from formulation.dating import in_force
from formulation.drugs import read_substance
from formulation.evidence import Preparation, held_against, hold
from formulation.evidence_records import Condition, Evidence, Liquid
from formulation.handling import controlled, expressed_as, hazardous, marketed_liquids
from formulation.preservation import category, diluted
from formulation.records import RuleSet, Stability, Substance, Vehicle
from formulation.result import MassBalance
from formulation.spread import Bounds
from formulation.storage import class_of, storage_class
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
DAY = date(2026, 1, 5)
GONE = Unknown("x", "not recorded")


def fact(value):
    return Cited(value, "s", text=str(value))


def q(text, unit):
    return Quantity(Fraction(text), unit)


def condition(days, left="0.95", storage="refrigerated"):
    return Condition(storage=storage, days=fact(q(days, "day")), remaining=fact(Fraction(left)))


STUDY = Evidence(
    key="x-1", substance="x", name="study one", role="study", form="liquid",
    source_form=fact("tablets"), concentration=fact(q(1, "mg/mL")),
    vehicles=fact(("ora-plus", "ora-sweet")), proportions=fact("1:1"),
    container=fact("amber PET bottle"), brand=fact("Maker A"), conditions=(condition(60),),
)  # fmt: skip
OWN = Preparation(
    form="liquid", amount=q(1, "mg/mL"), source_form="tablets",
    vehicles=(("ora-plus", "Ora-Plus"), ("ora-sweet", "Ora-Sweet")), proportions="1:1",
)  # fmt: skip
WET = tuple(Vehicle(key=k, name=k, aqueous=fact(True), preserved=fact(True))
            for k in ("ora-plus", "ora-sweet"))  # fmt: skip
DRUG = Substance(key="x", name="x")
NEW, OLD = (load(RuleSet, "rules", key)[0] for key in ("usp795-2023", "usp795-2014"))


def dated(evidence, own=OWN, rules=NEW, lots=(), drug=DRUG, vehicles=WET):
    judged = tuple(hold(one, own) for one in evidence)
    return beyond_use(Asked(drug, vehicles, "liquid", None, lots, judged), rules, DAY)


def days(found):
    return None if found.expires is None else (found.expires - DAY).days


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": q("0.0067", "mg/mL")}, "concentration 0.0067 mg/mL, studied 1 mg/mL"),
        ({"vehicles": (("water", "water"),)}, "vehicle water, studied ora-plus and ora-sweet"),
        ({"source_form": "capsules"}, "made from capsules, studied from tablets"),
        ({"storage": "room"}, "stored room, studied refrigerated"),
        (
            {"proportions": "2:1"},
            "proportions 2:1 (Ora-Plus to Ora-Sweet), studied 1:1 (ora-plus to ora-sweet)",
        ),
        ({"brand": "Maker B"}, "brand Maker B, studied Maker A"),
        ({"container": "PVC tube"}, "container PVC tube, studied amber PET bottle"),
    ],
)
def test_each_difference_is_named_and_nothing_is_supported(changed, said):
    found = hold(STUDY, replace(OWN, **changed))
    assert found.verdict == "not transferable"
    assert found.differences == (said,)


@pytest.mark.parametrize("key", ["concentration", "vehicles", "source_form", "conditions"])
def test_what_the_study_leaves_unsaid_supports_nothing_and_is_named(key):
    found = hold(replace(STUDY, **{key: () if key == "conditions" else GONE}), OWN)
    assert found.verdict == "supporting, not transferable"
    assert len(found.unknowns) == 1


def test_the_same_formula_is_supported_and_what_is_unsaid_of_brand_and_container_is_listed():
    found = hold(STUDY, OWN)
    assert found.verdict == "supports"
    assert found.unsaid == ("brand here", "container here")


def test_under_ninety_percent_supports_nothing():
    found = hold(replace(STUDY, conditions=(condition(91, "0.84"),)), OWN)
    assert found.differences == ("84 % left at 91 days, below 90 %",)
    both = replace(STUDY, conditions=(condition(91, "0.84"), condition(67)))
    assert hold(both, OWN).condition is both.conditions[1]
    later = replace(STUDY, conditions=(condition(30, "0.84"), condition(67)))
    assert hold(later, OWN).verdict == "not transferable"
    twice = replace(STUDY, conditions=(condition(30, "0.84"), condition(91, "0.8"), condition(67)))
    assert hold(twice, OWN).verdict == "not transferable"
    same = replace(STUDY, conditions=(condition(67, "0.84"), condition(67)))
    assert hold(same, OWN).verdict == "not transferable"


def test_the_last_time_point_counts_and_each_storage_that_reached_it_is_named():
    both = (condition(30), condition(60), condition(60, storage="room temperature"))
    found = hold(replace(STUDY, conditions=both), OWN)
    assert (found.condition, found.stored) == (both[1], "refrigerated or room temperature")


@pytest.mark.parametrize(
    ("studied", "own", "verdict", "named"),
    [
        ({"vehicles": fact(("ora-plus",))}, {}, "not transferable", "studied ora-plus"),
        ({"vehicles": fact(("ora-plus", "ora-sweet", "water"))}, {}, "not transferable", "water"),
        ({"proportions": GONE}, {}, "supporting, not transferable", "vehicles studied"),
        ({}, {"proportions": ""}, "supporting, not transferable", "vehicles here"),
        ({"other_ingredients": fact(("citric acid",))}, {}, "not transferable", "no citric acid"),
        ({"other_ingredients": fact(())}, {"others": ("talc",)}, "not transferable", "talc in it"),
        ({}, {"others": ("talc",)}, "supporting, not transferable", "studied with talc"),
        ({}, {"source_form": ""}, "supporting, not transferable", "source form here"),
        ({"role": "formula", "conditions": ()}, {}, "supporting, not transferable", "storage"),
        ({"conditions": (condition(60, storage="room"), condition(60, storage="40 degC"))},
         {"storage": "refrigerated"}, "supporting, not transferable", "storage condition studied"),
        ({}, {"container": "Amber PET"}, "supports", "brand here"),
        ({"source_form": fact("tablets or capsules")}, {"source_form": "capsules"},
         "supports", "brand here"),
    ],
)  # fmt: skip
def test_what_differs_or_is_unsaid_of_one_part_decides(studied, own, verdict, named):
    found = hold(replace(STUDY, **studied), replace(OWN, **own))
    assert found.verdict == verdict
    assert any(named in one for one in (*found.differences, *found.unknowns, *found.unsaid))


def test_only_evidence_on_the_same_form_is_held_against_it():
    solid = replace(STUDY, key="solid", form="capsules")
    assert [one.evidence.key for one in held_against((solid, STUDY), OWN)] == ["x-1"]


@SOME
@given(st.fractions(min_value=Fraction(1, 1000), max_value=100, max_denominator=1000))
def test_only_exactly_the_studied_concentration_supports_whatever_unit_is_typed(amount):
    found = hold(STUDY, replace(OWN, amount=Quantity(amount, "mg/mL")))
    assert (found.verdict == "supports") == (amount == 1)
    other = hold(STUDY, replace(OWN, amount=Quantity(amount, "mg/mL").to("g/mL")))
    assert other.verdict == found.verdict


def test_hydralazine_four_mg_per_ml_in_ora_plus_and_ora_sweet_lasts_one_day():
    study = replace(STUDY, concentration=fact(q(4, "mg/mL")), conditions=(condition(1, "0.9"),))
    own = replace(OWN, amount=q(4, "mg/mL"))
    assert days(dated((study,), own)) == 1
    assert days(dated((study,), own, OLD)) == 1
    found = dated((study,))
    assert days(found) == 35
    assert {f.code for f in found.findings} == {"evidence-not-transferable", "short-elsewhere"}


def test_alprazolam_one_mg_per_ml_as_studied_35_days_today_and_60_by_the_old_rule():
    found = dated((STUDY,))
    assert days(found) == 35
    text = next(c.limit for c in found.candidates if c.verdict)
    assert "lacking: same container, stability-indicating assay, antimicrobial" in text
    old = dated((STUDY,), rules=OLD)
    assert (days(old), old.storage) == (60, "refrigerated")


def full(last):
    return replace(STUDY, conditions=(condition(last),), stability_indicating=fact(True),
                   antimicrobial=fact(True))  # fmt: skip


@SOME
@given(st.integers(1, 2000), st.integers(0, 400))
def test_an_extension_never_passes_the_cap_and_an_earlier_component_never_gives_a_later_date(
    last, left
):
    own = replace(OWN, container="amber PET bottle")
    found = dated((full(last),), own)
    assert days(found) == min(last, 180)
    sooner = dated((full(last),), own, lots=(("lot", DAY + timedelta(days=left)),))
    assert days(sooner) == min(last, 180, left)


def test_a_solid_needs_no_antimicrobial_test():
    study = replace(full(360), form="capsules", strength=fact(q("4.5", "mg/cap")),
                    filler=fact("Avicel"), antimicrobial=GONE)  # fmt: skip
    own = Preparation(form="capsules", amount=q("4.5", "mg/cap"), source_form="tablets",
                      filler=("Avicel",), container="amber PET bottle")  # fmt: skip
    assert days(dated((study,), own, vehicles=())) == 180


def test_a_monograph_made_exactly_comes_first_and_made_otherwise_is_capped():
    book = replace(STUDY, role="monograph", conditions=(), storage=fact("in a cold place"),
                   date=fact(q(60, "day")), brand=GONE)  # fmt: skip
    found = dated((book,))
    assert (days(found), found.storage) == (60, "in a cold place")
    other = dated((book,), replace(OWN, amount=q(2, "mg/mL")))
    assert days(other) == 35
    assert "made otherwise here" in next(c.limit for c in other.candidates if c.verdict)
    unread = dated((replace(book, date=GONE),))
    assert days(unread) == 35
    assert "date not read" in next(c.limit for c in unread.candidates if c.verdict)
    assert days(dated((book, replace(STUDY, conditions=(condition(10),))))) == 10
    assert days(dated((book, full(150)), replace(OWN, container="amber PET bottle"))) == 60


def of(found, word="study"):
    return next(c for c in found.candidates if c.name.startswith(word) and c.verdict)


def test_a_study_as_long_as_the_class_limit_gives_its_date_and_needs_no_more():
    """A part of a day is not counted, and what is unsaid may still shorten."""
    for last, kept in ((35, 35), ("34.9", 34), ("10.9", 10)):
        whole = replace(STUDY, conditions=(condition(last),))
        for study in (whole, replace(whole, source_form=GONE)):
            found = dated((study,))
            assert of(found).expires == DAY + timedelta(days=kept)
            assert days(found) == kept
    assert "extends no date" in of(dated((replace(STUDY, conditions=(condition(36),)),))).limit


def test_a_study_that_caps_supports_only_where_no_more_than_its_source_form_is_unsaid():
    short = replace(STUDY, conditions=(condition(10),))
    for changed, supported in (({"source_form": GONE}, True), ({"proportions": GONE}, False)):
        found = dated((replace(short, **changed),))
        codes = {f.code for f in found.findings}
        assert days(found) == 10
        assert "supporting-study-caps" in codes
        assert ("evidence-not-transferable" in codes) is not supported


def test_no_study_outlasts_the_monograph():
    book = replace(STUDY, name="book", role="monograph", conditions=(), storage=fact("cold"),
                   date=fact(q(60, "day")), brand=GONE)  # fmt: skip
    found = dated((book, full(150)), replace(OWN, container="amber PET bottle"))
    assert (of(found).counts, of(found).expires) == (False, None)
    assert of(found).limit.endswith("the monograph stands")
    assert found.storage == "cold"
    assert found.ground == "monograph"


def test_cut_short_by_a_component_it_is_kept_as_the_study_that_extends_the_date():
    weak = replace(STUDY, name="weak", conditions=(condition(150, storage="room"),))
    own = replace(OWN, container="amber PET bottle")
    found = dated((weak, full(150)), own, lots=(("lot", DAY + timedelta(days=3)),))
    assert (days(found), found.storage) == (3, "refrigerated")


def test_a_test_that_failed_or_an_edition_that_does_not_say_extends_nothing():
    own = replace(OWN, container="amber PET bottle")
    failed = dated((replace(full(90), antimicrobial=fact(False)),), own)
    assert (days(failed), of(failed).counts) == (35, False)
    silent = dated((full(90),), own, replace(NEW, extension_needs=GONE))
    assert days(silent) == 35
    assert "asks of a longer date is not on record" in of(silent).limit
    book = replace(STUDY, role="monograph", date=fact(q(60, "day")))
    older = dated((book,), rules=OLD)
    assert days(older) == 14
    assert "is not on record" in of(older, "monograph").limit


def elsewhere(*studies):
    found = dated(studies, replace(OWN, amount=q(2, "mg/mL")))
    return next((f for f in found.findings if f.code == "short-elsewhere"), None)


def test_other_formulas_that_end_sooner_are_named_the_shortest_first():
    def other(name, *conditions):
        return replace(STUDY, name=name, conditions=conditions)

    assert elsewhere(other("a", condition(35))) is None
    named = elsewhere(other("a", condition(20)), other("b", condition(10, "0.9")))
    assert "days: b, the last time point on record is 10 days" in named.what
    assert (named.limit, named.actual) == (q(35, "day"), q(10, "day"))
    lost = elsewhere(other("a", condition(20), condition(10, "0.8")))
    assert "80 % was left at 10 days" in lost.what


def test_the_nearest_study_is_the_one_with_the_fewest_differences():
    far = replace(STUDY, name="far", vehicles=fact(("water",)), source_form=fact("powder"))
    found = dated((far, STUDY), replace(OWN, amount=q(2, "mg/mL")))
    told = next(f for f in found.findings if f.code == "evidence-not-transferable")
    assert "the nearest, study one, is" in told.what


def test_without_evidence_the_silence_is_a_caution_and_the_ceiling_is_not_printed_bare():
    bare = dated(())
    assert [(f.code, f.level) for f in bare.findings] == [("no-stability-data", "caution")]
    assert bare.unstudied == "how it keeps is unknown"
    short = dated((), lots=(("lot", DAY + timedelta(days=3)),))
    assert (short.ground, short.unstudied) == ("component expiry", "")


def test_a_rule_set_and_a_component_on_the_very_day_of_their_change():
    before, on = date(2023, 10, 31), date(2023, 11, 1)
    assert in_force(OLD, before) == ()
    assert [f.code for f in in_force(OLD, on)] == ["rules-superseded"]
    late = replace(NEW, adopted=fact(on))
    assert [f.code for f in in_force(late, before)] == ["rules-not-yet"]
    assert in_force(late, on) == ()
    assert expired((("lot", on),), on) == ()
    assert [f.level for f in expired((("lot", before),), on)] == ["stop"]


@pytest.mark.parametrize(
    ("words", "degrees", "name"),
    [
        ("", "8", "refrigerated"), ("", "8.1", ""), ("", "0.1", "refrigerated"),
        ("", "0", "frozen"),
        ("", "14.9", ""), ("", "15", "room"), ("", "30", "room"), ("", "30.1", ""),
        ("refrigerated or at room temperature", "5", ""), ("ambient", "40", "room"),
    ],
)  # fmt: skip
def test_the_storage_class_by_words_then_by_degrees(words, degrees, name):
    assert storage_class(words, Quantity(Fraction(degrees))) == name


def test_a_span_of_degrees_counts_at_its_warm_end():
    span = Bounds(Quantity(Fraction(5)), Quantity(Fraction(40)))
    assert class_of(replace(condition(60, storage=""), celsius=fact(span))) == ""


def test_unknown_water_is_water_and_unknown_preservation_is_none():
    assert category((Vehicle(key="a", name="a"),)) == "non-preserved-aqueous"
    wet = Vehicle(key="a", name="a", aqueous=fact(True))
    assert category((wet,)) == "non-preserved-aqueous"
    dry = Vehicle(key="b", name="b", aqueous=fact(False))
    assert category((dry,)) == "non-aqueous-oral-liquid"
    assert diluted((dry, replace(dry, preserved=fact(True)))) == ()


def test_the_gate_is_lifted_only_by_a_study_of_exactly_this_preparation():
    gated = replace(read_substance("cycloserine")[0], evidence=())
    assert days(dated((STUDY,), replace(OWN, amount=q(2, "mg/mL")), drug=gated)) is None
    assert days(dated((replace(STUDY, conditions=(condition(7),)),), drug=gated)) == 7


def turned(parts):
    return replace(STUDY, vehicles=fact(("ora-sweet", "ora-plus")), proportions=fact(parts))


@pytest.mark.parametrize(("parts", "verdict"), [("2:1", "supports"), ("4:2", "supports"),
                                                ("1:2", "not transferable")])  # fmt: skip
def test_the_parts_belong_to_their_vehicles_in_whatever_order_they_stand(parts, verdict):
    own = replace(OWN, proportions="1:2")
    assert hold(turned(parts), own).verdict == verdict


def test_a_study_of_this_very_preparation_that_failed_is_a_stop_and_never_the_class_limit():
    low = replace(STUDY, conditions=(condition(3, "0.8"), condition(3, "0.7", "room")))
    found = dated([low])
    (stop,) = [f for f in found.findings if f.level == "stop"]
    assert (found.expires, stop.code) == (None, "no-date-supported")
    assert "70 % was left at 3 days" in stop.what
    assert "evidence-not-transferable" not in {f.code for f in found.findings}
    good = replace(STUDY, key="good", name="study two")
    both = dated([low, good])
    assert (both.expires, both.why_none) == (None, "studies disagree")
    elsewhere = replace(OWN, amount=q(2, "mg/mL"))
    assert days(dated([low], elsewhere)) == 35


def test_a_study_that_leaves_its_storage_or_share_unsaid_caps_the_date_where_it_ends_sooner():
    for one in (condition(14, storage="not stated"), replace(condition(14), remaining=GONE)):
        found = dated([replace(STUDY, conditions=(one,))])
        assert days(found) == 14
        assert "supporting-study-caps" in {f.code for f in found.findings}


def test_the_nearest_study_is_one_without_a_difference_where_there_is_one():
    other = replace(STUDY, key="a", name="another", concentration=fact(q(2, "mg/mL")))
    same = replace(STUDY, name="the same", conditions=(replace(condition(90), remaining=GONE),))
    (near,) = [f for f in dated([other, same]).findings if f.code == "evidence-not-transferable"]
    assert "the nearest, the same, is supporting" in near.what


def test_capsules_that_are_stopped_are_not_told_to_be_made_as_capsules():
    fact_ = Stability(key="s", name="s", substance="x", role="instability", applies_to=("solid",),
                      statement=fact("breaks down in damp capsules"))  # fmt: skip
    drug = replace(DRUG, stability=(fact_,))
    found = dated([], drug=drug, vehicles=())
    (stop,) = [f for f in found.findings if f.level == "stop"]
    assert stop.fix.startswith("disperse one dose")
    assert "pH" not in stop.what


def test_a_preserved_vehicle_diluted_with_water_is_not_preserved():
    plus, water = (load(Vehicle, "vehicles", key)[0] for key in ("ora-plus", "water"))
    assert category((plus,)) == "preserved-aqueous"
    assert category((plus, water)) == "non-preserved-aqueous"
    assert [f.code for f in diluted((plus, water))] == ["preservative-diluted"]
    assert diluted((plus,)) == diluted((water,)) == ()


# What the drug itself asks for.


def test_a_marketed_liquid_is_named_with_its_concentration():
    sold = replace(DRUG, liquids=(Liquid(name="Brand", concentration=fact(q(5, "mg/mL"))),))
    (found,) = marketed_liquids(sold)
    assert (found.level, "Brand, 5 mg/mL" in found.what) == ("caution", True)
    assert marketed_liquids(DRUG)[0].code == "liquids-not-checked"
    assert marketed_liquids(replace(DRUG, liquids_checked=fact("none found"))) == ()


def test_hazard_expression_and_control():
    assert hazardous(DRUG)[0].code == "hazard-unknown"
    assert hazardous(replace(DRUG, hazardous=fact("table 2, 2024")))[0].level == "caution"
    assert hazardous(replace(DRUG, hazardous=fact("not listed, 2024")))[0].level == "note"
    salt = replace(DRUG, expressed_as=fact("base"), molar_mass=fact(q("405.30", "g/mol")),
                   base_molar_mass=fact(q("324.39", "g/mol")))  # fmt: skip
    assert "1.249 mg of the salt" in expressed_as(salt)[0].what
    mg = [q(n, "mg") for n in (100, 80, 0, 4, 3, 2, 11)]
    (found,) = controlled(replace(DRUG, controlled=fact("C-IV")), (MassBalance("x", *mg),))
    assert "(1) excess units 4 mg, (2) loss 3 mg" in found.what
    assert "(4) left over 11 mg, (5) discarded 2 mg" in found.what
    other = MassBalance("y", *mg)
    assert controlled(replace(DRUG, controlled=fact("C-IV")), (other,))[0].what.endswith(": ")
    for word in ("not scheduled", "none"):
        assert controlled(replace(DRUG, controlled=fact(word)), ()) == ()
    same = replace(salt, base_molar_mass=salt.molar_mass)
    assert "of the salt" not in expressed_as(same)[0].what


def test_a_marketed_liquid_is_dated_by_its_latest_check():
    checks = [Cited(q(5, "mg/mL"), "s", checked=date(2026, 1, day)) for day in (3, 4)]
    sold = tuple(Liquid(name="Brand", concentration=one) for one in checks)
    assert "(checked 2026-01-04)" in marketed_liquids(replace(DRUG, liquids=sold))[0].what


def test_degrees_decide_the_storage_where_words_do_not():
    degrees = Bounds(Quantity(Fraction(40)), Quantity(Fraction(40)))
    warm = replace(condition(60, storage="40 degC"), celsius=fact(degrees))
    assert hold(replace(STUDY, conditions=(warm,)), OWN).verdict != "supports"


def offer(**keys):
    typed = {"substance": "cycloserine", "dose": "100 mg", "doses": 7, "refills": 2, **keys}
    prescription, bench, _ = read_prescription(None, typed, DAY)
    found = next(r for r in plan(prescription, bench).routes if r.id == "capsules")
    return next(o for o in found.offers if o.name == "one-batch-or-per-fill")


def test_one_batch_for_three_fills_of_seven_doses_saves_no_unit_that_it_needs():
    """21 doses of 100 mg are 8.4 capsules of 250 mg, 9 whole; 3 fills of 2.8 open 3 each."""
    amounts = {name: value.magnitude for name, value in offer(per_week=1).amounts}
    assert amounts == {"one batch": 9, "one batch per fill": 9, "saved": 0}
    two = {name: value.magnitude for name, value in offer(doses=1).amounts}
    assert two == {"one batch": 2, "one batch per fill": 3, "saved": 1}


def test_each_fill_is_inside_the_date_of_one_batch_or_named():
    assert "Each fill of one batch is used up by 2026-07-04" in offer(per_week=1).text
    assert "fill 3 ends after 2026-07-04" in offer(doses=10, per_week=1).text
    assert "unknown: no frequency" in offer().text
    assert "only known from below" in offer(prn=True, max_per_day=1).text
    assert "used up by 2026-07-04" in offer(doses=60, per_day=1).text
    assert "fill 3 ends after 2026-07-04" in offer(doses=61, per_day=1).text


def test_fills_taken_on_weekdays_have_their_weekends_between_them():
    """Five doses last from Monday to Friday, but the next fill begins a week later."""
    assert "used up by 2026-07-04" in offer(doses=5, every="weekday", refills=25).text
    assert "fill 27 ends after" in offer(doses=5, every="weekday", refills=26).text
