"""How many candidates a second one design search examines, against the exact scalar planner.

Usage: python tests/bench/design.py [ROUNDS]

In the same process, in turn: the whole verb `design`, the kernel alone, and `kept_liquid`, which
works out one layout exactly with its steps, dates and bill. Medians of the rounds are printed with
their ratio. It judges nothing.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from formulation.design_candidates import laid_route
from formulation.design_field import block_of, in_making
from formulation.design_space import Days, Making, families, makings
from formulation.intake import read_case
from formulation.kernel_layouts import examine
from formulation.layout_terms import terms_of
from formulation.layouts import Laid, preferred
from formulation.search import design

CASES = (("cycloserine", "37 mg", 6), ("naltrexone", "4.5 mg", 30), ("lamotrigine", "25 mg", 30),
         ("lorazepam", "0.25 mg", 30), ("clonazepam", "0.1 mg", 30))  # fmt: skip
LEAST = 200_000
ROUTES = 40


def spent(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def one(drug: str, dose: str, doses: int, rounds: int) -> tuple[int, float, float, float, float]:
    """Return candidates, candidates a second (verb, kernel), routes a second, ms for a layout."""
    typed = {"substance": drug, "dose": dose, "doses": doses, "per_day": 1}
    prescription, bench, _ = read_case(None, typed, date(2026, 1, 5))
    family = families(prescription, bench)[0][-1]
    blocks = [block_of(in_making(family.terms, family, making))
              for making in makings(Days(prescription), {14, 35})]  # fmt: skip
    size = sum(examine(block).size for block in blocks)
    terms = family.terms
    laid = Laid(terms.units[0], terms.finals[-1], terms.draws[-1], 1, Fraction(0))
    making = Making(1, doses)
    whole, kernel, scalar, layout = [], [], [], []
    examined = design(prescription, bench).examined
    own = terms_of(family.case, family.product, replace(family.recipe, published=None))
    for _ in range(rounds):
        whole.append(examined / spent(lambda: design(prescription, bench)))
        kernel.append(size / spent(lambda: [examine(block) for block in blocks]))
        scalar.append(ROUTES / spent(
            lambda: [laid_route(family, making, laid) for _ in range(ROUTES)]))  # fmt: skip
        layout.append(spent(lambda: preferred.__wrapped__(own)) * 1000)
    middle = (statistics.median(found) for found in (whole, kernel, scalar, layout))
    return examined, *middle


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{rounds} rounds, medians; a candidate = units x volume x mark x making x liquid")
    print(f"{'':26}{'candidates':>12}{'design /s':>13}{'kernel /s':>13}{'exact /s':>10}{'ratio':>9}"
          f"{'layout ms':>11}")  # fmt: skip
    slowest = None
    for drug, dose, doses in CASES:
        examined, whole, kernel, scalar, layout = one(drug, dose, doses, rounds)
        name = f"{drug} {dose} x {doses}"
        print(f"{name:26}{examined:>12,}{whole:>13,.0f}{kernel:>13,.0f}{scalar:>10,.0f}"
              f"{whole / scalar:>9,.0f}{layout:>11.1f}")  # fmt: skip
        slowest = whole if slowest is None else min(slowest, whole)
    print(f"slowest design: {slowest:,.0f} candidates a second; asked for: {LEAST:,}")


if __name__ == "__main__":
    main()
