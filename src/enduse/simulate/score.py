"""How well a run found what a labelled world hides. Tables are Arrow tables or paths of Parquet or CSV files.

`Answers(folder)` reads the truth of a world; each function takes it first, then the tables of a run by their contract names.
A run's records are joined to the truth by `source` (file name) and `row`, so nothing of the tracer's own ids is needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .score_links import alerts, calibration, chain_precision, link_average_precision, schemes_found, stated_false_share
from .score_rows import b_cubed, goods_recognition, mirrors, understated_average_precision
from .score_tables import Answers, Given

__all__ = [
    "Answers",
    "alerts",
    "b_cubed",
    "calibration",
    "chain_precision",
    "every",
    "goods_recognition",
    "link_average_precision",
    "mirrors",
    "schemes_found",
    "stated_false_share",
    "understated_average_precision",
]


def every(folder: Path, tables: dict[str, Given]) -> dict[str, Any]:
    """Every measure for which `tables` (by contract name) holds what it needs. `folder` is the world's."""
    answers = Answers(folder)
    found: dict[str, Any] = {}
    routes = {"shipment", "consignment_row", "link"}
    if routes <= tables.keys():
        given = (tables["shipment"], tables["consignment_row"], tables["link"])
        found["links"] = link_average_precision(answers, *given)
        found["calibration"] = calibration(answers, *given)
    if {"shipment", "consignment_row", "chain", "hop"} <= tables.keys():
        chains = (tables["shipment"], tables["consignment_row"], tables["chain"], tables["hop"])
        found["chains"] = chain_precision(answers, *chains)
        found["schemes"] = schemes_found(answers, *chains)
        found["alerts"] = alerts(tables["chain"], tables["shipment"])
    if "shipment" in tables:
        found["parties"] = b_cubed(answers, tables["shipment"])
        for name, measure in (
            ("goods", goods_recognition),
            ("price_check", understated_average_precision),
            ("mirror_duplicate", mirrors),
        ):
            if name in tables:
                found[name] = measure(answers, tables["shipment"], tables[name])
    return found
