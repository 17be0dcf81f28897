"""Questions on dilution and alligation: how much stock, how much diluent, what strength."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import percent, ratio
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.units import Quantity

TENTH_ML = of("0.1", "mL")


def _stock(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a stock in %; to L; to mg/mL; for a number of bottles, from a bottle of stock."""
    s = Sheet()
    number = Fraction(draw.pick((10, 20, 25, 40, 50) if level < 3 else (14, 17, 35, 45)))
    stock = s.give("stock", "strength of the stock", percent(number, "w/v"))
    size = of(draw.pick((100, 120, 200, 250, 500)), "mL")
    times = draw.pick((4, 5, 8, 10, 20, 25, 40))
    if level < 3:
        weak = s.give("weak", "strength wanted", percent(number / times, "w/v"))
        volume = s.give("volume", "final volume", size.to("L") if level > 1 else size)
    else:
        weak = s.count("weak", "strength wanted", draw.among("4", "24", "4"), "mg/mL")
        volume = s.give("volume", "final volume", size)
    s.tell(f"You have a solution of {stock.text} and make {volume.text} of {weak.text}.")
    whole = "volume"
    if level == 2:
        s.row("ml", "final volume in mL", "volume", "1 L is 1,000 mL", "mL")
        s.slip("ml", ("not converted", "volume"))
        whole = "ml"
    if level > 3:
        bottles = s.count("bottles", "bottles", draw.pick((2, 3, 4)))
        flask = s.count("flask", "bottle of stock", draw.pick((400, 600)), "mL")
        s.tell(f"That is for one bottle; {bottles.text} bottles are filled. The stock comes in "
               f"bottles of {flask.text}.")  # fmt: skip
        s.row("all", "volume in all", "volume * bottles", "each bottle the same")
        s.slip("all", ("each for total", "volume"))
        whole = "all"
    return _stock_further(s, level, size, whole)


def _stock_further(s: Sheet, level: int, size: Quantity, whole: str) -> Drawn:
    if level > 2:
        s.row(
            "strong", "strength of the stock in mg/mL", "stock", "1 % w/v is 10 mg in 1 mL", "mg/mL"
        )
        s.slip("strong", ("tenfold", "stock / 10"))
    strong = "strong" if level > 2 else "stock"
    s.row("part", "part of the stock", f"weak / {strong}", "the drug is that of the stock taken")
    s.row("take", "stock to take", f"{whole} * part", "the rest is diluent")
    s.slip(
        "part", ("inverted", f"{strong} / weak"), ("added not made up", f"weak / ({strong} - weak)")
    )
    s.slip("take", ("diluent for total", f"{whole} - {whole} * part"),
           ("tenfold", f"{whole} * part * 10"))  # fmt: skip
    if level > 3:
        s.slip("take", ("not needed", "flask * part"))
    volume_made = size * (s["bottles"].amount.magnitude if level > 3 else 1)
    return s.asks("How many mL of the stock do you take and make up to volume?", TENTH_ML).worked(
        "dilute", "stock_volume", stock_strength=s['stock'].text, final_strength=s['weak'].amount,
        final_volume=volume_made)  # fmt: skip


STOCK = Family("stock-to-take", "How much stock to take", "dilution", (2, 3, 4, 5), _stock)


def _diluent(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the diluent for all of a stock: in %; from L; to a ratio; of what is left."""
    s = Sheet()
    number = Fraction(draw.pick((10, 20, 25, 40, 50) if level < 3 else (2, 3, 6, 7)))
    stock = s.give("stock", "strength of the stock", percent(number, "w/v"))
    size = of(draw.pick((20, 25, 40, 50, 60, 75)), "mL")
    volume = s.give("volume", "stock", size.to("L") if level == 2 else size)
    if level < 3:
        fold = draw.pick((4, 5, 8, 10))
        weak = s.give("weak", "strength wanted", percent(number / fold, "w/v"))
    else:
        weak = s.give(
            "weak", "strength wanted", ratio(Fraction(draw.pick((150, 200, 250, 400))), "w/v")
        )
    s.tell(f"{volume.text} of a solution of {stock.text} is diluted to {weak.text}.")
    whole = "volume"
    if level == 2:
        s.row("ml", "stock in mL", "volume", "1 L is 1,000 mL", "mL")
        s.slip("ml", ("not converted", "volume"))
        whole = "ml"
    if level > 3:
        spilled = s.count("spilled", "spilled", draw.pick((4, 6, 8, 9)), "mL")
        room = s.count("room", "room in the bottle", draw.pick((1000, 2500)), "mL")
        s.tell(
            f"Before that {spilled.text} of the solution was spilled. The bottle takes {room.text}."
        )
        s.row("left", "stock left", "volume - spilled", "what is spilled is gone")
        s.slip("left", ("step left out", "volume"))
        whole = "left"
    return _diluent_further(s, level, size, whole)


def _diluent_further(s: Sheet, level: int, size: Quantity, whole: str) -> Drawn:
    s.row("fold", "times as much", "stock / weak", "so many times weaker, so many times as much")
    s.row("final", "final volume", f"{whole} * fold", "the drug stays the same")
    s.row(
        "add",
        "diluent to add",
        f"final - {whole}",
        "stock and diluent together are the final volume",
    )
    s.slip("add", ("diluent for total", "final"), ("tenfold", f"(final - {whole}) / 10"))
    s.slip("fold", ("tenfold", "stock / weak * 10"), ("wrong direction", "stock / weak + 1"))
    if level > 3:
        s.slip("add", ("not needed", f"room - {whole}"))
    taken = size - s["spilled"].amount if level > 3 else size
    return s.asks(
        "How many mL of diluent are added (volumes taken as adding up)?", TENTH_ML
    ).worked(
        "dilute",
        "diluent",
        stock_strength=s["stock"].text,
        final_strength=s["weak"].amount,
        stock_volume=taken,
    )


DILUENT = Family("diluent-to-add", "How much diluent to add", "dilution", (2, 3, 4, 5), _diluent)


def _final(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the strength after dilution: made up to; added to; in mcg/mL; in two portions."""
    s = Sheet()
    stock = s.count("stock", "strength of the stock", draw.pick((10, 20, 25, 40, 50)), "mg/mL")
    part = s.count("part", "stock taken", draw.pick((4, 5, 6, 8, 12, 15)), "mL")
    other = s.count("other", "final volume" if level == 1 else "vehicle added",
                    draw.pick((50, 60, 80, 100, 120)), "mL")  # fmt: skip
    how = f"made up to {other.text}" if level == 1 else f"mixed with {other.text} of vehicle"
    s.tell(f"{part.text} of a solution of {stock.text} is {how}.")
    s.row("drug", "drug in it", "stock * part", "what the strength means", "mg")
    s.slip("drug", ("tenfold", "stock * part * 10"), ("inverted", "part / stock"))
    whole, drug = "other", "drug"
    if level > 3:
        more = s.count("more", "drug added", draw.pick((40, 60, 90, 110)), "mg")
        bottle = s.count("bottle", "bottle", draw.pick((150, 200, 250)), "mL")
        s.tell(f"{more.text} more of the drug is dissolved in it (its volume may be neglected). "
               f"The bottle takes {bottle.text}.")  # fmt: skip
        s.row("drugs", "drug in all", "drug + more", "what is added counts")
        s.slip("drugs", ("step left out", "drug"))
        drug = "drugs"
    if level > 1:
        s.row("all", "volume in all", "part + other", "volumes taken as adding up")
        s.slip("all", ("added not made up", "other"))
        whole = "all"
    return _final_further(s, level, drug, whole)


def _final_further(s: Sheet, level: int, drug: str, whole: str) -> Drawn:
    s.row(
        "strength",
        "strength of what is made",
        f"{drug} / {whole}",
        "all of the drug is in all of it",
        "mg/mL",
    )
    if level > 3:
        s.slip("strength", ("not needed", f"{drug} / bottle"))
    s.slip("strength", ("inverted", f"{whole} / {drug}"), ("tenfold", f"{drug} / {whole} * 10"))
    if level == 1:
        s.slip("strength", ("added not made up", "drug / (other + part)"))
    if level > 2:
        s.row("mcg", "that in mcg/mL", "strength", "1 mg is 1,000 mcg", "mcg/mL")
        s.slip("mcg", ("thousandfold", "strength / 1000"), ("tenfold", "strength * 10"))
    unit = "mcg/mL" if level > 2 else "mg/mL"
    asked = s.asks(f"How many {unit.partition('/')[0]} of the drug does 1 mL hold?",
                   of(1 if level > 2 else "0.01", unit))  # fmt: skip
    if level > 3:
        return asked.worked()
    volume = {"final_volume": s["other"].amount} if level == 1 else {"diluent": s["other"].amount}
    return asked.worked("dilute", "final_strength", stock_strength=s['stock'].amount,
                        stock_volume=s['part'].amount, **volume)  # fmt: skip


FINAL = Family("final-strength", "What strength a dilution has", "dilution", (2, 2, 3, 4), _final)


def _serial(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw two like steps; in mcg; three unlike steps and a dose; with a flask that is not full."""
    s = Sheet()
    start = s.count("start", "strength at the start", draw.pick((2, 4, 5, 8, 10, 20)), "mg/mL")
    take = s.count("take", "taken for the first step", draw.pick((1, 2, 5)), "mL")
    fold = draw.pick((5, 10, 20, 25))
    made = s.give("made", "made in the first step", take.amount * fold)
    s.tell(f"{take.text} of a solution of {start.text} is made up to {made.text}.")
    s.row(
        "first",
        "strength after the first step",
        "start * take / made",
        "the drug taken, in all that is made",
    )
    s.slip(
        "first",
        ("added not made up", "start * take / (made + take)"),
        ("tenfold", "start * take / made * 10"),
    )
    return _serial_further(s, draw, level, fold)


def _serial_further(s: Sheet, draw: Draw, level: int, fold: int) -> Drawn:
    if level < 3:
        s.tell(f"Of that, {s['take'].text} is made up to {s['made'].text} again.")
        s.row("second", "strength after the second step", "first * take / made", "the same again")
        s.slip("second", ("step left out", "first"), ("tenfold", "first * take / made / 10"),
               ("percent of wrong whole", "start * take / made / 2"))  # fmt: skip
    else:
        next_take = s.count("next_take", "taken for the second step", draw.pick((3, 4)), "mL")
        next_made = s.count("next_made", "made in the second step", draw.pick((25, 50, 60)), "mL")
        s.tell(f"Of that, {next_take.text} is made up to {next_made.text}.")
        s.row("second", "strength after the second step", "first * next_take / next_made",
              "the drug taken, in all that is made")  # fmt: skip
        s.slip("second", ("added not made up", "first * next_take / (next_made + next_take)"),
               ("step left out", "first"))  # fmt: skip
    if level > 1:
        s.row("mcg", "that in mcg/mL", "second", "1 mg is 1,000 mcg", "mcg/mL")
        s.slip("mcg", ("thousandfold", "second / 1000"), ("tenfold", "second * 10"))
    if level < 3:
        asked = s.asks("What is the strength after both steps?" if level == 1 else
                       "How many mcg of the drug does 1 mL hold after both steps?")  # fmt: skip
        return asked.worked("serial", "", start=s["start"].text, fold=str(fold), steps="2")
    dose = s.count("dose", "dose", draw.pick((20, 30, 35, 45, 60)), "mcg")
    s.tell(f"A dose is {dose.text}.")
    s.row("ml", "volume of the dose", "dose / mcg", "what the strength means", "mL")
    s.slip("ml", ("inverted", "mcg / dose"), ("tenfold", "dose / mcg * 10"))
    if level > 3:
        rest = s.count("rest", "drawn off for a test", draw.pick((5, 8, 10)), "mL")
        s.tell(f"{rest.text} of the last solution is drawn off for a test.")
        s.slip("second", ("not needed", "first * next_take / (next_made - rest)"))
    return s.asks("How many mL is the dose?", TENTH_ML).worked()


SERIAL = Family("serial-dilution", "Dilution in two steps", "dilution", (2, 3, 4, 5), _serial)
FAMILIES = (STOCK, DILUENT, FINAL, SERIAL)
