"""Does the content of single units lie close enough together: the acceptance value of <905>.

AV = |M - mean| + k s, at most L1; at stage 2 also every unit within (1 - L2) M to (1 + L2) M.
Source: usp905-acceptance-value. All in percent of claim. Pass or fail compares squares, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.check_records import Uniformity
from formulation.cited import Unknown
from formulation.errors import FormulationError
from formulation.finished import Contents, Summary
from formulation.printing import decimal, show_number, to_places, told_above, told_apart
from formulation.trace import Finding, Worked, Working
from formulation.units import Quantity

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class UnitOutside:
    """A single unit outside (1 - L2) M to (1 + L2) M: its number and its content."""

    number: int
    content: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Worked):
    """The acceptance value with everything it came from, and the verdict on the units tested.

    `largest_sd` is the largest standard deviation that would meet L1 at this mean.
    """

    stage: int
    units: int
    mean: Fraction
    sd: Fraction
    target: Fraction
    case: int
    reference: Fraction
    k: Fraction
    value: Fraction
    limit: Fraction
    meets_limit: bool
    largest_sd: Fraction | Unknown
    unit_low: Fraction
    unit_high: Fraction
    outside: tuple[UnitOutside, ...]
    verdict: str
    scope: str
    scope_sources: tuple[str, ...]


def _percent(share: Fraction) -> Quantity:
    return Quantity(share * HUNDRED)


def _tenth(number: Fraction) -> str:
    """Write a constant of <905> as it is printed there: 2.0, 15.0."""
    return decimal(to_places(number, 1), 1)


def _constant(rule: Uniformity, units: int) -> Fraction:
    known = {int(c.units.value): c.k.value for c in rule.constants}
    if units in known:
        return known[units]
    listed = " and ".join(str(n) for n in sorted(known))
    what = f"<905> gives its constant k for {listed} units only, and {units} were tested"
    fix = "give the first 10 units for stage 1; where they fail, test 20 more and give all 30"
    raise FormulationError("sample-size", what, fix=fix)


def acceptance(
    contents: Summary | Contents, rule: Uniformity, target: Fraction | None = None
) -> Acceptance:
    """Return the acceptance value of 10 or 30 units and the verdict of <905> on them.

    >>> from formulation.catalog import load
    >>> rule = load(Uniformity, "uniformity", "usp905")[0]
    >>> found = acceptance(Summary(Fraction("100.3"), Fraction("1.4"), 10), rule)
    >>> show_number(found.value), found.verdict
    ('3.36', 'meets <905> at stage 1')

    `target` is T, in percent of claim (100.0 where it is not given). Raises `FormulationError` for
    any other number of units. Source: usp905-acceptance-value.
    """
    units = contents.units if isinstance(contents, Summary) else len(contents.values)
    k = _constant(rule, units)
    working = Working()
    wanted = rule.target.value * HUNDRED if target is None else target
    mean, sd = _described(contents, working)
    source = (rule.reference_low.source,)
    high = working.work(
        "upper end of M", "max(upper, T)",
        {"upper": _percent(rule.reference_high.value), "T": wanted},
        "101.5, or T where T is higher (case 2)", source,
    )  # fmt: skip
    reference = working.work(
        "reference value M", "max(lower, min(mean, upper))",
        {"lower": _percent(rule.reference_low.value), "mean": mean, "upper": high},
        "the mean itself where it lies between the ends, else the nearer end", source,
    )  # fmt: skip
    value = working.work(
        "acceptance value", "abs(M - mean) + k * s",
        {"M": reference, "mean": mean, "k": k, "s": sd},
        f"k is {_tenth(k)} for {units} units", source,
    )  # fmt: skip
    return _judged(_Sample(contents, rule, wanted, k, units),
                   (mean, sd, reference.number(), value.number()), working)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sample:
    contents: Summary | Contents
    rule: Uniformity
    target: Fraction
    k: Fraction
    units: int

    @property
    def stage(self) -> int:
        return 1 if self.units == self.rule.sample.value else 2


def _described(contents: Summary | Contents, working: Working) -> tuple[Fraction, Fraction]:
    if isinstance(contents, Summary):
        return contents.mean, contents.sd
    values = tuple(Quantity(value) for value in contents.values)
    mean = working.work("mean", "mean(x)", {"x": values}, "of the units tested")
    sd = working.work("standard deviation", "sd(x)", {"x": values},
                      "sample standard deviation, over n - 1")  # fmt: skip
    return mean.number(), sd.number()


def _variance(contents: Summary | Contents) -> Fraction:
    """Return s² exactly, not the square of a rounded root."""
    if isinstance(contents, Summary):
        return contents.sd**2
    mean = sum(contents.values, Fraction(0)) / len(contents.values)
    squares = sum(((x - mean) ** 2 for x in contents.values), Fraction(0))
    return squares / (len(contents.values) - 1)


def _judged(
    sample: _Sample, found: tuple[Fraction, Fraction, Fraction, Fraction], working: Working
) -> Acceptance:
    mean, sd, reference, value = found
    rule, limit = sample.rule, sample.rule.acceptance_limit.value * HUNDRED
    room = limit - abs(reference - mean)
    meets = room >= 0 and sample.k**2 * _variance(sample.contents) <= room**2
    source = (rule.unit_deviation.source,)
    ends = [
        working.work(f"{name} for a single unit", f"(1 {sign} away) * M",
                     {"away": rule.unit_deviation.value, "M": reference},
                     "judged at stage 2 only", source).number()
        for name, sign in (("least", "-"), ("most", "+"))
    ]  # fmt: skip
    outside = _outside(sample.contents, ends[0], ends[1]) if sample.stage == 2 else ()
    none = Unknown("largest SD", "no standard deviation meets it at this mean", "mend the mean")
    half = Acceptance(
        steps=tuple(working.steps), stage=sample.stage, units=sample.units, mean=mean, sd=sd,
        target=sample.target, case=1 if sample.target <= rule.reference_high.value * HUNDRED else 2,
        reference=reference, k=sample.k, value=value, limit=limit, meets_limit=meets,
        largest_sd=room / sample.k if room >= 0 else none, unit_low=ends[0], unit_high=ends[1],
        outside=outside, verdict="", scope=_scope(rule), scope_sources=_sources(rule),
    )  # fmt: skip
    verdict, findings = _verdict(half, sample)
    return replace(half, verdict=verdict, findings=findings)


def _scope(rule: Uniformity) -> str:
    if isinstance(rule.units_tested, Unknown):
        return "concerns only the units tested"
    return rule.units_tested.value


def _sources(rule: Uniformity) -> tuple[str, ...]:
    if isinstance(rule.units_tested, Unknown):
        return ()
    return (rule.units_tested.source,)


def _outside(
    contents: Summary | Contents, low: Fraction, high: Fraction
) -> tuple[UnitOutside, ...]:
    if isinstance(contents, Summary):
        return ()
    every = enumerate(contents.values, 1)
    return tuple(UnitOutside(number, x) for number, x in every if not low <= x <= high)


def _verdict(found: Acceptance, sample: _Sample) -> tuple[str, tuple[Finding, ...]]:
    if found.stage == 1:
        return _first_stage(found, sample.rule)
    findings: tuple[Finding, ...] = ()
    if not found.meets_limit:
        findings += (_too_high(found, sample.rule),)
    if found.outside:
        findings += (_units_outside(found, sample.rule),)
    if findings:
        return "does not meet <905>", findings
    if isinstance(sample.contents, Contents):
        return "meets <905> at stage 2", ()
    ends = f"{show_number(found.unit_low)} to {show_number(found.unit_high)} % of claim"
    what = f"Meets L1 by mean and SD; whether every one of the 30 units lies in {ends} is unknown"
    fix = "give the 30 contents with --values"
    sources = (sample.rule.unit_deviation.source,)
    asked = Finding("individual-values-needed", "caution", what, fix, Quantity(found.limit),
                    Quantity(found.value), sources)  # fmt: skip
    return "meets L1, individual values needed", (asked,)


def _first_stage(found: Acceptance, rule: Uniformity) -> tuple[str, tuple[Finding, ...]]:
    if found.meets_limit:
        return "meets <905> at stage 1", ()
    second = max(c.units.value for c in rule.constants)
    k = _constant(rule, int(second))
    would = abs(found.reference - found.mean) + k * found.sd
    shown = told_above(found.value, found.limit)
    what = (
        f"Stage 1 is not met: the acceptance value is {shown}, above L1 = {_tenth(found.limit)} "
        "(compared unrounded)"
    )
    fix = (
        f"test 20 more units of this batch, {second} in all: there k is {_tenth(k)}, and with the "
        f"same mean and SD the value would be {told_apart(would, found.limit)}"
    )
    sources = (rule.acceptance_limit.source,)
    stop = Finding("test-twenty-more", "stop", what, fix, Quantity(found.limit),
                   Quantity(found.value), sources)  # fmt: skip
    return "does not meet stage 1: test 20 more", (stop,)


def _too_high(found: Acceptance, rule: Uniformity) -> Finding:
    shown = told_above(found.value, found.limit)
    what = (
        f"The acceptance value is {shown}, above L1 = {_tenth(found.limit)} (compared unrounded): "
        "the 30 units do not meet <905>"
    )
    fix = "find the cause: mixing, filling, the amount weighed; "
    if isinstance(found.largest_sd, Unknown):
        fix += f"no SD meets it at a mean of {show_number(found.mean)} % of claim"
    else:
        fix += f"at this mean an SD of at most {show_number(found.largest_sd)} meets it"
    sources = (rule.acceptance_limit.source,)
    return Finding("acceptance-value-high", "stop", what, fix, Quantity(found.limit),
                   Quantity(found.value), sources)  # fmt: skip


def _units_outside(found: Acceptance, rule: Uniformity) -> Finding:
    ends = (found.unit_low, found.unit_high)
    named = "; ".join(
        f"unit {u.number} holds {told_apart(u.content, ends[u.content > ends[1]])} %"
        for u in found.outside
    )
    what = (
        f"Outside {show_number(ends[0])} to {show_number(ends[1])} % of claim (0.75 M to 1.25 M): "
        f"{named}"
    )
    worst = max(found.outside, key=lambda u: abs(u.content - found.reference))
    limit = ends[worst.content > ends[1]]
    fix = "the 30 units do not meet <905>: find the cause in the mixing or the filling"
    sources = (rule.unit_deviation.source,)
    return Finding("unit-outside-limits", "stop", what, fix, Quantity(limit),
                   Quantity(worst.content), sources)  # fmt: skip
