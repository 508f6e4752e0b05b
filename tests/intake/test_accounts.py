"""The account as a person reads it: reasons with samples, columns ignored, records and value."""

from __future__ import annotations

import hashlib
from pathlib import Path

from enduse import pipeline
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile, Source
from enduse.engine import Context
from enduse.engine.dialect import faults
from enduse.engine.duckdb import DuckDBEngine
from enduse.intake import STAGE, account_view, accounts, detect
from enduse.terminal import account_text

HEAD = "Declaration,Date,Exporter,Importer,HS Code,Description,Net Weight,Value USD,Zxq\n"
TRADE = (
    HEAD
    + "".join(f"D{i},2022-01-{i:02d},Alpha,Beta,8806{i},quadcopter,1{i},{i}00,q{i}\n" for i in range(10, 28))
    + "short\n,,,,,,,,\nalso short\n"
)
OWNERS = "owner,owned,share\nA,B,51\n,B,2\n"
LIST = "name,aliases,program\nZarya,ZP;Zavod Zarya,TEST\n,,TEST\n"
ORDER = '{"order": "O-1", "buyer": "Beta LLC", "items": [{"hs_code": "880622", "description": "quadcopter", "quantity": 5, "value_usd": 100}]}'


class Quiet:
    """Progress that says nothing."""

    def step(self, stage: str, name: str, number: int, of: int) -> None: ...
    def say(self, line: str) -> None: ...


def test_every_kind_is_read_and_accounted_for(tmp_path: Path, duck: DuckDBEngine) -> None:
    files = {"trade.csv": TRADE, "owners.csv": OWNERS, "list_2026-08-02.csv": LIST, "order.json": ORDER}
    sources = []
    for name, content in files.items():
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        sources.append(
            Source(alias=name, path=name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), kind=detect(path).kind)
        )
    assert [s.kind for s in sources] == ["customs", "ownership", "watchlist", "order"]
    (tmp_path / "out").mkdir()
    context = Context(duck, CaseFile(source=tuple(sources)), tmp_path, tmp_path / "scratch", Quiet())
    for step in STAGE.steps:
        pipeline.run_step(context, step, tmp_path / "out")
    duck.put("mirror_duplicate", TABLES["mirror_duplicate"].empty())
    duck.view("source", TABLES["source"].view or "")
    view = {r["source"]: r for r in account_view(duck)}
    for row in view.values():
        assert row["records_read"] == row["loaded"] + row["rejected"] + row["duplicates"]
        assert sum(r["records"] for r in row["reasons"]) == row["rejected"]
    trade = view["trade.csv"]
    assert [(r["reason"], r["records"], r["samples"]) for r in trade["reasons"]] == [
        ("too_few_cells", 2, [(19, "short"), (21, "also short")]), ("blank", 1, [(20, ",,,,,,,,")]),
    ]  # fmt: skip
    assert trade["ignored"] == ["Zxq"]
    assert trade["reasons"][0]["meaning"]
    assert view["list_2026-08-02.csv"]["as_of"] == "2026-08-02"
    assert [r["reason"] for r in view["owners.csv"]["reasons"]] == ["no_party"]
    assert (view["order.json"]["records_read"], view["order.json"]["loaded"]) == (1, 1)
    order = duck.fetch(
        "SELECT hs_code, description, quantity FROM shipment_row WHERE source = 'order.json'"
    ).to_pylist()
    assert [(r["hs_code"], r["description"], int(r["quantity"])) for r in order] == [("880622", "quadcopter", 5)]
    text = account_text(view.values())
    assert "2 rejected: too_few_cells" in text
    assert "record 19: short" in text
    assert "columns ignored: Zxq" in text
    assert "as of 2026-08-02" in " ".join(text.split())
    assert all(len(line) <= 82 for line in text.splitlines())
    assert (
        account_text([{k: v for k, v in trade.items() if k not in ("reasons", "ignored")}])
        .splitlines()[1]
        .startswith("trade.csv")
    )


def test_the_queries_are_portable() -> None:
    assert faults(accounts.REASONS_SQL) == faults(accounts.IGNORED_SQL) == []
