"""A lesson as blocks: prose, examples worked out now, what goes wrong, questions, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from formulation import blocks as b
from formulation.calc_report import calc_report
from formulation.capsule_making import capsules
from formulation.capsule_report import capsules_report
from formulation.errors import FormulationError, quote
from formulation.intake import read_case
from formulation.lesson_reading import Example, Heading, Lesson, Points, Prose
from formulation.lessons import Tried, command_line, filled, found, stated, tried
from formulation.liquid_making import liquid
from formulation.liquid_report import liquid_report
from formulation.paper_report import answer_blocks, question_blocks
from formulation.planning import plan
from formulation.questions import KINDS, LEVEL_WORDS, LICENCE, TOPICS, Written
from formulation.records import Source
from formulation.report import plan_report
from formulation.slips import SLIPS
from formulation.small_masses import weigh
from formulation.solved import Solved
from formulation.weigh_intake import read_weighing
from formulation.weigh_report import weigh_report
from formulation.workings import references

INVENTED = "Every patient in it is invented."


def contents(every: tuple[Lesson, ...]) -> b.Report:
    """Return the list of lessons."""
    rows = tuple(
        (str(one.number), f"{one.title} ({one.name}, {one.minutes} minutes)") for one in every
    )
    total = sum(one.minutes for one in every)
    text = f"{len(every)} lessons, {total} minutes. formulate learn lesson 1 prints the first."
    return b.Report((b.Heading("Lessons", 1), b.Facts(rows), b.Paragraph(text)))


def lesson_report(one: Lesson, sources: Mapping[str, Source], answers: bool = False) -> b.Report:
    """Return one lesson; the answers of its questions only where they are asked for.

    Refuses a lesson that names a source, a calculator or a line that there is not.
    """
    try:
        return b.Report(tuple(_page(one, sources, answers)))
    except FormulationError as error:
        raise error.at(f"lesson {one.name}") from None


def _page(one: Lesson, sources: Mapping[str, Source], answers: bool) -> list[b.Block]:
    page: list[b.Block] = [
        b.Heading(f"Lesson {one.number}: {one.title}", 1),
        b.Facts((("topic", TOPICS[one.topic]), ("time", f"about {one.minutes} minutes"))),
        b.Heading("What you can do afterwards"), b.Items(one.aims),
    ]  # fmt: skip
    for piece in one.pieces:
        page += _piece(piece)
    page += [*_wrong(one), *_tries(one, answers), *_sources(one, sources)]
    text = f"This lesson: {LICENCE}, free to share and adapt with attribution. {INVENTED}"
    return [*page, b.Paragraph(text, spaced=True)]


def _piece(piece: Any) -> list[b.Block]:
    match piece:
        case Heading(text=text):
            return [b.Heading(text)]
        case Prose(text=text):
            return [b.Paragraph(text, spaced=True)]
        case Points(rows=rows, numbered=numbered):
            return [b.Items(rows, numbered)]
    return _example(piece)


def _example(one: Example) -> list[b.Block]:
    """Return an example worked out: its story, each step or the lines wanted, what it says."""
    result = found(one)
    blocks: list[b.Block] = [b.Heading(f"Worked example: {one.title}")]
    if one.story:
        blocks.append(b.Paragraph(filled(one.story, one, result)))
    if isinstance(result, Solved):
        blocks += _calculated(calc_report(result, not one.short).blocks)
    elif result is None:
        blocks += _reported(one)
    else:
        rows = tuple((given.words, given.text) for given in stated(one))
        blocks += [b.Facts(rows), *(block for line in result for block in _line(line))]
    if one.after:
        blocks.append(b.Paragraph(filled(one.after, one, result), spaced=True))
    line = command_line(one)
    return [*blocks, *((b.Facts((("try it", line),), names=True),) if line else ())]


def _line(line: Written) -> tuple[b.Block, ...]:
    """Return a line of a worksheet as a calculator shows one: in words, why, with its numbers."""
    return (
        b.Paragraph(f"{line.words} = {line.formula}"), b.Paragraph(f"({line.why})"),
        b.Struck(((((line.shown, False),), ()),), line.text),
    )  # fmt: skip


def _calculated(blocks: tuple[b.Block, ...]) -> list[b.Block]:
    """Return the steps of a calculator one level down, without what was found beside it."""
    kept: list[b.Block] = []
    for block in blocks:
        if isinstance(block, b.Heading):
            if block.text == "Beside it":
                break
            kept.append(b.Heading(block.text, 3))
        else:
            kept.append(block)
    return kept


def _reported(one: Example) -> list[b.Block]:
    """Return the lines of a command's report that the lesson wants, under the report's titles."""
    run = _COMMANDS.get(one.command)
    if run is None:
        what = f"no example runs the command {quote(one.command)}"
        fix = f"use one of: {', '.join(_COMMANDS)}"
        raise FormulationError("lesson-no-such-command", what, fix=fix)
    report, missing = run(one.values), set(one.show)
    kept: list[b.Block] = []
    levels = {"stop", "caution", "note"} & set(one.show)
    for place, block in enumerate(report.blocks):
        after = report.blocks[place + 1] if place + 1 < len(report.blocks) else None
        shown = _shown(block, after, missing | levels)
        if shown is not None:
            kept.append(shown)
            missing -= _names(block)
    if missing:
        what = f"the report of {one.command} has no line {', '.join(sorted(missing))}"
        raise FormulationError("lesson-shows-nothing", what, fix="leave it out of show")
    return kept


def _names(block: b.Block) -> set[str]:
    if isinstance(block, b.Facts):
        return {label for label, _ in block.rows}
    return {block.level} if isinstance(block, b.Notice) else set()


def _shown(block: b.Block, after: b.Block | None, show: set[str]) -> b.Block | None:
    """Return a block of a report with the lines that are wanted; None where there is none."""
    if isinstance(block, b.Heading):
        wanted = block.level == 1 or (after is not None and bool(_names(after) & show))
        return b.Heading(block.text, 3) if wanted else None
    if isinstance(block, b.Facts):
        rows = tuple(row for row in block.rows if row[0] in show)
        return b.Facts(rows) if rows else None
    return block if isinstance(block, b.Notice) and block.level in show else None


def _case(values: Mapping[str, Any]) -> Any:
    typed = dict(values)
    typed["prepared"] = date.fromisoformat(typed.get("prepared", "2026-01-05"))
    return read_case(None, typed, typed["prepared"])


def _plan(values: Mapping[str, Any]) -> b.Report:
    prescription, bench, _ = _case(values)
    return plan_report(plan(prescription, bench), prescription, bench)


def _capsules(values: Mapping[str, Any]) -> b.Report:
    prescription, bench, _ = _case(values)
    return capsules_report(capsules(prescription, bench), prescription, False)


def _liquid(values: Mapping[str, Any]) -> b.Report:
    prescription, bench, _ = _case(values)
    return liquid_report(liquid(prescription, bench), prescription, False)


def _weigh(values: Mapping[str, Any]) -> b.Report:
    options = {key: value for key, value in values.items() if key != "mass"}
    needed, table, wish, _ = read_weighing(str(values["mass"]), options)
    return weigh_report(weigh(needed, table, wish), table, wish, None)


_COMMANDS: dict[str, Callable[[Mapping[str, Any]], b.Report]] = {
    "plan": _plan, "capsules": _capsules, "liquid": _liquid, "weigh": _weigh,
}  # fmt: skip


def _wrong(one: Lesson) -> list[b.Block]:
    """Return the mistakes that this lesson is about, each with the habit that catches it."""
    every = (*one.mistakes, *(SLIPS[name] for name in one.slips))
    if not every:
        return []
    rows = tuple(
        (slip.words, f"{slip.done}. What catches it: {_ended(slip.habit)}") for slip in every
    )
    return [b.Heading("What goes wrong"), b.Facts(rows)]


def _ended(text: str) -> str:
    return text if text.endswith("?") else f"{text}."


def _tries(one: Lesson, answers: bool) -> list[b.Block]:
    if not one.tries:
        return []
    page: list[b.Block] = [b.Heading("Try these")]
    for place, asked in enumerate(one.tries, 1):
        page += _try(place, tried(asked), answers)
    more = f"formulate learn practice --topic {one.topic}"
    page.append(b.Facts((("more", more),), names=True))
    if not answers and any(tried(asked).question for asked in one.tries):
        line = f"formulate learn lesson {one.number} --answers"
        page.append(b.Facts((("answers", line),), names=True))
    return page


def _try(place: int, one: Tried, answers: bool) -> list[b.Block]:
    asked = one.asked
    level = f"level {asked.level}, {LEVEL_WORDS[asked.level]}"
    if one.question is None:
        text = f"questions on {TOPICS[asked.topic]}, {KINDS[asked.kind]}, {level}"
        return [b.Facts(((f"{place}", text),))]
    head = b.Heading(f"{place} {one.question.title} ({level})", 3)
    blocks = answer_blocks(one.question) if answers else ()
    return [head, *question_blocks(one.question), *blocks]


def _sources(one: Lesson, sources: Mapping[str, Source]) -> list[b.Block]:
    if not one.facts:
        return []
    for _, key in one.facts:
        if key not in sources:
            what = f"no source is called {quote(key)}"
            fix = "use an id of data/sources.toml"
            raise FormulationError("lesson-no-such-source", what, fix=fix)
    rows = tuple(f"{text} [{key}]" for text, key in one.facts)
    return [
        b.Heading("Where it comes from"), b.Items(rows),
        references([key for _, key in one.facts], sources),
    ]  # fmt: skip
