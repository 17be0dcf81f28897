"""Questions on mixtures: what strength they have, and how to mix for a strength."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import percent
from formulation.draws import Draw
from formulation.family import Drawn, Family, of
from formulation.sheet import Sheet
from formulation.syllabus import Course
from formulation.units import Quantity

NAMES = ("first", "second", "third")
TIMES = "strength times volume"


def _medial(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the strength of a mixture of two; in other units; of three; with a plain base."""
    s = Sheet()
    names = NAMES[: 2 if level < 3 else 3]
    for place, name in enumerate(names):
        size = of(draw.whole(20, 120, 10), "mL")
        unlike = level == 2 and not place
        s.give(f"{name}_ml", f"volume of the {name}", size.to("L") if unlike else size)
        strong = draw.whole(2 + 12 * place, 12 + 14 * place, 2)
        s.count(f"{name}_is", f"strength of the {name}", strong, "mg/mL")
        s.row(name, f"drug from the {name}", f"{name}_ml * {name}_is", TIMES, "mg")
    parts = [f"{s[f'{name}_ml'].text} of {s[f'{name}_is'].text}" for name in names]
    s.tell(f"Solutions of one drug are mixed: {', '.join(parts)}.")
    return _mixed(s, draw, level, names)


def _mixed(s: Sheet, draw: Draw, level: int, names: tuple[str, ...]) -> Drawn:
    volume = whole = " + ".join(f"{name}_ml" for name in names)
    if level > 3:
        vehicle = s.count("vehicle", "vehicle", draw.pick((30, 45, 60)), "mL")
        dose = s.count("dose", "one dose", draw.pick((5, 10)), "mL")
        s.tell(f"{vehicle.text} of vehicle without drug is added. A dose will be {dose.text}.")
        whole = f"{volume} + vehicle"
    s.row("drug", "drug in all", " + ".join(names), "nothing is lost in mixing")
    s.row("all", "volume in all", whole, "volumes taken as adding up", "mL")
    why = "all of the drug is in all of it"
    s.row("strength", "strength of the mixture", "drug / all", why, "mg/mL")
    means = " + ".join(f"{name}_is" for name in names)
    s.slip("strength", ("strengths averaged", f"({means}) / {len(names)}"),
           ("inverted", "all / drug"), ("tenfold", "drug / all * 10"))  # fmt: skip
    s.slip("drug", ("step left out", " + ".join(names[1:])))
    s.slip("all", ("step left out", volume if level > 3 else "second_ml"))
    if level > 3:
        s.slip("strength", ("not needed", "drug / dose / 10"))
    asked = s.asks("What is the strength of the mixture?", of("0.1", "mg/mL"))
    if level > 3:
        return asked.worked()
    mix = [f"{s[f'{name}_ml'].amount.number('mL')} mL of {s[f'{name}_is'].text}" for name in names]
    return asked.worked("alligate", "", mix=mix)


MEDIAL = Family("mixture-strength", "What strength a mixture has", "dilution", (3, 3, 4, 5),
                _medial)  # fmt: skip


def _alternate(draw: Draw, level: int, _: Course) -> Drawn:
    """Draw the stronger of two for a total; from kg; the weaker for all of the stronger; a base."""
    s = Sheet()
    weak = draw.pick((0, 2, 5)) if level > 2 else draw.pick((2, 4, 5))
    strong = draw.pick((20, 25, 30, 40))
    target = draw.pick((8, 10, 12, 15))
    stronger = s.give("stronger", "the stronger", percent(Fraction(strong), "w/w"))
    weaker = s.give("weaker", "the weaker", percent(Fraction(weak), "w/w"))
    wanted = s.give("wanted", "strength wanted", percent(Fraction(target), "w/w"))
    size = of(draw.pick((60, 90, 120, 150, 240)), "g")
    second = f"one of {weaker.text}" if weak else f"a base without drug ({weaker.text})"
    s.tell(f"An ointment of {stronger.text} and {second} are mixed to {wanted.text}.")
    s.row("up", "parts of the stronger", "wanted - weaker", "read across: wanted less weaker", "%")
    s.row(
        "down", "parts of the weaker", "stronger - wanted", "read across: stronger less wanted", "%"
    )
    if level < 3:
        total = s.give("total", "total", size.to("kg") if level == 2 else size)
        s.tell(f"{total.text} is made.")
        if level == 2:
            s.row("grams", "total in g", "total", "1 kg is 1,000 g", "g")
            s.slip("grams", ("tenfold", "total / 10"))
        whole = "grams" if level == 2 else "total"
        s.row("parts", "all parts", "up + down", "the parts of both", "%")
        s.row(
            "take", "amount of the stronger", f"{whole} * up / parts", "its parts of all parts", "g"
        )
        s.slip(
            "take",
            ("alligation crossed", f"{whole} * down / parts"),
            ("step left out", f"{whole} * up / stronger"),
            ("tenfold", f"{whole} * up / parts * 10"),
        )
        s.slip("up", ("step left out", "wanted"))
        return s.asks("How many g of the stronger are taken?", of("0.1", "g")).worked(
            "alligate", "stronger_amount", stronger=stronger.text, weaker=weaker.text,
            wanted=wanted.text, total=size)  # fmt: skip
    return _alternate_further(s, draw, level, size)


def _alternate_further(s: Sheet, draw: Draw, level: int, size: Quantity) -> Drawn:
    have = s.give("have", "the stronger at hand", size)
    s.tell(f"All of the {have.text} of the stronger is to be used.")
    left = "have"
    if level > 3:
        jar = s.count("jar", "kept as a sample", draw.pick((6, 7, 8, 11)), "g")
        room = s.count("room", "one jar", draw.pick((500, 1000)), "g")
        s.tell(f"{jar.text} of it is kept as a sample first. Jars hold {room.text}.")
        s.row("left", "the stronger to be mixed", "have - jar", "the sample is not mixed")
        s.slip("left", ("step left out", "have"))
        left = "left"
    s.row(
        "take",
        "amount of the weaker",
        f"{left} * down / up",
        "the amounts stand as their parts do",
        "g",
    )
    s.slip(
        "take",
        ("alligation crossed", f"{left} * up / down"),
        ("tenfold", f"{left} * down / up * 10"),
        ("diluent for total", f"{left} * down / up + {left}"),
    )
    s.slip("down", ("step left out", "stronger"))
    if level > 3:
        s.slip("take", ("not needed", f"room - {left}"))
    mixed = size - jar.amount if level > 3 else size
    return s.asks("How many g of the weaker are taken?", of("0.1", "g")).worked(
        "alligate", "weaker_amount", stronger=s['stronger'].text, weaker=s['weaker'].text,
        wanted=s['wanted'].text, stronger_amount=mixed)  # fmt: skip


ALTERNATE = Family("alligation", "Mixing two strengths to a third", "dilution", (3, 4, 4, 5),
                   _alternate)  # fmt: skip
FAMILIES = (MEDIAL, ALTERNATE)
