"""What does it cost here: as used, and in whole packs, with labour, fees, markup and tax.

Each line is rounded once to the cent, half away from zero; the total is the sum of the printed
lines. What has no price makes the total "at least", never zero (docs/method/costs.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.bench import Bench, StockPrice
from formulation.bill import Bill, Cost, CostLine, Leftover
from formulation.charge_lines import (
    CENT,
    ONCE,
    ROUNDED,
    Job,
    applies,
    fee_lines,
    labour_line,
    rest_of_pack,
    share_line,
)
from formulation.charges import Charges
from formulation.cited import Cited, Unknown
from formulation.price_cautions import price_cautions
from formulation.result import Need
from formulation.trace import Step, Working
from formulation.units import Quantity, same_kind
from formulation.units import total as total_of

NO_PRICE = Unknown("price", "no price of the source here", "add it with its day and source")
MONEY = Quantity(Fraction(0), "USD")
_OF = {"material": "materials", "fee": "fees"}


@dataclass(frozen=True, slots=True)
class _Priced:
    """What is needed and has a price."""

    need: Need
    price: StockPrice
    quantity: Quantity


def cost(needs: tuple[Need, ...], bench: Bench, job: Job) -> Cost:
    """Return the cost of one making: its lines, what they come to, what is missing, cautions.

    The first need is the source: without its price the totals are unknown. The route adds the
    money wasted, and the batches where the doses outlast the date.

    >>> from formulation.benches import read_bench
    >>> from datetime import date
    >>> from formulation.printing import show_money
    >>> need = Need("cycloserine-250-capsule", "cycloserine 250 mg capsules", Quantity(6, "cap"))
    >>> job = Job("capsules", Quantity(30, "dose"), Quantity(30, "cap"), date(2015, 10, 1))
    >>> found = cost((need,), read_bench(), job)
    >>> show_money(found.total.magnitude), show_money(found.pack_total.magnitude)
    ('$210.00', '$1,050.00')
    """
    working, aside = Working(), Working()
    priced, missing = _priced(needs, bench, job)
    known = bool(needs) and needs[0].words not in missing
    materials = tuple(_line(p, p.quantity, working) for p in priced)
    bought = tuple(
        line if _bought(p) == p.quantity else _line(p, _bought(p), aside)
        for p, line in zip(priced, materials, strict=True)
    )
    work = labour_line(needs, bench.charges, job, working)
    more = (
        *((work,) if isinstance(work, CostLine) else ()),
        *fee_lines(bench.charges, job, working),
    )
    used, lines = _bill(materials, more, _Asked(bench, job, known), working)
    whole, packs = used, lines
    if bought != materials:
        whole, packs = _bill(bought, more, _Asked(bench, job, known), aside)
    cautions = (price_cautions(p.need.item, p.need.words, bench, job.prepared) for p in priced)
    return Cost(
        lines=lines,
        pack_lines=packs,
        used=used,
        packs=whole,
        billing=bench.charges.billing,
        leftovers=tuple(_left(priced, bench.charges.billing)),
        makings=1,
        missing=(*_not_charged(bench.charges, work), *missing),
        wasted=NO_PRICE,
        minutes=work.quantity if isinstance(work, CostLine) else work,
        findings=tuple(found for each in cautions for found in each),
        steps=(*working.steps, *_differing(working, aside)),
    )


# Materials.


def _priced(
    needs: tuple[Need, ...], bench: Bench, job: Job
) -> tuple[tuple[_Priced, ...], tuple[str, ...]]:
    """Return what has a price, and the words of what has none or only the lower end of one."""
    found, missing = [], []
    for need in needs:
        price, amount = bench.price_of(need.item, job.prepared), need.quantity
        if price is None or amount is None or not same_kind(price.per.value.unit, amount.unit):
            missing.append(need.words)
            continue
        found.append(_Priced(need, price, amount))
        if isinstance(price.at_most, Cited):
            missing.append(f"{need.words} above its lowest price")
    return tuple(found), tuple(missing)


def _line(priced: _Priced, quantity: Quantity, working: Working) -> CostLine:
    price, words = priced.price, priced.need.words
    unit = price.price.value / price.per.value
    amount = working.work(
        f"cost of {words}", ROUNDED, {"quantity": quantity, "price": unit, "cent": CENT},
        ONCE, (price.price.source,),
    )  # fmt: skip
    return CostLine(
        words, quantity, unit, amount, price.start, price.price.source, price.price.assumed
    )


def _bought(priced: _Priced) -> Quantity:
    """Return what is bought: whole packs, or what is used where the pack may be broken."""
    price, quantity = priced.price, priced.quantity
    if price.breakable:
        return quantity
    packs = -((-quantity / price.per.value).number() // 1)
    return price.per.value * Fraction(packs)


def _left(priced: tuple[_Priced, ...], billing: str) -> list[Leftover]:
    """Return what is left of unbroken packs: the one who is billed owns it, never both."""
    rests = ((one.need.words, _bought(one) - one.quantity) for one in priced)
    return [rest_of_pack(words, rest, billing) for words, rest in rests if rest]


def _not_charged(charges: Charges, labour: CostLine | Unknown) -> tuple[str, ...]:
    """Return in one phrase what of labour, fees, markup and tax is not on the bench."""
    lacking = [
        word
        for word, lacks in (
            ("labour", isinstance(labour, Unknown)), ("fees", not charges.fees),
            ("markup", isinstance(charges.markup, Unknown)), ("tax", charges.tax is None),
        )
        if lacks
    ]  # fmt: skip
    *most, last = lacking or [""]
    return (f"{', '.join(most)} and {last}" if most else last,) if last else ()


# What the lines come to.


@dataclass(frozen=True, slots=True)
class _Asked:
    """On what a bill is worked out, and whether the source is priced."""

    bench: Bench
    job: Job
    known: bool


def _sum(lines: tuple[CostLine, ...], parts: tuple[str, ...] | None = None) -> Quantity:
    every = (
        line.amount for line in lines if parts is None or _OF.get(line.part, line.part) in parts
    )
    return total_of(every, "USD")


def _taxed(lines: tuple[CostLine, ...], charges: Charges, working: Working) -> tuple[CostLine, ...]:
    if charges.tax is None:
        return lines
    base, words = _sum(lines, charges.tax.on), " and ".join(charges.tax.on)
    return (*lines, *share_line("tax", charges.tax.share, (words, base), working))


def _bill(
    materials: tuple[CostLine, ...], more: tuple[CostLine, ...], asked: _Asked, working: Working
) -> tuple[Bill, tuple[CostLine, ...]]:
    """Return what the lines come to, and all the lines, markup and tax at their end."""
    charges, job = asked.bench.charges, asked.job
    lines = (*materials, *more)
    if isinstance(charges.markup, Cited):
        of = ("materials", _sum(materials))
        lines = (*lines, *share_line("markup", charges.markup, of, working))
    per = iter([fee.per for fee in charges.fees if applies(fee, job.form)])
    again = tuple(line for line in lines if line.part != "fee" or next(per) != "prescription")
    whole, again = _taxed(lines, charges, working), _taxed(again, charges, Working())
    if not asked.known:
        return _unpriced(whole, charges), whole
    amounts = tuple(line.amount for line in whole)
    total = working.work("total", "sum(lines)", {"lines": amounts}, "of the printed lines")
    refill, refills = _sum(again), job.refills
    course = total
    if refills:
        course = working.work(
            "course", "total + refill * refills",
            {"total": total, "refill": refill, "refills": refills},
            "the first fill and every refill",
        )  # fmt: skip
    bill = replace(_unpriced(whole, charges), materials=_sum(materials), total=total,
                   per_dose=_each(total, job.doses), first_fill=total, refill=refill,
                   course=course)  # fmt: skip
    return bill, whole


def _unpriced(lines: tuple[CostLine, ...], charges: Charges) -> Bill:
    """Return the parts that are charged, with every total unknown."""
    worked = any(line.part == "labour" for line in lines)
    not_here = "not on this bench"
    return Bill(
        materials=NO_PRICE,
        labour=_sum(lines, ("labour",)) if worked else Unknown("labour", not_here),
        fees=_sum(lines, ("fees",)) if charges.fees else Unknown("fees", not_here),
        markup=_markup(lines, charges),
        tax=_sum(lines, ("tax",)) if charges.tax else Unknown("tax", not_here),
        total=NO_PRICE, per_dose=NO_PRICE, first_fill=NO_PRICE, refill=NO_PRICE, course=NO_PRICE,
    )  # fmt: skip


def _markup(lines: tuple[CostLine, ...], charges: Charges) -> Quantity | Unknown:
    if isinstance(charges.markup, Unknown):
        return Unknown("markup", "not on this bench")
    return _sum(lines, ("markup",))


def _each(whole: Quantity, doses: Quantity) -> Quantity | Unknown:
    none = Unknown("cost of a dose", "no whole dose is made", "lower the loss, or add excess")
    return whole / doses.magnitude if doses else none


def _differing(working: Working, aside: Working) -> tuple[Step, ...]:
    """Return the working by whole packs where it comes out otherwise."""
    used = {step.name: step.result for step in working.steps}
    return tuple(
        replace(step, name=f"whole packs: {step.name}")
        for step in aside.steps
        if used.get(step.name) != step.result
    )
