"""Currency names, signs and codes as they stand in customs files, to ISO 4217.

Table `currencies.csv` (code, name, language, source): ISO 4217, Unicode CLDR 47 currency names in 22 languages, and forms
in use collected by hand. A name of two currencies ($, ¥, rupee, peso) is none: the file has to say which.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files

from .countries import key

_CODE = re.compile(r"(?<![A-Z])([A-Z]{3})(?![A-Z])")

# Central bank facts: the currency a country's own customs value is stated in.
HOME = {
    "RU": "RUB", "KZ": "KZT", "BY": "BYN", "KG": "KGS", "AM": "AMD", "UZ": "UZS", "UA": "UAH", "GE": "GEL", "AZ": "AZN", "TR": "TRY",
    "CN": "CNY", "IN": "INR", "PK": "PKR", "BD": "BDT", "LK": "LKR", "VN": "VND", "ID": "IDR", "MY": "MYR", "PH": "PHP", "TH": "THB",
    "KR": "KRW", "JP": "JPY", "NG": "NGN", "KE": "KES", "UG": "UGX", "TZ": "TZS", "RW": "RWF", "ET": "ETB", "BW": "BWP", "NA": "NAD",
    "LS": "LSL", "MW": "MWK", "ZM": "ZMW", "ZA": "ZAR", "GH": "GHS", "CI": "XOF", "SN": "XOF", "CM": "XAF", "MX": "MXN", "BR": "BRL",
    "AR": "ARS", "CL": "CLP", "CO": "COP", "PE": "PEN", "UY": "UYU", "PY": "PYG", "BO": "BOB", "DO": "DOP", "CR": "CRC", "GT": "GTQ",
    "DK": "DKK", "SE": "SEK", "NO": "NOK", "PL": "PLN", "CZ": "CZK", "HU": "HUF", "GB": "GBP", "CH": "CHF", "AE": "AED", "SA": "SAR",
    "EG": "EGP", "MA": "MAD", "TN": "TND", "MD": "MDL", "TJ": "TJS", "TM": "TMT", "MN": "MNT", "RS": "RSD", "NP": "NPR", "EC": "USD",
    "PA": "USD", "SV": "USD", "US": "USD", "ZW": "ZWL", "AO": "AOA", "MZ": "MZN", "CD": "CDF", "LR": "LRD", "MU": "MUR", "SC": "SCR",
}  # fmt: skip

RUPEES = frozenset({"INR", "PKR", "LKR", "NPR", "MUR", "SCR"})


def home(country: str | None, *, rupees: bool = False) -> str | None:
    """The currency a country states customs values in; with `rupees`, only where that is a rupee."""
    found = HOME.get(country or "")
    return found if not rupees or found in RUPEES else None


@cache
def table() -> tuple[tuple[str, str, str], ...]:
    """(code, name, language) in file order."""
    text = files(__package__).joinpath("currencies.csv").read_text(encoding="utf-8")
    return tuple((r["code"], r["name"], r["language"]) for r in csv.DictReader(text.splitlines()))


def _key(text: str) -> str:
    # Signs are words here: key() would throw them away.
    signs = "".join(f" {c} " if c in "$€₽₸₺₹£₩₫₴₼₾₦฿₱₪¥৳֏" else c for c in text)
    return " ".join(key(w) or w for w in signs.split())


@cache
def _lookup() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for code_, name, _ in table():
        found.setdefault(_key(name), set()).add(code_)
    codes = {c for c, _, _ in table()}
    return {k: next(iter(v)) for k, v in found.items() if len(v) == 1 and k} | {c.casefold(): c for c in codes}


@lru_cache(maxsize=65_536)
def code(text: str) -> str | None:
    """ISO 4217 code of a declared currency (name, sign, code or number), or None where it is unknown or ambiguous."""
    lookup = _lookup()
    plain = _key(text)
    if plain in lookup:
        return lookup[plain]
    squeezed = plain.replace(" ", "")
    if squeezed in lookup:
        return lookup[squeezed]
    if plain.isdigit() and plain.zfill(3) in lookup:
        return lookup[plain.zfill(3)]
    known = {lookup[m.casefold()] for m in _CODE.findall(text.upper()) if m.casefold() in lookup}
    return known.pop() if len(known) == 1 else None
