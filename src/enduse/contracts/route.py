"""Published trade statistics, and what the two ends of a lane, the dates and the third countries say."""

from .core import Table, amount, country, date, flag, integer, json_text, score, text, total

STATISTIC = Table(
    "statistic",
    "Published statistics, one row per reporter, partner, flow, code and period, after aggregate rows were chosen or summed once.",
    (
        text("source", "alias of the file", key=True),
        integer("row", "1-based data row of the file; the first one where several are summed", key=True),
        text("reporter", "alpha-2 of the reporting country; EU27 and other groups by their name", required=True),
        text(
            "partner",
            "alpha-2 of the partner; W for the world (a total, never added to partners); other groups by their name",
            required=True,
        ),
        text(
            "flow",
            "side of the trade",
            key=True,
            values=("export", "import", "re-export", "re-import", "domestic-export"),
        ),
        text(
            "hs_code",
            "digits of the commodity code; TOTAL for all goods; a publisher's own group by its name",
            required=True,
        ),
        text("hs_revision", "H0 to H6 where the file says or the date decides; CN where eight digits of the EU"),
        date("period", "first day of the month or year", key=True),
        text("freq", "month or year", required=True, values=("month", "year")),
        total("value", "value as published", unit="`currency`"),
        text("currency", "ISO 4217 code"),
        total("value_usd", "value in US dollars where published so, or converted with the rate named", unit="USD"),
        text("usd_basis", "declared, or the name and date of the rate used"),
        text("value_basis", "FOB or CIF", values=("FOB", "CIF")),
        total("net_kg", "net weight", unit="kg"),
        total("quantity", "supplementary quantity", unit="`unit`"),
        text("unit", "its unit"),
        text(
            "partner_rule",
            "what the partner is: of an import the country of origin or of consignment, of an export the destination",
            key=True,
            values=("origin", "consignment", "destination"),
        ),
        flag("estimated", "1 where the publisher marks value or quantity as estimated"),
        flag(
            "reconciled",
            "1 where the publisher already made one figure of both reports (CEPII BACI): no mirror is taken of it",
        ),
        integer("parts", "records of the file summed into this row"),
    ),
    made_by="intake",
)

MIRROR_GAP = Table(
    "mirror_gap",
    "Both reports of one lane, goods and period, made comparable, and what is left between them.",
    (
        text("exporter", "reporting exporter, alpha-2", key=True),
        text("importer", "reporting importer, alpha-2", key=True),
        text("hs6", "six digits, or TOTAL", key=True),
        text("period", "YYYY or YYYY-MM", key=True),
        total("exports", "what the exporter reports, FOB; empty where it does not report", unit="USD"),
        total("imports_fob", "what the importer reports, brought to FOB", unit="USD"),
        total("gap", "imports less exports after the corrections; empty where one side is missing", unit="USD"),
        total("gap_low", "lower end of the gap over the corrections that could apply", unit="USD"),
        total("gap_high", "upper end", unit="USD"),
        text("explained_by", "innocent reasons that apply, separated by ;"),
        text("rule", "the rule that chose what to compare", required=True),
        total("imports_cif", "what the importer reports, as published", unit="USD"),
        score("margin", "CIF over FOB margin used, as a share"),
        total("exports_kg", "kilograms the exporter reports", unit="kg"),
        total("imports_kg", "kilograms the importer reports", unit="kg"),
        score("discrepancy", "|X - M| / (X + M) after the corrections, 0 to 1"),
        score("exporter_reliability", "how well the exporter's reports agree with all its partners, 0 to 1"),
        score("importer_reliability", "the same of the importer"),
    ),
    made_by="routes",
)

ROUTE_BREAK = Table(
    "route_break",
    "A date at which the level of a lane moved, as a set of dates with the chance of such a move in placebo dates and lanes.",
    (
        text("exporter", "alpha-2, or ALL", key=True),
        text("importer", "alpha-2, or ALL", key=True),
        text("goods", "commodity code, family or TOTAL", key=True),
        text("date", "most probable first month of the new level, YYYY-MM", key=True),
        text("date_low", "first month of the set of dates"),
        text("date_high", "last month of the set"),
        score("level_ratio", "level after over level before"),
        score("p_placebo", "share of placebo dates and lanes with a move as large"),
        flag("nomenclature_change", "1 where the code itself was new or split: not reported as a break"),
        text("reporter", "whose report it is", key=True),
        text("flow", "export or import as reported", key=True),
        text("event", "the event of the case tested, empty where the date was found", key=True),
        text("note", "stockpiling before the date, short series, months missing"),
        text("measure", "what the series counts: USD, kg, or the currency as published", key=True),
        score("level_low", "lower end of the ratio, 95 %"),
        score("level_high", "upper end"),
        score("q_value", "expected share of false finds among the moves claimed at or above this one"),
        score(
            "ratio_ppml",
            "level ratio by Poisson pseudo-maximum likelihood against the other lanes, where it could be fitted",
        ),
        score(
            "ppml_low", "lower end of it, 95 %, where standard errors are asked for (settings.routes.standard_errors)"
        ),
        score("ppml_high", "upper end"),
        score("stockpiling", "mean of the months before the date over the year before them"),
    ),
    made_by="routes",
)

SUBSTITUTION = Table(
    "substitution",
    "What a third country gained where a direct lane lost, on both legs, with an interval and a share of expected false finds.",
    (
        text("origin", "alpha-2", key=True),
        text("hub", "alpha-2; empty where no hub is visible", key=True),
        text("destination", "alpha-2", key=True),
        text("goods", "commodity code or TOTAL", key=True),
        text("event_date", "YYYY-MM-DD", key=True),
        total("lost", "fall of the direct lane against its counterfactual, a month", unit="`measure`"),
        total("gained", "gain through the hub on both legs, a month", unit="`measure`"),
        score("ratio", "gained over lost"),
        score("ratio_low", "lower end, bootstrap"),
        score("ratio_high", "upper end"),
        integer("lag_months", "months from the first leg's gain to the second leg's"),
        score("q_value", "expected share of false finds at or above this one"),
        text(
            "verdict",
            "what can be said",
            required=True,
            values=(
                "substitute",
                "partial",
                "two_legs",
                "no_visible_substitute",
                "final_leg_out_of_view",
                "not_enough_data",
            ),
        ),
        text("measure", "USD or kg", key=True, values=("USD", "kg")),
        text("reason", "in words, with what would change it"),
        json_text("evidence", "series behind it: rows by source, counterfactuals tried"),
    ),
    made_by="routes",
)

LOST_IN_TRANSIT = Table(
    "lost_in_transit",
    "Exported to a country and not imported there, by goods, before and after an event, against comparison lanes.",
    (
        text("exporter", "alpha-2", key=True),
        text("importer", "alpha-2", key=True),
        text("goods", "chapter, heading or code", key=True),
        text("event_date", "YYYY-MM-DD", key=True),
        score("missing_before", "share of exports the importer does not report, before"),
        score("missing_after", "the same after"),
        score("change", "after less before"),
        score("change_comparison", "the same over the comparison lanes, median"),
        score("p_placebo", "share of comparison lanes that moved as much"),
        total("missing_usd", "value that did not arrive after the event", unit="USD"),
        text("rule", "what was compared", required=True),
    ),
    made_by="routes",
)

ROUTE_COVERAGE = Table(
    "route_coverage",
    "Rows of the case against published statistics, by lane, code and month: how much of the trade the case can see.",
    (
        country("exporter", "alpha-2", key=True),
        country("importer", "alpha-2", key=True),
        text("hs6", "six digits, or TOTAL", key=True),
        text("period", "YYYY-MM or YYYY", key=True),
        text("reporter", "whose statistic it is compared with", key=True),
        total("declared_usd", "value of the rows of the case", unit="USD"),
        total("published_usd", "value published", unit="USD"),
        amount("declared_kg", "kilograms of the rows", unit="kg"),
        total("published_kg", "kilograms published", unit="kg"),
        score("share", "declared over published value"),
        text("note", "what limits the comparison"),
    ),
    made_by="routes",
)

RELIABILITY = Table(
    "reporter_reliability",
    "How well the reports of a country agree with those of all its partners, with the uncertainty of the estimate.",
    (
        text("reporter", "alpha-2", key=True),
        text("role", "as exporter or as importer", key=True, values=("exporter", "importer")),
        score("reliability", "1 / (1 + spread): 1 is full agreement"),
        score("low", "lower end, 95 %, by leaving out one partner at a time"),
        score("high", "upper end"),
        integer("partners", "partners compared"),
        integer("cells", "reports compared"),
    ),
    made_by="routes",
)

ROUTE_TEST = Table(
    "route_test",
    "What was looked at around each date: lanes tested, moves claimed, what was left out and why. A date with no claim stands here too.",
    (
        text("event", "name of the event, or `unknown dates`", key=True),
        text("event_date", "YYYY-MM-DD, or empty", key=True),
        text("test", "break, substitution or lost_in_transit", key=True),
        integer("lanes", "lanes or pairs of legs in scope"),
        integer("tested", "of these tested"),
        integer("claimed", "of these claimed"),
        score("false_share", "estimated share of false ones among the claimed"),
        integer("nomenclature", "left out: the code is new or split"),
        integer("short", "left out: too few months on one side"),
        integer("empty", "left out: no trade to speak of"),
        text("source", "where the event comes from"),
        text("note", "limits in words"),
    ),
    made_by="routes",
)
