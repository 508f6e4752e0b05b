"""Files that say who owns or directs whom: FollowTheMoney, BODS, and simple tables of owner and owned."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import SourceRefused
from enduse.intake.ownership import bods, ftm, table
from enduse.intake.ownership.model import REASONS, Collector, Holding, OwnershipRead, Refusal

if TYPE_CHECKING:
    from enduse.contracts.case_file import Intake

__all__ = ["REASONS", "OwnershipRead", "layout", "read"]


def layout(first: object) -> str | None:
    """The layout of a JSON file by its first object: FollowTheMoney entities, BODS statements, or neither."""
    if not isinstance(first, dict):
        return None
    if "schema" in first and isinstance(first.get("properties"), dict):
        return ftm.LAYOUT
    return bods.LAYOUT if bods.looks(first) else None


def read(path: Path, *, alias: str, settings: Intake, scratch: Path, sheet: str | None = None) -> OwnershipRead:
    """Every holding and every office of a file, one row of OWNERSHIP each, and the account of its records.

    Raises SourceRefused where the file states no owners in a layout that is known.
    """
    from enduse.intake.reading.unpacking import opened

    with opened(path, sheet, limit=settings.max_unpacked_bytes, scratch=scratch) as file:
        if file.form in ("json", "gzip", "zip"):
            found = _json(file.path, file.form, path.name, settings, scratch)
            if found is not None:
                return found.result(alias)
    from enduse.intake import reading

    raw = reading.read(path, alias=alias, scratch=scratch, settings=settings, sheet=sheet)
    head = table.header(raw.columns)
    if not head.usable:
        raise SourceRefused(
            f"no columns of owner and owned are found ({', '.join(raw.columns[:8])})",
            where=path.name,
            fix="Call them owner and owned, or owner_id and owned_id",
        )
    collector = Collector(f"owners and owned, by header; {raw.format}")
    collector.add_all(table.holdings(raw, head))
    collector.add_rejected(raw)
    return collector.result(alias)


def _json(path: Path, form: str, name: str, settings: Intake, scratch: Path) -> Collector | None:
    """A JSON file in a known layout; None where it is none, to be read as a table."""
    import tempfile

    from enduse.intake.reading.files import open_bytes
    from enduse.intake.reading.inside import _codec
    from enduse.intake.reading.keyed import json_outers

    with tempfile.TemporaryDirectory(prefix="ownership-", dir=scratch if scratch.is_dir() else None) as folder:
        place = path
        if form in ("gzip", "zip"):
            with open_bytes(path, form, settings.max_unpacked_bytes) as stream:  # type: ignore[arg-type]
                head = stream.read(4096)
                if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
                    return None
                place = Path(folder) / "unpacked.json"
                with place.open("wb") as out:
                    out.write(head)
                    while part := stream.read(1 << 20):
                        out.write(part)
        codec = _codec(place)

        def objects() -> Iterator[tuple[int, object]]:
            return enumerate(json_outers(place, codec), 1)

        first = next((o for _, o in itertools.islice(objects(), 20) if isinstance(o, dict)), None)
        known = layout(first)
        if known is None:
            return None
        collector = Collector(f"{known}; {codec.upper()}")
        found: Iterable[Holding | Refusal | None] = (ftm if known == ftm.LAYOUT else bods).holdings(objects)
        collector.add_all(found)
        if not collector.rows:
            raise SourceRefused(
                "it names parties and no owner or director of any",
                where=name,
                fix="If it is a list of parties, add it with --kind watchlist",
            )
        return collector
