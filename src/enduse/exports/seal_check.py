"""Checking a proof of sealed records, with nothing but SHA-256: no key, no source, no program that made it.

The scheme stands in `enduse.intake.commitments`; this is the other side of it, written apart so that the two can be
held against each other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

METHOD = "enduse-seal/1"
_DIGEST = re.compile("[0-9a-f]{64}")
MOST_WAY = 64  # no tree of records is higher


def digest(text: str) -> str:
    """SHA-256 of UTF-8 text as lower-case hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _cells(cells: Iterable[str | None]) -> str:
    return "".join("-;" if c is None else f"{len(c)}:{c};" for c in cells)


def record_text(row: int, names: Iterable[str], cells: Iterable[str | None]) -> str:
    """The canonical text of a record: its number, a digest of the names of the columns, every cell with its length in characters."""
    return f"{row};{digest(_cells(names))};{_cells(cells)}"


def leaf(row: int, names: Iterable[str], cells: Iterable[str | None], salt: str) -> str:
    """The leaf of the tree that a record and its salt give."""
    return digest("leaf:" + digest(salt + record_text(row, names, cells)))


def climb(start: str, index: int, count: int, way: Sequence[tuple[str, str]]) -> str:
    """The root that a leaf and the neighbours on its way give. Raises ValueError where the way does not fit the place."""
    node, width, at = index, count, start
    steps = iter(way)
    while width > 1:
        if node ^ 1 < width:
            side, beside = next(steps, ("", ""))
            if side != ("left" if node % 2 else "right"):
                raise ValueError("the way up does not fit the place of the record")
            at = digest(f"node:{beside}{at}" if node % 2 else f"node:{at}{beside}")
        node, width = node // 2, (width + 1) // 2
    if next(steps, None) is not None:
        raise ValueError("the way up is longer than the tree is high")
    return at


def _hex(value: object) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def _shape(part: Any) -> str:
    """What is wrong with the form of one source's proof, or nothing."""
    if (
        not isinstance(part, dict)
        or not isinstance(part.get("source"), str)
        or not isinstance(part.get("proved"), list)
    ):
        return "is no list of records of a source"
    if not _hex(part.get("root")) or not isinstance(part.get("records"), int) or part["records"] < 0:
        return "states no root or no number of records"
    if not isinstance(part.get("columns"), list) or not all(isinstance(c, str) for c in part["columns"]):
        return "does not name the columns"
    return ""


def _record(item: Any, part: dict[str, Any]) -> str:
    """What is wrong with one record of a proof, or nothing."""
    good = (
        isinstance(item, dict)
        and all(isinstance(item.get(k), int) and item[k] >= 0 for k in ("row", "index"))
        and _hex(item.get("salt"))
        and isinstance(item.get("cells"), list)
        and all(c is None or isinstance(c, str) for c in item["cells"])
        and isinstance(item.get("path"), list)
        and len(item["path"]) <= MOST_WAY
        and all(
            isinstance(s, dict) and s.get("side") in ("left", "right") and _hex(s.get("hash")) for s in item["path"]
        )
    )
    if not good:
        return "is not written as a proof is"
    if item["index"] >= part["records"]:
        return f"stands at place {item['index']:,} of {part['records']:,} records"
    way = [(s["side"], s["hash"]) for s in item["path"]]
    try:
        start = leaf(item["row"], part["columns"], item["cells"], item["salt"])
        found = climb(start, item["index"], part["records"], way)
    except (ValueError, UnicodeEncodeError) as error:
        return str(error)
    return "" if found == part["root"] else f"gives the root {found}, not {part['root']}"


def faults(proof: Any) -> list[tuple[str, str]]:
    """(where, what) of everything in a proof that does not hold by itself; an empty list where all of it does."""
    if not isinstance(proof, dict) or proof.get("method") != METHOD or not isinstance(proof.get("sources"), list):
        return [("proof", f"is no proof of method {METHOD}")]
    out: list[tuple[str, str]] = []
    for number, part in enumerate(proof["sources"], 1):
        wrong = _shape(part)
        if wrong:
            out.append((f"source {number} of the proof", wrong))
            continue
        for place, item in enumerate(part["proved"], 1):
            wrong = _record(item, part)
            if wrong:
                row = item.get("row") if isinstance(item, dict) else None
                out.append(
                    (f"{part['source']}:{row if isinstance(row, int) else f'record {place} of the proof'}", wrong)
                )
    opened = proof.get("files", [])
    for item in opened if isinstance(opened, list) else [None]:
        if not isinstance(item, dict) or not all(_hex(item.get(k)) for k in ("sha256", "file_sha256", "salt")):
            out.append(("files of the proof", "are not written as a proof is"))
        elif digest(f"{item['salt']}:{item['file_sha256']}") != item["sha256"]:
            out.append((f"file of {item.get('source')}", "the digest and its salt do not give the sealed digest"))
    return out
