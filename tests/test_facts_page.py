"""The page of facts is what the records hold today, and holds every one of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from conftest import ROOT
from facts_page import DATA, page

PAGE = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")


def facts(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "value" in node:
            yield node
        for value in node.values():
            yield from facts(value)
    elif isinstance(node, list):
        for value in node:
            yield from facts(value)


def test_the_page_is_what_the_records_hold_today() -> None:
    """Where this fails: python -m cogapp -r docs/facts.md."""
    assert page() in PAGE


def test_every_fact_of_every_file_stands_on_it_once() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    for path in DATA.rglob("*.toml"):
        if path.name == "sources.toml":
            continue
        own = [row for row in rows if row.startswith(f"| {path.stem} |")]
        for fact in facts(tomllib.loads(path.read_text(encoding="utf-8"))):
            cells = f"| {fact['source']} | {fact['locator']} | {fact['checked']} | {fact['read']} |"
            assert any(cells.replace("<", "\\<") in row for row in own), cells
    count = sum(
        len(list(facts(tomllib.loads(path.read_text(encoding="utf-8")))))
        for path in DATA.rglob("*.toml")
    )
    dated = [row for row in rows if row.endswith((" excerpt |", " full |", " assumption |"))]
    assert len([row for row in dated if row.count(" | ") == 6]) == count
