"""Every generated question: its key by another way, its wrong answers wrong, its print right."""

import hashlib
import os
import re
import subprocess
import sys
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import float_keys
import pytest
import question_pages

from formulation.draws import Draw
from formulation.errors import FormulationError
from formulation.families import FAMILIES, family
from formulation.posing import pose
from formulation.questions import KINDS, LEVELS, TOPICS
from formulation.slips import SLIPS
from formulation.syllabus import TEACHING
from formulation.trace import evaluate

NUMERIC = [one for one in FAMILIES if one.draw]
JUDGED = [one for one in FAMILIES if one.judge]
MISPRINTS = {
    "mL is written mL": r"\bml\b|\bcc\b",
    "mcg is written mcg": r"µg|μg|\bug\b",
    "no trailing zero": r"(?<![\d$,.])\d[\d,]*\.\d*0(?!\d)",
    "no naked decimal point": r"(?<!\d)\.\d",
    "thousands have commas": r"(?<![\d.,-])\d{4,}(?!-\d\d)",
    "units, never IU or U": r"\bIU\b|\bU\b",
    "a space before the unit": r"\d(?:mg|mcg|g|kg|mL|L|mEq)\b",
    "one of a thing": r"(?<![\d.,/:])1 (?:capsules|tablets|doses|days|drops|hours|units)\b",
}


def combinations(seed):
    """Return the family, level and kind that a seed is posed as: all come round in turn."""
    one = FAMILIES[seed % len(FAMILIES)]
    place = seed // len(FAMILIES)
    level = LEVELS[place % 4]
    kinds = one.kinds_at(level)
    return one, level, kinds[place // 4 % len(kinds)]


def printed(question):
    """Return every text of a question that a student sees."""
    yield from (question.story, question.asked, question.rounding)
    yield from (option.text for option in question.options)
    yield from (option.why for option in question.options)
    for line in (*question.shown, *question.worksheet):
        yield from (line.words, line.formula, line.shown, line.text, line.why)
    yield from (one.text for one in (*question.given, *question.wrong))


def check_print(question):
    for said in printed(question):
        text = re.sub(r"pH [\d.]+(?: to [\d.]+)?", "pH", said)
        for rule, pattern in MISPRINTS.items():
            found = re.search(pattern, text)
            assert not found, f"{question.name}: {rule}: {found[0]!r} in {text!r}"


def check_options(question):
    assert sum(option.right for option in question.options) == 1
    texts = [option.text for option in question.options]
    assert len(set(texts)) == len(texts) >= 2
    assert all(option.why for option in question.options)
    assert all(not option.slip for option in question.options if option.right)
    assert all(option.slip in SLIPS for option in question.options if option.slip)
    assert question.minutes > 0


def check_key(question):
    key, by_floats = question.key, float_keys.answer(question)
    exact = float(key.exact.magnitude * float_keys.unit(key.exact.unit))
    assert by_floats == pytest.approx(exact, rel=1e-9), question.name
    if question.kind == "calculate":
        said = float(float_keys.read(key.text))
        allowed = float_keys.rounded(by_floats, question.rounding)
        assert any(said == pytest.approx(one, rel=1e-9) for one in allowed), question.name


def check_wrong(question):
    key = question.key
    right = key.printed.magnitude
    for one in question.wrong:
        assert one.value != key.exact
        assert one.text != key.text
        off = abs(one.value.magnitude - right)
        assert off > 2 * key.tolerance, f"{question.name}: {one.slip} {one.text} is {key.text}"
        assert float_keys.read(one.text) != float_keys.read(key.text)
        assert one.slip in SLIPS


def check_given(question):
    for one in question.given:
        exact = one.amount.magnitude * float_keys.unit(one.amount.unit)
        assert float_keys.read(one.text) == exact, f"{question.name}: {one.text}"
    for one in question.given:
        if one.name not in ("divisor", "square", "count", "whole", "every", "daily"):
            number = re.match(r"[$]?[\d,.:]+", one.text)
            told = f"{question.story} {question.asked}"
            assert number[0] in told, f"{question.name}: {one.text} is not told"


def follows(line):
    """Say whether a line comes to what it says, worked out from its printed numbers alone."""
    value, large = float_keys.worked(line.shown)
    said = float(float_keys.read(line.text))
    return abs(value - said) <= 2e-3 * max(abs(said), large if " − " in line.shown else 0)


def check_lines(question):
    for line in question.worksheet:
        assert follows(line), f"{question.name}: {line.shown} = {line.text}"
    if question.kind != "error":
        return
    right = next(place for place, option in enumerate(question.options) if option.right)
    for place, (line, true) in enumerate(zip(question.shown, question.worksheet, strict=True)):
        if place == right:
            assert line.text != true.text
            assert line.formula != true.formula or not follows(line), question.name
        else:
            assert line.formula == true.formula
            assert follows(line), f"{question.name}: {line.shown} = {line.text}"


def check_solved(question):
    if question.solved is None:
        return
    assert question.solved.check
    assert all(one.holds for one in question.solved.check)
    for step in question.solved.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result


def check(question):
    check_options(question)
    check_print(question)
    if question.kind == "refuse":
        assert question.facts
        return
    check_key(question)
    check_wrong(question)
    check_given(question)
    check_lines(question)
    check_solved(question)


@pytest.mark.parametrize("seed", range(200))
def test_a_question_is_what_it_says(seed):
    one, level, kind = combinations(seed)
    check(pose(one, seed, level, kind))


@pytest.mark.parametrize("one", FAMILIES, ids=[one.name for one in FAMILIES])
def test_every_family_poses_every_level_and_kind(one):
    for level in LEVELS:
        check(pose(one, 1000 + level, level, one.kinds_at(level)[-1]))


def digest(seeds):
    """Return a digest of whole questions: their text, their keys, their wrong answers."""
    found = hashlib.sha256()
    for seed in seeds:
        one, level, kind = combinations(seed)
        question = pose(one, seed, level, kind)
        found.update(repr((question.name, [*printed(question)], question.facts)).encode())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_text_in_a_fresh_process():
    code = "import test_families; print(test_families.digest(range(0, 200, 7)))"
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": os.path.dirname(__file__)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, check=True,
                         capture_output=True, text=True)  # fmt: skip
    assert run.stdout.strip() == digest(range(0, 200, 7))


def test_every_topic_level_and_kind_has_its_questions():
    assert len(NUMERIC) >= 24
    assert len(JUDGED) >= 5
    assert {one.topic for one in FAMILIES} == set(TOPICS)
    assert {kind for one in FAMILIES for kind in one.kinds_at(2)} == set(KINDS)
    assert len({one.name for one in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("one", NUMERIC, ids=[one.name for one in NUMERIC])
def test_a_family_knows_its_slips_and_its_levels_differ(one):
    drawn = [one.draw(Draw(seed, "levels"), level, TEACHING) for level in LEVELS
             for seed in range(5)]  # fmt: skip
    assert len({slip.name for found in drawn for slip in found.slips}) >= 4
    assert {slip.name for found in drawn for slip in found.slips} <= set(SLIPS)
    asked = {(re.sub(r"[\d,.]+", "#", f"{found.story} {found.asked}"), len(found.rows))
             for found in drawn[::5]}  # fmt: skip
    assert len(asked) == 4
    easy, hard = drawn[0], drawn[-1]
    assert len(easy.rows) + len(easy.given) < len(hard.rows) + len(hard.given)
    for level, found in zip(sorted(LEVELS * 5), drawn, strict=True):
        assert (len(found.rows) == 1) == (level in one.single)


@pytest.mark.parametrize("one", JUDGED, ids=[one.name for one in JUDGED])
def test_to_refuse_is_no_giveaway(one):
    for level in LEVELS:
        found = [pose(one, seed, level) for seed in range(12)]
        sound = sum(not question.right.text.startswith("Do not") for question in found)
        assert 2 <= sound <= 10
        assert len({frozenset(o.text for o in question.options) for question in found}) == 1


def test_the_page_of_questions_has_every_family_and_every_slip():
    """Where this fails: python -m cogapp -r docs/method/questions.md."""
    page = (Path(__file__).parent.parent / "docs/method/questions.md").read_text(encoding="utf-8")
    assert question_pages.families() in page
    assert question_pages.slips() in page


def test_a_level_with_one_line_has_no_error_to_find():
    with pytest.raises(FormulationError, match="no error question at level 1") as refused:
        pose(family("metric"), 1, 1, "error")
    assert "calculate, estimate, reasonable" in refused.value.fix
    assert "error" not in family("metric").kinds
    assert "error" in family("metric").kinds_at(2)


def test_estimates_do_not_overlap_and_hold_the_answer():
    for one in NUMERIC[::3]:
        question = pose(one, 11, 3, "estimate")
        ends = sorted(
            (tuple(Fraction(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", o.text)),
             o.right) for o in question.options
        )  # fmt: skip
        assert all(a[0][1] <= b[0][0] for a, b in pairwise(ends))
        low, high = next(pair for pair, right in ends if right)
        assert low < question.key.exact.magnitude < high


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 10_000, 2_500))
def test_ten_thousand_seeds(start, capsys):
    names, kinds = set(), dict.fromkeys(KINDS, 0)
    for seed in range(start, start + 2_500):
        one, level, kind = combinations(seed)
        question = pose(one, seed, level, kind)
        check(question)
        names.add(question.name)
        kinds[kind] += 1
    assert len(names) == 2_500
    assert all(kinds.values())
    told = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
    with capsys.disabled():
        print(f"\n2,500 questions from seed {start:,} held: {told}")
