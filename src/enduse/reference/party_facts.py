"""Loader of the tables about what stands beside a party's name: words of addresses, mail providers, roles, ownership rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

from enduse.reference.party_tables import lines


@cache
def address_words() -> frozenset[str]:
    """Words that addresses share (street, room, district ...), as the table spells them."""
    return frozenset(word for line in lines("address_words.tsv") for word in line.split())


@cache
def public_mail() -> frozenset[str]:
    """Domains where anybody gets a mailbox."""
    return frozenset(lines("public_mail.tsv"))


@cache
def role_words() -> tuple[tuple[str, str], ...]:
    """(role, phrase) of words that say a firm carries, stores or pays for goods instead of using them."""
    return tuple((row[0], row[1]) for row in (line.split("\t") for line in lines("role_words.tsv")))


@dataclass(frozen=True)
class OwnershipRule:
    """A dated rule by which a firm owned by listed ones counts as listed.

    `share` is the least share, reached by `meets` "at_least" or exceeded by "more_than"; with `aggregate` the shares of several
    listed owners add up. `lists` are beginnings of words in a list's name that the rule goes with; `checked` says how far.
    """

    rule_id: str
    title: str
    share: float
    meets: str
    aggregate: bool
    since: dt.date
    lists: tuple[str, ...]
    source: str
    checked: str

    def met(self, share: float) -> bool:
        return share > self.share + 1e-9 if self.meets == "more_than" else share >= self.share - 1e-9

    @property
    def label(self) -> str:
        return f"{self.title} ({self.since.isoformat()})"


@cache
def ownership_rules() -> tuple[OwnershipRule, ...]:
    """The rules in the order of the table; the first is the one used for a list that no rule names."""
    out = []
    for line in lines("ownership_rules.tsv"):
        row = line.split("\t")
        out.append(
            OwnershipRule(
                row[0], row[1], float(row[2]), row[3], row[4] == "yes", dt.date.fromisoformat(row[5]), tuple(row[6].split("|")), row[7], row[8]
            )
        )  # fmt: skip
    return tuple(out)
