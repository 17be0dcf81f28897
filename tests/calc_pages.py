"""What stands on the page of a calculator: its equations, its options, its examples as they print.

The pages under docs/method/calc/ are generated from this with cog.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex


def _printed(words: list[str]) -> str:
    from formulation_cli.commands import run

    out, columns = io.StringIO(), os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "80"
    try:
        with contextlib.redirect_stdout(out):
            run(words)
    finally:
        if columns is not None:
            os.environ["COLUMNS"] = columns
    return out.getvalue()


def body(name: str) -> str:
    """Return the generated part of a page: equations, options, and every example."""
    from formulation.calculating import calculator

    which = calculator(name)
    parts = []
    if which.equations:
        lines = [f"{one.text}" for one in which.equations if not one.forms]
        lines += [dict(one.forms)[one.names[0]] for one in which.equations if one.forms]
        parts.append("```text\n" + "\n".join(lines) + "\n```")
    rows = [
        f"| `{one.option}` | {one.words} | {one.help.replace('|', ' ')} |"
        for one in which.variables if not one.inner
    ]  # fmt: skip
    parts.append("\n".join(["| option | what | |", "| --- | --- | --- |", *rows]))
    for place, line in enumerate(which.examples):
        words = ["calc", name, *shlex.split(line)] + (["--explain"] if not place else [])
        shown = f"formulate calc {name} {line}" + (" --explain" if not place else "")
        parts.append(f"```\n$ {shown}\n{_printed(words)}```")
    return "\n\n".join(parts) + "\n"
