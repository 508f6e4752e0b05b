"""The source file open at a record: the lines around it as they stand."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from enduse.errors import EnduseError, SourceRefused
from enduse.web.desk import Desk
from enduse.web.source.around import around, place_of
from enduse.web.views.shipment import place_in, spans_of

LONGEST = 5_000  # characters of a record beside the one asked for
WHOLE = 100_000  # of the record itself


def source_of(desk: Desk, shipment_id: str, *, before: int, after: int) -> dict[str, Any]:
    """Records around a record of the case. Raises EnduseError where its file cannot or must not be opened."""
    now = desk.now
    alias, row = place_in(now, shipment_id)
    source = next((s for s in desk.case.file.source if s.alias == alias), None)
    if source is None:
        raise EnduseError(f"source {alias} is no longer part of the case", fix="Run the case again")
    try:
        found = around(desk.folder, source, row, desk.case.file.settings.intake, now.folder, before=before, after=after)
    except OSError as error:
        raise SourceRefused(
            f"the file cannot be read: {error.strerror or 'no reason given'}",
            where=alias,
            fix="Put it back where it was",
        ) from error
    mapping = now.ask(
        'SELECT position, "column", role FROM mapping WHERE source = ? ORDER BY position',
        [alias],
    )
    account = now.ask("SELECT sha256, format, records_read AS records FROM source WHERE source = ?", [alias])
    told = account[0] if account else {"sha256": source.sha256, "format": None, "records": None}
    lines = []
    for one in found.records:
        here = one.located.row == row
        text, most = one.located.text.rstrip("\r\n"), WHOLE if here else LONGEST
        lines.append(
            {
                "row": one.located.row,
                "line": one.line or None,
                "sheet_row": one.located.sheet_row,
                "bytes": None if one.located.byte_start is None else [one.located.byte_start, one.located.byte_end],
                "text": text[:most],
                "length": len(text),
                "spans": spans_of(text, one.located.cells, mapping) if here else [],
                "here": here,
                "place": place_of(one, packed=found.packed),
            }
        )
    return {
        "shipment_id": shipment_id,
        "source": alias,
        "file": PurePosixPath(source.path).name,
        "sheet": source.sheet,
        "format": told["format"],
        "sha256": told["sha256"],
        "records": told["records"],
        "columns": [m["column"] for m in mapping],
        "tabs": not any(line["bytes"] for line in lines),
        "lines": lines,
    }
