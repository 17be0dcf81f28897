"""The label as a page: what it is, how it is taken, until when; and what keeps it from being one.

Doses as docs/method/pages.md says: mL only, mcg, units spelled, no zero at the end.
"""

from __future__ import annotations

from fractions import Fraction

from formulation import blocks as b
from formulation import pages as p
from formulation.barcode import check_dpi, code128
from formulation.cited import Unknown
from formulation.labelling import Label, Strength, directions
from formulation.prescription import LabelWords, Prescription
from formulation.printing import show, show_dose, show_exact, terminates
from formulation.units import Quantity

BLANK = b.line(8)
SIZES = tuple(Fraction(half, 2) for half in range(24, 9, -1))  # 12 to 5 points


def _strength(one: Strength) -> str:
    if one.per.unit == "cap":
        return f"{one.name} {show_dose(one.amount)} per capsule"
    each = show(one.amount / one.per).replace("/", " per ")
    return f"{one.name} {show(one.amount)} per {show(one.per)} ({each})"


def _dose(found: Label, prescription: Prescription) -> str:
    """Return what one dose is and holds, in the unit of the strength; what was asked beside it."""
    asked, got = prescription.active.dose, _held(found, prescription)
    unit = found.actives[0].amount.unit
    write = _as_it_is if found.form != "capsules" else show_dose
    text = f"{show(found.one_dose)} is one dose, {write(got.to(unit))}"
    return text if got == asked else f"{text} ({write(asked.to(unit))} prescribed)"


def _held(found: Label, prescription: Prescription) -> Quantity:
    """Return the drug in one dose by the label's own strength: an overage is never on a label."""
    one = found.actives[0]
    if one.per.unit != "cap":
        return one.amount / one.per * found.one_dose
    allowance = prescription.allowance
    return found.route.dose.nominal / (1 + allowance.overage + allowance.surcharge)


def _as_it_is(value: Quantity) -> str:
    """Write an amount in its own unit: in full where its decimal ends, never in another unit."""
    return show_exact(value) if terminates(value.magnitude) else show(value)


def _much(found: Label) -> str:
    """Return quantity and form, neither said twice."""
    much = show(found.quantity)
    return much if found.form == "capsules" else f"{much} of {found.form}"


def _given(text: object) -> str:
    return BLANK if text in ("", None) else str(text)


def _numbers(words: LabelWords, found: Label) -> tuple[tuple[str, str], ...]:
    return (
        ("preparation no.", _given(found.number)),
        ("prescription no.", _given(words.prescription_number)),
        ("made", str(found.made)),
        ("filled", _given(words.filled)),
        ("refills", _given(words.refills)),
    )


def _whom(words: LabelWords) -> str:
    return f"for {_given(words.patient)}\nprescriber {_given(words.prescriber)}"


def _use_by(found: Label) -> str:
    day = BLANK if isinstance(found.use_by, Unknown) else str(found.use_by)
    kept = BLANK if isinstance(found.storage, Unknown) else found.storage
    return f"Use by {day}. {kept}."


def _bars(found: Label, paper: p.Paper, dpi: int, drawn: bool) -> tuple[p.PageBlock, ...]:
    if not (found.number and drawn):
        return ()
    return (code128(found.number, dpi, paper.width - 2 * paper.margin),)


def label_page(
    found: Label, prescription: Prescription, paper: p.Paper, dpi: int = 203, drawn: bool = True
) -> p.Sheet:
    """Return the label on its paper, its barcode in whole dots of a printer of `dpi`.

    Without `drawn` the number stands there without bars.
    """
    check_dpi(dpi)
    words, title = prescription.words, "Label"
    drug = "\n".join(_strength(one) for one in found.actives)
    missing: tuple[p.PageBlock, ...] = ()
    if found.missing:
        said = f"Missing: {', '.join(found.missing)}"
        missing = (p.Banner("NOT A PRESCRIPTION LABEL"), p.Small(said))
    said = directions(prescription)
    take = b.Heading(said, 3) if said else b.Paragraph(f"directions {BLANK}\n{BLANK}")
    caution = "Compounded. " + "".join(f"{text}. " for text in found.statements)
    facts = b.Facts(_numbers(words, found))
    blocks: tuple[p.PageBlock, ...] = (
        *missing,
        p.Small(f"{_given(words.pharmacy)}  phone {_given(words.phone)}"),
        b.Heading(drug, 2),
        b.Paragraph(f"{_much(found)}, {found.by}. {_dose(found, prescription)}."),
        p.Side((b.Paragraph(_whom(words)), take), (facts,), Fraction(11, 20)),
        b.Heading(_use_by(found), 3),
        b.Paragraph(caution.strip()),
        *_bars(found, paper, dpi, drawn),
    )  # fmt: skip
    margin = _dots(paper.margin, dpi)
    sized = p.Paper(paper.name, paper.width, paper.height, margin)
    return p.Sheet(title, sized, blocks, SIZES)


def _dots(length: Fraction, dpi: int) -> Fraction:
    """Return a length put on whole dots, so that each bar begins on one."""
    return length * dpi / p.INCH // 1 * p.INCH / dpi


def no_label(found: Label) -> b.Report:
    """Return what is printed instead of a label where a stop stands."""
    stops = {f.what: f for f in found.findings if f.level == "stop"}
    head = b.Heading(f"NO LABEL: do not make {found.route.title}", 1)
    return b.Report((head, *(b.Notice("stop", f.what, f.fix) for f in stops.values())))
