"""The account as a person reads it: per file records and value, the reasons of what was refused with samples, columns ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.engine.base import Engine

SAMPLES = 2  # excerpts a reason
REASONS = 5  # reasons a file, the most frequent first
# The first records of each reason stand for it: the same ones in every run.
REASONS_SQL = """
SELECT source, reason, records, row, excerpt FROM (
  SELECT source, reason, row, excerpt,
    COUNT(*) OVER (PARTITION BY source, reason) AS records,
    ROW_NUMBER() OVER (PARTITION BY source, reason ORDER BY row) AS place
  FROM rejection
) AS r WHERE place <= 2
ORDER BY source, records DESC, reason, row
"""
IGNORED_SQL = "SELECT source, position, \"column\", reason FROM mapping WHERE role = 'ignore' ORDER BY source, position"


def account_view(engine: Engine) -> list[dict[str, Any]]:
    """The rows of `source`, each with `reasons` and `ignored`; needs the tables source, rejection and mapping attached.

    `reasons` are dicts of `reason`, `meaning`, `records` and `samples` (record number, excerpt), the most frequent first;
    `ignored` the names of the columns that no role was given to, `unsure` of them those whose role was not sure enough.
    """
    from enduse.intake.reasons import REASONS as MEANING

    rows: list[dict[str, Any]] = engine.fetch("SELECT * FROM source ORDER BY source").to_pylist()
    by_source: dict[str, dict[str, dict[str, Any]]] = {}
    for line in engine.fetch(REASONS_SQL).to_pylist():
        held = by_source.setdefault(line["source"], {})
        found = held.setdefault(
            line["reason"],
            {
                "reason": line["reason"],
                "meaning": MEANING.get(line["reason"], ""),
                "records": line["records"],
                "samples": [],
            },
        )
        found["samples"].append((line["row"], line["excerpt"] or ""))
    ignored: dict[str, list[dict[str, Any]]] = {}
    for line in engine.fetch(IGNORED_SQL).to_pylist():
        ignored.setdefault(line["source"], []).append(line)
    for row in rows:
        columns = ignored.get(row["source"], [])
        row["reasons"] = list(by_source.get(row["source"], {}).values())[:REASONS]
        row["ignored"] = [c["column"] for c in columns]
        row["unsure"] = [c["column"] for c in columns if (c["reason"] or "").startswith("not sure enough")]
    return rows
