"""Capsules: as supplied, compounded from source units, compounded from bulk powder."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation import beyond_use, capsule_fill, capsule_machine, capsule_methods, stock
from formulation.assembly import Case, Draft, allowance_notes, finish, not_applied
from formulation.batch import Made as Portioned
from formulation.batch import Order, distribute, drug_needed
from formulation.bench import BulkLot
from formulation.capsule_fill import Chosen
from formulation.capsule_methods import Way
from formulation.capsule_mix import ZERO, Further, Mix, Portion, further
from formulation.cited import Unknown
from formulation.clinical import humidity
from formulation.content import Content, dose_limits
from formulation.pooling import opened_here, take, weigh
from formulation.potency import content, other_lot, outside_limits, powder_needed
from formulation.printing import show, show_dose, show_exact
from formulation.records import Product
from formulation.result import (
    Absent,
    Action,
    MassBalance,
    Measure,
    Need,
    Offer,
    Route,
    SourceUse,
    Yield,
)
from formulation.route_dates import capsule_date
from formulation.source_units import claim_of, given_whole, release
from formulation.spread import Range
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity

CHECK = Action("check", "contents weighed for a check go back into the pool")


def as_supplied(case: Case, product: Product) -> Route | Absent:
    """Return the route that compounds nothing, where the dose is whole source units."""
    working = Working()
    each = working.work(
        "source units for one dose", "dose / claim",
        {"dose": case.dose, "claim": product.strength.value},
        "a source unit is given whole or not at all", (product.strength.source,),
    )  # fmt: skip
    name, title = f"as-supplied{case.suffix}", f"as supplied, {product.name}"
    if each.magnitude.denominator != 1:
        count = show_exact(Quantity(each.magnitude, product.unit))
        why = f"a dose would be {count} of {show(claim_of(product))}"
        return Absent(name, "as-supplied", title, why)
    doses = case.prescription.doses
    whole = working.work(
        "source units to give", "each * doses", {"each": each, "doses": doses}, "whole units"
    )
    drug = (whole * product.strength.value).to("mg")
    balance = MassBalance(case.substance.name, drug, drug, ZERO, ZERO, ZERO, ZERO, ZERO)
    limits = dose_limits(
        case.prescription.active.dose, product, Quantity(each.magnitude), case.bench
    )
    limits = Content(limits.dose, limits.basis, limits.terms, ())
    expiry = beyond_use.lots(case.prescription, (product.key,))
    kept = beyond_use.no_date("it keeps the maker's own expiry", _storage(product))
    if expiry:
        kept = beyond_use.maker_expiry(expiry[0], _storage(product))
    count = show(Quantity(each.magnitude, product.unit))
    actions = (
        Action("give", f"{count} of {show(claim_of(product))} for one dose, unopened"),
        Action("dispense", f"{show(whole)}, in their own package"),
    )
    return finish(case, Draft(
        name, "as-supplied", title, working,
        (stock.use(product, Opened(whole, whole, drug), drug),), balance, limits,
        Yield(doses, doses, "none"), kept, (Need(product.key, product.name, whole),),
        [*not_applied(case, "nothing is compounded"), *given_whole(product)],
        case.prescription.active.dose, actions=actions,
    ))  # fmt: skip


def _storage(product: Product) -> str | Unknown:
    if isinstance(product.storage, Unknown):
        return product.storage
    return product.storage.value.replace("degC", "°C")


def _dose_content(case: Case, made: Portioned) -> Quantity:
    one = (made.content * Quantity(Fraction(1), "cap")).to(case.prescription.active.dose.unit)
    return one * case.prescription.units_per_dose


@dataclass(frozen=True, slots=True)
class Made:
    """Capsules as a route, with what it was worked out from: mix, shell, ways to fill."""

    route: Route
    case: Case
    product: Product | None
    mix: Mix
    chosen: Chosen
    ways: tuple[Way, ...]


def from_source(case: Case, product: Product) -> Route | Absent:
    """Return the capsules made from opened source units."""
    found = opened_capsules(case, product)
    return found if isinstance(found, Absent) else found.route


def from_bulk(case: Case, lot: BulkLot) -> Route | Absent:
    """Return the capsules made from bulk drug powder, corrected for assay and water."""
    found = bulk_capsules(case, lot)
    return found if isinstance(found, Absent) else found.route


def _not_here(case: Case, name: str, kind: str, title: str) -> Absent | None:
    """Return the line that shells or a filler are missing here, or None."""
    if capsule_fill.shells_of(case) is None or not case.bench.fillers:
        return Absent(name, kind, title, "not on this bench: shells and a filler")
    return None


def opened_capsules(case: Case, product: Product) -> Made | Absent:
    """Return the capsules made from opened source units, with what they were worked out from."""
    working, asked = Working(), case.per_unit()
    name = f"capsules{case.suffix}"
    title = f"capsules of {_strength(asked)} from {product.name}s{_with(case)}"
    if absent := _not_here(case, name, "capsules", title):
        return absent
    certificate = case.prescription.making.certificate if product.held else None
    held = content(product, certificate, case.pool, working)
    wanted = drug_needed(asked, working)
    opened = opened_here(case, stock.open_units(wanted, product, working), product)
    taken = take(case, product, opened, wanted, working)
    order, needed = case.per_unit(taken.scale), taken.delivered(wanted, working)
    made = distribute(order, opened.drug, needed, case.prescription.making.mode)
    working.steps.extend(made.steps)
    more = tuple(further(case, also, working) for also in case.prescription.making.also)
    first = Portion(f"{product.name} powder", product.key, taken.powder, _unit_drug(asked))
    own_size = not more and _source_share(asked, product) <= 1
    mix = Mix((first, *(f.portion for f in more)), made, opened, wanted, own_size)
    return _joined(case, Start(
        name, "capsules", title, working, product, mix, more,
        (stock.use(product, opened, needed),),
        dose_limits(_dose_content(case, made), product, opened.whole, case.bench),
        taken.measures, taken.actions,
        (Need(product.key, product.name, opened.whole),),
        (*release(product), *outside_limits(product, held, certificate),
         *other_lot(product, certificate, _lots(case, product)), *taken.findings),
        offers=stock.use_what_is_opened(
            asked, opened, case.prescription.units_per_dose, made.made.expected
        ),
        share=(wanted / opened.drug).number(),
    ))  # fmt: skip


def bulk_capsules(case: Case, lot: BulkLot) -> Made | Absent:
    """Return the capsules made from bulk drug powder, with what they were worked out from."""
    working, asked = Working(), case.per_unit()
    name = f"capsules-bulk{case.suffix}"
    title = f"capsules of {_strength(asked)} from bulk powder{_with(case)}"
    if absent := _not_here(case, name, "capsules-bulk", title):
        return absent
    wanted = drug_needed(asked, working)
    exact = powder_needed(wanted, lot, working)
    if isinstance(exact, Unknown):
        return Absent(name, "capsules-bulk", title, f"certificate: {exact}")
    taken = weigh(case, f"powder, {lot.name}", exact, working)
    powder = taken.powder if isinstance(taken.powder, Quantity) else exact
    order, needed = case.per_unit(taken.scale), taken.delivered(wanted, working)
    made = distribute(order, needed, needed, case.prescription.making.mode)
    working.steps.extend(made.steps)
    more = tuple(further(case, also, working) for also in case.prescription.making.also)
    first = Portion(lot.name, lot.name, powder, _unit_drug(asked))
    mix = Mix((first, *(f.portion for f in more)), made, None, wanted)
    dose = _dose_content(case, made)
    text = Action("weigh", f"{show(powder)} of {lot.name}, lot {lot.lot or 'not given'}")
    return _joined(case, Start(
        name, "capsules-bulk", title, working, None, mix, more,
        (SourceUse(lot.name, lot.name, powder, powder, needed, ZERO),),
        Content(Range(dose, dose, dose), "the lot's certificate; its limits are not given", (), ()),
        taken.measures, (text,), (Need(lot.name, lot.name, powder.to("g")),), taken.findings,
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """What the two kinds of capsules bring to the part that they share."""

    name: str
    kind: str
    title: str
    working: Working
    product: Product | None
    mix: Mix
    more: tuple[Further, ...]
    sources: tuple[SourceUse, ...]
    content: Content
    measures: tuple[Measure, ...]
    actions: tuple[Action, ...]
    needs: tuple[Need, ...]
    findings: tuple[Finding, ...]
    offers: tuple[Offer, ...] = ()
    share: Fraction | None = None


def _joined(case: Case, start: Start) -> Made:
    """Return the route: shell, filler, machine and the rest joined to what was weighed."""
    mix, more, made = start.mix, start.more, start.mix.made
    chosen = capsule_fill.choose(case, mix)
    start.working.steps.extend(chosen.steps)
    every = capsule_methods.ways(case, mix, chosen)
    way = capsule_methods.in_use(every)
    rest = capsule_fill.needs(case, chosen, mix)
    every_need = (*start.needs, *(f.need for f in more), *rest)
    keys = tuple(need.item for need in every_need)
    found = [*allowance_notes(case), *start.findings, *made.findings, *chosen.findings,
             *(one for f in more for one in f.findings),
             *capsule_methods.unweighable(case, mix, chosen, way),
             *capsule_methods.remainder(case, start.product, mix),
             *capsule_machine.no_plate(case, chosen),
             *humidity(case.substance)]  # fmt: skip
    powder = mix.portions[0]
    amounts = [("powder to weigh", powder.whole), ("powder in one capsule", powder.each(mix.count))]
    if start.share is not None:
        amounts.append(("share of the pool", Quantity(start.share)))
    own = tuple((b.name, b.expires) for b in case.bench.bulk if b.expires and b.name in keys)
    given = (*beyond_use.lots(case.prescription, keys), *own)
    route = finish(case, Draft(
        start.name, start.kind, start.title, start.working,
        (*start.sources, *(f.source for f in more)), made.balance, start.content, made.made,
        capsule_date(case, start.product, start.name, made.content, given), every_need, found,
        powder.drug,
        measures=(*start.measures, *(m for f in more for m in f.measures)),
        amounts=tuple(amounts),
        actions=(*start.actions, *(f.action for f in more),
                 *capsule_methods.actions(case, mix, chosen, way),
                 *capsule_machine.actions(case, mix, chosen, way), CHECK),
        offers=start.offers, also=tuple(f.balance for f in more),
    ))  # fmt: skip
    return Made(route, case, start.product, mix, chosen, every)


def _unit_drug(order: Order) -> Quantity:
    return (order.amount * Quantity(Fraction(1), "cap")).to("mg")


def _source_share(order: Order, product: Product) -> Fraction:
    """Return what part of one source unit's powder goes into one capsule."""
    return (_unit_drug(order) / (product.drug * Quantity(Fraction(1), product.unit))).number()


def _lots(case: Case, product: Product) -> tuple[str, ...]:
    return dict(case.prescription.making.lots).get(product.key, ())


def _strength(order: Order) -> str:
    return show_dose(_unit_drug(order))


def _with(case: Case) -> str:
    """Return the further actives for the title."""
    units, lots = case.prescription.units_per_dose, {lot.name: lot for lot in case.bench.bulk}
    return "".join(
        f", with {lots[also.lot].substance} {show_dose(also.dose / units)}"
        for also in case.prescription.making.also
    )
