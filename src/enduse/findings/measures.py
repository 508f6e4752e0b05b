"""Which figures there are: totals, counts, time span and rankings, each with what a row adds and how it re-computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rule = Literal["sum", "count", "distinct", "first", "last"]


@dataclass(frozen=True)
class Measure:
    """`field` is a column of the step `counted`; `item` marks fields that are things to count, not amounts to add."""

    id: str
    label: str
    rule: Rule
    field: str
    unit: str
    words: str  # what is summed or counted, for the definition
    apart: str = ""  # for counts of firms: the field in which only sure merges hold
    together: str = ""  # and the one in which likely merges hold too
    inferred: bool = False  # rests on merged names or recognised models, not on adding up alone

    def sql(self, condition: str) -> str:
        """The aggregate over rows that meet `condition`, as canonical SQL."""
        value = f"CASE WHEN {condition} THEN {self.field} END"
        return {
            "sum": f"sum({value})",
            "count": f"count({value})",
            "distinct": f"count(DISTINCT {value})",
            "first": f"min({value})",
            "last": f"max({value})",
        }[self.rule]


TOTALS: tuple[Measure, ...] = (
    Measure(
        "value_usd",
        "Declared value",
        "sum",
        "value_usd",
        "USD",
        "Sum of the declared value in US dollars, each record on the value basis its file states",
    ),
    Measure("net_kg", "Net weight", "sum", "net_kg", "kg", "Sum of the declared net weight"),
    Measure(
        "quantity", "Pieces", "sum", "pieces", "pieces", "Sum of the declared quantity of records that count in pieces"
    ),
    Measure("records", "Records", "count", "shipment_id", "records", "Number of declared records"),
    Measure(
        "exporters",
        "Exporters",
        "distinct",
        "exporter_party",
        "firms",
        "Number of different exporters after merging spellings of one firm",
        "exporter_apart",
        "exporter_together",
        inferred=True,
    ),
    Measure(
        "importers",
        "Importers",
        "distinct",
        "importer_party",
        "firms",
        "Number of different importers after merging spellings of one firm",
        "importer_apart",
        "importer_together",
        inferred=True,
    ),
    Measure(
        "brands",
        "Brands",
        "distinct",
        "brand",
        "brands",
        "Number of different brands named in the goods texts",
        inferred=True,
    ),
    Measure(
        "models",
        "Models",
        "distinct",
        "model",
        "models",
        "Number of different models named in the goods texts",
        inferred=True,
    ),
    Measure("first_date", "First record", "first", "day", "date", "Earliest declared date"),
    Measure("last_date", "Latest record", "last", "day", "date", "Latest declared date"),
)


@dataclass(frozen=True)
class Ranking:
    """A list of the largest subjects. `key` is the column of `counted` that names the subject."""

    id: str
    label: str
    key: str
    top: int
    inferred: bool
    by_time: bool = False  # all subjects in order of time, not the largest first


RANKINGS: tuple[Ranking, ...] = (
    Ranking("by_exporter", "exporter", "exporter_party", 20, inferred=True),
    Ranking("by_importer", "importer", "importer_party", 20, inferred=True),
    Ranking("by_brand", "brand", "brand", 20, inferred=True),
    Ranking("by_model", "model", "model", 20, inferred=True),
    Ranking("by_origin", "country of origin", "origin_country", 20, inferred=False),
    Ranking("by_departure", "country of departure", "departure_country", 20, inferred=False),
    Ranking("by_destination", "country of destination", "destination_country", 20, inferred=False),
    Ranking("by_month", "month", "month", 600, inferred=False, by_time=True),
)
BY_ID: dict[str, Measure] = {m.id: m for m in TOTALS}

MERGES = "merging of names"  # settings.parties.strict and settings.parties.broad in place of central
READINGS: dict[str, str] = {"strict": "strict = 1", "central": "central = 1", "broad": "broad = 1"}
_STATED = "unstated_place = 0 AND unstated_date = 0"


def choices(*, parts: bool) -> dict[str, tuple[str | None, str | None]]:
    """For each choice: which rows count when only that choice is made stricter, or broader, than the central reading."""
    asked = "" if parts else " AND part = 0"
    return {
        "certainty of the goods": (f"certainty = 2 AND {_STATED}{asked}", f"{_STATED}{asked}"),
        "parts of the goods": (
            f"certainty >= 1 AND {_STATED} AND part = 0" if parts else None,
            None if parts else f"certainty >= 1 AND {_STATED}",
        ),
        "records that do not state the country": (None, f"certainty >= 1 AND unstated_date = 0{asked}"),
        "records that do not state the date": (None, f"certainty >= 1 AND unstated_place = 0{asked}"),
    }
