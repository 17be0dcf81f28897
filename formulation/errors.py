"""What cannot be computed, said in four parts: what, where, what to type instead, what to read.

One exception for the whole library. A code never changes its meaning; every code has a
reproducer under `docs/examples/errors/` and a line in `docs/errors.md`.
"""

from __future__ import annotations

from collections.abc import Iterable

SHOWN = 48
LINE_MARK, BOX_MARK = "\ud85f", "\ud85b"  # lone surrogates: no file and no argument carries them
_MARKS = {LINE_MARK: "_", BOX_MARK: "[ ]"}


def safe(text: str) -> str:
    """Return text in which every character prints: controls and direction marks by their number.

    Our own lines to write on and boxes to tick come out as `_` and `[ ]`.

    >>> safe("a\u202eb")
    'a[U+202E]b'
    """
    return "".join(
        c if c.isprintable() or c == "\n" else _MARKS.get(c, f"[U+{ord(c):04X}]") for c in text
    )


def quote(text: str, limit: int = SHOWN) -> str:
    """Return somebody's text safe to print on one line, at most `limit` characters of it.

    Control characters and direction marks come out as their code points, so a file can
    neither colour the terminal nor turn a line around.

    >>> quote("5 mg\\x1b[31m")
    '5 mg[U+001B][31m'
    >>> quote("x" * 60, limit=4)
    'xxxx... (60 characters)'
    """
    cut = text if len(text) <= limit else text[:limit]
    shown = safe(cut.replace("\n", " "))
    return shown if len(text) <= limit else f"{shown}... ({len(text):,} characters)"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like a mistyped one, or nothing; for keys and options only.

    Never for the name of a drug.

    >>> nearest("exces", ["excess", "dose"]), nearest("zzz", ["excess", "dose"])
    ('excess', '')
    """
    import difflib  # noqa: PLC0415  only ever needed for a message

    return next(iter(difflib.get_close_matches(word, known, n=1)), "")


class FormulationError(Exception):
    """A question that cannot be answered as asked (exit code 2).

    `code` is stable, `what` says what is wrong, `where` names the file and key or the
    argument, `fix` says what to type instead.
    """

    def __init__(self, code: str, what: str, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.fix = fix

    def at(self, where: str) -> FormulationError:
        """Return the same error placed at `where`, unless it already names a place."""
        return FormulationError(self.code, self.what, self.where or where, self.fix)

    def lines(self) -> tuple[str, str, str, str]:
        """Return the four lines a person reads: what, at, try, see."""
        lines = (
            f"what  {self.what}",
            f"at    {self.where or 'the command line'}",
            f"try   {self.fix}",
            f"see   docs/errors.md#{self.code}",
        )
        what, where, fix, see = (safe(line.replace("\n", " ")) for line in lines)
        return what, where, fix, see
