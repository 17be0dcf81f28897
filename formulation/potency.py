"""How much powder holds the drug that is wanted.

powder = drug / assay                      assay given as-is: corrected once, never twice
powder = drug / (assay x (1 - water))      assay given on the dried or anhydrous basis
content = claim x assay                    assay of a finished product, as a share of its claim
"""

from __future__ import annotations

from fractions import Fraction

from formulation.bench import BulkLot
from formulation.cited import Unknown
from formulation.errors import FormulationError
from formulation.prescription import Certificate, Pool
from formulation.printing import show_share
from formulation.records import Product
from formulation.trace import Finding, Working
from formulation.units import Quantity

BASES = ("as-is", "dried", "anhydrous")


def drug_share(lot: BulkLot) -> Fraction | Unknown:
    """Return the drug in one part of powder from the lot's certificate, or what is missing.

    Raises `FormulationError` for a basis nobody knows or an assay that cannot be.
    """
    if lot.basis not in BASES:
        raise FormulationError(
            "bulk-basis", f"the basis of an assay is {' or '.join(BASES)}",
            f"bulk lot {lot.name}", 'write basis = "as-is", "dried" or "anhydrous"',
        )  # fmt: skip
    if isinstance(lot.assay, Unknown):
        return lot.assay
    if not Fraction(1, 2) <= lot.assay.value <= Fraction(11, 10):
        raise FormulationError(
            "bulk-assay", f"an assay of {lot.assay.text} w/w cannot be used",
            f"bulk lot {lot.name}", "give the certificate's assay, between 50 % and 110 %",
        )  # fmt: skip
    if lot.basis == "as-is":
        return lot.assay.value
    if isinstance(lot.loss_on_drying, Unknown):
        return lot.loss_on_drying
    if not 0 <= lot.loss_on_drying.value < 1:
        raise FormulationError(
            "bulk-water", f"a loss on drying of {lot.loss_on_drying.text} cannot be used",
            f"bulk lot {lot.name}", "give the figure of the certificate, below 100 %",
        )  # fmt: skip
    return lot.assay.value * (1 - lot.loss_on_drying.value)


def powder_needed(drug: Quantity, lot: BulkLot, working: Working) -> Quantity | Unknown:
    """Return the powder to weigh for `drug`, or the missing fact of the certificate.

    The share is worked out once: an as-is assay already holds the water.
    """
    share = drug_share(lot)
    if isinstance(share, Unknown):
        return share
    assay = getattr(lot.assay, "value", share)
    if lot.basis == "as-is":
        return working.work(
            "powder to weigh", "drug / assay", {"drug": drug, "assay": assay},
            "the assay is as-is: water is in it already", (_source(lot),),
        )  # fmt: skip
    loss = getattr(lot.loss_on_drying, "value", Fraction(0))
    return working.work(
        "powder to weigh", "drug / (assay * (1 - water))",
        {"drug": drug, "assay": assay, "water": loss},
        f"the assay is on the {lot.basis} basis: the powder as it lies also holds water",
        (_source(lot),),
    )  # fmt: skip


def _source(lot: BulkLot) -> str:
    return getattr(lot.assay, "source", "")


def content(
    product: Product, certificate: Certificate | None, pool: Pool | None, working: Working
) -> Quantity:
    """Return the drug in one source unit: its claim, or what the lot's certificate makes of it.

    An assay of the finished product is a share of its claim. An assay by weight holds for the
    powder, so that the weighed pool is needed; given as-is it is never corrected for water again.
    """
    claim = product.strength.value
    if certificate is None:
        return claim
    if certificate.basis == "claim":
        return working.work(
            "drug in one source unit", "claim * assay",
            {"claim": claim, "assay": certificate.assay},
            f"the certificate's assay, {certificate.text} of claim", (product.strength.source,),
        ).to(claim.unit)  # fmt: skip
    assert pool is not None  # noqa: S101  the reader refuses a share by weight without a pool
    units = Quantity(Fraction(pool.opened), product.unit)
    inputs: dict[str, Quantity | Fraction] = {
        "net": pool.net, "assay": certificate.assay, "opened": units,
    }  # fmt: skip
    if certificate.basis == "as-is":
        why = f"the assay, {certificate.text} by weight as-is: water is in it already"
        return working.work("drug in one source unit", "net * assay / opened", inputs, why).to(
            claim.unit
        )
    inputs["water"] = certificate.water or Fraction(0)
    why = f"the assay, {certificate.text} by weight on the {certificate.basis} basis, less water"
    return working.work(
        "drug in one source unit", "net * assay * (1 - water) / opened", inputs, why
    ).to(claim.unit)


def other_lot(
    product: Product, certificate: Certificate | None, lots: tuple[str, ...]
) -> tuple[Finding, ...]:
    """Return the stop for a certificate of another lot than the one in use."""
    if certificate is None or not certificate.lot or not lots or lots == (certificate.lot,):
        return ()
    what = (
        f"The certificate is of lot {certificate.lot}; the {product.name} in use is of lot "
        f"{' and '.join(lots)}"
    )
    fix = "use the certificate of the lot in use, or leave [certificate] out"
    return (Finding("certificate-other-lot", "stop", what, fix),)


def outside_limits(
    product: Product, held: Quantity, certificate: Certificate | None
) -> tuple[Finding, ...]:
    """Return the stop for a source whose assay lies outside the limits of its own product."""
    limits = product.content_limits
    if certificate is None or isinstance(limits, Unknown):
        return ()
    share = (held / product.strength.value).number()
    if limits.value.low.number() <= share <= limits.value.high.number():
        return ()
    end = limits.value.high if share > 1 else limits.value.low
    what = (
        f"The certificate gives {show_share(share)} of claim; {product.name} may hold "
        f"{limits.text} of claim"
    )
    fix = "read the certificate again; a lot outside its limits is not used"
    return (Finding("assay-outside-limits", "stop", what, fix, end, Quantity(share),
                    (limits.source,)),)  # fmt: skip
