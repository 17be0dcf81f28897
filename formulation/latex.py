"""Blocks as LaTeX text: units that cancel are struck with the package `cancel`.

What comes out is a body: `\\usepackage{amsmath,cancel,textcomp}` belongs in the preamble, and
`document` puts it into a page of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from formulation import blocks as b
from formulation.errors import safe

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "×": r"$\times$", "÷": r"$\div$", "−": r"$-$", "°": r"\textdegree{}",
    "²": r"\textsuperscript{2}", "√": r"$\surd$", "≈": r"$\approx$",
}  # fmt: skip
_LEVELS = {1: "section*", 2: "subsection*"}


def escaped(text: str) -> str:
    """Return text that LaTeX prints as it stands.

    >>> escaped("5 % of $2")
    '5 \\\\% of \\\\$2'
    """
    plain = re.sub(r"(?<![\w.)])-(?=\d)", "−", safe(text).replace("\n", " "))
    return "".join(_SPECIAL.get(c, c) for c in plain)


def _heading(block: b.Heading) -> str:
    return f"\\{_LEVELS.get(block.level, 'subsubsection*')}{{{escaped(block.text)}}}"


def _rows(rows: tuple[tuple[str, str], ...]) -> str:
    lines = [f"\\item[{{{escaped(label)}}}] {escaped(text)}" for label, text in rows]
    return "\n".join(["\\begin{description}", *lines, "\\end{description}"])


def _table(block: b.Table) -> str:
    rows = [" & ".join(escaped(cell) for cell in row) + r" \\" for row in block.rows]
    head = " & ".join(f"\\textbf{{{escaped(name)}}}" for name in block.columns) + r" \\ \hline"
    body = "\n".join([head, *rows])
    return f"\\begin{{tabular}}{{{'l' * len(block.columns)}}}\n{body}\n\\end{{tabular}}"


def _pieces(row: tuple[b.Piece, ...]) -> str:
    return r"\ ".join(
        f"\\cancel{{\\text{{{escaped(text)}}}}}" if out else f"\\text{{{escaped(text)}}}"
        for text, out in row
    )


def _struck(block: b.Struck) -> str:
    parts = [
        f"\\frac{{{_pieces(over)}}}{{{_pieces(under)}}}" if under else _pieces(over)
        for over, under in block.factors
    ]
    return "\\[ " + r" \times ".join(parts) + f" = \\text{{{escaped(block.result)}}} \\]"


def _notice(block: b.Notice) -> str:
    fix = f" \\emph{{{escaped(block.fix)}}}" if block.fix else ""
    return f"\\noindent \\textbf{{{escaped(block.level)}:}} {escaped(block.text)}{fix}"


_WRITE: dict[type, Callable[[Any], str]] = {
    b.Heading: _heading,
    b.Paragraph: lambda block: f"\\noindent {escaped(block.text)}",
    b.Items: lambda block: _rows(block.marked),
    b.Facts: lambda block: _rows(block.rows),
    b.Table: _table,
    b.Notice: _notice,
    b.Struck: _struck,
}


def latex(report: b.Report) -> str:
    """Return a report as the body of a LaTeX document.

    >>> print(latex(b.Report((b.Heading("An answer", 1), b.Paragraph("50 % of it")))))
    \\section*{An answer}
    <BLANKLINE>
    \\noindent 50 \\% of it
    <BLANKLINE>

    Charts, curves and references are not written: no calculator has them.
    """
    return "\n\n".join(_WRITE[type(block)](block) for block in report.blocks) + "\n"


def document(report: b.Report) -> str:
    """Return a whole LaTeX document of a report.

    >>> document(b.Report(())).splitlines()[0]
    '\\\\documentclass{article}'
    """
    head = "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n"
    head += "\\usepackage{amsmath,cancel,textcomp}\n\\begin{document}\n"
    return f"{head}{latex(report)}\\end{{document}}\n"
