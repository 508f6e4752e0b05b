"""Owners and directors in the layouts they are published in. Every name below is made up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from enduse.contracts import TABLES
from enduse.contracts.case_file import Intake
from enduse.errors import SourceRefused
from enduse.intake import detect, ownership

ENTITIES: list[dict[str, Any]] = [
    {"id": "c1", "schema": "Company", "caption": "Alpha LLC", "properties": {"name": ["Alpha LLC"], "jurisdiction": ["ru"], "innCode": ["7707083893"]}},
    {"id": "p1", "schema": "Person", "properties": {"name": ["Ivan P"], "nationality": ["Russia"]}},
    {"id": "o1", "schema": "Ownership", "properties": {"owner": ["p1"], "asset": ["c1"], "percentage": ["51"], "startDate": ["2019"]}},
    {"id": "o2", "schema": "Directorship", "properties": {"director": ["p1"], "organization": ["c1"], "role": ["CEO"]}},
    {"id": "o3", "schema": "Ownership", "properties": {"owner": ["nobody"], "asset": ["c1"]}},
]  # fmt: skip
LINES = "\n".join(map(json.dumps, ENTITIES)) + "\nbroken\n"
OLD = [
    {"statementID": "e1", "statementType": "entityStatement", "name": "Alpha", "incorporatedInJurisdiction": {"code": "GB"}, "identifiers": [{"scheme": "GB-COH", "id": "01234567"}]},
    {"statementID": "p1", "statementType": "personStatement", "names": [{"fullName": "Ann B"}], "nationalities": [{"code": "CY"}]},
    {"statementID": "x", "statementType": "ownershipOrControlStatement", "subject": {"describedByEntityStatement": "e1"}, "interestedParty": {"describedByPersonStatement": "p1"},
     "interests": [{"type": "shareholding", "share": {"minimum": 25, "maximum": 50}, "startDate": "2016-04-06", "beneficialOwnershipOrControl": True}]},
    {"statementID": "y", "statementType": "ownershipOrControlStatement", "subject": {"describedByEntityStatement": "e1"}, "interestedParty": {"unspecified": {"reason": "unknown"}}},
]  # fmt: skip
NEW = [
    {"statementId": "s1", "recordId": "r1", "recordType": "entity", "recordDetails": {"name": "Alpha", "jurisdiction": {"code": "GB"}}},
    {"statementId": "s2", "recordId": "r2", "recordType": "person", "recordDetails": {"names": [{"fullName": "Ann B"}]}},
    {"statementId": "s3", "recordId": "r3", "recordType": "relationship", "recordDetails": {"subject": "r1", "interestedParty": "r2", "interests": [{"type": "votingRights", "share": {"exact": 75}}]}},
]  # fmt: skip


def read(folder: Path, name: str, content: str | bytes) -> ownership.OwnershipRead:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    made = ownership.read(path, alias=name, settings=Intake(), scratch=folder / "scratch")
    assert made.ownership.schema == TABLES["ownership"].schema
    assert made.rejected.schema == TABLES["rejection"].schema
    assert made.records == made.loaded + made.rejected.num_rows
    assert set(made.rejected["reason"].to_pylist()) <= {*ownership.REASONS, "blank", "too_many_cells", "too_few_cells"}
    return made


def told(made: ownership.OwnershipRead) -> list[tuple[Any, ...]]:
    return [(r["row"], r["owner_name"], r["owned_name"], r["role"], r["share"]) for r in made.ownership.to_pylist()]


@pytest.mark.parametrize("name", ["own.json", "own.json.gz"])
def test_follow_the_money(tmp_path: Path, name: str) -> None:
    made = read(tmp_path, name, gzip.compress(LINES.encode()) if name.endswith("gz") else LINES)
    assert detect(tmp_path / name).kind == "ownership"
    assert told(made) == [(3, "Ivan P", "Alpha LLC", "owner", 0.51), (4, "Ivan P", "Alpha LLC", "director", None)]
    first = made.ownership.to_pylist()[0]
    assert (first["owner_kind"], first["owner_country"], first["owned_country"], str(first["start"])) == (
        "person",
        "RU",
        "RU",
        "2019-01-01",
    )
    assert first["owned_identifiers"] == "INN:7707083893"
    assert [(r["row"], r["reason"]) for r in made.rejected.to_pylist()] == [(5, "no_party"), (6, "no_statement")]


def test_nested_entities(tmp_path: Path) -> None:
    nested = [
        {
            "id": "o",
            "schema": "Ownership",
            "properties": {"owner": [ENTITIES[1]], "asset": [ENTITIES[0]], "percentage": ["30 %"]},
        }
    ]
    assert told(read(tmp_path, "n.json", json.dumps(nested))) == [(1, "Ivan P", "Alpha LLC", "owner", 0.3)]


@pytest.mark.parametrize(
    ("statements", "expected"),
    [(OLD, (3, "Ann B", "Alpha", "beneficial_owner", 0.25)), (NEW, (3, "Ann B", "Alpha", "owner", 0.75))],
)
def test_bods(tmp_path: Path, statements: list[dict[str, Any]], expected: tuple[Any, ...]) -> None:
    for name, content in (("b.json", json.dumps(statements)), ("b.jsonl", "\n".join(map(json.dumps, statements)))):
        made = read(tmp_path, name, content)
        assert detect(tmp_path / name).kind == "ownership"
        assert told(made) == [expected]
    assert [r["reason"] for r in made.rejected.to_pylist()] == ["no_party"] * (len(statements) - 3)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "owner,owned,share\nA Ltd,B Ltd,0.51\nC,B Ltd,0.49\n",
            [(1, "A Ltd", "B Ltd", "owner", 0.51), (2, "C", "B Ltd", "owner", 0.49)],
        ),
        (
            "Owner Name,Owner Country,Subject Company,Percentage,Start Date,Role\nA,Cyprus,B,51%,2020-01-05,shareholder\n",
            [(1, "A", "B", "owner", 0.51)],
        ),
        (
            "subject_name,interested_party_name,interested_party_type,interest_type,share_exact,share_minimum\nB,A,person,shareholding,,25\n",
            [(1, "A", "B", "owner", 0.25)],
        ),
        (
            "Компания;ИНН компании;Учредитель;Доля, %\nООО Б;7707083893;Иванов;50,5\n",
            [(1, "Иванов", "ООО Б", "owner", 0.505)],
        ),
        ("公司名称,股东,持股比例\n乙公司,甲公司,60%\n", [(1, "甲公司", "乙公司", "owner", 0.6)]),
        ("parent,subsidiary,ownership_percent\nA,B,100\n", [(1, "A", "B", "owner", 1.0)]),
        ("company,director,appointed\nB,Ann,2020-01-01\n", [(1, "Ann", "B", "director", None)]),
        (
            "child_name,child_lei,parent_name,parent_lei,relationship_type\nB,X,A,Y,IS_ULTIMATELY_CONSOLIDATED_BY\n",
            [(1, "A", "B", "parent", None)],
        ),
        ("name,owner,min share,max share\nB,A,25,50\n", [(1, "A", "B", "owner", 0.25)]),
    ],
)
def test_tables_of_owners(tmp_path: Path, content: str, expected: list[tuple[Any, ...]]) -> None:
    assert told(read(tmp_path, "own.csv", content)) == expected
    assert detect(tmp_path / "own.csv").kind == "ownership"


def test_a_record_without_a_party_is_refused(tmp_path: Path) -> None:
    made = read(tmp_path, "own.csv", "owner,owned,share\nA,B,1\n,B,2\nC,,3\n")
    assert [(r["row"], r["reason"]) for r in made.rejected.to_pylist()] == [(2, "no_party"), (3, "no_party")]


def test_what_states_no_owner_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused, match="no columns of owner"):
        read(tmp_path, "x.csv", "a,b\n1,2\n3,4\n")
    with pytest.raises(SourceRefused, match="no owner or director"):
        read(tmp_path, "x.json", json.dumps(ENTITIES[:2]))
