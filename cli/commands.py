"""Every command, and how each ends: an exit code, or a refusal in four lines or as JSON.

Only the module of the command that was typed is imported: the others would cost each run as much
as reading a bench does.
"""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from formulation.errors import FormulationError

from .frame import app, write_json

__all__ = ["every", "run"]
COMMANDS: dict[str, tuple[str, ...]] = {
    **{
        name: (name,) for name in (
            "plan", "design", "capsules", "liquid", "weigh", "uniformity", "worksheet", "compare",
            "label", "note", "estimate", "calc", "catalog", "prices",
        )
    },
    "learn": ("learn", "learn_lesson", "learn_quiz", "learn_paper"),
}  # fmt: skip


def every() -> typer.Typer:
    """Return the program with every command, in the order in which `--help` lists them."""
    for name in COMMANDS:
        _load(name)
    order = list(COMMANDS)
    app.registered_commands.sort(
        key=lambda one: order.index(str(one.name or getattr(one.callback, "__name__", "")))
    )
    app.registered_groups.sort(key=lambda one: order.index(str(one.name)))
    return app


def _load(name: str) -> None:
    for module in COMMANDS[name]:
        import_module(f".{module}", __package__)


def _program(arguments: list[str]) -> typer.Typer:
    """Return the program with the command that was typed, or with all where none was."""
    if arguments and arguments[0] in COMMANDS:
        _load(arguments[0])
        return app
    return every()


def _no_signed_dose(arguments: list[str]) -> None:
    """Refuse "-5 mg" as the dose it is, before it is taken for an option.

    After an option of `calc` it is that option's value: a temperature may be below zero, and
    whatever else reads it refuses it by the option's name.
    """
    from formulation.grammar import read_quantity

    for before, word in zip(["", *arguments], arguments, strict=False):
        if arguments[0] == "calc" and before.startswith("--"):
            continue
        if word.startswith("-") and word[1:2] in set("0123456789."):
            read_quantity(word)


def _usage(error: Exception) -> FormulationError:
    text = getattr(error, "format_message", lambda: str(error))()
    fix = "formulate --help, or formulate plan --help, lists what may be typed"
    return FormulationError("usage", " ".join(text.split()), "the command line", fix)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; every refusal prints in four lines or as JSON."""
    try:
        _no_signed_dose(arguments)
        code = _program(arguments)(args=arguments or ["--help"], standalone_mode=False)
    except FormulationError as error:
        return _refused(error, "--json" in arguments)
    except typer.Exit as done:
        return done.exit_code
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        return _refused(_usage(error), "--json" in arguments)
    return code if isinstance(code, int) else 0


def _refused(error: FormulationError, as_json: bool) -> int:
    if as_json:
        from formulation.jsonable import error_json

        write_json(error_json(error))
    else:
        sys.stderr.write("\n".join(error.lines()) + "\n")
    return 2
