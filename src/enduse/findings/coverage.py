"""What the files cover, as rows and as the sentence beside every figure. "No record" is never "no trade"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from enduse.contracts import TABLES
from enduse.contracts.case_file import Scope
from enduse.engine.step import Context, Made

from .published import Published, published

FIELDS: tuple[str, ...] = (
    "declaration_id", "date", "exporter_name", "importer_name", "description", "hs_code", "quantity", "net_kg", "value", "value_usd",
    "origin_country", "departure_country", "destination_country", "transport_mode",
)  # fmt: skip
# Fields whose absence can change the answer, as they read in a sentence.
NAMES: dict[str, str] = {
    "date": "date",
    "exporter_name": "exporter",
    "importer_name": "importer",
    "description": "goods text",
    "hs_code": "commodity code",
    "quantity": "quantity",
    "net_kg": "net weight",
    "value_usd": "value in US dollars",
    "origin_country": "country of origin",
    "departure_country": "country of departure",
    "destination_country": "country of destination",
    "transport_mode": "mode of transport",
}


def coverage(context: Context) -> Made:
    """Step: the coverage table, one row per file and month and per file and field."""
    totals = {r["source"]: r for r in _per_source(context)}
    months = context.engine.fetch(
        "SELECT source, strftime(date, '%Y-%m') AS item, count(*) AS n FROM shipment_row "
        "WHERE date IS NOT NULL AND date_precision <> 'year' GROUP BY source, strftime(date, '%Y-%m') ORDER BY source, item"
    )
    out: list[dict[str, object]] = [
        {
            "source": r["source"],
            "measure": "month",
            "item": r["item"],
            "rows": r["n"],
            "of_rows": totals[r["source"]]["n"],
        }
        for r in months.to_pylist()
    ]
    for source, row in sorted(totals.items()):
        out += [{"source": source, "measure": "field", "item": f, "rows": row[f], "of_rows": row["n"]} for f in FIELDS]
    return {"coverage": TABLES["coverage"].arrow(out)}


def _per_source(context: Context) -> list[dict[str, Any]]:
    counts = ", ".join(f"count({f}) AS {f}" for f in FIELDS)
    found: list[dict[str, Any]] = context.engine.fetch(
        f"SELECT source, count(*) AS n, {counts} FROM shipment_row GROUP BY source"
    ).to_pylist()
    return found


def _month_range(first: str, last: str) -> list[str]:
    year, month = int(first[:4]), int(first[5:7])
    out = []
    while f"{year:04d}-{month:02d}" <= last:
        out.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return out


def _share(part: int, whole: int) -> str:
    percent = 100 * part / whole
    if part and percent < 1:
        return "under 1 %"
    if part < whole and percent > 99:
        return "over 99 %"
    return f"{percent:.0f} %"


@dataclass(frozen=True)
class Covered:
    """What the sentence is made of: file count, months with records, and filled cells of the rows of the central reading."""

    files: int
    months: tuple[str, ...]
    filled: dict[str, int]
    rows: int
    scope: Scope
    imports: int = 0
    exports: int = 0
    published: tuple[Published, ...] = ()

    def _gaps(self) -> list[str]:
        since = self.scope.since.strftime("%Y-%m") if self.scope.since else self.months[0]
        until = self.scope.until.strftime("%Y-%m") if self.scope.until else self.months[-1]
        first, last = max(since, self.months[0]), min(until, self.months[-1])
        have = set(self.months)
        return [m for m in _month_range(first, last) if m not in have]

    def _window(self) -> list[str]:
        out = []
        if self.scope.since and self.months[0] > self.scope.since.strftime("%Y-%m"):
            out.append(f"nothing before {self.months[0]} although the window opens on {self.scope.since}")
        if self.scope.until and self.months[-1] < self.scope.until.strftime("%Y-%m"):
            out.append(f"nothing after {self.months[-1]} although the window closes on {self.scope.until}")
        return out

    def sentence(self) -> str:
        """The limits of the data in plain words, from the data."""
        if not self.files:
            return "The case holds no customs file, so this says nothing about trade."
        parts = [f"{self.files} customs file{'s' if self.files > 1 else ''}"]
        if self.months:
            parts[0] += f" with records dated {self.months[0]} to {self.months[-1]}"
            gaps = self._gaps()
            if gaps:
                shown = ", ".join(gaps[:6]) + (f" and {len(gaps) - 6} more" if len(gaps) > 6 else "")
                parts.append(f"no record of any kind in {shown}")
            else:
                parts.append("no month without records in between")
            parts += self._window()
        else:
            parts[0] += " without a readable date"
        lacking = [
            f"{NAMES[f]} in {_share(self.rows - n, self.rows)}"
            for f, n in self.filled.items()
            if self.rows and n < self.rows and f in NAMES
        ]
        if lacking:
            parts.append(f"not stated in the {self.rows:,} rows counted: {', '.join(lacking)}")
        if self.imports and self.exports:
            # Mirrors that could not be matched (other firms' names, other weights) are in both sums: the reader must know.
            parts.append(
                f"{self.imports:,} import and {self.exports:,} export records are counted; a lot declared on both sides "
                "of the border is counted once where its two records could be matched, twice where not"
            )
        if self.published:
            parts.append(
                "all rows in the lanes, codes and periods of the rows counted add up to "
                + " and ".join(p.words() for p in self.published)
            )
        return "; ".join(parts) + ". No record does not mean no trade."


def covered(context: Context) -> Covered:
    """Read what the sentence needs from `coverage` and `counted`."""
    engine = context.engine
    files = engine.fetch("SELECT count(*) AS n FROM source WHERE kind = 'customs'")["n"][0].as_py()
    months = engine.fetch("SELECT DISTINCT item FROM coverage WHERE measure = 'month' ORDER BY item")[
        "item"
    ].to_pylist()
    fields = {"date": "date", "exporter_name": "exporter_name", "importer_name": "importer_name", "net_kg": "net_kg", "value_usd": "value_usd",
              "origin_country": "origin_country", "departure_country": "departure_country", "destination_country": "destination_country"}  # fmt: skip
    counts = ", ".join(f"count({c}) AS {f}" for f, c in fields.items())
    sides = ", ".join(f"count(CASE WHEN direction = '{d}' THEN 1 END) AS {d}s" for d in ("import", "export"))
    row = engine.fetch(f"SELECT count(*) AS n, {sides}, {counts} FROM counted WHERE central = 1").to_pylist()[0]
    rows, imports, exports = row.pop("n"), row.pop("imports"), row.pop("exports")
    return Covered(files, tuple(months), row, rows, context.case.scope, imports, exports, published(context))
