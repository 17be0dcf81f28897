"""How the house is built: which room may call which, and what the program may load."""

import ast
import json
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import formulation

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "formulation"
CLI = ROOT / "cli"
# Each module imports only from modules named before it; calculators never from one another.
FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nothing below", ("errors", "roots", "kernels", "kernel_layouts", "kernel_judging")),
    ("the boundary", ("units", "printing", "cited", "spelling", "grammar",
                      "ndc", "price_rows", "directions", "amounts", "amount_reading",
                      "problem_reading")),
    ("shapes", ("spread", "measurable", "trace", "fields", "evidence_records",
                "apparatus", "records",
                "check_records", "prescription", "kept", "loss", "bill", "result", "charges",
                "bench", "device_marks", "blocks", "finished", "designed", "chains", "solved",
                "relations")),
    ("shared arithmetic", ("potency", "batch", "weighing", "mixes", "series", "schemes",
                           "rule_sets", "charge_lines", "price_cautions", "dating", "preservation",
                           "storage", "evidence", "study_cautions", "studied", "source_units",
                           "intervals", "solving", "bounding",
                           "rounding_off", "teaching")),
    ("calculators", ("fills", "topup", "source_powder", "mixing", "plates", "remedy", "liquids",
                     "stock", "devices", "beyond_use", "supply", "clinical", "content", "cost",
                     "course", "acceptance", "eligibility", "weight_check", "characteristic",
                     "aliquots", "dilutions", "kinetics", "handling", "liquid_solving",
                     "solubility", "recipients", "layouts",
                     "dilution", "serial_dilution", "conversion", "strengths", "alligation",
                     "dosing", "displacement", "weighing_error", "density", "equivalents",
                     "body_size", "salts", "pricing", "reducing", "isotonicity", "temperature")),
    ("readers", ("reading", "catalog", "keys", "frequency", "making", "charge_intake",
                 "label_intake", "liquid_intake", "benches", "drugs", "intake",
                 "record_lists", "lists", "check_intake", "weigh_intake", "kinds", "shelf",
                 "record_check", "record_schema", "price_file",
                 "price_store", "price_import", "price_book", "problem_file")),
    ("one route", ("assembly", "recipes", "route_dates", "pooling", "capsule_mix", "capsule_fill",
                   "capsule_methods", "capsule_machine", "capsule_routes", "liquid_drawing",
                   "layout_terms", "chain_places", "liquid_chain", "liquid_words", "liquid_routes",
                   "weighed_liquids", "asked_liquids", "dispersion_route", "routes")),
    ("every route", ("split", "refills", "planning", "capsule_depth", "capsule_making",
                     "liquid_making", "compounding_record", "cost_ways", "break_even", "swings",
                     "claims", "cost_comparison", "offered", "labelling", "prescriber_note",
                     "patient_charge", "patient_ways", "estimating", "design_space",
                     "design_candidates", "design_field", "design_front", "design_direct",
                     "design_relax", "design_why", "search")),
    ("finished batch", ("checking",)),
    ("small masses", ("small_masses",)),
    ("everyday calculations", ("sigs", "calculating")),
    ("learning", ("questions", "slips", "draws", "syllabus", "family", "posing", "sheet",
                  "families_units", "families_strength", "families_dilution",
                  "families_alligation", "families_doses", "families_supply", "families_capsules",
                  "families_liquids", "families_weighing", "families_potency", "families_keeping",
                  "judging_questions", "families_judged", "families_limits", "families",
                  "blueprint", "papers", "lesson_reading", "lessons", "course_file",
                  "answering", "likely", "reworking", "marked", "choosing", "marking", "scores",
                  "quizzing")),
    ("reports", ("workings", "comparison", "report", "drawing", "loss_report", "details",
                 "capsule_report", "liquid_report", "worksheet_lines", "worksheet_liquid",
                 "worksheet_report", "cost_table", "cost_report", "check_report", "weigh_report",
                 "catalog_report", "price_report", "design_report", "calc_report", "paper_report",
                 "lesson_report", "export", "moodle", "gift", "question_report",
                 "quiz_report", "markdown",
                 "latex", "jsonable", "learn_json", "question_json")),
    ("pages", ("pages", "page_fonts", "barcode", "page_data", "page_typst", "page_fit",
               "page_html",
               "page_text", "label_page", "note_page", "estimate_page", "worksheet_page",
               "paper_page")),
)  # fmt: skip
ORDER = tuple(name for _, names in FLOORS for name in names)
NUMERIC = ("kernels", "kernel_layouts", "kernel_judging")
CALCULATORS = set(dict(FLOORS)["calculators"])
READERS = set(dict(FLOORS)["readers"])
MODULES = sorted(path for path in LIBRARY.glob("*.py"))
EVERYTHING = [*MODULES, *sorted(CLI.glob("*.py")), ROOT / "data" / "__init__.py"]
IDS = [f"{path.parent.name}/{path.stem}" for path in EVERYTHING]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """Return every module that a file imports, anywhere in it, by its full name."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            assert node.module is not None
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def rooms(path: Path) -> set[str]:
    names = {name.split(".")[1] for name in imported(path) if name.startswith("formulation.")}
    return names & {module.stem for module in MODULES}


def test_every_module_of_the_library_has_its_place_in_the_order():
    assert sorted((*ORDER, "__init__")) == [path.stem for path in MODULES]


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_from_modules_named_before_it(name):
    above = rooms(LIBRARY / f"{name}.py") - set(ORDER[: ORDER.index(name)])
    assert not above


@pytest.mark.parametrize("name", sorted(CALCULATORS))
def test_a_calculator_never_imports_another(name):
    assert not rooms(LIBRARY / f"{name}.py") & CALCULATORS


COMPUTING = CALCULATORS | {
    "potency", "batch", "weighing", "mixes", "series", "rule_sets", "planning", "checking",
    "small_masses", "dating", "preservation", "storage", "evidence", "study_cautions", "studied",
    "ndc", "price_rows", "intervals", "solving", "bounding", "rounding_off", "teaching",
    "sigs", "calculating",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(COMPUTING))
def test_what_computes_reads_no_record_no_file_and_no_clock(name):
    found = imported(LIBRARY / f"{name}.py")
    assert not rooms(LIBRARY / f"{name}.py") & READERS
    assert not {module.split(".")[0] for module in found} & {"os", "pathlib", "random", "time"}
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree(LIBRARY / f"{name}.py"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
    }
    assert not calls & {"open", "today", "now", "utcnow", "read_text", "print", "float"}


def test_no_module_bears_the_name_of_a_verb_and_a_group_of_commands_computes_nothing():
    """`catalog` and `prices` are groups: what they look up or store is no verb's to work out."""
    verbs = {name for name in formulation.__all__ if not name.startswith("_")}
    assert not verbs & set(ORDER)
    above = set(ORDER[ORDER.index("assembly") : ORDER.index("workings")])
    for group in ("catalog", "prices"):
        assert not rooms(CLI / f"{group}.py") & (above | CALCULATORS)
    for name in (
        "kinds",
        "shelf",
        "record_check",
        "record_schema",
        "price_file",
        "price_store",
        "price_import",
        "price_book",
    ):
        assert not rooms(LIBRARY / f"{name}.py") & CALCULATORS


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_only_units_knows_pint_and_the_library_knows_no_terminal(path):
    tops = {name.split(".")[0] for name in imported(path)}
    assert ("pint" in tops) == (path.stem == "units")
    assert path.stem in NUMERIC or "numpy" not in tops
    assert not tops & {"typer", "click", "rich", "formulation_cli", "cli", "pydantic"}


@pytest.mark.parametrize("path", sorted(CLI.glob("*.py")), ids=lambda path: path.stem)
def test_the_program_names_itself_only_by_relative_imports(path):
    tops = {name.split(".")[0] for name in imported(path)}
    assert not tops & {"cli", "formulation_cli", "formulation_data", "data", "pint"}


def test_the_list_of_packages_is_the_list_of_folders():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    folders = {
        path.parent.name
        for path in ROOT.glob("*/__init__.py")
        if path.parent.name not in {"tests", "build"}
    }
    mapped = told["setuptools"]["package-dir"]
    assert sorted(told["setuptools"]["packages"]) == sorted(mapped)
    assert set(mapped.values()) == folders == {"formulation", "cli", "data"}
    for folder in folders:
        nested = [path for path in (ROOT / folder).rglob("*.py") if path.parent.name != folder]
        assert not nested


@pytest.mark.parametrize("path", EVERYTHING, ids=IDS)
def test_every_module_says_what_it_answers(path):
    said = ast.get_docstring(tree(path))
    assert said
    assert len(said) > 15


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node


def public(node: ast.Module | ast.ClassDef) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield what others may call: functions and classes, and the methods of those classes."""
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.ClassDef) and not item.name.startswith("_"):
            yield item.name, item
            if isinstance(item, ast.ClassDef):
                yield from public(item)


@pytest.mark.parametrize("path", EVERYTHING, ids=IDS)
def test_every_public_function_and_class_says_what_it_returns(path):
    for name, node in public(tree(path)):
        assert ast.get_docstring(node), f"{path.stem}.{name}"


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    lines = node.end_lineno - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        assert first.end_lineno is not None
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", EVERYTHING, ids=IDS)
def test_modules_and_functions_stay_short_enough_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    for name, node in functions(path):
        assert length(node) <= 40, f"{path.stem}.{name} has {length(node)} lines"


# What the installed program loads.


def script() -> Path:
    beside = Path(sys.executable).parent / "formulate"
    installed = beside if beside.exists() else Path(sysconfig.get_path("scripts")) / "formulate"
    assert installed.exists(), "install the project first: pip install -e '.[dev]'"
    return installed


def loaded(*arguments: str) -> tuple[int, str, set[str]]:
    """Run the installed program and return its exit code, output and every module it imported."""
    command = [sys.executable, "-X", "importtime", str(script()), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    names = {
        line.rpartition("|")[2].strip()
        for line in ran.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert len(names) > 20
    return ran.returncode, ran.stdout, {name.split(".")[0] for name in names}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_neither_pint_nor_numpy(argument):
    code, out, names = loaded(argument)
    assert code == 0
    assert out.strip()
    assert not names & {"pint", "numpy", "pydantic", "platformdirs", "typst", "zint"}


def test_the_version_loads_no_terminal_library_either():
    _, out, names = loaded("--version")
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert out == f"formulate {told['version']}\n"
    assert not names & {"typer", "click", "rich"}


def test_a_whole_plan_loads_the_units_and_never_pydantic():
    code, out, names = loaded(
        "plan", "cycloserine", "100 mg", "--doses", "10", "--date", "2026-01-05", "--json"
    )
    assert code in (0, 1)
    assert json.loads(out)["schema"] == "formulate/1"
    assert "pint" in names
    assert "pydantic" not in names


def test_a_plan_never_loads_numpy():
    program = (
        "import sys; sys.argv[1:] = ['plan', 'cycloserine', '100 mg', '--doses', '10', '--json']\n"
        "from formulation_cli.app import main\n"
        "try: main()\n"
        'except SystemExit: sys.stderr.write(f\'{"pint" in sys.modules} {"numpy" in sys.modules}\')'
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stderr == "True False"


def test_numpy_is_there_for_whoever_asks_for_it_after_pint_was_loaded_without_it():
    program = (
        "import sys; from formulation import units; units.without_arrays(); "
        "assert units.factor('g', 'mg') == 1000; assert 'numpy' not in sys.modules; "
        "import numpy; from formulation import kernels; print(numpy.arange(3).sum())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert ran.stdout.strip() == "3"


def test_only_the_typed_commands_module_is_loaded():
    program = (
        "import sys; from formulation_cli.commands import run; run(['weigh', '--help']); "
        "print(*sorted(m for m in sys.modules if m.startswith('formulation_cli.')))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert "formulation_cli.weigh" in ran.stdout
    assert "formulation_cli.plan" not in ran.stdout


def test_a_plan_needs_no_kernel():
    """The program's own arrays are for searches and chances only."""
    program = (
        "import sys, formulation; formulation.plan; import formulation.layouts; "
        "print(*sorted(m for m in sys.modules if m.startswith('formulation.kernel')))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert not ran.stdout.strip()


def test_importing_the_library_loads_nothing_heavy():
    program = "import sys, formulation; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert "formulation" in ran.stdout.split()
    assert not set(ran.stdout.split()) & {"pint", "numpy", "typer", "rich", "pydantic"}
