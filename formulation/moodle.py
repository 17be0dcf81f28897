"""A paper as a Moodle XML file: numbers with tolerance and units, choices, feedback by mistake.

Written from the format that Moodle imports: `<quiz>`, one `<question>` each, answers with a grade
from Moodle's own list. All text is escaped twice over: as HTML, and inside CDATA.
"""

from __future__ import annotations

from html import escape

from formulation.errors import safe
from formulation.export import (
    Taken,
    category,
    explained,
    licence,
    lines,
    number,
    tags,
    taken,
    told,
    units,
)
from formulation.papers import Item, Paper
from formulation.questions import Question

GRADED, OUT_OF_MARK = "1", "1"  # a missing unit costs a share of the mark
TYPED, NO_UNIT = "0", "3"
PENALTY = "0.3333333"
SHUFFLED = ("estimate", "refuse")


def moodle(paper: Paper) -> str:
    """Return a paper as Moodle XML; the same paper always gives the same file."""
    found = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>",
             f"<!-- {_text(licence(paper)).replace('--', '- -')} -->"]  # fmt: skip
    last = ""
    for item in paper.items:
        where = category(paper, item)
        if where != last:
            found.append(_category(where))
            last = where
        found.append(_question(paper, item))
    return "\n".join([*found, "</quiz>"]) + "\n"


def _text(text: str) -> str:
    """Return text as XML holds it: nothing in it is markup, nothing a control character."""
    return escape(safe(text), quote=False)


def _html(*paragraphs: str) -> str:
    """Return paragraphs as HTML inside CDATA; a `>` is escaped, so that nothing ends it."""
    body = "".join(f"<p>{_text(one)}</p>" for one in paragraphs if one)
    return f"<text><![CDATA[{body}]]></text>"


def _list(page: tuple[str, ...]) -> str:
    rows = "".join(f"<li>{_text(one)}</li>" for one in page)
    return f"<ul>{rows}</ul>" if rows else ""


def _category(where: str) -> str:
    text = f"<category><text>{_text(where)}</text></category>"
    return f'<question type="category">{text}</question>'


def _question(paper: Paper, item: Item) -> str:
    one = item.question
    numerical = one.kind == "calculate"
    head = [
        f'<question type="{"numerical" if numerical else "multichoice"}">',
        f"<name><text>{_text(one.name)}</text></name>",
        f'<questiontext format="html">{_stem(one)}</questiontext>',
        f'<generalfeedback format="html">{_html(*explained(paper, item))}</generalfeedback>',
        f"<defaultgrade>{item.points}</defaultgrade>", f"<penalty>{PENALTY}</penalty>",
        "<hidden>0</hidden>", f"<idnumber>{_text(one.name)}</idnumber>",
    ]  # fmt: skip
    body = _numerical(paper, one) if numerical else _choices(one)
    named = "".join(f"<tag><text>{_text(tag)}</text></tag>" for tag in tags(one))
    return "\n".join([*head, *body, f"<tags>{named}</tags>", "</question>"])


def _stem(one: Question) -> str:
    shown = _list(lines(one.shown, letters=True))
    asked = f"{one.asked} {one.rounding}".strip()
    body = f"<p>{_text(one.story)}</p>{shown}<p>{_text(asked)}</p>"
    return f"<text><![CDATA[{body}]]></text>"


def _numerical(paper: Paper, one: Question) -> list[str]:
    found = [_number(answer) for answer in taken(one, paper.course.marks)]
    every = units(one.key, paper.course.units) if one.key else ()
    if not every:
        return [*found, f"<unitgradingtype>0</unitgradingtype><unitpenalty>0</unitpenalty>"
                f"<showunits>{NO_UNIT}</showunits><unitsleft>0</unitsleft>"]  # fmt: skip
    rows = "".join(
        f"<unit><multiplier>{number(unit.multiplier)}</multiplier>"
        f"<unit_name>{_text(unit.name)}</unit_name></unit>"
        for unit in every
    )
    costs, left = number(paper.course.marks.unit), int(every[0].name == "$")
    return [
        *found, f"<units>{rows}</units>", f"<unitgradingtype>{OUT_OF_MARK}</unitgradingtype>"
        f"<unitpenalty>{costs}</unitpenalty><showunits>{TYPED}</showunits>"
        f"<unitsleft>{left}</unitsleft>",
    ]  # fmt: skip


def _number(answer: Taken) -> str:
    return (
        f'<answer fraction="{answer.grade}" format="moodle_auto_format">'
        f"<text>{number(answer.value)}</text>"
        f'<feedback format="html">{_html(answer.feedback)}</feedback>'
        f"<tolerance>{number(answer.tolerance)}</tolerance></answer>"
    )


def _choices(one: Question) -> list[str]:
    right = one.right.text
    rows = [
        f'<answer fraction="{"100" if text == right else "0"}" format="html">{_html(text)}'
        f'<feedback format="html">{_html(said)}</feedback></answer>'
        for text, said in told(one)
    ]
    mixed = "true" if one.kind in SHUFFLED else "false"
    numbering = "abc" if one.kind in SHUFFLED else "none"
    said = [
        f'<{name} format="html"><text></text></{name}>'
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    ]
    return [
        f"<single>true</single><shuffleanswers>{mixed}</shuffleanswers>"
        f"<answernumbering>{numbering}</answernumbering>", *said, *rows,
    ]  # fmt: skip
