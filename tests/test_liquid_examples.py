"""The screens and worksheets of liquids, compared with what was looked at and kept."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from conftest import Ran

Run = Callable[..., Ran]
Check = Callable[[str, str], None]
SHOWN = ("cycloserine-liquid-50", "naltrexone-stock", "alprazolam-lay")


@pytest.mark.parametrize("name", SHOWN)
def test_the_screen_of_a_liquid_is_the_one_that_was_looked_at(
    name: str, formulate: Run, golden: Check
) -> None:
    ran = formulate("liquid", f"docs/examples/{name}.toml")
    assert ran.err == ""
    assert ran.code == (1 if name.startswith("cycloserine") else 0)
    assert all(len(line) <= 80 for line in ran.out.splitlines())
    golden(f"{name}-liquid.txt", ran.out)


def test_the_json_of_a_liquid_is_the_contract(formulate: Run, golden: Check) -> None:
    ran = formulate("liquid", "docs/examples/naltrexone-stock.toml", "--json")
    assert ran.code == 0
    golden("naltrexone-stock-liquid.json", ran.out)
    data = json.loads(ran.out)
    assert data["chosen"] == data["routes"][0]["id"] == "liquid-ora-plus-ora-sweet"


def test_the_worksheet_of_a_diluted_stock_is_the_one_that_was_looked_at(
    formulate: Run, golden: Check
) -> None:
    ran = formulate("worksheet", "docs/examples/naltrexone-stock.toml")
    assert ran.code == 0
    golden("naltrexone-stock-worksheet.txt", ran.out)


@pytest.mark.parametrize("width", ["60", "140"])
def test_other_widths(width: str, formulate: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    ran = formulate("liquid", "docs/examples/naltrexone-stock.toml")
    assert all(len(line) <= int(width) for line in ran.out.splitlines())
