"""What is on the shelf: every record with its name, and one record fact by fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from formulation import catalog
from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError, quote
from formulation.kinds import KINDS, folder_of
from formulation.loss import Keeping
from formulation.reading import fields_of
from formulation.records import Source, Stamp
from formulation.trace import Worked

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list: its folder and id, its name, whose it is, when last checked.

    `problem` says why a file cannot be read; `catalog check` says more.
    """

    folder: str
    id: str
    name: str
    own: bool
    checked: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Worked):
    """Every record of a folder, or of all."""

    records: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record: where it stands in it, its key, and what it says.

    `under` names the table that it is in, if any. `text` is the value as printed; `fact` is the
    cited or unknown fact, None where the key only names something.
    """

    under: str
    key: str
    text: str
    fact: Cited[Any] | Unknown | None = None

    @property
    def recorded(self) -> bool:
        """Say whether the file speaks of it at all."""
        return not (isinstance(self.fact, Unknown) and self.fact.why == NOT_RECORDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Worked):
    """One record, fact by fact, with its sources and the records that go with it.

    `loss` is what it tells of loss over time; the shelf itself works nothing out and leaves it out.
    """

    folder: str
    id: str
    name: str
    own: bool
    checked: str
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]
    more: tuple[str, ...]
    loss: tuple[Keeping, ...] = ()


def listed(named: str | None = None) -> tuple[Listed, tuple[Stamp, ...]]:
    """Return every record, or those of one folder, with their stamps.

    >>> [row.name for row in listed("weighing")[0].records]
    ['USP <41> at 0.10 %']
    """
    folders = [folder_of(named)] if named else list(KINDS)
    found, stamps = [], []
    for folder in folders:
        for key in catalog.keys(folder):
            row, stamp = _row(folder, key)
            found.append(row)
            stamps += [stamp] if stamp else []
    return Listed(records=tuple(found)), tuple(stamps)


def _row(folder: str, key: str) -> tuple[Row, Stamp | None]:
    path = catalog.find(folder, key)
    if path is None:
        why = "its file name has capital letters: nothing finds it"
        return Row(folder, key, "", True, "", why), None
    own = path.parent != catalog.shipped(folder)
    try:
        table, digest = catalog.read_toml(path, "the record")
    except FormulationError as error:
        return Row(folder, key, "", own, "", error.what), None
    stamp = catalog.stamp(f"{folder}/{key}", table, digest, own)
    return Row(
        folder, key, str(table.get("name") or table.get("item", "")), own, stamp.checked
    ), stamp


def locate(named: str) -> tuple[str, str]:
    """Return the folder and the id of a record, by `folder/id` or by an id that only one has.

    >>> locate("cycloserine")
    ('substances', 'cycloserine')

    Matched exactly, never guessed; an id of several records is refused with all of them.
    """
    folder, slash, key = named.strip().partition("/")
    if slash:
        places = [folder] if folder in KINDS and catalog.find(folder, key) else []
    else:
        key = folder
        places = [one for one in KINDS if catalog.find(one, key)]
    if len(places) > 1:
        every = ", ".join(f"{place}/{key.casefold()}" for place in places)
        what = f"{quote(key)} is the id of {len(places)} records"
        raise FormulationError("record-ambiguous", what, fix=f"type one of: {every}")
    if not places:
        what = f"no record {quote(named)}"
        fix = "formulate catalog list shows every id; records are matched exactly, never guessed"
        raise FormulationError("record-not-found", what, fix=fix)
    return places[0], key.casefold()


def shown(named: str) -> tuple[Shown, Stamp]:
    """Return one record fact by fact: value, source, place in it, grade, day, what is unknown.

    >>> found, _ = shown("cycloserine")
    >>> next(entry.text for entry in found.entries if entry.key == "molar_mass")
    '102.09 g/mol'
    """
    folder, key = locate(named)
    record: Any
    record, stamp = catalog.load(KINDS[folder], folder, key)
    found = tuple(entries(record))
    cited = {entry.fact.source for entry in found if isinstance(entry.fact, Cited)}
    cited |= {s for entry in found if isinstance(entry.fact, Unknown) for s in entry.fact.sources}
    known = catalog.bibliography()
    own = Source("", "not in the bibliography", "", "", "", "own")
    sources = tuple(known.get(s) or _named(own, s) for s in sorted(cited))
    more = _more(folder, key)
    return Shown(
        folder=folder, id=key, name=_name(record), own=stamp.own, checked=stamp.checked,
        entries=found, sources=sources, more=more,
    ), stamp  # fmt: skip


def _name(record: Any) -> str:
    """Return what a record is called; a price by its item."""
    return str(getattr(record, "name", "") or record.item)


def _named(source: Source, key: str) -> Source:
    return Source(key, source.title, "", "", "", source.grade)


def _more(folder: str, key: str) -> tuple[str, ...]:
    """Return the records that belong to a substance."""
    if folder != "substances":
        return ()
    return tuple(
        f"{other}/{name}" for other in ("products", "evidence", "kinetics", "stability")
        for name in catalog.keys(other) if name.startswith(f"{key}-")
    )  # fmt: skip


def entries(record: Any, under: str = "") -> Iterator[Entry]:
    """Yield every line of a record, table by table, in the order in which it is declared."""
    deeper = []
    for name, (_, kind) in fields_of(type(record)).items():
        value = getattr(record, name)
        if kind.reader == "rows":
            tables = value if isinstance(value, tuple) else (value,) if value else ()
            deeper += [(row, _title(name, row, place)) for place, row in enumerate(tables, 1)]
        elif kind.cited:
            yield Entry(under, name, printed(value), value)
        elif value not in ("", None, ()):
            yield Entry(under, name, in_words(value))
    for row, title in deeper:
        yield from entries(row, f"{under}, {title}" if under else title)


def _title(name: str, row: Any, place: int) -> str:
    """Return what a table within a record is called: by its own name where it has one."""
    for key in ("name", "size", "label", "item", "category", "storage"):
        own = getattr(row, key, "")
        if isinstance(own, str) and own:
            return f"{name.replace('_', ' ')}: {own}"
    return f"{name.replace('_', ' ')} {place}"


def in_words(value: Any) -> str:
    """Return a stored value as it is read aloud.

    >>> in_words(True), in_words(date(2026, 1, 5)), in_words(("talc", "gelatin"))
    ('yes', '2026-01-05', 'talc; gelatin')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def printed(fact: Cited[Any] | Unknown) -> str:
    """Return the value as its file prints it, or that it is unknown and why."""
    if isinstance(fact, Unknown):
        return f"unknown: {fact.why}"
    return fact.text or in_words(fact.value)
