"""Are directions written so that nobody misreads them? The rules for doses on labels.

No trailing zero, a leading zero always, a comma from 1,000, mcg and mL, a space before the unit,
words for signs and for Latin: the list is in docs/method/pages.md with its sources.
"""

from __future__ import annotations

import re

_RULES: tuple[tuple[str, str], ...] = (
    (r"\d\.\d*0(?!\d)", "leave out the zero at the end: 1 mg, not 1.0 mg"),
    (r"(?<!\d)\.\d", "put a zero before the point: 0.5 mg, not .5 mg"),
    (r"(?<![\d.,])\d{4,}", "put a comma into the number: 1,000"),
    (r"[µμ]g|\b(?:ug|UG)\b", "write mcg"),
    (r"(?i)\bcc\b", "write mL"),
    (r"(?i)\b(?:tsp|tbsp|teaspoons?|teaspoonfuls?|tablespoons?|tablespoonfuls?|drops?)\b",
     "give the volume in mL"),
    (r"\d ?(?:ml|ML|Ml)\b", "write mL"),
    (r"\d(?:mg|mcg|mL|g)\b", "put a space before the unit: 5 mg"),
    (r"\b(?:IU|U)\b", "spell the unit: units"),
    (r"(?i)\bq\.?o\.?d\b", "write every other day"),
    (r"(?i)\b(?:q\.?d|o\.?d)\b", "write daily"),
    (r"(?i)\bb\.?i\.?d\b|\bt\.?i\.?d\b|\bq\.?i\.?d\b", "say how many times a day"),
    (r"\d/\d", "write a half, a third, a quarter"),
    (r"[<>/@&+°]", "write the sign as a word: per, at, and, plus"),
)  # fmt: skip


def misread(text: str) -> tuple[str, str] | None:
    """Return the first piece of directions that could be misread, and what to write; else None.

    >>> misread("Take 4 mL by mouth daily")
    >>> misread("Take 1.0 mg daily")
    ('1.0', 'leave out the zero at the end: 1 mg, not 1.0 mg')
    >>> misread("1 tsp daily")[1]
    'give the volume in mL'
    """
    for pattern, fix in _RULES:
        found = re.search(pattern, text)
        if found:
            return found[0], fix
    return None
