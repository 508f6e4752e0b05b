"""Documents and what they claim (field names of the press schema)."""

from .core import Table, date, flag, integer, json_text, text

DOCUMENT = Table(
    "document",
    "One row per press file, decoded; offsets in claims count the characters of `content`.",
    (
        text("source", "alias of the file", key=True),
        text("sha256", "digest of its bytes", required=True),
        text("content", "decoded text, line ends untouched", required=True),
        text("encoding", "encoding it was decoded with"),
    ),
    made_by="intake",
    exported=False,
)

CLAIM = Table(
    "claim",
    "One row per supply proposition of a press text, with its sentence verbatim.",
    (
        text("id", "C- and 10 hex digits", key=True),
        text("doc", "alias of the file", required=True),
        date("ref_date", "publication date used as reference"),
        text("section", "where it stands", values=("headline", "body", "related_link")),
        text("sentence", "verbatim", required=True),
        integer("char_start", "first character, counted in the decoded text", required=True),
        integer("char_end", "one past the last character", required=True),
        text(
            "kind",
            "what is claimed",
            required=True,
            values=(
                "supply",
                "order",
                "production",
                "capability",
                "stock",
                "use",
                "request",
                "restriction",
                "route",
                "component_origin",
                "denial",
            ),
        ),
        text("supplier", "who gives"),
        text("recipient", "who gets"),
        json_text("via", "middlemen or countries on the way"),
        text("goods", "what"),
        text("model", "designation (never a quantity)"),
        json_text("quantity", "raw, value or min and max, unit, modifier, per"),
        json_text("value", "raw, amount, currency, modifier"),
        json_text("counts", "other figures: raw, value, noun, modifier"),
        json_text("time", "raw, start, end, granularity, basis"),
        text("status", "one word", values=("alleged", "in_talks", "planned", "delivered", "confirmed", "denied")),
        text("stage", "how far the deal is"),
        text("stance", "how it is held"),
        text("polarity", "asserted, uncertain or denied", values=("asserted", "uncertain", "denied")),
        json_text("cues", "words that decided stage or stance"),
        json_text("attribution", "from this outlet to the root: name, type, cue, explicit"),
        text("root", "root source in words"),
        text("independent_root_key", "shared by claims that rest on the same root"),
        text("cluster", "same deal", required=True),
    ),
    made_by="press",
)

ATTRIBUTION = Table(
    "attribution",
    "The chain of each claim from the outlet to its root, one row per link.",
    (
        text("claim_id", "the claim", key=True),
        integer("position", "1 is the outermost", key=True),
        text("name", "who"),
        text(
            "type", "outlet, agency, official, government, company, expert, data, document, anonymous; two joined by +"
        ),
        text("cue", "the words that attribute"),
        flag("explicit", "0 where inherited from a neighbouring sentence", required=True),
    ),
    made_by="press",
)

CLAIM_CLUSTER = Table(
    "claim_cluster",
    "Claims about the same deal, with the number of outlets and of roots behind them.",
    (
        text("cluster", "the cluster", key=True),
        integer("claims", "claims in it", required=True),
        integer("docs", "files that carry it", required=True),
        integer(
            "roots",
            "different roots that speak for the claim; denials and comments on the same figure are none",
            required=True,
        ),
        text("label", "supplier, recipient and goods in words"),
        text(
            "independence",
            "same, different or unknown: do its claims rest on independent roots?",
            values=("same", "different", "unknown"),
        ),
    ),
    made_by="press",
)

_PAIR = (
    text("id", "D- and 10 hex digits", key=True),
    text(
        "type",
        "what differs",
        values=("goods", "denial", "status", "scope", "time", "precision", "quantity", "attribution"),
    ),
    text("left", "claim ids separated by ;", required=True),
    text("right", "claim ids separated by ;", required=True),
    text("why", "in words", required=True),
)
DRIFT = Table("drift", "One root, told differently on the way.", _PAIR, made_by="press")
CONTRADICTION = Table(
    "contradiction", "Two roots (or roots not known to be one) that cannot both be right.", _PAIR, made_by="press"
)
