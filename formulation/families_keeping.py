"""Questions on dates and costs: batches within a date, Q10, prices, whole packs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from formulation.amounts import share
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course

CENT = of("0.01", "USD")
# At level 4 the days for use are whole weeks, so that a batch is a whole number of doses.
LIMITS = {False: (14, 30, 35, 60, 90), True: (24, 30, 31, 45, 60, 90)}


def _batches(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the batches for a course: days over a limit; less some days; from doses; capsules."""
    s = Sheet()
    limit = s.count("limit", "days it may be kept", draw.pick(LIMITS[level > 3]), "day")
    if level < 3:
        days = s.count("days", "days of treatment", draw.pick((80, 100, 120, 150, 200)), "day")
        s.tell(f"A preparation may be kept for {limit.text}. It is needed for {days.text}.")
        whole = "limit"
        if level == 2:
            start = s.count("wait", "days until it is handed over", draw.pick((2, 3, 4)), "day")
            s.tell(f"It is handed over {start.text} after it was made.")
            s.row("use", "days for use", "limit - wait", "the days count from the day of making")
            s.slip("use", ("step left out", "limit"), ("wrong direction", "limit + wait"))
            whole = "use"
        s.row("batches", "batches", f"days / {whole}", "no batch may be used beyond its date")
        s.slip(
            "batches",
            ("rounded wrong way", f"floor(days / {whole})"),
            ("inverted", f"{whole} / days"),
            ("tenfold", f"days / {whole} * 10"),
        )
        return s.asks("How many batches have to be made?", of(1), "up").worked()
    doses = s.count("doses", "doses", draw.pick((40, 60, 90, 120)), "dose")
    weekly = s.count("weekly", "doses in a week", draw.pick((2, 3, 5)), "dose/week")
    late = int(limit.amount.magnitude) % 7 if level > 3 else draw.pick((2, 3, 4))
    wait = s.count("wait", "days until it is handed over", late, "day")
    s.tell(
        f"{doses.text} are prescribed, {weekly.text}. The preparation may be kept for {limit.text} "
        f"and is handed over {wait.text} after it was made."
    )
    return _batches_further(s, draw, level)


def _batches_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    s.row("days", "days of treatment", "doses / weekly", "a week has 7 days", "day")
    s.row("use", "days for use", "limit - wait", "the days count from the day of making")
    s.row("batches", "batches", "days / use", "no batch may be used beyond its date")
    s.slip("days", ("not converted", "doses / weekly"), ("inverted", "weekly / doses"))
    s.slip("use", ("step left out", "limit"), ("wrong direction", "limit + wait"))
    s.slip("batches", ("rounded wrong way", "floor(days / use)"), ("tenfold", "days / use * 10"))
    if level > 3:
        each = s.count("each", "capsules for one dose", draw.pick((2, 3)), "cap/dose")
        price = s.count("price", "filler in one capsule", draw.pick((120, 180)), "mg")
        s.tell(
            f"{each.text} are taken, with {price.text} of filler in each capsule. Every batch "
            "is of the same size, in whole doses."
        )
        s.row("whole", "whole batches", "ceil(batches)", "no batch is made in part")
        s.row("share", "doses in one batch", "ceil(doses / whole)", "no dose is split", "dose")
        s.row("caps", "capsules in one batch", "share * each", "each dose the same")
        s.slip("caps", ("each for total", "doses * each"), ("step left out", "share"))
        s.slip("whole", ("rounded wrong way", "floor(batches)"), ("tenfold", "ceil(batches) * 10"))
        s.slip("share", ("not made whole", "doses / whole"))
        return s.asks(
            "How many capsules are in one batch, at the least?", of(1, "cap"), "up"
        ).worked()
    return s.asks("How many batches have to be made?", of(1), "up").worked()


BATCHES = Family("batches", "Batches within a date", "dates", (1, 2, 3, 5), _batches, single=(1,))


def _q10(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a Q10 estimate: ten degrees warmer; in hours; twenty degrees; with time used up."""
    s = Sheet()
    time = s.count("time", "time in the refrigerator", draw.pick((30, 45, 60, 90, 120)), "day")
    factor = s.count("factor", "Q10", draw.pick(("2", "3", "2.5", "4")))
    cold = s.count("cold", "refrigerator", 5, "degC")
    warm = s.count("warm", "the warmer place", 15 if level < 3 else 25, "degC")
    tens = "factor" if level < 3 else "factor * factor"
    s.tell(
        f"A loss that takes {time.text} at {cold.text} is estimated at {warm.text} with a Q10 of "
        f"{factor.text}. The estimate supports no beyond-use date."
    )
    if level > 2:
        s.row("fold", "times as fast", tens, "Q10 once for each 10 degrees")
        s.slip("fold", ("step left out", "factor"), ("wrong power", "factor + factor"))
    return _q10_further(s, draw, level)


def _q10_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    spent = "time"
    if level > 3:
        used = s.count("used", "already in the refrigerator", draw.pick((6, 9, 12)), "day")
        volume = s.count("volume", "volume", draw.pick((100, 150)), "mL")
        s.tell(f"{volume.text} of it has already stood in the refrigerator for {used.text}.")
        s.row(
            "rest",
            "time that is left at the lower temperature",
            "time - used",
            "what has passed is spent",
        )
        s.slip("rest", ("step left out", "time"), ("diluent for total", "used"))
        spent = "rest"
    fold = "factor" if level < 3 else "fold"
    s.row("days", "estimated time", f"{spent} / {fold}", "so many times as fast, so much shorter")
    s.slip(
        "days",
        ("wrong direction", f"{spent} * {fold}"),
        ("tenfold", f"{spent} / {fold} * 10"),
        ("wrong power", f"{spent} / {fold} / {fold}"),
        ("inverted", f"{fold} / {spent}"),
    )
    if level == 2:
        s.row("hours", "that in hours", "days", "a day has 24 hours", "hour")
        s.slip("hours", ("wrong direction", "days / 24 / 24"), ("not converted", "days"))
    asked = s.asks(f"How many {'hours' if level == 2 else 'days'} is the estimate?",
                   of("0.1", "day") if level != 2 else of(1, "hour"))  # fmt: skip
    left = s["time"].amount - used.amount if level > 3 else s["time"].amount
    return asked.worked(
        "q10",
        "new_time",
        time=left,
        q10=s["factor"].text,
        old_temperature=s["cold"].amount,
        new_temperature=s["warm"].amount,
    )


Q10 = Family("q10-estimate", "A Q10 estimate", "dates", (2, 2, 3, 4), _q10, single=(1,))


def _price(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a price: markup; and a fee; for a number of units; a margin instead, with waste."""
    s = Sheet()
    markup = s.give(
        "markup", "markup on the cost", share(Fraction(draw.pick((12, 15, 20, 30)), 100))
    )
    if level < 3:
        cost = s.give("cost", "cost", of(draw.among("12", "60", "1.5"), "USD"))
        s.tell(f"What is sold cost {cost.text}. The markup is {markup.text} of the cost.")
        bought, values = "cost", {"cost": cost.amount}
    else:
        each = s.give("each", "cost of one", of(draw.among("0.4", "2.8", "0.15"), "USD/cap"))
        count = s.count("count", "capsules", draw.pick((20, 30, 45, 60)), "cap")
        s.tell(f"{count.text} cost {each.text}. The markup is {markup.text} of the cost.")
        s.row("bought", "cost of all", "each * count", "each the same", "USD")
        s.slip("bought", ("each for total", "each"), ("tenfold", "each * count * 10"))
        bought, values = "bought", {"cost": each.amount * count.amount}
    s.row("added", "markup", f"{bought} * markup", "a share of the cost")
    s.row("marked", "cost with markup", f"{bought} + added", "it comes on top")
    s.slip("added", ("tenfold", f"{bought} * markup * 10"))
    s.slip("marked", ("step left out", "added"), ("markup for margin", f"{bought} / (1 - markup)"),
           ("wrong direction", f"{bought} - added"))  # fmt: skip
    return _price_further(s, draw, level, bought, values)


def _price_further(s: Sheet, draw: Draw, level: int, bought: str, values: dict[str, Any]) -> Drawn:
    if level > 1:
        fee = s.give("fee", "fee", of(draw.among("6", "15", "0.75"), "USD"))
        s.tell(f"A fee of {fee.text} is added.")
        s.row("price", "price", "marked + fee", "the fee stands on top")
        s.slip(
            "price",
            ("step left out", "marked"),
            ("percent of wrong whole", f"({bought} + fee) * (1 + markup)"),
            ("wrong direction", "marked - fee"),
        )
        values["fee"] = fee.amount
    if level < 4:
        return s.asks("What is the price?", CENT).worked(
            "price", "price", markup=s["markup"].text, **values
        )
    paid = s.give("paid", "paid by an insurance", share(Fraction(draw.pick((50, 60, 75)), 100)))
    old = s.give("old", "price last year", of(draw.among("40", "75", "5"), "USD"))
    s.tell(f"Last year it was sold at {old.text}. An insurance pays {paid.text} of the price.")
    s.row("part", "the patient's part", "1 - paid", "what is not paid by it", "%")
    s.row("own", "the patient pays", "price * part", "that share of the price")
    s.slip(
        "own",
        ("step left out", "price"),
        ("diluent for total", "price * paid"),
        ("not needed", "old * part"),
    )
    return s.asks("How much does the patient pay?", CENT).worked()


PRICE = Family("price", "Markup and fee", "costs", (2, 2, 3, 4), _price)


def _packs(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw a cost: of the units used; per dose; in whole packs; what is left of the last pack."""
    s = Sheet()
    pack = s.count("pack", "units in a pack", draw.pick((20, 30, 50, 60)), "cap")
    price = s.give("price", "price of a pack", of(draw.pick((18, 36, 45, 72, 90, 150)), "USD"))
    need = s.count("need", "units needed", draw.pick((8, 14, 25, 33, 44)) + 30 * (level > 2) *
                   draw.pick((1, 2, 3)), "cap")  # fmt: skip
    s.tell(f"Packs of {pack.text} cost {price.text}. {need.text} are needed.")
    if level < 3:
        s.row(
            "each", "cost of one", "price / pack", "the price of a pack is for all in it", "USD/cap"
        )
        s.row("cost", "cost of what is used", "each * need", "each the same", "USD")
        s.slip("each", ("inverted", "pack / price"), ("tenfold", "price / pack * 10"),
               ("step left out", "price"))  # fmt: skip
        s.slip("cost", ("each for total", "each"), ("tenfold", "each * need / 10"))
        if level == 1:
            return s.asks("What do those that are used cost?", CENT).worked()
        doses = s.count("doses", "doses made", draw.pick((10, 12, 20, 24)), "dose")
        s.tell(f"{doses.text} are made of them.")
        s.row("dose", "cost of one dose", "cost / doses", "shared among the doses", "USD/dose")
        s.slip("dose", ("step left out", "cost"), ("wrong direction", "cost * doses"))
        return s.asks("What does one dose cost?", of("0.01", "USD/dose")).worked()
    return _packs_further(s, draw, level)


def _packs_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    s.row("packs", "packs", "need / pack", "only whole packs are sold")
    s.row("whole", "whole packs", "ceil(packs)", "none is sold in part")
    s.row("paid", "paid for them", "price * whole", "each pack the same", "USD")
    s.slip(
        "whole",
        ("rounded wrong way", "floor(packs)"),
        ("not made whole", "packs"),
        ("tenfold", "packs * 10"),
    )
    s.slip("paid", ("each for total", "price"), ("tenfold", "price * whole * 10"))
    if level == 3:
        return s.asks("Only whole packs are sold. What is paid?", CENT).worked()
    shell = s.give("shell", "an empty shell", of(draw.among("0.04", "0.12", "0.02"), "USD"))
    fee = s.give("fee", "delivery", of(draw.among("4", "9", "0.5"), "USD"))
    s.tell(f"Delivery costs {fee.text}, whatever is ordered; an empty shell on the shelf "
           f"{shell.text}. Only whole packs are sold.")  # fmt: skip
    s.row("all", "paid in all", "paid + fee", "delivery comes on top")
    s.slip("all", ("step left out", "paid"), ("each for total", "paid + fee * whole"))
    return s.asks("What is paid for the order?", CENT).worked()


PACKS = Family("whole-packs", "Whole packs", "costs", (2, 3, 3, 4), _packs)
FAMILIES = (BATCHES, Q10, PRICE, PACKS)
