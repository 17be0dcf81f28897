"""The keys of a file: known or refused by name, of the right type, within limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import BareNumber, read_share

LONGEST_TEXT = 500


def check_keys(
    table: Mapping[str, Any], allowed: Mapping[str, tuple[type, str]], where: str
) -> None:
    """Refuse a key that is not known or a value of the wrong type, naming it."""
    for key, value in table.items():
        if key not in allowed:
            near = nearest(key, allowed)
            fix = f"did you mean {near}?" if near else f"use one of: {', '.join(allowed)}"
            raise FormulationError("file-unknown-key", f"no such key: {quote(key)}", where, fix)
        kind, words = allowed[key]
        disguised = isinstance(value, (BareNumber, datetime))
        disguised |= isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or disguised:
            what = f"{key} is of the wrong type"
            if key in ("excess", "overage", "surcharge", "loss"):
                what = f"{key} is a bare number; a share needs its sign"
            raise FormulationError("file-wrong-type", what, f"{where}, key {key}", f"write {words}")
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            what = f"{key} is longer than {LONGEST_TEXT} characters"
            fix = "shorten it; details belong in the patient record"
            raise FormulationError("file-text-too-long", what, f"{where}, key {key}", fix)


def need(table: Mapping[str, Any], key: str, words: str, where: str) -> Any:
    """Return a key's value; refuse where it is missing."""
    if key not in table:
        what = f"the key {key} is missing"
        raise FormulationError("file-missing-key", what, where, f"add {key}: {words}")
    return table[key]


def whole(table: Mapping[str, Any], key: str, least: int, most: int, where: str) -> int:
    """Return a whole number between two limits; refuse another, naming both."""
    value = int(table[key])
    if not least <= value <= most:
        what = f"{key} is {value:,}"
        fix = f"give a whole number from {least:,} to {most:,}"
        raise FormulationError("number-out-of-range", what, f"{where}, key {key}", fix)
    return value


def count(
    table: Mapping[str, Any], key: str, default: int, limits: tuple[int, int], at: str
) -> int:
    """Return a whole number where the key is given, else its default."""
    return whole(table, key, *limits, at) if key in table else default


def at_key(where: str, key: str, read: Callable[..., Any], *arguments: Any) -> Any:
    """Return what a reader returns; an error of its own names the key."""
    try:
        return read(*arguments)
    except FormulationError as error:
        raise error.at(f"{where}, key {key}") from None


def share(table: Mapping[str, Any], key: str, where: str, most: int = 1) -> Fraction:
    """Return a share below `most` wholes, zero where the key is not given."""
    if key not in table:
        return Fraction(0)
    found: Fraction = at_key(where, key, read_share, table[key])
    if found >= most:
        what = f"{key} of {quote(table[key])}: a share below {most * 100:,} % is wanted"
        fix = 'type it as in "5 %"'
        raise FormulationError("share-too-large", what, f"{where}, key {key}", fix)
    return found
