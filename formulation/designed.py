"""What the design search answers: candidates with their objectives, the front, what fell to what.

An objective is better the smaller it is. A candidate lies on the front where no other is as good in
all of them and better in one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Unknown
from formulation.measurable import Layout
from formulation.result import Absent, Route
from formulation.trace import Worked
from formulation.units import Quantity

OBJECTIVES = ("cost", "waste", "error", "units", "steps")
# In the order in which a candidate falls; a candidate falls to the first that it breaks.
RULES = ("recipient", "mark", "yield", "strength", "formula", "date", "keeps", "stop")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Objectives:
    """What a candidate is measured by.

    `cost` is the billed first fill of all makings; `waste` the drug opened in all makings that does
    not go into the doses asked for; `error` that of the mark, without its sign; `units` the source
    units opened; `steps` what is done at the bench in all makings, or for each dose.
    """

    cost: Quantity | Unknown
    waste: Quantity
    error: Fraction
    units: int
    steps: int

    @property
    def others(self) -> tuple[Fraction, ...]:
        """Return all but the cost, as numbers to compare."""
        return (self.error, self.waste.number("mg"), Fraction(self.units), Fraction(self.steps))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Candidate:
    """One way of preparing the prescription, laid out whole.

    `doses` go into each of the `makings`; `missing` is what has no price; `reading` half a
    graduation as a share of what is drawn; `standard` says that its concentration is published;
    `off` is the error of a dose with its sign, against what goes into one: an overage is no error.
    """

    id: str
    route: Route
    layout: Layout | None
    makings: int
    doses: Quantity
    objectives: Objectives
    missing: tuple[str, ...]
    reading: Fraction | None
    standard: bool
    off: Fraction

    @property
    def may_be_made(self) -> bool:
        """Say whether no stop stands against it."""
        return self.route.may_be_made


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Suggestion:
    """A candidate to look at first: in which objectives none is better, and a sentence why."""

    candidate: str
    title: str
    best_in: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fallen:
    """How many candidates fell to one rule first; `codes` are the stops behind the last rule."""

    rule: str
    words: str
    count: int
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Relaxation:
    """The one rule to ease, by how much, so that there is an answer."""

    rule: str
    text: str
    limit: Quantity | None
    needed: Quantity | None
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Design(Worked):
    """The best preparations on a bench, how many were examined, and to which rule they fell.

    `leading` are the preferred of each kind, the preferred of all first; another may be like one of
    them and cheaper by its vehicle. `front` has no candidate that another dominates and misses
    none; candidates with the same
    objectives stand for one another, the preferred first. `bound` is by how much the kernel may
    have misjudged an error before it was ranked exactly; `no_liquid` the rule to which the last
    of the liquids kept for days fell, where none survives.
    """

    suggestions: tuple[Suggestion, ...]
    leading: tuple[Candidate, ...]
    front: tuple[Candidate, ...]
    examined: int
    survivors: int
    fallen: tuple[Fallen, ...]
    relaxation: Relaxation | None
    absent: tuple[Absent, ...] = ()
    ranked: int = 0
    bound: Fraction = Fraction(0)
    no_liquid: str = ""

    @property
    def best(self) -> Candidate | None:
        """Return the preferred candidate, where there is one."""
        return self.leading[0] if self.leading else None

    @property
    def may_be_made(self) -> bool:
        """Say whether anything survives."""
        return self.best is not None

    @property
    def preferred(self) -> str | None:
        """Return the id of the preferred candidate, where there is one."""
        return self.best.id if self.best else None

    @property
    def chosen(self) -> str | None:
        """Return the id of the preferred candidate, where there is one."""
        return self.preferred

    @property
    def shown(self) -> tuple[Candidate, ...]:
        """Return the preferred of each kind and the front, each once."""
        return tuple({one.id: one for one in (*self.leading, *self.front)}.values())

    def candidate(self, name: str) -> Candidate:
        """Return a candidate by its id."""
        return next(one for one in self.shown if one.id == name)
