"""The demonstration: simulated files become a case, the case is run, and every page says that it is simulated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enduse import case_store, seen
from enduse.case import Case
from enduse.contracts.case_file import Event, Rates
from enduse.errors import CaseError

if TYPE_CHECKING:
    from enduse.engine.step import Progress
    from enduse.simulate.demo import Demo

ROWS = 20_000
SEED = 7


def make(
    folder: Path, progress: Progress, *, rows: int = ROWS, seed: int = SEED, engine: str = "duckdb"
) -> tuple[Case, Path]:
    """Make and run the demonstration case in `folder`; returns the case and the path of its dossier.

    A finished demonstration is run again only where something changed; any other folder that is not empty is refused.
    """
    from enduse.simulate import demo

    if (folder / "case.toml").exists():
        case = Case(folder)
        if not case.file.simulated:
            raise CaseError(
                "is a case of yours, not the demonstration",
                where=str(folder),
                fix="Name another folder: enduse demo DIR",
            )
    else:
        if folder.exists() and any(folder.iterdir()):
            raise CaseError("is not empty", where=str(folder), fix="Name another folder: enduse demo DIR")
        progress.say("simulating customs files, a watchlist and press notes")
        made = demo(folder / "sources", rows=rows, seed=seed)
        case = Case.new(folder, question=made.question, watch=made.watch, title=made.title, simulated=True)
        _settle(folder, made)
        case = Case(folder)
        refused = [a.refused for a in case.add(made.sources) if a.refused is not None]
        if refused:
            raise refused[0]
    case.run(engine=engine, progress=progress)
    return case, case.dossier_path


def _settle(folder: Path, made: Demo) -> None:
    """What a user would write into case.toml: whose rates convert, and the day the rule came in."""
    rates = Rates(
        name="SIMULATED rates", file=str(made.rates.relative_to(folder).as_posix()), sha256=seen.sha256(made.rates)
    )
    rule = Event(
        name="SIMULATED export rule",
        date=made.control,
        exporter=("CN",),
        goods=("drone", "drone_part"),
        source="the simulator; no real rule",
    )
    case_store.settle(folder, rates=rates, events=[rule])
