"""Rows of a case against published statistics: shares and bounds counted by hand, from files on disk to what a reader sees."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from lanes_world import row, run

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile

KEY = ("exporter", "importer", "hs6", "period", "reporter")


def lot(number: int, date: dt.date, usd: float | None, kg: float | None = 1.0, **more) -> dict[str, object]:
    plain = {
        "shipment_id": f"aaaaaaaaaaaa-{number}", "source": "rows.csv", "row": number, "date": date, "date_precision": "day", "direction": "export",
        "hs_code": "8413700000", "value_usd": None if usd is None else Decimal(str(usd)), "net_kg": None if kg is None else Decimal(str(kg)),
        "departure_country": "DE", "destination_country": "KZ",
    }  # fmt: skip
    return plain | more


JAN, FEB, MAR, APR = (dt.date(2022, m, 1) for m in (1, 2, 3, 4))
LOTS = [
    lot(1, dt.date(2022, 1, 5), 100),
    lot(2, dt.date(2022, 1, 9), 200, 2),
    lot(3, dt.date(2022, 1, 9), 200, 2),  # a repeat of 2
    lot(4, dt.date(2022, 2, 1), 50, None),
    lot(5, dt.date(2022, 2, 2), None, 9),  # no value in dollars
    lot(6, dt.date(2022, 4, 2), 70),
    lot(7, dt.date(2022, 1, 5), 999, direction="transit"),
    lot(8, dt.date(2022, 1, 1), 777, date_precision="year"),
    lot(9, dt.date(2022, 1, 5), 11, hs_code="84137"),  # five digits: no code of the lane, part of its total
]
STATS = [
    row("DE", "KZ", "export", dt.date(2021, 12, 1), 900),
    row("DE", "KZ", "export", JAN, 600, net_kg=Decimal(10)),
    row("DE", "KZ", "export", FEB, 500),
    row("DE", "KZ", "export", MAR, 400),
    row("DE", "KZ", "export", APR, 280),
    row("KZ", "DE", "import", JAN, 1000, partner_rule="origin"),
    row("KZ", "DE", "import", JAN, 750, partner_rule="consignment"),
    row("KZ", "DE", "import", FEB, 40),
    row("DE", "FR", "export", JAN, 5),  # a lane without rows
    row("KZ", "DE", "import", JAN, 60, "851680"),  # a code without rows
    row("DE", "KZ", "export", JAN, 3000, "TOTAL"),
]
TWIN = {"shipment_id": "aaaaaaaaaaaa-3", "source": "rows.csv", "row": 3, "of_shipment_id": "aaaaaaaaaaaa-2", "reason": "exact"}  # fmt: skip


@pytest.fixture
def covered(duck, tmp_path):
    made = run(duck, tmp_path, STATS, CaseFile(), {"shipment": LOTS, "duplicate_row": [TWIN]})["route_coverage"]
    return {tuple(r[k] for k in KEY): r for r in made.to_pylist()}


def test_share_of_each_lane_code_and_month(covered):
    january = covered["DE", "KZ", "841370", "2022-01", "DE"]
    assert (january["declared_usd"], january["published_usd"], january["share"]) == (300, 600, 0.5)
    assert (january["declared_kg"], january["published_kg"], january["note"]) == (3, 10, None)
    arrived = covered["DE", "KZ", "841370", "2022-01", "KZ"]  # by country of consignment where both are published
    assert (arrived["published_usd"], arrived["share"]) == (750, 0.4)
    assert arrived["note"] == "importer reports CIF, rows may be FOB"
    total = covered["DE", "KZ", "TOTAL", "2022-01", "DE"]
    assert (total["declared_usd"], total["published_usd"]) == (311, 3000)
    assert not any(k[1] == "FR" or k[2] in ("851680", "84137") for k in covered)


def test_what_limits_a_share_is_said(covered):
    february = covered["DE", "KZ", "841370", "2022-02", "DE"]
    assert (february["share"], february["declared_kg"]) == (0.1, None)
    assert february["note"] == "1 of 2 rows state no value in USD: the share is a lower bound"
    march = covered[
        "DE", "KZ", "841370", "2022-03", "DE"
    ]  # no row in a month between two with rows: nothing seen of 400
    assert (march["declared_usd"], march["share"], march["note"]) == (0, 0.0, None)
    early = covered["DE", "KZ", "841370", "2021-12", "DE"]
    assert (early["share"], early["note"]) == (0.0, "outside the months the rows of this lane cover")


def test_bounds_where_a_country_stops_publishing(covered):
    stopped = covered["DE", "KZ", "841370", "2022-04", "KZ"]
    assert (stopped["declared_usd"], stopped["published_usd"], stopped["share"]) == (70, None, None)
    assert (
        stopped["note"]
        == "KZ publishes nothing after 2022-02: at least what the rows add up to, about the 280 USD that DE publishes"
    )


def test_bounds_of_gaps_and_of_lanes_no_end_publishes(duck, tmp_path):
    stats = [row("KZ", "DE", "import", JAN, 10), row("KZ", "DE", "import", MAR, 10), row("KZ", "FR", "import", APR, 10)]
    lots = [lot(n, dt.date(2022, m, 3), 5) for n, m in enumerate((2, 4, 5), 1)] + [lot(9, dt.date(2021, 12, 3), 5)]
    made = run(duck, tmp_path, stats, CaseFile(), {"shipment": lots})["route_coverage"].to_pylist()
    assert all(r["reporter"] == "KZ" for r in made)  # Germany publishes nothing at all: no row of its own
    notes = {r["period"]: r["note"] for r in made if r["published_usd"] is None}
    rest = ": at least what the rows add up to, no upper bound: the other end has no figure either"
    assert notes == {
        "2021-12": "KZ publishes nothing before 2022-01" + rest,
        "2022-02": "KZ publishes nothing for this period" + rest,
        "2022-04": "KZ publishes this period, but no figure of this lane and code" + rest,
        "2022-05": "KZ publishes nothing after 2022-04" + rest,
    }


def test_every_row_has_its_own_key(covered, duck):
    table = duck.fetch(f"SELECT {TABLES['route_coverage'].select} FROM route_coverage")
    assert table.num_rows == len(covered) == len({tuple(r[k] for k in KEY) for r in table.to_pylist()})
