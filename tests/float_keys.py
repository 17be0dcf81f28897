"""The answer of every family again, in plain floats, from the texts that a question prints.

Nothing of the library is used: a small reader of quantities, and one formula a family, written from
the story. Masses are in mg, volumes in mL, times in days; what is counted is a plain number.
"""

import math
import re
from fractions import Fraction

UNITS = {
    "": 1, "g": 1000, "kg": 1_000_000, "mg": 1, "mcg": Fraction(1, 1000), "L": 1000, "mL": 1,
    "day": 1, "days": 1, "week": 7, "weeks": 7, "hour": Fraction(1, 24), "hours": Fraction(1, 24),
    "mol": 1000, "mmol": 1, "mEq": 1, "IU": 1, "unit": 1, "units": 1, "lb": 1, "fl oz": 1,
    "floz": 1, "tsp": 1, "cm": 1, "m2": 1, "°C": 1, "degC": 1, "cap": 1, "tab": 1, "each": 1,
    "kg_bw": 1_000_000, "cm kg": 1_000_000, "cm·kg_bw": 1_000_000, "USD": 1,
    **{f"{one}{s}": 1 for one in ("capsule", "tablet", "dose", "drop", "piece", "grain",
                                  "teaspoon") for s in ("", "s")},
}  # fmt: skip
NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:/\d+)?"


def _number(text):
    return Fraction(text.replace(",", ""))


def read(text):
    """Return a printed quantity as an exact number of mg, mL, days or pieces."""
    text = text.strip()
    if found := re.fullmatch(rf"1:({NUMBER}) w/([wv])", text):
        return 1 / _number(found[1]) * (1000 if found[2] == "v" else 1)
    if found := re.fullmatch(rf"({NUMBER}) (%|ppm|mg %)(?: ([wv])/([wv]))?", text):
        of = {"%": Fraction(1, 100), "ppm": Fraction(1, 10**6), "mg %": Fraction(1, 100)}[found[2]]
        return _number(found[1]) * of * (1000 if (found[3], found[4]) == ("w", "v") else 1)
    head, *under = re.split(r" per (?=[a-z])|/(?=\D|5 mL)", text)
    if found := re.fullmatch(rf"\$({NUMBER})", head):
        value = _number(found[1])
    else:
        found = re.fullmatch(rf"({NUMBER}) ?(.*)", head)
        assert found, text
        value = _number(found[1]) * UNITS[found[2]]
    for one in under:
        found = re.fullmatch(r"(?:(\d+) )?(.+)", one)
        value /= Fraction(found[1] or 1) * UNITS[found[2]]
    return value


def unit(text):
    """Return how many mg, mL, days or pieces one of a unit is."""
    head, *under = text.split("/")
    value = Fraction(UNITS[head])
    for one in under:
        value /= UNITS[one]
    return value


class Told(dict):
    """What a story states, in floats; what it does not state is missing, or its default."""

    def __getattr__(self, name):
        return self[name]


def told(question):
    return Told({one.name: float(read(one.text)) for one in question.given})


def up(value):
    return math.ceil(value - 1e-9)


def down(value):
    return math.floor(value + 1e-9)


def metric(v, level, _):
    if level == 1:
        return v.each
    return v.each * v.count if level == 2 else (v.lot - v.get("kept", 0)) / v.dose


def household(v, level, _):
    if level == 1:
        return v.spoons * v.tsp
    return (v.bottle * v.floz - v.get("used", 0)) / (v.spoons * v.tsp) / v.get("daily", 1)


def grains(v, level, _):
    if level < 3:
        return v.each * v.get("count", 1) * v.grain
    return v.each * v.volume / v.floz * v.grain / v.get("tablet", 1)


def density(v, level, _):
    if level < 3:
        return v.volume * v.density if level == 1 else v.heavy / v.density
    return v.each * v.density * v.count + v.get("beaker", 0)


def solution(v, level, _):
    return v.volume * v.get("bottles", 1) * v.strength / v.get("tablet", 1)


def ointment(v, level, _):
    if level < 3:
        return v.whole - v.whole * v.strength
    return v.base * v.get("jars", 1) * v.strength / (1 - v.strength)


def ratio(v, level, _):
    if level < 3:
        return v.volume * v.strength
    return v.dose * v.get("times", 1) / v.strength


def traces(v, level, _):
    return v.volume * v.strength / v.get("stock", 1)


def reduce(v, level, _):
    return v.drug / v.makes * (v.wanted + v.wanted * v.get("excess", 0))


def stock(v, level, _):
    return v.volume * v.get("bottles", 1) / (v.stock / v.weak)


def diluent(v, level, _):
    left = v.volume - v.get("spilled", 0)
    return left * v.stock / v.weak - left


def final(v, level, _):
    volume = v.other if level == 1 else v.other + v.part
    return (v.part * v.stock + v.get("more", 0)) / volume


def serial(v, level, _):
    once = v.start / (v.made / v.take)
    if level < 3:
        return once / (v.made / v.take)
    return v.dose / (once / (v.next_made / v.next_take))


def medial(v, level, _):
    names = ("first", "second", "third")[: 2 if level < 3 else 3]
    drug = sum(v[f"{one}_is"] * v[f"{one}_ml"] for one in names)
    return drug / (sum(v[f"{one}_ml"] for one in names) + v.get("vehicle", 0))


def alternate(v, level, _):
    if level < 3:
        return v.total * (v.wanted - v.weaker) / (v.stronger - v.weaker)
    have = v.have - v.get("jar", 0)
    return have * (v.stronger - v.weaker) / (v.wanted - v.weaker) - have


def volume(v, level, _):
    return (v.day / v.times if level > 3 else v.dose) / v.label


def weight(v, level, _):
    kg = v.kg if level == 1 else v.lb / v.per_lb
    dose = kg * v.per_kg
    if level > 2:
        dose = (v.most if dose > v.most else dose) / v.times
    return dose / v.get("label", 1)


def surface(v, level, _):
    metres = v.surface if level == 1 else math.sqrt(v.height * v.weight / 1e6 / 3600)
    return metres * v.per_m2 / v.get("times", 1) / v.get("label", 1)


def days(v, level, _):
    return v.stock * v.get("per_ml", 1) / (v.daily * v.each + v.get("lost", 0))


def quantity(v, level, _):
    each = v.each if level == 1 else v.dose / v.label
    doses = v.daily * v.days + v.daily * v.get("after", 0) / 2
    return each * doses / v.get("bottle", 1)


def each_or_all(v, level, story):
    divide = "divide into" in story
    if level < 3:
        return v.drug / v.count if divide else v.drug * v.count
    one = (v.drug / v.count if divide else v.drug) + v.filler
    return one * (v.count + v.get("extra", 0))


def directions(v, level, _):
    daily = v.daily if level == 1 else 1 / v.every
    return v.days * daily * v.each * (v.get("refills", 0) + 1) - v.get("home", 0)


def to_open(v, level, _):
    drug = v.count * v.dose
    found = (drug + drug * v.get("excess", 0)) / v.source
    return found if level < 4 else up(found) + v.weighed


def pool(v, level, _):
    if level == 1:
        return v.pool / v.made
    drug = v.claim * v.get("assay", 1) * v.opened
    return v.pool * v.dose / drug + v.get("shell", 0)


def filler(v, level, _):
    if level == 1:
        return v.filled - v.filled * v.powder / v.full
    one = (v.volume - v.powder / v.thick) * v.light
    return one * v.get("count", 1) + v.get("paper", 0)


def sessions(v, level, _):
    if level == 1:
        return v.opened / v.low * v.source
    needed = (v.weeks * v.weekly + v.get("check", 0)) * v.low / v.source
    if level == 2:
        return needed
    made = up(needed) * v.source / v.low
    return made if level == 3 else down(made) - v.check


def made_up(v, level, _):
    per_ml = v.count / v.volume * v.source
    if level < 3:
        return per_ml if level == 1 else v.dose / per_ml
    return v.volume - v.doses * v.dose / per_ml - v.get("loss", 0)


def reconstitution(v, level, _):
    if level == 1:
        return v.final - v.powder
    if level == 4:
        return v.dose / v.vial * (v.powder + v.added)
    return (v.vial / v.strong - v.powder) * v.get("vials", 1)


def vehicle(v, level, _):
    taken = v.count * v.mass * v.room
    if level < 3:
        return v.volume - taken
    per_ml = v.count * v.drug / (v.volume + taken)
    return per_ml if level == 3 else v.dose / per_ml


def least(v, level, _):
    mass = v.sensitivity / v.allowed
    doses = mass * v.get("assay", 1) / v.get("dose", 1)
    return doses if level < 4 else up(doses) - v.ordered


def aliquot(v, level, _):
    needed = {2: v.get("small"), 4: v.get("one", 0) * v.get("doses", 0)}.get(level, v.get("needed"))
    weighed = v.weighed if level < 3 else up(v.least / needed) * needed
    return weighed / needed * v.aliquot - weighed


def limits(v, level, _):
    off = -v.off if level in (1, 3) else v.off
    return (v.wanted * (1 + off) + v.get("shell", 0)) * v.get("count", 1) + v.get("tray", 0)


def assay(v, level, _):
    drug = v.drug if level == 1 else v.count * v.dose
    powder = drug / v.assay / (1 - v.get("water", 0))
    return powder if level < 4 else v.jar - powder


def salt(v, level, _):
    found = v.dose / v.base * v.salt * v.get("count", 1)
    return found / v.get("assay", 1) + v.get("paper", 0)


def meq(v, level, _):
    if level == 1:
        return v.mg * v.charge / v.molar
    one = v.meq * v.molar / v.charge / v.get("label", 1)
    return one * v.get("daily", 1) * v.get("days", 1)


def activity(v, level, _):
    if level < 3:
        return v.get("days", 1) * v.dose / v.strong
    return v.count / v.lot * v.dose * (1 + v.get("excess", 0))


def batches(v, level, _):
    long = v.days if level < 3 else v.doses / v.weekly
    found = long / (v.limit - v.get("wait", 0))
    return found if level < 4 else up(v.doses / up(found)) * v.each


def q10(v, level, _):
    return (v.time - v.get("used", 0)) * v.factor ** (-(v.warm - v.cold) / 10)


def price(v, level, _):
    cost = v.cost if level < 3 else v.count * v.each
    found = cost + cost * v.markup + v.get("fee", 0)
    return found - found * v.get("paid", 0)


def packs(v, level, _):
    if level < 3:
        return v.need * v.price / v.pack / v.get("doses", 1)
    return up(v.need / v.pack) * v.price + v.get("fee", 0)


KEYS = {
    "metric": metric, "household": household, "grains": grains, "density": density,
    "percent-solution": solution, "percent-ointment": ointment, "ratio-strength": ratio,
    "ppm-and-mg-percent": traces, "reduce-formula": reduce, "stock-to-take": stock,
    "diluent-to-add": diluent, "final-strength": final, "serial-dilution": serial,
    "mixture-strength": medial, "alligation": alternate, "dose-volume": volume,
    "dose-by-weight": weight, "dose-by-surface": surface, "days-supply": days,
    "quantity": quantity, "each-or-all": each_or_all, "directions": directions,
    "capsules-to-open": to_open, "powder-for-a-dose": pool, "filler-by-packing": filler,
    "low-dose-cycloserine": sessions, "made-up-to": made_up, "reconstitution": reconstitution,
    "vehicle-to-add": vehicle, "least-weighable": least, "aliquot": aliquot,
    "error-allowed": limits, "assay": assay, "salt-and-base": salt, "milliequivalents": meq,
    "units-of-activity": activity, "batches": batches, "q10-estimate": q10, "price": price,
    "whole-packs": packs,
}  # fmt: skip


def answer(question):
    """Return the answer in floats, before it is rounded, in mg, mL, days or pieces."""
    return KEYS[question.family](told(question), question.level, question.story)


def rounded(value, rule):
    """Return what a printed rule makes of a value: one number, or two where it is a tie."""
    if rule.startswith("Give the exact"):
        return (value,)
    found = re.fullmatch(r"Round (to the nearest|up to the next|down to the last) (.+)\.", rule)
    words = found[2].replace("whole number", "1").replace("whole ", "1 ")
    step = float(read(words))
    count = value / step
    if found[1] == "to the nearest":
        if abs(count % 1 - 0.5) < 1e-7:
            return (math.floor(count) * step, math.ceil(count) * step)
        return (math.floor(count + 0.5) * step,)
    return ((up(count) if found[1] == "up to the next" else down(count)) * step,)


def worked(shown):
    """Return what a line of a worksheet comes to, from its printed numbers, and the largest."""
    for call, whole in ((", rounded up", up), (", rounded down", down)):
        if shown.endswith(call):
            value, large = worked(shown.removesuffix(call))
            return whole(value), large
    if found := re.fullmatch(r"the smaller of (.+) and (.+)", shown):
        both = [float(read(one)) for one in found.groups()]
        return min(both), max(both)
    text, large = "", 0.0
    for part in re.split(r"( × | ÷ | \+ | − |\(|\)|√)", shown):
        if part.strip() in ("×", "÷", "+", "−", "(", ")", "√", ""):
            text += {"×": "*", "÷": "/", "−": "-", "√": "math.sqrt"}.get(part.strip(), part.strip())
        else:
            value = worked(part)[0] if "rounded" in part else float(read(part))
            large = max(large, abs(value))
            text += repr(value)
    return eval(text, {"math": math, "__builtins__": {}}), large
