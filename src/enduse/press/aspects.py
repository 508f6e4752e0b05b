"""How far a deal is, by the predicate that rules its word: "deliveries will run", "the contract is being discussed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .trees import Node, Tree
from .view import Draft, View

_SUBJECT = ("nsubj", "nsubjpass")
_GOING_ON = frozenset(
    """continue continues continued continuing begin begins began begun start starts started resume resumes resumed persist persists persisted
    flow flows flowing proceed proceeds proceeding""".split()
)
_OVER = frozenset(
    """stop stops stopped halt halts halted suspend suspends suspended cease ceases ceased freeze froze frozen end ends ended discontinued
    terminated cancelled canceled""".split()
)
_TALKED_OF = frozenset("discussed negotiated debated discussing negotiating".split())
_WEIGHED = frozenset("considered weighed mulled considering weighing mulling contemplating".split())
_DONE = frozenset("completed concluded signed agreed finalised finalized reached sealed closed settled".split())
_AHEAD = frozenset("expected due scheduled planned slated set".split())
_PUT_OFF = frozenset("delayed postponed deferred rescheduled".split())
_WILL = frozenset("will shall 'll".split())
_BARE = {"noun_give": "delivered", "noun_get": "purchased", "noun_order": "ordered", "give": "delivered", "get": "purchased", "order": "ordered"}  # fmt: skip
_OPEN = frozenset({"planned", "ordered", "purchased", "delivered"})
_NEARLY = re.compile(
    r"(?i)\b(?:close to|nearing|near to|on the (?:verge|brink) of|about to (?:sign|conclude|close|clinch|seal))\s(?:\w+ing\s)?(?:an?\s|the\s)?(?:[\w-]+\s){0,2}(?:deal|contract|agreement|accord)\b"
)
_SIGNED = re.compile(
    r"(?i)\b(?:signed|signs|inked|initialled|concluded)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,3}(?:memorandum|letter of intent|framework|declaration|protocol|accord|pact|agreement|deal)\b"
)
# what lasted until something came to an end with it
_UNTIL = re.compile(
    r"(?i)\b(?:until|till)\s(?:then|last|the (?:fall|ban|war|invasion|embargo|end|start|outbreak|coup)|(?:early |late |mid-)?(?:19|20)\d\d)\b"
)
_CHANGING = frozenset(
    "fell fall falls fallen rose rise rises risen dwindled dwindle shrank shrunk jumped grew grown declined dropped increased surged slowed soared".split()
)
_BARE_GET = frozenset({"purchased", "delivered"})


def mended(view: View, found: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, their stages by the ruling predicate where no word beside them told one; in place."""
    for d in found:
        if d.verb.startswith(("in talks", "talks", "negotiat")) and d.stage == "ordered":
            d.stage, d.cues = "in_talks", [d.verb]
        elif d.verb.startswith(("will ", "expect", "await")) and d.stage in ("delivered", "purchased"):
            d.stage, d.cues = "planned", [d.verb]
        elif (m := _NEARLY.search(view.text, d.lead, d.at)) and d.stage in _OPEN:
            d.stage, d.cues = "in_talks", [m.group()]
        elif d.noun and d.stage in ("delivered", "purchased") and (m := _SIGNED.search(view.text, d.lead, d.at)):
            d.stage, d.cues = "agreed", [m.group()]
        elif (
            d.role in ("give", "get")
            and d.stage in ("delivered", "purchased", "in_progress")
            and (m := _UNTIL.search(view.text, d.lead, max(d.end, d.to)))
        ):
            d.stage, d.cues = "ceased", [m.group()]
        elif view.tree is not None and not view.headline:
            _by_tree(view.tree, d)
    return found


def _by_tree(tree: Tree, d: Draft) -> None:
    n = tree.top(d.at, d.to)
    if n is None:
        return
    if n.verb:
        if d.stage == "in_progress" and d.cues == [d.verb] and n.tag == "VBG" and n.dep == "advcl":
            main = tree.nodes[n.head]
            if main.verb and _over(tree, main):
                d.stage = _BARE.get(d.role, d.stage)  # "has become a source, shipping 70 machines since 2022"
        if d.role == "get" and d.stage == "purchased" and not d.passive and n.tag in ("VBZ", "VBP"):
            d.stage = "in_progress"  # "Bolivia buys most of its equipment from China"
        return
    base = _BARE.get(d.role)
    if base is None or (d.stage != base and not (d.role == "noun_get" and d.stage in _BARE_GET)):
        return
    told = next(_ruling(tree, n, d), None)
    if told is not None:
        d.stage, d.cues = told


def _over(tree: Tree, v: Node) -> bool:
    """True for a verb of the past, simple or perfect."""
    return v.tag == "VBD" or (v.tag == "VBN" and any(k.low in ("has", "have", "had") for k in tree.kids(v, "aux")))


def _ruling(tree: Tree, n: Node, d: Draft) -> Iterator[tuple[str, list[str]]]:
    """Stage and its word by the verb the noun is subject or object of."""
    top = n
    while top.dep in ("pobj", "prep", "compound", "conj", "nmod") and top.head != top.i:
        above = tree.nodes[top.head]
        if above.verb:
            return  # "after deliveries began": told of another thing
        top = above
    v = tree.nodes[top.head]
    if not v.verb or top.head == top.i:
        return
    words = [v.low, *(k.low for k in tree.kids(v, "xcomp", "acomp", "oprd"))]
    aux = {k.low for k in tree.kids(v, "aux", "auxpass")}
    negated = any(k.dep == "neg" for k in tree.kids(v))
    if top.dep in _SUBJECT:
        if negated and v.low in _DONE and d.role in ("noun_order", "order"):
            yield "in_talks", ["not", v.low]
        if negated:
            return
        if v.low in _TALKED_OF and "being" in aux:
            yield "in_talks", ["being", v.low]
        if v.low in _WEIGHED and "being" in aux:
            yield "under_consideration", ["being", v.low]
        reached = any(k.tag in ("CD", "$") for k in tree.nodes[v.i :])  # "rose to $415 million": so much was delivered
        if v.low in _CHANGING and not reached and d.role == "noun_give" and top.dep == "nsubj":
            yield "in_progress", [v.low]  # "exports fell by a third": they went on
        if v.low in _PUT_OFF and aux & {"is", "are", "was", "were", "been"}:
            yield "planned", [v.low]
        under = [p.low for k in tree.kids(v, "prep") if k.low == "under" for p in tree.kids(k, "pobj")]
        if any(p in ("negotiation", "negotiations", "discussion") for p in under):
            yield "in_talks", ["under", *under]
        if any(p in ("consideration", "review", "examination") for p in under):
            yield "under_consideration", ["under", *under]
        if aux & _WILL or (v.low in _AHEAD and aux & {"is", "are", "was", "were"}):
            yield "planned", [*sorted(aux & _WILL), v.low]
        if "to" in {k.low for x in tree.kids(v, "xcomp") for k in tree.kids(x, "aux")} and v.low in (
            "is",
            "are",
            "was",
            "were",
        ):
            yield "planned", [v.low, "to"]
    if top.dep in (*_SUBJECT, "dobj") and not negated:
        over = [w for w in words if w in _OVER]
        if over:
            yield "ceased", over[:1]
        on = [w for w in words if w in _GOING_ON]
        if on and not aux & _WILL:
            yield "in_progress", on[:1]
    if top.dep == "dobj" and not negated:
        if v.low in _TALKED_OF:
            yield "in_talks", [v.low]
        if v.low in _WEIGHED:
            yield "under_consideration", [v.low]
