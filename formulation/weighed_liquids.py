"""A bottle of which the powder is weighed: a share of the pooled units, or a bulk lot."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from formulation import stock
from formulation.assembly import Case
from formulation.batch import distribute
from formulation.bench import BulkLot
from formulation.capsule_mix import ZERO
from formulation.cited import Unknown
from formulation.content import Content, dose_limits, on_the_mark
from formulation.liquid_drawing import drawn
from formulation.liquid_routes import Bottle, Pot, joined
from formulation.liquids import Mixture
from formulation.pooling import ALL, Taken, opened_here, take, weigh
from formulation.potency import other_lot, outside_limits, powder_needed
from formulation.printing import show
from formulation.recipes import Recipe
from formulation.records import Product
from formulation.result import Absent, Action, Need, SourceUse
from formulation.source_units import release
from formulation.spread import Range
from formulation.trace import Working
from formulation.units import Quantity


def _wanted(case: Case, recipe: Recipe, working: Working) -> tuple[Quantity, Quantity]:
    """Return the drug that goes in and the volume of one dose, before anything is weighed."""
    layout, strength = recipe.layout, recipe.strength
    assert layout is not None  # noqa: S101  a weighed recipe has both
    assert strength is not None  # noqa: S101
    wanted = working.work(
        "drug in the liquid", "concentration * richer * volume",
        {"concentration": strength, "richer": case.richer, "volume": layout.volume},
        "the concentration asked for in the final volume",
    ).to("mg")  # fmt: skip
    volume = working.work(
        "dose volume", "dose / concentration",
        {"dose": case.prescription.active.dose, "concentration": strength}, "what holds one dose",
    ).to("mL")  # fmt: skip
    return wanted, volume


def _mixture(units: Quantity, drug: Quantity, recipe: Recipe, volume: Quantity) -> Mixture:
    assert recipe.layout is not None  # noqa: S101  a weighed recipe has one
    final = recipe.layout.volume
    return Mixture(units, drug, final, (drug / final).to("mg/mL"), volume)


def _poured(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return what is done with the powder; in a liquid no filler is weighed beside it."""
    return tuple(
        replace(one, text="all of the powder: nothing is weighed") if one.text == ALL else one
        for one in actions
    )


def pooled_bottle(case: Case, product: Product, recipe: Recipe) -> Bottle:
    """Return a bottle from a weighed share of the powder of opened units; the rest is left over."""
    working = Working()
    wanted, volume = _wanted(case, recipe, working)
    found = drawn(case, volume, recipe.layout)
    units = recipe.layout.units if recipe.layout else None
    opened = opened_here(case, stock.open_units(wanted, product, working, units), product)
    taken = take(case, product, opened, wanted, working)
    drug = taken.delivered(wanted, working)
    error = (1 + found.error) * taken.scale - 1
    order = case.per_dose(1 + error)
    made = distribute(order, opened.drug, drug, "fixed")
    working.steps.extend(made.steps)
    dose = Quantity(Fraction(1), "dose")
    one = (made.content * dose).to(case.prescription.active.dose.unit)
    content = on_the_mark(
        dose_limits(one, product, opened.whole, case.bench), found.error,
        found.found.device if found.found else "",
    )  # fmt: skip
    certificate = case.prescription.making.certificate
    lots = dict(case.prescription.making.lots).get(product.key, ())
    held = product.drug
    return joined(case, recipe, Pot(
        working, _mixture(opened.whole, drug, recipe, volume), volume, found, order, made, content,
        (stock.use(product, opened, drug),), (Need(product.key, product.name, opened.whole),),
        _poured(taken.actions),
        (*release(product), *outside_limits(product, held, certificate),
         *other_lot(product, certificate, lots), *taken.findings, *found.findings),
        made.balance, others=taken.measures, product=product,
    ))  # fmt: skip


def bulk_bottle(case: Case, lot: BulkLot, recipe: Recipe) -> Bottle | Absent:
    """Return a bottle from weighed bulk powder, by its lot's certificate."""
    working = Working()
    wanted, volume = _wanted(case, recipe, working)
    exact = powder_needed(wanted, lot, working)
    if isinstance(exact, Unknown):
        return Absent(recipe.id, "liquid", recipe.title, f"certificate: {exact}")
    found = drawn(case, volume, recipe.layout)
    taken: Taken = weigh(case, f"powder, {lot.name}", exact, working)
    powder = taken.powder if isinstance(taken.powder, Quantity) else exact
    drug = taken.delivered(wanted, working)
    error = (1 + found.error) * taken.scale - 1
    order = case.per_dose(1 + error)
    made = distribute(order, drug, drug, "fixed")
    working.steps.extend(made.steps)
    one = (made.content * Quantity(Fraction(1), "dose")).to(case.prescription.active.dose.unit)
    content = on_the_mark(
        Content(Range(one, one, one), "the lot's certificate; its limits are not given",
                (), ()),
        found.error, found.found.device if found.found else "",
    )  # fmt: skip
    text = f"{show(powder)} of {lot.name}, lot {lot.lot or 'not given'}"
    return joined(case, recipe, Pot(
        working, _mixture(powder, drug, recipe, volume), volume, found, order, made, content,
        (SourceUse(lot.name, lot.name, powder, powder, drug, ZERO),),
        (Need(lot.name, lot.name, powder.to("g")),), (Action("weigh", text),),
        (*taken.findings, *found.findings), made.balance, others=taken.measures, lot=lot,
    ))  # fmt: skip
