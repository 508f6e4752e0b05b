"""Hubs by measured size: where the links of firms stop being traceable, the table says so instead of guessing."""

from __future__ import annotations

from pathlib import Path

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

TRACED = 0.1  # a size class of which less than this share of sales is traced counts as hubs
SMALLEST = (
    8  # purchases of a code below which a firm is no hub: what cannot be traced there fails for other reasons than size
)
ENOUGH = 30  # sales a size class needs to be judged
# Sales by how many purchases of the code their firm has (powers of two), and how many of them have a link of one half.
_TRACED_SQL = """
SELECT size, count(*) AS sales, sum(traced) AS traced
FROM (
  SELECT o.id, CAST(floor(log2_in) AS BIGINT) AS size, CASE WHEN t.outb IS NULL THEN 0 ELSE 1 END AS traced
  FROM sold AS o
  JOIN (SELECT firm, hs6, ln(count(*)) / 0.6931471805599453 AS log2_in FROM bought WHERE hs6 IS NOT NULL GROUP BY firm, hs6) AS n ON n.firm = o.firm AND n.hs6 = o.hs6
  LEFT JOIN (SELECT DISTINCT s.outb FROM link_share AS s WHERE s.continuity >= 0.5) AS t ON t.outb = o.id
) AS sale
GROUP BY size
ORDER BY size"""


def hubs(ctx: Context) -> Made:
    """HUB: firms and codes above the smallest size, from SMALLEST on, at which less than a tenth of all sales are traced."""
    rows = ctx.engine.fetch(_TRACED_SQL).to_pylist()
    size, share = None, 0.0
    for k in range(len(rows)):
        above = rows[k:]
        sales, traced = sum(int(r["sales"]) for r in above), sum(int(r["traced"]) for r in above)
        if 2 ** int(rows[k]["size"]) >= SMALLEST and sales >= ENOUGH and traced < TRACED * sales:
            size, share = 2 ** int(rows[k]["size"]), traced / sales
            break
    if size is None:
        return {"hub": TABLES["hub"].empty()}
    target = ctx.scratch / "hub.parquet"
    sql = (Path(__file__).parent / "sql" / "hub.sql").read_text(encoding="utf-8")
    ctx.engine.write(sql, target, {"size": size, "found": f"{share:.1%}"})
    return {"hub": target}
