"""The course file: every key read strictly, the shipped ones whole, the page's example real."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from formulation import catalog, course_file
from formulation.course_file import course, read_course, rules_of
from formulation.errors import FormulationError
from formulation.families import family
from formulation.posing import pose
from formulation.printing import decimal
from formulation.syllabus import TEACHING, Course, key_of, last_place
from formulation.units import Quantity

SHIPPED = sorted((ROOT / "data" / "courses").glob("*.toml"))


def of(**tables: object) -> Course:
    return read_course({"name": "A class", **tables}, "a.toml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_every_shipped_course_is_read_and_poses_questions(path: Path) -> None:
    found, stamp = course(path.stem)
    assert stamp.key == f"courses/{path.stem}"
    assert not stamp.own
    question = pose(family("stock-to-take"), 3, 3, "", found)
    assert question.course == found.name
    assert rules_of(found).key == found.edition


def test_the_course_that_comes_first_is_the_teaching_course() -> None:
    assert course()[0] == TEACHING
    assert course()[1].key == "courses/teaching"


def test_a_variant_changes_what_it_says_and_nothing_else() -> None:
    found = course("grain-60")[0]
    assert found.constants["grain"] == Quantity(60, "mg")
    assert found.digits == 3
    assert found.marks == TEACHING.marks
    assert found.constants["tsp"] == TEACHING.constants["tsp"]


def test_the_whole_example_on_the_page_is_a_course() -> None:
    page = (ROOT / "docs" / "course-file.md").read_text("utf-8")
    text = page.split("```toml\n")[1].split("```")[0]
    found = read_course(tomllib.loads(text), "the page")
    assert found.name == "Calculations 1, autumn"
    assert found.constants["grain"] == Quantity(60, "mg")
    assert found.digits == 3
    assert found.marks.tolerance == Fraction(1, 100)
    assert found.accepts("g", "mg")
    assert not found.accepts("kg", "mg")


def test_every_key_is_explained_on_the_page() -> None:
    page = (ROOT / "docs" / "course-file.md").read_text("utf-8")
    for keys in (course_file.KEYS, course_file.CONSTANT_KEYS, course_file.ROUNDING_KEYS,
                 course_file.ANSWER_KEYS, course_file.MARK_KEYS):  # fmt: skip
        for key in keys:
            assert f"`{key}`" in page or f"[{key}]" in page, key


@pytest.mark.parametrize(
    ("tables", "code", "where"),
    [
        ({"grain": "60 mg"}, "file-unknown-key", "a.toml"),
        ({"constants": {"grian": "60 mg"}}, "file-unknown-key", "constants"),
        ({"constants": {"grain": "60"}}, "quantity-no-unit", "constants, key grain"),
        ({"constants": {"grain": "60 mL"}}, "quantity-wrong-kind", "key grain"),
        ({"constants": {"grain": "6.48 mg"}}, "course-constant-far", "key grain"),
        ({"constants": {"pounds_per_kg": "0.45"}}, "course-constant-far", "key pounds_per_kg"),
        ({"constants": {"grain": 60}}, "file-wrong-type", "key grain"),
        ({"rounding": {"to": "nicely"}}, "course-no-such-rounding", "key to"),
        ({"rounding": {"to": "1 significant digits"}}, "course-no-such-rounding", "key to"),
        ({"answers": {"units": ["ml"]}}, "course-no-such-unit", "key units"),
        ({"answers": {"units": [5]}}, "course-no-such-unit", "key units"),
        ({"answers": {"tolerance": "20 %"}}, "course-tolerance", "key tolerance"),
        ({"answers": {"tolerance": "0.005"}}, "share-no-sign", "key tolerance"),
        ({"marks": {"number": "90 %"}}, "course-marks-sum", "marks"),
        ({"marks": {"working": "150 %"}}, "course-working", "key working"),
        ({"edition": "usp795-2022"}, "course-no-such-edition", "key edition"),
        ({"name": "  "}, "file-missing-key", "a.toml"),
        ({"name": "x" * 600}, "file-text-too-long", "key name"),
        ({"marks": "all"}, "file-wrong-type", "key marks"),
    ],
)
def test_what_is_wrong_is_refused_with_its_key(tables: dict, code: str, where: str) -> None:
    with pytest.raises(FormulationError) as refused:
        of(**tables)
    assert refused.value.code == code
    assert where in refused.value.where
    assert refused.value.fix


def test_a_course_needs_a_name() -> None:
    with pytest.raises(FormulationError, match="name is missing"):
        read_course({}, "a.toml")


def test_a_mistyped_edition_or_course_is_refused_with_the_nearest() -> None:
    with pytest.raises(FormulationError) as refused:
        of(edition="usp795-2022")
    assert refused.value.fix == "did you mean usp795-2023?"
    with pytest.raises(FormulationError) as refused:
        course("teachin")
    assert refused.value.fix.startswith("did you mean teaching?")


def test_a_course_of_ones_own_overlays_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path))
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses" / "teaching.toml").write_text('name = "Ours"\n')
    found, stamp = course()
    assert found.name == "Ours"
    assert stamp.own
    assert catalog.keys("courses") == ("canada", "grain-60", "teaching")


@given(st.fractions(min_value=Fraction(1, 100), max_value=90000), st.integers(2, 6))
def test_a_key_to_significant_digits_is_a_whole_number_of_its_last_place(exact, digits) -> None:
    taught = Course(digits=digits)
    key = key_of(Quantity(exact, "mL"), Quantity(Fraction(1, 10), "mL"), "nearest", taught)
    place = last_place(key, taught)
    if key.error:
        assert (key.printed.magnitude / place).denominator == 1
        assert abs(key.printed.magnitude - exact) <= place / 2
        assert len(decimal(key.printed.magnitude).replace(",", "").replace(".", "").strip("0")) <= (
            max(digits, len(str(int(exact) + 1)))
        )
