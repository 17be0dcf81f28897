"""What is mixed for one batch of capsules: each powder in all and in one capsule, each balance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.batch import Made, Order, distribute, drug_needed
from formulation.bench import BulkLot
from formulation.cited import Unknown
from formulation.pooling import weigh
from formulation.potency import powder_needed
from formulation.prescription import Also
from formulation.printing import show, show_dose
from formulation.result import Action, MassBalance, Measure, Need, SourceUse
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity, per

ZERO = Quantity(Fraction(0), "mg")


@dataclass(frozen=True, slots=True)
class Portion:
    """One powder: its name and id, its mass in the whole mix, and its drug in one capsule."""

    name: str
    key: str
    whole: Quantity | Unknown
    drug: Quantity

    def each(self, portions: Fraction) -> Quantity | Unknown:
        """Return its mass in one capsule."""
        return self.whole if isinstance(self.whole, Unknown) else (self.whole / portions).to("mg")


@dataclass(frozen=True, slots=True)
class Mix:
    """The powders of one batch, and what the drug in them comes to.

    `opened` are the source units and `wanted` the drug taken of them; None for bulk powder.
    `own_size` says that one source unit's shell holds what goes into one capsule.
    """

    portions: tuple[Portion, ...]
    made: Made
    opened: Opened | None
    wanted: Quantity
    own_size: bool = False

    @property
    def count(self) -> Fraction:
        """Return how many capsules' worth of mix there is before any loss."""
        return self.made.portions

    @property
    def whole_units(self) -> bool:
        """Say whether everything opened goes in, so that no drug powder is weighed."""
        alone = self.opened is not None and len(self.portions) == 1
        return alone and self.opened is not None and self.opened.drug == self.wanted

    @property
    def powder(self) -> Quantity | Unknown:
        """Return the mass of all powders in the mix without filler."""
        found = ZERO
        for portion in self.portions:
            if isinstance(portion.whole, Unknown):
                return portion.whole
            found = found + portion.whole
        return found


@dataclass(frozen=True, slots=True)
class Further:
    """A further active: its powder, where its drug goes, its place on the bill, its weighing."""

    portion: Portion
    balance: MassBalance
    source: SourceUse
    need: Need
    action: Action
    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]


def _lot(case: Case, also: Also) -> BulkLot:
    return next(lot for lot in case.bench.bulk if lot.name == also.lot)


def _unread(lot: BulkLot) -> Finding:
    what = (
        f"{lot.substance} is worked out by its mass only: its warnings, limits, stability and "
        "whether it may stand beside the other drug were not looked up"
    )
    return Finding("also-not-checked", "caution", what, "look them up before it is made")


def further(case: Case, also: Also, working: Working) -> Further:
    """Return a further active of the same capsules, weighed from a bulk lot of the bench."""
    lot, units = _lot(case, also), case.prescription.units_per_dose
    order = Order(lot.substance, per(also.dose / units, "cap"), case.per_unit().units,
                  case.allowance)  # fmt: skip
    wanted = drug_needed(order, working)
    exact = powder_needed(wanted, lot, working)
    drug = (order.amount * Quantity(Fraction(1), "cap")).to("mg")
    if isinstance(exact, Unknown):
        return _unweighed(lot, exact, order, drug)
    taken = weigh(case, f"powder, {lot.name}", exact, working)
    powder = taken.powder if isinstance(taken.powder, Quantity) else exact
    needed = taken.delivered(wanted, working)
    scaled = Order(order.substance, order.amount * taken.scale, order.units, order.allowance)
    made = distribute(scaled, needed, needed, case.prescription.making.mode)
    text = f"{show(powder)} of {lot.name}, lot {lot.lot or 'not given'}"
    return Further(
        Portion(lot.name, lot.name, powder, drug), made.balance,
        SourceUse(lot.name, lot.name, powder, powder, needed, ZERO),
        Need(lot.name, lot.name, powder.to("g")), Action("weigh", text), taken.measures,
        (_unread(lot), *taken.findings),
    )  # fmt: skip


def _unweighed(lot: BulkLot, missing: Unknown, order: Order, drug: Quantity) -> Further:
    """Return a further active whose certificate lacks a fact: a stop that names it."""
    what = f"{lot.name}: the powder for {show_dose(drug)} a capsule is {missing}"
    found = Finding("also-no-certificate", "stop", what, missing.fill or "complete the certificate")
    nothing = MassBalance(order.substance, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)
    return Further(
        Portion(lot.name, lot.name, missing, drug), nothing,
        SourceUse(lot.name, lot.name, ZERO, ZERO, ZERO, ZERO), Need(lot.name, lot.name, None),
        Action("weigh", f"{lot.name}: {missing}"), (), (_unread(lot), found),
    )  # fmt: skip
