"""What of the opened powder goes in: all of it, or a share that is weighed on the balance."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.assembly import Case
from formulation.cited import Unknown
from formulation.printing import show, show_exact
from formulation.records import Product
from formulation.result import Action, Measure
from formulation.stock import Opened
from formulation.trace import Finding, Working
from formulation.units import Quantity
from formulation.weighing import on_the_balance, too_little

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


def claim_of(product: Product) -> Quantity:
    """Return the label claim of one source unit as a mass."""
    return (product.strength.value * Quantity(Fraction(1), product.unit)).to("mg")


def opened_here(case: Case, least: Opened, product: Product) -> Opened:
    """Return what is opened: the least that is needed, or the larger pool already on the table."""
    pool = case.prescription.pool
    if pool is None or pool.opened <= least.whole.magnitude:
        return least
    whole = Quantity(Fraction(pool.opened), product.unit)
    return Opened(least.exact, whole, (whole * product.strength.value).to("mg"))


def weigh(case: Case, what: str, powder: Quantity, most: Quantity | None = None) -> Taken:
    """Return an amount of powder put on the balance's step, with what is found on it.

    `most` is what there is: the step is then never rounded above it.
    """
    bench, step = case.bench, case.bench.setting.balance_step
    findings = too_little(what, powder, bench.balance, Working())
    if isinstance(step, Unknown):
        note = Finding("balance-step-unknown", "note",
                       f"{what}: {show(powder)} printed to four digits; the balance's step is "
                       "unknown", "put balance_step on the bench")  # fmt: skip
        return Taken(powder, (), findings=(*findings, note))
    snapped = on_the_balance(powder, step.value, most)
    found = Measure(what, bench.balance.name, 1, snapped, step.assumed)
    if snapped.error:
        text = f"{what}: {snapped} on the {bench.balance.name}"
        findings = (*findings, Finding("rounded-to-mark", "note", text, "", snapped.asked,
                                       snapped.chosen))  # fmt: skip
    return Taken(snapped.chosen, (), 1 + snapped.error, (found,), findings)


def take(case: Case, product: Product, opened: Opened, needed: Quantity, working: Working) -> Taken:
    """Return what of the opened powder goes in for `needed` drug."""
    pool, claim = case.prescription.pool, claim_of(product)
    start = Action("open", f"{show(opened.whole)} of {show(claim)}")
    if pool is None:
        use = Action("use", _share_text(needed, opened))
        return Taken(POOL, (start, use), findings=_unweighed(case, needed, opened))
    held = claim * pool.opened
    if held < needed:
        what = f"The pool of {pool.opened} opened units holds {show(held)} by claim"
        fix = f"open {show(opened.whole)} in all"
        finding = Finding("pool-too-small", "stop", what, fix, needed, held)
        return Taken(POOL, (start,), findings=(finding,))
    powder = working.work(
        "powder to weigh", "net * drug / (claim * opened)",
        {"net": pool.net, "drug": needed, "claim": claim, "opened": Fraction(pool.opened)},
        "the same share of the pool's powder as of its drug",
    ).to(pool.net.unit)  # fmt: skip
    if held == needed:
        return Taken(powder, (start, Action("use", f"the whole pool of {pool.net_text}")))
    found = weigh(case, "powder of the pool", powder, pool.net)
    shown = found.powder if isinstance(found.powder, Quantity) else powder
    action = Action("weigh", f"{show(shown)} of the {pool.net_text} pool")
    return Taken(shown, (start, action), found.scale, found.measures, found.findings)


def _unweighed(case: Case, needed: Quantity, opened: Opened) -> tuple[Finding, ...]:
    """Return the caution that a share has to be weighed and the balance could not be checked."""
    if needed == opened.drug:
        return ()
    what = f"The pool is not weighed: whether {case.bench.balance.name} may weigh the share is open"
    fix = 'weigh the net powder of what is opened; give it as [pool] net = "1.62 g", opened = 5'
    return (Finding("pool-not-weighed", "caution", what, fix),)


def _share_text(needed: Quantity, opened: Opened) -> str:
    share = (needed / opened.drug).number()
    if share == 1:
        return "all of the powder: only filler is weighed"
    part = show_exact(Quantity(share))
    return f"{part} x the net powder of what was opened: weigh that pool first"
