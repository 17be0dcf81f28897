"""What is known of a finished batch: contents assayed, capsules weighed, powder in and out.

Contents stand in percent of the label claim, as pure numbers: 100.3 is 100.3 % of claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.check_records import Uniformity, WeightChecks
from formulation.cited import Unknown
from formulation.records import Stamp
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Summary:
    """Mean and sample standard deviation of the units assayed, in percent of claim."""

    mean: Fraction
    sd: Fraction
    units: int


@dataclass(frozen=True, slots=True)
class Contents:
    """Each unit assayed, in percent of claim, in the order of the units' numbers."""

    values: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class EmptyShell:
    """The empty shell of the lot: its mass, by how much one may differ from it, on whose word.

    Where shells of the lot were weighed they are here, and the mass is their mean.
    """

    mass: Quantity | Unknown
    tolerance: Quantity | Unknown
    ground: str
    weighed: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighings:
    """Finished capsules weighed one by one, unopened; `theory` is the powder one should hold."""

    gross: tuple[Quantity, ...]
    shell: EmptyShell
    theory: Quantity | Unknown


@dataclass(frozen=True, slots=True)
class Passage:
    """The powder of the batch before and after filling."""

    taken: Quantity
    filled: Quantity


@dataclass(frozen=True, slots=True)
class Fill:
    """The drug in one capsule and the whole of its contents."""

    drug: Quantity
    powder: Quantity


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything asked about one finished batch; each part may be missing.

    `target` is T of <905> in percent of claim, or None where it was not given.
    """

    contents: Summary | Contents | None = None
    target: Fraction | None = None
    fill: Fill | None = None
    weighings: Weighings | None = None
    passage: Passage | None = None
    chart: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The records that judge: <905>, the rule sets for weighing, and which files they were."""

    uniformity: Uniformity
    sets: tuple[WeightChecks, ...]
    stamps: tuple[Stamp, ...] = ()
