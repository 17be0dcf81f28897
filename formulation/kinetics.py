"""How fast it is lost where a rate is cited: first order, shifted by Arrhenius.

k(T) = k x exp(E / R x (1 / T0 - 1 / T)); left after t = 1 / exp(k t); 90 % at ln(10 / 9) / k.
A rate belongs to its own pH and vehicle: what comes out of it supports no date.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from formulation.cited import Cited, Unknown, known
from formulation.evidence_records import Kinetics
from formulation.loss import Keeping, Pace, Share
from formulation.printing import show, show_number
from formulation.records import Stability, Substance
from formulation.trace import Working, evaluate
from formulation.units import Quantity

# Boltzmann's and Avogadro's constant are exact by definition of the kelvin and the mole (SI, 2019).
GAS = Fraction("1.380649e-23") * Fraction("6.02214076e23")
ZERO_CELSIUS = Fraction("273.15")
TEMPERATURES = (Fraction(5), Fraction(25))
TIMES = (1, 7, 14, 35, 60, 90, 180)
LEFT = "1 / exp(min(k * days, 1000))"
POWER = "E * 1000 / R * (1 / (own + zero) - 1 / (C + zero))"
FIRST = ("first", "pseudo-first", "apparent first")
WORDED = "not recorded apart from the condition"
LARGEST_SHIFT = 100
AGREES = Fraction(1, 100)
STEPS = 192
WITHIN = 5
ROOM = Fraction(5, 4)


def rate_at(found: Kinetics, celsius: Fraction, working: Working) -> Quantity | Unknown:
    """Return the rate constant per day at a temperature, by Arrhenius from the cited one.

    At the record's own temperature it is the cited one, else the one its time to 90 % gives.
    Without an activation energy no other temperature is known. What cannot be is unknown too.
    """
    own, rate = known(found.celsius), _own_rate(found, working)
    if isinstance(rate, Unknown):
        return rate
    if own is None:
        return _none("the temperature of the rate is not on record")
    return rate if celsius == own else _shifted(found, rate, (own, celsius), working)


def _shifted(
    found: Kinetics, rate: Quantity, change: tuple[Fraction, Fraction], working: Working
) -> Quantity | Unknown:
    """Return the rate at another temperature than its own, where an activation energy is cited."""
    energy, (own, celsius) = known(found.activation_kj_per_mol), change
    if energy is None:
        return _none("no activation energy on record")
    if min(change) <= -ZERO_CELSIUS:
        return _none("no temperature is below -273.15 °C")
    put_in = {"E": energy, "R": GAS, "C": celsius, "own": own, "zero": ZERO_CELSIUS}
    power = evaluate(POWER, put_in)
    assert isinstance(power, Fraction)  # noqa: S101  kJ/mol over R T is a pure number
    if energy <= 0 or abs(power) > LARGEST_SHIFT:
        return _none("the activation energy on record cannot be right")
    return working.work(
        f"rate constant at {show_number(celsius)} °C", f"k * exp({POWER})", {"k": rate, **put_in},
        "Arrhenius; E in kJ/mol, k per day", _sources(found.activation_kj_per_mol),
    )  # fmt: skip


def _none(why: str) -> Unknown:
    return Unknown("rate constant", why)


def _sources(*facts: Cited[Any] | Unknown) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.source for fact in facts if isinstance(fact, Cited)))


def _own_rate(found: Kinetics, working: Working) -> Quantity | Unknown:
    """Return the cited rate constant, or that which the cited time to 90 % gives."""
    order, rate, shelf = known(found.order), known(found.per_day), known(found.shelf_life)
    if order is None:
        return _none("the order is not on record")
    if not order.casefold().startswith(FIRST):
        return _none(f"the loss is of {order} order, and only first order is worked out here")
    if rate is not None:
        return Quantity(rate) if rate > 0 else _none("the rate on record is not above zero")
    if shelf is None:
        return _none("neither a rate nor a time to 90 % on record")
    if shelf.magnitude <= 0:
        return _none("the time to 90 % on record is not above zero")
    return working.work(
        "rate constant from the time to 90 %", "log(10 / 9) / days",
        {"days": shelf.number("day")}, "first order: 90 % are left at ln(10 / 9) / k",
        _sources(found.shelf_life),
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


def days_to_ninety(rate: Quantity, working: Working, at: str = "") -> Quantity:
    """Return the time until 90 % are left; `at` says in the working where."""
    name = f"days until 90 % are left{at}"
    days = working.work(name, "log(10 / 9) / k", {"k": rate}, "first order; k per day")
    return Quantity(days.magnitude, "day")


def _pace(found: Kinetics, celsius: Fraction, working: Working) -> Pace | Unknown:
    rate = rate_at(found, celsius, working)
    if isinstance(rate, Unknown):
        return rate
    ninety = days_to_ninety(rate, working, f" at {show_number(celsius)} °C")
    extrapolated, ground = _ground(found, celsius)
    if celsius == known(found.celsius):
        ground += _disagrees(found, ninety)
    return Pace(celsius, rate, ninety, extrapolated, ground)


def _ground(found: Kinetics, celsius: Fraction) -> tuple[bool, str]:
    """Say whether a temperature lies outside those studied, and on what ground its rate stands."""
    own, studied = celsius == known(found.celsius), known(found.studied_celsius)
    cited = (
        "the rate on record" if isinstance(found.per_day, Cited) else "from the cited time to 90 %"
    )
    if studied is None:
        shift = "extrapolated by Arrhenius; the temperatures studied are not on record"
        return not own, cited if own else shift
    low, high = studied.low.number(), studied.high.number()
    span = f"studied at {show_number(low)} to {show_number(high)} °C"
    outside = not low <= celsius <= high
    if own:
        return outside, f"{cited}, {f'extrapolated by its source: {span}' if outside else span}"
    return outside, f"{'extrapolated by Arrhenius' if outside else 'by Arrhenius'}: {span}"


def _disagrees(found: Kinetics, ninety: Quantity) -> str:
    shelf = known(found.shelf_life)
    if shelf is None or not shelf or abs((ninety / shelf).number() - 1) <= AGREES:
        return ""
    return f"; the cited time to 90 %, {show(shelf)}, does not agree with the rate"


def _rated(found: Kinetics) -> Keeping:
    working, own = Working(), known(found.celsius)
    warm = sorted({*TEMPERATURES, *((own,) if own is not None else ())})
    every = [_pace(found, celsius, working) for celsius in warm]
    paces = tuple(pace for pace in every if isinstance(pace, Pace))
    rows = [Share(pace.celsius, Quantity(Fraction(day), "day"), left_after(pace.rate, day))
            for pace in paces for day in map(Fraction, TIMES)]  # fmt: skip
    facts = (found.per_day, found.shelf_life, found.activation_kj_per_mol)
    ph, vehicle = found.ph, found.vehicle
    return Keeping(
        name=found.name, basis="rate" if rows else "unknown", at=_at(found), rows=tuple(rows),
        paces=paces, why=next((one.why for one in every if isinstance(one, Unknown)), ""),
        sources=_sources(*facts), steps=tuple(working.steps),
        ph=ph.value if isinstance(ph, Cited) else ph,
        vehicle=vehicle.value if isinstance(vehicle, Cited) else vehicle,
    )  # fmt: skip


def _at(found: Kinetics) -> str:
    ph = found.ph
    parts = (f"pH {ph.text or ph.value}" if isinstance(ph, Cited) else "pH not on record",
             known(found.vehicle) or "vehicle not on record")  # fmt: skip
    return ", ".join(parts)


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
        name=found.name, basis="points" if rows else "unknown", rows=tuple(rows), paces=(),
        at=known(found.condition) or "condition not on record",
        why="" if rows else "no point has both its time and its loss on record",
        sources=tuple(dict.fromkeys(sources)),
        ph=Unknown("pH", WORDED), vehicle=Unknown("vehicle", WORDED),
    )  # fmt: skip


def keeping(substance: Substance, liquid: bool) -> tuple[Keeping, ...]:
    """Return how a drug is lost over time in this form: by rate, by points, or that it is unknown.

    >>> from formulation.drugs import read_substance
    >>> [found.basis for found in keeping(read_substance("cycloserine")[0], liquid=True)]
    ['points']
    """
    form = "aqueous-liquid" if liquid else "solid"
    found = [one for one in substance.kinetics if liquid]
    points = [one for one in substance.stability if one.points and form in one.applies_to]
    every = [kept for one in (*found, *points) for kept in of_record(one)]
    if every:
        return tuple(every)
    why = "no rate and no points on record for this form"
    return (Keeping(name=substance.printed, basis="unknown", at="", rows=(), paces=(), why=why),)


def of_record(record: object) -> tuple[Keeping, ...]:
    """Return the loss over time that one record tells of: a rate, or points; else nothing.

    >>> from formulation.drugs import read_substance
    >>> drug = read_substance("cycloserine")[0]
    >>> [found.basis for one in drug.stability for found in of_record(one)]
    ['points']
    """
    if isinstance(record, Kinetics):
        return (_rated(record),)
    if isinstance(record, Stability) and record.points:
        return (_measured(record),)
    return ()


def span(found: Keeping) -> Fraction:
    """Return the days that a drawing has to cover.

    For points to the last one; for rates as far as the slowest loss that reaches 90 % within five
    times the time of the fastest, and a quarter more.
    """
    if found.basis == "points":
        return max(one.time.number("day") for one in found.rows) or Fraction(1)
    ninety = [pace.ninety.number("day") for pace in found.paces]
    return ROOM * max(days for days in ninety if days <= WITHIN * min(ninety))


def course(pace: Pace, days: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
    """Return the day and the share left at evenly spaced times, each worked out, none drawn.

    >>> from formulation.roots import log
    >>> pace = Pace(Fraction(25), Quantity(log(Fraction(2))), Quantity(0, "day"), False, "")
    >>> [float(left) for _, left in course(pace, Fraction(2))[::96]]
    [1.0, 0.5, 0.25]
    """
    times = [days * place / STEPS for place in range(STEPS + 1)]
    return tuple((time, left_after(pace.rate, time)) for time in times)
