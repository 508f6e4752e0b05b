"""Who says so without a verb of saying: "by the estimate of two diplomats", "per manifests", "if Kyiv is to be believed"."""

from __future__ import annotations

import re

from . import sayers, stages
from .speakers import classify
from .speech import Said, ordered
from .text import Token
from .trees import Tree

_TELLING = r"(?:estimates?|counts?|reckoning|accounts?|calculations?|telling|admission|words?|view|opinion|assessment|tally|version|evidence)"
_NAMED = r"[^,;.:\"]{3,90}?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:[Bb]y|[Oo]n|[Ii]n|[Gg]oing by|[Jj]udging by)\s(?:the\s)?(?:own\s|best\s|latest\s)?{_TELLING}\sof\s(?P<np>{_NAMED})(?=[,;.]|\Z)",
        rf"\b(?:[Bb]y|[Oo]n|[Gg]oing by|[Ii]n)\s(?P<np>(?:the\s|its\s|their\s)?(?:[\w.-]+\s){{0,5}}?[\w.-]+(?:'s|s'))\s(?:own\s|best\s|latest\s)?{_TELLING}(?=[,;.]|\Z)",
        rf"\bif\s(?P<np>{_NAMED})\s(?:is|are)\s(?:to be believed|right|correct|to be trusted)\b",
    )
)
_OPENING = (
    re.compile(rf"\W*Per\s(?P<np>{_NAMED})(?=,)"),
    re.compile(r"\W*(?P<np>[A-Z][^,;.:\"]{3,60}?)\s(?:has|had)\sit\sthat\b"),
)
# what records do besides showing
_RECORDING = frozenset(
    "record records log logs logged detail details detailed register registers registered mention mentions contain contains give gives track tracks tracked point points count counts document have".split()
)
_BY = re.compile(
    r"\b(?:is|was|were|has been|have been|had been)\s(?:\w+\s)?(?:confirmed|acknowledged|admitted|conceded|corroborated|announced|alleged|asserted)\sby\s(?P<np>[^,;.:]{3,90}?)(?=[,;.]|\s(?:on|in|last|this|earlier|at|who|which|when)\s|\Z)"
)


def told(text: str, start: int, end: int) -> list[Said]:
    """Chains of the phrases that attribute a sentence, or what stands before "was confirmed by ..."."""
    out = []
    opened = [m for form in _OPENING if (m := form.match(text, start, end))]
    for found in (opened, *(form.finditer(text, start, end) for form in _FORMS)):
        for m in found:
            np = re.sub(r"(?:'s|(?<=s)')\Z", "", m.group("np"))
            if chain := classify(np, m.group().split()[0].lower()):
                out.append(Said(start, end, ((m.start(), m.end()),), ordered(chain)))
    for m in _BY.finditer(text, start, end):
        if chain := classify(m.group("np"), "confirmed by"):
            out.append(Said(start, m.start(), ((m.start(), m.end()),), ordered(chain)))
    return out


def recorded(text: str, end: int, tree: Tree, known: list[Said]) -> list[Said]:
    """Records that record, log or list: "export statistics, however, record 12,400 servos"."""
    out = []
    for n in tree.nodes:
        if n.low not in _RECORDING or not n.verb or any(a <= n.start < b for x in known for a, b in x.mask):
            continue
        who = sayers.subject(tree, n.start, n.end)
        chain = classify(text[who[0] : who[1]].strip(" ,\"'"), n.low) if who else ()
        if who and chain and chain[-1].type in ("data", "document"):
            # whose statistics they are may be who gives: only the verb is taken out
            out.append(Said(n.end, end, ((n.start, n.end),), ordered(chain), verb=n.low))
    return out


def denied(text: str, end: int, words: list[Token], tree: Tree, known: list[Said]) -> list[Said]:
    """Who brushes a report aside: the subject of a verb of denial that is no verb of saying."""
    out = []
    for h in stages.find("deny", text, words):
        if any(a <= h.start < b for x in known for a, b in x.mask) or any(x.chain for x in known):
            continue
        who = sayers.subject(tree, h.start, h.end)
        chain = classify(text[who[0] : who[1]].strip(" ,\"'"), text[h.start : h.end]) if who else ()
        if who and chain:
            out.append(Said(h.start, end, ((who[0], who[1]),), ordered(chain), verb=text[h.start : h.end]))
    return out
