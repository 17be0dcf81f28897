"""Capsules: as supplied, compounded from source units, compounded from bulk powder."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from formulation import beyond_use, capsule_fill, stock
from formulation.assembly import (
    Case,
    Draft,
    allowance_notes,
    claim_of,
    finish,
    not_applied,
    release,
)
from formulation.batch import Made, Order, distribute, drug_needed
from formulation.bench import BulkLot
from formulation.cited import Unknown
from formulation.clinical import humidity
from formulation.content import Content, dose_limits
from formulation.cost import Need
from formulation.pooling import opened_here, take, weigh
from formulation.potency import powder_needed
from formulation.printing import show, show_dose, show_exact
from formulation.records import Product
from formulation.result import Absent, Action, BeyondUse, MassBalance, Route, SourceUse, Yield
from formulation.spread import Range
from formulation.stock import Opened
from formulation.trace import Working
from formulation.units import Quantity

ZERO = Quantity(Fraction(0), "mg")
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
    content = dose_limits(
        case.prescription.active.dose, product, Quantity(each.magnitude), case.bench
    )
    content = Content(content.dose, content.basis, content.terms, ())
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
        (stock.use(product, Opened(whole, whole, drug), drug),), balance, content,
        Yield(doses, doses, "none"), kept, (Need(product.key, product.name, whole),),
        not_applied(case, "nothing is compounded"), case.prescription.active.dose, actions=actions,
    ))  # fmt: skip


def _storage(product: Product) -> str | Unknown:
    if isinstance(product.storage, Unknown):
        return product.storage
    return product.storage.value.replace("degC", "°C")


def _dose_content(case: Case, made: Made) -> Quantity:
    one = (made.content * Quantity(Fraction(1), "cap")).to(case.prescription.active.dose.unit)
    return one * case.prescription.units_per_dose


def from_source(case: Case, product: Product) -> Route | Absent:
    """Return the capsules made from opened source units."""
    working, asked = Working(), case.per_unit()
    name = f"capsules{case.suffix}"
    title = f"capsules of {_strength(asked)} from {product.name}s"
    if case.bench.shells is None or not case.bench.fillers:
        return Absent(name, "capsules", title, "not on this bench: shells and a filler")
    wanted = drug_needed(asked, working)
    opened = opened_here(case, stock.open_units(wanted, product, working), product)
    taken = take(case, product, opened, wanted, working)
    order, needed = case.per_unit(taken.scale), taken.delivered(wanted, working)
    made = distribute(order, opened.drug, needed, "spread")
    working.steps.extend(made.steps)
    powder = taken.powder
    mass = powder if isinstance(powder, Unknown) else powder / made.portions
    chosen = capsule_fill.choose(case, (product.name, product.key), mass, _unit_drug(asked))
    working.steps.extend(chosen.steps)
    rest = capsule_fill.needs(case, chosen, made)
    content = dose_limits(_dose_content(case, made), product, opened.whole, case.bench)
    keys = (product.key, *(f.key for f in case.bench.fillers[:1]))
    found = [*allowance_notes(case), *release(product), *taken.findings, *made.findings,
             *chosen.findings, *capsule_fill.filler_weighed(case, chosen, made),
             *humidity(case.substance)]  # fmt: skip
    return finish(case, Draft(
        name, "capsules", title, working,
        (stock.use(product, opened, needed),), made.balance, content, made.made,
        _kept(case, name, beyond_use.lots(case.prescription, keys)),
        (Need(product.key, product.name, opened.whole), *rest),
        found, _unit_drug(asked), measures=taken.measures,
        amounts=(("powder to weigh", powder), ("powder in one capsule", mass),
                 ("share of the pool", Quantity((wanted / opened.drug).number()))),
        actions=(*taken.actions,
                 *capsule_fill.actions(case, chosen, made, _source_share(asked, product)), CHECK),
        offers=stock.use_what_is_opened(
            asked, opened, case.prescription.units_per_dose, made.made.expected
        ),
    ))  # fmt: skip


def _unit_drug(order: Order) -> Quantity:
    return (order.amount * Quantity(Fraction(1), "cap")).to("mg")


def _source_share(order: Order, product: Product) -> Fraction:
    """Return what part of one source unit's powder goes into one capsule."""
    return (_unit_drug(order) / claim_of(product)).number()


def _strength(order: Order) -> str:
    return show_dose(_unit_drug(order))


def _kept(case: Case, name: str, given: tuple[tuple[str, date], ...]) -> BeyondUse:
    asked = beyond_use.Asked(case.substance, None, "capsules", case.assigned(name), given)
    return beyond_use.beyond_use(asked, case.bench.rules, case.prescription.prepared)


def from_bulk(case: Case, lot: BulkLot) -> Route | Absent:
    """Return the capsules made from bulk drug powder, corrected for assay and water."""
    working, asked = Working(), case.per_unit()
    name = f"capsules-bulk{case.suffix}"
    wanted = drug_needed(asked, working)
    if case.bench.shells is None or not case.bench.fillers:
        why = "not on this bench: shells and a filler"
        return Absent(name, "capsules-bulk", "capsules from bulk powder", why)
    exact = powder_needed(wanted, lot, working)
    title = f"capsules of {_strength(asked)} from bulk powder"
    if isinstance(exact, Unknown):
        return Absent(name, "capsules-bulk", title, f"certificate: {exact}")
    taken = weigh(case, f"powder, {lot.name}", exact, working)
    powder = taken.powder if isinstance(taken.powder, Quantity) else exact
    order, needed = case.per_unit(taken.scale), taken.delivered(wanted, working)
    made = distribute(order, needed, needed, "spread")
    working.steps.extend(made.steps)
    one = powder / made.portions
    chosen = capsule_fill.choose(case, (lot.name, lot.name), one, _unit_drug(asked))
    working.steps.extend(chosen.steps)
    rest = capsule_fill.needs(case, chosen, made)
    dose = _dose_content(case, made)
    content = Content(Range(dose, dose, dose), "the lot's certificate; its limits are not given",
                      (), ())  # fmt: skip
    found = [*allowance_notes(case), *taken.findings, *made.findings, *chosen.findings,
             *capsule_fill.filler_weighed(case, chosen, made),
             *humidity(case.substance)]  # fmt: skip
    keys = (lot.name, *(f.key for f in case.bench.fillers[:1]))
    own = ((lot.name, lot.expires),) if lot.expires else ()
    given = (*beyond_use.lots(case.prescription, keys), *own)
    use = SourceUse(lot.name, lot.name, powder, powder, needed, ZERO)
    text = Action("weigh", f"{show(powder)} of {lot.name}, lot {lot.lot or 'not given'}")
    return finish(case, Draft(
        name, "capsules-bulk", title, working, (use,), made.balance, content, made.made,
        _kept(case, name, given), (Need(lot.name, lot.name, powder.to("g")), *rest),
        found, _unit_drug(asked), measures=taken.measures,
        amounts=(("powder to weigh", powder), ("powder in one capsule", one)),
        actions=(text, *capsule_fill.actions(case, chosen, made, None), CHECK),
    ))  # fmt: skip
