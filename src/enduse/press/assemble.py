"""From one proposition to one claim: parties over pronouns and neighbours, kind, stage, goods, time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from . import goods, stages
from .articles import Sentence
from .assign import counted_at
from .chains import chain_of
from .figures import Figure
from .intervals import Interval
from .memory import REACH, Claim, Memory
from .record import make
from .seats import place
from .slots import denial_over, doubt_over, figures_of, same_goods, time_of, untrue
from .speech import Said
from .view import Draft, View
from .whom import joined, neighbour, party_of, speaker_before, speaker_of, who_is


def _pronominal(d: Draft) -> bool:
    a = d.args
    about = () if a is None else a.agent if d.moved and not a.passive else a.patient
    return bool(about) and all(n.low in _PRONOUNS for n in about)


_PRONOUNS = frozenset(
    "they them it these those none some most many all half both two-thirds rest remainder others".split()
)


def _takes_up(d: Draft, here: Claim, supplier: str | None, recipient: str | None) -> bool:
    """True where a proposition goes on with the one before it in its sentence: one party the same, or goods that are only "them"."""
    if (supplier is not None and supplier == here["supplier"]) or (
        recipient is not None and recipient == here["recipient"]
    ):
        return True
    a = d.args
    about = (*a.patient, *(a.agent if d.moved else ())) if a is not None else ()
    them = any(n.low in ("they", "them", "it", "which", "these", "those") for n in about)
    return them and (
        (recipient is None and supplier != here["recipient"] and here["supplier"] is None)
        or (supplier is None and recipient != here["supplier"])
    )


_NOT_SINCE = re.compile(
    r"(?i)\b(?:ha(?:s|ve|d) not|haven't|hasn't|not been)\b[^.;]{0,90}\bsince (?:(?:early|late|mid-?|the|its|their|\d{1,2}) ?)*(?:\d{4}|[A-Z]\w+|invasion|start|outbreak|beginning|war)"
)
_ONWARD = re.compile(r"(?i)\b(?:from (?:there|where)|(?:went|go|goes|sent|passed|moved) on|onward)\b")


def claim_of(
    name: str,
    text: str,
    s: Sentence,
    view: View,
    d: Draft,
    measured: list[Figure],
    when: Sequence[Interval],
    said: Sequence[Said],
    denying: Sequence[Any],
    index: int,
    state: Memory,
    already: Sequence[Claim],
) -> Claim | None:
    supplier, recipient = party_of(d.supplier, state, index), party_of(d.recipient, state, index)
    if d.more_suppliers and supplier:
        supplier = joined([supplier, *(str(party_of(a, state, index)) for a in d.more_suppliers)])
    if d.more_recipients and recipient and d.kind != "use":
        recipient = joined([recipient, *(str(party_of(a, state, index)) for a in d.more_recipients)])
    speaker = speaker_of(said, d)
    who = who_is(d, speaker, speaker_before(said, d), index, state)
    receiving = d.role in ("get", "order", "request", "use", "stock")
    if d.both and (
        told := next(
            (c for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c["supplier"] and c["recipient"]),
            None,
        )
    ):
        supplier, recipient = told["supplier"], told["recipient"]
    if d.pair:
        before = next(
            (
                c
                for at, c in reversed(state.claims)
                if index - at <= REACH and {supplier, recipient} <= {c["supplier"], c["recipient"]}
            ),
            None,
        )
        if before:
            supplier, recipient = before["supplier"], before["recipient"]
    if d.helped:
        recipient = recipient or who
        supplier = (
            supplier
            or next((c["supplier"] for at, c in reversed(state.claims) if at == index), None)
            or next((c["supplier"] for c in already), None)
        )
    elif who:
        if receiving and recipient is None:
            recipient = who if who != supplier else None
        elif not receiving and supplier is None and not d.passive:
            supplier = who if who != recipient else None
    if (
        supplier is None
        and d.role == "noun_give"
        and speaker
        and speaker.type == "data"
        and speaker.country != recipient
    ):
        supplier = speaker.country
    if supplier is None and d.role == "restrict" and state.country:
        supplier = state.country
    if d.role == "noun_order" and recipient is None and state.country and supplier != state.country:
        recipient = state.country
    if supplier is None and d.own_goods:
        owner = (speaker and (state.firms.names.get(speaker.firm or "") or speaker.firm or speaker.country)) or None
        supplier = owner if owner != recipient else None
    if supplier is None and d.kind == "capability" and speaker and speaker.type == "company":
        supplier = state.firms.names.get(speaker.firm or "", speaker.firm)
    generic = (
        d.found is not None
        or d.elliptic
        or d.thing is None
        or d.thing.generic
        or bool(
            re.search(
                r"(?i)\b(?:the|these|those|such|another|first|second|this|any)\s+(?:\w+\s)?\Z",
                view.text[max(view.start, d.thing.start - 24) : d.thing.start],
            )
        )
    )
    denied = denial_over(view, d, denying) or untrue(view, d)
    if supplier is None and (onward := _ONWARD.search(view.text[d.lead : d.to])) and d.role in ("give", "route"):
        # "from there the parts travel to Russia": who got them first now gives
        supplier = next(
            (c["recipient"] for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c["recipient"]), None
        )
        supplier = supplier if supplier != recipient else None
        d.kind = "route" if supplier and onward else d.kind
    if supplier is None and denied:
        # who denies it is the one said to give
        at = min((h.start for h in denying), default=0)
        who_denies = next((a for a in view.everyone if a.end <= at and a.kind in ("country", "company", "group")), None)
        said_to_give = (
            state.firms.names.get(speaker.firm, speaker.firm)
            if speaker and speaker.firm
            else party_of(who_denies, state, index)
        )
        supplier = said_to_give if said_to_give != recipient else None
    if supplier is None and d.args is not None and (d.moved or d.passive) and _pronominal(d):
        # "none of them reached Ukraine": whose goods they are was told before
        last = next(
            (
                c
                for at, c in reversed(state.claims)
                if 0 <= index - at <= REACH and c["supplier"] and c["kind"] in ("supply", "order")
            ),
            None,
        )
        supplier = last["supplier"] if last and last["supplier"] != recipient else None
    inherited = None
    if d.verb.endswith(" with") and recipient is None and supplier:
        seller = next(
            (c["supplier"] for at, c in reversed(state.claims) if 0 <= index - at <= REACH and c["supplier"]), None
        )
        if seller and seller != supplier and state.firms.country.get(seller) != supplier:
            supplier, recipient = seller, supplier
    if (
        d.role == "give"
        and recipient is None
        and supplier
        and re.search(r"(?i)\bin (?:exchange|return)\b(?! for)", view.text[s.start : s.end])
    ):
        recipient = next(
            (c["supplier"] for at, c in reversed(state.claims) if 0 <= index - at <= 2 and c["recipient"] == supplier),
            None,
        )
    if d.unnamed_recipient and recipient is None and supplier:
        # "has shipped oil to the hermit state": the other party of what was just told
        told = next(
            (
                c
                for at, c in reversed(state.claims)
                if 0 <= index - at <= REACH and supplier in (c["supplier"], c["recipient"])
            ),
            None,
        )
        if told:
            other = told["supplier"] if told["recipient"] == supplier else told["recipient"]
            recipient = other if other != supplier else None
    if d.role == "request" and supplier is None and recipient:
        # who gives now wants something in return from who gets
        supplier = next(
            (c["recipient"] for at, c in reversed(state.claims) if 0 <= index - at <= 2 and c["supplier"] == recipient),
            None,
        )
    if (supplier is None or recipient is None) and (
        generic
        or denied
        or d.negated
        or d.role in ("route", "order", "request", "noun_give", "noun_order", "get", "give", "origin")
    ):
        here = next((c for c in reversed(already) if c["kind"] in ("supply", "order")), None)
        taken_up = here is not None and d.args is not None and _takes_up(d, here, supplier, recipient)
        if ((supplier is None and recipient is None) or taken_up) and here is not None and s.section == "body":
            inherited = here  # "sales to Russia fell, while deliveries through Georgia rose": one trade, two ways
        else:
            inherited = neighbour(state, index, supplier, recipient, d)
        if inherited:
            supplier = supplier or (inherited["supplier"] if inherited["supplier"] != recipient else None)
            recipient = recipient or (
                inherited["recipient"]
                if inherited["recipient"] != supplier
                and d.role != "noun_order"
                and (
                    d.role not in ("origin", "produce", "restrict", "capability")
                    or (d.role == "origin" and d.kind == "supply")
                )
                else None
            )
    if supplier is None and d.role == "noun_give" and state.country and recipient != state.country:
        supplier = state.country
    if (
        d.role == "noun_order"
        and recipient is None
        and speaker
        and speaker.type in ("government", "official")
        and speaker.country != supplier
    ):
        recipient = speaker.country
    if d.included and inherited:
        d.stage, d.cues, d.kind = inherited["stage"], [d.verb], inherited["kind"]
        if re.search(r"(?i)\b(?:contract|order)\b", view.text[d.lead : d.at]):
            d.stage, d.kind = "ordered", "order"
        elif re.search(r"(?i)\b(?:deal|agreement)\b", view.text[d.lead : d.at]):
            d.stage, d.kind = "agreed", "order"
    if supplier is None and recipient is None and d.found is None:
        return None
    if supplier is not None and supplier == recipient and not d.helped:
        if d.found is None:
            return None
        recipient = None
    chain, passive = chain_of(said, d, s, index, state, view, counted=bool(measured))
    quantity, value, counts = figures_of(view, d, measured)
    kind, stage, cues = d.kind, d.stage, list(d.cues)
    negated = d.negated and d.role in (
        "give",
        "get",
        "use",
        "order",
        "noun_give",
        "noun_get",
        "noun_order",
        "origin",
        "produce",
        "route",
    )
    clause = view.text[max(view.start, d.at - 24) : d.end]
    if negated and not denied and _NOT_SINCE.search(clause) and not re.search(r"(?i)\b(?:any|a single|one)\b", clause):
        negated, stage, cues = False, "ceased", ["not", "since"]  # "we have not sold into Russia since February 2022"
    if denied or negated:
        kind, stage = "denial", "n/a"
        cues = [denied] if denied else ["not"]
    money = [f for f in measured if f.money]
    span = time_of(view, d, when, money[0].end if money and not quantity else counted_at(d, measured, quantity))
    model = next((view.text[a:b] for a, b in view.models if d.lead <= a < d.end), None)
    thing = goods.with_parts(view.text, d.thing, view.things) if d.thing else None
    if (
        thing is None
        and model
        and not d.elliptic
        and d.role in ("give", "get", "order", "request", "noun_give", "noun_get", "noun_order")
    ):
        thing = model
    if thing is None and inherited and not denied:
        thing = inherited["goods"]
    meant = same_goods(view, d, state, index)
    if meant is not None:
        thing = meant["goods"]
    hedge = next(
        (
            h
            for h in stages.find(
                "hedge",
                view.text,
                [w for w in view.words if d.lead <= w.start < (d.end if d.kind == "route" else d.to + 12)],
            )
        ),
        None,
    )
    doubt = doubt_over(view, d)
    if doubt and stage == "planned" and doubt != "?":
        stage = "under_consideration"
    if kind == "production" and stage == "unspecified" and recipient is None:
        stage = "n/a"
    record = make(
        name, text, s, state, kind=kind, supplier=supplier, recipient=recipient, via=[a.name for a in d.via if a.name not in (supplier, recipient)],
        goods_=thing, model=model, quantity=quantity, value=value, counts=counts, time=span, stage=stage, cues=cues, chain=chain,
        passive=passive, denied=bool(denied or negated), hedge=view.text[hedge.start : hedge.end] if hedge and d.role not in ("restrict", "stock", "capability") else doubt, at=d.at,
    )  # fmt: skip
    if view.parse is not None:
        record["_place"] = place(view, d, state, index)
    if d.found is not None:
        record["_found"] = True
        record["cues"] = [*(record["cues"] or ()), f"found by likeness to annotated articles, p {d.found:.2f}"]
    record["_group"] = meant["_group"] if meant else d.thing.group if d.thing else (inherited or {}).get("_group")
    if thing and " and " in thing and record["_group"] == "part":
        record["_group"] = "drone"  # "drones and drone parts" is told of the drones too
    return record
