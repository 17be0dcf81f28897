"""Between what limits does one dose lie: the source's own limits carried through.

A composite assay limit bounds the mean of many pooled units; for a few units the wider limit of
<905> for single units is printed, as a limit and not as a measurement (sources:
usp32-cycloserine-capsules, usp905-acceptance-value, usp-faq-uniformity).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.bench import Bench
from formulation.cited import Unknown
from formulation.printing import show_range, show_share
from formulation.records import Product
from formulation.result import ErrorTerm
from formulation.spread import Range, around
from formulation.trace import Finding, Step, Working
from formulation.units import Quantity

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Content:
    """The dose with its limits, on what ground, and the causes."""

    dose: Range
    basis: str
    terms: tuple[ErrorTerm, ...]
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...] = ()


def _limits(product: Product, opened: Quantity, bench: Bench) -> tuple[Fraction, Fraction, str]:
    rule, limits = bench.uniformity, product.content_limits
    if product.held:
        return ONE, ONE, "the lot's certificate; its own limits are not given"
    few = opened.magnitude < rule.sample.value
    if few or isinstance(limits, Unknown):
        away = rule.unit_deviation.value
        low = rule.reference_low.value * (ONE - away)
        high = rule.reference_high.value * (ONE + away)
        words = "the limit of <905> for a single unit, taking T as 101.5 % or less"
        return low, high, words
    text = f"the assay limits of the pooled source, {limits.text} of claim"
    return limits.value.low.number(), limits.value.high.number(), text


EXACT = (Fraction(0), Fraction(0))


def dose_limits(
    nominal: Quantity, product: Product, opened: Quantity, bench: Bench,
    reading: tuple[Fraction, Fraction] = EXACT,
) -> Content:  # fmt: skip
    """Return the dose between the limits of an unassayed source; `opened` counts pooled units.

    `reading` is by what share dilutions in between may be misread, low and high; it widens both.

    >>> from formulation.benches import read_bench
    >>> bench = read_bench()
    >>> dose = dose_limits(Quantity(50, "mg"), bench.products[0], Quantity(12, "cap"), bench).dose
    >>> show_range(dose.low, dose.high)
    '45 to 60 mg'
    """
    low, high, words = _limits(product, opened, bench)
    term = ErrorTerm("content of the source", low - 1, high - 1, _source(product, opened, bench))
    if reading != EXACT:
        low, high = low * (1 + reading[0]), high * (1 + reading[1])
        words += ", and half a graduation for each reading of the dilution"
    dose, working = around(nominal, low, high), Working()
    for name, share in (("least", low), ("most", high)):
        working.work(f"{name} that a dose may hold", "dose * share",
                     {"dose": nominal, "share": share}, words)  # fmt: skip
    return Content(dose, words, (term,), _wider(dose, low, high, words, bench),
                   tuple(working.steps))  # fmt: skip


def _source(product: Product, opened: Quantity, bench: Bench) -> str:
    """Return on whose word the limits of the source stand."""
    limits = product.content_limits
    source = bench.uniformity.unit_deviation.source
    if not isinstance(limits, Unknown) and opened.magnitude >= bench.uniformity.sample.value:
        source = limits.source
    return source


def _wider(
    dose: Range, low: Fraction, high: Fraction, words: str, bench: Bench
) -> tuple[Finding, ...]:
    own = bench.rules.strength_tolerance
    if isinstance(own, Unknown):
        return (_uncompared(dose, words, bench),)
    if low >= ONE + own.value.low.number() and high <= ONE + own.value.high.number():
        return ()
    what = (
        f"Unassayed source: a dose may hold {show_range(dose.low, dose.high)}. Ground: {words}; "
        f"wider than the {show_share(ONE + own.value.low.number())} to "
        f"{show_share(ONE + own.value.high.number())} wanted of the preparation"
    )
    fix = "an assay of the pool, or the lot's certificate from the maker, settles it"
    sources = (own.source, bench.uniformity.unit_deviation.source)
    return (
        Finding("source-wider-than-preparation", "caution", what, fix, dose.nominal, dose.high,
                sources),
    )  # fmt: skip


def _uncompared(dose: Range, words: str, bench: Bench) -> Finding:
    what = (
        f"Unassayed source: a dose may hold {show_range(dose.low, dose.high)}. Ground: {words}; "
        f"{bench.rules.key} gives no limit to hold it against"
    )
    fix = "an assay of the pool, or the lot's certificate from the maker, settles it"
    source = bench.uniformity.unit_deviation.source
    return Finding("source-wider-than-preparation", "caution", what, fix, sources=(source,))


def on_the_mark(content: Content, error: Fraction, device: str) -> Content:
    """Return the limits of a dose that is drawn at a mark, with the mark's error named as a cause.

    `content` is of the dose as it is drawn, so its limits, steps and findings hold the error.
    """
    if not error:
        return content
    term = ErrorTerm(f"put on a mark of the {device}", min(error, Fraction(0)),
                     max(error, Fraction(0)), "")  # fmt: skip
    return replace(content, terms=(*content.terms, term))
