"""Supply propositions in one sentence: a trigger (verb or noun) with who gives, who gets, what, by which way.

Roles follow the trigger: the subject of "sell" gives, the subject of "buy" gets; prepositions (to, from, by, through) and
the origin of the goods ("Iran's Shahed 136") fill the rest. No parser: nearest actor outside a prepositional phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import stages
from .roles import after_preposition, fill_origin, fill_roles, goods_of
from .text import Hit
from .view import Draft, View

_BOUNDARY = re.compile(
    r";|:\s|,?\s(?:but|while|whereas|although|though|because)\s|,\s(?:and|so|which|who|with|demonstrating|adding|noting|calling|compared|saying|citing)\s|\s(?:so (?:that )?)(?=the|it|they|[A-Z])|\sand (?=(?:it|they|he|she|that|the company)\s)|\s(?:that|which|who)\s"
)


_SUBORDINATE = re.compile(
    r"(?:\A|(?<=\s))(?:After|As|When|Since|If|While|Although|Because|Despite|Before|With)\s[^,]{6,120},\s"
)


_BE = frozenset("be been being is are was were".split())


_HAVE = frozenset("has have had having".split())


_MODAL = frozenset("to will would can could may might must should shall not never knowingly also still ever".split())


_NOUN_BEFORE = frozenset(
    "the a an of its their his her this these those any further more all no such new recent first latest large illegal illicit direct total official formal military steady supply stanch drone drones arms weapons technology export component parts in on over for despite halt ban against stop surprise possible another weapon oil chip shells ammunition lethal".split()
)


_BOTH = frozenset(
    "export exports import imports supply supplies order orders purchase purchases request requests use uses transfer transfers sale lease route routes transit ban bans trade need needs build arms gift range fire launch restrict dispatch transport source sources carry carries contract sanction fly".split()
)


_ACTIVE_ROLES = (
    "order",
    "request",
    "origin",
    "give",
    "get",
    "use",
    "produce",
    "stock",
    "capability",
    "restrict",
    "route",
    "move",
)


_NOUN_ROLES = ("noun_order", "noun_give", "noun_get", "noun_produce")


_KIND = {
    "give": "supply", "get": "supply", "order": "order", "request": "request", "use": "use", "produce": "production", "stock": "stock", "capability": "capability",
    "restrict": "restriction", "origin": "component_origin", "route": "route", "noun_give": "supply", "noun_get": "supply", "noun_order": "order", "noun_produce": "production", "move": "supply",
}  # fmt: skip


_BUYING = re.compile(r"(?i)\b(?:buy|purchas|procur|acquir)")


_NEGATED = re.compile(r"(?i)\b(?:not|never|no longer|neither|nor|n't)\b(?!\s(?:only|just|yet))")


_OPENING = re.compile(
    r"(?i)\b(?:establish\w*|set(?:s|ting)? up|open(?:s|ed|ing)?|creat(?:es|ed|ing)|build(?:s|ing)?|built)\b"
)


def drafts(view: View) -> list[Draft]:
    """The propositions of a sentence in order of their triggers, each with roles, goods and stage."""
    cues = stages.find("stage", view.text, view.words)
    found: list[Draft] = []
    taken: list[tuple[int, int]] = []
    for role in (*_ACTIVE_ROLES, *_NOUN_ROLES):
        for h in stages.find(role, view.text, view.words):
            if view.masked(h.start, h.end) or any(a < h.end and h.start < b for a, b in taken):
                continue
            noun = role.startswith("noun_")
            if _wrong_class(view, h, role, noun=noun):
                continue
            draft = _draft(view, h, role, cues, noun=noun)
            if draft is not None:
                found.append(draft)
                taken.append((h.start, h.end))
    found.sort(key=lambda d: d.at)
    return _pruned(view, found)


def _word_before(view: View, h: Hit) -> str:
    return view.words[h.first - 1].text.lower() if h.first else ""


def _wrong_class(view: View, h: Hit, role: str, *, noun: bool) -> bool:
    """True where the word is of the other class: "exports" after "the" is no verb, "sales" after "to" no noun."""
    word = view.text[h.start : h.end].lower()
    if (
        role == "request"
        and re.match(r"(?:seek|sought|ask)", word)
        and re.match(r"\sto\s(?!buy|purchase|acquire|obtain|procure|get|import|receive)", view.text[h.end : h.end + 14])
    ):
        return True
    if word.startswith("want") and view.text[h.end : h.end + 4] == " to ":
        return True
    if word.startswith("reach") and re.match(
        r"\s(?:(?:a|an|the|its|about|around|nearly|almost|some|over|more|only|record)\s|[\d$€£¥]|(?:agree|deal|accord|record|high|level|peak)\w*)",
        view.text[h.end : h.end + 14],
    ):
        return True  # "reached $51 million", "reached a deal": an amount or an agreement, no arrival
    if word in ("order", "ordered") and re.search(r"(?i)\bin\s\Z", view.text[max(view.start, h.start - 4) : h.start]):
        return True
    if noun and re.match(
        r"\s(?:manager|representative|director|team|figures|channels?|staff|pitch|people)\b",
        view.text[h.end : h.end + 16],
    ):
        return True
    if noun or word not in _BOTH:
        return view.text[h.start - 1 : h.start] == "-" and h.start > view.start and role != "route"
    before = h.first and view.words[h.first - 1]
    if not before:
        return True
    if (
        word.endswith("s")
        and view.masked(before.start, before.end)
        and re.match(r"\s(?:to|from|of|by)\b", view.text[h.end : h.end + 6])
    ):
        return True
    low = before.text.lower()
    gap = view.text[before.end : h.start]
    if low in _MODAL and low != "not":
        return False
    after = view.words[h.last].text.lower() if h.last < len(view.words) else ""
    noun_like = (
        low in _NOUN_BEFORE
        or before.owner
        or gap.strip() == "-"
        or any(a.kind == "adjective" and a.end == before.end for a in view.actors)
    )
    noun_like = (
        noun_like
        or any(t.end == before.end and t.noun == before.text for t in view.things)
        or after
        in (
            "of",
            "controls",
            "control",
            "route",
            "licences",
            "licenses",
            "chain",
            "chains",
            "squeeze",
            "regulations",
            "bans",
            "data",
            "ban",
            "restrictions",
        )
    )
    return bool(noun_like)


def _clause(view: View, at: int, to: int) -> tuple[int, int]:
    lead, end = view.start, view.end
    sub = _SUBORDINATE.search(view.text, view.start, view.end)
    edges = [(m.start(), m.end()) for m in _BOUNDARY.finditer(view.text, view.start, view.end)]
    if sub and sub.start() <= view.start + 12:
        edges.append((sub.end() - 2, sub.end()))
    for a, b in view.masks:
        edges.append((a, b))
    for a, b in sorted(edges):
        if b <= at:
            lead = max(lead, b)
        elif a >= to:
            end = min(end, a)
            break
    return lead, end


def _draft(view: View, h: Hit, role: str, cues: list[Hit], *, noun: bool) -> Draft | None:
    lead, end = _clause(view, h.start, h.end)
    verb = view.text[h.start : h.end].lower()
    d = Draft(role, verb, h.start, h.end, lead, end, noun=noun, kind=_KIND[role])
    before = [w.text.lower() for w in view.words[max(0, h.first - 4) : h.first] if w.start >= lead]
    participle = not noun and (
        verb.endswith(("ed", "en", "ought", "old", "ent", "made", "uilt", "ound", "own"))
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
        and role in ("give", "get")
        and re.match(r"\s(?:no|not a single|not any|neither)\b", view.text[h.end : h.end + 14])
    )
    if role == "move":
        d.role, d.passive = "give", True
        role = d.role
        d.moved = True
    fill_roles(view, d)
    d.bare = not re.search(r"\b[A-Z]\w+", view.text[lead : h.start])
    model = next((s for s in view.models if lead <= s[0] < end), None)
    d.thing = goods_of(
        view,
        lead,
        h.start,
        h.end,
        end,
        left_first=d.passive
        or role in ("origin", "route")
        or (noun and not verb.endswith(" of") and not re.match(r"\sof\b", view.text[h.end : h.end + 4])),
    )
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
        and verb.startswith(("receiv", "earn", "got"))
        and _PAID.match(view.text, h.end, end)
    ):
        # who receives money for goods gave them
        d.supplier, d.recipient = d.recipient or d.supplier, None
        d.role = role = "give"
    if role == "produce" and d.supplier is None and not d.passive and d.subject_pronoun is None:
        d.supplier = next(
            iter(after_preposition(view, lead, h.start, "(?:factory|plant|facility|site|workshop) (?:in|near)")), None
        )
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
    if d.pair:
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
        if verb in ("travel", "travels", "arrive", "arrives", "enter", "enters") and not view.headline:
            d.stage = "in_progress"
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


def _pruned(view: View, found: Sequence[Draft]) -> list[Draft]:
    """Drop what is no proposition of its own: verbs without goods, nouns that a verb of the same clause covers."""
    out: list[Draft] = []
    for d in found:
        if not _enough(view, d):
            continue
        clash = next((o for o in out if _same(view, o, d)), None)
        if clash is None:
            out.append(d)
        elif _weight(d) > _weight(clash):
            out[out.index(clash)] = _filled(d, clash)
        else:
            _filled(clash, d)
    return out


def _filled(d: Draft, other: Draft) -> Draft:
    """`d` with what only `other` knows, and the nearer stage of the two when one merely talks about the other."""
    d.supplier = d.supplier or other.supplier
    d.recipient = d.recipient or other.recipient
    d.thing = d.thing or other.thing
    d.via = d.via or other.via
    d.negated = d.negated or other.negated
    if d.supplier and d.recipient and d.supplier.name == d.recipient.name and not d.helped:
        d.recipient = None
    if other.role == "route" and re.search(r"route|intermediar", other.verb) and d.role in ("give", "get", "noun_give"):
        d.kind = "route"
        d.stage, d.cues = (
            (other.stage, other.cues)
            if other.stage == "in_progress"
            else (("unspecified", d.cues) if "intermediar" in other.verb else (d.stage, d.cues))
        )
    return d


def _weight(d: Draft) -> int:
    return (
        4 * (not d.noun)
        + (d.supplier is not None)
        + (d.recipient is not None)
        + (d.thing is not None)
        + (d.role != "route")
        + (d.role != "origin")
    )


def _enough(view: View, d: Draft) -> bool:
    parties = (
        (d.supplier is not None)
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
                r"(?i)\b(?:the|these|those)\s(?:\w+\s)?\Z",
                view.text[max(view.start, d.thing.start - 20) : d.thing.start],
            )
        )
    )
    parties += definite + bool(
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
    goods = d.thing is not None or any(d.lead <= a < d.end for a, _ in view.models)
    near = d.thing is not None and (0 <= d.thing.start - d.to < 75 or 0 <= d.at - d.thing.end < 75)
    money = bool(re.search(r"[$€£¥₽]|\b(?:USD|dollars?|euros?|yuan|won|roubles?|rubles?)\b", view.text[d.lead : d.end]))
    if d.role in ("use", "produce", "stock"):
        return parties >= 1 and (
            (near and (d.thing is not None and (not d.thing.generic or d.role == "stock")))
            or any(0 <= a - d.to < 40 for a, _ in view.models)
        )
    if d.moved:
        counted = bool(re.search(r"\d", view.text[d.lead : d.end])) or bool(
            re.search(r"(?i)\bfrom (?:there|where)\b", view.text[d.lead : d.at])
        )
        return (near or goods) and (parties >= 1 or counted)
    if d.role in ("give", "get", "order", "request"):
        goods = goods or bool(_AMOUNT.search(view.text[d.to : min(d.end, d.to + 26)]))
        if d.passive and d.thing is not None and _MORE_OF_IT.search(view.text[d.lead : d.at]):
            return True
        if not (near or money or goods):
            return (
                d.role in ("give", "get")
                and d.supplier is not None
                and d.recipient is not None
                and d.verb in ("arms", "arming", "arm", "armed")
            )
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
            (d.supplier is not None or d.subject_pronoun is not None)
            and bool(
                re.search(
                    r"(?i)\b(?:export|exports|sale|sales|transit|shipment|shipments|import|imports|licen[cs]es?|supply|re-export|trade)\b",
                    text,
                )
            )
            and (goods or "licen" in text)
        )
    if d.role == "origin":
        return d.supplier is not None and near
    if d.role == "route":
        goods = goods or bool(_PRO_GOODS.search(view.text[d.lead : d.at]))
        return (parties >= 1 or bool(d.via)) and (goods or parties >= 2)
    both = (d.supplier is not None or d.subject_pronoun is not None) and d.recipient is not None
    figure = bool(re.search(r"\d", view.text[d.lead : d.end]))
    moved = bool(
        re.search(
            r"(?i)\b(?:rose|risen|fell|fallen|grew|grown|began|begin|begun|start\w*|due|climbed|slump\w*|shrank|slowed|continu\w+|ceased|stopped|halted|resumed|reached|totall?ed|worth|amounted|increased|declined|doubled|tripled|dropped|jumped|soared|surged|plunged)\b",
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
    steady = d.stage == "in_progress" and d.verb.endswith(" of") and d.recipient is not None
    return both or steady or (parties >= 1 and (figure or moved) and (goods or money)) or (moved and goods)


_PAID = re.compile(
    r"\s(?:\w+\s){0,3}?(?:[$€£¥₽]\s?)?\d[\d.,]*\s?(?:million|billion|thousand|[mbk]n?\b)?\s?(?:\w+\s)?(?:for|in return for|in exchange for)\s(?:the|its|these|those|\d)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?i)\d\s?(?:tonnes?|tons?|kg|kilograms?|pieces|units|of them)\b")
_MORE_OF_IT = re.compile(
    r"(?i)\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|a dozen) (?:more|further|additional)\b|\banother (?:\d|two|three|four|five|six|ten)"
)
_PRO_GOODS = re.compile(r"(?i)\b(?:them|these|those|the rest|most of it|all of it|half of it)\b")
_FURTHER = re.compile(r"(?i)\b(?:further|another|additional|second|third|fourth|remaining|next)\b")


def _same(view: View, a: Draft, b: Draft) -> bool:
    """Two triggers of one proposition: a noun beside a verb in one clause, or verbs joined ("test and send")."""
    if a.lead != b.lead and not (a.noun or b.noun):
        return False
    gap = view.text[min(a.to, b.to) : max(a.at, b.at)]
    parties = (a.supplier and a.supplier.name, a.recipient and a.recipient.name) == (
        b.supplier and b.supplier.name,
        b.recipient and b.recipient.name,
    )
    if a.noun or b.noun:
        if a.lead == b.lead:
            return a.kind != "restriction" or b.kind != "production"
        return parties
    if {a.role, b.role} == {"give", "get"} and not (a.noun or b.noun) and re.search(r"\band\b", gap):
        return False
    if {a.role, b.role} & {"produce", "capability", "origin", "restrict"} and a.role != b.role:
        return (
            {a.role, b.role} == {"origin", "produce"}
            or ("restrict" in (a.role, b.role) and not re.search(r"\band\b|,", gap))
            or ("origin" in (a.role, b.role) and len(gap) < 50)
        )
    if {a.role, b.role} & {"use", "stock"} and a.role != b.role:
        return parties and len(gap) < 30
    if a.role == "request" and b.role == "request" and re.search(r"\band\b", gap):
        return False
    if "request" in (a.role, b.role) and a.role != b.role:
        return not re.search(r"\band\b.*\b(?:now|then|is|was)\b", gap)
    return len(gap) < 60 or parties
