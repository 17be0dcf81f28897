"""What the drug itself asks for: marketed liquids, hazard, control, and what a strength means."""

from __future__ import annotations

from formulation.cited import Cited, Unknown, known
from formulation.evidence_records import Liquid
from formulation.printing import show, show_exact, show_number
from formulation.records import Substance
from formulation.result import MassBalance
from formulation.trace import Finding


def marketed_liquids(substance: Substance) -> tuple[Finding, ...]:
    """Return the caution that an oral liquid is marketed, with each product.

    Where nobody has looked, that is said; "checked, none found" is silence.
    """
    named = substance.printed
    if substance.liquids:
        sold = "; ".join(_sold(one) for one in substance.liquids)
        day = f" (checked {when})" if (when := _checked(substance)) else ""
        what = f"Marketed as an oral liquid{day}: {sold}"
        fix = "dispense the product where it serves; mind its concentration"
        sources = tuple(dict.fromkeys(
            one.concentration.source for one in substance.liquids
            if isinstance(one.concentration, Cited)
        ))  # fmt: skip
        return (Finding("marketed-liquid", "caution", what, fix, sources=sources),)
    if isinstance(substance.liquids_checked, Unknown):
        what = f"Whether an oral liquid of {named} is marketed was not checked"
        fix = "look it up before compounding one"
        return (Finding("liquids-not-checked", "note", what, fix),)
    return ()


def _sold(one: Liquid) -> str:
    fact = one.concentration
    told = "concentration unknown" if isinstance(fact, Unknown) else show(fact.value)
    return f"{one.name}, {told}" + (f" ({one.note})" if one.note else "")


def _checked(substance: Substance) -> str:
    days = [one.concentration.checked for one in substance.liquids
            if isinstance(one.concentration, Cited) and one.concentration.checked]  # fmt: skip
    return str(max(days)) if days else ""


def hazardous(substance: Substance) -> tuple[Finding, ...]:
    """Return what a hazardous-drug list says: a caution where listed, else a note."""
    fact, named = substance.hazardous, substance.printed
    fix = "wear and vent as the list asks; open, crush and weigh nothing in the open"
    if isinstance(fact, Unknown):
        what = f"Whether {named} is on the NIOSH list of hazardous drugs is unknown"
        return (Finding("hazard-unknown", "note", what, "look it up in the current list"),)
    what = f"{named}, hazardous-drug list: {fact.value}"
    if fact.value.casefold().startswith("not listed"):
        fix = "a drug that is not listed is not thereby safe to handle"
        return (Finding("hazard-not-listed", "note", what, fix, sources=(fact.source,)),)
    return (Finding("hazardous", "caution", what, fix, sources=(fact.source,)),)


def expressed_as(substance: Substance) -> tuple[Finding, ...]:
    """Return the note on what a strength is expressed as, with the factor where it is known."""
    fact = substance.expressed_as
    if isinstance(fact, Unknown):
        return ()
    what = f"Strengths of {substance.printed} are expressed as {fact.value}"
    salt, base = known(substance.molar_mass), known(substance.base_molar_mass)
    if salt is not None and base is not None and salt != base:
        factor = show_number((salt / base).number())
        what += f"; 1 mg of base is {factor} mg of the salt, by molar mass"
    fix = "check what the prescriber meant, and convert neither twice nor never"
    return (Finding("strength-expressed-as", "note", what, fix, sources=(fact.source,)),)


def controlled(substance: Substance, balances: tuple[MassBalance, ...]) -> tuple[Finding, ...]:
    """Return the caution for a controlled drug, with the numbered lines for the inventory.

    >>> from formulation.drugs import read_substance
    >>> controlled(read_substance("cycloserine")[0], ())
    ()
    """
    fact = substance.controlled
    if isinstance(fact, Unknown) or not is_controlled(substance):
        return ()
    rows = enumerate(inventory(substance, balances), 1)
    lines = ", ".join(f"({place}) {words} {amount}" for place, (words, amount) in rows)
    what = f"Controlled, schedule {fact.value}. For the inventory: {lines}"
    fix = "enter each line with the actual amount, and witness what is discarded"
    return (Finding("controlled", "caution", what, fix, sources=(fact.source,)),)


def is_controlled(substance: Substance) -> bool:
    """Say whether a schedule is cited for a drug."""
    fact = substance.controlled
    return isinstance(fact, Cited) and not fact.value.casefold().startswith(("not ", "none"))


def inventory(
    substance: Substance, balances: tuple[MassBalance, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the lines that a controlled drug's inventory needs, each with what is planned."""
    return tuple(
        line
        for found in balances
        if found.substance == substance.name
        for line in (
            ("excess units", show_exact(found.extra)),
            ("loss", show_exact(found.loss)),
            ("retained", "none"),
            ("left over", show_exact(found.leftover)),
            ("discarded", show_exact(found.discarded)),
            ("taken from stock", show_exact(found.taken)),
        )
    )


def findings(
    substance: Substance, kind: str, balances: tuple[MassBalance, ...]
) -> tuple[Finding, ...]:
    """Return all of these for one route; nothing is compounded of what is given as supplied."""
    found = (*expressed_as(substance), *controlled(substance, balances))
    if kind == "as-supplied":
        return found
    return (*marketed_liquids(substance), *hazardous(substance), *found)
