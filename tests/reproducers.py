"""Every error and finding code: where the code stands in the source, and what reproduces it.

`docs/errors.md` is generated from these and from the golden messages.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "examples" / "errors"
_MAKERS = {"FormulationError", "Finding", "refuse", "_daily"}
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Reproducer:
    """One command line that brings out a code."""

    code: str
    line: str

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.line)


def reproducers() -> list[Reproducer]:
    """Return every reproducer, sorted by code."""
    files = sorted(FOLDER.glob("*.cmd"))
    return [Reproducer(f.stem, f.read_text(encoding="utf-8").strip()) for f in files]


@cache
def codes_in_source() -> set[str]:
    """Return every code that the source can raise or report."""
    found: set[str] = set()
    for path in [*ROOT.glob("formulation/*.py"), *ROOT.glob("cli/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in _MAKERS and node.args:
                found |= _constants(node.args[0])
            if isinstance(node, ast.Assign) and _name(node.targets[0]) == "code":
                found |= _constants(node.value)
    return {code for code in found if _CODE.fullmatch(code)}


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _constants(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return _constants(node.body) | _constants(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    return set()


def findings(text: str) -> list[dict[str, str]]:
    """Return all findings of an answer's JSON, each once."""
    data = json.loads(text)
    every = [*data["findings"], *(f for r in data.get("routes", ()) for f in r["findings"])]
    return list({(f["code"], f["what"]): f for f in every}.values())


@dataclass(frozen=True)
class Message:
    """What a code says when its reproducer runs."""

    level: str
    what: str
    where: str
    fix: str


@cache
def message(found: Reproducer) -> Message | None:
    """Run a reproducer in this process; None where the code does not come out."""
    words = found.arguments
    if words[0] == "python":
        return _library(found, words[2])
    home = os.environ.get("FORMULATE_HOME", "")
    if words[0].startswith("FORMULATE_HOME="):
        os.environ["FORMULATE_HOME"] = words.pop(0).partition("=")[2]
    try:
        return _program(found, words)
    finally:
        os.environ["FORMULATE_HOME"] = home


def _program(found: Reproducer, words: list[str]) -> Message | None:
    import contextlib
    import io

    from formulation_cli.commands import run

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run([*words[1:], "--json"])
    text = out.getvalue()
    if code == 2:
        error = json.loads(text)["error"]
        same = error["code"] == found.code
        return Message("error", error["what"], error["where"], error["fix"]) if same else None
    for finding in findings(text):
        if finding["code"] == found.code:
            return Message(finding["level"], finding["what"], "", finding["fix"])
    return None


def _library(found: Reproducer, source: str) -> Message | None:
    import contextlib
    import io

    from formulation import catalog
    from formulation.errors import FormulationError

    out, largest = io.StringIO(), catalog.LARGEST
    try:
        with contextlib.redirect_stdout(out):
            exec(source, {})
    except FormulationError as error:
        same = error.code == found.code
        return Message("error", error.what, error.where, error.fix) if same else None
    finally:
        catalog.LARGEST = largest
    return Message("caution", out.getvalue().strip(), "", "") if out.getvalue() else None


def page() -> str:
    """Return the body of docs/errors.md: one section a code, from what the program says."""
    return "\n\n".join(section(found) for found in reproducers()) + "\n"


def section(found: Reproducer) -> str:
    """Return what docs/errors.md says of one code."""
    said = message(found)
    assert said is not None, found.code
    lines = [f"## {found.code}", "", f"*{_WORDS[said.level]}*", ""]
    lines += ["```", f"$ {found.line}", f"what  {said.what}"]
    lines += [f"at    {said.where}"] if said.where else []
    lines += [f"try   {said.fix}"] if said.fix else []
    return "\n".join([*lines, "```"])


_WORDS = {
    "error": "Error: nothing is computed, exit code 2.",
    "stop": "Stop: not as it stands.",
    "caution": "Caution.",
    "note": "Note.",
}
