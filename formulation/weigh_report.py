"""The answer to "can it be weighed" as a report: one screen, the steps at the bench numbered."""

from __future__ import annotations

from collections.abc import Mapping

from formulation.bench import Bench
from formulation.blocks import Block, Facts, Heading, Paragraph, Report
from formulation.cited import Cited, Fact, Unknown, known
from formulation.errors import quote
from formulation.mixing import geometric
from formulation.printing import show, show_dose, show_error, show_exact, show_range, show_share
from formulation.records import Source
from formulation.schemes import Scheme, Stage, Weighed, Wish
from formulation.units import Quantity
from formulation.weighing import show_least
from formulation.workings import explained, notices, references


def weigh_report(
    found: Weighed, bench: Bench, wish: Wish, sources: Mapping[str, Source] | None = None
) -> Report:
    """Return the whole answer; given the bibliography, also each step and the sources."""
    blocks: list[Block] = [Heading(_title(found, bench), 1)]
    scheme = found.scheme
    if scheme is not None:
        blocks.append(Facts(tuple(_rows(scheme, wish))))
    checks = [] if scheme is None else _checks(scheme, found)
    if scheme is not None and scheme.way == "solid":
        checks += _mixing(bench)
    blocks.append(Facts((*checks, *_rules(found, bench))))
    blocks += notices(found.findings)
    blocks.append(Paragraph(_closing(found, bench)))
    return Report((*blocks, *(_working(found, bench, sources) if sources else ())))


def _working(found: Weighed, bench: Bench, sources: Mapping[str, Source]) -> list[Block]:
    keys = {key for step in found.steps for key in step.sources}
    keys |= {key for finding in found.findings for key in finding.sources}
    if found.scheme is not None and found.scheme.way == "solid":
        keys |= {fact.source for fact in _tips(bench) if isinstance(fact, Cited)}
    told = references(keys, sources)
    return [*explained("weighing", found.steps), Heading("Sources"), told]


def _title(found: Weighed, bench: Bench) -> str:
    mass, balance = show_dose(found.needed), found.balance
    if isinstance(found.least, Unknown):
        return f"Whether {mass} can be weighed on the {balance} is not known"
    least = show_least(found.least, bench.balance)
    if isinstance(found.step, Unknown):
        least = show(found.least)
    if found.can_be_weighed:
        return f"{mass} can be weighed on the {balance}: it weighs from {least}"
    end = "" if found.scheme is not None else ", and no scheme is given"
    return f"{mass} cannot be weighed on the {balance}, only from {least}{end}"


def _rows(scheme: Scheme, wish: Wish) -> list[tuple[str, str]]:
    """Return what to do, numbered."""
    drug = wish.substance.printed if wish.substance is not None else "drug"
    if scheme.way == "direct":
        return [("1 weigh", f"{show_dose(scheme.weighed)} of {drug}")]
    lines = [("weigh", f"{show_dose(scheme.weighed)} of {drug}")]
    several = len(scheme.stages) > 1
    for number, stage in enumerate(scheme.stages, 1):
        name = f"mix {number}" if several else "the mix"
        write = _solid_stage if scheme.way == "solid" else _liquid_stage
        lines += write(stage, name, _named(wish, scheme), number == len(scheme.stages))
    head, last = lines[:-1], lines[-1]
    lines = [*head, (last[0], f"{last[1]}: it holds {show_dose(scheme.delivered)} of {drug}")]
    return [(f"{place} {verb}", text) for place, (verb, text) in enumerate(lines, 1)]


def _named(wish: Wish, scheme: Scheme) -> str:
    if wish.diluent:
        return quote(wish.diluent)
    return "diluent" if scheme.way == "solid" else "water or the solvent of choice"


def _solid_stage(stage: Stage, name: str, diluent: str, last: bool) -> list[tuple[str, str]]:
    assert stage.diluent is not None  # noqa: S101  solids are weighed
    onward = "" if last else ", for the next mix"
    return [
        ("add", f"{show_dose(stage.diluent)} of {diluent}, weighed"),
        ("mix", f"by geometric dilution, {_portions(stage)}"),
        ("total", f"{show_dose(stage.total)}, {name}"),
        ("take", f"{show_dose(stage.aliquot)} of {name}, weighed{onward}"),
    ]


def _liquid_stage(stage: Stage, name: str, diluent: str, last: bool) -> list[tuple[str, str]]:
    name = name.replace("mix", "solution")
    onward = "" if last else ", for the next"
    solved = "dissolve" if stage.put_in.unit != "mL" else "dilute"
    return [
        (solved, f"in {diluent}, less than {show_dose(stage.total)}"),
        ("make up", f"to {show_dose(stage.total)} in the {stage.vessel}: {name}"),
        ("take", f"{show_dose(stage.aliquot)} of {name} with the {stage.measure}{onward}"),
    ]


def _portions(stage: Stage) -> str:
    """Return in how many portions the larger powder goes in, each as much as is there."""
    assert stage.diluent is not None  # noqa: S101  solids are weighed
    count = len(geometric((("drug", stage.put_in), ("diluent", stage.diluent)))) - 1
    return "in one portion" if count == 1 else f"in {count} portions"


def _tips(bench: Bench) -> tuple[Fact[str], ...]:
    return (bench.practice.geometric, bench.practice.tracer, bench.practice.dye_alone)


def _mixing(bench: Bench) -> list[tuple[str, str]]:
    """Return how to mix, and what a tracer shows and does not show, as far as sources tell."""
    order, tracer, limit = (known(fact) for fact in _tips(bench))
    dye = "; ".join(text for text in (tracer, limit) if text)
    return [(label, text) for label, text in (("mixing", order), ("tracer", dye)) if text]


def _checks(scheme: Scheme, found: Weighed) -> list[tuple[str, str]]:
    low, high = ((end / scheme.needed).number() - 1 for end in (scheme.low, scheme.high))
    off = found.uncertainty
    assert not isinstance(off, Unknown)  # noqa: S101  there is a scheme only where it is known
    errors = f"{show_error(low)} to {show_error(high)}"
    if scheme.way == "direct" or scheme.diluent is None:
        return [("at worst", f"{show_dose(off)} either way, {errors}")]
    over = " × ".join(show_dose(n) for n in _above(scheme))
    under = " × ".join(show_dose(stage.total) for stage in scheme.stages)
    under = f"({under})" if len(scheme.stages) > 1 else under
    back = f"{over} / {under} = {show_dose(scheme.delivered)}{_off(scheme)}"
    word = "diluent in all" if scheme.way == "solid" else "liquid in all"
    proof = "" if scheme.proven else ", not shown to be the least"
    reading = ", each volume by half a graduation" if scheme.way == "liquid" else ""
    span = show_range(scheme.low, scheme.high)
    return [
        ("multiplied back", back),
        (word, f"{show_dose(scheme.diluent)}{proof}"),
        ("at worst", f"{span}, {errors}: each weighing off by {show_dose(off)}{reading}"),
    ]


def _off(scheme: Scheme) -> str:
    return f" ({show_error(scheme.error)})" if scheme.error else ""


def _above(scheme: Scheme) -> list[Quantity]:
    return [scheme.weighed, *(stage.aliquot for stage in scheme.stages)]


def _rules(found: Weighed, bench: Bench) -> list[tuple[str, str]]:
    balance = bench.balance
    if isinstance(found.least, Unknown):
        rule = f"{_RULES[found.rule]}: {found.least}"
    else:
        shown, exact = show_least(found.least, balance), show(found.least)
        rule = f"{_ground(found, bench)} = {exact}"
        if shown != exact and not isinstance(found.step, Unknown):
            rule += f", {shown} on its step of {show_exact(found.step)}"
    return [("rule", rule), ("other rule", _other(found))]


_RULES = {
    "sensitivity": "sensitivity requirement / permitted error",
    "usp41": "<41> at 0.10 %: 2 × max(SD, 0.41 d) / 0.10 %",
}


def _ground(found: Weighed, bench: Bench) -> str:
    if found.rule != "sensitivity" or isinstance(found.share, Unknown):
        return _RULES[found.rule]
    needs = known(bench.balance.sensitivity)
    share = show_share(found.share)
    return f"sensitivity requirement {show_dose(needs) if needs else ''} / {share}"


def _other(found: Weighed) -> str:
    other = found.other
    name = "<41> at 0.10 %" if other.rule == "usp41" else _RULES["sensitivity"]
    if isinstance(other.least, Unknown):
        return f"{name}: {other.least}; for information only"
    word = "at least " if other.at_least else ""
    why = f" ({other.why})" if other.why else ""
    return f"{name}: from {word}{show(other.least)}{why}; for information only"


def _closing(found: Weighed, bench: Bench) -> str:
    assumed = []
    setting = bench.setting
    for fact, name in (
        (setting.balance_step, "balance step"),
        (setting.largest_mix, "largest mix"),
    ):
        if isinstance(fact, Cited) and fact.assumed:
            assumed.append(f"{name} {fact.text}")
    if found.scheme is not None and found.scheme.way == "liquid":
        assumed += ["graduations", "half a graduation's reading"]
    words = f" Assumed: {', '.join(assumed)}." if assumed else ""
    kept = " Use the solution at once: how long it keeps is not told." if _wet(found) else ""
    return f"Bench: {bench.name}.{words}{kept} --explain shows each step."


def _wet(found: Weighed) -> bool:
    return found.scheme is not None and found.scheme.way == "liquid"
