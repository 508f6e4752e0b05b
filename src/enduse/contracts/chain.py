"""One lot declared on both sides, lots that belong together, how one firm's purchase went on as its sale, and the chains of such links."""

from .core import Table, amount, country, date, flag, integer, items, score, text

MIRROR_DUPLICATE = Table(
    "mirror_duplicate",
    "One lot declared twice: on the export side in one file and on the import side in another. The better documented record is counted; of one firm under two names, the record of the firm's own country.",
    (
        text("shipment_id", "the record that is not counted", key=True),
        text("source", "alias of its file", required=True),
        integer("row", "1-based record", required=True),
        text("of_shipment_id", "the record that is counted", required=True),
        amount("value", "its declared value", unit="as declared"),
        integer("lag_days", "days from the export date to the import date"),
        score("score", "probability that both declare the same lot, 0 to 1", required=True),
        items("reasons", "what agrees and what does not"),
    ),
    made_by="routes",
)

CONSIGNMENT = Table(
    "consignment",
    "Lots of one seller to one buyer in the same goods, close in time, as one step of trade; its records stand in `consignment_row`.",
    (
        text("consignment_id", "the `shipment_id` of its first record", key=True),
        text("seller", "party that sends", required=True),
        text("buyer", "party that receives", required=True),
        text("goods", "what the records have in common: model, part number or commodity code", required=True),
        text("hs6", "six digits of the commodity code most of its value carries"),
        date("first_date", "earliest declared date"),
        date("last_date", "latest declared date"),
        amount("quantity", "pieces", unit="pieces"),
        amount("net_kg", "net weight", unit="kg"),
        amount("value_usd", "declared value", unit="USD"),
        country("from_country", "country it was sent from"),
        country("to_country", "country it went to"),
        integer("rows", "records, each lot once", required=True),
    ),
    made_by="routes",
)

CONSIGNMENT_ROW = Table(
    "consignment_row",
    "The records of each consignment, both declarations of one crossing included.",
    (
        text("shipment_id", "the record", key=True),
        text("consignment_id", "its consignment", required=True),
        flag("counted", "0 where another record declares the same lot", required=True),
    ),
    made_by="routes",
    exported=False,
)

LINK = Table(
    "link",
    "A consignment a firm bought that may have gone on as one it sold, with the probability that it did.",
    (
        text("inbound", "consignment the firm received", key=True),
        text("outbound", "consignment the firm sent later", key=True),
        text("firm", "the party in the middle", required=True),
        integer(
            "lag_days",
            "days from the purchase to the sale; as few as -10, for a sale may be declared before its purchase",
            required=True,
        ),
        score(
            "strength",
            "share of evidence after the rivals on both sides, in competition for the amounts, before calibration",
            required=True,
        ),
        score("continuity", "probability that goods of the one went on in the other, 0 to 1", required=True),
        items("reasons", "what speaks for and against"),
    ),
    made_by="routes",
)

CHAIN = Table(
    "chain",
    "Goods traced through firms. Continuity says how probable the path is, concern how much it should interest; two different things.",
    (
        text("chain_id", "H- and 10 hex digits", key=True),
        integer("rank", "1 is the first to read", required=True),
        score("continuity", "probability that the same goods went all the way, 0 to 1", required=True),
        score("concern", "how much in it asks for a look, 0 to 1; lawful trade has chains too", required=True),
        integer("hops", "steps of the chain: shipments, and hand-overs inside a group", required=True),
        text("goods", "what went"),
        amount("quantity", "pieces of the smallest hop: at most this much can have gone all the way", unit="pieces"),
        amount("value_usd", "value of the last hop as declared", unit="USD"),
        date("first_date", "date of the first shipment"),
        date("last_date", "date of the last shipment"),
        text("weakest_link", "the hop with the lowest probability, as position and firm"),
        integer("rivals", "other links that could explain the weakest hop", required=True),
        country("from_country", "where it began"),
        country("to_country", "where it ended"),
        text("from_party", "first seller"),
        text("to_party", "last buyer"),
        amount("net_kg", "kilograms of the smallest hop", unit="kg"),
        items("reasons", "why it asks for a look"),
        text("alternative", "the next best way on at the weakest link, as consignment id and probability"),
    ),
    made_by="routes",
    order=("rank", "chain_id"),
)

HOP = Table(
    "hop",
    "The steps of each chain, one row per consignment, position 1 first. Its records stand in `consignment_row`.",
    (
        text("chain_id", "the chain", key=True),
        integer("position", "1 is the first shipment", key=True),
        text(
            "shipment_id",
            "first record of the consignment; of an inferred hop the consignment that is handed over",
            required=True,
        ),
        text("from_party", "seller", required=True),
        text("to_party", "buyer", required=True),
        score("strength", "probability that goods of the hop before went on in this one; empty for the first hop"),
        date("date", "first declared date"),
        country("from_country", "country it was sent from"),
        country("to_country", "country it went to"),
        text("goods", "goods as recognized, or the commodity code"),
        amount("quantity", "pieces", unit="pieces"),
        amount("net_kg", "net weight", unit="kg"),
        amount("value_usd", "declared value", unit="USD"),
        text(
            "basis",
            "declared: on a record; inferred: handed over between firms that an owner, a person, an address or perhaps one name links",
            values=("declared", "inferred"),
        ),
        integer("rows", "records of the hop; 0 of an inferred one", required=True),
    ),
    made_by="routes",
)

HUB = Table(
    "hub",
    "Firms whose trade cannot be traced lot by lot, with what went in and out: through a hub, not through a chain.",
    (
        text("party_id", "the firm", key=True),
        text("goods", "goods family or commodity code", key=True),
        integer("consignments_in", "consignments received", required=True),
        integer("consignments_out", "consignments sent", required=True),
        amount("quantity_in", "pieces received", unit="pieces"),
        amount("quantity_out", "pieces sent", unit="pieces"),
        amount("kg_in", "kilograms received", unit="kg"),
        amount("kg_out", "kilograms sent", unit="kg"),
        text("reason", "why it counts as a hub", required=True),
    ),
    made_by="routes",
)

CHAIN_QUALITY = Table(
    "chain_quality",
    "What the decoys say about the links of this case: how many of those above a probability are expected to be wrong.",
    (
        text("measure", "what is measured, such as expected false share of links", key=True),
        score("threshold", "continuity at or above", key=True),
        text("decoy", "time reversal, or partner permutation", key=True),
        integer("links", "links at or above the threshold", required=True),
        score("false_share", "expected share of them that is wrong"),
        text("note", "where the two decoys disagree, and why"),
    ),
    made_by="routes",
)
