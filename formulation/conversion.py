"""One unit into another: metric by itself, everything else by what you say one of it is.

No constant is taken in silence: a grain is 60, 64.8, 64.79891 or 65 mg, whichever is meant
(docs/method/convert.md names who prints which).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from formulation.amounts import Amount
from formulation.errors import FormulationError, quote
from formulation.printing import show_exact
from formulation.relations import Ask, Calculator, Equation, Variable
from formulation.solved import Solved
from formulation.teaching import solved
from formulation.units import Quantity, same_kind

USUAL = {
    "grain": "1 grain = 60 mg, 64.8 mg, 64.79891 mg or 65 mg",
    "tsp": "1 tsp = 5 mL or 4.92892 mL",
    "tbsp": "1 tbsp = 15 mL or 14.7868 mL",
    "floz": "1 fl oz = 30 mL, 29.57 mL or 29.5735 mL",
    "pint": "1 pint = 473 mL or 480 mL",
    "lb": "1 lb = 454 g, 453.6 g or 453.59237 g; for a patient 1 kg = 2.2 lb",
    "oz": "1 oz = 28.35 g or 28.3495 g",
    "minim": "1 mL = 16.23 minims",
    "drop": "1 mL = 15 drops or 20 drops, by the dropper",
}
Link = tuple[str, Amount, int]


def _path(have: str, need: str, links: tuple[tuple[str, Amount], ...]) -> tuple[Link, ...] | None:
    """Return the shortest row of statements that leads from one kind of unit to another."""
    rows: list[tuple[str, tuple[Link, ...]]] = [(have, ())]
    while rows:
        unit, row = rows.pop(0)
        if same_kind(unit, need):
            return row
        for name, link in links:
            if any(name == used for used, _, _ in row) or link.under is None:
                continue
            if same_kind(link.under.unit, unit):
                rows.append((link.over.unit, (*row, (name, link, 1))))
            elif same_kind(link.over.unit, unit):
                rows.append((link.under.unit, (*row, (name, link, -1))))
    return None


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    for name, example in (("amount", '"5 grains"'), ("to", '"mg"')):
        if name not in values:
            what, fix = f"{name}: more has to be known", f"add --{name} {example}"
            raise FormulationError("calc-missing", what, "formulate calc convert", fix)
    amount, to = values["amount"], values["to"]
    links = tuple((f"fact_{n + 1}", one) for n, one in enumerate(values.get("where", ())))
    path = _path(amount.value.unit, to, links)
    if path is None:
        raise _open(amount, to)
    formula = "amount" + "".join(f" {'*' if power > 0 else '/'} {name}" for name, _, power in path)
    given = {"amount": amount, **{name: link for name, link, _ in path}}
    facts = tuple(Variable(name, _per(link), "fact") for name, link, _ in path)
    why = "each factor is worth one: the same amount stands over and under"
    whole = Calculator(
        CONVERT.name, CONVERT.title,
        (Variable("result", f"amount in {show_exact(Quantity(Fraction(2), to))[2:]}", "result", to),
         Variable("amount", "amount", "measure"), *facts),
        (Equation(f"result = {formula}", why),), (),
    )  # fmt: skip
    return solved(whole, given, ask)


def _open(amount: Amount, to: str) -> FormulationError:
    usual = USUAL.get(amount.value.unit) or USUAL.get(to)
    what = f"{amount.text} into {quote(to)}: nothing says what one is in the other"
    fix = 'say it: --where "1 mL = 1.26 g"'
    if usual:
        fix = f"say what is meant by --where; in use are {usual}"
    return FormulationError("calc-constant-needed", what, "option --where", fix)


def _per(one: Amount) -> str:
    under = one.under.unit if one.under else ""
    return f"{one.over.unit} per {under}"


def link(left: Quantity, right: Quantity) -> Amount:
    """Return "1 grain = 64.8 mg" as a factor: 64.8 mg over 1 grain.

    >>> link(Quantity(1, "grain"), Quantity(65, "mg")).text
    '1 grain = 65 mg'
    """
    words = f"{show_exact(left)} = {show_exact(right)}"
    return Amount(right / left, words, right, left, "per")


CONVERT = Calculator(
    "convert", "Conversion: one unit into another",
    (
        Variable("amount", "amount", "measure", "",
                 'As in "384 mg", "5 grains", "2 tsp", "8 fl oz".'),
        Variable("to", "unit wanted", "unit", "", 'As in "mcg", "mL", "grains".'),
        Variable("where", "what one is", "many link", "",
                 'As in "1 grain = 64.8 mg"; may be repeated.'),
    ),
    (),
    ('--amount "384 mg" --to mcg', '--amount "5 grains" --to mg --where "1 grain = 64.8 mg"'),
    run=_run,
)  # fmt: skip
