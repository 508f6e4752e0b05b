"""What the columns of a statistics file are: from the words of the header to roles and measures.

A long file has one measure of each kind and a flow column or none; a wide one has a column for each flow or each period.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from enduse.intake.values import dates
from enduse.reference import countries

Measure = Literal["value", "value_cif", "value_fob", "net_kg", "quantity", "observed"]

# Header words, folded and without spaces, to roles. Several roles may hold the same fact: the reader takes the better filled.
ROLES: dict[str, str] = {
    word: role
    for role, words in {
        "reporter_iso": "reporteriso reporteriso3 reporteriso2 declarantiso riso rtiso3",
        "reporter_name": "reporter reporterdesc reportername declarant reportingcountry reportername2 rttitle страна-отчитывающаяся",
        "reporter_code": "reportercode rtcode r reporterid",
        "partner_iso": "partneriso partneriso3 partneriso2 piso ptiso3",
        "partner_name": "partner partnerdesc partnername partnercountry pttitle partnerru partneren counterpart bloc странапартнер партнер страна страныпартнеры паис pais pays land ülke ulke партнёр",
        "partner_code": "partnercode ptcode p partnerid",
        "country": "country countryname countrycode country_name område",
        "partner2": "partner2code 2ndpartnercode partner2iso 2ndpartneriso partner2desc 2ndpartner partner2 secondpartner",
        "exporter": "exporter exporteriso exporteriso3 i exportercode",
        "importer": "importer importeriso importeriso3 j importercode",
        "flow": "flow flowcode flowdesc tradeflow tradeflowcode tradecode rgcode rgdesc flowtype поток направление tradeflowdesc",
        "goods": "cmdcode commoditycode product productcode productnc hs6 hs4 hs2 hscode hs cn8 cn tnved тнвэд кодтнвэд k commodity4 hs8 hs10 code productcncode",
        "goods_group": "broadgroup commoditygroup productgroup group",
        "level": "aggrlevel aggregatelevel level",
        "classification": "classificationcode classification clcode",
        "year": "year refyear yr t год jahr annee año ano yıl yil",
        "month": "refmonth monthno месяц mes mois monat ay mês",
        "period": "period timeperiod date time yearmonth refperiod periodo период yyyymm month_year",
        "month_or_period": "month",
        "freq": "freq freqcode frequency",
        "mode": "motcode modeoftransportcode motdesc modeoftransport mot transportmode",
        "customs": "customscode customsproccode customs customsdesc customsprocedure",
        "procedure": "statprocedure statregime statisticalprocedure statisticalregime",
        "unit": "qtyunitabbr qtyunit unit supplementaryunit suppunit qtyunitcode",
        "currency": "currency",
        "indicator": "indicators indicator measure",
        "estimated": "isqtyestimated isnetwgtestimated isestimated estimated legacyestimationflag",
        "flag": "obsflag flag flags conf",
    }.items()
    for word in words.split()
}
IGNORED = frozenset(
    """typecode refperiodid perioddesc commodity commoditydesc cmddesc isleaf isleafcode mosdesc moscode altqty altqtyunitcode altqtyunitabbr
    isaltqtyestimated isgrosswgtestimated isreported isaggregate isoriginalclassification classificationsearchcode dataset dataflow lastupdate
    productsitc productcpa productbec tradetype description desc productdesc qtyunit2 altqtyunit altquantity elapsedtime row grosswgt grossweightkg grossweight""".split()
)
_VALUE = {
    "value", "tradevalue", "primaryvalue", "tradevalueus", "valueusd", "valueeur", "v", "tradevalueusd", "customsvalue", "сумма", "стоимость",
    "valueineuros", "valueineur", "valuekusd", "valuekeur", "amount", "tradevalue1000usd", "valor", "valeur", "wert",
}  # fmt: skip
_SCALES = ((r"^k(usd|eur)$|^(thousand|thous|ths|тыс|тысяч|000|1000|1000usd|thsd|kusd|keur|k)$", 1000), (r"^(mln|million|millions|млн|mn|mio)$", 1_000_000))  # fmt: skip
_FLOWS = {
    "export": "export", "exports": "export", "экспорт": "export", "x": "export", "import": "import", "imports": "import", "импорт": "import",
    "m": "import", "reexports": "re-export", "reexport": "re-export", "rx": "re-export", "реэкспорт": "re-export", "reimports": "re-import",
    "reimport": "re-import", "rm": "re-import", "реимпорт": "re-import", "dx": "domestic-export", "exportação": "export", "exportaciones": "export",
    "importaciones": "import", "ihracat": "export", "ithalat": "import",
}  # fmt: skip
_FIRMS = re.compile(
    r"consignee|consignor|shipper|declar(?:ation|ant_name)|bill|invoice|importer_name|exporter_name|company|firm|address|edrpou|\binn\b|container|vessel"
)


def words(header: str) -> tuple[str, ...]:
    """The words of a column name: camel case, underlines, brackets and signs parted."""
    plain = re.sub(
        r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", header.replace("US$", " usd ").replace("$", " usd ").replace("€", " eur ")
    )
    return tuple(w for w in re.split(r"[^0-9a-zа-яёіїєґüöäçğış]+", countries.fold(plain)) if w)


@dataclass(frozen=True)
class Slot:
    """One column that holds figures. `period`, `flow` and `rule` are what its header says, where it does."""

    column: str  # SQL
    measure: Measure
    flow: str | None = None
    rule: str | None = None
    period: str | None = None
    scale: int = 1
    currency: str | None = None
    estimated: bool = False


@dataclass(frozen=True)
class Layout:
    """Roles to SQL expressions over the raw row, columns of figures, what is left and what was passed over."""

    roles: dict[str, tuple[str, ...]]
    slots: tuple[Slot, ...]
    rest: tuple[str, ...]
    passed: tuple[str, ...]
    baci: bool = False

    @property
    def wide(self) -> bool:
        return any(s.flow or s.period for s in self.slots)

    def has(self, *names: str) -> bool:
        return any(n in self.roles for n in names)


def _scale(tokens: Sequence[str]) -> int:
    for pattern, scale in _SCALES:
        if any(re.match(pattern, t) for t in tokens):
            return scale
    return 1


def _currency(tokens: Sequence[str], joined: str) -> str | None:
    if re.search("usd|доллар|долл", joined) or "us" in tokens:
        return "USD"
    if re.search("eur|евро", joined):
        return "EUR"
    return None


def _weight(joined: str) -> int | None:
    """Kilograms in one unit of the column; None where it is no weight."""
    if "100kg" in joined:
        return 100
    if "altqty" in joined or "gross" in joined or "estimated" in joined:
        return None
    if (
        re.search(r"kg$|netwgt|netweight|quantityinkg|нетто|вес", joined)
        and "usd" not in joined
        and "eur" not in joined
    ):
        return 1000 if re.search("tonne|tons?$|тонн", joined) else 1
    if re.search("tonne|metricton|тонн", joined):
        return 1000
    return None


def measure(header: str, column: str) -> Slot | None:
    """The figures a column holds by its name, or None."""
    tokens = words(header)
    joined = "".join(tokens)
    if not tokens or re.search(
        "share|pct|percent|growth|index|ratio|rows?$|rank|change|turnover|оборот|unit|isqty|isnet|estimatedq|flag",
        joined,
    ):
        return None
    rule = (
        "origin" if "origin" in tokens else "consignment" if "consignment" in tokens or "dispatch" in tokens else None
    )
    merged = re.sub("re exports?", "reexports", " ".join(tokens)).split()
    flow = next((_FLOWS[t] for t in merged if t in _FLOWS and len(t) > 2), None) or (
        _FLOWS.get(merged[0]) if len(merged) == 1 else None
    )
    weight = _weight(joined)
    if joined == "obsvalue":
        return Slot(column, "observed")
    if weight is not None:
        return Slot(column, "net_kg", flow, rule, scale=weight)
    if joined == "q":
        return Slot(column, "net_kg", scale=1000)
    if joined in ("qty", "quantity", "supquantity", "supplementaryquantity", "количество"):
        return Slot(column, "quantity")
    if ("cif" in joined and "value" in joined) or joined == "cif":
        return Slot(column, "value_cif", flow, currency="USD" if "eur" not in joined else "EUR", scale=_scale(tokens))
    if ("fob" in joined and "value" in joined) or joined == "fob":
        return Slot(column, "value_fob", flow, currency="USD" if "eur" not in joined else "EUR", scale=_scale(tokens))
    currency = _currency(tokens, joined)
    if joined in ("tradevalue", "primaryvalue"):
        currency = currency or "USD"
    if joined == "v":
        return Slot(column, "value", scale=1000, currency="USD")
    if flow or joined in _VALUE or (currency and "value" in joined) or "стоимость" in joined:
        if flow and len(merged) == 1 and len(merged[0]) <= 2:
            currency = "USD"  # M, X and RX are flow codes of UN Comtrade, whose values are dollars
        return Slot(column, "value", flow, rule, None, _scale(tokens), currency, "estimated" in tokens)
    return None


def period_of(header: str) -> str | None:
    """A column that is a period (`2021`, `2021-03`, `2021M03`, `Jan 2021`): its text, else None."""
    plain = (
        header.strip().strip("Y").replace("M", "-")
        if re.match(r"^Y?\d{4}M?\d*\s*$", header.strip())
        else header.strip()
    )
    if re.match(r"^(19|20)\d\d$", plain):
        return plain
    read = dates.parse(plain) if re.search(r"(19|20)\d\d", plain) and len(plain) <= 12 else None
    return read[0].isoformat()[:7] if read is not None and read[1] == "month" else None


def _keys(header: str, column: str) -> dict[str, str]:
    r"""The parts of the first column of an Eurostat TSV (`freq,reporter,...\TIME_PERIOD`)."""
    head = re.split(r"[\\/]", header)[0].split(",")
    return {part: f"trim(split_part({column}, ',', {place}))" for place, part in enumerate(head, 1)}


def read(columns: Sequence[str]) -> Layout:
    """Roles and figures of a header."""
    named: list[tuple[str, str]] = []
    for place, header in enumerate(columns, 1):
        column = f"r.c{place}"
        if "," in header and re.search(r"[\\/]\s*time", header, re.IGNORECASE):
            named += list(_keys(header, column).items())
        else:
            named.append((header, column))
    baci = [h.strip().casefold() for h, _ in named] == ["t", "i", "j", "k", "v", "q"]
    roles: dict[str, list[str]] = {}
    slots: list[Slot] = []
    rest: list[str] = []
    passed: list[str] = []
    for header, column in named:
        joined = "".join(words(header))
        period = period_of(header)
        role = ROLES.get(joined)
        if len(joined) == 1 and not baci and joined not in ("x", "m"):
            role = None
        slot = None if period or role else measure(header, column)
        if period:
            slots.append(Slot(column, "observed", period=period))
        elif role:
            roles.setdefault(role, []).append(column)
        elif slot:
            slots.append(slot)
        elif joined in IGNORED or not joined:
            continue
        elif re.search("turnover|оборот", joined):
            passed.append(header)
        else:
            rest.append(header)
    settled = _settle({k: tuple(v) for k, v in roles.items()})
    return Layout(settled, tuple(_one_value(slots)), tuple(rest), tuple(passed), baci)


def _settle(roles: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """`month` is a month of the year beside a year, a period without one; `country` is the side that is missing."""
    found = dict(roles)
    either = found.pop("month_or_period", ())
    if either and "period" not in found:
        found["month" if "year" in found else "period"] = either
    country = found.pop("country", ())
    if country:
        partner = any(k.startswith("partner_") for k in found)
        found["reporter_name" if partner else "partner_name"] = country
    if "period" in found:
        found.pop("year", None)
        found.pop("month", None)
    return found


def _one_value(slots: list[Slot]) -> list[Slot]:
    """Of several value columns of one flow in one currency the first counts; dollars go before other currencies."""
    best: dict[tuple[str, str | None, str | None, str | None], Slot] = {}
    for slot in slots:
        key = (slot.measure, slot.flow, slot.rule, slot.period)
        if key not in best or (slot.currency == "USD" and best[key].currency not in ("USD", None)):
            best[key] = slot
    return list(best.values())


def firms(columns: Sequence[str]) -> bool:
    """Whether the header has firms, papers or transport documents: then the file is of records, not of totals."""
    return any(_FIRMS.search(countries.fold(c)) for c in columns)
