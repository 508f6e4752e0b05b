"""Which concepts of a header speak for which role, and how strongly.

A rule fits a header that names all its `needs` and nothing besides them except what the rule `may` carry. So a word the
rule does not know of (phone, tax, broker, port ...) turns a column away from a role instead of being overlooked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .headers import BOXES, Header

# Words that never turn a column away; some make it a second choice.
_SOFT = {"ENGLISH": 0.05, "LOCALNAME": 0.0, "RAW": 0.02, "EXTRA": 0.08, "DECLARED": 0.0, "ASSESSED": 0.14, "SHIPLEVEL": 0.2, "BORDER": 0.1, "INLAND": 0.12, "MASTERBILL": 0.06, "MODELWORD": 0.0, "ABROAD": 0.0, "ASSUMED": 0.25}  # fmt: skip
_UNKNOWN_WORD = 0.05
_GUESSED_WORD = 0.04
_BORROWED_WORD = 0.15
_ORDINAL = 0.25
_FOREIGN_WORD = 0.25  # what remains of a score when a word speaks for something else


@dataclass(frozen=True)
class Rule:
    role: str
    weight: float
    needs: frozenset[str]
    may: frozenset[str] = frozenset()


def _rules(role: str, may: str, *lines: tuple[float, str]) -> Iterator[Rule]:
    for weight, needs in lines:
        yield Rule(role, weight, frozenset(needs.split()), frozenset(may.split()))


RUPEES = "C_RS"  # a rupee, and the header does not say whose
_MONEY = "VALUE FOB CIF INVOICE STATVAL CUSTVAL TOTAL FOREIGN LOCAL GOODS LINE CURRENCYWORD HOME PRICE CUSTOMS DECLARATION IMPWORD EXPWORD"
_DIGITS_OK = {"hs_code": frozenset({6, 8, 9, 10, 11, 12})}


def _party(side: str, concept: str, word: str) -> Iterator[Rule]:
    yield from _rules(f"{side}_name", "NAME GOODS", (0.96, f"{concept} NAME"), (0.93, concept))
    yield from _rules(f"{side}_name", "", (0.85, f"{concept} NAME ADDRESS"))
    yield from _rules(f"{side}_address", "PLACE", (0.9, f"{concept} ADDRESS"))
    yield from _rules(f"{side}_address", "NAME", (0.55, f"{concept} NAME ADDRESS"))
    yield from _rules(f"{side}_address", "", (0.95, f"{concept} ADDRESS"), (0.6, f"{word} ADDRESS"))
    yield from _rules(
        f"{side}_id",
        "ID IDWORD CODE NUMBER TAX REGISTER NAME",
        (0.95, f"{concept} ID"),
        (0.94, f"{concept} IDWORD"),
        (0.92, f"{concept} CODE"),
        (0.85, f"{concept} NUMBER"),
        (0.75, f"{concept} TAX"),
        (0.75, f"{concept} DECLARATION"),
    )
    yield from _rules(f"{side}_id", "NUMBER CODE IDWORD TAX REGISTER", (0.86, f"{word} ID"))
    yield from _rules(f"{side}_id", "", (0.62, f"{word} CODE"))
    yield from _rules(f"{side}_name", "", (0.85, f"{word} NAME"))
    yield from _rules(f"{side}_country", "CODE", (0.7, f"{word} COUNTRY"))
    yield from _rules(f"{side}_country", "CODE NAME REGISTER", (0.95, f"{concept} COUNTRY"))


def _amounts() -> Iterator[Rule]:
    kinds = (
        (0.93, "INVOICE"),
        (0.92, "FOB"),
        (0.91, "CIF"),
        (0.91, "STATVAL"),
        (0.88, "CUSTVAL"),
        (0.92, "VALUE"),
        (0.93, "TOTAL VALUE"),
        (0.85, "TOTAL"),
    )
    for weight, kind in kinds:
        yield from _rules("value_usd", _MONEY, (weight, f"{kind} C_USD"))
    yield from _rules("value_usd", "CURRENCYWORD", (0.55, "C_USD"))
    for weight, kind in ((0.9, "INVOICE VALUE"), (0.8, "INVOICE"), (0.88, "FOB"), (0.87, "CIF"), (0.82, "CUSTVAL"), (0.8, "STATVAL"), (0.87, "VALUE"), (0.86, "TOTAL VALUE"), (0.92, "HOME INVOICE VALUE"), (0.9, "HOME VALUE"), (0.89, "HOME CUSTVAL"), (0.9, "HOME FOB"), (0.89, "HOME CIF"), (0.93, "FOREIGN VALUE"), (0.93, "FOREIGN INVOICE"), (0.86, "TOTAL PRICE"), (0.9, "FOREIGN FOB"), (0.5, "TOTAL HOME"), (0.68, "PRICE GOODS"), (0.6, "HS VALUE"), (0.62, "VALUE CURRENCY")):  # fmt: skip
        yield from _rules("value", _MONEY, (weight, kind))
    unit = "PRICE VALUE FOB CIF INVOICE STATVAL CUSTVAL FOREIGN LOCAL GOODS LINE CURRENCYWORD HOME UNIT C_USD EXTRA U_KG WEIGHT RATE"
    yield from _rules(
        "unit_price",
        unit,
        (0.95, "PERUNIT"),
        (0.95, "PRICE UNIT"),
        (0.9, "UNIT FOB"),
        (0.9, "UNIT CIF"),
        (0.9, "UNIT VALUE"),
    )
    yield from _rules("unit_price", unit, (0.72, "PRICE"), (0.66, "PRICE GOODS"))


RULES: tuple[Rule, ...] = (
    *_rules("declaration_id", "NUMBER ID IDWORD CODE CUSTOMS IMPWORD EXPWORD REGISTER INVOICE", (0.95, "DECLARATION"), (0.8, "REGISTER NUMBER"), (0.6, "IMPWORD IDWORD"), (0.6, "EXPWORD IDWORD")),
    *_rules("date", "MONTH YEAR CUSTOMS REGISTER GOODS IMPWORD EXPWORD NUMBER", (0.97, "DECLARATION DATE"), (0.96, "REGISTER DATE"), (0.95, "IMPWORD DATE"), (0.95, "EXPWORD DATE"), (0.94, "DATE")),
    *_rules("date", "", (0.8, "FLOW DATE")),
    *_rules("date", "YEAR TOTAL IMPWORD EXPWORD", (0.86, "MONTH"), (0.6, "YEAR")),
    *_rules("date", "IMPWORD EXPWORD DECLARATION TRANSPORT REGISTER", (0.8, "ARRIVAL DATE"), (0.55, "OTHERTIME DATE")),
    *_rules("date", "ARRIVAL OTHERTIME DECLARATION", (0.5, "OTHERTIME ARRIVAL DATE")),
    *_rules("direction", "MODE CODE NAME IMPWORD EXPWORD GOODS", (0.95, "FLOW"), (0.8, "IMPWORD EXPWORD")),
    *_party("exporter", "EXPORTER", "EXPWORD"),
    *_party("importer", "IMPORTER", "IMPWORD"),
    # `отпр. наим.`: the word of the shipment stands for the one who ships.
    *_rules("exporter_name", "", (0.72, "DEPART NAME")),
    *_rules("exporter_address", "", (0.8, "DEPART ADDRESS")),
    *_rules("exporter_id", "", (0.75, "DEPART ID")),
    *_rules("manufacturer", "NAME GOODS PLACE", (0.95, "MAKER")),
    *_rules("brand", "NAME GOODS", (0.95, "BRAND")),
    *_rules("description", "GOODS NAME MODELWORD DECLARATION LINE", (0.97, "GOODS DESC"), (0.86, "DESC"), (0.92, "GOODS NAME")),
    *_rules("description", "NAME ARRIVAL DECLARATION", (0.8, "GOODS"), (0.7, "DNOMBRE")),
    *_rules("description", "", (0.55, "NAME"), (0.6, "GOODS MODE")),
    *_rules("description", "DESC CODE GOODS NAME", (0.56, "HSDESC"), (0.56, "HS DESC"), (0.55, "HS NAME")),
    *_rules("hs_code", "CODE NUMBER GOODS CUSTOMS IDWORD LINE", (0.97, "HS"), (0.82, "GOODS CODE")),
    *_rules("origin_country", "COUNTRY CODE NAME GOODS IMPWORD EXPWORD", (0.97, "ORIGIN COUNTRY"), (0.86, "ORIGIN"), (0.8, "MAKER COUNTRY")),
    *_rules("departure_country", "COUNTRY CODE NAME GOODS IMPWORD EXPWORD", (0.95, "DEPART COUNTRY"), (0.9, "DEPART")),
    *_rules("departure_country", "CODE NAME EXPORTER", (0.85, "DEPART COUNTRY EXPORTER")),
    *_rules("departure_country", "COUNTRY CODE NAME GOODS IMPWORD EXPWORD", (0.85, "EXPWORD COUNTRY"), (0.75, "ARRIVAL ORIGIN"), (0.75, "ARRIVAL COUNTRY")),
    *_rules("trading_country", "COUNTRY CODE NAME GOODS IMPWORD EXPWORD", (0.95, "TRADE COUNTRY"), (0.9, "TRADE")),
    *_rules("destination_country", "COUNTRY CODE NAME GOODS IMPWORD EXPWORD", (0.97, "DEST COUNTRY"), (0.86, "DEST"), (0.85, "ARRIVAL DEST"), (0.84, "IMPWORD COUNTRY")),
    *_rules("transport_mode", "MODE NAME CODE DESC ARRIVAL", (0.95, "TRANSPORT")),
    *_rules("quantity", "GOODS TOTAL LINE NUMBER IMPWORD EXPWORD HS", (0.97, "QTY")),
    *_rules("quantity", "GOODS UNIT", (0.62, "QTY UNIT")),
    *_rules("quantity", "GOODS TOTAL UNIT", (0.75, "QTY U_KG"), (0.75, "QTY U_T")),
    *_rules("unit", "CODE NAME MODE GOODS LINE HS", (0.95, "UNIT")),
    *_rules("unit", "CODE NAME GOODS", (0.96, "QTY UNIT")),
    *_rules("net_kg", "WEIGHT U_KG U_T U_G U_LB TOTAL QTY GOODS IMPWORD EXPWORD", (0.97, "NET WEIGHT"), (0.93, "NET U_KG"), (0.85, "NET")),
    *_rules("gross_kg", "WEIGHT U_KG U_T U_G U_LB TOTAL QTY GOODS LINE IMPWORD EXPWORD", (0.97, "GROSS WEIGHT"), (0.93, "GROSS U_KG"), (0.85, "GROSS")),
    *_rules("gross_kg", "U_KG U_T U_G U_LB TOTAL GOODS", (0.76, "WEIGHT U_KG"), (0.72, "WEIGHT"), (0.5, "U_KG"), (0.45, "U_T")),
    *_rules("net_kg", "U_KG U_T U_G U_LB TOTAL GOODS", (0.6, "WEIGHT")),
    *_rules("net_kg", "GOODS TOTAL", (0.6, "QTY U_KG"), (0.6, "QTY U_T")),
    *_amounts(),
    *_rules("currency", "CODE NAME INVOICE FOREIGN PRICE VALUE DOCOTHER UNIT PERUNIT CUSTVAL DECLARED OTHERTIME REGISTER GOODS LINE", (0.95, "CURRENCY")),
    *_rules("currency", "CODE", (0.9, "FOREIGN"), (0.5, "INVOICE CODE")),
    *_rules("value_basis", "CODE NAME GOODS", (0.95, "TERMS")),
    *_rules("customs_office", "CUSTOMS NAME CODE PLACE NUMBER IDWORD REGISTER DECLARATION DEPART DEST ARRIVAL IMPWORD EXPWORD", (0.96, "OFFICE NAME"), (0.95, "OFFICE"), (0.84, "CUSTOMS")),
    *_rules("container", "NUMBER IDWORD CODE", (0.95, "CONTAINER")),
    *_rules("bill_of_lading", "NUMBER IDWORD CODE ARRIVAL", (0.95, "BL")),
    *_rules("line_no", "NUMBER IDWORD GOODS CODE DECLARATION", (0.93, "LINE")),
    *_rules("line_no", "NUMBER", (0.86, "GOODS NUMBER")),
    *_rules("container", "", (0.3, "TOTAL CONTAINER")),
)  # fmt: skip

# Rules that need to know the side of the border: a lone tax number, address or country is the file's own side or its partner.
_OWN = {"import": "importer", "export": "exporter"}


def _by_side(direction: str | None) -> tuple[Rule, ...]:
    if direction not in _OWN:
        return ()
    own = _OWN[direction]
    partner = "origin_country" if direction == "import" else "destination_country"
    foreign = "departure_country" if direction == "import" else "destination_country"
    return (
        *_rules(f"{own}_id", "NUMBER CODE IDWORD TAX REGISTER NAME", (0.75, "ID")),
        *_rules(f"{own}_address", "", (0.7, "ADDRESS")),
        *_rules(f"{own}_name", "", (0.65, "DNOMBRE"), (0.6, "NAME")),
        *_rules(partner, "NAME", (0.56, "COUNTRY")),
        *_rules(foreign, "CODE NAME COUNTRY", (0.6, "PARTNER")),
    )


def money(header: Header) -> tuple[str, ...]:
    """Currencies a header names, such as ('USD',); `LOCAL`, `FOREIGN` and rupees of no country are not among them."""
    return tuple(sorted(c[2:] for c in header.concepts if c.startswith("C_") and c != RUPEES))


def _concepts(header: Header) -> frozenset[str]:
    """Currencies other than the US dollar count as one concept HOME; the dollar sign beside one of them is no dollar."""
    local = {"LOCAL"} if RUPEES in header.concepts else set()
    other = {c for c in header.concepts if c.startswith("C_") and c not in ("C_USD", RUPEES)}
    plain = (header.concepts - other - {RUPEES} - ({"C_USD"} if other else set())) | local
    return plain | {"HOME"} if other else plain


def scores(header: Header, direction: str | None) -> dict[str, tuple[float, str]]:
    """For every role a header speaks for: the score (0 to 1) and the concepts that carried it."""
    concepts = _concepts(header)
    soft = sum(cost for word, cost in _SOFT.items() if word in concepts)
    # THOUSAND is the scale of an amount; the reader multiplies, but a plain column is preferred
    soft += 0.12 if "THOUSAND" in concepts or 1000 in header.digits else 0.0
    core = concepts - set(_SOFT) - {"THOUSAND"}
    found: dict[str, tuple[float, str]] = {}
    for rule in (*RULES, *_by_side(direction)):
        hard = core - rule.needs - rule.may
        if not rule.needs <= concepts:
            continue
        score = (
            rule.weight
            - soft * (0 if rule.needs & set(_SOFT) else 1)
            - min(0.2, _UNKNOWN_WORD * len(header.unknown) + _GUESSED_WORD * len(header.guessed))
            - min(0.3, _BORROWED_WORD * header.borrowed)
        )
        if header.ordinal and header.ordinal not in _DIGITS_OK.get(rule.role, ()):
            score -= 0.03 if header.ordinal == 1 else _ORDINAL
        if hard:
            score *= _FOREIGN_WORD
        if score > found.get(rule.role, (0.0, ""))[0]:
            found[rule.role] = (score, " + ".join(sorted(w.lower() for w in rule.needs)))
    if header.box:
        role = BOXES.get(header.box)
        if header.box == "46" and header.text.isascii() and "STATVAL" in concepts and "C_USD" not in concepts:
            role = "value"  # in dollars only in the EAEU
        if role:
            found = {r: (c * 0.6, w) if r != role else (c, w) for r, (c, w) in found.items()}
            best, why = found.get(role, (0.0, ""))
            found[role] = (
                max(best, 0.9 if "." in header.box or header.box not in ("1", "2", "8", "31") else 0.86)
                + (0.05 if best > 0.5 else 0.0),
                f"box {header.box} of the declaration" + (f" and {why}" if why else ""),
            )
        elif not any(s > 0.7 for s, _ in found.values()):
            found = {r: (s * 0.5, w) for r, (s, w) in found.items()}
        elif header.box.split(".")[0] in ("9", "14", "50", "54"):  # contract holder, declarant
            found = {}
    return found
