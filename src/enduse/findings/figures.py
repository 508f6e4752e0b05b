"""From counted rows to figures: each total and ranking in three readings, with its lever and the rows behind it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from enduse.contracts import TABLES
from enduse.engine.step import Context, Made

from .book import Book, lever, plain
from .coverage import covered
from .measures import BY_ID, MERGES, RANKINGS, READINGS, TOTALS, Measure, Ranking, choices
from .reconcile import verdicts

CURRENCIES = 5
UNNAMED = "unnamed currency"  # as counted.sql begins the key of a file that names none


def _totals(book: Book) -> None:
    moves = choices(parts=book.context.case.scope.parts)
    wanted: dict[str, str] = {}
    for m in TOTALS:
        for reading, condition in READINGS.items():
            wanted[f"{m.id}__{reading}"] = m.sql(condition)
        if m.apart:
            wanted[f"{m.id}__apart"] = f"count(DISTINCT CASE WHEN central = 1 THEN {m.apart} END)"
            wanted[f"{m.id}__together"] = f"count(DISTINCT CASE WHEN central = 1 THEN {m.together} END)"
        wanted[f"{m.id}__rows"] = f"count(CASE WHEN central = 1 THEN {m.field} END)"
        for i, ends in enumerate(moves.values()):
            for side, rows in zip(("low", "high"), ends, strict=True):
                if rows is not None:
                    wanted[f"{m.id}__{i}_{side}"] = m.sql(rows)
    select = ", ".join(f"{sql} AS {name}" for name, sql in wanted.items())
    got = book.context.engine.fetch(
        f"SELECT {select}, count(CASE WHEN central = 1 THEN 1 END) AS central_rows FROM counted"
    ).to_pylist()[0]
    for m in TOTALS:
        _total(book, m, got, moves)


def _total(book: Book, m: Measure, got: dict[str, Any], moves: dict[str, tuple[str | None, str | None]]) -> None:
    readings = {r: got[f"{m.id}__{r}"] for r in READINGS}
    if readings["broad"] is None or (m.rule == "distinct" and not readings["broad"]):
        return  # no row states the field: a zero would be false; the coverage sentence says what is not stated
    ends = {c: (got.get(f"{m.id}__{i}_low"), got.get(f"{m.id}__{i}_high")) for i, c in enumerate(moves)}
    also = []
    if m.apart:
        also = [got[f"{m.id}__together"], got[f"{m.id}__apart"]]
        ends[MERGES] = (got[f"{m.id}__together"], got[f"{m.id}__apart"])
    rows, of = got[f"{m.id}__rows"], got["central_rows"]
    note = (
        f" {of - rows:,} of the {of:,} rows state nothing this figure can use and add nothing to it."
        if rows < of
        else ""
    )
    number = book.add(
        m.id,
        m.label,
        m.words,
        readings,
        rows,
        unit=m.unit,
        rule=m.rule,
        note=note,
        inferred=m.inferred,
        also=also,
        lever=lever(readings["central"], ends),
    )
    book.moves += [{"figure_id": number, "choice": c, "low": plain(a), "high": plain(b)} for c, (a, b) in ends.items()]
    adds = m.rule == "sum"
    amount = m.field if adds else "NULL"
    item = "NULL" if adds else (f"strftime({m.field}, '%Y-%m-%d')" if m.unit == "date" else m.field)
    book.row_sql.append(
        f"SELECT '{number}' AS figure_id, shipment_id, CAST({amount} AS DECIMAL(18, 4)) AS amount, CAST({item} AS VARCHAR) AS item "
        f"FROM counted WHERE central = 1 AND {m.field} IS NOT NULL"
    )


def _currencies(book: Book) -> None:
    """Records that state a value in another currency only: their sums stand on their own, unconverted."""
    sums = ", ".join(f"sum(CASE WHEN {c} THEN value_other END) AS {r}" for r, c in READINGS.items())
    found = book.context.engine.fetch(
        f"SELECT currency, {sums}, count(CASE WHEN central = 1 THEN value_other END) AS n FROM counted "
        "WHERE currency IS NOT NULL GROUP BY currency ORDER BY n DESC, currency"
    ).to_pylist()
    # Sums of files that name no currency stay apart by file: there is no saying that they are in one.
    for row in [r for r in found if r["n"]][:CURRENCIES]:
        key = row["currency"]
        words = f"Sum of the declared value of records that state it in {key} and not in US dollars, not converted"
        number = book.add(
            "value", f"Declared value in {key}", words, {r: row[r] for r in READINGS}, row["n"],
            unit=UNNAMED if key.startswith(UNNAMED) else key, rule="sum", subject=key, subject_id=key, lever="",
        )  # fmt: skip
        book.ranked.append({"figure_id": number, "kind": "value", "subject_id": row["currency"]})


def _rank(book: Book, ranking: Ranking, names: dict[str, str], base: Measure) -> None:
    columns = ", ".join(f"{base.sql(c)} AS {r}" for r, c in READINGS.items())
    found = book.context.engine.fetch(
        f"SELECT {ranking.key} AS subject, {columns}, count(CASE WHEN central = 1 THEN {base.field} END) AS n "
        f"FROM counted WHERE {ranking.key} IS NOT NULL GROUP BY {ranking.key}"
    ).to_pylist()
    found = [r for r in found if r["n"]]
    found.sort(key=lambda r: r["subject"] if ranking.by_time else (-(r["central"] or 0), r["subject"]))
    for rank, row in enumerate(found[: ranking.top], 1):
        name = names.get(row["subject"], row["subject"])
        number = book.add(
            ranking.id, f"{base.label} by {ranking.label}: {name}", f"{base.words}, of {ranking.label} {name}", {r: row[r] for r in READINGS}, row["n"],
            unit=base.unit, rule=base.rule, subject=name, subject_id=row["subject"], rank=rank, inferred=ranking.inferred, lever="",
        )  # fmt: skip
        book.ranked.append({"figure_id": number, "kind": ranking.id, "subject_id": row["subject"]})


def _ranked_rows(book: Book, base: Measure) -> None:
    book.context.engine.put(
        "ranked",
        pa.table({k: pa.array([r[k] for r in book.ranked], pa.string()) for k in ("figure_id", "kind", "subject_id")}),
    )
    fields = {"value": ("currency", "value_other", "sum"), **{r.id: (r.key, base.field, base.rule) for r in RANKINGS}}
    for kind, (key, field, rule) in fields.items():
        amount, item = (field, "NULL") if rule == "sum" else ("NULL", field)
        book.row_sql.append(
            f"SELECT r.figure_id, c.shipment_id, CAST({'c.' + amount if rule == 'sum' else amount} AS DECIMAL(18, 4)) AS amount, "
            f"CAST({item if rule == 'sum' else 'c.' + item} AS VARCHAR) AS item "
            f"FROM counted AS c JOIN ranked AS r ON r.subject_id = c.{key} WHERE r.kind = '{kind}' AND c.central = 1 AND c.{field} IS NOT NULL"
        )


def figures(context: Context) -> Made:
    """Step: `figure`, `figure_choice`, `figure_row`, and `verdict`, whose figures are listed with the others."""
    book = Book(context, covered(context))
    _totals(book)
    _currencies(book)
    parties = context.engine.fetch(
        "SELECT party_id, name FROM party WHERE party_id IN (SELECT exporter_party FROM counted UNION SELECT importer_party FROM counted)"
    ).to_pylist()
    names = {r["party_id"]: r["name"] for r in parties}
    has_value = any(f["measure"] == "value_usd" and f["rows"] for f in book.figures)
    base = BY_ID["value_usd"] if has_value else BY_ID["records"]
    for ranking in RANKINGS:
        _rank(book, ranking, names, base)
    _ranked_rows(book, base)
    judged = verdicts(book)
    target = context.scratch / "figure_row.parquet"
    context.engine.write(" UNION ALL ".join(book.row_sql), target, book.params)
    context.engine.drop("ranked")
    context.engine.drop("claim_base")
    return {
        "figure": TABLES["figure"].arrow(book.figures),
        "figure_choice": TABLES["figure_choice"].arrow(book.moves),
        "figure_row": target,
        "verdict": TABLES["verdict"].arrow(judged),
    }
