"""A kind of record as a JSON Schema (draft 2020-12), so that an editor knows its keys.

Generated from the fields' kinds. A schema knows shapes only; what a value means, its unit and
whether its source exists, `formulate catalog check` tells.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from formulation.fields import Kind
from formulation.kinds import KINDS, folder_of, word
from formulation.reading import NEEDED_KEYS, fields_of
from formulation.records import GRADES, Source

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string"}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_WORDS: dict[str, Any] = {"type": "array", "items": _TEXT}
_UNKNOWN = {
    "type": "object",
    "required": ["unknown"],
    "additionalProperties": False,
    "properties": {
        "unknown": {"type": "string", "description": "why it is not known"},
        "fill": {"type": "string", "description": "what would settle it"},
        "sources": _WORDS,
    },
}
_BARE: dict[str, dict[str, Any]] = {
    "str": _TEXT, "bool": {"type": "boolean"}, "date": _DAY, "date | None": _DAY,
    "tuple[str, ...]": _WORDS,
}  # fmt: skip
_VALUES: dict[str, dict[str, Any]] = {
    "text": _TEXT, "texts": _WORDS, "flag": {"type": "boolean"}, "date": _DAY,
    "number": {"type": "string", "description": 'a number or a share, as in "4.7" or "5 %"'},
}  # fmt: skip


def schema(named: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of record, named by its folder or word, or of `sources`.

    >>> schema("product")["required"]
    ['name', 'substance', 'form', 'strength']
    """
    if named == "sources":
        about = "The sources of a user's own records, each under its id"
        table = {"type": "object", "additionalProperties": _table(Source, {})}
        return {"$schema": DRAFT, "title": "sources", "description": about, **table}
    folder = folder_of(named)
    parts: dict[str, Any] = {}
    found: dict[str, Any] = {"$schema": DRAFT, "title": word(folder)}
    found |= _table(KINDS[folder], parts)
    found["properties"] = {"kind": {"const": word(folder)}, **found["properties"]}
    return {**found, "$defs": parts} if parts else found


def _table(cls: type, parts: dict[str, Any]) -> dict[str, Any]:
    fields = fields_of(cls)
    said = (cls.__doc__ or "").strip().split("\n")[0]
    return {
        "type": "object",
        "description": said,
        "required": [name for name, (_, kind) in fields.items() if kind.needed],
        "additionalProperties": False,
        "properties": {name: _field(item, kind, parts) for name, (item, kind) in fields.items()},
    }


def _field(item: dataclasses.Field[Any], kind: Kind, parts: dict[str, Any]) -> dict[str, Any]:
    if kind.reader == "bare":
        if item.name == "grade":
            return {"enum": list(GRADES)}
        if item.name == "year":
            return {"type": ["string", "integer"]}
        return _BARE[str(item.type)]
    if kind.row is None:
        return _fact(kind)
    row = kind.row.__name__
    if row not in parts:
        parts[row] = {}
        parts[row] = _table(kind.row, parts)
    one = {"$ref": f"#/$defs/{row}"}
    return {"anyOf": [one, {"type": "array", "items": one}]}


def _fact(kind: Kind) -> dict[str, Any]:
    cited = {
        "type": "object",
        "required": list(NEEDED_KEYS),
        "additionalProperties": False,
        "properties": {
            "value": _value(kind),
            "source": {"type": "string", "description": "an id of the bibliography"},
            "locator": {"type": "string", "description": "where in the source"},
            "checked": {**_DAY, "description": "the day it was last read"},
            "read": {"type": "string", "description": "excerpt, full or assumption"},
            "note": _TEXT,
            "edition": _TEXT,
        },
    }
    return cited if kind.needed else {"oneOf": [cited, _UNKNOWN]}


def _value(kind: Kind) -> dict[str, Any]:
    if kind.reader in _VALUES:
        return _VALUES[kind.reader]
    unit = " or ".join(kind.unit.split("|"))
    if kind.reader == "bounds":
        words = f'a range in {unit}, as in "1 to 2 {unit}"' if unit else 'a range, as in "4 to 5"'
    else:
        words = f"an amount measured like {unit}" if unit else "an amount with its unit"
    return {"type": "string", "description": words}
