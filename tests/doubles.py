"""Families of questions made for tests: one of each kind of answer, with awkward characters."""

from __future__ import annotations

from fractions import Fraction

from formulation.draws import Draw
from formulation.family import Drawn, Family, Judged, given
from formulation.questions import Option, Row, Slip
from formulation.syllabus import Course
from formulation.units import Quantity

AWKWARD = 'a "b" <c> & {d} ~e = #f 1:2 \\g %50%h ]]> --> i->j ünï 100 % // k\nnew line'


def of(number: int | str, unit: str = "") -> Quantity:
    return Quantity(Fraction(number), unit)


def _doses(draw: Draw, level: int, course: Course) -> Drawn:
    """How much liquid in all: rounded to the nearest 0.1 mL."""
    dose = given("dose", "dose", of(draw.whole(20, 980, 7), "mg/dose"))
    doses = given("doses", "doses", of(draw.whole(7, 60), "dose"))
    strength = given("strength", "strength", of(draw.pick((7, 11, 13, 17, 19)), "mg/mL"))
    rows = (
        Row("drug", "drug in all", "dose * doses", "each the same", "mg"),
        Row("volume", "volume in all", "drug / strength", AWKWARD, "mL"),
    )
    slips = (
        Slip("tenfold", "drug", "dose * doses * 10"),
        Slip("each for total", "drug", "dose * doses / 3"),
        Slip("excess forgotten", "volume", "drug / strength * 3 / 2"),
        Slip("wrong direction", "volume", "drug / strength * 2"),
    )
    story = f"{AWKWARD} {dose.text}, {doses.text}, {strength.text}."
    return Drawn(
        story=story, asked=f"How much? {AWKWARD}", given=(dose, doses, strength), rows=rows,
        slips=slips, step=of("0.1", "mL"),
    )  # fmt: skip


def _capsules(draw: Draw, level: int, course: Course) -> Drawn:
    """How many capsules: counted, rounded up."""
    drug = given("drug", "drug", of(draw.whole(1010, 9000, 13), "mg"))
    claim = given("claim", "claim", of(draw.pick((50, 100, 250)), "mg/cap"))
    rows = (
        Row("exact", "capsules that hold it", "drug / claim", "the drug in each"),
        Row("more", "capsules with excess", "exact * 11 / 10", "a tenth more"),
    )
    slips = (
        Slip("excess forgotten", "more", "exact"),
        Slip("tenfold", "exact", "drug / claim * 10"),
        Slip("wrong direction", "more", "exact * 3"),
        Slip("each for total", "exact", "drug / claim * 5"),
    )
    story = f"{drug.text} of drug, capsules of {claim.text}, a tenth more is made."
    return Drawn(
        story=story, asked="How many capsules?", given=(drug, claim), rows=rows, slips=slips,
        step=of(1, "cap"), way="up",
    )  # fmt: skip


def _number(draw: Draw, level: int, course: Course) -> Drawn:
    """A number without a unit, exact."""
    first = given("first", "first", of(draw.whole(12, 990, 2), "mg"))
    second = given("second", "second", of(4, "mg"))
    rows = (
        Row("sum", "both", "first + second", "added"),
        Row("times", "times as much", "sum / second", "a ratio"),
    )
    slips = (
        Slip("tenfold", "sum", "(first + second) * 10"),
        Slip("each for total", "sum", "first + first + second"),
        Slip("step left out", "times", "sum / second * 5"),
    )
    return Drawn(
        story=f"{first.text} and {second.text}.", asked="How many times as much as the second?",
        given=(first, second), rows=rows, slips=slips,
    )  # fmt: skip


def _few(draw: Draw, level: int, course: Course) -> Drawn:
    """A family with three stories in all."""
    first = given("first", "first", of(draw.pick((12, 14, 18)), "mg"))
    rows = (Row("twice", "twice", "first * 2", "two of them"),)
    slips = tuple(Slip("tenfold", "twice", f"first * {n}") for n in (20, 3, 7))
    return Drawn(story=first.text, asked="Twice?", given=(first,), rows=rows, slips=slips)


def _judge(draw: Draw, level: int, course: Course) -> Judged:
    """Whether to make it."""
    doses = given("doses", "doses", of(draw.whole(2, 900), "dose"))
    options = (
        Option(f"Do not make it. {AWKWARD}", True, f"no study supports a date {AWKWARD}"),
        Option("Make it.", False, "a ceiling is not a finding"),
        Option("Make it and shorten the date.", False, "there is no date to shorten"),
    )
    return Judged(
        story=f"{doses.text} of a liquid. {AWKWARD}", asked="What do you do?", options=options,
        findings=(), given=(doses,),
    )  # fmt: skip


VOLUME = Family("double-volume", "Volume", "liquids", (2, 3, 4, 5), _doses)
CAPSULES = Family("double-capsules", "Capsules", "capsules", (1, 2, 3, 4), _capsules)
NUMBER = Family("double-number", "Number", "weighing", (1, 1, 2, 2), _number)
REFUSE = Family("double-refuse", "Refuse", "dates", (2, 2, 3, 3), judge=_judge)
FEW = Family("double-few", "Few", "costs", (1, 1, 1, 1), _few)
DOUBLES = (VOLUME, CAPSULES, NUMBER, REFUSE, FEW)
