"""Every command, and how each ends: an exit code, or a refusal in four lines or as JSON."""

from __future__ import annotations

import sys

import typer

from formulation.errors import FormulationError

from . import calc as _calc
from . import capsules as _capsules
from . import catalog as _catalog
from . import compare as _compare
from . import design as _design
from . import estimate as _estimate
from . import label as _label
from . import learn as _learn
from . import learn_lesson as _learn_lesson
from . import learn_paper as _learn_paper
from . import learn_quiz as _learn_quiz
from . import liquid as _liquid
from . import note as _note
from . import plan as _plan
from . import prices as _prices
from . import uniformity as _uniformity
from . import weigh as _weigh
from . import worksheet as _worksheet
from .frame import app, write_json

__all__ = ["run"]
COMMANDS = (
    _plan, _design, _capsules, _liquid, _weigh, _uniformity, _worksheet, _compare, _label, _note,
    _estimate, _calc, _catalog, _prices, _learn, _learn_quiz, _learn_lesson, _learn_paper,
)  # fmt: skip


def _no_signed_dose(arguments: list[str]) -> None:
    """Refuse "-5 mg" as the dose it is, before it is taken for an option."""
    from formulation.grammar import read_quantity

    for word in arguments:
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
        code = app(args=arguments or ["--help"], standalone_mode=False)
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
