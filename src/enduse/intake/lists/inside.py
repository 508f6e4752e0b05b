"""The child's side of reading lists: XML as a stream, entries and refusals as Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def read_xml(path: str, name: str, alias: str, folder: str) -> dict[str, Any]:
    """Entries and refused records of a list in XML, written into `folder`; the account, the layout and the date."""
    import pyarrow.parquet as pq

    from enduse.intake.lists import xml
    from enduse.intake.lists.model import Collector

    place = Path(path)
    with place.open("rb") as file:
        known = xml.root(file.read(1 << 16)) or "XML"
    dates: list[str] = []
    collector = Collector(alias)
    with place.open("rb") as stream:
        for found in xml.entries(stream, name, dates):
            collector.add(found)
    made = collector.result(known)
    pq.write_table(made.entries, Path(folder) / "entries.parquet")
    pq.write_table(made.rejected, Path(folder) / "rejected.parquet")
    return {"records": made.records, "loaded": made.loaded, "format": known, "as_of": dates[0] if dates else None}
