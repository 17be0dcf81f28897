"""Random benches for the design search: the same numbers plain, and as a bench of the program."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import brute_design as brute

from formulation.bench import Bench, Blend, Device, Setting, StockPrice
from formulation.benches import read_bench
from formulation.charges import Charges, Fee, FormTime, Labour, Tax
from formulation.cited import Cited, Unknown
from formulation.drugs import read_substance
from formulation.evidence_records import Evidence
from formulation.frequency import read as read_frequency
from formulation.prescription import Active, Allowance, Phase, Prescription, Recipient
from formulation.spread import Bounds
from formulation.units import Quantity

F = Fraction

BENCH = read_bench(drug="lamotrigine")
DRUG = read_substance("lamotrigine")[0]
TABLET = next(p for p in BENCH.products if p.key == "lamotrigine-100-tablet")
MILS = {v.key: v for v in BENCH.vehicles}


def fact(value: object) -> Cited:  # type: ignore[type-arg]
    return Cited(value, "typed")


def device(kind: str, place: int, numbers: tuple[F, F, F]) -> Device:
    capacity, graduation, share = numbers
    return Device(name=f"{kind} {place}", kind=kind, capacity=fact(Quantity(capacity, "mL")),
                  graduation=fact(Quantity(graduation, "mL")), least_share=fact(share))  # fmt: skip


def drawn(seed: int) -> brute.Plain:
    """Return the numbers of one random case."""
    r = random.Random(seed)
    claim = F(r.choice(["0.5", "5", "10", "25", "50", "100", "250"]))
    dose = claim * F(r.randint(2, 26), r.choice([40, 40, 30, 35, 24]))
    graduates = [
        (c, g, F(r.choice([1, 2, 3]), 10))
        for c, g in r.sample([(F(10), F(1)), (F(25), F("2.5")), (F(50), F(5)), (F(60), F(4)),
                              (F(100), F(10)), (F(30), F(2))], r.randint(1, 2))
    ]  # fmt: skip
    syringes = [
        (c, g, F(r.choice([1, 2]), 10))
        for c, g in r.sample([(F(1), F("0.1")), (F(3), F("0.25")), (F(5), F("0.5")),
                              (F(10), F(1)), (F(5), F("0.2")), (F("2.5"), F("0.2"))],
                             r.randint(1, 3))
    ]  # fmt: skip
    doses = r.randint(1, 9)
    often: tuple[int, int] | None = r.choice([(1, 1), (2, 1), (1, 7), (3, 7), (1, 1), None])
    weekdays = often == (1, 1) and r.random() < 0.4
    vehicles = ["ora-plus", "ora-sweet"][: r.randint(1, 2)]
    claims = [("first", claim)]
    if r.random() < 0.3:
        claims.append(("second", claim * r.choice([2, F(1, 2), F(3, 5)])))
    limit = r.randint(3, 40)
    book = None
    if r.random() < 0.5:
        strength = claim / r.choice([5, 10, 20, 25, 4])
        book = (strength, "ora-plus", r.randint(2, 90))
    prices = {}
    for item in ("first", "second", "ora-plus", "ora-sweet", "bottle", "oral-syringe"):
        if r.random() < 0.85:
            prices[item] = (F(r.randint(1, 9000), 100), F(r.choice([1, 10, 30, 100, 473])),
                            r.random() < 0.5)  # fmt: skip
    share, more, mixture = F(r.randint(2, 12), 100), random.Random(f"mixtures {seed}"), None
    if len(vehicles) > 1 and more.random() < 0.6:
        mixture = more.choice([(1, 1), (1, 3), (2, 1)])
        if book is not None and more.random() < 0.5:
            book = (book[0], brute.MIXED, book[2])
    return brute.Plain(
        dose, doses, date(2026, 1, 5) + timedelta(days=r.randint(0, 6)), claims, vehicles,
        graduates, syringes,
        excess=r.choice([F(0), F(0), F(1, 20), F(1, 10)]),
        loss=r.choice([F(0), F(0), F(1, 20)]),
        overage=r.choice([F(0), F(0), F(1, 20)]),
        extra=r.choice([0, 0, 1]), often=often, weekdays=weekdays,
        mark=r.choice([share, None]), tolerance=r.choice([F(1, 10), F(1, 20)]),
        strongest=r.choice([None, F(50), F(r.randint(1, 40)), claim]),
        most=r.choice([None, None, F(r.randint(2, 12))]),
        limit=dict.fromkeys(vehicles, limit), mixture=mixture, monograph=book, prices=prices,
        rate=r.choice([None, F(40), F("33.35")]), set_up=F(r.randint(0, 20)),
        per_dose=F(r.randint(0, 3)),
        fees=[(F(r.randint(1, 1500), 100), r.random() < 0.5) for _ in range(r.randint(0, 2))],
        markup=r.choice([None, F(1, 4), F("0.175")]),
        tax=r.choice([None, (F(7, 100), ("materials", "labour"))]), packs=r.random() < 0.5,
        actions={"own": 4, "formula": 4},
    )  # fmt: skip


def charges(plain: brute.Plain) -> Charges:
    labour = None
    if plain.rate is not None:
        times = FormTime(form="liquid", set_up=fact(Quantity(plain.set_up, "minute")),
                         each=fact(Quantity(plain.per_dose, "minute/dose")))  # fmt: skip
        labour = Labour(rate=fact(Quantity(plain.rate, "USD/hour")), forms=(times,))
    fees = tuple(
        Fee(
            name=f"fee {n}", charge=fact(Quantity(f, "USD")), per="prescription" if once else "fill"
        )
        for n, (f, once) in enumerate(plain.fees)
    )
    return Charges(
        labour, fees, Unknown("markup") if plain.markup is None else fact(plain.markup),
        None if plain.tax is None else Tax(share=fact(plain.tax[0]), on=plain.tax[1]),
        "packs" if plain.packs else "units",
    )  # fmt: skip


def blends(plain: brute.Plain) -> tuple[Blend, ...]:
    if plain.mixture is None:
        return ()
    one, other = plain.mixture
    return (Blend(tuple(MILS[key] for key in plain.vehicles), f"{one}:{other}"),)


def bench_of(plain: brute.Plain) -> Bench:
    """Return the same numbers as a bench."""
    products = tuple(
        replace(TABLET, key=key, name=key, strength=fact(Quantity(claim, "mg/tab")))
        for key, claim in plain.claims
    )
    limits = tuple(
        replace(row, limit=fact(f"{plain.limit['ora-plus']} day")) for row in BENCH.rules.limits
    )
    tolerance: object = Unknown("strength_tolerance")
    if plain.tolerance is not None:
        ends = Quantity(-plain.tolerance), Quantity(plain.tolerance)
        tolerance = fact(Bounds(*ends))
    units = {"first": "tab", "second": "tab", "ora-plus": "mL", "ora-sweet": "mL"}
    prices = tuple(
        StockPrice(item=item, price=fact(Quantity(price, "USD")),
                   per=fact(Quantity(of, units.get(item, "each"))), breakable=breakable)
        for item, (price, of, breakable) in plain.prices.items()
    )  # fmt: skip
    setting = Setting(
        mark_error=Unknown("mark_error") if plain.mark is None else fact(plain.mark),
        strongest=Unknown("strongest") if plain.strongest is None else fact(
            Quantity(plain.strongest, "mg/mL")),
    )  # fmt: skip
    return replace(
        BENCH, products=products, vehicles=tuple(MILS[key] for key in plain.vehicles), bulk=(),
        formula_vehicles=(), mixtures=blends(plain), shells=(), prices=prices,
        charges=charges(plain),
        setting=setting,
        rules=replace(BENCH.rules, limits=limits, strength_tolerance=tolerance),
        devices=(*(device("graduate", n, d) for n, d in enumerate(plain.graduates)),
                 *(device("oral syringe", n, d) for n, d in enumerate(plain.syringes))),
    )  # fmt: skip


def prescription_of(plain: brute.Plain) -> Prescription:
    evidence: tuple[Evidence, ...] = ()
    if plain.monograph is not None:
        made, vehicle, days = plain.monograph
        mixed = vehicle == brute.MIXED and plain.mixture is not None
        held = tuple(plain.vehicles) if mixed else (vehicle,)
        parts = f"{plain.mixture[0]}:{plain.mixture[1]}" if mixed and plain.mixture else ""
        evidence = (Evidence(
            key="book", substance="lamotrigine", name="book", role="monograph", form="liquid",
            source_form=fact("tablets"), concentration=fact(Quantity(made, "mg/mL")),
            vehicles=fact(held), proportions=fact(parts) if parts else Unknown("proportions"),
            date=fact(Quantity(F(days), "day")),
            other_ingredients=fact(()), storage=fact("room temperature"),
        ),)  # fmt: skip
    drug = replace(DRUG, evidence=evidence, stability=(), marketed=())
    every = None
    if plain.often is not None:
        count, days = plain.often
        keys = {"per_day": count} if days == 1 else {"per_week": count}
        every = read_frequency({"every": "weekday"} if plain.weekdays else keys, "a test")
    return Prescription(
        actives=(Active(drug, Quantity(plain.dose, "mg")),), phases=(Phase(plain.doses, every),),
        prepared=plain.start, route="liquid",
        allowance=Allowance(plain.excess, plain.overage, "a test", F(0), plain.loss, plain.extra),
        recipient=Recipient(None if plain.most is None else Quantity(plain.most, "mL")),
    )  # fmt: skip
