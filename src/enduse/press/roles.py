"""Who gives, who gets, what, by which way: the roles around a trigger."""

from __future__ import annotations

import re

from .actors import Actor
from .goods import Thing
from .view import Draft, View

_PREPOSITIONS = frozenset(
    "to from in of with by against for on into between at via through about over near than towards toward around inside across under including like despite without".split()
)


_RECEIVING = frozenset({"get", "order", "request", "use", "stock", "noun_get", "noun_order"})


_LINK = re.compile(
    r"(?:\s|\b(?:has|have|had|is|are|was|were|be|been|being|will|would|can|could|may|might|must|should|to|also|now|not|never|previously|repeatedly|recently|already|still|reportedly|allegedly|about|set|due|in|talks|preparing|planning|plans|plan|planned|agreed|continues|continue|continued|continuing|wants|want|forced|expected|ready|yet|considering|looking|into|seeking|trying|started|began|begun|failed|illegally|secretly|only|just|itself|alone|knowingly|\w+ly)\b)*"
)


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
            if nxt not in _OWNED_ACTOR and not any(
                w.text.lower() in _OWNED_ACTOR for w in view.words[a.last : a.last + 3]
            ):
                continue
        out.append(a)
    return out


_OWNED_ACTOR = frozenset(
    "army military government troops forces leadership leader companies company firms soldiers navy president minister ministry regime authorities exporters manufacturers state defence defense spy foreign company's".split()
)


def _in_phrase(view: View, a: Actor, before: list[str]) -> bool:
    for k in range(len(before) - 1, -1, -1):
        word = before[k]
        if word in _PREPOSITIONS:
            return True
        token = view.words[a.first - (len(before) - k)]
        between = view.text[token.end : a.start]
        if re.search(r"[,;:\"]", between) and word not in ("and", "or"):
            return False
        if (
            word
            not in (
                "the",
                "a",
                "an",
                "its",
                "their",
                "and",
                "or",
                "neighbouring",
                "neighboring",
                "small",
                "some",
                "two",
                "three",
                "private",
                "third",
                "german",
                "austrian",
            )
            and not token.text[:1].isupper()
        ):
            return False
    return False


def after_preposition(view: View, start: int, end: int, preps: str) -> list[Actor]:
    """Actors in `[start, end)` that follow one of `preps` with no more than five words between, with those joined by "and"."""
    out: list[Actor] = []
    for m in re.finditer(rf"\b(?:{preps})\b", view.text[start:end], re.IGNORECASE):
        at = start + m.end()
        for i, a in enumerate(view.actors):
            if not at <= a.start < end or view.masked(a.start, a.end):
                continue
            gap = view.text[at : a.start]
            gap = re.sub(
                r"\A\s(?:\w+\s){0,2}(?:customers?|buyers?|clients?|company|companies|firms?|users?|entity|entities|importers?|traders?|manufacturers?|makers?|producers?|exporters?|suppliers?|dealers?|distributors?|middlem[ae]n|intermediar(?:y|ies)|ports?|warehouses?|factory|factories|plants?|bases?|addresses|airports?)\s(?:in|from|near|of)\b",
                "",
                gap,
            )
            if len(gap.split()) > 5 or re.search(
                r"\b(?:to|from|by|for|in|and|since|over|at|with|of its)\b|[,;:]", gap.strip()
            ):
                break
            if a.kind == "adjective" and not _stands_for(view, a):
                continue
            out.append(a)
            last = a
            for b in view.actors[i + 1 :]:
                if (
                    b.start < end
                    and re.fullmatch(
                        r"(?:,\s*(?:and|or)?|\s(?:and|or|as well as))\s*(?:the\s)?", view.text[last.end : b.start]
                    )
                    and (b.kind != "adjective" or _stands_for(view, b))
                ):
                    out.append(b)
                    last = b
                else:
                    break
            break
    return list(dict.fromkeys(out))


def _stands_for(view: View, a: Actor) -> bool:
    """An adjective that stands for its state: before a noun for people or places ("Russian customers", "Chinese ports")."""
    follower = view.words[a.last] if a.last < len(view.words) else None
    nxt = follower.low if follower else ""
    if (
        follower
        and nxt.endswith("s")
        and len(nxt) > 4
        and not any(t.start <= follower.start < t.end for t in view.things)
    ):
        return True  # "Russian railways", "Ukrainian cities": plural and no goods
    return nxt in _OWNED_ACTOR or nxt in (
        "customers",
        "buyers",
        "territory",
        "soil",
        "market",
        "markets",
        "entities",
        "ports",
        "port",
        "clients",
        "end",
        "importers",
        "border",
        "trading",
        "arms",
        "defence",
    )


def _origin(view: View, thing: Thing | None, extra: tuple[int, int] | None, *, maker: bool = True) -> Actor | None:
    """The state or firm the goods are said to come from: an adjective or owner right before them."""
    spots = [s for s in ((thing.start, thing.end) if thing else None, extra) if s]
    for start, _ in spots:
        for a in reversed(view.actors):
            gap = view.text[a.end : start] if a.end <= start else ""
            # "Taiwan lathes": a state's name right before goods says whose they are
            beside = (
                a.kind == "country"
                and gap == " "
                and not re.search(
                    r"(?i)\b(?:to|in|with|for)\s(?:the\s)?\Z", view.text[max(view.start, a.start - 10) : a.start]
                )
            )
            if a.end <= start and start - a.end < 48 and (a.kind in ("adjective", "company") or a.owner or beside):
                if re.search(
                    r"[,;:.\"()]|\b(?:to|from|by|for|in|of|and|has|have|had|is|are|was|were|will|that|with|on)\b", gap
                ):
                    continue
                if a.kind == "company" and not a.owner and (len(gap.split()) > 2 or not maker):
                    continue
                return a
    return None


def goods_of(view: View, lead: int, at: int, to: int, end: int, *, left_first: bool) -> Thing | None:
    right = [t for t in view.things if to <= t.start < end and not view.masked(t.start, t.end)]
    left = [t for t in view.things if lead <= t.start and t.end <= at and not view.masked(t.start, t.end)]
    first, second = (left[-1:], right[:1]) if left_first else (right[:1], left[-1:])
    pick = [*first, *second]
    if not pick and left_first:
        pick = [t for t in view.things if t.end <= at and at - t.end < 75 and not view.masked(t.start, t.end)][-1:]
    if not pick:
        return None
    if pick[0].generic and not left_first:
        specific = [t for t in right[:3] if not t.generic and t.start - pick[0].end < 30]
        if specific and pick[0].name != "components":
            return specific[0]
    return pick[0]


def fill_roles(view: View, d: Draft) -> None:
    heads = _heads(view)
    left = [a for a in heads if a.end <= d.at and a.start >= d.lead]
    far = [a for a in heads if a.end <= d.at]
    subject = left[0] if left else None
    if left and _LINK.fullmatch(view.text[left[-1].end : d.at]):
        subject = left[-1]
    if subject is None or d.verb.endswith("ing"):
        # "the news of China selling": an actor right before a gerund is its subject in any phrase
        beside = next(
            (
                a
                for a in view.actors
                if a.kind != "adjective"
                and not a.owner
                and view.text[a.end : d.at] == " "
                and not view.masked(a.start, a.end)
            ),
            None,
        )
        if beside is None and (m := re.search(r"\sfor\s\Z", view.text[view.start : d.at])):
            beside = next((a for a in reversed(view.actors) if a.end == view.start + m.start()), None)
        subject = beside if beside is not None and d.verb.endswith("ing") else subject
    stretch = view.text[d.lead : d.at]
    if m := re.search(r"(?i)\baccus\w+\s(?P<who>[^,]{0,60}?)\s?of\s\Z", view.text[view.start : d.at]):
        at = view.start + (m.start("who") if m.group("who") else m.start())
        accused = [
            x
            for x in view.actors
            if x.kind != "adjective" and (x.start >= at if m.group("who") else x.end <= at) and x.end <= d.at
        ]
        if accused:
            subject = accused[0] if m.group("who") else accused[-1]
    pronoun = re.search(
        r"(?i)\b(it|they|he|she|(?:the|his|her|their|its) (?:\w+ ){0,2}(?:company|firm|manufacturer|maker|country|ministry|government|department|factory|exporter|supplier|importer))\b",
        stretch,
    )
    if pronoun and (subject is None or pronoun.start() + d.lead > subject.end):
        d.subject_pronoun, subject = pronoun.group(1).lower(), None
    elif subject is None and far and not d.passive:
        relative = re.search(r"(?:that|which|who)\s\Z", view.text[max(view.start, d.lead - 7) : d.lead])
        subject = far[-1] if relative else far[0]
    right_end = d.end
    to = after_preposition(view, d.to - 4 if d.verb.endswith((" to", " into")) else d.to, right_end, "to|into")
    frm = after_preposition(view, max(d.lead, view.start), right_end, "from|out of")
    by = after_preposition(view, d.to, min(right_end, d.to + 90), "by")
    for_ = after_preposition(view, d.to, right_end, "for")
    with_ = after_preposition(view, d.to, right_end, "with")
    d.via = after_preposition(
        view, d.to - (8 if d.verb.endswith(("through", "via")) else 0), right_end, "via|through|like|such as"
    )
    direct = next(
        (
            a
            for a in view.actors
            if a.start >= d.to
            and a.kind in ("country", "company", "group")
            and (not a.owner or d.verb.startswith("turn"))
            and re.fullmatch(r"\s(?:(?:the|a|an|any|some|several|many|other|its|all)\s)?", view.text[d.to : a.start])
        ),
        None,
    )
    if d.noun:
        owner = next(
            (
                a
                for a in reversed(view.actors)
                if a.end <= d.at
                and d.at - a.end < 40
                and (a.owner or a.kind == "adjective")
                and not re.search(r"[,;:]|\b(?:to|from|and|of|has|have|in|is|are)\b", view.text[a.end : d.at])
            ),
            None,
        )
        if d.role in ("noun_get", "noun_order"):
            between = after_preposition(view, d.to - 8, d.end, "between") if d.verb.endswith("between") else []
            if len(between) == 2:
                d.supplier, d.recipient, d.pair = between[1], between[0], True
                return
            d.recipient = owner if d.role == "noun_get" else (by[0] if by else None)
            d.supplier = frm[0] if frm else owner if d.role == "noun_order" else None
            if d.role == "noun_get" and d.recipient is None and subject is not d.supplier:
                d.recipient = subject
            if d.role == "noun_order" and d.recipient is None and subject and subject is not d.supplier:
                d.recipient = subject
        else:
            d.supplier = owner or (frm[0] if frm else None) or (by[0] if by else None)
            if d.role == "noun_produce":
                d.supplier = with_[0] if with_ else d.supplier
                d.recipient = subject if subject is not d.supplier else None
            if d.supplier is None and subject and d.role == "noun_give" and d.verb.endswith(" of"):
                d.supplier = subject
        if to:
            d.recipient, d.more_recipients = to[0], to[1:]
        return
    if d.role in ("give", "route"):
        if d.passive or d.role == "route":
            d.supplier = next(iter(by or frm), None)
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
        if (
            d.role == "route"
            and d.recipient is None
            and (into := after_preposition(view, d.to - 3, d.end, "in"))
            and d.verb.split()[0] in ("ended", "ending", "end", "wound", "found")
        ):
            d.recipient = into[0]
        if d.moved:
            # goods that arrive or travel: who gets them is the place reached
            there = [] if to else after_preposition(view, d.to - 5, d.end, "in|for")
            if d.recipient is None and (direct is not None or there):
                d.recipient = direct if direct is not None else there[0]
        if (
            d.passive
            and not d.moved
            and subject is not None
            and re.match(r"\s(?:\w+\s)?with\b", view.text[d.to : d.to + 16])
        ):
            d.recipient = subject  # "Tehran was provided with": who is provided gets
        if frm and d.passive and not by:
            d.supplier, d.more_suppliers = frm[0], frm[1:]
    elif d.role in ("get", "order", "request", "use", "stock"):
        if d.passive:
            d.recipient = next(iter(by or to), None)
            d.more_recipients = (by or to)[1:]
        else:
            d.recipient = subject
        if (
            d.recipient is None
            and d.passive
            and (home := after_preposition(view, d.to, d.end, "(?:companies|firms|traders|importers|dealers) in"))
        ):
            d.recipient = home[0]
        if frm:
            d.supplier, d.more_suppliers = frm[0], frm[1:]
        elif with_ and d.role in ("get", "order") and not d.passive and d.supplier is None:
            d.supplier = with_[0]
        elif (talks := after_preposition(view, d.lead, d.at, "with")) and re.search(
            r"\babout\b", view.text[talks[0].end : d.at]
        ):
            d.supplier = talks[0]
        if (d.verb.startswith("turn") and direct is not None) or (
            d.role in ("get", "request") and direct is not None and d.supplier is None and d.verb.startswith("ask")
        ):
            d.supplier = direct
        if d.verb.startswith(("ask for", "asked for")) is False and d.role == "request" and direct is not None:
            d.supplier = direct
    elif d.role in ("produce", "origin", "capability"):
        if d.role == "origin" and d.verb.startswith("contain"):
            inner = next((t for t in view.things if t.start >= d.to and t.start - d.to < 60), None)
            outer = next((t for t in reversed(view.things) if t.end <= d.at and d.at - t.end < 60), None)
            d.supplier, d.recipient = _origin(view, inner, None), _origin(view, outer, None)
        elif d.passive or d.role == "origin":
            found = d.verb.startswith(("found", "discovered", "recovered", "identified", "extracted", "stuffed"))
            source = (
                (frm if not d.verb.endswith("from") else [])
                if found
                else after_preposition(view, d.to - 5, d.end, "in|by|from|of") or by or frm
            )
            d.supplier = source[0] if source else None
            d.more_suppliers = source[1:]
            if d.role == "origin" and subject and d.supplier is None:
                d.recipient = subject
        else:
            d.supplier = subject
        if d.role == "produce" and not d.passive:
            helped = re.search(
                r"\b(?:so(?: that)?|help(?:s|ed|ing)?|allow(?:s|ed|ing)?|enable[sd]?|enabling)\b",
                view.text[max(view.start, d.lead - 24) : d.at],
            )
            if helped:
                givers = [a for a in heads if a.end <= d.lead]
                d.helped, d.recipient = True, d.supplier
                d.supplier = givers[0] if givers and givers[0] is not d.recipient else None
    elif d.role == "restrict":
        owner = next(
            (
                a
                for a in reversed(view.actors)
                if a.end <= d.at and d.at - a.end < 30 and (a.owner or a.kind == "adjective")
            ),
            None,
        )
        d.supplier = (
            owner
            if d.verb
            in (
                "export controls",
                "export ban",
                "export restrictions",
                "restrictions on the export",
                "restrictions on exports",
                "export bans",
            )
            and owner
            else subject or owner
        )
        if to:
            d.recipient, d.more_recipients = to[0], to[1:]
    if subject is not None and subject in (d.supplier, d.recipient):
        i = view.actors.index(subject)
        partners = [
            x
            for x in view.actors[max(0, i - 1) : i]
            if x.kind == subject.kind == "country" and view.text[x.end : subject.start] == " and "
        ]
        (d.more_suppliers if subject is d.supplier else d.more_recipients).extend(partners)
    if d.supplier is not None and d.recipient is not None and d.supplier.name == d.recipient.name and not d.helped:
        if d.role in _RECEIVING:
            d.supplier = None
        else:
            d.recipient = None


def fill_origin(view: View, d: Draft, model: tuple[int, int] | None) -> None:
    """Fill a missing giver (or producer) from the goods: "Chinese drones", "Iran's Shahed 136"."""
    if d.supplier is not None or d.role == "restrict":
        return
    near = model if model and abs(model[0] - d.to) < 80 else None
    a = _origin(view, d.thing, near, maker=d.role != "get")
    if (
        a is not None
        and (d.recipient is None or a.name != d.recipient.name)
        and (d.role != "give" or d.subject_pronoun is None)
    ):
        d.supplier = a
        if d.role in ("stock", "use") and d.recipient is a:
            d.recipient = None
