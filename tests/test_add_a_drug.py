"""The page on adding a drug is followed to the letter: its files written, its commands run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Ran

PAGE = (ROOT / "docs" / "add-a-drug.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.S)
Run = Callable[..., Ran]


def prepare(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Do what the page says before its first command of the program."""
    monkeypatch.chdir(folder)
    (shell,) = [body for kind, body in BLOCKS if kind == "sh"]
    make, export = shell.strip().splitlines()
    words = shlex.split(make)
    assert words[:2] == ["mkdir", "-p"]
    for name in words[2:]:
        Path(name).mkdir(parents=True)
    name, _, value = export.removeprefix("export ").partition("=")
    monkeypatch.setenv(name, value)
    for kind, body in BLOCKS:
        if kind == "toml":
            named = re.match(r"# (\S+)\n", body)
            assert named is not None
            assert Path(named[1]).parent.is_dir()
            Path(named[1]).write_text(body, encoding="utf-8")


def commands() -> list[tuple[str, list[str]]]:
    found = []
    for kind, body in BLOCKS:
        if not kind and body.startswith("$ formulate "):
            line, *printed = body.strip().split("\n")
            found.append((line.removeprefix("$ formulate "), printed))
    return found


def test_the_page_followed_to_the_letter_prints_what_it_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, formulate: Run
) -> None:
    prepare(monkeypatch, tmp_path)
    every = commands()
    assert [line.split()[0] for line, _ in every] == ["catalog", "catalog", "plan"]
    for line, printed in every:
        ran = formulate(*shlex.split(line))
        assert (ran.code, ran.err) == (0, "")
        places = [ran.out.splitlines().index(text) for text in printed if text]
        assert places
        assert places == sorted(places)


def test_the_slip_of_the_hand_is_found_as_the_page_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, formulate: Run
) -> None:
    prepare(monkeypatch, tmp_path)
    path = Path("my-records/products/examplin-20-tablet.toml")
    path.write_text(path.read_text("utf-8").replace("20 mg/tab", "20 mL/tab"), "utf-8")
    (told,) = [body for kind, body in BLOCKS if not kind and body.startswith("STOP")]
    ran = formulate("catalog", "check")
    assert ran.code == 1
    assert told in ran.out
