"""A solved problem as a report: the answer in a few lines, or every step that leads to it."""

from __future__ import annotations

from fractions import Fraction

from formulation.blocks import Block, Facts, Heading, Paragraph, Piece, Report, Struck
from formulation.chains import Chain, Factor, Unit
from formulation.cited import Unknown
from formulation.printing import (
    decimal,
    noun,
    show_error,
    show_exact,
    significant,
    terminates,
)
from formulation.solved import BackCheck, Line, Solved
from formulation.units import Quantity
from formulation.workings import notices


def calc_report(found: Solved, explain: bool = False) -> Report:
    """Return the answer with its checks, and with `explain` every step a student follows."""
    head = Heading(f"{found.wanted.words}: {_answer(found)}", 1)
    if explain:
        return Report((head, *_explained(found), *notices(found.findings)))
    return Report((head, Facts(_short(found)), *notices(found.findings)))


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
    return show_exact(found.rounding.exact)


def _rounding(found: Solved) -> str:
    one = found.rounding
    if not one.error:
        return f"none: {one.text} is exact"
    text = f"{one.text}, {one.rule}: {show_error(one.error)}"
    return f"{text}; {one.brings}" if one.brings else text


def _back(one: BackCheck) -> str:
    end = f"{one.words} {one.found_text}"
    return f"{end}, as given" if one.holds else f"{end}, NOT {one.expected_text}"


def _explained(found: Solved) -> list[Block]:
    blocks: list[Block] = [Heading("1 Given and wanted")]
    rows = [(one.words, one.amount.text) for one in found.given]
    blocks.append(Facts((*rows, ("wanted", f"{found.wanted.words}, in {_unit(found)}"))))
    blocks += [Heading("2 Before working it out: about how much"), *_about(found)]
    blocks += [Heading("3 Working, units struck out")]
    for line in found.lines:
        blocks += _line(line)
    if any(line.chain for line in found.lines):
        blocks.append(Paragraph("What is struck out or stands in [ ] cancels."))
    blocks += [Heading("4 The exact answer"), Paragraph(_digits(found))]
    blocks += [Heading("5 Rounding"), Paragraph(_rounding(found))]
    blocks += [Heading("6 Put the answer back"), *_checks(found)]
    blocks += [Heading("7 Where it comes from"), Facts(_facts(found))]
    if found.others:
        blocks += [Heading("Beside it")]
        for line in found.beside:
            blocks += _line(line)
    return blocks


def _unit(found: Solved) -> str:
    amount = found.wanted.amount
    if amount.form and amount.under is not None and amount.form != "per":
        return {"percent": f"% {amount.basis}", "ratio": "1 in so many", "share": "%"}.get(
            amount.form, amount.form
        )
    unit = found.answer.unit
    return (
        noun(unit, Fraction(2)) if "/" not in unit else show_exact(Quantity(Fraction(1), unit))[2:]
    )


def _about(found: Solved) -> list[Block]:
    if isinstance(found.bound, Unknown):
        return [Paragraph(f"No bound here: {found.bound.why}.")]
    words = {one.name: one.words for one in found.given}
    rows = [(words.get(name, name), text) for name, text in found.bound.rough]
    rows.append(("so it lies", _bound(found)))
    return [Facts(tuple(rows))]


def _line(line: Line) -> list[Block]:
    blocks: list[Block] = [Paragraph(f"{line.words} = {line.formula}"), Paragraph(f"({line.why})")]
    if line.chain is not None:
        result = _result(line, line.chain)
        blocks.append(Struck(tuple(_factor(one) for one in line.chain.factors), result))
    else:
        result = show_exact(line.result.value)
        tail = "" if line.result.text == result else f" = {line.result.text}"
        blocks.append(Struck((((((line.shown, False),)), ()),), f"{result}{tail}"))
    return blocks


def _result(line: Line, chain: Chain) -> str:
    exact = show_exact(chain.result)
    return exact if line.result.text == exact else f"{exact} = {line.result.text}"


def _factor(one: Factor) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    under: tuple[Piece, ...] = ()
    if one.under_units or one.under != 1:
        under = _pieces(one.under, one.under_units)
    return _pieces(one.over, one.over_units), under


def _pieces(number: Fraction, units: tuple[Unit, ...]) -> tuple[Piece, ...]:
    text = decimal(number) if terminates(number) else str(number)
    return ((text, False), *((noun(unit.name, number), unit.struck) for unit in units))


def _digits(found: Solved) -> str:
    exact = found.answer
    if terminates(exact.magnitude):
        text = show_exact(exact)
        as_fraction = f"{exact.magnitude} = " if exact.magnitude.denominator > 1 else ""
        words = found.wanted.amount.text
        return f"{as_fraction}{text}" + ("" if words == text else f", that is {words}")
    number = decimal(significant(exact.magnitude, 10))
    unit = show_exact(exact).partition(" ")[2]
    return f"{show_exact(exact)} = {number}... {unit}".rstrip()


def _checks(found: Solved) -> list[Block]:
    blocks: list[Block] = []
    for one in found.check:
        verdict = "the same: the answer stands" if one.holds else "NOT the same: do not use it"
        blocks.append(Facts((
            (f"{one.words} again", one.way), ("comes to", one.found_text),
            ("was", one.expected_text), ("so", verdict),
        )))  # fmt: skip
    return blocks or [Paragraph("Nothing given can be worked out again from the answer.")]


def _facts(found: Solved) -> tuple[tuple[str, str], ...]:
    rows = list(found.facts)
    if any(one.conversion for line in found.lines if line.chain for one in line.chain.factors):
        rows.append(("metric units into one another", "their prefixes: exact"))
    return tuple(rows)
