"""The body of docs/cli.md: every command, its options and an example, from the program itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from walk import Walk, typed

DAY = "2026-01-05"
MOST = 8
NO = ("STOP", "DO NOT", "NOTHING", "NO ")
# What exit code 1 means for a command, and a line that ends so. Whoever is not here never ends so.
REFUSED = {
    "plan": ("no way of preparing may be made", "plan omeprazole '4 mg' --doses 10"),
    "design": (
        "no way may be made",
        "design omeprazole '4 mg' --doses 10 --per-day 1",
    ),
    "capsules": (
        "they may not be made as they stand",
        "capsules omeprazole '4 mg' --doses 10",
    ),
    "liquid": (
        "it may not be made as it stands",
        "liquid cycloserine '100 mg' --doses 10 --concentration '25 mg/mL'",
    ),
    "weigh": (
        "no aliquot that this bench can weigh holds it",
        "weigh '0.00001 mg' --steps 1",
    ),
    "uniformity": (
        "a check is not met",
        "uniformity --mean 92 --sd 5 --n 30",
    ),
    "worksheet": (
        "what is asked for may not be made",
        "worksheet omeprazole '4 mg' --doses 10",
    ),
    "compare": ("no way may be made", "compare omeprazole '4 mg' --doses 10"),
    "label": ("it may not be made: no label", "label omeprazole '4 mg' --doses 10"),
    "estimate": (
        "it may not be made: no estimate",
        "estimate omeprazole '4 mg' --doses 10 --example",
    ),
    "calc": (
        "the values do not agree, a maximum is passed, or the check does not come out",
        "calc dilute --stock-strength '10 % w/v' --stock-volume '10 mL' "
        "--final-strength '1 % w/v' --final-volume '90 mL'",
    ),
    "catalog check": (
        "a record of your own holds a mistake",
        "catalog check docs/examples/errors/records",
    ),
}
# Examples that are not the first of the command, or that need another FORMULATE_HOME.
ELSEWHERE: dict[str, tuple[str, str]] = {
    "liquid": (
        'formulate liquid naltrexone "4.5 mg" --doses 30 --concentration "5 mg/mL"',
        "",
    ),
    "learn paper": ("formulate learn paper dilution --answers", ""),
    "prices at": ("", "docs/examples/errors/a-book"),
    "prices list": ("", "docs/examples/errors/a-book"),
}
NOT_RUN = {"prices import", "catalog check", "learn quiz"}


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command and group by its full name, in the order of `--help`."""
    import typer
    from formulation_cli.commands import every

    def under(group: Any, before: str) -> Iterator[tuple[str, Any]]:
        for name in group.list_commands(None):
            found = group.get_command(None, name)
            yield f"{before}{name}", found
            if hasattr(found, "list_commands"):
                yield from under(found, f"{before}{name} ")

    yield from under(typer.main.get_command(every()), "")


def _words(found: Any) -> tuple[str, list[str]]:
    """Return what a command says of itself, and its examples."""
    parts = [" ".join(part.split()) for part in inspect.cleandoc(found.help or "").split("\n\n")]
    examples = [part for part in parts if part.startswith("formulate ")]
    return "\n\n".join(part for part in parts if part not in examples), examples


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<")


def _takes(parameter: Any) -> str:
    """Return what an option is followed by."""
    if getattr(parameter, "is_flag", False):
        return "nothing"
    kind = parameter.metavar or {"int": "a whole number", "INT": "a whole number"}.get(
        str(parameter.type.name), "text"
    )
    return f"{kind}, repeated" if parameter.multiple else str(kind)


def _row(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name, takes = parameter.metavar or parameter.name.upper(), "as it stands"
        takes = takes if parameter.required else f"{takes}; may be left out"
    else:
        name, takes = ", ".join(parameter.opts), _takes(parameter)
    default = parameter.default
    shown = "" if default in (None, False, "", []) or callable(default) else f"`{default}`"
    return f"| `{_cell(name)}` | {_cell(takes)} | {shown} | {_cell(parameter.help or '')} |"


def _table(parameters: list[Any]) -> str:
    head = ["| option | followed by | default | what |", "|---|---|---|---|"]
    return "\n".join([*head, *(_row(one) for one in parameters)])


def _shared() -> tuple[set[str], set[str]]:
    """Return the names of the options of a prescription, and of those of every calculator."""
    from formulation_cli import calc, frame

    return set(inspect.signature(frame._prescribed).parameters), set(calc.SHARED)


def _own(name: str, found: Any) -> tuple[list[Any], str]:
    """Return a command's own parameters, and where those stand that it shares."""
    prescribed, calculators = _shared()
    names = {one.name for one in found.params}
    if prescribed <= names:
        own = [one for one in found.params if one.name not in prescribed]
        return own, "and the [options of a prescription](#the-options-of-a-prescription)"
    if name.startswith("calc "):
        own = [one for one in found.params if one.name not in calculators]
        return own, "and the [options of every calculator](#the-options-of-every-calculator)"
    return list(found.params), ""


def _dated(line: str, found: Any) -> str:
    """Return an example that prints the same on every day."""
    takes = any("--date" in getattr(one, "opts", ()) for one in found.params)
    return f"{line} --date {DAY}" if takes and ".toml" not in line else line


def _usage(name: str, found: Any) -> str:
    words = [one.metavar or one.name.upper() for one in found.params
             if one.param_type_name == "argument"]  # fmt: skip
    return " ".join([f"formulate {name}", *words, "[options]"])


def _example(name: str, found: Any, examples: list[str]) -> str:
    if not examples:
        return ""
    line, home = ELSEWHERE.get(name, ("", ""))
    line = _dated(line or examples[0], found)
    if name in NOT_RUN:
        return f"```\n$ {line}\n```\n\n"
    return Walk(home=home or "no-records").run(line, most=MOST).lstrip("\n")


def _ends(name: str, found: Any) -> str:
    """Return with what exit codes a command ends, and a line that brings out 1."""
    said = REFUSED.get(name)
    if said is None:
        return "Ends with 0, or with 2 where it cannot be answered as asked.\n\n"
    words, line = said
    line = _dated(f"formulate {line}".replace("'", '"'), found)
    lines = Walk().printed(line, 1)
    first = next(n for n, one in enumerate(lines) if one.startswith(NO))
    rest = takewhile(lambda one: one.startswith("        ") and ">" not in one, lines[first + 1 :])
    shown = "\n".join([typed(line), lines[first], *rest])
    return f"Ends with 1 where {words}:\n\n```\n{shown}\n```\n\n"


def _section(name: str, found: Any) -> str:
    if hasattr(found, "list_commands"):
        said = _ends(name, found) if name in REFUSED else ""
        return f"## formulate {name}\n\n{_words(found)[0]}\n\n{said}"
    level = "###" if " " in name else "##"
    words, examples = _words(found)
    own, more = _own(name, found)
    parts = [f"{level} formulate {name}", words, f"```\n{_usage(name, found)}\n```", _table(own)]
    if more:
        parts.append(f"... {more}.")
    text = "\n\n".join(parts) + "\n\n" + _example(name, found, examples)
    return text if name.startswith("calc ") else text + _ends(name, found)


def page() -> str:
    """Return every command, then the options that many share."""
    every = list(commands())
    found = dict(every)
    prescribed, calculators = _shared()
    shared = [one for one in found["plan"].params if one.name in prescribed]
    of_calc = [one for one in found["calc dilute"].params if one.name in calculators]
    listed = [
        f"{'  ' * name.count(' ')}- [`{name}`](#formulate-{name.replace(' ', '-')})"
        for name, _ in every
    ]
    return "\n".join([
        "## All of them", "", *listed, "",
        *(_section(name, one) for name, one in every),
        "## The options of a prescription", "",
        "What every command that takes a prescription takes. In a file they are keys "
        "([prescription.md](prescription.md)); what is typed goes before the file.", "",
        _table(shared), "",
        "## The options of every calculator", "", _table(of_calc), "",
    ])  # fmt: skip
