"""Published numbers on first-order loss and Arrhenius, recomputed. Numbers and citations only."""

from fractions import Fraction

import pytest

from formulation.cited import Cited, Unknown
from formulation.drugs import read_substance
from formulation.evidence_records import Kinetics
from formulation.kinetics import days_to_ninety, keeping, left_after, rate_at
from formulation.printing import half_away, to_places
from formulation.roots import log
from formulation.trace import Working
from formulation.units import Quantity

DAY = 86_400
KELVIN = Fraction("273.15")
KCAL = Fraction("4.184")


def fact(value):
    return Cited(value, "s")


def first_order(per_day, celsius, energy):
    return Kinetics(
        key="x", substance="x", name="x", order=fact("first"), per_day=fact(Fraction(per_day)),
        celsius=fact(Fraction(celsius)), activation_kj_per_mol=fact(Fraction(energy)),
    )  # fmt: skip


def rate(found, celsius):
    k = rate_at(found, Fraction(celsius), Working())
    assert not isinstance(k, Unknown)
    return k.number()


def about(found, wanted, within="0.01"):
    return abs(found / Fraction(wanted) - 1) <= Fraction(within)


# Halasi and Nairn, PDA J Pharm Sci Technol 1990;44:30 (abstract,
# https://journal.pda.org/highwire/citation/2710/refworks-tagged): hydralazine at pH 3.5,
# 17.9 kcal/mol, 1.56 years to 90 % at 25 degC. The other temperatures follow.
@pytest.mark.parametrize(
    ("celsius", "ninety"),
    [(5, "5002"), (25, "569.79"), (40, "134.04"), (50, "55.04"), (70, "10.84")],
)
def test_hydralazine_at_ph_3_5(celsius, ninety):
    years = Quantity(Fraction("1.56") * Fraction("365.25"), "day")
    found = Kinetics(
        key="h", substance="h", name="h", order=fact("first"), celsius=fact(Fraction(25)),
        shelf_life=fact(years), activation_kj_per_mol=fact(Fraction("17.9") * KCAL),
    )  # fmt: skip
    k = rate_at(found, Fraction(celsius), Working())
    assert about(days_to_ninety(k, Working()).magnitude, ninety, "0.0005")


def test_the_shipped_record_of_it_gives_the_published_years():
    (found,) = (k for k in keeping(read_substance("hydralazine")[0], True) if "pH 3.5" in k.name)
    pace = next(pace for pace in found.paces if pace.celsius == 25)
    assert to_places(pace.ninety.magnitude / Fraction("365.25"), 2) == Fraction("1.56")


# Taylor and Mortimer (eds.), Chemical Kinetics and Mechanism, answer on the shelf life of an
# antibiotic (https://fliphtml5.com/zbdhq/nilf/.../121): k = 2.49e-7 /s at 1 / T = 2.915e-3 /K
# (343 K), 123.3 kJ/mol; printed k(295 K) = 2.18e-10 /s and 1 % lost after 4.59e7 s, "close to
# 1.5 years". The printed rate is off by 0.6 % because the answer rounds the power of e to 7.04.
def test_antibiotic_one_percent_lost_in_a_year_and_a_half():
    found = first_order(Fraction("2.49e-7") * DAY, 343 - KELVIN, "123.3")
    k = rate(found, 295 - KELVIN)
    assert about(k / DAY, "2.18e-10")
    assert k / DAY != Fraction("2.18e-10")
    left = left_after(Quantity(k), Fraction("4.59e7") / DAY)
    assert to_places(left, 3) == Fraction("0.99")
    assert about(Fraction("0.01") / k / 365, "1.5", "0.04")


# https://byjus.com/question-answer/a-drug-becomes-ineffective-after-30-decomposition-... : 5 mg/mL
# become 4.2 mg/mL in 20 months, first order: k = 0.00872 per month, 70 % left after 41 months.
def test_five_to_four_point_two_mg_per_ml_in_twenty_months():
    k = log(Fraction(5) / Fraction("4.2")) / 20
    assert to_places(k, 5) == Fraction("0.00872")
    assert to_places(left_after(Quantity(k), Fraction(20)) * 5, 10) == Fraction("4.2")
    assert half_away(log(Fraction(10, 7)) / k) == 41
    assert to_places(left_after(Quantity(k), Fraction("40.9")), 3) == Fraction("0.7")


# Essentials of Pharmaceutical Chemistry, eq. 9.4
# (http://what-when-how.com/Tutorial/topic-1414d6ag/Essentials-of-Pharmaceutical-Chemistry-252.html):
# t90 = 0.105 / k, where 0.105 is ln(100 / 90) rounded.
def test_the_rounded_constant_of_the_textbooks():
    days = days_to_ninety(Quantity(Fraction(1)), Working()).magnitude
    assert to_places(days, 3) == Fraction("0.105")
    assert about(days, "0.105", "0.004")


# https://www.firsthope.co.in/temperature: k doubles from 298 to 308 K; printed 53 kJ/mol.
def test_fifty_three_kj_per_mol_double_the_rate_from_298_to_308_kelvin():
    k = rate(first_order(1, 298 - KELVIN, 53), 308 - KELVIN)
    assert to_places(k, 1) == 2


# Shim 1993 (https://koreascience.kr/article/JAKO199303042535732.page, abstract): omeprazole at
# 30 degC, half-life 148 h at pH 9.7 and 76 h at pH 8.7. The times to 90 % follow.
@pytest.mark.parametrize(("ph", "half", "ninety"), [("9.7", 148, "22.50"), ("8.7", 76, "11.55")])
def test_omeprazole_half_life(ph, half, ninety):
    (found,) = (k for k in keeping(read_substance("omeprazole")[0], True) if ph in k.at)
    (pace,) = found.paces
    assert pace.celsius == 30
    assert to_places(left_after(pace.rate, Fraction(half, 24)), 4) == Fraction(1, 2)
    assert to_places(pace.ninety.number("hour"), 2) == Fraction(ninety)


# Alexander 1993, hydralazine in maltitol syrup (abstract): 5.13 days at 25 degC, over a hundred
# times faster than in water at pH 3.5. A rate does not carry over.
def test_the_same_drug_in_syrup_is_a_hundred_times_faster():
    every = {k.at: k for k in keeping(read_substance("hydralazine")[0], True) if k.paces}
    days = {at: next(p.ninety.magnitude for p in k.paces if p.celsius == 25)
            for at, k in every.items()}  # fmt: skip
    syrup, water = sorted(days.values())
    assert to_places(syrup, 2) == Fraction("5.13")
    assert water > 100 * syrup
