"""Which price was in force on a day: the latest Effective Date on or before it.

Of two prices from the same Effective Date it is the one that the later weekly file (As of Date)
lists. NADAC is a survey of what pharmacies paid, never a patient's price.
"""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from formulation.cited import Unknown
from formulation.errors import FormulationError
from formulation.ndc import hyphened, ndc11
from formulation.price_rows import PLACES, UNITS, explained_codes
from formulation.price_store import opened, place
from formulation.printing import show
from formulation.records import Stamp
from formulation.trace import Finding, Worked
from formulation.units import Quantity

LABEL = "NADAC: a survey of what pharmacies paid, never a patient's price"
_LISTED_AGAIN = """SELECT effective, price, unit, as_of FROM prices
    WHERE ndc = ? AND effective < ? AND as_of > ? ORDER BY as_of DESC, effective DESC LIMIT 1"""
WEEK = timedelta(days=7)
_IN_FORCE = """SELECT effective, price, unit, as_of, description, explanation, classification
    FROM prices WHERE ndc = ?1 AND effective =
    (SELECT max(effective) FROM prices WHERE ndc = ?1 AND effective <= ?2)
    ORDER BY as_of DESC, price, unit"""


@dataclass(frozen=True, slots=True)
class Code:
    """One explanation code of the survey, and what it says of the price."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Worked):
    """The price of one unit in force on `day`, and where in the files it stands.

    `as_of` is the last weekly file that lists this price, `last_listed` the last one that lists the
    product at all, `next_effective` the day from which the book knows another price.
    """

    ndc: str
    day: date
    price: Quantity
    effective: date
    as_of: date
    last_listed: date
    next_effective: date | None
    pricing_unit: str
    description: str
    explanation: tuple[Code, ...]
    classification: str
    label: str = LABEL


_Row = tuple[str, int, str, str, str, str, str]


def at(ndc: str, day: date, book: Path | None = None) -> Found | Unknown:
    """Return the price per unit in force on a day, or that it is unknown, and what would fill it.

    An NDC is matched exactly and never guessed; one that could be read in two ways is refused.
    """
    number = ndc11(ndc)
    try:
        found = _at(number, day, book or place())
    except FormulationError as error:
        if error.code != "price-book-empty":
            raise
        found = error
    if isinstance(found, Found):
        return found
    return Unknown(f"price of NDC {hyphened(number)} on {day}", found.what, found.fix)


def price_at(ndc: str, day: date, book: Path | None = None) -> Found:
    """Return the price per unit in force on a day; refuse where none is known, with the reason."""
    found = _at(ndc11(ndc), day, book or place())
    if isinstance(found, FormulationError):
        raise found
    return found


def _at(ndc: str, day: date, book: Path) -> Found | FormulationError:
    with opened(book) as connection:
        rows: list[_Row] = connection.execute(_IN_FORCE, (ndc, day.isoformat())).fetchall()
        first, last, listed = connection.execute(
            "SELECT min(effective), max(effective), max(as_of) FROM prices WHERE ndc = ?", (ndc,)
        ).fetchone()
        (following,) = connection.execute(
            "SELECT min(effective) FROM prices WHERE ndc = ? AND effective > ?",
            (ndc, day.isoformat()),
        ).fetchone()
        again = [connection.execute(_LISTED_AGAIN, (ndc, row[0], row[3])).fetchone()
                 for row in rows[:1]]  # fmt: skip
    if first is None:
        return _not_there(ndc)
    if not rows:
        return _not_yet(ndc, day, (first, last))
    if len(rows) > 1 and rows[0][3] == rows[1][3]:
        return _contradicted(ndc, rows)
    findings = (*_listed_again(again[0]), *_past(day, date.fromisoformat(listed)))
    return replace(_found(ndc, day, rows[0], (listed, following)), findings=findings)


def _not_there(ndc: str) -> FormulationError:
    what = f"the price book has no price of NDC {hyphened(ndc)}"
    fix = "check each digit; not every product is surveyed. formulate prices list shows the files"
    return FormulationError("price-ndc-unknown", what, f"NDC {hyphened(ndc)}", fix)


def _not_yet(ndc: str, day: date, known: tuple[str, str]) -> FormulationError:
    first, last = known
    days = f"are from {first} to {last}" if first != last else f"begin on {first}"
    what = f"no price was in force on {day}: the book's prices of NDC {hyphened(ndc)} {days}"
    fix = f"ask for a day from {first} on, or import the file of {day.year}"
    return FormulationError("price-not-in-force", what, f"NDC {hyphened(ndc)}", fix)


def _contradicted(ndc: str, rows: list[_Row]) -> FormulationError:
    same = [row for row in rows if row[3] == rows[0][3]]
    every = " and ".join(f"{show(_price(row[1], row[2]))} ({row[2]})" for row in same)
    what = f"the files give {every} for the same Effective Date {same[0][0]}, as of {same[0][3]}"
    fix = "look at the price file itself; a later file may settle it"
    return FormulationError("price-contradicted", what, f"NDC {hyphened(ndc)}", fix)


def _price(amount: int, unit: str) -> Quantity:
    return Quantity(Fraction(amount, 10**PLACES), f"USD/{UNITS[unit]}")


def _found(ndc: str, day: date, row: _Row, later: tuple[str, str | None]) -> Found:
    effective, _, unit, as_of, description, explanation, classification = row
    listed, following = date.fromisoformat(later[0]), later[1]
    return Found(
        ndc=ndc, day=day, price=_price(row[1], row[2]), effective=date.fromisoformat(effective),
        as_of=date.fromisoformat(as_of), last_listed=listed,
        next_effective=date.fromisoformat(following) if following else None,
        pricing_unit=unit, description=description, classification=classification,
        explanation=tuple(Code(*pair) for pair in explained_codes(explanation)),
    )  # fmt: skip


def _listed_again(older: tuple[str, int, str, str] | None) -> tuple[Finding, ...]:
    """Return a caution where a later weekly file lists a price with an earlier Effective Date."""
    if older is None:
        return ()
    what = f"The later file as of {older[3]} lists an older price again, "
    what += f"{show(_price(older[1], older[2]))} from {older[0]}"
    fix = "look at both files; this price may have been taken back"
    return (Finding("price-older-listed-later", "caution", what, fix),)


def _past(day: date, listed: date) -> tuple[Finding, ...]:
    """Return a caution where the book ends, for this product, a week or more before the day."""
    if day - listed < WEEK:
        return ()
    after = show(Quantity(Fraction((day - listed).days), "day"))
    what = f"The book lists this NDC last in the file as of {listed}, {after} "
    what += f"before {day}. Its price may have changed since, or it may no longer be surveyed"
    fix = f"import the file that covers {day}"
    return (Finding("price-past-the-book", "caution", what, fix),)


def stamp(book: Path | None = None) -> Stamp:
    """Return which book was used: its weekly files, the last import, a digest of its files."""
    where = book or place()
    with opened(where) as connection:
        return _stamp(connection, where.name)


def _stamp(connection: sqlite3.Connection, name: str) -> Stamp:
    first, last, day = connection.execute(
        "SELECT min(first_as_of), max(last_as_of), max(day) FROM imports"
    ).fetchone()
    rows = connection.execute("SELECT sha256 FROM imports ORDER BY sha256").fetchall()
    digest = hashlib.sha256("".join(sha for (sha,) in rows).encode("ascii")).hexdigest()
    return Stamp(name, f"NADAC as of {first} to {last}", day, digest, own=True)
