"""One file of the case, and the account of every record in it."""

from .core import Table, country, date, integer, score, text, total

_ACCOUNT = (
    text("source", "alias of the file inside the case; the name every other table uses", key=True),
    text(
        "sha256",
        "SHA-256 of the bytes of the file, lower-case hex; of a sealed source that digest salted with the key of the case",
        required=True,
    ),
    text(
        "kind",
        "what the file is",
        required=True,
        values=("customs", "statistics", "watchlist", "ownership", "press", "order"),
    ),
    integer("records_read", "data records found (headers and empty lines are none)", required=True),
    integer("loaded", "records that stand in the table of their kind and are no duplicate", required=True),
    integer("rejected", "records refused, each with its reason in `rejection`", required=True),
    integer("duplicates", "records that repeat another one, each with its twin in `duplicate`", required=True),
    total("value_read", "sum of the readable values of all records, in the units the file states (customs files only)"),
    total("value_loaded", "the part of `value_read` in loaded records"),
    total("value_rejected", "the part of `value_read` in rejected records"),
    total("value_duplicates", "the part of `value_read` in duplicate records"),
    integer("value_unreadable", "records whose value cell is filled but cannot be read as a number"),
    text("format", "how the file was read: encoding, delimiter, sheet; list or article layout"),
    text("first_date", "earliest date in the loaded records, ISO"),
    text("last_date", "latest date in the loaded records, ISO"),
    text("as_of", "date of the snapshot, ISO, where a list states it or its file name does"),
)
_CLOSES = (
    "records_read = loaded + rejected + duplicates",
    "value_read = value_loaded + value_rejected + value_duplicates",
)

SOURCE_ROW = Table(
    "source_row",
    "The account of every file as intake closes it: mirrors of another file still count as loaded.",
    _ACCOUNT,
    made_by="intake",
    exported=False,
    invariants=_CLOSES,
)

_MOVED = {
    "loaded": "CAST(s.loaded - coalesce(m.n, 0) AS BIGINT) AS loaded",
    "duplicates": "CAST(s.duplicates + coalesce(m.n, 0) AS BIGINT) AS duplicates",
    "value_loaded": "CAST(s.value_loaded - coalesce(m.v, 0) AS DECIMAL(28, 4)) AS value_loaded",
    "value_duplicates": "CAST(s.value_duplicates + coalesce(m.v, 0) AS DECIMAL(28, 4)) AS value_duplicates",
}
_FINAL = ", ".join(_MOVED.get(c.name, f"s.{c.name}") for c in _ACCOUNT)

SOURCE = Table(
    "source",
    "One row per file (or sheet) added to the case, with the account of its records: read = loaded + rejected + duplicates.",
    _ACCOUNT,
    made_by="routes",
    invariants=_CLOSES,
    # Mirrors are known only once the firms are: they move from loaded to duplicates.
    view=(
        f"SELECT {_FINAL} FROM source_row AS s LEFT JOIN (SELECT source, count(*) AS n, CAST(sum(value) AS DECIMAL(28, 4)) AS v "
        "FROM mirror_duplicate GROUP BY source) AS m ON m.source = s.source"
    ),
)

MAPPING = Table(
    "mapping",
    "How each column of each customs file was read: the role it got, how sure that is, and why.",
    (
        text("source", "alias of the file", key=True),
        integer("position", "place of the column in the file, from 1", key=True),
        text("column", "name of the column as it stands in the header", required=True),
        text("role", "role of the contract, or `ignore`", required=True),
        score("confidence", "how sure the role is, 0 to 1", required=True),
        text("reader", "how its values were read, such as date order or decimal sign"),
        text("reason", "what spoke for the role"),
    ),
    made_by="intake",
)

OWNERSHIP = Table(
    "ownership",
    "Who owns or directs whom, as the ownership files of the case state it.",
    (
        text("source", "alias of the file", key=True),
        integer("row", "1-based record", key=True),
        text("owner_id", "id of the owner in the file"),
        text("owner_name", "name of the owner", required=True),
        text("owner_kind", "organization, person or other", values=("organization", "person", "other")),
        country("owner_country", "seat or nationality"),
        text("owned_id", "id of the firm in the file"),
        text("owned_name", "name of the firm", required=True),
        country("owned_country", "its seat"),
        text("role", "owner, director, parent, beneficial_owner or related", required=True),
        score("share", "share held, 0 to 1; empty where not stated"),
        date("start", "first day, where stated"),
        date("end", "last day, where stated"),
        text("owner_identifiers", "registration numbers as TYPE:number separated by ;"),
        text("owned_identifiers", "registration numbers as TYPE:number separated by ;"),
    ),
    made_by="intake",
)

SEAL = Table(
    "seal",
    "Sealed sources only: one digest over salted commitments to every record, by which single records can be proved later.",
    (
        text("source", "alias of the file", key=True),
        integer("records", "records committed to, refused ones not among them", required=True),
        text("root", "root of the Merkle tree over the commitments, lower-case hex", required=True),
        text("method", "how commitments and tree are made, with version", required=True),
    ),
    made_by="intake",
)
