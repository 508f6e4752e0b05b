"""Reading: how fast, against DuckDB reading the same file with declared types, and how memory and time grow with the file.

Prints ratios of one run on one machine: rates as a share of DuckDB's (1 is as fast), on the wall clock and in processor
seconds; the peak memory of files up to about a gigabyte, each read in a process of its own, and the exponent of time.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from common import Check, child, exponent, spent, table

COLUMNS = {
    "Declaration": "VARCHAR", "Line": "INTEGER", "Date": "DATE", "Exporter": "VARCHAR", "Exporter Address": "VARCHAR", "Exporter Country": "VARCHAR",
    "Importer": "VARCHAR", "Importer ID": "VARCHAR", "HS Code": "VARCHAR", "Description": "VARCHAR", "Quantity": "DECIMAL(18,4)", "Unit": "VARCHAR",
    "Net Weight": "DECIMAL(18,4)", "Value": "DECIMAL(18,4)", "Currency": "VARCHAR", "Value USD": "DECIMAL(18,4)", "Origin": "VARCHAR", "Container": "VARCHAR",
}  # fmt: skip
LIMITS = {"UTF-8": 0.5, "Windows-1251": 0.25, "GB18030": 0.25, "UTF-16 LE": 0.25}
CODECS = {"UTF-8": "utf-8", "Windows-1251": "cp1251", "GB18030": "gb18030", "UTF-16 LE": "utf-16"}
WORDS = {
    "UTF-8": ("Общество «Пример»", "квадрокоптер с камерой"), "Windows-1251": ("Общество «Пример»", "квадрокоптер с камерой"),
    "GB18030": ("深圳市示例科技有限公司", "无人机 带摄像头"), "UTF-16 LE": ("Общество «Пример»", "квадрокоптер с камерой"),
}  # fmt: skip


def write(path: Path, rows: int, encoding: str) -> None:
    """A made-up declaration file: 18 columns, three of them quoted, with an unlike text on each line."""
    firm, goods = WORDS[encoding]
    with path.open("w", encoding=CODECS[encoding], newline="") as file:
        file.write(",".join(COLUMNS) + "\n")
        for start in range(0, rows, 10_000):
            file.write(
                "".join(
                    f'D{i:08d},{i % 9 + 1},2023-{i % 12 + 1:02d}-{i % 28 + 1:02d},"{firm} {i % 5003}","Street {i % 997}, No {i % 31}",CN,{firm} {i % 7919},{7700000000 + i % 7919},'
                    f'88062{i % 10}{i % 7}000,"{goods}, model {i % 1009}, {i}",{i % 50 + 1}.5,PCE,{i % 700}.25,{i % 90_000}.99,USD,{i % 90_000}.99,CN,TCLU{i % 10_000_000:07d}\n'
                    for i in range(start, min(rows, start + 10_000))
                )
            )


def read_once(path: Path, scratch: Path) -> int:
    """Read a file as the stage does; gives its records."""
    from enduse.contracts.case_file import Intake
    from enduse.intake import reading

    shutil.rmtree(scratch, ignore_errors=True)
    return reading.read(path, alias="bench", scratch=scratch, settings=Intake()).records


def typed_once(path: Path, scratch: Path) -> None:
    """Read a file and type it into the contract `shipment_row`."""
    from enduse.contracts.case_file import CaseFile, Intake
    from enduse.engine import Context
    from enduse.engine.duckdb import DuckDBEngine
    from enduse.intake import mapping, reading, typing_rows

    class Quiet:
        def step(self, stage: str, name: str, number: int, of: int) -> None: ...
        def say(self, line: str) -> None: ...

    shutil.rmtree(scratch, ignore_errors=True)
    engine = DuckDBEngine(scratch / "spill")
    raw = reading.read(path, alias="bench", scratch=scratch, settings=Intake())
    roles = mapping.propose(raw.columns, raw.sample, name="bench.csv")
    side = mapping.side("bench.csv", raw.columns, raw.sample, roles)
    context = Context(engine, CaseFile(), scratch, scratch, Quiet())
    typing_rows.type_rows(context, raw, alias="bench", sha256="0" * 64, roles=roles, side=side)
    engine.close()


def duck_once(path: Path) -> None:
    """DuckDB's own read of the same file, types declared, into a table."""
    import duckdb

    columns = "{" + ", ".join(f"'{n}': '{t}'" for n, t in COLUMNS.items()) + "}"
    with duckdb.connect() as db:
        db.execute(
            f"CREATE TABLE t AS SELECT * FROM read_csv('{path}', header=true, delim=',', quote='\"', columns={columns})"
        )


def speed(folder: Path, rows: int, repeats: int) -> list[Check]:
    """Rates against DuckDB's, file by file. Foreign encodings are held against DuckDB reading the same rows in UTF-8."""
    plain = folder / "UTF-8.csv"
    write(plain, rows, "UTF-8")
    scratch = folder / "scratch"
    checks = []
    duck = spent(lambda: duck_once(plain), repeats)
    for encoding, least in LIMITS.items():
        path = folder / f"{encoding}.csv"
        if encoding != "UTF-8":
            write(path, rows, encoding)
        ours = spent(lambda path=path: read_once(path, scratch), repeats)
        checks.append(
            Check(
                f"{encoding}: rate of reading, share of DuckDB's", duck.wall / ours.wall, least, "wall", at_least=True
            )
        )
        checks.append(Check(f"{encoding}: the same", duck.cpu / ours.cpu, None, "processor"))
    full = spent(lambda: typed_once(plain, scratch), repeats)
    checks.append(Check("UTF-8: reading, mapping and typing", duck.wall / full.wall, None, "wall"))
    checks.append(Check("UTF-8: the same", duck.cpu / full.cpu, None, "processor"))
    checks.append(Check("UTF-8: megabytes a second", plain.stat().st_size / 1e6 / (duck.wall * 1), None, "DuckDB"))
    return checks


def growth(folder: Path, sizes: list[int]) -> list[Check]:
    """Peak memory and time of files of rising size, each in a process of its own."""
    peaks: dict[int, float] = {}
    cost: dict[int, float] = {}
    for rows in sizes:
        path = folder / f"grow-{rows}.csv"
        write(path, rows, "UTF-8")
        told = child(Path(__file__), ["--one", str(path), "--scratch", str(folder / "scratch")])
        peaks[path.stat().st_size] = told["peak_mb"]
        cost[path.stat().st_size] = told["cpu"]
        path.unlink()
    small, large = min(peaks), max(peaks)
    out = [Check(f"peak memory at {size / 1e6:,.0f} MB", mb, None, "MB") for size, mb in peaks.items()]
    out.append(Check(f"peak memory, {large / small:.0f} times the file", peaks[large] / peaks[small], 1.5, "times"))
    out.append(Check("exponent of processor time over size", exponent(cost), 1.15))
    return out


def _peak() -> float:
    """The most memory this process held, in MB; of the program alone, not of the parent it was forked from."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:")) / 1024


def main() -> None:
    """Print the table; exit 1 where a measure is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--large", type=int, default=3_600_000, help="rows of the largest file: about a gigabyte")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--one", type=Path)
    parser.add_argument("--scratch", type=Path)
    given = parser.parse_args()
    if given.one:
        cost = spent(lambda: read_once(given.one, given.scratch))
        peak = _peak()
        print(json.dumps({"peak_mb": peak, "cpu": cost.cpu, "wall": cost.wall}))
        return
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as folder:
        checks = growth(Path(folder), [given.large // 16, given.large // 4, given.large])
        checks = speed(Path(folder), given.rows, given.repeats) + checks
    print(table(checks))
    raise SystemExit(0 if all(c.ok for c in checks) else 1)


if __name__ == "__main__":
    main()
