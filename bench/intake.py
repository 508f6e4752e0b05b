"""What intake understands: the role of every column, the values of every cell, and what is one lot declared twice.

    python bench/intake.py [--faults]

- mapping: on three sets of layouts of our own (`bench/layouts`, 102 in ten languages), each with and without value rows,
  and on the shared vendor layouts where they lie beside the project. The sets were written before the mapper was changed
  for them; what it scored on each at first sight stands in docs/explanation/mapping.md, for now it knows them.
- round trip: invented records in each of these layouts, in eleven styles of dates, six of numbers, four of countries,
  through reading, mapping and typing; and the six files of the demonstration.
- repeats: planted in typed records among honest neighbours; precision and recall of each reason.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import pyarrow.parquet as pq

import layouts
from common import SHARED, Check, table
from enduse.contracts.case_file import CaseFile, Intake
from enduse.engine import Context
from enduse.engine.duckdb import DuckDBEngine
from enduse.intake import mapping, reading, typing_rows
from enduse.simulate import layouts as simulated
from enduse.simulate import observe, world
from layouts import repeats, trip

SETS = ("blind_1", "blind_2", "blind_3", "blind_4")
RIGHT, FOUND, TRUE = 0.97, 0.95, 0.999
_GOLD = {"goods_description": "description", "quantity_unit": "unit", "net_weight": "net_kg", "gross_weight": "gross_kg", "total_value_usd": "value_usd"}  # fmt: skip


class _Silent:
    def step(self, stage: str, name: str, number: int, of: int) -> None: ...

    def say(self, line: str) -> None: ...


def sets() -> Iterator[tuple[str, tuple[layouts.Layout, ...]]]:
    """The sets of layouts by name."""
    for name in SETS:
        if (layouts.HERE / f"{name}.txt").exists():
            yield name, layouts.read(layouts.HERE / f"{name}.txt")


def mapped(columns: tuple[str, ...], sample: list[list[str | None]], name: str) -> dict[int, str]:
    """Role by column, of the columns that are mapped at the default threshold."""
    threshold = Intake().mapping_threshold
    proposed = mapping.propose(columns, sample, name=name)
    return {i: r.role for i, r in enumerate(proposed) if r.role != "ignore" and r.confidence >= threshold}


def mapping_checks(*, faults: bool) -> Iterator[Check]:
    """Own layouts, header only and with values."""
    for name, found in sets():
        for how in ("header only", "with values"):
            tally = layouts.Tally()
            for layout in found:
                sample = layouts.values(layout) if how == "with values" else []
                for column, got, wanted in layouts.mark(layout, mapped(layout.columns, sample, layout.file), tally):
                    if faults:
                        print(f"{name} {how} {layout.name}: {column!r} is {got}, wanted {' or '.join(wanted)}")
            yield Check(f"{name}, {how}: mapped columns right", tally.precision, RIGHT, at_least=True)
            yield Check(f"{name}, {how}: roles found", tally.recall, FOUND, at_least=True)


def vendor_checks() -> Iterator[Check]:
    """The shared vendor samples against the draft gold, where they lie beside the project."""
    trade = SHARED / "data" / "trade"
    if not trade.is_dir():
        print("the shared vendor layouts are not beside the project: not measured", file=sys.stderr)
        return
    gold: dict[str, dict[str, list[str]]] = defaultdict(dict)
    with (trade / "headers" / "vendor_headers_draft_gold.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            gold[row["set_id"]][_GOLD.get(row["role"], row["role"])] = row["acceptable_columns"].split("|")
    tally = layouts.Tally()
    for path in sorted((trade / "vendor_samples").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = tuple(next(reader))
            rows = [[c or None for c in row] for row, _ in zip(reader, range(60), strict=False)]
        got = {role: header[i] for i, role in mapped(header, rows, path.name).items()}
        for role, accepted in gold[f"vendor:{path.stem}"].items():
            tally.present += 1
            tally.mapped += role in got
            tally.right += got.get(role) in accepted
            tally.found += got.get(role) in accepted
    yield Check("vendor layouts (seen), draft gold: right", tally.precision, RIGHT, at_least=True)
    yield Check("vendor layouts (seen), draft gold: found", tally.recall, FOUND, at_least=True)


def read_back(
    path: Path, folder: Path, engine: DuckDBEngine
) -> tuple[list[mapping.ColumnRole], dict[int, dict[str, Any]]]:
    """The roles of a file, and its typed rows by record number."""
    raw = reading.read(path, alias=path.name, scratch=folder, settings=Intake())
    roles = mapping.propose(raw.columns, raw.sample, name=path.name)
    side = mapping.side(path.name, raw.columns, raw.sample, roles)
    context = Context(engine, CaseFile(), folder, folder, _Silent())
    typed = typing_rows.type_rows(context, raw, alias=path.name, sha256="0" * 64, roles=roles, side=side)
    return list(roles), {r["row"]: r for r in pq.read_table(typed.shipments).to_pylist()}


def own_trip(folder: Path, *, rows: int, faults: bool) -> Iterator[Check]:
    """Invented records of every layout of our own: the cells of every column that got a right role."""
    right: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    number = 0
    for name, found in sets():
        for layout in found:
            number += 1
            path, truths = trip.write(layout, folder / name, number, rows)
            scratch = folder / f"scratch-{number}"
            scratch.mkdir()
            engine = DuckDBEngine(scratch / "engine")
            try:
                roles, back = read_back(path, scratch, engine)
            finally:
                engine.close()
            given = {i: r.role for i, r in enumerate(roles) if r.role in layout.wanted[i] and r.confidence >= 0.5}
            for at, truth in enumerate(truths, 1):
                for column, value in truth.items():
                    role = given.get(column, "ignore")
                    if role == "ignore":
                        continue  # the mapping is measured above
                    kind = "dates" if role == "date" else "countries" if role.endswith("_country") else "numbers"
                    ok = back.get(at, {}).get(role) == value
                    all_[kind] += 1
                    right[kind] += ok
                    if faults and not ok:
                        print(f"trip {layout.name} style {number}: {role} {value} read as {back.get(at, {}).get(role)}")
    for kind in ("dates", "numbers", "countries"):
        yield Check(f"round trip, own layouts: {kind}", right[kind] / all_[kind], TRUE, at_least=True)


def simulated_trip(folder: Path, *, rows: int) -> Iterator[Check]:
    """The files of the demonstration against the lots they were written from; damaged records left out."""
    made, rng = world.make(rows, 7), Random(8)
    right: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for layout in simulated.ALL:
        written = observe.write(observe.lots_of(layout, made.lots), layout, folder, rng)
        scratch = folder / f"scratch-{layout.name}"
        scratch.mkdir()
        engine = DuckDBEngine(scratch / "engine")
        try:
            _, back = read_back(written.path, scratch, engine)
        finally:
            engine.close()
        for at, record in enumerate(written.records, 1):
            lot = record.lot
            if lot is None or record.why in ("damaged", "empty"):
                continue
            row = back.get(at, {})
            months = row.get("date_precision") == "month"
            truth = {
                "date": lot.date.replace(day=1) if months else lot.date, "quantity": lot.quantity, "net_kg": lot.net_kg, "origin_country": lot.origin,
                "departure_country": lot.departure, "destination_country": lot.destination,
            }  # fmt: skip
            held = {"origin_country": "origin"}
            for role, value in truth.items():
                # A layout need not state a field, and a lot may leave it out; an empty cell is then right.
                stated = any(r.get(role) is not None for r in back.values()) and held.get(role, role) not in lot.missing
                if stated:
                    kind = "dates" if role == "date" else "countries" if role.endswith("_country") else "numbers"
                    all_[kind] += 1
                    right[kind] += row.get(role) == value
    for kind in ("dates", "numbers", "countries"):
        yield Check(f"round trip, demonstration: {kind}", right[kind] / all_[kind], TRUE, at_least=True)


def run(*, faults: bool = False, rows: int = 40) -> list[Check]:
    """Every measure, in the order printed."""
    checks = [*mapping_checks(faults=faults), *vendor_checks()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checks += own_trip(folder, rows=rows, faults=faults)
        checks += simulated_trip(folder, rows=3_000)
        checks += repeats.checks(folder, faults=faults)
    return checks


def main() -> int:
    """Print the table; 1 where a measure misses its limit."""
    parser = argparse.ArgumentParser(description="Quality of intake.")
    parser.add_argument("--faults", action="store_true", help="name every column and record that is wrong")
    checks = run(faults=parser.parse_args().faults)
    print(table(checks))
    return int(not all(c.ok for c in checks))


if __name__ == "__main__":
    raise SystemExit(main())
