"""What a student typed as an answer: the number, its unit, and how it was written.

Amounts are read as everywhere (docs/method/quantities.md): "1,8 mL" and ".8 mL" are refused. More
is read here, because it is to be marked and not used: a bare number, a fraction, a unit misspelt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from formulation.amount_reading import measure_unit, read_strength
from formulation.errors import FormulationError, quote
from formulation.grammar import read_share
from formulation.printing import decimal, show_exact
from formulation.questions import Key
from formulation.spelling import (
    NUMBER,
    check_characters,
    check_number_style,
    check_sign_and_range,
    meant,
    refuse,
)
from formulation.units import Quantity, same_kind

_SYMBOLS = {
    "°C": "degC",
    "°F": "degF",
    "m2": "m2",
    "m²": "m2",
    "mg/m2": "mg/m2",
    "mg/m²": "mg/m2",
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
}
_LOOKS = {
    "ml": ("mL", "a small l can be taken for a 1"), "l": ("L", "a small l can be taken for a 1"),
    "µg": ("mcg", "µg has been read as mg"), "μg": ("mcg", "µg has been read as mg"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer as it was read: the number, the unit if there was one, how it was written.

    `amount` is the number in the unit that was typed, or in the one asked for where none was;
    `plain` is the bare number in the unit asked for. `spelling` and `unknown` say why the unit is
    not right as it stands.
    """

    text: str
    amount: Quantity
    plain: Fraction
    symbol: str = ""
    notes: tuple[str, ...] = ()
    spelling: str = ""
    unknown: str = ""


def read_answer(text: str, key: Key) -> Typed:
    """Return an answer as it was typed; refuse one that has been misread before.

    >>> from formulation.syllabus import TEACHING, key_of
    >>> key = key_of(Quantity(Fraction(25, 14), "mL"), None, "nearest", TEACHING)
    >>> found = read_answer("25/14 ml", key)
    >>> found.amount.unit, found.amount == key.exact, len(found.notes)
    ('mL', True, 2)
    """
    text = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    example = key_example(key)
    check_characters(text, example)
    check_sign_and_range(text, example)
    said = _as_strength(text, key)
    if said is not None:
        return said
    bare = text.removeprefix("$").strip()
    check_number_style(bare)
    found = re.fullmatch(rf"({NUMBER})(?: ?/ ?({NUMBER})(?![^\W\d_]))? ?(.*)", bare)
    if found is None:
        fix = f"type a number and its unit, as in {example}"
        raise refuse("answer-not-read", text, "this is not a number with a unit", fix)
    number = _number(found[1]) / _below(found[2], text, example)
    notes = _notes(found[1], found[2], "$" in text or key.exact.unit.startswith("USD"))
    symbol = found[3] or ("USD" if text.startswith("$") else "")
    return _with_unit(text, (number, symbol), notes, key)


def key_example(key: Key) -> str:
    """Return how an answer to a key is typed, with another number."""
    unit = key.text.partition(" ")[2]
    return f"2.5 {unit}".strip() if not key.text.startswith("$") else "$2.50"


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _below(text: str | None, whole: str, example: str) -> Fraction:
    under = _number(text or "1")
    if not under:
        fix = f"type a number and its unit, as in {example}"
        raise refuse("answer-not-read", whole, "a number over nothing", fix)
    return under


def _notes(number: str, under: str | None, money: bool) -> tuple[str, ...]:
    notes = []
    if under:
        notes.append("a fraction is exact; at the bench write the decimal that can be measured")
    if "." in number and number.endswith("0") and not money:
        right = decimal(_number(number))
        notes.append(f"write {right}: a zero after the point has been read as ten times as much")
    return tuple(notes)


def _as_strength(text: str, key: Key) -> Typed | None:
    """Return a percent, a ratio strength, ppm or mg % as the amount that it is."""
    unit = key.exact.unit
    if not re.search(r"%|ppm|^1 ?(?::|in\b)", text):
        return None
    if not re.search(r"\w/\w|mg ?%", text):
        if same_kind(unit, "") and "%" in text:
            share = read_share(text)
            return Typed(text, Quantity(share), share, "%")
        bare = re.fullmatch(rf"({NUMBER}) ?%", text)
        if bare and key.text.partition(" ")[2].startswith("%"):
            why = f'write "{key.text.partition(" ")[2]}": a percent names its basis'
            plain = _number(bare[1]) * _scale(key)
            return Typed(text, Quantity(plain, unit), plain, "%", (), why)
    said = read_strength(text)
    symbol = re.sub(r"^[\d.,:in ]+", "", text) or "ratio"
    return Typed(text, said.value, said.over.magnitude, symbol)


def _scale(key: Key) -> Fraction:
    """Return what one of a bare number means: for a key printed in percent, one in a hundred."""
    found = re.match(rf"({NUMBER}) %", key.text)
    return key.printed.magnitude / _number(found[1]) if found and _number(found[1]) else Fraction(1)


def _with_unit(
    text: str, typed: tuple[Fraction, str], notes: tuple[str, ...], key: Key
) -> Typed:  # fmt: skip
    number, symbol = typed
    plain = number * _scale(key)
    if not symbol:
        if plain != number and _nearer(number, plain, key):
            return Typed(text, Quantity(number), number, "1", notes)
        return Typed(text, Quantity(plain, key.exact.unit), plain, "", notes)
    asked = key.exact.unit
    if symbol in _LOOKS:
        right, why = _LOOKS[symbol]
        notes = (*notes, f'write "{right}": {why}')
    if symbol in _printed(asked):
        return Typed(text, Quantity(number, asked), plain, symbol, notes)
    right = meant(symbol)
    if right:
        why = f'write "{right}": {quote(symbol)} is not how it is written here'
        return Typed(text, Quantity(number, right), plain, symbol, notes, why)
    try:
        unit, times = _unit(symbol, asked)
    except FormulationError as error:
        why = f"{quote(symbol)} is no unit here; {error.fix}"
        return Typed(text, Quantity(plain, asked), plain, symbol, notes, "", why)
    return Typed(text, Quantity(number * times, unit), plain, symbol, notes)


def _nearer(number: Fraction, plain: Fraction, key: Key) -> bool:
    """Say whether 0.15 is meant as it stands, where 15 % is asked for, and not as 0.15 %."""
    exact = key.exact.magnitude
    return not key.exact.unit and abs(number - exact) < abs(plain - exact)


def _printed(unit: str) -> set[str]:
    """Return how a unit is printed: after one, and after several."""
    return {show_exact(Quantity(Fraction(n), unit)).partition(" ")[2] for n in (1, 2)} | {unit}


def _unit(symbol: str, asked: str) -> tuple[str, Fraction]:
    """Return the unit that a symbol names, and by what its number is to be multiplied."""
    if symbol in _SYMBOLS:
        return _SYMBOLS[symbol], Fraction(1)
    times = Fraction(1)
    if found := re.fullmatch(rf"(\D+?) ?/ ?({NUMBER}) ?(\D+)", symbol):
        times, symbol = 1 / _below(found[2], symbol, "2.5 mg/5 mL"), f"{found[1]}/{found[3]}"
    unit = measure_unit(symbol)
    if "kg_bw" in asked:
        unit = re.sub(r"\bkg\b", "kg_bw", unit)
    return unit, times
