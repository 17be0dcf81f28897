"""Every family of questions, by name."""

from __future__ import annotations

from formulation import families_dilution
from formulation.errors import FormulationError, nearest, quote
from formulation.family import Family

FAMILIES: tuple[Family, ...] = (*families_dilution.FAMILIES,)


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
