"""How much sodium chloride makes a solution isotonic, by sodium chloride equivalents (E values).

sodium chloride to add = volume × isotonic strength − drug × E. E values are asked for: lists in
print differ, and none read here is official (docs/method/isotonic.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import Solved
from formulation.teaching import solved

TOO_MUCH = "the drugs alone make it more than isotonic: nothing is to be added"


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given = dict(values)
    drugs = given.pop("drug", ())
    variables = [one for one in ISOTONIC.variables if one.name != "drug"]
    equations = [
        Equation("needed = volume * isotonic", "what sodium chloride alone would take"),
        Equation("from_drugs = isotonic_volume * isotonic", "water that the drugs make isotonic"),
        Equation("agent * e_agent = sodium_chloride", "E: so much sodium chloride does as much"),
    ]
    if drugs:
        terms = []
        for place, (amount, e) in enumerate(drugs, 1):
            words = f"drug {place}" if len(drugs) > 1 else "drug"
            variables += [Variable(f"drug_{place}", words, "drug"),
                          Variable(f"e_{place}", f"E of {words}", "number"),
                          Variable(f"as_{place}", f"{words} as sodium chloride", "amount", "g",
                                   inner=True)]  # fmt: skip
            given |= {f"drug_{place}": amount, f"e_{place}": e}
            why = "E: so much sodium chloride does as much"
            if len(drugs) == 1:
                equations.append(Equation("from_drugs = drug_1 * e_1", why))
                break
            equations.append(Equation(f"as_{place} = drug_{place} * e_{place}", why))
            terms.append(f"as_{place}")
        if terms:
            equations.append(Equation(f"from_drugs = {' + '.join(terms)}", "all drugs together"))
    equations.append(Equation("needed = from_drugs + sodium_chloride", "what the drugs leave over"))
    if not ask.wanted and "e_agent" in given:
        ask = replace(ask, wanted="agent")
    which = Calculator(ISOTONIC.name, ISOTONIC.title, tuple(variables), tuple(equations), ())
    return solved(which, given, ask)


ISOTONIC = Calculator(
    "isotonic", "Isotonicity by sodium chloride equivalents",
    (
        Variable("sodium_chloride", "sodium chloride to add", "amount", "g", 'As in "0.2 g".',
                 TOO_MUCH),
        Variable("drug", "drugs", "many drug with e", "",
                 'Each with its E value, as in "0.3 g, E 0.23"; repeated.'),
        Variable("volume", "volume", "amount", "mL", 'As in "30 mL".'),
        Variable("isotonic", "isotonic sodium chloride", "strength", "g/mL",
                 'What counts as isotonic, as in "0.9 % w/v".'),
        Variable("from_drugs", "what the drugs do", "amount", "g", "As sodium chloride.",
                 beside=True),
        Variable("needed", "sodium chloride in all", "amount", "g", "", beside=True),
        Variable("isotonic_volume", "volume that the drugs make isotonic", "amount", "mL", "",
                 beside=True),
        Variable("e_agent", "E of another agent", "number", "", 'As 0.52 for boric acid.',
                 beside=True),
        Variable("agent", "other agent to add", "amount", "g", "", TOO_MUCH, beside=True),
    ),
    (),
    ('--drug "0.3 g, E 0.23" --volume "30 mL" --isotonic "0.9 % w/v"',),
    run=_run,
)  # fmt: skip
