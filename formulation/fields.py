"""How a record's field is read from TOML: its kind, its unit, whether it must be known.

`amount("mg/cap")`, `bounds("g/mL")`, `text()` ... declare dataclass fields; `formulation.catalog`
reads them. Rooms that hold records declare with these and read nothing themselves.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field
from typing import Any, Literal

from formulation.cited import Unknown

ABSENT = Unknown("", "not recorded", "record it with its source")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a field is read: its reader, the unit it must measure in, whether it must be known."""

    reader: Literal["amount", "bounds", "text", "texts", "flag", "date", "number", "bare", "rows"]
    unit: str = ""
    needed: bool = False
    row: type | None = None
    cited: bool = True


def _field(kind: Kind, default: Any = ABSENT) -> Any:
    return field(default=MISSING if kind.needed else default, metadata={"kind": kind})


def amount(unit: str, needed: bool = False) -> Any:
    """Declare a cited amount measured like `unit`: one of several with `|`, any where empty."""
    return _field(Kind("amount", unit, needed))


def bounds(unit: str = "") -> Any:
    """Declare a cited range measured like `unit` (``""``: pure numbers or shares)."""
    return _field(Kind("bounds", unit))


def number(needed: bool = False) -> Any:
    """Declare a cited pure number or share."""
    return _field(Kind("number", needed=needed))


def text() -> Any:
    """Declare a cited sentence or word."""
    return _field(Kind("text"))


def texts() -> Any:
    """Declare a cited list of words."""
    return _field(Kind("texts"))


def flag() -> Any:
    """Declare a cited yes or no."""
    return _field(Kind("flag"))


def day() -> Any:
    """Declare a cited calendar date."""
    return _field(Kind("date"))


def bare(needed: bool = True, default: Any = "") -> Any:
    """Declare a key that names the record and carries no fact."""
    return _field(Kind("bare", needed=needed, cited=False), default)


def rows(row: type) -> Any:
    """Declare a list of tables, each read as `row`."""
    return _field(Kind("rows", row=row, cited=False), ())


def table(row: type) -> Any:
    """Declare one table read as `row`, absent where the record has none."""
    return _field(Kind("rows", row=row, cited=False), None)
