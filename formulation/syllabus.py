"""What a teacher fixes for a class: constants, rounding, tolerance, units, edition, marks.

Nothing in it is a fact of pharmacy: a grain of 60 mg or of 64.8 mg is what the course says, and
every question that uses one prints it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from formulation.amounts import in_unit
from formulation.printing import show, show_exact, significant
from formulation.questions import Key
from formulation.relations import Ask
from formulation.rounding_off import rounded
from formulation.units import Quantity, same_kind

CONSTANTS = {
    "grain": Quantity(Fraction("64.8"), "mg"),
    "tsp": Quantity(Fraction(5), "mL"),
    "tbsp": Quantity(Fraction(15), "mL"),
    "floz": Quantity(Fraction(30), "mL"),
    "oz": Quantity(Fraction("28.35"), "g"),
    "lb": Quantity(Fraction("453.6"), "g"),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """How the points of a question are shared, and how far a number may be off and count.

    `number`, `unit` and `rounding` are shares of one whole. `working` is the share of the number's
    points that right lines of working earn where the number is wrong.
    """

    number: Fraction = Fraction(6, 10)
    unit: Fraction = Fraction(2, 10)
    rounding: Fraction = Fraction(2, 10)
    working: Fraction = Fraction(1, 2)
    tolerance: Fraction = Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class Course:
    """One course: its name, its constants, its rounding, its units, its edition.

    `digits` is 0 where each question asks for what can be measured (to 0.1 mL, whole capsules);
    else every answer that is not counted is asked for to so many significant digits. `units` are
    the symbols that an answer may be typed in beside the one asked for; empty means any that
    measures the same.
    """

    name: str = "Pharmacy arithmetic"
    constants: dict[str, Quantity] = field(default_factory=lambda: dict(CONSTANTS))
    per_lb: Fraction = Fraction("2.2")
    digits: int = 0
    units: tuple[str, ...] = ()
    edition: str = "usp795-2023"
    marks: Marks = Marks()

    def accepts(self, unit: str, asked: str) -> bool:
        """Say whether an answer may be typed in a unit, where another one is asked for.

        >>> Course().accepts("L", "mL"), Course(units=("mg", "mL")).accepts("L", "mL")
        (True, False)
        >>> Course().accepts("g", "mL")
        False
        """
        if unit == asked:
            return True
        return same_kind(unit, asked) and (not self.units or unit in self.units)

    def constant(self, unit: str) -> str:
        """Return what one of a unit is in this course, as it is printed.

        >>> Course().constant("grain"), Course().constant("tsp")
        ('1 grain = 64.8 mg', '1 teaspoon = 5 mL')
        """
        return f"{show_exact(Quantity(Fraction(1), unit))} = {show_exact(self.constants[unit])}"


TEACHING = Course()


def key_of(exact: Quantity, step: Quantity | None, way: str, course: Course) -> Key:
    """Return the key of a question: rounded as it asks, or as the course asks.

    Counted answers (`way` up or down) are never given to significant digits.

    >>> key_of(Quantity(Fraction(25, 14), "mL"), Quantity(Fraction(1, 10), "mL"), "nearest",
    ...        TEACHING).text
    '1.8 mL'
    """
    if course.digits and way == "nearest":
        number = significant(exact.magnitude, course.digits)
        rule = f"Give the answer to {course.digits} significant digits"
        rule += "; digits before the point all stay."
        step = None
    elif step is None:
        number = exact.magnitude
        rule = "Give the exact answer; nothing has to be rounded."
    else:
        number = rounded(exact, Ask("", step, way))[0].magnitude
        words = {"nearest": "Round to the nearest", "up": "Round up to the next",
                 "down": "Round down to the last"}[way]  # fmt: skip
        rule = f"{words} {_step_words(step)}."
    printed = Quantity(number, exact.unit)
    error = number / exact.magnitude - 1
    tolerance = abs(exact.magnitude) * course.marks.tolerance if way == "nearest" else Fraction(0)
    text = show(printed) if exact.unit.startswith("USD") else in_unit(printed).text
    return Key(exact, printed, text, rule, step, way, tolerance, error)


def _step_words(step: Quantity) -> str:
    if step.magnitude != 1:
        return show_exact(step)
    unit = show_exact(step).partition(" ")[2]
    return f"whole {unit}" if unit else "whole number"


def last_place(key: Key, course: Course) -> Fraction | None:
    """Return the step to which a key was rounded, in its own unit; None where it is exact.

    >>> tenth = Quantity(Fraction(1, 10), "mL")
    >>> last_place(key_of(Quantity(Fraction(25, 14), "mL"), tenth, "nearest", TEACHING), TEACHING)
    Fraction(1, 10)
    """
    unit = key.exact.unit
    if key.step is not None:
        step, tail = key.step, unit.partition("/")[2]
        if tail and "/" not in step.unit:
            step = Quantity(step.magnitude, f"{step.unit}/{tail}")
        return step.number(unit)
    if not course.digits or key.way != "nearest":
        return None
    return min(Fraction(1), place_of(key.exact.magnitude) / Fraction(10) ** (course.digits - 1))


def place_of(number: Fraction) -> Fraction:
    """Return the place of the first digit of a number above zero, as a power of ten.

    >>> place_of(Fraction(345)), place_of(Fraction("0.02"))
    (Fraction(100, 1), Fraction(1, 100))
    """
    place = Fraction(1)
    while number >= 10 * place:
        place *= 10
    while number < place:
        place /= 10
    return place
