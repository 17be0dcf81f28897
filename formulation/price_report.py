"""The price book on paper: a price in force, what became of a file's rows, what was imported."""

from __future__ import annotations

from datetime import timedelta

from formulation.blocks import Block, Facts, Heading, Paragraph, Report, Table
from formulation.ndc import hyphened
from formulation.price_book import LABEL, Found
from formulation.price_import import Book, Imported, Kept
from formulation.price_rows import CLASSES
from formulation.printing import show
from formulation.workings import notices

DAY = timedelta(days=1)
_EACH = {"EA": "each", "ML": "per mL", "GM": "per g"}


def price_report(found: Found) -> Report:
    """Return one price in force: amount, unit, its days, what the survey says of it, cautions."""
    dollars = show(found.price).partition(" per ")[0].partition("/")[0]
    rows = [
        ("NADAC", f"{dollars} {_EACH[found.pricing_unit]} ({found.pricing_unit})"),
        ("in force", _in_force(found)),
        ("as of", f"{found.as_of}, the last weekly file with this price"),
        ("product", found.description or "unknown: not in the file"),
        ("class", _class(found.classification)),
        ("how it was set", _codes(found)),
    ]
    blocks: list[Block] = [Heading(f"NDC {hyphened(found.ndc)} on {found.day}", 1)]
    blocks += [Facts(tuple(rows)), *notices(found.findings), Paragraph(f"{LABEL}.")]
    return Report(tuple(blocks))


def _in_force(found: Found) -> str:
    """Return from which day to which the price holds, both days included."""
    following = found.next_effective
    if following is None:
        return f"from {found.effective}"
    return f"from {found.effective} to {following - DAY}; another price from {following}"


def _class(code: str) -> str:
    words = CLASSES.get(code, "its meaning is not on record")
    return f"{code}: {words}" if code else "unknown: not in the file"


def _codes(found: Found) -> str:
    codes = [f"{one.code}: {one.words}" for one in found.explanation]
    return "\n".join(codes) or "unknown: no explanation code in the file"


def import_report(found: Imported) -> Report:
    """Return what became of every row of a file: used, or skipped with the reason."""
    file = found.file
    title = f"{file.name} is in the price book"
    blocks: list[Block] = [Heading(title, 1), Facts((
        ("rows read", f"{file.rows:,}"),
        ("used", f"{file.used:,}"),
        ("  prices", f"{file.prices:,}, of which {found.new_prices:,} new in the book"),
        ("  repeated", f"{file.used - file.prices:,}, the same price in another week"),
        ("skipped", f"{file.rows - file.used:,}"),
        ("weekly files", f"as of {file.first_as_of} to {file.last_as_of}"),
        ("SHA-256", _short(file.sha256)),
    ))]  # fmt: skip
    blocks += _skipped(file)
    if found.again:
        blocks.append(Paragraph(f"This very file was imported on {file.day}: nothing changed."))
    blocks.append(Paragraph(f"{LABEL}."))
    return Report(tuple(blocks))


def _skipped(file: Kept) -> list[Block]:
    if not file.skipped:
        return []
    rows = tuple((one.words, f"{one.rows:,}", f"{one.first_line:,}") for one in file.skipped)
    return [Heading("Skipped"), Table(("reason", "rows", "first on line"), rows)]


def _short(digest: str) -> str:
    return f"{digest[:16]}..."


def list_report(found: Book) -> Report:
    """Return what the book holds and the files it was made from."""
    blocks: list[Block] = [Heading("The price book", 1), Facts((
        ("products", f"{found.products:,}"),
        ("prices", f"{found.prices:,}"),
        ("in force from", f"{found.first_effective} to {found.last_effective}"),
        ("file", found.place),
    ))]  # fmt: skip
    for file in found.files:
        blocks += [Heading(file.name), Facts((
            ("imported", str(file.day)),
            ("weekly files", f"as of {file.first_as_of} to {file.last_as_of}"),
            ("rows", f"{file.rows:,}: {file.used:,} used, {file.rows - file.used:,} skipped"),
            *((f"  {one.rows:,}", f"{one.words} (line {one.first_line:,})")
              for one in file.skipped),
            ("SHA-256", _short(file.sha256)),
        ))]  # fmt: skip
    return Report((*blocks, Paragraph(f"{LABEL}.")))
