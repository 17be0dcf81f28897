"""Make it, or do not make this: cases in which the library's findings are the right answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from formulation.bench import Bench
from formulation.benches import read_bench
from formulation.capsule_making import capsules
from formulation.catalog import load
from formulation.cited import Cited
from formulation.draws import Draw
from formulation.family import Family, Judged, of
from formulation.intake import read_case
from formulation.judging_questions import Verdict, judged
from formulation.planning import plan
from formulation.printing import show, show_exact
from formulation.records import Product
from formulation.result import Route
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.trace import Finding
from formulation.units import Quantity

DAY = date(2026, 1, 5)
RULES = "usp795-2025-text"
SLOW = ("lithium-300-er-tablet", "omeprazole-20-capsule", "alprazolam-3-extended-release-tablet",
        "lamotrigine-300-extended-release-tablet", "lorazepam-1-extended-release-capsule",
        "prednisone-1-delayed-release-tablet")  # fmt: skip
PLAIN = ("lithium-300-tablet", "lithium-300-capsule", "prednisone-5-tablet", "baclofen-10-tablet",
         "lamotrigine-100-tablet", "naltrexone-50-tablet", "citalopram-10-tablet")  # fmt: skip


@lru_cache(maxsize=1)
def _bench() -> Bench:
    return read_bench()


@lru_cache(maxsize=64)
def _product(key: str) -> Product:
    return load(Product, "products", key)[0]


@lru_cache(maxsize=256)
def _routes(substance: str, dose: str, doses: int, product: str = "") -> tuple[Route, ...]:
    """Return every route for a prescription, from one product alone where it is named."""
    typed = {"substance": substance, "dose": dose, "doses": doses, "per_day": 1}
    prescription, bench, _ = read_case(None, typed, DAY)
    if product:
        bench = replace(bench, products=(_product(product),))
    return plan(prescription, bench).routes


def _stops(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(one for one in found if one.level == "stop")


def _open(draw: Draw, level: int, _: Course) -> Judged:
    """Draw a source to open: named; with numbers; with the sum done; with numbers not needed."""
    key = draw.pick(draw.pick((SLOW, PLAIN)))
    product = _product(key)
    s = Sheet()
    strength = product.strength.value
    part = draw.pick((2, 4, 5))
    dose = s.give("dose", "drug in one capsule", of(strength.magnitude / part, "mg/cap"))
    count = s.count("count", "capsules", part * 4, "cap")
    opened = of(count.amount.magnitude / part, product.unit)
    word = "crushed" if product.unit == "tab" else "opened"
    s.tell(
        f"Capsules of a lower dose are to be made from the one source on the shelf: {product.name}"
        f"{'' if 'release' in product.name else ', immediate-release'}."
    )
    if level > 1:
        s.tell(f"{count.text} with {dose.each} each are prescribed.")
    if level > 2:
        s.tell(f"{show_exact(opened)} would be {word}; the sum comes out even.")
    if level > 3:
        pack = s.count("pack", "on the shelf", 100, product.unit)
        s.tell(f"{pack.text} are on the shelf, and a capsule machine is at hand.")
    amount = show(of(dose.amount.magnitude, "mg"))
    routes = _routes(product.substance, amount, int(count.amount.magnitude), key)
    route = next(one for one in routes if one.kind == "capsules")
    sound = f"{product.name} is immediate-release: its powder may be spread over other capsules"
    source = getattr(product.release, "source", product.strength.source)
    return judged(" ".join(s.told), "Is it made like this?", tuple(s.stated) if level > 1 else (),
                  Verdict("modified-release", ("not-enough", "too-weak"), _stops(route.findings),
                          sound, source))  # fmt: skip


OPEN = Family("open-this-source", "May this source be opened?", "capsules", (1, 2, 2, 3),
              judge=_open)  # fmt: skip
KEPT = (
    ("cycloserine", "50 mg"), ("cycloserine", "100 mg"), ("hydralazine", "10 mg"),
    ("omeprazole", "10 mg"), ("lamotrigine", "5 mg"), ("baclofen", "5 mg"), ("atenolol", "10 mg"),
    ("clonazepam", "0.5 mg"), ("lamotrigine", "10 mg"),
)  # fmt: skip
VEHICLES = {
    "liquid-ora-plus-ora-sweet": "Ora-Plus and Ora-Sweet", "liquid-water": "water",
    "liquid-ora-plus": "Ora-Plus", "liquid-ora-sweet": "Ora-Sweet",
}  # fmt: skip


def _keep(draw: Draw, level: int, _: Course) -> Judged:
    """Draw a liquid to be kept: for a few doses; for more; with a reason for it; with numbers."""
    drug, dose = draw.pick(KEPT)
    unstable = drug in ("cycloserine", "hydralazine", "omeprazole")
    route_id = draw.pick(tuple(VEHICLES)) if unstable and level > 1 else "liquid-ora-plus-ora-sweet"
    doses = draw.pick((10, 14))
    route = next(one for one in _routes(drug, dose, doses) if one.id == route_id)
    s = Sheet()
    count = s.count("doses", "doses", doses, "dose")
    s.tell(
        f"{count.text} of {dose} of {drug} are prescribed, one each day. A colleague wants to make "
        f"them as one liquid in {VEHICLES[route_id]}, to be kept until the last dose."
    )
    if level > 2:
        s.tell("The patient cannot swallow capsules, and one bottle is easier to hand over.")
    if level > 3:
        bottle = s.count("bottle", "bottle", 120, "mL")
        s.tell(f"The bottle takes {bottle.text}, and an oral syringe goes with it.")
    last = getattr(route.beyond_use, "expires", None)
    ground = f" (made on {DAY}: until {last} at the latest)" if last else ""
    sound = f"No stop is found, and the rules and what is on record give it a date{ground}"
    others = ("too-weak", "dose-not-measurable")
    verdict = Verdict("no-date-supported", others, _stops(route.findings), sound, RULES)
    return judged(" ".join(s.told), "Is it made like this?", tuple(s.stated), verdict)


KEEP = Family("keep-this-liquid", "May this liquid be kept?", "dates", (2, 2, 3, 3), judge=_keep)


FILLS = tuple(
    (dose, size) for dose in (50, 75, 100, 150, 200) for size in ("1", "2", "3", "4")
)  # fmt: skip


@lru_cache(maxsize=64)
def _fill(dose: int, size: str, net: int) -> tuple[tuple[Finding, ...], Quantity]:
    """Return the stops of capsules in a shell, and the shell's volume."""
    typed = {
        "substance": "cycloserine",
        "dose": f"{dose} mg",
        "doses": 10,
        "method": "packing",
        "size": size,
        "pool": {"net": f"{net * dose // 25} mg", "opened": dose // 25},
    }
    prescription, bench, _ = read_case(None, typed, DAY)
    found = capsules(prescription, bench)
    shells = bench.shells[0].sizes
    volume = next(one.volume for one in shells if one.size == size)
    return _stops(found.findings), volume.value if hasattr(volume, "value") else of(0, "mL")


def _shell(draw: Draw, level: int, _: Course) -> Judged:
    """Draw a fill for a shell: its volume told; from packing; from the source; with more."""
    s = Sheet()
    dose, size = draw.pick(FILLS)
    net = draw.pick((325, 350))
    stops, volume = _fill(dose, size, net)
    packs = next(one for one in _bench().packing if one.item == "cycloserine-250-capsule")
    assert isinstance(packs.density, Cited)  # noqa: S101  this bench says how it packs
    density = packs.density.value.to("g/mL")
    powder = of(Fraction(net * dose, 250), "mg")
    room = s.give("room", "volume of the shell", volume)
    if level == 1:
        s.tell(f"The powder of one capsule takes {show((powder / density).to('mL'))}.")
    else:
        s.give("density", "packing", density)
        s.tell(f"The powder packs to {show_exact(density)}.")
    if level == 2:
        mass = s.give("powder", "powder of one capsule", powder)
        s.tell(f"{mass.text} of it are the powder of one capsule.")
    if level > 2:
        each = s.count("net", "powder in one source capsule", net, "mg/cap")
        want = s.count("dose", "drug in one new capsule", dose, "mg/cap")
        claim = s.count("claim", "drug in one source capsule", 250, "mg/cap")
        s.tell(f"It comes from cycloserine capsules with {claim.each} each, whose powder weighs "
               f"{each.each} each. New ones with {want.each} each are made of it.")  # fmt: skip
    if level > 3:
        empty = s.count("empty", "empty shell", 48, "mg")
        s.tell(f"An empty shell weighs {empty.text}.")
    s.tell(
        f"The shell is a size {size}, which takes {room.text}; a filler takes what room is left."
    )
    sound = f"{show((powder / density).to('mL'))} of powder goes into {show(volume)}"
    return judged(" ".join(s.told), "Are the capsules filled like this?", tuple(s.stated),
                  Verdict("capsule-too-full", ("modified-release", "not-enough"), stops, sound,
                          "capsuline", "Fill them"))  # fmt: skip


SHELL = Family("fill-this-shell", "Does it fit this shell?", "capsules", (1, 2, 3, 3),
               judge=_shell)  # fmt: skip
FAMILIES = (OPEN, KEEP, SHELL)
