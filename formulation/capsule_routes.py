"""Capsules: as supplied, compounded from source units, compounded from bulk powder."""

from __future__ import annotations

from fractions import Fraction

from formulation import beyond_use, capsule_fill, stock
from formulation.assembly import Case, Draft, allowance_notes, finish
from formulation.batch import Made, Order, distribute, drug_needed
from formulation.bench import BulkLot
from formulation.cited import Unknown
from formulation.clinical import humidity
from formulation.content import Content, dose_limits
from formulation.cost import Need
from formulation.potency import powder_needed
from formulation.printing import show, show_exact
from formulation.records import Product
from formulation.result import Absent, Action, BeyondUse, MassBalance, Route, SourceUse, Yield
from formulation.spread import Range
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity
from formulation.weighing import too_little

ZERO = Quantity(Fraction(0), "mg")
POOL = Unknown(
    "net powder of the opened units",
    "the powder has not been weighed",
    'weigh it; give it as [pool] net = "1.62 g", opened = 5',
)


def as_supplied(case: Case, product: Product) -> Route | Absent:
    """Return the route that compounds nothing, where the dose is whole source units."""
    working = Working()
    each = working.work(
        "source units for one dose", "dose / claim",
        {"dose": case.dose, "claim": product.strength.value},
        "a source unit is given whole or not at all", (product.strength.source,),
    )  # fmt: skip
    title = f"as supplied, {product.name}"
    if each.magnitude.denominator != 1:
        count = show_exact(Quantity(each.magnitude, product.unit))
        return Absent("as-supplied", "as-supplied", title, f"a dose would be {count}")
    doses = case.prescription.doses
    whole = working.work(
        "source units to give", "each * doses", {"each": each, "doses": doses}, "whole units"
    )
    drug = (whole * product.strength.value).to("mg")
    opened = Opened(whole, whole, drug)
    balance = MassBalance(case.substance.name, drug, drug, ZERO, ZERO, ZERO, ZERO, ZERO)
    content = dose_limits(
        case.prescription.active.dose, product, Quantity(each.magnitude), case.bench
    )
    content = Content(content.dose, content.basis, content.terms, ())
    expiry = beyond_use.lots(case.prescription, (product.key,))
    kept = beyond_use.no_date("it keeps the maker's own expiry", _storage(product))
    if expiry:
        kept = beyond_use.maker_expiry(expiry[0], _storage(product))
    actions = (
        Action(
            "give", f"{show(Quantity(each.magnitude, product.unit))} of {show(_claim(product))}"
        ),
        Action("dispense", f"{show(whole)}, in their own package"),
    )
    return finish(case, Draft(
        "as-supplied", "as-supplied", title, working, (stock.use(product, opened, drug),), balance,
        content, Yield(doses, doses, "none"), kept, (Need(product.key, product.name, whole),), [],
        case.prescription.active.dose, actions=actions,
    ))  # fmt: skip


def _claim(product: Product) -> Quantity:
    return (product.strength.value * Quantity(Fraction(1), product.unit)).to("mg")


def _storage(product: Product) -> str:
    if isinstance(product.storage, Unknown):
        return str(product.storage)
    return product.storage.value.replace("degC", "°C")


def _one(powder: Quantity, order: Order, drug: Quantity) -> Quantity:
    """Return the powder that holds one unit's drug."""
    return powder * (order.target * Quantity(Fraction(1), "cap") / drug).number()


def _dose_content(case: Case, made: Made) -> Quantity:
    one = (made.content * Quantity(Fraction(1), "cap")).to(case.prescription.active.dose.unit)
    return one * case.prescription.units_per_dose


def from_source(case: Case, product: Product) -> Route:
    """Return the capsules made from opened source units."""
    working, order = Working(), case.per_unit()
    needed = drug_needed(order, working)
    opened = _opened(case, stock.open_units(needed, product, working), product)
    made = distribute(order, opened.drug, needed.to("mg"), "spread")
    working.steps.extend(made.steps)
    powder, actions, findings = _powder(case, product, opened, needed, working)
    mass = powder if isinstance(powder, Unknown) else _one(powder, order, needed)
    chosen = capsule_fill.choose(case, product.name, product.key, mass)
    working.steps.extend(chosen.steps)
    rest = capsule_fill.needs(case, chosen, made.made.theoretical)
    content = dose_limits(_dose_content(case, made), product, opened.whole, case.bench)
    keys = (product.key, *(f.key for f in case.bench.fillers[:1]))
    found = [
        *allowance_notes(case),
        *findings,
        *made.findings,
        *chosen.findings,
        *humidity(case.substance),
    ]
    return finish(case, Draft(
        "capsules", "capsules", f"capsules of {_strength(order)} from {product.name}s", working,
        (stock.use(product, opened, needed),), made.balance, content, made.made,
        _kept(case, "capsules", keys),
        (Need(product.key, product.name, opened.whole), *rest),
        found, (order.amount * Quantity(Fraction(1), "cap")).to("mg"),
        amounts=(("powder to weigh", powder), ("powder in one capsule", mass),
                 ("share of the pool", Quantity((needed / opened.drug).number()))),
        actions=(*actions, capsule_fill.action(case, chosen, made)),
        offers=stock.use_what_is_opened(order, opened, case.prescription.units_per_dose),
    ))  # fmt: skip


def _opened(case: Case, least: Opened, product: Product) -> Opened:
    """Return what is opened: the least that is needed, or the larger pool already on the table."""
    pool = case.prescription.pool
    if pool is None or pool.opened <= least.whole.magnitude:
        return least
    whole = Quantity(Fraction(pool.opened), product.unit)
    return Opened(least.exact, whole, (whole * product.strength.value).to("mg"))


def _strength(order: Order) -> str:
    return show((order.amount * Quantity(Fraction(1), "cap")).to("mg"))


def _kept(case: Case, route: str, keys: tuple[str, ...]) -> BeyondUse:
    prescription = case.prescription
    assigned = prescription.assigned if prescription.route == route else None
    asked = beyond_use.Asked(
        case.substance, None, route, assigned, beyond_use.lots(prescription, keys)
    )
    return beyond_use.beyond_use(asked, case.bench.rules, prescription.prepared)


def _powder(
    case: Case, product: Product, opened: Opened, needed: Quantity, working: Working
) -> tuple[Quantity | Unknown, tuple[Action, ...], list[Finding]]:
    """Return the powder to weigh, what to do, and what is wrong with the pool given."""
    pool, claim = case.prescription.pool, _claim(product)
    open_text = f"{show(opened.whole)} of {show(claim)}"
    if pool is None:
        share = (needed / opened.drug).number()
        if share == 1:
            use = "all of the powder: only filler is weighed"
        else:
            part = show_exact(Quantity(share))
            use = f"{part} x the net powder of what was opened: weigh that pool first"
        return POOL, (Action("open", open_text), Action("use", use)), []
    held = claim * pool.opened
    if held < needed:
        what = f"The pool of {pool.opened} opened units holds {show(held)} by claim"
        least = show(opened.whole)
        finding = Finding("pool-too-small", "stop", what, f"open {least} in all", needed, held)
        return POOL, (Action("open", open_text),), [finding]
    powder = working.work(
        "powder to weigh", "net * drug / (claim * opened)",
        {"net": pool.net, "drug": needed, "claim": claim, "opened": Fraction(pool.opened)},
        "the same share of the pool's powder as of its drug",
    )  # fmt: skip
    actions = (
        Action("open", open_text),
        Action("weigh", f"{show(powder)} of the {pool.net_text} pool"),
    )
    found = [] if held == needed else list(
        too_little("powder to weigh", powder, case.bench.balance, working)
    )  # fmt: skip
    return powder, actions, found


def from_bulk(case: Case, lot: BulkLot) -> Route | Absent:
    """Return the capsules made from bulk drug powder, corrected for assay and water."""
    working, order = Working(), case.per_unit()
    needed = drug_needed(order, working)
    powder = powder_needed(needed, lot, working)
    title = f"capsules of {_strength(order)} from bulk powder"
    if isinstance(powder, Unknown):
        return Absent("capsules-bulk", "capsules-bulk", title, f"certificate: {powder}")
    made = distribute(order, needed.to("mg"), needed.to("mg"), "spread")
    working.steps.extend(made.steps)
    one = _one(powder, order, needed)
    chosen = capsule_fill.choose(case, lot.name, lot.name, one)
    working.steps.extend(chosen.steps)
    rest = capsule_fill.needs(case, chosen, made.made.theoretical)
    dose = _dose_content(case, made)
    content = Content(Range(dose, dose, dose), "the lot's certificate, its own error not given",
                      (), ())  # fmt: skip
    found = [*allowance_notes(case), *too_little("powder", powder, case.bench.balance, working),
             *made.findings, *chosen.findings, *humidity(case.substance)]  # fmt: skip
    use = SourceUse(lot.name, lot.name, powder, powder, needed.to("mg"), ZERO)
    weigh = Action("weigh", f"{show(powder)} of {lot.name}, lot {lot.lot or 'not given'}")
    return finish(case, Draft(
        "capsules-bulk", "capsules-bulk", title, working, (use,), made.balance, content, made.made,
        _bulk_kept(case, lot),
        (Need(lot.name, lot.name, powder.to("g")), *rest),
        found, (order.amount * Quantity(Fraction(1), "cap")).to("mg"),
        amounts=(("powder to weigh", powder), ("powder in one capsule", one)),
        actions=(weigh, capsule_fill.action(case, chosen, made)),
    ))  # fmt: skip


def _bulk_kept(case: Case, lot: BulkLot) -> BeyondUse:
    prescription = case.prescription
    given = beyond_use.lots(prescription, tuple(f.key for f in case.bench.fillers[:1]))
    own = ((lot.name, lot.expires),) if lot.expires else ()
    assigned = prescription.assigned if prescription.route == "capsules-bulk" else None
    asked = beyond_use.Asked(case.substance, None, "capsules", assigned, (*given, *own))
    return beyond_use.beyond_use(asked, case.bench.rules, prescription.prepared)
