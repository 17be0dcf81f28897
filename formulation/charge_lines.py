"""The lines of a bill beside materials: minutes of work, fees, and what is a share of other lines.

minutes = set-up + minutes for one x how many; each amount is rounded once to the cent, half away
from zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from formulation.bill import CostLine, Leftover
from formulation.charges import NOT_GIVEN, Charges, Fee, FormTime
from formulation.cited import Cited, Unknown
from formulation.printing import show, show_share
from formulation.result import Need
from formulation.trace import Working
from formulation.units import Quantity, same_kind

CENT = Quantity(Fraction(1, 100), "USD")
ROUNDED = "floor(quantity * price / cent + 1 / 2) * cent"
ONCE = "rounded once to the cent, half up"
CONTAINER = "bottle"


@dataclass(frozen=True, slots=True)
class Job:
    """What is charged for: the form, doses dispensed, capsules or doses made, day, refills."""

    form: str
    doses: Quantity
    units: Quantity
    prepared: date
    refills: int = 0


def labour_line(
    needs: tuple[Need, ...], charges: Charges, job: Job, working: Working
) -> CostLine | Unknown:
    """Return the line for the minutes of one making, or why there is none."""
    labour = charges.labour
    times = labour.of(job.form) if labour else None
    if labour is None or times is None:
        return Unknown("labour", f"no minutes for {job.form} here", "add [[labour.forms]]")
    if isinstance(labour.rate, Unknown):
        return labour.rate
    if said := _said_unknown(times):
        return said
    parts: dict[str, Quantity] = {}
    if isinstance(times.set_up, Cited):
        parts["set_up"] = times.set_up.value
    if isinstance(times.each, Cited):
        count = _counted(times.each.value.unit, needs, job)
        if count is None:
            return Unknown("labour", f"nothing to count for {show(times.each.value)}", "")
        parts |= {"each": times.each.value, "count": count}
    formula = " + ".join(
        text for text, key in (("set_up", "set_up"), ("each * count", "each")) if key in parts
    )
    sources = tuple(dict.fromkeys(t.source for t in (times.set_up, times.each)
                                  if isinstance(t, Cited)))  # fmt: skip
    why = f"to set up once for a making, then for each unit ({job.form})"
    minutes = working.work("minutes of work", formula, parts, why, sources).to("minute")
    rate = labour.rate.value
    amount = working.work("cost of labour", ROUNDED,
                          {"quantity": minutes, "price": rate, "cent": CENT},
                          ONCE, (labour.rate.source,))  # fmt: skip
    return CostLine("labour", minutes, rate, amount, None, labour.rate.source,
                    labour.rate.assumed, "labour")  # fmt: skip


def _said_unknown(times: FormTime) -> Unknown | None:
    """Return the minutes that the bench says it does not know; what is left out takes none."""
    every = (times.set_up, times.each)
    return next((t for t in every if isinstance(t, Unknown) and t.why != NOT_GIVEN), None)


def _counted(unit: str, needs: tuple[Need, ...], job: Job) -> Quantity | None:
    """Return how many of what the minutes are for: made, dispensed, opened, or containers."""
    counted = unit.rpartition("/")[2]
    opened = [n.quantity for n in needs[:1] if n.quantity is not None]
    bottles = [n.quantity for n in needs if n.item == CONTAINER and n.quantity is not None]
    every = [job.units, job.doses, *opened, *bottles]
    return next((found for found in every if same_kind(found.unit, counted)), None)


def applies(fee: Fee, form: str) -> bool:
    """Say whether a fee is charged for a form."""
    return not fee.forms or form in fee.forms


def fee_lines(charges: Charges, job: Job, working: Working) -> list[CostLine]:
    """Return a line for each fee of this form."""
    found = []
    for fee in charges.fees:
        if applies(fee, job.form):
            one, unit = Quantity(Fraction(1)), fee.charge.value
            amount = working.work(f"cost of {fee.name}", ROUNDED,
                                  {"quantity": one, "price": unit, "cent": CENT},
                                  f"charged for each {fee.per}", (fee.charge.source,))  # fmt: skip
            found.append(CostLine(fee.name, one, unit, amount, None, fee.charge.source,
                                  fee.charge.assumed, "fee"))  # fmt: skip
    return found


def share_line(
    part: str, fact: Cited[Fraction], of: tuple[str, Quantity], working: Working
) -> tuple[CostLine, ...]:
    """Return the line of a markup or a tax; a share of nothing is no line."""
    if not fact.value:
        return ()
    words, base = of
    item = f"{part}, {show_share(fact.value)} of {words}"
    amount = working.work(f"cost of {item}", ROUNDED,
                          {"quantity": fact.value, "price": base, "cent": CENT},
                          "of the printed lines; " + ONCE, (fact.source,))  # fmt: skip
    return (CostLine(item, Quantity(fact.value), base, amount, None, fact.source,
                     fact.assumed, part),)  # fmt: skip


def rest_of_pack(item: str, rest: Quantity, billing: str, packs: str = "the pack") -> Leftover:
    """Return what is left of unbroken packs, and whose it is by the bench's billing."""
    words = f"{show(rest)} left of {packs} ({item})"
    if billing == "packs":
        text = f"{words}: billed, so the patient's; hand over, or record what becomes of it"
        return Leftover(item, rest, "patient", text)
    if billing == "units":
        return Leftover(item, rest, "stock", f"{words}: not billed, so it returns to stock")
    text = f"{words}: the bench does not say who is billed for it"
    return Leftover(item, rest, "unknown", text)
