"""Published worked examples of capsules, recomputed exactly; wrong ones with the right answer.

Those of fifty milligrams in two shells, of what does not fit, of crushed tablets and of the
erythromycin batch stand in test_published.py.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT, Ran

from formulation.bench import BulkLot
from formulation.cited import Cited, Unknown
from formulation.fills import Fill, Packs, Powder, Recipe, Shell, fill_shell
from formulation.potency import powder_needed
from formulation.printing import half_away, to_places
from formulation.topup import TopUp, top_up
from formulation.trace import Working, evaluate
from formulation.units import Quantity


def q(number: str | int, unit: str) -> Quantity:
    return Quantity(Fraction(number), unit)


def filled(volume: str, mass: int, dense: str, light: str) -> Fill:
    drug = Powder("drug", q(mass, "mg"), Packs("drug", q(dense, "g/mL")))
    recipe = Recipe((drug,), Packs("diluent", q(light, "g/mL")))
    fill = fill_shell(Shell("1", q(volume, "mL"), "Capsuline"), recipe)
    assert fill is not None
    return fill


# http://www.preservearticles.com/2011122319106/capsule-fill-weight-is-determined-applying-following-formula.html
# with the 0.48 mL of a Capsuline size 1 (https://www.capsuline.com/empty-capsule-size-chart/).
def test_preservearticles_rounds_the_volume_first_and_gets_seven_percent_too_much_diluent():
    """325 mg at 0.75, diluent 0.80 g/mL: printed 0.43 mL, 0.05 mL, 40.0 mg; it is 37.33 mg."""
    fill = filled("0.48", 325, "0.75", "0.80")
    assert fill.filler == q("112/3", "mg")
    assert to_places(fill.filler.number("mg"), 2) == Fraction("37.33")
    printed = (q("0.48", "mL") - q("0.43", "mL")) * q("0.80", "g/mL")
    assert printed.to("mg") == q(40, "mg")
    assert half_away((printed / fill.filler).number() * 100 - 100) == 7
    # eleven capsules: 3.575 g of drug and 0.4107 g of diluent, not 0.440 g
    assert (q(325, "mg") * 11).to("g") == q("3.575", "g")
    assert to_places((fill.filler * 11).number("g"), 4) == Fraction("0.4107")


def test_preservearticles_280_mg():
    """280 mg at 0.70, diluent 0.85 g/mL: 0.400 of 0.48 mL, 0.08 mL left, 68 mg exactly."""
    fill = filled("0.48", 280, "0.70", "0.85")
    assert fill.fraction * q("0.48", "mL") == q("0.4", "mL")
    assert fill.filler == q(68, "mg")
    assert fill.total * 11 == q(3080, "mg") + q(748, "mg")


@pytest.mark.parametrize(
    ("mass", "density", "volume", "fits"),
    [(350, "0.75", "0.48", True), (375, "0.75", "0.48", False)],
)
def test_size_1_holds_350_mg_and_not_375(mass, density, volume, fits):
    """350 mg takes 0.4667 mL (coursehero p1tntik1, right); 375 mg takes 0.5 mL, printed 0.466."""
    assert filled("0.48", mass, "0.75", "0.31").fits == fits


BENCH = """kind = "bench"
name = "the published example"
rules = "usp795-2023"
balance = "class-iii"
shells = ["capsuline"]
fillers = ["mcc-ph112"]

[[bulk]]
name = "powder"
substance = "cycloserine"
basis = "as-is"
assay = {{ value = "100 %", {fact} }}

[[packing]]
item = "powder"
density = {{ value = "0.75 g/mL", {fact} }}
state = "bulk"

[[packing]]
item = "mcc-ph112"
density = {{ value = "0.85 g/mL", {fact} }}
state = "bulk"
"""
FACT = 'source = "preservearticles", locator = "worked example", checked = 2026-11-23'


def test_the_command_itself_refuses_375_mg_in_048_ml_with_the_missing_002_ml(
    formulate: Callable[..., Ran], tmp_path: Path
):
    path = tmp_path / "bench.toml"
    path.write_text(BENCH.format(fact=FACT), "utf-8")
    ran = formulate("capsules", "cycloserine", "375 mg", "--doses", "10", "--bench", str(path),
                    "--size", "1", "--date", "2026-01-05")  # fmt: skip
    said = " ".join(ran.out.split())
    assert ran.code == 1
    assert "does not fit size 1 of 0.48 mL (Capsuline): 0.02 mL too much" in said
    assert 'size = "0" holds it' in said
    assert "not possible: 0.02 mL too much in size 1" in said


# https://novapharmanews.com/calculators/capsule-fill-weight-calculator and
# https://api.brainscape.com/flashcards/capsules-12949436/packs/21241065
@pytest.mark.parametrize(
    ("mass", "density", "volume"),
    [("400", "0.6", "2/3"), ("330", "0.49", "33/49"), ("325", "0.75", "13/30")],
)
def test_volume_is_mass_over_density(mass, density, volume):
    assert (q(mass, "mg") / q(density, "g/mL")).to("mL") == q(volume, "mL")


def test_a_published_capacity_table_has_one_slip():
    """Tablets & Capsules, ten common questions (scribd 210066942): volume x tapped density.

    Size 2el at 0.8 g/mL is printed 308 mg. Its 0.41 mL hold 328 mg.
    """
    assert (q("0.41", "mL") * q("0.8", "g/mL")).to("mg") == q(328, "mg")
    for volume, density, mass in (("0.91", "0.6", 546), ("0.50", "0.8", 400), ("0.13", "1.2", 156)):
        assert (q(volume, "mL") * q(density, "g/mL")).to("mg") == q(mass, "mg")


# https://www.amira-welt.de/magazine/article/kapselherstellung-aus-fertigarzneimitteln:-so-geht's!;32f8127c-a24f-42b5-8ce6-027a1cbbfa9a
def test_ramipril_sixty_capsules_from_tablets():
    """60 x 0.3 mg with 10 % from tablets of 2.5 mg that weigh 0.1005 g: printed 0.796 g."""
    inputs = {"amount": q("0.3", "mg/cap"), "units": q(60, "cap"), "surcharge": Fraction(1, 10)}
    drug = evaluate("amount * units * (1 + surcharge)", inputs)
    tablets = evaluate("drug / claim", {"drug": drug, "claim": q("2.5", "mg/tab")})
    assert tablets == q("7.92", "tab")
    powder = tablets * q("0.1005", "g/tab")
    assert powder == q("0.79596", "g")
    assert to_places(powder.number("g"), 3) == Fraction("0.796")


# http://www.pharmacytimes.com/publications/issue/2008/2008-09/2008-09-8691
def test_the_published_t3_chain_and_its_tenfold_slip():
    """10 mg/g, 0.75 g of it in 100 g: 75 mcg in 1 g, printed as 7.5; the end is right all the same.

    33 g of that in 117.45 g, 355 mg a capsule: 7.48 mcg.
    """
    second = evaluate("strength * taken / made", {
        "strength": q(10, "mg/g"), "taken": q("0.75", "g"), "made": q(100, "g"),
    })  # fmt: skip
    gram = q(1, "g")
    assert gram * second == q(75, "mcg")
    assert gram * second != q("7.5", "mcg")
    capsule = evaluate("second * taken / made * fill", {
        "second": second, "taken": q(33, "g"), "made": q("117.45", "g"), "fill": q(355, "mg"),
    })  # fmt: skip
    assert isinstance(capsule, Quantity)
    assert to_places(capsule.number("mcg"), 2) == Fraction("7.48")
    printed = capsule / 10
    assert to_places(printed.number("mcg"), 2) == Fraction("0.75")


# https://rezepturforum.de/index.php?prev_next=prev&topic=1275.0: cs 93.5 %, water 3.68 %: 1.110.
def test_the_factor_of_erythromycin_is_one_over_assay_and_dry_share():
    fact = [Cited(Fraction(v), "certificate", "1", None, v) for v in ("0.935", "0.0368")]
    lot = BulkLot(name="e", substance="e", basis="anhydrous", assay=fact[0], loss_on_drying=fact[1])
    powder = powder_needed(q(1, "g"), lot, Working())
    assert isinstance(powder, Quantity)
    assert to_places(powder.number("g"), 3) == Fraction("1.110")


# https://ptaforum.pharmazeutische-zeitung.de/kapseln-mit-sehr-viel-wirkstoff-123082/seite/3/:
# 30 of size 1 at 0.475 mL are 14.25 mL; the 80 % of DAC method B is 11.4 mL.
def test_thirty_bodies_of_size_1_and_their_premix():
    found = top_up(Cited(q("0.475", "mL"), "ptaforum", "page 3"), Fraction(30),
                   ((q(3, "g"), q("0.6", "g/mL")),), q("0.5", "g/mL"),
                   Cited(Fraction(4, 5), "expydoc", "method B"))  # fmt: skip
    assert isinstance(found, TopUp)
    assert found.volume == q("14.25", "mL")
    # 3 g take 5 mL: 9.25 mL of filler in all, 6.4 mL of it in the premix
    assert found.filler == q("4.625", "g")
    assert found.premix == q("3.2", "g")
    assert not isinstance(found.filler, Unknown)


# "Chapter 26 Product Preparations": 36 capsules of 0.5 mg X, 15 mg Y and Z to 300 mg.
def test_thirty_six_capsules_of_three_powders():
    x, y, whole = (q(n, "mg/cap") * q(36, "cap") for n in ("0.5", 15, 300))
    assert (x, y, whole - x - y) == (q(18, "mg"), q(540, "mg"), q(10242, "mg"))


def test_the_oracle_bench_invents_no_shell():
    chart = (ROOT / "data" / "shells" / "capsuline.toml").read_text("utf-8")
    assert 'size = "1"\nvolume = { value = "0.48 mL"' in chart
