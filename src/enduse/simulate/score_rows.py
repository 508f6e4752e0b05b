"""Parties, goods, prices and mirror pairs of a run, record by record."""

from __future__ import annotations

from typing import Any

from .score_tables import Answers, Given, average_precision

_KNOWN = "SELECT s.*, r.lot, r.seller AS true_seller, r.buyer AS true_buyer, r.kind AS record_kind, r.tells FROM g_shipment AS s JOIN t_record AS r ON r.source = s.source AND r.row = s.row WHERE r.kind <> 'damaged'"


def _prepare(answers: Answers, shipment: Given) -> None:
    answers.given("shipment", shipment)
    answers.make("known", _KNOWN)


def b_cubed(answers: Answers, shipment: Given) -> dict[str, dict[str, float]]:
    """B-cubed precision, recall and F of the parties (Bagga and Baldwin 1998), over declared names and over records.

    `names`: each distinct (name, country, firm) counts once. `records`: each mention counts. A mention without a party
    stands alone.
    """
    _prepare(answers, shipment)
    answers.make("mention", """SELECT name, firm, party, count(*) AS records FROM (
        SELECT exporter_name AS name, true_seller AS firm, coalesce(exporter_party, 'none-' || shipment_id) AS party FROM known WHERE exporter_name IS NOT NULL AND exporter_name <> ''
        UNION ALL SELECT importer_name, true_buyer, coalesce(importer_party, 'none-' || shipment_id) FROM known WHERE importer_name IS NOT NULL AND importer_name <> '') AS m GROUP BY ALL""")  # fmt: skip
    found = {}
    for title, weight in (("names", "1"), ("records", "records")):
        answers.make(
            "cell", f"SELECT party, firm, CAST(sum({weight}) AS DOUBLE) AS n FROM mention GROUP BY party, firm"
        )
        precision, recall = answers.rows("""SELECT sum(n * n / p) / sum(n), sum(n * n / f) / sum(n) FROM
            (SELECT n, sum(n) OVER (PARTITION BY party) AS p, sum(n) OVER (PARTITION BY firm) AS f FROM cell) AS c""")[
            0
        ]
        precision, recall = precision or 0.0, recall or 0.0
        both = precision + recall
        found[title] = {"precision": precision, "recall": recall, "f": 2 * precision * recall / both if both else 0.0}
    return found


def goods_recognition(answers: Answers, shipment: Given, goods: Given, *, least: float = 0.5) -> dict[str, Any]:
    """Per family: precision and recall of the rows recognized with confidence `least`; recall apart by what the text lets a reader know."""
    _prepare(answers, shipment)
    answers.given("goods", goods)
    answers.make("judged", f"""SELECT l.family, k.tells, coalesce(CASE WHEN g.confidence >= {least} THEN g.family END, '') AS said, l.model_name, g.model
        FROM known AS k JOIN t_lot AS l ON l.lot = k.lot LEFT JOIN g_goods AS g ON g.shipment_id = k.shipment_id""")  # fmt: skip
    found: dict[str, Any] = {}
    for (family,) in answers.rows("SELECT DISTINCT family FROM t_lot WHERE family <> '' ORDER BY 1"):
        got = answers.rows(
            "SELECT count(*) FILTER (said = family), count(*) FILTER (family = ?), count(*) FILTER (said = ?) FROM judged".replace(
                "said = family", f"said = family AND family = '{family}'"
            ).replace("?", f"'{family}'")
        )[0]
        tells = answers.rows(
            f"SELECT tells, avg(CASE WHEN said = family THEN 1.0 ELSE 0.0 END) FROM judged WHERE family = '{family}' GROUP BY tells ORDER BY tells"
        )
        found[family] = {
            "precision": got[0] / got[2] if got[2] else 0.0,
            "recall": got[0] / got[1] if got[1] else 0.0,
            "rows": got[1],
            "recall_by_text": dict(tells),
        }
    model = answers.rows(
        "SELECT avg(CASE WHEN lower(replace(model, ' ', '')) LIKE '%' || lower(replace(model_name, ' ', '')) || '%' THEN 1.0 ELSE 0.0 END) FROM judged WHERE family = 'drone' AND tells = 'model'"
    )
    found["drone_models"] = model[0][0] or 0.0
    return found


def understated_average_precision(answers: Answers, shipment: Given, price_check: Given) -> dict[str, float]:
    """Average precision of `score` for planted understatement, the share of such rows (what chance gives), and of honest outliers in the top."""
    _prepare(answers, shipment)
    answers.given("price_check", price_check)
    got = answers.columns("""SELECT CAST(coalesce(p.score, 0) AS DOUBLE) AS score, l.understated = 1 AS bad, l.outlier = 1 AS odd FROM known AS k JOIN t_lot AS l ON l.lot = k.lot
        LEFT JOIN g_price_check AS p ON p.shipment_id = k.shipment_id ORDER BY score DESC, k.shipment_id""")  # fmt: skip
    bad = got["bad"].astype(bool)
    top = max(1, len(bad) // 20)
    return {
        "average_precision": average_precision(got["score"].astype(float), bad), "chance": float(bad.mean()) if len(bad) else 0.0,
        "precision_top_5_percent": float(bad[:top].mean()) if len(bad) else 0.0, "honest_outliers_top_5_percent": float(got["odd"][:top].astype(bool).mean()) if len(bad) else 0.0,
    }  # fmt: skip


def mirrors(answers: Answers, shipment: Given, mirror_duplicate: Given) -> dict[str, float]:
    """Precision and recall of the pairs said to be two declarations of one crossing."""
    _prepare(answers, shipment)
    answers.given("mirror", mirror_duplicate)
    said, right = (
        answers.rows("""SELECT count(*), count(*) FILTER (a.lot = b.lot AND a.source <> b.source) FROM g_mirror AS m
        JOIN known AS a ON a.shipment_id = m.shipment_id JOIN known AS b ON b.shipment_id = m.of_shipment_id""")[0]
    )
    total = answers.rows("SELECT count(*) FROM t_mirror")[0][0]
    return {"precision": right / said if said else 0.0, "recall": right / total if total else 0.0, "pairs": total}
