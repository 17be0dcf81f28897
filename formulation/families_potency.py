"""Questions on potency: assay and water, salt and base, milliequivalents, units of activity."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import share
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course

TENTH_MG = of("0.1", "mg")


def _assay(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the powder for a drug: assay as it lies; for many; dried, with water; what is left."""
    s = Sheet()
    assay = s.give("assay", "assay", share(Fraction(draw.pick((92, 94, 96, 97)), 100)))
    if level == 1:
        drug = s.count("drug", "drug needed", draw.whole(250, 900, 50), "mg")
        s.tell(f"{drug.text} of a drug is needed.")
    else:
        dose = s.count("dose", "drug in one dose", draw.whole(15, 60, 5), "mg/dose")
        count = s.count("count", "doses", draw.pick((12, 20, 24, 30)), "dose")
        s.tell(f"{count.text} with {dose.each} of a drug each are made.")
        s.row("drug", "drug needed", "dose * count", "each dose the same")
        s.slip("drug", ("each for total", "dose"), ("tenfold", "dose * count * 10"))
    basis = "as it lies in the jar" if level < 3 else "on the dried basis"
    s.tell(f"The powder holds {assay.text} of it, {basis}.")
    pure, values = "assay", {"basis": "as-is"}
    if level > 2:
        water = s.give("water", "loss on drying", share(Fraction(draw.pick((4, 5, 6, 8)), 100)))
        s.tell(f"The powder in the jar loses {water.text} on drying.")
        s.row("dry", "dry part of the powder", "1 - water", "what is not lost is dry", "%")
        s.row("pure", "drug in the powder", "assay * dry", "the assay is of the dry part", "%")
        s.slip("dry", ("wrong direction", "1 + water"))
        s.slip("pure", ("loss forgotten", "assay"), ("wrong direction", "assay / dry"),
               ("percent of wrong whole", "assay - water / 2"))  # fmt: skip
        pure, values = "pure", {"basis": "dried", "water": water.text}
    s.row("powder", "powder to weigh", f"drug / {pure}", "the drug is that share of the powder")
    s.slip("powder", ("wrong direction", f"drug * {pure}"), ("loss forgotten", "drug"),
           ("tenfold", f"drug / {pure} * 10"), ("percent of wrong whole", f"drug * (2 - {pure})"),
           ("tenfold", f"drug / {pure} / 10"))  # fmt: skip
    need = drug.amount if level == 1 else dose.amount * count.amount
    if level > 3:
        jar = s.count("jar", "in the jar", draw.pick((25, 50)), "g")
        mass = s.count("mass", "molar mass", draw.pick((180, 250, 310)), "g/mol")
        s.tell(f"The jar holds {jar.text}. The drug's molar mass is {mass.text}.")
        s.row("rest", "left in the jar", "jar - powder", "what is weighed is gone", "g")
        s.slip("rest", ("diluent for total", "powder"), ("tenfold", "jar - powder * 10"))
        return s.asks("How many g are left in the jar?", of("0.01", "g")).worked()
    return s.asks("How many mg of powder are weighed?", TENTH_MG).worked(
        "salt", "powder", salt=need, assay=assay.text, **values)  # fmt: skip


ASSAY = Family("assay", "Powder that is not all drug", "potency", (2, 2, 4, 5), _assay,
               single=(1,))  # fmt: skip


def _salt(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the salt for a base: one amount; for many; of an assayed salt; on a paper."""
    s = Sheet()
    salt = s.count("salt", "molar mass of the salt", draw.pick((280, 325, 365, 410)), "g/mol")
    base = s.count("base", "molar mass of the base", draw.pick((205, 230, 250, 265)), "g/mol")
    dose = s.count("dose", "base in one dose", draw.pick((5, 8, 10, 20, 25)), "mg" if level == 1
                   else "mg/dose")  # fmt: skip
    s.tell(
        f"{dose.text} of a drug, expressed as base, is prescribed. The drug is weighed as its "
        f"salt, one base in each: the salt has {salt.text}, the base {base.text}."
    )
    s.row(
        "fold",
        "salt for 1 mg of base",
        "salt / base",
        "as many molecules of the one as of the other",
    )
    s.slip("fold", ("inverted", "base / salt"), ("tenfold", "salt / base * 10"),
           ("salt for base", "base / base"))  # fmt: skip
    s.row("one", "salt in one dose", "dose * fold", "so much for each mg")
    s.slip("one", ("tenfold", "dose * fold / 10"))
    if level == 1:
        return s.asks("How many mg of the salt is one dose?", of("0.01", "mg")).worked(
            "salt", "salt", base=dose.amount, salt_molar_mass=salt.amount,
            base_molar_mass=base.amount)  # fmt: skip
    return _salt_further(s, draw, level)


def _salt_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    count = s.count("count", "doses", draw.pick((14, 20, 28, 30)), "dose")
    s.tell(f"{count.text} are made.")
    s.row("all", "salt for all doses", "one * count", "each dose the same")
    s.slip("all", ("each for total", "one"), ("tenfold", "one * count * 10"))
    if level == 2:
        return s.asks("How many mg of the salt are weighed?", TENTH_MG).worked(
            "salt", "salt", base=s['dose'].amount * count.amount, salt_molar_mass=s['salt'].amount,
            base_molar_mass=s['base'].amount)  # fmt: skip
    assay = s.give("assay", "assay", share(Fraction(draw.pick((90, 92, 95)), 100)))
    s.tell(f"The powder holds {assay.text} of the salt, as it lies in the jar.")
    s.row("powder", "powder to weigh", "all / assay", "the salt is that share of the powder")
    s.slip("powder", ("wrong direction", "all * assay"), ("loss forgotten", "all"))
    if level > 3:
        filler = s.count("filler", "filler in one dose", draw.pick((100, 150)), "mg/dose")
        s.tell(f"Each dose gets {filler.each} of filler.")
        s.slip("powder", ("not needed", "all / assay + filler * count"))
        paper = s.count("paper", "weighing paper", draw.pick((350, 420)), "mg")
        s.tell(f"It is weighed on a paper of {paper.text}, not tared.")
        s.row("shown", "what the balance shows", "powder + paper", "the paper stands on it too")
        s.slip("shown", ("step left out", "powder"))
        return s.asks("What does the balance show?", of(1, "mg")).worked()
    return s.asks("How many mg of powder are weighed?", TENTH_MG).worked(
        "salt", "powder", base=s['dose'].amount * count.amount, salt_molar_mass=s['salt'].amount,
        base_molar_mass=s['base'].amount, assay=assay.text, basis="as-is")  # fmt: skip


SALT = Family("salt-and-base", "Salt for base", "potency", (3, 3, 4, 5), _salt)


def _meq(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw mEq: of a salt; the mass for mEq; the mL of a solution; with a number too many."""
    s = Sheet()
    molar, valence = draw.pick(
        (("74.5", 1), ("58.5", 1), ("84", 1), ("110", 2), ("246", 2), ("203", 2))
    )
    mass = s.count("molar", "molar mass", molar, "mg/mmol")
    charge = s.count("charge", "valence", valence, "mEq/mmol")
    s.tell(f"A salt has a molar mass of {mass.text} and gives {charge.text}.")
    if level == 1:
        grams = s.count("mg", "salt", draw.pick((300, 500, 600, 750, 900)), "mg")
        s.tell(f"{grams.text} of it is weighed.")
        s.row("mmol", "millimoles", "mg / molar", "what molar mass means", "mmol")
        s.row("meq", "milliequivalents", "mmol * charge", "what valence means", "mEq")
        s.slip("mmol", ("inverted", "molar / mg"), ("tenfold", "mg / molar * 10"))
        s.slip("meq", ("valence forgotten", "mmol"), ("wrong direction", "mmol / charge"),
               ("tenfold", "mmol * charge / 10"))  # fmt: skip
        return s.asks("How many mEq is that?", of("0.1", "mEq")).worked(
            "meq", "equivalents", mass=grams.amount, molar_mass=mass.amount, valence=str(valence)
        )
    meq = s.count("meq", "wanted in one dose", draw.pick((4, 5, 8, 10, 15, 20)), "mEq")
    s.tell(f"A dose of {meq.text} is prescribed.")
    s.row("mmol", "millimoles", "meq / charge", "what valence means", "mmol")
    s.row("mg", "salt", "mmol * molar", "what molar mass means", "mg")
    s.slip("mmol", ("valence forgotten", "meq"), ("wrong direction", "meq * charge"),
           ("tenfold", "meq / charge * 10"))  # fmt: skip
    s.slip("mg", ("inverted", "mmol / molar"), ("tenfold", "mmol * molar / 10"))
    return _meq_further(s, draw, level, valence)


def _meq_further(s: Sheet, draw: Draw, level: int, valence: int) -> Drawn:
    if level == 2:
        return s.asks("How many mg of the salt is that?", of(1, "mg")).worked(
            "meq",
            "mass",
            equivalents=s["meq"].amount,
            molar_mass=s["molar"].amount,
            valence=str(valence),
        )
    label = s.count("label", "strength of the solution", draw.pick((75, 100, 120, 150)), "mg/mL")
    s.tell(f"It is taken as a solution of {label.text}.")
    s.row("ml", "volume of a dose", "mg / label", "what the strength means", "mL")
    s.slip("ml", ("inverted", "label / mg"), ("tenfold", "mg / label * 10"))
    if level > 3:
        daily = s.count("daily", "doses a day", draw.pick((2, 3)))
        days = s.count("days", "days", draw.pick((5, 7, 10)))
        bottle = s.count("bottle", "bottle", draw.pick((250, 500)), "mL")
        s.tell(
            f"It is taken {daily.text} times a day for {days.text} days. "
            f"Bottles hold {bottle.text}."
        )
        s.row("all", "volume in all", "ml * daily * days", "each dose the same")
        s.slip(
            "all",
            ("step left out", "ml * daily"),
            ("each for total", "ml"),
            ("not needed", "bottle - ml"),
        )
        return s.asks("How many mL does that take in all?", of(1, "mL"), "up").worked()
    return s.asks("How many mL is a dose?", of("0.1", "mL")).worked(
        "meq",
        "volume",
        equivalents=s["meq"].amount,
        molar_mass=s["molar"].amount,
        valence=str(valence),
        strength=label.amount,
    )


MEQ = Family("milliequivalents", "Milliequivalents", "potency", (2, 2, 3, 4), _meq)


def _activity(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw units of activity: a mass; a volume; of a lot; with an excess."""
    s = Sheet()
    if level < 3:
        strong = s.count(
            "strong", "activity of the liquid", draw.pick((400, 1000, 2500, 10000)), "IU/mL"
        )
        dose = s.give("dose", "dose", of(strong.amount.magnitude * draw.whole(2, 9, 1) / 10, "IU"))
        s.tell(f"The label of a liquid says {strong.text}. A dose of {dose.text} is prescribed"
               f"{' once a day' if level > 1 else ''}.")  # fmt: skip
        s.row("ml", "volume of a dose", "dose / strong", "what the label means")
        s.slip(
            "ml",
            ("inverted", "strong / dose"),
            ("tenfold", "dose / strong * 10"),
            ("tenfold", "dose / strong / 10"),
        )
        if level == 1:
            return s.asks("How many mL is the dose?", of("0.01", "mL")).worked(
                "iu", "volume", activity=dose.amount, concentration=strong.amount)  # fmt: skip
        days = s.count("days", "days", draw.pick((28, 30, 60)))
        s.tell(f"It is taken for {days.text} days.")
        s.row("all", "volume in all", "ml * days", "each day the same")
        s.slip("all", ("each for total", "ml"))
        return s.asks("How many mL does that take?", of("0.1", "mL")).worked(
            "iu",
            "volume",
            activity=dose.amount * days.amount.magnitude,
            concentration=strong.amount,
        )
    s.count("lot", "activity of this lot", draw.pick((850, 900, 960, 1100)), "IU/mg")
    dose = s.count("dose", "activity in one dose", draw.pick((20000, 50000, 80000)), "IU")
    return _activity_further(s, draw, level)


def _activity_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    count = s.count("count", "doses", draw.pick((12, 20, 24)))
    s.tell(
        f"The certificate of a lot says {s['lot'].text}. {count.text} doses with {s['dose'].text} "
        "each are made."
    )
    s.row("all", "activity in all", "dose * count", "each dose the same")
    s.row("mg", "powder", "all / lot", "what the certificate means")
    s.slip("all", ("each for total", "dose"), ("tenfold", "dose * count * 10"))
    s.slip("mg", ("inverted", "lot / all"), ("tenfold", "all / lot / 10"))
    if level == 3:
        return s.asks("How many mg of the lot are weighed?", TENTH_MG).worked(
            "iu",
            "mass",
            activity=s["dose"].amount * count.amount.magnitude,
            potency=s["lot"].amount,
        )
    old = s.count("old", "activity of the last lot", draw.pick((1000, 1200)), "IU/mg")
    excess = s.give("excess", "excess", share(Fraction(draw.pick((5, 10)), 100)))
    s.tell(f"The last lot had {old.text}. {excess.text} more is made.")
    s.row("mixed", "powder with the excess", "mg * (1 + excess)", "the excess comes on top")
    s.slip("mixed", ("excess forgotten", "mg"), ("percent of wrong whole", "mg * excess"))
    s.slip("mg", ("not needed", "all / old"))
    return s.asks("How many mg of the lot are weighed?", TENTH_MG).worked()


ACTIVITY = Family("units-of-activity", "Units of activity", "potency", (1, 2, 3, 4), _activity,
                  single=(1,))  # fmt: skip
FAMILIES = (ASSAY, SALT, MEQ, ACTIVITY)
