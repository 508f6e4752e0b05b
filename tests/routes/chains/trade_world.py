"""A small invented trade for the tests: relays of four firms among lawful lots, and the tables the steps read."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.step import Context
from enduse.pipeline import run_step
from enduse.routes.chains import STEPS

DAY = dt.date(2022, 1, 1)


class Heard:
    def __init__(self):
        self.lines = []

    def step(self, *_args):
        pass

    def say(self, line):
        self.lines.append(line)


def row(number, seller, buyer, day, **more):
    """One shipment as intake writes it, with its firms."""
    pieces = more.pop("quantity", 100)
    kg = more.pop("net_kg", None if pieces is None else Decimal(pieces) * 2)
    base = {
        "shipment_id": f"{more.get('source', 'a.csv')[:1] * 12}-{number}", "source": "a.csv", "row": number, "date": None if day is None else DAY + dt.timedelta(day),
        "date_precision": "day", "direction": "export", "exporter_name": seller, "importer_name": buyer, "exporter_country": "CN", "importer_country": "KZ",
        "description": "pump PX-2040", "hs_code": "841370", "hs_revision": "H6", "quantity": None if pieces is None else Decimal(pieces), "unit": "C62", "net_kg": kg,
        "value": Decimal(1000), "currency": "USD", "value_usd": None if pieces is None else Decimal(pieces) * 10, "origin_country": "CN", "departure_country": "CN", "destination_country": "KZ",
    }  # fmt: skip
    return base | more


def relays(count=150, seed=1):
    """Lots A -> B -> C -> D with odd numbers of pieces, beside lots that go nowhere; returns rows and the relays' row numbers."""
    rng = random.Random(seed)
    rows, true = [], []
    for k in range(count):
        at = rng.randrange(600)
        chain = [
            f"Maker {rng.randrange(8)}",
            f"Trader {rng.randrange(12)}",
            f"Agent {rng.randrange(12)}",
            f"User {rng.randrange(40)}",
        ]
        pieces = rng.choice([37, 53, 91, 117, 213, 339, 471]) + 2 * rng.randrange(50)
        numbers = []
        for seller, buyer in pairwise(chain):
            numbers.append(len(rows) + 1)
            rows.append(row(len(rows) + 1, seller, buyer, at, quantity=pieces))
            at += rng.randrange(4, 20)
        true.append(numbers)
        rows.append(
            row(
                len(rows) + 1,
                f"Maker {rng.randrange(8)}",
                f"Trader {rng.randrange(12)}",
                rng.randrange(600),
                quantity=10 * rng.randrange(1, 90),
            )
        )
        rows.append(
            row(
                len(rows) + 1,
                f"Trader {rng.randrange(12)}",
                f"User {rng.randrange(40)}",
                rng.randrange(600),
                quantity=10 * rng.randrange(1, 90),
            )
        )
        if k % 10 == 0:
            rows.append(
                row(
                    len(rows) + 1,
                    f"Agent {rng.randrange(12)}",
                    f"Maker {rng.randrange(8)}",
                    rng.randrange(600),
                    quantity=5,
                )
            )
    return rows, true


def load(engine, rows, **tables):
    """Put shipments, their firms and empty tables of every other kind the steps read."""
    names = sorted({r[k] for r in rows for k in ("exporter_name", "importer_name") if r[k]})
    ids = {n: f"P-{k:010x}" for k, n in enumerate(names)}
    engine.put("shipment_row", TABLES["shipment_row"].arrow(rows))
    engine.put(
        "shipment_party",
        TABLES["shipment_party"].arrow(
            [
                {
                    "shipment_id": r["shipment_id"],
                    "exporter_party": ids.get(r["exporter_name"]),
                    "importer_party": ids.get(r["importer_name"]),
                }
                for r in rows
            ]
        ),
    )
    engine.put(
        "party",
        TABLES["party"].arrow(
            [{"party_id": ids[n], "name": n, "country": "CN", "kind": "organization"} for n in names]
        ),
    )
    for name in ("goods", "duplicate_row", "party_link", "party_pair", "screening", "party_name"):
        engine.put(name, tables.get(name, TABLES[name].empty()))
    return ids


def trace(engine, rows, folder: Path, case: CaseFile | None = None, **tables) -> tuple[dict[str, pa.Table], Heard]:
    """Run every step on `rows`; the tables of the contract as Arrow, and what was said."""
    load(engine, rows, **tables)
    out, scratch = folder / "out", folder / "scratch"
    out.mkdir(parents=True, exist_ok=True)
    scratch.mkdir(exist_ok=True)
    heard = Heard()
    context = Context(engine, case or CaseFile(), folder, scratch, heard)
    for step in STEPS:
        run_step(context, step, out)
    made = [o for s in STEPS for o in s.outputs if o in TABLES]
    found = {}
    for name in made:
        order = ", ".join(f'"{k}"' for k in TABLES[name].sort)
        found[name] = engine.fetch(f"SELECT {TABLES[name].select} FROM {name} ORDER BY {order}").cast(
            TABLES[name].schema
        )
    return found, heard
