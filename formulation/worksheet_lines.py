"""The steps and checks of a worksheet, each with its blank."""

from __future__ import annotations

from formulation.blocks import BOX, Block, Facts, Heading, line
from formulation.capsule_making import Capsules
from formulation.capsule_methods import in_use
from formulation.cited import Unknown
from formulation.compounding_record import NetLimits, Worksheet
from formulation.handling import inventory, is_controlled
from formulation.plates import Load
from formulation.printing import show, show_range
from formulation.records import Substance
from formulation.units import Quantity

LINE, SHORT = line(12), line(6)
WHO = f"who {line(4)}  check {line(4)}"


def amount_text(value: Quantity | Unknown) -> str:
    """Return an amount, or the line to write it on."""
    return LINE if isinstance(value, Unknown) else show(value)


def capital(text: str) -> str:
    """Return a sentence with its first letter as a capital."""
    return f"{text[0].upper()}{text[1:]}"


def numbered(rows: list[str]) -> tuple[tuple[str, str], ...]:
    """Return lines with their numbers."""
    return tuple((f"{place}", text) for place, text in enumerate(rows, 1))


def _load(load: Load, batch: Capsules) -> str:
    powder = LINE if isinstance(load.powder, Unknown) else show(load.powder)
    if batch.route.made.mode == "fixed":
        each = amount_text(in_use(batch.ways).each)
        return f"Load {load.number}: {load.capsules} bodies; {load.block}. Weigh {each} into each."
    part = "" if load.share == 1 else f" ({load.share} of the mix, by weight)"
    if batch.estimated and isinstance(load.powder, Quantity):
        part = "" if load.share == 1 else f"{load.share} of "
        powder, part = LINE, f" ({part}all of the mix, by weight; about {powder})"
    return (
        f"Load {load.number}: {load.capsules} bodies; {load.block}. Powder {powder}{part}: spread, "
        "tamp, refill, until all of it is in. Bodies not full: stop, write down by how much, see "
        "below."
    )


def _top_up(batch: Capsules, text: str) -> str:
    """Return the step that comes before the portions: full bodies, emptied and mixed again."""
    split = " All loads are emptied into one mix." if len(batch.loads) > 1 else ""
    return f"Top up: {text}. Filler used {LINE}.{split} All of the mix then weighs {LINE}"


def _opened(batch: Capsules) -> list[str]:
    """Return the steps from the source to the weighed powders."""
    verbs = {"open", "crush", "weigh", "use"}
    rows = [f"{capital(a.verb)} {a.text}." for a in batch.route.actions if a.verb in verbs]
    if rows and batch.route.actions[0].verb == "open":
        rows[0] += f" Empty them completely; empty shells counted: {SHORT}"
    rows += [f"Weigh the {a.verb}: {a.text}." for a in batch.route.actions
             if a.verb in ("filler", "glidant") and not _topped(batch)]  # fmt: skip
    return rows


def _topped(batch: Capsules) -> bool:
    """Say whether the bodies are topped up till they are full, not filled by weighed filler."""
    return not batch.weighs_filler


def _filling(batch: Capsules) -> list[str]:
    """Return the steps from the powders to closed, weighed capsules."""
    rows = _opened(batch)
    for place, stage in enumerate(batch.stages, 1):
        much = "all of it" if place == 1 else "the rest" if stage.last else "a part"
        rows.append(f"Mix: {stage.name}, {much}, {show(stage.added)}; then {show(stage.mixed)} in "
                    "the mortar.")  # fmt: skip
    if not batch.stages:
        rows.append("Mix: smallest powder first, never adding more than lies in the mortar.")
    texts = {a.verb: a.text for a in batch.route.actions}
    size = texts.get("shell", LINE)
    if any(one.chosen for one in batch.sizes) or size.startswith("size"):
        rows.append(f"Shell: {size}. Bodies seated and level.")
    else:
        rows.append(f"Shell: size {LINE}, chosen by the weighed powder. Bodies seated and level.")
    if _topped(batch):
        rows.append(_top_up(batch, texts.get("filler", "")))
    rows += [_load(load, batch) for load in batch.loads]
    if not batch.loads:
        rows.append(f"Fill {texts.get('fill', '')}.")
    rows.append(f"All of the fill is in the bodies, none in the caps. Close, dust, count: {SHORT}")
    rows.append("Weigh the capsules named below whole: none is opened, all stay in the batch.")
    return rows


def steps(found: Worksheet) -> list[Block]:
    """Return the steps in their order, each with a box and room for initials."""
    if found.batch is not None:
        rows = _filling(found.batch)
    else:
        rows = [f"{capital(a.verb)}: {a.text}.{_units(a.verb)}" for a in found.route.actions]
    ticked = [f"{BOX} {text}  {SHORT}" for text in (*rows, "Clean the place and the tools.")]
    return [Heading("Steps, each ticked and initialled when done", 3), Facts(numbered(ticked))]


def _units(verb: str) -> str:
    """Return room for the count of source units, where they are opened one by one."""
    words = {"open": "Emptied completely; empty shells counted:", "crush": "Tablets counted:"}
    return f" {words[verb]} {SHORT}" if verb in words else ""


def counted(found: Worksheet, substance: Substance) -> list[Block]:
    """Return the lines for the inventory of a controlled drug: planned, and a blank for each."""
    schedule = substance.controlled
    rows = inventory(substance, found.route.balances) if is_controlled(substance) else ()
    if not rows or isinstance(schedule, Unknown):
        return []
    lines = [f"{words}: {planned} planned; actual {LINE}  who {SHORT}" for words, planned in rows]
    head = f"For the inventory: {substance.printed}, schedule {schedule.value}"
    return [Heading(head, 3), Facts(numbered(lines))]


def to_work_out(batch: Capsules | None) -> list[Block]:
    """Return what is worked out by hand once the pool is weighed, with room for it."""
    if batch is None or not batch.open:
        return []
    rows = tuple((one.name, f"= {one.formula}\n= {LINE}") for one in batch.open)
    return [Heading("To work out once the pool is weighed", 3), Facts(rows)]


def checks(found: Worksheet) -> list[Block]:
    """Return the weight check: which holes, the mean shell, the net fill, the limits to hold."""
    batch = found.batch
    if batch is None:
        return [Heading("Checks", 3), Facts(numbered([
            f"Looks as described (colour, even, no lumps): {LINE}",
            f"Volume or count: {LINE}",
        ]))]  # fmt: skip
    rows = [
        f"Ten empty shells of the same lot, singly: mean {LINE}  SD {SHORT}",
        *_net(found.net, show(batch.route.made.expected)),
    ]
    blocks: list[Block] = [Heading("Checks: every capsule weighed singly, none destroyed", 3),
                           Facts(numbered(rows))]  # fmt: skip
    if not batch.loads:
        cells = tuple((f"{place}", f"hole {line(4)}   gross {SHORT} mg   net {SHORT} mg")
                      for place in range(1, 11))  # fmt: skip
        blocks.append(Facts((("weigh", "corners, edges, middle of each load"), *cells), whole=True))
    for load in batch.loads:
        cells = tuple((hole, f"gross {SHORT} mg   net {SHORT} mg") for hole in load.weigh)
        blocks.append(
            Facts(((f"load {load.number}", "corners, edges, middle"), *cells), whole=True)
        )
    blocks.append(Facts(numbered(_verdicts(found.net))))
    return blocks


def _net(net: NetLimits | None, count: str) -> list[str]:
    """Return the net fill by theory, and between what every capsule may lie."""
    if net is None:
        return []
    between = f"{LINE} to {LINE}"
    if isinstance(net.low, Quantity) and isinstance(net.high, Quantity):
        between = show_range(net.low, net.high)
    theory = amount_text(net.theory)
    if isinstance(net.theory, Unknown):
        theory += f" (all that was filled, as weighed, / {count})"
    return [
        f"Net fill by theory: {theory}; with the mean shell = {LINE} gross",
        f"Every net fill from {between} ({net.ground}) [{net.source}]",
    ]


def _verdicts(net: NetLimits | None) -> list[str]:
    known = net is not None and isinstance(net.theory, Quantity)
    theory = f'"{amount_text(net.theory)}"' if net is not None and known else LINE
    return [
        f"formulate uniformity --gross ... --theory {theory} --shells ...: {LINE}",
        "Gross less mean shell; weight never proves content.",
        f"All caps closed, none dented, all of one colour: {LINE}",
    ]
