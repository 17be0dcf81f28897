"""Papers: two forms that match, nothing that tells an answer, the same paper for the same seed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from conftest import ROOT, Ran
from doubles import AWKWARD, DOUBLES
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import blocks as b
from formulation import catalog
from formulation.blueprint import find_blueprint, read_blueprint
from formulation.errors import FormulationError
from formulation.families import FAMILIES
from formulation.learn_json import paper_json
from formulation.page_typst import pdf
from formulation.pages import A4, LETTER
from formulation.paper_page import student_page, teacher_page
from formulation.paper_report import asked, student_report, teacher_report
from formulation.papers import answer, paper, papers
from formulation.slips import SLIPS

Run = Callable[..., Ran]
EVERY = (*FAMILIES, *DOUBLES)
EACH_KIND = {
    "title": "Every kind",
    "mixed": True,
    "part": [
        {"family": "double-volume", "level": 1, "questions": 3, "points": 2},
        {"family": "double-volume", "level": 2, "kind": "estimate", "points": 1},
        {"family": "double-volume", "level": 3, "kind": "reasonable"},
        {"family": "double-volume", "level": 4, "kind": "error", "points": 3},
        {"topic": "capsules", "level": 2, "questions": 2, "points": 4},
        {"family": "double-number", "level": 1, "questions": 2},
        {"topic": "dates", "level": 3, "kind": "refuse", "questions": 2, "points": 5},
        {"topic": "dilution", "level": 3, "questions": 2},
    ],
}


def plan(table=EACH_KIND):
    return read_blueprint(table, "test", EVERY)


def texts(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (tuple, list)):
        return [text for one in value for text in texts(one)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in texts(getattr(value, name))]
    return []


def everything(report: b.Report) -> str:
    return "\n".join(texts(report.blocks))


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(1, 10**9))
def test_the_two_forms_match_row_by_row_and_share_no_number(seed: int) -> None:
    first, second = papers(plan(), seed)
    for one in (first, second):
        assert sorted(item.place for item in one.items) == list(range(1, 15))
        assert [item.number for item in one.items] == list(range(1, 15))
    rows = [{item.place: item for item in form.items} for form in (first, second)]
    for place in range(1, 15):
        left, right = (row[place] for row in rows)
        told = [
            (q.family, q.level, q.kind, q.minutes, q.topic, item.points)
            for item in (left, right) for q in [item.question]
        ]  # fmt: skip
        assert told[0] == told[1]
        assert left.question.story != right.question.story
        if left.question.key is not None:
            assert left.question.key.text != right.question.key.text
    stories = [(i.question.family, i.question.story) for f in (first, second) for i in f.items]
    assert len(set(stories)) == 28
    assert (first.minutes, first.points) == (second.minutes, second.points)


def test_the_blueprint_is_kept_to() -> None:
    found = paper(plan(), "A", 5)
    rows = sorted(found.items, key=lambda item: item.place)
    told = [(i.question.kind, i.question.level, i.points) for i in rows]
    assert told == [
        *[("calculate", 1, 2)] * 3, ("estimate", 2, 1), ("reasonable", 3, 1), ("error", 4, 3),
        *[("calculate", 2, 4)] * 2, *[("calculate", 1, 1)] * 2, *[("refuse", 3, 5)] * 2,
        *[("calculate", 3, 1)] * 2,
    ]  # fmt: skip
    assert found.points == 6 + 1 + 1 + 3 + 8 + 2 + 10 + 2
    assert found.minutes == sum(i.question.minutes for i in found.items)


def test_the_same_seed_gives_the_same_paper_and_another_seed_another() -> None:
    assert papers(plan(), 9) == papers(plan(), 9)
    assert student_report(paper(plan(), "A", 9)).blocks[2:] != ()
    assert everything(student_report(paper(plan(), "A", 9))) != everything(
        student_report(paper(plan(), "A", 10))
    )


def test_mixed_forms_have_orders_of_their_own_and_others_keep_the_blueprints() -> None:
    first, second = papers(plan(), 3)
    assert [i.place for i in first.items] != [i.place for i in second.items]
    kept = papers(plan({**EACH_KIND, "mixed": False}), 3)
    assert [[i.place for i in one.items] for one in kept] == [list(range(1, 15))] * 2


def secret(item) -> list[str]:
    """Return what a student may not read: the key where it is typed, every reason and slip."""
    one = item.question
    words = [option.why for option in one.options if len(option.why) > 12]
    words += [line.why for line in one.worksheet if line.why not in one.story]
    words += [SLIPS[wrong.slip].words for wrong in one.wrong]
    asks = f"{one.story} {one.asked} {one.rounding}"
    if one.kind == "calculate" and one.key is not None and one.key.text not in asks:
        words.append(one.key.text)
    return words


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("form", ["A", "B"])
def test_nothing_on_a_students_paper_tells_an_answer(seed: int, form: str) -> None:
    found = paper(plan(), form, seed)
    for item in found.items:
        page = "\n".join(texts(asked(item, 4)))
        for word in secret(item):
            assert word not in page, word
        assert item.question.name not in page
    whole = everything(student_report(found))
    assert f"seed {seed}" not in whole
    told = json.dumps(paper_json(found, {}, answers=False)["results"])
    for name in ('"key"', '"answer"', '"options"', '"wrong"', '"right"', '"seed"', '"worksheet"'):
        assert name not in told
        assert name in json.dumps(paper_json(found, {}, answers=True))


def test_the_teachers_paper_has_each_key_worksheet_mark_and_mistake() -> None:
    found = paper(plan(), "B", 2)
    whole = everything(teacher_report(found))
    for item in found.items:
        one = item.question
        assert one.name in whole
        assert answer(one) in whole
        for line in one.worksheet:
            assert line.shown in whole
        for wrong in one.wrong if one.kind == "calculate" else ():
            assert wrong.text in whole
            assert SLIPS[wrong.slip].habit in whole
    assert "number 1.2, unit 0.4, rounding 0.4" in whole


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("size", [LETTER, A4], ids=lambda size: size.name)
def test_the_pdf_is_tagged_reads_back_and_tells_a_student_nothing(size) -> None:
    found = paper(plan(), "A", 4)
    content = pdf(student_page(found, size))
    assert content == pdf(student_page(found, size))
    reader = pypdf.PdfReader(io.BytesIO(content))
    said = flat(text_of(content))
    for item in found.items:
        assert flat(item.question.story.split("\n")[-1]) in said
        for word in secret(item):
            told = len(word) > 12  # a short number may well stand in another question
            assert not told or flat(word) not in said or word in AWKWARD, word
    meta = " ".join(str(value) for value in (reader.metadata or {}).values())
    assert "seed" not in meta
    assert "Every kind, form A" in meta
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "CCBY4.0" in said
    key = flat(text_of(pdf(teacher_page(found, size))))
    for item in found.items:
        assert flat(answer(item.question).split("\n")[0]) in key


def refused(table) -> FormulationError:
    with pytest.raises(FormulationError) as caught:
        papers(plan(table))
    return caught.value


ONE = {"title": "x", "part": [{"topic": "dilution"}]}


@pytest.mark.parametrize(
    ("change", "code", "fix"),
    [
        ({"part": [{"topic": "dilutoin"}]}, "paper-no-such-word", "did you mean dilution?"),
        ({"part": [{"topic": "dilution", "kind": "error!"}]}, "paper-no-such-word", "error?"),
        ({"part": [{"family": "stock-to-tke"}]}, "learn-no-such-family", "stock-to-take"),
        ({"part": [{"topic": "dilution", "kind": "refuse"}]}, "paper-not-had", "dates"),
        ({"part": [{"family": "double-refuse"}]}, "paper-not-had", "dilution"),
        ({"part": [{"topic": "costs", "family": "x"}]}, "paper-topic-or-family", "topic"),
        ({"part": [{}]}, "paper-topic-or-family", "topic"),
        ({"part": [{"topic": "dilution", "level": 5}]}, "number-out-of-range", "1 to 4"),
        ({"part": [{"topic": "dilution", "level": True}]}, "file-wrong-type", "level = 2"),
        ({"part": ["dilution"]}, "file-wrong-type", "[[part]]"),
        ({"part": []}, "paper-too-many", "1 to 60"),
        ({"part": [{"topic": "dilution", "questions": 60}, {"topic": "dilution"}]},
         "paper-too-many", "1 to 60"),
        ({"minutes": 1}, "paper-too-long", "allow 2"),
        ({"points": 9}, "paper-points", "points = 1"),
        ({"questons": 3}, "file-unknown-key", "use one of"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_refused_with_the_nearest(change, code: str, fix: str) -> None:
    found = refused({**ONE, **change})
    assert found.code == code
    assert fix in found.fix


def test_a_paper_may_take_all_the_minutes_that_it_is_allowed() -> None:
    two = papers(plan({**ONE, "minutes": 2}))
    assert two[0].minutes == 2


def test_more_questions_than_there_are_are_refused() -> None:
    found = refused({"title": "x", "part": [{"family": "double-few", "questions": 2}]})
    assert found.code == "paper-not-enough"
    assert "double-few has too few different questions at level 1: about 3" in found.what
    assert "fewer" in found.fix


def test_a_form_that_there_is_not_is_refused() -> None:
    with pytest.raises(FormulationError, match="no form"):
        paper(plan(), "C")


@pytest.mark.parametrize("name", catalog.keys("blueprints"))
def test_every_shipped_blueprint_can_be_drawn(name: str) -> None:
    first, second = papers(find_blueprint(name), 2)
    assert first.points == second.points


def test_the_command_prints_a_paper_and_its_answers(formulate: Run, tmp_path: Path) -> None:
    plain = formulate("learn", "paper", "dilution", "--seed", "3")
    keyed = formulate("learn", "paper", "dilution", "--seed", "3", "--answers")
    assert (plain.code, keyed.code) == (0, 0)
    assert "CC BY 4.0" in plain.out
    assert "Likely mistakes" in keyed.out
    assert "Likely mistakes" not in plain.out
    assert formulate("learn", "paper", "dilution", "--form", "B", "--seed", "3").out != plain.out
    data = json.loads(formulate("learn", "paper", "dilution", "--json").out)
    assert data["command"] == "learn paper"
    assert formulate("learn", "paper", "dilution", "--markdown").out.startswith("# Dilution")


def test_files_are_written_all_or_none(formulate: Run, tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a.pdf", "a.xml", "a.gift")]
    options = [x for pair in zip(("--pdf", "--moodle", "--gift"), names, strict=True) for x in pair]
    first = formulate("learn", "paper", "dilution", *options)
    assert first.code == 0
    assert not first.out
    assert [Path(name).stat().st_size > 500 for name in names] == [True] * 3
    before = Path(names[1]).read_bytes()
    Path(names[0]).unlink()
    again = formulate("learn", "paper", "dilution", *options)
    assert again.code == 2
    assert "--force" in again.err
    assert not Path(names[0]).exists()
    assert formulate("learn", "paper", "dilution", *options, "--force").code == 0
    assert Path(names[1]).read_bytes() == before


@pytest.mark.parametrize("width", ["60", "80", "140"])
def test_no_line_of_a_paper_is_wider_than_the_terminal(
    formulate: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for more in ([], ["--answers"]):
        out = formulate("learn", "paper", "dilution", *more).out
        assert max(map(len, out.splitlines())) <= int(width)


def test_a_blueprint_of_ones_own_is_read_from_its_file(formulate: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('title = "Own"\n[[part]]\nfamily = "stock-to-take"\nlevel = 2\n', "utf-8")
    assert formulate("learn", "paper", str(path)).out.startswith("Own, form A")
    assert (ROOT / "data" / "blueprints").is_dir()


def test_a_course_is_named_or_refused(formulate: Run) -> None:
    plain = formulate("learn", "paper", "dilution", "--seed", "3").out
    own = formulate("learn", "paper", "dilution", "--seed", "3", "--course", "grain-60")
    assert own.code == 0
    assert plain.startswith("Dilution")
    assert formulate("learn", "paper", "dilution", "--course", "nobody").code == 2
