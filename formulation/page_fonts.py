"""Which characters can the shipped fonts print? Read from the fonts' own tables.

A character that none of them holds is printed as its number, `[U+1F642]`, never dropped.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from formulation.errors import safe

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = ("Noto Sans", "Noto Sans Hebrew")
_REGULAR = ("NotoSans-Regular.ttf", "NotoSansHebrew-Regular.ttf")


def _table(font: bytes, wanted: bytes) -> bytes:
    count = struct.unpack(">H", font[4:6])[0]
    for place in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == wanted:
            return font[offset : offset + length]
    raise ValueError(f"no table {wanted!r} in the font")


def _mapped(cmap: bytes) -> Iterator[int]:
    """Yield every character of a Unicode map in format 4, glyph 0 left out."""
    starts = [struct.unpack_from(">HHL", cmap, 4 + 8 * place)
              for place in range(struct.unpack_from(">H", cmap, 2)[0])]  # fmt: skip
    at = next(offset for platform, encoding, offset in starts if (platform, encoding) == (3, 1))
    count = int(struct.unpack_from(">H", cmap, at + 6)[0]) // 2
    row = f">{count}H"
    ends = struct.unpack_from(row, cmap, at + 14)
    firsts = struct.unpack_from(row, cmap, at + 16 + 2 * count)
    deltas = struct.unpack_from(row, cmap, at + 16 + 4 * count)
    ranges = at + 16 + 6 * count
    offsets = struct.unpack_from(row, cmap, ranges)
    for place, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offsets[place]:
                slot = ranges + 2 * place + offsets[place] + 2 * (code - first)
                glyph = struct.unpack_from(">H", cmap, slot)[0]
                if not glyph:
                    continue
            if (glyph + deltas[place]) % 65536:
                yield code


@cache
def covered() -> frozenset[str]:
    """Return every character that one of the shipped fonts holds.

    >>> {"A", "é", "µ", "ש", "–"} <= covered(), "🙂" in covered()
    (True, False)
    """
    found: set[str] = set()
    for name in _REGULAR:
        font = (FOLDER / name).read_bytes()
        found.update(chr(code) for code in _mapped(_table(font, b"cmap")))
    return frozenset(found)


def _near(text: str) -> str:
    """Return a text with the minus sign, which no font here holds, as the dash that is as long."""
    return safe(text).replace("\N{MINUS SIGN}", "\N{EN DASH}")


def lacking(text: str) -> str:
    """Return the characters of a text that no shipped font holds, each once.

    >>> lacking("a🙂b🙂")
    '🙂'
    """
    return "".join(dict.fromkeys(c for c in _near(text) if c != "\n" and c not in covered()))


def printable(text: str) -> str:
    """Return a text in which each character can be printed.

    >>> printable("Ada 🙂")
    'Ada [U+1F642]'
    """
    gone = lacking(text)
    return "".join(f"[U+{ord(c):04X}]" if c in gone else c for c in _near(text))
