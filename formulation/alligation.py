"""What strengths mixed give, and what to mix for a strength: alligation medial and alternate.

parts of the stronger = wanted − weaker; parts of the weaker = stronger − wanted. Proved each time
by recombination: the drug in the components is the drug in the mixture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from formulation.amounts import Amount, default_words, plain, say
from formulation.errors import FormulationError
from formulation.printing import show_number
from formulation.relations import Ask, Calculator, Equation, Given, Variable
from formulation.solved import BackCheck, Named, Solved
from formulation.solving import missing
from formulation.teaching import failed, solved, stopped
from formulation.units import Quantity, same_kind, total

BETWEEN = "the wanted strength has to lie between the two: look at the three strengths"
TWO = Calculator(
    "alligate", "Alligation: strengths mixed to a strength between them",
    (
        Variable("stronger_amount", "amount of the stronger", "amount"),
        Variable("weaker_amount", "amount of the weaker", "amount"),
        Variable("total", "total", "amount"),
        Variable("wanted", "strength of the mixture", "strength"),
        Variable("stronger", "the stronger", "strength"),
        Variable("weaker", "the weaker", "strength"),
        Variable("stronger_parts", "parts of the stronger", "strength", below=BETWEEN, inner=True),
        Variable("weaker_parts", "parts of the weaker", "strength", below=BETWEEN, inner=True),
        Variable("all_parts", "all parts", "strength", below=BETWEEN, inner=True),
        Variable("stronger_share", "share of the stronger", "share", beside=True),
        Variable("from_stronger", "drug from the stronger", "drug", beside=True),
        Variable("from_weaker", "drug from the weaker", "drug", beside=True),
        Variable("drug", "drug in the mixture", "drug", beside=True),
    ),
    (
        Equation("stronger_parts = wanted - weaker", "read across: wanted less weaker"),
        Equation("weaker_parts = stronger - wanted", "read across: stronger less wanted"),
        Equation("all_parts = stronger_parts + weaker_parts", "the parts of both"),
        Equation("stronger_amount * all_parts = total * stronger_parts", "its parts of all parts"),
        Equation("total = stronger_amount + weaker_amount",
                 "taken as adding up; make up to the total where volumes do not"),
        Equation("stronger_amount * weaker_parts = weaker_amount * stronger_parts",
                 "the amounts stand as their parts do"),
        Equation("from_stronger = stronger * stronger_amount", "strength times amount"),
        Equation("from_weaker = weaker * weaker_amount", "strength times amount"),
        Equation("drug = from_stronger + from_weaker", "nothing is lost in mixing"),
        Equation("wanted * total = drug", "strength times how much of it"),
        Equation("stronger_share * all_parts = stronger_parts", "its parts of all parts"),
    ),
    (),
)  # fmt: skip
AMOUNTS = ("stronger_amount", "weaker_amount", "total")


def _alike(strengths: list[Amount]) -> None:
    first = strengths[0]
    for one in strengths[1:]:
        if not same_kind(one.value.unit, first.value.unit) or (
            not one.value.unit and one.basis != first.basis and one.value and first.value
        ):
            what = f"{first.text} and {one.text} are not strengths of one kind"
            fix = "give all in one kind; formulate calc strength turns one into another"
            raise FormulationError("calc-kinds-differ", what, "formulate calc alligate", fix)


def _fits(amount: Amount, strength: Amount) -> None:
    under = {"w/w": "g", "w/v": "mL", "v/v": "mL"}.get(strength.basis, "")
    if under and not same_kind(amount.value.unit, under):
        what = f"{amount.text} does not go with {strength.text}"
        fix = f"give it as a {'mass' if under == 'g' else 'volume'}"
        raise FormulationError("calc-kinds-differ", what, "formulate calc alligate", fix)


def _run(values: Mapping[str, Any], ask: Ask) -> Solved:
    given = dict(values)
    mixed = given.pop("mix", ())
    strengths = [one for name, one in given.items() if name in ("wanted", "stronger", "weaker")]
    strengths += [strength for _, strength in mixed]
    if strengths:
        _alike(strengths)
    for amount, strength in mixed:
        if amount is not None:
            _fits(amount, strength)
    for name in AMOUNTS:
        if name in given and strengths:
            _fits(given[name], strengths[0])
    if not mixed:
        return _two(given, ask)
    if all(amount is not None for amount, _ in mixed):
        return _medial(mixed, given, ask)
    if len(mixed) == 2:
        return _two(_as_two(mixed, given), ask)
    return _many([strength for _, strength in mixed], given, ask)


def _as_two(mixed: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
    """Return two components by name: the stronger and the weaker."""
    strong, weak = sorted(mixed, key=lambda one: one[1].value, reverse=True)
    found = {**given, "stronger": strong[1], "weaker": weak[1]}
    if strong[0] is not None:
        found["stronger_amount"] = strong[0]
    if weak[0] is not None:
        found["weaker_amount"] = weak[0]
    return found


def _two(given: dict[str, Any], ask: Ask) -> Solved:
    if not ask.wanted and not set(given) & set(AMOUNTS):
        if not {"wanted", "stronger", "weaker"} <= set(given):
            raise missing(TWO, set(given), "stronger_amount")
        ask = replace(ask, wanted="stronger_share")
    found = solved(TWO, given, ask)
    every = {one.name: one.amount.value for one in (*found.given, *found.others, found.wanted)}
    every[found.wanted.name] = found.answer
    parts = (every["wanted"] - every["weaker"], every["stronger"] - every["wanted"])
    text = _as_parts(parts)
    amount = Amount(every["wanted"], text, every["wanted"])
    row = Named("parts", "parts, stronger : weaker", amount, "")
    proof = () if stopped(found.findings) else _recombined(every)
    return replace(found, others=(row, *found.others), check=(*found.check, *proof),
                   findings=(*found.findings, *failed(proof)))  # fmt: skip


def _as_parts(parts: tuple[Quantity, ...]) -> str:
    """Return parts in the smallest whole numbers.

    >>> _as_parts((Quantity(Fraction(1, 5)), Quantity(Fraction(1, 10))))
    '2 : 1'
    """
    numbers = [one.number(parts[0].unit) for one in parts]
    under = lcm(*(n.denominator for n in numbers))
    whole = [int(n * under) for n in numbers]
    return " : ".join(show_number(Fraction(n, gcd(*whole))) for n in whole)


def _recombined(every: Mapping[str, Quantity]) -> tuple[BackCheck, ...]:
    """Return the proof: the drug of the components is the drug of the mixture."""
    if not set(AMOUNTS) <= set(every):
        return ()
    parts = every["stronger"] * every["stronger_amount"] + every["weaker"] * every["weaker_amount"]
    whole = (every["wanted"] * every["total"]).to(parts.unit)
    return (_proof(parts, whole),)


def _proof(parts: Quantity, whole: Quantity) -> BackCheck:
    return BackCheck(
        "drug in the mixture", "the drug of every component, added up", whole, parts,
        plain(whole).text, plain(parts).text,
    )  # fmt: skip


def _medial(mixed: tuple[Any, ...], given: Mapping[str, Any], ask: Ask) -> Solved:
    """Return the strength of a mixture of any number of components."""
    variables = [
        Variable("wanted", "strength of the mixture", "strength"),
        Variable("total", "total", "amount", beside=True),
        Variable("drug", "drug in the mixture", "drug", beside=True),
    ]
    equations, values = [], dict(given)
    for place, (amount, strength) in enumerate(mixed, 1):
        variables += [
            Variable(f"amount_{place}", f"amount of component {place}", "amount"),
            Variable(f"strength_{place}", f"strength of component {place}", "strength"),
            Variable(f"drug_{place}", f"drug in component {place}", "drug", inner=True),
        ]
        values |= {f"amount_{place}": amount, f"strength_{place}": strength}
        why = "strength times amount"
        equations.append(Equation(f"drug_{place} = strength_{place} * amount_{place}", why))
    count = range(1, len(mixed) + 1)
    equations += [
        Equation("drug = " + " + ".join(f"drug_{n}" for n in count), "nothing is lost in mixing"),
        Equation("total = " + " + ".join(f"amount_{n}" for n in count), "taken as adding up"),
        Equation("wanted * total = drug", "the drug in all of it"),
    ]
    whole = Calculator(TWO.name, TWO.title, tuple(variables), tuple(equations), ())
    return solved(whole, values, ask)


def pairs(strengths: list[Quantity], wanted: Quantity) -> list[tuple[int, int]]:
    """Return which stronger component is paired with which weaker one, by their places.

    The strongest goes with the weakest and so on; what is left over goes with the last.
    """
    above = sorted(
        (n for n, s in enumerate(strengths) if s > wanted), key=lambda n: -strengths[n].magnitude
    )
    below = sorted(
        (n for n, s in enumerate(strengths) if s <= wanted), key=lambda n: strengths[n].magnitude
    )
    if not above or not below:
        what = "no strength lies above, or none below, the one wanted"
        raise FormulationError("calc-below-nothing", what, "formulate calc alligate", BETWEEN)
    count = max(len(above), len(below))
    return [(above[min(n, len(above) - 1)], below[min(n, len(below) - 1)]) for n in range(count)]


def _many(strengths: list[Amount], given: Mapping[str, Any], ask: Ask) -> Solved:
    """Return one way of mixing three or more strengths: each pair by itself, the parts added up."""
    for name in ("wanted", "total"):
        if name not in given:
            what, fix = f"{name}: more has to be known", f"add --{name}"
            raise FormulationError("calc-missing", what, "formulate calc alligate", fix)
    wanted, whole = given["wanted"], given["total"]
    values = [one.value.to(wanted.value.unit) for one in strengths]
    parts = [Fraction(0)] * len(values)
    for high, low in pairs(values, wanted.value):
        parts[high] += wanted.value.magnitude - values[low].magnitude
        parts[low] += values[high].magnitude - wanted.value.magnitude
    return _shared_out(strengths, parts, (wanted, whole), ask)


def _shared_out(
    strengths: list[Amount], parts: list[Fraction], asked: tuple[Amount, Amount], ask: Ask
) -> Solved:
    wanted, whole = asked
    variables = [Variable("total", "total", "amount"),
                 Variable("all_parts", "all parts", "number", "part", inner=True)]  # fmt: skip
    equations = [Equation("all_parts = " + " + ".join(f"parts_{n + 1}" for n in range(len(parts))),
                          "the parts of all components")]  # fmt: skip
    text = _as_parts(tuple(Quantity(one) for one in parts)).split(" : ")
    values: dict[str, Amount] = {"total": whole}
    for n, strength in enumerate(strengths, 1):
        variables += [
            Variable(f"amount_{n}", f"amount of {strength.text}", "amount"),
            Variable(f"parts_{n}", f"parts of {strength.text}", "number", "part"),
        ]
        values[f"parts_{n}"] = plain(Quantity(Fraction(text[n - 1].replace(",", "")), "part"))
        equations.append(Equation(f"amount_{n} * all_parts = total * parts_{n}",
                                  "its parts of all parts"))  # fmt: skip
    which = Calculator(TWO.name, TWO.title, tuple(variables), tuple(equations), ())
    found = solved(which, values, replace(ask, wanted=ask.wanted or "amount_1"))
    every = {one.name: one.amount.value for one in (found.wanted, *found.others)}
    drugs = [s.value * every[f"amount_{n}"] for n, s in enumerate(strengths, 1)]
    recombined = total(drugs, drugs[0].unit)
    proof = _proof(recombined, (wanted.value * whole.value).to(recombined.unit))
    row = Named("parts", "parts, in the order given", replace(wanted, text=" : ".join(text)), "")
    return replace(found, others=(row, *found.others), check=(*found.check, proof),
                   findings=(*found.findings, *failed((proof,))))  # fmt: skip


def said_strength(value: Quantity, given: Given) -> Amount:
    """Return a strength said like the first of those given."""
    like = next(iter(given.values()), None)
    return say(value, like) if like else default_words(value, by_volume=False)


ALLIGATE = Calculator(
    TWO.name, TWO.title,
    (
        Variable("stronger", "the stronger", "strength", "", 'As in "70 % v/v", "100 % w/w".'),
        Variable("weaker", "the weaker", "strength or none", "", 'As in "0 % w/w" for a base.'),
        Variable("wanted", "strength of the mixture", "strength", "", 'As in "60 % v/v".'),
        Variable("total", "total", "amount", "", 'How much of the mixture, as in "300 mL".'),
        Variable("stronger_amount", "amount of the stronger", "amount", "", 'As in "100 mL".'),
        Variable("weaker_amount", "amount of the weaker", "amount", "", 'As in "100 mL".'),
        Variable("stronger_share", "share of the stronger", "share", "", "Only with --find."),
        Variable("mix", "components", "many component", "",
                 'As in "30 g of 2.5 % w/w", or "5 % w/w" alone; repeated, any number.'),
    ),
    (),
    (
        '--stronger "70 % v/v" --weaker "40 % v/v" --wanted "60 % v/v" --total "300 mL"',
        '--mix "30 g of 2.5 % w/w" --mix "15 g of 1 % w/w"',
        '--mix "50 % w/w" --mix "20 % w/w" --mix "5 % w/w" --wanted "10 % w/w" --total "60 g"',
    ),
    run=_run,
)  # fmt: skip
