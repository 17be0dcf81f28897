"""A list of numbers or amounts as it is typed or as a file holds it: split, read, or refused.

`"99.8, 101.2"`, one a line, or separated by semicolons; a name ending in .csv or .txt, or with a
path in it, is a file of the same. A comma that could be a decimal comma is refused.
"""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from formulation import catalog
from formulation.errors import FormulationError, quote
from formulation.grammar import MASS, Wanted, read_number, read_quantity
from formulation.spelling import check_number_style, check_sign_and_range
from formulation.units import Quantity

LONGEST = 1_000
_BARE = re.compile(r"[\d.,]+")


def _text(typed: str, where: str) -> tuple[str, str]:
    """Return the list's text and where it stands: the option, or the file that it names."""
    named = typed.endswith((".csv", ".txt"))
    if not named and (typed.lstrip()[:1].isdigit() or not set(typed) & {"/", "\\"}):
        return typed, where
    place = f"{where}, file {quote(typed, 200)}"
    try:
        return catalog.read_file(Path(typed), "the list").decode("utf-8-sig"), place
    except UnicodeDecodeError as error:
        what = f"the list is not UTF-8 text (byte {error.start + 1})"
        raise FormulationError("file-not-utf8", what, place, "save it as UTF-8") from None


def _no_decimal_comma(text: str, where: str, thousands: bool) -> None:
    """Refuse a comma between digits where another sign already parts the list, or each line."""
    inside = re.search(r"\d,\d", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    apart = re.search(r";|,\s", text)
    each = len(lines) > 1 and all(re.fullmatch(r"\d+,\d+ ?%?", line) for line in lines)
    if thousands and re.search(r"\d,\d{3}(?!\d)", text):
        return
    if inside and (apart or each):
        what = f"a comma between digits could be a decimal comma: {quote(inside[0])}"
        fix = 'write decimals with a point and part the numbers with ", ": "99.8, 101.2"'
        raise FormulationError("list-decimal-comma", what, where, fix)


def _counted(items: list[str], where: str, example: str) -> list[str]:
    if not items:
        fix = f'type it as in "{example}"'
        raise FormulationError("list-empty", "the list holds no number", where, fix)
    if len(items) > LONGEST:
        what = f"the list holds {len(items):,} numbers"
        fix = f"give at most {LONGEST:,}"
        raise FormulationError("list-too-long", what, where, fix)
    return items


def read_percent(text: str, where: str) -> Fraction:
    """Read one number in percent of claim, with or without its sign: "100.3" or "100.3 %".

    >>> read_percent("100.3 %", "--mean") == read_percent("100.3", "--mean")
    True
    """
    number = text.strip().removesuffix("%").rstrip()
    try:
        check_sign_and_range(number, "100.3")
        check_number_style(number)
        return read_number(number)
    except FormulationError as error:
        raise error.at(where) from None


def read_percents(typed: str, where: str) -> tuple[Fraction, ...]:
    """Read a list of contents in percent of claim, typed or from a file.

    >>> [str(x) for x in read_percents("99.8, 101.2", "--values")]
    ['499/5', '506/5']
    """
    text, place = _text(typed, where)
    _no_decimal_comma(text, place, thousands=False)
    items = [item.strip() for item in re.split(r"[,;\n]", text) if item.strip()]
    every = _counted(items, place, "99.8, 101.2, 100.4")
    return tuple(read_percent(item, f"{place}, number {n}") for n, item in enumerate(every, 1))


def read_mass(text: str, where: str) -> Quantity:
    """Read one mass, in mg or g."""
    try:
        return read_quantity(text, MASS)
    except FormulationError as error:
        raise error.at(where) from None


def read_masses(typed: str, where: str) -> tuple[Quantity, ...]:
    """Read a list of masses, typed or from a file; one unit at the end may serve them all.

    >>> [q.magnitude for q in read_masses("277, 281, 279 mg", "--gross")]
    [Fraction(277, 1), Fraction(281, 1), Fraction(279, 1)]
    """
    text, place = _text(typed, where)
    _no_decimal_comma(text, place, thousands=True)
    parts = re.split(r"[;\n]|,(?=\s|$)|(?<=[^\d\s])\s*,", text)
    items = _counted([p.strip() for p in parts if p.strip()], place, "277 mg, 281 mg")
    unit = re.search(r"[^\d\s.,]+$", items[-1])
    if unit and len(items) > 1 and all(_BARE.fullmatch(item) for item in items[:-1]):
        items = [f"{item} {unit[0]}" for item in items[:-1]] + items[-1:]
    wanted = Wanted("mg", "277 mg")
    found = []
    for number, item in enumerate(items, 1):
        try:
            found.append(read_quantity(item, wanted).to("mg"))
        except FormulationError as error:
            raise error.at(f"{place}, number {number}") from None
    return tuple(found)
