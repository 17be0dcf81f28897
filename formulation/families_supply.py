"""Questions on supply: days, quantities, directions, and each dose against all of them."""

from __future__ import annotations

from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.units import Quantity

DAY = of(1, "day")


def _days(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the days that tablets last; mL from L; drops; drops with some of the bottle wasted."""
    s = Sheet()
    s.count("daily", "doses a day", draw.pick((2, 3, 4)), "dose/day")
    if level > 2:
        return _drops(s, draw, level)
    if level == 1:
        s.count("each", "one dose", draw.pick((1, 2)), "tab/dose")
        s.count("stock", "dispensed", draw.pick((40, 50, 60, 84, 90, 100)), "tab")
    else:
        s.count("each", "one dose", draw.pick(("2.5", "5", "7.5", "10")), "mL/dose")
        size = of(draw.pick((120, 150, 200, 240, 250)), "mL")
        s.give("stock", "dispensed", size.to("L"))
        s.row("ml", "dispensed, in mL", "stock", "1 L is 1,000 mL", "mL")
        s.slip("ml", ("tenfold", "stock / 10"))
    verb = "are" if level == 1 else "is"
    s.tell(f"{s['stock'].text} {verb} dispensed: {s['each'].text}, {s['daily'].text}.")
    s.row("day", "used in one day", "each * daily", "each day the same")
    s.slip("day", ("per day for per dose", "each"), ("step left out", "daily"))
    return _lasts(s, level, "stock" if level == 1 else "ml", s["stock"].amount)


def _drops(s: Sheet, draw: Draw, level: int) -> Drawn:
    per_ml = s.count("per_ml", "drops in 1 mL", draw.pick((15, 18, 20)), "drop/mL")
    stock = s.count("stock", "bottle", draw.pick(("2.5", "5", "10", "15")), "mL")
    each = s.count("each", "one dose", draw.pick((1, 2, 3, 4)), "drop/dose")
    s.tell(f"A bottle of {stock.text} is dispensed: {each.text}, {s['daily'].text}. The dropper "
           f"gives {per_ml.text}.")  # fmt: skip
    s.row("drops", "drops in the bottle", "stock * per_ml", "what the dropper gives")
    s.slip("drops", ("inverted", "stock / per_ml"), ("step left out", "stock"))
    day = "each * daily"
    if level > 3:
        lost = s.count("lost", "drops wasted in one day", draw.pick((1, 2)), "drop/day")
        strength = s.count("strength", "strength", draw.pick((5, 10)), "mg/mL")
        s.tell(f"The label says {strength.text}. {lost.text} is wasted.")
        s.slip("day", ("step left out", day))
        day = f"{day} + lost"
    s.row("day", "used in one day", day, "each day the same")
    s.slip("day", ("per day for per dose", "each"))
    return _lasts(s, level, "drops", stock.amount * per_ml.amount)


def _lasts(s: Sheet, level: int, whole: str, size: Quantity) -> Drawn:
    s.row("days", "days", f"{whole} / day", "what there is, over what a day takes")
    s.slip("days", ("rounded wrong way", f"ceil({whole} / day)"),
           ("tenfold", f"{whole} / day * 10"), ("inverted", f"day / {whole}"))  # fmt: skip
    asked = s.asks("How many whole days does it last?", DAY, "down")
    if level > 3:
        return asked.worked()
    daily, each = s["daily"].amount, s["each"].amount
    return asked.worked("dose", "days", quantity=size, amount_per_dose=each, doses_per_day=daily)


DAYS = Family("days-supply", "How many days it lasts", "doses", (2, 3, 3, 4), _days)


def _quantity(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw what to dispense: mL; mL from mg; for a dose that is lowered; in whole bottles."""
    s = Sheet()
    daily = s.count("daily", "doses a day", draw.pick((2, 3, 4)), "dose/day")
    days = s.count("days", "days", draw.pick((5, 7, 10, 14)), "day")
    ml = of(draw.pick(("2.5", "4", "5", "7.5", "10")), "mL/dose")
    if level == 1:
        each = s.give("each", "one dose", ml)
        s.tell(f"{each.text}, {daily.text}, is prescribed for {days.text}.")
    else:
        label = s.count("label", "strength", draw.pick((4, 6, 10, 20)), "mg/mL")
        dose = s.give("dose", "one dose in mg", (ml * label.amount).to("mg/dose"))
        s.tell(f"{dose.text}, {daily.text}, is prescribed for {days.text} as a liquid of "
               f"{label.text}.")  # fmt: skip
        s.row("each", "one dose in mL", "dose / label", "what the strength means")
        s.slip("each", ("inverted", "label / dose"), ("tenfold", "dose / label * 10"))
    s.row("doses", "doses", "daily * days", "each day the same")
    s.row("first", "quantity" if level < 3 else "quantity for these days", "each * doses",
          "each dose the same")  # fmt: skip
    s.slip("doses", ("per day for per dose", "days"), ("step left out", "daily"))
    s.slip("first", ("each for total", "each"), ("tenfold", "each * doses * 10"),
           ("tenfold", "each * doses / 10"))  # fmt: skip
    if level < 3:
        return s.asks("How many mL are dispensed?", of(1, "mL")).worked(
            "dose", "quantity", amount_per_dose=ml, doses_per_day=daily.amount,
            days=days.amount)  # fmt: skip
    after = s.count("after", "days at half the dose", draw.pick((4, 6, 8)), "day")
    s.tell(f"Then half of each dose is taken as often for {after.text} more.")
    s.row("second", "quantity at half the dose", "each / 2 * daily * after", "half of each dose")
    s.row("all", "quantity in all", "first + second", "both together")
    s.slip("second", ("step left out", "each * daily * after"))
    s.slip("all", ("step left out", "first"))
    if level == 3:
        return s.asks("How many mL are dispensed in all?", of(1, "mL")).worked()
    bottle = s.count("bottle", "one bottle", draw.pick((60, 100, 120)), "mL")
    weight = s.count("kg", "body weight", draw.whole(14, 38, 3), "kg_bw")
    s.tell(f"The patient weighs {weight.text}. The liquid comes in bottles of {bottle.text}.")
    s.row("bottles", "bottles", "all / bottle", "what one bottle holds")
    s.slip("bottles", ("rounded wrong way", "floor(all / bottle)"))
    return s.asks("How many whole bottles are dispensed?", of(1), "up").worked()


QUANTITY = Family("quantity", "How much to dispense", "doses", (2, 3, 4, 5), _quantity)


def _each(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw each for all: "make such doses" or "divide into"; in g; two drugs; with the capsule."""
    s = Sheet()
    count = s.count("count", "doses", draw.pick((10, 12, 14, 20, 24, 30)), "dose")
    each = of(draw.pick((15, 20, 25, 40, 50, 60)), "mg/dose")
    total = (each * count.amount).to("mg")
    if draw.pick((True, False)):
        return _divided(s, draw, level, total)
    drug = s.give("drug", "drug written", each)
    s.tell(f"A prescription for powders of a drug says: {drug.text}; make {count.text} like this.")
    s.row("all", "drug in all", "drug * count", "the amount written is for each of them")
    s.slip("all", ("each for total", "drug"), ("wrong direction", "drug / count"),
           ("tenfold", "drug * count * 10"), ("tenfold", "drug * count / 10"))  # fmt: skip
    if level > 2:
        return _filled_up(s, draw, level, "all")
    if level == 2:
        s.row("grams", "drug in g", "all", "1,000 mg are 1 g", "g")
        s.slip("grams", ("thousandfold", "all * 1000"), ("tenfold", "all * 10"))
    return s.asks("How much drug is weighed for all of them?").worked(
        "dose", "total_drug", doses=count.amount, dose=each
    )


def _divided(s: Sheet, draw: Draw, level: int, total: Quantity) -> Drawn:
    drug = s.give("drug", "drug written", total.to("g") if level > 1 else total)
    into = s["count"].text
    s.tell(f"A prescription for powders of a drug says: mix {drug.text} and divide into {into}.")
    name = "drug"
    if level > 1:
        s.row("mg", "drug in mg", "drug", "1 g is 1,000 mg", "mg")
        s.slip("mg", ("not converted", "drug"), ("tenfold", "drug * 10"))
        name = "mg"
    if level > 2:
        s.slip("mg", ("each for total", "drug * count"))
        return _filled_up(s, draw, level, "mg")
    s.row("one", "drug in one dose", f"{name} / count", "the amount written is for all of them")
    s.slip("one", ("each for total", name), ("inverted", f"count / {name}"),
           ("tenfold", f"{name} / count * 10"), ("tenfold", f"{name} / count / 10"))  # fmt: skip
    return s.asks("How much drug does one dose hold?").worked(
        "dose", "dose", doses=s["count"].amount, total_drug=total
    )


def _filled_up(s: Sheet, draw: Draw, level: int, drug: str) -> Drawn:
    filler = s.count("filler", "filler in one dose", draw.pick((110, 150, 180)), "mg/dose")
    s.tell(f"Each dose is made up with {filler.each} of a filler.")
    s.row("filled", "filler in all", "filler * count", "each dose the same", "mg")
    s.row("powder", "powder in all", f"{drug} + filled", "drug and filler")
    s.slip("filled", ("each for total", "filler"), ("tenfold", "filler * count / 10"))
    s.slip("powder", ("diluent for total", "filled"), ("step left out", drug))
    made = "powder"
    if level > 3:
        extra = s.count("extra", "doses made beyond", draw.pick((1, 2, 3)), "dose")
        paper = s.count("paper", "weight of one paper", draw.pick((380, 450)), "mg")
        s.tell(f"Powder for {extra.text} more is mixed. A paper weighs {paper.text}.")
        more = "powder * (count + extra) / count"
        s.row("made", "powder with the excess", more, "each dose the same")
        s.slip("made", ("excess forgotten", "powder"), ("not needed", "powder + paper"))
        made = "made"
    s.row("grams", "that in g", made, "1,000 mg are 1 g", "g")
    s.slip("grams", ("tenfold", f"{made} * 10"))
    return s.asks("How many g of powder are mixed?", of("0.01", "g")).worked()


EACH = Family("each-or-all", "For each dose, or for all of them", "doses", (2, 2, 3, 4), _each,
              single=(1,))  # fmt: skip


def _sig(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a direction: times a day; every so many hours; capsules with refills; some at hand."""
    s = Sheet()
    days = s.count("days", "days", draw.pick((5, 7, 10, 14, 21)), "day")
    times = draw.pick((2, 3, 4))
    often = {2: "twice", 3: "three times", 4: "four times"}[times] + " a day"
    if level > 1:
        s.count("every", "hours between doses", 24 // times, "hour/dose")
        s.count("whole", "hours in a day", 24, "hour/day")
        often = f"every {24 // times} hours"
    else:
        s.count("daily", "doses a day", times, "dose/day")
    unit = "mL" if level < 3 else "cap"
    each = s.count("each", "one dose", draw.pick(("2.5", "5", "7.5", "10")) if level < 3 else
                   draw.pick((1, 2)), f"{unit}/dose")  # fmt: skip
    amount = f"{each.text.removesuffix(' per dose')}".replace("mL/dose", "mL")
    sig = f"take {amount} by mouth {often} for {days.text}"
    s.tell(f"The directions are: {sig}.")
    if level > 1:
        s.row("daily", "doses a day", "whole / every", "24 hours in a day")
        s.slip("daily", ("inverted", "every / whole"), ("step left out", "every"))
    s.row("doses", "doses", "daily * days", "each day the same")
    s.row("quantity", "quantity", "each * doses", "each dose the same")
    return _sig_further(s, draw, level, sig)


def _sig_further(s: Sheet, draw: Draw, level: int, sig: str) -> Drawn:
    s.slip("doses", ("per day for per dose", "days"))
    s.slip("quantity", ("each for total", "each"), ("tenfold", "each * doses * 10"),
           ("step left out", "doses"))  # fmt: skip
    if level < 3:
        return s.asks("How many mL are dispensed?", of("0.1", "mL")).worked(
            "sig", "quantity", sig=sig
        )
    refills = s.count("refills", "refills", draw.pick((1, 2, 3)))
    s.tell(f"It may be refilled {refills.text} time{'s' if refills.text != '1' else ''}.")
    s.row(
        "all", "quantity of all fills", "quantity * (1 + refills)", "the first fill and its refills"
    )
    s.slip("all", ("step left out", "quantity"), ("step left out", "quantity * refills"))
    if level == 3:
        return s.asks("How many capsules are that with all refills?", of(1, "cap")).worked(
            "sig", "all_fills", sig=sig, fills=str(refills.amount.magnitude + 1))  # fmt: skip
    home = s.count("home", "left at home", draw.pick((4, 6, 9)), "cap")
    mg = s.count("mg", "one capsule", draw.pick((100, 250)), "mg/cap")
    s.tell(f"A capsule holds {mg.each}. {home.text} of the last supply are still at home and are "
           "taken first.")  # fmt: skip
    s.row("needed", "capsules to make", "all - home", "what is at home is not made again")
    s.slip("needed", ("step left out", "all"), ("wrong direction", "all + home"))
    return s.asks("How many capsules are still to be made for all fills?", of(1, "cap")).worked()


SIG = Family("directions", "From directions to a quantity", "doses", (2, 2, 3, 4), _sig)
FAMILIES = (DAYS, QUANTITY, EACH, SIG)
