"""Commands on plain files, without a case: read any table, add columns, write CSV; and press files to claims."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from enduse.contracts.case_file import Intake, Parties
from enduse.errors import EnduseError, SourceRefused
from enduse.whole import whole, write_text

SCREENED: tuple[str, ...] = ("row", "name", "rank", "list", "entry_id", "entry_name", "score", "decision", "reasons")


@dataclass(frozen=True)
class Sheet:
    """A table as read from a file: text columns under their own names, and the record number of each row."""

    path: Path
    names: tuple[str, ...]
    columns: tuple[pa.ChunkedArray, ...]
    row: pa.ChunkedArray
    refused: tuple[str, ...]  # records that could not be read, in words

    def column(self, name: str, option: str) -> pa.ChunkedArray:
        """The column called `name`; `option` is named in the error where there is none."""
        if name not in self.names:
            raise EnduseError(
                f"no column {name!r} ({option})", where=str(self.path), fix=f"Columns are: {', '.join(self.names)}"
            )
        return self.columns[self.names.index(name)]

    def texts(self, name: str, option: str) -> list[str]:
        return ["" if v is None else v for v in self.column(name, option).to_pylist()]


def read(path: Path) -> Sheet:
    """Read a delimited file or workbook whole. Raises SourceRefused where it is missing, empty, binary or has no columns."""
    from enduse.intake import reading

    with tempfile.TemporaryDirectory(prefix="enduse-") as scratch:
        raw = reading.read(path, alias=path.name, scratch=Path(scratch), settings=Intake())
        table = pq.read_table(raw.path)
        refused = pq.read_table(raw.rejected).to_pylist() if raw.rejected else []
    if not raw.columns:
        raise SourceRefused("no columns were found", where=str(path), fix="Give a table with a header line")
    columns = tuple(table[f"c{i}"] for i in range(1, len(raw.columns) + 1))
    return Sheet(path, raw.columns, columns, table["row"], tuple(f"record {r['row']}: {r['reason']}" for r in refused))


def _write(path: Path, table: pa.Table) -> None:
    with whole(path) as partial:
        pc.write_csv(table, partial, pc.WriteOptions(quoting_style="needed"))


def _added(sheet: Sheet, more: pa.Table) -> pa.Table:
    """The table with columns added; an input column of the same name keeps its name, the new one wins the plain name."""
    names = [n if n not in more.column_names else f"{n} (input)" for n in sheet.names]
    return pa.Table.from_arrays(
        [*sheet.columns, *(more[n] for n in more.column_names)], names=[*names, *more.column_names]
    )


def _distinct(columns: Sequence[pa.ChunkedArray | None], do: Callable[[list[list[str] | None]], pa.Table]) -> pa.Table:
    """Do the work once for each different combination of `columns`, and give every row its result."""
    present = [c for c in columns if c is not None]
    keys = pa.table({f"k{i}": c.fill_null("") for i, c in enumerate(present)})
    groups = keys.group_by(keys.column_names, use_threads=False).aggregate([])
    groups = groups.append_column("group", pa.array(range(groups.num_rows), pa.int64()))
    numbered = keys.append_column("place", pa.array(range(keys.num_rows), pa.int64()))
    joined = numbered.join(groups, keys.column_names).sort_by("place")
    lists = iter(groups[n].to_pylist() for n in keys.column_names)
    made = do([None if c is None else next(lists) for c in columns])
    return made.take(joined["group"].combine_chunks())


def classify(
    path: Path,
    *,
    text: str,
    watch: str,
    hs: str | None,
    kg: str | None,
    quantity: str | None,
    out: Path,
    maker: str | None = None,
) -> Sheet:
    """Add family, brand, model, hs6, controls, vague, vague_rules, confidence, evidence to every record of `path`."""
    from enduse.goods import classify as judge

    sheet = read(path)
    wanted = [sheet.column(text, "--text")]
    wanted += [
        sheet.column(name, option) if name else None
        for name, option in ((hs, "--hs"), (kg, "--kg"), (quantity, "--quantity"), (maker, "--maker"))
    ]
    more = _distinct(wanted, lambda v: judge(v[0] or [], v[1], v[2], v[3], watch, v[4]))
    _write(out, _added(sheet, more))
    return sheet


def screen(
    path: Path, *, name: str, country: str | None, key: str | None, lists: Sequence[Path], out: Path
) -> tuple[Sheet, pa.Table]:
    """Ask every name of `path` against the lists: one row per hit, one `no_match` row for a name without."""
    from enduse.intake import read_list
    from enduse.parties import screen as ask

    sheet = read(path)
    names = sheet.texts(name, "--name")
    countries = sheet.texts(country, "--country") if country else None
    ids = sheet.column(key, "--id") if key else None
    read_lists = [read_list(p, p.name) for p in lists]
    for p, held in zip(lists, read_lists, strict=True):
        if not held.num_rows:  # "no match" on a list without names would be read as an all-clear
            raise SourceRefused("the list holds no entry", where=str(p), fix="Give the whole list, or leave it out")
    entries = pa.concat_tables(read_lists)
    limits = Parties()
    found = ask(names, countries, entries, match=limits.match, review=limits.review)
    place = found["row"].cast(pa.int64()).combine_chunks()
    result = found.set_column(
        found.column_names.index("row"), "row", sheet.row.combine_chunks().take(pa.compute.subtract(place, 1))
    )
    if ids is not None and key is not None and key not in result.column_names:
        result = result.append_column(key, ids.combine_chunks().take(pa.compute.subtract(place, 1)))
    _write(out, result)
    return sheet, result


def compare(path: Path, *, left: str, right: str, kind: str | None, out: Path) -> Sheet:
    """Add score, same and reasons to every pair of names."""
    from enduse.parties import compare as judge

    sheet = read(path)
    wanted = [
        sheet.column(left, "--left"),
        sheet.column(right, "--right"),
        sheet.column(kind, "--kind") if kind else None,
    ]
    more = _distinct(wanted, lambda v: judge(v[0] or [], v[1] or [], v[2]))
    _write(out, _added(sheet, more))
    return sheet


def rank(
    path: Path, *, train: Path, label: str, date: str | None, report: Path | None, out: Path
) -> tuple[Sheet, dict[str, Any]]:
    """Add `score` and `reasons` to every record of `path`, learned from the labelled records of `train`; returns the report on quality."""
    from enduse.goods.ranking import rank as judge

    sheet, labelled = read(path), read(train)
    labelled.column(label, "--label")
    if date is not None:
        labelled.column(date, "--date")
    found = judge(
        sheet.names,
        dict(zip(sheet.names, sheet.columns, strict=True)),
        labelled.names,
        dict(zip(labelled.names, labelled.columns, strict=True)),
        label=label,
        date=date,
        where=str(train),
    )
    more = pa.table({"score": pa.array(found.score.round(6)), "reasons": pa.array(found.reasons, pa.string())})
    _write(out, _added(sheet, more))
    if report is not None:
        write_text(report, json.dumps(found.report, ensure_ascii=False, indent=1) + "\n")
    return sheet, found.report


def write_mapping(out: Path, roles: Sequence[Any]) -> None:
    """A proposed mapping as a TOML file to edit."""
    from enduse.intake import mapping

    with whole(out) as partial:
        mapping.dump(partial, roles)


def extract(paths: Sequence[Path], *, date: dt.date | None, out: Path, parser: str = "") -> list[dict[str, Any]]:
    """Press claims over all files together, one JSON object a line; `parser` names a spaCy pipeline that helps the rules."""
    from enduse.intake import documents
    from enduse.press import extract as find

    docs = [(p.name, documents.read(p, p.name)["content"]) for p in paths]
    records = find(docs, ref_date=date, parser=parser or None)
    text = "".join(json.dumps(r, ensure_ascii=False, default=str) + "\n" for r in records)
    write_text(out, text)
    return records
