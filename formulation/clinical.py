"""What the label says that the pharmacist has to see on every output, and what needs a call.

Contraindications, daily amounts, and strengths that are sold ready-made. No efficacy and no time of
administration is ever claimed here; the prescriber's directions are printed as written.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.cited import Cited, Unknown
from formulation.prescription import Prescription
from formulation.printing import show, show_number, show_share
from formulation.records import Policy, Product, Substance
from formulation.result import Supply
from formulation.trace import Finding, Level
from formulation.units import Quantity


def _reviewed(prescription: Prescription) -> str:
    return "; ".join(f"{r.who}, {r.when}: {r.outcome}" for r in prescription.reviews)


def contraindications(prescription: Prescription) -> tuple[Finding, ...]:
    """Return the label's contraindications, a caution until a review is on record."""
    substance = prescription.active.substance
    listed = substance.contraindications
    if isinstance(listed, Unknown):
        return ()
    words = "; ".join(listed.value)
    what = f"Contraindicated by the label of {substance.printed}: {words}"
    if _psychiatric(listed.value):
        what += " (some of these are what it is prescribed for in psychiatry)"
    if prescription.reviews:
        return (Finding("contraindications", "note", f"{what}. On record: "
                        f"{_reviewed(prescription)}", sources=(listed.source,)),)  # fmt: skip
    fix = "ask the prescriber; put who was called, when and the outcome under [dur]"
    return (Finding("contraindications", "caution", what, fix, sources=(listed.source,)),)


def _psychiatric(listed: tuple[str, ...]) -> bool:
    return any(word in entry for entry in listed for word in ("depress", "anxiety", "psychosis"))


def daily_amount(prescription: Prescription, supply: Supply) -> tuple[Finding, ...]:
    """Return the caution or stop for the amount taken on one day.

    Without a frequency one dose is the least that is taken in a day.
    """
    substance, daily = prescription.active.substance, supply.daily
    if isinstance(daily, Unknown):
        daily = prescription.active.dose
    reviewed = bool(prescription.reviews)
    maximum, caution = substance.daily_maximum, substance.daily_caution
    if isinstance(maximum, Cited) and daily > maximum.value:
        level: Level = "caution" if reviewed else "stop"
        return (_daily("daily-over-maximum", level, daily, maximum, prescription),)
    if isinstance(caution, Cited) and daily > caution.value:
        level = "note" if reviewed else "caution"
        return (_daily("daily-over-caution", level, daily, caution, prescription),)
    return ()


def _daily(
    code: str, level: Level, daily: Quantity, limit: Cited[Quantity], prescription: Prescription
) -> Finding:
    name = prescription.active.substance.printed
    what = f"{show(daily)} of {name} in one day is above {show(limit.value)} ({limit.note})"
    divided = prescription.active.substance.divided_doses
    if isinstance(divided, Cited):
        what += f". Label: {divided.value}"
    if prescription.reviews:
        return Finding(code, level, f"{what}. On record: {_reviewed(prescription)}", "",
                       limit.value, daily, (limit.source,))  # fmt: skip
    fix = "call the prescriber; put who was called, when and the outcome under [dur]"
    return Finding(code, level, what, fix, limit.value, daily, (limit.source,))


def copy_of_commercial(
    strength: Quantity, products: tuple[Product, ...], prescription: Prescription, policy: Policy
) -> tuple[Finding, ...]:
    """Return the caution for a unit near to, or a whole multiple of, a marketed strength.

    `strength` is drug in one compounded unit or one measured dose, as a mass; how near is the
    policy's (source: restorehealth-essentially-a-copy).
    """
    near, sources = policy.near.value, (policy.near.source,)
    for product in products:
        claim = product.strength
        sold = (claim.value * Quantity(Fraction(1), product.unit)).to("mg")
        times = (strength / sold).number()
        multiple = times.denominator == 1 and times > 1
        if abs(times - 1) > near and not multiple:
            continue
        how = f"{show_number(times)} times" if multiple else f"within {show_share(near)} of"
        what = f"{show(strength)} is {how} the marketed {product.name}: essentially a copy?"
        if prescription.difference:
            stated = f"{what} Prescriber's stated difference: {prescription.difference}"
            return (Finding("copy-of-commercial", "note", stated, "", sold, strength, sources),)
        fix = "prescriber's stated difference for this patient: ____________________"
        return (Finding("copy-of-commercial", "caution", what, fix, sold, strength, sources),)
    return ()


def humidity(substance: Substance) -> tuple[Finding, ...]:
    """Return the note on moisture for a solid preparation, where a source gives one."""
    for fact in substance.stability:
        if fact.role == "humidity" and "solid" in fact.applies_to:
            if isinstance(fact.statement, Unknown):
                continue
            what = f"Moisture: {fact.statement.value.replace('degC', '°C')}"
            fix = "tight container with desiccant, a dry filler; shorter fills in a humid climate"
            return (Finding("humidity", "note", what, fix, sources=(fact.statement.source,)),)
    return ()
