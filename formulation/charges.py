"""What a pharmacy charges beside materials: labour, fees, markup, tax, and who pays for a pack.

A cost is materials + labour + fees + markup + tax. Each is a fact with its source, or not known;
what is not known makes a total "at least" and is never zero (docs/method/costs.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Cited, Fact, Unknown
from formulation.fields import amount, bare, number, rows
from formulation.units import Quantity

FORMS = ("capsules", "liquid", "dispersion", "as-supplied")
PARTS = ("materials", "labour", "fees", "markup")
BILLINGS = ("units", "packs")
OCCASIONS = ("fill", "prescription")
NOT_GIVEN = "not recorded"


def form_of(kind: str) -> str:
    """Return the form under which labour and fees stand for a kind of route.

    >>> form_of("capsules-bulk"), form_of("liquid")
    ('capsules', 'liquid')
    """
    return "capsules" if kind == "capsules-bulk" else kind


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FormTime:
    """Minutes of work for one form: to set up once for each making, and for each unit.

    The unit of `each` says what is counted: capsules made, doses, or containers (`each`).
    """

    form: str = bare()
    set_up: Fact[Quantity] = amount("minute")
    each: Fact[Quantity] = amount("minute/cap|minute/dose|minute/each")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Labour:
    """What an hour of work costs here, and how long each form takes."""

    rate: Fact[Quantity] = amount("USD/hour")
    forms: tuple[FormTime, ...] = rows(FormTime)

    def of(self, form: str) -> FormTime | None:
        """Return the minutes for one form, or None where they are not on the bench."""
        return next((found for found in self.forms if found.form == form), None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Fee:
    """A fixed charge: for each fill or once for the prescription, for all forms or for some."""

    name: str = bare()
    charge: Cited[Quantity] = amount("USD", needed=True)
    per: str = bare(needed=False, default="fill")
    forms: tuple[str, ...] = bare(needed=False, default=())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Tax:
    """A tax as a share, and of which parts of the bill it is taken."""

    share: Cited[Fraction] = number(needed=True)
    on: tuple[str, ...] = bare()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Charges:
    """All that is charged beside materials; `billing` is units, packs, or empty where not said."""

    labour: Labour | None = None
    fees: tuple[Fee, ...] = ()
    markup: Fact[Fraction] = Unknown("markup", "not on this bench")
    tax: Tax | None = None
    billing: str = ""
