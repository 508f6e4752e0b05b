"""One invented case with all kinds of sources and hostile cells, run once, for every test of the exports."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from enduse import Case

HEAD = "Declaration number,Date,Exporter,Importer,HS code,Goods description,Quantity,Unit,Net weight kg,Value,Currency,Country of origin,Country of departure,Country of destination".split(
    ","
)
HOSTILE = (
    '=HYPERLINK("http://bad.example","drone DJI Mavic 3")', "+1+1 drone DJI Mavic 3", "-2+3 drone", "@SUM(A1) drone", "drone;=cmd|' /C calc'!A0",
    "<script>alert(1)</script> drone DJI Mavic 3", "drone \u202eRLO\u202c DJI Mavic 3", "drone \x07 bell \x01", "Квадрокоптер DJI Mavic 3", "无人机 DJI Mavic 3",
    "_x000D_ drone", "http://bad.example/drone", "drone " + "long words " * 300, "0088062210", "1e5",
)  # fmt: skip
NOTE = """Drone sales rise

Nordwind Aero of China delivered 40 quadcopter drones to Sever of Russia in March 2023, the Example Gazette reported.
A spokesman for Sever denied that it had bought any drones from Nordwind Aero.
"""
LIST = (
    '9001,"OOO SEVER",-0- ,"EXAMPLE",'
    + "-0- ," * 7
    + "-0- \r\n"
    + '9002,"BLUE HERON SHIPPING FZE",-0- ,"EXAMPLE",'
    + "-0- ," * 7
    + "-0- \r\n"
)
OWNERS = "Owner,Owner country,Company,Company country,Role,Share,Start date\nIvan Petrov,RU,OOO Sever,RU,owner,60 %,2020-01-05\nAnna Ivanova,RU,Nordwind Aero Co Ltd,CN,director,,\n"


def declarations() -> list[list[str]]:
    rows = []
    for i, text in enumerate((*HOSTILE, *(["Quadcopter drone DJI Mavic 3"] * 12), *(["Ceramic floor tiles"] * 5))):
        hs = "69072100" if text.startswith("Ceramic") else "88062210"
        firm = ("Nordwind Aero Co Ltd", "OOO Sever") if i % 3 else ("Steppe Trading LLP", "ООО Полярная Звезда")
        rows.append([f"A-{i:03d}", f"2023-{i % 12 + 1:02d}-05", *firm, hs, text, str(2 + i), "PCS", f"{1.5 * (i + 1):.2f}", f"{800.25 * (i + 2):.2f}", "USD", "CN", "CN", "RU"])  # fmt: skip
    rows.append(rows[3])
    return rows


def make(folder: Path) -> Case:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "secret-imports.csv").open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([HEAD, *declarations()])
    (folder / "note.txt").write_text(NOTE, encoding="utf-8")
    (folder / "sdn.csv").write_text(LIST, encoding="utf-8", newline="")
    (folder / "owners.csv").write_text(OWNERS, encoding="utf-8")
    case = Case.new(folder / "case", question="civil drones and parts to RU since 2022-02-24", title="Drones & <parts>")
    made = case.add([folder / "secret-imports.csv"], sealed=True)
    made += case.add([folder / "note.txt", folder / "sdn.csv"])
    made += case.add([folder / "owners.csv"], kind="ownership")
    assert [str(a.refused) for a in made if a.refused is not None] == []
    case.run()
    return case


# ---- a small case for crates ---------------------------------------------------------------------------------------------

SMALL = [
    "A-1,2023-03-01,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,4,PCS,3.6,8000.00,USD,CN,CN,RU",
    "A-2,2023-03-09,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,2,PCS,1.8,4000.00,USD,CN,CN,RU",
    "A-3,2023-04-02,Bosporus Tile AS,OOO Yug,69072100,Ceramic floor tiles glazed,900,PCS,18000,9000.00,USD,TR,TR,RU",
    'A-4,2023-05-02,Steppe Sky LLP,OOO Yug,88062210,"=Quadcopter, ""DJI"" Mini 3",1,PCS,0.3,700.00,USD,CN,KZ,RU',
    "A-2,2023-03-09,Nordwind Aero Co Ltd,OOO Sever,88062210,Quadcopter drone DJI Mavic 3,2,PCS,1.8,4000.00,USD,CN,CN,RU",
    ",,,,,,,,,,,,,",
]
SAID = "Drones still arrive\n\nBy A. Writer\n\n3 May 2023\n\nRussia received 6 drones from China in March 2023, the ministry said on Monday.\n"


@pytest.fixture(scope="session")
def crate_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Six records with a repeat and a refusal, a press note and a judgement; run to the dossier. Its files lie in `sources` beside it."""
    place = tmp_path_factory.mktemp("crate")
    (place / "sources").mkdir()
    (place / "sources" / "imports.csv").write_text("\n".join([",".join(HEAD), *SMALL]) + "\n", encoding="utf-8")
    (place / "sources" / "note.txt").write_text(SAID, encoding="utf-8")
    made = Case.new(place / "case", question="civil drones and parts to RU since 2022-02-24")
    assert all(a.refused is None for a in made.add([place / "sources" / "imports.csv"]))
    assert all(a.refused is None for a in made.add([place / "sources" / "note.txt"], kind="press"))
    judgement = {"left": "OOO Sever", "right": "OOO Yug", "judgement": "different", "user": "alice", "at": "2023-06-01"}
    (made.folder / "judgements.jsonl").write_text(json.dumps(judgement) + "\n", encoding="utf-8")
    made.run()
    return made


@pytest.fixture(scope="session")
def crate_made(crate_case: Case) -> Path:
    """The crate of that case, in its `out` folder. Copy it to change it."""
    paths = crate_case.export("crate")
    assert paths
    assert all(p.is_file() for p in paths)
    return crate_case.folder / "out" / "crate"


@pytest.fixture(scope="session")
def exported_case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Hostile goods texts in a sealed customs file, a press note, a list and an ownership file; run to the dossier."""
    return make(tmp_path_factory.mktemp("exports"))
