"""From all records read to the rows counted. Each record is in one step, so the sum closes exactly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made
from enduse.errors import VerificationError

SQL = Path(__file__).parent / "sql" / "steps.sql"
LABELS: dict[str, str] = {
    "duplicate": "the same lot declared again",
    "not_watched": "goods the case does not watch",
    "other_direction": "other side of the border",
    "other_destination": "other destination",
    "other_origin": "other country of origin",
    "other_departure": "other country of departure",
    "outside_window": "outside the window",
    "place_not_stated": "country asked about not stated",
    "date_not_stated": "date not stated, not readable, or too coarse for the window",
    "unsure_goods": "watched goods, but not sure enough",
    "parts": "parts of the watched goods, which the question leaves out",
}


def waterfall(context: Context) -> Made:
    """Step: the waterfall over all customs files."""
    engine = context.engine
    read, rejected = (
        engine.fetch(
            "SELECT CAST(coalesce(sum(records_read), 0) AS BIGINT) AS n, CAST(coalesce(sum(rejected), 0) AS BIGINT) AS r FROM source WHERE kind = 'customs'"
        )
        .to_pylist()[0]
        .values()
    )
    found = {r["step"]: r for r in engine.fetch(SQL.read_text(encoding="utf-8")).to_pylist()}
    value = sum((r["value_usd"] or Decimal(0) for r in found.values()), Decimal(0))
    lacking = sum(r["without_value"] for r in found.values()) + rejected
    lines = [
        ("read", "all records read", "total", read, value, lacking),
        ("rejected", "records that could not be read", "left_out", rejected, Decimal(0), rejected),
    ]
    for step, label in LABELS.items():
        if step in found:
            row = found[step]
            lines.append(
                (step, label, "left_out", row["records"], row["value_usd"] or Decimal(0), row["without_value"])
            )
    kept = found.get("kept", {"records": 0, "value_usd": None, "without_value": 0})
    lines.append(
        (
            "kept",
            "rows counted in the central reading",
            "kept",
            kept["records"],
            kept["value_usd"] or Decimal(0),
            kept["without_value"],
        )
    )
    rest = read - sum(line[3] for line in lines[1:])
    if rest:
        raise VerificationError(
            f"the waterfall does not close: {rest} of {read} records stand in no step",
            fix="This is a fault of enduse: please report it",
        )
    keys = ("step", "label", "kind", "rows", "value_usd", "without_value")
    return {
        "waterfall": TABLES["waterfall"].arrow(
            [{"position": i, **dict(zip(keys, line, strict=True))} for i, line in enumerate(lines, 1)]
        )
    }
