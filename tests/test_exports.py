"""Moodle XML and GIFT, read back by readers that know nothing of the writers."""

from __future__ import annotations

import importlib
import re
import sys
import warnings
from fractions import Fraction

import gift_reader
import moodle_reader
import pytest
from doubles import DOUBLES

from formulation.blueprint import find_blueprint, read_blueprint
from formulation.errors import safe
from formulation.export import GRADES, grade, number, reach, shortened, taken, units
from formulation.families import FAMILIES
from formulation.gift import gift
from formulation.moodle import moodle
from formulation.papers import Paper, papers
from formulation.questions import TOPICS
from formulation.syllabus import Course, Marks

FIFTY = {
    "title": 'Fifty: a / b & "c" <d> {e} ~ = # \\ [f]',
    "part": [
        {"family": "double-volume", "level": 1, "questions": 14, "points": 2},
        {"family": "double-volume", "level": 2, "kind": "estimate", "questions": 4},
        {"family": "double-volume", "level": 3, "kind": "reasonable", "questions": 4},
        {"family": "double-volume", "level": 4, "kind": "error", "questions": 4},
        {"family": "double-capsules", "level": 2, "questions": 8, "points": 3},
        {"family": "double-number", "level": 1, "questions": 6},
        {"family": "double-refuse", "level": 3, "kind": "refuse", "questions": 4},
        {"topic": "dilution", "level": 3, "questions": 6},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> Paper:
    return papers(read_blueprint(FIFTY, "test", (*FAMILIES, *DOUBLES)), 11)[0]


@pytest.fixture(scope="module")
def from_moodle(paper: Paper) -> list[moodle_reader.Question]:
    return moodle_reader.read(moodle(paper))


@pytest.fixture(scope="module")
def from_gift(paper: Paper) -> list[gift_reader.Question]:
    return gift_reader.read(gift(paper))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_fifty_questions_come_back_with_their_names_points_and_places(
    paper, from_moodle, from_gift
) -> None:
    names = [item.question.name for item in paper.items]
    assert len(names) == 50
    assert len(set(names)) == 50
    assert [one.name for one in from_moodle] == names
    assert [one.idnumber for one in from_moodle] == names
    assert [one.name for one in from_gift] == names
    assert [one.id for one in from_gift] == names
    assert [one.points for one in from_moodle] == [float(item.points) for item in paper.items]
    for item, left, right in zip(paper.items, from_moodle, from_gift, strict=True):
        topic = TOPICS[item.question.topic]
        assert left.category == right.category
        assert re.split(r"(?<!/)/(?!/)", left.category)[-1] == topic
        assert left.category.startswith("$course$/top/Fifty")
        assert f"level {item.question.level}" in left.tags
        assert left.tags == right.tags


def test_the_stem_comes_back_letter_by_letter(paper, from_moodle, from_gift) -> None:
    for item, left, right in zip(paper.items, from_moodle, from_gift, strict=True):
        one = item.question
        for found in ("\n".join(left.stem), right.stem):
            assert squeezed(one.story) in squeezed(found)
            assert squeezed(f"{one.asked} {one.rounding}") in squeezed(found)
            for line in one.shown:
                assert squeezed(line.shown) in squeezed(found)
        assert right.form == "plain"


def numeric(paper: Paper):
    return [
        (place, item.question, item.question.key)
        for place, item in enumerate(paper.items)
        if item.question.kind == "calculate" and item.question.key is not None
    ]


def test_the_printed_key_is_right_and_every_mistake_is_wrong_for_its_own_reason(
    paper, from_moodle, from_gift
) -> None:
    assert len(numeric(paper)) == 34
    for place, one, key in numeric(paper):
        left, right = from_moodle[place], from_gift[place]
        assert (left.kind, right.kind) == ("numerical", "numerical")
        printed = float(key.printed.magnitude)
        full, _ = left.grade(printed)
        assert full == 1
        best = right.answers[0]
        assert best.weight == 1
        assert abs(best.value - printed) <= best.tolerance + 1e-9 * printed
        if key.way == "nearest":
            for edge in (key.exact.magnitude - key.tolerance, key.exact.magnitude + key.tolerance):
                assert left.grade(float(edge))[0] == 1
                assert abs(best.value - float(edge)) <= best.tolerance * (1 + 1e-9)
        for wrong in one.wrong:
            value = float(wrong.value.magnitude)
            share, said = left.grade(value)
            assert share == 0
            assert any(wrong.words in line.lower() for line in said)
            assert abs(value - best.value) > best.tolerance
            (match,) = [a for a in right.answers if abs(a.value - value) <= a.tolerance]
            assert match.weight == 0
            assert wrong.words in match.feedback.lower()


def test_what_is_counted_is_right_or_wrong_and_unrounded_earns_what_rounding_leaves(
    paper, from_moodle, from_gift
) -> None:
    for place, _, key in numeric(paper):
        if key.way == "nearest":
            continue
        assert reach(key) == 0
        best = from_gift[place].answers[0]
        assert (best.value, best.tolerance) == (float(key.printed.magnitude), 0)
        assert from_moodle[place].grade(float(key.printed.magnitude) - 1)[0] < 1
        if key.exact != key.printed:
            share, said = from_moodle[place].grade(float(key.exact.magnitude))
            assert share == pytest.approx(0.8)
            assert "before it is rounded" in said[0]


def test_units_are_taken_with_what_they_multiply_by(paper, from_moodle, from_gift) -> None:
    seen = set()
    for place, _, key in numeric(paper):
        left, right = from_moodle[place], from_gift[place]
        unit = key.text.partition(" ")[2]
        seen.add(unit)
        if not unit:
            assert (left.units, left.unit_graded, left.shown_units) == ({}, 0, 3)
            assert right.stem.endswith("Give the number alone.")
            continue
        assert next(iter(left.units)) == unit
        assert (left.unit_graded, left.unit_penalty, left.shown_units) == (1, 0.2, 0)
        assert right.stem.endswith(f"Give the number alone, in {unit}.")
        assert left.grade(float(key.printed.magnitude), unit)[0] == 1
        if unit == "mL":
            assert left.grade(float(key.printed.magnitude) / 1000, "L")[0] == 1
            assert left.grade(float(key.printed.magnitude), "L")[0] == 0
            assert left.grade(float(key.printed.magnitude), "ml")[0] == 1
    assert {"mL", "capsules", ""} <= seen


def test_a_course_names_the_units_that_count(paper) -> None:
    key = next(key for _, _, key in numeric(paper) if key.printed.unit == "mL")
    assert [one.name for one in units(key)] == ["mL", "L", "ml"]
    assert [one.name for one in units(key, ("mL",))] == ["mL", "ml"]


def test_choices_come_back_with_one_that_is_right_and_what_is_said_to_each(
    paper, from_moodle, from_gift
) -> None:
    for item, left, right in zip(paper.items, from_moodle, from_gift, strict=True):
        one = item.question
        if one.kind == "calculate":
            continue
        assert (left.kind, right.kind, left.single) == ("multichoice", "choice", True)
        assert left.shuffled == (one.kind in ("estimate", "refuse"))
        for found in (left.answers, right.answers):
            assert [squeezed(a.text) for a in found] == [squeezed(o.text) for o in one.options]
        assert [a.fraction for a in left.answers] == [float(o.right) for o in one.options]
        assert [a.weight for a in right.answers] == [float(o.right) for o in one.options]
        for option, mine, yours in zip(one.options, left.answers, right.answers, strict=True):
            why = squeezed(option.why).lower()
            assert why in squeezed(" ".join(mine.feedback)).lower()
            assert why in squeezed(yours.feedback).lower().replace(" → ", " = ")


def test_the_worksheet_and_the_licence_stand_in_the_general_feedback(
    paper, from_moodle, from_gift
) -> None:
    for item, left, right in zip(paper.items, from_moodle, from_gift, strict=True):
        for line in item.question.worksheet:
            assert squeezed(f"{line.words}: {line.shown} = {line.text}") in map(
                squeezed, left.feedback
            )
            assert line.shown in right.feedback
        assert any("CC BY 4.0" in line for line in left.feedback)
        assert "CC BY 4.0" in right.feedback


def test_no_two_numbers_that_are_looked_for_overlap(paper) -> None:
    for _, one, _ in numeric(paper):
        rows = taken(one, Marks())
        for place, left in enumerate(rows):
            assert left.grade in GRADES
            for right in rows[place + 1 :]:
                assert abs(left.value - right.value) > left.tolerance + right.tolerance


def test_the_same_paper_gives_the_same_files(paper) -> None:
    again = papers(read_blueprint(FIFTY, "test", (*FAMILIES, *DOUBLES)), 11)[0]
    assert moodle(again) == moodle(paper)
    assert gift(again) == gift(paper)


def test_a_course_with_other_marks_still_gives_grades_of_the_list() -> None:
    for rounding in (Fraction(1, 7), Fraction(1, 3), Fraction(0), Fraction(1)):
        assert grade(1 - rounding) in GRADES
        assert Fraction(grade(1 - rounding)) <= (1 - rounding) * 100
    course = Course(digits=3)
    found = papers(find_blueprint("dilution"), 4, course)[0]
    for one in moodle_reader.read(moodle(found)):
        assert one.answers
    assert number(Fraction(-1, 3)) == "-0.3333333333"
    assert shortened(Fraction("0.00012345"), True) == Fraction("0.000124")


def other_reader():
    """Return the GIFT parser of pygiftparserrgmf, which is somebody else's work."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.modules.pop("pygiftparser", None)
        return importlib.import_module("pygiftparser.parser")


def test_another_parser_of_gift_reads_a_whole_paper(capsys: pytest.CaptureFixture[str]) -> None:
    found = papers(find_blueprint("dilution"), 3)[1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = other_reader().parse(gift(found)).questions
    capsys.readouterr()
    assert [one.name for one in read] == [item.question.name for item in found.items]
    for item, one in zip(found.items, read, strict=True):
        question = item.question
        assert squeezed(question.story) in squeezed(one.text.replace("\\n", " "))
        assert TOPICS[question.topic] in one.category
        options = one.answer.options
        if question.kind != "calculate":
            right = [option for option in options if option.percentage == 1]
            assert [o.text.replace("\\", "") for o in right] == [safe(question.right.text)]
            assert len(options) == len(question.options)
            continue
        values = [tuple(map(float, option.text.split(":"))) for option in options]
        rows = taken(question, found.course.marks)
        assert values == [(float(row.value), float(row.tolerance)) for row in rows]
        assert [o.percentage for o in options] == [float(row.grade) / 100 for row in rows]
        for option, row in zip(options, rows, strict=True):
            said = option.feedback.replace("\\:", ":").split("####")[0]
            assert squeezed(said) == squeezed(row.feedback)
