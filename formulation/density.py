"""Mass, volume, density and specific gravity.

mass = density × volume; density = specific gravity × density of water at the stated temperature.
"""

from __future__ import annotations

from formulation.relations import Calculator, Equation, Variable

DENSITY = Calculator(
    "density", "Density: mass, volume and specific gravity",
    (
        Variable("volume", "volume", "amount", "mL", 'As in "36 mL".'),
        Variable("mass", "mass", "amount", "g", 'As in "45 g".'),
        Variable("density", "density", "per", "g/mL", 'As in "0.91 g/mL".'),
        Variable("specific_gravity", "specific gravity", "number", "", 'As in "1.25".'),
        Variable("water", "density of water", "per", "g/mL",
                 'At the temperature of the specific gravity, as in "0.997 g/mL".'),
    ),
    (
        Equation("mass = density * volume", "what density means"),
        Equation("density = specific_gravity * water", "against water at the same temperature"),
    ),
    ('--mass "45 g" --specific-gravity 1.25 --water "1 g/mL"', '--mass "8.5 g" --volume "10 mL"'),
)  # fmt: skip
