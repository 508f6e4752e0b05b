"""Ownership as a graph and the firms that listed owners hold: aggregation, chains, rules, dates, unstated shares."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.parties.ownership import Behind, Graph, Listed, behind, graph, rule_for

LIST = "sdn.csv@00000001"


def line(row: int, owner: str, owned: str, share: float | None, **more: object) -> dict[str, object]:
    return {
        "source": "own.csv", "row": row, "owner_name": owner, "owned_name": owned, "share": share, "role": "owner",
        "owner_kind": "organization", **more,
    }  # fmt: skip


def place(made: Graph, name: str) -> int:
    return next(i for i, n in enumerate(made.nodes) if name in n.names)


def held(
    rows: list[dict[str, object]], *listed: str, label: str = LIST, since: dt.date | None = None
) -> dict[str, Behind]:
    made = graph(rows)
    hits = {place(made, n): [Listed(label, f"E{i}", n)] for i, n in enumerate(listed)}
    return {f"{made.nodes[b.node].name}|{b.owner.entry_id}": b for b in behind(made, hits, since=since)}


def test_half_held_by_one_listed_owner_counts_and_less_does_not() -> None:
    got = held(
        [line(1, "Kedrovik Holding", "Lastok LLC", 0.5), line(2, "Kedrovik Holding", "Sova LLC", 0.49)],
        "Kedrovik Holding",
    )
    assert set(got) == {"Lastok LLC|E0"}
    assert got["Lastok LLC|E0"].share == 0.5
    assert got["Lastok LLC|E0"].rule.startswith("OFAC 50 percent rule (2014-08-13)")
    assert got["Lastok LLC|E0"].path == "Lastok LLC < 50 % Kedrovik Holding (own.csv:1)"


def test_shares_of_several_listed_owners_add_up() -> None:
    rows = [line(1, "Kedrovik", "Lastok LLC", 0.3), line(2, "Zvezdograd", "Lastok LLC", 0.25)]
    got = held(rows, "Kedrovik", "Zvezdograd")
    assert {b.share for b in got.values()} == {0.55}
    assert set(got) == {"Lastok LLC|E0", "Lastok LLC|E1"}
    assert held(rows, "Kedrovik") == {}


def test_a_firm_that_reaches_the_rule_passes_it_on_whole() -> None:
    rows = [line(1, "Kedrovik", "Middle LLC", 0.6), line(2, "Middle LLC", "Lower LLC", 0.6), line(3, "Weak LLC", "Other LLC", 1.0), line(4, "Kedrovik", "Weak LLC", 0.4)]  # fmt: skip
    got = held(rows, "Kedrovik")
    assert got["Lower LLC|E0"].share == 0.6
    assert got["Lower LLC|E0"].path.count("<") == 2
    assert not any(k.startswith(("Weak", "Other")) for k in got)


def test_a_share_not_stated_is_said_and_not_decided() -> None:
    (got,) = held([line(1, "Kedrovik", "Lastok LLC", None)], "Kedrovik").values()
    assert got.share is None
    assert "not stated" in got.rule


def test_the_rule_goes_with_the_list() -> None:
    rows = [line(1, "Kedrovik", "Lastok LLC", 0.5)]
    assert held(rows, "Kedrovik", label="eu_consolidated.csv@00000002") == {}
    assert rule_for("uk_sanctions.csv").rule_id == "UK-50"
    assert not rule_for("uk_sanctions.csv").aggregate
    assert rule_for("some list").rule_id == "OFAC-50"


def test_a_holding_that_ended_before_the_records_does_not_count() -> None:
    rows = [line(1, "Kedrovik", "Lastok LLC", 0.7, end=dt.date(2020, 1, 1))]
    assert held(rows, "Kedrovik", since=dt.date(2022, 1, 1)) == {}
    assert "until 2020-01-01" in held(rows, "Kedrovik", since=dt.date(2019, 1, 1))["Lastok LLC|E0"].path


def test_directors_hold_nothing_and_circles_end() -> None:
    assert held([line(1, "Testov", "Lastok LLC", 1.0, role="director")], "Testov") == {}
    ring = [line(1, "A Kedrovik", "B Lastok", 0.9), line(2, "B Lastok", "C Sova", 0.9), line(3, "C Sova", "B Lastok", 0.1), line(4, "C Sova", "A Kedrovik", 1.0)]  # fmt: skip
    assert set(held(ring, "A Kedrovik")) == {"B Lastok|E0", "C Sova|E0"}


def test_one_firm_under_two_spellings_or_two_files_is_one_node() -> None:
    rows = [
        line(1, "Kedrovik Holding LLC", "Lastok", 0.3, owner_country="RU"),
        {**line(7, "ООО «Кедровик Холдинг»", "Sova", 0.3, owner_country="RU"), "source": "other.csv"},
        line(2, "Tikhaya", "Lastok", 0.2, owned_identifiers="INN:7707083893", owned_country="RU"),
        line(3, "Tikhaya", "LASTOK TRADE", 0.2, owned_identifiers="INN:7707083893", owned_country="RU"),
    ]
    made = graph(rows)
    assert place(made, "Kedrovik Holding LLC") == place(made, "ООО «Кедровик Холдинг»")
    assert place(made, "LASTOK TRADE") != place(made, "Sova")


shares = st.one_of(st.none(), st.integers(0, 20).map(lambda n: n / 20))
firms = st.sampled_from([f"Firma{c}" for c in "ABCDEF"])


@given(st.lists(st.tuples(firms, firms, shares), max_size=14), st.sets(firms, min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_more_listed_owners_never_free_a_firm(lines: list[tuple[str, str, float | None]], listed: set[str]) -> None:
    rows = [line(i, a, b, s) for i, (a, b, s) in enumerate(lines, 1)]
    made = graph(rows)
    known = [n for n in sorted(listed) if any(n in node.names for node in made.nodes)]
    hits = {place(made, n): [Listed(LIST, n, n)] for n in known}
    some = {b.node for b in behind(made, dict(list(hits.items())[:1])) if b.share is not None}
    every = {b.node for b in behind(made, hits) if b.share is not None}
    assert some <= every | set(hits)
    assert not every & set(hits)
    assert all(b.share is None or b.share >= 0.5 for b in behind(made, hits))
