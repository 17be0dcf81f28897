"""Loss over time: the laws of first order and Arrhenius, the drawing, and what it never says."""

import json
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.blocks import Curve, Line, Paragraph, Report
from formulation.cited import Cited, Unknown
from formulation.drawing import ROWS, axis_end, drawn
from formulation.evidence_records import Kinetics
from formulation.kinetics import (
    course,
    days_to_ninety,
    keeping,
    left_after,
    of_record,
    rate_at,
    span,
)
from formulation.loss_report import loss_blocks
from formulation.markdown import markdown
from formulation.records import Point, Stability, Substance
from formulation.roots import LARGEST_POWER, exp, log
from formulation.spread import Bounds
from formulation.trace import Working, evaluate
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
FEW = settings(max_examples=15, deadline=None)
SYNTHETIC = ROOT / "tests" / "synthetic"
RECORD = "kinetics/examplin-ph-6"
GONE = Unknown("x", "not recorded")
DRUG = Substance(key="x", name="examplin")


def fact(value):
    return Cited(value, "s", text=str(value))


def q(value, unit=""):
    return Quantity(Fraction(value), unit)


RATE = Kinetics(
    key="x", substance="x", name="examplin in buffer", order=fact("first"),
    per_day=fact(Fraction("0.01")), celsius=fact(Fraction(40)), ph=fact(Fraction(6)),
    vehicle=fact("phosphate buffer"), activation_kj_per_mol=fact(Fraction(80)),
    studied_celsius=fact(Bounds(q(25), q(60))),
)  # fmt: skip
rates = st.fractions(Fraction(1, 10**5), 10, max_denominator=10**5)
warmths = st.fractions(0, 80, max_denominator=20)
energies = st.fractions(10, 200, max_denominator=20)
spans = st.fractions(0, 2000, max_denominator=24)


@st.composite
def records(draw):
    return replace(RATE, per_day=fact(draw(rates)), celsius=fact(draw(warmths)),
                   activation_kj_per_mol=fact(draw(energies)))  # fmt: skip


# Laws.


@SOME
@given(rates, spans, spans)
def test_the_share_left_never_rises_with_time_and_stays_between_none_and_all(rate, one, other):
    early, late = sorted((one, other))
    assert 0 < left_after(q(rate), late) <= left_after(q(rate), early) <= 1


@SOME
@given(records(), warmths, warmths, spans)
def test_the_share_left_never_rises_with_temperature(record, one, other, days):
    cold, warm = (rate_at(record, celsius, Working()) for celsius in sorted((one, other)))
    assert left_after(warm, days) <= left_after(cold, days)


@SOME
@given(records())
def test_at_its_own_temperature_the_rate_is_the_one_on_record(record):
    assert rate_at(record, record.celsius.value, Working()) == q(record.per_day.value)


@SOME
@given(records(), warmths)
def test_at_the_time_to_ninety_ninety_percent_are_left_and_each_step_evaluates_again(record, at):
    working = Working()
    rate = rate_at(record, at, working)
    left = left_after(rate, days_to_ninety(rate, working).magnitude)
    assert abs(left - Fraction(9, 10)) < Fraction(1, 10**27)
    for step in working.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


@SOME
@given(st.fractions(1, 1000, max_denominator=24), warmths)
def test_a_time_to_ninety_in_hours_or_days_gives_the_same(days, at):
    typed = (Quantity(days, "day"), Quantity(days * 24, "hour"), Quantity(days / 7, "week"))
    found = {rate_at(replace(RATE, per_day=GONE, shelf_life=fact(one)), at, Working())
             for one in typed}  # fmt: skip
    assert len(found) == 1


@SOME
@given(st.fractions(0, 1, max_denominator=10**5), st.integers(0, 500), st.integers(0, 500))
def test_what_is_left_of_what_is_left_is_what_is_left_of_both_times(k, one, other):
    rate = q(k)
    both = left_after(rate, Fraction(one + other))
    parts = left_after(rate, Fraction(one)) * left_after(rate, Fraction(other))
    assert abs(parts - both) <= both / 10**25


# What may stand in a record.


def why(**changed):
    (found,) = of_record(replace(RATE, **changed))
    assert (found.basis, found.rows, found.paces) == ("unknown", (), ())
    return found.why


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"order": GONE}, "the order is not on record"),
        ({"order": fact("zero")}, "zero order, and only first order is worked out"),
        ({"per_day": GONE}, "neither a rate nor a time to 90 %"),
        ({"per_day": fact(Fraction(0))}, "the rate on record is not above zero"),
        ({"per_day": GONE, "shelf_life": fact(q(0, "day"))}, "is not above zero"),
        ({"celsius": GONE}, "the temperature of the rate is not on record"),
    ],
)
def test_what_no_rate_can_be_had_from_is_unknown_with_its_reason(changed, said):
    assert said in why(**changed)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"activation_kj_per_mol": GONE}, "no activation energy on record"),
        ({"activation_kj_per_mol": fact(Fraction(0))}, "cannot be right"),
        ({"activation_kj_per_mol": fact(Fraction(10**6))}, "cannot be right"),
        ({"celsius": fact(Fraction(-274))}, "below -273.15"),
    ],
)
def test_without_a_usable_shift_only_the_own_temperature_is_drawn(changed, said):
    (found,) = of_record(replace(RATE, **changed))
    assert len(found.paces) == 1
    assert said in found.why


def grounds(**changed):
    (found,) = of_record(replace(RATE, **changed))
    return {int(pace.celsius): (pace.extrapolated, pace.ground) for pace in found.paces}


def test_beyond_the_temperatures_studied_it_is_called_extrapolated():
    assert grounds() == {
        5: (True, "extrapolated by Arrhenius: studied at 25 to 60 °C"),
        25: (False, "by Arrhenius: studied at 25 to 60 °C"),
        40: (False, "the rate on record, studied at 25 to 60 °C"),
    }
    warm = grounds(celsius=fact(Fraction(25)), studied_celsius=fact(Bounds(q(35), q(70))))
    assert warm[25] == (
        True, "the rate on record, extrapolated by its source: studied at 35 to 70 °C",
    )  # fmt: skip
    cold = grounds(studied_celsius=fact(Bounds(q(4), q(8))))
    assert [cold[celsius][0] for celsius in (5, 25, 40)] == [False, True, True]
    unsaid = grounds(studied_celsius=GONE)
    assert unsaid[40] == (False, "the rate on record")
    assert "the temperatures studied are not on record" in unsaid[25][1]


def test_only_a_time_to_ninety_is_enough_and_one_that_disagrees_is_named():
    lone = grounds(per_day=GONE, shelf_life=fact(q("10.5", "day")))
    assert lone[40][1].startswith("from the cited time to 90 %")
    agrees, differs = (grounds(shelf_life=fact(q(days, "day")))[40][1] for days in ("10.54", "12"))
    assert "does not agree" not in agrees
    assert "the cited time to 90 %, 12 days, does not agree with the rate" in differs


def test_a_very_fast_loss_comes_to_an_end_and_prints():
    (found,) = of_record(replace(RATE, per_day=fact(Fraction(10**6))))
    assert left_after(found.paces[-1].rate, Fraction(10**9)) > 0
    assert "under 1 %" in markdown(Report(tuple(loss_blocks((found,)))))


def test_a_loss_within_days_is_told_in_hours_too(formulate):
    fast = formulate("catalog", "show", "kinetics/omeprazole-ph-8-7").out
    assert "down to 90 % after 0.4813 day (11.55 hours) by calculation" in fast
    slow = formulate("catalog", "show", "kinetics/hydralazine-maltitol").out
    assert "down to 90 % after 5.13 days by calculation" in slow


# The drawing.


def block(found):
    return next(one for one in loss_blocks((found,)) if isinstance(one, Curve))


def body(curve, width):
    """Return the rows of cells, without labels and axis."""
    return [line.partition("|")[2] for line in drawn(curve, width)[: ROWS + 1]]


@FEW
@given(records(), st.sampled_from((60, 80, 140)))
def test_each_cell_is_the_exact_value_of_its_own_day_to_the_nearest_row(record, width):
    (found,) = of_record(record)
    curve = block(found)
    lines = drawn(curve, width)
    assert max(map(len, lines)) <= width
    assert all(line.isascii() for line in lines)
    columns = max(len(line) for line in lines) - len("90 % line |") - 1
    for place, row in ((p, r) for r, text in enumerate(body(curve, width))
                       for p, mark in enumerate(text) if mark == curve.lines[-1].mark):  # fmt: skip
        left = left_after(found.paces[-1].rate, curve.days * place / columns)
        assert abs((1 - left) / (1 - curve.floor) * ROWS - row) <= Fraction(1, 2)


@pytest.mark.parametrize("width", range(28, 150, 7))
def test_at_no_width_are_the_words_that_deny_a_date_cut(width):
    (found,) = of_record(RATE)
    lines = drawn(block(found), width)
    assert max(map(len, lines)) <= width
    words = " ".join(" ".join(lines[ROWS + 3 :]).split())
    assert words == "days by calculation: not a beyond-use date"


def test_the_line_at_ninety_percent_is_drawn_and_labelled_once():
    (found,) = of_record(RATE)
    named = [line for line in drawn(block(found), 80) if line.startswith("90 % line |")]
    assert len(named) == 1
    assert named[0].count("-") > 40


def test_each_crossing_is_drawn_at_its_day_or_said_to_lie_beyond():
    (found,) = of_record(RATE)
    curve = block(found)
    crossing = body(curve, 140)[5]
    for line, pace in zip(curve.lines, found.paces, strict=True):
        if pace.ninety.magnitude > curve.days:
            assert "beyond the drawing" in line.text
            assert line.mark not in crossing
        else:
            place = int(pace.ninety.magnitude / curve.days * 96)
            assert line.mark in crossing[place - 1 : place + 2]


@SOME
@given(st.fractions(Fraction(1, 1000), 10**5, max_denominator=1000))
def test_an_axis_holds_its_days_and_wastes_at_most_half(days):
    assert days <= axis_end(days) <= 2 * days


@FEW
@given(records())
def test_the_drawing_shows_where_the_fastest_loss_reaches_ninety(record):
    (found,) = of_record(record)
    ninety = [pace.ninety.magnitude for pace in found.paces]
    assert min(ninety) < span(found) <= 5 * min(ninety) * Fraction(5, 4)
    assert [day for day, _ in course(found.paces[0], span(found))][-1] == span(found)


POINTS = Stability(key="p", substance="x", name="p", role="points", applies_to=("aqueous-liquid",))


def measured(*points):
    rows = tuple(Point(time=fact(q(day, "day")), lost=fact(Fraction(lost))) for day, lost in points)
    return replace(POINTS, points=rows)


def test_points_are_drawn_alone_and_no_line_through_them():
    (found,) = of_record(measured((7, "0.25"), (14, "0.38")))
    assert found.paces == ()
    rows = body(block(found), 80)
    assert "".join(rows).count("*") == 2
    assert set("".join(rows)) == {"*", " ", "-"}
    assert [line.joined for line in block(found).lines] == [False]


def test_points_that_lose_all_gain_or_lie_at_the_start_are_still_drawn():
    (found,) = of_record(measured((0, "-0.01"), (0, "1")))
    assert "".join(body(block(found), 60)).count("*") == 2
    (none,) = of_record(replace(POINTS, points=(Point(time=GONE, lost=GONE),)))
    assert none.basis == "unknown"


def test_points_and_rates_are_told_only_of_the_form_they_are_of():
    wet = replace(DRUG, stability=(measured((0, 0), (7, "0.1")),), kinetics=(RATE,))
    assert [found.basis for found in keeping(wet, liquid=True)] == ["rate", "points"]
    assert [found.basis for found in keeping(wet, liquid=False)] == ["unknown"]


def test_the_drawing_covers_a_loss_of_exactly_five_times_the_fastest_and_none_slower():
    (found,) = of_record(RATE)
    for slow, covered in ((50, 50), (51, 10)):
        paces = tuple(replace(found.paces[0], ninety=q(days, "day")) for days in (10, slow))
        assert span(replace(found, paces=paces)) == Fraction(5, 4) * covered


def test_where_there_is_nothing_one_sentence_says_so():
    (found,) = keeping(DRUG, liquid=True)
    (only,) = loss_blocks((found,))
    assert isinstance(only, Paragraph)
    assert only.text == (
        "examplin: loss over time unknown (no rate and no points on record for this form)."
    )


def test_in_markdown_it_is_fenced_and_nothing_typed_is_inside():
    evil = Line("o", "```\n*x*", ((Fraction(0), Fraction(1)),))
    text = markdown(Report((Curve((evil,), Fraction(8), Fraction(4, 5), Fraction(9, 10)),)))
    assert text.count("```") == 2
    assert "\\*x\\*" in text


# On the screen.


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize(
    "record", ["kinetics/hydralazine-ph-3-5", "stability/cycloserine-37c-points", RECORD]
)
def test_a_record_is_drawn_below_its_facts_and_denies_being_a_date(
    formulate, monkeypatch, width, record
):
    """Where only the page of docs differs: print the record at 80 columns into it anew."""
    monkeypatch.setenv("COLUMNS", width)
    if record == RECORD:
        monkeypatch.setenv("FORMULATE_HOME", str(SYNTHETIC))
    ran = formulate("catalog", "show", record)
    below = ran.out.partition("\nLoss over time\n")[2].partition("\nSources\n")[0]
    assert ran.code == 0
    assert "NOT A BEYOND-USE DATE" in " ".join(below.split())
    assert "not a beyond-use date" in below
    assert max(map(len, below.splitlines())) <= int(width)
    if width == "80":
        page = (ROOT / "docs" / "method" / "loss.md").read_text(encoding="utf-8")
        assert "".join(f"{line}\n" for line in below.strip("\n").split("\n")) in page


def test_a_rate_of_another_order_says_so_and_a_record_of_another_kind_nothing(formulate):
    ran = formulate("catalog", "show", "kinetics/amiodarone-cmc-veegum-room")
    assert "loss over time unknown (the loss is of zero order" in " ".join(ran.out.split())
    for record in ("stability/omeprazole-acid", "vehicles/water"):
        assert "Loss over time" not in formulate("catalog", "show", record).out


def test_the_json_has_the_exact_days_and_rates(formulate):
    ran = formulate("catalog", "show", "kinetics/hydralazine-ph-3-5", "--json")
    (loss,) = json.loads(ran.out)["results"]["loss"]
    assert [pace["celsius"]["text"] for pace in loss["paces"]] == ["5", "25"]
    assert loss["paces"][1]["rate"]["exact"] == "18491/100000000"
    assert loss["paces"][0]["extrapolated"] is True
    other = formulate("catalog", "show", "vehicles/water", "--json")
    assert json.loads(other.out)["results"]["loss"] == []


@pytest.mark.parametrize("options", [("--all",), ("--all", "--explain")])
def test_a_plan_tells_it_once_for_each_form_not_for_each_route(formulate, options):
    ran = formulate("plan", "cycloserine", "100 mg", "--doses", "30", *options)
    assert ran.out.count("Loss over time: cycloSERINE, capsules") == 1
    assert ran.out.count("Loss over time: cycloSERINE, kept liquids") == 1
    assert ran.out.count("75 % left after 7 days, 62 % left after 14 days") == 1
    assert "support no date" in " ".join(ran.out.split())


def test_without_more_a_plan_is_silent_of_it_and_explain_tells_of_the_shown_form(formulate):
    words = ("plan", "cycloserine", "100 mg", "--doses", "30")
    assert "Loss over time" not in formulate(*words).out
    shown = formulate(*words, "--route", "liquid-water", "--explain").out
    assert "Loss over time: cycloSERINE, kept liquids" in shown
    assert "Loss over time: cycloSERINE, capsules" not in shown


def hydralazine(tmp_path):
    """Return the teaching bench with tablets of hydralazine in place of its capsules."""
    text = (ROOT / "data" / "benches" / "teaching.toml").read_text(encoding="utf-8")
    text = text.replace('"cycloserine-250-capsule"', '"hydralazine-50-tablet"', 1)
    bench = tmp_path / "bench.toml"
    bench.write_text(text.replace("10 mL/cap", "10 mL/tab"), encoding="utf-8")
    return str(bench)


def test_a_rate_is_held_against_the_vehicle_and_ph_of_each_liquid(formulate, tmp_path):
    words = ("plan", "hydralazine", "4 mg", "--doses", "30", "--bench", hydralazine(tmp_path))
    text = " ".join(formulate(*words, "--all").out.split())
    assert "not for water another vehicle; the rate is of pH 3.5, the pH here is unknown" in text
    assert "this vehicle of about pH 4.0 to 4.5: another pH" in text
    assert "[halasi-nairn-1990]" in text
    worked = formulate(*words, "--route", "liquid-water", "--explain").out
    assert "days until 90 % are left at 25 °C" in worked


def test_a_rate_in_a_vehicle_of_the_same_name_is_still_not_this_preparation(
    formulate, tmp_path, monkeypatch
):
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path / "own"))
    text = (SYNTHETIC / f"{RECORD}.toml").read_text(encoding="utf-8")
    text = text.replace('"examplin"', '"hydralazine"').replace('"phosphate buffer"', '"Ora-Plus"')
    record = tmp_path / "own" / "kinetics" / "hydralazine-own.toml"
    record.parent.mkdir(parents=True)
    record.write_text(text.replace('ph = { value = "6"', 'ph = { value = "4.2"'), encoding="utf-8")
    words = ("plan", "hydralazine", "4 mg", "--doses", "30", "--bench", hydralazine(tmp_path))
    said = " ".join(formulate(*words, "--all").out.split())
    assert (
        "not for Ora-Plus a vehicle of the same name, nothing else compared; the rate is of pH 4.2,"
        " this vehicle of about pH 4.0 to 4.5 not for"
    ) in said


# Logarithms and powers of e.


@SOME
@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6, max_denominator=10**6))
def test_logarithms_and_powers_of_e_against_the_decimal_module(value):
    with localcontext() as context:
        context.prec = 70
        number = Decimal(value.numerator) / Decimal(value.denominator)
        true = Fraction(number.ln())
        assert abs(log(value) - true) <= abs(true) / 10**28
        small = value / 10**4
        for power in (small, -small):
            true = Fraction((Decimal(power.numerator) / Decimal(power.denominator)).exp())
            assert abs(exp(power) / true - 1) < Fraction(1, 10**28)


def test_no_logarithm_at_or_below_zero_and_no_boundless_power():
    with pytest.raises(ValueError, match="at or below zero"):
        log(Fraction(0))
    with pytest.raises(ValueError, match="at most"):
        exp(Fraction(LARGEST_POWER + 1))
    assert exp(Fraction(LARGEST_POWER)) * exp(Fraction(-LARGEST_POWER)) != 0
