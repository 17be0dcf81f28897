"""A sheet as one self-contained web page, laid out for paper: no address outside, no script.

Every text is escaped; bars and barcodes are drawn in the page itself.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from formulation import blocks as b
from formulation import pages as p
from formulation.errors import safe
from formulation.page_data import WORDS, runs, shares
from formulation.page_fit import letters

STYLE = Path(__file__).parent / "layout" / "page.css"


def _number(value: Fraction) -> str:
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _inline(text: str) -> str:
    """Return a text escaped, its blanks as lines to write on, its boxes as boxes."""
    found = []
    for one in p.spans(text):
        if one.kind == "blank":
            found.append(f'<span class="blank" style="width:{_number(one.width)}mm"></span>')
        elif one.kind == "tick":
            found.append('<span class="tick"></span>')
        elif one.kind == "break":
            found.append("<br>")
        elif one.kind == "tie":
            found.append("&nbsp;")
        elif one.kind == "keep":
            found.append(f'<span class="keep">{escape(safe(one.text))}</span>')
        else:
            found.append(escape(safe(one.text)))
    return "".join(found)


def _facts(block: b.Facts) -> str:
    kind = "facts narrow" if all(len(label) <= 3 for label, _ in block.rows) else "facts"
    kind += " whole" if block.whole else ""
    rows = "".join(
        f"<dt>{_inline(label)}</dt><dd><bdi>{_inline(text)}</bdi></dd>"
        for label, text in block.rows
    )
    return f'<dl class="{kind}">{rows}</dl>'


def _big(block: p.Big) -> str:
    rows = "".join(
        f"<dt>{_inline(label)}</dt><dd>{_inline(text)}</dd>" for label, text in block.rows
    )
    return f'<dl class="big">{rows}</dl>'


def _table(block: b.Table) -> str:
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in block.columns)
    rows = (
        "<tr>" + "".join(f"<td><bdi>{_inline(cell)}</bdi></td>" for cell in row) + "</tr>"
        for row in block.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _chart(block: b.Chart) -> str:
    rows = []
    for label, part, text in shares(block):
        bar = ""
        if part is not None:
            bar = (
                '<svg aria-hidden="true" width="100%" height="0.8em"><rect '
                f'width="{_number(part * 100)}%" height="100%"/></svg>'
            )
        rows.append(
            f'<div>{_inline(label)}</div><div>{bar}</div><div class="amount">{_inline(text)}</div>'
        )
    return f'<div class="bars">{"".join(rows)}</div>'


def _notice(block: b.Notice) -> str:
    where = f"{block.where}: " if block.where else ""
    fix = f'<br><span class="soft">{_inline(block.fix)}</span>' if block.fix else ""
    return (
        f'<p class="notice {block.level}"><b>{WORDS[block.level]}</b> '
        f"{_inline(where + block.text)}{fix}</p>"
    )


def _barcode(block: p.Barcode) -> str:
    bars = "".join(
        f'<rect x="{at}" y="0" width="{width}" height="1"/>' for at, width in runs(block.modules)
    )
    width, whole = _number(block.module * len(block.modules)), len(block.modules)
    text = escape(safe(block.text))
    return (
        f'<div class="barcode"><svg role="img" aria-label="barcode {text}" width="{width}mm" '
        f'height="{_number(block.height)}mm" viewBox="0 0 {whole} 1" preserveAspectRatio="none" '
        f'shape-rendering="crispEdges">{bars}</svg><br>{text}</div>'
    )


def _references(block: b.References) -> str:
    rows = tuple(
        (key, f"{title}. {publisher}. {address} ({grade})")
        for key, title, publisher, address, grade in block.rows
    )
    return _facts(b.Facts(rows))


def _side(block: p.Side) -> str:
    columns = f"{_number(block.share)}fr {_number(1 - block.share)}fr"
    return (
        f'<div class="side" style="grid-template-columns:{columns}">'
        f"<div>{_all(block.left)}</div><div>{_all(block.right)}</div></div>"
    )


def _heading(block: b.Heading) -> str:
    return f"<h{block.level}>{_inline(block.text)}</h{block.level}>"


_WRITE: dict[type, Callable[[Any], str]] = {
    b.Heading: _heading,
    b.Paragraph: lambda x: f"<p>{_inline(x.text)}</p>",
    b.Items: lambda x: _facts(b.Facts(x.marked)),
    b.Facts: _facts,
    b.Table: _table,
    b.Chart: _chart,
    b.Notice: _notice,
    b.Working: lambda x: _facts(b.Facts(((x.name, f"{x.substituted} = {x.result}"),))),
    b.References: _references,
    p.Banner: lambda x: f'<p class="banner">{_inline(x.text)}</p>',
    p.Big: _big,
    p.Small: lambda x: f'<p class="small">{_inline(x.text)}</p>',
    p.Barcode: _barcode,
    p.Box: lambda x: f'<div class="box">{_all(x.blocks)}</div>',
    p.Side: _side,
    p.Together: lambda x: f'<div class="whole">{_all(x.blocks)}</div>',
}


def _all(blocks: tuple[p.PageBlock, ...]) -> str:
    return "\n".join(_WRITE[type(block)](block) for block in blocks)


def html(sheet: p.Sheet) -> str:
    """Return a sheet as one web page.

    >>> page = html(p.Sheet("A <b>", p.A4, (b.Paragraph("<script> & *bold*"),)))
    >>> "&lt;script&gt; &amp; *bold*" in page, "<script" in page
    (True, False)
    """
    paper = sheet.paper
    size = f"{_number(paper.width)}mm {_number(paper.height)}mm"
    margin, width = _number(paper.margin), _number(paper.width - 2 * paper.margin)
    mark = f'<div class="mark" aria-hidden="true">{escape(sheet.mark)}</div>' if sheet.mark else ""
    own = (
        f":root{{--room:{_number(sheet.line)}em}}@page{{size:{size};margin:{margin}mm}}"
        f"body{{max-width:{width}mm;font-size:{_number(letters(sheet))}pt}}"
        f".mark{{font-size:{_number(paper.width / 13)}mm}}"
        f"@media screen{{body{{padding:{margin}mm}}}}"
    )
    style = STYLE.read_text(encoding="utf-8") + own
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(safe(sheet.title))}</title>\n<style>\n{style}\n</style>\n</head>\n"
        f'<body class="{paper.name}">\n{mark}\n{_all(sheet.blocks)}\n</body>\n</html>\n'
    )
