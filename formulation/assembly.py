"""What every route shares: the case it is for, and how its parts become one `Route`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from formulation import clinical
from formulation.batch import Order
from formulation.bench import Bench
from formulation.beyond_use import expired, lots
from formulation.cited import Unknown
from formulation.content import Content
from formulation.cost import Need, cost
from formulation.prescription import Allowance, Prescription
from formulation.printing import show
from formulation.records import Product, Substance
from formulation.result import (
    Action,
    Batch,
    BeyondUse,
    Cost,
    MassBalance,
    Measure,
    Offer,
    Route,
    SourceUse,
    Yield,
)
from formulation.supply import supply
from formulation.trace import Finding, Working
from formulation.units import Quantity, per


@dataclass(frozen=True, slots=True)
class Case:
    """One prescription on one bench, and the source product it is made from."""

    prescription: Prescription
    bench: Bench
    product: Product | None

    @property
    def substance(self) -> Substance:
        """Return the prescribed drug."""
        return self.prescription.active.substance

    @property
    def dose(self) -> Quantity:
        """Return the drug in one dose, per dose."""
        return per(self.prescription.active.dose, "dose")

    @property
    def allowance(self) -> Allowance:
        """Return excess, overage, surcharge, loss and extra units."""
        return self.prescription.allowance

    def per_unit(self, scale: Fraction = Fraction(1)) -> Order:
        """Return the order counted in compounded units (capsules), each `scale` times the asked."""
        count = self.prescription.units_per_dose
        amount = per(self.prescription.active.dose * scale / count, "cap")
        units = Quantity(self.prescription.doses.magnitude * count, "cap")
        return Order(self.substance.name, amount, units, self.allowance)

    def per_dose(self, scale: Fraction) -> Order:
        """Return the order counted in measured doses, each `scale` times the asked dose."""
        units = self.prescription.doses
        return Order(self.substance.name, self.dose * scale, units, self.allowance)


@dataclass(slots=True)
class Draft:
    """A route on the way: parts are laid down here and joined by `finish`."""

    id: str
    kind: str
    title: str
    working: Working
    sources: tuple[SourceUse, ...]
    balance: MassBalance
    content: Content
    made: Yield
    beyond: BeyondUse
    needs: tuple[Need, ...]
    findings: list[Finding]
    strength: Quantity
    measures: tuple[Measure, ...] = ()
    amounts: tuple[tuple[str, Quantity | Unknown], ...] = ()
    actions: tuple[Action, ...] = ()
    offers: tuple[Offer, ...] = ()


def finish(case: Case, draft: Draft) -> Route:
    """Return the whole route: supply, money, clinical findings and the rest joined."""
    prescription, working = case.prescription, draft.working
    dose = prescription.active.dose
    lasting = supply(prescription.doses, dose, prescription.every, working)
    bill = _bill(case, draft)
    return Route(
        id=draft.id,
        kind=draft.kind,
        title=draft.title,
        sources=draft.sources,
        batches=(_batch(case, draft),),
        balances=(draft.balance,),
        beyond_use=draft.beyond,
        cost=bill,
        dose=draft.content.dose,
        dose_basis=draft.content.basis,
        terms=draft.content.terms,
        supply=lasting,
        made=draft.made,
        measures=draft.measures,
        amounts=draft.amounts,
        actions=draft.actions,
        offers=draft.offers,
        steps=tuple(working.steps),
        findings=(
            *draft.findings,
            *draft.content.findings,
            *draft.beyond.findings,
            *clinical.daily_amount(prescription, lasting),
            *_copies(case, draft),
            *expired(_components(case, draft), prescription.prepared),
            *bill.findings,
        ),
    )


def _bill(case: Case, draft: Draft) -> Cost:
    """Return the cost with all refills in it and the money in the drug that is wasted."""
    prescription = case.prescription
    bill = cost(draft.needs, case.bench, prescription.doses, prescription.prepared)
    if isinstance(bill.total, Quantity):
        bill = replace(bill, course=bill.total * (1 + prescription.refills))
    if not _source_priced(case, draft):
        return bill
    share = (draft.balance.wasted / draft.balance.taken).number()
    return replace(bill, wasted=bill.lines[0].amount * share)


def _batch(case: Case, draft: Draft) -> Batch:
    """Return the one making of the whole prescription, with the doses that come of it."""
    made = draft.made.expected
    dispensed = min(made.magnitude, _units(case, draft))
    units = case.prescription.units_per_dose if made.unit == "cap" else 1
    doses = Quantity(Fraction(dispensed // units), "dose")
    return Batch(case.prescription.prepared, draft.beyond.expires, doses)


def _components(case: Case, draft: Draft) -> tuple[tuple[str, date], ...]:
    """Return the expiries known of what goes in: those given, and those of bulk lots."""
    used = tuple(need.item for need in draft.needs)
    own = tuple((b.name, b.expires) for b in case.bench.bulk if b.expires and b.name in used)
    return (*lots(case.prescription, used), *own)


def _units(case: Case, draft: Draft) -> Fraction:
    doses = case.prescription.doses.magnitude
    counted = draft.made.expected.unit == "cap" and draft.kind != "as-supplied"
    return doses * case.prescription.units_per_dose if counted else doses


def _source_priced(case: Case, draft: Draft) -> bool:
    return bool(draft.needs) and case.bench.price_of(draft.needs[0].item) is not None


def _copies(case: Case, draft: Draft) -> tuple[Finding, ...]:
    if draft.kind == "as-supplied":
        return ()
    sold = tuple(p for p in case.bench.products if p.substance == case.substance.name)
    return clinical.copy_of_commercial(draft.strength, sold, case.prescription)


def allowance_notes(case: Case) -> list[Finding]:
    """Return the notes that an overage or a surcharge prints apart and never on the label."""
    allowance, found = case.allowance, []
    if allowance.overage:
        what = f"Drug overage of {_percent(allowance.overage)}: {allowance.overage_reason}"
        found.append(Finding("overage", "note", what, "it never goes on the label"))
    if allowance.surcharge:
        what = f"Surcharge of {_percent(allowance.surcharge)} on the drug, by rule"
        found.append(Finding("surcharge", "note", what, "it never goes on the label"))
    return found


def _percent(share: Fraction) -> str:
    return f"{show(Quantity(share * 100))} %"
