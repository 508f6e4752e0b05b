"""Files as publishers hand them out, made up here line by line, into `statistic`."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.engine.step import Context
from enduse.errors import SourceRefused
from enduse.intake import statistics
from enduse.intake.reading import peek


class Quiet:
    def step(self, *_):
        return

    def say(self, _):
        return


@pytest.fixture
def read(duck, tmp_path):
    """Read text (or bytes) written under a name: the statistics as dicts, reasons of what was refused, the result."""

    def go(name, text, **more):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        context = Context(duck, CaseFile(), tmp_path, tmp_path, Quiet())
        made = statistics.read(context, path, alias=name, name=name, scratch=tmp_path / "scratch", **more)
        rows = pq.read_table(made.statistics)
        assert rows.schema.names == list(TABLES["statistic"].names)
        lost = [] if made.rejected is None else pq.read_table(made.rejected)["reason"].to_pylist()
        assert made.records == made.loaded + len(lost)
        return rows.to_pylist(), sorted(lost), made

    (tmp_path / "scratch").mkdir()
    return go


COMTRADE = "period,reporterCode,reporterISO,flowCode,partnerCode,partnerISO,partner2Code,cmdCode,aggrLevel,customsCode,motCode,netWgt,isNetWgtEstimated,cifvalue,fobvalue,primaryValue"


def test_comtrade_totals_beat_their_parts(read):
    rows, lost, _ = read(
        "c.csv",
        f"""{COMTRADE}
202201,51,ARM,M,842,USA,0,870323,6,C00,0,100,false,500,,500
202201,51,ARM,M,842,USA,0,870323,6,C00,3200,60,false,300,,300
202201,51,ARM,M,842,USA,0,870323,6,C01,0,100,false,500,,500
202201,51,ARM,M,842,USA,276,870323,6,C00,0,40,false,200,,200
""",
    )
    assert [(r["reporter"], r["partner"], r["flow"], r["value_usd"], r["value_basis"]) for r in rows] == [
        ("AM", "US", "import", Decimal(500), "CIF")
    ]
    assert lost == ["part_of_total"] * 3


def test_parts_without_a_total_are_summed(read):
    rows, lost, made = read(
        "c.csv",
        f"""{COMTRADE}
202201,51,ARM,X,643,RUS,0,870323,6,C00,3200,60,false,,300,300
202201,51,ARM,X,643,RUS,0,870323,6,C00,1000,40,false,,200,200
""",
    )
    assert lost == []
    assert [(r["value"], r["net_kg"], r["parts"], r["row"]) for r in rows] == [(Decimal(500), Decimal(100), 2, 1)]
    assert any("2 records summed into 1 rows" in n for n in made.notes)


def test_headings_leave_where_their_codes_are_listed_and_keep_the_rest(read):
    rows, lost, _ = read(
        "c.csv",
        f"""{COMTRADE}
202201,51,ARM,X,643,RUS,0,8703,4,C00,0,90,false,,900,900
202201,51,ARM,X,643,RUS,0,870323,6,C00,0,60,false,,600,600
202201,51,ARM,X,643,RUS,0,870324,6,C00,0,30,false,,300,300
202202,51,ARM,X,643,RUS,0,8703,4,C00,0,90,false,,900,900
202202,51,ARM,X,643,RUS,0,870323,6,C00,0,60,false,,600,600
""",
    )
    assert lost == ["covered_by_detail"]
    assert sum(r["value"] for r in rows) == 1800
    assert {(r["hs_code"], r["period"].month): r["value"] for r in rows}["8703", 2] == 300


def test_one_revision_for_a_reporter_and_period(read):
    head = COMTRADE + ",classificationCode"
    rows, lost, _ = read(
        "c.csv",
        f"{head}\n2022,51,ARM,X,643,RUS,0,870323,6,C00,0,,false,,10,10,H5\n2022,51,ARM,X,643,RUS,0,870324,6,C00,0,,false,,20,20,H6\n",
    )
    assert ([r["hs_revision"] for r in rows], lost) == (["H6"], ["other_revision"])


def test_api_json(read, tmp_path):
    body = {"count": 1, "data": [{"period": "202301", "reporterCode": 156, "flowCode": "X", "partnerCode": 490, "cmdCode": "250410", "aggrLevel": 6, "motCode": 0, "netWgt": 5.5, "primaryValue": 12.25, "isAggregate": True}]}  # fmt: skip
    rows, _, _ = read("answer.json", json.dumps(body))
    assert [(r["reporter"], r["partner"], r["value_usd"], r["net_kg"]) for r in rows] == [
        ("CN", "TW", Decimal("12.25"), Decimal("5.5"))
    ]
    assert "columns of trade statistics" in statistics.detect_file(tmp_path / "answer.json")


def test_baci_numbers_and_units(read):
    rows, _, _ = read(
        "BACI_HS17_Y2022.csv", "t,i,j,k,v,q\n2022,842,699,283691,1.5,0.25\n2022,757,643,10121,2,           NA\n"
    )
    assert [(r["reporter"], r["partner"], r["hs_code"], r["value_usd"], r["net_kg"], r["reconciled"]) for r in rows] == [
        ("US", "IN", "283691", Decimal(1500), Decimal(250), 1), ("CH", "RU", "010121", Decimal(2000), None, 1),
    ]  # fmt: skip


def test_eurostat_tsv_has_a_column_a_month(read):
    text = "freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2022-01 \t2022-02 \nM,DE,RU,85423190,2,VALUE_IN_EUROS\t100 \t: \nM,DE,RU,85423190,2,QUANTITY_IN_100KG\t3 \t: c\n"
    rows, _, made = read("ds-045409.tsv", text)
    assert [(r["reporter"], r["flow"], r["value"], r["currency"], r["net_kg"], r["hs_revision"]) for r in rows] == [
        ("DE", "export", Decimal(100), "EUR", Decimal(300), "CN")
    ]
    assert made.loaded == 2


def test_eurostat_bulk_and_old_numbers_of_countries(read):
    rows, _, _ = read(
        "full202201.dat",
        "DECLARANT,DECLARANT_ISO,PARTNER,PARTNER_ISO,TRADE_TYPE,PRODUCT_NC,FLOW,STAT_REGIME,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG,SUP_QUANTITY\n004,DE,0075,RU,E,84713000,2,1,202201,1000,50,5\n004,DE,0075,RU,E,84713000,2,1,202252,12000,600,60\n",
    )
    assert [(r["reporter"], r["partner"], r["freq"], r["value"], r["quantity"]) for r in rows] == [
        ("DE", "RU", "month", Decimal(1000), Decimal(5)), ("DE", "RU", "year", Decimal(12000), Decimal(60)),
    ]  # fmt: skip
    assert rows[0]["value_usd"] == Decimal(1053)
    assert rows[0]["usd_basis"] == "ECB yearly average 2022: 1.0530"


def test_national_table_with_flows_side_by_side_and_subtotals(read):
    text = "year,partner_ru,turnover_kusd,export_kusd,import_kusd\n2022,Россия,30,10,20\n2022,Страны СНГ,30,10,20\n2022,Всего,60,20,40\n2022,Атлантида,1,1,\n"
    rows, lost, made = read("kazakhstan_trade.csv", text)
    assert {(r["partner"], r["flow"]): r["value_usd"] for r in rows} == {
        ("RU", "export"): 10_000, ("RU", "import"): 20_000, ("W", "export"): 20_000, ("W", "import"): 40_000,
    }  # fmt: skip
    assert lost == ["group_subtotal", "unknown_area"]
    assert any("turnover_kusd" in n for n in made.notes)


def test_repeats_revisions_negatives_and_gaps_are_counted(read):
    text = "reporter,partner,flow,month,value_usd\nDE,RU,export,2022-01,5\nDE,RU,export,2022-01,5\nDE,RU,export,2022-02,5\nDE,RU,export,2022-02,7\nDE,RU,export,2022-03,-1\nDE,RU,export,2022-04,\nDE,RU,export,soon,1\nDE,RU,transit,2022-05,1\n"
    rows, lost, _ = read("de.csv", text)
    assert [(r["period"].month, r["value"]) for r in rows] == [(1, 5), (2, 7)]
    assert lost == ["negative_value", "no_figure", "no_period", "repeated_record", "revised_record", "unknown_flow"]


def test_zero_kilograms_of_a_value_are_unknown(read):
    rows, _, _ = read(
        "china_exports.csv",
        "month,partner,hs6,value_usd,qty_kg\n2022-01-01,Japan,250410,10,0\n2022-02-01,Japan,250410,10,4\n",
    )
    assert [(r["reporter"], r["flow"], r["freq"], r["net_kg"]) for r in rows] == [
        ("CN", "export", "month", None),
        ("CN", "export", "month", Decimal(4)),
    ]


def test_parquet_and_gzip_read_alike(read, tmp_path):
    table = pa.table(
        {"cn8": ["01012100"], "reporter": ["DE"], "partner": ["GE"], "month": ["2021-09"], "value_eur": [60]}
    )
    pq.write_table(table, tmp_path / "t.parquet")
    rows, _, made = read("eurostat.parquet", (tmp_path / "t.parquet").read_bytes())
    assert any("read as exports" in n for n in made.notes)
    again, _, _ = read(
        "eurostat.csv.gz", gzip.compress(b"cn8,reporter,partner,month,value_eur\n01012100,DE,GE,2021-09,60\n")
    )
    assert [{**r, "source": ""} for r in rows] == [{**r, "source": ""} for r in again]


def test_case_file_says_whose_and_which_side(read):
    rows, _, _ = read("table.csv", "country,month,value_usd\nJapan,2022-01,5\n", country="GE", direction="import")
    assert [(r["reporter"], r["partner"], r["flow"]) for r in rows] == [("GE", "JP", "import")]
    with pytest.raises(SourceRefused, match="whose statistics"):
        read("table.csv", "country,month,value_usd\nJapan,2022-01,5\n")


def test_customs_records_are_no_statistics(tmp_path):
    path = tmp_path / "imports.csv"
    path.write_text("date,exporter_name,importer_name,hs_code,value_usd\n2022-01-01,North Aero,South Trade,880622,5\n")
    head = peek(path)
    assert statistics.sniff(head.columns, head.sample, path.name) is None


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "records", "loaded"),
    [
        ("armenia_vehicles_8703_monthly_2017_2023.csv.gz", 10_405, 7_132), ("baci_graphite_bilateral_yearly.csv.gz", 27_531, 27_531),
        ("comtrade_raw_export_format_sample.csv.gz", 3_263, 3_263), ("kazakhstan_national_imports_yearly.csv", 437, 412),
    ],
)  # fmt: skip
def test_shared_files_read_whole(read, shared, name, records, loaded):
    _, _, made = read(name, (shared / "data" / "statistics" / name).read_bytes())
    assert (made.records, made.loaded) == (records, loaded)
