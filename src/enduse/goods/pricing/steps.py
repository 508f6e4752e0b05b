"""The steps of the price check, in order. Thresholds are named here and stand in the documentation."""

from __future__ import annotations

from pathlib import Path

from enduse.engine.step import Context, Made, Step, sql_step

HERE = Path(__file__).parent

PEERS = 8  # fewer other records of a heading: too small to say anything
SHRINK = 6  # a group of six records weighs as much as the wider group around it
WIDTH = 1.645  # nine in ten of normal peers
FAR = 2.8  # robust standard deviations below the middle that call a row understated
NARROW = 0.12  # no group's prices are closer together than an eighth: rounding and freight alone differ by that


def _catalog(_: Context) -> Made:
    """Model prices of the reference table, as a table to join."""
    import pyarrow as pa

    from enduse.reference import goods_tables as tables

    rows = tables.rows("model_prices")
    return {
        "price_catalog": pa.table(
            {
                "brand": pa.array([r["brand"] for r in rows], pa.string()),
                "model": pa.array([r["model"] for r in rows], pa.string()),
                "price": pa.array([float(r["price_usd"]) for r in rows], pa.float64()),
                "note": pa.array([r["note"].replace(";", ",") for r in rows], pa.string()),
            }
        )
    }


STEPS: tuple[Step, ...] = (
    Step("price_catalog", (), ("price_catalog",), run=_catalog),
    sql_step(HERE, "price_unit", ("shipment_row", "duplicate_row", "goods")),
    sql_step(
        HERE, "price_peer", ("price_unit",), shrink=lambda _: SHRINK, narrow=lambda _: NARROW, least=lambda _: PEERS
    ),
    sql_step(
        HERE,
        "price_check",
        ("price_peer", "price_unit", "price_catalog"),
        width=lambda _: WIDTH,
        far=lambda _: FAR,
        least=lambda _: PEERS,
    ),
    sql_step(HERE, "correction", ("price_peer", "price_unit"), width=lambda _: WIDTH),
    sql_step(HERE, "understated_exporter", ("price_check", "shipment_row")),
)
