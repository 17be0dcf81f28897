"""The date of one route: its preparation held against the evidence on the drug, then dated."""

from __future__ import annotations

from datetime import date

from formulation import beyond_use
from formulation.assembly import Case
from formulation.cited import known
from formulation.dating import limit_of
from formulation.evidence import Preparation, held_against
from formulation.kept import BeyondUse
from formulation.preservation import category
from formulation.recipes import Recipe
from formulation.records import Product, Vehicle
from formulation.source_units import FORMS
from formulation.storage import storage_class
from formulation.units import Quantity


def _maker(product: Product | None) -> str:
    return (known(product.labeler) or "") if product is not None else ""


def _stored(case: Case, vehicles: tuple[Vehicle, ...]) -> str:
    """Return the storage that the rule set asks of the class, or nothing where it asks for none."""
    return storage_class(known(limit_of(case.bench.rules, category(vehicles)).storage) or "")


def liquid_asked(
    case: Case,
    product: Product | None,
    recipe: Recipe,
    concentration: Quantity,
    more: tuple[tuple[str, date], ...] = (),
) -> beyond_use.Asked:
    """Return what the date of a kept liquid depends on, whatever the day on which it is made."""
    prescription, vehicles, name = case.prescription, recipe.vehicles, recipe.id
    made_of = FORMS[product.unit] if product else "powder"
    own = Preparation(
        form="liquid", amount=concentration, source_form=made_of,
        brand=_maker(product), vehicles=tuple((v.key, v.name) for v in vehicles),
        proportions=recipe.parts, others=tuple(further.name for further in recipe.others),
        container=recipe.container, storage=_stored(case, vehicles),
    )  # fmt: skip
    source = (product.key,) if product else ()
    keys = (*source, *(v.key for v in vehicles), *(other.name for other in recipe.others))
    return beyond_use.Asked(
        case.substance, vehicles, name, case.assigned(name),
        (*beyond_use.lots(prescription, keys), *more), held_against(case.substance.evidence, own),
    )  # fmt: skip


def liquid_date(
    case: Case,
    product: Product | None,
    recipe: Recipe,
    concentration: Quantity,
    more: tuple[tuple[str, date], ...] = (),
) -> BeyondUse:
    """Return until when a kept liquid may be used; without a product it is from bulk powder."""
    asked = liquid_asked(case, product, recipe, concentration, more)
    return beyond_use.beyond_use(asked, case.bench.rules, case.prescription.prepared)


def capsule_date(
    case: Case,
    product: Product | None,
    name: str,
    content: Quantity,
    given: tuple[tuple[str, date], ...],
) -> BeyondUse:
    """Return until when compounded capsules may be used; `content` is the drug in one of them."""
    making, bench = case.prescription.making, case.bench
    filler = bench.filler(making.filler)
    lots = {lot.name: lot.substance for lot in bench.bulk}
    others = [lots[also.lot] for also in making.also]
    others += [making.glidant.item] if making.glidant else []
    own = Preparation(
        form="capsules", amount=content, source_form=FORMS[product.unit] if product else "powder",
        brand=_maker(product), others=tuple(others),
        filler=(filler.key, filler.name) if filler is not None else (), storage=_stored(case, ()),
    )  # fmt: skip
    judged = held_against(case.substance.evidence, own)
    asked = beyond_use.Asked(case.substance, (), "capsules", case.assigned(name), given, judged)
    return beyond_use.beyond_use(asked, bench.rules, case.prescription.prepared)
