"""From a TOML table to a typed record, field by field, by the kinds that `fields` declares.

A `Place` says what becomes of a mistake: it is refused at once, or told to who collects them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError, nearest, quote
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
from formulation.spread import Bounds
from formulation.units import Quantity, same_kind

R = TypeVar("R")
FACT_KEYS = ("value", "source", "locator", "checked", "read", "note", "edition")
NEEDED_KEYS = ("value", "source", "locator", "checked")
UNKNOWN_KEYS = ("unknown", "fill", "sources")


def _refuse(error: FormulationError) -> None:
    raise error from None


def _pass(raw: Mapping[str, Any], where: str) -> None:
    """Ask nothing more of a fact than its own reading."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, who is told of a mistake there, and who is shown each fact."""

    where: str
    wrong: Callable[[FormulationError], None] = _refuse
    fact: Callable[[Mapping[str, Any], str], None] = _pass

    def tell(self, error: FormulationError) -> None:
        """Report a mistake here, unless it names a place of its own."""
        self.wrong(error.at(self.where))

    def at(self, more: str) -> Place:
        """Return a place inside this one."""
        return replace(self, where=f"{self.where}, {more}")


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


def _as_it_is(value: Any, _: Kind) -> Any:
    return value


def _wrong(what: str) -> FormulationError:
    return FormulationError("record-wrong-type", f"{what} belongs here", fix=f"write {what}")


_DAY = "a date without quotes, such as 2026-01-05"
_READERS: dict[str, tuple[type, str, Callable[[Any, Kind], Any]]] = {
    "amount": (str, 'an amount such as "250 mg"', _amount),
    "bounds": (str, 'a range such as "0.28 to 0.33 g/mL"', _range),
    "number": (str, 'a number or share such as "4.7" or "5 %"', _share_or_number),
    "text": (str, "a sentence", _as_it_is),
    "texts": (list, "a list of words", _listed),
    "flag": (bool, "true or false", _as_it_is),
    "date": (date, _DAY, _as_it_is),
}
_BARE: dict[str, tuple[type, str]] = {
    "str": (str, "a word in quotes"),
    "bool": (bool, "true or false"),
    "date": (date, _DAY),
    "date | None": (date, _DAY),
    "tuple[str, ...]": (list, "a list of words"),
}


def _is(value: Any, wanted: type) -> bool:
    """Say whether a value is of a type: no bare number for a word, no hour for a day."""
    return isinstance(value, wanted) and not isinstance(value, (BareNumber, datetime))


def _fact(raw: Any, kind: Kind, which: str, place: Place) -> Any:
    if not isinstance(raw, Mapping):
        words = 'a fact { value = ..., source = "...", locator = "...", checked = DATE }'
        return place.tell(_wrong(words))
    place.fact(raw, place.where)
    if "unknown" in raw:
        return _unknown(raw, kind, which, place)
    _only(raw, FACT_KEYS, place)
    _complete(raw, place)
    if "value" not in raw:
        return None
    wanted, wording, reader = _READERS[kind.reader]
    if not _is(raw["value"], wanted):
        return place.tell(_wrong(wording))
    extra = {key: str(raw[key]) for key in ("locator", "note", "edition", "read") if key in raw}
    text = raw["value"] if isinstance(raw["value"], str) else ""
    try:
        value = reader(raw["value"], kind)
    except FormulationError as error:
        return place.tell(error)
    source, day = str(raw.get("source", "")), raw.get("checked")
    return Cited(value, source, checked=day, text=text, **extra)


def _unknown(raw: Mapping[str, Any], kind: Kind, which: str, place: Place) -> Unknown:
    _only(raw, UNKNOWN_KEYS, place)
    if kind.needed:
        what = f"the record is of no use without {which}"
        place.tell(FormulationError("record-missing-key", what, fix="give it with its source"))
    sources = raw.get("sources", [])
    if not isinstance(sources, list):
        place.tell(_wrong('sources = ["..."], a list,'))
        sources = []
    return Unknown(which, str(raw["unknown"]), str(raw.get("fill", "")), tuple(sources))


def _complete(raw: Mapping[str, Any], place: Place) -> None:
    """Tell of every part that a fact lacks or that is of the wrong type."""
    for key in NEEDED_KEYS:
        if key not in raw:
            what = f"a fact without {key}"
            place.tell(FormulationError("record-no-source", what, fix=f"add {key}"))
    for key in ("source", "locator", "read", "note", "edition"):
        if key in raw and not _is(raw[key], str):
            place.tell(_wrong(f"{key} in quotes"))
    if "checked" in raw and not _is(raw["checked"], date):
        place.tell(_wrong("a date without quotes, checked = 2026-01-05,"))


def _only(raw: Mapping[str, Any], allowed: Iterable[str], place: Place) -> None:
    for key in sorted(set(raw) - set(allowed)):
        near = nearest(key, allowed)
        fix = f"did you mean {near}?" if near else f"use one of: {', '.join(sorted(allowed))}"
        what = f"no such key: {quote(key)}"
        place.tell(FormulationError("record-unknown-key", what, fix=fix))


def _bare(raw: Any, annotation: str, place: Place) -> Any:
    wanted, words = _BARE[annotation]
    if not _is(raw, wanted) or (isinstance(raw, list) and not all(_is(x, str) for x in raw)):
        return place.tell(_wrong(words))
    return tuple(raw) if isinstance(raw, list) else raw


def read_record(cls: type[R], table: Mapping[str, Any], where: str, **given: Any) -> R:
    """Return a typed record from a TOML table; an error names `where` and the key."""
    return _record(cls, table, Place(where), given)


def mistakes(
    cls: type, table: Mapping[str, Any], place: Place, given: Mapping[str, Any]
) -> tuple[FormulationError, ...]:
    """Return every mistake in a TOML table at once, each with its place, by the same reading.

    `place.wrong` is not called; `place.fact` is shown each fact, and may tell of more.
    """
    found: list[FormulationError] = []
    _record(cls, table, replace(place, wrong=found.append), given)
    return tuple(found)


def fields_of(cls: type) -> dict[str, tuple[dataclasses.Field[Any], Kind]]:
    """Return the fields that a record's file may hold, each with how it is read."""
    every = dataclasses.fields(cls) if dataclasses.is_dataclass(cls) else ()
    return {f.name: (f, f.metadata["kind"]) for f in every if "kind" in f.metadata}


def _record(cls: type[R], table: Mapping[str, Any], place: Place, given: Mapping[str, Any]) -> R:
    values: dict[str, Any] = dict(given)
    fields = {name: one for name, one in fields_of(cls).items() if name not in given}
    _only(table, [*fields, "kind"], place)
    for name, (item, kind) in fields.items():
        if name in table:
            values[name] = _value(table[name], kind, item, place)
        elif kind.needed:
            what = f"the key {name} is missing"
            place.tell(FormulationError("record-missing-key", what, fix=f"add {name}"))
            values[name] = None
        elif kind.cited:
            words = name.replace("_", " ")
            values[name] = Unknown(words, "not recorded", "add it with its source")
    return cls(**values)


def _value(raw: Any, kind: Kind, item: dataclasses.Field[Any], place: Place) -> Any:
    name = item.name
    here = place.at(f"key {name}")
    if kind.reader == "bare":
        return _bare(raw, str(item.type), here)
    if kind.reader != "rows":
        return _fact(raw, kind, name.replace("_", " "), here)
    assert kind.row is not None  # noqa: S101  rows() and table() always give one
    if isinstance(raw, Mapping):
        return _record(kind.row, raw, place.at(f"table {name}"), {})
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        return here.tell(_wrong(f"a list of [[{name}]] tables"))
    return tuple(
        _record(kind.row, row, place.at(f"[[{name}]] number {number}"), {})
        for number, row in enumerate(raw, 1)
    )
