"""How an amount may be typed: read exactly, or refused with what to type instead.

One quantity is a number, a space or none, and a unit; a strength adds `/` or `per` and what it
is per. The whole policy, each rule with its reason, is the table in docs/method/quantities.md.
pint's own parser is never used: it reads `1,5 mg` as 15 mg and `5 mg/5 mL` as 1 mg times mL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from formulation.printing import decimal
from formulation.spelling import (
    NUMBER,
    QUANTITY,
    check_characters,
    check_number_style,
    check_shape,
    check_sign_and_range,
    refuse,
    unit_of,
)
from formulation.units import Quantity, same_kind


class BareNumber(str):
    """A number that stood in a file without quotes: it has neither unit nor sign."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place accepts: a unit of the right kind and whether the zeros are precision.

    `unit` is an example unit of the kind asked for; `example` is what to type there.
    """

    unit: str
    example: str
    dose: bool = False


DOSE = Wanted("mg", "100 mg", dose=True)
MASS = Wanted("mg", "1.62 g")
VOLUME = Wanted("mL", "10 mL")


def _normal(text: str) -> str:
    spaced = text.replace("\u00a0", " ").replace("\u202f", " ")
    return re.sub(r" +", " ", spaced.strip(" "))


def read_quantity(text: str, wanted: Wanted = DOSE) -> Quantity:
    """Read one amount typed by a person, exactly; refuse what has been misread before.

    >>> read_quantity("250mg").magnitude, read_quantity("1,250 mg").magnitude
    (Fraction(250, 1), Fraction(1250, 1))
    >>> read_quantity("5 mg/5 mL", Wanted("mg/mL", "25 mg/mL"))
    Quantity(magnitude=Fraction(1, 1), unit='mg/mL')
    >>> read_quantity("1,5 mg")
    Traceback (most recent call last):
    ...
    formulation.errors.FormulationError: 1,5 mg: a comma is read only between groups of three digits

    Raises `FormulationError` with a `quantity-...` code and what to type instead.
    """
    text = _normal(text)
    check_characters(text, wanted.example)
    check_shape(text, wanted.example)
    found = QUANTITY.fullmatch(text)
    assert found is not None  # noqa: S101  check_shape has just matched it
    unit = unit_of(found["unit"], text, wanted.example)
    value = Fraction(found["number"].replace(",", ""))
    if found["under"]:
        under = unit_of(found["under"], text, wanted.example)
        if under == "kg" and same_kind(unit, "mg") and not same_kind(wanted.unit, "mg/kg"):
            under = "kg_bw"
        base = Fraction((found["base"] or "1").replace(",", ""))
        if not base:
            why = "an amount per nothing"
            raise refuse("quantity-zero", text, why, f"type it as in {wanted.example}")
        unit, value = f"{unit}/{under}", value / base
    if not same_kind(unit, wanted.unit):
        why = f"{unit.replace('_bw', ' of body weight')} is not the kind of unit wanted here"
        raise refuse("quantity-wrong-kind", text, why, f"type it as in {wanted.example}")
    if value == 0:
        why = "an amount of nothing"
        raise refuse("quantity-zero", text, why, f"type one above zero, as in {wanted.example}")
    for number in (found["number"], found["base"] or ""):
        _check_trailing_zero(number, text, wanted)
    return Quantity(value, unit)


def _check_trailing_zero(number: str, text: str, wanted: Wanted) -> None:
    if wanted.dose and "." in number and number.endswith("0"):
        right = number.rstrip("0").rstrip(".")
        why = "a zero after the point has been read as ten times the dose"
        fix = f"type {text.replace(number, right, 1)}"
        raise refuse("quantity-trailing-zero", text, why, fix)


def read_share(text: str) -> Fraction:
    """Read a share in percent: "5 %" is one twentieth.

    >>> read_share("5 %"), read_share("0.5%")
    (Fraction(1, 20), Fraction(1, 200))

    Raises `FormulationError` for a bare number or a sign.
    """
    text = _normal(text)
    check_characters(text, "5 %")
    if re.fullmatch(NUMBER, text):
        why = "a share needs its sign: 5 could be 5 % or five times"
        value = Fraction(text.replace(",", ""))
        fix = f"type {text} %"
        if value < 1:
            fix = f"type {decimal(value * 100)} % or {decimal(value)} %, whichever is meant"
        raise refuse("share-no-sign", text, why, fix)
    number = text[:-1].rstrip() if text.endswith("%") else text
    check_sign_and_range(text, "5 %")
    check_number_style(text)
    if not text.endswith("%") or not re.fullmatch(NUMBER, number):
        raise refuse("share-not-a-share", text, "this is not a share", "type it as in 5 %")
    return Fraction(number.replace(",", "")) / 100


def read_number(text: str) -> Fraction:
    """Read a pure number from a record: a pH, a water activity.

    >>> read_number("4.7")
    Fraction(47, 10)
    """
    text = _normal(text)
    check_characters(text, "4.7")
    if not re.fullmatch(NUMBER, text):
        raise refuse("number-not-a-number", text, "this is not a number", "type it as in 4.7")
    return Fraction(text.replace(",", ""))


def unit_in(text: str) -> str:
    """Return the unit of a typed amount without reading its number.

    >>> unit_in("30 capsules"), unit_in("5 mg/5 mL")
    ('cap', 'mg/mL')
    """
    text = _normal(text)
    check_characters(text, "5 mg")
    check_shape(text, "5 mg")
    found = QUANTITY.fullmatch(text)
    assert found is not None  # noqa: S101  check_shape has just matched it
    head = unit_of(found["unit"], text, "5 mg")
    return f"{head}/{unit_of(found['under'], text, '5 mg')}" if found["under"] else head


def _end(text: str, wanted: Wanted | None) -> Quantity:
    """Return one end of a range: a share, a pure number or an amount."""
    if text.endswith("%"):
        return Quantity(read_share(text))
    if re.fullmatch(NUMBER, text):
        return Quantity(read_number(text))
    return read_quantity(text, wanted or Wanted(unit_in(text), text))


def read_bounds(text: str, wanted: Wanted | None = None) -> tuple[Quantity, Quantity]:
    """Read "low to high unit" from a record; one amount is both its bounds.

    >>> low, high = read_bounds("0.28 to 0.33 g/mL", Wanted("g/mL", "0.3 g/mL"))
    >>> low.magnitude, high.magnitude
    (Fraction(7, 25), Fraction(33, 100))
    >>> [q.magnitude for q in read_bounds("90.0 to 120.0 %")]
    [Fraction(9, 10), Fraction(6, 5)]
    """
    low, to, high = _normal(text).partition(" to ")
    high = high if to else low
    last = _end(high, wanted)
    tail = re.sub(rf"^{NUMBER}", "", high)
    first = _end(low if re.search(r"[^\d.,]", low) else low + tail, wanted).to(last.unit)
    if first > last:
        why = "the lower end stands above the upper"
        raise refuse("range-backwards", text, why, f"type {high} to {low} if that is meant")
    return first, last


def in_parts(text: str, count: int) -> bool:
    """Say whether proportions are whole parts, one for each of `count` things.

    >>> in_parts("1:1", 2), in_parts("1:1", 3), in_parts("half", 2)
    (True, False, False)
    """
    return bool(re.fullmatch(r"[1-9][0-9]*(:[1-9][0-9]*)+", text)) and text.count(":") + 1 == count
