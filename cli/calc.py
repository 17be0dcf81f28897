"""`formulate calc`: the everyday calculations, each with its working and its check."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from .frame import AsJson, Explain, Markdown, app, print_report, write_json

if TYPE_CHECKING:
    from formulation.relations import Calculator

Latex = Annotated[bool, typer.Option("--latex", help="Print LaTeX.")]
Find = Annotated[str, typer.Option("--find", metavar="NAME", help="What is wanted, of the above.")]
To = Annotated[str, typer.Option("--round", metavar="STEP", help='Round to, as in "0.1 mL".')]
Way = Annotated[str, typer.Option("--way", help='"nearest" (default), "up" or "down".')]
File = Annotated[
    str, typer.Option("--file", metavar="FILE.toml", help="The problem, its options as keys.")
]
As = Annotated[str, typer.Option("--as", help='A strength as "%", "ratio", "ppm", "mg/mL".')]
SHARED: dict[str, Any] = {
    "file": (File, ""), "find": (Find, ""), "round_to": (To, ""), "way": (Way, ""),
    "form": (As, ""),
    "explain": (Explain, False), "markdown": (Markdown, False), "latex": (Latex, False),
    "as_json": (AsJson, False),
}  # fmt: skip


class Calculators(TyperGroup):
    """The calculators as commands, each built from its declaration when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return their names in the order of the list."""
        from formulation.calculating import CALCULATORS

        return [one.name for one in CALCULATORS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return one of them as a command; refuse a name that is none."""
        from formulation.calculating import calculator

        return built(calculator(cmd_name))


calc = typer.Typer(
    cls=Calculators,
    help="The everyday calculations: give what is known, get what is not.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(calc, name="calc")


@calc.callback()
def _group(context: typer.Context) -> None:
    """Give what is known, get what is not, with the working and a check.

    formulate calc dilute --stock-strength "2 % w/v" --final-strength "0.5 % w/v"
    --final-volume "200 mL"
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def built(which: Calculator) -> Any:
    """Return a calculator as a command: one option a quantity, then what all of them share."""
    own = [one for one in which.variables if not one.inner]
    kinds: dict[str, Any] = {
        one.name: (
            Annotated[list[str] | None if one.kind.startswith("many") else str | None,
                      typer.Option(one.option, help=one.help or f"{one.words}.")], None)
        for one in own
    }  # fmt: skip
    options = kinds | SHARED

    def whole(**given: Any) -> int:
        values = {one.name: given.pop(one.name) for one in own}
        return _run(which.name, {key: value for key, value in values.items() if value}, given)

    whole.__annotations__ = {name: kind for name, (kind, _) in options.items()} | {"return": int}
    vars(whole)["__signature__"] = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
         for name, (kind, default) in options.items()], return_annotation=int,
    )  # fmt: skip
    whole.__name__ = which.name
    whole.__doc__ = "\n\n".join(
        [which.title + ".", *(f"formulate calc {which.name} {line}" for line in which.examples)]
    )
    return _command(which.name, whole)


def _command(name: str, function: Callable[..., int]) -> Any:
    one = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    one.command(name)(function)
    return typer.main.get_command(one)


def _run(name: str, values: dict[str, Any], shared: dict[str, Any]) -> int:
    """Solve one problem and print it."""
    import formulation
    from formulation.calculating import calculator, read_ask

    if shared["file"]:
        from formulation.problem_file import read_problem

        values = {**read_problem(shared["file"], calculator(name)), **values}
    ask = read_ask(shared["find"], shared["round_to"], shared["way"], shared["form"])
    found = formulation.calc(name, values, ask)
    if shared["as_json"]:
        from formulation.jsonable import calc_json

        write_json(calc_json(found, values, ask))
    else:
        _print(found, shared)
    return 0 if found.may_be_made else 1


def _print(found: Any, shared: dict[str, Any]) -> None:
    from formulation.calc_report import calc_report

    report = calc_report(found, shared["explain"])
    if shared["latex"]:
        from formulation.latex import latex

        typer.echo(latex(report), nl=False)
        return
    print_report(report, shared["markdown"])
