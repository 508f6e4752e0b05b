"""Proofs for a lawyer: chosen records of a sealed source, each with its salt and the way up to the digest every output states.

The source is read again for it, so a proof is only made while the file is there and unchanged. What a proof gives away is
the records in it and their salts, nothing of any other record, nor the name of the file.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.errors import EnduseError, UsageError, VerificationError
from enduse.intake import commitments, files, sealing

if TYPE_CHECKING:
    from enduse.case import Case
    from enduse.contracts.case_file import Source
    from enduse.engine.base import Engine

FORMAT = 1
MOST = 10_000  # records in one proof
_SHIPMENT = re.compile("[0-9a-f]{12}-[0-9]+")
_FIGURE = re.compile("F-[0-9]{4,}")


def _rows(engine: Engine, wanted: Sequence[str], sealed: dict[str, Source], where: str) -> dict[str, set[int]]:
    """The records asked for, by alias: from shipment ids, ALIAS:RECORD and figures (all their records of sealed sources)."""
    found: dict[str, set[int]] = {}
    for item in wanted:
        alias, colon, number = item.rpartition(":")
        if colon and number.isdigit():
            pairs = [(alias, int(number))]
        elif _SHIPMENT.fullmatch(item) or _FIGURE.fullmatch(item):
            pairs = _listed(engine, item, sealed)
        else:
            raise UsageError(
                f"{item!r} is no record",
                fix="Give a shipment id, ALIAS:RECORD such as sealed-1:17, or a figure such as F-0001",
            )
        if not pairs:
            raise EnduseError(
                f"{item!r} has no record of a sealed source", where=where, fix="See enduse why CASE FIGURE"
            )
        for name, row in pairs:
            if name not in sealed:
                raise EnduseError(
                    f"{name!r} is no sealed source of the case",
                    where=where,
                    fix=f"Sealed are: {', '.join(sorted(sealed)) or 'none'}",
                )
            found.setdefault(name, set()).add(row)
    if sum(len(r) for r in found.values()) > MOST:
        raise UsageError(f"more than {MOST:,} records in one proof", fix="Ask for fewer, in several proofs")
    return found


def _listed(engine: Engine, item: str, sealed: dict[str, Source]) -> list[tuple[str, int]]:
    if _SHIPMENT.fullmatch(item):
        got = engine.fetch("SELECT source, row FROM shipment WHERE shipment_id = $id", {"id": item}).to_pylist()
        return [(r["source"], r["row"]) for r in got]
    got = engine.fetch(
        "SELECT s.source, s.row FROM figure_row AS f JOIN shipment AS s ON s.shipment_id = f.shipment_id WHERE f.figure_id = $id "
        "ORDER BY s.source, s.row",
        {"id": item},
    ).to_pylist()
    return [(r["source"], r["row"]) for r in got if r["source"] in sealed]


@contextmanager
def _records(case: Case, engine: Engine, source: Source) -> Iterator[commitments.Records]:
    """The records of a sealed source in the engine, read from the file again."""
    if source.kind in commitments.ROWS_OF:
        yield commitments.table_rows(engine, source, "seal_record")
        return
    if source.kind == "press":
        found = engine.fetch("SELECT content FROM document WHERE source = $source", {"source": source.alias})
        yield commitments.text_lines(engine, found["content"][0].as_py() if found.num_rows else "", "seal_record")
        return
    from enduse.intake import reading

    path = case.folder / source.path
    with tempfile.TemporaryDirectory(prefix=".prove-", dir=case.folder / "work") as folder:
        scratch = Path(folder)
        link = sealing.nameless(path, source.alias, scratch)
        raw = reading.read(
            link, alias=source.alias, scratch=scratch, settings=case.file.settings.intake, sheet=source.sheet
        )
        engine.attach("seal_record", raw.path)
        cells = commitments.raw_cells(raw.columns, "seal_record")
        yield cells
        engine.drop("seal_record")


def _ways(engine: Engine, levels: Sequence[tuple[str, int]], places: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """For each leaf the neighbours on its way up, nearest first."""
    import pyarrow as pa

    ways: dict[int, list[dict[str, str]]] = {p: [] for p in places}
    at = {p: p for p in places}
    for table, count in levels[:-1]:
        beside = sorted({n ^ 1 for n in at.values() if n ^ 1 < count})
        engine.put("seal_wanted", pa.table({"p": pa.array(beside, pa.int64())}))
        got = engine.fetch(f"SELECT t.p, t.h FROM {table} AS t JOIN seal_wanted AS w ON w.p = t.p").to_pylist()
        held = {r["p"]: r["h"] for r in got}
        for place, node in at.items():
            if node ^ 1 in held:
                ways[place].append({"side": "left" if node % 2 else "right", "hash": held[node ^ 1]})
            at[place] = node // 2
    engine.drop("seal_wanted")
    return ways


def _of_source(case: Case, engine: Engine, source: Source, rows: set[int], secret: bytes) -> dict[str, Any]:
    import pyarrow as pa

    stated = engine.fetch(
        "SELECT records, root, method FROM seal WHERE source = $source", {"source": source.alias}
    ).to_pylist()
    if not stated or stated[0]["method"] != commitments.METHOD:
        raise EnduseError(
            "the results hold no commitment to this source", where=f"source {source.alias}", fix="Run the case again"
        )
    row_key = sealing.row_key(secret, source)
    with _records(case, engine, source) as records:
        count = commitments.leaves(engine, records, row_key, "seal_leaf")
        levels = commitments.levels(engine, "seal_leaf", count)
        root = commitments.root(engine, levels)
        if root != stated[0]["root"]:
            raise VerificationError(
                "the records read now are not those the results were made from",
                where=f"source {source.alias}",
                fix=f"Run the case again: enduse run {case.folder}",
            )
        engine.put("seal_row", pa.table({"row": pa.array(sorted(rows), pa.int64())}))
        cells = ", ".join(f"r.{c}" for c in records.cells)
        got = engine.fetch(
            f"SELECT l.p, l.row, {cells} FROM seal_leaf AS l JOIN seal_row AS w ON w.row = l.row "
            f"JOIN {records.table} AS r ON r.{records.row} = l.row ORDER BY l.p"
        )
        ways = _ways(engine, levels, got["p"].to_pylist())
    missing = sorted(rows - set(got["row"].to_pylist()))
    if missing:
        raise EnduseError(
            f"no record {missing[0]} among the {count:,} sound records of the source",
            where=f"source {source.alias}",
            fix="Records that were refused have no commitment: see the table rejection",
        )
    lines = zip(*(c.to_pylist() for c in got.columns), strict=True)
    proved = [
        {"row": row, "index": place, "salt": commitments.salt(row_key, row), "cells": list(cells), "path": ways[place]}
        for place, row, *cells in lines
    ]
    return {
        "source": source.alias, "sha256": source.sha256, "kind": source.kind, "records": count, "root": root,
        "columns": list(records.names), "proved": proved,
    }  # fmt: skip


def prove(case: Case, wanted: Sequence[str], *, opened: Sequence[str] = ()) -> dict[str, Any]:
    """A proof as JSON-able data for the records `wanted` names, and for the files of the aliases in `opened`.

    Raises UsageError for words that name no record, EnduseError where there is none, SourceRefused where the file changed.
    """
    case.need("intake")
    sealed = {s.alias: s for s in case.file.source if s.sealed}
    secret = sealing.key(case.folder)
    if not sealed or secret is None:
        raise EnduseError(
            "the case has no sealed source", where=str(case.folder), fix="Add one with enduse add --sealed"
        )
    with case.open() as engine:
        rows = _rows(engine, wanted, sealed, str(case.folder))
        digests = {}
        for alias in sorted({*rows, *opened}):
            if alias not in sealed:
                raise EnduseError(
                    f"{alias!r} is no sealed source of the case",
                    where=str(case.folder),
                    fix=f"Sealed are: {', '.join(sorted(sealed))}",
                )
            digests[alias] = _unchanged(case, sealed[alias])
        found = [_of_source(case, engine, sealed[a], rows[a], secret) for a in sorted(rows)]
    files_of = [
        {
            "source": a,
            "sha256": sealed[a].sha256,
            "file_sha256": digests[a],
            "salt": sealing.file_salt(secret, sealed[a].sheet),
        }
        for a in sorted(set(opened))
    ]
    return {"enduse_proof": FORMAT, "method": commitments.METHOD, "sources": found, "files": files_of}


def _unchanged(case: Case, source: Source) -> str:
    """The plain digest of a sealed file, which must be the one that was added."""
    hidden = sealing.needles(case.folder / source.path, source.sheet)
    try:
        digest = files.digest(case.folder / source.path)
        sealing.check(case.folder, source, digest)
    except EnduseError as error:
        what, fix = (sealing.hide(t, hidden, source.alias) for t in (error.what, error.fix))
        raise type(error)(what, where=f"source {source.alias}", fix=fix) from None
    return digest
