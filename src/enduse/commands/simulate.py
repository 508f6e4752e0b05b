"""Make a labelled world."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from enduse.commands.common import say
from enduse.errors import UsageError


class _World(StrEnum):
    open = "open"
    shifted = "shifted"
    empty = "empty"
    handed = "handed"


class _Form(StrEnum):
    csv = "csv"
    parquet = "parquet"


def simulate(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="folder to make; it must be new or empty")],
    rows: Annotated[int, typer.Option("--rows", min=100, max=200_000_000, help="about how many records")] = 100_000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="equal seeds give equal bytes")] = 1,
    world: Annotated[
        _World,
        typer.Option(
            "--world",
            help="open, shifted (slower, lossier, more code changes), empty (no schemes) or handed (goods go on inside owner groups without a record)",
        ),
    ] = _World.open,
    form: Annotated[_Form, typer.Option("--format", help="form of the observed files")] = _Form.csv,
) -> None:
    """Make a world of trade with known answers: files as customs offices would publish them, and the truth beside them."""
    from enduse.simulate.run import make

    if out.exists() and any(out.iterdir()):
        raise UsageError(f"{out} is not empty", fix="Name a new folder: enduse simulate --out DIR")
    facts = make(out, rows=rows, seed=seed, world=world.value, form=form.value, say=say)
    typer.echo(f"{facts['rows']} SIMULATED records in {out / 'observed'}, the answers in {out / 'truth'}")
    typer.echo(f"Go on with: enduse new CASE | enduse add CASE {out / 'observed'}/*")


def main() -> None:
    """The command on its own, for `python -m enduse.simulate`."""
    typer.run(simulate)


if __name__ == "__main__":
    main()
