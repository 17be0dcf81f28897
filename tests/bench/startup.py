"""How long the program takes to start, as ratios to the bare interpreter of the same environment.

Usage: python tests/bench/startup.py [PYTHON] [ROUNDS]

PYTHON is the interpreter of an environment in which the built wheel is installed (default: this
one). Byte code is compiled first, the commands run in turn within each round, and the medians of
the round-by-round ratios are printed with the limits that design set. It judges nothing.
"""

from __future__ import annotations

import compileall
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

PLAN = ["plan", "cycloserine", "100 mg", "--doses", "10", "--date", "2026-01-05"]


def once(command: list[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, env=environment, cwd=tempfile.gettempdir(), check=True,
                   stdout=subprocess.DEVNULL)  # fmt: skip
    return time.perf_counter() - begin


def main() -> None:
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    program = str(Path(python).with_name("formulate"))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    library = subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip()
    compileall.compile_dir(library or sysconfig.get_path("purelib"), quiet=2)
    commands = {
        "python -c pass": [python, "-c", "pass"],
        "formulate --version": [program, "--version"],
        "formulate --help": [program, "--help"],
        "import pint; pint.UnitRegistry()": [python, "-c", "import pint; pint.UnitRegistry()"],
        "formulate plan ...": [program, *PLAN],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for place in range(rounds + 2):
        for name, command in commands.items():
            spent = once(command, environment)
            if place >= 2:
                times[name].append(spent)
    bare, units = times["python -c pass"], times["import pint; pint.UnitRegistry()"]
    print(f"{rounds} rounds, interleaved, byte code compiled; ratios are medians of each round")
    for name, spent in times.items():
        ratio = statistics.median(a / b for a, b in zip(spent, bare, strict=True))
        print(
            f"{name:34} {statistics.median(spent) * 1000:7.0f} ms   {ratio:6.2f} x python -c pass"
        )
    ratio = statistics.median(
        a / b for a, b in zip(times["formulate plan ..."], units, strict=True)
    )
    print(
        f"limits: --version 1.5, --help 14; plan against pint.UnitRegistry(): {ratio:.2f}, limit 1"
    )


if __name__ == "__main__":
    main()
