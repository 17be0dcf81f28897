"""The checks on a finished batch as a page: each verdict first, then the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from formulation.acceptance import Acceptance
from formulation.blocks import Bar, Block, Chart, Facts, Heading, Paragraph, Report, Table
from formulation.checking import Checked
from formulation.cited import Unknown
from formulation.eligibility import WeightVariation
from formulation.printing import (
    decimal,
    show,
    show_number,
    show_range,
    show_share,
    significant,
    to_places,
    told_apart,
)
from formulation.records import Source
from formulation.rule_sets import SetVerdict
from formulation.weight_check import MassLoss, WeightCheck
from formulation.workings import explained, notices, references

if TYPE_CHECKING:
    from formulation.characteristic import Characteristic, Point


def uniformity_report(
    checked: Checked, sources: Mapping[str, Source], explain: bool = False
) -> Report:
    """Return the checks as blocks; with `explain` every step and the sources follow."""
    blocks: list[Block] = [Heading("Checks on the finished batch", 1)]
    if checked.acceptance:
        blocks += _acceptance(checked.acceptance)
    if checked.weight_variation:
        blocks += _variation(checked.weight_variation)
    if checked.weight_check:
        blocks += _weights(checked.weight_check)
    if checked.mass_loss:
        blocks += _loss(checked.mass_loss)
    if checked.characteristic:
        blocks += _chances(checked.characteristic)
    if checked.findings:
        blocks += [Heading("Findings"), *notices(checked.findings)]
    if explain:
        cited = [key for step in checked.steps for key in step.sources]
        cited += [key for finding in checked.findings for key in finding.sources]
        cited += checked.acceptance.scope_sources if checked.acceptance else ()
        blocks += explained("checks on the finished batch", checked.steps)
        blocks += [Heading("Sources"), references(cited, sources)]
    return Report(tuple(blocks))


def _percent(number: Fraction) -> str:
    return f"{show_number(number)} %"


def _acceptance(found: Acceptance) -> list[Block]:
    case = f"case {found.case}, T = {_percent(found.target)}"
    rows = [
        ("acceptance value", f"{told_apart(found.value, found.limit)}; L1 allows at most "
                             f"{_tenth(found.limit)}"),
        ("mean and SD", f"{_percent(found.mean)} and {_percent(found.sd)} of claim, "
                        f"{found.units} units"),
        ("reference value M", f"{_percent(found.reference)} ({case})"),
        ("k", f"{_tenth(found.k)} for {found.units} units"),
        ("largest SD", _largest(found)),
    ]  # fmt: skip
    if found.stage == 2:
        ends = f"{show_number(found.unit_low)} to {_percent(found.unit_high)}"
        out = ", ".join(str(unit.number) for unit in found.outside)
        rows.append(("each unit within", f"{ends} of claim{f'; outside: {out}' if out else ''}"))
    rows.append(("this verdict", found.scope))
    return [Heading(f"Content of {found.units} units: {found.verdict}"), Facts(tuple(rows))]


def _largest(found: Acceptance) -> str:
    if isinstance(found.largest_sd, Unknown):
        return found.largest_sd.why
    return f"{_percent(found.largest_sd)} would meet L1 at this mean"


def _variation(found: WeightVariation) -> list[Block]:
    return [Heading(f"By weight or by assay: {found.verdict}"),
            Facts((("drug", f"{show_share(found.share)} of the contents by weight"),))]  # fmt: skip


def _weights(found: WeightCheck) -> list[Block]:
    about = "unknown" if isinstance(found.tolerance, Unknown) else show(found.tolerance)
    spread = "unknown: one capsule has no spread"
    if not isinstance(found.sd, Unknown) and not isinstance(found.rsd, Unknown):
        spread = f"{show(found.sd)}, RSD {show_share(found.rsd)}"
    theory = "not given" if isinstance(found.theory, Unknown) else show(found.theory)
    count = f"{len(found.units)} capsule{'' if len(found.units) == 1 else 's'}"
    facts = Facts((
        ("empty shell", f"{show(found.shell)}, either way {about} ({found.ground})"),
        ("powder by theory", theory),
        ("powder weighed", f"{show(found.mean)} in the mean; SD {spread}"),
    ))  # fmt: skip
    rows = Facts(tuple((rule.name, _set(rule, found)) for rule in found.sets))
    return [Heading(f"Weighed unopened, {count}"), facts, _units(found), rows]


def _set(rule: SetVerdict, found: WeightCheck) -> str:
    """Return one rule set's verdict in a line, with the reference that it judges against."""
    against = rule.against
    if not isinstance(rule.reference, Unknown):
        against += f" {show(rule.reference)}"
    parts = [f"{rule.verdict}, by {against}"]
    if not isinstance(rule.low, Unknown) and not isinstance(rule.high, Unknown):
        out, doubt = rule.places.count("outside"), rule.places.count("cannot be told")
        allowed = "unknown" if isinstance(rule.allowed_outside, Unknown) else rule.allowed_outside
        parts.append(f"{out} outside {show_range(rule.low, rule.high)} ({allowed} allowed)")
        parts += [f"{doubt} not to be told"] if doubt else []
    elif rule.against == "mean":
        parts.append("limits of one capsule unknown")
    if not isinstance(rule.rsd_limit, Unknown) and not isinstance(found.rsd, Unknown):
        words = "within" if found.rsd <= rule.rsd_limit else "above"
        parts.append(f"RSD {show_share(found.rsd)}, {words} {show_share(rule.rsd_limit)}")
    return "; ".join(parts)


def _units(found: WeightCheck) -> Table:
    columns = ("no.", "gross", "powder", "of mean", "of theory", "judged")
    rows = tuple(_unit(found, place) for place in range(len(found.units)))
    if not isinstance(found.theory, Unknown):
        return Table(columns, rows)
    return Table((*columns[:4], columns[5]), tuple((*row[:4], row[5]) for row in rows))


def _unit(found: WeightCheck, place: int) -> tuple[str, ...]:
    unit, theory = found.units[place], found.theory
    mean = _rounded((unit.net / found.mean).number() * 100)
    of_theory = ""
    if not isinstance(theory, Unknown):
        of_theory = _rounded((unit.net / theory).number() * 100)
    words = {"outside": "out", "cannot be told": "out?"}
    said = [f"{rule.against}: {words[rule.places[place]]}" for rule in found.sets
            if rule.places[place] in words]  # fmt: skip
    marks = "; ".join(said) or "-"
    return str(unit.number), show(unit.gross), show(unit.net), mean, of_theory, marks


def _rounded(percent: Fraction) -> str:
    """Return a percentage to a tenth, for a table; the verdict is never read off it."""
    return f"{show_number(to_places(percent, 1))} %"


def _loss(found: MassLoss) -> list[Block]:
    rows = [("powder taken", show(found.taken)), ("in the capsules", show(found.filled))]
    for limit in found.limits:
        words = "meets" if limit.meets else "does not meet"
        rows.append((limit.name, f"at most {show_share(limit.limit)}: {words}"))
    title = f"Mass loss of the batch: {show_share(found.loss)}"
    return [Heading(title), Facts(tuple(rows))]


def _chances(found: Characteristic) -> list[Block]:
    columns = tuple(f"mean {_percent(mean)}" for mean in found.means)
    rows = tuple(
        (f"SD {_percent(sd)}", tuple(_bar(found.at(mean, sd)) for mean in found.means), False)
        for sd in found.spreads
    )
    mean = found.means[0]
    points = [found.at(mean, sd) for sd in found.spreads]
    table = Table(
        ("SD", "stage 1", "stage 2", "single units", "passes"),
        tuple((_percent(p.sd), _chance(p.first), _chance(p.second), _taken(p, found.samples),
               _chance(p.passes)) for p in points),
    )  # fmt: skip
    words = (
        "How often 10, and where they fail 30, units of a batch with this true mean and SD (in % "
        f"of claim) would pass, T = {_percent(found.target)}."
    )
    turn = (
        f"At a true mean of {_percent(mean)}, in turn: stage 1 met; only stage 2's acceptance "
        "value met; what the limits on single units take away; all."
    )
    chart = Chart(columns, rows)
    return [Heading("Chance to pass <905>"), Paragraph(words), chart, Paragraph(turn), table]


def _bar(point: Point) -> Bar:
    return Bar(point.passes, _chance(point.passes))


def _chance(chance: Fraction) -> str:
    """Return a chance in percent to a hundredth: of normal content nothing is quite certain."""
    percent = to_places(chance * 100, 2)
    if not percent:
        return "<0.01 %"
    return ">99.99 %" if percent == 100 else _percent(percent)


def _taken(point: Point, samples: int) -> str:
    if not point.lost:
        return f"none in {samples:,}"
    lost, error = (show_number(significant(p * 100, 2)) for p in (point.lost, point.lost_error))
    return f"{lost} % ± {error} %"


def _tenth(number: Fraction) -> str:
    return decimal(to_places(number, 1), 1)
