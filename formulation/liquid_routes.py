"""A bottle made for several days from whole source units, one route for each vehicle."""

from __future__ import annotations

from fractions import Fraction

from formulation import stock
from formulation.assembly import Case, Draft, allowance_notes, finish, volume_each
from formulation.batch import Made, distribute, drug_needed
from formulation.cited import Cited, Unknown
from formulation.content import dose_limits, measured_limits
from formulation.devices import measure, rounding, unmeasurable
from formulation.liquids import Mixture, multi_dose
from formulation.printing import show
from formulation.records import Product, Vehicle
from formulation.result import Absent, Action, Measure, Need, Route
from formulation.route_dates import liquid_date
from formulation.source_units import claim_of, opening, release
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity

SYRINGE = "oral syringe"
GRADUATE = "graduate"


def _measured(case: Case, volume: Quantity) -> tuple[Measure | None, Fraction, list[Finding]]:
    """Return how one dose is drawn, the error of the mark, and what is found on it."""
    found = measure("dose", volume, case.bench.devices, SYRINGE)
    if found is None:
        return None, Fraction(0), [unmeasurable("dose", volume, case.bench.devices, SYRINGE)]
    return found, found.snapped.error, rounding(found)


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


def kept_liquid(case: Case, product: Product, vehicle: Vehicle) -> Route | Absent:
    """Return a bottle for the whole prescription from whole source units in one vehicle."""
    name = f"liquid-{vehicle.key}{case.suffix}"
    title = f"oral liquid for several days in {vehicle.name}"
    each = volume_each(case, product)
    if isinstance(each, Unknown):
        return Absent(name, "liquid", title, f"volume for each source unit {each}")
    working = Working()
    one = Quantity(Fraction(1), product.unit)
    volume = dose_ml(multi_dose(case.dose, one, product, each, Working()))
    found, error, findings = _measured(case, volume)
    order = case.per_dose(1 + error)
    needed = drug_needed(order, working)
    opened = stock.open_units(needed, product, working)
    richer = (order.target / order.amount).number()
    mixture = multi_dose(case.dose * richer, opened.whole, product, each / richer, working)
    made = distribute(order, opened.drug, opened.drug, "fixed")
    working.steps.extend(made.steps)
    vessels, vessel_findings = vessel(case, mixture.volume)
    content = measured_limits(
        dose_limits(_unscaled(case, made, error), product, opened.whole, case.bench),
        error, found.device if found else "",
    )  # fmt: skip
    return finish(case, Draft(
        name, "liquid", title, working, (stock.use(product, opened, opened.drug),), made.balance,
        content, made.made, liquid_date(case, product, (vehicle,), name, mixture.concentration),
        _liquid_needs(product, opened, vehicle, mixture),
        [*allowance_notes(case), *release(product), *findings, *vessel_findings, *made.findings],
        case.prescription.active.dose,
        measures=((found,) if found else ()) + vessels,
        amounts=(("final volume", mixture.volume), ("concentration", mixture.concentration),
                 ("dose volume", volume)),
        actions=_liquid_actions(case, product, vehicle, mixture, draw_text(found, volume)),
        offers=stock.use_what_is_opened(order, opened, 1, made.made.expected),
    ))  # fmt: skip


def _unscaled(case: Case, made: Made, error: Fraction) -> Quantity:
    """Return the drug in one dose before the mark's error, which is added as a term of its own."""
    dose = Quantity(Fraction(1), "dose")
    return (made.content * dose / (1 + error)).to(case.prescription.active.dose.unit)


def _liquid_needs(
    product: Product, opened: Opened, vehicle: Vehicle, mixture: Mixture
) -> tuple[Need, ...]:
    return (
        Need(product.key, product.name, opened.whole),
        Need(vehicle.key, vehicle.name, mixture.volume),
        Need("bottle", "container", Quantity(Fraction(1), "each")),
        Need("oral-syringe", SYRINGE, Quantity(Fraction(1), "each")),
    )


def _label_strength(case: Case, mixture: Mixture) -> Quantity:
    """Return the strength on the label: an overage or surcharge is never in it."""
    allowance = case.allowance
    return mixture.concentration / (1 + allowance.overage + allowance.surcharge)


def _liquid_actions(
    case: Case, product: Product, vehicle: Vehicle, mixture: Mixture, draw: str
) -> tuple[Action, ...]:
    soluble, water = case.substance.soluble_at_least, vehicle.key == "water"
    if water and isinstance(soluble, Cited) and mixture.concentration <= soluble.value:
        state = f"{case.substance.printed} dissolves; the other powder may not: shake well"
    else:
        state = f"whether it dissolves in {vehicle.name} is unknown: shake well"
    return (
        Action(opening(product), f"{show(mixture.units)} of {show(claim_of(product))}: all of it"),
        Action("make", f"up to {show(mixture.volume)} with {vehicle.name}, rinses included: "
               f"{show(_label_strength(case, mixture))}"),
        Action("draw", f"{draw} for one dose"),
        Action("label", state),
    )  # fmt: skip
