"""A small mass from a mix of powders: weigh more, dilute it, weigh an aliquot of the mix.

drug in the aliquot = drug x aliquot / (drug + diluent), and so on down a series. At worst, each
weighing off by e: (aliquot - e)(drug - e) / ((drug - e) + (diluent + e)), and the reverse.
Sources: unc-weighing; docs/method/weighing.md.
"""

from __future__ import annotations

from formulation.mixes import Found, Mix, closest
from formulation.mixes import Limits as _Limits
from formulation.schemes import Scale, Scheme, Stage
from formulation.series import mixes_for
from formulation.trace import Working
from formulation.units import Quantity

MOST_STAGES = 3
UNLIMITED = 10**8


def limits(scale: Scale, largest: Quantity | None) -> _Limits:
    """Return the balance's least and the bench's largest mix in whole steps of the balance."""
    most = UNLIMITED if largest is None else int(scale.steps(largest) // 1)
    unit = scale.step.number("mg")
    return _Limits(int(scale.steps(scale.least)), most, unit)


def weighed_directly(needed: Quantity, scale: Scale | None, off: Quantity) -> Scheme:
    """Return a mass put on the balance's step, with what it is at worst.

    Where the nearest step lies below the least, it goes up to the least.

    >>> from formulation.printing import show
    >>> mg = lambda n: Quantity(n, "mg")
    >>> found = weighed_directly(mg(150), Scale(mg(1), mg(120), mg(6)), mg(6))
    >>> show(found.low), show(found.high)
    ('144 mg', '156 mg')
    """
    working = Working()
    chosen = needed
    if scale is not None:
        chosen = working.work(
            "mass on the balance", "max(least, floor(needed / step + 1 / 2) * step)",
            {"least": scale.least, "needed": needed, "step": scale.step},
            "the nearest step that the balance shows, never below the least",
        ).to(needed.unit)  # fmt: skip
    ends = {"mass": chosen, "off": off}
    low = working.work("at worst, low", "mass - off", ends, "one weighing, off to one side")
    high = working.work("at worst, high", "mass + off", ends, "off to the other side")
    return Scheme(
        way="direct", needed=needed, weighed=chosen, delivered=chosen,
        error=(chosen / needed).number() - 1, low=low, high=high, steps=tuple(working.steps),
    )  # fmt: skip


def aliquot(
    needed: Quantity, scale: Scale, largest: Quantity | None, steps: int | None
) -> Scheme | None:
    """Return the scheme for a mass below the least: as few mixes as can be, or as many as asked.

    Exact where the balance's step allows it, else the closest, with its error. None where no mix
    within the largest reaches it.

    >>> from formulation.printing import show
    >>> mg = lambda n: Quantity(n, "mg")
    >>> found = aliquot(mg(2), Scale(mg(1), mg(120), mg(6)), mg(100_000), None)
    >>> [show(n) for n in (found.weighed, found.stages[0].total, found.stages[0].aliquot)]
    ['120 mg', '7,200 mg', '120 mg']
    >>> show(found.low), show(found.high)
    ('1.805 mg', '2.205 mg')
    """
    need, within = scale.steps(needed), limits(scale, largest)
    for count in (steps,) if steps else range(1, MOST_STAGES + 1):
        found = mixes_for(need, count, within)
        if found is not None:
            return _scheme(needed, found, scale)
    return None


def nearly(needed: Quantity, scale: Scale, largest: Quantity | None) -> Scheme | None:
    """Return the one mix close to the least that comes closest to a mass, exact or not."""
    found = closest(scale.steps(needed), 1, limits(scale, largest))
    return None if found is None else _scheme(needed, Found(found, False), scale)


def _scheme(needed: Quantity, found: Found, scale: Scale) -> Scheme:
    stages = tuple(_stage(mix, scale) for mix in found.mixes)
    working = Working()
    held = low = high = stages[0].put_in
    for number, stage in enumerate(stages, 1):
        held, low, high = _taken(stage, (held, low, high), scale.off, number, working)
    diluents = tuple(stage.diluent for stage in stages if stage.diluent is not None)
    added = working.work("diluent in all", "sum(diluents)", {"diluents": diluents}, "all mixes")
    return Scheme(
        way="solid", needed=needed, weighed=stages[0].put_in, delivered=held.to(needed.unit),
        error=(held / needed).number() - 1, low=low.to(needed.unit), high=high.to(needed.unit),
        stages=stages, diluent=added,
        proven=found.proven, steps=tuple(working.steps),
    )  # fmt: skip


def _stage(mix: Mix, scale: Scale) -> Stage:
    def mass(steps: int) -> Quantity:
        return (scale.step * steps).to("mg")

    return Stage(
        put_in=mass(mix.drug), diluent=mass(mix.diluent), total=mass(mix.total),
        aliquot=mass(mix.aliquot),
    )  # fmt: skip


def _taken(
    stage: Stage,
    held: tuple[Quantity, Quantity, Quantity],
    off: Quantity,
    number: int,
    working: Working,
) -> tuple[Quantity, Quantity, Quantity]:
    """Return the drug in one aliquot: as weighed, at worst low, at worst high."""
    assert stage.diluent is not None  # noqa: S101  solids are always weighed
    total = working.work(
        f"total of mix {number}", "put_in + diluent",
        {"put_in": stage.put_in, "diluent": stage.diluent}, "both are weighed",
    )  # fmt: skip
    nominal, low, high = held
    parts = {"put_in": stage.put_in, "diluent": stage.diluent, "aliquot": stage.aliquot, "off": off}
    weighed = working.work(
        f"drug in aliquot {number}", "held * aliquot / total",
        {"held": nominal, "aliquot": stage.aliquot, "total": total},
        "multiplied back: the aliquot holds the same share of the drug as of the mix",
    )  # fmt: skip
    if number == 1:
        low = working.work("drug at worst, low", "drug - off", {"drug": low, "off": off},
                           "the first weighing too little")  # fmt: skip
        high = working.work("drug at worst, high", "drug + off", {"drug": high, "off": off},
                            "the first weighing too much")  # fmt: skip
    low = working.work(
        f"aliquot {number} at worst, low",
        "held * (aliquot - off) / ((put_in - off) + (diluent + off))", {"held": low, **parts},
        "too little put in, too much diluent, too little taken",
    )  # fmt: skip
    high = working.work(
        f"aliquot {number} at worst, high",
        "held * (aliquot + off) / ((put_in + off) + (diluent - off))", {"held": high, **parts},
        "too much put in, too little diluent, too much taken",
    )  # fmt: skip
    return weighed, low, high
