"""What a layout of one liquid has to satisfy: the prescription, the bench and the recipe in mg, mL.

portions = max((doses + extra) (1 + excess), doses / (1 - loss)).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from formulation.assembly import Case, volume_each
from formulation.cited import Cited, Unknown, known
from formulation.device_marks import capacities, marks
from formulation.layouts import Laid, Terms, preferred
from formulation.liquid_drawing import GRADUATE, syringe, syringes
from formulation.measurable import Layout
from formulation.prescription import Allowance
from formulation.recipes import Recipe
from formulation.records import Product
from formulation.solubility import suspends
from formulation.source_units import drug_of
from formulation.units import Quantity, same_kind

MG_ML = "mg/mL"
MANY_DRAWS = 1000


def portions(allowance: Allowance, doses: int) -> Fraction:
    """Return for how many doses a liquid has to reach, with extra units, excess and loss.

    >>> portions(Allowance(excess=Fraction(1, 20)), 30), portions(Allowance(loss=Fraction(1, 5)), 8)
    (Fraction(63, 2), Fraction(10, 1))
    """
    batch = (doses + allowance.extra_units) * (1 + allowance.excess)
    return max(batch, doses / (1 - allowance.loss))


def published(case: Case) -> frozenset[Fraction]:
    """Return the concentrations of the evidence on the drug in liquids, in mg/mL."""
    facts = (e.concentration for e in case.substance.evidence if e.form == "liquid")
    return frozenset(
        fact.value.number(MG_ML)
        for fact in facts
        if isinstance(fact, Cited) and same_kind(fact.value.unit, MG_ML)
    )


def permitted(case: Case) -> tuple[Fraction, Fraction]:
    """Return the errors that a mark may bring: the bench's own, never beyond the rule set's.

    The rule set's hold for the dose with its overage and surcharge. Where neither is known, none.
    """
    own, rules = known(case.bench.setting.mark_error), case.bench.rules.strength_tolerance
    low, high = (-own, own) if own is not None else (Fraction(0), Fraction(0))
    if isinstance(rules, Cited):
        ends = rules.value.low.number(), rules.value.high.number()
        low_end, high_end = ((1 + end) / case.richer - 1 for end in ends)
        if own is None:
            return low_end, high_end
        low, high = max(low, low_end), min(high, high_end)
    return low, high


def settles(recipe: Recipe) -> bool:
    """Say whether what does not dissolve would settle: in water alone, or where that is known."""
    if suspends(recipe.vehicles, recipe.shares):
        return False
    alone = [vehicle.key for vehicle in recipe.vehicles] == ["water"]
    return alone or all(known(vehicle.suspends) is False for vehicle in recipe.vehicles)


def _limit(case: Case, recipe: Recipe) -> Fraction | None:
    """Return the strongest that may be made, in mg/mL; 0 where what dissolves is unknown."""
    strongest = known(case.bench.setting.strongest)
    most = None if strongest is None else strongest.number(MG_ML)
    if recipe.published is not None or not settles(recipe):
        return most
    soluble = case.substance.soluble_at_least
    room = soluble.value.number(MG_ML) if isinstance(soluble, Cited) else Fraction(0)
    return room if most is None else min(most, room)


def terms_of(case: Case, product: Product, recipe: Recipe) -> Terms:
    """Return what a layout of this recipe has to satisfy, for all doses in one making."""
    kind, able, setting = syringe(case), syringes(case), case.bench.setting
    claim, each = drug_of(product).number("mg"), volume_each(case, product)
    strongest, most = known(setting.strongest), case.prescription.recipient.most_volume
    low, high = permitted(case)
    fixed = None
    if recipe.published is not None:
        fixed = claim / recipe.each.number(f"mL/{product.unit}") * case.richer
    return Terms(
        dose=case.prescription.active.dose.number("mg"),
        richer=case.richer,
        claim=claim,
        portions=portions(case.allowance, int(case.prescription.doses.magnitude)),
        low=low,
        high=high,
        finals=marks(case.bench.devices, GRADUATE),
        draws=marks(able, kind),
        capacities=capacities(able, kind),
        limit=_limit(case, recipe),
        strongest=None if strongest is None else strongest.number(MG_ML),
        most=None if most is None else most.number("mL"),
        fixed=fixed,
        published=frozenset(one * case.richer for one in published(case)),
        own=None if isinstance(each, Unknown) else each.number(f"mL/{product.unit}"),
    )


def layout_of(laid: Laid, unit: str) -> Layout:
    """Return a layout with its units."""
    return Layout(
        Quantity(Fraction(laid.units), unit), Quantity(laid.volume.volume, "mL"),
        laid.volume.device, Quantity(laid.drawn.volume, "mL"), laid.drawn.device, laid.times,
    )  # fmt: skip


def preferred_layout(case: Case, product: Product, recipe: Recipe) -> Layout | Unknown:
    """Return the preferred layout of a liquid for all its doses in one making, or why none.

    It is that of the plan, in which a loss never changes what goes in, nor an overage the label. A
    dose too large for the draws of a design is drawn as often as the largest syringe needs.
    """
    allowance = replace(
        case.allowance, loss=Fraction(0), overage=Fraction(0), surcharge=Fraction(0)
    )
    plain = replace(case, prescription=replace(case.prescription, allowance=allowance))
    terms = terms_of(plain, product, recipe)
    found = preferred(terms)
    if isinstance(found, Unknown):
        found = preferred(replace(terms, most_draws=MANY_DRAWS))
    return found if isinstance(found, Unknown) else layout_of(found, product.unit)
