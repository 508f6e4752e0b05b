"""FollowTheMoney: the case as entities, one JSON object a line, for OpenAleph, Yente and the tools around them.

Firms and persons, what ownership files state about them, links the program sees, the files of the case, and one
EconomicActivity for each declared lot, with the file as its proof. Ids follow from party ids, shipment ids and digests, so
the same files give the same entities. A list hit is a likeness of names and never becomes a `sanction` topic; no address on
the web is made up. The library itself is not needed to write the lines (it needs ICU); the tests read them with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from enduse.exports.folder import file_place, whole_file
from enduse.exports.ftm_activity import ACTIVITIES
from enduse.exports.ftm_parties import files, holdings, links, parties

if TYPE_CHECKING:
    import pyarrow as pa

    from enduse.case import Case
    from enduse.engine.base import Engine


def line(entity: dict[str, Any]) -> bytes:
    """One entity as a line; properties without values are left out."""
    kept = {k: v for k, v in entity["properties"].items() if v}
    text = json.dumps(entity | {"properties": kept}, ensure_ascii=False, separators=(",", ":"))
    return (text + "\n").encode()


def lines_of(batch: pa.RecordBatch) -> memoryview:
    """The texts of the only column of a batch, end to end, as they lie in memory: no loop over rows."""
    import pyarrow as pa

    column = batch.column(0).cast(pa.large_string())
    _, offsets, data = column.buffers()
    if data is None or len(column) == 0:
        return memoryview(b"")
    places = memoryview(offsets).cast("q")
    return memoryview(data)[places[column.offset] : places[column.offset + len(column)]]


def entities(engine: Engine, *, simulated: bool) -> Iterator[dict[str, Any]]:
    """Everything but the lots: files, firms and persons, holdings, links."""
    yield from files(engine, simulated=simulated)
    yield from parties(engine, simulated=simulated)
    yield from holdings(engine)
    yield from links(engine)


def _lots(engine: Engine, out: BinaryIO, *, simulated: bool) -> None:
    out.writelines(lines_of(batch) for batch in engine.stream(ACTIVITIES, {"mark": "SIMULATED. " if simulated else ""}))


def write(case: Case, out: Path) -> list[Path]:
    """The file `out`, or `entities.ftm.json` in the folder `out`."""
    simulated = case.file.simulated
    path = file_place(out, f"entities{'-SIMULATED' if simulated else ''}.ftm.json")
    with whole_file(path) as partial, case.open() as engine, partial.open("wb") as handle:
        for entity in entities(engine, simulated=simulated):
            handle.write(line(entity))
        _lots(engine, handle, simulated=simulated)
    return [path]
