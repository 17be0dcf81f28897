"""How often would a batch of a known spread pass <905>: its operating characteristic.

Content is taken as normal. Stage 1 and the acceptance value of both stages come by quadrature, the
condition on single units by seeded simulation (`formulation.kernels`, the only room with floats).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from formulation.check_records import Uniformity
from formulation.kernels import TOLERANCE, limits_of, pass_chances
from formulation.trace import Finding, Worked
from formulation.units import Quantity

MEANS = (100, 97, 94)
SPREADS = (2, 3, 4, 5, 6, 7, 8, 10)
SAMPLES, SEED = 20_000, 905


@dataclass(frozen=True, slots=True)
class Point:
    """The chances of one true mean and standard deviation, in percent of claim.

    `first` is stage 1; `second` stage 1 not met but stage 2's acceptance value; `lost` what the
    condition on single units takes away, with its standard error; `passes` first + second - lost.
    """

    mean: Fraction
    sd: Fraction
    first: Fraction
    second: Fraction
    lost: Fraction
    lost_error: Fraction
    passes: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic(Worked):
    """Chances to pass over true means and spreads, and how they were worked out."""

    target: Fraction
    means: tuple[Fraction, ...]
    spreads: tuple[Fraction, ...]
    points: tuple[Point, ...]
    tolerance: Fraction
    samples: int
    seed: int

    def at(self, mean: Fraction, sd: Fraction) -> Point:
        """Return the point of one true mean and standard deviation."""
        return next(p for p in self.points if (p.mean, p.sd) == (mean, sd))


def characteristic(rule: Uniformity, target: Fraction | None = None) -> Characteristic:
    """Return the chance to pass <905> for true means of 100, 97, 94 and true SDs of 2 to 10 %.

    `target` is T in percent of claim (100.0 where it is not given).
    """
    wanted = rule.target.value * 100 if target is None else target
    k = {int(c.units.value): c.k.value for c in rule.constants}
    limits = limits_of(
        (rule.reference_low.value * 100, max(rule.reference_high.value * 100, wanted)),
        rule.acceptance_limit.value * 100, (k[10], k[30]), rule.unit_deviation.value,
    )  # fmt: skip
    means, spreads = tuple(map(Fraction, MEANS)), tuple(map(Fraction, SPREADS))
    points = []
    for mean in means:
        for sd in spreads:
            first, second, lost, error = pass_chances(mean, sd, limits, SAMPLES, SEED)
            passes = first + second - lost
            points.append(Point(mean, sd, first, second, lost, error, passes))
    what = (
        f"Chances are for normal content: by quadrature to {TOLERANCE}, the condition on single "
        f"units from {SAMPLES:,} simulated batches (seed {SEED}) with its standard error"
    )
    note = Finding("chances-assume-normal", "note", what, limit=Quantity(Fraction(TOLERANCE)))
    return Characteristic(
        findings=(note,), target=wanted, means=means, spreads=spreads, points=tuple(points),
        tolerance=Fraction(TOLERANCE), samples=SAMPLES, seed=SEED,
    )  # fmt: skip
