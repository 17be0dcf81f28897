"""Which whole units, which final volume, which mark: the preferred layout of a kept liquid.

concentration c = units x claim / V, made up to a mark V; a dose is drawn to a mark v, `times` over;
error = times x c x v / (dose x (1 + overage + surcharge)) - 1. Everything stands on a mark, so that
the error alone is left. `times` is what one of the syringes needs (docs/method/design.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, lcm

from formulation.cited import Unknown
from formulation.device_marks import Mark
from formulation.printing import show, show_share, terminates
from formulation.units import Quantity

ONE = Fraction(1)
MOST_APART = 10  # units from those without an error: more are wasted, fewer too weak
MOST_DRAWS = 4  # for one dose: a choice, and one that no syringe of the bench may move
ENDLESS = 1_000_000  # digits of a decimal that does not end: behind every one that does


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a layout has to satisfy, in mg and mL.

    `portions` is for how many doses the liquid must reach, with excess and loss; `low` and `high`
    are the permitted errors; `capacities` those of the syringes, ascending; `limit` is the
    strongest that may be made (with solubility in it), `strongest` the bench's own; `most` the most
    for one dose; `fixed` the concentration of a published formula, `published` those on record of
    the drug, `own` the bench's volume for a unit.
    """

    dose: Fraction
    richer: Fraction
    claim: Fraction
    portions: Fraction
    low: Fraction
    high: Fraction
    finals: tuple[Mark, ...]
    draws: tuple[Mark, ...]
    capacities: tuple[Fraction, ...]
    most_draws: int = MOST_DRAWS
    limit: Fraction | None = None
    strongest: Fraction | None = None
    most: Fraction | None = None
    fixed: Fraction | None = None
    published: frozenset[Fraction] = frozenset()
    own: Fraction | None = None

    @property
    def asked(self) -> Fraction:
        """Return the drug that goes into one dose, with overage and surcharge."""
        return self.dose * self.richer

    @property
    def units(self) -> range:
        """Return the units tried: about those that hold all doses exactly (the method page)."""
        needed = self.portions * self.asked / self.claim
        even = max(1, ceil(needed))
        fewest = max(1, ceil(needed * (1 + self.low)), even - MOST_APART)
        most = even + min(max(even, 3), MOST_APART)
        if self.strongest is not None and self.finals:
            room = floor(self.strongest * self.finals[-1].volume / self.claim)
            most = min(most, max(fewest, room))
        return range(fewest, most + 1)

    def concentration(self, units: int, volume: Fraction) -> Fraction:
        """Return drug over final volume, in mg/mL."""
        return units * self.claim / volume

    def fewest(self, units: int, volume: Fraction) -> int:
        """Return in how few draws the largest syringe takes the exact volume of a dose."""
        return max(1, ceil(self.asked / self.concentration(units, volume) / self.capacities[-1]))

    def allows(self, units: int, volume: Fraction) -> bool:
        """Say whether a concentration may be made: not too strong, and the formula's own."""
        made = self.concentration(units, volume)
        if self.limit is not None and made > self.limit:
            return False
        return self.fixed is None or made == self.fixed


@dataclass(frozen=True, slots=True)
class Laid:
    """A layout: whole units, the mark of the final volume, the mark of a dose, how often drawn."""

    units: int
    volume: Mark
    drawn: Mark
    times: int
    error: Fraction

    @property
    def dose_volume(self) -> Fraction:
        """Return the volume of one dose in mL."""
        return self.drawn.volume * self.times

    @property
    def reading(self) -> Fraction:
        """Return half a graduation as a share of what is read: of the draw and of the volume."""
        return self.drawn.half / self.drawn.volume + self.volume.half / self.volume.volume


def digits(value: Fraction) -> int:
    """Return how many significant digits a decimal has; one that does not end has very many.

    >>> digits(Fraction(5)), digits(Fraction("0.25")), digits(Fraction(150)), digits(Fraction(1, 3))
    (1, 2, 2, 1000000)
    """
    if not terminates(value):
        return ENDLESS
    while value.denominator != 1:
        value *= 10
    return len(str(value.numerator).rstrip("0"))


ROOMY = 5  # times the bench's own volume for its units: from there a bottle is a large one
Key = tuple[int, Fraction, int, Fraction, bool, int, bool, int, int, Fraction, Fraction, Fraction]


def preference(terms: Terms, laid: Laid) -> Key:
    """Return by what one layout is preferred to another of as many makings: the smaller, the more.

    No more draws than the largest syringe needs, else fewest; error, units, drug wasted, a known
    concentration, draws, the bench's own volume for a unit, a bottle not much larger than that, the
    plainest concentration, the smallest reading, volume, dose.
    """
    made = terms.concentration(laid.units, laid.volume.volume)
    own = terms.own is not None and laid.volume.volume == terms.own * laid.units
    parts = 0 if laid.times == terms.fewest(laid.units, laid.volume.volume) else laid.times
    return (parts, abs(laid.error), laid.units, max(-laid.error, Fraction(0)),
            made not in terms.published, laid.times, not own, _roomy(terms, laid),
            digits(made / terms.richer),
            laid.reading, laid.volume.volume, laid.dose_volume)  # fmt: skip


def _roomy(terms: Terms, laid: Laid) -> int:
    """Return how often a bottle is twice as large as five times the bench's own for its units."""
    if terms.own is None:
        return 0
    room, times = terms.own * laid.units * ROOMY, 0
    while laid.volume.volume > room:
        room, times = room * 2, times + 1
    return times


@lru_cache(maxsize=64)
def preferred(terms: Terms) -> Laid | Unknown:
    """Return the preferred layout for one making, or why there is none.

    All units and volumes are tried; only where no mark gives the dose exactly is the nearest taken,
    and only where none is near enough is it drawn in more parts than the largest syringe needs.

    >>> from formulation.benches import read_bench
    >>> from formulation.device_marks import marks
    >>> devices = read_bench().devices
    >>> found = preferred(Terms(
    ...     dose=Fraction(37), richer=ONE, claim=Fraction(250), portions=Fraction(6),
    ...     low=Fraction(-1, 20), high=Fraction(1, 20), finals=marks(devices, "graduate"),
    ...     draws=marks(devices, "oral syringe"), capacities=(Fraction(20),)))
    >>> found.units, show(Quantity(found.volume.volume, "mL")), show(found.drawn.volume)
    (1, '50 mL', '7.4')
    """
    if not terms.finals or not terms.draws:
        kind = "graduate" if not terms.finals else "oral syringe"
        return Unknown("layout", f"this bench has no {kind}", f"put one on the bench: {kind}")
    sheet = _Sheet.of(terms)
    for parts in (0, *range(2, MOST_DRAWS + 1)):
        if best := _best(replace(sheet, parts=parts)):
            return best
    if terms.limit == 0:
        why = "how much dissolves is not known, and nothing here keeps it suspended"
        return Unknown("layout", why, "use a vehicle that suspends")
    count, dose = show(terms.portions), show(Quantity(terms.dose, "mg"))
    within = show_share(max(-terms.low, terms.high))
    why = f"no marks of this bench give {dose} within {within} {count} times"
    return Unknown("layout", why, "formulate design shows what stands against it")


def _best(sheet: _Sheet) -> Laid | None:
    """Return the preferred layout of those drawn in as many parts as the sheet says."""
    terms, near = sheet.terms, list[Laid]()
    for units in terms.units:
        if exact := [one for one in sheet.exact(units) if terms.allows(units, one.volume.volume)]:
            return min(exact, key=lambda laid: preference(terms, laid))
    for units in terms.units:
        for laid in sheet.nearest(units):
            error, least = abs(laid.error), abs(near[0].error) if near else None
            if (least is None or error <= least) and terms.allows(units, laid.volume.volume):
                near = [*near, laid] if error == least else [laid]
    return min(near, key=lambda laid: preference(terms, laid), default=None)


@dataclass(frozen=True, slots=True)
class _Row:
    """One final volume for so many units: a dose is exactly top / bottom steps, `times` over.

    `first` and `last` bound the draws, by place, that break no rule on them.
    """

    units: int
    mark: Mark
    times: int
    top: int
    bottom: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The marks as whole numbers of one common step, and the ratio claim / dose as a fraction.

    A dose is drawn `parts` times, where the largest syringe needs fewer; 0: as it needs.
    """

    terms: Terms
    step: int
    volumes: tuple[int, ...]
    draws: tuple[int, ...]
    capacities: tuple[int, ...]
    ratio: Fraction
    parts: int = 0

    @classmethod
    def of(cls, terms: Terms) -> _Sheet:
        """Lay the marks out on their common step."""
        every = [mark.volume for mark in (*terms.finals, *terms.draws)]
        step = lcm(*(volume.denominator for volume in (*every, *terms.capacities)))
        volumes = tuple(int(mark.volume * step) for mark in terms.finals)
        draws = tuple(int(mark.volume * step) for mark in terms.draws)
        held = tuple(int(capacity * step) for capacity in terms.capacities)
        return cls(terms, step, volumes, draws, held, terms.claim / terms.asked)

    def _times(self, top: int, one: int) -> int:
        """Return how often a dose of top / one steps is drawn; 0 where it is not drawn so."""
        *every, fewest = (max(1, -(-top // (one * capacity))) for capacity in self.capacities)
        if not self.parts:
            return fewest if fewest <= self.terms.most_draws else 0
        return self.parts if fewest != self.parts in every else 0

    def _row(self, units: int, place: int, whole: bool) -> _Row | None:
        """Return one final volume with its draws; None where there are none, or none exact."""
        terms, volume = self.terms, self.volumes[place]
        top, one = volume * self.ratio.denominator, units * self.ratio.numerator
        times = self._times(top, one)
        bottom = one * times
        if not times or (whole and top % bottom):
            return None
        low, high, portions = 1 + terms.low, 1 + terms.high, terms.portions
        most = min(volume * portions.denominator // (portions.numerator * times),
                   top * high.numerator // (bottom * high.denominator))  # fmt: skip
        if terms.most is not None:
            most = min(most, floor(terms.most * self.step / times))
        least = -(-top * low.numerator // (bottom * low.denominator))
        first, last = bisect_left(self.draws, least), bisect_right(self.draws, most)
        if first >= last:
            return None
        return _Row(units, terms.finals[place], times, top, bottom, first, last)

    def _rows(self, units: int, whole: bool) -> Iterator[_Row]:
        """Yield the final volumes at which so many units may be made, each with its draws."""
        terms, drug = self.terms, units * self.terms.claim
        first = 0
        if terms.limit is not None:
            first = len(self.volumes)
            if terms.limit:
                first = bisect_left(self.volumes, drug / terms.limit * self.step)
        only = None if terms.fixed is None else drug / terms.fixed * self.step
        for place in range(first, len(self.volumes)):
            able = only is None or self.volumes[place] == only
            if able and (row := self._row(units, place, whole)):
                yield row

    def _laid(self, row: _Row, place: int) -> Laid:
        error = Fraction(self.draws[place] * row.bottom, row.top) - 1
        return Laid(row.units, row.mark, self.terms.draws[place], row.times, error)

    def exact(self, units: int) -> Iterator[Laid]:
        """Yield each layout of so many units whose dose stands exactly on a mark."""
        for row in self._rows(units, True):
            place = bisect_left(self.draws, row.top // row.bottom, row.first, row.last)
            if place < row.last and self.draws[place] * row.bottom == row.top:
                yield self._laid(row, place)

    def nearest(self, units: int) -> Iterator[Laid]:
        """Yield for each final volume the marks next below and next above the dose."""
        for row in self._rows(units, False):
            place = bisect_right(self.draws, row.top // row.bottom, row.first, row.last)
            for at in (place - 1, place):
                if row.first <= at < row.last:
                    yield self._laid(row, at)
