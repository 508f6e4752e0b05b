"""What a right reading of the simulated files must find: counted from the records as written, repeats and damage left out."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .lot import CONTROL, LAST, SINCE, Lot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .observe import Written
    from .sdn import Entry
    from .world import World

NOTE = "SIMULATED: the planted answers of an invented world. `value_usd` and `net_kg` are sums of what stands in the records (a missing cell adds nothing)."


def counted(files: Sequence[Written]) -> list[tuple[str, int, Lot]]:
    """(file, record number, lot) of every record that counts: each lot once, an amended one in its last version."""
    return [
        (w.path.name, n, r.lot)
        for w in files
        for n, r in enumerate(w.records, 1)
        if r.why == "lot" and r.lot is not None
    ]


def _sums(rows: Iterable[tuple[str, int, Lot]]) -> dict[str, Any]:
    found = list(rows)
    lots = [lot for _, _, lot in found]
    return {
        "rows": len(lots),
        "value_usd": str(sum((lot.value_usd for lot in lots), Decimal("0.00"))),
        "net_kg": str(sum((lot.net_kg for lot in lots if "net_kg" not in lot.missing), Decimal("0.000"))),
        "pieces": sum(lot.quantity for lot in lots if "quantity" not in lot.missing),
        "exporters": len({lot.seller.firm_id for lot in lots if "seller_name" not in lot.missing}),
        "importers": len({lot.buyer.firm_id for lot in lots}),
        "drones": sum(lot.good.family == "drone" for lot in lots),
        "parts": sum(lot.good.family == "drone_part" for lot in lots),
        "by_evidence": dict(sorted(Counter(lot.evidence for lot in lots).items())),
        "value_by_evidence": {
            e: str(sum((lot.value_usd for lot in lots if lot.evidence == e), Decimal("0.00")))
            for e in ("named", "code", "hidden")
        },
        "brands": sorted({lot.good.brand for lot in lots if lot.good.brand and lot.evidence == "named"}),
        "first_date": min((lot.date.isoformat() for lot in lots), default=""),
        "last_date": max((lot.date.isoformat() for lot in lots), default=""),
        "understated": sum(lot.understated for lot in lots),
        "evidence_of": {f"{file}:{number}": lot.evidence for file, number, lot in found},
    }


def _in_window(lot: Lot) -> bool:
    # A file that states months only puts its lots on the first day of the month.
    date = lot.date.replace(day=1) if lot.file == "ae" else lot.date
    return SINCE <= date <= LAST


def _lane_change(rows: list[tuple[str, int, Lot]]) -> dict[str, float]:
    """Lots a month before and after the control date."""
    before = sum(SINCE <= lot.date < CONTROL for _, _, lot in rows) / 18.2
    after = sum(lot.date >= CONTROL for _, _, lot in rows) / 10
    return {"per_month_before": round(before, 2), "per_month_after": round(after, 2)}


def answers(world: World, files: Sequence[Written], listed: Sequence[Entry], seed: int) -> dict[str, Any]:
    """The content of `truth.json`."""
    rows = counted(files)
    watched = [row for row in rows if row[2].watched]
    to_ru = [row for row in watched if row[2].destination == "RU" and _in_window(row[2])]
    lanes = {
        departure: [row for row in to_ru if row[2].departure == departure] for departure in ("CN", "KZ", "TR", "AE")
    }
    present = {name for w in files for r in w.records if r.lot for name in (r.lot.seller.firm_id, r.lot.buyer.firm_id)}
    place = {lot.number: f"{file}:{number}" for file, number, lot in rows}
    names: dict[str, set[str]] = {}
    for _, _, lot in rows:
        if "seller_name" not in lot.missing:
            names.setdefault(lot.seller.firm_id, set()).add(lot.seller_name)
        names.setdefault(lot.buyer.firm_id, set()).add(lot.buyer_name)
    traders = [firm for group in world.traders.values() for firm in group]
    return {
        "note": NOTE,
        "seed": seed,
        "since": SINCE.isoformat(),
        "control_date": CONTROL.isoformat(),
        "files": {
            w.path.name: {
                "encoding": w.layout.encoding,
                "delimiter": w.layout.delimiter,
                "records": len(w.records),
                "blank_lines": w.blank,
                **{
                    why: sum(r.why == why for r in w.records)
                    for why in ("lot", "exact", "amended", "batch", "damaged", "empty")
                },
            }
            for w in files
        },
        "to_ru": {
            "all": _sums(to_ru),
            "findable": _sums(row for row in to_ru if row[2].evidence != "hidden"),
            **{lane: _sums(found) | _lane_change(found) for lane, found in lanes.items()},
        },
        "elsewhere": _sums(row for row in watched if row[2].destination != "RU"),
        "early": [f"{file}:{n}" for file, n, lot in watched if lot.destination == "RU" and not _in_window(lot)],
        "onward": [{"inbound": place[a], "onward": place[b]} for a, b in world.onward if a in place and b in place],
        "chains": [[place[n] for n in chain] for chain in world.chains if all(n in place for n in chain)],
        "traders": {firm.firm_id: sorted(names.get(firm.firm_id, ())) for firm in traders},
        "list_hits": [
            {
                "entry": e.number,
                "listed": e.name,
                "how": e.how,
                "firm": e.firm.firm_id,
                "names": sorted(names[e.firm.firm_id]),
            }
            for e in listed
            if e.firm is not None and e.how != "near miss" and e.firm.firm_id in present
        ],
        "near_misses": [
            {"entry": e.number, "listed": e.name, "firm": e.firm.latin}
            for e in listed
            if e.firm is not None and e.how == "near miss"
        ],
    }
