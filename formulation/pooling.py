"""What of the opened powder goes in: all of it, or a share that is weighed on the balance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.cited import Cited, Unknown
from formulation.printing import show, show_part
from formulation.records import Product
from formulation.result import Action, Measure
from formulation.source_units import claim_of, drug_of, opening
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity
from formulation.weighing import (
    aliquot_instead,
    least_weighable,
    on_the_balance,
    show_least,
    too_little,
)

ALL = "all of the powder: only filler is weighed"
POOL = Unknown(
    "net powder of the opened units",
    "the powder has not been weighed",
    'weigh it; give it as [pool] net = "1.62 g", opened = 5',
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The powder taken, what to do, and by how much the balance's step changes the drug in it.

    `scale` is 1 where nothing is weighed or the step shows the amount exactly.
    """

    powder: Quantity | Unknown
    actions: tuple[Action, ...]
    scale: Fraction = Fraction(1)
    measures: tuple[Measure, ...] = ()
    findings: tuple[Finding, ...] = ()

    def delivered(self, drug: Quantity, working: Working) -> Quantity:
        """Return the drug in what was weighed for `drug`."""
        if self.scale == 1:
            return drug.to("mg")
        snapped = self.measures[0].snapped
        return working.work(
            "drug in what is weighed", "drug * weighed / asked",
            {"drug": drug, "weighed": snapped.chosen, "asked": snapped.asked},
            "the balance's step changes the drug in the same measure, and so that of each unit",
        ).to("mg")  # fmt: skip


def opened_here(case: Case, least: Opened, product: Product) -> Opened:
    """Return what is opened: the least that is needed, or the larger pool already on the table."""
    pool = case.pool
    if pool is None or pool.opened <= least.whole.magnitude:
        return least
    whole = Quantity(Fraction(pool.opened), product.unit)
    return Opened(least.exact, whole, (whole * product.drug).to("mg"))


def weigh(
    case: Case, what: str, powder: Quantity, working: Working, most: Quantity | None = None
) -> Taken:
    """Return an amount of powder put on the balance's step, with what is found on it.

    `most` is what there is: the step is then never rounded above it.
    """
    bench, step = case.bench, case.bench.setting.balance_step
    findings = too_little(what, powder, bench.balance, working)
    if isinstance(step, Unknown):
        note = Finding("balance-step-unknown", "note",
                       f"{what}: {show(powder)} printed to four digits; the balance's step is "
                       "unknown", "put balance_step on the bench")  # fmt: skip
        return Taken(powder, (), findings=(*findings, note))
    snapped = on_the_balance(powder, step.value, working, most)
    found = Measure(what, bench.balance.name, 1, snapped, step.assumed)
    if snapped.error:
        text = f"{what}: {snapped} on the {bench.balance.name}"
        findings = (*findings, Finding("rounded-to-mark", "note", text, "", snapped.asked,
                                       snapped.chosen))  # fmt: skip
    return Taken(snapped.chosen, (), 1 + snapped.error, (found,), findings)


def take(case: Case, product: Product, opened: Opened, needed: Quantity, working: Working) -> Taken:
    """Return what of the opened powder goes in for `needed` drug."""
    pool, claim = case.pool, drug_of(product)
    start = Action(opening(product), f"{show(opened.whole)} of {show(claim_of(product))}")
    if pool is None:
        use = Action("use", _share_text(needed, opened))
        return Taken(POOL, (start, use), findings=_unweighed(case, product, needed, opened))
    held = claim * pool.opened
    if held < needed:
        ground = "certificate" if product.held else "claim"
        what = (
            f"The pool of {pool.opened} opened units holds {show(held)} by {ground}; "
            f"{show(needed)} is needed"
        )
        fix = f"open {show(opened.whole)} in all"
        finding = Finding("pool-too-small", "stop", what, fix, needed, held)
        few = Unknown(POOL.which, f"{pool.opened} units are too few", f"{fix} and weigh them all")
        return Taken(few, (start,), findings=(finding,))
    powder = working.work(
        "powder to weigh", "net * drug / (claim * opened)",
        {"net": pool.net, "drug": needed, "claim": claim, "opened": Fraction(pool.opened)},
        "the same share of the pool's powder as of its drug",
    ).to(pool.net.unit)  # fmt: skip
    doubts = plausible(case, product, held)
    if held == needed:
        use = Action("use", f"the whole pool of {pool.net_text}")
        return Taken(powder, (start, use), findings=doubts)
    found = weigh(case, "powder of the pool", powder, working, pool.net)
    shown = found.powder if isinstance(found.powder, Quantity) else powder
    action = Action("weigh", f"{show(shown)} of the {pool.net_text} pool")
    findings = (*doubts, *found.findings)
    return Taken(shown, (start, action), found.scale, found.measures, findings)


def plausible(case: Case, product: Product, held: Quantity) -> tuple[Finding, ...]:
    """Return a stop for a pool that cannot weigh what was typed.

    Powder weighs no less than its drug at the lowest content allowed, and the powder of one unit
    fits the largest shell there is, where a packing density is on the bench.
    """
    pool = case.pool
    assert pool is not None  # noqa: S101  asked only where there is a pool
    limits = product.content_limits
    low = limits.value.low.number() if isinstance(limits, Cited) else Fraction(0)
    least, most = held * low, largest_content(case, product)
    fix = "weigh the pool again, and count what was opened"
    if pool.net < least:
        what = (
            f"The pool cannot be right: {pool.net_text} of powder from {pool.opened} units is less "
            f"than the drug in them, {show(least)} at the lowest content allowed"
        )
        return (Finding("pool-implausible", "stop", what, fix, least, pool.net),)
    one = pool.net / pool.opened
    if product.unit == "cap" and most is not None and one > most:
        what = (
            f"The pool cannot be right: {show(one)} from one unit is more than the largest shell "
            f"holds, {show(most)}{_ground(case, product)}"
        )
        return (Finding("pool-implausible", "stop", what, fix, most, one),)
    return ()


def _packing(case: Case, product: Product) -> Cited[Quantity] | None:
    found = case.bench.packing_of(product.key)
    return found.density if found is not None and isinstance(found.density, Cited) else None


def _ground(case: Case, product: Product) -> str:
    """Return the words that a bound stands on an assumed packing density, where it does."""
    density = _packing(case, product)
    return " (packing assumed)" if density is not None and density.assumed else ""


def largest_content(case: Case, product: Product) -> Quantity | None:
    """Return the most powder that one capsule can hold here, where its packing density is known."""
    density, tables = _packing(case, product), case.bench.shells
    if density is None:
        return None
    sizes = (size for shells in tables for size in shells.sizes)
    volumes = [size.volume.value for size in sizes if isinstance(size.volume, Cited)]
    return (max(volumes) * density.value).to("mg") if volumes else None


def _unweighed(
    case: Case, product: Product, needed: Quantity, opened: Opened
) -> tuple[Finding, ...]:
    """Return what is known of a share that has to be weighed before the pool has been."""
    if needed == opened.drug:
        return ()
    balance, most = case.bench.balance, largest_content(case, product)
    least = least_weighable(balance, Working())
    if product.unit == "cap" and most is not None and isinstance(least, Quantity):
        heaviest = most * (needed / drug_of(product)).number()
        if heaviest < least:
            what = (
                f"The share of the pool weighs {show(heaviest)} at the very most, below the least "
                f"that {balance.name} may weigh, {show_least(least, balance)}"
                f"{_ground(case, product)}"
            )
            fix = aliquot_instead(heaviest)
            return (Finding("below-least-weighable", "stop", what, fix, least, heaviest),)
    what = f"The pool is not weighed: whether {balance.name} may weigh the share is open"
    fix = 'weigh the net powder of what is opened; give it as [pool] net = "1.62 g", opened = 5'
    return (Finding("pool-not-weighed", "caution", what, fix),)


def _share_text(needed: Quantity, opened: Opened) -> str:
    share = (needed / opened.drug).number()
    if share == 1:
        return ALL
    return f"{show_part(share)} x the net powder of what was opened: weigh that pool first"
