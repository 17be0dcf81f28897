"""The shelf on paper: the list, one record in words, and what a check of own records found."""

from __future__ import annotations

from itertools import groupby

from formulation.blocks import (
    Block,
    Facts,
    Heading,
    Notice,
    Paragraph,
    References,
    Report,
    Table,
)
from formulation.cited import Cited, Unknown
from formulation.kinds import word
from formulation.loss_report import loss_blocks
from formulation.record_check import Checked
from formulation.shelf import Entry, Listed, Row, Shown

_NEVER = "no fact in it yet"


def list_report(found: Listed) -> Report:
    """Return every record by folder."""
    own = sum(row.own for row in found.records)
    blocks: list[Block] = [Heading(f"{_count(len(found.records), 'record')}, {own} of your own", 1)]
    for folder, rows in groupby(found.records, key=lambda row: row.folder):
        blocks.append(Heading(folder))
        lines = tuple((row.id, _row(row)) for row in rows)
        blocks.append(Table(("id", "name; day last checked"), lines))
    blocks.append(Paragraph("formulate catalog show FOLDER/ID shows each fact with its source."))
    return Report(tuple(blocks))


def _row(row: Row) -> str:
    whose = "OWN; " if row.own else ""
    return f"{whose}{row.name or row.problem}; {row.checked or _NEVER}"


def show_report(found: Shown) -> Report:
    """Return one record in words: each fact with its source, what is unknown, the sources."""
    whose = "your own record" if found.own else "shipped"
    day = f"last checked {found.checked}" if found.checked else _NEVER
    blocks: list[Block] = [Heading(f"{found.name}: {word(found.folder)}", 1)]
    blocks.append(Paragraph(f"{found.folder}/{found.id}, {whose}, {day}"))
    grades = {source.key: source.grade for source in found.sources}
    for under, lines in groupby(found.entries, key=lambda entry: entry.under):
        every = list(lines)
        told = [entry for entry in every if entry.recorded]
        blocks += [Heading(under)] if under else []
        if told:
            blocks.append(Facts(tuple((_words(e), _told(e, grades)) for e in told)))
        blocks += _absent([entry for entry in every if not entry.recorded])
    if found.loss:
        blocks += [Heading("Loss over time"), *loss_blocks(found.loss)]
    if found.more:
        blocks += [Heading("Records that belong to it"), Paragraph("\n".join(found.more))]
    if found.sources:
        blocks += [Heading("Sources"), References(tuple(
            (s.key, s.title, ", ".join(x for x in (s.publisher, s.year) if x), s.address, s.grade)
            for s in found.sources
        ))]  # fmt: skip
    return Report(tuple(blocks))


def _absent(entries: list[Entry]) -> list[Block]:
    if not entries:
        return []
    names = ", ".join(_words(entry) for entry in entries)
    return [Paragraph(f"Unknown, not recorded: {names}. Add each with its source.")]


def _words(entry: Entry) -> str:
    return entry.key.replace("_", " ")


def _told(entry: Entry, grades: dict[str, str]) -> str:
    """Return a value and, below it, on whose word, where, since when; or what would fill it."""
    fact = entry.fact
    if isinstance(fact, Unknown):
        read = f"\nread: {', '.join(fact.sources)}" if fact.sources else ""
        return entry.text + (f"\nwould fill it: {fact.fill}" if fact.fill else "") + read
    if not isinstance(fact, Cited):
        return entry.text
    if fact.assumed:
        ground = f"ASSUMPTION, nobody published it; {fact.checked}"
    else:
        how = f" ({fact.read})" if fact.read else ""
        grade = grades.get(fact.source, "own")
        ground = f"{fact.source}, {fact.locator}; {grade}; checked {fact.checked}{how}"
    more = [f"edition: {fact.edition}"] if fact.edition else []
    more += [f"note: {fact.note}"] if fact.note else []
    return "\n".join([entry.text, ground, *more])


def check_report(found: Checked) -> Report:
    """Return what a check found: every mistake with its file and key, or that there is none."""
    if not found.exists:
        what = f"No records of your own: there is no folder {found.place}"
        return Report((Paragraph(what),))
    wrong = sum(one.level == "stop" for one in found.mistakes)
    told = _count(wrong, "mistake") if wrong else "no mistake"
    read = _count(found.records, "record")
    if found.sources:
        read += f" and {_count(found.sources, 'source')}"
    blocks: list[Block] = [Heading(f"{told.capitalize()} in {read} of {found.place}", 1)]
    blocks += [Notice(one.level, one.what, one.fix, one.where) for one in found.mistakes]
    return Report(tuple(blocks))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
