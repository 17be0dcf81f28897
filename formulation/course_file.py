"""The course file: what a teacher fixes for a class, read strictly, every key by name.

docs/course-file.md explains each key. Nothing in it is a fact: it is the teacher's choice, and
prints as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from formulation import catalog
from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import Wanted, read_number, read_quantity, read_share
from formulation.keys import at_key, check_keys, need
from formulation.printing import show_exact, show_share
from formulation.records import RuleSet, Stamp
from formulation.syllabus import CONSTANTS, TEACHING, Course, Marks
from formulation.units import Quantity, known

FOLDER = "courses"
DEFAULT = "teaching"
MEASURABLE = "as measurable"
FURTHEST = Fraction(1, 10)
LARGEST_TOLERANCE = Fraction(1, 20)
_WORDS = {"grain": "grain", "teaspoon": "tsp", "tablespoon": "tbsp", "fluid_ounce": "floz",
          "ounce": "oz", "pound": "lb"}  # fmt: skip
_PER_LB = "pounds_per_kg"
_PARTS = ("number", "unit", "rounding")
KEYS = {
    "name": (str, 'a text, as in "Calculations 1"'),
    "edition": (str, 'a rule set, as in "usp795-2023"'),
    "constants": (dict, "a table [constants]"),
    "rounding": (dict, "a table [rounding]"),
    "answers": (dict, "a table [answers]"),
    "marks": (dict, "a table [marks]"),
}
CONSTANT_KEYS = dict.fromkeys(_WORDS, (str, 'an amount, as in "5 mL"'))
CONSTANT_KEYS[_PER_LB] = (str, 'a number in quotes, as in "2.2"')
ROUNDING_KEYS = {"to": (str, f'"{MEASURABLE}" or "3 significant digits"')}
ANSWER_KEYS = {
    "units": (list, 'symbols, as in ["mg", "g", "mL"]'),
    "tolerance": (str, 'a share, as in "0.5 %"'),
}
MARK_KEYS = dict.fromkeys((*_PARTS, "working"), (str, 'a share, as in "60 %"'))


def course(named: str = "") -> tuple[Course, Stamp]:
    """Return a course and which file it was: a file by its path, else a course by its id.

    >>> course("grain-60")[0].constant("grain")
    '1 grain = 60 mg'

    Refuses a file that is not one, with the key; a course that there is not, with the nearest.
    """
    if "/" in named or "\\" in named or named.endswith(".toml"):
        path = Path(named)
    else:
        path = _listed(named or DEFAULT)
    table, digest = catalog.read_toml(path, "the course file")
    where = quote(str(path), 200) if named else path.name
    own = catalog.shipped(FOLDER) != path.parent
    return read_course(table, where), Stamp(f"{FOLDER}/{path.stem}", "", "", digest, own)


def _listed(key: str) -> Path:
    path = catalog.find(FOLDER, key)
    if path is not None:
        return path
    names = catalog.keys(FOLDER)
    near = nearest(key, names)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(names)}"
    fix += " (a file of your own: give its path)"
    what = f"no course is called {quote(key)}"
    raise FormulationError("course-not-found", what, "option --course", fix)


def read_course(table: Mapping[str, Any], where: str) -> Course:
    """Return the course that a file describes; what it does not say is as in the teaching course.

    >>> read_course({"name": "A", "constants": {"grain": "60 mg"}}, "a.toml").constant("grain")
    '1 grain = 60 mg'
    """
    check_keys(table, KEYS, where)
    name = need(table, "name", KEYS["name"][1], where).strip()
    if not name:
        raise FormulationError(
            "file-missing-key", "the key name is empty", where, 'add name: as in "Calculations 1"'
        )
    constants, per_lb = _constants(table.get("constants", {}), f"{where}, table constants")
    answers = table.get("answers", {})
    marks = _marks(table.get("marks", {}), answers, where)
    return Course(
        name=name, constants=constants, per_lb=per_lb, digits=_digits(table, where),
        units=_units(answers, f"{where}, table answers"), edition=_edition(table, where),
        marks=marks,
    )  # fmt: skip


def _edition(table: Mapping[str, Any], where: str) -> str:
    if "edition" not in table:
        return TEACHING.edition
    key, names = table["edition"], catalog.keys("rules")
    if key in names:
        return str(key)
    near = nearest(key, names)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(names)}"
    what = f"there is no rule set {quote(key)}"
    raise FormulationError("course-no-such-edition", what, f"{where}, key edition", fix)


def rules_of(course: Course) -> RuleSet:
    """Return the rule set of a course's edition.

    >>> rules_of(TEACHING).key
    'usp795-2023'
    """
    return catalog.load(RuleSet, "rules", course.edition)[0]


def _constants(table: Mapping[str, Any], where: str) -> tuple[dict[str, Quantity], Fraction]:
    check_keys(table, CONSTANT_KEYS, where)
    found = dict(CONSTANTS)
    for key, unit in _WORDS.items():
        if key in table:
            usual = CONSTANTS[unit]
            wanted = Wanted(usual.unit, show_exact(usual))
            amount = at_key(where, key, read_quantity, table[key], wanted).to(usual.unit)
            _near(amount, usual, f"{where}, key {key}")
            found[unit] = amount
    per_lb = TEACHING.per_lb
    if _PER_LB in table:
        per_lb = at_key(where, _PER_LB, read_number, table[_PER_LB])
        _near(Quantity(per_lb), Quantity(TEACHING.per_lb), f"{where}, key {_PER_LB}")
    return found, per_lb


def _near(amount: Quantity, usual: Quantity, where: str) -> None:
    """Refuse a constant that is further from the usual one than any book has it: a slip."""
    off = abs(amount.magnitude / usual.magnitude - 1)
    if off > FURTHEST:
        low, high = usual * (1 - FURTHEST), usual * (1 + FURTHEST)
        what = f"{show_exact(amount)} is far from the usual {show_exact(usual)}"
        fix = f"give one from {show_exact(low)} to {show_exact(high)}; is the point in its place?"
        raise FormulationError("course-constant-far", what, where, fix)


def _digits(table: Mapping[str, Any], where: str) -> int:
    rounding, at = table.get("rounding", {}), f"{where}, table rounding"
    check_keys(rounding, ROUNDING_KEYS, at)
    text = rounding.get("to", MEASURABLE)
    if text == MEASURABLE:
        return 0
    found = re.fullmatch(r"([2-6]) significant digits", text)
    if found is None:
        what = f"{quote(text)} is no rounding"
        fix = f'write "{MEASURABLE}", or from "2 significant digits" to "6 significant digits"'
        raise FormulationError("course-no-such-rounding", what, f"{at}, key to", fix)
    return int(found[1])


def _units(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    check_keys(table, ANSWER_KEYS, where)
    row = table.get("units", [])
    for unit in row:
        if not isinstance(unit, str) or not unit or not _is_unit(unit):
            what = f"{quote(str(unit))} is no unit here"
            fix = 'write symbols as the program prints them, as in ["mg", "g", "mL", "mg/mL"]'
            raise FormulationError("course-no-such-unit", what, f"{where}, key units", fix)
    return tuple(dict.fromkeys(row))


def _is_unit(unit: str) -> bool:
    plain = all(re.fullmatch(r"[A-Za-z_]+[0-9]?", part) for part in unit.split("/"))
    return plain and all(known(part) for part in unit.split("/"))


def _marks(table: Mapping[str, Any], answers: Mapping[str, Any], where: str) -> Marks:
    at, usual = f"{where}, table marks", TEACHING.marks
    check_keys(table, MARK_KEYS, at)
    check_keys(answers, ANSWER_KEYS, f"{where}, table answers")
    shares = {key: at_key(at, key, read_share, text) for key, text in table.items()}
    three = {key: shares.get(key, getattr(usual, key)) for key in _PARTS}
    whole = sum(three.values(), Fraction(0))
    if whole != 1:
        told = " + ".join(f"{key} {show_share(value)}" for key, value in three.items())
        fix = (
            "let number, unit and rounding come to 100 %; one left out is as in the teaching course"
        )
        raise FormulationError(
            "course-marks-sum", f"{told} come to {show_share(whole)}, not 100 %", at, fix
        )
    working = shares.get("working", usual.working)
    if working > 1:
        what = f"working earns {show_share(working)} of the number's points"
        fix = "give at most 100 %"
        raise FormulationError("course-working", what, f"{at}, key working", fix)
    return Marks(**three, working=working, tolerance=_tolerance(answers, where))


def _tolerance(answers: Mapping[str, Any], where: str) -> Fraction:
    if "tolerance" not in answers:
        return TEACHING.marks.tolerance
    at = f"{where}, table answers"
    found: Fraction = at_key(at, "tolerance", read_share, answers["tolerance"])
    if found > LARGEST_TOLERANCE:
        what = f"a tolerance of {show_share(found)} would let wrong answers count as right"
        fix = f"give at most {show_share(LARGEST_TOLERANCE)}"
        raise FormulationError("course-tolerance", what, f"{at}, key tolerance", fix)
    return found
