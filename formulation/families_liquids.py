"""Questions on oral liquids: made up to a volume, measured on a mark, powder that takes up room."""

from __future__ import annotations

from fractions import Fraction

from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.units import Quantity

TENTH_ML = of("0.1", "mL")
LAID_OUT = tuple(
    (unit, strength, number, per_ml)
    for unit, strength in (("tab", 25), ("tab", 50), ("tab", 100), ("cap", 250))
    for number in (2, 3, 4, 6, 8)
    for per_ml in (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(4), Fraction(5), Fraction(10))
    if 40 <= strength * number / per_ml <= 250 and (strength * number / per_ml) % 10 == 0
)
"""Unit, strength, how many, mg in 1 mL: those that fill a bottle to a mark of 10 mL."""


def _made_up(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw tablets made up to a volume: the strength; the dose; with an excess; what is left."""
    s = Sheet()
    unit, strength, number, per_ml = draw.pick(LAID_OUT)
    word = {"tab": "tablets", "cap": "capsules"}[unit]
    source = s.count("source", "one of them", strength, f"mg/{unit}")
    count = s.count("count", word, number, unit)
    size = of(strength * number / per_ml, "mL")
    volume = s.give("volume", "final volume", size.to("L") if level == 2 else size)
    s.tell(
        f"{count.text} with {source.each} of a drug each are made up with a "
        f"vehicle to {volume.text}."
    )
    s.row("drug", "drug in it", "source * count", "what they hold together", "mg")
    s.slip("drug", ("each for total", "source"), ("tenfold", "source * count * 10"))
    whole = "volume"
    if level == 2:
        s.row("ml", "final volume in mL", "volume", "1 L is 1,000 mL", "mL")
        s.slip("ml", ("tenfold", "volume / 10"))
        whole = "ml"
    s.row("per_ml", "drug in 1 mL", f"drug / {whole}", "all of the drug is in all of it", "mg/mL")
    s.slip("per_ml", ("inverted", f"{whole} / drug"), ("tenfold", f"drug / {whole} / 10"))
    if level == 1:
        s.slip("per_ml", ("step left out", "source / volume * 2"))
        return s.asks("How many mg does 1 mL hold?", of("0.01", "mg/mL")).worked(
            "strength", "strength", drug=source.amount * count.amount, whole=size)  # fmt: skip
    s.count("dose", "dose", per_ml * draw.whole(12, 78, 3) / 10, "mg")
    return _made_up_further(s, draw, level, size)


def _made_up_further(s: Sheet, draw: Draw, level: int, size: Quantity) -> Drawn:
    s.tell(f"A dose is {s['dose'].text}, drawn up on a mark of 0.1 mL.")
    s.row("ml_dose", "volume of a dose", "dose / per_ml", "what the strength means", "mL")
    s.slip("ml_dose", ("inverted", "per_ml / dose"), ("tenfold", "dose / per_ml * 10"))
    if level == 2:
        return s.asks("How many mL is a dose?", TENTH_ML).worked(
            "strength",
            "whole",
            drug=s["dose"].amount,
            strength=s["source"].amount * s["count"].amount / size,
        )
    doses = s.count("doses", "doses", draw.pick((3, 4, 5)))
    s.tell(f"{doses.text} doses are taken.")
    s.row("used", "volume of all doses", "ml_dose * doses", "each dose the same")
    s.row("left", "left in the bottle", "volume - used", "what is not taken is left")
    s.slip("used", ("each for total", "ml_dose"))
    s.slip("left", ("diluent for total", "used"))
    if level > 3:
        loss = s.count("loss", "stays in the bottle", draw.pick((2, 3)), "mL")
        cup = s.count("cup", "a dosing cup", 30, "mL")
        s.tell(
            f"{loss.text} stay on the wall of the bottle and cannot be drawn up. A dosing cup of "
            f"{cup.text} is at hand."
        )
        s.row("rest", "what can still be drawn up", "left - loss", "what sticks cannot be drawn up")
        s.slip("rest", ("step left out", "left"), ("wrong direction", "left + loss"))
        s.slip("left", ("not needed", "volume - cup"))
        return s.asks("How many mL can still be drawn up after that?", TENTH_ML).worked()
    return s.asks("How many mL are left after that?", TENTH_ML).worked()


MADE_UP = Family("made-up-to", "Made up to a volume", "liquids", (2, 3, 4, 5), _made_up)


def _reconstitute(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the diluent for a vial: to a volume; to a strength; of many; added in error."""
    s = Sheet()
    powder = s.count(
        "powder", "room that the powder takes", draw.pick(("0.2", "0.3", "0.4", "0.6", "0.8")), "mL"
    )
    per_ml = draw.pick((25, 50, 100))
    final = of(draw.pick((5, 8, 10, 20)), "mL")
    if level == 1:
        volume = s.give("final", "final volume", final)
        s.tell(f"The leaflet of a vial says that its powder takes up {powder.text}. It is to be "
               f"dissolved to {volume.text}.")  # fmt: skip
        s.row("add", "diluent to add", "final - powder", "the powder takes up room of its own")
        s.slip("add", ("displacement forgotten", "final"), ("displacement added", "final + powder"),
               ("tenfold", "(final - powder) * 10"), ("diluent for total", "powder"))  # fmt: skip
        return s.asks("How many mL of diluent are added?", TENTH_ML).worked(
            "displace", "diluent", powder_volume=powder.amount, final_volume=final)  # fmt: skip
    return _reconstitute_further(s, draw, level, final, per_ml)


def _reconstitute_further(s: Sheet, draw: Draw, level: int, final: Quantity, per_ml: int) -> Drawn:
    drug = (final * of(per_ml, "mg/mL")).to("mg")
    vial = s.give("vial", "drug in the vial", drug.to("g") if level == 2 else drug)
    strong = s.count("strong", "strength wanted", per_ml, "mg/mL")
    s.tell(f"A vial holds {vial.text} of a drug; its leaflet says that the powder takes up "
           f"{s['powder'].text}.")  # fmt: skip
    if level < 4:
        s.tell(f"It is to be dissolved to {strong.text}.")
    drug_in = "vial"
    if level == 2:
        s.row("mg", "drug in mg", "vial", "1 g is 1,000 mg", "mg")
        s.slip("mg", ("tenfold", "vial * 10"))
        drug_in = "mg"
    if level < 4:
        s.row("final", "final volume", f"{drug_in} / strong", "what the strength means", "mL")
        s.row("add", "diluent to add", "final - powder", "the powder takes up room of its own")
        s.slip(
            "final", ("inverted", f"strong / {drug_in}"), ("tenfold", f"{drug_in} / strong * 10")
        )
        s.slip("add", ("displacement forgotten", "final"), ("displacement added", "final + powder"),
               ("diluent for total", "powder"), ("tenfold", "(final - powder) / 10"))  # fmt: skip
        values = {"drug": drug, "powder_volume": s["powder"].amount, "concentration": strong.amount}
        if level == 2:
            return s.asks("How many mL of diluent are added?", TENTH_ML).worked(
                "displace", "diluent", **values
            )
        vials = s.count("vials", "vials", draw.pick((3, 4, 6)))
        s.tell(f"{vials.text} vials are dissolved.")
        s.row("all", "diluent for all", "add * vials", "each vial the same")
        s.slip("all", ("each for total", "add"))
        return s.asks("How many mL of diluent do they take together?", TENTH_ML).worked()
    s.stated.remove(strong)
    return _reconstitute_further_further(s, draw, drug, final)


def _reconstitute_further_further(s: Sheet, draw: Draw, drug: Quantity, final: Quantity) -> Drawn:
    added = s.give("added", "diluent added", final)
    dose = s.count("dose", "dose", draw.pick((40, 60, 75, 90, 120)), "mg")
    sodium = s.count("sodium", "sodium in the vial", draw.pick((20, 35)), "mg")
    s.tell(
        f"By error {added.text} of diluent was added, as if the powder took up no room. A dose is "
        f"{dose.text}. The vial also holds {sodium.text} of sodium."
    )
    s.row("final", "final volume", "added + powder", "the powder takes up room of its own")
    s.row("per_ml", "drug in 1 mL", "vial / final", "all of the drug is in all of it", "mg/mL")
    s.row("ml", "volume of a dose", "dose / per_ml", "what the strength means", "mL")
    s.slip("final", ("displacement forgotten", "added"), ("wrong direction", "added - powder"))
    s.slip("per_ml", ("inverted", "final / vial"), ("not needed", "(vial + sodium) / final"),
           ("tenfold", "vial / final * 10"))  # fmt: skip
    s.slip("ml", ("inverted", "per_ml / dose"), ("tenfold", "dose / per_ml * 10"))
    return s.asks("How many mL of what was made hold a dose?", TENTH_ML).worked(
        "displace", "dose_volume", drug=drug, powder_volume=s['powder'].amount, diluent=final,
        dose=dose.amount)  # fmt: skip


RECONSTITUTE = Family("reconstitution", "Powder that takes up room", "liquids", (1, 3, 3, 4),
                      _reconstitute, single=(1,))  # fmt: skip


def _vehicle(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw what tablets take up: the vehicle to add; from L; the strength; the dose."""
    s = Sheet()
    count = s.count("count", "tablets", draw.pick((6, 8, 10, 12, 20)), "tab")
    mass = s.count("mass", "weight of one tablet", draw.pick((250, 300, 400, 500)), "mg/tab")
    room = s.count("room", "room that 1 g takes", draw.pick(("0.6", "0.7", "0.8")), "mL/g")
    size = of(draw.pick((60, 80, 100, 120)), "mL")
    volume = s.give("volume", "final volume" if level < 3 else "vehicle added",
                    size.to("L") if level == 2 else size)  # fmt: skip
    s.tell(f"{count.text} that weigh {mass.each} each are crushed; in the vehicle their powder "
           f"takes up {room.text}.")  # fmt: skip
    s.row("powder", "powder in all", "mass * count", "each tablet the same", "g")
    s.row("taken", "room that it takes", "powder * room", "so much for each g", "mL")
    s.slip("powder", ("tenfold", "mass * count * 10"), ("each for total", "mass"))
    if level < 3:
        s.tell(f"The preparation is made up to {volume.text}.")
        whole = "volume"
        if level == 2:
            s.row("ml", "final volume in mL", "volume", "1 L is 1,000 mL", "mL")
            s.slip("ml", ("tenfold", "volume * 10"))
            whole = "ml"
        s.row("add", "vehicle", f"{whole} - taken", "the powder takes up room of its own")
        s.slip("add", ("displacement added", f"{whole} + taken"), ("displacement forgotten", whole),
               ("tenfold", f"({whole} - taken) / 10"))  # fmt: skip
        return s.asks("How many mL of vehicle does that take?", TENTH_ML).worked()
    return _vehicle_further(s, draw, level)


def _vehicle_further(s: Sheet, draw: Draw, level: int) -> Drawn:
    drug = s.count("drug", "drug in one tablet", draw.pick((50, 100, 200)), "mg/tab")
    s.tell(
        f"They hold {drug.each} of a drug each. {s['volume'].text} of vehicle is "
        "added to it, not made up to."
    )
    s.row("all", "volume in all", "volume + taken", "the powder takes up room of its own")
    s.row("mg", "drug in all", "drug * count", "each tablet the same", "mg")
    s.row("per_ml", "drug in 1 mL", "mg / all", "all of the drug is in all of it", "mg/mL")
    s.slip("all", ("displacement forgotten", "volume"), ("wrong direction", "volume - taken"))
    s.slip("mg", ("each for total", "drug"), ("tenfold", "drug * count * 10"))
    s.slip("per_ml", ("inverted", "all / mg"))
    if level == 3:
        return s.asks("How many mg of drug does 1 mL hold?", of("0.01", "mg/mL")).worked()
    dose = s.count("dose", "dose", draw.pick((30, 45, 70)), "mg")
    bottle = s.count("bottle", "bottle", draw.pick((150, 200)), "mL")
    s.tell(f"A dose is {dose.text}. The bottle takes {bottle.text}.")
    s.row("ml", "volume of a dose", "dose / per_ml", "what the strength means", "mL")
    s.slip("ml", ("inverted", "per_ml / dose"), ("tenfold", "dose / per_ml * 10"))
    s.slip("per_ml", ("not needed", "mg / bottle"))
    return s.asks("How many mL of what was made hold a dose?", TENTH_ML).worked()


VEHICLE = Family("vehicle-to-add", "Added, or made up to", "liquids", (3, 3, 4, 5), _vehicle)
FAMILIES = (MADE_UP, RECONSTITUTE, VEHICLE)
