"""How a claim is held: by an outlet, on records, by somebody, by a party to the deal, hedged or denied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enduse.reference import press_tables as tables

from .memory import Memory
from .speakers import Source

_PARTY_FREE = frozenset({"outlet", "agency", "data", "document", "expert"})


def _states(parties: Sequence[str | None], state: Memory) -> set[str]:
    """The parties named in two slots and the home states of those that are firms."""
    named = {n.strip() for p in parties if p for n in (p, *re.split(r",| and ", p))}
    homes = {tables.makers().get(p, ((), ""))[1] or state.firms.country.get(p) for p in named}
    return named | {h for h in homes if h}


_EXAMINED = re.compile(
    r"(?i)\b(?:UN|U\.N\.|United Nations|panel|committee|audit\w*|inspect\w*|parliament\w*|security council|monitors)\b"
)
# what a party does, and nobody else: it admits, it confirms
_ADMITTED = re.compile(r"(?i)(?:acknowledge|admit|concede|confirm)(?:s|d|ed|ted|ting|ing)?\Z")
_OUTSIDE = re.compile(
    r"(?i)\b(?:former|ex-|retired|media|press reports?|television|newspapers?|prosecutors?|lawmakers?|opposition|court|analysts?)\b|\bTV\b"
)
_DEALS_OF_TWO = frozenset({"supply", "order", "request", "route"})
_REPORT = re.compile(r"(?i)(?:(?!by\b|of\b|from\b|that\b)[\w'-]+\s){0,4}reports?\b")


def stance_of(
    chain: tuple[Source, ...],
    supplier: str | None,
    recipient: str | None,
    state: Memory,
    *,
    denied: bool,
    hedge: str | None,
    passive: str | None,
    kind: str,
) -> str:
    if denied:
        return "denied"
    root = chain[-1]
    if hedge:
        return "hedged"
    if len(chain) == 1 and state.country and not passive and state.country in _states((supplier, recipient), state):
        return (
            "party_confirmed"  # the text is the party's own statement, or that of the government of a firm that is one
        )
    if len(chain) == 1:
        return "alleged" if passive else "outlet_asserted"
    if root.type == "document" and _REPORT.match(root.name) and not _EXAMINED.search(root.name):
        return "alleged"  # a report is what its authors say, not a record of the deal
    if root.type in {"data", "document"}:
        return "documented"
    if root.type.split("+")[0] in _PARTY_FREE or root.type == "anonymous":
        return "alleged"
    if any(x.type.endswith("anonymous") for x in chain[1:-1]):
        return "alleged"  # what a person nobody knows tells of a party is not that party's word
    parties = {p for p in (supplier, recipient) if p}
    parties |= {n.strip() for p in parties for n in re.split(r",| and ", p)}
    home = {tables.makers().get(p, ((), ""))[1] or state.firms.country.get(p) for p in parties} - {None, ""}
    if root.firm and (state.firms.names.get(root.firm, root.firm) in parties or root.firm in parties):
        return "party_confirmed"
    own_state = root.country is None and re.search(
        r"(?i)\b(?:minister\b(?!'s| of the)|ministry|ministries|president\b|army\Z|government\Z)",
        root.name,
    )
    if (
        own_state
        and len(parties) > 0
        and kind in ("supply", "order", "restriction", "request", "production", "route", "use", "stock")
    ):
        return "party_confirmed"
    if _OUTSIDE.search(root.name) or (root.cue or "").startswith("accus"):
        return "alleged"  # the press of a state, one who has left office, one who accuses: no party's word
    if root.country in parties | home and root.country and root.type.split("+")[0] in ("government", "official"):
        return "party_confirmed"
    if root.type == "company" and root.country in home and root.firm is None:
        return "party_confirmed"
    if (
        root.country is None
        and root.cue
        and _ADMITTED.fullmatch(root.cue)
        and root.type in ("official", "government", "company")
        and kind in _DEALS_OF_TWO
    ):
        return "party_confirmed"
    if root.type == "company" and root.firm:
        firm = state.firms.names.get(root.firm, root.firm)
        at_home = state.firms.country.get(firm) or tables.makers().get(firm, ((), ""))[1]
        if at_home and at_home in (supplier, recipient):
            return "party_confirmed"  # its state stands in its slot
        if (supplier is None) != (recipient is None) and kind in _DEALS_OF_TWO:
            return "party_confirmed"  # a firm that speaks of a deal with one side unnamed is that side
    return "alleged"
