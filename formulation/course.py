"""What the whole course costs: every batch that the date forces, every refill, and what is wasted.

first fill = total of batch 1 + the others without what is charged once for the prescription;
course = first fill + refills x refill.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from formulation.bill import Bill, Cost, Leftover
from formulation.charge_lines import rest_of_pack
from formulation.cited import Unknown
from formulation.printing import show
from formulation.units import Quantity, same_kind

MONEY = Quantity(Fraction(0), "USD")


def with_waste(found: Cost, source: str, share: Fraction, left: Quantity) -> Cost:
    """Return the cost with the money in the drug that reaches nobody, and opened powder left over.

    An opened unit is charged whole, so what is left of its powder is billed too.
    """
    line = next((line for line in found.lines if line.item == source), None)
    if line is None:
        return found
    more: tuple[Leftover, ...] = ()
    if left:
        text = (
            f"{show(left)} of drug left over in opened powder of {source}: billed with its unit; "
            "record what becomes of it"
        )
        more = (Leftover(source, left, "patient", text),)
    return replace(found, wasted=line.amount * share, leftovers=(*found.leftovers, *more))


def in_batches(one: Cost, batches: tuple[Cost, ...], refills: int) -> Cost:
    """Return the cost with a first fill, refills and course of several batches, each paid for.

    What is charged once for the prescription is charged with the first batch alone.
    """
    return replace(
        one,
        makings=len(batches),
        wasted=_wasted(batches),
        leftovers=_of_batches(batches, one.billing),
        used=_together(one.used, tuple(batch.used for batch in batches), refills),
        packs=_together(one.packs, tuple(batch.packs for batch in batches), refills),
        missing=tuple(dict.fromkeys((*one.missing, *(m for b in batches for m in b.missing)))),
    )


def _wasted(batches: tuple[Cost, ...]) -> Quantity | Unknown:
    """Return the money in the drug that reaches nobody, of all batches together."""
    every = [batch.wasted for batch in batches]
    whole = MONEY
    for one in every:
        if isinstance(one, Unknown):
            return one
        whole = whole + one
    return whole


def _of_batches(batches: tuple[Cost, ...], billing: str) -> tuple[Leftover, ...]:
    """Return what is left of the packs of all batches together, and of the powder of each."""
    rests: dict[str, Quantity] = {}
    powder = []
    for left in (left for batch in batches for left in batch.leftovers):
        if same_kind(left.quantity.unit, "mg") and left.owner == "patient":
            powder.append(left)
        elif left.item in rests:
            rests[left.item] = rests[left.item] + left.quantity
        else:
            rests[left.item] = left.quantity
    packs = f"the packs of {len(batches)} batches"
    return (*(rest_of_pack(item, rest, billing, packs) for item, rest in rests.items()), *powder)


def _together(one: Bill, batches: tuple[Bill, ...], refills: int) -> Bill:
    first, refill = batches[0].total, MONEY
    for bill in batches:
        if isinstance(bill.refill, Unknown) or isinstance(first, Unknown):
            return one
        refill = refill + bill.refill
    if isinstance(first, Unknown) or isinstance(batches[0].refill, Unknown):
        return one
    whole = first + refill - batches[0].refill
    return replace(one, per_dose=_each(one, whole), first_fill=whole, refill=refill,
                   course=whole + refill * refills)  # fmt: skip


def _each(one: Bill, whole: Quantity) -> Quantity | Unknown:
    """Return what a dose of the first fill costs, every batch paid for: the same doses for more."""
    if isinstance(one.total, Unknown) or isinstance(one.per_dose, Unknown) or not one.total:
        return one.per_dose
    return one.per_dose * (whole / one.total).number()
