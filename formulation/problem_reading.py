"""How the parts of a problem may be typed: per dose, per kilogram, an ingredient, a component."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from formulation.amount_reading import half_digit, read_amount, read_plain_number, read_strength
from formulation.amounts import Amount, percent, plain
from formulation.grammar import Wanted, read_quantity, unit_in
from formulation.printing import decimal, show_exact
from formulation.spelling import NUMBER, refuse
from formulation.units import Quantity, same_kind

KINDS = ("mg", "mL", "IU", "mEq", "mmol", "mOsm", "cap", "tab", "drop", "each", "dose")


def read_anything(text: str) -> Amount:
    """Read an amount of whatever may be dispensed or dosed: mass, volume, units, tablets.

    >>> read_anything("10 units").value.unit
    'IU'
    """
    unit = unit_in(text)
    kind = next((one for one in KINDS if same_kind(one, unit)), "mg")
    return plain(read_quantity(text, Wanted(kind, "250 mg")), "", half_digit(text))


def read_per(text: str, under: str) -> Amount:
    """Read an amount as so much for each: "5 mL" for each dose.

    >>> read_per("5 mL", "dose").value.unit
    'mL/dose'
    """
    one = read_anything(text)
    bottom = Quantity(Fraction(1), under)
    return replace(plain(one.value / bottom), text=one.text, over=one.value, under=bottom,
                   half=one.half)  # fmt: skip


def read_ratio(text: str, unit: str) -> Amount:
    """Read a pure number that stands for so many of one in one of the other: a valence.

    >>> read_ratio("2", "mEq/mmol").value.unit
    'mEq/mmol'
    """
    one = read_plain_number(text)
    return replace(plain(Quantity(one.value.magnitude, unit)), text=one.text)


def read_per_weight(text: str) -> Amount:
    """Read a dose by body weight: "5 mg/kg", "10 units/kg"; "/day" may follow.

    >>> read_per_weight("5 mg/kg/day").value.unit
    'mg/kg_bw'
    """
    return _over(text, r"(?:/| per )kg$", "kg_bw", "5 mg/kg")


def read_per_surface(text: str) -> Amount:
    """Read a dose by body surface: "100 mg/m2".

    >>> read_per_surface("100 mg/m²").text
    '100 mg/m2'
    """
    return _over(text.replace("²", "2"), r"(?:/| per )m2$", "m2", "100 mg/m2")


def _over(text: str, tail: str, unit: str, example: str) -> Amount:
    words = re.sub(r"(?:/| per )(?:day|dose)$", "", " ".join(text.split()))
    if not re.search(tail, words):
        why = "this is not a dose by body weight or surface"
        raise refuse("calc-not-by-size", text, why, f"type it as in {example}")
    top = read_anything(re.sub(tail, "", words))
    value = Quantity(top.value.magnitude, f"{top.value.unit}/{unit}")
    return replace(plain(value), half=top.half)


def read_weight(text: str) -> Amount:
    """Read a body weight: "80 kg", "950 g".

    >>> read_weight("950 g").value.number("kg_bw")
    Fraction(19, 20)
    """
    kilograms = read_quantity(text, Wanted("kg", "80 kg")).to("kg")
    value = Quantity(kilograms.magnitude, "kg_bw")
    return replace(plain(value), half=half_digit(text))


def read_surface(text: str) -> Amount:
    """Read a body surface: "1.85 m2".

    >>> read_surface("1.85 m2").text
    '1.85 m2'
    """
    found = re.fullmatch(rf"({NUMBER}) ?m[2²]", " ".join(text.split()))
    if found is None:
        raise refuse("calc-not-by-size", text, "this is no body surface", "type it as in 1.85 m2")
    value = Quantity(Fraction(found[1].replace(",", "")), "m2")
    return plain(value, "", half_digit(text))


def read_strength_or_none(text: str) -> Amount:
    """Read a strength, or "0 % w/w" for a diluent without drug.

    >>> read_strength_or_none("0 % w/w").value.magnitude
    Fraction(0, 1)
    """
    found = re.fullmatch(r"0 ?%(?: ?(w/w|w/v|v/v))?", " ".join(text.split()))
    if found is None:
        return read_strength(text)
    if not found[1]:
        fix = 'type "0 % w/w", "0 % w/v" or "0 % v/v"'
        raise refuse("strength-no-basis", text, "of what in what is not said", fix)
    return percent(Fraction(0), found[1])


def read_component(text: str) -> tuple[Amount | None, Amount]:
    """Read a component of a mixture: "30 g of 2.5 % w/w", or its strength alone.

    >>> read_component("30 g of 2.5 % w/w")[0].text
    '30 g'
    """
    left, of, right = text.partition(" of ")
    if not of:
        return None, read_strength_or_none(text)
    return read_amount(left, "", "30 g"), read_strength_or_none(right)


def read_ingredient(text: str) -> tuple[str, Amount]:
    """Read an ingredient of a formula: "zinc oxide = 80 g", "talc = 31 parts".

    >>> name, amount = read_ingredient("talc = 31 parts")
    >>> name, amount.value.unit
    ('talc', 'part')
    """
    name, sign, amount = text.rpartition("=")
    if not sign or not name.strip():
        why = "an ingredient is a name and an amount"
        raise refuse("calc-not-an-ingredient", text, why, 'type it as in "zinc oxide = 80 g"')
    found = re.fullmatch(rf"({NUMBER}) ?parts?", amount.strip())
    if found:
        return name.strip(), plain(Quantity(Fraction(found[1].replace(",", "")), "part"))
    return name.strip(), read_anything(amount)


def read_wanted(text: str) -> Amount:
    """Read how much of a formula is wanted: a mass, a volume, a number of units."""
    return read_anything(text)


def read_drug_with_e(text: str) -> tuple[Amount, Amount]:
    """Read a drug with its sodium chloride equivalent: "0.3 g, E 0.23".

    >>> [one.text for one in read_drug_with_e("0.3 g, E 0.23")]
    ['300 mg', '0.23']
    """
    amount, sign, e = text.partition(", E ")
    if not sign:
        why = "its E value is not said, and none is on record"
        raise refuse("calc-no-e-value", text, why, 'type it as in "0.3 g, E 0.23"')
    return read_amount(amount, "mg", "0.3 g"), read_plain_number(e.strip())


def read_temperature(text: str, unit: str) -> Amount:
    """Read a temperature in degrees; it may be below zero.

    >>> read_temperature("-30", "degF").value.magnitude
    Fraction(-30, 1)
    """
    words = text.strip().replace("−", "-").replace("minus ", "-")
    words = re.sub(r" ?°?[CF]$", "", words)
    found = re.fullmatch(rf"(-?)({NUMBER})", words)
    if found is None:
        raise refuse("calc-not-degrees", text, "this is no temperature", "type it as in 37 or -30")
    value = Quantity(Fraction(found[2].replace(",", "")) * (-1 if found[1] else 1), unit)
    sign = {"degC": "°C", "degF": "°F"}[unit]
    return plain(value, f"{decimal(value.magnitude)} {sign}", half_digit(words))


def read_time(text: str) -> Amount:
    """Read a length of time: "90 days".

    >>> read_time("90 days").text
    '90 days'
    """
    value = read_quantity(text, Wanted("day", "90 days"))
    return plain(value, show_exact(value), half_digit(text))
