"""How is it kept: refrigerated, at room temperature, frozen, in words or in degrees."""

from __future__ import annotations

from formulation.cited import known
from formulation.evidence_records import Condition
from formulation.units import Quantity

WARMEST_COLD, COOLEST_ROOM, WARMEST_ROOM = 8, 15, 30
_CLASSES = (("refrigerated", ("refriger", "fridge", "cold")), ("frozen", ("freez", "frozen")),
            ("room", ("room", "ambient")))  # fmt: skip


def storage_class(words: str, celsius: Quantity | None = None) -> str:
    """Return "refrigerated", "room" or "frozen" for a storage in words or degrees, else "".

    >>> storage_class("refrigerator, unless such storage affects it"), storage_class("40 degC")
    ('refrigerated', '')
    """
    text = words.casefold()
    found = [name for name, signs in _CLASSES if any(sign in text for sign in signs)]
    if len(found) == 1:
        return found[0]
    if found or celsius is None:
        return ""
    degrees = celsius.number()
    if degrees <= WARMEST_COLD:
        return "refrigerated" if degrees > 0 else "frozen"
    return "room" if COOLEST_ROOM <= degrees <= WARMEST_ROOM else ""


def class_of(condition: Condition) -> str:
    """Return the storage class of one condition of a study, by its words or its degrees."""
    celsius = known(condition.celsius)
    return storage_class(condition.storage, celsius.high if celsius is not None else None)


def kept_at(condition: Condition) -> str:
    """Return how one condition of a study was kept, in words for a label."""
    return "room temperature" if condition.storage == "room" else condition.storage
