"""From a drug's exact name to all that is on record of it: facts, evidence, products."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from formulation import catalog
from formulation.errors import FormulationError, quote
from formulation.evidence_records import Evidence, Kinetics
from formulation.records import Product, Stability, Stamp, Substance

R = TypeVar("R")


def _all(cls: type[R], folder: str, key: str) -> tuple[tuple[R, ...], tuple[Stamp, ...]]:
    """Return every record of a folder that is of this drug, with its stamps."""
    names = [name for name in catalog.keys(folder) if name.startswith(f"{key}-")]
    pairs = [catalog.load(cls, folder, name) for name in names]
    return tuple(record for record, _ in pairs), tuple(stamp for _, stamp in pairs)


def read_substance(name: str) -> tuple[Substance, tuple[Stamp, ...]]:
    """Return a substance by its exact name, with what is published on how it keeps.

    >>> read_substance("cycloserine")[0].printed
    'cycloSERINE'

    A name that is not in the catalog is refused and never guessed at.
    """
    key = name.strip().casefold()
    if catalog.find("substances", key) is None:
        what = f"no substance named {quote(name)}"
        fix = "type the full name as it stands on the container; a drug name is never guessed"
        raise FormulationError("unknown-substance", what, fix=fix)
    substance, stamp = catalog.load(Substance, "substances", key)
    stability, kept = _all(Stability, "stability", key)
    evidence, studied = _all(Evidence, "evidence", key)
    kinetics, rated = _all(Kinetics, "kinetics", key)
    marketed, sold = _all(Product, "products", key)
    found = replace(substance, stability=stability, evidence=evidence, kinetics=kinetics,
                    marketed=marketed)  # fmt: skip
    return found, (stamp, *kept, *studied, *rated, *sold)
