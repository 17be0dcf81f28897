"""Marking: number, unit, rounding apart; slips named; working credited; laws that always hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation.course_file import course
from formulation.draws import Draw
from formulation.errors import FormulationError
from formulation.families import FAMILIES, family
from formulation.family import Drawn, Family, Judged
from formulation.family import given as stated
from formulation.likely import likely, power_off
from formulation.marking import mark
from formulation.posing import pose
from formulation.printing import decimal, show_exact, terminates
from formulation.questions import LEVELS, Option, Question, Row, Slip
from formulation.quizzing import kinds_of
from formulation.reworking import formulas
from formulation.slips import SLIPS
from formulation.syllabus import TEACHING, Course, Marks
from formulation.units import Quantity

NUMBER, UNIT, ROUNDING = Fraction(6, 10), Fraction(2, 10), Fraction(2, 10)
TENTH = Quantity(Fraction(1, 10), "mL")


def counted(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw a family of the test's own: capsules, rounded up, over a mass and a share."""
    dose = stated("dose", "dose", Quantity(Fraction(draw.whole(20, 90)), "mg/cap"))
    total = stated("total", "drug in all", Quantity(Fraction(draw.whole(1000, 3000)), "mg"))
    return Drawn(
        story=f"Doses of {dose.text} are made from {total.text}.",
        asked="How many capsules are needed?", given=(dose, total),
        rows=(Row("exact", "capsules before rounding", "total / dose", "each holds a dose"),
              Row("count", "capsules", "ceil(exact)", "no part of a capsule is made")),
        slips=(Slip("rounded wrong way", "count", "floor(exact)"),
               Slip("tenfold", "exact", "total / dose * 10"),
               Slip("each for total", "exact", "total / dose / 2"),
               Slip("excess forgotten", "exact", "total / dose * 3")),
        step=Quantity(Fraction(1), "cap"), way="up",
    )  # fmt: skip


def share(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw a family of the test's own whose answer is a plain number."""
    part = stated("part", "part", Quantity(Fraction(draw.whole(11, 19)), "mg"))
    whole = stated("whole", "whole", Quantity(Fraction(draw.whole(70, 90)), "mg"))
    return Drawn(
        story=f"Of {whole.text} there are {part.text} drug.", asked="What part is it?",
        given=(part, whole), rows=(Row("share", "part of the whole", "part / whole", "a ratio"),),
        slips=(Slip("inverted", "share", "whole / part"),
               Slip("tenfold", "share", "part * 10 / whole"),
               Slip("percent of wrong whole", "share", "part / (whole - part)")),
        step=Quantity(Fraction(1, 1000)),
    )  # fmt: skip


def money(draw: Draw, level: int, course: Course) -> Drawn:
    each = stated("each", "price of one", Quantity(Fraction(draw.whole(101, 399), 100), "USD/cap"))
    count = stated("count", "capsules", Quantity(Fraction(draw.whole(11, 29)), "cap"))
    return Drawn(
        story=f"{count.text} at {each.text}.", asked="What do they cost?", given=(each, count),
        rows=(Row("cost", "cost of all", "each * count", "each costs the same"),),
        slips=(Slip("tenfold", "cost", "each * count * 10"), Slip("each for total", "cost",
               "each * count * 3"), Slip("inverted", "cost", "each * count / 7")),
        step=Quantity(Fraction(1, 100), "USD"),
    )  # fmt: skip


def judged(draw: Draw, level: int, course: Course) -> Judged:
    options = (
        Option("Make it as it stands.", False, "the date would not hold", ""),
        Option("Do not make it: no study supports a date.", True, "no study is on record", ""),
        Option("Make it with half the drug.", False, "that is another dose", "each for total"),
    )
    return Judged(story="A liquid is asked for.", asked="What do you do?", options=options,
                  findings=())  # fmt: skip


DOUBLES = (
    Family("capsule-count", "Capsules", "capsules", (1, 1, 1, 1), counted),
    Family("plain-share", "A share", "strength", (1, 1, 1, 1), share),
    Family("what-it-costs", "Cost", "costs", (1, 1, 1, 1), money),
    Family("make-or-not", "Make it?", "liquids", (2, 2, 2, 2), None, judged),
)
EVERY = (*FAMILIES, *DOUBLES)


def posed(
    one: Family, seed: int, level: int, kind: str = "", taught: Course = TEACHING
) -> Question:
    """Return a question; where a family has none of a kind at a level, its first kind."""
    try:
        return pose(one, seed, level, kind, taught)
    except FormulationError:
        return pose(one, seed, level, "", taught)


def parts(typed: str, question: Question, taught: Course = TEACHING) -> tuple[Fraction, ...]:
    found = mark(question, typed, taught)
    assert found.points == sum(part.points for part in found.parts)
    return tuple(part.points for part in found.parts)


def fixed(draw: Draw, level: int, course: Course) -> Drawn:
    """Draw nothing: 12 g of drug from a stock of 0.35 g/mL is 240/7 mL, 34.3 mL."""
    rows = (
        Row("drug", "drug in the preparation", "weak * ml", "what the strength means", "g"),
        Row("take", "stock to take", "drug / strong", "what the strength means", "mL"),
    )
    slips = (
        Slip("tenfold", "drug", "weak * ml * 10"),
        Slip("added not made up", "take", "drug / (strong - weak)"),
        Slip("diluent for total", "take", "ml - drug / strong"),
    )
    amounts = (
        stated("ml", "final volume", Quantity(500, "mL")),
        stated("weak", "strength wanted", Quantity(Fraction("0.024"), "g/mL")),
        stated("strong", "strength of the stock", Quantity(Fraction("0.35"), "g/mL")),
    )
    return Drawn(story="A stock.", asked="How much of it?", given=amounts, rows=rows, slips=slips,
                 step=TENTH)  # fmt: skip


@pytest.fixture
def question() -> Question:
    """Return a question whose numbers no change of a family moves."""
    return pose(Family("fixed", "Fixed", "dilution", (1, 1, 1, 1), fixed), 1)


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("34.3 mL", (NUMBER, UNIT, ROUNDING)),
        ("34.3mL", (NUMBER, UNIT, ROUNDING)),
        ("34.3 ml", (NUMBER, UNIT, ROUNDING)),
        ("0.0343 L", (NUMBER, UNIT, ROUNDING)),
        ("34.30 mL", (NUMBER, UNIT, ROUNDING)),
        ("34.3", (NUMBER, 0, ROUNDING)),
        ("34.3 g", (NUMBER, 0, ROUNDING)),
        ("34.3 cc", (NUMBER, 0, ROUNDING)),
        ("34.3 mls", (NUMBER, 0, ROUNDING)),
        ("34.3 furlongs", (NUMBER, 0, ROUNDING)),
        ("34.29 mL", (NUMBER, UNIT, 0)),
        ("240/7 mL", (NUMBER, UNIT, 0)),
        ("34.2 mL", (NUMBER, UNIT, 0)),
        ("34 mL", (0, UNIT, 0)),
        ("342.9 mL", (0, UNIT, 0)),
        ("36.8 mL", (0, UNIT, 0)),
        ("34.3 L", (0, 0, 0)),
        ("34,300 mL", (0, 0, 0)),
        ("12 g", (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_number_unit_and_rounding_are_marked_apart(typed, points, question):
    assert parts(typed, question) == points


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("342.9 mL", "tenfold"), ("343 mL", "tenfold"), ("3.43 mL", "tenfold"),
        ("36.8 mL", "added not made up"), ("36.81 mL", "added not made up"),
        ("465.7", "diluent for total"), ("34.3 L", "thousandfold"), ("0.0343 mL", "thousandfold"),
        ("0.02917 mL", "inverted"), ("12 g", "step left out"), ("500 mL", "step left out"),
        ("34 mL", ""), ("77 mL", ""),
    ],
)  # fmt: skip
def test_the_likely_slip_is_named(typed, slip, question):
    found = mark(question, typed, TEACHING)
    assert found.slip == slip
    if slip:
        assert found.likely.habit == SLIPS[slip].habit
        assert found.likely.done


def test_a_slip_is_told_with_the_line_it_happened_in(question):
    found = mark(question, "36.8 mL", TEACHING)
    assert found.likely.where == (
        "stock to take: probably 12 g ÷ (0.35 g/mL − 0.024 g/mL) = 36.81 mL; "
        "it is 12 g ÷ 0.35 g/mL = 34.29 mL"
    )


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("34.3 ml", 'write "mL"'), ("240/7 mL", "a fraction is exact"),
        ("34.30 mL", "write 34.3: a zero"),
    ],
)  # fmt: skip
def test_what_is_right_but_badly_written_has_a_note(typed, note, question):
    assert any(one.startswith(note) for one in mark(question, typed, TEACHING).notes)


@pytest.mark.parametrize(
    "typed",
    ["34,3 ml", ".5 mL", "-34.3 mL", "34 to 35 mL", "3.43e1 mL", "34 300 mL", "1800 mcL", "abc",
 "٣٤ mL", "5/0 mL", "x" * 200],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_not_marked(typed, question):
    found = mark(question, typed, TEACHING)
    assert not found.read
    assert not found.points
    assert found.notes


def test_a_course_may_take_fewer_units(question):
    taught = replace(TEACHING, units=("mL", "mg"))
    assert parts("0.0343 L", question, taught) == (NUMBER, 0, ROUNDING)
    assert parts("34.3 mL", question, taught) == (NUMBER, UNIT, ROUNDING)
    note = mark(question, "0.0343 L", taught).parts[1].note
    assert note == "this course does not take L here; it takes mL, mg"


def test_the_shares_of_a_course_are_used(question):
    taught = replace(TEACHING, marks=Marks(Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)))
    assert parts("34.3", question, taught) == (Fraction(1, 2), 0, Fraction(1, 4))


# Working.


@pytest.mark.parametrize(
    ("working", "typed", "verdicts", "earned"),
    [
        (("12 g",), "99 mL", ("right",), Fraction(1, 2)),
        (("12,000 mg",), "99 mL", ("right",), Fraction(1, 2)),
        (("0.024 × 500 = 12 g",), "99 mL", ("right",), Fraction(1, 2)),
        (("120 g",), "342.9 mL", ("wrong",), Fraction(1, 2)),
        (("10 g",), "28.6 mL", ("wrong",), Fraction(1, 2)),
        (("10 g", "28.57 mL"), "28.6 mL", ("wrong", "follows"), Fraction(1, 2)),
        (("10 g", "34.29 mL"), "99 mL", ("wrong", "right"), Fraction(1, 2)),
        (("12 g", "34.29 mL"), "99 mL", ("right", "right"), Fraction(1)),
        (("12 g", "12 g"), "99 mL", ("right", "not found"), Fraction(1, 2)),
        (("7 kg_bw", "?"), "99 mL", ("not read", "not read"), Fraction(0)),
        (("10 g",), "99 mL", ("wrong",), Fraction(0)),
    ],
)
def test_right_lines_earn_points_under_a_wrong_answer(working, typed, verdicts, earned, question):
    found = mark(question, typed, TEACHING, working)
    assert tuple(line.verdict for line in found.lines) == verdicts
    assert found.parts[-1].points == earned * NUMBER * TEACHING.marks.working
    assert found.points == UNIT + found.parts[-1].points


def test_working_adds_nothing_where_the_number_is_right(question):
    assert mark(question, "34.3 mL", TEACHING, ("99 g",)).points == 1
    assert mark(question, "34.29 mL", TEACHING, ("12 g",)).points == NUMBER + UNIT


def test_a_slip_in_a_line_is_named_where_the_answer_tells_nothing(question):
    found = mark(question, "77 mL", TEACHING, ("120 g",))
    assert found.slip == "tenfold"
    assert found.likely.where == "in the line: drug in the preparation"


def test_working_counts_without_an_answer(question):
    assert mark(question, "", TEACHING, ("12 g",)).points == Fraction(3, 20)


@pytest.mark.parametrize("one", [f for f in EVERY if f.draw], ids=lambda f: f.name)
def test_the_formulas_of_a_worksheet_are_read_back_from_their_words(one):
    """Where they are not, an error is not carried forward: no point is lost, but none is earned."""
    read = sum(bool(formulas(posed(one, seed, 1 + 3 * seed))) for seed in range(2))
    assert read == 2


# Choices.


def test_a_choice_is_right_or_not_with_what_it_tells():
    found = pose(DOUBLES[3], 1)
    letter = "ABC"[next(n for n, one in enumerate(found.options) if one.right)]
    assert mark(found, letter, TEACHING).points == 1
    assert mark(found, f" {letter.lower()}) ", TEACHING).points == 1
    assert mark(found, "do not make it", TEACHING).points == 1
    wrong = mark(found, "Make it with half the drug.", TEACHING)
    assert (wrong.points, wrong.slip) == (0, "each for total")
    assert wrong.likely.where == "that is another dose"
    assert mark(found, "Make it as it stands.", TEACHING).notes == ("the date would not hold",)


@pytest.mark.parametrize("typed", ["D", "make it", "4", "?", "Line"])
def test_a_choice_that_is_none_is_not_marked(typed):
    found = mark(pose(DOUBLES[3], 1), typed, TEACHING)
    assert not found.read
    assert found.notes[1] == "type a letter from A to C"


# Counted, plain and money answers.


def test_what_is_counted_needs_no_unit_where_the_question_says_it():
    found = pose(DOUBLES[0], 5)
    number = decimal(found.key.printed.magnitude)
    assert mark(found, number, TEACHING).points == 1
    assert mark(found, f"{number} caps", TEACHING).points == 1


def test_rounding_a_count_the_wrong_way_costs_the_number_and_is_named():
    found = pose(DOUBLES[0], 5)
    low = decimal(found.key.printed.magnitude - 1)
    marked = mark(found, f"{low} capsules", TEACHING)
    assert (marked.parts[0].points, marked.slip) == (0, "rounded wrong way")


def test_a_plain_number_has_no_unit_and_may_be_said_in_percent():
    found = pose(DOUBLES[1], 5)
    value = found.key.printed.magnitude
    assert mark(found, decimal(value), TEACHING).points == 1
    assert mark(found, f"{decimal(value * 100)} %", TEACHING).points == 1
    assert mark(found, f"{decimal(value)} mg", TEACHING).parts[1].points == 0


def test_money_is_typed_as_money():
    found = pose(DOUBLES[2], 5)
    text = decimal(found.key.printed.magnitude, 2)
    assert mark(found, f"${text}", TEACHING).points == 1
    assert mark(found, f"{text} USD", TEACHING).points == 1
    assert mark(found, text, TEACHING).parts[1].points == 0
    assert mark(found, f"{text} dollars", TEACHING).points == 1
    assert mark(found, f"{text} $", TEACHING).points == 1


def test_money_for_one_is_typed_as_money():
    found = pose(family("whole-packs"), 1, 2)
    text = decimal(found.key.printed.magnitude, 2)
    assert mark(found, f"${text}", TEACHING).points == 1
    assert mark(found, f"{text} per dose", TEACHING).parts[1].points == 0


@pytest.mark.parametrize(("name", "level"), [("filler-by-packing", 1), ("each-or-all", 1)])
def test_asked_for_one_what_is_in_one_needs_no_per(name, level):
    found = pose(family(name), 1, level)
    value = found.key.printed.magnitude
    assert mark(found, f"{decimal(value)} mg", TEACHING).points == 1
    assert mark(found, f"{decimal(value / 1000)} g", TEACHING).points == 1
    assert mark(found, f"{decimal(value)} mL", TEACHING).parts[1].points == 0


def test_one_beside_a_large_count_is_wrong_and_not_within_a_tolerance():
    found = pose(family("metric"), 1, 3)
    count = found.key.printed.magnitude
    assert count > 1000
    assert found.key.tolerance == 0
    assert mark(found, f"{decimal(count + 1)} doses", TEACHING).parts[0].points == 0
    assert mark(found, f"{decimal(count - 1)} doses", TEACHING).parts[0].points == 0


def test_ten_times_the_key_as_it_is_rounded_is_a_decimal_point_out_of_place():
    for seed in range(20):
        found = pose(family("assay"), seed, 1)
        far = Quantity(found.key.printed.magnitude * 100, found.key.printed.unit)
        assert power_off(found, far) == 2


def test_a_strength_keeps_its_per():
    found = pose(family("final-strength"), 1, 1)
    text = decimal(found.key.printed.magnitude)
    assert mark(found, f"{text} mg", TEACHING).parts[1].points == 0


@pytest.mark.parametrize(
    ("name", "level", "word"), [("batches", 1, "batches"), ("quantity", 4, "bottles")]
)
def test_what_is_counted_may_be_named_as_the_question_names_it(name, level, word):
    found = pose(family(name), 1, level)
    text = decimal(found.key.printed.magnitude)
    assert mark(found, f"{text} {word}", TEACHING).points == 1
    assert mark(found, f"{text} furlongs", TEACHING).parts[1].points == 0


# Laws.

seeds = st.integers(0, 999)
levels = st.sampled_from(LEVELS)
families = st.sampled_from(EVERY)
drawn = st.sampled_from([one for one in EVERY if one.draw])
QUICK = settings(max_examples=25, deadline=None)


@given(families, seeds, levels, st.data())
@QUICK
def test_the_key_as_it_is_printed_gets_full_marks(one, seed, level, data):
    kind = data.draw(st.sampled_from(kinds_of(one)))
    found = posed(one, seed, level, kind)
    text = found.key.text if found.kind == "calculate" else found.right.text
    assert mark(found, text, TEACHING).points == 1


@given(drawn, seeds, levels, st.sampled_from(["teaching", "grain-60"]))
@QUICK
def test_no_wrong_answer_gets_the_points_for_the_number(one, seed, level, name):
    taught = course(name)[0]
    found = posed(one, seed, level, "", taught)
    for wrong in found.wrong:
        marked = mark(found, wrong.text, taught)
        assert marked.parts[0].points == 0
        assert marked.slip


@given(
    drawn, seeds, levels, st.fractions(min_value=Fraction(1, 2), max_value=2, max_denominator=99)
)
@QUICK
def test_the_same_amount_in_another_unit_is_marked_the_same(one, seed, level, times):
    found = posed(one, seed, level)
    unit = found.key.exact.unit
    other = {"mL": "L", "L": "mL", "g": "mg", "mg": "mcg", "mcg": "mg"}.get(unit)
    if other is None:
        return
    for value in (found.key.printed, found.key.exact * times, *(w.value for w in found.wrong)):
        texts = [_typed(value.to(one)) for one in (unit, other)]
        first, second = (mark(found, text, TEACHING) for text in texts)
        assert [p.points for p in first.parts] == [p.points for p in second.parts]
        assert first.slip == second.slip


def _typed(value: Quantity) -> str:
    number = decimal(value.magnitude) if terminates(value.magnitude) else str(value.magnitude)
    return f"{number} {value.unit}"


@given(drawn, seeds, levels, st.fractions(min_value=Fraction(9, 10), max_value=Fraction(11, 10),
                                          max_denominator=200))  # fmt: skip
@QUICK
def test_a_wider_tolerance_never_costs_points(one, seed, level, times):
    found = posed(one, seed, level)
    text = _typed(found.key.exact * times).replace("IU", "units")
    last = Fraction(-1)
    for share in (0, Fraction(1, 500), Fraction(1, 100), Fraction(1, 20)):
        key = replace(found.key, tolerance=found.key.exact.magnitude * share)
        points = mark(replace(found, key=key), text, TEACHING).points
        assert points >= last
        last = points


texts = st.one_of(
    st.text(max_size=20),
    st.from_regex(r"\A[0-9]{1,4}(\.[0-9]{1,3})? ?(mL|mg|g|L|ml|%|capsules|cc|)\Z"),
    st.from_regex(r"\A[0-9]{1,3}/[0-9]{1,3} (mL|mg)\Z"),
)


@given(families, seeds, levels, texts, st.lists(texts, max_size=3))
@QUICK
def test_points_lie_between_0_and_1_and_marking_again_gives_the_same(
    one, seed, level, typed, lines
):
    found = posed(one, seed, level)
    marked = mark(found, typed, TEACHING, tuple(lines))
    assert 0 <= marked.points <= 1
    assert marked == mark(found, typed, TEACHING, tuple(lines))
    assert mark(found, marked.typed, TEACHING, tuple(lines)) == marked


@given(drawn, seeds, levels)
@QUICK
def test_all_right_lines_earn_the_whole_share_of_the_working(one, seed, level):
    found = posed(one, seed, level)
    lines = tuple(f"= {show_exact(line.result)}" for line in found.worksheet)
    marked = mark(found, "", TEACHING, lines)
    assert marked.points == NUMBER * TEACHING.marks.working


@pytest.mark.parametrize(
    ("typed", "points"),
    [("15 %", (1, 1)), ("0.15", (1, 1)), ("15", (1, 0)), ("1.5 %", (0, 1)), ("0.15 %", (0, 1))],
)
def test_a_share_may_be_typed_in_percent_or_as_a_number(typed, points):
    found = pose(DOUBLES[1], 5)
    exact = Quantity(Fraction(3, 20))
    key = replace(found.key, exact=exact, printed=exact, text="15 %", step=None)
    parts = mark(replace(found, key=key, wrong=()), typed, TEACHING).parts
    assert tuple(bool(part.points) for part in parts[:2]) == points


@pytest.mark.parametrize(("times", "said"), [
    (Fraction(1000), "a thousand times too much"),
    (Fraction(1, 1000), "a thousand times too little"),
])  # fmt: skip
def test_a_power_of_ten_is_told_with_its_direction(times, said):
    found = pose(family("stock-to-take"), 1, 2)
    value = Quantity(found.key.printed.magnitude * times, found.key.printed.unit)
    told = likely(found, value, value)
    assert told is not None
    assert said in told.done
