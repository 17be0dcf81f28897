"""Questions on doses: volumes, body weight and surface, days' supply, quantities, directions."""

from __future__ import annotations

from typing import Any

from formulation.amounts import per_base
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.questions import Given
from formulation.sheet import Sheet
from formulation.syllabus import Course

TENTH_ML = of("0.1", "mL")


def _volume(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the mL of a dose: in mg/mL; mg in 5 mL; mcg and a mark; a dose for the day, shared."""
    s = Sheet()
    per_ml = of(draw.pick((2, 4, 5, 8, 10, 20) if level < 3 else (3, 6, 7, 9, 12)), "mg/mL")
    tenths = draw.whole(12, 90, 1)
    label = s.give("label", "strength on the label",
                   per_base(per_ml, "mg", of(5, "mL")) if level > 1 else per_ml)  # fmt: skip
    s.tell(f"A liquid is labelled {label.text}.")
    if level < 3:
        dose = s.give("dose", "dose", (per_ml * of(tenths, "mL") / 10).to("mg"))
    else:
        dose = s.count("dose", "dose", draw.whole(11, 60, 1) * 500, "mcg")
    if level > 3:
        s.stated.pop()
        dose = s.give("day", "amount for one day", dose.amount * 3)
        times = s.count("times", "doses a day", 3)
        bottle = s.count("bottle", "bottle", draw.pick((120, 150, 200)), "mL")
        s.tell(f"{dose.text} a day is prescribed, in {times.text} equal doses. The bottle holds "
               f"{bottle.text}.")  # fmt: skip
        s.row("dose", "one dose", "day / times", "the day is shared among its doses")
        s.slip("dose", ("per day for per dose", "day"))
    else:
        s.tell(f"A dose of {dose.text} is prescribed.")
    return _volume_further(s, level, dose)


def _volume_further(s: Sheet, level: int, dose: Given) -> Drawn:
    mg = "dose"
    if level > 2:
        s.row("mg", "one dose in mg", "dose", "1,000 mcg are 1 mg", "mg")
        s.slip("mg", ("tenfold", "dose * 10"), ("thousandfold", "dose * 1000"))
        mg = "mg"
    strong = "label"
    if level > 1:
        s.row("per_ml", "drug in 1 mL", "label", "the label says what 5 mL hold", "mg/mL")
        s.slip("per_ml", ("step left out", "label * 5"))
        strong = "per_ml"
    s.row("ml", "volume of the dose", f"{mg} / {strong}", "what the strength means", "mL")
    s.slip("ml", ("inverted", f"{strong} / {mg}"), ("tenfold", f"{mg} / {strong} * 10"),
           ("tenfold", f"{mg} / {strong} / 10"))  # fmt: skip
    if level == 1:
        s.slip("ml", ("wrong direction", "dose * label"))
    if level > 3:
        s.slip("ml", ("not needed", "bottle / times"))
    amount = dose.amount / 3 if level > 3 else dose.amount
    return s.asks("How many mL is one dose?", TENTH_ML).worked(
        "strength", "whole", drug=amount, strength=s['label'].text)  # fmt: skip


VOLUME = Family("dose-volume", "How many mL is a dose", "doses", (1, 2, 3, 4), _volume, single=(1,))


def _weight(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw a dose by weight: in kg; in lb; against a maximum and shared; drawn up in mL."""
    s = Sheet()
    per_kg = s.count("per_kg", "dose by weight", draw.pick((2, 3, 4, 5, 8, 10)), "mg/kg_bw")
    if level == 1:
        weight = s.count("kg", "body weight", draw.whole(8, 60, 1), "kg_bw")
        s.tell(f"{per_kg.text} of a drug is prescribed for a patient of {weight.text}.")
    else:
        weight = s.count("lb", "body weight in lb", draw.whole(22, 154, 11), "lb")
        each = s.give("per_lb", "lb in 1 kg", of(course.per_lb, "lb/kg_bw"))
        s.tell(f"{per_kg.text} of a drug{' for one day' if level > 2 else ''} is prescribed for a "
               f"patient of {weight.text}. The course counts {each.text}.")  # fmt: skip
        s.row("kg", "body weight in kg", "lb / per_lb", "lb over lb in 1 kg", "kg_bw")
        s.slip("kg", ("pounds for kilograms", "lb"), ("wrong direction", "lb * per_lb"))
    s.row("dose", "dose for this weight", "per_kg * kg", "what mg/kg means", "mg")
    s.slip("dose", ("tenfold", "per_kg * kg * 10"), ("inverted", "kg / per_kg"),
           ("tenfold", "per_kg * kg / 10"), ("step left out", "per_kg"))  # fmt: skip
    if level < 3:
        kg = weight.amount if level == 1 else weight.amount / each.amount
        return s.asks("How many mg is the dose?", of(1, "mg")).worked(
            "weight", "dose", per_kg=per_kg.amount, weight=kg)  # fmt: skip
    kg = weight.amount / each.amount
    s.give(
        "most",
        "most for one day",
        of(
            max(5, round(kg.magnitude * per_kg.amount.magnitude * draw.pick((6, 8, 15)) / 50) * 5),
            "mg",
        ),
    )
    return _weight_further(s, draw, level, weight)


def _weight_further(s: Sheet, draw: Draw, level: int, weight: Given) -> Drawn:
    times = s.count("times", "doses a day", draw.pick((2, 3, 4)))
    s.tell(f"The prescriber allows at most {s['most'].text} a day, in {times.text} equal doses.")
    s.row(
        "day",
        "dose for one day",
        "min(dose, most)",
        "the maximum holds where the weight gives more",
    )
    s.row("one", "one dose", "day / times", "the day is shared among its doses")
    s.slip("day", ("maximum forgotten", "dose"), ("maximum forgotten", "most"))
    s.slip("one", ("per day for per dose", "day"), ("tenfold", "day / times * 10"))
    if level == 3:
        return s.asks("How many mg is one dose?", of(1, "mg")).worked()
    label = s.count("label", "strength of the liquid", draw.pick((8, 12, 15, 25)), "mg/mL")
    height = s.count("height", "height", 75 + int(weight.amount.magnitude) * 5 // 8, "cm")
    s.tell(f"The liquid has {label.text}. The patient is {height.text} tall.")
    s.row("ml", "volume of one dose", "one / label", "what the strength means", "mL")
    s.slip("ml", ("inverted", "label / one"), ("tenfold", "one / label * 10"))
    return s.asks("How many mL is one dose?", TENTH_ML).worked()


WEIGHT = Family("dose-by-weight", "Doses by body weight", "doses", (1, 2, 3, 5), _weight,
                single=(1,))  # fmt: skip


def _surface(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a dose by surface: given; worked out; shared and drawn up; with a number too many."""
    s = Sheet()
    per_m2 = s.count("per_m2", "dose by surface", draw.pick((20, 30, 45, 50, 75, 100)), "mg/m2")
    times = s.count("times", "doses a day", draw.pick((2, 3, 4))) if level != 2 else None
    if level == 1:
        surface = s.give("surface", "body surface", of(draw.among("0.6", "1.9", "0.05"), "m2"))
        s.tell(f"{per_m2.text} a day is prescribed for a patient with a body surface of "
               f"{surface.text}.")  # fmt: skip
        values = {"surface": surface.amount}
    else:
        height = s.count("height", "height", draw.whole(100, 185, 5), "cm")
        like = height.amount.magnitude * height.amount.magnitude * draw.pick((16, 17, 19, 21, 23))
        weight = s.count("weight", "body weight", int(like / 10000), "kg_bw")
        s.count("divisor", "the divisor of Mosteller's formula", 3600, "cm·kg_bw")
        s.count("square", "the unit of surface", 1, "m2")
        s.tell(
            f"{per_m2.text} a day is prescribed for a patient of {height.text} and "
            f"{weight.text}. Body surface in m2 = √(height in cm × weight in kg ÷ 3,600)."
        )
        s.facts.append(("Body surface after Mosteller", "Mosteller, N Engl J Med 1987;317:1098"))
        s.row("surface", "body surface", "sqrt(height * weight / divisor) * square",
              "Mosteller's formula")  # fmt: skip
        s.slip("surface", ("step left out", "height * weight / divisor * square"),
               ("tenfold", "sqrt(height * weight / divisor) * square * 10"))  # fmt: skip
        values = {"height": height.amount, "weight": weight.amount}
    return _surface_further(s, draw, level, times, values)


def _surface_further(
    s: Sheet, draw: Draw, level: int, times: Given | None, values: dict[str, Any]
) -> Drawn:
    s.row("day", "dose for one day", "per_m2 * surface", "what mg/m2 means", "mg")
    s.slip("day", ("inverted", "surface / per_m2"), ("tenfold", "per_m2 * surface * 10"),
           ("step left out", "per_m2"))  # fmt: skip
    asked = s.asks("How many mg is that a day?", of("1", "mg"))
    if times is None:
        return asked.worked("weight", "dose", per_m2=s["per_m2"].amount, **values)
    s.tell(f"It is given in {times.text} equal doses.")
    s.row("one", "one dose", "day / times", "the day is shared among its doses")
    s.slip("one", ("per day for per dose", "day"))
    if level == 1:
        return s.asks("How many mg is one dose?", of("0.1", "mg")).worked(
            "weight", "each_dose", per_m2=s["per_m2"].amount, doses_per_day=times.text, **values
        )
    label = s.count("label", "strength of the liquid", draw.pick((2, 4, 5, 8)), "mg/mL")
    s.tell(f"The liquid has {label.text}.")
    if level > 3:
        age = s.count("bottle", "bottle", draw.pick((60, 100, 120)), "mL")
        s.tell(f"A bottle holds {age.text}.")
        s.slip("one", ("not needed", "bottle * label / times"))
    s.row("ml", "volume of one dose", "one / label", "what the strength means", "mL")
    s.slip("ml", ("inverted", "label / one"), ("tenfold", "one / label * 10"))
    return s.asks("How many mL is one dose?", TENTH_ML).worked(
        "weight", "volume", per_m2=s['per_m2'].amount / times.amount, concentration=label.text,
        **values)  # fmt: skip


SURFACE = Family("dose-by-surface", "Doses by body surface", "doses", (2, 3, 4, 5), _surface)
FAMILIES = (VOLUME, WEIGHT, SURFACE)
