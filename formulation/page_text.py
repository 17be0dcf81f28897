"""A sheet as a report: the same words for the terminal and for Markdown."""

from __future__ import annotations

from formulation import blocks as b
from formulation import pages as p


def _block(block: p.PageBlock) -> tuple[b.Block, ...]:
    if isinstance(block, p.Banner):
        return (b.Heading(block.text),)
    if isinstance(block, p.Big):
        return (b.Facts(block.rows),)
    if isinstance(block, p.Small):
        return (b.Paragraph(block.text),)
    if isinstance(block, p.Barcode):
        return (b.Facts((("barcode", block.text),)),)
    if isinstance(block, p.Box):
        return _blocks(block.blocks)
    if isinstance(block, p.Side):
        return (*_blocks(block.left), *_blocks(block.right))
    return (block,)


def _blocks(every: tuple[p.PageBlock, ...]) -> tuple[b.Block, ...]:
    return tuple(found for block in every for found in _block(block))


def as_report(sheet: p.Sheet) -> b.Report:
    """Return a sheet as a report, its mark first.

    >>> sheet = p.Sheet("Label", p.A4, (p.Banner("NOT A LABEL"),), mark="EXAMPLE")
    >>> [block.text for block in as_report(sheet).blocks]
    ['EXAMPLE', 'NOT A LABEL']
    """
    mark = (b.Heading(sheet.mark),) if sheet.mark else ()
    return b.Report((*mark, *_blocks(sheet.blocks)))
