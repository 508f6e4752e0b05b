"""Declarations whose cells try to do harm: markup, formulas, marks that turn the line, a name of ten thousand characters."""

from __future__ import annotations

HEAD = "Declaration number,Date,Exporter,Importer,HS code,Goods description,Quantity,Unit,Net weight kg,Value,Currency,Country of origin,Country of departure,Country of destination"
LONG = "Nordwind " + "Aerotechnica " * 770 + "Co Ltd"
_LANE = ["USD", "CN", "CN", "RU"]


def declared(*, script: str, formula: str, turned: str) -> list[list[str]]:
    """Three records under HEAD, one for each of the texts given; the third is of the firm LONG."""
    return [
        ["N-1", "2023-03-01", "Nordwind Aero Co Ltd", "OOO Sever", "88062210", script, "4", "PCS", "3.6", "8000.00", *_LANE],
        ["N-2", "2023-03-02", formula, "@SUM(A1)", "88062210", "+1+1 drone", "2", "PCS", "1.8", "4000.50", *_LANE],
        ["N-3", "2023-03-03", LONG, "OOO Sever", "88062210", turned, "1", "PCS", "0.9", "999.99", *_LANE],
    ]  # fmt: skip
