"""Names with a registration number before them, as some exports write them."""

from __future__ import annotations

import re
from functools import lru_cache

# INN (10 or 12 digits) with or without KPP (9) before the name: Federal Tax Service order MMV-7-6/435 (29.06.2012) for the
# lengths. Kazakh BIN/IIN have 12, Uzbek STIR 9, Ukrainian EDRPOU 8 digits; these only with a label or a separator.
_RU = re.compile(
    r"^\s*(?:ИНН\s*:?\s*|INN\s*:?\s*)?(\d{10}|\d{12})(?:\s*/\s*|\s+)(?:(?:КПП\s*:?\s*|KPP\s*:?\s*)?(\d{9})\s+)?(?=\D{3})",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\s*(ИНН|БИН|ИИН|УНП|ЕДРПОУ|INN|BIN|IIN|UNP|EDRPOU|TIN|VAT|RUC|NIT|RUT|MST|IEC)\s*[:#№.]?\s*([A-Z]{0,2}\d[\d\-./]{6,17})\s*[,;:\-]?\s+(?=\D{3})",
    re.IGNORECASE,
)
_WEIGHTS_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_WEIGHTS_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_WEIGHTS_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def inn(digits: str) -> bool:
    """Whether digits are a Russian tax number with right check digits (10 for firms, 12 for persons)."""

    def check(weights: tuple[int, ...]) -> int:
        return sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11 % 10

    if len(digits) == 10:
        return check(_WEIGHTS_10) == int(digits[9])
    return len(digits) == 12 and check(_WEIGHTS_11) == int(digits[10]) and check(_WEIGHTS_12) == int(digits[11])


@lru_cache(maxsize=65_536)
def split_id(text: str) -> tuple[str, str] | None:
    """(identifier, name) where a name cell begins with a registration number; None where it does not."""
    hit = _RU.match(text)
    if hit is not None and (inn(hit[1]) or hit[2]):
        return hit[1], text[hit.end() :].strip()
    hit = _LABELLED.match(text)
    if hit is not None:
        return hit[2], text[hit.end() :].strip(" ,;")
    return None
