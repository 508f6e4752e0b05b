"""What the values of a column look like: shares of dates, numbers, codes, countries, units, firms, in a sample."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from enduse.intake.values import dates, numbers
from enduse.intake.values.empties import empty
from enduse.reference import countries, currencies, units

LOOKED_AT = 120  # filled cells of a column, evenly spread over the sample

_UUID = re.compile(r"^\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?$", re.IGNORECASE)
_HS = re.compile(r"^\d{4}(?:[. ]?\d{2}){0,4}\.?\d{0,3}\*?$")
_CONTAINER = re.compile(r"^[A-Z]{3}[UJZ]\d{7}$")
_INTEGER = re.compile(r"^[+]?\d{1,9}(?:\.0)?$")
_FIRM = re.compile(
    r"\b(?:llc|l\.l\.c|ltd|limited|llp|inc|incorporated|corp|corporation|co|company|gmbh|ag|bv|b\.v|nv|oy|ab|as|a\.s|s\.a|sa|sas|srl|s\.r\.l|s\.p\.a|spa|sl|s\.l|ltda|eirl|"
    r"sac|cv|pvt|private|plc|pte|pty|fze|fzc|fzco|fze|ooo|oao|zao|pao|ao|too|tdo|chp|ip|mchj|sti|tic|san|sirketi|group|trading|industries|enterprises?|cong ty|jsc|ojsc|cjsc|pt|tbk|cia|"
    r"ооо|оао|зао|пао|ао|тоо|чп|ип|ооо|фоп|тов|общество|компания|товариство|приватбанк|жшс|şti|şirketi|công ty|doo|d\.o\.o|ou|sarl|kg)\b|有限公司|公司|株式会社|주식회사",
    re.IGNORECASE,
)
_TERMS = frozenset(
    "EXW FCA FAS FOB CFR CIF CPT CIP DAT DAP DPU DDP DAF DES DEQ DDU CNF C&F CIFFOB FOB1 INVOICE CUSTOMS STATISTICAL".split()
)
_FLOWS = frozenset(
    """import imports export exports i e m x im ex imp exp transit tr re-export re-import ввоз вывоз импорт экспорт им эк тр имп эксп ithalat ihracat nk xk 进口 出口 importacion exportacion
    importación exportación importação exportação ingreso salida 수입 수출 impor ekspor імпорт експорт 1 2 im4 ex1 ex3 im7 im5 m4 x1""".split()
)
_MODES = frozenset(
    """sea ocean maritime air road rail land truck vessel multimodal courier post mail pipeline water marine waterway inland river by air by sea by road by rail ship aircraft fixed own propulsion
    море морской морским авиа воздушный автомобильный авто железнодорожный жд ж/д автомобиль deniz hava kara karayolu denizyolu havayolu demiryolu maritimo marítima maritima aereo aérea terrestre carretera
    ferroviario aérien maritime routier 海运 空运 公路 铁路 水路运输 航空运输 公路运输 铁路运输 江海运输 해상 항공 laut udara darat đường biển đường không đường bộ""".split()
)

# Values of letters in ISO 6346: counted from 10, leaving out the multiples of 11.
_CHECK = dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [10, *range(12, 22), *range(23, 33), *range(34, 39)], strict=True),
)


def container_number(text: str) -> bool:
    """Whether a text is a container number with the right check digit (ISO 6346)."""
    plain = re.sub(r"[\s\-/]", "", text.upper())
    if not _CONTAINER.match(plain):
        return False
    total = sum((_CHECK[c] if c.isalpha() else int(c)) << i for i, c in enumerate(plain[:10]))
    return total % 11 % 10 == int(plain[10])


@dataclass(frozen=True)
class Profile:
    """Shares are of filled cells, 0 to 1. `rows` 0 means that there was no sample and values say nothing."""

    rows: int = 0
    filled: float = 0.0
    distinct: int = 0
    date: float = 0.0
    number: float = 0.0
    integer: float = 0.0
    zero: float = 0.0
    hs: float = 0.0
    digits: float = 0.0  # median number of digits of HS-like cells
    country: float = 0.0
    currency: float = 0.0
    unit: float = 0.0
    firm: float = 0.0
    terms: float = 0.0
    flow: float = 0.0
    mode: float = 0.0
    uuid: float = 0.0
    container: float = 0.0
    words: float = 0.0  # mean number of words
    length: float = 0.0  # mean number of characters
    values: tuple[str, ...] = ()


def _share(cells: Sequence[str], test: object) -> float:
    return sum(bool(test(c)) for c in cells) / len(cells) if cells and callable(test) else 0.0


def profile(cells: Sequence[str | None]) -> Profile:
    """The profile of one column from the cells of a sample. Proposal and side ask for the same ones: they are kept."""
    return _profile(tuple(cells))


@lru_cache(maxsize=128)
def _profile(cells: tuple[str | None, ...]) -> Profile:
    rows = len(cells)
    full = [c.strip() for c in cells if c is not None and not empty(c)]
    if not full:
        return Profile(rows=rows)
    some = full[:: max(1, len(full) // LOOKED_AT)][:LOOKED_AT]
    hs = [c for c in some if _HS.match(c.strip("'\"` ")) and 1 <= int(re.sub(r"\D", "", c)[:2] or 0) <= 99]
    lengths = sorted(len(re.sub(r"\D", "", c)) for c in hs)
    flat = [numbers.plain(c) for c in some]
    return Profile(
        rows=rows,
        filled=len(full) / rows,
        distinct=len(set(full)),
        date=_share(some, dates.looks_like),
        number=sum(f is not None for f in flat) / len(some),
        integer=_share(some, _INTEGER.match),
        zero=sum(f == 0 for f in flat if f is not None) / len(some),
        hs=len(hs) / len(some),
        digits=lengths[len(lengths) // 2] if lengths else 0,
        country=_share(some, lambda c: len(c) < 70 and countries.code(c) is not None),
        currency=_share(some, lambda c: len(c) < 40 and currencies.code(c) is not None),
        unit=_share(some, lambda c: len(c) < 40 and units.code(c) is not None),
        firm=_share(some, _FIRM.search),
        terms=_share(some, lambda c: c.upper().split()[0].strip("-,.") in _TERMS),
        flow=_share(some, lambda c: c.casefold() in _FLOWS or c.casefold().split()[0].strip("-:") in _FLOWS),
        mode=_share(some, lambda c: any(w.strip(",()") in _MODES for w in c.casefold().split())),
        uuid=_share(some, _UUID.match),
        container=_share(some, lambda c: container_number(re.split(r"[,;| ]", c)[0])),
        words=sum(len(c.split()) for c in some) / len(some),
        length=sum(map(len, some)) / len(some),
        values=tuple(some),
    )
