"""Every mistake in a user's own records at once, each with its file and key.

The records are read by the same reading as everywhere; what is asked here besides is what only a
whole shelf can tell: whether a source is known and good enough, whether a named record exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from formulation import catalog
from formulation.bench import BenchFile
from formulation.benches import checked_rule
from formulation.charge_intake import checked_charges
from formulation.errors import FormulationError, quote
from formulation.kinds import KINDS, NO_RECORDS, folder_of, word
from formulation.reading import Place, mistakes, read_record
from formulation.records import GRADES, Source
from formulation.trace import Finding, Level, Worked

_NAMES = {
    "products": "products", "vehicles": "vehicles", "shells": "shells", "fillers": "fillers",
    "price_records": "prices", "rules": "rules", "balance": "balances",
}  # fmt: skip
_OF_A_DRUG = ("products", "stability", "evidence", "kinetics")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a file: where, what, and what to write instead; or a note on it."""

    code: str
    level: Level
    where: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Worked):
    """What was read and what was wrong with it; `exists` is no where there is no such folder."""

    place: str
    exists: bool
    records: int
    sources: int
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The folder that is checked, its sources, and the day of the check."""

    root: Path
    sources: Mapping[str, str]
    today: date

    def has(self, folder: str, key: object) -> bool:
        """Say whether a record exists: in the folder checked, among the user's own, or shipped."""
        own = self.root / folder / f"{str(key).casefold()}.toml"
        return own.is_file() or catalog.find(folder, str(key)) is not None

    def where(self, path: Path) -> str:
        """Return a file's name as seen from the folder that is checked."""
        inside = path.is_relative_to(self.root)
        return quote(str(path.relative_to(self.root) if inside else path), 200)


def check(named: str | None, today: date) -> Checked:
    """Return all mistakes in a file of records, or in a folder of them, else in the user's own.

    A stop for each mistake, a note for each record that stands in for a shipped one.
    """
    path = Path(named) if named else catalog.home()
    if not path.exists():
        if named:
            catalog.read_file(path, "the record")
        return Checked(place=str(path), exists=False, records=0, sources=0, mistakes=())
    root = _root(path)
    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
    sources, found = _sources(root)
    shelf = _Shelf(root, sources, today)
    records = [
        file for file in files
        if file != root / catalog.SOURCES
        and not (path.is_dir() and file.parent.name in NO_RECORDS)
    ]  # fmt: skip
    if path.is_file() and path.name != catalog.SOURCES:
        found = []
    for file in records:
        found += _file(shelf, file, path.is_dir())
    order = {"stop": 0, "caution": 1, "note": 2}
    found = sorted(found, key=lambda one: order[one.level])
    findings = tuple(Finding(m.code, m.level, f"{m.where}: {m.what}", m.fix) for m in found)
    return Checked(
        place=str(path), exists=True, records=len(records), sources=_count(root),
        mistakes=tuple(found), findings=findings,
    )  # fmt: skip


def _root(path: Path) -> Path:
    """Return the folder that holds the folders of records."""
    inner = path if path.is_dir() else path.parent
    return inner.parent if inner.name in KINDS else inner


def _stop(error: FormulationError, where: str) -> Mistake:
    return Mistake(error.code, "stop", error.where or where, error.what, error.fix)


def _note(where: str, what: str) -> Mistake:
    note = Finding("record-overlays", "note", f"it stands in for {what} of that name")
    return Mistake(note.code, note.level, where, note.what, "rename it to keep both")


# The user's own sources.


def _count(root: Path) -> int:
    try:
        return len(catalog.read_toml(root / catalog.SOURCES)[0])
    except FormulationError:
        return 0


def _sources(root: Path) -> tuple[dict[str, str], list[Mistake]]:
    """Return the grade of every known source, and the mistakes in the folder's own sources."""
    shipped = catalog.shipped_sources()
    grades = {key: source.grade for key, source in shipped.items()}
    path = root / catalog.SOURCES
    if not path.is_file():
        return grades, []
    try:
        table, _ = catalog.read_toml(path, "the bibliography")
    except FormulationError as error:
        return grades, [_stop(error, catalog.SOURCES)]
    found = []
    for key, row in table.items():
        where = f"{catalog.SOURCES}, source {quote(key)}"
        found += [_stop(error, where) for error in _source(row, where)]
        if key in shipped:
            found.append(_note(where, "the shipped source"))
        grades[key] = str(row.get("grade", "")) if isinstance(row, Mapping) else ""
    return grades, found


def _source(row: Any, where: str) -> Iterator[FormulationError]:
    try:
        table = catalog.as_source(row)
    except FormulationError as error:
        yield FormulationError(error.code, error.what, where, error.fix)
        return
    yield from mistakes(Source, table, Place(where), {"key": ""})
    if isinstance(grade := table.get("grade"), str) and grade not in GRADES:
        what = f"no grade is called {quote(grade)}"
        yield FormulationError("source-grade", what, f"{where}, key grade",
                               f"use one of: {', '.join(GRADES)}")  # fmt: skip


# One file.


def _file(shelf: _Shelf, path: Path, walked: bool) -> Iterator[Mistake]:
    where = shelf.where(path)
    try:
        table, _ = catalog.read_toml(path, "the record")
        folder = _folder(path, table, walked)
    except FormulationError as error:
        what = FormulationError(error.code, error.what, "", error.fix)
        yield _stop(what, where)
        return
    for mistake in _read(shelf, folder, table, path, where):
        yield _stop(mistake, where)
    if (catalog.shipped(folder) / path.name).is_file():
        yield _note(where, "the shipped record")


def _folder(path: Path, table: Mapping[str, Any], walked: bool) -> str:
    """Return which kind of record a file is by its folder and by its own `kind`."""
    kind, inside = table.get("kind"), path.parent.name
    if inside in KINDS:
        if kind not in (None, word(inside)):
            what = f"kind is {quote(str(kind))}, but the folder is {inside}"
            fix = f'write kind = "{word(inside)}", or move the file'
            raise FormulationError("record-kind", what, fix=fix)
        return inside
    if kind is None:
        fix = f"put it into a folder of its kind: {', '.join(KINDS)}"
        raise FormulationError("record-kind", "it is in no folder of records", fix=fix)
    folder = folder_of(str(kind))
    if walked:
        what = f"nothing reads {quote(kind)} records in {quote(inside)}"
        raise FormulationError("record-kind", what, fix=f"move it into the folder {folder}")
    return folder


def _read(
    shelf: _Shelf, folder: str, table: Mapping[str, Any], path: Path, where: str
) -> Iterator[FormulationError]:
    cls = KINDS[folder]
    given = {"key": path.stem} if "key" in cls.__dataclass_fields__ else {}  # type: ignore[attr-defined]
    found: list[FormulationError] = []

    def fact(raw: Mapping[str, Any], at: str) -> None:
        found.extend(_fact(shelf, folder, raw, at))

    place = Place(where, found.append, fact)
    yield from (*mistakes(cls, table, place, given), *found)
    yield from _named(shelf, folder, table, path, where)


def _fact(
    shelf: _Shelf, folder: str, raw: Mapping[str, Any], at: str
) -> Iterator[FormulationError]:
    """Return what is wrong with the source or the day of one fact."""
    several = raw.get("sources")
    for key in (raw.get("source"), *(several if isinstance(several, list) else ())):
        if isinstance(key, str) and key not in shelf.sources:
            what = f"no source is called {quote(key)}"
            fix = f"add [{quote(key)}] to {catalog.SOURCES}: title, publisher, year, address, grade"
            yield FormulationError("record-source-unknown", what, at, fix)
    grade = shelf.sources.get(str(raw.get("source")))
    if grade == "lay":
        what = f"{quote(str(raw['source']))} is a lay source: no fact may rest on it"
        fix = "read it at an official, primary or secondary source, or write it as unknown"
        yield FormulationError("record-source-lay", what, at, fix)
    if folder != "benches" and grade == "assumption":
        what = "an assumption stands only on a bench"
        fix = "cite where it was read, or write it as unknown"
        yield FormulationError("record-assumption", what, at, fix)
    if raw.get("locator") == "" or raw.get("source") == "":
        what = "a fact whose source or place in it is empty"
        yield FormulationError("record-no-source", what, at, "say where it was read")
    day = raw.get("checked")
    if isinstance(day, date) and not isinstance(day, datetime) and day > shelf.today:
        what = f"checked on {day}, a day that has not come yet"
        yield FormulationError("record-checked-later", what, at, "give the day it was last read")


def _named(
    shelf: _Shelf, folder: str, table: Mapping[str, Any], path: Path, where: str
) -> Iterator[FormulationError]:
    """Return the records that are named and do not exist, and a file that goes by a wrong name."""
    names = [("substance", "substances")] if folder in _OF_A_DRUG else []
    names = list(_NAMES.items()) if folder == "benches" else names
    for key, other in names:
        value = table.get(key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and not shelf.has(other, one):
                what = f"no record {quote(one)} under {other}"
                fix = "check the spelling: records are matched exactly, never guessed"
                yield FormulationError("record-not-found", what, f"{where}, key {key}", fix)
    if folder == "benches" and isinstance(table.get("balance_rule"), str):
        try:
            checked_rule(table["balance_rule"], f"{where}, key balance_rule")
        except FormulationError as error:
            yield error
    if folder == "prices":
        yield from _in_order(table.get("entries"), where)
    if folder == "benches" and not mistakes(BenchFile, table, Place(where), {}):
        try:
            checked_charges(read_record(BenchFile, table, where), where)
        except FormulationError as error:
            yield error
    if path.name != path.name.casefold():
        what = f"the file name {quote(path.name)} has capital letters: nothing finds it"
        fix = f"rename it to {quote(path.name.casefold())}"
        yield FormulationError("record-name", what, where, fix)
    drug = table.get("substance")
    if folder in _OF_A_DRUG and isinstance(drug, str) and not path.stem.startswith(f"{drug}-"):
        what = f"the file name does not begin with {quote(drug)}-: {quote(drug)} does not find it"
        fix = f"rename it to {quote(drug)}-{path.name}"
        yield FormulationError("record-name", what, where, fix)


def _in_order(entries: Any, where: str) -> Iterator[FormulationError]:
    """Return each dated price that does not begin after the one before it: prices are appended."""
    rows = entries if isinstance(entries, list) else []
    starts = [row.get("start") for row in rows if isinstance(row, Mapping)]
    days = [day for day in starts if isinstance(day, date) and not isinstance(day, datetime)]
    for place, (earlier, day) in enumerate(pairwise(days), 2):
        if day <= earlier:
            what = f"entry {place} begins on {day}, not after the one before it, {earlier}"
            fix = "append a new price with its own day; a price that was in force stays as it was"
            yield FormulationError("price-entries-order", what, f"{where}, key entries", fix)
