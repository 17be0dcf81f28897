"""Price from cost: markup on the cost, a fee, and what part of the price is profit.

price = cost + cost × markup + fee. Markup is a share of the cost, margin one of the price.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from formulation.amounts import plain
from formulation.relations import Calculator, Equation, Given, Variable
from formulation.units import Quantity

NO_FEE = replace(plain(Quantity(Fraction(0), "USD")), source="no fee was given: none is counted")


def _fee(given: Given) -> Given:
    """Return the values with no fee where none is given and none is looked for."""
    if "fee" in given or {"cost", "markup", "price"} <= set(given):
        return given
    return {**given, "fee": NO_FEE}


PRICE = Calculator(
    "price", "Price: cost, markup, fee, margin",
    (
        Variable("price", "price", "money", "USD", 'As in 53.04.'),
        Variable("cost", "cost", "money", "USD", 'Of what is sold, as in 42.'),
        Variable("markup", "markup on the cost", "share", "", 'As in "12 %".', signed=True),
        Variable("fee", "fee", "money", "USD", 'As in 6; none where it is not given.',
                 signed=True),
        Variable("profit", "gross profit", "money", "USD", "Price less cost.", signed=True,
                 beside=True),
        Variable("margin", "margin on the price", "share", "", 'As in "80 %".', signed=True,
                 beside=True),
        Variable("units", "units", "number", "", 'How many, as in "30".', beside=True),
        Variable("unit_cost", "cost of one", "money", "USD", 'As in 35.', beside=True),
        Variable("added", "markup in dollars", "money", "USD", signed=True, inner=True),
        Variable("marked_up", "cost with markup", "money", "USD", signed=True, inner=True),
    ),
    (
        Equation("cost = unit_cost * units", "so many at so much each"),
        Equation("added = cost * markup", "a markup is a share of the cost"),
        Equation("marked_up = cost + added", "what markup adds"),
        Equation("price = marked_up + fee", "the fee stands on top"),
        Equation("price = cost + profit", "gross profit: what the cost leaves over"),
        Equation("profit = price * margin", "a margin is a share of the price"),
    ),
    ('--cost 42 --markup "12 %" --fee 6', '--cost 20 --price 30'),
    fill=_fee,
)  # fmt: skip
