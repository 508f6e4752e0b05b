"""A process of its own: the mirror of many invented statistics rows, with its time and peak memory, as one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.duckdb import DuckDBEngine
from enduse.engine.step import Context
from enduse.pipeline import run_step
from enduse.reference.route_tables import rows as facts
from enduse.routes.statistics import STEPS

LAST = "mirror"


class Quiet:
    def step(self, stage: str, name: str, number: int, of: int) -> None: ...
    def say(self, line: str) -> None: ...


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="enduse-bench-") as text:
        folder = Path(text)
        engine = DuckDBEngine(folder / "spill", memory="4GB")
        lands = [r["alpha2"] for r in facts("lands")][:120]
        pairs = len(lands) * (len(lands) - 1)
        codes = max(1, rows // 2 // pairs // 12)
        listed = ", ".join(f"('{c}', {n})" for n, c in enumerate(lands))
        # Both reports of every pair, code and month; the importer's differs by freight and a third of noise.
        sql = f"""
        WITH land AS (SELECT * FROM (VALUES {listed}) AS t(c, n)),
        cell AS (SELECT a.c AS x, b.c AS m, k.k AS k, p.p AS p FROM land AS a CROSS JOIN land AS b CROSS JOIN range({codes}) AS k(k) CROSS JOIN range(12) AS p(p) WHERE a.n <> b.n)
        SELECT 'bench' AS source, row_number() OVER () AS row, x AS reporter, m AS partner, 'export' AS flow, lpad(CAST(840000 + k AS VARCHAR), 6, '0') AS hs_code, 'H5' AS hs_revision,
            CAST(DATE '2021-01-01' + to_months(CAST(p AS INTEGER)) AS DATE) AS period, 'month' AS freq, CAST(1000 + (k * 7919 + p * 31) % 99991 AS DECIMAL(28, 4)) AS value, 'USD' AS currency,
            CAST(1000 + (k * 7919 + p * 31) % 99991 AS DECIMAL(28, 4)) AS value_usd, 'declared' AS usd_basis, 'FOB' AS value_basis, CAST(10 AS DECIMAL(28, 4)) AS net_kg, NULL AS quantity,
            NULL AS unit, 'destination' AS partner_rule, 0 AS estimated, 0 AS reconciled, 1 AS parts FROM cell
        UNION ALL
        SELECT 'bench', row_number() OVER (), m, x, 'import', lpad(CAST(840000 + k AS VARCHAR), 6, '0'), 'H5', CAST(DATE '2021-01-01' + to_months(CAST(p AS INTEGER)) AS DATE), 'month',
            CAST((1000 + (k * 7919 + p * 31) % 99991) * (1.05 + 0.3 * random()) AS DECIMAL(28, 4)), 'USD', CAST((1000 + (k * 7919 + p * 31) % 99991) * (1.05 + 0.3 * random()) AS DECIMAL(28, 4)),
            'declared', 'CIF', CAST(10 AS DECIMAL(28, 4)), NULL, NULL, 'origin', 0, 0, 1 FROM cell"""
        path = folder / "statistic.parquet"
        engine._db.execute(f"COPY (SELECT {TABLES['statistic'].cast()} FROM ({sql}) AS s) TO '{path}' (FORMAT parquet)")  # noqa: SLF001
        engine.attach("statistic", path)
        count = engine.fetch("SELECT count(*) AS n FROM statistic")["n"][0].as_py()
        (folder / "scratch").mkdir()
        (folder / "out").mkdir()
        context = Context(engine, CaseFile(), folder, folder / "scratch", Quiet())
        start = time.perf_counter()
        steps = {}
        for step in STEPS:
            began = time.perf_counter()
            run_step(context, step, folder / "out")
            steps[step.name] = round(time.perf_counter() - began, 1)
            if step.name == LAST:
                break
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"rows": count, "seconds": round(seconds, 1), "peak_mb": round(peak), "steps": steps}))
        engine.close()


main(int(sys.argv[1]))
