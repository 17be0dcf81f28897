"""`formulate catalog`: what is on the shelf, what a record says, every mistake at once."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT, Ran
from facts_page import DATA

from formulation import catalog
from formulation.errors import FormulationError
from formulation.kinds import KINDS, NO_RECORDS, word
from formulation.record_check import check
from formulation.record_schema import schema
from formulation.shelf import entries, listed, locate, shown

Run = Callable[..., Ran]
TODAY = date(2026, 11, 23)
WRONG = ROOT / "docs" / "examples" / "errors" / "records"
SIX = WRONG / "products" / "examplin-20-tablet.toml"
FILES = sorted(
    path
    for path in DATA.rglob("*.toml")
    if path.name != "sources.toml" and path.parent.name not in NO_RECORDS
)
IDS = sorted(f"{path.parent.name}/{path.stem}" for path in FILES)
FACT = '{ value = "%s", source = "%s", locator = "test", checked = 2026-01-05 }'


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    return tmp_path


def put(home: Path, name: str, text: str) -> None:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def codes(home: Path, text: str, name: str = "fillers/mine.toml") -> list[str]:
    put(home, name, text)
    return [one.code for one in check(str(home / name), TODAY).mistakes]


# The list.


def test_the_list_has_every_shipped_record_once(formulate: Run) -> None:
    ran = formulate("catalog", "list", "--json")
    data = json.loads(ran.out)
    rows = [f"{row['folder']}/{row['id']}" for row in data["results"]["records"]]
    assert ran.code == 0
    assert sorted(rows) == IDS
    assert not any(row["own"] for row in data["results"]["records"])
    assert set(data["data"]["records"]) == set(IDS)


@pytest.mark.parametrize("named", ["vehicles", "vehicle", "vehicles/"])
def test_one_kind_is_listed_by_its_folder_or_its_word(named: str, formulate: Run) -> None:
    ran = formulate("catalog", "list", named)
    assert ran.code == 0
    assert "ora-plus" in ran.out
    assert "cycloserine" not in ran.out


def test_an_own_record_is_marked_and_a_broken_one_does_not_hide_the_others(
    own: Path, formulate: Run
) -> None:
    put(own, "fillers/mine.toml", 'name = "My filler"\n')
    put(own, "fillers/broken.toml", "name = \n")
    put(own, "fillers/Big.toml", 'name = "Big"\n')
    rows = {row.id: row for row in listed("fillers")[0].records}
    assert rows["mine"].own
    assert not rows["mine"].problem
    assert "not TOML" in rows["broken"].problem
    assert "capital" in rows["Big"].problem
    assert not rows["mcc-ph102"].own
    assert "OWN; My filler" in formulate("catalog", "list", "fillers").out


def test_an_unknown_kind_gets_the_nearest(formulate: Run) -> None:
    ran = formulate("catalog", "list", "product-s")
    assert ran.code == 2
    assert "did you mean products?" in ran.err
    assert ran.err.splitlines()[3].endswith("#record-folder-unknown")


# One record.


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_fact_of_a_record_is_shown_with_all_that_backs_it(path: Path) -> None:
    found, stamp = shown(f"{path.parent.name}/{path.stem}")
    texts = {entry.text for entry in found.entries}
    known = {source.key for source in found.sources}
    count = 0
    for fact in facts(tomllib.loads(path.read_text("utf-8"))):
        count += 1
        if isinstance(fact["value"], str):
            assert fact["value"] in texts
        assert fact["source"] in known
    cited = [e for e in found.entries if e.recorded and e.fact and not e.text.startswith("unknown")]
    assert len(cited) == count
    assert stamp.key == f"{path.parent.name}/{path.stem}"


def facts(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        inner = [fact for value in node.values() for fact in facts(value)]
        return [node, *inner] if "value" in node else inner
    return [fact for value in node for fact in facts(value)] if isinstance(node, list) else []


def test_a_fact_reads_as_value_source_place_grade_day_and_note(formulate: Run) -> None:
    ran = formulate("catalog", "show", "products/cycloserine-250-capsule")
    text = " ".join(ran.out.split())
    assert ran.code == 0
    assert (
        "content limits 90.0 to 120.0 % usp32-cycloserine-capsules, assay limits, share of the "
        "labelled amount; official; checked 2026-11-22 (excerpt) edition: USP 32 text; confirm "
        "the current edition note: a limit on a composite assay, not on a single unit"
    ) in text
    assert (
        "net content unknown: no figure for the mass of powder in a capsule was found would fill "
        "it: weigh the emptied contents of capsules of the lot used"
    ) in text
    assert "[usp32-cycloserine-capsules] USP 32 monograph: Cycloserine Capsules" in text


def test_an_assumption_is_called_one(formulate: Run) -> None:
    text = " ".join(formulate("catalog", "show", "teaching").out.split())
    assert "dispersion 10 mL/cap ASSUMPTION, nobody published it" in text
    assert "devices: 1 mL oral syringe" in text


def test_what_is_not_recorded_is_unknown_and_never_left_out(formulate: Run) -> None:
    text = " ".join(formulate("catalog", "show", "fillers/mcc-ph102").out.split())
    record, _ = catalog.load(KINDS["fillers"], "fillers", "mcc-ph102")
    absent = [e.key.replace("_", " ") for e in entries(record) if not e.recorded]
    for key in absent:
        assert key in text.split("Unknown, not recorded:")[1]


@pytest.mark.parametrize(
    "name", ["cyclosporine", "cycloserin", "substances/cyclosporine", "../substances/cycloserine",
             "nothing/water", "", "/"],
)  # fmt: skip
def test_a_name_is_matched_exactly_and_never_guessed(name: str, formulate: Run) -> None:
    ran = formulate("catalog", "show", name)
    assert ran.code == 2
    assert ran.err.splitlines()[3].endswith("#record-not-found")
    assert "cycloserine" not in ran.err.split("try")[1]


def test_an_ambiguous_name_is_refused_with_every_record_of_that_name() -> None:
    with pytest.raises(FormulationError) as refused:
        locate("cycloserine-250-capsule")
    assert refused.value.code == "record-ambiguous"
    for folder in ("products", "prices"):
        assert f"{folder}/cycloserine-250-capsule" in refused.value.fix
    assert locate("CycloSERINE") == ("substances", "cycloserine")


def test_markdown_and_json_say_the_same_record(formulate: Run) -> None:
    written = formulate("catalog", "show", "cycloserine", "--markdown").out
    data = json.loads(formulate("catalog", "show", "cycloserine", "--json").out)
    mass = next(e for e in data["results"]["entries"] if e["key"] == "molar_mass")
    assert "- **molar mass**: 102.09 g/mol" in written
    assert mass["fact"]["value"]["exact"] == "10209/100"
    assert mass["fact"]["source"] == "usp32-cycloserine"
    assert data["command"] == "catalog show"
    assert "products/cycloserine-250-capsule" in data["results"]["more"]


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize(
    "words", [("list",), ("show", "cycloserine"), ("show", "teaching"), ("check", str(WRONG))]
)
def test_every_line_fits_the_screen(
    words: tuple[str, ...], width: str, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate("catalog", *words)
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    assert "\x1b" not in ran.out


# The check.


def test_six_deliberate_mistakes_in_one_file_are_found_in_one_run(formulate: Run) -> None:
    ran = formulate("catalog", "check", str(SIX.relative_to(ROOT)), "--json")
    data = json.loads(ran.out)
    found = data["results"]["mistakes"]
    assert ran.code == 1
    assert [(one["code"], one["where"].rpartition(", ")[2]) for one in found] == [
        ("record-unknown-key", "products/examplin-20-tablet.toml"),
        ("quantity-wrong-kind", "key strength"),
        ("record-wrong-type", "key pack"),
        ("record-no-source", "key storage"),
        ("record-source-unknown", "key container"),
        ("record-checked-later", "key appearance"),
    ]
    assert all(one["fix"] for one in found)
    assert [f["level"] for f in data["findings"]] == ["stop"] * 6
    screen = formulate("catalog", "check", str(SIX.relative_to(ROOT)))
    assert screen.code == 1
    assert screen.out.startswith("6 mistakes in 1 record")
    assert screen.out.count("STOP") == 6


def test_no_mistake_is_no_finding_and_a_count(own: Path, formulate: Run) -> None:
    put(own, "fillers/mine.toml", 'kind = "filler"\nname = "Mine"\n')
    ran = formulate("catalog", "check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("No mistake in 1 record")


def test_no_folder_of_ones_own_is_said_and_is_no_error(formulate: Run) -> None:
    ran = formulate("catalog", "check")
    assert ran.code == 0
    assert "No records of your own" in ran.out
    ran = formulate("catalog", "check", "no-such-folder")
    assert ran.code == 2
    assert ran.err.splitlines()[3].endswith("#file-not-readable")


def test_the_shipped_records_have_no_mistake() -> None:
    found = check(str(DATA), TODAY)
    assert {(m.code, m.where, m.what) for m in found.mistakes if m.level == "stop"} == set()
    assert found.records == len(FILES)
    overlaid = [m.where for m in found.mistakes if not m.where.startswith("sources.toml")]
    assert sorted(overlaid) == sorted(f"{name}.toml" for name in IDS)


def test_every_mistake_of_one_fact_is_named() -> None:
    raw = {"name": "x", "moisture": {"value": 5, "sauce": "x", "checked": "today"}}
    from formulation.reading import Place, mistakes

    found = mistakes(KINDS["fillers"], raw, Place("f.toml"), {"key": "f"})
    assert [error.code for error in found] == [
        "record-unknown-key", "record-no-source", "record-no-source", "record-wrong-type",
        "record-wrong-type",
    ]  # fmt: skip
    assert {error.where for error in found} == {"f.toml, key moisture"}
    assert "did you mean source?" in found[0].fix


HEAD = 'name = "Mine"\n'
CASES = [
    (HEAD + "maker = " + FACT % ("me", "teaching-assumption"), ["record-assumption"]),
    (HEAD + "maker = " + FACT % ("me", "nobody"), ["record-source-unknown"]),
    (HEAD + 'maker = { value = "me", source = "unc-capsules", locator = "", checked = 2026-01-05 }',
     ["record-no-source"]),
    (HEAD + 'maker = { unknown = "why", sources = ["nobody"] }', ["record-source-unknown"]),
    (HEAD + 'maker = { unknown = "why", sources = "nobody" }', ["record-wrong-type"]),
    (HEAD + "maker = { value = 'a', source = 'unc-capsules', locator = 'b', checked = "
     "2026-01-05T10:00:00 }", ["record-wrong-type"]),
    (HEAD + "bulk_density = " + FACT % ("0.3 mg", "unc-capsules"), ["quantity-wrong-kind"]),
    (HEAD + "moisture = 5\nbulk_density = 0.3\nmakr = 'x'\n",
     ["record-unknown-key", "record-wrong-type", "record-wrong-type"]),
    ("name = 5\n", ["record-wrong-type"]),
    ("", ["record-missing-key"]),
    ("name = \n", ["file-not-toml"]),
    ('kind = "product"\nname = "x"\n', ["record-kind"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_mistake_has_its_code(own: Path, text: str, expected: list[str]) -> None:
    assert codes(own, text + "\n") == expected


def test_a_bench_may_hold_assumptions_and_names_only_records_that_exist(own: Path) -> None:
    shipped = (DATA / "benches" / "teaching.toml").read_text("utf-8")
    assert codes(own, shipped, "benches/mine.toml") == []
    wrong = shipped.replace('"class-iii"', '"class-iv"').replace('"ora-plus"', '"ora-pluss"', 1)
    assert codes(own, wrong, "benches/mine.toml") == ["record-not-found", "record-not-found"]
    wrong = shipped.replace('balance_rule = "sensitivity"', 'balance_rule = "usp42"')
    assert codes(own, wrong, "benches/mine.toml") == ["balance-rule-unknown"]


def test_a_product_is_of_a_drug_on_record_and_its_file_begins_with_its_name(own: Path) -> None:
    shipped = (DATA / "products" / "cycloserine-250-capsule.toml").read_text("utf-8")
    assert codes(own, shipped, "products/cycloserine-mine.toml") == []
    assert codes(own, shipped, "products/mine.toml") == ["record-name"]
    other = shipped.replace('substance = "cycloserine"', 'substance = "examplin"')
    assert codes(own, other, "products/examplin-1.toml") == ["record-not-found"]
    put(own, "substances/examplin.toml", 'name = "examplin"\n')
    assert codes(own, other, "products/examplin-1.toml") == []


def test_a_needed_fact_may_not_be_unknown(own: Path) -> None:
    shipped = (DATA / "products" / "cycloserine-250-capsule.toml").read_text("utf-8")
    text = re.sub(r"^strength = .*$", 'strength = { unknown = "not read" }', shipped, flags=re.M)
    assert codes(own, text, "products/cycloserine-mine.toml") == ["record-missing-key"]
    with pytest.raises(FormulationError) as refused:
        catalog.load(KINDS["products"], "products", "cycloserine-mine")
    assert refused.value.code == "record-missing-key"


def test_an_overlaid_record_is_a_note_and_no_mistake(own: Path, formulate: Run) -> None:
    shipped = (DATA / "fillers" / "mcc-ph102.toml").read_text("utf-8")
    put(own, "fillers/mcc-ph102.toml", shipped)
    ran = formulate("catalog", "check")
    assert ran.code == 0
    assert ran.out.startswith("No mistake in 1 record")
    assert "note    fillers/mcc-ph102.toml: it stands in for the shipped record" in ran.out


# The user's own sources.

SOURCE = '[mine]\ntitle = "T"\npublisher = "P"\nyear = 2026\naddress = "A"\ngrade = "%s"\n'


def test_an_own_source_is_known_to_the_check_and_printed_in_full(own: Path, formulate: Run) -> None:
    put(own, "sources.toml", SOURCE % "official")
    assert codes(own, HEAD + "maker = " + FACT % ("me", "mine") + "\n") == []
    text = " ".join(formulate("catalog", "show", "fillers/mine").out.split())
    assert "mine, test; official; checked 2026-01-05" in text
    assert "[mine] T. P, 2026. A (official)" in text
    assert catalog.bibliography()["mine"].grade == "official"


def test_a_lay_source_bears_no_fact(own: Path) -> None:
    put(own, "sources.toml", SOURCE % "lay")
    assert codes(own, HEAD + "maker = " + FACT % ("me", "mine")) == ["record-source-lay"]


def test_all_mistakes_in_the_sources_are_found_and_a_plan_refuses_them(
    own: Path, formulate: Run
) -> None:
    put(own, "sources.toml", 'a = "b"\n' + SOURCE % "best" + "[two]\ntitle = 3\nkey = 'x'\n")
    found = [m.code for m in check(None, TODAY).mistakes]
    assert found == ["record-wrong-type", "source-grade", "record-unknown-key",
                     "record-wrong-type", *["record-missing-key"] * 4]  # fmt: skip
    ran = formulate("catalog", "show", "cycloserine")
    assert ran.code == 2
    assert "sources.toml" in ran.err


# The schema.


def plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node


VALIDATORS = {
    folder: jsonschema.Draft202012Validator(schema(folder)) for folder in (*KINDS, "sources")
}


@pytest.mark.parametrize("folder", [*KINDS, "sources"])
def test_a_schema_is_a_valid_one(folder: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(folder))


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_shipped_record_fits_the_schema_of_its_kind_and_of_no_other(path: Path) -> None:
    table = plain(tomllib.loads(path.read_text("utf-8")))
    assert list(VALIDATORS[path.parent.name].iter_errors(table)) == []
    for folder, other in VALIDATORS.items():
        if word(folder) != table["kind"]:
            assert not other.is_valid(table), folder


def test_the_shipped_sources_fit_their_schema() -> None:
    table = tomllib.loads((DATA / "sources.toml").read_text("utf-8"))
    assert list(VALIDATORS["sources"].iter_errors(table)) == []


@pytest.mark.parametrize(
    "wrong", [{"labler": "x"}, {"pack": 30}, {"strength": "20 mg/tab"}, {"form": 5},
              {"pack": {"value": "30 cap"}}, {"strength": {"unknown": "why"}}],
)  # fmt: skip
def test_a_schema_refuses_what_the_reader_refuses(wrong: dict[str, Any]) -> None:
    path = DATA / "products" / "cycloserine-250-capsule.toml"
    table = plain(tomllib.loads(path.read_text("utf-8")))
    assert not VALIDATORS["products"].is_valid({**table, **wrong})


def test_a_schema_is_printed_as_it_is_or_by_the_contract(formulate: Run) -> None:
    alone = json.loads(formulate("catalog", "schema", "product").out)
    within = json.loads(formulate("catalog", "schema", "products", "--json").out)
    assert alone == schema("products") == within["results"]["schema"]
    assert formulate("catalog", "schema", "pills").code == 2


def test_the_group_alone_prints_its_help(formulate: Run) -> None:
    ran = formulate("catalog")
    assert ran.code == 0
    for name in ("list", "show", "check", "schema"):
        assert name in ran.out
