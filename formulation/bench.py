"""What is really on the table: sources, vehicles, shells, fillers, a balance, devices, prices.

Every invented price, mass, density or graduation on the teaching bench is an assumption and prints
as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from formulation.apparatus import Balance
from formulation.charges import Charges, Fee, Labour, Tax
from formulation.check_records import Uniformity
from formulation.cited import Cited, Fact
from formulation.fields import amount, bare, number, rows, table, text
from formulation.measurable import Grid
from formulation.records import (
    Filler,
    Policy,
    Product,
    RuleSet,
    Shells,
    Stamp,
    Vehicle,
)
from formulation.units import Quantity

TIPS = ("oral", "enfit", "enfit-low-dose")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Device:
    """A measuring device: capacity, graduation, and the least share of it that may be measured.

    `tip` is how it connects ("oral", "enfit", "enfit-low-dose", empty where not known),
    `dead_space` the volume that the connection displaces.
    """

    name: str = bare()
    kind: str = bare()
    tip: str = bare(needed=False)
    dead_space: Fact[Quantity] = amount("mL")
    capacity: Cited[Quantity] = amount("mL", needed=True)
    graduation: Cited[Quantity] = amount("mL", needed=True)
    least_share: Cited[Fraction] = number(needed=True)

    @property
    def grid(self) -> Grid:
        """Return the marks that a dose can be put on."""
        full = self.capacity.value
        return Grid(self.graduation.value, full * self.least_share.value, full)

    @property
    def assumed(self) -> bool:
        """Say whether any of its numbers is an assumption."""
        return self.capacity.assumed or self.graduation.assumed or self.least_share.assumed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BulkLot:
    """A lot of bulk drug powder with its certificate: assay, basis, loss on drying."""

    name: str = bare()
    substance: str = bare()
    assay: Fact[Fraction] = number()
    basis: str = bare()
    loss_on_drying: Fact[Fraction] = number()
    density: Fact[Quantity] = amount("g/mL")
    lot: str = bare(needed=False)
    expires: date | None = bare(needed=False, default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Parts:
    """Vehicles that are mixed here, by their ids, in whole parts as in "1:1"."""

    vehicles: tuple[str, ...] = bare()
    parts: str = bare()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Blend:
    """Vehicles mixed in parts, as the bench uses them."""

    vehicles: tuple[Vehicle, ...]
    parts: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Packing:
    """How a powder fills a shell: a density, or the mass weighed in one size (a statistic).

    `state` says bulk, tapped or tamped: powders in different states are never mixed. A statistic
    is of one lot; `count` capsules were packed, by whom and when.
    """

    item: str = bare()
    state: str = bare()
    density: Fact[Quantity] = amount("g/mL")
    size: str = bare(needed=False)
    mass: Fact[Quantity] = amount("mg")
    count: Fact[Fraction] = number()
    lot: str = bare(needed=False)
    made: date | None = bare(needed=False, default=None)
    operator: str = bare(needed=False)
    tamping: str = bare(needed=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Machine:
    """A capsule-filling machine: rows and columns of holes, and the sizes it has plates for."""

    name: str = bare()
    rows: Cited[Fraction] = number(needed=True)
    columns: Cited[Fraction] = number(needed=True)
    sizes: tuple[str, ...] = bare()

    @property
    def holes(self) -> int:
        """Return how many capsules one load holds."""
        return int(self.rows.value * self.columns.value)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Practice:
    """How capsules are filled and mixed by those who teach it: shares, counts, and sentences."""

    key: str
    name: str = bare()
    premix: Cited[Fraction] = number(needed=True)
    packed_least: Cited[Fraction] = number(needed=True)
    top_up: Fact[str] = text()
    top_up_when: Fact[str] = text()
    next_mass: Fact[str] = text()
    weight_first: Fact[str] = text()
    heavier_middle: Fact[str] = text()
    tamping: Fact[str] = text()
    blocking: Fact[str] = text()
    geometric: Fact[str] = text()
    dye_alone: Fact[str] = text()
    tracer: Fact[str] = text()
    positions: Fact[str] = text()
    body_only: Fact[str] = text()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StockPrice:
    """What one item costs here: dated, sourced, per unit and per purchase unit.

    `at_most` is the upper end where the price is a range. `shipped` says that it comes with the
    program, as an example, and not from a pharmacy.
    """

    item: str = bare()
    price: Cited[Quantity] = amount("USD", needed=True)
    per: Cited[Quantity] = amount("", needed=True)
    start: date | None = bare(needed=False, default=None)
    breakable: bool = bare(needed=False, default=False)
    at_most: Fact[Quantity] = amount("USD")
    shipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Setting:
    """The bench's own numbers for dispersions, liquids, and a dispersion made at home.

    `mark_error` is the most by which a dose drawn to a mark may differ from what is asked in a
    layout that the program proposes; `strongest` the most drug in a liquid that it proposes.
    """

    dispersion: Fact[Quantity] = amount("mL/cap|mL/tab")
    tablet_dispersion: Fact[Quantity] = amount("mL/tab")
    partial_volume: Fact[Quantity] = amount("mL/g")
    balance_step: Fact[Quantity] = amount("mg")
    weighing_tolerance: Fact[Fraction] = number()
    largest_mix: Fact[Quantity] = amount("g")
    mark_error: Fact[Fraction] = number()
    strongest: Fact[Quantity] = amount("mg/mL")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Bench:
    """Everything the plan may use.

    `formula_vehicles` are used in published formulas only, `ingredients` by name there too.
    """

    key: str
    name: str
    rules: RuleSet
    balance: Balance
    uniformity: Uniformity
    policy: Policy
    practice: Practice
    products: tuple[Product, ...] = ()
    bulk: tuple[BulkLot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    formula_vehicles: tuple[Vehicle, ...] = ()
    mixtures: tuple[Blend, ...] = ()
    ingredients: tuple[str, ...] = ()
    shells: tuple[Shells, ...] = ()
    fillers: tuple[Filler, ...] = ()
    devices: tuple[Device, ...] = ()
    packing: tuple[Packing, ...] = ()
    machines: tuple[Machine, ...] = ()
    prices: tuple[StockPrice, ...] = ()
    charges: Charges = Charges()
    setting: Setting = Setting()
    stamps: tuple[Stamp, ...] = ()
    teaching: bool = False

    def packing_of(self, item: str) -> Packing | None:
        """Return the packing density measured or assumed for a powder, or None."""
        own = (packing for packing in self.packing if packing.item == item)
        return next((packing for packing in own if isinstance(packing.density, Cited)), None)

    def statistics_of(self, item: str) -> tuple[Packing, ...]:
        """Return what was weighed of a powder packed into shells, the latest first."""
        own = [p for p in self.packing if p.item == item and isinstance(p.mass, Cited)]
        return tuple(sorted(own, key=lambda p: p.made or date.min, reverse=True))

    def filler(self, key: str) -> Filler | None:
        """Return a filler of the bench by its id, the first where none is named, or None."""
        found = [filler for filler in self.fillers if key in ("", filler.key)]
        return found[0] if found else None

    def price_of(self, item: str, day: date) -> StockPrice | None:
        """Return the latest price of an item in force on a day, or None where there is none."""
        dated = [price for price in self.prices if price.item == item]
        found = [price for price in dated if price.start is None or price.start <= day]
        return max(found, key=lambda p: p.start or date.min) if found else None

    def set_aside(self, item: str, day: date) -> StockPrice | None:
        """Return a price of an item without its day, where a dated one is in force and is used."""
        used = self.price_of(item, day)
        if used is None or used.start is None:
            return None
        undated = (p for p in self.prices if p.item == item and p.start is None)
        return next(undated, None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BenchFile:
    """A bench as its file spells it: ids of records, and the bench's own numbers."""

    name: str = bare()
    teaching: bool = bare(needed=False, default=False)
    rules: str = bare()
    balance: str = bare()
    balance_rule: str = bare(needed=False, default="sensitivity")
    products: tuple[str, ...] = bare(needed=False, default=())
    vehicles: tuple[str, ...] = bare(needed=False, default=())
    formula_vehicles: tuple[str, ...] = bare(needed=False, default=())
    ingredients: tuple[str, ...] = bare(needed=False, default=())
    shells: tuple[str, ...] = bare(needed=False, default=())
    fillers: tuple[str, ...] = bare(needed=False, default=())
    price_records: tuple[str, ...] = bare(needed=False, default=())
    setting: Setting | None = table(Setting)
    bulk: tuple[BulkLot, ...] = rows(BulkLot)
    devices: tuple[Device, ...] = rows(Device)
    mixtures: tuple[Parts, ...] = rows(Parts)
    packing: tuple[Packing, ...] = rows(Packing)
    machines: tuple[Machine, ...] = rows(Machine)
    prices: tuple[StockPrice, ...] = rows(StockPrice)
    labour: Labour | None = table(Labour)
    fees: tuple[Fee, ...] = rows(Fee)
    markup: Fact[Fraction] = number()
    tax: Tax | None = table(Tax)
    billing: str = bare(needed=False)
