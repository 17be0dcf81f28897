"""The only reader of stored records: from a TOML file to typed, cited values.

Shipped records are overlaid by the user's own (`FORMULATE_HOME`, else the per-user folder); which
was used, its edition and its digest are returned as a `Stamp` with every record.
"""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from formulation.errors import FormulationError, quote
from formulation.grammar import BareNumber
from formulation.reading import read_record
from formulation.records import Source, Stamp

R = TypeVar("R")
DATA = "formulation_data"
SOURCES = "sources.toml"
LARGEST = 1_000_000


def home() -> Path:
    """Return the folder of the user's own records."""
    if named := os.environ.get("FORMULATE_HOME"):
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415  only where no folder is named

    return user_data_path("formulate", appauthor=False)


def read_file(path: Path, what: str = "the file") -> bytes:
    """Return what a file holds, at most 1 MB of it; refuse what is no file, with the reason."""
    where = quote(str(path), 200)
    try:
        if path.is_dir():
            raise FormulationError("file-is-a-folder", f"{what} is a folder", where, "name a file")
        if path.stat().st_size > LARGEST:
            fix = "a file here holds one prescription, one record or one list: shorten it"
            raise FormulationError("file-too-large", f"{what} is over 1 MB", where, fix)
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        fix = "check the name; a first argument with / or .toml is taken for a file"
        code = "file-not-readable"
        raise FormulationError(code, f"{what} cannot be read: {reason}", where, fix) from None


def read_toml(path: Path, what: str = "the file") -> tuple[dict[str, Any], str]:
    """Return a TOML file as a table and its SHA-256; refuse what is not one, with the reason."""
    where = quote(str(path), 200)
    raw = read_file(path, what)
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"), parse_float=BareNumber)
    except UnicodeDecodeError as error:
        fix = "save it as UTF-8"
        what = f"{what} is not UTF-8 text (byte {error.start + 1})"
        raise FormulationError("file-not-utf8", what, where, fix) from None
    except tomllib.TOMLDecodeError as error:
        fix = 'a line reads: key = "value"; see docs/examples/ for whole files'
        what = f"{what} is not TOML: {quote(str(error), 120)}"
        raise FormulationError("file-not-toml", what, where, fix) from None
    except RecursionError:
        what = f"{what} is nested too deeply"
        raise FormulationError("file-not-toml", what, where, "see docs/examples/") from None
    return table, hashlib.sha256(raw).hexdigest()


@lru_cache(maxsize=64)
def shipped(folder: str) -> Path:
    """Return a folder of the shipped records."""
    return Path(str(resources.files(DATA))) / folder


@lru_cache(maxsize=64)
def _shipped_names(folder: str) -> frozenset[str]:
    return _names(shipped(folder))


def _names(place: Path) -> frozenset[str]:
    return frozenset(os.listdir(place)) if place.is_dir() else frozenset()


def find(folder: str, key: str) -> Path | None:
    """Return the file of a record, the user's own before the shipped one; None where there is none.

    A key is matched exactly (capital letters aside) and never guessed.
    """
    name = f"{key.casefold()}.toml"
    own = home() / folder
    if name in _names(own):
        return own / name
    return shipped(folder) / name if name in _shipped_names(folder) else None


def keys(folder: str) -> tuple[str, ...]:
    """Return the ids of all records of a folder, shipped and the user's own, sorted."""
    places = (home() / folder, shipped(folder))
    return tuple(sorted({f.stem for p in places if p.is_dir() for f in p.glob("*.toml")}))


def load(cls: type[R], folder: str, key: str) -> tuple[R, Stamp]:
    """Return one record and the stamp that says which file it was."""
    path = find(folder, key)
    if path is None:
        what = f"no record {quote(key)} under {folder}"
        fix = "check the spelling: records are matched exactly, never guessed"
        raise FormulationError("record-not-found", what, fix=fix)
    when = path.stat()
    return _read(cls, folder, str(path), (when.st_mtime_ns, when.st_size))  # type: ignore[arg-type]


@lru_cache(maxsize=512)
def _read(cls: type[R], folder: str, file: str, _: tuple[int, int]) -> tuple[R, Stamp]:
    """Return a record read from its file; a file that has not changed is read once."""
    path = Path(file)
    table, digest = read_toml(path, f"the record {quote(path.stem)}")
    given = {"key": path.stem} if "key" in cls.__dataclass_fields__ else {}  # type: ignore[attr-defined]
    record = read_record(cls, table, f"{folder}/{path.name}", **given)
    own = shipped(folder) != path.parent
    return record, stamp(f"{folder}/{path.stem}", table, digest, own)


def stamp(key: str, table: Mapping[str, Any], digest: str, own: bool) -> Stamp:
    """Return which record was used: edition, the latest day any of its facts was read, digest."""
    days = sorted(_days(table))
    return Stamp(key, str(table.get("edition", "")), str(days[-1]) if days else "", digest, own)


def _days(raw: Any) -> list[date]:
    if isinstance(raw, Mapping):
        own = [raw["checked"]] if isinstance(raw.get("checked"), date) else []
        return own + [day for value in raw.values() for day in _days(value)]
    if isinstance(raw, list):
        return [day for value in raw for day in _days(value)]
    return []


def bibliography() -> dict[str, Source]:
    """Return every source by its id: the shipped ones, and the user's own (`sources.toml`)."""
    own = home() / SOURCES
    return {**shipped_sources(), **(read_sources(own) if own.is_file() else {})}


@lru_cache(maxsize=1)
def shipped_sources() -> dict[str, Source]:
    """Return every source that comes with the program, by its id."""
    return read_sources(shipped("") / SOURCES)


def read_sources(path: Path) -> dict[str, Source]:
    """Return every source of one file of sources by its id; refuse what is not one."""
    table, _ = read_toml(path, "the bibliography")
    return {
        key: read_record(Source, as_source(row), f"{path.name}, source {quote(key)}", key=key)
        for key, row in table.items()
    }


def as_source(row: Any) -> dict[str, Any]:
    """Return a source as it is read: the year may stand without quotes."""
    if not isinstance(row, Mapping):
        fix = "write [its-id], and below it title, publisher, year, address, grade"
        raise FormulationError("record-wrong-type", "a table belongs here", SOURCES, fix)
    year = row.get("year")
    whole = isinstance(year, int) and not isinstance(year, bool)
    return {**row, "year": str(year)} if whole else dict(row)
