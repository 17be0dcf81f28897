"""In which order powders are mixed: geometric dilution, the smallest first, doubling each time.

At each stage no more is added than already lies in the mortar (source: capsuline-techniques).
"""

from __future__ import annotations

from dataclasses import dataclass

from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Stage:
    """One addition: what is added, how much of it, and what then lies in the mortar.

    `last` says that nothing of that powder is left.
    """

    name: str
    added: Quantity
    mixed: Quantity
    last: bool


def geometric(parts: tuple[tuple[str, Quantity], ...]) -> tuple[Stage, ...]:
    """Return the stages in which powders are mixed, each given by its name and mass.

    >>> stages = geometric((("lactose", Quantity(700, "mg")), ("drug", Quantity(100, "mg"))))
    >>> [(stage.name, int(stage.added.magnitude)) for stage in stages]
    [('drug', 100), ('lactose', 100), ('lactose', 200), ('lactose', 400)]
    """
    rising = sorted((part for part in parts if part[1]), key=lambda part: part[1])
    stages: list[Stage] = []
    for name, mass in rising:
        rest = mass.to(rising[0][1].unit)
        while rest:
            mixed = stages[-1].mixed if stages else None
            added = rest if mixed is None or rest <= mixed else mixed
            rest = rest - added
            now = added if mixed is None else mixed + added
            stages.append(Stage(name, added, now, not rest))
    return tuple(stages)
