"""Do finished capsules hold the powder they should: weighed one by one, none opened.

net = gross - mean empty shell of the same lot; loss = (taken - filled) / taken. What the rule sets
say of the nets is worked out in `rule_sets`; two of them judge against different references.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.check_records import WeightChecks
from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError
from formulation.finished import EmptyShell, Passage, Weighings
from formulation.printing import show, show_share, told_apart
from formulation.rule_sets import Batch, SetVerdict, judge
from formulation.trace import Finding, Worked, Working
from formulation.units import Quantity


@dataclass(frozen=True, slots=True)
class UnitMass:
    """One capsule: its number, its gross mass, the powder in it."""

    number: int
    gross: Quantity
    net: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightCheck(Worked):
    """Every capsule's powder, the mean and spread, and what each rule set says of them."""

    shell: Quantity
    tolerance: Quantity | Unknown
    ground: str
    theory: Quantity | Unknown
    units: tuple[UnitMass, ...]
    mean: Quantity
    sd: Quantity | Unknown
    rsd: Fraction | Unknown
    sets: tuple[SetVerdict, ...]


@dataclass(frozen=True, slots=True)
class LossLimit:
    """The most of the powder that may be lost by one rule set, and whether that holds."""

    name: str
    limit: Fraction
    meets: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MassLoss(Worked):
    """The share of the powder that did not reach the capsules, and each rule set's limit."""

    taken: Quantity
    filled: Quantity
    loss: Fraction
    limits: tuple[LossLimit, ...]


def _shell(shell: EmptyShell, working: Working) -> tuple[Quantity, Quantity | Unknown]:
    tolerance = shell.tolerance
    if not shell.weighed:
        if isinstance(shell.mass, Unknown):
            what = f"the mass of the empty shell is unknown: {shell.mass.why}"
            fix = 'weigh shells of the lot: --shells "47 mg, 48 mg, 49 mg"'
            raise FormulationError("shell-mass-unknown", what, shell.ground, fix)
        return shell.mass, tolerance
    mass = working.work("mean empty shell", "mean(shells)", {"shells": shell.weighed},
                        "shells of the same lot")  # fmt: skip
    if isinstance(tolerance, Unknown) and len(shell.weighed) > 1:
        tolerance = working.work(
            "variation of the shells", "max(heaviest - mean, mean - lightest)",
            {"heaviest": max(shell.weighed), "mean": mass, "lightest": min(shell.weighed)},
            "the furthest of those weighed from their mean; others may lie further",
        )  # fmt: skip
    return mass, tolerance


def _net(number: int, gross: Quantity, shell: Quantity, working: Working) -> UnitMass:
    if gross <= shell:
        what = f"capsule {number} weighs {show(gross)}, and its empty shell {show(shell)}"
        fix = "give the mass of the filled capsule, and of a shell of the same size"
        raise FormulationError("shell-too-heavy", what, fix=fix)
    net = working.work(f"powder in capsule {number}", "gross - shell",
                       {"gross": gross, "shell": shell}, "nothing is opened")  # fmt: skip
    return UnitMass(number, gross, net)


def weight_check(weighings: Weighings, sets: tuple[WeightChecks, ...]) -> WeightCheck:
    """Return each capsule's powder, and what each rule set says of them all.

    >>> from formulation.catalog import load
    >>> mg = lambda n: Quantity(Fraction(n), "mg")
    >>> shell = EmptyShell(mg(48), mg(3), "typed")
    >>> weighed = Weighings((mg(277),) * 10, shell, mg(229))
    >>> found = weight_check(weighed, (load(WeightChecks, "checks", "usp795-older")[0],))
    >>> show(found.mean), found.sets[0].verdict
    ('229 mg', 'meets')

    Raises `FormulationError` where a shell weighs no less than a capsule.
    """
    working = Working()
    shell, tolerance = _shell(weighings.shell, working)
    units = tuple(_net(n, gross, shell, working) for n, gross in enumerate(weighings.gross, 1))
    nets = tuple(unit.net for unit in units)
    mean = working.work("mean powder in a capsule", "mean(net)", {"net": nets}, "of those weighed")
    few = Unknown("spread", "one capsule has no spread", "weigh at least two, each by itself")
    sd: Quantity | Unknown = few
    rsd: Fraction | Unknown = few
    if len(nets) > 1:
        sd = working.work("standard deviation", "sd(net)", {"net": nets}, "sample, over n - 1")
        rsd = working.work("relative standard deviation", "s / mean", {"s": sd, "mean": mean},
                           "the spread as a share of the mean").number()  # fmt: skip
    batch = Batch(nets, mean, tolerance, weighings.theory)
    judged = [judge(rule, batch, working) for rule in sets]
    findings = tuple(f for _, found in judged for f in found) + _of_all_sets(sets)
    return WeightCheck(
        steps=tuple(working.steps), findings=findings, shell=shell, tolerance=tolerance,
        ground=weighings.shell.ground, theory=weighings.theory, units=units, mean=mean, sd=sd,
        rsd=rsd, sets=tuple(verdict for verdict, _ in judged),
    )  # fmt: skip


def _of_all_sets(sets: tuple[WeightChecks, ...]) -> tuple[Finding, ...]:
    found = []
    for rule in sets:
        what = f"{rule.name} ({rule.edition}): {rule.standing}; {rule.confirmed}"
        found.append(Finding("set-not-confirmed", "note", what, sources=(rule.sample.source,)))
    if {rule.reference for rule in sets} == {"theory", "mean"}:
        what = (
            "The rule sets judge against different references: theory shows a wrong amount of "
            "powder in every capsule, the batch's own mean hides it"
        )
        found.append(Finding("references-differ", "note", what))
    mixing = next((rule.mixing for rule in sets if isinstance(rule.mixing, Cited)), None)
    if mixing is not None:
        what = f"Weight never proves content: {mixing.value}"
        found.append(Finding("weight-is-not-content", "note", what, sources=(mixing.source,)))
    return tuple(found)


def mass_loss(passage: Passage, sets: tuple[WeightChecks, ...]) -> MassLoss:
    """Return the share of the powder lost between the mortar and the capsules, and the limits.

    >>> from formulation.catalog import load
    >>> g = lambda n: Quantity(Fraction(n), "g")
    >>> nrf = (load(WeightChecks, "checks", "nrf")[0],)
    >>> show_share(mass_loss(Passage(g("6.5"), g("6.4")), nrf).loss)
    '1.538 %'
    """
    working = Working()
    loss = working.work("mass loss", "(taken - filled) / taken",
                        {"taken": passage.taken, "filled": passage.filled},
                        "powder that did not reach the capsules").number()  # fmt: skip
    known = [(rule.name, rule.mass_loss) for rule in sets if isinstance(rule.mass_loss, Cited)]
    limits = tuple(LossLimit(name, fact.value, loss <= fact.value) for name, fact in known)
    findings = [_lost_too_much(name, fact, loss) for name, fact in known if loss > fact.value]
    if loss < 0:
        what = (
            f"More came out than went in: {show(passage.filled)} in the capsules from "
            f"{show(passage.taken)}. A weighing is wrong, or shells are in it"
        )
        fix = "take the powder only: filled capsules less their empty shells"
        findings.append(Finding("mass-gained", "caution", what, fix, passage.taken, passage.filled))
    return MassLoss(
        steps=tuple(working.steps), findings=tuple(findings), taken=passage.taken,
        filled=passage.filled, loss=loss, limits=limits,
    )  # fmt: skip


def _lost_too_much(name: str, fact: Cited[Fraction], loss: Fraction) -> Finding:
    shown = told_apart(loss * 100, fact.value * 100)
    what = f"{name}: {shown} % of the powder was lost, above {show_share(fact.value)}"
    fix = (
        "the capsules hold too little: find the powder; where it cannot be put back, make them anew"
    )
    return Finding("mass-loss-high", "stop", what, fix, Quantity(fact.value), Quantity(loss),
                   (fact.source,))  # fmt: skip
