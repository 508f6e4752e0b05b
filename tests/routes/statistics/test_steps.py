"""Mirror, moves, substitutes and losses over small worlds whose answer is known by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from lanes_world import month, row, run

import enduse.routes.statistics as room
from enduse.contracts.case_file import CaseFile, Event
from enduse.engine.dialect import faults

EVENT = dt.date(2022, 3, 1)
CASE = CaseFile(event=[Event(name="cut", date=EVENT, exporter=["DE"], importer=["RU"])])


def test_every_query_is_portable():
    for path in sorted((Path(room.__file__).parent / "sql").glob("*.sql")):
        assert faults(path.read_text(encoding="utf-8")) == [], path.name


def test_mirror_corrects_freight_and_tells_silence_from_zero(duck, tmp_path):
    rows = [
        row("DE", "TR", "export", dt.date(2022, 1, 1), 1000.0, freq="year"),
        row("TR", "DE", "import", dt.date(2022, 1, 1), 1050.0, freq="year"),
        row(
            "DE", "TR", "export", dt.date(2023, 1, 1), 1000.0, freq="year"
        ),  # Türkiye reports 2023, but none from Germany
        row("TR", "FR", "import", dt.date(2023, 1, 1), 7.0, freq="year"),
        row("DE", "KZ", "export", dt.date(2022, 1, 1), 500.0, freq="year"),  # Kazakhstan reports nothing
        row("DE", "not specified", "export", dt.date(2022, 1, 1), 80.0, freq="year"),
    ]
    made = {(r["importer"], r["exporter"], r["period"]): r for r in run(duck, tmp_path, rows)["mirror_gap"].to_pylist()}
    both = made["TR", "DE", "2022"]
    assert both["rule"] == "both_report"
    assert 950 < both["imports_fob"] < 1050
    assert both["gap"] == both["imports_fob"] - both["exports"]
    assert both["gap_low"] < both["gap"] < both["gap_high"]
    assert {"cif_to_fob", "not_specified", "within_range"} <= set(both["explained_by"].split(";"))
    silent = made["TR", "DE", "2023"]
    assert (silent["rule"], silent["imports_fob"], silent["gap"]) == ("importer_reports_none", 0, -1000)
    unseen = made["KZ", "DE", "2022"]
    assert (unseen["rule"], unseen["imports_fob"], unseen["gap"]) == ("importer_not_in_view", None, None)


def test_reconciled_figures_and_totals_are_no_mirror(duck, tmp_path):
    rows = [
        row("DE", "TR", "export", dt.date(2022, 1, 1), 1.0, reconciled=1),
        row("TR", "W", "import", dt.date(2022, 1, 1), 5.0),
    ]
    assert run(duck, tmp_path, rows)["mirror_gap"].num_rows == 0


def _world(*, hub: bool) -> list[dict[str, object]]:
    """Exports of Germany and of third countries for six years; a cut to Russia in March 2022, with or without a way round."""
    rng = np.random.default_rng(5)
    rows = []
    for k, code in enumerate(("841370", "841420", "841830", "851680", "902780")):
        for n in range(66):
            late = month(n) >= EVENT
            cut = late and code == "841370"
            wobble = lambda: float(np.exp(rng.normal(0, 0.12)))  # noqa: E731
            rows.append(row("DE", "RU", "export", month(n), (200_000 if cut else 1_000_000) * wobble() * (k + 1), code))
            detour = 700_000 if cut and hub else 0
            for place in ("KZ", "TR", "AE", "RS", "GE"):
                extra = detour if place == "KZ" else 0
                rows.append(row("DE", place, "export", month(n), 300_000 * wobble() + extra * wobble(), code))
                rows.append(row(place, "RU", "export", month(n), 100_000 * wobble() + extra * wobble(), code))
            for a, b in (("BR", "CL"), ("CL", "PE"), ("PE", "BR"), ("ZA", "EG"), ("EG", "ZA"), ("MX", "CL")):
                rows.append(row(a, b, "export", month(n), 400_000 * wobble(), code))
    return rows


@pytest.fixture(scope="module")
def with_hub(tmp_path_factory):
    from enduse.engine.duckdb import DuckDBEngine

    folder = tmp_path_factory.mktemp("hub")
    engine = DuckDBEngine(folder / "spill")
    yield run(engine, folder, _world(hub=True), CASE)
    engine.close()


def test_a_cut_and_its_detour_are_found(with_hub):
    moves = [b for b in with_hub["route_break"].to_pylist() if b["event"] == "cut" and b["goods"] == "841370"]
    fall = next(b for b in moves if (b["exporter"], b["importer"]) == ("DE", "RU"))
    assert fall["date_low"] <= "2022-03" <= fall["date_high"]
    assert fall["level_ratio"] == pytest.approx(0.2, rel=0.15)
    assert fall["ratio_ppml"] is not None
    found = [
        s
        for s in with_hub["substitution"].to_pylist()
        if s["hub"] and s["goods"] == "841370" and s["event_date"] == EVENT.isoformat()
    ]
    assert [(s["origin"], s["hub"], s["destination"], s["verdict"]) for s in found] == [
        ("DE", "KZ", "RU", "substitute")
    ]
    assert found[0]["ratio"] == pytest.approx(700_000 / 800_000, rel=0.15)
    assert found[0]["ratio_low"] < found[0]["ratio"] < found[0]["ratio_high"]


def test_goods_without_a_cut_claim_nothing(with_hub):
    other = [
        s for s in with_hub["substitution"].to_pylist() if s["hub"] and s["goods"] not in ("841370", "8413", "ALL")
    ]
    assert other == []


def test_a_fall_without_a_detour_is_a_result(duck, tmp_path):
    made = run(duck, tmp_path, _world(hub=False), CASE)["substitution"].to_pylist()
    line = next(s for s in made if s["goods"] == "841370" and s["destination"] == "RU" and s["measure"] == "USD")
    assert (line["hub"], line["verdict"]) == ("", "no_visible_substitute")
    assert float(line["lost"]) == pytest.approx(800_000, rel=0.1)


def test_codes_new_in_2022_are_named_and_never_a_move(duck, tmp_path):
    rng = np.random.default_rng(2)
    rows = [
        row("DE", p, "export", month(n), 1e5 * float(np.exp(rng.normal(0, 0.1))), "841370")
        for n in range(66)
        for p in ("RU", "KZ", "TR")
    ]
    rows += [
        row("DE", p, "export", month(n), 1e5, "880622", hs_revision="H6")
        for n in range(48, 66)
        for p in ("RU", "KZ", "TR")
    ]
    found = [b for b in run(duck, tmp_path, rows, CASE)["route_break"].to_pylist() if b["goods"] == "880622"]
    assert found
    assert all(b["nomenclature_change"] == 1 and "HS 2022" in b["note"] for b in found)


def test_yearly_series_claim_no_move(duck, tmp_path):
    rows = [
        row("DE", "RU", "export", dt.date(y, 1, 1), 10.0 if y < 2023 else 1000.0, freq="year", reconciled=1)
        for y in range(1995, 2025)
    ]
    made = run(duck, tmp_path, rows, CASE)
    assert made["route_break"].num_rows == 0
    assert any("yearly" in (t["note"] or "") for t in made["route_test"].to_pylist())


def test_goods_that_stop_arriving(duck, tmp_path):
    rows = []
    for n in range(66):
        for place in ("RU", "TR", "RS", "KZ"):
            rows.append(row("DE", place, "export", month(n), 1000.0 * 1000))
            got = 0.4 if place == "RU" and month(n) >= EVENT else 1.0
            rows.append(row(place, "DE", "import", month(n), 1_000_000 * got * 1.03))
    made = run(duck, tmp_path, rows, CASE)["lost_in_transit"].to_pylist()
    line = next(r for r in made if r["goods"] == "84")
    assert line["missing_before"] < 0.05
    assert line["missing_after"] == pytest.approx(0.6, abs=0.05)
    assert line["p_placebo"] == 0.25


def test_an_empty_case_makes_empty_tables(duck, tmp_path):
    assert all(t.num_rows == 0 for n, t in run(duck, tmp_path, []).items() if n != "route_test")
