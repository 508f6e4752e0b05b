"""Firms: which the selection names, and one firm with names, list hits, links, doubtful pairs, trade by month."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.contracts import TABLES
from enduse.errors import EnduseError, UsageError
from enduse.web.desk import Desk, Opened
from enduse.web.index.layout import DUPLICATE, NO_AMOUNT, NO_DATE, SCALE
from enduse.web.index.store import pieces
from enduse.web.selection import Selection
from enduse.web.views.overview import array_of
from enduse.web.views.words import listed, marks, sides

SORTS = ("rows", "value_usd", "name", "names", "hits")


def sums_by(codes: NDArray[Any], values: NDArray[Any], size: int) -> NDArray[np.float64]:
    """Sum of amounts by code, in whole units. Two halves are summed apart, so that no cent is lost below 2^53."""
    stated = values != NO_AMOUNT
    codes, values = codes[stated], values[stated]
    low = np.bincount(codes, weights=values & 0x3FFFFFF, minlength=size)
    high = np.bincount(codes, weights=values >> 26, minlength=size)
    return np.asarray((high * (1 << 26) + low) / SCALE, np.float64).round(4)


def tally(now: Opened, selection: Selection) -> dict[str, NDArray[Any]]:
    """By party code: rows, value, first and last day, as seller and as buyer."""
    found: dict[str, NDArray[Any]] = now.kept(("tally", selection), lambda: _tally(now, selection))
    return found


def _tally(now: Opened, selection: Selection) -> dict[str, NDArray[Any]]:
    index = now.index
    size = int(index.ask("SELECT count(*) FROM d_party")[0][0]) + 1
    out: dict[str, NDArray[Any]] = {name: np.zeros(size, np.int64) for name in ("rows", "sold", "bought")}
    out |= {"value_usd": np.zeros(size), "first": np.full(size, NO_DATE, np.int32), "last": np.full(size, -1, np.int32)}
    for places in pieces(array_of(now.finder.rows(selection))):
        seller, buyer = index.array("seller")[places], index.array("buyer")[places]
        sold, bought = np.bincount(seller, minlength=size), np.bincount(buyer, minlength=size)
        out["sold"] += sold
        out["bought"] += bought
        out["rows"] += sold + bought - np.bincount(seller[seller == buyer], minlength=size)
        counted = (index.array("marks")[places] & DUPLICATE) == 0
        apart = counted & (seller != buyer)
        usd = index.array("value_usd")[places]
        out["value_usd"] += sums_by(seller[counted], usd[counted], size) + sums_by(buyer[apart], usd[apart], size)
        days = index.array("date")[places]
        dated = days != NO_DATE
        for codes in (seller, buyer):
            # Rows come in the order of dates: the last one written is the latest, and the other way round.
            out["first"][codes[::-1]] = np.minimum(out["first"][codes[::-1]], days[::-1])
            out["last"][codes[dated]] = np.maximum(out["last"][codes[dated]], days[dated])
    out["value_usd"] = out["value_usd"].round(4)
    return out


def parties_of(
    now: Opened, selection: Selection, *, sort: str, direction: str, offset: int, limit: int, find: str
) -> dict[str, Any]:
    """A page of the firms on the selected rows."""
    if sort not in SORTS or direction not in ("asc", "desc"):
        raise UsageError("no such order", fix=f"Sort by {', '.join(SORTS)}, asc or desc")
    found = tally(now, selection)
    codes = np.flatnonzero(found["rows"])
    codes = codes[codes > 0]
    if find.strip():
        codes = codes[np.isin(codes, _named(now, find.strip().lower()))]
    keys = found[sort] if sort in ("rows", "value_usd") else now.kept(("party_key", sort), lambda: _keys(now, sort))
    held = keys[codes]
    order = codes[np.lexsort((codes, held if direction == "asc" else -held.astype(np.float64)))]
    page = order[offset : offset + limit]
    about = now.index.firms(page.tolist())
    rows = []
    for code in page.tolist():
        firm = about[code]
        roles = [r for r, n in (("seller", found["sold"][code]), ("buyer", found["bought"][code])) if n]
        rows.append(
            {
                **{k: firm[k] for k in ("party_id", "name", "country", "kind", "names", "hits")},
                "rows": int(found["rows"][code]), "value_usd": float(found["value_usd"][code]), "first_date": now.index.day(int(found["first"][code])),
                "last_date": now.index.day(int(found["last"][code])) if found["last"][code] >= 0 else None, "roles": [*roles, *([firm["role"]] if firm["role"] else [])],
            }
        )  # fmt: skip
    return {"total": len(codes), "offset": offset, "rows": rows}


def _named(now: Opened, low: str) -> NDArray[np.int64]:
    """Codes of parties of which some name holds the words."""
    found = now.index.ask(
        "SELECT code FROM d_party WHERE contains(lower(name), ?) OR lower(word) = ? OR contains(lower(identifiers), ?)",
        [low, low, low],
    )
    spelled = now.ask("SELECT DISTINCT party_id FROM party_name WHERE contains(lower(name), ?) LIMIT 5000", [low])
    ids = [r["party_id"] for r in spelled]
    more = now.index.ask(f"SELECT code FROM d_party WHERE word IN ({marks(ids)})", ids) if ids else []
    return np.array([r[0] for r in (*found, *more)], np.int64)


def _keys(now: Opened, sort: str) -> NDArray[np.int64]:
    sql = (
        "SELECT row_number() OVER (ORDER BY lower(name), code) FROM d_party ORDER BY code"
        if sort == "name"
        else f"SELECT {sort} FROM d_party ORDER BY code"
    )
    return np.array([0, *(r[0] for r in now.index.ask(sql))], np.int64)


# ---- one firm --------------------------------------------------------------------------------------------------------


def party_of(desk: Desk, party_id: str) -> dict[str, Any]:
    """Everything known of one firm. Raises EnduseError where there is no such party."""
    from enduse.parties import judgements

    now = desk.now
    found = now.ask(f"SELECT {TABLES['party'].select} FROM party WHERE party_id = ?", [party_id])
    if not found:
        raise EnduseError(f"no party {party_id[:60]!r}", fix="Ids of parties stand in the view Parties")
    judged = judgements.read(desk.folder)
    code = now.index.party_code(party_id) or 0
    tallied = tally(now, Selection())
    names = now.ask(
        "SELECT name, country, identifier, method, score, rows, reasons FROM party_name WHERE party_id = ? ORDER BY rows DESC, name, country, identifier LIMIT 500",
        [party_id],
    )
    hits, asked = _screened(now, party_id)
    return {
        "party": found[0] | {"rows": int(tallied["rows"][code]), "value_usd": float(tallied["value_usd"][code]), "identifiers": listed(found[0]["identifiers"])},
        "names": [_name(n) for n in names],
        "hits": hits,
        "asked": asked,
        "links": _links(now, party_id),
        "pairs": [_pair(p, judged) for p in now.ask(f"SELECT {TABLES['party_pair'].select} FROM party_pair WHERE left_party = ? OR right_party = ? ORDER BY rows DESC, left_name, right_name LIMIT 100", [party_id, party_id])],
        "series": series_of(now, code),
        "top": {"sellers": _top(now, "buyer", "seller", code), "buyers": _top(now, "seller", "buyer", code)},
    }  # fmt: skip


def _name(row: dict[str, Any]) -> dict[str, Any]:
    from enduse.dossier.text import lang_of, script_of

    supports, opposes = sides(row.pop("reasons"))
    return row | {
        "script": script_of(row["name"]),
        "lang": lang_of(row["name"], row["country"] or ""),
        "for": supports,
        "against": opposes,
    }


def _screened(now: Opened, party_id: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Hits, and the lists asked with the date of their snapshot."""
    rows = now.ask(
        "SELECT list, entry_id, entry_name, score, decision, reasons FROM screening WHERE party_id = ? ORDER BY score DESC NULLS LAST, list, entry_id",
        [party_id],
    )
    hits = []
    for row in rows:
        if row["decision"] != "no_match":
            supports, opposes = sides(row.pop("reasons"))
            hits.append(row | {"for": supports, "against": opposes})
    owned = now.ask(
        "SELECT list, entry_id, entry_name, share AS score, rule, path FROM listed_link WHERE party_id = ? ORDER BY list, entry_id",
        [party_id],
    )
    hits += [
        {
            **{k: o[k] for k in ("list", "entry_id", "entry_name", "score")},
            "decision": "owned",
            "for": [o["rule"], o["path"]],
            "against": [],
        }
        for o in owned
    ]
    lists = now.ask("SELECT source, sha256, as_of FROM source WHERE kind = 'watchlist' ORDER BY source")
    return hits, [{"list": item["source"], "date": item["as_of"], "sha256": item["sha256"]} for item in lists]


def _links(now: Opened, party_id: str) -> list[dict[str, Any]]:
    return now.ask(
        "SELECT p.party_id, p.name, p.country, l.kind, l.basis = 'declared' AS declared, l.score, l.evidence FROM ("
        "SELECT right_party AS other, kind, basis, score, evidence FROM party_link WHERE left_party = ? UNION ALL "
        "SELECT left_party AS other, kind, basis, score, evidence FROM party_link WHERE right_party = ?) AS l JOIN party AS p ON p.party_id = l.other "
        "ORDER BY declared DESC, l.score DESC NULLS LAST, p.party_id, l.kind LIMIT 200",
        [party_id, party_id],
    )


def _pair(row: dict[str, Any], judged: Any) -> dict[str, Any]:
    left, right = row["left_name"], row["right_name"]
    at = (left, right) if left <= right else (right, left)
    said = (
        "same"
        if at in judged.same
        else "different"
        if at in judged.different
        else "unsure"
        if at in judged.unsure
        else None
    )
    supports, opposes = sides(row["reasons"])
    return {
        "left": left, "right": right, "left_party": row["left_party"], "right_party": row["right_party"], "score": row["score"], "rows": row["rows"],
        "value_usd": row["value_usd"], "reasons_for": supports, "reasons_against": opposes, "judgement": said, "by": judged.note(left, right) or None,
    }  # fmt: skip


def series_of(now: Opened, code: int) -> list[dict[str, Any]]:
    """Rows and value by month of declared date."""
    index = now.index
    places = array_of(index.party_rows("seller", code) | index.party_rows("buyer", code))
    days = index.array("date")[places]
    places, days = places[days != NO_DATE], days[days != NO_DATE]
    if not len(places):
        return []
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    known, at = np.unique(months, return_inverse=True)
    counted = (index.array("marks")[places] & DUPLICATE) == 0
    value = sums_by(at[counted], index.array("value_usd")[places][counted], len(known))
    rows = np.bincount(at)
    return [
        {"month": str(np.datetime64(int(m), "M")), "rows": int(rows[i]), "value_usd": float(value[i])}
        for i, m in enumerate(known.tolist())
    ]


def _top(now: Opened, own: str, other: str, code: int, most: int = 10) -> list[dict[str, Any]]:
    """The firms on the other side, by value."""
    index = now.index
    places = array_of(index.party_rows(own, code))
    if not len(places):
        return []
    codes = index.array(other)[places]
    known, at = np.unique(codes, return_inverse=True)
    counted = (index.array("marks")[places] & DUPLICATE) == 0
    value = sums_by(at[counted], index.array("value_usd")[places][counted], len(known))
    rows = np.bincount(at)
    order = [i for i in np.lexsort((known, -rows, -value)).tolist() if known[i]][:most]
    about = index.firms(int(known[i]) for i in order)
    return [
        {
            **{k: about[int(known[i])][k] for k in ("party_id", "name", "country")},
            "rows": int(rows[i]),
            "value_usd": float(value[i]),
        }
        for i in order
    ]
