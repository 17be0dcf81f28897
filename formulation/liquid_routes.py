"""A bottle made for several days, one route for each recipe: from whole units, pooled or bulk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from formulation import recipients, stock
from formulation.assembly import Case, Draft, allowance_notes, finish
from formulation.batch import Made, Order, distribute, drug_needed
from formulation.bench import BulkLot
from formulation.content import Content, dose_limits, on_the_mark
from formulation.devices import connection, rounding
from formulation.liquid_drawing import (
    Drawn,
    dose_ml,
    draw_text,
    drawn,
    for_whom,
    syringe,
    syringes,
    taken_as,
    vessel,
)
from formulation.liquid_words import (
    action_making,
    asked_short,
    bottle_needs,
    chain_actions,
    no_stock,
)
from formulation.liquids import Mixture, multi_dose
from formulation.measurable import Snapped
from formulation.printing import show
from formulation.recipes import Recipe
from formulation.records import Product
from formulation.result import (
    Action,
    ErrorTerm,
    MassBalance,
    Measure,
    Need,
    Offer,
    Route,
    SourceUse,
)
from formulation.route_dates import liquid_date
from formulation.solubility import Dissolved, as_published, dissolved, may_settle
from formulation.source_units import claim_of, drug_of, opening, release
from formulation.trace import Finding, Working
from formulation.units import Quantity, same_kind
from formulation.weighing import too_little

if TYPE_CHECKING:
    from formulation.liquid_chain import Chain


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bottle:
    """A kept liquid with what it was worked out from: its route, its mixture, how it is drawn.

    `chain` is the dilution in between, where one is needed; `lot` the bulk powder, if it is one.
    """

    route: Route
    case: Case
    product: Product | None
    recipe: Recipe
    mixture: Mixture
    drawn: Drawn
    state: Dissolved
    chain: Chain | None = None
    lot: BulkLot | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pot:
    """What one way of bringing the drug in lays down before the rest of the route is joined.

    `order` is what is to be made with the errors of mark and balance in it; `others` the measures
    beside the dose's and the vessel's.
    """

    working: Working
    mixture: Mixture
    volume: Quantity
    drawn: Drawn
    order: Order
    made: Made
    content: Content
    sources: tuple[SourceUse, ...]
    needs: tuple[Need, ...]
    actions: tuple[Action, ...]
    findings: tuple[Finding, ...]
    balance: MassBalance
    others: tuple[Measure, ...] = ()
    offers: tuple[Offer, ...] = ()
    chain: Chain | None = None
    product: Product | None = None
    lot: BulkLot | None = None
    making: Action | None = None


def kept_liquid(case: Case, product: Product, recipe: Recipe) -> Route:
    """Return a bottle for the whole prescription from source units, made to a recipe."""
    return bottle(case, product, recipe).route


def bottle(case: Case, product: Product, recipe: Recipe) -> Bottle:
    """Return a bottle from whole source units with what it was worked out from.

    A dose below what any syringe here shows is made from a stock, where that works.
    """
    working, layout, richer = Working(), recipe.layout, case.richer
    each = recipe.each if layout is None else layout.each * richer
    one = Quantity(Fraction(1), product.unit)
    volume = dose_ml(multi_dose(case.dose, one, product, each, Working()))
    found = drawn(case, volume, layout)
    small = found.found is None or case.prescription.liquid.stock
    if small and recipe.published is None and layout is None:
        links = _links(case, product)
        if links is not None:
            return chained(case, product, recipe, links)
    order = case.per_dose(1 + found.error)
    needed = drug_needed(order, working)
    opened = stock.open_units(needed, product, working, layout.units if layout else None)
    mixture = multi_dose(case.dose * richer, opened.whole, product, each / richer, working)
    made = distribute(order, opened.drug, opened.drug, "fixed")
    working.steps.extend(made.steps)
    content = on_the_mark(
        dose_limits(_drawn(case, made), product, opened.whole, case.bench),
        found.error, found.found.device if found.found else "",
    )  # fmt: skip
    start = _all_of(product, opened.whole)
    return joined(case, recipe, Pot(
        working, mixture, volume, found, order, made, content,
        (stock.use(product, opened, opened.drug),),
        (Need(product.key, product.name, opened.whole),), (start,),
        (*release(product), *found.findings), made.balance,
        offers=stock.use_what_is_opened(order, opened, 1, made.made.expected), product=product,
    ))  # fmt: skip


def joined(case: Case, recipe: Recipe, pot: Pot) -> Bottle:
    """Return the bottle: vessel, words, needs, date and findings joined to what was put in."""
    mixture, asked = pot.mixture, case.prescription
    vessels, unseen = vessel(case, mixture.volume, recipe.layout)
    strength = recipe.strength or label_strength(case, mixture)
    state = _state(case, recipe, mixture, pot.lot is None)
    found, others = pot.drawn.found, tuple(further.name for further in recipe.others)
    taken = taken_as(found, pot.volume)
    route = finish(case, Draft(
        recipe.id, "liquid", recipe.title, pot.working, pot.sources, pot.balance, pot.content,
        pot.made.made,
        liquid_date(case, pot.product, recipe, mixture.concentration, _expiry(pot.lot)),
        bottle_needs(pot.needs, recipe, mixture.volume, syringe(case), pot.chain),
        [*allowance_notes(case), *pot.findings, *unseen, *pot.made.findings,
         *asked_short(case, pot.made, taken, _each(pot)), *no_stock(case, recipe, pot.chain),
         *_weighed(case, recipe, mixture, pot.working),
         *may_settle(state, recipe.vehicles, recipe.shares),
         *for_whom(case, taken, recipe.vehicles, others),
         *recipients.changed(asked.liquid.last, strength, asked.active.dose)],
        asked.active.dose,
        measures=((found,) if found else ()) + vessels + pot.others,
        amounts=(("final volume", mixture.volume), ("concentration", mixture.concentration),
                 ("strength on the label", strength), ("dose volume", pot.volume)),
        actions=(*pot.actions, *_added(recipe, mixture),
                 pot.making or action_making(recipe, mixture.volume, strength), *_packed(recipe),
                 Action("draw", f"{draw_text(found, pot.volume)} for one dose"),
                 Action("label", state.text)),
        offers=pot.offers, form=state.form,
    ))  # fmt: skip
    return Bottle(route, case, pot.product, recipe, mixture, pot.drawn, state, pot.chain, pot.lot)


def _each(pot: Pot) -> Quantity | None:
    """Return the final volume for each source unit; None where the powder is weighed."""
    if pot.product is None or pot.mixture.units.unit != pot.product.unit or pot.others:
        return None
    return pot.mixture.volume / pot.mixture.units


def _links(case: Case, product: Product) -> Chain | None:
    """Return the dilution in between, for all doses with excess and extra ones."""
    allowance = case.allowance
    doses = (case.prescription.doses.magnitude + allowance.extra_units) * (1 + allowance.excess)
    dose = case.prescription.active.dose * case.richer
    from formulation.liquid_chain import Wanted, chain  # noqa: PLC0415  a stock is seldom needed

    return chain(Wanted(dose, drug_of(product), doses), case.bench, syringes(case))


def chained(case: Case, product: Product, recipe: Recipe, links: Chain) -> Bottle:
    """Return a bottle for doses too small to draw: a part of a stock from whole units, diluted."""
    working = Working()
    opened = stock.open_units(
        drug_needed(case.per_dose(Fraction(1)), working), product, working,
        Quantity(Fraction(links.units), product.unit),
    )  # fmt: skip
    mixture = _diluted(case, opened, links, working)
    found = _landing(case, mixture.dose_volume, links)
    order = case.per_dose(1 + found.error)
    made = distribute(order, opened.drug, mixture.drug, "fixed")
    working.steps.extend(made.steps)
    none = Quantity(Fraction(0), "mg")
    balance = replace(made.balance, leftover=none,
                      discarded=made.balance.discarded + made.balance.leftover)  # fmt: skip
    content = on_the_mark(
        dose_limits(_drawn(case, made), product, opened.whole, case.bench,
                    (links.low, links.high)),
        found.error, links.device,
    )  # fmt: skip
    term = ErrorTerm("reading of the dilutions", links.low, links.high, "")
    actions, making, measures, findings = chain_actions(case, recipe, mixture, links)
    return joined(case, recipe, Pot(
        working, mixture, mixture.dose_volume, found, order, made,
        replace(content, terms=(*content.terms, term)),
        (stock.use(product, opened, opened.drug),),
        (Need(product.key, product.name, opened.whole),),
        (_all_of(product, opened.whole), *actions),
        (*release(product), *findings), balance, others=measures, chain=links, product=product,
        making=making,
    ))  # fmt: skip


def _diluted(case: Case, opened: stock.Opened, links: Chain, working: Working) -> Mixture:
    """Return what is in the final volume of a dilution, and the volume of one dose."""
    working.steps.extend(links.steps)
    drug = working.work(
        "drug in the final volume", "drug * share", {"drug": opened.drug, "share": links.share},
        "the rest of the stock is discarded",
    ).to("mg")  # fmt: skip
    concentration = working.work(
        "concentration", "drug / volume", {"drug": drug, "volume": links.volume},
        "drug over final volume",
    ).to("mg/mL")  # fmt: skip
    dose = case.prescription.active.dose * case.richer
    volume = working.work(
        "dose volume", "dose / concentration", {"dose": dose, "concentration": concentration},
        "what holds one dose",
    ).to("mL")  # fmt: skip
    return Mixture(opened.whole, drug, links.volume, concentration, volume)


def _landing(case: Case, volume: Quantity, links: Chain) -> Drawn:
    """Return the mark on which the dose of a dilution is drawn."""
    error = (links.drawn / volume).number() - 1
    snapped = Snapped(volume, links.drawn, error,
                      "up" if error > 0 else "down" if error < 0 else "exact")  # fmt: skip
    device = next(one for one in syringes(case) if one.name == links.device)
    found = Measure("dose", device.name, 1, snapped, device.assumed)
    return Drawn(found, error, (*rounding(found), *connection(found, case.bench.devices)))


def _state(case: Case, recipe: Recipe, mixture: Mixture, powder: bool) -> Dissolved:
    """Return whether it dissolves; a published formula keeps the word it was published under."""
    found = dissolved(case.substance, recipe.vehicles, mixture.concentration, powder)
    if recipe.published is None:
        return found
    return as_published(found, recipe.published.name)


def _all_of(product: Product, units: Quantity) -> Action:
    return Action(opening(product), f"{show(units)} of {show(claim_of(product))}: all of it")


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


def _expiry(lot: BulkLot | None) -> tuple[tuple[str, date], ...]:
    return ((lot.name, lot.expires),) if lot is not None and lot.expires else ()


def label_strength(case: Case, mixture: Mixture) -> Quantity:
    """Return the strength on the label: an overage or surcharge is never in it."""
    return mixture.concentration / case.richer


def _added(recipe: Recipe, mixture: Mixture) -> tuple[Action, ...]:
    more = [f"{one.name} {show(one.for_batch(mixture.volume))}" for one in recipe.others]
    return (Action("add", ", ".join(more)),) if more else ()


def _packed(recipe: Recipe) -> tuple[Action, ...]:
    return (Action("pack", f"{recipe.container}, as published"),) if recipe.container else ()
