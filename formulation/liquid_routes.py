"""Liquids: one dose dispersed at a time, and a bottle made for several days."""

from __future__ import annotations

from fractions import Fraction

from formulation import beyond_use, stock
from formulation.assembly import Case, Draft, allowance_notes, finish
from formulation.batch import distribute, drug_needed
from formulation.cited import Cited, Unknown, known
from formulation.content import dose_limits, measured_limits
from formulation.cost import Need
from formulation.devices import measure, rounding, unmeasurable
from formulation.liquids import Added, Mixture, added_instead, multi_dose, single_use
from formulation.printing import show, show_error, show_exact
from formulation.records import Product, Vehicle
from formulation.result import Absent, Action, BeyondUse, MassBalance, Measure, Route, Yield
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity

ZERO = Quantity(Fraction(0), "mg")
SYRINGE = "oral syringe"
GRADUATE = "graduate"


def _measured(case: Case, volume: Quantity) -> tuple[Measure | None, Fraction, list[Finding]]:
    """Return how one dose is drawn, the error of the mark, and what is found on it."""
    found = measure("dose", volume, case.bench.devices, SYRINGE)
    if found is None:
        return None, Fraction(0), [unmeasurable("dose", volume, case.bench.devices, SYRINGE)]
    own = case.bench.rules.strength_tolerance
    limits = own.value if isinstance(own, Cited) else None
    sources = (own.source,) if isinstance(own, Cited) else ()
    return found, found.snapped.error, rounding(found, limits, sources)


def _vessel(case: Case, volume: Quantity) -> tuple[tuple[Measure, ...], list[Finding]]:
    found = measure("final volume", volume, case.bench.devices, GRADUATE)
    if found is not None and found.times == 1 and not found.snapped.error:
        return (found,), []
    what = f"final volume {show(volume)}: no graduate on this bench shows it"
    fix = "make it up in a bottle calibrated to that volume with water beforehand"
    return (), [Finding("no-graduate", "caution", what, fix)]


def _draw_text(found: Measure | None, volume: Quantity) -> str:
    if found is None:
        return f"{show(volume)} (not measurable here)"
    times = f"{found.times} x " if found.times > 1 else ""
    return f"{times}{show(found.snapped.chosen)} with the {found.device}"


def _dose_ml(mixture: Mixture) -> Quantity:
    return (mixture.dose_volume * Quantity(Fraction(1), "dose")).to("mL")


def dispersion(case: Case, product: Product, water: Vehicle | None) -> Route | Absent:
    """Return the single-use dispersion: whole units for each dose, the undrawn rest discarded."""
    title = "single-use dispersion in water, one dose at a time"
    each = case.bench.setting.dispersion
    if water is None or isinstance(each, Unknown):
        return Absent("dispersion", "dispersion", title, "not on this bench: water and a volume")
    working = Working()
    mixture = single_use(case.dose, product, each.value, working)
    volume = _dose_ml(mixture)
    found, error, findings = _measured(case, volume)
    doses = case.prescription.doses
    units = working.work(
        "source units in all", "units * doses", {"units": mixture.units, "doses": doses},
        "each dose is made from units of its own",
    )  # fmt: skip
    drug = (units * product.strength.value).to("mg")
    loss = drug * case.allowance.loss
    given = (case.dose * (1 + error) * doses).to("mg")
    if given > drug - loss:
        findings.append(_dispersion_short(given, drug - loss))
        given = drug - loss
    balance = MassBalance(case.substance.name, drug, given, ZERO, ZERO, loss,
                          drug - loss - given, ZERO)  # fmt: skip
    content = dose_limits(case.prescription.active.dose, product, mixture.units, case.bench)
    content = measured_limits(content, error, found.device if found else "")
    added = added_instead(_one(mixture), case.bench.setting.partial_volume, working)
    findings += _not_applied(case)
    draft = Draft(
        "dispersion", "dispersion", title, working,
        (stock.use(product, Opened(units, units, drug), drug),), balance, content,
        Yield(doses, doses, "each"),
        beyond_use.no_date("prepare, take at once, discard the rest", "not kept"),
        (Need(product.key, product.name, units),
         Need(water.key, water.name, (_one(mixture).volume * doses.magnitude)),
         Need("oral-syringe", SYRINGE, Quantity(Fraction(1), "each"))),
        findings, case.prescription.active.dose,
        measures=(found,) if found else (), amounts=_dispersion_amounts(mixture, added),
        actions=_dispersion_actions(product, mixture, added, _draw_text(found, volume)),
    )  # fmt: skip
    return finish(case, draft)


def _one(mixture: Mixture) -> Mixture:
    """Return the mixture of one dose with its per-dose units cancelled."""
    dose = Quantity(Fraction(1), "dose")
    return Mixture(
        mixture.units * dose, mixture.drug * dose, (mixture.volume * dose).to("mL"),
        mixture.concentration, (mixture.dose_volume * dose).to("mL"),
    )  # fmt: skip


def _dispersion_short(given: Quantity, left: Quantity) -> Finding:
    what = f"With the process loss {show(left)} of {show(given)} can be given"
    fix = "open one more source unit for each dose, or leave the loss out"
    return Finding("loss-not-covered", "caution", what, fix, given, left)


def _not_applied(case: Case) -> list[Finding]:
    allowance = case.allowance
    if not (allowance.excess or allowance.overage or allowance.surcharge or allowance.extra_units):
        return []
    what = "Excess, overage, surcharge and extra units do not apply: each dose is made by itself"
    return [Finding("allowance-not-applied", "note", what)]


def _dispersion_amounts(
    mixture: Mixture, added: Added | Unknown
) -> tuple[tuple[str, Quantity | Unknown], ...]:
    one = _one(mixture)
    rows: list[tuple[str, Quantity | Unknown]] = [
        ("made up to", one.volume), ("concentration", one.concentration),
        ("dose volume", one.dose_volume),
    ]  # fmt: skip
    if isinstance(added, Unknown):
        return (*rows, ("volume when it is added", added))
    return (*rows, ("volume when it is added", added.volume),
            ("concentration when it is added", added.concentration),
            ("error when it is added", Quantity(added.error)))  # fmt: skip


def _dispersion_actions(
    product: Product, mixture: Mixture, added: Added | Unknown, draw: str
) -> tuple[Action, ...]:
    one = _one(mixture)
    units = show(Quantity(one.units.magnitude, product.unit))
    bench = (
        f"for each dose: empty {units}, make up to {show(one.volume)} with water, mix, "
        f"draw {draw}, give at once, discard the rest"
    )
    home = f"add {show(one.volume)} of water with the syringe"
    if isinstance(added, Added):
        home += (
            f": about {show(added.volume)}, {show(added.concentration)}, "
            f"{show_error(added.error)} (assumed volume of the drug)"
        )
    keep = "prepare, take at once, discard the rest; keep capsules in their blister"
    if "talc" in (known(product.inactives) or ()):
        keep = keep.replace("; keep", "; cloudiness is talc; keep")
    return (Action("at the bench", bench), Action("at home", home), Action("tell", keep))


def kept_liquid(case: Case, product: Product, vehicle: Vehicle) -> Route | Absent:
    """Return a bottle for the whole prescription from whole source units in one vehicle."""
    name, title = f"liquid-{vehicle.key}", f"oral liquid for several days in {vehicle.name}"
    each = case.bench.setting.dispersion
    if isinstance(each, Unknown):
        return Absent(name, "liquid", title, f"volume for each source unit: {each}")
    working = Working()
    trial = multi_dose(case.per_dose(Fraction(1)).target, Quantity(Fraction(1), product.unit),
                       product, each.value, Working())  # fmt: skip
    volume = _dose_ml(trial)
    found, error, findings = _measured(case, volume)
    order = case.per_dose(1 + error)
    needed = drug_needed(order, working)
    opened = stock.open_units(needed, product, working)
    mixture = multi_dose(case.per_dose(Fraction(1)).target, opened.whole, product, each.value,
                         working)  # fmt: skip
    made = distribute(order, opened.drug, opened.drug, "fixed")
    working.steps.extend(made.steps)
    vessels, vessel_findings = _vessel(case, mixture.volume)
    content = dose_limits(
        (made.content * Quantity(Fraction(1), "dose") / (1 + error)).to(
            case.prescription.active.dose.unit
        ),
        product, opened.whole, case.bench,
    )  # fmt: skip
    content = measured_limits(content, error, found.device if found else "")
    draft = Draft(
        name, "liquid", title, working, (stock.use(product, opened, opened.drug),), made.balance,
        content, made.made, _date(case, vehicle, name, product),
        _liquid_needs(product, opened, vehicle, mixture),
        [*allowance_notes(case), *findings, *vessel_findings, *made.findings],
        case.prescription.active.dose,
        measures=((found,) if found else ()) + vessels,
        amounts=(("final volume", mixture.volume), ("concentration", mixture.concentration),
                 ("dose volume", volume)),
        actions=_liquid_actions(case, product, vehicle, mixture, _draw_text(found, volume)),
        offers=stock.use_what_is_opened(order, opened, 1),
    )  # fmt: skip
    return finish(case, draft)


def _date(case: Case, vehicle: Vehicle, name: str, product: Product) -> BeyondUse:
    prescription = case.prescription
    assigned = prescription.assigned if prescription.route in ("", name) else None
    lots = beyond_use.lots(prescription, (product.key, vehicle.key))
    asked = beyond_use.Asked(case.substance, vehicle, name, assigned, lots)
    return beyond_use.beyond_use(asked, case.bench.rules, prescription.prepared)


def _liquid_needs(
    product: Product, opened: Opened, vehicle: Vehicle, mixture: Mixture
) -> tuple[Need, ...]:
    return (
        Need(product.key, product.name, opened.whole),
        Need(vehicle.key, vehicle.name, mixture.volume),
        Need("bottle", "container", Quantity(Fraction(1), "each")),
        Need("oral-syringe", SYRINGE, Quantity(Fraction(1), "each")),
    )


def _liquid_actions(
    case: Case, product: Product, vehicle: Vehicle, mixture: Mixture, draw: str
) -> tuple[Action, ...]:
    soluble = case.substance.soluble_at_least
    if isinstance(soluble, Cited) and mixture.concentration <= soluble.value:
        state = f"{case.substance.printed} dissolves; the other powder may not: shake well"
    else:
        state = "solution or suspension unknown: label it to be shaken well"
    claim = (product.strength.value * Quantity(Fraction(1), product.unit)).to("mg")
    return (
        Action("open", f"{show(mixture.units)} of {show(claim)}: all of the powder"),
        Action("make", f"up to {show_exact(mixture.volume)} with {vehicle.name}, rinses included: "
               f"{show(mixture.concentration)}"),
        Action("draw", f"{draw} for one dose"),
        Action("label", state),
    )  # fmt: skip
