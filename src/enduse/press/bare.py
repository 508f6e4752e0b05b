"""Sentences without a trigger of their own that still speak of the deal before them: a denial, a party, its value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from enduse.reference import press_tables as tables

from .articles import Sentence
from .assign import COMPARED
from .chains import covering
from .figures import Figure
from .intervals import Interval
from .memory import REACH, Claim, Memory
from .record import make
from .slots import figures_of, named_party, time_of
from .speakers import Source
from .speech import Said
from .view import Draft, View
from .whom import party_of

# a sentence that only says how much the trade just told of came to
_CARRIES_ON = re.compile(
    r"(?i)[\"']?(?:they|it|this|that|these|the (?:total|figures?|value|volume|sum|amount|number|price|bill|trade|shipments?|exports|imports|deliveries|sales|purchases)|sales|shipments|exports|imports|deliveries|purchases)\s(?:\w+\s){0,3}?(?:hit|reached|rose|totall?ed|amounted|came to|stood at|climbed|jumped|doubled|tripled|fell|grew|(?:is|are|was|were) (?:around|about|some|nearly|roughly|almost|estimated|over|more|[$€£¥]\s?\d)|were worth|was worth|is worth|are worth|was put at|is put at|cost)\b"
)


# "The machines, used for barrels, were declared at $14.6 million"
_VALUED = re.compile(
    r"(?i)\b(?:worth|valued|declared|priced|invoiced|insured|cost|costs|went for|sold for|fetched|at a (?:total )?(?:value|price|cost))\b"
)
# "A second, for 300 more, followed in January"
_ANOTHER = re.compile(
    r"(?i)\W*(?:(?:a|the|an?other)\s)?(?:second|third|fourth|fifth|further|other|another|next|last|final|first|smaller|larger)\b[^.;]{0,60}?\b(?:followed|follows|came|arrived|was (?:signed|placed|agreed|made|concluded)|is due|are due|were (?:signed|placed)|will follow|went|left|is to follow)\b"
)


_STATE_BODY = re.compile(
    r"(?i)\bthe (?:junta|government|ministry|regime|military|army|authorities|presidency|foreign ministry|defen[cs]e ministry|cabinet)\b"
)


def carried_on(
    name: str,
    text: str,
    s: Sentence,
    view: View,
    measured: Sequence[Figure],
    when: Sequence[Interval],
    said: Sequence[Said],
    denying: Sequence[Any],
    index: int,
    state: Memory,
) -> list[Claim]:
    """Sentences with no trigger of their own that still speak of the deal before them: a denial, or its value."""
    previous = next(
        (
            c
            for at, c in reversed(state.claims)
            if index - at <= REACH and c["kind"] not in ("restriction", "capability", "component_origin")
        ),
        None,
    )
    if previous is None:
        return []
    deny = next(
        (h for h in denying if not re.search(r"(?i)\b(?:respond|reply|comment)", view.text[h.start : h.start + 60])),
        None,
    )
    if deny is not None:
        chain, passive = covering(said, deny.end, index, state, s, view)
        speaker = next((x for x in chain[1:] if x.type not in ("outlet", "agency")), None)
        if speaker is None:
            who = next(
                (a for a in view.everyone if a.kind in ("country", "company", "group") and a.start < deny.end), None
            ) or next((a for a in view.everyone if a.end <= deny.start), None)
            if who is None and (
                state.country or (state.ministry and _STATE_BODY.search(view.text[s.start : deny.start]))
            ):
                body = view.text[s.start : deny.start].strip(" ,") or state.own
                home = state.country or state.ministry
                speaker = Source(body, "government", view.text[deny.start : deny.end], country=home)
                chain = (chain[0], speaker) if not state.country else chain
            elif who is None and (m := _STATE_BODY.search(view.text[s.start : deny.start])):
                speaker = Source(
                    m.group(), "government", view.text[deny.start : deny.end], country=previous["supplier"]
                )
                chain = (chain[0], speaker)
            elif who is None:
                return []
        if speaker is None:
            assert who is not None  # noqa: S101 - returned above
            speaker = Source(
                view.text[who.start : deny.start].strip(" ,") if deny.start > who.start else who.name,
                "company" if who.kind == "company" else "government",
                view.text[deny.start : deny.end],
                country=who.country,
                firm=who.name if who.kind == "company" else None,
            )
            chain = (chain[0], speaker)
        fuller = next(
            (
                c
                for at, c in reversed(state.claims)
                if 0 <= index - at <= REACH
                and c["supplier"]
                and c["recipient"]
                and speaker.country in (c["supplier"], c["recipient"])
            ),
            None,
        )
        # a denial of claims answers what others claim, not what the outlet says itself
        if re.search(
            r"(?i)\b(?:claims?|allegations?|accusations?|reports?|story|stories|suggestions?|information)\b",
            view.text[deny.start : s.end],
        ):
            told = [
                c
                for at, c in state.claims
                if at < index
                and c["stance"] in ("alleged", "documented", "hedged")
                and c["kind"] not in ("restriction", "capability", "request", "denial", "use", "stock")
                and (speaker.country is None or speaker.country in (c["supplier"], c["recipient"]))
            ]
            often = Counter((c["supplier"], c["recipient"]) for c in told)
            previous = max(
                enumerate(told),
                key=lambda k: (often[(k[1]["supplier"], k[1]["recipient"])], k[0]),
                default=(0, previous),
            )[1]
        if fuller and not (previous["supplier"] and previous["recipient"]):
            previous = fuller
        if speaker.country and speaker.country not in named_with(previous):
            # who denies answers what was said of his own state, however far back
            own = next(
                (
                    c
                    for at, c in reversed(state.claims)
                    if c["kind"] in ("supply", "order", "route") and speaker.country in named_with(c) and at < index
                ),
                None,
            )
            previous = own or previous
        named = next(
            (a for a in view.everyone if a.country and a.country in (previous["supplier"], previous["recipient"])), None
        )
        if named is None and not (
            speaker.country in named_with(previous)
            or previous["supplier"] is None
            or speaker.firm
            or speaker.type == "company"
            or (speaker.country is None and speaker.type in ("official", "government"))
        ):
            return []
        quantity, value, counts = figures_of(view, Draft("give", "", s.start, s.start, s.start, s.end), list(measured))
        record = make(
            name, text, s, state, kind="denial", supplier=(speaker.firm and state.firms.names.get(speaker.firm)) or previous["supplier"] or (speaker.country if speaker.country != previous["recipient"] else None), recipient=previous["recipient"], via=[], goods_=previous["goods"], model=previous["model"],
            quantity=quantity, value=value, counts=counts, time=None, stage="n/a", cues=[view.text[deny.start : deny.end]], chain=chain, passive=passive, denied=True, hedge=None, at=deny.start,
        )  # fmt: skip
        record["_group"] = previous.get("_group")
        record["_answers"] = previous["independent_root_key"]
        return [record]
    if party := named_party(view):
        chain, passive = covering(said, s.start, index, state, s, view)
        if len(chain) == 1 and previous["_chain"]:
            chain = (chain[0], *(replace(x, explicit=False) for x in previous["_chain"][1:]))
        slot, who, word = party
        name_ = party_of(who, state, index)
        if name_ != previous["recipient" if slot == "supplier" else "supplier"]:
            record = make(
                name, text, s, state, kind=previous["kind"] if previous["kind"] != "denial" else "supply",
                supplier=name_ if slot == "supplier" else previous["supplier"], recipient=name_ if slot == "recipient" else previous["recipient"],
                via=[], goods_=previous["goods"], model=previous["model"], quantity=None, value=None, counts=[], time=None,
                stage="purchased" if slot == "recipient" and previous["stage"] == "delivered" else previous["stage"], cues=[word], chain=chain, passive=passive,
                denied=False, hedge=None, at=s.start,
            )  # fmt: skip
            record["_group"] = previous.get("_group")
            return [record]
    money = [f for f in measured if f.money]
    deal = re.search(
        r"(?i)\b(?:contracts?|deals?|orders?|shipments?|agreement|exporters?|suppliers?|importers?|consignments?|customers?|purchase)\b",
        view.text[s.start : s.end],
    )
    counted = [
        f
        for f in measured
        if f.noun
        and re.match(
            r"(?i)(?:exporters?|suppliers?|importers?|firms|companies|shipments?|countries|brands|types|models)\Z",
            f.noun,
        )
    ]
    if previous["kind"] in ("production", "use", "stock"):
        # a contract, a sum: of the trade told of, not of who makes the goods
        previous = next(
            (
                c
                for at, c in reversed(state.claims)
                if index - at <= REACH + 2 and c["kind"] in ("supply", "order", "route")
            ),
            previous,
        )
    goes_on = bool(measured) and (
        _CARRIES_ON.match(view.text, s.start, s.end) is not None
        or _ANOTHER.match(view.text, s.start, s.end) is not None
        or (
            bool(money)
            and any(t.start - s.start < 24 for t in view.things)
            and re.match(r"(?:The|These|Those|All|Both)\s", view.text[s.start : s.end]) is not None
            and _VALUED.search(view.text, s.start, s.end) is not None
        )
    )
    if previous["kind"] == "denial" or re.search(
        r"(?i)\b(?:sanction|blacklist|fined|convicted|arrest)", view.text[s.start : s.end]
    ):
        return []
    if goes_on or (deal and (money or counted)):
        chain, passive = covering(said, s.start, index, state, s, view)
        if len(chain) == 1 and previous["_chain"]:
            chain = (chain[0], *(replace(x, explicit=False) for x in previous["_chain"][1:]))
        fake = Draft("noun_order", "", s.start, s.start, s.start, s.end)
        quantity, value, counts = figures_of(
            view,
            fake,
            [
                f
                for i, f in enumerate(measured)
                if not (i and COMPARED.search(view.text[max(s.start, f.start - 28) : f.bare_start]))
            ],
        )
        record = make(
            name, text, s, state, kind=previous["kind"], supplier=previous["supplier"], recipient=previous["recipient"], via=[], goods_=previous["goods"], model=previous["model"],
            quantity=quantity, value=value, counts=counts, time=time_of(view, fake, when), stage=previous["stage"], cues=[], chain=chain, passive=passive, denied=False, hedge=None, at=s.start,
        )  # fmt: skip
        record["_group"] = previous.get("_group")
        return [record]
    return []


def named_with(c: Claim) -> set[str | None]:
    """The parties of a claim and the states of those that are firms: a headline may name either."""
    parties = {c["supplier"], c["recipient"]}
    makers = tables.makers()
    return parties | {c["_homes"].get(p) or makers.get(p, ((), ""))[1] for p in parties if p}
