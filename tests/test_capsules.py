"""`formulate capsules`: the verb, the command, its screens, and what it does with bad input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT, Ran

import formulation
from formulation.benches import read_bench
from formulation.capsule_making import Capsules
from formulation.capsule_methods import weighable
from formulation.cited import Unknown
from formulation.trace import evaluate
from formulation.units import Quantity, total

Run = Callable[..., Ran]
Check = Callable[[str, str], None]
POOL = "docs/examples/cycloserine-pool.toml"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))
DAY = date(2026, 1, 5)
BENCHES = ROOT / "docs" / "examples" / "errors"
CERTIFIED = {"net": "1.62 g", "opened": 5}


def made(**table: Any) -> Capsules:
    typed = {"substance": "cycloserine", "dose": "100 mg", "doses": 12, **table}
    prescription, bench, _ = formulation.load(None, typed, DAY)
    return formulation.capsules(prescription, bench)


def codes(found: Capsules) -> set[str]:
    return {finding.code for finding in found.findings}


def way(found: Capsules, method: str) -> Any:
    return next(one for one in found.ways if one.method == method)


# Screens


@pytest.mark.parametrize(
    ("name", "options"),
    [("", []), ("-short", ["--actual", "short by 0.4 g"]), ("-left", ["--actual", "left 0.2 g"]),
     ("-markdown", ["--markdown"]), ("-explain", ["--explain"])],
)  # fmt: skip
def test_the_screen_is_the_one_that_was_looked_at(name, options, formulate: Run, golden: Check):
    ran = formulate("capsules", POOL, *options)
    assert (ran.code, ran.err) == (1 if name == "-left" else 0, "")
    if name != "-markdown":
        assert all(len(line) <= 80 for line in ran.out.splitlines())
    golden(f"cycloserine-pool-capsules{name}.txt", ran.out)


@pytest.mark.parametrize("width", ["60", "140"])
def test_other_widths(width, formulate: Run, golden: Check, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate("capsules", POOL)
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    assert "\x1b" not in ran.out
    golden(f"cycloserine-pool-capsules-{width}.txt", ran.out)


def test_the_json_is_the_contract(formulate: Run, golden: Check):
    ran = formulate("capsules", POOL, "--actual", "short by 0.4 g", "--json")
    assert (ran.code, ran.err) == (0, "")
    golden("cycloserine-pool-capsules.json", ran.out)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_gives_capsules_and_every_step_evaluates_again(path: Path, formulate: Run):
    ran = formulate("capsules", str(path.relative_to(ROOT)), "--json")
    if ran.code == 2:  # a route that is no capsules is said to be none
        assert json.loads(ran.out)["error"]["code"] == "no-such-capsules"
        return
    data = json.loads(ran.out)
    assert data["command"] == "capsules"
    assert data["steps"]
    for step in data["steps"]:
        inputs = {name: exact(value) for name, value in step["inputs"].items()}
        found, wanted = evaluate(step["formula"], inputs), exact(step["result"])
        assert found == (wanted if wanted.unit else wanted.magnitude)


def exact(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(exact(one) for one in value)
    return Quantity(Fraction(value["exact"]), value["unit"])


# The mix, its ways and its loads


def test_the_batch_of_the_issue():
    """100 mg #12 from five opened capsules of 250 mg, a pool of 1.62 g, a 100-hole machine."""
    found = made(pool=CERTIFIED)
    assert found.may_be_made
    chosen = next(size for size in found.sizes if size.chosen)
    assert chosen.size == "3"
    filler = way(found, "packing").filler
    # 1,555 mg at 0.60 g/mL leave 12 x 0.27 mL - 1.555/0.60 mL for filler at 0.31 g/mL
    volume = 12 * Fraction("0.27") - Fraction("1.555") / Fraction("0.60")
    assert filler == Quantity(volume * 310, "mg")
    (load,) = found.loads
    assert (load.capsules, load.blocked) == (12, 88)
    assert load.powder == Quantity(1555, "mg") + filler
    assert total((stage.added for stage in found.stages), "mg") == load.powder


def test_short_by_four_tenths_of_a_gram_is_answered_exactly():
    found = made(pool=CERTIFIED, actual=["short by 0.4 g"])
    (remedy,) = found.remedies
    assert remedy.after.mix == found.loads[0].powder + Quantity(400, "mg")
    assert remedy.after.drug == remedy.before.drug
    assert "short-by-much" in codes(found)
    assert found.may_be_made


@pytest.mark.parametrize(("mass", "said"), [("50 mg", True), ("120 mg", False)])
def test_filler_to_add_that_cannot_be_weighed_is_a_caution(mass, said):
    found = made(pool=CERTIFIED, actual=[f"short by {mass}"])
    assert any(f.what.startswith("filler to add") for f in found.findings) == said
    fixed = made(pool=CERTIFIED, mode="fixed", actual=[f"short by {mass}"])
    assert not any(f.what.startswith("filler to add") for f in fixed.findings)


@pytest.mark.parametrize(
    ("table", "share"),
    [({}, "1"), ({"excess": "5 %"}, "20/21"), ({"loss": "5 %"}, "1"),
     ({"loss": "5 %", "mode": "fixed"}, "11/12"), ({"extra_units": 1}, "1"),
     ({"excess": "5 %", "loss": "1 %"}, "20/21")],
)  # fmt: skip
def test_what_goes_into_the_machine_is_the_fill_of_one_times_the_capsules(table, share):
    """A mix for 12.6 capsules, all spread over 12, would hold 105 % of the dose in each."""
    found = made(pool={"net": "1.95 g", "opened": 6}, **table)
    powder = total((load.powder for load in found.loads), "mg")
    count = sum(load.capsules for load in found.loads)
    packing = way(found, "packing")
    assert powder == packing.each * count
    mix = total((stage.added for stage in found.stages), "mg")
    assert (powder / mix).number() == Fraction(share)
    wet = made(pool={"net": "1.95 g", "opened": 6}, actual=["short by 0.1 g"], **table)
    assert wet.remedies[0].before.each == packing.each
    assert wet.remedies[0].before.mix == powder


@pytest.mark.parametrize("doses", [5, 10, 100, 101, 120, 1000, 10_000])
def test_loads_of_any_batch_sum_to_its_capsules_and_its_mix(doses):
    opened = -(-doses * 2 // 5)
    found = made(doses=doses, pool={"net": f"{opened * 324} mg", "opened": opened})
    assert sum(load.capsules for load in found.loads) == doses
    assert max(load.capsules for load in found.loads) <= 100
    each = way(found, "packing").each
    assert total((load.powder for load in found.loads), "mg") == each * doses


def test_ten_thousand_capsules_are_a_screen_and_not_a_book(formulate: Run):
    ran = formulate("capsules", "cycloserine", "100 mg", "--doses", "10000", "--net", "1296 g",
                    "--opened", "4000", "--date", "2026-01-05")  # fmt: skip
    assert ran.code == 0
    assert "loads 1 to 100" in ran.out
    assert len(ran.out.splitlines()) < 100


def test_the_three_ways_are_shown_and_whole_unit_is_chosen_where_the_count_comes_out():
    found = made(doses=10, pool={"net": "1.296 g", "opened": 4})
    assert [one.method for one in found.ways] == ["whole-unit", "packing", "top-up"]
    assert [one.chosen for one in found.ways] == [True, False, False]
    assert found.ways[0].weighed == "nothing but filler"
    assert len({one.filler for one in found.ways}) == 1
    assert [one.method for one in made(pool=CERTIFIED).ways] == ["packing", "top-up"]
    assert (
        next(w for w in made(pool=CERTIFIED, method="top-up").ways if w.chosen).method == "top-up"
    )


def test_everything_that_needs_no_weight_is_answered_without_it():
    found = made()
    assert found.may_be_made
    assert isinstance(way(found, "packing").filler, Unknown)
    assert [item.name for item in found.open][:2] == ["powder to weigh", "powder in one capsule"]
    assert all("net powder" in item.missing.which for item in found.open)
    assert found.open[0].formula == "net powder × 0.96"


def test_ways_of_an_unweighed_pool_are_said_and_not_a_table_of_open(formulate: Run):
    out = formulate("capsules", "docs/examples/cycloserine-tms.toml").out
    ways = out.split("Ways to fill")[1].split("Cautions")[0]
    assert "> whole-unit tip in all that was opened" in ways
    assert "to weigh: nothing but filler" in " ".join(ways.split())
    assert "filler in all" not in ways


def test_several_actives_and_a_glidant_are_weighed_and_fill_with_the_rest():
    found = made(
        doses=10, pool={"net": "1.3 g", "opened": 4}, bench=str(BENCHES / "bench-also.toml"),
        also=[{"lot": "pyridoxine-powder", "dose": "25 mg"}], size="2",
        glidant={"item": "mcc-ph112", "share": "0.5 %"},
    )  # fmt: skip
    whole, pyridoxine = way(found, "packing"), Quantity(Fraction(25000, 99), "mg")
    assert whole.weighed == "pyridoxine-powder, glidant, filler"
    assert way(found, "top-up").weighed == "pyridoxine-powder, glidant"
    assert {balance.substance for balance in found.route.balances} == {
        "cycloserine", "pyridoxine hydrochloride",
    }  # fmt: skip
    own = total((s.added for s in found.stages if s.name == "pyridoxine-powder"), "mg")
    assert abs((own - pyridoxine).number("mg")) <= Fraction(1, 2)
    flow = total((s.added for s in found.stages if s.name == "glidant"), "mg")
    mix = total((s.added for s in found.stages), "mg")
    assert flow == mix * Fraction(1, 200)
    assert mix == whole.each * 10
    # the glidant's packing is on the bench: the ways agree on the fill of one capsule
    assert way(found, "top-up").each == whole.each
    said = [f.what for f in found.findings if f.code == "below-least-weighable"]
    assert any(what.startswith("glidant") for what in said)


def test_a_glidant_is_in_the_mix_that_is_portioned_and_mended():
    """Half a percent of ten fills, put in once: what is short is short of the whole mix."""
    found = made(
        doses=10, pool={"net": "1.3 g", "opened": 4}, size="2", actual=["short by 0.2 g"],
        glidant={"item": "mcc-ph112", "share": "0.5 %"}, method="packing",
    )  # fmt: skip
    packing = way(found, "packing")
    assert found.glidant == packing.each * 10 * Fraction(1, 200)
    assert found.mix == Quantity(1300, "mg") + packing.filler + found.glidant
    assert found.mix == packing.each * 10
    assert found.remedies[0].before.mix == found.mix
    assert total((load.powder for load in found.loads), "mg") == found.mix


def test_two_capsules_a_dose_and_refills():
    found = made(units_per_dose=2, refills=3, pool=CERTIFIED, size="3")
    assert found.loads[0].capsules == 24
    assert found.route.made.expected == Quantity(24, "cap")
    assert "50 mg" in found.route.title


BATCHES = [{}, {"excess": "5 %"}, {"loss": "5 %"}, {"loss": "5 %", "mode": "fixed"},
           {"extra_units": 1}]  # fmt: skip


@pytest.mark.parametrize("table", BATCHES)
def test_the_bill_the_ways_and_the_machine_count_the_same_mix(table):
    """Filler for the mix, shells for what is filled; by densities both ways take as much."""
    found = made(pool={"net": "1.95 g", "opened": 6}, **table)
    needs = {need.item: need.quantity for need in found.route.needs}
    packing, top = way(found, "packing"), way(found, "top-up")
    assert needs["mcc-ph112"] == packing.filler == top.filler
    assert packing.each == top.each
    count = found.route.made.expected.magnitude
    assert needs["shell"] == Quantity(count, "each")
    fill = next(size for size in found.sizes if size.chosen)
    after = made(pool={"net": "1.95 g", "opened": 6}, actual=["short by 0.1 g"], **table)
    assert after.remedies[0].before.filler == fill.filler * count


@pytest.mark.parametrize(
    ("table", "words"),
    [({}, "all powder evenly"), ({"excess": "5 %"}, "0.9524 (20/21) of the mix evenly"),
     ({"loss": "5 %"}, "all powder evenly"), ({"extra_units": 1}, "all powder evenly"),
     ({"excess": "5 %", "extra_units": 1}, "of the mix evenly"),
     ({"overage": "5 %", "overage_reason": "kept warm"}, "all powder evenly"),
     ({"excess": "5 %", "overage": "5 %", "overage_reason": "kept warm"},
      "0.9524 (20/21) of the mix evenly")],
)  # fmt: skip
def test_how_much_of_the_mix_is_spread_leaves_out_what_is_discarded_only(table, words):
    found = made(pool={"net": "1.95 g", "opened": 6}, **table)
    (text,) = [action.text for action in found.route.actions if action.verb == "fill"]
    assert words in text


def test_the_larger_shell_named_beside_the_chosen_one_holds_less_drug_in_its_fill():
    """Of 12 x 0.27 mL the drug takes 100 of 146.4 mg, of size 2's 0.37 mL 100 of 177.4 mg."""
    found = made(pool=CERTIFIED)
    by_size = {size.size: size for size in found.sizes}
    own, other = (Fraction(by_size[size].drug_share) for size in ("3", "2"))
    assert own == (Quantity(100, "mg") / by_size["3"].fill).number()
    assert own > other
    assert found.why.startswith("size 3: 68.3")
    assert "in size 2 it would be" in found.why


def test_filler_too_little_to_weigh_is_topped_up_and_not_in_the_order_of_mixing():
    """Five capsules take about 84 mg of filler, below the 120 mg that the balance may weigh."""
    pool = {"net": "656 mg", "opened": 2}
    short = made(doses=5, pool=pool, method="packing")
    assert "filler for all" in "".join(f.what for f in short.findings)
    assert [stage.name for stage in short.stages] == ["cycloserine 250 mg capsule powder"]
    topped = made(doses=5, pool=pool, method="top-up")
    assert not any(f.what.startswith("filler for all") for f in topped.findings)
    assert next(one.method for one in topped.ways if one.chosen) == "top-up"


def test_the_least_that_may_be_weighed_may_be_weighed():
    case: Any = SimpleNamespace(bench=read_bench())
    assert weighable(case, Quantity(120, "mg"))
    assert not weighable(case, Quantity(Fraction("119.999"), "mg"))
    assert weighable(case, Quantity(0, "mg"))
    assert not weighable(case, Unknown("filler", "not weighed"))


def test_a_further_active_of_two_capsules_a_dose_is_halved_and_its_drug_is_all_accounted_for():
    """25 mg a dose in two capsules is 12.5 mg each; 253 mg of 99 % powder hold 250.47 mg."""
    found = made(
        doses=10, units_per_dose=2, pool={"net": "1.3 g", "opened": 4}, size="2",
        bench=str(BENCHES / "bench-also.toml"),
        also=[{"lot": "pyridoxine-powder", "dose": "25 mg"}],
    )  # fmt: skip
    (second,) = [b for b in found.route.balances if b.substance == "pyridoxine hydrochloride"]
    assert second.taken == Quantity(253 * Fraction("0.99"), "mg")
    assert second.dispensed == second.taken


def test_a_further_active_without_an_assay_is_a_stop_and_not_a_guess():
    found = made(
        doses=10, pool={"net": "1.3 g", "opened": 4}, size="2",
        bench=str(BENCHES / "bench-also.toml"),
        also=[{"lot": "folic-acid-powder", "dose": "1 mg"}],
    )  # fmt: skip
    (stop,) = [f for f in found.findings if f.code == "also-no-certificate"]
    assert stop.level == "stop"
    assert stop.fix == "ask the supplier for it"
    assert not found.may_be_made
    (balance,) = [b for b in found.route.balances if b.substance == "folic acid"]
    assert balance.taken == Quantity(0, "mg")


def test_pool_and_single_weighings_are_compared_only_where_every_unit_was_weighed():
    five = ["322 mg", "326 mg", "319 mg", "325 mg", "308 mg"]
    pool = {"net": "1.62 g", "opened": 5}
    all_of_them = made(pool={**pool, "weighings": five})
    assert "pool-not-the-sum" in codes(all_of_them)
    assert "pool-not-the-sum" not in codes(made(pool={**pool, "weighings": five[:4]}))


@pytest.mark.parametrize(("doses", "holes"), [(50, 60), (60, 60), (61, 100), (100, 100),
                                              (120, 60), (121, 100), (300, 100)])  # fmt: skip
def test_the_machine_with_the_fewest_loads_is_taken_and_of_those_the_smallest(
    doses, holes, tmp_path: Path
):
    text = (BENCHES / "bench-no-plate.toml").read_text("utf-8").replace('["1"]', '["3"]')
    head, machine = text.split("[[machines]]")
    small = machine.replace("capsule machine", "small")
    small = small.replace('columns = { value = "10"', 'columns = { value = "6"')
    path = tmp_path / "bench.toml"
    path.write_text("[[machines]]".join([head, machine, small]), "utf-8")
    opened = -(-doses * 2 // 5)
    pool = {"net": f"{opened * 324} mg", "opened": opened}
    found = made(doses=doses, pool=pool, bench=str(path), size="3")
    assert found.loads[0].capsules + found.loads[0].blocked == holes
    assert len(found.loads) == -(-doses // holes)


@pytest.mark.parametrize("share", ["5 %", "20 %", "30 %", "45 %"])
def test_the_least_filler_asked_for_is_in_the_fill(share):
    found = made(pool=CERTIFIED, least_filler=share)
    size = next(size for size in found.sizes if size.chosen)
    assert (size.filler / size.fill).number() >= Fraction(int(share.removesuffix(" %")), 100)
    smaller = [s for s in made(pool=CERTIFIED).sizes if isinstance(s.fill, Quantity)]
    left_out = [s for s in smaller if s.fill < size.fill]
    assert all(
        (s.filler / s.fill).number() < Fraction(int(share.removesuffix(" %")), 100)
        for s in left_out
    )


# What was tried, and found wrong


def test_whole_unit_that_does_not_come_out_stops_with_the_nearest_counts_that_do():
    found = made(pool=CERTIFIED, method="whole-unit")
    (stop,) = [f for f in found.findings if f.level == "stop"]
    assert stop.code == "whole-unit-remainder"
    assert "12.5 capsules" in stop.what
    assert (stop.limit, stop.actual) == (Quantity(1250, "mg"), Quantity(1200, "mg"))
    assert "10 capsules from 4 capsules" in stop.fix
    assert "15 capsules from 6 capsules" in stop.fix
    for count in (10, 15):
        assert "whole-unit-remainder" not in codes(made(doses=count, method="whole-unit"))


def test_the_nearest_counts_are_whole_doses():
    found = made(pool=CERTIFIED, method="whole-unit", units_per_dose=2)
    (stop,) = [f for f in found.findings if f.code == "whole-unit-remainder"]
    assert "20 capsules from 4" in stop.fix
    assert "30 capsules from 6" in stop.fix
    assert "25" not in stop.fix
    excess = made(method="whole-unit", doses=10, excess="5 %")
    (stop,) = [f for f in excess.findings if f.code == "whole-unit-remainder"]
    assert "10 capsules from 4 capsules opened, without excess" in stop.fix


def test_whole_unit_from_bulk_powder_is_a_stop_and_not_silently_another_way():
    bench = str(ROOT / "docs" / "examples" / "benches" / "with-bulk.toml")
    found = made(bench=bench, route="capsules-bulk", method="whole-unit")
    assert "whole-unit-bulk" in codes(found)
    assert not found.may_be_made
    further = made(doses=10, bench=str(BENCHES / "bench-also.toml"), method="whole-unit",
                   also=[{"lot": "pyridoxine-powder", "dose": "25 mg"}])  # fmt: skip
    assert "whole-unit-bulk" in codes(further)
    assert "whole-unit-remainder" not in codes(further)


def test_a_size_that_is_too_small_is_a_stop_with_its_volume_and_the_size_that_holds_it():
    found = made(pool=CERTIFIED, size="4")
    (stop,) = [f for f in found.findings if f.level == "stop"]
    assert stop.code == "capsule-too-full"
    # 1,555 mg / 12 / 0.60 g/mL = 0.21597 mL in a shell of 0.20 mL
    assert stop.limit == Quantity(Fraction("0.2"), "mL")
    assert stop.actual == Quantity(Fraction(1555, 7200), "mL")
    assert stop.fix == 'size = "3" holds it'
    assert next(s for s in found.sizes if s.size == "4").over == stop.actual - stop.limit
    assert isinstance(way(found, "packing").filler, Unknown)
    assert found.loads == ()
    assert "machine" not in {action.verb for action in found.route.actions}


def test_a_dose_that_no_shell_holds_says_how_many_capsules_it_takes():
    found = made(dose="1000 mg", doses=10, pool={"net": "30 g", "opened": 40})
    (stop,) = [f for f in found.findings if f.code == "capsule-too-full"]
    count = int(stop.fix.removeprefix("units_per_dose = "))
    again = made(dose="1000 mg", doses=10, pool={"net": "30 g", "opened": 40},
                 units_per_dose=count)  # fmt: skip
    assert "capsule-too-full" not in codes(again)
    fewer = made(dose="1000 mg", doses=10, pool={"net": "30 g", "opened": 40},
                 units_per_dose=count - 1)  # fmt: skip
    assert "capsule-too-full" in codes(fewer)


def test_what_a_dose_takes_is_counted_in_capsules_a_dose():
    """Twice 1 g in 2 capsules a dose is what 1 g in one is: more of them are needed."""
    pool = {"net": "60 g", "opened": 80}
    found = made(dose="2000 mg", doses=10, pool=pool, units_per_dose=2)
    (stop,) = [f for f in found.findings if f.code == "capsule-too-full"]
    count = int(stop.fix.removeprefix("units_per_dose = "))
    assert count > 2
    assert "capsule-too-full" not in codes(made(dose="2000 mg", doses=10, pool=pool,
                                                units_per_dose=count))  # fmt: skip


def test_a_machine_without_the_plate_gives_a_caution_and_no_loads():
    bench = str(BENCHES / "bench-no-plate.toml")
    for asked in ({}, {"machine": "capsule machine"}):
        found = made(pool=CERTIFIED, bench=bench, **asked)
        assert "no-plate" in codes(found)
        assert found.loads == ()
    larger = made(pool=CERTIFIED, bench=bench, size="1")
    assert "no-plate" not in codes(larger)
    assert len(larger.loads) == 1


def statistics(tmp_path: Path, **changed: str) -> str:
    text = (BENCHES / "bench-packing-statistics.toml").read_text("utf-8")
    for old, new in changed.items():
        text = text.replace(old, new)
    path = tmp_path / "bench.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_packing_statistics_fill_without_a_density(tmp_path: Path):
    """176 mg of the source powder or 98 mg of filler fill a size 3."""
    lots = {"mcc-ph112": "M-7", "cycloserine-250-capsule": "C-4"}
    found = made(pool=CERTIFIED, bench=statistics(tmp_path), lots=lots)
    each = Quantity(Fraction(1555, 12), "mg")
    filler = Quantity(98 * (1 - each.number("mg") / 176), "mg")
    assert way(found, "packing").filler == filler * 12
    assert "packing-other-lot" not in codes(found)
    assert "packing-few" in codes(found)
    assert [size.size for size in found.sizes] == ["3"]


@pytest.mark.parametrize("lots", [{}, {"mcc-ph112": "M-9"}, {"mcc-ph112": ["M-7", "M-9"]}])
def test_a_statistic_of_another_lot_is_a_caution_that_names_both(lots, tmp_path: Path):
    table = {"cycloserine-250-capsule": "C-4", **lots}
    found = made(pool=CERTIFIED, bench=statistics(tmp_path), lots=table)
    (said,) = [f for f in found.findings if f.code == "packing-other-lot"]
    assert "M-7" in said.what
    assert said.level == "caution"


@pytest.mark.parametrize(("count", "said"), [("4", True), ("5", False)])
def test_five_packed_capsules_are_enough(count, said, tmp_path: Path):
    path = statistics(tmp_path, **{'value = "3", source': f'value = "{count}", source'})
    found = [f for f in made(pool=CERTIFIED, bench=path).findings if f.code == "packing-few"]
    assert len(found) == said
    assert all((f.limit, f.actual) == (Quantity(5, "cap"), Quantity(4, "cap")) for f in found)


def test_the_statistic_of_the_lot_in_use_goes_before_that_of_another(tmp_path: Path):
    path = statistics(tmp_path)
    text = Path(path).read_text("utf-8")
    head, filler, drug = text.split("[[packing]]")
    newer = filler.replace("M-7", "M-8").replace('"98 mg"', '"90 mg"')
    Path(path).write_text("[[packing]]".join([head, filler, newer, drug]), "utf-8")
    for lot, full in (("M-7", 98), ("M-8", 90)):
        lots = {"mcc-ph112": lot, "cycloserine-250-capsule": "C-4"}
        found = made(pool=CERTIFIED, bench=path, lots=lots)
        left = 1 - Fraction(1555, 12) / 176
        assert way(found, "packing").filler == Quantity(12 * full * left, "mg")
        assert "packing-other-lot" not in codes(found)


def test_a_way_says_by_how_much_its_filler_differs_from_the_one_chosen(tmp_path: Path):
    """98 mg or 176 mg fill a size 3; the top-up goes by densities and 0.27 mL."""
    path = statistics(tmp_path)
    text = Path(path).read_text("utf-8")
    for item, density in (("mcc-ph112", "0.31"), ("cycloserine-250-capsule", "0.60")):
        fact = ('source = "teaching-assumption", locator = "none: an assumption for teaching", '
                'checked = 2026-11-23, read = "assumption"')  # fmt: skip
        text += (f'\n[[packing]]\nitem = "{item}"\nstate = "tamped"\n'
                 f'density = {{ value = "{density} g/mL", {fact} }}\n')  # fmt: skip
    Path(path).write_text(text, "utf-8")
    found = made(pool=CERTIFIED, bench=path)
    packing, top = way(found, "packing"), way(found, "top-up")
    assert packing.chosen
    volume = 12 * Fraction("0.27") - Fraction("1.555") / Fraction("0.60")
    assert top.filler == Quantity(volume * 310, "mg")
    assert packing.apart == 0
    assert top.apart == (top.filler / packing.filler).number() - 1
    assert top.apart < 0


def test_only_the_size_in_use_is_cautioned_about(tmp_path: Path):
    path = statistics(tmp_path)
    text = Path(path).read_text("utf-8")
    head, *rows = text.split("[[packing]]")
    more = [row.replace('size = "3"', 'size = "1"').replace('"98 mg"', '"170 mg"')
            .replace('"176 mg"', '"300 mg"') for row in rows]  # fmt: skip
    Path(path).write_text("[[packing]]".join([head, *rows, *more]), "utf-8")
    found = made(pool=CERTIFIED, bench=path)
    said = [f.what for f in found.findings if f.code in ("packing-other-lot", "packing-few")]
    assert len(said) == 3
    assert all("size 3" in what for what in said)


def tapped(tmp_path: Path) -> str:
    """The filler was tapped, the drug poured."""
    text = (BENCHES / "bench-no-plate.toml").read_text("utf-8")
    path = tmp_path / "bench.toml"
    path.write_text(text.replace('state = "bulk"', 'state = "tapped"', 1), "utf-8")
    return str(path)


@pytest.mark.parametrize("size", [{}, {"size": "1"}])
def test_powders_in_different_states_are_never_mixed_by_any_way(size, tmp_path: Path):
    found = made(pool=CERTIFIED, bench=tapped(tmp_path), **size)
    for one in found.ways:
        assert isinstance(one.filler, Unknown), one.method
    assert "never mixed" in way(found, "packing").filler.why
    assert found.stages == ()


def test_what_happens_after_advice_was_followed_starts_from_the_whole_mix():
    once = made(pool=CERTIFIED, actual=["left 0.1 g"]).remedies[0]
    again = made(pool=CERTIFIED, actual=["left 0.1 g", "left 0.1 g"]).remedies[1]
    assert again.after == once.after
    both = made(pool=CERTIFIED, actual=["short by 0.1 g", "left 0.1 g"]).remedies
    assert both[1].before.mix == both[0].after.mix


@pytest.mark.parametrize(
    ("table", "words"),
    [({"doses": 10}, "add 400 mg of filler"), ({"size": "5", "pool": CERTIFIED}, "no fill")],
)
def test_what_happened_without_a_known_mix_is_answered_as_far_as_it_can_be(table, words):
    found = made(actual=["short by 0.4 g"], **table)
    (said,) = [f for f in found.findings if f.code == "actual-needs-mix"]
    assert words in f"{said.what} {said.fix}"


def test_nothing_left_to_fill_is_no_traceback(formulate: Run):
    ran = formulate("capsules", POOL, "--mode", "fixed", "--actual", "short by 5 g", "--actual",
                    "short by 1 g")  # fmt: skip
    assert "Dispense 0" in ran.out
    assert ran.err == ""


def test_a_pool_that_is_too_small_is_not_called_unweighed(formulate: Run):
    ran = formulate("capsules", "cycloserine", "100 mg", "--doses", "12", "--net", "1.2 g",
                    "--opened", "4", "--date", "2026-01-05")  # fmt: skip
    assert ran.code == 1
    assert "has not been weighed" not in ran.out
    assert "open 5 capsules in all" in ran.out


# Bad input through the command: four lines and exit 2, or a finding and exit 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--actual", "spilled"], "spilled"), (["--actual", "short by 0 g"], "nothing"),
        (["--size", "9"], "size"), (["--shell", "hypromellose"], "hypromellose"),
        (["--filler", "sugar"], "sugar"), (["--machine", "x"], "machine"),
        (["--method", "magic"], "magic"), (["--mode", "wild"], "wild"),
        (["--least-filler", "100 %"], "100 %"), (["--least-filler", "10"], "sign"),
        (["--route", "dispersion"], "dispersion"), (["--net", "1 g"], "twice"),
        (["--route", "capsules-bulk"], "capsules-bulk"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_four_lines_and_exit_2(options, words, formulate: Run):
    ran = formulate("capsules", POOL, *options)
    assert (ran.code, ran.out) == (2, "")
    said = ran.err.splitlines()
    assert [line.split(" ", 1)[0] for line in said] == ["what", "at", "try", "see"]
    assert words in ran.err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"0.60 g/mL"', '"120 mg/cap"', "mg/cap"), ('"0.60 g/mL"', '"0 g/mL"', "nothing"),
        ('"0.60 g/mL"', '"NaN g/mL"', "not a number"), ('"0.60 g/mL"', '"0.60"', "without a unit"),
        ('rows = { value = "10"', 'rows = { value = "0"', "rows"),
        ('rows = { value = "10"', 'rows = { value = "2.5"', "rows"),
        ('columns = { value = "10"', 'columns = { value = "101"', "columns"),
        ('shells = ["capsuline"]', 'shells = "capsuline"', "shells"),
        ('shells = ["capsuline"]', 'shells = ["nobody"]', "nobody"),
    ],
)  # fmt: skip
def test_a_bench_that_cannot_be_is_refused_by_its_key(
    old, new, words, formulate: Run, tmp_path: Path
):
    text = (BENCHES / "bench-no-plate.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "bench.toml"
    path.write_text(text.replace(old, new), "utf-8")
    ran = formulate("capsules", "cycloserine", "100 mg", "--doses", "12", "--bench", str(path))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 4
    assert words in ran.err


def test_shells_without_a_volume_leave_the_fill_open_and_say_what_to_measure(
    formulate: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "home" / "shells"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(
        'kind = "shells"\nname = "unmarked shells"\nvendor = "unknown"\n\n[[sizes]]\nsize = "3"\n'
        'volume = { unknown = "no chart came with them", fill = "measure one" }\n', "utf-8"
    )  # fmt: skip
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path / "home"))
    text = (BENCHES / "bench-no-plate.toml").read_text("utf-8").replace('"capsuline"', '"own"')
    path = tmp_path / "bench.toml"
    path.write_text(text, "utf-8")
    ran = formulate("capsules", "cycloserine", "100 mg", "--doses", "12", "--net", "1.62 g",
                    "--opened", "5", "--bench", str(path), "--date", "2026-01-05")  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert "no volume is known for any shell" in re.sub(r"\s+", " ", ran.out)
    assert "measure one" in ran.out
    assert "0 mg" not in ran.out.split("Ways to fill")[1].split("Cautions")[0]


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--size", "5"], "capsule-too-full"), (["--method", "whole-unit"], "whole-unit-remainder"),
     (["--actual", "left 5 g"], "left-more-than-mix"), (["--actual", "left 0.2 g"], "powder-left")],
)  # fmt: skip
def test_what_must_not_be_made_is_a_stop_with_its_numbers_and_exit_1(options, code, formulate: Run):
    ran = formulate("capsules", POOL, *options, "--json")
    assert ran.code == 1
    data = json.loads(ran.out)
    assert data["chosen"] is None
    (stop,) = [f for f in data["findings"] if f["level"] == "stop"]
    assert stop["code"] == code
    assert stop["limit"]["unit"]
    assert stop["actual"]["unit"]
    assert stop["fix"]


def test_a_stop_on_what_happened_is_about_dispensing_and_not_about_making(formulate: Run):
    out = formulate("capsules", POOL, "--actual", "left 0.2 g").out
    assert "DO NOT DISPENSE" in out
    assert "DO NOT MAKE" not in out


HEAD = 'substance = "cycloserine"\ndose = "100 mg"\ndoses = 12\nprepared = 2026-01-05\n'
NET = '\n[pool]\nnet = "1.62 g"\nopened = 5\n'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('[pool]\nopened = 2\nweighings = ["324 mg", "NaN mg"]\n', "NaN"),
        ('[pool]\nopened = 1\nweighings = ["324 mg", "321 mg"]\n', "2 weighings of 1"),
        ('[certificate]\nassay = "0 %"\nbasis = "claim"\n', "0 %"),
        ('[certificate]\nassay = "400 %"\nbasis = "claim"\n', "400 %"),
        (f'{NET}[certificate]\nassay = "76 %"\nbasis = "as-is"\nwater = "1 %"\n', "twice"),
        (f'{NET}[certificate]\nassay = "76 %"\nbasis = "dried"\n', "needs water"),
        ('[glidant]\nitem = "aerosil"\nshare = "0.5 %"\n', "aerosil"),
        ('[glidant]\nitem = "mcc-ph112"\nshare = "100 %"\n', "100 %"),
        ('[[also]]\nlot = "none"\ndose = "5 mg"\n', "none"),
        ('[lots]\nmcc-ph112 = 7\n', "mcc-ph112"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_four_lines_and_exit_2(
    body, words, formulate: Run, tmp_path: Path
):
    path = tmp_path / "case.toml"
    path.write_text(HEAD + body, "utf-8")
    ran = formulate("capsules", str(path))
    assert (ran.code, ran.out) == (2, "")
    assert [line.split(" ", 1)[0] for line in ran.err.splitlines()] == ["what", "at", "try", "see"]
    assert words in ran.err


def test_a_pool_smaller_than_its_drug_is_a_stop(formulate: Run):
    ran = formulate("capsules", "cycloserine", "100 mg", "--doses", "12", "--net", "0.9 g",
                    "--opened", "5", "--date", "2026-01-05")  # fmt: skip
    assert ran.code == 1
    assert "The pool cannot be right" in ran.out


# Portions, and figures that cannot be


def test_a_tenfold_slip_in_what_is_missing_is_a_stop(formulate: Run):
    """12 bodies of 0.27 mL take 1,004.4 mg of a filler of 0.31 g/mL, and not 4 g."""
    ran = formulate("capsules", POOL, "--actual", "short by 4 g")
    assert ran.code == 1
    assert "all 12 bodies, empty, take 1,004 mg of it" in " ".join(ran.out.split())


def test_what_is_left_of_one_of_two_loads_is_not_shared_out_over_both(formulate: Run):
    """0.5 g of one load's 4,303 mg is -11.62 %, though only -5.81 % of all."""
    two = "docs/examples/cycloserine-120.toml"
    assert formulate("capsules", two, "--actual", "left 0.4 g").code == 0
    ran = formulate("capsules", two, "--actual", "left 0.5 g")
    assert ran.code == 1
    assert "-11.62 %, outside -10 %" in ran.out


@pytest.mark.parametrize(
    ("table", "estimated"),
    [({}, False), ({"method": "top-up"}, True), ({"loss": "5 %"}, True),
     ({"loss": "5 %", "mode": "fixed"}, False), ({"loss": "5 %", "excess": "25 %"}, False)],
)  # fmt: skip
def test_all_of_the_mix_goes_in_only_where_it_makes_no_capsule_stronger(table, estimated):
    """A loss covered by an excess that does not occur would make capsules of 125 %."""
    found = made(pool={"net": "1.95 g", "opened": 6}, **table)
    assert found.estimated == estimated


def test_what_stays_out_of_the_machine_is_said_beside_it(formulate: Run):
    typed = ["cycloserine", "100 mg", "--doses", "30", "--net", "4.2 g", "--opened", "13"]
    ran = formulate("capsules", *typed, "--excess", "5 %", "--date", "2026-01-05")
    assert "1 load of 31 in 100 holes, 4,531 mg of the mix by weight" in " ".join(ran.out.split())
    ran = formulate("capsules", *typed, "--loss", "5 %", "--date", "2026-01-05")
    assert "all of the mix, about 4,385 mg: spread" in " ".join(ran.out.split())


def test_a_loss_never_changes_what_is_weighed():
    plain, lossy = (made(pool={"net": "1.95 g", "opened": 6}, **table)
                    for table in ({}, {"loss": "5 %"}))  # fmt: skip
    assert way(plain, "packing").filler == way(lossy, "packing").filler
    assert plain.mix == lossy.mix
    assert lossy.route.dose.nominal == plain.route.dose.nominal * Fraction(19, 20)


def test_an_open_formula_says_that_its_packing_is_assumed(formulate: Run):
    ran = formulate("capsules", "cycloserine", "100 mg", "--doses", "12", "--date", "2026-01-05")
    assert "(0.6 g/mL)) × 0.31 g/mL (packing assumed)" in " ".join(ran.out.split())


def test_a_fixed_fill_is_weighed_into_each_body_and_nothing_is_spread(formulate: Run) -> None:
    for command in ("capsules", "worksheet"):
        text = " ".join(formulate(command, POOL, *(["--mode", "fixed"] if command == "capsules"
                                                   else [])).out.split())  # fmt: skip
        assert ("spread, tamp, refill" in text) == (command == "worksheet")
    text = " ".join(formulate("capsules", POOL, "--mode", "fixed").out.split())
    assert "1 load of 12 in 100 holes, to hold the bodies; 146.3 mg weighed into each" in text
    assert "146.3 mg weighed into each body" in text
