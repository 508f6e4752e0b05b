"""The page as a reader and as a lawyer would check it: rows behind each number, safe text, a table beside each chart."""

from __future__ import annotations

import re

import world
from reading import Page

from enduse import dossier
from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.dossier import figures, numbers
from enduse.dossier.page import chapters, css_text


def test_every_figure_has_a_place_and_rows(page, model):
    read = Page(page)
    wanted = {
        model.lead.id,
        *(f.id for f in model.cards),
        *(line.figure.id for r in model.rankings.values() for line in r.lines),
    }
    assert wanted == {e.figure.id for e in model.evidence}
    for number in wanted:
        assert read.ids.count(number) == 1, number
        assert read.ids.count(f"rows-{number}") == 1, number
        assert f"#rows-{number}" in read.links, number


def test_no_link_leads_nowhere_and_no_id_stands_twice(page):
    read = Page(page)
    assert len(read.ids) == len(set(read.ids))
    assert [h for h in read.links if not h.startswith("#") or h[1:] not in read.ids] == []


def test_the_html_is_well_formed(page):
    read = Page(page)
    assert read.faults == []
    assert read.open_tags == []
    assert [t for t, _ in read.tags].count("h1") == 1


def test_the_answer_states_ranges_and_links_to_figures(page):
    said = Page(page).said.replace(numbers.NBSP, " ")
    lead = re.search(r"worth (\d+\.\d m USD) \((\d+\.\d)–(\d+\.\d)\) ?F-0001", said)
    assert lead, said[:600]
    assert "7 exporters (6–9) F-0005" in said or "7 exporters (6–9)F-0005" in said


def test_rows_show_their_file_and_record(page, model):
    said = Page(page).said
    for row in model.evidence[0].rows:
        assert row.source in said
        assert numbers.count(row.row) in said
    assert "8 of 267 rows shown" in said
    assert "figure_row.csv" in said


def test_recognised_words_are_marked_in_the_goods_text(page):
    assert re.search(r"КВАДРОКОПТЕР <mark>\w+</mark> M", page)


def test_denials_stand_in_full(page):
    said = Page(page).said
    assert (
        "“No unmanned aircraft of any kind were delivered to that market in the period named,” the spokesman said."
        in said
    )
    assert "drift, precision: 'over' lost" in said
    assert "<mark>over $12 million</mark>" in page


def test_each_chart_has_a_name_and_a_table(page):
    read = Page(page)
    charts = [a for t, a in read.tags if t == "svg" and "c " in a.get("class", "") + " "]
    for attributes in charts:
        if {"months", "map"} & set(attributes["class"].split()):
            assert attributes["role"] == "img"
            assert len(attributes["aria-label"]) > 10
    assert read.said.count("Table of this") == 2  # months; the map (drawn for wide and for narrow pages)
    bars = [a for t, a in read.tags if t == "svg" and a.get("class") == "bar"]
    assert len(bars) == 9
    assert all("strict" in a["aria-label"] or "same in all readings" in a["aria-label"] for a in bars)


def test_text_of_sources_cannot_become_markup(page):
    read = Page(page)
    assert not [t for t, _ in read.tags if t in ("script", "img", "iframe", "object", "link", "b>")]
    assert not [a for _, attributes in read.tags for a in attributes if a.startswith("on")]
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page


def test_a_case_title_cannot_leave_the_style_sheet(filled):
    title = '"}</style><script>1</script> \\'
    case = CaseFile.model_validate({"title": title})
    text = dossier.render(dossier.build(filled, case, world.RUN))
    assert "<script>" not in text
    assert text.count("</style>") == 1
    assert css_text('a"\\}é') == "a\\000022\\00005c\\00007d\\0000e9"


def test_the_policy_forbids_everything_but_inline_style(page):
    policy = next(
        a["content"] for t, a in Page(page).tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//", re.sub(r"&lt;.*?&gt;", "", page))


def test_names_of_ten_thousand_letters_are_cut(page):
    assert "NAME " * 50 not in page
    assert len(page) < 600_000


def test_simulated_is_said_on_top_at_the_foot_and_in_print(page):
    assert page.index('class="sim"') < page.index("<main")
    assert Page(page).said.count("SIMULATED CASE.") == 2
    assert "SIMULATED CASE" in css_text("SIMULATED CASE")
    assert '@bottom-left{content:"SIMULATED CASE' in page


def test_a_case_of_real_records_does_not_say_simulated(filled):
    case = world.CASE.model_copy(update={"simulated": False})
    assert "SIMULATED" not in dossier.render(dossier.build(filled, case, world.RUN))


def test_every_table_may_be_empty(empty):
    model = dossier.build(empty, world.CASE, world.RUN)
    read = Page(dossier.render(model))
    assert [c.id for c in chapters(model)] == ["figures", "left", "method", "replay", "rows"]
    assert read.faults == []
    assert "This says nothing about the trade itself, for no customs file is held." in read.said
    assert "no trade" not in read.said.replace("not the same as no trade", "")


JOINED = (
    "shipment",
    "goods",
    "reading",
    "figure",
    "figure_row",
    "party",
    "screening",
    "claim",
    "claim_cluster",
    "source",
)


def test_any_one_table_that_others_refer_to_may_be_empty(empty):
    book = world.tables(40)
    world.fill(empty, book)
    for name in JOINED:
        table = TABLES[name]
        empty.put(name, table.empty())
        read = Page(dossier.render(dossier.build(empty, world.CASE, world.RUN)))
        assert read.faults == [], name
        assert [h for h in read.links if h[1:] not in read.ids] == [], name
        empty.put(name, table.arrow(book[name]))


def test_equal_tables_give_equal_bytes(filled, page):
    assert dossier.render(dossier.build(filled, world.CASE, world.RUN)) == page


def test_words_stay_measured(page):
    said = Page(page).said.lower()
    for word in ("violation", "guilty", "suspicious"):
        assert word not in said


def test_a_sum_that_does_not_close_is_said(empty):
    book = world.tables(40)
    book["source"][0]["loaded"] = 1
    world.fill(empty, book)
    assert "does not add up" in Page(dossier.render(dossier.build(empty, world.CASE, world.RUN))).said


def test_the_lead_is_the_value_or_else_the_records(model):
    assert model.lead.measure == "value_usd"
    rest = [f for f in model.cards if f.measure != "value_usd"]
    assert figures.lead_of(rest).measure == "records"
    assert figures.lead_of([]) is None
