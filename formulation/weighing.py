"""Can this balance weigh it: least weighable quantity = sensitivity requirement / permitted error.

Source: unc-weighing. Readability is not sensitivity: a balance that shows 1 mg is not good to 1 mg.
"""

from __future__ import annotations

from formulation.cited import Unknown
from formulation.measurable import Direction, Snapped
from formulation.printing import show
from formulation.records import Balance
from formulation.trace import Finding, Level, Working
from formulation.units import Quantity


def least_weighable(balance: Balance, working: Working) -> Quantity | Unknown:
    """Return the least quantity this balance may weigh by its own rule, or what is not known.

    >>> from formulation.benches import read_bench
    >>> show(least_weighable(read_bench().balance, Working()))
    '120 mg'
    """
    if isinstance(balance.sensitivity, Unknown):
        return balance.sensitivity
    if isinstance(balance.permitted_error, Unknown):
        return balance.permitted_error
    return working.work(
        "least weighable quantity",
        "sensitivity / permitted",
        {
            "sensitivity": balance.sensitivity.value,
            "permitted": balance.permitted_error.value,
        },
        "below this the balance's own uncertainty passes the permitted error",
        (balance.sensitivity.source,),
    )


def too_little(
    what: str, mass: Quantity, balance: Balance, working: Working, instead: str = ""
) -> tuple[Finding, ...]:
    """Return a stop where `mass` is below the least weighable quantity; equal is allowed.

    Where there is something to do `instead` of weighing it, that is a caution.
    """
    least = least_weighable(balance, working)
    if isinstance(least, Unknown) or mass >= least:
        return ()
    what = f"{what}: {show(mass)} is below the least that {balance.name} may weigh, {show(least)}"
    fix = instead or "make a larger batch, or dilute the powder first and weigh an aliquot"
    level: Level = "caution" if instead else "stop"
    return (Finding("below-least-weighable", level, what, fix, least, mass),)


def on_the_balance(
    asked: Quantity, step: Quantity, working: Working, most: Quantity | None = None
) -> Snapped:
    """Return a mass put on the balance's step; where there is no more than `most`, not above it.

    >>> from fractions import Fraction
    >>> str(on_the_balance(Quantity(Fraction("1555.2"), "mg"), Quantity(1, "mg"), Working()))
    '1,555 mg (-0.01286 % against 1,555.2 mg)'
    """
    chosen = working.work(
        "powder on the balance", "floor(asked / step + 1 / 2) * step",
        {"asked": asked, "step": step}, "the nearest step that the balance shows, halves up",
    ).to(asked.unit)  # fmt: skip
    if most is not None and chosen > most:
        chosen = working.work(
            "powder on the balance, no more than there is", "chosen - step",
            {"chosen": chosen, "step": step}, "there is not more of it",
        )  # fmt: skip
    error = (chosen / asked).number() - 1
    direction: Direction = "up" if error > 0 else "down" if error < 0 else "exact"
    return Snapped(asked, chosen, error, direction)
