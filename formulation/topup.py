"""Filling by volume: premix with part of the filler, top the bodies up, empty, remix, refill.

The filler is an estimate: (capsules x shell volume - sum of powder / density) x its own density.
The bodies themselves are the measure, so that the method works before anything is weighed (sources:
dacnrf-top-up, pz-capsule-aid; the share of the premix: expydoc-dac-method-b). The mean content
found at the weighing is the fill mass of the next batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Cited, Unknown
from formulation.trace import Worked, Working
from formulation.units import Quantity, total


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp(Worked):
    """The volume of all bodies, the filler estimated for it, and how much goes into the premix."""

    volume: Quantity
    filler: Quantity | Unknown
    premix: Quantity | Unknown


def top_up(
    volume: Cited[Quantity],
    capsules: Fraction,
    powders: tuple[tuple[Quantity | Unknown, Quantity], ...],
    filler: Quantity,
    premix: Cited[Fraction],
) -> TopUp | Unknown:
    """Return the estimate for bodies of `volume` each; `powders` are mass and density in all.

    `premix` is the share of the volume that powders and first filler take.

    >>> from formulation.printing import show
    >>> found = top_up(Cited(Quantity(Fraction("0.27"), "mL"), "chart"), Fraction(12),
    ...     ((Quantity(777, "mg"), Quantity(Fraction("0.60"), "g/mL")),),
    ...     Quantity(Fraction("0.31"), "g/mL"), Cited(Fraction(4, 5), "dac"))
    >>> show(found.volume), show(found.filler), show(found.premix)
    ('3.24 mL', '603 mg', '402.1 mg')

    A powder that is not weighed leaves the filler unknown, not the method; powders that do not
    fit return what is too much of them.
    """
    working = Working()
    whole = working.work(
        "volume of all bodies", "volume * capsules", {"volume": volume.value, "capsules": capsules},
        "the vendor's shell volume; better measured once on one's own bodies", (volume.source,),
    )  # fmt: skip
    missing = next((mass for mass, _ in powders if isinstance(mass, Unknown)), None)
    if missing is not None:
        return TopUp(volume=whole, filler=missing, premix=missing, steps=tuple(working.steps))
    taken = total(
        (
            working.work("volume of a powder", "mass / density", {"mass": mass, "density": density},
                         "estimated by its own density")
            for mass, density in powders
            if isinstance(mass, Quantity)
        ),
        "mL",
    )  # fmt: skip
    if taken > whole:
        return Unknown("filler", "the powders alone are more than the bodies hold",
                       "take a larger shell")  # fmt: skip
    inputs = {"whole": whole, "taken": taken, "density": filler}
    rest = working.work(
        "filler, estimated", "(whole - taken) * density", inputs,
        "what the powders leave of the bodies, at the filler's density",
    )  # fmt: skip
    first = working.work(
        "filler of the premix", "max(zero, whole * part - taken) * density",
        {**inputs, "part": premix.value, "zero": Quantity(Fraction(0), "mL")},
        "the premix leaves some of the volume free, so that there is something to top up with",
        (premix.source,),
    )  # fmt: skip
    return TopUp(volume=whole, filler=rest.to("mg"), premix=first.to("mg"),
                 steps=tuple(working.steps))  # fmt: skip
