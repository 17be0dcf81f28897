"""The only reader of stored records: from a TOML file to typed, cited values.

Shipped records are overlaid by the user's own (`FORMULATE_HOME`, else the per-user folder); which
was used, its edition and its digest are returned as a `Stamp` with every record.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError, quote
from formulation.fields import Kind
from formulation.grammar import (
    BareNumber,
    Wanted,
    read_bounds,
    read_number,
    read_quantity,
    read_share,
    unit_in,
)
from formulation.records import Source, Stamp
from formulation.spread import Bounds
from formulation.units import Quantity, same_kind

R = TypeVar("R")
DATA = "formulation_data"
LARGEST = 1_000_000
_FACT_KEYS = {"value", "source", "locator", "checked", "read", "note", "edition"}
_UNKNOWN_KEYS = {"unknown", "fill", "sources"}


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


def _amount(value: Any, kind: Kind) -> Quantity:
    units = [unit for unit in kind.unit.split("|") if unit]
    example = f"1 {units[0]}" if units else "1 cap"
    if not units:
        return read_quantity(value, Wanted(unit_in(value), example))
    for unit in units[:-1]:
        if same_kind(unit_in(value), unit):
            return read_quantity(value, Wanted(unit, example))
    return read_quantity(value, Wanted(units[-1], example))


def _range(value: Any, kind: Kind) -> Bounds:
    signed = value.startswith("-")
    wanted = Wanted(kind.unit, f"1 to 2 {kind.unit}") if kind.unit else None
    low, high = read_bounds(value.removeprefix("-"), wanted)
    return Bounds(-low if signed else low, high)


def _share_or_number(value: Any, _: Kind) -> Any:
    return read_share(value) if value.rstrip().endswith("%") else read_number(value)


def _listed(value: Any, _: Kind) -> tuple[str, ...]:
    if not all(isinstance(item, str) for item in value):
        raise _wrong("a list of words")
    return tuple(value)


def _wrong(what: str) -> FormulationError:
    return FormulationError("record-wrong-type", f"{what} belongs here", fix=f"write {what}")


_READERS: dict[str, tuple[type, str, Callable[[Any, Kind], Any]]] = {
    "amount": (str, 'an amount such as "250 mg"', _amount),
    "bounds": (str, 'a range such as "0.28 to 0.33 g/mL"', _range),
    "number": (str, 'a number or share such as "4.7" or "5 %"', _share_or_number),
    "text": (str, "a sentence", lambda value, _: value),
    "texts": (list, "a list of words", _listed),
    "flag": (bool, "true or false", lambda value, _: value),
    "date": (date, "a date such as 2026-01-05", lambda value, _: value),
}


def _fact(raw: Any, kind: Kind, which: str) -> Any:
    if not isinstance(raw, Mapping):
        raise _wrong('a fact { value = ..., source = "...", locator = "...", checked = DATE }')
    if "unknown" in raw:
        _only(raw, _UNKNOWN_KEYS)
        sources = tuple(raw.get("sources", ()))
        return Unknown(which, str(raw["unknown"]), str(raw.get("fill", "")), sources)
    _only(raw, _FACT_KEYS)
    for key in ("value", "source", "locator", "checked"):
        if key not in raw:
            fix = f"add {key}"
            raise FormulationError("record-no-source", f"a fact without {key}", fix=fix)
    if not isinstance(raw["checked"], date):
        raise _wrong("a date without quotes, checked = 2026-01-05,")
    wanted, words, reader = _READERS[kind.reader]
    if not isinstance(raw["value"], wanted) or isinstance(raw["value"], BareNumber):
        raise _wrong(words)
    extra = {key: str(raw[key]) for key in ("locator", "note", "edition", "read") if key in raw}
    text = raw["value"] if isinstance(raw["value"], str) else ""
    value = reader(raw["value"], kind)
    return Cited(value, str(raw["source"]), checked=raw["checked"], text=text, **extra)


def _only(raw: Mapping[str, Any], allowed: set[str]) -> None:
    if unknown := sorted(set(raw) - allowed):
        fix = f"use one of: {', '.join(sorted(allowed))}"
        what = f"no such key: {quote(', '.join(unknown))}"
        raise FormulationError("record-unknown-key", what, fix=fix)


_BARE: dict[str, tuple[type, str]] = {
    "str": (str, "a word in quotes"),
    "bool": (bool, "true or false"),
    "date": (date, "a date such as 2026-01-05"),
    "date | None": (date, "a date such as 2026-01-05"),
    "tuple[str, ...]": (list, "a list of words"),
}


def _bare(raw: Any, annotation: str) -> Any:
    wanted, words = _BARE[annotation]
    if not isinstance(raw, wanted) or isinstance(raw, BareNumber):
        raise _wrong(words)
    return _listed(raw, Kind("texts")) if isinstance(raw, list) else raw


def read_record(cls: type[R], table: Mapping[str, Any], where: str, **given: Any) -> R:
    """Return a typed record from a TOML table; every error names `where` and the key."""
    values: dict[str, Any] = dict(given)
    fields = {f.name: f for f in dataclasses.fields(cls)} if dataclasses.is_dataclass(cls) else {}
    try:
        readable = {name for name, item in fields.items() if "kind" in item.metadata}
        _only(table, (readable - set(given)) | {"kind"})
    except FormulationError as error:
        raise error.at(where) from None
    for name, item in fields.items():
        kind: Kind | None = item.metadata.get("kind")
        if name in given or kind is None:
            continue
        if name not in table:
            if kind.needed:
                what = f"the key {name} is missing"
                raise FormulationError("record-missing-key", what, where, f"add {name}")
            if kind.cited:
                words = name.replace("_", " ")
                values[name] = Unknown(words, "not recorded", "add it with its source")
            continue
        try:
            if kind.reader == "bare":
                values[name] = _bare(table[name], str(item.type))
            else:
                values[name] = _value(table[name], kind, name, where)
        except FormulationError as error:
            raise error.at(f"{where}, key {name}") from None
    return cls(**values)


def _value(raw: Any, kind: Kind, name: str, where: str) -> Any:
    if kind.reader != "rows":
        return _fact(raw, kind, name.replace("_", " "))
    assert kind.row is not None  # noqa: S101  rows() and table() always give one
    if isinstance(raw, Mapping):
        return read_record(kind.row, raw, f"{where}, table {name}")
    if not isinstance(raw, list):
        raise _wrong(f"a list of [[{name}]] tables")
    return tuple(
        read_record(kind.row, row, f"{where}, [[{name}]] number {place}")
        for place, row in enumerate(raw, 1)
    )


def shipped(folder: str) -> Path:
    """Return a folder of the shipped records."""
    return Path(str(resources.files(DATA))) / folder


def find(folder: str, key: str) -> Path | None:
    """Return the file of a record, the user's own before the shipped one; None where there is none.

    A key is matched exactly (capital letters aside) and never guessed.
    """
    name = f"{key.casefold()}.toml"
    for place in (home() / folder, shipped(folder)):
        if place.is_dir() and name in {entry.name for entry in place.iterdir()}:
            return place / name
    return None


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
    table, digest = read_toml(path, f"the record {quote(key)}")
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


@lru_cache(maxsize=1)
def bibliography() -> dict[str, Source]:
    """Return every shipped source by its id."""
    table, _ = read_toml(shipped("") / "sources.toml", "the bibliography")
    return {
        key: Source(
            key, row["title"], row["publisher"], str(row["year"]), row["address"], row["grade"]
        )
        for key, row in table.items()
    }
