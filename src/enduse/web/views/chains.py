"""Chains: those that pass through selected rows, and one of them hop by hop."""

from __future__ import annotations

from typing import Any

import numpy as np

from enduse.errors import EnduseError, UsageError
from enduse.web.desk import Opened
from enduse.web.selection import Selection
from enduse.web.views.overview import array_of
from enduse.web.views.words import listed, marks

SORTS = {
    "rank": "rank, chain_id",
    "continuity": "continuity DESC, rank, chain_id",
    "concern": "concern DESC, rank, chain_id",
    "value_usd": "value_usd DESC NULLS LAST, rank, chain_id",
    "hops": "hops DESC, rank, chain_id",
}


def _touched(now: Opened, selection: Selection) -> list[str]:
    """Chains of which some record is selected."""
    ids, places, codes = now.kept("chain_rows", lambda: _chain_rows(now))
    inside = np.zeros(max(now.index.rows, 1), bool)
    inside[array_of(now.finder.rows(selection))] = True
    return [ids[i] for i in np.unique(codes[inside[places]]).tolist()]


def _chain_rows(now: Opened) -> tuple[list[str], Any, Any]:
    """Which row belongs to which chain: ids, places of rows, and for each place the number of its chain."""
    found, places = now.located(
        "SELECT r.shipment_id, h.chain_id FROM hop AS h JOIN consignment_row AS r ON r.consignment_id = h.shipment_id ORDER BY r.shipment_id, h.chain_id"
    )
    ids, codes = np.unique(np.asarray(found["chain_id"], dtype=str), return_inverse=True)
    known = places >= 0
    return ids.tolist(), places[known], codes.ravel()[known]


def chains_of(
    now: Opened, selection: Selection, *, start: str, finish: str, through: str, sort: str, offset: int, limit: int
) -> dict[str, Any]:
    """A page of chains by rank or as asked, with the decoys' word on how many are wrong, and the hubs."""
    if sort not in SORTS:
        raise UsageError(f"no sort {sort[:40]!r}", fix=f"Use {', '.join(SORTS)}")
    where, values = ["1 = 1"], []
    for column, value in (("from_country", start), ("to_country", finish)):
        if value:
            where.append(f"{column} = ?")
            values.append(value.upper())
    if through:
        where.append(
            "chain_id IN (SELECT h.chain_id FROM hop AS h JOIN party AS p ON p.party_id IN (h.from_party, h.to_party) WHERE p.party_id = ? OR contains(lower(p.name), lower(?)))"
        )
        values += [through, through]
    if not selection.empty:
        touched = _touched(now, selection)
        where.append("list_contains(?, chain_id)" if len(touched) < 50 else "chain_id IN (SELECT unnest(?))")
        values.append(touched)  # type: ignore[arg-type]  # DuckDB takes a list for the placeholder
    condition = " AND ".join(where)
    sums = now.ask(f"SELECT count(*) AS n, avg(1 - continuity) AS wrong FROM chain WHERE {condition}", values)[0]
    rows = now.ask(
        f"SELECT * FROM chain WHERE {condition} ORDER BY {SORTS[sort]} LIMIT ? OFFSET ?", [*values, limit, offset]
    )
    firms = _firms(now, [r["chain_id"] for r in rows])
    for row in rows:
        row["reasons"] = listed(row["reasons"])
        row["parties"] = firms.get(row["chain_id"], [])
    hubs = now.ask(
        "SELECT h.*, p.name, p.country FROM hub AS h LEFT JOIN party AS p ON p.party_id = h.party_id ORDER BY h.consignments_in DESC, h.party_id, h.goods LIMIT 200"
    )
    quality = now.ask(
        "SELECT measure, threshold, decoy, links, false_share, note FROM chain_quality ORDER BY measure, threshold, decoy"
    )
    return {
        "total": sums["n"],
        "offset": offset,
        "expected_false": sums["wrong"],
        "rows": rows,
        "quality": quality,
        "hubs": hubs,
    }


def _firms(now: Opened, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The firms of each chain in order, with the country each stands in on the way."""
    if not ids:
        return {}
    hops = now.ask(
        "SELECT h.chain_id, h.position, h.from_party, h.to_party, h.from_country, h.to_country, a.name AS from_name, b.name AS to_name FROM hop AS h "
        "LEFT JOIN party AS a ON a.party_id = h.from_party LEFT JOIN party AS b ON b.party_id = h.to_party "
        f"WHERE h.chain_id IN ({marks(ids)}) ORDER BY h.chain_id, h.position",
        ids,
    )
    out: dict[str, list[dict[str, Any]]] = {}
    for hop in hops:
        line = out.setdefault(hop["chain_id"], [])
        if not line:
            line.append({"party_id": hop["from_party"], "name": hop["from_name"], "country": hop["from_country"]})
        line.append({"party_id": hop["to_party"], "name": hop["to_name"], "country": hop["to_country"]})
    return out


def chain_of(now: Opened, chain_id: str) -> dict[str, Any]:
    """One chain with its hops, the rivals of its weakest link, and a sentence."""
    found = now.ask("SELECT * FROM chain WHERE chain_id = ?", [chain_id])
    if not found:
        raise EnduseError(f"no chain {chain_id[:60]!r}", fix="Ids of chains stand in the view Chains")
    chain = found[0]
    chain["reasons"] = listed(chain["reasons"])
    hops = now.ask(
        "SELECT h.*, a.name AS from_name, b.name AS to_name, c.rows AS records FROM hop AS h LEFT JOIN party AS a ON a.party_id = h.from_party "
        "LEFT JOIN party AS b ON b.party_id = h.to_party LEFT JOIN consignment AS c ON c.consignment_id = h.shipment_id WHERE h.chain_id = ? ORDER BY h.position",
        [chain_id],
    )
    names = _spellings(now, sorted({p for h in hops for p in (h["from_party"], h["to_party"])}))
    out: list[dict[str, Any]] = []
    for number, hop in enumerate(hops):
        before = hops[number - 1] if number else None
        link = (
            now.ask(
                "SELECT lag_days, reasons FROM link WHERE inbound = ? AND outbound = ?",
                [before["shipment_id"], hop["shipment_id"]],
            )
            if before
            else []
        )
        lag = (
            link[0]["lag_days"]
            if link
            else (hop["date"] - before["date"]).days
            if before and hop["date"] and before["date"]
            else None
        )
        out.append(
            {
                "position": hop["position"], "shipment_id": hop["shipment_id"],
                "from": {"party_id": hop["from_party"], "name": hop["from_name"], "names": names.get(hop["from_party"], []), "country": hop["from_country"]},
                "to": {"party_id": hop["to_party"], "name": hop["to_name"], "names": names.get(hop["to_party"], []), "country": hop["to_country"]},
                "date": hop["date"], "goods": hop["goods"], "quantity": hop["quantity"], "unit": "C62" if hop["quantity"] is not None else None, "net_kg": hop["net_kg"],
                "value_usd": hop["value_usd"], "rows": hop["rows"], "strength": hop["strength"], "share": _share(before, hop), "lag_days": lag,
                "declared": hop["basis"] == "declared", "reasons": listed(link[0]["reasons"]) if link else [_tie(now, hop)] if hop["basis"] == "inferred" else [],
            }
        )  # fmt: skip
    return {"chain": chain, "hops": out, "alternatives": _alternatives(now, hops), "sentence": _sentence(chain, hops)}


def _tie(now: Opened, hop: dict[str, Any]) -> str:
    """What links the two firms of a hand-over that no record states."""
    one, two = sorted((hop["from_party"], hop["to_party"]))
    found = now.ask(
        "SELECT kind, basis, evidence FROM party_link WHERE left_party = ? AND right_party = ? ORDER BY kind",
        [one, two],
    )
    told = [f"{r['kind'].replace('_', ' ')}, {r['basis']}: {r['evidence'] or 'no more is stated'}" for r in found]
    return "handed over without a record; " + ("; ".join(told) or "perhaps one firm under two names, inferred")


def _share(before: dict[str, Any] | None, hop: dict[str, Any]) -> float | None:
    """How much of what came in went on in this hop, by pieces, else by weight; at most all of it."""
    for column in ("quantity", "net_kg"):
        if before and before[column] and hop[column] is not None:
            return min(1.0, float(hop[column] / before[column]))
    return None


def _spellings(now: Opened, ids: list[str]) -> dict[str, list[str]]:
    if not ids:
        return {}
    out: dict[str, list[str]] = {}
    for row in now.ask(
        f"SELECT party_id, name, sum(rows) AS n FROM party_name WHERE party_id IN ({marks(ids)}) GROUP BY party_id, name ORDER BY party_id, n DESC, name",
        ids,
    ):
        if len(out.setdefault(row["party_id"], [])) < 5:
            out[row["party_id"]].append(row["name"])
    return out


def _alternatives(now: Opened, hops: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Other consignments the goods may have gone on in, after the hop before the weakest link."""
    weak = [(h["strength"], i) for i, h in enumerate(hops) if h["strength"] is not None]
    if not weak:
        return []
    at = min(weak)[1]
    return now.ask(
        "SELECT l.outbound AS shipment_id, l.continuity, l.lag_days, l.reasons, c.buyer AS party_id, p.name, c.to_country AS country, c.goods, c.quantity, c.first_date AS date FROM link AS l "
        "JOIN consignment AS c ON c.consignment_id = l.outbound LEFT JOIN party AS p ON p.party_id = c.buyer WHERE l.inbound = ? AND l.outbound <> ? "
        "ORDER BY l.continuity DESC, l.outbound LIMIT 10",
        [hops[at - 1]["shipment_id"], hops[at]["shipment_id"]],
    )


def _sentence(chain: dict[str, Any], hops: list[dict[str, Any]]) -> str:
    ends = f"{chain['from_country'] or 'country not stated'} to {chain['to_country'] or 'country not stated'}"
    count = f"{chain['hops']} shipment{'s' if chain['hops'] != 1 else ''}"
    lot = (
        f"{chain['quantity'].normalize():f} pieces of {chain['goods']}"
        if chain["quantity"] is not None
        else str(chain["goods"] or "goods not stated")
    )
    days = (chain["last_date"] - chain["first_date"]).days if chain["first_date"] and chain["last_date"] else None
    within = f" within {days} days" if days is not None else ""
    firms = len({p for h in hops for p in (h["from_party"], h["to_party"])})
    return f"At most {lot} can be followed from {ends} through {firms} firms in {count}{within}; the weakest link is {chain['weakest_link'] or 'not known'}."
