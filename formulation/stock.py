"""How many whole source units to open, and what to do with a half-used one.

units = drug / claim, exact; opened = the next whole number (source: usp32-cycloserine-capsules for
the claim's limits). Contents weighed for a check go back into the pool.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.batch import Order
from formulation.printing import show
from formulation.records import Product
from formulation.result import Offer, SourceUse
from formulation.trace import Working
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class Opened:
    """Source units for one batch: exact, whole, and the drug in the whole ones by label claim."""

    exact: Quantity
    whole: Quantity
    drug: Quantity


def open_units(
    drug: Quantity, product: Product, working: Working, laid: Quantity | None = None
) -> Opened:
    """Return how many source units hold `drug`, exactly and in whole units, or as many as `laid`.

    >>> from formulation.benches import read_bench
    >>> capsule = read_bench().products[0]
    >>> opened = open_units(Quantity(700, "mg"), capsule, Working())
    >>> show(opened.exact), show(opened.whole), show(opened.drug)
    ('2.8 capsules', '3 capsules', '750 mg')
    """
    source = (product.strength.source,)
    ground = "certificate" if product.held else "label claim"
    exact = working.work(
        "source units, exact", f"drug / {_word(product)}",
        {"drug": drug, _word(product): product.drug}, f"the {ground} of one unit", source,
    )  # fmt: skip
    if laid is None:
        rule, given, why = "ceil(exact)", {"exact": exact}, "a unit is opened whole"
    else:
        rule, given, why = "laid", {"laid": laid}, "the whole units of this layout"
    whole = working.work("source units to open", rule, given, why)
    held = working.work(
        "drug opened",
        f"opened * {_word(product)}",
        {"opened": whole, _word(product): product.drug},
        "by the lot's certificate" if product.held else "by label claim, not by assay",
        source,
    )
    return Opened(exact, whole, held.to("mg"))


def _word(product: Product) -> str:
    return "content" if product.held else "claim"


def use(product: Product, opened: Opened, used: Quantity) -> SourceUse:
    """Return the line for stock: what is opened, and what of it is left."""
    return SourceUse(
        product.key, product.name, opened.exact, opened.whole, opened.drug, opened.drug - used
    )


def use_what_is_opened(
    order: Order, opened: Opened, units_per_dose: int, made: Quantity
) -> tuple[Offer, ...]:
    """Offer the further whole doses that opened units would make, after the loss.

    Nothing is offered where they make no more than are `made` anyhow, or more than as many again
    as were prescribed.

    >>> from formulation.benches import read_bench
    >>> from formulation.prescription import Allowance
    >>> order = Order("cycloserine", Quantity(100, "mg/cap"), Quantity(10, "cap"),
    ...               Allowance(excess=Fraction(1, 20)))
    >>> opened = open_units(Quantity(1050, "mg"), read_bench().products[0], Working())
    >>> print(use_what_is_opened(order, opened, 1, order.units)[0].text)
    5 opened capsules make 12 capsules, 2 more than prescribed: 50 mg left over
    """
    per_dose = order.target * units_per_dose
    reaching = opened.drug * (1 - order.allowance.loss)
    doses = (reaching / per_dose).magnitude // 1
    units = Quantity(Fraction(doses * units_per_dose), order.counted)
    more = units - order.units
    if units <= made or more > order.units:
        return ()
    left = reaching - (order.target * units).to("mg")
    make = "makes" if opened.whole.magnitude == 1 else "make"
    text = (
        f"{show(opened.whole).replace(' ', ' opened ', 1)} {make} {show(units)}, "
        f"{show(Quantity(more.magnitude))} more than prescribed: {show(left)} left over"
    )
    amounts = (("units", units), ("more", more), ("left over", left))
    return (Offer("use-what-is-opened", text, amounts=amounts),)
