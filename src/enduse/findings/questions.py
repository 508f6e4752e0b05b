"""Which claims the records of a case can test, and the question each becomes: goods, lane, window, what is counted."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from enduse.reference import press_tables

from .claimed import Interval, interval
from .ledger import group, nested

# Kinds of which customs records keep no trace, with the reason a reader is given.
SILENT: dict[str, str] = {
    "production": "customs records do not show what is made",
    "capability": "customs records do not show what a product can do",
    "stock": "customs records do not show what lies in store",
    "use": "customs records do not show how goods are used",
    "restriction": "a rule is not a shipment",
    "request": "a request leaves no declaration",
    "component_origin": "a customs row lists no parts",
}
_NOT_YET = frozenset({"under_consideration", "requested", "in_talks", "agreed", "ordered", "planned"})
_ANY_GOODS = frozenset(
    {"", "supplies", "goods", "products", "product", "items", "shipments", "deliveries", "equipment"}
)
_FIRMS = re.compile(
    r"(?i)\b(?:exporters?|suppliers?|sellers?|companies|company|firms?|manufacturers?|traders?|vendors?)\b"
)
_BUYERS = re.compile(r"(?i)\b(?:importers?|buyers?|customers?|recipients?|consignees?)\b")
_BRANDS = re.compile(r"(?i)\b(?:brands?|makes?)\b")
_TYPES = re.compile(r"(?i)\b(?:types?|models?|kinds?)\b")
_LOTS = re.compile(r"(?i)\b(?:shipments?|deliveries|consignments?|declarations?|records|batches)\b")


@dataclass(frozen=True)
class Scope:
    """Goods in one way of reading the words of a claim."""

    label: str
    families: tuple[str, ...]
    brand: str | None = None
    model: str | None = None


@dataclass(frozen=True)
class Question:
    """One question to the records. `measure` is a figure's measure, or `exists` / `ceased` where no number is claimed."""

    claim: dict[str, Any]
    measure: str
    stated: Interval | None
    raw: str
    scope: Scope
    sender: str | None  # alpha-2
    recipient: tuple[str, ...]
    via: tuple[str, ...]
    sender_firm: str | None
    recipient_firm: str | None
    since: dt.date | None
    until: dt.date | None
    window: str = field(default="")

    @property
    def counted(self) -> str:
        """The measure whose figure answers: records where only existence is asked."""
        return "records" if self.measure in ("exists", "ceased") else self.measure

    @property
    def key(self) -> tuple[object, ...]:
        """Two claims with one key are answered by one figure."""
        return (self.counted, self.scope, self.sender, self.recipient, self.via, self.sender_firm, self.recipient_firm, self.since, self.until)  # fmt: skip


@dataclass(frozen=True)
class Refusal:
    """A claim the records cannot test, and why."""

    claim: dict[str, Any]
    reason: str
    scope: str = ""


def _codes(name: str | None) -> tuple[tuple[str, ...], str | None]:
    """(countries, firm) of a party slot: "Russia and Ukraine" is two countries, "DJI" a firm."""
    if not name:
        return (), None
    table = {k.casefold(): v for k, v in press_tables.country_codes().items()}
    parts = [p.strip() for p in re.split(r",| and ", name) if p.strip()]
    found = [table.get(p.casefold()) for p in parts]
    if all(found):
        return tuple(c for c in found if c), None
    return (), name


def scopes(claim: dict[str, Any], families: frozenset[str]) -> list[Scope] | str:
    """The ways to read the goods of a claim with the families of the case; a reason in words where there is none."""
    words = (claim["goods"] or "").strip()
    kind = group(words) if words else ""
    maker = claim["supplier"] if claim["supplier"] in press_tables.makers() else None
    model = claim["model"]
    drone, part = ("drone" in families), ("drone_part" in families)
    if model and (not words or kind in ("drone", "part")):
        return [Scope(f"model {model}", tuple(sorted(families)), model=model)]
    if kind == "drone" and drone:
        if re.search(r"(?i)\b(?:parts?|components?)\b", words) and part:
            return [Scope("drones and parts", ("drone", "drone_part"), maker)]
        found = [Scope("drones alone", ("drone",), maker)]
        return [*found, Scope("drones and parts", ("drone", "drone_part"), maker)] if part else found
    if kind == "part" and part:
        return [Scope("drone parts", ("drone_part",), maker)]
    if kind in ("electronics", "goods", "machine") and "chp" in families:
        return [Scope("Common High Priority goods", ("chp",), maker)]
    own = [f for f in sorted(families) if f and any(w in f.casefold() for w in re.findall(r"\w{4,}", words.casefold()))]
    if own:
        return [Scope(", ".join(own), tuple(own), maker)]
    if maker and words.casefold() in _ANY_GOODS:
        return [Scope(f"watched goods of {maker}", tuple(sorted(families)), maker)]
    if not words or words.casefold() in _ANY_GOODS:
        return "the claim does not say which goods"
    return f"the claim speaks of {words}, which this case does not watch"


def _figures(claim: dict[str, Any]) -> list[tuple[str, Interval, str]] | str:
    """(measure, interval, words) for each figure of a claim that a record can answer."""
    out: list[tuple[str, Interval, str]] = []
    quantity, value = nested(claim, "quantity"), nested(claim, "value")
    lost = []
    stated = interval(value)
    if stated and value["currency"] == "USD":
        out.append(("value_usd", stated, value["raw"]))
    elif stated:
        lost.append(f"{value['raw']} is no amount in US dollars")
    stated = interval(quantity)
    if stated and quantity.get("per"):
        lost.append(f"{quantity['raw']} is a rate, not a total")
    elif stated:
        unit = (quantity.get("unit") or "").casefold()
        weight = {"kg": 1.0, "ton": 1000.0, "tons": 1000.0, "tonne": 1000.0, "tonnes": 1000.0}.get(unit)
        if weight:
            high = None if stated.high is None else stated.high * weight
            out.append(("net_kg", Interval(stated.low * weight, high, stated.assumed), quantity["raw"]))
        else:
            out.append(("quantity", stated, quantity["raw"]))
    for count in nested(claim, "counts") or []:
        stated = interval(count)
        noun = count.get("noun") or ""
        for pattern, measure in ((_FIRMS, "exporters"), (_BUYERS, "importers"), (_BRANDS, "brands"), (_TYPES, "models"), (_LOTS, "records")):  # fmt: skip
            if stated and pattern.search(noun):
                out.append((measure, stated, count["raw"]))
                break
    return out or ("; ".join(lost) if lost else [])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text and re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None


def questions(claim: dict[str, Any], families: frozenset[str]) -> list[Question | Refusal]:
    """What one claim asks of the records; a refusal with its reason where it asks nothing they can answer."""
    if claim["section"] == "related_link":
        return [Refusal(claim, "a teaser of another article")]
    if claim["kind"] in SILENT:
        return [Refusal(claim, SILENT[claim["kind"]])]
    denied = claim["polarity"] == "denied" or claim["kind"] == "denial"
    if claim["stage"] in _NOT_YET and not denied:
        return [Refusal(claim, f"the deal is said to be {claim['stage'].replace('_', ' ')}; a record shows only what crossed a border")]  # fmt: skip
    found = scopes(claim, families)
    if isinstance(found, str):
        return [Refusal(claim, found)]
    senders, sender_firm = _codes(claim["supplier"])
    recipients, recipient_firm = _codes(claim["recipient"])
    if not (senders or sender_firm or recipients or recipient_firm):
        return [Refusal(claim, "the claim names neither sender nor recipient")]
    if len(senders) > 1:
        return [Refusal(claim, "the claim names several senders at once")]
    if sender_firm in press_tables.makers() and any(s.brand for s in found):
        sender_firm = None  # a maker's goods count whoever sent them: the brand stands in the scope
    figures = _figures(claim)
    if isinstance(figures, str):
        return [Refusal(claim, figures)]
    time = nested(claim, "time") or {}
    since, until = _day(time.get("start")), _day(time.get("end")) or claim["ref_date"]
    window = time.get("raw") or "no time stated: everything up to the publication date"
    if claim["stage"] == "ceased":
        figures = [("ceased", Interval(0, 0), "no more shipments")]
    elif not figures or denied:
        figures = [("exists", Interval(1, None), "any shipment")]
    via = tuple(sorted({c for v in nested(claim, "via") or [] for c in _codes(v)[0]}))
    return [
        Question(claim, measure, stated, raw, scope, senders[0] if senders else None, recipients, via, sender_firm, recipient_firm, since, until, window)
        for scope in found
        for measure, stated, raw in figures
    ]  # fmt: skip
