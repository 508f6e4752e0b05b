"""What a declaration line is, as far as its text, code and weight say."""

from .core import Table, date, flag, integer, items, score, text

GOODS = Table(
    "goods",
    "One row per shipment: the watched family, brand, model and control entries, whether its text is vague, and what says so.",
    (
        text("shipment_id", "the shipment", key=True),
        text(
            "family",
            "watched family: drone, drone_part, chp or the id of a user's watch profile; empty when nothing is watched",
        ),
        text("brand", "brand by its reference name"),
        text(
            "model",
            "model by its reference name; where no list has it, what the text calls it, with a note in the evidence",
        ),
        items("controls", "entries that may apply, as LIST:entry"),
        flag("vague", "1 where the text does not say what the goods are", required=True),
        items("vague_rules", "the rules that call it vague"),
        score("confidence", "how sure the family is, 0 to 1; empty where no family"),
        items(
            "evidence",
            "what was seen: description[start:end]=words, hs=code, maker=words of the maker column, unit_kg=, note=what speaks for or against",
        ),
        text("basis", "which witnesses agree", values=("code", "text", "code+text")),
    ),
    made_by="goods",
)

GOODS_INDICATOR = Table(
    "goods_indicator",
    "Rules of the goods room that single records meet: text against code, code against weight, code against date. `findings` takes them over.",
    (
        text("subject", "the shipment", key=True),
        text("subject_kind", "always shipment", required=True, values=("shipment",)),
        text("rule_id", "rule, see the documentation", key=True),
        text("source", "where the rule comes from", key=True),
        text("strength", "weak, medium or strong", values=("weak", "medium", "strong")),
        text("evidence", "the shipment"),
    ),
    made_by="goods",
    exported=False,
)

WORDING_DRIFT = Table(
    "wording_drift",
    "How an exporter words the goods of the headings under which it ever declared watched goods, month by month.",
    (
        text("exporter_key", "name of the exporter as declared, in small letters", key=True),
        text("month", "YYYY-MM", key=True),
        text("exporter", "the name in one of its spellings", required=True),
        integer("records", "records of the month", required=True),
        integer("vague", "those whose text does not say what the goods are", required=True),
        integer("named", "those whose text names a brand or model", required=True),
    ),
    made_by="goods",
    order=("exporter_key", "month"),
)

WORDING_CHANGE = Table(
    "wording_change",
    "The same wording in the year before and the year after each rule date: did it become vaguer?",
    (
        text("exporter_key", "name of the exporter as declared, in small letters", key=True),
        date("rule_date", "the day the rule came into force", key=True),
        text("rule", "the rule", required=True),
        text("source", "where date and rule come from", required=True),
        text("measure", "vague: texts that do not say what the goods are; unnamed: texts without brand and model", key=True, values=("vague", "unnamed")),
        text("exporter", "the name in one of its spellings", required=True),
        integer("before_records", "records in the 365 days before", required=True),
        integer("before_met", "of them vague (unnamed)", required=True),
        integer("after_records", "records from the day on, 365 days", required=True),
        integer("after_met", "of them vague (unnamed)", required=True),
        score("change", "share after less share before"),
        score("low", "lower bound of the change, 95 % (Agresti and Caffo 2000)"),
        score("high", "upper bound of the change"),
        text(
            "verdict",
            "vaguer or plainer where the 99.9 % interval leaves out zero, else no_change; too_few under 10 records on a side",
            required=True,
            values=("vaguer", "plainer", "no_change", "too_few"),
        ),
    ),
    made_by="goods",
    order=("exporter_key", "rule_date", "measure"),
)  # fmt: skip
