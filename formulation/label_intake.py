"""From the table [label] of a prescription to the words on its label; each refusal names its key.

What is refused here is what must not stand on a label; what is only missing is left blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from formulation.bench import Bench
from formulation.cited import known
from formulation.directions import misread
from formulation.errors import FormulationError, quote
from formulation.keys import check_keys
from formulation.prescription import LabelWords

KEYS: dict[str, tuple[type, str]] = {"label": (dict, "a table: [label]")}
_KEYS: dict[str, tuple[type, str]] = {
    "preparation": (str, 'the preparation\'s own number in quotes: "2026-0105"'),
    "pharmacy": (str, "the pharmacy's name and place, in quotes"),
    "phone": (str, "its telephone number, in quotes"),
    "prescription_number": (str, "the number of the prescription, in quotes"),
    "patient": (str, "whom it is for, in quotes"),
    "prescriber": (str, "who prescribed it, in quotes"),
    "directions": (str, 'in quotes: "Take 1 capsule by mouth daily"'),
    "storage": (str, 'in quotes: "Keep in the refrigerator"'),
    "filled": (date, "a date without quotes: 2026-01-05"),
}
LONGEST = {"preparation": 24, "phone": 40, "prescription_number": 24, "patient": 120,
           "prescriber": 120, "pharmacy": 160, "directions": 240, "storage": 160}  # fmt: skip
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def _digits(text: str) -> set[str]:
    """Return a number's digits, and those of an NDC in three parts filled up to 5, 4 and 2."""
    parts = text.split("-")
    found = {"".join(parts)}
    if [len(part) for part in parts] in ([4, 4, 2], [5, 3, 2], [5, 4, 1], [5, 4, 2]):
        found.add("".join(part.zfill(long) for part, long in zip(parts, (5, 4, 2), strict=True)))
    return found


def _number(text: str, bench: Bench, where: str) -> None:
    """Refuse a preparation number that no barcode holds, or that is a source's NDC."""
    at = f"{where}, key preparation"
    if not _NUMBER.fullmatch(text):
        what, fix = f"{quote(text)} is no preparation number", "use letters, digits and hyphens"
        raise FormulationError("label-preparation", what, at, fix)
    for product in bench.products:
        for code in (known(product.ndc), known(product.ndc11)):
            if code is not None and _digits(text) & _digits(code):
                what = f"{text} is the NDC of the {product.name}, not of what is made from it"
                fix = "give the preparation a number of its own, or leave it out"
                raise FormulationError("label-number-is-ndc", what, at, fix)


def _lengths(raw: Mapping[str, Any], where: str) -> None:
    for key, most in LONGEST.items():
        if len(raw.get(key, "")) > most:
            what = f"{key} is longer than {most} characters, more than a label holds"
            at = f"{where}, key {key}"
            raise FormulationError("file-text-too-long", what, at, "shorten it")


def read_words(table: Mapping[str, Any], bench: Bench, prepared: date, where: str) -> LabelWords:
    """Return the words of a prescription's label; refused are doses that could be misread."""
    refills = int(table["refills"]) if "refills" in table else None
    at, raw = f"{where}, table [label]", table.get("label", {})
    check_keys(raw, _KEYS, at)
    raw = {key: value.strip() if isinstance(value, str) else value for key, value in raw.items()}
    _lengths(raw, at)
    if "preparation" in raw:
        _number(raw["preparation"], bench, at)
    unclear = misread(raw.get("directions", ""))
    if unclear is not None:
        what = f"directions that can be misread: {quote(unclear[0])}"
        raise FormulationError("label-directions", what, f"{at}, key directions", unclear[1])
    filled = raw.get("filled")
    if filled is not None and filled < prepared:
        what = f"filled on {filled}, before it is made on {prepared}"
        fix = "correct filled, or prepared"
        raise FormulationError("label-filled-before-made", what, f"{at}, key filled", fix)
    return LabelWords(refills=refills, **{key: raw[key] for key in _KEYS if key in raw})
