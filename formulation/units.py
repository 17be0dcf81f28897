"""How much, of what: exact amounts whose units cannot be mixed up.

`Quantity` is an exact fraction with a unit; pint decides what a unit means and how units
combine. This is the only module that imports pint. The registry is our own (`units.txt`),
so that `MG` is not a megagauss and a capsule is not a dimensionless one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from formulation.errors import FormulationError

if TYPE_CHECKING:
    import pint

Number = Fraction | int


_WITHOUT_ARRAYS: list[bool] = []


def without_arrays() -> None:
    """Let pint, when it is first needed, be loaded without numpy.

    For a program that owns its process, as ours does: exact amounts need no arrays, and pint finds
    numpy only to support arrays of its own. Where numpy is loaded already nothing is changed, and
    whoever imports numpy later gets it.
    """
    _WITHOUT_ARRAYS.append(True)


def _pint() -> Any:
    lone = bool(_WITHOUT_ARRAYS) and not {"numpy", "pint"} & set(sys.modules)
    if lone:
        sys.modules["numpy"] = None  # type: ignore[assignment]  # pint then does without
    try:
        import pint  # noqa: PLC0415  a fifth of a second that --help must not pay
    finally:
        if lone:
            del sys.modules["numpy"]
    return pint


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[Any]:
    text = resources.files("formulation").joinpath("units.txt").read_text(encoding="utf-8")
    found: pint.UnitRegistry[Any] = _pint().UnitRegistry(
        text.splitlines(), non_int_type=Fraction, cache_folder=None
    )
    return found


@lru_cache(maxsize=512)
def _unit(text: str) -> Any:
    return _registry().Unit(text.replace("·", "*")) if text else _registry().Unit("")


def _spell(items: Iterable[tuple[str, Any]]) -> str:
    over: list[str] = []
    under: list[str] = []
    for name, power in sorted(items):
        (over if power > 0 else under).extend([name] * abs(int(power)))
    head = "·".join(over)
    return "/".join([head or "1", *under]) if under else head


@lru_cache(maxsize=2048)
def _combined(left: str, right: str, divide: bool) -> tuple[str, Fraction]:
    ureg = _registry()
    one = Fraction(1)
    a, b = ureg.Quantity(one, _unit(left)), ureg.Quantity(one, _unit(right))
    result = (a / b if divide else a * b).to_reduced_units()
    return _spell(result.unit_items()), Fraction(result.magnitude)


@lru_cache(maxsize=2048)
def factor(unit: str, other: str) -> Fraction:
    """Return how many `other` are in one `unit`, exactly.

    >>> factor("g", "mg")
    Fraction(1000, 1)

    Raises `FormulationError` where the two measure different things.
    """
    if unit == other:
        return Fraction(1)
    ours, theirs = _unit(unit), _unit(other)
    if ours.dimensionality != theirs.dimensionality:
        raise FormulationError(
            "units-do-not-match",
            f"{unit or 'a pure number'} and {other or 'a pure number'} measure different things",
            fix="give both in units of the same kind, for example mg and g",
        )
    return Fraction(_registry().Quantity(Fraction(1), ours).to(theirs).magnitude)


@lru_cache(maxsize=512)
def same_kind(unit: str, other: str) -> bool:
    """Say whether two units measure the same thing.

    >>> same_kind("mg", "g"), same_kind("kg", "kg_bw"), same_kind("cap", "tab")
    (True, False, False)
    """
    return bool(_unit(unit).dimensionality == _unit(other).dimensionality)


@lru_cache(maxsize=512)
def known(unit: str) -> bool:
    """Say whether a symbol is a unit here.

    >>> known("mg"), known("furlong")
    (True, False)
    """
    return unit in _registry()


@lru_cache(maxsize=512)
def _base(unit: str) -> tuple[Fraction, str]:
    root = _registry().Quantity(Fraction(1), _unit(unit)).to_base_units()
    return Fraction(root.magnitude), _spell(root.unit_items())


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An exact amount: a fraction and its unit (``""`` for a pure number).

    >>> Quantity(30, "cap") * Quantity(100, "mg/cap") == Quantity(3, "g")
    True
    >>> (Quantity(250, "mg") / Quantity(10, "mL")).to("mg/mL").magnitude
    Fraction(25, 1)
    """

    magnitude: Fraction
    unit: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.magnitude, float):
            raise TypeError("a float is not exact: build quantities from int, str or Fraction")
        object.__setattr__(self, "magnitude", Fraction(self.magnitude))

    def to(self, unit: str) -> Quantity:
        """Return the same amount in `unit`."""
        return Quantity(self.magnitude * factor(self.unit, unit), unit)

    def number(self, unit: str = "") -> Fraction:
        """Return the magnitude in `unit` as a plain fraction."""
        return self.magnitude * factor(self.unit, unit)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.magnitude + other.number(self.unit), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.magnitude - other.number(self.unit), self.unit)

    def __mul__(self, other: Quantity | Number) -> Quantity:
        if not isinstance(other, Quantity):
            return Quantity(self.magnitude * other, self.unit)
        unit, times = _combined(self.unit, other.unit, False)
        return Quantity(self.magnitude * other.magnitude * times, unit)

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | Number) -> Quantity:
        if isinstance(other, float):
            raise TypeError("a float is not exact: divide by int or Fraction")
        if not isinstance(other, Quantity):
            return Quantity(self.magnitude / other, self.unit)
        unit, times = _combined(self.unit, other.unit, True)
        return Quantity(self.magnitude / other.magnitude * times, unit)

    def __neg__(self) -> Quantity:
        return Quantity(-self.magnitude, self.unit)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        if not same_kind(self.unit, other.unit):
            return False
        return self.magnitude == other.number(self.unit)

    def __hash__(self) -> int:
        times, unit = _base(self.unit)
        return hash((self.magnitude * times, unit))

    def __lt__(self, other: Quantity) -> bool:
        return self.magnitude < other.number(self.unit)

    def __le__(self, other: Quantity) -> bool:
        return self.magnitude <= other.number(self.unit)

    def __gt__(self, other: Quantity) -> bool:
        return self.magnitude > other.number(self.unit)

    def __ge__(self, other: Quantity) -> bool:
        return self.magnitude >= other.number(self.unit)

    def __bool__(self) -> bool:
        return self.magnitude != 0


def per(quantity: Quantity, unit: str) -> Quantity:
    """Return `quantity` for each one of `unit`: 100 mg per capsule from 100 mg.

    >>> per(Quantity(100, "mg"), "cap").unit
    'mg/cap'
    """
    return quantity / Quantity(Fraction(1), unit)


def total(quantities: Iterable[Quantity], unit: str) -> Quantity:
    """Return the exact sum in `unit`; of nothing, zero of it."""
    result = Quantity(Fraction(0), unit)
    for quantity in quantities:
        result = result + quantity
    return result
