"""The compounding record: everything that is known is on it, everything that is found is blank."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

import formulation
from formulation.benches import read_bench
from formulation.cited import Cited, Unknown
from formulation.compounding_record import Worksheet, weighing
from formulation.record_lists import read_lists
from formulation.trace import Working, evaluate
from formulation.units import Quantity

Run = Callable[..., Ran]
POOL = "docs/examples/cycloserine-pool.toml"
TMS = "docs/examples/cycloserine-tms.toml"
BENCH = read_bench()
masses = st.integers(min_value=120, max_value=10_000_000)


def sheet(**typed: Any) -> Worksheet:
    given = {"substance": "cycloserine", "dose": "100 mg", "doses": 12, **typed}
    prescription, bench, _ = formulation.load(None, given, date(2026, 1, 5))
    return formulation.worksheet(prescription, bench, read_lists())


def flat(text: str) -> str:
    """Return a screen's text with its line breaks taken out."""
    return " ".join(text.split())


@settings(max_examples=60, deadline=None)
@given(masses)
def test_a_permitted_range_lies_inside_the_tolerance_and_on_the_balances_step(mg: int) -> None:
    working, target = Working(), Quantity(Fraction(mg), "mg")
    found = weighing("powder", target, BENCH, working)
    assert isinstance(found.low, Quantity)
    assert isinstance(found.high, Quantity)
    assert target * Fraction(19, 20) <= found.low <= target <= found.high
    assert found.high <= target * Fraction(21, 20)
    assert found.low.number("mg").denominator == found.high.number("mg").denominator == 1
    # one step further out would be outside
    assert found.low - Quantity(Fraction(1), "mg") < target * Fraction(19, 20)
    assert found.high + Quantity(Fraction(1), "mg") > target * Fraction(21, 20)
    for step in working.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


def test_the_benchs_own_tolerance_goes_before_the_balances_permitted_error() -> None:
    own = replace(BENCH.setting, weighing_tolerance=Cited(Fraction(1, 100), "house"))
    found = weighing("x", Quantity(Fraction(1000), "mg"), replace(BENCH, setting=own), Working())
    assert (found.low, found.high) == (Quantity(990, "mg"), Quantity(1010, "mg"))


def test_without_any_tolerance_the_range_is_unknown_and_not_made_up() -> None:
    balance = replace(BENCH.balance, permitted_error=Unknown("permitted error"))
    bench = replace(BENCH, balance=balance)
    found = weighing("x", Quantity(Fraction(1000), "mg"), bench, Working())
    assert isinstance(found.low, Unknown)
    assert isinstance(found.high, Unknown)


def test_what_is_found_has_no_target() -> None:
    first = sheet(pool={"net": "1.62 g", "opened": 5}).weighings[0]
    assert first.found
    assert first.target == Quantity(Fraction("1.62"), "g")
    assert isinstance(first.low, Unknown)


def test_whole_units_weigh_nothing_but_filler() -> None:
    found = sheet(doses=10, pool={"net": "1.3 g", "opened": 4})
    assert [one.what for one in found.weighings] == [
        "net powder of all that was opened", "filler",
    ]  # fmt: skip


def test_filler_that_is_topped_up_is_not_weighed() -> None:
    pool = {"net": "1.62 g", "opened": 5}
    by_packing = [one.what for one in sheet(pool=pool, method="packing").weighings]
    topped = [one.what for one in sheet(pool=pool, method="top-up").weighings]
    assert "filler" in by_packing
    assert topped == [what for what in by_packing if what != "filler"]


def test_lots_and_expiries_that_are_known_are_printed_and_the_rest_is_blank() -> None:
    found = sheet(
        lots={"mcc-ph112": ["A12", "B07"]}, expires={"mcc-ph112": date(2027, 1, 31)},
        pool={"net": "1.62 g", "opened": 5},
    )  # fmt: skip
    by_key = {one.key: one for one in found.components}
    assert by_key["mcc-ph112"].lots == ("A12", "B07")
    assert by_key["mcc-ph112"].expires == "2027-01-31"
    assert by_key["shell"].lots == ()
    assert by_key["shell"].expires == ""


def test_every_component_of_the_bill_is_on_the_record() -> None:
    found = sheet(pool={"net": "1.62 g", "opened": 5})
    assert [one.name for one in found.components] == [need.words for need in found.route.needs]
    assert {line.item for line in found.route.cost.lines} <= {one.name for one in found.components}


def test_every_list_prints_its_edition_and_says_where_it_is_not_confirmed(formulate: Run) -> None:
    lists = read_lists()
    text = flat(formulate("worksheet", POOL).out)
    for one in (lists.record, *lists.others):
        assert isinstance(one.items, Cited)
        line = f"{one.name}: {one.edition} [{one.items.source}]"
        assert line in text
        assert (f"{line}; not confirmed against the chapter" in text) is not one.confirmed
        for item in one.items.value:
            assert item in text


def test_the_worksheet_is_the_one_that_was_looked_at(formulate: Run, golden: Any) -> None:
    for name, options in (
        ("cycloserine-pool-worksheet.txt", [POOL]),
        ("cycloserine-pool-master.txt", [POOL, "--master"]),
        ("cycloserine-pool-worksheet.md", [POOL, "--markdown"]),
        ("cycloserine-tms-worksheet.txt", [TMS]),
        ("cycloserine-tms-worksheet-dispersion.txt", [TMS, "--route", "dispersion"]),
    ):
        ran = formulate("worksheet", *options)
        assert ran.code == 0
        golden(name, ran.out)


def test_the_first_example_from_prescription_to_worksheet(formulate: Run) -> None:
    """100 mg, 12 capsules, five opened, 1.62 g, size 3, a 100-hole machine."""
    text = flat(formulate("worksheet", POOL, "--formula", "CAPS-12", "--formula-version", "3").out)
    for line in (
        "no. CAPS-12 version 3",
        "Open 5 capsules of 250 mg.",
        "target 1.555 g permitted 1.478 to 1.62 g",
        "target 201 mg permitted 191 to 211 mg",
        "size 3, Capsuline 0.27 mL: 146.3 mg in each (packing assumed)",
        "Load 1: 12 bodies; block 88 holes: B3 to J10, row by row.",
        "spread, tamp, refill, until all of it is in",
        "A1 gross ______ mg net ______ mg",
        'formulate capsules FILE --actual "short by ..." says what to do',
        "I weighed and made this as written above.",
        "cycloSERINE, not cycloSPORINE",
        "opening capsules and weighing powders: contain them",
        "outside: why ____",
        "powder to weigh 1.62 g × 1,200 mg / (250 mg × 5) = 1,555.2 mg",
    ):
        assert line in text, line


def test_two_even_loads_each_have_their_powder_and_their_holes(formulate: Run) -> None:
    text = flat(formulate("worksheet", "docs/examples/cycloserine-120.toml").out)
    assert "Load 1: 60 bodies; block 40 holes: G1 to J10" in text
    assert "Load 2: 60 bodies; block 40 holes: G1 to J10" in text
    assert text.count("(1/2 of the mix, by weight)") == 2


def test_a_preparation_that_carries_a_stop_has_no_worksheet_to_follow(formulate: Run) -> None:
    ran = formulate("worksheet", TMS, "--route", "liquid-ora-plus")
    assert ran.code == 1
    assert "NO WORKSHEET: do not make" in ran.out
    assert "No study supports any date for cycloSERINE in Ora-Plus." in flat(ran.out)
    assert "actual" not in ran.out
    assert "Steps" not in ran.out


def test_a_master_formula_is_a_draft_and_says_so(formulate: Run) -> None:
    ran = formulate("worksheet", POOL, "--master")
    assert ran.out.startswith("DRAFT master formula, NOT APPROVED")
    assert "approved by    ____" in ran.out


def test_json_holds_the_record_and_its_lists(formulate: Run) -> None:
    ran = formulate("worksheet", POOL, "--json")
    found = json.loads(ran.out)
    assert found["command"] == "worksheet"
    assert found["chosen"] == "capsules"
    assert [one["what"] for one in found["results"]["weighings"]][1:] == [
        "powder of the pool", "filler",
    ]  # fmt: skip
    assert {one["confirmed"] for one in found["results"]["lists"]} == {True, False}
    assert found["results"]["yield_range"]["unknown"]
    assert "lists/napra-record" in found["data"]["records"]


def test_prices_are_not_on_the_worksheet(formulate: Run) -> None:
    assert "$" not in formulate("worksheet", POOL, "--explain").out


def test_explain_gives_each_step_with_its_reason(formulate: Run) -> None:
    brief, full = (formulate("worksheet", POOL, *more).out for more in ([], ["--explain"]))
    assert "the same share of the pool's powder as of its drug" not in flat(brief)
    assert "the same share of the pool's powder as of its drug" in flat(full)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_nothing_runs_over_the_edge(formulate: Run, width: int, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = formulate("worksheet", POOL).out
    long = [line for line in out.splitlines() if len(line) > width and "http" not in line]
    assert not long


def test_topping_up_comes_before_the_portions_and_its_estimate_is_no_theory(
    formulate: Run, tmp_path: Path
) -> None:
    """Half of the final mix put into load 1 before topping up would leave load 2 short of drug."""
    path = tmp_path / "two.toml"
    path.write_text(
        'substance = "cycloserine"\ndose = "50 mg"\ndoses = 120\nprepared = 2026-01-05\n'
        'method = "top-up"\nsize = "3"\n[pool]\nnet = "7.8 g"\nopened = 24\n'
    )
    text = flat(formulate("worksheet", str(path)).out)
    assert text.index("Top up: ") < text.index("Load 1: ") < text.index("Load 2: ")
    assert "All loads are emptied into one mix. All of the mix then weighs ____" in text
    assert "Powder ____________ (1/2 of all of the mix, by weight; about 6,907 mg)" in text
    assert "filler of the premix target 4,005 mg" in text
    assert "Net fill by theory: ____________ (all that was filled, as weighed, / 120 cap" in text


def test_before_the_pool_is_weighed_its_share_has_a_line_and_the_check_its_source() -> None:
    found = sheet()
    assert [one.what for one in found.weighings] == [
        "net powder of all that was opened", "powder of the pool"
    ]  # fmt: skip
    assert isinstance(found.weighings[1].target, Unknown)
    assert found.net is not None
    assert found.net.source == "unc-capsule-quality"


def test_no_more_of_the_pool_is_permitted_than_there_is() -> None:
    found = sheet(pool={"net": "1.62 g", "opened": 5})
    assert found.weighings[1].high == Quantity(Fraction("1.62"), "g")


@pytest.mark.parametrize(("mass", "low"), [(299, 270), (300, 278), (400, 370)])
def test_the_band_of_a_set_is_the_one_the_net_fill_falls_into(mass: int, low: int) -> None:
    """By Ph. Eur. 2.9.5 10 % below 300 mg and 7.5 % from there on: 400 mg x 92.5 % is 370 mg."""
    from formulation.catalog import load
    from formulation.check_records import WeightChecks
    from formulation.compounding_record import net_limits

    rule = load(WeightChecks, "checks", "ph-eur-mass")[0]
    found = net_limits(Quantity(Fraction(mass), "mg"), rule, BENCH, Working())
    assert found.low == Quantity(Fraction(low), "mg")
