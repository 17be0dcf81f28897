"""Eight drugs of the catalog: the facts that a wrong digit would hurt most, recomputed."""

import math
from fractions import Fraction

import pytest

from formulation import catalog
from formulation.benches import read_bench
from formulation.cited import Unknown, known
from formulation.drugs import read_substance
from formulation.evidence_records import Condition, Evidence, Kinetics
from formulation.records import Product, Substance
from formulation.source_units import release
from formulation.units import Quantity

EIGHT = (
    "baclofen",
    "hydralazine",
    "amiodarone",
    "atenolol",
    "quinidine",
    "escitalopram",
    "lithium",
    "omeprazole",
)
# The liquids' strengths in mg/mL: label 8 mEq/5 mL of lithium as carbonate, 8 x 73.89 / 2 / 5.
LIQUIDS = {
    "baclofen": {"1", "2", "5"},
    "hydralazine": set(),
    "amiodarone": set(),
    "atenolol": set(),
    "quinidine": set(),
    "escitalopram": {"1"},
    "lithium": {"59.112"},
    "omeprazole": {"2"},
}


def drug(key: str) -> Substance:
    return read_substance(key)[0]


def study(key: str, which: str) -> Evidence:
    return next(e for e in drug(key).evidence if e.key == f"{key}-{which}")


def rate(key: str, which: str) -> Kinetics:
    return next(k for k in drug(key).kinetics if k.key == f"{key}-{which}")


def product(key: str) -> Product:
    return next(p for p in drug(key.partition("-")[0]).marketed if p.key == key)


def days(found: Evidence, storage: str) -> Quantity | None:
    condition: Condition = next(c for c in found.conditions if c.storage == storage)
    return known(condition.days)


def base_share(key: str) -> float:
    """The share of the base in the salt that the record's molar masses give."""
    found = drug(key)
    base, salt = known(found.base_molar_mass), known(found.molar_mass)
    assert base is not None
    assert salt is not None
    return float(base.magnitude / salt.magnitude)


@pytest.mark.parametrize("key", EIGHT)
def test_hazard_is_unknown_until_the_list_is_read_and_strength_says_what_it_counts(key):
    found = drug(key)
    assert isinstance(found.hazardous, Unknown)
    assert "2024" in found.hazardous.fill
    assert known(found.expressed_as)
    assert known(found.controlled) == "not scheduled"


@pytest.mark.parametrize("key", EIGHT)
def test_a_marketed_liquid_is_named_or_was_looked_for_on_a_day(key):
    found = drug(key)
    strengths = {known(liquid.concentration) for liquid in found.liquids}
    assert strengths == {Quantity(Fraction(text), "mg/mL") for text in LIQUIDS[key]}
    looked = known(found.liquids_checked)
    assert looked is not None
    assert looked.startswith("2026-11-23: checked")
    assert ("none found" in looked) == (not found.liquids)


# Salt and base, from the elements' masses (IUPAC, abridged), apart from what the records print.
ATOM = {"C": 12.011, "H": 1.008, "N": 14.007, "O": 15.999, "S": 32.06, "Cl": 35.45, "F": 18.998,
        "I": 126.904, "Li": 6.94}  # fmt: skip
COUNTS = {
    "baclofen": {"C": 10, "H": 12, "Cl": 1, "N": 1, "O": 2},
    "hydralazine": {"C": 8, "H": 9, "N": 4, "Cl": 1},
    "amiodarone": {"C": 25, "H": 30, "I": 2, "N": 1, "O": 3, "Cl": 1},
    "atenolol": {"C": 14, "H": 22, "N": 2, "O": 3},
    "quinidine": {"C": 40, "H": 54, "N": 4, "O": 10, "S": 1},
    "escitalopram": {"C": 22, "H": 23, "F": 1, "N": 2, "O": 5},
    "lithium": {"Li": 2, "C": 1, "O": 3},
    "omeprazole": {"C": 17, "H": 19, "N": 3, "O": 3, "S": 1},
}


@pytest.mark.parametrize("key", EIGHT)
def test_the_molar_mass_is_that_of_the_formula(key):
    mass = known(drug(key).molar_mass)
    assert mass is not None
    counted = sum(ATOM[name] * count for name, count in COUNTS[key].items())
    assert float(mass.magnitude) == pytest.approx(counted, rel=2e-4)


@pytest.mark.parametrize(
    ("key", "share"),
    # The quinidine label prints 82.9 % base; the USP escitalopram monograph 5 of 6.4 and 400 of
    # 510 (rounded): 324.39 / 414.43. The chlorides: the salt less 36.46 of HCl.
    [("hydralazine", 0.8146), ("amiodarone", 0.9465), ("quinidine", 0.8287),
     ("escitalopram", 0.7827)],
)  # fmt: skip
def test_the_share_of_the_base_in_the_salt(key, share):
    assert base_share(key) == pytest.approx(share, abs=5e-5)


def test_baclofen_keeps_its_two_strengths_and_their_dates_apart():
    # USP 32 copy: 5 mg/mL, 35 days in the cold; Johnson and Hart 1993: 95.9 % at 35 days, 4 degC.
    monograph = study("baclofen", "usp-suspension")
    assert monograph.role == "monograph"
    assert known(monograph.concentration) == Quantity(5, "mg/mL")
    assert known(monograph.date) == Quantity(35, "day")
    hart = study("baclofen", "johnson-hart-1993").conditions[0]
    assert known(hart.days) == Quantity(35, "day")
    assert known(hart.remaining) == Fraction("0.959")
    strong = study("baclofen", "allen-erickson-ora")
    assert known(strong.concentration) == Quantity(10, "mg/mL")
    assert days(strong, "not stated") == Quantity(60, "day")
    assert known(strong.antimicrobial) is False


def test_hydralazine_keeps_one_day_in_ora_plus_and_ora_sweet():
    # Allen and Erickson 1998, abstract: one day, two in the sugar-free pair, both at 5 degC.
    ora = study("hydralazine", "allen-erickson-1998-ora")
    assert known(ora.vehicles) == ("ora-plus", "ora-sweet")
    assert known(ora.concentration) == Quantity(4, "mg/mL")
    assert days(ora, "refrigerated") == Quantity(1, "day")
    free = study("hydralazine", "allen-erickson-1998-ora-sf")
    assert days(free, "refrigerated") == Quantity(2, "day")
    cherry = study("hydralazine", "allen-erickson-1998-cherry")
    for found, storage in ((ora, "room"), (free, "room"), (cherry, "room"),
                           (cherry, "refrigerated")):  # fmt: skip
        assert days(found, storage) is None
    # The powder in sorbitol of USP 32 is another preparation.
    assert known(study("hydralazine", "usp-solution-1").date) == Quantity(30, "day")
    assert [s.role for s in drug("hydralazine").stability].count("instability") == 1


def test_the_rate_of_hydralazine_is_that_of_its_published_shelf_life():
    # Halasi and Nairn 1990: t90 1.56 years at 25 degC, pH 3.5; 17.9 kcal/mol at 4.184 kJ each.
    found = rate("hydralazine", "ph-3-5")
    per_day, shelf = known(found.per_day), known(found.shelf_life)
    assert per_day is not None
    assert shelf is not None
    assert shelf.magnitude == Fraction("1.56") * Fraction("365.25")
    assert float(per_day) == pytest.approx(math.log(10 / 9) / float(shelf.magnitude), rel=1e-4)
    assert known(found.activation_kj_per_mol) == Fraction("17.9") * Fraction("4.184")
    syrup = known(rate("hydralazine", "maltitol").per_day)  # Alexander 1993: 5.13 days
    assert syrup is not None
    assert 100 < syrup / per_day < 120


def test_amiodarone_keeps_91_days_cold_and_42_at_room_temperature():
    # Nahata 1997, abstract.
    found = study("amiodarone", "nahata-1997")
    assert days(found, "refrigerated") == Quantity(91, "day")
    assert days(found, "room") == Quantity(42, "day")
    assert isinstance(study("amiodarone", "usp-suspension").date, Unknown)
    room = rate("amiodarone", "cmc-veegum-room")  # zero order: a tenth lost in 193.4 days
    per_day = known(room.per_day)
    assert known(room.order) == "zero"
    assert per_day is not None
    assert float(per_day) == pytest.approx(0.1 / 193.4, rel=1e-4)


def test_atenolol_keeps_its_60_days_only_without_sucrose():
    # USP 35 copy; Patel 1997: 14 days in syrup and Ora-Sweet, over 28 in Ora-Sweet SF.
    monograph = study("atenolol", "usp-solution")
    assert known(monograph.date) == Quantity(60, "day")
    assert "vehicle-for-oral-solution-sugar-free-nf" in (known(monograph.vehicles) or ())
    assert days(study("atenolol", "patel-1997-ora-sweet"), "not stated") == Quantity(14, "day")
    assert days(study("atenolol", "patel-1997-ora-sweet-sf"), "not stated") == Quantity(28, "day")


def test_the_monographs_of_usp_give_their_further_ingredients():
    # USP 32 m37774, per 100 mL; USP 35 m386; the amiodarone monograph says only to what pH.
    found = study("hydralazine", "usp-solution-10")
    assert known(found.makes) == Quantity(100, "mL")
    assert {row.name: known(row.amount) for row in found.ingredients} == {
        "sorbitol solution 70 %": Quantity(40, "g"),
        "methylparaben": Quantity(65, "mg"),
        "propylparaben": Quantity(35, "mg"),
        "propylene glycol": Quantity(10, "g"),
        "aspartame": Quantity(50, "mg"),
    }
    (glycerin,) = study("atenolol", "usp-solution").ingredients
    assert known(glycerin.amount) == Quantity(5, "mL")
    (bicarbonate,) = study("amiodarone", "usp-suspension").ingredients
    assert isinstance(bicarbonate.amount, Unknown)


@pytest.mark.parametrize("key", EIGHT)
def test_each_further_ingredient_has_a_row_and_one_vehicle_no_proportions(key):
    for found in drug(key).evidence:
        assert (known(found.other_ingredients) or ()) == tuple(r.name for r in found.ingredients)
        vehicles = known(found.vehicles) or ()
        assert len(vehicles) > 1 or known(found.proportions) is None


def test_quinidine_keeps_60_days_and_a_tablet_says_its_salt():
    # USP 32 copy and Allen and Erickson 1998; the label: 200 mg of sulfate is 166 mg of quinidine.
    assert known(study("quinidine", "usp-suspension").date) == Quantity(60, "day")
    for storage in ("refrigerated", "room"):
        found = study("quinidine", "allen-erickson-1998-ora")
        assert days(found, storage) == Quantity(60, "day")
    assert round(200 * base_share("quinidine")) == 166
    assert round(300 * base_share("quinidine")) == 249
    assert drug("quinidine").printed == "quiNIDine"


def test_escitalopram_tablets_count_the_base_and_no_study_of_a_liquid_is_shipped():
    # 10 mg of base is 12.78 mg of oxalate: a powder needs the factor, a tablet none.
    assert 10 / base_share("escitalopram") == pytest.approx(12.776, abs=5e-4)
    assert not drug("escitalopram").evidence
    assert known(drug("escitalopram").daily_maximum) == Quantity(20, "mg")


def test_eight_milliequivalents_of_lithium_are_295_6_mg_of_carbonate():
    # Li2CO3, 73.89 g/mol, gives two of Li; labels print 300 mg for 8 mEq.
    mass = known(drug("lithium").molar_mass)
    assert mass is not None
    eight = 8 * mass.magnitude / 2
    assert eight == Fraction("295.56")
    (liquid,) = drug("lithium").liquids
    assert known(liquid.concentration) == Quantity(eight / 5, "mg/mL")
    assert not drug("lithium").evidence


def test_omeprazole_in_acid_is_unstable_and_keeps_in_bicarbonate():
    # Quercia 1997: 14 days at 24 degC, 30 at 5 degC. Shim 1993: half-lives 148 and 76 h at 30 degC.
    found = drug("omeprazole")
    assert [s.role for s in found.stability] == ["instability"]
    quercia = study("omeprazole", "quercia-1997")
    assert days(quercia, "room") == Quantity(14, "day")
    assert days(quercia, "refrigerated") == Quantity(30, "day")
    assert known(quercia.vehicles) == ("sodium bicarbonate 8.4 %",)
    for which, hours in (("ph-9-7", 148), ("ph-8-7", 76)):
        per_day = known(rate("omeprazole", which).per_day)
        assert per_day is not None
        assert float(per_day) == pytest.approx(24 * math.log(2) / hours, rel=1e-4)


@pytest.mark.parametrize("key", ["omeprazole-20-capsule", "lithium-300-er-tablet"])
def test_a_delayed_or_extended_release_source_is_stopped(key):
    (finding,) = release(product(key))
    assert (finding.code, finding.level) == ("modified-release", "stop")


def test_the_teaching_bench_holds_one_source_of_each_and_all_but_one_may_be_opened():
    bench = read_bench()
    held = [source.substance for source in bench.products]
    assert sorted(held) == sorted(catalog.keys("substances"))
    refused = {s.key for s in bench.products if any(f.level == "stop" for f in release(s))}
    assert refused == {"omeprazole-20-capsule"}
