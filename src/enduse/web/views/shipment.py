"""One record with its evidence: as it stands in the source, how it was read, and where it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from enduse.contracts import TABLES
from enduse.contracts.case_file import Source
from enduse.contracts.run import RunInfo
from enduse.engine.duckdb import parquet_glob
from enduse.errors import EnduseError
from enduse.web.desk import Desk, Opened
from enduse.web.index.layout import BROAD, CENTRAL, IN_FIGURE, MARKS, STRICT
from enduse.web.views.figures import shown_value
from enduse.web.views.words import listed, marks, sides

# Roles of a mapping whose column in SHIPMENT has another name.
COLUMN = {"brand": "brand_declared"}
TEXTS = {"quantity": "quantity_text", "net_kg": "net_kg_text", "value": "value_text"}
LONGEST = 100_000  # characters of a raw record that are sent


def shipment_of(desk: Desk, shipment_id: str) -> dict[str, Any]:
    """Everything the drawer shows. Raises EnduseError where there is no such record."""
    now = desk.now
    row, bits = _row(now, shipment_id)
    # The table of goods is searched only where the index says that something was recognised.
    goods = _first(now, "goods", shipment_id, bits["goods_at"]) if bits["recognised"] else None
    price = _first(now, "price_check", shipment_id, bits["price_at"])
    source = next((s for s in desk.case.file.source if s.alias == row["source"]), None)
    mapping = now.ask(
        'SELECT position, "column", role, confidence, reader, reason FROM mapping WHERE source = ? ORDER BY position',
        [row["source"]],
    )
    cells, raw = _raw(desk, source, row, mapping)
    repeats = now.ask(
        "SELECT shipment_id, of_shipment_id FROM duplicate WHERE shipment_id = ? OR of_shipment_id = ? ORDER BY shipment_id",
        [shipment_id, shipment_id],
    )
    account = now.ask("SELECT kind, sha256 FROM source WHERE source = ?", [row["source"]])
    sha256 = account[0]["sha256"] if account else ""
    return {
        "shipment": row,
        "title": _title(row, goods),
        "raw": raw,
        "read_as": _read_as(row, mapping, cells, goods),
        "goods": goods,
        "price": price,
        "duplicate_of": next((r["of_shipment_id"] for r in repeats if r["shipment_id"] == shipment_id), None),
        "duplicates": [r["shipment_id"] for r in repeats if r["of_shipment_id"] == shipment_id],
        "counts_in": _counts_in(now, shipment_id, bits),
        "parties": _parties(desk, row),
        "source": {
            "source": row["source"],
            "sha256": sha256,
            "kind": account[0]["kind"] if account else "customs",
            "row": row["row"],
            "sealed": bool(source and source.sealed),
        },
        "citation": citation(shipment_id, row["source"], row["row"], sha256, desk.run_info()),
    }


def citation(shipment_id: str, source: str, row: int, sha256: str, info: RunInfo) -> str:
    """How to name a record so that somebody else finds it."""
    return (
        f"Record {row} of {source} (SHA-256 {sha256}), {shipment_id}, read by enduse {info.version}, run {info.run_id}."
    )


def _place(now: Opened, shipment_id: str) -> int:
    """The place of a record in the index. Raises EnduseError where there is none."""
    index = now.index
    prefix, _, number = shipment_id.rpartition("-")
    known = number.isdigit() and number.isascii() and len(number) < 10 and prefix in index.prefixes[1:]
    place = int(index.places([prefix], [int(number)])[0]) if known else -1
    if place < 0 or f"{prefix}-{int(number)}" != shipment_id:
        raise EnduseError(f"no record {shipment_id[:60]!r}", fix="Ids of records stand in the table of shipments")
    return place


def place_in(now: Opened, shipment_id: str) -> tuple[str, int]:
    """Source and number of a record."""
    index, place = now.index, _place(now, shipment_id)
    return index.words["source"][int(index.array("source")[place])], int(index.array("row")[place])


def _row(now: Opened, shipment_id: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The record with its firms, and its bits in the index, which tell what tables need not be asked."""
    index, place = now.index, _place(now, shipment_id)
    # By file and record number: both are sorted in the stored table, so only a small part of it is read.
    found = now.ask("SELECT * FROM shipment_row WHERE source = ? AND row = ?", list(place_in(now, shipment_id)))
    firms = index.texts["party"].many(int(index.array(side)[place]) for side in ("seller", "buyer"))
    parties = {
        f"{role}_party": firms.get(int(index.array(side)[place]))
        for role, side in (("exporter", "seller"), ("importer", "buyer"))
    }
    return found[0] | parties, {
        "marks": int(index.array("marks")[place]),
        "reading": int(index.array("reading")[place]),
        "place": place,
        "goods_at": int(index.array("goods_at")[place]),
        "price_at": int(index.array("price_at")[place]),
        "recognised": int(
            any(index.array(name)[place] for name in ("goods", "evidence", "brand", "model"))
            or index.array("marks")[place] & MARKS["vague"][0]
        ),
    }


def _first(now: Opened, table: str, shipment_id: str, at: int) -> dict[str, Any] | None:
    """The row of a record in a table, taken from its place where the index knows it."""
    path, select = now.place.table(table), TABLES[table].select
    if path is not None and path.is_file():
        where = parquet_glob(path).replace("'", "''")
        sql = f"SELECT {select} FROM read_parquet('{where}') WHERE file_row_number = ? AND shipment_id = ?"
        found = now.ask(sql, [at - 1, shipment_id]) if at else []
    else:
        found = now.ask(f"SELECT {select} FROM {table} WHERE shipment_id = ?", [shipment_id])
    return found[0] if found else None


def _title(row: dict[str, Any], goods: dict[str, Any] | None) -> str:
    """`418 SKARN M3, seller to buyer`."""
    coded = f"HS {row['hs_code']}" if row["hs_code"] else "goods not stated"
    what = (goods or {}).get("model") or (row["description"] or "")[:60] or coded
    amount: Decimal | None = row["quantity"]
    count = f"{amount.normalize():f} " if amount is not None and row["unit"] == "C62" else ""
    return f"{count}{what}, {(row['exporter_name'] or 'seller not stated')[:80]} to {(row['importer_name'] or 'buyer not stated')[:80]}"


# ---- the record as it stands -----------------------------------------------------------------------------------------


def _raw(
    desk: Desk, source: Source | None, row: dict[str, Any], mapping: list[dict[str, Any]]
) -> tuple[tuple[str | None, ...], dict[str, Any]]:
    """Cells by position, and the text with the spans that were read. Where the file cannot give it, why."""
    nothing: tuple[tuple[str | None, ...], dict[str, Any]] = ((), {"text": None, "spans": [], "note": ""})
    if source is None:
        nothing[1]["note"] = "the source is no longer part of the case"
        return nothing
    key = ("raw", row["shipment_id"])
    try:
        found = desk.now.kept(key, lambda: _locate(desk, source, row["row"]))
    except (EnduseError, OSError) as error:
        why = error.what if isinstance(error, EnduseError) else (error.strerror or "cannot be read")
        nothing[1]["note"] = f"the record cannot be shown from its source: {why}"
        return nothing
    if found is None:
        nothing[1]["note"] = "the source no longer has a record of this number"
        return nothing
    text, cells, note = found
    return cells, {"text": text[:LONGEST], "spans": spans_of(text, cells, mapping), "note": note}


def _locate(desk: Desk, source: Source, row: int) -> tuple[str, tuple[str | None, ...], str] | None:
    """The record read again from its file, by the same rules that numbered it."""
    from enduse.web.source.around import find, place_of

    found = find(desk.folder, source, [row], desk.case.file.settings.intake, desk.now.folder)
    if not found.records:
        return None
    located = found.records[0].located
    text = located.text.rstrip("\r\n")
    note = place_of(found.records[0], packed=found.packed)
    if located.byte_start is None:
        note += "; cells are parted by tabs here" if located.sheet_row else ""
    if len(text) > LONGEST:
        note += f"; the first {LONGEST:,} of {len(text):,} characters"
    return text, located.cells, note


def spans_of(text: str, cells: tuple[str | None, ...], mapping: list[dict[str, Any]]) -> list[list[Any]]:
    """Where the cells that were read stand in the text, with their roles. Cells are found one behind the other."""
    roles = {m["position"]: m["role"] for m in mapping}
    spans: list[list[Any]] = []
    at = 0
    for position, cell in enumerate(cells, 1):
        if not cell:
            continue
        for form in (cell, cell.replace('"', '""')):
            start = text.find(form, at)
            if start >= 0:
                role = roles.get(position, "ignore")
                if role != "ignore" and start < LONGEST:
                    spans.append([start, min(start + len(form), LONGEST), role])
                at = start + len(form)
                break
    return spans


def _read_as(
    row: dict[str, Any], mapping: list[dict[str, Any]], cells: tuple[str | None, ...], goods: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Each column that was read: what stood there, what was understood, how."""
    out = []
    unread = set(listed(row["unread"]))
    for line in mapping:
        role = line["role"]
        if role == "ignore":
            continue
        cell = cells[line["position"] - 1] if line["position"] <= len(cells) else row.get(TEXTS.get(role, ""))
        value = row.get(COLUMN.get(role, role))
        out.append(
            {
                "what": role.replace("_", " "),
                "in_record": cell,
                "read_as": "cannot be read" if role in unread else _said(role, value, row),
                "how": f"column {line['column']}" + (f", {line['reader']}" if line["reader"] else ""),
                "score": line["confidence"],
            }
        )
    if goods and (goods["family"] or goods["evidence"]):
        said = ", ".join(str(x) for x in (goods["family"], goods["brand"], goods["model"]) if x) or "nothing watched"
        seen = "; ".join(e.partition("=")[2] or e for e in listed(goods["evidence"]))
        out.append(
            {
                "what": "goods recognised",
                "in_record": seen or None,
                "read_as": said,
                "how": goods["basis"],
                "score": goods["confidence"],
            }
        )
    return out


def _said(role: str, value: Any, row: dict[str, Any]) -> str | None:
    if value is None:
        return None
    if role == "quantity":
        return f"{value.normalize():f} {row['unit'] or ''}".strip()
    if role in ("net_kg", "gross_kg"):
        return f"{value.normalize():f} kg"
    if role == "value":
        usd = (
            f" = {row['value_usd'].normalize():f} USD ({row['usd_basis']})"
            if row["value_usd"] is not None and row["currency"] != "USD"
            else ""
        )
        return f"{value.normalize():f} {row['currency'] or ''}".strip() + usd
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


# ---- where it counts -------------------------------------------------------------------------------------------------


def _counts_in(now: Opened, shipment_id: str, bits: dict[str, int]) -> dict[str, Any]:
    figures, chains, indicators = [], [], []
    if bits["marks"] & IN_FIGURE:
        ids = [figure_id for figure_id, rows in now.index.figures.items() if bits["place"] in rows]
        figures = now.ask(
            f"SELECT figure_id, label, value, unit FROM figure WHERE figure_id IN ({marks(ids)}) ORDER BY figure_id",
            ids,
        )
    readings = [
        name for name, bit in (("strict", STRICT), ("central", CENTRAL), ("broad", BROAD)) if bits["reading"] & bit
    ]
    if bits["marks"] & MARKS["chain"][0]:
        own = now.index.records("SELECT consignment_id FROM lead_consignment WHERE shipment_id = ?", [shipment_id])
        hops = (
            now.ask("SELECT chain_id, position FROM hop WHERE shipment_id = ?", [own[0]["consignment_id"]])
            if own
            else []
        )
        position = {h["chain_id"]: h["position"] for h in hops}
        ids = sorted(position)
        found = (
            now.ask(
                f"SELECT chain_id, hops, continuity, concern FROM chain WHERE chain_id IN ({marks(ids)}) ORDER BY rank, chain_id LIMIT 50",
                ids,
            )
            if ids
            else []
        )
        chains = [{"chain_id": c["chain_id"], "position": position[c["chain_id"]], **c} for c in found]
    if bits["marks"] & MARKS["indicator"][0]:
        indicators = now.ask(
            "SELECT rule_id, source, strength, substr(evidence, 1, 400) AS evidence FROM indicator WHERE subject = ? OR list_contains(string_split(evidence, ';'), ?) ORDER BY rule_id, source",
            [shipment_id, shipment_id],
        )
    return {
        "figures": [
            {
                "figure_id": f["figure_id"],
                "label": f["label"],
                "value": shown_value(f["value"], f["unit"]),
                "unit": f["unit"],
                "readings": readings,
            }
            for f in figures
        ],
        "chains": chains,
        "indicators": indicators,
    }


def _parties(desk: Desk, row: dict[str, Any]) -> list[dict[str, Any]]:
    from enduse.parties import judgements

    now = desk.now
    judged = judgements.read(desk.folder)
    out = []
    for side, role in (("seller", "exporter"), ("buyer", "importer")):
        name, party = row[f"{role}_name"], row[f"{role}_party"]
        if not name and not party:
            continue
        held = now.index.records(
            "SELECT score, reasons, method FROM lead_name WHERE name = ? AND party_id = ? ORDER BY CASE WHEN country = ? THEN 0 ELSE 1 END, CASE WHEN identifier = ? THEN 0 ELSE 1 END, country, identifier LIMIT 1",
            [name, party, row[f"{role}_country"] or "", row[f"{role}_id"] or ""],
        )
        resolved = now.ask("SELECT name, country FROM party WHERE party_id = ?", [party])
        pairs = now.ask(
            "SELECT left_name, right_name, score FROM party_pair WHERE left_name = ? OR right_name = ? ORDER BY CASE WHEN left_party = right_party THEN 0 ELSE 1 END, rows DESC, left_name, right_name LIMIT 1",
            [name, name],
        )
        said = [
            {"left": a, "right": b, "judgement": kind, "by": judged.note(a, b)}
            for kind, found in (("same", judged.same), ("different", judged.different), ("unsure", judged.unsure))
            for a, b in sorted(found)
            if name in (a, b)
        ]
        supports, opposes = sides(held[0]["reasons"]) if held else ([], [])
        out.append(
            {
                "side": side,
                "party_id": party,
                "name": name,
                "party_name": resolved[0]["name"] if resolved else None,
                "country": row[f"{role}_country"] or (resolved[0]["country"] if resolved else None),
                "score": held[0]["score"] if held else None,
                "method": held[0]["method"] if held else None,
                "reasons": [*(f"for: {r}" for r in supports), *(f"against: {r}" for r in opposes)],
                "judgements": said,
                "pair": {"left": pairs[0]["left_name"], "right": pairs[0]["right_name"]} if pairs else None,
            }
        )
    return out
