"""Eight drugs of the catalog: the facts on which their arithmetic and their warnings stand."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import formulation_data
import pytest

from formulation import catalog
from formulation.cited import Cited, Unknown
from formulation.drugs import read_substance
from formulation.evidence_records import Evidence
from formulation.records import Product, Substance
from formulation.source_units import release
from formulation.units import Quantity

DATA = Path(formulation_data.__file__).parent
BENCH = (DATA / "benches" / "teaching.toml").read_text(encoding="utf-8")
HELD = re.compile(r"^products = \[.*?\]\n", re.DOTALL | re.MULTILINE)
DRUGS = ("naltrexone", "lamotrigine", "alprazolam", "clonazepam", "lorazepam", "aripiprazole",
         "prednisone", "citalopram")  # fmt: skip


def drug(name: str) -> Substance:
    return read_substance(name)[0]


def studied(key: str) -> Evidence:
    return catalog.load(Evidence, "evidence", key)[0]


def last_points(key: str) -> dict[str, str]:
    return {c.storage: c.days.text for c in studied(key).conditions}


def modified(name: str) -> tuple[Product, ...]:
    return tuple(p for p in drug(name).marketed if isinstance(p.release, Cited)
                 and not p.release.value.startswith("immediate"))  # fmt: skip


def test_fifty_mg_of_naltrexone_hydrochloride_hold_45_mg_of_base():
    """377.86 g/mol (USP 28), 341.4009 g/mol (NCATS); Medsafe: 50 mg equals 45.2 mg."""
    found = drug("naltrexone")
    factor = (found.base_molar_mass.value / found.molar_mass.value).number()
    assert round(factor, 4) == Fraction("0.9035")
    assert round(50 * factor, 1) == Fraction("45.2")
    assert found.expressed_as.value == "naltrexone hydrochloride"
    assert found.soluble_at_least.value == Quantity(100, "mg/mL")
    assert found.controlled.value == "not scheduled"


def test_naltrexone_liquid_keeps_sixty_days_cold_and_thirty_warm():
    """Fawcett 1997, doi 10.1177/106002809703101102: what the authors recommend."""
    assert last_points("naltrexone-1-liquid-1997") == {"refrigerated": "60 day", "room": "30 day"}
    assert studied("naltrexone-capsules-avicel").conditions[0].days.value == Quantity(360, "day")
    assert isinstance(studied("naltrexone-capsules-avicel").strength, Unknown)


def test_what_somebody_recommends_is_told_as_that_and_holds_no_assay():
    found = [e for name in DRUGS for e in drug(name).evidence if e.role == "formula"]
    assert len(found) == 4
    for recipe in found:
        assert recipe.statement.value.startswith("a recommendation, not a study")
        assert isinstance(recipe.method, Unknown)
        assert all(isinstance(one.remaining, Unknown) for one in recipe.conditions)


def test_the_published_naltrexone_liquids_give_their_ingredients_in_100_ml():
    """Medicines Information NZ 2023 and Pharminfotech; Alberta's recipe 156 leaves them blank."""
    first = studied("naltrexone-1-liquid-ascorbic")
    assert first.makes.value == Quantity(100, "mL")
    assert {row.name: row.amount.text for row in first.ingredients} == {
        "ascorbic acid": "500 mg",
        "methyl hydroxybenzoate 10 % solution": "1 mL",
        "glycerol": "20 mL",
    }
    second = studied("naltrexone-liquid-ascorbic-benzoate")
    assert {row.name: row.amount.text for row in second.ingredients} == {
        "ascorbic acid": "0.5 g",
        "sodium benzoate": "0.1 g",
        "glycerol": "20 mL",
    }
    alberta = studied("naltrexone-5-liquid-ahs")
    assert last_points(alberta.key) == {"refrigerated": "60 day", "room": "30 day"}
    assert all(isinstance(row.amount, Unknown) for row in alberta.ingredients)


def test_alprazolam_of_1998_may_start_from_tablets_by_the_published_formula():
    """The abstract does not say; with cherry syrup the published formula is another one."""
    for key in ("alprazolam-1-1998-ora-sweet", "alprazolam-1-1998-ora-sweet-sf"):
        assert studied(key).source_form.value == "tablets or powder"
        assert studied(key).ph.text == "4.2 to 4.7"
    assert isinstance(studied("alprazolam-1-1998-cherry-syrup").source_form, Unknown)


def test_twenty_mg_of_citalopram_base_are_24_99_mg_of_hydrobromide():
    """405.30 g/mol (USP 32), 324.3919 g/mol (NCATS); Medsafe and MHRA print 24.99 and 49.98 mg."""
    found = drug("citalopram")
    factor = (found.molar_mass.value / found.base_molar_mass.value).number()
    assert round(factor, 4) == Fraction("1.2494")
    assert round(20 * factor, 2) == Fraction("24.99")
    assert round(40 * factor, 2) == Fraction("49.98")
    assert found.expressed_as.value == "citalopram base"
    assert found.daily_maximum.value == Quantity(40, "mg")


def test_citalopram_in_syrspend_leaves_open_whether_salt_or_base_was_meant():
    """The abstract prints citalopram HBr 2.0 mg/mL; 2.0 mg of salt hold 1.60 mg of base."""
    found = drug("citalopram")
    base = 2 * (found.base_molar_mass.value / found.molar_mass.value).number()
    assert round(base, 2) == Fraction("1.60")
    study = studied("citalopram-2-syrspend")
    assert isinstance(study.concentration, Unknown)
    assert "1.60 mg/mL" in study.concentration.why
    assert study.antimicrobial.value is True
    assert last_points(study.key) == {"refrigerated": "90 day", "room": "90 day"}


def test_a_lamotrigine_liquid_ten_times_the_compounded_one_is_sold():
    """OpenFDA NDC 69102-418-01, from 2025-10-01; the USP suspension is 1 mg/mL."""
    (sold,) = drug("lamotrigine").liquids
    compounded = studied("lamotrigine-1-usp")
    assert sold.ndc.value == "69102-418-01"
    assert sold.concentration.value == Quantity(10, "mg/mL")
    assert (sold.concentration.value / compounded.concentration.value).number() == 10
    assert isinstance(compounded.date, Unknown)
    assert compounded.date.sources == ("uspharmacist-lamotrigine",)


def test_lamotrigine_keeps_99_per_cent_for_91_days():
    """Nahata 1999: one 100 mg tablet in 100 mL, 4 and 25 degC, both syrups."""
    for key in ("lamotrigine-1-1999-ora-sweet", "lamotrigine-1-1999-ora-sweet-sf"):
        assert last_points(key) == {"refrigerated": "91 day", "room": "91 day"}
        assert {c.remaining.value for c in studied(key).conditions} == {Fraction(99, 100)}


@pytest.mark.parametrize("name", ["alprazolam", "clonazepam", "lorazepam"])
def test_the_benzodiazepines_are_schedule_four(name):
    """21 CFR 1308.14(c): (2) alprazolam 2882, (12) clonazepam 2737; lorazepam: openFDA."""
    assert drug(name).controlled.value == "C-IV"
    assert drug(name).printed != name


@pytest.mark.parametrize(
    ("name", "strength", "left"),
    [("alprazolam", 1, "91 %"), ("clonazepam", Fraction(1, 10), "94 %")],
)
def test_the_monographs_of_usp_give_sixty_days_and_the_studies_reach_them(name, strength, left):
    """USP 32 m1377 and m1384: 60 days; Allen and Erickson 1998 and 1996: the share left then."""
    found = drug(name).evidence
    monographs = [e for e in found if e.role == "monograph"]
    studies = [e for e in found if "19" in e.key and e.role == "study"]
    assert len(monographs) == 2
    for item in monographs:
        assert item.date.value == Quantity(60, "day")
        assert item.concentration.value == Quantity(strength, "mg/mL")
        assert isinstance(item.antimicrobial, Unknown)
    for study in studies:
        assert last_points(study.key) == {"refrigerated": "60 day", "room": "60 day"}
        assert {c.remaining.text for c in study.conditions} == {left}
    assert len(studies) == 3


def test_clonazepam_alone_of_the_eight_has_a_reason_of_niosh_on_record():
    """Washington State's copy of NIOSH's reasons; no list could be read for the others."""
    assert {name for name in DRUGS if isinstance(drug(name).hazardous, Cited)} == {"clonazepam"}
    assert drug("clonazepam").daily_maximum.value == Quantity(20, "mg")
    assert "0.25 mg" in drug("clonazepam").liquids_checked.note


def test_the_brand_of_lorazepam_tablet_is_part_of_its_evidence():
    """J Pediatr Pharmacol Ther 2004;9(4):254: 91 days at 4 degC, 63 at 22; Watson 88.9 % later."""
    for key in ("lorazepam-1-mylan", "lorazepam-1-watson"):
        assert last_points(key) == {"refrigerated": "91 day", "room": "63 day"}
    assert "88.9" in studied("lorazepam-1-watson").statement.value
    assert "88.9" not in studied("lorazepam-1-mylan").statement.value
    assert drug("lorazepam").liquids[0].concentration.value == Quantity(2, "mg/mL")


def test_aripiprazole_was_studied_in_the_cold_only_and_is_sold_at_that_strength():
    """Pramann 2016, IJPC abstract 4149; openFDA NDC 72888-100-20, 1 mg/mL."""
    assert last_points("aripiprazole-1-ora") == {"refrigerated": "91 day"}
    (point,) = studied("aripiprazole-1-methylcellulose").conditions
    assert (point.days.text, point.remaining.text) == ("67 day", "95 %")
    (sold,) = drug("aripiprazole").liquids
    assert sold.concentration.value == studied("aripiprazole-1-ora").concentration.value
    assert drug("aripiprazole").daily_maximum.value == Quantity(30, "mg")


def test_prednisone_keeps_ninety_days_and_is_sold_at_that_strength():
    """Friciu 2015, IJPC abstract 4023; openFDA NDC 0054-3721-44 and 0054-3722-50."""
    study = studied("prednisone-5-oral-mix")
    assert study.conditions[0].days.value == Quantity(90, "day")
    assert isinstance(study.conditions[1].days, Unknown)
    sold = {liquid.concentration.value for liquid in drug("prednisone").liquids}
    assert sold == {Quantity(5, "mg/mL"), Quantity(1, "mg/mL")}
    assert isinstance(drug("prednisone").daily_maximum, Unknown)


@pytest.mark.parametrize("name", DRUGS)
def test_every_study_names_its_drug_and_no_fact_refuses_every_liquid(name):
    found = drug(name)
    assert found.evidence
    assert all(item.substance == name for item in (*found.evidence, *found.marketed))
    assert {fact.role for fact in found.stability} == {"reference"}
    assert found.liquids_checked.checked == date(2026, 11, 23)


@pytest.mark.parametrize("name", DRUGS)
def test_no_marketed_liquid_was_found_where_the_record_says_so(name):
    none = name in ("naltrexone", "alprazolam")
    assert bool(drug(name).liquids) != none


@pytest.mark.parametrize("name", ["lamotrigine", "alprazolam", "lorazepam", "prednisone"])
def test_a_modified_release_source_is_on_record_and_refused(name):
    """OpenFDA and DailyMed: lamotrigine ER, alprazolam ER, Loreev XR, Rayos."""
    (product,) = modified(name)
    (finding,) = release(product)
    assert (finding.code, finding.level) == ("modified-release", "stop")


@pytest.mark.parametrize("name", DRUGS)
def test_a_plain_tablet_is_on_record_and_may_be_crushed(name):
    plain = [product for product in drug(name).marketed if not release(product)]
    assert plain
    assert all(product.unit == "tab" for product in plain)


@pytest.mark.parametrize("name", DRUGS)
def test_a_bench_without_its_products_says_so(formulate, tmp_path, name):
    """Nothing is held: every way reads so, and the screen has no bars to draw."""
    path = tmp_path / "bench.toml"
    path.write_text(HELD.sub("products = []\n", BENCH, count=1), "utf-8")
    found = formulate("plan", name, "1 mg", "--doses", "10", "--bench", str(path))
    assert found.code == 1
    assert f"not on this bench: {name}" in found.out
    assert "drug wasted" not in found.out


@pytest.mark.parametrize("name", DRUGS)
def test_a_plan_is_one_line_on_a_bench_that_holds_its_products(formulate, tmp_path, name):
    held = [p.key for p in drug(name).marketed if not release(p)]
    line = f"products = {held}".replace("'", '"')
    path = tmp_path / "bench.toml"
    path.write_text(HELD.sub(f"{line}\n", BENCH, count=1), "utf-8")
    found = formulate("plan", name, "0.1 mg", "--doses", "10", "--bench", str(path))
    assert found.code == 0
    assert "crush" in found.out
