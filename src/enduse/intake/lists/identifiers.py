"""Registration numbers of listed firms, persons and vessels, as `TYPE:number`.

A number whose type the list does not say is typed by its own check digits: INN and OGRN (Russian tax and state
registration numbers, orders of the Federal Tax Service), LEI (ISO 17442, ISO 7064 mod 97-10), USCC (GB 32100-2015)
and IMO ship numbers (IMO resolution A.1117). Where none fits, the type is ID.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from operator import mul

_INN10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


def _control(digits: str, weights: tuple[int, ...]) -> int:
    total: int = sum(map(mul, map(int, digits), weights))
    return total % 11 % 10


def is_inn(number: str) -> bool:
    """A Russian tax number: 10 digits of a firm or 12 of a person, with its control digits."""
    if not re.fullmatch("[0-9]{10}|[0-9]{12}", number):
        return False
    if len(number) == 10:
        return _control(number, _INN10) == int(number[9])
    return _control(number, _INN11) == int(number[10]) and _control(number, _INN12) == int(number[11])


def is_ogrn(number: str) -> bool:
    """A Russian state registration number: 13 digits of a firm or 15 of a sole trader."""
    if not re.fullmatch("[0-9]{13}|[0-9]{15}", number):
        return False
    return int(number[:-1]) % (len(number) - 2) % 10 == int(number[-1])


def is_lei(number: str) -> bool:
    """A legal entity identifier: 18 letters or digits and two check digits."""
    return (
        bool(re.fullmatch("[A-Z0-9]{18}[0-9]{2}", number)) and int("".join(str(int(c, 36)) for c in number)) % 97 == 1
    )


def is_uscc(number: str) -> bool:
    """A Chinese unified social credit code: 18 characters with check character."""
    if not re.fullmatch("[0-9A-HJ-NPQRTUWXY]{18}", number):
        return False
    total = sum(_USCC.index(c) * w for c, w in zip(number, _USCC_WEIGHTS, strict=False))
    return _USCC[(31 - total % 31) % 31] == number[17]


def is_imo(number: str) -> bool:
    """An IMO ship number: six digits and a check digit (numbers of ship OWNERS have another rule and fail it)."""
    return bool(re.fullmatch("[0-9]{7}", number)) and sum(
        int(d) * w for d, w in zip(number, range(7, 1, -1), strict=False)
    ) % 10 == int(number[6])


_SIGNS = re.compile("[^0-9A-Z]")
_PARTERS = re.compile("[;:]+")
# Which numbers with check digits a length allows, in the order they are tried.
_BY_LENGTH: dict[int, tuple[tuple[str, Callable[[str], bool]], ...]] = {
    10: (("INN", is_inn),), 12: (("INN", is_inn),), 13: (("OGRN", is_ogrn),), 15: (("OGRN", is_ogrn),), 18: (("USCC", is_uscc),), 20: (("LEI", is_lei),),
}  # fmt: skip


def typed(number: str, stated: str = "") -> str:
    """`TYPE:number`, by the type the list states (`stated`), else by the form of the number.

    A stated tax or registration number that bears the control digits of an INN, OGRN or USCC becomes that type, so
    that lists which name it differently meet.
    """
    upper = number.upper()
    bare = upper if upper.isascii() and upper.isalnum() else _SIGNS.sub("", upper)
    if bare.startswith("IMO") and re.fullmatch("IMO[0-9]{7}", bare):
        return f"IMO:{bare[3:]}"
    if stated in ("", "TAX", "REG", "ID"):
        for kind, fits in _BY_LENGTH.get(len(bare), ()):
            if fits(bare):
                return f"{kind}:{bare}"
    if stated == "IMO":
        return f"IMO:{re.sub('[^0-9]', '', number)}"
    if stated in ("", "TAX", "REG", "ID", "PASSPORT"):
        # Separators of the tables stay out of the number.
        return f"{stated or 'ID'}:{(_PARTERS.sub(' ', number) if ';' in number or ':' in number else number).strip()}"
    return f"{stated}:{bare}"


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """In order, each once, without empty ones."""
    return tuple(dict.fromkeys(i for i in items if i and not i.endswith(":")))
