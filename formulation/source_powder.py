"""What single weighings of opened units say: mean, spread, and which ones stand apart.

RSD = SD / mean; a unit stands apart outside 90 to 110 % of the median (a house rule). The spread of
the source matters only where a share of it is taken: a pool that goes in whole is what it weighs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Unknown
from formulation.printing import show, show_share
from formulation.trace import Finding, Input, Level, Worked, Working
from formulation.units import Quantity, total

FEW = 10
NEAR = (Fraction(9, 10), Fraction(11, 10))


@dataclass(frozen=True, slots=True)
class Apart:
    """A unit whose content stands apart: its number, its mass, its share of the median."""

    number: int
    mass: Quantity
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread(Worked):
    """Mean and median of the weighings; SD and RSD are unknown below two of them."""

    count: int
    mean: Quantity
    median: Quantity
    sd: Quantity | Unknown
    rsd: Fraction | Unknown
    apart: tuple[Apart, ...]


def _apart(weighings: tuple[Quantity, ...], median: Quantity) -> tuple[Apart, ...]:
    shares = ((mass / median).number() for mass in weighings)
    return tuple(
        Apart(number, mass, share)
        for number, (mass, share) in enumerate(zip(weighings, shares, strict=True), 1)
        if not NEAR[0] <= share <= NEAR[1]
    )


def spread_of(weighings: tuple[Quantity, ...], whole: bool) -> Spread:
    """Return what single weighings say; `whole` says that all of the pool goes in.

    >>> masses = tuple(Quantity(n, "mg") for n in (320, 324, 328))
    >>> found = spread_of(masses, False)
    >>> show(found.mean), show(found.sd), show_share(found.rsd)
    ('324 mg', '4 mg', '1.235 %')
    """
    working, level = Working(), _level(whole)
    inputs = {"weighings": weighings}
    mean = working.work("mean content", "mean(weighings)", inputs, "of the units weighed singly")
    median = working.work("median content", "median(weighings)", inputs, "half lie below it")
    sd = Unknown("SD", "one weighing has no spread", "weigh at least two")
    rsd: Fraction | Unknown = Unknown("RSD", sd.why, sd.fill)
    found: Quantity | Unknown = sd
    if len(weighings) > 1:
        found = working.work("standard deviation", "sd(weighings)", inputs,
                             "of a sample: divided by one less than its number")  # fmt: skip
        shown: dict[str, Input] = {"sd": found, "mean": mean}
        rsd = working.work("relative standard deviation", "sd / mean", shown,
                           "as a share of the mean").number()  # fmt: skip
    apart = _apart(weighings, median)
    return Spread(
        count=len(weighings), mean=mean, median=median, sd=found, rsd=rsd, apart=apart,
        steps=tuple(working.steps), findings=_doubts(weighings, apart, level),
    )  # fmt: skip


def _level(whole: bool) -> Level:
    return "note" if whole else "caution"


def _doubts(
    weighings: tuple[Quantity, ...], apart: tuple[Apart, ...], level: Level
) -> tuple[Finding, ...]:
    found = []
    if len(weighings) < FEW:
        what = f"{len(weighings)} single weighings: fewer than {FEW} say little of the spread"
        fix = "weigh the whole pool, and take shares of that"
        limit, actual = Quantity(Fraction(FEW)), Quantity(Fraction(len(weighings)))
        found.append(Finding("few-weighings", level, what, fix, limit, actual))
    for one in apart:
        what = (
            f"Unit {one.number} weighs {show(one.mass)}, {show_share(one.share)} of the median; "
            f"outside {show_share(NEAR[0])} to {show_share(NEAR[1])} (house rule)"
        )
        fix = "look for powder left in its shell, or a wrong figure; weigh it again"
        found.append(Finding("unit-apart", level, what, fix, actual=one.mass))
    return tuple(found)


def disagreement(
    weighings: tuple[Quantity, ...], net: Quantity, step: Quantity
) -> tuple[Finding, ...]:
    """Return the caution that single weighings do not add up to the pool, beyond rounding.

    Each weighing, and that of the pool, may be off by half a step.
    """
    added = total(weighings, net.unit)
    apart = Quantity(abs((added - net).magnitude), net.unit)
    most = step * Fraction(len(weighings) + 1, 2)
    if apart <= most:
        return ()
    what = (
        f"The {len(weighings)} units weighed {show(added)} together, the pool {show(net)}: "
        f"{show(apart)} apart, more than rounding explains ({show(most)})"
    )
    fix = "powder was lost on the way, or a figure is wrong; the pool's weight is used"
    return (Finding("pool-not-the-sum", "caution", what, fix, most, apart),)
