"""One candidate whole: its exact route in so many makings, and what it is measured by."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from formulation.assembly import Case
from formulation.cited import Unknown
from formulation.course import in_batches
from formulation.design_space import Family, Making
from formulation.designed import Candidate, Objectives
from formulation.layout_terms import layout_of
from formulation.layouts import Laid
from formulation.liquid_routes import kept_liquid
from formulation.prescription import Prescription
from formulation.printing import decimal, terminates
from formulation.result import Route
from formulation.units import Quantity

ZERO = Fraction(0)
EACH_DOSE = 4  # a dispersion: open, make up, draw, discard
COUNTED = ("cap", "tab")


def part(prescription: Prescription, making: Making) -> Prescription:
    """Return the prescription of one making; what was weighed is of the first alone."""
    phase = replace(prescription.phases[0], count=making.doses)
    pool = prescription.pool if making.count == 1 else None
    return replace(prescription, phases=(phase,), pool=pool)


def in_makings(route: Route, making: Making, refills: int) -> Route:
    """Return the route with the cost of all makings in it; what is charged once is charged once."""
    if making.count == 1:
        return route
    return replace(route, cost=in_batches(route.cost, (route.cost,) * making.count, refills))


def laid_route(family: Family, making: Making, laid: Laid) -> Route:
    """Return the exact route of one layout in one making."""
    case = replace(family.case, prescription=part(family.case.prescription, making))
    recipe = replace(family.recipe, layout=layout_of(laid, family.product.unit))
    return kept_liquid(case, family.product, recipe)


def _plain(value: Fraction) -> str:
    return decimal(value).replace(",", "") if terminates(value) else str(value)


def liquid(family: Family, making: Making, laid: Laid, route: Route) -> Candidate:
    """Return a liquid as a candidate; `route` is that of one making."""
    prescription, terms = family.case.prescription, family.terms
    route = in_makings(route, making, prescription.refills)
    made = terms.concentration(laid.units, laid.volume.volume)
    times = f"{laid.times}x" if laid.times > 1 else ""
    name = (
        f"{family.id}/{making.count}x{laid.units}{family.product.unit}-"
        f"{_plain(laid.volume.volume)}mL-{times}{_plain(laid.drawn.volume)}mL"
    )
    return Candidate(
        name, route, layout_of(laid, family.product.unit), making.count,
        Quantity(Fraction(making.doses), "dose"),
        objectives(route, family.case, making, laid.error), route.cost.missing, laid.reading,
        made in terms.published, laid.error,
    )  # fmt: skip


def plain(name: str, route: Route, case: Case, making: Making) -> Candidate:
    """Return what has no layout to look for as a candidate; `route` is that of one making."""
    route = in_makings(route, making, case.prescription.refills)
    asked = case.prescription.active.dose * (case.richer if _compounded(route) else 1)
    error = (route.dose.nominal / asked).number() - 1
    times = int(case.prescription.doses.magnitude) if route.kind == "dispersion" else making.count
    return Candidate(
        name, route, None, 0 if route.kind == "as-supplied" else times,
        Quantity(Fraction(1 if route.kind == "dispersion" else making.doses), "dose"),
        objectives(route, case, making, error), route.cost.missing, None, False, error,
    )  # fmt: skip


def _compounded(route: Route) -> bool:
    """Say whether overage and surcharge go in: not into what is given or dispersed as it is."""
    return route.kind not in ("as-supplied", "dispersion")


def objectives(route: Route, case: Case, making: Making, error: Fraction) -> Objectives:
    """Return what a candidate is measured by.

    Drug given above the dose asked for saves nothing: it counts as waste, and so does what is
    missing from a dose that is too small. Each further draw of a dose is a step.
    """
    prescription, balance = case.prescription, route.balances[0]
    asked = prescription.active.dose * (case.richer if _compounded(route) else 1)
    given = asked * (prescription.doses.magnitude * min(Fraction(1), 1 + error))
    waste = (balance.taken * making.count).to("mg") - given.to("mg")
    units = sum(s.whole.magnitude for s in route.sources if s.whole.unit in COUNTED)
    steps = len(route.actions) * making.count
    if route.kind == "dispersion":
        steps = EACH_DOSE * int(prescription.doses.magnitude)
    further = sum(one.times - 1 for one in route.measures if one.what == "dose")
    steps += further * int(prescription.doses.magnitude)
    return Objectives(cost_of(route), waste, abs(error), int(units) * making.count, steps)


def cost_of(route: Route) -> Quantity | Unknown:
    """Return the billed first fill of all makings."""
    return route.cost.billed.first_fill
