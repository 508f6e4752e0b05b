"""What a declaration line is, as far as its text, code and weight say."""

from .core import Table, flag, items, score, text

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
