"""Actors by their place: subjects, what follows a preposition, whose the goods are."""

from __future__ import annotations

import re

from .actors import Actor
from .goods import Thing
from .view import View

MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday".split()
)
_PREPOSITIONS = frozenset(
    "to from in of with by against for on into between at via through about over near than towards toward around inside across under including like despite without".split()
)


def subjects(view: View) -> list[Actor]:
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
        if word in MONTHS:
            return False  # "In September Iran took delivery": the phrase ends with the month
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
            if preps == "by" and re.search(
                r"(?i)\b(?:financed|funded|paid|brokered|seen|obtained|backed|quoted)\s(?:for\s)?\Z",
                view.text[max(view.start, start + m.start() - 14) : start + m.start()],
            ):
                continue
            gap = re.sub(
                r"\A\s(?:\w+\s){0,2}(?:customers?|buyers?|clients?|company|companies|firms?|users?|entity|entities|importers?|traders?|manufacturers?|makers?|producers?|exporters?|suppliers?|dealers?|distributors?|middlem[ae]n|intermediar(?:y|ies)|ports?|warehouses?|factory|factories|plants?|bases?|addresses|airports?)\s(?:in|from|near|of)\b",
                "",
                gap,
            )
            if len(gap.split()) > 5 or re.search(
                r"\b(?:to|from|by|for|in|and|since|over|at|with|of its|through|via|across|into|before|after)\b|[,;:]",
                gap.strip(),
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
    phrase = re.match(
        r"(?:\s[a-z][\w-]+){2,3}(?=\s(?:in|at|on|by|since|for|from|during|between|with|and|last|this|over|through|via|worth)\b|[.,;]|\Z)",
        view.text[a.end : min(view.end, a.end + 60)],
    )
    if phrase and phrase.group().endswith("s") and not any(t.end == a.end + phrase.end() for t in view.things):
        return True  # "Russian steel mills"
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


def origin_of(view: View, thing: Thing | None, extra: tuple[int, int] | None, *, maker: bool = True) -> Actor | None:
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
