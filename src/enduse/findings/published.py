"""How much of the published trade the rows of a case are, where the case holds statistics of the same lanes and codes."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.engine.step import Context

# Cells of `route_coverage` in lanes and six-digit codes of the counted rows, in the months these lanes have rows; years
# only where there are no months. The ends of a lane are told apart: exporters' figures are FOB, importers' are CIF.
QUERY = """
WITH lane AS (
    SELECT DISTINCT coalesce(s.departure_country, s.origin_country) AS exporter, s.destination_country AS importer, substr(s.hs_code, 1, 6) AS hs6
    FROM counted AS c INNER JOIN shipment AS s ON s.shipment_id = c.shipment_id WHERE c.central = 1
),
cell AS (
    SELECT CASE WHEN r.reporter = r.exporter THEN 'exporters' ELSE 'importers' END AS side,
        CASE WHEN length(r.period) = 7 THEN 'month' ELSE 'year' END AS freq, r.period, r.declared_usd, r.published_usd
    FROM route_coverage AS r
    INNER JOIN lane AS l ON l.exporter = r.exporter AND l.importer = r.importer AND l.hs6 = r.hs6
    WHERE coalesce(r.note, '') NOT LIKE 'outside the months%'
        AND substr(r.period, 1, 7) >= CASE WHEN length(r.period) = 7 THEN $since ELSE substr($since, 1, 4) END
        AND substr(r.period, 1, 7) <= CASE WHEN length(r.period) = 7 THEN $until ELSE substr($until, 1, 4) END
)
SELECT side, freq,
    CAST(coalesce(sum(CASE WHEN published_usd IS NOT NULL THEN declared_usd END), 0) AS DECIMAL(28, 4)) AS declared,
    CAST(coalesce(sum(published_usd), 0) AS DECIMAL(28, 4)) AS published,
    min(CASE WHEN published_usd IS NOT NULL THEN period END) AS first, max(CASE WHEN published_usd IS NOT NULL THEN period END) AS last,
    count(CASE WHEN published_usd IS NULL THEN 1 END) AS unpublished
FROM cell GROUP BY side, freq ORDER BY freq, side
"""


@dataclass(frozen=True)
class Published:
    """The rows of one end's lanes, codes and periods beside what countries at that end publish, in USD."""

    side: str  # exporters or importers
    freq: str
    declared: float
    published: float
    first: str | None
    last: str | None
    unpublished: int  # cells with rows for which that end has no figure

    def words(self) -> str:
        """`41 % of the 1,350 USD exporters publish (2022-01 to 2022-02)`."""
        if not self.published:
            return f"the {self.side} publish no figure of them"
        share = 100 * self.declared / self.published
        shown = f"{share:.0f} %" if share >= 1 or not share else "under 1 %"
        gap = f", which leaves out {self.unpublished:,} {self.freq}{'s' if self.unpublished > 1 else ''} of a lane and code they do not publish" if self.unpublished else ""  # fmt: skip
        over = ": more than was published, so units, currency or origin may differ" if share > 200 else ""
        return f"{shown} of the {self.published:,.0f} USD {self.side} publish ({self.first} to {self.last}{gap}){over}"


def published(context: Context) -> tuple[Published, ...]:
    """One entry an end of the lanes; empty where no statistics of these lanes and codes are in the case."""
    scope = context.case.scope
    params = {
        "since": f"{scope.since:%Y-%m}" if scope.since else "0000",
        "until": f"{scope.until:%Y-%m}" if scope.until else "9999",
    }
    found = [
        Published(r["side"], r["freq"], float(r["declared"]), float(r["published"]), r["first"], r["last"], r["unpublished"])
        for r in context.engine.fetch(QUERY, params).to_pylist()
    ]  # fmt: skip
    monthly = tuple(f for f in found if f.freq == "month")
    return monthly or tuple(found)
