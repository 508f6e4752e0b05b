"""Makes a labelled world: blocks of trade one after the other, spilled as numbers, then written out file by file."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow.parquet as pq

from . import files, lands, lists, lots, models, population, records, schemes, sisters, trade, truth_tables
from .cells import Writer
from .chance import generator
from .offices import OFFICES
from .population import FORWARDER
from .products import SECTORS
from .settings import BEGIN, DAYS, WORLDS, World
from .texts import Texts

BLOCK = 400_000  # records that are made at once
# Records that follow from one sale by a producer, to begin with.
PER_DEAL = {"open": 1.9, "empty": 1.9, "shifted": 1.33}


def _setting(world: World, rows: int, seed: int) -> trade.Setting:
    rng = generator(seed, 1)
    firms = population.make(rows, seed, rng)
    sister = sisters.founded(firms, world.handed) if world.handed else None
    goods = models.make(rows, rng)
    control = np.full((len(SECTORS), lands.COUNT), DAYS + 1)
    hit = rng.random(control.shape) < 0.14
    control[hit] = rng.integers(BEGIN + 100, DAYS - 200, int(hit.sum()))
    # Drones and components to one country from one spring on, as readers will expect.
    control[[SECTORS.index("aviation"), SECTORS.index("components")], lands.AT["RU"]] = BEGIN + 83
    barren = np.zeros(control.shape, bool)
    small = lands.HUBS
    for sector in range(len(SECTORS)):
        barren[sector, rng.choice(small, 2, replace=False)] = True
    forwarders = np.flatnonzero(firms.role == FORWARDER)
    near = lands.close()
    return trade.Setting(
        world,
        seed,
        firms,
        goods,
        population.Pool(firms),
        trade.calendar(world),
        control,
        forwarders,
        near,
        barren,
        sister,
    )


def make(
    folder: Path, *, rows: int, seed: int, world: str | World = "open", form: Literal["csv", "parquet"] = "csv", say: Callable[[str], None] = lambda _: None
) -> dict[str, object]:  # fmt: skip
    """Writes a world of about `rows` records into `folder` (observed/, lists/, truth/); returns the content of world.json.

    Equal arguments give equal bytes. Memory follows the firms and one block, not `rows`; disk holds the records twice for a while.
    """
    chosen = WORLDS[world] if isinstance(world, str) else world
    setting = _setting(chosen, rows, seed)
    observed, truth = folder / "observed", folder / "truth"
    for place in (observed, truth, folder / "lists"):
        place.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="spill-", dir=folder))
    try:
        spill, plans, counts = _blocks(setting, rows, truth, scratch, say)
        with pq.ParquetWriter(truth / "record.parquet", files.RECORD_TRUTH, compression="zstd") as out:
            written = _files(setting, spill, observed, form, out, say)
        say("joining the answers")
        answers = truth_tables.Answers(truth)
        answers.write("firm", truth_tables.firms(setting))
        answers.write("control", truth_tables.controls(setting))
        answers.close()
        truth_tables.finish(truth, scratch)
        lists.ownership(setting, folder / "lists" / "ownership.csv")
        lists.watchlist(setting, plans, folder / "lists" / "watchlist.csv")
        lists.press(setting, plans, folder / "press")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    facts: dict[str, object] = {
        "simulated": True,
        "seed": seed,
        "rows_asked": rows,
        "rows": sum(written.values()),
        "files": written,
        **counts,
        "world": asdict(chosen),
    }
    (folder / "world.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return facts


def _blocks(setting: trade.Setting, rows: int, truth: Path, scratch: Path, say: Callable[[str], None]) -> tuple[files.Spill, list[schemes.Plan], dict[str, int]]:  # fmt: skip
    count = max(1, round(rows / BLOCK))
    block_of = models.blocks(setting.models, count, generator(setting.seed, 2))
    spill, answers = files.Spill(scratch), truth_tables.Answers(truth)
    every: list[schemes.Plan] = []
    ratio, made, planted, deals_made, lot = (
        PER_DEAL[setting.world.name if setting.world.name in PER_DEAL else "open"],
        0,
        0,
        0,
        0,
    )
    for number in range(count):
        goods = np.flatnonzero(block_of == number)
        if not len(goods):
            continue
        part = float(setting.models.share[goods].sum())
        wanted = rows * part
        crowd = schemes.Crowd(setting, number, goods, int(wanted), planted)
        deals = trade.block(setting, number, goods, max(20, int(wanted / ratio)), crowd.fronts())
        plans = crowd.carry_out(deals)
        planted += len(plans)
        every += plans[: max(0, 400 - len(every))]
        its_lots, its_draws = lots.make(setting, number, deals, lot)
        lot += len(its_lots)
        seen = records.observe(setting, number, its_lots)
        for name, found in seen.items():
            spill.add(name, number, found)
        got = sum(len(found) for found in seen.values())
        made, deals_made = made + got, deals_made + int(wanted / ratio)
        ratio = made / max(1, deals_made)
        answers.write("lot", truth_tables.lots(setting, its_lots))
        answers.write("draw", truth_tables.draws(its_draws))
        table = truth_tables.schemes(setting, plans, its_lots)
        if table is not None:
            answers.write("scheme", table)
        say(f"block {number + 1} of {count}: {got} records of {len(its_lots)} lots")
    answers.close()
    return spill, every, {"lots": lot, "firms": len(setting.firms), "models": len(setting.models), "schemes": planted}


def _files(setting: trade.Setting, spill: files.Spill, folder: Path, form: str, truth: pq.ParquetWriter, say: Callable[[str], None]) -> dict[str, int]:  # fmt: skip
    texts: dict[str, Texts] = {}
    written: dict[str, int] = {}
    for name, place, side in records.offices(setting):
        office = OFFICES[name]
        if office.language not in texts:
            texts[office.language] = Texts.of(setting.models, office.language)
        writer = Writer(setting, name, office, place, side, texts[office.language])
        written[f"{name}.{form}"] = files.write(writer, spill, folder, form, truth)
        say(f"{name}: {written[f'{name}.{form}']} records")
    return written
