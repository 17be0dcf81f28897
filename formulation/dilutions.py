"""A small mass from a solution: weigh more, dissolve it, make up to a mark, measure a volume.

drug in the volume = drug x measured / made up to, and so on down a series. Every volume stands on
a mark and is at least the least share of its device; each is read to half a graduation, an
assumption. Source of the way: unc-weighing (liquid aliquot method); docs/method/weighing.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod

from formulation.bench import Device
from formulation.cited import ASSUMPTION
from formulation.schemes import Scale, Scheme, Stage
from formulation.trace import Working
from formulation.units import Quantity

VESSELS = ("graduate",)
MEASURES = ("oral syringe", "syringe", "pipette")
MOST_STAGES = 2
MOST_LOOKED = 40_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A volume that a device of the bench shows, in whole parts of a millilitre."""

    parts: int
    device: Device


@dataclass(frozen=True, slots=True)
class Dilution:
    """Made up to one mark, measured with another."""

    vessel: Mark
    measure: Mark


Chain = tuple[Dilution, ...]


@dataclass(frozen=True, slots=True)
class Glass:
    """Every mark of the bench in parts of a millilitre: vessels to fill, devices to measure."""

    per_ml: int
    vessels: tuple[Mark, ...]
    measures: tuple[Mark, ...]

    def volume(self, mark: Mark) -> Quantity:
        """Return the volume of a mark."""
        return Quantity(Fraction(mark.parts, self.per_ml), "mL")


def _marks(devices: tuple[Device, ...], kinds: tuple[str, ...], per_ml: int) -> tuple[Mark, ...]:
    """Return each volume once, on the device that is read most closely there."""
    found: dict[int, Mark] = {}
    able = [device for device in devices if device.kind in kinds]
    for device in sorted(able, key=lambda d: (d.graduation.value, d.capacity.value)):
        grid = device.grid
        step = int(grid.step.number("mL") * per_ml)
        first = -int(-(grid.least / grid.step).number() // 1)
        for count in range(max(first, 1), int((grid.most / grid.step).number() // 1) + 1):
            found.setdefault(count * step, Mark(count * step, device))
    return tuple(found[parts] for parts in sorted(found))


def glass(devices: tuple[Device, ...]) -> Glass:
    """Return the marks of the bench's devices.

    >>> from formulation.benches import read_bench
    >>> from formulation.printing import show
    >>> found = glass(read_bench().devices)
    >>> show(found.volume(found.vessels[0])), show(found.volume(found.measures[0]))
    ('2 mL', '0.2 mL')
    """
    per_ml = lcm(1, *(device.graduation.value.number("mL").denominator for device in devices))
    return Glass(
        per_ml, _marks(devices, VESSELS, per_ml), _marks(devices, MEASURES, per_ml)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """What is looked for, in steps of the balance: the need, the least, the most in one part.

    `soluble` is the most drug that dissolves in one part of a millilitre, None where not known.
    """

    need: Fraction
    least: int
    soluble: Fraction | None = None

    def drug(self, chain: Chain) -> Fraction:
        """Return the drug to weigh, in steps, whole or not."""
        above = prod(one.vessel.parts for one in chain) * self.need.numerator
        return Fraction(above, prod(one.measure.parts for one in chain) * self.need.denominator)

    def may_be(self, chain: Chain, drug: Fraction) -> bool:
        """Say whether that much may be weighed and dissolves in the first vessel."""
        dissolves = self.soluble is None or drug <= self.soluble * chain[0].vessel.parts
        return drug >= self.least and dissolves


def _pairs(vessel: Mark, marks: tuple[Mark, ...]) -> Iterator[Dilution]:
    for mark in marks:
        if mark.parts >= vessel.parts:
            return
        yield Dilution(vessel, mark)


def _chains(stages: int, within: Glass, ask: Ask) -> Iterator[list[Chain]]:
    """Yield the chains that may be made, those with the least liquid first, together."""
    if stages == 1:
        for vessel in within.vessels:
            yield [
                (one,)
                for one in _pairs(vessel, within.measures)
                if ask.may_be((one,), ask.drug((one,)))
            ]
        return
    sums: dict[int, list[tuple[Mark, Mark]]] = {}
    for first in within.vessels:
        for second in within.vessels:
            sums.setdefault(first.parts + second.parts, []).append((first, second))
    looked = 0
    smallest = within.measures[0].parts
    for whole in sorted(sums):
        if looked > MOST_LOOKED:
            return
        found: list[Chain] = []
        for first, second in sums[whole]:
            most = ask.need * first.parts * second.parts / ask.least
            for one in _pairs(first, within.measures):
                if one.measure.parts * smallest > most:
                    break
                for two in _pairs(second, within.measures):
                    if one.measure.parts * two.measure.parts > most:
                        break
                    looked += 1
                    if ask.may_be((one, two), ask.drug((one, two))):
                        found.append((one, two))
        yield found


def _digits(value: int) -> int:
    return len(str(value).rstrip("0"))


def _roundness(chain: Chain, drug: int) -> tuple[int, int]:
    marks = [mark.parts for one in chain for mark in (one.vessel, one.measure)]
    return _digits(drug) + sum(_digits(mark) for mark in marks), drug


def find(stages: int, within: Glass, ask: Ask) -> tuple[Chain, int] | None:
    """Return the chain with the least liquid and the drug to weigh in steps, exact where any is.

    Where none is exact, the closest of those with up to twice the least liquid.
    """
    near: list[tuple[Fraction, int, Chain, int]] = []
    for chains in _chains(stages, within, ask):
        exact = [(c, int(d)) for c in chains if (d := ask.drug(c)).denominator == 1]
        if exact:
            return min(exact, key=lambda one: _roundness(*one))
        for chain in chains:
            drug = ask.drug(chain)
            whole = max(ask.least, int(drug + Fraction(1, 2)))
            liquid = sum(one.vessel.parts for one in chain)
            if not near or liquid <= 2 * near[0][1]:
                near.append((abs(whole / drug - 1), liquid, chain, whole))
    best = min(near, key=lambda one: (one[0], one[1], one[3]), default=None)
    return (best[2], best[3]) if best else None


def dilute(
    needed: Quantity, scale: Scale, devices: tuple[Device, ...], steps: int | None,
    soluble: Quantity | None = None,
) -> Scheme | None:  # fmt: skip
    """Return the scheme for a mass below the least from a solution, or None where there is none.

    >>> from formulation.benches import read_bench
    >>> from formulation.printing import show
    >>> mg = lambda n: Quantity(Fraction(n), "mg")
    >>> found = dilute(mg(2), Scale(mg(1), mg(120), mg(6)), read_bench().devices, None)
    >>> [show(n) for n in (found.weighed, found.stages[0].total, found.stages[0].aliquot)]
    ['120 mg', '12 mL', '0.2 mL']
    """
    within = glass(devices)
    if not within.vessels or not within.measures:
        return None
    most = None
    if soluble is not None:
        most = scale.steps(soluble * Quantity(Fraction(1, within.per_ml), "mL"))
    ask = Ask(scale.steps(needed), int(scale.steps(scale.least)), most)
    for stages in (steps,) if steps else range(1, MOST_STAGES + 1):
        found = find(stages, within, ask)
        if found is not None:
            return _scheme(needed, *found, scale, within)
    return None


def _scheme(needed: Quantity, chain: Chain, drug: int, scale: Scale, within: Glass) -> Scheme:
    weighed = (scale.step * drug).to("mg")
    working = Working()
    held = (
        weighed,
        working.work("drug at worst, low", "drug - off", {"drug": weighed, "off": scale.off},
                     "weighed too little"),
        working.work("drug at worst, high", "drug + off", {"drug": weighed, "off": scale.off},
                     "weighed too much"),
    )  # fmt: skip
    stages = []
    put_in = weighed
    for number, one in enumerate(chain, 1):
        total, taken = within.volume(one.vessel), within.volume(one.measure)
        held = _taken(one, (total, taken), held, number, working)
        stages.append(
            Stage(put_in=put_in, diluent=None, total=total, aliquot=taken,
                  vessel=one.vessel.device.name, measure=one.measure.device.name)
        )  # fmt: skip
        put_in = taken
    totals = tuple(stage.total for stage in stages)
    liquid = working.work("liquid in all", "sum(totals)", {"totals": totals}, "all vessels")
    delivered, low, high = (amount.to(needed.unit) for amount in held)
    return Scheme(
        way="liquid", needed=needed, weighed=weighed, delivered=delivered,
        error=(delivered / needed).number() - 1, low=low, high=high, stages=tuple(stages),
        diluent=liquid, proven=delivered == needed, steps=tuple(working.steps),
    )  # fmt: skip


def _taken(
    one: Dilution, volumes: tuple[Quantity, Quantity], held: tuple[Quantity, ...], number: int,
    working: Working,
) -> tuple[Quantity, Quantity, Quantity]:  # fmt: skip
    """Return the drug in one measured volume: as made, at worst low, at worst high."""
    total, taken = volumes
    marks = {
        "held": held[1], "taken": taken, "total": total,
        "read": one.measure.device.graduation.value / 2,
        "filled": one.vessel.device.graduation.value / 2,
    }  # fmt: skip
    nominal = working.work(
        f"drug in volume {number}", "held * taken / total",
        {"held": held[0], "taken": taken, "total": total},
        "multiplied back: the same share of the drug as of the liquid",
    )  # fmt: skip
    low = working.work(
        f"volume {number} at worst, low", "held * (taken - read) / (total + filled)", marks,
        "too little measured from too much liquid; half a graduation each, assumed", (ASSUMPTION,),
    )  # fmt: skip
    high = working.work(
        f"volume {number} at worst, high", "held * (taken + read) / (total - filled)",
        {**marks, "held": held[2]},
        "too much measured from too little liquid; half a graduation each, assumed", (ASSUMPTION,),
    )  # fmt: skip
    return nominal, low, high
