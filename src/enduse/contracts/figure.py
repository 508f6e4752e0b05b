"""Figures: numbers with their definition, range, rows and limits."""

from .core import Table, amount, flag, integer, score, text, total

FIGURE = Table(
    "figure",
    "One number about the case. `value` is a number or an ISO date; low and high come from the strict and the broad reading.",
    (
        text("figure_id", "F- and four digits", key=True),
        text("label", "what it is, in words", required=True),
        text("definition", "goods scope, parties, lane, window, value basis", required=True),
        text("value", "central reading: a number with a point, or an ISO date"),
        text("low", "lowest of the readings"),
        text("high", "highest of the readings"),
        text("unit", "USD or another currency, kg, pieces, records, firms, brands, models, date"),
        integer("rows", "rows counted in the central reading", required=True),
        text("coverage", "what the files cover and what they do not", required=True),
        text("method", "how it is computed, as a rule with version", required=True),
        text(
            "mark",
            "declared (adds and counts records) or inferred (rests on a model, link or merge)",
            values=("declared", "inferred"),
        ),
        text("measure", "measure id, such as value_usd, exporters, by_exporter", required=True),
        text(
            "rule",
            "how `why` re-computes it from the rows",
            required=True,
            values=("sum", "count", "distinct", "first", "last"),
        ),
        text("subject", "of a ranking: the firm, brand, model, country or month that the line is about"),
        text("subject_id", "party_id of a firm, else the subject itself"),
        integer("rank", "of a ranking: 1 is the largest"),
        text("strict", "value in the strict reading"),
        text("broad", "value in the broad reading"),
        text("lever", "the choice that moves the value most, with its effect"),
    ),
    made_by="findings",
)

READING = Table(
    "reading",
    "Every row that some reading counts, and what keeps it out of the stricter ones. All ranges re-compute from here.",
    (
        text("shipment_id", "the row", key=True),
        flag("strict", "1 where the strict reading counts it: sure goods, no parts, everything stated", required=True),
        flag("central", "1 where the central reading counts it: the question as asked", required=True),
        flag(
            "broad",
            "1 where the broad reading counts it: unsure goods and unstated places and dates too",
            required=True,
        ),
        integer("certainty", "2 the goods are sure enough for strict, 1 for central, 0 for broad only", required=True),
        flag("part", "1 for a part of the watched goods", required=True),
        flag("unstated_place", "1 where a country the question asks about is not stated", required=True),
        flag("unstated_date", "1 where the question asks for a window and the row has no readable date", required=True),
    ),
    made_by="findings",
)

FIGURE_CHOICE = Table(
    "figure_choice",
    "What each choice alone does to a figure of totals: the central reading with only that choice made stricter or broader.",
    (
        text("figure_id", "the figure", key=True),
        text("choice", "the choice, in words", key=True),
        text("low", "value with the choice made stricter; empty where it cannot be"),
        text("high", "value with the choice made broader; empty where it cannot be"),
    ),
    made_by="findings",
)

FIGURE_ROW = Table(
    "figure_row",
    "The rows behind each figure: those of the central reading that add something to it.",
    (
        text("figure_id", "the figure", key=True),
        text("shipment_id", "the row", key=True),
        amount("amount", "what the row adds to a sum", unit="unit of the figure"),
        text("item", "what the row adds to a count of different things, or its date"),
    ),
    made_by="findings",
)

WATERFALL = Table(
    "waterfall",
    "From all records read to the rows counted: every step with its rows and value. The sum closes exactly.",
    (
        integer("position", "order of the step, from 1", key=True),
        text("step", "id of the step", required=True),
        text("label", "in words", required=True),
        text("kind", "total, left_out or kept", required=True, values=("total", "left_out", "kept")),
        integer("rows", "records", required=True),
        total("value_usd", "their value", unit="USD"),
        integer("without_value", "records among them whose value in US dollars is not known", required=True),
    ),
    made_by="findings",
)

COVERAGE = Table(
    "coverage",
    "What each customs file covers: months with and without records, and how many cells of each field are filled.",
    (
        text("source", "alias of the file", key=True),
        text("measure", "`month` or `field`", key=True, values=("month", "field")),
        text("item", "YYYY-MM, or the name of the field", key=True),
        integer("rows", "records of the month, or records with the field filled", required=True),
        integer("of_rows", "records of the file", required=True),
    ),
    made_by="findings",
)

INDICATOR = Table(
    "indicator",
    "A published rule that rows of the case meet: an indicator, never a verdict.",
    (
        text("subject", "id of the firm or shipment", key=True),
        text("subject_kind", "party or shipment", required=True, values=("party", "shipment")),
        text("rule_id", "rule, see the documentation", key=True),
        text("source", "where the rule comes from", key=True),
        text("strength", "weak, medium or strong", values=("weak", "medium", "strong")),
        text("evidence", "ids of the rows, separated by ;"),
    ),
    made_by="findings",
)

VERDICT = Table(
    "verdict",
    "What the records say to a press claim that they can test, and the record that would prove it wrong.",
    (
        text("claim_id", "the claim", key=True),
        text("figure_id", "the figure it was set against; empty where none can be", key=True),
        text(
            "verdict",
            "what the records say",
            required=True,
            values=("supported", "consistent", "contradicted", "outside_coverage", "not_testable"),
        ),
        text("reason", "in words", required=True),
        text("scope", "how the words of the claim were understood, such as drones, or drones and parts", key=True),
        score("claimed_low", "lower end of what is claimed"),
        score("claimed_high", "upper end"),
        score("recorded_low", "lower end of what the records give"),
        score("recorded_high", "upper end"),
        text("unit", "unit of both"),
        score("overlap", "share of the claimed range inside the recorded one, 0 to 1"),
        text("would_refute", "the record that would prove the claim wrong"),
    ),
    made_by="findings",
)

LEDGER = Table(
    "ledger",
    "Supply as the press states it: orders, deliveries, capacity, stock and losses, with intervals and how certain they are.",
    (
        text("supplier", "who gives"),
        text("recipient", "who gets"),
        text("goods", "what"),
        text("kind", "what is counted", required=True, values=("order", "delivery", "capacity", "stock", "loss")),
        score("quantity_low", "lower end"),
        score("quantity_high", "upper end; empty where open"),
        text("per", "period of a rate, such as month; empty for a total"),
        text("start", "first day, ISO"),
        text("end", "last day, ISO"),
        text("certainty", "asserted, uncertain or denied; and how many roots", required=True),
        text("claim_id", "the claim", key=True),
        text("root", "independent root key"),
        text("note", "arithmetic and assumptions, such as 15,000 at 100 a month is 150 months"),
    ),
    made_by="findings",
    order=("supplier", "recipient", "goods", "kind", "claim_id"),
)
