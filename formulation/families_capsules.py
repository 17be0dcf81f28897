"""Questions on capsules: what to open, powder for each, filler that fits, low doses."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import share
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course

CAPSULE = of(1, "cap")
WHOLE = (("cycloserine", "capsules", "cap", 250, (25, 50, 125)),
         ("lamotrigine", "tablets", "tab", 100, (2, 5, 10, 20)),
         ("baclofen", "tablets", "tab", 10, (1, 2, "2.5")))  # fmt: skip
SOURCES = (("cycloserine", "capsules", "cap", 250, (20, 25, 50, 75, 100, 125)),
           ("naltrexone", "tablets", "tab", 50, ("1.5", "3", "4.5")),
           ("lamotrigine", "tablets", "tab", 100, (2, 5, 10)),
           ("baclofen", "tablets", "tab", 10, (2, 3, 4)))  # fmt: skip


def _open(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the source units to open: a whole number; rounded up; with an excess; as bought."""
    s = Sheet()
    drug, word, unit, strength, doses = draw.pick(WHOLE if level == 1 else SOURCES)
    source = s.count("source", "one of the source", strength, f"mg/{unit}")
    amount = of(draw.pick(doses), "mg/cap")
    dose = s.give("dose", "drug in one capsule", amount.to("mcg/cap") if level == 2 and
                  amount.magnitude < 5 else amount)  # fmt: skip
    per = int(strength / amount.magnitude) if level == 1 else 1
    count = s.count("count", "capsules", per * draw.pick((3, 4, 6, 7)) if level == 1
                    else draw.pick((14, 22, 28, 33, 45)), "cap")  # fmt: skip
    s.tell(f"{count.text} with {dose.each} of {drug} each are prescribed. They are made "
           f"from {word} with {source.each} each.")  # fmt: skip
    s.row("drug", "drug in all", "dose * count", "each capsule the same", "mg")
    s.slip("drug", ("each for total", "dose"), ("tenfold", "dose * count * 10"),
           ("tenfold", "dose * count / 10"))  # fmt: skip
    need = "drug"
    if level > 2:
        excess = s.give("excess", "excess", share(Fraction(draw.pick((5, 8, 10)), 100)))
        s.tell(f"The master formula makes {excess.text} more than is dispensed.")
        s.row("mixed", "drug with the excess", "drug * (1 + excess)", "the excess comes on top")
        s.slip("mixed", ("excess forgotten", "drug"), ("percent of wrong whole", "drug * excess"))
        need = "mixed"
    s.row("opened", f"{word} to open", f"{need} / source", "what one of them holds", unit)
    s.slip(
        "opened",
        ("inverted", f"source / {need}"),
        ("one for one", "count"),
        ("rounded wrong way", f"floor({need} / source)"),
    )
    return _open_further(s, draw, level, unit, word)


def _open_further(s: Sheet, draw: Draw, level: int, unit: str, word: str) -> Drawn:
    asked = f"How many whole {word} have to be {'opened' if unit == 'cap' else 'crushed'}?"
    if level < 4:
        return s.asks(asked, of(1, unit), "up").worked(
            "dose",
            "quantity",
            total_drug=s["dose"].amount
            * s["count"].amount
            * (1 + s["excess"].amount.magnitude if level > 2 else 1),
            concentration=s["source"].amount,
        )
    weighed = s.count("weighed", "kept for the check", draw.pick((1, 2)), unit)
    price = s.count("price", "price of one", draw.pick((2, 4, 35)), f"USD/{unit}")
    s.tell(f"{weighed.text} more {'is' if weighed.amount.magnitude == 1 else 'are'} opened for an "
           f"assay and not used. The source costs {price.text}.")  # fmt: skip
    s.row("whole", f"whole {word}", "ceil(opened)", "none is opened in part")
    s.row("all", "in all", "whole + weighed", "those for the assay come on top")
    s.slip("whole", ("rounded wrong way", "floor(opened)"))
    s.slip("all", ("step left out", "whole"), ("wrong direction", "whole - weighed"))
    return s.asks(f"How many whole {word} are opened in all?", of(1, unit), "up").worked()


OPEN = Family("capsules-to-open", "How many to open", "capsules", (2, 2, 3, 4), _open)


def _pool(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the powder for a capsule: shared out; by the dose; assayed; from a pool kept back."""
    s = Sheet()
    opened = s.count("opened", "capsules opened", draw.pick((3, 4, 6, 8, 10)), "cap")
    each_mg = draw.whole(295, 345, 1)
    net = of(each_mg * opened.amount.magnitude, "mg")
    pool = s.give("pool", "powder weighed", net.to("g") if level == 2 else net)
    s.tell(f"{opened.text} are opened. Their powder weighs {pool.text} in all.")
    powder = "pool"
    if level == 2:
        s.row("mg", "powder in mg", "pool", "1 g is 1,000 mg", "mg")
        s.slip("mg", ("tenfold", "pool * 10"))
        powder = "mg"
    if level == 1:
        made = s.count(
            "made", "capsules made", opened.amount.magnitude * draw.pick((2, 4, 5)), "cap"
        )
        s.tell(f"All of it is spread evenly over {made.text} of a lower dose.")
        s.row("each", "powder in one", "pool / made", "spread evenly")
        s.slip("each", ("inverted", "made / pool"), ("tenfold", "pool / made * 10"),
               ("step left out", "pool / opened"), ("tenfold", "pool / made / 10"))  # fmt: skip
        return s.asks("How many mg of powder goes into one capsule?", of("0.1", "mg/cap")).worked()
    claim = s.count("claim", "drug in one by its label", 250, "mg/cap")
    dose = s.count("dose", "drug wanted in one", draw.pick((20, 30, 40, 60, 75)), "mg")
    s.tell(f"The label says {claim.text}. A new capsule is to hold {dose.text} of the drug.")
    s.row("one", "powder of one capsule", f"{powder} / opened", "the capsules taken as alike")
    s.slip("one", ("each for total", powder))
    return _pool_further(s, draw, level)


def _pool_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    strong = "claim"
    if level > 2:
        assay = s.give("assay", "assay", share(Fraction(draw.pick((92, 95, 104, 108)), 100)))
        s.tell(f"An assay finds {assay.text} of the label's drug in it.")
        s.row("drug", "drug in one capsule", "claim * assay", "the assay is a share of the label")
        s.slip("drug", ("wrong direction", "claim / assay"), ("loss forgotten", "claim"))
        strong = "drug"
    s.row("part", "mg of powder with 1 mg of drug", f"one / {strong}",
          "what holds the drug also holds the rest")  # fmt: skip
    s.row("take", "powder for one new capsule", "dose * part", "so many mg of drug", "mg")
    s.slip("part", ("inverted", f"{strong} / one"), ("step left out", "one / one"))
    s.slip("take", ("tenfold", "dose * part * 10"), ("tenfold", "dose * part / 10"))
    if level > 3:
        shell = s.count("shell", "empty shell", draw.pick((61, 63, 76)), "mg")
        limit = s.count("room", "room of the shell", draw.pick((300, 370)), "mg")
        s.tell(f"An empty shell weighs {shell.text} and holds up to {limit.text} of the powder.")
        s.row("shown", "capsule and powder", "shell + take", "the shell stands on the balance too")
        s.slip("shown", ("step left out", "take"), ("not needed", "room + shell"))
        return s.asks("How many mg should one filled capsule weigh?", of(1, "mg")).worked()
    return s.asks(
        "How many mg of powder are weighed for one new capsule?", of("0.1", "mg")
    ).worked()


POOL = Family("powder-for-a-dose", "Powder of opened capsules", "capsules", (2, 3, 4, 5), _pool,
              single=(1,))  # fmt: skip


def _filler(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the filler by packing: shares of a shell; from its volume; for all; on a paper."""
    s = Sheet()
    dose = s.count("powder", "drug powder in one", draw.whole(40, 140, 5), "mg/cap")
    if level == 1:
        full = s.count("full", "shell full of drug powder", draw.pick((300, 320, 400)), "mg/cap")
        room = s.count("filled", "shell full of filler", draw.pick((150, 160, 200)), "mg/cap")
        s.tell(
            f"A shell holds {full.each} of a drug powder alone, or {room.each} of a filler alone. "
            f"{dose.each} of drug powder goes in."
        )
    else:
        volume = s.count(
            "volume", "volume of the shell", draw.pick(("0.3", "0.37", "0.48")), "mL/cap"
        )
        thick = s.count(
            "thick", "packing of the drug powder", draw.pick(("0.5", "0.6", "0.75")), "g/mL"
        )
        light = s.count(
            "light", "packing of the filler", draw.pick(("0.31", "0.35", "0.4")), "g/mL"
        )
        s.tell(
            f"A shell takes {volume.each}. {dose.each} of a drug powder that packs to "
            f"{thick.text} goes in; the rest is a filler that packs to {light.text}."
        )
        s.row(
            "full", "shell full of drug powder", "volume * thick", "packing times volume", "mg/cap"
        )
        s.row("filled", "shell full of filler", "volume * light", "packing times volume", "mg/cap")
        s.slip("filled", ("tenfold", "volume * light * 10"), ("not converted", "volume * thick"))
    return _filler_further(s, draw, level)


def _filler_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    s.row("taken", "part of the room taken", "powder / full", "what the drug powder takes", "%")
    s.row("left", "part that is left", "1 - taken", "the whole shell is 100 %", "%")
    s.row("filler", "filler in one", "filled * left", "the rest of the room is filler")
    s.slip("taken", ("inverted", "full / powder"))
    s.slip("filler", ("masses for volumes", "filled - powder"), ("step left out", "filled * taken"),
           ("tenfold", "filled * left / 10"))  # fmt: skip
    if level < 3:
        return s.asks("How many mg of filler go into one?", of(1, "mg/cap")).worked()
    count = s.count("count", "capsules", draw.pick((12, 20, 30, 45)), "cap")
    s.tell(f"{count.text} are made.")
    s.row("all", "filler for all", "filler * count", "each capsule the same", "g")
    s.slip("all", ("each for total", "filler"), ("tenfold", "filler * count * 10"))
    if level > 3:
        paper = s.count("paper", "weighing paper", draw.pick(("0.4", "0.6", "0.8")), "g")
        shell = s.count("shell", "one shell", draw.pick((48, 61, 76)), "mg/cap")
        s.tell(
            f"The filler is weighed on a paper of {paper.text}, not tared. A shell "
            f"weighs {shell.each}."
        )
        s.row("shown", "what the balance shows", "all + paper", "the paper stands on it too")
        s.slip("shown", ("step left out", "all"), ("not needed", "all + paper + shell * count"))
        return s.asks("What does the balance show?", of("0.01", "g")).worked()
    return s.asks("How many g of filler are weighed for all?", of("0.01", "g")).worked()


FILLER = Family("filler-by-packing", "Filler that fits", "capsules", (3, 4, 5, 6), _filler)


def _sessions(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw low-dose cycloserine: capsules from one; for sessions; all made; less an assay."""
    s = Sheet()
    source = s.count("source", "one source capsule", 250, "mg/cap")
    low = s.count("low", "one new capsule", draw.pick((10, 25, 50)) if level == 1 else
                  draw.pick((30, 40, 60, 80)), "mg/cap")  # fmt: skip
    if level == 1:
        opened = s.count("opened", "capsules opened", draw.pick((2, 3, 4, 6)), "cap")
        s.tell(f"{opened.text} of cycloserine with {source.each} each are opened and "
               f"made into capsules with {low.each} each.")  # fmt: skip
        s.row("drug", "drug in all", "source * opened", "what they hold together", "mg")
        s.row("made", "new capsules", "drug / low", "each the same", "cap")
        s.slip("drug", ("each for total", "source"), ("tenfold", "source * opened * 10"))
        s.slip("made", ("inverted", "low / drug"), ("tenfold", "drug / low / 10"),
               ("step left out", "source / low"))  # fmt: skip
        return s.asks("How many new capsules does that make?", CAPSULE, "down").worked(
            "dose", "quantity", total_drug=source.amount * opened.amount, concentration=low.amount
        )
    weekly = s.count("weekly", "sessions in a week", draw.pick((2, 3, 5)), "cap/week")
    weeks = s.count("weeks", "weeks", draw.pick((2, 4, 6)), "week")
    s.tell(f"One capsule with {low.each} of cycloserine is prescribed before each session: "
           f"{weekly.text} for {weeks.text}. Capsules with {source.each} each are opened, "
           "as few as it takes.")  # fmt: skip
    s.row("count", "capsules needed", "weekly * weeks", "one for each session", "cap")
    every = "count"
    if level > 3:
        check = s.count("check", "taken for the check", draw.pick((1, 2)), "cap")
        are = "is" if check.amount.magnitude == 1 else "are"
        s.tell(f"{check.text} more {are} made for an assay and not dispensed.")
        s.row("every", "capsules to make", "count + check", "those for the assay come on top")
        s.slip("every", ("step left out", "count"))
        every = "every"
    s.row("drug", "drug needed", f"low * {every}", "each the same", "mg")
    s.row("opened", "capsules to open", "drug / source", "what one holds", "cap")
    s.slip("count", ("step left out", "weekly"), ("each for total", "weeks"))
    s.slip("opened", ("inverted", "source / drug"), ("tenfold", "drug / source * 10"),
           ("rounded wrong way", "floor(drug / source)"))  # fmt: skip
    s.slip("drug", ("tenfold", f"low * {every} / 10"))
    return _sessions_further(s, draw, level)


def _sessions_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    if level == 2:
        return s.asks("How many whole capsules have to be opened?", CAPSULE, "up").worked(
            "dose", "quantity", total_drug=s['low'].amount * s['weekly'].amount * s['weeks'].amount,
            concentration=s['source'].amount)  # fmt: skip
    s.row("whole", "whole capsules", "ceil(opened)", "none is opened in part")
    s.row(
        "made",
        "capsules that they make",
        "source * whole / low",
        "all of the powder is used",
        "cap",
    )
    s.slip("whole", ("not made whole", "opened"), ("rounded wrong way", "floor(opened)"))
    s.slip(
        "made",
        ("wrong direction", "low * whole / source"),
        ("tenfold", "source * whole / low * 10"),
    )
    if level == 3:
        return s.asks("All of the powder is made up. How many whole capsules of the low dose does "
                      "it make?", CAPSULE, "down").worked()  # fmt: skip
    net = s.count("net", "powder in one source capsule", draw.pick((310, 325)), "mg/cap")
    s.tell(f"The powder of one weighs about {net.each}.")
    s.row("left", "left to dispense", "floor(made) - check", "what is assayed is not dispensed")
    s.slip("left", ("step left out", "floor(made)"))
    s.slip("made", ("not needed", "net * whole / low"))
    return s.asks("All of the powder is made up. How many whole capsules of the low dose can be "
                  "dispensed?", CAPSULE, "down").worked()  # fmt: skip


SESSIONS = Family("low-dose-cycloserine", "Cycloserine before each session", "capsules",
                  (2, 3, 4, 5), _sessions)  # fmt: skip
FAMILIES = (OPEN, POOL, FILLER, SESSIONS)
