"""The screen of a comparison: every way's cost, whether compounding saves, where it turns, why."""

from __future__ import annotations

from formulation.bench import Bench
from formulation.blocks import Bar, Block, Chart, Facts, Heading, Notice, Paragraph, Report
from formulation.break_even import SHOWN, BreakEven, Stretch
from formulation.cited import Unknown
from formulation.claims import Claim, ClaimLine
from formulation.comparison import billed_text, money
from formulation.cost_comparison import Comparison, Saving
from formulation.cost_table import every_way
from formulation.cost_ways import Way
from formulation.prescription import Prescription
from formulation.printing import show, show_money, show_share
from formulation.report import title
from formulation.swings import Swing
from formulation.units import Quantity
from formulation.workings import working_block

NOTHING = "NOTHING HERE MAY BE MADE AS IT STANDS"
PRICES = ("old-price", "price-set-aside")
_WORDS = {"as used": "As used", "whole packs": "In whole packs"}
_IN = {"as used": "used", "whole packs": "packs"}


def compare_report(found: Comparison, prescription: Prescription, bench: Bench) -> Report:
    """Return the screen of a comparison."""
    blocks: list[Block] = [Heading(title(prescription), 1)]
    if not found.may_be_made:
        word = f"DO NOT MAKE {prescription.route}" if found.ways else NOTHING
        blocks.append(Heading(word))
        blocks += [Notice(f.level, f.what, f.fix) for f in found.findings if f.level == "stop"]
    if found.ways:
        blocks += [Heading("What every way costs"), *every_way(found)]
        blocks += [Heading("Does compounding save money?"), *_savings(found)]
    blocks += [*_turns(found), *_tornado(found), *_left(found)]
    cautions = [f for f in found.findings if f.code in PRICES]
    if cautions:
        blocks.append(Heading("Cautions", 3))
        blocks += [Notice(f.level, f.what, f.fix) for f in cautions]
    blocks.append(Paragraph(_closing(found, prescription, bench)))
    return Report(tuple(blocks))


def _closing(found: Comparison, prescription: Prescription, bench: Bench) -> str:
    way = found.chosen_way
    missing = way.route.cost.missing if way else ()
    words = f"Not priced: {'; '.join(missing)}. " if missing else ""
    assumed = "; its prices and charges are assumptions" if bench.teaching else ""
    own = [stamp.key for stamp in bench.stamps if stamp.own]
    records = f" Your own records: {', '.join(own)}." if own else ""
    return (
        f"{words}Prepared {prescription.prepared}. Bench: {bench.name}{assumed}.{records} These "
        "are the pharmacy's costs, not a patient's price. --explain shows each step, --claim the "
        "lines to key."
    )


# Does it save.


def _focus(found: Comparison) -> str | None:
    """Return the compounded way of which is spoken: the chosen one, else the first."""
    way = found.chosen_way
    if way is not None and way.compounded:
        return way.id
    return next((one.way for one in found.savings), None)


def _savings(found: Comparison) -> list[Block]:
    focus = _focus(found)
    own = [one for one in found.savings if one.way == focus]
    if not any(way.compounded for way in found.ways):
        return [Paragraph("Nothing is compounded here.")]
    if not own:
        text = "Unknown: a price of the drug, or a product to hold it against, is not here."
        return [Paragraph(text)]
    blocks: list[Block] = []
    for against in dict.fromkeys(one.against for one in own):
        rows = [(_WORDS[s.basis], saving_text(s)) for s in own if s.against == against]
        blocks += [Paragraph(f"{focus} against {against}:"), Facts(tuple(rows))]
        blocks += [Paragraph(text) for text in [_lacking(own, against)] if text]
    but = tuple(dict.fromkeys(words for one in own for words in one.but))
    if but:
        blocks.append(Paragraph(f"These figures stand on {' and '.join(but)}."))
    return blocks


def _lacking(own: list[Saving], against: str) -> str:
    """Return what is not priced on which side; once where it is the same on both."""
    one = next(s for s in own if s.against == against)
    sides = [(one.way, one.missing), (against, one.missing_against)]
    if one.missing and one.missing == one.missing_against:
        sides = [("either", one.missing)]
    told = (f"Not priced of {name}: {'; '.join(lacks)}." for name, lacks in sides if lacks)
    return " ".join(told)


def saving_text(one: Saving) -> str:
    """Return one comparison in words: the drug alone, all of it, and what follows from it.

    "Saves" is never said of what is old or assumed without saying so; which way is dearer is not
    said at all where what is not priced could turn it round.
    """
    drug, other = show_money(one.drug.magnitude), show_money(one.drug_against.magnitude)
    alone = f"the drug costs {drug} either way" if one.drug == one.drug_against else (
        f"the drug costs {drug} against {other}"
    )  # fmt: skip
    whole = money(one.cost, bool(one.missing))
    against = money(one.cost_against, bool(one.missing_against))
    return f"{alone}; in all {whole} against {against}: {_verdict(one)}"


def _verdict(one: Saving) -> str:
    apart = show_money(abs(one.difference.magnitude))
    least = "at least " if one.missing or one.missing_against else ""
    if one.verdict == "saves nothing":
        if not one.difference:
            return "compounding saves nothing"
        return f"compounding saves nothing and adds {least}{apart}"
    if one.verdict == "saves":
        return f"compounding saves {least}{apart}"
    if one.verdict == "would save":
        held = "if what this stands on held; not a price to promise"
        return f"compounding would save {least}{apart} {held}"
    less = "less" if one.difference.magnitude < 0 else "more"
    known = f"{apart} {less}" if one.difference else "the same"
    drug = ", but nothing is saved on the drug" if one.drug >= one.drug_against else ""
    return f"{known} on what is priced; which of the two is dearer is not known{drug}"


# From how many doses on.


def _turns(found: Comparison) -> list[Block]:
    focus = found.chosen
    own = [one for one in found.break_evens if focus in (one.first, one.second)]
    told = [one for one in own if any(s.cheaper != "unknown" for s in one.stretches)]
    if not told:
        return []
    rows = []
    for one in told:
        other = one.second if one.first == focus else one.first
        rows.append((f"{other}, {_IN[one.basis]}", turn_text(one)))
    head = Heading(f"From how many doses on: {focus} against")
    tried = (f"Each number of doses from 1 to {found.limit:,} was worked out as it would be made, "
             "one fill.")  # fmt: skip
    return [head, Facts(tuple(rows)), Paragraph(tried)]


def turn_text(one: BreakEven) -> str:
    """Return from where to where which of two ways costs less; how often it flips where it does."""
    parts = [_stretch(one, stretch) for stretch in one.stretches]
    some = "on what is priced, " if one.at_least else ""
    if len(parts) == 1:
        return f"{some}{parts[0]}: no break-even up to {one.limit:,}"
    shown = parts if len(parts) <= SHOWN else [*parts[: SHOWN - 1], "...", parts[-1]]
    text = "; ".join(shown)
    if one.flips > 1:
        return f"{some}flips {one.flips} times: {text}"
    return f"{some}{text}"


def _stretch(one: BreakEven, stretch: Stretch) -> str:
    words = {
        "first": f"{one.first} cheaper", "second": f"{one.second} cheaper",
        "same": "the same", "unknown": "not both can be priced or made",
    }[stretch.cheaper]  # fmt: skip
    if stretch.start == stretch.end:
        return f"{words} at {stretch.start}"
    return f"{words} from {stretch.start} to {stretch.end}"


# What it hangs on.


def _tornado(found: Comparison) -> list[Block]:
    way = found.chosen_way
    if way is None or not found.swings:
        return []
    billed = way.route.cost.billed.total
    if isinstance(billed, Unknown):
        return []
    rows = tuple(
        (one.name, (Bar(one.width.magnitude, _swing_text(one, billed)),), False)
        for one in found.swings
    )
    head = f"What the cost of {way.id} hangs on: each changed alone by {show_share(found.share)}"
    base = money(billed, way.route.cost.at_least)
    on = "in whole packs" if way.route.cost.billing == "packs" else "as used"
    on += " in one making" if way.route.cost.makings > 1 else ""
    return [Heading(head), Chart((f"{base} {on}, changed by",), rows)]


def _swing_text(one: Swing, base: Quantity) -> str:
    down, up = one.low - base, one.high - base
    if not down and not up:
        return "none to the cent"
    return f"{_signed(down)} / {_signed(up)}"


def _signed(amount: Quantity) -> str:
    sign = "+" if amount.magnitude > 0 else ""
    return f"{sign}{show_money(amount.magnitude)}"


def _left(found: Comparison) -> list[Block]:
    way = found.chosen_way
    if way is None or not way.route.cost.leftovers:
        return []
    rows = [("billed", billed_text(way.route.cost))]
    rows += [("left over", left.text) for left in way.route.cost.leftovers]
    return [Heading("Whose the rest of a pack is", 3), Facts(tuple(rows))]


# The claim.


def _paid(line: ClaimLine) -> str:
    return "$______" if isinstance(line.cost, Unknown) else show_money(line.cost.magnitude)


def _claim_stands(way: Way) -> list[Block]:
    """Return what must be known before these lines are keyed: old, assumed, or not the whole."""
    cost = way.route.cost
    found: list[Block] = [Notice(f.level, f.what, f.fix) for f in cost.findings if f.code in PRICES]
    if any(line.assumed for line in cost.lines if line.part == "material"):
        what = "Some of these costs are assumed: nothing was bought at them"
        found.append(Notice("caution", what, "put the invoice's price on the bench before keying"))
    if cost.makings > 1:
        what = f"These lines are one making of all doses; the date forces {cost.makings}"
        found.append(Notice("caution", what, "work out each batch by itself and key that"))
    if not cost.billing and cost.packs.materials != cost.used.materials:
        what = "The bench does not say whether what is used or whole packs are billed"
        found.append(Notice("caution", f"{what}: this is what is used", "set billing on the bench"))
    return found


def claim_report(found: Claim, prescription: Prescription, stands: list[Block]) -> Report:
    """Return the lines to key for a compound: a line for each ingredient, then the minutes."""
    rows = tuple(
        (line.ndc or "_" * 11, f"{line.keyed or '______'} {line.unit or '__'}, {_paid(line)}, "
                               f"{line.ingredient}")
        for line in found.lines
    )  # fmt: skip
    minutes = str(found.minutes) if isinstance(found.minutes, Unknown) else show(found.minutes)
    ground = (
        "A blank is not on record: key it from the package, never from memory. Quantities to three "
        "decimals; container and device are no ingredients. Which codes and units a payer takes, "
        "and how it counts the minutes, is in its own rules."
    )
    return Report((
        Heading(f"{title(prescription)}: {found.route}", 1),
        Paragraph("NDC; quantity and unit, cost, ingredient:"), Facts(rows, names=True),
        Facts((("minutes of work", minutes),)), *stands, Paragraph(ground),
    ))  # fmt: skip


def report_of(
    found: Comparison, prescription: Prescription, bench: Bench, as_claim: bool, explain: bool
) -> Report:
    """Return the claim where it is asked for and there is one, else the comparison."""
    way = found.chosen_way
    if as_claim and found.claim is not None and way is not None:
        return claim_report(found.claim, prescription, _claim_stands(way))
    report = compare_report(found, prescription, bench)
    if not explain:
        return report
    steps = (*(way.route.cost.steps if way else ()), *found.steps)
    blocks: list[Block] = [Heading("Working"), *(working_block(step) for step in steps)]
    return Report((*report.blocks, *blocks))
