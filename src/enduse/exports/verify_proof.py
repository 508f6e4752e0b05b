"""A proof of sealed records verified: by itself, and against the crate whose sealed source it is about."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.contracts import TABLES
from enduse.engine.duckdb import DuckDBEngine
from enduse.errors import EnduseError, QueryError

from . import seal_check, verify_pack, verify_tables
from .verify_report import Check, Report

if TYPE_CHECKING:
    from enduse.engine.base import Engine

MOST = 500_000_000  # bytes of a proof
TEXTS = ("declaration_id", "exporter_name", "importer_name", "description", "hs_code")
AGAIN = "Ask for the proof again"


def read(path: Path) -> dict[str, Any] | None:
    """The proof in a file, or None where the file is none."""
    try:
        if path.stat().st_size > MOST:
            return None
        with path.open("rb") as file:
            if b'"enduse_proof"' not in file.read(4096):
                return None
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "enduse_proof" in found else None


def verify(path: Path, *, against: Path | None = None) -> Report:
    """All checks of the proof at `path`; `against` is the crate (folder or zip) it belongs to.

    Raises EnduseError where either is not what it should be.
    """
    proof = read(path)
    if proof is None:
        raise EnduseError(
            "is no proof of enduse", where=str(path), fix="Make one with: enduse prove CASE RECORD... --out FILE"
        )
    report = Report("proof", str(path))
    check = report.check("proof")
    for where, what in seal_check.faults(proof):
        check.fault(where, what, fix=AGAIN)
    parts = proof["sources"] if check.holds else []
    count = sum(len(p["proved"]) for p in parts)
    check.looked = (
        f"{count:,} records of {len(parts)} sealed sources, {len(proof.get('files', []))} files named"
        if check.holds
        else ""
    )
    report.about = ", ".join(f"{p['source']} under root {p['root']}" for p in parts)
    if not check.holds:
        return report
    if against is None:
        report.notes.append(
            "The proof holds by itself. That the root is the one that was published: compare it, or name the crate with --against"
        )
        return report
    with tempfile.TemporaryDirectory(prefix="enduse-verify-") as name:
        place = Path(name)
        files = report.check("crate")
        folder = verify_pack.opened(against, place, files)
        link = place / "crate"
        with contextlib.suppress(OSError):
            link.symlink_to(folder.resolve(), target_is_directory=True)
            folder = link
        verify_pack.digests(folder, files)
        engine = DuckDBEngine(place / "spill", memory="1GB")
        try:
            _against(engine, folder, proof, report)
        except QueryError as error:
            files.fault("data", f"the tables cannot be asked ({error.what[:200]})", fix="Get the crate again")
        finally:
            engine.close()
    return report


def _against(engine: Engine, folder: Path, proof: dict[str, Any], report: Report) -> None:
    check = report.check("commitment")
    for name in ("seal", "source", "shipment"):
        path = folder / "data" / f"{name}.parquet"
        if path.is_symlink() or not path.is_file() or _wrong(name, path):
            check.fault(f"data/{name}.parquet", "is missing or broken", fix="Get the crate again")
            return
        engine.attach(name, path)
    stated = {r["source"]: r for r in engine.fetch("SELECT source, records, root FROM seal").to_pylist()}
    digests = {r["source"]: r["sha256"] for r in engine.fetch("SELECT source, sha256 FROM source").to_pylist()}
    for part in proof["sources"]:
        alias = part["source"]
        here = stated.get(alias, {})
        for key, words in (
            ("root", "the crate commits to another root"),
            ("records", "the crate commits to another number of records"),
        ):
            if here.get(key) != part[key]:
                check.fault(alias, words, part[key], here.get(key, "none"), "Is this the crate the proof was made for?")
    for item in proof.get("files", []):
        if digests.get(item["source"]) != item["sha256"]:
            check.fault(
                str(item["source"]),
                "the crate states another sealed digest",
                item["sha256"],
                digests.get(item["source"], "none"),
            )
        else:
            report.notes.append(f"{item['source']} is the file with SHA-256 {item['file_sha256']}")
    check.looked = f"{len(proof['sources'])} roots of the crate"
    _rows(engine, proof, report.check("records"))


def _wrong(name: str, path: Path) -> bool:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return bool(verify_tables.schema_faults(TABLES[name], pq.read_schema(path)))
    except (pa.ArrowException, OSError, ValueError):
        return True


def _flat(text: object) -> str:
    return "".join(str(text).split()).casefold()


def _rows(engine: Engine, proof: dict[str, Any], check: Check) -> None:
    """What the crate says of each proved record of a customs file stands in its cells."""
    import pyarrow as pa

    parts = [p for p in proof["sources"] if p.get("kind") in ("customs", "order")]
    pairs = [(p["source"], r["row"]) for p in parts for r in p["proved"]]
    engine.put("proved", pa.table({"source": pa.array([a for a, _ in pairs], pa.string()), "row": pa.array([r for _, r in pairs], pa.int64())}))  # fmt: skip
    got = engine.fetch(
        f"SELECT s.source, s.row, s.shipment_id, {', '.join(f's.{t}' for t in TEXTS)} FROM shipment AS s JOIN proved AS p ON p.source = s.source AND p.row = s.row"
    ).to_pylist()
    held = {(r["source"], r["row"]): r for r in got}
    missing = 0
    for part in parts:
        for record in part["proved"]:
            line = held.get((part["source"], record["row"]))
            if line is None:
                missing += 1
                continue
            cells = _flat("\x1f".join(c or "" for c in record["cells"]))
            digits = "".join(c for c in cells if c.isdigit())
            for column in TEXTS:
                value = line[column]
                if value is None:
                    continue
                there = str(value).lstrip("0") in digits if column == "hs_code" else _flat(value) in cells
                if not there:
                    check.fault(line["shipment_id"], f"the proved record does not hold the {column} the crate states", value, " | ".join(c or "" for c in record["cells"]))  # fmt: skip
    check.looked = f"{len(pairs) - missing:,} rows of the crate held against the proved records"
    if missing:
        check.left = f"{missing:,} proved records are not in `shipment` (refused ones are not)"
