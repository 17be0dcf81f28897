"""A price file read once, line by line: the prices that it states, and a tally of every other row.

It is never held in memory; a line longer than any row of such a file is refused, not read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from formulation.errors import FormulationError, quote
from formulation.price_rows import REASONS, Columns, PriceRow, read_header, read_row, split

LONGEST = 65_536
_OFTEN = 16_384
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Rows that are not used for one reason: how many, and the line of the first."""

    reason: str
    words: str
    rows: int
    first_line: int


def no_progress(done: int, size: int) -> None:
    """Show nothing."""


class PriceFile:
    """One pass over a file: `rows()` yields what is usable, the rest is counted by reason.

    Afterwards `read` = `used` + all `skipped`; `sha256` is the file's digest, `first_as_of` and
    `last_as_of` bound the weekly files in it.
    """

    def __init__(self, path: Path, progress: Progress = no_progress) -> None:
        self.path = path
        self.where = quote(str(path), 200)
        self.read = self.used = 0
        self.first_as_of, self.last_as_of = "9999-12-31", "0001-01-01"
        self._skipped: dict[str, tuple[int, int]] = {}
        self._digest = hashlib.sha256()
        self._progress = progress

    @property
    def sha256(self) -> str:
        """Return the digest of what was read."""
        return self._digest.hexdigest()

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Return what was not used, reason by reason."""
        every = self._skipped
        return tuple(Skipped(key, REASONS[key], *every[key]) for key in REASONS if key in every)

    def rows(self) -> Iterator[PriceRow]:
        """Yield each usable row; refuse a file that is no price file, with the reason."""
        try:
            with self._open() as file:
                yield from self._rows(file)
        except OSError as error:
            raise self._unreadable(error) from None

    def _open(self) -> BinaryIO:
        if self.path.is_dir():
            what, fix = "the price file is a folder", "name the CSV file in it"
            raise FormulationError("file-is-a-folder", what, self.where, fix)
        return self.path.open("rb", buffering=1 << 18)

    def _unreadable(self, error: OSError) -> FormulationError:
        reason = (error.strerror or "it cannot be read").lower()
        fix = "check the name and where it lies"
        what = f"the price file cannot be read: {reason}"
        return FormulationError("file-not-readable", what, self.where, fix)

    def _rows(self, file: BinaryIO) -> Iterator[PriceRow]:
        columns = self._header(file)
        size, done, line = os.fstat(file.fileno()).st_size, 0, 1
        last_is_a_day = columns.count - 1 in (columns.as_of, columns.effective)
        while raw := file.readline(LONGEST + 1):
            line += 1
            self._digest.update(raw)
            done += len(raw)
            if line % _OFTEN == 0:
                self._progress(done, size)
            text = self._text(raw, line)
            self.read += 1
            if not text.strip():
                self._skip("blank", line)
                continue
            found = read_row(split(text), columns)
            if isinstance(found, str):
                self._skip(found, line)
            elif not raw.endswith(b"\n") and not last_is_a_day:
                self._skip("cut", line)
            else:
                yield self._use(found)
        self._progress(size, size)

    def _header(self, file: BinaryIO) -> Columns:
        raw = file.readline(LONGEST + 1)
        self._digest.update(raw)
        text = self._text(raw, 1).removeprefix("\ufeff")
        if not text.strip():
            what = "the price file is empty" if not raw else "the first line holds no columns"
            fix = "import the CSV file as it was downloaded"
            raise FormulationError("price-file-empty", what, self.where, fix)
        try:
            return read_header(split(text) or [text])
        except FormulationError as error:
            raise error.at(self.where) from None

    def _text(self, raw: bytes, line: int) -> str:
        if len(raw) > LONGEST:
            what = f"line {line:,} is longer than {LONGEST:,} bytes: no row of a price file is"
            fix = "import the CSV file as it was downloaded; its lines end as on any system"
            raise FormulationError("price-file-long-line", what, self.where, fix)
        try:
            return raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            what = f"the price file is not UTF-8 text (line {line:,})"
            fix = "import the CSV file as it was downloaded, or save it as UTF-8"
            raise FormulationError("file-not-utf8", what, self.where, fix) from None

    def _skip(self, reason: str, line: int) -> None:
        count, first = self._skipped.get(reason, (0, line))
        self._skipped[reason] = (count + 1, first)

    def _use(self, row: PriceRow) -> PriceRow:
        self.used += 1
        if not self.first_as_of <= row.as_of <= self.last_as_of:
            self.first_as_of = min(self.first_as_of, row.as_of)
            self.last_as_of = max(self.last_as_of, row.as_of)
        return row
