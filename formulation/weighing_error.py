"""How far off: percentage error, the least that may be weighed, and an aliquot of powder.

least weighable quantity = sensitivity requirement / permitted error (source: unc-weighing).
"""

from __future__ import annotations

from formulation.printing import show, show_exact
from formulation.relations import Calculator, Equation, Given, Variable
from formulation.trace import Finding

ERROR = Calculator(
    "error", "Error: percentage error, and the least that may be weighed",
    (
        Variable("least", "least weighable quantity", "amount", "mg", 'As in "120 mg".'),
        Variable("sensitivity", "sensitivity requirement", "amount", "mg", 'As in "6 mg".'),
        Variable("permitted", "permitted error", "share", "", 'As in "5 %".'),
        Variable("error", "percentage error", "share", "", 'As in "4 %".', signed=True),
        Variable("intended", "amount intended", "amount", "", 'As in "600 mg".', beside=True),
        Variable("measured", "amount measured", "amount", "", 'As in "575 mg".', beside=True),
        Variable("deviation", "measured less intended", "amount", signed=True, beside=True,
                 inner=True),
    ),
    (
        Equation("sensitivity = permitted * least",
                 "the balance's own uncertainty may be that share", (),
                 "University of North Carolina, compounding laboratory: weighing"),
        Equation("measured = intended + deviation", "what is measured differs by so much"),
        Equation("deviation = error * intended", "the error is its share of what was intended"),
    ),
    ('--sensitivity "6 mg" --permitted "5 %"', '--intended "600 mg" --measured "575 mg"'),
)  # fmt: skip


def _all_weighable(values: Given) -> tuple[Finding, ...]:
    """Return a stop for each weighing of an aliquot below the least weighable quantity."""
    if "least" not in values:
        return ()
    least = values["least"].value
    found = []
    for name in ("weighed", "diluent", "aliquot"):
        one = values.get(name)
        if one is not None and one.value < least:
            what = f"{name}: {show(one.value)} is below the least that may be weighed, "
            what += show(least)
            fix = "take a larger multiple"
            if "needed" in values:
                fix += f', or let formulate weigh "{show_exact(values["needed"].value)}" find one'
            found.append(Finding("calc-below-least", "stop", what, fix, least, one.value))
    return tuple(found)


ALIQUOT = Calculator(
    "aliquot", "Aliquot: a multiple weighed, diluted, and a part of it taken",
    (
        Variable("diluent", "diluent to weigh", "amount", "mg", 'As in "7380 mg".',
                 "the mix would be less than the drug in it: take a larger aliquot"),
        Variable("aliquot", "aliquot to take", "amount", "mg", 'As in "125 mg".'),
        Variable("weighed", "drug to weigh", "amount", "mg", 'As in "120 mg".'),
        Variable("needed", "drug needed", "amount", "mg", 'As in "2 mg".'),
        Variable("multiple", "multiple", "number", "", 'As in "60".'),
        Variable("mix", "the mix in all", "amount", "mg", "", beside=True),
        Variable("least", "least weighable quantity", "amount", "mg",
                 "Every weighing is held against it.", beside=True),
    ),
    (
        Equation("weighed = needed * multiple", "so many times what is needed"),
        Equation("mix = aliquot * multiple", "one part in so many is taken"),
        Equation("mix = weighed + diluent", "what is weighed together"),
    ),
    ('--needed "2 mg" --weighed "120 mg" --aliquot "125 mg" --least "120 mg"',),
    remark=_all_weighable,
)  # fmt: skip
