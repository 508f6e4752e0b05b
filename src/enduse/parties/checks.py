"""Check digits and shapes of registration numbers: which number can be of which kind at all.

Sources of the methods: order of the Russian tax service MM-7-6/435 (INN), OGRN rules of the same service, GB 32100-2015 (USCC),
ISO 17442 with ISO 7064 (LEI), IMO resolution A.1117 (ship numbers), Kazakh rules on BIN and IIN, Ukrainian EDRPOU, Turkish VKN,
the member states' rules for VAT numbers of DE, PL and IT; of other countries the shape alone is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VAT = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}",
    "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}", "FR": r"[A-Z0-9]{2}\d{9}", "GB": r"\d{9}(?:\d{3})?", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"(?:\d{9}|\d{12})", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}",
    "NL": r"\d{9}B\d{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
}  # fmt: skip


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=False))


def inn(number: str) -> bool:
    """Russian taxpayer number: 10 digits of a firm, 12 of a person."""
    if not number.isdigit() or len(number) not in (10, 12):
        return False
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    if len(number) == 10:
        return _sum(number, weights[2:]) % 11 % 10 == int(number[9])
    first = _sum(number, weights[1:]) % 11 % 10 == int(number[10])
    return first and _sum(number, weights) % 11 % 10 == int(number[11])


def ogrn(number: str) -> bool:
    """Russian state registration number: 13 digits of a firm, 15 of an entrepreneur."""
    if not number.isdigit() or len(number) not in (13, 15) or number[0] not in ("1235" if len(number) == 13 else "34"):
        return False
    return int(number[:-1]) % (len(number) - 2) % 10 == int(number[-1])


def kpp(number: str) -> bool:
    """Russian reason code: a shape, no check digit; it names an office, not a firm."""
    return re.fullmatch(r"\d{4}[\dA-Z]{2}\d{3}", number) is not None


def bin_kz(number: str) -> bool:
    """Kazakh business or individual number of 12 digits."""
    if not number.isdigit() or len(number) != 12:
        return False
    left = _sum(number, tuple(range(1, 12))) % 11
    if left == 10:
        left = _sum(number, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return left == int(number[11])


def uscc(number: str) -> bool:
    """Chinese unified social credit code of 18 signs (base 31)."""
    if len(number) != 18 or any(c not in _USCC for c in number):
        return False
    total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
    return (31 - total % 31) % 31 == _USCC.index(number[17])


def lei(number: str) -> bool:
    """Legal Entity Identifier of 20 signs (modulo 97)."""
    if re.fullmatch(r"[0-9A-Z]{18}\d{2}", number) is None:
        return False
    return int("".join(str(int(c, 36)) for c in number)) % 97 == 1


def imo(number: str) -> bool:
    """Number of a ship: seven digits."""
    if not number.isdigit() or len(number) != 7:
        return False
    return _sum(number, (7, 6, 5, 4, 3, 2)) % 10 == int(number[6])


def edrpou(number: str) -> bool:
    """Ukrainian company code of 8 digits."""
    if not number.isdigit() or len(number) != 8:
        return False
    weights = (7, 1, 2, 3, 4, 5, 6) if 30_000_000 < int(number) < 60_000_000 else (1, 2, 3, 4, 5, 6, 7)
    left = _sum(number, weights) % 11
    if left == 10:
        left = _sum(number, tuple(w + 2 for w in weights)) % 11 % 10
    return left == int(number[7])


def vkn(number: str) -> bool:
    """Turkish tax number of 10 digits."""
    if not number.isdigit() or len(number) != 10:
        return False
    total = 0
    for i, digit in enumerate(number[:9]):
        step = (int(digit) + 9 - i) % 10
        total += 9 if step == 9 else step * 2 ** (9 - i) % 9
    return (10 - total % 10) % 10 == int(number[9])


def ein(number: str) -> bool:
    """US employer number of 9 digits: a shape, no check digit."""
    return re.fullmatch(r"(?!0[07-9]|[17]9|49|[278]9|96|97)\d{9}", number) is not None


def vat(number: str) -> bool:
    """VAT number with its country's two letters first: the shape, and the check digit of DE, PL and IT."""
    country, rest = number[:2], number[2:]
    shape = _VAT.get(country)
    if shape is None or re.fullmatch(shape, rest) is None:
        return False
    if country == "PL":
        return _sum(rest, (6, 5, 7, 2, 3, 4, 5, 6, 7)) % 11 == int(rest[9])
    if country == "IT":
        doubled = [int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(rest)]
        return sum(doubled) % 10 == 0
    if country == "DE":
        product = 10
        for digit in rest[:8]:
            product = 2 * ((int(digit) + product) % 10 or 10) % 11
        return (11 - product) % 10 == int(rest[8])
    return True


CHECKS: dict[str, Callable[[str], bool]] = {
    "INN": inn, "OGRN": ogrn, "KPP": kpp, "BIN": bin_kz, "USCC": uscc, "LEI": lei, "IMO": imo, "EDRPOU": edrpou, "VKN": vkn, "EIN": ein, "VAT": vat,
}  # fmt: skip
