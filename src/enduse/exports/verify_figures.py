"""Every figure computed again from the rows, and the accounts that lead to them. Written apart from the findings stage on purpose.

The stage sums what its own steps selected. Here the rows listed for a figure are read from `shipment` and `goods` once more,
and totals and rankings are formed again from `reading` in all three readings. What both agree on, two programs say.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .verify_report import Check

if TYPE_CHECKING:
    from enduse.engine.base import Engine

AGAIN = "Take the value computed, or get the crate again from where it came"
RUN = "Run the case again: enduse run CASE"
# What a row adds: columns of shipment (s) and goods (g).
FIELDS: dict[str, str] = {
    "value_usd": "s.value_usd",
    "net_kg": "s.net_kg",
    "pieces": "CASE WHEN s.unit = 'C62' THEN s.quantity END",
    "value": "CASE WHEN s.value_usd IS NULL THEN s.value END",
    "shipment": "s.shipment_id",
    "exporter": "s.exporter_party",
    "importer": "s.importer_party",
    "brand": "nullif(g.brand, '')",
    "model": "nullif(g.model, '')",
    "day": "CASE WHEN s.date_precision = 'day' THEN CAST(s.date AS VARCHAR) END",
}
AMOUNTS = frozenset({"value_usd", "net_kg", "pieces", "value"})
# Measures of totals: the field they rest on.
TOTALS: dict[str, str] = {
    "value_usd": "value_usd", "net_kg": "net_kg", "quantity": "pieces", "records": "shipment", "exporters": "exporter",
    "importers": "importer", "brands": "brand", "models": "model", "first_date": "day", "last_date": "day",
}  # fmt: skip
MERGED = frozenset({"exporters", "importers"})  # their ranges reach further: other merges of names count too
# Rankings: what a line is about.
SUBJECTS: dict[str, str] = {
    "by_exporter": "s.exporter_party",
    "by_importer": "s.importer_party",
    "by_brand": "nullif(g.brand, '')",
    "by_model": "nullif(g.model, '')",
    "by_origin": "s.origin_country",
    "by_departure": "s.departure_country",
    "by_destination": "s.destination_country",
    "by_month": "CASE WHEN s.date IS NOT NULL AND s.date_precision <> 'year' THEN strftime(s.date, '%Y-%m') END",
    "value": "CASE WHEN s.value_usd IS NULL AND s.value IS NOT NULL THEN coalesce(s.currency, concat('unnamed currency of ', s.source)) END",
}
RULES: dict[str, str] = {
    "sum": "sum({x})",
    "count": "count({x})",
    "distinct": "count(DISTINCT {x})",
    "first": "min({x})",
    "last": "max({x})",
}
_READ = "FROM reading AS r JOIN shipment AS s ON s.shipment_id = r.shipment_id JOIN goods AS g ON g.shipment_id = r.shipment_id"


def plain(value: object) -> str:
    """A value as figure text: decimals without trailing zeros, nothing as the empty text."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def field_of(figure: dict[str, Any]) -> str | None:
    """The field a figure rests on, by its measure; None where none is known."""
    measure = str(figure["measure"]).removeprefix("claim:")
    if measure == "value":
        return "value"
    if measure in SUBJECTS:
        return "value_usd" if figure["rule"] == "sum" else "shipment"
    return TOTALS.get(measure)


def from_rows(engine: Engine, figures: list[dict[str, Any]], check: Check, where: str) -> None:
    """The value of every figure from the rows listed for it, in one pass over all of them."""
    known = [(f["figure_id"], field_of(f)) for f in figures]
    for figure, (_, field) in zip(figures, known, strict=True):
        if field is None or figure["rule"] not in RULES:
            check.fault(f"{where} {figure['figure_id']}", "is a figure this version cannot compute", found=f"{figure['measure']}, {figure['rule']}", fix="Verify it with the version that made it")  # fmt: skip
    engine.put("figure_field", pa.table({"figure_id": pa.array([k for k, _ in known], pa.string()), "field": pa.array([f for _, f in known], pa.string())}))  # fmt: skip
    amount = "".join(f" WHEN k.field = '{f}' THEN {FIELDS[f]}" for f in sorted(AMOUNTS))
    item = "".join(f" WHEN k.field = '{f}' THEN {sql}" for f, sql in FIELDS.items() if f not in AMOUNTS)
    got = engine.fetch(
        "SELECT figure_id, count(*) AS n, sum(amount) AS total, count(item) AS items, count(DISTINCT item) AS different, min(item) AS first, max(item) AS last, "
        "count(CASE WHEN listed IS DISTINCT FROM amount THEN 1 END) AS wrong, count(CASE WHEN amount IS NULL AND item IS NULL THEN 1 END) AS nothing "
        f"FROM (SELECT f.figure_id, f.amount AS listed, CASE{amount} END AS amount, CASE{item} END AS item FROM figure_row AS f "
        "JOIN figure_field AS k ON k.figure_id = f.figure_id JOIN shipment AS s ON s.shipment_id = f.shipment_id "
        "JOIN goods AS g ON g.shipment_id = f.shipment_id) AS listed GROUP BY figure_id"
    ).to_pylist()
    engine.drop("figure_field")
    found = {r["figure_id"]: r for r in got}
    none = {"n": 0, "total": None, "items": 0, "different": 0, "first": None, "last": None, "wrong": 0, "nothing": 0}
    column = {"sum": "total", "count": "items", "distinct": "different", "first": "first", "last": "last"}
    rows = 0
    for figure in figures:
        if figure["rule"] not in column:
            continue
        again = found.get(figure["figure_id"], none)
        rows += again["n"]
        place = f"{where} {figure['figure_id']}"
        value = plain(again[column[figure["rule"]]])
        if value != (figure["value"] or ""):
            check.fault(
                place,
                f"the rows listed for it do not give its value ({figure['label'][:80]})",
                figure["value"],
                value,
                AGAIN,
            )
        if again["n"] != figure["rows"]:
            check.fault(place, "another number of rows is listed for it", figure["rows"], again["n"], AGAIN)
        if figure["rule"] == "sum" and again["wrong"]:
            check.fault(place, "rows listed for it state other amounts than the records", 0, again["wrong"], AGAIN)
        if again["nothing"]:
            check.fault(place, "rows listed for it add nothing to it", 0, again["nothing"], AGAIN)
    check.looked = f"{len(figures):,} figures from {rows:,} rows listed for them"


def readings(engine: Engine, figures: list[dict[str, Any]], check: Check, where: str) -> None:
    """Totals and rankings formed again from `reading`: strict, central and broad, and the number of rows."""
    totals = {f["measure"]: f for f in figures if f["measure"] in TOTALS}
    wanted = []
    for measure, figure in totals.items():
        field = FIELDS[TOTALS[measure]]
        for reading in ("strict", "central", "broad"):
            wanted.append(
                f"{RULES[figure['rule']].format(x=f'CASE WHEN r.{reading} = 1 THEN {field} END')} AS {measure}__{reading}"
            )
        wanted.append(f"count(CASE WHEN r.central = 1 THEN {field} END) AS {measure}__rows")
    if wanted:
        got = engine.fetch(f"SELECT {', '.join(wanted)} {_READ}").to_pylist()[0]
        for measure, figure in totals.items():
            _hold(figure, {k: got[f"{measure}__{k}"] for k in ("strict", "central", "broad", "rows")}, check, where)
    lines = 0
    for measure, subject in SUBJECTS.items():
        ranked = [f for f in figures if f["measure"] == measure]
        if ranked:
            lines += len(ranked)
            _ranking(engine, ranked, subject, check, where)
    check.looked = f"{len(totals)} totals and {lines} lines of rankings in three readings"
    asked = sum(str(f["measure"]).startswith("claim:") for f in figures)
    if asked:
        check.left = (
            f"{asked} figures asked by press claims: their values are computed from their rows, their ranges are not"
        )


def _ranking(engine: Engine, ranked: list[dict[str, Any]], subject: str, check: Check, where: str) -> None:
    field = FIELDS[field_of(ranked[0]) or "shipment"]
    rule = RULES[ranked[0]["rule"]]
    parts = ", ".join(
        f"{rule.format(x=f'CASE WHEN listed.{r} = 1 THEN x END')} AS {r}" for r in ("strict", "central", "broad")
    )
    got = engine.fetch(
        f"SELECT subject, {parts}, count(CASE WHEN listed.central = 1 THEN x END) AS rows FROM "
        f"(SELECT {subject} AS subject, {field} AS x, r.strict, r.central, r.broad {_READ}) AS listed WHERE subject IS NOT NULL GROUP BY subject"
    ).to_pylist()
    found = {r["subject"]: r for r in got}
    for figure in ranked:
        again = found.get(figure["subject_id"])
        if again is None:
            check.fault(
                f"{where} {figure['figure_id']}",
                "is about a subject no counted row has",
                figure["subject_id"],
                "no row",
                AGAIN,
            )
        else:
            _hold(figure, again, check, where)


def _number(text: str | None) -> Decimal | str | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return text


def _hold(figure: dict[str, Any], again: dict[str, Any], check: Check, where: str) -> None:
    """A figure's readings, range and rows against those formed again."""
    place = f"{where} {figure['figure_id']}"
    values = {k: plain(again[k]) for k in ("strict", "central", "broad")}
    for column, reading in (("strict", "strict"), ("value", "central"), ("broad", "broad")):
        if (figure[column] or "") != values[reading]:
            check.fault(
                place,
                f"the {reading} reading gives another value ({figure['label'][:80]})",
                figure[column],
                values[reading],
                AGAIN,
            )
    if figure["rows"] != again["rows"]:
        check.fault(place, "the central reading counts another number of rows", figure["rows"], again["rows"], AGAIN)
    ends = [_number(v) for v in values.values() if v]
    stated = (_number(figure["low"]), _number(figure["high"]))
    if not ends or None in stated:
        return
    low, high = min(ends), max(ends)  # type: ignore[type-var]  # all numbers, or all dates
    merged = figure["measure"] in MERGED
    right = stated == (low, high) if not merged else stated[0] <= low and stated[1] >= high  # type: ignore[operator]  # as above
    if not right:
        check.fault(
            place,
            "its range is not that of its readings",
            f"{figure['low']} to {figure['high']}",
            f"{low} to {high}",
            AGAIN,
        )


def only_counted(engine: Engine, check: Check, where: str) -> None:
    """No figure lists a row that the central reading does not count (claims may ask beyond the question of the case)."""
    got = engine.fetch(
        "SELECT f.figure_id, count(*) AS n FROM figure_row AS f JOIN figure AS k ON k.figure_id = f.figure_id "
        "LEFT JOIN (SELECT shipment_id FROM reading WHERE central = 1) AS r ON r.shipment_id = f.shipment_id "
        "WHERE r.shipment_id IS NULL AND NOT starts_with(k.measure, 'claim:') GROUP BY f.figure_id ORDER BY f.figure_id"
    ).to_pylist()
    for line in got:
        check.fault(
            f"{where} {line['figure_id']}", "lists rows the central reading does not count", 0, line["n"], AGAIN
        )
    twins = engine.fetch(
        "SELECT count(*) AS n FROM reading AS r JOIN duplicate AS d ON d.shipment_id = r.shipment_id WHERE r.central = 1"
    )["n"][0].as_py()
    if twins:
        check.fault("reading", "counts lots that `duplicate` says are counted elsewhere", 0, twins, AGAIN)


def accounts(engine: Engine, check: Check, where: str) -> None:
    """Every source: records read = loaded + rejected + duplicates, in records and value, and each part as the tables have it."""
    got = engine.fetch(
        "SELECT a.source, a.kind, a.records_read, a.loaded, a.rejected, a.duplicates, a.value_read, a.value_loaded, a.value_rejected, a.value_duplicates, "
        "coalesce(s.n, 0) AS shipments, coalesce(r.n, 0) AS refused, coalesce(d.n, 0) AS twins, "
        "coalesce(s.v, 0) AS shipped_value, coalesce(r.v, 0) AS refused_value, coalesce(d.v, 0) AS twin_value FROM source AS a "
        "LEFT JOIN (SELECT source, count(*) AS n, sum(CAST(value AS DECIMAL(28, 4))) AS v FROM shipment GROUP BY source) AS s ON s.source = a.source "
        "LEFT JOIN (SELECT source, count(*) AS n, sum(CAST(value AS DECIMAL(28, 4))) AS v FROM rejection GROUP BY source) AS r ON r.source = a.source "
        "LEFT JOIN (SELECT source, count(*) AS n, sum(CAST(value AS DECIMAL(28, 4))) AS v FROM duplicate GROUP BY source) AS d ON d.source = a.source "
        "ORDER BY a.source"
    ).to_pylist()
    for line in got:
        place = f"{where} {line['source']}"

        def hold(what: str, stated: object, found: object, place: str = place) -> None:
            if stated != found:
                check.fault(place, what, stated, found, AGAIN)

        hold("records read = loaded + rejected + duplicates does not hold", line["records_read"], line["loaded"] + line["rejected"] + line["duplicates"])  # fmt: skip
        hold("`rejection` has another number of its records", line["rejected"], line["refused"])
        hold("`duplicate` has another number of its records", line["duplicates"], line["twins"])
        if line["kind"] in ("customs", "order"):
            hold("`shipment` has another number of its records", line["loaded"] + line["duplicates"], line["shipments"])
            hold("the value of its records in `shipment` is another one", line["value_loaded"] + line["value_duplicates"], line["shipped_value"])  # fmt: skip
            hold("the value of its records in `duplicate` is another one", line["value_duplicates"], line["twin_value"])
            hold(
                "the value of its records in `rejection` is another one", line["value_rejected"], line["refused_value"]
            )
            hold("value read = loaded + rejected + duplicates does not hold", line["value_read"], line["value_loaded"] + line["value_rejected"] + line["value_duplicates"])  # fmt: skip
    check.looked = f"{sum(g['records_read'] for g in got):,} records of {len(got)} sources"
    _waterfall(engine, check)


def _waterfall(engine: Engine, check: Check) -> None:
    steps = engine.fetch("SELECT * FROM waterfall ORDER BY position").to_pylist()
    if not steps:
        return
    where = "waterfall"
    for column in ("rows", "value_usd"):
        total = sum(s[column] or 0 for s in steps if s["kind"] == "total")
        rest = sum(s[column] or 0 for s in steps if s["kind"] != "total")
        if total != rest:
            check.fault(where, f"its steps do not add up in {column}", total, rest, AGAIN)
    kept = sum(s["rows"] for s in steps if s["kind"] == "kept")
    central = engine.fetch("SELECT count(*) AS n FROM reading WHERE central = 1")["n"][0].as_py()
    if kept != central:
        check.fault(where, "the rows kept are not those the central reading counts", kept, central, AGAIN)


def figures(engine: Engine, check_rows: Check, check_readings: Check, where: str) -> None:
    """All checks of figures over the tables attached in `engine`."""
    listed = engine.fetch("SELECT * FROM figure ORDER BY figure_id").to_pylist()
    from_rows(engine, listed, check_rows, where)
    readings(engine, listed, check_readings, where)
    only_counted(engine, check_readings, where)
