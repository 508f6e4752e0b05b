"""Claims that records can test become figures with rows; each gets its verdict, every way of reading its goods beside the others."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from anyascii import anyascii

from enduse.engine.step import Context
from enduse.reference import party_tables

from .book import VERSION, Book
from .measures import BY_ID, Measure
from .questions import Question, Refusal, questions
from .verdict import UNITS, Judged, judge, months

BASE = (Path(__file__).parent / "sql" / "claim_base.sql").read_text(encoding="utf-8")
_SENDER = {
    "strict": "departure_country = ${0}sender",
    "central": "(departure_country = ${0}sender OR (departure_country IS NULL AND (exporter_country = ${0}sender OR origin_country = ${0}sender)))",
    "broad": "(departure_country = ${0}sender OR exporter_country = ${0}sender OR origin_country = ${0}sender)",
}
_RECIPIENT = {
    "strict": "destination_country IN (${0}recipient)",
    "central": "(destination_country IN (${0}recipient) OR (destination_country IS NULL AND importer_country IN (${0}recipient)))",
    "broad": "(destination_country IN (${0}recipient) OR importer_country IN (${0}recipient))",
}
_CERTAIN = {"strict": "certainty = 2", "central": "certainty >= 1", "broad": "certainty >= 0"}


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", anyascii(name).casefold()))


def firms(name: str, names: list[tuple[str, str]], plain: frozenset[str]) -> list[str]:
    """Parties one of whose names holds every telling word of `name`. `plain` are words that tell nothing (legal forms)."""
    wanted = _words(name) - plain
    if not any(len(w) >= 4 for w in wanted):
        return []
    return sorted({party for party, known in names if wanted <= _words(known)})


def _legal_words() -> frozenset[str]:
    found = getattr(party_tables, "legal_forms", None)
    forms = found() if callable(found) else ()
    words: set[str] = set(
        "co ltd llc inc corp company limited gmbh ooo oao zao ao jsc plc sa ag group the and of".split()
    )
    for form in forms:
        words |= _words(str(form))
    return frozenset(words)


class Bench:
    """Runs tests over `claim_base`; equal questions are asked once and share one figure."""

    def __init__(self, book: Book) -> None:
        self.book, self.engine = book, book.context.engine
        self.asked: dict[tuple[object, ...], tuple[str | None, dict[str, Any]]] = {}
        self.names: list[tuple[str, str]] | None = None
        self.lanes: dict[tuple[object, ...], list[str]] = {}

    def parties(self, name: str) -> list[str]:
        """Party ids behind a firm named in the press."""
        if self.names is None:
            rows = self.engine.fetch("SELECT DISTINCT party_id, name FROM party_name").to_pylist()
            self.names = sorted((r["party_id"], r["name"]) for r in rows)
        return firms(name, self.names, _legal_words())

    def lane_months(self, test: Question) -> list[str]:
        """Months in which the files have any record (of any goods) of the lane's receiving end, else of its sending end."""
        key = (test.recipient, test.sender if not test.recipient else None)
        if key not in self.lanes:
            lane = "1 = 1"
            params: dict[str, Any] = {}
            if test.recipient:
                lane, params = _RECIPIENT["broad"].format(""), {"recipient": list(test.recipient)}
            elif test.sender:
                lane, params = _SENDER["broad"].format(""), {"sender": test.sender}
            found = self.engine.fetch(
                f"SELECT DISTINCT strftime(date, '%Y-%m') AS month FROM shipment_row WHERE date IS NOT NULL AND date_precision <> 'year' AND {lane} ORDER BY month",
                params,
            )
            self.lanes[key] = found["month"].to_pylist()
        return self.lanes[key]

    def conditions(self, test: Question, mark: str) -> tuple[dict[str, str], dict[str, Any]]:
        """For each reading the rows that count, and the parameters; `mark` keeps the names of two tests apart."""
        params: dict[str, Any] = {f"{mark}family": list(test.scope.families)}
        always = [f"family IN (${mark}family)"]
        if test.scope.brand:
            params[f"{mark}brand"] = f"{test.scope.brand.casefold()}%"
            always.append(f"lower(brand) LIKE ${mark}brand")
        if test.scope.model:
            params[f"{mark}model"] = re.sub(r"[\s-]", "", test.scope.model.casefold()) + "%"
            always.append(f"lower(replace(replace(model, ' ', ''), '-', '')) LIKE ${mark}model")
        for side, firm in (("exporter", test.sender_firm), ("importer", test.recipient_firm)):
            if firm:
                params[f"{mark}{side}"] = self.parties(firm) or [""]
                always.append(f"{side}_party IN (${mark}{side})")
        if test.via:
            params[f"{mark}via"] = list(test.via)
            always.append(f"departure_country IN (${mark}via)")
        dated = []
        if test.since:
            params[f"{mark}since"] = test.since
            dated.append(f"date >= ${mark}since")
        if test.until:
            params[f"{mark}until"] = test.until
            dated.append(f"date <= ${mark}until")
        out = {}
        for reading, certain in _CERTAIN.items():
            parts = [*always, certain]
            if test.sender:
                # Goods on a stated way come from the sender by origin, not by the last leg.
                parts.append(f"origin_country = ${mark}sender" if test.via else _SENDER[reading].format(mark))
                params[f"{mark}sender"] = test.sender
            if test.recipient:
                parts.append(_RECIPIENT[reading].format(mark))
                params[f"{mark}recipient"] = list(test.recipient)
            if dated:
                inside = " AND ".join(dated)
                parts.append(f"(date IS NULL OR ({inside}))" if reading == "broad" else f"({inside})")
            out[reading] = " AND ".join(parts)
        return out, params

    def answer(self, test: Question) -> tuple[str | None, dict[str, Any]]:
        """(figure id, the three readings) for a test; no figure where no reading counts a row."""
        if test.key in self.asked:
            return self.asked[test.key]
        mark = f"q{len(self.asked)}_"
        conditions, params = self.conditions(test, mark)
        measure = BY_ID[test.counted]
        select = ", ".join(f"{measure.sql(c)} AS {r}" for r, c in conditions.items())
        rows = f"count(CASE WHEN {conditions['central']} THEN {measure.field} END) AS n"
        got = self.engine.fetch(f"SELECT {select}, {rows} FROM claim_base", params).to_pylist()[0]
        n = got.pop("n")
        number = None
        if got["broad"]:
            number = self.book.add(
                f"claim:{measure.id}", measure.label, measure.words, got, n,
                unit=UNITS[test.counted], rule=measure.rule, lever="", inferred=True,
                whole_label=f"{measure.label}: {lane(test)}", whole_definition=f"{measure.words}, asked by a press claim: {lane(test)}; goods of the case's watch profile, inside its question or not; a lot declared twice is counted once.",
                whole_method=f"{measure.rule} over rows, {VERSION}; strict: goods sure and both countries declared as such; broad: unsure goods, origin or seat in place of the sending country, undated rows",
            )  # fmt: skip
            self.book.row_sql.append(_rows_sql(number, measure, conditions["central"]))
            self.book.params |= params
        self.asked[test.key] = (number, got)
        return self.asked[test.key]


def _rows_sql(number: str, measure: Measure, condition: str) -> str:
    adds = measure.rule == "sum"
    amount, item = (measure.field, "NULL") if adds else ("NULL", measure.field)
    return (
        f"SELECT '{number}' AS figure_id, shipment_id, CAST({amount} AS DECIMAL(18, 4)) AS amount, CAST({item} AS VARCHAR) AS item "
        f"FROM claim_base WHERE {measure.field} IS NOT NULL AND {condition}"
    )


def lane(test: Question) -> str:
    """The question of a test in a few words."""
    parts = [test.scope.label]
    if test.scope.brand:
        parts.append(f"of {test.scope.brand}")
    if test.sender_firm or test.sender:
        parts.append(f"from {test.sender_firm or test.sender}")
    if test.via:
        parts.append(f"through {' or '.join(test.via)}")
    if test.recipient_firm or test.recipient:
        parts.append(f"to {test.recipient_firm or ' and '.join(test.recipient)}")
    window = " ".join(
        w for w in (f"since {test.since}" if test.since else "", f"until {test.until}" if test.until else "") if w
    )
    return ", ".join(p for p in (" ".join(parts), window) if p)


def _judge(bench: Bench, test: Question) -> tuple[str | None, dict[str, Any], Judged]:
    missing = [f for f in (test.sender_firm, test.recipient_firm) if f and not bench.parties(f)]
    if missing:
        reason = f"no firm in the records has the name {missing[0]!r} (its name in another script may be there)"
        return None, {}, Judged("outside_coverage", reason, "a record that names the firm")
    seen = months(test.since, test.until, bench.lane_months(test))
    nothing: dict[str, Any] = {"strict": None, "central": None, "broad": None}
    number, got = bench.answer(test) if seen.months else (None, nothing)
    return number, got, judge(test, got, seen)


def _row(test: Question, number: str | None, got: dict[str, Any], judged: Judged) -> dict[str, Any]:
    values = [float(v) for v in got.values() if v is not None]
    figure = test.measure not in ("exists", "ceased")
    return {
        "claim_id": test.claim["id"],
        "figure_id": number or "",
        "verdict": judged.verdict,
        "reason": judged.reason,
        "scope": f"{test.scope.label}: {BY_ID[test.counted].label.lower()}"
        if figure
        else f"{test.scope.label}: any record",
        "claimed_low": test.stated.low if figure and test.stated else None,
        "claimed_high": test.stated.high if figure and test.stated else None,
        "recorded_low": min(values) if values else None,
        "recorded_high": max(values) if values else None,
        "unit": UNITS[test.counted],
        "overlap": judged.overlap,
        "would_refute": judged.would_refute,
    }


def _other_ways(rows: list[dict[str, Any]], asked: list[Question]) -> None:
    """Where the words of one claim can mean two scopes and the verdicts differ, each row says so."""
    for row, test in zip(rows, asked, strict=True):
        for other, test2 in zip(rows, asked, strict=True):
            same = replace(test2, scope=test.scope) == test
            if same and test2.scope != test.scope and other["verdict"] != row["verdict"]:
                row["reason"] += f". Read as {test2.scope.label}: {other['verdict'].replace('_', ' ')}"


def verdicts(book: Book) -> list[dict[str, Any]]:
    """Rows of `verdict`; the figures behind them are added to the book. `claim_base` stays in the engine until the rows are listed."""
    context: Context = book.context
    engine = context.engine
    claims = engine.fetch("SELECT * FROM claim ORDER BY doc, char_start, id").to_pylist()
    if not claims:
        return []
    goods = context.case.settings.goods
    engine.make("claim_base", BASE, {"strict": goods.strict, "central": goods.central})
    families = frozenset(engine.fetch("SELECT DISTINCT family FROM claim_base")["family"].to_pylist())
    bench, out = Bench(book), []
    for claim in claims:
        found = questions(claim, families)
        asked = [t for t in found if isinstance(t, Question)]
        rows = [_row(t, *_judge(bench, t)) for t in asked]
        _other_ways(rows, asked)
        out += rows
        out += [
            {"claim_id": claim["id"], "figure_id": "", "verdict": "not_testable", "reason": r.reason, "scope": r.scope}
            for r in found
            if isinstance(r, Refusal)
        ]
    return out
