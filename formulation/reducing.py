"""A formula made smaller or larger: every ingredient times one factor, so many parts of so much.

factor = amount wanted / amount the formula makes
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formulation.amounts import Amount, plain
from formulation.errors import FormulationError
from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import BackCheck, Solved
from formulation.teaching import failed, solved
from formulation.units import same_kind, total


def _made(given: Mapping[str, Any], rows: tuple[tuple[str, Amount], ...]) -> Amount:
    """Return what the formula makes: as given, else the sum where all is of one kind."""
    if "makes" in given:
        found: Amount = given["makes"]
        return found
    first = rows[0][1].value.unit
    if any(not same_kind(one.value.unit, first) for _, one in rows):
        what = "what the formula makes is not said, and its ingredients do not add up"
        fix = 'add --makes, as in "1000 mL"'
        raise FormulationError("calc-missing", what, "option --makes", fix)
    whole = total((one.value for _, one in rows), first)
    return replace(plain(whole), source="the ingredients added up")


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    rows = tuple(values.get("ingredient", ()))
    if not rows:
        what, fix = "no ingredient was given", 'add --ingredient "zinc oxide = 80 g"'
        raise FormulationError("calc-missing", what, "option --ingredient", fix)
    made = _made(values, rows)
    variables = [Variable("factor", "factor", "per" if "factor" not in values else "number"),
                 Variable("wanted", "amount wanted", "amount"),
                 Variable("makes", "amount the formula makes", "amount")]  # fmt: skip
    equations = [Equation("wanted = factor * makes", "each ingredient keeps its share")]
    given: dict[str, Amount] = {"makes": made}
    given |= {name: values[name] for name in ("wanted", "factor") if name in values}
    for place, (name, amount) in enumerate(rows, 1):
        variables += [
            Variable(f"old_{place}", f"{name} in the formula", "old"),
            Variable(f"new_{place}", name, f"new {place}"),
        ]
        given[f"old_{place}"] = amount
        equations.append(Equation(f"new_{place} = factor * old_{place}", "times the factor"))
    which = Calculator(REDUCE.name, REDUCE.title, tuple(variables), tuple(equations), ())
    if "wanted" not in values and "factor" not in values:
        what, fix = "how much is wanted is not said", 'add --wanted "240 mL", or --factor'
        raise FormulationError("calc-missing", what, "formulate calc reduce", fix)
    first = "factor" if "factor" not in values else "wanted"
    found = solved(which, given, ask if ask.wanted else replace(ask, wanted=first))
    return _proved(found, rows)


def _proved(found: Solved, rows: tuple[tuple[str, Amount], ...]) -> Solved:
    """Add the proof: the new amounts together are the factor times the old ones together."""
    every = {one.name: one.amount.value for one in (*found.given, *found.others)}
    every[found.wanted.name] = found.answer
    new = [every[f"new_{n}"] for n in range(1, len(rows) + 1)]
    checks = list(found.check)
    for unit in ("g", "mL", "part"):
        old = [one.value for _, one in rows if same_kind(one.value.unit, unit)]
        if not old:
            continue
        target = every["factor"] * total(old, unit)
        mine = total((one for one in new if same_kind(one.unit, target.unit)), target.unit)
        way = f"the new amounts in {unit} added up"
        checks.append(BackCheck("the ingredients together", way,
                                target, mine, plain(target).text, plain(mine).text))  # fmt: skip
    proof = failed(tuple(checks[len(found.check) :]))
    return replace(found, check=tuple(checks), findings=(*found.findings, *proof))


REDUCE = Calculator(
    "reduce", "A formula reduced or enlarged, or made up in parts",
    (
        Variable("ingredient", "ingredients", "many ingredient", "",
                 'As in "zinc oxide = 80 g" or "talc = 31 parts"; repeated.'),
        Variable("makes", "amount the formula makes", "amount", "",
                 'As in "1000 mL"; else the ingredients added up.'),
        Variable("wanted", "amount wanted", "amount or count", "", 'As in "240 mL".'),
        Variable("factor", "factor", "number", "", 'Instead of the amount wanted, as in "0.24".'),
    ),
    (),
    ('--ingredient "calamine = 80 g" --ingredient "glycerin = 20 mL" --makes "1000 mL" '
     '--wanted "240 mL"',
     '--ingredient "sulfur = 3 parts" --ingredient "talc = 5 parts" --wanted "40 g"'),
    run=_run,
)  # fmt: skip
