"""The lists a compounding record is held against, and the only reader of them.

Each prints its edition and source, and whether it was confirmed against the chapter itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation import catalog
from formulation.check_records import WeightChecks
from formulation.cited import Fact
from formulation.fields import bare, bounds, text, texts
from formulation.records import Stamp
from formulation.spread import Bounds


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Checklist:
    """What a record has to hold by one edition of a rule; `confirmed`: read in the rule itself."""

    key: str
    name: str = bare()
    edition: str = bare()
    jurisdiction: str = bare()
    confirmed: bool = bare(needed=False, default=False)
    items: Fact[tuple[str, ...]] = texts()
    yield_range: Fact[Bounds] = bounds()
    cleaning: Fact[str] = text()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Lists:
    """The lists in use: master, record, others to compare, open-and-crush, and the weight check."""

    master: Checklist
    record: Checklist
    others: tuple[Checklist, ...]
    opening: Checklist
    weights: WeightChecks
    stamps: tuple[Stamp, ...] = ()


def read_lists() -> Lists:
    """Return the shipped lists, or the user's own of the same names.

    >>> read_lists().record.edition
    'USP <795>, official 1 Nov 2023'
    """
    names = ("usp795-2023-master", "usp795-2023-record", "oklahoma-record", "napra-record",
             "open-and-crush")  # fmt: skip
    pairs = [catalog.load(Checklist, "lists", name) for name in names]
    found = [record for record, _ in pairs]
    weights, stamp = catalog.load(WeightChecks, "checks", "usp795-older")
    stamps = (*(stamp for _, stamp in pairs), stamp)
    return Lists(found[0], found[1], (found[2], found[3]), found[4], weights, stamps)
