"""Who sells to whom on the selected rows, with places that follow from the data alone: columns by stage, order by neighbours."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enduse.web.answers import plain
from enduse.web.desk import Opened
from enduse.web.index.layout import DUPLICATE, NO_AMOUNT
from enduse.web.index.store import pieces
from enduse.web.selection import Selection
from enduse.web.views.overview import array_of
from enduse.web.views.parties import sums_by, tally

MOST_EDGES = 8_000
SWEEPS, TALLEST, DEEPEST = 8, 60, 3  # passes over the columns; firms of a column above each other; columns of middlemen


def network_of(now: Opened, selection: Selection, limit: int) -> dict[str, Any]:
    """The largest firms by value and the trade between them; stored, so that the picture stays as it was."""
    name = hashlib.sha256(f"{selection!r} {limit}".encode()).hexdigest()[:24]
    path = now.folder / f"network-{name}.json"

    def make() -> dict[str, Any]:
        if path.is_file():
            held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return held
        made: dict[str, Any] = plain(_make(now, selection, limit))
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
        partial.replace(path)
        return made

    found: dict[str, Any] = now.kept(("network", selection, limit), make)
    return found


def _make(now: Opened, selection: Selection, limit: int) -> dict[str, Any]:
    index = now.index
    sums = tally(now, selection)
    codes = np.flatnonzero(sums["rows"])
    codes = codes[codes > 0]
    order = codes[np.lexsort((codes, -sums["rows"][codes], -sums["value_usd"][codes]))][:limit]
    pairs, unnamed = _pairs(now, selection, order)
    links = len(pairs["rows"])
    kept = np.lexsort((pairs["seller"], pairs["buyer"], -pairs["rows"], -pairs["value_usd"]))[:MOST_EDGES]
    kept.sort()
    about = index.firms(order.tolist())
    hubs = {r["party_id"] for r in now.ask("SELECT DISTINCT party_id FROM hub")}
    roles = {
        n: _role(about[code], bool(sums["sold"][code]), bool(sums["bought"][code]), hubs)
        for n, code in enumerate(order.tolist())
    }
    spots = layout(roles, list(zip(pairs["seller"][kept].tolist(), pairs["buyer"][kept].tolist(), strict=True)))
    nodes = [
        {
            "id": about[code]["party_id"], "label": about[code]["name"], "country": about[code]["country"], "role": roles[n], "rows": int(sums["rows"][code]),
            "value_usd": float(sums["value_usd"][code]), "x": spots[n][0], "y": spots[n][1], "listed": bool(about[code]["listed"]),
        }
        for n, code in enumerate(order.tolist())
    ]  # fmt: skip
    edges = _edges(now, pairs, kept, [about[code]["party_id"] for code in order.tolist()])
    return {
        "nodes": nodes,
        "edges": edges,
        "firms": len(codes),
        "drawn": len(nodes),
        "unnamed": unnamed,
        "note": _note(len(codes), len(nodes), links, len(edges)),
    }


def _pairs(now: Opened, selection: Selection, order: NDArray[Any]) -> tuple[dict[str, NDArray[Any]], int]:
    """Trade between the firms of `order`, by their places in it; and how many selected lots name only one firm or none."""
    index = now.index
    size = len(order)
    spot = np.full(int(order.max(initial=0)) + 1, -1, np.int64)
    spot[order] = np.arange(size)
    keys: list[NDArray[Any]] = [np.zeros(0, np.int64)]
    amounts: list[NDArray[Any]] = [np.zeros((2, 0), np.int64)]
    unnamed = 0
    piece = index.code("unit", "C62") or -1
    for part in pieces(array_of(now.finder.rows(selection))):
        places = part[(index.array("marks")[part] & DUPLICATE) == 0]
        seller, buyer = index.array("seller")[places], index.array("buyer")[places]
        unnamed += int(np.count_nonzero((seller == 0) | (buyer == 0)))
        a, b = (np.where(c < len(spot), spot[np.minimum(c, len(spot) - 1)], -1) for c in (seller, buyer))
        both = (a >= 0) & (b >= 0) & (a != b)
        places = places[both]
        keys.append(a[both] * max(size, 1) + b[both])
        count = np.where(index.array("unit")[places] == piece, index.array("quantity")[places], NO_AMOUNT)
        amounts.append(np.stack((index.array("value_usd")[places], count)))
    key, amount = np.concatenate(keys), np.concatenate(amounts, axis=1)
    counts = np.bincount(key, minlength=1)
    known = np.flatnonzero(counts)
    at = np.zeros(len(counts), np.int64)
    at[known] = np.arange(len(known))
    at = at[key]
    found = {
        "seller": known // max(size, 1),
        "buyer": known % max(size, 1),
        "rows": counts[known],
        "value_usd": sums_by(at, amount[0], len(known)),
        "pieces": sums_by(at, amount[1], len(known)),
        "counted": np.bincount(at[amount[1] != NO_AMOUNT], minlength=len(known)),
    }
    return found, unnamed


def _note(firms: int, drawn: int, links: int, kept: int) -> str:
    said = (
        [f"{drawn:,} of {firms:,} firms drawn, the largest by value"]
        if drawn < firms
        else [f"all {firms:,} firms drawn"]
    )
    if kept < links:
        said.append(f"{kept:,} of {links:,} links between them")
    said.append("maker: only sells on these rows; consignee: only buys; trader: both; hub: not traceable lot by lot")
    return "; ".join(said) + "."


def _role(about: dict[str, Any], sells: bool, buys: bool, hubs: set[str]) -> str:
    if about["party_id"] in hubs:
        return "hub"
    if about["role"] in ("forwarder", "bank"):
        return "forwarder"
    return "trader" if sells and buys else "maker" if sells else "consignee"


def _edges(now: Opened, found: dict[str, NDArray[Any]], kept: NDArray[Any], ids: list[str]) -> list[dict[str, Any]]:
    chains: dict[tuple[str, str], dict[str, Any]] = now.kept("edge_chains", lambda: _edge_chains(now))
    out = []
    for i in kept.tolist():
        ends = (ids[int(found["seller"][i])], ids[int(found["buyer"][i])])
        chain = chains.get(ends)
        out.append(
            {
                "from": ends[0], "to": ends[1], "rows": int(found["rows"][i]), "value_usd": float(found["value_usd"][i]), "pieces": float(found["pieces"][i]) if found["counted"][i] else None,
                "weakest": bool(chain and chain["weakest"]), "chain": chain["chain_id"] if chain else None,
            }
        )  # fmt: skip
    return out


def _edge_chains(now: Opened) -> dict[tuple[str, str], dict[str, Any]]:
    """The best chain over each pair of firms, and whether the pair is its weakest link."""
    rows = now.ask(
        "SELECT h.from_party, h.to_party, arg_min(h.chain_id, c.rank) AS chain_id, arg_min(h.strength = w.low, c.rank) AS weakest FROM hop AS h JOIN chain AS c ON c.chain_id = h.chain_id "
        "JOIN (SELECT chain_id, min(strength) AS low FROM hop GROUP BY chain_id) AS w ON w.chain_id = h.chain_id GROUP BY h.from_party, h.to_party"
    )
    return {(r["from_party"], r["to_party"]): r for r in rows}


# ---- places ----------------------------------------------------------------------------------------------------------


def layout(roles: dict[int, str], edges: list[tuple[int, int]]) -> dict[int, tuple[float, float]]:
    """X and y of each node in 0 to 1000. The order of `roles` (largest first) breaks ties, so equal data give equal pictures."""
    column = _columns(roles, edges)
    width = max(column.values(), default=0)
    members: dict[int, list[int]] = {}
    for node in roles:
        members.setdefault(column[node], []).append(node)
    near: dict[int, list[int]] = {n: [] for n in roles}
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    height = {n: i / max(len(line) - 1, 1) for line in members.values() for i, n in enumerate(line)}
    for sweep in range(SWEEPS):
        for at in sorted(members, reverse=bool(sweep % 2)):
            line = members[at]
            pull = {n: sum(height[m] for m in near[n]) / len(near[n]) if near[n] else height[n] for n in line}
            line.sort(key=lambda n, p=pull: (round(p[n], 9), n))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            for i, n in enumerate(line):
                height[n] = (i + 0.5) / len(line)
    out: dict[int, tuple[float, float]] = {}
    band = 920 / (width + 1)
    for at, line in members.items():
        stacks = -(-len(line) // TALLEST)
        for i, n in enumerate(line):
            inner = (i % stacks + 0.5) / stacks
            out[n] = (
                round(40 + band * (at + (0.15 + 0.7 * inner if stacks > 1 else 0.5)), 1),
                round(20 + 960 * (i + 0.5) / len(line), 1),
            )
    return out


def _columns(roles: dict[int, str], edges: list[tuple[int, int]]) -> dict[int, int]:
    """Makers first, consignees last; those between by how many sales they stand from a maker, three columns at most."""
    after: dict[int, list[int]] = {}
    for a, b in edges:
        after.setdefault(a, []).append(b)
    stage = {n: 0 for n, role in roles.items() if role == "maker"}
    front = list(stage)
    for depth in range(1, DEEPEST + 1):
        front = sorted({b for a in front for b in after.get(a, []) if b not in stage and roles[b] != "consignee"})
        stage |= dict.fromkeys(front, depth)
    middle = max(
        (s for n, s in stage.items() if roles[n] not in ("maker", "consignee")),
        default=1 if any(r not in ("maker", "consignee") for r in roles.values()) else 0,
    )
    return {n: middle + 1 if role == "consignee" else stage.get(n, 1 if middle else 0) for n, role in roles.items()}
