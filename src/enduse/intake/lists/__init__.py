"""Lists of sanctioned, denied or otherwise listed parties, in the layouts their publishers use."""

from __future__ import annotations

import csv
import itertools
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import SourceRefused
from enduse.intake import files
from enduse.intake.lists import ftm, header, ofac, table, xml
from enduse.intake.lists.model import REASONS, Collector, Entry, ListRead, Refusal

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.contracts.case_file import Intake
    from enduse.intake.raw import Raw

ADDRESSES = ofac.ADDRESSES
PROBE = 50  # records that decide the layout of a file without header

__all__ = ["ADDRESSES", "REASONS", "ListRead", "layout", "no_names", "read", "read_list"]


def _probe(sample: str) -> list[list[str]]:
    """The first whole records of a comma-separated text."""
    lines = sample.splitlines(keepends=True)
    if len(lines) > 1:
        lines = lines[:-1]  # the last may be cut
    records = csv.reader(lines)
    found: list[list[str]] = []
    try:
        found.extend(itertools.islice((r for r in records if r), PROBE))
    except csv.Error:
        return []
    return found[:-1] if len(found) > 2 else found


def layout(path: Path) -> str | None:
    """The published layout a file is in by its first bytes, where that can be told without a header; else None."""
    sample = files.head(path)
    found = (
        xml.root(sample)
        if sample.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" or sample[:2] in (b"\xff\xfe", b"\xfe\xff")
        else None
    )
    if found:
        return found
    text = sample.decode(files.encoding(sample), "replace").lstrip("\ufeff")
    first = text.lstrip()[:1]
    if first == "{" and ftm.looks(text.lstrip().split("\n", 1)[0]):
        return ftm.LAYOUT
    return ofac.layout(_probe(text)) if first.isdigit() or first == '"' else None


def _records(raw: Raw) -> Iterator[tuple[int, Sequence[str | None]]]:
    """The well-formed records of a table, with their numbers."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(raw.path).iter_batches(batch_size=16_384):
        columns = [c.to_pylist() for c in batch.columns]
        yield from ((record[0], record[1:]) for record in zip(*columns, strict=True))


def _with_rejected(collector: Collector, raw: Raw, shift: int = 0) -> None:
    """What reading refused is refused in the list too, with the same reason."""
    import pyarrow.parquet as pq

    if raw.rejected is None:
        return
    lost = pq.read_table(raw.rejected, columns=["row", "reason", "excerpt"]).to_pylist()
    for record in lost:
        collector.add(Refusal(record["row"] + shift, record["reason"], record["excerpt"] or ""))


def _gather(alias: str, found: Iterable[Entry | Refusal]) -> Collector:
    collector = Collector(alias)
    for item in found:
        collector.add(item)
    return collector


def _table(path: Path, alias: str, settings: Intake, scratch: Path, sheet: str | None) -> ListRead:
    from enduse.intake import reading

    raw = reading.read(path, alias=alias, scratch=scratch, settings=settings, sheet=sheet)
    head = header.read(raw.columns)
    if raw.columns and raw.columns[0].startswith("{"):
        raise SourceRefused(
            "this is JSON, and no list of entities",
            where=path.name,
            fix="Lists in JSON are read as FollowTheMoney entities, one a line",
        )
    if not head.names and len(raw.columns) == 1:
        return _bare_names(raw, alias)
    if not head.names:
        raise SourceRefused(
            f"no column of the list can be read as names ({', '.join(raw.columns[:8])})",
            where=path.name,
            fix="Call the column `name`, or add the file with another --kind",
        )
    collector = _gather(alias, table.entries(_records(raw), head))
    _with_rejected(collector, raw)
    return collector.result(f"list with header; {raw.format}")


def _bare_names(raw: Raw, alias: str) -> ListRead:
    """A file of one column whose first line is no word for names: every line is a name, the first one too."""
    head = header.Header(("name",), {"name": (0,)})
    nameless = raw.columns[0] == "column 1"  # reading saw itself that there is no header
    shift = 0 if nameless else 1
    first: list[tuple[int, Sequence[str | None]]] = [] if nameless else [(1, raw.columns)]
    records = itertools.chain(first, ((row + shift, cells) for row, cells in _records(raw)))
    collector = _gather(alias, table.entries(records, head))
    _with_rejected(collector, raw, shift)
    return collector.result(f"names, one a line; {raw.format}")


def no_names(name: str) -> SourceRefused:
    """What to say of OFAC's addresses."""
    return SourceRefused(
        "this is OFAC's file of addresses (ADD.CSV), which has no names",
        where=name,
        fix="Add SDN.CSV (names) and ALT.CSV (aliases) instead",
    )


def read(path: Path, *, alias: str, settings: Intake, scratch: Path, sheet: str | None = None) -> ListRead:
    """Every name of a list, one LIST_ENTRY row each, and the account of its records.

    Raises SourceRefused where the file is no list that can be read, with the reason.
    """
    csv.field_size_limit(min(sys.maxsize, settings.max_cell_bytes))
    known = layout(path) if sheet is None and _is_text(path) else None
    limit = settings.max_unpacked_bytes
    if known is None:
        return _table(path, alias, settings, scratch, sheet)
    if known == ADDRESSES:
        raise no_names(path.name)
    if known in xml.ROOTS.values():
        with files.binary(path, limit) as stream:
            return _gather(alias, xml.entries(stream, path.name)).result(known)
    with files.text(path, limit) as (lines, codec):
        found = ftm.entries(lines) if known == ftm.LAYOUT else ofac.entries(csv.reader(lines), known)
        try:
            return _gather(alias, found).result(f"{known}; {codec}")
        except csv.Error as error:
            raise SourceRefused(
                f"the file cannot be parted into records ({error})", where=path.name, fix="Download it again"
            ) from error


def _is_text(path: Path) -> bool:
    from enduse.intake.reading.files import form_of

    return form_of(path) != "workbook"


def read_list(path: Path, alias: str, settings: Intake | None = None, scratch: Path | None = None) -> pa.Table:
    """The LIST_ENTRY rows of a list outside any case."""
    import tempfile

    from enduse.contracts.case_file import Intake as Settings

    with tempfile.TemporaryDirectory(prefix="enduse-list-", dir=scratch) as folder:
        return read(path, alias=alias, settings=settings or Settings(), scratch=Path(folder)).entries
