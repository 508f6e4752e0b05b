"""The demonstration case: a small simulated world as files, a made-up list, three press notes and the true answers."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from . import layouts, observe, press_notes, sdn, truth, world
from .lot import CONTROL

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = "civil drones and parts to RU since 2022-02-24"
WATCH = "civil-drones"
TITLE = "SIMULATED: civil drones and parts on the way to RU"


@dataclass(frozen=True)
class Demo:
    """What a case is made of: `sources` in the order in which to add them; `rates` (a table of exchange rates) and `truth` (JSON) are none."""

    sources: list[Path]
    question: str
    watch: str
    title: str
    truth: Path
    rates: Path
    control: dt.date  # the day of the invented rule


def demo(folder: Path, *, rows: int = 20_000, seed: int = 7) -> Demo:
    """Writes about `rows` declarations in six files, a watchlist and three press notes into `folder` (made if missing).

    Equal `rows` and `seed` give equal bytes. Everything is invented and says so: files are named SIMULATED, the list's
    programme is SIMULATED, each press note begins with it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = world.make(rows, seed)
    rng = Random(seed + 1)
    files = [observe.write(observe.lots_of(layout, made.lots), layout, folder, rng) for layout in layouts.ALL]
    listed = sdn.entries(made)
    answers = truth.answers(made, files, listed, seed)
    path = folder / "SIMULATED_truth.json"
    path.write_bytes((json.dumps(answers, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    notes = press_notes.write(press_notes.notes(answers, made.traders["CN"][1].latin), folder)
    return Demo(
        [*(w.path for w in files), sdn.write(listed, folder), *notes],
        QUESTION,
        WATCH,
        TITLE,
        path,
        _rates(folder),
        CONTROL,
    )


def _rates(folder: Path) -> Path:
    """The one invented rate of the files, month by month, as a user's table of rates looks."""
    months = [dt.date(2022 + n // 12, n % 12 + 1, 1) for n in range(30)]
    path = folder / "SIMULATED_rates.csv"
    rows = [f"{day},CNY,{1 / Decimal(layouts.YUAN):.6f}\n" for day in months]
    path.write_bytes(("date,currency,usd\n" + "".join(rows)).encode())
    return path
