"""Whether what was found around a trigger is enough for a proposition."""

from __future__ import annotations

import re

from . import stages
from .forms import COUNT_WORD, ELLIPSIS
from .view import Draft, View


def is_enough(view: View, d: Draft) -> bool:
    parties = (
        d.both
        + (d.supplier is not None)
        + (d.recipient is not None)
        + (d.subject_pronoun is not None)
        + d.own_goods
        + (view.masked(d.lead - 2, d.lead + 1) and not d.noun)
    )
    definite = (
        d.thing is not None
        and d.passive
        and bool(
            re.search(
                r"(?i)\b(?:the|these|those|any|a single|such)\s(?:\w+\s)?\Z",
                view.text[max(view.start, d.thing.start - 20) : d.thing.start],
            )
        )
    )
    counted_goods = (
        d.thing is not None
        and d.passive
        and d.role == "give"
        and bool(
            re.match(
                rf"(?i)\W*(?:about |around |some |nearly |almost |more than |over |at least |up to |another |a further |as many as )?{COUNT_WORD}\s",
                view.text[d.lead : d.thing.end],
            )
        )
        and bool(
            re.search(
                r"(?i)\b(?:will|would|also|been|are to|is to|further|another|more)\b",
                view.text[d.thing.end : d.at] + view.text[d.lead : d.thing.start],
            )
        )
    )
    parties += (definite or counted_goods) + bool(
        d.role == "produce"
        and re.search(r"(?i)\b(?:factory|plant|facility)\b", view.text[d.lead : d.at])
        and re.search(r"\d", view.text[d.to : d.end])
    )
    if (
        d.thing is not None
        and d.role in ("use", "produce")
        and not d.passive
        and d.thing.end <= d.at
        and not any(0 <= a - d.to < 40 for a, _ in view.models)
    ):
        return False
    if UNKNOWN.search(view.text, view.start, d.at):
        return False
    goods = d.thing is not None or any(d.lead <= a < d.end for a, _ in view.models)
    near = d.thing is not None and (0 <= d.thing.start - d.to < 75 or 0 <= d.at - d.thing.end < 75)
    money = bool(re.search(r"[$€£¥₽]|\b(?:USD|dollars?|euros?|yuan|won|roubles?|rubles?)\b", view.text[d.lead : d.end]))
    if d.role in ("use", "produce", "stock"):
        return parties >= 1 and (
            (near and (d.thing is not None and (not d.thing.generic or d.role == "stock")))
            or any(0 <= a - d.to < 40 for a, _ in view.models)
        )
    if d.included:
        return d.thing is not None and d.thing.start - d.to < 90
    if d.elliptic and d.role in ("give", "get", "order", "route"):
        return True  # "three have been handed over": the goods told just before
    if d.moved and re.match(r"(?:will )?(?:went|go|goes)\b", d.verb):
        left = view.text[d.lead : d.at]
        here = any(d.lead <= t.start and t.end <= d.at for t in view.things)
        return parties >= 1 and (
            here
            or bool(re.search(r"[$€£¥₽]\s?\d|\b(?:euros?|dollars|yuan|tonnes|tons)\b", left))
            or bool(ELLIPSIS.match(left))
        )
    if d.moved:
        batch = bool(_BATCH.search(view.text[d.lead : d.at]))
        goods = goods or batch or bool(_PRO_GOODS.search(view.text[d.lead : d.at]))
        counted = (
            batch
            or bool(re.search(r"\d", view.text[d.lead : d.end]))
            or bool(re.search(r"(?i)\bfrom (?:there|where)\b", view.text[d.lead : d.at]))
        )
        return (near or goods) and (parties >= 1 or counted)
    if d.role in ("give", "get", "order", "request"):
        goods = goods or bool(
            _AMOUNT.search(view.text[d.to : min(d.end, d.to + 26)])
            or _OF_THEM.match(view.text[d.to : d.end])
            or _BATCH.match(view.text, d.to + 1, d.end)
            or _OF_TOTAL.search(view.text[d.to : min(d.end, d.to + 60)])
            or re.match(
                r"\s(?:\w+\s)?(?:as much|as many|even more|far more|less|the same)\b", view.text[d.to : d.to + 24]
            )
        )
        if d.passive and d.thing is not None and _MORE_OF_IT.search(view.text[d.lead : d.at]):
            return True
        if (
            d.stage == "ceased"
            and (d.supplier is not None or d.subject_pronoun is not None)
            and (d.recipient is not None or _THERE.search(view.text[d.to : d.end]))
        ):
            return True  # "have stopped selling there altogether"
        if not (near or money or goods):
            return (
                d.role in ("give", "get")
                and (d.supplier is not None or view.masked(d.lead - 2, d.lead + 1))
                and d.recipient is not None
                and d.verb in ("arms", "arming", "arm", "armed")
            )
        if d.role == "request" and (
            d.negated
            or re.match(
                r"\s(?:for\s)?(?:permission|comment|information|details|clarification|explanations?|an explanation)\b",
                view.text[d.to : d.to + 24],
            )
        ):
            return False
        if (
            d.role == "request"
            and (d.thing is None or (d.thing.generic and d.supplier is None))
            and not re.search(r"\b(?:batch|weapons|supplies)\b", view.text[d.to : d.end])
        ):
            return False
        return parties >= 1
    if d.role == "capability":
        return (
            goods
            and bool(re.search(r"\d", view.text[d.to : d.end]))
            and (near or any(abs(a - d.at) < 60 for a, _ in view.models))
        )
    if d.role == "restrict":
        text = view.text[max(d.lead, d.at - 30) : d.end]
        return (
            (d.supplier is not None or d.subject_pronoun is not None or view.own_statement)
            and bool(
                re.search(
                    r"(?i)\b(?:export|exports|sale|sales|transit|shipment|shipments|import|imports|licen[cs]es?|supply|re-export|trade)\b",
                    text,
                )
            )
            and (goods or "licen" in text)
        )
    if d.role == "origin":
        if d.verb.startswith("component") and d.recipient is not None and re.search(r"\d", view.text[d.lead : d.at]):
            return True
        return d.supplier is not None and (near or d.elliptic or d.kind == "supply")
    if d.role == "route":
        goods = goods or d.verb.startswith("flow of") or bool(_PRO_GOODS.search(view.text[d.lead : d.at]))
        return (parties >= 1 or bool(d.via)) and (goods or parties >= 2)
    if parties >= 1 and re.search(
        r"(?i)\b(?:end|stop|halt|suspend|cease|cut|froze|freeze|resume|pause)(?:s|d|ed|ped|ing|ping)?\s(?:off\s)?(?:all\s|its\s|their\s|our\s|further\s|any\s)?\Z",
        view.text[max(view.start, d.at - 24) : d.at],
    ):
        return True
    if re.search(
        r"(?i)\b(?:denie[sd]|deny(?:ing)?|rejects?|rejected|rules? out|ruled out)\s(?:\w+\s){0,2}\Z",
        view.text[max(view.start, d.at - 36) : d.at],
    ):
        return True
    if d.recipient is not None and re.search(
        r"(?i)\b(?:claims?|reports?|allegations?|accusations?|rumou?rs|talk) (?:of|about) (?:\w+ ){0,2}\Z",
        view.text[max(view.start, d.at - 48) : d.at],
    ):
        return True
    if re.search(
        r"(?i)\bno (?:evidence|proof|confirmation|sign|indication|trace|reports?) of (?:any |such |the )?\Z",
        view.text[max(view.start, d.at - 40) : d.at],
    ):
        return True
    parties += (
        view.own_statement
        and d.role == "noun_give"
        and bool(re.search(r"(?i)\bworth\b|\btotal", view.text[d.to : d.end]))
    )
    both = (d.supplier is not None or d.subject_pronoun is not None) and d.recipient is not None
    figure = bool(re.search(r"\d", view.text[d.lead : d.end]))
    moved = bool(
        re.search(
            r"(?i)\b(?:rose|risen|fell|fallen|grew|grown|began|begin|begun|start\w*|due|climbed|slump\w*|shrank|slowed|continu\w+|run|last|follow|be completed|be made|take place|be spread|ended|ceased|stopped|halted|resumed|reached|totall?ed|worth|amounted|increased|declined|doubled|tripled|dropped|jumped|soared|surged|plunged)\b",
            view.text[d.lead : d.end],
        )
    )
    if d.role == "noun_produce":
        return (
            parties >= 1
            and goods
            and bool(d.cues or figure or both)
            and bool(stages.find("stage", view.text, [w for w in view.words if d.lead <= w.start < d.end]) or figure)
        )
    if d.role == "noun_order":
        if (
            d.verb.endswith(" with")
            and d.supplier is not None
            and re.search(
                r"(?i)\b(?:concluded|continu\w+|under ?way|ongoing|stalled|broken|resumed|begun)\b",
                view.text[d.to : d.end + 40],
            )
        ):
            return True
        return (both or (parties >= 1 and (figure or goods))) and (goods or figure or money)
    # "Deliveries are due to begin in May", "a further consignment of 12,000 rounds": the deal told before goes on
    resumed = not d.verb.endswith(" of") and bool(
        re.fullmatch(
            r"(?i)\W*(?:but\s|and\s|so far\s)?(?:the|these|those|all|such|further|first|more|direct)?\s?(?:\w+\s)?",
            view.text[d.lead : d.at],
        )
    )
    resumed = resumed and bool(moved or (d.cues and d.cues != [d.verb])) and not d.supplier
    further = goods and figure and bool(_FURTHER.search(view.text[max(view.start, d.at - 28) : d.to + 16]))
    if resumed or further:
        return True
    if (
        parties >= 1
        and d.thing is not None
        and d.cues
        and d.cues != [d.verb]
        and d.stage in ("under_consideration", "in_talks", "planned", "agreed", "requested", "ceased")
    ):
        return True
    steady = d.stage == "in_progress" and d.verb.endswith(" of") and d.recipient is not None
    return both or steady or (parties >= 1 and (figure or moved) and (goods or money)) or (moved and goods)


_OF_THEM = re.compile(
    rf"(?i)\s(?:up to |about |around |some |at least |nearly |more than |over )?{COUNT_WORD}(?:[\s-](?:\w+\s)?){{1,3}}?of (?:them|these|those)\b"
)


_BATCH = re.compile(
    r"(?i)\b(?:the|a|an|another|each|every)\s(?:(?:first|second|third|fourth|next|last|final|new|further|initial|entire|remaining)\s)?(?:and \w+\s)?(?:batch(?:es)?|shipments?|deliver(?:y|ies)|consignments?|tranches?|cargo(?:es)?|orders?|packages?|units?)\b"
)


# "Whether the consignment reached Iran is not clear"
UNCLEAR = re.compile(
    r"(?i)\b(?:whether|how many|how much|if)\b[^.;:]{0,100}\b(?:is|was|are|remains?|remained)\s(?:still\s)?(?:not (?:clear|known|certain)|unclear|unknown|uncertain|open|disputed)\b"
)
UNKNOWN = re.compile(
    r"(?i)\b(?:could|can|cannot|did|was|were)\s?(?:not|n't)?\s(?:be\s)?(?:immediately\s|independently\s)?(?:establish|determine|say|tell|able to establish)(?:ed|d)?\s(?:whether|if|how)\b|\b(?:unclear|unknown|not known|not clear|no word on|asked) (?:whether|if)\b|\b(?:not|n't|declined to|refused to) (?:say|specify|disclose|reveal) (?:how|whether|if|which|what|when)\b"
)


_OF_TOTAL = re.compile(
    r"(?i)\bof (?:the total|the rest|(?:all |the |these |those |its |their )?(?:\w+ ){0,2}(?:shipments|deliveries|imports|exports|sales|trade|supplies|purchases|turnover|remainder))\b"
)


_THERE = re.compile(r"(?i)\A\s(?:(?:to|in|into)\s)?(?:there|the country|the market|that market|altogether)\b")


_AMOUNT = re.compile(r"(?i)\d\s?(?:tonnes?|tons?|kg|kilograms?|pieces|units|of them)\b")


_MORE_OF_IT = re.compile(
    r"(?i)\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|a dozen) (?:more|further|additional)\b|\banother (?:\d|two|three|four|five|six|ten)"
)


_PRO_GOODS = re.compile(r"(?i)\b(?:them|these|those|the rest|most of it|all of it|half of it)\b")


_FURTHER = re.compile(r"(?i)\b(?:further|another|additional|second|third|fourth|remaining|next)\b")
