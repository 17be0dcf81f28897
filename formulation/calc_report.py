"""A solved problem as a report: the answer in a few lines, or every step that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from formulation.amounts import FORMS, Amount
from formulation.blocks import Block, Facts, Heading, Paragraph, Piece, Report, Struck
from formulation.chains import Chain, Factor, Unit
from formulation.cited import Unknown
from formulation.printing import (
    decimal,
    noun,
    show_error,
    show_exact,
    show_number,
    significant,
    terminates,
    to_places,
)
from formulation.solved import BackCheck, Line, Solved
from formulation.units import Quantity
from formulation.workings import notices

LONG = 10**12
_OUTWARDS = "Rounder numbers either side, put through the working below, least and most:"


def exactly(value: Quantity | Fraction) -> str:
    """Write a number exactly; one of very many digits, as a root is, to ten of them.

    >>> exactly(Fraction(25, 14)), exactly(Fraction(2 * 10**30 + 1, 10**30))
    ('25/14', '2.000000000...')
    """
    number = value.magnitude if isinstance(value, Quantity) else value
    if number.denominator < LONG:
        return show_exact(value)
    text = decimal(to_places(number, 9)).ljust(len(str(int(number))) + 10, "0")
    if "." not in text:
        text = f"{text.rstrip('0')}.000000000"
    unit = show_exact(Quantity(Fraction(2), value.unit))[1:] if isinstance(value, Quantity) else ""
    return f"{text}...{unit}"


def calc_report(found: Solved, explain: bool = False) -> Report:
    """Return the answer with its checks, and with `explain` every step a student follows."""
    said = notices(found.findings)
    stops = [one for one in said if one.level == "stop"]
    rest = [one for one in said if one.level != "stop"]
    title = f"{found.wanted.words}: {_answer(found)}"
    if any(one.code == "calc-values-disagree" for one in found.findings):
        title = f"{found.wanted.words}: not agreed; {_answer(found)} by the others"
    body = _explained(found) if explain else [Facts(_short(found))]
    return Report((Heading(title, 1), *stops, *body, *rest))


def _answer(found: Solved) -> str:
    return found.rounding.text or found.wanted.amount.text


def _short(found: Solved) -> tuple[tuple[str, str], ...]:
    rows = [(one.words, one.amount.text) for one in found.others]
    rows.append(("expected", _bound(found)))
    if found.rounding.error:
        rows.append(("exactly", _exact(found)))
        rows.append(("rounding", _rounding(found)))
    rows += [("put back", _back(one)) for one in found.check[:1]]
    return tuple(rows)


def _bound(found: Solved) -> str:
    if isinstance(found.bound, Unknown):
        return f"no bound: {found.bound.why}"
    return found.bound.text


def _exact(found: Solved) -> str:
    """Return the unrounded answer: of a share or a percent, the number before its sign."""
    amount = found.wanted.amount
    if amount.form in ("share", "percent"):
        return f"{exactly(amount.over.magnitude)} % {amount.basis}".rstrip()
    return exactly(found.rounding.exact)


def _rounding(found: Solved) -> str:
    one = found.rounding
    if not one.error:
        return f"none: {one.text} is exact"
    text = f"{one.text}: {one.rule}; off by {show_error(one.error)}"
    return f"{text}; {one.brings}" if one.brings else text


def _back(one: BackCheck) -> str:
    end = f"{one.words} {one.found_text}"
    return f"{end}, as given" if one.holds else f"{end}, NOT {one.expected_text}"


def _explained(found: Solved) -> list[Block]:
    blocks: list[Block] = [Heading("1 Given and wanted")]
    rows = [(one.words, one.amount.text) for one in found.given]
    unit = _unit(found)
    told = found.wanted.words
    if not told.endswith(f" in {unit}"):
        told += f", in {unit}" if unit else ", a number"
    blocks.append(Facts((*rows, ("wanted", told))))
    blocks += [Heading("2 Before working it out: about how much"), *_about(found)]
    blocks += [Heading("3 Working, units struck out")]
    for line in found.lines:
        blocks += _line(line)
    if any(unit.struck for unit in _units(found)):
        blocks.append(Paragraph("What is struck out or stands in [ ] cancels."))
    blocks += [Heading("4 The exact answer"), Paragraph(_digits(found))]
    blocks += [Heading("5 Rounding"), Paragraph(_rounding(found))]
    blocks += [Heading("6 Put the answer back"), *_checks(found)]
    blocks += [Heading("7 Where it comes from"), Facts(_facts(found))]
    if found.beside:
        blocks += [Heading("Beside it")]
        for line in found.beside:
            blocks += _line(line)
    return blocks


def _units(found: Solved) -> Iterator[Unit]:
    for line in found.lines:
        for one in line.chain.factors if line.chain else ():
            yield from (*one.over_units, *one.under_units)


def _unit(found: Solved) -> str:
    amount = found.wanted.amount
    if amount.form and amount.under is not None and amount.form != "per":
        return {"percent": f"% {amount.basis}", "ratio": "1 in so many", "share": "%"}.get(
            amount.form, amount.form
        )
    unit = found.answer.unit
    return noun(unit, Fraction(2)) if "/" not in unit else exactly(Quantity(Fraction(1), unit))[2:]


def _about(found: Solved) -> list[Block]:
    if isinstance(found.bound, Unknown):
        return [Paragraph(f"No bound here: {found.bound.why}.")]
    words = {one.name: one.words for one in found.given}
    rows = [(words.get(name, name), text) for name, text in found.bound.rough]
    rows.append(("so it lies", _bound(found)))
    return [Paragraph(_OUTWARDS), Facts(tuple(rows))]


def _line(line: Line) -> list[Block]:
    blocks: list[Block] = [Paragraph(f"{line.words} = {line.formula}"), Paragraph(f"({line.why})")]
    if line.chain is not None:
        result = _result(line, line.chain)
        blocks.append(Struck(tuple(_factor(one) for one in line.chain.factors), result))
    else:
        result = _as_said(line.result)
        tail = "" if line.result.text == result else f" = {_said(line.result)}"
        blocks.append(Struck(((((line.shown, False),), ()),), f"{result}{tail}"))
    return blocks


def _result(line: Line, chain: Chain) -> str:
    exact = exactly(chain.result)
    return exact if line.result.text == exact else f"{exact} = {_said(line.result)}"


def _said(amount: Amount) -> str:
    """Return a strength with what its words mean before them: 0.9 g/100 mL = 0.9 % w/v."""
    if amount.form in FORMS and amount.under is not None:
        under = f"{show_number(amount.under.magnitude)} {amount.under.unit}"
        return f"{show_number(amount.over.magnitude)} {amount.over.unit}/{under} = {amount.text}"
    return amount.text


def _as_said(amount: Amount) -> str:
    """Return an amount exactly: in its own words where they are exact, else as a number."""
    number = amount.under.magnitude if amount.form == "ratio" and amount.under else None
    said = amount.over.magnitude if number is None else number
    if amount.form and significant(said) == said:
        return amount.text
    return exactly(amount.value)


def _factor(one: Factor) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    under: tuple[Piece, ...] = ()
    if one.under_units or one.under != 1:
        under = _pieces(one.under, one.under_units)
    return _pieces(one.over, one.over_units), under


def _pieces(number: Fraction, units: tuple[Unit, ...]) -> tuple[Piece, ...]:
    text = exactly(number)
    return ((text, False), *((noun(unit.name, number), unit.struck) for unit in units))


def _digits(found: Solved) -> str:
    exact = found.answer
    if exact.unit == "USD":
        return found.rounding.text
    if exact.magnitude.denominator >= LONG:
        return f"{exactly(exact)}: a root or a power, worked out to 30 digits"
    if terminates(exact.magnitude):
        text = exactly(exact)
        as_fraction = f"{exact.magnitude} = " if exact.magnitude.denominator > 1 else ""
        words = found.wanted.amount.text
        return f"{as_fraction}{text}" + ("" if words == text else f", that is {words}")
    number = decimal(significant(exact.magnitude, 10))
    unit = exactly(exact).partition(" ")[2]
    return f"{exactly(exact)} = {number}... {unit}".rstrip()


def _checks(found: Solved) -> list[Block]:
    blocks: list[Block] = []
    for one in found.check:
        verdict = "the same: the answer stands" if one.holds else "NOT the same: do not use it"
        numbers = (("in numbers", one.numbers),) if one.numbers else ()
        blocks.append(Facts((
            (f"{one.words} again", one.way), *numbers,
            ("comes to", one.found_text), ("was", one.expected_text), ("so", verdict),
        )))  # fmt: skip
    return blocks or [Paragraph("Nothing given can be worked out again from the answer.")]


def _facts(found: Solved) -> tuple[tuple[str, str], ...]:
    rows = list(found.facts)
    if any(one.conversion for line in found.lines if line.chain for one in line.chain.factors):
        rows.append(("metric units into one another", "their prefixes: exact"))
    return tuple(rows)
