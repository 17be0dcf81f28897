"""A quantity as it is said: 2 % w/v is 2 g in 100 mL, 125 mg/5 mL is 125 mg in 5 mL.

The exact value never depends on how it is said; the working shows it the way it was given.
Percent, ratio strength, ppm and mg % name their basis: w/w, w/v or v/v (source: usp-general-notices
wording, docs/method/calc.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import TYPED
from formulation.errors import FormulationError, quote
from formulation.printing import decimal, readable, show, show_exact, show_number, terminates
from formulation.units import Quantity, known, same_kind

BASES = {"w/w": ("g", "g"), "w/v": ("g", "mL"), "v/v": ("mL", "mL")}
FORMS = ("percent", "ratio", "ppm", "mg %")


@dataclass(frozen=True, slots=True)
class Amount:
    """An exact value, the words for it, and the fraction of units in which it is said.

    `over` and `under` are 2 g and 100 mL for 2 % w/v; a plain amount has no `under`. `half` is half
    a unit of the last digit that was typed, in the unit of `value`.
    """

    value: Quantity
    text: str
    over: Quantity
    under: Quantity | None = None
    form: str = ""
    basis: str = ""
    half: Fraction = Fraction(0)
    source: str = TYPED


def plain(value: Quantity, text: str = "", half: Fraction = Fraction(0)) -> Amount:
    """Return a quantity said in its own unit: 25 mg/mL is 25 mg in 1 mL.

    >>> found = plain(Quantity(25, "mg/mL"))
    >>> found.text, found.over.unit, found.under.unit
    ('25 mg/mL', 'mg', 'mL')
    """
    head, _, below = value.unit.partition("/")
    if below and "/" not in below and "·" not in value.unit and head != "1":
        under = Quantity(Fraction(1), below)
        return Amount(value, text or _words(value), Quantity(value.magnitude, head), under,
                      "per", "", half)  # fmt: skip
    return Amount(value, text or _words(value), value, None, "", "", half)


def in_unit(value: Quantity) -> Amount:
    """Return a quantity said in exactly this unit, as a conversion asks for it.

    >>> in_unit(Quantity(Fraction(3, 250), "kg")).text
    '0.012 kg'
    >>> in_unit(Quantity(Fraction(53, 10), "USD")).text
    '$5.30'
    """
    if value.unit.startswith("USD"):
        return plain(value, show(value))
    return plain(value, f"{_digits(value.magnitude)} {_unit_of(value)}".strip())


def _unit_of(value: Quantity) -> str:
    return show_exact(value).partition(" ")[2]


def _words(value: Quantity) -> str:
    """Return a number in full where its decimal ends within six digits, else as it prints."""
    scaled = readable(value)
    if terminates(scaled.magnitude) and len(decimal(scaled.magnitude).replace(".", "")) <= 7:
        return show_exact(scaled)
    return show(value)


def percent(number: Fraction, basis: str, half: Fraction = Fraction(0)) -> Amount:
    """Return a strength in percent on its basis.

    >>> found = percent(Fraction(2), "w/v")
    >>> found.text, found.value.magnitude, found.under.magnitude
    ('2 % w/v', Fraction(1, 50), Fraction(100, 1))
    """
    return _of(number, Fraction(100), "percent", basis, half)


def ratio(number: Fraction, basis: str, half: Fraction = Fraction(0)) -> Amount:
    """Return a ratio strength, one part in `number`.

    >>> ratio(Fraction(4000), "w/v").text
    '1:4,000 w/v'
    """
    return _of(Fraction(1), number, "ratio", basis, half)


def ppm(number: Fraction, basis: str, half: Fraction = Fraction(0)) -> Amount:
    """Return parts per million: 1 ppm w/v is 1 g in 1,000,000 mL.

    >>> ppm(Fraction(40), "w/v").value.to("mcg/mL").magnitude
    Fraction(40, 1)
    """
    return _of(number, Fraction(1_000_000), "ppm", basis, half)


def share(value: Fraction, half: Fraction = Fraction(0)) -> Amount:
    """Return a share said in percent."""
    number, under = Quantity(value * 100), Quantity(Fraction(100))
    words = f"{_digits(value * 100)} %"
    return Amount(Quantity(value), words, number, under, "share", "", half)


def mg_percent(number: Fraction, half: Fraction = Fraction(0)) -> Amount:
    """Return milligrams in 100 mL.

    >>> mg_percent(Fraction(90)).value.to("mg/mL").magnitude
    Fraction(9, 10)
    """
    value = Quantity(number / 100, "mg/mL")
    over, under = Quantity(number, "mg"), Quantity(Fraction(100), "mL")
    return Amount(value, f"{_digits(number)} mg %", over, under, "mg %", "w/v", half)


def _of(over: Fraction, under: Fraction, form: str, basis: str, half: Fraction) -> Amount:
    top, below = BASES[basis]
    first, second = Quantity(over, top), Quantity(under, below)
    value = first / second
    words = {
        "percent": f"{_digits(over)} % {basis}", "ratio": f"1:{_digits(under)} {basis}",
        "ppm": f"{_digits(over)} ppm {basis}",
    }[form]  # fmt: skip
    return Amount(value.to("" if basis != "w/v" else "g/mL"), words, first, second, form, basis,
                  half)  # fmt: skip


def _digits(number: Fraction) -> str:
    if terminates(number) and len(decimal(number)) <= 9:
        return decimal(number)
    return show_number(number)


def default_words(value: Quantity, by_volume: bool) -> Amount:
    """Return a strength that no other one sets the words for: in percent where percent can say it.

    >>> default_words(Quantity(Fraction(1, 50)), False).text
    '2 % w/w'
    """
    if not value.unit:
        return percent(value.magnitude * 100, "v/v" if by_volume else "w/w")
    if same_kind(value.unit, "g/mL"):
        return percent(value.number("g/mL") * 100, "w/v")
    return plain(value)


def basis_of(value: Quantity, told: str = "") -> str:
    """Return on which basis a strength stands, "" where percent cannot say it (mEq/mL).

    >>> basis_of(Quantity(25, "mg/mL")), basis_of(Quantity(3, "mEq/mL"))
    ('w/v', '')
    """
    if same_kind(value.unit, "g/mL"):
        return "w/v"
    if value.unit:
        return ""
    return told if told in ("w/w", "v/v") else "w/w"


def say(value: Quantity, like: Amount, unit: str = "") -> Amount:
    """Return a strength said the way another one is said: percent beside percent, ratio by ratio.

    >>> say(Quantity(Fraction(1, 200), "g/mL"), percent(Fraction(2), "w/v")).text
    '0.5 % w/v'
    """
    basis = basis_of(value, like.basis)
    if like.form in FORMS and basis and value:
        return in_form(value, like.form, basis)
    if like.form == "per" and like.under is not None and same_kind(value.unit, like.value.unit):
        return per_base(value, like.over.unit, like.under)
    if like.form == "share":
        return share(value.number())
    same = unit or (like.value.unit if same_kind(value.unit, like.value.unit) else value.unit)
    return plain(value.to(same))


def in_form(value: Quantity, form: str, basis: str) -> Amount:
    """Return a strength as percent, ratio, ppm or mg %."""
    share = value.number("g/mL" if basis == "w/v" else "")
    if form == "ratio":
        return ratio(1 / share, basis)
    if form == "mg %":
        return mg_percent(value.number("mg/mL") * 100)
    return percent(share * 100, basis) if form == "percent" else ppm(share * 1_000_000, basis)


FORM_WORDS = {"%": "percent", "percent": "percent", "1 in": "ratio", "ratio": "ratio",
              "ppm": "ppm", "mg %": "mg %", "mg%": "mg %"}  # fmt: skip


def in_words(value: Quantity, told: str, basis: str = "") -> Amount:
    """Return a strength in the words asked for: "%", "ratio", "ppm", "mg %", "mg/mL", "mg/5 mL".

    >>> in_words(Quantity(Fraction(1, 4000), "g/mL"), "%").text
    '0.025 % w/v'
    >>> in_words(Quantity(25, "mg/mL"), "mg/5 mL").text
    '125 mg/5 mL'

    Refuses words that are none of these, and a strength that they cannot say.
    """
    words, _, wanted = told.strip().rpartition(" w/")
    words, wanted = (words, f"w/{wanted}") if words else (wanted, "")
    if told.strip().endswith(" v/v"):
        words, wanted = told.strip().removesuffix(" v/v"), "v/v"
    basis = basis_of(value, basis or wanted)
    if words in FORM_WORDS and basis and wanted in ("", basis):
        return in_form(value, FORM_WORDS[words], basis)
    found = re.fullmatch(r"(\w+)/(?:(\d+) )?(\w+)", told.strip())
    if (
        found
        and known(found[1])
        and known(found[3])
        and same_kind(value.unit, f"{found[1]}/{found[3]}")
    ):
        return per_base(value, found[1], Quantity(Fraction(found[2] or 1), found[3]))
    what = f"{quote(told)} cannot say a strength of {show(value)}{' ' + basis if basis else ''}"
    fix = 'use "%", "ratio", "ppm", "mg %", "mg/mL" or "mg/5 mL", on the basis that it has'
    raise FormulationError("calc-form", what, "option --as", fix)


def per_base(value: Quantity, over: str, under: Quantity) -> Amount:
    """Return a strength in so much of its vehicle: 125 mg/5 mL.

    >>> per_base(Quantity(25, "mg/mL"), "mg", Quantity(5, "mL")).text
    '125 mg/5 mL'
    """
    top = (value * under).to(over)
    if under.magnitude == 1:
        return plain(value.to(f"{over}/{under.unit}"))
    return Amount(value, f"{_words(top)}/{show_exact(under)}", top, under, "per")
