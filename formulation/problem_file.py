"""A problem for `calc` in a file: what would be typed as options, under the options' names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from formulation.catalog import read_toml
from formulation.errors import FormulationError, quote
from formulation.keys import check_keys
from formulation.relations import Calculator


def read_problem(file: str, which: Calculator) -> dict[str, Any]:
    """Return the values of a problem by their names, as they stand in a TOML file.

    A key is an option without its dashes, `stock_strength` for `--stock-strength`; what may be
    given more than once is a list.

    Raises `FormulationError` for a file that is not one, a key that the calculator has not, and a
    value that does not stand in quotes.
    """
    table, _ = read_toml(Path(file), "the problem file")
    where = quote(file, 200)
    own = [one for one in which.variables if not one.inner]
    many = {one.name for one in own if one.kind.startswith("many ")}
    allowed = {
        one.name: (list, 'a list of texts: ["...", "..."]') if one.name in many
        else (str, f'{one.name} = "...", in quotes, as it would be typed')
        for one in own
    }  # fmt: skip
    check_keys(table, allowed, where)
    for key in many & set(table):
        if any(type(part) is not str for part in table[key]):
            what = f"{key} is of the wrong type"
            fix = f"write {allowed[key][1]}"
            raise FormulationError("file-wrong-type", what, f"{where}, key {key}", fix)
    return dict(table)
