"""The way in: `formulate`. Nothing heavy is imported before it is known that it is needed."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the program and leave with its exit code (0 done, 1 may not be made, 2 not as asked)."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from formulation import __version__

        print(f"formulate {__version__}")  # noqa: T201
        return
    gc.disable()  # a short run: looking for cycles costs it more than they would
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from formulation.units import without_arrays

    from .commands import run

    without_arrays()
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    gc.freeze()  # leave at once: what is about to be dropped need not be searched first
    gc.enable()
    sys.exit(code)
