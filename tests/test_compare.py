"""The comparison: break-evens tried one by one, swings, savings, the lines of a claim."""

from __future__ import annotations

import json
import shlex
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from conftest import ROOT
from test_docs import blocks

import formulation
from formulation.break_even import BreakEven, Stretch, costs_at
from formulation.cited import Unknown
from formulation.cost_report import saving_text, turn_text
from formulation.printing import show_money
from formulation.trace import evaluate
from formulation.units import Quantity

DAY = date(2026, 1, 5)
PRICED = "docs/examples/benches/priced.toml"
DAILY = "docs/examples/cycloserine-200.toml"


def compared(limit: int = 1, **typed):
    asked = {"substance": "cycloserine", "dose": "100 mg", "doses": 10, "bench": PRICED, **typed}
    prescription, bench, _ = formulation.load(None, asked, DAY)
    return formulation.compare(prescription, bench, limit=limit)


def a_price(item: str, value: str, per: str, more: str = "") -> str:
    said = 'source = "own-invoice", locator = "l", checked = 2026-01-02'
    return (
        f'\n[[prices]]\nitem = "{item}"\nbreakable = true\nstart = 2026-01-02\n'
        f'price = {{ value = "{value}", {said} }}\nper = {{ value = "{per}", {said} }}\n'
        + (f'at_most = {{ value = "{more}", {said} }}\n' if more else "")
    )


def usd(value: Fraction | int | str) -> Quantity:
    return Quantity(Fraction(value), "USD")


def cost_of(doses: int, route: str, **more) -> object:
    typed = {"substance": "cycloserine", "dose": "100 mg", "doses": doses, "bench": PRICED, **more}
    prescription, bench, _ = formulation.load(None, typed, DAY)
    found = next(r for r in formulation.plan(prescription, bench).routes if r.id == route)
    return found.cost


@pytest.fixture(scope="module")
def wide():
    return compared(35)


def test_each_number_of_doses_is_the_plans_own_cost(wide) -> None:
    (one,) = [b for b in wide.break_evens if b.basis == "as used"]
    assert (one.first, one.second) == ("capsules", "dispersion")
    for stretch in one.stretches:
        for doses in {stretch.start, stretch.end}:
            first, second = (cost_of(doses, name).total for name in (one.first, one.second))
            told = "same" if first == second else "first" if first < second else "second"
            assert told == stretch.cheaper, doses


def test_the_stretches_lie_end_to_end(wide) -> None:
    for one in wide.break_evens:
        ends = [(s.start, s.end) for s in one.stretches]
        assert ends[0][0] == 1
        assert ends[-1][1] == wide.limit == 35
        assert all(a[1] + 1 == b[0] for a, b in pairwise(ends))


def test_batches_forced_by_the_date_count_in_the_break_even() -> None:
    """Once a week capsules keep 25 doses: from the 26th on a second batch, as the plan has it."""
    typed = {"substance": "cycloserine", "dose": "100 mg", "doses": 10, "per_week": 1,
             "bench": PRICED}  # fmt: skip
    prescription, bench, _ = formulation.load(None, typed, DAY)
    at = costs_at(prescription, bench, {"capsules": "capsules"}, 27)
    for doses in (25, 26, 27):
        own = cost_of(doses, "capsules", per_week=1)
        assert at[doses - 1]["capsules"].makings == own.makings == (1 if doses == 25 else 2)
        assert at[doses - 1]["capsules"].used.first_fill == own.used.first_fill


def test_a_flip_is_told_with_how_often() -> None:
    stretches = (Stretch(1, 2, "second"), Stretch(3, 3, "same"), Stretch(4, 5, "first"),
                 Stretch(6, 9, "second"))  # fmt: skip
    one = BreakEven("a", "b", "as used", 9, stretches)
    assert one.flips == 2
    assert turn_text(one) == (
        "flips 2 times: b cheaper from 1 to 2; the same at 3; a cheaper from 4 to 5; b cheaper "
        "from 6 to 9"
    )
    never = BreakEven("a", "b", "as used", 9, (Stretch(1, 9, "first"),))
    assert turn_text(never) == "a cheaper from 1 to 9: no break-even up to 9"


def test_swings_are_sorted_and_worked_out_anew() -> None:
    found = compared()
    widths = [one.width.magnitude for one in found.swings]
    assert widths == sorted(widths, reverse=True)
    named = {one.name: one for one in found.swings}
    drug = named["price: cycloserine 250 mg capsule"]
    base = found.chosen_way.route.cost.billed.total
    # 20 % of 140.00 is 28.00; with 20 % markup 33.60; with 6 % tax on both 35.62 (35.616).
    assert usd("35.61") <= drug.high - base <= usd("35.62")
    fees = {"fee: dispensing fee", "fee: compounding fee", "fee: counselling"}
    minutes = {"labour: rate", "labour: set-up", "labour: each unit"}
    assert fees | minutes | {"markup", "tax"} <= set(named)


def test_a_change_of_one_input_moves_the_cost_the_same_way() -> None:
    found = compared()
    base = found.chosen_way.route.cost.billed.total
    assert all(one.low <= base <= one.high for one in found.swings)


def test_saves_is_never_said_of_what_is_old_or_assumed_or_not_priced() -> None:
    pool = {"net": "1.62 g", "opened": 5}
    for one in compared().savings:
        assert one.verdict in ("not shown", "saves nothing")
    for one in compared(dose="100 mg", doses=12, pool=pool).savings:
        assert one.verdict != "saves"
        if one.difference.magnitude < 0:
            assert "is not shown" in saving_text(one) or "would save" in saving_text(one)
        assert any("2015-09-21" in words for words in one.but)
        assert "assumed prices or charges" in one.but


def test_with_all_priced_read_and_new_it_saves_and_says_how_much(tmp_path) -> None:
    text = (ROOT / PRICED).read_text("utf-8").replace("teaching-assumption", "own-invoice")
    text = text.replace("breakable = true\n", "breakable = true\nstart = 2026-01-02\n")
    text += a_price("cycloserine-250-capsule", "1050 USD", "30 cap")
    (tmp_path / "b.toml").write_text(text, "utf-8")
    pool = {"net": "1.62 g", "opened": 5}
    found = compared(doses=12, bench=str(tmp_path / "b.toml"), pool=pool)
    for one in found.savings:
        assert one.but == ()
        assert one.difference.magnitude < 0
        assert one.verdict == "saves"
        assert f"compounding saves {show_money(-one.difference.magnitude)}" in saving_text(one)


def test_a_range_of_prices_is_a_range_of_costs(tmp_path, formulate) -> None:
    text = (ROOT / PRICED).read_text("utf-8")
    text += a_price("cycloserine-250-capsule", "900 USD", "30 cap", "1200 USD")
    (tmp_path / "b.toml").write_text(text, "utf-8")
    found = compared(bench=str(tmp_path / "b.toml"))
    way = found.chosen_way
    assert way.source_line("as used").amount == usd(120)
    # 4 capsules: 120.00 to 160.00; 40.00 more, with markup 48.00, with tax 50.88.
    apart = way.high_bill("as used").total - way.bill("as used").total
    assert usd("50.87") <= apart <= usd("50.89")
    ran = formulate("compare", "cycloserine", "100 mg", "--doses", "10", "--date", "2026-01-05",
                    "--bench", str(tmp_path / "b.toml"), "--up-to", "1")  # fmt: skip
    assert ran.code == 0
    total = show_money(way.bill("as used").total.magnitude)
    assert f"at least {total} to $" in ran.out
    pool = {"net": "1.62 g", "opened": 5}
    whole = compared(bench=str(tmp_path / "b.toml"), doses=12, pool=pool).chosen_way
    assert whole.route.cost.at_least
    assert not whole.highest.at_least  # the range itself says from where to where


def test_a_price_without_its_day_is_no_saving(tmp_path) -> None:
    text = (ROOT / PRICED).read_text("utf-8").replace("teaching-assumption", "own-invoice")
    text += a_price("cycloserine-250-capsule", "1050 USD", "30 cap")
    (tmp_path / "b.toml").write_text(text, "utf-8")
    pool = {"net": "1.62 g", "opened": 5}
    for one in compared(doses=12, bench=str(tmp_path / "b.toml"), pool=pool).savings:
        assert one.but == ("prices without a day",)
        assert one.verdict == "would save"


def test_the_lines_of_a_column_come_to_one_making_where_there_are_batches(formulate) -> None:
    ran = formulate("compare", "cycloserine", "250 mg", "--doses", "300", "--per-day", "1",
                    "--date", "2026-01-05", "--loss", "3 %", "--bench", PRICED,
                    "--up-to", "1")  # fmt: skip
    lines = {line[2:21].strip(): line.split()[-1] for line in ran.out.splitlines() if line}
    assert lines["one making, used"] == "$13,568.59"
    assert lines["makings to pay"] == "2"
    assert lines["all, as used"] == "$13,614.74"


def test_what_is_not_whole_says_at_least_above_the_bars_too(formulate) -> None:
    ran = formulate("compare", DAILY, "--bench", PRICED, "--up-to", "1")
    assert "at least $1,135.77 as used, changed by" in ran.out


def test_the_claim_says_which_of_its_costs_are_old_or_assumed(formulate) -> None:
    ran = formulate("compare", "docs/examples/cycloserine-pool.toml", "--bench", PRICED, "--claim")
    assert "CAUTION Old price" in ran.out
    assert "CAUTION Some of these costs are assumed" in ran.out


def test_the_claim_has_codes_on_record_and_blanks_for_the_rest(formulate, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    ran = formulate("compare", "cycloserine", "100 mg", "--doses", "10", "--date", "2026-01-05",
                    "--bench", PRICED, "--claim", "--up-to", "1")  # fmt: skip
    assert ran.code == 0
    rows = [line.strip() for line in ran.out.splitlines()]
    assert "13845120202 4 EA, $140.00, cycloserine 250 mg capsule" in rows
    assert "___________ 10 EA, $0.30, capsule shells" in rows
    filler = "filler (microcrystalline cellulose, Avicel PH-112)"
    assert f"___________ ______ __, $______, {filler}" in rows
    assert "20 minutes" in ran.out
    assert not any(row.endswith(("container", "syringe")) for row in rows)


def test_the_json_holds_every_way_whole(formulate) -> None:
    ran = formulate("compare", DAILY, "--bench", PRICED, "--up-to", "3", "--json")
    data = json.loads(ran.out)
    assert (ran.code, data["command"], data["chosen"]) == (0, "compare", "capsules")
    assert [r["id"] for r in data["routes"]] == [w["id"] for w in data["results"]["ways"]]
    cost = data["routes"][0]["cost"]
    assert cost["total"] == cost["used"]["total"]
    assert {"first_fill", "refill", "course", "labour", "tax"} <= set(cost["used"])
    assert all("flips" in one for one in data["results"]["break_evens"])


def test_a_product_that_is_sold_at_the_dose_is_a_way() -> None:
    found = compared(substance="aripiprazole", dose="2 mg", bench="teaching")
    (sold,) = [way for way in found.ways if way.sold]
    assert sold.id == "as-supplied:aripiprazole-2-tablet"
    assert isinstance(sold.route.cost.total, Unknown)
    assert found.savings == ()


def test_the_steps_of_a_saving_evaluate_again() -> None:
    found = compared()
    assert found.steps
    for step in found.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


# What is not known.


def test_which_way_is_dearer_is_not_said_where_what_is_missing_could_turn_it() -> None:
    """On the teaching bench neither side has labour, and water of the dispersion has no price."""
    found = compared(dose="200 mg", doses=30, per_day=1, bench="teaching").savings
    (packs,) = [one for one in found if one.basis == "whole packs"]
    assert packs.difference == usd("1.30")
    assert packs.missing
    assert "water" in packs.missing_against
    assert packs.verdict == "not shown"
    assert saving_text(packs) == (
        "the drug costs $1,050.00 either way; in all at least $1,051.80 against at least "
        "$1,050.50: $1.30 more on what is priced; which of the two is dearer is not known, but "
        "nothing is saved on the drug"
    )


def test_what_is_missing_is_named_by_side(formulate, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    ran = formulate("compare", DAILY, "--up-to", "1")
    text = " ".join(ran.out.split())
    assert "saves nothing" not in text
    assert "Not priced of capsules: labour, fees, markup and tax; filler" in text
    assert "Not priced of dispersion: labour, fees, markup and tax; water." in text


def test_saves_nothing_is_said_where_only_the_dearer_side_lacks_a_price() -> None:
    found = compared(dose="200 mg", doses=30, per_day=1).savings
    (packs,) = [one for one in found if one.basis == "whole packs"]
    assert packs.missing
    assert packs.missing_against == ()
    assert packs.verdict == "saves nothing"
    assert saving_text(packs).endswith("compounding saves nothing and adds at least $43.89")
    (used,) = [one for one in found if one.basis == "as used"]
    assert used.difference.magnitude < 0
    assert used.verdict == "not shown"


def test_a_saving_is_at_least_where_only_the_dearer_side_lacks_a_price(tmp_path) -> None:
    """The dispersion lacks its water: what it costs more can only grow."""
    text = (ROOT / PRICED).read_text("utf-8")
    begin = text.index('[[prices]]\nitem = "water"')
    (tmp_path / "b.toml").write_text(text[:begin] + text[text.index("[labour]") :], "utf-8")
    found = compared(doses=12, bench=str(tmp_path / "b.toml"), pool={"net": "1.62 g", "opened": 5})
    used, packs = found.savings
    assert (used.missing, used.missing_against) == ((), ("water",))
    assert used.verdict == "would save"
    assert "compounding would save at least $" in saving_text(used)
    assert packs.difference.magnitude > 0
    assert packs.verdict == "not shown"


@pytest.mark.parametrize("doses", [7, 10, 30])
@pytest.mark.parametrize("bench", ["teaching", PRICED])
def test_no_verdict_stands_that_a_price_of_what_is_missing_could_turn(doses, bench) -> None:
    """Whatever the missing lines come to, one cent or a million, the verdict holds."""
    for one in compared(doses=doses, bench=bench, per_day=1).savings:
        worst = one.difference - (usd(10**6) if one.missing_against else usd(0))
        best = one.difference + (usd(10**6) if one.missing else usd(0))
        assert (one.verdict == "saves nothing") == (worst.magnitude >= 0)
        assert (one.verdict in ("saves", "would save")) == (best.magnitude < 0)


def test_a_break_even_says_itself_that_it_is_on_what_is_priced(wide) -> None:
    assert all(one.at_least for one in wide.break_evens)
    assert all(turn_text(one).startswith("on what is priced, ") for one in wide.break_evens)
    pool = {"net": "1.62 g", "opened": 5}
    text = BreakEven("a", "b", "as used", 9, (Stretch(1, 9, "first"),), at_least=True)
    assert turn_text(text) == "on what is priced, a cheaper from 1 to 9: no break-even up to 9"
    products = compared(2, substance="aripiprazole", dose="2 mg", bench="teaching", pool=pool)
    assert all(not one.at_least for one in products.break_evens)


def test_at_least_stands_with_the_amounts_that_are_incomplete_and_with_no_other(formulate) -> None:
    ran = formulate("compare", DAILY, "--bench", PRICED, "--up-to", "1")
    lines = ran.out.splitlines()
    head = next(i for i, line in enumerate(lines) if "course, as used" in line)
    assert "at least" not in lines[head]
    assert lines[head + 1].count("at least") == 2
    assert "at least" not in lines[head + 2]
    planned = formulate("plan", DAILY, "--bench", PRICED).out.splitlines()
    (cost,) = [line for line in planned if line.startswith("  cost   ") and "$1,359.00" in line]
    assert cost.split("$")[0].endswith("at least ")
    assert cost.count("at least") == 1


def test_the_drug_wasted_is_that_of_every_making() -> None:
    """302 doses of 45 mg in 2 batches of 151: 28 capsules are opened for each, 205 mg left over."""
    whole = cost_of(302, "capsules", dose="45 mg", per_day=1)
    assert whole.makings == 2
    assert whole.wasted == usd(35) * 2 * Fraction(205, 250)
    assert whole.per_dose * 302 == whole.used.first_fill


def test_an_old_price_of_ones_own_is_no_example(tmp_path) -> None:
    text = (ROOT / PRICED).read_text("utf-8")
    text += a_price("cycloserine-250-capsule", "1050 USD", "30 cap")
    (tmp_path / "b.toml").write_text(text.replace("start = 2026-01-02", "start = 2024-01-02"))
    found = compared(bench=str(tmp_path / "b.toml"))
    assert [f.what for f in found.findings if f.code == "old-price"] == [
        "Old price: cycloserine 250 mg capsule, $1,050.00 for 30 capsules, is your own price of "
        "2024-01-02, 734 days old: check it"
    ]
    (shipped,) = [f for f in compared().findings if f.code == "old-price"]
    assert shipped.what.endswith("on 2015-09-21. It is an example, not today's price")


def test_a_price_without_its_day_does_not_lose_silently(tmp_path, formulate, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    text = (ROOT / PRICED).read_text("utf-8")
    text += a_price("cycloserine-250-capsule", "900 USD", "30 cap").replace(
        "start = 2026-01-02\n", ""
    )
    (tmp_path / "b.toml").write_text(text, "utf-8")
    found = compared(bench=str(tmp_path / "b.toml"))
    (aside,) = [f for f in found.findings if f.code == "price-set-aside"]
    assert (aside.level, aside.sources) == ("caution", ("own-invoice", "ats-2015"))
    assert "$900.00 for 30 capsules without a start [own-invoice] is not used" in aside.what
    assert "$1,050.00 for 30 capsules from 2015-09-21 [ats-2015] is" in aside.what
    for command in (["plan"], ["compare", "--up-to", "1"], ["compare", "--up-to", "1", "--claim"]):
        ran = formulate(*command, "cycloserine", "100 mg", "--doses", "10", "--date", "2026-01-05",
                        "--bench", str(tmp_path / "b.toml"))  # fmt: skip
        assert "CAUTION Two prices of cycloserine 250 mg capsule" in ran.out
    assert not [f for f in compared().findings if f.code == "price-set-aside"]


def test_nothing_to_make_is_exit_1_with_the_stops(formulate) -> None:
    ran = formulate("compare", "cycloserine", "600 mg", "--doses", "10", "--per-day", "2",
                    "--date", "2026-01-05")  # fmt: skip
    assert ran.code == 1
    assert "NOTHING HERE MAY BE MADE" in ran.out
    assert "STOP" in ran.out


@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_line_is_wider_than_the_screen(width: int, formulate, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    asked = ["compare", DAILY, "--bench", PRICED, "--up-to", "8"]
    for line in (asked, [*asked, "--claim"]):
        ran = formulate(*line)
        assert ran.code == 0
        assert all(len(text) <= width for text in ran.out.splitlines())
        assert "\x1b" not in ran.out


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_the_screens_are_the_ones_that_were_looked_at(
    width: str, formulate, golden, monkeypatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate("compare", DAILY, "--bench", PRICED, "--up-to", "40")
    golden(f"cycloserine-200-compare-{width}.txt", ran.out)


def test_the_claim_is_the_one_that_was_looked_at(formulate, golden) -> None:
    ran = formulate("compare", "docs/examples/cycloserine-pool.toml", "--bench", PRICED,
                    "--up-to", "1", "--claim")  # fmt: skip
    golden("cycloserine-pool-claim.txt", ran.out)


def test_the_page_on_costs_prints_what_the_program_prints(formulate) -> None:
    page = (ROOT / "docs" / "method" / "costs.md").read_text("utf-8")
    found = blocks(page)
    assert len(found) == 4
    for line, printed in found:
        ran = formulate(*shlex.split(line))
        assert ran.code == 0
        assert len(printed) > 2
        for text in printed:
            assert text in ran.out.splitlines(), text
