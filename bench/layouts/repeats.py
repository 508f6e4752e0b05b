"""Repeats planted among honest neighbours, and what the steps of intake find: precision and recall of each reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa

from common import Check
from enduse.contracts import TABLES
from enduse.engine.duckdb import DuckDBEngine
from enduse.intake.stage import ROOM, STAGE

REASONS = ("exact", "amended", "batch", "house_master")
_SOURCES = {"first": "x", "second": "x", "other": "y"}  # two deliveries of one layout, and one of another
LOTS = 4_000
# A tenth of the lots planted in other columns name the firm in Latin letters and no other: those cannot be told here.
LEAST = {"exact": 0.95, "amended": 0.95, "batch": 0.9, "house_master": 0.95}
_GOODS = ("ceramic tiles 60x60", "water pump", "bearing 6204", "led lamp 9w", "copper wire 2.5", "valve dn50")


def _amount(rng: Random, most: int) -> Decimal:
    return (Decimal(rng.randint(100, most)) / 100).quantize(Decimal("0.0001"))


def _lot(rng: Random, number: int) -> dict[str, Any]:
    goods = rng.randrange(len(_GOODS))
    quantity = Decimal(rng.randint(1, 400)).quantize(Decimal("0.0001"))
    value = _amount(rng, 5_000_000)
    return {
        "declaration_id": f"10{rng.randint(100000, 999999)}/{rng.randint(10, 28)}0323/{5_000_000 + number}", "line_no": "1",
        "date": dt.date(2023, 1, 2) + dt.timedelta(days=rng.randint(0, 500)), "date_precision": "day", "direction": "import",
        "exporter_name": f"Exporter {rng.randint(1, 150)} Ltd", "importer_name": f"ООО Импортер {rng.randint(1, 90)}", "description": _GOODS[goods],
        "hs_code": str(690720 + goods), "quantity": quantity, "unit": "C62", "net_kg": _amount(rng, 900_000), "value": value, "currency": "USD",
        "value_usd": value, "usd_basis": "declared", "origin_country": rng.choice(("CN", "TR", "DE")),
    }  # fmt: skip


def _later(row: dict[str, Any], share: str = "1.1") -> dict[str, Any]:
    more = {
        k: (row[k] * Decimal(share)).quantize(Decimal("0.0001")) for k in ("quantity", "net_kg", "value", "value_usd")
    }
    return {**row, **more}


def planted(rng: Random) -> list[tuple[str, dict[str, Any], str]]:
    """(source, record, reason it repeats another or empty), in the order of the files."""
    made: list[tuple[str, dict[str, Any], str]] = []

    def add(source: str, row: dict[str, Any], why: str = "") -> None:
        made.append((source, row, why))

    for number in range(LOTS):
        row, kind = _lot(rng, number), rng.random()
        bare = rng.random() < 0.3  # a third of the papers have no number
        if kind < 0.04:  # sent twice
            add("first", row)
            add("first", dict(row), "exact")
        elif kind < 0.08:  # amended: by the mark of its version, on a later day, or one line corrected
            way = rng.randrange(3)
            again = _later(row)
            if way == 0:
                again["declaration_id"] += "/01"
            elif way == 1:
                again = {**row, "value": again["value"], "value_usd": again["value_usd"], "date": row["date"] + dt.timedelta(days=rng.randint(1, 40))}  # fmt: skip
            add("first", row, "amended")
            add("first", again)
        elif kind < 0.12:  # in the next delivery of the same layout
            add("first", row)
            add("second", dict(row), "batch")
        elif (
            kind < 0.18
        ):  # in another provider's columns: no numbers, texts in capitals, no origin, no value but dollars
            add("first", row)
            other = {**row, "declaration_id": None, "line_no": None, "description": row["description"].upper(), "origin_country": None, "importer_name": row["importer_name"].upper()}  # fmt: skip
            if rng.random() < 0.5:
                other["exporter_name"] = None
            if rng.random() < 0.3:  # rounded, and spelled as the provider spells
                other |= {"net_kg": row["net_kg"].quantize(Decimal(1)).quantize(Decimal("0.0001")), "importer_name": other["importer_name"].replace("ООО ", "ООО «") + "»"}  # fmt: skip
            if rng.random() < 0.1:  # in Latin letters and without a seller: what the steps do not find
                other |= {"importer_name": "OOO IMPORTER", "exporter_name": None}
            add("other", other, "batch")
        elif kind < 0.21:  # house bills under a master
            load = {"container": f"TEMU{rng.randint(1_000_000, 9_999_999)}", "declaration_id": None, "line_no": None, "value": None, "value_usd": None, "usd_basis": None, "currency": None, "net_kg": None}  # fmt: skip
            houses = [{**_lot(rng, number), **load, "date": row["date"], "bill_of_lading": f"H{number}-{i}", "gross_kg": _amount(rng, 900_000)} for i in range(rng.randint(1, 4))]  # fmt: skip
            for house in houses:
                add("first", house)
            add("first", {**row, **load, "bill_of_lading": f"M{number}", "gross_kg": sum((h["gross_kg"] for h in houses), Decimal(0)), "quantity": sum((h["quantity"] for h in houses), Decimal(0)), "exporter_name": "Blue Ocean Freight Forwarding", "importer_name": "Cargo Logistics LLC", "description": "consolidated cargo"}, "house_master")  # fmt: skip
        elif kind < 0.31:  # honest: the same goods in the same amounts, week after week
            for week in range(rng.randint(2, 6)):
                lot = {**row, "date": row["date"] + dt.timedelta(weeks=week), "declaration_id": None if bare else row["declaration_id"][:-1] + f"W{week}"}  # fmt: skip
                add("first", lot)
        elif kind < 0.41:  # honest: one truck on several lines, or in several records where there are no line numbers
            for line in range(rng.randint(2, 5)):
                part = {**row, "line_no": str(line + 1)} if rng.random() < 0.5 else {**_later(row, f"0.{line + 3}"), "line_no": None}  # fmt: skip
                add("first", part)
        elif kind < 0.45:  # honest: two lots of a day, alike but for what they weigh
            add("first", {**row, "declaration_id": None if bare else row["declaration_id"]})
            add("other", {**_later(row, "1.02"), "declaration_id": None, "line_no": None, "origin_country": None})
        elif kind < 0.48:  # honest: containers of one day and another forwarder's bill
            load = {
                "container": f"MSCU{rng.randint(1_000_000, 9_999_999)}",
                "declaration_id": None,
                "gross_kg": _amount(rng, 900_000),
            }
            add("first", {**row, **load, "bill_of_lading": f"B{number}"})
            add("first", {**row, **load, "bill_of_lading": f"C{number}", "gross_kg": _amount(rng, 900_000), "importer_name": "Nord Logistics LLC"})  # fmt: skip
        else:
            add("first" if rng.random() < 0.8 else "second", {**row, "declaration_id": None} if bare else row)
    return [x for source in _SOURCES for x in made if x[0] == source]


def found(engine: DuckDBEngine, rows: list[tuple[str, dict[str, Any], str]]) -> dict[str, str]:
    """Reason by shipment id, as the steps of the stage find it."""
    counts: Counter[str] = Counter()
    made = []
    for source, row, _ in rows:
        counts[source] += 1
        made.append({**row, "shipment_id": f"{source}-{counts[source]}", "source": source, "row": counts[source]})
    engine.put("shipment_row", TABLES["shipment_row"].arrow(made))
    engine.put("intake_file", pa.table({"source": list(_SOURCES), "position": pa.array([1, 2, 3], pa.int64()), "layout": list(_SOURCES.values())}))  # fmt: skip
    engine.put("duplicate_rest", pa.schema([("source", pa.string()), ("row", pa.int64()), ("rest", pa.string())]).empty_table())  # fmt: skip
    for step in STAGE.steps:
        if step.name.startswith("duplicate") and step.name != "duplicate_rest":
            engine.make(step.outputs[0], (ROOM / "sql" / f"{step.name}.sql").read_text(encoding="utf-8"))
    return {r["shipment_id"]: r["reason"] for r in engine.fetch("SELECT * FROM duplicate_row").to_pylist()}


def checks(folder: Path, *, faults: bool = False, seed: int = 11) -> Iterator[Check]:
    """Precision and recall of each reason, and the share of honest records that survive."""
    rows = planted(Random(seed))
    engine = DuckDBEngine(folder / "repeats")
    try:
        said = found(engine, rows)
    finally:
        engine.close()
    counts: Counter[str] = Counter()
    right, given, there, lost = Counter[str](), Counter[str](said.values()), Counter[str](), 0
    for source, row, why in rows:
        counts[source] += 1
        got = said.get(f"{source}-{counts[source]}", "")
        if why:
            there[why] += 1
            right[why] += got == why
        lost += bool(got) and not why
        if faults and got != why:
            print(f"repeats: {source}-{counts[source]} is {got or 'kept'}, planted {why or 'honest'}: {row}")
    for reason in REASONS:
        yield Check(f"repeats, {reason}: precision", right[reason] / max(1, given[reason]), 0.99, at_least=True)
        yield Check(f"repeats, {reason}: recall", right[reason] / max(1, there[reason]), LEAST[reason], at_least=True)
    honest = sum(not why for *_, why in rows)
    yield Check("repeats: honest records kept", 1 - lost / honest, 0.999, at_least=True)
