"""How much powder holds the drug: an assay is corrected for water once, and never twice."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formulation import catalog
from formulation.bench import BulkLot
from formulation.cited import Cited, Unknown
from formulation.errors import FormulationError
from formulation.potency import content, drug_share, other_lot, outside_limits, powder_needed
from formulation.prescription import Certificate, Pool
from formulation.records import Product
from formulation.trace import Working, evaluate
from formulation.units import Quantity

SOME = settings(max_examples=60, deadline=None)
assays = st.fractions(min_value=Fraction(1, 2), max_value=Fraction(11, 10), max_denominator=1000)
waters = st.fractions(min_value=0, max_value=Fraction(1, 2), max_denominator=1000)
masses = st.fractions(min_value=Fraction(1, 10), max_value=5000, max_denominator=100)
bases = st.sampled_from(["as-is", "dried", "anhydrous"])


def fact(value: Fraction | None) -> Cited | Unknown:
    if value is None:
        return Unknown("a fact of the certificate", "not given", "read the certificate")
    return Cited(value, "certificate", "line 1", date(2026, 1, 5), f"{float(value):%}")


def lot(assay: Fraction | None, basis: str, water: Fraction | None) -> BulkLot:
    return BulkLot(name="lot 1", substance="drug", assay=fact(assay), basis=basis,
                   loss_on_drying=fact(water))  # fmt: skip


@SOME
@given(masses, assays, bases, waters)
def test_the_powder_weighed_holds_exactly_the_drug_wanted(mass, assay, basis, water):
    drug, working = Quantity(mass, "mg"), Working()
    held = lot(assay, basis, water)
    powder, share = powder_needed(drug, held, working), drug_share(held)
    assert isinstance(powder, Quantity)
    assert isinstance(share, Fraction)
    assert powder * share == drug
    (step,) = working.steps
    assert evaluate(step.formula, dict(step.inputs)) == step.result == powder
    assert step.sources == ("certificate",)


@SOME
@given(masses, assays, waters)
def test_water_counts_once_on_the_dried_basis_and_not_at_all_as_is(mass, assay, water):
    drug = Quantity(mass, "mg")
    as_is = powder_needed(drug, lot(assay, "as-is", water), Working())
    dried = powder_needed(drug, lot(assay, "dried", water), Working())
    assert as_is == Quantity(mass / assay, "mg")
    assert dried == Quantity(mass / (assay * (1 - water)), "mg")


def test_a_certificate_worked_by_hand():
    """1,000 mg from powder of 99 % on the dried basis with 5 % water: 1,000 / 0.9405 mg."""
    held = lot(Fraction("0.99"), "dried", Fraction("0.05"))
    powder = powder_needed(Quantity(1, "g"), held, Working())
    assert powder == Quantity(1000 / Fraction("0.9405"), "mg")


@pytest.mark.parametrize("basis", ["as-is", "dried"])
def test_without_an_assay_the_powder_is_unknown_and_not_taken_as_pure(basis):
    held = lot(None, basis, Fraction(1, 20))
    assert powder_needed(Quantity(1, "g"), held, Working()) is held.assay


def test_without_the_loss_on_drying_a_dried_assay_cannot_be_used():
    held = lot(Fraction(99, 100), "dried", None)
    assert powder_needed(Quantity(1, "g"), held, Working()) is held.loss_on_drying
    assert drug_share(lot(Fraction(99, 100), "as-is", None)) == Fraction(99, 100)


@pytest.mark.parametrize(
    ("assay", "basis", "water", "code"),
    [("0.99", "wet", "0.05", "bulk-basis"), ("0.99", "", "0.05", "bulk-basis"),
     ("0.99", "As-Is", "0.05", "bulk-basis"), ("0.49", "as-is", "0", "bulk-assay"),
     ("1.11", "as-is", "0", "bulk-assay"), ("99", "as-is", "0", "bulk-assay")],
)  # fmt: skip
def test_a_certificate_that_cannot_be_is_refused_with_the_lots_name(assay, basis, water, code):
    with pytest.raises(FormulationError) as refused:
        drug_share(lot(Fraction(assay), basis, Fraction(water)))
    assert refused.value.code == code
    assert "lot 1" in refused.value.where
    assert refused.value.fix


@pytest.mark.parametrize("water", ["1", "1.5"])
def test_powder_that_is_all_water_is_refused(water):
    with pytest.raises(FormulationError):
        powder_needed(Quantity(1, "g"), lot(Fraction("0.99"), "dried", Fraction(water)), Working())


CAPSULE = catalog.load(Product, "products", "cycloserine-250-capsule")[0]
nets = st.fractions(min_value=Fraction(1, 10), max_value=100, max_denominator=100)


@SOME
@given(nets, st.integers(1, 60), assays, waters, bases)
def test_an_assay_by_weight_makes_the_drug_of_the_pool_and_counts_water_once(
    net, opened, assay, water, basis
):
    pool = Pool(Quantity(net, "g"), opened, f"{net} g")
    wet = basis != "as-is"
    certificate = Certificate(assay, basis, "x", water if wet else None)
    working = Working()
    held = content(CAPSULE, certificate, pool, working)
    share = assay * (1 - water) if wet else assay
    assert held * Quantity(opened, "cap") == pool.net * share
    for step in working.steps:
        assert evaluate(step.formula, dict(step.inputs)) == step.result.to(step.result.unit)


def test_an_assay_of_claim_scales_the_claim_and_none_leaves_it():
    assert content(CAPSULE, None, None, Working()) == Quantity(250, "mg/cap")
    found = content(CAPSULE, Certificate(Fraction("0.985"), "claim", "98.5 %"), None, Working())
    assert found == Quantity(Fraction("246.25"), "mg/cap")


@pytest.mark.parametrize(
    ("assay", "stops"), [("0.9", 0), ("1.2", 0), ("0.899", 1), ("1.201", 1), ("1", 0)]
)
def test_a_lot_outside_the_limits_of_its_product_is_a_stop(assay, stops):
    """Cycloserine capsules: 90.0 to 120.0 % of claim, both allowed (USP 32)."""
    certificate = Certificate(Fraction(assay), "claim", assay)
    held = content(CAPSULE, certificate, None, Working())
    found = outside_limits(CAPSULE, held, certificate)
    assert [f.level for f in found] == ["stop"] * stops
    assert outside_limits(CAPSULE, CAPSULE.strength.value, None) == ()


@pytest.mark.parametrize(("assay", "end"), [("0.899", "0.9"), ("1.201", "1.2")])
def test_an_assay_outside_is_held_against_the_nearer_end(assay, end):
    certificate = Certificate(Fraction(assay), "claim", assay)
    (stop,) = outside_limits(CAPSULE, content(CAPSULE, certificate, None, Working()), certificate)
    assert (stop.limit, stop.actual) == (Quantity(Fraction(end)), Quantity(Fraction(assay)))


@pytest.mark.parametrize("assay", ["0.5", "1.1"])
def test_the_ends_of_what_an_assay_may_be_can_be_used(assay):
    assert drug_share(lot(Fraction(assay), "as-is", None)) == Fraction(assay)


@pytest.mark.parametrize(
    ("lots", "stops"), [(("A",), 0), (("B",), 1), (("A", "B"), 1), (("B", "A"), 1), ((), 0)]
)
def test_a_certificate_holds_for_its_own_lot_only(lots, stops):
    """Two lots mixed are not the lot of the certificate, though one of them is."""
    certificate = Certificate(Fraction(1), "claim", "100 %", lot="A")
    found = other_lot(CAPSULE, certificate, lots)
    assert [(f.code, f.level) for f in found] == [("certificate-other-lot", "stop")] * stops
