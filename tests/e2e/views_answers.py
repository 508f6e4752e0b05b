"""Invented answers of the server, and a small server that gives them with the policy of the real one.

The pictures are tested against answers whose every number is known; `test_views_served.py` opens the same pictures on a real case.
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'none'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
HOSTILE = "Sayan <img src=x onerror=alert(1)> \u202eTrans"
FIRMS = [
    ("P-01", "Qingtan Rotor Works", "CN", "maker", 60, 200, "青潭旋翼制造"),
    ("P-02", "Lanmei Trade", "CN", "trader", 60, 520, "蓝湄贸易"),
    ("P-03", "Hexi Aero Parts", "CN", "maker", 60, 840, "河西航空零件"),
    ("P-04", "Poyraz Havacılık Dış Ticaret A.Ş.", "TR", "trader", 360, 60, "Poyraz Havacılık Dış Ticaret A.Ş."),
    ("P-05", "Altyn Sapar Logistik", "KZ", "trader", 600, 330, "ТОО «Алтын Сапар Логистик»"),
    ("P-06", "Steppe Link Trade", "KZ", "hub", 600, 640, "ТОО «Степ Линк Трейд»"),
    ("P-07", HOSTILE, "KZ", "trader", 380, 900, HOSTILE),
    ("P-08", "Sever-Optika", "RU", "consignee", 940, 200, "ООО «Север-Оптика»"),
    ("P-09", "Vektor Polya", "RU", "consignee", 940, 520, "ООО «Вектор Поля»"),
    ("P-10", "Polar Snab", None, "consignee", 940, 860, "ООО «Полар Снаб»"),
]
LINKS = [
    ("P-01", "P-04", 420, 218400, "H-0003", False), ("P-04", "P-05", 418, 251200, "H-0003", True),
    ("P-05", "P-08", 418, 301960, "H-0003", False), ("P-01", "P-05", 40, 20400, None, False),
    ("P-02", "P-05", 220, 121000, None, False), ("P-02", "P-09", 150, 84000, None, False),
    ("P-02", "P-07", 24, None, None, False), ("P-07", "P-09", 24, 15400, None, False),
    ("P-03", "P-06", 190, 96000, None, False), ("P-06", "P-10", 170, 99000, None, False),
    ("P-06", "P-09", 20, 11000, None, False), ("P-05", "P-09", 24, 13776, None, False),
]  # fmt: skip
PLACES = {
    "CN": ("China", 104, 35),
    "TR": ("Türkiye", 35, 39),
    "KZ": ("Kazakhstan", 67, 48),
    "RU": ("Russia", 40, 55.5),
    "AE": ("United Arab Emirates", 54, 24),
}
FLOWS = [
    ("CN", "RU", 84, 380000, 1060000, True), ("CN", "KZ", 71, 360000, 70000, True), ("KZ", "RU", 88, 290000, None, True),
    ("CN", "AE", 12, 250000, 120000, False), ("AE", "KZ", 9, 130000, None, False), ("CN", "TR", 18, 112000, 104000, True),
    ("TR", "RU", 21, 96000, None, True), ("KZ", "KZ", 3, 1000, None, True), ("CN", "XX", 2, None, None, True),
]  # fmt: skip


def case() -> dict[str, Any]:
    views = dict.fromkeys(("shipments", "parties", "chains", "routes", "claims", "network", "map", "timeline"), True)
    return {
        "title": "Halden corridor", "question": "How many drones were declared?", "folder_name": "halden", "simulated": True,
        "run_id": "7c41e09b", "version": "0.0.0", "engine": "duckdb", "replay": ["enduse run halden"], "stale": [],
        "stages": [{"stage": "intake", "done": True}], "views": views,
        "totals": {"rows": 214, "lots": 210, "value_usd": 900000, "firms": 12, "sources": 3, "rejected": 1, "duplicates": 4,
                   "loaded": 214, "first_date": "2022-09-01", "last_date": "2023-02-28"},
        "coverage": [], "sources": [], "answer": [], "watch": None,
    }  # fmt: skip


def selection() -> dict[str, Any]:
    return {"rows": 214, "lots": 210, "value_usd": {"value": 900000, "low": 700000, "high": 1100000, "unstated": 3}, "kg": 4000,
            "pieces": 1384, "firms": 12, "first_date": "2022-09-01", "last_date": "2023-02-28"}  # fmt: skip


def network() -> dict[str, Any]:
    def worth(firm: str) -> int:
        return sum(link[3] or 0 for link in LINKS if firm in link[:2])

    return {
        "nodes": [{"id": i, "label": name, "country": land, "role": role, "rows": 20, "value_usd": worth(i), "x": x, "y": y, "listed": 0}
                  for i, name, land, role, x, y, _ in FIRMS],
        "edges": [{"from": a, "to": b, "rows": 4, "value_usd": value, "pieces": pieces, "weakest": weakest, "chain": chain}
                  for a, b, pieces, value, chain, weakest in LINKS],
        "firms": 12, "drawn": 10, "unnamed": 6, "note": None,
    }  # fmt: skip


def large_network(firms: int = 2000) -> dict[str, Any]:
    """Firms in five columns and two links from each: the largest picture the server sends."""
    roles = ("maker", "trader", "trader", "hub", "consignee")
    per = firms // 5
    nodes = [
        {"id": f"P-{k:05d}", "label": f"Invented Firm {k}", "country": "KZ", "role": roles[k // per % 5], "rows": 1 + k % 50, "value_usd": 1000 + k * 7 % 9000,
         "x": 40 + 230 * (k // per) + 30 * math.sin(k), "y": 10 + 980 * (k % per) / per, "listed": 0}
        for k in range(per * 5)
    ]  # fmt: skip
    edges = [
        {"from": nodes[k]["id"], "to": nodes[per * (k // per + 1) + (k * step + step) % per]["id"], "rows": 2, "value_usd": 500 + k * step % 7000, "pieces": 10,
         "weakest": False, "chain": None}
        for k in range(per * 4) for step in (7, 13)
    ]  # fmt: skip
    return {"nodes": nodes, "edges": edges, "firms": len(nodes), "drawn": len(nodes), "unnamed": 0, "note": None}


def flow_map() -> dict[str, Any]:
    return {
        "places": [{"code": code, "name": name, "lon": lon, "lat": lat} for code, (name, lon, lat) in PLACES.items()],
        "flows": [{"from": a, "to": b, "rows": rows, "value_usd": value, "before_usd": before, "held": held}
                  for a, b, rows, value, before, held in FLOWS],
        "outlines": "/assets/world.json", "note": "Before: the six months to August 2022, value a month.",
    }  # fmt: skip


def timeline() -> dict[str, Any]:
    lots: dict[str, list[tuple[str | None, str, int | None]]] = {
        "P-01": [("S-1", "2022-10-04", 420), ("S-2", "2022-11-09", 240), ("S-3", "2022-12-17", 160)],
        "P-04": [("S-4", "2022-10-16", 418), ("S-5", "2022-12-09", 140)],
        "P-05": [("S-6", "2022-11-04", 418), ("S-7", "2022-10-20", None), ("S-8", "2022-12-19", 210)],
        "P-08": [("S-6", "2022-11-04", 418), (None, "2022-12-01", 240), (None, "2023-02-01", 110)],
        "P-07": [("S-11", "2022-10-12", 100)],
    }
    names = {i: (name, land) for i, name, land, *_ in FIRMS}
    months = ["2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-02"]
    return {
        "lanes": [{"party_id": i, "name": names[i][0], "country": names[i][1],
                   "lots": [{"shipment_id": s, "date": d, "pieces": p, "value_usd": (p or 0) * 700, "rows": 1 if s else 3} for s, d, p in line]}
                  for i, line in lots.items()],
        "months": [{"month": m, "has_file": m != "2023-01", "sources": []} for m in months],
        "events": [{"date": "2022-12-01", "name": "Rule in force"}], "firms": 12, "drawn": 5, "note": None,
    }  # fmt: skip


def _side(firm: str) -> dict[str, Any]:
    name, land, own = next((f[1], f[2], f[6]) for f in FIRMS if f[0] == firm)
    return {"party_id": firm, "name": name, "names": [name, own], "country": land}


HOPS = [("S-1", "P-01", "P-04", "2022-10-04", 420, 401, 218400, None, None), ("S-4", "P-04", "P-05", "2022-10-16", 418, 399, 251200, 0.71, 12),
        ("S-6", "P-05", "P-08", "2022-11-04", 418, 400, 301960, 0.93, 19)]  # fmt: skip
SECOND = [
    ("S-20", "P-02", "P-06", "2022-12-02", 100, 14.2, 9800, None, None),
    ("S-21", "P-06", "P-09", "2022-12-29", 96, 13.6, 11900, 0.58, 27),
]
CHAINS: dict[str, dict[str, Any]] = {
    "H-0003": {"hops": HOPS, "continuity": 0.81, "concern": 0.74, "goods": "Skarn M3", "weakest_link": "hop 2 through Poyraz Havacılık: 0.71", "rivals": 2,
               "reasons": ["watched goods", "ends where the question asks", "the price a kilogram changes by more than half between legs"],
               "alternative": [{"shipment_id": "S-30", "continuity": 0.34, "lag_days": 20, "reasons": [], "party_id": "P-09", "name": "Vektor Polya", "country": "RU",
                                "goods": "Skarn M3", "quantity": 40, "date": "2022-11-02"}]},
    "H-0011": {"hops": SECOND, "continuity": 0.58, "concern": 0.31, "goods": "flight controllers", "weakest_link": "hop 2 through Steppe Link Trade: 0.58",
               "rivals": 3, "reasons": ["watched goods"], "alternative": []},
}  # fmt: skip


def _chain(chain_id: str) -> dict[str, Any]:
    made = CHAINS[chain_id]
    hops = made["hops"]
    firms = [hops[0][1], *(h[2] for h in hops)]
    return {
        "chain_id": chain_id, "rank": 1 + list(CHAINS).index(chain_id), "continuity": made["continuity"], "concern": made["concern"],
        "hops": len(hops), "goods": made["goods"], "quantity": min(h[4] for h in hops), "value_usd": hops[-1][6], "first_date": hops[0][3],
        "last_date": hops[-1][3], "weakest_link": made["weakest_link"], "rivals": made["rivals"], "reasons": made["reasons"],
        "parties": [{k: v for k, v in _side(f).items() if k != "names"} for f in firms],
    }  # fmt: skip


def chains() -> dict[str, Any]:
    quality = [{"measure": "expected false share of links", "threshold": 0.5, "decoy": decoy, "links": 40, "false_share": share, "note": None}
               for decoy, share in (("time reversal", 0.11), ("partner permutation", 0.03))]  # fmt: skip
    hubs = [{"party_id": "P-06", "name": "Steppe Link Trade", "country": "KZ", "goods": "drone_part", "consignments_in": 60, "consignments_out": 71,
             "quantity_in": 4000, "quantity_out": 3900, "kg_in": 900, "kg_out": 880, "reason": "60 in and 71 out of the same goods"}]  # fmt: skip
    return {
        "total": len(CHAINS),
        "expected_false": 0.06,
        "rows": [_chain(c) for c in CHAINS],
        "quality": quality,
        "hubs": hubs,
    }


def chain(chain_id: str) -> dict[str, Any]:
    made = CHAINS[chain_id]
    hops = [
        {"position": k + 1, "shipment_id": s, "from": _side(a), "to": _side(b), "date": date, "goods": made["goods"], "quantity": pieces, "unit": "C62",
         "net_kg": kg, "value_usd": value, "strength": strength, "share": 0.99 if strength else None, "lag_days": lag, "declared": True,
         "reasons": ["quantity, weight and model agree"] if strength else []}
        for k, (s, a, b, date, pieces, kg, value, strength, lag) in enumerate(made["hops"])
    ]  # fmt: skip
    return {"chain": _chain(chain_id), "hops": hops, "alternatives": made["alternative"],
            "sentence": f"{hops[0]['from']['name']} to {hops[-1]['to']['name']} in {len(hops)} shipments"}  # fmt: skip


PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 930 270" class="lane"><style>.lane text{fill:#4a463f;font-size:13px}'
    ".lane .ln{fill:none;stroke:#1f4e79;stroke-width:2}</style>"
    '<script>window.hit=1</script><path class="ln" d="M74 60L400 70L900 220"/><text x="74" y="40">m USD a month</text></svg>'
)


def _drawings() -> list[str]:
    """The dossier's own drawings, one of each kind, and one with a script in it."""
    import datetime as dt
    from decimal import Decimal

    from enduse.dossier.charts.flows import flow_map as lanes_map
    from enduse.dossier.charts.routes_slopes import Slope, slope_chart
    from enduse.dossier.charts.routes_time import Point, break_chart, gap_chart
    from enduse.dossier.model import Leg

    months = [dt.date(2021 + k // 12, k % 12 + 1, 1) for k in range(30)]
    fell = [Point(m, 1e6 if k < 18 else 4e5) for k, m in enumerate(months)]
    points = [Point(m, 1e5 * (k % 7 - 3), 1e5 * (k % 7 - 4), 1e5 * (k % 7 - 2)) for k, m in enumerate(months)]
    slopes = [Slope("CN to RU", 1.06e6, 3.8e5), Slope("CN to KZ", 7e4, 3.6e5), Slope("CN to AE", 1.2e5, 2.5e5)]
    legs = tuple(
        Leg(a, b, Decimal(value), rows, 0, held)
        for a, b, rows, value, _, held in FLOWS
        if b in PLACES and a != b and value
    )
    drawn = lanes_map(legs, "After the rule: value by route")
    assert drawn is not None
    broke = break_chart(fell, "break", "USD", event=months[18], low=months[18], high=months[19], before=1e6, after=4e5)
    return [
        str(broke),
        str(gap_chart(points, "gap", months[18])),
        str(slope_chart(slopes, "slope", "USD", before="before", after="after")),
        str(drawn.wide),
        PICTURE,
    ]


def routes() -> dict[str, Any]:
    names = (
        ("break", "CN to RU fell by 64 % in September 2022"),
        ("gap", "KZ reports 12 m USD less than CN"),
        ("slope", "Three hubs gained 428 of the 680 k USD a month lost"),
        ("flow", "After the rule: value by route"),
        ("odd", "A drawing with a script in it"),
    )
    table = {"columns": ["month", "USD"], "rows": [["2022-08", 1000000], ["2022-09", 400000]]}
    return {
        "mirror_gap": [{"exporter": "CN", "importer": "KZ", "hs6": "880622", "period": "2022-10", "exports": 400000, "imports_fob": 250000,
                        "gap": -150000, "gap_low": -180000, "gap_high": -90000, "explained_by": "transit;late reports"}],
        "route_break": [{"exporter": "CN", "importer": "RU", "goods": "880622", "date": "2022-09", "date_low": "2022-09", "date_high": "2022-10",
                         "level_ratio": 0.36, "level_low": 0.28, "level_high": 0.47, "p_placebo": 0.01, "q_value": 0.02, "nomenclature_change": 0,
                         "event": "Rule in force", "measure": "USD", "note": None, "reporter": "CN", "flow": "export"}],
        "substitution": [
            {"origin": "CN", "hub": "KZ", "destination": "RU", "goods": "880622", "event_date": "2022-09-01", "lost": 680000, "gained": 428000,
             "ratio": 0.63, "ratio_low": 0.41, "ratio_high": 0.83, "lag_months": 3, "q_value": 0.02, "verdict": "substitute", "measure": "USD", "reason": "both legs rose"},
            {"origin": "CN", "hub": None, "destination": "BY", "goods": "880622", "event_date": "2022-09-01", "lost": 90000, "gained": None,
             "ratio": None, "ratio_low": None, "ratio_high": None, "lag_months": None, "q_value": None, "verdict": "no_visible_substitute", "measure": "USD",
             "reason": "no third country rose on both legs"},
            {"origin": "CN", "hub": "AE", "destination": "RU", "goods": "880622", "event_date": "2022-09-01", "lost": 680000, "gained": 120000,
             "ratio": 0.18, "ratio_low": 0.05, "ratio_high": 0.3, "lag_months": 2, "q_value": 0.2, "verdict": "final_leg_out_of_view", "measure": "USD",
             "reason": "no report of AE to RU"}],
        "lost_in_transit": [], "route_coverage": [],
        "pictures": [{"name": n, "title": t, "svg": svg, "note": None, "table": table} for (n, t), svg in zip(names, _drawings(), strict=True)], "note": None,
    }  # fmt: skip


TEXT = (
    "Customs data show a corridor\n\nBy the desk, 12 March 2023\n\nCustoms data obtained from a third-party provider show that drones worth over $12 million "
    "were declared between March and February. <script>window.hit=1</script>\n\n" + "A paragraph that says nothing of any lot. " * 60 +
    "\n\nThe last batch arrived in February, the records show.\n"
)  # fmt: skip
SAID = "drones worth over $12 million"
LAST = "The last batch arrived in February"


def _claim(claim_id: str, quote: str, outlet: str, date: str, document: str, start: int, root: str) -> dict[str, Any]:
    return {"claim_id": claim_id, "text": quote, "outlet": outlet, "date": date, "document": document, "start": start, "end": start + len(quote),
            "stage": "delivered", "stance": "documented", "root": root, "polarity": "asserted"}  # fmt: skip


def claims() -> dict[str, Any]:
    root = "customs data of a third-party provider"
    verdict = {"verdict": "consistent", "figure_id": "F-0001", "reason": "over 12 in the central and broad readings, under it in the strict one",
               "recorded_low": 9800000, "recorded_high": 14600000, "claimed_low": 12000000, "claimed_high": None, "unit": "USD",
               "would_refute": "complete records that come to less", "scope": "drones alone"}  # fmt: skip
    return {
        "total": 3,
        "clusters": [
            {"cluster": "K-1", "label": "Drones worth “over $12 million” entered RU in a year", "root": root, "independence": "same",
             "claims": [_claim("C-1", SAID, "Harbour Ledger", "2023-03-12", "ledger.txt", TEXT.index(SAID), root),
                        _claim("C-2", "$12 million", "Nordpost", "2023-03-13", "nordpost.txt", 10, root)],
             "drift": [{"id": "D-1", "type": "precision", "left": "C-1", "right": "C-2", "why": "“over” lost"}], "contradiction": [], "verdict": verdict},
            {"cluster": "K-2", "label": "The last batch came in February", "root": root, "independence": "unknown",
             "claims": [_claim("C-3", LAST, "Harbour Ledger", "2023-03-12", "ledger.txt", TEXT.index(LAST), root)], "drift": [],
             "contradiction": [{"id": "D-2", "type": "denial", "left": "C-3", "right": "C-4", "why": "a ministry denies it"}], "verdict": None},
            {"cluster": "K-3", "label": "No such goods were delivered", "root": "a ministry spokesman", "independence": "same",
             "claims": [{**_claim("C-4", "No unmanned aircraft of any kind were delivered", "Meridian Wire", "2023-03-15", "meridian.txt", 0, "a ministry spokesman"), "polarity": "denied"}],
             "drift": [], "contradiction": [], "verdict": {**verdict, "verdict": "contradicted", "figure_id": "F-0002"}},
        ],
        "ledger": [
            {"supplier": None, "recipient": "RU", "goods": "drones", "kind": kind, "quantity_low": low, "quantity_high": high, "per": per, "start": start,
             "end": end, "certainty": "asserted, 1 root", "claim_id": claim, "root": "r", "note": note}
            for kind, low, high, per, start, end, claim, note in (
                ("order", 15000, 15000, None, "2022-11-15", None, "C-1", "15,000 at 100 a month is 150 months"),
                ("delivery", 100, 100, None, "2023-02-15", "2023-03-31", "C-2", None),
                ("capacity", 100, 100, "month", "2023-01-01", "2023-06-30", "C-3", None),
                ("stock", None, None, None, "2023-03-01", "2023-04-30", "C-3", "running low"),
                ("loss", 82, 82, None, "2023-01-01", "2023-02-28", "C-3", None),
                ("delivery", 40, 60, None, None, None, "C-4", None))],
    }  # fmt: skip


def document(source: str) -> dict[str, Any]:
    said = [{"claim_id": "C-1", "start": TEXT.index(SAID), "end": TEXT.index(SAID) + len(SAID), "kind": "supply"},
            {"claim_id": "C-3", "start": TEXT.index(LAST), "end": TEXT.index(LAST) + len(LAST), "kind": "supply"}]  # fmt: skip
    return {
        "source": source,
        "outlet": "Harbour Ledger",
        "date": "2023-03-12",
        "title": "Customs data show a corridor",
        "text": TEXT,
        "claims": said if source == "ledger.txt" else [],
    }


def figures() -> dict[str, Any]:
    figure = {"figure_id": "F-0001", "label": "Declared value of drones to RU", "definition": "", "value": "12100000", "low": "9800000", "high": "14600000", "unit": "USD",
              "rows": 4812, "coverage": "", "method": "", "mark": "declared", "readings": {"strict": "9800000", "central": "12100000", "broad": "14600000"},
              "choices": [], "counter": {"said": [], "more": 0}, "window": None}  # fmt: skip
    return {"figures": [figure], "waterfall": [], "left_out": []}


PLAIN = {"/api/case": case, "/api/selection": selection, "/api/network": network, "/api/map": flow_map, "/api/timeline": timeline,
         "/api/chains": chains, "/api/routes": routes, "/api/claims": claims, "/api/figures": figures}  # fmt: skip


def answer(path: str) -> dict[str, Any] | None:
    """What the invented case says to one address; None where it has nothing."""
    if path in PLAIN:
        return PLAIN[path]()
    if path.startswith("/api/chains/") and path[12:] in CHAINS:
        return chain(path[12:])
    if path.startswith("/api/documents/"):
        return document(unquote(path[15:]))
    if path == "/api/facets":
        return {"facets": [], "dates": []}
    if path == "/api/run":
        return {
            "state": "idle",
            "stage": None,
            "step": None,
            "number": None,
            "of": None,
            "stages_done": [],
            "started": None,
            "error": None,
        }
    return None


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, static: Path, large: bool, *args: Any) -> None:
        self.static, self.large = static, large
        super().__init__(*args)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name the library gives)
        pass

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the page asked for something else meanwhile
            self.wfile.write(body)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/api/"):
            said = large_network() if self.large and path == "/api/network" else answer(path)
            if said is None:
                fault = {"error": {"what": "Not in the invented case", "where": path, "fix": "Go back."}}
                return self._send(404, "application/json", json.dumps(fault).encode())
            return self._send(200, "application/json", json.dumps(said).encode())
        file = self.static / (path.removeprefix("/assets/") if path.startswith("/assets/") else "index.html")
        if not file.is_file():
            return self._send(404, "text/plain", b"not there")
        return self._send(200, KINDS.get(file.suffix, "application/octet-stream"), file.read_bytes())


class Server:
    """The built front end and the invented answers on a free port of this machine."""

    def __init__(self, static: Path, *, large: bool = False) -> None:
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, static, large))
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
