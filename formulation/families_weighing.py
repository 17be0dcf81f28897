"""Questions on weighing: what a balance may weigh, aliquots, how far off is allowed."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import share
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.units import Quantity

TENTH_MG = of("0.1", "mg")


def _least(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the least to weigh: by sensitivity; doses to make at once; as powder; beyond order."""
    s = Sheet()
    sensitivity = s.count(
        "sensitivity", "sensitivity requirement", draw.pick((2, 4, 5, 6, 10)), "mg"
    )
    allowed = s.give("allowed", "error allowed", share(Fraction(draw.pick((2, 4, 5)), 100)))
    s.tell(f"A balance has a sensitivity requirement of {sensitivity.text}. An error of at most "
           f"{allowed.text} is allowed.")  # fmt: skip
    s.row("least", "least weighable quantity", "sensitivity / allowed",
          "the balance may be off by its sensitivity requirement")  # fmt: skip
    s.slip(
        "least",
        ("wrong direction", "sensitivity * allowed"),
        ("tenfold", "sensitivity / allowed * 10"),
        ("tenfold", "sensitivity / allowed / 10"),
        ("step left out", "sensitivity"),
    )
    if level == 1:
        return s.asks("How many mg is the least that may be weighed?", TENTH_MG, "up").worked(
            "error", "least", sensitivity=sensitivity.amount, permitted=allowed.text)  # fmt: skip
    dose = s.count("dose", "drug in one dose", draw.pick((3, 7, 8, 12, 15)), "mg/dose")
    s.tell(
        f"Doses with {dose.each} of a drug are made, so many at once that the drug may be weighed."
    )
    return _least_further(s, draw, level)


def _least_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    need = "dose"
    if level > 2:
        assay = s.give(
            "assay", "drug in the powder", share(Fraction(draw.pick((20, 25, 40, 50)), 100))
        )
        s.tell(f"The drug is weighed as a powder with {assay.text} of it.")
        s.row(
            "powder", "powder for one dose", "dose / assay", "the drug is that share of the powder"
        )
        s.slip("powder", ("wrong direction", "dose * assay"), ("loss forgotten", "dose"))
        need = "powder"
    s.row("doses", "doses", f"least / {need}", "so many times what one dose needs", "dose")
    s.slip(
        "doses", ("inverted", f"{need} / least"), ("rounded wrong way", f"floor(least / {need})")
    )
    if level < 4:
        return s.asks("How many doses have to be made at once, at the least?", of(1, "dose"),
                      "up").worked()  # fmt: skip
    room = s.count("room", "the mortar", draw.pick((60, 120)), "mL")
    ordered = s.count("ordered", "doses ordered", draw.pick((2, 3)), "dose")
    s.tell(f"{ordered.text} are ordered. The mortar takes {room.text}.")
    s.row("more", "doses beyond the order", "ceil(doses) - ordered", "what is made and not ordered")
    s.slip("more", ("step left out", "ceil(doses)"), ("wrong direction", "ceil(doses) + ordered"))
    return s.asks("How many doses more than ordered have to be made?", of(1, "dose"), "up").worked()


LEAST = Family("least-weighable", "The least that may be weighed", "weighing", (1, 3, 4, 5), _least,
               single=(1,))  # fmt: skip


def _aliquot(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw an aliquot: the diluent; in g; from what the balance may weigh; for several doses."""
    s = Sheet()
    needed = of(draw.pick((3, 4, 5, 6, 8, 12)), "mg")
    times = int(-(-100 // needed.magnitude)) + draw.pick((0, 3, 5, 10))
    part = of(draw.pick((120, 125, 150, 200)), "mg")
    drug = "needed"
    if level == 4:
        one = s.give("one", "drug in one dose", needed / 2)
        doses = s.count("doses", "doses", 2)
        other = s.count("other", "filler in one dose", draw.pick((160, 240)), "mg")
        s.tell(
            f"{doses.text} doses of {one.text} are made; each later gets {other.text} of filler."
        )
        s.row("needed", "drug needed", "one * doses", "each dose the same")
        s.slip("needed", ("each for total", "one"))
    else:
        given = s.give("needed" if level != 2 else "small", "drug needed",
                       needed.to("mcg") if level == 2 else needed)  # fmt: skip
        s.tell(f"{given.text} of a drug is needed, too little for the balance.")
        if level == 2:
            s.row("needed", "drug needed in mg", "small", "1,000 mcg are 1 mg", "mg")
            s.slip("needed", ("tenfold", "small * 10"), ("thousandfold", "small * 1000"))
    if level < 3:
        s.give("weighed", "drug weighed", needed * times)
    else:
        least = s.give("least", "least that may be weighed", of(draw.pick((100, 120)), "mg"))
        times = int(-(-least.amount.magnitude // needed.magnitude))
        s.tell(
            f"Nothing below {least.text} may be weighed. The drug is weighed as the smallest whole "
            "multiple of what is needed that reaches it."
        )
        s.row("fold", "multiple", f"ceil(least / {drug})", "the smallest whole one that reaches it")
        s.row("weighed", "drug weighed", f"{drug} * fold", "so many times what is needed")
        s.slip(
            "fold", ("tenfold", f"ceil(least / {drug}) * 10"), ("not made whole", f"least / {drug}")
        )
    return _aliquot_further(s, level, needed, part, times)


def _aliquot_further(s: Sheet, level: int, needed: Quantity, part: Quantity, times: int) -> Drawn:
    aliquot = s.give("aliquot", "aliquot", part)
    how = f"{s['weighed'].text} of it is weighed and" if level < 3 else "It is"
    s.tell(f"{how} mixed with a diluent, so that {aliquot.text} of the mix hold what is needed.")
    s.row("times", "times what is needed", "weighed / needed", "the mix holds it so many times")
    s.row("mix", "the mix in all", "aliquot * times", "one part in so many is taken")
    s.row("diluent", "diluent", "mix - weighed", "drug and diluent together are the mix")
    s.slip("times", ("inverted", "needed / weighed"), ("tenfold", "weighed / needed * 10"))
    s.slip("diluent", ("diluent for total", "mix"), ("step left out", "mix - needed"),
           ("tenfold", "(mix - weighed) / 10"))  # fmt: skip
    if level == 4:
        s.slip("mix", ("not needed", "other * times"))
    return s.asks("How many mg of diluent are weighed?", TENTH_MG).worked(
        "aliquot", "diluent", needed=needed, weighed=needed * times, aliquot=part)  # fmt: skip


ALIQUOT = Family("aliquot", "An aliquot for a small mass", "weighing", (3, 3, 5, 6), _aliquot)


def _limits(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw how far off is allowed: in mg; the most; for many; beyond which a batch is refused."""
    s = Sheet()
    wanted = s.count("wanted", "intended", draw.pick((80, 120, 250, 340, 450)), "mg")
    off = s.give("off", "error allowed", share(Fraction(draw.pick((3, 4, 5, 6, 10)), 100)))
    s.tell(
        f"A capsule is intended to hold {wanted.text} of powder; {off.text} more or less "
        "is allowed."
    )
    s.row("by", "off by at most", "wanted * off", "a share of what is intended")
    s.slip("by", ("tenfold", "wanted * off * 10"), ("inverted", "wanted / off"))
    low = level in (1, 3)
    sign, other, words = ("-", "+", "least") if low else ("+", "-", "most")
    s.row("limit", f"the {words} allowed", f"wanted {sign} by", "on the side that is asked for")
    s.slip("limit", ("wrong direction", f"wanted {other} by"), ("step left out", "by"))
    if level < 3:
        if level == 2:
            shell = s.count("shell", "empty shell", draw.pick((48, 61, 76, 96)), "mg")
            s.tell(f"An empty shell weighs {shell.text}.")
            s.row("full", "filled capsule", "limit + shell", "the shell is weighed with it")
            s.slip("full", ("step left out", "limit"))
            return s.asks("What is the most that a filled capsule may weigh?", TENTH_MG).worked()
        return s.asks("What is the least powder that is allowed?", TENTH_MG).worked(
            "error", "measured", intended=wanted.amount, error=-off.amount)  # fmt: skip
    count = s.count("count", "capsules", draw.pick((10, 12, 20)))
    s.tell(f"{count.text} capsules are weighed together.")
    shell = s.count("shell", "empty shell", draw.pick((48, 61, 76, 96)), "mg")
    s.tell(f"An empty shell weighs {shell.text}.")
    s.row("full", "filled capsule", "limit + shell", "the shell is weighed with it")
    s.row("all", "all of them", "full * count", "if each stood on the limit", "g")
    s.slip("full", ("step left out", "limit"))
    s.slip("all", ("each for total", "full"), ("tenfold", "full * count * 10"))
    if level == 3:
        return s.asks("What is the least that they may weigh together?", of("0.01", "g")).worked()
    tray = s.count("tray", "tray", draw.pick(("4.2", "5.6", "6.8")), "g")
    claim = s.count("claim", "drug in each", draw.pick((25, 40)), "mg")
    s.tell(f"They lie on a tray of {tray.text}, not tared. Each is to hold {claim.text} of drug.")
    s.row("shown", "what the balance may show", "all + tray", "the tray stands on it too")
    s.slip("shown", ("step left out", "all"), ("not needed", "all + tray + claim * count"))
    return s.asks("What is the most that the balance may show?", of("0.01", "g")).worked()


LIMITS = Family("error-allowed", "How far off is allowed", "weighing", (2, 3, 4, 5), _limits)
FAMILIES = (LEAST, ALIQUOT, LIMITS)
