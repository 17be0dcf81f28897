"""What the stored records hold about weighing and mixing: balances, their rules, mixing practice.

Every value is a cited fact or plainly unknown; `formulation.catalog` reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Cited, Fact
from formulation.fields import amount, bare, number, text
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MinimumWeight:
    """A minimum weight from repeatability: factor x max(SD, floor x readability) / share."""

    key: str
    name: str = bare()
    edition: str = bare()
    factor: Cited[Fraction] = number(needed=True)
    floor: Cited[Fraction] = number(needed=True)
    share: Cited[Fraction] = number(needed=True)
    scope: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Balance:
    """A weighing balance. The bench names the one `rule` for its least weighable quantity."""

    key: str
    name: str = bare()
    sensitivity: Fact[Quantity] = amount("mg")
    permitted_error: Fact[Fraction] = number()
    least_weighable: Fact[Quantity] = amount("mg")
    readability: Fact[Quantity] = amount("mg")
    repeatability: Fact[Quantity] = amount("mg")
    rule: str = "sensitivity"
    minimum: MinimumWeight | None = None
