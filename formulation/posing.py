"""From a family and a seed to a question: the key, the wrong answers, the choices.

A drawing that cannot make a fair question (an answer that is nothing, a slip that comes to the same
as the key, an answer that the calculator does not confirm) is drawn again.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.amounts import in_unit
from formulation.calculating import calc
from formulation.draws import Draw
from formulation.errors import FormulationError
from formulation.family import Drawn, Family, Judged, write
from formulation.printing import show_number, terminates
from formulation.questions import LEVELS, Key, Option, Question, Written, Wrong
from formulation.relations import Ask
from formulation.slips import SLIPS
from formulation.solved import Solved
from formulation.syllabus import TEACHING, Course, key_of
from formulation.units import Quantity

TRIES = 60
FEWEST_WRONG = 3


def pose(
    family: Family, seed: int, level: int = 1, kind: str = "", course: Course = TEACHING
) -> Question:
    """Return the question of a family for a seed, always the same one.

    Refuses a level or a kind that there is not.
    """
    kind = kind or family.kinds[0]
    if kind not in family.kinds or level not in LEVELS:
        what = f"{family.name} has no {kind or 'such'} question at level {level}"
        fix = f"levels 1 to 4; kinds: {', '.join(family.kinds)}"
        raise FormulationError("learn-no-such-question", what, "formulate learn", fix)
    for attempt in range(TRIES):
        draw = Draw(seed, f"{family.name}/{level}/{attempt}")
        found = (
            _judged(family, family.judge(draw, level, course), (draw, level), course)
            if family.judge
            else _numeric(family, draw, (level, kind), course)
        )
        if found is not None:
            return found
    what = f"{family.name} found no fair numbers for seed {seed} at level {level}"
    raise FormulationError("learn-no-fair-numbers", what, fix="take another seed")


def _judged(family: Family, told: Judged, place: tuple[Draw, int], course: Course) -> Question:
    draw, level = place
    return Question(
        name=f"{family.name}-{level}-refuse-{draw.seed}", family=family.name, title=family.title,
        topic=family.topic, level=level, minutes=family.minutes[level - 1], kind="refuse",
        seed=draw.seed, course=course.name, story=told.story, asked=told.asked, given=told.given,
        options=draw.mixed(told.options), facts=told.facts,
    )  # fmt: skip


def _numeric(family: Family, draw: Draw, place: tuple[int, str], course: Course) -> Question | None:
    if family.draw is None:
        return None
    level, kind = place
    drawn = family.draw(draw, level, course)
    page = write(drawn.given, drawn.rows)
    exact = page[-1].result
    if exact.magnitude <= 0 or (drawn.step is None and not _plain(exact)):
        return None
    key = key_of(exact, drawn.step, drawn.way, course)
    if not key.printed.magnitude:
        return None
    wrong = _wrong(drawn, key, course)
    options = _options(kind, draw, (page, key, wrong))
    if len(wrong) < FEWEST_WRONG or options is None:
        return None
    choices, shown, asked = options
    return Question(
        name=f"{family.name}-{level}-{kind}-{draw.seed}", family=family.name, title=family.title,
        topic=family.topic, level=level, minutes=family.minutes[level - 1], kind=kind,
        seed=draw.seed,
        course=course.name, story=drawn.story, asked=asked or drawn.asked,
        rounding="" if asked else key.rule, given=drawn.given, key=key, options=choices,
        shown=shown, worksheet=page, wrong=wrong, solved=_solved(drawn, exact), facts=drawn.facts,
    )  # fmt: skip


def _plain(exact: Quantity) -> bool:
    return terminates(exact.magnitude) and len(str(abs(exact.magnitude.numerator))) <= 6


def _solved(drawn: Drawn, exact: Quantity) -> Solved | None:
    """Return the same problem worked by the calculator; it has to come to the same."""
    if not drawn.calculator:
        return None
    found = calc(drawn.calculator, drawn.values, Ask(drawn.wanted, drawn.step, drawn.way))
    if found.answer != exact:
        raise ValueError(f"{drawn.calculator}: {found.answer} is not {exact}")
    return found


def _wrong(drawn: Drawn, key: Key, course: Course) -> tuple[Wrong, ...]:
    """Return the wrong answers, each off by more than what counts as right, no two alike."""
    row: list[Wrong] = []
    taken = [key.printed.magnitude, key.exact.magnitude]
    for one in drawn.slips:
        page = write(drawn.given, drawn.rows, one)
        value = page[-1].result.to(key.exact.unit)
        if value.magnitude <= 0:
            continue
        rounded = key_of(value, drawn.step, drawn.way, course).printed
        apart = 4 * max(key.tolerance, abs(key.printed.magnitude - key.exact.magnitude))
        if not rounded.magnitude or any(abs(rounded.magnitude - other) <= apart for other in taken):
            continue
        taken.append(rounded.magnitude)
        text = in_unit(rounded).text
        row.append(Wrong(one.name, SLIPS[one.name].words, rounded, text, one.row, page))
    return tuple(row)


Right = tuple[tuple[Written, ...], Key]
Choices = tuple[tuple[Option, ...], tuple[Written, ...], str]


def _options(
    kind: str, draw: Draw, found: tuple[tuple[Written, ...], Key, tuple[Wrong, ...]]
) -> Choices | None:
    """Return the choices of a kind, the worksheet it shows, and its own question."""
    page, key, wrong = found
    if len(wrong) < FEWEST_WRONG:
        return None
    make = {"calculate": _calculate, "estimate": _estimate, "reasonable": _reasonable,
            "error": _error}[kind]  # fmt: skip
    return make(draw, (page, key), wrong)


def _calculate(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices:
    page, key = right
    best = Option(key.text, True, f"{page[-1].words}: {page[-1].shown}")
    rest = [Option(one.text, False, _why(one.slip), one.slip) for one in wrong[:4]]
    return draw.mixed([best, *rest]), (), ""


def _why(name: str) -> str:
    return f"{SLIPS[name].words}: {SLIPS[name].done}"


def _around(value: Quantity) -> tuple[Fraction, Fraction]:
    """Return two round numbers, one digit each, between which a value lies, and not at an end."""
    place = Fraction(1)
    while value.magnitude >= 10 * place:
        place *= 10
    while value.magnitude < place:
        place /= 10
    low = (value.magnitude * 3 / 4 / place).__floor__() * place
    if not low:
        low = (value.magnitude * 30 / 4 / place).__floor__() * place / 10
    return low, (value.magnitude * 5 / 4 / place).__ceil__() * place


def _between(low: Fraction, high: Fraction, unit: str) -> str:
    return f"between {show_number(low)} and {in_unit(Quantity(high, unit)).text}"


def _estimate(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices:
    """Ask between what the answer lies; the other ranges are ten times off, or hold a slip."""
    page, key = right
    low, high = _around(key.exact)
    unit = key.exact.unit
    ranges = [(low, high, True, f"it is {key.text}", "")]
    far = [(low * 10, high * 10), (low / 10, high / 10), (low * 100, high * 100)]
    aside = [(*_around(one.value), one.slip) for one in wrong]
    for start, end, name in [*aside, *((a, b, "tenfold") for a, b in far)]:
        if all(end <= taken[0] or start >= taken[1] for taken in ranges):
            ranges.append((start, end, False, _why(name), name))
    made = [Option(_between(a, b, unit), best, why, slip) for a, b, best, why, slip in ranges]
    asked = f"Before you work it out: between what does the {page[-1].words} lie?"
    return draw.mixed(made[:4]), (), asked


def _times(one: Wrong, key: Key) -> Fraction:
    return one.value.magnitude / key.exact.magnitude


def _reasonable(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices | None:
    """Show an answer and ask whether it can be right; a wrong one is off by half or more."""
    page, key = right
    far = [one for one in wrong if not Fraction(1, 2) < _times(one, key) < 2]
    if not far:
        return None
    worked = draw.pick((None, *far[:3]))
    text = worked.text if worked else key.text
    what = f"A colleague worked out {text} for the {page[-1].words}. Can that be right?"
    times = _times(worked, key) if worked else Fraction(1)
    texts = (
        ("Yes: it agrees with a rough estimate.", worked is None),
        ("No: it is much too large.", times > 1),
        ("No: it is much too small.", times < 1),
    )
    why = _why(worked.slip) if worked else f"it is {key.text}"
    slip = worked.slip if worked else ""
    return tuple(Option(one, best, why, "" if best else slip) for one, best in texts), (), what


def _error(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices | None:
    """Show a worksheet with one line spoiled and ask for the line."""
    page = right[0]
    if len(page) < 2:
        return None
    one = draw.pick(wrong[:4])
    letters = "ABCDEFGHIJKL"
    made = tuple(
        Option(f"Line {letters[place]}: {line.words}", line.name == one.row,
               _why(one.slip) if line.name == one.row else "this line follows from those above it",
               one.slip if line.name == one.row else "")
        for place, line in enumerate(page)
    )  # fmt: skip
    asked = "One line of this worksheet is wrong. Which?"
    return made, one.worksheet, asked
