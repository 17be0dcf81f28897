"""Worked answers from published sources, recomputed exactly.

Numbers and citations only. Where a published figure is wrong, the right one is proved beside it.
"""

from datetime import date
from fractions import Fraction

import pytest

from formulation import catalog
from formulation.apparatus import Balance, MinimumWeight
from formulation.batch import Order, drug_needed
from formulation.bench import BulkLot
from formulation.benches import read_bench
from formulation.cited import Cited, Unknown, known
from formulation.content import dose_limits
from formulation.dilutions import dilute
from formulation.fills import Fill, Packs, Powder, Recipe, Shell, fill_shell, fills, smallest
from formulation.liquids import lay_table, multi_dose, single_use
from formulation.mixes import Limits, Mix, diluent, held, single
from formulation.potency import powder_needed
from formulation.prescription import Allowance
from formulation.printing import half_away, show, to_places
from formulation.records import Price, Product, Shells
from formulation.schemes import Scale
from formulation.series import serial
from formulation.stock import open_units
from formulation.trace import Working, evaluate
from formulation.units import Quantity
from formulation.weighing import floor_weight, least_weighable

UNC = catalog.load(Shells, "shells", "unc")[0]
CAPSULE = catalog.load(Product, "products", "cycloserine-250-capsule")[0]


def q(number: str | int, unit: str) -> Quantity:
    return Quantity(Fraction(number), unit)


def percent(share: Fraction) -> Fraction:
    return to_places(share * 100, 1)


def shell(size: str) -> Quantity:
    found = next(s.volume for s in UNC.sizes if s.size == size)
    assert isinstance(found, Cited)
    return found.value


# The lay method of https://psycheducation.org/blog/how-to-microdose-medications/: 1 mg in 135 mL
# added, called 1 mg in 150 mL, 15 mL taken. The true dose depends on the liquid in the paste.
@pytest.mark.parametrize(
    ("paste", "error", "doses", "dose"),
    [
        (0, "11.1", "9", "0.1111"),
        (5, "7.1", "9.33", "0.1071"),
        (10, "3.4", "9.67", "0.1034"),
        (15, "0", "10", "0.1"),
        (20, "-3.2", "10.33", "0.0968"),
    ],
)
def test_ten_percent_less_vehicle_gives_another_dose_for_every_volume_of_paste(
    paste, error, doses, dose
):
    (row,) = lay_table(q(1, "mg"), q(135, "mL"), q(15, "mL"), (q(paste, "mL"),))
    wet, final, got, off, count = row
    assert wet == q(paste, "mL")
    assert final == q(135 + paste, "mL")
    assert to_places(got.number("mg"), 4) == Fraction(dose)
    assert percent(off) == Fraction(error)
    assert to_places(count.number(), 2) == Fraction(doses)
    # worked out a second time in whole numbers: 0.1 mg is 15 of 150 parts
    assert off == Fraction(150, 135 + paste) - 1


# 30 capsules of each strength, and seven of 100 mg, from capsules of 250 mg; the claim is that of
# the US label (https://api.fda.gov/drug/label.json, cycloserine).
@pytest.mark.parametrize(
    ("dose", "doses", "exact", "opened"),
    [(50, 30, 6, 6), (100, 30, 12, 12), (150, 30, 18, 18), (200, 30, 24, 24), (100, 7, "2.8", 3)],
)
def test_capsules_to_open(dose, doses, exact, opened):
    order = Order("cycloserine", q(dose, "mg/cap"), q(doses, "cap"), Allowance())
    found = open_units(drug_needed(order, Working()), CAPSULE, Working())
    assert found.exact == q(exact, "cap")
    assert found.whole == q(opened, "cap")


# Assay limits 90.0 to 120.0 % of claim: USP 32, Cycloserine Capsules
# (https://www.drugfuture.com/Pharmacopoeia/USP32/pub/data/v32270/usp32nf27s0_m21460.html).
def test_a_fifty_milligram_capsule_from_an_unassayed_pool_holds_45_to_60_mg():
    dose = dose_limits(q(50, "mg"), CAPSULE, q(12, "cap"), read_bench()).dose
    assert (dose.low, dose.nominal, dose.high) == (q(45, "mg"), q(50, "mg"), q(60, "mg"))


# Least weighable quantity. 6 mg, 5 %: https://pharmlabs.unc.edu/labs/measurements/weigh.htm; the
# others: https://www.pharmacalculation.com/2024/01/minimum-weighable-quantity-calculation.html.
@pytest.mark.parametrize(
    ("sensitivity", "error", "least"),
    [("6", "0.05", "120"), ("6", "0.01", "600"), ("10", "0.05", "200"), ("2.5", "0.03", "250/3"),
     ("1", "0.05", "20")],
)  # fmt: skip
def test_least_weighable_quantities(sensitivity, error, least):
    day = date(2026, 1, 5)
    balance = Balance(
        key="b",
        name="balance",
        sensitivity=Cited(q(sensitivity, "mg"), "x", "x", day),
        permitted_error=Cited(Fraction(error), "x", "x", day),
    )
    assert least_weighable(balance, Working()) == q(least, "mg")


def test_the_shipped_class_iii_balance_weighs_from_120_mg_as_its_source_says():
    balance = read_bench().balance
    assert isinstance(balance.least_weighable, Cited)
    assert least_weighable(balance, Working()) == balance.least_weighable.value == q(120, "mg")


# Aliquots as published: what is weighed, the total of the mix, what is taken, what that holds.
# They multiply back; they are not the program's own choice.
# 12 mg: https://slidepub.com/slideshow/aliquot-method-for-weighing-and-measuring-pdf
# 2 mg: https://basicmedicalkey.com/accurate-weighing-for-prescriptions
# 6 mg: http://pharmlabs.unc.edu/labs/triturations/method.htm (atropine sulfate, ten capsules)
# 10 and 50 mg: https://www.scribd.com/document/658151088/Trituration-examples
@pytest.mark.parametrize(
    ("drug", "added", "total", "taken", "holds"),
    [(120, 1080, 1200, 120, 12), (120, 7380, 7500, 125, 2), (120, 2280, 2400, 120, 6),
     (100, 900, 1000, 100, 10), (100, 900, 1000, 500, 50)],
)  # fmt: skip
def test_published_solid_aliquots_multiply_back(drug, added, total, taken, holds):
    mix = Mix(drug, total, taken)
    assert mix.diluent == added
    assert held((mix,)) == holds
    found = single(Fraction(holds), Limits(min(drug, 120), 100_000))
    assert found is not None
    assert held(found.mixes) == holds
    assert found.mixes[0].diluent <= added


# https://pharmacynoobs.blogspot.com/2019/10/to-prepare-and-submit-oral-divided.html: 100 mg with
# 400 mg, 100 mg of it with 900 mg, 100 mg of that holds 2 mg. The first total is printed as 600 mg.
def test_a_published_series_multiplies_back_with_500_mg_and_not_with_the_600_mg_printed():
    assert held((Mix(100, 500, 100), Mix(100, 1000, 100))) == 2
    assert held((Mix(100, 600, 100), Mix(100, 1000, 100))) == Fraction(5, 3)
    found = serial(Fraction(2), 2, Limits(100, 100_000))
    assert found is not None
    assert held(found.mixes) == 2
    assert diluent(found.mixes) <= 400 + 900


# http://pharmlabs.unc.edu/labs/triturations/aliquot.htm: clonidine 20 mg, 120 mg made up to 30 mL,
# of which 5 mL are taken.
def test_a_published_liquid_aliquot_multiplies_back():
    held_in = evaluate("drug * taken / total", {"drug": q(120, "mg"), "taken": q(5, "mL"),
                                               "total": q(30, "mL")})  # fmt: skip
    assert held_in == q(20, "mg")
    scale = Scale(q(1, "mg"), q(120, "mg"), q(6, "mg"))
    found = dilute(q(20, "mg"), scale, read_bench().devices, 1)
    assert found is not None
    assert found.delivered == q(20, "mg")
    assert found.diluent is not None
    assert found.diluent <= q(30, "mL")


# <41>, text of 1 August 2019 with its erratum: s = 0.00015 g, so that no less than 300.00 mg is
# weighed (https://ppmu.ouryao.com/thread-701175-1-1.html). 820 d: Sartorius, summary of changes.
def test_the_minimum_weight_of_41():
    minimum = catalog.load(MinimumWeight, "weighing", "usp41")[0]
    day = date(2026, 1, 5)
    balance = Balance(
        key="b", name="balance", rule="usp41", minimum=minimum,
        repeatability=Cited(q("0.15", "mg"), "x", "x", day),
        readability=Cited(q("0.01", "mg"), "x", "x", day),
    )  # fmt: skip
    assert least_weighable(balance, Working()) == q(300, "mg")
    assert floor_weight(balance, Working()) == q("0.01", "mg") * 820


# Packing statistics (Allen, IJPC 2001;5:392-3) with shell volumes of
# https://pharmlabs.unc.edu/labs/capsules/gelatin.htm; drug powder taken at 0.60 g/mL.
DRUG = "0.60"


def filled(size: str, volume: Quantity, mass: int, dense: str, light: str) -> Fill:
    powders = (Powder("drug", q(mass, "mg"), Packs("drug", q(dense, "g/mL"))),)
    fill = fill_shell(Shell(size, volume), Recipe(powders, Packs("filler", q(light, "g/mL"))))
    assert fill is not None
    return fill


@pytest.mark.parametrize(
    ("size", "volume", "filler", "top", "total", "share"),
    [("3", "0.30", "0.31", 67, 117, "42.7"), ("1", "0.50", "0.978", 408, 458, "10.9")],
)
def test_fifty_milligrams_in_two_shells(size, volume, filler, top, total, share):
    assert shell(size) == q(volume, "mL")
    fill = filled(size, shell(size), 50, DRUG, filler)
    assert fill.fits
    assert fill.filler is not None
    assert fill.total is not None
    assert half_away(fill.filler.number("mg")) == top
    assert half_away(fill.total.number("mg")) == total
    assert percent((q(50, "mg") / fill.total).number()) == Fraction(share)


@pytest.mark.parametrize(
    ("mass", "volume", "fraction"),
    [(200, "0.30", "1.11"), (150, "0.20", "1.25"), (150, "0.21", "1.19")],
)
def test_what_does_not_fit(mass, volume, fraction):
    fill = filled("x", q(volume, "mL"), mass, DRUG, "0.31")
    assert not fill.fits
    assert to_places(fill.fraction, 2) == Fraction(fraction)
    assert fill.filler is None


@pytest.mark.parametrize(("mass", "size"), [(50, "5"), (150, "3"), (200, "2"), (250, "1")])
def test_the_smallest_shell_of_the_unc_table(mass, size):
    """50 mg take 0.083 mL, 150 mg 0.25 mL, 200 mg 0.333 mL, 250 mg 0.417 mL."""
    powders = (Powder("c", q(mass, "mg"), Packs("c", q(DRUG, "g/mL"))),)
    sizes = tuple(Shell(s.size, known(s.volume)) for s in UNC.sizes)
    found = smallest(fills(sizes, Recipe(powders, Packs("f", q("0.31", "g/mL")))))
    assert found is not None
    assert found.size == size


# preservearticles.com 2011122319106 prints 0.466 mL for 375 mg at 0.75 g/mL. It is 0.500 mL, 0.02
# mL more than the 0.48 mL of a Capsuline size 1
# (https://www.capsuline.com/empty-capsule-size-chart/).
def test_375_mg_at_three_quarters_of_a_gram_per_millilitre_are_half_a_millilitre():
    fill = filled("1", q("0.48", "mL"), 375, "0.75", "0.31")
    assert fill.fraction * q("0.48", "mL") == q("0.5", "mL")
    assert not fill.fits
    assert fill.over == q("0.02", "mL")
    sizes = catalog.load(Shells, "shells", "capsuline")[0].sizes
    volumes = {s.size: s.volume.value for s in sizes if isinstance(s.volume, Cited)}
    assert volumes["1"] == q("0.48", "mL")


def test_eight_capsules_of_a_published_batch_weigh_what_their_shell_holds():
    """Erythromycin 20 mg, 1 g and 3.8 g in 50 of size 4: 96 mg each; 0.460 g/mL x 0.21 mL = 96.6.

    https://pubcompare.ai/protocol/2-sisYsBwGXEOges83dF
    """
    each = (q(1, "g") + q("3.8", "g")) / q(50, "cap")
    assert each == q(96, "mg/cap")
    assert (q("0.460", "g/mL") * q("0.21", "mL")).to("mg") == q("96.6", "mg")


# 13845-1202-2: DailyMed, Parsolex GMP Center. 1,050 USD for 30: American Thoracic Society,
# Washington Letter 2015.
def test_the_ndc_padded_to_eleven_digits_and_the_price_per_capsule_and_milligram():
    assert isinstance(CAPSULE.ndc, Cited)
    assert isinstance(CAPSULE.ndc11, Cited)
    labeler, product, package = CAPSULE.ndc.value.split("-")
    assert labeler.zfill(5) + product.zfill(4) + package.zfill(2) == CAPSULE.ndc11.value
    assert CAPSULE.ndc11.value == "13845120202"
    (entry,) = catalog.load(Price, "prices", "cycloserine-250-capsule")[0].entries
    each = entry.price.value / entry.per.value
    assert show(each) == "$35.00 per capsule"
    assert each / CAPSULE.strength.value == q("0.14", "USD/mg")


# 250 mg made up to 10 mL and to 20 mL.
@pytest.mark.parametrize(
    ("made_up_to", "dose", "volume"),
    [(10, 50, 2), (10, 100, 4), (10, 150, 6), (10, 200, 8), (20, 25, 2), (20, 50, 4)],
)
def test_dose_volumes_of_a_capsule_made_up_to_a_volume(made_up_to, dose, volume):
    each = q(made_up_to, "mL/cap")
    one = single_use(q(dose, "mg/dose"), CAPSULE, each, Working())
    many = multi_dose(q(dose, "mg/dose"), q(7, "cap"), CAPSULE, each, Working())
    for mixture in (one, many):
        assert mixture.concentration == q(250, "mg/mL") / made_up_to
        assert mixture.dose_volume == q(volume, "mL/dose")
    assert many.volume == q(7 * made_up_to, "mL")
    assert many.drug == q(1750, "mg")


# https://jcu.pressbooks.pub/pc3300/chapter/4-3-2-compounding-calculations: 2,400 mg from tablets
# of 500 mg; eight crushed tablets weigh 4.447 g.
def test_powder_of_crushed_tablets_james_cook_university():
    inputs = {"net": q("4.447", "g"), "drug": q(2400, "mg"), "claim": q(500, "mg/tab"),
              "crushed": q(8, "tab")}  # fmt: skip
    powder = evaluate("net * drug / (claim * crushed)", inputs)
    assert isinstance(powder, Quantity)
    assert powder == q("2.6682", "g")
    assert show(powder.to("g")) == "2.668 g"


def test_crushed_tablets_are_bulk_powder_of_their_own_strength():
    """The same powder through the potency rule: 4,000 mg of drug in 4,447 mg as it lies."""
    day = date(2026, 1, 5)
    lot = BulkLot(name="crushed", substance="drug", basis="as-is",
                  assay=Cited(Fraction(4000, 4447), "JCU", "4.3.2", day),
                  loss_on_drying=Unknown("water"))  # fmt: skip
    assert powder_needed(q(2400, "mg"), lot, Working()) == q("2.6682", "g")


# https://zanotowane.pl/36/2402: 15 powders of 0.1 g with 2.5 mg each from tablets of 50 mg that
# weigh 0.14 g. The tablet's own powder, 0.105 g, takes the place of lactose, not the drug alone.
def test_lactose_beside_crushed_tablets_makes_room_for_the_whole_tablet():
    drug = q("2.5", "mg/each") * q(15, "each")
    tablet = evaluate("net * drug / claim", {"net": q("0.14", "g/tab"), "drug": drug,
                                             "claim": q(50, "mg/tab")})  # fmt: skip
    assert isinstance(tablet, Quantity)
    everything = q("0.1", "g/each") * q(15, "each")
    assert drug == q("37.5", "mg")
    assert tablet == q("0.105", "g")
    assert everything - tablet == q("1.395", "g")
    assert everything - drug == q(
        "1.4625", "g"
    )  # the wrong answer: the tablet's own filler left out
