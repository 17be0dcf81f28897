"""What a powder or a drug takes the place of: water in a vial, base in a mould.

final volume = diluent + powder volume. For moulds there are two opposite definitions of the
displacement factor in print (docs/method/displace.md); which one is meant has to be said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from formulation.errors import FormulationError, quote
from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import Solved
from formulation.teaching import solved

DISPLACE = Calculator(
    "displace", "Displacement: powders for reconstitution",
    (
        Variable("diluent", "diluent to add", "amount", "mL", 'As in "4.8 mL".',
                 "the powder alone takes up more than the final volume"),
        Variable("final_volume", "final volume", "amount", "mL", 'As in "5 mL".'),
        Variable("powder_volume", "volume of the powder", "amount", "mL",
                 'What it displaces, as in "0.2 mL".',
                 "more diluent goes in than comes out: look at the volumes"),
        Variable("concentration", "concentration", "strength", "", 'As in "50 mg/mL".'),
        Variable("drug", "drug in the vial", "drug", "", 'As in "250 mg", "500,000 units".'),
        Variable("dose", "dose", "drug", "", 'As in "50 mg".', beside=True),
        Variable("dose_volume", "volume of the dose", "amount", "mL", "", beside=True),
    ),
    (
        Equation("final_volume = diluent + powder_volume", "the powder takes up room of its own"),
        Equation("concentration * final_volume = drug", "all of the drug is in the final volume"),
        Equation("concentration * dose_volume = dose", "what the concentration means"),
    ),
    (
        '--drug "250 mg" --powder-volume "0.2 mL" --concentration "50 mg/mL" --dose "50 mg"',
        '--drug "250 mg" --powder-volume "0.2 mL" --diluent "5 mL" --find concentration',
    ),
)  # fmt: skip

DEFINITIONS = {
    "drug per base": "displaced * factor = drug",
    "base per drug": "displaced = drug * factor",
}
_WHY = {
    "drug per base": "the factor is the drug that displaces one part of base",
    "base per drug": "the factor is the base that one part of drug displaces",
}
LESS = "the drug displaces more than the moulds hold: look at the factor and its definition"
_MOULD = (
    Variable("base", "base to weigh", "amount", "g", 'For all, as in "9 g".', LESS),
    Variable("factor", "displacement factor", "number", "", 'As in "4.7".',
             "the moulds hold no more than the base alone would: look at the weights"),
    Variable("count", "moulds", "count", "each", 'How many, as in "10".'),
    Variable("mould", "base that one mould holds", "per each", "g/each", 'As in "2 g".'),
    Variable("drug_each", "drug in each", "per each", "g/each", 'As in "500 mg".'),
    Variable("drug", "drug in all", "amount", "g", "", beside=True),
    Variable("drug_share", "share of drug", "share", "", 'Of the whole weight, as in "40 %".',
             beside=True),
    Variable("whole", "weight of all", "amount", "g", "Of all with their drug.", beside=True),
    Variable("full", "base that all moulds hold", "amount", "g", "Without drug.", beside=True),
    Variable("displaced", "base displaced", "amount", "g", "",
             "the moulds hold no more than the base alone would: look at the weights", beside=True),
)  # fmt: skip


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given = dict(values)
    told = given.pop("factor_is", "")
    if told not in DEFINITIONS:
        what = f"{quote(told)} is no definition" if told else "which factor is meant is not said"
        fix = 'add --factor-is "drug per base" (g of drug that displaces 1 g of base) or '
        fix += '"base per drug" (g of base displaced by 1 g of drug); both are in print'
        raise FormulationError("calc-factor-definition", what, "option --factor-is", fix)
    equations = (
        Equation("full = mould * count", "each mould holds the same"),
        Equation("drug = drug_each * count", "each holds the same"),
        Equation("drug = drug_share * whole", "its share of the weight"),
        Equation(DEFINITIONS[told], _WHY[told]),
        Equation("full = base + displaced", "the drug takes the place of some base"),
        Equation("whole = base + drug", "what is weighed in"),
    )
    return solved(replace(MOULD, variables=_MOULD, equations=equations, run=None), given, ask)


MOULD = Calculator(
    "mould", "Moulds: base to weigh for suppositories, by displacement factor",
    (*_MOULD, Variable("factor_is", "definition of the factor", "text", "",
                       '"drug per base" or "base per drug"; has to be said.')),
    (),
    ('--count 10 --mould "1 g" --drug-each "500 mg" --factor 5 --factor-is "drug per base"',),
    run=_run,
)  # fmt: skip
