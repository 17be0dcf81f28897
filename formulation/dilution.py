"""How much stock, how much diluent: the drug taken is the drug in what is made.

stock strength × stock volume = final strength × final volume
"""

from __future__ import annotations

from formulation.errors import FormulationError
from formulation.relations import Calculator, Equation, Given, Variable
from formulation.units import same_kind


def together(given: Given) -> None:
    """Refuse strengths on two bases, and grams beside a strength by volume."""
    strengths = {name: one for name, one in given.items() if name.endswith("strength")}
    amounts = {name: one for name, one in given.items()
               if name in ("stock_volume", "final_volume", "diluent")}  # fmt: skip
    kinds = {(one.basis if not one.value.unit else one.value.unit.partition("/")[2])
             for one in strengths.values()}  # fmt: skip
    first = next(iter(strengths.values()), None)
    for one in strengths.values():
        assert first is not None  # noqa: S101  there is one
        alike = same_kind(one.value.unit, first.value.unit)
        if not alike or (not one.value.unit and one.basis != first.basis):
            what = f"{first.text} and {one.text} are not strengths of one kind"
            fix = "give both in one kind; formulate calc strength turns one into another"
            raise FormulationError("calc-kinds-differ", what, "the strengths", fix)
    volume = {"w/w": "g", "v/v": "mL"}
    for name, one in amounts.items():
        for kind in kinds:
            unit = volume.get(kind, kind if kind in ("mL", "L", "g", "mg") else "")
            if unit and not same_kind(one.value.unit, unit):
                what = f"{one.text} and a strength of {next(iter(strengths.values())).text}"
                what += " cannot be multiplied: the one is by volume, the other by mass"
                fix = "give mass with w/w and volume with w/v or v/v; a density turns one into the"
                where = f"option --{name.replace('_', '-')}"
                raise FormulationError("calc-kinds-differ", what, where, f"{fix} other")


STRONGER = "a dilution is weaker than its stock: look at the two strengths"
DILUTE = Calculator(
    "dilute", "Dilution: how much stock, made up to how much",
    (
        Variable("stock_volume", "stock to take", "amount", "",
                 'Volume or mass of the stock, as in "50 mL".'),
        Variable("final_volume", "final volume", "amount", "", 'What is made, as in "1 L".'),
        Variable("final_strength", "final strength", "strength", "",
                 'As in "0.5 % w/v", "1:4000 w/v", "0.5 mg/mL".'),
        Variable("stock_strength", "stock strength", "strength", "", 'As in "14 % w/v".'),
        Variable("diluent", "diluent to add", "amount", "", "What is added to the stock.",
                 STRONGER, beside=True),
        Variable("drug", "drug in it", "drug", "", "The drug that both hold.", beside=True),
        Variable("weaker_by", "difference of the strengths", "strength", "",
                 "Stock strength less final strength.", STRONGER, beside=True, inner=True),
    ),
    (
        Equation("stock_strength * stock_volume = final_strength * final_volume",
                 "the drug in the stock taken is the drug in what is made"),
        Equation("final_volume = stock_volume + diluent",
                 "volumes taken as adding up; make up to the final volume where they do not"),
        Equation("drug = final_strength * final_volume", "strength times how much of it"),
        Equation("drug = stock_strength * stock_volume", "strength times how much of it"),
        Equation("weaker_by = stock_strength - final_strength", "what dilution takes away"),
        Equation("stock_volume * weaker_by = final_strength * diluent",
                 "what the stock has too much is what the diluent lacks"),
    ),
    (
        '--stock-strength "14 % w/v" --final-strength "1:4000 w/v" --final-volume "1 L"',
        '--stock-strength "40 mg/mL" --stock-volume "15 mL" --final-strength "6 mg/mL"',
    ),
    guard=together,
)  # fmt: skip
