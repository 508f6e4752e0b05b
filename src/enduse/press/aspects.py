"""How far a deal is, by the predicate that rules its word: "deliveries will run", "the contract is being discussed"."""

from __future__ import annotations

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
_WILL = frozenset("will shall 'll".split())
_BARE = {"noun_give": "delivered", "noun_get": "purchased", "noun_order": "ordered", "give": "delivered", "get": "purchased", "order": "ordered"}  # fmt: skip
_BARE_GET = frozenset({"purchased", "delivered"})


def mended(view: View, found: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, their stages by the ruling predicate where no word beside them told one; in place."""
    for d in found:
        if d.verb.startswith(("in talks", "talks", "negotiat")) and d.stage == "ordered":
            d.stage, d.cues = "in_talks", [d.verb]
        elif d.verb.startswith("will ") and d.stage in ("delivered", "purchased"):
            d.stage, d.cues = "planned", [d.verb]
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
