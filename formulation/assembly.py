"""What every route shares: the case it is for, and how its parts become one `Route`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from formulation import clinical, handling
from formulation.batch import Order
from formulation.bench import Bench
from formulation.beyond_use import expired, lots
from formulation.bill import Cost
from formulation.charge_lines import Job
from formulation.charges import form_of
from formulation.cited import Cited, Unknown
from formulation.content import Content
from formulation.cost import cost
from formulation.course import with_waste
from formulation.kept import BeyondUse
from formulation.kinetics import keeping
from formulation.prescription import Allowance, AssignedDate, Pool, Prescription
from formulation.printing import show, show_error, show_share
from formulation.records import Product, Substance
from formulation.result import (
    Action,
    Batch,
    MassBalance,
    Measure,
    Need,
    Offer,
    Route,
    SourceUse,
    Supply,
    Yield,
)
from formulation.source_units import given_whole, without_opening
from formulation.supply import supply
from formulation.trace import Finding, Working
from formulation.units import Quantity, per

ZERO = Fraction(0)
KEPT = ("liquid", "capsules", "capsules-bulk")


@dataclass(frozen=True, slots=True)
class Case:
    """One prescription on one bench, and the source product it is made from.

    `suffix` stands behind the id of each route: nothing for the bench's first product or lot.
    """

    prescription: Prescription
    bench: Bench
    product: Product | None
    suffix: str = ""

    @property
    def pool(self) -> Pool | None:
        """Return the weighed pool where it is of this product: named, or the bench's first."""
        pool = self.prescription.pool
        if pool is None or self.product is None:
            return None
        own = pool.product == self.product.key if pool.product else not self.suffix
        return pool if own else None

    def assigned(self, route: str) -> AssignedDate | None:
        """Return the date assigned to a route, where the prescription names this very route."""
        assigned = self.prescription.assigned
        return assigned if assigned is not None and assigned.route == route else None

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

    @property
    def richer(self) -> Fraction:
        """Return the share of drug that goes in, with overage and surcharge, of what is asked."""
        return 1 + self.allowance.overage + self.allowance.surcharge

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
    also: tuple[MassBalance, ...] = ()
    form: str = ""


def finish(case: Case, draft: Draft) -> Route:
    """Return the whole route: supply, money, clinical findings and the rest joined."""
    prescription, working = case.prescription, draft.working
    dose, batch = prescription.active.dose, _batch(case, draft)
    made = replace(prescription.phases[0], count=int(batch.doses.magnitude))
    lasting = supply(made, dose, prescription.prepared, working)
    bill = _bill(case, draft, batch.doses)
    return Route(
        id=draft.id,
        kind=draft.kind,
        title=draft.title,
        sources=draft.sources,
        batches=(batch,),
        balances=(draft.balance, *draft.also),
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
        needs=draft.needs,
        form=draft.form,
        keeping=keeping(case.substance, draft.kind == "liquid") if draft.kind in KEPT else (),
        steps=(*working.steps, *draft.content.steps, *bill.steps),
        findings=_findings(case, draft, lasting, bill),
    )


def _findings(case: Case, draft: Draft, lasting: Supply, bill: Cost) -> tuple[Finding, ...]:
    """Return everything that is found on a route, its date first, its money last."""
    prescription = case.prescription
    return (
        *without_opening(draft.beyond.findings, draft.findings),
        *draft.findings,
        *draft.content.findings,
        *clinical.daily_amount(prescription, lasting),
        *_copies(case, draft),
        *handling.findings(case.substance, draft.kind, (draft.balance, *draft.also)),
        *_outside(case, draft),
        *expired(_components(case, draft), prescription.prepared),
        *_too_soon(case, draft, lasting),
        *bill.findings,
    )


def _bill(case: Case, draft: Draft, doses: Quantity) -> Cost:
    """Return the cost with all refills in it and the money in the drug that is wasted."""
    prescription = case.prescription
    job = Job(form_of(draft.kind), doses, draft.made.theoretical, prescription.prepared,
              prescription.refills)  # fmt: skip
    share = (draft.balance.wasted / draft.balance.taken).number() if draft.balance.taken else ZERO
    found = cost(draft.needs, case.bench, job)
    return with_waste(found, draft.needs[0].words, share, draft.balance.leftover)


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


def _outside(case: Case, draft: Draft) -> tuple[Finding, ...]:
    """Return the stop for a dose further from what was asked than the rule set allows."""
    own, asked = case.bench.rules.strength_tolerance, case.prescription.active.dose
    error = (draft.content.dose.nominal / asked).number() - 1
    if isinstance(own, Unknown):
        return _unlimited(case, draft, error) if error else ()
    if own.value.low.number() <= error <= own.value.high.number():
        return ()
    end = own.value.high if error > 0 else own.value.low
    what = (
        f"A dose would hold {show(draft.content.dose.nominal)} instead of {show(asked)}: "
        f"{show_error(error)}, outside {show_error(end.number())}"
    )
    fix = "change what makes it so: the loss and its excess, the overage, or the volume"
    sources = (own.source,)
    return (Finding("dose-outside-limits", "stop", what, fix, end, Quantity(error), sources),)


def _unlimited(case: Case, draft: Draft, error: Fraction) -> tuple[Finding, ...]:
    what = (
        f"A dose would hold {show(draft.content.dose.nominal)} instead of "
        f"{show(case.prescription.active.dose)}: {show_error(error)}; {case.bench.rules.key} gives "
        "no limit to hold it against"
    )
    fix = "judge it by the monograph or the rules in force"
    return (Finding("dose-limits-unknown", "caution", what, fix, actual=Quantity(error)),)


def _too_soon(case: Case, draft: Draft, lasting: Supply) -> tuple[Finding, ...]:
    """Return the caution for what is not kept but opened dose by dose: its source expires first."""
    if draft.beyond.expires is not None or isinstance(lasting.days, Unknown):
        return ()
    start = case.prescription.prepared
    last = start + timedelta(days=int(lasting.days.magnitude) - 1)
    return tuple(
        Finding("component-expires-early", "caution",
                f"{name} expires on {until}; the doses last until {last}",
                "dispense less, or use stock that expires later")
        for name, until in _components(case, draft)
        if start <= until < last
    )  # fmt: skip


def _copies(case: Case, draft: Draft) -> tuple[Finding, ...]:
    if draft.kind == "as-supplied":
        return ()
    own = (p for p in case.bench.products if p.substance == case.substance.name)
    every = {p.key: p for p in (*case.substance.marketed, *own)}.values()
    sold = tuple(p for p in every if not given_whole(p))
    policy = case.bench.policy
    return clinical.copy_of_commercial(draft.strength, sold, case.prescription, policy)


def not_applied(case: Case, why: str) -> list[Finding]:
    """Return the note that the allowances of a batch mean nothing where no batch is made."""
    allowance = case.allowance
    if not (allowance.excess or allowance.overage or allowance.surcharge or allowance.extra_units):
        return []
    what = f"Excess, overage, surcharge and extra units do not apply: {why}"
    return [Finding("allowance-not-applied", "note", what)]


def volume_each(case: Case, product: Product) -> Quantity | Unknown:
    """Return the volume to which one unit of a product is made up on this bench."""
    setting = case.bench.setting
    each = setting.dispersion
    if product.unit == "tab" and isinstance(setting.tablet_dispersion, Cited):
        each = setting.tablet_dispersion
    if isinstance(each, Unknown):
        return each
    if not each.value.unit.endswith(f"/{product.unit}"):
        why = f"the bench gives the volume for each {each.value.unit.rpartition('/')[2]}"
        return Unknown("volume for one source unit", why, f'dispersion = "10 mL/{product.unit}"')
    return each.value


def allowance_notes(case: Case) -> list[Finding]:
    """Return the notes that an overage or a surcharge prints apart and never on the label."""
    allowance, found = case.allowance, []
    if allowance.overage:
        what = f"Drug overage of {show_share(allowance.overage)}: {allowance.overage_reason}"
        found.append(Finding("overage", "note", what, "it never goes on the label"))
    if allowance.surcharge:
        what = f"Surcharge of {show_share(allowance.surcharge)} on the drug, by rule"
        found.append(Finding("surcharge", "note", what, "it never goes on the label"))
    return found
