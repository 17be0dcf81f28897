"""How capsules are to be made: the weighed pool, the certificate, the filling, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, get_args

from formulation.bench import Bench
from formulation.errors import FormulationError, nearest, quote
from formulation.grammar import DOSE, MASS, read_quantity, read_share
from formulation.keys import at_key, check_keys, need, share, whole
from formulation.potency import BASES
from formulation.prescription import Also, Certificate, Glidant, Happened, Making, Pool
from formulation.printing import show, show_share
from formulation.result import Method
from formulation.units import Quantity, total

MOST_OPENED = 10_000
MODES = ("spread", "fixed")
METHODS: tuple[str, ...] = get_args(Method)
KEYS: dict[str, tuple[type, str]] = {
    "mode": (str, '"spread" or "fixed"'),
    "method": (str, '"whole-unit", "packing" or "top-up"'),
    "size": (str, 'a shell size in quotes: "3"'),
    "shell": (str, 'a material or a table of shells in quotes: "gelatin"'),
    "filler": (str, "the id of a filler on the bench, in quotes"),
    "machine": (str, "the name of a machine on the bench, in quotes"),
    "least_filler": (str, 'a share of the fill in quotes: "10 %"'),
    "glidant": (dict, "a table: [glidant]"),
    "certificate": (dict, "a table: [certificate]"),
    "lots": (dict, "a table: [lots]"),
    "also": (list, "tables: [[also]]"),
    "actual": (list, 'a list: ["short by 0.4 g"]'),
    "formula": (str, "the number of the master formula, in quotes"),
    "formula_version": (str, "its version, in quotes"),
    "pool": (dict, "a table: [pool]"),
}


def _one_of(table: Mapping[str, Any], key: str, known: tuple[str, ...], where: str) -> str:
    """Return a word that is one of those known, empty where none is given."""
    word = str(table.get(key, ""))
    if not word or word in known:
        return word
    near = nearest(word, known)
    fix = f"did you mean {near}?" if near else f"use one of: {', '.join(known) or 'none here'}"
    what = f"{key} says {quote(word)}, which is not here"
    raise FormulationError("making-not-here", what, f"{where}, key {key}", fix)


def _weighings(raw: Mapping[str, Any], at: str) -> tuple[Quantity, ...]:
    """Return the net contents that were weighed one by one."""
    found = []
    for place, text in enumerate(raw.get("weighings", ()), 1):
        if not isinstance(text, str):
            what = f"weighing {place} is not an amount in quotes"
            fix = 'write weighings = ["324 mg", "321 mg"]'
            raise FormulationError("file-wrong-type", what, f"{at}, key weighings", fix)
        found.append(at_key(at, f"weighings, number {place}", read_quantity, text, MASS))
    return tuple(found)


def read_pool(table: Mapping[str, Any], bench: Bench, where: str) -> Pool | None:
    """Return what was weighed of the opened units, or None where nothing was."""
    if "pool" not in table:
        return None
    at, raw = f"{where}, table [pool]", table["pool"]
    keys: dict[str, tuple[type, str]] = {
        "net": (str, 'the net powder weighed, in quotes: "1.62 g"'),
        "opened": (int, "how many units it came from: 5"),
        "product": (str, "the id of the source product, in quotes"),
        "weighings": (list, 'the net content of single units: ["324 mg", "321 mg"]'),
    }
    check_keys(raw, keys, at)
    need(raw, "opened", keys["opened"][1], at)
    opened, singles = whole(raw, "opened", 1, MOST_OPENED, at), _weighings(raw, at)
    if len(singles) > opened:
        what = f"{len(singles)} weighings of {opened} opened units"
        fix = "weigh each unit once, or correct opened"
        raise FormulationError("pool-weighings", what, at, fix)
    if "net" in raw or len(singles) < opened:
        text = need(raw, "net", keys["net"][1], at)
        net = at_key(at, "net", read_quantity, text, MASS)
    else:
        net = total(singles, "g")
        text = show(net)
    product = str(raw.get("product", ""))
    if product and product not in {p.key for p in bench.products}:
        what = f"[pool] names {quote(product)}, which is not on the bench"
        known = ", ".join(p.key for p in bench.products)
        raise FormulationError("pool-unknown-product", what, at, f"use one of: {known}")
    return Pool(net, opened, text, product, singles)


def _assay(raw: Mapping[str, Any], basis: str, at: str) -> Fraction:
    """Return the assay, within what can be: no powder is more than 110 % of a drug."""
    assay: Fraction = at_key(at, "assay", read_share, raw["assay"])
    low, high = (Fraction(1, 2), Fraction(2)) if basis == "claim" else (0, Fraction(11, 10))
    if not low < assay <= high:
        most = "200 %" if basis == "claim" else "110 %"
        least = "50 %" if basis == "claim" else "0 %"
        what = f"an assay of {quote(raw['assay'])} ({basis}) cannot be used"
        fix = f"give the certificate's figure, above {least} and up to {most}"
        raise FormulationError("certificate-assay", what, f"{at}, key assay", fix)
    return assay


def _certificate(table: Mapping[str, Any], pool: Pool | None, where: str) -> Certificate | None:
    if "certificate" not in table:
        return None
    at, raw = f"{where}, table [certificate]", table["certificate"]
    keys: dict[str, tuple[type, str]] = {
        "assay": (str, 'a share in quotes: "98.5 %"'),
        "basis": (str, '"claim", "as-is", "dried" or "anhydrous"'),
        "water": (str, 'water or loss on drying in quotes: "0.8 %"'),
        "lot": (str, "the lot it is for, in quotes"),
    }
    check_keys(raw, keys, at)
    need(raw, "assay", keys["assay"][1], at)
    need(raw, "basis", keys["basis"][1], at)
    basis = _one_of(raw, "basis", ("claim", *BASES), at)
    assay, wet = _assay(raw, basis, at), basis in ("dried", "anhydrous")
    if wet != ("water" in raw):
        what = f"an assay on the {basis} basis " + ("needs" if wet else "takes no") + " water"
        fix = 'add water = "0.8 %"' if wet else "leave water out: it would be corrected twice"
        raise FormulationError("certificate-water", what, at, fix)
    if basis != "claim" and pool is None:
        what = "an assay by weight holds for weighed powder, and no pool is weighed"
        fix = 'give [pool] net = "1.62 g", opened = 5, or the assay as a share of claim'
        raise FormulationError("certificate-no-pool", what, at, fix)
    water = share(raw, "water", at) if wet else None
    return Certificate(assay, basis, str(raw["assay"]), water, str(raw.get("lot", "")))


def _glidant(table: Mapping[str, Any], bench: Bench, where: str) -> Glidant | None:
    if "glidant" not in table:
        return None
    at, raw = f"{where}, table [glidant]", table["glidant"]
    keys: dict[str, tuple[type, str]] = {
        "item": (str, "the id of a filler on the bench, in quotes"),
        "share": (str, 'a share of the fill in quotes: "0.5 %"'),
    }
    check_keys(raw, keys, at)
    for key, (_, words) in keys.items():
        need(raw, key, words, at)
    item = _one_of(raw, "item", tuple(filler.key for filler in bench.fillers), at)
    part, least = share(raw, "share", at), share(table, "least_filler", where)
    if part + least >= 1:
        what = f"glidant {show_share(part)} and least_filler {show_share(least)} leave no powder"
        fix = 'a glidant is a small share: type it as in "0.5 %"'
        raise FormulationError("share-too-large", what, f"{at}, key share", fix)
    return Glidant(item, part)


def _lots(table: Mapping[str, Any], where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the lots in use: a word, or a list of words where several are mixed."""
    found = []
    for key, value in table.get("lots", {}).items():
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            what = f"the lot of {quote(key)} is not a word in quotes"
            fix = f'write {key} = "A12", or ["A12", "B07"]'
            raise FormulationError("file-wrong-type", what, f"{where}, table [lots]", fix)
        found.append((key, tuple(several)))
    return tuple(found)


def _also(table: Mapping[str, Any], bench: Bench, where: str) -> tuple[Also, ...]:
    found: list[Also] = []
    for place, raw in enumerate(table.get("also", ()), 1):
        at = f"{where}, [[also]] number {place}"
        keys: dict[str, tuple[type, str]] = {
            "lot": (str, "the name of a bulk lot on the bench, in quotes"),
            "dose": (str, 'an amount in quotes: "5 mg"'),
        }
        check_keys(raw, keys, at)
        for key, (_, words) in keys.items():
            need(raw, key, words, at)
        lot = _one_of(raw, "lot", tuple(lot.name for lot in bench.bulk), at)
        _not_twice(table, bench, lot, found, at)
        found.append(Also(lot, at_key(at, "dose", read_quantity, raw["dose"], DOSE)))
    return tuple(found)


def _not_twice(
    table: Mapping[str, Any], bench: Bench, lot: str, before: list[Also], where: str
) -> None:
    """Refuse a further active that is the drug itself, or one that stands there already."""
    drugs = {one.name: one.substance for one in bench.bulk}
    taken = [str(table.get("substance", "")).strip().casefold(), *(drugs[a.lot] for a in before)]
    if drugs[lot] in taken:
        what = f"[[also]] adds {drugs[lot]} to capsules that hold it already"
        fix = "give the whole amount as the dose; [[also]] is for another drug"
        raise FormulationError("also-same-drug", what, f"{where}, key lot", fix)


def read_happened(text: object, where: str) -> Happened:
    """Return what happened at the machine, typed as "short by 0.4 g" or "left 0.1 g".

    >>> read_happened("short by 0.4 g", "the command line").mass.magnitude
    Fraction(2, 5)
    """
    words = text.split() if isinstance(text, str) else []
    if not words or words[0] not in ("short", "left"):
        what = f"{quote(str(text))} does not say what happened"
        fix = 'type "short by 0.4 g" (bodies not full) or "left 0.1 g" (powder left over)'
        raise FormulationError("actual-not-read", what, where, fix)
    rest = " ".join(words[2:] if words[1:2] in (["by"], ["over"]) else words[1:])
    mass = at_key(where, "actual", read_quantity, rest, MASS)
    return Happened("short" if words[0] == "short" else "left", mass, str(text))


def read_making(table: Mapping[str, Any], bench: Bench, pool: Pool | None, where: str) -> Making:
    """Return how the capsules are to be made; each refusal names its key."""
    tables = tuple(shells.key for shells in bench.shells)
    materials = tuple(s.material.value for s in bench.shells if hasattr(s.material, "value"))
    mode = _one_of(table, "mode", MODES, where)
    return Making(
        mode="fixed" if mode == "fixed" else "spread",
        method=_one_of(table, "method", METHODS, where),
        size=_one_of(table, "size", _sizes(bench), where),
        shell=_one_of(table, "shell", tuple(dict.fromkeys((*materials, *tables))), where),
        filler=_one_of(table, "filler", tuple(f.key for f in bench.fillers), where),
        machine=_one_of(table, "machine", tuple(m.name for m in bench.machines), where),
        least_filler=share(table, "least_filler", where),
        glidant=_glidant(table, bench, where),
        certificate=_certificate(table, pool, where),
        lots=_lots(table, where),
        also=_also(table, bench, where),
        formula=str(table.get("formula", "")),
        formula_version=str(table.get("formula_version", "")),
        actual=tuple(read_happened(text, where) for text in table.get("actual", ())),
    )


def _sizes(bench: Bench) -> tuple[str, ...]:
    every = (one.size for shells in bench.shells for one in shells.sizes)
    return tuple(dict.fromkeys(every))
