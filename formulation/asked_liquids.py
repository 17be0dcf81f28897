"""Which liquids are made for a prescription, and how each is laid out by what was asked of it.

What is asked goes before what the bench or the search would choose; a published formula keeps its
concentration. The numbers that follow come from `liquid_solving`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from formulation.assembly import Case
from formulation.bench import BulkLot
from formulation.cited import Unknown, known
from formulation.devices import by_capacity, measure
from formulation.errors import FormulationError
from formulation.layout_terms import preferred_layout
from formulation.liquid_drawing import GRADUATE, syringe, syringes
from formulation.liquid_routes import Bottle, bottle
from formulation.liquid_solving import Solved, Sums, solve
from formulation.measurable import Layout
from formulation.prescription import LiquidAsk
from formulation.printing import show
from formulation.recipes import Recipe, keyed, own_recipe, published
from formulation.records import Product, Vehicle
from formulation.result import Absent
from formulation.source_units import drug_of
from formulation.trace import Working
from formulation.units import Quantity
from formulation.weighed_liquids import bulk_bottle, pooled_bottle

NO_DEFAULT = "nothing says how strong it is to be: ask for a concentration or a dose volume"


def asks_numbers(ask: LiquidAsk) -> bool:
    """Say whether any number of the liquid was asked, or that its powder is weighed."""
    numbers = (ask.concentration, ask.dose_volume, ask.final_volume, ask.units)
    return ask.mode == "weighed" or any(one is not None for one in numbers)


def default_layout(case: Case, product: Product, recipe: Recipe) -> Recipe:
    """Return how a liquid is laid out where nothing was asked of it: the search's preferred layout.

    Where no marks of the bench give one, the bench's volume for each source unit stands, or the
    published concentration, with what is found on it; so it does where a stock is asked for. With
    an overage or surcharge the volume for a unit is that of the layout without it, so that neither
    the label nor the dose volume changes.
    """
    if case.prescription.liquid.stock and recipe.published is None:
        return recipe
    found = preferred_layout(case, product, recipe)
    if isinstance(found, Unknown):
        return recipe
    if case.richer != 1:
        return replace(recipe, each=found.each)
    return replace(recipe, layout=found)


def _default_strength(case: Case, product: Product, recipe: Recipe) -> Quantity:
    """Return the concentration of the default layout."""
    placed = default_layout(case, product, recipe)
    each = placed.each if placed.layout is None else placed.layout.each
    return (product.drug / each).to("mg/mL")


def in_vehicles(case: Case) -> tuple[tuple[tuple[Vehicle, ...], str], ...]:
    """Return the vehicles to use, with their parts: those asked, else each and each mixture."""
    ask, bench = case.prescription.liquid, case.bench
    if ask.vehicles:
        shelf = {one.key: one for one in (*bench.vehicles, *bench.formula_vehicles)}
        return ((tuple(shelf[key] for key in ask.vehicles), ask.parts),)
    alone = tuple(((vehicle,), "") for vehicle in bench.vehicles)
    return (*alone, *((blend.vehicles, blend.parts) for blend in bench.mixtures))


def planned(case: Case) -> Fraction:
    """Return how many doses the liquid has to hold, with excess and extra ones."""
    allowance = case.allowance
    doses = case.prescription.doses.magnitude + allowance.extra_units
    return doses * (1 + allowance.excess)


def solved(
    case: Case, claim: Quantity | None, fixed: Quantity | None, default: Quantity | None,
    working: Working,
) -> Solved:  # fmt: skip
    """Return all numbers of the liquid from those asked; `fixed` is a formula's concentration."""
    ask = case.prescription.liquid
    return solve(
        Sums(
            dose=case.prescription.active.dose, doses=planned(case), claim=claim,
            richer=case.richer, concentration=ask.concentration or fixed,
            dose_volume=ask.dose_volume, final_volume=ask.final_volume,
            units=None if ask.units is None else Fraction(ask.units),
            whole=ask.mode == "whole-unit",
        ),
        default, working,
    )  # fmt: skip


def _on_a_mark(case: Case, volume: Quantity) -> tuple[Quantity, str, int]:
    """Return what is drawn for one dose, with which device and how often; no device, no name."""
    found = measure("dose", volume, syringes(case), syringe(case))
    if found is None:
        return volume, "", 1
    return found.snapped.chosen, found.device, found.times


def _least_mark(case: Case, least: Quantity) -> Quantity:
    """Return the least volume that a graduate here shows and that holds `least`, else `least`."""
    marks = []
    for device in by_capacity(case.bench.devices, GRADUATE):
        grid = device.grid
        mark = grid.step * -int(-((max(least, grid.least) / grid.step).number()) // 1)
        if mark <= grid.most:
            marks.append(mark)
    return min(marks, default=least)


def _layout(case: Case, found: Solved, unit: str) -> Layout:
    """Return the layout of solved numbers, with the mark on which a dose is drawn."""
    mark, device, times = _on_a_mark(case, found.dose_volume)
    volume = found.final_volume
    if volume is None:
        volume = _least_mark(case, mark * times * planned(case))
    units = found.units
    if units is None or not unit:
        units, unit = Fraction(1), ""
    return Layout(Quantity(units, unit), volume, "", mark, device, times)


def laid_out(case: Case, product: Product, recipe: Recipe, working: Working) -> Recipe | Absent:
    """Return a recipe laid out by what was asked, as it is where nothing was.

    Raises `FormulationError` where what was asked contradicts itself.
    """
    ask = case.prescription.liquid
    if not asks_numbers(ask):
        return default_layout(case, product, recipe)
    fixed = known(recipe.published.concentration) if recipe.published else None
    if fixed is not None and _another(case, fixed):
        why = f"published at {show(fixed)}; another concentration is asked"
        return Absent(recipe.id, "liquid", recipe.title, why)
    default = _default_strength(case, product, recipe)
    try:
        found = solved(case, drug_of(product), fixed, default, working)
    except FormulationError as error:
        if recipe.published is None:
            raise
        return Absent(recipe.id, "liquid", recipe.title, error.what)
    strength = found.concentration if ask.mode == "weighed" else None
    layout = _layout(case, found, product.unit)
    if strength is not None and ask.units is None:
        layout = replace(layout, units=_enough(case, layout, product, strength))
    return replace(recipe, layout=layout, strength=strength)


def _enough(case: Case, layout: Layout, product: Product, strength: Quantity) -> Quantity:
    """Return the whole units that hold the drug of a weighed liquid in its final volume."""
    drug = (strength * layout.volume * case.richer).to("mg")
    return Quantity(Fraction(-int(-(drug / drug_of(product)).number() // 1)), product.unit)


def _another(case: Case, fixed: Quantity) -> bool:
    """Say whether another concentration is asked than a published one."""
    ask, dose = case.prescription.liquid, case.prescription.active.dose
    by_volume = None if ask.dose_volume is None else (dose / ask.dose_volume).to("mg/mL")
    return any(one is not None and one != fixed for one in (ask.concentration, by_volume))


def one_liquid(case: Case, product: Product, recipe: Recipe, working: Working) -> Bottle | Absent:
    """Return one liquid from source units, laid out as asked: all of each unit, or weighed."""
    placed = laid_out(case, product, recipe, working)
    if isinstance(placed, Absent):
        return placed
    if placed.strength is not None:
        return pooled_bottle(case, product, placed)
    return bottle(case, product, placed)


def published_liquids(case: Case, product: Product, only: str = "") -> list[Bottle | Absent]:
    """Return the published formulas that this bench can follow, and what is lacking."""
    made, lacking = published(case, product)
    kept = [recipe for recipe in made if only in ("", recipe.id)]
    return [*(one_liquid(case, product, recipe, Working()) for recipe in kept), *lacking]


def own_liquids(
    cases: list[tuple[Case, Product]], vehicles: tuple[Vehicle, ...], parts: str, only: str = ""
) -> list[Bottle | Absent]:
    """Return the bench's own liquids in some vehicles, laid out as asked."""
    found: list[Bottle | Absent] = []
    for case, product in cases:
        own = own_recipe(case, product, vehicles, parts)
        if only not in ("", own.id):
            continue
        if isinstance(own, Absent):
            found.append(own)
        else:
            found.append(one_liquid(case, product, own, Working()))
    return found


def bulk_liquids(case: Case, lot: BulkLot, only: str = "") -> list[Bottle | Absent]:
    """Return the liquids from a weighed bulk lot, where it is said how strong they are to be."""
    found: list[Bottle | Absent] = []
    for vehicles, parts in in_vehicles(case):
        keys, named = keyed(vehicles, parts), " and ".join(v.name for v in vehicles)
        id_ = f"liquid-bulk-{keys}{case.suffix}"
        if only not in ("", id_):
            continue
        title = f"oral liquid from bulk powder in {named}{f' {parts}' if parts else ''}"
        ask = case.prescription.liquid
        if ask.concentration is None and ask.dose_volume is None:
            found.append(Absent(id_, "liquid", title, NO_DEFAULT))
            continue
        numbers = solved(case, None, None, None, Working())
        recipe = Recipe(
            id=id_, title=title, each=numbers.dose_volume, vehicles=vehicles, parts=parts,
            layout=_layout(case, numbers, ""), strength=numbers.concentration,
        )  # fmt: skip
        found.append(bulk_bottle(case, lot, recipe))
    return found


def all_bottles(
    cases: list[tuple[Case, Product]], lots: list[tuple[Case, BulkLot]], only: str = ""
) -> list[Bottle | Absent]:
    """Return every liquid kept for days: what is published, the bench's own, then from bulk.

    With `only` nothing is worked out but the one of this id.
    """
    found: list[Bottle | Absent] = []
    for case, product in cases:
        found += published_liquids(case, product, only)
    if cases:
        for vehicles, parts in in_vehicles(cases[0][0]):
            found += own_liquids(cases, vehicles, parts, only)
    for case, lot in lots:
        if case.prescription.liquid.mode == "weighed":
            found += bulk_liquids(case, lot, only)
    return found
