"""How fast it is lost where a rate is cited: first order, shifted by Arrhenius.

k(T) = k x exp(E / R x (1 / T0 - 1 / T)); left after t = 1 / exp(k t); 90 % at ln(10 / 9) / k.
A rate belongs to its own pH and vehicle: what comes out of it supports no date.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.cited import Unknown, known
from formulation.evidence_records import Kinetics
from formulation.records import Stability, Substance
from formulation.result import Keeping, Share
from formulation.trace import Working, evaluate
from formulation.units import Quantity

# Boltzmann's and Avogadro's constant are exact by definition of the kelvin and the mole (SI, 2019).
GAS = Fraction("1.380649e-23") * Fraction("6.02214076e23")
ZERO_CELSIUS = Fraction("273.15")
TEMPERATURES = (Fraction(5), Fraction(25))
TIMES = (1, 7, 14, 35, 60, 90, 180)
LEFT = "1 / exp(k * days)"
FIRST = ("first", "pseudo-first", "apparent first")


def rate_at(found: Kinetics, celsius: Fraction, working: Working) -> Quantity | Unknown:
    """Return the rate constant per day at a temperature, by Arrhenius from the cited one.

    At the record's own temperature it is the cited one, else the one its shelf life gives. Without
    an activation energy no other temperature is known.
    """
    own, energy = known(found.celsius), known(found.activation_kj_per_mol)
    rate = _own_rate(found, working)
    if isinstance(rate, Unknown) or own is None:
        return Unknown("rate constant", "no first-order rate and its temperature on record")
    if celsius == own:
        return rate
    if energy is None:
        return Unknown("rate constant", "no activation energy on record")
    sources = tuple(f.source for f in (found.activation_kj_per_mol,) if not isinstance(f, Unknown))
    return working.work(
        f"rate constant at {celsius} °C",
        "k * exp(E * 1000 / R * (1 / (own + zero) - 1 / (C + zero)))",
        {"k": rate, "E": energy, "R": GAS, "C": celsius, "own": own, "zero": ZERO_CELSIUS},
        "Arrhenius; E in kJ/mol, k per day", sources,
    )  # fmt: skip


def _own_rate(found: Kinetics, working: Working) -> Quantity | Unknown:
    """Return the cited rate constant, or that which the cited time to 90 % gives."""
    order, rate, shelf = known(found.order), known(found.per_day), known(found.shelf_life)
    if order is None or not order.casefold().startswith(FIRST):
        return Unknown("rate constant", "the order on record is not the first")
    if rate is not None:
        return Quantity(rate)
    if shelf is None:
        return Unknown("rate constant", "none on record")
    return working.work(
        "rate constant from the time to 90 %", "log(10 / 9) / days",
        {"days": shelf.number("day")}, "first order: 90 % are left at ln(10 / 9) / k",
    )  # fmt: skip


def left_after(rate: Quantity, days: Fraction) -> Fraction:
    """Return the share left after so many days of first-order loss.

    >>> from formulation.roots import log
    >>> round(left_after(Quantity(log(Fraction(2))), Fraction(1)), 20)
    Fraction(1, 2)
    """
    share = evaluate(LEFT, {"k": rate, "days": days})
    assert isinstance(share, Fraction)  # noqa: S101  a power of e is a pure number
    return share


def days_to_ninety(rate: Quantity, working: Working) -> Quantity:
    """Return the time until 90 % are left."""
    days = working.work("days until 90 % are left", "log(10 / 9) / k", {"k": rate}, "first order")
    return Quantity(days.magnitude, "day")


def _rated(found: Kinetics) -> Keeping:
    working = Working()
    own = known(found.celsius)
    warm = sorted({*TEMPERATURES, *((own,) if own is not None else ())})
    rows, ninety, silent = [], [], ""
    for celsius in warm:
        rate = rate_at(found, celsius, working)
        if isinstance(rate, Unknown):
            silent = silent or rate.why
            continue
        ninety.append((celsius, days_to_ninety(rate, working)))
        rows += [Share(celsius, Quantity(Fraction(day), "day"), left_after(rate, Fraction(day)))
                 for day in TIMES]  # fmt: skip
    facts = (found.per_day, found.shelf_life, found.activation_kj_per_mol)
    return Keeping(
        name=found.name, basis="rate" if rows else "unknown", at=_at(found), rows=tuple(rows),
        ninety=tuple(ninety), why=silent, steps=tuple(working.steps),
        sources=tuple(dict.fromkeys(f.source for f in facts if not isinstance(f, Unknown))),
    )  # fmt: skip


def _at(found: Kinetics) -> str:
    ph, vehicle = known(found.ph), known(found.vehicle)
    parts = [f"pH {found.ph.text}" if not isinstance(found.ph, Unknown) and ph else "", vehicle]
    return ", ".join(part for part in parts if part) or "pH and vehicle not on record"


def _measured(found: Stability) -> Keeping:
    """Return the points of a record as they were measured, with no line drawn through them."""
    rows, sources = [], []
    for point in found.points:
        days, lost = point.time, point.lost
        if isinstance(days, Unknown) or isinstance(lost, Unknown):
            continue
        rows.append(Share(None, days.value, 1 - lost.value))
        sources += [days.source, lost.source]
    return Keeping(
        name=found.name, basis="points", at=known(found.condition) or "", rows=tuple(rows),
        ninety=(), why="", sources=tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def keeping(substance: Substance, liquid: bool) -> tuple[Keeping, ...]:
    """Return how a drug is lost over time in this form: by rate, by points, or that it is unknown.

    >>> from formulation.drugs import read_substance
    >>> [found.basis for found in keeping(read_substance("cycloserine")[0], liquid=True)]
    ['points']
    """
    found = [_rated(one) for one in substance.kinetics] if liquid else []
    form = "aqueous-liquid" if liquid else "solid"
    found += [_measured(s) for s in substance.stability if s.points and form in s.applies_to]
    if found:
        return tuple(found)
    why = "no rate and no points on record for this form"
    return (Keeping(name=substance.printed, basis="unknown", at="", rows=(), ninety=(), why=why),)
