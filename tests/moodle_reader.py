"""Moodle XML read as Moodle reads it, from the rules of its importer; knows nothing of the writer.

A fraction is an attribute in percent, a tolerance that is missing is 0, the first answer within its
tolerance is taken, units multiply the answer.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from html.parser import HTMLParser

# The grades of Moodle's list, written down here once more.
LIST = {100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0,
        20.0, 16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0}  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?")


class _Text(HTMLParser):
    """Collect text, a line for each paragraph or item; refuse markup that was not meant."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"p", "ul", "li"}, tag

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "li"}:
            self.parts.append("\x00")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(html: str) -> list[str]:
    reader = _Text()
    reader.feed(html)
    reader.close()
    return [one for one in "".join(reader.parts).split("\x00") if one]


@dataclass
class Answer:
    fraction: float
    text: str
    feedback: list[str]
    tolerance: float


@dataclass
class Question:
    kind: str
    name: str
    stem: list[str]
    feedback: list[str]
    points: float
    idnumber: str
    category: str
    answers: list[Answer] = field(default_factory=list)
    units: dict[str, float] = field(default_factory=dict)
    unit_penalty: float = 0.0
    unit_graded: int = 0
    shown_units: int = 3
    single: bool = True
    shuffled: bool = False
    tags: list[str] = field(default_factory=list)

    def grade(self, value: float, unit: str = "") -> tuple[float, list[str]]:
        """Return the fraction and the feedback of a number typed with a unit."""
        if unit:
            value /= self.units[unit]
        for one in self.answers:
            centre = float(one.text)
            slack = 1e-12 * max(1.0, abs(centre))
            if abs(value - centre) <= one.tolerance + slack:
                return one.fraction, one.feedback
        return 0.0, []


def _text(node: ET.Element, path: str) -> str:
    found = node.find(f"{path}/text")
    return "" if found is None or found.text is None else found.text


def _answer(node: ET.Element, numerical: bool) -> Answer:
    fraction = float(node.attrib["fraction"])
    assert fraction in LIST
    text = node.findtext("text") or ""
    if numerical:
        assert NUMBER.fullmatch(text)
    else:
        (text,) = plain(text)
    tolerance = node.findtext("tolerance") or "0"
    assert NUMBER.fullmatch(tolerance)
    return Answer(fraction / 100, text, plain(_text(node, "feedback")), float(tolerance))


def read(xml: str) -> list[Question]:
    root = ET.fromstring(xml)
    assert root.tag == "quiz"
    category, found = "", []
    for node in root:
        assert node.tag == "question"
        kind = node.attrib["type"]
        if kind == "category":
            category = _text(node, "category")
            continue
        assert kind in {"numerical", "multichoice"}
        one = Question(
            kind, _text(node, "name"), plain(_text(node, "questiontext")),
            plain(_text(node, "generalfeedback")), float(node.findtext("defaultgrade") or 1),
            node.findtext("idnumber") or "", category,
        )  # fmt: skip
        one.answers = [_answer(answer, kind == "numerical") for answer in node.findall("answer")]
        for unit in node.findall("units/unit"):
            multiplier = unit.findtext("multiplier") or "1"
            assert NUMBER.fullmatch(multiplier)
            one.units[unit.findtext("unit_name") or ""] = float(multiplier)
        one.unit_penalty = float(node.findtext("unitpenalty") or 0)
        one.unit_graded = int(node.findtext("unitgradingtype") or 0)
        one.shown_units = int(node.findtext("showunits") or 3)
        one.single = node.findtext("single") != "false"
        one.shuffled = node.findtext("shuffleanswers") == "true"
        one.tags = [tag.findtext("text") or "" for tag in node.findall("tags/tag")]
        found.append(one)
    return found
