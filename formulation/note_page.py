"""The note to the prescriber as half a page, with a box for the reply."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from formulation import blocks as b
from formulation import pages as p
from formulation.cited import Unknown
from formulation.prescriber_note import Note
from formulation.prescription import Prescription
from formulation.printing import show
from formulation.records import Source
from formulation.report import title
from formulation.workings import references

BLANK = b.line(16)
SIZES = tuple(Fraction(half, 2) for half in range(20, 12, -1))  # 10 to 6.5 points
HALF, LINE = Fraction(1, 2), Fraction(8, 5)


def _given(text: str) -> str:
    return text or BLANK


def _instead(found: Note) -> str:
    if found.instead is None:
        return "Nothing that could be worked out here may be made. Please call."
    one = found.instead
    until = "" if isinstance(one.use_by, Unknown) else f"; use by {one.use_by}"
    return f"{one.title}: one dose is {show(one.one_dose)}{until}"


def _reply(found: Note) -> p.Box:
    yes = ""
    if found.instead is not None:
        yes = f"{b.BOX} Make instead: {found.instead.title}\n"
    text = (
        f"{yes}{b.BOX} Change the prescription to: {BLANK * 2}\n{b.BOX} Call me: {BLANK}\n"
        f"Prescriber {BLANK}{BLANK}  date {BLANK}"
    )
    return p.Box((b.Heading("Reply", 3), b.Paragraph(text)))


def _sources(found: Note, sources: Mapping[str, Source]) -> tuple[p.PageBlock, ...]:
    rows = references(found.sources, sources).rows
    named = (
        f"{title}, {publisher}".removesuffix(", unknown") for _, title, publisher, _, _ in rows
    )
    said = "; ".join(named)
    return (p.Small(f"Sources: {said}."),) if said else ()


def note_page(
    found: Note, prescription: Prescription, sources: Mapping[str, Source], paper: p.Paper
) -> p.Sheet:
    """Return the note on the upper half of its paper."""
    words, head = prescription.words, "Do not make this; here is what to make instead"
    facts = b.Facts((
        ("to", _given(words.prescriber)),
        ("from", f"{_given(words.pharmacy)}, phone {_given(words.phone)}"),
        ("about", f"{_given(words.patient)}"),
        ("number, date", f"{_given(words.prescription_number)}  {prescription.prepared}"),
        ("prescribed", title(prescription)),
    ))  # fmt: skip
    blocks = (
        b.Heading(head, 1), facts,
        b.Heading(f"Do not make: {found.route.title}", 3),
        *(b.Paragraph(stop.what) for stop in found.stops),
        b.Heading("Make instead", 3), b.Paragraph(_instead(found)),
        _reply(found), *_sources(found, sources),
    )  # fmt: skip
    return p.Sheet(head, paper, blocks, SIZES, HALF, LINE)
