"""May weighing stand in for an assay of each unit: weight variation by <905>.

Hard capsules with at least 25 mg of drug, making up at least 25 % of the contents by weight
(source: usp905-weight-variation). Weight never proves content: it assumes a uniform mix.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.check_records import Uniformity
from formulation.finished import Fill
from formulation.printing import show, show_share
from formulation.trace import Finding, Worked, Working
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightVariation(Worked):
    """Whether weighing may stand in for assaying each unit: at least 25 mg and 25 % of the fill."""

    share: Fraction
    eligible: bool
    verdict: str


def weight_variation(fill: Fill, rule: Uniformity) -> WeightVariation:
    """Return whether a hard capsule may be judged by weight variation instead of by assay.

    >>> from formulation.catalog import load
    >>> rule = load(Uniformity, "uniformity", "usp905")[0]
    >>> weight_variation(Fill(Quantity(100, "mg"), Quantity(229, "mg")), rule).eligible
    True

    Both limits count, each met when equal. Source: usp905-weight-variation.
    """
    working = Working()
    share = working.work(
        "drug in the contents", "drug / contents", {"drug": fill.drug, "contents": fill.powder},
        "by weight, shell not counted", (rule.least_share.source,),
    ).number()  # fmt: skip
    least, part = rule.least_drug.value, rule.least_share.value
    eligible = fill.drug >= least and share >= part
    numbers = f"{show(fill.drug)} of drug, {show_share(share)} of the contents"
    wanted = f"{show(least)} and {show_share(part)}"
    verdict = "weight variation may be used" if eligible else "content uniformity by assay"
    if eligible:
        what = (
            f"{numbers}: at least {wanted}, so weight variation may stand in for an assay of each "
            "unit. It assumes that the mix is uniform, and takes the content from an assay of "
            "several units together: weight never proves content"
        )
        found = Finding("weight-variation-allowed", "note", what, sources=(rule.least_drug.source,))
    else:
        found = _not_eligible(numbers, wanted, fill, share, rule)
    return WeightVariation(steps=tuple(working.steps), findings=(found,), share=share,
                           eligible=eligible, verdict=verdict)  # fmt: skip


def _not_eligible(
    numbers: str, wanted: str, fill: Fill, share: Fraction, rule: Uniformity
) -> Finding:
    least, part = rule.least_drug.value, rule.least_share.value
    what = f"{numbers}: weight variation needs at least {wanted}. Weight never proves content"
    fix = "content uniformity: assay 10 units one by one"
    limit, actual = Quantity(part), Quantity(share)
    if fill.drug >= least:
        most = fill.drug / part
        fix += f"; or a smaller shell or less filler: contents of at most {show(most)} qualify"
    else:
        limit, actual = least, fill.drug
    return Finding("content-uniformity-needed", "caution", what, fix, limit, actual,
                   (rule.least_drug.source, rule.least_share.source))  # fmt: skip
