"""A sheet as a report: the same words for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from formulation import blocks as b
from formulation import pages as p


def _chart(block: b.Chart) -> tuple[b.Block, ...]:
    """Return bars as lines: their names are too long to stand beside bars on a screen."""
    return (b.Facts(tuple((label, bars[0].text) for label, bars, _ in block.rows)),)


_PLAIN: dict[type, Callable[[Any], tuple[b.Block, ...]]] = {
    b.Chart: _chart,
    p.Banner: lambda x: (b.Heading(x.text),),
    p.Big: lambda x: (b.Facts(x.rows),),
    p.Small: lambda x: (b.Paragraph(x.text),),
    p.Barcode: lambda x: (b.Facts((("barcode", x.text),)),),
    p.Box: lambda x: _blocks(x.blocks),
    p.Together: lambda x: _blocks(x.blocks),
    p.Side: lambda x: (*_blocks(x.left), *_blocks(x.right)),
}


def _blocks(every: tuple[p.PageBlock, ...]) -> tuple[b.Block, ...]:
    found: list[Any] = []
    for block in every:
        plainer = _PLAIN.get(type(block))
        found += (block,) if plainer is None else plainer(block)
    return tuple(found)


def as_report(sheet: p.Sheet) -> b.Report:
    """Return a sheet as a report, its mark first unless a banner says the same.

    >>> sheet = p.Sheet("Label", p.A4, (p.Banner("NOT A LABEL"),), mark="EXAMPLE")
    >>> [block.text for block in as_report(sheet).blocks]
    ['EXAMPLE', 'NOT A LABEL']
    """
    banners = {block.text for block in sheet.blocks if isinstance(block, p.Banner)}
    mark = (b.Heading(sheet.mark),) if sheet.mark and sheet.mark not in banners else ()
    return b.Report((*mark, *_blocks(sheet.blocks)))
