"""One solved problem with its explanation: the bound before, the working, the checks after.

Everything is made from the same exact values. `solved` is the one way in for every calculator that
is a set of equations; those with lists of their own (alligation, a formula) use the same parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from formulation.amounts import Amount, in_unit, in_words, plain, say
from formulation.bounding import bound
from formulation.chains import chain
from formulation.cited import TYPED
from formulation.errors import FormulationError, quote
from formulation.printing import show, show_exact
from formulation.relations import PLAIN, Ask, Calculator, Given, factors_of, terms_of
from formulation.rounding_off import rounded, said_rounding
from formulation.solved import BackCheck, Line, Named, Rounding, Solved
from formulation.solving import (
    Found,
    disagree,
    formula_names,
    missing,
    needed_for,
    odd_ones,
    reachable,
    said,
    solve,
)
from formulation.trace import Finding, Working
from formulation.units import Quantity

COUNTED = ("count", "number", "ratio")


def solved(calculator: Calculator, typed: Given, ask: Ask = PLAIN) -> Solved:
    """Return the answer of a calculator with everything that explains it.

    Raises `FormulationError` where something is missing or cannot be.
    """
    every = calculator.fill(typed) if calculator.fill else typed
    given = {one.name: every[one.name] for one in calculator.variables if one.name in every}
    if calculator.guard:
        calculator.guard(given)
    wanted = _wanted(calculator, given, ask)
    rest = {name: one for name, one in given.items() if name != wanted}
    working = Working()
    values, used = solve(calculator, {name: one.value for name, one in rest.items()}, working)
    lines = needed_for(used, wanted)
    words = {name: said(name, value, calculator, given) for name, value in values.items()}
    if wanted in given:
        words[wanted] = say(values[wanted], given[wanted])
    if ask.form:
        words[wanted] = in_words(values[wanted], ask.form, words[wanted].basis)
    answer = words[wanted].value
    answer = values[wanted].to(answer.unit)
    agreement = _agreement(calculator, given, wanted)
    back = _back_check(calculator, values, rest, (wanted, lines))
    kept = {one.name for one in lines}
    return Solved(
        calculator=calculator.name, title=calculator.title,
        given=tuple(_named(calculator, name, one) for name, one in rest.items()),
        wanted=_named(calculator, wanted, words[wanted]), answer=answer,
        others=tuple(_named(calculator, one.name, words[one.name]) for one in used
                     if one.name != wanted and not calculator.variable(one.name).inner),
        bound=bound(rest, lines, wanted, words[wanted]),
        lines=tuple(_line(calculator, one, words) for one in lines),
        beside=tuple(_line(calculator, one, words) for one in used if one not in lines),
        rounding=_rounding(calculator, (wanted, words[wanted]), ask, (values, rest, back)),
        check=(back[0],) if back else (), facts=_facts(calculator, rest, lines),
        steps=tuple(s for s in working.steps
                    if s.name in {calculator.variable(n).words for n in kept}),
        findings=(*agreement, *failed((back[0],) if back and not stopped(agreement) else ()),
                  *(calculator.remark(words) if calculator.remark else ())),
    )  # fmt: skip


def _named(calculator: Calculator, name: str, amount: Amount) -> Named:
    return Named(name, calculator.variable(name).words, amount, amount.source)


def _wanted(calculator: Calculator, given: Given, ask: Ask) -> str:
    """Return what is looked for: what was asked, else the first open one that can be found."""
    if ask.wanted:
        names = [one.name for one in calculator.variables if not one.inner]
        if ask.wanted not in names:
            what = f"{calculator.name} has no {quote(ask.wanted)} here"
            fix = f"use one of: {', '.join(names)}"
            raise FormulationError("calc-no-such-quantity", what, "option --find", fix)
        if ask.wanted in given and ask.wanted not in _without(calculator, given, ask.wanted):
            raise missing(calculator, set(given) - {ask.wanted}, ask.wanted)
        if ask.wanted not in reachable(calculator, set(given)):
            raise missing(calculator, set(given), ask.wanted)
        return ask.wanted
    mains = [v.name for v in calculator.variables if not v.beside]
    left = [name for name in mains if name not in given]
    have = reachable(calculator, set(given))
    for name in left:
        if name in have:
            return name
    for name in mains:
        if name in given and name in _without(calculator, given, name):
            return name
    raise missing(calculator, set(given), (left or mains)[0])


def _without(calculator: Calculator, given: Given, name: str) -> set[str]:
    return reachable(calculator, set(given) - {name})


def _line(calculator: Calculator, one: Found, words: Given) -> Line:
    variable, result = calculator.variable(one.name), words[one.name]
    parts = factors_of(one.formula)
    source, why = one.equation.source, one.equation.why
    formula = _in_words(calculator, one.formula)
    if parts is not None:
        factors = [(_amount(part, words), power) for part, power in parts]
        row = chain(factors, result.value.unit)
        return Line(variable.words, why, formula, result, row, "", source)
    return Line(variable.words, why, formula, result, None, _shown(one.formula, words, result),
                source)  # fmt: skip


def _amount(part: str, words: Given) -> Amount:
    return plain(Quantity(Fraction(part))) if part.isdigit() else words[part]


def _in_words(calculator: Calculator, formula: str) -> str:
    return put_in(formula, {n: calculator.variable(n).words for n in formula_names(formula)})


def put_in(formula: str, texts: Mapping[str, str]) -> str:
    """Return a formula with texts for its names, all at once, and with the signs of arithmetic.

    >>> put_in("a * b", {"a": "2 mL", "b": "3"})
    '2 mL × 3'
    """
    names = "|".join(sorted(texts, key=len, reverse=True))
    row = re.split(rf"\b({names})\b", formula)
    signs = {" * ": " × ", " / ": " ÷ ", " - ": " − "}
    for place in range(0, len(row), 2):
        for plain_sign, sign in signs.items():
            row[place] = row[place].replace(plain_sign, sign)
    return "".join(texts.get(part, part) if place % 2 else part for place, part in enumerate(row))


def _shown(formula: str, words: Given, result: Amount) -> str:
    """Return a formula with its numbers put in; the terms of a sum in one unit or one way."""
    amounts = {name: words[name] for name in formula_names(formula)}
    summed = terms_of(formula) is not None
    if (
        summed
        and result.form
        and all((one.form, one.basis) == (result.form, result.basis) for one in amounts.values())
    ):
        return put_in(formula, {name: one.text for name, one in amounts.items()})
    unit = result.value.unit if summed else ""
    return put_in(formula, {
        name: show_exact(one.value.to(unit) if unit else one.value)
        for name, one in amounts.items()
    })  # fmt: skip


def _back_check(
    calculator: Calculator, values: Mapping[str, Quantity], given: Given,
    found: tuple[str, tuple[Found, ...]],
) -> tuple[BackCheck, str] | None:  # fmt: skip
    """Work a given value out again from the answer; return the check and its name."""
    wanted, lines = found
    last = formula_names(lines[-1].formula)
    first = [name for name in given if name in last and given[name].source == TYPED]
    first += [name for name in given if name not in first and given[name].source == TYPED]
    first.sort(key=lambda name: calculator.variable(name).kind in COUNTED)
    for name in (*first, *(one for one in given if one not in first)):
        known = {key: one.value for key, one in given.items() if key != name}
        known[wanted] = values[wanted]
        if name in reachable(calculator, set(known)) and name not in known:
            again, used = solve(calculator, known, Working())
            path = needed_for(used, name)
            if not any(wanted in formula_names(one.formula) for one in path):
                continue
            way = _in_words(calculator, path[-1].formula)
            like = said(name, again[name], calculator, given)
            text = like.text if like.value == again[name] else show(again[name])
            check = BackCheck(
                calculator.variable(name).words, way, given[name].value, again[name],
                given[name].text, text, any("sqrt" in o.formula or "log" in o.formula
                                            or "exp" in o.formula for o in (*path, *lines)),
            )  # fmt: skip
            return check, name
    return None


def stopped(findings: tuple[Finding, ...]) -> bool:
    """Say whether one of the findings is a stop."""
    return any(one.level == "stop" for one in findings)


def failed(checks: tuple[BackCheck, ...]) -> tuple[Finding, ...]:
    """Return a stop for each back-check that does not come out."""
    return tuple(
        Finding(
            "calc-check-failed", "stop",
            f"Put back, {one.words} comes to {show_exact(one.found)}, "
            f"not {show_exact(one.expected)}",
            "do not use this answer; report it", one.expected, one.found,
        )
        for one in checks if not one.holds
    )  # fmt: skip


def _agreement(calculator: Calculator, given: Given, wanted: str) -> tuple[Finding, ...]:
    """Return what is to be said of values given beyond what is needed."""
    values = {name: one.value for name, one in given.items()}
    odd = odd_ones(calculator, given)
    if odd:
        told = "; ".join(
            f"{calculator.variable(one.name).words} would have to be "
            f"{say(one.needed, replace(given[one.name], source='')).text}, "
            f"not {given[one.name].text}"
            for one in odd
        )
        fix = "one of them is off: correct the one that is, or leave out what is to be found"
        first = odd[0]
        return (Finding("calc-values-disagree", "stop",
                        f"The values do not agree. If the others are right: {told}", fix,
                        first.needed, first.given),)  # fmt: skip
    if wanted in given or len(reachable(calculator, set(given))) == len(given):
        every, _ = solve(calculator, values, Working())
        if disagree(calculator, every):
            what = "The values agree within the digits that were given, not exactly"
            return (Finding("calc-agrees-rounded", "note", what, "keep more digits"),)
        if wanted in given:
            return (Finding("calc-values-agree", "note", "All values that were given agree"),)
    return ()


def _rounding(
    calculator: Calculator, wanted: tuple[str, Amount], ask: Ask, found: tuple[
        Mapping[str, Quantity], Given, tuple[BackCheck, str] | None],
) -> Rounding:  # fmt: skip
    """Return the rounding of the answer, and what the rounded answer would bring about."""
    name, amount = wanted
    values, given, back = found
    if ask.step is None and amount.form and amount.under is not None:
        return said_rounding(amount)
    exact = values[name].to(amount.value.unit)
    printed, rule = rounded(exact, ask)
    error = (printed / exact).number() - 1 if exact else Fraction(0)
    fixed = calculator.variable(name).kind == "result"
    text, brings = in_unit(printed).text if fixed else show(printed), ""
    if error and back is not None and printed.magnitude:
        other = back[1]
        known = {key: one.value for key, one in given.items() if key != other}
        try:
            again, _ = solve(calculator, {**known, name: printed}, Working())
            like = replace(given[other], source="")
            got, was = say(again[other], like).text, say(given[other].value, like).text
            if got != was:
                brings = f"with {text}, {calculator.variable(other).words} is {got} instead of "
                brings += given[other].text
        except FormulationError:
            brings = ""
    return Rounding(rule, exact, printed, text, error, brings)


def _facts(
    calculator: Calculator, given: Given, lines: tuple[Found, ...]
) -> tuple[tuple[str, str], ...]:
    """Return where each number and each rule comes from."""
    used = {name for one in lines for name in formula_names(one.formula)} & set(given)
    row = [(f"{calculator.variable(name).words} {one.text}",
            "as given" if one.source == TYPED else one.source)
           for name, one in given.items() if name in used]  # fmt: skip
    row += [(one.equation.why, one.equation.source) for one in lines if one.equation.source]
    if any(not one.equation.source for one in lines):
        row.append(("the other lines", "the reason that stands under each"))
    return tuple(dict.fromkeys(row))
