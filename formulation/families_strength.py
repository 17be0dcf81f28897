"""Questions on strengths: percent, ratio, ppm and mg %, reducing and enlarging a formula."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import mg_percent, percent, ppm, ratio, share
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course

TENTH_ML = of("0.1", "mL")
TENTH_G = of("0.1", "g")


def _solution(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the drug in a % w/v solution: in g; in mg; in tablets; in tablets for many bottles."""
    s = Sheet()
    number = draw.among("0.2", "4.8", "0.2") if level > 1 else Fraction(draw.pick((2, 3, 4, 5)))
    strength = s.give("strength", "strength", percent(number, "w/v"))
    size = of(draw.pick((120, 150, 200, 250, 350)), "mL")
    volume = s.give("volume", "volume", size.to("L") if level == 2 else size)
    s.tell(f"You make {volume.text} of a solution with {strength.text} of a drug.")
    whole = "volume"
    if level > 3:
        bottles = s.count("bottles", "bottles", draw.pick((2, 3, 4)))
        s.tell(f"It has to fill {bottles.text} bottles of that size.")
        s.row("all", "volume in all", "volume * bottles", "each bottle the same")
        s.slip("all", ("each for total", "volume"))
        whole = "all"
    if level == 2:
        s.row("ml", "volume in mL", "volume", "1 L is 1,000 mL", "mL")
        s.slip("ml", ("tenfold", "volume / 10"), ("not converted", "volume"))
        whole = "ml"
    s.row("grams", "drug", f"strength * {whole}", "% w/v is g in 100 mL", "g")
    s.slip("grams", ("tenfold", f"strength * {whole} * 10"),
           ("percent of wrong whole", f"strength * {whole} * 100"),
           ("inverted", f"{whole} / strength / 10000"),
           ("tenfold", f"strength * {whole} / 10"))  # fmt: skip
    if level == 1:
        asked = s.asks("How many g of the drug does it take?")
        return asked.worked("strength", "drug", strength=strength.text, whole=volume.text)
    s.row("mg", "drug in mg", "grams", "1 g is 1,000 mg", "mg")
    s.slip("mg", ("thousandfold", "grams / 1000"))
    if level == 2:
        asked = s.asks("How many mg of the drug does it take?")
        return asked.worked("strength", "drug", strength=strength.text, whole=volume.text)
    tablet = s.count("tablet", "one tablet", draw.pick((120, 160, 240, 300)), "mg/tab")
    s.tell(f"Its tablets hold {tablet.each} each.")
    s.row("tablets", "tablets", "mg / tablet", "what a tablet holds")
    s.slip("tablets", ("rounded wrong way", "floor(mg / tablet)"))
    if level > 3:
        mass = s.count("mass", "weight of one tablet", draw.pick((350, 420, 450)), "mg/tab")
        s.tell(f"They weigh {mass.each} each.")
        s.slip("tablets", ("not needed", "mg / mass"))
    return s.asks("How many whole tablets are to be crushed?", of(1, "tab"), "up").worked()


SOLUTION = Family("percent-solution", "A solution in % w/v", "strength", (2, 2, 3, 4), _solution,
                  single=(1,))  # fmt: skip


def _ointment(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the base of an ointment in % w/w; in kg; the drug for a given base; for many jars."""
    s = Sheet()
    number = draw.pick((1, 2, 4, 5, 6, 8, 10, 12, 15))
    strength = s.give("strength", "strength", percent(Fraction(number), "w/w"))
    if level < 3:
        size = of(draw.pick((50, 60, 120, 150, 250, 400)), "g")
        whole = s.give("whole", "ointment", size.to("kg") if level == 2 else size)
        s.tell(f"You make {whole.text} of an ointment with {strength.text} of a drug.")
        all_of = "whole"
        if level == 2:
            s.row("grams", "ointment in g", "whole", "1 kg is 1,000 g", "g")
            s.slip("grams", ("tenfold", "whole / 10"))
            all_of = "grams"
        s.row("drug", "drug", f"strength * {all_of}", "% w/w is g in 100 g", "g")
        s.row("base", "base", f"{all_of} - drug", "drug and base together are the whole")
        s.slip("base", ("diluent for total", "drug"), ("wrong direction", f"{all_of} + drug"))
        s.slip("drug", ("tenfold", f"strength * {all_of} * 10"),
               ("percent of wrong whole", f"{all_of} * strength / (1 - strength)"),
               ("percent of wrong whole", f"{all_of} * strength / (1 + strength)"))  # fmt: skip
        return s.asks("How many g of base are to be weighed?", TENTH_G).worked(
            "strength", "base", strength=strength.text, whole=whole.amount.to("g"))  # fmt: skip
    s.count("base", "base", draw.pick((85, 110, 130, 160, 190)), "g")
    return _ointment_further(s, draw, level)


def _ointment_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    s.tell(
        f"Drug is worked into {s['base'].text} of base, so that the ointment has "
        f"{s['strength'].text}."
    )
    all_of = "base"
    if level > 3:
        jars = s.count("jars", "jars", draw.pick((2, 3, 4)))
        room = s.count("room", "room in a jar", draw.pick((200, 250, 300)), "mL")
        s.tell(f"That is for one jar, which takes {room.text}; {jars.text} jars are made.")
        s.row("bases", "base in all", "base * jars", "each jar the same")
        s.slip("bases", ("each for total", "base"))
        all_of = "bases"
    s.row("rest", "share of the base", "1 - strength", "what is not drug is base", "%")
    s.row("whole", "ointment in all", f"{all_of} / rest", "the base is that share of the whole")
    s.row("drug", "drug", f"whole - {all_of}", "drug and base together are the whole")
    s.slip(
        "whole",
        ("wrong direction", f"{all_of} / rest / rest"),
        ("tenfold", f"{all_of} / rest * 10"),
    )
    s.slip("drug", ("diluent for total", "whole"), ("tenfold", f"(whole - {all_of}) * 10"),
           ("tenfold", f"(whole - {all_of}) / 10"))  # fmt: skip
    weighed = s["base"].amount * (jars.amount.magnitude if level > 3 else 1)
    made = weighed / (1 - s["strength"].amount.magnitude)
    return s.asks("How many g of drug does it take?", of("0.01", "g")).worked(
        "strength", "drug", strength=s['strength'].text, whole=made)  # fmt: skip


OINTMENT = Family("percent-ointment", "An ointment in % w/w", "strength", (2, 3, 4, 5), _ointment)


def _ratio(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the drug in a 1:N solution: in mg; from L; the mL for a dose; with a bottle to spare."""
    s = Sheet()
    parts = Fraction(draw.pick((500, 1000, 2000, 2500, 4000, 5000) if level < 3
                               else (300, 600, 700, 900, 1500)))  # fmt: skip
    strength = s.give("strength", "strength", ratio(parts, "w/v"))
    size = of(draw.pick((100, 150, 200, 250, 500)), "mL")
    if level < 3:
        volume = s.give("volume", "volume", size.to("L") if level == 2 else size)
        s.tell(f"A solution has a ratio strength of {strength.text}. {volume.text} is made.")
        whole = "volume"
        if level == 2:
            s.row("ml", "volume in mL", "volume", "1 L is 1,000 mL", "mL")
            s.slip("ml", ("not converted", "volume"))
            whole = "ml"
        s.row("grams", "drug", f"strength * {whole}", "1:N w/v is 1 g in N mL", "g")
        s.row("mg", "drug in mg", "grams", "1 g is 1,000 mg", "mg")
        s.slip("mg", ("tenfold", "grams * 10"), ("thousandfold", "grams / 1000"))
        s.slip("grams", ("percent of wrong whole", f"strength * {whole} * 100"),
               ("tenfold", f"strength * {whole} / 10"))  # fmt: skip
        return s.asks("How many mg of drug does it hold?").worked(
            "strength", "drug", strength=strength.text, whole=volume.text)  # fmt: skip
    dose = s.count("dose", "dose", draw.pick((3, 4, 5, 6, 8)), "mg")
    s.tell(f"A solution has a ratio strength of {strength.text}. A dose of {dose.text} is drawn "
           "into an oral syringe with marks of 0.1 mL.")  # fmt: skip
    s.row("per_ml", "drug in 1 mL", "strength", "1:N w/v is 1 g in N mL", "mg/mL")
    s.row("ml", "volume of the dose", "dose / per_ml", "what the strength means", "mL")
    s.slip("per_ml", ("tenfold", "strength * 10"), ("thousandfold", "strength / 1000"))
    s.slip("ml", ("inverted", "per_ml / dose"), ("tenfold", "dose / per_ml * 10"))
    if level > 3:
        times = s.count("times", "doses", draw.pick((10, 14, 20)))
        bottle = s.count("bottle", "bottle", draw.pick((100, 120)), "mL")
        s.tell(f"The bottle holds {bottle.text}. The patient takes {times.text} doses.")
        s.row("all", "volume of all doses", "ml * times", "each dose the same")
        s.slip("all", ("each for total", "ml"), ("not needed", "bottle - ml"))
        return s.asks("How many mL do all doses take?", TENTH_ML).worked()
    return s.asks("How many mL is the dose?", TENTH_ML).worked(
        "strength", "whole", strength=strength.text, drug=dose.amount)  # fmt: skip


RATIO = Family("ratio-strength", "Ratio strengths", "strength", (2, 3, 3, 4), _ratio)


def _traces(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw mg % in mL; ppm in L; the stock for a ppm solution; with rinsings that do not count."""
    s = Sheet()
    if level == 1:
        strength = s.give("strength", "strength", mg_percent(Fraction(draw.whole(20, 180, 5))))
        volume = s.count("volume", "volume", draw.pick((20, 50, 150, 200, 250)), "mL")
        s.tell(f"A solution has {strength.text}. {volume.text} is made.")
        s.row("per_ml", "drug in 1 mL", "strength", "mg % is mg in 100 mL", "mg/mL")
        s.row("mg", "drug", "per_ml * volume", "each mL the same", "mg")
        s.slip(
            "per_ml",
            ("tenfold", "strength * 10"),
            ("percent of wrong whole", "strength * 1000"),
            ("percent of wrong whole", "strength * 100"),
        )
        s.slip("mg", ("tenfold", "per_ml * volume / 10"), ("inverted", "volume / per_ml"))
        return s.asks("How many mg of drug does it hold?").worked(
            "strength", "drug", strength=strength.text, whole=volume.text)  # fmt: skip
    strength = s.give(
        "strength", "strength", ppm(Fraction(draw.pick((2, 4, 5, 8, 15, 25, 40, 60))), "w/v")
    )
    size = of(draw.pick((500, 750, 1000, 1500, 2000)), "mL")
    volume = s.give("volume", "volume", size.to("L"))
    s.tell(f"A solution has {strength.text} of a drug. {volume.text} is made.")
    s.row("ml", "volume in mL", "volume", "1 L is 1,000 mL", "mL")
    return _traces_further(s, draw, level)


def _traces_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    s.row(
        "per_ml",
        "drug in 1 mL",
        "strength",
        "1 ppm w/v is 1 g in 1,000,000 mL, so 1 mcg in 1 mL",
        "mcg/mL",
    )
    s.row("mcg", "drug", "per_ml * ml", "each mL the same", "mcg")
    s.row("mg", "drug in mg", "mcg", "1,000 mcg are 1 mg", "mg")
    s.slip("mg", ("thousandfold", "mcg * 1000"))
    s.slip("per_ml", ("tenfold", "strength * 10"), ("percent of wrong whole", "strength * 10000"))
    s.slip("ml", ("tenfold", "volume / 10"))
    if level == 2:
        return s.asks("How many mg of drug does it hold?").worked(
            "strength", "drug", strength=s['strength'].text, whole=s['volume'].text)  # fmt: skip
    stock = s.count("stock", "stock", draw.pick((3, 6, 7, 12, 15)), "mg/mL")
    s.tell(f"It is made from a stock of {stock.text}.")
    s.row("take", "stock to take", "mg / stock", "what the strength of the stock means", "mL")
    s.slip("take", ("inverted", "stock / mg"), ("tenfold", "mg / stock * 10"))
    if level > 3:
        flask = s.count("flask", "flask of stock", draw.pick((50, 100, 200)), "mL")
        s.tell(f"The stock stands in a flask of {flask.text}.")
        s.slip("take", ("not needed", "flask - mg / stock"))
    return s.asks("How many mL of the stock are made up to volume?", TENTH_ML).worked(
        "dilute", "stock_volume", stock_strength=stock.amount, final_strength=s['strength'].amount,
        final_volume=s['volume'].amount.to("mL"))  # fmt: skip


TRACES = Family("ppm-and-mg-percent", "mg % and parts per million", "strength", (2, 3, 4, 4),
                _traces)  # fmt: skip


def _reduce(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw one ingredient of a formula for less; in other units; with an excess; beside others."""
    s = Sheet()
    makes = s.give("makes", "the formula makes", of(1, "L") if level == 2 else of(1000, "mL"))
    wanted = s.count("wanted", "wanted", draw.pick((120, 150, 180, 240, 350, 400)), "mL")
    drug = s.count("drug", "drug in the formula", draw.pick((15, 20, 25, 40, 60, 80)), "g")
    s.tell(f"A formula takes {drug.text} of a drug and makes {makes.text}. You make {wanted.text}.")
    made = "wanted"
    if level > 2:
        excess = s.give("excess", "excess", share(Fraction(draw.pick((4, 5, 6, 8)), 100)))
        s.tell(f"What sticks to the vessel is allowed for: {excess.text} more is made.")
        s.row("made", "made in all", "wanted * (1 + excess)", "the excess comes on top")
        s.slip("made", ("percent of wrong whole", "wanted * excess"), ("tenfold",
               "wanted * (1 + excess) * 10"))  # fmt: skip
        made = "made"
    if level > 3:
        sugar = s.count("sugar", "sugar in the formula", draw.pick((300, 450, 650)), "g")
        s.tell(f"The formula also has {sugar.text} of sugar.")
    if level == 2:
        s.row("ml", "the formula makes, in mL", "makes", "1 L is 1,000 mL", "mL")
        s.slip("ml", ("not converted", "makes"), ("tenfold", "makes / 10"))
    s.row("factor", "factor", f"{made} / {'ml' if level == 2 else 'makes'}",
          "every ingredient keeps its share")  # fmt: skip
    s.row("take", "drug to take", "drug * factor", "each ingredient times the factor")
    if level > 3:
        s.slip("take", ("not needed", "sugar * factor"))
    s.slip("factor", ("inverted", f"{'ml' if level == 2 else 'makes'} / {made}"),
           ("tenfold", f"{made} / {'ml' if level == 2 else 'makes'} * 10"))  # fmt: skip
    s.slip("take", ("wrong direction", "drug / factor / factor"), ("tenfold", "drug * factor / 10"),
           ("diluent for total", "drug - drug * factor"))  # fmt: skip
    return s.asks("How many g of the drug do you take?", TENTH_G if level < 3 else
                  of("0.01", "g")).worked()  # fmt: skip


REDUCE = Family("reduce-formula", "Reducing a formula", "liquids", (2, 2, 3, 4), _reduce)
FAMILIES = (SOLUTION, OINTMENT, RATIO, TRACES, REDUCE)
