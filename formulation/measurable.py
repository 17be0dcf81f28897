"""What can this device show: the nearest mark, and the error of using it.

chosen = nearest multiple of the step; error = chosen / asked - 1. Rounding is never silent: what
was asked, what was chosen, the signed error and the direction are one object.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from formulation.printing import half_away, show, show_error, show_exact, terminates
from formulation.units import Quantity

Direction = Literal["up", "down", "exact"]


@dataclass(frozen=True, slots=True)
class Snapped:
    """An amount put on a device's marks."""

    asked: Quantity
    chosen: Quantity
    error: Fraction
    direction: Direction

    def __str__(self) -> str:
        """Return the chosen amount and, where it is not the asked one, the error."""
        if self.direction == "exact":
            return show(self.chosen)
        asked = show(self.asked)
        if asked == show(self.chosen) and terminates(self.asked.magnitude):
            asked = show_exact(self.asked)
        return f"{show(self.chosen)} ({show_error(self.error)} against {asked})"


@dataclass(frozen=True, slots=True)
class Grid:
    """The marks of a device: every whole multiple of `step`, from `least` to `most`."""

    step: Quantity
    least: Quantity
    most: Quantity

    def reaches(self, asked: Quantity) -> bool:
        """Say whether the amount lies between the least and the most; both ends are allowed.

        >>> syringe = Grid(Quantity(Fraction("0.2"), "mL"), Quantity(2, "mL"), Quantity(10, "mL"))
        >>> syringe.reaches(Quantity(2, "mL")), syringe.reaches(Quantity(Fraction("1.9"), "mL"))
        (True, False)
        """
        return self.least <= asked <= self.most

    def snap(self, asked: Quantity) -> Snapped:
        """Return the nearest mark to `asked`, halves away from zero, with its signed error.

        >>> str(Grid(Quantity(Fraction("0.1"), "mL"), Quantity(0, "mL"), Quantity(3, "mL")).snap(
        ...     Quantity(Fraction("1.48"), "mL")))
        '1.5 mL (+1.351 % against 1.48 mL)'
        """
        marks = half_away((asked / self.step).number())
        chosen = Quantity(self.step.number(asked.unit) * marks, asked.unit)
        error = (chosen / asked).number() - 1 if asked else Fraction(0)
        direction: Direction = "up" if error > 0 else "down" if error < 0 else "exact"
        return Snapped(asked, chosen, error, direction)


@dataclass(frozen=True, slots=True)
class Layout:
    """How one making of a liquid is laid out: whole units, made up to a mark, drawn to a mark.

    `units` source units go in whole, `volume` is a mark of the `graduate`, `drawn` one of the
    `device`, which is filled `times` times for one dose.
    """

    units: Quantity
    volume: Quantity
    graduate: str
    drawn: Quantity
    device: str
    times: int = 1

    @property
    def dose_volume(self) -> Quantity:
        """Return the volume of one dose."""
        return self.drawn * self.times

    @property
    def each(self) -> Quantity:
        """Return the final volume for each source unit."""
        return self.volume / self.units
