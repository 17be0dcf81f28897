"""What of a route is told to someone who does not make it: its form, one dose, how it is kept."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from formulation.cited import Unknown
from formulation.errors import FormulationError, quote
from formulation.prescription import Prescription
from formulation.result import Plan, Route
from formulation.storage import storage_class
from formulation.units import Quantity

MADE = ("capsules", "capsules-bulk", "liquid")
_KEEP = {
    "refrigerated": "Keep in the refrigerator", "room": "Keep at room temperature",
    "frozen": "Keep frozen",
}  # fmt: skip


def shown(plan: Plan) -> Route:
    """Return the route that is asked for, else the chosen one, else the first."""
    name = plan.asked or plan.chosen
    found = [route for route in plan.routes if name in (route.id, None)]
    if not found:
        fix = "formulate plan says what each route lacks"
        raise FormulationError("nothing-to-make", "no route can be worked out here", fix=fix)
    return found[0]


def form(route: Route) -> str:
    """Return the form in a word or two."""
    if route.kind in ("capsules", "capsules-bulk"):
        return "capsules"
    if route.kind == "liquid":
        return route.form or "oral liquid"
    return "mixed fresh for each dose" if route.kind == "dispersion" else "as supplied"


def one_dose(route: Route, prescription: Prescription) -> Quantity:
    """Return what is taken at one time: capsules, mL as drawn, or source units."""
    if route.kind in ("capsules", "capsules-bulk"):
        return Quantity(Fraction(prescription.units_per_dose), "cap")
    drawn = [m for m in route.measures if m.what == "dose"]
    if drawn:
        return drawn[0].snapped.chosen * drawn[0].times
    return route.sources[0].exact / prescription.doses.magnitude


def quantity(route: Route) -> Quantity:
    """Return how much is handed over: units expected, the liquid's volume, or source units."""
    if route.kind in ("capsules", "capsules-bulk"):
        return route.made.expected
    volume = dict(route.amounts).get("final volume")
    if route.kind == "liquid" and isinstance(volume, Quantity):
        return volume
    return route.sources[0].whole


def until(route: Route) -> date | Unknown:
    """Return until when it may be used, or why no day stands."""
    found = route.beyond_use
    why = found.why_none or "no date stands"
    return found.expires or Unknown("beyond-use date", why)


def storage_words(route: Route, told: str = "") -> str | Unknown:
    """Return how it is kept in plain words: as on record, else as the pharmacist says.

    Raises `FormulationError` where the two contradict each other.
    """
    record = route.beyond_use.storage
    if isinstance(record, Unknown):
        return told or record
    named = storage_class(record)
    if told and storage_class(told) != named:
        what = f"the label says: {quote(told)}; the record of this preparation: {record}"
        fix = "leave storage out, or correct it"
        raise FormulationError("label-storage", what, "table [label], key storage", fix)
    return told or _KEEP.get(named, record.replace("degC", "°C"))
