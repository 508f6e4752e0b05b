"""What is declared with two names: registration numbers and countries. Weights are set by hand.

Numbers decide: an equal one outweighs any difference of names, a different one of the same type any likeness of names. A country tilts.
Addresses, contacts and trading partners are weighed for uncertain pairs only (`beside`), where their rows are at hand.
"""

from __future__ import annotations

from enduse.parties.identify import ODD, number_of
from enduse.parties.name import Name

NUMBER = 8.0  # log-odds for an equal registration number, and against different ones of one type
COUNTRY, ABROAD = 0.5, -0.8


def identifiers(a: Name, b: Name) -> tuple[bool, bool]:
    """(an identifier is equal, identifiers of one type differ)."""
    if not a.identifiers or not b.identifiers:
        return False, False
    if {number_of(i) for i in a.identifiers} & {number_of(i) for i in b.identifiers}:
        return True, False
    ours, theirs = ({i.partition(":")[0] for i in n.identifiers} for n in (a, b))
    return False, bool((ours & theirs) - {"ID", ODD}) or (
        ours == theirs == {"ID"} and bool(a.country) and a.country == b.country
    )


def same_identifier(a: Name, b: Name) -> bool:
    return identifiers(a, b)[0]


def same_country(a: Name, b: Name) -> bool | None:
    """Whether two parties share a country; None where one declares none."""
    if not a.country or not b.country:
        return None
    return bool(set(a.country.split(";")) & set(b.country.split(";")))


def evidence(a: Name, b: Name) -> float:
    """Log-odds from numbers and countries."""
    odds = 0.0
    if a.identifiers and b.identifiers:
        same, clash = identifiers(a, b)
        odds += NUMBER if same else -NUMBER if clash else 0.0
    if a.country and b.country:
        odds += COUNTRY if same_country(a, b) else ABROAD
    return odds
