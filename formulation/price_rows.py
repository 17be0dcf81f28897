"""What one row of a NADAC price file says: a price from a day on, or why it cannot be used.

Columns are found by name (capitals, spaces and underscores aside), in any order. A price is a whole
number of 1/100,000 dollar, never a float. Layout: docs/method/prices.md.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from formulation.errors import FormulationError, quote
from formulation.ndc import ndc11

PLACES = 5
WHOLE = 7
UNITS = {"EA": "each", "ML": "mL", "GM": "g"}
PLACEHOLDER = "TBD DO NOT DELETE OR RELEASE"
NEEDED = ("NDC Description", "NDC", "NADAC Per Unit", "Effective Date", "Pricing Unit",
          "As of Date")  # fmt: skip
OPTIONAL = ("Explanation Code", "Classification for Rate Setting")
_COMPARISON = {"oldnadacperunit", "newnadacperunit", "percentchange", "primaryreason"}
REASONS = {
    "blank": "blank line",
    "quotes": "a quote that does not close, or text behind it",
    "columns": "not as many columns as the header",
    "cut": "last line without a line end, perhaps cut short",
    "placeholder": f"placeholder row ({PLACEHOLDER})",
    "ndc-ten-digits": "NDC of ten digits without hyphens: it may be any of three",
    "ndc": "no NDC: neither 11 digits nor 4-4-2, 5-3-2, 5-4-1, 5-4-2",
    "price": "price is not a number above zero",
    "price-places": "price with more than five places",
    "unit": "pricing unit is not EA, ML or GM",
    "effective": "Effective Date is not MM/DD/YYYY",
    "as-of": "As of Date is not MM/DD/YYYY",
}
# https://nber.org/national-average-drug-acqusition-cost/desc/nadac/desc.txt
CODES = {
    "1": "from the last completed survey",
    "2": "the survey was within 2 % of the price in force: carried forward",
    "3": "adjusted to published prices, or after an inquiry to the help desk",
    "4": "carried forward from the file before",
    "5": "worked out by package size",
    "6": "S/I/N (single source, innovator, non-innovator) was not applied",
}
# https://nber.org/national-average-drug-acqusition-cost-comparison/desc/nadacc/desc.txt
CLASSES = {"B": "brand", "G": "generic", "B-ANDA": "brand, approved as a generic is (ANDA)"}
_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")


class PriceRow(NamedTuple):
    """One price: days as YYYY-MM-DD, price in 1/100,000 dollar for one pricing unit."""

    ndc: str
    effective: str
    price: int
    unit: str
    as_of: str
    description: str
    explanation: str
    classification: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands; -1 where the file has none of that name."""

    count: int
    description: int
    ndc: int
    price: int
    effective: int
    unit: int
    as_of: int
    explanation: int
    classification: int


def _name(text: str) -> str:
    return "".join(text.split()).replace("_", "").casefold()


def read_header(names: list[str]) -> Columns:
    """Return where the columns stand; refuse the comparison file, and a header that lacks one.

    >>> read_header("NDC,As of Date,nadac_per_unit,Effective_Date,Pricing Unit,NDC Description"
    ...     .split(",")).price
    2
    """
    found = [_name(name) for name in names]
    have = ", ".join(quote(name.strip(), 60) for name in names[:20])
    if len(_COMPARISON & set(found)) > 1:
        what = "this is the NADAC Comparison file: it holds changes, not prices in force"
        fix = "import the file called NADAC (National Average Drug Acquisition Cost)"
        raise FormulationError("price-file-comparison", what, fix=fix)
    wanted = (*NEEDED, *OPTIONAL)
    if missing := [name for name in NEEDED if _name(name) not in found]:
        what = f"no column {', '.join(missing)}: no NADAC file. Here there are: {have}"
        fix = "import the CSV file as it was downloaded, with its header"
        raise FormulationError("price-file-columns", what, fix=fix)
    if twice := [name for name in wanted if found.count(_name(name)) > 1]:
        what = f"the column {twice[0]} stands there twice; the columns are: {have}"
        fix = "import the CSV file as it was downloaded"
        raise FormulationError("price-file-column-twice", what, fix=fix)
    at = {name: found.index(_name(name)) if _name(name) in found else -1 for name in wanted}
    return Columns(
        len(names), at["NDC Description"], at["NDC"], at["NADAC Per Unit"], at["Effective Date"],
        at["Pricing Unit"], at["As of Date"], at["Explanation Code"],
        at["Classification for Rate Setting"],
    )  # fmt: skip


def split(line: str) -> list[str] | None:
    """Return the cells of one line; None where its quotes are wrong.

    A quote never reaches over a line end, so a stray one spoils its own line only.

    >>> split('A,"1, 5",G'), split('A,"1, 5')
    (['A', '1, 5', 'G'], None)
    """
    if '"' not in line:
        return line.split(",")
    try:
        return next(csv.reader((line,), strict=True))
    except csv.Error:
        return None


@lru_cache(maxsize=4096)
def read_day(text: str) -> str:
    """Return a day MM/DD/YYYY as YYYY-MM-DD; empty where it is none.

    >>> read_day("12/18/2024"), read_day("2024-12-18"), read_day("02/30/2024")
    ('2024-12-18', '', '')
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        return ""
    month, day, year = map(int, found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def read_price(text: str) -> int | str:
    """Return a price in 1/100,000 dollar, exactly; else the reason why not.

    >>> read_price("0.28683"), read_price("104.7375"), read_price("0"), read_price("0.123456")
    (28683, 10473750, 'price', 'price-places')
    """
    whole, _, places = text.strip().partition(".")
    digits = whole + places
    if not (digits.isdecimal() and digits.isascii() and len(whole) <= WHOLE):
        return "price"
    if len(places) > PLACES:
        places, rest = places[:PLACES], places[PLACES:]
        if rest.strip("0"):
            return "price-places"
    return int(f"{whole}{places:0<{PLACES}}") or "price"


def read_ndc(text: str) -> str:
    """Return 11 digits; else the reason why not."""
    if len(text) == 11 and text.isdecimal() and text.isascii():
        return text
    try:
        return ndc11(text)
    except FormulationError as error:
        return "ndc-ten-digits" if error.code == "ndc-ten-digits" else "ndc"


def read_row(cells: list[str] | None, at: Columns) -> PriceRow | str:  # noqa: PLR0911  one a reason
    """Return the price that one row states, or the reason (of `REASONS`) why it is not used."""
    if cells is None or len(cells) != at.count:
        return "columns" if cells else "quotes"
    description = " ".join(cells[at.description].split())
    if PLACEHOLDER in description.upper():
        return "placeholder"
    ndc = read_ndc(cells[at.ndc])
    if ndc in REASONS:
        return ndc
    price = read_price(cells[at.price])
    if isinstance(price, str):
        return price
    unit = cells[at.unit].strip()
    if unit not in UNITS:
        return "unit"
    effective, as_of = read_day(cells[at.effective]), read_day(cells[at.as_of])
    if not effective or not as_of:
        return "as-of" if effective else "effective"
    explanation = cells[at.explanation].strip() if at.explanation >= 0 else ""
    classification = cells[at.classification].strip() if at.classification >= 0 else ""
    return PriceRow(ndc, effective, price, unit, as_of, description, explanation, classification)


def explained_codes(cell: str) -> tuple[tuple[str, str], ...]:
    """Return each explanation code of a cell in words; a code without words says so.

    >>> explained_codes("1, 5")
    (('1', 'from the last completed survey'), ('5', 'worked out by package size'))
    """
    codes = [code.strip() for code in cell.split(",") if code.strip()]
    return tuple((code, CODES.get(code, "its meaning is not on record")) for code in codes)
