"""What the stored records hold, kind by kind: every value a cited fact or plainly unknown.

A field's kind (`formulation.fields`) says how its value is read; `formulation.catalog` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from formulation.cited import Cited, Fact, Unknown
from formulation.evidence_records import Evidence, Kinetics, Liquid
from formulation.fields import amount, bare, bounds, day, flag, number, rows, table, text, texts
from formulation.spread import Bounds
from formulation.units import Quantity

GRADES = ("official", "primary", "secondary", "lay", "assumption")


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the bibliography; its grade is one of `GRADES`."""

    key: str
    title: str = bare()
    publisher: str = bare()
    year: str = bare()
    address: str = bare()
    grade: str = bare()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Formula:
    """The preparation that a stability study studied."""

    form: Fact[str] = text()
    source_product: Fact[str] = text()
    strength: Fact[Quantity] = amount("mg/cap")
    concentration: Fact[Quantity] = amount("mg/mL")
    vehicle: Fact[str] = text()
    filler: Fact[str] = text()
    shell: Fact[str] = text()
    container: Fact[str] = text()
    temperature: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Point:
    """One measured loss."""

    time: Fact[Quantity] = amount("day")
    lost: Fact[Fraction] = number()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Stability:
    """What is published on how a substance or a preparation of it keeps."""

    key: str
    substance: str = bare()
    name: str = bare()
    role: str = bare()
    applies_to: tuple[str, ...] = bare()
    statement: Fact[str] = text()
    worst_ph: Fact[Fraction] = number()
    worst_ph_temperature: Fact[str] = text()
    refrigeration: Fact[str] = text()
    condition: Fact[str] = text()
    points: tuple[Point, ...] = rows(Point)
    formula: Formula | None = table(Formula)
    last_point: Fact[str] = text()
    remaining: Fact[str] = text()
    antimicrobial_testing: Fact[str] = text()
    transferable: str = bare(needed=False)
    why: str = bare(needed=False)
    supports_date: bool = bare(needed=False, default=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Substance:
    """A drug: identity, solubility, limits, and the warnings that every output carries."""

    key: str
    name: str = bare()
    tall_man: Fact[str] = text()
    look_alikes: Fact[tuple[str, ...]] = texts()
    formula: Fact[str] = text()
    molar_mass: Fact[Quantity] = amount("g/mol")
    cas: Fact[str] = text()
    unii: Fact[str] = text()
    solubility_class: Fact[str] = text()
    soluble_at_least: Fact[Quantity] = amount("mg/mL")
    soluble_at_most: Fact[Quantity] = amount("mg/mL")
    solution_ph: Fact[Bounds] = bounds()
    pka: Fact[str] = text()
    hygroscopicity: Fact[str] = text()
    storage: Fact[str] = text()
    daily_caution: Fact[Quantity] = amount("mg")
    daily_maximum: Fact[Quantity] = amount("mg")
    divided_doses: Fact[str] = text()
    contraindications: Fact[tuple[str, ...]] = texts()
    interactions: Fact[tuple[str, ...]] = texts()
    controlled: Fact[str] = text()
    hazardous: Fact[str] = text()
    expressed_as: Fact[str] = text()
    base_molar_mass: Fact[Quantity] = amount("g/mol")
    liquids: tuple[Liquid, ...] = rows(Liquid)
    liquids_checked: Fact[str] = text()
    renal: Fact[str] = text()
    stability: tuple[Stability, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    kinetics: tuple[Kinetics, ...] = ()
    marketed: tuple[Product, ...] = ()

    @property
    def printed(self) -> str:
        """Return the name as it prints: in tall-man letters where a source gives them."""
        return self.name if isinstance(self.tall_man, Unknown) else self.tall_man.value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Product:
    """A marketed source: a capsule or tablet with its claim, limits, pack and inactives."""

    key: str
    name: str = bare()
    substance: str = bare()
    form: str = bare()
    strength: Cited[Quantity] = amount("mg/cap|mg/tab", needed=True)
    release: Fact[str] = text()
    content_limits: Fact[Bounds] = bounds()
    uniformity_target: Fact[Fraction] = number()
    ndc: Fact[str] = text()
    ndc11: Fact[str] = text()
    labeler: Fact[str] = text()
    pack: Fact[Quantity] = amount("cap|tab")
    container: Fact[str] = text()
    inactives: Fact[tuple[str, ...]] = texts()
    appearance: Fact[str] = text()
    imprint: Fact[str] = text()
    storage: Fact[str] = text()
    loss_on_drying_limit: Fact[Fraction] = number()
    dissolution: Fact[str] = text()
    marketed: Fact[str] = text()
    net_content: Fact[Quantity] = amount("mg/cap|mg/tab")
    packing: Fact[Quantity] = amount("g/mL")
    held: Quantity | None = None

    @property
    def unit(self) -> str:
        """Return what one source unit is counted as: cap or tab."""
        return self.strength.value.unit.rpartition("/")[2]

    @property
    def drug(self) -> Quantity:
        """Return the drug in one unit: its certificate's where one is `held`, else its claim."""
        return self.held or self.strength.value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Vehicle:
    """A liquid in which a drug is dissolved or suspended.

    `suspends_from` is the share of a mixture down to which it still suspends; `sugar` and `alcohol`
    say whether it holds any, by its cited ingredients.
    """

    key: str
    name: str = bare()
    maker: Fact[str] = text()
    aqueous: Fact[bool] = flag()
    suspends: Fact[bool] = flag()
    suspends_from: Fact[Fraction] = number()
    sugar: Fact[bool] = flag()
    alcohol: Fact[bool] = flag()
    preserved: Fact[bool] = flag()
    preservatives: Fact[tuple[str, ...]] = texts()
    ph: Fact[Bounds] = bounds()
    osmolality: Fact[Quantity] = amount("mOsm/kg")
    viscosity: Fact[Bounds] = bounds("cP")
    density: Fact[Quantity] = amount("g/mL")
    ingredients: Fact[tuple[str, ...]] = texts()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ShellSize:
    """One capsule size of one vendor."""

    size: str = bare()
    volume: Fact[Quantity] = amount("mL")
    mass: Fact[Quantity] = amount("mg")
    mass_tolerance: Fact[Quantity] = amount("mg")
    length: Fact[Quantity] = amount("mm")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Shells:
    """A vendor's table of capsule shells; vendors differ by up to 23 % in volume."""

    key: str
    name: str = bare()
    vendor: str = bare()
    material: Fact[str] = text()
    sizes: tuple[ShellSize, ...] = rows(ShellSize)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Filler:
    """An inert powder that tops a capsule up."""

    key: str
    name: str = bare()
    maker: Fact[str] = text()
    bulk_density: Fact[Bounds] = bounds("g/mL")
    tapped_density: Fact[Bounds] = bounds("g/mL")
    moisture: Fact[Bounds] = bounds()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Policy:
    """When a compounded strength is essentially a copy of a marketed one."""

    key: str
    name: str = bare()
    jurisdiction: str = bare()
    near: Cited[Fraction] = number(needed=True)
    statement: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Limit:
    """The default beyond-use limit of one class of preparation."""

    category: str = bare()
    label: str = bare()
    limit: Fact[str] = text()
    storage: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RuleSet:
    """A named edition of the beyond-use rules."""

    key: str
    name: str = bare()
    jurisdiction: str = bare()
    edition: str = bare()
    adopted: Fact[date] = day()
    superseded: Fact[date] = day()
    water_activity_split: Fact[Fraction] = number()
    cap: Fact[Quantity] = amount("day")
    strength_tolerance: Fact[Bounds] = bounds()
    extension: Fact[str] = text()
    extension_needs: Fact[tuple[str, ...]] = texts()
    shortening: Fact[str] = text()
    monograph_first: Fact[str] = text()
    limits: tuple[Limit, ...] = rows(Limit)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PriceEntry:
    """What something cost from a day on."""

    start: date = bare()
    price: Cited[Quantity] = amount("USD", needed=True)
    per: Cited[Quantity] = amount("", needed=True)
    label: str = bare(needed=False)
    what: str = bare(needed=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Price:
    """The dated prices of one item; entries are appended, never overwritten."""

    key: str
    item: str = bare()
    currency: str = bare()
    entries: tuple[PriceEntry, ...] = rows(PriceEntry)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which record was used: its id, edition, the day it was last checked, its digest.

    `own` says that it came from the user's folder or file and not with the program.
    """

    key: str
    edition: str
    checked: str
    sha256: str
    own: bool = False
