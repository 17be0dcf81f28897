"""Markdown: whatever stands in a block comes out as text, in every kind of block."""

from fractions import Fraction

import pytest

from formulation import blocks as b
from formulation.markdown import markdown

EVIL = "*a* <b> `c` [d](e) #f |g| \u202e \x1b[31m"
BLOCKS = [
    b.Heading(EVIL, 2),
    b.Paragraph(EVIL),
    b.Facts(((EVIL, EVIL),)),
    b.Table((EVIL, EVIL), ((EVIL, EVIL),)),
    b.Chart((EVIL,), ((EVIL, (b.Bar(Fraction(1), EVIL),), True),)),
    b.Notice("stop", EVIL, EVIL, EVIL),
    b.Working(EVIL, EVIL, EVIL, EVIL, EVIL, (EVIL,)),
    b.References(((EVIL, EVIL, EVIL, EVIL, "official"),)),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_nothing_in_a_block_is_markup(block: b.Block) -> None:
    text = markdown(b.Report((block,)))
    for live in ("*a*", "<b>", "`c`", "[d]"):
        assert live not in text.replace("\\", "\x00")
    assert "\\*a\\*" in text
    assert "\\|g\\|" in text
    assert all(c == "\n" or c.isprintable() for c in text)
