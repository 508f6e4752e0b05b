"""Lists of sanctioned, denied or otherwise listed parties, in the layouts their publishers use."""

from __future__ import annotations

import csv
import itertools
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import SourceRefused
from enduse.intake import child, files
from enduse.intake.lists import ftm, header, ofac, table, xml
from enduse.intake.lists.model import REASONS, Collector, Entry, ListRead, Refusal
from enduse.intake.reading.unpacking import opened

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.contracts.case_file import Intake
    from enduse.intake.raw import Raw
    from enduse.intake.reading.files import Form

ADDRESSES = ofac.ADDRESSES
PROBE = 50  # records that decide the layout of a file without header

__all__ = ["ADDRESSES", "REASONS", "ListRead", "dated", "layout", "read", "read_list"]


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


def layout(path: Path, form: Form | None = None) -> str | None:
    """The published layout a file is in by its first bytes, where that can be told without a header; else None."""
    sample = files.head(path, form=form)
    found = (
        xml.root(sample)
        if sample.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<" or sample[:2] in (b"\xff\xfe", b"\xfe\xff")
        else None
    )
    if found:
        return found
    text = sample.decode(files.encoding(sample), "replace").lstrip("\ufeff")
    first = text.lstrip()[:1]
    if first in ("{", "["):
        return ftm.LAYOUT if ftm.begins(text) else None
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
    return replace(collector.result(f"list with header; {raw.format}"), as_of=_latest(raw, head))


def _latest(raw: Raw, head: header.Header) -> str | None:
    """The day a list was made, where it has a column that says so on every record: the last one."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for place in head.at("as_of"):
        column = f"c{place + 1}"
        found = pc.max(pq.read_table(raw.path, columns=[column])[column]).as_py()
        if found and re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}", found):
            return str(found[:10])
    return None


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


def read(path: Path, *, alias: str, settings: Intake, scratch: Path, sheet: str | None = None) -> ListRead:
    """Every name of a list, one LIST_ENTRY row each, and the account of its records.

    Raises SourceRefused where the file is no list that can be read, with the reason.
    """
    csv.field_size_limit(min(sys.maxsize, settings.max_cell_bytes))
    limit = settings.max_unpacked_bytes
    with opened(path, sheet, limit=limit, scratch=scratch) as file:
        known = layout(file.path, file.form) if file.form in ("text", "gzip", "zip", "xml", "json") else None
        if known is None:
            found = _table(path, alias, settings, scratch, sheet)
        elif file.form == "xml":
            found = _xml(file.path, path.name, alias, scratch)
        else:
            found = _lines(file.path, path.name, alias, known, limit)
    return replace(found, as_of=found.as_of or dated(path.name))


def _lines(path: Path, name: str, alias: str, known: str, limit: int) -> ListRead:
    """A list of known layout without header: OFAC's files, FollowTheMoney entities."""
    with files.text(path, limit) as (lines, codec):
        try:
            if known == ADDRESSES:
                return _addresses(csv.reader(lines), alias, f"{known}; {codec}")
            if known == ftm.LAYOUT:
                from enduse.intake.reading.keyed import members

                array = files.head(path, 64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")
                found = ftm.entries(members(lines) if array else lines)
            else:
                found = ofac.entries(csv.reader(lines), known)
            return _gather(alias, found).result(f"{known}; {codec}")
        except csv.Error as error:
            raise SourceRefused(
                f"the file cannot be parted into records ({error})", where=name, fix="Download it again"
            ) from error


def _addresses(records: Iterable[list[str]], alias: str, how: str) -> ListRead:
    """OFAC's addresses: no names, but the countries of entries that stand in another file."""
    collector = Collector(alias)
    places: dict[str, tuple[str, ...]] = {}
    for found in ofac.addresses(records):
        if isinstance(found, Refusal):
            collector.add(found)
            continue
        collector.records += 1
        collector.loaded += 1
        entry, country = found
        if country and country not in places.get(entry, ()):
            places[entry] = (*places.get(entry, ()), country)
    return replace(collector.result(how), places=places)


def _xml(path: Path, name: str, alias: str, scratch: Path) -> ListRead:
    """A list in XML, read in a child process."""
    import pyarrow.parquet as pq

    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="list-", dir=scratch) as folder:
        told = child.run("enduse.intake.lists.inside:read_xml", str(path), name, alias, folder, where=name)
        entries, rejected = (pq.read_table(Path(folder) / f"{t}.parquet") for t in ("entries", "rejected"))
    return ListRead(entries, told["records"], told["loaded"], rejected, told["format"], told["as_of"])


def dated(name: str) -> str | None:
    """The day (or month) that a file name states: `sdn_2026-08-02.csv`, `20260802-FULL.xml`."""
    found = re.search(r"(?<![0-9])(20[0-9]{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12][0-9]|3[01])(?![0-9])", name)
    if found:
        return "-".join(found.groups())
    month = re.search(r"(?<![0-9])(20[0-9]{2})[-_](0[1-9]|1[0-2])(?![0-9])", name)
    return "-".join(month.groups()) if month else None


def read_list(path: Path, alias: str, settings: Intake | None = None, scratch: Path | None = None) -> pa.Table:
    """The LIST_ENTRY rows of a list outside any case."""
    from enduse.contracts.case_file import Intake as Settings

    with tempfile.TemporaryDirectory(prefix="enduse-list-", dir=scratch) as folder:
        return read(path, alias=alias, settings=settings or Settings(), scratch=Path(folder)).entries
