"""Countries as lists write them, as ISO 3166 alpha-2: codes, names, nationalities, several in one cell."""

from __future__ import annotations

import re
from functools import lru_cache

# Forms that no table of country names has, because they name a people and not a land.
_NATIONALITY = {
    "afghan": "AF", "american": "US", "us": "US", "usa": "US", "british": "GB", "belarusian": "BY", "chinese": "CN", "french": "FR", "german": "DE", "indian": "IN", "indonesian": "ID",
    "iranian": "IR", "iraqi": "IQ", "israeli": "IL", "italian": "IT", "kazakh": "KZ", "lebanese": "LB", "libyan": "LY", "malaysian": "MY", "malian": "ML", "moldovan": "MD", "north korean": "KP",
    "pakistani": "PK", "palestinian": "PS", "philippine": "PH", "filipino": "PH", "russian": "RU", "saudi": "SA", "saudi arabian": "SA", "serbian": "RS", "somali": "SO", "sudanese": "SD", "south sudanese": "SS",
    "syrian": "SY", "tunisian": "TN", "turkish": "TR", "ukrainian": "UA", "uzbek": "UZ", "venezuelan": "VE", "yemeni": "YE", "congolese": "CD", "burmese": "MM", "belgian": "BE", "swiss": "CH", "cuban": "CU",
    "egyptian": "EG", "algerian": "DZ", "moroccan": "MA", "jordanian": "JO", "nicaraguan": "NI", "myanmar": "MM", "bosnian": "BA", "georgian": "GE", "armenian": "AM", "azerbaijani": "AZ", "kyrgyz": "KG", "tajik": "TJ",
}  # fmt: skip


@lru_cache(maxsize=16_384)
def alpha2(text: str) -> str | None:
    """The country a text names, or None."""
    from enduse.reference import countries

    cleaned = " ".join(re.sub(r"\([^)]*\)", " ", text).split()).strip(" .,-\"'")
    return countries.code(cleaned) or _NATIONALITY.get(cleaned.casefold()) if cleaned else None


@lru_cache(maxsize=16_384)
def every(text: str) -> tuple[str, ...]:
    """All countries of a cell, in order: the whole, or its parts between `;`, `|`, line breaks, `and` and `,`."""
    whole = alpha2(text)
    if whole:
        return (whole,)
    parts = re.split(r"[;|\n]+|\band\b|[,/]", text)
    return tuple(dict.fromkeys(code for p in parts if (code := alpha2(p))))


_JSON_COUNTRY = re.compile(r'"country(?:_?code|Code)?"\s*:\s*"([^"]+)"')


@lru_cache(maxsize=16_384)
def of_addresses(text: str) -> tuple[str, ...]:
    """The countries of a cell of addresses: of each address parted by `;` its last part, where that is a country."""
    if text.startswith(("{", "[")):
        found = _JSON_COUNTRY.findall(text)
    else:
        found = [part.rpartition(",")[2].strip() for part in re.split(r"[;|\n]+", text)]
    return tuple(dict.fromkeys(code for f in found if 1 < len(f) <= 40 and (code := alpha2(f))))
