"""Firms and persons, the names they go by, and the lists they stand on."""

from .core import Table, country, integer, items, score, text, total

PARTY = Table(
    "party",
    "One row per resolved firm or person. The id follows from its first name key, so the same files give the same ids.",
    (
        text("party_id", "P- and 10 hex digits", key=True),
        text("name", "the spelling most rows use", required=True),
        country("country", "seat, where the rows agree"),
        text(
            "kind",
            "organization, person, vessel, or unnamed (to order, unknown ...)",
            values=("organization", "person", "vessel", "unnamed"),
        ),
        text("identifiers", "registration numbers in its rows, as TYPE:number separated by ;"),
        text(
            "role",
            "forwarder or bank where the name says so: as a consignee it stands for somebody else; else empty",
            values=("forwarder", "bank"),
        ),
        text("broad_party", "the party it would be part of in the broad reading, a `party_id`", required=True),
    ),
    made_by="parties",
)

PARTY_NAME = Table(
    "party_name",
    "Every distinct name as declared, the party it was given to, how and how surely. A name below the threshold stays its own party.",
    (
        text("party_id", "the party", required=True),
        text("name", "as declared", key=True),
        country("country", "country declared with the name", key=True),
        text("identifier", "registration number declared with the name", key=True),
        text("method", "identifier, exact_key, rare_token, judgement or alone", required=True),
        score("score", "probability that the name belongs to the party, 0 to 1", required=True),
        text("reasons", "what spoke for and against"),
        integer("rows", "sides of records that declare it, duplicates included", required=True),
        text(
            "strict_party",
            "the party it would belong to in the strict reading: some `party_id`, or an id of its own",
            required=True,
        ),
    ),
    made_by="parties",
    order=("party_id", "name", "country", "identifier"),
)

SHIPMENT_PARTY = Table(
    "shipment_party",
    "The firms of a shipment, one row each: half the rows and half the joins of one row a role.",
    (
        text("shipment_id", "the shipment", key=True),
        text("exporter_party", "resolved firm, a `party_id`"),
        text("importer_party", "resolved firm, a `party_id`"),
    ),
    made_by="parties",
    exported=False,
)

SCREENING = Table(
    "screening",
    "Every party asked against every list of the case: one row per hit, and one `no_match` row for a party without.",
    (
        text("party_id", "the party asked", key=True),
        text("query", "the name that was asked", required=True),
        text(
            "list", "alias of the list and the first digits of its SHA-256; of a no_match row all lists asked", key=True
        ),
        text("entry_id", "id of the entry in the list", key=True),
        text("entry_name", "the listed name that answered"),
        score("score", "probability that both are the same, 0 to 1"),
        text("decision", "match, review or no_match", required=True, values=("match", "review", "no_match")),
        items("reasons", "what spoke for and against"),
    ),
    made_by="parties",
)

PARTY_PAIR = Table(
    "party_pair",
    "Pairs of names whose merge is uncertain, whatever was decided, with what hangs on it: what `enduse review` asks about.",
    (
        text("left_name", "as declared", key=True),
        country("left_country", "country declared with it", key=True),
        text("left_identifier", "registration number declared with it", key=True),
        text("right_name", "as declared", key=True),
        country("right_country", "country declared with it", key=True),
        text("right_identifier", "registration number declared with it", key=True),
        text("left_party", "a `party_id`", required=True),
        text("right_party", "a `party_id`; equal to the left one where the two were merged", required=True),
        score("score", "probability that both are one party, 0 to 1", required=True),
        text("reasons", "what spoke for and against"),
        integer("rows", "sides of records behind the lesser of the two names", required=True),
        total("value_usd", "value of these rows", unit="USD"),
    ),
    made_by="parties",
)

SCREENING_LOG = Table(
    "screening_log",
    "Every question put to every list: which name, which version of which list, how many listed names, and the answer, the negative too.",
    (
        text("query", "the name that was asked", key=True),
        country("country", "country declared with it", key=True),
        text("identifier", "registration number declared with it", key=True),
        text("list", "alias of the list and the first digits of its SHA-256", key=True),
        text("sha256", "digest of the list's file"),
        integer("listed_names", "names in the list, aliases included", required=True),
        text("entry_id", "entry that answered best; empty where none did"),
        score("score", "its probability; empty where no name reached the review threshold"),
        text("decision", "match, review or no_match", required=True, values=("match", "review", "no_match")),
    ),
    made_by="parties",
)

LIST_ENTRY = Table(
    "list_entry",
    "One row per name of a listed person, firm or vessel: the main name and every alias.",
    (
        text("source", "alias of the list", key=True),
        text("entry_id", "id of the entry in the list; `#` and the record number where it has none", key=True),
        text("name", "listed name", key=True),
        text("alias_kind", "primary, strong or weak", values=("primary", "strong", "weak")),
        text(
            "entry_kind", "organization, person, vessel or other", values=("organization", "person", "vessel", "other")
        ),
        text("country", "countries of the entry, alpha-2 separated by ;"),
        text("identifiers", "registration numbers as TYPE:number separated by ;"),
        text("program", "programme or legal basis"),
        text("row", "record of the list file; several separated by ; where they state the same name"),
    ),
    made_by="intake",
)

PARTY_LINK = Table(
    "party_link",
    "Resolved parties that belong together without being one: same owner, same address, same person. Declared or inferred, never merged.",
    (
        text("left_party", "the party with the smaller id", key=True),
        text("right_party", "the other party", key=True),
        text(
            "kind",
            "what they share",
            key=True,
            values=("owns", "same_owner", "same_address", "same_person", "same_contact"),
        ),
        text("basis", "declared in a file, or inferred from cells", required=True, values=("declared", "inferred")),
        score("score", "how sure, 0 to 1"),
        text("evidence", "the owner, address or person, and the rows or file records that state it"),
    ),
    made_by="parties",
)

LISTED_LINK = Table(
    "listed_link",
    "Parties that are not listed themselves but owned by listed ones, with the path and the rule.",
    (
        text("party_id", "the party", key=True),
        text("list", "alias of the list and the first digits of its SHA-256", key=True),
        text("entry_id", "listed owner", key=True),
        text("entry_name", "its listed name", required=True),
        score("share", "aggregated share along all paths, 0 to 1; empty where a share is not stated"),
        text("rule", "the rule and its date, such as OFAC 50 percent rule", required=True),
        text("path", "from the party up to the listed owner, with shares and file records", required=True),
    ),
    made_by="parties",
)
