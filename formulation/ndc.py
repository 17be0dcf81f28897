"""Which product is meant: a National Drug Code, in any of its spellings, as 11 digits of text.

Ten digits with hyphens become eleven by a zero before the segment that is short: 4-4-2 the labeler,
5-3-2 the product, 5-4-1 the package. Without hyphens nobody can tell which, so nothing is guessed.
Source: https://coderx.io/what-is-ndc11-format
"""

from __future__ import annotations

import re

from formulation.errors import FormulationError, quote

_SEGMENTS = re.compile(r"([0-9]{4,5})-([0-9]{3,4})-([0-9]{1,2})")
_FORMS = {(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2)}
_ELEVEN = re.compile(r"[0-9]{11}")
_TEN = re.compile(r"[0-9]{10}")


def ndc11(text: str) -> str:
    """Return an NDC as 11 digits, leading zeros kept; refuse what could be more than one.

    >>> ndc11("24385-0054-52"), ndc11("0574-0303-16"), ndc11("12345-678-90"), ndc11("12345-6789-0")
    ('24385005452', '00574030316', '12345067890', '12345678900')
    """
    given = text.strip()
    if _ELEVEN.fullmatch(given):
        return given
    found = _SEGMENTS.fullmatch(given)
    if found and tuple(map(len, found.groups())) in _FORMS:
        labeler, product, package = found.groups()
        return labeler.zfill(5) + product.zfill(4) + package.zfill(2)
    if _TEN.fullmatch(given):
        what = f"{given}: ten digits without hyphens may be {', '.join(_three(given))}"
        fix = "type it with the hyphens of the package, or all 11 digits"
        raise FormulationError("ndc-ten-digits", what, fix=fix)
    what = f"{quote(given)} is not an NDC"
    fix = "type 11 digits, or its hyphens as on the package: 4-4-2, 5-3-2, 5-4-1 or 5-4-2"
    raise FormulationError("ndc-not-an-ndc", what, fix=fix)


def _three(ten: str) -> tuple[str, ...]:
    every = (f"0{ten}", f"{ten[:5]}0{ten[5:]}", f"{ten[:9]}0{ten[9:]}")
    return tuple(hyphened(one) for one in every)


def hyphened(eleven: str) -> str:
    """Return 11 digits as they are read aloud: 5-4-2.

    >>> hyphened("00574030316")
    '00574-0303-16'
    """
    return f"{eleven[:5]}-{eleven[5:9]}-{eleven[9:]}"
