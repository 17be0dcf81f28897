"""How a mass too small for the balance is weighed all the same: the scheme as data.

A scheme is a chain of stages. Each dilutes what is put in to a total and takes an aliquot of it;
the last aliquot holds the needed mass.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from formulation.cited import Unknown
from formulation.records import Substance
from formulation.trace import Worked
from formulation.units import Quantity

Way = Literal["direct", "solid", "liquid"]


@dataclass(frozen=True, slots=True)
class Scale:
    """What the balance allows: its step, the least on that step, how far off a weighing may be."""

    step: Quantity
    least: Quantity
    off: Quantity

    def steps(self, mass: Quantity) -> Fraction:
        """Return a mass in steps of the balance."""
        return (mass / self.step).number()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Stage:
    """One dilution: what is put in, the diluent weighed (None: made up to the total), the aliquot.

    `vessel` and `measure` name the devices where volumes are measured.
    """

    put_in: Quantity
    diluent: Quantity | None
    total: Quantity
    aliquot: Quantity
    vessel: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Scheme(Worked):
    """What to weigh and measure for `needed`, what that delivers, and between what limits at worst.

    `proven` says that no scheme of as many stages does with less diluent.
    """

    way: Way
    needed: Quantity
    weighed: Quantity
    delivered: Quantity
    error: Fraction
    low: Quantity
    high: Quantity
    stages: tuple[Stage, ...] = ()
    diluent: Quantity | None = None
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Wish:
    """How it is to be done: as how many mixes, as a liquid, with what; `diluent` is words only."""

    steps: int | None = None
    liquid: bool = False
    diluent: str = ""
    substance: Substance | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OtherRule:
    """What the rule that the bench does not use would say; `at_least` where it could ask more."""

    rule: str
    least: Quantity | Unknown
    at_least: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Weighed(Worked):
    """The answer to "can this balance weigh it": by which rule, from what mass on, and how.

    `share` is the permitted error of one weighing, `least_on_step` the least as the balance shows
    it, `uncertainty` by how much one weighing may be off.
    """

    needed: Quantity
    can_be_weighed: bool
    balance: str
    rule: str
    least: Quantity | Unknown
    share: Fraction | Unknown
    uncertainty: Quantity | Unknown
    step: Quantity | Unknown
    least_on_step: Quantity | Unknown
    other: OtherRule
    scheme: Scheme | None = None
