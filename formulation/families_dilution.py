"""Questions on dilution: how much stock, made up to how much."""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import percent
from formulation.draws import Draw
from formulation.family import Drawn, Family, given
from formulation.questions import Given, Row, Slip
from formulation.syllabus import Course
from formulation.units import Quantity

TENTH = Quantity(Fraction(1, 10), "mL")


def _strength(name: str, words: str, number: Fraction) -> Given:
    said = percent(number, "w/v")
    return given(name, words, said.value, said.text)


def _stock(draw: Draw, level: int, course: Course) -> Drawn:  # noqa: ARG001
    """Draw a stock solution and what is to be made of it; from level 2 on the final volume is in L,
    from level 3 on the answer needs rounding, at level 4 the story holds more than is needed.
    """
    stock = Fraction(draw.pick((10, 20, 25, 40, 50) if level < 3 else (14, 17, 35, 45)))
    times = draw.pick((4, 5, 8, 10, 20, 25, 40))
    target = stock / times if level < 3 else draw.among("0.2", "3", "0.2")
    final = Quantity(Fraction(draw.pick((100, 120, 200, 250, 500))), "mL")
    strong = _strength("stock", "strength of the stock", stock)
    weak = _strength("wanted", "strength wanted", target)
    volume = given("volume", "final volume", final.to("L") if level > 1 else final)
    bottle = draw.pick((100, 500, 1000))
    more = f" The stock comes in bottles of {bottle:,} mL." if level > 3 else ""
    rows = (
        *((Row("ml", "final volume in mL", "volume * 1", "1 L is 1,000 mL", "mL"),)
          if level > 1 else ()),
        Row("drug", "drug in the preparation", f"wanted * {'ml' if level > 1 else 'volume'}",
            "what the strength wanted means", "g"),
        Row("take", "stock to take", "drug / stock", "what the strength of the stock means", "mL"),
    )  # fmt: skip
    slips = (
        Slip("inverted", "take", "drug * wanted / stock / stock"),
        Slip("tenfold", "drug", f"wanted * {'ml' if level > 1 else 'volume'} * 10"),
        Slip("diluent for total", "take", f"{'ml' if level > 1 else 'volume'} - drug / stock"),
        Slip("added not made up", "take", "drug / (stock - wanted)"),
        *((Slip("thousandfold", "ml", "volume * 100"),) if level > 1 else ()),
    )
    return Drawn(
        story=f"You have a solution of {strong.text} and have to make {volume.text} of "
        f"{weak.text}.{more}",
        asked="How much of the stock do you take and make up to volume?",
        given=(strong, weak, volume), rows=rows, slips=slips, step=TENTH,
        calculator="dilute", wanted="stock_volume",
        values={"stock_strength": strong.text, "final_strength": weak.amount,
                "final_volume": volume.text},
    )  # fmt: skip


STOCK = Family("stock-to-take", "How much stock to take", "dilution", (2, 3, 4, 5), _stock)
FAMILIES = (STOCK,)
