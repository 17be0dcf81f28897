"""From what was typed about a finished batch to what is asked of it and the records that judge.

Every amount is read exactly; what cannot be is refused with its place and what to type instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from formulation import catalog
from formulation.benches import TEACHING, read_bench
from formulation.check_records import Uniformity, WeightChecks
from formulation.cited import Unknown
from formulation.errors import FormulationError, nearest, quote
from formulation.finished import (
    Contents,
    EmptyShell,
    Fill,
    Finished,
    Passage,
    Rules,
    Summary,
    Weighings,
)
from formulation.lists import read_mass, read_masses, read_percent, read_percents
from formulation.printing import show, show_number
from formulation.records import Stamp
from formulation.units import Quantity

SETS = ("usp795-older", "nrf")
MOST_CONTENT = Fraction(1000)
TARGETS = (Fraction(50), Fraction(200))
HEAVIEST = Quantity(Fraction(10_000), "mg")
KEYS = (
    "mean", "sd", "n", "values", "target", "drug", "fill", "gross", "theory", "shell",
    "shell_tolerance", "shells", "shell_size", "weighed_in", "weighed_out", "rule_sets", "bench",
    "chart",
)  # fmt: skip
Typed = Mapping[str, Any]


def option(key: str) -> str:
    """Return how an option is typed.

    >>> option("shell_size")
    'option --shell-size'
    """
    return f"option --{ {'rule_sets': 'set'}.get(key, key).replace('_', '-') }"


def _missing(what: str, key: str, fix: str) -> FormulationError:
    return FormulationError("option-missing", what, option(key), fix)


def _together(typed: Typed, *keys: str) -> bool:
    """Say whether options that belong together are there; refuse some without the others."""
    given = [key for key in keys if key in typed]
    if given and len(given) < len(keys):
        lacking = next(key for key in keys if key not in typed)
        names = " and ".join(option(key).removeprefix("option ") for key in keys)
        fix = f"give {names} together"
        raise _missing(f"{option(given[0])} needs {option(lacking)[7:]}", lacking, fix)
    return bool(given)


def _not_both(typed: Typed, *keys: str) -> None:
    given = [option(key).removeprefix("option ") for key in keys if key in typed]
    if len(given) > 1:
        what = f"{' and '.join(given)} say the same thing twice"
        raise FormulationError("given-twice", what, "the command line", "give one of them")


def _content(number: Fraction, where: str) -> Fraction:
    if number > MOST_CONTENT:
        what = f"{show_number(number)} % of claim"
        fix = f"contents are typed in percent of claim, from 0 to {show_number(MOST_CONTENT)}"
        raise FormulationError("number-out-of-range", what, where, fix)
    return number


def _contents(typed: Typed) -> Summary | Contents | None:
    _not_both(typed, "values", "mean")
    _not_both(typed, "values", "sd")
    if "values" in typed:
        where = option("values")
        values = tuple(_content(x, where) for x in read_percents(typed["values"], where))
        if "n" in typed and typed["n"] != len(values):
            what = f"--n says {typed['n']}, and the list holds {len(values)} values"
            fix = "leave --n out: the values are counted"
            raise FormulationError("count-differs", what, option("n"), fix)
        return Contents(values)
    if not _together(typed, "mean", "sd", "n"):
        return None
    mean = _content(read_percent(typed["mean"], option("mean")), option("mean"))
    sd = _content(read_percent(typed["sd"], option("sd")), option("sd"))
    return Summary(mean, sd, typed["n"])


def _target(typed: Typed) -> Fraction | None:
    if "target" not in typed:
        return None
    found, (least, most) = read_percent(typed["target"], option("target")), TARGETS
    if not least <= found <= most:
        what = f"a target content T of {show_number(found)} % of claim"
        fix = f"T is typed in percent of claim, from {least} to {most}; leave it out for 100.0"
        raise FormulationError("number-out-of-range", what, option("target"), fix)
    return found


def _fill(typed: Typed) -> Fill | None:
    if not _together(typed, "drug", "fill"):
        return None
    drug = read_mass(typed["drug"], option("drug"))
    powder = read_mass(typed["fill"], option("fill"))
    if drug > powder:
        what = f"{show(drug)} of drug in {show(powder)} of contents"
        fix = "--fill is the whole powder in one capsule, the drug included"
        raise FormulationError("drug-above-fill", what, option("drug"), fix)
    return Fill(drug, powder)


def _weighings(typed: Typed, bench_stamps: list[Stamp]) -> Weighings | None:
    if "gross" not in typed:
        for key in ("theory", "shell", "shells", "shell_size", "shell_tolerance"):
            if key in typed:
                what = f"{option(key)[7:]} is for capsules that were weighed"
                raise _missing(what, "gross", 'give their masses: --gross "277 mg, 281 mg"')
        return None
    gross = tuple(
        _one(mass, option("gross")) for mass in read_masses(typed["gross"], option("gross"))
    )
    theory: Quantity | Unknown = Unknown("theoretical fill", "not given", '--theory "229 mg"')
    if "theory" in typed:
        theory = _one(read_mass(typed["theory"], option("theory")), option("theory"))
    return Weighings(gross, _shell(typed, bench_stamps), theory)


def _one(mass: Quantity, where: str) -> Quantity:
    if mass > HEAVIEST:
        what = f"{show(mass)} is no mass of one capsule"
        fix = f"weigh one by one, each at most {show(HEAVIEST)}"
        raise FormulationError("number-out-of-range", what, where, fix)
    return mass


def _shell(typed: Typed, stamps: list[Stamp]) -> EmptyShell:
    _not_both(typed, "shells", "shell", "shell_size")
    unknown = Unknown("variation of the shell", "not given", "--shell-tolerance, or --shells")
    tolerance: Quantity | Unknown = unknown
    if "shell_tolerance" in typed:
        tolerance = read_mass(typed["shell_tolerance"], option("shell_tolerance"))
    if "shells" in typed:
        where = option("shells")
        weighed = tuple(_one(mass, where) for mass in read_masses(typed["shells"], where))
        none = Unknown("mass of the shell", "weighed", "")
        return EmptyShell(none, tolerance, f"{len(weighed)} shells weighed", weighed)
    if "shell" in typed:
        mass = _one(read_mass(typed["shell"], option("shell")), option("shell"))
        return EmptyShell(mass, tolerance, "as given")
    if "shell_size" in typed:
        return _of_the_bench(typed, tolerance, stamps)
    fix = 'give --shells "47 mg, 48 mg, ..." of the same lot, or --shell, or --shell-size'
    raise _missing("the mass of the empty shell is missing", "shells", fix)


def _of_the_bench(typed: Typed, tolerance: Quantity | Unknown, stamps: list[Stamp]) -> EmptyShell:
    bench, where = read_bench(typed.get("bench", TEACHING)), option("shell_size")
    size = str(typed["shell_size"])
    known = {row.size: None for table in bench.shells for row in table.sizes}
    fit = [(table, row) for table in bench.shells for row in table.sizes if row.size == size]
    if not fit:
        what = f"no shell of size {quote(size)} on {bench.name}"
        fix = f"use one of: {', '.join(known) or 'none on this bench: give --shells'}"
        raise FormulationError("shell-size-unknown", what, where, fix)
    if len(fit) > 1:
        what = f"{bench.name} has size {size} of {' and of '.join(t.vendor for t, _ in fit)}"
        fix = "vendors differ: give --shells of the lot, or --shell and --shell-tolerance"
        raise FormulationError("shell-size-twice", what, where, fix)
    stamps.extend(bench.stamps)
    ((table, row),) = fit
    ground = f"size {size}, {table.name}"
    mass = row.mass if isinstance(row.mass, Unknown) else row.mass.value
    if isinstance(tolerance, Unknown) and not isinstance(row.mass_tolerance, Unknown):
        tolerance = row.mass_tolerance.value
    return EmptyShell(mass, tolerance, ground)


def _rules(typed: Typed) -> Rules:
    uniformity, first = catalog.load(Uniformity, "uniformity", "usp905")
    sets, stamps = [], [first]
    if "gross" in typed or "weighed_in" in typed:
        for key in dict.fromkeys(typed.get("rule_sets") or SETS):
            try:
                rule, stamp = catalog.load(WeightChecks, "checks", key)
            except FormulationError as error:
                raise error.at(option("rule_sets")) from None
            sets.append(rule)
            stamps.append(stamp)
    return Rules(uniformity, tuple(sets), tuple(stamps))


def read_finished(typed: Typed) -> tuple[Finished, Rules]:
    """Return what is asked of a finished batch, and the records that judge it.

    >>> finished, rules = read_finished({"mean": "100.3 %", "sd": "1.4", "n": 10})
    >>> finished.contents
    Summary(mean=Fraction(1003, 10), sd=Fraction(7, 5), units=10)

    Raises `FormulationError` naming the option, the number in a list, and what to type instead.
    """
    for key in typed:
        if key not in KEYS:
            near = nearest(key, KEYS)
            fix = f"did you mean {near}?" if near else f"use one of: {', '.join(KEYS)}"
            raise FormulationError("file-unknown-key", f"no such key: {quote(key)}", fix=fix)
    if "bench" in typed and "shell_size" not in typed:
        what = "--bench is for its shells only"
        raise _missing(what, "shell_size", "add --shell-size, or leave --bench out")
    stamps: list[Stamp] = []
    passage = None
    if _together(typed, "weighed_in", "weighed_out"):
        passage = Passage(read_mass(typed["weighed_in"], option("weighed_in")),
                          read_mass(typed["weighed_out"], option("weighed_out")))  # fmt: skip
    finished = Finished(
        contents=_contents(typed), target=_target(typed), fill=_fill(typed),
        weighings=_weighings(typed, stamps), passage=passage, chart=bool(typed.get("chart")),
    )  # fmt: skip
    parts = (finished.contents, finished.fill, finished.weighings, passage, finished.chart or None)
    if all(part is None for part in parts):
        what = "nothing about the finished batch was given"
        fix = "give --mean, --sd and --n, or --values, --gross, --drug and --fill, or --chart"
        raise FormulationError("nothing-to-check", what, "the command line", fix)
    rules = _rules(typed)
    return finished, Rules(rules.uniformity, rules.sets, (*rules.stamps, *stamps))
