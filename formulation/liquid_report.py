"""The screen of `formulate liquid`: what to open, make up to, draw; then what it hangs on."""

from __future__ import annotations

from fractions import Fraction

from formulation.blocks import Block, Facts, Heading, Notice, Paragraph, Report
from formulation.cited import Unknown
from formulation.liquid_making import Liquid
from formulation.prescription import Prescription
from formulation.printing import show, show_error, show_number
from formulation.report import first_sentence, route_facts, title
from formulation.workings import explained, notices

NOTHING_STANDS = "nothing stands against it"
SEEN = Fraction(1, 1000)  # a difference that still shows in mL and mg/mL as they print


def _verdict(found: Liquid) -> list[Block]:
    stops = [finding for finding in found.findings if finding.level == "stop"]
    if stops:
        return [Heading(f"DO NOT MAKE {found.route.title}"), *notices(stops)]
    return [Heading(f"MAKE {found.route.title}")]


def _facts(found: Liquid, prescription: Prescription) -> Facts:
    rows = []
    for name, text in route_facts(found.route, prescription.active.dose).rows:
        rows.append((name, f"{text}; {_mark(found)}" if name == "draw" else text))
        if name == "make" and found.chain is None:
            rows.append(("vessel", _vessel(found)))
        if name == "label":
            rows.append(("", _label(found, prescription)))
    return Facts(tuple(rows))


def _mark(found: Liquid) -> str:
    """Return how far off the mark is."""
    if found.measured is None:
        return "no mark"
    if not found.measured.snapped.error:
        return "on its mark, error 0"
    return f"nearest mark, {show_error(found.measured.snapped.error)}"


def _vessel(found: Liquid) -> str:
    """Return in what it is made up: a graduate on whose mark it stands, or a calibrated bottle."""
    named = [one.device for one in found.route.measures if one.what == "final volume"]
    return f"the {named[0]}, to its mark" if named else "a bottle calibrated to that volume"


def _label(found: Liquid, prescription: Prescription) -> str:
    """Return what the label says of the preparation."""
    each = show(found.strength).replace("/", " per ")
    shake = "; shake well" if found.state.shake else ""
    return f"{prescription.active.substance.printed} {each}, {found.state.form}{shake}; mL only"


def _numbers(found: Liquid, prescription: Prescription) -> list[Block]:
    rows = tuple(
        (one.name, f"{show(one.amount)}{', asked' if one.asked else ''}") for one in found.numbers
    )
    return [
        Heading("Numbers that belong together", 3),
        Facts(rows),
        Paragraph(f"Concentration x dose volume = dose{_drug_in(found, prescription)}."),
    ]


def _drug_in(found: Liquid, prescription: Prescription) -> str:
    """Return how the drug that is opened and that in the final volume belong together."""
    if found.chain is not None:
        return "; the units are those of the stock, of which a part goes on"
    if not any(one.name == "source units" for one in found.numbers):
        return ""
    if found.mode == "weighed":
        return "; of the opened powder what this concentration takes goes in"
    allowance = prescription.allowance
    more = allowance.overage + allowance.surcharge
    richer = f" x {show_number(1 + more)} (overage and surcharge)" if more else ""
    return f"; units x claim = concentration x final volume{richer}"


def _made_up(found: Liquid) -> list[Block]:
    """Return what adding the volume would give instead: what must not be done."""
    added = found.added
    if added is None:
        return []
    volume = next(one.amount for one in found.numbers if one.name == "final volume")
    head = Heading("Made up to the mark, never added", 3)
    if isinstance(added, Unknown):
        return [head, Paragraph(f"What adding {show(volume)} to the powder would give is {added}.")]
    bulk = not any(one.name == "source units" for one in found.numbers)
    room = "" if bulk else "; the other powder adds to it"
    by = (
        f"that makes about {show(added.volume)}, {show(added.concentration)}, "
        f"{show_error(added.error)} in each dose (room of the drug alone, assumed{room})"
    )
    if abs(added.error) < SEEN:
        other = "" if bulk else ", the other powder how much is not known"
        by = f"the drug alone takes up next to no room{other}: each dose would be weaker"
    rinse = "what it was weighed and wetted in" if bulk else _rinsed(found)
    text = (
        f"Never add {show(volume)} to the powder: {by}. Wet it, rinse {rinse} into the vessel, "
        "then fill to the mark."
    )
    return [head, Paragraph(text)]


def _rinsed(found: Liquid) -> str:
    """Return what powder of the source clings to: the mortar, and the shells of capsules."""
    units = next(one.amount for one in found.numbers if one.name == "source units")
    return "mortar and shells" if units.unit == "cap" else "the mortar"


def _others(found: Liquid) -> list[Block]:
    if not found.others:
        return []
    rows = tuple((one.id, first_sentence(one.why) or NOTHING_STANDS) for one in found.others)
    return [Heading("Other liquids as asked", 3), Facts(rows, names=True)]


def _rest(found: Liquid) -> list[Notice]:
    money = set(found.route.cost.findings)
    return notices(f for f in found.findings if f.level != "stop" and f not in money)


def liquid_report(found: Liquid, prescription: Prescription, explain: bool) -> Report:
    """Return the screen for one liquid, and the working where it is asked for."""
    blocks: list[Block] = [Heading(title(prescription), 1), *_verdict(found)]
    blocks += [_facts(found, prescription), *_numbers(found, prescription), *_made_up(found)]
    rest = _rest(found)
    if rest:
        blocks += [Heading("Cautions and notes", 3), *rest]
    blocks += _others(found)
    if explain:
        blocks += explained(found.route.title, found.steps)
    return Report(tuple(blocks))
