"""Chains against labelled worlds: links, chains, planted schemes, stated error, alerts, growth; trivial baselines beside.

    python bench/chains.py [--rows 200000] [--seeds 5] [--world open --world shifted --world empty --world handed] [--own] [--growth] [--steps]

`alerts_per_million` are those of a case without a question; `asked_alerts_per_million` those of a case that asks for
watched goods to one country and names the day of a rule. `--steps` prints processor seconds of each step.

Worlds are made by `enduse simulate` and scored by `enduse.simulate.score`; the tracer shares nothing with either.
Parties are the true ones unless `--own` is given, which prints the product's own resolution beside them.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import common
from common import Check
from enduse.case import Case, Quiet
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.duckdb import DuckDBEngine
from enduse.engine.step import Context
from enduse.pipeline import Place, run_step
from enduse.routes.chains import STEPS

LIMITS: dict[str, dict[str, tuple[float, bool]]] = {
    "open": {"link_ap": (0.85, True), "top_1000": (0.95, True), "schemes": (0.85, True), "ece": (0.05, False), "fdr_gap": (0.03, False)},
    "shifted": {"top_1000": (0.90, True), "schemes": (0.55, True), "ece": (0.05, False), "fdr_gap": (0.03, False)},
    "empty": {"alerts_per_million": (20.0, False), "asked_alerts_per_million": (20.0, False)},
    "handed": {},
}  # fmt: skip
NEEDED = (
    "shipment_row",
    "duplicate_row",
    "goods",
    "party",
    "shipment_party",
    "party_name",
    "party_link",
    "party_pair",
    "screening",
)

# What a perfect reader of the register of owners and of the address cells would link: owner and owned, firms of one owner, up to five firms under one roof.
_LINKED = """
WITH firm AS (SELECT firm, latin, country, address FROM '{truth}/firm.parquet'),
held AS (SELECT o.firm AS owner, c.firm AS company FROM read_csv('{lists}/ownership.csv', all_varchar = true) AS r
  JOIN firm AS o ON o.latin = r.owner AND o.country = r.owner_country JOIN firm AS c ON c.latin = r.company AND c.country = r.company_country WHERE o.firm <> c.firm),
roof AS (SELECT address, count(*) AS crowd FROM firm GROUP BY address HAVING count(*) BETWEEN 2 AND 5),
tied AS (
  SELECT owner AS one, company AS other, 'owns' AS kind, 'declared' AS basis, 1.0 AS score FROM held
  UNION SELECT a.company, b.company, 'same_owner', 'declared', 1.0 FROM held AS a JOIN held AS b ON a.owner = b.owner AND a.company < b.company
  UNION SELECT a.firm, b.firm, 'same_address', 'inferred', 0.9 * 2 / r.crowd FROM roof AS r JOIN firm AS a ON a.address = r.address JOIN firm AS b ON b.address = r.address AND a.firm < b.firm
)
SELECT 'P-' || printf('%010x', least(one, other)) AS left_party, 'P-' || printf('%010x', greatest(one, other)) AS right_party, kind, basis, CAST(max(score) AS DOUBLE) AS score, 'truth' AS evidence
FROM tied GROUP BY ALL"""


def world(folder: Path, name: str, rows: int, seed: int, *, until: str) -> Case:
    """A world in `folder`, read by the product up to stage `until`."""
    from enduse.simulate.run import make

    make(folder, rows=rows, seed=seed, world=name, form="csv")
    case = Case.new(folder / "case", question="civil drones and parts", simulated=True)
    case.add([*sorted((folder / "observed").iterdir()), folder / "lists" / "ownership.csv"])
    case.run(until=until)
    return case


def attach(engine: DuckDBEngine, folder: Path, *, own: bool) -> None:
    """The tables the steps read: as the product made them, or with the true firms in the place of its parties."""
    place = Place(folder / "case" / "work")
    for name in NEEDED:
        path = place.table(name)
        if path is not None:
            engine.attach(name, path)
        else:
            engine.put(name, TABLES[name].empty())
    if own:
        return
    with duckdb.connect() as db:
        shipments, truth = place.table("shipment_row"), folder / "truth"
        party = "'P-' || printf('%010x', CAST({} AS BIGINT))"
        found = db.sql(
            f"SELECT s.shipment_id, CASE WHEN r.seller_name <> '' THEN {party.format('r.seller')} END AS exporter_party, "
            f"CASE WHEN r.buyer_name <> '' THEN {party.format('r.buyer')} END AS importer_party "
            f"FROM '{shipments}' AS s LEFT JOIN '{truth}/record.parquet' AS r ON r.source = s.source AND r.row = s.row"
        ).to_arrow_table()
        firms = db.sql(
            f"SELECT {party.format('firm')} AS party_id, latin AS name, country, 'organization' AS kind, '' AS identifiers FROM '{truth}/firm.parquet'"
        ).to_arrow_table()
        linked = db.sql(_LINKED.format(truth=truth, lists=folder / "lists")).to_arrow_table()
    engine.put("shipment_party", found.cast(TABLES["shipment_party"].schema))
    engine.put("party", firms)
    engine.put("party_link", linked.cast(TABLES["party_link"].schema))
    for name in ("party_name", "party_pair", "screening"):
        engine.put(name, TABLES[name].empty())


ASKED = {"scope": {"destination": ["RU"]}, "event": [{"name": "SIMULATED rule", "date": "2022-03-25", "goods": ["drone", "drone_part"], "importer": ["RU"]}]}  # fmt: skip


def trace(
    folder: Path, *, own: bool, memory: str = "3GB", steps: bool = False
) -> tuple[dict[str, pa.Table], common.Spent]:
    """Every step; the tables scored, and what it costs from shipments to ranked chains. `asked` are the chains of a case with a question."""
    out = folder / ("own" if own else "true")
    (out / "scratch").mkdir(parents=True, exist_ok=True)
    engine = DuckDBEngine(out / "spill", memory=memory)
    try:
        attach(engine, folder, own=own)
        case = Case(folder / "case").file
        context = Context(engine, case, folder, out / "scratch", Quiet())
        start, used = time.perf_counter(), common.cpu()
        for step in STEPS[:-1]:
            before = common.cpu()
            run_step(context, step, out)
            if steps:
                print(f"  {step.name:<20} {common.cpu() - before:8.2f} s of processor", file=sys.stderr)
        spent = common.Spent(time.perf_counter() - start, common.cpu() - used)
        wanted = ("consignment", "consignment_row", "link", "chain", "hop", "mirror_duplicate")
        found = {n: engine.fetch(f"SELECT * FROM {n}") for n in wanted}
        chain = next(s for s in STEPS if s.name == "chain")
        run_step(Context(engine, CaseFile.model_validate(ASKED), folder, out / "scratch", Quiet()), chain, out)
        found |= {"asked": engine.fetch("SELECT * FROM chain"), "asked_hop": engine.fetch("SELECT * FROM hop")}
        return found, spent
    finally:
        engine.close()


def baselines(answers: Any, shipment: pa.Table, found: dict[str, pa.Table]) -> dict[str, float]:
    """Average precision of the same links ranked by days between alone, by likeness of weight alone, by age of the firm alone."""
    from enduse.simulate.score import link_average_precision

    with duckdb.connect() as db:
        db.register("link", found["link"])
        db.register("consignment", found["consignment"])
        ranked = db.sql(
            "SELECT l.*, -CAST(l.lag_days AS DOUBLE) AS by_lag, -abs(ln(greatest(o.net_kg, 0.001) / greatest(i.net_kg, 0.001))) AS by_weight, "
            "-CAST(date_diff('day', DATE '2000-01-01', f.first) AS DOUBLE) * -1 AS by_age FROM link AS l "
            "JOIN consignment AS i ON i.consignment_id = l.inbound JOIN consignment AS o ON o.consignment_id = l.outbound "
            "JOIN (SELECT buyer, min(first_date) AS first FROM consignment GROUP BY buyer) AS f ON f.buyer = l.firm"
        ).to_arrow_table()
    return {
        name: link_average_precision(answers, shipment, found["consignment_row"], ranked, by=name)["average_precision"]
        for name in ("by_lag", "by_weight", "by_age")
    }


def alerted(answers: Any, shipment: pa.Table, found: dict[str, pa.Table]) -> float:
    """Share of the schemes that carry watched goods to the country asked for, after the day of the rule, with at least one alert."""
    if not answers.has("scheme"):
        return float("nan")
    for name, table in (
        ("shipment", shipment),
        ("consignment_row", found["consignment_row"]),
        ("asked", found["asked"]),
        ("asked_hop", found["asked_hop"]),
    ):
        answers.given(name, table)
    rows = answers.rows(
        "WITH s AS (SELECT DISTINCT l.scheme, r.source, r.row FROM t_lot AS l JOIN t_scheme AS s ON s.scheme = l.scheme JOIN t_record AS r ON r.lot = l.lot "
        "WHERE s.destination = 'RU' AND s.last >= DATE '2022-03-25' AND l.family IN ('drone', 'drone_part') AND l.hop >= 2), "
        "a AS (SELECT DISTINCT c.shipment_id FROM g_asked AS k JOIN g_asked_hop AS h ON h.chain_id = k.chain_id JOIN g_consignment_row AS c ON c.consignment_id = h.shipment_id WHERE k.continuity >= .5 AND k.concern >= .5) "
        "SELECT count(DISTINCT s.scheme), count(DISTINCT CASE WHEN a.shipment_id IS NOT NULL THEN s.scheme END) FROM s JOIN g_shipment AS i ON i.source = s.source AND i.row = s.row LEFT JOIN a ON a.shipment_id = i.shipment_id"
    )
    planted, seen = rows[0]
    return seen / planted if planted else float("nan")


def handed(answers: Any, found: dict[str, pa.Table]) -> dict[str, float]:
    """Links between a purchase of one party and a sale of another at .3 and more: share that is true, and share of the true ones on record that is found."""
    for name in ("link", "consignment"):
        answers.given(name, found[name])
    rows = answers.rows(
        "WITH two AS (SELECT i.consignment_id AS inbound, o.consignment_id AS outbound FROM pair AS p JOIN g_consignment AS i ON i.consignment_id = p.inbound JOIN g_consignment AS o ON o.consignment_id = p.outbound "
        "WHERE p.enough AND NOT p.back AND i.buyer <> o.seller), "
        "said AS (SELECT l.inbound, l.outbound FROM g_link AS l JOIN g_consignment AS o ON o.consignment_id = l.outbound WHERE l.firm <> o.seller AND l.continuity >= .3) "
        "SELECT count(DISTINCT (t.inbound, t.outbound)), count(DISTINCT (s.inbound, s.outbound)), count(CASE WHEN t.inbound = s.inbound AND t.outbound = s.outbound THEN 1 END) "
        "FROM two AS t FULL JOIN said AS s ON s.inbound = t.inbound AND s.outbound = t.outbound"
    )
    true, said, both = rows[0]
    return {"handed_true": both / said if said else float("nan"), "handed_found": both / true if true else float("nan")}


def measure(folder: Path, *, own: bool, steps: bool = False) -> dict[str, float]:
    """Every measure of one world."""
    from enduse.simulate.score import (
        Answers,
        alerts,
        calibration,
        chain_precision,
        link_average_precision,
        schemes_found,
        stated_false_share,
    )

    found, spent = trace(folder, own=own, steps=steps)
    shipment = pq.read_table(
        folder / "case" / "work" / "intake" / "shipment_row.parquet", columns=["shipment_id", "source", "row"]
    )
    answers = Answers(folder)
    rows = (shipment, found["consignment_row"])
    stated = stated_false_share(answers, *rows, found["link"])
    schemes = schemes_found(answers, *rows, found["chain"], found["hop"], top=20_000)
    out = {
        "link_ap": link_average_precision(answers, *rows, found["link"])["average_precision"],
        "top_1000": chain_precision(answers, *rows, found["chain"], found["hop"], top=1000)["precision"],
        "schemes": schemes["share"] if schemes["share"] is not None else float("nan"),
        "ece": calibration(answers, *rows, found["link"])["expected_error"],
        "fdr_gap": max((abs(v["stated"] - v["true"]) for v in stated.values()), default=float("nan")),
        "alerts_per_million": alerts(found["chain"], shipment)["per_million_rows"],
        "asked_alerts_per_million": alerts(found["asked"], shipment)["per_million_rows"],
        "asked_schemes_alerted": alerted(answers, shipment, found),
        "seconds": spent.wall,
        "processor_seconds": spent.cpu,
        "rows": float(shipment.num_rows),
    }
    out |= handed(answers, found)
    return out | baselines(answers, shipment, found)


def run(
    rows: int = 200_000,
    seeds: int = 5,
    worlds: tuple[str, ...] = ("open", "shifted", "empty"),
    *,
    own: bool = False,
    steps: bool = False,
) -> dict[str, Any]:
    """All measures by world and kind of parties, each a list over the seeds."""
    out: dict[str, Any] = {}
    for name in worlds:
        for seed in range(1, seeds + 1):
            with tempfile.TemporaryDirectory(prefix="enduse-bench-") as scratch:
                folder = Path(scratch) / name
                world(folder, name, rows, seed, until="parties" if own else "goods")
                for kind in (False, True) if own else (False,):
                    for measure_name, value in measure(folder, own=kind, steps=steps).items():
                        out.setdefault(f"{name}, {'own' if kind else 'true'} parties", {}).setdefault(
                            measure_name, []
                        ).append(value)
    return out


def growth(sizes: tuple[int, ...] = (100_000, 400_000)) -> float:
    """Exponent of processor seconds over rows."""
    cost: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="enduse-bench-") as scratch:
            folder = Path(scratch) / "open"
            world(folder, "open", size, 1, until="goods")
            found = measure(folder, own=False)
            cost[int(found["rows"])] = found["processor_seconds"]
    return common.exponent(cost)


def main() -> int:
    parser = argparse.ArgumentParser(description="chains against labelled worlds")
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--world", action="append", choices=("open", "shifted", "empty", "handed"))
    parser.add_argument("--own", action="store_true", help="the product's own party resolution beside the true parties")
    parser.add_argument("--growth", action="store_true", help="exponent of time over rows")
    parser.add_argument("--steps", action="store_true", help="processor seconds of each step")
    asked = parser.parse_args()
    checks = []
    for label, measures in run(
        asked.rows, asked.seeds, tuple(asked.world or ("open", "shifted", "empty")), own=asked.own, steps=asked.steps
    ).items():
        for name, values in measures.items():
            limit, at_least = LIMITS[label.partition(",")[0]].get(name, (None, False))
            spread = f"{min(values):.3f} to {max(values):.3f} ({len(values)})"
            checks.append(Check(f"{label}: {name}", statistics.median(values), limit, spread, at_least=at_least))
    if asked.growth:
        checks.append(Check("growth: exponent of rows", growth(), 1.1))
    print(common.table(checks))
    return int(any(not c.ok for c in checks))


if __name__ == "__main__":
    sys.exit(main())
