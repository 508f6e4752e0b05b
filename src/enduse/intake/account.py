"""The account of every file: records read = loaded + rejected + duplicates, and the same for their value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES
from enduse.errors import EnduseError

if TYPE_CHECKING:
    from enduse.engine.step import Context, Made

SQL = (Path(__file__).parent / "sql" / "source.sql").read_text(encoding="utf-8")
VALUES = ("value_read", "value_loaded", "value_rejected", "value_duplicates")


def settle(line: dict[str, Any]) -> dict[str, Any]:
    """One line of the account, checked: it closes in records and in value, or it is an error of enduse.

    Values stand for customs files only.
    """
    counted = line["loaded"] + line["rejected"] + line["duplicates"]
    if line["records_read"] != counted:
        raise EnduseError(
            f"{line['records_read']} records were read and {counted} are accounted for",
            where=line["source"],
            fix="This is a fault of enduse: please report it",
        )
    if line["kind"] not in ("customs", "order"):
        return line | dict.fromkeys((*VALUES, "value_unreadable"))
    if line["value_read"] != line["value_loaded"] + line["value_rejected"] + line["value_duplicates"]:
        raise EnduseError(
            "the values of the records do not add up to the value read",
            where=line["source"],
            fix="This is a fault of enduse: please report it",
        )
    return line


def say(line: dict[str, Any], why: dict[str, int]) -> str:
    """The account in one line for the progress display, with the reasons of what was refused."""
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in sorted(why.items(), key=lambda r: (-r[1], r[0])))
    text = f"{line['source']}: {line['records_read']:,} records read, {line['loaded']:,} loaded"
    if line["duplicates"]:
        text += f", {line['duplicates']:,} duplicates"
    return text + (f", {line['rejected']:,} rejected ({reasons})" if line["rejected"] else "")


def make(context: Context) -> Made:
    """The step: reads shipment_row, rejection, duplicate_row and intake_file, makes `source_row`."""
    lines = [settle(line) for line in context.engine.fetch(SQL).to_pylist()]
    counts = context.engine.fetch(
        "SELECT source, reason, COUNT(*) AS rows FROM rejection GROUP BY source, reason ORDER BY source, reason"
    ).to_pylist()
    for line in lines:
        context.progress.say(say(line, {c["reason"]: c["rows"] for c in counts if c["source"] == line["source"]}))
    return {"source_row": TABLES["source_row"].arrow(lines)}
