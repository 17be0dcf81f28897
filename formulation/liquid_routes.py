"""A bottle made for several days from whole source units, one route for each recipe."""

from __future__ import annotations

from fractions import Fraction

from formulation import stock
from formulation.assembly import Case, Draft, allowance_notes, finish
from formulation.batch import Made, distribute, drug_needed
from formulation.cited import Cited
from formulation.content import dose_limits, on_the_mark
from formulation.devices import measure, rounding, unmeasurable
from formulation.liquids import Mixture, multi_dose
from formulation.measurable import Direction, Layout, Snapped
from formulation.printing import show
from formulation.recipes import Recipe
from formulation.records import Product
from formulation.result import Action, Measure, Need, Route
from formulation.route_dates import liquid_date
from formulation.source_units import claim_of, opening, release
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity, same_kind
from formulation.weighing import too_little

SYRINGE = "oral syringe"
GRADUATE = "graduate"


def _measured(
    case: Case, volume: Quantity, layout: Layout | None
) -> tuple[Measure | None, Fraction, list[Finding]]:
    """Return how one dose is drawn, the error of the mark, and what is found on it."""
    if layout is not None:
        found: Measure | None = _laid_out(case, volume, layout)
    else:
        found = measure("dose", volume, case.bench.devices, SYRINGE)
    if found is None:
        return None, Fraction(0), [unmeasurable("dose", volume, case.bench.devices, SYRINGE)]
    return found, found.snapped.error, rounding(found)


def _laid_out(case: Case, volume: Quantity, layout: Layout) -> Measure:
    """Return the mark that a layout names, with its error against the volume of one dose."""
    device = next(one for one in case.bench.devices if one.name == layout.device)
    part = volume / layout.times
    error = (layout.drawn / part).number() - 1
    direction: Direction = "up" if error > 0 else "down" if error < 0 else "exact"
    snapped = Snapped(part, layout.drawn, error, direction)
    return Measure("dose", device.name, layout.times, snapped, device.assumed)


def vessel(case: Case, volume: Quantity) -> tuple[tuple[Measure, ...], list[Finding]]:
    """Return the graduate in which a volume is made up, or the caution that none shows it."""
    found = measure("final volume", volume, case.bench.devices, GRADUATE)
    if found is not None and found.times == 1 and not found.snapped.error:
        return (found,), []
    what = f"final volume {show(volume)}: no graduate on this bench shows it"
    fix = "make it up in a bottle calibrated to that volume with water beforehand"
    return (), [Finding("no-graduate", "caution", what, fix)]


def draw_text(found: Measure | None, volume: Quantity) -> str:
    """Return how one dose is drawn, or that no device here shows it."""
    if found is None:
        return f"{show(volume)} (not measurable here)"
    times = f"{found.times} x " if found.times > 1 else ""
    return f"{times}{show(found.snapped.chosen)} with the {found.device}"


def dose_ml(mixture: Mixture) -> Quantity:
    """Return the volume of one dose."""
    return (mixture.dose_volume * Quantity(Fraction(1), "dose")).to("mL")


def kept_liquid(case: Case, product: Product, recipe: Recipe) -> Route:
    """Return a bottle for the whole prescription from whole source units, made to a recipe."""
    working, layout, richer = Working(), recipe.layout, case.richer
    each = recipe.each if layout is None else layout.each * richer
    one = Quantity(Fraction(1), product.unit)
    volume = dose_ml(multi_dose(case.dose, one, product, each, Working()))
    found, error, findings = _measured(case, volume, layout)
    order = case.per_dose(1 + error)
    needed = drug_needed(order, working)
    opened = stock.open_units(needed, product, working, layout.units if layout else None)
    mixture = multi_dose(case.dose * richer, opened.whole, product, each / richer, working)
    made = distribute(order, opened.drug, opened.drug, "fixed")
    working.steps.extend(made.steps)
    vessels, vessel_findings = vessel(case, mixture.volume)
    content = on_the_mark(
        dose_limits(_drawn(case, made), product, opened.whole, case.bench),
        error, found.device if found else "",
    )  # fmt: skip
    return finish(case, Draft(
        recipe.id, "liquid", recipe.title, working, (stock.use(product, opened, opened.drug),),
        made.balance, content, made.made,
        liquid_date(case, product, recipe, mixture.concentration),
        _liquid_needs(product, opened, recipe, mixture),
        [*allowance_notes(case), *release(product), *findings, *vessel_findings, *made.findings,
         *_weighed(case, recipe, mixture, working)],
        case.prescription.active.dose,
        measures=((found,) if found else ()) + vessels,
        amounts=(("final volume", mixture.volume), ("concentration", mixture.concentration),
                 ("dose volume", volume)),
        actions=_liquid_actions(case, product, recipe, mixture, draw_text(found, volume)),
        offers=stock.use_what_is_opened(order, opened, 1, made.made.expected),
    ))  # fmt: skip


def _drawn(case: Case, made: Made) -> Quantity:
    """Return the drug in one dose as it is drawn at the mark."""
    dose = Quantity(Fraction(1), "dose")
    return (made.content * dose).to(case.prescription.active.dose.unit)


def _weighed(case: Case, recipe: Recipe, mixture: Mixture, working: Working) -> tuple[Finding, ...]:
    """Return the stop for a further ingredient of which the batch holds too little to weigh."""
    found: list[Finding] = []
    for further in recipe.others:
        amount = further.for_batch(mixture.volume)
        if same_kind(amount.unit, "mg"):
            found += too_little(further.name, amount, case.bench.balance, working)
    return tuple(found)


def _liquid_needs(
    product: Product, opened: Opened, recipe: Recipe, mixture: Mixture
) -> tuple[Need, ...]:
    shares = recipe.shares
    return (
        Need(product.key, product.name, opened.whole),
        *(Need(vehicle.key, vehicle.name, mixture.volume * share)
          for vehicle, share in zip(recipe.vehicles, shares, strict=True)),
        *(Need(one.name, one.name, one.for_batch(mixture.volume)) for one in recipe.others),
        Need("bottle", "container", Quantity(Fraction(1), "each")),
        Need("oral-syringe", SYRINGE, Quantity(Fraction(1), "each")),
    )  # fmt: skip


def _label_strength(case: Case, mixture: Mixture) -> Quantity:
    """Return the strength on the label: an overage or surcharge is never in it."""
    allowance = case.allowance
    return mixture.concentration / (1 + allowance.overage + allowance.surcharge)


def _state(case: Case, recipe: Recipe, mixture: Mixture) -> str:
    soluble, water = case.substance.soluble_at_least, [v.key for v in recipe.vehicles] == ["water"]
    if water and isinstance(soluble, Cited) and mixture.concentration <= soluble.value:
        return f"{case.substance.printed} dissolves; the other powder may not: shake well"
    names = " and ".join(vehicle.name for vehicle in recipe.vehicles)
    return f"whether it dissolves in {names} is unknown: shake well"


def _liquid_actions(
    case: Case, product: Product, recipe: Recipe, mixture: Mixture, draw: str
) -> tuple[Action, ...]:
    batch, count = show(mixture.volume), show(mixture.units)
    more = [f"{one.name} {show(one.for_batch(mixture.volume))}" for one in recipe.others]
    named = recipe.named
    if len(recipe.vehicles) > 1:
        each = ", ".join(show(mixture.volume * share) for share in recipe.shares)
        named += f" ({each} at most)"
    return (
        Action(opening(product), f"{count} of {show(claim_of(product))}: all of it"),
        *((Action("add", ", ".join(more)),) if more else ()),
        Action("make", f"up to {batch} with {named}, rinses included: "
               f"{show(_label_strength(case, mixture))}"),
        *((Action("pack", f"{recipe.container}, as published"),) if recipe.container else ()),
        Action("draw", f"{draw} for one dose"),
        Action("label", _state(case, recipe, mixture)),
    )  # fmt: skip
