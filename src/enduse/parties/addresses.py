"""Addresses and contacts as declared: what makes two of them one, in any order of words and either script."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from enduse.parties.text import HAN, fold, romanise, split
from enduse.reference.party_facts import address_words, public_mail

ALIKE = 0.5  # share of the fewer words that must be common
CROWDED = (
    20  # parties at one address from which it says nothing: an agent's, a business centre's, a registration office's
)
_NUMBER = re.compile(r"^([0-9]+)([a-zа-я]?)$")
_DIGITS = re.compile(r"([0-9]+)")
_HAN_CUT = re.compile(
    r"[路街道号室楼层栋座区市省镇村县]|大厦|工业园"
)  # 88号1203室: Chinese addresses run words and numbers together
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
_SITE = re.compile(r"(?:https?://|www\.)((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?:tel|phone|fax|mob|тел|факс|电话|传真)\w*[.:\s]*|\+)([0-9(][0-9()\s./-]{6,}[0-9])", re.IGNORECASE
)


class Address(NamedTuple):
    """`numbers` (house, room, postal code) and significant words, folded; two addresses of equal parts are one."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]


@lru_cache(maxsize=300_000)
def address(text: str) -> Address | None:
    """What tells the place, or None where too little is said to tell one place from another."""
    plain = _PHONE.sub(" ", _SITE.sub(" ", _MAIL.sub(" ", text)))
    if HAN.search(plain):
        plain = _HAN_CUT.sub(" ", _DIGITS.sub(r" \1 ", plain))
    idle = address_words()
    numbers: set[str] = set()
    words: set[str] = set()
    for word in split(plain):
        hit = _NUMBER.match(word)
        if hit:
            numbers.add((hit.group(1).lstrip("0") or "0") + romanise(hit.group(2)))
            continue
        folded = fold(romanise(word))
        if any(c.isdigit() for c in folded):
            numbers.add(folded)
        elif len(folded) > 2 and folded not in idle and word not in idle:
            words.add(folded)
    if not numbers or not words or len(numbers) + len(words) < 3:
        return None
    return Address(tuple(sorted(numbers)), tuple(sorted(words)))


def alike(a: Address, b: Address) -> bool:
    """Whether two addresses are one place: every number equal, and half of the words of the shorter one."""
    if a.numbers != b.numbers:
        return False
    common = len(set(a.words) & set(b.words))
    return common >= ALIKE * min(len(a.words), len(b.words)) and (len(a.numbers) > 1 or common > 1)


def places(addresses: Iterable[Address]) -> dict[Address, int]:
    """The number of the place of each address: those alike have one. Independent of the order given."""
    blocks: dict[tuple[str, ...], list[Address]] = defaultdict(list)
    for one in sorted(set(addresses)):
        blocks[one.numbers].append(one)
    out: dict[Address, int] = {}
    place = 0
    for _, some in sorted(blocks.items()):
        heads: list[tuple[Address, int]] = []
        for one in some:
            found = next((n for head, n in heads if alike(head, one)), None)
            if found is None:
                place += 1
                found = place
                heads.append((one, found))
            out[one] = found
    return out


@lru_cache(maxsize=300_000)
def contacts(text: str) -> frozenset[str]:
    """`phone:`, `mail:` and `site:` of a text, normalised. Domains of public mail providers are no sites."""
    out: set[str] = set()
    for hit in _MAIL.finditer(text):
        out.add("mail:" + hit.group(0).casefold())
        domain = hit.group(1).casefold()
        if domain not in public_mail():
            out.add("site:" + domain)
    for hit in _SITE.finditer(text):
        out.add("site:" + hit.group(1).casefold().removeprefix("www."))
    for hit in _PHONE.finditer(text):
        digits = re.sub(r"[^0-9]", "", hit.group(1))
        if 8 <= len(digits) <= 15 and len(set(digits)) > 2:
            out.add("phone:" + digits[-10:])  # the country code is often left out
    return frozenset(out)


def discount(crowd: int) -> float:
    """What an address tells where `crowd` names are declared at it: 1 for two of them, nothing from CROWDED on."""
    if crowd >= CROWDED:
        return 0.0
    return min(1.0, 2.0 / crowd) if crowd > 1 else 1.0
