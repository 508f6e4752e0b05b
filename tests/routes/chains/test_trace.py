"""From shipments to chains on small worlds: what must be found, what must not, and bad input."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from trade_world import load, relays, row, trace

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.routes.chains.features import EARLY
from enduse.routes.chains.question import balance, chains_where, onward, parties_named, records_of
from enduse.terminal_chains import chains_text, why_chain, why_none


def _reach(rows, found):
    return {
        "records": len(rows), "dated": sum(r["date"] is not None for r in rows), "counted": sum(r["quantity"] is not None for r in rows),
        "weighed": sum(r["net_kg"] is not None for r in rows), "exports": sum(r["direction"] == "export" for r in rows), "imports": sum(r["direction"] == "import" for r in rows),
        "consignments": found["consignment"].num_rows, "links": found["link"].num_rows, "chains": found["chain"].num_rows,
    }  # fmt: skip


def test_relays_of_four_firms_are_found_first(duck, tmp_path):
    rows, true = relays()
    found, _ = trace(duck, rows, tmp_path)
    steps = {}
    for h in found["hop"].to_pylist():
        steps.setdefault(h["chain_id"], []).append(h["shipment_id"])
    relay = [[f"aaaaaaaaaaaa-{n}" for n in numbers] for numbers in true]
    got = [steps[c["chain_id"]] for c in found["chain"].to_pylist()]
    whole = sum(any(r == g for g in got) for r in relay)
    assert whole >= 0.6 * len(relay)
    right = {(a, b) for r in relay for a, b in pairwise(r)}
    top = [pair for g in got[:60] for pair in pairwise(g)]
    assert sum(p in right for p in top) >= 0.9 * len(top)


def test_tables_keep_their_promises(duck, tmp_path):
    rows, _ = relays()
    found, heard = trace(duck, rows, tmp_path)
    chain, hop, link = (found[n].to_pylist() for n in ("chain", "hop", "link"))
    assert [c["rank"] for c in chain] == list(range(1, len(chain) + 1))
    ids = {r["shipment_id"] for r in rows}
    assert all(h["shipment_id"] in ids for h in hop)
    used = [h["shipment_id"] for h in hop]
    assert len(used) == len(set(used))
    by = {}
    for h in hop:
        by.setdefault(h["chain_id"], []).append(h)
    for c in chain:
        steps = sorted(by[c["chain_id"]], key=lambda h: h["position"])
        assert [h["position"] for h in steps] == list(range(1, c["hops"] + 1))
        assert c["hops"] <= 11
        assert all(a["to_party"] == b["from_party"] for a, b in pairwise(steps))
        product = 1.0
        for h in steps[1:]:
            product *= h["strength"]
        assert c["continuity"] == pytest.approx(product, abs=1e-5)
        assert c["quantity"] == min(h["quantity"] for h in steps)
        assert 0 <= c["concern"] <= 1
    assert all(0 <= x["continuity"] <= 1 and x["lag_days"] >= -EARLY for x in link)
    assert {r["decoy"] for r in found["chain_quality"].to_pylist()} >= {"time reversal", "partner permutation"}
    assert any("decoys" in line for line in heard.lines)


def test_questions(duck, tmp_path):
    rows, true = relays()
    found, _ = trace(duck, rows, tmp_path)
    every = chains_where(duck)
    assert len(every) == found["chain"].num_rows
    assert all(c["steps"] for c in every)
    assert chains_where(duck, finish="RU") == []
    some = parties_named(duck, "trader 3")
    assert len(some) == 1
    through = chains_where(duck, parties=tuple(some))
    assert through
    assert all(any(some[0] in (h["from_party"], h["to_party"]) for h in c["steps"]) for c in through)
    assert all(c["hops"] <= 2 for c in chains_where(duck, most_hops=2))
    one = every[0]["chain_id"]
    assert [c["chain_id"] for c in chains_where(duck, chain=one)] == [one]
    assert chains_where(duck, chain="H-0000000000") == []
    records = records_of(duck, one)
    assert {r["position"] for r in records} == {s["position"] for s in every[0]["steps"] if s["basis"] == "declared"}
    text = why_chain(every[0], records)
    assert all(f"{r['source']}:{r['row']} [declared]" in text for r in records)
    first = f"aaaaaaaaaaaa-{true[0][0]}"
    ways = onward(duck, first)
    assert ways == sorted(ways, key=lambda w: (-w["continuity"], w["outbound"]))
    held = balance(duck, tuple(some))
    assert all(b["bound_kg"] is None or b["bound_kg"] <= b["kg_in"] for b in held)
    text = chains_text(every, found["chain_quality"].to_pylist(), _reach(rows, found), onward=ways, balance=held)
    assert "weakest" in text
    assert "continuity" in text


def _pairs(count, *, shift=6, same_file=False):
    """Lots of several firms, declared by the exporting and by the importing country."""
    rows = []
    for k in range(count):
        number = 20 + (k * 37) % 400
        one = row(2 * k + 1, f"Maker {k % 7}", f"Buyer {k % 11}", 3 * k, quantity=number)
        other = one | {
            "direction": "import",
            "row": 2 * k + 2,
            "date": one["date"].replace() + (row(1, "a", "b", shift)["date"] - row(1, "a", "b", 0)["date"]),
        }
        other |= {
            "source": "a.csv" if same_file else "b.csv",
            "shipment_id": f"{'a' * 12 if same_file else 'b' * 12}-{2 * k + 2}",
        }
        rows += [one, other]
    return rows


def test_a_lot_declared_on_both_sides_counts_once(duck, tmp_path):
    rows = _pairs(200)
    found, _ = trace(duck, rows, tmp_path)
    twins = found["mirror_duplicate"].to_pylist()
    assert len(twins) >= 190
    names = [t["shipment_id"] for t in twins] + [t["of_shipment_id"] for t in twins]
    assert len(names) == len(set(names)), "one to one"
    number = {r["shipment_id"]: (r["row"] + 1) // 2 for r in rows}
    assert sum(number[t["shipment_id"]] == number[t["of_shipment_id"]] for t in twins) >= 0.98 * len(twins)
    member = found["consignment_row"].to_pylist()
    assert len(member) == len(rows)
    assert sum(m["counted"] for m in member) == len(rows) - len(twins)


def test_two_rows_of_one_file_or_one_side_are_never_mirrors(duck, tmp_path):
    assert trace(duck, _pairs(120, same_file=True), tmp_path)[0]["mirror_duplicate"].num_rows == 0


def test_two_rows_of_one_side_are_never_mirrors(duck, tmp_path):
    rows = [r | {"direction": "import"} for r in _pairs(120)]
    assert trace(duck, rows, tmp_path)[0]["mirror_duplicate"].num_rows == 0


def test_honest_repeats_survive(duck, tmp_path):
    """Equal lots every week, one of them declared on the other side too: one is a mirror, the rest are trade."""
    rows = _pairs(150)
    weekly = [row(1000 + k, "Steady Maker", "Steady Buyer", 40 + 7 * k, quantity=60) for k in range(20)]
    rows += weekly
    twin = weekly[4] | {
        "direction": "import",
        "source": "b.csv",
        "shipment_id": "bbbbbbbbbbbb-2000",
        "row": 2000,
        "date": weekly[5]["date"],
    }
    found, _ = trace(duck, [*rows, twin], tmp_path)
    repeats = [
        t
        for t in found["mirror_duplicate"].to_pylist()
        if "bbbbbbbbbbbb-2000" in (t["shipment_id"], t["of_shipment_id"])
    ]
    gone = {t["shipment_id"] for t in found["mirror_duplicate"].to_pylist()} & {r["shipment_id"] for r in weekly}
    assert len(repeats) <= 1
    assert len(gone) <= 1


CASES = {
    "nothing": list,
    "no dates": lambda: [r | {"date": None} for r in relays(30)[0]],
    "no quantities": lambda: [r | {"quantity": None, "net_kg": None, "value_usd": None} for r in relays(30)[0]],
    "import side only": lambda: [r | {"direction": "import"} for r in relays(30)[0]],
    "one country only": lambda: [
        r | dict.fromkeys(("exporter_country", "importer_country", "departure_country", "destination_country"), "CN")
        for r in relays(30)[0]
    ],
    "one hub": lambda: [
        row(k + 1, "Hub" if k % 2 else f"Maker {k % 9}", f"User {k % 9}" if k % 2 else "Hub", k // 2, quantity=50)
        for k in range(400)
    ],
    "self-shipments": lambda: [row(k + 1, "One", "One", k) for k in range(50)],
    "cycles": lambda: [row(k + 1, f"Ring {k % 3}", f"Ring {(k + 1) % 3}", 5 * k, quantity=101) for k in range(90)],
    "dates out of order": lambda: list(reversed(relays(30)[0])),
    "zero weights": lambda: [r | {"net_kg": Decimal(0), "gross_kg": Decimal(0)} for r in relays(30)[0]],
    "no names": lambda: [r | {"exporter_name": None, "importer_name": None} for r in relays(10)[0]],
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gives_tables_and_a_reason(duck, tmp_path, name):
    rows = CASES[name]()
    found, _ = trace(duck, rows, tmp_path)
    for table, data in found.items():
        assert data.schema == TABLES[table].schema
    text = chains_text(chains_where(duck), found["chain_quality"].to_pylist(), _reach(rows, found))
    if not found["chain"].num_rows:
        assert text.startswith("No chains"), text
    if name == "no dates":
        assert "no record states a date" in why_none(_reach(rows, found))
    if name in ("self-shipments", "no names"):
        assert "two different firms" in why_none(_reach(rows, found))
    if name in ("no quantities", "zero weights"):
        assert "No record states a" in text or name == "zero weights"
    if name == "cycles":
        assert all(c["hops"] <= 11 for c in found["chain"].to_pylist())


def test_chains_end_where_the_question_asks(duck, tmp_path):
    rows, true = relays()
    last = {n[-1] for n in true[:40]}
    rows = [r | {"destination_country": "RU"} if r["row"] in last else r for r in rows]
    case = CaseFile.model_validate({"scope": {"destination": ["RU"]}})
    found, _ = trace(duck, rows, tmp_path, case)
    to_ru = [c for c in found["chain"].to_pylist() if c["to_country"] == "RU"]
    assert len(to_ru) >= 20
    assert all("ends where the question asks" in c["reasons"] for c in to_ru)


def test_the_same_rows_give_the_same_tables(duck, tmp_path):
    rows, _ = relays(60)
    first, _ = trace(duck, rows, tmp_path / "a")
    again, _ = trace(duck, list(reversed(rows)), tmp_path / "b")
    assert all(first[n].equals(again[n]) for n in first)


@pytest.mark.spark
def test_both_engines_give_equal_tables(duck, tmp_path):
    pytest.importorskip("pyspark")
    import shutil

    if shutil.which("java") is None:
        pytest.skip("no Java on this machine, so no Spark")
    from enduse.engine.spark import SparkEngine

    rows, _ = relays(40)
    first, _ = trace(duck, rows, tmp_path / "a")
    engine = SparkEngine(tmp_path / "spark")
    try:
        second, _ = trace(engine, rows, tmp_path / "b")
    finally:
        engine.close()
    for name in first:
        assert first[name].equals(second[name]), name


def test_loading_alone_names_every_party(duck):
    assert len(load(duck, relays(5)[0])) > 5


def test_a_relay_of_new_firms_after_a_rule_ranks_first(duck, tmp_path):
    """Firms first seen after the day, on a way nobody used before it, to where the question asks."""
    rows, true = relays(150)
    late = true[:6]
    new = {n: k for k, numbers in enumerate(late) for n in numbers}
    changed = []
    for old in rows:
        r = old
        if r["row"] in new:
            k, position = new[r["row"]], late[new[r["row"]]].index(r["row"])
            day = row(1, "a", "b", 500 + 9 * k + 12 * position)["date"]
            firms = [f"Maker {k}", f"Late {k}", f"Later {k}", f"End {k}"]
            land = ["CN", "TR", "KZ", "RU"]
            r = old | {
                "date": day, "hs_code": "880622", "description": f"drone Q{k}4711", "exporter_name": firms[position], "importer_name": firms[position + 1], "departure_country": land[position],
                "exporter_country": land[position], "destination_country": land[position + 1], "importer_country": land[position + 1], "quantity": Decimal(131 + 2 * k), "net_kg": Decimal(131 + 2 * k),
            }  # fmt: skip
        changed.append(r)
    case = CaseFile.model_validate(
        {
            "scope": {"destination": ["RU"]},
            "event": [{"name": "a rule", "date": "2023-02-01", "exporter": ["CN"], "goods": ["8806"]}],
        }
    )
    found, _ = trace(duck, changed, tmp_path, case)
    steps = {}
    for h in found["hop"].to_pylist():
        steps.setdefault(h["chain_id"], []).append(h["shipment_id"])
    planted = [[f"aaaaaaaaaaaa-{n}" for n in numbers] for numbers in late]
    got = [c for c in found["chain"].to_pylist() if steps[c["chain_id"]] in planted]
    assert len(got) >= 4
    assert all("first seen after a dated rule" in c["reasons"] for c in got)
    assert max(c["rank"] for c in got) <= 2 * len(late)
    others = [c for c in found["chain"].to_pylist() if steps[c["chain_id"]] not in planted]
    assert not any("dated rule" in c["reasons"] for c in others)
    assert min(c["concern"] for c in got) > max(c["concern"] for c in others)
