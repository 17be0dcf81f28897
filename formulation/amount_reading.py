"""How the amounts of a calculation may be typed: strengths in their many forms, shares, money.

Amounts go through the grammar of docs/method/quantities.md. A percent, a ratio strength and ppm
have to name their basis; household and apothecary measures are read only where they are converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from formulation.amounts import Amount, mg_percent, percent, plain, ppm, ratio, share
from formulation.errors import FormulationError, quote
from formulation.grammar import Wanted, read_number, read_quantity, read_share, unit_in
from formulation.printing import decimal, show_exact
from formulation.spelling import NUMBER, QUANTITY, refuse
from formulation.units import Quantity, same_kind

HALF = Fraction(1, 2)
_MEASURES = {
    **dict.fromkeys(("grain", "grains", "gr"), "grain"),
    **dict.fromkeys(("dram", "drams", "drachm", "drachms"), "dram"),
    **dict.fromkeys(("scruple", "scruples"), "scruple"),
    **dict.fromkeys(("oz", "ounce", "ounces"), "oz"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
    **dict.fromkeys(("minim", "minims"), "minim"),
    **dict.fromkeys(("tsp", "teaspoon", "teaspoons", "teaspoonful", "teaspoonfuls"), "tsp"),
    **dict.fromkeys(("tbsp", "tablespoon", "tablespoons", "tablespoonful"), "tbsp"),
    **dict.fromkeys(("floz", "fl oz", "fluid ounce", "fluid ounces"), "floz"),
    **dict.fromkeys(("pint", "pints", "pt"), "pint"),
    **dict.fromkeys(("quart", "quarts", "qt"), "quart"),
    **dict.fromkeys(("gallon", "gallons", "gal"), "gallon"),
    **dict.fromkeys(("cup", "cups"), "cup"),
    **dict.fromkeys(("inch", "inches"), "inch"),
}


def half_digit(text: str) -> Fraction:
    """Return half of the last decimal of a number that looks rounded: three digits or more.

    0.1 and 50 are taken as they stand.

    >>> half_digit("16.67 mL"), half_digit("50 mL"), half_digit("0.1 mL")
    (Fraction(1, 200), Fraction(0, 1), Fraction(0, 1))
    """
    found = re.search(r"(\d[\d,]*)\.(\d+)", text)
    if found is None or len((found[1] + found[2]).replace(",", "").lstrip("0")) < 3:
        return Fraction(0)
    return HALF / Fraction(10) ** len(found[2])


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def read_strength(text: str) -> Amount:
    """Read a strength: percent, ratio strength, ppm or mg %, or so much in so much.

    >>> read_strength("1:4000 w/v").text, read_strength("1 in 20 w/w").value.magnitude
    ('1:4,000 w/v', Fraction(1, 20))
    >>> read_strength("1/8 % w/v").over.magnitude
    Fraction(1, 8)
    >>> read_strength("125 mg/5 mL").under.magnitude
    Fraction(5, 1)

    Raises `FormulationError` with a code of its own where the basis is missing.
    """
    words = " ".join(text.split())
    half = half_digit(words)
    if found := re.fullmatch(rf"({NUMBER}) ?mg ?%", words):
        return mg_percent(_number(found[1]), half / 100)
    if found := re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3}) ?%(?: ?(\w/\w))?", words):
        said = f"{found[1]}/{found[2]} % {_basis(found[3], words)}"
        return replace(percent(Fraction(int(found[1]), int(found[2])), found[3]), text=said)
    forms: tuple[tuple[str, Callable[..., Amount], int], ...] = (
        (rf"({NUMBER}) ?%(?: ?(\w/\w))?", percent, 100),
        (rf"({NUMBER}) ?ppm(?: ?(\w/\w))?", ppm, 1_000_000),
        (rf"1 ?(?::| in ) ?({NUMBER})(?: ?(\w/\w))?", ratio, 0),
    )
    for pattern, make, under in forms:
        if found := re.fullmatch(pattern, words):
            basis = _basis(found[2], words)
            value = _number(found[1])
            if not value:
                raise refuse("quantity-zero", text, "an amount of nothing", "type one above zero")
            return make(value, basis, half / under if under else Fraction(0))
    return _so_much_in_so_much(words, half)


def _basis(basis: str | None, text: str) -> str:
    if basis in ("w/w", "w/v", "v/v"):
        return str(basis)
    why = "of what in what is not said"
    bare = re.sub(r" ?\w/\w$", "", text)
    fix = f'type "{bare} w/w" (g in 100 g), "{bare} w/v" (g in 100 mL) or "{bare} v/v"'
    raise refuse("strength-no-basis", text, why, fix)


def _so_much_in_so_much(text: str, half: Fraction) -> Amount:
    example = "0.5 % w/v, 1:4000 w/v or 25 mg/mL"
    unit = unit_in(text)
    if "/" not in unit:
        why = "this is not a strength"
        raise refuse("strength-not-a-strength", text, why, f"type it as in {example}")
    value = read_quantity(text, Wanted(unit, example))
    found = QUANTITY.fullmatch(" ".join(text.split()))
    base = _number(found["base"] or "1") if found else Fraction(1)
    head, _, under = unit.partition("/")
    bottom = Quantity(base, under)
    top = (value * bottom).to(head)
    words = f"{show_exact(top)}/{show_exact(bottom) if base != 1 else under}"
    half = half / base
    if not same_kind(unit, ""):
        return Amount(value, words, top, bottom, "per", "", half)
    basis = "v/v" if same_kind(head, "mL") else "w/w"
    share = value.to("")
    scale = share.magnitude / value.magnitude
    return Amount(share, words, top, bottom, "per", basis, half * scale)


def read_amount(text: str, unit: str, example: str) -> Amount:
    """Read an amount measured like `unit`; where that is empty, a mass or a volume.

    >>> read_amount("1 L", "", "50 mL").value.magnitude
    Fraction(1, 1)
    """
    if not unit:
        typed = unit_in(text)
        unit = next((one for one in ("mg", "mL") if same_kind(one, typed)), "mL")
    value = read_quantity(text, Wanted(unit.replace("kg_bw", "kg"), example))
    return plain(value, "", half_digit(text))


def read_percent(text: str) -> Amount:
    """Read a share in percent: 40 % is 40 in 100.

    >>> read_percent("40 %").value.magnitude
    Fraction(2, 5)
    """
    return share(read_share(text), half_digit(text) / 100)


def read_plain_number(text: str) -> Amount:
    """Read a pure number: a factor, a specific gravity.

    >>> read_plain_number("1.25").value.magnitude
    Fraction(5, 4)
    """
    value = read_number(text)
    return plain(Quantity(value), decimal(value), half_digit(text))


def read_count(text: str, unit: str) -> Amount:
    """Read a number of things: 30, or "30 capsules" where capsules are counted.

    >>> read_count("30", "cap").text
    '30 capsules'
    """
    words = " ".join(text.split())
    if re.fullmatch(NUMBER, words):
        value = Quantity(read_number(words), unit)
    else:
        value = read_quantity(words, Wanted(unit, f"30 {unit}")).to(unit)
    if not value:
        raise refuse("quantity-zero", text, "none at all", "type one above zero")
    return plain(value, show_exact(value))


def read_money(text: str) -> Amount:
    """Read dollars: "$1.75", "1.75 USD" or 1.75.

    >>> read_money("$1.75").value.unit
    'USD'
    """
    words = text.strip().removeprefix("$").removesuffix("USD").strip()
    return plain(Quantity(read_number(words), "USD"), "", half_digit(words))


def read_measure(text: str) -> Amount:
    """Read a metric amount, or a household or apothecary one: "5 grains", "2 tsp", "8 fl oz".

    >>> read_measure("5 grains").value.unit, read_measure("250 mg").value.unit
    ('grain', 'mg')
    """
    words = " ".join(text.split())
    found = re.fullmatch(rf"({NUMBER})(?:/({NUMBER}))? ?([a-z ]+)", words)
    if found and found[3] in _MEASURES:
        number = _number(found[1]) / _number(found[2] or "1")
        value = Quantity(number, _MEASURES[found[3]])
        return replace(plain(value, "", half_digit(words)), text=words)
    unit = unit_in(text)
    value = read_quantity(text, Wanted(unit, "250 mg"))
    return plain(value, "", half_digit(text))


def measure_unit(text: str) -> str:
    """Return the unit of a typed measure: "mg", "grains", "fl oz".

    >>> measure_unit("mL"), measure_unit("grains")
    ('mL', 'grain')
    """
    if text in _MEASURES:
        return _MEASURES[text]
    try:
        return unit_in(f"1 {text}")
    except FormulationError as error:
        what = f"{quote(text)} is no unit here"
        raise FormulationError("calc-no-such-unit", what, "option --to", error.fix) from None


def read_pair(text: str) -> tuple[Amount, Amount]:
    """Read what one amount is in another: "1 grain = 64.8 mg".

    >>> [one.text for one in read_pair("1 grain = 64.8 mg")]
    ['1 grain', '64.8 mg']
    """
    left, sign, right = text.partition("=")
    if not sign:
        why = "this does not say what one amount is in another"
        raise refuse("calc-not-a-pair", text, why, 'type it as in "1 grain = 64.8 mg"')
    return read_measure(left), read_measure(right)
