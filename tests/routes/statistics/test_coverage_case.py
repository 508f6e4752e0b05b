"""The way of a user: customs rows and a published CSV in one case, the share in the figures and in the text of `enduse routes`."""

from __future__ import annotations

import sys
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from enduse import Case
from enduse.cli import app

HEAD = "Declaration number,Date,Exporter,Importer,HS code,Goods description,Quantity,Unit,Net weight kg,Value,Currency,Country of origin,Country of departure,Country of destination"
ROWS = [
    "A-1,2023-03-01,Nordwind Aero Co Ltd,Steppe LLP,88062210,Quadcopter drone DJI Mavic 3,4,PCS,3.6,8000.00,USD,CN,CN,KZ",
    "A-2,2023-03-09,Nordwind Aero Co Ltd,Steppe LLP,88062210,Quadcopter drone DJI Mavic 3,2,PCS,1.8,4000.00,USD,CN,CN,KZ",
    "A-3,2023-04-02,Nordwind Aero Co Ltd,Steppe LLP,88062210,Quadcopter drone DJI Mavic 3,1,PCS,0.9,2000.00,USD,CN,CN,KZ",
    "A-4,2023-05-02,Nordwind Aero Co Ltd,Steppe LLP,88062210,Quadcopter drone DJI Mini 3,1,PCS,0.3,700.00,USD,CN,CN,KZ",
]
# UN Comtrade's own column names; China publishes until April, Kazakhstan until March.
PUBLISHED = """refYear,refMonth,period,freqCode,reporterCode,reporterISO,flowCode,partnerCode,partnerISO,partner2Code,classificationCode,cmdCode,customsCode,motCode,netWgt,fobvalue,cifvalue,primaryValue
2023,3,202303,M,156,CHN,X,398,KAZ,0,H6,880622,C00,0,20,48000,,48000
2023,4,202304,M,156,CHN,X,398,KAZ,0,H6,880622,C00,0,5,8000,,8000
2023,3,202303,M,398,KAZ,M,156,CHN,0,H6,880622,C00,0,21,,50000,50000
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("covered")
    (folder / "imports.csv").write_text("\n".join([HEAD, *ROWS]) + "\n", encoding="utf-8")
    (folder / "comtrade.csv").write_text(PUBLISHED, encoding="utf-8")
    made = Case.new(folder / "case", question="civil drones and parts to KZ since 2022-02-24")
    assert all(a.refused is None for a in made.add([folder / "imports.csv", folder / "comtrade.csv"]))
    made.run()
    return made


def test_lane_code_and_month(case):
    found = {
        (r["hs6"], r["period"], r["reporter"]): (r["declared_usd"], r["published_usd"], r["share"])
        for r in case.table("route_coverage").to_pylist()
    }
    assert found == {
        ("880622", "2023-03", "CN"): (Decimal(12000), Decimal(48000), 0.25),
        ("880622", "2023-03", "KZ"): (Decimal(12000), Decimal(50000), 0.24),
        ("880622", "2023-04", "CN"): (Decimal(2000), Decimal(8000), 0.25),
        ("880622", "2023-04", "KZ"): (Decimal(2000), None, None),
        ("880622", "2023-05", "CN"): (Decimal(700), None, None),
        ("880622", "2023-05", "KZ"): (Decimal(700), None, None),
    }


def test_sentence_beside_every_figure(case):
    said = "25 % of the 56,000 USD exporters publish (2023-03 to 2023-04, which leaves out 1 month of a lane and code they do not publish)"
    assert all(said in f["coverage"] for f in case.figures())


def test_the_text_of_the_command(case):
    shown = CliRunner().invoke(app, ["routes", str(case.folder)])
    assert shown.exit_code == 0
    text = " ".join(shown.stdout.split())
    assert (
        "CN to KZ, 880622: 25% of 56.0 thousand USD published by CN, 2023-03 to 2023-04; 1 month with rows (700 USD): no figure of it; CN publishes nothing after 2023-04"
        in text
    )
    assert "CN to KZ, 880622: 24% of 50.0 thousand USD published by KZ" in text


def test_pictures_without_the_extra_say_what_png_needs(case, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    shown = CliRunner().invoke(app, ["routes", str(case.folder), "--pictures", str(tmp_path / "out")])
    assert shown.exit_code == 0
    assert "pip install 'enduse[pictures]'" in shown.stderr
    assert not list(tmp_path.rglob("*.png"))
