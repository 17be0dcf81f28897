"""Lessons: every example is worked out, every name in them exists, no result is written down."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Ran
from formulation_cli.terminal import render
from rich.console import Console

from formulation import blocks as b
from formulation.calculating import CALCULATORS
from formulation.catalog import bibliography, shipped_sources
from formulation.errors import FormulationError
from formulation.families import FAMILIES
from formulation.learn_json import lesson_json
from formulation.lesson_reading import Example, Points, Prose, read_lesson
from formulation.lesson_report import contents, lesson_report
from formulation.lessons import command_line, filled, found, lesson, lessons, stated, tried
from formulation.markdown import markdown
from formulation.printing import show, show_exact
from formulation.questions import LICENCE, TOPICS
from formulation.slips import SLIPS
from formulation.solved import Solved
from formulation.trace import evaluate

Run = Callable[..., Ran]
EVERY = lessons()
FILES = sorted((ROOT / "data" / "lessons").glob("*.md"))
EXAMPLES = [(one, example) for one in EVERY for example in one.examples]
IDS = [f"{one.number}: {example.title}" for one, example in EXAMPLES]
each_lesson = pytest.mark.parametrize("one", EVERY, ids=lambda one: one.name)
each_example = pytest.mark.parametrize(("one", "example"), EXAMPLES, ids=IDS)
AMOUNT = re.compile(r"\d[\d.,]*(?<![.,]) ?(?:mcg|mg|kg|g|mL|L|%|capsules?|days?|doses?|tablets?)\b")


@cache
def report(number: int) -> b.Report:
    return lesson_report(EVERY[number - 1], bibliography())


def test_there_are_at_least_ten_numbered_in_order_and_named_once() -> None:
    assert len(EVERY) == len(FILES) >= 10
    assert [one.number for one in EVERY] == list(range(1, len(EVERY) + 1))
    assert len({one.name for one in EVERY}) == len(EVERY)
    assert EVERY[0].topic == "units"
    assert "cycloserine" in EVERY[-1].name


@each_lesson
def test_a_lesson_has_aims_time_examples_mistakes_questions_and_prose(one) -> None:
    assert len(one.aims) >= 3
    assert 10 <= one.minutes <= 60
    assert len(one.examples) >= 2
    assert len(one.slips) + len(one.mistakes) >= 3
    assert len(one.tries) >= 2
    told = [p.text for p in one.pieces if isinstance(p, Prose)]
    told += [row for p in one.pieces if isinstance(p, Points) for row in p.rows]
    assert len(" ".join(told).split()) > 150


@each_lesson
def test_every_name_in_a_lesson_exists(one) -> None:
    assert one.topic in TOPICS
    assert set(one.slips) <= set(SLIPS)
    names = {family.name for family in FAMILIES}
    for asked in one.tries:
        assert asked.family or asked.topic
        assert asked.family in names or asked.topic
        assert not asked.topic or asked.topic in TOPICS
        offered = tried(asked).question
        assert offered is None or (offered.level, offered.kind) == (asked.level, asked.kind)
    for text, source in one.facts:
        assert source in shipped_sources()
        assert shipped_sources()[source].grade != "lay"
        assert len(text) > 10
    for example in one.examples:
        assert not example.calculator or example.calculator in {c.name for c in CALCULATORS}


@each_example
def test_every_example_is_worked_out_holds_and_fills_its_words(one, example: Example) -> None:
    result = found(example)
    filled(example.story, example, result)
    filled(example.after, example, result)
    if isinstance(result, Solved):
        assert all(check.holds for check in result.check)
        for step in result.steps:
            assert evaluate(step.formula, dict(step.inputs)) == step.result
    elif result is None:
        assert example.show
        assert command_line(example).startswith(f"formulate {example.command} ")
    else:
        known = {given.name: given.amount for given in stated(example)}
        for row, line in zip(example.rows, result, strict=True):
            known[row.name] = line.result
            again = evaluate(row.formula, known)
            assert again in (line.result, line.result.magnitude)


@each_example
def test_what_to_type_prints_what_the_lesson_prints(one, example: Example, formulate: Run) -> None:
    line = command_line(example)
    if not line:
        assert example.rows
        return
    ran = formulate(*shlex.split(line)[1:], *(["--explain"] if example.calculator else []))
    assert ran.code in (0, 1)
    result = found(example)
    printed = " ".join(ran.out.split())
    if isinstance(result, Solved):
        assert result.rounding.text in printed
        return
    inside = False
    for block in report(one.number).blocks:
        if isinstance(block, b.Heading) and block.level == 2:
            inside = block.text == f"Worked example: {example.title}"
        elif inside and isinstance(block, b.Heading):
            assert block.text in printed
        if inside and isinstance(block, b.Facts) and not block.names:
            for _, text in block.rows:
                assert "".join(text.split())[:40] in "".join(ran.out.split())


def results(one) -> set[str]:
    """Return every amount that an example of a lesson comes to, as it could be written down."""
    said: set[str] = set()
    for example in one.examples:
        result = found(example)
        mine = {str(value) for value in example.values.values()}
        if isinstance(result, Solved):
            amounts = [result.answer, *(line.result.value for line in result.lines)]
            texts = {result.rounding.text, result.wanted.amount.text}
            texts |= {other.amount.text for other in result.others}
            texts |= {line.result.text for line in result.lines}
        else:
            amounts = [line.result for line in result or ()]
            texts = {line.text for line in result or ()}
            mine |= {given.text for given in stated(example)} if result else set()
        texts |= {show(amount) for amount in amounts} | {show_exact(amount) for amount in amounts}
        said |= texts - mine
    return {text for text in said if " " in text}


@each_lesson
def test_no_result_is_written_in_a_lesson(one) -> None:
    """A number in the prose is given or stated: what is worked out stands in no file."""
    raw = next(path for path in FILES if path.stem.endswith(one.name)).read_text("utf-8")
    head, _, body = raw.partition("+++\n")[2].partition("+++\n")
    stated_here = " ".join(text for text, _ in one.facts)
    given = {str(value) for example in one.examples for value in example.values.values()}
    nothing = re.sub(r"^values = .*$", "", body, flags=re.M)
    for text in results(one):
        if text in given or text in stated_here:
            continue
        assert not re.search(rf"(?<![\d.,]){re.escape(text)}(?![\w])", nothing), text
    assert head


@each_lesson
def test_an_amount_in_the_running_text_is_given_by_an_example_or_a_source(one) -> None:
    given = " ".join(
        [*(str(value) for example in one.examples for value in example.values.values()),
         *(text for text, _ in one.facts)]
    )  # fmt: skip
    allowed = {"1 g", "1 mg", "100 mL", "100 g", "2,000 mL", "5"}  # what words of a unit mean
    for piece in one.pieces:
        texts = [piece.text] if isinstance(piece, Prose) else []
        texts += piece.rows if isinstance(piece, Points) else []
        for text in texts:
            for amount in AMOUNT.findall(text):
                number = amount.split(" ")[0]
                assert amount in allowed or re.search(rf"(?<![\d.]){number}(?!\d)", given), amount


@each_lesson
def test_a_lesson_prints_in_every_form_with_its_licence(one) -> None:
    page = markdown(report(one.number))
    assert LICENCE in page
    assert "invented" in page
    assert page.startswith(f"# Lesson {one.number}: ")
    for word in ("{answer}", "{exact}", "+++", "```"):
        assert word not in page
    data = lesson_json(one, answers=False)
    json.dumps(data)
    assert data["results"]["licence"] == LICENCE
    assert len([p for p in data["results"]["pieces"] if "example" in p]) == len(one.examples)


@pytest.mark.parametrize("width", [60, 80, 140])
@each_lesson
def test_no_line_of_a_lesson_is_wider_than_the_terminal(one, width: int) -> None:
    out = io.StringIO()
    render(report(one.number), Console(file=out, width=width, markup=False, highlight=False))
    assert max(map(len, out.getvalue().splitlines())) <= width


def test_a_lesson_is_found_by_its_number_and_by_its_name(formulate: Run) -> None:
    by_name = formulate("learn", "lesson", "alligation")
    assert by_name.code == 0
    assert by_name.out == formulate("learn", "lesson", "6").out
    assert formulate("learn", "lesson", "alligaton").code == 2
    data = json.loads(formulate("learn", "lesson", "6", "--json").out)
    assert data["results"]["name"] == "alligation"
    assert formulate("learn", "lesson", "6", "--markdown").out.startswith("# Lesson 6")


def test_answers_stand_only_where_they_are_asked_for(formulate: Run) -> None:
    plain = formulate("learn", "lesson", "5").out
    keyed = formulate("learn", "lesson", "5", "--answers").out
    keys = [tried(asked).question.key.text for asked in lesson("5").tries]
    tail = plain[plain.index("Try these") :]
    for text in keys:
        assert f"key {text}" not in " ".join(tail.split())
        assert text in keyed
    told = formulate("learn", "lesson", "5", "--json").out
    assert '"key"' not in told
    assert '"key"' in formulate("learn", "lesson", "5", "--json", "--answers").out


def test_the_list_names_every_lesson(formulate: Run) -> None:
    out = formulate("learn", "lesson").out
    for one in EVERY:
        assert one.title in " ".join(out.split())
    listed = json.loads(formulate("learn", "lesson", "--json").out)["results"]["lessons"]
    assert [row["name"] for row in listed] == [one.name for one in EVERY]
    assert isinstance(contents(EVERY).blocks[1], b.Facts)


GOOD = """+++
title = "T"
topic = "units"
aims = ["a"]
+++

Text.

```example
title = "e"
calculator = "convert"
values = { amount = "5 mg", to = "mcg" }
```
"""


def refused(text: str, stem: str = "01-t") -> FormulationError:
    with pytest.raises(FormulationError) as caught:
        lesson_report(read_lesson(text, stem, "x.md"), bibliography())
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('topic = "units"', 'topic = "unit"', "lesson-unknown-name"),
        ('aims = ["a"]', 'aims = ["a"]\nslips = ["tenfld"]', "lesson-unknown-name"),
        ('aims = ["a"]', 'aims = ["a"]\naim = "x"', "file-unknown-key"),
        ('aims = ["a"]', "aims = [1]", "lesson-not-readable"),
        ("+++\ntitle", "title", "lesson-not-readable"),
        ("```example", "```toml", "lesson-not-readable"),
        ("}\n```\n", "}\n", "lesson-not-readable"),
        ("values = {", "values = ", "lesson-not-readable"),
        ('calculator = "convert"', 'calculator = "convrt"', "calc-no-such"),
        ('calculator = "convert"', 'command = "design"', "lesson-no-such-command"),
        ('calculator = "convert"', "", "lesson-not-readable"),
        ('title = "e"', 'title = "e"\nafter = "{answr}"', "lesson-unknown-hole"),
        ('aims = ["a"]', 'aims = ["a"]\n[[fact]]\ntext = "t"\nsource = "nobody"',
         "lesson-no-such-source"),
        ('aims = ["a"]', 'aims = ["a"]\n[[try]]\nfamily = "nothing"', "learn-no-such-family"),
        ('aims = ["a"]', 'aims = ["a"]\n[[try]]\ntopic = "units"\nlevel = 9',
         "number-out-of-range"),
    ],
)  # fmt: skip
def test_a_lesson_that_names_what_is_not_there_is_refused(old: str, new: str, code: str) -> None:
    assert old in GOOD
    assert refused(GOOD.replace(old, new, 1)).code == code


def test_a_lesson_of_ones_own_is_read_from_its_file(formulate: Run, tmp_path: Path) -> None:
    path = tmp_path / "03-own.md"
    path.write_text(GOOD, "utf-8")
    ran = formulate("learn", "lesson", str(path))
    assert ran.code == 0
    assert "5,000 mcg" in ran.out
    assert refused(GOOD, "own").code == "lesson-not-readable"


def test_a_line_that_a_report_does_not_have_is_refused() -> None:
    text = GOOD.replace('calculator = "convert"', 'command = "weigh"\nshow = ["nothing"]').replace(
        'amount = "5 mg", to = "mcg"', 'mass = "2 mg"'
    )
    assert refused(text).code == "lesson-shows-nothing"
