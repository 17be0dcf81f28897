"""Can this mass be weighed here; if not, which aliquot or dilution holds it.

The least weighable quantity comes from the bench's one rule (`weighing`), the scheme from
`aliquots` or `dilutions`; this room puts them together and says what is to be known about them.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.aliquots import MOST_STAGES, aliquot, limits, nearly, weighed_directly
from formulation.bench import Bench
from formulation.cited import Cited, Fact, Unknown, known
from formulation.dilutions import dilute
from formulation.mixes import least_reached
from formulation.printing import show, show_dose, show_error, show_exact, show_number
from formulation.schemes import OtherRule, Scale, Scheme, Weighed, Wish
from formulation.trace import Finding, Working
from formulation.units import Quantity
from formulation.weighing import (
    floor_weight,
    least_weighable,
    permitted,
    uncertainty,
    up_to_step,
)

PLAIN = Wish()


def weigh(needed: Quantity, bench: Bench, wish: Wish = PLAIN) -> Weighed:
    """Return whether the bench's balance may weigh a mass, and a scheme for one that it may not.

    >>> from formulation.benches import read_bench
    >>> found = weigh(Quantity(2, "mg"), read_bench())
    >>> found.can_be_weighed, show(found.scheme.diluent), show(found.scheme.delivered)
    (False, '7,080 mg', '2 mg')
    """
    balance, working = bench.balance, Working()
    least = least_weighable(balance, working)
    off = uncertainty(balance, working)
    step = _step(bench)
    on_step: Quantity | Unknown = least if isinstance(least, Unknown) else Unknown("balance step")
    if isinstance(least, Quantity) and isinstance(step, Cited):
        on_step = up_to_step(least, step.value, working).to("mg")
    scheme, findings = _answer(needed, bench, wish, (least, off))
    return Weighed(
        needed=needed, can_be_weighed=scheme is not None and scheme.way == "direct",
        balance=balance.name, rule=balance.rule, least=least, share=permitted(balance),
        uncertainty=off, step=step if isinstance(step, Unknown) else step.value,
        least_on_step=on_step, other=other_rule(bench), scheme=scheme,
        steps=(*working.steps, *(scheme.steps if scheme else ())), findings=findings,
    )  # fmt: skip


def _step(bench: Bench) -> Fact[Quantity]:
    """Return the smallest step that the balance shows: the bench's own word, else the record's."""
    step = bench.setting.balance_step
    return bench.balance.readability if isinstance(step, Unknown) else step


def other_rule(bench: Bench) -> OtherRule:
    """Return what the rule that is not this bench's would ask for: information, never combined."""
    balance = bench.balance
    if balance.rule == "usp41":
        if isinstance(balance.sensitivity, Unknown):
            return OtherRule(rule="sensitivity", least=balance.sensitivity)
        if isinstance(balance.permitted_error, Unknown):
            return OtherRule(rule="sensitivity", least=balance.permitted_error)
        least = (balance.sensitivity.value / balance.permitted_error.value).to("mg")
        return OtherRule(rule="sensitivity", least=least)
    floor = floor_weight(balance, Working())
    if isinstance(floor, Unknown):
        return OtherRule(rule="usp41", least=floor)
    if isinstance(balance.repeatability, Unknown):
        return OtherRule(
            rule="usp41", least=floor, at_least=True, why="its repeatability is not measured"
        )
    assert balance.minimum is not None  # noqa: S101  floor_weight has used it
    scatter = balance.repeatability.value * balance.minimum.factor.value
    return OtherRule(rule="usp41", least=max(floor, (scatter / balance.minimum.share.value)))


def _answer(
    needed: Quantity, bench: Bench, wish: Wish, rule: tuple[Quantity | Unknown, Quantity | Unknown]
) -> tuple[Scheme | None, tuple[Finding, ...]]:
    """Return the scheme and what is found on it, or the stop that says why there is none."""
    least, off = rule
    if isinstance(least, Unknown) or isinstance(off, Unknown):
        return None, (_unknown(bench, least if isinstance(least, Unknown) else off),)
    step = _step(bench)
    if isinstance(step, Unknown):
        return _without_step(needed, least, off)
    if bench.balance.rule == "sensitivity" and step.value > off:
        return None, (_too_coarse(bench, step.value, off),)
    scale = Scale(step.value, up_to_step(least, step.value, Working()), off)
    if needed < least:
        return (_liquid if wish.liquid else _solid)(needed, bench, wish, scale)
    scheme = weighed_directly(needed, scale, off)
    return scheme, (*_rounded(scheme), *_heavy(bench, needed), *_worst(scheme, bench))


def _without_step(
    needed: Quantity, least: Quantity, off: Quantity
) -> tuple[Scheme | None, tuple[Finding, ...]]:
    if needed >= least:
        return weighed_directly(needed, None, off), (_no_step("note"),)
    return None, (_no_step("stop"),)


def _unknown(bench: Bench, unknown: object) -> Finding:
    assert isinstance(unknown, Unknown)  # noqa: S101  asked only where one is
    what = f"Whether {bench.balance.name} may weigh it is not known: {unknown.which} {unknown.why}"
    option = "--repeatability" if bench.balance.rule == "usp41" else "--sensitivity or --permitted"
    fix = f"find it ({unknown.fill}) and give it by {option}"
    return Finding("least-weighable-unknown", "stop", what, fix)


def _no_step(level: str) -> Finding:
    what = "The balance's step is unknown: the mass is printed as asked"
    if level == "stop":
        what = "The balance's step is unknown: no weighing of a scheme can be put on it"
        return Finding("balance-step-unknown", "stop", what, 'add --step "1 mg", or balance_step')
    return Finding("balance-step-unknown", "note", what, "put balance_step on the bench")


def _too_coarse(bench: Bench, step: Quantity, off: Quantity) -> Finding:
    what = (
        f"{bench.balance.name} shows steps of {show_exact(step)} and is said to be sensitive to "
        f"{show_dose(off)}: it cannot show what it is sensitive to"
    )
    return Finding("step-too-coarse", "stop", what, "check the step and the sensitivity", off, step)


def _rounded(scheme: Scheme) -> tuple[Finding, ...]:
    if not scheme.error:
        return ()
    what = f"{show_dose(scheme.delivered)} is weighed for {show_dose(scheme.needed)}: "
    what += f"{show_error(scheme.error)} on the balance's step"
    return (
        Finding("rounded-to-mark", "note", what, "", scheme.needed, scheme.delivered),
    )  # fmt: skip


def _heavy(bench: Bench, needed: Quantity) -> tuple[Finding, ...]:
    most = known(bench.setting.largest_mix)
    if most is None or needed <= most:
        return ()
    what = (
        f"{show_dose(needed)} is more than this bench mixes at one time, {show_dose(most)}; what "
        f"{bench.balance.name} carries is not on record"
    )
    return (Finding("above-largest-mix", "caution", what, "read its capacity first", most, needed),)


def _solid(
    needed: Quantity, bench: Bench, wish: Wish, scale: Scale
) -> tuple[Scheme | None, tuple[Finding, ...]]:
    largest = known(bench.setting.largest_mix)
    scheme = aliquot(needed, scale, largest, wish.steps)
    notes: list[Finding] = []
    if largest is None:
        what = "How much powder this bench mixes at one time is unknown: the mix has no limit here"
        notes.append(Finding("largest-mix-unknown", "note", what, 'add --largest-mix "100 g"'))
    if scheme is None:
        return None, (_none(needed, scale, largest, wish.steps), *notes)
    if wish.steps is None and len(scheme.stages) > 1 and largest is not None:
        one = (scale.least * (scale.least / needed).number()).to("g")
        what = (
            f"One mix would be {show(one)} or more, above the largest of this bench, "
            f"{show_dose(largest)}: {len(scheme.stages)} mixes in series"
        )
        notes.append(Finding("mix-too-large", "note", what, "", largest, one))
    return scheme, (
        *_inexact(scheme, scale), *_worst(scheme, bench), *_smaller(scheme, scale, largest), *notes,
    )  # fmt: skip


def _smaller(scheme: Scheme, scale: Scale, largest: Quantity | None) -> tuple[Finding, ...]:
    """Return the note that a mix of half the size or less would be all but exact."""
    near = nearly(scheme.needed, scale, largest) if len(scheme.stages) == 1 else None
    if near is None or scheme.error or scheme.diluent is None or near.diluent is None:
        return ()
    if near.diluent * 2 > scheme.diluent:
        return ()
    (one,) = near.stages
    what = (
        f"A smaller mix is all but exact: {show_dose(one.put_in)} in {show_dose(one.total)}, take "
        f"{show_dose(one.aliquot)}, off by {show_error(near.error)}"
    )
    return (Finding("smaller-mix", "note", what, "", scheme.diluent, near.diluent),)


def _none(needed: Quantity, scale: Scale, largest: Quantity | None, steps: int | None) -> Finding:
    """Return the stop for what no mix reaches, with the smallest need that would work."""
    if largest is not None and scale.least * 2 > largest:
        what = (
            f"The least this balance may weigh, {show_dose(scale.least)}, is too much for the "
            f"largest mix of this bench, {show_dose(largest)}: drug and diluent need that each"
        )
        fix = "use a more sensitive balance or a larger permitted error"
        return Finding("no-weighing-scheme", "stop", what, fix, largest, scale.least)
    count = steps or MOST_STAGES
    mixes = "one mix" if count == 1 else f"{count} mixes in series"
    reached = (scale.step * least_reached(count, limits(scale, largest))).to("mg")
    if needed >= reached:
        what = f"No way was found to hold {show_dose(needed)} in {mixes} here"
        return Finding("no-weighing-scheme", "stop", what, "leave --steps out: fewer mixes do it")
    times = -int(-(reached / needed).number() // 1)
    held = show_dose(largest) if largest is not None else "the largest mix"
    what = (
        f"{show_dose(needed)} is too little for {mixes} of at most {held}, weighing from "
        f"{show_dose(scale.least)}"
    )
    fix = (
        f"from {show(reached)} on it can be done: make at least {show_number(times)} times as much"
    )
    if count < MOST_STAGES:
        fix += f", or --steps {count + 1}"
    return Finding("no-weighing-scheme", "stop", what, fix, reached, needed)


def _liquid(
    needed: Quantity, bench: Bench, wish: Wish, scale: Scale
) -> tuple[Scheme | None, tuple[Finding, ...]]:
    fact = _solubility(wish)
    soluble = known(fact)
    scheme = dilute(needed, scale, bench.devices, wish.steps, soluble)
    if scheme is None:
        dissolved = f" with at most {show_dose(soluble)} dissolved" if soluble else ""
        what = (
            f"No graduate and measure of this bench dilute {show_dose(scale.least)} or more so "
            f"that {show_dose(needed)} is measured on a mark{dissolved}"
        )
        fix = "put larger graduates or finer measures on the bench, or leave --liquid out"
        return None, (Finding("no-liquid-scheme", "stop", what, fix, scale.least, needed),)
    notes = () if isinstance(fact, Cited) else (_unchecked(scheme, fact),)
    return scheme, (*_inexact(scheme, scale), *_worst(scheme, bench), *notes)


def _solubility(wish: Wish) -> Fact[Quantity]:
    """Return how much of the drug dissolves in the diluent, where a source gives it for water."""
    if wish.diluent and wish.diluent.strip().casefold() not in ("water", "purified water"):
        return Unknown("solubility", "no solubility in this liquid is on record")
    if wish.substance is None:
        return Unknown("solubility", "no substance was named", "add --substance NAME")
    return wish.substance.soluble_at_least


def _unchecked(scheme: Scheme, fact: Unknown) -> Finding:
    first = scheme.stages[0]
    what = (
        f"Whether {show_dose(scheme.weighed)} dissolves in {show_dose(first.total)} is not "
        f"checked: {fact.why}"
    )
    fix = "a cited solubility settles it; a suspension is not measured like a solution"
    return Finding("solubility-unchecked", "caution", what, fix)


def _inexact(scheme: Scheme, scale: Scale) -> tuple[Finding, ...]:
    if not scheme.error:
        return ()
    what = (
        f"No exact scheme was found on steps of {show_exact(scale.step)}; the closest holds "
        f"{show(scheme.delivered)}, {show_error(scheme.error)} against {show_dose(scheme.needed)}"
    )
    fix = "it is small beside what the weighings may be off; a finer balance step lowers it"
    found = Finding("scheme-not-exact", "caution", what, fix, scheme.needed, scheme.delivered)
    return (found,)


def _worst(scheme: Scheme, bench: Bench) -> tuple[Finding, ...]:
    """Return the caution that the scheme at worst leaves the strength that the rules allow."""
    limit = bench.rules.strength_tolerance
    if isinstance(limit, Unknown):
        return ()
    low, high = ((end / scheme.needed).number() - 1 for end in (scheme.low, scheme.high))
    most = min(-limit.value.low.number(), limit.value.high.number())
    if -most <= low and high <= most:
        return ()
    what = (
        f"At worst the scheme is off by {show_error(low)} to {show_error(high)}: more than the "
        f"{show_error(limit.value.low.number())} to {show_error(limit.value.high.number())} of "
        f"{bench.rules.key}, before anything else is counted"
    )
    end = Quantity(low if -low > high else high)
    fix = "measure larger volumes, or use closer graduations"
    if scheme.way != "liquid":
        fix = _smaller_error(len(scheme.stages) + 1, most)
    return (
        Finding("scheme-worst-case", "caution", what, fix, Quantity(most), end, (limit.source,)),
    )  # fmt: skip


def _smaller_error(weighings: int, most: Fraction) -> str:
    """Return the permitted error of one weighing, in tenths of a percent, that keeps all within."""
    tenths = 1000
    while (1 + Fraction(tenths, 1000)) ** weighings > 1 + most:
        tenths -= 1
    return f'weigh more of each: the same with --permitted "{show_number(Fraction(tenths, 10))} %"'
