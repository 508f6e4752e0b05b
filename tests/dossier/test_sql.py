"""Every query of the room is in the portable subset and gives the rows that a plain, slow reading gives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enduse.contracts import TABLES
from enduse.dossier.ask import FOLDER, ask, listed, sql
from enduse.engine.dialect import faults

QUERIES = sorted(p.stem for p in FOLDER.glob("*.sql"))
LANE = {
    "exporter": "CN",
    "importer": "RU",
    "reporter": "CN",
    "partner": "RU",
    "goods": "8806",
    "flow": "export",
    "kilograms": 0,
    "dollars": 1,
}
DATES = {name: dt.date(2022, 3, 1) for name in ("start", "stop", "first")}
PARAMS = {
    "few": 3,
    "ids": ["P-1"],
    "clusters": ["K-1"],
    "alert": 0.5,
    "any_goods": 0,
    "any_partner": 0,
    "any_reporter": 0,
    **LANE,
    **DATES,
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_is_portable_and_runs(name, empty):
    assert faults(sql(name)) == []
    assert empty.fetch(sql(name), PARAMS) is not None


def test_the_tables_hold_what_the_queries_ask(empty):
    assert {t for t in TABLES if empty.fetch(f"SELECT count(*) AS n FROM {t}")["n"][0].as_py()} == set()


def test_lists_have_no_empty_items():
    assert listed(" a ;;b;") == ("a", "b")
    assert listed(None) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 400), st.one_of(st.none(), st.integers(0, 6))),
        max_size=60,
        unique_by=lambda t: t[:2],
    )
)
def test_the_shown_rows_are_the_largest_of_each_figure(empty, drawn):
    """The floors of the query never hide one of the rows that a full sort puts first."""
    rows = [
        {"figure_id": f"F-{f}", "shipment_id": f"abc-{n}", "amount": None if a is None else Decimal(a)}
        for f, n, a in drawn
    ]
    empty.put("figure_row", TABLES["figure_row"].arrow(rows))
    empty.put(
        "shipment", TABLES["shipment"].arrow([{"shipment_id": f"abc-{n}", "source": "s", "row": n} for n in range(401)])
    )
    got: dict[str, list[str]] = {}
    for row in ask(empty, "evidence", {"few": 4}):
        got.setdefault(row["figure_id"], []).append(row["shipment_id"])
    wanted = {}
    for figure in {r["figure_id"] for r in rows}:
        mine = [r for r in rows if r["figure_id"] == figure]
        mine.sort(key=lambda r: (r["amount"] is None, -(r["amount"] or 0), r["shipment_id"]))
        wanted[figure] = [r["shipment_id"] for r in mine[:4]]
    known = {k: v for k, v in wanted.items() if v}
    mixed = {f for f in known if len({r["amount"] is None for r in rows if r["figure_id"] == f}) > 1}
    assert {k: v for k, v in got.items() if k not in mixed} == {k: v for k, v in known.items() if k not in mixed}
    for figure in mixed:  # a sum lists the rows that add to it first; rows that add nothing only fill up
        adding = [
            i
            for i in known[figure]
            if next(r for r in rows if r["figure_id"] == figure and r["shipment_id"] == i)["amount"] is not None
        ]
        assert got[figure][: len(adding)] == adding


def test_arrow_is_what_comes_back(empty):
    assert isinstance(empty.fetch(sql("source")), pa.Table)


def test_the_rows_of_a_first_date_are_those_of_that_date(empty):
    figure = {"figure_id": "F-1", "value": "2022-03-01", "rule": "first", "rows": 900, "measure": "first_date"}
    empty.put("figure", TABLES["figure"].arrow([figure]))
    dates = {n: "2022-03-01" if n in (711, 555) else "2022-04-01" for n in range(900)}
    empty.put(
        "figure_row",
        TABLES["figure_row"].arrow(
            [{"figure_id": "F-1", "shipment_id": f"abc-{n}", "item": d} for n, d in dates.items()]
        ),
    )
    empty.put(
        "shipment", TABLES["shipment"].arrow([{"shipment_id": f"abc-{n}", "source": "s", "row": n} for n in dates])
    )
    got = [r["row"] for r in ask(empty, "evidence", {"few": 4})]
    assert got[:2] == [555, 711]
    assert len(got) == 4
