"""Supply propositions in one sentence: a trigger (verb or noun) with who gives, who gets, what, by which way.

Roles follow the trigger: the subject of "sell" gives, the subject of "buy" gets; prepositions (to, from, by, through) and
the origin of the goods ("Iran's Shahed 136") fill the rest. No parser: nearest actor outside a prepositional phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import stages
from .actors import Actor
from .goods import Thing
from .text import Hit, Token

_PREPOSITIONS = frozenset("to from in of with by against for on into between at via through about over near than towards toward around inside across under including like despite without".split())
_BOUNDARY = re.compile(r";|:\s|,?\s(?:but|while|whereas|although|though|because)\s|,\s(?:and|so|which|who|with|demonstrating|adding|noting|calling|compared|saying|citing)\s|\s(?:so (?:that )?)(?=the|it|they|[A-Z])|\sand (?=(?:it|they|he|she|that|the company)\s)|\s(?:that|which|who)\s")
_SUBORDINATE = re.compile(r"(?:\A|(?<=\s))(?:After|As|When|Since|If|While|Although|Because|Despite|Before|With)\s[^,]{6,120},\s")
_BE = frozenset("be been being is are was were".split())
_HAVE = frozenset("has have had having".split())
_MODAL = frozenset("to will would can could may might must should shall not never knowingly also still ever".split())
_NOUN_BEFORE = frozenset("the a an of its their his her this these those any further more all no such new recent first latest large illegal illicit direct total official formal military steady supply stanch drone drones arms weapons technology export component parts in on over for despite halt ban against stop surprise possible another weapon oil chip shells ammunition lethal".split())
_BOTH = frozenset("export exports import imports supply supplies order orders purchase purchases request requests use uses transfer transfers sale lease route routes transit ban bans trade need needs build arms gift range fire launch restrict dispatch transport source sources carry carries contract sanction fly".split())
_ACTIVE_ROLES = ("order", "request", "give", "get", "use", "produce", "stock", "capability", "restrict", "route", "origin")
_NOUN_ROLES = ("noun_order", "noun_give", "noun_get", "noun_produce")
_KIND = {
    "give": "supply", "get": "supply", "order": "order", "request": "request", "use": "use", "produce": "production", "stock": "stock", "capability": "capability",
    "restrict": "restriction", "origin": "component_origin", "route": "route", "noun_give": "supply", "noun_get": "supply", "noun_order": "order", "noun_produce": "production",
}  # fmt: skip
_BUYING = re.compile(r"(?i)\b(?:buy|purchas|procur|acquir)")
_RECEIVING = frozenset({"get", "order", "request", "use", "stock", "noun_get", "noun_order"})
_NEGATED = re.compile(r"(?i)\b(?:not|never|no longer|neither|nor|n't)\b(?!\s(?:only|just|yet))")


@dataclass
class Draft:
    """One proposition before attribution: `lead` to `end` is its clause, [at, to) the trigger."""

    role: str
    verb: str
    at: int
    to: int
    lead: int
    end: int
    noun: bool = False
    passive: bool = False
    kind: str = "supply"
    supplier: Actor | None = None
    recipient: Actor | None = None
    more_suppliers: list[Actor] = field(default_factory=list)
    more_recipients: list[Actor] = field(default_factory=list)
    via: list[Actor] = field(default_factory=list)
    thing: Thing | None = None
    subject_pronoun: str | None = None
    helper: Actor | None = None
    negated: bool = False
    stage: str = "unspecified"
    cues: list[str] = field(default_factory=list)


@dataclass
class View:
    """A sentence as the rules see it: offsets are those of the file; masked spans hold attribution."""

    text: str
    start: int
    end: int
    words: list[Token]
    actors: list[Actor]
    things: list[Thing]
    models: list[tuple[int, int]]
    masks: list[tuple[int, int]]
    headline: bool = False

    def masked(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self.masks)


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
    if word in ("order", "ordered") and re.search(r"(?i)\bin\s\Z", view.text[max(view.start, h.start - 4) : h.start]):
        return True
    if noun or word not in _BOTH:
        if view.text[h.start - 1 : h.start] == "-" and h.start > view.start and role not in ("route",):
            return True
        return False
    before = h.first and view.words[h.first - 1]
    if not before:
        return True
    low = before.text.lower()
    gap = view.text[before.end : h.start]
    if low in _MODAL and low != "not":
        return False
    after = view.words[h.last].text.lower() if h.last < len(view.words) else ""
    noun_like = low in _NOUN_BEFORE or before.owner or gap.strip() == "-" or any(a.kind == "adjective" and a.end == before.end for a in view.actors)
    noun_like = noun_like or any(t.end == before.end and t.noun == before.text for t in view.things) or after in ("of", "controls", "control", "route", "licences", "licenses", "chain", "chains", "squeeze", "regulations", "bans", "data", "ban", "restrictions")
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


def _heads(view: View) -> list[Actor]:
    """Actors that can be a subject: no adjective, no owner of a thing, not in a prepositional phrase, not in a mask."""
    out = []
    for a in view.actors:
        if a.kind == "adjective" or view.masked(a.start, a.end):
            continue
        before = [w.text.lower() for w in view.words[max(0, a.first - 5) : a.first]]
        if _in_phrase(view, a, before):
            continue
        if a.owner and a.kind != "group":
            nxt = view.words[a.last].text.lower() if a.last < len(view.words) else ""
            if nxt not in _OWNED_ACTOR and not any(w.text.lower() in _OWNED_ACTOR for w in view.words[a.last : a.last + 3]):
                continue
        out.append(a)
    return out


_OWNED_ACTOR = frozenset("army military government troops forces leadership leader companies company firms soldiers navy president minister ministry regime authorities exporters manufacturers state defence defense spy foreign company's".split())


def _in_phrase(view: View, a: Actor, before: list[str]) -> bool:
    for k in range(len(before) - 1, -1, -1):
        word = before[k]
        if word in _PREPOSITIONS:
            return True
        token = view.words[a.first - (len(before) - k)]
        between = view.text[token.end : a.start]
        if re.search(r"[,;:\"]", between) and word not in ("and", "or"):
            return False
        if word not in ("the", "a", "an", "its", "their", "and", "or", "neighbouring", "neighboring", "small", "some", "two", "three", "private", "third", "german", "austrian") and not token.text[:1].isupper():
            return False
    return False


def _after_preposition(view: View, start: int, end: int, preps: str) -> list[Actor]:
    """Actors in `[start, end)` that follow one of `preps` with no more than five words between, with those joined by "and"."""
    out: list[Actor] = []
    for m in re.finditer(rf"\b(?:{preps})\b", view.text[start:end], re.IGNORECASE):
        at = start + m.end()
        for i, a in enumerate(view.actors):
            if not at <= a.start < end or view.masked(a.start, a.end):
                continue
            gap = view.text[at : a.start]
            if len(gap.split()) > 5 or re.search(r"\b(?:to|from|by|for|in|and|since|over|at|with|of its)\b|[,;:]", gap.strip()):
                break
            if a.kind == "adjective" and not _stands_for(view, a):
                continue
            out.append(a)
            last = a
            for b in view.actors[i + 1 :]:
                if b.start < end and re.fullmatch(r",?\s*(?:and|or|,|as well as)?\s*(?:the\s)?", view.text[last.end : b.start]) and (b.kind != "adjective" or _stands_for(view, b)):
                    out.append(b)
                    last = b
                else:
                    break
            break
    return list(dict.fromkeys(out))


def _stands_for(view: View, a: Actor) -> bool:
    """An adjective that stands for its state: before a noun for people or places ("Russian customers", "Chinese ports")."""
    nxt = view.words[a.last].text.lower() if a.last < len(view.words) else ""
    return nxt in _OWNED_ACTOR or nxt in ("customers", "buyers", "territory", "soil", "market", "markets", "entities", "ports", "port", "clients", "end", "importers", "border", "trading", "arms", "defence")


def _origin(view: View, thing: Thing | None, extra: tuple[int, int] | None) -> Actor | None:
    """The state or firm the goods are said to come from: an adjective or owner right before them."""
    spots = [s for s in ((thing.start, thing.end) if thing else None, extra) if s]
    for start, _ in spots:
        for a in reversed(view.actors):
            if a.end <= start and start - a.end < 48 and (a.kind in ("adjective", "company") or a.owner):
                gap = view.text[a.end : start]
                if re.search(r"[,;:.\"()]|\b(?:to|from|by|for|in|of|and|has|have|had|is|are|was|were|will|that|with|on)\b", gap):
                    continue
                if a.kind == "company" and not a.owner and len(gap.split()) > 2:
                    continue
                return a
    return None


def _goods(view: View, lead: int, at: int, to: int, end: int, *, left_first: bool) -> Thing | None:
    right = [t for t in view.things if to <= t.start < end and not view.masked(t.start, t.end)]
    left = [t for t in view.things if lead <= t.start and t.end <= at and not view.masked(t.start, t.end)]
    first, second = (left[-1:], right[:1]) if left_first else (right[:1], left[-1:])
    pick = [*first, *second]
    if not pick:
        return None
    if pick[0].generic and not left_first:
        specific = [t for t in right[:3] if not t.generic and t.start - pick[0].end < 30]
        if specific and pick[0].name != "components":
            return specific[0]
    return pick[0]


def _draft(view: View, h: Hit, role: str, cues: list[Hit], *, noun: bool) -> Draft | None:
    lead, end = _clause(view, h.start, h.end)
    verb = view.text[h.start : h.end].lower()
    d = Draft(role, verb, h.start, h.end, lead, end, noun=noun, kind=_KIND[role])
    before = [w.text.lower() for w in view.words[max(0, h.first - 4) : h.first] if w.start >= lead]
    participle = not noun and (verb.endswith(("ed", "en", "ought", "old", "ent", "made", "uilt", "ound", "own")) or verb in ("made", "sold", "sent", "found", "built", "bought"))
    auxiliary = any(b in _BE for b in before[-3:])
    by_follows = bool(re.match(r"\s(?:\w+ly\s)?(?:by|in)\s", view.text[h.end : h.end + 14]))
    d.passive = participle and (auxiliary or by_follows) and role not in ("route", "stock", "capability", "restrict")
    d.negated = bool(_NEGATED.search(view.text, max(lead, h.start - 34), h.start)) and role not in ("stock", "capability")
    _roles(view, d)
    model = next((s for s in view.models if lead <= s[0] < end), None)
    d.thing = _goods(view, lead, h.start, h.end, end, left_first=d.passive or role in ("origin", "route") or (noun and not verb.endswith(" of") and not re.match(r"\sof\b", view.text[h.end : h.end + 4])))
    _origins(view, d, model)
    d.stage, d.cues = stages.stage(role, verb, view.text, lead, h.start, cues, noun=noun)
    if role == "get" and _BUYING.match(verb) and d.stage in ("under_consideration", "in_talks", "agreed", "planned", "requested"):
        d.kind = "order"
    return d


def _roles(view: View, d: Draft) -> None:
    heads = _heads(view)
    left = [a for a in heads if a.end <= d.at and a.start >= d.lead]
    far = [a for a in heads if a.end <= d.at]
    subject = left[-1] if left else None
    stretch = view.text[d.lead : d.at]
    pronoun = re.search(r"(?i)\b(it|they|he|she|the (?:company|firm|manufacturer|maker|country|group|factory|exporter|supplier|importer|ministry)|its)\b", stretch)
    if pronoun and (subject is None or pronoun.start() + d.lead > subject.end):
        d.subject_pronoun, subject = pronoun.group(1).lower(), None
    elif subject is None and far and not d.passive:
        relative = re.search(r"(?:that|which|who)\s\Z", view.text[max(view.start, d.lead - 7) : d.lead])
        subject = far[-1] if not relative or far else None
    right_end = d.end
    to = _after_preposition(view, d.to, right_end, "to|into")
    frm = _after_preposition(view, max(d.lead, view.start), right_end, "from|out of")
    by = _after_preposition(view, d.to, min(right_end, d.to + 90), "by")
    for_ = _after_preposition(view, d.to, right_end, "for")
    with_ = _after_preposition(view, d.to, right_end, "with")
    d.via = _after_preposition(view, d.to, right_end, "via|through|like|such as")
    direct = next((a for a in view.actors if a.start >= d.to and a.kind in ("country", "company", "group") and not a.owner and re.fullmatch(r"\s(?:the\s)?", view.text[d.to : a.start])), None)
    if d.noun:
        owner = next((a for a in reversed(view.actors) if a.end <= d.at and d.at - a.end < 40 and (a.owner or a.kind in ("adjective",)) and not re.search(r"[,;:]|\b(?:to|from|and|of|has|have|in|is|are)\b", view.text[a.end : d.at])), None)
        if d.role in ("noun_get", "noun_order"):
            d.recipient = owner if d.role == "noun_get" else (by[0] if by else None)
            d.supplier = frm[0] if frm else owner if d.role == "noun_order" else None
            if d.role == "noun_order" and d.recipient is None and subject and subject is not d.supplier:
                d.recipient = subject
        else:
            d.supplier = owner or (frm[0] if frm else None) or (by[0] if by else None)
            if d.supplier is None and subject and d.role == "noun_give":
                d.supplier = subject
        if to:
            d.recipient, d.more_recipients = to[0], to[1:]
        return
    if d.role in ("give", "route"):
        if d.passive or d.role == "route":
            d.supplier = (by or frm or [None])[0]
            if d.role == "route" and d.supplier is None and subject is not None and not to:
                d.recipient = subject
            elif d.role == "route" and d.supplier is None:
                d.supplier = subject
        else:
            d.supplier = subject or (frm[0] if frm else None)
        if direct is not None and not d.passive and d.role == "give":
            d.recipient = direct
        elif to:
            d.recipient, d.more_recipients = to[0], to[1:]
        elif d.role == "give" and for_ and d.recipient is None:
            d.recipient = for_[0]
        if d.role == "route" and d.recipient is None and (into := _after_preposition(view, d.to, d.end, "in")) and d.verb.split()[0] in ("ended", "ending", "end", "wound", "found"):
            d.recipient = into[0]
        if frm and d.passive and not by:
            d.supplier, d.more_suppliers = frm[0], frm[1:]
    elif d.role in ("get", "order", "request", "use", "stock"):
        if d.passive:
            d.recipient = (by or to or [None])[0]
            d.more_recipients = (by or to)[1:]
        else:
            d.recipient = subject
        if frm:
            d.supplier, d.more_suppliers = frm[0], frm[1:]
        if d.verb.startswith("turn") and direct is not None:
            d.supplier = direct
        elif d.role in ("get", "request") and direct is not None and d.supplier is None and d.verb.startswith("ask"):
            d.supplier = direct
        if d.verb.startswith(("ask for", "asked for")) is False and d.role == "request" and direct is not None:
            d.supplier = direct
    elif d.role in ("produce", "origin", "capability"):
        if d.passive or d.role == "origin":
            source = by or frm or _after_preposition(view, d.to, d.end, "in|by|from")
            d.supplier = source[0] if source else None
            d.more_suppliers = source[1:]
            if d.role == "origin" and subject and d.supplier is None:
                d.recipient = subject
        else:
            d.supplier = subject
        if d.role == "produce" and not d.passive:
            helped = re.search(r"\b(?:so(?: that)?|help(?:s|ed|ing)?|allow(?:s|ed|ing)?|enable[sd]?|enabling)\b", view.text[max(view.start, d.lead - 24) : d.at])
            if helped:
                givers = [a for a in heads if a.end <= d.lead]
                d.helper = givers[0] if givers else None
                if d.subject_pronoun or d.supplier is not None:
                    d.recipient = d.supplier
                d.supplier = d.helper
                d.subject_pronoun = d.subject_pronoun or "helped"
    elif d.role == "restrict":
        owner = next((a for a in reversed(view.actors) if a.end <= d.at and d.at - a.end < 30 and (a.owner or a.kind == "adjective")), None)
        d.supplier = owner if d.verb in ("export controls", "export ban", "export restrictions", "restrictions on the export", "restrictions on exports", "export bans") and owner else subject or owner
        if to:
            d.recipient, d.more_recipients = to[0], to[1:]
    if d.supplier is not None and d.recipient is not None and d.supplier.name == d.recipient.name and d.helper is None:
        if d.role in _RECEIVING:
            d.supplier = None
        else:
            d.recipient = None
    del with_


def _origins(view: View, d: Draft, model: tuple[int, int] | None) -> None:
    """Fill a missing giver (or producer) from the goods: "Chinese drones", "Iran's Shahed 136"."""
    if d.supplier is not None or d.role in ("restrict",):
        return
    near = model if model and abs(model[0] - d.to) < 80 else None
    a = _origin(view, d.thing, near)
    if a is not None and (d.recipient is None or a.name != d.recipient.name) and (d.role not in ("give",) or d.subject_pronoun is None):
        d.supplier = a
        if d.role in ("stock", "use") and d.recipient is a:
            d.recipient = None


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
    if d.supplier and d.recipient and d.supplier.name == d.recipient.name and d.helper is None:
        d.recipient = None
    return d


def _weight(d: Draft) -> int:
    return 4 * (not d.noun) + (d.supplier is not None) + (d.recipient is not None) + (d.thing is not None) + (d.role != "route") + (d.role not in ("origin",))


def _enough(view: View, d: Draft) -> bool:
    parties = (d.supplier is not None) + (d.recipient is not None) + (d.subject_pronoun is not None)
    goods = d.thing is not None or any(d.lead <= a < d.end for a, _ in view.models)
    near = d.thing is not None and (0 <= d.thing.start - d.to < 75 or 0 <= d.at - d.thing.end < 75)
    money = bool(re.search(r"[$€£¥₽]|\b(?:USD|dollars?|euros?|yuan|won|roubles?|rubles?)\b", view.text[d.lead : d.end]))
    if d.role in ("use", "produce", "stock"):
        return parties >= 1 and (near and (d.thing is not None and (not d.thing.generic or d.role == "stock")) or any(0 <= a - d.to < 40 for a, _ in view.models))
    if d.role in ("give", "get", "order", "request"):
        if not (near or money or goods):
            return d.role in ("give", "get") and d.supplier is not None and d.recipient is not None and d.verb in ("arms", "arming", "arm", "armed")
        if d.role == "request" and (d.thing is None or d.thing.generic and d.supplier is None) and not re.search(r"\b(?:batch|weapons|supplies)\b", view.text[d.to : d.end]):
            return False
        return parties >= 1
    if d.role == "capability":
        return goods and (near or any(abs(a - d.at) < 60 for a, _ in view.models))
    if d.role == "restrict":
        text = view.text[max(d.lead, d.at - 30) : d.end]
        return d.supplier is not None and bool(re.search(r"(?i)\b(?:export|exports|sale|sales|transit|shipment|shipments|import|imports|licen[cs]es?|supply|re-export|trade)\b", text)) and (goods or "licen" in text)
    if d.role == "origin":
        return d.supplier is not None and near
    if d.role == "route":
        return (parties >= 1 or bool(d.via)) and (goods or parties >= 2)
    both = d.supplier is not None and d.recipient is not None
    figure = bool(re.search(r"\d", view.text[d.lead : d.end]))
    moved = bool(re.search(r"(?i)\b(?:rose|fell|grew|slowed|continu\w+|ceased|stopped|halted|resumed|reached|totall?ed|worth|amounted|increased|declined|doubled|tripled|dropped|jumped|soared|surged|plunged)\b", view.text[d.lead : d.end]))
    if d.role == "noun_produce":
        return parties >= 1 and goods and bool(d.cues or figure or both) and bool(stages.find("stage", view.text, [w for w in view.words if d.lead <= w.start < d.end]) or figure)
    if d.role == "noun_order":
        return (both or (parties >= 1 and (figure or goods))) and (goods or figure or money)
    return both or (parties >= 1 and (figure or moved) and (goods or money)) or (moved and goods)


def _same(view: View, a: Draft, b: Draft) -> bool:
    """Two triggers of one proposition: a noun beside a verb in one clause, or verbs joined ("test and send")."""
    if a.lead != b.lead and not (a.noun or b.noun):
        return False
    gap = view.text[min(a.to, b.to) : max(a.at, b.at)]
    parties = (a.supplier and a.supplier.name, a.recipient and a.recipient.name) == (b.supplier and b.supplier.name, b.recipient and b.recipient.name)
    if a.noun or b.noun:
        if a.lead == b.lead:
            return a.kind != "restriction" or b.kind != "production"
        return parties
    if {a.role, b.role} & {"produce", "capability", "origin", "restrict"} and a.role != b.role:
        return {a.role, b.role} == {"origin", "produce"} or ("restrict" in (a.role, b.role) and not re.search(r"\band\b|,", gap)) or ("origin" in (a.role, b.role) and len(gap) < 50)
    if {a.role, b.role} & {"use", "stock"} and a.role != b.role:
        return parties and len(gap) < 30
    if a.role == "request" and b.role == "request" and re.search(r"\band\b", gap):
        return False
    if "request" in (a.role, b.role) and a.role != b.role:
        return not re.search(r"\band\b.*\b(?:now|then|is|was)\b", gap)
    return len(gap) < 60 or parties
