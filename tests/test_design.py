"""The design search: its laws, its screen, and layouts that a pharmacist would choose."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st
from random_benches import bench_of, device, drawn, prescription_of

from formulation.assembly import Case
from formulation.bench import Bench
from formulation.cited import Cited, Unknown
from formulation.design_space import families
from formulation.designed import OBJECTIVES, Design
from formulation.device_marks import capacities, marks
from formulation.intake import read_case
from formulation.layout_terms import preferred_layout, terms_of
from formulation.layouts import Laid, Terms, preferred
from formulation.measurable import Layout
from formulation.prescription import Prescription
from formulation.recipes import Recipe
from formulation.records import Product
from formulation.search import design, examine
from formulation.trace import evaluate
from formulation.units import Quantity

F = Fraction

Run = Callable[..., Ran]
DAY = date(2026, 1, 5)
SEEDS = st.integers(0, 10_000)
quick = settings(max_examples=4, deadline=None)


def case(drug: str, dose: str, doses: int, **more: object) -> tuple[Prescription, Bench]:
    typed = {"substance": drug, "dose": dose, "doses": doses, **more}
    prescription, bench, _ = read_case(None, typed, DAY)
    return prescription, bench


def random_case(seed: int) -> tuple[Prescription, Bench]:
    """Return a random case small enough to be searched many times."""
    plain = drawn(seed)
    plain.doses = min(plain.doses, 3)
    plain.graduates, plain.syringes = plain.graduates[:1], plain.syringes[:2]
    return prescription_of(plain), bench_of(plain)


def optimum(found: Design, objective: str) -> dict[tuple[str, ...], F]:
    """Return the least of an objective; of the cost for each set of missing prices."""
    best: dict[tuple[str, ...], F] = {}
    for one in found.front:
        value = getattr(one.objectives, objective)
        if isinstance(value, Unknown):
            continue
        number = value.magnitude if isinstance(value, Quantity) else F(value)
        key = one.missing if objective == "cost" else ()
        best[key] = min(best.get(key, number), number)
    return best


# Laws.


@given(SEEDS)
@quick
def test_what_fell_and_what_is_left_are_all_that_was_examined(seed: int) -> None:
    found = design(*random_case(seed))
    assert sum(one.count for one in found.fallen) + found.survivors == found.examined
    assert (found.preferred is None) == (found.survivors == 0)
    assert len(found.suggestions) <= 3
    assert {one.candidate for one in found.suggestions} <= {one.id for one in found.shown}


@given(
    SEEDS, st.sampled_from(["graduate", "oral syringe"]),
    st.sampled_from([F(1, 3), F(1), F(3, 2), F(2), F(5), F(20)]), st.sampled_from([2, 3, 5, 10]),
)  # fmt: skip
@settings(max_examples=12, deadline=None)
def test_a_further_device_never_makes_the_best_answer_worse(
    seed: int, kind: str, share: F, parts: int
) -> None:
    """Smaller, as large, or larger than the largest: a syringe that holds more takes none away."""
    prescription, bench = random_case(seed)
    most = max(d.capacity.value.magnitude for d in bench.devices if d.kind == kind)
    size = most * min(share, F(2)) if kind == "graduate" else most * share
    more = device(kind, 9, (size, size / parts, F(1, 10)))
    before, after = (
        design(prescription, replace(bench, devices=(*bench.devices, *extra)))
        for extra in ((), (more,))
    )
    assert after.survivors >= before.survivors
    for objective in OBJECTIVES:
        best = optimum(after, objective)
        for key, value in optimum(before, objective).items():
            assert best[key] <= value


@pytest.mark.parametrize(
    ("size", "step"), [("2.5", "0.4"), ("8", "3"), ("10", "0.1"), ("60", "50")]
)
def test_nor_of_the_teaching_bench_with_its_dispersion_and_capsules(size: str, step: str) -> None:
    """2.5 and 8 mL: a coarser syringe is the smallest that holds the dose, and is not taken."""
    prescription, bench = case("cycloserine", "37 mg", 6, per_day=1)
    more = device("oral syringe", 9, (F(size), F(step), F(1, 10)))
    before = design(prescription, bench)
    after = design(prescription, replace(bench, devices=(*bench.devices, more)))
    assert {one.route.kind for one in before.front} >= {"capsules", "dispersion"}
    for objective in OBJECTIVES:
        best = optimum(after, objective)
        for key, value in optimum(before, objective).items():
            assert best[key] <= value
    drawn_once = next(c for c in before.leading if c.route.kind == "dispersion")
    exact = next(c for c in before.front if c.id == "dispersion/1-mL-oral-syringe")
    assert (drawn_once.id, drawn_once.objectives.error) == ("dispersion", F(1, 74))
    assert (exact.objectives.error, exact.objectives.steps) == (0, 30)


@given(SEEDS, st.sampled_from([2, 3, 4]))
@quick
def test_a_finer_graduation_never_makes_the_best_error_worse(seed: int, parts: int) -> None:
    prescription, bench = random_case(seed)
    first, *rest = bench.devices
    finer = replace(first, graduation=Cited(first.graduation.value / parts, "typed"))
    before = optimum(design(prescription, bench), "error")
    after = optimum(design(prescription, replace(bench, devices=(finer, *rest))), "error")
    for key, value in before.items():
        assert after[key] <= value


@given(SEEDS)
@quick
def test_the_preferred_layout_by_whole_numbers_is_that_of_the_full_search(seed: int) -> None:
    """For each liquid by itself, in one making."""
    prescription, bench = random_case(seed)
    prescription = replace(prescription, phases=(replace(prescription.phases[0], every=None),))
    families = {cell.family.id: cell.family for cell in examine(prescription, bench)[0].every}
    for name, family in families.items():
        found = design(replace(prescription, route=name), bench)
        alone = preferred(terms_of(family.case, family.product, family.recipe))
        if found.best is None:
            assert isinstance(alone, Unknown)
            continue
        assert isinstance(alone, Laid)
        layout = found.best.layout
        assert layout is not None
        assert (layout.units.magnitude, layout.volume.magnitude, layout.drawn.magnitude) == (
            alone.units, alone.volume.volume, alone.drawn.volume)  # fmt: skip
        assert (layout.device, layout.graduate, layout.times) == (
            alone.drawn.device, alone.volume.device, alone.times)  # fmt: skip


@given(SEEDS)
@quick
def test_a_dose_in_another_unit_gives_the_same_design(seed: int) -> None:
    prescription, bench = random_case(seed)
    active = prescription.active
    same = replace(prescription, actives=(replace(active, dose=active.dose.to("mcg")),))
    one, other = design(prescription, bench), design(same, bench)
    assert [c.id for c in one.front] == [c.id for c in other.front]
    assert one.fallen[1].count == other.fallen[1].count


@given(SEEDS)
@quick
def test_nothing_on_the_front_may_not_be_made_or_is_dominated(seed: int) -> None:
    found = design(*random_case(seed))
    for one in found.front:
        assert one.may_be_made
        for other in found.front:
            if other is not one and other.missing == one.missing:
                pairs = list(zip(other.objectives.others, one.objectives.others, strict=True))
                costs = [o.objectives.cost for o in (other, one)]
                if all(isinstance(cost, Quantity) for cost in costs):
                    pairs.append(tuple(c.number("USD") for c in costs))  # type: ignore[union-attr]
                assert any(a > b for a, b in pairs)


def test_a_mark_never_lies_outside_its_device() -> None:
    bench = case("cycloserine", "37 mg", 6)[1]
    for kind in ("graduate", "oral syringe"):
        for mark in marks(bench.devices, kind):
            own = next(d for d in bench.devices if d.name == mark.device)
            assert own.grid.reaches(Quantity(mark.volume, "mL"))
            assert not own.grid.snap(Quantity(mark.volume, "mL")).error
            assert mark.half * 2 == own.graduation.value.magnitude


# What a pharmacist would choose.


def laid(drug: str, dose: str, doses: int, **more: object) -> tuple[F, F, F, F]:
    """Return units, final volume, drawn volume and error of the best liquid that is kept."""
    found = design(*case(drug, dose, doses, **more))
    one = next(c for c in found.leading if c.route.kind == "liquid")
    assert one.layout is not None
    return (one.layout.units.magnitude, one.layout.volume.magnitude, one.layout.drawn.magnitude,
            one.objectives.error)  # fmt: skip


ASSIGNED = {
    "route": "liquid-water",
    "beyond_use": {"days": 14, "reason": "a test", "evidence": "a test",
                   "assigned_by": "a test", "date": DAY},
}  # fmt: skip


def test_37_mg_from_a_250_mg_capsule_is_one_capsule_to_50_ml_and_7_4_ml() -> None:
    """Issue 6: 37 mg from a 250 mg capsule: 50 mL, 7.4 mL, exact."""
    found = laid("cycloserine", "37 mg", 6, per_day=1, **ASSIGNED)
    assert found == (1, 50, F("7.4"), 0)


@pytest.mark.parametrize(("drug", "dose", "expected"), [
    ("naltrexone", "4.5 mg", (3, 30, F("0.9"), 0)),
    ("lamotrigine", "25 mg", (8, 80, F("2.5"), 0)),
    ("lorazepam", "0.25 mg", (15, 150, 5, 0)),
    ("clonazepam", "0.1 mg", (6, 30, 1, 0)),
])  # fmt: skip
def test_thirty_doses_of_drugs_that_are_made_this_way(
    drug: str, dose: str, expected: tuple[object, ...]
) -> None:
    assert laid(drug, dose, 30, per_day=1) == expected


def test_no_kept_liquid_of_cycloserine_survives_and_the_design_says_why() -> None:
    found = design(*case("cycloserine", "37 mg", 6, per_day=1))
    assert {one.route.kind for one in found.front} == {"capsules", "dispersion"}
    assert found.no_liquid == "date"
    assert found.chosen == "capsules"


def test_a_making_is_split_where_its_doses_outlast_the_date() -> None:
    found = design(
        *case(
            "cycloserine",
            "100 mg",
            10,
            per_day=1,
            **{**ASSIGNED, "beyond_use": {**ASSIGNED["beyond_use"], "days": 3}},
        )
    )  # type: ignore[dict-item]
    assert found.best is not None
    assert (found.best.makings, found.best.doses.magnitude) == (4, 3)
    assert any(one.makings == 5 and one.objectives.units == 5 for one in found.front)


def test_a_dose_beyond_the_largest_syringe_is_drawn_in_parts() -> None:
    bench = case("cycloserine", "100 mg", 1)[1]
    found = preferred(Terms(
        dose=F(2000), richer=F(1), claim=F(250), portions=F(2), low=F(0), high=F(0),
        finals=marks(bench.devices, "graduate"), draws=marks(bench.devices, "oral syringe"),
        capacities=(F(20),), limit=F(50), strongest=F(50)))  # fmt: skip
    assert isinstance(found, Laid)
    assert (found.times, found.dose_volume) == (2, 40)


def coarse(finals: list[int], draws: tuple[tuple[F, F], ...], **more: object) -> Terms:
    """Return terms of 5 doses of 10 mg from 5 units of 10 mg; draws are capacity, graduation."""
    every = tuple(device("oral syringe", n, (c, g, F(0))) for n, (c, g) in enumerate(draws))
    vessels = tuple(device("graduate", n, (F(v), F(v), F(0))) for n, v in enumerate(finals))
    numbers: dict[str, object] = {
        "dose": F(10), "richer": F(1), "claim": F(10), "portions": F(5), "low": F(-1, 10),
        "high": F(1, 10), "finals": marks(vessels, "graduate"), "limit": None,
        "strongest": F(50, max(finals)), "draws": marks(every, "oral syringe"),
        "capacities": capacities(every, "oral syringe"),
    }  # fmt: skip
    return Terms(**(numbers | more))  # type: ignore[arg-type]


FINE, LARGE = (F(10), F(1)), (F(20), F(13))


def test_a_dose_is_drawn_in_more_parts_only_where_the_largest_syringe_shows_none() -> None:
    """14 mL: a fine 10 mL syringe twice to 7; a large one of one mark, 13 mL, once: 7 % off."""
    one, two = (preferred(coarse([70], (FINE, *more))) for more in ((LARGE,), ()))
    assert isinstance(one, Laid)
    assert isinstance(two, Laid)
    assert (one.times, one.drawn.volume, one.error) == (1, 13, F(-1, 14))
    assert (two.times, two.drawn.volume, two.error) == (2, 7, 0)
    strict = preferred(coarse([70], (FINE, LARGE), low=F(-1, 20), high=F(1, 20)))
    assert isinstance(strict, Laid)
    assert (strict.times, strict.error) == (2, 0)


def test_the_most_accurate_is_drawn_in_parts_where_the_preferred_is_not() -> None:
    plain = drawn(0)
    plain.dose, plain.doses, plain.claims = F(10), 5, [("first", F(10))]
    plain.loss, plain.excess, plain.overage, plain.extra = F(0), F(0), F(0), 0
    plain.graduates, plain.syringes = [(F(70), F(70), F(0))], [(*FINE, F(0)), (*LARGE, F(0))]
    plain.mark, plain.tolerance, plain.strongest = F(1, 10), F(1, 10), F(50, 70)
    plain.often, plain.monograph, plain.most = None, None, None
    plain.limit, plain.vehicles = {"ora-plus": 30}, ["ora-plus"]
    found = design(prescription_of(plain), bench_of(plain))
    assert found.best is not None
    assert found.best.layout is not None
    assert (found.best.layout.times, found.best.objectives.error) == (1, F(1, 14))
    exact = next(one for one in found.front if not one.objectives.error)
    assert exact.layout is not None
    assert exact.layout.times == 2
    assert exact.objectives.steps == found.best.objectives.steps + plain.doses
    assert [one.candidate for one in found.suggestions] == [found.best.id, exact.id]
    assert "without drawing a dose in more parts" in found.suggestions[0].why
    assert "each dose drawn in 2 parts" in found.suggestions[1].why


def fifty(**ask: str) -> tuple[Case, Product, Recipe]:
    """Return 10 doses of 500 mg in Ora-Plus: 10 mL at the strongest that the bench makes."""
    prescription, bench = case("lamotrigine", "500 mg", 10, route="liquid-ora-plus")
    prescription = replace(prescription, liquid=replace(prescription.liquid, **ask))
    family = next(f for f in families(prescription, bench)[0] if f.id == "liquid-ora-plus")
    return family.case, family.product, family.recipe


def test_no_dose_is_drawn_more_than_four_times() -> None:
    """80 mL with a 20 mL syringe is four draws; with one of 10 mL it would be eight.

    The plan alone draws oftener, where a syringe that is asked for leaves no other way.
    """
    for syringe, expected in ((LARGE[0], 4), (FINE[0], None)):
        found = preferred(coarse([400], ((syringe, F(1)),)))
        assert getattr(found, "times", None) == expected
    plan = preferred_layout(*fifty(device="1 mL oral syringe"))
    assert isinstance(plan, Layout)
    assert (plan.volume.magnitude, plan.times) == (100, 10)
    prescription, bench = random_case(0)
    few = tuple(d for d in bench.devices if d.kind == "graduate")
    tiny = device("oral syringe", 0, (F(1, 100), F(1, 100), F(0)))
    found = design(prescription, replace(bench, devices=(*few, tiny)))
    assert (found.examined, found.relaxation) == (0, None)
    assert "larger one" in found.findings[-1].fix


# Nothing survives.


def test_when_nothing_survives_the_rule_that_gives_least_is_named(formulate: Run) -> None:
    ran = formulate("design", "cycloserine", "100 mg", "--doses", "10", "--per-day", "1",
                    "--route", "liquid-water", "--date", "2026-01-05")  # fmt: skip
    assert ran.code == 1
    assert "NOTHING ON THIS BENCH FITS EVERY RULE" in ran.out
    found = design(*case("cycloserine", "100 mg", 10, per_day=1, route="liquid-water"))
    assert found.relaxation is not None
    assert found.relaxation.rule == "date"
    assert [f.code for f in found.findings if f.level == "stop"] == ["nothing-survives"]


def test_easing_the_named_rule_by_its_number_gives_an_answer() -> None:
    """A coarse bench: the error that is named, permitted, is enough; a hair less is not."""
    for seed in range(300):
        plain = drawn(seed)
        plain.mark, plain.often, plain.tolerance = F(1, 1000), None, F(1, 2)
        prescription, bench = prescription_of(plain), bench_of(plain)
        found = design(prescription, bench)
        if found.relaxation is not None and found.relaxation.rule == "mark":
            break
    needed = found.relaxation.needed  # type: ignore[union-attr]
    assert needed is not None
    for share, survives in ((needed.magnitude, True), (needed.magnitude * F(999, 1000), False)):
        eased = replace(bench, setting=replace(bench.setting, mark_error=Cited(share, "typed")))
        assert design(prescription, eased).may_be_made is survives


# The command.


def test_the_json_holds_the_front_and_the_suggested_routes(formulate: Run) -> None:
    ran = formulate("design", "docs/examples/cycloserine-assigned.toml", "--json")
    found = json.loads(ran.out)
    results = found["results"]
    assert (ran.code, found["command"]) == (0, "design")
    assert found["chosen"] == results["preferred"] == found["routes"][0]["id"]
    assert results["examined"] == results["survivors"] + sum(
        one["count"] for one in results["fallen"])  # fmt: skip
    assert [one["candidate"] for one in results["suggestions"]] == [
        r["id"] for r in found["routes"]
    ]
    for route in found["routes"]:
        for step in route["steps"]:
            inputs = {key: quantity(value) for key, value in step["inputs"].items()
                      if not isinstance(value, list)}  # fmt: skip
            if len(inputs) == len(step["inputs"]):
                assert plain(evaluate(step["formula"], inputs)) == quantity(step["result"])


def quantity(value: dict[str, str]) -> Quantity:
    return Quantity(F(value["exact"]), value["unit"])


def plain(value: object) -> Quantity:
    return value if isinstance(value, Quantity) else Quantity(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_the_screens_are_the_ones_that_were_looked_at(
    width: str, formulate: Run, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate("design", "docs/examples/naltrexone-design.toml", "--all")
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    golden(f"naltrexone-design-all-{width}.txt", ran.out)


@pytest.mark.parametrize("options", [[], ["--explain"], ["--markdown", "--all"], ["--json"]])
def test_the_other_forms(
    options: list[str], formulate: Run, golden: Callable[[str, str], None]
) -> None:
    ran = formulate("design", "docs/examples/cycloserine-assigned.toml", *options)
    assert ran.code == 0
    name = "".join(options).replace("--", "-")
    golden(f"cycloserine-assigned-design{name}.txt", ran.out)


def test_what_the_recipient_cannot_take_falls_first() -> None:
    prescription, bench = case("lorazepam", "0.25 mg", 10)
    limits = replace(prescription.recipient, most_volume=Quantity(F(2), "mL"), tube=True)
    found = design(replace(prescription, recipient=limits), bench)
    assert found.best is not None
    assert found.best.layout is not None
    assert all(one.route.kind == "liquid" for one in found.front)
    assert all(one.layout and one.layout.dose_volume.magnitude <= 2 for one in found.front)
