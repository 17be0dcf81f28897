"""Questions on units: metric, household and apothecary measures, density."""

from __future__ import annotations

from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.printing import show_exact
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.units import Quantity


def _metric(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a mass: in another prefix; of many tablets; doses of a lot; less what is kept back."""
    if level < 3:
        return _prefix(draw) if level == 1 else _tablets(draw)
    s = Sheet()
    lot = s.give("lot", "drug in the lot", of(draw.among("1.2", "4.8", "0.3"), "g"))
    dose = s.count("dose", "one dose", draw.pick((140, 175, 225, 260, 350)), "mcg/dose")
    s.tell(f"A lot holds {lot.text} of a drug. It is made into doses: {dose.text}.")
    left, whole = "lot", lot.amount
    if level > 3:
        kept = s.count("kept", "kept as a sample", draw.pick((160, 180, 220, 250)), "mg")
        filler = s.count("filler", "filler in one dose", draw.pick((90, 110, 140)), "mg/dose")
        s.tell(f"Each dose is made up with {filler.each} of a filler. {kept.text} of the drug is "
               "kept as a sample.")  # fmt: skip
        s.row("left", "drug for the doses", "lot - kept", "the sample is not dosed", "g")
        s.slip("left", ("step left out", "lot"))
        left, whole = "left", lot.amount - kept.amount
    s.row("mcg", f"{'that' if level > 3 else 'drug in the lot'}, in mcg", left,
          "1 g is 1,000 mg, and 1 mg is 1,000 mcg", "mcg")  # fmt: skip
    s.row("doses", "number of doses", "mcg / dose", "each dose the same", "dose")
    if level > 3:
        s.slip("doses", ("not needed", "mcg / filler"))
    s.slip("mcg", ("thousandfold", f"{left} / 1000"), ("tenfold", f"{left} * 10"))
    s.slip("doses", ("tenfold", "mcg / dose / 10"), ("inverted", "dose / mcg"))
    s.slip("mcg", ("not converted", left))
    return s.asks("How many whole doses does it make?", of(1, "dose"), "down").worked(
        "dose", "doses", total_drug=whole, dose=dose.amount
    )


def _prefix(draw: Draw) -> Drawn:
    s = Sheet()
    each = s.give("each", "drug in the tablet", of(draw.among("0.05", "0.95", "0.05"), "g"))
    s.tell(f"The label of a tablet says {each.text}.")
    s.row("mg", "drug in the tablet, in mg", "each", "1 g is 1,000 mg", "mg")
    s.slip("mg", ("tenfold", "each * 10"), ("tenfold", "each / 10"), ("thousandfold",
           "each * 1000"), ("wrong direction", "each / 1000000"))  # fmt: skip
    return s.asks("How many mg is that?").worked("convert", "", amount=each.amount, to="mg")


def _tablets(draw: Draw) -> Drawn:
    s = Sheet()
    each = s.count("each", "drug in one tablet", draw.whole(50, 250, 25), "mcg/tab")
    count = s.count("count", "tablets", draw.whole(20, 90, 10), "tab")
    s.tell(f"{count.text} are crushed. They hold {each.each} each.")
    s.row("mcg", "drug in all", "each * count", "each tablet the same", "mcg")
    s.row("mg", "drug in all, in mg", "mcg", "1,000 mcg are 1 mg", "mg")
    s.slip("mg", ("thousandfold", "mcg * 1000"), ("tenfold", "mcg * 10"))
    s.slip("mcg", ("inverted", "count / each"), ("each for total", "each"),
           ("tenfold", "each * count / 10"))  # fmt: skip
    return s.asks("How many mg of the drug do they hold together?").worked(
        "convert", "", amount=each.amount * count.amount, to="mg"
    )


METRIC = Family("metric", "Grams, milligrams, micrograms", "units", (1, 2, 3, 4), _metric,
                single=(1,))  # fmt: skip


def _household(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw a dose in teaspoons; a bottle in doses; in days; in days with some of it used."""
    s = Sheet()
    tsp = s.give("tsp", "one teaspoon", course.constants["tsp"] / of(1, "tsp"))
    if level == 1:
        spoon = s.count("spoons", "the dose", draw.pick(("0.5", "1.5", "2", "3")), "tsp")
        s.tell(f"An old label says: take {spoon.text}. The course counts {tsp.text}.")
        s.row("ml", "the dose in mL", "spoons * tsp", "what a teaspoon is here")
        s.slip("ml", ("inverted", "spoons / tsp"), ("tenfold", "spoons * tsp * 10"),
               ("wrong measure", "spoons * tsp * 3"), ("step left out", "tsp"))  # fmt: skip
        where = f"1 tsp = {show_exact(course.constants['tsp'])}"
        return s.asks("How many mL is that?", of("0.1", "mL")).worked(
            "convert", "", amount=spoon.amount, to="mL", where=[where]
        )
    s.give("floz", "one fluid ounce", course.constants["floz"] / of(1, "floz"))
    s.count("spoons", "one dose", draw.pick(("0.5", "1", "1.5", "2")), "tsp/dose")
    s.count("bottle", "the bottle", draw.pick((3, 4, 6, 8, 10)), "floz")
    s.tell(f"A bottle holds {s['bottle'].text}. The label says {s['spoons'].text}.")
    s.row("bottle_ml", "the bottle in mL", "bottle * floz", "what a fluid ounce is here")
    s.row("dose_ml", "one dose in mL", "spoons * tsp", "what a teaspoon is here")
    s.slip("dose_ml", ("wrong measure", "spoons * tsp * 3"), ("step left out", "tsp"))
    s.slip("bottle_ml", ("not converted", "bottle"), ("tenfold", "bottle * floz / 10"))
    return _bottle_lasts(s, draw, level)


def _bottle_lasts(s: Sheet, draw: Draw, level: int) -> Drawn:
    full = "bottle_ml"
    quantity = s["bottle"].amount * s["floz"].amount
    values: dict[str, Quantity] = {"amount_per_dose": s["spoons"].amount * s["tsp"].amount}
    if level > 3:
        used = s.count("used", "already used", draw.whole(15, 45, 5), "mL")
        label = s.count("label", "strength on the label", draw.pick((5, 15, 25)), "mg/mL")
        s.tell(f"The label also says {label.text}. {used.text} has been used.")
        s.row("left", "left in it", "bottle_ml - used", "what is used is gone")
        s.slip("left", ("step left out", "bottle_ml"))
        full, quantity = "left", quantity - used.amount
    s.row("doses", "number of doses", f"{full} / dose_ml", "each dose the same")
    s.slip("doses", ("tenfold", f"{full} / dose_ml * 10"))
    if level > 2:
        daily = s.count("daily", "doses a day", draw.pick((2, 3, 4)), "dose/day")
        s.tell(f"It is taken as {daily.text}.")
        s.row("days", "days", "doses / daily", "each day the same")
        s.slip("days", ("per day for per dose", "doses"))
        values["doses_per_day"] = daily.amount
    s.tell(f"The course counts {s['tsp'].text} and {s['floz'].text}.")
    asked = ("How many whole doses does it hold?", "How many days does it last?")[level > 2]
    unit = "day" if level > 2 else "dose"
    return s.asks(asked, of(1, unit), "down").worked(
        "dose", "days" if level > 2 else "doses", quantity=quantity, **values
    )


HOUSEHOLD = Family("household", "Teaspoons and fluid ounces", "units", (1, 2, 3, 5), _household,
                   single=(1,))  # fmt: skip


def _grains(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw grains in a powder; in many; in an old formula per fluid ounce; tablets for it."""
    s = Sheet()
    grain = s.give("grain", "one grain", course.constants["grain"] / of(1, "grain"))
    if level > 2:
        return _old_formula(s, draw, level, course)
    each = s.count("each", "drug in one powder", draw.pick(("0.5", "1.5", "2", "5")), "grain")
    s.tell(f"An old formula has {each.text} in each powder.")
    grains, words = "each", "drug in one powder"
    if level > 1:
        count = s.count("count", "powders", draw.whole(8, 30, 2))
        s.tell(f"{count.text} powders are made.")
        s.row("all", "drug in all", "each * count", "each powder the same")
        s.slip("all", ("each for total", "each"))
        grains, words = "all", "drug in all"
    s.tell(f"The course counts {grain.text}.")
    s.row("mg", f"{words}, in mg", f"{grains} * grain", "what a grain is here")
    s.slip("mg", ("tenfold", f"{grains} * grain * 10"), ("inverted", f"grain / {grains}"),
           ("tenfold", f"{grains} * grain / 10"), ("step left out", "grain"))  # fmt: skip
    asked = "How many mg is that?" if level == 1 else "How many mg of the drug is that?"
    where = f"1 grain = {show_exact(course.constants['grain'])}"
    amount = each.amount if level == 1 else each.amount * count.amount
    return s.asks(asked, of("0.1" if level == 1 else 1, "mg")).worked(
        "convert", "", amount=amount, to="mg", where=[where]
    )


def _old_formula(s: Sheet, draw: Draw, level: int, course: Course) -> Drawn:
    s.give("floz", "one fluid ounce", course.constants["floz"] / of(1, "floz"))
    each = s.count("each", "drug in one fluid ounce", draw.pick((2, 3, 5, 8)), "grain/floz")
    volume = s.count("volume", "wanted", draw.pick((100, 150, 200, 250)), "mL")
    s.tell(f"An old formula has {each.text}. {volume.text} of it is to be made.")
    s.row("mg", "drug in one fluid ounce, in mg", "each * grain", "what a grain is here")
    s.row("per_ml", "drug in 1 mL", "mg / floz", "what a fluid ounce is here")
    s.row("drug", "drug needed", "per_ml * volume", "each mL the same")
    s.slip("per_ml", ("step left out", "mg"), ("inverted", "floz / mg"))
    asked, step, way = "How much drug is needed?", of(1, "mg"), "nearest"
    if level > 3:
        tablet = s.count("tablet", "one tablet", draw.pick((200, 300, 325)), "mg/tab")
        glass = s.count("glass", "the bottle", draw.pick((300, 400, 500)), "mL")
        s.tell(f"Tablets on the shelf hold {tablet.each} each; the bottle takes {glass.text}.")
        s.slip("drug", ("not needed", "per_ml * glass"))
        s.row("tablets", "tablets", "drug / tablet", "what a tablet holds")
        s.slip("tablets", ("rounded wrong way", "floor(drug / tablet)"))
        asked, step, way = "How many whole tablets have to be crushed?", of(1, "tab"), "up"
    s.tell(f"The course counts {s['grain'].text} and {s['floz'].text}.")
    s.slip("mg", ("not converted", "each"))
    s.slip("drug", ("tenfold", "per_ml * volume * 10"), ("tenfold", "per_ml * volume / 10"))
    return s.asks(asked, step, way).worked()


GRAINS = Family("grains", "Grains in an old formula", "units", (1, 2, 4, 5), _grains,
                single=(1,))  # fmt: skip


def _density(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a volume to weigh; a mass to measure; for a batch; with the beaker on the balance."""
    s = Sheet()
    number = draw.pick(("0.82", "0.91", "1.04", "1.25", "1.26", "1.32"))
    density = s.count("density", "density", number, "g/mL")
    if level > 2:
        return _many_bottles(s, draw, level)
    if level == 1:
        volume = s.count("volume", "volume", draw.whole(20, 90, 10), "mL")
        s.tell(f"{volume.text} of a liquid with a density of {density.text} is weighed.")
        s.row("mass", "mass", "volume * density", "what density means")
        s.slip(
            "mass",
            ("wrong direction", "volume / density"),
            ("density forgotten", "volume"),
            ("tenfold", "volume * density * 10"),
            ("tenfold", "volume * density / 10"),
        )
        return s.asks("How many g is that?", of("0.1", "g")).worked(
            "density", "mass", density=density.amount, volume=volume.amount
        )
    mass = of(draw.pick((45, 60, 75, 120, 150, 250)), "g")
    heavy = s.give("heavy", "mass wanted", mass.to("kg"))
    s.tell(f"{heavy.text} of a liquid with a density of {density.text} is measured by volume.")
    s.row("mass", "mass in g", "heavy", "1 kg is 1,000 g", "g")
    s.row("ml", "volume", "mass / density", "what density means")
    s.slip("ml", ("wrong direction", "mass * density"), ("density forgotten", "mass"))
    s.slip("mass", ("tenfold", "heavy / 10"), ("tenfold", "heavy * 10"))
    return s.asks("How many mL is that?", of("0.1", "mL")).worked(
        "density", "volume", density=density.amount, mass=mass
    )


def _many_bottles(s: Sheet, draw: Draw, level: int) -> Drawn:
    each = s.count("each", "in one bottle", draw.pick(("3.5", "4.5", "7.5", "12.5")), "mL")
    count = s.count("count", "bottles", draw.pick((12, 14, 18, 24)))
    s.tell(f"{count.text} bottles take {each.text} each of a liquid with a density of "
           f"{s['density'].text}; all of it is weighed at once.")  # fmt: skip
    s.row("volume", "volume in all", "each * count", "each bottle the same")
    s.row("mass", "mass of it", "volume * density", "what density means")
    s.slip("mass", ("wrong direction", "volume / density"), ("density forgotten", "volume"))
    s.slip("volume", ("each for total", "each"))
    if level > 3:
        beaker = s.give("beaker", "empty beaker", of(draw.among("41.2", "68.9", "0.7"), "g"))
        room = s.count("room", "room in the beaker", draw.pick((400, 600)), "mL")
        s.tell(f"An empty beaker of {beaker.text}, which takes {room.text}, stands on the balance "
               "and is not tared.")  # fmt: skip
        s.row("shown", "what the balance shows", "beaker + mass", "the beaker stands on it too")
        s.slip("shown", ("step left out", "mass"))
        s.slip("mass", ("not needed", "room * density"), ("tenfold", "volume * density * 10"))
        asked = "What does the balance show when all of the liquid is in?"
        return s.asks(asked, of("0.1", "g")).worked()
    s.slip("mass", ("tenfold", "volume * density * 10"))
    return s.asks("How many g is weighed?", of("0.1", "g")).worked(
        "density", "mass", density=s["density"].amount, volume=each.amount * count.amount
    )


DENSITY = Family("density", "Weighing a liquid by its density", "units", (2, 3, 3, 4), _density,
                 single=(1,))  # fmt: skip
FAMILIES = (METRIC, HOUSEHOLD, GRAINS, DENSITY)
