# ruff: noqa: RUF009  fractions are values
"""A slow search through every layout, written for the tests alone.

It reads the numbers of a bench and a prescription and nothing else of the program: its own loops,
fractions, rules, calendar, bill and dominance. Only liquids kept for days, made of one or two
source products in one or two vehicles, with or without one monograph.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

F = Fraction

RULES = ("recipient", "mark", "yield", "strength", "formula", "date", "keeps", "stop")


MIXED = "both"  # the first two vehicles together


@dataclass
class Plain:
    """The numbers of one case, with nothing of the program in them."""

    dose: F
    doses: int
    start: date
    claims: list[tuple[str, F]]  # source product and mg in one
    vehicles: list[str]
    graduates: list[tuple[F, F, F]]  # capacity, graduation, least share
    syringes: list[tuple[F, F, F]]
    excess: F = F(0)
    loss: F = F(0)
    overage: F = F(0)
    extra: int = 0
    often: tuple[int, int] | None = (1, 1)  # so many in so many days
    weekdays: bool = False
    mark: F | None = F(1, 20)
    tolerance: F = F(1, 10)
    strongest: F | None = F(50)
    most: F | None = None
    limit: dict[str, int] = field(default_factory=dict)  # days, by vehicle
    mixture: tuple[int, int] | None = None  # parts of the first two vehicles, a liquid of its own
    monograph: tuple[F, str, int] | None = None  # mg/mL, vehicle, days
    # item -> (price, of how many, pack may be broken)
    prices: dict[str, tuple[F, F, bool]] = field(default_factory=dict)
    rate: F | None = None  # an hour
    set_up: F = F(0)
    per_dose: F = F(0)  # minutes
    fees: list[tuple[F, bool]] = field(default_factory=list)  # charge, once for the prescription
    markup: F | None = None
    tax: tuple[F, tuple[str, ...]] | None = None
    packs: bool = False
    actions: dict[str, int] = field(default_factory=dict)


@dataclass
class Answer:
    examined: int
    fell: dict[str, int]
    vectors: list[tuple]  # (missing, cost or None, waste, error, units, steps)


def points(devices: list[tuple[F, F, F]]) -> list[F]:
    """Every volume that one of the devices shows, at or above its least share."""
    found = set()
    for capacity, graduation, share in devices:
        at = graduation
        while at <= capacity:
            if at >= capacity * share:
                found.add(at)
            at += graduation
    return sorted(found)


def parts(plain: Plain, volume: F) -> list[int]:
    """In how many equal parts some syringe would hold this volume: no more than four."""
    return [
        often for often in (1, 2, 3, 4)
        if any((often - 1) * held < volume <= often * held for held, _, _ in plain.syringes)
    ]  # fmt: skip


def span(plain: Plain, doses: int, made: date) -> int:
    """Days from the making to the last dose, counted on the calendar for weekdays."""
    if plain.often is None:
        return 0
    if not plain.weekdays:
        count, days = plain.often
        return math.ceil(F(doses * days, count))
    day, left = made, doses
    while True:
        if day.weekday() < 5:
            left -= 1
        if not left:
            return (day - made).days + 1
        day += timedelta(days=1)


def keeping(plain: Plain, vehicle: str, made: F) -> int:
    """How many days a liquid of this concentration keeps."""
    book = plain.monograph
    if book is not None and book[0] == made and book[1] == vehicle:
        return book[2]
    return plain.limit[plain.vehicles[0] if vehicle == MIXED else vehicle]


def in_time(plain: Plain, count: int, each: int, days: int) -> bool:
    """Whether every making is used up in its days, each made when the last ran out."""
    made, left = plain.start, plain.doses
    for _ in range(count):
        taken = min(each, left)
        lasts = span(plain, taken, made)
        if lasts > days:
            return False
        left -= taken
        made += timedelta(days=lasts)
        while plain.weekdays and made.weekday() > 4:
            made += timedelta(days=1)
    return True


def how_often(plain: Plain) -> list[tuple[int, int]]:
    """Makings and doses each: one to twelve, and as few as any date allows."""
    if plain.often is None:
        return [(1, plain.doses)]
    counts = set(range(1, min(12, plain.doses) + 1))
    dates = {keeping(plain, v, F(-1)) for v in plain.vehicles}
    if plain.monograph:
        dates.add(plain.monograph[2])
    for days in dates:
        able = [n for n in range(1, plain.doses + 1) if span(plain, n, plain.start) <= days]
        if able:
            fewest = math.ceil(F(plain.doses, max(able)))
            counts.add(fewest)
            if plain.weekdays:
                counts.add(fewest + 1)
    found = set()
    for count in counts:
        if count <= plain.doses:
            each = math.ceil(F(plain.doses, count))
            found.add((math.ceil(F(plain.doses, each)), each))
    return sorted(found)


def cents(amount: F) -> F:
    return F(math.floor(amount * 100 + F(1, 2)), 100)


def charged(plain: Plain, needs: list[tuple[str, F]], doses: int, first: bool) -> F | None:
    """One making's bill; what is charged once only with the first. None: the source is unpriced."""
    if needs[0][0] not in plain.prices:
        return None
    materials = F(0)
    for item, amount in needs:
        if item in plain.prices:
            price, of, breakable = plain.prices[item]
            used = amount
            if plain.packs and not breakable:
                used = math.ceil(amount / of) * of
            materials += cents(used * price / of)
    parts = {"materials": materials, "labour": F(0), "fees": F(0), "markup": F(0)}
    if plain.rate is not None:
        parts["labour"] = cents((plain.set_up + plain.per_dose * doses) / 60 * plain.rate)
    if plain.markup is not None:
        parts["markup"] = cents(plain.markup * materials)
    parts["fees"] = sum((cents(f) for f, once in plain.fees if first or not once), F(0))
    total = sum(parts.values(), F(0))
    if plain.tax is not None:
        total += cents(plain.tax[0] * sum(parts[name] for name in plain.tax[1]))
    return total


def everything(plain: Plain) -> list[tuple[str, F, str, F | None]]:
    """Every liquid: its source, the mg in one, its vehicle, a formula's concentration."""
    found: list[tuple[str, F, str, F | None]] = []
    for item, claim in plain.claims:
        if plain.monograph:
            found.append((item, claim, plain.monograph[1], plain.monograph[0]))
    every = [*plain.vehicles, *([MIXED] if plain.mixture else [])]
    found += [(item, claim, v, None) for v in every for item, claim in plain.claims]
    return found


def poured(plain: Plain, vehicle: str, volume: F) -> list[tuple[str, F]]:
    """How much of each vehicle goes into a volume: two in parts, or one alone."""
    if vehicle != MIXED:
        return [(vehicle, volume)]
    one, other = plain.mixture or (1, 1)
    return [(plain.vehicles[0], volume * one / (one + other)),
            (plain.vehicles[1], volume * other / (one + other))]  # fmt: skip


def search(plain: Plain) -> Answer:  # noqa: PLR0912  one branch a rule
    """Every candidate, one after the other."""
    fell, examined, left = dict.fromkeys(RULES, 0), 0, []
    volumes, draws = points(plain.graduates), points(plain.syringes)
    richer = 1 + plain.overage
    asked = plain.dose * richer
    ends = [(1 + end) / richer - 1 for end in (-plain.tolerance, plain.tolerance)]
    if plain.mark is not None:
        ends = [max(ends[0], -plain.mark), min(ends[1], plain.mark)]
    for item, claim, vehicle, formula in everything(plain):
        for count, each in how_often(plain):
            reach = max((each + plain.extra) * (1 + plain.excess), each / (1 - plain.loss))
            even = max(1, math.ceil(reach * asked / claim))
            fewest = max(even - 10, 1, math.ceil(reach * asked * (1 + ends[0]) / claim))
            top = even + min(max(even, 3), 10)
            if plain.strongest is not None:
                top = min(top, max(fewest, math.floor(plain.strongest * volumes[-1] / claim)))
            tried = (
                (units, volume, draw, times)
                for units, volume in itertools.product(range(fewest, top + 1), volumes)
                for times in parts(plain, asked * volume / (units * claim))
                for draw in draws
            )
            for units, volume, draw, times in tried:
                examined += 1
                made = units * claim / volume
                given = made * draw * times
                error = given / asked - 1
                days = keeping(plain, vehicle, made)
                rule = ""
                if plain.most is not None and draw * times > plain.most:
                    rule = "recipient"
                elif not ends[0] <= error <= ends[1]:
                    rule = "mark"
                elif draw * times * reach > volume:
                    rule = "yield"
                elif plain.strongest is not None and made > plain.strongest:
                    rule = "strength"
                elif formula is not None and made != formula * richer:
                    rule = "formula"
                elif not in_time(plain, count, each, days):
                    rule = "keeps"
                if rule:
                    fell[rule] += 1
                else:
                    left.append((item, claim, vehicle, formula, count, each, units, volume,
                                 error, times))  # fmt: skip
    return Answer(examined, fell, front(measured(plain, left)))


def measured(plain: Plain, left: list) -> list[tuple]:
    """What each survivor costs, wastes, misses, opens and asks to be done."""
    found, bills = set(), {}
    for item, claim, vehicle, formula, count, each, units, volume, error, times in left:
        key = (item, vehicle, each, units, volume)
        if key not in bills:
            needs = [(item, F(units)), *poured(plain, vehicle, volume), ("bottle", F(1)),
                     ("oral-syringe", F(1))]  # fmt: skip
            planned = math.floor((each + plain.extra) * (1 + plain.excess))
            first = charged(plain, needs, planned, True)
            again = charged(plain, needs, planned, False)
            lacks = tuple(sorted({name for name, _ in needs} - set(plain.prices)))
            bills[key] = first, again, lacks
        first, again, lacks = bills[key]
        cost = None if first is None else first + (count - 1) * again
        asked = plain.dose * (1 + plain.overage)
        waste = count * units * claim - plain.doses * asked * min(F(1), 1 + error)
        steps = plain.actions["formula" if formula is not None else "own"] * count
        steps += (times - 1) * plain.doses
        found.add((lacks, cost, waste, abs(error), count * units, steps))
    return list(found)


def front(every: list[tuple]) -> list[tuple]:
    """What no other with the same missing prices is as good as in all and better in one."""
    kept = []
    groups: dict[tuple, list[tuple]] = {}
    for one in every:
        groups.setdefault((one[0], one[1] is None), []).append(one)
    for (_, unknown), group in groups.items():
        numbers = sorted((one[2:] if unknown else (*one[2:], one[1]), one) for one in group)
        best: list[tuple] = []
        for mine, one in numbers:
            if not any(all(x <= y for x, y in zip(other, mine, strict=True)) for other in best):
                best.append(mine)
                kept.append(one)
    return kept


def optimum(vectors: list[tuple], objective: int) -> dict[tuple, F]:
    """The least of one objective: of the cost for each set of missing prices, else of all."""
    found: dict[tuple, F] = {}
    for one in vectors:
        key = (one[0],) if objective == 1 else ()
        if one[objective] is not None:
            found[key] = min(found.get(key, one[objective]), one[objective])
    return found
