"""A fact with the place it was read, or the plain statement that it is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")
ASSUMPTION = "teaching-assumption"
TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value with its source, where in the source, and the day on which it was last read.

    `text` is the value as the source prints it: limits are quoted that way.
    """

    value: T
    source: str
    locator: str = ""
    checked: date | None = None
    text: str = ""
    note: str = ""
    edition: str = ""
    read: str = ""

    @property
    def assumed(self) -> bool:
        """Say whether nobody published this value: it prints as an assumption."""
        return self.source == ASSUMPTION


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that nobody has given: which one, why, and what would settle it.

    >>> print(Unknown("pH of Syrup NF", "no pH in the sources read", "measure it"))
    unknown: no pH in the sources read (measure it)
    """

    which: str
    why: str = ""
    fill: str = ""
    sources: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the sentence that stands where the value would."""
        return f"unknown: {self.why or self.which}" + (f" ({self.fill})" if self.fill else "")


Fact = Cited[T] | Unknown


def known(fact: Fact[T]) -> T | None:
    """Return the value where there is one; for choices, never for arithmetic.

    >>> known(Unknown("pH")) is None
    True
    """
    return fact.value if isinstance(fact, Cited) else None
