"""Every table of the program, in the order in which they are made. The single source for schema, export and documentation."""

from .core import AMOUNT, Column, Table
from .figure import COVERAGE, FIGURE, FIGURE_CHOICE, FIGURE_ROW, INDICATOR, READING, WATERFALL
from .goods import GOODS
from .party import LIST_ENTRY, PARTY, PARTY_NAME, SCREENING, SHIPMENT_PARTY
from .press import ATTRIBUTION, CLAIM, CLAIM_CLUSTER, CONTRADICTION, DOCUMENT, DRIFT
from .shipment import DUPLICATE, REJECTION, SHIPMENT, SHIPMENT_ROW
from .source import MAPPING, SOURCE

ALL: tuple[Table, ...] = (
    SOURCE, MAPPING, SHIPMENT_ROW, REJECTION, DUPLICATE, LIST_ENTRY, DOCUMENT, GOODS, PARTY, PARTY_NAME, SHIPMENT_PARTY,
    SHIPMENT, SCREENING, CLAIM, ATTRIBUTION, CLAIM_CLUSTER, DRIFT, CONTRADICTION, READING, FIGURE, FIGURE_CHOICE, FIGURE_ROW, WATERFALL, COVERAGE, INDICATOR,
)  # fmt: skip
TABLES: dict[str, Table] = {t.name: t for t in ALL}

ROLES: tuple[str, ...] = tuple(
    """declaration_id line_no date direction exporter_name exporter_address exporter_id exporter_country importer_name
    importer_address importer_id importer_country manufacturer brand description hs_code origin_country departure_country
    trading_country destination_country transport_mode quantity unit net_kg gross_kg value currency value_usd value_basis
    unit_price customs_office container bill_of_lading ignore""".split()
)
AMOUNT_ROLES: frozenset[str] = frozenset({"quantity", "net_kg", "gross_kg", "value", "value_usd", "unit_price"})
COUNTRY_ROLES: frozenset[str] = frozenset(r for r in ROLES if r.endswith("_country"))
KINDS: tuple[str, ...] = ("customs", "statistics", "watchlist", "ownership", "press", "order")
STAGES: tuple[str, ...] = ("intake", "goods", "parties", "routes", "press", "findings", "dossier")
FAMILIES: tuple[str, ...] = ("drone", "drone_part", "chp")

__all__ = [
    "ALL",
    "AMOUNT",
    "AMOUNT_ROLES",
    "COUNTRY_ROLES",
    "FAMILIES",
    "KINDS",
    "ROLES",
    "STAGES",
    "TABLES",
    "Column",
    "Table",
]
