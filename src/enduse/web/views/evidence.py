"""The selection as a sheet of evidence: each record with where it stands, what it says, where it counts and how to cite it."""

from __future__ import annotations

from typing import Any

from enduse.errors import UsageError
from enduse.web.desk import Desk
from enduse.web.selection import Selection
from enduse.web.views.overview import array_of
from enduse.web.views.shipment import citation
from enduse.web.views.shipments import records

MOST = 5_000
# Of the row as the table shows it, in this order; the two amounts are what the record states and what it is in US dollars.
SHOWN = (
    "date", "seller", "seller_country", "buyer", "buyer_country", "description", "hs_code", "quantity", "unit", "net_kg", "value", "currency",
    "value_usd", "origin_country", "departure_country", "destination_country",
)  # fmt: skip

HEADS = (
    "no", "shipment_id", "source", "record", "sha256_of_source", *SHOWN, "marks", "counts_in_figures", "best_chain", "repeats", "citation",
)  # fmt: skip


def evidence_of(desk: Desk, selection: Selection) -> list[dict[str, Any]]:
    """Lines of the sheet in the order of files and records. More than MOST are refused, not cut."""
    now = desk.now
    rows = now.finder.rows(selection)
    if len(rows) > MOST:
        raise UsageError(
            f"{len(rows):,} records are more than an evidence sheet holds ({MOST:,})",
            fix="Select fewer, or export all rows as CSV",
        )
    found = sorted(records(now, array_of(rows)), key=lambda r: (r["source"], r["row"]))
    digests = {s["source"]: s["sha256"] for s in now.ask("SELECT source, sha256 FROM source ORDER BY source")}
    ids = [r["shipment_id"] for r in found]
    counted: dict[str, str] = {}
    if ids:
        counted = {
            r["shipment_id"]: r["figures"]
            for r in now.ask(
                "SELECT shipment_id, string_agg(figure_id, ';' ORDER BY figure_id) AS figures FROM figure_row "
                "WHERE shipment_id IN (SELECT unnest(?)) GROUP BY shipment_id ORDER BY shipment_id",
                [ids],
            )
        }
    info = desk.run_info()
    out = []
    for number, row in enumerate(found, 1):
        marks = {m["mark"]: m["id"] for m in row["marks"]}
        out.append(
            {
                "no": number,
                "shipment_id": row["shipment_id"],
                "source": row["source"],
                "record": row["row"],
                "sha256_of_source": digests.get(row["source"], ""),
                **{name: row[name] for name in SHOWN},
                "marks": ";".join(marks),
                "counts_in_figures": counted.get(row["shipment_id"]),
                "best_chain": marks.get("chain"),
                "repeats": marks.get("duplicate"),
                "citation": citation(
                    row["shipment_id"], row["source"], row["row"], digests.get(row["source"], ""), info
                ),
            }
        )
    return out
