"""One row of a price file: columns by name, NDCs of text, exact prices, a reason for every no."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import nadac
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formulation.errors import FormulationError
from formulation.ndc import hyphened, ndc11
from formulation.price_rows import (
    CODES,
    REASONS,
    PriceRow,
    explained_codes,
    read_day,
    read_header,
    read_price,
    read_row,
    split,
)

AT = read_header(nadac.HEADER.split(","))


def row(text: str) -> PriceRow | str:
    return read_row(split(text), AT)


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


# The NDC.


@pytest.mark.parametrize(
    ("typed", "eleven"),
    [
        ("0574-0303-16", "00574030316"),
        ("12345-678-90", "12345067890"),
        ("12345-6789-0", "12345678900"),
        ("24385-0054-52", "24385005452"),
        ("00000001235", "00000001235"),
        (" 24385005452 ", "24385005452"),
    ],
)
def test_an_ndc_becomes_eleven_digits_by_the_length_of_its_segments(
    typed: str, eleven: str
) -> None:
    assert ndc11(typed) == eleven


def test_ten_digits_alone_are_refused_with_all_three_readings() -> None:
    with pytest.raises(FormulationError) as refused:
        ndc11("1234567890")
    assert refused.value.code == "ndc-ten-digits"
    for form in ("1234-5678-90", "12345-678-90", "12345-6789-0"):
        assert hyphened(ndc11(form)) in refused.value.what


@pytest.mark.parametrize(
    "typed", ["", "-", "123456789", "123456789012", "123-4567-890", "1234-567-890", "12345-67-890",
              "1234-567-90", "4444-333-22", "1234-5678-9", "２４３８５００５４５２", "2438500545X",
              "24385 0054 52", "24385-0054-52-1", "1e10", "NaN", "24385005452.0"],
)  # fmt: skip
def test_anything_else_is_no_ndc(typed: str) -> None:
    with pytest.raises(FormulationError) as refused:
        ndc11(typed)
    assert refused.value.code == "ndc-not-an-ndc"


FORMS = [(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2)]


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
def test_the_conversion_loses_nothing_and_doing_it_twice_changes_nothing(
    form: tuple[int, int, int], data: st.DataObject
) -> None:
    one, other = (tuple(data.draw(digits(n)) for n in form) for _ in range(2))
    first, second = ndc11("-".join(one)), ndc11("-".join(other))
    assert (first == second) == (one == other)
    assert re.fullmatch("[0-9]{11}", first)
    assert ndc11(first) == first == ndc11(hyphened(first))
    assert int(first[:5]) == int(one[0])
    assert int(first[5:9]) == int(one[1])
    assert int(first[9:]) == int(one[2])


# The header.


@pytest.mark.parametrize("header", [nadac.HEADER, nadac.OLD_HEADER, nadac.HEADER.upper()])
def test_both_spellings_of_the_header_are_read(header: str) -> None:
    assert read_header(header.split(",")) == AT


@given(st.permutations(list(range(12))))
def test_columns_are_found_by_name_in_any_order(order: list[int]) -> None:
    names, cells = nadac.HEADER.split(","), split(nadac.SPRAY)
    assert cells is not None
    at = read_header([names[place] for place in order])
    assert read_row([cells[place] for place in order], at) == row(nadac.SPRAY)


@pytest.mark.parametrize("name", ["NDC", "NADAC Per Unit", "Effective Date", "Pricing Unit",
                                  "As of Date", "NDC Description"])  # fmt: skip
def test_a_needed_column_that_is_not_there_is_named_with_those_that_are(name: str) -> None:
    names = nadac.HEADER.split(",")
    names.remove(name)
    with pytest.raises(FormulationError) as refused:
        read_header(names)
    assert refused.value.code == "price-file-columns"
    assert f"no column {name}:" in refused.value.what
    assert all(other in refused.value.what for other in names)


def test_what_is_only_told_may_be_absent() -> None:
    at = read_header(["NDC", "NADAC Per Unit", "Effective Date", "Pricing Unit", "As of Date",
                      "NDC Description"])  # fmt: skip
    found = read_row(["00574030316", "1", "01/01/2025", "EA", "01/01/2025", "X"], at)
    assert found == PriceRow("00574030316", "2025-01-01", 100_000, "EA", "2025-01-01", "X", "", "")


def test_a_column_twice_is_refused_and_so_is_the_comparison_file() -> None:
    with pytest.raises(FormulationError) as refused:
        read_header([*nadac.HEADER.split(","), "ndc"])
    assert refused.value.code == "price-file-column-twice"
    comparison = ["NDC Description", "NDC", "Old NADAC Per Unit", "New NADAC Per Unit",
                  "Classification for Rate Setting", "Percent Change", "Primary Reason",
                  "Start Date", "End Date", "Effective Date"]  # fmt: skip
    with pytest.raises(FormulationError) as refused:
        read_header(comparison)
    assert refused.value.code == "price-file-comparison"
    assert "NADAC Comparison" in refused.value.what


# The row.


def test_the_published_rows_are_read_as_they_stand() -> None:
    assert row(nadac.NASAL) == PriceRow(
        "24385005452", "2024-12-18", 28683, "EA", "2025-01-01",
        "12HR NASAL DECONGEST ER 120 MG", "1", "G",
    )  # fmt: skip
    spray = row(nadac.SPRAY)
    assert isinstance(spray, PriceRow)
    assert (spray.price, spray.unit, spray.explanation) == (72316, "ML", "1, 5")
    assert [code for code, _ in explained_codes(spray.explanation)] == ["1", "5"]


@pytest.mark.parametrize("ndc", ["24385-054-52", "24385-0054-52", " 24385005452"])
def test_an_ndc_with_its_hyphens_is_read_in_a_file_too(ndc: str) -> None:
    assert row(nadac.NASAL.replace("24385005452", ndc)) == row(nadac.NASAL)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("24385005452", "2438505452", "ndc-ten-digits"),
        ("24385005452", "24385.005452", "ndc"),
        ("24385005452", "", "ndc"),
        ("0.28683", "", "price"),
        ("0.28683", "0.00000", "price"),
        ("0.28683", "-0.28683", "price"),
        ("0.28683", "$0.28683", "price"),
        ("0.28683", "2.8E-01", "price"),
        ("0.28683", "1_0", "price"),
        ("0.28683", "nan", "price"),
        ("0.28683", "٠.٥", "price"),
        ("0.28683", "12345678.0", "price"),
        ("0.28683", "0.286831", "price-places"),
        (",EA,", ",EACH,", "unit"),
        (",EA,", ",ea,", "unit"),
        (",EA,", ",,", "unit"),
        ("12/18/2024", "2024-12-18", "effective"),
        ("12/18/2024", "12/18/24", "effective"),
        ("12/18/2024", "02/29/2025", "effective"),
        ("01/01/2025", "1/1/2025", "as-of"),
        ("01/01/2025", "", "as-of"),
        (",Y,", ",", "columns"),
        (",Y,", ",Y,Y,", "columns"),
        (",Y,", ',"Y,', "quotes"),
        (",Y,", ',"Y"Y,', "quotes"),
        ("12HR NASAL DECONGEST ER 120 MG", "tbd do not  delete or release", "placeholder"),
    ],
)
def test_a_row_that_cannot_be_used_has_its_reason(old: str, new: str, reason: str) -> None:
    assert row(nadac.NASAL.replace(old, new)) == reason
    assert reason in REASONS


@given(st.decimals(min_value=Decimal("0.00001"), max_value=Decimal("9999999"), places=5),
       st.integers(0, 3))  # fmt: skip
def test_a_price_is_exact(price: Decimal, zeros: int) -> None:
    text = f"{price:.5f}"
    assert read_price(text) == int(price.scaleb(5))
    assert read_price(text + "0" * zeros) == int(price.scaleb(5))
    assert read_price(text.rstrip("0").rstrip(".")) == int(price.scaleb(5))


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_a_price_or_a_day(text: str) -> None:
    price = read_price(text)
    assert price in ("price", "price-places") or (isinstance(price, int) and price > 0)
    assert read_day(text) == "" or re.fullmatch(r"\d{2}/\d{2}/\d{4}", text.strip())


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"])),
                min_size=2, max_size=12))  # fmt: skip
def test_a_line_is_split_as_csv_says(cells: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    assert split(out.getvalue()) == cells


def test_a_code_without_words_is_not_given_any() -> None:
    assert dict(explained_codes("6,9")) == {"6": CODES["6"], "9": "its meaning is not on record"}
    assert explained_codes("") == ()
