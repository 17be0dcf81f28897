"""Salt for base, hydrate for anhydrous, and the powder that holds it.

salt = base × molar mass of the salt / (bases in one salt × molar mass of the base)
powder = drug / assay (as-is), or drug / (assay × (1 − water)) (dried or anhydrous basis)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from formulation.amounts import Amount, plain, share
from formulation.errors import FormulationError, quote
from formulation.potency import BASES
from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import Solved
from formulation.teaching import solved
from formulation.units import Quantity

_VARIABLES = (
    Variable("powder", "powder to weigh", "amount", "mg", "As it lies in the jar.", beside=True),
    Variable("salt", "salt or hydrate", "amount", "mg", 'As in "300 mg".'),
    Variable("base", "base or anhydrous form", "amount", "mg", 'As in "250 mg".'),
    Variable("salt_molar_mass", "molar mass of the salt or hydrate", "per", "mg/mmol",
             'As in "406.37 g/mol".'),
    Variable("base_molar_mass", "molar mass of the base or anhydrous form", "per", "mg/mmol",
             'As in "397.37 g/mol".'),
    Variable("bases", "bases in one salt", "number", "", "1 unless said otherwise.", beside=True),
    Variable("assay", "assay", "share", "", 'As in "99.5 %".', beside=True),
    Variable("water", "water or loss on drying", "share", "", 'As in "7 %".', beside=True),
    Variable("purity", "drug in one part of powder", "share", beside=True),
    Variable("dry", "dry part of the powder", "share", beside=True),
    Variable("all_of_it", "all of the powder", "share", inner=True),
)  # fmt: skip
_ONE = replace(plain(Quantity(Fraction(1))), source="one base in one salt, unless said by --bases")


def _basis(given: dict[str, Any]) -> list[Equation]:
    told = given.pop("basis", "")
    if "assay" not in given:
        if "water" in given:
            given["all_of_it"] = replace(share(Fraction(1)), source="the whole")
            return [
                Equation("all_of_it = dry + water", "what is not water is dry"),
                Equation("salt = powder * dry", "the powder as it lies also holds water"),
            ]
        return []
    if told not in BASES:
        what = f"{quote(told)} is no basis" if told else "the basis of the assay is not said"
        fix = f"add --basis {', '.join(BASES)}: an as-is assay is not corrected for water again"
        raise FormulationError("calc-basis", what, "option --basis", fix)
    if told == "as-is":
        given.pop("water", None)
        return [Equation("salt = powder * assay", "an as-is assay already holds the water")]
    given["all_of_it"] = replace(share(Fraction(1)), source="the whole")
    return [
        Equation("all_of_it = dry + water", "what is not water is dry"),
        Equation("purity = assay * dry", f"the assay is on the {told} basis"),
        Equation("salt = powder * purity", "the powder as it lies also holds water"),
    ]


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given: dict[str, Any] = dict(values)
    equations = [
        *_basis(given),
        Equation("salt * base_molar_mass * bases = base * salt_molar_mass",
                 "as many molecules of the one as of the other"),
    ]  # fmt: skip
    if "bases" not in given and {"salt_molar_mass", "base_molar_mass"} & set(given):
        given["bases"] = _ONE
    known: Mapping[str, Amount] = given
    if not ask.wanted and not {"base", "salt_molar_mass", "base_molar_mass"} & set(given):
        wanted = "powder" if "powder" not in given else "salt"
        ask = replace(ask, wanted="dry" if set(given) <= {"water", "all_of_it"} else wanted)
    elif not ask.wanted and ("assay" in given or "water" in given) and "powder" not in given:
        ask = replace(ask, wanted="powder")
    return solved(replace(SALT, variables=_VARIABLES, equations=tuple(equations), run=None),
                  known, ask)  # fmt: skip


SALT = Calculator(
    "salt", "Salt, base and hydrate; assay and loss on drying",
    (*(one for one in _VARIABLES if not one.inner),
     Variable("basis", "basis of the assay", "text", "", '"as-is", "dried" or "anhydrous".')),
    (),
    ('--base "100 mg" --salt-molar-mass "406.37 g/mol" --base-molar-mass "397.37 g/mol"',
     '--salt "5 g" --assay "99.5 %" --water "2 %" --basis anhydrous'),
    run=_run,
)  # fmt: skip
