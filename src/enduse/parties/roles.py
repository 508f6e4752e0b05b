"""Firms that carry, clear or pay for goods: a consignee of that kind stands for somebody else."""

from __future__ import annotations

from functools import cache, lru_cache

from enduse.parties.text import HAN, plain, split
from enduse.reference.party_facts import role_words


@cache
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((role, tuple(split(phrase))) for role, phrase in role_words())


@lru_cache(maxsize=200_000)
def role(name: str) -> str:
    """`bank`, `forwarder` or empty, by the words of the name alone. A bank's word weighs more than a carrier's."""
    words = split(name)
    found = set()
    text = plain(name) if HAN.search(name) else ""
    for kind, phrase in _phrases():
        if len(phrase) == 1 and HAN.search(phrase[0]):
            if phrase[0] in text:
                found.add(kind)
        elif any(tuple(words[i : i + len(phrase)]) == phrase for i in range(len(words) - len(phrase) + 1)):
            found.add(kind)
    return "bank" if "bank" in found else "forwarder" if found else ""
