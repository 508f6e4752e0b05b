"""One file of the case, and the account of every record in it."""

from .core import Table, integer, score, text, total

SOURCE = Table(
    "source",
    "One row per file (or sheet) added to the case, with the account of its records: read = loaded + rejected + duplicates.",
    (
        text("source", "alias of the file inside the case; the name every other table uses", key=True),
        text("sha256", "SHA-256 of the bytes of the file, lower-case hex", required=True),
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
        total(
            "value_read", "sum of the readable values of all records, in the units the file states (customs files only)"
        ),
        total("value_loaded", "the part of `value_read` in loaded records"),
        total("value_rejected", "the part of `value_read` in rejected records"),
        total("value_duplicates", "the part of `value_read` in duplicate records"),
        integer("value_unreadable", "records whose value cell is filled but cannot be read as a number"),
        text("format", "how the file was read: encoding, delimiter, sheet; list or article layout"),
        text("first_date", "earliest date in the loaded records, ISO"),
        text("last_date", "latest date in the loaded records, ISO"),
    ),
    made_by="intake",
    invariants=(
        "records_read = loaded + rejected + duplicates",
        "value_read = value_loaded + value_rejected + value_duplicates",
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
