"""Doses, days' supply and the quantity to dispense.

amount per dose = dose / concentration; quantity = amount per dose × doses per day × days.
`dose` is for each dose (d.t.d., give of such doses); `total_drug` is for all of them together.
"""

from __future__ import annotations

from formulation.relations import Calculator, Equation, Variable

DOSE = Calculator(
    "dose", "Doses: how much each time, how long it lasts, how much to dispense",
    (
        Variable("amount_per_dose", "amount per dose", "each", "",
                 'What is taken each time, as in "5 mL", "2 tablets", "1 drop".'),
        Variable("quantity", "quantity to dispense", "anything", "", 'As in "100 mL", "30 tab".'),
        Variable("days", "days' supply", "count", "day", 'As in "10".'),
        Variable("dose", "drug per dose", "each", "",
                 'For each dose (d.t.d.), as in "250 mg", "10 units".'),
        Variable("doses_per_day", "doses per day", "count", "dose/day", 'As in "3".'),
        Variable("concentration", "concentration", "strength", "",
                 'As in "250 mg/5 mL", "100 mg/tab", "20 mEq/15 mL".'),
        Variable("total_drug", "drug in all", "drug", "",
                 "For all doses together, to be divided among them."),
        Variable("doses", "number of doses", "count", "dose", 'As in "28".'),
        Variable("bottle", "volume of the bottle", "amount", "mL", "For drops.", beside=True),
        Variable("drops_per_ml", "drops in 1 mL", "per", "drop/mL",
                 'Of this dropper, as in "20 drops/mL".', beside=True),
        Variable("fills", "fills", "number", "", "The first fill and its refills.", beside=True),
        Variable("all_fills", "quantity of all fills", "anything", "", "", beside=True),
    ),
    (
        Equation("dose = concentration * amount_per_dose", "what the concentration means"),
        Equation("quantity = bottle * drops_per_ml", "what the dropper gives"),
        Equation("doses = doses_per_day * days", "each day the same"),
        Equation("quantity = amount_per_dose * doses", "each dose the same"),
        Equation("total_drug = dose * doses", "each dose holds the same"),
        Equation("total_drug = concentration * quantity", "what the concentration means"),
        Equation("all_fills = quantity * fills", "each fill the same"),
    ),
    (
        '--dose "70 mg" --concentration "80 mg/5 mL"',
        '--quantity "100 mL" --amount-per-dose "5 mL" --doses-per-day 2',
        '--amount-per-dose "2 drops" --doses-per-day 3 --bottle "5 mL" '
        '--drops-per-ml "15 drops/mL" --find days --round "1 day" --way down',
    ),
)  # fmt: skip
