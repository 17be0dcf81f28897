"""How much drug goes in, how many units come out, and where every milligram went.

weighed = amount x (units + extra) x (1 + excess) x (1 + overage + surcharge). Excess makes extra
units; overage and surcharge are extra drug; a loss never changes what is weighed: in a fixed fill
or a liquid it lowers the number of units, in capsules filled by spreading all the powder it lowers
the content of each. A loss is drawn from the excess first (docs/method/excess-overage-loss.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.prescription import Allowance
from formulation.printing import decimal, show, show_number
from formulation.result import MassBalance, Mode, Yield
from formulation.trace import Finding, Worked, Working
from formulation.units import Quantity

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: so much drug in each of so many units, with the allowances.

    `amount` is drug per unit (mg/cap, mg/dose), `units` the prescribed number of them.
    """

    substance: str
    amount: Quantity
    units: Quantity
    allowance: Allowance

    @property
    def counted(self) -> str:
        """Return what the units are counted as: cap or dose."""
        return self.units.unit

    @property
    def planned(self) -> Quantity:
        """Return the prescribed units and the extra ones that are truly lost."""
        return self.units + Quantity(Fraction(self.allowance.extra_units), self.counted)

    @property
    def target(self) -> Quantity:
        """Return the drug per unit with overage and surcharge in it."""
        return self.amount * (ONE + self.allowance.overage + self.allowance.surcharge)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Worked):
    """What comes of a mixture: the yield, the content of one unit, and the mass balance.

    `portions` is how many units' worth of mix there is before any loss: what is mixed in with the
    drug, such as a filler, is needed that many times.
    """

    made: Yield
    content: Quantity
    balance: MassBalance
    portions: Fraction


def drug_needed(order: Order, working: Working) -> Quantity:
    """Return the drug that has to go in, in mg, with excess, overage and surcharge.

    >>> order = Order("cycloserine", Quantity(100, "mg/cap"), Quantity(10, "cap"),
    ...               Allowance(excess=Fraction(1, 20)))
    >>> show(drug_needed(order, Working()))
    '1,050 mg'
    """
    allowance = order.allowance
    base = working.work(
        "drug for the units",
        "amount * (units + extra) * (1 + excess)",
        {
            "amount": order.amount,
            "units": order.units,
            "extra": Quantity(Fraction(allowance.extra_units), order.counted),
            "excess": allowance.excess,
        },
        "excess scales the whole batch; extra units are those that are truly lost",
    )
    if not allowance.overage and not allowance.surcharge:
        return base
    return working.work(
        "drug with overage and surcharge",
        "drug * (1 + overage + surcharge)",
        {"drug": base, "overage": allowance.overage, "surcharge": allowance.surcharge},
        f"extra drug only: {allowance.overage_reason or 'surcharge of the rule set'}",
    )


def _units_made(order: Order, mixture: Quantity, mode: Mode, working: Working) -> Quantity:
    formula = "min(floor(mixture * (1 - loss) / target), floor(planned * (1 + excess)))"
    inputs: dict[str, Quantity | Fraction] = {
        "mixture": mixture,
        "loss": order.allowance.loss,
        "target": order.target,
        "planned": order.planned,
        "excess": order.allowance.excess,
    }
    why = "whole units only; a loss comes out of the excess first"
    if mode == "spread":
        formula = f"max(planned, {formula})"
        why = "all the powder is spread: at least the planned bodies are filled"
    return working.work("units expected", formula, inputs, why)


def _content(order: Order, mixture: Quantity, units: Quantity, working: Working) -> Quantity:
    return working.work(
        "drug in one unit",
        "min(target, mixture * (1 - loss) / units)",
        {
            "target": order.target,
            "mixture": mixture,
            "loss": order.allowance.loss,
            "units": units,
        },
        "no unit holds more than its target; a loss that no excess covers is shared by all",
    )


def distribute(order: Order, taken: Quantity, mixture: Quantity, mode: Mode) -> Made:
    """Return what comes of `mixture` (drug mixed) when `taken` (drug opened or weighed) was used.

    `mode` "spread": all powder over the bodies; "fixed": each unit gets its amount.

    >>> order = Order("x", Quantity(100, "mg/cap"), Quantity(30, "cap"),
    ...               Allowance(loss=Fraction(1, 20)))
    >>> made = distribute(order, Quantity(3000, "mg"), Quantity(3000, "mg"), "spread")
    >>> show(made.content), show(made.made.expected)
    ('95 mg per capsule', '30 capsules')
    >>> show(distribute(order, Quantity(3000, "mg"), Quantity(3000, "mg"), "fixed").made.expected)
    '28 capsules'
    """
    working, allowance = Working(), order.allowance
    units = _units_made(order, mixture, mode, working)
    content = _content(order, mixture, units, working) if units else order.target
    out = min(units, order.units)
    drug = content / (ONE + allowance.overage + allowance.surcharge)
    loss = mixture * allowance.loss
    in_units = (content * units).to("mg") if units else Quantity(Fraction(0), "mg")
    rest = mixture - loss - in_units
    balance = MassBalance(
        substance=order.substance,
        taken=taken,
        dispensed=(drug * out).to("mg"),
        overage=((content - drug) * out).to("mg"),
        extra=(content * (units - out)).to("mg"),
        loss=loss,
        discarded=rest,
        leftover=taken - mixture,
    )
    planned = Fraction((order.planned * (ONE + allowance.excess)).magnitude // 1)
    made = Yield(Quantity(planned, order.counted), units, mode)
    findings = _loss_findings(order, made, content, mixture)
    portions = (mixture / order.target).magnitude
    return Made(made=made, content=content, balance=balance, portions=portions,
                steps=tuple(working.steps), findings=findings)  # fmt: skip


def restoring_excess(loss: Fraction) -> Fraction:
    """Return the excess that makes up for a loss exactly: loss / (1 - loss).

    >>> restoring_excess(Fraction(1, 20))
    Fraction(1, 19)
    """
    return loss / (1 - loss)


def _rounded_up(share: Fraction) -> str:
    hundredths = int(-((-share * 10_000) // 1))
    return f"{decimal(Fraction(hundredths, 100))} %"


def _loss_findings(
    order: Order, made: Yield, content: Quantity, mixture: Quantity
) -> tuple[Finding, ...]:
    loss = order.allowance.loss
    if not loss or (made.expected >= order.planned and content == order.target):
        return ()
    asked, got = show(order.planned), show(made.expected)
    if made.mode == "spread":
        asked += f" of {_each(order.target)}"
        got = _both_ways(order, made, content, mixture)
    need = _rounded_up(restoring_excess(loss))
    what = (
        f"A loss of {show_number(loss * 100)} % is not covered: expect {got} instead of {asked}; "
        f"an excess of {need} restores the prescription"
    )
    fix = f'excess = "{need}"'
    return (Finding("loss-not-covered", "caution", what, fix, order.planned, made.expected),)


def _each(content: Quantity) -> str:
    counted = content.unit.rpartition("/")[2]
    return show((content * Quantity(ONE, counted)).to("mg"))


def _both_ways(order: Order, made: Yield, content: Quantity, mixture: Quantity) -> str:
    """Return what a loss leaves when all powder is spread, and when each unit is filled by mass."""
    left = mixture * (1 - order.allowance.loss)
    by_mass = Fraction((left / order.target).magnitude // 1)
    return (
        f"{show(made.expected)} of {_each(content)} each if all powder is spread, "
        f"or {show(by_mass)} of {_each(order.target)} if each is filled by mass,"
    )
