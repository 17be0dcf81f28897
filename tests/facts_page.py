"""The body of docs/facts.md: each shipped fact with its source, place in it, and day read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import formulation_data

from formulation import catalog
from formulation.cited import Cited, Unknown
from formulation.kinds import KINDS
from formulation.reading import read_record
from formulation.shelf import entries

DATA = Path(formulation_data.__file__).parent


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("<", "\\<") for cell in cells) + " |"


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return [_row(*columns), "|" + "---|" * len(columns), *(_row(*row) for row in rows), ""]


def shipped(folder: str) -> list[tuple[str, Any]]:
    """Return every record that comes with the program, by its id; a user's own ones aside."""
    found = []
    for path in sorted((DATA / folder).glob("*.toml")):
        table, _ = catalog.read_toml(path)
        given = {"key": path.stem} if "key" in KINDS[folder].__dataclass_fields__ else {}
        found.append((path.stem, read_record(KINDS[folder], table, path.name, **given)))
    return found


def page() -> str:
    """Return every fact and every stated unknown in tables by folder, then the sources."""
    lines = []
    for folder in KINDS:
        rows = []
        for key, record in shipped(folder):
            for entry in entries(record):
                field = f"{entry.under}: {entry.key}" if entry.under else entry.key
                fact = entry.fact
                if isinstance(fact, Cited):
                    source = (fact.source, fact.locator, str(fact.checked), fact.read)
                    rows.append((key, field, entry.text, *source))
                elif isinstance(fact, Unknown) and entry.recorded:
                    rows.append((key, field, entry.text, ", ".join(fact.sources), "", "", ""))
        if rows:
            columns = ("record", "field", "value", "source", "locator", "checked", "read")
            lines += [f"## {folder}", "", *_table(columns, rows)]
    sources = [
        (s.key, s.title, s.publisher, s.year, s.address, s.grade)
        for s in catalog.shipped_sources().values()
    ]
    columns = ("source", "title", "publisher", "year", "address", "grade")
    return "\n".join([*lines, "## Sources", "", *_table(columns, sources)])
