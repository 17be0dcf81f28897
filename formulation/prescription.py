"""What was prescribed: actives, phases, and the four inputs that are never one.

*Excess batch* scales everything and makes extra units; *drug overage* is extra drug only and needs
a reason; *surcharge* is a rule set's fixed extra drug; *process loss* never changes what is weighed
(docs/method/excess-overage-loss.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from formulation.records import Substance
from formulation.units import Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Active:
    """One prescribed drug and its amount per intake."""

    substance: Substance
    dose: Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Frequency:
    """How often: `count` doses in each `period`, or as needed up to so many a day.

    `daily` is the most that is taken on one day.
    """

    text: str
    count: int
    period: Quantity
    daily: int
    as_needed: bool = False
    weekdays: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Phase:
    """A stretch of treatment at one dose."""

    count: int
    every: Frequency | None = None
    start: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AssignedDate:
    """A beyond-use period that a pharmacist has assigned to one preparation, and why.

    `route` is the one that the prescription names: asking for another moves no evidence.
    """

    days: int
    reason: str
    evidence: str
    assigned_by: str
    date: date
    route: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """A drug-use review on record: who was called, when, and how it ended."""

    who: str
    when: date
    outcome: str


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """What was weighed: the net powder of so many opened source units.

    `product` is the id of their record; empty, it is the bench's first source product. `weighings`
    are the net contents of single units, where they were weighed one by one.
    """

    net: Quantity
    opened: int
    net_text: str
    product: str = ""
    weighings: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """What an assay of the source lot found: a share of claim, or of the powder's weight.

    `basis` is "claim", or for a share by weight "as-is", "dried" or "anhydrous"; the last two need
    the water (or loss on drying) that the powder holds as it lies.
    """

    assay: Fraction
    basis: str
    text: str
    water: Fraction | None = None
    lot: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Glidant:
    """A flow aid that is a fixed share of the whole fill; `item` is its filler record."""

    item: str
    share: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Also:
    """A further active in the same capsule, from a bulk lot of the bench, by its amount a dose."""

    lot: str
    dose: Quantity


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """What happened at the machine: the bodies were `short` of powder, or powder was `left`."""

    kind: Literal["short", "left"]
    mass: Quantity
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Making:
    """How capsules are to be made: what was asked for, and what has happened so far.

    Empty words leave the choice to the program: smallest shell that fits, first filler, first
    machine that has the plate.
    """

    mode: Literal["spread", "fixed"] = "spread"
    method: str = ""
    size: str = ""
    shell: str = ""
    filler: str = ""
    machine: str = ""
    least_filler: Fraction = Fraction(0)
    glidant: Glidant | None = None
    certificate: Certificate | None = None
    lots: tuple[tuple[str, tuple[str, ...]], ...] = ()
    also: tuple[Also, ...] = ()
    actual: tuple[Happened, ...] = ()
    formula: str = ""
    formula_version: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Recipient:
    """What the one who takes a liquid can take: the most for one dose, a tube, sugar, alcohol."""

    most_volume: Quantity | None = None
    tube: bool = False
    no_sugar: bool = False
    no_alcohol: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class LiquidAsk:
    """What was asked of a liquid: any one or two of its numbers, its vehicles in parts, its mode.

    What is None or empty was left to the program; `doses_follow` says that the doses follow from
    the rest. `mode` is "whole-unit" (all of each opened unit goes in, nothing is weighed) or
    "weighed"; `last` is the concentration of the last fill.
    """

    concentration: Quantity | None = None
    dose_volume: Quantity | None = None
    final_volume: Quantity | None = None
    units: int | None = None
    vehicles: tuple[str, ...] = ()
    parts: str = ""
    device: str = ""
    mode: Literal["whole-unit", "weighed"] = "whole-unit"
    stock: bool = False
    last: Quantity | None = None
    doses_follow: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Allowance:
    """Excess batch, drug overage with its reason, surcharge, process loss, and units truly lost."""

    excess: Fraction = Fraction(0)
    overage: Fraction = Fraction(0)
    overage_reason: str = ""
    surcharge: Fraction = Fraction(0)
    loss: Fraction = Fraction(0)
    extra_units: int = 0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LabelWords:
    """What a label says beside the preparation: who it is for, who made it, its numbers.

    Empty words were not given. No name of a person ever enters an answer's JSON or a digest.
    """

    preparation: str = ""
    pharmacy: str = ""
    phone: str = ""
    prescription_number: str = ""
    patient: str = ""
    prescriber: str = ""
    directions: str = ""
    storage: str = ""
    filled: date | None = None
    refills: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prescription:
    """One prescription as the pharmacist holds it."""

    actives: tuple[Active, ...]
    phases: tuple[Phase, ...]
    prepared: date
    allowance: Allowance = Allowance()
    units_per_dose: int = 1
    refills: int = 0
    route: str = ""
    sig: str = ""
    note: str = ""
    difference: str = ""
    reviews: tuple[Review, ...] = ()
    assigned: AssignedDate | None = None
    expiries: tuple[tuple[str, date], ...] = ()
    pool: Pool | None = None
    making: Making = Making()
    liquid: LiquidAsk = LiquidAsk()
    recipient: Recipient = Recipient()
    assumptions: tuple[str, ...] = ()
    words: LabelWords = field(default=LabelWords(), repr=False)

    @property
    def active(self) -> Active:
        """Return the first active; the plan refuses more than one until the routes carry them."""
        return self.actives[0]

    @property
    def doses(self) -> Quantity:
        """Return how many doses the whole prescription holds."""
        return Quantity(Fraction(sum(phase.count for phase in self.phases)), "dose")

    @property
    def every(self) -> Frequency | None:
        """Return how often, where it was said."""
        return self.phases[0].every
