"""Every family of questions, by name."""

from __future__ import annotations

from formulation import (
    families_alligation,
    families_capsules,
    families_dilution,
    families_doses,
    families_judged,
    families_keeping,
    families_limits,
    families_liquids,
    families_potency,
    families_strength,
    families_supply,
    families_units,
    families_weighing,
)
from formulation.errors import FormulationError, nearest, quote
from formulation.family import Family

FAMILIES: tuple[Family, ...] = (
    *families_units.FAMILIES, *families_strength.FAMILIES, *families_dilution.FAMILIES,
    *families_alligation.FAMILIES, *families_doses.FAMILIES, *families_supply.FAMILIES,
    *families_capsules.FAMILIES, *families_liquids.FAMILIES,
    *families_weighing.FAMILIES, *families_potency.FAMILIES, *families_keeping.FAMILIES,
    *families_judged.FAMILIES, *families_limits.FAMILIES,
)  # fmt: skip


def family(name: str) -> Family:
    """Return a family by name; refuse another, with the nearest.

    >>> family("stock-to-take").topic
    'dilution'
    """
    for one in FAMILIES:
        if one.name == name:
            return one
    names = [one.name for one in FAMILIES]
    near = nearest(name, names)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(names)}"
    raise FormulationError("learn-no-such-family", f"no family is called {quote(name)}", fix=fix)
