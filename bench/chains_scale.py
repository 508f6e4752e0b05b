"""Chains at scale: seconds and memory from shipments to ranked chains at several sizes, and how cost grows with the rows.

    python bench/chains_scale.py [--rows 200000 --rows 2000000 --rows 10000000] [--memory 1500MB] [--folder DIR]

Worlds are made by `enduse simulate` and read by the product up to its goods; parties are the true ones. With `--folder`
worlds are kept there and used again. Each size runs in a process of its own, so that its peak memory is its own. At ten
million rows making and reading the world takes longer than tracing it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

import duckdb

import common
from common import Check
from enduse.case import Case, Quiet
from enduse.contracts import TABLES
from enduse.engine.duckdb import DuckDBEngine, parquet_glob
from enduse.engine.step import Context
from enduse.pipeline import Place, run_step
from enduse.routes.chains import STEPS

SECONDS, GIGABYTES = 120.0, 4.0  # asked for 10 million rows on two cores
GIVEN = ("shipment_row", "duplicate_row", "goods")


def prepared(folder: Path, rows: int) -> Path:
    """A world in `folder` with the tables the steps read; made unless it is there."""
    if not (folder / "shipment_party.parquet").is_file():
        from chains import world

        if not (folder / "case").is_dir():
            world(folder, "open", rows, 1, until="goods")
        shipments = parquet_glob(Place(folder / "case" / "work").table("shipment_row") or folder)
        party = "'P-' || printf('%010x', CAST({} AS BIGINT))"
        with duckdb.connect() as db:
            db.execute("SET memory_limit = '1500MB'")
            db.execute(f"SET temp_directory = '{folder / 'spill'}'")
            firms = f"SELECT {party.format('firm')} AS party_id, latin AS name, country, 'organization' AS kind, '' AS identifiers FROM '{folder}/truth/firm.parquet'"
            db.execute(f"COPY ({firms}) TO '{folder}/party.parquet' (FORMAT parquet)")
            sides = ", ".join(
                f"CASE WHEN r.{side}_name <> '' THEN {party.format(f'r.{side}')} END AS {column}"
                for side, column in (("seller", "exporter_party"), ("buyer", "importer_party"))
            )
            joined = f"SELECT s.shipment_id, {sides} FROM '{shipments}' AS s LEFT JOIN '{folder}/truth/record.parquet' AS r ON r.source = s.source AND r.row = s.row"
            db.execute(f"COPY ({joined}) TO '{folder}/shipment_party.parquet' (FORMAT parquet)")
    return folder


def trace(folder: Path, memory: str) -> dict[str, object]:
    """Every step over the world in `folder`: rows, seconds by both clocks, seconds of processor by step, peak memory in MB."""
    place, out = Place(folder / "case" / "work"), folder / "traced"
    (out / "scratch").mkdir(parents=True, exist_ok=True)
    engine = DuckDBEngine(out / "spill", memory=memory)
    steps: dict[str, float] = {}
    try:
        for name in sorted({n for s in STEPS for n in s.inputs if n in TABLES and TABLES[n].made_by != "routes"}):
            path = folder / f"{name}.parquet" if name in ("party", "shipment_party") else None
            path = place.table(name) if name in GIVEN else path
            if path is None:
                engine.put(name, TABLES[name].empty())
            else:
                engine.attach(name, path)
        rows = int(engine.fetch("SELECT count(*) AS n FROM shipment_row")["n"][0].as_py())
        context = Context(engine, Case(folder / "case").file, folder, out / "scratch", Quiet())
        with common.Held() as held:
            start, used = time.perf_counter(), common.cpu()
            for step in STEPS:
                before = common.cpu()
                run_step(context, step, out)
                steps[step.name] = round(common.cpu() - before, 2)
        return {"rows": rows, "wall": time.perf_counter() - start, "cpu": common.cpu() - used, "peak_mb": held.most, "steps": steps}  # fmt: skip
    finally:
        engine.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="chains at scale")
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--memory", default="1500MB", help="what the database may hold")
    parser.add_argument("--folder", type=Path, help="where worlds are kept")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(trace(asked.one, asked.memory)))
        return 0
    checks, cost, held = [], {}, {}
    with tempfile.TemporaryDirectory(prefix="enduse-bench-") as scratch:
        for rows in asked.rows or [200_000, 2_000_000]:
            folder = prepared((asked.folder or Path(scratch)) / f"open{rows}", rows)
            found = common.child(Path(__file__), ["--one", str(folder), "--memory", asked.memory])
            size = int(found["rows"])
            cost[size], held[size] = float(found["cpu"]), float(found["peak_mb"])
            large = rows >= 10_000_000
            checks += [
                Check(f"{size:,} rows: seconds of processor", cost[size], 2 * SECONDS if large else None),
                Check(f"{size:,} rows: seconds by the clock", float(found["wall"]), SECONDS if large else None),
                Check(f"{size:,} rows: peak memory, GB", held[size] / 1024, GIGABYTES),
            ]
            dear = sorted(found["steps"].items(), key=lambda s: -s[1])[:8]
            checks += [Check(f"{size:,} rows: {name}", value) for name, value in dear]
    if len(cost) > 1:
        checks.append(Check("growth of processor seconds: exponent of rows", common.exponent(cost), 1.1))
        checks.append(Check("growth of peak memory: exponent of rows", common.exponent(held)))
    print(common.table(checks))
    return int(any(not c.ok for c in checks))


if __name__ == "__main__":
    sys.exit(main())
