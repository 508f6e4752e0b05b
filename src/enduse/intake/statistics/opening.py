"""From any form in which statistics are downloaded to numbered records of text: delimited text, workbook, Parquet, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from enduse.errors import SourceRefused
from enduse.intake.raw import Raw

if TYPE_CHECKING:
    from enduse.contracts.case_file import Intake

SAMPLE = 2000
BATCH = 65_536


def is_parquet(path: Path) -> bool:
    """Whether the file begins as Parquet does."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def json_records(path: Path, limit: int | None = None) -> list[dict[str, Any]] | None:
    """The records of a UN Comtrade answer (`{"data": [...]}`), a list of objects, or objects one a line; None where it is none."""
    from enduse.intake import files

    with files.binary(path, limit) as stream:
        head = stream.read(1).lstrip(b"\xef\xbb\xbf \r\n\t")
        while head == b"":
            more = stream.read(1)
            if not more:
                return None
            head = more.strip(b"\xef\xbb\xbf \r\n\t")
        if head not in (b"{", b"["):
            return None
        text = (head + stream.read()).decode("utf-8", "replace")
    return _records(text)


def _records(text: str) -> list[dict[str, Any]] | None:
    try:
        data = json.loads(text)
    except ValueError:
        try:
            data = [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            return None
    if isinstance(data, dict):
        data = next((v for k, v in data.items() if k in ("data", "dataset", "results") and isinstance(v, list)), [data])
    rows = [r for r in data if isinstance(r, dict)] if isinstance(data, list) else []
    flat = [{k: v for k, v in r.items() if not isinstance(v, dict | list)} for r in rows]
    return flat or None


def _plain(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """Any Arrow column as trimmed text; floats are rounded to four places first, so that no exponent is written."""
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
        column = pc.cast(pc.round(pc.cast(column, pa.float64()), 4), pa.decimal128(34, 4), safe=False)
    if pa.types.is_timestamp(column.type):
        column = pc.cast(column, pa.date32(), safe=False)
    text = pc.utf8_trim_whitespace(pc.cast(column, pa.string()))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _store(
    batches: Iterator[pa.RecordBatch], columns: Sequence[str], target: Path
) -> tuple[int, list[tuple[str | None, ...]]]:
    schema = pa.schema([("row", pa.int64()), *((f"c{i}", pa.string()) for i in range(1, len(columns) + 1))])
    count = 0
    sample: list[tuple[str | None, ...]] = []
    with pq.ParquetWriter(target, schema, compression="none") as writer:
        for batch in batches:
            texts = [_plain(c) for c in batch.columns]
            texts = [t.combine_chunks() if isinstance(t, pa.ChunkedArray) else t for t in texts]
            number = pa.array(range(count + 1, count + batch.num_rows + 1), pa.int64())
            writer.write_table(pa.Table.from_arrays([number, *texts], schema=schema))
            if len(sample) < SAMPLE and batch.num_rows:
                head = [t.slice(0, SAMPLE - len(sample)).to_pylist() for t in texts]
                sample += list(zip(*head, strict=True))
            count += batch.num_rows
    return count, sample


def _columnar(path: Path, alias: str, scratch: Path) -> Raw:
    try:
        file = pq.ParquetFile(path)
        columns = tuple(file.schema_arrow.names)
        target = scratch / f"{path.stem[:40]}.raw.parquet"
        count, sample = _store(file.iter_batches(batch_size=BATCH), columns, target)
    except (pa.ArrowException, OSError) as error:
        raise SourceRefused(
            f"the Parquet file cannot be read ({str(error).splitlines()[0]})", where=path.name, fix="Get the file again"
        ) from error
    return Raw(alias, columns, target, None, count, tuple(sample), "parquet", ())


def _objects(path: Path, alias: str, scratch: Path, rows: list[dict[str, Any]]) -> Raw:
    columns = tuple(dict.fromkeys(k for r in rows for k in r))
    target = scratch / f"{path.stem[:40]}.raw.parquet"

    def text(value: object) -> str | None:
        return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    batches = (
        pa.record_batch([pa.array([text(r.get(c)) for r in rows[at : at + BATCH]], pa.string()) for c in columns], list(columns))
        for at in range(0, len(rows), BATCH)
    )  # fmt: skip
    count, sample = _store(batches, columns, target)
    return Raw(alias, columns, target, None, count, tuple(sample), "json", ())


def is_eurostat_tsv(path: Path) -> bool:
    """Whether the first line is that of Eurostat's TSV: keys by commas, then periods by tabs. No one delimiter parts it."""
    from enduse.intake import files

    try:
        first = files.head(path, 65_536).split(b"\n", 1)[0]
    except SourceRefused:
        return False
    return re.match(rb"^[\w,]+[\\/]\s*TIME(_PERIOD)?\s*\t", first, re.IGNORECASE) is not None


def _tabs(path: Path, alias: str, scratch: Path, limit: int) -> Raw:
    import pyarrow.csv as pc

    from enduse.intake import files

    with files.binary(path, limit) as stream:
        names = stream.readline().decode("utf-8-sig").rstrip("\r\n").split("\t")
        options = pc.ConvertOptions(
            column_types={f"c{i}": pa.string() for i in range(len(names))}, strings_can_be_null=False
        )
        try:
            reader = pc.open_csv(
                stream,
                pc.ReadOptions(column_names=[f"c{i}" for i in range(len(names))]),
                pc.ParseOptions(delimiter="\t", quote_char=False),
                options,
            )
            columns = tuple(n.strip() for n in names)
            target = scratch / f"{path.stem[:40]}.raw.parquet"
            count, sample = _store(iter(reader), columns, target)
        except pa.ArrowInvalid as error:
            raise SourceRefused(
                f"the table cannot be parted into records ({str(error).splitlines()[0][:120]})",
                where=path.name,
                fix="Download it again",
            ) from error
    return Raw(alias, columns, target, None, count, tuple(sample), "tsv, UTF-8", ())


def peek(path: Path) -> tuple[tuple[str, ...], tuple[tuple[str | None, ...], ...]] | None:
    """Header and first records of a Parquet file or a JSON answer; None for every other form."""
    if not path.is_file():
        return None
    if is_parquet(path):
        try:
            file = pq.ParquetFile(path)
            batch = next(file.iter_batches(batch_size=SAMPLE), None)
        except (pa.ArrowException, OSError):
            return None
        columns = tuple(file.schema_arrow.names)
        if batch is None:
            return columns, ()
        return columns, tuple(zip(*(_plain(c).to_pylist() for c in batch.columns), strict=True))
    if is_eurostat_tsv(path):
        from enduse.intake import files

        lines = files.head(path).decode("utf-8-sig", "replace").splitlines()
        cells = [tuple(c.strip() or None for c in line.split("\t")) for line in lines[1:-1][:SAMPLE]]
        return tuple(c.strip() for c in lines[0].split("\t")), tuple(cells)
    with path.open("rb") as stream:
        start = stream.read(64)
    if not start.startswith(b"\x1f\x8b") and start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        return None
    try:
        rows = json_records(path, 2_000_000_000)
    except SourceRefused:
        return None
    if not rows:
        return None
    columns = tuple(dict.fromkeys(k for r in rows[:SAMPLE] for k in r))
    return columns, tuple(tuple(None if r.get(c) is None else str(r[c]) for c in columns) for r in rows[:SAMPLE])


def open_raw(path: Path, *, alias: str, scratch: Path, settings: Intake, sheet: str | None = None) -> Raw:
    """The records of a statistics file as text. Raises SourceRefused."""
    scratch.mkdir(parents=True, exist_ok=True)
    if sheet is None and path.is_file() and is_parquet(path):
        return _columnar(path, alias, scratch)
    if sheet is None and path.is_file() and is_eurostat_tsv(path):
        return _tabs(path, alias, scratch, settings.max_unpacked_bytes)
    if sheet is None and path.is_file() and peek(path) is not None:
        rows = json_records(path, settings.max_unpacked_bytes)
        if rows:
            return _objects(path, alias, scratch, rows)
    from enduse.intake import reading

    return reading.read(path, alias=alias, scratch=scratch, settings=settings, sheet=sheet)
