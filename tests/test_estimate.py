"""The patient's page: plain words, nothing assumed as a price, nothing that is stopped."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from conftest import ROOT, Ran
from hypothesis import given, settings
from hypothesis import strategies as st

import formulation
from formulation import blocks as b
from formulation import pages as p
from formulation.bench import Bench
from formulation.cited import Unknown
from formulation.errors import FormulationError
from formulation.estimate_page import estimate_page
from formulation.estimating import Estimate
from formulation.page_fit import letters
from formulation.page_text import as_report
from formulation.page_typst import pdf
from formulation.patient_charge import charge
from formulation.patient_ways import Way, alike, plain_name
from formulation.prescription import Prescription
from formulation.units import Quantity

Run = Callable[..., Ran]
TMS = "docs/examples/cycloserine-tms.toml"
LABEL = "docs/examples/naltrexone-label.toml"
DAY = date(2026, 1, 5)


def read(**typed: Any) -> tuple[Prescription, Bench]:
    given = {"substance": "cycloserine", "dose": "100 mg", "doses": 10, **typed}
    prescription, bench, _ = formulation.load(None, given, DAY)
    return prescription, bench


def estimated(**typed: Any) -> tuple[Estimate, Prescription]:
    prescription, bench = read(**typed)
    return formulation.estimate(prescription, bench, True), prescription


def words(sheet: p.Sheet) -> str:
    """Return all the words of a page, one block after the other."""
    found: list[str] = []
    for block in as_report(sheet).blocks:
        if isinstance(block, b.Facts):
            found += [f"{label}: {text}." for label, text in block.rows]
        elif isinstance(block, b.Chart):
            found += [f"{label}: {bars[0].text}." for label, bars, _ in block.rows]
        elif isinstance(block, b.Heading | b.Paragraph):
            found.append(block.text)
    return "\n".join(found)


def page(**typed: Any) -> str:
    found, prescription = estimated(**typed)
    return words(estimate_page(found, prescription, p.LETTER))


def test_assumed_prices_are_refused_unless_it_is_an_example(formulate: Run) -> None:
    ran = formulate("estimate", TMS)
    assert ran.code == 2
    assert "its prices are assumptions" in ran.err
    ran = formulate("estimate", TMS, "--example")
    assert ran.code == 0
    assert ran.out.count("EXAMPLE, NOT A PRICE") == 1
    assert "EXAMPLE, NOT A PRICE" in ran.out.split("You pay today")[0]


def test_a_bench_of_ones_own_with_an_assumed_price_is_refused_too() -> None:
    prescription, bench = read()
    with pytest.raises(FormulationError) as raised:
        formulation.estimate(prescription, replace(bench, teaching=False))
    assert raised.value.code == "estimate-teaching-prices"


def test_an_example_is_marked_across_the_page_and_in_words() -> None:
    found, prescription = estimated()
    sheet = estimate_page(found, prescription, p.LETTER)
    assert sheet.mark == "EXAMPLE, NOT A PRICE"
    assert any(isinstance(one, p.Banner) and one.text == sheet.mark for one in sheet.blocks)
    real = estimate_page(replace(found, example=False), prescription, p.LETTER)
    assert real.mark == ""


def test_the_three_sentences_stand_there_as_they_were_wanted() -> None:
    text = page().casefold()
    for sentence in (
        "insurance may not pay for compounded medicine: ask before we make it, it usually cannot "
        "be returned",
        "made for you by the pharmacy, not an FDA-approved product",
        "before you start, be sure your prescriber knows if you have ever had seizures, "
        "depression, severe anxiety, psychosis, kidney disease, or drink alcohol",
    ):
        assert sentence.casefold() in text


def test_another_drug_is_told_of_no_illness_that_is_not_on_its_record() -> None:
    text = page(substance="naltrexone", dose="4.5 mg", doses=30)
    assert "be sure your prescriber knows about every illness" in text
    assert "seizures" not in text


def test_what_is_not_for_a_patient_is_not_on_it(formulate: Run) -> None:
    every = (
        page(refills=2)
        + page(substance="naltrexone", dose="4.5 mg", doses=30)
        + page(route="dispersion")
    )
    for word in (
        "NADAC", "acquisition", "markup", "you save", "NDC", "usp", "10 mL", "10.15", "Avicel",
        "microcrystalline", "carton", "STOP", "Ora-Plus:", "$35.00",
    ):  # fmt: skip
        assert word not in every.replace("in Ora-Plus, made by the pharmacy:", ""), word
    # nothing of the stopped liquids of cycloserine
    assert "Ora" not in page()
    assert "liquid" not in page().casefold()


DRUGS = sorted(path.stem for path in (ROOT / "data" / "substances").glob("*.toml"))
TRADE = sorted(
    tomllib.loads(path.read_text("utf-8"))["name"]
    for path in (ROOT / "data" / "vehicles").glob("*.toml")
    if path.stem != "water"
)
UNPLAIN = re.compile(
    r"\b(batch(es)?|vehicle|NADAC|AWP|WAC|markup|acquisition|formula|suspension|solution|syrup|"
    r"route|dispersion|disperse|q\.s\.|supplied|compounding record|excipient|filler|USP|NF|usp795|"
    r"potency|assay|beyond-use|BUD|methylcellulose|cellulose|Avicel|sugar free|published)\b"
    r"|\b[a-z]+:[a-z0-9]|\b\d{4}\b(?!-)",  # an id with a colon; a bare year
    re.IGNORECASE,
)


def unplain(text: str) -> list[str]:
    """Return the words of a page that would have to be explained."""
    found = [word for word in TRADE if word.casefold() in text.casefold()]
    return [*found, *(one[0] for one in UNPLAIN.finditer(text))]


def all_priced(found: Estimate) -> Estimate:
    """Return an estimate each way of which has a price of its own, so that all bars are drawn."""
    ways = tuple(
        replace(way, amount=Quantity(Fraction(20 + at), "USD")) for at, way in enumerate(found.ways)
    )
    return replace(found, ways=ways)


def test_a_word_that_would_have_to_be_explained_is_found() -> None:
    for text in ("Liquid in Ora-Sweet SF", "Capsules: capsules:lot-3", "Made in batches", "1998"):
        assert unplain(text), text
    assert not unplain("Liquid made by the pharmacy, 10 mL a dose. Good until 2026-07-04")


@pytest.mark.parametrize("drug", DRUGS)
def test_no_drugs_page_has_a_word_that_would_have_to_be_explained(drug: str) -> None:
    found, prescription = estimated(substance=drug, dose="10 mg", doses=30, refills=1)
    names = [one.name for one in alike(found.ways, found.route.id)]
    assert len(set(names)) == len(names)
    if not found.may_be_made:
        return
    for one in (found, all_priced(found)):
        text = words(estimate_page(one, prescription, p.LETTER))
        assert not unplain(text)
        stopped = [r.id for r in formulation.plan(*read(substance=drug, dose="10 mg")).routes
                   if not r.may_be_made]  # fmt: skip
        assert not [name for name in stopped if name in text]
    if len(names) > 1:
        assert all(name in text for name in names)


@pytest.mark.parametrize(
    "route", ["as-supplied", "capsules", "dispersion", "formula-baclofen-purohit-2021"]
)
def test_each_way_has_a_page_in_plain_words(route: str) -> None:
    text = page(substance="baclofen", dose="10 mg", doses=30, per_day=1, route=route)
    assert not unplain(text)
    assert "you will also get" not in text.casefold() or "oral syringe" in text


def test_ways_that_a_patient_cannot_tell_apart_are_one_from_cheapest_to_dearest() -> None:
    ways = tuple(
        Way(f"w{at}", "Liquid", Quantity(Fraction(price), "USD"), False)
        for at, price in enumerate((30, 20, 25))
    )
    (one,) = alike(ways, "other")
    assert (one.name, one.low, one.high) == ("Liquid", ways[1].amount, ways[0].amount)
    mine, rest = alike(ways, "w1")
    assert (mine.name, mine.low, mine.high) == (
        "Liquid (this page)", ways[1].amount, ways[1].amount,
    )  # fmt: skip
    assert (rest.name, rest.low) == ("Liquid (made another way)", ways[2].amount)
    open_too = (*ways, Way("w3", "Liquid", Unknown("price"), True))
    (one,) = alike(open_too, "other")
    assert (one.open, one.at_least) == (True, True)
    found, prescription = estimated()
    found = replace(found, ways=(*found.ways, *open_too))
    text = words(estimate_page(found, prescription, p.LETTER))
    assert "Liquid: at least $20.00 to $30.00; some not known yet." in text


def test_lots_of_the_same_capsule_are_one_way_without_their_ids() -> None:
    found, prescription = estimated()
    route = replace(found.route, id="capsules:lot-3")
    assert plain_name(route, prescription) == plain_name(found.route, prescription)


def test_refills_none_is_printed_only_where_it_was_said() -> None:
    assert "Refills" not in page()
    assert "Refills: none." in page(refills=0)
    assert isinstance(estimated()[0].refills, Unknown)
    assert estimated(refills=0)[0].refills == 0


def test_the_measuring_tool_is_named_with_nothing_priced() -> None:
    liquid = {"substance": "naltrexone", "dose": "4.5 mg", "doses": 30}
    text = page(route="liquid-ora-plus", **liquid)
    assert "You pay today: not known yet" in text
    assert "You will also get: a measuring tool (oral syringe)" in text
    assert "You will also get" not in page(route="capsules", **liquid)


def test_volumes_are_in_millilitres_only() -> None:
    text = page(substance="naltrexone", dose="4.5 mg", doses=30, route="liquid-ora-plus")
    assert "one dose is 0.9 mL" in text
    assert not re.search(r"teaspoon|tsp|\bcc\b|\bL\b", text)


def test_a_missing_price_is_not_known_yet_and_never_zero() -> None:
    text = page(substance="naltrexone", dose="4.5 mg", doses=30)
    assert "You pay today: not known yet" in text
    assert "$0" not in text
    assert "the medicine" in text.split("Not known yet:")[1].split(".")[0]


def test_without_any_price_nothing_is_included_and_no_bars_are_drawn() -> None:
    text = page(substance="alprazolam", dose="0.5 mg", doses=30, per_day=1)
    assert "You pay today: not known yet" in text
    assert "This price includes" not in text
    assert "What each way would cost" not in text


def test_doses_that_outlast_the_date_are_told_with_the_batches_that_are_paid() -> None:
    text = page(doses=30, per_week=1)
    assert "Made in parts: 15 doses on 2026-01-05, 15 doses on 2026-04-20." in text
    assert "It does not keep until the last dose. The price is for all of them." in text
    assert "First part good until: 2026-07-04" in text
    assert "You pay for all parts: at least $" in text
    assert "You pay today" not in text
    once = page(doses=10, per_day=1)
    assert "batch" not in once
    assert "Good until: 2026-07-04" in once


def test_a_total_with_something_missing_is_at_least_and_an_old_price_is_told() -> None:
    text = page(refills=2)
    assert "You pay today: at least $141.20" in text
    assert "Each refill (you may have 2): at least $141.20" in text
    assert "today's price of the medicine (ours is from 2015-09-21)" in text


def test_what_is_included_and_what_is_not_yet_never_overlap() -> None:
    for drug, dose in (("cycloserine", "100 mg"), ("naltrexone", "4.5 mg"), ("baclofen", "5 mg")):
        prescription, bench = read(substance=drug, dose=dose)
        for route in formulation.plan(prescription, bench).routes:
            found = charge(route, bench)
            assert not set(found.includes) & set(found.not_yet)
            assert found.at_least == bool(found.not_yet)
            liquid = any(need.item == "oral-syringe" for need in route.needs)
            told = " ".join((*found.includes, *found.not_yet))
            assert ("measuring tool" in told) is liquid


def test_nothing_that_may_be_made_prints_no_page(formulate: Run) -> None:
    ran = formulate("estimate", TMS, "--route", "liquid-water", "--example")
    assert ran.code == 1
    assert "NO ESTIMATE: do not make" in ran.out
    assert "You pay" not in ran.out


def crowded(count: int) -> tuple[Estimate, Prescription]:
    found, prescription = estimated(refills=3)
    name = "Liquid number {} in a vehicle of a long name, as Vehicle for Oral Suspension NF"
    ways = tuple(
        Way(f"w{at}", name.format(at), Unknown("price") if at == 4 else Quantity(
            Fraction(at * 37 + 5), "USD"), at % 2 == 0)
        for at in range(count)
    )  # fmt: skip
    return replace(found, ways=ways), prescription


@pytest.mark.parametrize("paper", [p.LETTER, p.A4], ids=["letter", "a4"])
def test_twelve_ways_one_without_a_price_stand_on_one_page(paper: p.Paper) -> None:
    import io

    import pypdf

    found, prescription = crowded(12)
    sheet = estimate_page(found, prescription, paper)
    reader = pypdf.PdfReader(io.BytesIO(pdf(sheet)))
    assert len(reader.pages) == 1
    assert "not known yet" in reader.pages[0].extract_text()
    assert letters(sheet) >= 7


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=2, max_value=12))
def test_more_ways_never_make_the_letters_larger(count: int) -> None:
    few, prescription = crowded(count)
    more, _ = crowded(count + 1)
    assert letters(estimate_page(more, prescription, p.LETTER)) <= letters(
        estimate_page(few, prescription, p.LETTER)
    )


def test_a_patients_name_is_printed_where_it_is_given_and_nowhere_else() -> None:
    assert "For:" not in page()
    assert "For: Ada Example." in page(label={"patient": "Ada Example"})


def test_the_estimate_is_the_one_that_was_looked_at(formulate: Run, golden: Any) -> None:
    golden("cycloserine-tms-estimate.txt", formulate("estimate", TMS, "--example").out)
    golden("naltrexone-label-estimate.txt", formulate("estimate", LABEL, "--example").out)


def test_json_says_what_is_paid_and_what_is_not_known(formulate: Run) -> None:
    answer = json.loads(formulate("estimate", TMS, "--example", "--json").out)
    paid = answer["results"]["charge"]
    assert paid["today"]["text"] == "$141.20"
    assert paid["at_least"]
    assert "tax" in paid["not_yet"]
    assert answer["results"]["example"]


def syllables(word: str) -> int:
    """Count groups of vowels; a silent e at the end is none."""
    low = re.sub(r"[^a-z]", "", word.casefold())
    low = re.sub(r"e$", "", low) if len(low) > 3 and not low.endswith("le") else low
    return max(1, len(re.findall(r"[aeiouy]+", low)))


def test_the_reading_grade_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59; printed, not gated."""
    text = page(refills=2)
    sentences = [one for one in re.split(r"[.?!:;\n]+", text) if re.search(r"[a-z]", one)]
    every = re.findall(r"[A-Za-z']+", text)
    grade = 0.39 * len(every) / len(sentences)
    grade += 11.8 * sum(syllables(word) for word in every) / len(every) - 15.59
    with capsys.disabled():
        print(f"\nreading grade of the estimate (Flesch-Kincaid): {grade:.1f}")
    assert sentences
