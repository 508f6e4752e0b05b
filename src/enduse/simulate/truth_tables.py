"""The answers of a labelled world as Parquet files: written while the world is made, then a few joined out of the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from . import lands, naming
from .cells import dates
from .deals import KINDS as DEALS
from .population import ROLES as FIRM_ROLES
from .products import PRODUCTS, SECTORS
from .schemes import KINDS, ROLES, Plan
from .settings import DAYS
from .trade import Setting

_CODES = pa.array([land.code for land in lands.LANDS])


def _take(words: pa.Array, at: np.ndarray) -> pa.Array:
    return words.take(pa.array(at.astype(np.int64)))


def _unless(values: np.ndarray, none: np.ndarray) -> pa.Array:
    return pa.array(values.astype(np.int64), mask=none)


class Answers:
    """Writers of the large tables; `close` them before `finish` joins the rest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: dict[str, pq.ParquetWriter] = {}

    def write(self, name: str, table: pa.Table) -> None:
        if name not in self.open:
            self.open[name] = pq.ParquetWriter(self.folder / f"{name}.parquet", table.schema, compression="zstd")
        self.open[name].write_table(table)

    def close(self) -> None:
        for writer in self.open.values():
            writer.close()
        self.open = {}


def lots(setting: Setting, rows: np.ndarray) -> pa.Table:
    models, country = setting.models, setting.firms.country
    model = rows["model"].astype(np.int64)
    words = {
        "family": pa.array([PRODUCTS[p].family for p in models.product]), "brand": pa.array(models.brand), "model_name": pa.array(models.code),
        "unit": pa.array([PRODUCTS[p].unit for p in models.product]), "hs6": pa.array([f"{code:010d}"[:6] for code in models.hs.tolist()]),
    }  # fmt: skip
    none = rows["scheme"] < 0
    return pa.table(
        {
            "lot": rows["lot"], "day": dates(rows["day"]), "arrival": dates(rows["arrival"]), "seller": rows["seller"].astype(np.int64), "buyer": rows["buyer"].astype(np.int64),
            "from_country": _take(_CODES, country[rows["seller"]]), "to_country": _take(_CODES, country[rows["buyer"]]), "origin": _take(_CODES, rows["origin"]),
            "model": model, **{name: _take(values, model) for name, values in words.items()},
            "declared_hs6": pa.array(rows["code"] // 10_000).cast(pa.string()).cast(pa.large_string()).cast(pa.string()),
            "quantity": rows["quantity"], "net_kg": rows["grams"] / 1000, "value_usd": rows["true_cents"] / 100, "declared_usd": rows["cents"] / 100,
            "understated": rows["understated"].astype(np.int64), "outlier": rows["outlier"].astype(np.int64), "kind": _take(pa.array(DEALS), rows["kind"]),
            "scheme": _unless(rows["scheme"], none), "role": _take(pa.array(ROLES), rows["role"]), "hop": _unless(rows["hop"], none), "path": _unless(rows["path"], none),
            "wave": _unless(rows["wave"], none), "records": rows["records"].astype(np.int64),
        }
    )  # fmt: skip


def draws(rows: np.ndarray) -> pa.Table:
    return pa.table({name: rows[name] for name in ("outbound", "inbound", "quantity")})


def schemes(setting: Setting, plans: list[Plan], rows: np.ndarray) -> pa.Table | None:
    """One row a scheme: what was planned, and what of it came to pass and was written down."""
    if not plans:
        return None
    mine = rows[rows["scheme"] >= 0]
    found = []
    for plan in plans:
        its = mine[mine["scheme"] == plan.number]
        if not len(its):
            continue
        steps = plan.waves[0][1]
        firms = {f for _, w in plan.waves for s in w for f in (s.seller, s.buyer)}
        last = max(s.level for s in steps) + 1
        observed = len({int(h) for h in its["hop"][its["records"] > 0]})
        found.append(
            {
                "scheme": plan.number, "kind": KINDS[plan.kind], "model": plan.model,
                "origin": lands.LANDS[int(setting.firms.country[steps[0].seller])].code,
                "destination": lands.LANDS[int(setting.firms.country[next(s.buyer for s in steps if s.level == last - 1)])].code,
                "first": int(its["day"].min()), "last": int(its["day"].max()), "firms": len(firms), "hops": last, "waves": len(np.unique(its["wave"])), "observed_hops": observed,
            }
        )  # fmt: skip
    if not found:
        return None
    table = pa.Table.from_pylist(found)
    for name in ("first", "last"):
        table = table.set_column(table.column_names.index(name), name, dates(table.column(name).to_numpy()))
    return table


def firms(setting: Setting) -> pa.Table:
    """Every firm that the world knows, with its registered names. Names are made in stretches, not all at once."""
    f = setting.firms
    number = np.arange(len(f))
    return pa.table(
        {
            "firm": number, "country": _take(_CODES, f.country), "role": _take(pa.array(FIRM_ROLES), f.role), "sector": _take(pa.array(SECTORS), f.sector),
            "born": dates(np.maximum(f.born, -20_000)), "address": f.address, "group": f.group,
            "latin": pa.array([naming.spelled(f.seed, i, c, naming.LATIN, 0) for i, c in enumerate(f.country.tolist())]),
            "local": pa.array([naming.spelled(f.seed, i, c, naming.LOCAL, 0) for i, c in enumerate(f.country.tolist())]),
        }
    )  # fmt: skip


def controls(setting: Setting) -> pa.Table:
    sector, country = np.nonzero(setting.control < DAYS)
    rows = [
        (p.hs[:6], SECTORS[s], lands.LANDS[c].code, int(setting.control[s, c]))
        for s, c in zip(sector.tolist(), country.tolist(), strict=True)
        for p in PRODUCTS
        if p.sector == s
    ]
    codes, sectors, destinations, days = zip(*rows, strict=True)
    return pa.table({"hs6": codes, "sector": sectors, "destination": destinations, "since": dates(np.array(days))})


_JOINS = {
    "mirror": "SELECT e.source AS export_source, e.row AS export_row, i.source AS import_source, i.row AS import_row, e.lot FROM {record} AS e JOIN {record} AS i ON i.lot = e.lot AND i.side = 'import' AND i.kind = 'lot' WHERE e.side = 'export' AND e.kind = 'lot' ORDER BY e.lot",
    "duplicate": "SELECT d.source, d.row, o.source AS of_source, o.row AS of_row, d.kind AS reason FROM {record} AS d JOIN {record} AS o ON o.lot = d.lot AND o.source = d.source AND o.kind = 'lot' WHERE d.kind IN ('exact', 'amended') ORDER BY d.source, d.row",
    "name": "SELECT name, country, firm, CAST(count(*) AS BIGINT) AS records FROM (SELECT r.seller_name AS name, l.from_country AS country, r.seller AS firm FROM {record} AS r JOIN {lot} AS l ON l.lot = r.lot WHERE r.kind <> 'damaged' UNION ALL SELECT r.buyer_name, l.to_country, r.buyer FROM {record} AS r JOIN {lot} AS l ON l.lot = r.lot WHERE r.kind <> 'damaged') AS n WHERE name <> '' GROUP BY name, country, firm ORDER BY name, country, firm",
    "corridor": "SELECT i.from_country AS origin, i.to_country AS via, o.to_country AS destination, o.hs6, date_trunc('month', o.day)::DATE AS month, CAST(sum(d.quantity) AS BIGINT) AS quantity, CAST(sum(CAST(o.net_kg * d.quantity / o.quantity AS DECIMAL(18, 3))) AS DECIMAL(24, 3)) AS net_kg, CAST(sum(CAST(o.value_usd * d.quantity / o.quantity AS DECIMAL(18, 2))) AS DECIMAL(24, 2)) AS value_usd FROM {draw} AS d JOIN {lot} AS i ON i.lot = d.inbound JOIN {lot} AS o ON o.lot = d.outbound WHERE o.kind <> 'return' GROUP BY ALL ORDER BY ALL",
}  # fmt: skip


def finish(folder: Path, scratch: Path) -> None:
    """Mirror pairs, repeats, declared names and corridor totals, joined out of records, lots and draws."""
    import duckdb

    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB", "temp_directory": str(scratch)}) as db:
        places = {
            n: f"read_parquet('{str(folder / n).replace(chr(39), chr(39) * 2)}.parquet')"
            for n in ("record", "lot", "draw")
        }
        for name, sql in _JOINS.items():
            target = str(folder / f"{name}.parquet").replace("'", "''")
            db.execute(f"COPY ({sql.format(**places)}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
