"""The checks on a finished batch, together: one question each, every working and finding kept.

Nothing is mixed: the acceptance value concerns content, weighing concerns powder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from formulation.acceptance import Acceptance, acceptance
from formulation.eligibility import WeightVariation, weight_variation
from formulation.errors import FormulationError
from formulation.finished import Contents, Finished, Rules
from formulation.trace import Finding, Worked, worst
from formulation.units import Quantity
from formulation.weight_check import MassLoss, WeightCheck, mass_loss, weight_check

if TYPE_CHECKING:
    from formulation.characteristic import Characteristic


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Worked):
    """What the checks say; a part that was not asked for is None.

    Steps and findings of every part stand here, in the parts they are empty.
    """

    acceptance: Acceptance | None = None
    weight_variation: WeightVariation | None = None
    weight_check: WeightCheck | None = None
    mass_loss: MassLoss | None = None
    characteristic: Characteristic | None = None

    @property
    def passes(self) -> bool:
        """Say whether no check carries a stop."""
        return worst(self.findings) != "stop"


def uniformity(finished: Finished, rules: Rules) -> Checked:
    """Return the checks on a finished batch: acceptance value, weighing, mass loss, chances.

    >>> from formulation.check_intake import read_finished
    >>> found = uniformity(*read_finished({"mean": "98", "sd": "2", "n": 10}))
    >>> str(found.acceptance.value), found.passes
    ('53/10', True)

    Raises `FormulationError` for a number of units that <905> has no constant for, and where a
    shell weighs no less than a capsule.
    """
    rule, sets = rules.uniformity, rules.sets
    fill, weighings, passage = finished.fill, finished.weighings, finished.passage
    parts: dict[str, Worked] = {}
    if finished.contents:
        parts["acceptance"] = _accepted(finished, rules)
    if fill:
        parts["weight_variation"] = weight_variation(fill, rule)
    if weighings:
        parts["weight_check"] = weight_check(weighings, sets)
    if passage:
        parts["mass_loss"] = mass_loss(passage, sets)
    if finished.chart:
        parts["characteristic"] = _chances(finished, rules)
    bare = {name: replace(part, steps=(), findings=()) for name, part in parts.items()}
    found = Checked(**bare)  # type: ignore[arg-type]
    every = tuple(f for part in parts.values() for f in part.findings)
    return replace(
        found, steps=tuple(step for part in parts.values() for step in part.steps),
        findings=every + _assumed(finished, rules),
    )  # fmt: skip


def _accepted(finished: Finished, rules: Rules) -> Acceptance:
    assert finished.contents is not None  # noqa: S101  asked only where there are contents
    try:
        return acceptance(finished.contents, rules.uniformity, finished.target)
    except FormulationError as error:
        option = "values" if isinstance(finished.contents, Contents) else "n"
        raise error.at(f"option --{option}") from None


def _chances(finished: Finished, rules: Rules) -> Characteristic:
    from formulation.characteristic import characteristic  # noqa: PLC0415  brings numpy

    return characteristic(rules.uniformity, finished.target)


def _assumed(finished: Finished, rules: Rules) -> tuple[Finding, ...]:
    """Return a note where T was not given: it is then what <905> takes where nothing is stated."""
    if finished.target is not None or not (finished.contents or finished.chart):
        return ()
    taken = rules.uniformity.target
    what = f"T, the target content, is taken as {taken.text} of claim; give it with --target"
    return (Finding("target-assumed", "note", what, limit=Quantity(Fraction(taken.value)),
                    sources=(taken.source,)),)  # fmt: skip
