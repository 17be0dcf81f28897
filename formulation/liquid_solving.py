"""Which numbers of a liquid follow from the others: c x v = D, units x claim = c x V, V / v doses.

Concentration and dose are as on the label: an overage or a surcharge (`richer`) makes the units
go further down, never the label. Exact; what contradicts is named as a pair, with the numbers of
both and what each would have to be (docs/method/liquids.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from formulation.errors import FormulationError
from formulation.printing import show
from formulation.trace import Working
from formulation.units import Quantity

WHERE = "the numbers of the liquid"
ONE_DOSE = Quantity(Fraction(1), "dose")


@dataclass(frozen=True, slots=True)
class Sums:
    """What is known of a liquid: the dose, what one unit holds, and what was asked or not.

    `doses` is how many it has to hold, with excess and extra ones; `whole` that nothing is weighed.
    """

    dose: Quantity
    doses: Fraction
    claim: Quantity | None = None
    richer: Fraction = Fraction(1)
    concentration: Quantity | None = None
    dose_volume: Quantity | None = None
    final_volume: Quantity | None = None
    units: Fraction | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Solved:
    """The numbers of a liquid, all of them; `final_volume` None where any that holds it will do.

    Without a claim, from weighed powder, there are no units.
    """

    concentration: Quantity
    dose_volume: Quantity
    final_volume: Quantity | None
    units: Fraction | None


def solve(asked: Sums, default: Quantity | None, working: Working) -> Solved:
    """Return the rest of a liquid's numbers from those that were asked; `default` is mg/mL.

    >>> dose = Quantity(Fraction(37), "mg")
    >>> found = solve(Sums(dose, Fraction(1), Quantity(Fraction(250), "mg"), units=Fraction(1),
    ...                    final_volume=Quantity(Fraction(50), "mL")), None, Working())
    >>> show(found.concentration), show(found.dose_volume)
    ('5 mg/mL', '7.4 mL')

    Raises `FormulationError` for a pair that contradicts.
    """
    _same_dose(asked)
    concentration = _concentration(asked, default, working)
    asked = replace(asked, concentration=concentration)
    volume = working.work(
        "dose volume", "dose / concentration", {"dose": asked.dose, "concentration": concentration},
        "what holds one dose",
    ).to("mL")  # fmt: skip
    asked = replace(asked, dose_volume=volume)
    _holds(asked, volume)
    if asked.claim is None or not asked.whole:
        final = asked.final_volume
        if final is None and asked.units is not None and asked.claim is not None:
            final = _final(asked, asked.units, working)
        units = None if asked.claim is None else _units(asked, final)
        return Solved(concentration, volume, final, units)
    units = _whole_units(asked, concentration, working)
    return Solved(concentration, volume, _final(asked, units, working), units)


def _concentration(asked: Sums, default: Quantity | None, working: Working) -> Quantity:
    """Return the concentration: as asked, from the dose's volume, from units in a volume."""
    if asked.concentration is not None:
        return asked.concentration
    if asked.dose_volume is not None:
        return working.work(
            "concentration", "dose / volume", {"dose": asked.dose, "volume": asked.dose_volume},
            "so that the dose has the volume asked for",
        ).to("mg/mL")  # fmt: skip
    if asked.final_volume is None or asked.claim is None or not asked.whole:
        if default is None:
            fix = 'add --concentration "25 mg/mL", --dose-volume "4 mL", or units and a volume'
            what = "nothing says how strong the liquid is to be"
            raise FormulationError("liquid-too-little", what, WHERE, fix)
        return default
    units = asked.units
    if units is None:
        units = Fraction(
            -int(-((asked.dose * asked.richer * asked.doses) / asked.claim).number() // 1)
        )
    return working.work(
        "concentration", "units * claim / (volume * richer)",
        {"units": units, "claim": asked.claim, "volume": asked.final_volume,
         "richer": asked.richer},
        "whole units in the final volume asked for",
    ).to("mg/mL")  # fmt: skip


def _same_dose(asked: Sums) -> None:
    """Refuse a concentration and a dose volume that make another dose."""
    c, v = asked.concentration, asked.dose_volume
    if c is None or v is None or c * v == asked.dose:
        return
    got, dose = (c * v).to("mg"), asked.dose
    _contradiction(
        f"{show(c)} and {show(v)} for a dose make {show(got)}, not {show(dose)}",
        f"with {show(c)} a dose is {show((dose / c).to('mL'))}; with {show(v)} it takes "
        f"{show((dose / v).to('mg/mL'))}",
    )


def _holds(asked: Sums, volume: Quantity) -> None:
    """Refuse a final volume, or units, that hold fewer doses than are asked."""
    if asked.final_volume is not None and asked.final_volume < volume * asked.doses:
        held = (asked.final_volume / volume).number()
        _contradiction(
            f"{show(asked.final_volume)} hold {show(Quantity(Fraction(held // 1), 'dose'))} of "
            f"{show(volume)}; {show(Quantity(asked.doses, 'dose'))} are asked, excess and extra "
            "doses in them",
            f"make at least {show(volume * asked.doses)}, or ask for at most "
            f"{show(Quantity(Fraction(held // 1), 'dose'))}",
        )
    if asked.units is None or asked.claim is None:
        return
    drug = (asked.claim * asked.units).to("mg")
    needed = (asked.dose * asked.richer * asked.doses).to("mg")
    if drug < needed:
        least = -int(-(needed / asked.claim).number() // 1)
        _contradiction(
            f"{asked.units} source units hold {show(drug)}; {show(Quantity(asked.doses, 'dose'))} "
            f"of {show(asked.dose)} take {show(needed)}",
            f"open at least {least}, or ask for at most "
            f"{(drug / (asked.dose * asked.richer)).number() // 1} doses",
        )


def _units(asked: Sums, final: Quantity | None) -> Fraction:
    """Return how many source units hold the drug of a weighed liquid, as asked or as needed."""
    assert asked.claim is not None  # noqa: S101  asked only where there is one
    assert asked.concentration is not None  # noqa: S101  worked out before
    drug = asked.dose * asked.doses if final is None else asked.concentration * final
    least = Fraction(-int(-((drug * asked.richer) / asked.claim).number() // 1))
    return max(least, asked.units or least)


def _whole_units(asked: Sums, concentration: Quantity, working: Working) -> Fraction:
    """Return the whole units: asked, what the volume takes, or the least for the doses."""
    assert asked.claim is not None  # noqa: S101  asked only where there is one
    if asked.final_volume is not None:
        exact = working.work(
            "source units in the volume", "concentration * volume * richer / claim",
            {"concentration": concentration, "volume": asked.final_volume,
             "richer": asked.richer, "claim": asked.claim},
            "the drug in the final volume",
        ).number()  # fmt: skip
        _whole(asked, concentration, exact)
        return exact
    if asked.units is not None:
        return asked.units
    return working.work(
        "source units", "ceil(dose * richer * doses / claim)",
        {"dose": asked.dose, "richer": asked.richer, "doses": asked.doses, "claim": asked.claim},
        "whole units: nothing is weighed",
    ).number()  # fmt: skip


def _whole(asked: Sums, concentration: Quantity, exact: Fraction) -> None:
    """Refuse units that do not agree with concentration and volume, or are not whole."""
    volume, claim = asked.final_volume, asked.claim
    assert volume is not None  # noqa: S101  asked only where both are known
    assert claim is not None  # noqa: S101
    if asked.units is not None and asked.units != exact:
        would = (claim * asked.units / concentration / asked.richer).to("mL")
        strong = (claim * asked.units / volume / asked.richer).to("mg/mL")
        _contradiction(
            f"{show(volume)} of {show(concentration)} take {show(exact)} source units, not "
            f"{asked.units}",
            f"with {asked.units} make it {show(would)}, or {show(strong)} in {show(volume)}",
        )
    if exact.denominator != 1:
        ways = []
        for units in (exact // 1, exact // 1 + 1):
            if units:
                would = (claim * units / concentration / asked.richer).to("mL")
                strong = (claim * units / volume / asked.richer).to("mg/mL")
                ways.append(f"{units}: {show(would)} of {show(concentration)}, or {show(strong)} "
                            f"in {show(volume)}")  # fmt: skip
        _contradiction(
            f"{show(volume)} of {show(concentration)} take {show(exact)} source units: not whole",
            f"with {'; with '.join(ways)}; or --mode weighed",
        )


def _final(asked: Sums, units: Fraction, working: Working) -> Quantity:
    if asked.final_volume is not None:
        return asked.final_volume
    assert asked.claim is not None  # noqa: S101  asked only where there is one
    assert asked.concentration is not None  # noqa: S101  worked out before
    return working.work(
        "final volume", "units * claim / (concentration * richer)",
        {"units": units, "claim": asked.claim, "concentration": asked.concentration,
         "richer": asked.richer},
        "all of the drug at this concentration",
    ).to("mL")  # fmt: skip


def _contradiction(what: str, fix: str) -> None:
    raise FormulationError("liquid-contradiction", what, WHERE, fix)
