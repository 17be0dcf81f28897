"""The patient's page: what is paid, what is in it, what is not known yet, in plain words.

Not on it: ways that may not be made, recipes, mixing volumes, what the pharmacy itself pays.
"""

from __future__ import annotations

from fractions import Fraction

from formulation import blocks as b
from formulation import pages as p
from formulation.cited import Unknown
from formulation.estimating import Estimate
from formulation.patient_charge import TOOL
from formulation.patient_ways import Alike, alike
from formulation.prescription import Prescription
from formulation.printing import show, show_dose, show_money
from formulation.units import Quantity

TITLE = "What your medicine will cost"
EXAMPLE = "EXAMPLE, NOT A PRICE"
BLANK = b.line(16)
INSURANCE = (
    "Insurance may not pay for compounded medicine: ask before we make it, it usually cannot be "
    "returned."
)
NOT_APPROVED = "Made for you by the pharmacy, not an FDA-approved product."
ALSO = ("You will also get", TOOL)
SIZES = tuple(Fraction(half, 2) for half in range(25, 13, -1))  # 12.5 to 7 points


def _money(amount: Quantity | Unknown, at_least: bool) -> str:
    if isinstance(amount, Unknown):
        return "not known yet"
    return f"{'at least ' if at_least else ''}{show_money(amount.magnitude)}"


def _paid(found: Estimate) -> p.Big:
    paid = found.charge
    today = "You pay today" if found.route.cost.makings < 2 else "You pay for all parts"
    rows = [(today, _money(paid.today, paid.at_least))]
    if isinstance(found.refills, int) and found.refills:
        text = f"Each refill (you may have {found.refills})"
        rows.append((text, _money(paid.refill, paid.at_least)))
    return p.Big(tuple(rows))


def _medicine(found: Estimate, prescription: Prescription) -> tuple[tuple[str, str], ...]:
    active, words = prescription.active, prescription.words
    much = f"{active.substance.printed} {show_dose(active.dose)}, {show(prescription.doses)}"
    rows = [("Medicine", f"{much}: {_form(found)}")]
    if words.patient:
        rows.insert(0, ("For", words.patient))
    until = _no_date(found) if isinstance(found.use_by, Unknown) else str(found.use_by)
    refills = (("Refills", "none"),) if found.refills == 0 else ()
    kept = "ask the pharmacy" if isinstance(found.storage, Unknown) else found.storage
    if found.form == "mixed fresh for each dose":
        kept = "do not keep what is mixed"
    made = _parts(found)
    good = "Good until" if not made else "First part good until"
    return (
        *rows, *refills, *made, (good, until), ("How to keep it", kept),
        ("Pharmacy", words.pharmacy or BLANK), ("Phone", words.phone or BLANK),
        ("Date", str(prescription.prepared)),
    )  # fmt: skip


def _parts(found: Estimate) -> tuple[tuple[str, str], ...]:
    """Return when each part is made where the doses outlast the date of one batch."""
    split = [one for one in found.route.offers if one.name == "split-batches"]
    if not split:
        return ()
    each = ", ".join(f"{show(one.doses)} on {one.made}" for one in split[0].batches)
    paid = " The price is for all of them." if found.route.cost.makings > 1 else ""
    return (("Made in parts", f"{each}. It does not keep until the last dose.{paid}"),)


def _form(found: Estimate) -> str:
    dose = f"one dose is {show(found.one_dose)}"
    if found.route.kind == "liquid":
        drawn = [one.device for one in found.route.measures if one.what == "dose"]
        tool = f", measured with the {drawn[0]}" if drawn else ""
        return f"a liquid, {dose}{tool}"
    if found.form == "mixed fresh for each dose":
        return f"{show(found.quantity)}, {found.form}"
    sold = ", as sold" if found.form == "as supplied" else ""
    return f"{show(found.quantity)}{sold}, {dose}"


def _no_date(found: Estimate) -> str:
    if found.form == "mixed fresh for each dose":
        return "take each dose as soon as it is mixed; see the package for the rest"
    return "see the package"


def _inside(found: Estimate) -> tuple[p.PageBlock, ...]:
    paid = found.charge
    rows = []
    if paid.includes and not isinstance(paid.today, Unknown):
        rows.append(("This price includes", ", ".join(paid.includes)))
    elif TOOL in paid.includes:
        rows.append(ALSO)
    if TOOL in paid.not_yet:
        rows.append(ALSO)
    open_yet = list(paid.not_yet)
    if paid.oldest is not None:
        open_yet.append(f"today's price of the medicine (ours is from {paid.oldest})")
    if open_yet:
        rows.append(("Not known yet", ", ".join(open_yet)))
    return (b.Facts(tuple(rows)),) if rows else ()


def _bar(one: Alike) -> b.Bar:
    if one.low is None or one.high is None:
        return b.Bar(Fraction(0), "not known yet")
    text = _money(one.low, one.at_least)
    if one.high != one.low:
        text += f" to {show_money(one.high.magnitude)}"
    return b.Bar(one.high.magnitude, f"{text}; some not known yet" if one.open else text)


def _ways(found: Estimate) -> tuple[p.PageBlock, ...]:
    every = alike(found.ways, found.route.id)
    if len(every) < 2 or all(one.low is None for one in every):
        return ()
    head = b.Heading("What each way would cost", 2)
    return (head, b.Chart(("you pay",), tuple((one.name, (_bar(one),), False) for one in every)))


def _before(found: Estimate) -> str:
    every = "every illness you have had, and every medicine you take"
    if not found.tell:
        return f"Before you start, be sure your prescriber knows about {every}."
    drink = ", or drink alcohol" if found.alcohol else ""
    return (
        "Before you start, be sure your prescriber knows if you have ever had "
        f"{', '.join(found.tell)}{drink}. Tell them about {every}."
    )


def estimate_page(found: Estimate, prescription: Prescription, paper: p.Paper) -> p.Sheet:
    """Return the patient's page: one page, marked across where it is an example."""
    said = [INSURANCE, NOT_APPROVED] if found.compounded else []
    blocks: tuple[p.PageBlock, ...] = (
        b.Heading(TITLE, 1), *((p.Banner(EXAMPLE),) if found.example else ()),
        b.Facts(_medicine(found, prescription)), _paid(found), *_inside(found),
        *_ways(found), b.Heading("Please read this", 2),
        *(b.Paragraph(text) for text in (*said, _before(found))),
        b.Paragraph(f"Questions? Call the pharmacy: {prescription.words.phone or BLANK}"),
    )  # fmt: skip
    mark = EXAMPLE if found.example else ""
    return p.Sheet(TITLE, paper, blocks, SIZES, mark=mark)


def no_estimate(found: Estimate) -> b.Report:
    """Return what is printed instead of an estimate where a stop stands."""
    stops = {f.what: f for f in found.findings if f.level == "stop"}
    head = b.Heading(f"NO ESTIMATE: do not make {found.route.title}", 1)
    return b.Report((head, *(b.Notice("stop", f.what, f.fix) for f in stops.values())))
