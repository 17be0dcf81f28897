"""Questions on units: metric, household and apothecary measures, density."""

from __future__ import annotations

from formulation.draws import Draw
from formulation.family import Drawn, Family, given, of
from formulation.questions import Row, Slip
from formulation.syllabus import Course


def _metric(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a mass: in another prefix; of many tablets; how many doses a lot gives; less a sample."""
    if level < 3:
        return _prefix(draw) if level == 1 else _tablets(draw)
    more = level > 3
    lot = given("lot", "drug in the lot", of(draw.among("1.2", "4.8", "0.3"), "g"))
    dose = given("dose", "one dose", of(draw.pick((140, 175, 225, 260, 350)), "mcg/dose"))
    kept = given("kept", "kept as a sample", of(draw.pick((160, 180, 220, 250)), "mg"))
    filler = given("filler", "filler in one dose", of(draw.pick((90, 110, 140)), "mg/dose"))
    left = "left" if more else "lot"
    rows = (
        *((Row("left", "drug for the doses", "lot - kept", "the sample is not dosed", "g"),)
          if more else ()),
        Row("mcg", f"{'that' if more else 'drug in the lot'}, in mcg", left,
            "1 g is 1,000 mg, and 1 mg is 1,000 mcg", "mcg"),
        Row("doses", "number of doses", "mcg / dose", "each dose the same", "dose"),
    )  # fmt: skip
    slips = (
        Slip("thousandfold", "mcg", f"{left} / 1000"),
        *((Slip("step left out", "left", "lot"), Slip("not needed", "doses", "mcg / filler"))
          if more else ()),
        Slip("tenfold", "mcg", f"{left} * 10"), Slip("tenfold", "doses", "mcg / dose / 10"),
        Slip("inverted", "doses", "dose / mcg"), Slip("not converted", "mcg", left),
    )  # fmt: skip
    extra = f" Each dose is made up with {filler.text} of a filler." if more else ""
    sample = f" {kept.text} of the drug is kept as a sample." if more else ""
    return Drawn(
        story=f"A lot holds {lot.text} of a drug. It is made into doses: {dose.text}."
        f"{extra}{sample}",
        asked="How many whole doses does it make?", rows=rows, slips=slips,
        given=(lot, dose, *((kept, filler) if more else ())), step=of(1, "dose"), way="down",
        calculator="dose", wanted="doses",
        values={"total_drug": lot.amount - kept.amount if more else lot.amount,
                "dose": dose.amount},
    )  # fmt: skip


def _prefix(draw: Draw) -> Drawn:
    each = given("each", "drug in the tablet", of(draw.among("0.05", "0.95", "0.05"), "g"))
    rows = (Row("mg", "drug in the tablet, in mg", "each", "1 g is 1,000 mg", "mg"),)
    slips = (
        Slip("tenfold", "mg", "each * 10"), Slip("tenfold", "mg", "each / 10"),
        Slip("thousandfold", "mg", "each * 1000"),
        Slip("wrong direction", "mg", "each / 1000000"),
    )  # fmt: skip
    return Drawn(
        story=f"The label of a tablet says {each.text}.", asked="How many mg is that?",
        given=(each,), rows=rows, slips=slips, calculator="convert",
        values={"amount": each.amount, "to": "mg"},
    )  # fmt: skip


def _tablets(draw: Draw) -> Drawn:
    each = given("each", "drug in one tablet", of(draw.whole(50, 250, 25), "mcg/tab"))
    count = given("count", "tablets", of(draw.whole(20, 90, 10), "tab"))
    rows = (Row("mcg", "drug in all", "each * count", "each tablet the same", "mcg"),
            Row("mg", "drug in all, in mg", "mcg", "1,000 mcg are 1 mg", "mg"))  # fmt: skip
    slips = (
        Slip("thousandfold", "mg", "mcg * 1000"), Slip("tenfold", "mg", "mcg * 10"),
        Slip("inverted", "mcg", "count / each"), Slip("each for total", "mcg", "each"),
        Slip("tenfold", "mcg", "each * count / 10"),
    )  # fmt: skip
    return Drawn(
        story=f"{count.text} are crushed. They hold {each.text}.",
        asked="How many mg of the drug do they hold together?", given=(each, count),
        rows=rows, slips=slips, calculator="convert",
        values={"amount": of(each.amount.magnitude * count.amount.magnitude, "mcg"), "to": "mg"},
    )  # fmt: skip


METRIC = Family("metric", "Grams, milligrams, micrograms", "units", (1, 2, 3, 4), _metric,
                single=(1,))  # fmt: skip


def _household(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw a dose in teaspoons; a bottle in doses; in days; in days with some of it used."""
    tsp = given("tsp", "one teaspoon", course.constants["tsp"] / of(1, "tsp"))
    floz = given("floz", "one fluid ounce", course.constants["floz"] / of(1, "floz"))
    spoons = draw.pick(("0.5", "1.5", "2", "3") if level == 1 else ("0.5", "1", "1.5", "2"))
    if level == 1:
        spoon = given("spoons", "the dose", of(spoons, "tsp"))
        return Drawn(
            story=f"An old label says: take {spoon.text}. The course counts {tsp.text}.",
            asked="How many mL is that?",
            given=(spoon, tsp),
            rows=(Row("ml", "the dose in mL", "spoons * tsp", "what a teaspoon is here"),),
            slips=(
                Slip("inverted", "ml", "spoons / tsp"),
                Slip("tenfold", "ml", "spoons * tsp * 10"),
                Slip("wrong measure", "ml", "spoons * tsp * 3"),
                Slip("step left out", "ml", "tsp"),
            ),
            step=of("0.1", "mL"),
            calculator="convert",
            values={
                "amount": spoon.amount,
                "to": "mL",
                "where": [f"1 tsp = {course.constants['tsp'].number('mL')} mL"],
            },
        )
    spoon = given("spoons", "one dose", of(spoons, "tsp/dose"))
    bottle = given("bottle", "the bottle", of(draw.pick((3, 4, 6, 8, 10)), "floz"))
    daily = given("daily", "doses a day", of(draw.pick((2, 3, 4)), "dose/day"))
    used = given("used", "already used", of(draw.whole(15, 45, 5), "mL"))
    label = given("label", "strength on the label", of(draw.pick((5, 15, 25)), "mg/mL"))
    full = "left" if level > 3 else "bottle_ml"
    rows = (
        Row("bottle_ml", "the bottle in mL", "bottle * floz", "what a fluid ounce is here"),
        *((Row("left", "left in it", "bottle_ml - used", "what is used is gone"),)
          if level > 3 else ()),
        Row("dose_ml", "one dose in mL", "spoons * tsp", "what a teaspoon is here"),
        Row("doses", "number of doses", f"{full} / dose_ml", "each dose the same"),
        *((Row("days", "days", "doses / daily", "each day the same"),) if level > 2 else ()),
    )  # fmt: skip
    slips = (
        Slip("wrong measure", "dose_ml", "spoons * tsp * 3"),
        Slip("step left out", "dose_ml", "tsp"),
        *((Slip("step left out", "left", "bottle_ml"),) if level > 3 else ()),
        *((Slip("per day for per dose", "days", "doses"),) if level > 2 else ()),
        Slip("not converted", "bottle_ml", "bottle"),
        Slip("tenfold", "doses", f"{full} / dose_ml * 10"),
        Slip("tenfold", "bottle_ml", "bottle * floz / 10"),
    )
    counts = f" The course counts {tsp.text} and {floz.text}."
    times = f" It is taken as {daily.text}." if level > 2 else ""
    more = f" The label says {label.text}. {used.text} has been used." if level > 3 else ""
    quantity = bottle.amount * floz.amount
    return Drawn(
        story=f"A bottle holds {bottle.text}. The label says {spoon.text}.{times}{more}{counts}",
        asked="How many days does it last?" if level > 2 else "How many whole doses does it hold?",
        given=(bottle, spoon, tsp, floz, *((daily,) if level > 2 else ()),
               *((used, label) if level > 3 else ())),
        rows=rows, slips=slips, step=of(1, "day" if level > 2 else "dose"), way="down",
        calculator="dose", wanted="days" if level > 2 else "doses",
        values={"quantity": quantity - used.amount if level > 3 else quantity,
                "amount_per_dose": spoon.amount * tsp.amount,
                **({"doses_per_day": daily.amount} if level > 2 else {})},
    )  # fmt: skip


HOUSEHOLD = Family("household", "Teaspoons and fluid ounces", "units", (1, 2, 3, 5), _household,
                   single=(1,))  # fmt: skip


def _grains(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw grains in a powder; in many; in an old formula per fluid ounce; tablets for it."""
    grain = given("grain", "one grain", course.constants["grain"] / of(1, "grain"))
    floz = given("floz", "one fluid ounce", course.constants["floz"] / of(1, "floz"))
    if level < 3:
        each = given("each", "drug in one powder", of(draw.pick(("0.5", "1.5", "2", "5")), "grain"))
        count = given("count", "powders", of(draw.whole(8, 30, 2)))
        grains, words = ("each", "drug in one powder") if level == 1 else ("all", "drug in all")
        rows = (
            *((Row("all", "drug in all", "each * count", "each powder the same"),)
              if level > 1 else ()),
            Row("mg", f"{words}, in mg", f"{grains} * grain", "what a grain is here"),
        )  # fmt: skip
        slips = (Slip("tenfold", "mg", f"{grains} * grain * 10"),
                 Slip("inverted", "mg", f"grain / {grains}"),
                 *((Slip("each for total", "all", "each"),) if level > 1 else ()),
                 Slip("tenfold", "mg", f"{grains} * grain / 10"),
                 Slip("step left out", "mg", "grain"))  # fmt: skip
        times = f" {count.text} powders are made." if level > 1 else ""
        return Drawn(
            story=f"An old formula has {each.text} in each powder.{times} "
            f"The course counts {grain.text}.",
            asked="How many mg is that?" if level == 1 else "How many mg of the drug is that?",
            given=(each, grain, *((count,) if level > 1 else ())), rows=rows, slips=slips,
            step=of("0.1" if level == 1 else "1", "mg"),
        )  # fmt: skip
    each = given("each", "drug in one fluid ounce", of(draw.pick((2, 3, 5, 8)), "grain/floz"))
    volume = given("volume", "wanted", of(draw.pick((100, 150, 200, 250)), "mL"))
    tablet = given("tablet", "one tablet", of(draw.pick((200, 300, 325)), "mg/tab"))
    glass = given("glass", "the bottle", of(draw.pick((300, 400, 500)), "mL"))
    more = level > 3
    rows = (
        Row("mg", "drug in one fluid ounce, in mg", "each * grain", "what a grain is here"),
        Row("per_ml", "drug in 1 mL", "mg / floz", "what a fluid ounce is here"),
        Row("drug", "drug needed", "per_ml * volume", "each mL the same"),
        *((Row("tablets", "tablets", "drug / tablet", "what a tablet holds"),) if more else ()),
    )  # fmt: skip
    slips = (
        Slip("step left out", "per_ml", "mg"),
        *((Slip("not needed", "drug", "per_ml * glass"), Slip("rounded wrong way", "tablets",
           "floor(drug / tablet)")) if more else ()),
        Slip("not converted", "mg", "each"), Slip("tenfold", "drug", "per_ml * volume * 10"),
        Slip("inverted", "per_ml", "floz / mg"), Slip("tenfold", "drug", "per_ml * volume / 10"),
    )  # fmt: skip
    extra = f" Tablets on the shelf hold {tablet.text}; the bottle takes {glass.text}."
    return Drawn(
        story=f"An old formula has {each.text}. {volume.text} of it is to be made."
        f"{extra if more else ''} The course counts {grain.text} and {floz.text}.",
        asked="How many whole tablets have to be crushed?" if more else "How much drug is needed?",
        given=(each, volume, grain, floz, *((tablet, glass) if more else ())), rows=rows,
        slips=slips, step=of(1, "tab" if more else "mg"), way="up" if more else "nearest",
    )  # fmt: skip


GRAINS = Family("grains", "Grains in an old formula", "units", (1, 2, 4, 5), _grains,
                single=(1,))  # fmt: skip


def _density(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a volume to weigh; a mass to measure; for a batch; with the beaker on the balance."""
    density = given("density", "density", of(draw.pick(("0.82", "0.91", "1.04", "1.25", "1.26",
                                                        "1.32")), "g/mL"))  # fmt: skip
    if level < 3:
        mass = of(draw.pick((45, 60, 75, 120, 150, 250)), "g")
        volume = given("volume", "volume", of(draw.whole(20, 90, 10), "mL"))
        grams = given("grams", "mass wanted", mass.to("kg") if level == 2 else mass)
        heavy = (Row("mass", "mass in g", "grams", "1 kg is 1,000 g", "g"),
                 Row("ml", "volume", "mass / density", "what density means"))  # fmt: skip
        light = (Row("mass", "mass", "volume * density", "what density means"),)
        return Drawn(
            story=f"A liquid has a density of {density.text}. "
            + (f"{volume.text} of it is needed, and it is weighed." if level == 1
               else f"{grams.text} of it is needed, and it is measured by volume."),
            asked="How many g is that?" if level == 1 else "How many mL is that?",
            given=(density, volume if level == 1 else grams), rows=light if level == 1 else heavy,
            slips=(
                *((Slip("wrong direction", "mass", "volume / density"),) if level == 1 else
                  (Slip("wrong direction", "ml", "mass * density"),)),
                Slip("tenfold", "mass", "volume * density * 10" if level == 1 else "grams / 10"),
                Slip("density forgotten", *(("mass", "volume") if level == 1 else ("ml", "mass"))),
                Slip("tenfold", "mass", "volume * density / 10" if level == 1 else "grams * 10"),
            ),
            step=of("0.1", "g" if level == 1 else "mL"), calculator="density",
            wanted="mass" if level == 1 else "volume",
            values={"density": density.amount,
                    **({"volume": volume.amount} if level == 1 else {"mass": mass})},
        )  # fmt: skip
    each = given("each", "in one bottle", of(draw.pick(("3.5", "4.5", "7.5", "12.5")), "mL"))
    count = given("count", "bottles", of(draw.pick((12, 14, 18, 24))))
    beaker = given("beaker", "empty beaker", of(draw.among("41.2", "68.9", "0.7"), "g"))
    room = given("room", "room in the beaker", of(draw.pick((400, 600)), "mL"))
    more = level > 3
    rows = (
        Row("volume", "volume in all", "each * count", "each bottle the same"),
        Row("mass", "mass of it", "volume * density", "what density means"),
        *((Row("shown", "what the balance shows", "beaker + mass", "the beaker stands on it too"),)
          if more else ()),
    )  # fmt: skip
    slips = (
        Slip("wrong direction", "mass", "volume / density"),
        Slip("density forgotten", "mass", "volume"), Slip("each for total", "volume", "each"),
        *((Slip("step left out", "shown", "mass"), Slip("not needed", "mass", "room * density"))
          if more else ()),
        Slip("tenfold", "mass", "volume * density * 10"),
    )  # fmt: skip
    extra = (f" An empty beaker of {beaker.text}, which takes {room.text}, stands on the balance "
             "and is not tared.")  # fmt: skip
    return Drawn(
        story=f"{count.text} bottles take {each.text} each of a liquid with a density of "
        f"{density.text}; all of it is weighed at once.{extra if more else ''}",
        asked="What does the balance show when all of the liquid is in?" if more
        else "How many g is weighed?",
        given=(density, each, count, *((beaker, room) if more else ())), rows=rows, slips=slips,
        step=of("0.1", "g"), **({} if more else {"calculator": "density", "wanted": "mass",
        "values": {"density": density.amount, "volume": each.amount * count.amount.magnitude}}),
    )  # fmt: skip


DENSITY = Family("density", "Weighing a liquid by its density", "units", (2, 3, 3, 4), _density,
                 single=(1,))  # fmt: skip
FAMILIES = (METRIC, HOUSEHOLD, GRAINS, DENSITY)
