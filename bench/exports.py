"""Exports: speed against a plain DuckDB COPY of the same tables, memory, and every figure computed again from the exported rows.

    enduse bench exports                         the demonstration case, its records repeated to two million
    python bench/exports.py --rows 10000000      ten million
    python bench/exports.py --case FOLDER        records of a case of your own that was run

Records are repeated by SQL in a copy of the case's results (each repeat gets record numbers of its own), so the export reads
what a large case would give it. The floor reads the same Parquet files and writes them as CSV in no order.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from common import Check, child, cpu, seconds, table

SPAN = 10_000_000  # record numbers of one repeat
BIG = ("shipment", "goods", "price_check")


def _demo(folder: Path) -> Path:
    from enduse.case import Quiet
    from enduse.demo import make

    make(folder / "demo", Quiet())
    return folder / "demo"


def repeat(case: Path, folder: Path, rows: int) -> Path:
    """A copy of `case` whose records, firms, goods and prices are repeated until there are `rows` records."""
    import duckdb

    made = folder / "big"
    shutil.copytree(case, made, ignore=shutil.ignore_patterns("sources", "out", ".*"))
    base = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder / "spill")})
    source = case / "work" / "intake" / "shipment_row.parquet"
    parts = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    have = sum(base.execute(f"SELECT count(*) FROM '{p}'").fetchone()[0] for p in parts)
    times = -(-rows // have)
    again = f"substr(shipment_id, 1, 13) || (CAST(substr(shipment_id, 14) AS BIGINT) + i * {SPAN})"
    target = made / "work" / "intake" / "shipment_row.parquet"
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    target.mkdir()
    for number, part in enumerate(parts, 1):
        base.execute(
            f"COPY (SELECT * REPLACE ({again} AS shipment_id, CAST(row + i * {SPAN} AS BIGINT) AS row) FROM '{part}', range({times}) AS r(i) "
            f"ORDER BY source, row) TO '{target}/part-{number:05d}.parquet' (FORMAT parquet, COMPRESSION snappy)"
        )
    for stage, name in (("parties", "shipment_party"), ("goods", "goods"), ("goods", "price_check")):
        old, new = case / "work" / stage / f"{name}.parquet", made / "work" / stage / f"{name}.parquet"
        read = f"{old}/*.parquet" if old.is_dir() else str(old)
        shutil.rmtree(new) if new.is_dir() else new.unlink()
        base.execute(
            f"COPY (SELECT * REPLACE ({again} AS shipment_id) FROM '{read}', range({times}) AS r(i)) TO '{new}' (FORMAT parquet, COMPRESSION snappy)"
        )
    base.close()
    return made


def _floor(case: Path, out: Path) -> None:
    """The same tables by plain COPY: no order, no join, cells as DuckDB writes them."""
    import duckdb

    base = duckdb.connect(config={"memory_limit": "2GB"})
    base.execute("SET preserve_insertion_order = true")
    for stage, name in (
        ("intake", "shipment_row"),
        ("parties", "shipment_party"),
        ("goods", "goods"),
        ("goods", "price_check"),
    ):
        path = case / "work" / stage / f"{name}.parquet"
        base.execute(
            f"COPY (SELECT * FROM '{f'{path}/*.parquet' if path.is_dir() else path}') TO '{out / name}.csv' (FORMAT csv, HEADER true)"
        )


def _size(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def one(what: str, case: Path, out: Path) -> dict[str, float]:
    """One export in this process: seconds, processor seconds, megabytes written, peak memory."""
    from enduse import Case

    out.mkdir(parents=True, exist_ok=True)
    began, worked = time.perf_counter(), cpu()
    if what == "floor":
        _floor(case, out)
    else:
        Case(case).export(what, out)
    spent, worked = time.perf_counter() - began, cpu() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": spent, "cpu": worked, "mb": _size(out), "peak_mb": peak}


def recomputed(case: Path, folder: Path) -> tuple[int, int]:
    """(figures, those that do not compute to their value) from the exported CSV files alone."""
    from pyarrow import csv

    from enduse import Case
    from enduse.contracts import TABLES
    from enduse.engine.duckdb import DuckDBEngine
    from enduse.findings import recompute

    out = folder / "csv"
    Case(case).export("csv", out)
    engine = DuckDBEngine(folder / "spill")
    for name in ("figure", "figure_row", "shipment", "goods"):
        schema = TABLES[name].schema
        read = csv.read_csv(
            out / f"{name}.csv",
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=schema, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
            ),
        )
        engine.put(name, read)
    figures = engine.fetch("SELECT * FROM figure ORDER BY figure_id").to_pylist()
    counts = {
        r["figure_id"]: r["n"]
        for r in engine.fetch(
            "SELECT figure_id, count(*) AS n FROM figure_row GROUP BY figure_id ORDER BY figure_id"
        ).to_pylist()
    }
    wrong = [
        f
        for f in figures
        if (recompute(engine, f) or "") != (f["value"] or "") or counts.get(f["figure_id"], 0) != f["rows"]
    ]
    engine.close()
    return len(figures), len(wrong)


def run(
    rows: int = 2_000_000, case: Path | None = None, *, formats: tuple[str, ...] = ("csv", "parquet", "ftm", "graphml")
) -> dict[str, Any]:
    """The figures of the table, by name."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="enduse-bench-exports-") as made:
        folder = Path(made)
        small = case or _demo(folder)
        found["figures"], found["wrong"] = recomputed(small, folder)
        found["xlsx s"] = seconds(lambda: one("xlsx", small, folder / "x"))
        big = repeat(small, folder, rows)
        for what in ("floor", *formats, "floor"):
            out = folder / f"out-{what}"
            got = child(Path(__file__), ["--one", what, "--case", str(big), "--out", str(out)])
            if what not in found or got["seconds"] < found[what]["seconds"]:
                found[what] = got
            shutil.rmtree(out)
    return found


def checks(found: dict[str, Any]) -> list[Check]:
    plain = found["floor"]
    floor = plain["mb"] / plain["seconds"]
    out = [
        Check("figures of the case", found["figures"], unit="figures"),
        Check("of them not equal from exported rows", found["wrong"], 0, "figures"),
        Check("workbook of the small case", found["xlsx s"], unit="s"),
        Check("plain COPY: speed", floor, unit="MB/s"),
        Check("plain COPY: a second of one processor", plain["mb"] / plain["cpu"], unit="MB"),
    ]
    for what in ("csv", "parquet", "ftm", "graphml"):
        if what not in found:
            continue
        got = found[what]
        out.append(Check(f"{what}: written", got["mb"], unit="MB"))
        out.append(Check(f"{what}: speed", got["mb"] / got["seconds"], unit="MB/s"))
        if what == "csv":
            out.append(
                Check("csv: plain COPY / export, a megabyte", floor / (got["mb"] / got["seconds"]), 3.0, "times")
            )
        out.append(Check(f"{what}: a second of one processor", got["mb"] / got["cpu"], unit="MB"))
        out.append(Check(f"{what}: peak memory", got["peak_mb"], 4000, "MB"))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--formats", default="csv,parquet,ftm,graphml")
    parser.add_argument("--one")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one, given.case, given.out)))
        return
    made = checks(run(given.rows, given.case, formats=tuple(given.formats.split(","))))
    print(table(made))
    sys.exit(0 if all(c.ok for c in made) else 1)


if __name__ == "__main__":
    main()
