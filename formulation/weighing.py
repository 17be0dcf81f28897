"""Can this balance weigh it: the least weighable quantity, by the one rule that the bench names.

sensitivity: sensitivity requirement / permitted error (source: unc-weighing).
usp41: 2 x max(SD, 0.41 d) / 0.10 % (sources: usp41-2019-text, atlantic-scale-usp41).
Readability is not sensitivity: a balance that shows 1 mg is not good to 1 mg.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.apparatus import Balance, MinimumWeight
from formulation.cited import Fact, Unknown
from formulation.errors import FormulationError
from formulation.measurable import Direction, Snapped
from formulation.printing import show, show_dose, show_share
from formulation.trace import Finding, Level, Working
from formulation.units import Quantity

NO_CONSTANTS = Unknown("minimum weight", "no constants of <41> on this bench", "data/weighing")


def permitted(balance: Balance) -> Fraction | Unknown:
    """Return the share by which one weighing may be off under the balance's rule.

    Raises `FormulationError` for nothing, and for the whole or more.
    """
    if balance.rule == "usp41":
        fact: Fact[Fraction] = balance.minimum.share if balance.minimum else NO_CONSTANTS
    else:
        fact = balance.permitted_error
    if isinstance(fact, Unknown):
        return fact
    if not 0 < fact.value < 1:
        what = f"a permitted error of {show_share(fact.value)} cannot be used"
        fix = "give a share above 0 % and below 100 %, as in 5 %"
        raise FormulationError("permitted-error-out-of-range", what, balance.name, fix)
    return fact.value


def least_weighable(balance: Balance, working: Working) -> Quantity | Unknown:
    """Return the least quantity this balance may weigh by its own rule, or what is not known.

    >>> from formulation.benches import read_bench
    >>> show(least_weighable(read_bench().balance, Working()))
    '120 mg'
    """
    share = permitted(balance)
    if balance.rule == "usp41":
        return _by_repeatability(balance, working)
    if isinstance(balance.sensitivity, Unknown):
        return balance.sensitivity
    if isinstance(share, Unknown):
        return share
    return working.work(
        "least weighable quantity", "sensitivity / permitted",
        {"sensitivity": balance.sensitivity.value, "permitted": share},
        "below this the balance's own uncertainty passes the permitted error",
        (balance.sensitivity.source,),
    )  # fmt: skip


def _sources(minimum: MinimumWeight) -> tuple[str, ...]:
    return tuple(dict.fromkeys((minimum.factor.source, minimum.floor.source)))


def _by_repeatability(balance: Balance, working: Working) -> Quantity | Unknown:
    minimum = balance.minimum
    if minimum is None:
        return NO_CONSTANTS
    if isinstance(balance.repeatability, Unknown):
        return balance.repeatability
    if isinstance(balance.readability, Unknown):
        return balance.readability
    return working.work(
        "least weighable quantity", "factor * max(sd, floor * d) / share",
        {"factor": minimum.factor.value, "sd": balance.repeatability.value,
         "floor": minimum.floor.value, "d": balance.readability.value,
         "share": minimum.share.value},
        f"{minimum.name}: no standard deviation counts as less than the floor",
        _sources(minimum),
    )  # fmt: skip


def floor_weight(balance: Balance, working: Working) -> Quantity | Unknown:
    """Return what <41> asks for at the very least, before the repeatability is measured: 820 d.

    >>> from formulation.benches import read_bench
    >>> show(floor_weight(read_bench().balance, Working()))
    '820 mg'
    """
    minimum = balance.minimum
    if minimum is None:
        return NO_CONSTANTS
    if isinstance(balance.readability, Unknown):
        return balance.readability
    return working.work(
        "least weighable quantity by <41>, at the least", "factor * floor * d / share",
        {"factor": minimum.factor.value, "floor": minimum.floor.value,
         "d": balance.readability.value, "share": minimum.share.value},
        f"{minimum.name}: what the step alone allows; a measured standard deviation may ask more",
        _sources(minimum),
    )  # fmt: skip


def uncertainty(balance: Balance, working: Working) -> Quantity | Unknown:
    """Return by how much one weighing may be off at worst under the balance's rule.

    >>> from formulation.benches import read_bench
    >>> show(uncertainty(read_bench().balance, Working()))
    '6 mg'
    """
    minimum = balance.minimum
    if balance.rule == "sensitivity":
        fact = balance.sensitivity
        return fact if isinstance(fact, Unknown) else fact.value
    if minimum is None:
        return NO_CONSTANTS
    for fact in (balance.repeatability, balance.readability):
        if isinstance(fact, Unknown):
            return fact
    assert not isinstance(balance.repeatability, Unknown)  # noqa: S101  returned above
    assert not isinstance(balance.readability, Unknown)  # noqa: S101
    return working.work(
        "uncertainty of one weighing", "factor * max(sd, floor * d)",
        {"factor": minimum.factor.value, "sd": balance.repeatability.value,
         "floor": minimum.floor.value, "d": balance.readability.value},
        f"{minimum.name}: twice the standard deviation", _sources(minimum),
    )  # fmt: skip


def up_to_step(least: Quantity, step: Quantity, working: Working) -> Quantity:
    """Return a minimum as the balance can show it: rounded up, never down.

    >>> show(up_to_step(Quantity(Fraction(250, 3), "mg"), Quantity(1, "mg"), Working()))
    '84 mg'
    """
    return working.work(
        "least on the balance's step", "ceil(least / step) * step",
        {"least": least, "step": step}, "a minimum is rounded up, never down",
    ).to(least.unit)  # fmt: skip


def show_least(least: Quantity, balance: Balance) -> str:
    """Write a minimum as this balance shows it, rounded up; without a known step to four digits."""
    if isinstance(balance.readability, Unknown):
        return show(least)
    return show_dose(up_to_step(least, balance.readability.value, Working()))


def aliquot_instead(mass: Quantity) -> str:
    """Return what to do with a mass that cannot be weighed, with the command that works it out."""
    return (
        "make a larger batch, or take an aliquot of a dilution: "
        f'formulate weigh "{show_dose(mass)}" on this bench'
    )


def can_be_weighed(balance: Balance, mass: Quantity | Unknown) -> bool:
    """Say whether a mass is known and nothing is known against weighing it."""
    least = least_weighable(balance, Working())
    if isinstance(mass, Unknown):
        return False
    return isinstance(least, Unknown) or mass >= least


def too_little(
    what: str, mass: Quantity, balance: Balance, working: Working, instead: str = ""
) -> tuple[Finding, ...]:
    """Return a stop where `mass` is below the least weighable quantity; equal is allowed.

    Where there is something to do `instead` of weighing it, that is a caution. Where the least is
    not known, that is a caution too.
    """
    least = least_weighable(balance, working)
    if isinstance(least, Unknown):
        unknown, least = least, floor_weight(balance, working)
        if balance.rule != "usp41" or isinstance(least, Unknown) or mass >= least:
            return (_least_unknown(what, balance, unknown),)
    if mass >= least:
        return ()
    shown = show_least(least, balance)
    what = f"{what}: {show(mass)} is below the least that {balance.name} may weigh, {shown}"
    level: Level = "caution" if instead else "stop"
    fix = instead or aliquot_instead(mass)
    return (Finding("below-least-weighable", level, what, fix, least, mass),)


def _least_unknown(what: str, balance: Balance, unknown: Unknown) -> Finding:
    text = (
        f"{what}: whether {balance.name} may weigh it is not known: {unknown.which} {unknown.why}"
    )
    return Finding("least-weighable-unknown", "caution", text, unknown.fill)


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
