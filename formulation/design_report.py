"""The screen of a design: what to look at first and why, then the counts; all of the front behind.

Letters are those of the front, from the preferred on.
"""

from __future__ import annotations

from fractions import Fraction

from formulation.bench import Bench
from formulation.blocks import (
    Block,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Plot,
    Report,
    Table,
)
from formulation.cited import Unknown
from formulation.comparison import money
from formulation.design_why import often
from formulation.designed import Candidate, Design, Suggestion
from formulation.prescription import Prescription
from formulation.printing import show, show_dose, show_error, show_number, show_share
from formulation.report import first_sentence, kept_text, stored, title
from formulation.units import Quantity
from formulation.workings import explained

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NOTHING = "NOTHING ON THIS BENCH FITS EVERY RULE"
SOLID = ("", "shell", "made", "error", "units", "waste", "steps", "cost")
DRAWN = ("", "draw", "made", "error", "units", "waste", "steps", "cost")
_BEST = {
    "cost": "cost", "waste": "waste", "error": "accuracy", "units": "source units opened",
    "steps": "handling",
}  # fmt: skip


def letter(found: Design, candidate: str) -> str:
    """Return the letter of a candidate of the front; beyond the alphabets its number."""
    place = [one.id for one in found.shown].index(candidate)
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)


def design_report(
    found: Design, asked: tuple[Prescription, Bench], everything: bool, explain: bool
) -> Report:
    """Return the screen of a design for one prescription on one bench."""
    prescription, bench = asked
    blocks: list[Block] = [Heading(title(prescription), 1)]
    if prescription.sig:
        blocks.append(Paragraph(f"Prescriber's directions, as written: {prescription.sig}"))
    for place, one in enumerate(found.suggestions):
        blocks += _suggested(found, one, place, prescription)
    if not found.suggestions:
        blocks.append(Heading(NOTHING))
        blocks += [Notice("stop", f.what, f.fix) for f in found.findings if f.level == "stop"]
    blocks += _counts(found)
    if everything:
        blocks += _front(found)
    blocks += _cautions(found)
    blocks.append(Paragraph(_closing(found, prescription, bench)))
    if explain and found.best is not None:
        blocks += explained(found.best.route.title, found.steps)
    return Report(tuple(blocks))


def _suggested(
    found: Design, one: Suggestion, place: int, prescription: Prescription
) -> list[Block]:
    candidate = found.candidate(one.candidate)
    head = f"{'MAKE' if not place else 'OR'} {letter(found, one.candidate)}: {one.title}"
    if not place and candidate.route.kind == "as-supplied":
        head = head.replace("MAKE", "GIVE", 1)
    facts = Facts(_rows(one, candidate, place, prescription))
    return [Heading(head, 2 if not place else 3), facts]


def _rows(
    one: Suggestion, candidate: Candidate, place: int, prescription: Prescription
) -> tuple[tuple[str, str], ...]:
    route, found = candidate.route, candidate.objectives
    actions = route.actions
    if place and candidate.layout is None:
        actions = actions[:1]
    rows = [("why", one.why), *((action.verb, action.text) for action in actions)]
    if candidate.layout is not None:
        rows.append(("measure in", f"{candidate.layout.graduate}, {candidate.layout.device}"))
    return (
        *rows,
        *_makings(candidate),
        ("dose", _dose(candidate, prescription)),
        ("use by", kept_text(route)),
        *stored(route),
        ("waste", f"{show(found.waste)} of {show(_opened(candidate))} opened"),
        ("cost", _cost(candidate)),
        *((("best in", ", ".join(_BEST[name] for name in one.best_in)),) if one.best_in else ()),
    )


def _opened(candidate: Candidate) -> Quantity:
    """Return the drug opened or weighed in all makings."""
    taken = candidate.route.balances[0].taken
    return taken if candidate.route.kind == "dispersion" else taken * max(1, candidate.makings)


def _makings(candidate: Candidate) -> tuple[tuple[str, str], ...]:
    if candidate.makings < 2 or candidate.route.kind == "dispersion":
        return ()
    text = f"{often(candidate.makings)}, {show(candidate.doses)} each, when the last ran out"
    return (("makings", text),)


def _dose(candidate: Candidate, prescription: Prescription) -> str:
    asked = show_dose(prescription.active.dose)
    text = f"{asked}, exact on the marks" if not candidate.objectives.error else (
        f"{asked} asked, {show(candidate.route.dose.nominal)} given "
        f"({show_error(candidate.off)})"
    )  # fmt: skip
    if candidate.layout is None:
        text = text.replace(" on the marks", "")
    if not candidate.objectives.error and candidate.route.dose.nominal != prescription.active.dose:
        text += f"; {show(candidate.route.dose.nominal)} in it with overage or surcharge"
    if candidate.reading is not None:
        text += f"; reading off by half a graduation: {show_share(candidate.reading)}"
    return text


def _cost(candidate: Candidate) -> str:
    found = candidate.objectives.cost
    if isinstance(found, Unknown):
        return str(found)
    return money(found, bool(candidate.missing))


def _counts(found: Design) -> list[Block]:
    rows = [
        (show_number(one.count), one.words + (f" ({', '.join(one.codes)})" if one.codes else ""))
        for one in found.fallen
        if one.count
    ]
    front = show_number(len(found.front))
    text = f"{show_number(found.examined)} candidates examined, and each breaks a rule"
    if found.front:
        text = (
            f"{show_number(found.examined)} candidates examined, {show_number(found.survivors)} "
            f"break no rule, {front} of them on the front: nothing is as good in all and better "
            "in one"
        )
    blocks: list[Block] = [Heading("What was examined", 3), Paragraph(f"{text}.")]
    if rows:
        blocks += [Paragraph("Fell, each to the first rule that it breaks:"),
                   Facts(tuple(rows), names=True)]  # fmt: skip
    if found.no_liquid:
        word = next(one.words for one in found.fallen if one.rule == found.no_liquid)
        text = f"No liquid kept for several days survives; the last of them fall to: {word}."
        blocks.append(Paragraph(text))
    if found.absent:
        here = "; ".join(f"{one.title}: {one.why}" for one in found.absent)
        blocks.append(Paragraph(f"Not here: {here}."))
    return blocks


# The front.


def _front(found: Design) -> list[Block]:
    if not found.front:
        return []
    blocks: list[Block] = [
        Heading("The front: nothing is as good as one of these in all and better in one", 3)
    ]
    columns = ("", "to", "draw", "made", "error", "units", "waste", "steps", "cost")
    for name in dict.fromkeys(one.route.id for one in found.shown):
        own = [one for one in found.shown if one.route.id == name]
        laid = own[0].layout is not None
        heads = DRAWN if own[0].route.kind == "dispersion" else SOLID
        rows = tuple(_line(found, one, laid) for one in own)
        blocks += [Paragraph(f"{name}:"), Table(columns if laid else heads, rows)]
    behind = [letter(found, one.id) for one in found.leading if one not in found.front]
    if behind:
        text = "each the preferred of its kind: another is as good in all and better in one"
        blocks.append(Paragraph(f"Not on the front: {', '.join(behind)}; {text}."))
    if len({one.missing for one in found.front}) > 1:
        text = "Costs that lack different prices are not held against each other."
        blocks.append(Paragraph(text))
    return [*blocks, *_plot(found)]


def _line(found: Design, one: Candidate, laid: bool) -> tuple[str, ...]:
    aims, layout = one.objectives, one.layout
    cost = "unknown" if isinstance(aims.cost, Unknown) else show(aims.cost)
    if one.missing and cost != "unknown":
        cost += " +"
    place: tuple[str, ...] = (one.id.partition("/")[2] or "-",)
    if laid and layout is not None:
        place = show(layout.volume), _draw(layout.times, layout.drawn)
    elif one.route.kind == "dispersion":
        drawn = [m for m in one.route.measures if m.what == "dose"]
        place = (_draw(drawn[0].times, drawn[0].snapped.chosen) if drawn else "-",)
    return (letter(found, one.id), *place, show_number(one.makings), show_error(one.off),
            show_number(aims.units), show(aims.waste), show_number(aims.steps), cost)  # fmt: skip


def _draw(times: int, drawn: Quantity) -> str:
    return f"{times} x {show(drawn)}" if times > 1 else show(drawn)


def _plot(found: Design) -> list[Block]:
    """Return waste against cost, or against the source units where nothing is priced.

    Where all waste the same, the error stands in its place.
    """
    priced = [one for one in found.shown if isinstance(one.objectives.cost, Quantity)]
    shown = priced if len(priced) > 1 else list(found.shown)
    across = ("cost: more to the right", "USD") if len(priced) > 1 else (
        "source units opened: more to the right", "")  # fmt: skip
    up = ("drug wasted: more further up", "mg")
    if len({one.objectives.waste for one in shown}) < 2:
        up = ("error in percent, without its sign: more further up", "")
    points = tuple(
        (letter(found, one.id)[:1], _across(one, across[1]),
         one.objectives.waste.number("mg") if up[1] else one.objectives.error * 100)
        for one in shown
    )  # fmt: skip
    if len({point[1:] for point in points}) < 2:
        return []
    blocks: list[Block] = [Plot(points, across, up)]
    left = [letter(found, one.id) for one in found.shown if one not in shown]
    if left:
        blocks.append(Paragraph(f"Not drawn, for want of a price: {', '.join(left)}."))
    return blocks


def _across(one: Candidate, unit: str) -> Fraction:
    cost = one.objectives.cost
    return cost.magnitude if unit and isinstance(cost, Quantity) else Fraction(one.objectives.units)


def _cautions(found: Design) -> list[Block]:
    own = [f for f in found.findings if f.level == "caution"]
    notices = {(f.what, f.fix): f for f in own}
    if not notices:
        return []
    return [Heading("Cautions", 3),
            *(Notice("caution", first_sentence(f.what)) for f in notices.values())]  # fmt: skip


def _closing(found: Design, prescription: Prescription, bench: Bench) -> str:
    assumed = "; its prices, densities and graduations are assumptions" if bench.teaching else ""
    best = found.best
    missing = f"Not priced: {'; '.join(best.missing)}. " if best and best.missing else ""
    once = "" if prescription.every is not None else (
        "No frequency is given: each is made once, and whether its doses outlast its date is "
        "unknown. ")  # fmt: skip
    own = [stamp.key for stamp in bench.stamps if stamp.own]
    records = f" Your own records: {', '.join(own)}." if own else ""
    return (
        f"{once}{missing}Prepared {prescription.prepared}. Bench: {bench.name}{assumed}.{records} "
        "--all shows the front, --explain each step; formulate plan the ways side by side."
    )
