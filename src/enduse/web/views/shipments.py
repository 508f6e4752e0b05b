"""A page of rows: the places of fifty rows first, their texts afterwards."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from enduse.errors import UsageError
from enduse.web.desk import Opened
from enduse.web.index.layout import EVIDENCE, MARKS, NO_AMOUNT, PRECISIONS, SORTS
from enduse.web.index.store import Index, number
from enduse.web.selection import Selection
from enduse.web.views.overview import array_of

FEW = 200_000  # up to so many rows are sorted themselves; of more, the stored order is walked
STRIDE = 1 << 18


def page_of(now: Opened, selection: Selection, *, sort: str, direction: str, offset: int, limit: int) -> dict[str, Any]:
    """Rows `offset` to `offset + limit` of the selection in the order asked for."""
    if sort not in SORTS:
        raise UsageError(f"no sort {sort[:40]!r}", fix=f"Use {', '.join(SORTS)}")
    if direction not in ("asc", "desc"):
        raise UsageError(f"no direction {direction[:40]!r}", fix="Use asc or desc")
    rows = now.finder.rows(selection)
    places = ordered(now.index, rows, SORTS[sort], descending=direction == "desc", offset=offset, limit=limit)
    return {"total": len(rows), "offset": offset, "rows": records(now, places)}


def ordered(
    index: Index, rows: BitMap, column: str, *, descending: bool, offset: int, limit: int
) -> NDArray[np.uint32]:
    """Places of the rows asked for. Rows that do not state the column come last, whichever way it is sorted."""
    if offset >= len(rows):
        return np.zeros(0, np.uint32)
    if column == "date":
        stated = rows.rank(index.dated - 1) if index.dated else 0
        return _slice(
            lambda low, high: array_of(rows[low:high]), stated, len(rows), offset, limit, descending=descending
        )
    keys = index.array(column)
    empty = NO_AMOUNT if keys.dtype.kind == "i" else 0
    if len(rows) <= FEW:
        places = array_of(rows)
        here = keys[places]
        order = places[np.argsort(here, kind="stable")]
        none = int(np.count_nonzero(here == empty))
        order = np.concatenate((order[none:], order[:none]))
        return _slice(
            lambda low, high: order[low:high], len(rows) - none, len(rows), offset, limit, descending=descending
        )
    return _walk(index, rows, column, offset, limit, descending=descending)


def _slice(get: Any, stated: int, every: int, offset: int, limit: int, *, descending: bool) -> NDArray[np.uint32]:
    """A slice of an order whose first `stated` places may be turned round while the rest stays at the end."""
    end = min(offset + limit, every)
    if not descending:
        return np.asarray(get(offset, end))
    parts = []
    if offset < stated:
        parts.append(np.asarray(get(max(stated - end, 0), stated - offset))[::-1])
    if end > stated:
        parts.append(np.asarray(get(max(offset, stated), end)))
    return np.concatenate(parts)


def _walk(index: Index, rows: BitMap, column: str, offset: int, limit: int, *, descending: bool) -> NDArray[np.uint32]:
    """Go along the stored order until enough rows of the selection have passed."""
    order = index.array(f"order_{column}")
    stated = int(np.load(index.folder / f"stated_{column}.npy")[0])
    if len(rows) == index.rows:
        return _slice(lambda low, high: order[low:high], stated, len(order), offset, limit, descending=descending)
    inside = np.zeros(index.rows, bool)
    inside[array_of(rows)] = True
    found: list[NDArray[np.uint32]] = []
    skip, need = offset, limit
    for low, high, turned in _strides(stated, len(order), descending=descending):
        piece = order[low:high]
        piece = piece[inside[piece]]
        if len(piece) <= skip:
            skip -= len(piece)
            continue
        taken = (piece[::-1] if turned else piece)[skip : skip + need]
        found.append(taken)
        skip, need = 0, need - len(taken)
        if not need:
            break
    return np.concatenate(found) if found else np.zeros(0, np.uint32)


def _strides(stated: int, every: int, *, descending: bool) -> list[tuple[int, int, bool]]:
    first = [(low, min(low + STRIDE, stated), descending) for low in range(0, stated, STRIDE)]
    rest = [(low, min(low + STRIDE, every), False) for low in range(stated, every, STRIDE)]
    return [*(first[::-1] if descending else first), *rest]


def records(now: Opened, places: NDArray[np.uint32]) -> list[dict[str, Any]]:
    """The rows at these places as the table shows them."""
    index = now.index
    columns = {name: index.array(name)[places].tolist() for name in (
        "date", "source", "row", "precision", "direction", "seller_name", "buyer_name", "seller", "buyer", "seller_country", "buyer_country", "origin",
        "departure", "destination", "text", "hs", "goods", "evidence", "brand", "model", "unit", "currency", "marks", "quantity", "net_kg", "value", "value_usd",
    )}  # fmt: skip
    texts = index.texts["text"].many(columns["text"])
    names = index.texts["name"].many([*columns["seller_name"], *columns["buyer_name"]])
    parties = index.texts["party"].many([*columns["seller"], *columns["buyer"]])
    words, country = index.words, index.words["country"]
    ids = [index.shipment_id(s, r) for s, r in zip(columns["source"], columns["row"], strict=True)]
    marks = _marks(now, ids, columns["marks"])
    out = []
    for i, shipment_id in enumerate(ids):
        c = {name: values[i] for name, values in columns.items()}
        out.append(
            {
                "shipment_id": shipment_id,
                "source": words["source"][c["source"]],
                "row": c["row"],
                "date": index.day(c["date"]),
                "date_precision": PRECISIONS[c["precision"]] or None,
                "direction": words["direction"][c["direction"]] or None,
                "seller": names.get(c["seller_name"]),
                "seller_party": parties.get(c["seller"]),
                "seller_country": country[c["seller_country"]] or None,
                "buyer": names.get(c["buyer_name"]),
                "buyer_party": parties.get(c["buyer"]),
                "buyer_country": country[c["buyer_country"]] or None,
                "description": texts.get(c["text"]),
                "hs_code": words["hs"][c["hs"]] or None,
                "quantity": number(c["quantity"]),
                "unit": words["unit"][c["unit"]] or None,
                "net_kg": number(c["net_kg"]),
                "value": number(c["value"]),
                "currency": words["currency"][c["currency"]] or None,
                "value_usd": number(c["value_usd"]),
                "origin_country": country[c["origin"]] or None,
                "departure_country": country[c["departure"]] or None,
                "destination_country": country[c["destination"]] or None,
                "family": words["goods"][c["goods"]] or None,
                "brand": words["brand"][c["brand"]] or None,
                "model": words["model"][c["model"]] or None,
                "evidence": EVIDENCE.get(words["evidence"][c["evidence"]]),
                "vague": bool(c["marks"] & MARKS["vague"][0]),
                "marks": marks[i],
            }
        )
    return out


def _marks(now: Opened, ids: list[str], bits: list[int]) -> list[list[dict[str, Any]]]:
    """The marks of each row with what they lead to: the best chain, the record that is counted, the rule."""
    chained = [s for s, b in zip(ids, bits, strict=True) if b & MARKS["chain"][0]]
    repeated = [s for s, b in zip(ids, bits, strict=True) if b & MARKS["duplicate"][0]]
    lead: dict[tuple[str, str], str] = {}
    if chained:
        lead |= {("chain", k): v for k, v in best_chains(now, chained).items()}
    if repeated:
        lead |= {("duplicate", k): v for k, v in _kept_records(now, repeated).items()}
    out = []
    for shipment_id, bit in zip(ids, bits, strict=True):
        out.append(
            [
                {"mark": name, "label": label, "id": lead.get((name, shipment_id))}
                for name, (value, label) in MARKS.items()
                if bit & value
            ]
        )
    return out


def _in(values: list[str]) -> str:
    return ", ".join("?" * len(values))


def best_chains(now: Opened, ids: list[str]) -> dict[str, str]:
    found = now.index.ask(f"SELECT shipment_id, chain_id FROM lead_chain WHERE shipment_id IN ({_in(ids)})", ids)
    return {r[0]: r[1] for r in found}


def _kept_records(now: Opened, ids: list[str]) -> dict[str, str]:
    found = now.index.ask(
        f"SELECT shipment_id, of_shipment_id FROM lead_duplicate WHERE shipment_id IN ({_in(ids)})", ids
    )
    return {r[0]: r[1] for r in found}
