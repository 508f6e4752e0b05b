"""One selection, counted in every view the same way."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from enduse.errors import UsageError
from enduse.web.index.words import SIGNS, UNSPACED
from enduse.web.selection import parse

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
SIMPLE = ("goods", "origin", "departure", "destination", "direction", "evidence", "marked", "brand", "model", "source")


def _plain(case):
    """Rows of the table as the filters see them."""
    evidence = {"code+text": "code_and_text", "text": "words_alone", "code": "code_alone"}
    goods = {r["shipment_id"]: r for r in case.table("goods").to_pylist()}
    for row in case.table("shipment").to_pylist():
        g = goods.get(row["shipment_id"], {})
        yield {
            "id": row["shipment_id"], "goods": g.get("family") or "none", "origin": row["origin_country"] or "none", "departure": row["departure_country"] or "none",
            "destination": row["destination_country"] or "none", "direction": row["direction"] or "none", "evidence": evidence.get(g.get("basis") or "", "none"),
            "brand": g.get("brand") or "none", "model": g.get("model") or "none", "source": row["source"], "date": row["date"], "hs": row["hs_code"] or "",
            "texts": [str(row[k]) for k in ("description", "exporter_name", "importer_name") if row[k]],
            "words": " ".join(str(row[k] or "") for k in ("description", "exporter_name", "importer_name")).lower(), "seller": row["exporter_party"], "buyer": row["importer_party"],
        }  # fmt: skip


@pytest.fixture(scope="module")
def plain(case):
    return list(_plain(case))


@pytest.fixture(scope="module")
def facets(ask):
    return {f["name"]: [o["value"] for o in f["options"]] for f in ask.get("facets")["facets"]}


@st.composite
def selections(draw):
    """Up to three keys, places into the values the facets offer, a window, an HS prefix, a word."""
    keys = draw(st.lists(st.sampled_from(SIMPLE), unique=True, max_size=3))
    chosen = {k: draw(st.lists(st.integers(0, 40), min_size=1, max_size=2)) for k in keys}
    since = draw(st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2024, 6, 30)))
    word = draw(st.sampled_from(["", "", "drone", "дрон", "88", "co ltd"]))
    return chosen, since, draw(st.sampled_from(["", "", "88", "8806", "8525", "85.29"])), word


def _pairs(drawn, facets):
    chosen, since, hs, word = drawn
    out = [(k, facets[k][i % len(facets[k])]) for k, places in chosen.items() for i in places if facets[k]]
    return (
        out
        + ([("since", since.isoformat())] if since else [])
        + ([("hs", hs)] if hs else [])
        + ([("q", word)] if word else [])
    )


@FEW
@given(selections())
def test_the_rows_selected_are_those_that_meet_every_key(ask, plain, facets, drawn):
    pairs = [p for p in _pairs(drawn, facets) if p[0] != "marked"]
    wanted = set()
    for row in plain:
        keys = {k for k, _ in pairs}
        fits = all(
            any(
                (row["hs"].startswith(v.replace(".", "")) if k == "hs" else row["date"] is not None and row["date"] >= dt.date.fromisoformat(v) if k == "since"
                 else all(w in row["words"] or row["hs"].startswith(w) for w in v.split()) if k == "q" else row[k] == v)
                for key, v in pairs if key == k
            )
            for k in keys
        )  # fmt: skip
        if fits:
            wanted.add(row["id"])
    found = set()
    while True:
        page = ask.get("shipments", [*pairs, ("offset", str(len(found))), ("limit", "500")])
        found |= {r["shipment_id"] for r in page["rows"]}
        if len(found) >= page["total"] or not page["rows"]:
            break
    assert found == wanted
    assert ask.get("selection", pairs)["rows"] == len(wanted)


@FEW
@given(selections())
def test_the_count_at_a_facet_is_what_one_click_gives(ask, facets, drawn):
    pairs = _pairs(drawn, facets)
    for facet in ask.get("facets", pairs)["facets"]:
        others = [p for p in pairs if p[0] != facet["name"]]
        for option in facet["options"][:2]:
            assert ask.get("selection", [*others, (facet["name"], option["value"])])["rows"] == option["count"]


@FEW
@given(selections())
def test_months_add_up_to_the_dated_rows_of_the_selection(ask, facets, drawn):
    pairs = _pairs(drawn, facets)
    months = ask.get("facets", pairs)["dates"]
    rows = ask.get("selection", pairs)["rows"]
    undated = (
        0
        if any(k == "since" for k, _ in pairs)
        else ask.get("shipments", [*pairs, ("limit", "1"), ("sort", "date")])["total"]
        - sum(m["in_selection"] for m in months)
    )
    assert sum(m["in_selection"] for m in months) + undated == rows
    assert all(m["in_selection"] <= m["count"] for m in months)


def _spaced(text):
    """Small letters, one space for any run of signs: the plain rule a phrase is held to."""
    return " " + " ".join("".join(" " if c in SIGNS else c for c in text.lower()).split()) + " "


@FEW
@given(
    st.integers(0, 10_000), st.integers(0, 40), st.integers(1, 4), st.booleans(), st.sampled_from([" ", ", ", " - "])
)
def test_a_phrase_selects_the_rows_in_which_its_words_stand_next_to_each_other(
    ask, plain, text, start, length, turned, between
):
    texts = sorted({t for r in plain for t in r["texts"] if _spaced(t).strip()})
    held = _spaced(texts[text % len(texts)]).split()
    start %= len(held)
    phrase = held[start : start + length]
    if turned:
        phrase = phrase[::-1]  # another order is another phrase
    wanted = f" {' '.join(phrase)} "
    query = f'"{between.join(phrase)}"'
    assume(len(query) < 300)  # longer addresses are refused
    found = ask.get("selection", {"q": query})["rows"]
    own = [
        r for r in plain if any(wanted in _spaced(t) for t in r["texts"]) or (len(phrase) == 1 and r["hs"] == phrase[0])
    ]
    if not UNSPACED.search(wanted):
        assert found == len(own)
    assert found >= len(own)


def test_words_beside_a_phrase_and_marks_without_a_second_one(ask):
    whole = ask.get("selection", {"q": "quadcopter second"})["rows"]
    assert whole == ask.get("selection", {"q": '"quadcopter second"'})["rows"] == 1
    assert ask.get("selection", {"q": '"second quadcopter"'})["rows"] == 0
    assert ask.get("selection", {"q": '"quadcopter second" line'})["rows"] == 1
    assert ask.get("selection", {"q": 'line "quadcopter second'})["rows"] == 1
    assert ask.get("selection", {"q": '"QUADCOPTER  Second"'})["rows"] == 1
    assert ask.get("selection", {"q": "“quadcopter second”"})["rows"] == 1
    assert ask.get("selection", {"q": '"copter second"'})["rows"] == 0, "the words of a phrase stand whole"
    assert ask.get("selection", {"q": '"..."'})["rows"] == ask.get("selection")["rows"]
    assert ask.get("selection", {"q": '"69 07"'})["rows"] == 0


def test_the_sum_of_a_figures_rows_is_its_central_reading(ask):
    told = [f for f in ask.get("figures")["figures"] if f["rule"] == "sum" and f["unit"] == "USD"]
    assert len(told) > 3
    for figure in told:
        found = ask.get("selection", {"figure": figure["figure_id"]})
        assert found["value_usd"]["value"] == pytest.approx(figure["value"], abs=0.005)
        assert (found["value_usd"]["low"], found["value_usd"]["high"]) == (figure["low"], figure["high"])
        assert found["rows"] == figure["rows"]


def test_a_duplicate_is_a_row_but_no_lot(ask):
    found = ask.get("selection", {"marked": "duplicate"})
    assert found["rows"] > 0
    assert found["lots"] == 0
    assert found["value_usd"]["value"] is None


def test_seller_buyer_and_party(ask, plain):
    seller = next(r["seller"] for r in plain if r["seller"])
    assert ask.get("selection", {"seller": seller})["rows"] == sum(r["seller"] == seller for r in plain)
    assert ask.get("selection", {"party": seller})["rows"] == sum(seller in (r["seller"], r["buyer"]) for r in plain)
    none = sum(not r["buyer"] for r in plain)
    assert ask.get("selection", {"buyer": "none"})["rows"] == none > 0


@given(
    st.lists(st.tuples(st.sampled_from(["goods", "hs", "q", "since", "party", "x"]), st.text(max_size=20)), max_size=6)
)
def test_any_address_is_understood_or_refused(pairs):
    def understood(found):
        try:
            return parse(found)
        except UsageError as error:
            return bool(error.fix)

    last = {k: v for k, v in pairs if k in ("q", "since") and v}  # of these the last one counts
    rest = [p for p in pairs if p[0] not in ("q", "since")]
    once = understood([*rest, *last.items()])
    assert once
    assert once == understood([*last.items(), *reversed(rest)]) or once is True


@pytest.mark.parametrize("word", ["'; DROP TABLE fact; --", '" OR 1=1', "%", "_", "\x00", "'''", "…", "\\"])
def test_words_of_a_search_are_never_sql(ask, word):
    found = ask.get("selection", {"q": word})
    assert found["rows"] <= ask.get("selection")["rows"]
    assert ask.get("parties", {"find": word})["total"] >= 0
    assert ask.get("selection", {"party": word, "figure": word, "chain": word})["rows"] == 0
