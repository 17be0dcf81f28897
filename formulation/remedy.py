"""The bodies are short of powder, or powder is left: what to do, exactly.

Short by X: add X of filler to the whole mix, remix, refill all: mix' = mix + X, the drug stays.
Left X: a capsule holds content x (mix - X) / mix until the rest is spread too; left of one load
alone, its capsules hold less than that. Single capsules are never topped up: they would hold what
the others do not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.printing import show, show_error, show_share
from formulation.spread import Bounds
from formulation.trace import Finding, Level, Worked, Working
from formulation.units import Quantity

MUCH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch at the machine: its mix, its capsules, the drug in one, and how it is filled.

    `loads` are the capsules of each load; `room` is the filler that fills all empty bodies alone,
    where its packing is known.
    """

    mix: Quantity
    filler: Quantity
    capsules: int
    drug: Quantity
    spread: bool
    label: Quantity
    limits: Bounds | None = None
    source: str = ""
    loads: tuple[int, ...] = ()
    room: Quantity | None = None

    @property
    def several(self) -> bool:
        """Say whether the machine is loaded more than once."""
        return len(self.loads) > 1

    @property
    def each(self) -> Quantity:
        """Return the fill of one capsule when all of the mix is in; nothing without a capsule."""
        return (self.mix / (self.capsules or 1)).to("mg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy(Worked):
    """What to do, line by line, and the batch as it then is."""

    heading: str
    actions: tuple[str, ...]
    before: Batch
    after: Batch


def short(batch: Batch, by: Quantity) -> Remedy:
    """Return what to do when the bodies are not full and all of the mix is in.

    >>> batch = Batch(Quantity(1756, "mg"), Quantity(201, "mg"), 12, Quantity(100, "mg"), True,
    ...               Quantity(100, "mg"))
    >>> found = short(batch, Quantity(400, "mg"))
    >>> show(found.after.mix), show(found.after.each), show(found.after.drug)
    ('2,156 mg', '179.7 mg', '100 mg')
    """
    if not batch.spread:
        return _fewer(batch, by)
    if batch.room is not None and by > batch.room:
        return _no_room(batch, by, batch.room)
    working = Working()
    mix = working.work("mix after topping up", "mix + short", {"mix": batch.mix, "short": by},
                       "filler only: the drug in the batch does not change")  # fmt: skip
    filler = working.work("filler in all", "filler + short",
                          {"filler": batch.filler, "short": by},
                          "what the next batch of this size will take")  # fmt: skip
    each = working.work("fill of one capsule", "mix / capsules",
                        {"mix": mix, "capsules": Fraction(batch.capsules)},
                        "every body gets the same")  # fmt: skip
    after = replace(batch, mix=mix, filler=filler)
    actions = (
        *_of_all(batch, by),
        "Empty all bodies of all loads back into the mix: never top up single capsules.",
        f"Weigh {show(by)} of filler; add it to the mix by geometric dilution; mix.",
        f"Refill all {batch.capsules} bodies with all {show(mix)}: {show(each.to('mg'))} in each, "
        "tamped as before.",
        f"Each still holds {show(batch.drug)} of drug, now {_share(after)} of the fill "
        f"({_share(batch)} before).",
        f"Write down for next time: {show(filler)} of filler for {batch.capsules} capsules.",
    )
    return Remedy(
        heading=f"Short by {show(by)}", actions=actions, before=batch, after=after,
        steps=tuple(working.steps), findings=_much(batch, by),
    )  # fmt: skip


def _of_all(batch: Batch, by: Quantity) -> tuple[str, ...]:
    """Return that the mass is what all loads lack, and what it is where one load alone lacks it."""
    if not batch.several:
        return ()
    rows = (
        f'load of {count}: "short by {show((by * Fraction(batch.capsules, count)).to(by.unit))}"'
        for count in dict.fromkeys(batch.loads)
    )
    return (
        f"Read {show(by)} as what all {len(batch.loads)} loads lack together. Lacking in one load "
        f"alone, give what all would lack: {'; '.join(rows)}.",
    )


def _no_room(batch: Batch, by: Quantity, room: Quantity) -> Remedy:
    """Return the stop for more filler than goes into all the bodies even when they are empty."""
    what = (
        f"{show(by)} of filler cannot be missing: all {batch.capsules} bodies, empty, take "
        f"{show(room)} of it by the packing on the bench"
    )
    fix = (
        "read the mass and its unit again; weigh the emptied mix; or mend the packing on the bench"
    )
    found = Finding("short-more-than-shells", "stop", what, fix, room, by)
    return Remedy(heading=f"Short by {show(by)}", actions=(f"{fix.capitalize()}.",), before=batch,
                  after=batch, findings=(found,))  # fmt: skip


def _share(batch: Batch) -> str:
    return show_share((batch.drug / batch.each).number())


def _much(batch: Batch, by: Quantity) -> tuple[Finding, ...]:
    part = (by / batch.mix).number()
    if part <= MUCH:
        return ()
    what = (
        f"{show(by)} is {show_share(part)} of the mix, more than {show_share(MUCH)}: the packing "
        "was assumed wrong, or a weighing or a count was"
    )
    fix = "count the bodies, and weigh the emptied mix, before anything is added"
    limit = batch.mix * MUCH
    return (Finding("short-by-much", "caution", what, fix, limit, by),)


def _fewer(batch: Batch, by: Quantity) -> Remedy:
    """Return how many capsules are complete where each is filled by weight and mix has run out."""
    working = Working()
    made = working.work(
        "capsules that are complete", "floor(capsules * (mix - short) / mix)",
        {"capsules": Fraction(batch.capsules), "mix": batch.mix, "short": min(by, batch.mix)},
        "each is filled by weight: what is missing makes fewer capsules, not weaker ones",
    )  # fmt: skip
    count = int(made.magnitude)
    after = replace(batch, mix=batch.each * count, capsules=count)
    actions = (
        f"Dispense {count} complete capsules of {show(batch.label)}, {show(batch.each)} in each.",
        "Do not stretch the mix with filler: every capsule would hold less.",
        f"Make {batch.capsules - count} more from a new mix where all are needed.",
    )
    verb = "is" if batch.capsules - count == 1 else "are"
    what = f"{batch.capsules - count} of {batch.capsules} capsules {verb} missing"
    limit, actual = (Quantity(n, "cap") for n in (Fraction(batch.capsules), made.magnitude))
    found = Finding("capsules-missing", "caution", what, actions[2], limit, actual)
    return Remedy(
        heading=f"Short by {show(by)}", actions=actions, before=batch, after=after,
        steps=tuple(working.steps), findings=(found,),
    )  # fmt: skip


def left(batch: Batch, over: Quantity) -> Remedy:
    """Return what to do when the bodies are full and powder is left.

    >>> batch = Batch(Quantity(1800, "mg"), Quantity(200, "mg"), 12, Quantity(100, "mg"), True,
    ...               Quantity(100, "mg"))
    >>> show(left(batch, Quantity(90, "mg")).after.drug)
    '95 mg'
    """
    if over > batch.mix:
        return _impossible(batch, over)
    working = Working()
    drug = working.work(
        "drug in one capsule as they are", "drug * (mix - left) / mix",
        {"drug": batch.drug, "mix": batch.mix, "left": over},
        "what is left holds its share of the drug",
    ).to(batch.drug.unit)  # fmt: skip
    error = (drug / batch.label).number() - 1
    after = replace(batch, mix=batch.mix - over, drug=drug)
    one = _of_one_load(batch, over, working)
    said = ""
    if one is not None:
        alone = (one / batch.label).number() - 1
        said = f"; left of one load alone, its capsules hold {show(one)} ({show_error(alone)})"
    actions = (
        f"Do not discard it: as they are, each holds {show(drug)} ({show_error(error)}){said}.",
        f"Empty all bodies back, tamp more evenly, and refill all {batch.capsules} until all "
        f"{show(batch.mix)} is in: then each holds {show(batch.drug)}.",
        "If it does not go in: empty all, take the next larger size, add the filler for it "
        "(formulate capsules --size), mix, refill all.",
    )
    return Remedy(
        heading=f"{show(over)} left", actions=actions, before=batch, after=after,
        steps=tuple(working.steps), findings=_weaker(batch, over, drug, one),
    )  # fmt: skip


def _of_one_load(batch: Batch, over: Quantity, working: Working) -> Quantity | None:
    """Return the drug in a capsule of the smallest load where all that is left is left of it."""
    if not batch.several:
        return None
    return working.work(
        "drug in one capsule, left of one load alone",
        "drug * max(0, 1 - left * capsules / (mix * load))",
        {"drug": batch.drug, "mix": batch.mix, "left": over,
         "capsules": Fraction(batch.capsules), "load": Fraction(min(batch.loads))},
        "the other loads are full; then only this one is weaker, and the more so",
    ).to(batch.drug.unit)  # fmt: skip


def _impossible(batch: Batch, over: Quantity) -> Remedy:
    """Return the stop for more powder left than there ever was."""
    what = f"{show(over)} cannot be left of a mix of {show(batch.mix)}"
    fix = "weigh what is left again, and its container; count the filled capsules"
    found = Finding("left-more-than-mix", "stop", what, fix, batch.mix, over)
    return Remedy(heading=f"{show(over)} left", actions=(f"{fix.capitalize()}.",), before=batch,
                  after=batch, findings=(found,))  # fmt: skip


def _weaker(
    batch: Batch, over: Quantity, drug: Quantity, one: Quantity | None
) -> tuple[Finding, ...]:
    """Return that capsules with powder left over are weaker: a stop outside the limits.

    With several loads it may all be left of one: that is what is held against the limits.
    """
    level: Level = "caution"
    limit: Quantity | None = None
    sources: tuple[str, ...] = ()
    ground = "no limit is on record to hold it against"
    least = drug if one is None else one
    error = (least / batch.label).number() - 1
    if batch.limits is not None:
        low, high = batch.limits.low.number(), batch.limits.high.number()
        level = "caution" if low <= error <= high else "stop"
        end = low if error < 0 else high
        limit, sources = batch.label * (1 + end), (batch.source,)
        ground = f"{'inside' if level == 'caution' else 'outside'} {show_error(end)}"
    what = f"With {show(over)} left over each holds {show(least)}: {show_error(error)}, {ground}"
    if one is not None:
        what = (
            f"With {show(over)} left over each holds {show(drug)}, or, left of one load alone, its "
            f"capsules hold {show(one)}: {show_error(error)}, {ground}"
        )
    fix = "empty all, tamp, and refill all with all of the mix"
    return (Finding("powder-left", level, what, fix, limit, least, sources),)
