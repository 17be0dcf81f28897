"""The price book as a file: one SQLite database in the user's folder, and nothing but it.

A price is known by NDC, Effective Date, price and unit, with the latest As of Date that listed it;
so the book is the same in whatever order files are imported, and however often.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from formulation.catalog import home
from formulation.errors import FormulationError, quote

FILE = "prices.sqlite3"
LAYOUT = 1
_APPLICATION = 0x464F524D
_WAIT = 10.0
TABLES = (
    f"PRAGMA book.application_id = {_APPLICATION}",
    f"PRAGMA book.user_version = {LAYOUT}",
    """CREATE TABLE IF NOT EXISTS book.prices (
        ndc TEXT NOT NULL, effective TEXT NOT NULL, price INTEGER NOT NULL, unit TEXT NOT NULL,
        as_of TEXT NOT NULL, description TEXT NOT NULL, explanation TEXT NOT NULL,
        classification TEXT NOT NULL, PRIMARY KEY (ndc, effective, price, unit)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS book.imports (
        sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, day TEXT NOT NULL, rows INTEGER NOT NULL,
        used INTEGER NOT NULL, prices INTEGER NOT NULL, first_as_of TEXT NOT NULL,
        last_as_of TEXT NOT NULL, skipped TEXT NOT NULL) WITHOUT ROWID""",
)
MERGE = """INSERT INTO {into} {rows}
    ON CONFLICT (ndc, effective, price, unit) DO UPDATE SET as_of = excluded.as_of,
    description = excluded.description, explanation = excluded.explanation,
    classification = excluded.classification
    WHERE (excluded.as_of, excluded.description, excluded.explanation, excluded.classification)
    > (as_of, description, explanation, classification)"""


def place() -> Path:
    """Return where the price book lies: in the folder of the user's own records."""
    return home() / FILE


def empty(book: Path) -> FormulationError:
    """Return that no price file was ever imported."""
    what, fix = "the price book is empty", "import a NADAC file: formulate prices import FILE"
    return FormulationError("price-book-empty", what, quote(str(book), 200), fix)


def _foreign(book: Path) -> FormulationError:
    what = "the file is no price book of this version of the program"
    fix = "move it away and import the price files again"
    return FormulationError("price-book-unknown", what, quote(str(book), 200), fix)


@contextmanager
def guarded(book: Path) -> Iterator[None]:
    """Turn what the database says into a refusal with its reason."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _refusal(error, book) from None


def _refusal(error: sqlite3.Error | OSError, book: Path) -> FormulationError:
    where = quote(str(book), 200)
    number = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if number in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _foreign(book)
    if number in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        what = "the price book is in use by another import"
        return FormulationError("price-book-busy", what, where, "wait for it, then do it again")
    reason = quote(getattr(error, "strerror", None) or str(error), 120)
    fix = "see that the folder can be written and the disk has room; the book is as it was"
    return FormulationError("price-book-failed", f"the price book: {reason}", where, fix)


def checked(connection: sqlite3.Connection, schema: str, book: Path) -> bool:
    """Say whether the book holds anything yet; refuse another program's file, or another layout."""
    tables = {"main": "SELECT count(*) FROM main.sqlite_master",
              "book": "SELECT count(*) FROM book.sqlite_master"}[schema]  # fmt: skip
    (count,) = connection.execute(tables).fetchone()
    (program,) = connection.execute(f"PRAGMA {schema}.application_id").fetchone()
    (layout,) = connection.execute(f"PRAGMA {schema}.user_version").fetchone()
    if count and (program, layout) != (_APPLICATION, LAYOUT):
        raise _foreign(book)
    return bool(count)


@contextmanager
def opened(book: Path) -> Iterator[sqlite3.Connection]:
    """Open the book to look something up; an import that was cut off is undone by this."""
    if not book.is_file():
        raise empty(book)
    with guarded(book):
        address = f"{book.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT)) as connection:
            if not checked(connection, "main", book):
                raise empty(book)
            yield connection


@contextmanager
def merging(connection: sqlite3.Connection, book: Path) -> Iterator[None]:
    """Attach the book as `book` and do what follows in one transaction: all of it, or nothing."""
    with guarded(book):
        book.parent.mkdir(parents=True, exist_ok=True)
        connection.execute("ATTACH ? AS book", (str(book),))
        connection.execute("PRAGMA book.cache_size = -8000")
        connection.execute("PRAGMA book.synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        if not checked(connection, "book", book):
            for statement in TABLES:
                connection.execute(statement)
        yield
        connection.execute("COMMIT")
