"""What one rule set says of capsules weighed unopened: limits put in, each unit placed, a verdict.

limits = reference x (1 - share) to reference x (1 + share), the reference being theory or the
batch's own mean (records under `checks/`). Against theory each net mass carries the shell's
variation; against the mean it does not, as the practice that uses the mean does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from formulation.check_records import Band, WeightChecks
from formulation.cited import Cited, Unknown
from formulation.printing import show, show_range, show_share, told_above
from formulation.roots import sqrt
from formulation.trace import Finding, Working
from formulation.units import Quantity

Place = Literal["inside", "outside", "cannot be told", "not judged"]
AGAIN = "empty, remix and fill all of them again; nothing is put right capsule by capsule"


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """What one rule set says: its reference, its limits, where each unit lies, the verdict.

    The verdict is "meets", "does not meet", "cannot be told" (the shell's variation), "not shown"
    (too few weighed) or "not judged" (a limit or the reference is unknown).
    """

    key: str
    name: str
    edition: str
    standing: str
    confirmed: str
    against: str
    reference: Quantity | Unknown
    low: Quantity | Unknown
    high: Quantity | Unknown
    allowed_outside: Fraction | Unknown
    places: tuple[Place, ...]
    rsd_limit: Fraction | Unknown
    verdict: str


@dataclass(frozen=True, slots=True)
class Batch:
    """The powder in each capsule weighed, their mean, the shell's variation, and theory."""

    nets: tuple[Quantity, ...]
    mean: Quantity
    tolerance: Quantity | Unknown
    theory: Quantity | Unknown

    @property
    def spread_squared(self) -> Fraction | None:
        """Return (s / mean)² exactly; None for fewer than two."""
        if len(self.nets) < 2:
            return None
        mean = self.mean.number("mg")
        squares = sum(((n.number("mg") - mean) ** 2 for n in self.nets), Fraction(0))
        return squares / (len(self.nets) - 1) / mean**2


Ends = tuple[Quantity, Quantity]


@dataclass(frozen=True, slots=True)
class _Frame:
    """One rule set with its reference put in, and what each net mass may be off by."""

    rule: WeightChecks
    reference: Quantity | Unknown
    ends: Ends | Unknown
    furthest: Ends | None
    either_way: Quantity


def judge(
    rule: WeightChecks, batch: Batch, working: Working
) -> tuple[SetVerdict, tuple[Finding, ...]]:
    """Return what one rule set says of a batch, and the findings with their numbers.

    A failure is a stop; what cannot be told, or was weighed too seldom, a caution.
    """
    frame = _frame(rule, batch, working)
    ends = frame.ends
    places = tuple(_place(net, ends, frame.either_way) for net in batch.nets)
    stops = (*_outside(frame, batch, places), *_spread(rule, batch))
    doubts = (*_shell(frame, batch, places), *_few(rule, batch), *_missing(frame))
    low, high = (ends, ends) if isinstance(ends, Unknown) else ends
    verdict = SetVerdict(
        key=rule.key, name=rule.name, edition=rule.edition, standing=rule.standing,
        confirmed=rule.confirmed, against=rule.reference, reference=frame.reference, low=low,
        high=high, allowed_outside=_value(rule.outside), places=places,
        rsd_limit=_value(rule.rsd), verdict=_verdict(stops, doubts),
    )  # fmt: skip
    return verdict, (*stops, *doubts)


def _verdict(stops: tuple[Finding, ...], doubts: tuple[Finding, ...]) -> str:
    if stops:
        return "does not meet"
    codes = [finding.code for finding in doubts]
    for code, words in (("limits-unknown", "not judged"), ("theory-not-given", "not judged"),
                        ("shell-variation", "cannot be told"),
                        ("too-few-weighed", "not shown")):  # fmt: skip
        if code in codes:
            return words
    return "meets"


def _value(fact: Cited[Fraction] | Unknown) -> Fraction | Unknown:
    return fact if isinstance(fact, Unknown) else fact.value


def band_of(rule: WeightChecks, reference: Quantity) -> Band:
    """Return the band of a rule set that a reference mass falls into; its own start counts."""
    fit = [b for b in rule.bands
           if isinstance(b.at_least, Unknown) or b.at_least.value <= reference]  # fmt: skip
    return fit[-1]


def _frame(rule: WeightChecks, batch: Batch, working: Working) -> _Frame:
    by_theory = rule.reference == "theory"
    reference = batch.theory if by_theory else batch.mean
    carried = Quantity(Fraction(0), "mg")
    if by_theory and not isinstance(batch.tolerance, Unknown):
        carried = batch.tolerance
    if isinstance(reference, Unknown):
        return _Frame(rule, reference, reference, None, carried)
    band = band_of(rule, reference)
    if isinstance(band.deviation, Unknown):
        return _Frame(rule, reference, band.deviation, None, carried)
    ends = _ends(rule, band.deviation, reference, working)
    most = band.most
    furthest = None if isinstance(most, Unknown) else _ends(rule, most, reference, working)
    return _Frame(rule, reference, ends, furthest, carried)


def _ends(
    rule: WeightChecks, share: Cited[Fraction], reference: Quantity, working: Working
) -> Ends:
    low, high = (
        working.work(f"{rule.name}: {name}", f"reference * (1 {sign} share)",
                     {"reference": reference, "share": share.value},
                     f"{show_share(share.value)} either side of the {rule.reference}",
                     (share.source,))
        for name, sign in (("least", "-"), ("most", "+"))
    )  # fmt: skip
    return low, high


def _place(net: Quantity, ends: Ends | Unknown, either_way: Quantity) -> Place:
    if isinstance(ends, Unknown):
        return "not judged"
    low, high = ends
    if net - either_way >= low and net + either_way <= high:
        return "inside"
    if net + either_way < low or net - either_way > high:
        return "outside"
    return "cannot be told"


def _named(batch: Batch, numbers: list[int]) -> str:
    return "; ".join(f"capsule {n} holds {show(batch.nets[n - 1])}" for n in numbers)


def _allowed(rule: WeightChecks) -> int:
    return 0 if isinstance(rule.outside, Unknown) else int(rule.outside.value)


def _outside(frame: _Frame, batch: Batch, places: tuple[Place, ...]) -> tuple[Finding, ...]:
    if isinstance(frame.ends, Unknown) or isinstance(frame.reference, Unknown):
        return ()
    out = [n for n, place in enumerate(places, 1) if place == "outside"]
    far = []
    if frame.furthest is not None:
        low, high = frame.furthest
        far = [n for n, net in enumerate(batch.nets, 1) if not low <= net <= high]
    allowed = _allowed(frame.rule)
    if len(out) <= allowed and not far:
        return ()
    limits = f"{show_range(*frame.ends)}, at most {allowed} outside"
    if frame.furthest is not None:
        limits += f", none outside {show_range(*frame.furthest)}"
    what = (
        f"{frame.rule.name}: {_named(batch, out or far)}. Limits by {frame.rule.reference} "
        f"{show(frame.reference)}: {limits}"
    )
    if frame.either_way:
        what += f"; a shell differing by {show(frame.either_way)} does not explain it"
    mid = frame.reference
    worst = max(
        (batch.nets[n - 1] for n in out or far), key=lambda net: abs((net - mid).number("mg"))
    )
    limit = frame.ends[worst > mid]
    return (Finding("capsule-mass-outside", "stop", what, AGAIN, limit, worst, _cited(frame.rule)),)


def _cited(rule: WeightChecks) -> tuple[str, ...]:
    facts = [fact for band in rule.bands for fact in (band.deviation, band.most)]
    found = {fact.source for fact in (*facts, rule.outside, rule.rsd) if isinstance(fact, Cited)}
    return tuple(sorted(found))


def _spread(rule: WeightChecks, batch: Batch) -> tuple[Finding, ...]:
    squared = batch.spread_squared
    if squared is None or isinstance(rule.rsd, Unknown) or squared <= rule.rsd.value**2:
        return ()

    rsd = sqrt(squared)
    percent = told_above(rsd * 100, rule.rsd.value * 100)
    what = (
        f"{rule.name}: the relative standard deviation is {percent} %, above "
        f"{show_share(rule.rsd.value)}"
    )
    return (Finding("rsd-high", "stop", what, AGAIN, Quantity(rule.rsd.value), Quantity(rsd),
                    (rule.rsd.source,)),)  # fmt: skip


def _shell(frame: _Frame, batch: Batch, places: tuple[Place, ...]) -> tuple[Finding, ...]:
    if frame.rule.reference == "theory" and isinstance(batch.tolerance, Unknown):
        what = f"{frame.rule.name}: the shell's variation is unknown, and is not in the verdict"
        fix = "give --shell-tolerance, or weigh several shells of the lot: --shells"
        return (Finding("shell-variation-unknown", "caution", what, fix),)
    doubtful = [n for n, place in enumerate(places, 1) if place == "cannot be told"]
    beyond = places.count("outside") + len(doubtful) > _allowed(frame.rule)
    if isinstance(frame.ends, Unknown) or not doubtful or not beyond:
        return ()
    what = (
        f"{frame.rule.name}: {_named(batch, doubtful)}; against {show_range(*frame.ends)} this "
        f"cannot be told: the shell alone may vary by {show(frame.either_way)} either way"
    )
    fix = "weigh the same shells before and after filling, or open and empty these"
    return (Finding("shell-variation", "caution", what, fix, frame.either_way,
                    sources=_cited(frame.rule)),)  # fmt: skip


def _few(rule: WeightChecks, batch: Batch) -> tuple[Finding, ...]:
    wanted, weighed = rule.sample.value, len(batch.nets)
    if weighed >= wanted:
        return ()
    what = f"{rule.name}: {weighed} weighed, {wanted} wanted, each by itself"
    if weighed == 1 and isinstance(rule.together, Cited):
        what += f"; {rule.together.value}"
    fix = f"weigh {wanted - weighed} more, one by one"
    limit, actual = Quantity(wanted, "cap"), Quantity(Fraction(weighed), "cap")
    return (Finding("too-few-weighed", "caution", what, fix, limit, actual, (rule.sample.source,)),)


def _missing(frame: _Frame) -> tuple[Finding, ...]:
    rule = frame.rule
    if isinstance(frame.reference, Unknown):
        what = f"{rule.name}: judges against theory, and no theoretical fill was given"
        fix = 'give the powder that one capsule should hold: --theory "229 mg"'
        return (Finding("theory-not-given", "caution", what, fix),)
    if not isinstance(frame.ends, Unknown):
        return ()
    what = f"{rule.name}: how far one capsule may lie from the {rule.reference} is unknown: "
    return (Finding("limits-unknown", "note", what + frame.ends.why, frame.ends.fill,
                    sources=frame.ends.sources),)  # fmt: skip
