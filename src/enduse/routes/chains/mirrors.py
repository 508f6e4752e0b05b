"""One lot declared on the export side in one file and on the import side in another: matched one to one, counted once.

Candidates agree on both firms and on pieces, code or model. How well pieces, weight, goods and value must agree is not
set: pairs in which the import comes before the export show how often they agree by chance between two lots of the same
firms, and the rest is fitted against that. Days between are weighed afterwards, because the trade of two firms comes in
bursts and a burst on one side falls a voyage after the burst on the other whether or not the lots are the same.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from enduse.engine.step import Context, Made

from .evidence import Feature, fit, packed, unpacked
from .neighbours import AROUND, STEPS_TABLE, Channel, neighbours, steps_sql

LONGEST = 75  # days a lot may be on its way
SLACK = 3  # days an import may be dated before its export: clerks, time zones
_DAYS = (0, 3, 5, 8, 12, 17, 23, 31, 46, 61)
CHANNELS = (
    Channel(("seller", "buyer", "unit", "quantity"), 3),
    Channel(("seller", "buyer", "hs6"), 4),
    Channel(("seller", "buyer", "model"), 3),
)
DAYS = Feature("f_days", tuple(f"{d} days or more" for d in _DAYS), (0.5,) * 5 + (0.0,) * 3 + (-0.5, -1.0))
PIECES = Feature(
    "f_pieces", ("", "the same number of pieces", "pieces within 5 %", "other pieces"), (0.0, 2.5, 0.0, -3.0)
)
KILOS = Feature(
    "f_kilos",
    ("", "weight within .5 %", "weight within 3 %", "weight within 10 %", "another weight"),
    (0.0, 3.0, 1.5, -1.0, -3.0),
)
GOODS = Feature(
    "f_goods",
    ("the same model", "the same code", "the same heading", "another heading", "another model"),
    (1.0, 0.5, 0.0, -1.0, -2.0),
)
VALUE = Feature(
    "f_value", ("", "the same value", "value within a freight's width", "another value"), (0.0, 2.0, 1.0, -1.5)
)
FEATURES = (DAYS, PIECES, KILOS, GOODS, VALUE)
SWEEPS = 3  # rounds of mutual best


def _levels() -> str:
    cases = " ".join(f"WHEN days < {b} THEN {k}" for k, b in enumerate(_DAYS[1:]))
    return f"""
  CASE {cases} ELSE {len(_DAYS) - 1} END AS f_days,
  CASE WHEN xq IS NULL OR mq IS NULL OR xu IS NULL OR mu IS NULL OR xu <> mu THEN 0 WHEN xq = mq THEN 1 WHEN xq <= mq * 1.05 AND mq <= xq * 1.05 THEN 2 ELSE 3 END AS f_pieces,
  CASE WHEN xk IS NULL OR mk IS NULL THEN 0 WHEN xk <= mk * 1.005 AND mk <= xk * 1.005 THEN 1 WHEN xk <= mk * 1.03 AND mk <= xk * 1.03 THEN 2
    WHEN xk <= mk * 1.1 AND mk <= xk * 1.1 THEN 3 ELSE 4 END AS f_kilos,
  CASE WHEN xmo = mmo THEN 0 WHEN xmo <> mmo THEN 4 WHEN xh = mh THEN 1 WHEN substr(xh, 1, 4) = substr(mh, 1, 4) THEN 2 ELSE 3 END AS f_goods,
  CASE WHEN xv IS NULL OR mv IS NULL THEN 0 WHEN mv <= xv * 1.02 AND xv <= mv * 1.02 THEN 1 WHEN mv <= xv * 1.25 AND xv <= mv * 1.1 THEN 2 ELSE 3 END AS f_value"""


def pairs_sql() -> str:
    """(inb, outb, decoy, days, code): candidate pairs of an export record and an import record of different files."""
    raw = ", ".join(
        f"{s}.{c} AS {s}{a}"
        for s in ("x", "m")
        for c, a in (("quantity", "q"), ("unit", "u"), ("kg", "k"), ("model", "mo"), ("hs6", "h"), ("value_usd", "v"))
    )
    return f"""
SELECT inb, outb, decoy, days, {packed(FEATURES)} AS code
FROM (
  SELECT inb, outb, decoy, days, {_levels()}
  FROM (
    SELECT p.inb, p.outb, {raw},
      CASE WHEN date_diff('day', x.date, m.date) < -{SLACK} THEN 1 ELSE 0 END AS decoy,
      CASE WHEN m.date < x.date THEN CASE WHEN date_diff('day', x.date, m.date) < -{SLACK} THEN date_diff('day', m.date, x.date) ELSE 0 END
        ELSE date_diff('day', x.date, m.date) END AS days
    FROM mirror_near AS p
    JOIN mirror_export AS x ON x.id = p.inb
    JOIN mirror_import AS m ON m.id = p.outb
    WHERE x.source <> m.source
  ) AS raw
  WHERE days <= {LONGEST}
) AS levelled"""


BEST = """
SELECT inb, outb, days, p, code
FROM (
  SELECT inb, outb, days, p, code,
    row_number() OVER (PARTITION BY inb ORDER BY p DESC, days, outb) AS of_export,
    row_number() OVER (PARTITION BY outb ORDER BY p DESC, days, inb) AS of_import
  FROM mirror_open
) AS ranked
WHERE of_export = 1 AND of_import = 1"""
LEFT_OVER = """
SELECT o.inb, o.outb, o.days, o.p, o.code
FROM mirror_open AS o
LEFT JOIN mirror_taken AS a ON a.inb = o.inb
LEFT JOIN mirror_taken AS b ON b.outb = o.outb
WHERE a.inb IS NULL AND b.outb IS NULL"""
DUPLICATE = """
SELECT
  CAST(CASE WHEN x.says > m.says THEN m.shipment_id ELSE x.shipment_id END AS VARCHAR) AS shipment_id,
  CAST(CASE WHEN x.says > m.says THEN m.source ELSE x.source END AS VARCHAR) AS source,
  CAST(CASE WHEN x.says > m.says THEN m.row ELSE x.row END AS BIGINT) AS row,
  CAST(CASE WHEN x.says > m.says THEN x.shipment_id ELSE m.shipment_id END AS VARCHAR) AS of_shipment_id,
  CAST(CASE WHEN x.says > m.says THEN m.value ELSE x.value END AS DECIMAL(18, 4)) AS value,
  CAST(date_diff('day', x.date, m.date) AS BIGINT) AS lag_days,
  CAST(t.p AS DOUBLE) AS score,
  CAST(w.words AS VARCHAR) AS reasons
FROM mirror_taken AS t
JOIN trade AS x ON x.id = t.inb
JOIN trade AS m ON m.id = t.outb
JOIN mirror_weight AS w ON w.code = t.code"""
_COLUMNS = "id, source, seller, buyer, unit, quantity, kg, model, hs6, value_usd, date"


def mirrors(ctx: Context) -> Made:
    """MIRROR_DUPLICATE: mutually best pairs above the threshold; every record stands in one pair at most."""
    engine = ctx.engine
    engine.make(STEPS_TABLE, steps_sql())
    engine.make("mirror_export", f"SELECT {_COLUMNS} FROM trade WHERE side = 'export'")
    engine.make("mirror_import", f"SELECT {_COLUMNS} FROM trade WHERE side = 'import'")
    engine.make("mirror_near", neighbours("mirror_export", "mirror_import", CHANNELS, AROUND))
    engine.make("mirror_pair", pairs_sql())
    got = engine.fetch(
        "SELECT code, sum(1 - decoy) AS target, sum(decoy) AS decoy FROM mirror_pair GROUP BY code ORDER BY code"
    )
    engine.put("mirror_weight", _weigh(got))
    least = {"least": ctx.case.settings.chains.mirror}
    engine.make(
        "mirror_open",
        "SELECT p.inb, p.outb, p.days, w.p, p.code FROM mirror_pair AS p JOIN mirror_weight AS w ON w.code = p.code WHERE p.decoy = 0 AND w.p >= $least",
        least,
    )
    engine.make("mirror_taken", BEST)
    for _ in range(SWEEPS - 1):
        engine.make("mirror_rest", LEFT_OVER)
        engine.make("mirror_open", "SELECT * FROM mirror_rest")
        engine.make("mirror_more", f"SELECT * FROM mirror_taken UNION ALL {BEST}")
        engine.make("mirror_taken", "SELECT * FROM mirror_more")
    target = ctx.scratch / "mirror_duplicate.parquet"
    found = engine.write(DUPLICATE, target)
    for name in ("export", "import", "near", "pair", "weight", "open", "taken", "rest", "more"):
        engine.drop(f"mirror_{name}")
    ctx.progress.say(f"{found:,} lots are declared on both sides")
    return {"mirror_duplicate": target}


def _weigh(got: pa.Table) -> pa.Table:
    """(code, p, words): probability of each cell that both records declare one lot."""
    code = got["code"].to_numpy().astype(np.int64)
    if not len(code):
        return pa.table(
            {"code": pa.array([], pa.int64()), "p": pa.array([], pa.float64()), "words": pa.array([], pa.string())}
        )
    target, decoy = (got[c].cast(pa.float64()).to_numpy() for c in ("target", "decoy"))
    levels = unpacked(code, FEATURES)
    rest = fit(levels[:, 1:], target, decoy, FEATURES[1:])
    odds = rest.log_odds(levels[:, 1:])
    real = target / (1.0 + np.exp(-np.clip(odds, -30, 30)))
    a = np.bincount(levels[:, 0], real, DAYS.size) + 1.0
    b = np.bincount(levels[:, 0], decoy, DAYS.size) + 5.0
    days = np.clip(np.log(a / a.sum()) - np.log(b / b.sum()), -2.0, 2.0)
    p = np.round(1.0 / (1.0 + np.exp(-np.clip(odds + days[levels[:, 0]], -30, 30))), 6)
    words = [";".join(rest.said(row[1:], 0.2)) for row in levels.tolist()]
    return pa.table({"code": code, "p": p, "words": pa.array(words, pa.string())})
