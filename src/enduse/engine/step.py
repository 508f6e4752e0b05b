"""A stage is a list of named steps; a step makes tables from tables.

A step is either SQL over rows (a file `<room>/sql/<name>.sql` in the canonical dialect) or a Python function over
DISTINCT values. Its `inputs` and `outputs` are names of contract tables or of temporary tables of the same stage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.contracts.case_file import CaseFile
    from enduse.engine.base import Engine


class Progress(Protocol):
    """How a stage reports: `step` when one begins, `say` for a line worth keeping."""

    def step(self, stage: str, name: str, number: int, of: int) -> None: ...
    def say(self, line: str) -> None: ...


@dataclass(frozen=True)
class Context:
    """What a step may see: the engine with the tables so far, the case file, and a scratch folder of its own."""

    engine: Engine
    case: CaseFile
    folder: Path  # the case folder: sources are found from here, never written
    scratch: Path  # for files a step writes; gone when the stage is done
    progress: Progress


# What a Python step gives back for each output: a table in memory, or a Parquet file it wrote in `scratch`.
Made = Mapping[str, "pa.Table | Path"]


@dataclass(frozen=True)
class Step:
    """One named step. Exactly one of `sql` (text in the canonical dialect, may use $parameters) and `run` is given.

    `outputs` that are contract tables are stored and checked against their contract; others live until the stage ends.
    `params` maps names of SQL parameters to functions of the case.
    """

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    sql: str | None = None
    run: Callable[[Context], Made] | None = None
    params: Mapping[str, Callable[[CaseFile], object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.sql is None) == (self.run is None):
            raise ValueError(f"step {self.name}: give either sql or run")
        if self.sql is not None and len(self.outputs) != 1:
            raise ValueError(f"step {self.name}: a SQL step makes one table")


@dataclass(frozen=True)
class Stage:
    """A room's work in order. `settings` picks the part of the case file that can change its result (for the cache)."""

    name: str
    steps: tuple[Step, ...]
    settings: Callable[[CaseFile], object] = lambda _: None

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every table the stage stores or holds, in order, each once."""
        return tuple(dict.fromkeys(o for s in self.steps for o in s.outputs))


def sql_step(
    folder: Path, name: str, inputs: tuple[str, ...], output: str | None = None, **params: Callable[[CaseFile], object]
) -> Step:
    """A SQL step read from `<folder>/sql/<name>.sql`; `folder` is the room's own (`Path(__file__).parent`)."""
    text = (folder / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return Step(name, inputs, (output or name,), sql=text, params=params)
