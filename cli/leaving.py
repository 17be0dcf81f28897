"""How a page leaves: to a PDF, to a web page, or to the terminal; all of it or nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Annotated

import typer

from formulation.errors import FormulationError, quote

from .frame import print_report

if TYPE_CHECKING:
    from formulation.pages import Sheet

Pdf = Annotated[str | None, typer.Option("--pdf", metavar="OUT", help="Write a PDF.")]
Html = Annotated[str | None, typer.Option("--html", metavar="OUT", help="Write a web page.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
PaperName = Annotated[str, typer.Option("--paper", help='"letter" or "a4".')]


@dataclass(frozen=True)
class Out:
    """Where a page goes: files, whether they may be overwritten; none is the terminal."""

    pdf: str | None = None
    html: str | None = None
    force: bool = False
    markdown: bool = False

    @property
    def to_file(self) -> bool:
        """Say whether it goes to a file."""
        return self.pdf is not None or self.html is not None


def _free(name: str, option: str, force: bool) -> None:
    if Path(name).exists() and not force:
        what, fix = f"{quote(name, 200)} is there already", "take another name, or add --force"
        raise FormulationError("file-exists", what, f"option {option}", fix)


def _unwritten(name: str, error: OSError, option: str) -> FormulationError:
    what = f"{quote(name, 200)} cannot be written: {error.strerror}"
    fix = "name a file in a folder of your own"
    return FormulationError("file-not-written", what, f"option {option}", fix)


def _beside(name: str, content: bytes) -> str:
    """Write a file beside its place; return its name, or leave nothing."""
    path = Path(name)
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(content)
        except OSError:
            os.unlink(file.name)
            raise
    return file.name


def _write(made: list[tuple[str, bytes, str]]) -> None:
    """Write every file beside its place, then move all of them there: never half of it."""
    staged: list[str] = []
    try:
        for name, content, option in made:
            try:
                staged.append(_beside(name, content))
            except OSError as error:
                raise _unwritten(name, error, option) from None
        for (name, _, option), ready in zip(made, staged, strict=True):
            try:
                os.replace(ready, name)
            except OSError as error:
                raise _unwritten(name, error, option) from None
    finally:
        for ready in staged:
            with suppress(OSError):
                os.unlink(ready)


def leave(sheet: Sheet, out: Out) -> None:
    """Print a page, or write it where it was asked for; on an error nothing is written."""
    if not out.to_file:
        from formulation.page_text import as_report

        print_report(as_report(sheet), out.markdown)
        return
    leave_files(
        [(name, partial(_content, sheet, option), option)
         for name, option in ((out.pdf, "--pdf"), (out.html, "--html")) if name is not None],
        out.force,
    )  # fmt: skip


def leave_files(files: list[tuple[str, Callable[[], bytes], str]], force: bool) -> None:
    """Write files, each a name, what makes its content, its option: all of them or none."""
    made: list[tuple[str, bytes, str]] = []
    for name, content, option in files:
        _free(name, option, force)
        if any(Path(name).resolve() == Path(other).resolve() for other, _, _ in made):
            what, fix = f"{quote(name, 200)} is named twice", "give each format a name of its own"
            raise FormulationError("file-exists", what, f"option {option}", fix)
        made.append((name, content(), option))
    _write(made)
    for name, _, _ in made:
        typer.echo(f"written {name}", err=True)


def _content(sheet: Sheet, option: str) -> bytes:
    if option == "--pdf":
        from formulation.page_typst import pdf

        return pdf(sheet)
    from formulation.page_html import html

    return html(sheet).encode("utf-8")
