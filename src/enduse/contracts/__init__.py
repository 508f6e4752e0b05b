"""Every table of the program, in the order in which they are made. The single source for schema, export and documentation."""

from .chain import CHAIN, CHAIN_QUALITY, CONSIGNMENT, CONSIGNMENT_ROW, HOP, HUB, LINK, MIRROR_DUPLICATE
from .core import AMOUNT, Column, Table
from .figure import (
    COVERAGE,
    FIGURE,
    FIGURE_CHOICE,
    FIGURE_ROW,
    INDICATOR,
    LEDGER,
    READING,
    VERDICT,
    WATERFALL,
)
from .goods import GOODS, GOODS_INDICATOR, WORDING_CHANGE, WORDING_DRIFT
from .party import (
    LIST_ENTRY,
    LISTED_LINK,
    PARTY,
    PARTY_LINK,
    PARTY_NAME,
    PARTY_PAIR,
    SCREENING,
    SCREENING_LOG,
    SHIPMENT_PARTY,
)
from .press import ATTRIBUTION, CLAIM, CLAIM_CLUSTER, CONTRADICTION, DOCUMENT, DRIFT
from .price import CORRECTION, PRICE_CHECK, UNDERSTATED_EXPORTER
from .route import (
    LOST_IN_TRANSIT,
    MIRROR_GAP,
    RELIABILITY,
    ROUTE_BREAK,
    ROUTE_COVERAGE,
    ROUTE_TEST,
    STATISTIC,
    SUBSTITUTION,
)
from .shipment import DUPLICATE, DUPLICATE_ROW, REJECTION, SHIPMENT, SHIPMENT_ROW
from .source import MAPPING, OWNERSHIP, SEAL, SOURCE, SOURCE_ROW

ALL: tuple[Table, ...] = (
    SOURCE_ROW, SOURCE, SEAL, MAPPING, SHIPMENT_ROW, REJECTION, DUPLICATE_ROW, DUPLICATE, LIST_ENTRY, OWNERSHIP, STATISTIC, DOCUMENT,
    GOODS, GOODS_INDICATOR, WORDING_DRIFT, WORDING_CHANGE, PRICE_CHECK, CORRECTION, UNDERSTATED_EXPORTER,
    PARTY, PARTY_NAME, SHIPMENT_PARTY, SHIPMENT, SCREENING, SCREENING_LOG, PARTY_PAIR, PARTY_LINK, LISTED_LINK,
    MIRROR_DUPLICATE, CONSIGNMENT, CONSIGNMENT_ROW, LINK, CHAIN, HOP, HUB, CHAIN_QUALITY,
    MIRROR_GAP, ROUTE_BREAK, SUBSTITUTION, LOST_IN_TRANSIT, ROUTE_COVERAGE, RELIABILITY, ROUTE_TEST,
    CLAIM, ATTRIBUTION, CLAIM_CLUSTER, DRIFT, CONTRADICTION,
    READING, FIGURE, FIGURE_CHOICE, FIGURE_ROW, WATERFALL, COVERAGE, INDICATOR, VERDICT, LEDGER,
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
