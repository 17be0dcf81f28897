"""How capsules are to be made, as it is typed: each refusal, with its key and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from formulation.bench import BulkLot
from formulation.benches import read_bench
from formulation.cited import Cited
from formulation.errors import FormulationError
from formulation.making import read_happened, read_making, read_pool
from formulation.prescription import Making
from formulation.units import Quantity

WHERE = "case.toml"
POOL = {"net": "1.62 g", "opened": 5}


def lot(name: str, substance: str) -> BulkLot:
    assay = Cited(Fraction(99, 100), "certificate", "line 1", date(2026, 1, 5), "99.0 %")
    return BulkLot(name=name, substance=substance, assay=assay, basis="as-is")


BENCH = replace(
    read_bench(),
    bulk=(lot("b6", "pyridoxine"), lot("other b6", "pyridoxine"), lot("own", "cycloserine")),
)


def read(**table: Any) -> Making:
    whole = {"substance": "cycloserine", **table}
    return read_making(whole, BENCH, read_pool(whole, BENCH, WHERE), WHERE)


def refused(**table: Any) -> FormulationError:
    with pytest.raises(FormulationError) as found:
        read(**table)
    error = found.value
    assert error.where.startswith(WHERE)
    assert error.fix
    return error


def test_nothing_typed_leaves_the_choice_to_the_program():
    found = read()
    assert (found.mode, found.method, found.size, found.shell) == ("spread", "", "", "")
    assert (found.least_filler, found.glidant, found.certificate) == (0, None, None)
    assert (found.lots, found.also, found.actual) == ((), (), ())


@pytest.mark.parametrize("key", ["mode", "method", "size", "shell", "filler", "machine"])
def test_a_word_that_is_not_here_is_refused_and_named(key):
    error = refused(**{key: "xyzzy"})
    assert error.code == "making-not-here"
    assert "xyzzy" in error.what
    assert f"key {key}" in error.where


@pytest.mark.parametrize(
    ("key", "typed", "near"),
    [("method", "packin", "packing"), ("mode", "spred", "spread"), ("shell", "Gelatin", "gelatin"),
     ("filler", "mcc-ph102", "mcc-ph112")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_answered_with_the_nearest_word(key, typed, near):
    assert near in refused(**{key: typed}).fix


def test_a_shell_is_asked_for_by_its_material_or_its_table():
    assert read(shell="gelatin").shell == "gelatin"
    assert read(shell="capsuline").shell == "capsuline"
    assert refused(shell="hypromellose").fix.count("gelatin") == 1


@pytest.mark.parametrize(
    ("table", "code", "words"),
    [
        ({"item": "mcc-ph112"}, "file-missing-key", "share"),
        ({"share": "0.5 %"}, "file-missing-key", "item"),
        ({"item": "aerosil", "share": "0.5 %"}, "making-not-here", "aerosil"),
        ({"item": "mcc-ph112", "share": "0.5"}, "share-no-sign", "0.5"),
        ({"item": "mcc-ph112", "share": "100 %"}, "share-too-large", "100"),
        ({"item": "mcc-ph112", "share": "0.5 %", "kind": "x"}, "file-unknown-key", "kind"),
    ],
)
def test_a_glidant_is_an_item_of_the_bench_and_a_share(table, code, words):
    error = refused(glidant=table)
    assert error.code == code
    assert words in error.what


@pytest.mark.parametrize("least", ["40 %", "60 %"])
def test_glidant_and_least_filler_together_leave_room_for_the_drug(least):
    error = refused(glidant={"item": "mcc-ph112", "share": "60 %"}, least_filler=least)
    assert error.code == "share-too-large"
    assert least in error.what
    assert read(glidant={"item": "mcc-ph112", "share": "60 %"}, least_filler="39 %").glidant


@pytest.mark.parametrize(("least", "code"), [("100 %", "share-too-large"), ("10", "share-no-sign")])
def test_the_least_filler_is_a_share_below_all(least, code):
    assert refused(least_filler=least).code == code


@pytest.mark.parametrize(
    ("assay", "basis", "code"),
    [
        ("0 %", "claim", "certificate-assay"), ("400 %", "claim", "certificate-assay"),
        ("50 %", "claim", "certificate-assay"), ("0 %", "as-is", "certificate-assay"),
        ("111 %", "as-is", "certificate-assay"), ("98.5", "claim", "share-no-sign"),
        ("NaN %", "claim", "quantity-not-a-number"), ("98 %", "wet", "making-not-here"),
    ],
)  # fmt: skip
def test_an_assay_that_cannot_be_is_refused(assay, basis, code):
    error = refused(pool=POOL, certificate={"assay": assay, "basis": basis})
    assert error.code == code


@pytest.mark.parametrize(
    ("basis", "water", "refusal"),
    [("as-is", "0.8 %", True), ("claim", "0.8 %", True), ("dried", None, True),
     ("anhydrous", None, True), ("dried", "0.8 %", False), ("as-is", None, False)],
)  # fmt: skip
def test_water_is_given_for_a_dried_basis_and_for_no_other(basis, water, refusal):
    table = {"assay": "76 %", "basis": basis, **({"water": water} if water else {})}
    if refusal:
        assert refused(pool=POOL, certificate=table).code == "certificate-water"
    else:
        assert read(pool=POOL, certificate=table).certificate.basis == basis


def test_an_assay_by_weight_needs_the_weighed_pool():
    assert refused(certificate={"assay": "76 %", "basis": "as-is"}).code == "certificate-no-pool"
    assert read(certificate={"assay": "98 %", "basis": "claim"}).certificate.assay == Fraction(
        49, 50
    )
    assert refused(certificate={"basis": "claim"}).code == "file-missing-key"
    assert refused(certificate={"assay": "98 %"}).code == "file-missing-key"


def test_single_weighings_alone_are_the_pool():
    found = read_pool({"pool": {"opened": 2, "weighings": ["324 mg", "0.33 g"]}}, BENCH, WHERE)
    assert found.net == Quantity(654, "mg")
    assert found.weighings == (Quantity(324, "mg"), Quantity(330, "mg"))


@pytest.mark.parametrize(
    ("pool", "code", "where"),
    [
        ({"opened": 2, "weighings": ["324 mg", "NaN mg"]}, "quantity-not-a-number", "number 2"),
        ({"opened": 2, "weighings": ["324 mg", "inf mg"]}, "quantity-not-a-number", "number 2"),
        ({"opened": 2, "weighings": ["324 mg", "-3 mg"]}, "quantity-sign", "number 2"),
        ({"opened": 2, "weighings": ["0 mg", "324 mg"]}, "quantity-zero", "number 1"),
        ({"opened": 2, "weighings": ["0.3 mL", "324 mg"]}, "quantity-wrong-kind", "number 1"),
        ({"opened": 2, "weighings": ["324", "324 mg"]}, "quantity-no-unit", "number 1"),
        ({"opened": 2, "weighings": [324, "324 mg"]}, "file-wrong-type", "weighings"),
        ({"opened": 1, "weighings": ["324 mg", "325 mg"]}, "pool-weighings", "[pool]"),
        ({"opened": 3, "weighings": ["324 mg", "325 mg"]}, "file-missing-key", "[pool]"),
        ({"opened": 0, "net": "1 g"}, "number-out-of-range", "opened"),
        ({"net": "1 g"}, "file-missing-key", "[pool]"),
        ({"opened": 3, "net": "1 g", "product": "tablet"}, "pool-unknown-product", "[pool]"),
    ],
)
def test_a_pool_that_cannot_be_read_is_refused_by_its_weighing(pool, code, where):
    error = refused(pool=pool)
    assert error.code == code
    assert where in error.where


def test_a_lot_is_a_word_or_several_words():
    assert read(lots={"a": "A12", "b": ["B1", "B2"]}).lots == (("a", ("A12",)), ("b", ("B1", "B2")))
    for wrong in (12, ["A", 3], {"a": "b"}, True):
        assert refused(lots={"a": wrong}).code == "file-wrong-type"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{"lot": "b6"}], "file-missing-key"), ([{"dose": "5 mg"}], "file-missing-key"),
        ([{"lot": "b7", "dose": "5 mg"}], "making-not-here"),
        ([{"lot": "b6", "dose": "5"}], "quantity-no-unit"),
        ([{"lot": "b6", "dose": "5 mL"}], "quantity-wrong-kind"),
        ([{"lot": "own", "dose": "5 mg"}], "also-same-drug"),
        ([{"lot": "b6", "dose": "5 mg"}, {"lot": "other b6", "dose": "5 mg"}], "also-same-drug"),
        ([{"lot": "b6", "dose": "5 mg"}, {"lot": "b6", "dose": "5 mg"}], "also-same-drug"),
    ],
)  # fmt: skip
def test_a_further_active_is_another_drug_from_a_lot_of_the_bench(rows, code):
    assert refused(also=rows).code == code


def test_a_further_active_is_read():
    (found,) = read(also=[{"lot": "b6", "dose": "25 mg"}]).also
    assert (found.lot, found.dose) == ("b6", Quantity(25, "mg"))


@pytest.mark.parametrize(
    ("text", "kind", "mass"),
    [("short by 0.4 g", "short", 400), ("short 400 mg", "short", 400), ("left 0.1 g", "left", 100),
     ("left over 100 mg", "left", 100)],
)  # fmt: skip
def test_what_happened_is_read_in_a_few_words(text, kind, mass):
    found = read_happened(text, WHERE)
    assert (found.kind, found.mass) == (kind, Quantity(mass, "mg"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("spilled", "actual-not-read"), ("", "actual-not-read"), (3, "actual-not-read"),
     ("Short by 0.4 g", "actual-not-read"), ("short by 0 g", "quantity-zero"),
     ("short by", "quantity-empty"), ("left some", "quantity-no-number"),
     ("short by -0.4 g", "quantity-sign"), ("short by NaN g", "quantity-not-a-number"),
     ("left 2 mL", "quantity-wrong-kind")],
)  # fmt: skip
def test_what_happened_is_refused_where_it_says_nothing(text, code):
    with pytest.raises(FormulationError) as found:
        read_happened(text, WHERE)
    assert found.value.code == code
    assert found.value.fix
