"""What a view shows, as a file: CSV streamed as it is read, XLSX row by row; never cut without saying so."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from enduse.contracts import TABLES
from enduse.errors import UsageError
from enduse.exports import guard
from enduse.exports.tables import amount_text
from enduse.web.answers import plain
from enduse.web.desk import Desk, Opened
from enduse.web.index.layout import FACETS, MARKS
from enduse.web.selection import Selection
from enduse.web.views import chains, claims, evidence, figures, flows, network, overview, parties, routes
from enduse.web.views.overview import array_of

VIEWS = (
    "shipments",
    "evidence",
    "parties",
    "chains",
    "claims",
    "figures",
    "routes",
    "network",
    "map",
    "timeline",
    "facets",
)
FORMATS = ("csv", "xlsx")
SHEET_ROWS = 1_048_575  # rows of a sheet below its head: Excel's limit, see `exports.xlsx_sheet`
BATCH = 1 << 15
EVERYTHING = 1_000_000_000

Lines = list[dict[str, Any]]


def name_of(desk: Desk, view: str, form: str) -> str:
    """The name of the download; SIMULATED stands in it where the case is."""
    stem = (
        "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in desk.folder.resolve().name).strip("-")
        or "case"
    )
    return f"enduse-{stem}{'-SIMULATED' if desk.case.file.simulated else ''}-{view}.{form}"


def check(view: str, form: str) -> None:
    if view not in VIEWS:
        raise UsageError(f"no view {view[:40]!r}", fix=f"Views are {', '.join(VIEWS)}")
    if form not in FORMATS:
        raise UsageError(f"no format {form[:40]!r}", fix=f"Use {' or '.join(FORMATS)}")


# ---- rows of the views ------------------------------------------------------------------------------------------------


def lines_of(desk: Desk, view: str, selection: Selection) -> Lines:
    """All rows of a view but shipments, flat."""
    now = desk.now
    made: dict[str, Callable[[], Lines]] = {
        "evidence": lambda: evidence.evidence_of(desk, selection),
        "parties": lambda: _paged(lambda o, n: parties.parties_of(now, selection, sort="value_usd", direction="desc", offset=o, limit=n, find="")),
        "chains": lambda: chains.chains_of(now, selection, start="", finish="", through="", sort="rank", offset=0, limit=EVERYTHING)["rows"],
        "claims": lambda: [c | {"cluster": k["cluster"], "label": k["label"]} for k in claims.claims_of(now, offset=0, limit=EVERYTHING)["clusters"] for c in k["claims"]],
        "figures": lambda: figures.figures_of(desk)["figures"],
        "routes": lambda: _routes(now),
        "network": lambda: network.network_of(now, selection, 5000)["edges"],
        "map": lambda: flows.map_of(now, selection)["flows"],
        "timeline": lambda: [
            {"party_id": lane["party_id"], "name": lane["name"], "country": lane["country"], **lot} for lane in flows.timeline_of(desk, selection, 200)["lanes"] for lot in lane["lots"]
        ],
        "facets": lambda: _facets(now, selection),
    }  # fmt: skip
    return made[view]()


def _paged(page: Callable[[int, int], dict[str, Any]]) -> Lines:
    out: Lines = []
    while True:
        found = page(len(out), 10_000)
        out += found["rows"]
        if not found["rows"] or len(out) >= found["total"]:
            return out


def _routes(now: Opened) -> Lines:
    """Every row of every table about lanes, with the name of its table."""
    return [
        {"table": name} | row
        for name in routes.ORDER
        for row in now.ask(f"SELECT {TABLES[name].select} FROM {name} ORDER BY {routes.ORDER[name]}")
    ]


def _facets(now: Opened, selection: Selection) -> Lines:
    names = tuple(f.name for f in FACETS)
    out = [{"facet": f["name"], **o} for f in overview.facets_of(now, selection, names)["facets"] for o in f["options"]]
    return out + [
        {
            "facet": "month",
            "value": m["month"],
            "label": m["month"],
            "count": m["count"],
            "selected": m["in_selection"] > 0,
        }
        for m in overview.months_of(now, selection)
    ]


# ---- shipments --------------------------------------------------------------------------------------------------------


def shipments(now: Opened, selection: Selection, *, safe: bool) -> tuple[list[str], Iterator[pa.RecordBatch]]:
    """Heads and batches: declared records with their firms, goods and marks, in the order of files and records; read as they are sent."""
    index = now.index
    rows = now.finder.rows(selection)
    places = array_of(rows)
    columns = [c for c in TABLES["shipment"].columns if c.name not in ("exporter_party", "importer_party")]
    texts = {c.name for c in columns if c.type in ("text", "list", "country")}
    own = [
        _cell(f's."{c.name}"', c.name, safe=safe and c.name in texts, amount=c.type in ("amount", "total"))
        for c in columns
    ]
    more = [_cell(f"g.{n}", n, safe=safe, amount=False) for n in ("family", "brand", "model", "basis")]
    marks = [f"CASE WHEN a.marks & {bit} > 0 THEN 1 ELSE 0 END AS {name}" for name, (bit, _) in MARKS.items()]
    codes = pa.array(index.array("source")[places].astype(np.int32))
    asked = pa.table(
        {
            "source": pa.DictionaryArray.from_arrays(codes, pa.array(index.words["source"], pa.string())),
            "row": pa.array(index.array("row")[places].astype(np.int64)),
            "marks": pa.array(index.array("marks")[places].astype(np.int32)),
        }
    )  # fmt: skip
    sql = (
        f"SELECT {', '.join([*own, 'p.exporter_party', 'p.importer_party', *more, *marks])} FROM shipment_row AS s "
        "JOIN asked AS a ON a.source = s.source AND a.row = s.row "
        "LEFT JOIN shipment_party AS p ON p.shipment_id = s.shipment_id LEFT JOIN goods AS g ON g.shipment_id = s.shipment_id ORDER BY s.source, s.row"
    )

    def batches() -> Iterator[pa.RecordBatch]:
        with now.cursor() as cursor:
            cursor.register("asked", asked)
            yield from cursor.sql(sql).to_arrow_reader(BATCH)

    firms, goods = ["exporter_party", "importer_party"], ["family", "brand", "model", "basis"]
    return [*(c.name for c in columns), *firms, *goods, *MARKS], batches()


def _cell(column: str, name: str, *, safe: bool, amount: bool) -> str:
    if amount:  # without zeros behind the point
        return f'{amount_text(column)} AS "{name}"'
    return f'{guard.guarded(column) if safe else column} AS "{name}"'


# ---- files ------------------------------------------------------------------------------------------------------------


def _flat(value: Any) -> Any:
    """A cell: lists and objects as JSON text."""
    held = plain(value)
    if isinstance(held, list) and all(isinstance(v, str) for v in held):
        return ";".join(held)
    return json.dumps(held, ensure_ascii=False) if isinstance(held, list | dict) else held


def _guarded(value: Any, *, safe: bool) -> Any:
    return guard.guarded_text(value) if safe and isinstance(value, str) else value


def _heads(lines: Lines, view: str) -> list[str]:
    """The keys of the lines; of an evidence sheet also where it has no line."""
    return list(dict.fromkeys(k for line in lines for k in line)) or list(evidence.HEADS if view == "evidence" else ())


def csv_of(desk: Desk, view: str, selection: Selection, *, safe: bool) -> Iterator[bytes]:
    """UTF-8 with a header; in the safe form with a mark that spreadsheets know it by. What is refused is refused here, before the first byte."""
    if view == "shipments":
        heads, batches = shipments(desk.now, selection, safe=safe)
        return _streamed(heads, batches, safe=safe)
    return _listed(lines_of(desk, view, selection), view, safe=safe)


def _streamed(heads: list[str], batches: Iterator[pa.RecordBatch], *, safe: bool) -> Iterator[bytes]:
    if safe:
        yield guard.MARK.encode()
    yield (",".join(f'"{head}"' for head in heads) + "\n").encode()
    for batch in batches:
        sink = pa.BufferOutputStream()
        pacsv.write_csv(batch, sink, pacsv.WriteOptions(include_header=False))
        yield sink.getvalue().to_pybytes()


def _listed(lines: Lines, view: str, *, safe: bool) -> Iterator[bytes]:
    if safe:
        yield guard.MARK.encode()
    heads = _heads(lines, view)
    for start in range(0, max(len(lines), 1), 2000):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if not start:
            writer.writerow(heads)
        writer.writerows(
            [_guarded(_flat(line.get(h)), safe=safe) for h in heads] for line in lines[start : start + 2000]
        )
        yield text.getvalue().encode("utf-8", "replace")


def xlsx_of(desk: Desk, view: str, selection: Selection) -> Path:
    """A workbook with the rows and a sheet on where they come from. Text is written as text, never as a formula."""
    import xlsxwriter

    from enduse.exports.xlsx_sheet import Changed, fitting

    now, changed = desk.now, Changed()
    if view == "shipments":
        _fits(len(now.finder.rows(selection)))
    with tempfile.NamedTemporaryFile(prefix="enduse-", suffix=".xlsx", delete=False) as held:
        path = Path(held.name)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    try:
        with xlsxwriter.Workbook(str(path), options) as book:
            bold = book.add_format({"bold": True})
            sheet = book.add_worksheet(view[:31])
            sheet.freeze_panes(1, 0)
            heads, rows = _sheet_rows(desk, view, selection)
            for column, head in enumerate(heads):
                sheet.write_string(0, column, head, bold)
            for number, row in enumerate(rows, 1):
                _fits(number)
                _write(sheet, number, row, lambda text: fitting(text, changed, "the CSV of this view"))
            about = book.add_worksheet("about")
            for number, (key, value) in enumerate(_about(desk, view, selection)):
                about.write_string(number, 0, key, bold)
                about.write_string(number, 1, fitting(value, changed, "the case"))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _fits(rows: int) -> None:
    if rows > SHEET_ROWS:
        raise UsageError(
            f"{rows:,} rows or more do not fit a sheet of {SHEET_ROWS:,}", fix="Select fewer rows, or export CSV"
        )


def _write(sheet: Any, number: int, row: list[Any], fitted: Callable[[str], str]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(number, column, value)
        elif isinstance(value, int | float) and abs(value) < 1e15:
            sheet.write_number(number, column, value)
        elif value is not None:
            sheet.write_string(number, column, fitted(str(value)))


def _sheet_rows(desk: Desk, view: str, selection: Selection) -> tuple[list[str], Iterator[list[Any]]]:
    if view == "shipments":
        heads, batches = shipments(desk.now, selection, safe=False)
        amounts = {i for i, h in enumerate(heads) if h in ("quantity", "net_kg", "gross_kg", "value", "value_usd")}

        def rows() -> Iterator[list[Any]]:
            for batch in batches:
                for cells in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    yield [float(v) if i in amounts and v else plain(v) for i, v in enumerate(cells)]

        return heads, rows()
    lines = lines_of(desk, view, selection)
    heads = _heads(lines, view)
    return heads, ([_flat(line.get(h)) for h in heads] for line in lines)


def _about(desk: Desk, view: str, selection: Selection) -> list[tuple[str, str]]:
    info = desk.run_info()
    asked = [(k, " or ".join(v)) for k, v in selection.values]
    asked += [(k, str(getattr(selection, k))) for k in ("q", "since", "until") if getattr(selection, k)]
    out = [("case", desk.case.file.title), ("view", view), ("run", info.run_id), ("enduse", info.version)]
    if desk.case.file.simulated:
        out.insert(0, ("SIMULATED", "This case is made of simulated records."))
    out += [(f"selected: {k}", v) for k, v in asked] or [("selected", "everything")]
    return out + [
        (f"source: {s['source']}", s["sha256"])
        for s in desk.now.ask("SELECT source, sha256 FROM source ORDER BY source")
    ]
