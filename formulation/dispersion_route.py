"""One dose dispersed at a time: whole source units in water, taken at once, the rest discarded."""

from __future__ import annotations

from fractions import Fraction

from formulation import beyond_use, stock
from formulation.assembly import Case, Draft, finish, not_applied, volume_each
from formulation.bench import Device
from formulation.cited import Unknown, known
from formulation.content import dose_limits, on_the_mark
from formulation.devices import by_capacity, connection, measure, rounding
from formulation.liquid_drawing import (
    dose_ml,
    draw_text,
    drawn,
    for_whom,
    syringe,
    syringes,
    taken_as,
    vessel,
)
from formulation.liquids import Added, Mixture, added_instead, single_use
from formulation.printing import show, show_error
from formulation.records import Product, Vehicle
from formulation.result import Absent, Action, MassBalance, Measure, Need, Route, Yield
from formulation.source_units import release
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity

ZERO = Quantity(Fraction(0), "mg")
DOSE = Quantity(Fraction(1), "dose")


def dispersion(case: Case, product: Product, water: Vehicle | None) -> Route | Absent:
    """Return the single-use dispersion: whole units for each dose, the undrawn rest discarded."""
    name, title = f"dispersion{case.suffix}", "single-use dispersion in water, one dose at a time"
    each = volume_each(case, product)
    if water is None:
        return Absent(name, "dispersion", title, "not on this bench: water")
    if isinstance(each, Unknown):
        return Absent(name, "dispersion", title, f"volume for each source unit {each}")
    working = Working()
    mixture = _one(single_use(case.dose, product, each, working))
    found = _syringe(case, mixture)
    error = found.snapped.error if found else Fraction(0)
    doses = case.prescription.doses
    units = working.work(
        "source units in all", "units * doses",
        {"units": mixture.units / DOSE, "doses": doses}, "each dose is made from units of its own",
    )  # fmt: skip
    drug = (units * product.drug).to("mg")
    balance, short = _balance(case, drug, error)
    drawn = case.prescription.active.dose * (1 + error)
    content = dose_limits(drawn, product, mixture.units, case.bench)
    content = on_the_mark(content, error, found.device if found else "")
    added = added_instead(mixture, case.bench.setting.partial_volume, working)
    vessels, unseen = vessel(case, mixture.volume)
    findings = [*release(product), *short, *_on_the_mark(case, mixture, found), *unseen]
    findings += for_whom(case, taken_as(found, mixture.dose_volume), (water,))
    findings += not_applied(case, "each dose is made by itself")
    return finish(case, Draft(
        name, "dispersion", title, working,
        (stock.use(product, Opened(units, units, drug), drug),), balance, content,
        Yield(doses, doses, "each"),
        beyond_use.no_date("prepare, take at once, discard the rest", "not kept"),
        (Need(product.key, product.name, units),
         Need(water.key, water.name, mixture.volume * doses.magnitude),
         Need(syringe(case).replace(" ", "-"), syringe(case), Quantity(Fraction(1), "each"))),
        findings, case.prescription.active.dose,
        measures=((found,) if found else ()) + vessels, amounts=_amounts(mixture, added),
        actions=_actions(product, mixture, added, found),
    ))  # fmt: skip


def _one(mixture: Mixture) -> Mixture:
    """Return the mixture of one dose with its per-dose units cancelled."""
    return Mixture(
        mixture.units * DOSE, mixture.drug * DOSE, (mixture.volume * DOSE).to("mL"),
        mixture.concentration, dose_ml(mixture),
    )  # fmt: skip


def _syringe(case: Case, mixture: Mixture) -> Measure | None:
    """Return how the dose is drawn: with the syringe that adds the water, where it is as exact.

    One syringe in the house is one mistake fewer.
    """
    devices, kind = syringes(case), syringe(case)
    best = measure("dose", mixture.dose_volume, devices, kind)
    for device in by_capacity(devices, kind):
        if device.capacity.value >= mixture.volume:
            return _same(device, mixture.dose_volume, best)
    return best


def _same(device: Device, volume: Quantity, best: Measure | None) -> Measure | None:
    found = measure("dose", volume, (device,), device.kind)
    if found is None or (best and abs(found.snapped.error) > abs(best.snapped.error)):
        return best
    return found


def _on_the_mark(case: Case, mixture: Mixture, found: Measure | None) -> list[Finding]:
    if found is None:
        return list(drawn(case, mixture.dose_volume).findings)
    return [*rounding(found), *connection(found, case.bench.devices)]


def _balance(case: Case, drug: Quantity, error: Fraction) -> tuple[MassBalance, list[Finding]]:
    """Return where the drug goes; a loss comes out of what is discarded, then out of the doses."""
    loss = drug * case.allowance.loss
    given = (case.dose * (1 + error) * case.prescription.doses).to("mg")
    findings: list[Finding] = []
    if given > drug - loss:
        what = f"With the process loss {show(drug - loss)} of {show(given)} can be given"
        fix = "open one more source unit for each dose, or leave the loss out"
        findings.append(Finding("loss-not-covered", "stop", what, fix, given, drug - loss))
        given = drug - loss
    rest = drug - loss - given
    name = case.substance.name
    return MassBalance(name, drug, given, ZERO, ZERO, loss, rest, ZERO), findings


def _amounts(
    mixture: Mixture, added: Added | Unknown
) -> tuple[tuple[str, Quantity | Unknown], ...]:
    rows: tuple[tuple[str, Quantity | Unknown], ...] = (
        ("made up to", mixture.volume), ("concentration", mixture.concentration),
        ("dose volume", mixture.dose_volume),
    )  # fmt: skip
    if isinstance(added, Unknown):
        return (*rows, ("volume when it is added", added))
    return (*rows, ("volume when it is added", added.volume),
            ("concentration when it is added", added.concentration),
            ("error when it is added", Quantity(added.error)))  # fmt: skip


def _actions(
    product: Product, mixture: Mixture, added: Added | Unknown, found: Measure | None
) -> tuple[Action, ...]:
    units = show(Quantity(mixture.units.magnitude, product.unit))
    draw = draw_text(found, mixture.dose_volume)
    opened = f"crush {units}" if product.unit == "tab" else f"empty {units}"
    bench = (
        f"for each dose: {opened}, make up to {show(mixture.volume)} with water, mix, "
        f"draw {draw}, give at once, discard the rest"
    )
    keep = "prepare, take at once, discard the rest"
    if "talc" in (known(product.inactives) or ()):
        keep += "; cloudiness is talc"
    if product.unit == "cap":
        keep += "; keep capsules in their blister"
    waste = "what is not drawn is wasted, and one unit's content is one unit's, not a mean of many"
    return (
        Action("at the bench", bench),
        Action("at home", _home(mixture, added, found)),
        Action("tell", keep),
        Action("mind", waste),
    )


def _home(mixture: Mixture, added: Added | Unknown, found: Measure | None) -> str:
    """Return what a patient can do, who adds a volume and cannot make up to it."""
    start = f"add {show(mixture.volume)} of water with the syringe"
    if found is None:
        return f"{start}; no syringe here draws the dose"
    volume = found.snapped.chosen * found.times
    if isinstance(added, Unknown):
        return f"{start}, mix, draw {show(volume)}; the error of adding is {added}"
    held = (added.concentration * volume).to(mixture.drug.unit)
    return (
        f"{start} (about {show(added.volume)} in all, {show(added.concentration)}), mix, draw "
        f"{show(volume)}: {show(held)}, {show_error(added.error)} by adding (volume of the drug "
        "assumed)"
    )
