"""Exact formulation arithmetic for compounded capsules and oral liquids at low doses.

`load` reads a prescription and its bench; each computing verb of the terminal program is a function
of the same name here.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing is not imported: it would double the time of --version
__version__ = "0.1.0"
__all__ = [
    "__version__", "calc", "capsules", "compare", "design", "estimate", "label", "liquid", "load",
    "note", "plan", "uniformity", "weigh", "worksheet",
]  # fmt: skip

if TYPE_CHECKING:
    from typing import Any

    from formulation.calculating import calc
    from formulation.capsule_making import capsules
    from formulation.checking import uniformity
    from formulation.compounding_record import worksheet
    from formulation.cost_comparison import compare
    from formulation.estimating import estimate
    from formulation.intake import read_case as load
    from formulation.labelling import label
    from formulation.liquid_making import liquid
    from formulation.planning import plan
    from formulation.prescriber_note import note
    from formulation.search import design
    from formulation.small_masses import weigh

_HOMES = {
    "calc": ("formulation.calculating", "calc"),
    "capsules": ("formulation.capsule_making", "capsules"),
    "compare": ("formulation.cost_comparison", "compare"),
    "design": ("formulation.search", "design"),
    "estimate": ("formulation.estimating", "estimate"),
    "label": ("formulation.labelling", "label"),
    "liquid": ("formulation.liquid_making", "liquid"),
    "note": ("formulation.prescriber_note", "note"),
    "load": ("formulation.intake", "read_case"),
    "worksheet": ("formulation.compounding_record", "worksheet"),
    "plan": ("formulation.planning", "plan"),
    "weigh": ("formulation.small_masses", "weigh"),
    "uniformity": ("formulation.checking", "uniformity"),
}


def __getattr__(name: str) -> Any:
    """Fetch a verb when it is first used, so that importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    module, member = _HOMES[name]
    return getattr(import_module(module), member)
