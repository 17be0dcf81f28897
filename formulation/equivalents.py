"""Millimoles, milliequivalents and milliosmoles, and units of activity.

mmol = mg / molar mass; mEq = mmol × valence; mOsm = mmol × particles. Molar masses are asked for,
with or without their water of crystallisation: that is where these sums go wrong.
"""

from __future__ import annotations

from formulation.relations import Calculator, Equation, Variable

MEQ = Calculator(
    "meq", "Electrolytes: mass, mmol, mEq and mOsm",
    (
        Variable("equivalents", "milliequivalents", "amount", "mEq", 'As in "8 mEq".'),
        Variable("moles", "millimoles", "amount", "mmol", 'As in "4 mmol".'),
        Variable("mass", "mass", "amount", "mg", 'As in "300 mg".'),
        Variable("molar_mass", "molar mass", "per", "mg/mmol",
                 'Of what is weighed, water included, as in "246.47 g/mol".'),
        Variable("osmoles", "milliosmoles", "amount", "mOsm", 'As in "308 mOsm".'),
        Variable("valence", "valence", "ratio", "mEq/mmol", 'mEq in one mmol, as in "2".'),
        Variable("particles", "particles", "ratio", "mOsm/mmol", 'From one formula, as in "2".'),
        Variable("volume", "volume", "amount", "mL", 'As in "1 L".', beside=True),
        Variable("strength", "strength", "strength", "", 'As in "0.9 % w/v".', beside=True),
        Variable("meq_per_volume", "mEq per volume", "strength", "mEq/mL", "", beside=True),
        Variable("osmolarity", "osmolarity", "per", "mOsm/L", 'As in "308 mOsm/L".', beside=True),
    ),
    (
        Equation("mass = moles * molar_mass", "what molar mass means"),
        Equation("equivalents = moles * valence", "what valence means"),
        Equation("osmoles = moles * particles", "taken as falling apart completely"),
        Equation("mass = strength * volume", "what the strength means"),
        Equation("equivalents = meq_per_volume * volume", "what it means"),
        Equation("osmoles = osmolarity * volume", "what it means"),
    ),
    (
        '--mass "1 g" --molar-mass "246.47 g/mol" --valence 2',
        '--strength "0.9 % w/v" --volume "1 L" --molar-mass "58.5 g/mol" --particles 2 '
        '--find osmolarity',
    ),
)  # fmt: skip

IU = Calculator(
    "iu", "Units of activity: units, mass and volume",
    (
        Variable("volume", "volume", "amount", "mL", 'As in "0.55 mL".'),
        Variable("mass", "mass", "amount", "mg", 'As in "1.5 mg".'),
        Variable("activity", "activity", "amount", "IU", 'As in "5,000 units".'),
        Variable("concentration", "concentration", "per", "IU/mL", 'As in "20,000 units/mL".'),
        Variable("potency", "units in 1 mg", "per", "IU/mg", 'As in "1600 units/mg".'),
    ),
    (
        Equation("activity = concentration * volume", "what the concentration means"),
        Equation("activity = potency * mass", "of this drug and this lot"),
    ),
    ('--activity "11,000 units" --concentration "20,000 units/mL"',),
)  # fmt: skip
