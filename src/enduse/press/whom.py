"""Who a slot means: "it", "the company", a neighbour's party; the claim that one carries on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from enduse.reference import press_tables as tables

from .actors import Actor
from .memory import REACH, Claim, Memory
from .speakers import Source
from .speech import Said
from .view import Draft

_COMPANY_WORDS = re.compile(
    r"(?i)\b(?:company|firm|manufacturer|maker|exporter|supplier|factory|group|importer|trader|plant|distributor|dealer|shipyard|producer)\b"
)


def joined(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def party_of(a: Actor | None, state: Memory, index: int) -> str | None:
    if a is None:
        return None
    if a.single and a.kind == "group":
        near = [f for f in state.firms.order if state.firms.country.get(f) == a.country]
        if len(near) == 1:
            return near[0]
        if not near and a.definite and a.country is not None:
            # "the Turkish company", and one firm whose home the text does not tell has been dealing: it is the one
            homeless = [
                f
                for f in dict.fromkeys(str(c[s]) for _, c in state.claims for s in ("supplier", "recipient"))
                if f in state.firms.order and f not in state.firms.country and not tables.makers().get(f)
            ]
            if len(homeless) == 1:
                return homeless[0]
    del index
    return a.name


def speaker_before(said: Sequence[Said], d: Draft) -> Source | None:
    """The speaker a pronoun of this clause may stand for: one named before it."""
    for x in said:
        if x.chain and x.start <= d.at < x.end and (not x.mask or x.mask[0][0] < d.at):
            return x.chain[-1]
    return None


def speaker_of(said: Sequence[Said], d: Draft) -> Source | None:
    for x in said:
        if x.chain and x.start <= d.at < x.end:
            return x.chain[-1]
    return None


def who_is(d: Draft, speaker: Source | None, before: Source | None, index: int, state: Memory) -> str | None:
    """Who "it", "the company" or "the country" is; also the speaker's own name where the clause names no subject."""
    word = d.subject_pronoun
    receiving = d.role in ("get", "order", "request", "use", "stock")
    if word and _COMPANY_WORDS.search(word):
        own = speaker.firm if speaker and speaker.firm else None
        if own:
            return state.firms.names.get(own, own)
        called = [f for f in state.firms.order if f.split()[-1].lower() == word.split()[-1]]
        if called:
            return called[-1]  # "the plant" after "Kama Mechanical Plant"
        if state.topic and state.topic[0] == index - 1 and state.topic[1] in state.firms.order:
            return state.topic[1]
        return next(
            (
                str(c["supplier"])
                for at, c in reversed(state.claims)
                if index - at <= 6 and c["supplier"] in state.firms.order
            ),
            state.firms.order[-1] if state.firms.order else None,
        )
    if word and word.endswith(("ministry", "government", "department", "cabinet")):
        return (
            state.country
            or state.ministry
            or _speaking_state(speaker)
            or _last(state, index, "recipient" if receiving else "supplier")
            or state.main
        )
    if word and word.endswith(("army", "military", "forces", "air force", "navy", "junta", "authorities", "regime")):
        return (
            _last(state, index, "recipient" if receiving else "supplier")
            or _last(state, index, "supplier" if receiving else "recipient")
            or state.country
            or state.ministry
            or state.main
        )
    if word and word.endswith("country"):
        return _last(state, index, "recipient") or _last(state, index, "supplier")
    if word == "we":
        if speaker and speaker.firm:
            return state.firms.names.get(speaker.firm, speaker.firm)
        return speaker.country if speaker and speaker.country else state.country
    if word in ("it", "they", "its", "he", "she"):
        speaker = before
        if speaker and speaker.firm:
            return state.firms.names.get(speaker.firm, speaker.firm)
        if speaker and speaker.country and speaker.type in ("government", "official"):
            return speaker.country
        if state.topic and state.topic[0] == index - 1 and word == "it":
            return state.topic[1]
        return _last(state, index, "recipient" if receiving else "supplier")
    if (
        word is None
        and speaker is not None
        and (d.supplier if not receiving else d.recipient) is None
        and not d.passive
        and d.bare
        and d.role in ("give", "get", "order", "noun_give")
    ):
        if speaker.type == "company":
            return state.firms.names.get(speaker.firm or "", speaker.firm)
        return speaker.country if speaker.type in ("government", "official") else None
    return None


def _speaking_state(speaker: Source | None) -> str | None:
    return speaker.country if speaker and speaker.type in ("government", "official") else None


def _last(state: Memory, index: int, slot: str) -> str | None:
    return next((c[slot] for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c[slot]), None)


def neighbour(state: Memory, index: int, supplier: str | None, recipient: str | None, d: Draft) -> Claim | None:
    """The claim this one carries on: within reach, sharing the party that is named here."""
    ahead = bool(state.claims) and state.claims[-1][0] > index  # a headline is read after its body
    for at, c in state.claims if ahead else reversed(state.claims):
        if not ahead and index - at > REACH:
            break
        if (
            c["kind"] == "production"
            and recipient is None
            and supplier
            and c["supplier"] not in (None, supplier)
            and d.role == "give"
            and not ahead
        ):
            return {**c, "recipient": c["supplier"], "supplier": supplier}  # "China supplies the engines": to who makes
        if (
            c["kind"] in ("production", "use", "stock")
            and c["recipient"] is None
            and d.role in _DEALS
            and _has_deal(state, index)
        ):
            continue  # a contract told of here is no matter of who makes or uses the goods
        if c["kind"] in ("restriction", "capability", "route", "component_origin"):
            continue
        shared = (
            supplier is None
            or supplier in (c["supplier"], c["recipient"])
            or ((d.role in ("noun_give", "give", "route") or d.kind == "supply") and c["recipient"] != supplier)
        ) and (recipient is None or recipient == c["recipient"])
        if shared and c["section"] == "body":
            return c
    return None


_DEALS = frozenset("give get order request noun_give noun_get noun_order".split())


def _has_deal(state: Memory, index: int) -> bool:
    return any(0 <= index - at <= REACH and c["kind"] in ("supply", "order", "route") for at, c in state.claims)
