"""Declared trade, one row per record of a customs file."""

from .core import Column, Table, amount, country, date, integer, text

_COLUMNS: tuple[Column, ...] = (
    text("shipment_id", "first 12 hex digits of the file's SHA-256, a dash, the record number", key=True),
    text("source", "alias of the file", required=True),
    integer("row", "1-based data record as a CSV reader counts; the header is not counted", required=True),
    text("declaration_id", "declaration, manifest or bill number as declared"),
    text("line_no", "item number inside the declaration"),
    date("date", "date of the declaration; first day of the month where only a month is stated"),
    text("date_precision", "day, month or year: how fine the declared date is", values=("day", "month", "year")),
    text("direction", "side of the border that the file declares", values=("import", "export", "transit")),
    text("exporter_name", "seller, sender, shipper or consignor, as declared"),
    text("exporter_id", "registration or tax number of the exporter, as declared"),
    text("exporter_address", "address of the exporter, as declared"),
    country("exporter_country", "seat of the exporter"),
    text("importer_name", "buyer, receiver or consignee, as declared"),
    text("importer_id", "registration or tax number of the importer, as declared"),
    text("importer_address", "address of the importer, as declared"),
    country("importer_country", "seat of the importer"),
    text("manufacturer", "maker, as declared"),
    text("brand_declared", "brand or trade mark column, as declared"),
    text("description", "goods text, as declared"),
    text("hs_code", "digits of the declared commodity code, 2 to 12 of them"),
    text(
        "hs_revision",
        "HS revision in force on the date: H0 (1988), H1 (1996), H2 (2002), H3 (2007), H4 (2012), H5 (2017), H6 (2022)",
    ),
    amount("quantity", "declared quantity", unit="`unit`"),
    text(
        "unit",
        "UN/ECE Rec 20 code of the quantity (C62 piece, KGM kilogram, MTK square metre ...) or the text as declared",
    ),
    amount("net_kg", "net weight", unit="kg"),
    amount("gross_kg", "gross weight", unit="kg"),
    amount("value", "declared value", unit="`currency`"),
    text("currency", "ISO 4217 code"),
    amount(
        "value_usd", "value in US dollars: declared so, or converted with the rate named in `usd_basis`", unit="USD"
    ),
    text("usd_basis", "declared, or the name and date of the rate used"),
    text("value_basis", "FOB, CIF, invoice, customs, statistical: what the value includes, where the file says so"),
    country("origin_country", "where the goods were made"),
    country("departure_country", "where they were shipped from"),
    country("trading_country", "seat of the seller, where the file has it apart"),
    country("destination_country", "where they go; of an import file without the column, the file's own country"),
    text("transport_mode", "as declared"),
    text("customs_office", "as declared"),
    text("container", "container numbers, as declared"),
    text("bill_of_lading", "transport document number, as declared"),
    text("quantity_text", "the quantity cell as it stands"),
    text("net_kg_text", "the weight cell as it stands"),
    text("value_text", "the value cell as it stands"),
    text("unread", "roles whose cell is filled but could not be read, separated by ;"),
)

SHIPMENT_ROW = Table(
    "shipment_row",
    "Declared trade as intake writes it: every record that was not rejected, duplicates included.",
    _COLUMNS,
    made_by="intake",
    exported=False,
    order=("source", "row"),
)

_JOINED = ", ".join(f"s.{c.name}" for c in _COLUMNS)
SHIPMENT = Table(
    "shipment",
    "Declared trade with the firms it names: `shipment_row` joined with `shipment_party`. Duplicates keep their place; `duplicate` names them.",
    (
        *_COLUMNS,
        text("exporter_party", "resolved firm, a `party_id`"),
        text("importer_party", "resolved firm, a `party_id`"),
    ),
    made_by="parties",
    order=("source", "row"),
    # A view: forty columns of a million rows need not be written twice for the sake of two.
    view=f"SELECT {_JOINED}, p.exporter_party, p.importer_party FROM shipment_row AS s LEFT JOIN shipment_party AS p ON p.shipment_id = s.shipment_id",
)

REJECTION = Table(
    "rejection",
    "Every record that was read and refused, with the reason.",
    (
        text("source", "alias of the file", key=True),
        integer("row", "1-based record", key=True),
        text("reason", "a reason listed in the documentation", required=True),
        text("excerpt", "the first 200 characters of the record"),
        amount("value", "its value where it can still be read", unit="as declared"),
    ),
    made_by="intake",
)

_REPEATS = (
    text("shipment_id", "the repeating record", key=True),
    text("source", "alias of its file", required=True),
    integer("row", "1-based record", required=True),
    text("of_shipment_id", "the record that is counted", required=True),
    text(
        "reason",
        "why it is the same lot",
        required=True,
        values=("exact", "amended", "house_master", "batch", "mirror"),
    ),
    amount("value", "its declared value", unit="as declared"),
)
_REPEAT_NAMES = ", ".join(c.name for c in _REPEATS)

DUPLICATE_ROW = Table(
    "duplicate_row",
    "Records that repeat another one, as far as the files alone tell.",
    _REPEATS,
    made_by="intake",
    exported=False,
)

DUPLICATE = Table(
    "duplicate",
    "Records that repeat another one. They keep their id and their place in `shipment`; figures count the lot once.",
    _REPEATS,
    made_by="routes",
    # Mirrors are known only once the firms are: the table is a view over what both stages found.
    view=f"SELECT {_REPEAT_NAMES} FROM duplicate_row UNION ALL SELECT shipment_id, source, row, of_shipment_id, 'mirror' AS reason, value FROM mirror_duplicate",
)
