"""Each error and finding code has a reproducer, a message on record, and a line in the docs."""

from __future__ import annotations

import re

import pytest
from reproducers import FOLDER, ROOT, Reproducer, codes_in_source, message, reproducers, section

PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")


def test_every_code_has_a_reproducer_and_every_reproducer_a_code() -> None:
    assert {found.code for found in reproducers()} == codes_in_source()


@pytest.mark.parametrize("found", reproducers(), ids=lambda found: found.code)
def test_the_reproducer_brings_out_its_code_and_says_what_to_do(found: Reproducer) -> None:
    said = message(found)
    assert said is not None
    assert said.what
    if said.level in ("error", "stop"):
        assert said.fix
    assert "Traceback" not in said.what
    assert f"{section(found)}\n" in PAGE


def test_the_page_of_errors_has_each_code_once_and_in_order() -> None:
    heads = [line[3:] for line in PAGE.splitlines() if line.startswith("## ")]
    assert heads == [found.code for found in reproducers()]
    each = r"## .+\n\n\*.+\*\n\n```\n(?:(?!```).+\n)+```\n+"
    body = PAGE[PAGE.index("\n## ") + 1 :].partition("<!-- [[[end]]]")[0]
    assert re.fullmatch(f"(?:{each})+", body)


def test_no_file_of_the_folder_is_left_over() -> None:
    named = " ".join(found.line for found in reproducers())
    texts = " ".join(f.read_bytes().decode("latin-1") for f in FOLDER.glob("*.toml"))
    for path in FOLDER.glob("*.toml"):
        assert path.name in named or path.name in texts
