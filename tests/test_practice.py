"""`formulate learn practice` and `quiz`: sheets, sittings, scores, the JSON, and refusals."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import learn_page
import pytest
from conftest import ROOT, Ran
from hypothesis import given, settings
from hypothesis import strategies as st
from test_marking import DOUBLES, EVERY

from formulation import scores
from formulation.errors import FormulationError
from formulation.families import FAMILIES
from formulation.latex import document
from formulation.markdown import markdown
from formulation.marking import mark
from formulation.printing import show_number
from formulation.question_report import sheet_report
from formulation.questions import LEVELS
from formulation.quizzing import Chosen, check, kinds_of, sheet
from formulation.scores import Score, append, read, tally
from formulation.slips import SLIPS
from formulation.syllabus import TEACHING

Run = Callable[..., Ran]
DAY = date(2026, 11, 23)
PRACTICE = ("learn", "practice", "--family", "stock-to-take", "--level", "3", "--seed", "7")
QUIZ = ("learn", "quiz", "--family", "stock-to-take", "--kind", "calculate", "--seed", "7")


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("FORMULATE_HOME", str(tmp_path / "mine"))
    return tmp_path / "mine"


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put lines on standard input, as a pipe does, or as a person at a terminal."""

    def put(*lines: str, person: bool = False) -> None:
        source = io.StringIO("".join(f"{line}\n" for line in lines))
        source.isatty = lambda: person  # type: ignore[method-assign]
        monkeypatch.setattr("sys.stdin", source)

    return put


def keys_of(count: int, level: int = 2) -> list[str]:
    """Return the answers of the quiz above."""
    chosen = Chosen(family="stock-to-take", kind="calculate", level=level, count=count)
    return [one.key.text for one in sheet(chosen, 7, TEACHING)]


# Which questions.


@given(st.integers(0, 10**6), st.integers(1, 8))
@settings(max_examples=8, deadline=None)
def test_the_same_seed_gives_the_same_sheet_and_a_longer_one_begins_alike(seed, count):
    found = sheet(Chosen(count=count), seed, TEACHING, DOUBLES)
    assert found == sheet(Chosen(count=count), seed, TEACHING, DOUBLES)
    assert found == sheet(Chosen(count=count + 1), seed, TEACHING, DOUBLES)[:count]
    assert len(found) == count


def test_no_family_comes_again_before_each_has_come():
    found = sheet(Chosen(count=len(DOUBLES), level=1), 5, TEACHING, DOUBLES)
    assert sorted(one.family for one in found) == sorted(one.name for one in DOUBLES)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("one", DOUBLES, ids=lambda one: one.name)
def test_what_is_asked_for_is_what_comes(one, level):
    for kind in kinds_of(one):
        chosen = Chosen(family=one.name, level=level, kind=kind, count=1)
        if kind == "error" and one.name in ("plain-share", "what-it-costs"):
            continue  # one line, so that there is none to look for the error in
        (found,) = sheet(chosen, 11, TEACHING, DOUBLES)
        assert (found.family, found.level, found.kind, found.seed) == (one.name, level, kind, 11)


def test_a_topic_keeps_to_its_families():
    found = sheet(Chosen(topic="liquids", count=3), 1, TEACHING, DOUBLES)
    assert {one.family for one in found} == {"make-or-not"}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (Chosen(topic="dilutoin"), "learn-no-such"), (Chosen(family="stock"), "learn-no-such"),
        (Chosen(kind="calc"), "learn-no-such"), (Chosen(level=5), "learn-no-such-level"),
        (Chosen(count=0), "number-out-of-range"), (Chosen(count=101), "number-out-of-range"),
        (Chosen(family="make-or-not", kind="error"), "learn-nothing-fits"),
        (Chosen(family="make-or-not", topic="units"), "learn-nothing-fits"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(chosen, code):
    with pytest.raises(FormulationError) as refused:
        check(chosen, 1, DOUBLES)
    assert refused.value.code == code
    assert refused.value.fix


# A sheet.


def test_a_sheet_has_no_key_unless_it_is_asked_for(formulate: Run) -> None:
    plain = formulate(*PRACTICE, "--kind", "calculate", "--count", "2")
    keyed = formulate(*PRACTICE, "--kind", "calculate", "--count", "2", "--answers")
    texts = keys_of(2, 3)
    assert plain.code == keyed.code == 0
    for text in texts:
        assert text not in plain.out
        assert text in keyed.out


def test_a_sheet_says_how_to_make_it_again_and_whose_text_it_is(formulate: Run) -> None:
    first = formulate("learn", "practice", "--count", "2")
    line = re.search(r"once more (.+?)\n\s+text", first.out, re.S)
    assert line
    words = shlex.split(" ".join(line[1].split()))
    assert words[:3] == ["formulate", "learn", "practice"]
    assert "--seed" in words
    assert formulate(*words[1:]).out == first.out
    assert "CC BY 4.0" in first.out
    assert "invented" in first.out


def test_the_explanation_has_every_part(formulate: Run) -> None:
    out = formulate(*PRACTICE, "--kind", "calculate", "--count", "1", "--explain").out
    for part in ("Before working it out", "so it lies", "Working, line by line", "Rounding",
                 "Put the answer back", "What a wrong answer means", "Next time"):  # fmt: skip
        assert part in out
    assert out.index("Before working it out") < out.index("Working, line by line")


@pytest.mark.parametrize("width", ["60", "80", "140"])
@pytest.mark.parametrize("kind", ["calculate", "estimate", "reasonable", "error"])
def test_no_line_is_wider_than_the_screen(
    width: str, kind: str, formulate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate(*PRACTICE, "--kind", kind, "--count", "1", "--explain")
    assert ran.code == 0
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
    assert "\x1b" not in ran.out


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
def test_every_kind_is_written_for_the_page_and_the_paper(one):
    for kind in kinds_of(one):
        try:
            questions = sheet(Chosen(family=one.name, kind=kind, count=1), 3, TEACHING, EVERY)
        except FormulationError:
            continue
        report = sheet_report(questions, TEACHING, "again", "explain")
        assert questions[0].title in markdown(report).replace("\\", "")
        assert "\\begin{document}" in document(report)


def test_the_json_of_a_sheet_holds_the_key_only_where_it_is_asked_for(formulate: Run) -> None:
    line = (*PRACTICE, "--kind", "calculate", "--count", "1", "--json")
    open_ = json.loads(formulate(*line).out)
    keyed = json.loads(formulate(*line, "--explain").out)
    (question,), (whole,) = open_["results"]["questions"], keyed["results"]["questions"]
    assert open_["schema"] == "formulate/1"
    assert open_["command"] == "learn practice"
    assert open_["inputs"]["seed"] == 7
    assert not {"key", "answer", "options", "wrong", "worksheet", "solved"} & set(question)
    assert whole["answer"] == whole["key"]["text"]
    assert len(whole["wrong"]) >= 3
    assert whole["solved"]["check"]
    assert "courses/teaching" in open_["data"]["records"]


def test_the_json_of_a_sheet_is_the_contract(formulate: Run, golden) -> None:
    ran = formulate(*PRACTICE, "--kind", "calculate", "--count", "1", "--json", "--answers")
    golden("learn-practice.json", ran.out)


def test_a_course_changes_the_rounding_that_is_asked(formulate: Run) -> None:
    line = (*PRACTICE, "--kind", "calculate", "--count", "1", "--course", "grain-60")
    out = " ".join(formulate(*line).out.split())
    assert "Give the answer to 3 significant digits; digits before the point all stay." in out
    assert "Course: Pharmacy arithmetic, grain of 60 mg, three digits." in out


# A sitting.


def test_right_answers_earn_all_points(formulate: Run, typing, home: Path) -> None:
    typing(*keys_of(3))
    ran = formulate(*QUIZ, "--level", "2", "--count", "3")
    assert ran.code == 0
    assert ran.out.count("Right: 1 point") == 3
    assert "3 of 3, 100 %" in ran.out
    assert len(read(scores.place())[0]) == 3


def test_a_wrong_answer_is_told_with_its_slip_and_its_habit(
    formulate: Run, typing, home: Path
) -> None:
    chosen = Chosen(family="stock-to-take", kind="calculate", level=2, count=1)
    (question,) = sheet(chosen, 7, TEACHING)
    wrong = question.wrong[0]
    typing(wrong.text)
    out = " ".join(formulate(*QUIZ, "--level", "2", "--count", "1").out.split())
    assert f"The answer is {question.key.text}" in out
    assert SLIPS[wrong.slip].done in out
    assert SLIPS[wrong.slip].habit in out
    assert read(scores.place())[0][0].slip == wrong.slip


def test_the_end_of_the_input_ends_the_quiz(formulate: Run, typing, home: Path) -> None:
    typing("")
    ran = formulate(*QUIZ, "--count", "3")
    assert ran.code == 0
    assert "No answer" in ran.out
    assert "1 of 3" in ran.out
    typing("quit")
    assert "No question was answered" in formulate(*QUIZ, "--count", "3").out


def test_working_is_typed_before_the_answer(formulate: Run, typing, home: Path) -> None:
    chosen = Chosen(family="stock-to-take", kind="calculate", level=2, count=1)
    (question,) = sheet(chosen, 7, TEACHING)
    page = question.worksheet
    typing(*(f"= {line.text}" for line in page[:-1]), "77,777 mL")
    out = formulate(*QUIZ, "--level", "2", "--count", "1").out
    marks = TEACHING.marks
    earned = marks.unit + marks.number * marks.working * Fraction(len(page) - 1, len(page))
    assert f"{show_number(earned)} of 1 point" in out
    assert f"right: {page[0].words}" in out


def test_a_person_may_type_again_what_could_not_be_read(formulate: Run, typing, home: Path) -> None:
    (key,) = keys_of(1)
    typing("1,5 mL", key, person=True)
    ran = formulate(*QUIZ, "--level", "2", "--count", "1")
    assert "not read: 1,5 mL: a comma is read only between groups of three digits" in ran.out
    assert "Right: 1 point" in ran.out


def test_a_key_pressed_to_stop_keeps_what_was_scored(
    formulate: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = keys_of(1)

    class Stopping(io.StringIO):
        def readline(self, *_: object) -> str:
            text = super().readline()
            if not text:
                raise KeyboardInterrupt
            return text

    monkeypatch.setattr("sys.stdin", Stopping(f"{key}\n"))
    ran = formulate(*QUIZ, "--level", "2", "--count", "4")
    assert ran.code == 0
    assert "1 of 4" in ran.out
    assert len(read(scores.place())[0]) == 1


def test_no_score_keeps_nothing(formulate: Run, typing, home: Path) -> None:
    typing(*keys_of(1))
    assert formulate(*QUIZ, "--level", "2", "--count", "1", "--no-score").code == 0
    assert not home.exists()


def test_a_score_that_cannot_be_kept_stops_nothing(formulate: Run, typing, home: Path) -> None:
    (home / scores.FILE).mkdir(parents=True)
    typing(*keys_of(2))
    ran = formulate(*QUIZ, "--level", "2", "--count", "2")
    assert ran.code == 0
    assert ran.out.count("cannot be kept") == 1
    assert "2 of 2, 100 %" in ran.out


def test_the_json_of_a_quiz_is_one_object(formulate: Run, typing, home: Path) -> None:
    typing("1 mL", *keys_of(2)[1:])
    ran = formulate(*QUIZ, "--level", "2", "--count", "2", "--json", "--no-score")
    data = json.loads(ran.out)
    first, second = data["results"]["questions"]
    assert data["command"] == "learn quiz"
    assert second["marked"]["points"]["exact"] == "1"
    assert first["marked"]["read"]
    assert data["results"]["summary"]["whole"]["answered"] == 2


def test_the_scores_are_shown_by_topic_and_slip(formulate: Run, typing, home: Path) -> None:
    assert "No question was answered yet" in formulate("learn", "quiz", "--scores").out
    chosen = Chosen(family="stock-to-take", kind="calculate", level=2, count=1)
    (question,) = sheet(chosen, 7, TEACHING)
    typing(question.wrong[0].text)
    formulate(*QUIZ, "--level", "2", "--count", "1")
    out = formulate("learn", "quiz", "--scores").out
    assert "dilution and alligation" in out
    assert SLIPS[question.wrong[0].slip].words in out
    assert "formulate learn quiz --topic dilution" in out
    data = json.loads(formulate("learn", "quiz", "--scores", "--json").out)
    assert data["results"]["scores"][0]["question"] == question.name


def test_what_was_typed_colours_no_terminal(formulate: Run, typing, home: Path) -> None:
    typing("\x1b[31m5 mL\u202e")
    out = formulate(*QUIZ, "--count", "1").out
    assert "\x1b" not in out
    assert "\u202e" not in out


# The score file.


def score(points: Fraction = Fraction(1), slip: str = "", topic: str = "dilution") -> Score:
    return Score("stock-to-take-1-calculate-1", topic, "A", "8 mL", points, slip, DAY)


@given(st.lists(st.tuples(st.fractions(0, 1), st.sampled_from(["", *SLIPS])), max_size=6))
@settings(max_examples=25, deadline=None)
def test_what_is_appended_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("scores") / "a" / "scores.jsonl"
    every = [score(points, slip) for points, slip in rows]
    for one in every:
        append(one, path)
    assert read(path) == (tuple(every), ())


@pytest.mark.parametrize("cut", [1, 20, 150])
def test_a_torn_line_costs_itself_and_no_other(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "scores.jsonl"
    append(score(), path)
    append(score(Fraction(1, 5), "tenfold"), path)
    path.write_bytes(path.read_bytes()[:-cut])
    torn = path.read_bytes()
    append(score(Fraction(1, 2)), path)
    assert path.read_bytes().startswith(torn)
    found, findings = read(path)
    whole = [one.points for one in found]
    if cut == 1:
        assert (whole, findings) == ([1, Fraction(1, 5), Fraction(1, 2)], ())
    else:
        assert whole == [1, Fraction(1, 2)]
        assert findings[0].code == "scores-line-torn"


@pytest.mark.parametrize(
    "line",
    ["", "{}", "[]", "null", "5", '{"points": "2"}', "\u0000", "{" * 5000, '{"question": 5}',
     '{"question": "a", "topic": "b", "course": "c", "typed": "d", "points": "1/0", "slip": "", '
     '"day": "2026-11-23"}',
     '{"question": "a", "topic": "b", "course": "c", "typed": "d", "points": "3/2", "slip": "", '
     '"day": "2026-11-23"}'],
)  # fmt: skip
def test_a_line_that_is_no_score_is_left_out(line: str, tmp_path: Path) -> None:
    path = tmp_path / "scores.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    append(score(), path)
    assert read(path)[0] == (score(),)


def test_the_summary_adds_up_and_suggests_the_weakest_topic() -> None:
    rows = [
        score(), score(Fraction(1, 5), "tenfold"), score(Fraction(0), "tenfold", "units"),
        score(Fraction(1), "", "costs"), score(Fraction(1, 2), "inverted", "units"),
    ]  # fmt: skip
    found = tally(rows)
    assert found.whole.points == sum((row.points for row in found.topics), Fraction(0))
    assert found.whole.answered == sum(row.answered for row in found.topics) == 5
    assert found.slips == (("tenfold", 2), ("inverted", 1))
    assert found.practise[0] == ("units and conversion",
                                 "formulate learn quiz --topic units --count 5")  # fmt: skip
    assert found.practise[1][1] == SLIPS["tenfold"].habit


def test_a_good_score_needs_no_advice() -> None:
    assert tally([score(), score()]).practise == ()
    assert tally([score(Fraction(4, 5))]).practise == ()
    assert tally([score(Fraction(79, 100))]).practise != ()


# The pages.


def test_the_page_on_marking_is_what_the_program_says_today() -> None:
    """Where this fails: python -m cogapp -r docs/method/learn.md."""
    page = (ROOT / "docs" / "method" / "learn.md").read_text("utf-8")
    for name, text in learn_page.parts().items():
        assert text in page, name


def test_the_table_of_the_page_tells_what_it_says() -> None:
    question = learn_page.question()
    marks = [mark(question, text, TEACHING) for text, _ in learn_page.typed()]
    for place, parts in enumerate([(1, 1, 1)] * 3 + [(1, 0, 1)] * 3 + [(1, 1, 0), (0, 0, 0)]):
        assert tuple(bool(part.points) for part in marks[place].parts) == parts
    assert not any(one.parts[0].points for one in marks[8:])


def test_there_is_a_family_for_the_pages() -> None:
    assert "stock-to-take" in {one.name for one in FAMILIES}
