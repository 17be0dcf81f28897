"""From a bench file to the bench: every record it names, read, typed and stamped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from formulation import catalog
from formulation.apparatus import Balance, MinimumWeight
from formulation.bench import (
    TIPS,
    Bench,
    BenchFile,
    Blend,
    Device,
    Machine,
    Practice,
    Setting,
    StockPrice,
)
from formulation.charge_intake import checked_charges, checked_prices
from formulation.check_records import Uniformity
from formulation.cited import Unknown
from formulation.errors import FormulationError, quote
from formulation.grammar import in_parts
from formulation.plates import MOST_COLUMNS, MOST_ROWS
from formulation.printing import show_number
from formulation.reading import read_record
from formulation.records import (
    Filler,
    Policy,
    Price,
    Product,
    RuleSet,
    Shells,
    Stamp,
    Vehicle,
)

R = TypeVar("R")
TEACHING = "teaching"
BALANCE_RULES = ("sensitivity", "usp41")


class _Shelf:
    """Loads records and keeps their stamps."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.stamps: list[Stamp] = []

    def one(self, cls: type[R], folder: str, key: object) -> R:
        try:
            if not isinstance(key, str):
                what = f"{folder} are named by their ids, in quotes"
                raise FormulationError("record-wrong-type", what, fix='write ids: ["water"]')
            record, stamp = catalog.load(cls, folder, key)
        except FormulationError as error:
            raise error.at(self.where) from None
        self.stamps.append(stamp)
        return record

    def all(self, cls: type[R], folder: str, keys: object) -> tuple[R, ...]:
        if not isinstance(keys, tuple):
            what = f"{folder} are a list of ids"
            fix = 'write them as ["one", "two"]'
            raise FormulationError("record-wrong-type", what, self.where, fix)
        return tuple(self.one(cls, folder, key) for key in keys)


def _plate(machine: Machine, where: str) -> None:
    """Refuse a machine whose plate is not so many whole rows of so many whole columns."""
    for key, most in (("rows", MOST_ROWS), ("columns", MOST_COLUMNS)):
        found = (machine.rows if key == "rows" else machine.columns).value
        if found.denominator != 1 or not 1 <= found <= most:
            what = f"{quote(machine.name)} has {show_number(found)} {key}"
            at, fix = f"{where}, [[machines]], key {key}", f"give a whole number from 1 to {most}"
            raise FormulationError("machine-plate", what, at, fix)


def _tip(device: Device, where: str) -> None:
    """Refuse a tip that no rule knows: it would be taken for one without a caution."""
    if device.tip and device.tip not in TIPS:
        what = f"{quote(device.name)} has a tip {quote(device.tip)}"
        at, fix = (
            f"{where}, [[devices]], key tip",
            f"use one of: {', '.join(TIPS)}, or leave it out",
        )
        raise FormulationError("device-tip", what, at, fix)


def _apparatus(file: BenchFile, where: str) -> None:
    """Refuse a machine or a device that cannot be."""
    for machine in file.machines:
        _plate(machine, where)
    for device in file.devices:
        _tip(device, where)


def _blends(file: BenchFile, shelf: tuple[Vehicle, ...], where: str) -> tuple[Blend, ...]:
    """Return the vehicles that are mixed here; refuse one that is not on the bench, and odd parts.

    A vehicle kept for published formulas only is not read for a drug without one: its mixture is
    left out then.
    """
    found, on_it = [], {vehicle.key: vehicle for vehicle in shelf}
    for place, row in enumerate(file.mixtures, 1):
        at = f"{where}, [[mixtures]] number {place}"
        gone = [key for key in row.vehicles if key not in (*file.vehicles, *file.formula_vehicles)]
        if gone or not in_parts(row.parts, len(row.vehicles)):
            what = f"not on this bench: {', '.join(gone)}" if gone else (
                f"parts {quote(row.parts)} for {len(row.vehicles)} vehicles")  # fmt: skip
            fix = 'as in vehicles = ["ora-plus", "ora-sweet"], parts = "1:1"'
            raise FormulationError("mixture-parts", what, at, fix)
        if all(key in on_it for key in row.vehicles):
            found.append(Blend(tuple(on_it[key] for key in row.vehicles), row.parts))
    return tuple(found)


def _path(name: str) -> tuple[Path, str]:
    if name.endswith(".toml") or "/" in name:
        return Path(name), quote(name, 200)
    path = catalog.find("benches", name)
    if path is None:
        known = ", ".join(catalog.keys("benches"))
        what = f"no bench named {quote(name)}"
        raise FormulationError("bench-not-found", what, fix=f"use one of: {known}, or a file")
    return path, f"benches/{path.name}"


def checked_rule(rule: str, where: str) -> str:
    """Return the name of a balance rule; refuse one that is not known."""
    if rule not in BALANCE_RULES:
        what = f"no balance rule named {quote(rule)}"
        fix = f"name one of: {', '.join(BALANCE_RULES)}"
        raise FormulationError("balance-rule-unknown", what, where, fix)
    return rule


def _balance(shelf: _Shelf, file: BenchFile, setting: Setting) -> Balance:
    """Return the bench's balance with its one rule; the step that it shows is its readability."""
    rule = checked_rule(file.balance_rule, f"{shelf.where}, key balance_rule")
    balance = shelf.one(Balance, "balances", file.balance)
    shown = balance.readability
    if isinstance(shown, Unknown):
        shown = setting.balance_step
    minimum = shelf.one(MinimumWeight, "weighing", "usp41")
    return replace(balance, rule=rule, readability=shown, minimum=minimum)


def _of_another(key: object, drug: str) -> bool:
    """Say whether a product's id begins with the name of another drug of the catalog."""
    if not drug or not isinstance(key, str) or key.startswith(f"{drug}-"):
        return False
    return any(key.startswith(f"{other}-") for other in catalog.keys("substances") if other != drug)


def read_bench(name: str = TEACHING, drug: str = "") -> Bench:
    """Return the bench of a name or a file, its records loaded: for one drug, only what is of it.

    >>> read_bench().name
    'teaching bench'

    Raises `FormulationError` with the file and key where a record is missing or wrong.
    """
    path, where = _path(name)
    table, digest = catalog.read_toml(path, "the bench file")
    if "beyond_use" in table:
        what = "a bench cannot assign a beyond-use date"
        fix = "put [beyond_use] into the one prescription that it is for"
        raise FormulationError("bench-assigns-date", what, where, fix)
    file = read_record(BenchFile, table, where)
    _apparatus(file, where)
    shelf = _Shelf(where)
    own = path.parent != catalog.shipped("benches")
    shelf.stamps.append(catalog.stamp(f"benches/{path.stem}", table, digest, own))
    setting = file.setting or Setting()
    vehicles = shelf.all(Vehicle, "vehicles", file.vehicles)
    kept_for = shelf.all(Vehicle, "vehicles", _for_formulas(file, drug))
    return Bench(
        key=path.stem,
        name=file.name,
        teaching=file.teaching,
        rules=shelf.one(RuleSet, "rules", file.rules),
        balance=_balance(shelf, file, setting),
        uniformity=shelf.one(Uniformity, "uniformity", "usp905"),
        practice=shelf.one(Practice, "practices", "capsules"),
        policy=shelf.one(Policy, "policies", "fda-503a"),
        products=shelf.all(Product, "products", _wanted(file.products, drug)),
        vehicles=vehicles,
        formula_vehicles=kept_for,
        mixtures=_blends(file, (*vehicles, *kept_for), where),
        ingredients=file.ingredients,
        shells=shelf.all(Shells, "shells", file.shells),
        fillers=shelf.all(Filler, "fillers", file.fillers),
        bulk=file.bulk,
        devices=file.devices,
        packing=file.packing,
        machines=file.machines,
        prices=checked_prices(_prices(shelf, file), where),
        charges=checked_charges(file, where),
        setting=setting,
        stamps=tuple(shelf.stamps),
    )


def _for_formulas(file: BenchFile, drug: str) -> object:
    """Return the ids of vehicles kept for published formulas: none for a drug that has no record.

    Reading them takes time, and no route of such a drug could use one.
    """
    studied = not drug or any(key.startswith(f"{drug}-") for key in catalog.keys("evidence"))
    return file.formula_vehicles if studied else ()


def _wanted(products: object, drug: str) -> object:
    """Return the ids of products that may be of a drug; what is no list is left to be refused."""
    if not isinstance(products, tuple):
        return products
    return tuple(key for key in products if not _of_another(key, drug))


def _prices(shelf: _Shelf, file: BenchFile) -> tuple[StockPrice, ...]:
    """Return the bench's own prices, then those of its records, each with whose it is."""
    records = shelf.all(Price, "prices", file.price_records)
    own = {stamp.key for stamp in shelf.stamps if stamp.own}
    return (*file.prices, *(
        StockPrice(item=price.item, price=entry.price, per=entry.per, start=entry.start,
                   shipped=f"prices/{price.key}" not in own)
        for price in records for entry in price.entries
    ))  # fmt: skip
