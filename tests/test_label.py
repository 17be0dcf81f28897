"""Labels and the words on them: nothing made up, nothing misread, no name where none belongs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Ran

import formulation
from formulation.directions import misread
from formulation.errors import FormulationError
from formulation.label_page import label_page
from formulation.labelling import Label
from formulation.offered import MADE
from formulation.pages import label_size
from formulation.printing import show
from formulation.units import Quantity

Run = Callable[..., Ran]
LABEL = "docs/examples/naltrexone-label.toml"
TMS = "docs/examples/cycloserine-tms.toml"
POOL = "docs/examples/cycloserine-pool.toml"
DAY = date(2026, 1, 5)
NAME = "Zebulon Quagmire"


def found(**typed: Any) -> Label:
    given = {"substance": "cycloserine", "dose": "100 mg", "doses": 10, **typed}
    prescription, bench, _ = formulation.load(None, given, DAY)
    return formulation.label(prescription, bench)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Take 1.0 mg daily", "1.0"), ("Take 2.50 mL daily", "2.50"), ("Take .5 mg", ".5"),
        ("Take 1000 units", "1000"), ("Take 5 µg", "µg"), ("Take 5 ug", "ug"),
        ("Take 4 cc", "cc"), ("1 tsp daily", "tsp"), ("two teaspoons", "teaspoons"),
        ("Take 5 ml", "5 ml"), ("Take 5mg", "5mg"), ("Take 10 U", "U"), ("Take 10 IU", "IU"),
        ("1 capsule QD", "QD"), ("1 capsule q.o.d", "q.o.d"), ("1 capsule BID", "BID"),
        ("Take 1/2 capsule", "1/2"), ("Take 1 @ night", "@"), ("Take 1 & rest", "&"),
    ],
)  # fmt: skip
def test_what_could_be_misread_is_named(text: str, wrong: str) -> None:
    said = misread(text)
    assert said is not None
    assert said[0].strip() == wrong


@pytest.mark.parametrize(
    "text",
    ["Take 4.6 mL by mouth every evening", "Take 1 capsule (100 mg) daily", "Take 0.5 mL",
     "Take 10 mL at once", "1,000 units twice a day", "Take 20 mg every other day", ""],
)  # fmt: skip
def test_what_cannot_be_misread_passes(text: str) -> None:
    assert misread(text) is None


def test_a_strength_is_that_of_one_capsule() -> None:
    one = found(units_per_dose=2).actives[0]
    assert (one.name, one.amount) == ("cycloSERINE", Quantity(Fraction(50), "mg"))
    assert show(found(units_per_dose=2).one_dose) == "2 capsules"


def test_a_liquids_dose_is_the_volume_as_drawn_and_its_strength_is_of_all_of_it() -> None:
    prescription, bench, _ = formulation.load(LABEL, {}, DAY)
    one = formulation.label(prescription, bench)
    assert show(one.one_dose) == "4.6 mL"
    assert (show(one.actives[0].amount), show(one.actives[0].per)) == ("100 mg", "100 mL")
    assert one.actives[0].amount == Quantity(Fraction(1), "mg/mL") * one.quantity
    assert "Shake well before each dose" in one.statements


def test_only_what_is_all_there_on_a_bench_of_ones_own_is_a_label(formulate: Run) -> None:
    prescription, bench, _ = formulation.load(LABEL, {}, DAY)
    assert formulation.label(prescription, bench).missing == ("a bench of your own",)
    own = replace(bench, teaching=False)
    assert formulation.label(prescription, own).missing == ()
    for name in ("patient", "pharmacy", "phone", "prescriber", "directions", "preparation"):
        words = replace(prescription.words, **{name: ""})
        gone = formulation.label(replace(prescription, words=words), own).missing
        assert len(gone) == 1, name
        sheet = label_page(
            formulation.label(replace(prescription, words=words), own),
            replace(prescription, words=words), label_size("100 x 60 mm"), drawn=False,
        )  # fmt: skip
        assert sheet.blocks[0].text == "NOT A PRESCRIPTION LABEL"  # type: ignore[union-attr]
    assert "NOT A PRESCRIPTION LABEL" in formulate("label", LABEL).out


def test_a_look_alike_on_the_lists_is_printed_in_its_tall_man_letters() -> None:
    said = found(substance="hydralazine", dose="10 mg", doses=1).statements
    assert "hydrALAZINE, not hydrOXYzine" in said


@pytest.mark.parametrize("drug", ["cycloserine", "alprazolam", "omeprazole", "baclofen"])
@pytest.mark.parametrize("verb", [formulation.note, formulation.label])
def test_the_route_that_a_hint_names_works_or_there_is_none(
    drug: str, verb: Callable[[Any, Any], Any]
) -> None:
    given = {"substance": drug, "dose": "10 mg", "doses": 10}
    free, bench, _ = formulation.load(None, given, DAY)
    routes = formulation.plan(free, bench).routes
    if verb is formulation.note:
        usable = {one.id for one in routes if not one.may_be_made}
    else:
        usable = {one.id for one in routes if one.may_be_made and one.kind in MADE}
    for route in ("", *(one.id for one in routes)):
        fix = refused(lambda route=route: verb(replace(free, route=route), bench))
        if fix is None:
            continue
        named = fix.partition("--route ")[2]
        assert named in usable or not (named or usable), fix
        if named:
            verb(replace(free, route=named), bench)


def refused(ask: Callable[[], Any]) -> str | None:
    """Return what is to be typed instead, where something is refused."""
    try:
        ask()
    except FormulationError as error:
        return error.fix
    return None


def test_directions_that_could_be_misread_are_never_taken_from_the_prescriber() -> None:
    assert "directions" in found(sig="1 tsp qd").missing
    assert "directions" not in found(sig="Take 1 capsule daily").missing


def test_a_preparation_with_a_stop_has_no_label(formulate: Run, tmp_path: Path) -> None:
    out = tmp_path / "label.pdf"
    ran = formulate("label", TMS, "--route", "liquid-water", "--pdf", str(out))
    assert ran.code == 1
    assert "NO LABEL: do not make" in ran.out
    assert "NOT A PRESCRIPTION" not in ran.out
    assert not out.exists()


@pytest.mark.parametrize("number", ["13845-1202-2", "13845-1202-02", "1384512022", "13845120202"])
def test_the_number_of_a_source_is_never_the_preparations(number: str) -> None:
    with pytest.raises(FormulationError) as raised:
        found(label={"preparation": number})
    assert raised.value.code == "label-number-is-ndc"


def test_without_a_number_no_barcode_is_made_up(formulate: Run, tmp_path: Path) -> None:
    out = tmp_path / "label.html"
    assert formulate("label", TMS, "--html", str(out)).code == 0
    assert 'class="barcode"' not in out.read_text("utf-8")
    assert formulate("label", LABEL, "--html", str(out), "--force").code == 0
    assert 'class="barcode"' in out.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [["plan"], ["label"], ["worksheet"], ["capsules"], ["estimate", "--example"],
     ["note", "--route", "liquid-water"]],
)  # fmt: skip
def test_no_name_enters_an_answers_json_and_no_digest_depends_on_one(
    words: list[str], formulate: Run, tmp_path: Path
) -> None:
    told = (ROOT / TMS).read_text("utf-8") + '\n[label]\npatient = "{}"\nprescriber = "{}"\n'
    answers = []
    for place, name in enumerate((NAME, "Nobody At All")):
        path = tmp_path / f"{place}.toml"
        path.write_text(told.format(name, name), "utf-8")
        command, *options = words
        answers.append(formulate(command, str(path), *options, "--json").out)
    assert NAME not in answers[0]
    assert answers[0] == answers[1]
    assert json.loads(answers[0])["schema"] == "formulate/1"
    prescription, _, _ = formulation.load(str(tmp_path / "0.toml"), {}, DAY)
    assert NAME not in repr(prescription)


def test_the_label_is_the_one_that_was_looked_at(formulate: Run, golden: Any) -> None:
    golden("naltrexone-label-label.txt", formulate("label", LABEL).out)
    golden("cycloserine-tms-label.txt", formulate("label", TMS).out)


def test_the_label_of_json_says_what_is_missing(formulate: Run) -> None:
    ran = formulate("label", TMS, "--json")
    answer = json.loads(ran.out)
    assert answer["command"] == "label"
    assert answer["chosen"] == "capsules"
    assert "patient" in answer["results"]["missing"]
    assert answer["results"]["actives"][0]["amount"]["text"] == "100 mg"


def test_the_note_names_what_is_stopped_and_offers_only_what_is_not(
    formulate: Run, golden: Any
) -> None:
    ran = formulate("note", TMS, "--route", "liquid-water")
    golden("cycloserine-tms-note.txt", ran.out)
    prescription, bench, _ = formulation.load(TMS, {"route": "liquid-ora-plus"}, DAY)
    note = formulation.note(prescription, bench)
    assert note.stops
    assert all(stop.level == "stop" for stop in note.stops)
    every = formulation.plan(replace(prescription, route=""), bench)
    assert note.chosen in {route.id for route in every.routes if route.may_be_made}
    assert note.sources


def test_a_worksheet_keeps_its_blanks_as_lines_to_write_on(formulate: Run, tmp_path: Path) -> None:
    out = tmp_path / "w.html"
    assert formulate("worksheet", POOL, "--html", str(out)).code == 0
    text, screen = out.read_text("utf-8"), formulate("worksheet", POOL).out
    assert "____" not in text
    assert text.count('class="blank"') > 50
    assert text.count('class="tick"') == screen.count("[ ]")


def test_one_dose_of_a_liquid_says_what_is_drawn_and_what_was_prescribed(
    formulate: Callable[..., Ran],
) -> None:
    """4.6 mL of 1 mg/mL hold 4.6 mg, whatever was asked; and no second unit stands on a label."""
    ran = formulate("label", "docs/examples/naltrexone-label.toml")
    assert "4.6 mL is one dose, 4.6 mg (4.5 mg prescribed)." in " ".join(ran.out.split())
    asked = ("alprazolam", "0.5 mg", "--doses", "14", "--date", "2026-01-05")
    ran = formulate("label", *asked, "--route", "formula-alprazolam-1-usp")
    assert "0.5 mL is one dose, 0.5 mg." in " ".join(ran.out.split())


def test_doses_that_outlast_the_date_keep_a_label_from_being_one(
    formulate: Callable[..., Ran],
) -> None:
    asked = ("hydralazine", "10 mg", "--per-day", "1", "--date", "2026-01-05")
    name = ("--route", "formula-hydralazine-allen-erickson-1998-ora")
    words = "doses that end by the use-by date: make it in batches"
    many = " ".join(formulate("label", *asked, "--doses", "14", *name).out.split())
    assert words in many
    assert "NOT A PRESCRIPTION LABEL" in many
    one = " ".join(formulate("label", *asked, "--doses", "1", *name).out.split())
    assert words not in one
