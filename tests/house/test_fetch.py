"""Fetching: nothing leaves the machine unless the case says so; the answer is kept whole and read like a downloaded file."""

from __future__ import annotations

import json
import sys

import pytest
from typer.testing import CliRunner

from enduse.case import Case
from enduse.cli import app
from enduse.errors import CaseError, EnduseError, UsageError
from enduse.fetch import KEY, MOST, Question, fetch, number_of

ASK = Question(("KZ",), ("RU",), ("880622",), ("202301", "202302"))


class Frame(list):
    def to_json(self, **_):
        return json.dumps(list(self))


def _record(period, flow, value):
    return {
        "typeCode": "C", "freqCode": "M", "refYear": int(period[:4]), "refMonth": int(period[4:]), "period": period, "reporterCode": 398,
        "reporterISO": "KAZ", "flowCode": flow, "partnerCode": 643, "partnerISO": "RUS", "partner2Code": 0, "classificationCode": "H6",
        "cmdCode": "880622", "customsCode": "C00", "motCode": 0, "qtyUnitCode": 5, "qty": 3, "netWgt": 9.5, "primaryValue": value,
    }  # fmt: skip


@pytest.fixture
def case(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY, "a-key")
    made = Case.new(tmp_path / "c", question="drones to RU")
    path = made.folder / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[settings.fetch]\ncomtrade = true\n", encoding="utf-8")
    return Case(made.folder)


def test_off_by_default(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY, "a-key")
    made = Case.new(tmp_path / "c", question="drones to RU")
    with pytest.raises(CaseError, match="does not fetch"):
        fetch(made, ASK, ask=lambda *_, **__: pytest.fail("asked"))
    shown = CliRunner().invoke(app, ["fetch", str(made.folder), "--reporter", "KZ", "--hs", "8806", "--period", "2023"])
    assert isinstance(shown.exception, CaseError)


def test_a_key_is_needed(case, monkeypatch):
    monkeypatch.delenv(KEY)
    with pytest.raises(EnduseError, match="no key"):
        fetch(case, ASK, ask=lambda *_, **__: pytest.fail("asked"))


def test_the_answer_is_read_like_a_file(case):
    asked = []

    def ask(key, **question):
        asked.append((key, question))
        return Frame(_record(p, "X", 100 + n) for n, p in enumerate(question["period"].split(",")))

    path = fetch(case, ASK, ask=ask)
    ((key, question),) = asked
    assert key == "a-key"
    assert (question["reporterCode"], question["partnerCode"], question["freqCode"]) == ("398", "643", "M")
    assert "a-key" not in path.read_text(encoding="utf-8")
    assert not case.add([path], kind="statistics")[0].refused
    case.run(until="intake")
    rows = case.table("statistic").to_pylist()
    assert [(str(r["period"]), float(r["value_usd"])) for r in rows] == [("2023-01-01", 100.0), ("2023-02-01", 101.0)]
    with pytest.raises(EnduseError, match="fetched before"):
        fetch(case, ASK, ask=ask)


def test_a_year_of_months_and_one_more_are_two_calls(case):
    asked = []
    months = (*(f"2022{m:02d}" for m in range(1, 13)), "202301")

    def ask(_, **question):
        asked.append(question["period"].count(",") + 1)
        return Frame([_record("202301", "M", 5)])

    fetch(case, Question(("KZ",), (), ("TOTAL",), months), ask=ask)
    assert asked == [12, 1]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(None, "refused"), (Frame(), "no record"), (Frame([{}] * MOST), "cut at")],
)
def test_no_answer_and_a_cut_one_are_errors_and_leave_no_file(case, answer, words):
    def ask(*_, **__):
        sys.stdout.write("quota exceeded for a-key")
        return answer

    with pytest.raises(EnduseError, match=words) as told:
        fetch(case, ASK, ask=ask)
    assert "a-key" not in str(told.value)
    assert not list(case.folder.glob("sources/*"))


@pytest.mark.parametrize(
    "bad",
    [
        {"periods": ("2023-01",)}, {"periods": ()}, {"periods": ("2023", "202301")}, {"codes": ("88062",)}, {"codes": ()}, {"flows": ("IN",)},
    ],
)  # fmt: skip
def test_bad_questions(bad):
    good = {"reporters": ("KZ",), "partners": (), "codes": ("8806",), "periods": ("2023",)}
    with pytest.raises(UsageError):
        Question(**{**good, **bad})


def test_numbers_are_the_un_s_own():
    assert [number_of(c) for c in ("US", "FR", "CN", "W")] == ["842", "251", "156", "0"]
    with pytest.raises(UsageError):
        number_of("XQ")
