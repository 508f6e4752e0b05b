"""The columns of an index: records are read once in batches, and everything else is put at its place by the record's key.

No table of many rows is joined with another of many rows: a key is looked up in a sorted array, texts by their hashes. So
memory stays within the arrays, whatever the size of the texts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.engine.duckdb import parquet_glob
from enduse.errors import EnduseError
from enduse.pipeline import Place
from enduse.web.index import bitmaps
from enduse.web.index.layout import COLUMNS, IN_FIGURE, MARKS, POINTED

Arrays = dict[str, NDArray[Any]]
BATCH = 1 << 18
NONE = "-9223372036854775808"
FILE, RECORD = "split_part({0}, '-', 1)", "CAST(split_part({0}, '-', 2) AS BIGINT)"

_RECORDS = f"""
SELECT
  coalesce(CAST(s.date - DATE '1970-01-01' AS INTEGER), 2147483647) AS date, src.code AS source, CAST(s.row AS UINTEGER) AS row,
  CAST(CASE WHEN s.date IS NULL THEN 0 WHEN s.date_precision = 'month' THEN 2 WHEN s.date_precision = 'year' THEN 3 ELSE 1 END AS UTINYINT) AS precision,
  coalesce(dir.code, 0) AS direction, coalesce(sc.code, 0) AS seller_country, coalesce(bc.code, 0) AS buyer_country,
  coalesce(oc.code, 0) AS origin, coalesce(dc.code, 0) AS departure, coalesce(tc.code, 0) AS destination,
  coalesce(h.code, 0) AS hs, coalesce(un.code, 0) AS unit, coalesce(cu.code, 0) AS currency,
  {", ".join(f"coalesce(CAST(CAST(s.{c} AS DECIMAL(22, 4)) * 10000 AS BIGINT), {NONE}) AS {c}" for c in ("quantity", "net_kg", "value", "value_usd"))},
  {", ".join(f"CASE WHEN coalesce(s.{c}, '') = '' THEN 0 ELSE {{hash}}(s.{c}) END AS {n}" for n, c in (("text", "description"), ("seller_name", "exporter_name"), ("buyer_name", "importer_name")))}
FROM shipment_row AS s
JOIN d_source AS src ON src.word = s.source
LEFT JOIN d_direction AS dir ON dir.word = s.direction
LEFT JOIN d_country AS sc ON sc.word = s.exporter_country
LEFT JOIN d_country AS bc ON bc.word = s.importer_country
LEFT JOIN d_country AS oc ON oc.word = s.origin_country
LEFT JOIN d_country AS dc ON dc.word = s.departure_country
LEFT JOIN d_country AS tc ON tc.word = s.destination_country
LEFT JOIN d_hs AS h ON h.word = s.hs_code
LEFT JOIN d_unit AS un ON un.word = substr(s.unit, 1, 60)
LEFT JOIN d_currency AS cu ON cu.word = s.currency
"""
_HASHED = {"text": "text", "seller_name": "name", "buyer_name": "name"}
_FIRMS = """
SELECT {key}, coalesce(sp.code, 0) AS seller, coalesce(bp.code, 0) AS buyer FROM shipment_party AS t
LEFT JOIN d_party AS sp ON sp.word = t.exporter_party LEFT JOIN d_party AS bp ON bp.word = t.importer_party
"""
_GOODS = """
SELECT {key}, coalesce(f.code, 0) AS goods, coalesce(e.code, 0) AS evidence, coalesce(b.code, 0) AS brand, coalesce(m.code, 0) AS model, t.vague FROM goods AS t
LEFT JOIN d_goods AS f ON f.word = t.family LEFT JOIN d_evidence AS e ON e.word = t.basis
LEFT JOIN d_brand AS b ON b.word = t.brand LEFT JOIN d_model AS m ON m.word = t.model
WHERE t.vague = 1 OR t.family <> '' OR t.basis <> '' OR t.brand <> '' OR t.model <> ''
"""
_READING = "SELECT {key}, t.strict + 2 * t.central + 4 * t.broad AS bits FROM reading AS t"
# Which shipments a mark is for; the bits of vague texts and of listed firms are set from columns.
_MARKED: dict[int, str] = {
    MARKS["chain"][0]: "SELECT shipment_id FROM consignment_row WHERE consignment_id IN (SELECT shipment_id FROM hop)",
    MARKS["duplicate"][0]: "SELECT shipment_id FROM duplicate",
    MARKS["price"][0]: "SELECT shipment_id FROM price_check WHERE understated = 1",
    MARKS["indicator"][0]: "SELECT unnest(string_split(evidence, ';')) AS shipment_id FROM indicator",
}


def _open(out: Path, name: str, kind: str, rows: int) -> NDArray[Any]:
    return np.lib.format.open_memmap(out / f"{name}.npy", mode="w+", dtype=kind, shape=(rows,))


def rows(db: duckdb.DuckDBPyConnection, out: Path) -> Arrays:
    """Columns of the records themselves, in the order date, file, record; the other columns are there and empty."""
    size = int(db.execute("SELECT count(*) FROM shipment_row").fetchall()[0][0])
    columns = {name: _open(out, name, kind, size) for name, kind in COLUMNS.items()}
    arrived: Arrays = {}
    at = 0
    hashing = _hash(db)
    for batch in db.sql(_RECORDS.format(hash=hashing)).to_arrow_reader(BATCH):
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            kind = "u8" if name in _HASHED else COLUMNS[name]
            arrived.setdefault(name, np.empty(size, kind))[at : at + batch.num_rows] = column.to_numpy(
                zero_copy_only=False
            )
        at += batch.num_rows
    if at != size:
        raise EnduseError(f"{size - at} records have no source", fix="Run the case again")
    if not size:
        return columns
    order = np.lexsort((arrived["row"], arrived["source"], arrived["date"]))
    for name in list(arrived):
        held = arrived.pop(name)[order]
        columns[name][:] = _codes(db, _HASHED[name], held, hashing) if name in _HASHED else held
    return columns


def _hash(db: duckdb.DuckDBPyConnection) -> str:
    """The quick hash where no two texts of the case share one, else half of MD5: texts can be made to collide on purpose."""
    for dictionary in dict.fromkeys(_HASHED.values()):
        every, apart = db.execute(f"SELECT count(*), count(DISTINCT hash(word)) FROM d_{dictionary}").fetchall()[0]
        if every != apart:
            return "md5_number_lower"
    return "hash"


def _codes(
    db: duckdb.DuckDBPyConnection, dictionary: str, hashes: NDArray[np.uint64], hashing: str
) -> NDArray[np.uint32]:
    """Codes of texts by their hashes. Two texts with one hash (one chance in a million for ten million texts) are an error, not a mix-up."""
    found = db.execute(f"SELECT {hashing}(word) AS h, code FROM d_{dictionary}").fetchnumpy()
    order = np.argsort(found["h"])
    known, codes = np.asarray(found["h"], np.uint64)[order], np.asarray(found["code"], np.uint32)[order]
    if len(known) > 1 and bool((known[1:] == known[:-1]).any()):
        raise EnduseError("two texts have one hash", fix="Please report it: the index needs another hash for this case")
    if not len(known):
        return np.zeros(len(hashes), np.uint32)
    out = np.zeros(len(hashes), np.uint32)
    for at in range(0, len(hashes), BATCH):
        piece = hashes[at : at + BATCH]
        place = np.minimum(np.searchsorted(known, piece), len(known) - 1)
        out[at : at + BATCH] = np.where(known[place] == piece, codes[place], 0)
    return out


class _Keys:
    """Places of records by file and number."""

    def __init__(self, columns: Arrays, prefixes: list[str], out: Path) -> None:
        self._codes = {p: i for i, p in enumerate(prefixes) if i}
        key = (columns["source"].astype(np.int64) << 32) | columns["row"]
        self._order = np.argsort(key, kind="stable").astype(np.uint32)
        self._keys = key[self._order]
        np.save(out / "order_record.npy", self._order)
        np.save(out / "record_row.npy", columns["row"][self._order])
        counts = np.bincount(columns["source"], minlength=1) if len(key) else np.zeros(1, np.int64)
        np.save(out / "offset_source.npy", np.concatenate(([0], np.cumsum(counts))).astype(np.int64))

    def places(self, files: NDArray[Any], records: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
        """Places, and which of what was asked for has one."""
        key = (files.astype(np.int64) << 32) | records
        at = np.minimum(np.searchsorted(self._keys, key), max(len(self._keys) - 1, 0))
        good = self._keys[at] == key if len(self._keys) else np.zeros(len(key), bool)
        return self._order[at[good]], good


def join(db: duckdb.DuckDBPyConnection, stored: Place, columns: Arrays, out: Path) -> None:
    """Firms, goods, readings and marks at their records; where each stands in the stored tables; the rows of each figure."""
    prefixes = ["", *(r[0] for r in db.execute("SELECT prefix FROM d_source ORDER BY code").fetchall())]
    keys = _Keys(columns, prefixes, out)
    key = "(SELECT code FROM d_source WHERE prefix = split_part(t.shipment_id, '-', 1))"
    key = f"coalesce({key}, 0) AS file, CAST(split_part(t.shipment_id, '-', 2) AS BIGINT) AS record"
    for sql in (_FIRMS, _GOODS, _READING):
        for batch in db.sql(sql.format(key=key)).to_arrow_reader(BATCH):
            held = {n: c.to_numpy(zero_copy_only=False) for n, c in zip(batch.schema.names, batch.columns, strict=True)}
            place, good = keys.places(held.pop("file"), held.pop("record"))
            for name, values in held.items():
                if name == "vague":
                    columns["marks"][place] |= np.where(values[good] == 1, MARKS["vague"][0], 0).astype(np.uint8)
                else:
                    columns["reading" if name == "bits" else name][place] = values[good]
    for bit, sql in _MARKED.items():
        for batch in db.sql(f"SELECT {key} FROM ({sql}) AS t WHERE t.shipment_id <> ''").to_arrow_reader(BATCH):
            place, _ = keys.places(*(c.to_numpy(zero_copy_only=False) for c in batch.columns))
            columns["marks"][place] |= np.uint8(bit)
    for column, table in POINTED.items():
        _point(db, stored, columns[column], table, keys, key)
    _figures(db, columns, keys, key, out)
    _seats(db, columns)


def _point(
    db: duckdb.DuckDBPyConnection, stored: Place, column: NDArray[Any], table: str, keys: _Keys, key: str
) -> None:
    """Where records stand in a stored table: a reader then takes the one row and looks through none."""
    path = stored.table(table)
    if path is None or path.is_dir():  # parts of a table are looked through
        return
    where = parquet_glob(path).replace("'", "''")
    for batch in db.sql(f"SELECT {key}, t.file_row_number AS at FROM read_parquet('{where}') AS t").to_arrow_reader(
        BATCH
    ):
        file, record, at = (c.to_numpy(zero_copy_only=False) for c in batch.columns)
        rows, good = keys.places(file, record)
        column[rows] = at[good] + 1


def _figures(db: duckdb.DuckDBPyConnection, columns: Arrays, keys: _Keys, key: str, out: Path) -> None:
    """One bitmap for each figure, and the mark of the rows that some figure counts."""
    ids = [r[0] for r in db.execute("SELECT figure_id FROM figure ORDER BY figure_id").fetchall()]
    held = {code: BitMap() for code in range(len(ids))}
    sql = (
        f"SELECT {key}, f.code FROM figure_row AS t JOIN (SELECT figure_id, row_number() OVER (ORDER BY figure_id) - 1 AS code FROM figure) AS f "
        "ON f.figure_id = t.figure_id WHERE t.shipment_id <> ''"
    )
    for batch in db.sql(sql).to_arrow_reader(BATCH):
        file, record, code = (c.to_numpy(zero_copy_only=False) for c in batch.columns)
        rows, good = keys.places(file, record)
        code = code[good]
        for one in np.unique(code).tolist():
            held[one] |= BitMap(rows[code == one])
        columns["marks"][rows] |= np.uint8(IN_FIGURE)
    bitmaps.write_named({ids[code]: rows for code, rows in held.items()}, out, "figures")


def _seats(db: duckdb.DuckDBPyConnection, columns: Arrays) -> None:
    """The resolved firm's seat where the record does not state one; the mark of listed firms."""
    found = db.execute(
        "SELECT coalesce(c.code, 0) AS country, p.listed FROM d_party AS p LEFT JOIN d_country AS c ON c.word = p.country ORDER BY p.code"
    ).fetchnumpy()
    seat = np.concatenate(([0], np.asarray(found["country"], np.uint16))).astype(np.uint16)
    listed = np.concatenate(([0], np.asarray(found["listed"], np.uint8))).astype(np.uint8)
    for side in ("seller", "buyer"):
        firm, country = columns[side], columns[f"{side}_country"]
        country[:] = np.where(country == 0, seat[firm], country)
        columns["marks"] |= listed[firm] * np.uint8(MARKS["listed"][0])
