"""The shipped records: each value cited, each source known, what is unknown kept unknown."""

import dataclasses
import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import formulation_data
import pytest

from formulation import catalog
from formulation.bench import Bench
from formulation.benches import read_bench
from formulation.cited import Cited, Unknown
from formulation.drugs import read_substance
from formulation.errors import FormulationError
from formulation.kinds import KINDS, NO_RECORDS
from formulation.records import (
    Filler,
    Substance,
)
from formulation.spread import Bounds
from formulation.units import Quantity

DATA = Path(formulation_data.__file__).parent
FILES = sorted(
    path
    for path in DATA.rglob("*.toml")
    if path.name != "sources.toml" and path.parent.name not in NO_RECORDS
)
IDS = [f"{path.parent.name}/{path.stem}" for path in FILES]
GRADES = {"official", "primary", "secondary", "assumption"}


def raw(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=str)


def sources() -> dict[str, Any]:
    return raw(DATA / "sources.toml")


def tables(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield at, node
        for key, value in node.items():
            yield from tables(value, f"{at}.{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from tables(value, f"{at}[{place}]")


def facts(path: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(at, table) for at, table in tables(raw(path)) if "value" in table]


def record(folder: str, key: str) -> Any:
    return catalog.load(KINDS[folder], folder, key)[0]


def test_every_folder_of_records_has_a_kind_and_every_kind_a_record():
    folders = {path.parent.name for path in FILES}
    assert folders == set(KINDS)
    others = {"__pycache__", *NO_RECORDS}
    assert {p.name for p in DATA.iterdir() if p.is_dir()} - others == set(KINDS)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_shipped_record_loads_with_its_digest(path):
    loaded, stamp = catalog.load(KINDS[path.parent.name], path.parent.name, path.stem)
    assert getattr(loaded, "key", path.stem) == path.stem
    assert stamp.key == f"{path.parent.name}/{path.stem}"
    assert stamp.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    latest = max((str(table["checked"]) for _, table in facts(path)), default="")
    assert stamp.checked == latest


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_fact_names_its_source_the_place_in_it_and_the_day_it_was_read(path):
    known = sources()
    assert facts(path) or any("unknown" in table for _, table in tables(raw(path)))
    for at, table in facts(path):
        assert table.get("source") in known, at
        assert table.get("locator", "").strip(), at
        assert isinstance(table.get("checked"), date), at
        assert table.get("read") in {"excerpt", "full", "assumption"}, at
        assert "unknown" not in table, at


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_no_number_stands_in_a_record_outside_a_fact(path):
    """A bare number would be a value without a source."""
    for at, table in tables(raw(path)):
        for key, value in table.items():
            if key in {"value", "checked"}:
                continue
            bare = isinstance(value, int | float) and not isinstance(value, bool)
            assert not bare, f"{at}.{key}"


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_what_is_unknown_says_why_and_what_would_settle_it(path):
    known = sources()
    for at, table in tables(raw(path)):
        if "unknown" in table:
            assert table["unknown"].strip(), at
            assert table.get("fill", "").strip(), at
            assert set(table.get("sources", ())) <= set(known), at


def cited() -> set[str]:
    found: set[str] = set()
    for path in FILES:
        for _, table in tables(raw(path)):
            if isinstance(table.get("source"), str):
                found.add(table["source"])
            found.update(table.get("sources", ()))
    return found


def test_every_source_is_graded_and_none_is_a_lay_one():
    for key, entry in sources().items():
        assert entry["grade"] in GRADES, key
        assert entry["title"].strip(), key
        assert entry["publisher"].strip(), key
        assert "year" in entry, key
        assert entry["address"].startswith("http") or entry["grade"] == "assumption", key


def test_no_source_is_unused_and_none_is_missing():
    assert cited() == set(sources())


def test_the_bibliography_in_memory_is_the_bibliography_on_disk():
    stored = sources()
    assert set(catalog.bibliography()) == set(stored)
    for key, entry in catalog.bibliography().items():
        assert entry.grade == stored[key]["grade"]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_assumptions_stand_only_on_benches(path):
    assumed = {key for key, entry in sources().items() if entry["grade"] == "assumption"}
    used = {table["source"] for _, table in facts(path)} & assumed
    if path.parent.name != "benches":
        assert not used
        assert all(table["read"] != "assumption" for _, table in facts(path))


def test_an_assumption_on_the_bench_is_marked_as_one():
    bench = read_bench()
    assert all(device.assumed for device in bench.devices)
    invented = [price for price in bench.prices if price.item != "cycloserine-250-capsule"]
    assert all(price.price.assumed for price in invented)
    bought = bench.price_of("cycloserine-250-capsule", date(2026, 1, 5))
    assert bought is not None
    assert not bought.price.assumed


def numbers(node: Any, at: str) -> Iterator[str]:
    """Name every number that is not inside a cited fact."""
    if isinstance(node, Cited | Unknown):
        return
    if isinstance(node, Quantity | Bounds | Fraction | int | float) and not isinstance(node, bool):
        yield at
    elif isinstance(node, tuple):
        for place, item in enumerate(node):
            yield from numbers(item, f"{at}[{place}]")
    elif dataclasses.is_dataclass(node):
        for field in dataclasses.fields(node):
            yield from numbers(getattr(node, field.name), f"{at}.{field.name}")


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_number_in_memory_is_cited_or_plainly_unknown(path):
    loaded = record(path.parent.name, path.stem)
    assert list(numbers(loaded, path.stem)) == []


def test_every_number_of_the_loaded_bench_is_cited_or_plainly_unknown():
    bench = read_bench()
    assert isinstance(bench, Bench)
    held = [bench.rules, bench.balance, bench.uniformity, bench.products, bench.vehicles,
            bench.shells, bench.fillers, bench.bulk, bench.devices, bench.packing, bench.prices,
            bench.setting]  # fmt: skip
    assert list(numbers(tuple(held), "bench")) == []


def test_there_are_at_least_six_vehicles_besides_water():
    assert len(set(catalog.keys("vehicles")) - {"water"}) >= 6


def test_an_unknown_ph_and_an_unknown_preservation_are_stored_as_unknown():
    vehicles = [record("vehicles", key) for key in catalog.keys("vehicles")]
    assert any(isinstance(v.ph, Unknown) and v.ph.why for v in vehicles)
    assert any(isinstance(v.preserved, Unknown) and v.preserved.why for v in vehicles)
    syrup = record("vehicles", "syrup-nf")
    assert isinstance(syrup.preserved, Unknown)
    assert set(syrup.preserved.sources) == {"usp28-syrup", "bromhead-oral-liquids"}


def test_the_cycloserine_capsule_is_the_one_on_the_label():
    capsule = record("products", "cycloserine-250-capsule")
    assert capsule.strength.value == Quantity(250, "mg/cap")
    assert capsule.unit == "cap"
    assert capsule.ndc.value == "13845-1202-2"
    assert capsule.ndc11.value == "13845120202"
    limits = Bounds(Quantity(Fraction(9, 10)), Quantity(Fraction(6, 5)))
    assert capsule.content_limits.value == limits
    assert capsule.content_limits.text == "90.0 to 120.0 %"
    assert capsule.pack.value == Quantity(30, "cap")
    assert "talc" in capsule.inactives.value
    assert capsule.loss_on_drying_limit.value == Fraction(1, 100)
    for unknown in (capsule.net_content, capsule.packing, capsule.release):
        assert isinstance(unknown, Unknown)


def test_an_eleven_digit_ndc_is_the_ten_digit_one_padded():
    for key in catalog.keys("products"):
        product = record("products", key)
        if isinstance(product.ndc, Unknown):
            assert isinstance(product.ndc11, Unknown), key
            continue
        parts = product.ndc.value.split("-")
        padded = "".join(part.zfill(width) for part, width in zip(parts, (5, 4, 2), strict=True))
        assert product.ndc11.value == padded


def test_cycloserine_breaks_down_fastest_at_ph_four_point_seven():
    drug, stamps = read_substance("cycloserine")
    worst = [s for s in drug.stability if isinstance(s.worst_ph, Cited)]
    assert [s.worst_ph.value for s in worst] == [Fraction(47, 10)]
    assert worst[0].worst_ph.source == "kaushal-2011"
    assert drug.printed == "cycloSERINE"
    assert drug.molar_mass.value == Quantity(Fraction("102.09"), "g/mol")
    assert {stamp.key for stamp in stamps} == {"substances/cycloserine"} | {
        f"{folder}/{key}"
        for folder in ("stability", "products")
        for key in catalog.keys(folder)
        if key.startswith("cycloserine-")
    }


def test_the_only_price_is_a_dated_one():
    price = record("prices", "cycloserine-250-capsule")
    (entry,) = price.entries
    assert entry.price.value == Quantity(1050, "USD")
    assert entry.per.value == Quantity(30, "cap")
    assert entry.start == date(2015, 9, 21)
    assert entry.price.value / entry.per.value == Quantity(35, "USD/cap")


def limits(key: str) -> dict[str, str]:
    return {limit.category: limit.limit.value for limit in record("rules", key).limits}


def test_the_rules_of_2023_give_14_35_90_and_180_days():
    rules = record("rules", "usp795-2023")
    assert limits("usp795-2023") == {
        "non-preserved-aqueous": "14 day",
        "preserved-aqueous": "35 day",
        "non-aqueous-oral-liquid": "90 day",
        "solid": "180 day",
    }
    assert rules.adopted.value == date(2023, 11, 1)
    assert isinstance(rules.superseded, Unknown)
    tolerance = Bounds(Quantity(Fraction(-1, 10)), Quantity(Fraction(1, 10)))
    assert rules.strength_tolerance.value == tolerance
    assert rules.cap.value == Quantity(180, "day")


def test_the_rules_of_2014_are_marked_as_superseded_on_the_day_the_next_took_over():
    old = record("rules", "usp795-2014")
    assert old.superseded.value == record("rules", "usp795-2023").adopted.value
    assert old.superseded.value == date(2023, 11, 1)
    assert limits("usp795-2014")["solid"] == "6 month"


def test_the_limits_of_alberta_are_those_of_the_older_chapter():
    """Alberta College of Pharmacy, abpharmacy.ca/?p=17360: 14 days cold, 30 days, six months."""
    rules = record("rules", "napra-2018")
    assert limits("napra-2018") == {
        "non-preserved-aqueous": "14 day",
        "preserved-aqueous": "14 day",
        "water-containing-topical": "30 day",
        "non-aqueous-oral-liquid": "6 month",
        "solid": "6 month",
    }
    assert "Alberta" in rules.jurisdiction
    assert isinstance(rules.adopted, Unknown)
    assert isinstance(rules.cap, Unknown)


def test_the_limits_of_905_are_as_published():
    rule = record("uniformity", "usp905")
    assert rule.reference_low.value == Fraction("0.985")
    assert rule.reference_high.value == Fraction("1.015")
    assert rule.unit_deviation.value == Fraction("0.25")


# A user's own records, and mistakes in them.

FACT = '{ value = "%s", source = "%s", locator = "test", checked = 2026-01-05, read = "excerpt" }'
OWN = 'name = "My filler"\nmaker = ' + FACT % ("me", "teaching-assumption") + "\n"


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    return tmp_path


def put(home: Path, name: str, text: str | bytes) -> Path:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_users_own_record_is_used_instead_of_the_shipped_one_and_stamped(own):
    before, shipped = catalog.load(Filler, "fillers", "mcc-ph102")
    path = put(own, "fillers/mcc-ph102.toml", OWN)
    after, stamp = catalog.load(Filler, "fillers", "mcc-ph102")
    assert before.name != after.name == "My filler"
    assert stamp.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() != shipped.sha256
    assert stamp.checked == "2026-01-05"


def test_a_users_own_record_stands_beside_the_shipped_ones(own):
    put(own, "fillers/mine.toml", OWN)
    assert "mine" in catalog.keys("fillers")
    assert "mcc-ph102" in catalog.keys("fillers")
    assert catalog.load(Filler, "fillers", "mine")[0].key == "mine"


def test_a_bench_uses_the_users_own_record_and_says_so(own):
    shipped = (DATA / "products" / "cycloserine-250-capsule.toml").read_text(encoding="utf-8")
    path = put(own, "products/cycloserine-250-capsule.toml", shipped + "# mine\n")
    stamps = {stamp.key: stamp.sha256 for stamp in read_bench().stamps}
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert stamps["products/cycloserine-250-capsule"] == digest


def test_without_a_users_record_the_shipped_one_is_used(own):
    path = DATA / "fillers" / "mcc-ph102.toml"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert catalog.load(Filler, "fillers", "mcc-ph102")[1].sha256 == digest


def test_capital_letters_aside_a_key_is_matched_exactly_and_never_guessed(own):
    assert catalog.load(Substance, "substances", "CycloSERINE")[0].name == "cycloserine"
    for near in ("cyclosporine", "cycloserin", "cycloserine ", "../substances/cycloserine", ""):
        with pytest.raises(FormulationError) as refused:
            catalog.load(Substance, "substances", near)
        assert refused.value.code == "record-not-found"
        assert "cycloserine" not in refused.value.fix


MISTAKES = [
    ("fillers", OWN + 'colour = "red"\n', "record-unknown-key", "colour"),
    ("fillers", OWN + 'moisture = { value = "5 %" }\n', "record-no-source", "moisture"),
    ("fillers", OWN + 'moisture = { value = "5 %", source = "x", locator = "y" }\n',
     "record-no-source", "moisture"),
    ("fillers", OWN + "moisture = 5\n", "record-wrong-type", "moisture"),
    ("fillers", OWN + 'moisture = "5 %"\n', "record-wrong-type", "moisture"),
    ("fillers", OWN + "moisture = " + FACT.replace('"%s"', "%s", 1) % ("5", "x") + "\n",
     "record-wrong-type", "moisture"),
    ("fillers", OWN + 'moisture = { valeu = "5 %" }\n', "record-unknown-key", "moisture"),
    ("fillers", OWN + 'moisture = { unknown = "no", value = "5 %" }\n', "record-unknown-key",
     "moisture"),
    ("fillers", OWN + "bulk_density = " + FACT % ("0.3 mg", "x") + "\n", "quantity-wrong-kind",
     "bulk_density"),
    ("fillers", OWN + "bulk_density = " + FACT % ("0,3 g/mL", "x") + "\n", "quantity-decimal-comma",
     "bulk_density"),
    ("fillers", "maker = " + FACT % ("me", "x") + "\n", "record-missing-key", "name"),
    ("fillers", "name = \n", "file-not-toml", ""),
    ("fillers", "name = 'a'\nname = 'b'\n", "file-not-toml", ""),
    ("fillers", b"name = '\xff\xfe'\n", "file-not-utf8", ""),
    ("fillers", "a = " + "[" * 5000, "file-not-toml", ""),
    ("vehicles", 'name = "V"\npreserved = ' + FACT % ("yes", "x") + "\n", "record-wrong-type",
     "preserved"),
    ("vehicles", 'name = "V"\ningredients = ' + FACT % ("sugar", "x") + "\n", "record-wrong-type",
     "ingredients"),
    ("products", 'name = "P"\nsubstance = "s"\nform = "capsule"\n', "record-missing-key",
     "strength"),
    ("shells", 'name = "S"\nvendor = "v"\nsizes = "all"\n', "record-wrong-type", "sizes"),
    ("shells", 'name = "S"\nvendor = "v"\n[[sizes]]\nsize = "0"\n[[sizes]]\nvolume = '
     + FACT % ("1 mL", "x") + "\n", "record-missing-key", "[[sizes]] number 2"),
    ("rules", 'name = "R"\njurisdiction = "US"\nedition = "e"\nadopted = '
     + FACT % ("2023-11-01", "x") + "\n", "record-wrong-type", "adopted"),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "text", "code", "key"), MISTAKES,
                         ids=[f"{m[2]} {m[3]} {n}" for n, m in enumerate(MISTAKES)])  # fmt: skip
def test_a_mistake_in_a_record_is_refused_with_the_file_and_the_key(own, folder, text, code, key):
    put(own, f"{folder}/mine.toml", text)
    with pytest.raises(FormulationError) as refused:
        catalog.load(KINDS[folder], folder, "mine")
    error = refused.value
    assert error.code == code
    assert "mine.toml" in error.where
    assert key in error.where + error.what
    assert error.fix


WELL_MEANT = [
    ("the pack counted in words", "products", "pack", FACT % ("30 capsules", "x")),
    ("a share with a comma", "fillers", "moisture", FACT % ("1,5 to 2 %", "x")),
    ("a share that is a word", "fillers", "moisture", FACT % ("some to 5 %", "x")),
    ("a number of 5,000 digits", "balances", "permitted_error", FACT % ("9" * 5000, "x")),
    ("a range the wrong way round", "fillers", "moisture", FACT % ("5 to 3 %", "x")),
    ("a day that is a word", "fillers", "maker",
     '{ value = "me", source = "x", locator = "y", checked = "yesterday" }'),
    ("a name that is a number", "fillers", "name", "5"),
]  # fmt: skip
HEADS = {
    "products": 'substance = "s"\nform = "capsule"\nstrength = ' + FACT % ("250 mg/cap", "x"),
    "fillers": "",
    "balances": "",
}


@pytest.mark.parametrize(("folder", "key", "value"), [m[1:] for m in WELL_MEANT],
                         ids=[m[0] for m in WELL_MEANT])  # fmt: skip
def test_a_value_is_read_as_typed_or_refused_and_never_anything_else(own, folder, key, value):
    """30 capsules may be read as 30 cap; 1,5 % may not become 15 %; nothing may crash."""
    name = "" if key == "name" else 'name = "Mine"\n'
    put(own, f"{folder}/mine.toml", f"{name}{HEADS[folder]}\n{key} = {value}\n")
    refused, loaded = None, None
    try:
        loaded = catalog.load(KINDS[folder], folder, "mine")[0]
    except FormulationError as error:
        refused = error
    if refused:
        assert "mine.toml" in refused.where
        assert key in refused.where
    else:
        assert key == "pack"
        assert loaded.pack.value == Quantity(30, "cap")


def test_a_fact_that_is_computed_elsewhere_cannot_be_typed_into_a_record(own):
    """How a drug keeps stands in records of its own; a key of that name is unknown."""
    put(own, "substances/mine.toml", 'name = "mine"\nstability = "good"\n')
    with pytest.raises(FormulationError) as refused:
        catalog.load(Substance, "substances", "mine")
    assert refused.value.code == "record-unknown-key"


def test_a_record_over_one_megabyte_or_that_is_a_folder_is_refused(own):
    put(own, "fillers/mine.toml", OWN + "#" * 1_000_001)
    with pytest.raises(FormulationError) as refused:
        catalog.load(Filler, "fillers", "mine")
    assert refused.value.code == "file-too-large"
    (own / "fillers" / "folder.toml").mkdir()
    with pytest.raises(FormulationError) as refused:
        catalog.load(Filler, "fillers", "folder")
    assert refused.value.code == "file-is-a-folder"


def test_a_bench_that_names_no_record_or_assigns_a_date_is_refused(own):
    shipped = (DATA / "benches" / "teaching.toml").read_text(encoding="utf-8")
    put(own, "benches/mine.toml", shipped.replace('"class-iii"', '"class-iv"'))
    with pytest.raises(FormulationError) as refused:
        read_bench("mine")
    assert refused.value.code == "record-not-found"
    assert "mine.toml" in refused.value.where
    put(own, "benches/dated.toml", shipped + "\n[beyond_use]\ndays = 30\n")
    with pytest.raises(FormulationError) as refused:
        read_bench("dated")
    assert refused.value.code == "bench-assigns-date"
    with pytest.raises(FormulationError) as refused:
        read_bench("nobody")
    assert refused.value.code == "bench-not-found"
