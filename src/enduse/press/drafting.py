"""A proposition in the making: who gives, who gets, what and how far, around one trigger."""

from __future__ import annotations

import re

from . import frames, stages
from .forms import ELLIPSIS
from .objects import goods_of, open_goods
from .phrases import after_preposition
from .roles import fill_origin, fill_roles
from .text import Hit
from .triggers import clause_of
from .view import Draft, View

_BE = frozenset("be been being is are was were".split())


KIND = {
    "give": "supply", "get": "supply", "order": "order", "request": "request", "use": "use", "produce": "production", "stock": "stock", "capability": "capability",
    "restrict": "restriction", "origin": "component_origin", "route": "route", "noun_give": "supply", "noun_get": "supply", "noun_order": "order", "noun_produce": "production", "move": "supply", "include": "supply",
}  # fmt: skip


_BUYING = re.compile(r"(?i)\b(?:buy|purchas|procur|acquir)")


_NEGATED = re.compile(
    r"(?i)(?:\b(?:not|never|no longer|neither|nor|cannot|unable to|refused? to|declined to)|n't)\b(?!\s(?:only|just|yet))"
)


_OPENING = re.compile(
    r"(?i)\b(?:establish\w*|set(?:s|ting)? up|open(?:s|ed|ing)?|creat(?:es|ed|ing)|build(?:s|ing)?|built)\b"
)


def draft_of(view: View, h: Hit, role: str, cues: list[Hit], *, noun: bool, parsed: bool = False) -> Draft | None:
    lead, end = clause_of(view, h.start, h.end)
    verb = view.text[h.start : h.end].lower()
    if role in ("order", "noun_order") and _TO_SUPPLY.match(view.text, h.end, end):
        return None  # "signed contracts with two firms to supply shells": the supply is the proposition
    d = Draft(role, verb, h.start, h.end, lead, end, noun=noun, kind=KIND[role], only_parsed=parsed)
    before = [w.text.lower() for w in view.words[max(0, h.first - 4) : h.first] if w.start >= lead]
    participle = not noun and (
        verb.split(" ")[0].endswith(("ed", "en", "ought", "old", "ent", "made", "uilt", "ound", "own"))
        or verb in ("made", "sold", "sent", "found", "built", "bought")
    )
    auxiliary = any(b in _BE for b in before[-3:])
    by_follows = bool(re.match(r"\s(?:\w+ly\s)?(?:by|in)\s", view.text[h.end : h.end + 14]))
    d.passive = participle and (auxiliary or by_follows) and role not in ("route", "stock", "capability", "restrict")
    d.negated = bool(_NEGATED.search(view.text, max(lead, h.start - 34), h.start)) and role not in (
        "stock",
        "capability",
    )
    d.negated = d.negated or bool(
        not noun
        and d.passive
        and re.match(r"(?i)\W*(?:no|not a single|none of (?:the|these|those|our|its))\s", view.text[lead : h.start])
    )
    d.negated = d.negated or bool(
        not noun
        and role in ("give", "get")
        and re.match(
            r"\s(?:no(?! (?:fewer|less|more) than)|not a single|not any|neither)\b", view.text[h.end : h.end + 14]
        )
    )
    if role == "include":
        if not _PACKAGE.search(view.text[lead : h.start]):
            return None
        d.role = role = "give"
        d.passive = d.included = True
    if role == "move":
        d.role, d.passive = "give", True
        role = d.role
        d.moved = True
    fill_roles(view, d)
    frames.refine(view, d)
    d.bare = not re.search(r"\b[A-Z]\w+", view.text[lead : h.start])
    model = next((s for s in view.models if lead <= s[0] < end), None)
    d.thing = goods_of(
        view,
        lead,
        h.start,
        h.end,
        end,
        left_first=(d.passive and not d.included)
        or role in ("origin", "route")
        or (noun and not verb.endswith(" of") and not re.match(r"\sof\b", view.text[h.end : h.end + 4])),
    )
    if d.thing is None and role not in ("move", "restrict", "capability", "origin", "use", "stock", "route"):
        d.thing = open_goods(
            view, h.end, end, named=verb.endswith(" of"), told=d.supplier is not None or d.recipient is not None
        )
    frames.goods(view, d)
    d.elliptic = bool(
        (d.thing is None or d.thing.end <= lead)
        and not noun
        and role in ("give", "get", "origin", "route", "order")
        and (d.passive or d.moved or role == "origin")
        and ELLIPSIS.match(view.text[lead : h.start])
    )
    if verb.startswith(("came from", "come from", "comes from")) and re.search(
        r"%|per\s?cent", view.text[lead : h.start]
    ):
        d.elliptic = False  # a share of the whole is no delivery of its own
    if (
        role == "get"
        and not d.passive
        and re.match(r"\s(?:\w+\s){0,3}(?:orders?|contracts?)\b(?!\sto\b)", view.text[h.end : h.end + 44])
    ):
        # who gets an order sells
        d.role, d.kind = "order", "order"
        d.supplier, d.recipient = (
            d.recipient,
            next(
                iter(after_preposition(view, h.end, end, "from|with") or after_preposition(view, h.end, end, "for")),
                None,
            ),
        )
    if (
        role == "get"
        and not d.passive
        and (verb.startswith(("receiv", "earn", "got")) or (verb == "paid" and auxiliary))
        and (_PAID.match(view.text, h.end, end) or (d.thing is None and _SUM_FROM.match(view.text, h.end, end)))
    ):
        # who receives money for goods gave them
        payer = d.supplier if _SUM_FROM.match(view.text, h.end, end) else None
        d.supplier, d.recipient = d.recipient or d.supplier, None
        d.recipient = payer if payer is not d.supplier else None
        d.role = role = "give"
    if role == "produce" and d.supplier is None and not d.passive and d.subject_pronoun is None:
        d.supplier = next(
            iter(after_preposition(view, lead, h.start, "(?:factory|plant|facility|site|workshop) (?:in|near)")), None
        )
    if (
        role == "origin"
        and verb.startswith(("came from", "come from", "comes from", "originated"))
        and re.search(
            r"[$€£¥₽]\s?\d|\b\d[\d.,]*\s(?:million |billion )?(?:euros?|dollars|yuan|tonnes|tons)\b",
            view.text[lead : h.start],
        )
    ):
        d.kind, d.role, d.passive = "supply", "origin", True
    if (
        role == "origin"
        and verb == "came from"
        and d.thing is not None
        and (d.thing.generic or d.thing.group in ("weapon", "munition"))
    ):
        d.kind = "supply"
    if role == "origin" and verb.startswith("came from") and d.elliptic:
        d.kind = "supply"
    if role == "origin" and verb == "come from" and _EXPECTED.search(view.text[max(lead, h.start - 24) : h.start]):
        d.kind = "supply"  # "another 49 will come from Australia"
    if d.kind == "supply" and role == "origin":
        d.stage, d.cues = "delivered", [verb]
    if d.role == "give" and d.passive and d.via and d.recipient is None:
        d.kind = "route"
    if role == "request" and _TO_GIVE.match(view.text, h.end, end):
        d.supplier, d.recipient = d.recipient, next(iter(after_preposition(view, h.end, end, "to")), None)
    fill_origin(view, d, model)
    if d.thing is not None:
        d.own_goods = bool(
            re.search(
                r"(?i)\b(?:its|their)\b(?:\s\w+){0,2}\s\Z", view.text[max(lead, d.thing.start - 34) : d.thing.start]
            )
        )
    d.stage, d.cues = stages.stage(
        d.role, "order" if d.role != role else verb, view.text, lead, h.start, cues, noun=noun
    )
    frames.stage(view, d)
    if (
        d.role in ("give", "get")
        and not noun
        and (m := _SIGNED_TO.search(view.text, max(view.start, h.start - 160), h.start))
    ):
        d.kind, d.cues = "order", [m.group("cue")]
        d.stage = "ordered" if re.search(r"(?i)contract|order", m.group()) else "agreed"
    if d.role == "origin" and d.kind == "supply":
        d.stage, d.cues = "planned" if verb == "come from" else "delivered", [verb]
    if d.pair and verb.endswith("between"):
        d.stage, d.cues, d.kind = "in_talks", [verb], "supply"
    if (
        role == "route"
        and d.stage == "unspecified"
        and re.match(
            r"(?:went|came|passed|flowed|routed|rerouted|transited|ended|wound|found|made|transshipped|served)\b", verb
        )
    ):
        d.stage = "delivered"
    if d.moved:
        if d.via:
            d.kind = "route"
        if d.stage in ("unspecified", "purchased"):
            d.stage = "delivered"
        if verb.startswith(
            ("are expected", "is expected", "were expected", "due", "are due", "is due", "are to", "to follow")
        ):
            d.stage = "planned"
        if (
            verb in ("travel", "travels", "arrive", "arrives", "enter", "enters")
            and not view.headline
            and d.stage == "delivered"
            and not _EXPECTED.search(view.text[max(lead, h.start - 24) : h.start])
        ):
            d.stage = "in_progress"
        if _EXPECTED.search(view.text[max(lead, h.start - 24) : h.start]):
            d.stage = "planned"
        if verb.startswith(("bound", "destined", "headed", "en route")):
            d.stage = "in_progress"
    if role == "route" and (m := _OPENING.search(view.text, lead, h.end)):
        d.stage, d.cues = "in_progress", [m.group()]
    if (
        role == "get"
        and _BUYING.match(verb)
        and d.stage in ("under_consideration", "in_talks", "agreed", "planned", "requested")
    ):
        d.kind = "order"
    return d


_PAID = re.compile(
    r"\s(?:\w+\s){0,3}?(?:[$€£¥₽]\s?)?\d[\d.,]*\s?(?:million|billion|thousand|[mbk]n?\b)?\s?(?:\w+\s)?(?:for|in return for|in exchange for)\s(?:the|its|these|those|\d)",
    re.IGNORECASE,
)


_TO_SUPPLY = re.compile(r"(?i)[^.;]{0,120}?\sto (?:supply|deliver|sell|provide|export|ship|furnish)\b")


_PACKAGE = re.compile(
    r"(?i)\b(?:the|this|that|a|its|their|latest|new|first)\s(?:[\w-]+\s){0,4}(?:package|aid|tranche|shipments?|deliver(?:y|ies)|cargo|deal|contract|order|agreement|batch|donation|consignment|sale|assistance|support|supplies|exports|imports|purchases?)\s(?:also\s|mainly\s|will\s|would\s|reportedly\s)*\Z"
)


_TO_GIVE = re.compile(
    r"(?i)\s(?:for\s)?(?:the\s|an?\s)?(?:(?:permission|licen[cs]es?|approval|permits?)\s(?:for|to)\s)?(?:the\s)?(?:re-)?(?:export|sale|transfer|delivery|supply|sell|deliver)\b"
)


_SUM_FROM = re.compile(
    r"(?i)\s(?:\w+\s){0,3}?(?:[$€£¥₽]\s?\d|[A-Z]{3} \d|\d[\d.,]*\s(?:million|billion)\s(?:euros?|dollars|yuan|roubles))[^;]{0,30}?\sfrom\s"
)


_SIGNED_TO = re.compile(
    r"(?i)\b(?P<cue>sign(?:s|ed)?|conclude[sd]?|clinche[sd]|won|wins|secure[sd]|awarded|sealed|inked|struck)\s[^.;]{0,110}?\b(?:contracts?|deals?|agreements?|orders?)\b[^.;]{0,60}?\s(?:to|for the)\s\Z"
)


_EXPECTED = re.compile(
    r"(?i)\b(?:should|will|shall|would|due to|expected to|scheduled to|set to|is to|are to)\s(?:\w+\s)?\Z"
)
