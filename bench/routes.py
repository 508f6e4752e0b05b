"""Published statistics: exact re-runs on shared data, dates of breaks, placebo goods, planted reroutings, mirror of many rows.

`python bench/routes.py [--mirror ROWS] [--worlds N]`. Shared data lie beside the project; where they are missing, their lines say so.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import mean

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from common import SHARED, Check, child, table
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile, Event
from enduse.engine.duckdb import DuckDBEngine
from enduse.engine.step import Context
from enduse.intake import statistics
from enduse.pipeline import run_step
from enduse.reference.route_tables import amended
from enduse.routes.statistics import STEPS, events, lanes, legs
from enduse.simulate import statistics_world

DATA = SHARED / "data" / "statistics"
ROWS = {
    "armenia_estimated_reexports_hs6_monthly_2011_2024.csv.gz": 18_685, "armenia_national_trade_by_country_monthly_2007_2024.csv.gz": 28_367,
    "armenia_official_reexports_yearly.csv": 14, "armenia_phones_851713_monthly_2022_2024.csv.gz": 286, "armenia_vehicles_8703_monthly_2017_2023.csv.gz": 10_405,
    "baci_graphite_bilateral_yearly.csv.gz": 27_531, "baci_lithium_bilateral_yearly.csv.gz": 15_670, "china_exports_graphite_hs6_monthly_2017_2024.csv.gz": 5_261,
    "china_exports_minerals_group_by_partner_monthly.csv.gz": 2_117, "china_exports_minerals_hs6_by_bloc_monthly.csv.gz": 1_079,
    "comtrade_raw_export_format_sample.csv.gz": 3_263, "eurostat_comext_cn8_monthly_2020_2022.parquet": 740_520,
    "eurostat_eu27_exports_by_partner_yearly_2010_2023.csv": 3_379, "eurostat_total_monthly_2019_2024.csv.gz": 7_470, "kazakhstan_national_imports_yearly.csv": 437,
    "kazakhstan_national_trade_by_country_yearly.csv": 836,
}  # fmt: skip
BREAKS = {"RU": "2022-03", "GE": "2022-04", "AM": "2022-05", "KZ": "2022-06"}


class Quiet:
    def step(self, stage: str, name: str, number: int, of: int) -> None: ...
    def say(self, line: str) -> None: ...


def context(folder: Path, case: CaseFile | None = None) -> Context:
    folder.mkdir(parents=True, exist_ok=True)
    return Context(DuckDBEngine(folder / "spill"), case or CaseFile(), folder, folder, Quiet())


def load(made: Context, files: list[Path]) -> dict[str, statistics.StatisticsRead]:
    """`statistic` of these files in the engine; what each read gave."""
    reads = {f.name: statistics.read(made, f, alias=f.stem, name=f.name, scratch=made.scratch) for f in files}
    parts = [pq.read_table(r.statistics).cast(TABLES["statistic"].schema) for r in reads.values()]
    made.engine.put("statistic", pa.concat_tables(parts))
    return reads


def study(folder: Path, files: list[Path], case: CaseFile | None = None) -> Context:
    """All result tables over these files."""
    made = context(folder, case)
    load(made, files)
    for name in ("shipment", "duplicate_row", "mirror_duplicate"):
        made.engine.put(name, TABLES[name].empty())
    (folder / "out").mkdir(exist_ok=True)
    for step in STEPS:
        run_step(made, step, folder / "out")
    return made


def one(made: Context, sql: str) -> float:
    return float(next(iter(made.engine.fetch(sql).to_pylist()[0].values())) or 0)


def exact(folder: Path) -> list[Check]:
    """What must come out to the last digit."""
    made = context(folder / "exact")
    reads = load(made, [DATA / n for n in ROWS])
    out = [
        Check(
            "files whose records read equal the README",
            sum(reads[n].records == ROWS[n] for n in ROWS),
            len(ROWS),
            at_least=True,
        )
    ]
    out.append(
        Check(
            "records read = loaded + rejected, files",
            sum(r.records == r.loaded + _rejected(r) for r in reads.values()),
            len(ROWS),
            at_least=True,
        )
    )
    year = "SELECT sum(CASE WHEN extract(year FROM period) = 2022 THEN value END) / sum(CASE WHEN extract(year FROM period) = 2021 THEN value END) - 1 AS g FROM statistic WHERE source = 'eurostat_eu27_exports_by_partner_yearly_2010_2023' AND partner = "
    for code, growth in (("AM", 148.9), ("KZ", 88.6)):
        found = round(100 * one(made, f"{year}'{code}'"), 1)
        out.append(Check(f"EU exports to {code}, 2022 over 2021, off by", abs(found - growth), 0, "points"))
    korea = "SELECT sum(net_kg) / 6 AS kg FROM statistic WHERE source = 'china_exports_graphite_hs6_monthly_2017_2024.csv' AND partner = 'KR' AND period >= DATE '{}' AND period < DATE '{}'"
    for first, stop, kg in (("2023-06-01", "2023-12-01", 12_500_589), ("2023-12-01", "2024-06-01", 5_302_014)):
        out.append(
            Check(
                f"graphite to KR from {first[:7]}, kg a month, off by",
                abs(round(one(made, korea.format(first, stop))) - kg),
                0,
                "kg",
            )
        )
    out += triangle()
    cars = one(
        made,
        "SELECT sum(value_usd) AS v FROM statistic WHERE source LIKE 'armenia_vehicles%' AND flow = 'export' AND partner = 'RU' AND extract(year FROM period) = 2023",
    )
    raw = _cars()
    out.append(Check("cars AM to RU 2023 against the 4-digit rows, off by", abs(cars - raw), 1, "USD"))
    return out


def _rejected(read: statistics.StatisticsRead) -> int:
    return 0 if read.rejected is None else pq.read_metadata(read.rejected).num_rows


def _cars() -> float:
    """The same sum straight from the four-digit rows of the file: what counting every row once must give."""
    with gzip.open(DATA / "armenia_vehicles_8703_monthly_2017_2023.csv.gz", "rt") as file:
        return sum(
            float(r["trade_value_us"]) for r in csv.DictReader(file)
            if r["trade_code"] == "X" and r["partner_iso"] == "RUS" and r["aggregate_level"] == "4" and r["period"].startswith("2023")
        )  # fmt: skip


def triangle() -> list[Check]:
    """BACI's two legs: growth (difference of ln(1 + thousand USD)) of coalition to gateways and of gateways to Russia, by code."""
    with gzip.open(DATA / "baci_triangle_coalition_gateway_russia_hs6.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    first = np.array([np.log1p(float(r["cg_post"])) - np.log1p(float(r["cg_pre"])) for r in rows])
    second = np.array([np.log1p(float(r["gr_post"])) - np.log1p(float(r["gr_pre"])) for r in rows])
    r = float(np.corrcoef(first, second)[0, 1])
    both = int(((first > 0) & (second > 0)).sum())
    return [
        Check("BACI two legs: Pearson r, off .0828 by", abs(round(r, 4) - 0.0828), 0),
        Check("BACI two legs: codes up on both, off 938 by", abs(both - 938), 0),
        Check("BACI two legs: codes, off 1,857 by", abs(len(rows) - 1857), 0),
    ]


def dates(folder: Path) -> list[Check]:
    """Break dates on log totals, found with the event and without it; new codes; placebo goods."""
    out = []
    for name in ("eurostat_comext_cn8_monthly_2020_2022.parquet", "eurostat_total_monthly_2019_2024.csv.gz"):
        made = study(folder / name[:16], [DATA / name])
        goods = "ALL" if "cn8" in name else "TOTAL"
        rows = made.engine.fetch(
            f"SELECT importer, event, date, date_low, date_high FROM route_break WHERE exporter = 'EU27' AND goods = '{goods}' AND nomenclature_change = 0"
        ).to_pylist()
        for known in (True, False):
            held = {
                p: r
                for r in rows
                if bool(r["event"]) == known
                for p, d in BREAKS.items()
                if r["importer"] == p and r["date_low"] <= d <= r["date_high"]
            }
            print(
                f"{name[:30]} {'event' if known else 'no event'}: "
                + ", ".join(f"{p} {r['date']} ({r['date_low']} to {r['date_high']})" for p, r in sorted(held.items()))
            )
            out.append(
                Check(
                    f"{name[9:21]} dates within the set, {'event' if known else 'no event'}",
                    len(held),
                    4 if known else None,
                    at_least=True,
                )
            )
        if "cn8" in name:
            new = {c for c, changes in amended().items() if (2022, "new") in changes}
            wrong = [
                r
                for r in made.engine.fetch(
                    "SELECT DISTINCT goods FROM route_break WHERE nomenclature_change = 0"
                ).to_pylist()
                if r["goods"] in new
            ]
            out.append(Check("HS 2022 codes reported as a break", len(wrong), 0))
    for label, case in (
        ("date only", CaseFile(event=[Event(name="x", date=dt.date(2023, 12, 1))])),
        ("from China", CaseFile(event=[Event(name="x", date=dt.date(2023, 12, 1), exporter=["CN"])])),
        ("shared events", CaseFile()),
    ):
        made = study(folder / f"lithium {label}", [DATA / "baci_lithium_bilateral_yearly.csv.gz"], case)
        out.append(
            Check(
                f"lithium, {label}: breaks claimed",
                one(made, "SELECT count(*) AS n FROM route_break WHERE nomenclature_change = 0"),
                0,
            )
        )
        out.append(
            Check(
                f"lithium, {label}: substitutes claimed",
                one(made, "SELECT count(*) AS n FROM substitution WHERE hub <> ''"),
                0,
            )
        )
    return out


def armenia(folder: Path) -> list[Check]:
    """Cars and phones through Armenia, and what Armenia itself calls re-exports."""
    files = [
        "armenia_vehicles_8703_monthly_2017_2023.csv.gz",
        "armenia_phones_851713_monthly_2022_2024.csv.gz",
        "armenia_official_reexports_yearly.csv",
    ]
    made = study(folder / "armenia", [DATA / f for f in files])
    out = []
    for goods in ("8703", "851713"):
        rows = made.engine.fetch(
            f"SELECT gained, lag_months, q_value FROM substitution WHERE origin = 'ALL' AND hub = 'AM' AND destination = 'RU' AND goods = '{goods}' AND measure = 'USD'"
        ).to_pylist()
        out.append(Check(f"{goods} through AM to RU: two legs found", len(rows), 1, at_least=True))
        for r in rows[:1]:
            print(
                f"{goods}: {float(r['gained']) / 1e6:.1f} m USD a month, lag {r['lag_months']} months, q {r['q_value']:.3f}"
            )
    share = one(
        made,
        "SELECT sum(CASE WHEN flow = 're-export' THEN value_usd END) / sum(CASE WHEN flow = 'export' THEN value_usd END) AS s FROM statistic WHERE hs_code = 'TOTAL' AND extract(year FROM period) = 2023",
    )
    out.append(Check("official re-exports of AM, share of exports 2023", round(100 * share, 1), None, "%"))
    return out


def worlds(folder: Path, seeds: list[int], goods: int = 30) -> list[Check]:
    """Simulated worlds: share of false finds as stated and as it is; power by the size of the detour."""
    truths, stated, apart = [], [], []
    found_by: dict[str, list[int]] = defaultdict(list)
    for seed in seeds:
        world = statistics_world.make(seed, statistics_world.Shape(goods=goods))
        path = folder / f"world{seed}.csv"
        statistics_world.write_comtrade(world, path)
        case = CaseFile(
            event=[
                Event(
                    name="cut",
                    date=world.event,
                    exporter=list(statistics_world.COALITION),
                    importer=[statistics_world.TARGET],
                )
            ]
        )
        made = context(folder / f"world{seed}", case)
        load(made, [path])
        for step in STEPS:
            if step.name in ("stat_cell", "stat_view", "series_heads", "series_code", "series"):
                run_step(made, step, folder)
        panel = lanes.load(made.engine, "month", 60_000)
        event = events.events(case)[0]
        rows = [
            r
            for r in legs.study(panel, case).rows
            if r["hub"] and r["measure"] == "USD" and len(r["goods"]) == 6 and r["origin"] != "ALL"
        ]
        truth = {(p.origin, p.hub, p.goods): p for p in world.planted}
        hit = {(r["origin"], r["hub"], r["goods"]) for r in rows} & set(truth)
        false = 1 - len(hit) / max(len(rows), 1)
        said = max((r["q_value"] for r in rows), default=0.0)
        truths.append(false)
        stated.append(said)
        apart.append(abs(false - said))
        print(
            f"world {seed}: {len(truth)} planted, {len(rows)} claimed, false {false:.3f}, stated {said:.3f}, found {len(hit) / len(truth):.2f}, event {event.date}"
        )
        for key, p in truth.items():
            size = next(
                word
                for bound, word in ((1e4, "<10k"), (1e5, "10k-100k"), (1e6, "100k-1m"), (1e12, ">1m"))
                if p.routed < bound
            )
            found_by[size].append(int(key in hit))
    print(
        "power: "
        + ", ".join(
            f"{size} USD a month {mean(found_by[size]):.2f} of {len(found_by[size])}"
            for size in ("<10k", "10k-100k", "100k-1m", ">1m")
            if found_by[size]
        )
    )
    return [
        Check("false finds: mean true less mean stated", round(abs(mean(truths) - mean(stated)), 3), 0.05),
        Check("false finds: worst world", round(max(apart), 3), None),
    ]


def run(mirror: int = 2_000_000, count: int = 4) -> dict[str, float]:
    checks: list[Check] = []
    with tempfile.TemporaryDirectory(prefix="enduse-bench-") as text:
        folder = Path(text)
        if DATA.is_dir():
            checks += [*exact(folder), *dates(folder), *armenia(folder)]
        else:
            print("no shared data beside the project: re-runs, dates and Armenia are left out")
        checks += worlds(folder, list(range(11, 11 + count)))
    made = child(Path(__file__).with_name("routes_mirror.py"), [str(mirror)])
    print(f"mirror of {made['rows']:,} rows: {made['seconds']} s, {made['peak_mb']} MB, {made['steps']}")
    checks.append(
        Check("mirror: minutes for 30 million rows, linear", made["seconds"] / made["rows"] * 30e6 / 60, 10, "min")
    )
    checks.append(Check("mirror: peak memory at this size", made["peak_mb"] / 1024, 6, "GB"))
    print(table(checks))
    if any(not c.ok for c in checks):
        raise SystemExit(1)
    return {c.name: c.value for c in checks}


if __name__ == "__main__":
    given = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=False))
    run(int(given.get("--mirror", 2_000_000)), int(given.get("--worlds", 4)))
