"""How working, findings and sources are laid out under every answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from formulation.blocks import Block, Heading, Notice, References, Working
from formulation.cited import ASSUMPTION, TYPED
from formulation.printing import show, show_exact
from formulation.records import Source
from formulation.trace import Finding, Input, Step
from formulation.units import Quantity


def working_block(step: Step) -> Working:
    """Return one step with its formula, the numbers put in, and the exact result."""
    numbers = {name: _put_in(value) for name, value in step.inputs}
    names = "|".join(sorted(numbers, key=len, reverse=True))
    substituted = re.sub(rf"\b({names})\b", lambda found: numbers[found[1]], step.formula)
    return Working(
        step.name, _signs(step.formula), _signs(substituted), _result(step.result), step.why,
        step.sources,
    )  # fmt: skip


def _put_in(value: Input) -> str:
    if isinstance(value, tuple):
        return ", ".join(show_exact(one) for one in value)
    return _bracketed(show_exact(value))


def _bracketed(text: str) -> str:
    """Return a number in brackets where its own division could be taken for the formula's."""
    return f"({text})" if "/" in text or " per " in text else text


def _result(value: Quantity | Fraction) -> str:
    """Return a result exactly; one whose decimal does not end also as it prints elsewhere."""
    exact = show_exact(value)
    if "/" not in exact.split(" ")[0]:
        return exact
    return f"{show(value)}, exactly {exact}"


def _signs(formula: str) -> str:
    return formula.replace(" * ", " × ")


def explained(title: str, steps: Iterable[Step]) -> list[Block]:
    """Return the working under its title, step by step."""
    return [Heading(f"Working: {title}"), *(working_block(step) for step in steps)]


def notices(findings: Iterable[Finding]) -> list[Notice]:
    """Return findings as notices, the gravest first, each once."""
    order = {"stop": 0, "caution": 1, "note": 2}
    every = {(f.level, f.what, f.fix): f for f in findings}
    found = sorted(every.values(), key=lambda f: order[f.level])
    return [Notice(f.level, f.what, f.fix) for f in found]


def references(keys: Iterable[str], sources: Mapping[str, Source]) -> References:
    """Return the sources of these ids; assumptions and typed numbers are none."""
    rows = []
    for key in sorted(set(keys) - {"", ASSUMPTION, TYPED}):
        if key in sources:
            s = sources[key]
            rows.append((s.key, s.title, f"{s.publisher}, {s.year}", s.address, s.grade))
        else:
            rows.append(
                (key, "named in a record or bench of your own", "no bibliography", "", "own")
            )
    return References(tuple(rows))
