"""How an amount may be typed: read exactly, or refused with what to type instead.

One quantity is a number, a space or none, and a unit; a strength adds `/` or `per` and what it
is per. The whole policy, each rule with its reason, is the table in docs/method/quantities.md.
pint's own parser is never used: it reads `1,5 mg` as 15 mg and `5 mg/5 mL` as 1 mg times mL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from formulation.errors import FormulationError, quote
from formulation.printing import decimal
from formulation.units import Quantity, factor, same_kind

LONGEST = 80
_NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_QUANTITY = re.compile(
    rf"(?P<number>{_NUMBER}) ?(?P<unit>[^\W\d_]+)"
    rf"(?: ?(?:/|\bper\b) ?(?:(?P<base>{_NUMBER}) ?)?(?P<under>[^\W\d_]+))?"
)
_SYMBOLS = "kg g mg mcg ng L mL mol mmol mEq IU mOsm mm cP USD"
_SPELLINGS = {
    **{
        symbol: symbol
        for symbol in [
            "kg",
            "g",
            "mg",
            "mcg",
            "ng",
            "L",
            "mL",
            "mol",
            "mmol",
            "mEq",
            "IU",
            "mOsm",
            "mm",
            "cP",
            "USD",
        ]
    },
    **{"µg": "mcg", "μg": "mcg", "ml": "mL", "l": "L"},
    **dict.fromkeys(("cap", "caps", "capsule", "capsules"), "cap"),
    **dict.fromkeys(("tab", "tabs", "tablet", "tablets"), "tab"),
    **dict.fromkeys(("dose", "doses"), "dose"),
    **dict.fromkeys(("drop", "drops"), "drop"),
    **dict.fromkeys(("each", "piece", "pieces"), "each"),
    **dict.fromkeys(("minute", "minutes"), "minute"),
    **dict.fromkeys(("h", "hour", "hours"), "hour"),
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
}
_MISSPELT = {
    **dict.fromkeys(("MG", "Mg", "mG"), "mg"),
    **dict.fromkeys(("G", "gm", "gms", "GM", "gr", "gram", "grams"), "g"),
    **dict.fromkeys(("ug", "UG", "mCG", "MCG", "mcgs", "NG"), "mcg"),
    **dict.fromkeys(("ML", "Ml", "mLs", "mls", "cc", "CC"), "mL"),
    **dict.fromkeys(("KG", "Kg", "kgs"), "kg"),
    **dict.fromkeys(("mgs",), "mg"),
    **dict.fromkeys(("U", "u", "unit", "units", "iu"), "IU"),
}
_HOUSEHOLD = {"tsp", "teaspoon", "teaspoons", "tbsp", "tablespoon", "tablespoons", "spoon"}
_HOUSEHOLD |= {"cup", "cups", "oz", "ounce", "ounces", "grain", "grains", "lb", "lbs", "drachm"}


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


def _refuse(code: str, text: str, why: str, fix: str) -> FormulationError:
    return FormulationError(code, f"{quote(text) or 'nothing'}: {why}", fix=fix)


def _check_characters(text: str, example: str) -> None:
    if len(text) > LONGEST:
        why = f"{len(text):,} characters are no amount"
        raise _refuse("quantity-too-long", text, why, f"type one amount, for example {example}")
    if any(not c.isprintable() for c in text):
        why = "it holds a control character"
        raise _refuse("quantity-control-character", text, why, f"type it anew: {example}")
    if not text:
        raise _refuse("quantity-empty", text, "no amount was given", f"type {example}")
    if any(c.isnumeric() and c not in "0123456789" for c in text):
        why = "only the digits 0 to 9 are read"
        raise _refuse("quantity-other-digits", text, why, f"type it with 0 to 9: {example}")


def _check_sign_and_range(text: str, example: str) -> None:
    if re.match(r"[-−–+]\s*[.\d]", text):
        fix = f"type it without a sign: {text.lstrip('-−–+ ')}"
        raise _refuse("quantity-sign", text, "an amount has no sign", fix)
    if re.search(r"\d\s*\w*\s*(?:[-–—−]|\bto\b)\s*\d", text) and not re.search(r"\de-", text, re.I):
        why = "this is a range, and a range is not an amount"
        raise _refuse(
            "quantity-range", text, why, f"type the one amount that is meant, as in {example}"
        )
    if re.match(r"(?:nan|inf|infinity)\b", text, re.I):
        why = "this is not a number"
        raise _refuse("quantity-not-a-number", text, why, f"type {example}")


def _check_number_style(text: str) -> None:
    if found := re.match(r"(\d+(?:\.\d+)?)[eE]([-+]?\d{1,2})\s*(.*)", text):
        plain = f"{found[1]} with {found[2]} places moved"
        if abs(int(found[2])) <= 6:
            plain = f"{decimal(Fraction(found[1]) * Fraction(10) ** int(found[2]))} {found[3]}"
        why = "powers of ten are misread at the bench"
        raise _refuse("quantity-exponent", text, why, f"type {plain}".rstrip())
    if text.startswith("."):
        why = "a point without a zero before it is read as a whole number"
        raise _refuse("quantity-leading-point", text, why, f"type 0{text}")
    if re.match(r"\d+\.(?!\d)", text):
        why = "a point with nothing after it"
        raise _refuse("quantity-bare-point", text, why, f"type {text.replace('.', '', 1)}")
    if found := re.match(r"\d{1,3}(?: \d{3})+(?!\d)", text):
        fix = f"type {text.replace(found[0], found[0].replace(' ', ','), 1)}"
        raise _refuse("quantity-space-in-number", text, "a space splits the number", fix)
    if (found := re.match(r"[\d,.]+", text)) and "," in found[0]:
        whole = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", found[0])
        if not whole:
            fix = f"type {_with_point(found[0])}{text[found.end() :]} if a decimal point was meant"
            why = "a comma is read only between groups of three digits"
            raise _refuse("quantity-decimal-comma", text, why, fix)
    if re.match(r"0\d", text):
        fix = f"type {text.lstrip('0') or '0'}, or with a point if one is missing"
        why = "a number does not begin with 0 unless a point follows"
        raise _refuse("quantity-leading-zero", text, why, fix)


def _with_point(number: str) -> str:
    right = number.replace(",", ".", 1)
    return right.rstrip("0").rstrip(".") if right.count(".") == 1 and "," not in right else right


def _unit(symbol: str, text: str, example: str) -> str:
    if symbol in _SPELLINGS:
        return _SPELLINGS[symbol]
    if symbol in _MISSPELT:
        right = _MISSPELT[symbol]
        why = f"{symbol} is not read: it has been taken for another unit"
        fix = f"type {text.replace(symbol, right, 1)} if that is meant"
        raise _refuse("quantity-unit-spelling", text, why, fix)
    if symbol.lower() in _HOUSEHOLD:
        why = f"{symbol} is a household or apothecary measure"
        raise _refuse("quantity-household", text, why, f"type it in mg, mcg or mL: {example}")
    known = "kg, g, mg, mcg, ng, L, mL, cap, tab, dose, day, hour, IU, mEq, mmol, USD"
    raise _refuse("quantity-unknown-unit", text, f"{symbol} is no unit here", f"use one of {known}")


def _check_shape(text: str, example: str) -> None:
    _check_sign_and_range(text, example)
    _check_number_style(text)
    if re.fullmatch(_NUMBER, text):
        why = "a number without a unit"
        raise _refuse(
            "quantity-no-unit", text, why, f"add the unit: {text} {example.rsplit(maxsplit=1)[-1]}"
        )
    if re.fullmatch(r"[^\W\d_]+", text):
        why = "a unit without a number"
        raise _refuse("quantity-no-number", text, why, f"put the number first: {example}")
    if not _QUANTITY.fullmatch(text):
        many = len(re.findall(_NUMBER, text)) > 1
        why = "this is more than one amount" if many else "this is not one number and one unit"
        raise _refuse("quantity-not-one", text, why, f"type one amount, for example {example}")


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
    _check_characters(text, wanted.example)
    _check_shape(text, wanted.example)
    found = _QUANTITY.fullmatch(text)
    assert found is not None  # noqa: S101  _check_shape has just matched it
    unit = _unit(found["unit"], text, wanted.example)
    value = Fraction(found["number"].replace(",", ""))
    if found["under"]:
        under = _unit(found["under"], text, wanted.example)
        if under == "kg" and same_kind(unit, "mg") and not same_kind(wanted.unit, "mg/kg"):
            under = "kg_bw"
        unit, value = f"{unit}/{under}", value / Fraction((found["base"] or "1").replace(",", ""))
    if not same_kind(unit, wanted.unit):
        why = f"{unit.replace('_bw', ' of body weight')} is not the kind of unit wanted here"
        raise _refuse("quantity-wrong-kind", text, why, f"type it as in {wanted.example}")
    if value == 0:
        why = "an amount of nothing"
        raise _refuse("quantity-zero", text, why, f"type one above zero, as in {wanted.example}")
    _check_trailing_zero(found["number"], text, wanted)
    return Quantity(value, unit)


def _check_trailing_zero(number: str, text: str, wanted: Wanted) -> None:
    if wanted.dose and "." in number and number.endswith("0"):
        right = number.rstrip("0").rstrip(".")
        why = "a zero after the point has been read as ten times the dose"
        fix = f"type {text.replace(number, right, 1)}"
        raise _refuse("quantity-trailing-zero", text, why, fix)


def read_share(text: str) -> Fraction:
    """Read a share in percent: "5 %" is one twentieth.

    >>> read_share("5 %"), read_share("0.5%")
    (Fraction(1, 20), Fraction(1, 200))

    Raises `FormulationError` for a bare number, a sign, or 100 % and more.
    """
    text = _normal(text)
    _check_characters(text, "5 %")
    if re.fullmatch(_NUMBER, text):
        why = "a share needs its sign: 5 could be 5 % or five times"
        value = Fraction(text.replace(",", ""))
        fix = f"type {text} %"
        if value < 1:
            fix = f"type {decimal(value * 100)} % or {decimal(value)} %, whichever is meant"
        raise _refuse("share-no-sign", text, why, fix)
    number = text[:-1].rstrip() if text.endswith("%") else text
    _check_sign_and_range(text, "5 %")
    _check_number_style(text)
    if not text.endswith("%") or not re.fullmatch(_NUMBER, number):
        raise _refuse("share-not-a-share", text, "this is not a share", "type it as in 5 %")
    return Fraction(number.replace(",", "")) / 100


def read_number(text: str) -> Fraction:
    """Read a pure number from a record: a pH, a water activity.

    >>> read_number("4.7")
    Fraction(47, 10)
    """
    text = _normal(text)
    if not re.fullmatch(_NUMBER, text):
        raise _refuse("number-not-a-number", text, "this is not a number", "type it as in 4.7")
    return Fraction(text.replace(",", ""))


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
    tail = re.sub(rf"^{_NUMBER}", "", high)
    if tail.strip() == "%":
        shares = [Fraction(part.rstrip(" %").replace(",", "")) / 100 for part in (low, high)]
        return Quantity(shares[0]), Quantity(shares[1])
    if not tail.strip():
        return Quantity(read_number(low)), Quantity(read_number(high))
    wanted = wanted or Wanted(tail.strip(), high)
    first = read_quantity(low if re.search(r"[^\d.,]", low) else low + tail, wanted)
    last = read_quantity(high, wanted)
    return Quantity(first.magnitude * factor(first.unit, last.unit), last.unit), last
