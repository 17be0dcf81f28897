"""What goes into one capsule, and does it fit: the packing-statistic method.

P_i = density x shell volume; fill fraction f = sum of m_i / P_i over all powders but the filler
(m is mass of powder, not of drug); filler = P_f x (1 - f); theoretical fill = sum of m_i + filler
(source: packing-statistics, Allen, IJPC 2001;5:392-3). Masses are never taken from volumes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.cited import Cited
from formulation.records import Shells
from formulation.trace import Worked, Working
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Powder:
    """A powder in the capsule: its mass in one capsule and the density at which it packs."""

    name: str
    mass: Quantity
    density: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill(Worked):
    """The fill of one shell: how full the powders make it, the filler, and the total.

    `fraction` above 1 means that it does not fit, `over` by how much volume; then there is no
    filler and `filler` is None: never zero for a capsule that is too small.
    """

    size: str
    volume: Quantity
    fraction: Fraction
    filler: Quantity | None
    total: Quantity | None
    over: Quantity

    @property
    def fits(self) -> bool:
        """Say whether the powders fit into the shell."""
        return self.fraction <= 1


def fill_shell(size: str, volume: Quantity, powders: tuple[Powder, ...], filler: Quantity) -> Fill:
    """Return the fill of one shell of `volume`, topped up with a filler of that density.

    >>> dense = Quantity(Fraction("0.60"), "g/mL")
    >>> fill = fill_shell("3", Quantity(Fraction("0.30"), "mL"),
    ...     (Powder("cycloserine", Quantity(50, "mg"), dense),), Quantity(Fraction("0.31"), "g/mL"))
    >>> fill.fits, fill.filler.magnitude
    (True, Fraction(403, 6))
    """
    working, taken = Working(), Quantity(Fraction(0), "mL")
    for powder in powders:
        taken = taken + working.work(
            f"volume of {powder.name}",
            "mass / density",
            {"mass": powder.mass, "density": powder.density},
            "by its own packing density, never by subtracting masses from volumes",
        )
    fraction = (taken / volume).number()
    over = max(taken - volume, Quantity(Fraction(0), "mL"))
    if fraction > 1:
        return Fill(size=size, volume=volume, fraction=fraction, filler=None, total=None,
                    over=over, steps=tuple(working.steps))  # fmt: skip
    top = working.work(
        f"filler in one size {size} capsule",
        "density * (shell - taken)",
        {"density": filler, "shell": volume, "taken": taken},
        "the filler takes the rest of the volume at its own density",
    ).to("mg")
    mass = Quantity(Fraction(0), "mg")
    for powder in powders:
        mass = mass + powder.mass.to("mg")
    return Fill(size=size, volume=volume, fraction=fraction, filler=top, total=mass + top,
                over=over, steps=tuple(working.steps))  # fmt: skip


def _by_volume(shells: Shells) -> list[tuple[str, Quantity]]:
    known = [(s.size, s.volume.value) for s in shells.sizes if isinstance(s.volume, Cited)]
    return sorted(known, key=lambda pair: pair[1].number("mL"))


def smallest_fit(shells: Shells, powders: tuple[Powder, ...], filler: Quantity) -> Fill | None:
    """Return the fill of the smallest shell that holds the powders, or None where none does."""
    fills = (fill_shell(size, volume, powders, filler) for size, volume in _by_volume(shells))
    return next((fill for fill in fills if fill.fits), None)


def fill_largest(shells: Shells, powders: tuple[Powder, ...], filler: Quantity) -> Fill | None:
    """Return the fill of the largest shell, whether it fits or not; None without any volume."""
    sizes = _by_volume(shells)
    return fill_shell(*sizes[-1], powders, filler) if sizes else None
