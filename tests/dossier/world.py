"""An invented case as contract tables: every firm, brand, list, outlet and row here is made up."""

from __future__ import annotations

import datetime as dt
import json
import random
from decimal import Decimal

from enduse.contracts import TABLES
from enduse.contracts.case_file import CaseFile
from enduse.contracts.run import RunInfo
from enduse.engine.duckdb import DuckDBEngine

RUN = RunInfo(
    run_id="7c41e09b",
    version="0.1.0",
    engine="duckdb",
    code_sha256="c0" * 32,
    case_sha256="ca" * 32,
    replay=("enduse run corridor", "enduse verify corridor"),
)
CASE = CaseFile.model_validate(
    {
        "title": "The direct route shrank; part of it came back through hubs",
        "question": "civil drones and parts to RU since 24 February 2022",
        "simulated": True,
        "scope": {"destination": ["RU"], "since": "2022-02-24"},
    }
)
SELLERS = [
    ("Altyn Sapar Logistik", "KZ"),
    ("Lanmei Trade", "CN"),
    ("青滩旋翼制造有限公司", "CN"),
    ("Poyraz Havacılık Dış Ticaret", "TR"),
    ("Steppe Link Trade", "KZ"),
    ("شركة النسيم للتجارة", "AE"),
    ("Harbour Rotor Works", "HK"),
]
BUYERS = [("ООО «Север-Оптика»", "RU"), ("Вектор Поля", "RU"), ("Polar Snab", "RU")]
BRANDS = ["Skarn", "Velloria", "Northkite", "Qingtan"]
LONG = "NAME " * 2000
HOSTILE = (
    "<script>alert('x')</script><img src=https://example.org/a.png onerror=alert(1)> \u202eevil\u202c </td></table>"
)


def _id(source: int, row: int) -> str:
    return f"{source:012x}-{row}"


def rows(count: int = 400, seed: int = 5) -> list[dict[str, object]]:
    rng = random.Random(seed)
    out = []
    for n in range(1, count + 1):
        seller, buyer = rng.choice(SELLERS), rng.choice(BUYERS)
        date = dt.date(2022, 3, 1) + dt.timedelta(days=rng.randrange(360))
        if date.month == 11:
            date = dt.date(2022, 12, 2)
        value = Decimal(rng.randrange(200, 90000)) + Decimal("0.25")
        brand = rng.choice(BRANDS)
        text = f"КВАДРОКОПТЕР {brand} M{rng.randrange(1, 5)} гражданский, {n} ШТ"
        out.append(
            {
                "shipment_id": _id(1 + n % 2, n), "source": ("imports_ru_2022_2023.csv.gz", "trade_kz_2022.csv")[n % 2], "row": n * 7, "date": date,
                "date_precision": "day", "direction": "import", "exporter_name": seller[0], "exporter_country": seller[1],
                "importer_name": buyer[0], "importer_country": "RU", "description": text, "hs_code": "8806230000", "quantity": Decimal(n),
                "unit": "C62", "net_kg": Decimal("0.9") * n, "value": value, "currency": "USD", "value_usd": value if n % 9 else None,
                "usd_basis": "declared", "origin_country": "CN", "departure_country": seller[1], "destination_country": "RU",
                "quantity_text": f"{n},0", "value_text": f"{value} USD", "unread": "value" if n % 9 == 0 else None,
                "exporter_party": f"P-{SELLERS.index(seller):010x}", "importer_party": f"P-{100 + BUYERS.index(buyer):010x}",
                "brand": brand, "model": f"{brand} M1", "at": text.index(brand),
            }
        )  # fmt: skip
    out[3]["description"] = HOSTILE
    out[3]["value_usd"] = Decimal(120000)
    out[3]["exporter_name"] = HOSTILE
    out[4]["importer_name"] = LONG
    out[4]["value_usd"] = Decimal(119000)
    out[5]["description"] = "שלום " * 60 + "\u202e" + HOSTILE
    out[5]["value_usd"] = Decimal(118000)
    return out


def _figure(
    book: dict[str, list[dict[str, object]]],
    label: str,
    measure: str,
    unit: str,
    counted: list[dict[str, object]],
    value: object,
    low: object,
    high: object,
    **more: object,
) -> str:
    number = f"F-{len(book['figure']) + 1:04d}"
    book["figure"].append(
        {
            "figure_id": number, "label": label, "unit": unit, "measure": measure, "value": str(value), "low": str(low), "high": str(high),
            "strict": str(low), "broad": str(high), "rows": len(counted), "mark": "declared", "method": "sum over rows, findings/1", "rule": "sum",
            "definition": f"{label}, over records of watch profile 'civil-drones' (confidence at least 0.5, parts included); to RU as declared.",
            "coverage": "Two files hold records from Mar 2022 to Feb 2023. No file has a record of Nov 2022.", "lever": "certainty of the goods: +1000 (+9 %)", **more,
        }
    )  # fmt: skip
    for r in counted:
        amount = r["value_usd"] if unit == "USD" else r["quantity"] if unit == "pieces" else None
        book["figure_row"].append(
            {"figure_id": number, "shipment_id": r["shipment_id"], "amount": amount, "item": more.get("subject")}
        )
    return number


def tables(count: int = 400, seed: int = 5) -> dict[str, list[dict[str, object]]]:
    """Rows of every contract table."""
    made = rows(count, seed)
    book: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES}
    names = set(TABLES["shipment"].names)
    book["shipment"] = [{k: v for k, v in r.items() if k in names} for r in made]
    counted = made[: count * 3 // 4]
    for r in made:
        book["goods"].append({"shipment_id": r["shipment_id"], "family": "drone" if r["row"] % 3 else "drone_part", "brand": r["brand"], "model": r["model"], "controls": "CHP:2.B" if r["row"] % 4 == 0 else None, "vague": int(r["row"] % 5 == 0), "vague_rules": "ics2:parts;only_plural" if r["row"] % 5 == 0 else None, "confidence": 0.93, "basis": "code+text", "evidence": f"description[{r['at']}:{r['at'] + len(r['brand'])}]={r['brand']};hs=8806"})  # fmt: skip
    for r in counted:
        book["reading"].append({"shipment_id": r["shipment_id"], "strict": 1, "central": 1, "broad": 1, "certainty": 2, "part": 0, "unstated_place": 0, "unstated_date": 0})  # fmt: skip
    valued = [r for r in counted if r["value_usd"] is not None]

    def add(of: list[dict[str, object]]) -> Decimal:
        return sum((r["value_usd"] for r in of if r["value_usd"] is not None), Decimal(0))

    total = add(valued)
    _figure(
        book,
        "Declared value: civil drones and parts, to RU, since 24 Feb 2022",
        "value_usd",
        "USD",
        valued,
        total,
        total * Decimal("0.81"),
        total * Decimal("1.2"),
    )
    _figure(
        book,
        "Pieces: civil drones and parts, to RU, since 24 Feb 2022",
        "quantity",
        "pieces",
        counted,
        45150,
        40000,
        46000,
    )
    _figure(
        book,
        "Net weight: civil drones and parts, to RU, since 24 Feb 2022",
        "net_kg",
        "kg",
        counted,
        "40635.5",
        "40635.5",
        "40635.5",
    )
    _figure(
        book,
        "Records: civil drones and parts, to RU, since 24 Feb 2022",
        "records",
        "records",
        counted,
        len(counted),
        270,
        340,
    )
    _figure(
        book,
        "Exporters: civil drones and parts, to RU, since 24 Feb 2022",
        "exporters",
        "firms",
        counted,
        7,
        6,
        9,
        mark="inferred",
    )
    _figure(
        book,
        "Importers: civil drones and parts, to RU, since 24 Feb 2022",
        "importers",
        "firms",
        counted,
        3,
        3,
        3,
        mark="inferred",
    )
    _figure(
        book,
        "Brands: civil drones and parts, to RU, since 24 Feb 2022",
        "brands",
        "brands",
        counted,
        4,
        4,
        6,
        mark="inferred",
    )
    _figure(
        book,
        "First record: civil drones and parts, to RU, since 24 Feb 2022",
        "first_date",
        "date",
        counted[:1],
        "2022-03-01",
        "2022-02-25",
        "2022-03-01",
    )
    _figure(
        book,
        "Latest record: civil drones and parts, to RU, since 24 Feb 2022",
        "last_date",
        "date",
        counted[:1],
        "2023-02-17",
        "2023-02-17",
        "2023-02-24",
    )
    book["figure_choice"] += [
        {
            "figure_id": "F-0001",
            "choice": "certainty of the goods",
            "low": str(total * Decimal("0.87")),
            "high": str(total * Decimal("1.15")),
        },
        {"figure_id": "F-0001", "choice": "parts of the goods", "low": str(total * Decimal("0.94")), "high": ""},
        {"figure_id": "F-0001", "choice": "records that do not state the date", "low": "", "high": str(total)},
    ]
    rankings = {"by_exporter": "exporter_party", "by_importer": "importer_party", "by_brand": "brand", "by_model": "model", "by_origin": "origin_country", "by_departure": "departure_country", "by_month": "date"}  # fmt: skip
    for measure, key in rankings.items():
        found: dict[str, list[dict[str, object]]] = {}
        for r in valued:
            found.setdefault(str(r[key])[:7] if key == "date" else str(r[key]), []).append(r)
        order = sorted(found) if key == "date" else sorted(found, key=lambda s: -add(found[s]))
        for rank, subject in enumerate(order, 1):
            value = add(found[subject])
            _figure(
                book,
                f"Value of {subject}",
                measure,
                "USD",
                found[subject],
                value,
                value * Decimal("0.8"),
                value * Decimal("1.1"),
                subject=subject,
                rank=rank,
            )
    for n, (name, country) in enumerate(SELLERS):
        book["party"].append(
            {"party_id": f"P-{n:010x}", "name": name, "country": country, "kind": "organization", "identifiers": None}
        )
        book["party_name"].append(
            {
                "party_id": f"P-{n:010x}",
                "name": name,
                "country": country,
                "identifier": "",
                "method": "exact_key",
                "score": 0.97,
            }
        )
        book["party_name"].append(
            {
                "party_id": f"P-{n:010x}",
                "name": f"{name} LLC",
                "country": country,
                "identifier": "",
                "method": "rare_token",
                "score": 0.93,
            }
        )
    for n, (name, country) in enumerate(BUYERS):
        book["party"].append(
            {
                "party_id": f"P-{100 + n:010x}",
                "name": name,
                "country": country,
                "kind": "organization",
                "identifiers": "RU-INN:7700000001",
            }
        )
        book["party_name"].append(
            {
                "party_id": f"P-{100 + n:010x}",
                "name": name,
                "country": country,
                "identifier": "",
                "method": "alone",
                "score": 1.0,
            }
        )
    sides = ("exporter", "importer")
    declared = [(r[f"{side}_party"], r[f"{side}_name"]) for r in book["shipment"] for side in sides]
    given = {(line["party_id"], line["name"]) for line in book["party_name"]}
    for party, name in sorted(
        {(p, n) for p, n in declared if p and n} - given, key=str
    ):  # every declared name is given to a party
        book["party_name"].append(
            {"party_id": party, "name": name, "country": "", "identifier": "", "method": "exact_key", "score": 0.97}
        )
    for line in book["party_name"]:
        line["rows"] = declared.count((line["party_id"], line["name"]))
    book["party"][2]["name"] = HOSTILE
    ids = [p["party_id"] for p in book["party"]]
    book["screening"] += [
        {"party_id": ids[0], "query": SELLERS[0][0], "list": "SIM-LIST-1 9f2c41", "entry_id": "77", "entry_name": "Altyn Sapar Trans", "score": 0.74, "decision": "review", "reasons": "brand tokens equal across scripts;same country;against: transport, not logistics"},
        {"party_id": ids[7], "query": BUYERS[0][0], "list": "SIM-LIST-1 9f2c41", "entry_id": "12", "entry_name": "Sever-Optika", "score": 0.97, "decision": "match", "reasons": "for: tax number equal;for: name equal after romanisation"},
    ]  # fmt: skip
    book["screening"] += [
        {
            "party_id": i,
            "query": "q",
            "list": "SIM-LIST-1 9f2c41;SIM-LIST-2 03ad77",
            "entry_id": "",
            "entry_name": None,
            "score": None,
            "decision": "no_match",
            "reasons": None,
        }
        for i in ids
        if i not in (ids[0], ids[7])
    ]
    book["source"] += [
        {"source": "imports_ru_2022_2023.csv.gz", "sha256": "9f" * 32, "kind": "customs", "records_read": 210, "loaded": 200, "rejected": 6, "duplicates": 4, "format": "utf-8, comma", "first_date": "2022-03-01", "last_date": "2023-02-24"},
        {"source": "trade_kz_2022.csv", "sha256": "03" * 32, "kind": "customs", "records_read": 205, "loaded": 200, "rejected": 5, "duplicates": 0, "format": "windows-1251, semicolon", "first_date": "2022-03-02", "last_date": "2023-02-20"},
        {"source": "SIM-LIST-1", "sha256": "aa" * 32, "kind": "watchlist", "records_read": 900, "loaded": 900, "rejected": 0, "duplicates": 0},
        {"source": "harbour.txt", "sha256": "bb" * 32, "kind": "press", "records_read": 1, "loaded": 1, "rejected": 0, "duplicates": 0},
    ]  # fmt: skip
    book["rejection"] += [
        {
            "source": "imports_ru_2022_2023.csv.gz",
            "row": 40 + n,
            "reason": "too few cells" if n % 2 else "empty record",
            "excerpt": HOSTILE if n % 2 else "",
        }
        for n in range(6)
    ]
    book["duplicate"] += [
        {
            "shipment_id": _id(1, 900 + n),
            "source": "imports_ru_2022_2023.csv.gz",
            "row": 900 + n,
            "of_shipment_id": _id(1, n),
            "reason": "amended",
        }
        for n in range(4)
    ]
    steps = [("read", "all records read", "total", 415), ("rejected", "records that could not be read", "left_out", 11), ("duplicate", "the same lot declared again", "left_out", 4), ("not_watched", "goods the case does not watch", "left_out", 100), ("kept", "rows counted in the central reading", "kept", 300)]  # fmt: skip
    book["waterfall"] += [
        {
            "position": n,
            "step": s,
            "label": text,
            "kind": k,
            "rows": r,
            "value_usd": (total * r / 300).quantize(Decimal("0.01")),
            "without_value": r if s == "rejected" else 3,
        }
        for n, (s, text, k, r) in enumerate(steps, 1)
    ]
    for n, source in enumerate(("imports_ru_2022_2023.csv.gz", "trade_kz_2022.csv")):
        months = sorted({f"{r['date']:%Y-%m}" for r in made})
        book["coverage"] += [
            {"source": source, "measure": "month", "item": m, "rows": 10 + n, "of_rows": 200} for m in months
        ]
        book["coverage"] += [
            {"source": source, "measure": "field", "item": f, "rows": 200 - 40 * n * (f == "net_kg"), "of_rows": 200}
            for f in ("date", "net_kg", "value")
        ]
        book["mapping"] += [
            {
                "source": source,
                "position": p,
                "column": c,
                "role": r,
                "confidence": 0.97 - 0.05 * p,
                "reader": "day first" if r == "date" else "",
                "reason": "header and values agree",
            }
            for p, (c, r) in enumerate(
                (("Дата", "date"), ("Отправитель", "exporter_name"), ("Стоимость", "value"), ("G999", "ignore")), 1
            )
        ]
    _press(book)
    book["indicator"] += [
        {
            "subject": ids[7],
            "subject_kind": "party",
            "rule_id": "listed_name",
            "source": "SIM-LIST-1",
            "strength": "strong",
            "evidence": "x",
        },
        {
            "subject": _id(1, 2),
            "subject_kind": "shipment",
            "rule_id": "vague_text",
            "source": "published lists",
            "strength": "weak",
            "evidence": _id(1, 2),
        },
    ]
    return book


def _press(book: dict[str, list[dict[str, object]]]) -> None:
    def claim(number: int, doc: str, day: int, sentence: str, **more: object) -> None:
        base = {"id": f"C-{number:010x}", "doc": doc, "ref_date": dt.date(2023, 3, day), "section": "body", "sentence": sentence, "char_start": 1204 + number, "char_end": 1204 + number + len(sentence), "kind": "supply", "supplier": "Lanmei", "recipient": "RU", "goods": "drones", "status": "delivered", "stage": "delivered", "stance": "documented", "polarity": "asserted", "root": "customs data, third-party provider", "independent_root_key": "data:provider", "cluster": "K-1"}  # fmt: skip
        book["claim"].append({**base, **more})
        chain = more.get("chain") or [(doc, "outlet"), ("customs data, third-party provider", "data")]
        book["claim"][-1].pop("chain", None)
        book["attribution"] += [
            {"claim_id": base["id"], "position": p, "name": n, "type": t, "cue": "", "explicit": int(p < 2)}
            for p, (n, t) in enumerate(chain, 1)
        ]

    money = json.dumps({"raw": "over $12 million", "amount": 12e6, "currency": "USD", "modifier": ">"})
    claim(
        1,
        "The Harbour Ledger",
        12,
        "Customs data obtained from a third-party provider show that drones worth over $12 million were declared between March and February.",
        value=money,
    )
    claim(
        2,
        "Nordpost",
        13,
        "Drones worth $12 million were declared, according to the Harbour Ledger.",
        value=json.dumps({"raw": "$12 million"}),
    )
    claim(
        3,
        "Meridian Wire",
        15,
        "“No unmanned aircraft of any kind were delivered to that market in the period named,” the spokesman said.",
        kind="denial",
        polarity="denied",
        stance="denied",
        root="a ministry spokesman",
        independent_root_key="official:ministry",
        chain=[("Meridian Wire", "outlet"), ("a ministry spokesman", "official")],
    )
    claim(
        4,
        "Coastline <b>Weekly</b>",
        16,
        HOSTILE + " 15,000 pieces",
        cluster="K-2",
        quantity=json.dumps({"raw": "15,000 pieces"}),
        root=HOSTILE,
        counts="not json",
    )
    book["claim_cluster"] += [
        {
            "cluster": "K-1",
            "claims": 3,
            "docs": 3,
            "roots": 2,
            "label": "Drones to RU worth over $12 million",
            "independence": "different",
        },
        {"cluster": "K-2", "claims": 1, "docs": 1, "roots": 1, "label": HOSTILE, "independence": "unknown"},
    ]
    book["drift"].append(
        {"id": "D-1", "type": "precision", "left": "C-0000000001", "right": "C-0000000002", "why": "'over' lost"}
    )
    book["contradiction"].append(
        {
            "id": "D-2",
            "type": "denial",
            "left": "C-0000000001",
            "right": "C-0000000003",
            "why": "one says delivered, the other denies any delivery",
        }
    )


def fill(engine: DuckDBEngine, book: dict[str, list[dict[str, object]]]) -> None:
    for name, table in TABLES.items():
        engine.put(name, table.arrow(book.get(name, [])))
