"""The case as a whole: what was asked, what was run, what the files cover; sums and facets of a selection."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.contracts.case_file import CaseFile
from enduse.web.answers import plain
from enduse.web.desk import Desk, Opened
from enduse.web.index.layout import DICTIONARY, EVIDENCE, FACETS, MARKS, NOT_STATED, Facet
from enduse.web.index.store import Index, number, pieces, total
from enduse.web.selection import Selection
from enduse.whole import write_text

SHOWN = 30  # values of a facet


def case_of(desk: Desk) -> dict[str, Any]:
    """The head of the application."""
    now, file = desk.now, desk.case.file
    info = desk.run_info()
    sealed = {s.alias for s in file.source if s.sealed}
    sources = now.ask(
        "SELECT s.source, s.kind, s.sha256, s.records_read, s.loaded, s.rejected, s.duplicates, e.root AS seal FROM source AS s "
        "LEFT JOIN seal AS e ON e.source = s.source ORDER BY s.kind, s.source"
    )
    for source in sources:
        source["sealed"] = source["source"] in sealed
    whole = selection_of(now, Selection())
    customs = [s for s in sources if s["kind"] in ("customs", "order")]
    spans, coverage = now.kept("answer", lambda: answer_spans(now, file))
    ready = {r["stage"]: r["done"] for r in desk.stages()}
    return {
        "title": file.title or file.question or desk.folder.resolve().name,
        "question": file.question,
        "folder_name": desk.folder.resolve().name,
        "simulated": file.simulated,
        "run_id": info.run_id,
        "version": info.version,
        "engine": info.engine,
        "replay": list(info.replay),
        "stale": desk.stale(),
        "stages": desk.stages(),
        "views": {
            "shipments": ready["intake"],
            "parties": ready["parties"],
            "chains": ready["routes"],
            "routes": ready["routes"],
            "claims": ready["press"],
            "network": ready["parties"],
            "map": ready["intake"],
            "timeline": ready["parties"],
        },
        "totals": {
            "rows": whole["rows"],
            "lots": whole["lots"],
            "value_usd": whole["value_usd"]["value"],
            "firms": whole["firms"],
            "sources": len(sources),
            "rejected": sum(s["rejected"] for s in customs),
            "duplicates": sum(s["duplicates"] for s in customs),
            "loaded": sum(s["loaded"] for s in customs),
            "first_date": whole["first_date"],
            "last_date": whole["last_date"],
        },
        "coverage": coverage,
        "sources": sources,
        "answer": ["".join(s["text"] for s in sentence if s["kind"] != "link") for sentence in spans],
        "answer_spans": spans,
        "watch": file.watch,
    }


def answer_spans(now: Opened, file: CaseFile) -> tuple[list[list[dict[str, str]]], list[str]]:
    """The dossier's sentences as spans, and the coverage sentences of the figures."""
    from enduse.dossier.answer import answer_of
    from enduse.dossier.figures import rankings_of, read_all
    from enduse.dossier.left import left_out
    from enduse.dossier.parties import firms, latin_names

    with now.engine() as engine:
        figures = read_all(engine)
        if not figures:
            return [], []
        named = firms(engine, {f.subject_id for f in figures if f.measure in ("by_exporter", "by_importer")})
        rankings = rankings_of(figures, named, latin_names(engine, named))
        sentences = answer_of(file, figures, rankings, left_out(engine))
    spans = [[{"text": s.text, "kind": s.kind, "href": s.href} for s in sentence] for sentence in sentences]
    lead = next((f.coverage for f in figures if f.coverage), "")
    return spans, [part.strip() for part in lead.split(";") if part.strip()]


# ---- sums ------------------------------------------------------------------------------------------------------------


def _counted(index: Index, rows: BitMap) -> BitMap:
    """Without repeats: each lot once."""
    return rows - index.maps.get("marked", {}).get("duplicate", BitMap())


def array_of(rows: BitMap) -> NDArray[np.uint32]:
    return np.frombuffer(rows.to_array(), dtype=np.uint32) if len(rows) else np.zeros(0, np.uint32)


def selection_of(now: Opened, selection: Selection) -> dict[str, Any]:
    """Sums over the selection: `rows` counts all, everything else the lots, each once."""
    return dict(now.kept(("sums", selection), lambda: _sums(now, selection)))


def _sums(now: Opened, selection: Selection) -> dict[str, Any]:
    index = now.index
    rows = now.finder.rows(selection)
    lots = _counted(index, rows)
    places = array_of(lots)
    stated = {name: array_of(lots & held) for name, held in index.maps["stated"].items()}
    sums = {name: _sum(index, "quantity" if name == "pieces" else name, at) for name, at in stated.items()}
    parties = max((int(index.array(c).max(initial=0)) for c in ("seller", "buyer")), default=0)
    seen = np.zeros(parties + 1, bool)
    for column in ("seller", "buyer"):
        for part in pieces(places):
            seen[index.array(column)[part]] = True
    seen[0] = False
    dated = rows.rank(index.dated - 1) if index.dated else 0
    first = index.day(index.array("date")[rows[0]]) if dated else None
    last = index.day(index.array("date")[rows[dated - 1]]) if dated else None
    low, high = _range(now, selection, lots, sums["value_usd"])
    value = {name: number(s) if len(stated[name]) else None for name, s in sums.items()}
    return {
        "rows": len(rows),
        "lots": len(lots),
        "value_usd": {
            "value": value["value_usd"],
            "low": low,
            "high": high,
            "unstated": len(lots) - len(stated["value_usd"]),
        },
        "kg": value["net_kg"],
        "pieces": value["pieces"],
        "firms": int(np.count_nonzero(seen)),
        "first_date": first,
        "last_date": last,
    }


def _sum(index: Index, column: str, places: NDArray[np.uint32]) -> int:
    return sum(total(index.array(column)[part]) for part in pieces(places))


def _range(now: Opened, selection: Selection, lots: BitMap, usd: int) -> tuple[Any, Any]:
    """The strict reading of the selected lots, and all of them, where every lot is one the question is about; else nothing.

    For a figure alone it is the range the figure states.
    """
    index = now.index
    if selection.values and not (selection.q or selection.since or selection.until):
        only = selection.values
        if len(only) == 1 and only[0][0] == "figure" and len(only[0][1]) == 1:
            found = now.ask("SELECT low, high, unit, rule FROM figure WHERE figure_id = ?", [only[0][1][0]])
            if found and found[0]["unit"] == "USD" and found[0]["rule"] == "sum":
                return tuple(float(found[0][k]) if found[0][k] else None for k in ("low", "high"))  # type: ignore[return-value]  # two ends, as many as keys
    readings = index.maps.get("reading", {})
    if not len(lots) or len(lots - readings.get("broad", BitMap())):
        return None, None
    sure = lots & readings.get("strict", BitMap()) & index.maps["stated"]["value_usd"]
    return number(_sum(index, "value_usd", array_of(sure))), number(usd)


# ---- facets ----------------------------------------------------------------------------------------------------------


def _label(facet: Facet, value: str) -> str:
    from enduse.dossier.places import name_of

    if facet.name == "marked":
        return MARKS[value][1]
    if not value:
        return "not watched" if facet.name == "goods" else "not stated"
    if facet.name == "evidence":
        return EVIDENCE.get(value, value).replace("_", " ")
    if DICTIONARY.get(facet.column) == "country":
        return f"{value} {name_of(value)}" if name_of(value) != value else value
    return value


def _shown(facet: Facet, value: str) -> str:
    """The value as it stands in the address."""
    return NOT_STATED if not value else EVIDENCE.get(value, value) if facet.name == "evidence" else value


def _counts(now: Opened, facet: Facet, rows: BitMap) -> list[tuple[str, int]]:
    """Rows by value, most first."""
    index = now.index
    maps = index.maps.get(facet.name, {})
    if len(rows) == index.rows:
        found = [(v, len(m)) for v, m in maps.items()]
    else:
        found = [(v, m.intersection_cardinality(rows)) for v, m in maps.items()]
    return sorted(((v, n) for v, n in found if n), key=lambda p: (-p[1], p[0]))


def _counted_facet(now: Opened, facet: Facet, others: Selection) -> list[tuple[str, int]]:
    return _counts(now, facet, now.finder.rows(others))


def facets_of(now: Opened, selection: Selection, names: tuple[str, ...] = (), most: int = 1000) -> dict[str, Any]:
    """For each facet what one more click would give: its own key is left out of its filter."""
    out = []
    for facet in FACETS:
        if names and facet.name not in names:
            continue
        others = selection.without(facet.name)
        counts = now.kept(("facet", facet.name, others), partial(_counted_facet, now, facet, others))
        chosen = set(selection.get(facet.name))
        options = [
            {"value": _shown(facet, v), "label": _label(facet, v), "count": n, "selected": _shown(facet, v) in chosen}
            for v, n in counts
        ]
        few = most if names else SHOWN
        kept = [o for i, o in enumerate(options) if i < few or o["selected"]]
        shown = {o["value"] for o in kept}
        for value in sorted(chosen - shown):
            kept.append({"value": value, "label": value, "count": 0, "selected": True})
        out.append(
            {
                "name": facet.name,
                "label": facet.label,
                "options": kept,
                "more": len(options) - sum(1 for o in options if o["value"] in shown),
            }
        )
    return {"facets": out, "dates": months_of(now, selection) if not names or "date" in names else []}


def months_of(now: Opened, selection: Selection) -> list[dict[str, Any]]:
    """Rows by month: with the other keys alone, and inside the window as well."""
    index = now.index
    if not index.dated:
        return []
    rows = now.finder.rows(selection.without("date"))
    days = index.array("date")
    first = days[0].astype("datetime64[D]").astype("datetime64[M]")
    last = days[index.dated - 1].astype("datetime64[D]").astype("datetime64[M]")
    months = np.arange(first, last + 1)
    starts = np.searchsorted(days[: index.dated], months.astype("datetime64[D]").astype(np.int32))
    ends = [*starts[1:].tolist(), index.dated]
    inside = now.finder.rows(selection)
    out = []
    for month, low, high in zip(months.tolist(), starts.tolist(), ends, strict=True):
        if low < high:
            out.append(
                {
                    "month": f"{month:%Y-%m}",
                    "count": rows.range_cardinality(low, high),
                    "in_selection": inside.range_cardinality(low, high),
                }
            )
    return [m for m in out if m["count"]]


def prepare(now: Opened, file: CaseFile) -> None:
    """What the first page needs, computed once for a run and kept beside its index."""
    path = now.folder / "first.json"
    if path.is_file():
        held = json.loads(path.read_text(encoding="utf-8"))
    else:
        spans, coverage = answer_spans(now, file)
        facets = {f.name: _counts(now, f, now.index.everything) for f in FACETS}
        held = plain({"answer": [spans, coverage], "sums": _sums(now, Selection()), "facets": facets})
        write_text(path, json.dumps(held, ensure_ascii=False))
    now.pin("answer", held["answer"])
    now.pin(("sums", Selection()), held["sums"])
    for name, counts in held["facets"].items():
        now.pin(("facet", name, Selection()), [(v, n) for v, n in counts])


__all__ = ["array_of", "case_of", "facets_of", "months_of", "prepare", "selection_of"]
