"""Run the benchmarks of a source checkout."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from enduse.errors import EnduseError, UsageError


def bench(
    context: typer.Context,
    suite: Annotated[
        str | None, typer.Argument(metavar="[SUITE]", help="a file of bench/ without .py; all by default")
    ] = None,
) -> None:
    """Measure quality and speed, as ratios in one run (needs a source checkout)."""
    import runpy

    folder = Path(__file__).resolve().parents[3] / "bench"
    have = sorted(p.stem for p in folder.glob("*.py") if p.stem != "common")
    if not have:
        raise EnduseError(
            "the benchmarks are not part of the installed package",
            fix="Run them from a source checkout: python bench/first_light.py",
        )
    if suite is not None and suite not in have:
        raise UsageError(f"no suite {suite!r}", fix=f"Suites are {', '.join(have)}")
    sys.path.insert(0, str(folder))
    for name in [suite] if suite else have:
        sys.argv = [str(folder / f"{name}.py"), *context.args]
        runpy.run_path(str(folder / f"{name}.py"), run_name="__main__")
