"""The large file of the benchmarks: same bytes, as many different texts and names as asked for, the stated share of watched goods."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from enduse.simulate import declarations, watchlist

ROWS = 20_000


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("bulk") / "bulk.csv"
    declarations(path, rows=ROWS, texts=3_000, names=800, seed=5)
    return path


@pytest.fixture(scope="module")
def rows(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_equal_seeds_give_equal_bytes_and_others_do_not(path, tmp_path):
    declarations(tmp_path / "same.csv", rows=ROWS, texts=3_000, names=800, seed=5)
    declarations(tmp_path / "other.csv", rows=ROWS, texts=3_000, names=800, seed=6)
    assert (tmp_path / "same.csv").read_bytes() == path.read_bytes() != (tmp_path / "other.csv").read_bytes()


def test_rows_texts_and_names_as_asked(rows):
    assert len(rows) == ROWS
    assert 2_950 <= len({r["product_description"] for r in rows}) <= 3_000
    assert 700 <= len({r["exporter_name"] for r in rows} | {r["importer_name"] for r in rows}) <= 800
    assert len({(r["declaration_number"], r["item_no"]) for r in rows}) == ROWS


def test_cells_are_what_their_columns_say(rows):
    assert all(dt.date.fromisoformat(r["declaration_date"]).year in (2022, 2023, 2024) for r in rows)
    assert all(float(r["value_usd"]) > 0 and int(r["quantity"]) > 0 for r in rows)
    assert all("," in r["product_description"] for r in rows)
    assert any("\u0400" <= c <= "\u04ff" for r in rows for c in r["exporter_name"])
    assert any("\u4e00" <= c <= "\u9fff" for r in rows for c in r["exporter_name"])


def test_three_in_a_hundred_are_watched(rows):
    watched = [r for r in rows if r["hs_code"].startswith(("8806", "8807"))]
    assert 0.015 <= len(watched) / ROWS <= 0.035  # parts under other codes come on top


def test_about_240_bytes_a_row(path):
    assert 200 <= path.stat().st_size / ROWS <= 270


def test_the_list_has_the_sdn_layout(tmp_path):
    watchlist(tmp_path / "list.csv", entries=200, seed=1)
    rows = list(csv.reader((tmp_path / "list.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 200
    assert all(len(row) == 12 and row[11] == "-0- " for row in rows)
    assert len({row[1] for row in rows}) >= 190  # quotes are dropped, so two spellings may fall together
