"""The pages that run: the tutorial, the list of commands, the case studies; each made anew here."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from cli_page import NOT_RUN, REFUSED, commands
from conftest import ROOT

DOCS = ROOT / "docs"
PAGES = [DOCS / "tutorial.md", DOCS / "cli.md", *sorted((DOCS / "cases").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_is_what_the_program_prints_today(page: Path) -> None:
    """Where this fails: python -m cogapp -r docs/tutorial.md docs/cli.md docs/cases/*.md."""
    from cogapp import Cog

    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert Cog().main(["cog", "--check", str(page.relative_to(ROOT))]) == 0, told.getvalue()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_prints_fits_a_narrow_terminal(page: Path) -> None:
    for block in re.findall(r"```\n(\$ formulate .*?)```", page.read_text("utf-8"), re.S):
        lines = block.split("\n")
        whole = any(one.startswith(("what  ", "{")) for one in lines)
        assert whole or max(map(len, lines)) <= 80, block


def test_every_command_has_an_example_on_its_page() -> None:
    text = (DOCS / "cli.md").read_text("utf-8")
    for name, found in commands():
        section = text.split(f"## formulate {name}\n")[1].split("\n## ")[0].split("\n### ")[0]
        if not hasattr(found, "list_commands"):
            assert f"$ formulate {name}" in section, name
    assert {name for name, _ in commands()} >= NOT_RUN


def test_every_command_that_can_say_no_says_on_its_page_when() -> None:
    """By the source: a module of commands that returns 1 has its words in `cli_page.REFUSED`."""
    says_no = {
        path.stem
        for path in (ROOT / "cli").glob("*.py")
        if re.search(r"return (0 if .* else 1|1 if .* else 0)$", path.read_text("utf-8"), re.M)
    }
    assert says_no == {name.split()[0] for name in REFUSED}


def test_every_case_is_reached_from_the_list_of_cases() -> None:
    listed = (DOCS / "cases" / "README.md").read_text("utf-8")
    every = sorted(page.name for page in (DOCS / "cases").glob("*.md") if page.stem != "README")
    assert len(every) >= 4
    assert all(f"({name})" in listed for name in every)
