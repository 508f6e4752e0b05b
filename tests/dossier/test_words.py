"""Sentences a reader takes away: what the value rests on, how far apart the readings are, names that can be read."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st
from reading import Page

from enduse import dossier
from enduse.dossier import labels, numbers, words
from enduse.dossier.charts import flows
from enduse.dossier.figures import cards_of
from enduse.dossier.model import Figure, Leg, Spelling
from enduse.dossier.text import script_of
from enduse.reference import goods_tables


def figure(**parts: object) -> Figure:
    base: dict[str, object] = {
        "id": "F-0001", "label": "", "definition": "", "value": Decimal(10), "low": None, "high": None, "strict": None, "broad": None, "unit": "USD",
        "rows": 1, "coverage": "", "method": "", "mark": "declared", "measure": "value_usd", "subject": "", "subject_id": "", "rank": None, "lever": "",
    }  # fmt: skip
    return Figure(**{**base, **parts})


def test_the_headline_of_a_simulated_case_does_not_repeat_the_strip(filled):
    case = world.CASE.model_copy(update={"title": "SIMULATED: rotors on the way"})
    assert dossier.build(filled, case, world.RUN).title == "Rotors on the way"
    real = case.model_copy(update={"simulated": False})
    assert dossier.build(filled, real, world.RUN).title == "SIMULATED: rotors on the way"


def test_the_answer_says_on_how_many_rows_the_value_rests(model, page):
    said = Page(page).said.replace(numbers.NBSP, " ")
    records = next(f for f in model.cards if f.measure == "records")
    assert model.lead.rows < records.value
    assert f"on {model.lead.rows} of {numbers.count(int(records.value))} records" in said
    silent = int(records.value) - model.lead.rows
    assert f"(the other {silent} state no value in US dollars)" in said


@pytest.mark.parametrize(
    ("strict", "value", "broad", "said"),
    [
        ("10", "10", "1000", "The broad reading is 100 times the central one"),
        ("2", "10", "12", "The central reading is 5 times the strict one"),
        ("8", "10", "12", ""),
        ("0", "10", "12", ""),
    ],
)
def test_readings_that_lie_far_apart_are_warned_of(strict, value, broad, said):
    text = words.far_apart(figure(strict=Decimal(strict), value=Decimal(value), broad=Decimal(broad)))
    assert text.startswith(said)
    assert bool(text) == bool(said)


def test_a_total_no_reading_has_a_row_for_is_no_card():
    lead, silent = figure(), figure(id="F-0002", value=None, rows=0, measure="value")
    only_broad = figure(id="F-0003", value=None, rows=0, broad=Decimal(3), measure="quantity")
    assert [f.id for f in cards_of([lead, silent, only_broad], lead)] == ["F-0003"]


def test_how_a_file_was_read_is_said_in_words():
    assert labels.form('csv, UTF-8, delimiter ,, quote "') == "csv, UTF-8, separated by commas"
    assert labels.form('csv, Windows-1251, delimiter ;, quote "') == "csv, Windows-1251, separated by semicolons"
    assert labels.form('csv, UTF-16 LE, delimiter tab, quote "') == "csv, UTF-16 LE, separated by tab"
    assert labels.form("text, UTF-8") == "text, UTF-8"


def test_every_rule_for_vague_text_has_words():
    for row in goods_tables.rows("vague_rules"):
        said = labels.vague_rule(row["rule_id"])
        assert said != row["rule_id"].replace("_", " ")
        assert row["meaning"].startswith(said)
    assert labels.vague_rule("not_a_rule") == "not a rule"


def test_one_way_of_merging_is_said_once():
    def spelling(method: str, score: float) -> Spelling:
        return Spelling("Latn", "", "A", "", method, score, 1)

    assert labels.merged((spelling("exact_key", 0.97), spelling("exact_key", 0.97))) == "same words (.97)"
    assert labels.merged((spelling("exact_key", 0.97), spelling("identifier", 0.99))) == ""
    assert labels.merged((spelling("exact_key", 0.97),)) == ""


def test_a_name_in_another_script_stands_beside_a_declared_latin_spelling(filled, model):
    """Only spellings that stand in a record: none is made up."""
    rows = filled.fetch("SELECT exporter_name AS a, importer_name AS b FROM shipment").to_pylist()
    declared = {row[side] or "" for row in rows for side in ("a", "b")}
    shown = {c.name: c.latin for c in model.parties.cards if c.latin}
    assert shown
    assert all(any(name.startswith(latin.rstrip("…")) for name in declared) for latin in shown.values())
    assert all(script_of(latin) == "Latn" != script_of(name) for name, latin in shown.items())


def test_hits_on_firms_of_no_counted_row_stand_apart(empty):
    book = world.tables(60)
    book["reading"] = [{**r, "central": 0, "strict": 0} for r in book["reading"]]
    world.fill(empty, book)
    model = dossier.build(empty, world.CASE, world.RUN)
    assert model.parties.counted == 0
    assert not [c for c in model.parties.cards if c.hits]
    assert {a.hit.decision for a in model.parties.aside} == {"match", "review"}
    assert model.parties.aside_total == 2
    assert "2 of 2 shown; all are in screening.csv" in Page(dossier.render(model)).said


COUNTRIES = ("AE", "CN", "DE", "HK", "IN", "KZ", "RU", "TR", "US", "UZ", "BY", "PK")
legs = st.lists(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES), st.integers(1, 10**9), st.booleans()),
    min_size=1,
    max_size=14,
    unique_by=lambda t: (t[0], t[1], t[3]),
)


@given(legs)
def test_labels_of_the_map_never_hide_each_other_or_a_country(drawn):
    found = tuple(Leg(a, b, Decimal(v), 1, 0, d) for a, b, v, d in drawn if a != b)
    chart = flows.flow_map(found, "map")
    if chart is None:
        return
    label = re.compile(r'<text x="([-0-9.]+)" y="([-0-9.]+)" class="(?:fl-[dm]|cc)"[^>]*>([^<]*)</text>')
    spots = [(float(x), float(y), text) for x, y, text in label.findall(str(chart.wide))]
    assert len(spots) >= 2
    for n, (x, y, text) in enumerate(spots):
        for other_x, other_y, other in spots[n + 1 :]:
            apart = (len(text) + len(other)) * 2.5
            assert abs(x - other_x) > min(apart, 18) or abs(y - other_y) > 12, (text, other)
