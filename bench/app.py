"""The application over a large case: time of each answer at the 95th percentile, memory of the server, ten browsers at once.

The case is the demonstration case many times over: each copy has other record numbers, dates, values and texts, each group of
copies other firms. It is made by SQL in a temporary folder (`--keep DIR` keeps it and takes it up again).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import httpx

from common import Check, table

GROUPS = 100  # each group of copies has firms of its own
CHAINED = 20  # copies that keep their chains
LIMITS = {"first page": 1000.0, "filter and page": 300.0, "facets": 700.0}
TOKEN = "bench"  # noqa: S105 - of a server that lives for the length of the benchmark

ID = "split_part({0}, '-', 1) || '-' || (CAST(split_part({0}, '-', 2) AS BIGINT) + c.k * 100000)"
PARTY = "CASE WHEN {0} IS NULL THEN NULL WHEN c.k % {1} = 0 THEN {0} ELSE {0} || 'x' || (c.k % {1}) END"


def _own(column: str) -> str:
    return ID.format(column)


def _party(column: str) -> str:
    return PARTY.format(column, GROUPS)


def _name(column: str) -> str:
    return f"CASE WHEN c.k % {GROUPS} = 0 THEN {column} ELSE {column} || ' ' || (c.k % {GROUPS}) END"


MIX = "CAST(hash(t.shipment_id, c.k) % 1000 AS INTEGER)"
# table -> columns that differ from copy to copy; `few`: how many copies
CHANGED: dict[str, dict[str, str]] = {
    "shipment_row": {
        "shipment_id": _own("t.shipment_id"), "row": "t.row + c.k * 100000", "date": f"CAST(t.date + {MIX} - 500 AS DATE)",
        "exporter_name": _name("t.exporter_name"), "importer_name": _name("t.importer_name"),
        "description": f"CASE WHEN {MIX} < 500 THEN t.description ELSE t.description || ' ' || ({MIX} * 7 + c.k % 50) END",
        "value": f"CAST(t.value * (500 + {MIX}) / 1000 AS DECIMAL(18, 4))", "value_usd": f"CAST(t.value_usd * (500 + {MIX}) / 1000 AS DECIMAL(18, 4))",
        "net_kg": f"CAST(t.net_kg * (500 + {MIX}) / 1000 AS DECIMAL(18, 4))",
    },
    "shipment_party": {"shipment_id": _own("t.shipment_id"), "exporter_party": _party("t.exporter_party"), "importer_party": _party("t.importer_party")},
    "goods": {"shipment_id": _own("t.shipment_id")},
    "price_check": {"shipment_id": _own("t.shipment_id")},
    "duplicate_row": {"shipment_id": _own("t.shipment_id"), "of_shipment_id": _own("t.of_shipment_id"), "row": "t.row + c.k * 100000"},
    "reading": {"shipment_id": _own("t.shipment_id")},
    "figure_row": {"shipment_id": _own("t.shipment_id")},
    "party": {"party_id": _party("t.party_id"), "name": _name("t.name"), "broad_party": _party("t.broad_party")},
    "party_name": {"party_id": _party("t.party_id"), "name": _name("t.name"), "strict_party": _party("t.strict_party")},
    "screening": {"party_id": _party("t.party_id")},
    "chain": {"chain_id": "t.chain_id || '-' || c.k", "rank": "t.rank + c.k * 2000"},
    "hop": {"chain_id": "t.chain_id || '-' || c.k", "shipment_id": _own("t.shipment_id"), "from_party": _party("t.from_party"), "to_party": _party("t.to_party")},
    "consignment_row": {"shipment_id": _own("t.shipment_id"), "consignment_id": _own("t.consignment_id")},
}  # fmt: skip
BY_GROUP, BY_CHAIN = {"party", "party_name", "screening"}, {"chain", "hop"}


def multiply(base: Path, target: Path, copies: int) -> None:
    """The tables of `base` as `copies` copies, written under `target`."""
    from enduse.contracts import TABLES

    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target, ignore=shutil.ignore_patterns("serve", "out"))
    db = duckdb.connect(
        config={"memory_limit": "2GB", "temp_directory": str(target / "spill"), "preserve_insertion_order": False}
    )
    for name, changed in CHANGED.items():
        path = base / "work" / TABLES[name].made_by / f"{name}.parquet"
        times = min(copies, GROUPS) if name in BY_GROUP else min(copies, CHAINED) if name in BY_CHAIN else copies
        columns = ", ".join(f'{changed.get(c, f"""t."{c}" """)} AS "{c}"' for c in TABLES[name].names)
        out = target / "work" / TABLES[name].made_by / f"{name}.parquet"
        shutil.rmtree(out, ignore_errors=True)
        out.unlink(missing_ok=True)
        where = f"{path}/*.parquet" if path.is_dir() else str(path)
        order = "ORDER BY source, row" if name == "shipment_row" else ""
        db.execute(
            f"COPY (SELECT {columns} FROM read_parquet('{where}') AS t, (SELECT range AS k FROM range({times})) AS c {order}) TO '{out}' (FORMAT parquet)"
        ).fetchall()
    db.close()


class Server:
    """`enduse serve` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "enduse", "serve", str(folder), "--no-browser", "--token", TOKEN],
            stdout=subprocess.PIPE,
            stderr=None,
            text=True,
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split("/?")[0]
        if not self.address:
            raise SystemExit("the server did not start")
        self.started = time.perf_counter() - began

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=300)

    def memory(self) -> dict[str, float]:
        """MB: highest resident set so far, and what of the present one is the process's own."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        found = {
            k: int(v.split()[0]) / 1024
            for k, _, v in (line.partition(":") for line in lines)
            if k in ("VmHWM", "RssAnon")
        }
        return {"highest": found["VmHWM"], "own": found["RssAnon"]}

    def cpu(self) -> float:
        """Milliseconds of processor time so far, all threads: other work on the machine does not count in it."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


class Choices:
    """Real selections: values of the case's own facets, windows, words, firms; one to three keys at once."""

    def __init__(self, client: httpx.Client, seed: int) -> None:
        self._random = random.Random(seed)
        facets = client.get("/api/facets").json()
        self._facets = {
            f["name"]: [o["value"] for o in f["options"]] for f in facets["facets"] if len(f["options"]) > 1
        }
        self._months = [m["month"] for m in facets["dates"]]
        self._parties = [p["party_id"] for p in client.get("/api/parties?limit=200").json()["rows"]]
        rows = client.get("/api/shipments?limit=500&sort=quantity").json()["rows"]
        self._words = sorted({w for r in rows for w in (r["description"] or "").split() if len(w) > 3})
        self._codes = sorted({(r["hs_code"] or "")[:4] for r in rows} - {""})

    def next(self) -> list[tuple[str, str]]:
        pick, out = self._random, []
        for kind in pick.sample(("facet", "facet2", "window", "word", "party", "hs"), pick.choice((1, 1, 2, 2, 3))):
            if kind.startswith("facet"):
                name = pick.choice(sorted(self._facets))
                out += [
                    (name, v)
                    for v in pick.sample(self._facets[name], pick.choice((1, 1, min(2, len(self._facets[name])))))
                ]
            elif kind == "window":
                first, last = sorted(pick.sample(self._months, 2))
                out += [("since", f"{first}-01"), ("until", f"{last}-28")]
            elif kind == "word":
                out.append(("q", pick.choice(self._words)))
            elif kind == "party":
                out.append(("party", pick.choice(self._parties)))
            else:
                out.append(("hs", pick.choice(self._codes)))
        return out


def timed(client: httpx.Client, path: str, pairs: list[tuple[str, str]]) -> float:
    began = time.perf_counter()
    answer = client.get(f"{path}?{urlencode(pairs)}")
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{path} {pairs}: {answer.status_code} {answer.text[:300]}")
    return took * 1000


def spread(values: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]


def floor(folder: Path) -> float:
    """Milliseconds DuckDB needs to count and add all rows by one column of the stored table, the least of three."""
    db = duckdb.connect(config={"memory_limit": "1GB"})
    took = []
    path = folder / "work/intake/shipment_row.parquet"
    where = f"{path}/*.parquet" if path.is_dir() else str(path)
    for _ in range(3):
        began = time.perf_counter()
        db.execute(
            f"SELECT destination_country, count(*), sum(value_usd) FROM read_parquet('{where}') GROUP BY 1"
        ).fetchall()
        took.append((time.perf_counter() - began) * 1000)
    return min(took)


def measure(folder: Path, *, questions: int, seed: int) -> tuple[list[Check], dict[str, object]]:
    base = floor(folder)
    server = Server(folder)
    built = server.started
    server.stop()
    server = Server(folder)  # again, with the index there: what a user waits for each time
    checks = [
        Check("build of the index and start", built, unit="s"),
        Check("start with the index there", server.started, unit="s"),
        Check("floor: DuckDB counts all rows by one column", base, unit="ms"),
    ]
    results: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}
    try:
        with server.client() as client:
            first = [
                timed(client, p, q)
                for p, q in (
                    ("/api/case", []),
                    ("/api/selection", []),
                    ("/api/facets", []),
                    ("/api/shipments", [("limit", "50")]),
                )
            ]
            checks.append(
                Check("first page (case, sums, facets, 50 rows), cold", sum(first), LIMITS["first page"], "ms")
            )
            choices = Choices(client, seed)
            orders = ("date", "seller", "buyer", "description", "hs", "quantity", "net_kg", "value_usd")
            pick = random.Random(seed + 1)
            for _ in range(questions):
                asked = choices.next()
                order = [
                    ("sort", pick.choice(orders)),
                    ("dir", pick.choice(("asc", "desc"))),
                    ("limit", "50"),
                    ("offset", str(pick.choice((0, 0, 0, 200, 5000)))),
                ]
                for name, path, pairs in (
                    ("filter and page", "/api/shipments", [*asked, *order]),
                    ("facets", "/api/facets", asked),
                    ("sums", "/api/selection", asked),
                ):
                    spent = server.cpu()
                    results.setdefault(name, []).append(timed(client, path, pairs))
                    worked.setdefault(name, []).append(server.cpu() - spent)
            for name, few in (("parties", 12), ("map", 12), ("timeline", 6), ("network", 6), ("chains", 6)):
                for _ in range(few):
                    results.setdefault(name, []).append(timed(client, f"/api/{name}", choices.next()))
            rows = client.get("/api/shipments?limit=12&sort=value_usd").json()["rows"]
            results["one record"] = [timed(client, f"/api/shipments/{r['shipment_id']}", []) for r in rows]
        for name, took in results.items():
            middle, high = spread(took)
            checks += [
                Check(f"{name}, median", middle, unit="ms"),
                Check(f"{name}, 95th percentile", high, LIMITS.get(name), "ms"),
                Check(f"{name}, 95th percentile over the floor", high / base, unit="x"),
            ]
        for name, took in worked.items():
            middle, high = spread(took)
            checks += [
                Check(f"{name}, processor time, median", middle, unit="ms"),
                Check(f"{name}, processor time, 95th percentile", high, unit="ms"),
            ]
        checks += crowd(server, seed)
        memory = server.memory()
        checks += [
            Check("memory of the server, highest", memory["highest"], 2048, "MB"),
            Check("memory of the server, own (without mapped files)", memory["own"], unit="MB"),
        ]
    finally:
        server.stop()
    return checks, {k: [round(v, 1) for v in took] for k, took in results.items()}


def crowd(server: Server, seed: int, browsers: int = 10, clicks: int = 6) -> list[Check]:
    """Ten browsers click at once: page, facets and sums of a new selection each."""

    def one(number: int) -> list[float]:
        with server.client() as client:
            choices = Choices(client, seed + 100 + number)
            out = []
            for _ in range(clicks):
                asked = choices.next()
                out.append(sum(timed(client, p, asked) for p in ("/api/shipments", "/api/facets", "/api/selection")))
            return out

    with ThreadPoolExecutor(browsers) as pool:
        took = [t for found in pool.map(one, range(browsers)) for t in found]
    middle, high = spread(took)
    return [
        Check("ten browsers at once: page + facets + sums, median", middle, unit="ms"),
        Check("ten browsers at once, 95th percentile", high, unit="ms"),
    ]


def base_case(root: Path) -> Path:
    """The demonstration case, made and run where it is not there."""
    from enduse.case import Quiet
    from enduse.demo import make

    folder = root / "demo"
    if not (folder / "work/findings/manifest.json").is_file():
        make(folder, Quiet())
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the case, about")
    parser.add_argument("--questions", type=int, default=100, help="random selections")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="folder for the case; taken up again where it holds one")
    parser.add_argument("--base", type=Path, help="a run case to multiply; the demonstration case by default")
    parser.add_argument("--json", type=Path, help="write every time measured")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="enduse-app-") as scratch:
        root = given.keep or Path(scratch)
        root.mkdir(parents=True, exist_ok=True)
        base = given.base or base_case(root)
        folder = root / f"case-{given.rows}"
        if not (folder / "whole").is_file():
            multiply(base, folder, max(1, round(given.rows / 20_346)))
            (folder / "whole").touch()
        checks, raw = measure(folder, questions=given.questions, seed=given.seed)
    print(table(checks))
    if given.json:
        given.json.write_text(json.dumps(raw), encoding="utf-8")
    if not all(c.ok for c in checks):
        sys.exit(1)


if __name__ == "__main__":
    main()
