"""What is said and needed of a kept liquid: how it is made up, its dilutions, what is used up."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from formulation.assembly import Case
from formulation.batch import Made
from formulation.liquids import Mixture
from formulation.measurable import Snapped
from formulation.printing import show, show_error
from formulation.recipes import Recipe
from formulation.result import Action, Measure, Need
from formulation.solubility import dissolved
from formulation.trace import Finding
from formulation.units import Quantity

if TYPE_CHECKING:
    from formulation.liquid_chain import Chain


def bottle_needs(
    first: tuple[Need, ...], recipe: Recipe, volume: Quantity, syringe: str, links: Chain | None
) -> tuple[Need, ...]:
    """Return what is used up: what holds the drug, each vehicle at most, what else, the bottle.

    A dilution in between uses vehicle for its stocks too.
    """
    for dip in links.stages if links is not None else ():
        volume = volume + dip.made
    return (
        *first,
        *(Need(vehicle.key, vehicle.name, volume * share)
          for vehicle, share in zip(recipe.vehicles, recipe.shares, strict=True)),
        *(Need(one.name, one.name, one.for_batch(volume)) for one in recipe.others),
        Need("bottle", "container", Quantity(Fraction(1), "each")),
        Need(syringe.replace(" ", "-"), syringe, Quantity(Fraction(1), "each")),
    )  # fmt: skip


def parts_text(recipe: Recipe, volume: Quantity) -> str:
    """Return the vehicles in words, several with the volume of each: at most, then to the mark."""
    if len(recipe.vehicles) < 2:
        return recipe.named
    each = ", ".join(show(volume * share) for share in recipe.shares)
    return f"{recipe.named} ({each} at most)"


def action_making(recipe: Recipe, volume: Quantity, strength: Quantity) -> Action:
    """Return how it is made up, with the strength on the label."""
    text = f"up to {show(volume)} with {parts_text(recipe, volume)}, rinses included: "
    return Action("make", text + show(strength))


def asked_short(
    case: Case, made: Made, taken: Quantity, each: Quantity | None
) -> tuple[Finding, ...]:
    """Return the stop for a liquid that was asked for and holds fewer doses than prescribed.

    `each` is the final volume of one source unit, None where powder is weighed. A loss has its own
    caution, which names the excess that restores the doses.
    """
    doses = case.prescription.doses
    if made.made.expected >= doses or case.allowance.loss:
        return ()
    what = f"It holds {show(made.made.expected)} of {show(taken)}; {show(doses)} are prescribed"
    least = taken * doses.magnitude
    fix = f"make at least {show(least)} at this concentration"
    if each is not None:
        exact = least / each
        units = Quantity(Fraction(-int(-exact.magnitude // 1)), exact.unit)
        fix = f"open at least {show(units)} at this concentration: {show(each * units)}"
    return (Finding("doses-short", "stop", what, fix, doses, made.made.expected),)


def no_stock(case: Case, recipe: Recipe, links: Chain | None) -> tuple[Finding, ...]:
    """Return the caution that a stock was asked for and none is made."""
    if not case.prescription.liquid.stock or links is not None:
        return ()
    why, fix = "no marks of this bench give one", "put a finer pipette or graduate on the bench"
    if recipe.published is not None:
        why = "a published formula is never diluted"
        fix = "ask for a vehicle's own liquid with --route"
    elif recipe.layout is not None:
        why = "numbers of the liquid are asked, and a stock has its own"
        fix = "leave concentration, volumes, units and mode open"
    what = f"A stock was asked for, and none is made: {why}"
    return (Finding("stock-not-made", "caution", what, fix),)


def chain_actions(
    case: Case, recipe: Recipe, mixture: Mixture, links: Chain
) -> tuple[tuple[Action, ...], Action, tuple[Measure, ...], tuple[Finding, ...]]:
    """Return the stock and what is taken of it, the last making up, the measures, what is found."""
    held = mixture.drug / links.share
    actions, measures, clear = [], [], True
    for number, dip in enumerate(links.stages, 1):
        strong = (held / dip.made).to("mg/mL")
        clear &= dissolved(case.substance, recipe.vehicles, strong, True).state == "solution"
        name = "stock" if number == 1 else f"stock {number}"
        actions += [
            Action(name, f"up to {show(dip.made)} in the {dip.vessel} with "
                         f"{parts_text(recipe, dip.made)}, rinses included: {show(strong)}"),
            Action("take", f"{show(dip.taken)} of it with the {dip.measure}, shaken just before; "
                           "discard the rest"),
        ]  # fmt: skip
        measures += [
            _exactly(name, dip.made, dip.vessel),
            _exactly(f"part of {name}", dip.taken, dip.measure),
        ]
        held = held * (dip.taken / dip.made).number()
    strength = mixture.concentration / case.richer
    making = Action("make", f"what was taken up to {show(links.volume)} in the {links.vessel} with "
                    f"{parts_text(recipe, links.volume)}: {show(strength)}")  # fmt: skip
    return tuple(actions), making, tuple(measures), tuple(_of_chain(links, clear))


def _exactly(what: str, volume: Quantity, device: str) -> Measure:
    return Measure(what, device, 1, Snapped(volume, volume, Fraction(0), "exact"), True)


def _of_chain(links: Chain, clear: bool) -> list[Finding]:
    """Return what a dilution in between costs: its error by reading, a part of a suspension."""
    what = (
        f"By reading alone a dose may be off by {show_error(links.low)} to "
        f"{show_error(links.high)}: stock, part, final volume and dose are each read to half a "
        "graduation"
    )
    found = [Finding("stock-reading", "note", what, "", None, Quantity(links.high))]
    if not clear:
        what = "A part of the stock is taken, and it is not known to be a solution"
        fix = "shake it and take the part at once, from the middle; a suspension settles"
        found.append(Finding("stock-not-dissolved", "caution", what, fix))
    return found
