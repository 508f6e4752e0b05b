"""What stands in a serving index: columns by name and type, dictionaries, facets, marks.

A row is known by its place in the order date, source, record; every column is an array in that order. Texts and names are
codes into dictionaries that are sorted, so that the order of codes is the order of words; code 0 is "not stated".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

VERSION = 6  # raise it when the layout changes: an index of another version is built anew
NO_DATE = np.iinfo(np.int32).max
NO_AMOUNT = np.iinfo(np.int64).min
SCALE = 10_000  # amounts are whole ten-thousandths, as the contracts' decimals

COLUMNS: dict[str, str] = {
    "date": "i4",  # days since 1970-01-01; NO_DATE where none can be read
    "source": "u2",
    "row": "u4",
    "precision": "u1",
    "direction": "u2",
    "seller_name": "u4",
    "buyer_name": "u4",
    "seller": "u4",
    "buyer": "u4",
    "seller_country": "u2",
    "buyer_country": "u2",
    "origin": "u2",
    "departure": "u2",
    "destination": "u2",
    "text": "u4",
    "hs": "u4",
    "goods": "u2",
    "evidence": "u2",
    "brand": "u4",
    "model": "u4",
    "unit": "u2",
    "currency": "u2",
    "marks": "u1",
    "reading": "u1",
    "quantity": "i8",
    "net_kg": "i8",
    "value": "i8",
    "value_usd": "i8",
    "goods_at": "u4",  # where the record stands in the stored table, from 1; 0 where it has no row, or the table has several files
    "price_at": "u4",
}
POINTED = {"goods_at": "goods", "price_at": "price_check"}
AMOUNTS = ("quantity", "net_kg", "value", "value_usd")
PRECISIONS = ("", "day", "month", "year")
# Small dictionaries: read into memory when the index opens. Large ones (texts, names, firms) stay in files.
SMALL = ("source", "direction", "country", "goods", "evidence", "unit", "currency", "hs", "brand", "model")
DICTIONARY: dict[str, str] = {
    "seller_country": "country",
    "buyer_country": "country",
    "origin": "country",
    "departure": "country",
    "destination": "country",
    "seller_name": "name",
    "buyer_name": "name",
    "seller": "party",
    "buyer": "party",
}
STRICT, CENTRAL, BROAD = 1, 2, 4


@dataclass(frozen=True)
class Facet:
    """A list of values to click on. `column` is empty for marks, which are bits of one column."""

    name: str
    label: str
    column: str = ""


FACETS: tuple[Facet, ...] = (
    Facet("goods", "Goods", "goods"),
    Facet("seller_country", "Seller country", "seller_country"),
    Facet("buyer_country", "Buyer country", "buyer_country"),
    Facet("origin", "Made in", "origin"),
    Facet("departure", "Shipped from", "departure"),
    Facet("destination", "Going to", "destination"),
    Facet("direction", "Side of the border", "direction"),
    Facet("evidence", "Evidence", "evidence"),
    Facet("marked", "Marked"),
    Facet("brand", "Brand", "brand"),
    Facet("model", "Model", "model"),
    Facet("source", "Source", "source"),
)
MARKS: dict[str, tuple[int, str]] = {
    "vague": (1, "vague text"),
    "price": (2, "price out of line"),
    "chain": (4, "in a chain"),
    "duplicate": (8, "duplicate"),
    "listed": (16, "firm answers a list"),
    "indicator": (32, "indicator"),
}
IN_FIGURE = 64  # a bit beside the marks: some figure counts the row
DUPLICATE = MARKS["duplicate"][0]
EVIDENCE = {"code+text": "code_and_text", "text": "words_alone", "code": "code_alone"}
NOT_STATED = "none"  # the value of "not stated" in a selection
SORTS: dict[str, str] = {
    "date": "date",
    "seller": "seller_name",
    "buyer": "buyer_name",
    "description": "text",
    "hs": "hs",
    "quantity": "quantity",
    "net_kg": "net_kg",
    "value_usd": "value_usd",
}
ORDERS = ("seller_name", "buyer_name", "text", "hs", "quantity", "net_kg", "value_usd", "seller", "buyer")
