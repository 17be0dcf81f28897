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
from formulation.questions import LEVELS, Key, Option, Question, Slip, Written, Wrong
from formulation.relations import Ask
from formulation.slips import SLIPS
from formulation.solved import Solved
from formulation.syllabus import TEACHING, Course, key_of
from formulation.units import Quantity

TRIES = 60
FEWEST_WRONG = 3
ROOT_ERROR = Fraction(1, 10**25)
MOST_WRONG = 4
FEWEST_STEPS = 5
COARSEST = Fraction(1, 20)


def pose(
    family: Family, seed: int, level: int = 1, kind: str = "", course: Course = TEACHING
) -> Question:
    """Return the question of a family for a seed, always the same one.

    Refuses a level or a kind that there is not.
    """
    kind = kind or family.kinds[0]
    if level not in LEVELS or kind not in family.kinds_at(level):
        kinds = family.kinds_at(level) if level in LEVELS else family.kinds
        what = f"{family.name} has no {kind or 'such'} question at level {level}"
        fix = f"levels 1 to 4; kinds: {', '.join(kinds)}"
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
    if not key.printed.magnitude or _coarse(key):
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


def _coarse(key: Key) -> bool:
    """Say whether the rounding that is asked for takes too much of the answer."""
    if key.step is None or key.way != "nearest":
        return False
    return abs(key.error) > COARSEST or (key.printed / key.step).number() < FEWEST_STEPS


def _plain(exact: Quantity) -> bool:
    return terminates(exact.magnitude) and len(str(abs(exact.magnitude.numerator))) <= 6


def _solved(drawn: Drawn, exact: Quantity) -> Solved | None:
    """Return the same problem worked by the calculator; it has to come to the same.

    A square root is worked out to thirty digits; there the last of them may differ.
    """
    if not drawn.calculator:
        return None
    found = calc(drawn.calculator, drawn.values, Ask(drawn.wanted, drawn.step, drawn.way))
    rooted = any("sqrt" in row.formula for row in drawn.rows)
    off = abs((found.answer / exact).number() - 1)
    if off > (ROOT_ERROR if rooted else 0):
        raise ValueError(f"{drawn.calculator}: {found.answer} is not {exact}")
    return found


def _wrong(drawn: Drawn, key: Key, course: Course) -> tuple[Wrong, ...]:
    """Return the wrong answers, each off by more than what counts as right, no two alike.

    What is counted (whole capsules up, days down) is right or wrong by the count alone.
    """
    row: list[Wrong] = []
    off = abs(key.printed.magnitude - key.exact.magnitude)
    apart = Fraction(0) if key.way != "nearest" else 4 * max(key.tolerance, off)
    taken = [key.printed.magnitude, *([key.exact.magnitude] if key.way == "nearest" else [])]
    for one in drawn.slips:
        page = _spoiled(drawn, one)
        if not page or any(line.result.magnitude <= 0 for line in page):
            continue
        value = page[-1].result.to(key.exact.unit)
        rounded = key_of(value, drawn.step, drawn.way, course).printed
        if not rounded.magnitude or any(abs(rounded.magnitude - other) <= apart for other in taken):
            continue
        taken.append(rounded.magnitude)
        text = in_unit(rounded).text
        row.append(Wrong(one.name, SLIPS[one.name].words, rounded, text, one.row, page))
    return tuple(row)


def _spoiled(drawn: Drawn, slip: Slip) -> tuple[Written, ...]:
    """Return the worksheet with a slip in it; none where the slip ends in a number over nothing."""
    try:
        return write(drawn.given, drawn.rows, slip)
    except ZeroDivisionError:
        return ()


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
    rest = [Option(one.text, False, _why(one.slip), one.slip) for one in wrong[:MOST_WRONG]]
    return draw.mixed([best, *rest]), (), ""


def _of(page: tuple[Written, ...]) -> str:
    """Return what the answer is of; a last line that only changes the unit names the one before."""
    return next(one.words for one in reversed(page) if not one.words.startswith("that in "))


def _why(name: str) -> str:
    return f"{SLIPS[name].words}: {SLIPS[name].done}"


def around(value: Quantity) -> tuple[Fraction, Fraction]:
    """Return two round numbers, one digit each, between which a value lies, and not at an end.

    >>> around(Quantity(Fraction(7), "mL"))
    (Fraction(5, 1), Fraction(9, 1))
    """
    place = Fraction(1)
    while value.magnitude >= 10 * place:
        place *= 10
    while value.magnitude < place:
        place /= 10
    low = (value.magnitude * 3 / 4 / place).__floor__() * place
    if not low:
        low = (value.magnitude * 30 / 4 / place).__floor__() * place / 10
    return low, (value.magnitude * 5 / 4 / place).__ceil__() * place


def between(low: Fraction, high: Fraction, unit: str) -> str:
    """Return a range in words.

    >>> between(Fraction(5), Fraction(9), "mL"), between(Fraction(5), Fraction(9), "USD")
    ('between 5 and 9 mL', 'between $5.00 and $9.00')
    """
    first = in_unit(Quantity(low, unit)).text if unit.startswith("USD") else show_number(low)
    return f"between {first} and {in_unit(Quantity(high, unit)).text}"


def _estimate(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices:
    """Ask between what the answer lies; the other ranges hold a slip, or are ten times off."""
    page, key = right
    low, high = around(key.exact)
    unit = key.exact.unit
    ranges = [(low, high, True, f"it is {key.text}", "")]
    aside = [(*around(one.value), f"{one.text} lies here. {_why(one.slip)}", one.slip)
             for one in wrong]  # fmt: skip
    aside += [(low * 10, high * 10, "ten times too much", "tenfold"),
              (low / 10, high / 10, "ten times too little", "tenfold")]  # fmt: skip
    for start, end, why, name in aside:
        if all(end <= taken[0] or start >= taken[1] for taken in ranges):
            ranges.append((start, end, False, why, name))
    made = [Option(between(a, b, unit), best, why, slip) for a, b, best, why, slip in ranges]
    asked = f"Before you work it out: between what does the answer lie ({_of(page)})?"
    return draw.mixed(made[:4]), (), asked


def _times(one: Wrong, key: Key) -> Fraction:
    return one.value.magnitude / key.exact.magnitude


def _reasonable(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices | None:
    """Show an answer and ask whether it can be right; a wrong one is off by half or more.

    It also lies outside the rough estimate, or the estimate would let it pass.
    """
    page, key = right
    low, high = around(key.exact)
    far = [one for one in wrong if not Fraction(1, 2) < _times(one, key) < 2
           and not low <= one.value.magnitude <= high]  # fmt: skip
    if not far:
        return None
    worked = draw.pick((None, *far[:3]))
    text = worked.text if worked else key.text
    what = f"A colleague worked out {text} ({_of(page)}). Can that be right?"
    times = _times(worked, key) if worked else Fraction(1)
    rough = between(low, high, key.exact.unit)
    seen = f"a rough estimate puts it {rough}"
    if worked:
        seen = f"{seen}, so {text} is much too {'large' if times > 1 else 'small'}"
    else:
        seen = f"{seen}, and {text} lies there"
    slip = worked.slip if worked else ""
    best = f"{seen}; the right answer is {key.text}. {_why(slip)}" if slip else seen
    choices = (
        ("Yes: it agrees with a rough estimate.", worked is None),
        ("No: it is much too large.", times > 1),
        ("No: it is much too small.", times < 1),
    )
    return tuple(
        Option(one, so, best if so else seen, "" if so else slip) for one, so in choices
    ), (), what  # fmt: skip


def _error(draw: Draw, right: Right, wrong: tuple[Wrong, ...]) -> Choices | None:
    """Show a worksheet with one line spoiled and ask for the line.

    A wrong set-up shows its own formula; a slip of the pen shows the right one beside a result that
    it does not give. Every other line follows from the lines above it.
    """
    page = right[0]
    seen = [one for one in wrong[:MOST_WRONG] if _seen(one, page)]
    if len(page) < 2 or not seen:
        return None
    one = draw.pick(seen)
    letters = "ABCDEFGHIJKL"
    made = tuple(
        Option(f"Line {letters[place]}: {line.words}", line.name == one.row,
               f"{_why(one.slip)}; it should be {line.shown}, which is {line.text}"
               if line.name == one.row else "this line follows from what stands above it",
               "")
        for place, line in enumerate(page)
    )  # fmt: skip
    asked = "One line of this worksheet is wrong. Which?"
    return made, one.worksheet, asked


def _seen(one: Wrong, page: tuple[Written, ...]) -> bool:
    """Say whether the spoiled line shows what is wrong: another formula, or another result."""
    place = next(place for place, line in enumerate(page) if line.name == one.row)
    mine, right = one.worksheet[place], page[place]
    if mine.text == right.text:
        return False
    return mine.formula != right.formula or abs(
        mine.result.magnitude / right.result.magnitude - 1
    ) > Fraction(1, 100)
