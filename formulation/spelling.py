"""What a hand types wrongly: each slip refused by name, with what to type instead.

The slips are those that have been misread before (docs/method/quantities.md has the table).
"""

from __future__ import annotations

import re
from fractions import Fraction

from formulation.errors import FormulationError, quote
from formulation.printing import decimal

LONGEST = 80
NUMBER = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
QUANTITY = re.compile(
    rf"(?P<number>{NUMBER}) ?(?P<unit>[^\W\d_]+)"
    rf"(?: ?(?:/|\bper\b) ?(?:(?P<base>{NUMBER}) ?)?(?P<under>[^\W\d_]+))?"
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
            "cm",
            "cP",
            "USD",
        ]
    },
    **{"µg": "mcg", "μg": "mcg", "ml": "mL", "l": "L"},
    **dict.fromkeys(("unit", "units"), "IU"),
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
    **dict.fromkeys(("G", "gm", "gms", "GM", "gram", "grams"), "g"),
    **dict.fromkeys(("ug", "UG", "mCG", "MCG", "Mcg", "mcG", "mcgs"), "mcg"),
    **dict.fromkeys(("ML", "Ml", "mLs", "mls", "cc", "CC"), "mL"),
    **dict.fromkeys(("KG", "Kg", "kgs"), "kg"),
    "mgs": "mg",
    "NG": "ng",
    **dict.fromkeys(("U", "u", "iu", "Units"), "units"),
}
_HOUSEHOLD = {"tsp", "teaspoon", "teaspoons", "tbsp", "tablespoon", "tablespoons", "spoon"}
_HOUSEHOLD |= {
    "cup",
    "cups",
    "oz",
    "ounce",
    "ounces",
    "grain",
    "grains",
    "gr",
    "lb",
    "lbs",
    "drachm",
}


def refuse(code: str, text: str, why: str, fix: str) -> FormulationError:
    """Return the refusal of a typed amount, its text made safe to print."""
    return FormulationError(code, f"{quote(text) or 'nothing'}: {why}", fix=fix)


def check_characters(text: str, example: str) -> None:
    """Refuse what no amount holds: too much of it, nothing, controls, other scripts' digits."""
    if len(text) > LONGEST:
        why = f"{len(text):,} characters are no amount"
        raise refuse("quantity-too-long", text, why, f"type one amount, for example {example}")
    if any(not c.isprintable() for c in text):
        why = "it holds a control character"
        raise refuse("quantity-control-character", text, why, f"type it anew: {example}")
    if not text:
        raise refuse("quantity-empty", text, "no amount was given", f"type {example}")
    if any(c.isnumeric() and c not in "0123456789" for c in text):
        why = "only the digits 0 to 9 are read"
        raise refuse("quantity-other-digits", text, why, f"type it with 0 to 9: {example}")


def check_sign_and_range(text: str, example: str) -> None:
    """Refuse a sign, a range, and what is not a number."""
    if re.match(r"[-−–+]\s*[.\d]", text):
        bare = text.lstrip("-−–+ ")
        fix = f"type it without a sign: {'0' if bare.startswith('.') else ''}{bare}"
        raise refuse("quantity-sign", text, "an amount has no sign", fix)
    if re.search(r"\d\s*\w*\s*(?:[-–—−]|\bto\b)\s*\d", text) and not re.search(r"\de-", text, re.I):
        why = "this is a range, and a range is not an amount"
        raise refuse(
            "quantity-range", text, why, f"type the one amount that is meant, as in {example}"
        )
    if re.match(r"(?:nan|inf|infinity)\b", text, re.I):
        why = "this is not a number"
        raise refuse("quantity-not-a-number", text, why, f"type {example}")


def check_number_style(text: str) -> None:
    """Refuse a number written so that it has been misread."""
    if found := re.match(r"(\d+(?:\.\d+)?)[eE]([-+]?\d{1,2})\s*(.*)", text):
        plain = f"{found[1]} with {found[2]} places moved"
        if abs(int(found[2])) <= 6:
            plain = f"{decimal(Fraction(found[1]) * Fraction(10) ** int(found[2]))} {found[3]}"
        why = "powers of ten are misread at the bench"
        raise refuse("quantity-exponent", text, why, f"type {plain}".rstrip())
    if text.startswith("."):
        why = "a point without a zero before it is read as a whole number"
        raise refuse("quantity-leading-point", text, why, f"type 0{text}")
    if re.match(r"\d+\.(?!\d)", text):
        why = "a point with nothing after it"
        raise refuse("quantity-bare-point", text, why, f"type {text.replace('.', '', 1)}")
    if found := re.match(r"\d{1,3}(?: \d{3})+(?!\d)", text):
        fix = f"type {text.replace(found[0], found[0].replace(' ', ','), 1)}"
        if text.startswith("0"):
            fix = "type one amount, for example 250 mg"
        raise refuse("quantity-space-in-number", text, "a space splits the number", fix)
    if (found := re.match(r"[\d,.]+", text)) and "," in found[0]:
        whole = re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", found[0])
        if not whole:
            fix = _comma_fix(found[0], text[found.end() :])
            why = "a comma is read only between groups of three digits"
            raise refuse("quantity-decimal-comma", text, why, fix)
    if re.match(r"0\d", text):
        bare = text.lstrip("0") if re.match(r"0+[1-9]", text) else text
        fix = f"type {bare}, or put the point where it is missing"
        if bare == text:
            fix = "type the amount without zeros before it, as in 5 mg or 0.5 mg"
        why = "a number does not begin with 0 unless a point follows"
        raise refuse("quantity-leading-zero", text, why, fix)


def _comma_fix(number: str, rest: str) -> str:
    if number.endswith(",") or re.match(r"0\d", number):
        return "type one amount, for example 1.5 mg"
    if number.count(",") > 1 or "." in number:
        return f"type it with one point and no comma, or a comma every three digits: 1,250.5{rest}"
    right = number.replace(",", ".").rstrip("0").rstrip(".")
    right = f"0{right}" if right.startswith(".") else right
    return f"type {right}{rest} if a decimal point was meant"


def unit_of(symbol: str, text: str, example: str) -> str:
    """Return the unit that a symbol names; refuse one that has been taken for another."""
    if symbol in _SPELLINGS:
        return _SPELLINGS[symbol]
    if symbol in _MISSPELT:
        right = _MISSPELT[symbol]
        why = f"{symbol} is not how a unit is written here: some spellings are taken for another"
        letters = rf"(?<![^\W\d_]){symbol}(?![^\W\d_])"
        fix = f"type {re.sub(letters, right, text, count=1)} if that is meant"
        raise refuse("quantity-unit-spelling", text, why, fix)
    if symbol.lower() in _HOUSEHOLD:
        why = f"{symbol} is a household or apothecary measure"
        raise refuse("quantity-household", text, why, f"type it in mg, mcg or mL: {example}")
    known = "kg, g, mg, mcg, ng, L, mL, cap, tab, dose, day, hour, IU, mEq, mmol, USD"
    raise refuse("quantity-unknown-unit", text, f"{symbol} is no unit here", f"use one of {known}")


def meant(symbol: str) -> str:
    """Return the unit that a refused spelling stands for, "" where that is not known.

    >>> meant("cc"), meant("mls"), meant("furlong")
    ('mL', 'mL', '')
    """
    return _SPELLINGS.get(_MISSPELT.get(symbol, ""), "")


def check_shape(text: str, example: str) -> None:
    """Refuse whatever is not one number and one unit."""
    check_sign_and_range(text, example)
    check_number_style(text)
    if re.fullmatch(NUMBER, text):
        why = "a number without a unit"
        raise refuse(
            "quantity-no-unit", text, why, f"add the unit: {text} {example.rsplit(maxsplit=1)[-1]}"
        )
    if re.fullmatch(r"[^\W\d_]+", text):
        why = "a unit without a number"
        raise refuse("quantity-no-number", text, why, f"put the number first: {example}")
    if not QUANTITY.fullmatch(text):
        many = len(re.findall(NUMBER, text)) > 1
        why = "this is more than one amount" if many else "this is not one number and one unit"
        raise refuse("quantity-not-one", text, why, f"type one amount, for example {example}")
