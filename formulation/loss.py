"""What is on record of how a drug is lost over time: by a rate, by points, or nothing.

A rate belongs to its own pH and vehicle, and points to theirs: none of it dates a preparation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from formulation.cited import Unknown
from formulation.trace import Worked
from formulation.units import Quantity

NO_PH = Unknown("pH", "not on record")
NO_VEHICLE = Unknown("vehicle", "not on record")


@dataclass(frozen=True, slots=True)
class Share:
    """The share of the drug left at one time; `celsius` is None for a point as it was stated."""

    celsius: Fraction | None
    time: Quantity
    left: Fraction


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it is lost at one temperature: k per day, days until 90 % are left, on what ground.

    `extrapolated` says that no sample was kept at about this temperature, or that it is not known.
    """

    celsius: Fraction
    rate: Quantity
    ninety: Quantity
    extrapolated: bool
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Keeping(Worked):
    """How the drug is lost over time by one record: a rate, points, or unknown. It dates nothing.

    `at` is the pH and vehicle of the record (or its condition) in words, `ph` and `vehicle` the
    same one by one; `why` says what is not known.
    """

    name: str
    basis: Literal["rate", "points", "unknown"]
    at: str
    rows: tuple[Share, ...]
    paces: tuple[Pace, ...]
    why: str
    sources: tuple[str, ...] = ()
    ph: Fraction | Unknown = NO_PH
    vehicle: str | Unknown = NO_VEHICLE
