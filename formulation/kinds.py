"""Which folders of records there are, and what a record of each holds."""

from __future__ import annotations

from formulation.apparatus import Balance, MinimumWeight
from formulation.bench import BenchFile, Practice
from formulation.check_records import Uniformity, WeightChecks
from formulation.errors import FormulationError, nearest, quote
from formulation.evidence_records import Evidence, Kinetics
from formulation.record_lists import Checklist
from formulation.records import (
    Filler,
    Policy,
    Price,
    Product,
    RuleSet,
    Shells,
    Stability,
    Substance,
    Vehicle,
)

KINDS: dict[str, type] = {
    "substances": Substance,
    "products": Product,
    "vehicles": Vehicle,
    "shells": Shells,
    "fillers": Filler,
    "stability": Stability,
    "evidence": Evidence,
    "kinetics": Kinetics,
    "rules": RuleSet,
    "policies": Policy,
    "uniformity": Uniformity,
    "checks": WeightChecks,
    "balances": Balance,
    "weighing": MinimumWeight,
    "practices": Practice,
    "lists": Checklist,
    "prices": Price,
    "benches": BenchFile,
}
# A teacher's choices and texts, beside the records: they hold no fact and are read elsewhere.
NO_RECORDS = ("courses", "lessons", "blueprints")
WORDS = {
    "substances": "substance", "products": "product", "vehicles": "vehicle", "fillers": "filler",
    "policies": "policy", "balances": "balance", "weighing": "minimum weight",
    "practices": "practice", "lists": "list", "prices": "price", "benches": "bench",
}  # fmt: skip


def word(folder: str) -> str:
    """Return what one record of a folder is called in its `kind`.

    >>> word("products"), word("rules")
    ('product', 'rules')
    """
    return WORDS.get(folder, folder)


def folder_of(named: str) -> str:
    """Return the folder of a kind, named by the folder or by the word for one record of it.

    >>> folder_of("product")
    'products'

    Refuses another, with the nearest.
    """
    for folder in KINDS:
        if named.rstrip("/") in (folder, word(folder)):
            return folder
    near = nearest(named, KINDS)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(KINDS)}"
    what = f"no kind of record is called {quote(named)}"
    raise FormulationError("record-folder-unknown", what, fix=fix)
