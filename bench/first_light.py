"""From a raw customs file to a printable figure: each stage's time as a ratio to reading the file once with DuckDB.

    python bench/first_light.py [--rows 1000000] [--scaling] [--steps] [--until STAGE] [--keep FOLDER]

The floor is the time DuckDB needs to read the same CSV with declared types and to run one group-by (least of three
runs). It is taken in the same run as the stages, so the machine cancels out.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

import common
from common import Check
from enduse import simulate
from enduse.case import Case

SEED = 20_240_630
QUESTION = "civil drones and parts to RU since 2022-02-24"
TYPES = {
    "item_no": "INTEGER", "declaration_date": "DATE", "quantity": "BIGINT", "net_weight_kg": "DECIMAL(18,3)",
    "gross_weight_kg": "DECIMAL(18,3)", "value_usd": "DECIMAL(18,2)",
}  # fmt: skip
COLUMNS = [
    "declaration_number",
    "item_no",
    "declaration_date",
    "direction",
    "exporter_name",
    "importer_name",
    "importer_tax_id",
    "brand",
    "product_description",
    "hs_code",
    "origin_country",
    "departure_country",
    "destination_country",
    "transport_mode",
    "quantity",
    "unit",
    "net_weight_kg",
    "gross_weight_kg",
    "currency",
    "value_usd",
    "incoterms",
]
LIMITS = {"intake": 6.0, "goods": 8.0, "figures, dossier, export": 8.0, "whole run": 60.0}
SCALES = (100_000, 1_000_000, 5_000_000)


def floor(path: Path) -> common.Spent:
    """Seconds DuckDB needs to read the file with declared types and add up value and weight by month and code."""
    columns = ", ".join(f"'{c}': '{TYPES.get(c, 'VARCHAR')}'" for c in COLUMNS)
    read = f"read_csv('{path}', header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}})"

    def work() -> None:
        with duckdb.connect() as db:
            db.execute("SET enable_progress_bar = false")
            db.execute(f"CREATE TABLE t AS SELECT * FROM {read}")
            db.execute(
                "SELECT date_trunc('month', declaration_date), substr(hs_code, 1, 6), destination_country, count(*), sum(value_usd), sum(net_weight_kg) "
                "FROM t GROUP BY ALL"
            ).fetchall()

    return common.spent(work, repeats=3)


def watchlist(folder: Path) -> Path:
    """The list to screen against: the real one where the shared data lies beside the project, else a made-up one of 15,000 names."""
    real = common.SHARED / "data" / "lists" / "ofac_sdn_2024-05-03.csv.gz"
    if real.exists():
        return real
    made = folder / "SIMULATED_list.csv"
    simulate.watchlist(made, entries=15_000, seed=SEED)
    return made


class Clock:
    """Takes the time of each step: the progress object of a run. `stages` adds up the steps of a stage."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.stages: dict[str, float] = {}
        self.stages_cpu: dict[str, float] = {}
        self._open: tuple[str, float] | None = None
        self._began = (time.perf_counter(), common.cpu())

    def step(self, stage: str, name: str, number: int, of: int) -> None:
        self.close()
        self._open = (f"{stage}.{number:02d}/{of} {name}", time.perf_counter())

    def say(self, line: str) -> None:
        """Lines are for people."""

    def close(self) -> None:
        if self._open is not None:
            name, start = self._open
            self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - start
        self._open = None

    def stage_done(self, stage: str) -> None:
        self.close()
        now = (time.perf_counter(), common.cpu())
        self.stages[stage], self.stages_cpu[stage] = (
            after - before for after, before in zip(now, self._began, strict=True)
        )
        self._began = now


def run_case(folder: Path, sources: list[Path], until: str | None = None) -> dict[str, Any]:
    """The work of the child process: a case from new to export, with times, steps and peak memory."""
    clock = Clock()
    began = time.perf_counter()
    case = Case.new(folder, question=QUESTION, watch="civil-drones", title="SIMULATED bench", simulated=True)
    refused = [str(added.refused) for added in case.add(sources) if added.refused]
    if refused:
        raise SystemExit("\n".join(refused))
    clock.stage_done("add")
    case.run(progress=clock, timer=clock.stage_done, until=until)
    if until is None:
        case.export("csv", folder / "out" / "csv")
        clock.stage_done("export")
    whole = time.perf_counter() - began
    counts = {s["source"]: s["loaded"] for s in case.table("source").to_pylist()}
    return {
        "whole": whole, "stages": clock.stages, "stages_cpu": clock.stages_cpu, "steps": clock.steps, "loaded": counts, "figures": len(case.figures()) if until is None else 0,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def measure(rows: int, folder: Path, until: str | None = None) -> dict[str, Any]:
    """One size: make the file, take the floor, run the case in a child."""
    path = folder / f"SIMULATED_{rows}.csv"
    # Texts and names grow with the rows up to the million, as the stock of words of real files does, and no further.
    share = min(1.0, rows / 1_000_000)
    made = common.seconds(
        lambda: simulate.declarations(path, rows=rows, texts=int(300_000 * share), names=int(50_000 * share), seed=SEED)
    )
    base = floor(path)
    listed = watchlist(folder)
    found = common.child(
        Path(__file__),
        ["--child", str(folder / f"case-{rows}"), str(path), str(listed), *(["--until", until] if until else [])],
    )
    # Taken before and after, and the lesser counts: other work on the machine then never makes a ratio look better.
    again = floor(path)
    base = common.Spent(min(base.wall, again.wall), min(base.cpu, again.cpu))
    if found["loaded"].get(path.name) != rows:
        raise SystemExit(f"{found['loaded'].get(path.name)} of {rows} rows were loaded: the times would mean nothing")
    return found | {"rows": rows, "floor": base.wall, "floor_cpu": base.cpu, "made": made, "bytes": path.stat().st_size}


def checks(found: dict[str, Any]) -> list[Check]:
    """Ratios to the floor with their limits, shares of the stages, memory."""
    base, stages = found["floor"], found["stages"]
    # A run that was stopped early has no later stages, and its whole is no whole run.
    tail = [stages[s] for s in ("findings", "dossier", "export") if s in stages]
    complete = "export" in stages
    spent = {
        "intake": stages.get("intake"),
        "goods": stages.get("goods"),
        "parties": stages.get("parties"),
        "press": stages.get("press"),
        "figures, dossier, export": sum(tail) if complete else None,
        "whole run": found["whole"] if complete else None,
    }
    lines = [Check(f"floor: read {found['rows']:,} rows and group", base, None, "s")]
    lines.append(Check("floor, processor time", found["floor_cpu"], None, "s"))
    if complete:
        whole = sum(found["stages_cpu"].values()) / found["floor_cpu"]
        lines.append(Check("whole run / floor, processor time", whole, None, "x"))
    lines += [
        Check(f"{name} / floor", value / base, LIMITS.get(name), "x")
        for name, value in spent.items()
        if value is not None
    ]
    lines += [
        Check(f"{stage} / floor, processor time", value / found["floor_cpu"], None, "x")
        for stage, value in found["stages_cpu"].items()
    ]
    lines.append(Check("peak memory", found["peak_mb"], 3_000, "MB"))
    lines += [Check(f"share of {stage}", 100 * value / found["whole"], None, "%") for stage, value in stages.items()]
    return lines


def run(
    rows: int = 1_000_000, *, scaling: bool = False, keep: Path | None = None, until: str | None = None
) -> dict[str, Any]:
    """Measure; returns the raw numbers of each size and the checks as dicts."""
    with tempfile.TemporaryDirectory(prefix="enduse-bench-") as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        sizes = SCALES if scaling else (rows,)
        found = {size: measure(size, folder, until) for size in sizes}
    main = found[1_000_000 if scaling else rows]
    lines = checks(main)
    if scaling:
        lines.append(
            Check(
                "exponent of cost, 100 thousand to 5 million rows",
                common.exponent({s: f["whole"] for s, f in found.items()}),
                1.1,
            )
        )
    return {"sizes": found, "checks": lines}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--scaling", action="store_true", help="100 thousand, 1 million and 5 million rows")
    parser.add_argument("--steps", action="store_true", help="the ten dearest steps as well")
    parser.add_argument("--keep", type=Path, help="keep files and cases in this folder")
    parser.add_argument("--until", help="stop after this stage")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        folder, *sources = map(Path, options.child)
        print(json.dumps(run_case(folder, sources, options.until)))
        return 0
    found = run(options.rows, scaling=options.scaling, keep=options.keep, until=options.until)
    print(common.table(found["checks"]))
    if options.steps:
        for size, facts in found["sizes"].items():
            print(f"\ndearest steps at {size:,} rows (x floor)")
            for name, spent in sorted(facts["steps"].items(), key=lambda item: -item[1])[:15]:
                print(f"  {name:<50} {spent / facts['floor']:8.2f}")
    return 0 if all(check.ok for check in found["checks"]) else 1


if __name__ == "__main__":
    raise SystemExit(main())
