"""Until when may it be used: every candidate date, the one that binds, and how it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from formulation.cited import Unknown
from formulation.trace import Worked


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Candidate:
    """One possible limit to how long the preparation may be used; evidence with its verdict."""

    name: str
    limit: str
    expires: date | None
    counts: bool
    sources: tuple[str, ...] = ()
    verdict: str = ""
    differences: tuple[str, ...] = ()
    unknowns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BeyondUse(Worked):
    """All candidates, the binding one, the date (None: no date stands), and how it is stored.

    `unstudied` says in words why a date is no more than the ceiling of a class: nothing is on
    record of how the preparation keeps, or no study is of it.
    """

    candidates: tuple[Candidate, ...]
    binding: str
    expires: date | None
    storage: str | Unknown
    why_none: str = ""
    unstudied: str = ""

    @property
    def ground(self) -> str:
        """Return what kind of candidate binds, in a word or two; nothing without a date."""
        if not self.binding:
            return ""
        kinds = {
            "monograph:": "monograph", "study:": "study", "recipe:": "recipe",
            "expiry": "component expiry", "assigned": "assigned",
        }  # fmt: skip
        return kinds.get(self.binding.split(" ", 1)[0], "class limit")
