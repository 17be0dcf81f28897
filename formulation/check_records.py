"""What the records of the checks on a finished batch hold: <905>, and rule sets for weighing.

As in `formulation.records`, every number is a cited fact or plainly unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Cited, Fact
from formulation.fields import amount, bare, number, rows, text
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Constant:
    """The acceptability constant k for one number of units."""

    units: Cited[Fraction] = number(needed=True)
    k: Cited[Fraction] = number(needed=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Uniformity:
    """The limits of <905>: reference value M, constants k, the acceptance value's limit L1.

    `unit_deviation` is L2, how far a single unit may lie from M; `least_drug` and `least_share`
    say when weight variation may stand in for content uniformity.
    """

    key: str
    name: str = bare()
    edition: str = bare()
    reference_low: Cited[Fraction] = number(needed=True)
    reference_high: Cited[Fraction] = number(needed=True)
    target: Cited[Fraction] = number(needed=True)
    acceptance_limit: Cited[Fraction] = number(needed=True)
    unit_deviation: Cited[Fraction] = number(needed=True)
    sample: Cited[Fraction] = number(needed=True)
    constants: tuple[Constant, ...] = rows(Constant)
    least_drug: Cited[Quantity] = amount("mg", needed=True)
    least_share: Cited[Fraction] = number(needed=True)
    single_units: Fact[str] = text()
    units_tested: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Band:
    """How far one unit may lie from the reference, for fills of at least a mass.

    `most` is how far at the furthest those may lie that are allowed outside.
    """

    at_least: Fact[Quantity] = amount("mg")
    deviation: Fact[Fraction] = number()
    most: Fact[Fraction] = number()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class WeightChecks:
    """A rule set for weighing finished capsules unopened.

    `reference` is "theory" or "mean": what each unit is held against. `standing` says what the set
    is worth today, `confirmed` whether it was read in the chapter itself.
    """

    key: str
    name: str = bare()
    edition: str = bare()
    standing: str = bare()
    confirmed: str = bare()
    reference: str = bare()
    sample: Cited[Fraction] = number(needed=True)
    bands: tuple[Band, ...] = rows(Band)
    outside: Fact[Fraction] = number()
    rsd: Fact[Fraction] = number()
    mass_loss: Fact[Fraction] = number()
    mixing: Fact[str] = text()
    together: Fact[str] = text()
