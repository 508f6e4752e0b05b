"""Where a word opens a proposition and where it does not, and the clause it rules."""

from __future__ import annotations

import re

from .text import Hit
from .trees import Node
from .view import View

_BOUNDARY = re.compile(
    r";|:\s|\sand (?=(?:an?other |a further |the other |(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|dozens) (?:more|others|further) )(?:[\w-]+ ){0,3}?(?:are|is|were|was|have|has|will|would|had)\b)|,?\s(?:but|while|whereas|although|though|because)\s|,\s(?:and|so|which|who|with|demonstrating|adding|noting|calling|compared|saying|citing)\s|\s(?:so (?:that )?)(?=the|it|they|[A-Z])|\sand (?=(?:it|they|he|she|that|the company)\s)|\s(?:that|which|who)\s"
)


_SUBORDINATE = re.compile(
    r"(?:\A|(?<=\s))(?:After|As|When|Since|If|While|Although|Because|Despite|Before|With)\s[^,]{6,120},\s"
)


_HAVE = frozenset("has have had having".split())


_MODAL = frozenset("to will would can could may might must should shall not never knowingly also still ever".split())


_NOUN_BEFORE = frozenset(
    "the a an of its their his her this these those any further more all no such new recent first latest large illegal illicit direct total official formal military steady supply stanch drone drones arms weapons technology export component parts in on over for despite halt ban against stop surprise possible another weapon oil chip shells ammunition lethal".split()
)


_BOTH = frozenset(
    "export exports import imports supply supplies order orders purchase purchases request requests use uses transfer transfers sale lease route routes transit ban bans trade need needs build arms gift range fire launch restrict dispatch hands purchase offer offers transport source sources carry carries contract sanction fly".split()
)


def _word_before(view: View, h: Hit) -> str:
    return view.words[h.first - 1].text.lower() if h.first else ""


def _parsed(view: View, h: Hit) -> Node | None:
    """The node of a trigger's first word, where the parse takes it for a plain verb or a plain noun."""
    found = view.tree.at(h.start, h.start + 1) if view.tree is not None else []
    return found[0] if found and (found[0].verb or found[0].tag in ("NN", "NNS")) else None


def wrong_class(view: View, h: Hit, role: str, *, noun: bool) -> bool:
    """True where the word is of the other class: "exports" after "the" is no verb, "sales" after "to" no noun."""
    word = view.text[h.start : h.end].lower()
    if view.tree is not None and not view.headline and (node := _parsed(view, h)) is not None:
        if noun and node.verb:
            return True
        if not noun and node.noun and word in _BOTH:
            return True
    if (
        role == "request"
        and re.match(r"(?:seek|sought|ask)", word)
        and re.match(r"\sto\s(?!buy|purchase|acquire|obtain|procure|get|import|receive)", view.text[h.end : h.end + 14])
    ):
        return True
    if word == "used" and re.search(
        r"(?i)(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|the|of|some|several))\s\Z",
        view.text[max(view.start, h.start - 10) : h.start],
    ):
        return True  # "36 used German lathes"
    if word in ("made", "make", "makes", "making") and re.match(
        r"\s(?:up|out|sure|use|its way|their way|clear|possible|available|public|difficult|known|headway|progress|it|money|profits?|sense)\b",
        view.text[h.end : h.end + 14],
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
    if word.startswith("bring") and re.match(
        r"\s(?:the|its|their|this|that)\s(?:\w+\s)?(?:total|number|tally|figure|sum|count)",
        view.text[h.end : h.end + 30],
    ):
        return True
    if word == "paid" and re.match(r"\s(?:\w+\s)?in\b", view.text[h.end : h.end + 14]):
        return True
    if word in ("promised", "pledged", "ordered", "agreed") and re.search(
        r"(?i)\bwhat (?:was|were|had been|is|has been)\s\Z|\bthan\s\Z|\bas\s\Z",
        view.text[max(view.start, h.start - 16) : h.start],
    ):
        return True  # "half of what was promised"
    if noun and re.search(
        r"(?i)\b(?:share|percentage|proportion) of\s(?:[\w'-]+\s){0,3}\Z",
        view.text[max(view.start, h.start - 48) : h.start],
    ):
        return True  # a share of the imports is no import
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


def clause_of(view: View, at: int, to: int) -> tuple[int, int]:
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
