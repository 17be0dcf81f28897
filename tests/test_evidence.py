"""Evidence held against a preparation, the dates that come of it, and loss over time."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import load as read_prescription
from formulation import plan
from formulation.beyond_use import Asked, beyond_use
from formulation.catalog import load
from formulation.cited import Cited, Unknown
from formulation.drugs import read_substance
from formulation.evidence import Preparation, hold
from formulation.evidence_records import Condition, Evidence, Liquid
from formulation.handling import controlled, expressed_as, hazardous, marketed_liquids
from formulation.preservation import category, diluted
from formulation.records import RuleSet, Stability, Substance, Vehicle
from formulation.result import MassBalance
from formulation.spread import Bounds
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
    assert controlled(replace(DRUG, controlled=fact("not scheduled")), ()) == ()


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
