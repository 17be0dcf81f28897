"""A NADAC file into the price book: each row used or counted, all of it or nothing.

The file is read into a temporary database first; the book itself is written in one transaction, so
that an import cut off at any moment leaves the book as it was, and can simply be run again.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formulation.errors import FormulationError
from formulation.price_file import PriceFile, Progress, Skipped, no_progress
from formulation.price_rows import REASONS
from formulation.price_store import MERGE, guarded, merging, opened, place
from formulation.trace import Worked

_READ = """CREATE TABLE main.read (ndc, effective, price, unit, as_of, description, explanation,
    classification)"""
_ADD = "INSERT INTO main.read VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_STAGED = """CREATE TABLE main.staged (
    ndc TEXT, effective TEXT, price INTEGER, unit TEXT, as_of TEXT, description TEXT,
    explanation TEXT, classification TEXT, PRIMARY KEY (ndc, effective, price, unit)) WITHOUT ROWID
"""
_STAGE = MERGE.format(
    into="main.staged",
    rows="SELECT * FROM main.read WHERE true ORDER BY ndc, effective, price, unit, as_of",
)
_MERGE = MERGE.format(into="book.prices", rows="SELECT * FROM main.staged WHERE true")
_KEEP = "INSERT OR IGNORE INTO book.imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of every row of one file, and the day of its first import.

    rows = used + all skipped. `prices` are the different prices among the used; the others repeat
    one of them, week after week.
    """

    name: str
    sha256: str
    day: date
    rows: int
    used: int
    prices: int
    first_as_of: date
    last_as_of: date
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Worked):
    """One import: the file, and how many of its prices the book did not hold before.

    `again` says that this very file had been imported already.
    """

    place: str
    file: Kept
    new_prices: int
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Worked):
    """What the price book holds: products, prices, their days, and the files it was made from."""

    place: str
    products: int
    prices: int
    first_effective: date
    last_effective: date
    files: tuple[Kept, ...]


def import_prices(
    file: Path, today: date, progress: Progress = no_progress, book: Path | None = None
) -> Imported:
    """Add all prices of a NADAC file to the book and return what became of every row.

    A file that is refused changes nothing. The same file again changes nothing either.
    """
    to = book or place()
    source = PriceFile(file, progress)
    with guarded(to), closing(sqlite3.connect("", isolation_level=None)) as connection:
        for setting in ("cache_size = -16000", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA main.{setting}")
        connection.execute(_READ)
        connection.execute("BEGIN")
        connection.executemany(_ADD, source.rows())
        connection.execute("COMMIT")
        _some(source)
        connection.execute(_STAGED)
        connection.execute(_STAGE)  # in order: far faster than row by row in the file's order
        return _merged(connection, source, to, today)


def _some(source: PriceFile) -> None:
    """Refuse a file without any price, with the reasons."""
    if source.used:
        return
    if not source.read:
        fix = "import the CSV file as it was downloaded"
        what = "the price file holds a header and no row"
        raise FormulationError("price-file-empty", what, source.where, fix)
    told = "; ".join(f"{s.words} ({s.rows:,}, first on line {s.first_line:,})"
                     for s in source.skipped)  # fmt: skip
    what = f"none of the {source.read:,} rows of the price file can be used: {told}"
    fix = "import the CSV file as it was downloaded; a spreadsheet changes NDCs and days"
    raise FormulationError("price-file-no-price", what, source.where, fix)


def _merged(connection: sqlite3.Connection, source: PriceFile, book: Path, today: date) -> Imported:
    (prices,) = connection.execute("SELECT count(*) FROM main.staged").fetchone()
    skipped = {one.reason: (one.rows, one.first_line) for one in source.skipped}
    with merging(connection, book):
        before = _one(connection, "SELECT count(*) FROM book.prices")
        files = _one(connection, "SELECT count(*) FROM book.imports")
        connection.execute(_MERGE)
        connection.execute(_KEEP, (
            source.sha256, source.path.name, today.isoformat(), source.read, source.used, prices,
            source.first_as_of, source.last_as_of, json.dumps(skipped),
        ))  # fmt: skip
        after = _one(connection, "SELECT count(*) FROM book.prices")
        again = files == _one(connection, "SELECT count(*) FROM book.imports")
        kept = connection.execute(
            "SELECT * FROM book.imports WHERE sha256 = ?", (source.sha256,)
        ).fetchone()
    return Imported(place=str(book), file=_kept(kept), new_prices=after - before, again=again)


def _one(connection: sqlite3.Connection, question: str) -> int:
    (number,) = connection.execute(question).fetchone()
    return int(number)


def listed(book: Path | None = None) -> Book:
    """Return what the book holds and every file that was imported, oldest prices first."""
    where = book or place()
    with opened(where) as connection:
        products, prices, first, last = connection.execute(
            "SELECT count(DISTINCT ndc), count(*), min(effective), max(effective) FROM prices"
        ).fetchone()
        rows = connection.execute(
            "SELECT * FROM imports ORDER BY first_as_of, last_as_of, sha256"
        ).fetchall()
    return Book(
        place=str(where), products=products, prices=prices,
        first_effective=date.fromisoformat(first), last_effective=date.fromisoformat(last),
        files=tuple(_kept(row) for row in rows),
    )  # fmt: skip


def _kept(row: tuple[str, str, str, int, int, int, str, str, str]) -> Kept:
    sha256, name, day, rows, used, prices, first, last, skipped = row
    every = json.loads(skipped)
    return Kept(
        name=name, sha256=sha256, day=date.fromisoformat(day), rows=rows, used=used, prices=prices,
        first_as_of=date.fromisoformat(first), last_as_of=date.fromisoformat(last),
        skipped=tuple(Skipped(key, REASONS[key], *every[key]) for key in REASONS if key in every),
    )  # fmt: skip
