"""What a piece and a kilogram cost, against the same goods of others."""

from .core import Table, amount, date, flag, integer, items, score, text, total

PRICE_CHECK = Table(
    "price_check",
    "One row per shipment with a value and a quantity or weight: its unit value against a peer group. Groups too small say so.",
    (
        text("shipment_id", "the shipment", key=True),
        flag(
            "understated",
            "1 where the unit value lies far below the expected range by every witness the row has; an indicator, honest bargains exist",
            required=True,
        ),
        score(
            "score",
            "how far below its peers, 0 to 1; rank by it, do not accuse by it; empty where the group is too small",
        ),
        amount("unit_value", "declared value a unit of `per`", unit="USD"),
        amount("expected_low", "lower end of what nine in ten of its peers declare", unit="USD"),
        amount("expected_high", "upper end", unit="USD"),
        amount(
            "implied_quantity", "units of `per` the declared value would buy at the peers' middle price", unit="`per`"
        ),
        text("peer_group", "the narrowest group with peers: goods, commodity code, destination and half-year"),
        text("per", "what the unit is", values=("piece", "kg")),
        integer("peers", "other records in the group of the same goods and code", required=True),
        amount("implied_value", "value at the peers' middle price", unit="USD"),
        amount("implied_low", "lower end of it", unit="USD"),
        amount("implied_high", "upper end", unit="USD"),
        amount(
            "catalog_usd", "price of the model in the table of model prices, with its note in `reasons`", unit="USD"
        ),
        items(
            "reasons", "what was seen: readings that agree or not, unit slips that would explain it, groups too small"
        ),
    ),
    made_by="goods",
)

CORRECTION = Table(
    "correction",
    "Slips the other cells of a row point to, proposed and never applied.",
    (
        text("shipment_id", "the shipment", key=True),
        text("field", "cell that would be wrong", key=True, values=("quantity", "net_kg", "value")),
        text("stated", "as read", required=True),
        text("proposed", "what would fit", required=True),
        text("rule", "the slip, see the documentation", required=True),
        score("score", "how much better it fits, 0 to 1"),
    ),
    made_by="goods",
)

UNDERSTATED_EXPORTER = Table(
    "understated_exporter",
    "The sum of implied understatement of one exporter as declared, with its interval.",
    (
        text("exporter_name", "as declared", key=True),
        integer("rows", "rows below their range", required=True),
        integer("checked", "rows of the exporter that could be checked", required=True),
        total("declared_usd", "declared value of the rows below their range", unit="USD"),
        total("implied_usd", "their value at the peers' middle price", unit="USD"),
        total("gap_low", "implied less declared, lower end", unit="USD"),
        total("gap_high", "upper end", unit="USD"),
        date("first_date", "first of the rows"),
        date("last_date", "last of the rows"),
    ),
    made_by="goods",
)
