"""A page that runs: each command with what it prints, each file with what stands in it.

docs/tutorial.md, docs/cli.md and the pages of docs/cases/ are generated from this with cog.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 80
CUT = "[...]"
NO_RECORDS = "no-records"
_PRINTED: dict[tuple[str, str], list[str]] = {}  # in the clone a command always prints the same
LOUD = ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TERM")


def typed(line: str) -> str:
    """Return a command as it may be typed: one line, or several that end in a backslash."""
    rows = [""]
    for part in re.split(r" (?=--)", f"$ {line}"):
        if rows[-1] and len(rows[-1]) + len(part) > WIDTH - 3:
            rows.append("   ")
        rows[-1] += f" {part}" if rows[-1] else part
    return " \\\n".join(rows)


def cut(lines: list[str], since: str, until: str, most: int) -> list[str]:
    """Return the lines from one that begins with `since` to before one that begins with `until`."""
    first, last = 0, len(lines)
    if since:
        first = next(n for n, line in enumerate(lines) if line.strip().startswith(since))
    if until:
        last = next(
            n for n, line in enumerate(lines) if n > first and line.strip().startswith(until)
        )
    if most:
        last = min(last, first + most)
    shown = lines[first:last]
    while shown and not shown[-1].strip():
        shown.pop()
    before = [CUT] if first else []
    return [*before, *shown, *([CUT] if last < len(lines) else [])]


@dataclass
class Walk:
    """A reader at a terminal: a folder of their own where the page asks for one, else the clone."""

    own: bool = False
    home: str = NO_RECORDS
    _folder: tempfile.TemporaryDirectory[str] | None = field(default=None, repr=False)

    def place(self) -> Path:
        """Return where the commands run."""
        if not self.own:
            return ROOT
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory()
        return Path(self._folder.name)

    @contextlib.contextmanager
    def _there(self) -> Iterator[None]:
        before, env = Path.cwd(), dict(os.environ)
        os.chdir(self.place())
        os.environ.update(COLUMNS=str(WIDTH), FORMULATE_HOME=self.home)
        for name in LOUD:
            os.environ.pop(name, None)
        try:
            yield
        finally:
            os.chdir(before)
            os.environ.clear()
            os.environ.update(env)

    def printed(self, line: str, code: int = 0) -> list[str]:
        """Return what a command prints; it has to end with this exit code."""
        from formulation_cli.app import main

        if not self.own and (line, self.home) in _PRINTED:
            return _PRINTED[line, self.home]
        out = io.StringIO()
        program, *words = shlex.split(line)
        assert program == "formulate", line
        with self._there(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            ended, before = 0, sys.argv
            sys.argv = ["formulate", *words]
            try:
                main()
            except SystemExit as done:
                ended = int(done.code or 0)
            finally:
                sys.argv = before
        assert ended == code, f"{line} ended with {ended}: {out.getvalue()}"
        lines = out.getvalue().rstrip("\n").split("\n")
        whole = ended == 2 or lines[0] == "{"  # a refusal's four lines and JSON are never wrapped
        wide = [one for one in lines if len(one) > WIDTH and not whole]
        assert not wide, f"{line} prints more than {WIDTH} columns: {wide[0]}"
        rows = [one.rstrip() for one in lines]
        if not self.own:
            _PRINTED[line, self.home] = rows
        return rows

    def run(
        self, line: str, *, since: str = "", until: str = "", most: int = 0, code: int = 0
    ) -> str:
        """Return a command and what it prints, or a part of that, as a block of the page."""
        rows = cut(self.printed(line, code), since, until, most)
        return "\n```\n" + "\n".join([typed(line), *rows]) + "\n```\n\n"

    def asked(self, question: str, line: str, row: str = "", code: int = 0) -> str:
        """Return a question for a class, and the command with the row that answers it.

        The row begins with `row`, else it is the first; what it goes on with is indented deeper.
        """
        lines = self.printed(line, code)
        first = next(n for n, one in enumerate(lines) if one.strip().startswith(row))
        deep = len(lines[first]) - len(lines[first].lstrip())
        shown = [lines[first]]
        for one in lines[first + 1 :] if row else []:
            if len(one) - len(one.lstrip()) <= deep or one.lstrip().startswith(">"):
                break
            shown.append(one)
        answer = "\n".join([typed(line), *shown])
        fold = "<details><summary>The program's answer</summary>"
        return f"{question}\n\n{fold}\n\n```\n{answer}\n```\n\n</details>\n\n"

    def file(self, name: str, text: str) -> str:
        """Put a file into the reader's folder, and return it as a block of the page."""
        assert self.own
        path = self.place() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.strip("\n") + "\n", encoding="utf-8")
        return f"\n```toml\n# {name}\n{text.strip()}\n```\n\n"
