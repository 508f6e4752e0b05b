"""One compressed bitmap for each value of a facet with few values, and for each mark."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.web.index.layout import DICTIONARY, FACETS, MARKS, NO_AMOUNT

Maps = dict[str, dict[str, BitMap]]


def _by_code(codes: NDArray[Any]) -> dict[int, BitMap]:
    """Rows by code, without a loop over rows."""
    order = np.argsort(codes, kind="stable")
    counts = np.bincount(codes) if len(codes) else np.zeros(0, np.int64)
    out: dict[int, BitMap] = {}
    at = 0
    for code, count in enumerate(counts.tolist()):
        if count:
            made = BitMap(order[at : at + count].astype(np.uint32))
            made.run_optimize()
            out[code] = made
        at += count
    return out


def write(columns: dict[str, NDArray[Any]], words: dict[str, list[str]], out: Path) -> None:
    """Bitmaps of all facets with few values into one file."""
    made: dict[str, dict[str, bytes]] = {}
    for facet in FACETS:
        if not facet.column or facet.column in ("brand", "model"):  # these are made when the index opens
            continue
        names = words[DICTIONARY.get(facet.column, facet.column)]
        made[facet.name] = {names[code]: rows.serialize() for code, rows in _by_code(columns[facet.column]).items()}
    bits = columns["marks"]
    made["marked"] = {
        name: BitMap(np.flatnonzero(bits & bit).astype(np.uint32)).serialize() for name, (bit, _) in MARKS.items()
    }
    for name, bit in (("strict", 1), ("central", 2), ("broad", 4)):
        made.setdefault("reading", {})[name] = BitMap(
            np.flatnonzero(columns["reading"] & bit).astype(np.uint32)
        ).serialize()
    amount = {"value_usd": columns["value_usd"] != NO_AMOUNT, "net_kg": columns["net_kg"] != NO_AMOUNT}
    piece = words["unit"].index("C62") if "C62" in words["unit"] else -1
    amount["pieces"] = (columns["quantity"] != NO_AMOUNT) & (columns["unit"] == piece)
    made["stated"] = {name: BitMap(np.flatnonzero(held).astype(np.uint32)).serialize() for name, held in amount.items()}
    _store(out, "bitmaps", (((facet, value), data) for facet, maps in made.items() for value, data in maps.items()))


def write_named(maps: dict[str, BitMap], out: Path, name: str) -> None:
    """Bitmaps by name into a file of their own, read when somebody asks for them."""
    for rows in maps.values():
        rows.run_optimize()
    _store(out, name, (((key,), rows.serialize()) for key, rows in maps.items()))


def read_named(folder: Path, name: str) -> dict[str, BitMap]:
    """What `write_named` wrote."""
    return {key: rows for (key,), rows in _stored(folder, name)}


def _store(out: Path, name: str, items: Iterable[tuple[tuple[str, ...], bytes]]) -> None:
    """Serialized bitmaps one behind the other, and where each stands."""
    places: list[list[object]] = []
    with (out / f"{name}.bin").open("wb") as file:
        for key, data in items:
            places.append([*key, file.tell(), len(data)])
            file.write(data)
    (out / f"{name}.json").write_text(json.dumps(places, ensure_ascii=False), encoding="utf-8")


def _stored(folder: Path, name: str) -> Iterator[tuple[list[str], BitMap]]:
    """What `_store` wrote, in its order."""
    with (folder / f"{name}.bin").open("rb") as file:
        for *key, at, size in json.loads((folder / f"{name}.json").read_text(encoding="utf-8")):
            file.seek(at)
            yield key, BitMap.deserialize(file.read(size))


def rare(codes: NDArray[Any], words: list[str], everything: BitMap) -> dict[str, BitMap]:
    """Bitmaps of a column that most rows do not state."""
    stated = np.flatnonzero(codes).astype(np.uint32)
    held = codes[stated]
    order = np.argsort(held, kind="stable")
    counts = np.bincount(held, minlength=1)
    out: dict[str, BitMap] = {"": everything - BitMap(stated)}
    at = 0
    for code, count in enumerate(counts.tolist()):
        if count:
            out[words[code]] = BitMap(stated[order[at : at + count]])
        at += count
    return {value: rows for value, rows in out.items() if len(rows)}


def read(folder: Path) -> Maps:
    """The bitmaps of an index."""
    out: Maps = {}
    for (facet, value), rows in _stored(folder, "bitmaps"):
        out.setdefault(facet, {})[value] = rows
    return out
