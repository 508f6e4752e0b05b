"""Lists in the layouts of their publishers. Every name below is made up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from enduse.contracts import TABLES
from enduse.contracts.case_file import Intake
from enduse.errors import SourceRefused
from enduse.intake import lists, read_list
from enduse.intake.lists import aliases

SDN = '''\
101,"ZARYA INSTRUMENT PLANT",-0- ,"NORTH-EO1] [NPWMD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Tax ID No. 7707083893 (Russia); Registration Number 1027700132195 (Russia); a.k.a. 'ZIP'."
102,"PETROV, Ivan ""Vanya""","individual","NORTH-EO1",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1970; nationality Kazakhstan; alt. nationality Russia; Passport N1234567 (Kazakhstan)."
103,"BLUE HERON","vessel","NORTH-EO1",-0- ,"9XYZ1","Crude Oil Tanker",-0- ,-0- ,"Panama",-0- ,"Vessel Registration Identification IMO 9074729; MMSI 256869000."
104,"RA-00001","aircraft","NORTH-EO1",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
\x1a'''
ALT = '101,11,"aka","ZAVOD ZARYA",-0- \n101,12,"fka","PRIBOR OOO",-0- \n102,13,"aka","PETROFF, Ivan",-0- \n\x1a'
ADD = '101,21,"1 Example Street","Moscow","Russia",-0- \n102,22,-0- ,"Astana","Kazakhstan",-0- \n'
UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-01-01T00:00:00Z"><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>OMAR</FIRST_NAME><SECOND_NAME>EXEMPLE</SECOND_NAME>
<UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TEi.001</REFERENCE_NUMBER><NATIONALITY><VALUE>Mali</VALUE></NATIONALITY><NAME_ORIGINAL_SCRIPT>عمر</NAME_ORIGINAL_SCRIPT>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Umar Exempl</ALIAS_NAME></INDIVIDUAL_ALIAS><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Tailor</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS><INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A 12345</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL>
<INDIVIDUAL><DATAID>2</DATAID></INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>3</DATAID><FIRST_NAME>Example Trading (ETC)</FIRST_NAME><ENTITY_ADDRESS><COUNTRY>Yemen</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""


def read(folder: Path, name: str, content: str | bytes, **more: Any) -> lists.ListRead:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    made = lists.read(path, alias=name, settings=Intake(), scratch=folder / "scratch", **more)
    assert made.entries.schema == TABLES["list_entry"].schema
    assert made.rejected.schema == TABLES["rejection"].schema
    assert made.records == made.loaded + made.rejected.num_rows
    keys = list(zip(made.entries["entry_id"].to_pylist(), made.entries["name"].to_pylist(), strict=True))
    assert len(keys) == len(set(keys))
    return made


def names(made: lists.ListRead, entry: str) -> dict[str, str]:
    return {r["name"]: r["alias_kind"] for r in made.entries.to_pylist() if r["entry_id"] == entry}


def first(made: lists.ListRead, entry: str) -> dict[str, Any]:
    return next(r for r in made.entries.to_pylist() if r["entry_id"] == entry)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path


def test_ofac_primary_names(folder: Path) -> None:
    made = read(folder, "sdn.csv", SDN)
    assert (made.records, made.loaded) == (4, 4)  # the mark at the end of the file is no record
    assert names(made, "101") == {"ZARYA INSTRUMENT PLANT": "primary", "ZIP": "weak"}
    plant, person, ship, plane = (first(made, i) for i in ("101", "102", "103", "104"))
    assert plant["entry_kind"] == "organization"
    assert plant["country"] == "RU"
    assert plant["identifiers"] == "INN:7707083893;OGRN:1027700132195"
    assert plant["program"] == "NORTH-EO1;NPWMD"
    assert (person["name"], person["entry_kind"], person["country"], person["identifiers"]) == (
        'PETROV, Ivan "Vanya"',
        "person",
        "KZ;RU",
        "PASSPORT:N1234567",
    )
    assert (ship["entry_kind"], ship["country"], ship["identifiers"]) == ("vessel", "PA", "IMO:9074729;MMSI:256869000")
    assert plane["entry_kind"] == "other"


def test_ofac_aliases_stand_under_the_number_of_their_entry(folder: Path) -> None:
    made = read(folder, "alt.csv.gz", gzip.compress(ALT.encode()))
    assert made.records == 3
    assert names(made, "101") == {"ZAVOD ZARYA": "strong", "PRIBOR OOO": "strong"}
    assert [r["row"] for r in made.entries.to_pylist()] == ["1", "2", "3"]


def test_aliases_learn_from_the_primary_file_of_the_case(folder: Path) -> None:
    made = [
        read(folder, "alt.csv", ALT.replace("\x1a", '999,14,"aka","NOBODY",-0- \n')),
        read(folder, "sdn.csv", SDN),
        read(folder, "own.csv", "id,name,program\n101,Other List Ltd,x\n"),
    ]
    alt, sdn, own = aliases.complete(made)
    assert (sdn, own) == (made[1].entries, made[2].entries)
    found = {r["name"]: (r["entry_kind"], r["country"], r["identifiers"]) for r in alt.to_pylist()}
    assert found["ZAVOD ZARYA"] == ("organization", "RU", "INN:7707083893;OGRN:1027700132195")
    assert found["PETROFF, Ivan"][0] == "person"
    assert found["NOBODY"] == (None, None, None)
    assert alt.schema == TABLES["list_entry"].schema


def test_ofac_addresses_give_their_entries_the_countries(folder: Path) -> None:
    made = [read(folder, "sdn.csv", SDN), read(folder, "alt.csv", ALT), read(folder, "add.csv", ADD)]
    assert (made[2].records, made[2].loaded, made[2].entries.num_rows) == (ADD.count("\n"), ADD.count("\n"), 0)
    sdn, alt, add = aliases.complete(made)
    assert add.num_rows == 0
    numbers = {line.split(",")[0] for line in ADD.splitlines()}
    for table in (sdn, alt):
        reached = [r for r in table.to_pylist() if r["entry_id"] in numbers and r["entry_kind"]]
        assert reached
        assert all(r["country"] for r in reached)


def test_the_date_of_a_snapshot(folder: Path) -> None:
    assert read(folder, "sdn_2026-08-02.csv", SDN).as_of == "2026-08-02"
    assert read(folder, "sdn.csv", SDN).as_of is None
    assert lists.dated("20260802-FULL-1_1.xml") == "2026-08-02"
    assert lists.dated("list_2026-08.xml") == "2026-08"
    assert lists.dated("order 1234567890.csv") is None


ADVANCED = """<?xml version="1.0"?><Sanctions xmlns="https://example.org/ADVANCED_XML"><DateOfIssue><Year>2026</Year><Month>8</Month><Day>2</Day></DateOfIssue>
<ReferenceValueSets><PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType></PartyTypeValues>
<PartySubTypeValues><PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<CountryValues><Country ID="11" ISO2="RU">Russia</Country></CountryValues>
<IDRegDocTypeValues><IDRegDocType ID="77">Tax ID No.</IDRegDocType></IDRegDocTypeValues></ReferenceValueSets>
<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="77" IdentityID="900" IssuedBy-CountryID="11"><IDRegistrationNo>7707083893</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="36"><Profile ID="36" PartySubTypeID="3"><Identity ID="900" Primary="true">
<Alias Primary="true" LowQuality="false"><DocumentedName><DocumentedNamePart><NamePartValue>ZARYA PLANT</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
<Alias Primary="false" LowQuality="true"><DocumentedName><DocumentedNamePart><NamePartValue>ZP</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
</Identity></Profile></DistinctParty>
<DistinctParty FixedRef="37"><Profile ID="37" PartySubTypeID="4"><Identity ID="901" Primary="true"><Alias Primary="true" LowQuality="false"><DocumentedName>
<DocumentedNamePart><NamePartValue>PETROFF</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>Ivan</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias></Identity></Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="36"><SanctionsMeasure><Comment>TEST-EO1</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries></Sanctions>"""


def test_ofac_advanced_xml(folder: Path) -> None:
    made = read(folder, "sdn_advanced.xml", ADVANCED)
    assert (made.records, made.loaded, made.as_of) == (2, 2, "2026-08-02")
    rows = [
        (r["entry_id"], r["name"], r["alias_kind"], r["entry_kind"], r["country"], r["identifiers"], r["program"])
        for r in made.entries.to_pylist()
    ]
    assert rows == [
        ("36", "ZARYA PLANT", "primary", "organization", "RU", "INN:7707083893", "TEST-EO1"),
        ("36", "ZP", "weak", "organization", "RU", "INN:7707083893", "TEST-EO1"),
        ("37", "PETROFF Ivan", "primary", "person", None, None, None),
    ]


def test_entities_in_an_array_and_a_list_in_json(folder: Path) -> None:
    entities = [
        {"id": "a", "schema": "Company", "caption": "Zarya", "properties": {"alias": ["ZP"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Ivan P"]}},
    ]
    made = read(folder, "list.json", json.dumps(entities))
    assert [r["name"] for r in made.entries.to_pylist()] == ["Zarya", "ZP", "Ivan P"]
    screening = {
        "total": 1,
        "results": [
            {
                "id": "x1",
                "name": "ZARYA PLANT",
                "alt_names": ["ZP Ltd", "Zavod"],
                "programs": ["SDN"],
                "addresses": [{"city": "M", "country": "RU"}, {"city": "K", "country": "RU"}],
                "type": "Entity",
            }
        ],
    }
    made = read(folder, "csl.json", json.dumps(screening))
    assert [(r["entry_id"], r["name"], r["alias_kind"], r["program"], r["country"]) for r in made.entries.to_pylist()] == [
        ("x1", "ZARYA PLANT", "primary", "SDN", "RU"), ("x1", "ZP Ltd", "strong", "SDN", "RU"), ("x1", "Zavod", "strong", "SDN", "RU"),
    ]  # fmt: skip


def test_gleif_level_1(folder: Path) -> None:
    head = "LEI,Entity.LegalName,Entity.LegalName.xmllang,Entity.OtherEntityNames.OtherEntityName.1,Entity.LegalJurisdiction,Entity.RegistrationAuthority.RegistrationAuthorityEntityID"
    made = read(folder, "lei.csv", head + "\n5493001KJTIIGC8Y1R12,Alpha AG,de,Alpha Holding,DE,HRB 1234\n")
    assert [(r["name"], r["alias_kind"], r["country"], r["identifiers"].split(";")[0]) for r in made.entries.to_pylist()] == [
        ("Alpha AG", "primary", "DE", "LEI:5493001KJTIIGC8Y1R12"), ("Alpha Holding", "strong", "DE", "LEI:5493001KJTIIGC8Y1R12"),
    ]  # fmt: skip


def test_a_broken_ofac_record_is_counted(folder: Path) -> None:
    made = read(folder, "sdn.csv", SDN.replace("\x1a", '105,"CUT OFF","vess\n'))
    assert made.rejected["reason"].to_pylist() == ["broken_record"]
    assert made.records == 5


def test_un_xml(folder: Path) -> None:
    made = read(folder, "un.xml", UN)
    assert (made.records, made.loaded) == (3, 2)
    assert made.rejected.to_pylist()[0]["reason"] == "no_name"
    assert names(made, "TEi.001") == {
        "OMAR EXEMPLE": "primary",
        "عمر": "strong",
        "Umar Exempl": "strong",
        "The Tailor": "weak",
    }
    assert (
        first(made, "TEi.001")["country"],
        first(made, "TEi.001")["identifiers"],
        first(made, "TEi.001")["program"],
    ) == ("ML", "PASSPORT:A 12345", "Test")
    assert names(made, "3") == {"Example Trading (ETC)": "primary", "Example Trading": "strong", "ETC": "weak"}


def test_xml_that_is_no_data(folder: Path) -> None:
    bomb = UN.replace(
        "<CONSOLIDATED_LIST", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<CONSOLIDATED_LIST', 1
    ).replace("EXEMPLE", "&b;")
    with pytest.raises(SourceRefused, match=r"bomb\.xml.*entities"):
        read(folder, "bomb.xml", bomb)
    with pytest.raises(SourceRefused, match="broken"):
        read(folder, "cut.xml", UN[:-40])


def test_ofac_and_eu_xml(folder: Path) -> None:
    made = read(
        folder,
        "sdn.xml",
        """<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd"><sdnEntry><uid>36</uid><firstName>Ivan</firstName><lastName>PETROV</lastName><sdnType>Individual</sdnType>
        <programList><program>TEST</program></programList><akaList><aka><category>weak</category><lastName>VANYA</lastName></aka><aka><category>strong</category><lastName>PETROFF</lastName><firstName>I.</firstName></aka></akaList>
        <idList><id><idType>Tax ID No.</idType><idNumber>500100732259</idNumber></id></idList></sdnEntry></sdnList>""",
    )
    assert names(made, "36") == {"PETROV, Ivan": "primary", "PETROFF, I.": "strong", "VANYA": "weak"}
    assert first(made, "36")["identifiers"] == "INN:500100732259"
    made = read(
        folder,
        "fsf.xml",
        """<?xml version="1.0"?><export xmlns="http://eu.europa.ec/fpi/fsd/export"><sanctionEntity logicalId="13" euReferenceNumber="EU.1.1"><regulation programme="TST"/><subjectType code="enterprise"/>
        <nameAlias wholeName="Example Works" strong="true"/><nameAlias wholeName="EW" strong="false"/><address countryIso2Code="BY"/></sanctionEntity></export>""",
    )
    assert names(made, "EU.1.1") == {"Example Works": "primary", "EW": "weak"}
    assert (
        first(made, "EU.1.1")["country"],
        first(made, "EU.1.1")["entry_kind"],
        first(made, "EU.1.1")["program"],
    ) == ("BY", "organization", "TST")


HEADED = {
    "eu.csv": (
        (
            "celex,recordId,programKey,annex,schema,name,alias,weakAlias,country,innCode,imoNumber\n"
            "32014R0001,7,EU-TST,IV,LegalEntity,Zarya Works (Завод «Заря»),Zarya Plant; ZW Plant,Z Works,Russia,7707083893,\n"
            "32014R0001,7,EU-TST,V,Vessel,Blue Heron,,,,,9074729\n"
            "32014R0001,8,EU-TST,V,Person,,,,,,\n"
        ),
        "32014R0001:IV:7",
        {
            "Zarya Works (Завод «Заря»)": "primary",
            "Zarya Works": "strong",
            "Завод «Заря»": "strong",
            "Zarya Plant": "strong",
            "ZW Plant": "strong",
            "Z Works": "weak",
        },
        ("organization", "RU", "INN:7707083893"),
    ),
    "targets.simple.csv": (
        (
            '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","dataset"\n'
            '"NK-1","Company","Example Works","Завод Пример;示例工厂","","ru;by","","1027700132195;7707083893","","Test list"\n'
        ),
        "NK-1",
        {"Example Works": "primary", "Завод Пример": "strong", "示例工厂": "strong"},
        ("organization", "RU;BY", "OGRN:1027700132195;INN:7707083893"),
    ),
    "dpl.txt": (
        (
            '"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Effective_Date"\t"Standard_Order"\n'
            '"FRED SUN A/K/A FREDERIC SUN"\t"1 A ST"\t"X"\t""\t"US"\t"06/19/2003"\t"Y"\n'
        ),
        "#1",
        {"FRED SUN A/K/A FREDERIC SUN": "primary", "FRED SUN": "strong", "FREDERIC SUN": "strong"},
        (None, "US", None),
    ),
    "csl.csv": (
        (
            "source,entity_number,type,programs,name,title,addresses,start_date,alt_names,citizenships,nationalities,ids\n"
            "Test List,25,Entity,TST; NPW,EXAMPLE BUILDERS,,,2020-01-01,EXAMPLE CONSTRUCTION; E.C. CO,,,\n"
        ),
        "25",
        {"EXAMPLE BUILDERS": "primary", "EXAMPLE CONSTRUCTION": "strong", "E.C. CO": "strong"},
        ("organization", None, None),
    ),
    "cn.csv": (
        "Type,QID,Name,Alias,Chinese name,Country,Topics,List,Date\nCompany,,Example Systems,ExSys,示例系统公司,US,sanction.counter,UEL,01.01.2025\n",
        "#1",
        {"Example Systems": "primary", "示例系统公司": "strong", "ExSys": "strong"},
        ("organization", "US", None),
    ),
    "uk.csv": (
        (
            "Last Updated,01/01/2026\nName 6,Name 1,Name 2,Title,DOB,Nationality,Country,Alias Type,Alias Quality,Group Type,Regime,Group ID\n"
            "PETROV,IVAN,SERGEEVICH,,,Russia,,Primary name,,Individual,Test,900\n"
            "PETROFF,VANYA,,,,,,AKA,Low quality,Individual,Test,900\n"
        ),
        "900",
        {"IVAN SERGEEVICH PETROV": "primary", "VANYA PETROFF": "weak"},
        ("person", "RU", None),
    ),
    "fsf.csv": (
        "Entity_LogicalId;NameAlias_WholeName;NameAlias_Strong;Entity_SubjectType;Citizenship_CountryIso2Code\n13;Petrov Ivan;true;P;RU\n13;Petroff I;true;P;RU\n13;Vanya;false;P;RU\n",
        "13",
        {"Petrov Ivan": "primary", "Petroff I": "strong", "Vanya": "weak"},
        (None, "RU", None),
    ),
    "own.csv": (
        "Наименование;ИНН;Страна;Программа\nООО «Пример»;7707083893;Россия;тест\n",
        "#1",
        {"ООО «Пример»": "primary"},
        (None, "RU", "INN:7707083893"),
    ),
}


@pytest.mark.parametrize("name", HEADED)
def test_lists_with_a_header(folder: Path, name: str) -> None:
    content, entry, expected, (kind, country, numbers) = HEADED[name]
    made = read(folder, name, content)
    assert names(made, entry) == expected
    found = first(made, entry)
    assert (found["entry_kind"], found["country"], found["identifiers"]) == (kind, country, numbers)


def test_a_record_without_any_name_is_refused(folder: Path) -> None:
    made = read(folder, "eu.csv", HEADED["eu.csv"][0])
    assert (made.records, made.loaded) == (3, 2)
    assert [(r["row"], r["reason"]) for r in made.rejected.to_pylist()] == [(3, "no_name")]
    assert len({r["entry_id"] for r in made.entries.to_pylist()}) == 2  # one number in two annexes is two entries


def test_one_number_with_two_main_names_is_two_entries(folder: Path) -> None:
    made = read(folder, "own.csv", "no,name,program\n1,Alpha Works,x\n1,Beta Works,x\n2,Gamma,x\n")
    assert {r["name"]: r["entry_id"] for r in made.entries.to_pylist()} == {
        "Alpha Works": "1",
        "Beta Works": "1#2",
        "Gamma": "2",
    }


def test_names_one_a_line_have_no_header(folder: Path) -> None:
    made = read(folder, "names.txt", "ZARYA PLANT\nSEVERNY VETER OOO\n")
    assert [(r["name"], r["row"]) for r in made.entries.to_pylist()] == [
        ("ZARYA PLANT", "1"),
        ("SEVERNY VETER OOO", "2"),
    ]
    assert read(folder, "headed.txt", "name\nZARYA PLANT\nSEVERNY VETER OOO\n").records == 2


def test_aliases_announced_inside_a_name(folder: Path) -> None:
    cell = '"Zarya Plant, a.k.a., the following two aliases: -Zavod Zarya; and -Zarya Works."'
    made = read(folder, "list.csv", f"Source List,Programs,Name\nEntity List,TST,{cell}\n")
    assert names(made, "#1") == {"Zarya Plant": "primary", "Zavod Zarya": "strong", "Zarya Works": "strong"}


def test_followthemoney_lines(folder: Path) -> None:
    lines = [
        {
            "id": "NK-1",
            "caption": "Example Works",
            "schema": "Company",
            "properties": {
                "name": ["Example Works", "Завод Пример"],
                "weakAlias": ["EW"],
                "jurisdiction": ["ru"],
                "innCode": ["7707083893"],
            },
        },
        {"id": "NK-2", "schema": "Address", "properties": {"full": ["1 Example Street"]}},
    ]
    made = read(folder, "entities.ftm.json", "\n".join(json.dumps(line) for line in lines) + "\nnot json\n")
    assert names(made, "NK-1") == {"Example Works": "primary", "Завод Пример": "strong", "EW": "weak"}
    assert first(made, "NK-1")["identifiers"] == "INN:7707083893"
    assert made.rejected["reason"].to_pylist() == ["no_name", "broken_record"]


def test_a_table_without_names_is_refused(folder: Path) -> None:
    with pytest.raises(SourceRefused, match=r"figures\.csv.*no column"):
        read(folder, "figures.csv", "year,amount\n2020,5\n2021,6\n")


def test_read_list_needs_no_case(tmp_path: Path) -> None:
    path = tmp_path / "sdn.csv"
    path.write_text(SDN)
    assert "ZARYA INSTRUMENT PLANT" in read_list(path, "sdn.csv")["name"].to_pylist()


@pytest.mark.shared
def test_the_published_lists_are_read_whole(shared: Path, tmp_path: Path) -> None:
    records = {
        "ofac_sdn_2024-05-03.csv.gz": 14_965, "ofac_alt_2026-08-02.csv.gz": 20_169, "ofac_nonsdn_cons_prim_2025-12.csv.gz": 442, "us_bis_dpl_2022-09.txt.gz": 581,
        "us_csl_sample_2019-12.csv.gz": 115, "eu_journal_consolidated_2026-08.csv.gz": 8_017, "un_consolidated_2026-08.xml.gz": 1_011,
        "ua_war_sanctions_targets.simple_2026-03.csv.gz": 5_600,
    }  # fmt: skip
    for name, count in records.items():
        made = lists.read(shared / "data" / "lists" / name, alias=name, settings=Intake(), scratch=tmp_path)
        assert (made.records, made.loaded, made.rejected.num_rows) == (count, count, 0), name
