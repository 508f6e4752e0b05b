"""The sources beside a crate: the digests it states, and the records and sentences it lists found in their bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from enduse.errors import EnduseError

from .crate_pack import digest
from .verify_report import Check

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile, Source
    from enduse.engine.base import Engine

MOST = 20_000  # records of one source looked for in its bytes
TEXTS = ("declaration_id", "exporter_name", "importer_name", "description", "hs_code")
GET = "Put the file with that digest into the folder, or get it from where it came"
ROWS_SQL = """
SELECT s.row, s.declaration_id, s.exporter_name, s.importer_name, s.description, s.hs_code
FROM shipment AS s JOIN (SELECT DISTINCT shipment_id FROM figure_row) AS f ON f.shipment_id = s.shipment_id
WHERE s.source = $source ORDER BY s.row
"""


def by_digest(folder: Path) -> dict[str, Path]:
    """The files under a folder by the SHA-256 of their bytes."""
    found: dict[str, Path] = {}
    for top, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(top) / name
            if path.is_file():
                try:
                    found.setdefault(digest(path), path)
                except OSError:
                    continue  # a file that cannot be read is none of the sources
    return found


def _flat(text: str | None) -> str:
    return "".join((text or "").split()).casefold()


def _digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def thin(rows: list[dict[str, object]], most: int) -> list[dict[str, object]]:
    """At most `most` of the rows, spread evenly, the first and the last among them."""
    if len(rows) <= most:
        return rows
    return [rows[i * (len(rows) - 1) // (most - 1)] for i in range(most)]


def check_all(engine: Engine, file: CaseFile, places: dict[str, Path], check: Check, *, whole: bool) -> None:
    """Every source of the crate: is it there, and do its bytes hold what the crate lists of it?

    `places` gives files by digest. `whole` says that all sources should be among them, else those missing are no fault.
    """
    found = looked = 0
    left: list[str] = []
    stated = {r["source"]: r["sha256"] for r in engine.fetch("SELECT source, sha256 FROM source").to_pylist()}
    for source in file.source:
        if source.sealed:
            left.append(f"{source.alias} is sealed: ask for a proof (enduse prove)")
            continue
        path = places.get(stated.get(source.alias, ""))
        if path is None:
            if whole:
                check.fault(
                    f"source {source.alias}",
                    "no file of the folder has its digest",
                    stated.get(source.alias, ""),
                    "none",
                    GET,
                )
            continue
        found += 1
        try:
            if source.kind in ("customs", "order"):
                looked += _records(engine, file, source, path, check, left)
            elif source.kind == "press":
                looked += _sentences(engine, source, path, check)
        except EnduseError as error:
            check.fault(f"source {source.alias}", f"cannot be read again: {error.what}", fix=error.fix)
    check.looked = f"{found} of {len(file.source)} sources by their digests, {looked:,} listed records and sentences in their bytes"
    check.left = "; ".join(left)


def _records(engine: Engine, file: CaseFile, source: Source, path: Path, check: Check, left: list[str]) -> int:
    """The records listed for figures: each is found in the file, and its cells hold the texts the crate states."""
    from enduse.intake import reading

    listed = engine.fetch(ROWS_SQL, {"source": source.alias}).to_pylist()
    wanted = thin(listed, MOST)
    if len(wanted) < len(listed):
        left.append(f"{len(listed) - len(wanted):,} of {len(listed):,} records of {source.alias} (spread evenly)")
    if not wanted:
        return 0
    rows = [int(str(r["row"])) for r in wanted]
    there = reading.locate(path, rows, sheet=source.sheet, settings=file.settings.intake)
    for row, line in zip(rows, wanted, strict=True):
        place = f"{source.alias} record {row}"
        if row not in there:
            check.fault(place, "the source has no such record", "a record", "none", "Get the right source file")
            continue
        cells = _flat("\x1f".join(c or "" for c in there[row].cells))
        for column in TEXTS:
            value = line[column]
            if value is None:
                continue
            text = str(value)
            there_is = text.lstrip("0") in _digits(cells) if column == "hs_code" else _flat(text) in cells
            if not there_is:
                check.fault(place, f"its bytes do not hold the {column} the crate states", text, there[row].text, "The crate or the source was changed")  # fmt: skip
    return len(wanted)


def _sentences(engine: Engine, source: Source, path: Path, check: Check) -> int:
    """The sentences of claims stand in the text at the places stated."""
    from enduse.intake import documents

    content = documents.open_text(path, sheet=source.sheet).content
    claims = engine.fetch(
        "SELECT id, sentence, char_start, char_end FROM claim WHERE doc = $doc ORDER BY id", {"doc": source.alias}
    ).to_pylist()
    for claim in claims:
        text = content[claim["char_start"] : claim["char_end"]]
        if text != claim["sentence"]:
            check.fault(f"claim {claim['id']}", f"its sentence does not stand in {source.alias} at {claim['char_start']}", claim["sentence"], text, "The crate or the source was changed")  # fmt: skip
    return len(claims)
