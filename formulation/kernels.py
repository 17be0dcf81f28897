"""Chances in floating point: how often normal content passes <905>, by quadrature and by trial.

The only room with numpy, in float64. A normal sample's mean and variance are independent, so with
mean m1 and variance s1² of the first 10 units and m2, s2² of the next 20

    stage 1   P(k1² s1² <= (L1 - |M - m1|)²)
    stage 2   29 s² = 9 s1² + 19 s2² + (20/3) (m1 - m2)²,  P(k2² s² <= (L1 - |M - m|)²)

and only m1, s1², m2 have to be integrated over: s2² enters by its chi-square distribution
(method: pharmtech 463577, with the two stages joined exactly and not by a bound).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[np.float64]]
FIRST, MORE = 10, 20
SPREADS = 8.0  # beyond so many standard deviations lies less than 1e-14
NODES = 12
TOLERANCE = "0.000001"  # of `chances`: halving the step moves no result by as much
_STEP, _MOST = 0.005, 250.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of <905>, in percent of claim: M's ends, L1, both k, L2 as a share of M."""

    low: float
    high: float
    limit: float
    first_k: float
    second_k: float
    deviation: float


def limits_of(
    ends: tuple[Fraction, Fraction], limit: Fraction, k: tuple[Fraction, Fraction], away: Fraction
) -> Limits:
    """Return exact limits as doubles: M's ends, L1, k of both stages, L2 as a share of M."""
    return Limits(
        float(ends[0]), float(ends[1]), float(limit), float(k[0]), float(k[1]), float(away)
    )


def pass_chances(
    mean: Fraction, sd: Fraction, limits: Limits, samples: int, seed: int
) -> tuple[Fraction, ...]:
    """Return first, second, lost and its standard error, each to six decimals."""
    first, second = chances(float(mean), float(sd), limits)
    lost, error = lost_to_single_units(float(mean), float(sd), limits, samples, seed)
    return tuple(Fraction(round(p * 10**6), 10**6) for p in (first, second, lost, error))


def chi_square(x: float, degrees: int) -> float:
    """Return the chance of a chi-square below `x`, for an odd number of degrees of freedom.

    erf(sqrt(x/2)) less a finite sum.

    >>> round(chi_square(3.841459, 1), 6), round(chi_square(16.918978, 9), 6)
    (0.95, 0.95)
    """
    if x <= 0:
        return 0.0
    term, series = math.sqrt(x), 0.0
    for odd in range(1, degrees, 2):
        series += term
        term *= x / (odd + 2)
    return math.erf(math.sqrt(x / 2)) - math.sqrt(2 / math.pi) * math.exp(-x / 2) * series


@lru_cache(maxsize=4)
def _table(degrees: int) -> tuple[Array, Array]:
    """Return a fine grid of the distribution; read between its points it errs by < 5e-7."""
    at = np.arange(0.0, _MOST + _STEP, _STEP)
    return at, np.array([chi_square(float(x), degrees) for x in at])


def _below(x: Array, degrees: int) -> Array:
    at, chance = _table(degrees)
    return np.interp(x, at, chance)


@lru_cache(maxsize=8)
def _rule(panels: int) -> tuple[Array, Array]:
    """Return Gauss-Legendre points and weights on 0 to 1, in so many equal panels."""
    points, weights = np.polynomial.legendre.leggauss(NODES)
    starts = np.arange(panels)[:, None]
    at = (starts + (points + 1) / 2) / panels
    return at.ravel(), np.tile(weights / 2 / panels, panels)


def _spread_over(edges: Array, panels: int) -> tuple[Array, Array]:
    """Return points and weights between consecutive edges along the last axis."""
    at, weight = _rule(panels)
    width = np.diff(edges)[..., None]
    points = edges[..., :-1, None] + width * at
    shape = (*edges.shape[:-1], -1)
    return points.reshape(shape), (width * weight).reshape(shape)


def _bell(x: Array, mean: float, sd: float) -> Array:
    return np.exp(-(((x - mean) / sd) ** 2) / 2) / (sd * math.sqrt(2 * math.pi))


def _density(x: Array, degrees: int) -> Array:
    half = degrees / 2
    return np.exp((half - 1) * np.log(x) - x / 2 - half * math.log(2) - math.lgamma(half))


def _room(mean: Array, limits: Limits) -> Array:
    """Return L1 - |M - mean|, what is left for k s; nothing where it is below zero."""
    away = np.abs(np.clip(mean, limits.low, limits.high) - mean)
    return np.maximum(limits.limit - away, 0.0)


def _edges(mean: float, sd: float, kinks: Array) -> Array:
    """Return where the panels of a bell end: at its own 8 and 3 spreads, middle, and the kinks."""
    own = mean + sd * np.array([-SPREADS, -3.0, 0.0, 3.0, SPREADS])
    cut = np.clip(kinks, own[0], own[-1])
    return np.sort(np.concatenate([np.broadcast_to(own, (*cut.shape[:-1], 5)), cut], axis=-1))


def chances(mean: float, sd: float, limits: Limits, panels: int = 1) -> tuple[float, float]:
    """Return P(stage 1 met) and P(stage 1 not met, stage 2's acceptance value met).

    Content is normal with this true mean and standard deviation; the condition on single units is
    not in it. More panels halve the step.

    >>> limits = Limits(98.5, 101.5, 15.0, 2.4, 2.0, 0.25)
    >>> [round(p, 4) for p in chances(100.0, 1.0, limits)]
    [1.0, 0.0]
    """
    low, high = limits.low, limits.high
    kinks = np.array([low - limits.limit, low, high, high + limits.limit])
    m1, w1 = _spread_over(_edges(mean, sd / math.sqrt(FIRST), kinks), panels)
    w1 = w1 * _bell(m1, mean, sd / math.sqrt(FIRST))
    enough = (FIRST - 1) * (_room(m1, limits) / limits.first_k / sd) ** 2
    first = float(np.sum(w1 * _below(enough, FIRST - 1)))
    most = (FIRST + MORE - 1) * (limits.limit / limits.second_k / sd) ** 2
    top = np.maximum(min(most, 150.0), enough)
    u, wu = _spread_over(np.stack([enough, top], axis=-1), 4 * panels)
    wu = wu * _density(np.maximum(u, 1e-300), FIRST - 1)
    turns = (3 * np.array([low, high]) - m1[:, None]) / 2
    m2, w2 = _spread_over(_edges(mean, sd / math.sqrt(MORE), turns), panels)
    w2 = w2 * _bell(m2, mean, sd / math.sqrt(MORE))
    whole = (m1[:, None] + 2 * m2) / 3
    share = FIRST * MORE / (FIRST + MORE)
    left = (FIRST + MORE - 1) * (_room(whole, limits) / limits.second_k / sd) ** 2
    left = left - share * ((m1[:, None] - m2) / sd) ** 2
    inner = _below(left[:, None, :] - u[:, :, None], MORE - 1)
    second = np.einsum("i,iu,im,ium->", w1, wu, w2, inner)
    return first, float(second)


def lost_to_single_units(
    mean: float, sd: float, limits: Limits, samples: int, seed: int
) -> tuple[float, float]:
    """Return how often only the condition on single units fails at stage 2, and its standard error.

    `samples` batches of 30 normal contents are drawn with a seed: stage 1 not met, stage 2's
    acceptance value met, and a unit outside M (1 - L2) to M (1 + L2).
    """
    drawn = np.random.default_rng(seed).normal(mean, sd, (samples, FIRST + MORE))
    reached = ~_met(drawn[:, :FIRST], limits.first_k, limits) & _met(drawn, limits.second_k, limits)
    reference = np.clip(drawn.mean(axis=1), limits.low, limits.high)
    below = drawn.min(axis=1) < (1 - limits.deviation) * reference
    above = drawn.max(axis=1) > (1 + limits.deviation) * reference
    share = float(np.mean(reached & (below | above)))
    return share, math.sqrt(share * (1 - share) / samples)


def _met(drawn: Array, k: float, limits: Limits) -> Any:
    """Return, sample by sample, whether the acceptance value is at most L1: the definition."""
    mean, sd = drawn.mean(axis=1), drawn.std(axis=1, ddof=1)
    return np.abs(np.clip(mean, limits.low, limits.high) - mean) + k * sd <= limits.limit


def trial(mean: float, sd: float, limits: Limits, samples: int, seed: int) -> tuple[float, float]:
    """Return P(stage 1) and P(not stage 1, stage 2's acceptance value) as counted in a simulation.

    The independent check of `chances`: nothing but drawn contents and the definition.
    """
    drawn = np.random.default_rng(seed).normal(mean, sd, (samples, FIRST + MORE))
    first = _met(drawn[:, :FIRST], limits.first_k, limits)
    return float(np.mean(first)), float(np.mean(~first & _met(drawn, limits.second_k, limits)))
