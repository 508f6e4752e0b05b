"""What a piece and a kilogram cost, against the same goods of others."""

from .core import Table, amount, date, flag, integer, items, score, text

PRICE_CHECK = Table(
    "price_check",
    "One row per shipment whose unit value can be set against a peer group; groups too small say so.",
    (
        text("shipment_id", "the shipment", key=True),
        flag(
            "understated",
            "1 where the unit value lies below the expected range and nothing else explains it",
            required=True,
        ),
        score("score", "how far out of line, 0 to 1; rank by it, do not accuse by it"),
        amount("unit_value", "declared value a unit of `per`", unit="USD"),
        amount("expected_low", "lower end of what its peers declare", unit="USD"),
        amount("expected_high", "upper end", unit="USD"),
        amount("implied_quantity", "pieces the value or weight would mean at the peers' prices", unit="pieces"),
        text("peer_group", "the group it was compared with"),
        text("per", "what the unit is", values=("piece", "kg", "catalog")),
        integer("peers", "records in the group", required=True),
        amount("implied_value", "value at the group's median", unit="USD"),
        amount("implied_low", "lower end of it", unit="USD"),
        amount("implied_high", "upper end", unit="USD"),
        items("reasons", "what was seen: readings that agree, unit slips that would explain it, groups too small"),
    ),
    made_by="goods",
)

CORRECTION = Table(
    "correction",
    "Slips the other cells of a row point to, proposed and never applied.",
    (
        text("shipment_id", "the shipment", key=True),
        text("field", "quantity, unit, net_kg, value or currency", key=True),
        text("stated", "as read", required=True),
        text("proposed", "what would fit", required=True),
        text("rule", "the slip, see the documentation", required=True),
        score("score", "how much better it fits, 0 to 1"),
        text("reason", "in words"),
    ),
    made_by="goods",
)

UNDERSTATED_EXPORTER = Table(
    "understated_exporter",
    "The sum of implied understatement of one exporter name, with its interval.",
    (
        text("exporter_name", "as declared", key=True),
        text("family", "family of the goods, or the heading", key=True),
        integer("rows", "rows below their range", required=True),
        amount("declared_usd", "their declared value", unit="USD"),
        amount("implied_usd", "their value at the peers' median", unit="USD"),
        amount("gap_low", "lower end of implied less declared", unit="USD"),
        amount("gap_high", "upper end", unit="USD"),
        date("first_date", "first of the rows"),
        date("last_date", "last of the rows"),
    ),
    made_by="goods",
)
