"""Figures: numbers with their definition, range, rows and limits."""

from .core import Table, amount, flag, integer, text

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
        text("unit", "USD, kg, pieces, records, firms, date"),
        integer("rows", "rows counted in the central reading", required=True),
        text("coverage", "what the files cover and what they do not", required=True),
        text("method", "how it is computed, as a rule with version", required=True),
        text("mark", "declared (adds and counts records) or inferred (rests on a model, link or merge)", values=("declared", "inferred")),
        text("measure", "measure id, such as value_usd, exporters, by_exporter", required=True),
        text("subject", "of a ranking: the firm, brand, model, country or month that the line is about"),
        integer("rank", "of a ranking: 1 is the largest"),
        text("strict", "value in the strict reading"),
        text("broad", "value in the broad reading"),
        text("lever", "the choice that moves the value most, with its effect"),
    ),
    made_by="findings",
)

FIGURE_ROW = Table(
    "figure_row",
    "The rows behind each figure, with the readings that count them.",
    (
        text("figure_id", "the figure", key=True),
        text("shipment_id", "the row", key=True),
        flag("strict", "1 where the strict reading counts it", required=True),
        flag("central", "1 where the central reading counts it", required=True),
        flag("broad", "1 where the broad reading counts it", required=True),
        amount("amount", "what the row adds to a sum", unit="unit of the figure"),
        text("item", "what the row adds to a count of different things"),
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
        amount("value_usd", "their value", unit="USD"),
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
        text("source", "where the rule comes from", required=True),
        text("strength", "weak, medium or strong", values=("weak", "medium", "strong")),
        text("evidence", "ids of the rows, separated by ;"),
    ),
    made_by="findings",
)
