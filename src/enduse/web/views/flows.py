"""Trade between countries on the selected rows, and the same by time: lanes of firms, months, dated events."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.dossier.places import name_of, places
from enduse.web.desk import Desk, Opened
from enduse.web.index.layout import DUPLICATE, MARKS, NO_AMOUNT, NO_DATE
from enduse.web.index.store import number, pieces
from enduse.web.selection import Selection
from enduse.web.views.overview import array_of
from enduse.web.views.parties import sums_by, tally
from enduse.web.views.shipments import best_chains

OUTLINES = Path(__file__).parents[1] / "static" / "world.json"
MOST_LOTS = 80  # discs of a lane; a firm with more lots gets one disc a month


def _flows(now: Opened, selection: Selection) -> dict[tuple[str, str], tuple[int, float]]:
    """Rows and value by the country a lot was sent from (where it was made, if that is all there is) and the one it went to."""
    index = now.index
    words = index.words["country"]
    size = len(words)
    counts, value = np.zeros(size * size, np.int64), np.zeros(size * size)
    for part in pieces(array_of(now.finder.rows(selection))):
        rows = part[(index.array("marks")[part] & DUPLICATE) == 0]
        start, end = index.array("departure")[rows].astype(np.int64), index.array("destination")[rows].astype(np.int64)
        key = np.where(start == 0, index.array("origin")[rows], start) * size + end
        counts += np.bincount(key, minlength=size * size)
        value += sums_by(key, index.array("value_usd")[rows], size * size)
    value = value.round(4)
    return {
        (words[k // size], words[k % size]): (int(counts[k]), float(value[k])) for k in np.flatnonzero(counts).tolist()
    }


def _before(now: Opened, selection: Selection) -> Selection | None:
    """The same selection in as many days before; None where it has no beginning."""
    if selection.since is None or not now.index.dated:
        return None
    end = selection.until or now.index.day(int(now.index.array("date")[now.index.dated - 1])) or selection.since
    days = max((end - selection.since).days + 1, 1)
    try:
        return Selection(
            selection.q,
            selection.since - dt.timedelta(days=days),
            selection.since - dt.timedelta(days=1),
            selection.values,
        )
    except OverflowError:
        return None


def map_of(now: Opened, selection: Selection) -> dict[str, Any]:
    """Places and flows between them. What cannot be placed is said."""
    return dict(now.kept(("map", selection), lambda: _map(now, selection)))


def _map(now: Opened, selection: Selection) -> dict[str, Any]:
    found = _flows(now, selection)
    earlier = _before(now, selection)
    former = _flows(now, earlier) if earlier else {}
    known = places()
    own: dict[str, set[str]] = now.kept("own countries", lambda: _own(now))
    flows: list[dict[str, Any]] = [
        {
            "from": a,
            "to": b,
            "rows": n,
            "value_usd": value,
            "before_usd": former.get((a, b), (0, 0.0))[1] if earlier else None,
            "held": a in own["export"] or b in own["import"],
        }
        for (a, b), (n, value) in found.items()
        if a in known and b in known and a != b
    ]
    flows += [
        {
            "from": a,
            "to": b,
            "rows": 0,
            "value_usd": 0.0,
            "before_usd": value,
            "held": a in own["export"] or b in own["import"],
        }
        for (a, b), (_, value) in former.items()
        if (a, b) not in found and a in known and b in known and a != b
    ]
    flows.sort(key=lambda f: (-f["value_usd"], -(f["before_usd"] or 0), -f["rows"], f["from"], f["to"]))
    codes = sorted({f[k] for f in flows for k in ("from", "to")})
    return {
        "places": [{"code": c, "name": name_of(c), "lon": known[c].lon, "lat": known[c].lat} for c in codes],
        "flows": flows,
        "outlines": "/assets/world.json" if OUTLINES.is_file() else None,
        "note": _placed(found, known, earlier),
    }


def _own(now: Opened) -> dict[str, set[str]]:
    """Whose exports and whose imports the files are: of each file the country most of its rows on that side name."""
    index = now.index
    out: dict[str, set[str]] = {"export": set(), "import": set()}
    words = index.words["country"]
    for side, column in (("export", "departure"), ("import", "destination")):
        rows = index.maps.get("direction", {}).get(side, BitMap())
        for held in index.maps.get("source", {}).values():
            codes = index.array(column)[array_of(held & rows)]
            codes = codes[codes > 0]
            if len(codes):
                out[side].add(words[int(np.bincount(codes).argmax())])
    return out


def _placed(found: dict[tuple[str, str], tuple[int, float]], known: Any, earlier: Selection | None) -> str:
    missing = sum(n for (a, b), (n, _) in found.items() if a not in known or b not in known)
    within = sum(n for (a, b), (n, _) in found.items() if a in known and a == b)
    said = [
        "Points mark countries, not firms; lots go from the country of departure (of making, where none is stated) to the country of destination."
    ]
    if missing:
        said.append(f"{missing:,} lots do not state both ends and are not drawn.")
    if within:
        said.append(f"{within:,} lots stay in one country and are not drawn.")
    if earlier:
        said.append(f"Pale: {earlier.since} to {earlier.until}, as many days before.")
    return " ".join(said)


# ---- time ------------------------------------------------------------------------------------------------------------


def timeline_of(desk: Desk, selection: Selection, most: int) -> dict[str, Any]:
    """The largest firms by value, each with its lots (or its months, where the lots are many)."""
    now = desk.now
    found: dict[str, Any] = now.kept(("timeline", selection, most), lambda: _timeline(now, selection, most))
    events = [{"date": e.date, "name": e.name} for e in desk.case.file.event]
    return found | {"events": sorted(events, key=lambda e: (str(e["date"]), e["name"]))}


def _timeline(now: Opened, selection: Selection, most: int) -> dict[str, Any]:
    index = now.index
    sums = tally(now, selection)
    codes = np.flatnonzero(sums["rows"])
    codes = codes[codes > 0]
    order = codes[np.lexsort((codes, -sums["rows"][codes], -sums["value_usd"][codes]))]
    about = index.firms(order[:most].tolist())
    rows = now.finder.rows(selection)
    lanes = []
    grouped = 0
    for code in order[:most].tolist():
        own = rows & (index.party_rows("seller", code) | index.party_rows("buyer", code))
        lots, by_month = _lots(now, array_of(own))
        grouped += by_month
        lanes.append({k: about[code][k] for k in ("party_id", "name", "country")} | {"lots": lots})
    undated = int(np.count_nonzero(index.array("date")[array_of(rows)] == NO_DATE))
    said = [
        f"{len(lanes)} of {len(codes):,} firms drawn, the largest by value"
        if len(lanes) < len(codes)
        else f"all {len(codes):,} firms drawn"
    ]
    if grouped:
        said.append(f"{grouped} of them by month, for they have more than {MOST_LOTS} lots")
    if undated:
        said.append(f"{undated:,} rows state no date that can be read")
    return {
        "lanes": lanes,
        "months": _months(now, selection),
        "firms": len(codes),
        "drawn": len(lanes),
        "note": "; ".join(said) + ".",
    }


def _lots(now: Opened, places: NDArray[np.uint32]) -> tuple[list[dict[str, Any]], bool]:
    """Lots of one firm by date; by month where there are more than can be told apart."""
    index = now.index
    days = index.array("date")[places]
    keep = (days != NO_DATE) & ((index.array("marks")[places] & DUPLICATE) == 0)
    places, days = places[keep], days[keep]
    lot = index.array("quantity")[places].copy()
    lot[index.array("unit")[places] != (index.code("unit", "C62") or -1)] = NO_AMOUNT
    usd = index.array("value_usd")[places]
    if len(places) <= MOST_LOTS:
        source, row = index.array("source")[places].tolist(), index.array("row")[places].tolist()
        ids = [index.shipment_id(s, r) for s, r in zip(source, row, strict=True)]
        chained = [s for s, m in zip(ids, index.array("marks")[places].tolist(), strict=True) if m & MARKS["chain"][0]]
        chains = best_chains(now, chained) if chained else {}
        return [
            {
                "shipment_id": s,
                "date": index.day(int(days[i])),
                "pieces": number(int(lot[i])),
                "value_usd": number(int(usd[i])),
                "rows": 1,
                "chain": chains.get(s),
            }
            for i, s in enumerate(ids)
        ], False
    months, at = np.unique(days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64), return_inverse=True)
    rows, value, count = np.bincount(at), sums_by(at, usd, len(months)), sums_by(at, lot, len(months))
    return [
        {
            "shipment_id": None,
            "date": f"{np.datetime64(int(m), 'M')}-01",
            "pieces": float(count[i]),
            "value_usd": float(value[i]),
            "rows": int(rows[i]),
            "chain": None,
        }
        for i, m in enumerate(months.tolist())
    ], True


def _months(now: Opened, selection: Selection) -> list[dict[str, Any]]:
    """Every month between the first and the last record of the files, and which files have records in it."""
    held: dict[str, list[str]] = {}
    for row in now.ask("SELECT item, source FROM coverage WHERE measure = 'month' AND rows > 0 ORDER BY item, source"):
        held.setdefault(row["item"], []).append(row["source"])
    if not held:
        return []
    first, last = np.datetime64(min(held), "M"), np.datetime64(max(held), "M")
    if selection.since:
        first = max(first, np.datetime64(selection.since, "M"))
    if selection.until:
        last = min(last, np.datetime64(selection.until, "M"))
    return [
        {"month": str(m), "has_file": str(m) in held, "sources": held.get(str(m), [])}
        for m in np.arange(first, last + 1)[:1200]
    ]
