"""Make it, or do not make this: what can be measured, what may be weighed, what is allowed."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from formulation.bench import Bench
from formulation.benches import read_bench
from formulation.calculating import calc
from formulation.devices import measure, unmeasurable
from formulation.draws import Draw
from formulation.family import Family, Judged, of
from formulation.judging_questions import Verdict, judged
from formulation.printing import show, show_exact, show_share
from formulation.sheet import Sheet
from formulation.small_masses import weigh
from formulation.syllabus import Course
from formulation.trace import Finding
from formulation.units import Quantity


@lru_cache(maxsize=1)
def _bench() -> Bench:
    return read_bench()


def _measure(draw: Draw, level: int, _: Course) -> Judged:
    """Draw the volume of a dose: told; from mg/mL; from mcg; with numbers that are not needed."""
    devices = _bench().devices
    small = min((one for one in devices if one.kind == "oral syringe"),
                key=lambda one: one.capacity.value)  # fmt: skip
    s = Sheet()
    tenths = draw.pick((5, 8, 12, 15, 18, 25, 30, 45, 60, 80))
    volume = of(Fraction(tenths, 100), "mL")
    s.count("capacity", "the smallest syringe", 1, "mL")
    s.tell(
        f"The smallest oral syringe here takes {show_exact(small.capacity.value)}, and nothing "
        f"below {show_share(small.least_share.value)} of a syringe is measured with it."
    )
    if level == 1:
        told = s.give("volume", "volume of a dose", volume)
        s.tell(f"The volume of a dose is {told.text}.")
    else:
        label = s.count("label", "strength", draw.pick((4, 10, 20)), "mg/mL")
        drug = (label.amount * volume).to("mg")
        dose = s.give("dose", "dose", drug.to("mcg") if level > 2 else drug)
        s.tell(f"A liquid has {label.text}. A dose of {dose.text} is prescribed.")
    if level > 3:
        bottle = s.count("bottle", "bottle", draw.pick((60, 120)), "mL")
        s.tell(f"The bottle holds {bottle.text}; the patient takes it twice a day.")
    found = measure("The dose", volume, devices, "oral syringe")
    stops = () if found else (unmeasurable("The dose", volume, devices, "oral syringe"),)
    sound = f"{show(volume)} stands on the {found.device}" if found else ""
    return judged(" ".join(s.told), "Is the dose given like this?", tuple(s.stated),
                  Verdict("dose-not-measurable", ("calc-over-maximum", "not-enough"), stops, sound,
                          small.least_share.source, "Give it"))  # fmt: skip


MEASURE = Family("measure-this-dose", "Can this dose be measured?", "liquids", (1, 2, 2, 3),
                 judge=_measure)  # fmt: skip


def _weigh(draw: Draw, level: int, _: Course) -> Judged:
    """Draw a mass to weigh: told; for doses; in mcg; with an assay to reckon with."""
    bench, s = _bench(), Sheet()
    balance = bench.balance
    sensitivity, allowed = balance.sensitivity, balance.permitted_error
    s.tell(
        f"The balance has a sensitivity requirement of {_told(sensitivity)}; an error of at most "
        f"{_told(allowed)} is allowed."
    )
    count = s.count("count", "doses", draw.pick((10, 15, 20, 30)), "dose")
    dose = of(draw.pick((2, 3, 5, 6, 9, 12, 15)), "mg/dose")
    mass = dose * count.amount
    if level == 1:
        s.stated.clear()
        mass = draw.pick((of(30, "mg"), of(60, "mg"), of(90, "mg"), of(140, "mg"), of(180, "mg")))
        told = s.give("mass", "to weigh", mass)
        s.tell(f"{told.text} of a drug is to be weighed.")
    else:
        each = s.give("dose", "drug in one dose", dose.to("mcg/dose") if level > 2 else dose)
        s.tell(f"The drug for {count.text} of {each.each} is to be weighed.")
    if level > 3:
        assay = s.count("filler", "filler", draw.pick((90, 110)), "mg/dose")
        s.tell(f"Each dose also gets {assay.each} of a filler, weighed by itself.")
    found = weigh(mass.to("mg"), bench)
    stops = () if found.can_be_weighed else (_too_little(mass, found.least),)
    sound = f"{show(mass)} is at least the {_least(found.least)} that this balance may weigh"
    return judged(" ".join(s.told), "Is the drug weighed like this?", tuple(s.stated),
                  Verdict("below-least-weighable", ("not-enough", "too-weak"), stops, sound,
                          getattr(sensitivity, "source", ""), "Weigh it"))  # fmt: skip


def _told(fact: object) -> str:
    value = getattr(fact, "value", None)
    return show_exact(value) if isinstance(value, Quantity) else show_share(Fraction(value or 0))


def _least(least: object) -> str:
    return show(least) if isinstance(least, Quantity) else "least"


def _too_little(mass: Quantity, least: object) -> Finding:
    what = f"{show(mass)} is below the least that this balance may weigh, {_least(least)}"
    return Finding("below-least-weighable", "stop", what, "weigh more of it and take an aliquot",
                   least if isinstance(least, Quantity) else None, mass)  # fmt: skip


WEIGH = Family("weigh-this-mass", "May this be weighed here?", "weighing", (2, 2, 3, 3),
               judge=_weigh)  # fmt: skip


def _maximum(draw: Draw, level: int, course: Course) -> Judged:
    """Draw a dose against its maximum: told; by weight; from lb; shared out over the day."""
    s = Sheet()
    kg = draw.pick((12, 16, 20, 24, 30, 45, 60))
    per = draw.pick((3, 4, 5, 8))
    times = 3 if level > 3 else 1
    right = of(kg * per, "mg")
    most = of(int(kg * per * draw.pick((Fraction(4, 5), Fraction(9, 10), Fraction(11, 10),
                                       Fraction(5, 4)))), "mg")  # fmt: skip
    limit = s.give("most", "most for one day", most)
    s.tell(f"The prescriber allows at most {limit.text} of a drug a day.")
    if level == 1:
        dose = s.give("dose", "dose for one day", right)
        s.tell(f"{dose.text} is to be given for one day.")
    else:
        per_kg = s.count("per_kg", "dose by weight", per, "mg/kg_bw")
        lb = of(kg * course.per_lb, "lb")
        weight = s.give("weight", "body weight", lb if level > 2 else of(kg, "kg_bw"))
        s.tell(f"{per_kg.text} for one day is to be given to a patient of {weight.text}.")
        if level > 2:
            each = s.give("per_lb", "lb in 1 kg", of(course.per_lb, "lb/kg_bw"))
            s.tell(f"The course counts {each.text}.")
    if level > 3:
        s.tell(f"It is given in {times} equal doses.")
    found = calc("weight", {"per_kg": of(per, "mg/kg_bw"), "weight": of(kg, "kg_bw"),
                            "maximum": most})  # fmt: skip
    stops = tuple(one for one in found.findings if one.level == "stop")
    sound = f"{show(right)} a day is within the {show(most)} that are allowed"
    return judged(" ".join(s.told), "Is it given like this?", tuple(s.stated),
                  Verdict("calc-over-maximum", ("dose-not-measurable", "too-weak"),
                          stops, sound, "", "Give it"))  # fmt: skip


MAXIMUM = Family("give-this-dose", "Is this dose within its maximum?", "doses", (1, 2, 3, 3),
                 judge=_maximum)  # fmt: skip
FAMILIES = (MEASURE, WEIGH, MAXIMUM)
